/** What seats a committee, and what takes it back: mandate, persons, tenures, the end of the term before, in one batch and once. */
import { describe, expect, test } from "vitest";
import { recount } from "../../src/assembly/counting/actions.ts";
import { insertResults, insertRun, listResults, listRuns, publishRun } from "../../src/assembly/counting/store.ts";
import { annul } from "../../src/assembly/meeting/ending.ts";
import { publishResult } from "../../src/assembly/results/actions.ts";
import { CLOCK } from "../../src/elections/acting.ts";
import { readOutcome } from "../../src/elections/rounds/reading.ts";
import { runRounds } from "../../src/elections/rounds/schedule.ts";
import { settleRound } from "../../src/elections/rounds/settling.ts";
import { takeSeat } from "../../src/elections/rounds/waiting.ts";
import type { ElectionKind, Method } from "../../src/elections/rules.ts";
import { listMandates } from "../../src/elections/store.ts";
import { addMonths, DAY_MS, dayOf, type Instant, startOf } from "../../src/kernel/day.ts";
import { insertPerson } from "../../src/offices/people/store.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import { holdersAsOf } from "../../src/offices/terms/actions.ts";
import type { TakeKind } from "../../src/offices/terms/rules.ts";
import { insertEnd, insertTenure, listPosts } from "../../src/offices/terms/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { bodyOf, electing, methodWith } from "./election-of-test.ts";
import { communityWithRoll } from "./meeting-of-test.ts";
import {
  castAll,
  type ElectionOfTest,
  openedRound,
  phoneOfCandidate,
  publishedRound,
  roundsOf,
  seatsOf,
  standingElection,
  stateOf,
  withdrawn,
} from "./rounds-of-test.ts";

/** 27 voters, five marks each, for seven candidates: 27, 21, 20, 19, 17, 16 and 15 votes, so that all pass and none is level. */
const SEVEN = (voter: number): number[] => {
  const left: number[][] = Array.from({ length: 27 }, () => []);
  for (const [at, missing] of [0, 6, 7, 8, 10, 11, 12].entries()) {
    const fewest = [...left.keys()].sort((a, b) => left[a]!.length - left[b]!.length || a - b);
    for (const one of fewest.slice(0, missing)) left[one]!.push(at + 1);
  }
  return [1, 2, 3, 4, 5, 6, 7].filter((number) => !left[voter]!.includes(number));
};

interface Ready extends ElectionOfTest {
  readonly publishedAt: Instant;
  readonly meeting: Awaited<ReturnType<typeof openedRound>>;
}

/** An election whose only round is published: everyone marks the first five candidates unless said otherwise. */
async function ready(
  community: CommunityAddress,
  options: {
    readonly candidates?: number;
    readonly method?: Method;
    readonly kind?: ElectionKind;
    readonly marks?: (voter: number) => number[];
    readonly phones?: readonly string[];
    readonly at?: Instant;
    readonly skip?: number;
    readonly before?: (election: ElectionOfTest, openedAt: Instant) => Promise<void>;
  } = {},
): Promise<Ready> {
  const { candidates = 6, at = T0 } = options;
  const election = await standingElection(community, { ...options, candidates, at: at - 60 * DAY_MS });
  const meeting = await openedRound(election, at);
  await options.before?.(election, meeting.row.opensAt!);
  const ballots = Array.from(
    { length: 27 },
    (_, voter) => options.marks?.(voter) ?? [1, 2, 3, 4, 5].slice(0, candidates),
  );
  await castAll(election, meeting, ballots, candidates);
  return { ...election, meeting, publishedAt: await publishedRound(election, meeting) };
}

const settle = ({ community, election }: ElectionOfTest, at: Instant, roundNo = 1) =>
  settleRound(sceneAt(community, at), election.electionId, roundNo, CLOCK);

const holding = async (community: CommunityAddress, at: Instant, post: PostKind) =>
  (await holdersAsOf(sceneAt(community, at), dayOf(at))).filter(
    ({ postKind, fromAt, untilAt }) => postKind === post && fromAt <= at && (untilAt === null || at < untilAt),
  );

