/** Inspecting, rating, keeping the register of requests and publishing a period's report: load, ask the rules, write with the leaf. No HTTP. */
import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { headToActFor } from "../../owners/actions.ts";
import type { ActRefusal } from "../../owners/rules.ts";
import type { OwnerActor } from "../../platform/access.ts";
import type { Query } from "../../platform/db.ts";
import { type FileFault, mediaTypeOf, putFile } from "../../platform/files.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { JsonObject } from "../../record/canonical.ts";
import { authorOf, ownerAuthor } from "../acting.ts";
import { hashOf, loadContract, type Upload } from "../contracts/actions.ts";
import { recordContract, tellContract } from "../contracts/recording.ts";
import type { ContractTerms } from "../contracts/rules.ts";
import {
  type ContractKey,
  type ContractRow,
  contractFrom,
  findContract,
  listRollBuildings,
} from "../contracts/store.ts";
import {
  answerDue,
  COMMON_GROUND,
  deductionOf,
  dueWithin,
  type InspectionAsked,
  type InspectionRefusal,
  mayEnterRequest,
  mayInspect,
  mayRate,
  mayReport,
  mayStep,
  periodToRate,
  type RatingRefusal,
  type ReportRefusal,
  type RequestRefusal,
  ratingPart,
  ratingSpan,
  type ServicePeriod,
  serviceScore,
  shownRatings,
  spanOfPeriod,
} from "./rules.ts";
import { periodKindFrom, SERVICE_SETTINGS, weightsFrom, windowFrom } from "./settings.ts";
import {
  findInspection,
  findRating,
  insertInspection,
  insertRating,
  insertReport,
  insertRequest,
  insertRequestStep,
  inspectionFrom,
  listReports,
  listRequests,
  type Photo,
  type ReportFigures,
  reportFrom,
  sumInspections,
  sumRatings,
  sumRatingsByClause,
  sumRequests,
} from "./store.ts";

export const MOST_PHOTOS = 6;

export type ServiceRefusal =
  | KeyReused
  | InspectionRefusal
  | RatingRefusal
  | RequestRefusal
  | ReportRefusal
  | ActRefusal
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "not_serving" }
  | { readonly reason: "photo_refused"; readonly fault: FileFault }
  | { readonly reason: "photo_not_image"; readonly name: string }
  | { readonly reason: "too_many_photos"; readonly most: number }
  | { readonly reason: "inspected_already"; readonly building: string; readonly month: string }
  | { readonly reason: "unknown_inspection" }
  | { readonly reason: "correction_why" }
  | { readonly reason: "no_rating_now" }
  | { readonly reason: "rated_already"; readonly period: ServicePeriod }
  | { readonly reason: "unknown_request" }
  | { readonly reason: "request_moved" }
  | { readonly reason: "request_words" };

const wordsContext = (communityId: string, contractId: string, period: string, household: string): string =>
  `tender-rating:${communityId}:${contractId}:${period}:${household}`;
registerSealed({
  table: "tender_rating",
  column: "words_sealed",
  key: ["contract_id", "period", "household"],
  contextOf: (communityId, { contract_id, period, household }) =>
    wordsContext(communityId, String(contract_id), String(period), String(household)),
});

/** A contract serves from its first day until another has taken over. */
export const serves = (row: ContractRow, today: string): boolean =>
  row.state === "signed" && row.fromOn <= today && row.takenOverOn === null;

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

