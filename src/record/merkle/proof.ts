/** Inclusion and consistency proofs, made and verified (RFC 9162, 2.1.3 and 2.1.4). Making asks for hashes; verifying trusts none. */
import { HASH_BYTES, type Hash, hashNode, sameHash } from "./hash.ts";
import { type HashAt, hashOfRange, type Range, splitOf } from "./range.ts";

/** The ranges whose hashes prove leaf `index` within the first `size` leaves, from the leaf's sibling up (2.1.3.1). */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const path: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.reverse();
}

/** The ranges whose hashes prove that the first `first` of `second` leaves are the tree signed earlier (2.1.4.1). */
export function consistencyRanges(first: number, second: number): Range[] {
  if (!(first > 0 && first <= second)) throw new RangeError(`no proof from ${first} leaves to ${second}`);
  const path: Range[] = [];
  let start = 0;
  let end = second;
  // Split down to the subtree in which the older tree ends.
  while (end !== first) {
    const middle = start + splitOf(end - start);
    if (first <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  // The older tree itself is known to the verifier; a part of it is not.
  if (start > 0) path.push({ start, end });
  return path.reverse();
}

export const proveInclusion = (index: number, size: number, at: HashAt): Hash[] =>
  inclusionRanges(index, size).map((range) => hashOfRange(range, at));

export const proveConsistency = (first: number, second: number, at: HashAt): Hash[] =>
  consistencyRanges(first, second).map((range) => hashOfRange(range, at));

/** Whether `leaf` stands at `index` in the tree of `size` leaves with this root (2.1.3.2). bigint, because a stranger may write any uint64. */
export function verifyInclusion(
  index: number | bigint,
  size: number | bigint,
  leaf: Hash,
  proof: readonly Hash[],
  root: Hash,
): boolean {
  let node = BigInt(index);
  let last = BigInt(size) - 1n;
  if (node < 0n || node > last || !allHashes([leaf, root, ...proof])) return false;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (isOdd(node) || node === last) {
      hash = hashNode(sibling, hash);
      while (!isOdd(node) && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = hashNode(hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && sameHash(hash, root);
}

/** Whether the tree of `second` leaves begins with the tree of `first` leaves (2.1.4.2). A proof from nothing proves nothing and is refused. */
export function verifyConsistency(
  first: number | bigint,
  second: number | bigint,
  firstRoot: Hash,
  secondRoot: Hash,
  proof: readonly Hash[],
): boolean {
  const from = BigInt(first);
  const to = BigInt(second);
  if (from <= 0n || from > to) return false;
  // Of one size there is nothing to compute: the same root, whatever was hashed, or two logs.
  if (from === to) return proof.length === 0 && sameHash(firstRoot, secondRoot);
  if (!allHashes([firstRoot, secondRoot, ...proof])) return false;
  // A complete older tree is itself the first node of the path.
  const path = isPowerOfTwo(from) ? [firstRoot, ...proof] : proof;
  let node = from - 1n;
  let last = to - 1n;
  while (isOdd(node)) {
    node >>= 1n;
    last >>= 1n;
  }
  const [start, ...rest] = path;
  if (!start || proof.length === 0) return false;
  let older = start;
  let newer = start;
  for (const sibling of rest) {
    if (last === 0n) return false;
    if (isOdd(node) || node === last) {
      older = hashNode(sibling, older);
      newer = hashNode(sibling, newer);
      while (!isOdd(node) && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      newer = hashNode(newer, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && sameHash(older, firstRoot) && sameHash(newer, secondRoot);
}

const isOdd = (n: bigint): boolean => (n & 1n) === 1n;
const isPowerOfTwo = (n: bigint): boolean => (n & (n - 1n)) === 0n;
const allHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === HASH_BYTES);
