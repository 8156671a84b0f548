/** Recalling a member: who may propose it, the right to be heard, and when it goes to the owners (GR 44, HZ 31; M14). Pure. */
import { type Day, dayOf, endOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** Who proposes: at least a third of the members, or owners by a petition of 20 % (A7). */
export const PROPOSERS = ["members", "owners"] as const;
export type Proposer = (typeof PROPOSERS)[number];

export const RECALL_STATES = ["proposed", "defending", "ready", "placed", "carried", "lost", "dropped"] as const;
/** `ready` and `defending` follow from the clock and the defence; the others are stored. */
export type RecallState = (typeof RECALL_STATES)[number];
export type StoredRecallState = Exclude<RecallState, "defending" | "ready">;

export const LONGEST_REASONS = 2_000;
export const LONGEST_DEFENCE = 2_000;

/** Fewest members who must sign: a third of those who sit, rounded up (三分之一以上, CC 1259: a third is enough). */
export const signersLeast = (sitting: number): number => Math.ceil(sitting / 3);
/** Whether enough members signed. Nobody sits → nobody can propose. */
export const enoughSigners = (signers: number, sitting: number): boolean => sitting > 0 && signers * 3 >= sitting;

export interface RecallFacts {
  readonly state: StoredRecallState;
  readonly by: Proposer;
  readonly signers: number;
  readonly sitting: number;
  /** Whether the petition it rests on has its 20 %; null where members propose. */
  readonly petitionReached: boolean | null;
  /** When the member was told; null before the proposal had its signatures. */
  readonly toldAt: Instant | null;
  readonly defended: boolean;
  /** The member still sits. */
  readonly holds: boolean;
}

/** The last day for the defence; the day of being told is not counted (CC 201). */
export const defenceUntil = (toldAt: Instant, days: number): Day => lastDayOfPeriod(dayOf(toldAt), days);

/** Whether a proposal stands: the signatures, or the petition, are there. */
export const stands = ({ by, signers, sitting, petitionReached }: RecallFacts): boolean =>
  by === "members" ? enoughSigners(signers, sitting) : petitionReached === true;

/** Where a recall is at `now`, seen with its clock. */
export function recallState(facts: RecallFacts, defenceDays: number, now: Instant): RecallState {
  if (facts.state !== "proposed") return facts.state;
  if (!facts.holds) return "dropped";
  if (facts.toldAt === null) return "proposed";
  return facts.defended || now >= endOf(defenceUntil(facts.toldAt, defenceDays)) ? "ready" : "defending";
}

export type RecallRefusal =
  | { readonly reason: "reasons_missing" }
  | { readonly reason: "reasons_too_long"; readonly most: number }
  | { readonly reason: "defence_missing" }
  | { readonly reason: "defence_too_long"; readonly most: number }
  | { readonly reason: "recall_not_open"; readonly state: RecallState }
  /** The member left meanwhile, by whatever act: there is nobody to recall. */
  | { readonly reason: "left_already" }
  | { readonly reason: "defence_running"; readonly until: Day }
  | { readonly reason: "too_few_signers"; readonly signers: number; readonly least: number }
  | { readonly reason: "petition_too_small" };

/** Whether a text may stand as the reasons, or as the defence. Trimmed. */
export function readText(
  text: string,
  what: "reasons" | "defence",
): Result<string, Extract<RecallRefusal, { reason: `${"reasons" | "defence"}_${"missing" | "too_long"}` }>> {
  const trimmed = text.trim();
  const most = what === "reasons" ? LONGEST_REASONS : LONGEST_DEFENCE;
  if (trimmed === "") return err({ reason: `${what}_missing` });
  return trimmed.length > most ? err({ reason: `${what}_too_long`, most }) : ok(trimmed);
}

/** Whether the member may be heard now: while the recall is open, also after the period, until the notice freezes it. */
export function mayDefend(facts: RecallFacts, defenceDays: number, now: Instant): Result<true, RecallRefusal> {
  const state = recallState(facts, defenceDays, now);
  if (state === "dropped") return err({ reason: "left_already" });
  return ["proposed", "defending", "ready"].includes(state) ? ok(true) : err({ reason: "recall_not_open", state });
}

/** Whether the recall may be put on a meeting's agenda: it stands, and the member was heard or let the time pass. */
export function mayPlace(facts: RecallFacts, defenceDays: number, now: Instant): Result<true, RecallRefusal> {
  const state = recallState(facts, defenceDays, now);
  if (state === "dropped") return err({ reason: "left_already" });
  if (state === "placed" || state === "carried" || state === "lost") return err({ reason: "recall_not_open", state });
  if (!stands(facts))
    return facts.by === "owners"
      ? err({ reason: "petition_too_small" })
      : err({ reason: "too_few_signers", signers: facts.signers, least: signersLeast(facts.sitting) });
  if (state !== "ready")
    return facts.toldAt === null
      ? err({ reason: "recall_not_open", state })
      : err({ reason: "defence_running", until: defenceUntil(facts.toldAt, defenceDays) });
  return ok(true);
}
