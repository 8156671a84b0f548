/** Refusals of the maintenance fund as problems: what was not done, why, by which article, what now. One switch. */
import { rollProblem } from "../../community/problems.ts";
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { ledgerProblem } from "../books/problems.ts";
import type { FundRefusal } from "./actions.ts";
import type { ManagingRefusal } from "./managing.ts";
import type { ProposalRefusal, SettlementRefusal, SteppingRefusal } from "./projects/actions.ts";
import type { PlanFault, SettlementFault } from "./projects/rules.ts";
import { EXCLUSION_ARTICLE, EXCLUSION_WORDS, PROJECT_STATE_WORDS } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_ENTERED = say("没有入账", "Nothing was entered");
const NOT_RECORDED = say("没有登记", "Not recorded");
const CC278 = "《民法典》第二百七十八条第一款第五项";
const CC281 = "《民法典》第二百八十一条第二款";
const MF20 = "《住宅专项维修资金管理办法》第二十条、第二十一条";

/** What is wrong with a plan, beside its field. */
export function planFaultWords(fault: PlanFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "title_missing":
      return {
        field: "title",
        words: say(`请写明工程名称，最多${fault.most}字。`, `Name the works, at most ${fault.most} characters.`),
      };
    case "plan_missing":
      return {
        field: "plan",
        words: say(
          `请写明使用方案，最多${fault.most}字。`,
          `Say what is to be done, at most ${fault.most} characters.`,
        ),
      };
    case "estimate_unreadable":
      return {
        field: "estimate",
        words: say("预算写成 12345.00 这样，大于0。", "Write the estimate as 12345.00, above nought."),
      };
    case "excluded_purpose":
      return {
        field: "exclusions",
        words: say(
          `${EXCLUSION_WORDS[fault.exclusion].zh}，不能从维修资金列支（${EXCLUSION_ARTICLE}）。请由责任方承担。`,
          `${EXCLUSION_WORDS[fault.exclusion].en}: the fund does not pay for it; whoever answers for it does.`,
        ),
      };
    case "emergency_case_missing":
      return { field: "emergency", words: say("请选择属于哪一种紧急情况。", "Choose which emergency it is.") };
    case "nobody_benefits":
      return {
        field: "buildings",
        words: say("名册上没有这些楼栋的房屋。", "The roll has no unit in these buildings."),
      };
  }
}

/** What is against a settlement, beside its field. */
export function settlementFaultWords(fault: SettlementFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "settlement_unreadable":
      return {
        field: "amount",
        words: say("金额写成 12345.00 这样，大于0。", "Write the amount as 12345.00, above nought."),
      };
    case "step_not_now":
      return {
        field: "amount",
        words: say(
          `现在是“${PROJECT_STATE_WORDS[fault.state].zh}”，验收后才能结算一次。`,
          `It is “${PROJECT_STATE_WORDS[fault.state].en}”; works are settled once, after they were accepted.`,
        ),
      };
    case "over_without_reason":
      return {
        field: "overWhy",
        words: say(
          `超过预算${formatYuan(fault.estimateFen)}元的${fault.percent}%以上，请写明原因；公开页会标出。`,
          `More than ${fault.percent} % above the estimate of ${formatYuan(fault.estimateFen)} yuan: say why; the public page marks it.`,
        ),
      };
    case "audit_missing":
      return {
        field: "amount",
        words: say(
          `超过${formatYuan(fault.aboveFen)}元，要先登记审价或审计结论。`,
          `Above ${formatYuan(fault.aboveFen)} yuan the audit is recorded first.`,
        ),
      };
    case "units_short":
      return {
        field: "amount",
        words: say(
          `有${fault.units}户余额不够，共差${formatYuan(fault.missingFen)}元。不能用别户的钱，请这些户先续交（${MF20}）。`,
          `${fault.units} units lack ${formatYuan(fault.missingFen)} yuan in all. Nobody pays for another's unit: they top up first.`,
        ),
      };
  }
}

const joined = (words: readonly Bilingual[]): Bilingual =>
  say(words.map(({ zh }) => zh).join(""), words.map(({ en }) => en).join(" "));

