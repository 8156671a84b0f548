/** The members' first meeting: each marks in their own session, more than half of all seats choose, and the post is taken in the same batch. */
import { beforeAll, describe, expect, test } from "vitest";
import { CLOCK } from "../../src/elections/acting.ts";
import {
  chosenOf,
  countMembersBallot,
  markBallot,
  openMembersBallot,
  viewChoosing,
} from "../../src/elections/choosing/actions.ts";
import { settleRound } from "../../src/elections/rounds/settling.ts";
import { dayOf, type Instant } from "../../src/kernel/day.ts";
import { insertPerson } from "../../src/offices/people/store.ts";
import { holdersAsOf } from "../../src/offices/terms/actions.ts";
import { insertEnd, insertTenure, listPosts } from "../../src/offices/terms/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import { sceneAt, staffSceneAt } from "./community-of-test.ts";
import { communityWithRoll } from "./meeting-of-test.ts";
import { castAll, openedRound, publishedRound, standingElection } from "./rounds-of-test.ts";

let community: CommunityAddress;
let at: Instant;
let members: string[];

async function seated(): Promise<{ community: CommunityAddress; at: Instant; members: string[] }> {
  const place = await communityWithRoll();
  const election = await standingElection(place);
  const meeting = await openedRound(election);
  await castAll(
    election,
    meeting,
    Array.from({ length: 27 }, () => [1, 2, 3, 4, 5]),
    6,
  );
  const publishedAt = await publishedRound(election, meeting);
  const done = await settleRound(sceneAt(place, publishedAt), election.election.electionId, 1, CLOCK);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  const choosing = await viewChoosing(sceneAt(place, publishedAt + 1));
  return { community: place, at: publishedAt + 1, members: choosing!.members.map(({ personId }) => personId) };
}

const as = (personId: string, place = community, when = at) => staffSceneAt(place, personId, ["meeting.read"], when);

const inPost = async (place: CommunityAddress, kind: string, when: Instant) =>
  (await holdersAsOf(sceneAt(place, when), dayOf(when)))
    .filter(
      ({ postKind, fromAt, untilAt }) => postKind === kind && fromAt <= when && (untilAt === null || when < untilAt),
    )
    .map(({ personId, act }) => [personId, act]);

beforeAll(async () => {
  ({ community, at, members } = await seated());
});

