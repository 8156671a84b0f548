/** What the committee has to file now, and recording that it did: load, ask the rules, write with the leaf (M11). The pack itself stands in pack.ts. No HTTP. */
import { findLatestMandate, type MandateRow } from "../../elections/store.ts";
import { dayOf, type Instant } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, type Result } from "../../kernel/result.ts";
import { type Values, valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type FileFault, putFile } from "../../platform/files.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { authorOf } from "../acting.ts";
import { PRACTICE } from "../practice/rules.ts";
import { memberChanges, type Seat } from "../seated/rules.ts";
import { listSeats } from "../seated/store.ts";
import { type FilingAsked, type FilingDuty, type FilingRefusal, filingDuties, mayFile } from "./rules.ts";
import { type FilingRow, insertFiling, listFilings } from "./store.ts";

/** What a mandate has filed and has to file. */
export function dutiesOf(
  mandate: MandateRow | null,
  seats: readonly Seat[],
  filings: readonly FilingRow[],
  practice: Values<typeof PRACTICE.specs>,
  now: Instant,
): FilingDuty[] {
  if (!mandate) return [];
  // The end of the term is nobody's change: the next committee files its own election.
  const until = Math.min(now, mandate.untilAt - 1);
  const changes = memberChanges(seats, mandate.fromAt, until);
  return filingDuties(mandate.fromAt, changes, filings, practice.filingDays.value, dayOf(now));
}

export interface FilingView {
  readonly mandate: MandateRow | null;
  readonly duties: readonly FilingDuty[];
  readonly filings: readonly FilingRow[];
}

/** The filings of the committee in office with their clocks. Two round trips: the filings are the newest mandate's. */
export async function viewFilings(scene: Scene): Promise<FilingView> {
  const { now } = scene;
  const [mandates, seats, settings] = await scene.db.read(
    findLatestMandate(scene, now),
    listSeats(scene, now),
    listSettings(scene, PRACTICE),
  );
  const mandate = mandates[0] ?? null;
  const [filings] = await scene.db.read(listFilings(scene, mandate?.mandateId ?? ""));
  return { mandate, filings, duties: dutiesOf(mandate, seats, filings, valuesFromRows(PRACTICE, settings), now) };
}

export type RecordFilingRefusal = FilingRefusal | FileFault | KeyReused | { readonly reason: "no_mandate" };

/** Records a filing that was made: what it shows, when it was handed in, and what proves it. */
export async function recordFiling(
  scene: StaffScene,
  asked: Omit<FilingAsked, "hasFile"> & { readonly file: { readonly name: string; readonly bytes: Uint8Array } | null },
  once: string,
): Promise<Result<{ readonly filingId: string }, RecordFilingRefusal>> {
  const { db, actor, now } = scene;
  const [mandates] = await db.read(findLatestMandate(scene, now));
  const mandate = mandates[0];
  if (!mandate) return err({ reason: "no_mandate" });
  const may = mayFile({ ...asked, hasFile: asked.file !== null }, mandate.fromAt, dayOf(now));
  if (!may.ok) return may;
  const put = asked.file ? await putFile(scene, asked.file, actor.personId, "private") : null;
  if (put && !put.ok) return put;
  const stored = put?.value.stored ?? null;
  const filingId = newId<string>(scene.random);
  const facts = {
    asOf: asked.asOf,
    filedOn: asked.filedOn,
    authority: asked.authority.trim(),
    receiptNo: asked.receiptNo.trim(),
  };
  const leaf = appendLeaf(
    scene,
    "committee.filed",
    {
      filing: filingId,
      mandate: mandate.mandateId,
      asOf: facts.asOf,
      filedOn: facts.filedOn,
      authority: facts.authority,
      receipt: facts.receiptNo,
      file: stored?.sha256 ?? "",
      by: authorOf(scene).words,
    },
    mandate.mandateId,
  );
  const insert = insertFiling(scene, {
    filingId,
    mandateId: mandate.mandateId,
    ...facts,
    fileId: stored?.fileId ?? null,
    recordedBy: actor.personId,
    recordedAt: now,
    leafHash: leaf.leafHash,
  });
  const key = { key: once, body: JSON.stringify([facts, stored?.sha256 ?? ""]) };
  const statements = [...(put ? [put.value.statement] : []), insert, leaf.statement];
  const written = await writeOnce(scene, key, statements, { filingId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  throw new Error(`a filing was refused by ${written.error.code}`);
}
