/** A community computes its row of the overview from its own database; streets and districts are read from the rows alone. No query crosses communities. No HTTP. */
import { listEntityVersions } from "../committee/entity/store.ts";
import { TERM_SETTINGS } from "../committee/standing/rules.ts";
import { findLatestMandate } from "../elections/store.ts";
import { dayOf, type Instant } from "../kernel/day.ts";
import type { CommunityId } from "../kernel/id.ts";
import { dutiesFrom, dutyQueries } from "../offices/duties/actions.ts";
import { summariseDuties } from "../offices/duties/rules.ts";
import { findOverlapFigures } from "../offices/overlap/store.ts";
import { valuesFromRows } from "../offices/settings/rules.ts";
import { listSettings } from "../offices/settings/store.ts";
import { openDirectory } from "../platform/db.ts";
import type { Env } from "../platform/env.ts";
import type { Scene } from "../platform/scene.ts";
import { type CommunityFacts, countFiltered, type Figures, type Filter, figuresOf, type Totals } from "./rules.ts";
import {
  type DistrictRow,
  findOwnFacts,
  findTotal,
  listDistricts,
  listRows,
  listStale,
  listStreets,
  type PlaceRow,
  type TotalRow,
  upsertRow,
} from "./store.ts";

/** A community's figures as of now, from its own database alone; null when its set-up is not finished. One round trip. */
export async function computeFigures(
  scene: Scene,
): Promise<{ readonly place: PlaceRow; readonly figures: Figures } | null> {
  const { db, now } = scene;
  const today = dayOf(now);
  const [own, overlap, mandates, settings, versions, tasks, duties, newest] = await db.read(
    findOwnFacts(scene),
    findOverlapFigures(scene),
    findLatestMandate(scene, now),
    listSettings(scene, TERM_SETTINGS),
    listEntityVersions(scene),
    ...dutyQueries(scene, today),
  );
  const [place, body] = [own[0], overlap[0]];
  if (!place || !body) return null;
  const mandate = mandates[0] ?? null;
  const ids = tasks.map(({ taskId }) => taskId);
  const summary = summariseDuties(ids, dutiesFrom(duties, newest), today);
  const facts: CommunityFacts = {
    branchExists: body.branchExists === 1,
    seats: body.seats,
    overlapping: body.overlapping,
    named: body.named,
    chairIsSecretary: body.chairIsSecretary === null ? null : body.chairIsSecretary === 1,
    hadCommittee: place.hadCommittee === 1,
    term: mandate,
    leadMonths: valuesFromRows(TERM_SETTINGS, settings).leadMonths.value,
    entityForm: versions.at(-1)?.form ?? null,
    publishedAt: place.publishedAt,
    duties: { all: summary.duties, overdue: summary.overdue },
  };
  return { place: { street: place.street, district: place.district }, figures: figuresOf(facts, today) };
}

/**
 * Computes a community's row and puts it in place of the one before. A crash in between leaves the older row, which says as of
 * when it is; of two at once the later instant stays.
 */
export async function rollUp(scene: Scene): Promise<void> {
  const computed = await computeFigures(scene);
  if (computed) await putRow(scene, computed.place, computed.figures);
}

/** Writes a row as computed at the scene's instant. */
export async function putRow(
  scene: Pick<Scene, "env" | "community" | "now">,
  place: PlaceRow,
  figures: Figures,
): Promise<void> {
  const directory = openDirectory(scene.env);
  const written = await directory.write([upsertRow(directory, scene.community, place, scene.now, figures)]);
  if (!written.ok) throw new Error(`a row of the overview was refused: ${written.error.code}`);
}

/** A term ends and a duty falls due without anybody acting: a row is computed anew after an hour. */
const FRESH_MS = 60 * 60_000;
const MOST_AT_ONCE = 500;

/** Whose rows are due, for cron. */
export async function listDueRollUps(env: Env, now: Instant): Promise<ReadonlySet<CommunityId>> {
  const directory = openDirectory(env);
  const [rows] = await directory.read(listStale(directory, now - FRESH_MS, MOST_AT_ONCE));
  return new Set(rows.map(({ communityId }) => communityId));
}

// ——— Reading ———

/** Rows of the table on one page of a street. */
export const A_PAGE = 50;
const MOST_DISTRICTS = 300;
const MOST_STREETS = 200;
/** A file holds no more; a street with more has an API that pages. */
export const MOST_EXPORTED = 5_000;

/** Every district with its sums. One round trip. */
export async function readDistricts(env: Env): Promise<readonly TotalRow[]> {
  const directory = openDirectory(env);
  const [districts] = await directory.read(listDistricts(directory, MOST_DISTRICTS));
  return districts;
}

/** A district with its streets; null when no community of it is known. One round trip. */
export async function readDistrict(
  env: Env,
  district: string,
): Promise<{ readonly total: TotalRow; readonly streets: readonly TotalRow[] } | null> {
  const directory = openDirectory(env);
  const [totals, streets] = await directory.read(
    findTotal(directory, district),
    listStreets(directory, district, MOST_STREETS),
  );
  return totals[0] && isKept(totals[0]) ? { total: totals[0], streets: streets.filter(isKept) } : null;
}

/** A street whose last community moved to another keeps its row of noughts. */
const isKept = ({ communities }: Totals): boolean => communities > 0;

/** A street with one page of its communities; null when no community of it is known. One round trip. */
export async function readStreet(
  env: Env,
  of: { readonly district: string; readonly street: string; readonly filter: Filter },
  page: number,
): Promise<{ readonly total: TotalRow; readonly rows: readonly DistrictRow[]; readonly pages: number } | null> {
  const directory = openDirectory(env);
  const [totals, rows] = await directory.read(
    findTotal(directory, of.district, of.street),
    listRows(directory, of, { limit: A_PAGE, offset: (page - 1) * A_PAGE }),
  );
  const total = totals[0];
  if (!total || !isKept(total)) return null;
  return { total, rows, pages: Math.max(1, Math.ceil(countFiltered(total, of.filter) / A_PAGE)) };
}

/** All communities of a street, or of a district, for a file. */
export async function exportRows(
  env: Env,
  of: { readonly district: string; readonly street?: string; readonly filter: Filter },
): Promise<readonly DistrictRow[]> {
  const directory = openDirectory(env);
  const [rows] = await directory.read(listRows(directory, of, { limit: MOST_EXPORTED, offset: 0 }));
  return rows;
}
