/** The SQL of how households were reached. Events only grow, and sums of what they came to are kept beside them; decides nothing. */
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { STRENGTH } from "./rules.ts";

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

const STRENGTHS = JSON.stringify(STRENGTH);

/** The strongest thing known of a voter of a meeting, by its place in STRENGTH: the same order as `deliveryState`. */
export const strongest = (communityId: string, meetingId: string, voterNo: SQL): SQL =>
  sql`coalesce((SELECT max(k.key) FROM contact_event e JOIN json_each(${STRENGTHS}) k ON k.value = e.kind
        WHERE e.community_id = ${communityId} AND e.meeting_id = ${meetingId} AND e.voter_no = ${voterNo}), 0)`;

/** Where a voter of the roll in force is counted: in each building with a unit that counts, and once in the estate. */
const placesOf = (communityId: string, meetingId: string, voters: SQL): SQL => {
  const snapshot = sql`(SELECT snapshot_id FROM meeting WHERE community_id = ${communityId} AND meeting_id = ${meetingId})`;
  return sql`SELECT DISTINCT u.voter_no, u.building FROM ${voters} o CROSS JOIN snapshot_unit u ON u.community_id = ${communityId}
        AND u.snapshot_id = ${snapshot} AND u.voter_no = o.voter_no AND u.counted = 1
      UNION ALL SELECT v.voter_no, '' FROM ${voters} o CROSS JOIN snapshot_voter v ON v.community_id = ${communityId}
        AND v.snapshot_id = ${snapshot} AND v.voter_no = o.voter_no`;
};

/** Moves voters whom these events lift to a stronger state from the sum they were in to the next. Goes before the events themselves. */
const countContacts = ({ db, community }: Here, meetingId: string, contacts: string): Query =>
  db.run(
    sql`INSERT INTO delivery_count(community_id, meeting_id, building, strength, voters)
        WITH told AS (
          SELECT c.value ->> 'voterNo' AS voter_no, max(k.key) AS strength
          FROM json_each(${contacts}) c JOIN json_each(${STRENGTHS}) k ON k.value = c.value ->> 'kind' GROUP BY 1),
        rose AS MATERIALIZED (
          SELECT voter_no, strength, was FROM (
            SELECT voter_no, strength, ${strongest(community.id, meetingId, sql`told.voter_no`)} AS was FROM told)
          WHERE strength > was),
        place AS (${placesOf(community.id, meetingId, sql`rose`)})
        SELECT ${community.id}, ${meetingId}, p.building, iif(d.value = 1, r.strength, r.was), sum(d.value)
        FROM rose r JOIN place p ON p.voter_no = r.voter_no JOIN json_each('[1,-1]') d
        WHERE d.value = 1 OR r.was > 0 GROUP BY 3, 4
        ON CONFLICT(community_id, meeting_id, building, strength) DO UPDATE SET voters = voters + excluded.voters`,
  );

/** The sums anew, for a roll that was amended: heads come, go, and change buildings. */
export const recountDelivery = ({ db, community }: Here, meetingId: string): Query[] => [
  db.run(
    sql`UPDATE delivery_count SET voters = 0 WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND voters <> 0`,
  ),
  db.run(
    sql`INSERT INTO delivery_count(community_id, meeting_id, building, strength, voters)
        WITH known AS MATERIALIZED (
          SELECT e.voter_no, max(k.key) AS strength FROM contact_event e JOIN json_each(${STRENGTHS}) k ON k.value = e.kind
          WHERE e.community_id = ${community.id} AND e.meeting_id = ${meetingId} GROUP BY e.voter_no),
        place AS (${placesOf(community.id, meetingId, sql`known`)})
        SELECT ${community.id}, ${meetingId}, p.building, k.strength, count(*)
        FROM known k JOIN place p ON p.voter_no = k.voter_no WHERE k.strength > 0 GROUP BY 3, 4
        ON CONFLICT(community_id, meeting_id, building, strength) DO UPDATE SET voters = excluded.voters`,
  ),
];

/** The next events of several voters, and the sums they move; each one's number is taken inside the statement. Not two for one voter at once. */
export const insertContacts = (here: HereNow, meetingId: string, contacts: readonly NewContact[]): Query[] => {
  const { db, community, now } = here;
  const json = JSON.stringify(contacts);
  return [
    countContacts(here, meetingId, json),
    db.run(
      sql`INSERT INTO contact_event(community_id, meeting_id, voter_no, event_no, kind, at, by_person, note)
          SELECT ${community.id}, ${meetingId}, value ->> 'voterNo',
                 coalesce((SELECT event_no FROM contact_event WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
                   AND voter_no = value ->> 'voterNo' ORDER BY event_no DESC LIMIT 1), 0) + 1,
                 value ->> 'kind', CAST(${now} AS INTEGER), value ->> 'by', value ->> 'note'
          FROM json_each(${json})`,
    ),
  ];
};

/** An event of a kind that counts once: nothing is written when the voter has one already. */
export const insertFirstContact = (here: HereNow, meetingId: string, contact: NewContact): Query[] => {
  const { db, community, now } = here;
  const { voterNo, kind, by, note } = contact;
  return [
    countContacts(here, meetingId, JSON.stringify([contact])),
    db.run(
      sql`INSERT INTO contact_event(community_id, meeting_id, voter_no, event_no, kind, at, by_person, note)
          SELECT ${community.id}, ${meetingId}, CAST(${voterNo} AS INTEGER),
                 coalesce((SELECT event_no FROM contact_event WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
                   AND voter_no = ${voterNo} ORDER BY event_no DESC LIMIT 1), 0) + 1,
                 ${kind}, CAST(${now} AS INTEGER), ${by}, ${note}
          WHERE NOT EXISTS (SELECT 1 FROM contact_event WHERE community_id = ${community.id} AND meeting_id = ${meetingId}
            AND voter_no = ${voterNo} AND kind = ${kind})`,
    ),
  ];
};

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
