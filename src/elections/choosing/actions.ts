/** The members' ballots: opened by a member, marked by each in their own session, counted; whoever is chosen takes the post in the same batch. No HTTP. */
import type { PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { guardConflicts } from "../../offices/overlap/conflicts/store.ts";
import { holderOf } from "../../offices/terms/actions.ts";
import { insertTenure, listPosts, listTenuresFrom, type PostRow, type TenureRow } from "../../offices/terms/store.ts";
import type { Query } from "../../platform/db.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { authorOf } from "../acting.ts";
import { disbandGroup } from "../group/actions.ts";
import { readMethod } from "../method/rules.ts";
import { DEFAULT_METHOD, type MembersDecision } from "../rules.ts";
import { type ElectionRow, findElection, findLatestMandate, type MandateRow } from "../store.ts";
import {
  type Chosen,
  type ChosenPost,
  type CountRefusal,
  choiceOf,
  type MarkRefusal,
  mayCountBallot,
  mayMark,
  mayOpenBallot,
  type OpenRefusal,
} from "./rules.ts";
import {
  assertSits,
  assertVoted,
  insertMembersBallot,
  insertMembersResult,
  insertMembersVote,
  listMembersBallots,
  listMembersVotes,
  type MembersBallotRow,
} from "./store.ts";

export type ChoosingRefusal =
  | OpenRefusal
  | MarkRefusal
  | CountRefusal
  | { readonly reason: "unknown_ballot" }
  | { readonly reason: "voted_already" }
  /** Somebody voted, left or was chosen while this was being written. */
  | { readonly reason: "choice_stale" }
  | { readonly reason: "conflicting_choice" };

/** Somebody who sits, with the name opened. */
export interface Member {
  readonly personId: PersonId;
  readonly name: string;
}

/** The committee that serves now, as its members' choice needs it. */
export interface Choosing {
  readonly mandate: MandateRow;
  readonly decision: MembersDecision;
  readonly members: readonly Member[];
  /** Who holds the two posts now. */
  readonly holders: Readonly<Record<ChosenPost, readonly Member[]>>;
  readonly free: Readonly<Record<ChosenPost, number>>;
  readonly ballots: readonly MembersBallotRow[];
  readonly posts: readonly PostRow[];
}

/** The committee of today with its members' ballots; null where no mandate runs. Two round trips. */
export async function viewChoosing(scene: Scene): Promise<Choosing | null> {
  const [mandates, tenures, posts] = await scene.db.read(
    findLatestMandate(scene, scene.now),
    listTenuresFrom(scene, scene.now),
    listPosts(scene),
  );
  const mandate = mandates[0];
  if (!mandate || mandate.untilAt <= scene.now) return null;
  const [elections, ballots] = await scene.db.read(
    findElection(scene, mandate.electionId ?? ""),
    listMembersBallots(scene, mandate.mandateId),
  );
  const ofBody = tenures.filter((one) => one.bodyId === mandate.bodyId && one.fromAt <= scene.now);
  const own = posts.filter(({ bodyId }) => bodyId === mandate.bodyId);
  const [chairs, deputies] = await Promise.all([
    namesOf(scene, ofBody, "committee_chair"),
    namesOf(scene, ofBody, "committee_deputy"),
  ]);
  const free = (kind: ChosenPost, held: readonly Member[]): number =>
    Math.max(0, (own.find((post) => post.kind === kind)?.seats ?? 0) - held.length);
  return {
    mandate,
    decision: decisionOf(elections[0]),
    members: await namesOf(scene, ofBody, "committee_member"),
    holders: { committee_chair: chairs, committee_deputy: deputies },
    free: { committee_chair: free("committee_chair", chairs), committee_deputy: free("committee_deputy", deputies) },
    ballots,
    posts: own,
  };
}

const decisionOf = (election: ElectionRow | undefined): MembersDecision =>
  (election ? readMethod(election.method) : DEFAULT_METHOD).membersDecide.value;

async function namesOf(scene: Scene, tenures: readonly TenureRow[], kind: string): Promise<Member[]> {
  const rows = tenures.filter(({ postKind }) => postKind === kind);
  return Promise.all(
    rows.map(async (row) => ({ personId: row.personId, name: (await holderOf(scene, row)).publicName })),
  );
}

export const openBallotOf = ({ ballots }: Pick<Choosing, "ballots">): MembersBallotRow | undefined =>
  ballots.find(({ countedAt }) => countedAt === null);

export const amongOf = ({ among }: Pick<MembersBallotRow, "among">): readonly string[] => JSON.parse(among) as string[];
export const chosenOf = ({ chosen }: Pick<MembersBallotRow, "chosen">): readonly string[] =>
  chosen === null ? [] : (JSON.parse(chosen) as string[]);
export const votesOf = ({ votes }: Pick<MembersBallotRow, "votes">): Chosen["votes"] =>
  votes === null ? [] : (JSON.parse(votes) as Chosen["votes"]);

/** Whether somebody sits in the committee today: its members' choice is theirs alone. */
export const sits = (choosing: Choosing, personId: string): boolean =>
  choosing.members.some((member) => member.personId === personId);

/**
 * Among whom the next ballot for a post is held: the members who hold neither post, or after a tie those who were level. A tie between
 * those alone opens it to everybody again, so that the members are not held to two whom nobody will move from.
 */
export function amongNext(choosing: Choosing, post: ChosenPost): readonly string[] {
  const held = (kind: ChosenPost): readonly string[] => choosing.holders[kind].map(({ personId }) => personId);
  const holding = post === "committee_deputy" ? [...held(post), ...held("committee_chair")] : held(post);
  const members = choosing.members
    .map(({ personId }): string => personId)
    .filter((personId) => !holding.includes(personId));
  const last = choosing.ballots.findLast((ballot) => ballot.post === post && ballot.countedAt !== null);
  if (!last || chosenOf(last).length === last.places || amongOf(last).length < members.length) return members;
  const marks = votesOf(last).flatMap(({ personId, votes }) => Array.from({ length: votes }, () => [personId]));
  return choiceOf(marks, amongOf(last), last).again.filter((personId) => members.includes(personId));
}

/** Whether somebody has voted in a ballot; not for whom. */
export async function hasVoted(
  scene: Scene,
  { mandateId, ballotNo }: Pick<MembersBallotRow, "mandateId" | "ballotNo">,
  personId: string,
): Promise<boolean> {
  const [votes] = await scene.db.read(listMembersVotes(scene, mandateId, ballotNo));
  return votes.some((vote) => vote.personId === personId);
}

/** Opens a ballot for a post among the members. A repeat while it is open is the same ballot. */
export async function openMembersBallot(
  scene: StaffScene,
  asked: { readonly post: ChosenPost; readonly places: number },
): Promise<Result<{ readonly ballotNo: number }, ChoosingRefusal>> {
  const found = await viewChoosing(scene);
  if (!found) return err({ reason: "no_committee" });
  const { mandate, decision, members, free, ballots } = found;
  const open = openBallotOf(found);
  if (open && sits(found, scene.actor.personId) && open.post === asked.post && open.places === asked.places)
    return ok({ ballotNo: open.ballotNo });
  const may = mayOpenBallot(
    { ...asked, by: scene.actor.personId },
    {
      members: members.map(({ personId }) => personId),
      openBallotNo: open?.ballotNo ?? null,
      free,
      rules: { seats: mandate.seats, decision },
    },
  );
  if (!may.ok) return may;
  const ballotNo = ballots.length + 1;
  const among = amongNext(found, asked.post);
  const leaf = appendLeaf(
    scene,
    "members.ballot_opened",
    { mandate: mandate.mandateId, ballot: ballotNo, post: asked.post, places: asked.places, among: among.length },
    mandate.mandateId,
  );
  const written = await scene.db.write([
    insertMembersBallot(scene, {
      mandateId: mandate.mandateId,
      ballotNo,
      post: asked.post,
      places: asked.places,
      among: JSON.stringify(among),
      seats: mandate.seats,
      decision,
      openedBy: scene.actor.personId,
      openedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    assertSits(scene, mandate.bodyId, scene.actor.personId),
    leaf.statement,
  ]);
  if (written.ok) return ok({ ballotNo });
  if (written.error.code === "not_a_member") return err({ reason: "not_a_member" });
  const again = await viewChoosing(scene);
  const winner = again ? openBallotOf(again) : undefined;
  return winner?.post === asked.post && winner.places === asked.places
    ? ok({ ballotNo: winner.ballotNo })
    : err({ reason: "ballot_open", ballotNo: winner?.ballotNo ?? ballotNo });
}

const sealOf = (communityId: string, mandateId: string, ballotNo: number, personId: string): string =>
  `members-vote:${communityId}:${mandateId}:${ballotNo}:${personId}`;
const voteSeal = (scene: Scene, mandateId: string, ballotNo: number, personId: string): string =>
  sealOf(scene.community.id, mandateId, ballotNo, personId);

registerSealed({
  table: "members_vote",
  column: "chosen_sealed",
  key: ["mandate_id", "ballot_no", "person_id"],
  contextOf: (communityId, { mandate_id, ballot_no, person_id }) =>
    sealOf(communityId, String(mandate_id), Number(ballot_no), String(person_id)),
});

/** A member hands in their marks, once; what was handed in stands. The record says that somebody voted, not who nor for whom. */
export async function markBallot(
  scene: StaffScene,
  ballotNo: number,
  marks: readonly string[],
): Promise<Result<true, ChoosingRefusal>> {
  const found = await viewChoosing(scene);
  if (!found) return err({ reason: "no_committee" });
  const { mandate, members } = found;
  const ballot = found.ballots.find((one) => one.ballotNo === ballotNo);
  if (!ballot) return err({ reason: "unknown_ballot" });
  const { personId } = scene.actor;
  const may = mayMark(
    marks,
    personId,
    { places: ballot.places, among: amongOf(ballot), isCounted: ballot.countedAt !== null },
    members.map((one) => one.personId),
  );
  if (!may.ok) return may;
  const leaf = appendLeaf(scene, "members.voted", { mandate: mandate.mandateId, ballot: ballotNo }, mandate.mandateId);
  const chosen = JSON.stringify([...may.value].sort());
  const written = await scene.db.write([
    assertSits(scene, mandate.bodyId, personId),
    insertMembersVote(scene, {
      mandateId: mandate.mandateId,
      ballotNo,
      personId,
      chosenSealed: await scene.keys.seal(chosen, voteSeal(scene, mandate.mandateId, ballotNo, personId)),
      votedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ]);
  if (written.ok) return ok(true);
  switch (written.error.code) {
    case "member_voted": {
      // The same marks again are the same vote; others come too late.
      const [votes] = await scene.db.read(listMembersVotes(scene, mandate.mandateId, ballotNo));
      const own = votes.find((one) => one.personId === personId);
      const seal = voteSeal(scene, mandate.mandateId, ballotNo, personId);
      return own && (await scene.keys.open(own.chosenSealed, seal)) === chosen
        ? ok(true)
        : err({ reason: "voted_already" });
    }
    case "members_ballot_counted":
      return err({ reason: "ballot_counted" });
    case "not_a_member":
      return err({ reason: "not_a_member" });
    default:
      return err({ reason: "choice_stale" });
  }
}

export interface Counted {
  readonly chosen: readonly string[];
  readonly open: number;
}

/**
 * Counts a ballot when enough have voted, by any member (M10, M12), and gives those chosen their post in the same batch, until the end
 * of the term. Nobody chosen, or a tie: another ballot can be opened. Asked again it answers with what was counted.
 */
export async function countMembersBallot(
  scene: StaffScene,
  ballotNo: number,
): Promise<Result<Counted, ChoosingRefusal>> {
  const found = await viewChoosing(scene);
  if (!found) return err({ reason: "no_committee" });
  const { mandate, members, posts } = found;
  const { personId: by } = scene.actor;
  if (!sits(found, by)) return err({ reason: "not_a_member" });
  const ballot = found.ballots.find((one) => one.ballotNo === ballotNo);
  if (!ballot) return err({ reason: "unknown_ballot" });
  if (ballot.countedAt !== null) return ok({ chosen: chosenOf(ballot), open: ballot.places - chosenOf(ballot).length });
  const may = mayCountBallot(ballot.voted, members.length, { seats: ballot.seats, isCounted: false });
  if (!may.ok) return may;
  const [votes] = await scene.db.read(listMembersVotes(scene, mandate.mandateId, ballotNo));
  const marks = await Promise.all(
    votes.map(async ({ personId, chosenSealed }) => {
      const opened = await scene.keys.open(chosenSealed, voteSeal(scene, mandate.mandateId, ballotNo, personId));
      return JSON.parse(opened) as string[];
    }),
  );
  // Who has left the committee since the ballot was opened is chosen for nothing.
  const among = amongOf(ballot).filter((personId) => sits(found, personId));
  const outcome = choiceOf(marks, among, ballot);
  const post = posts.find(({ kind }) => kind === ballot.post)!;
  const leaf = appendLeaf(
    scene,
    "members.chosen",
    {
      mandate: mandate.mandateId,
      ballot: ballotNo,
      post: ballot.post,
      voters: votes.length,
      seats: ballot.seats,
      votes: outcome.votes.map((one) => one.votes),
      chosen: outcome.chosen.length,
    },
    mandate.mandateId,
  );
  const document = documentOf(mandate, ballotNo);
  const written = await scene.db.write([
    assertVoted(scene, mandate.mandateId, ballotNo, votes.length),
    insertMembersResult(scene, {
      mandateId: mandate.mandateId,
      ballotNo,
      voters: votes.length,
      votes: JSON.stringify(outcome.votes),
      chosen: JSON.stringify(outcome.chosen),
      countedBy: by,
      countedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
    ...outcome.chosen.flatMap((personId) => taking(scene, found, post, personId as PersonId, document)),
    ...(ballot.post === "committee_chair" && outcome.chosen.length > 0
      ? await groupDone(scene, mandate, document)
      : []),
  ]);
  if (written.ok) return ok({ chosen: outcome.chosen, open: outcome.open });
  if (written.error.code === "conflicting_post") return err({ reason: "conflicting_choice" });
  const again = await viewChoosing(scene);
  const now = again?.ballots.find((one) => one.ballotNo === ballotNo);
  return now && now.countedAt !== null
    ? ok({ chosen: chosenOf(now), open: now.places - chosenOf(now).length })
    : err({ reason: "choice_stale" });
}

const documentOf = ({ number }: Pick<MandateRow, "number">, ballotNo: number): string =>
  `业主委员会第${number}届委员推选，第${ballotNo}次投票`;

/** The group that ran the election has nothing left to do once the committee has its chair. */
async function groupDone(scene: StaffScene, mandate: MandateRow, document: string): Promise<readonly Query[]> {
  const [elections, tenures] = await scene.db.read(
    findElection(scene, mandate.electionId ?? ""),
    listTenuresFrom(scene, scene.now),
  );
  const election = elections[0];
  return election ? disbandGroup(scene, election, tenures, document, authorOf(scene)) : [];
}

function taking(
  scene: StaffScene,
  { mandate, members }: Choosing,
  post: PostRow,
  personId: PersonId,
  document: string,
): Query[] {
  const span = { fromAt: scene.now, untilAt: mandate.untilAt };
  const { name } = members.find((one) => one.personId === personId)!;
  return [
    ...insertTenure(
      scene,
      {
        postId: post.postId,
        postKind: post.kind,
        personId,
        name,
        span,
        act: "members_choice",
        document,
      },
      scene.actor.personId,
    ).statements,
    ...guardConflicts(scene, [{ personId, postKind: post.kind, span }]),
  ];
}
