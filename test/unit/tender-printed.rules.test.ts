/** A published evaluation made again: every figure that does not follow is found, none that does is accused, and nothing missing is inferred. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Finding,
  type PrintedEvaluation,
  readBidLine,
  readPoints,
  readWeights,
  recomputeEvaluation,
} from "../../src/tenders/printed/rules.ts";

const evaluation = (lines: readonly string[], change: Partial<PrintedEvaluation> = {}): PrintedEvaluation => {
  const weights = change.weights ?? [20, 40, 40];
  const bids = lines.map((line) => readBidLine(line, weights.length)!);
  return { weights, sheets: 1, priceRule: "lowest", priceColumn: 1, bids, ...change };
};
const found = (asked: PrintedEvaluation): readonly Finding[] => {
  const made = recomputeEvaluation(asked);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.findings;
};
const RIGHT = ["甲 140 20 36 35 91 1", "乙 150 18.67 35 34 87.67 2", "丙 160 17.5 30 30 77.50 3"];

describe("reading", () => {
  test("points have two decimals at most; a dash is a missing figure, anything else is none", () => {
    expect(["8", "8.5", "8.50分", "-", "8.505", "八"].map(readPoints)).toEqual([
      800,
      850,
      850,
      null,
      undefined,
      undefined,
    ]);
  });
  test("a line has a name, a price, each part, a total and a rank", () => {
    expect(readBidLine("甲 1,234.50 20 36 35 91 第1名", 3)).toMatchObject({ priceFen: 123_450, total: 9_100, rank: 1 });
    expect(readBidLine("甲 - - - - 91 -", 3)).toMatchObject({ priceFen: null, parts: [null, null, null], rank: null });
    for (const line of ["甲 140 20 36 91 1", "甲 x 20 36 35 91 1", "甲 140 20 36 35 91 头名"])
      expect(readBidLine(line, 3)).toBeNull();
  });
  test("weights as they are printed", () => {
    expect(readWeights("10/30/40/10/10")).toEqual([10, 30, 40, 10, 10]);
    expect([readWeights(""), readWeights("10/x")]).toEqual([[], null]);
  });
});

describe("a printed evaluation", () => {
  test("that is right has no finding, and everything was checked", () => {
    expect(found(evaluation(RIGHT))).toEqual([]);
    const made = recomputeEvaluation(evaluation(RIGHT));
    expect(made.ok && made.value.checked).toBeGreaterThan(15);
  });
  test("one hundredth off in a price score, a total, or a rank, is found and named", () => {
    const one = (line: string) => found(evaluation([RIGHT[0]!, line, RIGHT[2]!]));
    expect(one("乙 150 18.66 35 34 87.66 2")).toEqual([
      { kind: "price", name: "乙", printed: 1_866, recomputed: 1_867 },
    ]);
    expect(one("乙 150 18.67 35 34 87.68 2")).toEqual([
      { kind: "total", name: "乙", printed: 8_768, recomputed: 8_767 },
    ]);
    expect(one("乙 150 18.67 35 34 87.67 3")).toEqual([{ kind: "rank", name: "乙", printed: 3, recomputed: 2 }]);
    expect(one("乙 150 18.67 40.01 34 92.68 1")).toContainEqual({
      kind: "over_weight",
      name: "乙",
      column: 2,
      points: 4_001,
      most: 4_000,
    });
  });
  test("weights of 99 and 101 do not sum to a hundred", () => {
    for (const last of [39, 41])
      expect(found(evaluation(RIGHT, { weights: [20, 40, last] }))).toContainEqual({ kind: "weights", sum: 60 + last });
  });
  test("those level may be printed in any order, and are said to be level", () => {
    const level = (ranks: readonly number[]) =>
      evaluation([`甲 - 20 36 35 91 ${ranks[0]}`, `乙 - 21 35 35 91 ${ranks[1]}`, "丙 - 17 30 30 77 3"], {
        weights: [30, 40, 30].map((one, at) => (at === 0 ? 21 : at === 1 ? 39 : one + 10)),
        priceRule: "none",
        priceColumn: 0,
      });
    expect(found(level([1, 2]))).toEqual([]);
    expect(found(level([2, 1]))).toEqual([]);
    expect(found(level([1, 3]))).toContainEqual({ kind: "rank", name: "乙", printed: 3, recomputed: 1 });
    const made = recomputeEvaluation(level([1, 2]));
    expect(made.ok && made.value.bids.map(({ isLevel }) => isLevel)).toEqual([true, true, false]);
  });
  test("only totals and ranks (three sheets added up) come out as printed; a missing figure is not inferred", () => {
    const totals = evaluation(["甲 - 265 1", "乙 - 210 2", "丙 - 208 3"], {
      weights: [],
      sheets: 3,
      priceRule: "none",
      priceColumn: 0,
    });
    expect(found(totals)).toEqual([]);
    expect(found({ ...totals, sheets: 2 })).toContainEqual({
      kind: "over_full",
      name: "甲",
      printed: 26_500,
      most: 20_000,
    });
    const holes = recomputeEvaluation(evaluation(["甲 140 20 - 35 - 1", "乙 150 18.67 35 34 87.67 2"]));
    expect(holes.ok && holes.value.bids.map(({ total, rank }) => [total, rank])).toEqual([
      [null, null],
      [8_767, null],
    ]);
  });
  test("whatever the points: totals that were added and ranks that were made from them are never accused", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 8_000 })), {
          minLength: 1,
          maxLength: 8,
        }),
        (points) => {
          const sums = points.map(([a, b]) => a + b);
          const bids = points.map(([a, b], at) => ({
            name: String(at),
            priceFen: null,
            parts: [a, b],
            total: a + b,
            rank: 1 + sums.filter((one) => one > a + b).length,
          }));
          expect(found({ weights: [20, 80], sheets: 1, priceRule: "none", priceColumn: 0, bids })).toEqual([]);
        },
      ),
    ));
});
