/** The owner's cells of a row: name, kind, document, last four, phone, number, co-owners. */
import type { Day } from "../../kernel/day.ts";
import {
  type DocumentType,
  documentNumber,
  guessDocumentType,
  isMinor,
  LONGEST_NAME,
  looksMasked,
  maskName,
  maskNumber,
  personName,
  plainText,
  readCreditCode,
  readIdCard,
  readLastFour,
} from "../identity/rules.ts";
import type { PartyKind, UnitState } from "../rules.ts";
import { type RowReader, readChoice, readName, readPhone } from "./cells.ts";
import { DOCUMENT_WORDS, PARTY_WORDS } from "./words.ts";

export interface FilePerson {
  readonly name: string;
  readonly kind: PartyKind;
  readonly idType: DocumentType | null;
  readonly idNumber: string | null;
  readonly idTail: string | null;
  readonly phone: string | null;
  readonly ownerNo: string | null;
}

const COMPANY =
  /(?:公司|银行|集团|企业|厂|中心|委员会|学校|幼儿园|医院|合作社|事务所|合伙\)?|基金会|商行|经营部|办事处|政府|[局所院社])$/;

export function readOwner(at: RowReader, state: UnitState | null, today: Day): FilePerson | null {
  const name = readName(at, "ownerName");
  const givenKind = readChoice(at, "ownerKind", PARTY_WORDS);
  const givenType = readChoice(at, "idType", DOCUMENT_WORDS);
  const idText = at.label("idNumber") ?? "";
  const tailText = at.label("idTail") ?? "";
  const phone = readPhone(at, "phone");
  const ownerNo = at.label("ownerNo") || null;
  if (name === null) {
    const isEmpty = plainText(at.cell("ownerName").text) === "";
    if (isEmpty && [idText, tailText, phone ?? "", ownerNo ?? ""].some((value) => value !== ""))
      at.error(
        "owner_name_missing",
        "ownerName",
        "",
        "填了证件、手机或编号，没有填业主姓名。",
        "a document, mobile or number is given without the owner's name.",
      );
    return null;
  }
  const looksCompany =
    givenType === "credit_code" || (givenKind === null && [...name].length >= 4 && COMPANY.test(name));
  const kind: PartyKind = givenKind ?? (state === "unsold" ? "developer" : looksCompany ? "legal" : "natural");
  if (givenKind === null && kind === "legal")
    at.warning(
      "read_as_organisation",
      "ownerName",
      name,
      "按单位读入。如果是个人，请在“业主类型”填自然人。",
      "read as an organisation. If it is a person, put 自然人 under 业主类型.",
    );
  if (state === "unsold" && !looksCompany && givenKind !== "developer")
    at.warning(
      "unsold_with_owner",
      "ownerName",
      maskName(name),
      "状态是未售，业主却像个人。未售的都归建设单位计数；如果已经售出，请改成已交付或未交付。",
      "the unit is unsold, yet the owner looks like a person. Unsold units count with the developer; if it is sold, put 已交付 or 未交付.",
    );
  const document = readDocument(at, idText, givenType, kind, today);
  const idTail = readTail(at, tailText, document.idNumber);
  if (document.bornOn && isMinor(document.bornOn, today) && at.text("guardian") === "")
    at.warning(
      "minor_without_guardian",
      "guardian",
      "",
      "按身份证号，业主未满 18 岁，由监护人行使表决权（C4）。请补填监护人。",
      "by the document the owner is under 18 and the guardian votes (C4). Please add the guardian.",
    );
  return { name, kind, idType: document.idType, idNumber: document.idNumber, idTail, phone, ownerNo };
}

interface ReadDocument {
  readonly idType: DocumentType | null;
  readonly idNumber: string | null;
  readonly bornOn: Day | null;
}

