/** Drawing lots that anyone can draw again: a seed committed to beforehand, revealed afterwards, and the order it gives. Pure. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../../kernel/result.ts";

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

// ——— Drawing again ———

/** A draw as it was published: lots are numbers that were given before anyone could know the seed. */
export interface PublishedDraw {
  /** Hex of the commitment that was published before the draw. */
  readonly commitment: string;
  readonly purpose: string;
  readonly lots: readonly number[];
  /** The same numbers in the published order. */
  readonly drawn: readonly number[];
}

export type ReplayRefusal =
  | { readonly reason: "seed_malformed"; readonly bytes: number }
  /** Another seed than the one committed to; with the order it would have given. */
  | { readonly reason: "another_seed"; readonly commitment: string; readonly order: readonly number[] }
  /** The committed seed gives another order than was published: that was not drawn from it. */
  | { readonly reason: "another_order"; readonly order: readonly number[] };

export interface Ticket {
  readonly number: number;
  /** 64 hex digits. */
  readonly ticket: string;
}

/** Numbers in the order of the draw, each lot being the number in decimal digits. `seed`: 64 hex digits. */
export const drawNumbers = (seed: string, purpose: string, lots: readonly number[]): number[] =>
  drawOrder(hexToBytes(seed), purpose, lots.map(String)).map(Number);

/** Draws again from `seed` (64 hex digits) and says whether it is the seed and the order that were published. */
export function replayDraw(draw: PublishedDraw, seed: string): Result<readonly Ticket[], ReplayRefusal> {
  const typed = seed.trim().toLowerCase();
  if (!/^[0-9a-f]*$/.test(typed) || typed.length !== SEED_BYTES * 2)
    return err({ reason: "seed_malformed", bytes: SEED_BYTES });
  const bytes = hexToBytes(typed);
  const order = drawNumbers(typed, draw.purpose, draw.lots);
  const commitment = commitSeed(bytes);
  if (commitment !== draw.commitment) return err({ reason: "another_seed", commitment, order });
  if (order.length !== draw.drawn.length || order.some((number, at) => number !== draw.drawn[at]))
    return err({ reason: "another_order", order });
  return ok(order.map((number) => ({ number, ticket: ticketOf(bytes, draw.purpose, String(number)) })));
}
