/** The SQL of recalls: reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Proposer, StoredRecallState } from "./rules.ts";
import { recallSignature } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface RecallRow {
  readonly recallId: string;
  readonly number: number;
  readonly tenureId: string;
  readonly personId: PersonId;
  readonly proposer: Proposer;
  readonly petitionId: string | null;
  readonly reasons: string;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly state: StoredRecallState;
  readonly toldAt: Instant | null;
  readonly defence: string | null;
  readonly defenceAt: Instant | null;
  readonly meetingId: string | null;
  readonly itemNo: number | null;
  readonly settledAt: Instant | null;
  readonly signers: number;
  /** The member still sits: their tenure runs. */
  readonly holds: 0 | 1;
}

const recalls = ({ community }: Here, at: Instant, where: SQL): SQL =>
  sql`SELECT r.recall_id AS recallId, r.number, r.tenure_id AS tenureId, r.person_id AS personId, r.proposer, r.petition_id AS petitionId,
        r.reasons, r.proposed_by AS proposedBy, r.proposed_at AS proposedAt, r.state, r.told_at AS toldAt, r.defence, r.defence_at AS defenceAt,
        r.meeting_id AS meetingId, r.item_no AS itemNo, r.settled_at AS settledAt,
        (SELECT count(*) FROM recall_signature s WHERE s.community_id = r.community_id AND s.recall_id = r.recall_id) AS signers,
        EXISTS (SELECT 1 FROM office_span h WHERE h.community_id = r.community_id AND h.tenure_id = r.tenure_id
          AND h.from_at <= CAST(${at} AS INTEGER) AND h.until_at > CAST(${at} AS INTEGER)) AS holds
      FROM recall r WHERE r.community_id = ${community.id} AND ${where}`;

export type RecallKey = string | SQL;
export const byRecallNumber = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT recall_id FROM recall WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

export const findRecall = (here: Here, key: RecallKey, at: Instant): Query<RecallRow[]> =>
  here.db.all(recalls(here, at, sql`r.recall_id = ${key}`));

/** The newest first. */
export const listRecalls = (
  here: Here,
  at: Instant,
  page: { readonly limit: number; readonly offset: number },
): Query<RecallRow[]> =>
  here.db.all(
    sql`${recalls(here, at, sql`true`)} ORDER BY r.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

/** Recalls that wait for something: signatures, the defence, a meeting, its result. */
export const listOpenRecalls = (here: Here, at: Instant): Query<RecallRow[]> =>
  here.db.all(sql`${recalls(here, at, sql`r.state IN ('proposed', 'placed')`)} ORDER BY r.number`);

export const countRecalls = ({ db, community }: Here): Query<{ recalls: number }[]> =>
  db.all(sql`SELECT count(*) AS recalls FROM recall WHERE community_id = ${community.id}`);

export const listSigners = (
  { db, community }: Here,
  key: RecallKey,
): Query<{ personId: PersonId; signedAt: Instant }[]> =>
  db.all(
    sql`SELECT person_id AS personId, signed_at AS signedAt FROM recall_signature
        WHERE community_id = ${community.id} AND recall_id = ${key} ORDER BY signed_at, person_id`,
  );

export type NewRecall = Pick<
  RecallRow,
  "recallId" | "tenureId" | "personId" | "proposer" | "petitionId" | "reasons" | "proposedBy" | "proposedAt" | "toldAt"
>;

/** The number is taken in the write. The database refuses a second one of the same seat, and one of a seat that was left. */
export const insertRecall = ({ db, community }: Here, row: NewRecall): Query =>
  db.run(
    sql`INSERT INTO recall(community_id, recall_id, number, tenure_id, person_id, proposer, petition_id, reasons, proposed_by, proposed_at, told_at)
        SELECT ${community.id}, ${row.recallId}, coalesce(max(number), 0) + 1, ${row.tenureId}, ${row.personId}, ${row.proposer}, ${row.petitionId},
          ${row.reasons}, ${row.proposedBy}, CAST(${row.proposedAt} AS INTEGER), CAST(${row.toldAt} AS INTEGER)
        FROM recall WHERE community_id = ${community.id}`,
  );

export const insertSignature = (
  { db, community }: Here,
  row: { readonly recallId: string; readonly personId: string; readonly signedAt: Instant; readonly leafHash: string },
): Query => db.orm.insert(recallSignature).values({ communityId: community.id, ...row });

/** The first instant at which a third of the members had signed, kept once: from it the defence runs. */
export const tellWhenEnough = ({ db, community }: Here, recallId: string, sitting: number, at: Instant): Query =>
  db.run(
    sql`UPDATE recall SET told_at = CAST(${at} AS INTEGER)
        WHERE community_id = ${community.id} AND recall_id = ${recallId} AND state = 'proposed' AND told_at IS NULL
          AND 3 * (SELECT count(*) FROM recall_signature s WHERE s.community_id = recall.community_id AND s.recall_id = recall.recall_id) >= CAST(${sitting} AS INTEGER)`,
  );

export const writeDefence = (
  { db, community }: Here,
  recallId: string,
  defence: { readonly text: string; readonly at: Instant },
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE recall SET defence = ${defence.text}, defence_at = CAST(${defence.at} AS INTEGER)
        WHERE community_id = ${community.id} AND recall_id = ${recallId} AND state = 'proposed'`,
  ),
  assertThat(db, "recall_over", sql`changes() = 1`),
];

/** Moves a recall from one state to another; the batch aborts with `code` when it is not there any more. */
export const moveRecall = (
  { db, community }: Here,
  recallId: string,
  from: StoredRecallState,
  to: StoredRecallState,
  set: { readonly meetingId?: string; readonly itemNo?: number; readonly settledAt?: Instant },
  code = "recall_moved",
): readonly [Query, Query] => [
  db.run(
    sql`UPDATE recall SET state = ${to}, meeting_id = coalesce(${set.meetingId ?? null}, meeting_id),
          item_no = coalesce(CAST(${set.itemNo ?? null} AS INTEGER), item_no), settled_at = CAST(${set.settledAt ?? null} AS INTEGER)
        WHERE community_id = ${community.id} AND recall_id = ${recallId} AND state = ${from}`,
  ),
  assertThat(db, code, sql`changes() = 1`),
];

/** A placed recall goes back when its meeting was withdrawn or annulled. */
export const reopenRecall = ({ db, community }: Here, recallId: string, meetingId: string): readonly [Query, Query] => [
  db.run(
    sql`UPDATE recall SET state = 'proposed', meeting_id = NULL, item_no = NULL
        WHERE community_id = ${community.id} AND recall_id = ${recallId} AND state = 'placed' AND meeting_id = ${meetingId}`,
  ),
  assertThat(db, "recall_moved", sql`changes() = 1`),
];
