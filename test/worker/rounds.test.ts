/** A round of an election as an item of an owners' meeting: placed once, frozen with the notice, counted for each person, settled by the published count. */

import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { choicePath, originPath } from "../../src/assembly/agenda/origins.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { amend } from "../../src/assembly/meeting/changing.ts";
import { createDraft, removeItem, saveItem } from "../../src/assembly/meeting/drafting.ts";
import { withdraw } from "../../src/assembly/meeting/ending.ts";
import { draftOfEdition, readDraft, readManifest } from "../../src/assembly/meeting/reading.ts";
import { listEditions } from "../../src/assembly/meeting/store.ts";
import { enterPaper } from "../../src/assembly/paper/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { CLOCK } from "../../src/elections/acting.ts";
import { candidateObjection } from "../../src/elections/candidates/schema.ts";
import { listCandidates } from "../../src/elections/candidates/store.ts";
import { paperOf } from "../../src/elections/rounds/paper.ts";
import { placeInMeeting, takeBack } from "../../src/elections/rounds/placing.ts";
import { readOutcome } from "../../src/elections/rounds/reading.ts";
import { drawPurpose } from "../../src/elections/rounds/rules.ts";
import { runRounds } from "../../src/elections/rounds/schedule.ts";
import { settleRound } from "../../src/elections/rounds/settling.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import type { MeetingId } from "../../src/kernel/id.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { commitSeed, drawOrder } from "../../src/record/draw/rules.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import { makeCommunity, sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { csvOf, importFile } from "./community-roll-of-test.ts";
import { electing, methodWith } from "./election-of-test.ts";
import { communityWithRoll, itemOf, newOnce, vote } from "./meeting-of-test.ts";
import {
  castAll,
  meetingOf,
  numbersOn,
  openedRound,
  placed,
  publishedRound,
  roundsOf,
  standingElection,
  stateOf,
  withdrawn,
} from "./rounds-of-test.ts";

const leafTypes = async (community: CommunityAddress, subject: string): Promise<string[]> => {
  const scene = sceneAt(community);
  const [leaves] = await scene.db.read(listLeavesAbout(scene, subject, 0, 100));
  return leaves.map(({ type }) => type);
};

const draftOf = async (community: CommunityAddress, meetingId: MeetingId) =>
  readDraft(await meetingOf(community, meetingId)).draft;

