/** The SQL of budgets: reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Book, Period } from "../books/rules.ts";
import { type BudgetLine, type BudgetState, type Moved, monthsOfYear } from "./rules.ts";
import { ledgerBudget, ledgerBudgetNote } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface BudgetRow {
  readonly budgetId: string;
  readonly book: Book;
  readonly year: number;
  readonly lines: readonly BudgetLine[];
  readonly note: string;
  readonly why: string;
  readonly contentHash: string;
  readonly state: BudgetState;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Instant | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Instant | null;
  readonly decision: string;
  readonly version: number | null;
  readonly endedBy: string | null;
  readonly endedAt: Instant | null;
  readonly endedWhy: string | null;
  readonly leafHash: string | null;
}
type Stored = Omit<BudgetRow, "lines"> & { readonly lines: string };
export const budgetFrom = (row: Stored): BudgetRow => ({ ...row, lines: JSON.parse(row.lines) as BudgetLine[] });

const BUDGET = sql`b.budget_id AS budgetId, b.book, b.year, b.lines, b.note, b.why, b.content_hash AS contentHash, b.state, b.drafted_by AS draftedBy,
  b.drafted_at AS draftedAt, b.reviewed_by AS reviewedBy, b.reviewed_at AS reviewedAt, b.approved_by AS approvedBy, b.approved_at AS approvedAt,
  b.decision, b.version, b.ended_by AS endedBy, b.ended_at AS endedAt, b.ended_why AS endedWhy, b.leaf_hash AS leafHash`;

export const insertBudget = (
  { db, community }: Here,
  row: Omit<typeof ledgerBudget.$inferInsert, "communityId" | "state" | "decision">,
): Query => db.orm.insert(ledgerBudget).values({ communityId: community.id, state: "waiting", decision: "", ...row });

/** Moves a version on from the state it was read in; the batch aborts with `budget_moved` when somebody was faster. */
export const moveBudget = (
  { db, community }: Here,
  budgetId: string,
  from: BudgetState,
  set: SQL,
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE ledger_budget SET ${set} WHERE community_id = ${community.id} AND budget_id = ${budgetId} AND state = ${from}`,
  ),
  assertThat(db, "budget_moved", sql`changes() = 1`),
];

export const findBudget = ({ db, community }: Here, budgetId: string): Query<Stored[]> =>
  db.all(
    sql`SELECT ${BUDGET} FROM ledger_budget b WHERE b.community_id = ${community.id} AND b.budget_id = ${budgetId}`,
  );

/** The published versions of a book's year, the newest first: they are few, and each is shown against the one before. */
export const listVersionsOf = ({ db, community }: Here, book: Book | SQL, year: number | SQL): Query<Stored[]> =>
  db.all(
    sql`SELECT ${BUDGET} FROM ledger_budget b INDEXED BY ledger_budget_by_version
        WHERE b.community_id = ${community.id} AND b.book = ${book} AND b.year = CAST(${year} AS INTEGER) AND b.version IS NOT NULL
        ORDER BY b.version DESC LIMIT 20`,
  );

/** Whether a version is the newest of its year; 0 where none is published. */
export const isLastVersion = (
  { community }: Pick<Here, "community">,
  { book, year }: { readonly book: Book; readonly year: number },
  version: number,
): SQL =>
  sql`(SELECT coalesce(max(version), 0) FROM ledger_budget WHERE community_id = ${community.id} AND book = ${book}
        AND year = CAST(${year} AS INTEGER) AND version IS NOT NULL) = CAST(${version} AS INTEGER)`;

/** Versions that wait for somebody, the oldest first. */
export const listWaitingBudgets = ({ db, community }: Here): Query<Stored[]> =>
  db.all(
    sql`SELECT ${BUDGET} FROM ledger_budget b WHERE b.community_id = ${community.id} AND b.state IN ('waiting', 'reviewed', 'approved')
        ORDER BY b.drafted_at LIMIT 50`,
  );

export interface PublishedLine {
  readonly book: Book;
  readonly year: number;
  readonly version: number;
  readonly publishedAt: Instant;
  readonly why: string;
}
/** The version in force of each year that was planned, the newest year first. */
export const listPublished = ({ db, community }: Here, limit: number): Query<PublishedLine[]> =>
  db.all(
    sql`SELECT b.book, b.year, b.version, b.ended_at AS publishedAt, b.why FROM ledger_budget b INDEXED BY ledger_budget_by_version
        WHERE b.community_id = ${community.id} AND b.version IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM ledger_budget n WHERE n.community_id = b.community_id AND n.book = b.book AND n.year = b.year AND n.version = b.version + 1)
        ORDER BY b.year DESC, b.book LIMIT CAST(${limit} AS INTEGER)`,
  );

/**
 * What every account of a book did in the months of a year up to one of them. One row an account and month is read and no voucher,
 * so that it costs the same at any size.
 */
export const listMoved = (
  { db, community }: Here,
  book: Book | SQL,
  { from, to }: { readonly from: Period | SQL; readonly to: Period | SQL },
): Query<Moved[]> =>
  db.all(
    sql`SELECT account, sum(debit_fen) AS debitFen, sum(credit_fen) AS creditFen FROM ledger_balance
        WHERE community_id = ${community.id} AND book = ${book} AND period >= ${from} AND period <= ${to}
        GROUP BY account ORDER BY account`,
  );
/** The same for a year up to a month of it; the whole year where none is given. */
export const listMovedIn = (
  here: Here,
  book: Book | SQL,
  year: number | SQL,
  through?: Period | SQL,
): Query<Moved[]> => {
  if (typeof year === "number")
    return listMoved(here, book, { ...monthsOfYear(year), ...(through ? { to: through } : {}) });
  return listMoved(here, book, { from: sql`${year} || '-01'`, to: through ?? sql`${year} || '-12'` });
};

export interface OverspendNote {
  readonly account: string;
  readonly noteNo: number;
  readonly text: string;
  readonly writtenAt: Instant;
  readonly leafHash: string;
}
/** What was said of a year's overspendings, in the order it was said. */
export const listOverspendNotes = (
  { db, community }: Here,
  book: Book | SQL,
  year: number | SQL,
): Query<OverspendNote[]> =>
  db.all(
    sql`SELECT account, note_no AS noteNo, text, written_at AS writtenAt, leaf_hash AS leafHash FROM ledger_budget_note
        WHERE community_id = ${community.id} AND book = ${book} AND year = CAST(${year} AS INTEGER) ORDER BY account, note_no`,
  );
export const insertOverspendNote = (
  { db, community }: Here,
  row: Omit<typeof ledgerBudgetNote.$inferInsert, "communityId">,
): Query => db.orm.insert(ledgerBudgetNote).values({ communityId: community.id, ...row });
