/** Works paid from the maintenance fund, from plan to settlement: what may be paid, who clears it, what the settlement must say. Pure. */
import { type ItemScope, isInScope } from "../../../assembly/agenda/rules.ts";

import { addDays, type Day, isDay } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { FundUnit, Mode } from "../rules.ts";

/** Using the fund is matter 5 of the owners in scope (CC 278①(5); F3: the thresholds are the assembly's, MF 22's two thirds are superseded). */
export const FUND_MATTER = 5;

/** By the owners' decision, or for an emergency without a vote (CC 281②; F10). */
export const PATHS = ["decision", "emergency"] as const;
export type Path = (typeof PATHS)[number];
export const isPath = (text: string): text is Path => (PATHS as readonly string[]).includes(text);

/** What the fund never pays (F1, F8; MF 18, 25): others owe it. */
export const EXCLUSIONS = ["developer_duty", "under_warranty", "utility_pipes", "damage", "service_contract"] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];
export const isExclusion = (text: string): text is Exclusion => (EXCLUSIONS as readonly string[]).includes(text);

/** The cases in which nobody need vote first (F10; CC 281②; HZ 73). */
export const EMERGENCIES = ["lift", "fire", "facade", "collapse", "leak", "drain"] as const;
export type Emergency = (typeof EMERGENCIES)[number];
export const isEmergency = (text: string): text is Emergency => (EMERGENCIES as readonly string[]).includes(text);

export const LONGEST_TITLE = 60;
export const LONGEST_PLAN = 2_000;

export interface ProjectPlan {
  readonly path: Path;
  readonly title: string;
  /** 使用方案: what is done, by whom, at what cost. Public. */
  readonly plan: string;
  /** What of the excluded applies; empty when the proposer says that none does. */
  readonly exclusions: readonly Exclusion[];
  readonly emergency: Emergency | null;
  readonly estimateFen: Fen;
  readonly scope: ItemScope;
}

export type PlanFault =
  | { readonly reason: "title_missing"; readonly most: number }
  | { readonly reason: "plan_missing"; readonly most: number }
  | { readonly reason: "estimate_unreadable" }
  | { readonly reason: "excluded_purpose"; readonly exclusion: Exclusion }
  | { readonly reason: "emergency_case_missing" }
  | { readonly reason: "nobody_benefits" };

/** Everything wrong with a plan; empty when it may be proposed. `units` are those of the roll with an area. */
export function planFaults(plan: ProjectPlan, units: readonly FundUnit[]): PlanFault[] {
  const faults: PlanFault[] = [];
  if (plan.title.trim() === "" || plan.title.length > LONGEST_TITLE)
    faults.push({ reason: "title_missing", most: LONGEST_TITLE });
  if (plan.plan.trim() === "" || plan.plan.length > LONGEST_PLAN)
    faults.push({ reason: "plan_missing", most: LONGEST_PLAN });
  if (!Number.isSafeInteger(plan.estimateFen) || plan.estimateFen <= 0) faults.push({ reason: "estimate_unreadable" });
  for (const exclusion of plan.exclusions) faults.push({ reason: "excluded_purpose", exclusion });
  if (plan.path === "emergency" && plan.emergency === null) faults.push({ reason: "emergency_case_missing" });
  if (benefiting(plan.scope, units).length === 0) faults.push({ reason: "nobody_benefits" });
  return faults;
}

/** The units the works are for: they decide, and they pay (F3, F6; MF 20–22). */
export const benefiting = (scope: ItemScope, units: readonly FundUnit[]): FundUnit[] =>
  units.filter((unit) => unit.areaDm2 > 0 && isInScope(scope, unit));

/** Whether two scopes hold exactly the same units of a roll: a decision of other owners clears nothing. */
export function sameUnits(one: ItemScope, other: ItemScope, units: readonly FundUnit[]): boolean {
  return units.every((unit) => isInScope(one, unit) === isInScope(other, unit));
}

// ——— From plan to settlement ———