describe("placing a round", () => {
  test("makes a meeting with one item: matter 3, the candidates in the order drawn, what no ballot may exceed", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community, { candidates: 6 });
    const { meetingId, roundNo } = await placed(election);
    const { items, opensAt } = await draftOf(community, meetingId);
    expect(items).toHaveLength(1);
    const [item] = items;
    expect(item).toMatchObject({
      matter: 3,
      scope: { kind: "estate" },
      question: { kind: "approve_up_to", atMost: 5 },
    });
    expect(item!.question.options.map(({ label }) => label)).toEqual([
      ...election.candidates.map(({ name }) => name),
      "以上都不同意",
      "弃权",
    ]);
    const [round] = await roundsOf(election);
    expect(round).toMatchObject({ roundNo, seatsOpen: 5, members: 0, legalLeast: 5, alternatesMost: 2, verdict: null });
    expect(item!.origin).toMatchObject({
      kind: "election",
      id: `${election.election.electionId}:1`,
      facts: {
        seedCommitment: round!.commitment,
        candidatesHash: round!.candidatesHash,
        methodHash: election.election.methodHash,
      },
    });
    expect(item!.text).toContain("最多选5名，可以少选");
    expect(opensAt).toBeGreaterThanOrEqual(round!.notBefore);
    expect(originPath(item!)).toBe("/elections/1/rounds/1");
    expect(choicePath(item!, 3)).toBe("/elections/1/candidates/3");
    expect(choicePath(item!, 7)).toBeNull();
    expect(await leafTypes(community, election.election.electionId)).toContain("election.round_placed");
    expect(await stateOf(election)).toBe("standing");
  });

  test("the same form twice is one round; two forms at once are one round", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community);
    const { electionId } = election.election;
    const asked = { draft: { convener: "committee" as const }, once: newOnce() };
    const first = await placeInMeeting(electing(community, "secretary"), electionId, asked);
    expect(await placeInMeeting(electing(community, "secretary"), electionId, asked)).toEqual(first);
    const other = await placeInMeeting(electing(community, "secretary"), electionId, { ...asked, once: newOnce() });
    expect(other).toEqual({ ok: false, error: { reason: "round_under_way", roundNo: 1 } });

    const two = await standingElection(await communityWithRoll());
    const [one, another] = await Promise.all(
      [newOnce(), newOnce()].map((once) =>
        placeInMeeting(electing(two.community, "secretary"), two.election.electionId, { ...asked, once }),
      ),
    );
    expect([one!.ok, another!.ok].filter(Boolean)).toHaveLength(1);
    expect(await roundsOf(two)).toHaveLength(1);
  });

  test("behind the items of a draft that stands, never before the candidates were public long enough (M6)", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community, { at: T0 - 21 * DAY_MS });
    const scene = electing(community, "secretary");
    const made = await createDraft(
      scene,
      { title: "首次业主大会", convener: { kind: "preparatory_group", cause: "成立" } },
      newOnce(),
    );
    if (!made.ok) throw new Error("no draft");
    const saved = await saveItem(scene, { ...made.value, once: newOnce() }, itemOf(1, { matter: 1 }));
    if (!saved.ok) throw new Error("no item");
    const done = await placeInMeeting(scene, election.election.electionId, { draft: saved.value, once: newOnce() });
    expect(done.ok).toBe(true);
    expect((await draftOf(community, made.value.meetingId)).items.map(({ matter }) => matter)).toEqual([1, 3]);

    // Published in five days from now: fifteen days later is after the opening this draft proposes.
    const late = await standingElection(await communityWithRoll(), { at: T0 - 15 * DAY_MS });
    const early = electing(late.community, "secretary");
    const draft = await createDraft(early, { title: "会", convener: { kind: "committee", cause: "c" } }, newOnce());
    if (!draft.ok) throw new Error("no draft");
    const refused = await placeInMeeting(early, late.election.electionId, { draft: draft.value, once: newOnce() });
    expect(refused).toMatchObject({ ok: false, error: { reason: "opens_too_early" } });
    expect(await roundsOf(late)).toHaveLength(0);
    expect((await draftOf(late.community, draft.value.meetingId)).items).toEqual([]);
    // In a meeting of its own the times are moved instead.
    const own = await placed(late);
    const [round] = await roundsOf(late);
    expect((await draftOf(late.community, own.meetingId)).opensAt).toBeGreaterThanOrEqual(round!.notBefore);
  });

  test("an election that is not standing, or has nobody left, places none", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community, { candidates: 1 });
    await withdrawn(election, election.candidates[0]!, T0);
    const scene = electing(community, "secretary");
    const ask = (electionId: string) =>
      placeInMeeting(scene, electionId, { draft: { convener: "committee" }, once: newOnce() });
    expect(await ask(election.election.electionId)).toEqual({ ok: false, error: { reason: "no_candidates" } });
    expect(await ask("nobody")).toEqual({ ok: false, error: { reason: "unknown_election" } });
  });

  test("fewer candidates than seats: no ballot marks more than there are", async () => {
    const election = await standingElection(await communityWithRoll(), { candidates: 3 });
    const { meetingId } = await placed(election);
    const { items } = await draftOf(election.community, meetingId);
    expect(items[0]!.question.atMost).toBe(3);
  });

  test("two of one name are told apart by their numbers", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community, { candidates: 5 });
    const scene = sceneAt(community);
    // Names are kept as published; here two are made alike behind the paper.
    const [rows] = await scene.db.read(listCandidates(scene, election.election.electionId));
    const alike = rows.map((row) => (row.number <= 2 ? { ...row, publicName: "王伟" } : row));
    const labels = paperOf({ candidateIds: alike.map(({ candidateId }) => candidateId) }, alike).map(
      ({ label }) => label,
    );
    expect(labels.slice(0, 2)).toEqual(["王伟（候选人编号1）", "王伟（候选人编号2）"]);
    expect(new Set(labels).size).toBe(5);
  });
});

