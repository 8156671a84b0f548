/** Who of a file is who of the roll, told by keyed hashes alone: no name, phone or document is compared in clear. Pure. */
import type { PartyId, UnitId } from "../../kernel/id.ts";
import {
  type Areas,
  type Basis,
  type PartyKind,
  placeKey,
  type UnitKind,
  type UnitPlace,
  type UnitState,
} from "../rules.ts";
import type { Draft } from "./draft.ts";
import { TIERS, type Tier } from "./people.ts";

/** A unit of the roll as of the day of the import. */
export interface CurrentUnit extends UnitPlace {
  readonly unitId: UnitId;
  readonly areas: Areas;
  readonly kind: UnitKind;
  readonly state: UnitState;
  readonly owners: readonly { readonly partyId: PartyId; readonly basis: Basis }[];
  readonly designated: PartyId | null;
  /** Something of it is dated after the day of the import. */
  readonly hasLater: boolean;
}

/** Keyed hashes of what a person is recognised by; null where it is unknown. Equal hashes mean equal values. */
export interface Fingerprint {
  readonly name: string;
  readonly phone: string | null;
  readonly id: string | null;
  readonly idTail: string | null;
  readonly ownerNo: string | null;
}

/** What pages may show. */
export interface Masks {
  readonly name: string;
  readonly phone: string | null;
  readonly number: string | null;
}

export interface CurrentParty {
  readonly partyId: PartyId;
  readonly kind: PartyKind;
  readonly fingerprint: Fingerprint;
  readonly masks: Masks;
  readonly guardianId: PartyId | null;
}

export interface CurrentRoll {
  readonly units: readonly CurrentUnit[];
  readonly parties: readonly CurrentParty[];
}

/** A person of the file with what the roll would know them by. */
export interface Prepared {
  readonly fingerprint: Fingerprint;
  readonly masks: Masks;
}

const marksFor = (
  kind: PartyKind,
  { name, phone, id, idTail, ownerNo }: Fingerprint,
  units: Iterable<string>,
): Map<Tier, string[]> =>
  new Map<Tier, string[]>([
    ["owner_no", ownerNo ? [ownerNo] : []],
    ["id_number", id ? [id] : []],
    ["name_and_tail", idTail ? [`${name} ${idTail}`] : []],
    ["name_and_phone", phone ? [`${name} ${phone}`] : []],
    ["company_name", kind === "natural" ? [] : [name]],
    ["unit_only", [...units].map((unit) => `${unit}\t${name}`)],
  ]);

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

/**
 * Who of the file is who of the roll: by the strongest mark both have, unless a stronger one contradicts it. Nobody of
 * the roll is taken twice. Index by person of the draft; null is somebody new.
 */
export function recognise(draft: Draft, prepared: readonly Prepared[], current: CurrentRoll): (PartyId | null)[] {
  const found: (PartyId | null)[] = draft.people.map(() => null);
  if (current.parties.length === 0) return found; // a first import: there is nobody to recognise
  const unitsOf = new Map<PartyId, Set<string>>();
  const note = (partyId: PartyId, unit: string): void => {
    const held = unitsOf.get(partyId);
    if (held) held.add(unit);
    else unitsOf.set(partyId, new Set([unit]));
  };
  const guardianOf = new Map(current.parties.map(({ partyId, guardianId }) => [partyId, guardianId]));
  for (const unit of current.units)
    for (const { partyId } of unit.owners) {
      note(partyId, placeKey(unit));
      // A guardian is named at the ward's unit, and recognised there.
      const guardian = guardianOf.get(partyId);
      if (guardian) note(guardian, placeKey(unit));
    }
  const index = new Map<string, CurrentParty[]>();
  for (const party of current.parties)
    for (const [tier, marks] of marksFor(party.kind, party.fingerprint, unitsOf.get(party.partyId) ?? []))
      for (const mark of marks) {
        const key = `${tier} ${mark}`;
        const held = index.get(key);
        if (held) held.push(party);
        else index.set(key, [party]);
      }
  const taken = new Set<PartyId>();
  const marksOf = draft.people.map(({ facts, units }, at) => marksFor(facts.kind, prepared[at]!.fingerprint, units));
  for (const tier of TIERS)
    for (const [at, { units }] of draft.people.entries()) {
      if (found[at]) continue;
      const { fingerprint } = prepared[at]!;
      const candidates = marksOf[at]!.get(tier)!
        .flatMap((mark) => index.get(`${tier} ${mark}`) ?? [])
        .filter(({ partyId, fingerprint: known }) => {
          if (taken.has(partyId)) return false;
          if (tier === "owner_no" || tier === "id_number") return true;
          return (
            !differ(known.id, fingerprint.id) &&
            !differ(known.idTail, fingerprint.idTail) &&
            !differ(known.ownerNo, fingerprint.ownerNo)
          );
        });
      const own = candidates.find(({ partyId }) => units.some((unit) => unitsOf.get(partyId)?.has(unit)));
      const chosen = own ?? candidates.toSorted((a, b) => (a.partyId < b.partyId ? -1 : 1))[0];
      if (!chosen) continue;
      taken.add(chosen.partyId);
      found[at] = chosen.partyId;
    }
  return found;
}
