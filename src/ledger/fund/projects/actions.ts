/** Works paid from the maintenance fund: proposed, cleared, accepted, settled: load, ask the rules, write with the leaf. No HTTP. */
import { decisionHolds, readDecision } from "../../../assembly/results/reading.ts";
import { type Day, dayOf } from "../../../kernel/day.ts";
import { sha256Hex } from "../../../kernel/hash.ts";
import { newId } from "../../../kernel/id.ts";
import type { Fen } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { valuesFromRows } from "../../../offices/settings/rules.ts";
import { listSettings } from "../../../offices/settings/store.ts";
import type { Query } from "../../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../../platform/once.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import type { DraftingRefusal } from "../../books/actions.ts";
import type { Attachment } from "../../books/store.ts";
import { BANK, draftMovement, fundUnitsOn } from "../actions.ts";
import { modeOn, shareByArea } from "../rules.ts";
import { FUND_SETTINGS, settlementFrom } from "../settings.ts";
import { listUnitBalances, type ModeRow } from "../store.ts";
import {
  benefiting,
  type Clock,
  type ClockSettings,
  clearsProject,
  clocksOf,
  type DecisionRefusal,
  mayFile,
  mayStep,
  type PlanFault,
  type ProjectFacts,
  type ProjectPlan,
  planFaults,
  type SettlementAsked,
  type SettlementFault,
  type StepKind,
  type StepRefusal,
  settlementFaults,
} from "./rules.ts";
import {
  findProject,
  findProjectNumber,
  insertFiling,
  insertProject,
  insertStep,
  listProjects,
  type ProjectRow,
  projectFrom,
} from "./store.ts";

const COST = { decision: "5001", emergency: "5002" } as const;
const EMERGENCY_LAW = "应急使用：《民法典》第二百八十一条第二款";

export const factsOf = (row: ProjectRow): ProjectFacts => ({
  path: row.path,
  proposedBy: row.proposedBy,
  steps: row.steps,
  settled: row.settlement === null ? "no" : row.settlement.state === "posted" ? "posted" : "waiting",
});

export async function readProject(scene: Scene, number: number): Promise<ProjectRow | null> {
  const [rows] = await scene.db.read(findProject(scene, number));
  return rows[0] ? projectFrom(rows[0]) : null;
}
/** Projects with a number below `before`, the newest first. */
export async function readProjects(
  scene: Scene,
  page: { readonly limit: number; readonly before: number },
): Promise<readonly ProjectRow[]> {
  const [rows] = await scene.db.read(listProjects(scene, page));
  return rows.map(projectFrom);
}

export type ProposalRefusal =
  | KeyReused
  | { readonly reason: "plan_faulty"; readonly faults: readonly [PlanFault, ...PlanFault[]] };

/** Proposes works: purpose, plan, estimate and scope; an excluded purpose is refused (F1, F2, F8). */
export async function proposeProject(
  scene: StaffScene,
  plan: ProjectPlan,
  attachments: readonly Attachment[],
  once: string,
  files: readonly Query[] = [],
): Promise<Result<{ readonly number: number }, ProposalRefusal>> {
  const [fault, ...others] = planFaults(plan, await fundUnitsOn(scene, dayOf(scene.now)));
  if (fault) return err({ reason: "plan_faulty", faults: [fault, ...others] });
  const projectId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    "fund.proposed",
    {
      project: projectId,
      path: plan.path,
      emergency: plan.path === "emergency" ? (plan.emergency ?? "") : "",
      estimate: plan.estimateFen,
      content: sha256Hex(
        JSON.stringify([plan.title, plan.plan, plan.scope, attachments.map(({ sha256: hash }) => hash)]),
      ),
    },
    projectId,
  );
  const written = await writeOnce(
    scene,
    {
      key: once,
      body: scene.keys.index(JSON.stringify([plan, attachments.map(({ sha256: hash }) => hash)]), "once:fund-project"),
    },
    [
      ...files,
      insertProject(scene, {
        projectId,
        path: plan.path,
        title: plan.title.trim(),
        plan: plan.plan.trim(),
        emergency: plan.path === "emergency" ? plan.emergency : null,
        estimateFen: plan.estimateFen,
        scope: plan.scope,
        attachments,
        proposedBy: scene.actor.personId,
        leafHash: leaf.leafHash,
      }),
      leaf.statement,
    ],
    { projectId },
  );
  if (!written.ok) {
    if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
    throw new Error(`a project was refused by ${written.error.code}`);
  }
  const [numbers] = await scene.db.read(findProjectNumber(scene, written.value.projectId));
  return ok({ number: numbers[0]!.number });
}

