/** One row's cells by column, with the checks every cell shares: formulas, what a spreadsheet's arithmetic destroyed, words from a list, names, phones. */

import { type Cell, EMPTY } from "../../platform/sheet/grid.ts";
import {
  LONGEST_NAME,
  looksMasked,
  maskName,
  maskNumber,
  maskPhone,
  personName,
  plainText,
  readMobile,
} from "../identity/rules.ts";
import type { ColumnKey, Header } from "./columns.ts";
import type { Findings } from "./findings.ts";
import { listWords, readWord } from "./words.ts";

/** The cells of one row by column, with the checks that every cell shares. */
export class RowReader {
  readonly row: number;
  readonly findings: Findings;
  readonly #cells: readonly Cell[];
  readonly #header: Header;

  constructor(cells: readonly Cell[], header: Header, row: number, findings: Findings) {
    this.#cells = cells;
    this.#header = header;
    this.row = row;
    this.findings = findings;
  }

  get roomHoldsAll(): boolean {
    return this.#header.roomHoldsAll;
  }

  cell(column: ColumnKey): Cell {
    const at = this.#header.columns.get(column);
    return at === undefined ? EMPTY : (this.#cells[at] ?? EMPTY);
  }

  error(code: string, column: ColumnKey, value: string, zh: string, en: string): void {
    this.findings.error(code, { row: this.row, column, value }, zh, en);
  }

  warning(code: string, column: ColumnKey, value: string, zh: string, en: string): void {
    this.findings.warning(code, { row: this.row, column, value }, zh, en);
  }

  /** Plain text of a cell; null with a finding when the cell has no usable value. */
  text(column: ColumnKey): string | null {
    const cell = this.cell(column);
    if (cell.from === "uncalculated") {
      this.error(
        "formula_without_result",
        column,
        "",
        "这一格是公式，文件里没有存下计算结果。请在 Excel 中打开并保存一次，或粘贴为数值。",
        "this cell is a formula and the file holds no result. Open and save it in Excel once, or paste as values.",
      );
      return null;
    }
    if (cell.from === "error") {
      this.error(
        "formula_error",
        column,
        "",
        "这一格的公式出错（如 #N/A、#DIV/0!）。请改正后再导入。",
        "the formula in this cell has an error (such as #N/A or #DIV/0!). Please correct it.",
      );
      return null;
    }
    return plainText(cell.text);
  }

  /** Text that identifies something (a building, a room, a number), for which a spreadsheet's arithmetic is poison. */
  label(column: ColumnKey): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const { from } = this.cell(column);
    if (from === "date") {
      this.error(
        "became_a_date",
        column,
        text,
        "Excel 把这一格变成了日期（例如 3-2 变成 3月2日）。请把该列设为“文本”格式后重新填写。",
        "Excel has turned this cell into a date (3-2 becomes 2 March). Set the column to Text and type it again.",
      );
      return null;
    }
    if (from === "number" && text.includes(".")) {
      this.error(
        "lost_zero",
        column,
        text,
        `Excel 把它当成了小数，末尾的 0 可能丢了（${text}0 会变成 ${text}）。请把该列设为“文本”格式后重新填写。`,
        `Excel took this for a decimal and may have dropped a zero (${text}0 becomes ${text}). Set the column to Text and type it again.`,
      );
      return null;
    }
    if (from === "number" && text.replace(/\D/g, "").length > 15) {
      this.error(
        "lost_digits",
        column,
        maskNumber(text),
        "Excel 只保留数字的前 15 位，后面的已经变成 0。请把该列设为“文本”格式后重新填写。",
        "Excel keeps only the first 15 digits of a number; the rest have become zeros. Set the column to Text and type it again.",
      );
      return null;
    }
    if (from === "text" && /^\d+(?:\.\d+)?E\+?\d+$/i.test(text)) {
      this.error(
        "scientific",
        column,
        text,
        "这是被 Excel 改成科学计数法的数字，原来的数字已经丢失。请把该列设为“文本”格式后重新填写。",
        "Excel has rewritten this number in scientific notation and its digits are lost. Set the column to Text and type it again.",
      );
      return null;
    }
    return text;
  }
}

export function readChoice<K extends string>(
  at: RowReader,
  column: ColumnKey,
  words: Parameters<typeof readWord<K>>[0],
  leaveOut: readonly K[] = [],
): K | null {
  const text = at.text(column);
  if (text === null || text === "") return null;
  const word = readWord(words, text);
  if (word !== null && !leaveOut.includes(word)) return word;
  if (/^\d{3,}$/.test(text)) {
    at.warning(
      "code_ignored",
      column,
      text,
      "这是另一套系统的代码，没有采用。请核对这一列。",
      "this is a code of another system and was not used. Please check this column.",
    );
    return null;
  }
  const list = listWords(words, leaveOut);
  at.error("unknown_word", column, text, `只能是：${list.zh}。`, `must be one of: ${list.en}.`);
  return null;
}

export function readName(at: RowReader, column: ColumnKey): string | null {
  const text = at.text(column);
  if (text === null || text === "") return null;
  const name = personName(text);
  if (looksMasked(name)) {
    at.error(
      "masked",
      column,
      name,
      "这是打了星号的姓名，不能当作数据导入。请用完整的名册。",
      "this name is masked with asterisks and cannot be imported. Use the full roll.",
    );
    return null;
  }
  if ([...name].length > LONGEST_NAME) {
    at.error(
      "name_length",
      column,
      maskName(name),
      `最多 ${LONGEST_NAME} 个字。`,
      `at most ${LONGEST_NAME} characters.`,
    );
    return null;
  }
  return name;
}

export function readPhone(at: RowReader, column: "phone" | "guardianPhone"): string | null {
  const text = at.label(column);
  if (text === null || text === "") return null;
  const phone = readMobile(text);
  if (phone !== null) return phone;
  const zh = looksMasked(text)
    ? "这是打了星号的号码，不能当作数据导入。"
    : "不是手机号（应为 1 开头的 11 位数字）。只填一个号码；没有手机的请留空。";
  const en = looksMasked(text)
    ? "this number is masked with asterisks and cannot be imported."
    : "not a mobile number (11 digits starting with 1). Give one number only; leave it empty where there is none.";
  at.error("phone_form", column, maskPhone(text), zh, en);
  return null;
}
