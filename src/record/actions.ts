/** Checkpoints, proofs and receipts over what is recorded: load, check, sign, write. Entries are appended by the acts themselves (store.ts). */
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../kernel/result.ts";
import { openCommunity } from "../platform/db.ts";
import type { Scene } from "../platform/scene.ts";
import { nextCheckpoint } from "./checkpointing.ts";
import type { Hash } from "./merkle/hash.ts";
import { consistencyRanges, inclusionRanges, verifyConsistency, verifyInclusion } from "./merkle/proof.ts";
import { type HashAt, hashOfRange, type Range, type Subtree, subtreesOf } from "./merkle/range.ts";
import { formatVkey, NOTE_KEY, type SignerKey, signerKey } from "./note/key.ts";
import type { RecordRefusal } from "./problems.ts";
import { signPromise } from "./receipt/promise.ts";
import type { Opening, Receipt } from "./receipt/rules.ts";
import { leafHashOf } from "./rules.ts";
import {
  findCheckpoint,
  findLatestCheckpoint,
  findLeaf,
  findLeafByHash,
  findLog,
  type Here,
  insertCheckpoint,
  type Leaf,
  type LogIdentity,
  listEdge,
  listHashes,
  listWaitingLeaves,
  type StoredCheckpoint,
} from "./store.ts";
import { formatProofFile } from "./tiles/proof-file.ts";
import { type Cosignature, listCosignatures } from "./witness/store.ts";

type Signing = Pick<Scene, "env" | "db" | "community" | "now" | "keys" | "origin">;

/**
 * The log's key under its name, which is its address without scheme. The first checkpoint fixes both for good; until then
 * the name is taken from the deployment's ORIGIN, or else from the request. Refused: `log_unnamed` where neither tells
 * it (cron on a deployment without ORIGIN), `log_key_changed` when the deployment's seed now gives another key.
 */
export function logKey(scene: Signing, log: LogIdentity | undefined): Result<SignerKey, RecordRefusal> {
  const host = (scene.env.ORIGIN || scene.origin).replace(/^[a-z]+:\/\//, "");
  if (!log && host === "") return err({ reason: "log_unnamed" });
  const name = log?.origin ?? `${host}/c/${scene.community.slug}/log`;
  const key = signerKey(name, NOTE_KEY, scene.keys.logSeed(scene.community.id));
  if (log && log.vkey !== formatVkey(key)) return err({ reason: "log_key_changed", expected: log.vkey });
  return ok(key);
}

/** The same scene on the primary: a replica may not have the newest checkpoint, and a second one beside it is refused. */
export const onPrimary = <S extends Signing>(scene: S): S => ({
  ...scene,
  db: openCommunity(scene.env, scene.community, "primary"),
});

// Entries are at most 64 KB, so a step holds at most 64 MB; usually it is well under one.
const LEAVES_A_STEP = 1_024;
const MOST_STEPS = 200;
// What the guards of a checkpoint say when another was faster.
const OVERTAKEN: ReadonlySet<string> = new Set([
  "checkpoint_stale",
  "record_node_append_only",
  "record_log_append_only",
  "unique:record_checkpoint",
]);

/**
 * The checkpoint that covers everything recorded when it was asked for; made when entries are waiting, else the latest.
 * One round trip to read and one to write; rows grow with the waiting entries and the logarithm of the log. Of several
 * at once one is kept and the others build on it. Refused: `empty_log`, `record_damaged`, and what `logKey` refuses.
 */
export async function makeCheckpoint(scene: Signing): Promise<Result<StoredCheckpoint, RecordRefusal>> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const [[log], [latest], edge, waiting] = await scene.db.read(
      findLog(scene),
      findLatestCheckpoint(scene),
      listEdge(scene),
      listWaitingLeaves(scene, LEAVES_A_STEP),
    );
    if (waiting.length === 0) return latest ? ok(latest) : err({ reason: "empty_log" });
    const key = logKey(scene, log);
    if (!key.ok) return key;
    const next = nextCheckpoint(key.value, latest ?? null, edge, waiting);
    if (!next.ok) return err({ reason: "record_damaged", ...next.error });
    const { checkpoint, completed } = next.value;
    const identity = { origin: key.value.name, vkey: formatVkey(key.value) };
    const written = await scene.db.write(insertCheckpoint(scene, identity, checkpoint, completed));
    if (!written.ok && !OVERTAKEN.has(written.error.code)) throw new Error(`checkpoint refused: ${written.error.code}`);
    // A full step may have left some waiting; an overtaken one starts again from what the other made.
    if (written.ok && waiting.length < LEAVES_A_STEP) return ok({ ...checkpoint, madeAt: scene.now });
  }
  throw new Error(`entries are still waiting after ${MOST_STEPS} checkpoints`);
}

/** An entry with the proof that it stands in a signed tree. */
export interface EntryProof {
  readonly leaf: Leaf;
  readonly checkpoint: StoredCheckpoint;
  /** From the leaf's sibling up to the child of the root. */
  readonly hashes: readonly Hash[];
}

/**
 * Proves the entry at `seq` in the latest checkpoint, and verifies the proof before it gives it out. Two round trips.
 * Refused: `unknown_entry`, `not_covered`, `record_damaged` when the entry or the tree no longer fit the signed root.
 */
export async function proofFor(scene: Here, seq: number): Promise<Result<EntryProof, RecordRefusal>> {
  const [[leaf], [checkpoint]] = await scene.db.read(findLeaf(scene, seq), findLatestCheckpoint(scene));
  if (!leaf) return err({ reason: "unknown_entry" });
  return prove(scene, leaf, checkpoint);
}

