/** When an election moves on: nominations open, stay open longer, and close; when it may be ended before its end (A3, A4, M5). Pure. */
import { type Day, dayOf, endOf, type Instant, isDay, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { groupUntil } from "../group/rules.ts";
import {
  type ElectionKind,
  type ElectionMoveRefusal,
  type ElectionState,
  electionIn,
  type Method,
  type MethodFault,
  methodFaults,
} from "../rules.ts";

/** What the moves of an election hang on. */
export interface MoveFacts {
  readonly kind: ElectionKind;
  readonly state: ElectionState;
  readonly method: Method;
  readonly groupPublishedAt: Instant | null;
  readonly nominationsCloseAt: Instant | null;
  /** Objections to the group that nobody has answered. */
  readonly openObjections: number;
}

export type OpenRefusal =
  | ElectionMoveRefusal
  /** Only a by-election may be run by the committee itself. */
  | { readonly reason: "group_missing" }
  | { readonly reason: "group_period_running"; readonly until: Instant }
  | { readonly reason: "objections_unanswered"; readonly open: number }
  | { readonly reason: "method_faulty"; readonly faults: readonly MethodFault[] };

/**
 * Whether nominations may open: the group is published for long enough, nobody waits for an answer, and the method holds
 * (A3, A4). Says until when they are open then: the day of opening is not counted (CC 201).
 */
export function mayOpenNominations(facts: MoveFacts, now: Instant): Result<{ readonly closeAt: Instant }, OpenRefusal> {
  const inState = electionIn(facts.state, "preparing");
  if (!inState.ok) return inState;
  if (facts.groupPublishedAt === null) {
    if (facts.kind !== "by_election") return err({ reason: "group_missing" });
  } else {
    const until = groupUntil(facts.groupPublishedAt, facts.method.groupPublicationDays.value);
    if (now < until) return err({ reason: "group_period_running", until });
  }
  if (facts.openObjections > 0) return err({ reason: "objections_unanswered", open: facts.openObjections });
  const faults = methodFaults(facts.kind, facts.method);
  if (faults.length > 0) return err({ reason: "method_faulty", faults });
  return ok({ closeAt: endOf(lastDayOfPeriod(dayOf(now), facts.method.nominationDays.value)) });
}

export type CloseRefusal = ElectionMoveRefusal | { readonly reason: "nominations_running"; readonly until: Instant };

/** Whether nominations close: at their hour, not before. Who was told "until the 9th" may come on the 9th. */
export function mayCloseNominations(
  facts: Pick<MoveFacts, "state" | "nominationsCloseAt">,
  now: Instant,
): Result<true, CloseRefusal> {
  const inState = electionIn(facts.state, "nominating");
  if (!inState.ok) return inState;
  const until = facts.nominationsCloseAt;
  return until === null || now < until ? err({ reason: "nominations_running", until: until ?? now }) : ok(true);
}

/** How far ahead a new close may lie. */
export const LONGEST_EXTENSION_DAYS = 60;

export type ExtendRefusal =
  | ElectionMoveRefusal
  | { readonly reason: "not_a_day" }
  | { readonly reason: "not_later"; readonly than: Instant }
  | { readonly reason: "too_far"; readonly mostDays: number };

/**
 * Whether nominations may stay open, or open again while they are examined, until 24:00 of a day: later than they were, and than
 * now. The way out where fewer stand than there are seats.
 */
export function mayExtendNominations(
  facts: Pick<MoveFacts, "state" | "nominationsCloseAt">,
  untilOn: Day,
  now: Instant,
): Result<{ readonly closeAt: Instant }, ExtendRefusal> {
  const inState = electionIn(facts.state, "nominating", "examining");
  if (!inState.ok) return inState;
  if (!isDay(untilOn)) return err({ reason: "not_a_day" });
  const closeAt = endOf(untilOn);
  const than = Math.max(facts.nominationsCloseAt ?? 0, now);
  if (closeAt <= than) return err({ reason: "not_later", than });
  if (closeAt > endOf(dayOf(now)) + LONGEST_EXTENSION_DAYS * 86_400_000)
    return err({ reason: "too_far", mostDays: LONGEST_EXTENSION_DAYS });
  return ok({ closeAt });
}

/** Whether an election may be ended before its end. While a round is voted on, its meeting comes first: withdraw that. */
export const mayEndElection = (state: ElectionState): Result<true, ElectionMoveRefusal> =>
  electionIn(state, "preparing", "nominating", "examining", "standing");
