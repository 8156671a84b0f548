/** Where a page of a list lies when only the sizes of its parts are known. Pure. */

interface Part {
  readonly units: number;
  readonly firstKey: string;
  readonly lastKey: string;
}

/** Whether one text stands behind another as the database orders them: by code point, not by JavaScript's half characters. */
function isBehind(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]];
  const at = a.findIndex((character, index) => character !== b[index]);
  return at >= 0 && (b[at] === undefined || a[at]!.codePointAt(0)! > b[at].codePointAt(0)!);
}

/**
 * The parts that a page lies in, in their order, and how many of their units stand before it: leaving out `skip` of all and taking
 * `limit`. Parts whose places run into each other are taken together, because their units are mixed. Behind the last unit there is none.
 */
export function placeOfPage<P extends Part>(
  parts: readonly P[],
  skip: number,
  limit: number,
): {
  readonly buildings: readonly P[];
  /** Between which places the page is to be looked for. */
  readonly firstKey: string;
  readonly lastKey: string;
  readonly offset: number;
  readonly limit: number;
} {
  const groups: { parts: P[]; units: number; lastKey: string }[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (!last || isBehind(part.firstKey, last.lastKey)) {
      groups.push({ parts: [part], units: part.units, lastKey: part.lastKey });
      continue;
    }
    // 1栋 and 01栋 share an order: their units stand between each other.
    last.parts.push(part);
    last.units += part.units;
    if (isBehind(part.lastKey, last.lastKey)) last.lastKey = part.lastKey;
  }
  const chosen: P[] = [];
  let [before, offset, lastKey] = [0, 0, ""];
  for (const group of groups) {
    const isIn = before + group.units > skip && before < skip + limit;
    if (isIn && chosen.length === 0) offset = skip - before;
    if (isIn) {
      chosen.push(...group.parts);
      lastKey = group.lastKey;
    }
    before += group.units;
  }
  return { buildings: chosen, firstKey: chosen[0]?.firstKey ?? "", lastKey, offset, limit };
}
