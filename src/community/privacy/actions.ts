/** Opening personal data: never without a reason, never without a row that says who, whose, when and why. */
import type { Day, Instant } from "../../kernel/day.ts";
import { newId, type PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { sameText } from "../../platform/session.ts";
import { appendLeaf } from "../../record/store.ts";
import { type FileFormat, fileOf, tableOf } from "../import/writing.ts";
import {
  lastFourHashes,
  nameHash,
  numberHash,
  openPersonal,
  PERSONAL_FIELDS,
  type Personal,
  type PersonalField,
  phoneHash,
} from "../personal.ts";
import { byPlace, type PartyKind } from "../rules.ts";
import { listSealed, type PartyRow, rollFrom, rollQueries } from "../store.ts";
import { countReads, insertRead, listReads, type ReadKind } from "./store.ts";
import type { SentWhy } from "./words.ts";

export type PrivacyRefusal =
  | { readonly reason: "unknown_party" }
  | { readonly reason: "why_missing" }
  | { readonly reason: "roll_empty"; readonly asOf: Day };

const SHORTEST_WHY = 2;
const LONGEST_WHY = 200;

const whyContext = (communityId: string, readId: string): string => `pii-read:${communityId}:${readId}`;

registerSealed({
  table: "pii_read",
  column: "why_sealed",
  key: ["read_at", "read_id"],
  contextOf: (communityId, { read_id }) => whyContext(communityId, String(read_id)),
});

/** The row of a read, sealed reason and all; for the same batch as the act that needs the data. */
async function pendingRead(
  scene: Scene,
  read: {
    what: ReadKind;
    by: string;
    partyId: PartyId | null;
    fields: readonly PersonalField[];
    people: number;
    why: string;
  },
): Promise<Query> {
  const readId = newId<string>(scene.random);
  return insertRead(scene, {
    readId,
    readAt: scene.now,
    readBy: read.by,
    what: read.what,
    partyId: read.partyId,
    fields: JSON.stringify(read.fields),
    people: read.people,
    whySealed: await scene.keys.seal(read.why, whyContext(scene.community.id, readId)),
  });
}

const checkWhy = (why: string): Result<string, PrivacyRefusal> => {
  const plain = [...why.trim()].slice(0, LONGEST_WHY).join("");
  return [...plain].length < SHORTEST_WHY ? err({ reason: "why_missing" }) : ok(plain);
};

/**
 * Shows one party's data in clear, for a reason. It is written down first, with a leaf (`roll.revealed`: whose, which
 * fields, by whom); were the write to fail, nothing would be shown.
 */
export async function revealPersonal(
  scene: StaffScene,
  asked: { readonly partyId: string; readonly why: string },
): Promise<Result<Personal, PrivacyRefusal>> {
  const why = checkWhy(asked.why);
  if (!why.ok) return why;
  const [rows] = await scene.db.read(listSealed(scene, [asked.partyId]));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_party" });
  const by = scene.actor.personId;
  const leaf = appendLeaf(scene, "roll.revealed", { by, fields: [...PERSONAL_FIELDS], party: row.partyId }, "roll");
  const read = await pendingRead(scene, {
    what: "reveal",
    by,
    partyId: row.partyId,
    fields: PERSONAL_FIELDS,
    people: 1,
    why: why.value,
  });
  const written = await scene.db.write([read, leaf.statement]);
  if (!written.ok) throw new Error(`a read could not be written down: ${written.error.code}`);
  return ok(await openPersonal(scene, row.partyId, row.kind, row.sealed));
}

/** A party's name and mobile in clear, to be sealed again by whoever sends to it. */
export interface Contact {
  readonly name: string;
  readonly phone: string | null;
}

/** Names and mobiles for sending messages, with the row that writes it down for the sender's batch. */
export async function contactsFor(
  scene: Scene,
  partyIds: readonly PartyId[],
  read: { readonly by: "outbox"; readonly why: SentWhy },
): Promise<{ contacts: ReadonlyMap<PartyId, Contact>; statement: Query }> {
  const [rows] = await scene.db.read(listSealed(scene, partyIds));
  const opened = await Promise.all(
    rows.map(async (row): Promise<[PartyId, Contact]> => {
      const { name, phone } = await openPersonal(scene, row.partyId, row.kind, row.sealed);
      return [row.partyId, { name, phone }];
    }),
  );
  const statement = await pendingRead(scene, {
    what: "contact",
    by: read.by,
    partyId: rows.length === 1 ? rows[0]!.partyId : null,
    fields: ["name", "phone"],
    people: rows.length,
    why: read.why,
  });
  return { contacts: new Map(opened), statement };
}

/** An owner's own name, for their own page: they read it of themselves, so nothing is written down. */
export const openOwnName = async (
  scene: Pick<Scene, "keys" | "community">,
  row: { readonly partyId: PartyId; readonly kind: PartyKind; readonly sealed: string },
): Promise<string> => (await openPersonal(scene, row.partyId, row.kind, row.sealed)).name;

/** The keyed hash under which a mobile number (11 digits) stands on the roll. */
export const rollPhoneHash = (scene: Pick<Scene, "keys" | "community">, phone: string): string =>
  phoneHash(scene, phone);

/** The same of a name, and of the whole number of a certificate. */
export const rollNameHash = (scene: Pick<Scene, "keys" | "community">, name: string): string => nameHash(scene, name);
export const rollNumberHash = (scene: Pick<Scene, "keys" | "community">, number: string): string =>
  numberHash(scene, number);

/** Whether what was typed is the last four of the party's phone or certificate (the second factor). Nothing is opened. */
export function fitsLastFour(
  scene: Pick<Scene, "keys" | "community">,
  party: Pick<PartyRow, "phoneTailHash" | "idTailHash">,
  typed: string,
): boolean {
  const plain = typed.normalize("NFKC").trim();
  if (!/^[0-9A-Za-z]{4}$/.test(plain)) return false;
  const { phone, id } = lastFourHashes(scene, plain);
  const byPhone = party.phoneTailHash !== null && sameText(phone, party.phoneTailHash);
  const byId = party.idTailHash !== null && sameText(id, party.idTailHash);
  return byPhone || byId;
}

/** Whether what was typed is the last four of the party's certificate, and of nothing else. Nothing is opened. */
export const fitsCertificate = (
  scene: Pick<Scene, "keys" | "community">,
  { idTailHash }: Pick<PartyRow, "idTailHash">,
  lastFour: string,
): boolean => idTailHash !== null && sameText(lastFourHashes(scene, lastFour).id, idTailHash);

/** The roll of a day as a file with everything in clear, for a reason; leaf `roll.exported`. */
export async function exportRoll(
  scene: StaffScene,
  asked: { readonly asOf: Day; readonly format: FileFormat; readonly why: string },
): Promise<Result<Uint8Array<ArrayBuffer>, PrivacyRefusal>> {
  const why = checkWhy(asked.why);
  if (!why.ok) return why;
  const [units, holdings, parties, guardians] = await scene.db.read(...rollQueries(scene, asked.asOf));
  const roll = rollFrom(asked.asOf, units, holdings, parties, guardians);
  const live = roll.units.filter(({ state }) => state !== "retired").toSorted(byPlace);
  if (live.length === 0) return err({ reason: "roll_empty", asOf: asked.asOf });
  const guardianOf = new Map(guardians.map(({ wardId, guardianId }) => [wardId, guardianId]));
  const owners = new Set(live.flatMap((unit) => unit.owners.map(({ partyId }) => partyId)));
  const needed = [...owners].flatMap((partyId) => [
    partyId,
    ...(guardianOf.has(partyId) ? [guardianOf.get(partyId)!] : []),
  ]);
  const by = scene.actor.personId;
  const people = new Set(needed).size;
  const leaf = appendLeaf(
    scene,
    "roll.exported",
    { asOf: asked.asOf, by, format: asked.format, people, units: live.length },
    "roll",
  );
  const read = await pendingRead(scene, {
    what: "export",
    by,
    partyId: null,
    fields: PERSONAL_FIELDS,
    people,
    why: why.value,
  });
  const written = await scene.db.write([read, leaf.statement]);
  if (!written.ok) throw new Error(`an export could not be written down: ${written.error.code}`);
  const [sealed] = await scene.db.read(listSealed(scene, [...new Set(needed)]));
  const opened = await Promise.all(
    sealed.map(
      async (row): Promise<[PartyId, Personal]> => [
        row.partyId,
        await openPersonal(scene, row.partyId, row.kind, row.sealed),
      ],
    ),
  );
  return ok(await fileOf(tableOf(live, new Map(opened), guardianOf), asked.format));
}

/** The same with masks in place of names and phones and without documents. Opens nothing, so nothing is written down. */
export async function exportMaskedRoll(
  scene: Scene,
  asked: { readonly asOf: Day; readonly format: FileFormat },
): Promise<Uint8Array<ArrayBuffer>> {
  const [units, holdings, parties, guardians] = await scene.db.read(...rollQueries(scene, asked.asOf));
  const roll = rollFrom(asked.asOf, units, holdings, parties, guardians);
  const people = parties.map((row): [PartyId, Personal] => [
    row.partyId,
    {
      name: row.maskedName,
      kind: row.kind,
      phone: row.maskedPhone,
      idType: null,
      idNumber: null,
      idTail: null,
      ownerNo: null,
    },
  ]);
  return fileOf(tableOf(roll.units.toSorted(byPlace), new Map(people), new Map()), asked.format);
}

/** Why somebody looked, for those who may read the roll. */
export const openWhy = (
  scene: Pick<Scene, "keys" | "community">,
  row: { readonly readId: string; readonly whySealed: string },
): Promise<string> => scene.keys.open(row.whySealed, whyContext(scene.community.id, row.readId));

export interface ReadEntry {
  readonly readAt: Instant;
  readonly readBy: string;
  readonly what: ReadKind;
  readonly fields: readonly PersonalField[];
  readonly people: number;
  readonly partyId: PartyId | null;
  readonly maskedName: string | null;
  readonly why: string;
}

/** A page of the log of reads, newest first, with the reasons opened. */
export async function readLog(
  scene: Scene,
  limit: number,
  offset: number,
): Promise<{ total: number; reads: ReadEntry[] }> {
  const [count, rows] = await scene.db.read(countReads(scene), listReads(scene, limit, offset));
  const reads = await Promise.all(
    rows.map(async (row) => ({
      readAt: row.readAt,
      readBy: row.readBy,
      what: row.what,
      fields: JSON.parse(row.fields) as PersonalField[],
      people: row.people,
      partyId: row.partyId,
      maskedName: row.maskedName,
      why: await openWhy(scene, row),
    })),
  );
  return { total: count[0]?.total ?? 0, reads };
}
