/** What a book is meant to bring in and spend in a year: what may be planned, by whose hands it comes into force, and how it stands against what was done. Pure; fen. */
import type { Day } from "../../kernel/day.ts";
import { type Fen, MOST_FEN } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Account, AccountKind, Book, Period } from "../books/rules.ts";

/** What the owners are asked for: how common money is spent is a matter of its own (CC 278①(9)), the fund's use another (CC 278①(5)). */
export const MATTERS: Readonly<Record<Book, readonly number[]>> = { common: [9], working: [9], fund: [5] };

/** Kinds that tell what a year did; what is held is not planned. */
export const PLANNED_KINDS = ["income", "cost", "use"] as const satisfies readonly AccountKind[];
export type PlannedKind = (typeof PLANNED_KINDS)[number];
const isPlanned = (kind: AccountKind): kind is PlannedKind => (PLANNED_KINDS as readonly string[]).includes(kind);

/** The accounts a year may be planned on: of the book, taking vouchers, of a planned kind. */
export const plannable = (accounts: readonly Account[], book: Book): Account[] =>
  accounts.filter((one) => one.book === book && one.postable && isPlanned(one.kind));

/** The months of a year. */
export const monthsOfYear = (year: number): { readonly from: Period; readonly to: Period } => ({
  from: `${year}-01`,
  to: `${year}-12`,
});

export interface BudgetLine {
  readonly account: string;
  /** More than nothing; an account that is not planned has no line. */
  readonly amountFen: Fen;
}
/** All that a version says. Stored as it is, and hashed. */
export interface Budget {
  readonly book: Book;
  readonly year: number;
  readonly lines: readonly BudgetLine[];
  readonly note: string;
}

// ——— Drafting ———

export const LONGEST_NOTE = 500;
export const LONGEST_WHY = 200;

export type BudgetFault =
  | { readonly reason: "year_out_of_reach"; readonly from: number; readonly to: number }
  | { readonly reason: "nothing_planned" }
  | { readonly reason: "amount_not_positive"; readonly account: string }
  | { readonly reason: "amount_too_large"; readonly account: string }
  | { readonly reason: "account_not_planned"; readonly account: string }
  | { readonly reason: "account_twice"; readonly account: string }
  | { readonly reason: "note_too_long"; readonly most: number };

/** The years that can be planned: from the book's first to the one after this. */
export const yearsOf = (from: Period, today: string): { readonly from: number; readonly to: number } => ({
  from: Number(from.slice(0, 4)),
  to: Number(today.slice(0, 4)) + 1,
});

/** Everything wrong with what was planned; empty when it may be drafted. */
export function budgetFaults(
  budget: Budget,
  accounts: readonly Account[],
  years: { readonly from: number; readonly to: number },
): BudgetFault[] {
  const faults: BudgetFault[] = [];
  if (!Number.isInteger(budget.year) || budget.year < years.from || budget.year > years.to)
    faults.push({ reason: "year_out_of_reach", ...years });
  if (budget.lines.length === 0) faults.push({ reason: "nothing_planned" });
  const known = new Set(plannable(accounts, budget.book).map(({ code }) => code));
  const seen = new Set<string>();
  for (const { account, amountFen } of budget.lines) {
    if (!known.has(account)) faults.push({ reason: "account_not_planned", account });
    if (seen.has(account)) faults.push({ reason: "account_twice", account });
    seen.add(account);
    if (!Number.isSafeInteger(amountFen) || amountFen <= 0) faults.push({ reason: "amount_not_positive", account });
    else if (amountFen > MOST_FEN) faults.push({ reason: "amount_too_large", account });
  }
  if (budget.note.length > LONGEST_NOTE) faults.push({ reason: "note_too_long", most: LONGEST_NOTE });
  return faults;
}

