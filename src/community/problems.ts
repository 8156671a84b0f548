/** Refusals of the roll as problems: status, code and words in both languages. One switch, so that a new refusal cannot be forgotten. */
import { formatArea } from "../kernel/area.ts";
import type { Bilingual } from "../platform/i18n.ts";
import type { Problem } from "../platform/problem.tsx";
import { LARGEST_SHEET_BYTES, MOST_ROWS, type SheetFault } from "../platform/sheet/grid.ts";
import type { ChangeRefusal } from "./changes/actions.ts";
import type { ImportRefusal } from "./import/actions.ts";
import type { PrivacyRefusal } from "./privacy/actions.ts";
import type { SnapshotRefusal } from "./snapshot/actions.ts";
import type { DesignationRefusal } from "./snapshot/designations/actions.ts";
import type { ObjectionRefusal } from "./snapshot/objections/actions.ts";

export type RollRefusal =
  | ChangeRefusal
  | ImportRefusal
  | PrivacyRefusal
  | SnapshotRefusal
  | DesignationRefusal
  | ObjectionRefusal;

const CANNOT_IMPORT: Bilingual = { zh: "这份文件没有导入", en: "The file was not imported" };
const NOT_CHANGED: Bilingual = { zh: "名册没有改动", en: "The roll was not changed" };
const MISSING: Bilingual = { zh: "没有找到", en: "Not found" };
const GR25 = "《业主大会和业主委员会指导规则》第二十五条";

type Words = readonly [zh: string, en: string];

const make = (
  code: string,
  status: Problem["status"],
  title: Bilingual,
  [zh, en]: Words,
  more: Partial<Problem> = {},
): Problem => ({
  code,
  status,
  title,
  detail: { zh, en },
  ...more,
});

/** A message beside a field of the form. */
const atField = (field: string, code: string, words: Words, title: Bilingual = NOT_CHANGED): Problem =>
  make(code, 422, title, words, { errors: [{ pointer: `/${field}`, detail: { zh: words[0], en: words[1] } }] });