/** Keeps a sheet with its photographs; `corrects` names the sheet it puts in the place of, and why. */
export async function inspect(
  scene: StaffScene,
  contractId: string,
  asked: InspectionAsked & { readonly corrects: number | null; readonly why: string },
  photos: readonly Upload[],
  once: string,
): Promise<Result<{ readonly building: string }, ServiceRefusal>> {
  const today = dayOf(scene.now);
  const [contracts, roll, before] = await scene.db.read(
    findContract(scene, contractId),
    listRollBuildings(scene),
    findInspection(scene, contractId, asked.corrects ?? 0),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  if (!row) return err({ reason: "unknown_contract" });
  if (!serves(row, today)) return err({ reason: "not_serving" });
  const served = {
    fromOn: row.fromOn,
    buildings: servedBuildings(
      row.terms,
      roll.map(({ building }) => building),
    ),
    clauses: clausesOf(row.terms),
  };
  const may = mayInspect(asked, served, today);
  if (!may.ok) return may;
  const month = asked.inspectedOn.slice(0, 7);
  const twice = err({ reason: "inspected_already", building: asked.building, month } as const);
  if (asked.corrects !== null) {
    const wrong = before[0] ? inspectionFrom(before[0]) : null;
    if (!wrong || wrong.month !== month || wrong.building !== asked.building)
      return err({ reason: "unknown_inspection" });
    if (asked.why.trim() === "") return err({ reason: "correction_why" });
  }
  if (photos.length > MOST_PHOTOS) return err({ reason: "too_many_photos", most: MOST_PHOTOS });
  const stored: Photo[] = [];
  const statements: Query[] = [];
  for (const photo of photos) {
    if (mediaTypeOf(photo.bytes)?.startsWith("image/") === false)
      return err({ reason: "photo_not_image", name: photo.name });
    const put = await putFile(scene, photo, scene.actor.personId, "private");
    if (!put.ok) return err({ reason: "photo_refused", fault: put.error });
    const { fileId, name, sha256 } = put.value.stored;
    stored.push({ fileId, name, sha256 });
    statements.push(put.value.statement);
  }
  const by = authorOf(scene);
  const { points, ofPoints } = may.value;
  const facts = {
    month,
    building: asked.building,
    on: asked.inspectedOn,
    points,
    of: ofPoints,
    sheet: hashOf(JSON.stringify(asked.items)),
    photos: stored.map(({ sha256 }) => sha256),
    corrects: asked.corrects ?? "",
  };
  const recorded = recordContract(scene, row, "inspected", facts, by);
  const insert = insertInspection(scene, contractId, {
    month,
    building: asked.building,
    inspectedOn: asked.inspectedOn,
    items: asked.items.map(({ clause, result, note }) => ({ clause, result, note: note.trim() })),
    photos: stored,
    points,
    ofPoints,
    corrects: asked.corrects,
    why: asked.corrects === null ? "" : asked.why.trim(),
    byPerson: by.id,
    byWords: by.words,
    leafHash: recorded.leafHash,
  });
  const body = { key: once, body: JSON.stringify([contractId, asked, stored.map(({ sha256 }) => sha256)]) };
  const written = await writeOnce(scene, body, [...statements, insert, ...recorded.statements], {
    building: asked.building,
  });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "inspected_already") return twice;
  throw new Error(`an inspection was refused by ${written.error.code}`);
}

// ——— Ratings ———

/** Under which key a household's rating lies: nobody reads from it who rated. */
export const householdKey = (scene: Scene, contractId: string, period: string, headKey: string): string =>
  scene.keys.index(`${contractId}\n${period}\n${headKey}`, "tender-rating");

