/** Re-verifies a community's whole record from its rows, by definition rather than by the code under test: for use after each step. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { expect } from "vitest";
import { sql } from "../../src/platform/db.ts";
import type { Scene } from "../../src/platform/scene.ts";
import { openCheckpoint } from "../../src/record/note/checkpoint.ts";
import { parseVkey } from "../../src/record/note/key.ts";

interface Rows {
  leaves: { seq: number; leaf_hash: string; at: number; type: string; entry: string }[];
  nodes: { level: number; position: number; hash: string }[];
  checkpoints: { size: number; previous_size: number; root: string; note: string }[];
  logs: { origin: string; vkey: string }[];
}

/** Every row of the record, as stored. */
export async function rowsOf({ db, community }: Scene): Promise<Rows> {
  const [leaves, nodes, checkpoints, logs] = await db.read(
    db.all<Rows["leaves"][number]>(sql`SELECT * FROM record_leaf WHERE community_id = ${community.id} ORDER BY seq`),
    db.all<Rows["nodes"][number]>(
      sql`SELECT * FROM record_node WHERE community_id = ${community.id} ORDER BY level, position`,
    ),
    db.all<Rows["checkpoints"][number]>(
      sql`SELECT * FROM record_checkpoint WHERE community_id = ${community.id} ORDER BY size`,
    ),
    db.all<Rows["logs"][number]>(sql`SELECT * FROM record_log WHERE community_id = ${community.id}`),
  );
  return { leaves, nodes, checkpoints, logs };
}

/** RFC 9162, 2.1.1, remembering the hash of every complete subtree on its way. */
function rootOf(leaves: readonly Uint8Array[], seen: Map<string, string>, start = 0): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array(0));
  let level = 0;
  let width = 1;
  while (width * 2 <= leaves.length) {
    width *= 2;
    level += 1;
  }
  if (leaves.length === 1) return leaves[0]!;
  const split = width === leaves.length ? width / 2 : width;
  const left = rootOf(leaves.slice(0, split), seen, start);
  const right = rootOf(leaves.slice(split), seen, start + split);
  const hash = sha256(concatBytes(Uint8Array.of(1), left, right));
  if (width === leaves.length) seen.set(`${level}/${start / width}`, bytesToHex(hash));
  return hash;
}

/**
 * Fails unless: numbers run from 0 without a gap; every leaf is the hash of its entry; every checkpoint is signed by the
 * log's key, names the one before it, and has the root of the leaves it covers; and the stored subtrees are exactly the
 * complete ones under the latest checkpoint. Gives the sizes of the checkpoints.
 */
export async function auditRecord(scene: Scene): Promise<{ size: number; checkpoints: number[] }> {
  const { leaves, nodes, checkpoints, logs } = await rowsOf(scene);
  const hashes: Uint8Array[] = [];
  for (const [at, leaf] of leaves.entries()) {
    expect(leaf.seq).toBe(at);
    expect(leaf.leaf_hash).toBe(bytesToHex(sha256(concatBytes(Uint8Array.of(0), utf8ToBytes(leaf.entry)))));
    expect(JSON.parse(leaf.entry)).toMatchObject({ v: 1, type: leaf.type, at: leaf.at });
    hashes.push(hexToBytes(leaf.leaf_hash));
  }
  const covered = checkpoints.at(-1)?.size ?? 0;
  const seen = new Map<string, string>();
  if (covered > 0) {
    expect(logs).toHaveLength(1);
    const key = parseVkey(logs[0]!.vkey);
    if (!key.ok) throw new Error(key.error);
    let previous = 0;
    for (const checkpoint of checkpoints) {
      expect(checkpoint.previous_size).toBe(previous);
      previous = checkpoint.size;
      const root = rootOf(hashes.slice(0, checkpoint.size), seen);
      expect(checkpoint.root).toBe(bytesToHex(root));
      expect(openCheckpoint(checkpoint.note, key.value)).toMatchObject({
        ok: true,
        value: { checkpoint: { origin: logs[0]!.origin, size: checkpoint.size, root } },
      });
    }
    expect(covered).toBeLessThanOrEqual(leaves.length);
  }
  const complete = [...seen].filter(([place]) => {
    const [level, position] = place.split("/").map(Number);
    return (position! + 1) * 2 ** level! <= covered;
  });
  expect(new Map(nodes.map(({ level, position, hash }) => [`${level}/${position}`, hash]))).toEqual(new Map(complete));
  return { size: leaves.length, checkpoints: checkpoints.map(({ size }) => size) };
}
