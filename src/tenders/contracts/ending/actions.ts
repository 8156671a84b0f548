/** Ending a contract on notice, handing over line by line, and the day another takes over: two people each, with the leaf (CC 946-950). No HTTP. */

import { decisionHolds } from "../../../assembly/results/reading.ts";
import {
  checkLineOf,
  handoverState,
  type LineRefusal,
  maySign as mayMark,
  type SignRefusal,
} from "../../../committee/handover/rules.ts";
import { dayOf, isDay } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { sql } from "../../../platform/db.ts";
import type { Upload } from "../../../platform/form-body.ts";
import { type KeyReused, writeOnce } from "../../../platform/once.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { authorOf } from "../../acting.ts";
import { type FileRefusal, loadContract, putPaper } from "../actions.ts";
import { type DecisionAsked, serviceDecision } from "../changing.ts";
import { recordContract, tellContract } from "../recording.ts";
import { maySign, TAKEOVER_KINDS, type TakeoverKind } from "../rules.ts";
import { type ContractRow, type DecisionRef, updateContract } from "../store.ts";
import { type DecisionRefusal, type EndingAsked, type EndingRefusal, endingNeedsDecision, mayEnd } from "./rules.ts";
import {
  decideEnding,
  type EndingRow,
  endingFrom,
  insertEnding,
  insertTakeoverLine,
  insertTakeoverMark,
  listEndings,
  listTakeoverLines,
} from "./store.ts";

export type EndRefusal =
  | KeyReused
  | FileRefusal
  | EndingRefusal
  | DecisionRefusal
  | LineRefusal
  | SignRefusal
  | { readonly reason: "unknown_contract" }
  | { readonly reason: "contract_moved" }
  | { readonly reason: "ending_waits" }
  | { readonly reason: "own_contract" }
  | { readonly reason: "not_the_drafter" }
  | { readonly reason: "why_missing" }
  | { readonly reason: "line_struck_already" }
  | { readonly reason: "signer_missing" }
  | { readonly reason: "takeover_day" }
  /** Lines stand open: what was not handed over is said before another takes over. */
  | { readonly reason: "takeover_incomplete" };

/** Drafts the notice that ends a contract: on an owners' decision where it is their side's, with the written notice itself. */
export async function draftEnding(
  scene: StaffScene,
  contractId: string,
  asked: EndingAsked & { readonly decision: DecisionAsked | null },
  paper: Upload | null,
  once: string,
): Promise<Result<{ readonly contractId: string }, EndRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  if (row.state !== "signed" || row.endsOn !== null) return err({ reason: "contract_moved" });
  const may = mayEnd(asked, row.terms, dayOf(scene.now));
  if (!may.ok) return may;
  let decision: DecisionRef | null = null;
  if (endingNeedsDecision(asked)) {
    if (!asked.decision) return err({ reason: "decision_needed" });
    const found = await serviceDecision(scene, asked.decision);
    if (!found.ok) return found;
    decision = found.value;
  }
  const put = await putPaper(scene, paper);
  if (!put.ok) return put;
  const { file } = put.value;
  const [before] = await scene.db.read(listEndings(scene, contractId));
  const { kind, bySide, noticedOn, endsOn } = asked;
  const { statements, leafHash } = recordContract(
    scene,
    row,
    "ending_drafted",
    { kind, side: bySide, noticed: noticedOn, ends: endsOn, file: file.sha256 },
    authorOf(scene),
  );
  const insert = insertEnding(scene, contractId, {
    endingNo: (before.at(-1)?.endingNo ?? 0) + 1,
    kind,
    bySide,
    noticedOn,
    endsOn,
    why: asked.why.trim(),
    decision,
    file,
    draftedBy: scene.actor.personId,
    draftLeaf: leafHash,
  });
  const body = JSON.stringify([contractId, asked, file.sha256]);
  const batch = [put.value.statement, insert, ...statements];
  const written = await writeOnce(scene, { key: once, body }, batch, { contractId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "ending_waits") return err({ reason: "ending_waits" });
  throw new Error(`an ending was refused by ${written.error.code}`);
}

