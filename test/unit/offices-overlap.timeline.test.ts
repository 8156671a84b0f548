/** Where things stand on the drawn timeline: within it, in order, and with no more years written than fit. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, endOf, startOf } from "../../src/kernel/day.ts";
import { place, scaleOf, yearsOf } from "../../src/offices/overlap/timeline.tsx";

const day = "2026-11-02";
const until = (lastOn: string) => ({
  name: "甲",
  personId: "a",
  bodyKind: "committee" as const,
  title: { zh: "委员", en: "Member" },
  fromAt: startOf("2026-01-01"),
  untilAt: endOf(lastOn),
});

describe("the stretch", () => {
  test("begins with the history, and a year back where there is hardly any", () => {
    expect(scaleOf({ day, from: "2019-06-01", tenures: [] }).start).toBe(startOf("2019-06-01"));
    expect(scaleOf({ day, from: "2026-10-01", tenures: [] }).start).toBe(startOf("2025-11-02"));
  });
  test("ends with the last known term, but no further than five years on and no sooner than three months", () => {
    const end = (lastOn: string) => scaleOf({ day, from: day, tenures: [until(lastOn)] }).end;
    expect(end("2028-12-31")).toBe(endOf("2028-12-31"));
    expect(end("2040-12-31")).toBe(startOf("2031-11-02"));
    expect(end("2026-11-30")).toBe(startOf("2027-02-02"));
  });
});

const anyScale = fc
  .tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 2500 }))
  .map(([before, after]) => scaleOf({ day, from: addDays(day, -before), tenures: [until(addDays(day, after))] }));

test("every instant has its place within the width, and a later one never lies before an earlier", () =>
  fc.assert(
    fc.property(
      anyScale,
      fc.integer({ min: -9000, max: 9000 }),
      fc.integer({ min: 0, max: 900 }),
      (scale, at, more) => {
        const [one, other] = [place(scale, startOf(addDays(day, at))), place(scale, startOf(addDays(day, at + more)))];
        expect(0 <= one && one <= other && other <= 1000).toBe(true);
      },
    ),
  ));

test("at most three years are written, the last of them always", () =>
  fc.assert(
    fc.property(anyScale, (scale) => {
      const years = yearsOf(scale);
      const named = years.filter(({ isNamed }) => isNamed);
      expect(named.length).toBeLessThanOrEqual(3);
      if (years.length > 0) expect(named.at(-1)).toBe(years.at(-1));
    }),
  ));