export function fundProblem(
  refusal: FundRefusal | ManagingRefusal | ProposalRefusal | SteppingRefusal | SettlementRefusal,
): Problem {
  const refused = (
    code: string,
    status: Problem["status"],
    title: Bilingual,
    detail: Bilingual,
    more: Partial<Problem> = {},
  ): Problem => ({
    code,
    status,
    title,
    detail,
    ...more,
  });
  switch (refusal.reason) {
    case "nothing_entered":
      return refused("fund-nothing-entered", 422, NOT_ENTERED, say("金额合计是0。", "The amounts add up to nought."));
    case "amount_unreadable":
      return refused(
        "fund-amount-unreadable",
        422,
        NOT_ENTERED,
        say("有一户的金额不能读。", "The amount of a unit cannot be read."),
      );
    case "unit_twice":
      return refused("fund-unit-twice", 422, NOT_ENTERED, say("有一户出现了两次。", "A unit is there twice."));
    case "total_too_large":
      return refused(
        "fund-total-too-large",
        422,
        NOT_ENTERED,
        say("合计太大，请检查单位是不是元。", "The sum is too large; is it in yuan?"),
      );
    case "nobody_to_share":
      return refused(
        "fund-nobody",
        409,
        NOT_ENTERED,
        say("名册上没有计入面积的房屋。", "The roll has no counted area to share by."),
        {
          article: MF20,
        },
      );
    case "sheet_unreadable":
      return rollProblem(refusal);
    case "rows_faulty":
      return refused(
        "fund-rows",
        422,
        NOT_ENTERED,
        say(
          `表格里有${refusal.messages.length}处要改，一户也没有入账。`,
          `${refusal.messages.length} things in the table need correcting; not one unit was entered.`,
        ),
      );
    case "mode_unknown":
      return refused("fund-mode-unknown", 422, NOT_RECORDED, say("请选择代管或自管。", "Choose who manages it."));
    case "mode_unchanged":
      return refused(
        "fund-mode-unchanged",
        409,
        NOT_RECORDED,
        say("现在已经是这样管理的。", "It is managed so already."),
      );
    case "fund_mode_moved":
      return refused(
        "fund-mode-moved",
        409,
        NOT_RECORDED,
        say("管理方式刚刚变了，请重新打开。", "It was changed meanwhile; open the page again."),
      );
    case "words_missing":
    case "step_words_missing":
      return refused(
        "fund-words-missing",
        422,
        NOT_RECORDED,
        say("请写明说明，最多200字。", "Say it in words, at most 200 characters."),
      );
    case "not_a_day":
      return refused(
        "fund-not-a-day",
        422,
        NOT_RECORDED,
        say("日期写成 2026-11-23 这样。", "Write the day as 2026-11-23."),
      );
    case "in_the_future":
      return refused(
        "fund-in-the-future",
        422,
        NOT_RECORDED,
        say(`日期不能晚于今天${refusal.today}。`, `The day is after today, ${refusal.today}.`),
      );
    case "decision_unknown":
      return refused(
        "fund-decision-unknown",
        422,
        NOT_RECORDED,
        say("没有这一次会议或这一项议题。", "There is no such meeting or item."),
        { article: CC278 },
      );
    case "decision_not_published":
      return refused(
        "fund-decision-not-published",
        409,
        NOT_RECORDED,
        say("这项决定还没有公布，或者已被撤销。", "It is not published, or was annulled."),
        {
          article: CC278,
        },
      );
    case "decision_of_another_matter":
      return refused(
        "fund-decision-of-another-matter",
        422,
        NOT_RECORDED,
        say(
          `那是第${refusal.matter}项事项，这里要第${refusal.wanted.join("或")}项。`,
          `That is matter ${refusal.matter}; this takes matter ${refusal.wanted.join(" or ")}.`,
        ),
        { article: CC278 },
      );
    case "decision_of_other_owners":
      return refused(
        "fund-decision-of-other-owners",
        422,
        NOT_RECORDED,
        say(
          "表决范围和工程受益范围不一样：出钱的那些业主要自己表决。",
          "It was decided by other owners than those who pay.",
        ),
        { article: "《住宅专项维修资金管理办法》第二十二条" },
      );
    case "decision_lost":
      return refused("fund-decision-lost", 409, NOT_RECORDED, say("这项议题没有通过。", "It was not carried."), {
        article: CC278,
      });
    case "plan_faulty":
      return refused(
        "fund-plan-faulty",
        422,
        say("没有提出", "Not proposed"),
        joined(refusal.faults.map((fault) => planFaultWords(fault).words)),
        {
          article: EXCLUSION_ARTICLE,
        },
      );
    case "unknown_project":
      return refused("fund-project-unknown", 404, NOT_RECORDED, say("没有这项工程。", "There are no such works."));
    case "step_not_now":
      return refused(
        "fund-step-not-now",
        409,
        NOT_RECORDED,
        say(
          `现在是“${PROJECT_STATE_WORDS[refusal.state].zh}”，还不到这一步。`,
          `It is “${PROJECT_STATE_WORDS[refusal.state].en}”; not this step now.`,
        ),
      );
    case "step_done_already":
      return refused(
        "fund-step-done-already",
        409,
        NOT_RECORDED,
        say("这一步已经有人登记了，请重新打开。", "Somebody recorded it already; open the page again."),
      );
    case "wrong_path":
      return refused(
        "fund-wrong-path",
        409,
        NOT_RECORDED,
        say("这一步不属于这项工程的办理方式。", "This step is not of this way."),
        { article: CC281 },
      );
    case "same_person":
      return refused(
        "fund-same-person",
        409,
        NOT_RECORDED,
        say(
          "应急使用要业委会、街道或居委会两个不同的人确认，提出人不能确认自己的。",
          "Two different persons confirm an emergency, neither of whom proposed it.",
        ),
        { article: CC281 },
      );
    case "step_file_missing":
      return refused(
        "fund-step-file-missing",
        422,
        NOT_RECORDED,
        say("这一步要附上文件。", "This step takes its paper."),
      );
    case "settlement_faulty":
      return refused(
        "fund-settlement-faulty",
        422,
        say("没有结算", "Not settled"),
        joined(refusal.faults.map((fault) => settlementFaultWords(fault).words)),
        {
          article: MF20,
        },
      );
    case "settlement_waiting":
      return refused(
        "fund-settlement-waiting",
        409,
        say("没有结算", "Not settled"),
        say("另一张结算凭证还没有过账。", "The voucher of another settlement is not posted yet."),
        { next: say("请先复核、审批，或撤回。", "Review and approve it, or give it up.") },
      );
    default:
      return ledgerProblem(refusal);
  }
}
