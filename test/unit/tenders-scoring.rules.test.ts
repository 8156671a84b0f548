/** Points, totals and ranks at their exact bounds, and what holds for all inputs: nothing is scored that anyone could not score again. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commitSeed, drawNumbers, replayDraw } from "../../src/record/draw/rules.ts";
import {
  leastExperts,
  nextDrawn,
  panelFaults,
  panelPurpose,
  seatExperts,
  worksFor,
} from "../../src/tenders/scoring/panel/rules.ts";
import { checkFinding, type Finding, qualify, withExclusions } from "../../src/tenders/scoring/qualifying/rules.ts";
import {
  basePrice,
  type Given,
  type LotToScore,
  pointsFaults,
  pricePoints,
  ratioPoints,
  roundedHalfUp,
  scoreLot,
  tiePurpose,
} from "../../src/tenders/scoring/result/rules.ts";
import {
  checkReveal,
  checkSheet,
  commitmentOf,
  formatPoints,
  parsePoints,
  sheetOf,
} from "../../src/tenders/scoring/sheets/rules.ts";
import { schemeOf } from "./tender-scheme-of-test.ts";

const LOWEST = { kind: "lowest" } as const;
const average = (above: number, below: number) =>
  ({ kind: "average", abovePerPercent: above, belowPerPercent: below }) as const;
const points = (formula: Parameters<typeof pricePoints>[0], weight: number, prices: readonly number[]): number[] =>
  prices.map((price) => pricePoints(formula, weight, basePrice(formula, prices)!, price));

describe("rounding", () => {
  test.each([
    ["below a half goes down", 1_049n, 100n, 10n],
    ["exactly a half goes up", 1_050n, 100n, 11n],
    ["above a half goes up", 1_051n, 100n, 11n],
    ["a whole stays", 1_000n, 100n, 10n],
  ])("%s", (_, over, under, rounded) => expect(roundedHalfUp(over, under)).toBe(rounded));
});

describe("the lowest price as base", () => {
  test("the lowest has full points, and others base ÷ price × weight, rounded half up to 0.01", () => {
    expect(points(LOWEST, 40, [100, 125, 300])).toEqual([4_000, 3_200, 1_333]);
    // 4000 × 2 ÷ 3 = 2666.67
    expect(points(LOWEST, 40, [200, 300])).toEqual([4_000, 2_667]);
    // 100 × 8 ÷ 16 = 50 exactly; 1 × 100 ÷ 8 = 12.5 → 13
    expect(points(LOWEST, 1, [1, 8])).toEqual([100, 13]);
  });
  test("a price of nought is full points and leaves nought to the others; two noughts are equal", () => {
    expect(points(LOWEST, 10, [0, 5])).toEqual([1_000, 0]);
    expect(points(LOWEST, 10, [0, 0])).toEqual([1_000, 1_000]);
  });
  test("one hundredth of a fen more is never more points", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9_000_000_000_000_000 }), { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 100 }),
        (prices, weight) => {
          const given = points(LOWEST, weight, prices);
          const best = prices.indexOf(Math.min(...prices));
          expect(given[best]).toBe(weight * 100);
          for (const [a, price] of prices.entries())
            for (const [b, other] of prices.entries())
              if (price <= other) expect(given[a]!).toBeGreaterThanOrEqual(given[b]!);
        },
      ),
    );
  });
});

describe("the average price as base", () => {
  test("each per cent above or below costs its points, parts of a per cent in proportion", () => {
    // Mean 100: +10 % at 0.50, −10 % at 0.20.
    expect(points(average(50, 20), 30, [100, 110, 90])).toEqual([3_000, 2_500, 2_800]);
    // Mean 101: 102 is 0.990099 % above.
    expect(points(average(100, 100), 30, [100, 102])).toEqual([2_901, 2_901]);
  });
  test("points never fall below nought", () => {
    expect(points(average(1_000, 0), 5, [100, 200])).toEqual([500, 0]);
    // Mean 150: 200 is a third above; 100 hundredths a per cent cost 33.33.
    expect(points(average(15, 0), 5, [100, 200])).toEqual([500, 0]);
    // Exactly at the edge: 25 % above at 20 hundredths is 500.
    expect(points(average(20, 0), 5, [75, 125])).toEqual([500, 0]);
    expect(points(average(19, 0), 5, [75, 125])).toEqual([500, 25]);
  });
  test("a mean with no last digit is kept as a fraction", () => {
    const base = basePrice(average(1, 1), [1, 1, 2])!;
    expect(base).toEqual({ over: 4n, under: 3n });
    // 2 is exactly 50 % above 4/3, 1 exactly 25 % below.
    expect(points(average(10, 10), 10, [1, 1, 2])).toEqual([750, 750, 500]);
  });
  test("prices of nought alone are all at the base", () => {
    expect(points(average(10, 10), 10, [0, 0, 0])).toEqual([1_000, 1_000, 1_000]);
  });
  test("there is no average of no valid price", () => {
    expect(basePrice(average(1, 1), [])).toBeNull();
    expect(basePrice(LOWEST, [])).toBeNull();
    expect(scoreLot(lotOf({ bids: [] }))).toEqual({ ok: false, error: { reason: "no_valid_price", lotNo: 1 } });
  });
  test("base ÷ price × weight with an average for base is capped at the weight", () => {
    const base = basePrice(average(0, 0), [80, 100, 120])!;
    expect([80, 100, 125].map((price) => ratioPoints(15, base, price))).toEqual([1_500, 1_500, 1_200]);
  });
});

const { criteria } = schemeOf();
const SEED = "07".repeat(32);

const judged = (bidderNo: number, given: number, reason = "方案具体"): Given => ({
  lotNo: 1,
  bidderNo,
  criterion: "plan",
  points: given,
  reason,
});
const fact = (bidderNo: number, given: number): Given => ({
  lotNo: 1,
  bidderNo,
  criterion: "record",
  points: given,
  reason: "合同复印件",
});

/** Three bids, five members. Totals of the default: see the first test. */
const lotOf = (change: Partial<LotToScore> = {}): LotToScore => ({
  lotNo: 1,
  criteria,
  combining: "average",
  ties: ["lower_price", "draw"],
  candidatesMost: 3,
  bids: [1, 2, 3].map((bidderNo) => ({ bidderNo, prices: { monthly: 100 }, totalHundredths: 100_000 * bidderNo })),
  facts: [fact(1, 500), fact(2, 1_000), fact(3, 2_000)],
  sheets: [1, 2, 3, 4, 5].map((memberNo) => ({
    memberNo,
    given: [judged(1, 3_000 + memberNo), judged(2, 3_500), judged(3, 2_000)],
  })),
  seed: SEED,
  purpose: tiePurpose("t", 1),
  ...change,
});

