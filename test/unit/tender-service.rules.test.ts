/** Watching the service: sheets, ratings, clocks and the score of a period, each at its bound; the score knows no floats. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerDue, mayEnterRequest, mayStep } from "../../src/tenders/service/requests/rules.ts";
import {
  deductionOf,
  dueWithin,
  type InspectionAsked,
  isServicePeriod,
  type Measured,
  mayInspect,
  mayRate,
  mayReport,
  partScore,
  periodBefore,
  periodToRate,
  ratingPart,
  ratingSpan,
  servicePeriodOf,
  serviceScore,
  shownRatings,
  spanOfPeriod,
} from "../../src/tenders/service/rules.ts";
import { termsOf } from "./tender-contract-of-test.ts";

describe("periods", () => {
  test.each([
    ["2027-03-31", "quarter", "2027Q1", "2027-01-01", "2027-03-31", "2026Q4"],
    ["2027-04-01", "quarter", "2027Q2", "2027-04-01", "2027-06-30", "2027Q1"],
    ["2028-02-29", "month", "2028-02", "2028-02-01", "2028-02-29", "2028-01"],
    ["2027-07-01", "half", "2027H2", "2027-07-01", "2027-12-31", "2027H1"],
  ] as const)("%s by %s is %s", (day, kind, period, fromOn, toOn, before) => {
    expect(servicePeriodOf(day, kind)).toBe(period);
    expect(spanOfPeriod(period)).toEqual({ fromOn, toOn });
    expect(periodBefore(period)).toBe(before);
  });
  test("what is none is none", () => {
    expect(["2027Q5", "2027-13", "2027H0", "Q1"].filter(isServicePeriod)).toEqual([]);
  });
});

describe("an inspection sheet", () => {
  const served = { fromOn: "2027-01-01", buildings: ["1栋", "公共区域"], clauses: ["楼道", "垃圾"] };
  const asked = (change: Partial<InspectionAsked> = {}): InspectionAsked => ({
    inspectedOn: "2027-02-10",
    building: "1栋",
    items: [
      { clause: "楼道", result: "met", note: "" },
      { clause: "垃圾", result: "partly", note: "桶外有散落" },
    ],
    ...change,
  });
  const inspect = (change: Partial<InspectionAsked> = {}) => mayInspect(asked(change), served, "2027-02-10");
  test("met is a hundred, partly fifty, failed nothing", () =>
    expect(inspect()).toEqual({ ok: true, value: { points: 150, ofPoints: 200 } }));
  test.each([
    ["a building outside the contract", { building: "9栋" }, "building_not_served"],
    ["a day to come", { inspectedOn: "2027-02-11" }, "inspection_ahead"],
    ["before the contract", { inspectedOn: "2026-12-31" }, "inspection_outside"],
    ["a clause left out", { items: asked().items.slice(1) }, "clause_missing"],
    ["a clause twice", { items: [...asked().items, asked().items[0]!] }, "clause_missing"],
    [
      "a clause nobody agreed on",
      { items: [...asked().items, { clause: "泳池", result: "met", note: "" }] },
      "clause_unknown",
    ],
    [
      "a fault without a word",
      { items: [{ clause: "楼道", result: "failed", note: " " }, asked().items[1]!] },
      "note_missing",
    ],
  ] as const)("%s is refused", (_, change, reason) => expect(inspect(change)).toMatchObject({ error: { reason } }));
});

describe("ratings", () => {
  const WINDOW = { opensBeforeDays: 15, closesAfterDays: 15 };
  const rate = (today: string, scores = [5, 4], words = "") => {
    const done = mayRate({ scores, words }, ["楼道", "垃圾"], ratingSpan("2027Q1", WINDOW), today);
    return done.ok ? done.value : done.error.reason;
  };
  test("the window holds its first and its last day and no other", () => {
    expect(rate("2027-03-15")).toBe("rating_early");
    expect(rate("2027-03-16")).toEqual({ total: 9, count: 2 });
    expect(rate("2027-04-15")).toEqual({ total: 9, count: 2 });
    expect(rate("2027-04-16")).toBe("rating_late");
  });
  test("one to five for each clause", () => {
    expect(rate("2027-04-01", [0, 4])).toBe("rating_scores");
    expect(rate("2027-04-01", [6, 4])).toBe("rating_scores");
    expect(rate("2027-04-01", [4.5, 4])).toBe("rating_scores");
    expect(rate("2027-04-01", [4])).toBe("rating_scores");
    expect(rate("2027-04-01", [1, 5])).toEqual({ total: 6, count: 2 });
  });
  test("three hundred characters and no more", () => {
    expect(rate("2027-04-01", [4, 4], "字".repeat(300))).toEqual({ total: 8, count: 2 });
    expect(rate("2027-04-01", [4, 4], "字".repeat(301))).toBe("rating_words_long");
  });
  test("which period is open", () => {
    expect(periodToRate("2027-03-15", "quarter", WINDOW)).toBeNull();
    expect(periodToRate("2027-03-16", "quarter", WINDOW)).toBe("2027Q1");
    expect(periodToRate("2027-04-15", "quarter", WINDOW)).toBe("2027Q1");
    expect(periodToRate("2027-04-16", "quarter", WINDOW)).toBeNull();
  });
  test("four households say nothing where five are asked", () => {
    expect(shownRatings(4, ratingPart(20, 4), 5)).toEqual({ got: 0, of: 0 });
    expect(shownRatings(5, ratingPart(25, 5), 5)).toEqual({ got: 20, of: 20 });
  });
});

describe("requests", () => {
  test("answered within working days, counted from the next", () => {
    // The 10th of December 2026 is a Thursday.
    expect(answerDue("2026-12-10", 3)).toBe("2026-12-15");
  });
  test("nobody is named in what everybody reads", () => {
    const enter = (what: string) => mayEnterRequest({ what, place: "1栋", reportedOn: "2027-01-02" }, "2027-01-02");
    expect(enter("电梯异响，联系13812345678")).toMatchObject({ error: { reason: "request_names_a_person" } });
    expect(enter("电梯异响").ok).toBe(true);
    expect(enter("")).toMatchObject({ error: { reason: "request_what" } });
  });
  test("an answer on the day of the report, not before, not tomorrow", () => {
    expect(mayStep("2027-01-02", "2027-01-02", "2027-01-05").ok).toBe(true);
    expect(mayStep("2027-01-01", "2027-01-02", "2027-01-05")).toMatchObject({ error: { reason: "request_before" } });
    expect(mayStep("2027-01-06", "2027-01-02", "2027-01-05")).toMatchObject({ error: { reason: "request_ahead" } });
  });
});

describe("the score of a period", () => {
  const WEIGHTS = { inspections: 50, ratings: 30, requests: 20 };
  const measured = (change: Partial<Measured> = {}): Measured => ({
    inspections: { got: 170, of: 200 },
    ratings: { got: 30, of: 40 },
    requests: { got: 9, of: 10 },
    ...change,
  });
  test("each part by its weight: 85.00, 75.00 and 90.00 make 83.00", () =>
    expect(serviceScore(measured(), WEIGHTS)).toBe(8_300));
  test("what was not measured leaves its weight to the others", () => {
    expect(serviceScore(measured({ ratings: { got: 0, of: 0 } }), WEIGHTS)).toBe(8_642);
    expect(
      serviceScore(
        { inspections: { got: 0, of: 0 }, ratings: { got: 0, of: 0 }, requests: { got: 0, of: 0 } },
        WEIGHTS,
      ),
    ).toBeNull();
  });
  test("a third is cut off, never rounded up", () => expect(partScore({ got: 2, of: 3 })).toBe(6_666));
  test("nothing is nothing and everything is a hundred, whatever the weights", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 9_999 }),
        (a, b, of) => {
          const weights = { inspections: a, ratings: b, requests: 0 };
          const all = (got: number): Measured => ({
            inspections: { got, of },
            ratings: { got, of },
            requests: { got: 0, of: 0 },
          });
          expect(serviceScore(all(0), weights)).toBe(0);
          expect(serviceScore(all(of), weights)).toBe(10_000);
        },
      ),
    ));
  test("better service never scores less", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 199 }), fc.integer({ min: 0, max: 40 }), (got, rated) => {
        const at = (points: number) =>
          serviceScore(measured({ inspections: { got: points, of: 200 }, ratings: { got: rated, of: 40 } }), WEIGHTS)!;
        expect(at(got + 1)).toBeGreaterThanOrEqual(at(got));
      }),
    ));
});

describe("what poor service costs", () => {
  const CLAUSE = termsOf().deduction;
  test("a full point below costs one per cent; less than a point nothing", () => {
    expect(deductionOf(9_000, CLAUSE, 6_250_000)).toBe(0);
    expect(deductionOf(8_901, CLAUSE, 6_250_000)).toBe(0);
    expect(deductionOf(8_900, CLAUSE, 6_250_000)).toBe(62_500);
    expect(deductionOf(8_300, CLAUSE, 6_250_000)).toBe(437_500);
  });
  test("never above its most, nothing without a clause or a score, and cut off to the fen", () => {
    expect(deductionOf(0, CLAUSE, 6_250_000)).toBe(1_250_000);
    expect(deductionOf(0, null, 6_250_000)).toBe(0);
    expect(deductionOf(null, CLAUSE, 6_250_000)).toBe(0);
    expect(deductionOf(8_900, CLAUSE, 199)).toBe(1);
  });
  test("the base is what the plan says was due in the period", () => {
    expect(dueWithin(termsOf().plan, spanOfPeriod("2027Q1"))).toBe(6_250_000);
    expect(dueWithin(termsOf().plan, spanOfPeriod("2027Q4"))).toBe(0);
  });
  test("a report comes when nobody may rate any more", () => {
    const window = { opensBeforeDays: 15, closesAfterDays: 15 };
    expect(mayReport("2027Q1", "quarter", window, "2027-01-01", "2027-04-15")).toMatchObject({
      error: { reason: "report_early" },
    });
    expect(mayReport("2027Q1", "quarter", window, "2027-01-01", "2027-04-16").ok).toBe(true);
    expect(mayReport("2026Q4", "quarter", window, "2027-01-01", "2027-04-16")).toMatchObject({
      error: { reason: "report_period" },
    });
    expect(mayReport("2027-01", "quarter", window, "2027-01-01", "2027-04-16")).toMatchObject({
      error: { reason: "report_period" },
    });
  });
});
