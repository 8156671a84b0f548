/** Double entry as the books keep it: accounts, vouchers, periods and who may move what. Pure; amounts in fen, never divided. */
import { addMonths, type Day, isDay } from "../../kernel/day.ts";
import { type Fen, MOST_FEN } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";

/** Separate books (单独列账, R6; HZ 60): what the common parts earn, the maintenance fund, the committee's own working money. */
export const BOOKS = ["common", "fund", "working"] as const;
export type Book = (typeof BOOKS)[number];
export const isBook = (text: string): text is Book => (BOOKS as readonly string[]).includes(text);

/** `use` is what becomes of the net: to the fund, by owners' decision, to the owners (R4). It is no cost (CC 282). */
export const ACCOUNT_KINDS = ["asset", "liability", "net", "income", "cost", "use"] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];
/** The side on which an account of this kind grows. */
export const growsOn = (kind: AccountKind): Side =>
  kind === "asset" || kind === "cost" || kind === "use" ? "debit" : "credit";
/** Kinds whose balance is carried into the next period; the others tell what a period did. */
export const isCarried = (kind: AccountKind): boolean => kind === "asset" || kind === "liability" || kind === "net";

/** A month of the books, `2026-11`. */
export type Period = string;
export const isPeriod = (text: string): text is Period => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
export const periodOf = (day: Day): Period => day.slice(0, 7);
export const nextPeriod = (period: Period): Period => periodOf(addMonths(`${period}-01`, 1));
export const firstDayOf = (period: Period): Day => `${period}-01`;

// ——— Accounts ———

export interface Account {
  readonly book: Book;
  /** `1002` or `4001.03`: four digits, then pairs; a code under another belongs to it. */
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: AccountKind;
  /** Whether vouchers may name it; one with accounts under it is a heading. */
  readonly postable: boolean;
  readonly fromOn: Day;
  /** The first day on which it is closed; null while it is open. */
  readonly untilOn: Day | null;
}

export const LONGEST_NAME = 60;
export const isCode = (text: string): boolean => /^\d{4}(\.\d{2}){0,3}$/.test(text);
export const parentCode = (code: string): string | null =>
  code.includes(".") ? code.slice(0, code.lastIndexOf(".")) : null;
export const isValidOn = ({ fromOn, untilOn }: Pick<Account, "fromOn" | "untilOn">, day: Day): boolean =>
  fromOn <= day && (untilOn === null || day < untilOn);

export type AccountRefusal =
  | { readonly reason: "code_unreadable" }
  | { readonly reason: "code_taken" }
  | { readonly reason: "account_name_missing" }
  | { readonly reason: "account_name_too_long"; readonly most: number }
  /** The code has a heading above it that does not exist, is of another kind, or takes vouchers itself. */
  | { readonly reason: "heading_missing"; readonly code: string }
  | { readonly reason: "heading_of_another_kind"; readonly code: string; readonly kind: AccountKind }
  | { readonly reason: "heading_is_posted_to"; readonly code: string };

/** Whether an account may be added to a book. Nothing is renamed or taken away: an account ends on a day. */
export function mayAddAccount(accounts: readonly Account[], asked: Account): Result<Account, AccountRefusal> {
  const own = accounts.filter(({ book }) => book === asked.book);
  if (!isCode(asked.code)) return err({ reason: "code_unreadable" });
  if (own.some(({ code }) => code === asked.code)) return err({ reason: "code_taken" });
  if (asked.name.zh.trim() === "") return err({ reason: "account_name_missing" });
  if (asked.name.zh.length > LONGEST_NAME) return err({ reason: "account_name_too_long", most: LONGEST_NAME });
  const above = parentCode(asked.code);
  if (above === null) return ok(asked);
  const heading = own.find(({ code }) => code === above);
  if (!heading) return err({ reason: "heading_missing", code: above });
  if (heading.kind !== asked.kind) return err({ reason: "heading_of_another_kind", code: above, kind: heading.kind });
  return heading.postable ? err({ reason: "heading_is_posted_to", code: above }) : ok(asked);
}

// ——— Vouchers ———

export type Side = "debit" | "credit";
/** One line of a voucher. The amount is more than nothing; taking back is done by the other side. */
export interface Line {
  readonly account: string;
  readonly side: Side;
  readonly amountFen: Fen;
}

