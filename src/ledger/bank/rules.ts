/** A bank's statement as rows of text to lines in fen, what makes a line itself, what it may match, and how book and bank agree. Pure. */
import { holderOf } from "../../committee/entity/rules.ts";
import { type Day, daysBetween, isDay } from "../../kernel/day.ts";
import { type Fen, type MoneyRefusal, parseYuan } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

// ——— Columns ———

/** What a column of a statement may be. Either two columns for in and out, or one amount with a sign or a word for its direction. */
export const COLUMN_KINDS = [
  "day",
  "in",
  "out",
  "amount",
  "direction",
  "balance",
  "counterparty",
  "summary",
  "serial",
] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];
/** Index of each column, from 0. */
export type Mapping = Readonly<Partial<Record<ColumnKind, number>>>;

/** Headers of the usual statements, as banks print them; compared without spaces and remarks in brackets. */
const HEADERS: Readonly<Record<ColumnKind, readonly string[]>> = {
  day: ["交易日期", "日期", "记账日期", "入账日期", "交易时间", "记账日", "交易日", "业务日期"],
  in: ["贷方发生额", "收入金额", "收入", "贷方金额", "转入金额", "存入金额", "贷方", "收款金额", "存入"],
  out: ["借方发生额", "支出金额", "支出", "借方金额", "转出金额", "支取金额", "借方", "付款金额", "支取"],
  amount: ["交易金额", "发生额", "金额", "交易额"],
  direction: ["借贷标志", "借贷方向", "收支方向", "借/贷", "收/支", "借贷", "交易方向", "收付标志"],
  balance: ["余额", "账户余额", "当前余额", "交易后余额", "本次余额"],
  counterparty: [
    "对方户名",
    "对方账户名称",
    "对方名称",
    "交易对方",
    "对方单位",
    "对方账户名",
    "收/付方名称",
    "对手户名",
  ],
  summary: ["摘要", "用途", "附言", "交易摘要", "备注", "交易说明", "交易类型"],
  serial: ["流水号", "交易流水号", "凭证号", "交易序号", "电子回单号", "核心流水号", "柜员流水号"],
};

const plain = (header: string): string =>
  header
    .normalize("NFKC")
    .replace(/[(（[][^)）\]]*[)）\]]/g, "")
    .replace(/[\s:：]/g, "");

/** The mapping that a header row suggests: each kind by the first of its names that is there, no column twice. */
export function suggestMapping(header: readonly string[]): Mapping {
  const cells = header.map(plain);
  const mapping: Partial<Record<ColumnKind, number>> = {};
  const taken = new Set<number>();
  for (const kind of COLUMN_KINDS)
    for (const name of HEADERS[kind]) {
      const at = cells.indexOf(plain(name));
      if (at < 0 || taken.has(at)) continue;
      mapping[kind] = at;
      taken.add(at);
      break;
    }
  return mapping;
}

export type MappingFault =
  | { readonly reason: "no_day_column" }
  | { readonly reason: "no_amount_column" }
  | { readonly reason: "column_twice" };
/** Whether a mapping can be read by: a day, and either in and out, or an amount. */
export function mappingFaults(mapping: Mapping): MappingFault[] {
  const faults: MappingFault[] = [];
  if (mapping.day === undefined) faults.push({ reason: "no_day_column" });
  if (mapping.amount === undefined && (mapping.in === undefined || mapping.out === undefined))
    faults.push({ reason: "no_amount_column" });
  const used = Object.values(mapping);
  if (new Set(used).size !== used.length) faults.push({ reason: "column_twice" });
  return faults;
}

/** The row of the header: the first of the first thirty whose suggestion can be read by; null when none can. */
export function findHeader(rows: readonly (readonly string[])[]): number | null {
  const at = rows.slice(0, 30).findIndex((row) => mappingFaults(suggestMapping(row)).length === 0);
  return at < 0 ? null : at;
}

// ——— Lines ———

/** One line of a statement. The amount is more than nothing for money that came in, less for money that went out. */
export interface BankLine {
  readonly row: number;
  readonly on: Day;
  readonly amountFen: Fen;
  /** After the line; null where the statement has no such column. */
  readonly balanceFen: Fen | null;
  readonly counterparty: string;
  readonly summary: string;
  readonly serial: string;
}

