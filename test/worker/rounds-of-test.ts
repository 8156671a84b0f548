/** Elections with published candidates, and their rounds through notice, votes, count and publication, by the product's own acts. */
import { countMeeting } from "../../src/assembly/counting/actions.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { findMeeting, type MeetingRow } from "../../src/assembly/meeting/store.ts";
import { publishResult } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { candidate } from "../../src/elections/candidates/schema.ts";
import { candidacySeal } from "../../src/elections/candidates/store.ts";
import { electionMethodHash } from "../../src/elections/method/rules.ts";
import { candidacy, candidacyAnswer, candidacyWithdrawal } from "../../src/elections/nominations/schema.ts";
import { readPaperOf } from "../../src/elections/rounds/paper.ts";
import { placeInMeeting } from "../../src/elections/rounds/placing.ts";
import { listRounds, listSeats, type RoundRow, type SeatRow } from "../../src/elections/rounds/store.ts";
import { DEFAULT_METHOD, type ElectionKind, type Method } from "../../src/elections/rules.ts";
import { type ElectionRow, findElection, updateElection } from "../../src/elections/store.ts";
import { DAY_MS, type Instant } from "../../src/kernel/day.ts";
import type { MeetingId, PartyId } from "../../src/kernel/id.ts";
import { newId } from "../../src/kernel/id.ts";
import type { CommunityAddress, Query } from "../../src/platform/db.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { rollOn } from "./community-roll-of-test.ts";
import { electing, electionRow, makeElection } from "./election-of-test.ts";
import { newOnce, vote } from "./meeting-of-test.ts";

export interface CandidateOfTest {
  readonly candidateId: string;
  readonly number: number;
  readonly name: string;
  readonly partyId: PartyId;
}

export interface ElectionOfTest {
  readonly community: CommunityAddress;
  readonly election: ElectionRow;
  readonly candidates: readonly CandidateOfTest[];
}

const write = async (scene: ReturnType<typeof sceneAt>, statements: readonly Query[]): Promise<void> => {
  const done = await scene.db.write(statements);
  if (!done.ok) throw new Error(done.error.code);
};

/** Called so long before T0 that its candidates have been public for as long as the method asks. */
const CALLED_AT = T0 - 60 * DAY_MS;

export const phoneOfCandidate = (number: number): string => `1370000${String(number).padStart(4, "0")}`;

/** An election whose first owners of the roll stand as candidates 1, 2, 3 …, in the order of their numbers. */
export async function standingElection(
  community: CommunityAddress,
  options: {
    readonly candidates?: number;
    readonly method?: Method;
    readonly kind?: ElectionKind;
    readonly at?: Instant;
    /** The number each is reached by; one of their own when left out. */
    readonly phones?: readonly string[];
    /** Leaves out so many owners of the roll, who stood before. */
    readonly skip?: number;
  } = {},
): Promise<ElectionOfTest> {
  const { candidates: count = 6, method = DEFAULT_METHOD, kind = "renewal", at = CALLED_AT } = options;
  const made = await makeElection(community, { state: "nominating", method, kind, at });
  const { electionId } = made;
  const scene = sceneAt(community, at + 12 * DAY_MS);
  const roll = await rollOn(community, "2026-11-02");
  const parties = [...new Set(roll.units.flatMap(({ owners }) => owners.map(({ partyId }) => partyId)))];
  const standing = parties.slice(options.skip ?? 0, (options.skip ?? 0) + count).map((partyId, index) => ({
    candidateId: newId<string>(scene.random),
    number: index + 1,
    name: `候选${String.fromCharCode(0x4e00 + index)}`,
    partyId: partyId as PartyId,
  }));
  const common = { communityId: community.id, electionId };
  for (const { candidateId, number, name, partyId } of standing) {
    const phone = options.phones?.[number - 1] ?? phoneOfCandidate(number);
    await write(scene, [
      scene.db.orm.insert(candidacy).values({
        ...common,
        candidacyId: candidateId,
        number,
        partyId,
        partyKind: "natural",
        nameSealed: "x",
        maskedName: "候*",
        openedAt: scene.now,
      }),
      scene.db.orm.insert(candidacyAnswer).values({
        ...common,
        candidacyId: candidateId,
        answerNo: 1,
        answer: "accepted",
        way: "web",
        personSealed: await scene.keys.seal(name, candidacySeal(scene, "person", candidateId)),
        phoneSealed: await scene.keys.seal(phone, candidacySeal(scene, "phone", candidateId)),
        maskedName: "候*",
        personHash: candidateId,
        sentByOwner: 0,
        answeredBy: partyId,
        answeredAt: scene.now,
        leafHash: "0".repeat(64),
      }),
    ]);
  }
  await write(scene, updateElection(scene, await electionRow(community, electionId), { state: "examining" }));
  const publishedAt = at + 20 * DAY_MS;
  await write(scene, [
    ...updateElection(scene, await electionRow(community, electionId), {
      state: "standing",
      candidatesPublishedAt: publishedAt,
      methodHash: electionMethodHash(method),
    }),
    ...standing.map(({ candidateId, number, name, partyId }) =>
      scene.db.orm.insert(candidate).values({
        ...common,
        candidacyId: candidateId,
        ballotOrder: number,
        publicName: name,
        address: "",
        partyId,
        headKey: partyId,
        publishedAt,
      }),
    ),
  ]);
  return { community, election: await electionRow(community, electionId), candidates: standing };
}

