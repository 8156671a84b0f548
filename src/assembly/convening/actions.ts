/** Petitions of owners for a meeting: opened, signed head by head, counted both ways, and turned into a draft (REG 13, GR 21; A7). No HTTP. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { headsOn } from "../../community/browse/actions.ts";
import type { Voter } from "../../community/rules.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import { type MeetingId, newId, type PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { NOTHING, plus } from "../../kernel/weight.ts";
import { assertFrom, sql } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import { authorOf } from "../meeting/acting.ts";
import { createDraft } from "../meeting/drafting.ts";
import { findMeeting, type MeetingRow } from "../meeting/store.ts";
import type { MeetingRules, PetitionBasis } from "../settings/rules.ts";
import { listSettings, rulesFromRows } from "../settings/store.ts";
import { countPetition, type PetitionCount } from "./rules.ts";
import {
  conveneFrom,
  findPetition,
  insertPetition,
  insertSignature,
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
  readonly signatures: readonly SignatureRow[];
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
  const [rows, signatures, settings, meetings] = await scene.db.read(
    findPetition(scene, petitionId),
    listSignatures(scene, petitionId),
    listSettings(scene),
    findMeeting(scene, itsMeeting),
  );
  const row = rows[0];
  if (!row) return null;
  const { heads, names } = await headsOn(scene, dayOf(scene.now));
  const signed = new Set(signatures.map(({ headKey }) => headKey));
  const weightOf = (some: readonly Voter[]) =>
    some.reduce((sum, { areaDm2 }) => plus(sum, { owners: 1, areaDm2 }), NOTHING);
  const count = countPetition(weightOf(heads.filter(({ key }) => signed.has(key))), weightOf(heads));
  const basis = rulesFromRows(settings).petitionBasis;
  return {
    row,
    signatures,
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
  const { db, community, actor, now } = scene;
  const view = await viewPetition(scene, petitionId);
  if (!view) return err({ reason: "unknown_petition" });
  const head = view.heads.find(({ units }) => units.some((unit) => unit.unitId === unitId));
  if (!head) return err({ reason: "no_head" });
  const answer = { headKey: head.key };
  const value = { head: head.key, areaDm2: head.areaDm2 };
  const leaf = appendLeaf(
    scene,
    "petition.signed",
    { petition: petitionId, commitment: commit(saltOf(scene, petitionId, head.key), value), by: authorOf(scene).words },
    petitionId,
  );
  const stillOpen = assertFrom(
    db,
    "petition_over",
    sql`SELECT NOT EXISTS (SELECT 1 FROM meeting m WHERE m.community_id = p.community_id AND m.meeting_id = p.meeting_id AND m.edition > 0)
        FROM petition p WHERE p.community_id = ${community.id} AND p.petition_id = ${petitionId}`,
  );
  const insert = insertSignature(scene, {
    petitionId,
    headKey: head.key,
    areaDm2: head.areaDm2,
    recordedBy: actor.personId,
    recordedAt: now,
  });
  const key = { key: once, body: JSON.stringify([petitionId, head.key]) };
  const written = await writeOnce(scene, key, [stillOpen, insert, leaf.statement], answer);
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err(written.error);
  const { code } = written.error;
  if (code === "petition_over") return err({ reason: "petition_over" });
  if (code !== "already_signed" && code !== "unique:petition_signature")
    throw new Error(`a signature was refused by ${code}`);
  const [signatures] = await db.read(listSignatures(scene, petitionId));
  const first = signatures.find(({ headKey }) => headKey === head.key);
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
