/** What the roll of today says of a signed-in owner: their heads, and whether they may act for one. No HTTP; signing in is signin/actions.ts. */
import { type HeadsView, headsOn, settingsFrom } from "../community/browse/actions.ts";
import { findParkingSetting } from "../community/browse/store.ts";
import { type RollUnit, voters } from "../community/rules.ts";
import { listGuardians, rollFrom } from "../community/store.ts";
import { dayOf } from "../kernel/day.ts";
import { err, type Result } from "../kernel/result.ts";
import type { OwnerActor } from "../platform/access.ts";
import type { Scene } from "../platform/scene.ts";
import { type ActRefusal, headsOfParty, mayActFor, type OwnHead, ownHeadOf } from "./rules.ts";
import { listHoldingsBeside, listPartiesBeside, listUnitsOwnedBy } from "./store.ts";

type Who = Pick<OwnerActor, "partyId" | "guardianId">;

/** An owner on the roll of today: their heads, the one they act for first, and every unit they own, counted or not. */
export interface OwnView extends HeadsView {
  readonly units: readonly RollUnit[];
}

/**
 * The roll of today as far as it concerns one owner. The same heads as `headsOn` gives, from this owner's units alone: all units of
 * a set of owners are units of each of them, so nothing outside can belong to one of their heads. Only a developer's head is made
 * of units that name others, and is read from the whole. One round trip; the cost follows what they own, not the estate.
 */
export async function readOwnRoll(scene: Scene, { partyId }: Pick<OwnerActor, "partyId">): Promise<OwnView> {
  const today = dayOf(scene.now);
  const ids = [partyId];
  const [rows, holdings, parties, guardians, parking] = await scene.db.read(
    listUnitsOwnedBy(scene, ids, today),
    listHoldingsBeside(scene, ids, today),
    listPartiesBeside(scene, ids, today),
    listGuardians(scene, today),
    findParkingSetting(scene),
  );
  const roll = rollFrom(today, rows, holdings, parties, guardians);
  if (roll.parties.get(partyId)?.kind === "developer") {
    const whole = await headsOn(scene, today);
    return { ...whole, heads: headsOfParty(whole.heads, partyId), units: roll.units };
  }
  const settings = settingsFrom(parking[0]);
  return {
    heads: headsOfParty(voters(roll, settings), partyId),
    kinds: new Map(parties.map((party) => [party.partyId, party.kind])),
    names: new Map(parties.map((party) => [party.partyId, party.maskedName])),
    settings,
    units: roll.units,
  };
}

/** The head this owner belongs to on the roll of today (C2, C3): the one they act for first; null if they own nothing counted any more. */
export async function headOf(scene: Scene, owner: Pick<OwnerActor, "partyId">): Promise<OwnHead | null> {
  const { heads } = await readOwnRoll(scene, owner);
  return heads[0] ? ownHeadOf(heads[0]) : null;
}

/**
 * The head this owner may act for outside a meeting: sign, support, take back. Of co-owners only the one they chose may
 * (C3; GR 25); a guardian acts for a ward (C4). Use this, not `headOf`, in front of an act that counts a head.
 */
export async function headToActFor(scene: Scene, owner: Who): Promise<Result<OwnHead, ActRefusal>> {
  return headAmong((await readOwnRoll(scene, owner)).heads, owner);
}

/** The same, of heads that were read already, in the order of `headsOfParty`. */
export function headAmong(heads: OwnView["heads"], owner: Who): Result<OwnHead, ActRefusal> {
  let first: Result<OwnHead, ActRefusal> | null = null;
  for (const head of heads) {
    const may = mayActFor(head, owner);
    if (may.ok) return may;
    first ??= may;
  }
  return first ?? err({ reason: "owner_without_head" });
}
