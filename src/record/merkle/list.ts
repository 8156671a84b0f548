/** The Merkle root of a list that is known in full, such as a frozen roll, and the proof of one line of it. Not the growing log. */
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Hash, hashLeaf, hashNode } from "./hash.ts";
import { proveInclusion, verifyInclusion } from "./proof.ts";
import { type HashAt, rootAt } from "./range.ts";

/** Hashes of the complete subtrees of a list, computed once: about two hashes an entry for any number of proofs. */
export function treeOf(leaves: readonly Hash[]): HashAt {
  const levels: Hash[][] = [[...leaves]];
  for (let below = levels[0]!; below.length > 1; below = levels.at(-1)!) {
    const level: Hash[] = [];
    for (let left = 0; left + 1 < below.length; left += 2) level.push(hashNode(below[left]!, below[left + 1]!));
    levels.push(level);
  }
  return ({ level, position }) => {
    const hash = levels[level]?.[position];
    if (!hash) throw new RangeError(`no complete subtree ${position} at level ${level}`);
    return hash;
  };
}

const leavesOf = (entries: readonly string[]): Hash[] => entries.map((entry) => hashLeaf(utf8ToBytes(entry)));

/** The root, in hex, of a list of texts (canonical JSON, one a line of the list). The order counts. */
export const rootOf = (entries: readonly string[]): string =>
  bytesToHex(rootAt(entries.length, treeOf(leavesOf(entries))));

/** A list's root, and the proof of the entry at an index; hashes in hex, from the leaf's sibling up. */
export interface ProvableList {
  readonly root: string;
  readonly prove: (index: number) => string[];
}

function provable(leaves: readonly Hash[]): ProvableList {
  const at = treeOf(leaves);
  return {
    root: bytesToHex(rootAt(leaves.length, at)),
    prove: (index) => proveInclusion(index, leaves.length, at).map((hash) => bytesToHex(hash)),
  };
}

export const provableList = (entries: readonly string[]): ProvableList => provable(leavesOf(entries));

/** The same where only the leaf hashes are at hand, in hex, such as those of a log up to a checkpoint. */
export const provableLeaves = (leafHashes: readonly string[]): ProvableList =>
  provable(leafHashes.map((hash) => hexToBytes(hash)));

/** Whether `entry` stands at `index` of the list of `size` entries with this root. All hashes in hex; malformed ones fail. */
export function isInList(entry: string, index: number, size: number, proof: readonly string[], root: string): boolean {
  if (![root, ...proof].every((hash) => /^[0-9a-f]{64}$/.test(hash))) return false;
  return verifyInclusion(
    index,
    size,
    hashLeaf(utf8ToBytes(entry)),
    proof.map((hash) => hexToBytes(hash)),
    hexToBytes(root),
  );
}
