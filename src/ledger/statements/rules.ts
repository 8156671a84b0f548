/** What the owners are told of a span of closed months: its figures out of the movements of a book, whether they hold together, when the next is due, and how two versions differ. Pure; fen. */
import { addDays, addMonths, type Day, daysBetween, lastDayOfPeriod } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Reconciliation } from "../bank/rules.ts";
import {
  type Account,
  type Book,
  closingFen,
  firstDayOf,
  isBalanced,
  type Movement,
  nextPeriod,
  type Period,
  periodOf,
} from "../books/rules.ts";

// ——— Which months, and by when ———

/** How often a book is told of (R7): SH, BJ and QY quarterly, HZ and WF half-yearly, nationwide at least yearly. */
export const CADENCES = ["month", "quarter", "half_year", "year"] as const;
export type Cadence = (typeof CADENCES)[number];
const MONTHS: Readonly<Record<Cadence, number>> = { month: 1, quarter: 3, half_year: 6, year: 12 };

/** Whole months, the first and the last. */
export interface Span {
  readonly from: Period;
  readonly to: Period;
}

/** The span that begins with a month and ends where the calendar's month, quarter, half year or year does. */
export function spanFrom(from: Period, cadence: Cadence): Span {
  const months = MONTHS[cadence];
  const month = Number(from.slice(5));
  const last = Math.ceil(month / months) * months;
  return { from, to: `${from.slice(0, 4)}-${String(last).padStart(2, "0")}` };
}

/** What was told of a book so far: its first month, and the last one that a published statement covers. */
export interface Told {
  readonly from: Period;
  readonly toldThrough: Period | null;
}

/** The span the next statement is of: it goes on where the last one ended, whatever the cadence was then. */
export const nextSpan = ({ from, toldThrough }: Told, cadence: Cadence): Span =>
  spanFrom(toldThrough === null ? from : nextPeriod(toldThrough), cadence);

export const lastDayOf = ({ to }: Pick<Span, "to">): Day => addDays(firstDayOf(nextPeriod(to)), -1);

/** `running` while the months are not over; then `due` until its day, and `overdue` from the day after. */
export interface Clock {
  readonly span: Span;
  readonly dueOn: Day;
  readonly state: "running" | "due" | "overdue";
  /** Days past the day it was due; 0 unless overdue. */
  readonly daysLate: number;
}

/**
 * The public clock of a book (R7, D14): published within so many days after the last day of the span; a last day that is off moves
 * to the next working day (CC 203).
 */
export function clockOf(told: Told, cadence: Cadence, publishDays: number, today: Day): Clock {
  const span = nextSpan(told, cadence);
  const last = lastDayOf(span);
  const dueOn = lastDayOfPeriod(last, publishDays);
  const state = today <= last ? "running" : today <= dueOn ? "due" : "overdue";
  return { span, dueOn, state, daysLate: state === "overdue" ? daysBetween(dueOn, today) : 0 };
}

/** The months of a span in order. */
export function monthsOf({ from, to }: Span): Period[] {
  const months: Period[] = [];
  for (let at = from; at <= to; at = nextPeriod(at)) months.push(at);
  return months;
}
/** A month some months before or after another. */
export const monthsFrom = (period: Period, months: number): Period => periodOf(addMonths(firstDayOf(period), months));

// ——— Figures ———

/** Codes that are told apart from their kind: money and who keeps it, what is owed back, what went to the fund. A code stands for all under it. */
const PLACES: Readonly<
  Record<
    Book,
    { readonly bank: string; readonly cash: string; readonly deposits: string | null; readonly toFund: string | null }
  >
> = {
  common: { bank: "1002", cash: "1001", deposits: "2241.01", toFund: "6001.01" },
  fund: { bank: "1002", cash: "1001", deposits: null, toFund: null },
  working: { bank: "1002", cash: "1001", deposits: null, toFund: null },
};
const RECEIVABLES = "1122";
const isUnder = (code: string, head: string | null): boolean =>
  head !== null && (code === head || code.startsWith(`${head}.`));

