/** A statement's way from draft to publication, and how two versions of it differ. Pure. */
import type { Fen } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Period } from "../../books/rules.ts";
import {
  type LeaseFigure,
  type Occupied,
  type Sources,
  type Standing,
  type Statement,
  type StatementFault,
  statementFaults,
  statementOf,
} from "../rules.ts";
import type { Span } from "../spans/rules.ts";

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
  "lease",
  "let",
  "note",
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

interface Named {
  readonly account: string;
  readonly fen: Fen;
}
const byLease = (leases: readonly LeaseFigure[]): Named[] =>
  leases.map(({ lease, account, fen }) => ({ account: `${lease}/${account}`, fen }));
const byKind = (rows: readonly Occupied[]): Named[] =>
  rows.map((one) => ({ account: `${one.kind}/${one.ground ?? ""}`, fen: one.let }));

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
  const fen = (line: Named): Fen => line.fen;
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
  // A version from before these were told says nothing of them.
  if (before.leases && after.leases) lines("lease", byLease(before.leases), byLease(after.leases), fen);
  if (before.occupancy && after.occupancy) lines("let", byKind(before.occupancy), byKind(after.occupancy), fen);
  compare("note", "", before.note, after.note);
  return found;
}