export const VOUCHER_KINDS = ["ordinary", "opening", "reversal"] as const;
export type VoucherKind = (typeof VOUCHER_KINDS)[number];

export interface Voucher {
  readonly book: Book;
  readonly kind: VoucherKind;
  readonly on: Day;
  /** 摘要: what it was for. Public; no personal data. */
  readonly text: string;
  readonly lines: readonly Line[];
  /** How many files stand behind it. */
  readonly attachments: number;
  /** The owners' decision it rests on, as `<meeting>/<item>`; null where it needs none. */
  readonly decision: string | null;
}

export const LEAST_LINES = 2;
export const MOST_LINES = 100;
export const LONGEST_TEXT = 200;

/** What a book allows by amount. A setting of the community; each needs more hands than the one before. */
export interface Limits {
  /** Up to this amount a second person's review is enough. */
  readonly reviewedFen: Fen;
  /** Up to this the chair approves too; above it an owners' decision stands behind it by id. */
  readonly approvedFen: Fen;
}

export type VoucherRefusal =
  | { readonly reason: "text_missing" }
  | { readonly reason: "text_too_long"; readonly most: number }
  | { readonly reason: "not_a_day" }
  | { readonly reason: "in_the_future"; readonly today: Day }
  | { readonly reason: "before_the_book"; readonly from: Period }
  | { readonly reason: "period_closed"; readonly period: Period; readonly next: Period }
  | { readonly reason: "too_few_lines"; readonly least: number }
  | { readonly reason: "too_many_lines"; readonly most: number }
  | { readonly reason: "amount_not_positive"; readonly line: number }
  | { readonly reason: "amount_too_large"; readonly line: number }
  | { readonly reason: "unknown_account"; readonly line: number; readonly account: string }
  | { readonly reason: "heading_account"; readonly line: number; readonly account: string }
  | { readonly reason: "account_closed"; readonly line: number; readonly account: string }
  | { readonly reason: "unbalanced"; readonly debitFen: Fen; readonly creditFen: Fen }
  | { readonly reason: "file_missing"; readonly for: "cost" | "opening" }
  | { readonly reason: "decision_missing"; readonly aboveFen: Fen }
  | { readonly reason: "opening_not_first" };

export const totalOf = (lines: readonly Line[], side: Side): Fen =>
  lines.reduce((sum, line) => (line.side === side ? sum + line.amountFen : sum), 0);

/** What a voucher moves: the sum of one side of a balanced one. */
export const amountOf = (lines: readonly Line[]): Fen => totalOf(lines, "debit");

/** The books as a voucher meets them. */
export interface BookState {
  readonly accounts: readonly Account[];
  /** The first period of the book. */
  readonly from: Period;
  /** The last closed period; null while none is. */
  readonly closedThrough: Period | null;
  readonly today: Day;
  readonly limits: Limits;
  /** Vouchers posted so far: an opening balance is the first. */
  readonly posted: number;
}

/** The first period that takes vouchers. */
export const openFrom = ({ from, closedThrough }: Pick<BookState, "from" | "closedThrough">): Period =>
  closedThrough === null ? from : nextPeriod(closedThrough);

/** Everything wrong with a voucher, each with its line; empty when it may be drafted (R3, R6, R9; HZ 36). */
export function voucherFaults(voucher: Voucher, state: BookState): VoucherRefusal[] {
  const { lines } = voucher;
  const faults: VoucherRefusal[] = [];
  if (voucher.text.trim() === "") faults.push({ reason: "text_missing" });
  if (voucher.text.length > LONGEST_TEXT) faults.push({ reason: "text_too_long", most: LONGEST_TEXT });
  faults.push(...dayFaults(voucher.on, state));
  if (lines.length < LEAST_LINES) faults.push({ reason: "too_few_lines", least: LEAST_LINES });
  if (lines.length > MOST_LINES) faults.push({ reason: "too_many_lines", most: MOST_LINES });
  for (const [at, line] of lines.entries()) faults.push(...lineFaults(line, at + 1, voucher, state));
  const [debitFen, creditFen] = [totalOf(lines, "debit"), totalOf(lines, "credit")];
  if (debitFen !== creditFen) faults.push({ reason: "unbalanced", debitFen, creditFen });
  if (voucher.kind === "opening" && state.posted > 0) faults.push({ reason: "opening_not_first" });
  if (voucher.attachments === 0) {
    // Q3: the check report stands behind the first figures; R3: who claims a cost proves it.
    if (voucher.kind === "opening") faults.push({ reason: "file_missing", for: "opening" });
    else if (voucher.kind === "ordinary" && spends(lines, state.accounts, voucher.book))
      faults.push({ reason: "file_missing", for: "cost" });
  }
  if (handsFor(voucher, state) === "decision" && voucher.decision === null)
    faults.push({ reason: "decision_missing", aboveFen: state.limits.approvedFen });
  return faults;
}

