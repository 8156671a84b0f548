/** Money as typed and printed: exact to the fen or refused. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatYuan, MOST_FEN, parseYuan, plainYuan } from "../../src/kernel/money.ts";

describe("yuan as people write them", () => {
  test.each([
    ["0", 0],
    ["0.01", 1],
    ["1", 100],
    ["1.5", 150],
    ["1.50", 150],
    ["1.500", 150],
    [" 1,234.50 ", 123_450],
    ["1234.50元", 123_450],
    ["￥1，234．50", 123_450],
    ["¥1234", 123_400],
    ["-3", -300],
    ["(1,234.50)", -123_450],
    ["-0", 0],
    ["007.10", 710],
    ["33589.09", 3_358_909],
    ["100000000000", MOST_FEN],
  ])("%s is %s fen", (typed, fen) => expect(parseYuan(typed)).toEqual({ ok: true, value: fen }));

  test.each([
    ["", "amount_missing"],
    ["元", "amount_missing"],
    ["一百", "amount_unreadable"],
    ["1,23", "amount_unreadable"],
    ["12,34.5", "amount_unreadable"],
    ["1.2.3", "amount_unreadable"],
    ["1e3", "amount_unreadable"],
    ["(1", "amount_unreadable"],
    ["(-1)", "amount_unreadable"],
    ["=1+1", "amount_unreadable"],
    ["0.001", "amount_too_fine"],
    ["1.005", "amount_too_fine"],
    ["100000000000.01", "amount_too_large"],
    ["9007199254740993", "amount_too_large"],
  ])("“%s” is refused: %s", (typed, reason) => {
    const read = parseYuan(typed);
    expect(read.ok ? null : read.error.reason).toBe(reason);
  });

  test("what is printed reads back, to the fen", () => {
    fc.assert(
      fc.property(fc.integer({ min: -MOST_FEN, max: MOST_FEN }), (fen) => {
        expect(parseYuan(formatYuan(fen))).toEqual({ ok: true, value: fen === 0 ? 0 : fen });
        expect(parseYuan(plainYuan(fen))).toEqual({ ok: true, value: fen === 0 ? 0 : fen });
      }),
    );
    expect([formatYuan(0), formatYuan(-5), formatYuan(123_456_789)]).toEqual(["0.00", "-0.05", "1,234,567.89"]);
    expect(() => formatYuan(0.5)).toThrow("fen");
  });
});
