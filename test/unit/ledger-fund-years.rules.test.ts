/** When a year of the fund may be frozen, and by when it is due, at their bounds (F9; MF 30). */
import { describe, expect, test } from "vitest";
import { yearClock, yearClocks, yearFaults } from "../../src/ledger/fund/yearly/rules.ts";

const facts = (more: Partial<Parameters<typeof yearFaults>[0]> = {}) => ({
  year: 2026,
  today: "2027-01-20",
  closedThrough: "2026-12",
  banks: [{ bank: "某银行", reaches: true, unexplainedFen: 0 }],
  apartFen: 0,
  comparedWith: "",
  editions: 0,
  why: "",
  ...more,
});

describe("a year of the fund", () => {
  test.each([
    ["over, closed and agreed is published", {}, []],
    ["on its last day is not over", { today: "2026-12-31" }, ["year_not_over"]],
    ["is over the day after", { today: "2027-01-01" }, []],
    ["closed through November is open", { closedThrough: "2026-11" }, ["months_open"]],
    ["closed in no month is open", { closedThrough: null }, ["months_open"]],
    [
      "a fen from the bank is not frozen",
      { banks: [{ bank: "某银行", reaches: true, unexplainedFen: -1 }] },
      ["bank_apart"],
    ],
    [
      "whose bank statement does not reach its end is not frozen",
      { banks: [{ bank: "某银行", reaches: false, unexplainedFen: 0 }] },
      ["bank_without_statement"],
    ],
    ["a fen from the units is not frozen", { apartFen: 1 }, ["units_apart"]],
    ["without a bank account names the authority's statement", { banks: [] }, ["compared_missing"]],
    ["with it named is published", { banks: [], comparedWith: "2026年末对账单" }, []],
    ["a second edition says why", { editions: 1 }, ["why_missing"]],
    ["and is published when it does", { editions: 1, why: "漏记利息" }, []],
  ] as const)("%s", (_, more, reasons) =>
    expect(yearFaults(facts(more as object)).map(({ reason }) => reason)).toEqual(reasons),
  );

  test("is due so many days after its end: that day is in time, the next is overdue", () => {
    expect(yearClock(2026, null, 90, "2027-03-31")).toMatchObject({ dueOn: "2027-03-31", isOverdue: false });
    expect(yearClock(2026, null, 90, "2027-04-01").isOverdue).toBe(true);
    expect(yearClock(2026, "2027-05-01", 90, "2027-06-01").isOverdue).toBe(false);
    // A year before a leap year's February is as many days.
    expect(yearClock(2027, null, 60, "2028-02-29")).toMatchObject({ dueOn: "2028-02-29", isOverdue: false });
  });

  test("is owed from the year the book began in to the last that is over", () => {
    const years = (from: string, today: string) => yearClocks(from, [], 90, today).map(({ year }) => year);
    expect(years("2025-10", "2026-12-31")).toEqual([2025]);
    expect(years("2025-10", "2027-01-01")).toEqual([2026, 2025]);
    expect(years("2027-01", "2027-11-01")).toEqual([]);
  });
});
