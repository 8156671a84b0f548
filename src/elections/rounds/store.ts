/** The SQL of rounds: what was placed, what it came to, who was seated. Reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { assertFrom, assertThat, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { ElectionKey } from "../store.ts";
import type { Verdict } from "./rules.ts";
import {
  electionRound,
  electionRoundResult,
  electionRoundUndone,
  electionRoundVoid,
  electionSeat,
  electionSeatTaken,
} from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

/** A round with what became of it: void, or its newest result and whether that was undone. */
export interface RoundRow {
  readonly electionId: string;
  readonly roundNo: number;
  /** The how-manieth vote it is: rounds given up before are left out. */
  readonly turn: number;
  readonly meetingId: string;
  readonly seatsOpen: number;
  readonly seatsOfCommittee: number;
  readonly members: number;
  readonly legalLeast: number;
  readonly alternatesMost: number;
  readonly atMost: number;
  /** JSON of OnPaper[], in the order of the ballot. */
  readonly candidates: string;
  readonly candidatesHash: string;
  readonly commitment: string;
  readonly seedSealed: string;
  readonly notBefore: Instant;
  readonly placedBy: string;
  readonly placedAt: Instant;
  readonly leafHash: string;
  readonly voidCause: "taken_back" | "withdrawn" | "annulled" | null;
  readonly voidWhy: string | null;
  readonly voidedAt: Instant | null;
  /** The count the newest result was made from; null before there is one. */
  readonly runNo: number | null;
  readonly verdict: Verdict | null;
  /** JSON of StoredOutcome. */
  readonly outcome: string | null;
  /** JSON: candidate ids that stay elected for the next round. */
  readonly kept: string | null;
  /** Hex; revealed with the result. */
  readonly seed: string | null;
  readonly mandateId: string | null;
  readonly settledAt: Instant | null;
  readonly resultLeaf: string | null;
  readonly undoneCause: "annulled" | "recounted" | null;
  readonly undoneWhy: string | null;
  readonly undoneAt: Instant | null;
}

/** A candidate as the ballot of a round names them. */
export interface OnPaper {
  readonly optionNo: number;
  readonly candidateId: string;
  /** The candidacy's number, which its page is addressed by. */
  readonly number: number;
  readonly label: string;
}

const COLUMNS = sql`r.election_id AS electionId, r.round_no AS roundNo,
  1 + (SELECT count(*) FROM election_round b WHERE b.community_id = r.community_id AND b.election_id = r.election_id AND b.round_no < r.round_no
    AND NOT EXISTS (SELECT 1 FROM election_round_void g WHERE g.community_id = b.community_id AND g.election_id = b.election_id AND g.round_no = b.round_no)) AS turn,
  r.meeting_id AS meetingId, r.seats_open AS seatsOpen,
  r.seats_of_committee AS seatsOfCommittee, r.members, r.legal_least AS legalLeast, r.alternates_most AS alternatesMost, r.at_most AS atMost,
  r.candidates, r.candidates_hash AS candidatesHash, r.commitment, r.seed_sealed AS seedSealed, r.not_before AS notBefore,
  r.placed_by AS placedBy, r.placed_at AS placedAt, r.leaf_hash AS leafHash, v.cause AS voidCause, v.why AS voidWhy, v.voided_at AS voidedAt,
  s.run_no AS runNo, s.verdict, s.outcome, s.kept, s.seed, s.mandate_id AS mandateId, s.settled_at AS settledAt, s.leaf_hash AS resultLeaf,
  u.cause AS undoneCause, u.why AS undoneWhy, u.undone_at AS undoneAt`;
const WITH_FATE = sql`election_round r
  LEFT JOIN election_round_void v ON v.community_id = r.community_id AND v.election_id = r.election_id AND v.round_no = r.round_no
  LEFT JOIN election_round_result s ON s.community_id = r.community_id AND s.election_id = r.election_id AND s.round_no = r.round_no
    AND s.run_no = (SELECT max(n.run_no) FROM election_round_result n WHERE n.community_id = r.community_id AND n.election_id = r.election_id AND n.round_no = r.round_no)
  LEFT JOIN election_round_undone u ON u.community_id = s.community_id AND u.election_id = s.election_id AND u.round_no = s.round_no AND u.run_no = s.run_no`;

/** The rounds of an election, the first first; a handful. */
export const listRounds = ({ db, community }: Here, key: ElectionKey): Query<RoundRow[]> =>
  db.all(
    sql`SELECT ${COLUMNS} FROM ${WITH_FATE} WHERE r.community_id = ${community.id} AND r.election_id = ${key} ORDER BY r.round_no`,
  );