function dayFaults(on: Day, state: BookState): VoucherRefusal[] {
  if (!isDay(on)) return [{ reason: "not_a_day" }];
  if (on > state.today) return [{ reason: "in_the_future", today: state.today }];
  const period = periodOf(on);
  if (period < state.from) return [{ reason: "before_the_book", from: state.from }];
  if (state.closedThrough !== null && period <= state.closedThrough)
    return [{ reason: "period_closed", period, next: openFrom(state) }];
  return [];
}

function lineFaults(line: Line, at: number, { book, on }: Voucher, { accounts, from }: BookState): VoucherRefusal[] {
  const faults: VoucherRefusal[] = [];
  if (!Number.isSafeInteger(line.amountFen) || line.amountFen <= 0)
    faults.push({ reason: "amount_not_positive", line: at });
  else if (line.amountFen > MOST_FEN) faults.push({ reason: "amount_too_large", line: at });
  const account = accounts.find((one) => one.book === book && one.code === line.account);
  if (!account) faults.push({ reason: "unknown_account", line: at, account: line.account });
  else if (!account.postable) faults.push({ reason: "heading_account", line: at, account: line.account });
  else if (isDay(on) && periodOf(on) >= from && !isValidOn(account, on))
    faults.push({ reason: "account_closed", line: at, account: line.account });
  return faults;
}

/** Whether money goes out for a cost or a use: then there is a paper. */
export const spends = (lines: readonly Line[], accounts: readonly Account[], book: Book): boolean =>
  lines.some(({ account, side }) => {
    const kind = accounts.find((one) => one.book === book && one.code === account)?.kind;
    return side === "debit" && (kind === "cost" || kind === "use");
  });

/** Cash and bank, in every book. */
const MONEY = ["1001", "1002"] as const;
const isMoney = (code: string): boolean => MONEY.some((head) => code === head || code.startsWith(`${head}.`));

/**
 * What a voucher lets go: what it spends on costs and uses, or the money that leaves cash and bank, whichever is more. Nothing
 * where money comes in, or moves between accounts of the book.
 */
export function outgoingFen(lines: readonly Line[], accounts: readonly Account[], book: Book): Fen {
  const net = (counts: (code: string) => boolean): Fen => {
    const own = lines.filter(({ account }) => counts(account));
    return totalOf(own, "debit") - totalOf(own, "credit");
  };
  const kindOf = (code: string) => accounts.find((one) => one.book === book && one.code === code)?.kind;
  const spent = net((code) => kindOf(code) === "cost" || kindOf(code) === "use");
  return Math.max(0, spent, 0 - net(isMoney));
}

/**
 * How many hands a voucher takes: a review, the chair's approval too by its amount, or the owners' decision besides by what it lets
 * go (R4; CC 278①(9)): money that comes in needs none, however much. A reversal undoes what they passed.
 */
export function handsFor(
  { kind, lines, book }: Pick<Voucher, "kind" | "lines" | "book">,
  { limits, accounts }: Pick<BookState, "limits" | "accounts">,
): "review" | "approval" | "decision" {
  if (amountOf(lines) <= limits.reviewedFen) return "review";
  return kind !== "ordinary" || outgoingFen(lines, accounts, book) <= limits.approvedFen ? "approval" : "decision";
}

/** The lines that take a voucher back: each on the other side. */
export const reversed = (lines: readonly Line[]): Line[] =>
  lines.map((line) => ({ ...line, side: line.side === "debit" ? "credit" : "debit" }));

// ——— From draft to posting ———