export interface StepAsked {
  readonly kind: StepKind;
  readonly onDay: string;
  readonly words: string;
  /** For `decided`: which item of which meeting. */
  readonly meeting: number | null;
  readonly item: number | null;
}
export type SteppingRefusal = StepRefusal | DecisionRefusal | { readonly reason: "unknown_project" };

/** Records a step of a project. Each kind once: a repeat by the same person finds it done. */
export async function recordStep(
  scene: StaffScene,
  number: number,
  asked: StepAsked,
  attachments: readonly Attachment[] = [],
  files: readonly Query[] = [],
): Promise<Result<{ readonly kind: StepKind }, SteppingRefusal>> {
  const row = await readProject(scene, number);
  if (!row) return err({ reason: "unknown_project" });
  if (row.steps.some(({ kind, by }) => kind === asked.kind && by === scene.actor.personId))
    return ok({ kind: asked.kind });
  const today = dayOf(scene.now);
  const may = mayStep({ ...asked, files: attachments.length }, factsOf(row), scene.actor.personId, today);
  if (!may.ok) return may;
  const guards: Query[] = [];
  if (asked.kind === "decided") {
    const decision = await readDecision(scene, asked.meeting ?? 0, asked.item ?? 0);
    const clears = clearsProject(decision, row.scope, await fundUnitsOn(scene, today));
    if (!clears.ok) return clears;
    guards.push(decisionHolds(scene, clears.value.meetingId));
  }
  const [meeting, item] = asked.kind === "decided" ? [asked.meeting, asked.item] : [null, null];
  const leaf = appendLeaf(
    scene,
    "fund.step",
    {
      project: row.projectId,
      step: asked.kind,
      on: asked.onDay,
      words: sha256Hex(asked.words.trim()),
      files: attachments.map(({ sha256: hash }) => hash),
      ...(meeting === null || item === null ? {} : { meeting, item }),
    },
    row.projectId,
  );
  const step = insertStep(scene, row.projectId, {
    kind: asked.kind,
    onDay: asked.onDay,
    words: asked.words.trim(),
    meeting,
    item,
    attachments,
    by: scene.actor.personId,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([...guards, ...files, step, leaf.statement]);
  if (written.ok) return ok({ kind: asked.kind });
  switch (written.error.code) {
    case "fund_same_person":
      return err({ reason: "same_person" });
    case "decision_not_published":
      return err({ reason: "decision_not_published" });
    default:
      // Somebody recorded it, or stopped the works, meanwhile.
      return err({ reason: "step_done_already" });
  }
}

/** Records that the committee's approval was filed with the authority (F2; MF 23). Once: a repeat by the same person finds it done. */
export async function fileProject(
  scene: StaffScene,
  number: number,
  asked: { readonly onDay: string; readonly words: string },
  attachments: readonly Attachment[] = [],
  files: readonly Query[] = [],
): Promise<Result<{ readonly number: number }, SteppingRefusal>> {
  const row = await readProject(scene, number);
  if (!row) return err({ reason: "unknown_project" });
  const words = asked.words.trim();
  if (row.filing) return row.filing.words === words ? ok({ number }) : err({ reason: "step_done_already" });
  const may = mayFile({ ...asked, files: attachments.length }, factsOf(row), dayOf(scene.now));
  if (may) return err(may);
  const leaf = appendLeaf(
    scene,
    "fund.filed",
    {
      project: row.projectId,
      on: asked.onDay,
      words: sha256Hex(words),
      files: attachments.map(({ sha256: hash }) => hash),
    },
    row.projectId,
  );
  const filing = { onDay: asked.onDay, words, attachments, by: scene.actor.personId, leafHash: leaf.leafHash };
  const written = await scene.db.write([...files, insertFiling(scene, row.projectId, filing), leaf.statement]);
  return written.ok ? ok({ number }) : err({ reason: "step_done_already" });
}

/** What is owed on works and by when, as of today. */
export const readClocks = (
  row: ProjectRow,
  modes: readonly ModeRow[],
  settings: ClockSettings,
  today: Day,
): readonly Clock[] => {
  const approved = row.steps.find(({ kind }) => kind === "approved");
  const modeWhenApproved = modeOn(modes, approved?.onDay ?? today);
  return clocksOf(factsOf(row), { modeWhenApproved, filedOn: row.filing?.onDay ?? null, today }, settings);
};

export type SettlementRefusal =
  | DraftingRefusal
  | DecisionRefusal
  | { readonly reason: "unknown_project" }
  | { readonly reason: "settlement_faulty"; readonly faults: readonly [SettlementFault, ...SettlementFault[]] }
  | { readonly reason: "settlement_waiting" };

export interface SettlingAsked extends SettlementAsked {
  readonly onDay: string;
  readonly payee: string;
}

/** What each benefiting unit would pay of an amount, beside what it has; null where nobody benefits. By area, to the fen (F6). */
export async function shareSettlement(
  scene: Scene,
  row: Pick<ProjectRow, "scope">,
  amountFen: Fen,
): Promise<
  readonly { readonly unitId: string; readonly areaDm2: number; readonly fen: Fen; readonly balanceFen: Fen }[] | null
> {
  const units = benefiting(row.scope, await fundUnitsOn(scene, dayOf(scene.now)));
  const shared = shareByArea(amountFen, units);
  if (!shared.ok) return null;
  const [balances] = await scene.db.read(listUnitBalances(scene));
  const balanceOf = new Map(balances.map(({ unitId, balanceFen }) => [unitId, balanceFen]));
  return shared.value.map(({ key, weight, fen }) => ({
    unitId: key,
    areaDm2: weight,
    fen,
    balanceFen: balanceOf.get(key) ?? 0,
  }));
}

/** Settles accepted works: the cost is taken off the benefiting units by area, with its voucher. Another person reviews it (F2, F6, R11). */
export async function settleProject(
  scene: StaffScene,
  number: number,
  asked: SettlingAsked,
  attachments: readonly Attachment[],
  once: string,
  files: readonly Query[] = [],
): Promise<Result<{ readonly voucherId: string }, SettlementRefusal>> {
  const [row, [stored]] = await Promise.all([
    readProject(scene, number),
    scene.db.read(listSettings(scene, FUND_SETTINGS)),
  ]);
  if (!row) return err({ reason: "unknown_project" });
  const shares =
    Number.isSafeInteger(asked.amountFen) && asked.amountFen > 0
      ? await shareSettlement(scene, row, asked.amountFen)
      : [];
  const [fault, ...others] = settlementFaults(
    asked,
    { ...factsOf(row), estimateFen: row.estimateFen },
    shares ?? [],
    settlementFrom(valuesFromRows(FUND_SETTINGS, stored)),
  );
  // A repeat finds the works settling by its own first time: the write knows whose that is.
  const isRepeat = fault?.reason === "step_not_now" && (fault.state === "settling" || fault.state === "settled");
  if (fault && !isRepeat) return err({ reason: "settlement_faulty", faults: [fault, ...others] });
  const decided = row.steps.find(({ kind }) => kind === "decided");
  const decision = decided ? await readDecision(scene, decided.meeting ?? 0, decided.item ?? 0) : null;
  if (decided) {
    // The result may have been annulled since.
    const clears = clearsProject(decision, row.scope, await fundUnitsOn(scene, dayOf(scene.now)));
    if (!clears.ok && clears.error.reason !== "decision_of_other_owners") return clears;
  }
  const drafted = await draftMovement(
    scene,
    {
      kind: "use",
      onDay: asked.onDay,
      words: `维修资金工程第${row.number}项结算：${row.title}`,
      amountFen: asked.amountFen,
      shares: (shares ?? []).map(({ unitId, areaDm2, fen }) => ({ unitId, areaDm2, fen, firstFen: 0 })),
      counterparty: { name: asked.payee, isPerson: false },
      lines: [
        { account: COST[row.path], side: "debit", amountFen: asked.amountFen },
        { account: BANK, side: "credit", amountFen: asked.amountFen },
      ],
      decision: decided ? `第${decided.meeting}次会议 议题${decided.item}` : EMERGENCY_LAW,
      projectId: row.projectId,
      overWhy: asked.overWhy.trim() || null,
      attachments,
    },
    once,
    [...files, ...(decision ? [decisionHolds(scene, decision.meetingId)] : [])],
  );
  if (drafted.ok) return drafted;
  if (fault) return err({ reason: "settlement_faulty", faults: [fault, ...others] });
  const code = drafted.error.reason === "also_refused" ? drafted.error.code : "";
  if (code === "fund_use_waiting" || code === "fund_step_moved") return err({ reason: "settlement_waiting" });
  return code === "decision_not_published" ? err({ reason: "decision_not_published" }) : drafted;
}
