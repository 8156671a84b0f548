/** Splitting a unit into parts and joining units into one: the old ones are retired from a day on, the new ones begin. */
import { newId, type UnitId } from "../../../kernel/id.ts";
import { err, ok } from "../../../kernel/result.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { pendingChange } from "../../changing.ts";
import { type AreaSource, countedArea, NO_AREAS, type UnitPlace } from "../../rules.ts";
import { areasOf, closeHoldings, insertFacts, insertHoldings, insertUnits, type NewFact } from "../../store.ts";
import { type Changed, type ChangeHead, checkHead, writeChange } from "../actions.ts";
import { type LoadedUnit, loadUnit, ownersOn } from "../loading.ts";
import { checkSplit, type Part } from "../rules.ts";

/** A change dated later, of owners or of facts, would be torn from its unit. */
const laterOn = (unit: LoadedUnit, day: string): string | null => {
  const held = unit.held.find((one) => one.fromOn > day || (one.toOn !== null && one.toOn > day));
  return unit.laterFactOn ?? (held ? (held.fromOn > day ? held.fromOn : held.toOn) : null);
};

const retired = (unit: LoadedUnit, fromOn: string): NewFact => {
  const fact = unit.fact!;
  return {
    unitId: unit.place.unitId,
    revision: fact.fromOn === fromOn ? fact.revision + 1 : 0,
    areas: areasOf(fact),
    kind: fact.kind,
    state: "retired",
  };
};

const running = (unit: LoadedUnit) => unit.held.filter(({ toOn }) => toOn === null);

/**
 * From a day on, one unit is several (分户). The parts have the same owners and use, and their areas make up the whole
 * unless they were measured anew. The old unit is retired, never deleted.
 */
export async function splitUnit(
  scene: StaffScene,
  unitId: string,
  asked: ChangeHead & { readonly parts: readonly Part[]; readonly source: AreaSource; readonly measuredAnew: boolean },
): Promise<Changed> {
  const head = checkHead(scene, asked);
  if (!head.ok) return head;
  const { changeId, fromOn } = asked;
  const unit = await loadUnit(scene, unitId, fromOn, changeId);
  if (!unit) return err({ reason: "unknown_unit" });
  if (unit.isRepeat) return ok({ changeId });
  const { fact } = unit;
  if (!fact || fact.state === "retired") return err({ reason: "not_on_roll", day: fromOn });
  const later = laterOn(unit, fromOn);
  if (later) return err({ reason: "later_change", on: later });
  const fits = checkSplit(countedArea(areasOf(fact))!.areaDm2, asked.parts, asked.measuredAnew);
  if (!fits.ok) return fits;
  const parts = asked.parts.map((part) => ({ ...part, unitId: newId<UnitId>(scene.random) }));
  const change = await pendingChange(scene, {
    changeId,
    kind: "split",
    fromOn,
    version: unit.version,
    unitId: unit.place.unitId,
    note: asked.note,
    details: { from: [unit.place.unitId], to: parts.map((part) => part.unitId) },
    payload: { from: [unit.place.unitId], to: parts.map((part) => part.unitId) },
  });
  const held = running(unit);
  return writeChange(scene, changeId, [
    ...change.statements,
    ...insertUnits(scene, changeId, parts),
    ...insertFacts(scene, changeId, fromOn, [
      retired(unit, fromOn),
      ...parts.map((part) => ({
        unitId: part.unitId,
        revision: 0,
        areas: { ...NO_AREAS, [asked.source]: part.areaDm2 },
        kind: fact.kind,
        state: fact.state,
      })),
    ]),
    ...closeHoldings(scene, changeId, fromOn, held),
    ...insertHoldings(
      scene,
      changeId,
      fromOn,
      parts.flatMap((part) =>
        held.map(({ partyId, role, basis }, at) => ({ unitId: part.unitId, holdingNo: at + 1, partyId, role, basis })),
      ),
    ),
  ]);
}

/** From a day on, several units of the same owners are one (合户). */
export async function mergeUnits(
  scene: StaffScene,
  unitIds: readonly string[],
  asked: ChangeHead & {
    readonly into: UnitPlace;
    readonly areaDm2: number;
    readonly source: AreaSource;
    readonly measuredAnew: boolean;
  },
): Promise<Changed> {
  const head = checkHead(scene, asked);
  if (!head.ok) return head;
  const { changeId, fromOn } = asked;
  const distinct = [...new Set(unitIds)];
  const loaded = await Promise.all(distinct.map((unitId) => loadUnit(scene, unitId, fromOn, changeId)));
  const units = loaded.filter((unit) => unit !== null);
  if (units.length !== distinct.length || units.length < 2) return err({ reason: "unknown_unit" });
  if (units[0]!.isRepeat) return ok({ changeId });
  let partsDm2 = 0;
  for (const unit of units) {
    if (!unit.fact || unit.fact.state === "retired") return err({ reason: "not_on_roll", day: fromOn });
    const later = laterOn(unit, fromOn);
    if (later) return err({ reason: "later_change", on: later });
    partsDm2 += countedArea(areasOf(unit.fact))!.areaDm2;
  }
  const setOf = (unit: LoadedUnit): string =>
    ownersOn(unit.held, fromOn)
      .map(({ partyId }) => partyId)
      .sort()
      .join("+");
  if (new Set(units.map(setOf)).size !== 1) return err({ reason: "owners_differ" });
  if (partsDm2 !== asked.areaDm2 && !asked.measuredAnew)
    return err({ reason: "area_differs", wholeDm2: asked.areaDm2, partsDm2 });
  const first = units[0]!;
  const unitId = newId<UnitId>(scene.random);
  const from = units.map((unit) => unit.place.unitId);
  const change = await pendingChange(scene, {
    changeId,
    kind: "merge",
    fromOn,
    version: first.version,
    unitId,
    note: asked.note,
    details: { from, to: [unitId] },
    payload: { from, to: [unitId] },
  });
  return writeChange(scene, changeId, [
    ...change.statements,
    ...insertUnits(scene, changeId, [{ ...asked.into, unitId }]),
    ...insertFacts(scene, changeId, fromOn, [
      ...units.map((unit) => retired(unit, fromOn)),
      {
        unitId,
        revision: 0,
        areas: { ...NO_AREAS, [asked.source]: asked.areaDm2 },
        kind: first.fact!.kind,
        state: first.fact!.state,
      },
    ]),
    ...units.flatMap((unit) => closeHoldings(scene, changeId, fromOn, running(unit))),
    ...insertHoldings(
      scene,
      changeId,
      fromOn,
      running(first).map(({ partyId, role, basis }, at) => ({ unitId, holdingNo: at + 1, partyId, role, basis })),
    ),
  ]);
}
