/** What becomes of the net common revenue: to the fund by the rule in force, then as the owners decided, then to the owners by area (R3–R5, D10, D11). Pure. */
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { kit, spec, type Values } from "../../offices/settings/rules.ts";
import { atLeast } from "../sharing/rules.ts";

const say = (zh: string, en: string) => ({ zh, en });

export const SHARING_SETTINGS = kit({
  prefix: "sharing.",
  specs: {
    topUpWhen: spec({
      shape: {
        kind: "choice",
        choices: {
          always: say("每次都补充", "every time"),
          below_initial: say("维修资金余额低于首期应交额时", "while the fund is below its first deposit"),
          below_30: say("维修资金余额低于首期应交额的30%时", "while the fund is below 30 % of its first deposit"),
        },
      },
      value: "always",
      title: say("什么时候要补充维修资金", "When the maintenance fund is topped up"),
      explanation: say(
        "符合条件时，净收益要先按下面的比例补充专项维修资金，其余才能由业主大会决定怎么用。",
        "When it applies, this much of the net goes to the fund before the owners decide on the rest.",
      ),
      source: say(
        "《物业管理条例》第五十四条：主要用于补充专项维修资金。北京在低于首期30%时，杭州到首期应交额为止。",
        "Regulations art. 54: mainly to the fund. Beijing: while below 30 %; Hangzhou: up to the first deposit.",
      ),
      rule: "R5",
      needsClause: (value) => value !== "always",
      whenNeeded: say("不是每次都补充", "not every time"),
    }),
    topUpPercent: spec({
      shape: { kind: "whole", least: 0, most: 100 },
      value: 50,
      title: say("至少补充净收益的百分之几", "Least share of the net, in per cent"),
      explanation: say("不足一分的向上取到分。", "A part of a fen is rounded up to the fen."),
      source: say(
        "上海、北京、湖州为百分之五十；《物业管理条例》只说“主要用于”。",
        "Shanghai, Beijing and Huzhou: fifty; the Regulations only say “mainly”.",
      ),
      rule: "R5",
      needsClause: (value) => value < 50,
      whenNeeded: say("低于百分之五十", "less than fifty"),
    }),
  },
});
export type SharingSettings = Values<typeof SHARING_SETTINGS.specs>;

export interface FundState {
  readonly balanceFen: Fen;
  /** What all units had to pay in at first; null while it is not recorded. */
  readonly initialFen: Fen | null;
}

/** Whether the rule asks for a top-up now. Where the first deposit is not known it does: nobody can say that there is enough. */
export function topUpDue(when: SharingSettings["topUpWhen"]["value"], { balanceFen, initialFen }: FundState): boolean {
  if (when === "always" || initialFen === null) return true;
  // 30 % exactly is not below it.
  return when === "below_initial" ? balanceFen < initialFen : BigInt(balanceFen) * 100n < BigInt(initialFen) * 30n;
}

/** The least that must go to the fund of a net revenue. */
export const leastTopUp = (netFen: Fen, settings: SharingSettings, fund: FundState): Fen =>
  netFen <= 0 || !topUpDue(settings.topUpWhen.value, fund) ? 0 : atLeast(netFen, settings.topUpPercent.value, 100);

/** What is to be done with an amount of net revenue. */
export interface Plan {
  /** What there is: net revenue not yet used. */
  readonly netFen: Fen;
  readonly toFundFen: Fen;
  /** Other uses, each resting on a decision of the owners (matter 9; R4). */
  readonly uses: readonly { readonly what: string; readonly amountFen: Fen; readonly decision: string }[];
  /** To the owners; by decision too. */
  readonly toOwnersFen: Fen;
  readonly ownersDecision: string;
}

export type PlanFault =
  | { readonly reason: "nothing_to_use" }
  | { readonly reason: "amount_unreadable"; readonly field: string }
  | { readonly reason: "more_than_there_is"; readonly netFen: Fen; readonly usedFen: Fen }
  | { readonly reason: "top_up_too_small"; readonly leastFen: Fen; readonly toFundFen: Fen }
  | { readonly reason: "use_without_words"; readonly use: number }
  | { readonly reason: "use_without_decision"; readonly use: number }
  | { readonly reason: "owners_without_decision" };

export const usedBy = ({ toFundFen, uses, toOwnersFen }: Plan): Fen =>
  toFundFen + toOwnersFen + uses.reduce((sum, { amountFen }) => sum + amountFen, 0);
/** What stays in the account, to be decided on another time. */
export const leftBy = (plan: Plan): Fen => plan.netFen - usedBy(plan);

/** Everything wrong with a plan; empty when it may be carried out. */
export function planFaults(plan: Plan, settings: SharingSettings, fund: FundState): PlanFault[] {
  const amounts: readonly (readonly [string, Fen])[] = [
    ["toFund", plan.toFundFen],
    ["toOwners", plan.toOwnersFen],
    ...plan.uses.map(({ amountFen }, at) => [`uses[${at}]`, amountFen] as const),
  ];
  const faults: PlanFault[] = amounts.flatMap(([field, fen]): PlanFault[] =>
    Number.isSafeInteger(fen) && fen >= 0 ? [] : [{ reason: "amount_unreadable", field }],
  );
  if (faults.length > 0) return faults;
  if (plan.netFen <= 0 || usedBy(plan) === 0) return [{ reason: "nothing_to_use" }];
  if (usedBy(plan) > plan.netFen)
    faults.push({ reason: "more_than_there_is", netFen: plan.netFen, usedFen: usedBy(plan) });
  const leastFen = leastTopUp(plan.netFen, settings, fund);
  if (plan.toFundFen < leastFen) faults.push({ reason: "top_up_too_small", leastFen, toFundFen: plan.toFundFen });
  for (const [at, { what, decision, amountFen }] of plan.uses.entries()) {
    if (amountFen > 0 && what.trim() === "") faults.push({ reason: "use_without_words", use: at + 1 });
    if (amountFen > 0 && decision.trim() === "") faults.push({ reason: "use_without_decision", use: at + 1 });
  }
  if (plan.toOwnersFen > 0 && plan.ownersDecision.trim() === "") faults.push({ reason: "owners_without_decision" });
  return faults;
}

// ——— Payment ———

export const PAYMENT_STATES = ["owed", "paid"] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];
/** A share is paid once, wholly; until then it stays a debt of the books, however long (D10). */
export const mayPay = (state: PaymentState): Result<"paid", { readonly reason: "paid_already" }> =>
  state === "owed" ? ok("paid") : err({ reason: "paid_already" });

/** Whether a voucher stands: it waits, or is posted and was not taken back. */
export const isStanding = ({ state, reversed }: { readonly state: string; readonly reversed: 0 | 1 }): boolean =>
  state === "waiting" || state === "reviewed" || (state === "posted" && reversed === 0);