async function waiting(
  scene: StaffScene,
  contractId: string,
): Promise<{ readonly row: ContractRow; readonly ending: EndingRow | null } | null> {
  const row = await loadContract(scene, contractId);
  if (!row) return null;
  const [rows] = await scene.db.read(listEndings(scene, contractId));
  return { row, ending: rows.map(endingFrom).findLast(({ state }) => state === "waiting") ?? null };
}

/** Another person confirms: the contract has its last day, and everybody reads why. */
export async function confirmEnding(scene: StaffScene, contractId: string): Promise<Result<ContractRow, EndRefusal>> {
  const found = await waiting(scene, contractId);
  if (!found) return err({ reason: "unknown_contract" });
  const { row, ending } = found;
  if (row.endsOn !== null) return ok(row);
  if (!ending) return err({ reason: "contract_moved" });
  const by = scene.actor.personId;
  const may = maySign(ending.draftedBy, by);
  if (!may.ok) return may;
  if (ending.decision) {
    const still = await serviceDecision(scene, ending.decision);
    if (!still.ok) return still;
  }
  const { statements, leafHash } = tellContract(
    scene,
    row,
    "contract_ended",
    {
      number: row.number,
      title: row.title,
      kind: ending.kind,
      side: ending.bySide,
      noticed: ending.noticedOn,
      ends: ending.endsOn,
      file: ending.file.sha256,
      decision: ending.decision ? `${ending.decision.meeting}/${ending.decision.item}` : "",
    },
    authorOf(scene),
  );
  const written = await scene.db.write([
    ...updateContract(scene, row, sql`ends_on = ${ending.endsOn}`),
    ...decideEnding(scene, contractId, ending.endingNo, { state: "in_force", by, why: "", leafHash }),
    ...(ending.decision ? [decisionHolds(scene, ending.decision.meetingId)] : []),
    ...statements,
  ]);
  if (written.ok) return ok((await loadContract(scene, contractId))!);
  if (["contract_stale", "decision_not_published"].includes(written.error.code))
    return confirmEnding(scene, contractId);
  throw new Error(`an ending was refused by ${written.error.code}`);
}

/** Another person refuses the notice, or its drafter gives it up. */
export async function dropEnding(
  scene: StaffScene,
  contractId: string,
  as: { readonly kind: "refused"; readonly why: string } | { readonly kind: "withdrawn" },
): Promise<Result<{ readonly contractId: string }, EndRefusal>> {
  const found = await waiting(scene, contractId);
  if (!found) return err({ reason: "unknown_contract" });
  const { row, ending } = found;
  if (!ending) return err({ reason: "contract_moved" });
  const by = scene.actor.personId;
  const why = as.kind === "refused" ? as.why.trim() : "";
  if (as.kind === "refused" && ending.draftedBy === by) return err({ reason: "own_contract" });
  if (as.kind === "withdrawn" && ending.draftedBy !== by) return err({ reason: "not_the_drafter" });
  if (as.kind === "refused" && why === "") return err({ reason: "why_missing" });
  const { statements, leafHash } = recordContract(scene, row, `ending_${as.kind}`, {}, authorOf(scene));
  const to = { state: as.kind, by, why, leafHash } as const;
  const written = await scene.db.write([...decideEnding(scene, contractId, ending.endingNo, to), ...statements]);
  return written.ok ? ok({ contractId }) : err({ reason: "contract_moved" });
}

// ——— Handing over (CC 949) ———

const isTakeoverKind = (kind: string): kind is TakeoverKind => (TAKEOVER_KINDS as readonly string[]).includes(kind);

export interface TakeoverAsked {
  readonly kind: string;
  readonly what: string;
  readonly amountFen: number | null;
  /** The line it puts in the place of. */
  readonly strikes: number | null;
}