/** A candidate's withdrawal, as the election's state has it: on the paper or before it. */
export async function withdrawn(
  { community, election }: ElectionOfTest,
  { candidateId }: CandidateOfTest,
  at: Instant,
): Promise<void> {
  const scene = sceneAt(community, at);
  const { state } = await electionRow(community, election.electionId);
  await write(scene, [
    scene.db.orm.insert(candidacyWithdrawal).values({
      communityId: community.id,
      electionId: election.electionId,
      candidacyId: candidateId,
      frozen: state === "voting" ? 1 : 0,
      way: "web",
      recordedBy: "test",
      withdrawnAt: at,
      leafHash: "0".repeat(64),
    }),
  ]);
}

const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** A round placed in a meeting of its own, by the secretary. */
export const placed = async ({ community, election }: ElectionOfTest, at = T0) =>
  must(
    await placeInMeeting(electing(community, "secretary", at), election.electionId, {
      draft: { convener: "committee" },
      once: newOnce(),
    }),
  );

export interface MeetingOfTest {
  readonly meetingId: MeetingId;
  readonly roundNo: number;
  readonly row: MeetingRow;
}

export async function meetingOf(community: CommunityAddress, meetingId: MeetingId): Promise<MeetingRow> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findMeeting(scene, meetingId));
  return rows[0]!;
}

/** Notice of a placed round by the chair, and its opening at its hour. */
export async function openedRound(election: ElectionOfTest, at = T0): Promise<MeetingOfTest> {
  const { community } = election;
  const { meetingId, roundNo } = await placed(election, at);
  const { version } = await meetingOf(community, meetingId);
  must(await giveNotice(electing(community, "chair", at), meetingId, version));
  const row = await meetingOf(community, meetingId);
  await runDue(sceneAt(community, row.opensAt!));
  return { meetingId, roundNo, row };
}

/** One ballot after the other: the marks of voter 0, 1, 2 … for the only item, by candidate's number; [] marks nobody (以上都不同意). */
export async function castAll(
  { community }: ElectionOfTest,
  { meetingId, row }: MeetingOfTest,
  ballots: readonly (readonly number[])[],
  candidates: number,
): Promise<void> {
  for (const [at, marks] of ballots.entries()) {
    const options = marks.length > 0 ? marks : [candidates + 1];
    const cast = await vote(community, meetingId, at, [{ itemNo: 1, options }], row.opensAt! + DAY_MS + at);
    if (!cast.ok) throw new Error(JSON.stringify(cast.error));
  }
}

/** Closes, counts and publishes; the instant of publication. Nothing is settled yet. */
export async function publishedRound(
  { community }: ElectionOfTest,
  { meetingId, row }: MeetingOfTest,
): Promise<Instant> {
  const at = row.closesAt! + 3_600_000;
  await runDue(sceneAt(community, at));
  must(await countMeeting(electing(community, "teller", at), meetingId));
  must(await publishResult(electing(community, "chair", at + 1), meetingId, 1));
  return at + 1;
}

export async function roundsOf({ community, election }: ElectionOfTest): Promise<readonly RoundRow[]> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(listRounds(scene, election.electionId));
  return rows;
}

export async function seatsOf({ community, election }: ElectionOfTest): Promise<readonly SeatRow[]> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(listSeats(scene, election.electionId));
  return rows;
}

export async function stateOf({ community, election }: ElectionOfTest): Promise<string> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findElection(scene, election.electionId));
  return rows[0]!.state;
}

/** The candidates on a round's paper, by number. */
export const numbersOn = (round: RoundRow): number[] => readPaperOf(round).map(({ number }) => number);
