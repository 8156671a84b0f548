/** Petitions of owners for a meeting: opened, signed head by head, counted both ways, and turned into a draft (REG 13, GR 21; A7). No HTTP. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { headQueries, headsFrom } from "../../community/browse/actions.ts";
import type { Voter } from "../../community/rules.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import { type MeetingId, newId, type PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { NOTHING, plus } from "../../kernel/weight.ts";
import { headAmong } from "../../owners/actions.ts";
import { type ActRefusal, headsOfParty, type OwnHead } from "../../owners/rules.ts";
import type { OwnerActor } from "../../platform/access.ts";
import { assertFrom, assertThat, sql } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import { type Author, authorOf, VOTER } from "../meeting/acting.ts";
import { createDraft } from "../meeting/drafting.ts";
import { findMeeting, type MeetingRow } from "../meeting/store.ts";
import type { MeetingRules, PetitionBasis } from "../settings/rules.ts";
import { listSettings, rulesFromRows } from "../settings/store.ts";
import { countPetition, type PetitionCount } from "./rules.ts";
import {
  conveneFrom,
  findPetition,
  insertChange,
  insertPetition,
  insertSignature,
  listChanges,
  listSignatures,
  type PetitionRow,
  type SignatureRow,
} from "./store.ts";

/** A subject becomes the title of the meeting, so it is no longer than one may be. */
export const LONGEST_SUBJECT = 120;

export type PetitionRefusal =
  | KeyReused
  | { readonly reason: "subject_missing" }
  | { readonly reason: "subject_too_long"; readonly most: number }
  | { readonly reason: "unknown_petition" }
  /** The unit is not on the roll today, or makes no head: a space that does not count (C6). */
  | { readonly reason: "no_head" }
  /** One head signs once, however many units it holds and sheets it signs (C2). */
  | { readonly reason: "already_signed"; readonly recordedAt: Instant }
  /** The petition has done its work: notice of the meeting was given. */
  | { readonly reason: "petition_over" }
  /** A meeting was begun on it: whoever signed can no longer take it back. */
  | { readonly reason: "petition_handed_in" }
  | { readonly reason: "not_signed" }
  | ActRefusal
  | { readonly reason: "not_reached"; readonly basis: PetitionBasis; readonly count: PetitionCount };

