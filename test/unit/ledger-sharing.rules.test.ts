/** Sharing out: exact to the fen, for one and for five thousand, whatever the order. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atLeast, shareOut } from "../../src/ledger/sharing/rules.ts";

const must = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const fens = (amount: number, weights: readonly number[]) =>
  must(
    shareOut(
      amount,
      weights.map((weight, at) => ({ key: `u${String(at).padStart(4, "0")}`, weight })),
    ),
  ).map(({ fen }) => fen);

describe("sharing out", () => {
  test.each([
    [100, [1], [100]],
    [100, [1, 1], [50, 50]],
    [101, [1, 1], [51, 50]],
    [100, [1, 1, 1], [34, 33, 33]],
    [0, [1, 2], [0, 0]],
    [1, [1, 2], [0, 1]],
    [10, [0, 5], [0, 10]],
    [7, [3, 3, 1], [3, 3, 1]],
  ])("%s fen by %j is %j", (amount, weights, shares) => expect(fens(amount, weights)).toEqual(shares));

  test("a published case: nine yuan a square metre is 1,146.42 yuan for 127.38 m²", () => {
    const areas = [12_738, 10_000, 3_309]; // in 0.01 m²; nine yuan a square metre are nine fen of them
    const total = 9 * areas.reduce((sum, area) => sum + area, 0);
    expect(fens(total, areas)).toEqual([114_642, 90_000, 29_781]);
  });

  const holdings = fc.uniqueArray(
    fc.record({ key: fc.string({ minLength: 1, maxLength: 8 }), weight: fc.integer({ min: 0, max: 10_000_000 }) }),
    {
      selector: ({ key }) => key,
      minLength: 1,
      maxLength: 60,
    },
  );
  test("the sum is the amount, nobody is a fen from their proportion, and the order is nobody's advantage", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), holdings, (amount, some) => {
        const total = some.reduce((sum, { weight }) => sum + weight, 0);
        fc.pre(total > 0);
        const shares = must(shareOut(amount, some));
        expect(shares.reduce((sum, { fen }) => sum + BigInt(fen), 0n)).toBe(BigInt(amount));
        for (const { fen, weight, floorFen } of shares) {
          const exact = BigInt(amount) * BigInt(weight);
          expect(
            BigInt(fen) * BigInt(total) > exact - BigInt(total) && BigInt(fen) * BigInt(total) < exact + BigInt(total),
          ).toBe(true);
          expect(fen - floorFen === 0 || fen - floorFen === 1).toBe(true);
        }
        const other = must(shareOut(amount, some.toReversed())).toReversed();
        expect(other).toEqual(shares);
      }),
    );
  });

  test("to one unit and to five thousand", () => {
    const weights = Array.from({ length: 5_000 }, (_, at) => 8_000 + (at % 997));
    const shares = fens(99_735_777, weights);
    expect(shares.reduce((sum, fen) => sum + fen, 0)).toBe(99_735_777);
    expect(fens(99_735_777, [1])).toEqual([99_735_777]);
  });

  test("nobody to share with, a key twice, a weight or an amount that is none", () => {
    const reason = (amount: number, some: { key: string; weight: number }[]) => {
      const shared = shareOut(amount, some);
      return shared.ok ? null : shared.error.reason;
    };
    expect(reason(1, [])).toBe("nobody_to_share");
    expect(reason(1, [{ key: "a", weight: 0 }])).toBe("nobody_to_share");
    expect(
      reason(1, [
        { key: "a", weight: 1 },
        { key: "a", weight: 2 },
      ]),
    ).toBe("key_twice");
    expect(reason(1, [{ key: "a", weight: -1 }])).toBe("weight_unreadable");
    expect(reason(1, [{ key: "a", weight: 1.5 }])).toBe("weight_unreadable");
    for (const amount of [-1, 0.5, Number.NaN])
      expect(reason(amount, [{ key: "a", weight: 1 }])).toBe("amount_unreadable");
  });

  test("at least half of an odd amount is the fen above it", () =>
    expect([atLeast(100, 1, 2), atLeast(101, 1, 2), atLeast(0, 1, 2), atLeast(1, 1, 2)]).toEqual([50, 51, 0, 1]));
});
