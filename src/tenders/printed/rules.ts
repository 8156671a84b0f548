/** An evaluation as somebody published it, made again from its own figures: which weight, price score, total or rank does not follow (T10). Pure; exact. */
import { parseYuan } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type BasePrice, basePrice, pricePoints, ratioPoints } from "../scoring/result/rules.ts";

/** How the printed rule scores a price: by the lowest, by the mean with base ÷ price, or not at all. */
export const PRICE_RULES = ["none", "lowest", "mean"] as const;
export type PriceRule = (typeof PRICE_RULES)[number];

/** A bidder's line. Points are in 0.01; null where the notice prints nothing. */
export interface PrintedBid {
  readonly name: string;
  /** In fen; whatever unit, as long as it is the same for all. */
  readonly priceFen: number | null;
  /** By criterion, in the order of the weights. */
  readonly parts: readonly (number | null)[];
  readonly total: number | null;
  readonly rank: number | null;
}

export interface PrintedEvaluation {
  /** Weights in points, in the order of the columns; empty where none is printed. */
  readonly weights: readonly number[];
  /** How many sheets were added up: full marks are a hundred of each. 1 for an average. */
  readonly sheets: number;
  readonly priceRule: PriceRule;
  /** Which weight, from 1, is the price's; 0 for none. */
  readonly priceColumn: number;
  readonly bids: readonly PrintedBid[];
}

export const MOST_BIDS = 60;
export const MOST_WEIGHTS = 20;
const A_HUNDRED = 100;

export type EvaluationFault =
  | { readonly field: "lines"; readonly reason: "no_bids" | "too_many_bids" }
  | { readonly field: "lines"; readonly reason: "line_unreadable"; readonly line: number }
  | { readonly field: "weights"; readonly reason: "weights_unreadable" }
  | { readonly field: "sheets"; readonly reason: "sheets_out_of_range" }
  | { readonly field: "priceColumn"; readonly reason: "column_out_of_range" };

/** Everything a notice says that its own figures do not. */
export type Finding =
  | { readonly kind: "weights"; readonly sum: number }
  | {
      readonly kind: "over_weight";
      readonly name: string;
      readonly column: number;
      readonly points: number;
      readonly most: number;
    }
  | { readonly kind: "price"; readonly name: string; readonly printed: number; readonly recomputed: number }
  | { readonly kind: "total"; readonly name: string; readonly printed: number; readonly recomputed: number }
  | { readonly kind: "over_full"; readonly name: string; readonly printed: number; readonly most: number }
  | { readonly kind: "rank"; readonly name: string; readonly printed: number; readonly recomputed: number };

export interface RecomputedBid {
  readonly name: string;
  /** What the rule makes of the price; null where price or rule is missing. */
  readonly pricePoints: number | null;
  /** The printed parts added up; null where one is missing. */
  readonly total: number | null;
  /** By printed totals, else by added ones; those level share a rank. Null where nothing can be said. */
  readonly rank: number | null;
  /** Others have exactly as many points: who goes first the figures do not say. */
  readonly isLevel: boolean;
}
export interface RecomputedEvaluation {
  readonly findings: readonly Finding[];
  readonly bids: readonly RecomputedBid[];
  /** Figures that could be held against others; nought where nothing can be checked. */
  readonly checked: number;
}

/** Points as printed, in 0.01: `8`, `8.5`, `8.50`; null for a dash, undefined for what is neither. */
export function readPoints(text: string): number | null | undefined {
  const plain = text.normalize("NFKC").replace(/分$/, "");
  if (plain === "-" || plain === "—" || plain === "") return null;
  const read = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(plain);
  return read ? Number(read[1]) * A_HUNDRED + Number((read[2] ?? "").padEnd(2, "0")) : undefined;
}

/** One line: name, price, a figure for each weight, total, rank, with spaces between; `-` where nothing is printed. */
export function readBidLine(text: string, weights: number): PrintedBid | null {
  const words = text.trim().split(/[\s、|]+/);
  if (words.length !== weights + 4) return null;
  const [name, price, ...rest] = words;
  const figures = rest.slice(0, weights + 1).map(readPoints);
  const rank = /^第?(\d{1,3})名?$/.exec(rest.at(-1)!.normalize("NFKC"))?.[1] ?? null;
  const isDash = (word: string): boolean => word === "-" || word === "—";
  const yuan = isDash(price!) ? null : parseYuan(price!);
  if (figures.some((one) => one === undefined) || (yuan !== null && !yuan.ok)) return null;
  if (rank === null && !isDash(rest.at(-1)!)) return null;
  return {
    name: name!,
    priceFen: yuan === null ? null : yuan.value,
    parts: figures.slice(0, weights) as (number | null)[],
    total: figures[weights] ?? null,
    rank: rank === null ? null : Number(rank),
  };
}