export function rollProblem(refusal: RollRefusal): Problem {
  switch (refusal.reason) {
    case "sheet_unreadable":
      return sheetProblem(refusal.fault);
    case "import_day":
    case "day_in_future":
      return atField("fromOn", "day-in-future", ["日期不能晚于今天。", "the day cannot lie after today."]);
    case "day_form":
      return atField("fromOn", "day-form", ["请按 2026-11-02 的样子填写日期。", "write the day like 2026-11-02."]);
    case "unknown_import":
    case "unknown_unit":
    case "unknown_party":
    case "unknown_snapshot":
    case "unknown_voter":
    case "unknown_objection":
      return make("not-found", 404, MISSING, [
        "没有这一项，或者它不属于本小区。",
        "there is no such thing, or it is not of this community.",
      ]);
    case "import_over":
      return make("import-over", 409, CANNOT_IMPORT, [
        refusal.stage === "abandoned" ? "这次导入已经放弃。请重新上传文件。" : "这次导入已经写入名册。",
        refusal.stage === "abandoned"
          ? "this import was given up; please upload the file again."
          : "this import has been written already.",
      ]);
    case "import_has_errors":
      return make("import-has-errors", 422, CANNOT_IMPORT, [
        `还有 ${refusal.errors} 处错误。名册要么全部导入，要么完全不动；请改好文件后重新上传。`,
        `${refusal.errors} errors are left. A roll is imported whole or not at all: please correct the file and upload it again.`,
      ]);
    case "roll_stale":
      return make(
        "roll-changed-meanwhile",
        409,
        NOT_CHANGED,
        [
          "您打开页面之后，有人改动了名册。为免覆盖，这次没有写入。",
          "somebody changed the roll after you opened the page. Nothing was written, so that nothing is overwritten.",
        ],
        {
          next: {
            zh: "请刷新页面，核对差异后再提交。",
            en: "Please reload the page, look at the differences and submit again.",
          },
        },
      );
    case "unit_not_missing":
      return make("unit-not-missing", 422, CANNOT_IMPORT, [
        "勾选停用的专有部分不在缺失清单里，请刷新页面后重选。",
        "a unit ticked to be retired is not among the missing ones; please reload the page and choose again.",
      ]);
    case "later_change":
      return atField("fromOn", "later-change", [
        `这个专有部分在 ${refusal.on} 还有更晚的变更。请把日期改到那天或之后；如果后面的记录有误，请用“更正”。`,
        `this unit has a later change on ${refusal.on}. Choose that day or a later one; if the later record is wrong, use a correction.`,
      ]);
    case "same_owners":
      return make("same-owners", 409, NOT_CHANGED, [
        "填写的业主和现在的完全一样。",
        "the owners given are the ones it has.",
      ]);
    case "nothing_changed":
      return make("nothing-changed", 409, NOT_CHANGED, [
        "填写的内容和现在的完全一样。",
        "what was given is what the roll has.",
      ]);
    case "no_owners":
      return atField("name1", "no-owners", ["至少填写一位业主。", "give at least one owner."]);
    case "same_owner_twice":
      return atField("name2", "same-owner-twice", ["有两行是同一位业主。", "two of the rows are the same person."]);
    case "designated_not_owner":
      return make(
        "designated-not-owner",
        422,
        NOT_CHANGED,
        ["只能从共有人里推选一人投票。", "only one of the co-owners can be chosen to vote."],
        { article: GR25 },
      );
    case "one_owner_only":
      return make(
        "one-owner-only",
        409,
        NOT_CHANGED,
        ["这个专有部分只有一位业主，不需要推选。", "this unit has one owner, so there is nobody to choose among."],
        { article: GR25 },
      );
    case "own_guardian":
      return atField("name1", "own-guardian", ["监护人不能是业主本人。", "the guardian cannot be the owner."]);
    case "not_on_roll":
      return atField("fromOn", "not-on-roll", [
        `${refusal.day} 这一天名册里没有这个专有部分（尚未登记或已停用）。`,
        `on ${refusal.day} this unit was not in the roll (not entered yet, or retired).`,
      ]);
    case "note_missing":
      return atField("why", "why-missing", [
        "请写明原因，它会和这次变更一起保存。",
        "say why; it is kept with the change.",
      ]);
    case "why_missing":
      return atField(
        "why",
        "why-missing",
        ["请写明为什么需要查看，它会记入查阅记录。", "say why you need it; it is written into the log of reads."],
        {
          zh: "没有显示个人信息",
          en: "Nothing personal was shown",
        },
      );
    case "too_few_parts":
      return atField("room1", "too-few-parts", ["至少分成两个。", "at least two parts are needed."]);
    case "parts_alike":
      return atField("room1", "parts-alike", [
        `房号“${refusal.room}”写了两次。`,
        `the number “${refusal.room}” is given twice.`,
      ]);
    case "area_differs":
      return make("area-differs", 422, NOT_CHANGED, [
        `各部分面积合计 ${formatArea(refusal.partsDm2)} ㎡，与整体 ${formatArea(refusal.wholeDm2)} ㎡ 不一致。如果是重新测绘的结果，请勾选“重新测绘”。`,
        `the parts add up to ${formatArea(refusal.partsDm2)} m², the whole is ${formatArea(refusal.wholeDm2)} m². If it was measured anew, tick so.`,
      ]);
    case "unit_exists":
      return atField("room1", "unit-exists", [
        "这个楼栋、单元、房号已经在名册里（可能已停用）。",
        "a unit with this building, entrance and number is in the roll already (perhaps retired).",
      ]);
    case "owners_differ":
      return make("owners-differ", 422, NOT_CHANGED, [
        "业主不同的专有部分不能合并。",
        "units of different owners cannot be merged.",
      ]);
    case "clause_missing":
      return make(
        "clause-missing",
        422,
        { zh: "没有冻结名册", en: "The roll was not frozen" },
        [
          "把车位、储藏计入，要写明依据议事规则哪一条。",
          "to count parking or storage, name the clause of the rules of procedure.",
        ],
        { article: GR25 },
      );
    case "roll_empty":
      return make("roll-empty", 409, { zh: "名册是空的", en: "The roll is empty" }, [
        `${refusal.asOf} 这一天名册里没有可以计数的专有部分。请先导入名册。`,
        `on ${refusal.asOf} the roll has no unit that counts. Import the roll first.`,
      ]);
    case "nothing_to_amend":
      return make("nothing-to-amend", 409, { zh: "冻结的名册没有改动", en: "The frozen roll was not changed" }, [
        "名册与冻结的一致。请先在名册里更正（生效日不晚于冻结日），再更正冻结的名册。",
        "the roll says what was frozen. Correct the roll first, with effect on or before the frozen day.",
      ]);
    case "not_an_owner":
      return make(
        "not-an-owner",
        422,
        NOT_CHANGED,
        ["只有这一户的业主或其监护人可以投票。", "only an owner of this entry, or a guardian of one, can vote for it."],
        { article: GR25 },
      );
    case "votes_already":
      return make("votes-already", 409, NOT_CHANGED, ["现在就是由这一位投票。", "this person votes for it already."]);
    case "objections_over":
      return make("objections-over", 409, { zh: "异议没有提交", en: "The objection was not made" }, [
        "异议期已经结束。",
        "the period for objections has ended.",
      ]);
    case "objection_empty":
      return atField("text", "objection-empty", [
        "请写明哪里不对、应当怎样。",
        "say what is wrong and what it should be.",
      ]);
    case "objection_too_long":
      return atField("text", "objection-too-long", [
        `最多 ${refusal.most} 个字。`,
        `at most ${refusal.most} characters.`,
      ]);
    case "already_answered":
      return make("already-answered", 409, { zh: "答复没有保存", en: "The answer was not saved" }, [
        "这条异议已经答复过。",
        "this objection has been answered already.",
      ]);
  }
}

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

