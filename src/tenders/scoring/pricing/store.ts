/** The SQL of queries about prices: reads, and statements for someone's batch. Decides nothing. */
import { assertThat, type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { TenderKey } from "../../store.ts";
import type { PriceQuery } from "./rules.ts";
import { tenderPriceAnswer, tenderPriceDecision, tenderPriceQuery } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;
type Insert<T extends { $inferInsert: unknown }> = Omit<T["$inferInsert"], "communityId">;

export interface PriceQueryRow extends PriceQuery {
  readonly byWords: string;
  /** Papers with the answer, for those who examine; empty or null where there are none. */
  readonly fileId: string | null;
  readonly decidedByWords: string | null;
}

/** Every query of a tender with its answer and its decision, by lot and bidder. */
export const listPriceQueries = ({ db, community }: Here, key: TenderKey): Query<PriceQueryRow[]> =>
  db.all(
    sql`SELECT q.lot_no AS lotNo, q.bidder_no AS bidderNo, q.bidder_id AS bidderId, q.question, q.due_at AS dueAt, q.asked_by AS askedBy,
               q.by_words AS byWords, q.asked_at AS askedAt, a.answer, a.answered_at AS answeredAt, a.file_id AS fileId,
               d.outcome, d.reason, d.by_words AS decidedByWords
        FROM tender_price_query q
        LEFT JOIN tender_price_answer a ON a.community_id = q.community_id AND a.tender_id = q.tender_id AND a.lot_no = q.lot_no AND a.bidder_no = q.bidder_no
        LEFT JOIN tender_price_decision d ON d.community_id = q.community_id AND d.tender_id = q.tender_id AND d.lot_no = q.lot_no AND d.bidder_no = q.bidder_no
        WHERE q.community_id = ${community.id} AND q.tender_id = ${key} ORDER BY q.lot_no, q.bidder_no`,
  );

/** Aborts with `tender_stale` unless queries and decisions are as many as were read: for the batch that decides the examination. */
export const assertPriceQueriesAs = (
  { db, community }: Here,
  tenderId: string,
  rows: readonly Pick<PriceQuery, "outcome">[],
): Query =>
  assertThat(
    db,
    "tender_stale",
    sql`(SELECT count(*) FROM tender_price_query WHERE community_id = ${community.id} AND tender_id = ${tenderId}) = CAST(${rows.length} AS INTEGER)
        AND (SELECT count(*) FROM tender_price_decision WHERE community_id = ${community.id} AND tender_id = ${tenderId}) = CAST(${rows.filter(({ outcome }) => outcome !== null).length} AS INTEGER)`,
  );

export const insertPriceQuery = ({ db, community }: Here, row: Insert<typeof tenderPriceQuery>): Query =>
  db.orm.insert(tenderPriceQuery).values({ communityId: community.id, ...row });
export const insertPriceAnswer = ({ db, community }: Here, row: Insert<typeof tenderPriceAnswer>): Query =>
  db.orm.insert(tenderPriceAnswer).values({ communityId: community.id, ...row });
export const insertPriceDecision = ({ db, community }: Here, row: Insert<typeof tenderPriceDecision>): Query =>
  db.orm.insert(tenderPriceDecision).values({ communityId: community.id, ...row });