function readDocument(
  at: RowReader,
  text: string,
  given: DocumentType | null,
  kind: PartyKind,
  today: Day,
): ReadDocument {
  const nothing: ReadDocument = { idType: null, idNumber: null, bornOn: null };
  if (text === "") return nothing;
  const shown = maskNumber(documentNumber(text));
  if (looksMasked(text)) {
    at.error(
      "masked",
      "idNumber",
      shown,
      "这是打了星号的证件号，不能当作数据导入。",
      "this document number is masked and cannot be imported.",
    );
    return nothing;
  }
  const idType = given ?? guessDocumentType(text, kind === "natural");
  if (idType === "id_card") {
    const read = readIdCard(text, today);
    if (read.ok) return { idType, idNumber: read.value.number, bornOn: read.value.bornOn };
    const fault = read.error;
    const words: Record<typeof fault.reason, readonly [string, string]> = {
      id_length: ["身份证号应为 18 位。", "an identity card number has 18 characters."],
      id_characters: [
        "身份证号前 17 位应为数字，末位为数字或 X。",
        "the first 17 characters must be digits, the last a digit or X.",
      ],
      id_birth_date: ["身份证号里的出生日期不存在。", "the date of birth in the number does not exist."],
      id_check_digit: [
        "身份证号的校验位不对，可能有一位写错。",
        "the check character is wrong; one digit may be mistyped.",
      ],
    };
    at.error(fault.reason, "idNumber", shown, ...words[fault.reason]);
    return nothing;
  }
  const idNumber = documentNumber(text);
  if (!/^[0-9A-Z()·]{4,30}$/.test(idNumber)) {
    at.error(
      "document_form",
      "idNumber",
      shown,
      "证件号只能是 4 至 30 位字母和数字。",
      "a document number has 4 to 30 letters and digits.",
    );
    return nothing;
  }
  if (idType === "credit_code" && !readCreditCode(text).ok)
    at.warning(
      "credit_code_check",
      "idNumber",
      idNumber,
      "统一社会信用代码的校验位不对。早期发放的代码有例外，请核对。",
      "the credit code fails its check. Some early codes do; please verify.",
    );
  if (given === null && idType === "other")
    at.warning(
      "document_unknown",
      "idNumber",
      shown,
      "不是身份证号，按其他证件读入，没有校验。",
      "not an identity card number; read as another document, unchecked.",
    );
  return { idType, idNumber, bornOn: null };
}

function readTail(at: RowReader, text: string, idNumber: string | null): string | null {
  const own = idNumber === null ? null : idNumber.slice(-4);
  if (text === "") return own;
  const tail = readLastFour(text);
  if (tail === null) {
    // 0012 typed into a number cell arrives as 12.
    const zeros = /^\d{1,3}$/.test(text) && at.cell("idTail").from === "number";
    if (zeros) {
      const filled = text.padStart(4, "0");
      if (own !== null && own !== filled) return tailDiffers(at);
      at.warning(
        "tail_filled",
        "idTail",
        "",
        "不足四位，前面的 0 可能被 Excel 去掉了，已补 0。",
        "fewer than four digits; leading zeros were put back.",
      );
      return filled;
    }
    at.error(
      "tail_form",
      "idTail",
      "",
      "应为证件号的最后四位（数字或字母）。",
      "must be the last four characters of the document.",
    );
    return null;
  }
  return own !== null && own !== tail ? tailDiffers(at) : tail;
}

function tailDiffers(at: RowReader): null {
  at.error(
    "tail_differs",
    "idTail",
    "",
    "与证件号码的最后四位不一致。",
    "differs from the last four of the document number.",
  );
  return null;
}

/** Names in one cell: 张三、李四 or 张三,李四. */
export function readCoOwners(at: RowReader): string[] {
  if (!at.text("coOwners")) return [];
  // From the cell itself: names on lines of their own would run together in plain text.
  const names = at
    .cell("coOwners")
    .text.split(/[、,，;；/\r\n]+/)
    .map(personName)
    .filter((name) => name !== "" && !/^(?:无|没有|-|—)$/.test(name));
  if (names.some(looksMasked)) {
    at.error("masked", "coOwners", "", "有打了星号的姓名，不能当作数据导入。", "a masked name cannot be imported.");
    return [];
  }
  if (names.some((name) => [...name].length > LONGEST_NAME)) {
    at.error(
      "name_length",
      "coOwners",
      "",
      `每个姓名最多 ${LONGEST_NAME} 个字。`,
      `each name has at most ${LONGEST_NAME} characters.`,
    );
    return [];
  }
  return [...new Set(names)];
}
