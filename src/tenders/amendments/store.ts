/** The SQL of amendments: what each edition after the notice changed, and a statement for someone's batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { TenderKey } from "../store.ts";
import { tenderAmendment } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface AmendmentRow {
  readonly edition: number;
  /** 1: it changes what bids rest on. */
  readonly touches: 0 | 1;
  /** JSON of Change[]. */
  readonly changes: string;
  readonly closesBefore: Instant;
  readonly closesAfter: Instant;
  readonly amendedAt: Instant;
  readonly leafHash: string;
  readonly why: string;
}

/** The oldest first. */
export const listAmendments = ({ db, community }: Here, key: TenderKey): Query<AmendmentRow[]> =>
  db.all(
    sql`SELECT a.edition, a.touches, a.changes, a.closes_before AS closesBefore, a.closes_after AS closesAfter, a.amended_at AS amendedAt,
               a.leaf_hash AS leafHash, s.why
        FROM tender_amendment a
        JOIN tender_scheme s ON s.community_id = a.community_id AND s.tender_id = a.tender_id AND s.edition = a.edition
        WHERE a.community_id = ${community.id} AND a.tender_id = ${key} ORDER BY a.edition`,
  );

export const insertAmendment = (
  { db, community }: Here,
  row: Omit<typeof tenderAmendment.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderAmendment).values({ communityId: community.id, ...row });