/** Opens a petition. Its subject is public: it stands in the record, and later in the notice. */
export async function openPetition(
  scene: StaffScene,
  asked: { readonly subject: string },
  once: string,
): Promise<Result<{ readonly petitionId: string }, PetitionRefusal>> {
  const subject = asked.subject.trim();
  if (subject === "") return err({ reason: "subject_missing" });
  if (subject.length > LONGEST_SUBJECT) return err({ reason: "subject_too_long", most: LONGEST_SUBJECT });
  const petitionId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    "petition.opened",
    { petition: petitionId, subject, by: authorOf(scene).words },
    petitionId,
  );
  const insert = insertPetition(scene, { petitionId, subject, by: scene.actor.personId, at: scene.now });
  const written = await writeOnce(scene, { key: once, body: subject }, [insert, leaf.statement], { petitionId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err(written.error);
  throw new Error(`a petition was refused by ${written.error.code}`);
}

/** A petition with everyone who signed it, as the roll of today counts them. */
export interface PetitionView {
  readonly row: PetitionRow;
  /** Those that stand. */
  readonly signatures: readonly SignatureRow[];
  /** By head: the number of the last change of its signature, where it was ever taken back. */
  readonly changes: ReadonlyMap<string, number>;
  readonly heads: readonly Voter[];
  readonly names: ReadonlyMap<PartyId, string>;
  readonly count: PetitionCount;
  readonly basis: MeetingRules["petitionBasis"];
  /** Whether it obliges the committee by the basis the rules of procedure choose. */
  readonly reached: boolean;
  /** The meeting it led to. */
  readonly meeting: MeetingRow | null;
}

/**
 * A petition on the roll of today. A signature counts while its head exists: whoever has sold asks for nothing any more,
 * and the notice counts the same way on the roll it freezes. Null when there is no such petition.
 */
export async function viewPetition(scene: Scene, petitionId: string): Promise<PetitionView | null> {
  const itsMeeting = sql`(SELECT meeting_id FROM petition WHERE community_id = ${scene.community.id} AND petition_id = ${petitionId})`;
  const today = dayOf(scene.now);
  const [rows, signatures, changes, settings, meetings, ...roll] = await scene.db.read(
    findPetition(scene, petitionId),
    listSignatures(scene, petitionId),
    listChanges(scene, petitionId),
    listSettings(scene),
    findMeeting(scene, itsMeeting),
    ...headQueries(scene, today),
  );
  const row = rows[0];
  if (!row) return null;
  const { heads, names } = headsFrom(today, roll);
  const signed = new Set(signatures.map(({ headKey }) => headKey));
  const weightOf = (some: readonly Voter[]) =>
    some.reduce((sum, { areaDm2 }) => plus(sum, { owners: 1, areaDm2 }), NOTHING);
  const count = countPetition(weightOf(heads.filter(({ key }) => signed.has(key))), weightOf(heads));
  const basis = rulesFromRows(settings).petitionBasis;
  return {
    row,
    signatures,
    changes: new Map(changes.map(({ headKey, last }) => [headKey, last])),
    heads,
    names,
    count,
    basis,
    reached: basis.value === "heads" ? count.byHeads : count.byHeadsAndArea,
    meeting: meetings[0] ?? null,
  };
}

/**
 * The salt of a signature's commitment. Drawn from the index key, because the table keeps none: who holds the key can
 * open every commitment of the record, and nobody else can try the few hundred heads of an estate one by one.
 */
const saltOf = ({ keys, community }: Scene, petitionId: string, headKey: string): Uint8Array =>
  hexToBytes(keys.index(`${petitionId} ${headKey}`, `petition-salt:${community.id}`)).subarray(0, SALT_BYTES);

/**
 * Records that the head of a unit signed. A head signs once: of two sheets, or two people entering the same sheet, one is
 * recorded and the other is told when (`already_signed`); the same form sent twice is one and hears the first answer.
 */
export async function recordSignature(
  scene: StaffScene,
  petitionId: string,
  unitId: string,
  once: string,
): Promise<Result<{ readonly headKey: string }, PetitionRefusal>> {
  const view = await viewPetition(scene, petitionId);
  if (!view) return err({ reason: "unknown_petition" });
  const head = view.heads.find(({ units }) => units.some((unit) => unit.unitId === unitId));
  if (!head) return err({ reason: "no_head" });
  return sign(scene, view, { headKey: head.key, areaDm2: head.areaDm2 }, authorOf(scene), once);
}

/** An owner signs for themselves, online: for the head they may act for (C3), once, on the sheet or here. */
export async function signOwn(
  scene: Scene,
  owner: OwnerActor,
  petitionId: string,
  once: string,
): Promise<Result<{ readonly headKey: string }, PetitionRefusal>> {
  const view = await viewPetition(scene, petitionId);
  if (!view) return err({ reason: "unknown_petition" });
  const head = ownHeadIn(view, owner);
  return head.ok ? sign(scene, view, head.value, byOwner(owner), once) : head;
}

/**
 * An owner takes their signature back, wherever it was given, until the petition is handed in. The signature stays in the
 * table and in the record; a new entry, under the same commitment, says that it no longer counts.
 */
export async function takeBackOwn(
  scene: Scene,
  owner: OwnerActor,
  petitionId: string,
  once: string,
): Promise<Result<{ readonly headKey: string }, PetitionRefusal>> {
  const view = await viewPetition(scene, petitionId);
  if (!view) return err({ reason: "unknown_petition" });
  const head = ownHeadIn(view, owner);
  if (!head.ok) return head;
  const { headKey } = head.value;
  const signature = view.signatures.find((one) => one.headKey === headKey);
  const leaf = signatureLeaf(
    scene,
    "petition.signature_taken_back",
    petitionId,
    signature ?? head.value,
    byOwner(owner),
  );
  const change = insertChange(scene, {
    petitionId,
    headKey,
    changeNo: (view.changes.get(headKey) ?? 0) + 1,
    kind: "taken_back",
    areaDm2: signature?.areaDm2 ?? 0,
    recordedBy: byOwner(owner).id,
    recordedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const key = { key: once, body: JSON.stringify(["take back", petitionId, headKey]) };
  const written = await writeOnce(scene, key, signature ? [change, leaf.statement] : [notSigned(scene)], { headKey });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err(written.error);
  switch (written.error.code) {
    case "petition_handed_in":
      return err({ reason: "petition_handed_in" });
    case "not_signed":
    case "signature_changed_meanwhile":
      return err({ reason: "not_signed" });
    default:
      throw new Error(`a signature could not be taken back: ${written.error.code}`);
  }
}

/** The head of a view that an owner may act for. */
export const ownHeadIn = (view: Pick<PetitionView, "heads">, owner: OwnerActor): Result<OwnHead, ActRefusal> =>
  headAmong(headsOfParty(view.heads, owner.partyId), owner);

// Who had nothing to take back is told so in the batch, so that a repeat of a form that did something still hears its answer.
const notSigned = ({ db }: Scene) => assertThat(db, "not_signed", sql`0`);

const byOwner = ({ partyId }: OwnerActor): Author => ({ id: `owner:${partyId}`, words: VOTER.words });

interface SignedHead {
  readonly headKey: string;
  readonly areaDm2: number;
}

/** What of a signature stands in the record: a salted commitment to the head, never the head. */
function signatureLeaf(scene: Scene, type: string, petitionId: string, { headKey, areaDm2 }: SignedHead, by: Author) {
  const commitment = commit(saltOf(scene, petitionId, headKey), { head: headKey, areaDm2 });
  return appendLeaf(scene, type, { petition: petitionId, commitment, by: by.words }, petitionId);
}

async function sign(
  scene: Scene,
  view: PetitionView,
  { headKey, areaDm2 }: SignedHead,
  by: Author,
  once: string,
): Promise<Result<{ readonly headKey: string }, PetitionRefusal>> {
  const { db, community, now } = scene;
  const { petitionId } = view.row;
  const leaf = signatureLeaf(scene, "petition.signed", petitionId, { headKey, areaDm2 }, by);
  const stillOpen = assertFrom(
    db,
    "petition_over",
    sql`SELECT NOT EXISTS (SELECT 1 FROM meeting m WHERE m.community_id = p.community_id AND m.meeting_id = p.meeting_id AND m.edition > 0)
        FROM petition p WHERE p.community_id = ${community.id} AND p.petition_id = ${petitionId}`,
  );
  const facts = { petitionId, headKey, areaDm2, recordedBy: by.id, recordedAt: now };
  const last = view.changes.get(headKey);
  const stands = view.signatures.some((one) => one.headKey === headKey);
  // Given again after it was taken back: the first one stays where it is. While it stands, the table refuses a second.
  const insert =
    last === undefined || stands
      ? insertSignature(scene, facts)
      : insertChange(scene, { ...facts, changeNo: last + 1, kind: "signed", leafHash: leaf.leafHash });
  const key = { key: once, body: JSON.stringify([petitionId, headKey]) };
  const written = await writeOnce(scene, key, [stillOpen, insert, leaf.statement], { headKey });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err(written.error);
  const { code } = written.error;
  if (code === "petition_over") return err({ reason: "petition_over" });
  if (!["already_signed", "unique:petition_signature", "signature_changed_meanwhile"].includes(code))
    throw new Error(`a signature was refused by ${code}`);
  const [signatures] = await db.read(listSignatures(scene, petitionId));
  const first = signatures.find((one) => one.headKey === headKey);
  return err({ reason: "already_signed", recordedAt: first?.recordedAt ?? now });
}

/**
 * Begins the draft that the petition obliges the committee to (REG 13). Two batches: the draft has the petition's own key,
 * so that a second press, another person, or a try after a crash between the two finds it and ties it to the petition.
 */
export async function convenePetition(
  scene: StaffScene,
  petitionId: string,
): Promise<Result<{ readonly meetingId: MeetingId }, PetitionRefusal>> {
  const view = await viewPetition(scene, petitionId);
  if (!view) return err({ reason: "unknown_petition" });
  const { row, count, basis } = view;
  if (row.meetingId !== null) return ok({ meetingId: row.meetingId as MeetingId });
  if (!view.reached) return err({ reason: "not_reached", basis: basis.value, count });
  const convener = { kind: "petition" as const, cause: row.subject, petitionId };
  const drafted = await createDraft(scene, { title: row.subject, convener }, `petition:${petitionId}`);
  if (!drafted.ok) return err(drafted.error);
  const { meetingId } = drafted.value;
  const leaf = appendLeaf(
    scene,
    "petition.convened",
    {
      petition: petitionId,
      meeting: meetingId,
      signed: { ...count.signed },
      total: { ...count.total },
      byHeads: count.byHeads,
      byHeadsAndArea: count.byHeadsAndArea,
      by: authorOf(scene).words,
    },
    petitionId,
  );
  const written = await scene.db.write([...conveneFrom(scene, petitionId, meetingId), leaf.statement]);
  if (!written.ok && written.error.code !== "already_convened")
    throw new Error(`a petition could not be tied to its meeting: ${written.error.code}`);
  return ok({ meetingId });
}