describe("an item of an election", () => {
  test("is neither edited nor taken out by hand in the draft", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community);
    const { meetingId } = await placed(election);
    const scene = electing(community, "secretary");
    const { version } = await meetingOf(community, meetingId);
    const { items } = await draftOf(community, meetingId);
    const forged = { ...itemOf(1), title: "换一个人" };
    const save = { meetingId, version, once: newOnce() };
    expect(await saveItem(scene, save, forged)).toMatchObject({
      ok: false,
      error: { reason: "item_has_origin", itemNo: 1 },
    });
    expect(await removeItem(scene, { ...save, once: newOnce() }, 1)).toMatchObject({
      error: { reason: "item_has_origin" },
    });
    expect((await draftOf(community, meetingId)).items).toEqual(items);
  });

  test("is taken back by the election, and another round takes its place", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community);
    const { meetingId } = await placed(election);
    const { version } = await meetingOf(community, meetingId);
    const scene = electing(community, "secretary");
    const ask = { version, why: "一名候选人退出", once: newOnce() };
    const back = await takeBack(scene, election.election.electionId, 1, ask);
    expect(back).toEqual({ ok: true, value: true });
    expect(await takeBack(scene, election.election.electionId, 1, ask)).toEqual(back);
    expect((await draftOf(community, meetingId)).items).toEqual([]);
    await withdrawn(election, election.candidates[1]!, T0);
    await placed(election, T0 + 1);
    const rounds = await roundsOf(election);
    expect(rounds.map(({ voidCause }) => voidCause)).toEqual(["taken_back", null]);
    expect(numbersOn(rounds[1]!)).toEqual([1, 3, 4, 5, 6]);
  });

  test("cannot be given notice of with somebody on it who withdrew; afterwards the name stays on the paper", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community);
    const { meetingId } = await placed(election);
    await withdrawn(election, election.candidates[1]!, T0);
    const { version } = await meetingOf(community, meetingId);
    const refused = await giveNotice(electing(community, "chair"), meetingId, version);
    expect(refused).toMatchObject({ ok: false, error: { reason: "notice_faulty" } });
    expect(JSON.stringify(refused)).toContain(election.candidates[1]!.name);
    expect(await stateOf(election)).toBe("standing");
  });

  test("is hashed with the notice, and stays what it was when the notice is amended", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community);
    const { meetingId } = await openedOrNoticed(election);
    expect(await stateOf(election)).toBe("voting");
    const row = await meetingOf(community, meetingId);
    const scene = electing(community, "chair");
    const [editions] = await scene.db.read(listEditions(scene, meetingId));
    const content = draftOfEdition(readManifest(editions[0]!), row);
    const [round] = await roundsOf(election);
    expect(editions[0]!.manifest).toContain(round!.commitment);
    const changed = { ...content, items: content.items.map((item) => ({ ...item, text: "别的" })) };
    const refused = await amend(scene, meetingId, { fromEdition: 1, why: "改", content: changed });
    expect(refused).toMatchObject({ ok: false });
    // With the title alone changed the item is the same; an opening before the candidates' days are over would be refused.
    const later = {
      ...content,
      title: "新标题",
      opensAt: content.opensAt! + 20 * DAY_MS,
      closesAt: content.closesAt! + 20 * DAY_MS,
    };
    const amended = await amend(scene, meetingId, { fromEdition: 1, why: "改", content: later });
    expect(amended.ok).toBe(true);
    expect(await leafTypes(community, election.election.electionId)).toContain("election.round_noticed");
  });
});

async function openedOrNoticed(election: Awaited<ReturnType<typeof standingElection>>) {
  const { community } = election;
  const { meetingId } = await placed(election);
  const { version } = await meetingOf(community, meetingId);
  const given = await giveNotice(electing(community, "chair"), meetingId, version);
  if (!given.ok) throw new Error(JSON.stringify(given.error));
  return { meetingId };
}

describe("opening", () => {
  test("waits until every objection to a candidate is answered (M6)", async () => {
    const election = await standingElection(await communityWithRoll());
    const { community, candidates } = election;
    const { meetingId } = await openedOrNoticed(election);
    const { opensAt } = await meetingOf(community, meetingId);
    const { db } = sceneAt(community);
    const objected = await db.write([
      db.orm.insert(candidateObjection).values({
        communityId: community.id,
        electionId: election.election.electionId,
        objectionId: "objection",
        candidacyId: candidates[0]!.candidateId,
        headKey: "head",
        textSealed: "x",
        madeAt: T0,
        dueOn: "2026-11-09",
        leafHash: "0".repeat(64),
      }),
    ]);
    expect(objected.ok).toBe(true);
    await runDue(sceneAt(community, opensAt!));
    expect((await meetingOf(community, meetingId)).state).toBe("notice");
    await db.write([
      db.run(
        sql`UPDATE candidate_objection SET outcome = 'rejected', answer = '已核实', answered_by = 'x', answered_at = ${T0} WHERE community_id = ${community.id}`,
      ),
    ]);
    await runDue(sceneAt(community, opensAt! + 1));
    expect((await meetingOf(community, meetingId)).state).toBe("open");
  });
});

