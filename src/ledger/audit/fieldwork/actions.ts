/** Ticking the working sheet, findings, the committee's responses, and conclusions: load, ask the rules, write with the leaf. No HTTP. */
import { addWorkingDays, dayOf } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import { type Query, sql } from "../../../platform/db.ts";
import { findAnswer, type KeyReused, writeOnce } from "../../../platform/once.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { openCounterparty } from "../../books/actions.ts";
import { personIn } from "../../questions/rules.ts";
import { type AuditView, viewAudit } from "../actions.ts";
import { type ActRefusal, type AuditState, isAt, mayWork } from "../rules.ts";
import { listCounterparties } from "../sampling/store.ts";
import { AUDIT_SETTINGS } from "../settings.ts";
import { assertAuditorNow, findAudit, moveAudit, moveAuditIfAt } from "../store.ts";
import {
  type FindingAsked,
  type FindingFault,
  findingFaults,
  type HearingRefusal,
  mayConclude,
  mayRespond,
  maySend,
  newTicks,
  POINTS,
  type Point,
  type SendRefusal,
  type Severity,
  type Tick,
  type TickRefusal,
} from "./rules.ts";
import {
  type FindingRow,
  type ItemRow,
  insertConclusion,
  insertFinding,
  insertResponse,
  insertTicks,
  listItems,
  listTicksOf,
  listVouchersOf,
  standing,
  type TickRow,
} from "./store.ts";

export type FieldRefusal =
  | ActRefusal
  | KeyReused
  | TickRefusal
  | SendRefusal
  | HearingRefusal
  | { readonly reason: "finding_faulty"; readonly faults: readonly [FindingFault, ...FindingFault[]] }
  | { readonly reason: "names_a_person"; readonly field: string; readonly found: string }
  | { readonly reason: "unknown_audit" }
  | { readonly reason: "unknown_item"; readonly item: number }
  | { readonly reason: "unknown_finding"; readonly finding: number }
  | { readonly reason: "access_over" }
  /** Somebody ticked the same voucher meanwhile: what they found is looked at first. */
  | { readonly reason: "tick_stale" };

// ——— Ticks ———

const noteContext = (communityId: string, engagementId: string, itemNo: number, point: string, turn: number): string =>
  `audit-tick:${communityId}:${engagementId}:${itemNo}:${point}:${turn}`;
registerSealed({
  table: "audit_tick",
  column: "note_sealed",
  key: ["engagement_id", "item_no", "point", "turn"],
  contextOf: (communityId, row) =>
    noteContext(communityId, String(row.engagement_id), Number(row.item_no), String(row.point), Number(row.turn)),
});

export interface HeldTick extends Tick {
  readonly turn: number;
  readonly tickedAt: number;
  readonly leafHash: string;
}
export interface ItemView {
  readonly item: ItemRow;
  /** What holds, and what held before, the newest first. */
  readonly holds: readonly HeldTick[];
  readonly before: readonly HeldTick[];
}

/** One voucher of the working sheet with its ticks opened; null when there is none. One round trip. */
export async function viewItem(scene: Scene, engagementId: string, itemNo: number): Promise<ItemView | null> {
  const [items, rows] = await scene.db.read(
    listItems(scene, engagementId, { after: itemNo - 1, limit: 1 }),
    listTicksOf(scene, engagementId, itemNo),
  );
  const item = items[0];
  if (item?.itemNo !== itemNo) return null;
  const opened = await Promise.all(rows.map((row) => openTick(scene, engagementId, row)));
  const newest = new Map<Point, number>();
  for (const { point, turn } of opened) newest.set(point, Math.max(turn, newest.get(point) ?? 0));
  const isNewest = ({ point, turn }: HeldTick): boolean => newest.get(point) === turn;
  return {
    item,
    holds: opened.filter(isNewest).toSorted((a, b) => POINTS.indexOf(a.point) - POINTS.indexOf(b.point)),
    before: opened.filter((tick) => !isNewest(tick)).toSorted((a, b) => b.tickedAt - a.tickedAt),
  };
}

