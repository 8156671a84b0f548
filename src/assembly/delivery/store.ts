/** The SQL of how households were reached. Events only grow; decides nothing. */
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

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
