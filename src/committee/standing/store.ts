/** The SQL of a committee's standing: by which election each seat came, and whose home it rests on. Reads only; decides nothing. */
import type { Day } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;

/** A tenure that an election gave, with the owner by whom its holder stood. */
export interface ElectedSeat {
  readonly tenureId: string;
  readonly personId: string;
  readonly place: "member" | "alternate";
  /** The rank among members, or among alternates: 1 is first. */
  readonly rank: number;
  /** The owner: the person, or the company that sent them. */
  readonly partyId: PartyId;
  /** 1 while that owner owns something here on the day. */
  readonly owns: 0 | 1;
}

/** The seats that an election's standing result gave. `electionId` may be SQL that yields it, for a page of one round trip. */
export const listElectedSeats = ({ db, community }: Here, electionId: string | SQL, day: Day): Query<ElectedSeat[]> =>
  db.all(
    sql`SELECT t.tenure_id AS tenureId, t.person_id AS personId, w.place, w.place_no AS rank, c.party_id AS partyId,
          EXISTS (SELECT 1 FROM holding h WHERE h.community_id = c.community_id AND h.party_id = c.party_id AND h.role = 'owner'
            AND h.from_on <= ${day} AND (h.to_on IS NULL OR h.to_on > ${day}) AND h.voided_by IS NULL) AS owns
        FROM election_seat_taken t
        JOIN election_seat w ON w.community_id = t.community_id AND w.election_id = t.election_id AND w.round_no = t.round_no
          AND w.run_no = t.run_no AND w.candidate_id = t.candidate_id
        JOIN candidate c ON c.community_id = t.community_id AND c.candidacy_id = t.candidate_id
        WHERE t.community_id = ${community.id} AND t.election_id = ${electionId}
          AND NOT EXISTS (SELECT 1 FROM election_round_undone u WHERE u.community_id = t.community_id AND u.election_id = t.election_id
            AND u.round_no = t.round_no AND u.run_no = t.run_no)
        ORDER BY w.place DESC, w.place_no`,
  );

/** Elections of a body that are neither seated nor ended. */
export const countUnderWay = ({ db, community }: Here, bodyId: string): Query<{ underWay: number }[]> =>
  db.all(
    sql`SELECT count(*) AS underWay FROM election WHERE community_id = ${community.id} AND body_id = ${bodyId}
          AND state NOT IN ('seated', 'ended')`,
  );

/** The same of every body: an estate has one committee. */
export const countUnderWayAnywhere = ({ db, community }: Here): Query<{ underWay: number }[]> =>
  db.all(
    sql`SELECT count(*) AS underWay FROM election WHERE community_id = ${community.id} AND state NOT IN ('seated', 'ended')`,
  );
