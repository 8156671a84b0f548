/** Freezing what is drawn from, and drawing: load, ask the rules, write with the leaf. No HTTP. */
import { endOf, startOf } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { openName } from "../../../offices/people/store.ts";
import { sql } from "../../../platform/db.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { appendLeaf, countLeaves } from "../../../record/store.ts";
import { openCounterparty } from "../../books/actions.ts";
import type { Book } from "../../books/rules.ts";
import { type AuditView, viewAudit } from "../actions.ts";
import { type ActRefusal, type AuditState, mayWork, openMonths } from "../rules.ts";
import {
  type AuditRow,
  assertAuditorNow,
  byAuditNumber,
  listPeopleOverBooks,
  listProviderNames,
  moveAudit,
  moveAuditIfAt,
} from "../store.ts";
import {
  checkAsked,
  drawnHash,
  drawSample,
  freeze,
  listText,
  purposeOf,
  type Replay,
  refOf,
  replay,
  type SampleAsked,
  type SampleRefusal,
} from "./rules.ts";
import { commitNextSeed, openSeed } from "./seeds.ts";
import {
  insertItems,
  insertPopulation,
  insertSample,
  type ListedVoucher,
  listCounterparties,
  listedFrom,
  listPopulation,
  type SampleRow,
} from "./store.ts";

/** As many vouchers as a population may hold. */
export const MOST_LISTED = 20_000;
export const MOST_SAMPLES = 20;

export type SamplingRefusal =
  | ActRefusal
  | SampleRefusal
  | { readonly reason: "unknown_audit" }
  | { readonly reason: "access_over" }
  /** Nothing is drawn from months that may still grow. */
  | { readonly reason: "months_open"; readonly book: Book; readonly closedThrough: string | null }
  | { readonly reason: "population_empty" }
  | { readonly reason: "population_too_large"; readonly most: number }
  | { readonly reason: "population_changed" }
  | { readonly reason: "sample_drawn" }
  | { readonly reason: "too_many_samples"; readonly most: number };

type Span = Pick<AuditRow, "books" | "fromOn" | "toOn">;
/** The vouchers of an audit's books and days, as they are posted now. */
export async function readPopulation(scene: Scene, span: Span): Promise<readonly ListedVoucher[]> {
  const [rows] = await scene.db.read(listPopulation(scene, span, MOST_LISTED + 1));
  return rows.map(listedFrom);
}

