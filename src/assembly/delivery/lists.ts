/** The SQL of the delivery lists: how far each household was reached, per building and one by one. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { type ContactKind, type DeliveryState, STRENGTH } from "./rules.ts";
import { strongest } from "./store.ts";

type Here = Pick<Scene, "db" | "community">;

/** A meeting and the roll it is held by. */
export interface Meeting {
  readonly id: string;
  readonly snapshot: string;
}

const hasVoted = (communityId: string, meetingId: string): SQL =>
  sql`EXISTS (SELECT 1 FROM ballot b WHERE b.community_id = ${communityId} AND b.meeting_id = ${meetingId} AND b.voter_no = v.voter_no)`;

/** The sum of one state in one building; whoever nothing is known of is in none. */
export interface BuildingCount {
  readonly building: string;
  readonly state: DeliveryState;
  readonly voters: number;
}

/** How many voters of each building are in which state, from the sums kept beside the events. A head in two buildings is in both. */
export const countDelivery = ({ db, community }: Here, meeting: Pick<Meeting, "id">): Query<BuildingCount[]> =>
  db.all(
    sql`SELECT c.building, s.value AS state, c.voters FROM delivery_count c
        JOIN json_each(${JSON.stringify(STRENGTH)}) s ON s.key = c.strength
        WHERE c.community_id = ${community.id} AND c.meeting_id = ${meeting.id} AND c.building <> '' AND c.voters > 0`,
  );

export interface DeliveryRow {
  readonly voterNo: number;
  readonly maskedName: string;
  /** The voter's rooms in the building, with 、 between them. */
  readonly rooms: string;
  readonly state: DeliveryState;
  readonly voted: 0 | 1;
  readonly lastKind: ContactKind | null;
  readonly lastAt: Instant | null;
  readonly lastBy: string | null;
  readonly doorKind: ContactKind | null;
  readonly doorAt: Instant | null;
  readonly doorBy: string | null;
  /** Sealed; "" for none. */
  readonly doorNote: string | null;
}

export interface DeliveryFilter {
  readonly building: string;
  readonly state?: DeliveryState;
  readonly onlyNotVoted: boolean;
}

// From the building's own units outwards, by their index and in this order (left to itself SQLite walks through the whole roll): what it
// costs is the building's size, not the estate's.
const filtered = (communityId: string, meeting: Meeting, filter: DeliveryFilter): SQL =>
  sql`FROM (SELECT DISTINCT u.voter_no FROM snapshot_unit u INDEXED BY snapshot_unit_by_building WHERE u.community_id = ${communityId}
        AND u.snapshot_id = ${meeting.snapshot} AND u.building = ${filter.building} AND u.counted = 1) h
      CROSS JOIN snapshot_voter v ON v.community_id = ${communityId} AND v.snapshot_id = ${meeting.snapshot} AND v.voter_no = h.voter_no
      WHERE ${filter.state === undefined ? sql`1` : sql`${strongest(communityId, meeting.id, sql`v.voter_no`)} = CAST(${STRENGTH.indexOf(filter.state)} AS INTEGER)`}
        AND ${filter.onlyNotVoted ? sql`NOT ${hasVoted(communityId, meeting.id)}` : sql`1`}`;

const DOOR = sql.raw(`('reached', 'refused', 'to_visit')`);

/** The voters of a building, by their place, a page at a time. What happened is read of those on the page alone. */
export function listDelivery(
  { db, community }: Here,
  meeting: Meeting,
  filter: DeliveryFilter,
  page: { readonly limit: number; readonly offset: number },
): Query<DeliveryRow[]> {
  const latest = (kinds: SQL): SQL =>
    sql`(SELECT e.event_no FROM contact_event e WHERE e.community_id = ${community.id} AND e.meeting_id = ${meeting.id}
          AND e.voter_no = v.voter_no AND ${kinds} ORDER BY e.event_no DESC LIMIT 1)`;
  const event = (name: SQL, kinds: SQL): SQL =>
    sql`LEFT JOIN contact_event ${name} ON ${name}.community_id = ${community.id} AND ${name}.meeting_id = ${meeting.id}
          AND ${name}.voter_no = v.voter_no AND ${name}.event_no = ${latest(kinds)}`;
  return db.all(
    sql`WITH page AS MATERIALIZED (
          SELECT v.voter_no, v.masked_name, v.position ${filtered(community.id, meeting, filter)}
          ORDER BY v.position LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER))
        SELECT v.voter_no AS voterNo, v.masked_name AS maskedName,
          (SELECT group_concat(u.entrance || CASE u.entrance WHEN '' THEN '' ELSE ' ' END || u.room, '、') FROM snapshot_unit u
            WHERE u.community_id = ${community.id} AND u.snapshot_id = ${meeting.snapshot} AND u.voter_no = v.voter_no
              AND u.building = ${filter.building}) AS rooms,
          (SELECT s.value FROM json_each(${JSON.stringify(STRENGTH)}) s
            WHERE s.key = ${strongest(community.id, meeting.id, sql`v.voter_no`)}) AS state,
          ${hasVoted(community.id, meeting.id)} AS voted,
          l.kind AS lastKind, l.at AS lastAt, l.by_person AS lastBy,
          d.kind AS doorKind, d.at AS doorAt, d.by_person AS doorBy, d.note AS doorNote
        FROM page v ${event(sql`l`, sql`e.kind NOT IN ${DOOR}`)} ${event(sql`d`, sql`e.kind IN ${DOOR}`)}
        ORDER BY v.position`,
  );
}

