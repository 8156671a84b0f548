/** A weight on both axes of art. 278: owners (heads) and exclusive area. And the three comparisons the law knows, cross-multiplied. */
import type { AreaDm2 } from "./area.ts";

export interface Weight {
  readonly owners: number;
  readonly areaDm2: AreaDm2;
}

export const NOTHING: Weight = { owners: 0, areaDm2: 0 };

export const plus = (a: Weight, b: Weight): Weight => ({
  owners: a.owners + b.owners,
  areaDm2: a.areaDm2 + b.areaDm2,
});

/** A fraction of the law and whether reaching it exactly is enough (以上 includes, 过半数 does not; CC 1259; D5). */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly strict: boolean;
}

export const TWO_THIRDS: Fraction = { numerator: 2n, denominator: 3n, strict: false };
export const MORE_THAN_HALF: Fraction = { numerator: 1n, denominator: 2n, strict: true };
export const THREE_QUARTERS: Fraction = { numerator: 3n, denominator: 4n, strict: false };

/** Whether part of whole reaches the fraction. Cross-multiplied in integers: two thirds of 7 owners has no fraction to round. */
export function reaches(part: bigint, whole: bigint, fraction: Fraction): boolean {
  const left = part * fraction.denominator;
  const right = whole * fraction.numerator;
  return fraction.strict ? left > right : left >= right;
}

/** The smallest whole number that reaches the fraction of `whole`. */
export function leastReaching(whole: bigint, fraction: Fraction): bigint {
  const product = whole * fraction.numerator;
  const floor = product / fraction.denominator;
  if (fraction.strict) return floor + 1n;
  return product % fraction.denominator === 0n ? floor : floor + 1n;
}
