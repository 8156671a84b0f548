/** From prices, facts and the panel's sheets to totals, ranks and candidates (T10, TB 40–43). Exact, and nothing else enters: whoever has the inputs comes to the same. Pure. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { drawOrder } from "../../../record/draw/rules.ts";
import type { Criterion, Scheme } from "../../scheme/rules.ts";

/** How the members' points become one figure; a setting, frozen before the bids are opened. */
export const COMBINING = ["average", "sum"] as const;
/**
 * `average`: of each judged criterion the members' mean, rounded to 0.01. `sum`: every member's sheet out of 100 is added
 * up, with the computed points on each of them, as where 三家评委总分 is what is announced.
 */
export type Combining = (typeof COMBINING)[number];

/** Points are integers in 0.01 everywhere. */
const HUNDREDTHS = 100;
export const mostPoints = ({ weight }: Pick<Criterion, "weight">): number => weight * HUNDREDTHS;

/** The nearest integer to `over ÷ under`, halves up. Both not negative, `under` positive. */
export const roundedHalfUp = (over: bigint, under: bigint): bigint => (over * 2n + under) / (under * 2n);

/** A base price as a fraction: an average of three prices has no last digit. */
export interface BasePrice {
  readonly over: bigint;
  readonly under: bigint;
}

export type Formula = NonNullable<Criterion["formula"]>;

/** 基准价: the lowest price, or their mean; null where there is no valid price. */
export function basePrice(formula: Formula, prices: readonly number[]): BasePrice | null {
  if (prices.length === 0) return null;
  if (formula.kind === "lowest") return { over: BigInt(Math.min(...prices)), under: 1n };
  return { over: prices.reduce((sum, price) => sum + BigInt(price), 0n), under: BigInt(prices.length) };
}

/**
 * The points of one price, in 0.01, rounded half up; never below nought or above the weight. `lowest`: base ÷ price × weight. `average`:
 * the weight less so many hundredths for each per cent above or below the base, parts of a per cent in proportion.
 */
export function pricePoints(formula: Formula, weight: number, base: BasePrice, price: number): number {
  const { over, under } = base;
  const own = BigInt(price) * under;
  const most = BigInt(weight * HUNDREDTHS);
  if (own === over) return Number(most);
  if (formula.kind === "lowest") return Number(own === 0n ? most : roundedHalfUp(over * most, own));
  const away = own > over ? own - over : over - own;
  const perPercent = BigInt(own > over ? formula.abovePerPercent : formula.belowPerPercent);
  // Every price nought but this one is nought too: then own === over above, so over is never nought here.
  const lost = away * 100n * perPercent;
  const left = most * over - lost;
  return left <= 0n ? 0 : Number(roundedHalfUp(left, over));
}

/** The points 基准价 ÷ 报价 × 权重 gives for any base, capped at the weight: the printed rules of some places say so of an average too. */
export const ratioPoints = (weight: number, base: BasePrice, price: number): number => {
  const most = BigInt(weight * HUNDREDTHS);
  const own = BigInt(price) * base.under;
  if (own <= base.over) return Number(most);
  return Number(roundedHalfUp(base.over * most, own));
};

// ——— What is put together ———

export interface BidToScore {
  readonly bidderNo: number;
  readonly prices: Readonly<Record<string, number>>;
  /** In 0.01 fen over the term. */
  readonly totalHundredths: number;
}

/** Points by hand for one bidder and criterion: a fact with its evidence, or one member's judgement with its reason. */
export interface Given {
  readonly lotNo: number;
  readonly bidderNo: number;
  readonly criterion: string;
  readonly points: number;
  readonly reason: string;
}

export interface MemberSheet {
  readonly memberNo: number;
  readonly given: readonly Given[];
}

/** Everything one lot's ranking is made from; public in the report, and enough to make it again. */
export interface LotToScore {
  readonly lotNo: number;
  readonly criteria: readonly Criterion[];
  readonly combining: Combining;
  readonly ties: Scheme["ties"];
  readonly candidatesMost: number;
  readonly bids: readonly BidToScore[];
  readonly facts: readonly Given[];
  readonly sheets: readonly MemberSheet[];
  /** 64 hex digits, committed to before and revealed with the result; and what it is drawn for. */
  readonly seed: string;
  readonly purpose: string;
}

export type PointsFault = {
  readonly lotNo: number;
  readonly bidderNo: number;
  readonly criterion: string;
} & (
  | { readonly reason: "points_missing" }
  | { readonly reason: "points_twice" }
  | { readonly reason: "points_out_of_range"; readonly points: number; readonly most: number }
  /** T10: a judgement without a reason cannot be looked at again. */
  | { readonly reason: "reason_missing" }
  /** Of a bid or a criterion that is not there to be judged. */
  | { readonly reason: "points_not_asked" }
);

