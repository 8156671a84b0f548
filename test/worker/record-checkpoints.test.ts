/** Checkpoints, proofs and receipts over a real log: what they cost, what a storm does to them, and what tampering does. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { type SQL, sql } from "../../src/platform/db.ts";
import type { Scene } from "../../src/platform/scene.ts";
import { consistencyFor, makeCheckpoint, proofFileOf, proofFor, receiptFor } from "../../src/record/actions.ts";
import { verifyConsistency, verifyInclusion } from "../../src/record/merkle/proof.ts";
import { parseVkey, type VerifierKey } from "../../src/record/note/key.ts";
import { formatReceipt, parseReceipt } from "../../src/record/receipt/file.ts";
import { checkReceipt } from "../../src/record/receipt/rules.ts";
import { commit, leafHashOf } from "../../src/record/rules.ts";
import { appendLeaf } from "../../src/record/store.ts";
import { makeCommunity, sceneAt, T0, testEnv } from "./community-of-test.ts";
import { auditRecord, rowsOf } from "./record-audit-of-test.ts";

/** Appends entries and gives their leaf hashes. */
async function record(scene: Scene, count: number, from = 0): Promise<string[]> {
  const hashes: string[] = [];
  for (let at = 0; at < count; at += 500) {
    const part = Array.from({ length: Math.min(500, count - at) }, (_, n) =>
      appendLeaf(scene, "test.act", { n: from + at + n }),
    );
    expect((await scene.db.write(part.map(({ statement }) => statement))).ok).toBe(true);
    hashes.push(...part.map(({ leafHash }) => leafHash));
  }
  return hashes;
}

async function must<T>(result: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.error));
  return settled.value;
}

const keyOf = async (scene: Scene): Promise<VerifierKey> => {
  const key = parseVkey((await rowsOf(scene)).logs[0]!.vkey);
  if (!key.ok) throw new Error(key.error);
  return key.value;
};

/** What someone with the database in hand, but not the key, can do: the guards are gone and a row is rewritten. */
async function tamper(scene: Scene, ...statements: SQL[]): Promise<void> {
  const [triggers] = await scene.db.read(
    scene.db.all<{ name: string; body: string }>(
      sql`SELECT name, sql AS body FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'record_%'`,
    ),
  );
  await testEnv.DB.batch(triggers.map(({ name }) => testEnv.DB.prepare(`DROP TRIGGER ${name}`)));
  try {
    await scene.db.write(statements.map((statement) => scene.db.run(statement)));
  } finally {
    await testEnv.DB.batch(triggers.map(({ body }) => testEnv.DB.prepare(body)));
  }
}

