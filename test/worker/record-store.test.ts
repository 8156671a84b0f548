/** The log in D1: what can be added, and that nothing can be taken back. */
import { describe, expect, test } from "vitest";
import { sql } from "../../src/platform/db.ts";
import type { Scene } from "../../src/platform/scene.ts";
import { leafHashOf } from "../../src/record/rules.ts";
import { appendLeaf, countLeaves, type Leaf, listLeaves, listLeavesAbout } from "../../src/record/store.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";

const all = async (scene: Scene): Promise<Leaf[]> => (await scene.db.read(listLeaves(scene, 0, 1_000_000)))[0];

/** Entries by one statement, for tests that only need a long log. */
async function fill(scene: Scene, count: number): Promise<void> {
  const entries = Array.from({ length: count }, (_, n) => appendLeaf(scene, "test.filled", { n }));
  const list = JSON.stringify(entries.map(({ entry, leafHash }) => ({ entry, leafHash })));
  const { id } = scene.community;
  const written = await scene.db.write([
    scene.db.run(
      sql`INSERT INTO record_leaf(community_id, seq, leaf_hash, at, type, entry)
          SELECT ${id}, (SELECT count(*) FROM record_leaf WHERE community_id = ${id}) + key,
                 value ->> 'leafHash', ${T0}, 'test.filled', value ->> 'entry'
          FROM json_each(${list}) ORDER BY key`,
    ),
  ]);
  expect(written.ok).toBe(true);
}

