/** Each act of a round and of the members' choice, with every one of its batches lost once before and once after the commit: done, once, and answered. */
import { describe, expect, test } from "vitest";
import { CLOCK } from "../../src/elections/acting.ts";
import {
  countMembersBallot,
  markBallot,
  openMembersBallot,
  viewChoosing,
} from "../../src/elections/choosing/actions.ts";
import { placeInMeeting, takeBack } from "../../src/elections/rounds/placing.ts";
import { settleRound } from "../../src/elections/rounds/settling.ts";
import type { Instant } from "../../src/kernel/day.ts";
import type { Result } from "../../src/kernel/result.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { countLeaves } from "../../src/record/store.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { electing } from "./election-of-test.ts";
import { sceneInWeather, type Weather } from "./lost-answers.ts";
import { communityWithRoll } from "./meeting-of-test.ts";
import {
  castAll,
  type ElectionOfTest,
  meetingOf,
  openedRound,
  placed,
  publishedRound,
  standingElection,
} from "./rounds-of-test.ts";

/** A world in which the act is due, and the act as its person does it; done a second time it must be the same act. */
interface Due {
  readonly community: CommunityAddress;
  readonly by: StaffScene;
  readonly act: (scene: StaffScene) => Promise<Result<unknown, unknown>>;
}

/** Eight owners, six of whom stand, and all of whom mark the first five. */
async function published(): Promise<ElectionOfTest & { readonly at: Instant }> {
  const election = await standingElection(await communityWithRoll(8));
  const meeting = await openedRound(election);
  await castAll(
    election,
    meeting,
    Array.from({ length: 8 }, () => [1, 2, 3, 4, 5]),
    6,
  );
  return { ...election, at: await publishedRound(election, meeting) };
}

async function seated() {
  const { community, election, at } = await published();
  await settleRound(sceneAt(community, at), election.electionId, 1, CLOCK);
  const { members } = (await viewChoosing(sceneAt(community, at)))!;
  const by = (index: number): StaffScene => staffSceneAt(community, members[index]!.personId, ["meeting.read"], at + 1);
  return { community, by, first: members[0]!.personId };
}
const CHAIR = { post: "committee_chair", places: 1 } as const;

const ACTS: Readonly<Record<string, () => Promise<Due>>> = {
  "placing a round in a meeting of its own": async () => {
    const { community, election } = await standingElection(await communityWithRoll(8));
    const asked = { draft: { convener: "committee" }, once: "once-of-this-form" } as const;
    return {
      community,
      by: electing(community, "secretary"),
      act: (scene) => placeInMeeting(scene, election.electionId, asked),
    };
  },
  "taking it back": async () => {
    const election = await standingElection(await communityWithRoll(8));
    const { meetingId } = await placed(election);
    const { version } = await meetingOf(election.community, meetingId);
    return {
      community: election.community,
      by: electing(election.community, "secretary", T0),
      act: (scene) =>
        takeBack(scene, election.election.electionId, 1, { version, why: "改日期", once: "once-of-this-form" }),
    };
  },
  "settling it": async () => {
    const { community, election, at } = await published();
    return {
      community,
      by: electing(community, "chair", at),
      act: (scene) => settleRound(scene, election.electionId, 1, CLOCK),
    };
  },
  "a member's vote": async () => {
    const { community, by, first } = await seated();
    await openMembersBallot(by(0), CHAIR);
    return { community, by: by(1), act: (scene) => markBallot(scene, 1, [first]) };
  },
  "counting the members' ballot": async () => {
    const { community, by, first } = await seated();
    await openMembersBallot(by(0), CHAIR);
    for (const index of [0, 1, 2]) await markBallot(by(index), 1, [first]);
    return { community, by: by(0), act: (scene) => countMembersBallot(scene, 1) };
  },
};

async function leavesOf(community: CommunityAddress): Promise<number> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(countLeaves(scene));
  return rows[0]!.size;
}

/** Does the act in this weather, and once more in calm weather if it broke, as a person or cron does. */
async function weathered(due: Due, weather: Weather): Promise<{ result: Result<unknown, unknown>; leaves: number }> {
  const before = await leavesOf(due.community);
  const { actor, now } = due.by;
  const scene: StaffScene = { ...sceneInWeather(due.community, weather, now), actor };
  const result = await due.act(scene).catch(() => due.act(due.by));
  return { result, leaves: (await leavesOf(due.community)) - before };
}

describe.each(Object.entries(ACTS))("%s", (_, prepare) => {
  test("is done once and answered, whichever of its batches loses its way", async () => {
    let batches = 0;
    const calm = await weathered(await prepare(), (batch) => {
      batches = batch;
      return "fine";
    });
    expect(calm.result.ok).toBe(true);
    expect(calm.leaves).toBeGreaterThan(0);
    for (let lost = 1; lost <= batches; lost += 1)
      // Once, so that the batch is tried again by itself; or from there on, so that the act breaks and is repeated.
      for (const [fate, isOver] of [
        ["lost after", false],
        ["lost after", true],
        ["lost before", true],
      ] as const) {
        const weather: Weather = (batch) => ((isOver ? batch >= lost : batch === lost) ? fate : "fine");
        const { result, leaves } = await weathered(await prepare(), weather);
        const where = `batch ${lost} of ${batches} ${fate}${isOver ? ", and all after it" : ""}`;
        expect(result, where).toMatchObject({ ok: true });
        expect(leaves, where).toBe(calm.leaves);
      }
  }, 120_000);
});