/** Puts a person into a post, as an act of long ago. */
async function inPost(
  community: CommunityAddress,
  post: PostKind,
  person: { readonly name: string; readonly phone: string },
  act: TakeKind,
  from = T0 - 300 * DAY_MS,
): Promise<{ readonly tenureId: string; readonly personId: string }> {
  const scene = sceneAt(community, from);
  const kind = { supervisor: "supervision", branch_member: "branch" }[post as string] ?? "committee";
  const bodyId = await bodyOf(community, kind as never);
  const [posts] = await scene.db.read(listPosts(scene));
  const row = posts.find((one) => one.bodyId === bodyId && one.kind === post)!;
  const made = await insertPerson(scene, person, "test");
  const tenure = insertTenure(
    scene,
    {
      postId: row.postId,
      postKind: post,
      personId: made.personId,
      name: person.name,
      span: { fromAt: from, untilAt: startOf(addMonths(dayOf(T0), 36)) },
      act,
      document: "文件一",
    },
    "test",
  );
  const written = await scene.db.write([...made.statements, ...tenure.statements]);
  if (!written.ok) throw new Error(written.error.code);
  return { tenureId: tenure.tenureId, personId: made.personId };
}

const mandatesOf = async (community: CommunityAddress, at: Instant) => {
  const scene = sceneAt(community, at);
  const [rows] = await scene.db.read(listMandates(scene));
  return rows;
};