const scored = (change: Partial<LotToScore> = {}) => {
  const made = scoreLot(lotOf(change));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};

describe("totals and ranks", () => {
  test("price, facts and the members' average make the total; every part adds up to it", () => {
    const { ranked, candidates, full } = scored();
    expect(ranked.map(({ bidderNo, total, rank }) => [bidderNo, total, rank])).toEqual([
      [1, 4_000 + 3_003 + 500, 1],
      [2, 2_000 + 3_500 + 1_000, 2],
      [3, 1_333 + 2_000 + 2_000, 3],
    ]);
    expect(ranked[0]!.parts[1]).toEqual({
      criterion: "plan",
      points: 3_003,
      members: [3_001, 3_002, 3_003, 3_004, 3_005],
    });
    expect(candidates).toEqual([1, 2, 3]);
    expect(full).toBe(10_000);
    for (const { parts, total } of ranked) expect(parts.reduce((sum, one) => sum + one.points, 0)).toBe(total);
  });
  test("an average is rounded half up once, for each judged criterion", () => {
    const sheets = [4_000, 3_999, 3_999, 3_999, 3_998].map((given, at) => ({
      memberNo: at + 1,
      given: [judged(1, given), judged(2, 0), judged(3, at === 0 ? 3 : at === 1 ? 1 : 0)],
    }));
    const { ranked } = scored({ sheets });
    const plan = (no: number) => ranked.find(({ bidderNo }) => bidderNo === no)!.parts[1]!.points;
    expect(plan(1)).toBe(3_999);
    expect(plan(2)).toBe(0);
    expect(plan(3)).toBe(1); // 4 ÷ 5 = 0.8
  });
  test("a sum adds up every member's sheet of a hundred, with the computed points on each", () => {
    const { ranked, full } = scored({ combining: "sum" });
    expect(full).toBe(50_000);
    expect(ranked[0]).toMatchObject({ bidderNo: 1, total: 5 * 4_000 + (5 * 3_000 + 15) + 5 * 500 });
  });
  test("at most so many stand as candidates as the scheme says", () => {
    expect(scored({ candidatesMost: 2 }).candidates).toEqual([1, 2]);
    expect(scored({ candidatesMost: 1 }).candidates).toEqual([1]);
  });
  test("ranks have no gaps, and the same inputs in another order give the same ranks", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
        (order, plans) => {
          const sheets = [1, 2, 3, 4, 5].map((memberNo) => ({
            memberNo,
            given: plans.map((plan, at) => judged(at + 1, plan)),
          }));
          const { bids, facts } = lotOf();
          const one = scored({ sheets });
          const other = scored({
            sheets: sheets.map(({ memberNo, given }) => ({ memberNo, given: order.map((at) => given[at]!) })),
            bids: order.map((at) => bids[at]!),
            facts: order.map((at) => facts[at]!),
          });
          expect(other).toEqual(one);
          expect(one.ranked.map(({ rank }) => rank)).toEqual([1, 2, 3]);
        },
      ),
    );
  });
});