/** The weights as they were typed: `10/30/40/10/10`; empty for none, null for what cannot be read. */
export function readWeights(text: string): readonly number[] | null {
  const words = text
    .normalize("NFKC")
    .split(/[\s,，、/+]+/)
    .filter(Boolean);
  const weights = words.map((word) => (/^\d{1,3}$/.test(word) ? Number(word) : Number.NaN));
  return weights.some(Number.isNaN) || weights.length > MOST_WEIGHTS ? null : weights;
}

export function evaluationFaults({ bids, sheets, priceColumn, weights }: PrintedEvaluation): EvaluationFault[] {
  const faults: EvaluationFault[] = [];
  if (bids.length === 0) faults.push({ field: "lines", reason: "no_bids" });
  if (bids.length > MOST_BIDS) faults.push({ field: "lines", reason: "too_many_bids" });
  if (!Number.isInteger(sheets) || sheets < 1 || sheets > 99)
    faults.push({ field: "sheets", reason: "sheets_out_of_range" });
  if (!Number.isInteger(priceColumn) || priceColumn < 0 || priceColumn > weights.length)
    faults.push({ field: "priceColumn", reason: "column_out_of_range" });
  return faults;
}

/** What the printed rule makes of each price; null where it has none, or a price is missing that the base needs. */
function scoredPrices({ bids, priceRule, priceColumn, weights }: PrintedEvaluation): (number | null)[] {
  const prices = bids.map(({ priceFen }) => priceFen);
  const weight = weights[priceColumn - 1];
  if (priceRule === "none" || weight === undefined || prices.some((price) => price === null))
    return bids.map(() => null);
  const all = prices as number[];
  const formula =
    priceRule === "lowest"
      ? { kind: "lowest" as const }
      : { kind: "average" as const, abovePerPercent: 0, belowPerPercent: 0 };
  const base: BasePrice | null = basePrice(formula, all);
  if (base === null) return bids.map(() => null);
  return all.map((price) =>
    priceRule === "lowest" ? pricePoints({ kind: "lowest" }, weight, base, price) : ratioPoints(weight, base, price),
  );
}

const rankOf = (total: number, totals: readonly number[]): number => 1 + totals.filter((one) => one > total).length;

/** Makes a published evaluation again from its own figures. A figure that is missing is never inferred. */
export function recomputeEvaluation(
  asked: PrintedEvaluation,
): Result<RecomputedEvaluation, readonly EvaluationFault[]> {
  const faults = evaluationFaults(asked);
  if (faults.length > 0) return err(faults);
  const { weights, sheets, priceColumn, bids } = asked;
  const findings: Finding[] = [];
  let checked = 0;
  const check = (isWrong: boolean, finding: Finding): void => {
    checked += 1;
    if (isWrong) findings.push(finding);
  };
  const sum = weights.reduce((held, weight) => held + weight, 0);
  if (weights.length > 0) check(sum !== A_HUNDRED, { kind: "weights", sum });
  const prices = scoredPrices(asked);
  const sums = bids.map(({ parts }) =>
    parts.length === 0 || parts.some((part) => part === null)
      ? null
      : parts.reduce<number>((held, part) => held + (part ?? 0), 0),
  );
  const totals = bids.map(({ total }, at) => total ?? sums[at]!);
  const isRanked = totals.every((total) => total !== null);
  const full = A_HUNDRED * A_HUNDRED * sheets;
  const again = bids.map((bid, at): RecomputedBid => {
    const { name, parts, total, rank } = bid;
    for (const [column, points] of parts.entries()) {
      const most = weights[column]! * A_HUNDRED * sheets;
      if (points !== null) check(points > most, { kind: "over_weight", name, column: column + 1, points, most });
    }
    const priced = prices[at] ?? null;
    const printed = parts[priceColumn - 1] ?? null;
    if (priced !== null && printed !== null)
      check(printed !== priced * sheets, { kind: "price", name, printed, recomputed: priced * sheets });
    const added = sums[at] ?? null;
    if (added !== null && total !== null)
      check(added !== total, { kind: "total", name, printed: total, recomputed: added });
    if (total !== null) check(total > full, { kind: "over_full", name, printed: total, most: full });
    const own = isRanked ? rankOf(totals[at]!, totals as number[]) : null;
    const level = isRanked ? totals.filter((one) => one === totals[at]).length : 1;
    // Of those level any order follows: how they were told apart is not in the figures.
    if (own !== null && rank !== null)
      check(rank < own || rank >= own + level, { kind: "rank", name, printed: rank, recomputed: own });
    return { name, pricePoints: priced, total: added, rank: own, isLevel: level > 1 };
  });
  return ok({ findings, bids: again, checked });
}
