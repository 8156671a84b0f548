/** Sharing an amount out to the fen: by area, by largest remainder, the sum exact. Pure; what is shared and why is the caller's. */
import type { AreaDm2 } from "../../kernel/area.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** Somebody or something with a weight: a unit with its area (CC 283), a household with 1. */
export interface Holding {
  /** Stable and unique; level remainders go by it, so that the same roll always gives the same shares. */
  readonly key: string;
  readonly weight: AreaDm2;
}

export interface Share {
  readonly key: string;
  readonly weight: AreaDm2;
  readonly fen: Fen;
  /** Whole fen by proportion, before the remainders. */
  readonly floorFen: Fen;
  /** What was left of a fen: `remainder` of `total weight`. */
  readonly remainder: string;
  /** Whether a fen of the remainder came here. */
  readonly roundedUp: boolean;
}

export type SharingRefusal =
  | { readonly reason: "nobody_to_share" }
  | { readonly reason: "key_twice"; readonly key: string }
  | { readonly reason: "weight_unreadable"; readonly key: string }
  | { readonly reason: "amount_unreadable" };

/**
 * Shares `amountFen` by weight (CC 283: by the area of the exclusive part, where nothing else was agreed; MF 20–21; D11, F6). Each gets
 * the whole fen of their proportion; the fen left over go to the largest remainders, level ones in the order of their keys. The sum
 * is the amount, to the fen. Exact: products are made in integers of any size.
 */
export function shareOut(amountFen: Fen, holdings: readonly Holding[]): Result<Share[], SharingRefusal> {
  if (!Number.isSafeInteger(amountFen) || amountFen < 0) return err({ reason: "amount_unreadable" });
  const seen = new Set<string>();
  for (const { key, weight } of holdings) {
    if (seen.has(key)) return err({ reason: "key_twice", key });
    seen.add(key);
    if (!Number.isSafeInteger(weight) || weight < 0) return err({ reason: "weight_unreadable", key });
  }
  const total = holdings.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  if (total === 0n) return err({ reason: "nobody_to_share" });
  const amount = BigInt(amountFen);
  const parts = holdings.map((holding) => {
    const product = amount * BigInt(holding.weight);
    return { ...holding, floor: product / total, remainder: product % total };
  });
  // Fewer than there are holdings, because each remainder is below one fen.
  const left = Number(amount - parts.reduce((sum, { floor }) => sum + floor, 0n));
  const lucky = new Set(
    parts
      .toSorted((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : a.key < b.key ? -1 : 1))
      .slice(0, left)
      .map(({ key }) => key),
  );
  return ok(
    parts.map(({ key, weight, floor, remainder }) => ({
      key,
      weight,
      fen: Number(floor) + (lucky.has(key) ? 1 : 0),
      floorFen: Number(floor),
      remainder: `${remainder}/${total}`,
      roundedUp: lucky.has(key),
    })),
  );
}

/** The smallest amount that is at least `numerator/denominator` of another, in whole fen: what a rule like “not less than half” asks for. */
export const atLeast = (amountFen: Fen, numerator: number, denominator: number): Fen =>
  Number((BigInt(amountFen) * BigInt(numerator) + BigInt(denominator) - 1n) / BigInt(denominator));
