/** Contracts: what is signed is what was awarded, exactly; clocks, changes, notice and what is given on, each at its bound. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../../src/kernel/day.ts";
import {
  alarmNow,
  changeNeeds,
  differences,
  type EndingAsked,
  endingNeedsDecision,
  interimDays,
  isPriceBeyond,
  mayEnd,
  restsOnServiceDecision,
  standingOf,
} from "../../src/tenders/contracts/ending/rules.ts";
import { mayGiveOn, type Subcontract } from "../../src/tenders/contracts/giving-on/rules.ts";
import {
  type ContractTerms,
  clockFace,
  deviations,
  filingDue,
  isAllContracted,
  maySign,
  maySignOn,
  planAgainstPaid,
  priceOfLines,
  termOfAward,
  termsFaults,
  writtenDue,
} from "../../src/tenders/contracts/rules.ts";
import type { Service } from "../../src/tenders/scheme/rules.ts";
import { awardOf, PROVIDER, termsOf } from "./tender-contract-of-test.ts";
import { cleaningLot } from "./tender-scheme-of-test.ts";

const AROUND = { bondMostPercent: 10, buildings: ["1栋", "2栋"] };
const faults = (change: Partial<ContractTerms>) => termsFaults(termsOf(change), AROUND).map(({ reason }) => reason);
const off = (change: Partial<ContractTerms>, award = awardOf()) =>
  deviations(termsOf(change), [cleaningLot()], [award]);

describe("what a contract says in itself", () => {
  test("the contract of the test can be signed", () => expect(faults({})).toEqual([]));
  test.each([
    [
      "a plan a fen short of the price",
      { plan: termsOf().plan.map((row, at) => (at === 0 ? { ...row, amountFen: row.amountFen - 1 } : row)) },
      "plan_not_price",
    ],
    [
      "a plan a fen above it",
      { plan: termsOf().plan.map((row, at) => (at === 0 ? { ...row, amountFen: row.amountFen + 1 } : row)) },
      "plan_not_price",
    ],
    ["no plan", { plan: [] }, "plan_missing"],
    [
      "a line of the plan for nothing",
      { plan: [{ dueOn: "2027-03-31", amountFen: 0, condition: "" }, ...termsOf().plan] },
      "plan_amount",
    ],
    ["a plan out of order", { plan: termsOf().plan.toReversed() }, "plan_order"],
    [
      "a payment before the term",
      { plan: [{ dueOn: "2026-12-31", amountFen: 25_000_000, condition: "" }] },
      "plan_outside",
    ],
    [
      "a payment more than a year after the term",
      { plan: [{ dueOn: "2028-12-31", amountFen: 25_000_000, condition: "" }] },
      "plan_outside",
    ],
    ["a price above its lines by one fen", { priceFen: 25_000_001 }, "price_not_lines"],
    ["no quality clause", { quality: [] }, "quality_missing"],
    ["a quality clause without a measure", { quality: [{ clause: "楼道", measure: "" }] }, "empty"],
    ["a term that ends before it begins", { toOn: "2026-12-31" }, "term_backwards"],
    ["a bond a fen above a tenth", { bondFen: 2_500_001 }, "bond_too_high"],
    ["a building the roll does not know", { buildings: ["9栋"] }, "building_unknown"],
    ["a code of seventeen characters", { provider: { ...PROVIDER, code: PROVIDER.code.slice(1) } }, "code_length"],
  ])("%s is refused", (_, change, reason) => expect(faults(change)).toContain(reason));
  test("a bond of a tenth exactly is allowed, and a last payment exactly a year after the end", () => {
    expect(faults({ bondFen: 2_500_000 })).toEqual([]);
    expect(faults({ plan: [{ dueOn: "2028-12-30", amountFen: 25_000_000, condition: "" }] })).toEqual([]);
  });
  test("a price is cut off once, over all lines", () => {
    const line = { lotNo: 1, key: "a", label: "", unit: "", quantityHundredths: 50, unitFen: 1 };
    expect(priceOfLines([line])).toBe(0);
    expect(priceOfLines([line, { ...line, key: "b" }])).toBe(1);
  });
});

describe("what is signed is what was awarded (TB 46)", () => {
  test("the same passes", () => expect(off({})).toEqual([]));
  const lines = (change: number) =>
    termsOf().lines.map((line, at) => (at === 0 ? { ...line, unitFen: line.unitFen + change } : line));
  test.each([
    ["dearer by one fen", { lines: lines(1) }, "price_differs"],
    ["cheaper by one fen", { lines: lines(-1) }, "price_differs"],
    ["a line left out", { lines: termsOf().lines.slice(1) }, "price_differs"],
    ["a line put in", { lines: [...termsOf().lines, { ...termsOf().lines[0]!, key: "extra" }] }, "price_differs"],
    ["a term that ends a day later", { toOn: "2028-01-01" }, "term_differs"],
    ["a term that ends a day earlier", { toOn: "2027-12-30" }, "term_differs"],
    ["a term that begins a day later", { fromOn: "2027-01-02" }, "term_differs"],
    ["another provider", { provider: { name: "别家", code: PROVIDER.code } }, "provider_differs"],
    ["another scope", { lots: [{ ...termsOf().lots[0]!, scope: "只有1号楼" }] }, "scope_differs"],
    ["a quality clause left out", { quality: [{ clause: "绿化", measure: "每周浇水" }] }, "quality_left_out"],
    ["a lot nobody awarded", { lots: [{ ...termsOf().lots[0]!, lotNo: 2 }] }, "lot_not_awarded"],
  ])("%s is refused", (_, change, reason) => expect(off(change).map((one) => one.reason)).toContain(reason));
  test("more quality than was asked is no deviation", () =>
    expect(off({ quality: [...termsOf().quality, { clause: "垃圾房", measure: "每日消毒" }] })).toEqual([]));
  test("where the announced day had come, the term may begin later and keeps its length", () => {
    const late = awardOf({ awardedOn: "2027-01-10" });
    expect(termOfAward(cleaningLot(), "2027-01-10", "2027-02-09")).toEqual({
      fromOn: "2027-02-09",
      toOn: "2028-02-08",
    });
    expect(termOfAward(cleaningLot(), "2027-01-10", "2027-02-10").fromOn).toBe("2027-01-01");
    expect(off({ fromOn: "2027-02-01", toOn: "2028-01-31" }, late)).toEqual([]);
    expect(off({ fromOn: "2027-02-01", toOn: "2028-02-01" }, late)[0]?.reason).toBe("term_differs");
  });
  test("a tender is contracted when its last lot is", () => {
    expect(isAllContracted([1, 3], [1])).toBe(false);
    expect(isAllContracted([1, 3], [3, 1])).toBe(true);
    expect(isAllContracted([], [])).toBe(false);
  });
});

describe("clocks", () => {
  test("thirty days to write it, fifteen to file it, and a day off moves the last day on", () => {
    // The 31st of December 2026 is a Thursday; the 16th of January 2027 a Saturday.
    expect(writtenDue("2026-12-01", 30)).toBe("2026-12-31");
    expect(filingDue("2027-01-01", 15)).toBe("2027-01-18");
  });
  test("on the last day it still waits, on the next it is late", () => {
    expect(clockFace("2026-12-31", null, "2026-12-31")).toEqual({ state: "waiting", days: 0 });
    expect(clockFace("2026-12-31", null, "2027-01-01")).toEqual({ state: "overdue", days: 1 });
    expect(clockFace("2026-12-31", "2026-12-31", "2027-02-01").state).toBe("done");
    expect(clockFace("2026-12-31", "2027-01-02", "2027-02-01")).toEqual({ state: "done_late", days: 2 });
  });
  test("nobody signs their own draft, ahead of the day, or before the award", () => {
    expect(maySign("a", "a").ok).toBe(false);
    expect(maySign("a", "b").ok).toBe(true);
    expect(maySignOn("2026-12-02", "2026-12-01", null)).toMatchObject({ error: { reason: "signed_on_ahead" } });
    expect(maySignOn("2026-11-30", "2026-12-01", "2026-12-01")).toMatchObject({
      error: { reason: "signed_before_award" },
    });
    expect(maySignOn("2026-12-01", "2026-12-01", "2026-12-01").ok).toBe(true);
  });
});

describe("what is given on to others (D16)", () => {
  const whole = {
    ...termsOf(),
    parts: ["cleaning", "greening", "security"] as Service[],
    subcontractable: ["cleaning", "greening", "security"] as Service[],
  };
  const sub = (service: Service, change: Partial<Subcontract> = {}): Subcontract => ({
    service,
    extent: "whole",
    words: "保安服务许可证渝公保服20260001号",
    contractorName: "专业分包有限公司",
    contractorCode: "91350500798359476R",
    fromOn: "2027-01-01",
    toOn: "2027-12-31",
    ...change,
  });
  test("a part may be given on, the last one not", () => {
    expect(mayGiveOn(whole, [], sub("cleaning")).ok).toBe(true);
    expect(mayGiveOn(whole, [sub("cleaning")], sub("greening")).ok).toBe(true);
    expect(mayGiveOn(whole, [sub("cleaning"), sub("greening")], sub("security"))).toEqual({
      ok: false,
      error: { reason: "all_given_on" },
    });
  });
  test("the only service of a contract is not given on as a whole, a portion of it is", () => {
    expect(mayGiveOn(termsOf(), [], sub("cleaning"))).toMatchObject({ error: { reason: "all_given_on" } });
    expect(mayGiveOn(termsOf(), [], sub("cleaning", { extent: "portion", words: "外墙清洗" })).ok).toBe(true);
    expect(mayGiveOn(termsOf(), [], sub("cleaning", { extent: "portion", words: "" }))).toMatchObject({
      error: { reason: "sub_empty" },
    });
  });
  test("what ends a day before the last one begins does not count with it; on one day it does", () => {
    const live = [sub("cleaning", { toOn: "2027-05-31" }), sub("greening")];
    expect(mayGiveOn(whole, live, sub("security", { fromOn: "2027-06-01" })).ok).toBe(true);
    expect(mayGiveOn(whole, live, sub("security", { fromOn: "2027-05-31" }))).toMatchObject({
      error: { reason: "all_given_on" },
    });
  });
  test("two that come later on different days make no whole between them", () => {
    const live = [
      sub("cleaning", { fromOn: "2027-02-01", toOn: "2027-02-28" }),
      sub("greening", { fromOn: "2027-03-01" }),
    ];
    expect(mayGiveOn(whole, live, sub("security")).ok).toBe(true);
    expect(mayGiveOn(whole, [live[0]!, sub("greening", { fromOn: "2027-02-28" })], sub("security"))).toMatchObject({
      error: { reason: "all_given_on" },
    });
  });
  test.each([
    ["not agreed", { ...whole, subcontractable: [] as Service[] }, sub("cleaning"), "sub_not_agreed"],
    ["not of this contract", whole, sub("lifts"), "sub_unknown_service"],
    ["to itself", whole, sub("cleaning", { contractorCode: PROVIDER.code }), "sub_to_itself"],
    ["beyond the term", whole, sub("cleaning", { toOn: "2028-01-01" }), "sub_outside_term"],
    ["guards without a licence", whole, sub("security", { words: " " }), "sub_licence_missing"],
  ])("%s is refused", (_, terms, asked, reason) =>
    expect(mayGiveOn(terms, [], asked)).toMatchObject({ error: { reason } }),
  );
});

describe("changes and extensions", () => {
  const LIMITS = { pricePercent: 10, extensionMonths: 3 };
  const first = termsOf();
  const needs = (change: Partial<ContractTerms>, inForce = first) => {
    const found = changeNeeds(first, inForce, { ...inForce, ...change }, LIMITS);
    return found.ok ? found.value : found.error.reason;
  };
  test("a tenth exactly is the officers', one fen more the owners'", () => {
    expect(needs({ priceFen: 27_500_000 })).toEqual([]);
    expect(needs({ priceFen: 27_500_001 })).toEqual(["price"]);
    expect(needs({ priceFen: 22_500_000 })).toEqual([]);
    expect(needs({ priceFen: 22_499_999 })).toEqual(["price"]);
  });
  test("small steps are counted together from the first edition", () =>
    expect(needs({ priceFen: 27_600_000 }, termsOf({ priceFen: 27_400_000 }))).toEqual(["price"]));
  test("three months more are the officers', a day more the owners'; the price of a day is what counts", () => {
    expect(needs({ toOn: "2028-03-31", priceFen: 31_250_000 })).toEqual([]);
    expect(needs({ toOn: "2028-04-01", priceFen: 31_250_000 })).toEqual(["term"]);
  });
  test("a shorter term and other lots are the owners'", () => {
    expect(needs({ toOn: "2027-12-30" })).toEqual(["shorter"]);
    expect(needs({ lots: [] })).toEqual(["lots"]);
  });
  test("neither provider nor beginning changes, and nothing is no change", () => {
    expect(needs({ provider: { name: "别家", code: "91350500798359476R" } })).toBe("provider_changed");
    expect(needs({ fromOn: "2027-01-02" })).toBe("start_changed");
    expect(needs({})).toBe("nothing_changed");
  });
  test("a difference names what changed and nothing else", () =>
    expect(differences(first, { ...first, bondFen: 0 })).toEqual([{ field: "bondFen", before: 1_000_000, after: 0 }]));
  test("whatever the lengths, a price in proportion to the days is within any limit", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 1_000 }), (days, daily) => {
        const was = { ...first, priceFen: 365 * daily };
        const next = { ...first, toOn: addDays(first.fromOn, days - 1), priceFen: days * daily };
        expect(isPriceBeyond(was, next, 0)).toBe(false);
        expect(isPriceBeyond(was, { ...next, priceFen: next.priceFen + 1 }, 0)).toBe(true);
      }),
    ));
});

describe("running out and ending (CC 946-950)", () => {
  const ALARMS = { days: [180, 90, 60] } as const;
  test("an alarm rings on its day and not a day before", () => {
    expect(alarmNow("2027-12-31", ALARMS, "2027-07-03")).toBeNull();
    expect(alarmNow("2027-12-31", ALARMS, "2027-07-04")).toBe(180);
    expect(alarmNow("2027-12-31", ALARMS, "2027-10-01")).toBe(180);
    expect(alarmNow("2027-12-31", ALARMS, "2027-10-02")).toBe(90);
    expect(alarmNow("2027-12-31", ALARMS, "2027-11-01")).toBe(60);
    expect(alarmNow("2027-12-31", ALARMS, "2027-12-31")).toBe(60);
    expect(alarmNow("2027-12-31", ALARMS, "2028-01-01")).toBeNull();
  });
  const term = { state: "signed", fromOn: "2027-01-01", toOn: "2027-12-31", endsOn: null, takenOverOn: null } as const;
  test.each([
    ["2026-12-31", {}, "ahead"],
    ["2027-01-01", {}, "running"],
    ["2027-07-04", {}, "expiring"],
    ["2027-12-31", {}, "expiring"],
    ["2028-01-01", {}, "open_ended"],
    ["2027-09-30", { endsOn: "2027-09-30" }, "ending"],
    ["2027-10-01", { endsOn: "2027-09-30" }, "interim"],
    ["2027-10-04", { endsOn: "2027-09-30", takenOverOn: "2027-10-05" }, "interim"],
    ["2027-10-05", { endsOn: "2027-09-30", takenOverOn: "2027-10-05" }, "over"],
  ])("on %s with %j it is %s", (today, change, standing) =>
    expect(standingOf({ ...term, ...change }, today, ALARMS)).toBe(standing),
  );
  test("the old provider is counted from the day after the end to the takeover", () => {
    expect(interimDays({ endsOn: "2027-09-30", takenOverOn: null }, "2027-09-30")).toBe(0);
    expect(interimDays({ endsOn: "2027-09-30", takenOverOn: null }, "2027-10-03")).toBe(3);
    expect(interimDays({ endsOn: "2027-09-30", takenOverOn: "2027-10-05" }, "2027-12-01")).toBe(5);
  });
  const asked = (change: Partial<EndingAsked> = {}): EndingAsked => ({
    kind: "dismissed",
    bySide: "owners",
    noticedOn: "2027-06-01",
    endsOn: "2027-07-31",
    why: "业主大会决定解聘",
    ...change,
  });
  const end = (change: Partial<EndingAsked>, today = "2027-06-02", terms = termsOf()) => {
    const done = mayEnd(asked(change), terms, today);
    return done.ok ? "ok" : done.error.reason;
  };
  test("sixty days' notice: 59 are too few, 60 and 61 are enough", () => {
    expect(end({ endsOn: "2027-07-30" })).toBe("notice_short");
    expect(end({ endsOn: "2027-07-31" })).toBe("ok");
    expect(end({ endsOn: "2027-08-01" })).toBe("ok");
  });
  test("the contract may agree on other days", () => {
    expect(end({ endsOn: "2027-07-31" }, "2027-06-02", termsOf({ noticeDays: 61 }))).toBe("notice_short");
    expect(end({ endsOn: "2027-07-01" }, "2027-06-02", termsOf({ noticeDays: 30 }))).toBe("ok");
  });
  test("a provider that will not renew says so ninety days before the end: 89, 90, 91", () => {
    const leaving = (noticedOn: string) =>
      end({ kind: "not_renewing", bySide: "provider", noticedOn, endsOn: "2027-12-31" }, "2027-11-01");
    expect(leaving("2027-10-03")).toBe("notice_short");
    expect(leaving("2027-10-02")).toBe("ok");
    expect(leaving("2027-10-01")).toBe("ok");
    expect(end({ kind: "not_renewing", bySide: "provider", endsOn: "2027-12-30" })).toBe("not_at_term_end");
  });
  test("after the term either side gives sixty days; before it nobody calls it open-ended", () => {
    const open = (noticedOn: string, endsOn: string) =>
      end({ kind: "open_ended", bySide: "provider", noticedOn, endsOn }, "2028-02-01");
    expect(open("2028-01-01", "2028-02-29")).toBe("notice_short");
    expect(open("2028-01-01", "2028-03-01")).toBe("ok");
    expect(open("2027-12-31", "2028-03-01")).toBe("not_open_ended");
  });
  test("a notice of a day to come, the wrong side, no reason", () => {
    expect(end({ noticedOn: "2027-06-03" })).toBe("notice_ahead");
    expect(end({ bySide: "provider" })).toBe("wrong_side");
    expect(end({ why: " " })).toBe("ending_why");
    expect(end({ endsOn: "2028-01-01" })).toBe("after_term_end");
  });
  test("what the owners' side ends, the owners decide", () => {
    expect(endingNeedsDecision({ kind: "dismissed", bySide: "owners" })).toBe(true);
    expect(endingNeedsDecision({ kind: "agreed", bySide: "both" })).toBe(true);
    expect(endingNeedsDecision({ kind: "not_renewing", bySide: "provider" })).toBe(false);
    expect(endingNeedsDecision({ kind: "open_ended", bySide: "provider" })).toBe(false);
  });
  test("a decision is of matter 4, published and carried", () => {
    const facts = { meetingId: "m", state: "published", matter: 4, outcome: "carried" };
    expect(restsOnServiceDecision(facts).ok).toBe(true);
    expect(restsOnServiceDecision(null)).toMatchObject({ error: { reason: "decision_unknown" } });
    expect(restsOnServiceDecision({ ...facts, matter: 9 })).toMatchObject({
      error: { reason: "decision_of_another_matter" },
    });
    expect(restsOnServiceDecision({ ...facts, outcome: "lost" })).toMatchObject({ error: { reason: "decision_lost" } });
    expect(restsOnServiceDecision({ ...facts, state: "annulled" })).toMatchObject({
      error: { reason: "decision_not_published" },
    });
  });
});

describe("paid against the plan", () => {
  const paid = (amountFen: number, deductFen = 0, state: "posted" | "waiting" = "posted", isReversed = false) => ({
    planNo: 1,
    amountFen,
    deductFen,
    state,
    isReversed,
  });
  const row = (...payments: ReturnType<typeof paid>[]) => planAgainstPaid(termsOf().plan, payments, "2027-04-01")[0]!;
  test("what waits or was taken back is not paid; what was kept back settles the line", () => {
    expect(row(paid(6_250_000, 0, "waiting"))).toMatchObject({ paidFen: 0, waitingFen: 6_250_000, state: "overdue" });
    expect(row(paid(6_250_000, 0, "posted", true))).toMatchObject({ paidFen: 0, state: "overdue" });
    expect(row(paid(6_000_000, 250_000))).toMatchObject({ state: "paid", overFen: 0 });
  });
  test("a fen more than the line is shown as too much", () =>
    expect(row(paid(6_250_000), paid(1))).toMatchObject({ state: "over", overFen: 1 }));
});