describe("seating", () => {
  test("is one batch: the mandate, a tenure for each from now until the end of the term, leaves, and the election seated", async () => {
    const election = await ready(await communityWithRoll(), { candidates: 7, marks: SEVEN });
    const { community, publishedAt } = election;
    const scene = sceneAt(community, publishedAt);
    const before = scene.db.meter.roundTrips;
    const done = await settleRound(scene, election.election.electionId, 1, CLOCK);
    expect(done).toMatchObject({ ok: true, value: { verdict: "stands", waiting: [] } });
    expect(scene.db.meter.roundTrips - before).toBe(3);
    expect(await stateOf(election)).toBe("seated");
    const members = await holding(community, publishedAt, "committee_member");
    expect(members).toHaveLength(5);
    const until = startOf(addMonths(dayOf(publishedAt), 60));
    for (const one of members) {
      expect(one).toMatchObject({ act: "owners_election", fromAt: publishedAt, untilAt: until });
      expect(one.document).toContain("业主大会");
    }
    const alternates = await holding(community, publishedAt, "committee_alternate");
    expect(alternates.map(({ name }) => name)).toHaveLength((await seatsOf(election)).length - 5);
    const [mandate] = await mandatesOf(community, publishedAt);
    expect(mandate).toMatchObject({ number: 1, seats: 5, legalLeast: 5, fromAt: publishedAt, untilAt: until });
    const [leaves] = await scene.db.read(listLeavesAbout(scene, election.election.electionId, 0, 50));
    expect(leaves.map(({ type }) => type).slice(-2)).toEqual(["election.round_settled", "election.seated"]);
  });

  test("by rank, then alternates by rank, as the seats are kept", async () => {
    const election = await ready(await communityWithRoll(), {
      candidates: 7,
      marks: SEVEN,
      method: methodWith({ alternatesMost: 1 }),
    });
    await settle(election, election.publishedAt);
    const [round] = await roundsOf(election);
    const { elected, alternates } = readOutcome(round!)!;
    const seats = await seatsOf(election);
    expect(seats.filter(({ place }) => place === "member").map(({ candidateId }) => candidateId)).toEqual(elected);
    expect(seats.filter(({ place }) => place === "alternate").map(({ candidateId }) => candidateId)).toEqual(
      alternates,
    );
    expect(alternates).toHaveLength(1);
  });

  test("two at once: exactly one is written, and both answer with it", async () => {
    const election = await ready(await communityWithRoll());
    const [one, other] = await Promise.all([
      settle(election, election.publishedAt),
      settle(election, election.publishedAt + 1),
    ]);
    expect(one!.ok && other!.ok).toBe(true);
    expect(one!.ok && one!.value.mandateId).toBe(other!.ok && other!.value.mandateId);
    expect(await mandatesOf(election.community, election.publishedAt)).toHaveLength(1);
    expect(await holding(election.community, election.publishedAt + 2, "committee_member")).toHaveLength(5);
    // And the clock, which comes by every few minutes, finds it done.
    await runRounds(sceneAt(election.community, election.publishedAt + DAY_MS));
    expect(await holding(election.community, election.publishedAt + DAY_MS, "committee_member")).toHaveLength(5);
  });

  test("who sold their home after the paper stood, or withdrew, does not sit: the next one moves up", async () => {
    const election = await ready(await communityWithRoll(), {
      candidates: 7,
      marks: SEVEN,
      before: async (standing, openedAt) => {
        await withdrawn(standing, standing.candidates[1]!, openedAt + 1);
        await sold(standing, 0, openedAt + 2);
      },
    });
    await settle(election, election.publishedAt);
    const [round] = await roundsOf(election);
    const outcome = readOutcome(round!)!;
    const of = (number: number) =>
      outcome.ranked.find(({ candidateId }) => candidateId === election.candidates[number - 1]!.candidateId)!;
    expect(of(1)).toMatchObject({ hindered: "sold_meanwhile", passed: true, place: "hindered" });
    expect(of(2)).toMatchObject({ hindered: "withdrawn", passed: true, place: "hindered" });
    expect(outcome.elected).not.toContain(of(1).candidateId);
    expect(await holding(election.community, election.publishedAt, "committee_member")).toHaveLength(
      outcome.elected.length,
    );
  });

  test("a renewal ends everybody's post of the term before, and a re-elected member begins a new one", async () => {
    const community = await communityWithRoll();
    const old = await inPost(
      community,
      "committee_member",
      { name: "旧委员", phone: "13611110001" },
      "owners_election",
    );
    const again = await inPost(
      community,
      "committee_member",
      { name: "候选一", phone: phoneOfCandidate(1) },
      "owners_election",
    );
    const chair = await inPost(
      community,
      "committee_chair",
      { name: "旧主任", phone: "13611110003" },
      "members_choice",
    );
    const election = await ready(community);
    await settle(election, election.publishedAt);
    const members = await holding(community, election.publishedAt, "committee_member");
    expect(members.map(({ tenureId }) => tenureId)).not.toContain(old.tenureId);
    expect(members).toHaveLength(5);
    expect(await holding(community, election.publishedAt, "committee_chair")).toEqual([]);
    // Elected again: the tenure of the old term is over, and one of the new term runs.
    expect(members.filter(({ personId }) => personId === again.personId)).toMatchObject([
      { fromAt: election.publishedAt },
    ]);
    const db = sceneAt(community).db;
    const [ends] = await db.read(
      db.all<{ act: string }>(
        sql`SELECT act_kind AS act FROM office_tenure_end WHERE community_id = ${community.id} AND tenure_id = ${chair.tenureId}`,
      ),
    );
    expect(ends).toEqual([{ act: "end_of_term" }]);
  });

  test("whoever held an office here under the same name and number is the same person; a number of somebody else's signs nobody in", async () => {
    const community = await communityWithRoll();
    const same = await inPost(
      community,
      "branch_member",
      { name: "候选一", phone: phoneOfCandidate(1) },
      "appointment",
    );
    const other = await inPost(community, "branch_member", { name: "别人", phone: phoneOfCandidate(2) }, "appointment");
    const election = await ready(community);
    expect(election.candidates[0]!.name).toBe("候选一");
    await settle(election, election.publishedAt);
    const members = await holding(community, election.publishedAt, "committee_member");
    expect(members.map(({ personId }) => personId)).toContain(same.personId);
    expect(members.map(({ personId }) => personId)).not.toContain(other.personId);
    expect(members).toHaveLength(5);
  });

  test("a couple who share a telephone both sit; one of them is still to give a number of their own", async () => {
    const phones = Array.from({ length: 6 }, (_, at) => phoneOfCandidate(at < 2 ? 99 : at));
    const election = await ready(await communityWithRoll(), { phones });
    await settle(election, election.publishedAt);
    const members = await holding(election.community, election.publishedAt, "committee_member");
    expect(members).toHaveLength(5);
    const { db } = sceneAt(election.community);
    const [rows] = await db.read(
      db.all<{ masked: string }>(
        sql`SELECT phone_masked AS masked FROM office_person_phone WHERE community_id = ${election.community.id} AND phone_masked = '—'`,
      ),
    );
    expect(rows).toHaveLength(1);
  });

  test("terms of two mandates do not overlap: the next begins when the last has ended", async () => {
    const community = await communityWithRoll();
    const first = await ready(community);
    await settle(first, first.publishedAt);
    const later = T0 + 800 * DAY_MS;
    const second = await ready(community, {
      at: later,
      skip: 6,
      phones: Array.from({ length: 6 }, (_, at) => phoneOfCandidate(50 + at)),
    });
    await settle(second, second.publishedAt);
    const [newest, before] = await mandatesOf(community, second.publishedAt);
    expect(newest).toMatchObject({ number: 2, fromAt: second.publishedAt });
    expect(before).toMatchObject({ number: 1, untilAt: second.publishedAt });
    expect(await holding(community, second.publishedAt, "committee_member")).toHaveLength(5);
  });
});

/** Candidate `index` sells everything they own. */
async function sold({ community, candidates }: ElectionOfTest, index: number, at: Instant): Promise<void> {
  const { db } = sceneAt(community, at);
  const written = await db.write([
    db.run(
      sql`UPDATE holding SET to_on = ${dayOf(at)}, closed_by = 'sale' WHERE community_id = ${community.id} AND party_id = ${candidates[index]!.partyId}`,
    ),
  ]);
  if (!written.ok) throw new Error(written.error.code);
}

