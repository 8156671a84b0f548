/** What the next checkpoint says, and what must hold before it is signed. Pure: rows in, a signed note out; the write is elsewhere. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../kernel/result.ts";
import { grow, type HashedSubtree } from "./merkle/grow.ts";
import type { Hash } from "./merkle/hash.ts";
import { proveConsistency, verifyConsistency } from "./merkle/proof.ts";
import type { HashAt, Subtree } from "./merkle/range.ts";
import { openCheckpoint, signCheckpoint } from "./note/checkpoint.ts";
import type { SignerKey } from "./note/key.ts";
import { leafHashOf } from "./rules.ts";
import type { Leaf, StoredCheckpoint, StoredHash } from "./store.ts";

/** Where the stored log contradicts itself. It is never "repaired": a checkpoint over it would sign the alteration. */
export type Damage =
  | { readonly where: "entry"; readonly seq: number }
  | { readonly where: "tree" }
  | { readonly where: "checkpoint"; readonly size: number };

export interface NextCheckpoint {
  readonly checkpoint: Omit<StoredCheckpoint, "madeAt">;
  readonly completed: readonly StoredHash[];
}

/**
 * The checkpoint that adds `waiting` to the tree of `latest` (null before the first), given that tree's right edge,
 * largest subtree first. Before it is signed: the latest note is this key's and names the stored root; every waiting entry
 * hashes to its leaf and follows the one before; and the new root is proved consistent with the signed one, which an edge
 * that is not that tree's cannot be.
 */
export function nextCheckpoint(
  key: SignerKey,
  latest: StoredCheckpoint | null,
  edge: readonly StoredHash[],
  waiting: readonly Leaf[],
): Result<NextCheckpoint, Damage> {
  const previous = latest ? rootOfStored(key, latest, edge) : ok(null);
  if (!previous.ok) return previous;
  const previousSize = latest?.size ?? 0;

  const leaves: Hash[] = [];
  for (const [at, { seq, leafHash, entry }] of waiting.entries()) {
    if (seq !== previousSize + at || leafHashOf(entry) !== leafHash) return err({ where: "entry", seq });
    leaves.push(hexToBytes(leafHash));
  }
  const edgeHashes = edge.map(({ hash }) => hexToBytes(hash));
  const grown = grow(previousSize, edgeHashes, leaves);
  if (previous.value) {
    const known = lookup(edge, grown.completed, previousSize, leaves);
    const proof = proveConsistency(previousSize, grown.size, known);
    if (!verifyConsistency(previousSize, grown.size, previous.value, grown.root, proof)) return err({ where: "tree" });
  }
  return ok({
    checkpoint: {
      size: grown.size,
      previousSize,
      root: bytesToHex(grown.root),
      note: signCheckpoint(grown.size, grown.root, key),
    },
    completed: grown.completed.map(({ level, position, hash }) => ({ level, position, hash: bytesToHex(hash) })),
  });
}

/** The latest root, as the signed note has it: a row alone would not show what was signed. The edge need only be whole here. */
function rootOfStored(key: SignerKey, latest: StoredCheckpoint, edge: readonly StoredHash[]): Result<Hash, Damage> {
  const opened = openCheckpoint(latest.note, key);
  if (!opened.ok) return err({ where: "checkpoint", size: latest.size });
  const { size, root } = opened.value.checkpoint;
  if (size !== latest.size || bytesToHex(root) !== latest.root) return err({ where: "checkpoint", size: latest.size });
  const bits = latest.size.toString(2).replaceAll("0", "").length;
  if (edge.length !== bits || edge.some(({ hash }) => hash === null)) return err({ where: "tree" });
  return ok(root);
}

/** Every complete subtree a consistency proof between the two sizes can ask for: all end in the old edge or in new leaves. */
function lookup(
  edge: readonly StoredHash[],
  completed: readonly HashedSubtree[],
  size: number,
  leaves: readonly Hash[],
): HashAt {
  const name = ({ level, position }: Subtree) => `${level}/${position}`;
  const known = new Map<string, Hash>();
  for (const part of edge) known.set(name(part), hexToBytes(part.hash));
  for (const part of completed) known.set(name(part), part.hash);
  for (const [at, hash] of leaves.entries()) known.set(name({ level: 0, position: size + at }), hash);
  return (subtree) => {
    const hash = known.get(name(subtree));
    if (!hash) throw new RangeError(`subtree ${name(subtree)} is neither old edge nor new`);
    return hash;
  };
}
