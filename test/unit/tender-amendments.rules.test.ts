/** Amending an announced tender: the days it leaves, what it may not touch, what differs, and whose bids stand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, dayOf, daysBetween, startOf } from "../../src/kernel/day.ts";
import {
  changesBetween,
  closingAfter,
  editionToConfirm,
  hasConfirmed,
  mayAmend,
  standsOnEdition,
  touchesBids,
} from "../../src/tenders/amendments/rules.ts";
import type { Scheme } from "../../src/tenders/scheme/rules.ts";
import { cleaningLot, schemeOf } from "./tender-scheme-of-test.ts";

const HOUR = 3_600_000;
/** 10:00 on 2026-12-20. */
const CLOSES = startOf("2026-12-20") + 10 * HOUR;
const DAYS = { extend: 15, questionsLead: 10 };

describe("the time an amendment leaves", () => {
  test.each([
    ["sixteen days before", "2026-12-04", "2026-12-20"],
    ["fifteen days before", "2026-12-05", "2026-12-20"],
    ["fourteen days before", "2026-12-06", "2026-12-21"],
    ["on the day of the closing", "2026-12-20", "2027-01-04"],
  ])("%s", (_, amendedOn, closesOn) => {
    const closes = closingAfter(CLOSES, startOf(amendedOn) + 9 * HOUR, 15);
    expect([dayOf(closes), (closes - startOf(dayOf(closes))) / HOUR]).toEqual([closesOn, 10]);
  });
  test("in the last hour is fifteen days, at the same hour", () =>
    expect(closingAfter(CLOSES, CLOSES - HOUR, 15)).toBe(CLOSES + 15 * DAY_MS));
  test("is never less than asked, never more than needed, and never earlier than before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 }), fc.integer({ min: 1, max: 60 }), (hours, least) => {
        const amendedAt = CLOSES - hours * HOUR;
        const closes = closingAfter(CLOSES, amendedAt, least);
        const left = daysBetween(dayOf(amendedAt), dayOf(closes));
        expect(closes).toBeGreaterThanOrEqual(CLOSES);
        expect(left).toBeGreaterThanOrEqual(least);
        if (closes > CLOSES) expect(left).toBe(least);
      }),
    );
  });
});

describe("what may be amended", () => {
  const tender = { state: "noticed" as const, closesAt: CLOSES, questionsUntil: CLOSES - 10 * DAY_MS };
  const amend = (after: Scheme, now = CLOSES - HOUR, why = "漏写了") =>
    mayAmend(tender, [schemeOf(), after], why, now, DAYS);
  const scope = schemeOf({ lots: [cleaningLot({ scope: "1至8号楼" })] });
  test("the scope of a lot, to the last millisecond; bids and questions then have more time", () => {
    expect(amend(scope, CLOSES - 1)).toMatchObject({
      ok: true,
      value: { touches: true, closesAt: CLOSES + 15 * DAY_MS, questionsUntil: CLOSES + 5 * DAY_MS },
    });
    expect(amend(scope, CLOSES)).toMatchObject({ error: { reason: "bids_not_taken" } });
  });
  test("an explanation, without any more time", () =>
    expect(amend(schemeOf({ reasons: "说得更清楚" }))).toMatchObject({
      ok: true,
      value: { touches: false, closesAt: CLOSES },
    }));
  test.each<[string, Scheme]>([
    ["the criteria", schemeOf({ criteria: schemeOf().criteria.map((one) => ({ ...one, guide: "另说" })) })],
    ["the panel", schemeOf({ panel: { size: 7, experts: 5 } })],
    ["who decides between equals", schemeOf({ ties: ["draw"] })],
    ["the mode", schemeOf({ mode: "self" })],
    ["another lot", schemeOf({ lots: [cleaningLot(), cleaningLot({ lotNo: 2 })] })],
    ["no lot", schemeOf({ lots: [] })],
    ["another service", schemeOf({ lots: [cleaningLot({ service: "greening" })] })],
  ])("not %s", (_, after) => expect(amend(after)).toMatchObject({ error: { reason: "amendment_frozen" } }));
  test("not without a difference, nor without a reason", () => {
    expect(amend(schemeOf())).toMatchObject({ error: { reason: "amendment_empty" } });
    expect(amend(scope, CLOSES - HOUR, " ")).toMatchObject({ error: { reason: "why_missing" } });
  });
});

describe("the difference", () => {
  test("names the field by lot and by price line, with what was and what is", () => {
    const [first, ...prices] = cleaningLot().prices;
    const after = schemeOf({
      lots: [cleaningLot({ months: 24, prices: [{ ...first!, ceilingFen: null }, ...prices] })],
    });
    expect(changesBetween(schemeOf(), after)).toEqual([
      { path: "lots.1.prices.monthly.ceilingFen", before: "2500000", after: "" },
      { path: "lots.1.months", before: "12", after: "24" },
    ]);
  });
  test("of a scheme with itself is none, and what is gone is said", () => {
    expect(changesBetween(schemeOf(), schemeOf())).toEqual([]);
    const less = schemeOf({ lots: [cleaningLot({ quality: [] })] });
    expect(changesBetween(schemeOf(), less).map(({ after }) => after)).toEqual(["", ""]);
    expect(touchesBids(changesBetween(schemeOf(), less))).toBe(true);
  });
});

describe("whose bid stands", () => {
  const amended = [
    { edition: 2, touches: 1 as const, amendedAt: 1_000 },
    { edition: 3, touches: 0 as const, amendedAt: 2_000 },
  ];
  test("an edition of no weight needs nobody's word", () => expect(editionToConfirm(amended)).toBe(2));
  test.each([
    ["handed in before, not confirmed", 999, [1], false],
    ["handed in before, confirmed since", 999, [1, 2], true],
    ["handed in before, a later edition confirmed", 999, [1, 3], true],
    ["handed in at that instant", 1_000, [1], true],
    ["handed in after", 1_001, [], true],
  ])("%s", (_, handedInAt, confirmed, stands) =>
    expect(standsOnEdition({ handedInAt, confirmed }, amended)).toBe(stands),
  );
  test("without amendments every bid does", () => {
    expect(standsOnEdition({ handedInAt: 0, confirmed: [] }, [])).toBe(true);
    expect(hasConfirmed([], 0)).toBe(true);
  });
});