describe("appending to the record", () => {
  test("gives numbers from zero without gaps, within one batch and between batches", async () => {
    const scene = sceneAt(await makeCommunity());
    const entries = ["a", "b", "c"].map((name) => appendLeaf(scene, "test.act", { name }));
    expect((await scene.db.write(entries.slice(0, 2).map((entry) => entry.statement))).ok).toBe(true);
    expect((await scene.db.write([entries[2]!.statement])).ok).toBe(true);
    const leaves = await all(scene);
    expect(leaves.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(leaves.map(({ entry }) => entry)).toEqual(entries.map(({ entry }) => entry));
    for (const { entry, leafHash } of leaves) expect(leafHash).toBe(leafHashOf(entry));
    expect(leaves[0]).toMatchObject({ at: T0, type: "test.act" });
  });

  test("fifty at the same time are all there, each once, without a gap", async () => {
    const community = await makeCommunity();
    const writes = Array.from({ length: 50 }, async (_, n) => {
      const scene = sceneAt(community, T0 + n);
      return scene.db.write([appendLeaf(scene, "test.storm", { n }).statement]);
    });
    expect((await Promise.all(writes)).every(({ ok }) => ok)).toBe(true);
    const leaves = await all(sceneAt(community));
    expect(leaves.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(new Set(leaves.map(({ entry }) => entry)).size).toBe(50);
  });

  test("an act that is refused leaves no entry, and the next takes its number", async () => {
    const scene = sceneAt(await makeCommunity());
    const refused = await scene.db.write([
      appendLeaf(scene, "test.act", { n: 1 }).statement,
      scene.db.run(sql`INSERT INTO assertion(code, ok) VALUES ('refused', 0)`),
    ]);
    expect(refused).toEqual({ ok: false, error: { reason: "aborted", code: "refused" } });
    await scene.db.write([appendLeaf(scene, "test.act", { n: 2 }).statement]);
    expect((await all(scene)).map(({ seq, entry }) => [seq, JSON.parse(entry).n])).toEqual([[0, 2]]);
  });

  test("keeps communities apart, though they share a database", async () => {
    const one = sceneAt(await makeCommunity());
    const other = sceneAt(await makeCommunity());
    await one.db.write([appendLeaf(one, "test.act", { n: 1 }).statement]);
    await other.db.write([appendLeaf(other, "test.act", { n: 2 }).statement]);
    expect((await all(one)).map(({ seq }) => seq)).toEqual([0]);
    expect((await all(other)).map(({ seq }) => seq)).toEqual([0]);
  });

  test("reads and writes the same number of rows at 50 and at 5,000 entries", async () => {
    const cost = async (length: number) => {
      const community = await makeCommunity();
      await fill(sceneAt(community), length);
      const scene = sceneAt(community);
      await scene.db.write([appendLeaf(scene, "test.act", { n: 1 }, "meeting-1").statement]);
      const { rowsRead, rowsWritten, roundTrips } = scene.db.meter;
      const [[after]] = await scene.db.read(countLeaves(scene));
      expect(after!.size).toBe(length + 1);
      return { rowsRead, rowsWritten, roundTrips };
    };
    const short = await cost(50);
    const long = await cost(5_000);
    expect(long.rowsWritten).toBe(short.rowsWritten);
    expect(Math.max(short.rowsRead, long.rowsRead)).toBeLessThanOrEqual(5);
    expect(short.roundTrips).toBe(1);
    expect(short.rowsWritten).toBeLessThanOrEqual(3); // the row and its two indexes
  });

  test("finds everything about one subject, in order and a page at a time", async () => {
    const scene = sceneAt(await makeCommunity());
    for (const [n, subject] of ["m1", "m2", "m1", "", "m1"].entries())
      await scene.db.write([appendLeaf(scene, "test.act", { n }, subject).statement]);
    const [about] = await scene.db.read(listLeavesAbout(scene, "m1", 0, 10));
    expect(about.map(({ seq }) => seq)).toEqual([0, 2, 4]);
    const [rest] = await scene.db.read(listLeavesAbout(scene, "m1", 1, 1));
    expect(rest.map(({ seq }) => seq)).toEqual([2]);
    const [nothing] = await scene.db.read(listLeavesAbout(scene, "", 0, 10));
    expect(nothing).toEqual([]);
  });
});

describe("nothing in the record can be changed in place", () => {
  const attempts: [string, (id: string) => ReturnType<typeof sql>, string][] = [
    ["UPDATE", (id) => sql`UPDATE record_leaf SET entry = '{}' WHERE community_id = ${id}`, "record_leaf_append_only"],
    [
      "UPDATE OR REPLACE",
      (id) => sql`UPDATE OR REPLACE record_leaf SET seq = 0 WHERE community_id = ${id} AND seq = 1`,
      "record_leaf_append_only",
    ],
    ["DELETE", (id) => sql`DELETE FROM record_leaf WHERE community_id = ${id} AND seq = 1`, "record_leaf_append_only"],
    [
      "INSERT under a number taken",
      (id) => sql`INSERT INTO record_leaf VALUES (${id}, 0, ${"0".repeat(64)}, 1, 'a.b', '', '{}')`,
      "record_leaf_out_of_order",
    ],
    [
      "INSERT OR REPLACE",
      (id) => sql`INSERT OR REPLACE INTO record_leaf VALUES (${id}, 0, ${"0".repeat(64)}, 1, 'a.b', '', '{}')`,
      "record_leaf_out_of_order",
    ],
    [
      "REPLACE of the last",
      (id) => sql`REPLACE INTO record_leaf VALUES (${id}, 1, ${"0".repeat(64)}, 1, 'a.b', '', '{}')`,
      "record_leaf_out_of_order",
    ],
    [
      "INSERT OR IGNORE",
      (id) => sql`INSERT OR IGNORE INTO record_leaf VALUES (${id}, 1, ${"0".repeat(64)}, 1, 'a.b', '', '{}')`,
      "record_leaf_out_of_order",
    ],
    [
      "UPSERT",
      (id) =>
        sql`INSERT INTO record_leaf VALUES (${id}, 1, ${"0".repeat(64)}, 1, 'a.b', '', '{}')
            ON CONFLICT DO UPDATE SET entry = excluded.entry`,
      "record_leaf_out_of_order",
    ],
    [
      "INSERT that leaves a gap",
      (id) => sql`INSERT INTO record_leaf VALUES (${id}, 3, ${"0".repeat(64)}, 1, 'a.b', '', '{}')`,
      "record_leaf_out_of_order",
    ],
    [
      "INSERT before the first",
      (id) => sql`INSERT INTO record_leaf VALUES (${id}, -1, ${"0".repeat(64)}, 1, 'a.b', '', '{}')`,
      "record_leaf_out_of_order",
    ],
  ];
  test.each(attempts)("%s is refused and changes nothing", async (_, attempt, code) => {
    const scene = sceneAt(await makeCommunity());
    await scene.db.write([0, 1].map((n) => appendLeaf(scene, "test.act", { n }).statement));
    const before = await all(scene);
    const refused = await scene.db.write([scene.db.run(attempt(scene.community.id))]);
    expect(refused).toEqual({ ok: false, error: { reason: "aborted", code } });
    expect(await all(scene)).toEqual(before);
  });
  test("an entry one byte too long does not fit", async () => {
    const scene = sceneAt(await makeCommunity());
    const insert = (bytes: number) =>
      scene.db.run(
        sql`INSERT INTO record_leaf VALUES (${scene.community.id}, 0, ${"0".repeat(64)}, 1, 'a.b', '', ${"x".repeat(bytes)})`,
      );
    await expect(scene.db.write([insert(65_536)])).rejects.toThrow();
    expect((await scene.db.write([insert(65_535)])).ok).toBe(true);
  });
});
