/** Adding ballots up, and what each item came to: strictly, and beside it as deemed where the frozen rules say so. Pure. */
import type { AreaDm2 } from "../../kernel/area.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { leastReaching, NOTHING, plus, reaches, type Weight } from "../../kernel/weight.ts";
import type { Item, Option } from "../agenda/rules.ts";
import { approvalOf, type Decision, decide, figures, type Matter, type Outcome, QUORUM } from "../rules.ts";
import type { UnreturnedPolicy } from "../settings/rules.ts";

/** One line of the tally: how many owners, with how much area, chose an option of an item. */
export interface TallyRow {
  readonly itemNo: number;
  readonly optionNo: number;
  readonly owners: number;
  readonly areaDm2: AreaDm2;
}

export interface OptionTally extends Weight {
  readonly option: Option;
}

/** What one item came to. */
export interface ItemCount {
  readonly itemNo: number;
  readonly matter: Matter;
  readonly eligible: Weight;
  /** Everyone with a valid mark on this item, against and abstaining included (D6). */
  readonly participated: Weight;
  readonly options: readonly OptionTally[];
  /** For yes/no the decision; for several options one decision for each option of role `choice`, by its number. */
  readonly decisions: readonly { readonly optionNo: number; readonly decision: Decision }[];
  readonly outcome: Outcome;
  /** The options that carried: one for yes/no and choose-one, any number of candidates for approve-up-to. */
  readonly carried: readonly number[];
}

/** Adds rows of the same option; the order of rows does not matter. */
export function tally(item: Item, rows: readonly TallyRow[]): OptionTally[] {
  const sums = new Map<number, Weight>();
  for (const row of rows)
    if (row.itemNo === item.itemNo) sums.set(row.optionNo, plus(sums.get(row.optionNo) ?? NOTHING, row));
  return item.question.options.map((option) => ({ option, ...(sums.get(option.optionNo) ?? NOTHING) }));
}

/**
 * What an item came to on the frozen roll (CC 278②; D2–D6). `participated` is counted by voter and item, not summed
 * from the options: in an election one voter marks several. Each proposal is measured against all who took part.
 */
export function countItem(item: Item, eligible: Weight, participated: Weight, rows: readonly TallyRow[]): ItemCount {
  const options = tally(item, rows);
  const { itemNo, matter } = item;
  // Nobody in the scope: nothing can be decided, and the other items of the meeting must still be counted.
  if (eligible.owners === 0 || eligible.areaDm2 === 0)
    return { itemNo, matter, eligible, participated, options, decisions: [], outcome: "quorum_not_met", carried: [] };
  const measured = options.filter(({ option }) => option.role === "for" || option.role === "choice");
  const decisions = measured.map(({ option, owners, areaDm2 }) => ({
    optionNo: option.optionNo,
    decision: decide(item.matter, figures(eligible), figures(participated), figures({ owners, areaDm2 })),
  }));
  const carried = decisions.filter(({ decision }) => decision.outcome === "carried").map(({ optionNo }) => optionNo);
  const outcome = carried.length > 0 ? "carried" : (decisions[0]?.decision.outcome ?? "lost");
  return { itemNo, matter, eligible, participated, options, decisions, outcome, carried };
}

export type DeemedRefusal =
  /** The policy is strict: there is only one count. */
  | { readonly reason: "policy_is_strict" }
  /** Elections and matters 6–8 are never decided by silence unless the frozen rules dare to say so. */
  | { readonly reason: "never_deemed_for_matter"; readonly matter: Matter }
  | { readonly reason: "clause_missing" }
  /** Two proposals are level, so there is no majority to follow. */
  | { readonly reason: "no_majority_to_follow" };

export interface Deemed {
  readonly policy: UnreturnedPolicy;
  readonly clause: string;
  /** Owners who were proven to have been reached and returned nothing, or abstained, as the policy asks. */
  readonly added: Weight;
  /** The option they were counted to; null when they count as taking part without a choice. */
  readonly toOption: number | null;
  readonly count: ItemCount;
}

/**
 * The count the rules of procedure deem (GR 26②; V3), shown beside the strict one and never in its place. `reached` is
 * who was proven reached and returned nothing for this item. Silence follows a majority only when one option leads on
 * both axes.
 */
