/** Each act of a meeting's life, with every one of its batches lost once before and once after the commit: done, once, and answered. */
import { describe, expect, test } from "vitest";
import { castBallot } from "../../src/assembly/ballots/actions.ts";
import { countMeeting } from "../../src/assembly/counting/actions.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { createDraft } from "../../src/assembly/meeting/drafting.ts";
import { publishResult } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { confirmImport, stageImport } from "../../src/community/import/actions.ts";
import type { Result } from "../../src/kernel/result.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { countLeaves } from "../../src/record/store.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, manyRows, secretary } from "./community-roll-of-test.ts";
import { sceneInWeather, type Weather } from "./lost-answers.ts";
import { all, as, CLOSES_AT, communityWithRoll, drafted, noticed, OPENS_AT, opened, vote } from "./meeting-of-test.ts";

/** A world in which the act is due, and the act as its person does it; done a second time it must be the same act. */
interface Due {
  readonly community: CommunityAddress;
  readonly by: StaffScene;
  readonly act: (scene: StaffScene) => Promise<Result<unknown, unknown>>;
}

const ACTS: Readonly<Record<string, () => Promise<Due>>> = {
  "confirming an import": async () => {
    const community = await makeCommunity();
    const by = secretary(community);
    const staged = await stageImport(by, { name: "名册.csv", bytes: csvOf(...manyRows(5)) }, "2026-01-01");
    if (!staged.ok) throw new Error("not staged");
    const { jobId } = staged.value;
    return { community, by, act: (scene) => confirmImport(scene, jobId, { version: 0, retire: [] }) };
  },
  "beginning a draft": async () => {
    const community = await makeCommunity();
    const asked = { title: "业主大会会议", convener: { kind: "committee", cause: "年度会议" } } as const;
    return {
      community,
      by: as(community, "secretary"),
      act: (scene) => createDraft(scene, asked, "once-of-this-form"),
    };
  },
  "giving notice": async () => {
    const community = await communityWithRoll(5);
    const { meetingId, version } = await drafted(community);
    return { community, by: as(community, "chair"), act: (scene) => giveNotice(scene, meetingId, version) };
  },
  opening: async () => {
    const community = await communityWithRoll(5);
    await noticed(community);
    const act = async (scene: StaffScene) => ({ ok: true, value: await runDue(scene) }) as const;
    return { community, by: as(community, "secretary", OPENS_AT), act };
  },
  "casting a ballot": async () => {
    const community = await communityWithRoll(5);
    const meetingId = await opened(community);
    const evidence = { by: "link", generation: 1, factor: "phone" } as const;
    return {
      community,
      by: as(community, "secretary", OPENS_AT),
      act: (scene) => castBallot(scene, { meetingId, voterNo: 1, answers: all(1), channel: "web", evidence }),
    };
  },
  counting: async () => {
    const community = await communityWithRoll(5);
    const meetingId = await opened(community);
    await vote(community, meetingId, 1, all(1), OPENS_AT);
    await runDue(sceneAt(community, CLOSES_AT));
    return { community, by: as(community, "teller", CLOSES_AT), act: (scene) => countMeeting(scene, meetingId) };
  },
  publishing: async () => {
    const community = await communityWithRoll(5);
    const meetingId = await opened(community);
    await runDue(sceneAt(community, CLOSES_AT));
    await countMeeting(as(community, "teller", CLOSES_AT), meetingId);
    return { community, by: as(community, "chair", CLOSES_AT), act: (scene) => publishResult(scene, meetingId, 1) };
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
    expect(batches).toBeGreaterThan(0);
    expect(calm.leaves).toBeGreaterThan(0);
    for (let lost = 1; lost <= batches; lost += 1)
      for (const fate of ["lost before", "lost after"] as const)
        for (const isOver of [false, true]) {
          // Once, so that the batch is tried again by itself; or from there on, so that the act breaks and is repeated.
          const weather: Weather = (batch) => ((isOver ? batch >= lost : batch === lost) ? fate : "fine");
          const { result, leaves } = await weathered(await prepare(), weather);
          const where = `batch ${lost} of ${batches} ${fate}${isOver ? ", and all after it" : ""}`;
          expect(result, where).toMatchObject({ ok: true });
          expect(leaves, where).toBe(calm.leaves);
        }
  }, 120_000);
});
