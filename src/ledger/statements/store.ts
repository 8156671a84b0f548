/** The SQL of statements: reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Book, Period } from "../books/rules.ts";
import type { DecisionOn, LeaseFigure, Statement } from "./rules.ts";
import { ledgerStatement } from "./schema.ts";
import type { Span } from "./spans/rules.ts";
import type { DraftState } from "./versions/rules.ts";

type Here = Pick<Scene, "db" | "community">;

export interface StatementRow {
  readonly draftId: string;
  readonly book: Book;
  readonly from: Period;
  readonly to: Period;
  readonly content: Statement;
  readonly contentHash: string;
  readonly why: string;
  readonly state: DraftState;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly number: number | null;
  readonly version: number | null;
  readonly endedBy: string | null;
  readonly endedAt: Instant | null;
  readonly leafHash: string | null;
}
type Stored = Omit<StatementRow, "content"> & { readonly content: string };
export const statementFrom = (row: Stored): StatementRow => ({ ...row, content: JSON.parse(row.content) as Statement });

const STATEMENT = sql`s.draft_id AS draftId, s.book, s.from_period AS "from", s.to_period AS "to", s.content, s.content_hash AS contentHash, s.why, s.state,
  s.drafted_by AS draftedBy, s.drafted_at AS draftedAt, s.number, s.version, s.ended_by AS endedBy, s.ended_at AS endedAt, s.leaf_hash AS leafHash`;

export const insertDraft = (
  { db, community }: Here,
  row: Omit<typeof ledgerStatement.$inferInsert, "communityId" | "state">,
): Query => db.orm.insert(ledgerStatement).values({ communityId: community.id, state: "draft", ...row });

/** Ends a draft: published with its number and version, or withdrawn. The batch aborts with `statement_moved` when somebody was faster. */
export const endDraft = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  draftId: string,
  by: string,
  to: { readonly number: number; readonly version: number; readonly leafHash: string } | null,
): readonly [Query, Query] => {
  const set: SQL =
    to === null
      ? sql`state = 'withdrawn'`
      : sql`state = 'published', number = CAST(${to.number} AS INTEGER), version = CAST(${to.version} AS INTEGER), leaf_hash = ${to.leafHash}`;
  return [
    db.run(
      sql`UPDATE ledger_statement SET ${set}, ended_by = ${by}, ended_at = CAST(${now} AS INTEGER)
          WHERE community_id = ${community.id} AND draft_id = ${draftId} AND state = 'draft'`,
    ),
    assertThat(db, "statement_moved", sql`changes() = 1`),
  ];
};

export const findDraft = ({ db, community }: Here, draftId: string): Query<Stored[]> =>
  db.all(
    sql`SELECT ${STATEMENT} FROM ledger_statement s WHERE s.community_id = ${community.id} AND s.draft_id = ${draftId}`,
  );

/** Drafts that wait for the chair, one a book at most. */
export const listDrafts = ({ db, community }: Here): Query<Stored[]> =>
  db.all(
    sql`SELECT ${STATEMENT} FROM ledger_book b JOIN ledger_statement s ON s.community_id = b.community_id AND s.book = b.book AND s.state = 'draft'
        WHERE b.community_id = ${community.id} ORDER BY s.drafted_at`,
  );

/** A published statement: a version of it, or the newest. */
export const findStatement = ({ db, community }: Here, number: number, version?: number): Query<Stored[]> =>
  db.all(
    sql`SELECT ${STATEMENT} FROM ledger_statement s WHERE s.community_id = ${community.id} AND s.number = CAST(${number} AS INTEGER)
          ${version === undefined ? sql`` : sql`AND s.version = CAST(${version} AS INTEGER)`}
        ORDER BY s.version DESC LIMIT 1`,
  );

/** Every version of a statement, the newest first, whole: they are few, and each is shown against the one before. */
export const listVersions = ({ db, community }: Here, number: number): Query<Stored[]> =>
  db.all(
    sql`SELECT ${STATEMENT} FROM ledger_statement s WHERE s.community_id = ${community.id} AND s.number = CAST(${number} AS INTEGER)
        ORDER BY s.version DESC LIMIT 20`,
  );

/** The newest version of the last statements of a book up to a month, the newest first. Reads those and no voucher. */
export const listTold = (
  { db, community }: Here,
  book: Book | SQL,
  limit: number,
  to: Period | SQL = "9999-12",
): Query<Stored[]> =>
  db.all(
    sql`SELECT ${STATEMENT} FROM ledger_statement s
        WHERE s.community_id = ${community.id} AND s.book = ${book} AND s.state = 'published' AND s.to_period <= ${to}
          AND NOT EXISTS (SELECT 1 FROM ledger_statement n WHERE n.community_id = s.community_id AND n.number = s.number AND n.version = s.version + 1)
        ORDER BY s.to_period DESC LIMIT CAST(${limit} AS INTEGER)`,
  );
/** The book of a published statement, and its last month: for a query that joins the round trip that reads the statement itself. */
export const bookOf = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT book FROM ledger_statement WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER) AND version = 1)`;
export const lastMonthOf = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT to_period FROM ledger_statement WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER) AND version = 1)`;