/** A figure that reads otherwise than in the version before; nought where an account has no line. */
export interface BudgetDifference {
  readonly account: string;
  readonly beforeFen: Fen;
  readonly afterFen: Fen;
}
const lineOf = (lines: readonly BudgetLine[], account: string): Fen =>
  lines.find((one) => one.account === account)?.amountFen ?? 0;

/** Everything in which two versions differ, account by account. */
export const differencesOf = (before: readonly BudgetLine[], after: readonly BudgetLine[]): BudgetDifference[] =>
  [...new Set([...before, ...after].map(({ account }) => account))]
    .toSorted()
    .map((account) => ({ account, beforeFen: lineOf(before, account), afterFen: lineOf(after, account) }))
    .filter(({ beforeFen, afterFen }) => beforeFen !== afterFen);

export type RevisionRefusal =
  | { readonly reason: "why_missing"; readonly most: number }
  | { readonly reason: "nothing_differs" };

/** Whether a version may follow the one in force: it differs, and says why; a first one follows none and says nothing. */
export function mayFollow(
  before: Pick<Budget, "lines" | "note"> | null,
  after: Pick<Budget, "lines" | "note">,
  why: string,
): Result<string, RevisionRefusal> {
  if (before === null) return ok("");
  const said = why.trim();
  if (said === "" || said.length > LONGEST_WHY) return err({ reason: "why_missing", most: LONGEST_WHY });
  return differencesOf(before.lines, after.lines).length === 0 && before.note === after.note
    ? err({ reason: "nothing_differs" })
    : ok(said);
}

// ——— From draft to publication ———

export const BUDGET_STATES = ["waiting", "reviewed", "approved", "published", "withdrawn", "refused"] as const;
export type BudgetState = (typeof BUDGET_STATES)[number];

export interface BudgetFacts {
  readonly state: BudgetState;
  readonly draftedBy: string;
  readonly reviewedBy: string | null;
}
export type BudgetMoveRefusal =
  | { readonly reason: "wrong_budget_state"; readonly state: BudgetState }
  | { readonly reason: "own_budget" }
  | { readonly reason: "own_budget_review" }
  | { readonly reason: "not_the_drafter" }
  | { readonly reason: "refusal_why_missing" };

const OPEN: readonly BudgetState[] = ["waiting", "reviewed", "approved"];
const inState = (facts: BudgetFacts, ...states: readonly BudgetState[]): Result<true, BudgetMoveRefusal> =>
  states.includes(facts.state) ? ok(true) : err({ reason: "wrong_budget_state", state: facts.state });

/** Whether a person may review it: another than drafted it (HZ 36). */
export function mayReview(facts: BudgetFacts, personId: string): Result<"reviewed", BudgetMoveRefusal> {
  const open = inState(facts, "waiting");
  if (!open.ok) return open;
  return facts.draftedBy === personId ? err({ reason: "own_budget" }) : ok("reviewed");
}

/** Whether a person may approve what was reviewed: a third one. What it rests on is asked apart (`restsOn`). */
export function mayApprove(facts: BudgetFacts, personId: string): Result<"approved", BudgetMoveRefusal> {
  const open = inState(facts, "reviewed");
  if (!open.ok) return open;
  if (facts.draftedBy === personId) return err({ reason: "own_budget" });
  return facts.reviewedBy === personId ? err({ reason: "own_budget_review" }) : ok("approved");
}

/** Whether what was approved may be published; whoever keeps the books may. */
export function mayPublish(facts: BudgetFacts): Result<"published", BudgetMoveRefusal> {
  const open = inState(facts, "approved");
  return open.ok ? ok("published") : open;
}

/** Whether its drafter may give it up: until it is published. */
export function mayWithdraw(facts: BudgetFacts, personId: string): Result<"withdrawn", BudgetMoveRefusal> {
  const open = inState(facts, ...OPEN);
  if (!open.ok) return open;
  return facts.draftedBy === personId ? ok("withdrawn") : err({ reason: "not_the_drafter" });
}

