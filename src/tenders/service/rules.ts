/** Watching the service (物业服务评价): inspection sheets, owners' ratings, response times, the score of a period by a published formula and what it costs (CC 285, 943; D13, D14). Pure; integers only. */
import { addDays, addMonths, type Day, isDay } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { ContractTerms } from "../contracts/rules.ts";

// ——— Periods ———

export const PERIOD_KINDS = ["month", "quarter", "half"] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];
/** `2026-11`, `2026Q4` or `2026H2`. */
export type ServicePeriod = string;

const MONTHS: Record<PeriodKind, number> = { month: 1, quarter: 3, half: 6 };
const kindOf = (period: ServicePeriod): PeriodKind =>
  period.includes("Q") ? "quarter" : period.includes("H") ? "half" : "month";

export const isServicePeriod = (text: string): boolean => /^\d{4}(-(0[1-9]|1[0-2])|Q[1-4]|H[12])$/.test(text);
/** The period a day lies in. */
export function servicePeriodOf(day: Day, kind: PeriodKind): ServicePeriod {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))];
  if (kind === "month") return day.slice(0, 7);
  return kind === "quarter" ? `${year}Q${Math.ceil(month / 3)}` : `${year}H${Math.ceil(month / 6)}`;
}
/** Its first and last day. */
export function spanOfPeriod(period: ServicePeriod): { readonly fromOn: Day; readonly toOn: Day } {
  const kind = kindOf(period);
  const year = period.slice(0, 4);
  const month = kind === "month" ? Number(period.slice(5)) : (Number(period.slice(5)) - 1) * MONTHS[kind] + 1;
  const fromOn = `${year}-${String(month).padStart(2, "0")}-01`;
  return { fromOn, toOn: addDays(addMonths(fromOn, MONTHS[kind]), -1) };
}
/** The period before. */
export const periodBefore = (period: ServicePeriod): ServicePeriod =>
  servicePeriodOf(addDays(spanOfPeriod(period).fromOn, -1), kindOf(period));

// ——— What is served ———

/** A contract serves from its first day until another has taken over. */
export const serves = (
  row: { readonly state: string; readonly fromOn: Day; readonly takenOverOn: Day | null },
  today: Day,
): boolean => row.state === "signed" && row.fromOn <= today && row.takenOverOn === null;

/** The clauses of quality in their order, each once: what is inspected and rated. */
export const clausesOf = (terms: Pick<ContractTerms, "quality">): string[] => [
  ...new Set(terms.quality.map(({ clause }) => clause)),
];
/** The buildings a contract serves, and the ground between them. */
export const servedBuildings = (terms: Pick<ContractTerms, "buildings">, roll: readonly string[]): string[] => [
  ...(terms.buildings.length > 0 ? terms.buildings : roll),
  COMMON_GROUND,
];

// ——— Inspections ———

export const RESULTS = ["met", "partly", "failed"] as const;
export type InspectionResult = (typeof RESULTS)[number];
/** Points of a hundred an item earns. */
export const POINTS: Readonly<Record<InspectionResult, number>> = { met: 100, partly: 50, failed: 0 };

export interface InspectionItem {
  readonly clause: string;
  readonly result: InspectionResult;
  readonly note: string;
}
export interface InspectionAsked {
  /** The day of the inspection; its month is the sheet's. */
  readonly inspectedOn: string;
  readonly building: string;
  readonly items: readonly InspectionItem[];
}
export type InspectionRefusal =
  | { readonly reason: "inspection_day" }
  | { readonly reason: "inspection_ahead"; readonly today: Day }
  | { readonly reason: "inspection_outside"; readonly fromOn: Day }
  | { readonly reason: "building_not_served"; readonly building: string }
  | { readonly reason: "clause_unknown"; readonly clause: string }
  | { readonly reason: "clause_missing"; readonly clause: string }
  /** What was not in order is told, so that it can be mended. */
  | { readonly reason: "note_missing"; readonly clause: string };

