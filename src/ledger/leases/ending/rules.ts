/** Who may propose, confirm, refuse or give up an early end of a lease: two persons, as for the lease itself. Pure. */
import type { Day } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";

export const END_STATES = ["proposed", "confirmed", "refused", "withdrawn"] as const;
export type EndState = (typeof END_STATES)[number];
export type EndDecision = Exclude<EndState, "proposed">;

export interface EndFacts {
  readonly lastOn: Day;
  readonly state: EndState;
  readonly proposedBy: string;
}
export type EndRefusal =
  | { readonly reason: "lease_moved" }
  | { readonly reason: "own_lease" }
  | { readonly reason: "not_the_drafter" }
  | { readonly reason: "why_missing" };

/** Whether this person may so decide what was proposed: another confirms or refuses, with a reason; its own proposer gives it up. */
export function mayDecideEnd(
  end: EndFacts | null,
  as: EndDecision,
  personId: string,
  why: string,
): Result<EndDecision, EndRefusal> {
  if (end?.state !== "proposed") return err({ reason: "lease_moved" });
  const isOwn = end.proposedBy === personId;
  if (as === "withdrawn") return isOwn ? ok(as) : err({ reason: "not_the_drafter" });
  if (isOwn) return err({ reason: "own_lease" });
  return as === "refused" && why.trim() === "" ? err({ reason: "why_missing" }) : ok(as);
}
