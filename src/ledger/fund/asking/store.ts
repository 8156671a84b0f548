/** The SQL of asking owners to top up: reads, and statements for someone's batch. Decides nothing. */
import { ranOn } from "../../../community/store.ts";
import type { Day, Instant } from "../../../kernel/day.ts";
import type { PartyId } from "../../../kernel/id.ts";
import type { Fen } from "../../../kernel/money.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;

export interface LowRow {
  readonly unitId: string;
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
  readonly firstFen: Fen;
  readonly balanceFen: Fen;
  /** When the owner was asked in the year; null where nobody did. */
  readonly askedAt: Instant | null;
}
// The partial index fund_unit_low holds exactly those; its condition is repeated word by word so that it is used.
const LOW = sql`FROM fund_unit f INDEXED BY fund_unit_low JOIN unit u ON u.community_id = f.community_id AND u.unit_id = f.unit_id
  LEFT JOIN fund_reminder r ON r.community_id = f.community_id AND r.unit_id = f.unit_id`;
/** Units below thirty per cent of their first deposit by building and place, a page, with when they were asked in a year. */
export const listLowUnits = (
  { db, community }: Here,
  year: number,
  page: { readonly limit: number; readonly offset: number },
): Query<LowRow[]> =>
  db.all(
    sql`SELECT f.unit_id AS unitId, u.building, u.entrance, u.room, f.first_fen AS firstFen, f.balance_fen AS balanceFen, r.asked_at AS askedAt
        ${LOW} AND r.year = CAST(${year} AS INTEGER) WHERE f.community_id = ${community.id} AND f.balance_fen * 100 < f.first_fen * 30
        ORDER BY length(f.building), f.building, u.sort_key, f.unit_id LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
/** Those who were not asked in the year, however many there are up to a limit. */
export const listNotAsked = (
  { db, community }: Here,
  year: number,
  limit: number,
): Query<Pick<LowRow, "unitId" | "firstFen" | "balanceFen">[]> =>
  db.all(
    sql`SELECT f.unit_id AS unitId, f.first_fen AS firstFen, f.balance_fen AS balanceFen
        ${LOW} AND r.year = CAST(${year} AS INTEGER) WHERE f.community_id = ${community.id} AND f.balance_fen * 100 < f.first_fen * 30 AND r.unit_id IS NULL
        ORDER BY f.unit_id LIMIT CAST(${limit} AS INTEGER)`,
  );
/** How many are below, how many of them were asked in the year, and what they lack of thirty per cent is told row by row. */
export const countLow = ({ db, community }: Here, year: number): Query<{ units: number; asked: number }[]> =>
  db.all(
    sql`SELECT count(*) AS units, count(r.unit_id) AS asked
        FROM fund_unit f INDEXED BY fund_unit_low LEFT JOIN fund_reminder r ON r.community_id = f.community_id AND r.unit_id = f.unit_id AND r.year = CAST(${year} AS INTEGER)
        WHERE f.community_id = ${community.id} AND f.balance_fen * 100 < f.first_fen * 30`,
  );
/** That they were asked, in one statement, however many; the batch aborts with `reminded_already` when one was asked meanwhile. */
export const insertAsked = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  year: number,
  units: readonly { readonly unitId: string; readonly missingFen: Fen }[],
  by: string,
  leafHash: string,
): Query =>
  db.run(
    sql`INSERT INTO fund_reminder(community_id, year, unit_id, missing_fen, asked_by, asked_at, leaf_hash)
        SELECT ${community.id}, CAST(${year} AS INTEGER), j.value ->> 0, j.value ->> 1, ${by}, CAST(${now} AS INTEGER), ${leafHash}
        FROM json_each(${JSON.stringify(units.map(({ unitId, missingFen }) => [unitId, missingFen]))}) j`,
  );
/** Who owns a unit on a day, in the order of the roll. */
export const listOwnersOf = ({ db, community }: Here, unitId: string, day: Day): Query<{ partyId: PartyId }[]> =>
  db.all(
    sql`SELECT party_id AS partyId FROM holding WHERE community_id = ${community.id} AND unit_id = ${unitId} AND role = 'owner' AND ${ranOn(day)}
        ORDER BY holding_no`,
  );