/** The year of its last month, as a number's text. */
export const yearOf = (here: Pick<Here, "community">, number: number): SQL =>
  sql`substr(${lastMonthOf(here, number)}, 1, 4)`;

export interface ToldLine {
  readonly number: number;
  readonly version: number;
  readonly book: Book;
  readonly from: Period;
  readonly to: Period;
  readonly endedAt: Instant;
  readonly why: string;
}
/** Published statements by number, the newest first, each with its newest version. */
export const listStatements = (
  { db, community }: Here,
  page: { readonly limit: number; readonly before: number },
): Query<ToldLine[]> =>
  db.all(
    sql`SELECT s.number, s.version, s.book, s.from_period AS "from", s.to_period AS "to", s.ended_at AS endedAt, s.why FROM ledger_statement s
        WHERE s.community_id = ${community.id} AND s.number IS NOT NULL AND s.number < CAST(${page.before} AS INTEGER)
          AND NOT EXISTS (SELECT 1 FROM ledger_statement n WHERE n.community_id = s.community_id AND n.number = s.number AND n.version = s.version + 1)
        ORDER BY s.number DESC LIMIT CAST(${page.limit} AS INTEGER)`,
  );
/** Versions as they were published, the newest first: news. */
export const listNewestVersions = (
  { db, community }: Here,
  limit: number,
): Query<(ToldLine & { leafHash: string })[]> =>
  db.all(
    sql`SELECT s.number, s.version, s.book, s.from_period AS "from", s.to_period AS "to", s.ended_at AS endedAt, s.why, s.leaf_hash AS leafHash FROM ledger_statement s
        WHERE s.community_id = ${community.id} AND s.number IS NOT NULL ORDER BY s.number DESC, s.version DESC LIMIT CAST(${limit} AS INTEGER)`,
  );

/** Through which month each book was told of; null for one that never was. */
export const listToldThrough = ({
  db,
  community,
}: Here): Query<{ book: Book; from: Period; toldThrough: Period | null; closedThrough: Period | null }[]> =>
  db.all(
    sql`SELECT b.book, b.from_period AS "from",
          (SELECT max(s.to_period) FROM ledger_statement s WHERE s.community_id = b.community_id AND s.book = b.book AND s.state = 'published') AS toldThrough,
          (SELECT max(c.period) FROM ledger_close c WHERE c.community_id = b.community_id AND c.book = b.book) AS closedThrough
        FROM ledger_book b WHERE b.community_id = ${community.id} ORDER BY b.book`,
  );

export const findLastStatementNumber = ({ db, community }: Here): Query<{ last: number }[]> =>
  db.all(
    sql`SELECT coalesce(max(number), 0) AS last FROM ledger_statement WHERE community_id = ${community.id} AND number IS NOT NULL`,
  );

/** The owners' decisions that vouchers of a span name, by the account of use they stand on. */
export const listDecisions = ({ db, community }: Here, book: Book, { from, to }: Span): Query<DecisionOn[]> =>
  db.all(
    sql`SELECT DISTINCT p.account, v.decision FROM ledger_account a
        CROSS JOIN ledger_posting p INDEXED BY ledger_posting_by_account ON p.community_id = a.community_id AND p.book = a.book AND p.account = a.code AND p.period >= ${from} AND p.period <= ${to}
        JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
        WHERE a.community_id = ${community.id} AND a.book = ${book} AND a.kind = 'use' AND v.decision IS NOT NULL ORDER BY p.account, v.decision`,
  );

/**
 * What each lease brought to each account of income in a span: its charges that were posted, less those taken back in it. Reads the
 * postings of income of these months, for whoever drafts a statement; its pages read what was drafted.
 */
export const listLeaseIncome = ({ db, community }: Here, book: Book, { from, to }: Span): Query<LeaseIncome[]> =>
  db.all(
    sql`SELECT l.number AS lease, l.purpose, p.account, sum(p.credit_fen - p.debit_fen) AS fen,
          (SELECT json_group_array(code) FROM (SELECT a.code FROM ledger_lease_asset x JOIN ledger_asset a ON a.community_id = x.community_id AND a.asset_id = x.asset_id
             WHERE x.community_id = l.community_id AND x.lease_id = l.lease_id ORDER BY a.code)) AS assets
        FROM ledger_account i
        CROSS JOIN ledger_posting p INDEXED BY ledger_posting_by_account ON p.community_id = i.community_id AND p.book = i.book AND p.account = i.code
          AND p.period >= ${from} AND p.period <= ${to}
        JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
        JOIN ledger_charge c ON c.community_id = v.community_id AND c.voucher_id = coalesce(v.reverses_id, v.voucher_id)
        JOIN ledger_lease l ON l.community_id = c.community_id AND l.lease_id = c.lease_id
        WHERE i.community_id = ${community.id} AND i.book = ${book} AND i.kind = 'income'
        GROUP BY l.number, p.account ORDER BY p.account, l.number`,
  );
interface LeaseIncome extends Omit<LeaseFigure, "assets"> {
  readonly assets: string;
}
export const leaseFigureFrom = ({ assets, ...row }: LeaseIncome): LeaseFigure => ({
  ...row,
  assets: JSON.parse(assets) as string[],
});
