/** Medians, spreads and the alternation of product and floor. Knows nothing of what is measured. */

/** Middle value, the mean of the two middle ones for an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) throw new RangeError("nothing was measured");
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** A figure taken several times: the middle, and how far the lowest and the highest were from it, in parts of it. */
export interface Figure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export function figureOf(values: readonly number[]): Figure {
  return { value: median(values), low: Math.min(...values), high: Math.max(...values) };
}

export interface Compared {
  /** product ÷ floor of each round; above 1 the product took longer. */
  readonly ratio: Figure;
  readonly productMs: Figure;
  readonly floorMs: Figure;
}

/**
 * Times product and floor in turn, `rounds` times, changing who is first; one round before is thrown away. The ratio is
 * taken round by round, so that a machine that slows down slows both.
 */
export async function compare(
  rounds: number,
  product: (round: number) => Promise<number>,
  floor: (round: number) => Promise<number>,
): Promise<Compared> {
  await floor(-1);
  await product(-1);
  const products: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      floors.push(await floor(round));
      products.push(await product(round));
    } else {
      products.push(await product(round));
      floors.push(await floor(round));
    }
  }
  return {
    ratio: figureOf(products.map((ms, round) => ms / floors[round]!)),
    productMs: figureOf(products),
    floorMs: figureOf(floors),
  };
}