/** What an account did in the span, in the sense of its kind: income that came, cost that was spent. Taken back is less. */
export interface Figure {
  readonly account: string;
  readonly name: Bilingual;
  readonly fen: Fen;
}
/** A use of the net with the owners' decisions its vouchers name (R4). */
export interface Use extends Figure {
  readonly decisions: readonly string[];
}
/** What an account held before and after. */
export interface Standing {
  readonly account: string;
  readonly name: Bilingual;
  readonly openingFen: Fen;
  readonly inFen: Fen;
  readonly outFen: Fen;
  readonly closingFen: Fen;
}
/** A bank account against the book on the last day of the span (R10). */
export interface BankStanding extends Reconciliation {
  readonly account: string;
  readonly holder: string;
  readonly bank: string;
  readonly numberMasked: string;
  /** How many items explain the difference, on either side. */
  readonly items: number;
}

/** All that a statement says. Stored as it is and hashed; nothing in it names a natural person. */
export interface Statement {
  readonly book: Book;
  readonly from: Period;
  readonly to: Period;
  /** What was the owners' before: money and what others owe, less deposits and debts. */
  readonly openingFen: Fen;
  /** Balances brought into the books in the span (Q3). */
  readonly broughtInFen: Fen;
  readonly income: readonly Figure[];
  readonly incomeFen: Fen;
  readonly costs: readonly Figure[];
  readonly costFen: Fen;
  readonly netFen: Fen;
  readonly toFund: readonly Use[];
  readonly toFundFen: Fen;
  readonly uses: readonly Use[];
  readonly usesFen: Fen;
  readonly closingFen: Fen;
  /** Owed back to those who paid them, no income (§5): apart from all above. */
  readonly deposits: readonly Standing[];
  /** Where what is held stands: bank and cash, what others owe, other things, and what is owed (its figures as debts). */
  readonly money: readonly Standing[];
  readonly receivables: readonly Standing[];
  readonly otherAssets: readonly Standing[];
  readonly debts: readonly Standing[];
  readonly banks: readonly BankStanding[];
  /** What the drafter adds in words. */
  readonly note: string;
}

/** The owners' decisions that vouchers on an account name. */
export interface DecisionOn {
  readonly account: string;
  readonly decision: string;
}
/** What is known of the bank account that a ledger account stands for. */
export interface BankFacts {
  readonly account: string;
  readonly holder: string;
  readonly bank: string;
  readonly numberMasked: string;
  /** Null while no statement of the bank was taken in. */
  readonly sheet: (Reconciliation & { readonly items: number; readonly cutOff: boolean }) | null;
}

export interface Sources {
  readonly book: Book;
  readonly span: Span;
  readonly accounts: readonly Account[];
  readonly movements: readonly Movement[];
  readonly decisions: readonly DecisionOn[];
  readonly banks: readonly BankFacts[];
  readonly note: string;
}

const sumOf = (some: readonly { readonly fen: Fen }[]): Fen => some.reduce((sum, { fen }) => sum + fen, 0);
const total = (some: readonly Standing[], what: "openingFen" | "closingFen"): Fen =>
  some.reduce((sum, one) => sum + one[what], 0);