const keyOf = ({ lotNo, bidderNo, criterion }: Pick<Given, "lotNo" | "bidderNo" | "criterion">): string =>
  `${lotNo}:${bidderNo}:${criterion}`;

/** One lot as its givers of points see it: who is compared, and by what. */
export interface LotAsked {
  readonly lotNo: number;
  readonly bidders: readonly number[];
  readonly criteria: readonly Criterion[];
}

/** Everything wrong with points of one kind over all lots: every bid, every criterion of that kind, once, in range, with words. */
export function pointsFaults(
  kind: "fact" | "judged",
  lots: readonly LotAsked[],
  given: readonly Given[],
): readonly PointsFault[] {
  const faults: PointsFault[] = [];
  const left = new Map<string, Given[]>();
  for (const one of given) left.set(keyOf(one), [...(left.get(keyOf(one)) ?? []), one]);
  for (const { lotNo, bidders, criteria } of lots)
    for (const { key: criterion, kind: is, weight } of criteria) {
      if (is !== kind) continue;
      for (const bidderNo of bidders) {
        const place = { lotNo, bidderNo, criterion };
        const [one, ...more] = left.get(keyOf(place)) ?? [];
        left.delete(keyOf(place));
        if (!one) faults.push({ ...place, reason: "points_missing" });
        else if (more.length > 0) faults.push({ ...place, reason: "points_twice" });
        else {
          const most = mostPoints({ weight });
          const { points } = one;
          if (!Number.isInteger(points) || points < 0 || points > most)
            faults.push({ ...place, reason: "points_out_of_range", points, most });
          if (one.reason.trim() === "") faults.push({ ...place, reason: "reason_missing" });
        }
      }
    }
  for (const [one] of left.values())
    if (one)
      faults.push({
        lotNo: one.lotNo,
        bidderNo: one.bidderNo,
        criterion: one.criterion,
        reason: "points_not_asked",
      });
  return faults;
}

/** One criterion's points of one bidder; `members` are the single judgements behind them, in the order of the sheets. */
export interface Part {
  readonly criterion: string;
  readonly points: number;
  readonly members: readonly number[];
}

export interface Ranked {
  readonly bidderNo: number;
  readonly parts: readonly Part[];
  readonly total: number;
  /** 1, 2, 3 … without gaps: every tie is ended. */
  readonly rank: number;
}

export interface Tie {
  readonly total: number;
  /** In the order it was settled to. */
  readonly between: readonly number[];
  /** What told them apart; for three or more the last rule that was needed. */
  readonly settledBy: Scheme["ties"][number];
}

export interface LotResult {
  readonly lotNo: number;
  readonly ranked: readonly Ranked[];
  readonly ties: readonly Tie[];
  /** Bidders' numbers in the order of their ranks, at most as many as the scheme lets stand. */
  readonly candidates: readonly number[];
  /** The full marks: 10,000, or as many sheets of it as were added up. */
  readonly full: number;
}

export type ScoringRefusal =
  | { readonly reason: "no_valid_price"; readonly lotNo: number }
  | { readonly reason: "price_not_offered"; readonly lotNo: number; readonly bidderNo: number; readonly key: string }
  | { readonly reason: "sheets_missing"; readonly lotNo: number }
  | { readonly reason: "points_faulty"; readonly memberNo: number | null; readonly faults: readonly PointsFault[] };

const priceOf = (bid: BidToScore, key: string | null): number | undefined =>
  key === null ? bid.totalHundredths : bid.prices[key];

/** The points of every criterion that is computed from the prices, by criterion and bidder. */
function computedPrices(lot: LotToScore): Result<ReadonlyMap<string, number>, ScoringRefusal> {
  const { lotNo } = lot;
  const points = new Map<string, number>();
  for (const { key, weight, priceKey, formula } of lot.criteria) {
    if (!formula) continue;
    const prices: number[] = [];
    for (const bid of lot.bids) {
      const price = priceOf(bid, priceKey);
      if (price === undefined)
        return err({ reason: "price_not_offered", lotNo, bidderNo: bid.bidderNo, key: priceKey ?? "" });
      prices.push(price);
    }
    const base = basePrice(formula, prices);
    if (!base) return err({ reason: "no_valid_price", lotNo });
    for (const [at, bid] of lot.bids.entries())
      points.set(`${key}:${bid.bidderNo}`, pricePoints(formula, weight, base, prices[at]!));
  }
  return ok(points);
}

/** One figure of the members' points. */
const combined = (combining: Combining, members: readonly number[]): number => {
  const sum = members.reduce((held, points) => held + points, 0);
  return combining === "sum" ? sum : Number(roundedHalfUp(BigInt(sum), BigInt(members.length)));
};