async function openTick(scene: Scene, engagementId: string, row: TickRow): Promise<HeldTick> {
  const { itemNo, point, turn, result, tickedAt, leafHash } = row;
  const note = await scene.keys.open(
    row.noteSealed,
    noteContext(scene.community.id, engagementId, itemNo, point, turn),
  );
  return { point, turn, result, note, tickedAt, leafHash };
}

const TICKING: readonly AuditState[] = ["fieldwork", "draft_sent", "responses"];

/** Ticks a voucher of the sheet: what changed is written as new turns, what did not stands. A repeat writes nothing. */
export async function tickItem(
  scene: StaffScene,
  engagementId: string,
  itemNo: number,
  asked: readonly Tick[],
): Promise<Result<{ readonly written: number }, FieldRefusal>> {
  const [rows] = await scene.db.read(findAudit(scene, engagementId));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_audit" });
  const work = mayWork(row, scene.actor.personId, TICKING);
  if (!work.ok) return work;
  const view = await viewItem(scene, engagementId, itemNo);
  if (!view) return err({ reason: "unknown_item", item: itemNo });
  const changed = newTicks(asked, view.holds);
  if (!changed.ok) return changed;
  if (changed.value.length === 0) return ok({ written: 0 });
  const ticks = await Promise.all(
    changed.value.map(async ({ point, result, note }) => {
      const turn = (view.holds.find((one) => one.point === point)?.turn ?? 0) + 1;
      const context = noteContext(scene.community.id, engagementId, itemNo, point, turn);
      return { point, turn, result, noteSealed: await scene.keys.seal(note, context) };
    }),
  );
  const { book, period, number } = view.item;
  const leaf = appendLeaf(
    scene,
    "audit.ticked",
    {
      audit: engagementId,
      item: itemNo,
      voucher: `${book}/${period}/${number}`,
      // Of the sealed notes, which nobody can guess their way back from.
      ticks: ticks.map(({ point, turn, result, noteSealed }) => ({ point, turn, result, note: sha256Hex(noteSealed) })),
    },
    engagementId,
  );
  const written = await scene.db.write([
    insertTicks(scene, { engagementId, itemNo }, ticks, scene.actor.personId, leaf.leafHash),
    assertAuditorNow(scene, scene.actor.personId),
    leaf.statement,
  ]);
  if (written.ok) return ok({ written: ticks.length });
  if (written.error.code === "access_over") return err({ reason: "access_over" });
  if (written.error.code !== "tick_stale") return overtaken(scene, engagementId, TICKING);
  const now = await viewItem(scene, engagementId, itemNo);
  const left = newTicks(asked, now?.holds ?? []);
  return left.ok && left.value.length === 0 ? ok({ written: 0 }) : err({ reason: "tick_stale" });
}

/** What an audit became while somebody wrote. */
async function overtaken(
  scene: Scene,
  engagementId: string,
  needs: readonly AuditState[],
): Promise<Result<never, FieldRefusal>> {
  const [rows] = await scene.db.read(findAudit(scene, engagementId));
  const state = rows[0]?.state;
  if (!state) return err({ reason: "unknown_audit" });
  if (needs.includes(state)) throw new Error(`an act of an audit was refused at ${state}`);
  return err({ reason: "wrong_audit_state", state, needs });
}

// ——— Findings ———

/** Names of natural persons on the other side of some vouchers of the sheet: none of them may stand in what is published. */
async function personsIn(scene: Scene, engagementId: string, items: readonly number[]): Promise<string[]> {
  if (items.length === 0) return [];
  const [vouchers] = await scene.db.read(listVouchersOf(scene, engagementId, items));
  const [parties] = await scene.db.read(
    listCounterparties(
      scene,
      vouchers.map(({ voucherId }) => voucherId),
    ),
  );
  const people = parties.filter(({ counterpartyShown }) => counterpartyShown.includes("*"));
  return Promise.all(people.map((row) => openCounterparty(scene, row)));
}

