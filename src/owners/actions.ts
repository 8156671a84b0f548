/** What the roll of today says of a signed-in owner: their heads, and whether they may act for one. No HTTP; sessions are session.ts. */
import { headsOn } from "../community/browse/actions.ts";
import { dayOf } from "../kernel/day.ts";
import { err, type Result } from "../kernel/result.ts";
import type { OwnerActor } from "../platform/access.ts";
import type { Scene } from "../platform/scene.ts";
import { type ActRefusal, headsOfParty, mayActFor, type OwnHead, ownHeadOf } from "./rules.ts";

type Who = Pick<OwnerActor, "partyId" | "guardianId">;

/** The head this owner belongs to on the roll of today (C2, C3): the one they act for first; null if they own nothing counted any more. */
export async function headOf(scene: Scene, owner: Pick<OwnerActor, "partyId">): Promise<OwnHead | null> {
  const { heads } = await headsOn(scene, dayOf(scene.now));
  const [first] = headsOfParty(heads, owner.partyId);
  return first ? ownHeadOf(first) : null;
}

/**
 * The head this owner may act for outside a meeting: sign, support, take back. Of co-owners only the one they chose may
 * (C3; GR 25); a guardian acts for a ward (C4). Use this, not `headOf`, in front of an act that counts a head.
 */
export async function headToActFor(scene: Scene, owner: Who): Promise<Result<OwnHead, ActRefusal>> {
  const { heads } = await headsOn(scene, dayOf(scene.now));
  const own = headsOfParty(heads, owner.partyId);
  let refusal: Result<OwnHead, ActRefusal> = err({ reason: "owner_without_head" });
  for (const head of own) {
    const may = mayActFor(head, owner);
    if (may.ok) return may;
    if (head === own[0]) refusal = may;
  }
  return refusal;
}
