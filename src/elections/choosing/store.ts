/** The SQL of the members' ballots. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { MembersDecision } from "../rules.ts";
import type { ChosenPost } from "./rules.ts";
import { membersBallot, membersResult, membersVote } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

/** A ballot with what it came to; votes are sealed and only counted here. */
export interface MembersBallotRow {
  readonly mandateId: string;
  readonly ballotNo: number;
  readonly post: ChosenPost;
  readonly places: number;
  /** JSON: the persons who may be chosen. */
  readonly among: string;
  readonly seats: number;
  readonly decision: MembersDecision;
  readonly openedAt: Instant;
  readonly leafHash: string;
  /** How many have voted so far. */
  readonly voted: number;
  /** JSON of votes and persons; null while the ballot is open. */
  readonly votes: string | null;
  readonly chosen: string | null;
  readonly countedAt: Instant | null;
  readonly resultLeaf: string | null;
}

/** The ballots of a mandate, the first first. */
export const listMembersBallots = ({ db, community }: Here, mandateId: string): Query<MembersBallotRow[]> =>
  db.all(
    sql`SELECT b.mandate_id AS mandateId, b.ballot_no AS ballotNo, b.post, b.places, b.among, b.seats, b.decision, b.opened_at AS openedAt,
          b.leaf_hash AS leafHash,
          (SELECT count(*) FROM members_vote v WHERE v.community_id = b.community_id AND v.mandate_id = b.mandate_id AND v.ballot_no = b.ballot_no) AS voted,
          r.votes, r.chosen, r.counted_at AS countedAt, r.leaf_hash AS resultLeaf
        FROM members_ballot b
        LEFT JOIN members_result r ON r.community_id = b.community_id AND r.mandate_id = b.mandate_id AND r.ballot_no = b.ballot_no
        WHERE b.community_id = ${community.id} AND b.mandate_id = ${mandateId} ORDER BY b.ballot_no`,
  );

export interface MembersVoteRow {
  readonly personId: string;
  readonly chosenSealed: string;
}

export const listMembersVotes = (
  { db, community }: Here,
  mandateId: string,
  ballotNo: number,
): Query<MembersVoteRow[]> =>
  db.all(
    sql`SELECT person_id AS personId, chosen_sealed AS chosenSealed FROM members_vote
        WHERE community_id = ${community.id} AND mandate_id = ${mandateId} AND ballot_no = CAST(${ballotNo} AS INTEGER) ORDER BY person_id`,
  );

/** Refused while another is open, or when its number is taken (`members_ballot_open`). */
export const insertMembersBallot = (
  { db, community }: Here,
  row: Omit<typeof membersBallot.$inferInsert, "communityId">,
): Query => db.orm.insert(membersBallot).values({ communityId: community.id, ...row });

/** Refused a second time (`member_voted`) and after the count (`members_ballot_counted`). */
export const insertMembersVote = (
  { db, community }: Here,
  row: Omit<typeof membersVote.$inferInsert, "communityId">,
): Query => db.orm.insert(membersVote).values({ communityId: community.id, ...row });

export const insertMembersResult = (
  { db, community }: Here,
  row: Omit<typeof membersResult.$inferInsert, "communityId">,
): Query => db.orm.insert(membersResult).values({ communityId: community.id, ...row });

/** Asserts that nobody has voted since the votes were read (`votes_stale`). */
export const assertVoted = ({ db, community }: Here, mandateId: string, ballotNo: number, voted: number): Query =>
  assertFrom(
    db,
    "votes_stale",
    sql`SELECT count(*) = CAST(${voted} AS INTEGER) FROM members_vote
        WHERE community_id = ${community.id} AND mandate_id = ${mandateId} AND ballot_no = CAST(${ballotNo} AS INTEGER)`,
  );

/** Asserts that somebody still holds a member's seat of a body: a seat can be left while a form is open (`not_a_member`). */
export const assertSits = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  bodyId: string,
  personId: string,
): Query =>
  assertFrom(
    db,
    "not_a_member",
    sql`SELECT EXISTS (SELECT 1 FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND h.person_id = ${personId} AND p.body_id = ${bodyId} AND p.kind = 'committee_member'
          AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER))`,
  );

/** Where the choice of the committee that serves now stands, for one reader. */
export interface ChoiceDue {
  readonly mandateId: string;
  readonly bodyId: string;
  readonly fromAt: Instant;
  /** 1 where the committee was elected here: one from before has its chair. */
  readonly isElected: 0 | 1;
  readonly hasChair: 0 | 1;
  /** 1 where the reader sits in it. */
  readonly isMember: 0 | 1;
  readonly openBallot: number | null;
  readonly hasVoted: 0 | 1;
}

/** One row while a mandate runs, none otherwise. */
export const findChoiceDue = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  personId: string,
): Query<ChoiceDue[]> =>
  db.all(
    sql`WITH running AS (
          SELECT m.* FROM mandate m LEFT JOIN mandate_end x ON x.community_id = m.community_id AND x.mandate_id = m.mandate_id
          WHERE m.community_id = ${community.id} AND m.from_at <= CAST(${now} AS INTEGER)
            AND min(m.until_at, coalesce(x.ended_at, m.until_at)) > CAST(${now} AS INTEGER)
          ORDER BY m.from_at DESC LIMIT 1),
        held AS (
          SELECT p.kind, h.person_id FROM running r JOIN office_post p ON p.community_id = r.community_id AND p.body_id = r.body_id
          JOIN office_span h ON h.community_id = p.community_id AND h.post_id = p.post_id
            AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER)),
        open AS (
          SELECT b.ballot_no FROM running r JOIN members_ballot b ON b.community_id = r.community_id AND b.mandate_id = r.mandate_id
          WHERE NOT EXISTS (SELECT 1 FROM members_result c WHERE c.community_id = b.community_id AND c.mandate_id = b.mandate_id AND c.ballot_no = b.ballot_no))
        SELECT r.mandate_id AS mandateId, r.body_id AS bodyId, r.from_at AS fromAt, r.election_id IS NOT NULL AS isElected,
          EXISTS (SELECT 1 FROM held WHERE kind = 'committee_chair') AS hasChair,
          EXISTS (SELECT 1 FROM held WHERE kind = 'committee_member' AND person_id = ${personId}) AS isMember,
          (SELECT ballot_no FROM open) AS openBallot,
          EXISTS (SELECT 1 FROM open o JOIN members_vote v ON v.community_id = r.community_id AND v.mandate_id = r.mandate_id
            AND v.ballot_no = o.ballot_no AND v.person_id = ${personId}) AS hasVoted
        FROM running r`,
  );

/** Who sits in a body as a member today. */
export const listSitting = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  bodyId: string,
): Query<{ personId: string }[]> =>
  db.all(
    sql`SELECT DISTINCT h.person_id AS personId FROM office_post p
        JOIN office_span h ON h.community_id = p.community_id AND h.post_id = p.post_id
          AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER)
        WHERE p.community_id = ${community.id} AND p.body_id = ${bodyId} AND p.kind = 'committee_member'`,
  );
