/** The settings of the books: how many hands an amount takes. Values only; what they mean for a voucher is told by rules.ts. */
import { kit, spec } from "../../offices/settings/rules.ts";
import type { Limits } from "./rules.ts";

const say = (zh: string, en: string) => ({ zh, en });

export const LEDGER_SETTINGS = kit({
  prefix: "ledger.",
  specs: {
    reviewedYuan: spec({
      shape: { kind: "whole", least: 0, most: 1_000_000 },
      value: 2_000,
      title: say("复核即可过账的金额（元）", "Amount for which a review is enough, in yuan"),
      explanation: say(
        "不超过这个金额的凭证，由一人填制、另一人复核后过账；超过的还要主任或副主任审批。",
        "Up to it one person drafts and another reviews; above it the chair or a deputy approves too.",
      ),
      source: say(
        "没有统一规定，这里默认两千元；请按财务制度设定。",
        "Not uniform; two thousand is this product's default.",
      ),
      rule: "R9",
    }),
    approvedYuan: spec({
      shape: { kind: "whole", least: 0, most: 100_000_000 },
      value: 50_000,
      title: say("业委会可以审批的最高金额（元）", "Most the committee may approve, in yuan"),
      explanation: say(
        "超过这个金额的支出，要写明业主大会的哪一项决定。",
        "Above it a voucher names the owners' decision it rests on.",
      ),
      source: say(
        "《民法典》第二百七十八条第一款第九项；金额由议事规则规定，这里默认五万元。",
        "Civil Code art. 278(1)(9); the amount is the rules of procedure's, fifty thousand is this product's default.",
      ),
      rule: "R4",
      needsClause: (value) => value > 50_000,
      whenNeeded: say("超过五万元", "more than fifty thousand"),
    }),
  },
  together: ({ reviewedYuan, approvedYuan }) =>
    reviewedYuan.value > approvedYuan.value
      ? [
          {
            reason: "does_not_fit",
            setting: "approvedYuan",
            words: say("审批的上限不能低于复核的上限", "The limit of approval cannot be below that of review"),
          },
        ]
      : [],
});

export const limitsFrom = (values: {
  readonly reviewedYuan: { readonly value: number };
  readonly approvedYuan: { readonly value: number };
}): Limits => ({ reviewedFen: values.reviewedYuan.value * 100, approvedFen: values.approvedYuan.value * 100 });
