/** The two hashes of the Merkle tree (RFC 9162, 2.1.1; RFC 6962 has the same). Nothing about which tree. */
import { sha256 } from "@noble/hashes/sha2.js";

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;
export const HASH_BYTES = 32;

// The first byte tells a leaf from a node, so that no entry can be passed off as the inside of a tree.
const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** The root of a tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0));

/** SHA-256(0x00 ‖ entry). */
export const hashLeaf = (entry: Uint8Array): Hash => sha256.create().update(LEAF).update(entry).digest();

/** SHA-256(0x01 ‖ left ‖ right). */
export const hashNode = (left: Hash, right: Hash): Hash =>
  sha256.create().update(NODE).update(left).update(right).digest();

/** Whether two hashes are the same 32 bytes. Both are public, so time tells nothing. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