/** Writes down what will be drawn from: how many vouchers, how much, the hash of their list, and how long the record was. Once. */
export async function freezePopulation(
  scene: StaffScene,
  engagementId: string,
): Promise<Result<{ readonly number: number }, SamplingRefusal>> {
  const view = await viewAudit(scene, engagementId);
  if (!view) return err({ reason: "unknown_audit" });
  const { row } = view;
  const { personId } = scene.actor;
  if (view.population && row.auditorPersonId === personId) return ok({ number: row.number });
  const work = mayWork(row, personId, ["opened"]);
  if (!work.ok) return work;
  const [month] = openMonths(row.books, row.toOn, view.closed);
  if (month) return err({ reason: "months_open", ...month });
  const [stored, log] = await scene.db.read(listPopulation(scene, row, MOST_LISTED + 1), countLeaves(scene));
  if (stored.length === 0) return err({ reason: "population_empty" });
  if (stored.length > MOST_LISTED) return err({ reason: "population_too_large", most: MOST_LISTED });
  const frozen = freeze(stored.map(listedFrom));
  const logSize = log[0]?.size ?? 0;
  const leaf = appendLeaf(
    scene,
    "audit.population_frozen",
    {
      audit: engagementId,
      vouchers: frozen.vouchers,
      total: frozen.totalFen,
      listHash: frozen.listHash,
      logSize,
    },
    engagementId,
  );
  const insert = insertPopulation(scene, {
    engagementId,
    ...frozen,
    logSize,
    frozenBy: personId,
    frozenAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([
    insert,
    ...moveAudit(scene, engagementId, "opened", sql`state = 'sampling'`),
    assertAuditorNow(scene, personId),
    leaf.statement,
  ]);
  if (written.ok) return ok({ number: row.number });
  // Frozen meanwhile, or ended: asked again it is what it is now.
  return written.error.code === "access_over" ? err({ reason: "access_over" }) : freezePopulation(scene, engagementId);
}

const DRAWING: readonly AuditState[] = ["sampling", "fieldwork"];
const sameAsked = (one: SampleAsked, other: SampleAsked): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Draws a sample with the seed committed to before: reveals it, keeps the list, puts its vouchers on the working sheet, and commits to
 * the seed of the next. Of two draws at once one is made; the other hears of it, or, asked for the same, has its answer.
 */
export async function drawNext(
  scene: StaffScene,
  engagementId: string,
  sampleNo: number,
  asked: SampleAsked,
): Promise<Result<{ readonly number: number; readonly sampleNo: number }, SamplingRefusal>> {
  const view = await viewAudit(scene, engagementId);
  if (!view) return err({ reason: "unknown_audit" });
  const { row, population: frozen } = view;
  const answer = { number: row.number, sampleNo };
  const earlier = view.samples.find((one) => one.sampleNo === sampleNo);
  const work = mayWork(row, scene.actor.personId, earlier ? [row.state] : DRAWING);
  if (!work.ok) return work;
  if (earlier) return sameAsked(earlier.asked, asked) ? ok(answer) : err({ reason: "sample_drawn" });
  const seed = view.seeds.find((one) => one.sampleNo === sampleNo);
  if (!seed || !frozen) return err({ reason: "sample_drawn" });
  if (sampleNo >= MOST_SAMPLES) return err({ reason: "too_many_samples", most: MOST_SAMPLES });
  const may = checkAsked(asked, frozen.vouchers);
  if (!may.ok) return may;
  const population = await readPopulation(scene, row);
  const now = freeze(population);
  if (now.listHash !== frozen.listHash) return err({ reason: "population_changed" });
  const isRelated = asked.method === "kind" && asked.kind === "related_party";
  const related = isRelated ? await relatedIn(scene, row, population) : [];
  const revealed = await openSeed(scene, seed);
  const drawn = drawSample(population, revealed, purposeOf(row.number, sampleNo), asked, new Set(related));
  if (!drawn.ok) return drawn;
  return (await writeSample(scene, view, { sampleNo, asked, seed: revealed, related, drawn: drawn.value, population }))
    ? ok(answer)
    : drawAgain(scene, engagementId, sampleNo, asked);
}

/** What another request made of it meanwhile. */
async function drawAgain(
  scene: StaffScene,
  engagementId: string,
  sampleNo: number,
  asked: SampleAsked,
): Promise<Result<{ readonly number: number; readonly sampleNo: number }, SamplingRefusal>> {
  const view = await viewAudit(scene, engagementId);
  if (!view) return err({ reason: "unknown_audit" });
  const earlier = view.samples.find((one) => one.sampleNo === sampleNo);
  if (earlier)
    return sameAsked(earlier.asked, asked)
      ? ok({ number: view.row.number, sampleNo })
      : err({ reason: "sample_drawn" });
  return DRAWING.includes(view.row.state)
    ? err({ reason: "access_over" })
    : err({ reason: "wrong_audit_state", state: view.row.state, needs: DRAWING });
}

interface Drawn {
  readonly sampleNo: number;
  readonly asked: SampleAsked;
  readonly seed: string;
  readonly related: readonly string[];
  readonly drawn: readonly string[];
  readonly population: readonly ListedVoucher[];
}
async function writeSample(scene: StaffScene, { row }: AuditView, sample: Drawn): Promise<boolean> {
  const { engagementId } = row;
  const { sampleNo, asked, seed, related, drawn } = sample;
  const idOf = new Map(sample.population.map((one) => [refOf(one), one.voucherId]));
  const next = await commitNextSeed(scene, engagementId, sampleNo + 1);
  const hash = drawnHash(drawn);
  const leaf = appendLeaf(
    scene,
    "audit.sample_drawn",
    {
      audit: engagementId,
      sample: sampleNo,
      asked: { ...asked },
      seed,
      purpose: purposeOf(row.number, sampleNo),
      vouchers: drawn.length,
      listHash: hash,
      nextCommitment: next.commitment,
    },
    engagementId,
  );
  const insert = insertSample(scene, {
    engagementId,
    sampleNo,
    asked: JSON.stringify(asked),
    seed,
    related: JSON.stringify(related),
    drawn: JSON.stringify(drawn),
    drawnHash: hash,
    drawnBy: scene.actor.personId,
    drawnAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([
    insert,
    insertItems(
      scene,
      engagementId,
      sampleNo,
      drawn.map((ref) => idOf.get(ref)!),
    ),
    next.statement,
    moveAuditIfAt(scene, engagementId, "sampling", "fieldwork"),
    assertAuditorNow(scene, scene.actor.personId),
    leaf.statement,
  ]);
  return written.ok;
}

/** Vouchers whose counterparty bears the name of somebody over the books in those days, or of the provider. */
async function relatedIn(scene: Scene, span: Span, population: readonly ListedVoucher[]): Promise<readonly string[]> {
  const [people, providers, parties] = await scene.db.read(
    listPeopleOverBooks(scene, { fromAt: startOf(span.fromOn), untilAt: endOf(span.toOn) }),
    listProviderNames(scene),
    listCounterparties(
      scene,
      population.map(({ voucherId }) => voucherId),
    ),
  );
  const names = new Set(
    [...(await Promise.all(people.map((row) => openName(scene, row)))), ...providers.map(({ name }) => name)].filter(
      (name) => name !== "",
    ),
  );
  const theirs = new Set<string>();
  for (const party of parties) if (names.has(await openCounterparty(scene, party))) theirs.add(party.voucherId);
  return population.filter(({ voucherId }) => theirs.has(voucherId)).map(refOf);
}

// ——— Drawing again ———

export interface SampleAsDrawn {
  readonly view: AuditView;
  readonly sample: SampleRow;
  readonly commitment: string;
  readonly purpose: string;
}
export type SampleShown = SampleAsDrawn & Replay;

/** A sample as it was drawn and written down; null when there is none. One round trip, whatever the size of what it was drawn from. */
export async function readSample(scene: Scene, number: number, sampleNo: number): Promise<SampleAsDrawn | null> {
  const view = await viewAudit(scene, byAuditNumber(scene, number));
  const sample = view?.samples.find((one) => one.sampleNo === sampleNo);
  const seed = view?.seeds.find((one) => one.sampleNo === sampleNo);
  if (!view?.population || !sample || !seed) return null;
  return { view, sample, commitment: seed.commitment, purpose: purposeOf(number, sampleNo) };
}

/** The same with its draw made again from the books as they are now: reads every voucher it was drawn from. Two round trips. */
export async function replaySample(scene: Scene, number: number, sampleNo: number): Promise<SampleShown | null> {
  const drawn = await readSample(scene, number, sampleNo);
  if (!drawn) return null;
  const { view, sample, commitment, purpose } = drawn;
  const again = replay(await readPopulation(scene, view.row), view.population!, { ...sample, commitment, purpose });
  return { ...drawn, ...again };
}

/** The list as it was hashed, for handing out; null before anything was frozen. */
export async function readListText(scene: Scene, number: number): Promise<string | null> {
  const view = await viewAudit(scene, byAuditNumber(scene, number));
  return view?.population ? listText(await readPopulation(scene, view.row)) : null;
}