describe("a post that stands in the way", () => {
  test("keeps its holder waiting and nobody else; once it is left the seat is theirs, for the rest of the term", async () => {
    const community = await communityWithRoll();
    const supervisor = await inPost(
      community,
      "supervisor",
      { name: "候选一", phone: phoneOfCandidate(1) },
      "residents_election",
    );
    const election = await ready(community);
    const done = await settle(election, election.publishedAt);
    const waiting = election.candidates[0]!.candidateId;
    expect(done).toMatchObject({ ok: true, value: { verdict: "stands", waiting: [waiting] } });
    expect(await holding(community, election.publishedAt, "committee_member")).toHaveLength(4);
    expect((await seatsOf(election)).find(({ candidateId }) => candidateId === waiting)).toMatchObject({
      tenureId: null,
    });
    const soon = election.publishedAt + DAY_MS;
    const asked = (at: Instant) => takeSeat(sceneAt(community, at), election.election.electionId, 1, waiting, CLOCK);
    expect(await asked(soon)).toMatchObject({ ok: false, error: { reason: "conflicting_post" } });
    const scene = sceneAt(community, soon);
    const end = insertEnd(
      scene,
      { tenureId: supervisor.tenureId, endedAt: soon, act: "resignation", document: "辞职信" },
      "test",
    );
    expect((await scene.db.write(end.statements)).ok).toBe(true);
    // The clock finds that nothing stands in the way any more.
    await runRounds(sceneAt(community, soon + 1));
    const members = await holding(community, soon + 2, "committee_member");
    expect(members).toHaveLength(5);
    const [mandate] = await mandatesOf(community, soon);
    expect(members.find(({ personId }) => personId === supervisor.personId)).toMatchObject({
      fromAt: soon + 1,
      untilAt: mandate!.untilAt,
    });
    expect(await asked(soon + 2)).toMatchObject({ ok: true, value: { personId: supervisor.personId } });
  });
});

describe("a by-election", () => {
  test("fills vacant seats of the mandate that runs, until its end, and ends nobody's post", async () => {
    const community = await communityWithRoll();
    const first = await ready(community, { candidates: 5 });
    await settle(first, first.publishedAt);
    const [mandate] = await mandatesOf(community, first.publishedAt);
    const leftAt = first.publishedAt + 10 * DAY_MS;
    const scene = sceneAt(community, leftAt);
    const leaving = (await holding(community, leftAt, "committee_member")).slice(0, 2);
    for (const { tenureId } of leaving)
      await scene.db.write(
        insertEnd(scene, { tenureId, endedAt: leftAt, act: "resignation", document: "辞职信" }, "test").statements,
      );
    const by = await ready(community, {
      kind: "by_election",
      at: leftAt + 90 * DAY_MS,
      candidates: 3,
      skip: 6,
      phones: ["13722220001", "13722220002", "13722220003"],
      method: methodWith({ seats: 2, atMost: 2, alternatesMost: 1 }),
      marks: (voter) => (voter < 20 ? [1, 2] : [1, 3]),
    });
    const [round] = await roundsOf(by);
    expect(round).toMatchObject({ seatsOpen: 2, seatsOfCommittee: 5, members: 3 });
    expect(await settle(by, by.publishedAt)).toMatchObject({
      ok: true,
      value: { verdict: "stands", mandateId: mandate!.mandateId },
    });
    const members = await holding(community, by.publishedAt, "committee_member");
    expect(members).toHaveLength(5);
    expect(members.every(({ untilAt }) => untilAt === mandate!.untilAt)).toBe(true);
    expect(await mandatesOf(community, by.publishedAt)).toHaveLength(1);
  });
});