describe("a tie to the last hundredth", () => {
  const level = (prices: readonly [number, number, number], plans: readonly [number, number, number]) => ({
    bids: prices.map((totalHundredths, at) => ({ bidderNo: at + 1, prices: {}, totalHundredths })),
    criteria: criteria.map((one) => (one.kind === "price" ? { ...one, weight: 0 } : one)),
    facts: [1, 2, 3].map((no) => fact(no, 2_000 - plans[no - 1]!)),
    sheets: [{ memberNo: 1, given: plans.map((plan, at) => judged(at + 1, plan)) }],
  });
  test("goes to the lower price where the scheme says so first", () => {
    const { ranked, ties } = scored({ ...level([300, 200, 250], [5, 5, 5]), ties: ["lower_price", "draw"] });
    expect(ranked.map(({ bidderNo }) => bidderNo)).toEqual([2, 3, 1]);
    expect(ties).toEqual([{ total: 2_000, between: [2, 3, 1], settledBy: "lower_price" }]);
  });
  test("goes to the higher judgement where the scheme says that first", () => {
    const { ranked, ties } = scored({ ...level([100, 200, 300], [1, 2, 3]), ties: ["higher_judged", "draw"] });
    expect(ranked.map(({ bidderNo }) => bidderNo)).toEqual([3, 2, 1]);
    expect(ties[0]!.settledBy).toBe("higher_judged");
  });
  test("ends in the draw, which another seed would end otherwise", () => {
    const equal = { ...level([100, 100, 100], [5, 5, 5]), ties: ["lower_price", "higher_judged", "draw"] as const };
    const orders = new Set<string>();
    for (let byte = 0; byte < 16; byte += 1) {
      const { ranked, ties } = scored({
        ...equal,
        ties: [...equal.ties],
        seed: byte.toString(16).padStart(2, "0").repeat(32),
      });
      expect(ties[0]!.settledBy).toBe("draw");
      orders.add(ranked.map(({ bidderNo }) => bidderNo).join());
    }
    expect(orders.size).toBeGreaterThan(1);
  });
  test("one hundredth apart is no tie", () => {
    expect(scored({ ...level([100, 200, 300], [5, 5, 5]), facts: [fact(1, 1), fact(2, 2), fact(3, 3)] }).ties).toEqual(
      [],
    );
  });
});

describe("points by hand", () => {
  const asked = [{ lotNo: 1, bidders: [1], criteria }];
  const faults = (given: readonly Given[]) => pointsFaults("judged", asked, given).map(({ reason }) => reason);
  test("the whole weight is in range, a hundredth more and less than nought are not", () => {
    expect(faults([judged(1, 4_000)])).toEqual([]);
    expect(faults([judged(1, 0)])).toEqual([]);
    expect(faults([judged(1, 4_001)])).toEqual(["points_out_of_range"]);
    expect(faults([judged(1, -1)])).toEqual(["points_out_of_range"]);
    expect(faults([judged(1, 0.5)])).toEqual(["points_out_of_range"]);
  });
  test("a judgement needs its reason, once, of a bid that is there", () => {
    expect(faults([])).toEqual(["points_missing"]);
    expect(faults([judged(1, 1, "  ")])).toEqual(["reason_missing"]);
    expect(faults([judged(1, 1), judged(1, 2)])).toEqual(["points_twice"]);
    expect(faults([judged(1, 1), judged(2, 1)])).toEqual(["points_not_asked"]);
    expect(faults([judged(1, 1), fact(1, 1)])).toEqual(["points_not_asked"]);
  });
  test("nothing is scored from a faulty sheet or fact, or without any", () => {
    expect(scoreLot(lotOf({ sheets: [] }))).toMatchObject({ error: { reason: "sheets_missing" } });
    expect(scoreLot(lotOf({ facts: [] }))).toMatchObject({ error: { reason: "points_faulty", memberNo: null } });
    expect(scoreLot(lotOf({ sheets: [{ memberNo: 4, given: [judged(1, 1)] }] }))).toMatchObject({
      error: { reason: "points_faulty", memberNo: 4 },
    });
    const byLine = criteria.map((one) => (one.kind === "price" ? { ...one, priceKey: "night" } : one));
    expect(scoreLot(lotOf({ criteria: byLine }))).toMatchObject({
      error: { reason: "price_not_offered", key: "night" },
    });
  });
  test.each([
    ["8", 800],
    ["8.5", 850],
    [" 12.25 ", 1_225],
    ["０.05", 5],
    ["100", 10_000],
    ["8.555", null],
    ["-1", null],
    ["", null],
    ["八", null],
  ])("%j is read as %j hundredths", (typed, read) => expect(parsePoints(typed)).toBe(read));
  test("what is printed is read back", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), (one) => parsePoints(formatPoints(one)) === one));
  });
});

