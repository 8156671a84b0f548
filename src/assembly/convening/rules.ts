/** Whether owners who ask for a meeting are enough: 20 % by heads, and by heads and area, both shown (REG 13, GR 21; A7). Pure. */
import { type Fraction, leastReaching, reaches, type Weight } from "../../kernel/weight.ts";

/** 20%以上: reaching it is enough (CC 1259). */
export const PETITION: Fraction = { numerator: 1n, denominator: 5n, strict: false };

export interface PetitionCount {
  readonly signed: Weight;
  readonly total: Weight;
  readonly leastOwners: number;
  readonly leastAreaDm2: number;
  /** REG 13 read by its words: a fifth of the owners. This obliges the committee. */
  readonly byHeads: boolean;
  /** GR 21: a fifth of the owners and of the area. Shown beside it. */
  readonly byHeadsAndArea: boolean;
}

/** Counts a petition both ways. Nobody on the roll → neither way is reached. */
export function countPetition(signed: Weight, total: Weight): PetitionCount {
  const some = total.owners > 0;
  const byHeads = some && reaches(BigInt(signed.owners), BigInt(total.owners), PETITION);
  const byArea = some && reaches(BigInt(signed.areaDm2), BigInt(total.areaDm2), PETITION);
  return {
    signed,
    total,
    leastOwners: Number(leastReaching(BigInt(total.owners), PETITION)),
    leastAreaDm2: Number(leastReaching(BigInt(total.areaDm2), PETITION)),
    byHeads,
    byHeadsAndArea: byHeads && byArea,
  };
}
