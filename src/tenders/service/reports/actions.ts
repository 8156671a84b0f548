/** The report of a period: its figures, its score by the formula, what it costs, and its publication. No HTTP. */
import { dayOf } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import type { JsonObject } from "../../../record/canonical.ts";
import { authorOf } from "../../acting.ts";
import { loadContract } from "../../contracts/actions.ts";
import { tellContract } from "../../contracts/recording.ts";
import type { ContractTerms } from "../../contracts/rules.ts";
import type { ContractKey } from "../../contracts/store.ts";
import { sumRequests } from "../requests/store.ts";
import {
  clausesOf,
  deductionOf,
  dueWithin,
  mayReport,
  type ReportRefusal,
  ratingPart,
  type ServicePeriod,
  serviceScore,
  shownRatings,
  spanOfPeriod,
} from "../rules.ts";
import { periodKindFrom, SERVICE_SETTINGS, weightsFrom, windowFrom } from "../settings.ts";
import {
  insertReport,
  listReports,
  type ReportFigures,
  reportFrom,
  sumInspections,
  sumRatings,
  sumRatingsByClause,
} from "../store.ts";

export type ReportActRefusal = ReportRefusal | { readonly reason: "unknown_contract" };

/** The queries whose rows `figuresFrom` reads; they join any round trip. */
export const figureQueries = (scene: Pick<Scene, "db" | "community">, key: ContractKey, period: ServicePeriod) => {
  const span = spanOfPeriod(period);
  const months = { from: span.fromOn.slice(0, 7), to: span.toOn.slice(0, 7) };
  return [
    sumInspections(scene, key, months),
    sumRatings(scene, key, period),
    sumRatingsByClause(scene, key, period),
    sumRequests(scene, key, span),
  ] as const;
};
type FigureRows = readonly [
  readonly { got: number; possible: number; sheets: number }[],
  readonly { households: number; total: number; count: number }[],
  readonly { at: number; total: number; count: number }[],
  readonly { due: number; inTime: number }[],
];
/** The figures of a period as they stand, with the formula's weights: what a report freezes. */
export function figuresFrom(
  [inspected, rated, clauses, requested]: FigureRows,
  terms: ContractTerms,
  period: ServicePeriod,
  values: Parameters<typeof weightsFrom>[0] & { readonly leastRatings: { readonly value: number } },
): ReportFigures {
  const least = values.leastRatings.value;
  const { households = 0, total = 0, count = 0 } = rated[0] ?? {};
  const names = clausesOf(terms);
  return {
    measured: {
      inspections: { got: inspected[0]?.got ?? 0, of: inspected[0]?.possible ?? 0 },
      ratings: shownRatings(households, ratingPart(total, count), least),
      requests: { got: requested[0]?.inTime ?? 0, of: requested[0]?.due ?? 0 },
    },
    weights: weightsFrom(values),
    sheets: inspected[0]?.sheets ?? 0,
    households,
    leastRatings: least,
    clauses:
      households >= least
        ? clauses.flatMap(({ at, ...sums }) => (names[at] === undefined ? [] : [{ clause: names[at], ...sums }]))
        : [],
    baseFen: dueWithin(terms.plan, spanOfPeriod(period)),
  };
}

/** Publishes the report of a period that is over: score and deduction by the formula, nothing typed in. A repeat finds it published. */
export async function publishReport(
  scene: StaffScene,
  contractId: string,
  period: string,
): Promise<Result<{ readonly period: ServicePeriod }, ReportActRefusal>> {
  const row = await loadContract(scene, contractId);
  if (row?.state !== "signed") return err({ reason: "unknown_contract" });
  const [settings, reports] = await scene.db.read(
    listSettings(scene, SERVICE_SETTINGS),
    listReports(scene, contractId),
  );
  if (reports.map(reportFrom).some((one) => one.period === period)) return ok({ period });
  const values = valuesFromRows(SERVICE_SETTINGS, settings);
  const may = mayReport(period, periodKindFrom(values), windowFrom(values), row.fromOn, dayOf(scene.now));
  if (!may.ok) return may;
  const rows = await scene.db.read(...figureQueries(scene, contractId, period));
  const figures = figuresFrom(rows, row.terms, period, values);
  const score = serviceScore(figures.measured, figures.weights);
  const deductFen = deductionOf(score, row.terms.deduction, figures.baseFen);
  const facts = {
    number: row.number,
    title: row.title,
    period,
    score: score ?? "",
    deduct: deductFen,
    figures: figures as unknown as JsonObject,
  };
  const recorded = tellContract(scene, row, "service_reported", facts, authorOf(scene));
  const insert = insertReport(scene, {
    contractId,
    period,
    figures: JSON.stringify(figures),
    score,
    deductFen,
    publishedBy: scene.actor.personId,
    publishedAt: scene.now,
    leafHash: recorded.leafHash,
  });
  const written = await scene.db.write([insert, ...recorded.statements]);
  return written.ok ? ok({ period }) : publishReport(scene, contractId, period);
}
