/** The SQL that only public reading asks: lines of lists, the frozen roll of a meeting, what feeds tell. Reads only; decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { EventRow, MeetingKey, MeetingState } from "../meeting/store.ts";

type Here = Pick<Scene, "db" | "community">;

/** A meeting as a list has it: without its draft and rules, which may be long. */
export interface MeetingLine {
  readonly meetingId: MeetingId;
  readonly number: number;
  readonly title: string;
  readonly state: MeetingState;
  readonly version: number;
  readonly noticeAt: Instant | null;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly publishedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** JSON of MeetingRules. */
  readonly rules: string | null;
}

const LINE = sql`m.meeting_id AS meetingId, m.number, m.title, m.state, m.version, m.notice_at AS noticeAt, m.opens_at AS opensAt,
  m.closes_at AS closesAt, m.published_at AS publishedAt, m.ended_at AS endedAt, m.rules`;

interface Slice {
  readonly limit: number;
  readonly offset: number;
}

/** Which meetings a list is about, as a statement that yields their ids. */
const chosen = {
  /** Whatever had a notice; a draft, and one withdrawn as a draft, never had an edition. */
  public: ({ community }: Here, { limit, offset }: Slice): SQL =>
    sql`SELECT meeting_id FROM meeting WHERE community_id = ${community.id} AND edition <> 0
        ORDER BY number DESC LIMIT ${limit} OFFSET ${offset}`,
  /** What is going on: from the notice until the result is there. */
  current: ({ community }: Here, { limit, offset }: Slice): SQL =>
    sql`SELECT meeting_id FROM meeting WHERE community_id = ${community.id} AND state IN ('notice', 'open', 'closed', 'counted')
        ORDER BY number DESC LIMIT ${limit} OFFSET ${offset}`,
  /** What was decided, the newest first. */
  decided: ({ community }: Here, { limit, offset }: Slice): SQL =>
    sql`SELECT meeting_id FROM meeting WHERE community_id = ${community.id} AND published_at IS NOT NULL
        ORDER BY number DESC LIMIT ${limit} OFFSET ${offset}`,
} as const;
export type Chosen = keyof typeof chosen;

/** Meetings, the newest first. */
export const listLines = (here: Here, which: Chosen, slice: Slice): Query<MeetingLine[]> =>
  here.db.all<MeetingLine>(
    sql`SELECT ${LINE} FROM meeting m
        WHERE m.community_id = ${here.community.id} AND m.meeting_id IN (${chosen[which](here, slice)}) ORDER BY m.number DESC`,
  );

export interface ItemLine {
  readonly meetingId: MeetingId;
  readonly itemNo: number;
  readonly title: string;
  /** JSON of the item's question. */
  readonly question: string;
  /** JSON of the strict StoredCount of the newest published run; null before one is published. */
  readonly result: string | null;
}

/** The items of the meetings of a list in their order, without their text, each with its published result. */
export const listItemLines = (here: Here, which: Chosen, slice: Slice): Query<ItemLine[]> =>
  here.db.all<ItemLine>(
    sql`SELECT m.meeting_id AS meetingId, i.item_no AS itemNo, i.item ->> 'title' AS title, i.item -> 'question' AS question,
          (SELECT r.result FROM count_result r
           WHERE r.community_id = m.community_id AND r.meeting_id = m.meeting_id AND r.item_no = i.item_no AND r.basis = 'strict'
             AND r.run_no = (SELECT max(c.run_no) FROM count_run c
               WHERE c.community_id = m.community_id AND c.meeting_id = m.meeting_id AND c.published_at IS NOT NULL)) AS result
        FROM meeting m JOIN meeting_item i
          ON i.community_id = m.community_id AND i.meeting_id = m.meeting_id AND i.edition = m.edition
        WHERE m.community_id = ${here.community.id} AND m.meeting_id IN (${chosen[which](here, slice)})
        ORDER BY m.number DESC, i.item_no`,
  );