/** The figures of a span. Accounts that held and did nothing are left out; a source that earned nothing stands if it did so before. */
export function statementOf({ book, span, accounts, movements, decisions, banks, note }: Sources): Statement {
  const byCode = new Map(movements.map((movement) => [movement.account, movement]));
  const known = accounts.filter((account) => account.book === book && account.postable);
  const movementOf = (code: string): Movement =>
    byCode.get(code) ?? { account: code, openingFen: 0, debitFen: 0, creditFen: 0 };
  const places = PLACES[book];
  const figures = (kind: Account["kind"], grows: "debit" | "credit"): Figure[] =>
    known
      .filter((account) => account.kind === kind && byCode.has(account.code))
      .map(({ code, name }) => {
        const { debitFen, creditFen } = movementOf(code);
        return { account: code, name, fen: grows === "debit" ? debitFen - creditFen : creditFen - debitFen };
      });
  const standing = (test: (account: Account) => boolean, owed: boolean): Standing[] =>
    known
      .filter((account) => test(account))
      .map(({ code, name }): Standing => {
        const movement = movementOf(code);
        const { openingFen, debitFen, creditFen } = movement;
        const after = closingFen(movement);
        return owed
          ? {
              account: code,
              name,
              openingFen: 0 - openingFen,
              inFen: creditFen,
              outFen: debitFen,
              closingFen: 0 - after,
            }
          : { account: code, name, openingFen, inFen: debitFen, outFen: creditFen, closingFen: after };
      })
      .filter((one) => one.openingFen !== 0 || one.inFen !== 0 || one.outFen !== 0);
  const isMoney = (code: string): boolean => isUnder(code, places.bank) || isUnder(code, places.cash);
  const assets = (test: (code: string) => boolean) =>
    standing(({ kind, code }) => kind === "asset" && test(code), false);
  const money = assets(isMoney);
  const receivables = assets((code) => isUnder(code, RECEIVABLES));
  const otherAssets = assets((code) => !isMoney(code) && !isUnder(code, RECEIVABLES));
  const isDebt = (deposits: boolean) =>
    standing(({ kind, code }) => kind === "liability" && isUnder(code, places.deposits) === deposits, true);
  const [deposits, debts] = [isDebt(true), isDebt(false)];
  const own = (what: "openingFen" | "closingFen"): Fen =>
    total(money, what) +
    total(receivables, what) +
    total(otherAssets, what) -
    total(deposits, what) -
    total(debts, what);
  const used = figures("use", "debit").map(
    (figure): Use => ({
      ...figure,
      decisions: decisions.filter(({ account }) => account === figure.account).map(({ decision }) => decision),
    }),
  );
  const toFund = used.filter(({ account }) => isUnder(account, places.toFund));
  const uses = used.filter(({ account }) => !isUnder(account, places.toFund));
  const [income, costs] = [figures("income", "credit"), figures("cost", "debit")];
  const [incomeFen, costFen] = [sumOf(income), sumOf(costs)];
  return {
    book,
    from: span.from,
    to: span.to,
    openingFen: own("openingFen"),
    broughtInFen: sumOf(figures("net", "credit")),
    income,
    incomeFen,
    costs,
    costFen,
    netFen: incomeFen - costFen,
    toFund,
    toFundFen: sumOf(toFund),
    uses,
    usesFen: sumOf(uses),
    closingFen: own("closingFen"),
    deposits,
    money,
    receivables,
    otherAssets,
    debts,
    banks: banks.flatMap(({ account, holder, bank, numberMasked, sheet }) => {
      if (sheet === null) return [];
      const { cutOff: _, ...figuresOf } = sheet;
      return [{ ...figuresOf, account, holder, bank, numberMasked }];
    }),
    note: note.trim(),
  };
}

// ——— Whether they hold together ———

/** Which figure is off, and by how much. Each alone keeps a statement from being published (R10). */
export type StatementFault =
  | { readonly reason: "books_unbalanced"; readonly byFen: Fen }
  | { readonly reason: "closing_off"; readonly byFen: Fen }
  /** It does not begin with what the last one ended with. */
  | { readonly reason: "opening_off"; readonly byFen: Fen; readonly lastFen: Fen }
  /** Money on an account for which no bank account is recorded, or of which no statement was taken in. */
  | { readonly reason: "bank_unknown"; readonly account: string; readonly fen: Fen }
  | { readonly reason: "bank_silent"; readonly account: string; readonly fen: Fen }
  /** Book and bank differ after everything that explains it. */
  | { readonly reason: "bank_off"; readonly account: string; readonly byFen: Fen }
  /** More is open than a sheet lists: it cannot be said to explain anything. */
  | { readonly reason: "bank_too_open"; readonly account: string };

