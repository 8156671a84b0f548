/** Which complete subtrees a stretch of leaves is made of, and how their hashes fold into one. Knows positions, not storage. */
import { EMPTY_ROOT, type Hash, hashNode } from "./hash.ts";

/** The complete subtree over the leaves `position·2^level` up to `(position+1)·2^level`. Level 0 is a leaf. */
export interface Subtree {
  readonly level: number;
  readonly position: number;
}

/** Leaves `start` up to, not including, `end`, as RFC 9162 splits a tree. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Hands out the hash of a complete subtree. */
export type HashAt = (subtree: Subtree) => Hash;

/** A log is at most this long, so that every position is a safe integer. */
export const LARGEST_SIZE = 2 ** 52;

/** The largest power of two below n, for n ≥ 2: where RFC 9162 splits a tree of n leaves. */
export function splitOf(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/**
 * The complete subtrees that make up a range, from left to right, largest first. The range must be one that splitting a
 * tree yields (its start is a multiple of its largest subtree); a whole tree `{start: 0, end: size}` is one.
 */
export function subtreesOf({ start, end }: Range): Subtree[] {
  const found: Subtree[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    while (at + 2 ** (level + 1) <= end) level += 1;
    const width = 2 ** level;
    if (at % width !== 0) throw new RangeError(`${start}–${end} is not a range of a split tree`);
    found.push({ level, position: at / width });
    at += width;
  }
  return found;
}

/** Joins the hashes of neighbouring complete subtrees, largest first: the last two together, then the one before, and so on. */
export function fold(hashes: readonly Hash[]): Hash {
  const last = hashes.at(-1);
  if (!last) return EMPTY_ROOT;
  return hashes.slice(0, -1).reduceRight((right, left) => hashNode(left, right), last);
}

export const hashOfRange = (range: Range, at: HashAt): Hash => fold(subtreesOf(range).map(at));

/** The root of the first `size` leaves. */
export const rootAt = (size: number, at: HashAt): Hash => hashOfRange({ start: 0, end: size }, at);
