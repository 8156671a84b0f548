/** Announcing a tender, closing it at its hour, and ending it early: each one batch with its leaf, guarded in the write. No HTTP. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Author } from "../../offices/authors.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { authorOf, CLOCK, recordTenderEvent } from "../acting.ts";
import { type Gone, schemeOf } from "../scheme/actions.ts";
import { assertKeyholdersReady, keyholdersReady, keysManifest, listKeyholders } from "../sealing/reading.ts";
import type { KeysMissing } from "../sealing/rules.ts";
import { findScheme, findTender, listTendersIn, type TenderKey, type TenderRow, updateTender } from "../store.ts";
import { type CancelRefusal, type CloseRefusal, mayCancel, mayClose, mayNotice, type NoticeRefusal } from "./rules.ts";

/** Announces a decided scheme: from now on it stands, questions and bids come in until their hours. */
export async function giveTenderNotice(
  scene: StaffScene,
  key: TenderKey,
  closesAt: number | null,
): Promise<Result<true, Gone | NoticeRefusal | KeysMissing>> {
  const [rows, schemes, keys] = await scene.db.read(
    findTender(scene, key),
    findScheme(scene, key),
    listKeyholders(scene, key),
  );
  const [row, standing] = [rows[0], schemes[0]];
  if (!row || !standing) return err({ reason: "unknown_tender" });
  const scheme = schemeOf(standing);
  if (row.state === "noticed" && row.closesAt === closesAt) return ok(true);
  const may = mayNotice({ state: row.state, scheme }, closesAt, scene.now);
  if (!may.ok) return may;
  const ready = keyholdersReady(keys);
  if (!ready.ok) return ready;
  const { questionsUntil } = may.value;
  const event = recordTenderEvent(
    scene,
    row.tenderId,
    "noticed",
    {
      edition: row.edition,
      schemeHash: standing.schemeHash,
      lots: scheme.lots.length,
      questionsEndAt: questionsUntil,
      closesAt: may.value.closesAt,
    },
    authorOf(scene),
    // Whose keys the bids will be sealed for: nobody can say later that others were meant.
    { keys: keysManifest(keys) },
  );
  const written = await scene.db.write([
    assertKeyholdersReady(scene, row.tenderId),
    ...updateTender(scene, row, {
      state: "noticed",
      noticedEdition: row.edition,
      noticedAt: scene.now,
      questionsUntil,
      closesAt: may.value.closesAt,
    }),
    ...event.statements,
  ]);
  return written.ok ? ok(true) : err({ reason: "tender_stale" });
}

/** Logs the closing at or after its hour; bids have been refused since then, whenever this is. */
export async function closeTender(
  scene: Scene,
  row: TenderRow,
  by: Author = CLOCK,
): Promise<Result<true, CloseRefusal | Gone>> {
  if (row.closedAt !== null) return ok(true);
  const may = mayClose(row, scene.now);
  if (!may.ok) return may;
  const event = recordTenderEvent(scene, row.tenderId, "closed", { closesAt: row.closesAt }, by);
  const written = await scene.db.write([
    ...updateTender(scene, row, { state: "closed", closedAt: scene.now }),
    ...event.statements,
  ]);
  if (written.ok) return ok(true);
  const [again] = await scene.db.read(findTender(scene, row.tenderId));
  return again[0] && again[0].closedAt !== null ? ok(true) : err({ reason: "tender_stale" });
}

/** Closes what is due, by the clock. */
export async function runTenders(scene: Scene): Promise<void> {
  const [open] = await scene.db.read(listTendersIn(scene, ["noticed"]));
  for (const row of open) if (row.closesAt !== null && scene.now >= row.closesAt) await closeTender(scene, row);
}

/**
 * The statements that end a tender as failed, with the reason in its history: too few bidders (T7), nobody qualified, nobody
 * wanted. For the batch of the act that found it.
 */
export function failing(scene: Scene, row: TenderRow, why: string, by: Author): readonly Query[] {
  const event = recordTenderEvent(scene, row.tenderId, "failed", { why }, by);
  return [...updateTender(scene, row, { state: "failed", endedAt: scene.now, endedWhy: why }), ...event.statements];
}

/** Ends a tender before it is awarded, for a reason everybody reads. */
export async function cancelTender(
  scene: StaffScene,
  key: TenderKey,
  why: string,
): Promise<Result<true, CancelRefusal | Gone>> {
  const [rows] = await scene.db.read(findTender(scene, key));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_tender" });
  if (row.state === "cancelled" && row.endedWhy === why.trim()) return ok(true);
  const may = mayCancel(row.state, why);
  if (!may.ok) return may;
  const event = recordTenderEvent(scene, row.tenderId, "cancelled", { why: may.value }, authorOf(scene));
  const written = await scene.db.write([
    ...updateTender(scene, row, { state: "cancelled", endedAt: scene.now, endedWhy: may.value }),
    ...event.statements,
  ]);
  return written.ok ? ok(true) : err({ reason: "tender_stale" });
}
