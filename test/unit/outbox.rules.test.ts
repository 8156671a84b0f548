/** When messages leave, rest and are given up: each at its boundary. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hourOf } from "../../src/kernel/day.ts";
import {
  ATTEMPT_LIMIT,
  afterAttempt,
  afterNight,
  isExpired,
  isNight,
  waitAfter,
} from "../../src/platform/outbox/rules.ts";

const at = (time: string): number => Date.parse(`2026-11-02T${time}+08:00`);
const MINUTE = 60_000;

describe("the night", () => {
  test.each([
    ["20:59:59.999 is still day", "20:59:59.999", false],
    ["21:00 is night", "21:00:00.000", true],
    ["midnight is night", "00:00:00.000", true],
    ["07:59:59.999 is still night", "07:59:59.999", true],
    ["08:00 is day", "08:00:00.000", false],
  ])("%s", (_, time, night) => expect(isNight(at(time))).toBe(night));

  test("what comes in the evening waits for the next morning, before dawn for the same", () => {
    expect(afterNight(at("21:00:00"))).toBe(at("08:00:00") + 24 * 60 * MINUTE);
    expect(afterNight(at("03:30:00"))).toBe(at("08:00:00"));
    expect(afterNight(at("12:34:56"))).toBe(at("12:34:56"));
  });

  test("whatever the instant, waiting ends by day and less than eleven hours later", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (instant) => {
        const moved = afterNight(instant);
        expect(isNight(moved)).toBe(false);
        expect(moved - instant).toBeGreaterThanOrEqual(0);
        expect(moved - instant).toBeLessThanOrEqual(11 * 60 * MINUTE);
        if (moved !== instant) expect(hourOf(moved)).toBe(8);
      }),
    ));
});

describe("trying again", () => {
  test("waits 1, 2, 4 … minutes and never more than an hour", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 1000].map((n) => waitAfter(n) / MINUTE)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(() => waitAfter(0)).toThrow(RangeError);
  });

  test.each([
    ["one try before the last waits again", ATTEMPT_LIMIT - 1, "queued"],
    ["the last try gives up", ATTEMPT_LIMIT, "failed"],
    ["a try beyond the last gives up", ATTEMPT_LIMIT + 1, "failed"],
  ])("%s", (_, attempt, state) => {
    const next = afterAttempt({ attempt, attemptLimit: ATTEMPT_LIMIT }, "failed", 1000);
    expect(next.state).toBe(state);
    expect(next.doneAt).toBe(state === "failed" ? 1000 : null);
  });

  test("what was sent or skipped is done at once", () => {
    expect(afterAttempt({ attempt: 1, attemptLimit: 10 }, "sent", 7)).toEqual({ state: "sent", nextAt: 7, doneAt: 7 });
    expect(afterAttempt({ attempt: 1, attemptLimit: 10 }, "skipped", 7).state).toBe("skipped");
  });
});

test("a message is good until the instant before it expires", () => {
  expect([isExpired(100, 99), isExpired(100, 100), isExpired(100, 101), isExpired(null, 101)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