export type LineFault =
  | { readonly reason: "day_unreadable"; readonly row: number; readonly text: string }
  | {
      readonly reason: "amount_unreadable";
      readonly row: number;
      readonly why: MoneyRefusal["reason"];
      readonly text: string;
    }
  | { readonly reason: "direction_unreadable"; readonly row: number; readonly text: string }
  /** In and out in one line, or neither. */
  | { readonly reason: "both_or_neither"; readonly row: number }
  /** A formula stands where the bank prints a figure: it may say another thing to each who opens it. */
  | { readonly reason: "calculated"; readonly row: number }
  /** The balance of the line before and this amount do not give this balance: a line is missing, or was changed. */
  | { readonly reason: "balance_breaks"; readonly row: number; readonly expectedFen: Fen; readonly foundFen: Fen };

/** `2026-11-23`, `20261123`, `2026/11/3 10:22:01`, `2026年11月3日` → a day; null for what is none. */
export function readDay(text: string): Day | null {
  const parts = /^(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?(?:[\sT].*)?$/.exec(
    text.normalize("NFKC").trim(),
  );
  if (!parts) return null;
  const [, year, month, day] = parts;
  // Without separators only eight digits are a day: 2026113 could be two.
  if (/^\d+/.exec(text.normalize("NFKC").trim())![0].length > 4 && !/^\d{8}(?!\d)/.test(text.normalize("NFKC").trim()))
    return null;
  const read = `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
  return isDay(read) ? read : null;
}

const IN_WORDS = ["贷", "收", "贷方", "收入", "转入", "存入", "C", "CR", "+", "来账", "入账"];
const OUT_WORDS = ["借", "支", "付", "借方", "支出", "转出", "支取", "D", "DR", "-", "往账", "出账"];
const sign = (text: string): 1 | -1 | null => {
  const word = text.normalize("NFKC").trim().toUpperCase();
  return IN_WORDS.includes(word) ? 1 : OUT_WORDS.includes(word) ? -1 : null;
};

const blank = (text: string): boolean => ["", "-", "--", "0", "0.00", "0.0"].includes(text.normalize("NFKC").trim());
const TOTALS = /^(合计|总计|小计|本页|期初|期末|承前|过次|上期)/;

/** Reads a row; null for one that is no line: empty, or a sum that a bank prints between lines. `row` counts from 1 as a spreadsheet does. */
export function readLine(cells: readonly string[], mapping: Mapping, row: number): Result<BankLine, LineFault> | null {
  const at = (kind: ColumnKind): string => {
    const column = mapping[kind];
    return column === undefined ? "" : (cells[column] ?? "").trim();
  };
  if (cells.every((cell) => cell.trim() === "")) return null;
  const on = readDay(at("day"));
  // A sum stands without a day or without an amount of its own; a payer may be called what a sum is called.
  const moves = !(["in", "out", "amount"] as const).every((kind) => blank(at(kind)));
  if (cells.some((cell) => TOTALS.test(plain(cell))) && (on === null || !moves)) return null;
  if (on === null) return err({ reason: "day_unreadable", row, text: at("day") });
  const amount = readAmount(at, mapping, row);
  if (!amount.ok) return amount;
  const balance = mapping.balance === undefined || blank(at("balance")) ? null : parseYuan(at("balance"));
  if (balance !== null && !balance.ok)
    return err({ reason: "amount_unreadable", row, why: balance.error.reason, text: at("balance") });
  const zero = mapping.balance !== undefined && at("balance") !== "" && blank(at("balance")) ? 0 : null;
  return ok({
    row,
    on,
    amountFen: amount.value,
    balanceFen: balance?.value ?? zero,
    counterparty: at("counterparty"),
    summary: at("summary"),
    serial: at("serial"),
  });
}

function readAmount(at: (kind: ColumnKind) => string, mapping: Mapping, row: number): Result<Fen, LineFault> {
  if (mapping.amount !== undefined) {
    const amount = parseYuan(at("amount"));
    if (!amount.ok) return err({ reason: "amount_unreadable", row, why: amount.error.reason, text: at("amount") });
    if (amount.value === 0) return err({ reason: "both_or_neither", row });
    if (mapping.direction === undefined) return amount;
    const direction = sign(at("direction"));
    if (direction === null) return err({ reason: "direction_unreadable", row, text: at("direction") });
    return ok(direction * Math.abs(amount.value));
  }
  const [received, paid] = [at("in"), at("out")];
  if (blank(received) === blank(paid)) return err({ reason: "both_or_neither", row });
  const text = blank(received) ? paid : received;
  const amount = parseYuan(text);
  if (!amount.ok) return err({ reason: "amount_unreadable", row, why: amount.error.reason, text });
  // A negative in the column of what came in is a reversal by the bank: it went out.
  return ok(blank(received) ? -amount.value : amount.value);
}

/** Where balances do not follow one another, in the order of the statement or against it: many banks print the newest first. */
export function balanceBreaks(lines: readonly BankLine[]): LineFault[] {
  const breaks = (some: readonly BankLine[]): LineFault[] =>
    some.flatMap((line, at): LineFault[] => {
      const before = some[at - 1];
      if (!before || before.balanceFen === null || line.balanceFen === null) return [];
      const expectedFen = before.balanceFen + line.amountFen;
      return expectedFen === line.balanceFen
        ? []
        : [{ reason: "balance_breaks", row: line.row, expectedFen, foundFen: line.balanceFen }];
    });
  const forward = breaks(lines);
  if (forward.length === 0) return forward;
  const backward = breaks(lines.toReversed());
  return backward.length < forward.length ? backward : forward;
}

/**
 * What makes a line itself, so that the same file twice, or two files that overlap, add nothing: its day, amount, balance and
 * serial, its words, and which of several such lines it is. The caller hashes it with a key.
 */
export function lineKeys(lines: readonly BankLine[]): string[] {
  const seen = new Map<string, number>();
  return lines.map(({ on, amountFen, balanceFen, serial, counterparty, summary }) => {
    // With a serial number the bank itself says which line it is.
    const own =
      serial === ""
        ? JSON.stringify([on, amountFen, balanceFen, counterparty, summary])
        : JSON.stringify([on, amountFen, balanceFen, serial]);
    const nth = (seen.get(own) ?? 0) + 1;
    seen.set(own, nth);
    return `${own}#${nth}`;
  });
}

