/** The SQL of years of the fund as they were published: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { YearContent } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

export interface YearRow {
  readonly year: number;
  readonly edition: number;
  readonly content: YearContent;
  readonly contentHash: string;
  readonly why: string;
  readonly publishedAt: Instant;
  readonly leafHash: string;
}
type Stored = Omit<YearRow, "content"> & { readonly content: string };
export const yearFrom = (row: Stored): YearRow => ({ ...row, content: JSON.parse(row.content) as YearContent });

/** The editions of a year, the newest first; `yearFrom` reads a row. */
export const listEditions = ({ db, community }: Here, year: number): Query<Stored[]> =>
  db.all(
    sql`SELECT year, edition, content, content_hash AS contentHash, why, published_at AS publishedAt, leaf_hash AS leafHash FROM fund_year
        WHERE community_id = ${community.id} AND year = CAST(${year} AS INTEGER) ORDER BY edition DESC LIMIT 20`,
  );
export interface PublishedYear {
  readonly year: number;
  readonly edition: number;
  /** Of its first edition: a correction is not late. */
  readonly firstAt: Instant;
  readonly publishedAt: Instant;
}
/** Years that were published, the newest first, each with its last edition. */
export const listPublishedYears = ({ db, community }: Here): Query<PublishedYear[]> =>
  db.all(
    sql`SELECT y.year, max(y.edition) AS edition, min(y.published_at) AS firstAt, max(y.published_at) AS publishedAt FROM fund_year y
        WHERE y.community_id = ${community.id} GROUP BY y.year ORDER BY y.year DESC LIMIT 60`,
  );
export const insertYear = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Omit<YearRow, "content" | "publishedAt"> & { readonly content: string; readonly by: string },
): Query =>
  db.run(
    sql`INSERT INTO fund_year(community_id, year, edition, content, content_hash, why, published_by, published_at, leaf_hash)
        VALUES (${community.id}, CAST(${row.year} AS INTEGER), CAST(${row.edition} AS INTEGER), ${row.content}, ${row.contentHash}, ${row.why},
          ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  );

/** Every unit's balance at the end of a day: what it is now less what moved it since. Read once a year. */
export const listBalancesOn = (
  { db, community }: Here,
  day: Day,
): Query<{ unitId: string; building: string; fen: Fen }[]> =>
  db.all(
    sql`SELECT f.unit_id AS unitId, f.building, f.balance_fen - coalesce((SELECT sum(e.fen) FROM fund_entry e
          WHERE e.community_id = f.community_id AND e.unit_id = f.unit_id AND e.on_day > ${day}), 0) AS fen
        FROM fund_unit f WHERE f.community_id = ${community.id} ORDER BY length(f.building), f.building, f.unit_id`,
  );
/** Works settled in a span of days, with what they took. */
export const listSettledWorks = (
  { db, community }: Here,
  fromOn: Day,
  toOn: Day,
): Query<{ number: number; title: string; amountFen: Fen }[]> =>
  db.all(
    sql`SELECT p.number, p.title, m.amount_fen AS amountFen FROM fund_movement m
        JOIN fund_project p ON p.community_id = m.community_id AND p.project_id = m.project_id
        JOIN ledger_voucher v ON v.community_id = m.community_id AND v.voucher_id = m.voucher_id AND v.state = 'posted'
        WHERE m.community_id = ${community.id} AND m.kind = 'use' AND m.on_day >= ${fromOn} AND m.on_day <= ${toOn}
          AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted')
        ORDER BY p.number`,
  );
/** How far the statements of each bank account reach. */
export const listReached = ({ db, community }: Here): Query<{ accountId: string; toOn: Day }[]> =>
  db.all(
    sql`SELECT account_id AS accountId, max(to_on) AS toOn FROM bank_import WHERE community_id = ${community.id} GROUP BY account_id`,
  );
