/** The pure values everything rests on, at their bounds: areas, days and periods, weights and fractions, ids. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatArea, parseArea } from "../../src/kernel/area.ts";
import {
  addDays,
  addMonths,
  addWorkingDays,
  DAY_MS,
  dayOf,
  daysBetween,
  endOf,
  formatInstant,
  hourOf,
  isAnnounced,
  isDay,
  isDayOff,
  isoInstant,
  isWorkingDay,
  lastDayOfPeriod,
  localValue,
  parseLocal,
  startOf,
} from "../../src/kernel/day.ts";
import { base32, newId } from "../../src/kernel/id.ts";
import { err, ok } from "../../src/kernel/result.ts";
import {
  leastReaching,
  MORE_THAN_HALF,
  NOTHING,
  plus,
  reaches,
  THREE_QUARTERS,
  TWO_THIRDS,
} from "../../src/kernel/weight.ts";

describe("an area", () => {
  test.each([
    ["89.66", 8966],
    ["89.6", 8960],
    ["89", 8900],
    ["0", 0],
    ["0.01", 1],
    ["089.60", 8960],
    ["89.6600", 8966],
    ["１，２３４．５０", 123_450],
    ["1,234.50", 123_450],
    ["12,345,678", 1_234_567_800],
    [" 89.66 ㎡ ", 8966],
    ["89.66m²", 8966],
    ["89.66M2", 8966],
    ["89.66平方米", 8966],
    ["100000000", 10_000_000_000],
  ])("%j is %i hundredths of a square metre", (text, dm2) => expect(parseArea(text)).toEqual(ok(dm2)));
  test.each([
    ["", "empty"],
    ["  ", "empty"],
    ["㎡", "empty"],
    ["-1", "negative"],
    ["-0.5㎡", "negative"],
    ["89.661", "too_precise"],
    ["0.001", "too_precise"],
    ["89.66.1", "not_a_number"],
    ["12,34.5", "not_a_number"],
    ["1,2345", "not_a_number"],
    ["1e3", "not_a_number"],
    ["0x10", "not_a_number"],
    [".5", "not_a_number"],
    ["89.66+12.3", "not_a_number"],
    ["八十九", "not_a_number"],
    ["100000000.01", "too_large"],
    ["9".repeat(30), "too_large"],
  ])("%j is refused as %s, never rounded or guessed", (text, fault) => expect(parseArea(text)).toEqual(err(fault)));
  test("what is shown is read back as the same area", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), (dm2) => {
        expect(parseArea(formatArea(dm2))).toEqual(ok(dm2));
      }),
    );
  });
  test("any text is read or refused, never thrown at", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => void expect(typeof parseArea(text).ok).toBe("boolean")),
    );
  });
  test("a difference below zero is shown with its sign", () => expect(formatArea(-5)).toBe("-0.05"));
});

describe("an instant in Asia/Shanghai", () => {
  const midnight = Date.parse("2026-06-30T16:00:00Z");
  test("a day begins and ends at 24:00, not at the end of a UTC day", () => {
    expect(startOf("2026-07-01")).toBe(midnight);
    expect(endOf("2026-06-30")).toBe(midnight);
    expect([midnight - 1, midnight, midnight + 1].map(dayOf)).toEqual(["2026-06-30", "2026-07-01", "2026-07-01"]);
    expect([midnight - 1, midnight].map(hourOf)).toEqual([23, 0]);
  });
  test("is shown and read as local time", () => {
    expect(formatInstant(midnight)).toBe("2026-07-01 00:00");
    expect(isoInstant(midnight)).toBe("2026-07-01T00:00:00+08:00");
    expect(Date.parse(isoInstant(midnight))).toBe(midnight);
    expect(parseLocal("2026-07-01T00:00")).toBe(midnight);
  });
  test.each(["2026-02-29T10:00", "2026-07-01", "2026-07-01T24:30", "2026-07-01 10:00", "", "2026-07-01T10:00Z"])(
    "%j is not a local time",
    (text) => expect(parseLocal(text)).toBeNull(),
  );
  test("every minute survives the form it is typed into", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000_000 }), (minutes) => {
        expect(parseLocal(localValue(minutes * 60_000))).toBe(minutes * 60_000);
      }),
    );
  });
});

describe("a civil day", () => {
  test.each([
    ["2028-02-29", true],
    ["2026-02-29", false],
    ["2026-04-31", false],
    ["2026-13-01", false],
    ["2026-00-10", false],
    ["2026-1-1", false],
    ["26-01-01", false],
    ["", false],
  ])("%j: %s", (text, is) => expect(isDay(text)).toBe(is));
  test("months end inside the month", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2028-01-31", 1)).toBe("2028-02-29");
    expect(addMonths("2026-12-31", 12)).toBe("2027-12-31");
  });
  const day = fc.integer({ min: 0, max: 36_500 }).map((days) => addDays("1995-01-01", days));
  test("adding and counting days undo each other", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
      }),
    );
  });
  test("a day is 24 hours, with no summer time in between", () => {
    fc.assert(fc.property(day, (one) => void expect(endOf(one) - startOf(one)).toBe(DAY_MS)));
    fc.assert(fc.property(day, (one) => void expect(dayOf(startOf(one))).toBe(one)));
  });
});

describe("days off in 2026, as the State Council announced them", () => {
  test.each([
    ["New Year", "2026-01-01", "2026-01-03"],
    ["Spring Festival", "2026-02-15", "2026-02-23"],
    ["Qingming", "2026-04-04", "2026-04-06"],
    ["Labour Day", "2026-05-01", "2026-05-05"],
    ["Dragon Boat", "2026-06-19", "2026-06-21"],
    ["Mid-Autumn", "2026-09-25", "2026-09-27"],
    ["National Day", "2026-10-01", "2026-10-07"],
  ])("%s", (_, from, to) => {
    for (let one = from; one <= to; one = addDays(one, 1)) expect([one, isDayOff(one)]).toEqual([one, true]);
  });
  test.each(["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])(
    "%s is a weekend on which people work (调休)",
    (one) => {
      expect([0, 6]).toContain(new Date(`${one}T00:00:00Z`).getUTCDay());
      expect(isWorkingDay(one)).toBe(true);
    },
  );
  test.each([
    ["2026-11-20", true],
    ["2026-11-21", false],
    ["2026-11-22", false],
    ["2026-11-23", true],
  ])("an ordinary week: %s", (one, works) => expect(isWorkingDay(one)).toBe(works));
  test("a year that is not announced yet is known by its weekends only, and said to be provisional", () => {
    expect(isAnnounced("2026-12-31")).toBe(true);
    expect(isAnnounced("2027-01-01")).toBe(false);
    expect(isDayOff("2027-03-06")).toBe(true);
  });
});

describe("a period (CC 200–203; D20)", () => {
  test.each([
    ["the first day is not counted", "2026-11-02", 3, "2026-11-05"],
    ["ending on a Saturday, it ends on Monday", "2026-11-02", 5, "2026-11-09"],
    ["ending on a Sunday, it ends on Monday", "2026-11-02", 6, "2026-11-09"],
    ["ending on Monday itself, it stays", "2026-11-02", 7, "2026-11-09"],
    ["ending in the National holiday, it ends on the 8th", "2026-09-25", 7, "2026-10-08"],
    ["ending in the Spring Festival, it ends on the 24th", "2026-02-10", 5, "2026-02-24"],
    ["ending on a weekend people work on, it stays", "2026-10-05", 5, "2026-10-10"],
    ["a weekend in the middle is counted", "2026-11-02", 15, "2026-11-17"],
  ])("%s", (_, from, days, last) => expect(lastDayOfPeriod(from, days)).toBe(last));
  test("never ends early, and never on a day off", () => {
    const from = fc.integer({ min: 0, max: 700 }).map((days) => addDays("2025-01-01", days));
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 90 }), (first, days) => {
        const last = lastDayOfPeriod(first, days);
        expect(daysBetween(first, last)).toBeGreaterThanOrEqual(days);
        expect(isWorkingDay(last)).toBe(true);
        for (let one = addDays(first, days); one < last; one = addDays(one, 1)) expect(isDayOff(one)).toBe(true);
      }),
    );
  });
  test.each([
    ["three working days over a weekend", "2026-11-05", 3, "2026-11-10"],
    ["none is the day itself", "2026-11-07", 0, "2026-11-07"],
    ["over the National holiday and its make-up Saturday", "2026-09-30", 3, "2026-10-10"],
  ])("working days: %s", (_, from, days, last) => expect(addWorkingDays(from, days)).toBe(last));
});

describe("a fraction of the law", () => {
  test.each([
    ["two thirds of 9 is 6", TWO_THIRDS, 9n, 6n],
    ["two thirds of 7 is 5: there is no 4.67 of an owner", TWO_THIRDS, 7n, 5n],
    ["two thirds of 8 is 6", TWO_THIRDS, 8n, 6n],
    ["more than half of 8 is 5", MORE_THAN_HALF, 8n, 5n],
    ["more than half of 9 is 5", MORE_THAN_HALF, 9n, 5n],
    ["more than half of 1 is 1", MORE_THAN_HALF, 1n, 1n],
    ["more than half of nothing is 1", MORE_THAN_HALF, 0n, 1n],
    ["three quarters of 8 is 6", THREE_QUARTERS, 8n, 6n],
    ["three quarters of 9 is 7", THREE_QUARTERS, 9n, 7n],
  ])("%s", (_, fraction, whole, least) => {
    expect(leastReaching(whole, fraction)).toBe(least);
    expect(reaches(least, whole, fraction)).toBe(true);
    expect(reaches(least - 1n, whole, fraction)).toBe(false);
    expect(reaches(least + 1n, whole, fraction)).toBe(true);
  });
  test("以上 includes the number itself, 过半数 does not (CC 1259; D5)", () => {
    expect(reaches(2n, 3n, TWO_THIRDS)).toBe(true);
    expect(reaches(3n, 4n, THREE_QUARTERS)).toBe(true);
    expect(reaches(1n, 2n, MORE_THAN_HALF)).toBe(false);
  });
  test("two thirds is not 66.67 %: 6667 of 10000 reach it and 6666 do not", () => {
    expect(reaches(6667n, 10_000n, TWO_THIRDS)).toBe(true);
    expect(reaches(6666n, 10_000n, TWO_THIRDS)).toBe(false);
    expect(reaches(24n, 36n, TWO_THIRDS)).toBe(true);
  });
  test("the least is the least, for any whole, also where floats end", () => {
    const whole = fc.bigInt({ min: 0n, max: 10n ** 30n });
    fc.assert(
      fc.property(whole, fc.constantFrom(TWO_THIRDS, MORE_THAN_HALF, THREE_QUARTERS), (all, fraction) => {
        const least = leastReaching(all, fraction);
        expect(reaches(least, all, fraction)).toBe(true);
        expect(reaches(least - 1n, all, fraction)).toBe(false);
      }),
    );
  });
  test("weights add up in any order, and nothing adds nothing", () => {
    const weight = fc.record({ owners: fc.nat(5000), areaDm2: fc.nat(1_000_000_000) });
    fc.assert(
      fc.property(weight, weight, weight, (a, b, c) => {
        expect(plus(plus(a, b), c)).toEqual(plus(a, plus(c, b)));
        expect(plus(a, NOTHING)).toEqual(a);
      }),
    );
  });
});

describe("an id", () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  test.each([
    [bytes(), ""],
    [bytes(0), "00"],
    [bytes(255), "zw"],
    [bytes(0, 0, 0, 0, 0), "00000000"],
    [bytes(255, 255, 255, 255, 255), "zzzzzzzz"],
    [bytes(0x66, 0x6f, 0x6f), "csqpy"], // "foo"
    [bytes(0x66, 0x6f, 0x6f, 0x62, 0x61, 0x72), "csqpyrk1e8"], // "foobar"
  ])("%j in Crockford base32 is %j", (value, text) => expect(base32(value)).toBe(text));
  test("two different values never share a text", () => {
    const value = fc.uint8Array({ minLength: 10, maxLength: 10 });
    fc.assert(fc.property(value, value, (a, b) => void expect(base32(a) === base32(b)).toBe(a.join() === b.join())));
  });
  test("is sixteen characters that cannot be misread aloud, and replays with its randomness", () => {
    const random = (length: number) => new Uint8Array(length).fill(0xa7);
    expect(newId(random)).toBe(newId(random));
    expect(newId(random)).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
  });
});
