/** What two people decide about a conflict (T13), and whom it keeps out of which lot. Pure. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { ConflictKind } from "../rules.ts";

export const OUTCOMES = ["exclude", "exclude_other", "exclude_both", "allow"] as const;
export type ConflictOutcome = (typeof OUTCOMES)[number];

export const LONGEST_REASON = 1_000;

/** A conflict with its newest decision, and what the witness said to it. */
export interface DecidedConflict {
  readonly conflictNo: number;
  readonly kind: ConflictKind;
  /** 0: every lot. */
  readonly lotNo: number;
  readonly bidderId: string;
  readonly withId: string;
  /** 0 where none was made. */
  readonly decisionNo: number;
  readonly outcome: ConflictOutcome | null;
  readonly reason: string | null;
  /** Null while the witness has not answered. */
  readonly confirmed: 0 | 1 | null;
}

/** Whether a tie is with another bidder, or with somebody who acts for the owners. */
export const isBetweenBidders = (kind: ConflictKind): boolean =>
  kind === "same_representative" || kind === "same_controller" || kind === "controls";

/** Outcomes that make sense: of a tie with an officer there is no other bidder to exclude. */
export const outcomesFor = (kind: ConflictKind): readonly ConflictOutcome[] =>
  isBetweenBidders(kind) ? OUTCOMES : ["exclude", "allow"];

/** undecided: nobody has said anything, or the witness turned it down; proposed: waits for the witness; settled: confirmed by two. */
export const standingOf = ({ outcome, confirmed }: DecidedConflict): "undecided" | "proposed" | "settled" =>
  outcome === null || confirmed === 0 ? "undecided" : confirmed === null ? "proposed" : "settled";

export interface Exclusion {
  readonly bidderId: string;
  /** 0: every lot. */
  readonly lotNo: number;
  readonly conflictNo: number;
  readonly reason: string;
}

/** Who is out of which lot by a decision that two people made, with the reason. */
export const exclusionsOf = (conflicts: readonly DecidedConflict[]): readonly Exclusion[] =>
  conflicts
    .filter((one) => standingOf(one) === "settled" && one.outcome !== "allow")
    .flatMap(({ conflictNo, lotNo, bidderId, withId, outcome, reason }) => {
      const out = outcome === "exclude_both" ? [bidderId, withId] : [outcome === "exclude_other" ? withId : bidderId];
      return out.map((each) => ({ bidderId: each, lotNo, conflictNo, reason: reason ?? "" }));
    });

export type DecideRefusal =
  | { readonly reason: "outcome_missing" }
  | { readonly reason: "reason_missing" }
  | { readonly reason: "reason_too_long"; readonly most: number }
  | { readonly reason: "decided_already" };

export function mayDecideConflict(
  conflict: DecidedConflict,
  asked: { readonly outcome: string; readonly reason: string },
): Result<{ readonly outcome: ConflictOutcome; readonly reason: string }, DecideRefusal> {
  if (standingOf(conflict) !== "undecided") return err({ reason: "decided_already" });
  const outcome = outcomesFor(conflict.kind).find((one) => one === asked.outcome);
  if (!outcome) return err({ reason: "outcome_missing" });
  const reason = asked.reason.trim();
  if (reason === "") return err({ reason: "reason_missing" });
  return [...reason].length > LONGEST_REASON
    ? err({ reason: "reason_too_long", most: LONGEST_REASON })
    : ok({ outcome, reason });
}
