/** The SQL of the examination: findings, the bids that are compared, lots that came to nothing. Reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../../kernel/day.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { TenderKey } from "../../store.ts";
import { tenderFinding, tenderLotOver } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface FindingRow {
  readonly lotNo: number;
  readonly bidderNo: number;
  readonly edition: number;
  /** JSON: the papers in order. */
  readonly shown: string;
  readonly voidWhy: string | null;
  readonly foundAt: Instant;
}

/** The newest finding on each bid. */
export const listFindings = ({ db, community }: Here, key: TenderKey): Query<FindingRow[]> =>
  db.all(
    sql`SELECT lot_no AS lotNo, bidder_no AS bidderNo, max(edition) AS edition, shown, void_why AS voidWhy, found_at AS foundAt
        FROM tender_finding WHERE community_id = ${community.id} AND tender_id = ${key} GROUP BY lot_no, bidder_no ORDER BY lot_no, bidder_no`,
  );

export const insertFinding = (
  { db, community }: Here,
  row: Omit<typeof tenderFinding.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderFinding).values({ communityId: community.id, ...row });

/** A bid after the examination: compared where `voidWhy` is null. */
export interface ComparedRow {
  readonly lotNo: number;
  readonly bidderNo: number;
  readonly bidderId: string;
  readonly name: string;
  readonly code: string;
  /** JSON: fen by key of the price line. */
  readonly prices: string;
  readonly totalHundredths: number | null;
  readonly voidWhy: string | null;
}

/** Every examined bid of a tender, void ones too, by lot and bidder. */
export const listCompared = ({ db, community }: Here, key: TenderKey): Query<ComparedRow[]> =>
  db.all(
    sql`SELECT lot_no AS lotNo, bidder_no AS bidderNo, bidder_id AS bidderId, name, code, prices, total_hundredths AS totalHundredths, void_why AS voidWhy
        FROM tender_compared WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY lot_no, bidder_no`,
  );

/** All of them in one statement: a hundred bids are one parameter. */
export const insertCompared = ({ db, community }: Here, tenderId: string, rows: readonly ComparedRow[]): Query =>
  db.run(
    sql`INSERT INTO tender_compared(community_id, tender_id, lot_no, bidder_no, bidder_id, name, code, prices, total_hundredths, void_why)
        SELECT ${community.id}, ${tenderId}, value ->> 'lotNo', value ->> 'bidderNo', value ->> 'bidderId', value ->> 'name', value ->> 'code',
               value ->> 'prices', value ->> 'totalHundredths', value ->> 'voidWhy'
        FROM json_each(${JSON.stringify(rows)})`,
  );

export interface LotOverRow {
  readonly lotNo: number;
  readonly cause: "few_bidders" | "none_chosen" | "quorum_not_met" | "award_withdrawn";
  readonly overAt: Instant;
}

export const listLotsOver = ({ db, community }: Here, key: TenderKey): Query<LotOverRow[]> =>
  db.all(
    sql`SELECT lot_no AS lotNo, cause, over_at AS overAt FROM tender_lot_over WHERE community_id = ${community.id} AND tender_id = ${key}
        UNION ALL SELECT lot_no, 'award_withdrawn', withdrawn_at FROM tender_award_withdrawal
        WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY lot_no`,
  );

export const insertLotOver = (
  { db, community }: Here,
  row: Omit<typeof tenderLotOver.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderLotOver).values({ communityId: community.id, ...row });
