/** Who a signed-in owner is, which head of the roll is theirs, and who may act for it (C2–C4). Pure; how they sign in is signin/ and cards/. */
import type { Voter } from "../community/rules.ts";
import type { PartyId, UnitId } from "../kernel/id.ts";
import { err, ok, type Result } from "../kernel/result.ts";

export type { OwnerActor } from "../platform/access.ts";

/** A head as it is written down by what owners do outside meetings: support, sign, accept. Area in 0.01 m², of counted units. */
export interface OwnHead {
  readonly headKey: string;
  readonly areaDm2: number;
  readonly unitIds: readonly UnitId[];
}

/** The heads an owner belongs to, the one they act for first: whom the co-owners chose comes before whom nobody chose (C2, C3). */
export const headsOfParty = (heads: readonly Voter[], partyId: PartyId): Voter[] =>
  heads
    .filter(({ owners }) => owners.includes(partyId))
    .toSorted((a, b) => rankFor(a, partyId) - rankFor(b, partyId) || b.areaDm2 - a.areaDm2 || (a.key < b.key ? -1 : 1));

const rankFor = ({ owners, designation }: Voter, partyId: PartyId): number => {
  if (owners.length === 1) return 0;
  if (designation.state === "votes") return designation.partyId === partyId ? 0 : 2;
  return 1;
};

export const ownHeadOf = ({ key, areaDm2, units }: Voter): OwnHead => ({
  headKey: key,
  areaDm2,
  unitIds: units.filter(({ counted }) => counted).map(({ unitId }) => unitId),
});

export type ActRefusal =
  /** Nothing on the roll of today that counts: sold, or a space the rules of procedure leave out (C6). */
  | { readonly reason: "owner_without_head" }
  /** The co-owners chose somebody else to act for their units (C3; GR 25). */
  | { readonly reason: "another_chosen"; readonly chosen: PartyId }
  /** Co-owners who have chosen nobody, or different people: nobody can act for the head until they choose (C3; GR 25). */
  | { readonly reason: "nobody_chosen" };

/**
 * Whether an owner may act for a head outside a meeting: a sole owner may; of co-owners the one they chose, as in a vote
 * (C3; GR 25). `guardianId` is the guardian who is signed in for the owner: then the guardian of the one who votes (C4).
 */
export function mayActFor(
  head: Voter | undefined,
  owner: { readonly partyId: PartyId; readonly guardianId: PartyId | null },
): Result<OwnHead, ActRefusal> {
  if (!head) return err({ reason: "owner_without_head" });
  const { designation } = head;
  if (designation.state !== "votes") return err({ reason: "nobody_chosen" });
  const acting = designation.as === "guardian" ? owner.guardianId : owner.partyId;
  if (designation.partyId !== acting) return err({ reason: "another_chosen", chosen: designation.partyId });
  return ok(ownHeadOf(head));
}

/**
 * Whom someone who proved who they are may act for: themselves and their wards, as far as these own anything; where none of
 * them does any more, themselves all the same, to be told so.
 */
export function standingsOf<C extends { readonly owns: number }>(candidates: readonly C[]): readonly C[] {
  const owning = candidates.filter(({ owns }) => owns === 1);
  return owning.length > 0 ? owning : candidates;
}