describe("choosing the chair", () => {
  const chair = { post: "committee_chair" as const, places: 1 };

  test("a ballot is opened by a member, once; nobody else opens, marks or counts one", async () => {
    expect(await openMembersBallot(as("person-secretary"), chair)).toMatchObject({ error: { reason: "not_a_member" } });
    const [one, other] = await Promise.all([
      openMembersBallot(as(members[0]!), chair),
      openMembersBallot(as(members[1]!), chair),
    ]);
    expect([one, other]).toEqual([
      { ok: true, value: { ballotNo: 1 } },
      { ok: true, value: { ballotNo: 1 } },
    ]);
    expect(await openMembersBallot(as(members[0]!), { post: "committee_deputy", places: 1 })).toMatchObject({
      error: { reason: "ballot_open" },
    });
    expect(await markBallot(as("person-secretary"), 1, [members[0]!])).toMatchObject({
      error: { reason: "not_a_member" },
    });
    expect(await countMembersBallot(as("person-secretary"), 1)).toMatchObject({ error: { reason: "not_a_member" } });
  });

  test("each member votes once; the same marks again are the same vote, others come too late", async () => {
    const [a, b, c] = members;
    expect(await markBallot(as(a!), 1, [a!])).toEqual({ ok: true, value: true });
    expect(await markBallot(as(a!), 1, [a!])).toEqual({ ok: true, value: true });
    expect(await markBallot(as(a!), 1, [b!])).toMatchObject({ error: { reason: "voted_already" } });
    expect(await markBallot(as(b!), 1, [a!, b!])).toMatchObject({ error: { reason: "too_many_marks", most: 1 } });
    expect(await markBallot(as(b!), 1, ["nobody"])).toMatchObject({ error: { reason: "not_to_be_chosen" } });
    expect(await markBallot(as(b!), 1, [a!])).toMatchObject({ ok: true });
    // Two of five seats: not half of the committee.
    expect(await countMembersBallot(as(c!), 1)).toMatchObject({
      error: { reason: "too_few_voted", voted: 2, needed: 3 },
    });
  });

  test("two votes of five seats choose nobody; another ballot follows", async () => {
    const [a, b, c, d, e] = members;
    await markBallot(as(c!), 1, [b!]);
    await markBallot(as(d!), 1, [b!]);
    await markBallot(as(e!), 1, []);
    expect(await countMembersBallot(as(e!), 1)).toEqual({ ok: true, value: { chosen: [], open: 1 } });
    expect(await inPost(community, "committee_chair", at)).toEqual([]);
    expect(await openMembersBallot(as(a!), chair)).toEqual({ ok: true, value: { ballotNo: 2 } });
  });

  test("three of five choose, and the chair is in office in the same batch, until the end of the term", async () => {
    const [a, b, c, d] = members;
    for (const member of [a, b, c]) await markBallot(as(member!), 2, [b!]);
    await markBallot(as(d!), 2, [a!]);
    const [one, other] = await Promise.all([countMembersBallot(as(a!), 2), countMembersBallot(as(b!), 2)]);
    expect([one, other]).toEqual([
      { ok: true, value: { chosen: [b], open: 0 } },
      { ok: true, value: { chosen: [b], open: 0 } },
    ]);
    expect(await inPost(community, "committee_chair", at)).toEqual([[b, "members_choice"]]);
    expect(await inPost(community, "committee_member", at)).toHaveLength(5);
    expect(await markBallot(as(members[4]!), 2, [a!])).toMatchObject({ error: { reason: "ballot_counted" } });
    expect(await openMembersBallot(as(a!), chair)).toMatchObject({ error: { reason: "post_filled" } });
  });

  test("the group that ran the election is over with the same batch: its posts end, and the timeline says so", async () => {
    const place = await seated();
    const scene = staffSceneAt(place.community, "person-street", [], place.at);
    const [posts] = await scene.db.read(listPosts(scene));
    const head = posts.find(({ kind }) => kind === "preparatory_chair")!;
    const person = await insertPerson(scene, { name: "张书记", phone: null }, "person-street");
    const tenure = insertTenure(
      scene,
      {
        postId: head.postId,
        postKind: head.kind,
        personId: person.personId,
        name: "张书记",
        span: { fromAt: place.at - 1_000, untilAt: null },
        act: "appointment",
        document: "街道办事处派",
      },
      "person-street",
    );
    await scene.db.write([...person.statements, ...tenure.statements]);
    const member = (at: number) => as(place.members[at]!, place.community, place.at);
    expect(await inPost(place.community, "preparatory_chair", place.at)).toHaveLength(1);
    await openMembersBallot(member(0), chair);
    for (const one of [0, 1, 2]) await markBallot(member(one), 1, [place.members[1]!]);
    expect(await inPost(place.community, "preparatory_chair", place.at)).toHaveLength(1);
    expect(await countMembersBallot(member(0), 1)).toMatchObject({ ok: true });
    expect(await inPost(place.community, "preparatory_chair", place.at)).toEqual([]);
    const [events] = await scene.db.read(
      scene.db.all<{ detail: string }>(
        sql`SELECT detail FROM election_event WHERE community_id = ${place.community.id} AND kind = 'group_disbanded'`,
      ),
    );
    expect(events).toEqual([{ detail: '{"members":1}' }]);
  });

  test("deputies: not the chair, as many as the members decide; what the record says names nobody", async () => {
    const [a, b, c, d, e] = members;
    expect(await openMembersBallot(as(a!), { post: "committee_deputy", places: 4 })).toMatchObject({
      error: { reason: "places_out_of_range", most: 3 },
    });
    await openMembersBallot(as(a!), { post: "committee_deputy", places: 2 });
    expect(await markBallot(as(a!), 3, [b!])).toMatchObject({ error: { reason: "not_to_be_chosen" } });
    for (const member of [a, b, c]) await markBallot(as(member!), 3, [c!, d!]);
    await markBallot(as(d!), 3, [c!, e!]);
    await markBallot(as(e!), 3, [c!, e!]);
    expect(await countMembersBallot(as(a!), 3)).toEqual({ ok: true, value: { chosen: [c, d], open: 0 } });
    expect((await inPost(community, "committee_deputy", at)).map(([personId]) => personId).toSorted()).toEqual(
      [c!, d!].toSorted(),
    );
    const scene = sceneAt(community, at);
    const choosing = await viewChoosing(scene);
    const [leaves] = await scene.db.read(listLeavesAbout(scene, choosing!.mandate.mandateId, 0, 100));
    const said = leaves.filter(({ type }) => type.startsWith("members."));
    expect(said.map(({ type }) => type)).toContain("members.chosen");
    for (const { entry } of said) for (const personId of members) expect(entry).not.toContain(personId);
  });
});

