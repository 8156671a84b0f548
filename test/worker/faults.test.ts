/** Broken connections: an answer that is lost before or after the commit never writes twice and never loses a write. */
import { describe, expect, test } from "vitest";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { writeOnce } from "../../src/platform/once.ts";
import { sendDue } from "../../src/platform/outbox/actions.ts";
import type { Adapter, OutgoingMessage } from "../../src/platform/outbox/gateway.ts";
import { registerMessageKind } from "../../src/platform/outbox/kinds.ts";
import { queueMessage } from "../../src/platform/outbox/store.ts";
import type { Scene } from "../../src/platform/scene.ts";
import { makeCheckpoint } from "../../src/record/actions.ts";
import { appendLeaf, countLeaves, findLatestCheckpoint } from "../../src/record/store.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";
import { losing, sceneInWeather, type Weather } from "./lost-answers.ts";

registerMessageKind("fault.notice", {
  name: { zh: "测试", en: "Test" },
  render: async () => ({ phone: "13800138000", text: "x" }),
});

async function sizeOf(community: CommunityAddress): Promise<number> {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(countLeaves(scene));
  return rows[0]!.size;
}

const afterwards: [string, Weather][] = [
  ["the answer is lost after the commit", (batch) => (batch === 2 ? "lost after" : "fine")],
  ["the request is lost before the commit", (batch) => (batch === 2 ? "lost before" : "fine")],
];

describe("an act with a form's key", () => {
  // Batch 1 looks for the first answer, batch 2 writes.
  test.each(afterwards)("is done once and answers when %s", async (_, weather) => {
    const community = await makeCommunity();
    const scene = sceneInWeather(community, weather);
    const leaf = appendLeaf(scene, "test.act", { word: "once" });
    const first = await writeOnce(scene, { key: "form-key-1", body: "a" }, [leaf.statement], { leaf: leaf.leafHash });
    expect(first).toEqual({ ok: true, value: { leaf: leaf.leafHash } });
    expect(await sizeOf(community)).toBe(1);
  });

  test("fails aloud when the connection stays lost, and the repeat does it once", async () => {
    const community = await makeCommunity();
    const write = (scene: Scene) =>
      writeOnce(
        scene,
        { key: "form-key-2", body: "a" },
        [appendLeaf(scene, "test.act", { word: "once" }).statement],
        "done",
      );
    const gone: Weather = (batch) => (batch >= 2 ? "lost before" : "fine");
    await expect(write(sceneInWeather(community, gone))).rejects.toThrow("Network connection lost");
    expect(await sizeOf(community)).toBe(0);
    expect(await write(sceneAt(community))).toEqual({ ok: true, value: "done" });
    expect(await write(sceneAt(community))).toEqual({ ok: true, value: "done" });
    expect(await sizeOf(community)).toBe(1);
  });
});

describe("a checkpoint", () => {
  test.each(afterwards)("is signed once when %s", async (_, weather) => {
    const community = await makeCommunity();
    const calm = sceneAt(community);
    for (let number = 0; number < 3; number += 1)
      await calm.db.write([appendLeaf(calm, "test.act", { number }).statement]);
    const made = await makeCheckpoint(sceneInWeather(community, weather));
    const [rows] = await calm.db.read(findLatestCheckpoint(calm));
    expect(made.ok && made.value.note).toBe(rows[0]?.note);
    expect(rows[0]?.size).toBe(3);
  });
});

describe("a message", () => {
  test.each([
    ["claimed", 1],
    ["noted", 2],
  ])("whose lost answer was that it is %s leaves under one id and is noted once", async (_, batch) => {
    const community = await makeCommunity();
    const calm = sceneAt(community);
    await calm.db.write([queueMessage(calm, { kind: "fault.notice", to: "p1", dedupeKey: "m", params: {} })]);
    const heard: OutgoingMessage[] = [];
    const adapter: Adapter = {
      name: "webhook",
      send: async (message) => {
        heard.push(message);
        return { taken: true, detail: "http 200" };
      },
    };
    await sendDue(sceneInWeather(community, losing(batch)), adapter).catch(() => undefined);
    // Whatever was lost, the next runs after the lease send it at the latest.
    for (const minutes of [3, 6]) await sendDue(sceneAt(community, T0 + minutes * 60_000), adapter);
    expect(new Set(heard.map(({ messageId }) => messageId)).size).toBe(1);
    const [rows] = await calm.db.read(
      calm.db.all<{ sent: number }>(
        sql`SELECT count(*) AS sent FROM outbox_attempt WHERE community_id = ${community.id} AND outcome = 'sent'`,
      ),
    );
    expect(rows).toEqual([{ sent: 1 }]);
  });
});
