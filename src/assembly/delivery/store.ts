/** The SQL of how households were reached. Events only grow; decides nothing. */
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface NewContact {
  readonly voterNo: number;
  readonly kind: string;
  /** Who did it: a person's id, `outbox`, or `voter` for the household itself. */
  readonly by: string;
  /** Sealed, or "" for none: what a door said may name people. */
  readonly note: string;
}

/** The next events of several voters; each one's number is taken inside the statement. Not two for one voter at once. */
export const insertContacts = (
  { db, community, now }: HereNow,
  meetingId: string,
  contacts: readonly NewContact[],
): Query =>
  db.run(
    sql`INSERT INTO contact_event(community_id, meeting_id, voter_no, event_no, kind, at, by_person, note)
        SELECT ${community.id}, ${meetingId}, value ->> 'voterNo',
               coalesce((SELECT event_no FROM contact_event WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
                 AND voter_no = value ->> 'voterNo' ORDER BY event_no DESC LIMIT 1), 0) + 1,
               value ->> 'kind', CAST(${now} AS INTEGER), value ->> 'by', value ->> 'note'
        FROM json_each(${JSON.stringify(contacts)})`,
  );

/** An event of a kind that counts once: nothing is written when the voter has one already. */
export const insertFirstContact = (
  { db, community, now }: HereNow,
  meetingId: string,
  { voterNo, kind, by, note }: NewContact,
): Query =>
  db.run(
    sql`INSERT INTO contact_event(community_id, meeting_id, voter_no, event_no, kind, at, by_person, note)
        SELECT ${community.id}, ${meetingId}, CAST(${voterNo} AS INTEGER),
               coalesce((SELECT event_no FROM contact_event WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
                 AND voter_no = ${voterNo} ORDER BY event_no DESC LIMIT 1), 0) + 1,
               ${kind}, CAST(${now} AS INTEGER), ${by}, ${note}
        WHERE NOT EXISTS (SELECT 1 FROM contact_event WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
          AND voter_no = ${voterNo} AND kind = ${kind})`,
  );

/** A voter as lists at the desk name one: masked, with the unit it was found by. */
export interface PlacedVoter {
  readonly voterNo: number;
  readonly maskedName: string;
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
}

/** Voters with a unit whose room contains the text, in one building or in any; `limit` at most. */
export const findVotersByPlace = (
  { db, community }: Here,
  snapshotId: string,
  place: { readonly building: string; readonly room: string },
  limit: number,
): Query<PlacedVoter[]> =>
  db.all(
    sql`SELECT v.voter_no AS voterNo, v.masked_name AS maskedName, u.building, u.entrance, u.room
        FROM snapshot_unit u JOIN snapshot_voter v ON v.community_id = u.community_id AND v.snapshot_id = u.snapshot_id
          AND v.voter_no = u.voter_no
        WHERE u.community_id = ${community.id} AND u.snapshot_id = ${snapshotId}
          AND (${place.building} = '' OR u.building = ${place.building}) AND instr(u.entrance || u.room, ${place.room}) > 0
        ORDER BY v.position, u.unit_id LIMIT CAST(${limit} AS INTEGER)`,
  );

/** One voter with its first unit. */
export const findPlacedVoter = ({ db, community }: Here, snapshotId: string, voterNo: number): Query<PlacedVoter[]> =>
  db.all(
    sql`SELECT v.voter_no AS voterNo, v.masked_name AS maskedName, u.building, u.entrance, u.room
        FROM snapshot_voter v JOIN snapshot_unit u ON u.community_id = v.community_id AND u.snapshot_id = v.snapshot_id
          AND u.voter_no = v.voter_no
        WHERE v.community_id = ${community.id} AND v.snapshot_id = ${snapshotId} AND v.voter_no = ${voterNo}
        ORDER BY u.unit_id LIMIT 1`,
  );