/**
 * Totals and ranks of one lot. Every fault of the inputs is refused, never mended. A tie to the last hundredth is ended by the scheme's rules in
 * their order, and by the draw at last.
 */
export function scoreLot(lot: LotToScore): Result<LotResult, ScoringRefusal> {
  const { lotNo, criteria, combining, sheets } = lot;
  if (lot.bids.length === 0) return err({ reason: "no_valid_price", lotNo });
  if (sheets.length === 0) return err({ reason: "sheets_missing", lotNo });
  const asked = [{ lotNo, bidders: lot.bids.map(({ bidderNo }) => bidderNo), criteria }];
  const ofLot = (given: readonly Given[]): Given[] => given.filter((one) => one.lotNo === lotNo);
  const facts = pointsFaults("fact", asked, ofLot(lot.facts));
  if (facts.length > 0) return err({ reason: "points_faulty", memberNo: null, faults: facts });
  for (const { memberNo, given } of sheets) {
    const faults = pointsFaults("judged", asked, ofLot(given));
    if (faults.length > 0) return err({ reason: "points_faulty", memberNo, faults });
  }
  const prices = computedPrices(lot);
  if (!prices.ok) return prices;
  const each = combining === "sum" ? sheets.length : 1;
  const find = (given: readonly Given[], bidderNo: number, criterion: string): number =>
    given.find((one) => one.lotNo === lotNo && one.bidderNo === bidderNo && one.criterion === criterion)!.points;
  const scored = lot.bids.map((bid) => {
    const parts = criteria.map(({ key, kind }): Part => {
      if (kind === "price")
        return { criterion: key, points: prices.value.get(`${key}:${bid.bidderNo}`)! * each, members: [] };
      if (kind === "fact") return { criterion: key, points: find(lot.facts, bid.bidderNo, key) * each, members: [] };
      const members = sheets.map(({ given }) => find(given, bid.bidderNo, key));
      return { criterion: key, points: combined(combining, members), members };
    });
    const judged = parts.reduce((sum, { points }, at) => sum + (criteria[at]!.kind === "judged" ? points : 0), 0);
    return { bid, parts, judged, total: parts.reduce((sum, { points }) => sum + points, 0) };
  });
  const { order, ties } = ranking(lot, scored);
  return ok({
    lotNo,
    ranked: order.map(({ bid, parts, total }, at) => ({ bidderNo: bid.bidderNo, parts, total, rank: at + 1 })),
    ties,
    candidates: order.slice(0, lot.candidatesMost).map(({ bid }) => bid.bidderNo),
    full: 100 * HUNDREDTHS * each,
  });
}

interface Scored {
  readonly bid: BidToScore;
  readonly parts: readonly Part[];
  readonly judged: number;
  readonly total: number;
}

type Compare = (a: Scored, b: Scored) => number;

function ranking(
  lot: Pick<LotToScore, "ties" | "seed" | "purpose">,
  scored: readonly Scored[],
): { readonly order: readonly Scored[]; readonly ties: readonly Tie[] } {
  const drawn = drawOrder(
    hexToBytes(lot.seed),
    lot.purpose,
    scored.map(({ bid }) => String(bid.bidderNo)),
  );
  const place = (one: Scored): number => drawn.indexOf(String(one.bid.bidderNo));
  const compares: Readonly<Record<Scheme["ties"][number], Compare>> = {
    lower_price: (a, b) => a.bid.totalHundredths - b.bid.totalHundredths,
    higher_judged: (a, b) => b.judged - a.judged,
    draw: (a, b) => place(a) - place(b),
  };
  const settling = (a: Scored, b: Scored): Scheme["ties"][number] =>
    lot.ties.find((rule) => compares[rule](a, b) !== 0) ?? "draw";
  const order = scored.toSorted((a, b) => b.total - a.total || compares[settling(a, b)](a, b));
  const ties: Tie[] = [];
  for (const total of new Set(order.map((one) => one.total))) {
    const level = order.filter((one) => one.total === total);
    if (level.length < 2) continue;
    const used = level.slice(1).map((one, at) => settling(level[at]!, one));
    const last = [...lot.ties, "draw" as const].findLast((rule) => used.includes(rule)) ?? "draw";
    ties.push({ total, between: level.map(({ bid }) => bid.bidderNo), settledBy: last });
  }
  return { order, ties };
}

/** What a lot's ties are drawn for: another lot draws otherwise from the same seed. */
export const tiePurpose = (tenderId: string, lotNo: number): string =>
  `commonhold tender ${tenderId} lot ${lotNo} ties`;