/** The meeting a round was placed in, to stand in place of its id: a reader who knows only the round still needs one round trip. */
export const meetingOfRound = ({ community }: Pick<Here, "community">, key: ElectionKey, roundNo: number): SQL =>
  sql`(SELECT meeting_id FROM election_round WHERE community_id = ${community.id} AND election_id = ${key} AND round_no = CAST(${roundNo} AS INTEGER))`;

/** The meeting of an election's newest round. */
export const meetingOfNewestRound = ({ community }: Pick<Here, "community">, key: ElectionKey): SQL =>
  sql`(SELECT meeting_id FROM election_round WHERE community_id = ${community.id} AND election_id = ${key} ORDER BY round_no DESC LIMIT 1)`;

/** What time or the meeting has moved since, for the clock: rounds of which something may be due. */
export interface MovedRound {
  readonly electionId: string;
  readonly roundNo: number;
  readonly meetingState: string;
  /** The newest count that was published; null before. */
  readonly publishedRun: number | null;
  readonly runNo: number | null;
  readonly undone: 0 | 1;
  readonly waitingSeats: number;
}

/**
 * Rounds whose meeting has moved on since: to be settled, given up or undone; and settled ones with a seat that waits. Of an
 * election that is over only the newest round of the newest election is looked at: an annulment can still reach it.
 */
export const listMovedRounds = ({ db, community }: Here): Query<MovedRound[]> =>
  db.all(
    sql`SELECT r.election_id AS electionId, r.round_no AS roundNo, m.state AS meetingState,
          (SELECT max(c.run_no) FROM count_run c WHERE c.community_id = r.community_id AND c.meeting_id = r.meeting_id AND c.published_at IS NOT NULL) AS publishedRun,
          s.run_no AS runNo, u.run_no IS NOT NULL AS undone,
          (SELECT count(*) FROM election_seat w WHERE w.community_id = s.community_id AND w.election_id = s.election_id AND w.round_no = s.round_no
            AND w.run_no = s.run_no AND NOT EXISTS (SELECT 1 FROM election_seat_taken t WHERE t.community_id = w.community_id AND t.election_id = w.election_id
              AND t.round_no = w.round_no AND t.run_no = w.run_no AND t.candidate_id = w.candidate_id)) AS waitingSeats
        FROM ${WITH_FATE} JOIN meeting m ON m.community_id = r.community_id AND m.meeting_id = r.meeting_id
        WHERE r.community_id = ${community.id} AND v.round_no IS NULL
          AND r.election_id IN (SELECT e.election_id FROM election e WHERE e.community_id = ${community.id} ORDER BY e.number DESC LIMIT 3)
          AND m.state IN ('published', 'final', 'withdrawn', 'annulled')
        ORDER BY r.election_id, r.round_no`,
  );

/** An election for the desk: whether a round can be placed, waits to be settled, or has a seat that waits. */
export interface WaitingRound {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  /** The round that is placed and not over; null when another can be placed. */
  readonly openRound: number | null;
  /** 1 when its meeting's result is published and nobody was seated by it yet. */
  readonly isPublished: 0 | 1;
  readonly waitingSeats: number;
}

/** Elections that stand or are voted on, and the one seated last. */
export const listWaitingRounds = ({ db, community }: Here): Query<WaitingRound[]> =>
  db.all(
    sql`SELECT e.number, e.title, e.state, max(CASE WHEN v.round_no IS NULL AND s.round_no IS NULL THEN r.round_no END) AS openRound,
          max(v.round_no IS NULL AND s.round_no IS NULL AND m.state IN ('published', 'final')) AS isPublished,
          coalesce(sum((SELECT count(*) FROM election_seat w WHERE w.community_id = s.community_id AND w.election_id = s.election_id AND w.round_no = s.round_no
            AND w.run_no = s.run_no AND u.run_no IS NULL AND NOT EXISTS (SELECT 1 FROM election_seat_taken t WHERE t.community_id = w.community_id
              AND t.election_id = w.election_id AND t.round_no = w.round_no AND t.run_no = w.run_no AND t.candidate_id = w.candidate_id))), 0) AS waitingSeats
        FROM election e LEFT JOIN (${WITH_FATE}) ON r.community_id = e.community_id AND r.election_id = e.election_id
        LEFT JOIN meeting m ON m.community_id = r.community_id AND m.meeting_id = r.meeting_id
        WHERE e.community_id = ${community.id} AND (e.state IN ('standing', 'voting')
          OR e.number = (SELECT max(number) FROM election l WHERE l.community_id = e.community_id AND l.state = 'seated'))
        GROUP BY e.election_id ORDER BY e.number DESC`,
  );

export interface SeatRow {
  readonly roundNo: number;
  readonly runNo: number;
  readonly candidateId: string;
  readonly place: "member" | "alternate";
  readonly placeNo: number;
  /** Null while another post stands in the way. */
  readonly personId: string | null;
  readonly tenureId: string | null;
  readonly takenAt: Instant | null;
}

