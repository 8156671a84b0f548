/** The SQL of meetings: reads, and the statements that acts put into their batch. Decides nothing. */
import { and, asc, desc, eq, gt, inArray, ne } from "drizzle-orm";
import type { Instant } from "../../kernel/day.ts";
import type { MeetingId } from "../../kernel/id.ts";
import { assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { meeting, meetingEdition, meetingEvent, meetingItem, turnout } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export type MeetingRow = typeof meeting.$inferSelect;
export type MeetingState = MeetingRow["state"];
export type EditionRow = typeof meetingEdition.$inferSelect;
export type ItemRow = typeof meetingItem.$inferSelect;
export type EventRow = typeof meetingEvent.$inferSelect;
export type TurnoutRow = typeof turnout.$inferSelect;

/** States of which the public sees something. */
export const PUBLIC_STATES: readonly MeetingState[] = [
  "notice",
  "open",
  "closed",
  "counted",
  "published",
  "final",
  "withdrawn",
  "annulled",
];

/** A meeting by its id, or by a statement that finds the id: a reader who knows only the number still needs one round trip. */
export type MeetingKey = MeetingId | SQL;

/** The id of a community's n-th meeting, to stand in place of the id. */
export const byNumber = ({ community }: Here, number: number): SQL =>
  sql`(SELECT meeting_id FROM meeting WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

const isMeeting = ({ community }: Here, key: MeetingKey) =>
  and(eq(meeting.communityId, community.id), eq(meeting.meetingId, key));

export const findMeeting = (here: Here, meetingId: MeetingKey): Query<MeetingRow[]> =>
  here.db.orm.select().from(meeting).where(isMeeting(here, meetingId)).limit(1);

/** Meetings in these states, the newest first. */
export const listMeetings = (
  { db, community }: Here,
  states: readonly MeetingState[],
  page: { readonly limit: number; readonly offset: number },
): Query<MeetingRow[]> =>
  db.orm
    .select()
    .from(meeting)
    .where(and(eq(meeting.communityId, community.id), inArray(meeting.state, [...states])))
    .orderBy(desc(meeting.number))
    .limit(page.limit)
    .offset(page.offset);

/** What is open, for the header of every page of the community. */
export const listOpenNow = ({ db, community }: Here): Query<{ number: number; title: string; closesAt: Instant }[]> =>
  db.all<{ number: number; title: string; closesAt: Instant }>(
    sql`SELECT number, title, closes_at AS closesAt FROM meeting
        WHERE community_id = ${community.id} AND state = 'open' ORDER BY closes_at LIMIT 3`,
  );

export const countMeetings = ({ db, community }: Here, states: readonly MeetingState[]): Query<{ total: number }[]> =>
  db.orm
    .select({ total: sql<number>`count(*)` })
    .from(meeting)
    .where(and(eq(meeting.communityId, community.id), inArray(meeting.state, [...states])));

/**
 * Published meetings only, without those withdrawn before anybody saw a notice. A draft that was withdrawn never had an
 * edition.
 */
export const listPublicMeetings = (
  { db, community }: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<MeetingRow[]> =>
  db.orm
    .select()
    .from(meeting)
    .where(and(eq(meeting.communityId, community.id), ne(meeting.edition, 0)))
    .orderBy(desc(meeting.number))
    .limit(page.limit)
    .offset(page.offset);

export const countPublicMeetings = ({ db, community }: Here): Query<{ total: number }[]> =>
  db.orm
    .select({ total: sql<number>`count(*)` })
    .from(meeting)
    .where(and(eq(meeting.communityId, community.id), ne(meeting.edition, 0)));

/** Every edition of a meeting, the first first. */
export const listEditions = ({ db, community }: Here, meetingId: MeetingKey): Query<EditionRow[]> =>
  db.orm
    .select()
    .from(meetingEdition)
    .where(and(eq(meetingEdition.communityId, community.id), eq(meetingEdition.meetingId, meetingId)))
    .orderBy(asc(meetingEdition.edition));

/** The items of the edition in force: found in the same statement, so that a reader needs one round trip. */
export const listItems = ({ db, community }: Here, meetingId: MeetingKey): Query<ItemRow[]> =>
  db.orm
    .select()
    .from(meetingItem)
    .where(
      and(
        eq(meetingItem.communityId, community.id),
        eq(meetingItem.meetingId, meetingId),
        eq(
          meetingItem.edition,
          sql`(SELECT edition FROM meeting m WHERE m.community_id = ${community.id} AND m.meeting_id = ${meetingId})`,
        ),
      ),
    )
    .orderBy(asc(meetingItem.itemNo));

export const listEvents = ({ db, community }: Here, meetingId: MeetingKey): Query<EventRow[]> =>
  db.orm
    .select()
    .from(meetingEvent)
    .where(and(eq(meetingEvent.communityId, community.id), eq(meetingEvent.meetingId, meetingId)))
    .orderBy(asc(meetingEvent.eventNo));

export const listTurnout = ({ db, community }: Here, meetingId: MeetingKey): Query<TurnoutRow[]> =>
  db.orm
    .select()
    .from(turnout)
    .where(and(eq(turnout.communityId, community.id), eq(turnout.meetingId, meetingId), gt(turnout.eligibleOwners, 0)));

/** Street and district of the estate, for the foot of a notice. */
export const findEstate = ({ db, community }: Here): Query<{ street: string; district: string; address: string }[]> =>
  db.all<{ street: string; district: string; address: string }>(
    sql`SELECT street, district, address FROM community WHERE community_id = ${community.id}`,
  );

export interface NewMeeting {
  readonly meetingId: MeetingId;
  readonly title: string;
  readonly convener: string;
  /** JSON. */
  readonly draft: string;
  readonly by: string;
  readonly at: Instant;
}

/** A draft. Its number is the next one of the community, taken inside the statement. */
export const insertMeeting = ({ db, community }: Here, row: NewMeeting): Query =>
  db.run(
    sql`INSERT INTO meeting(community_id, meeting_id, number, title, state, convener, draft, drafted_by, drafted_at)
        SELECT ${community.id}, ${row.meetingId},
               coalesce((SELECT max(number) FROM meeting WHERE community_id = ${community.id}), 0) + 1,
               ${row.title}, 'draft', ${row.convener}, ${row.draft}, ${row.by}, ${row.at}`,
  );

/**
 * Changes a meeting if it still is at this version, and asserts that it was: two people who both read version 4 cannot
 * both write version 5. `set` lists assignments; the version moves by itself. Aborts with `stale`.
 */
export const updateMeeting = (
  { db, community }: Here,
  meetingId: MeetingId,
  version: number,
  set: SQL,
  andOnlyIf: SQL = sql`1`,
): Query[] => [
  db.run(
    sql`UPDATE meeting SET ${set}, version = version + 1
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND version = CAST(${version} AS INTEGER)
          AND ${andOnlyIf}`,
  ),
  assertThat(db, "stale", sql`changes() = 1`),
];

export const insertEdition = ({ db, community }: Here, row: Omit<EditionRow, "communityId">): Query =>
  db.orm.insert(meetingEdition).values({ ...row, communityId: community.id });

export const insertItems = (
  { db, community }: Here,
  meetingId: MeetingId,
  edition: number,
  items: readonly {
    readonly itemNo: number;
    readonly matter: number;
    /** JSON. */
    readonly item: string;
    readonly eligibleOwners: number;
    readonly eligibleAreaDm2: number;
  }[],
): Query =>
  db.run(
    sql`INSERT INTO meeting_item(community_id, meeting_id, edition, item_no, matter, item, eligible_owners, eligible_area_dm2)
        SELECT ${community.id}, ${meetingId}, CAST(${edition} AS INTEGER), value ->> 'itemNo', value ->> 'matter',
               value ->> 'item', value ->> 'eligibleOwners', value ->> 'eligibleAreaDm2'
        FROM json_each(${JSON.stringify(items)})`,
  );

export interface TurnoutStart {
  readonly key: string;
  readonly owners: number;
  readonly areaDm2: number;
}

/** The counters of turnout at nothing, each with the electorate it is measured against. */
export const insertTurnout = ({ db, community }: Here, meetingId: MeetingId, rows: readonly TurnoutStart[]): Query =>
  db.run(
    sql`INSERT INTO turnout(community_id, meeting_id, key, eligible_owners, eligible_area_dm2)
        SELECT ${community.id}, ${meetingId}, value ->> 'key', value ->> 'owners', value ->> 'areaDm2'
        FROM json_each(${JSON.stringify(rows)}) WHERE true
        ON CONFLICT(community_id, meeting_id, key)
        DO UPDATE SET eligible_owners = excluded.eligible_owners, eligible_area_dm2 = excluded.eligible_area_dm2`,
  );

/** The counters of an amended meeting. What is no longer there keeps its row with nobody to count, and is not shown. */
export const restartTurnout = (here: Here, meetingId: MeetingId, rows: readonly TurnoutStart[]): Query[] => [
  here.db.run(
    sql`UPDATE turnout SET eligible_owners = 0, eligible_area_dm2 = 0
        WHERE community_id = ${here.community.id} AND meeting_id = ${meetingId}`,
  ),
  insertTurnout(here, meetingId, rows),
];

export interface NewEvent {
  readonly kind: string;
  readonly at: Instant;
  readonly byPerson: string;
  readonly byWords: string;
  /** JSON; public. */
  readonly detail: string;
  readonly leafHash: string;
}

/** The next event of a meeting; its number is taken inside the statement. */
export const insertEvent = ({ db, community }: Here, meetingId: MeetingId, event: NewEvent): Query =>
  db.run(
    sql`INSERT INTO meeting_event(community_id, meeting_id, event_no, kind, at, by_person, by_words, detail, leaf_hash)
        SELECT ${community.id}, ${meetingId},
               coalesce((SELECT max(event_no) FROM meeting_event WHERE community_id = ${community.id} AND meeting_id = ${meetingId}), 0) + 1,
               ${event.kind}, ${event.at}, ${event.byPerson}, ${event.byWords}, ${event.detail}, ${event.leafHash}`,
  );