describe("a checkpoint", () => {
  test("of a log without entries is refused, and nothing is written", async () => {
    const scene = sceneAt(await makeCommunity());
    expect(await makeCheckpoint(scene)).toEqual({ ok: false, error: { reason: "empty_log" } });
    expect(await auditRecord(scene)).toEqual({ size: 0, checkpoints: [] });
  });

  test("covers everything recorded before it, and the whole tree is right after each", async () => {
    const scene = sceneAt(await makeCommunity());
    const sizes: number[] = [];
    let total = 0;
    for (const step of [1, 1, 2, 3, 1, 7, 16, 31, 200, 1, 250, 64]) {
      await record(scene, step, total);
      total += step;
      sizes.push(total);
      expect((await must(makeCheckpoint(scene))).size).toBe(total);
      expect(await auditRecord(scene)).toEqual({ size: total, checkpoints: sizes });
    }
  });

  test("asked for again without new entries is the same one", async () => {
    const scene = sceneAt(await makeCommunity());
    await record(scene, 5);
    const first = await must(makeCheckpoint(scene));
    const again = await must(makeCheckpoint({ ...scene, now: T0 + 60_000 }));
    expect(again).toEqual(first);
    expect((await auditRecord(scene)).checkpoints).toEqual([5]);
  });

  test("asked for by many at once is made once", async () => {
    const community = await makeCommunity();
    await record(sceneAt(community), 9);
    const made = await Promise.all(Array.from({ length: 20 }, () => must(makeCheckpoint(sceneAt(community)))));
    expect(new Set(made.map(({ note }) => note)).size).toBe(1);
    expect((await auditRecord(sceneAt(community))).checkpoints).toEqual([9]);
  });

  test("made while entries pour in covers what each asker wrote, and all of them form one chain", async () => {
    const community = await makeCommunity();
    const done = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const scene = sceneAt(community, T0 + n);
        const { statement, leafHash } = appendLeaf(scene, "test.storm", { n });
        await scene.db.write([statement]);
        const receipt = await must(receiptFor(scene, leafHash));
        const checked = checkReceipt(receipt, await keyOf(scene), []);
        return { seq: receipt.seq, verdict: checked.verdict };
      }),
    );
    expect(done.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(new Set(done.map(({ verdict }) => verdict))).toEqual(new Set(["proved"]));
    const { size, checkpoints } = await auditRecord(sceneAt(community));
    expect(size).toBe(50);
    expect(checkpoints.at(-1)).toBe(50);
  });

  test("over more entries than one step holds goes in steps and misses none", async () => {
    const scene = sceneAt(await makeCommunity());
    await record(scene, 2_100);
    expect((await must(makeCheckpoint(scene))).size).toBe(2_100);
    expect((await auditRecord(scene)).checkpoints).toEqual([1_024, 2_048, 2_100]);
  });

  test("costs the new entries and the height of the tree, not the length of the log", async () => {
    const cost = async (length: number) => {
      const community = await makeCommunity();
      await record(sceneAt(community), length);
      await must(makeCheckpoint(sceneAt(community)));
      await record(sceneAt(community), 10, length);
      const scene = sceneAt(community);
      await must(makeCheckpoint(scene));
      return scene.db.meter;
    };
    const short = await cost(55);
    const long = await cost(5_047); // ends, like 55, in binary 10111: the same subtrees are completed
    expect(short.roundTrips).toBe(2);
    expect(long.roundTrips).toBe(2);
    expect(Math.abs(long.rowsWritten - short.rowsWritten)).toBeLessThanOrEqual(2);
    expect(short.rowsWritten).toBeLessThanOrEqual(10 + 8 + 4);
    expect(long.rowsRead).toBeLessThanOrEqual(short.rowsRead + 80);
    expect(long.rowsRead).toBeLessThanOrEqual(200);
  });

  test("keeps the log's first name whichever host asks later", async () => {
    const community = await makeCommunity();
    const unnamed = { ...sceneAt(community), env: { ...testEnv, ORIGIN: "" } };
    await record(unnamed, 1);
    expect(await makeCheckpoint({ ...unnamed, origin: "" })).toEqual({ ok: false, error: { reason: "log_unnamed" } });
    await must(makeCheckpoint({ ...unnamed, origin: "https://one.example" }));
    await record(unnamed, 1, 1);
    const second = await must(makeCheckpoint({ ...unnamed, origin: "http://127.0.0.1:8787" }));
    expect(second.note.startsWith(`one.example/c/${community.slug}/log\n2\n`)).toBe(true);
    await record(unnamed, 1, 2);
    expect((await must(makeCheckpoint({ ...unnamed, origin: "" }))).size).toBe(3);
    await auditRecord(sceneAt(community));
  });

  test("takes the log's name from the deployment before any request's", async () => {
    const scene = { ...sceneAt(await makeCommunity()), env: { ...testEnv, ORIGIN: "https://own.example" } };
    await record(scene, 1);
    const made = await must(makeCheckpoint({ ...scene, origin: "https://other.example" }));
    expect(made.note.startsWith("own.example/c/")).toBe(true);
  });

  test("is not signed with another key than the log was opened with", async () => {
    const scene = sceneAt(await makeCommunity());
    await record(scene, 1);
    await must(makeCheckpoint(scene));
    const [leafHash] = await record(scene, 1, 1);
    const changed = { ...scene, keys: { ...scene.keys, logSeed: () => new Uint8Array(32).fill(99) } };
    expect(await makeCheckpoint(changed)).toMatchObject({ ok: false, error: { reason: "log_key_changed" } });
    expect(await receiptFor(changed, leafHash!)).toMatchObject({ ok: false, error: { reason: "log_key_changed" } });
    expect((await auditRecord(scene)).checkpoints).toEqual([1]);
  });
});

