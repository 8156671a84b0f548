/** What the owners are asked of a lot, and what their count makes of it (CC 278 I 4; T2, T11, T12). Nothing is awarded but by it. Pure. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { chooseOne, type Question, yesNoAbstain } from "../../assembly/agenda/rules.ts";
import type { ItemCount } from "../../assembly/counting/rules.ts";
import type { Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { drawOrder } from "../../record/draw/rules.ts";
import type { TenderState } from "../rules.ts";

export interface Choice {
  /** 1, 2, 3 … in the order of the ballot. */
  readonly optionNo: number;
  readonly bidderNo: number;
  readonly bidderId: string;
  readonly label: string;
}

export type BallotOrder = "rank" | "drawn";

export const ballotPurpose = (tenderId: string, lotNo: number): string =>
  `commonhold tender ${tenderId} lot ${lotNo} ballot`;

/** Candidates in the order of the ballot: by rank, or drawn from the seed that was committed to before the opening. */
export function ballotOrder(
  candidates: readonly number[],
  order: BallotOrder,
  draw: { readonly seed: string; readonly purpose: string },
): readonly number[] {
  if (order === "rank") return candidates;
  return drawOrder(hexToBytes(draw.seed), draw.purpose, candidates.map(String)).map(Number);
}

/** One of several, with 以上都不同意 and 弃权; a candidate alone is asked for by yes and no. */
export const questionOfChoices = (choices: readonly Pick<Choice, "label">[]): Question =>
  choices.length === 1 ? yesNoAbstain() : chooseOne(choices.map(({ label }) => label));

export type StandRefusal =
  | { readonly reason: "candidates_not_published"; readonly state: TenderState }
  /** T11: the days in which the candidates may be objected to. */
  | { readonly reason: "standstill_running"; readonly until: Instant }
  | { readonly reason: "objections_open"; readonly open: number };

/** Whether notice of the owners' choice may be given: the candidates have been public in full, and no objection waits. */
export function mayAskOwners(
  tender: { readonly state: TenderState; readonly standingUntil: Instant | null },
  openObjections: number,
  now: Instant,
): Result<true, StandRefusal> {
  const { state, standingUntil } = tender;
  if ((state !== "published" && state !== "deciding") || standingUntil === null)
    return err({ reason: "candidates_not_published", state });
  if (now < standingUntil) return err({ reason: "standstill_running", until: standingUntil });
  return openObjections > 0 ? err({ reason: "objections_open", open: openObjections }) : ok(true);
}

export type Verdict =
  | { readonly verdict: "chosen"; readonly optionNo: number; readonly bidderNo: number }
  /** None of them has the majority of both, or 以上都不同意 has. */
  | { readonly verdict: "none_chosen" }
  | { readonly verdict: "quorum_not_met" };

/** What a count makes of a lot: the one candidate that carried on both axes (D2, D4), or nobody. */
export function verdictOf(count: Pick<ItemCount, "outcome" | "carried">, choices: readonly Choice[]): Verdict {
  if (count.outcome === "quorum_not_met") return { verdict: "quorum_not_met" };
  const [optionNo, ...more] = count.carried;
  // One ballot marks one: two halves cannot both be more than half.
  if (optionNo === undefined || more.length > 0) return { verdict: "none_chosen" };
  const chosen = choices.find((one) => one.optionNo === optionNo);
  return chosen ? { verdict: "chosen", optionNo, bidderNo: chosen.bidderNo } : { verdict: "none_chosen" };
}

export type SettleRefusal =
  | { readonly reason: "result_not_published"; readonly state: string }
  | { readonly reason: "result_not_final"; readonly state: string };

/** Whether a meeting has come far enough for the choice to be the award. */
export function maySettleChoice(state: string, awardedWhen: "published" | "final"): Result<true, SettleRefusal> {
  if (state === "final") return ok(true);
  if (state !== "published") return err({ reason: "result_not_published", state });
  return awardedWhen === "published" ? ok(true) : err({ reason: "result_not_final", state });
}
