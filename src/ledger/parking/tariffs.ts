/** What parking costs from a day on, and on which decision of the owners: load, ask the rules, write with the leaf. No HTTP. */

import { readDecision } from "../../assembly/results/reading.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { putFile } from "../../platform/files.ts";
import type { Upload } from "../../platform/form-body.ts";
import { writeOnce } from "../../platform/once.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { type Basis, restsOnDecision, restsOnDocument, sayBasis } from "../leases/basis.ts";
import { decisionStands } from "../leases/store.ts";
import type { ParkingRefusal } from "./actions.ts";
import { type TariffUse, tariffFaults } from "./rules.ts";
import { insertTariff } from "./store.ts";

export interface TariffAsked {
  readonly use: TariffUse;
  readonly fromOn: string;
  readonly amountFen: number;
  readonly words: string;
  readonly basis:
    | { readonly kind: "decision"; readonly meeting: number; readonly item: number }
    | { readonly kind: "earlier"; readonly title: string; readonly on: string };
}

interface Ground {
  readonly basis: Basis;
  /** What joins the batch: the decision still stands, or the document's row. */
  readonly statements: readonly Query[];
}

/** A carried decision of matter 8, or a dated document from before with its file; the same as a lease rests on (CC 278①(8); R2). */
async function groundOf(
  scene: StaffScene,
  { basis, fromOn }: TariffAsked,
  document: Upload | null,
): Promise<Result<Ground, ParkingRefusal>> {
  if (basis.kind === "decision") {
    const decision = await readDecision(scene, basis.meeting, basis.item);
    const rests = restsOnDecision(decision);
    if (!rests.ok)
      return err({ reason: "basis_faulty", fault: basis.meeting === 0 ? { reason: "basis_missing" } : rests.error });
    const { meetingId } = decision!;
    return ok({ basis: { ...basis, meetingId }, statements: [decisionStands(scene, meetingId)] });
  }
  const rests = restsOnDocument({ ...basis, hasFile: document !== null }, fromOn);
  if (!rests.ok) return err({ reason: "basis_faulty", fault: rests.error });
  const put = await putFile(scene, document!, scene.actor.personId, "private");
  if (!put.ok) return err({ reason: "document_refused", fault: put.error });
  const { fileId, sha256 } = put.value.stored;
  return ok({ basis: { ...basis, title: basis.title.trim(), fileId, sha256 }, statements: [put.value.statement] });
}

/** Says what parking costs from a day on, and on whose decision. One tariff of a kind begins on a day. */
export async function setTariff(
  scene: StaffScene,
  asked: TariffAsked,
  document: Upload | null,
  once: string,
): Promise<Result<{ readonly tariffId: string }, ParkingRefusal>> {
  const [fault, ...others] = tariffFaults(asked);
  if (fault) return err({ reason: "tariff_faulty", faults: [fault, ...others] });
  const ground = await groundOf(scene, asked, document);
  if (!ground.ok) return ground;
  const { basis, statements } = ground.value;
  const tariffId = newId<string>(scene.random);
  const words = asked.words.trim();
  const { use, fromOn, amountFen } = asked;
  const leaf = appendLeaf(
    scene,
    "parking.tariff_set",
    {
      use,
      from: fromOn,
      amount: amountFen,
      words,
      basis:
        basis.kind === "decision" ? { meeting: basis.meeting, item: basis.item } : { on: basis.on, hash: basis.sha256 },
    },
    "parking",
  );
  const insert = insertTariff(scene, {
    tariffId,
    use,
    fromOn,
    amountFen,
    words,
    basis: sayBasis(basis),
    ground: JSON.stringify(basis),
    leafHash: leaf.leafHash,
    by: scene.actor.personId,
  });
  const written = await writeOnce(
    scene,
    { key: once, body: JSON.stringify(asked) },
    [...statements, insert, leaf.statement],
    { tariffId },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  return written.error.code === "decision_not_published"
    ? err({ reason: "basis_faulty", fault: { reason: "decision_not_published" } })
    : err({ reason: "tariff_exists" });
}