// ——— Matching ———

export interface OpenLine {
  readonly lineId: string;
  readonly on: Day;
  readonly amountFen: Fen;
}
/** A line of a posted voucher on the bank's account, not matched yet. Debit is money that came in. */
export interface OpenPosting {
  readonly postingId: string;
  readonly on: Day;
  readonly amountFen: Fen;
}
export interface Suggestion {
  readonly lineId: string;
  readonly postingId: string;
  readonly daysApart: number;
}

/** How far book and bank may lie apart for a suggestion. */
export const MOST_DAYS_APART = 10;

/**
 * Pairs that a person is asked to confirm: the same amount to the fen, close in time, the closest first, each line and each posting
 * once. Where two are equally close nothing is suggested for either: a person knows which is which.
 */
export function suggestMatches(lines: readonly OpenLine[], postings: readonly OpenPosting[]): Suggestion[] {
  const byAmount = new Map<Fen, OpenPosting[]>();
  for (const posting of postings)
    byAmount.set(posting.amountFen, [...(byAmount.get(posting.amountFen) ?? []), posting]);
  const pairs = lines.flatMap(({ lineId, on, amountFen }) =>
    (byAmount.get(amountFen) ?? [])
      .map(
        (posting): Suggestion => ({
          lineId,
          postingId: posting.postingId,
          daysApart: Math.abs(daysBetween(posting.on, on)),
        }),
      )
      .filter(({ daysApart }) => daysApart <= MOST_DAYS_APART),
  );
  const suggested: Suggestion[] = [];
  const usedLines = new Set<string>();
  const usedPostings = new Set<string>();
  for (let apart = 0; apart <= MOST_DAYS_APART; apart += 1) {
    const open = pairs.filter(
      (pair) => pair.daysApart === apart && !usedLines.has(pair.lineId) && !usedPostings.has(pair.postingId),
    );
    const alone = open.filter(
      (pair) => open.filter((other) => other.lineId === pair.lineId || other.postingId === pair.postingId).length === 1,
    );
    for (const pair of alone) {
      suggested.push(pair);
      usedLines.add(pair.lineId);
      usedPostings.add(pair.postingId);
    }
    // Those level with one another are left to a person, now and further on.
    for (const pair of open) {
      usedLines.add(pair.lineId);
      usedPostings.add(pair.postingId);
    }
  }
  return suggested;
}

// ——— Reconciliation ———

/** A line of one day, as far as its balance goes. */
export interface DayLine {
  readonly row: number;
  readonly amountFen: Fen;
  readonly balanceFen: Fen | null;
}
/**
 * The balance at the end of a day as its lines print it: the one that more lines lead to than go on from, whichever way the bank
 * prints them; where the day ends as it began, that of the last line in their order. Null where any line prints none, or their order cannot be told.
 */
