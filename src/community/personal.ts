/** An owner's personal data: what it is, how it is sealed, by what it is found again, and what pages may show of it. */
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { PartyId } from "../kernel/id.ts";
import { registerSealed } from "../platform/resealing/columns.ts";
import type { Scene } from "../platform/scene.ts";
import type { Keys } from "../platform/secrets.ts";
import { type DocumentType, isPersonal, maskName, maskNumber, maskPhone } from "./identity/rules.ts";
import type { Fingerprint, Masks } from "./import/recognise.ts";
import type { PartyKind } from "./rules.ts";

/** Sealed as one JSON; `kind` stands beside it in clear. */
export interface Personal {
  readonly name: string;
  readonly kind: PartyKind;
  readonly idType: DocumentType | null;
  readonly idNumber: string | null;
  readonly idTail: string | null;
  readonly phone: string | null;
  readonly ownerNo: string | null;
}

/** Names of what can be revealed or was read, for the log of reads. */
export const PERSONAL_FIELDS = ["name", "phone", "document"] as const;
export type PersonalField = (typeof PERSONAL_FIELDS)[number];

type Holder = Pick<Scene, "keys" | "community">;

const sealContext = (communityId: string, partyId: string): string => `party:${communityId}:${partyId}`;

registerSealed({
  table: "party_detail",
  column: "sealed",
  key: ["party_id", "version"],
  contextOf: (communityId, { party_id }) => sealContext(communityId, String(party_id)),
});

export const sealPersonal = ({ keys, community }: Holder, partyId: PartyId, personal: Personal): Promise<string> => {
  const { name, idType, idNumber, idTail, phone, ownerNo } = personal;
  // Bound to its party: a sealed row moved to another owner does not open.
  return keys.seal(
    JSON.stringify({ name, idType, idNumber, idTail, phone, ownerNo }),
    sealContext(community.id, partyId),
  );
};

export async function openPersonal(
  { keys, community }: Holder,
  partyId: PartyId,
  kind: PartyKind,
  sealed: string,
): Promise<Personal> {
  const plain = JSON.parse(await keys.open(sealed, sealContext(community.id, partyId))) as Omit<Personal, "kind">;
  return { ...plain, kind };
}

// 128 of the 256 bits: no two owners of an estate share them by chance, and the index is half the size.
const HASH_DIGITS = 32;

const indexKeys = new WeakMap<Keys, Map<string, Buffer>>();

/** A key of the community's own, derived once from the secret: the same value has another hash in another community. */
function indexKeyOf(keys: Keys, communityId: string): Buffer {
  const held = indexKeys.get(keys) ?? new Map<string, Buffer>();
  indexKeys.set(keys, held);
  const known = held.get(communityId);
  if (known) return known;
  const made = Buffer.from(keys.index(communityId, "roll.index-key"), "hex");
  held.set(communityId, made);
  return made;
}

const encoder = new TextEncoder();

// Native HMAC over bytes encoded here: an import of 5,000 owners makes 25,000 of these, and in JavaScript, or with the encoding left to
// node:crypto, they would cost more than all the rest.
const indexOf = (keys: Keys, communityId: string, what: string, value: string): string =>
  createHmac("sha256", indexKeyOf(keys, communityId))
    .update(encoder.encode(`${what}\0${value}`))
    .digest("hex")
    .slice(0, HASH_DIGITS);

export interface Hashes extends Fingerprint {
  readonly phoneTail: string | null;
}

/** The keyed hashes by which a party is found: by name, phone, document, number; and the last fours, for the second factor. */
export function hashesOf({ keys, community }: Holder, personal: Personal): Hashes {
  const hash = (what: string, value: string | null): string | null =>
    value === null ? null : indexOf(keys, community.id, what, value);
  return {
    name: hash("name", personal.name)!,
    phone: hash("phone", personal.phone),
    phoneTail: hash("phone-tail", personal.phone?.slice(-4) ?? null),
    id: hash("id", personal.idNumber),
    idTail: hash("id-tail", personal.idTail),
    ownerNo: hash("owner-no", personal.ownerNo),
  };
}

export const nameHash = ({ keys, community }: Holder, name: string): string =>
  indexOf(keys, community.id, "name", name);
export const phoneHash = ({ keys, community }: Holder, phone: string): string =>
  indexOf(keys, community.id, "phone", phone);

/** Of a whole certificate's number, where the roll has it. */
export const numberHash = ({ keys, community }: Holder, number: string): string =>
  indexOf(keys, community.id, "id", number);

/** The hashes that the last four characters of a phone or of a certificate would have: either opens (second factor). */
export const lastFourHashes = ({ keys, community }: Holder, lastFour: string): { phone: string; id: string } => ({
  phone: indexOf(keys, community.id, "phone-tail", lastFour),
  id: indexOf(keys, community.id, "id-tail", lastFour.toUpperCase()),
});

/** What pages show: a natural person's name behind its first character, a company's in full. */
export function masksOf(personal: Personal): Masks {
  const { kind, name, phone, idNumber } = personal;
  return {
    name: isPersonal(kind, idNumber) ? maskName(name) : name,
    phone: phone === null ? null : maskPhone(phone),
    number: idNumber === null ? null : isPersonal(kind, idNumber) ? maskNumber(idNumber) : idNumber,
  };
}

/** What is known already, with what is told now laid over it. What is not told stays. */
export const mergePersonal = (known: Personal, told: Personal): Personal => ({
  name: told.name,
  kind: told.kind === "natural" ? known.kind : told.kind,
  idType: told.idNumber ? told.idType : known.idType,
  idNumber: told.idNumber ?? known.idNumber,
  idTail: told.idTail ?? known.idTail,
  phone: told.phone ?? known.phone,
  ownerNo: told.ownerNo ?? known.ownerNo,
});
