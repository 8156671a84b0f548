import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUnderWay, NEXT, phaseOf, TENDER_STATES, takesBids } from "../../src/tenders/rules.ts";
import {
  bondMostFen,
  expertsLeast,
  type Scheme,
  scheme,
  schemeFaults,
  schemeWarnings,
} from "../../src/tenders/scheme/rules.ts";
import { cleaningLot, schemeOf } from "./tender-scheme-of-test.ts";

const reasons = (change: Partial<Scheme>): string[] => schemeFaults(schemeOf(change)).map(({ reason }) => reason);

describe("the course", () => {
  test("nothing is awarded but from the owners' decision, and what is over stays over", () => {
    expect(TENDER_STATES.filter((state) => NEXT[state].includes("awarded"))).toEqual(["deciding"]);
    expect(TENDER_STATES.filter((state) => NEXT[state].length === 0)).toEqual(["contracted", "failed", "cancelled"]);
  });
  test("every state that is under way can end, and every state can be reached", () => {
    for (const state of TENDER_STATES.filter(isUnderWay)) expect(NEXT[state].length).toBeGreaterThan(0);
    for (const state of TENDER_STATES.slice(1))
      expect(TENDER_STATES.some((one) => NEXT[one].includes(state))).toBe(true);
  });
  test("bids are taken before the closing instant and not at it (T6)", () => {
    const tender = { state: "noticed" as const, questionsUntil: 500, closesAt: 1_000 };
    expect(takesBids(tender, 999)).toBe(true);
    expect(takesBids(tender, 1_000)).toBe(false);
    expect(takesBids({ ...tender, state: "closed" }, 999)).toBe(false);
    expect([499, 500, 999, 1_000].map((at) => phaseOf(tender, at))).toEqual([
      "questions",
      "bidding",
      "bidding",
      "opening_due",
    ]);
  });
  test("before the notice a tender is being prepared, afterwards its state is its phase", () => {
    expect(phaseOf({ state: "decided", questionsUntil: null, closesAt: null }, 1)).toBe("preparing");
    expect(phaseOf({ state: "scored", questionsUntil: 1, closesAt: 2 }, 1)).toBe("scored");
  });
});