/** Puts a line on the list; a mistake is struck by a new line, which is signed anew. Listed as soon as an end is in sight. */
export async function addTakeoverLine(
  scene: StaffScene,
  contractId: string,
  asked: TakeoverAsked,
  once: string,
): Promise<Result<{ readonly contractId: string }, EndRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  if (row.endsOn === null || row.takenOverOn !== null) return err({ reason: "contract_moved" });
  const [lines] = await scene.db.read(listTakeoverLines(scene, contractId));
  const checked = checkLineOf(asked, lines.length, isTakeoverKind, "deposits");
  if (!checked.ok) return checked;
  if (asked.strikes !== null && !lines.some(({ lineNo }) => lineNo === asked.strikes))
    return err({ reason: "unknown_line" });
  const { kind, what, amountFen } = checked.value;
  const { statements, leafHash } = recordContract(
    scene,
    row,
    "takeover_listed",
    { kind, what: sha256Hex(what), amount: amountFen ?? "", strikes: asked.strikes ?? "" },
    authorOf(scene),
  );
  const insert = insertTakeoverLine(scene, contractId, {
    kind,
    what,
    amountFen,
    strikes: asked.strikes,
    by: scene.actor.personId,
    leafHash,
  });
  const body = { key: once, body: JSON.stringify([contractId, asked]) };
  const written = await writeOnce(scene, body, [insert, ...statements], { contractId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "line_exists") return err({ reason: "line_struck_already" });
  throw new Error(`a line was refused by ${written.error.code}`);
}

/**
 * Signs a line. The provider has no office here: its side is entered from the signed sheet by whoever keeps the papers, naming who
 * signed by their post; the owners' side is signed by whoever takes it, who is another person.
 */
export async function markTakeoverLine(
  scene: StaffScene,
  contractId: string,
  lineNo: number,
  asked: { readonly side: "gives" | "takes"; readonly words: string },
): Promise<Result<{ readonly contractId: string }, EndRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  if (row.endsOn === null) return err({ reason: "contract_moved" });
  const [lines] = await scene.db.read(listTakeoverLines(scene, contractId));
  const line = lines.find((one) => one.lineNo === lineNo);
  const { personId, permissions } = scene.actor;
  const side = permissions.has("tender.draft") ? (["gives"] as const) : (["takes"] as const);
  const may = mayMark(line, asked.side, personId, [
    ...side,
    ...(permissions.has("tender.decide") ? (["takes"] as const) : []),
  ]);
  if (!may.ok) return may;
  if ((asked.side === "gives" ? line!.givenBy : line!.takenBy) === personId) return ok({ contractId });
  const by = authorOf(scene);
  const words = asked.side === "gives" ? asked.words.trim() : by.words;
  if (words === "" || words.length > 60) return err({ reason: "signer_missing" });
  const { statements, leafHash } = recordContract(
    scene,
    row,
    "takeover_signed",
    { line: lineNo, side: asked.side },
    by,
  );
  const mark = insertTakeoverMark(scene, contractId, { lineNo, side: asked.side, personId, words, leafHash });
  const written = await scene.db.write([mark, ...statements]);
  if (written.ok) return ok({ contractId });
  if (written.error.code === "struck_line") return err({ reason: "line_struck_already" });
  if (written.error.code === "signs_both_sides") return err({ reason: "signs_both_sides" });
  if (written.error.code === "signed_already") return err({ reason: "signed_already", by: "" });
  throw new Error(`a mark was refused by ${written.error.code}`);
}

/** The day on which whoever follows took over, once every line is signed by both sides: the old provider's interim service ends (CC 950). */
export async function takeOver(
  scene: StaffScene,
  contractId: string,
  on: string,
): Promise<Result<{ readonly contractId: string }, EndRefusal>> {
  const row = await loadContract(scene, contractId);
  if (!row) return err({ reason: "unknown_contract" });
  if (row.takenOverOn !== null) return row.takenOverOn === on ? ok({ contractId }) : err({ reason: "contract_moved" });
  if (row.endsOn === null) return err({ reason: "contract_moved" });
  const today = dayOf(scene.now);
  if (!isDay(on) || on > today || on <= row.endsOn) return err({ reason: "takeover_day" });
  const [lines] = await scene.db.read(listTakeoverLines(scene, contractId));
  if (handoverState(lines, TAKEOVER_KINDS, today, today) !== "complete") return err({ reason: "takeover_incomplete" });
  const { statements, leafHash } = tellContract(
    scene,
    row,
    "taken_over",
    { number: row.number, title: row.title, ended: row.endsOn, on },
    authorOf(scene),
  );
  const written = await scene.db.write([
    ...updateContract(scene, row, sql`taken_over_on = ${on}, taken_over_leaf = ${leafHash}`),
    ...statements,
  ]);
  return written.ok ? ok({ contractId }) : takeOver(scene, contractId, on);
}
