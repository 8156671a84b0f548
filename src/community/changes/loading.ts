/** What a change of one unit is decided on, from one read: its facts, everything ever held of it, and the roll's version. */
import type { Day } from "../../kernel/day.ts";
import type { PartyId, UnitId } from "../../kernel/id.ts";
import type { Scene } from "../../platform/scene.ts";
import type { UnitPlace } from "../rules.ts";
import { findRollVersion, findUnit, type UnitRow } from "../store.ts";
import { runsOn } from "./rules.ts";
import { findChange, findPlace, type HeldRow, listUnitFacts, listUnitHoldings } from "./store.ts";

export interface LoadedUnit {
  readonly place: UnitPlace & { readonly unitId: UnitId };
  /** As of the day of the change; null when the unit did not exist yet. */
  readonly fact: UnitRow | null;
  /** The first day on which a fact later than the change's day begins. */
  readonly laterFactOn: Day | null;
  /** Not voided. */
  readonly held: readonly HeldRow[];
  readonly lastHoldingNo: number;
  readonly version: number;
  /** The form's change was written already. */
  readonly isRepeat: boolean;
}

export async function loadUnit(scene: Scene, unitId: string, day: Day, changeId: string): Promise<LoadedUnit | null> {
  const [places, facts, all, holdings, version, repeat] = await scene.db.read(
    findPlace(scene, unitId),
    findUnit(scene, unitId, day),
    listUnitFacts(scene, unitId),
    listUnitHoldings(scene, unitId),
    findRollVersion(scene),
    findChange(scene, changeId),
  );
  const place = places[0];
  if (!place) return null;
  return {
    place,
    fact: facts[0] ?? null,
    laterFactOn: all.find(({ fromOn }) => fromOn > day)?.fromOn ?? null,
    held: holdings.filter(({ voidedBy }) => voidedBy === null),
    lastHoldingNo: holdings.at(-1)?.holdingNo ?? 0,
    version: version[0]?.version ?? 0,
    isRepeat: repeat.length > 0,
  };
}

/** The owners of a loaded unit on a day. */
export const ownersOn = (held: readonly HeldRow[], day: Day): { partyId: PartyId; basis: HeldRow["basis"] }[] =>
  held.filter((one) => one.role === "owner" && runsOn(one, day)).map(({ partyId, basis }) => ({ partyId, basis }));