describe("a decision that falls", () => {
  const order = { authority: "璧城街道办事处", document: "璧街〔2026〕9号", why: "程序违法" };

  test("annulled after the seating: every post of the mandate ends by a new entry, and the election is open again", async () => {
    const election = await ready(await communityWithRoll());
    const { community, publishedAt, meeting } = election;
    await settle(election, publishedAt);
    const later = publishedAt + DAY_MS;
    await annul(electing(community, "street", later), meeting.meetingId, order);
    await runRounds(sceneAt(community, later));
    await runRounds(sceneAt(community, later + 1));
    expect(await holding(community, later + 1, "committee_member")).toEqual([]);
    const [mandate] = await mandatesOf(community, later + 1);
    expect(mandate!.untilAt).toBe(later);
    expect(await stateOf(election)).toBe("standing");
    const [round] = await roundsOf(election);
    expect(round).toMatchObject({ verdict: "stands", undoneCause: "annulled" });
    // What they did in office meanwhile stands: their tenures are there, with an end.
    expect(await holding(community, publishedAt + 1, "committee_member")).toHaveLength(5);
    // Another round seats the next mandate.
    const again = await openedRound(election, later + 2 * DAY_MS);
    await castAll(
      election,
      again,
      Array.from({ length: 27 }, () => [1, 2, 3, 4, 5]),
      6,
    );
    const at = await publishedRound(election, again);
    expect(await settle(election, at, 2)).toMatchObject({ ok: true, value: { verdict: "stands" } });
    expect(await holding(community, at, "committee_member")).toHaveLength(5);
  });

  test("annulled before the seating: the round is over, nobody sits", async () => {
    const election = await ready(await communityWithRoll(), { method: methodWith({ seatedWhen: "final" }) });
    await annul(electing(election.community, "street", election.publishedAt), election.meeting.meetingId, order);
    await runRounds(sceneAt(election.community, election.publishedAt));
    expect((await roundsOf(election))[0]).toMatchObject({ voidCause: "annulled", verdict: null });
    expect(await settle(election, election.publishedAt)).toMatchObject({ ok: false, error: { reason: "round_over" } });
    expect(await stateOf(election)).toBe("standing");
  });

  test("a recount that says the same leaves everybody where they are", async () => {
    const election = await ready(await communityWithRoll());
    const { community, publishedAt, meeting } = election;
    await settle(election, publishedAt);
    await recount(electing(community, "teller", publishedAt + 1), meeting.meetingId, { afterRun: 1, why: "有异议" });
    await publishResult(electing(community, "chair", publishedAt + 2), meeting.meetingId, 2);
    await runRounds(sceneAt(community, publishedAt + 3));
    expect((await roundsOf(election))[0]).toMatchObject({ runNo: 1, undoneCause: null });
    expect(await stateOf(election)).toBe("seated");
    expect(await holding(community, publishedAt + 4, "committee_member")).toHaveLength(5);
  });

  test("a recount that elects others: the seats are given anew from the newer count, and the first stays to be seen", async () => {
    const election = await ready(await communityWithRoll());
    const { community, publishedAt, meeting, candidates } = election;
    await settle(election, publishedAt);
    const first = await holding(community, publishedAt, "committee_member");
    // A second count in which candidate 6 has the votes of candidate 5. Ballots cannot change; a count that was wrong can.
    const scene = sceneAt(community, publishedAt + 1);
    const [results] = await scene.db.read(listResults(scene, meeting.meetingId));
    const stored = JSON.parse(results[0]!.result) as { rows: { optionNo: number; owners: number; areaDm2: number }[] };
    const swapped = stored.rows.map((row) => ({ ...row, optionNo: { 5: 6, 6: 5 }[row.optionNo] ?? row.optionNo }));
    const [runs] = await scene.db.read(listRuns(scene, meeting.meetingId));
    const written = await scene.db.write([
      insertRun(scene, {
        meetingId: meeting.meetingId,
        runNo: 2,
        why: "复核",
        summary: runs[0]!.summary,
        countedBy: "person-teller",
        countedAt: publishedAt + 1,
        leafHash: "1".repeat(64),
      }),
      insertResults(scene, meeting.meetingId, 2, [
        { itemNo: 1, basis: "strict", result: JSON.stringify({ ...stored, rows: swapped }) },
      ]),
      ...publishRun(scene, meeting.meetingId, 2, "person-chair", publishedAt + 2),
    ]);
    expect(written.ok).toBe(true);
    await runRounds(sceneAt(community, publishedAt + DAY_MS));
    const [round] = await roundsOf(election);
    expect(round).toMatchObject({ runNo: 2, verdict: "stands", undoneCause: null });
    expect(readOutcome(round!)!.elected).toContain(candidates[5]!.candidateId);
    expect(readOutcome(round!)!.elected).not.toContain(candidates[4]!.candidateId);
    expect(await stateOf(election)).toBe("seated");
    const now = await holding(community, publishedAt + DAY_MS, "committee_member");
    expect(now).toHaveLength(5);
    expect(now.filter(({ personId }) => first.some((one) => one.personId === personId))).toHaveLength(4);
    const seats = await seatsOf(election);
    expect(seats.filter(({ runNo }) => runNo === 1)).toHaveLength(5);
    const [latest, undone] = await mandatesOf(community, publishedAt + DAY_MS);
    expect(undone!.untilAt).toBe(latest!.fromAt);
  });
});
