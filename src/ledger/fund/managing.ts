/** Who manages the fund: the owners' notice to the authority, and the hand-over: load, ask the rules, write with the leaf. No HTTP. */

import { decisionHolds, readDecision } from "../../assembly/results/reading.ts";
import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { type DecisionRefusal, isCarried } from "./projects/rules.ts";
import { type Mode, type ModeRefusal, mayChangeMode } from "./rules.ts";
import { insertMode, insertTransfer, listModes, listTransfers } from "./store.ts";

export interface ManagingAsked {
  readonly mode: string;
  readonly onDay: string;
  readonly words: string;
  readonly meeting: number;
  readonly item: number;
}
export type ManagingRefusal = KeyReused | ModeRefusal | DecisionRefusal | { readonly reason: "fund_mode_moved" };

/** Opening an account of their own for the fund is the owners' decision: matter 5, or another major matter (F4; MF 15; CC 278①(5)(9)). */
export const MODE_MATTERS: readonly number[] = [5, 9];

/** Who manages it now: the authority while nothing else was recorded. */
export async function readMode(scene: Scene): Promise<Mode> {
  const [rows] = await scene.db.read(listModes(scene, 1));
  return rows[0]?.mode ?? "authority";
}

/** Records that the fund is managed by another from a day on, by the owners' decision. */
export async function recordMode(
  scene: StaffScene,
  asked: ManagingAsked,
  once: string,
): Promise<Result<{ readonly number: number }, ManagingRefusal>> {
  const [rows] = await scene.db.read(listModes(scene, 1));
  const number = (rows[0]?.number ?? 0) + 1;
  const may = mayChangeMode(asked, rows[0]?.mode ?? "authority", dayOf(scene.now));
  // A repeat finds its own change made: the write knows whose it is.
  if (!may.ok && may.error.reason !== "mode_unchanged") return may;
  const carried = isCarried(await readDecision(scene, asked.meeting, asked.item), MODE_MATTERS);
  if (!carried.ok) return carried;
  const leaf = appendLeaf(
    scene,
    "fund.managed",
    { mode: asked.mode, on: asked.onDay, meeting: asked.meeting, item: asked.item },
    `fund-mode-${number}`,
  );
  const written = await writeOnce(
    scene,
    { key: once, body: JSON.stringify(asked) },
    [
      decisionHolds(scene, carried.value.meetingId),
      insertMode(scene, {
        number,
        mode: asked.mode as Mode,
        onDay: asked.onDay,
        words: asked.words.trim(),
        meeting: asked.meeting,
        item: asked.item,
        meetingId: carried.value.meetingId,
        by: scene.actor.personId,
        leafHash: leaf.leafHash,
      }),
      leaf.statement,
    ],
    { number },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (!may.ok) return may;
  return written.error.code === "decision_not_published"
    ? err({ reason: "decision_not_published" })
    : err({ reason: "fund_mode_moved" });
}

/** Records that the authority was told: its time to hand over runs from that day (F4; MF 15). By the owners' decision to hold the fund. */
export async function recordNotice(
  scene: StaffScene,
  asked: Omit<ManagingAsked, "mode">,
  once: string,
): Promise<Result<{ readonly number: number }, ManagingRefusal>> {
  const [modes, notices] = await scene.db.read(listModes(scene, 1), listTransfers(scene, 1));
  const may = mayChangeMode({ ...asked, mode: "own" }, modes[0]?.mode ?? "authority", dayOf(scene.now));
  if (!may.ok) return may;
  const carried = isCarried(await readDecision(scene, asked.meeting, asked.item), MODE_MATTERS);
  if (!carried.ok) return carried;
  const number = (notices[0]?.number ?? 0) + 1;
  const leaf = appendLeaf(
    scene,
    "fund.transfer_asked",
    { on: asked.onDay, meeting: asked.meeting, item: asked.item },
    `fund-transfer-${number}`,
  );
  const written = await writeOnce(
    scene,
    { key: once, body: JSON.stringify(asked) },
    [
      decisionHolds(scene, carried.value.meetingId),
      insertTransfer(scene, {
        number,
        meetingId: carried.value.meetingId,
        meeting: asked.meeting,
        item: asked.item,
        noticedOn: asked.onDay,
        words: asked.words.trim(),
        by: scene.actor.personId,
        leafHash: leaf.leafHash,
      }),
      leaf.statement,
    ],
    { number },
  );
  if (written.ok) return ok(written.value);
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  return written.error.code === "decision_not_published"
    ? err({ reason: "decision_not_published" })
    : err({ reason: "fund_mode_moved" });
}
