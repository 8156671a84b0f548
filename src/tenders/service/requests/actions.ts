/** The register of what is reported to the provider, its answer and when it was done: load, ask the rules, write with the leaf. No HTTP. */
import { dayOf } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import { type KeyReused, writeOnce } from "../../../platform/once.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { authorOf } from "../../acting.ts";
import { loadContract } from "../../contracts/actions.ts";
import { recordContract } from "../../contracts/recording.ts";
import { answerDue, mayEnterRequest, mayStep, type RequestRefusal, serves } from "../rules.ts";
import { SERVICE_SETTINGS } from "../settings.ts";
import { insertRequest, insertRequestStep, listRequests } from "../store.ts";

export type RequestActRefusal =
  | KeyReused
  | RequestRefusal
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "not_serving" }
  | { readonly reason: "unknown_request" }
  | { readonly reason: "request_moved" }
  | { readonly reason: "request_words" };

/** Enters what was reported to the provider; its clock runs in working days from the report (CC 285). */
export async function enterRequest(
  scene: StaffScene,
  contractId: string,
  asked: { readonly what: string; readonly place: string; readonly reportedOn: string },
  once: string,
): Promise<Result<{ readonly dueOn: string }, RequestActRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  const today = dayOf(scene.now);
  if (!serves(row, today)) return err({ reason: "not_serving" });
  const may = mayEnterRequest(asked, today);
  if (!may.ok) return may;
  const [settings] = await scene.db.read(listSettings(scene, SERVICE_SETTINGS));
  const dueOn = answerDue(asked.reportedOn, valuesFromRows(SERVICE_SETTINGS, settings).answerDays.value);
  const facts = { what: sha256Hex(may.value.what), on: asked.reportedOn, due: dueOn };
  const recorded = recordContract(scene, row, "request_entered", facts, authorOf(scene));
  const insert = insertRequest(scene, contractId, {
    ...may.value,
    reportedOn: asked.reportedOn,
    dueOn,
    by: scene.actor.personId,
    leafHash: recorded.leafHash,
  });
  const body = { key: once, body: JSON.stringify([contractId, asked]) };
  const written = await writeOnce(scene, body, [insert, ...recorded.statements], { dueOn });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  throw new Error(`a request was refused by ${written.error.code}`);
}

/** That the provider answered, or that it is done: each once, on its day, in a few words. */
export async function stepRequest(
  scene: StaffScene,
  contractId: string,
  asked: {
    readonly requestNo: number;
    readonly step: "answered" | "done";
    readonly onDay: string;
    readonly words: string;
  },
): Promise<Result<{ readonly requestNo: number }, RequestActRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  const [requests] = await scene.db.read(listRequests(scene, contractId, { limit: 1, before: asked.requestNo + 1 }));
  const request = requests[0];
  if (request?.requestNo !== asked.requestNo) return err({ reason: "unknown_request" });
  const words = asked.words.trim();
  const [day, said] = asked.step === "answered" ? [request.answeredOn, request.answer] : [request.doneOn, request.done];
  if (day !== null)
    return day === asked.onDay && said === words
      ? ok({ requestNo: request.requestNo })
      : err({ reason: "request_moved" });
  if (words === "" || words.length > 200) return err({ reason: "request_words" });
  const may = mayStep(
    asked.onDay,
    asked.step === "done" ? (request.answeredOn ?? request.reportedOn) : request.reportedOn,
    dayOf(scene.now),
  );
  if (!may.ok) return may;
  const facts = { request: asked.requestNo, step: asked.step, on: may.value, words: sha256Hex(words) };
  const recorded = recordContract(scene, row, "request_step", facts, authorOf(scene));
  const insert = insertRequestStep(scene, {
    contractId,
    requestNo: asked.requestNo,
    step: asked.step,
    onDay: may.value,
    words,
    enteredBy: scene.actor.personId,
    leafHash: recorded.leafHash,
  });
  const written = await scene.db.write([insert, ...recorded.statements]);
  return written.ok ? ok({ requestNo: asked.requestNo }) : err({ reason: "request_moved" });
}
