/** Registering what a provider gives on to others, and taking a line back: never the whole, not even piece by piece (CC 941; D16). No HTTP. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import { examineCreditCode } from "../../../kernel/uscc.ts";
import { type KeyReused, writeOnce } from "../../../platform/once.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { authorOf } from "../../acting.ts";
import { loadContract } from "../actions.ts";
import { recordContract } from "../recording.ts";
import { insertSubcontract, listSubcontracts, liveSubcontracts } from "../store.ts";
import { mayGiveOn, type Subcontract, type SubcontractRefusal } from "./rules.ts";

export type GivingOnRefusal =
  | KeyReused
  | SubcontractRefusal
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "contract_moved" }
  | { readonly reason: "unknown_subcontract" }
  | { readonly reason: "why_missing" };

const MOST_TRIES = 5;

/** Registers a subcontract. Of two registered at once the later is asked against the earlier. */
export async function registerSubcontract(
  scene: StaffScene,
  contractId: string,
  asked: Subcontract,
  once: string,
): Promise<Result<{ readonly subNo: number }, GivingOnRefusal>> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const row = await loadContract(scene, contractId);
    if (!row) return err({ reason: "unknown_contract" });
    if (row.state !== "signed") return err({ reason: "contract_moved" });
    const [rows] = await scene.db.read(listSubcontracts(scene, contractId));
    const one = {
      ...asked,
      words: asked.words.trim(),
      contractorName: asked.contractorName.trim(),
      contractorCode: examineCreditCode(asked.contractorCode).code,
    };
    const body = { key: once, body: JSON.stringify([contractId, one]) };
    const may = mayGiveOn(row.terms, liveSubcontracts(rows), one);
    if (!may.ok) return may;
    const subNo = (rows.at(-1)?.subNo ?? 0) + 1;
    const { extent, ...facts } = one;
    const { statements, leafHash } = recordContract(
      scene,
      row,
      "subcontracted",
      { line: subNo, extent, ...facts },
      authorOf(scene),
    );
    const insert = insertSubcontract(scene, contractId, {
      ...one,
      subNo,
      strikes: null,
      by: scene.actor.personId,
      leafHash,
    });
    const written = await writeOnce(scene, body, [insert, ...statements], { subNo });
    if (written.ok) return written;
    if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
    if (written.error.code !== "subcontract_moved" && written.error.code !== "unique:tender_subcontract")
      throw new Error(`a subcontract was refused by ${written.error.code}`);
  }
  throw new Error("too many subcontracts at once");
}

/** Takes a line back by a new one that names it and says why: an error, or a contractor that left. */
export async function strikeSubcontract(
  scene: StaffScene,
  contractId: string,
  subNo: number,
  why: string,
): Promise<Result<{ readonly subNo: number }, GivingOnRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  const words = why.trim();
  if (words === "") return err({ reason: "why_missing" });
  const [rows] = await scene.db.read(listSubcontracts(scene, contractId));
  const line = rows.find((one) => one.subNo === subNo && one.extent !== "none");
  if (!line) return err({ reason: "unknown_subcontract" });
  if (line.struckBy !== null) return ok({ subNo });
  const next = rows.at(-1)!.subNo + 1;
  const { statements, leafHash } = recordContract(
    scene,
    row,
    "subcontract_struck",
    { line: subNo, why: words },
    authorOf(scene),
  );
  const insert = insertSubcontract(scene, contractId, {
    subNo: next,
    service: line.service,
    extent: "none",
    words,
    contractorName: line.contractorName,
    contractorCode: line.contractorCode,
    fromOn: line.fromOn,
    toOn: line.toOn,
    strikes: subNo,
    by: scene.actor.personId,
    leafHash,
  });
  const written = await scene.db.write([insert, ...statements]);
  return written.ok ? ok({ subNo }) : strikeSubcontract(scene, contractId, subNo, why);
}
