/** What columns, holders and faults of the bank's statements are called. No rule of its own. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { LARGEST_SHEET_BYTES, MOST_ROWS, type SheetFault } from "../../platform/sheet/grid.ts";
import type { AccountFault, ColumnKind, Holder, LineFault, MappingFault } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const HOLDER_WORDS: Readonly<Record<Holder, Bilingual>> = {
  assembly: say("业主大会", "The owners' assembly"),
  committee: say("业主委员会", "The owners' committee"),
};

export const COLUMN_WORDS: Readonly<Record<ColumnKind, Bilingual>> = {
  day: say("日期", "Day"),
  in: say("收入（贷方）", "Money in"),
  out: say("支出（借方）", "Money out"),
  amount: say("金额（收支在同一列）", "Amount, in and out in one column"),
  direction: say("收支方向", "Direction"),
  balance: say("余额", "Balance"),
  counterparty: say("对方", "Counterparty"),
  summary: say("摘要", "Text"),
  serial: say("流水号", "Serial number"),
};

export const mappingFaultWords = (fault: MappingFault): Bilingual => {
  switch (fault.reason) {
    case "no_day_column":
      return say("请指明哪一列是日期。", "Say which column is the day.");
    case "no_amount_column":
      return say(
        "请指明收入和支出两列，或者金额一列。",
        "Say which columns are money in and money out, or which one is the amount.",
      );
    case "column_twice":
      return say("同一列不能用两次。", "A column is used twice.");
  }
};

export function accountFaultWords(fault: AccountFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "holder_missing":
      return { field: "holderName", words: say("请写户名。", "Write the name of the account.") };
    case "holder_is_a_person":
      return {
        field: "holderName",
        words: say(
          `“${fault.name}”不像业主大会或业委会的名称。公共收益不能存在个人账户。`,
          `“${fault.name}” is not the assembly's or the committee's name. Common revenue is kept on nobody's own account.`,
        ),
      };
    case "holder_is_the_provider":
      return {
        field: "holderName",
        words: say(
          `“${fault.name}”是企业或别人的账户。公共收益应存入业主大会或业委会名下的账户。`,
          `“${fault.name}” is a company’s or somebody else’s account. Common revenue is kept in the assembly's or the committee's name.`,
        ),
      };
    case "number_unreadable":
      return { field: "number", words: say("账号是8到32位数字。", "The number has 8 to 32 digits.") };
    case "bank_missing":
      return { field: "bank", words: say("请写开户行。", "Write the bank and its branch.") };
  }
}

export function lineFaultWords(fault: LineFault): Bilingual {
  const at = say(`第${fault.row}行：`, `Row ${fault.row}: `);
  const words = ((): Bilingual => {
    switch (fault.reason) {
      case "day_unreadable":
        return say(`日期“${fault.text}”没有看懂`, `the day “${fault.text}” cannot be read`);
      case "amount_unreadable":
        return fault.why === "amount_too_fine"
          ? say(`金额“${fault.text}”超过两位小数`, `the amount “${fault.text}” has more than two decimals`)
          : say(`金额“${fault.text}”没有看懂`, `the amount “${fault.text}” cannot be read`);
      case "direction_unreadable":
        return say(`收支方向“${fault.text}”没有看懂`, `the direction “${fault.text}” cannot be read`);
      case "both_or_neither":
        return say("收入和支出只能有一个", "either money in or money out, not both or neither");
      case "calculated":
        return say("里面有公式，不是银行原来的文件", "it has a formula: this is not the file of the bank");
      case "balance_breaks":
        return say(
          `余额接不上：应为${formatYuan(fault.expectedFen)}，写的是${formatYuan(fault.foundFen)}，可能少了一行或改过数字`,
          `the balance does not follow: ${formatYuan(fault.expectedFen)} expected, ${formatYuan(fault.foundFen)} found; a line is missing or was changed`,
        );
    }
  })();
  return say(at.zh + words.zh, at.en + words.en);
}

export function sheetFaultWords(fault: SheetFault): Bilingual {
  switch (fault.reason) {
    case "sheet_empty":
      return say("文件是空的。", "The file is empty.");
    case "sheet_too_large":
      return say(
        `文件太大，最多${LARGEST_SHEET_BYTES / 1024 / 1024}MB。`,
        `Too large: at most ${LARGEST_SHEET_BYTES / 1024 / 1024} MB.`,
      );
    case "sheet_legacy_xls":
      return say("这是旧版 .xls。请另存为 .xlsx 或 CSV。", "This is an old .xls. Save it as .xlsx or CSV.");
    case "sheet_broken":
      return say("文件打不开，可能已损坏。", "The file cannot be opened; it may be damaged.");
    case "sheet_encoding":
      return say("文字编码没有认出来。请另存为 UTF-8 的 CSV。", "Its encoding is not known. Save it as CSV in UTF-8.");
    case "sheet_not_a_table":
      return say(
        "这不是表格文件。请上传银行导出的 CSV 或 XLSX。",
        "This is no table. Send the CSV or XLSX of the bank.",
      );
    case "sheet_quote_open":
      return say(`第${fault.line}行有引号没有关上。`, `A quote is not closed in line ${fault.line}.`);
    case "sheet_too_many_rows":
      return say(`行数太多，最多${MOST_ROWS}行。`, `Too many rows: at most ${MOST_ROWS}.`);
    case "sheet_no_header":
      return say("没有找到表头。", "No header was found.");
  }
}
