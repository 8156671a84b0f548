/** Leases: rents of whole and broken months, the 31st and the 29th of February, steps, free days, early ends. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addMonths } from "../../src/kernel/day.ts";
import {
  AGES,
  ageOf,
  CYCLES,
  endedOn,
  type LeaseTerms,
  leaseFaults,
  letTwice,
  rentOfMonth,
  schedule,
  taxIn,
} from "../../src/ledger/leases/rules.ts";

const terms = (over: Partial<LeaseTerms> = {}): LeaseTerms => ({
  fromOn: "2026-01-01",
  toOn: "2026-12-31",
  cycleMonths: 1,
  dueAfterDays: 0,
  steps: [{ fromOn: over.fromOn ?? "2026-01-01", monthlyFen: 500_000 }],
  free: [],
  depositFen: 0,
  taxBasisPoints: 0,
  ...over,
});
const lines = (given: LeaseTerms) =>
  schedule(given).map(({ fromOn, toOn, amountFen }) => `${fromOn}~${toOn} ${amountFen}`);

describe("a schedule", () => {
  test("of a year by the month has twelve equal rents, however long the months are", () => {
    const charges = schedule(terms());
    expect(charges.map(({ amountFen }) => amountFen)).toEqual(Array.from({ length: 12 }, () => 500_000));
    expect([charges[1]!.fromOn, charges[1]!.toOn]).toEqual(["2026-02-01", "2026-02-28"]);
  });
  test("by the quarter and the year", () => {
    expect(lines(terms({ cycleMonths: 3 }))[0]).toBe("2026-01-01~2026-03-31 1500000");
    expect(lines(terms({ cycleMonths: 12 }))).toEqual(["2026-01-01~2026-12-31 6000000"]);
    expect(lines(terms({ cycleMonths: 12, toOn: "2027-03-31" }))).toEqual([
      "2026-01-01~2026-12-31 6000000",
      "2027-01-01~2027-03-31 1500000",
    ]);
  });
  test("from the 31st: the month begins on the last day there is, and no day is paid twice or not at all", () => {
    const given = terms({ fromOn: "2026-01-31", toOn: "2026-04-29" });
    expect(lines(given)).toEqual([
      "2026-01-31~2026-02-27 500000",
      "2026-02-28~2026-03-30 500000",
      "2026-03-31~2026-04-29 500000",
    ]);
  });
  test("over a 29th of February", () => {
    expect(lines(terms({ fromOn: "2028-02-29", toOn: "2028-04-28" }))).toEqual([
      "2028-02-29~2028-03-28 500000",
      "2028-03-29~2028-04-28 500000",
    ]);
    expect(lines(terms({ fromOn: "2028-02-01", toOn: "2028-02-29" }))).toEqual(["2028-02-01~2028-02-29 500000"]);
    expect(lines(terms({ fromOn: "2028-02-01", toOn: "2028-02-28" }))).toEqual([
      `2028-02-01~2028-02-28 ${Math.floor((500_000 * 28) / 29)}`,
    ]);
  });
  test("one day is a day of its month", () =>
    expect(lines(terms({ toOn: "2026-01-01" }))).toEqual([`2026-01-01~2026-01-01 ${Math.floor(500_000 / 31)}`]));
  test("a step within a month splits it by its days", () => {
    const given = terms({
      steps: [
        { fromOn: "2026-01-01", monthlyFen: 310_000 },
        { fromOn: "2026-03-11", monthlyFen: 620_000 },
      ],
      toOn: "2026-04-30",
    });
    expect(rentOfMonth(given, 2)).toBe(10 * 10_000 + 21 * 20_000);
    expect(schedule(given).map(({ amountFen }) => amountFen)).toEqual([310_000, 310_000, 520_000, 620_000]);
  });
  test("free days cost nothing, and a cycle that is all free is not charged", () => {
    const free = [{ fromOn: "2026-01-01", toOn: "2026-02-14" }];
    const charges = schedule(terms({ free, toOn: "2026-03-31" }));
    expect(charges.map(({ fromOn, amountFen }) => [fromOn, amountFen])).toEqual([
      ["2026-02-01", Math.floor((500_000 * 14) / 28)],
      ["2026-03-01", 500_000],
    ]);
    expect(charges[0]!.chargeNo).toBe(1);
  });
  test("is due so many days into its cycle", () =>
    expect(schedule(terms({ dueAfterDays: 10 }))[1]!.dueOn).toBe("2026-02-11"));
  test("the cycles of a lease follow one another without a gap and pay the same in all", () => {
    const day = fc.integer({ min: 0, max: 1_000 }).map((days) => addDays("2026-01-01", days));
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 10_000, max: 9_999_999 }),
        fc.constantFrom(...CYCLES),
        (fromOn, length, monthlyFen, cycleMonths) => {
          const given = terms({ fromOn, toOn: addDays(fromOn, length), steps: [{ fromOn, monthlyFen }], cycleMonths });
          const charges = schedule(given);
          for (const [at, charge] of charges.entries())
            if (at > 0) expect(charge.fromOn).toBe(addDays(charges[at - 1]!.toOn, 1));
          if (charges.length > 0) expect(charges.at(-1)!.toOn).toBe(given.toOn);
          const sum = (some: typeof charges) => some.reduce((all, { amountFen }) => all + amountFen, 0);
          expect(sum(charges)).toBe(sum(schedule({ ...given, cycleMonths: 1 })));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("terms", () => {
  const reasons = (over: Partial<LeaseTerms>) => leaseFaults(terms(over)).map(({ reason }) => reason);
  test.each<[string, Partial<LeaseTerms>, string[]]>([
    ["as they are", {}, []],
    ["ending before they begin", { toOn: "2025-12-31" }, ["ends_before_start"]],
    ["of one day", { toOn: "2026-01-01" }, []],
    ["no such day", { toOn: "2026-02-30" }, ["not_a_day"]],
    ["of twenty years", { toOn: "2045-12-31" }, []],
    ["of a day more", { toOn: "2046-01-01" }, ["lease_too_long"]],
    ["without rent", { steps: [] }, ["no_rent"]],
    ["with rent from later on", { steps: [{ fromOn: "2026-01-02", monthlyFen: 1 }] }, ["first_step_not_at_start"]],
    [
      "with steps out of order",
      {
        steps: [
          { fromOn: "2026-01-01", monthlyFen: 1 },
          { fromOn: "2026-01-01", monthlyFen: 2 },
        ],
      },
      ["steps_out_of_order"],
    ],
    [
      "with a step behind the end",
      {
        steps: [
          { fromOn: "2026-01-01", monthlyFen: 1 },
          { fromOn: "2027-01-01", monthlyFen: 2 },
        ],
      },
      ["step_outside"],
    ],
    ["with a negative rent", { steps: [{ fromOn: "2026-01-01", monthlyFen: -1 }] }, ["amount_out_of_range"]],
    ["free before the beginning", { free: [{ fromOn: "2025-12-31", toOn: "2026-01-05" }] }, ["free_outside"]],
    [
      "free twice",
      {
        free: [
          { fromOn: "2026-01-01", toOn: "2026-01-05" },
          { fromOn: "2026-01-05", toOn: "2026-01-09" },
        ],
      },
      ["free_overlaps"],
    ],
    ["due too late", { dueAfterDays: 91 }, ["due_out_of_range"]],
    ["with too much tax", { taxBasisPoints: 3_001 }, ["amount_out_of_range"]],
  ])("%s", (_, over, faults) => expect(reasons(over)).toEqual(faults));

  test("cut off at an earlier day owe what was used", () => {
    const cut = endedOn(terms({ free: [{ fromOn: "2026-03-01", toOn: "2026-03-31" }] }), "2026-03-10");
    expect(cut.ok && schedule(cut.value).map(({ amountFen }) => amountFen)).toEqual([500_000, 500_000]);
    expect(endedOn(terms(), "2027-01-01").ok).toBe(false);
    expect(endedOn(terms(), "2025-12-31").ok).toBe(false);
    expect(endedOn(terms(), "2026-12-31").ok).toBe(true);
  });
});

describe("around a lease", () => {
  test("no asset is let twice on one day; the day after is another lease's", () => {
    const let1 = { assetId: "a", fromOn: "2026-01-01", toOn: "2026-06-30" };
    expect(letTwice([let1], [{ ...let1, fromOn: "2026-06-30", toOn: "2026-07-31" }])).not.toBeNull();
    expect(letTwice([let1], [{ ...let1, fromOn: "2026-07-01", toOn: "2026-07-31" }])).toBeNull();
    expect(letTwice([let1], [{ ...let1, assetId: "b" }])).toBeNull();
    expect(letTwice([], [let1, { ...let1 }])).not.toBeNull();
  });
  test("arrears by age, at each bound", () => {
    const at = (days: number) => ageOf("2026-01-01", addDays("2026-01-01", days));
    expect([0, 1, 30, 31, 90, 91, 180, 181].map(at)).toEqual([
      "not_due",
      "up_to_30",
      "up_to_30",
      "up_to_90",
      "up_to_90",
      "up_to_180",
      "up_to_180",
      "over_180",
    ]);
    expect(new Set(AGES).size).toBe(5);
  });
  test("the tax within a rent, half a fen up", () => {
    expect([taxIn(105, 500), taxIn(500_000, 500), taxIn(0, 500), taxIn(100, 0)]).toEqual([5, 23_810, 0, 0]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), fc.integer({ min: 0, max: 3_000 }), (fen, rate) => {
        const tax = taxIn(fen, rate);
        expect(Math.abs(tax * (10_000 + rate) - fen * rate) * 2).toBeLessThanOrEqual(10_000 + rate);
      }),
    );
  });
  test("a month later is a month later", () => expect(addMonths("2026-01-31", 1)).toBe("2026-02-28"));
});