describe("checkpoints cannot be rewritten", () => {
  const root = "0".repeat(64);
  test.each<[string, (id: string) => SQL, string]>([
    [
      "UPDATE",
      (id) => sql`UPDATE record_checkpoint SET root = ${root} WHERE community_id = ${id}`,
      "record_checkpoint_append_only",
    ],
    ["DELETE", (id) => sql`DELETE FROM record_checkpoint WHERE community_id = ${id}`, "record_checkpoint_append_only"],
    ["REPLACE", (id) => sql`REPLACE INTO record_checkpoint VALUES (${id}, 4, 0, ${root}, 'x', 1)`, "checkpoint_stale"],
    [
      "a smaller one",
      (id) => sql`INSERT INTO record_checkpoint VALUES (${id}, 3, 0, ${root}, 'x', 1)`,
      "checkpoint_stale",
    ],
    [
      "one that skips its predecessor",
      (id) => sql`INSERT INTO record_checkpoint VALUES (${id}, 5, 0, ${root}, 'x', 1)`,
      "checkpoint_stale",
    ],
    [
      "one beyond the log",
      (id) => sql`INSERT INTO record_checkpoint VALUES (${id}, 6, 4, ${root}, 'x', 1)`,
      "checkpoint_beyond_log",
    ],
    [
      "a subtree in place of another",
      (id) => sql`REPLACE INTO record_node VALUES (${id}, 1, 0, ${root})`,
      "record_node_append_only",
    ],
    [
      "a subtree UPDATEd",
      (id) => sql`UPDATE record_node SET hash = ${root} WHERE community_id = ${id}`,
      "record_node_append_only",
    ],
    ["a subtree DELETEd", (id) => sql`DELETE FROM record_node WHERE community_id = ${id}`, "record_node_append_only"],
    [
      "another name for the log",
      (id) => sql`REPLACE INTO record_log VALUES (${id}, 'o', 'v', 1)`,
      "record_log_append_only",
    ],
    [
      "the log's key UPDATEd",
      (id) => sql`UPDATE record_log SET vkey = 'v' WHERE community_id = ${id}`,
      "record_log_append_only",
    ],
    ["the log DELETEd", (id) => sql`DELETE FROM record_log WHERE community_id = ${id}`, "record_log_append_only"],
  ])("%s is refused", async (_, attempt, code) => {
    const scene = sceneAt(await makeCommunity());
    await record(scene, 4);
    await must(makeCheckpoint(scene));
    await record(scene, 1, 4);
    const before = await rowsOf(scene);
    expect(await scene.db.write([scene.db.run(attempt(scene.community.id))])).toEqual({
      ok: false,
      error: { reason: "aborted", code },
    });
    expect(await rowsOf(scene)).toEqual(before);
    await auditRecord(scene);
  });
});