/** Whether another may send it back, with a reason. */
export function mayRefuse(facts: BudgetFacts, personId: string, why: string): Result<"refused", BudgetMoveRefusal> {
  const open = inState(facts, ...OPEN);
  if (!open.ok) return open;
  if (facts.draftedBy === personId) return err({ reason: "own_budget" });
  return why.trim() === "" ? err({ reason: "refusal_why_missing" }) : ok("refused");
}

// ——— Against what was done ———

export interface Standing {
  readonly account: string;
  readonly name: Bilingual;
  readonly kind: PlannedKind;
  /** The account's first day: before it there is nothing to open. */
  readonly fromOn: Day;
  readonly plannedFen: Fen;
  /** What came, or was spent, in the sense of its kind; taken back is less. */
  readonly actualFen: Fen;
  /** Planned less actual: still to come, or left to spend; less than nothing where more came or was spent. */
  readonly leftFen: Fen;
  /** `over`: more was spent than planned. An income above its plan is no fault. */
  readonly standing: "within" | "over";
  /** The last that was said of an overspending; null while nothing is. */
  readonly reason: string | null;
}
export interface Compared {
  readonly rows: readonly Standing[];
  readonly incomeFen: { readonly planned: Fen; readonly actual: Fen };
  readonly costFen: { readonly planned: Fen; readonly actual: Fen };
  readonly useFen: { readonly planned: Fen; readonly actual: Fen };
  /** Overspent accounts without a reason. */
  readonly unexplained: number;
}
/** What an account did in some months: both sides, as the books keep them. */
export interface Moved {
  readonly account: string;
  readonly debitFen: Fen;
  readonly creditFen: Fen;
}

/** Every account that was planned or moved, in the order of their codes. To the fen: one fen above the plan is over it. */
export function compareBudget(
  lines: readonly BudgetLine[],
  moved: readonly Moved[],
  accounts: readonly Account[],
  reasons: ReadonlyMap<string, string>,
): Compared {
  const rows = accounts
    .filter((one) => one.postable && isPlanned(one.kind))
    .flatMap(({ code, name, kind, fromOn }): Standing[] => {
      if (!isPlanned(kind)) return [];
      const did = moved.find(({ account }) => account === code);
      const plannedFen = lineOf(lines, code);
      const debit = did ? did.debitFen - did.creditFen : 0;
      const actualFen = kind === "income" ? 0 - debit : debit;
      if (plannedFen === 0 && actualFen === 0) return [];
      const over = kind !== "income" && actualFen > plannedFen;
      return [
        {
          account: code,
          name,
          kind,
          fromOn,
          plannedFen,
          actualFen,
          leftFen: plannedFen - actualFen,
          standing: over ? "over" : "within",
          reason: reasons.get(code) ?? null,
        },
      ];
    });
  const sums = (wanted: PlannedKind) => {
    const own = rows.filter(({ kind }) => kind === wanted);
    return {
      planned: own.reduce((sum, { plannedFen }) => sum + plannedFen, 0),
      actual: own.reduce((sum, { actualFen }) => sum + actualFen, 0),
    };
  };
  return {
    rows,
    incomeFen: sums("income"),
    costFen: sums("cost"),
    useFen: sums("use"),
    unexplained: rows.filter(({ standing, reason }) => standing === "over" && reason === null).length,
  };
}

export type OverspendRefusal =
  | { readonly reason: "not_overspent" }
  | { readonly reason: "overspend_why_missing"; readonly most: number };

/** Whether a reason may be given: for an account that was overspent, in words. */
export function mayExplain(rows: readonly Standing[], account: string, text: string): Result<string, OverspendRefusal> {
  const said = text.trim();
  if (rows.find((one) => one.account === account)?.standing !== "over") return err({ reason: "not_overspent" });
  return said === "" || said.length > LONGEST_WHY
    ? err({ reason: "overspend_why_missing", most: LONGEST_WHY })
    : ok(said);
}