describe("a scheme", () => {
  test("that is whole has no fault, and is what its shape says", () => {
    expect(schemeFaults(schemeOf())).toEqual([]);
    expect(scheme.parse(schemeOf())).toEqual(schemeOf());
  });
  test("weights sum to 100: 99 and 101 do not (T10)", () => {
    const weighed = (last: number) => schemeOf().criteria.map((one, at) => (at === 2 ? { ...one, weight: last } : one));
    expect(schemeFaults(schemeOf({ criteria: weighed(19) }))).toEqual([{ reason: "weights", sum: 99 }]);
    expect(schemeFaults(schemeOf({ criteria: weighed(20) }))).toEqual([]);
    expect(schemeFaults(schemeOf({ criteria: weighed(21) }))).toEqual([{ reason: "weights", sum: 101 }]);
  });
  test("a panel is odd, five or more, two thirds experts (T9)", () => {
    expect(reasons({ panel: { size: 4, experts: 4 } })).toEqual(["panel_size"]);
    expect(reasons({ panel: { size: 6, experts: 4 } })).toEqual(["panel_size"]);
    expect(reasons({ panel: { size: 5, experts: 3 } })).toEqual(["panel_experts"]);
    expect(reasons({ panel: { size: 7, experts: 5 } })).toEqual([]);
    expect(reasons({ panel: { size: 7, experts: 8 } })).toEqual(["panel_experts"]);
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 99 }), (size) => {
        expect(expertsLeast(size) * 3).toBeGreaterThanOrEqual(size * 2);
        expect((expertsLeast(size) - 1) * 3).toBeLessThan(size * 2);
      }),
    );
  });
  test("a bond is two per cent at most, to the fen (T13)", () => {
    expect(reasons({ lots: [cleaningLot({ bondFen: 600_001 })] })).toEqual(["bond_too_high"]);
    expect(bondMostFen(149)).toBe(2);
    expect(bondMostFen(150)).toBe(3);
  });
  test("two invited are too few, three are enough (T3)", () => {
    const invited = ["甲", "乙", "丙"].map((name) => ({ name, code: "" }));
    expect(reasons({ procedure: "invited", invited: invited.slice(1) })).toEqual(["invited_few"]);
    expect(reasons({ procedure: "invited", invited })).toEqual([]);
  });
  test("the whole may be given on in part, and not in pieces that make up the whole (D16)", () => {
    const whole = (subcontracted: Scheme["lots"][number]["subcontracted"]) => ({
      mode: "whole" as const,
      lots: [cleaningLot({ service: "whole" as const, parts: ["cleaning", "greening"], subcontracted })],
    });
    expect(reasons(whole([]))).toEqual([]);
    expect(reasons(whole(["cleaning"]))).toEqual([]);
    expect(reasons(whole(["cleaning", "greening"]))).toEqual(["all_subcontracted"]);
    expect(reasons(whole(["lifts"]))).toEqual(["subcontract_outside"]);
  });
  test("whole is one lot, items are lots of their own", () => {
    expect(reasons({ mode: "whole" })).toEqual(["whole_is_one_lot"]);
    expect(reasons({ mode: "items", lots: [] })).toEqual(["lots_missing"]);
    expect(reasons({ lots: [cleaningLot(), cleaningLot({ lotNo: 2, service: "whole", parts: ["repair"] })] })).toEqual([
      "whole_among_items",
    ]);
    expect(reasons({ lots: [cleaningLot(), cleaningLot()] })).toEqual(["lot_twice"]);
  });
  test("guards need a licence, or a filed team of the estate's own (T15)", () => {
    const security = cleaningLot({ service: "security" });
    expect(reasons({ lots: [security] })).toEqual(["security_licence_missing"]);
    expect(reasons({ lots: [{ ...security, qualifications: ["security_licence"] }] })).toEqual([]);
    const own = {
      mode: "self" as const,
      lots: [],
      posts: [{ title: "保安员", count: 4, duties: "门岗", contract: "劳动合同" }],
    };
    expect(reasons(own)).toEqual(["own_guards_unfiled"]);
    expect(reasons({ ...own, ownGuardsFiling: "公备字〔2026〕12 号" })).toEqual([]);
  });
  test("lifts need a professional unit even where the owners manage themselves: a lot or a contract that runs (T16)", () => {
    const self = {
      mode: "self" as const,
      lots: [],
      posts: [{ title: "保洁员", count: 2, duties: "楼道", contract: "劳务合同" }],
    };
    expect(reasons({ ...self, has: ["lifts"] })).toEqual(["professional_missing"]);
    expect(
      reasons({ ...self, has: ["lifts"], kept: [{ service: "lifts", provider: "某电梯公司", until: "2027-12-31" }] }),
    ).toEqual([]);
    expect(reasons({ has: ["lifts"], lots: [cleaningLot({ service: "lifts" })] })).toEqual([]);
    expect(reasons({ ...self, posts: [] })).toEqual(["posts_missing"]);
  });
  test("a price has a formula and looks at a line there is; a judgement has none", () => {
    const [price, plan, record] = schemeOf().criteria as [
      Scheme["criteria"][0],
      Scheme["criteria"][0],
      Scheme["criteria"][0],
    ];
    expect(reasons({ criteria: [{ ...price, formula: null }, plan, record] })).toEqual(["formula_missing"]);
    expect(reasons({ criteria: [price, { ...plan, formula: { kind: "lowest" } }, record] })).toEqual([
      "formula_not_wanted",
    ]);
    expect(reasons({ criteria: [{ ...price, priceKey: "deep" }, plan, record] })).toEqual([]);
    expect(reasons({ criteria: [{ ...price, priceKey: "yearly" }, plan, record] })).toEqual(["price_line_unknown"]);
    expect(reasons({ ties: ["draw", "lower_price"] })).toEqual(["ties_end_with_draw"]);
  });
  test("shorter times are allowed and said (T1, T4, T5, T11)", () => {
    expect(schemeWarnings(schemeOf())).toEqual([]);
    expect(
      schemeWarnings(schemeOf({ bidDays: 19, questionDays: 9, candidateDays: 2 })).map(({ reason }) => reason),
    ).toEqual(["bid_days_short", "candidate_days_short"]);
    expect(schemeWarnings(schemeOf({ questionDays: 11 })).map(({ reason }) => reason)).toEqual(["questions_late"]);
  });
});
