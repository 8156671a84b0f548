/** The fields in which a form asks for a person, and what was typed in them as personal data. */

import type { Day } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { AppContext } from "../../platform/context.ts";
import { type Bilingual, pick } from "../../platform/i18n.ts";
import { Field, Select } from "../../platform/ui/fields.tsx";
import type { FieldError } from "../../platform/ui/forms.tsx";
import { errorFor, Fieldset } from "../../platform/ui/forms.tsx";
import type { InputFault } from "../../platform/validate.ts";
import {
  DOCUMENT_TYPES,
  type DocumentType,
  documentNumber,
  guessDocumentType,
  LONGEST_NAME,
  looksMasked,
  personName,
  readIdCard,
  readLastFour,
  readMobile,
} from "../identity/rules.ts";
import { BASIS_WORDS, DOCUMENT_WORDS, PARTY_WORDS, sayWord } from "../import/words.ts";
import type { Personal } from "../personal.ts";
import { BASES, PARTY_KINDS, type PartyKind } from "../rules.ts";

/** Names of the fields of person n: name1, kind1, idType1 … */
const PERSON_FIELDS = ["name", "kind", "idType", "idNumber", "idTail", "phone", "ownerNo", "basis"] as const;
type PersonFieldName = (typeof PERSON_FIELDS)[number];
export const personFieldNames = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => PERSON_FIELDS.map((field) => `${field}${at + 1}`)).flat();

type Values = Readonly<Record<string, string>>;

const optionsOf = <K extends string>(
  keys: readonly K[],
  words: Parameters<typeof sayWord<K>>[0],
  lang: "zh" | "en",
): { value: string; label: string }[] => keys.map((key) => ({ value: key, label: pick(sayWord(words, key), lang) }));

/** Everything a form can ask about one person. `isOwner` adds kind and basis. */
export const PersonFieldset = (props: {
  c: AppContext;
  at: number;
  legend: string;
  values: Values;
  errors: readonly FieldError[];
  isOwner: boolean;
  mayBeEmpty: boolean;
}) => {
  const { c, at, values, errors } = props;
  const { t, lang } = c.var;
  const optional = t("选填", "optional");
  const of = (field: PersonFieldName) => ({
    name: `${field}${at}`,
    value: values[`${field}${at}`] ?? "",
    error: errorFor(errors, `${field}${at}`),
  });
  return (
    <Fieldset legend={props.legend}>
      <Field
        {...of("name")}
        label={t("姓名或单位名称", "Name, or the organisation's")}
        maxlength={LONGEST_NAME}
        {...(props.mayBeEmpty ? { optional } : {})}
      />
      {props.isOwner ? (
        <>
          <Select
            {...of("kind")}
            label={t("业主类型", "Kind of owner")}
            options={optionsOf(PARTY_KINDS, PARTY_WORDS, lang)}
          />
          <Select {...of("basis")} label={t("权属依据", "Basis")} options={optionsOf(BASES, BASIS_WORDS, lang)} />
        </>
      ) : null}
      <Field {...of("phone")} type="tel" inputmode="tel" width={20} label={t("手机号", "Mobile")} optional={optional} />
      <Select
        {...of("idType")}
        label={t("证件类型", "Document")}
        optional={optional}
        prompt={t("按号码判断", "judge by the number")}
        options={optionsOf(DOCUMENT_TYPES, DOCUMENT_WORDS, lang)}
      />
      <Field {...of("idNumber")} label={t("证件号码", "Document number")} optional={optional} width={20} />
      <Field {...of("idTail")} label={t("证件号后四位", "Last four of the document")} optional={optional} width={4} />
      <Field {...of("ownerNo")} label={t("产权人编号", "Owner's number")} optional={optional} width={20} />
    </Fieldset>
  );
};

const fault = (field: string, zh: string, en: string): InputFault => ({ pointer: `/${field}`, detail: { zh, en } });

const ID_WORDS: Record<"id_length" | "id_characters" | "id_birth_date" | "id_check_digit", Bilingual> = {
  id_length: { zh: "身份证号应为 18 位。", en: "an identity card number has 18 characters." },
  id_characters: { zh: "身份证号前 17 位应为数字，末位为数字或 X。", en: "17 digits, then a digit or X." },
  id_birth_date: { zh: "身份证号里的出生日期不存在。", en: "the date of birth in it does not exist." },
  id_check_digit: { zh: "身份证号的校验位不对，可能有一位写错。", en: "the check character is wrong." },
};

/** Reads person n of a form; null when it was left empty. Faults name the field. */
export function readPerson(values: Values, at: number, today: Day): Result<Personal | null, InputFault[]> {
  const value = (field: PersonFieldName): string => values[`${field}${at}`] ?? "";
  const faults: InputFault[] = [];
  const name = personName(value("name"));
  const others = (["phone", "idNumber", "idTail", "ownerNo"] as const).some((field) => value(field) !== "");
  if (name === "") return others ? err([fault(`name${at}`, "请填写姓名。", "give the name.")]) : ok(null);
  if ([...name].length > LONGEST_NAME || looksMasked(name))
    faults.push(fault(`name${at}`, "请填写完整姓名，不带星号。", "give the full name, without asterisks."));
  const kind = PARTY_KINDS.find((known) => known === value("kind")) ?? ("natural" satisfies PartyKind);
  const phone = value("phone") === "" ? null : readMobile(value("phone"));
  if (value("phone") !== "" && phone === null)
    faults.push(
      fault(`phone${at}`, "不是手机号（1 开头的 11 位数字）。", "not a mobile number (11 digits starting with 1)."),
    );
  const document = readNumber(value("idNumber"), value("idType"), kind, today);
  if (!document.ok) faults.push(fault(`idNumber${at}`, document.error.zh, document.error.en));
  const idNumber = document.ok ? document.value.idNumber : null;
  const given = value("idTail") === "" ? null : readLastFour(value("idTail"));
  if (value("idTail") !== "" && given === null)
    faults.push(fault(`idTail${at}`, "应为证件号的最后四位。", "the last four characters of the document."));
  if (given !== null && idNumber !== null && idNumber.slice(-4) !== given)
    faults.push(fault(`idTail${at}`, "与证件号码的最后四位不一致。", "differs from the end of the document number."));
  if (faults.length > 0) return err(faults);
  return ok({
    name,
    kind,
    idType: document.ok ? document.value.idType : null,
    idNumber,
    idTail: idNumber?.slice(-4) ?? given,
    phone,
    ownerNo: value("ownerNo") === "" ? null : value("ownerNo").slice(0, 40),
  });
}

function readNumber(
  text: string,
  type: string,
  kind: PartyKind,
  today: Day,
): Result<{ idType: DocumentType | null; idNumber: string | null }, Bilingual> {
  if (text === "") return ok({ idType: null, idNumber: null });
  const idType = DOCUMENT_TYPES.find((known) => known === type) ?? guessDocumentType(text, kind === "natural");
  if (idType === "id_card") {
    const read = readIdCard(text, today);
    return read.ok ? ok({ idType, idNumber: read.value.number }) : err(ID_WORDS[read.error.reason]);
  }
  const idNumber = documentNumber(text);
  return /^[0-9A-Z()·]{4,30}$/.test(idNumber)
    ? ok({ idType, idNumber })
    : err({ zh: "证件号只能是 4 至 30 位字母和数字。", en: "4 to 30 letters and digits." });
}
