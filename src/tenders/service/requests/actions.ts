/** The register of what is reported to the provider, its answer and when it was done: load, ask the rules, write with the leaf. No HTTP. */

import { dayOf } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { newId } from "../../../kernel/id.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import type { OwnerActor } from "../../../platform/access.ts";
import type { Upload } from "../../../platform/form-body.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../../platform/once.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { authorOf, ownerAuthor } from "../../acting.ts";
import { loadContract } from "../../contracts/actions.ts";
import { recordContract } from "../../contracts/recording.ts";
import { byContractNumber, contractFrom, findContract, listRollBuildings } from "../../contracts/store.ts";
import { type PhotoRefusal, putPhotos } from "../photos.ts";
import { servedBuildings, serves } from "../rules.ts";
import { SERVICE_SETTINGS } from "../settings.ts";
import {
  type AnswerRefusal,
  answerDue,
  MOST_WAITING,
  mayAnswer,
  mayEnterRequest,
  mayStep,
  mayTell,
  type RequestKind,
  type RequestRefusal,
  type TellAsked,
  type TellRefusal,
} from "./rules.ts";
import { countWaitingOf, findRequest, insertRequest, insertRequestStep, insertTold, type ToldRow } from "./store.ts";
import { KIND_WORDS } from "./words.ts";

export type RequestActRefusal =
  | KeyReused
  | RequestRefusal
  | TellRefusal
  | AnswerRefusal
  | PhotoRefusal
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "not_serving" }
  | { readonly reason: "unknown_request" }
  | { readonly reason: "request_moved" };

const textContext = (communityId: string, contractId: string, toldId: string): string =>
  `tender-request:${communityId}:${contractId}:${toldId}`;
registerSealed({
  table: "tender_request_told",
  column: "text_sealed",
  key: ["contract_id", "request_no"],
  alsoOf: ["told_id"],
  contextOf: (communityId, { contract_id, told_id }) => textContext(communityId, String(contract_id), String(told_id)),
});

/** What an owner told: where exactly, what, and who they are. */
export interface Told {
  readonly where: string;
  readonly text: string;
  readonly asker: string;
}
/** The same, opened for officers and for who told it; null where an officer entered the request. */
export const openTold = async (
  scene: Scene,
  row: Pick<ToldRow, "contractId" | "toldId" | "textSealed">,
): Promise<Told | null> =>
  row.toldId === null || row.textSealed === null
    ? null
    : (JSON.parse(
        await scene.keys.open(row.textSealed, textContext(scene.community.id, row.contractId, row.toldId)),
      ) as Told);

/** An owner reports something themselves; the clock runs from today (CC 285). Everybody reads the kind and the building, officers the rest. */
export async function tellRequest(
  scene: Scene,
  owner: Pick<OwnerActor, "partyId" | "name">,
  contractNumber: number,
  asked: TellAsked,
  photos: readonly Upload[],
  once: string,
): Promise<Result<{ readonly dueOn: string }, RequestActRefusal>> {
  const body = scene.keys.index(
    JSON.stringify([owner.partyId, contractNumber, asked, photos.map(({ bytes }) => sha256Hex(bytes))]),
    "once:tender-request",
  );
  const first = await findAnswer<{ dueOn: string }>(scene, { key: once, body });
  if (first) return first;
  const [contracts, roll, settings, waiting] = await scene.db.read(
    findContract(scene, byContractNumber(scene, contractNumber)),
    listRollBuildings(scene),
    listSettings(scene, SERVICE_SETTINGS),
    countWaitingOf(scene, owner.partyId, MOST_WAITING),
  );
  const row = contracts[0] ? contractFrom(contracts[0]) : null;
  if (!row) return err({ reason: "unknown_contract" });
  const today = dayOf(scene.now);
  if (!serves(row, today)) return err({ reason: "not_serving" });
  const buildings = servedBuildings(
    row.terms,
    roll.map(({ building }) => building),
  );
  const may = mayTell(asked, buildings, waiting[0]?.waiting ?? 0);
  if (!may.ok) return may;
  const put = await putPhotos(scene, photos, owner.partyId);
  if (!put.ok) return put;
  const { kind, where, text } = may.value;
  const { contractId } = row;
  const toldId = newId<string>(scene.random);
  const told: Told = { where, text, asker: owner.name };
  const textSealed = await scene.keys.seal(JSON.stringify(told), textContext(scene.community.id, contractId, toldId));
  const dueOn = answerDue(today, valuesFromRows(SERVICE_SETTINGS, settings).answerDays.value);
  // Of the sealed text, which nobody can guess their way back from.
  const facts = { what: sha256Hex(textSealed), kind, on: today, due: dueOn };
  const recorded = recordContract(scene, row, "request_entered", facts, ownerAuthor(""));
  const insert = insertRequest(scene, contractId, {
    kind,
    what: KIND_WORDS[kind].zh,
    place: asked.building,
    reportedOn: today,
    dueOn,
    by: "owner",
    leafHash: recorded.leafHash,
  });
  const tell = insertTold(scene, {
    contractId,
    toldId,
    partyId: owner.partyId,
    textSealed,
    photos: JSON.stringify(put.value.stored),
  });
  const statements = [...put.value.statements, insert, tell, ...recorded.statements];
  const written = await writeOnce(scene, { key: once, body }, statements, { dueOn });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  throw new Error(`a report was refused by ${written.error.code}`);
}

/** Enters what was reported to the provider; its clock runs in working days from the report (CC 285). */
export async function enterRequest(
  scene: StaffScene,
  contractId: string,
  asked: {
    readonly kind: RequestKind;
    readonly what: string;
    readonly place: string;
    readonly reportedOn: string;
  },
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
  const facts = { what: sha256Hex(may.value.what), kind: asked.kind, on: asked.reportedOn, due: dueOn };
  const recorded = recordContract(scene, row, "request_entered", facts, authorOf(scene));
  const insert = insertRequest(scene, contractId, {
    ...may.value,
    kind: asked.kind,
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
  const [[request]] = await scene.db.read(findRequest(scene, contractId, asked.requestNo));
  if (!request) return err({ reason: "unknown_request" });
  const words = asked.words.trim();
  const [day, said] = asked.step === "answered" ? [request.answeredOn, request.answer] : [request.doneOn, request.done];
  if (day !== null)
    return day === asked.onDay && said === words
      ? ok({ requestNo: request.requestNo })
      : err({ reason: "request_moved" });
  const fit = mayAnswer(words, (await openTold(scene, request))?.asker ?? "");
  if (!fit.ok) return fit;
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