/** What everybody can see of the estate, where a contract names no buildings. */
export const COMMON_GROUND = "公共区域";

/** Whether a sheet can be kept: of a building this contract serves, every quality clause once, and a word on what was amiss. */
export function mayInspect(
  asked: InspectionAsked,
  served: { readonly fromOn: Day; readonly buildings: readonly string[]; readonly clauses: readonly string[] },
  today: Day,
): Result<{ readonly points: number; readonly ofPoints: number }, InspectionRefusal> {
  const { inspectedOn, building, items } = asked;
  if (!isDay(inspectedOn)) return err({ reason: "inspection_day" });
  if (inspectedOn > today) return err({ reason: "inspection_ahead", today });
  if (inspectedOn < served.fromOn) return err({ reason: "inspection_outside", fromOn: served.fromOn });
  if (!served.buildings.includes(building)) return err({ reason: "building_not_served", building });
  for (const { clause, result, note } of items) {
    if (!served.clauses.includes(clause)) return err({ reason: "clause_unknown", clause });
    if (result !== "met" && note.trim() === "") return err({ reason: "note_missing", clause });
  }
  for (const clause of served.clauses)
    if (items.filter((item) => item.clause === clause).length !== 1) return err({ reason: "clause_missing", clause });
  const points = items.reduce((sum, { result }) => sum + POINTS[result], 0);
  return ok({ points, ofPoints: items.length * POINTS.met });
}

// ——— Ratings ———

export interface RatingWindow {
  /** Days before the period's last day from which owners rate. */
  readonly opensBeforeDays: number;
  /** Days after it until which they may. */
  readonly closesAfterDays: number;
}
/** From the first to the last day on which a period is rated, both included. */
export function ratingSpan(period: ServicePeriod, { opensBeforeDays, closesAfterDays }: RatingWindow) {
  const { toOn } = spanOfPeriod(period);
  return { fromOn: addDays(toOn, -opensBeforeDays), toOn: addDays(toOn, closesAfterDays) };
}
/** The period that may be rated today; null between two windows. Where windows meet, the earlier period goes first. */
export function periodToRate(today: Day, kind: PeriodKind, window: RatingWindow): ServicePeriod | null {
  const current = servicePeriodOf(today, kind);
  return (
    [periodBefore(current), current].find((period) => {
      const { fromOn, toOn } = ratingSpan(period, window);
      return fromOn <= today && today <= toOn;
    }) ?? null
  );
}

/** Whether what was served under a contract in a period is there to be rated: signed, begun by the period's end, and not over before its start. */
export const isRatedIn = (
  row: { readonly state: string; readonly fromOn: Day; readonly takenOverOn: Day | null },
  period: ServicePeriod,
): boolean => {
  const { fromOn, toOn } = spanOfPeriod(period);
  return row.state === "signed" && row.fromOn <= toOn && (row.takenOverOn === null || row.takenOverOn > fromOn);
};

export const LONGEST_WORDS = 300;
export type RatingRefusal =
  | { readonly reason: "rating_early"; readonly fromOn: Day }
  | { readonly reason: "rating_late"; readonly toOn: Day }
  | { readonly reason: "rating_scores"; readonly clause: string; readonly at: number }
  | { readonly reason: "rating_words_long"; readonly most: number };

/** Whether a rating may be given: in its days, one to five for each clause. */
export function mayRate(
  asked: { readonly scores: readonly number[]; readonly words: string },
  clauses: readonly string[],
  span: { readonly fromOn: Day; readonly toOn: Day },
  today: Day,
): Result<{ readonly total: number; readonly count: number }, RatingRefusal> {
  if (today < span.fromOn) return err({ reason: "rating_early", fromOn: span.fromOn });
  if (today > span.toOn) return err({ reason: "rating_late", toOn: span.toOn });
  for (const [at, clause] of clauses.entries()) {
    const score = asked.scores[at];
    if (score === undefined || !Number.isInteger(score) || score < 1 || score > 5)
      return err({ reason: "rating_scores", clause, at });
  }
  if (asked.words.trim().length > LONGEST_WORDS) return err({ reason: "rating_words_long", most: LONGEST_WORDS });
  const scores = asked.scores.slice(0, clauses.length);
  return ok({ total: scores.reduce((sum, score) => sum + score, 0), count: scores.length });
}