function sheetWords(fault: SheetFault): Words {
  switch (fault.reason) {
    case "sheet_empty":
      return ["文件里没有数据。", "the file has no data."];
    case "sheet_too_large":
      return [
        `文件有 ${megabytes(fault.bytes)} MB，超过 ${megabytes(LARGEST_SHEET_BYTES)} MB。请删去图片和多余的工作表，或分成几份导入。`,
        `the file has ${megabytes(fault.bytes)} MB, more than ${megabytes(LARGEST_SHEET_BYTES)} MB. Remove pictures and other sheets, or import it in parts.`,
      ];
    case "sheet_legacy_xls":
      return [
        "这是旧版 .xls 文件，或者设了打开密码。请在 Excel 里另存为“Excel 工作簿（.xlsx）”且不设密码。",
        "this is an old .xls file, or it has a password. Save it in Excel as a workbook (.xlsx) without a password.",
      ];
    case "sheet_broken":
      return ["文件损坏，打不开。请重新另存一次。", "the file is damaged and cannot be opened. Please save it again."];
    case "sheet_encoding":
      return [
        "认不出文件的文字编码。请在 Excel 里另存为“CSV UTF-8”，或直接用 .xlsx。",
        "the text encoding is not known. Save it in Excel as “CSV UTF-8”, or use .xlsx.",
      ];
    case "sheet_not_a_table":
      return ["这不是表格文件。请上传 .xlsx 或 .csv。", "this is not a table. Please upload .xlsx or .csv."];
    case "sheet_quote_open":
      return [
        `第 ${fault.line} 行附近有一个没有配对的双引号，后面的内容会连成一格。`,
        `near line ${fault.line} a double quote is not closed, and the rest runs into one cell.`,
      ];
    case "sheet_too_many_rows":
      return [
        `有 ${fault.rows} 行，一次最多 ${MOST_ROWS} 行。请分成几份导入。`,
        `there are ${fault.rows} rows; at most ${MOST_ROWS} at a time. Please import it in parts.`,
      ];
    case "sheet_no_header": {
      const seen = fault.seen.length > 0 ? `看到的是：${fault.seen.join("、")}。` : "";
      const seenEn = fault.seen.length > 0 ? ` What was seen: ${fault.seen.join(", ")}.` : "";
      return [
        `找不到表头：缺少“${fault.missing.join("”“")}”列。${seen}可以下载模板对照。如果看到的是乱码，请另存为“CSV UTF-8”。`,
        `no header row: the columns ${fault.missing.join(", ")} are missing.${seenEn} Compare with the template. If the text is garbled, save it as “CSV UTF-8”.`,
      ];
    }
  }
}

const sheetProblem = (fault: SheetFault): Problem =>
  atField("file", fault.reason.replaceAll("_", "-"), sheetWords(fault), CANNOT_IMPORT);