describe("the members' ballots", () => {
  test("level at the last place: another ballot between those two, and if they are level again, between everybody", async () => {
    const own = await seated();
    const [a, b, c, d, e] = own.members;
    const by = (personId: string) => as(personId, own.community, own.at);
    const marks = async (ballotNo: number, each: readonly (readonly (string | undefined)[])[]): Promise<void> => {
      for (const [index, voter] of [a, b, c, d, e].entries())
        await markBallot(
          by(voter!),
          ballotNo,
          each[index]!.filter((one) => one !== undefined),
        );
    };
    const ballotOf = async (ballotNo: number) =>
      (await viewChoosing(sceneAt(own.community, own.at)))!.ballots.find((one) => one.ballotNo === ballotNo)!;
    const among = async (ballotNo: number) => (JSON.parse((await ballotOf(ballotNo)).among) as string[]).toSorted();
    await openMembersBallot(by(a!), { post: "committee_deputy", places: 2 });
    await marks(1, [
      [a, b],
      [a, b],
      [b, c],
      [a, c],
      [a, c],
    ]);
    expect(await countMembersBallot(by(a!), 1)).toMatchObject({ value: { chosen: [a], open: 1 } });
    await openMembersBallot(by(a!), { post: "committee_deputy", places: 1 });
    expect(await among(2)).toEqual([b!, c!].toSorted());
    await marks(2, [[b], [b], [c], [c], []]);
    expect(await countMembersBallot(by(a!), 2)).toMatchObject({ value: { chosen: [], open: 1 } });
    await openMembersBallot(by(a!), { post: "committee_deputy", places: 1 });
    expect(await among(3)).toEqual([b!, c!, d!, e!].toSorted());
  });

  test("whoever has left the committee neither votes nor is chosen", async () => {
    const own = await seated();
    const [a, b, c, d] = own.members;
    const by = (personId: string, when = own.at) => as(personId, own.community, when);
    await openMembersBallot(by(a!), { post: "committee_chair", places: 1 });
    for (const member of [a, b, c]) await markBallot(by(member!), 1, [d!]);
    const scene = sceneAt(own.community, own.at + 1);
    const leaving = (await holdersAsOf(scene, dayOf(own.at))).find(
      ({ personId, postKind }) => personId === d && postKind === "committee_member",
    )!;
    await scene.db.write(
      insertEnd(
        scene,
        { tenureId: leaving.tenureId, endedAt: own.at + 1, act: "resignation", document: "辞职信" },
        "test",
      ).statements,
    );
    expect(await markBallot(by(d!, own.at + 2), 1, [a!])).toMatchObject({ error: { reason: "not_a_member" } });
    expect(await countMembersBallot(by(a!, own.at + 2), 1)).toMatchObject({ value: { chosen: [], open: 1 } });
    expect(await inPost(own.community, "committee_chair", own.at + 2)).toEqual([]);
  });

  test("cannot be changed or deleted, and a vote not cast twice behind the action", async () => {
    const { db } = sceneAt(community, at);
    for (const statement of [
      sql`UPDATE members_ballot SET places = 9 WHERE community_id = ${community.id}`,
      sql`DELETE FROM members_vote WHERE community_id = ${community.id}`,
      sql`UPDATE members_result SET chosen = '[]' WHERE community_id = ${community.id}`,
    ])
      expect(await db.write([db.run(statement)])).toMatchObject({ ok: false, error: { code: "append_only" } });
  });

  test("is nobody's where no committee serves", async () => {
    const empty = await communityWithRoll();
    expect(await openMembersBallot(as("x", empty), { post: "committee_chair", places: 1 })).toMatchObject({
      error: { reason: "no_committee" },
    });
    expect(chosenOf({ chosen: null })).toEqual([]);
  });
});
