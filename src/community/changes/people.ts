/** People named in a change: taken for somebody the roll knows where number, document, last four or phone say so, else new. */
import { newId, type PartyId } from "../../kernel/id.ts";
import type { Scene } from "../../platform/scene.ts";
import { detailOf } from "../import/statements.ts";
import { type Hashes, hashesOf, mergePersonal, openPersonal, type Personal } from "../personal.ts";
import type { Basis } from "../rules.ts";
import { listSealed, type NewDetail, type PartyRow } from "../store.ts";
import { findPartiesByName } from "./store.ts";

/** An owner as a form names one: somebody picked from the roll, or typed in. */
export type NamedPerson = { readonly partyId: PartyId } | { readonly personal: Personal };
export type NamedOwner = NamedPerson & { readonly basis: Basis };

export interface ResolvedPeople {
  /** One for each person named, in order. */
  readonly partyIds: readonly PartyId[];
  readonly newParties: readonly PartyId[];
  /** Details of new parties, and next versions of known ones whose data were added to. */
  readonly details: readonly NewDetail[];
}

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
const agree = (a: string | null, b: string | null): boolean => a !== null && a === b;

/** Same name, one mark in common, no stronger mark against it: the same rule by which an import recognises people. */
function isSame(hashes: Hashes, known: PartyRow): boolean {
  if (agree(hashes.id, known.idHash) || agree(hashes.ownerNo, known.ownerNoHash)) return true;
  if (
    differ(hashes.id, known.idHash) ||
    differ(hashes.idTail, known.idTailHash) ||
    differ(hashes.ownerNo, known.ownerNoHash)
  )
    return false;
  return agree(hashes.idTail, known.idTailHash) || agree(hashes.phone, known.phoneHash);
}

/** Whether what was typed says more than, or other than, what the roll has. */
const addsTo = (hashes: Hashes, known: PartyRow): boolean =>
  (hashes.phone !== null && hashes.phone !== known.phoneHash) ||
  (hashes.id !== null && hashes.id !== known.idHash) ||
  (hashes.idTail !== null && hashes.idTail !== known.idTailHash) ||
  (hashes.ownerNo !== null && hashes.ownerNo !== known.ownerNoHash);

export async function resolvePeople(scene: Scene, named: readonly NamedPerson[]): Promise<ResolvedPeople> {
  const typed = named.map((person) =>
    "personal" in person ? { personal: person.personal, hashes: hashesOf(scene, person.personal) } : null,
  );
  const candidates = await scene.db.readMany(
    typed.flatMap((person) => (person ? [findPartiesByName(scene, person.hashes.name)] : [])),
  );
  const partyIds: PartyId[] = [];
  const newParties: PartyId[] = [];
  const details: Promise<NewDetail>[] = [];
  let next = 0;
  for (const [at, person] of named.entries()) {
    if ("partyId" in person) {
      partyIds.push(person.partyId);
      continue;
    }
    const { personal, hashes } = typed[at]!;
    const known = candidates[next]!.find((row) => isSame(hashes, row));
    next += 1;
    if (!known) {
      const partyId = newId<PartyId>(scene.random);
      partyIds.push(partyId);
      newParties.push(partyId);
      details.push(detailOf(scene, partyId, 1, personal, hashes));
      continue;
    }
    partyIds.push(known.partyId);
    if (addsTo(hashes, known)) details.push(nextDetail(scene, known, personal));
  }
  return { partyIds, newParties, details: await Promise.all(details) };
}

async function nextDetail(scene: Scene, known: PartyRow, told: Personal): Promise<NewDetail> {
  const [rows] = await scene.db.read(listSealed(scene, [known.partyId]));
  const before = await openPersonal(scene, known.partyId, known.kind, rows[0]!.sealed);
  return detailOf(scene, known.partyId, known.version + 1, mergePersonal(before, told));
}
