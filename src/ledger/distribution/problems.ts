/** Refusals of distributions as problems: what was not done, why, by which article, what now. One switch. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { ledgerProblem } from "../books/problems.ts";
import { fundProblem } from "../fund/problems.ts";
import type { DistributionRefusal, PaymentRefusal } from "./actions.ts";
import type { PlanFault } from "./rules.ts";
import type { TopUpRefusal } from "./top-up.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const REG54 = "《物业管理条例》第五十四条";
const CC283 = "《民法典》第二百八十二条、第二百八十三条";
const NOT_PLANNED = say("分配方案没有保存", "The plan was not saved");

/** What is wrong with a plan, beside its field. */
export function planFaultWords(fault: PlanFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "nothing_to_use":
      return {
        field: "toFund",
        words: say("没有可以分配的净收益，或者三项都是0。", "There is nothing to use, or all three are nought."),
      };
    case "amount_unreadable":
      return {
        field: fault.field,
        words: say("金额写成 1234.50 这样，不能小于0。", "Write the amount as 1234.50, not below nought."),
      };
    case "more_than_there_is":
      return {
        field: "toOwners",
        words: say(
          `一共用${formatYuan(fault.usedFen)}元，超过可用的${formatYuan(fault.netFen)}元。`,
          `${formatYuan(fault.usedFen)} yuan in all is more than the ${formatYuan(fault.netFen)} there are.`,
        ),
      };
    case "top_up_too_small":
      return {
        field: "toFund",
        words: say(
          `按规则至少补充维修资金${formatYuan(fault.leastFen)}元（${REG54}）。`,
          `By the rule at least ${formatYuan(fault.leastFen)} yuan go to the fund.`,
        ),
      };
    case "use_without_words":
      return { field: "useWhat", words: say("请写明用在什么地方。", "Say what it is used for.") };
    case "use_without_decision":
      return { field: "useDecision", words: say("请写明业主大会的哪一项决定。", "Name the owners' decision.") };
    case "owners_without_decision":
      return {
        field: "ownersDecision",
        words: say("向业主分配要有业主大会的决定。", "What goes to the owners rests on their decision."),
      };
  }
}

export function distributionProblem(refusal: DistributionRefusal | PaymentRefusal | TopUpRefusal): Problem {
  switch (refusal.reason) {
    case "no_closed_month":
      return {
        code: "distribution-no-closed-month",
        status: 409,
        title: NOT_PLANNED,
        detail: say(
          "还没有结账的月份，不知道有多少净收益。",
          "No month is closed yet, so the net revenue is not known.",
        ),
        next: say("请先结账。", "Close a month first."),
      };
    case "plan_faulty": {
      const words = refusal.faults.map((fault) => planFaultWords(fault).words);
      return {
        code: "distribution-faulty",
        status: 422,
        title: NOT_PLANNED,
        detail: say(words.map(({ zh }) => zh).join(""), words.map(({ en }) => en).join(" ")),
        article: CC283,
      };
    }
    case "nobody_to_share":
      return {
        code: "distribution-nobody",
        status: 409,
        title: NOT_PLANNED,
        detail: say("名册上没有计入面积的房屋，无法按面积分配。", "The roll has no counted area to share by."),
        article: CC283,
      };
    case "distribution_waiting":
      return {
        code: "distribution-waiting",
        status: 409,
        title: NOT_PLANNED,
        detail: say("上一份分配方案的凭证还没有过账。", "The voucher of the plan before is not posted yet."),
        next: say("请先复核、审批，或撤回。", "Review and approve it, or give it up."),
      };
    case "unknown_distribution":
      return {
        code: "distribution-unknown",
        status: 404,
        title: say("没有这次分配", "No such distribution"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "not_posted":
      return {
        code: "distribution-not-posted",
        status: 409,
        title: say("还不能发放", "Not to be paid yet"),
        detail: say("分配的凭证过账后才能发放。", "Shares are paid once its voucher is posted."),
      };
    case "nobody_chosen":
      return {
        code: "distribution-nobody-chosen",
        status: 422,
        title: say("没有登记发放", "No payment recorded"),
        detail: say("请勾选已经付款的房屋。", "Tick the units that were paid."),
      };
    case "paid_already":
      return {
        code: "distribution-paid-already",
        status: 409,
        title: say("没有登记发放", "No payment recorded"),
        detail: say(
          "其中有房屋已经登记过发放，这次一户也没有登记。",
          "One of them was recorded as paid before; none was recorded this time.",
        ),
        next: say("请重新打开名单核对。", "Open the list again and check."),
      };
    case "fund_side_refused":
      return {
        ...fundProblem(refusal.refusal),
        title: say("维修资金一边没有记上", "The fund's side was not entered"),
        next: say("请先在维修资金账簿里改正，再保存。", "Mend it in the fund's book, then save again."),
      };
    case "no_fund_side":
      return {
        code: "distribution-no-fund-side",
        status: 409,
        title: say("没有登记划转", "No transfer recorded"),
        detail: say(
          "这次分配没有补充维修资金，或者维修资金的账簿还没有设立。",
          "Nothing of it went to the fund, or the fund has no book here.",
        ),
        article: REG54,
      };
    case "topped_up_already":
      return {
        code: "distribution-topped-up",
        status: 409,
        title: say("没有再记一次", "Not entered again"),
        detail: say("已经有一张凭证在等复核，或者已经入账。", "There is a voucher that waits or is posted."),
      };
    default:
      return ledgerProblem(refusal);
  }
}