describe("a sheet", () => {
  const asked = [{ lotNo: 1, bidders: [1, 2], criteria }];
  const sheet = sheetOf("t", 3, [judged(2, 100), judged(1, 200)]);
  const nonce = "ab".repeat(16);
  test("has one hash in whatever order its lines come", () => {
    expect(commitmentOf(sheetOf("t", 3, [judged(1, 200), judged(2, 100)]), nonce)).toBe(commitmentOf(sheet, nonce));
    expect(checkSheet(asked, sheet).ok).toBe(true);
  });
  test("is revealed as what was committed to, and as nothing else", () => {
    const committed = commitmentOf(sheet, nonce);
    expect(checkReveal(committed, sheet, nonce).ok).toBe(true);
    for (const other of [
      sheetOf("t", 3, [judged(1, 201), judged(2, 100)]),
      sheetOf("t", 3, [judged(1, 200, "另一个理由"), judged(2, 100)]),
      sheetOf("t", 4, sheet.given),
      sheetOf("u", 3, sheet.given),
    ])
      expect(checkReveal(committed, other, nonce)).toMatchObject({ error: { reason: "another_sheet", committed } });
    expect(checkReveal(committed, sheet, "ac".repeat(16))).toMatchObject({ error: { reason: "another_sheet" } });
    expect(checkReveal(committed, sheet, "ab")).toMatchObject({ error: { reason: "nonce_malformed" } });
  });
  test("with a reason of 300 characters passes, with one more it does not", () => {
    const long = (length: number) => sheetOf("t", 3, [judged(1, 1, "长".repeat(length)), judged(2, 1)]);
    expect(checkSheet(asked, long(300)).ok).toBe(true);
    expect(checkSheet(asked, long(301))).toMatchObject({ error: { reason: "sheet_reason_too_long" } });
  });
});

describe("the panel", () => {
  const of = (experts: number, representatives: number) => [
    ...Array.from({ length: experts }, () => "expert" as const),
    ...Array.from({ length: representatives }, () => "representative" as const),
  ];
  test.each([
    ["five with four experts may score", of(4, 1), 0, []],
    ["three experts of five are less than two thirds", of(3, 2), 0, ["panel_experts"]],
    ["a panel of four is too small and even", of(4, 0), 0, ["panel_size"]],
    ["six is even", of(5, 1), 0, ["panel_size"]],
    ["five of seven is two thirds", of(5, 2), 0, []],
    ["four of seven is not", of(4, 3), 0, ["panel_experts"]],
    ["four of five is four fifths, where a place asks for that", of(4, 1), 80, []],
    ["five of seven is not four fifths", of(5, 2), 80, ["panel_experts"]],
    ["nobody is no panel", [], 0, ["panel_size"]],
  ])("%s", (_, kinds, share, faults) => expect(panelFaults(kinds, share).map(({ reason }) => reason)).toEqual(faults));
  test("a smaller share than the law's changes nothing", () => {
    for (const size of [5, 7, 9]) expect(leastExperts(size, 50)).toBe(leastExperts(size));
  });

  const purpose = panelPurpose("t");
  const lots = [1, 2, 3, 4, 5, 6, 7];
  const drawn = drawNumbers(SEED, purpose, lots);
  const draw = { commitment: commitSeed(new Uint8Array(32).fill(7)), purpose, lots, drawn };
  test("anyone draws it again, and sees another seed or another order", () => {
    const replayed = replayDraw(draw, SEED);
    expect(replayed.ok && replayed.value.map(({ number }) => number)).toEqual(drawn);
    expect(replayDraw(draw, "08".repeat(32))).toMatchObject({ error: { reason: "another_seed" } });
    expect(replayDraw({ ...draw, drawn: [...drawn].reverse() }, SEED)).toMatchObject({
      error: { reason: "another_order" },
    });
    expect(replayDraw(draw, "07")).toMatchObject({ error: { reason: "seed_malformed" } });
  });
  test("who works for a bidder is passed over, and the next of the draw sits", () => {
    const [first] = drawn;
    const bidders = [{ name: "清源物业 有限公司" }];
    const seated = seatExperts(drawn, 4, (number) => (number === first ? "清源物业有限公司" : "大学"), bidders);
    expect(seated).toEqual({
      ok: true,
      value: { seated: drawn.slice(1, 5), passedOver: [{ number: first, bidder: "清源物业 有限公司" }] },
    });
    expect(worksFor("", bidders)).toBeNull();
    expect(worksFor("清源物业有限公司分公司", bidders)).toBeNull();
  });
  test("a pool that does not fill the seats is refused", () => {
    expect(seatExperts([1, 2, 3], 4, () => "", [])).toMatchObject({
      error: { reason: "pool_too_small", experts: 3, needed: 4 },
    });
    expect(nextDrawn([3, 1, 2], new Set([3, 1]))).toBe(2);
    expect(nextDrawn([3, 1], new Set([3, 1]))).toBeNull();
  });
});