export function deemedCount(
  item: Item,
  strict: ItemCount,
  reached: Weight,
  rules: { readonly policy: UnreturnedPolicy; readonly clause: string; readonly neverDeemed: readonly Matter[] },
): Result<Deemed, DeemedRefusal> {
  const { policy, clause } = rules;
  if (policy === "strict") return err({ reason: "policy_is_strict" });
  if (clause.trim() === "") return err({ reason: "clause_missing" });
  if (rules.neverDeemed.includes(item.matter)) return err({ reason: "never_deemed_for_matter", matter: item.matter });
  const abstain = strict.options.find(({ option }) => option.role === "abstain");
  if (policy === "delivered_unreturned_abstains")
    return ok(recounted(item, strict, policy, clause, reached, reached, abstain?.option.optionNo ?? null));
  const leader = leaderOf(strict);
  if (leader === null) return err({ reason: "no_majority_to_follow" });
  if (policy === "delivered_unreturned_follows_majority")
    return ok(recounted(item, strict, policy, clause, reached, reached, leader));
  // Returned but abstaining: they have taken part already, so only the option they follow grows.
  const abstained: Weight = abstain ?? NOTHING;
  return ok(recounted(item, strict, policy, clause, { ...abstained }, NOTHING, leader));
}

/** The one option that leads on both axes; null when there is none. */
function leaderOf(count: ItemCount): number | null {
  const candidates = count.options.filter(({ option }) => option.role !== "abstain");
  const leads = candidates.find((one) =>
    candidates.every((other) => other === one || (one.owners > other.owners && one.areaDm2 > other.areaDm2)),
  );
  return leads?.option.optionNo ?? null;
}

function recounted(
  item: Item,
  strict: ItemCount,
  policy: UnreturnedPolicy,
  clause: string,
  added: Weight,
  newcomers: Weight,
  toOption: number | null,
): Deemed {
  const rows = strict.options.map(({ option, owners, areaDm2 }): TallyRow => {
    const sum = option.optionNo === toOption ? plus({ owners, areaDm2 }, added) : { owners, areaDm2 };
    return { itemNo: item.itemNo, optionNo: option.optionNo, ...sum };
  });
  const participated = plus(strict.participated, newcomers);
  const weightOnly = { owners: added.owners, areaDm2: added.areaDm2 };
  return { policy, clause, added: weightOnly, toOption, count: countItem(item, strict.eligible, participated, rows) };
}

/** Voters below this number give away who they were: no subtotal by choice is shown for a smaller group (record §3). */
export const SMALLEST_GROUP_SHOWN = 20;
export const maySplitByChoice = (participated: Weight): boolean => participated.owners >= SMALLEST_GROUP_SHOWN;

/** Whether a weight has reached the two thirds needed to decide anything, and what is missing on each axis. */
export function missingToQuorum(participated: Weight, eligible: Weight): Weight {
  const lacking = (part: number, whole: number): number =>
    Math.max(0, Number(leastReaching(BigInt(whole), QUORUM)) - part);
  return {
    owners: lacking(participated.owners, eligible.owners),
    areaDm2: lacking(participated.areaDm2, eligible.areaDm2),
  };
}

/** Ranks proposals by heads, then area (Ambiguity 6); level ones share a rank and a draw decides. */
export function rankOptions(count: ItemCount): { readonly optionNo: number; readonly rank: number }[] {
  const proposals = count.options.filter(({ option }) => option.role === "choice");
  const sorted = [...proposals].sort(
    (a, b) => b.owners - a.owners || b.areaDm2 - a.areaDm2 || a.option.optionNo - b.option.optionNo,
  );
  return sorted.map((one) => ({
    optionNo: one.option.optionNo,
    rank:
      1 +
      proposals.filter(
        (other) => other.owners > one.owners || (other.owners === one.owners && other.areaDm2 > one.areaDm2),
      ).length,
  }));
}

/** Whether a proposal has the approval of those who took part, leaving the quorum aside. */
export const isApproved = (matter: Matter, inFavour: Weight, participated: Weight): boolean =>
  reaches(BigInt(inFavour.owners), BigInt(participated.owners), approvalOf(matter)) &&
  reaches(BigInt(inFavour.areaDm2), BigInt(participated.areaDm2), approvalOf(matter));