/** Whom the rounds of an election seated, in the order of their places; with those of an undone round. */
export const listSeats = ({ db, community }: Here, key: ElectionKey): Query<SeatRow[]> =>
  db.all(
    sql`SELECT w.round_no AS roundNo, w.run_no AS runNo, w.candidate_id AS candidateId, w.place, w.place_no AS placeNo, t.person_id AS personId,
          t.tenure_id AS tenureId, t.taken_at AS takenAt
        FROM election_seat w
        LEFT JOIN election_seat_taken t ON t.community_id = w.community_id AND t.election_id = w.election_id AND t.round_no = w.round_no
          AND t.run_no = w.run_no AND t.candidate_id = w.candidate_id
        WHERE w.community_id = ${community.id} AND w.election_id = ${key} ORDER BY w.round_no, w.run_no, w.place DESC, w.place_no`,
  );

/** Which of an election's candidates own something on a day: those by whom they stand, or the company that sends them. */
export const listOwningCandidates = (
  { db, community }: Here,
  key: ElectionKey,
  day: Day,
): Query<{ partyId: PartyId }[]> =>
  db.all(
    // A look at each candidate's holdings: a join is planned as a walk through the whole roll.
    sql`SELECT DISTINCT party_id AS partyId FROM holding
        WHERE community_id = ${community.id} AND role = 'owner' AND from_on <= ${day} AND (to_on IS NULL OR to_on > ${day})
          AND voided_by IS NULL AND party_id IN (
            SELECT party_id FROM candidate WHERE community_id = ${community.id} AND election_id = ${key})`,
  );

// ——— Statements ———

export const insertRound = (
  { db, community }: Here,
  row: Omit<typeof electionRound.$inferInsert, "communityId">,
): Query => db.orm.insert(electionRound).values({ communityId: community.id, ...row });

export const insertVoid = (
  { db, community }: Here,
  row: Omit<typeof electionRoundVoid.$inferInsert, "communityId">,
): Query => db.orm.insert(electionRoundVoid).values({ communityId: community.id, ...row });

/** Refused while a result stands (`round_over`): of two seatings at once one is written. */
export const insertResult = (
  { db, community }: Here,
  row: Omit<typeof electionRoundResult.$inferInsert, "communityId">,
): Query => db.orm.insert(electionRoundResult).values({ communityId: community.id, ...row });

export const insertUndone = (
  { db, community }: Here,
  row: Omit<typeof electionRoundUndone.$inferInsert, "communityId">,
): Query => db.orm.insert(electionRoundUndone).values({ communityId: community.id, ...row });

export const insertSeat = (
  { db, community }: Here,
  row: Omit<typeof electionSeat.$inferInsert, "communityId">,
): Query => db.orm.insert(electionSeat).values({ communityId: community.id, ...row });

export const insertSeatTaken = (
  { db, community }: Here,
  row: Omit<typeof electionSeatTaken.$inferInsert, "communityId">,
): Query => db.orm.insert(electionSeatTaken).values({ communityId: community.id, ...row });

/**
 * For the batch of a notice: the election's round is put to the vote, from `standing`, with nobody on its paper withdrawn or
 * excluded since it was placed. Aborts with `origin_stale`, as the notice expects of what an item comes from.
 */
export const moveToVoting = ({ db, community }: Here, electionId: string, roundNo: number): Query[] => [
  db.run(
    sql`UPDATE election SET state = 'voting', version = version + 1
        WHERE community_id = ${community.id} AND election_id = ${electionId} AND state = 'standing'`,
  ),
  assertThat(db, "origin_stale", sql`changes() = 1`),
  assertFrom(
    db,
    "origin_stale",
    sql`SELECT NOT EXISTS (SELECT 1 FROM election_round r JOIN json_each(r.candidates) c
          JOIN candidacy_withdrawal w ON w.community_id = r.community_id AND w.candidacy_id = c.value ->> 'candidateId'
        WHERE r.community_id = ${community.id} AND r.election_id = ${electionId} AND r.round_no = CAST(${roundNo} AS INTEGER))
        AND NOT EXISTS (SELECT 1 FROM election_round_void v WHERE v.community_id = ${community.id} AND v.election_id = ${electionId}
          AND v.round_no = CAST(${roundNo} AS INTEGER))`,
  ),
];

/** For the batch that opens voting: no objection to a candidate waits for its answer (`origin_waits`). */
export const assertNoCandidateObjection = ({ db, community }: Here, electionId: string): Query =>
  assertFrom(
    db,
    "origin_waits",
    sql`SELECT NOT EXISTS (SELECT 1 FROM candidate_objection
        WHERE community_id = ${community.id} AND election_id = ${electionId} AND answered_at IS NULL)`,
  );