/** How many voters a filter yields. Without one the building's own sum is the answer. */
export const countFiltered = (
  { db, community }: Here,
  meeting: Meeting,
  filter: DeliveryFilter,
): Query<{ voters: number }[]> =>
  filter.state === undefined && !filter.onlyNotVoted
    ? db.all(
        sql`SELECT owners AS voters FROM snapshot_building
            WHERE community_id = ${community.id} AND snapshot_id = ${meeting.snapshot} AND building = ${filter.building}`,
      )
    : db.all(sql`SELECT count(*) AS voters ${filtered(community.id, meeting, filter)}`);

/** The numbers of the voters a filter yields, for an act on all of them. */
export const listFiltered = (
  { db, community }: Here,
  meeting: Meeting,
  filter: DeliveryFilter,
): Query<{ voterNo: number }[]> =>
  db.all(sql`SELECT v.voter_no AS voterNo ${filtered(community.id, meeting, filter)} ORDER BY v.position`);

export interface EventRow {
  readonly eventNo: number;
  readonly kind: ContactKind;
  readonly at: Instant;
  readonly byPerson: string;
  readonly note: string;
}

/** Everything that was done to reach a voter, the newest first. */
export const listContacts = ({ db, community }: Here, meetingId: string, voterNo: number): Query<EventRow[]> =>
  db.all(
    sql`SELECT event_no AS eventNo, kind, at, by_person AS byPerson, note FROM contact_event
        WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND voter_no = ${voterNo}
        ORDER BY event_no DESC`,
  );

/** Of these voters, those who have a link in force and have not voted. */
export const listSilent = (
  { db, community }: Here,
  meetingId: string,
  voterNos: readonly number[],
): Query<{ voterNo: number; tokenHash: string }[]> =>
  db.all(
    sql`SELECT v.voter_no AS voterNo, v.token_hash AS tokenHash FROM link v
        WHERE v.community_id = ${community.id} AND v.meeting_id = ${meetingId} AND v.revoked_at IS NULL
          AND v.voter_no IN (SELECT value FROM json_each(${JSON.stringify(voterNos)}))
          AND NOT ${hasVoted(community.id, meetingId)}`,
  );

/** Which of these numbers the frozen roll has. */
export const listKnown = (
  { db, community }: Here,
  meeting: Meeting,
  voterNos: readonly number[],
): Query<{ voterNo: number }[]> =>
  db.all(
    sql`SELECT voter_no AS voterNo FROM snapshot_voter WHERE community_id = ${community.id} AND snapshot_id = ${meeting.snapshot}
          AND voter_no IN (SELECT value FROM json_each(${JSON.stringify(voterNos)}))`,
  );

/** Office-holders by their ids, masked: who brought what to whom is for those who organise, and a name's first character is enough. */
export const listWorkers = (
  { db, community }: Here,
  personIds: readonly string[],
): Query<{ personId: string; name: string }[]> =>
  db.all(
    sql`SELECT person_id AS personId, name_masked AS name FROM office_person WHERE community_id = ${community.id}
          AND person_id IN (SELECT value FROM json_each(${JSON.stringify(personIds)}))`,
  );

/** A voter on a printed sheet or slip of a building, with the link in force. */
export interface PrintRow {
  readonly voterNo: number;
  readonly maskedName: string;
  readonly rooms: string;
  readonly areaDm2: number;
  readonly nonce: string | null;
}

export const listForPrint = ({ db, community }: Here, meeting: Meeting, filter: DeliveryFilter): Query<PrintRow[]> =>
  db.all(
    sql`SELECT v.voter_no AS voterNo, v.masked_name AS maskedName, v.area_dm2 AS areaDm2,
          (SELECT group_concat(u.entrance || CASE u.entrance WHEN '' THEN '' ELSE ' ' END || u.room, '、') FROM snapshot_unit u
            WHERE u.community_id = ${community.id} AND u.snapshot_id = ${meeting.snapshot} AND u.voter_no = v.voter_no
              AND u.building = ${filter.building}) AS rooms,
          (SELECT l.nonce FROM link l WHERE l.community_id = ${community.id} AND l.meeting_id = ${meeting.id}
            AND l.voter_no = v.voter_no AND l.revoked_at IS NULL) AS nonce
        ${filtered(community.id, meeting, filter)} ORDER BY v.position`,
  );

/** The units of the voters of a building, for telling which items each decides. */
export const listUnitsOfBuilding = (
  { db, community }: Here,
  meeting: Meeting,
  building: string,
): Query<{ voterNo: number; unitId: string; building: string; areaDm2: number; counted: 0 | 1 }[]> =>
  db.all(
    sql`SELECT u.voter_no AS voterNo, u.unit_id AS unitId, u.building, u.area_dm2 AS areaDm2, u.counted FROM snapshot_unit u
        WHERE u.community_id = ${community.id} AND u.snapshot_id = ${meeting.snapshot} AND u.voter_no IN (
          SELECT i.voter_no FROM snapshot_unit i WHERE i.community_id = ${community.id} AND i.snapshot_id = ${meeting.snapshot}
            AND i.building = ${building} AND i.counted = 1)`,
  );

/** The owners of one head, masked: the co-owners among whom one votes (C3). */
export const listOwners = (
  { db, community }: Here,
  meeting: Meeting,
  voterNo: number,
): Query<{ partyId: string; maskedName: string }[]> =>
  db.all(
    sql`SELECT o.value AS partyId, (SELECT d.masked_name FROM party_detail d WHERE d.community_id = ${community.id}
            AND d.party_id = o.value ORDER BY d.version DESC LIMIT 1) AS maskedName
        FROM snapshot_voter v JOIN json_each(v.owner_ids) o
        WHERE v.community_id = ${community.id} AND v.snapshot_id = ${meeting.snapshot} AND v.voter_no = ${voterNo}`,
  );
