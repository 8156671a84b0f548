/** The list of companies that may not bid (禁入名单): one officer enters, another confirms; appeals; ending a bar early takes two as well. No HTTP. */

import { dayOf, isDay } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { examineCreditCode } from "../../kernel/uscc.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../platform/once.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { canonicalHash } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { authorOf } from "../acting.ts";
import { debarmentStanding, mayTakeStep, type StepKind, type StepRefusal } from "./rules.ts";
import {
  type DebarmentRow,
  findDebarment,
  findLastDebarment,
  insertDebarment,
  insertLifted,
  insertStep,
  stepsOf,
} from "./store.ts";

export interface DebarmentAsked {
  readonly name: string;
  readonly code: string;
  readonly reason: string;
  readonly beginsOn: string;
  readonly endsOn: string;
}
export type DebarRefusal =
  | KeyReused
  | FileFault
  | { readonly reason: "missing"; readonly field: "name" | "code" | "reason" | "file" }
  | { readonly reason: "code_impossible" }
  | { readonly reason: "not_a_day"; readonly field: "beginsOn" | "endsOn" }
  | { readonly reason: "ends_before_begin" };

const MOST_TRIES = 10;

/** What the record says of a bar once it is in force. */
const factsOf = (
  row: Pick<DebarmentRow, "number" | "name" | "code" | "reason" | "beginsOn" | "endsOn" | "fileHash">,
) => ({
  debarment: row.number,
  name: row.name,
  code: row.code,
  reason: row.reason,
  begins: row.beginsOn,
  ends: row.endsOn,
  file: row.fileHash,
});

/**
 * Enters a company that is to be barred from a day to the end of another, on a document. It bars nobody, and nobody but the desk reads it,
 * until another officer confirms it: the record has the hash of what is proposed.
 */
export async function debar(
  scene: StaffScene,
  asked: DebarmentAsked,
  file: { readonly name: string; readonly bytes: Uint8Array } | null,
  once: string,
): Promise<Result<{ readonly number: number }, DebarRefusal>> {
  const body = JSON.stringify(asked);
  const first = await findAnswer<{ number: number }>(scene, { key: once, body });
  if (first) return first;
  const [name, reason] = [asked.name.trim().slice(0, 80), asked.reason.trim().slice(0, 1_000)];
  const { code, findings } = examineCreditCode(asked.code);
  if (name === "") return err({ reason: "missing", field: "name" });
  if (code === "") return err({ reason: "missing", field: "code" });
  if (findings.some(({ finding }) => finding === "length" || finding === "characters"))
    return err({ reason: "code_impossible" });
  if (reason === "") return err({ reason: "missing", field: "reason" });
  for (const field of ["beginsOn", "endsOn"] as const)
    if (!isDay(asked[field])) return err({ reason: "not_a_day", field });
  if (asked.endsOn < asked.beginsOn) return err({ reason: "ends_before_begin" });
  if (!file) return err({ reason: "missing", field: "file" });
  const put = await putFile(scene, file, scene.actor.personId, "private");
  if (!put.ok) return put;
  const { stored, statement } = put.value;
  const author = authorOf(scene);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [[last]] = await scene.db.read(findLastDebarment(scene));
    const number = (last?.last ?? 0) + 1;
    const debarmentId = newId<string>(scene.random);
    const { beginsOn, endsOn } = asked;
    const row = {
      debarmentId,
      number,
      code,
      name,
      reason,
      fileId: stored.fileId,
      fileHash: stored.sha256,
      beginsOn,
      endsOn,
    };
    const proposed = { debarment: number, content: canonicalHash(factsOf(row)) };
    const leaf = appendLeaf(scene, "tender.debarment_proposed", { ...proposed, by: author.words }, debarmentId);
    const insert = insertDebarment(scene, {
      ...row,
      enteredBy: author.id,
      byWords: author.words,
      leafHash: leaf.leafHash,
    });
    const written = await writeOnce(scene, { key: once, body }, [statement, insert, leaf.statement], { number });
    if (written.ok) return written;
    if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
    if (written.error.code !== "debarments_changed_meanwhile")
      throw new Error(`a debarment was refused by ${written.error.code}`);
  }
  throw new Error("too many debarments at once");
}

export type DebarmentStepRefusal = StepRefusal | { readonly reason: "unknown_debarment" };

/** Takes one step with a bar that was entered: see rules.ts for who and when. The same step again, by the same person, finds it done. */
export async function stepDebarment(
  scene: StaffScene,
  number: number,
  asked: { readonly kind: StepKind; readonly words: string },
): Promise<Result<true, DebarmentStepRefusal>> {
  const { db, now, actor } = scene;
  const [[row]] = await db.read(findDebarment(scene, number));
  if (!row) return err({ reason: "unknown_debarment" });
  const steps = stepsOf(row);
  const last = steps.at(-1);
  if (last && last.kind === asked.kind && last.by === actor.personId && last.words === asked.words.trim())
    return ok(true);
  const today = dayOf(now);
  const may = mayTakeStep({ ...row, steps }, { ...asked, by: actor.personId }, today);
  if (!may.ok) return may;
  const { kind, words } = may.value;
  const author = authorOf(scene);
  const leaf = leafOf(scene, row, kind, words, steps.length + 1);
  const done = { debarmentId: row.debarmentId, words, by: author.id, byWords: author.words, leafHash: leaf.leafHash };
  const written = await db.write([
    insertStep(scene, { ...done, kind, stepNo: steps.length + 1 }),
    ...(kind === "lifted" ? [insertLifted(scene, { ...done, on: today })] : []),
    leaf.statement,
  ]);
  if (written.ok) return ok(true);
  if (written.error.code === "own_step") return err({ reason: "own_step" });
  if (["step_taken", "step_out_of_turn"].includes(written.error.code)) {
    const [[after]] = await db.read(findDebarment(scene, number));
    return err({ reason: "step_out_of_turn", standing: debarmentStanding(after ? stepsOf(after) : steps) });
  }
  throw new Error(`a step with a debarment was refused by ${written.error.code}`);
}

/** A confirmed bar is told whole, a lifted one with its reason; of what only the desk knows the record has the hash of the words. */
function leafOf(scene: StaffScene, row: DebarmentRow, kind: StepKind, words: string, step: number) {
  const { number, code, debarmentId } = row;
  const by = authorOf(scene).words;
  if (kind === "confirmed") {
    const facts = { ...factsOf(row), enteredBy: row.byWords, by };
    return appendLeaf(scene, "tender.debarment_entered", facts, debarmentId);
  }
  if (kind === "lifted") {
    const facts = { debarment: number, code, lifted: dayOf(scene.now), reason: words, by };
    return appendLeaf(scene, "tender.debarment_lifted", facts, debarmentId);
  }
  const facts = { debarment: number, step, kind, words: sha256Hex(words), by };
  return appendLeaf(scene, "tender.debarment_step", facts, debarmentId);
}