/**
 * Whether opening + in − out = closing = bank after reconciling items (R10). `lastClosingFen` is what the statement before ended
 * with; null for a book's first.
 */
export function statementFaults(sources: Sources, lastClosingFen: Fen | null): StatementFault[] {
  const faults: StatementFault[] = [];
  const told = statementOf(sources);
  if (!isBalanced(sources.movements))
    faults.push({
      reason: "books_unbalanced",
      byFen: sources.movements.reduce((sum, { debitFen, creditFen }) => sum + debitFen - creditFen, 0),
    });
  const expected = told.openingFen + told.broughtInFen + told.netFen - told.toFundFen - told.usesFen;
  if (expected !== told.closingFen) faults.push({ reason: "closing_off", byFen: told.closingFen - expected });
  if (lastClosingFen !== null && told.openingFen !== lastClosingFen)
    faults.push({ reason: "opening_off", byFen: told.openingFen - lastClosingFen, lastFen: lastClosingFen });
  for (const place of told.money) {
    if (!isUnder(place.account, PLACES[sources.book].bank)) continue;
    const facts = sources.banks.find(({ account }) => account === place.account);
    const at = { account: place.account, fen: place.closingFen };
    if (!facts) faults.push({ reason: "bank_unknown", ...at });
    else if (facts.sheet === null) faults.push({ reason: "bank_silent", ...at });
    else if (facts.sheet.cutOff) faults.push({ reason: "bank_too_open", account: place.account });
    else if (facts.sheet.bookFen !== place.closingFen || facts.sheet.unexplainedFen !== 0)
      faults.push({
        reason: "bank_off",
        account: place.account,
        byFen: facts.sheet.unexplainedFen + place.closingFen - facts.sheet.bookFen,
      });
  }
  return faults;
}

// ——— From draft to publication ———

export const DRAFT_STATES = ["draft", "published", "withdrawn"] as const;
export type DraftState = (typeof DRAFT_STATES)[number];
export const LONGEST_NOTE = 500;
export const LONGEST_REASON = 200;

export type DraftRefusal =
  /** The months are not all closed. */
  | { readonly reason: "span_not_closed"; readonly span: Span; readonly closedThrough: Period | null }
  | { readonly reason: "statement_faulty"; readonly faults: readonly [StatementFault, ...StatementFault[]] }
  | { readonly reason: "note_too_long"; readonly most: number };

/** Whether a span may be told of: every month of it closed, the figures right. */
export function mayDraft(
  sources: Sources,
  closedThrough: Period | null,
  lastClosingFen: Fen | null,
): Result<Statement, DraftRefusal> {
  if (closedThrough === null || closedThrough < sources.span.to)
    return err({ reason: "span_not_closed", span: sources.span, closedThrough });
  if (sources.note.length > LONGEST_NOTE) return err({ reason: "note_too_long", most: LONGEST_NOTE });
  const [fault, ...others] = statementFaults(sources, lastClosingFen);
  return fault ? err({ reason: "statement_faulty", faults: [fault, ...others] }) : ok(statementOf(sources));
}

export type CorrectionRefusal =
  | { readonly reason: "reason_missing" }
  | { readonly reason: "reason_too_long"; readonly most: number }
  | { readonly reason: "nothing_differs" };

/** Whether a new version may stand beside the published one: it differs, and says why. */
export function mayCorrect(
  before: Statement,
  after: Statement,
  why: string,
): Result<readonly Difference[], CorrectionRefusal> {
  if (why.trim() === "") return err({ reason: "reason_missing" });
  if (why.length > LONGEST_REASON) return err({ reason: "reason_too_long", most: LONGEST_REASON });
  const found = differences(before, after);
  return found.length === 0 ? err({ reason: "nothing_differs" }) : ok(found);
}

