/** The verifier's own art. 278 against the product's: they were written apart and must never differ. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide as decideHere, figures, type Matter } from "../../src/assembly/rules.ts";
import { approvalOf, decide, quorumOf, readArea, readWeight } from "../../verifier/tally.mjs";

const w = (owners: number, areaDm2: number) => ({ owners: BigInt(owners), area: BigInt(areaDm2) });
const outcome = (matter: number, all: [number, number], part: [number, number], yes: [number, number]) =>
  decide(matter, w(...all), w(...part), new Map([[1, w(...yes)]])).outcome;

describe("the thresholds", () => {
  test.each([
    ["two thirds exactly is a quorum", 9, [9, 900], [6, 600], [4, 301], "carried"],
    ["one owner short of it is none", 9, [9, 900], [5, 900], [5, 900], "quorum_not_met"],
    ["0.01 m² short of it is none", 9, [9, 900], [6, 599], [6, 599], "quorum_not_met"],
    ["half is not more than half, by owners", 9, [9, 900], [8, 800], [4, 500], "lost"],
    ["half is not more than half, by area", 9, [9, 900], [8, 800], [5, 400], "lost"],
    ["three quarters exactly is enough for matters 6 to 8", 7, [4, 400], [4, 400], [3, 300], "carried"],
    ["0.01 m² less is not", 8, [4, 400], [4, 400], [3, 299], "lost"],
    ["more than half is not enough for them", 6, [9, 900], [9, 900], [6, 600], "lost"],
    ["nobody to vote decides nothing", 1, [0, 0], [0, 0], [0, 0], "quorum_not_met"],
  ] as const)("%s", (_, matter, all, part, yes, wanted) =>
    expect(outcome(matter, [...all], [...part], [...yes])).toBe(wanted),
  );
  test.each([
    [7n, 5n, 4n],
    [6n, 4n, 4n],
    [1n, 1n, 1n],
    [0n, 0n, 1n],
  ])("of %i the quorum is %i and more than half is %i", (whole, quorum, half) =>
    expect([quorumOf(whole), approvalOf(9, whole)]).toEqual([quorum, half]),
  );
});

test("it is the product's decision with every inequality, for any figures", () => {
  const upTo = (most: number) => fc.integer({ min: 0, max: most });
  const figure = fc
    .integer({ min: 1, max: 3_000_000 })
    .chain((all) => upTo(all).chain((part) => upTo(part).map((yes) => [all, part, yes] as const)));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), figure, figure, (matter, owners, area) => {
      const at = (index: 0 | 1 | 2) => ({ owners: owners[index], areaDm2: area[index] });
      const here = decideHere(matter as Matter, figures(at(0)), figures(at(1)), figures(at(2)));
      const own = decide(matter, w(owners[0], area[0]), w(owners[1], area[1]), new Map([[1, w(owners[2], area[2])]]));
      expect(own.outcome).toBe(here.outcome);
      expect(own.checks.map(({ least, holds }) => [least, holds])).toEqual(
        here.checks.map(({ least, holds }) => [least, holds]),
      );
    }),
  );
});

test.each([
  ["19796.96", 1_979_696n],
  ["0.00", 0n],
  ["1", null],
  ["1.5", null],
  ["-1.00", null],
  [5, null],
])("the area %s", (text, area) => expect(readArea(text)).toBe(area));
test("a weight that lacks a part is none", () => {
  expect(readWeight({ owners: 1, areaM2: "2.00" })).toEqual(w(1, 200));
  expect(readWeight({ owners: 1, areaDm2: 200 })).toEqual(w(1, 200));
  expect(readWeight({ owners: 1.5, areaM2: "2.00" })).toBeNull();
  expect(readWeight(null)).toBeNull();
});