describe("a proof", () => {
  test("is given for every covered entry and verifies from outside", async () => {
    const scene = sceneAt(await makeCommunity());
    const hashes = await record(scene, 37);
    const { size, root } = await must(makeCheckpoint(scene));
    for (let seq = 0; seq < 37; seq += 1) {
      const proof = await must(proofFor(scene, seq));
      expect(verifyInclusion(seq, size, hexToBytes(hashes[seq]!), proof.hashes, hexToBytes(root))).toBe(true);
    }
  });
  test("is refused for an entry that is not there, or not covered yet", async () => {
    const scene = sceneAt(await makeCommunity());
    await record(scene, 1);
    expect(await proofFor(scene, 0)).toEqual({ ok: false, error: { reason: "not_covered", seq: 0, size: 0 } });
    await must(makeCheckpoint(scene));
    await record(scene, 1, 1);
    expect(await proofFor(scene, 1)).toEqual({ ok: false, error: { reason: "not_covered", seq: 1, size: 1 } });
    expect(await proofFor(scene, 2)).toEqual({ ok: false, error: { reason: "unknown_entry" } });
  });
  test("of consistency is given between any two checkpoints that were signed", async () => {
    const scene = sceneAt(await makeCommunity());
    const sizes = [1, 2, 5, 6, 13, 40];
    for (const [at, size] of sizes.entries()) {
      await record(scene, size - (sizes[at - 1] ?? 0), sizes[at - 1] ?? 0);
      await must(makeCheckpoint(scene));
    }
    for (const from of sizes)
      for (const to of sizes.filter((size) => size >= from)) {
        const proof = await must(consistencyFor(scene, from, to));
        expect(verifyConsistency(from, to, hexToBytes(proof.from.root), hexToBytes(proof.to.root), proof.hashes)).toBe(
          true,
        );
      }
    expect(await consistencyFor(scene, 3, 40)).toEqual({ ok: false, error: { reason: "unknown_entry" } });
    expect(await consistencyFor(scene, 40, 13)).toEqual({ ok: false, error: { reason: "unknown_entry" } });
  });
});

describe("a receipt", () => {
  test("goes from act to file to a verdict with the log's key alone", async () => {
    const scene = sceneAt(await makeCommunity());
    await record(scene, 3);
    const salt = scene.random(16);
    const { statement, leafHash } = appendLeaf(scene, "ballot.cast", { answers: [commit(salt, "for")] });
    await scene.db.write([statement]);
    await record(scene, 5, 3);
    const receipt = await must(receiptFor(scene, leafHash, [{ pointer: "/answers/0", salt, value: "for" }]));
    const read = parseReceipt(formatReceipt(receipt));
    if (!read.ok) throw new Error(read.error);
    expect(read.value).toEqual(receipt);
    const report = checkReceipt(read.value, await keyOf(scene), []);
    expect(report.verdict).toBe("proved");
    expect(report.leafHash).toBe(leafHash);
    expect(Object.fromEntries(report.steps.map(({ name, outcome }) => [name, outcome]))).toEqual({
      key: "passed",
      entry: "passed",
      promise: "passed",
      checkpoint: "passed",
      inclusion: "passed",
      openings: "passed",
      cosignatures: "skipped",
    });
  });
  test("is the same, to the byte, each time it is asked for while the checkpoint is the same", async () => {
    const scene = sceneAt(await makeCommunity());
    const [leafHash] = await record(scene, 1);
    const first = formatReceipt(await must(receiptFor(scene, leafHash!)));
    expect(formatReceipt(await must(receiptFor({ ...scene, now: T0 + 3_600_000 }, leafHash!)))).toBe(first);
  });
  test("is not given for an entry of another community", async () => {
    const one = sceneAt(await makeCommunity());
    const other = sceneAt(await makeCommunity());
    const [leafHash] = await record(one, 1);
    expect(await receiptFor(other, leafHash!)).toEqual({ ok: false, error: { reason: "unknown_entry" } });
  });
  test("outlives the log: a file saved earlier proves its entry after the log has grown and moved on", async () => {
    const scene = sceneAt(await makeCommunity());
    const hashes = await record(scene, 6);
    const saved = await must(receiptFor(scene, hashes[2]!));
    await record(scene, 300, 6);
    await must(makeCheckpoint(scene));
    expect(checkReceipt(saved, await keyOf(scene), []).verdict).toBe("proved");
    const file = proofFileOf(await must(proofFor(scene, 2)), []);
    const fresh = parseReceipt(file);
    expect(fresh.ok && checkReceipt(fresh.value, await keyOf(scene), []).verdict).toBe("proved");
  });
});

