/** Looking through the roll: a page of units with their owners as of a day, and the heads they make. Changes nothing. */
import type { Day } from "../../kernel/day.ts";
import type { PartyId, UnitId } from "../../kernel/id.ts";
import type { Query } from "../../platform/db.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene } from "../../platform/scene.ts";
import { explainDesignation } from "../explained.ts";
import { personName, plainText, readMobile } from "../identity/rules.ts";
import { nameHash, phoneHash } from "../personal.ts";
import {
  byPlace,
  DEFAULT_SETTINGS,
  type PartyKind,
  type RollSettings,
  type RollUnit,
  type Voter,
  voters,
} from "../rules.ts";
import {
  findParties,
  findRollVersion,
  type HoldingRow,
  type PartyRow,
  rollFrom,
  rollQueries,
  type UnitRow,
  unitFrom,
} from "../store.ts";
import { placeOfPage } from "./rules.ts";
import {
  type BuildingCount,
  findParkingSetting,
  listBuildingCounts,
  listHoldingsOf,
  listUnitIdsAt,
  listUnitIdsOf,
  listUnitsById,
  pageQueries,
  type UnitFilter,
} from "./store.ts";

export const UNITS_A_PAGE = 50;

export interface UnitsPage {
  readonly units: readonly RollUnit[];
  readonly names: ReadonlyMap<PartyId, string>;
  readonly total: number;
  readonly buildings: readonly BuildingCount[];
  readonly version: number;
}

/**
 * One page of the roll on a day; what was added later than the day is left out of the page. The kept counts say in which buildings the
 * page lies, so that its place costs as much on the last page as on the first. Only a search for a text looks through the estate.
 */
export async function unitsPage(scene: Scene, day: Day, filter: UnitFilter, page: number): Promise<UnitsPage> {
  const skip = (page - 1) * UNITS_A_PAGE;
  const [buildings, version, found] = await scene.db.read(
    listBuildingCounts(scene),
    findRollVersion(scene),
    ...(filter.place === "" ? [] : [listUnitIdsAt(scene, filter, UNITS_A_PAGE, skip)]),
  );
  const facts = { buildings, version: version[0]?.version ?? 0 };
  if (found) {
    const shown = await unitsById(
      scene,
      day,
      found.map(({ unitId }) => unitId),
    );
    return { ...shown, ...facts, total: found[0]?.total ?? 0 };
  }
  const within = buildings.filter(({ building }) => filter.building === "" || building === filter.building);
  const total = within.reduce((sum, { units }) => sum + units, 0);
  const [units, holdings] = await scene.db.read(
    ...pageQueries(scene, { building: filter.building, ...placeOfPage(within, skip, UNITS_A_PAGE) }, day),
  );
  return { ...shownFrom(units, holdings, holdings), ...facts, total };
}

/** Units of owners with this name or this mobile, which are looked for by keyed hash and stand in no address. */
export async function unitsOfPerson(
  scene: Scene,
  day: Day,
  typed: string,
): Promise<Pick<UnitsPage, "units" | "names">> {
  const mobile = readMobile(typed);
  const by = mobile
    ? { phoneHash: phoneHash(scene, mobile) }
    : { nameHash: nameHash(scene, personName(plainText(typed))) };
  const [found] = await scene.db.read(listUnitIdsOf(scene, day, by, UNITS_A_PAGE));
  return unitsById(scene, day, [...new Set(found.map(({ unitId }) => unitId))]);
}

async function unitsById(
  scene: Scene,
  day: Day,
  unitIds: readonly UnitId[],
): Promise<Pick<UnitsPage, "units" | "names">> {
  if (unitIds.length === 0) return { units: [], names: new Map() };
  const [units, holdings] = await scene.db.read(
    listUnitsById(scene, unitIds, day),
    listHoldingsOf(scene, unitIds, day),
  );
  return shownFrom(units, holdings, await partiesOf(scene, holdings));
}

function shownFrom(
  units: readonly UnitRow[],
  holdings: readonly HoldingRow[],
  parties: readonly { readonly partyId: PartyId; readonly maskedName: string }[],
): Pick<UnitsPage, "units" | "names"> {
  const byUnit = Map.groupBy(holdings, ({ unitId }) => unitId);
  return {
    units: units.map((row) => unitFrom(row, byUnit.get(row.unitId) ?? [])).sort(byPlace),
    names: new Map(parties.map(({ partyId, maskedName }) => [partyId, maskedName])),
  };
}

async function partiesOf(scene: Scene, holdings: readonly HoldingRow[]): Promise<PartyRow[]> {
  const ids = [...new Set(holdings.map(({ partyId }) => partyId))];
  if (ids.length === 0) return [];
  const [rows] = await scene.db.read(findParties(scene, ids));
  return rows;
}

export interface HeadsView {
  readonly heads: readonly Voter[];
  readonly kinds: ReadonlyMap<PartyId, PartyKind>;
  readonly names: ReadonlyMap<PartyId, string>;
  readonly settings: RollSettings;
}

/** The settings of the roll from the row of `findParkingSetting`: parking counts only by a clause (C6). */
export const settingsFrom = (row: { readonly value: string; readonly clause: string } | undefined): RollSettings =>
  row && (JSON.parse(row.value) as unknown) === true && row.clause.trim() !== ""
    ? { countedSpaces: ["parking"], spacesClause: row.clause }
    : DEFAULT_SETTINGS;

/** The queries of `headsFrom`, for one read together with others. */
export const headQueries = (scene: Scene, day: Day) => [...rollQueries(scene, day), findParkingSetting(scene)] as const;

type RowsOf<Q extends readonly Query[]> = { [I in keyof Q]: Q[I] extends Query<infer T> ? T : never };

/** Every head of the roll on a day from the rows of `headQueries`, under the settings that hold now. */
export function headsFrom(
  day: Day,
  [units, holdings, parties, guardians, parking]: RowsOf<ReturnType<typeof headQueries>>,
): HeadsView {
  const settings = settingsFrom(parking[0]);
  return {
    heads: voters(rollFrom(day, units, holdings, parties, guardians), settings),
    kinds: new Map(parties.map(({ partyId, kind }) => [partyId, kind])),
    names: new Map(parties.map(({ partyId, maskedName }) => [partyId, maskedName])),
    settings,
  };
}

/** Every head of the roll on a day, under the settings that hold now. */
export const headsOn = async (scene: Scene, day: Day): Promise<HeadsView> =>
  headsFrom(day, await scene.db.read(...headQueries(scene, day)));

/** The names of some owners, masked, one behind the other. */
export const listNames = (names: ReadonlyMap<PartyId, string>, parties: readonly PartyId[]): string =>
  parties.map((partyId) => names.get(partyId) ?? "*").join("、");

/** Who casts a head's vote, in words. */
export function sayWhoVotes({ designation }: Voter, { names, kinds }: HeadsView): Bilingual {
  if (designation.state !== "votes") return explainDesignation(designation, "");
  return explainDesignation(designation, names.get(designation.partyId) ?? "*", kinds.get(designation.partyId));
}