async function prove(
  scene: Here,
  leaf: Leaf,
  checkpoint: StoredCheckpoint | undefined,
): Promise<Result<EntryProof, RecordRefusal>> {
  const { seq } = leaf;
  if (!checkpoint || checkpoint.size <= seq) return err({ reason: "not_covered", seq, size: checkpoint?.size ?? 0 });
  const hashes = await hashesOf(scene, inclusionRanges(seq, checkpoint.size));
  const leafHash = hexToBytes(leafHashOf(leaf.entry));
  if (!hashes || !verifyInclusion(seq, checkpoint.size, leafHash, hashes, hexToBytes(checkpoint.root)))
    return err({ reason: "record_damaged", where: "entry", seq });
  return ok({ leaf, checkpoint, hashes });
}

/**
 * Proves that the checkpoint of size `from` is the beginning of the one of size `to`. Both must have been signed here.
 * Refused: `unknown_entry` when one was not, `record_damaged` when they contradict each other.
 */
export async function consistencyFor(
  scene: Here,
  from: number,
  to: number,
): Promise<Result<{ from: StoredCheckpoint; to: StoredCheckpoint; hashes: readonly Hash[] }, RecordRefusal>> {
  const [[older], [newer]] = await scene.db.read(findCheckpoint(scene, from), findCheckpoint(scene, to));
  if (!older || !newer || from > to) return err({ reason: "unknown_entry" });
  const hashes = await hashesOf(scene, consistencyRanges(from, to));
  if (!hashes || !verifyConsistency(from, to, hexToBytes(older.root), hexToBytes(newer.root), hashes))
    return err({ reason: "record_damaged", where: "checkpoint", size: from });
  return ok({ from: older, to: newer, hashes });
}

/** The root of the first `size` entries from what is stored, all of it covered by a checkpoint; null when a part is missing. */
export async function rootOfFirst(scene: Here, size: number): Promise<Hash | null> {
  const hashes = await hashesOf(scene, [{ start: 0, end: size }]);
  return hashes?.[0] ?? null;
}

/** The hashes of ranges from what is stored; null when a part is missing. */
async function hashesOf(scene: Here, ranges: readonly Range[]): Promise<Hash[] | null> {
  const wanted = ranges.flatMap(subtreesOf);
  if (wanted.length === 0) return [];
  const [rows] = await scene.db.read(listHashes(scene, wanted));
  const name = ({ level, position }: Subtree) => `${level}/${position}`;
  const known = new Map(rows.map((row) => [name(row), hexToBytes(row.hash)]));
  if (!wanted.every((subtree) => known.has(name(subtree)))) return null;
  const at: HashAt = (subtree) => known.get(name(subtree))!;
  return ranges.map((range) => hashOfRange(range, at));
}

/** The signed note with its witnesses' lines under the log's own. */
export const cosignedNote = (checkpoint: StoredCheckpoint, cosignatures: readonly Cosignature[]): string =>
  checkpoint.note + cosignatures.map(({ line }) => line).join("");

/** A proof as a `.tlog-proof` file, the entry's own bytes in it. */
export const proofFileOf = ({ leaf, checkpoint, hashes }: EntryProof, cosignatures: readonly Cosignature[]): string =>
  formatProofFile({
    extra: utf8ToBytes(leaf.entry),
    index: leaf.seq,
    hashes,
    checkpoint: cosignedNote(checkpoint, cosignatures),
  });

/**
 * The receipt of an entry: its text, its place, the log's signed promise, and the proof. A checkpoint is made when none
 * covers the entry yet. Where the record is found damaged elsewhere, so that nothing more is signed over, the receipt
 * has the promise alone: it is what the log can be held to. `openings` are the values behind the entry's commitments,
 * for the one who may see them. Refused: `unknown_entry`, `record_damaged` for this very entry, and what `logKey` refuses.
 */
export async function receiptFor(
  scene: Signing,
  leafHash: string,
  openings: readonly Opening[] = [],
): Promise<Result<Receipt, RecordRefusal>> {
  const primary = onPrimary(scene);
  const [[leaf], [latest]] = await primary.db.read(findLeafByHash(primary, leafHash), findLatestCheckpoint(primary));
  if (!leaf) return err({ reason: "unknown_entry" });
  if (leafHashOf(leaf.entry) !== leafHash) return err({ reason: "record_damaged", where: "entry", seq: leaf.seq });
  const covering = latest && latest.size > leaf.seq ? ok(latest) : await makeCheckpoint(primary);
  if (!covering.ok && covering.error.reason !== "record_damaged") return covering;
  // Only now: the first checkpoint is what fixes the log's name.
  const [[log], cosignatures] = await primary.db.read(findLog(primary), listCosignatures(primary));
  const key = logKey(primary, log);
  if (!key.ok) return key;
  const proof = covering.ok ? await prove(primary, leaf, covering.value) : null;
  if (proof && !proof.ok) return proof;
  const lines = cosignatures.filter(({ size }) => size === proof?.value.checkpoint.size);
  return ok({
    log: formatVkey(key.value),
    entry: leaf.entry,
    seq: leaf.seq,
    promise: signPromise({ leafHash: hexToBytes(leafHash), index: leaf.seq }, key.value),
    proof: proof ? proofFileOf(proof.value, lines) : null,
    openings,
  });
}