export type PublishRefusal =
  | { readonly reason: "wrong_statement_state"; readonly state: DraftState }
  /** Drafted by the accountant, published by the chair; never the same person (HZ 36). */
  | { readonly reason: "own_statement" };

export function mayPublish(
  facts: { readonly state: DraftState; readonly draftedBy: string },
  personId: string,
): Result<"published", PublishRefusal> {
  if (facts.state !== "draft") return err({ reason: "wrong_statement_state", state: facts.state });
  return facts.draftedBy === personId ? err({ reason: "own_statement" }) : ok("published");
}

// ——— Versions ———

/** A figure that reads otherwise in a later version. `account` names the line; empty for a sum or the note. */
export interface Difference {
  readonly what: DifferenceKind;
  readonly account: string;
  readonly before: Fen | string;
  readonly after: Fen | string;
}
export const DIFFERENCE_KINDS = [
  "opening",
  "brought_in",
  "income",
  "cost",
  "to_fund",
  "use",
  "closing",
  "deposit",
  "money",
  "receivable",
  "other_asset",
  "debt",
  "bank",
  "explained",
  "note",
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** Everything in which two versions differ, line by line: a correction is never silent (§5). */
export function differences(before: Statement, after: Statement): Difference[] {
  const found: Difference[] = [];
  const compare = (what: DifferenceKind, account: string, was: Fen | string, is: Fen | string) => {
    if (was !== is) found.push({ what, account, before: was, after: is });
  };
  const lines = <L extends { readonly account: string }>(
    what: DifferenceKind,
    was: readonly L[],
    is: readonly L[],
    figure: (line: L) => Fen,
  ) => {
    for (const account of new Set([...was, ...is].map((line) => line.account))) {
      const of = (some: readonly L[]): Fen => {
        const line = some.find((one) => one.account === account);
        return line ? figure(line) : 0;
      };
      compare(what, account, of(was), of(is));
    }
  };
  const fen = (line: Figure): Fen => line.fen;
  const stands = (line: Standing): Fen => line.closingFen;
  compare("opening", "", before.openingFen, after.openingFen);
  compare("brought_in", "", before.broughtInFen, after.broughtInFen);
  lines("income", before.income, after.income, fen);
  lines("cost", before.costs, after.costs, fen);
  lines("to_fund", before.toFund, after.toFund, fen);
  lines("use", before.uses, after.uses, fen);
  compare("closing", "", before.closingFen, after.closingFen);
  lines("deposit", before.deposits, after.deposits, stands);
  lines("money", before.money, after.money, stands);
  lines("receivable", before.receivables, after.receivables, stands);
  lines("other_asset", before.otherAssets, after.otherAssets, stands);
  lines("debt", before.debts, after.debts, stands);
  lines("bank", before.banks, after.banks, ({ bankFen }) => bankFen);
  lines("explained", before.banks, after.banks, ({ items }) => items);
  compare("note", "", before.note, after.note);
  return found;
}

// ——— Where each yuan went ———

export interface Part {
  readonly what: "cost" | "to_fund" | "use" | "kept";
  readonly account: string;
  readonly name: Bilingual | null;
  readonly fen: Fen;
}
/**
 * What became of the income: cost by cost, to the fund, other uses, and what is kept. The parts sum to the income; where more was
 * spent than came in, `kept` is less than nothing.
 */
export function whereItWent(statement: Pick<Statement, "income" | "costs" | "toFund" | "uses" | "incomeFen">): Part[] {
  const parts: Part[] = [
    ...statement.costs.map(({ account, name, fen }): Part => ({ what: "cost", account, name, fen })),
    ...statement.toFund.map(({ account, name, fen }): Part => ({ what: "to_fund", account, name, fen })),
    ...statement.uses.map(({ account, name, fen }): Part => ({ what: "use", account, name, fen })),
  ].filter(({ fen }) => fen !== 0);
  const kept = statement.incomeFen - parts.reduce((sum, { fen }) => sum + fen, 0);
  return [...parts, { what: "kept", account: "", name: null, fen: kept }];
}