/** An owner rates the service for their household, once a period. The entry of the record says that somebody did, and no more. */
export async function rateService(
  scene: Scene,
  owner: Pick<OwnerActor, "partyId" | "guardianId">,
  contractKey: ContractKey,
  asked: { readonly scores: readonly number[]; readonly words: string },
): Promise<Result<{ readonly period: ServicePeriod }, ServiceRefusal>> {
  const head = await headToActFor(scene, owner);
  if (!head.ok) return head;
  const [contracts, settings] = await scene.db.read(
    findContract(scene, contractKey),
    listSettings(scene, SERVICE_SETTINGS),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  if (!row) return err({ reason: "unknown_contract" });
  const today = dayOf(scene.now);
  const values = valuesFromRows(SERVICE_SETTINGS, settings);
  const window = windowFrom(values);
  const period = periodToRate(today, periodKindFrom(values), window);
  if (period === null || row.state !== "signed" || row.fromOn > spanOfPeriod(period).toOn)
    return err({ reason: "no_rating_now" });
  if (row.takenOverOn !== null && row.takenOverOn <= spanOfPeriod(period).fromOn) return err({ reason: "not_serving" });
  const may = mayRate(asked, clausesOf(row.terms), ratingSpan(period, window), today);
  if (!may.ok) return may;
  const { contractId } = row;
  const household = householdKey(scene, contractId, period, head.value.headKey);
  const words = asked.words.trim();
  const scores = JSON.stringify(asked.scores.slice(0, may.value.count));
  const sealed =
    words === "" ? "" : await scene.keys.seal(words, wordsContext(scene.community.id, contractId, period, household));
  const recorded = recordContract(scene, row, "rated", { period, household: hashOf(household) }, ownerAuthor(""));
  const insert = insertRating(scene, {
    contractId,
    period,
    household,
    scores,
    ...may.value,
    wordsSealed: sealed,
    ratedOn: today,
    leafHash: recorded.leafHash,
  });
  const written = await scene.db.write([insert, ...recorded.statements]);
  if (written.ok) return ok({ period });
  if (written.error.code === "rating_closed")
    return err({ reason: "rating_late", toOn: ratingSpan(period, window).toOn });
  if (written.error.code !== "rated_already") throw new Error(`a rating was refused by ${written.error.code}`);
  // The same answer sent twice is one rating; another answer of the same household is a second.
  const [stored] = await scene.db.read(findRating(scene, contractId, period, household));
  return stored[0]?.scores === scores ? ok({ period }) : err({ reason: "rated_already", period });
}

/** What an owner wrote, opened for officers who read ratings: without whose it is. */
export const openRatingWords = (
  scene: Scene,
  row: {
    readonly contractId: string;
    readonly period: string;
    readonly household: string;
    readonly wordsSealed: string;
  },
): Promise<string> =>
  scene.keys.open(row.wordsSealed, wordsContext(scene.community.id, row.contractId, row.period, row.household));

// ——— Requests ———

/** Enters what was reported to the provider; its clock runs in working days from the report (CC 285). */
export async function enterRequest(
  scene: StaffScene,
  contractId: string,
  asked: { readonly what: string; readonly place: string; readonly reportedOn: string },
  once: string,
): Promise<Result<{ readonly dueOn: string }, ServiceRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  const today = dayOf(scene.now);
  if (!serves(row, today)) return err({ reason: "not_serving" });
  const may = mayEnterRequest(asked, today);
  if (!may.ok) return may;
  const [settings] = await scene.db.read(listSettings(scene, SERVICE_SETTINGS));
  const dueOn = answerDue(asked.reportedOn, valuesFromRows(SERVICE_SETTINGS, settings).answerDays.value);
  const facts = { what: hashOf(may.value.what), on: asked.reportedOn, due: dueOn };
  const recorded = recordContract(scene, row, "request_entered", facts, authorOf(scene));
  const insert = insertRequest(scene, contractId, {
    ...may.value,
    reportedOn: asked.reportedOn,
    dueOn,
    by: scene.actor.personId,
    leafHash: recorded.leafHash,
  });
  const body = { key: once, body: JSON.stringify([contractId, asked]) };
  const written = await writeOnce(scene, body, [insert, ...recorded.statements], { dueOn });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  throw new Error(`a request was refused by ${written.error.code}`);
}

/** That the provider answered, or that it is done: each once, on its day, in a few words. */
export async function stepRequest(
  scene: StaffScene,
  contractId: string,
  asked: {
    readonly requestNo: number;
    readonly step: "answered" | "done";
    readonly onDay: string;
    readonly words: string;
  },
): Promise<Result<{ readonly requestNo: number }, ServiceRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  const [requests] = await scene.db.read(listRequests(scene, contractId, { limit: 1, before: asked.requestNo + 1 }));
  const request = requests[0];
  if (request?.requestNo !== asked.requestNo) return err({ reason: "unknown_request" });
  const words = asked.words.trim();
  const [day, said] = asked.step === "answered" ? [request.answeredOn, request.answer] : [request.doneOn, request.done];
  if (day !== null)
    return day === asked.onDay && said === words
      ? ok({ requestNo: request.requestNo })
      : err({ reason: "request_moved" });
  if (words === "" || words.length > 200) return err({ reason: "request_words" });
  const may = mayStep(
    asked.onDay,
    asked.step === "done" ? (request.answeredOn ?? request.reportedOn) : request.reportedOn,
    dayOf(scene.now),
  );
  if (!may.ok) return may;
  const facts = { request: asked.requestNo, step: asked.step, on: may.value, words: hashOf(words) };
  const recorded = recordContract(scene, row, "request_step", facts, authorOf(scene));
  const insert = insertRequestStep(scene, {
    contractId,
    requestNo: asked.requestNo,
    step: asked.step,
    onDay: may.value,
    words,
    enteredBy: scene.actor.personId,
    leafHash: recorded.leafHash,
  });
  const written = await scene.db.write([insert, ...recorded.statements]);
  return written.ok ? ok({ requestNo: asked.requestNo }) : err({ reason: "request_moved" });
}

// ——— The report of a period ———

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
): Promise<Result<{ readonly period: ServicePeriod }, ServiceRefusal>> {
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
