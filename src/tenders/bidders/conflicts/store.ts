/** The SQL of conflicts and what two people said of each: reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../../kernel/day.ts";
import { assertThat, type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { TenderKey } from "../../store.ts";
import type { DecidedConflict } from "./rules.ts";
import { tenderConflictAnswer, tenderConflictDecision } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;
type Insert<T extends { $inferInsert: unknown }> = Omit<T["$inferInsert"], "communityId">;

export interface ConflictRow extends DecidedConflict {
  readonly foundAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedByWords: string | null;
  readonly answeredByWords: string | null;
  /** Why the witness turned it down. */
  readonly why: string | null;
}

/** Every conflict of a tender with its newest decision. */
export const listConflicts = ({ db, community }: Here, key: TenderKey): Query<ConflictRow[]> =>
  db.all(
    sql`SELECT c.conflict_no AS conflictNo, c.kind, c.lot_no AS lotNo, c.bidder_id AS bidderId, c.with_id AS withId, c.found_at AS foundAt,
               coalesce(d.decision_no, 0) AS decisionNo, d.outcome, d.reason, d.decided_by AS decidedBy, d.by_words AS decidedByWords,
               a.confirmed, a.why, a.by_words AS answeredByWords
        FROM tender_conflict c
        LEFT JOIN tender_conflict_decision d ON d.community_id = c.community_id AND d.tender_id = c.tender_id AND d.conflict_no = c.conflict_no
          AND d.decision_no = (SELECT max(n.decision_no) FROM tender_conflict_decision n WHERE n.community_id = c.community_id AND n.tender_id = c.tender_id AND n.conflict_no = c.conflict_no)
        LEFT JOIN tender_conflict_answer a ON a.community_id = d.community_id AND a.tender_id = d.tender_id AND a.conflict_no = d.conflict_no AND a.decision_no = d.decision_no
        WHERE c.community_id = ${community.id} AND c.tender_id = ${key} ORDER BY c.conflict_no`,
  );

/** Aborts with `conflicts_changed` where a tie was found, or one was settled, since these were read. */
export const assertConflictsAs = (
  { db, community }: Here,
  tenderId: string,
  read: readonly Pick<ConflictRow, "decisionNo" | "confirmed">[],
): Query =>
  assertThat(
    db,
    "conflicts_changed",
    sql`(SELECT count(*) FROM tender_conflict WHERE community_id = ${community.id} AND tender_id = ${tenderId}) = CAST(${read.length} AS INTEGER)
      AND (SELECT count(*) FROM tender_conflict_decision WHERE community_id = ${community.id} AND tender_id = ${tenderId})
        = CAST(${read.reduce((sum, { decisionNo }) => sum + decisionNo, 0)} AS INTEGER)`,
  );

export const insertConflictDecision = ({ db, community }: Here, row: Insert<typeof tenderConflictDecision>): Query =>
  db.orm.insert(tenderConflictDecision).values({ communityId: community.id, ...row });
export const insertConflictAnswer = ({ db, community }: Here, row: Insert<typeof tenderConflictAnswer>): Query =>
  db.orm.insert(tenderConflictAnswer).values({ communityId: community.id, ...row });