describe("the vote", () => {
  test("more marks than seats are impossible online and void on paper; the rest of the votes stand", async () => {
    const community = await communityWithRoll();
    const election = await standingElection(community, { method: methodWith({ atMost: 2 }) });
    const meeting = await openedRound(election);
    const at = meeting.row.opensAt! + DAY_MS;
    const three = [{ itemNo: 1, options: [1, 2, 3] }];
    expect(await vote(community, meeting.meetingId, 1, three, at)).toMatchObject({
      ok: false,
      error: { reason: "too_many_choices", chosen: 3, most: 2 },
    });
    const none = [{ itemNo: 1, options: [1, 7] }];
    expect(await vote(community, meeting.meetingId, 1, none, at)).toMatchObject({
      error: { reason: "contradicts_itself" },
    });
    // On paper, read alike by two: the over-voted sheet is a ballot without a mark on this item.
    const typed = { signed: true, answers: three };
    const read = (by: string, permission: "paper.enter" | "paper.confirm", more: object) =>
      enterPaper(staffSceneAt(community, by, [permission], at), {
        meetingId: meeting.meetingId,
        voterNo: 1,
        typed,
        ...more,
      });
    const photo = { name: "票.jpg", bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]) };
    expect((await read("clerk", "paper.enter", { photo, receivedAt: at - 1_000 })).ok).toBe(true);
    expect(await read("teller", "paper.confirm", {})).toMatchObject({ ok: true, value: { state: "ballot" } });
    for (const voter of [0, ...Array.from({ length: 25 }, (_, index) => index + 2)]) {
      const cast = await vote(community, meeting.meetingId, voter, [{ itemNo: 1, options: [1, 2] }], at + voter);
      if (!cast.ok) throw new Error(JSON.stringify(cast.error));
    }
    await publishedRound(election, meeting);
    await runRounds(sceneAt(community, meeting.row.closesAt! + DAY_MS));
    const [round] = await roundsOf(election);
    const outcome = readOutcome(round!)!;
    // Twenty-six took part in this item: the void sheet is not among them, and neither candidate lost by it.
    expect(outcome.ranked.filter(({ passed }) => passed).map(({ votes }) => votes.owners)).toEqual([26, 26]);
    expect(round!.verdict).toBe("too_few");
  });
});

/** 27 heads. Ballots with these numbers of marks for candidates 1, 2, 3 …, each ballot marking at most five. */
const ballotsFor = (...votes: readonly number[]): number[][] => {
  const ballots: number[][] = Array.from({ length: 27 }, () => []);
  for (const [at, count] of votes.entries()) {
    const candidates = [...ballots.keys()].sort((a, b) => ballots[a]!.length - ballots[b]!.length || a - b);
    for (const voter of candidates.slice(0, count)) ballots[voter]!.push(at + 1);
  }
  return ballots;
};

