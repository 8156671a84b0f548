/** Recalls as they stand: facts, clock, and the names that are public anyway. Reads; decides and writes nothing. */
import { viewPetition } from "../../assembly/convening/actions.ts";
import type { PersonId } from "../../kernel/id.ts";
import { findPerson, openName } from "../../offices/people/store.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { listTenuresFrom, type TenureRow } from "../../offices/terms/store.ts";
import type { Scene } from "../../platform/scene.ts";
import { isMemberPost } from "../seated/rules.ts";
import { TERM_SETTINGS, type TermSettings } from "../standing/rules.ts";
import { defenceUntil, type RecallFacts, type RecallState, recallState } from "./rules.ts";
import { countRecalls, findRecall, listRecalls, listSigners, type RecallKey, type RecallRow } from "./store.ts";

/** Tenures by which members sit now; one person may have several. */
export const sittingOf = (rows: readonly TenureRow[], now: number): TenureRow[] =>
  rows.filter(({ postKind, fromAt }) => isMemberPost(postKind) && fromAt <= now);
export async function sittingMembers(scene: Scene): Promise<TenureRow[]> {
  const [rows] = await scene.db.read(listTenuresFrom(scene, scene.now));
  return sittingOf(rows, scene.now);
}
export const personsOf = (rows: readonly TenureRow[]): Set<PersonId> => new Set(rows.map(({ personId }) => personId));

export interface RecallView {
  readonly row: RecallRow;
  readonly facts: RecallFacts;
  readonly state: RecallState;
  readonly defenceDays: number;
  /** The member whose seat it is, named: members are named in public. */
  readonly name: string;
  readonly signers: readonly { readonly name: string; readonly signedAt: number }[];
}

/** A recall with its clock, as of now; null when there is none. Two round trips, three where a petition stands behind it. */
export async function viewRecall(scene: Scene, key: RecallKey): Promise<RecallView | null> {
  const [rows, signers, tenures, settings] = await scene.db.read(
    findRecall(scene, key, scene.now),
    listSigners(scene, key),
    listTenuresFrom(scene, scene.now),
    listSettings(scene, TERM_SETTINGS),
  );
  const row = rows[0];
  if (!row) return null;
  const reached = row.petitionId === null ? null : ((await viewPetition(scene, row.petitionId))?.reached ?? false);
  const names = await namesOf(scene, [row.personId, ...signers.map(({ personId }) => personId)]);
  return viewOf(scene, row, {
    names,
    reached,
    sitting: personsOf(sittingOf(tenures, scene.now)).size,
    settings: valuesFromRows(TERM_SETTINGS, settings),
    signers,
  });
}

/** A page of recalls, the newest first, and how many there are. Two round trips, however many they are. A petition behind one is taken as reached: it had to be. */
export async function listRecallViews(
  scene: Scene,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly views: readonly RecallView[]; readonly total: number }> {
  const [rows, total, tenures, settings] = await scene.db.read(
    listRecalls(scene, scene.now, page),
    countRecalls(scene),
    listTenuresFrom(scene, scene.now),
    listSettings(scene, TERM_SETTINGS),
  );
  const names = await namesOf(
    scene,
    rows.map(({ personId }) => personId),
  );
  const shared = {
    names,
    sitting: personsOf(sittingOf(tenures, scene.now)).size,
    settings: valuesFromRows(TERM_SETTINGS, settings),
    signers: [],
  };
  return {
    views: rows.map((row) => viewOf(scene, row, { ...shared, reached: row.petitionId === null ? null : true })),
    total: total[0]?.recalls ?? 0,
  };
}

async function namesOf(scene: Scene, ids: readonly PersonId[]): Promise<ReadonlyMap<string, string>> {
  const people = await scene.db.readMany([...new Set(ids)].map((id) => findPerson(scene, id)));
  const names = await Promise.all(
    people.flat().map(async (person): Promise<[string, string]> => [person.personId, await openName(scene, person)]),
  );
  return new Map(names);
}

function viewOf(
  scene: Pick<Scene, "now">,
  row: RecallRow,
  known: {
    readonly names: ReadonlyMap<string, string>;
    readonly reached: boolean | null;
    readonly sitting: number;
    readonly settings: TermSettings;
    readonly signers: readonly { readonly personId: PersonId; readonly signedAt: number }[];
  },
): RecallView {
  const facts: RecallFacts = {
    state: row.state,
    by: row.proposer,
    signers: row.signers,
    sitting: known.sitting,
    petitionReached: known.reached,
    toldAt: row.toldAt,
    defended: row.defence !== null,
    holds: row.holds === 1,
  };
  const defenceDays = known.settings.recallDefenceDays.value;
  return {
    row,
    facts,
    state: recallState(facts, defenceDays, scene.now),
    defenceDays,
    name: known.names.get(row.personId) ?? "",
    signers: known.signers.map(({ personId, signedAt }) => ({ name: known.names.get(personId) ?? "", signedAt })),
  };
}

/** The last day of the defence, for pages. */
export const lastDayOfDefence = ({ row, defenceDays }: RecallView): string | null =>
  row.toldAt === null ? null : defenceUntil(row.toldAt, defenceDays);