/** Records a finding, or puts one in the place of another. Until it is published with the opinion, officers see it once it was sent. */
export async function recordFinding(
  scene: StaffScene,
  engagementId: string,
  asked: FindingAsked,
  once: string,
): Promise<Result<{ readonly engagementId: string }, FieldRefusal>> {
  const items = [...new Set(asked.items)].sort((a, b) => a - b);
  const wanted = { ...asked, items };
  const body = { key: once, body: JSON.stringify([engagementId, wanted]) };
  const first = await findAnswer<{ engagementId: string }>(scene, body);
  if (first) return first;
  const view = await viewAudit(scene, engagementId);
  if (!view) return err({ reason: "unknown_audit" });
  const work = mayWork(view.row, scene.actor.personId, ["fieldwork"]);
  if (!work.ok) return work;
  const live = standing(view.findings).map(({ findingNo }) => findingNo);
  const [fault, ...others] = findingFaults(wanted, { items: view.items, live, all: view.findings.length });
  if (fault) return err({ reason: "finding_faulty", faults: [fault, ...others] });
  const names = await personsIn(scene, engagementId, items);
  for (const field of ["text", "recommendation"] as const) {
    const found = personIn(asked[field], names);
    if (found !== null) return err({ reason: "names_a_person", field, found });
  }
  const [text, recommendation] = [asked.text.trim(), asked.recommendation.trim()];
  const leaf = appendLeaf(
    scene,
    "audit.finding_recorded",
    {
      audit: engagementId,
      severity: asked.severity,
      text: sha256Hex(text),
      recommendation: sha256Hex(recommendation),
      items,
      amount: asked.amountFen,
      strikes: asked.strikes ?? "",
    },
    engagementId,
  );
  const insert = insertFinding(scene, {
    engagementId,
    severity: asked.severity as Severity,
    text,
    recommendation,
    items,
    amountFen: asked.amountFen,
    strikes: asked.strikes,
    by: scene.actor.personId,
    leafHash: leaf.leafHash,
  });
  const written = await writeOnce(
    scene,
    body,
    [insert, assertAuditorNow(scene, scene.actor.personId), leaf.statement],
    {
      engagementId,
    },
  );
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "access_over") return err({ reason: "access_over" });
  if (written.error.code === "finding_struck") return err({ reason: "unknown_finding", finding: asked.strikes ?? 0 });
  return overtaken(scene, engagementId, ["fieldwork"]);
}

/** Sends the findings to the committee; from here its working days run. None found is sent too. A repeat finds it done. */
export async function sendFindings(
  scene: StaffScene,
  engagementId: string,
): Promise<Result<{ readonly dueOn: string }, FieldRefusal>> {
  const view = await viewAudit(scene, engagementId);
  if (!view) return err({ reason: "unknown_audit" });
  const { row } = view;
  const { personId } = scene.actor;
  if (row.responseDueOn !== null && row.state !== "ended" && row.auditorPersonId === personId)
    return ok({ dueOn: row.responseDueOn });
  const work = mayWork(row, personId, ["fieldwork"]);
  if (!work.ok) return work;
  const may = maySend(view.items, view.ticked);
  if (!may.ok) return may;
  const [settings] = await scene.db.read(listSettings(scene, AUDIT_SETTINGS));
  const dueOn = addWorkingDays(dayOf(scene.now), valuesFromRows(AUDIT_SETTINGS, settings).responseDays.value);
  const findings = standing(view.findings);
  const leaf = appendLeaf(
    scene,
    "audit.findings_sent",
    { audit: engagementId, findings: findings.map(({ findingNo }) => findingNo), due: dueOn },
    engagementId,
  );
  const written = await scene.db.write([
    ...moveAudit(scene, engagementId, "fieldwork", sql`state = 'draft_sent', response_due_on = ${dueOn}`),
    assertAuditorNow(scene, personId),
    leaf.statement,
  ]);
  if (written.ok) return ok({ dueOn });
  return written.error.code === "access_over" ? err({ reason: "access_over" }) : sendFindings(scene, engagementId);
}

