/** The course of a tender: its states, who may leave which, and the phase a reader is told (T2–T12). Pure. */
import type { Instant } from "../kernel/day.ts";
import { err, ok, type Result } from "../kernel/result.ts";

export const TENDER_STATES = [
  "draft",
  "decided",
  "noticed",
  "closed",
  "opened",
  "qualified",
  "scored",
  "published",
  "deciding",
  "awarded",
  "contracted",
  "failed",
  "cancelled",
] as const;
export type TenderState = (typeof TENDER_STATES)[number];

/** Which state may follow which. What is not here cannot happen: nothing is awarded but from the owners' decision. */
export const NEXT: Readonly<Record<TenderState, readonly TenderState[]>> = {
  draft: ["decided", "cancelled"],
  decided: ["noticed", "cancelled"],
  noticed: ["closed", "cancelled"],
  closed: ["opened", "failed", "cancelled"],
  opened: ["qualified", "failed", "cancelled"],
  qualified: ["scored", "failed", "cancelled"],
  scored: ["published", "failed", "cancelled"],
  published: ["deciding", "failed", "cancelled"],
  deciding: ["awarded", "failed", "cancelled"],
  awarded: ["contracted", "failed"],
  contracted: [],
  failed: [],
  cancelled: [],
};

export type TenderMoveRefusal = {
  readonly reason: "wrong_tender_state";
  readonly state: TenderState;
  readonly needed: readonly TenderState[];
};

/** Whether a tender is in one of the states an act needs. */
export const tenderIn = (state: TenderState, ...needed: readonly TenderState[]): Result<true, TenderMoveRefusal> =>
  needed.includes(state) ? ok(true) : err({ reason: "wrong_tender_state", state, needed });

/** Whether a tender still goes somewhere: a new one of the same title beside it would confuse everybody. */
export const isUnderWay = (state: TenderState): boolean =>
  state !== "contracted" && state !== "failed" && state !== "cancelled";

/** What a reader is told: the announced time is divided into questions and bids, and what has to happen now. */
export type Phase =
  | "preparing"
  | "questions"
  | "bidding"
  | "opening_due"
  | Exclude<TenderState, "draft" | "decided" | "noticed">;

/**
 * The phase at an instant. Questions may be asked until `questionsUntil`, bids are taken before `closesAt`; at that very
 * instant they are opened (T8), whether or not anybody has logged the closing yet.
 */
export function phaseOf(
  tender: { readonly state: TenderState; readonly questionsUntil: Instant | null; readonly closesAt: Instant | null },
  now: Instant,
): Phase {
  const { state, questionsUntil, closesAt } = tender;
  if (state === "draft" || state === "decided") return "preparing";
  if (state !== "noticed") return state;
  if (closesAt !== null && now >= closesAt) return "opening_due";
  return questionsUntil !== null && now < questionsUntil ? "questions" : "bidding";
}

/** Whether a bid may be handed in, replaced or withdrawn: before the closing instant, to the millisecond (T6). */
export const takesBids = (
  tender: { readonly state: TenderState; readonly closesAt: Instant | null },
  now: Instant,
): boolean => tender.state === "noticed" && tender.closesAt !== null && now < tender.closesAt;

/** Fewest bidders a lot is opened for; with fewer the procedure has failed and is repeated (T7, TB 28). */
export const LEAST_BIDDERS = 3;