export const STEP_KINDS = [
  "decided",
  "committee_confirmed",
  "street_confirmed",
  "approved",
  "accepted",
  "audited",
  "reported",
  "stopped",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface StepFacts {
  readonly kind: StepKind;
  readonly by: string;
  readonly onDay: Day;
}
export interface ProjectFacts {
  readonly path: Path;
  readonly proposedBy: string;
  readonly steps: readonly StepFacts[];
  /** A settlement drafted, or posted and not taken back. */
  readonly settled: "no" | "waiting" | "posted";
}

const hasStep = ({ steps }: ProjectFacts, kind: StepKind): boolean => steps.some((step) => step.kind === kind);

export const PROJECT_STATES = [
  "proposed",
  "cleared",
  "approved",
  "accepted",
  "settling",
  "settled",
  "stopped",
] as const;
export type ProjectState = (typeof PROJECT_STATES)[number];

/** Whether the owners decided it, or two persons confirmed the emergency. */
export const isCleared = (facts: ProjectFacts): boolean =>
  facts.path === "decision"
    ? hasStep(facts, "decided")
    : hasStep(facts, "committee_confirmed") && hasStep(facts, "street_confirmed");

export function stateOf(facts: ProjectFacts): ProjectState {
  if (facts.settled === "posted") return "settled";
  if (hasStep(facts, "stopped")) return "stopped";
  if (facts.settled === "waiting") return "settling";
  if (hasStep(facts, "accepted")) return "accepted";
  if (hasStep(facts, "approved")) return "approved";
  return isCleared(facts) ? "cleared" : "proposed";
}

/** A decision as the assembly tells it; null where there is none of this number. */
export interface DecisionFacts {
  readonly meetingId: string;
  readonly state: string;
  /** The matter of the item; null where the meeting has no such item. */
  readonly matter: number | null;
  readonly scope: ItemScope | null;
  /** What the last published count said; null while nothing is published. */
  readonly outcome: string | null;
}
export type DecisionRefusal =
  | { readonly reason: "decision_unknown" }
  | { readonly reason: "decision_not_published" }
  | { readonly reason: "decision_of_another_matter"; readonly matter: number; readonly wanted: readonly number[] }
  | { readonly reason: "decision_of_other_owners" }
  | { readonly reason: "decision_lost" };

/** Whether it was published, of one of these matters, and carried (CC 278). */
export function isCarried(
  facts: DecisionFacts | null,
  wanted: readonly number[],
): Result<DecisionFacts, DecisionRefusal> {
  if (!facts || facts.matter === null) return err({ reason: "decision_unknown" });
  if ((facts.state !== "published" && facts.state !== "final") || facts.outcome === null)
    return err({ reason: "decision_not_published" });
  if (!wanted.includes(facts.matter))
    return err({ reason: "decision_of_another_matter", matter: facts.matter, wanted });
  return facts.outcome === "carried" ? ok(facts) : err({ reason: "decision_lost" });
}

/** Whether the owners in the project's scope decided it (F3; CC 278①(5); MF 22 for the scope). */
export function clearsProject(
  facts: DecisionFacts | null,
  scope: ItemScope,
  units: readonly FundUnit[],
): Result<DecisionFacts, DecisionRefusal> {
  const carried = isCarried(facts, [FUND_MATTER]);
  if (!carried.ok) return carried;
  return carried.value.scope && sameUnits(carried.value.scope, scope, units)
    ? carried
    : err({ reason: "decision_of_other_owners" });
}

export type StepRefusal =
  | { readonly reason: "step_not_now"; readonly state: ProjectState }
  | { readonly reason: "step_done_already" }
  | { readonly reason: "wrong_path"; readonly path: Path }
  | { readonly reason: "same_person" }
  | { readonly reason: "step_words_missing" }
  | { readonly reason: "step_file_missing" }
  | { readonly reason: "not_a_day" }
  | { readonly reason: "in_the_future"; readonly today: Day };

export interface StepAsked {
  readonly kind: StepKind;
  readonly onDay: string;
  /** The reference of the authority, the body that confirmed, who accepted, what the audit found, why it was stopped. */
  readonly words: string;
  readonly files: number;
}

const NEEDS_FILE: readonly StepKind[] = ["approved", "accepted", "audited", "reported"];

/** Whether a step may be recorded now by this person (F2, F10). */
export function mayStep(
  asked: StepAsked,
  facts: ProjectFacts,
  personId: string,
  today: Day,
): Result<StepKind, StepRefusal> {
  const state = stateOf(facts);
  if (hasStep(facts, asked.kind)) return err({ reason: "step_done_already" });
  const emergencyOnly = ["committee_confirmed", "street_confirmed", "reported"].includes(asked.kind);
  if ((emergencyOnly && facts.path !== "emergency") || (asked.kind === "decided" && facts.path !== "decision"))
    return err({ reason: "wrong_path", path: facts.path });
  if (!isNow(asked.kind, state)) return err({ reason: "step_not_now", state });
  if (asked.kind === "committee_confirmed" || asked.kind === "street_confirmed") {
    const before = facts.steps.filter(({ kind }) => kind === "committee_confirmed" || kind === "street_confirmed");
    if (facts.proposedBy === personId || before.some(({ by }) => by === personId))
      return err({ reason: "same_person" });
  }
  if (!isDay(asked.onDay)) return err({ reason: "not_a_day" });
  if (asked.onDay > today) return err({ reason: "in_the_future", today });
  if (asked.words.trim() === "" && asked.kind !== "decided") return err({ reason: "step_words_missing" });
  return NEEDS_FILE.includes(asked.kind) && asked.files === 0 ? err({ reason: "step_file_missing" }) : ok(asked.kind);
}

function isNow(kind: StepKind, state: ProjectState): boolean {
  switch (kind) {
    case "decided":
    case "committee_confirmed":
    case "street_confirmed":
      return state === "proposed";
    case "approved":
      return state === "cleared";
    case "accepted":
      return state === "approved";
    case "audited":
      return state === "accepted";
    case "reported":
      return ["cleared", "approved", "accepted", "settling", "settled"].includes(state);
    case "stopped":
      return ["proposed", "cleared", "approved", "accepted"].includes(state);
  }
}

/** The last day to report an emergency to all owners afterwards: so many days from the second confirmation; null before it, or where none is owed. */
export function reportDueOn(facts: ProjectFacts, days: number): Day | null {
  if (facts.path !== "emergency" || !isCleared(facts)) return null;
  const confirmed = facts.steps
    .filter(({ kind }) => kind === "committee_confirmed" || kind === "street_confirmed")
    .map(({ onDay }) => onDay)
    .toSorted();
  return addDays(confirmed.at(-1)!, days);
}

/** Why an approval cannot be recorded as filed now; null when it may (MF 23). */
export function mayFile(
  asked: { readonly onDay: string; readonly words: string; readonly files: number },
  facts: ProjectFacts,
  today: Day,
): StepRefusal | null {
  const state = stateOf(facts);
  const approved = facts.steps.find(({ kind }) => kind === "approved");
  if (!approved || state === "stopped") return { reason: "step_not_now", state };
  if (!isDay(asked.onDay) || asked.onDay < approved.onDay) return { reason: "not_a_day" };
  if (asked.onDay > today) return { reason: "in_the_future", today };
  if (asked.words.trim() === "") return { reason: "step_words_missing" };
  return asked.files === 0 ? { reason: "step_file_missing" } : null;
}

// ——— Clocks ———

/** A day by which something is owed to the public or the authority; `doneOn` once it was done. */
export interface Clock {
  readonly kind: "report" | "filing";
  readonly dueOn: Day;
  readonly doneOn: Day | null;
  readonly isOverdue: boolean;
}
export interface ClockSettings {
  readonly reportDays: number;
  readonly filingDays: number;
}
const clock = (kind: Clock["kind"], dueOn: Day, doneOn: Day | null, today: Day): Clock => ({
  kind,
  dueOn,
  doneOn,
  isOverdue: doneOn === null && today > dueOn,
});

/**
 * What is owed on works: the report of an emergency to all owners (F10), and, where the assembly held the fund on the day of the
 * approval, its filing with the authority (F2; MF 23).
 */
export function clocksOf(
  facts: ProjectFacts,
  more: { readonly modeWhenApproved: Mode; readonly filedOn: Day | null; readonly today: Day },
  settings: ClockSettings,
): Clock[] {
  const doneOn = (kind: StepKind): Day | null => facts.steps.find((step) => step.kind === kind)?.onDay ?? null;
  const report = reportDueOn(facts, settings.reportDays);
  const approved = doneOn("approved");
  return [
    ...(report === null ? [] : [clock("report", report, doneOn("reported"), more.today)]),
    ...(approved === null || more.modeWhenApproved !== "own"
      ? []
      : [clock("filing", addDays(approved, settings.filingDays), more.filedOn, more.today)]),
  ];
}

// ——— Settlement ———

export interface SettlementSettings {
  readonly variancePercent: number;
  readonly auditAboveFen: Fen;
}
export interface SettlementAsked {
  readonly amountFen: Fen;
  /** Why it cost so much more than estimated; public. */
  readonly overWhy: string;
}
export interface UnitShare {
  readonly unitId: string;
  readonly fen: Fen;
  readonly balanceFen: Fen;
}

/** Above the estimate by more than so many per cent (R11): exactly so many is not above. */
export const isOverEstimate = (amountFen: Fen, estimateFen: Fen, percent: number): boolean =>
  BigInt(amountFen) * 100n > BigInt(estimateFen) * BigInt(100 + percent);

export const needsAudit = (amountFen: Fen, auditAboveFen: Fen): boolean => amountFen > auditAboveFen;

export type SettlementFault =
  | { readonly reason: "settlement_unreadable" }
  | { readonly reason: "step_not_now"; readonly state: ProjectState }
  | { readonly reason: "over_without_reason"; readonly percent: number; readonly estimateFen: Fen }
  | { readonly reason: "audit_missing"; readonly aboveFen: Fen }
  /** Nobody pays for another's unit: those short top up first (F6, F7). */
  | { readonly reason: "units_short"; readonly units: number; readonly missingFen: Fen };

/** Everything against a settlement; empty when it may be drafted. */
export function settlementFaults(
  asked: SettlementAsked,
  project: ProjectFacts & { readonly estimateFen: Fen },
  shares: readonly UnitShare[],
  settings: SettlementSettings,
): SettlementFault[] {
  if (!Number.isSafeInteger(asked.amountFen) || asked.amountFen <= 0) return [{ reason: "settlement_unreadable" }];
  const state = stateOf(project);
  if (state !== "accepted") return [{ reason: "step_not_now", state }];
  const faults: SettlementFault[] = [];
  if (isOverEstimate(asked.amountFen, project.estimateFen, settings.variancePercent) && asked.overWhy.trim() === "")
    faults.push({
      reason: "over_without_reason",
      percent: settings.variancePercent,
      estimateFen: project.estimateFen,
    });
  if (needsAudit(asked.amountFen, settings.auditAboveFen) && !hasStep(project, "audited"))
    faults.push({ reason: "audit_missing", aboveFen: settings.auditAboveFen });
  const short = shares.filter(({ fen, balanceFen }) => fen > balanceFen);
  if (short.length > 0)
    faults.push({
      reason: "units_short",
      units: short.length,
      missingFen: short.reduce((sum, { fen, balanceFen }) => sum + fen - Math.max(balanceFen, 0), 0),
    });
  return faults;
}

export interface UnsoldShare extends UnitShare {
  readonly areaDm2: number;
  /** What of its share the unit's account does not hold. */
  readonly missingFen: Fen;
}
/**
 * The developer's part of works: of every unit not sold yet its share by area, and what of it the unit's account does not hold (F6; MF 21).
 * The developer pays that in, and the settlement takes each unit's share as of any other.
 */
export const developersPart = (
  shares: readonly (UnitShare & { readonly areaDm2: number })[],
  unsold: ReadonlySet<string>,
): UnsoldShare[] =>
  shares
    .filter(({ unitId }) => unsold.has(unitId))
    .map((one) => ({ ...one, missingFen: Math.max(0, one.fen - Math.max(0, one.balanceFen)) }));

/** Who approves the payment: the authority before the money is handed over, the committee after (F2; MF 22–23). */
export const approverOf = (mode: Mode): "authority" | "committee" => (mode === "own" ? "committee" : "authority");