export interface ItemTurnoutRow {
  readonly meetingId: MeetingId;
  readonly key: string;
  readonly owners: number;
  readonly areaDm2: number;
  readonly eligibleOwners: number;
  readonly eligibleAreaDm2: number;
}

/** Who took part so far, item by item, in every meeting that is open. */
export const listOpenTurnout = ({ db, community }: Here): Query<ItemTurnoutRow[]> =>
  db.all<ItemTurnoutRow>(
    sql`SELECT m.meeting_id AS meetingId, t.key, t.owners, t.area_dm2 AS areaDm2, t.eligible_owners AS eligibleOwners,
          t.eligible_area_dm2 AS eligibleAreaDm2
        FROM meeting m JOIN turnout t ON t.community_id = m.community_id AND t.meeting_id = m.meeting_id
          AND t.key >= 'item:' AND t.key < 'item;' AND t.eligible_owners > 0
        WHERE m.community_id = ${community.id} AND m.state = 'open'`,
  );

/** The frozen roll a meeting is held by, with how it was objected to. */
export interface RollRow {
  readonly asOf: Day;
  readonly version: number;
  readonly owners: number;
  readonly areaDm2: number;
  readonly root: string;
  readonly leafHash: string;
  readonly objectionsUntil: Instant;
  readonly objections: number;
  readonly openObjections: number;
}

export const findRoll = ({ db, community }: Here, key: MeetingKey): Query<RollRow[]> =>
  db.all<RollRow>(
    sql`SELECT s.as_of AS asOf, s.version, s.owners, s.area_dm2 AS areaDm2, s.root, s.leaf_hash AS leafHash,
          s.objections_until AS objectionsUntil,
          (SELECT count(*) FROM roll_objection o WHERE o.community_id = m.community_id AND o.meeting_id = m.meeting_id) AS objections,
          (SELECT count(*) FROM roll_objection o
           WHERE o.community_id = m.community_id AND o.meeting_id = m.meeting_id AND o.outcome IS NULL) AS openObjections
        FROM meeting m JOIN snapshot s ON s.community_id = m.community_id AND s.snapshot_id = m.snapshot_id
        WHERE m.community_id = ${community.id} AND m.meeting_id = ${key}`,
  );

/** Since when the community has been here: what an empty feed was last changed at. */
export const findFounded = ({ db, community }: Here): Query<{ createdAt: Instant }[]> =>
  db.all<{ createdAt: Instant }>(
    sql`SELECT created_at AS createdAt FROM community WHERE community_id = ${community.id}`,
  );

export interface FeedRow extends EventRow {
  readonly number: number;
  readonly title: string;
}

/** What happened lately in the newest meetings, the newest first. Reminders are no news to the public. */
export const listFeedEvents = (here: Here, most: number): Query<FeedRow[]> =>
  here.db.all<FeedRow>(
    sql`SELECT e.community_id AS communityId, e.meeting_id AS meetingId, e.event_no AS eventNo, e.kind, e.at, e.by_person AS byPerson,
          e.by_words AS byWords, e.detail, e.leaf_hash AS leafHash, m.number, m.title
        FROM meeting m JOIN meeting_event e ON e.community_id = m.community_id AND e.meeting_id = m.meeting_id
        WHERE m.community_id = ${here.community.id} AND e.kind <> 'reminded'
          AND m.meeting_id IN (${chosen.public(here, { limit: 20, offset: 0 })})
        ORDER BY e.at DESC, m.number DESC, e.event_no DESC LIMIT ${most}`,
  );

/** A row when some edition of a notice put this file before the owners; none for any other file. */
export const findPaper = ({ db, community }: Here, fileId: string): Query<{ edition: number }[]> =>
  db.all<{ edition: number }>(
    sql`SELECT e.edition FROM meeting_edition e, json_each(e.manifest, '$.items') i, json_each(i.value, '$.attachments') a
        WHERE e.community_id = ${community.id} AND a.value ->> 'fileId' = ${fileId} LIMIT 1`,
  );
