/** What every change of the roll carries: its number, its sealed reason, its leaf. Not what it changes. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Day } from "../kernel/day.ts";
import { newId, type UnitId } from "../kernel/id.ts";
import type { Query } from "../platform/db.ts";
import { registerSealed } from "../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../platform/scene.ts";
import type { JsonObject } from "../record/canonical.ts";
import { commit, SALT_BYTES } from "../record/rules.ts";
import { appendLeaf } from "../record/store.ts";
import { type ChangeKind, insertChange } from "./store.ts";

/** Why, and on what evidence (deed, court's paper, minutes). May name people, so it is sealed; the leaf holds a commitment to it. */
export interface Note {
  readonly why: string;
  readonly evidence: string;
}

export const LONGEST_NOTE = 300;

const noteContext = (communityId: string, changeId: string): string => `roll-change:${communityId}:${changeId}`;

registerSealed({
  table: "roll_change",
  column: "note_sealed",
  key: ["change_no"],
  alsoOf: ["change_id"],
  contextOf: (communityId, { change_id }) => noteContext(communityId, String(change_id)),
});

export interface PendingChange {
  readonly changeId: string;
  readonly changeNo: number;
  /** First of the batch: it refuses the rest when somebody else changed the roll meanwhile. */
  readonly statements: readonly Query[];
}

/**
 * The change row and its leaf (`roll.changed`, or `roll.imported`), to stand first in the act's batch. `version` is the
 * one the act was decided on; the batch aborts with `roll_stale` if the roll has another by then. `payload` and
 * `details` hold no personal data. `sealedMore` is kept with the note for whoever must open commitments later.
 */
export async function pendingChange(
  scene: StaffScene,
  change: {
    /** From the form, so that a repeat is the same change; a fresh one where there is no form. */
    readonly changeId?: string | undefined;
    readonly kind: ChangeKind;
    readonly fromOn: Day;
    readonly version: number;
    readonly unitId: UnitId | null;
    readonly note: Note;
    readonly details: JsonObject;
    readonly payload: JsonObject;
    readonly sealedMore?: JsonObject;
  },
): Promise<PendingChange> {
  const { kind, fromOn, version, unitId, note, details, payload, sealedMore = {} } = change;
  const changeId = change.changeId ?? newId<string>(scene.random);
  const changeNo = version + 1;
  const salt = scene.random(SALT_BYTES);
  const told = { why: note.why, evidence: note.evidence };
  const leaf = appendLeaf(
    scene,
    kind === "import" ? "roll.imported" : "roll.changed",
    { change: changeNo, from: fromOn, kind, note: commit(salt, told), ...payload },
    "roll",
  );
  const row = insertChange(scene, {
    changeNo,
    changeId,
    kind,
    fromOn,
    unitId,
    details: JSON.stringify(details),
    noteSealed: await scene.keys.seal(
      JSON.stringify({ ...sealedMore, ...told }),
      noteContext(scene.community.id, changeId),
    ),
    salt: bytesToHex(salt),
    leafHash: leaf.leafHash,
    changedBy: scene.actor.personId,
    changedAt: scene.now,
  });
  return { changeId, changeNo, statements: [row, leaf.statement] };
}

/** The reason and the evidence of a change, for those who may read the roll. */
export async function openNote(
  { keys, community }: Pick<Scene, "keys" | "community">,
  changeId: string,
  noteSealed: string,
): Promise<Note> {
  const { why, evidence } = JSON.parse(await keys.open(noteSealed, noteContext(community.id, changeId))) as Note;
  return { why, evidence };
}