describe("what a published count makes of a round", () => {
  test("quorum missed: nobody is elected, the election stands open, and the next round asks the same", async () => {
    const election = await standingElection(await communityWithRoll());
    const meeting = await openedRound(election);
    await castAll(
      election,
      meeting,
      Array.from({ length: 10 }, () => [1, 2, 3, 4, 5]),
      6,
    );
    const at = await publishedRound(election, meeting);
    const done = await settleRound(sceneAt(election.community, at), election.election.electionId, 1, CLOCK);
    expect(done).toMatchObject({ ok: true, value: { verdict: "quorum_not_met", mandateId: null } });
    expect(await stateOf(election)).toBe("standing");
    await placed(election, at + DAY_MS);
    const rounds = await roundsOf(election);
    expect(numbersOn(rounds[1]!)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rounds[1]).toMatchObject({ seatsOpen: 5, members: 0 });
  });

  test("nobody passes: the same", async () => {
    const election = await standingElection(await communityWithRoll());
    const meeting = await openedRound(election);
    await castAll(
      election,
      meeting,
      Array.from({ length: 27 }, () => []),
      6,
    );
    const at = await publishedRound(election, meeting);
    await runRounds(sceneAt(election.community, at));
    const [round] = await roundsOf(election);
    expect(round).toMatchObject({ verdict: "nobody_passed", mandateId: null });
    expect(await stateOf(election)).toBe("standing");
  });

  test("too few: who passed stays elected and the next round fills the other seats with the others", async () => {
    const election = await standingElection(await communityWithRoll());
    const meeting = await openedRound(election);
    await castAll(election, meeting, ballotsFor(27, 27, 27, 5, 5, 5), 6);
    const at = await publishedRound(election, meeting);
    await runRounds(sceneAt(election.community, at));
    const [round] = await roundsOf(election);
    expect(round!.verdict).toBe("too_few");
    const three = election.candidates.slice(0, 3).map(({ candidateId }) => candidateId);
    expect((JSON.parse(round!.kept!) as string[]).toSorted()).toEqual(three.toSorted());
    await placed(election, at + DAY_MS);
    const [, second] = await roundsOf(election);
    expect(numbersOn(second!)).toEqual([4, 5, 6]);
    expect(second).toMatchObject({ seatsOpen: 2, members: 3, atMost: 2 });
  });

  test("too few where a rule of the place undoes it: everybody stands again for every seat", async () => {
    const election = await standingElection(await communityWithRoll(), { method: methodWith({ passedKeep: false }) });
    const meeting = await openedRound(election);
    await castAll(election, meeting, ballotsFor(27, 27, 27, 5, 5, 5), 6);
    const at = await publishedRound(election, meeting);
    await runRounds(sceneAt(election.community, at));
    await placed(election, at + DAY_MS);
    const [, second] = await roundsOf(election);
    expect(numbersOn(second!)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(second).toMatchObject({ seatsOpen: 5, members: 0 });
  });

  test("a level last seat where the method votes again: those who share it stand for the seats left", async () => {
    const election = await standingElection(await evenRoll(), { method: methodWith({ tie: "further_vote" }) });
    const meeting = await openedRound(election);
    // 20 equal homes: candidates 5 and 6 have the same owners' number and the same area.
    const ballots = Array.from({ length: 20 }, (_, at) => (at < 10 ? [1, 2, 3, 4, 5] : [1, 2, 3, 4, 6]));
    ballots[0] = [1, 2, 4, 5, 6];
    ballots[10] = [1, 2, 4, 5, 6];
    await castAll(election, meeting, ballots, 6);
    const at = await publishedRound(election, meeting);
    await runRounds(sceneAt(election.community, at));
    const [round] = await roundsOf(election);
    expect(round!.verdict).toBe("further_vote");
    const outcome = readOutcome(round!)!;
    expect(outcome.ranked.filter(({ place }) => place === "level")).toHaveLength(2);
    await placed(election, at + DAY_MS);
    const [, second] = await roundsOf(election);
    expect(numbersOn(second!)).toEqual([5, 6]);
    expect(second).toMatchObject({ seatsOpen: 1, members: 4, atMost: 1 });
  });

  test("a level last seat is drawn by the seed committed to before the vote, and anyone draws it again", async () => {
    const election = await standingElection(await evenRoll());
    const meeting = await openedRound(election);
    const ballots = Array.from({ length: 20 }, (_, at) => (at < 10 ? [1, 2, 3, 4, 5] : [1, 2, 3, 4, 6]));
    ballots[0] = [1, 2, 4, 5, 6];
    ballots[10] = [1, 2, 4, 5, 6];
    await castAll(election, meeting, ballots, 6);
    const at = await publishedRound(election, meeting);
    await runRounds(sceneAt(election.community, at));
    const [round] = await roundsOf(election);
    expect(round!.verdict).toBe("stands");
    const { ties, elected } = readOutcome(round!)!;
    expect(ties).toMatchObject([{ over: "last_seat", settledBy: "draw" }]);
    // The commitment stood in the frozen item; the seed that was revealed is the one committed to.
    expect(commitSeed(hexToBytes(round!.seed!))).toBe(round!.commitment);
    const purpose = drawPurpose(election.election.electionId, 1);
    const order = drawOrder(hexToBytes(round!.seed!), purpose, ["1", "2", "3", "4", "5", "6"]);
    const winner = order.find((lot) => lot === "5" || lot === "6")!;
    expect(elected[4]).toBe(election.candidates[Number(winner) - 1]!.candidateId);
    // Another seed is not what was committed to.
    expect(commitSeed(new Uint8Array(32).fill(1))).not.toBe(round!.commitment);
  });

  test("nothing is settled before the result is published, or where the method says so, final", async () => {
    const election = await standingElection(await communityWithRoll(), { method: methodWith({ seatedWhen: "final" }) });
    const meeting = await openedRound(election);
    await castAll(
      election,
      meeting,
      Array.from({ length: 27 }, () => [1, 2, 3, 4, 5]),
      6,
    );
    const { electionId } = election.election;
    const scene = (now: number) => sceneAt(election.community, now);
    expect(await settleRound(scene(meeting.row.closesAt!), electionId, 1, CLOCK)).toMatchObject({
      error: { reason: "result_not_published", state: "open" },
    });
    const at = await publishedRound(election, meeting);
    expect(await settleRound(scene(at), electionId, 1, CLOCK)).toMatchObject({ error: { reason: "result_not_final" } });
    await runRounds(scene(at));
    expect((await roundsOf(election))[0]!.verdict).toBeNull();
    const final = at + 20 * DAY_MS;
    await runDue(scene(final));
    await runRounds(scene(final));
    expect((await roundsOf(election))[0]!.verdict).toBe("stands");
  });

  test("what the record keeps of it names nobody, and is enough to judge it again", async () => {
    const election = await standingElection(await communityWithRoll());
    const meeting = await openedRound(election);
    await castAll(
      election,
      meeting,
      Array.from({ length: 27 }, () => [1, 2, 3, 4, 5]),
      6,
    );
    const at = await publishedRound(election, meeting);
    await runRounds(sceneAt(election.community, at));
    const scene = sceneAt(election.community);
    const [leaves] = await scene.db.read(listLeavesAbout(scene, election.election.electionId, 0, 100));
    const settled = JSON.parse(leaves.find(({ type }) => type === "election.round_settled")!.entry) as Record<
      string,
      unknown
    >;
    expect(settled).toMatchObject({ verdict: "stands", elected: 5, vacant: 0, participated: { owners: 27 } });
    expect((settled.candidates as { place: string }[]).map(({ place }) => place).sort()).toEqual([
      ...Array.from({ length: 5 }, () => "elected"),
      "not_passed",
    ]);
    for (const { entry } of leaves) for (const { name } of election.candidates) expect(entry).not.toContain(name);
  });
});

describe("a meeting that does not take place", () => {
  test("withdrawn before or after notice: the round is over and the election stands open", async () => {
    const election = await standingElection(await communityWithRoll());
    const { meetingId } = await openedOrNoticed(election);
    await withdraw(electing(election.community, "chair", T0 + DAY_MS), meetingId, "重新准备");
    await runRounds(sceneAt(election.community, T0 + DAY_MS));
    expect((await roundsOf(election))[0]!.voidCause).toBe("withdrawn");
    expect(await stateOf(election)).toBe("standing");
    await placed(election, T0 + 2 * DAY_MS);
    expect(await roundsOf(election)).toHaveLength(2);
    const draft = (await roundsOf(election))[1]!;
    await withdraw(electing(election.community, "secretary", T0 + 3 * DAY_MS), draft.meetingId as MeetingId, "作罢");
    await runRounds(sceneAt(election.community, T0 + 3 * DAY_MS));
    expect((await roundsOf(election))[1]!.voidCause).toBe("withdrawn");
  });
});

/** Twenty homes of one size, each with an owner of its own: equal numbers of owners are equal areas. */
async function evenRoll(): Promise<CommunityAddress> {
  const community = await makeCommunity({ name: "金桂苑" });
  const rows = Array.from(
    { length: 20 },
    (_, at) =>
      `1栋,1单元,${String(at + 1).padStart(4, "0")},90.00,甲${String.fromCharCode(0x4e00 + at)},${1000 + at},139${String(at).padStart(8, "0")},,,已交付`,
  );
  await importFile(community, csvOf(...rows));
  return community;
}

test("rows of a round can be neither changed nor deleted", async () => {
  const election = await standingElection(await communityWithRoll());
  await placed(election);
  const { db } = sceneAt(election.community);
  for (const statement of [
    sql`UPDATE election_round SET seats_open = 3 WHERE community_id = ${election.community.id}`,
    sql`DELETE FROM election_round WHERE community_id = ${election.community.id}`,
  ])
    expect(await db.write([db.run(statement)])).toMatchObject({ ok: false, error: { code: "append_only" } });
});