describe("qualification", () => {
  const { lots } = schemeOf();
  const bid = (bidderNo: number, voidWhy: string | null = null) => ({
    lotNo: 1,
    bidderId: `b${bidderNo}`,
    bidderNo,
    name: `公司${bidderNo}`,
    code: "",
    prices: {},
    totalHundredths: 1,
    voidWhy,
  });
  const found = (bidderNo: number, voidWhy: string | null = null): Finding => ({
    lotNo: 1,
    bidderNo,
    shown: ["business_licence", "credit_clean"],
    voidWhy,
  });
  test("a bid that lacks a paper is void with a reason, or the finding is refused", () => {
    const bids = [bid(1), bid(2, "逾期")];
    expect(checkFinding(lots, bids, found(1)).ok).toBe(true);
    expect(checkFinding(lots, bids, { ...found(1), shown: ["credit_clean"] })).toMatchObject({
      error: { reason: "void_reason_missing", lacks: ["business_licence"] },
    });
    expect(checkFinding(lots, bids, { ...found(1), shown: [], voidWhy: "没有营业执照" }).ok).toBe(true);
    expect(checkFinding(lots, bids, found(2))).toMatchObject({ error: { reason: "bid_void_already" } });
    expect(checkFinding(lots, bids, found(9))).toMatchObject({ error: { reason: "bid_unknown" } });
    expect(checkFinding(lots, bids, found(1, "长".repeat(501)))).toMatchObject({
      error: { reason: "reason_too_long" },
    });
  });
  test("three left is enough, two left is a failed lot", () => {
    const bids = [bid(1), bid(2), bid(3), bid(4, "超过最高限价")];
    const three = qualify(lots, bids, [found(1), found(2), found(3)]);
    expect(three).toMatchObject({ value: [{ fit: [1, 2, 3], void: [{ bidderNo: 4 }], failed: false }] });
    expect(qualify(lots, bids, [found(1), found(2), found(3, "同一控制人")])).toMatchObject({
      value: [{ fit: [1, 2], failed: true }],
    });
  });
  test("who was kept out for a tie is not compared: in that lot, or in every lot", () => {
    const bids = [bid(1), bid(2), bid(3), bid(4)];
    const out = (lotNo: number) => [{ bidderId: bid(2).bidderId, lotNo, reason: "同一控制人" }];
    const comparedWith = (lotNo: number) =>
      qualify(
        lots,
        withExclusions(bids, out(lotNo)),
        [1, 2, 3, 4].map((no) => found(no)),
      );
    expect(comparedWith(1)).toMatchObject({ value: [{ fit: [1, 3, 4], void: [{ bidderNo: 2 }] }] });
    expect(comparedWith(0)).toMatchObject({ value: [{ fit: [1, 3, 4] }] });
    expect(comparedWith(2)).toMatchObject({ value: [{ fit: [1, 2, 3, 4], void: [] }] });
  });
  test("nothing is decided while a bid is unexamined", () => {
    expect(qualify(lots, [bid(1), bid(2)], [found(1)])).toMatchObject({
      error: { reason: "bids_unexamined", left: [{ lotNo: 1, bidderNo: 2 }] },
    });
  });
});
