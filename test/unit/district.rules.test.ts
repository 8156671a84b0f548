/** One community in figures: what is known, what is not, where a term begins to end; and sums that filters can rest on. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CommunityFacts,
  countFiltered,
  FILTERS,
  figuresOf,
  LATELY_MONTHS,
  readFilter,
  type Totals,
} from "../../src/district/rules.ts";
import { addDays, addMonths, endOf, startOf } from "../../src/kernel/day.ts";

const TODAY = "2026-11-02";
const NOTHING: CommunityFacts = {
  branchExists: false,
  seats: 0,
  overlapping: 0,
  named: 0,
  chairIsSecretary: null,
  hadCommittee: false,
  term: null,
  leadMonths: 3,
  entityForm: null,
  publishedAt: null,
  duties: null,
};
const of = (facts: Partial<CommunityFacts>) => figuresOf({ ...NOTHING, ...facts }, TODAY);
const termUntil = (lastDay: string) => ({ fromAt: startOf("2023-01-01"), untilAt: endOf(lastDay) });

describe("what is not recorded", () => {
  test("is unknown and not none", () => {
    expect(figuresOf(NOTHING, TODAY)).toEqual({
      branch: false,
      committee: false,
      hadCommittee: false,
      seats: 0,
      termFrom: null,
      termUntil: null,
      termEnding: false,
      entityForm: null,
      publishedOn: null,
      publishedLately: false,
      duties: null,
      overlap: null,
      chairIsSecretary: null,
    });
  });
  test.each([
    ["a committee registered as nothing is known to be none", { entityForm: "none" }, "none"],
    ["a form this version does not know is unknown", { entityForm: "company" }, null],
  ])("%s", (_, facts, form) => expect(of(facts).entityForm).toBe(form));
  test("an empty list of duties is none to speak of", () => {
    expect(of({ duties: { all: 0, overdue: 0 } }).duties).toBeNull();
    expect(of({ duties: { all: 1, overdue: 0 } }).duties).toEqual({ all: 1, overdue: 0 });
  });
});

describe("a committee", () => {
  test("is in office while somebody sits, and remembered when nobody does", () => {
    expect(of({ seats: 1 })).toMatchObject({ committee: true, hadCommittee: true });
    expect(of({ seats: 0, hadCommittee: true })).toMatchObject({ committee: false, hadCommittee: true });
  });

  // M15: three months before the last day, or as many as the community has set.
  const lead = addMonths(TODAY, 3);
  test.each([
    ["on the first day of the last three months", { term: termUntil(lead) }, true],
    ["a day before it is not", { term: termUntil(addDays(lead, 1)) }, false],
    ["six months where the community has set six", { term: termUntil(addMonths(TODAY, 6)), leadMonths: 6 }, true],
    ["on its last day", { term: termUntil(TODAY) }, true],
    ["and after it, while the old committee still sits", { term: termUntil(addDays(TODAY, -1)) }, true],
    ["of which nobody sits any more has no term that could end", { term: termUntil(TODAY), seats: 0 }, false],
    ["of which no term was recorded has none either", { term: null }, false],
  ])("is ending %s", (_, facts, ending) => expect(of({ seats: 5, ...facts }).termEnding).toBe(ending));

  test("names the first and the last day of its term", () => {
    expect(of({ seats: 5, term: termUntil("2027-12-31") })).toMatchObject({
      termFrom: "2023-01-01",
      termUntil: "2027-12-31",
    });
  });
});

describe("a publication", () => {
  const since = addMonths(TODAY, -LATELY_MONTHS);
  test.each([
    ["a year ago to the day is lately", since, true],
    ["a day more is not", addDays(since, -1), false],
    ["today's is", TODAY, true],
  ])("%s", (_, day, lately) => {
    expect(of({ publishedAt: startOf(day) })).toMatchObject({ publishedOn: day, publishedLately: lately });
  });
});

describe("cross-appointment", () => {
  const both = { branchExists: true, seats: 5 };
  test.each([
    ["two of five are told exactly", { ...both, overlapping: 2 }, { seats: 5, least: 2, most: 2 }],
    ["all five would tell of each of them", { ...both, overlapping: 5 }, { seats: 5, least: 3, most: 5 }],
    ["without a branch there is nothing to compare", { seats: 5 }, null],
    ["nor without a committee", { branchExists: true }, null],
  ])("%s", (_, facts, figure) => expect(of(facts).overlap).toEqual(figure));
});

describe("a filter", () => {
  test.each([
    ["overdue", "overdue"],
    ["nonsense", "all"],
    [undefined, "all"],
    ["toString", "all"],
  ])("%j is %s", (text, filter) => expect(readFilter(text)).toBe(filter));

  test("never leaves more than there are", () => {
    const count = fc.nat(300);
    const totals = fc
      .record({ communities: count, committees: count, overdue: count, termEnding: count })
      .map(({ communities, ...some }) => ({
        communities,
        committees: Math.min(some.committees, communities),
        overdue: Math.min(some.overdue, communities),
        termEnding: Math.min(some.termEnding, communities),
      }));
    fc.assert(
      fc.property(totals, fc.constantFrom(...FILTERS), (some, filter) => {
        const left = countFiltered(some as Totals, filter);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(some.communities);
      }),
    );
  });
});
