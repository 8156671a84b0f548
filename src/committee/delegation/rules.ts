/** What the committee may resolve only because the owners authorised it, and when an authorisation holds (A13; CC 278). Pure. */
import type { Matter, Outcome } from "../../assembly/rules.ts";
import { addDays, addMonths, type Day, isDay } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** An owners' decision that lets the committee resolve one matter of art. 278 within a scope and a time. */
export interface Authorisation {
  readonly authorisationId: string;
  readonly matter: Matter;
  readonly fromOn: Day;
  /** The last day it holds. */
  readonly lastOn: Day;
  /** The first day without it; null while nothing ended it before its time. */
  readonly endedOn: Day | null;
  /** Whether the decision it rests on stands: published, carried, not annulled. */
  readonly stands: boolean;
}

/** Never by authorisation: the members are elected by the owners themselves (CC 278(1)(3); M7, Q6). */
export const NEVER_DELEGATED: readonly Matter[] = [3];

export type DelegationRefusal =
  | { readonly reason: "never_delegated"; readonly matter: Matter }
  | { readonly reason: "delegation_banned"; readonly matter: Matter }
  | { readonly reason: "authorisation_missing"; readonly matter: Matter }
  | { readonly reason: "authorisation_unknown"; readonly matter: Matter }
  | { readonly reason: "authorisation_of_other_matter"; readonly matter: Matter; readonly authorised: Matter }
  | { readonly reason: "authorisation_not_begun"; readonly matter: Matter; readonly fromOn: Day }
  | { readonly reason: "authorisation_over"; readonly matter: Matter; readonly lastOn: Day }
  | { readonly reason: "authorisation_fallen"; readonly matter: Matter };

/**
 * Whether the committee may resolve an item on a day (A13; BJ 44, WF 33, SH 51). An item that carries none of the nine matters
 * may; one that does needs a stored authorisation of that very matter which holds on that day and whose decision stands.
 */
export function mayResolve(
  item: { readonly matter: 0 | Matter; readonly authorisationId: string },
  authorisations: readonly Authorisation[],
  on: Day,
  isBanned: boolean,
): Result<true, DelegationRefusal> {
  const { matter, authorisationId } = item;
  if (matter === 0) return ok(true);
  if (NEVER_DELEGATED.includes(matter)) return err({ reason: "never_delegated", matter });
  if (isBanned) return err({ reason: "delegation_banned", matter });
  if (authorisationId === "") return err({ reason: "authorisation_missing", matter });
  const found = authorisations.find((one) => one.authorisationId === authorisationId);
  if (!found) return err({ reason: "authorisation_unknown", matter });
  if (found.matter !== matter)
    return err({ reason: "authorisation_of_other_matter", matter, authorised: found.matter });
  if (!found.stands) return err({ reason: "authorisation_fallen", matter });
  if (on < found.fromOn) return err({ reason: "authorisation_not_begun", matter, fromOn: found.fromOn });
  const lastOn = lastDayOf(found);
  return on <= lastOn ? ok(true) : err({ reason: "authorisation_over", matter, lastOn });
}

/** The last day an authorisation holds, an early end counted. */
export function lastDayOf({ lastOn, endedOn }: Pick<Authorisation, "lastOn" | "endedOn">): Day {
  const before = endedOn === null ? lastOn : addDays(endedOn, -1);
  return before < lastOn ? before : lastOn;
}

export const LONGEST_SCOPE = 500;
/** An authorisation without an end would be a transfer of the owners' right; five years is a committee's whole term. */
export const LONGEST_MONTHS = 60;

/** The owners' decision an authorisation is to rest on, as far as the rules ask. */
export interface Decision {
  readonly matter: Matter;
  /** Null while no count is published. */
  readonly outcome: Outcome | null;
  readonly annulled: boolean;
  readonly decidedOn: Day;
}

export interface AuthorisationAsked {
  readonly scope: string;
  readonly fromOn: string;
  readonly lastOn: string;
}

export type AuthorisationRefusal =
  | { readonly reason: "decision_unknown" }
  | { readonly reason: "decision_not_published" }
  | { readonly reason: "decision_not_carried" }
  | { readonly reason: "decision_annulled" }
  | { readonly reason: "never_delegated"; readonly matter: Matter }
  | { readonly reason: "scope_missing" }
  | { readonly reason: "scope_too_long"; readonly most: number }
  | { readonly reason: "not_a_day"; readonly field: "fromOn" | "lastOn" }
  | { readonly reason: "before_decision"; readonly decidedOn: Day }
  | { readonly reason: "ends_before_start" }
  | { readonly reason: "authorised_too_long"; readonly mostMonths: number };

/** Whether an authorisation may be recorded: its decision is published, carried and stands; scope and time are said. */
export function mayAuthorise(decision: Decision | null, asked: AuthorisationAsked): Result<true, AuthorisationRefusal> {
  if (!decision) return err({ reason: "decision_unknown" });
  if (decision.annulled) return err({ reason: "decision_annulled" });
  if (decision.outcome === null) return err({ reason: "decision_not_published" });
  if (decision.outcome !== "carried") return err({ reason: "decision_not_carried" });
  if (NEVER_DELEGATED.includes(decision.matter)) return err({ reason: "never_delegated", matter: decision.matter });
  if (asked.scope.trim() === "") return err({ reason: "scope_missing" });
  if (asked.scope.length > LONGEST_SCOPE) return err({ reason: "scope_too_long", most: LONGEST_SCOPE });
  if (!isDay(asked.fromOn)) return err({ reason: "not_a_day", field: "fromOn" });
  if (!isDay(asked.lastOn)) return err({ reason: "not_a_day", field: "lastOn" });
  if (asked.fromOn < decision.decidedOn) return err({ reason: "before_decision", decidedOn: decision.decidedOn });
  if (asked.lastOn < asked.fromOn) return err({ reason: "ends_before_start" });
  if (asked.lastOn >= addMonths(asked.fromOn, LONGEST_MONTHS))
    return err({ reason: "authorised_too_long", mostMonths: LONGEST_MONTHS });
  return ok(true);
}
