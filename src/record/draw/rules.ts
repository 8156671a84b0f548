/** Drawing lots that anyone can draw again: a seed committed to beforehand, revealed afterwards, and the order it gives. Pure. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** A seed is 32 random bytes; shorter ones could be tried out from their commitment. */
export const SEED_BYTES = 32;

/** What is published before the draw: hex of SHA-256("commonhold draw v1" ‖ seed). Throws for a seed of another length. */
export function commitSeed(seed: Uint8Array): string {
  if (seed.length !== SEED_BYTES) throw new RangeError(`a seed has ${SEED_BYTES} bytes, not ${seed.length}`);
  return bytesToHex(sha256(concatBytes(utf8ToBytes("commonhold draw v1"), seed)));
}

/** The ticket of one lot: hex of SHA-256(seed ‖ purpose ‖ 0x00 ‖ lot). The smallest ticket comes first. */
export const ticketOf = (seed: Uint8Array, purpose: string, lot: string): string =>
  bytesToHex(sha256(concatBytes(seed, utf8ToBytes(purpose), new Uint8Array(1), utf8ToBytes(lot))));

/**
 * The lots in the order of the draw. It depends on the seed, the purpose and the set of lots, not on the order they are
 * handed in; the same seed gives another order for another purpose. Throws for a lot named twice.
 */
export function drawOrder(seed: Uint8Array, purpose: string, lots: readonly string[]): string[] {
  if (seed.length !== SEED_BYTES) throw new RangeError(`a seed has ${SEED_BYTES} bytes, not ${seed.length}`);
  if (new Set(lots).size !== lots.length) throw new RangeError("a lot is named twice");
  return lots
    .map((lot) => ({ lot, ticket: ticketOf(seed, purpose, lot) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .map(({ lot }) => lot);
}
