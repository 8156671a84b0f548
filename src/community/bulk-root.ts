/** The Merkle root of a long list by the runtime's own SHA-256: the same value as the record's rootOf, six times as fast. Proves nothing. */
import { createHash } from "node:crypto";
import { bytesToHex } from "@noble/hashes/utils.js";
import { EMPTY_ROOT } from "../record/merkle/hash.ts";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * The root, in hex, of a list of texts (RFC 9162, 2.1.1). Pairing from the left and handing an odd one up unchanged
 * gives the tree that the RFC defines by splitting; a test compares it with the record's own for every size.
 */
export function bulkRootOf(entries: readonly string[]): string {
  let level = entries.map((entry) => createHash("sha256").update(LEAF).update(entry, "utf8").digest());
  if (level.length === 0) return bytesToHex(EMPTY_ROOT);
  while (level.length > 1) {
    const above = [];
    for (let left = 0; left < level.length; left += 2) {
      const right = level[left + 1];
      above.push(right ? createHash("sha256").update(NODE).update(level[left]!).update(right).digest() : level[left]!);
    }
    level = above;
  }
  return level[0]!.toString("hex");
}
