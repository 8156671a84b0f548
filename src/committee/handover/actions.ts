/** Opening a handover, listing what is handed over and signing for it, line by line (GR 45, 48; M16). No HTTP. */
import { authorOf } from "../../assembly/meeting/acting.ts";
import { listMandates, type MandateRow } from "../../elections/store.ts";
import { type Day, dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId, type PersonId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { findPerson, openName } from "../../offices/people/store.ts";
import { readSettings } from "../../offices/settings/actions.ts";
import { findTenure, listTenuresFrom, listTenuresOn, type TenureRow } from "../../offices/terms/store.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { isMemberPost } from "../seated/rules.ts";
import { handoverDue, lastDayOf, TERM_SETTINGS } from "../standing/rules.ts";
import {
  checkLine,
  type HandoverKind,
  type HandoverState,
  handoverState,
  type LineRefusal,
  maySign,
  REQUIRED_KINDS,
  type Side,
  type SignRefusal,
} from "./rules.ts";
import {
  findHandover,
  type HandoverKey,
  type HandoverRow,
  insertHandover,
  insertLine,
  insertMark,
  type LineRow,
  listHandovers,
  listLines,
  listLinesOfNewest,
} from "./store.ts";

export type HandoverRefusal =
  | KeyReused
  | LineRefusal
  | SignRefusal
  | { readonly reason: "unknown_handover" }
  | { readonly reason: "handover_exists" }
  /** Neither a mandate nor a member's tenure that has ended. */
  | { readonly reason: "nothing_ended" }
  | { readonly reason: "line_struck_already" };

const isSeat = ({ postKind }: Pick<TenureRow, "postKind">): boolean => isMemberPost(postKind);

/** What a handover is of: the mandate or the tenure, and the day it ended. */
interface Ended {
  readonly mandate: MandateRow | null;
  readonly tenure: TenureRow | null;
  readonly on: Day;
}

async function endedOf(
  scene: Scene,
  asked: { readonly mandateId: string } | { readonly tenureId: string },
): Promise<Ended | null> {
  if ("mandateId" in asked) {
    const [mandates] = await scene.db.read(listMandates(scene));
    const mandate = mandates.find(({ mandateId }) => mandateId === asked.mandateId);
    return mandate && mandate.untilAt <= scene.now ? { mandate, tenure: null, on: lastDayOf(mandate) } : null;
  }
  const [tenures] = await scene.db.read(findTenure(scene, asked.tenureId));
  const tenure = tenures[0];
  return tenure && isSeat(tenure) && tenure.untilAt !== null && tenure.untilAt <= scene.now
    ? { mandate: null, tenure, on: dayOf(tenure.untilAt - 1) }
    : null;
}

/** Opens the list for a committee, or a member, whose time has ended; its last day follows from the settings. One a committee or member. */
export async function openHandover(
  scene: StaffScene,
  asked: { readonly mandateId: string } | { readonly tenureId: string },
  once: string,
): Promise<Result<{ readonly handoverId: string }, HandoverRefusal>> {
  const ended = await endedOf(scene, asked);
  if (!ended) return err({ reason: "nothing_ended" });
  const settings = await readSettings(scene, TERM_SETTINGS);
  const days = ended.mandate ? settings.handoverDays.value : settings.memberHandoverDays.value;
  const dueOn = handoverDue(ended.on, days);
  const handoverId = newId<string>(scene.random);
  const mandateId = ended.mandate?.mandateId ?? null;
  const tenureId = ended.tenure?.tenureId ?? null;
  const leaf = appendLeaf(
    scene,
    "handover.opened",
    {
      handover: handoverId,
      mandate: mandateId ?? "",
      tenure: tenureId ?? "",
      ended: ended.on,
      due: dueOn,
      by: authorOf(scene).words,
    },
    handoverId,
  );
  const insert = insertHandover(scene, {
    handoverId,
    mandateId,
    tenureId,
    endedOn: ended.on,
    dueOn,
    openedBy: scene.actor.personId,
    openedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await writeOnce(scene, { key: once, body: JSON.stringify(asked) }, [insert, leaf.statement], {
    handoverId,
  });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "handover_exists") return err({ reason: "handover_exists" });
  throw new Error(`a handover was refused by ${written.error.code}`);
}

// ——— The list ———

export interface HandoverView {
  readonly row: HandoverRow;
  readonly lines: readonly LineRow[];
  readonly required: readonly HandoverKind[];
  readonly state: HandoverState;
  readonly mandate: MandateRow | null;
  /** The member who leaves; null where a whole committee does. */
  readonly member: string | null;
  /** Who stands on the leaving side, and who on the receiving one. */
  readonly giving: ReadonlySet<string>;
  readonly taking: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
}

/** A handover as of now; null when there is none. */
export async function viewHandover(scene: Scene, key: HandoverKey): Promise<HandoverView | null> {
  const [rows, lines, mandates, running] = await scene.db.read(
    findHandover(scene, key),
    listLines(scene, key),
    listMandates(scene),
    listTenuresFrom(scene, scene.now),
  );
  const row = rows[0];
  if (!row) return null;
  const [before, own] = await scene.db.read(listTenuresOn(scene, row.endedOn), findTenure(scene, row.tenureId ?? ""));
  const left = row.tenureId === null ? before.filter(isSeat) : own;
  const sits = running.filter((one) => isSeat(one) && one.fromAt <= scene.now);
  const people = [...new Set([...left, ...sits].map(({ personId }) => personId))];
  const found = await scene.db.readMany(people.map((id) => findPerson(scene, id)));
  const names = new Map<string, string>();
  for (const person of found.flat()) names.set(person.personId, await openName(scene, person));
  const required = row.mandateId === null ? [] : REQUIRED_KINDS;
  return {
    row,
    lines,
    required,
    state: handoverState(lines, required, row.dueOn, dayOf(scene.now)),
    mandate: mandates.find(({ mandateId }) => mandateId === row.mandateId) ?? null,
    member: own[0] ? (names.get(own[0].personId) ?? null) : null,
    giving: new Set(left.map(({ personId }) => personId)),
    taking: new Set(sits.map(({ personId }) => personId)),
    names,
  };
}

/** On which sides a person stands. Whoever left one day and sits today stands on both, and signs each line once. */
export const sidesOf = (view: Pick<HandoverView, "giving" | "taking">, personId: PersonId): Side[] => [
  ...(view.giving.has(personId) ? (["gives"] as const) : []),
  ...(view.taking.has(personId) ? (["takes"] as const) : []),
];

export interface LineAsked {
  readonly kind: string;
  readonly what: string;
  readonly amountFen: number | null;
  /** A line this one takes the place of; null for a new one. */
  readonly strikes: number | null;
}

/** Adds a line, or puts it in the place of a wrong one. A line that both sides signed can be struck too: the new one is signed anew. */
export async function addLine(
  scene: StaffScene,
  handoverId: string,
  asked: LineAsked,
  once: string,
): Promise<Result<{ readonly handoverId: string }, HandoverRefusal>> {
  const view = await viewHandover(scene, handoverId);
  if (!view) return err({ reason: "unknown_handover" });
  const checked = checkLine(asked, view.lines.length);
  if (!checked.ok) return checked;
  const struck = asked.strikes === null ? null : view.lines.find(({ lineNo }) => lineNo === asked.strikes);
  if (struck === undefined) return err({ reason: "unknown_line" });
  const { kind, what, amountFen } = checked.value;
  const leaf = appendLeaf(
    scene,
    "handover.listed",
    {
      handover: handoverId,
      kind,
      what: sha256Hex(what),
      amount: amountFen ?? "",
      strikes: asked.strikes ?? "",
      by: authorOf(scene).words,
    },
    handoverId,
  );
  const insert = insertLine(scene, {
    handoverId,
    kind,
    what,
    amountFen,
    strikes: asked.strikes,
    addedBy: scene.actor.personId,
    addedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const body = { key: once, body: JSON.stringify({ handoverId, ...asked }) };
  const written = await writeOnce(scene, body, [insert, leaf.statement], { handoverId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "line_exists") return err({ reason: "line_struck_already" });
  throw new Error(`a line of a handover was refused by ${written.error.code}`);
}

/**
 * Signs a line on one side, in the signer's own session; or enters the signature of somebody who left from the signed sheet
 * (`onPaperBy`): who has left may hold no office to sign in with. Signing it again is the same signature.
 */
export async function signLine(
  scene: StaffScene,
  handoverId: string,
  lineNo: number,
  side: Side,
  onPaperBy?: PersonId,
): Promise<Result<{ readonly handoverId: string }, HandoverRefusal>> {
  const { actor } = scene;
  const personId = onPaperBy ?? actor.personId;
  const view = await viewHandover(scene, handoverId);
  if (!view) return err({ reason: "unknown_handover" });
  // Paper is for those who left; who sits has a session, and nobody enters their own paper.
  if (
    onPaperBy !== undefined &&
    (side !== "gives" || onPaperBy === actor.personId || !actor.permissions.has("committee.record"))
  )
    return err({ reason: "not_your_side" });
  const line = view.lines.find((one) => one.lineNo === lineNo);
  const may = maySign(line, side, personId, sidesOf(view, personId));
  if (!may.ok) return may;
  if ((side === "gives" ? line!.givenBy : line!.takenBy) === personId) return ok({ handoverId });
  const onPaper = onPaperBy !== undefined;
  const leaf = appendLeaf(scene, "handover.signed", { handover: handoverId, line: lineNo, side, onPaper }, handoverId);
  const mark = insertMark(scene, {
    handoverId,
    lineNo,
    side,
    personId,
    enteredBy: actor.personId,
    signedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([mark, leaf.statement]);
  if (written.ok) return ok({ handoverId });
  if (written.error.code === "struck_line") return err({ reason: "line_struck_already" });
  if (written.error.code !== "signed_already") throw new Error(`a signature was refused by ${written.error.code}`);
  // Somebody signed meanwhile, perhaps this very person in another tab.
  const again = await viewHandover(scene, handoverId);
  const now = again?.lines.find((one) => one.lineNo === lineNo);
  const after = maySign(now, side, personId, again ? sidesOf(again, personId) : []);
  return after.ok ? ok({ handoverId }) : after;
}

/** A handover as a list has it. */
export interface HandoverLineUp {
  readonly row: HandoverRow;
  readonly state: HandoverState;
  readonly mandateNumber: number | null;
  readonly member: string | null;
}

/** The newest handovers with their state, and the mandate that waits for its list. Two round trips, however many they are. */
export async function listHandoverStates(
  scene: Scene,
  most: number,
): Promise<{ readonly lines: readonly HandoverLineUp[]; readonly due: MandateRow | null }> {
  const [rows, lines, mandates] = await scene.db.read(
    listHandovers(scene, most),
    listLinesOfNewest(scene, most),
    listMandates(scene),
  );
  const single = rows.flatMap(({ tenureId }) => (tenureId === null ? [] : [tenureId]));
  const tenures = (await scene.db.readMany(single.map((tenureId) => findTenure(scene, tenureId)))).flat();
  const names = new Map<string, string>();
  for (const tenure of tenures) names.set(tenure.tenureId, await openName(scene, tenure));
  const last = mandates.find(({ untilAt }) => untilAt <= scene.now);
  return {
    lines: rows.map((row) => ({
      row,
      state: handoverState(
        lines.filter(({ handoverId }) => handoverId === row.handoverId),
        row.mandateId === null ? [] : REQUIRED_KINDS,
        row.dueOn,
        dayOf(scene.now),
      ),
      mandateNumber: mandates.find(({ mandateId }) => mandateId === row.mandateId)?.number ?? null,
      member: row.tenureId === null ? null : (names.get(row.tenureId) ?? null),
    })),
    due: last && !rows.some(({ mandateId }) => mandateId === last.mandateId) ? last : null,
  };
}
