/** The order on the ballot, drawn from a seed that was committed to while names were still coming in; anyone draws it again (M6). Pure. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { commitSeed, drawOrder, SEED_BYTES, ticketOf } from "../../../record/draw/rules.ts";

/** What the tickets of an election's candidates are drawn for: another election draws otherwise from the same seed. */
export const orderPurpose = (electionId: string): string => `commonhold election ${electionId} candidates`;

/** The lot of a candidate: the number of the nomination, given before anyone could know the seed. */
export const lotOf = (number: number): string => String(number);

export interface PublishedDraw {
  /** Hex of the commitment that was published before the draw. */
  readonly commitment: string;
  readonly purpose: string;
  /** Numbers of the nominations that were drawn. */
  readonly lots: readonly number[];
  /** The same numbers in the published order. */
  readonly drawn: readonly number[];
}

export type ReplayRefusal =
  | { readonly reason: "seed_malformed"; readonly bytes: number }
  /** Another seed than the one committed to; with the order it would have given. */
  | { readonly reason: "another_seed"; readonly commitment: string; readonly order: readonly number[] }
  /** The committed seed gives another order than was published: the list was not drawn from it. */
  | { readonly reason: "another_order"; readonly order: readonly number[] };

export interface Replayed {
  readonly order: readonly { readonly number: number; readonly ticket: string }[];
}

/** Draws again from `seed` (64 hex digits) and says whether it is the seed and the order that were published. */
export function replayOrder(draw: PublishedDraw, seed: string): Result<Replayed, ReplayRefusal> {
  const typed = seed.trim().toLowerCase();
  if (!/^[0-9a-f]*$/.test(typed) || typed.length !== SEED_BYTES * 2)
    return err({ reason: "seed_malformed", bytes: SEED_BYTES });
  const bytes = hexToBytes(typed);
  const order = drawOrder(bytes, draw.purpose, draw.lots.map(lotOf)).map(Number);
  const commitment = commitSeed(bytes);
  if (commitment !== draw.commitment) return err({ reason: "another_seed", commitment, order });
  if (order.length !== draw.drawn.length || order.some((number, at) => number !== draw.drawn[at]))
    return err({ reason: "another_order", order });
  return ok({ order: order.map((number) => ({ number, ticket: ticketOf(bytes, draw.purpose, lotOf(number)) })) });
}