// ——— Responses and conclusions ———

const HEARING: readonly AuditState[] = ["draft_sent", "responses"];

const findingIn = (view: AuditView, findingNo: number): FindingRow | undefined =>
  standing(view.findings).find((one) => one.findingNo === findingNo);
const heardOf = ({ response, outcome }: FindingRow) => ({
  hasResponse: response !== null,
  isConcluded: outcome !== null,
});

/** The committee answers a finding, in words that will be published. Once; a repeat with the same words finds it done. */
export async function respond(
  scene: StaffScene,
  engagementId: string,
  findingNo: number,
  words: string,
): Promise<Result<{ readonly number: number }, FieldRefusal>> {
  const view = await viewAudit(scene, engagementId);
  if (!view) return err({ reason: "unknown_audit" });
  const finding = findingIn(view, findingNo);
  if (!finding) return err({ reason: "unknown_finding", finding: findingNo });
  const answer = { number: view.row.number };
  if (finding.response === words.trim()) return ok(answer);
  const at = isAt(view.row, HEARING);
  if (!at.ok) return at;
  const may = mayRespond(heardOf(finding), words);
  if (!may.ok) return may;
  const found = personIn(may.value, await personsIn(scene, engagementId, finding.items));
  if (found !== null) return err({ reason: "names_a_person", field: "words", found });
  const leaf = appendLeaf(
    scene,
    "audit.responded",
    { audit: engagementId, finding: findingNo, words: sha256Hex(may.value) },
    engagementId,
  );
  const insert = insertResponse(scene, {
    engagementId,
    findingNo,
    text: may.value,
    respondedBy: scene.actor.personId,
    respondedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([
    insert,
    moveAuditIfAt(scene, engagementId, "draft_sent", "responses"),
    leaf.statement,
  ]);
  return written.ok ? ok(answer) : heardMeanwhile(scene, engagementId, written.error.code);
}

async function heardMeanwhile(scene: Scene, engagementId: string, code: string): Promise<Result<never, FieldRefusal>> {
  if (code === "responded_already" || code === "concluded_already") return err({ reason: code });
  if (code === "access_over") return err({ reason: "access_over" });
  return overtaken(scene, engagementId, HEARING);
}

/** The auditor concludes on a finding, after the committee's answer or its last day. Once; a repeat finds it done. */
export async function conclude(
  scene: StaffScene,
  engagementId: string,
  findingNo: number,
  asked: { readonly outcome: string; readonly words: string },
): Promise<Result<{ readonly number: number }, FieldRefusal>> {
  const view = await viewAudit(scene, engagementId);
  if (!view) return err({ reason: "unknown_audit" });
  const { row } = view;
  const finding = findingIn(view, findingNo);
  if (!finding) return err({ reason: "unknown_finding", finding: findingNo });
  const answer = { number: row.number };
  if (finding.outcome === asked.outcome && finding.conclusion === asked.words.trim()) return ok(answer);
  const work = mayWork(row, scene.actor.personId, HEARING);
  if (!work.ok) return work;
  const today = dayOf(scene.now);
  const may = mayConclude(heardOf(finding), asked, row.responseDueOn ?? today, today);
  if (!may.ok) return may;
  const found = personIn(may.value.words, await personsIn(scene, engagementId, finding.items));
  if (found !== null) return err({ reason: "names_a_person", field: "words", found });
  const leaf = appendLeaf(
    scene,
    "audit.concluded",
    { audit: engagementId, finding: findingNo, outcome: may.value.outcome, words: sha256Hex(may.value.words) },
    engagementId,
  );
  const insert = insertConclusion(scene, {
    engagementId,
    findingNo,
    outcome: may.value.outcome,
    text: may.value.words,
    concludedBy: scene.actor.personId,
    concludedOn: today,
    concludedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const statements: Query[] = [insert, assertAuditorNow(scene, scene.actor.personId), leaf.statement];
  const written = await scene.db.write(statements);
  return written.ok ? ok(answer) : heardMeanwhile(scene, engagementId, written.error.code);
}