export function closingOf(lines: readonly DayLine[]): Fen | null {
  const rows = lines.toSorted((a, b) => a.row - b.row);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last || rows.some(({ balanceFen }) => balanceFen === null)) return null;
  const left = new Map<Fen, number>();
  const count = (fen: Fen, by: 1 | -1) => left.set(fen, (left.get(fen) ?? 0) + by);
  for (const { amountFen, balanceFen } of rows) {
    count(balanceFen!, 1);
    count(balanceFen! - amountFen, -1);
  }
  const ends = [...left].find(([, more]) => more > 0);
  if (ends) return ends[0];
  const follows = (one: DayLine, other: DayLine): boolean => one.balanceFen === other.balanceFen! - other.amountFen;
  const down = rows.every((row, at) => at === 0 || follows(rows[at - 1]!, row));
  const up = rows.every((row, at) => at === 0 || follows(row, rows[at - 1]!));
  return down === up ? null : down ? last.balanceFen : first.balanceFen;
}

/** Why the two differ, sum by sum (R10): what the bank has and the book has not, and the other way round. */
export interface Reconciliation {
  readonly bookFen: Fen;
  readonly bankFen: Fen;
  /** In the bank only: came in, went out (a positive sum each). */
  readonly bankInFen: Fen;
  readonly bankOutFen: Fen;
  /** In the book only: came in, went out. */
  readonly bookInFen: Fen;
  readonly bookOutFen: Fen;
  /** Book + what the bank has alone; bank + what the book has alone: the same when nothing is unexplained. */
  readonly adjustedBookFen: Fen;
  readonly adjustedBankFen: Fen;
  readonly unexplainedFen: Fen;
}

export function reconcile(
  bookFen: Fen,
  bankFen: Fen,
  bankOnly: readonly Fen[],
  bookOnly: readonly Fen[],
): Reconciliation {
  const sum = (some: readonly Fen[], way: 1 | -1): Fen =>
    some.reduce((all, fen) => (Math.sign(fen) === way ? all + Math.abs(fen) : all), 0);
  const [bankInFen, bankOutFen] = [sum(bankOnly, 1), sum(bankOnly, -1)];
  const [bookInFen, bookOutFen] = [sum(bookOnly, 1), sum(bookOnly, -1)];
  const adjustedBookFen = bookFen + bankInFen - bankOutFen;
  const adjustedBankFen = bankFen + bookInFen - bookOutFen;
  return {
    bookFen,
    bankFen,
    bankInFen,
    bankOutFen,
    bookInFen,
    bookOutFen,
    adjustedBookFen,
    adjustedBankFen,
    unexplainedFen: adjustedBookFen - adjustedBankFen,
  };
}

// ——— Accounts ———

export const HOLDERS = ["assembly", "committee"] as const;
/** In whose name (HZ 60, QY 57; R6): the owners' assembly's or the committee's, never a person's or the provider's. */
export type Holder = (typeof HOLDERS)[number];
export type AccountFault =
  | { readonly reason: "holder_missing" }
  /** The name reads like a person's: two to four characters and no word for a body. */
  | { readonly reason: "holder_is_a_person"; readonly name: string }
  | { readonly reason: "holder_is_the_provider"; readonly name: string }
  | { readonly reason: "number_unreadable" }
  | { readonly reason: "bank_missing" };

/**
 * Everything wrong with an account (R6): in whose name it is, by the committee's own rule for its account, and what cannot be read.
 * `entityName` is the legal person the committee has become; "" where there is none. The number has 8 to 32 digits.
 */
export function accountFaults(
  asked: { readonly holderName: string; readonly bank: string; readonly number: string },
  entityName = "",
): AccountFault[] {
  const name = asked.holderName.normalize("NFKC").trim();
  const holder = holderOf(name, entityName);
  const faults: AccountFault[] = [];
  if (!holder.ok)
    faults.push(
      holder.error.reason === "account_of_a_person"
        ? { reason: "holder_is_a_person", name }
        : { reason: "holder_is_the_provider", name },
    );
  else if (holder.value === "none") faults.push({ reason: "holder_missing" });
  if (!/^\d{8,32}$/.test(asked.number.normalize("NFKC").replace(/[\s-]/g, "")))
    faults.push({ reason: "number_unreadable" });
  if (asked.bank.trim() === "") faults.push({ reason: "bank_missing" });
  return faults;
}