// ——— The score of a period ———

/** A part of the score as a fraction of nought to one: `of` 0 where there was nothing to measure. */
export interface Part {
  readonly got: number;
  readonly of: number;
}
export interface Weights {
  readonly inspections: number;
  readonly ratings: number;
  readonly requests: number;
}
export const SCORE_PARTS = ["inspections", "ratings", "requests"] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];
export type Measured = Readonly<Record<ScorePart, Part>>;

/** Ratings of one to five as a fraction: all ones are nothing, all fives are all. */
export const ratingPart = (total: number, count: number): Part => ({ got: total - count, of: 4 * count });
/** Too few ratings say more of who gave them than of the service. */
export const shownRatings = (households: number, part: Part, least: number): Part =>
  households >= least ? part : { got: 0, of: 0 };

/** A part in 0.01 of a point of a hundred, cut off; null where nothing was measured. */
export const partScore = ({ got, of }: Part): number | null =>
  of === 0 ? null : Number((BigInt(got) * 10_000n) / BigInt(of));

/**
 * The score in 0.01 of a point of a hundred: each measured part by its weight; the weight of what was not measured falls to the
 * others. Computed as one fraction and cut off once, so that no order of adding matters. Null where nothing was measured.
 */
export function serviceScore(measured: Measured, weights: Weights): number | null {
  const parts = SCORE_PARTS.filter((part) => measured[part].of > 0 && weights[part] > 0);
  if (parts.length === 0) return null;
  const denominator = parts.reduce((product, part) => product * BigInt(measured[part].of), 1n);
  const weight = parts.reduce((sum, part) => sum + BigInt(weights[part]), 0n);
  const numerator = parts.reduce(
    (sum, part) => sum + (BigInt(weights[part]) * BigInt(measured[part].got) * denominator) / BigInt(measured[part].of),
    0n,
  );
  return Number((numerator * 10_000n) / (denominator * weight));
}

/** What the plan says was due within a period. */
export const dueWithin = (plan: ContractTerms["plan"], span: { readonly fromOn: Day; readonly toOn: Day }): Fen =>
  plan
    .filter(({ dueOn }) => span.fromOn <= dueOn && dueOn <= span.toOn)
    .reduce((sum, { amountFen }) => sum + amountFen, 0);

/**
 * What is kept back by the contract's own clause: for each full point below its line so much of what was due, never above its most.
 * Cut off in the provider's favour. Nothing where the contract agreed on nothing, or nothing was measured.
 */
export function deductionOf(score: number | null, clause: ContractTerms["deduction"], baseFen: Fen): Fen {
  if (clause === null || score === null) return 0;
  const below = clause.belowPoints * 100 - score;
  if (below < 100) return 0;
  const basisPoints = Math.min(Math.floor(below / 100) * clause.perPointBasisPoints, clause.mostBasisPoints);
  return Number((BigInt(baseFen) * BigInt(basisPoints)) / 10_000n);
}

export type ReportRefusal =
  | { readonly reason: "report_early"; readonly from: Day }
  | { readonly reason: "report_period" }
  | { readonly reason: "report_exists" };

/** A report is published when the period is over and nobody may rate it any more. */
export function mayReport(
  period: string,
  kind: PeriodKind,
  window: RatingWindow,
  fromOn: Day,
  today: Day,
): Result<true, ReportRefusal> {
  if (!isServicePeriod(period) || kindOf(period) !== kind || spanOfPeriod(period).toOn < fromOn)
    return err({ reason: "report_period" });
  const { toOn } = ratingSpan(period, window);
  return today <= toOn ? err({ reason: "report_early", from: addDays(toOn, 1) }) : ok(true);
}