/** `waiting` for a second person, `reviewed` and waiting for approval, `posted`; or given up by its drafter, or sent back. */
export const VOUCHER_STATES = ["waiting", "reviewed", "posted", "withdrawn", "refused"] as const;
export type VoucherState = (typeof VOUCHER_STATES)[number];

export interface VoucherFacts {
  readonly state: VoucherState;
  readonly draftedBy: string;
  readonly reviewedBy: string | null;
  readonly hands: "review" | "approval" | "decision";
}

export type VoucherMoveRefusal =
  | { readonly reason: "wrong_voucher_state"; readonly state: VoucherState }
  /** Never the same person twice on one voucher (R9; HZ 36). */
  | { readonly reason: "own_voucher" }
  | { readonly reason: "own_review" }
  | { readonly reason: "not_the_drafter" }
  | { readonly reason: "why_missing" };

/** Whether a person may review it: another than drafted it. */
export function mayReview(facts: VoucherFacts, personId: string): Result<"posted" | "reviewed", VoucherMoveRefusal> {
  if (facts.state !== "waiting") return err({ reason: "wrong_voucher_state", state: facts.state });
  if (facts.draftedBy === personId) return err({ reason: "own_voucher" });
  return ok(facts.hands === "review" ? "posted" : "reviewed");
}

/** Whether a person may approve what was reviewed: a third one. */
export function mayApprove(facts: VoucherFacts, personId: string): Result<"posted", VoucherMoveRefusal> {
  if (facts.state !== "reviewed") return err({ reason: "wrong_voucher_state", state: facts.state });
  if (facts.draftedBy === personId) return err({ reason: "own_voucher" });
  return facts.reviewedBy === personId ? err({ reason: "own_review" }) : ok("posted");
}

/** Whether a person may send it back, with a reason: whoever could review or approve it. */
export function mayRefuse(facts: VoucherFacts, personId: string, why: string): Result<"refused", VoucherMoveRefusal> {
  if (facts.state !== "waiting" && facts.state !== "reviewed")
    return err({ reason: "wrong_voucher_state", state: facts.state });
  if (facts.draftedBy === personId) return err({ reason: "own_voucher" });
  return why.trim() === "" ? err({ reason: "why_missing" }) : ok("refused");
}

/** Whether its drafter may give it up: before it is posted. */
export function mayWithdraw(facts: VoucherFacts, personId: string): Result<"withdrawn", VoucherMoveRefusal> {
  if (facts.state !== "waiting" && facts.state !== "reviewed")
    return err({ reason: "wrong_voucher_state", state: facts.state });
  return facts.draftedBy === personId ? ok("withdrawn") : err({ reason: "not_the_drafter" });
}

// ——— Periods ———

export type CloseRefusal =
  | { readonly reason: "period_unreadable" }
  /** Periods close one after the other. */
  | { readonly reason: "not_the_next_period"; readonly next: Period }
  /** The month is not over. */
  | { readonly reason: "period_running"; readonly until: Day }
  | { readonly reason: "vouchers_waiting"; readonly waiting: number };

/** Whether a period may be closed: the next one, over, with nothing waiting in it. What comes later goes into the next. */
export function mayClose(
  period: Period,
  state: Pick<BookState, "from" | "closedThrough" | "today">,
  waiting: number,
): Result<Period, CloseRefusal> {
  if (!isPeriod(period)) return err({ reason: "period_unreadable" });
  const next = openFrom(state);
  if (period !== next) return err({ reason: "not_the_next_period", next });
  if (periodOf(state.today) <= period) return err({ reason: "period_running", until: firstDayOf(nextPeriod(period)) });
  return waiting > 0 ? err({ reason: "vouchers_waiting", waiting }) : ok(period);
}

/** What one account did in a period, and where it stood before. */
export interface Movement {
  readonly account: string;
  /** Debit less credit before the period; nothing for accounts that are not carried. */
  readonly openingFen: Fen;
  readonly debitFen: Fen;
  readonly creditFen: Fen;
}
/** Debit less credit at the end. */
export const closingFen = ({ openingFen, debitFen, creditFen }: Movement): Fen => openingFen + debitFen - creditFen;

/** Whether a set of movements balances: what was owed and owned before, and what was moved, each sum to nothing. */
export const isBalanced = (movements: readonly Movement[]): boolean =>
  movements.reduce((sum, one) => sum + one.debitFen - one.creditFen, 0) === 0;
