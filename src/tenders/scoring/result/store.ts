/** The SQL of what the scoring came to: read, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../../kernel/day.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { TenderKey } from "../../store.ts";
import { tenderResult } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface ResultRow {
  readonly tenderId: string;
  /** JSON of Report: everything the ranks were made from. */
  readonly inputs: string;
  /** JSON of LotResult[]. */
  readonly results: string;
  /** 64 hex digits, revealed. */
  readonly seed: string;
  readonly madeAt: Instant;
  readonly leafHash: string;
}

export const findResult = ({ db, community }: Here, key: TenderKey): Query<ResultRow[]> =>
  db.all(
    sql`SELECT tender_id AS tenderId, inputs, results, seed, made_at AS madeAt, leaf_hash AS leafHash
        FROM tender_result WHERE community_id = ${community.id} AND tender_id = ${key}`,
  );

export const insertResult = (
  { db, community }: Here,
  row: Omit<typeof tenderResult.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderResult).values({ communityId: community.id, ...row });
