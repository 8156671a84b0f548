/** An owner objects to an entry of the frozen roll; the convener answers; both are in the record without their words. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Instant, isoInstant } from "../../../kernel/day.ts";
import { newId } from "../../../kernel/id.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { assertThat, sql } from "../../../platform/db.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../../record/rules.ts";
import { appendLeaf } from "../../../record/store.ts";
import {
  answerObjectionRow,
  findMeetingSnapshot,
  findObjection,
  findSnapshot,
  findVoter,
  insertObjection,
  listObjections,
} from "../store.ts";

export const LONGEST_OBJECTION = 1000;

export type ObjectionRefusal =
  | { readonly reason: "unknown_snapshot" }
  | { readonly reason: "objections_over"; readonly until: string }
  | { readonly reason: "objection_empty" }
  | { readonly reason: "objection_too_long"; readonly most: number }
  | { readonly reason: "unknown_objection" }
  | { readonly reason: "already_answered" };

const textContext = (communityId: string, objectionId: string): string =>
  `roll-objection:${communityId}:${objectionId}`;
const answerContext = (communityId: string, objectionId: string): string => `roll-answer:${communityId}:${objectionId}`;

for (const { column, contextOf } of [
  { column: "text_sealed", contextOf: textContext },
  { column: "answer_sealed", contextOf: answerContext },
])
  registerSealed({
    table: "roll_objection",
    column,
    key: ["objection_id"],
    contextOf: (communityId, { objection_id }) => contextOf(communityId, String(objection_id)),
  });

const checkText = (text: string): Result<string, ObjectionRefusal> => {
  const plain = text.trim();
  if (plain === "") return err({ reason: "objection_empty" });
  if ([...plain].length > LONGEST_OBJECTION) return err({ reason: "objection_too_long", most: LONGEST_OBJECTION });
  return ok(plain);
};

/**
 * Raises an objection to entry `voterNo` of a snapshot, within its period (A4). `by` is the party's or the person's id;
 * `key` comes from the form and makes a repeat the same objection. Leaf `roll.objection_made` holds a commitment to the words.
 */
export async function raiseObjection(
  scene: Scene,
  asked: {
    readonly snapshotId: string;
    readonly voterNo: number;
    readonly by: string;
    readonly text: string;
    readonly key?: string;
  },
): Promise<Result<{ objectionId: string }, ObjectionRefusal>> {
  const text = checkText(asked.text);
  if (!text.ok) return text;
  const [snapshots, heads] = await scene.db.read(
    findSnapshot(scene, asked.snapshotId),
    findVoter(scene, asked.snapshotId, asked.voterNo),
  );
  const snapshot = snapshots[0];
  if (!snapshot || !heads[0]) return err({ reason: "unknown_snapshot" });
  const [current] = await scene.db.read(findMeetingSnapshot(scene, snapshot.meetingId));
  // An amendment may have opened the period again; the newest version says when it ends.
  const until = current[0]!.objectionsUntil;
  if (scene.now >= until) return err({ reason: "objections_over", until: isoInstant(until) });
  const objectionId = asked.key ?? newId<string>(scene.random);
  const salt = scene.random(SALT_BYTES);
  const leaf = appendLeaf(
    scene,
    "roll.objection_made",
    {
      meeting: snapshot.meetingId,
      objection: objectionId,
      snapshot: asked.snapshotId,
      text: commit(salt, text.value),
      voter: asked.voterNo,
    },
    snapshot.meetingId,
  );
  const written = await scene.db.write([
    insertObjection(scene, {
      objectionId,
      meetingId: snapshot.meetingId,
      snapshotId: asked.snapshotId,
      voterNo: asked.voterNo,
      raisedBy: asked.by,
      raisedAt: scene.now,
      dueAt: until,
      textSealed: await scene.keys.seal(text.value, textContext(scene.community.id, objectionId)),
      salt: bytesToHex(salt),
      leafHash: leaf.leafHash,
      outcome: null,
      answerSealed: null,
      answeredBy: null,
      answeredAt: null,
    }),
    leaf.statement,
  ]);
  if (!written.ok && written.error.code !== "objection_exists") throw new Error(`objection: ${written.error.code}`);
  return ok({ objectionId });
}

/**
 * Answers an objection once. `upheld` means that the roll is or will be corrected, by its own act; the answer itself
 * changes no weight. Leaf `roll.objection_answered`.
 */
export async function answerObjection(
  scene: StaffScene,
  objectionId: string,
  answer: { readonly outcome: "upheld" | "rejected"; readonly text: string },
): Promise<Result<{ objectionId: string }, ObjectionRefusal>> {
  const text = checkText(answer.text);
  if (!text.ok) return text;
  const [rows] = await scene.db.read(findObjection(scene, objectionId));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_objection" });
  if (row.answeredAt !== null) return err({ reason: "already_answered" });
  const salt = scene.random(SALT_BYTES);
  const leaf = appendLeaf(
    scene,
    "roll.objection_answered",
    {
      by: scene.actor.personId,
      meeting: row.meetingId,
      objection: objectionId,
      outcome: answer.outcome,
      text: commit(salt, text.value),
    },
    row.meetingId,
  );
  // The salt is sealed with the words it salts.
  const sealed = await scene.keys.seal(
    JSON.stringify({ salt: bytesToHex(salt), text: text.value }),
    answerContext(scene.community.id, objectionId),
  );
  const written = await scene.db.write([
    answerObjectionRow(scene, objectionId, {
      outcome: answer.outcome,
      answerSealed: sealed,
      by: scene.actor.personId,
      at: scene.now,
      leafHash: leaf.leafHash,
    }),
    assertThat(scene.db, "already_answered", sql`changes() = 1`),
    leaf.statement,
  ]);
  return written.ok ? ok({ objectionId }) : err({ reason: "already_answered" });
}

export interface Objection {
  readonly objectionId: string;
  readonly snapshotId: string;
  readonly voterNo: number;
  readonly raisedAt: Instant;
  readonly dueAt: Instant;
  readonly text: string;
  readonly outcome: "upheld" | "rejected" | null;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Instant | null;
}

/** A meeting's objections with their words, unanswered first; with `voterNo` only that head's. */
export async function readObjections(scene: Scene, meetingId: string, voterNo?: number): Promise<Objection[]> {
  const [rows] = await scene.db.read(listObjections(scene, meetingId));
  const { keys, community } = scene;
  return Promise.all(
    rows
      .filter((row) => voterNo === undefined || row.voterNo === voterNo)
      .map(async (row) => ({
        objectionId: row.objectionId,
        snapshotId: row.snapshotId,
        voterNo: row.voterNo,
        raisedAt: row.raisedAt,
        dueAt: row.dueAt,
        text: await keys.open(row.textSealed, textContext(community.id, row.objectionId)),
        outcome: row.outcome,
        answer: row.answerSealed
          ? (
              JSON.parse(await keys.open(row.answerSealed, answerContext(community.id, row.objectionId))) as {
                text: string;
              }
            ).text
          : null,
        answeredBy: row.answeredBy,
        answeredAt: row.answeredAt,
      })),
  );
}