describe("a row rewritten behind the guards", () => {
  const other = '{"at":1,"n":999,"type":"test.act","v":1}';
  const setUp = async () => {
    const scene = sceneAt(await makeCommunity());
    const hashes = await record(scene, 12);
    const before = await must(receiptFor(scene, hashes[4]!));
    await record(scene, 3, 12);
    return { scene, hashes, before, id: scene.community.id };
  };

  test("is found when its entry is proved, and the audit fails", async () => {
    const { scene, before, id } = await setUp();
    await tamper(scene, sql`UPDATE record_leaf SET entry = ${other} WHERE community_id = ${id} AND seq = 4`);
    expect(await proofFor(scene, 4)).toEqual({
      ok: false,
      error: { reason: "record_damaged", where: "entry", seq: 4 },
    });
    await expect(auditRecord(scene)).rejects.toThrow();
    // The receipt saved before still proves what stood there.
    expect(checkReceipt(before, await keyOf(scene), []).verdict).toBe("proved");
  });
  test("together with its leaf hash is found all the same: the tree above it remembers", async () => {
    const { scene, hashes, id } = await setUp();
    await tamper(
      scene,
      sql`UPDATE record_leaf SET entry = ${other}, leaf_hash = ${leafHashOf(other)} WHERE community_id = ${id} AND seq = 4`,
    );
    expect(await proofFor(scene, 4)).toMatchObject({ ok: false, error: { reason: "record_damaged" } });
    expect(await receiptFor(scene, hashes[4]!)).toEqual({ ok: false, error: { reason: "unknown_entry" } });
    // Its neighbour's proof passes through it.
    expect(await proofFor(scene, 5)).toMatchObject({ ok: false, error: { reason: "record_damaged" } });
    await expect(auditRecord(scene)).rejects.toThrow();
  });
  test("before a checkpoint covers it is not signed over", async () => {
    const { scene, hashes, id } = await setUp();
    await tamper(scene, sql`UPDATE record_leaf SET entry = ${other} WHERE community_id = ${id} AND seq = 13`);
    expect(await makeCheckpoint(scene)).toEqual({
      ok: false,
      error: { reason: "record_damaged", where: "entry", seq: 13 },
    });
    expect((await rowsOf(scene)).checkpoints.at(-1)!.size).toBe(12);
    // An entry that is covered keeps its proof, and one that waits still gets the log's promise.
    expect((await must(receiptFor(scene, hashes[4]!))).proof).not.toBeNull();
    const waiting = (await rowsOf(scene)).leaves[14]!;
    const promised = await must(receiptFor(scene, waiting.leaf_hash));
    expect(promised.proof).toBeNull();
    expect(checkReceipt(promised, await keyOf(scene), []).verdict).toBe("promised");
  });
  test("deleted before a checkpoint covers it leaves a gap that is not signed over", async () => {
    const { scene, id } = await setUp();
    await tamper(scene, sql`DELETE FROM record_leaf WHERE community_id = ${id} AND seq = 13`);
    expect(await makeCheckpoint(scene)).toMatchObject({
      ok: false,
      error: { reason: "record_damaged", where: "entry" },
    });
  });
  test("in the tree's edge or in the last checkpoint stops the signing", async () => {
    for (const statement of [
      (id: string) => sql`UPDATE record_node SET hash = ${"0".repeat(64)} WHERE community_id = ${id} AND level = 3`,
      (id: string) => sql`DELETE FROM record_node WHERE community_id = ${id} AND level = 3`,
      (id: string) => sql`UPDATE record_checkpoint SET root = ${"0".repeat(64)} WHERE community_id = ${id}`,
      (id: string) =>
        sql`UPDATE record_checkpoint SET note = replace(note, char(10) || '12' || char(10), char(10) || '11' || char(10)) WHERE community_id = ${id}`,
    ]) {
      const { scene, id } = await setUp();
      await tamper(scene, statement(id));
      expect(await makeCheckpoint(scene)).toMatchObject({ ok: false, error: { reason: "record_damaged" } });
      await expect(auditRecord(scene)).rejects.toThrow();
    }
  });
});
