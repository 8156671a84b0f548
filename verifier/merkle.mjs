/** The Merkle tree of RFC 6962, section 2.1: hashes, a tree that grows leaf by leaf, and the two proofs. Written from the RFC. */
import { same, sha256 } from "./bytes.mjs";

/** @typedef {import("./bytes.mjs").Bytes} Bytes */

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** SHA-256(0x00 ‖ entry). @param {Bytes} entry */
export const hashLeaf = (entry) => sha256(LEAF, entry);

/** SHA-256(0x01 ‖ left ‖ right). @param {Bytes} left @param {Bytes} right */
export const hashNode = (left, right) => sha256(NODE, left, right);

/** A tree of which only its edge is kept: of 100,000 leaves seventeen hashes. */
export class Tree {
  /** Roots of complete subtrees, the largest first. @type {{ height: number, hash: Bytes }[]} */
  #edge = [];
  size = 0;

  /**
   * Takes one leaf hash. Answers every complete subtree that it ended, its own leaf included, from the leaf up.
   * @param {Bytes} leaf @returns {{ height: number, hash: Bytes }[]}
   */
  append(leaf) {
    const ended = [{ height: 0, hash: leaf }];
    let top = ended[0];
    while (top && this.#edge.at(-1)?.height === top.height) {
      const left = /** @type {{ height: number, hash: Bytes }} */ (this.#edge.pop());
      top = { height: top.height + 1, hash: hashNode(left.hash, top.hash) };
      ended.push(top);
    }
    if (top) this.#edge.push(top);
    this.size += 1;
    return ended;
  }

  /** The root of all leaves so far; SHA-256 of nothing for none. @returns {Bytes} */
  root() {
    const [last, ...left] = this.#edge.toReversed();
    return last ? left.reduce((right, { hash }) => hashNode(hash, right), last.hash) : sha256();
  }
}

/** The largest power of two smaller than n, for n > 1. @param {bigint} n */
function split(n) {
  let k = 1n;
  while (k * 2n < n) k *= 2n;
  return k;
}

/**
 * The root that an inclusion proof leads to (2.1.1); null where it has too few or too many hashes, or no such leaf.
 * @param {bigint} index @param {bigint} size @param {Bytes} leaf @param {readonly Bytes[]} proof @returns {Bytes | null}
 */
function rootByInclusion(index, size, leaf, proof) {
  if (index < 0n || index >= size) return null;
  if (size === 1n) return proof.length === 0 ? leaf : null;
  const sibling = proof.at(-1);
  if (!sibling) return null;
  const k = split(size);
  const below = proof.slice(0, -1);
  const isLeft = index < k;
  const own = isLeft ? rootByInclusion(index, k, leaf, below) : rootByInclusion(index - k, size - k, leaf, below);
  if (!own) return null;
  return isLeft ? hashNode(own, sibling) : hashNode(sibling, own);
}

/**
 * Whether a leaf stands at `index` of the tree of `size` leaves with this root.
 * @param {bigint | number} index @param {bigint | number} size @param {Bytes} leaf @param {readonly Bytes[]} proof @param {Bytes} root
 */
export function isIncluded(index, size, leaf, proof, root) {
  if (![leaf, root, ...proof].every(({ length }) => length === 32)) return false;
  const found = rootByInclusion(BigInt(index), BigInt(size), leaf, proof);
  return found !== null && same(found, root);
}

/**
 * Both roots that a consistency proof leads to (2.1.2). `isWhole` while the part looked at is still the whole older tree, whose root is
 * known and not part of the proof.
 * @param {bigint} first @param {bigint} second @param {Bytes} firstRoot @param {readonly Bytes[]} proof @param {boolean} isWhole
 * @returns {readonly [Bytes, Bytes] | null}
 */
function rootsByConsistency(first, second, firstRoot, proof, isWhole) {
  const last = proof.at(-1);
  if (first === second) {
    if (isWhole) return proof.length === 0 ? [firstRoot, firstRoot] : null;
    return last && proof.length === 1 ? [last, last] : null;
  }
  if (!last) return null;
  const k = split(second);
  const below = proof.slice(0, -1);
  if (first <= k) {
    const left = rootsByConsistency(first, k, firstRoot, below, isWhole);
    return left && [left[0], hashNode(left[1], last)];
  }
  const right = rootsByConsistency(first - k, second - k, firstRoot, below, false);
  return right && [hashNode(last, right[0]), hashNode(last, right[1])];
}

/**
 * Whether the tree of `second` leaves begins with the tree of `first` leaves. From nothing nothing is proved: refused.
 * @param {bigint | number} first @param {bigint | number} second @param {Bytes} firstRoot @param {Bytes} secondRoot @param {readonly Bytes[]} proof
 */
export function isConsistent(first, second, firstRoot, secondRoot, proof) {
  const [from, to] = [BigInt(first), BigInt(second)];
  if (from <= 0n || from > to) return false;
  // Of one size there is nothing to compute: the same root, or two logs.
  if (from === to) return proof.length === 0 && same(firstRoot, secondRoot);
  if (![firstRoot, secondRoot, ...proof].every(({ length }) => length === 32)) return false;
  const roots = rootsByConsistency(from, to, firstRoot, proof, true);
  return roots !== null && same(roots[0], firstRoot) && same(roots[1], secondRoot);
}

/**
 * The consistency proof from `first` to `second` leaves (2.1.2), made of subtrees that `hashOf(start, end)` gives.
 * @param {number} first @param {number} second @param {(start: number, end: number) => Promise<Bytes>} hashOf
 * @returns {Promise<Bytes[]>}
 */
export async function proveConsistency(first, second, hashOf) {
  /** @type {Bytes[]} */
  const proof = [];
  let [start, end] = [0, second];
  while (end - start !== first - start) {
    const middle = start + Number(split(BigInt(end - start)));
    if (first <= middle) {
      proof.unshift(await hashOf(middle, end));
      end = middle;
    } else {
      proof.unshift(await hashOf(start, middle));
      start = middle;
    }
  }
  if (start > 0) proof.unshift(await hashOf(start, end));
  return proof;
}

/**
 * The hash of the leaves from `start` to before `end`, where `complete(start, height)` gives that of 2^height leaves.
 * @param {number} start @param {number} end @param {(start: number, height: number) => Promise<Bytes>} complete
 * @returns {Promise<Bytes>}
 */
export async function hashOfRange(start, end, complete) {
  const width = end - start;
  const height = Math.log2(width);
  if (Number.isInteger(height)) return complete(start, height);
  const middle = start + Number(split(BigInt(width)));
  return hashNode(await hashOfRange(start, middle, complete), await hashOfRange(middle, end, complete));
}
