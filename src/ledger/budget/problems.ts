/** Refusals of budgets as problems: what was not done, why, by which article, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { BudgetActRefusal, BudgetDraftRefusal, ExplainRefusal } from "./actions.ts";
import { BUDGET_STATE_WORDS, budgetFaultWords } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const HZ36 = "《杭州市物业管理条例》第三十六条；《会计基础工作规范》";
const CC278 = "《民法典》第二百七十八条";
const NOT_DRAFTED = say("预算没有提交", "The budget was not handed in");
const NOT_DONE = say("没有办理", "It was not done");
const NOT_APPROVED = say("预算没有批准", "The budget was not approved");
const NOT_SAID = say("没有保存说明", "It was not saved");

export function budgetProblem(refusal: BudgetDraftRefusal | BudgetActRefusal | ExplainRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "unknown_book":
      return {
        code: "book-unknown",
        status: 404,
        title: say("还没有这本账", "There is no such book"),
        detail: say("请先设立账簿。", "Open it first."),
      };
    case "budget_faulty": {
      const words = refusal.faults.map((fault) => budgetFaultWords(fault).words);
      return {
        code: "budget-faulty",
        status: 422,
        title: NOT_DRAFTED,
        detail: say(words.map(({ zh }) => zh).join(""), words.map(({ en }) => en).join(" ")),
      };
    }
    case "why_missing":
      return {
        code: "budget-why-missing",
        status: 422,
        title: NOT_DRAFTED,
        detail: say(
          `调整预算要写明原因，最多${refusal.most}字，业主会看到。`,
          `A revision says why, in ${refusal.most} characters; the owners read it.`,
        ),
      };
    case "nothing_differs":
      return {
        code: "budget-nothing-differs",
        status: 409,
        title: NOT_DRAFTED,
        detail: say("和已经公布的一版没有任何不同。", "It says exactly what the published version says."),
      };
    case "budget_waits":
      return {
        code: "budget-waits",
        status: 409,
        title: NOT_DRAFTED,
        detail: say("这一年已有一份预算等待复核、批准或公布。", "A budget of this year waits already."),
        next: say("请先办完、退回或撤回那一份。", "Finish it, send it back or give it up first."),
      };
    case "unknown_budget":
      return {
        code: "budget-unknown",
        status: 404,
        title: say("没有这份预算", "No such budget"),
        detail: say(
          "地址可能不完整，或者这一年还没有公布预算。",
          "The address may be incomplete, or none is published.",
        ),
      };
    case "wrong_budget_state":
      return {
        code: "budget-in-another-state",
        status: 409,
        title: NOT_DONE,
        detail: say(
          `它现在的状态是：${BUDGET_STATE_WORDS[refusal.state].zh}。`,
          `It stands at: ${BUDGET_STATE_WORDS[refusal.state].en}.`,
        ),
        next: say("请刷新页面，看看现在的情况。", "Please reload the page and see how it stands."),
      };
    case "own_budget":
    case "own_budget_review":
      return {
        code: "budget-own",
        status: 403,
        title: NOT_DONE,
        detail:
          refusal.reason === "own_budget"
            ? say(
                "编制的人不能复核、批准或退回同一份预算。",
                "Whoever drafted a budget neither reviews nor approves it.",
              )
            : say("复核的人不能再批准同一份预算。", "Whoever reviewed it does not approve it."),
        article: HZ36,
        next: say("请另一位经办。", "Let another person do it."),
      };
    case "not_the_drafter":
      return {
        code: "budget-not-the-drafter",
        status: 403,
        title: NOT_DONE,
        detail: say(
          "只有编制的人可以撤回；别人可以退回并写明原因。",
          "Only its drafter gives it up; others send it back with a reason.",
        ),
      };
    case "refusal_why_missing":
      return {
        code: "budget-refusal-why",
        status: 422,
        title: say("没有退回", "Not sent back"),
        detail: say("请写明退回的原因。", "Say why."),
      };
    case "decision_missing":
      return {
        code: "budget-decision-missing",
        status: 422,
        title: NOT_APPROVED,
        detail: say(
          "按规则，预算由业主大会决定：请写明第几次会议、第几项议题。",
          "By the rules the owners decide on it: name the meeting and the item.",
        ),
        article: `${CC278}第一款第九项`,
        next: say(
          "把预算列入业主大会议题；议事规则规定由业委会批准的，在预算规则里写明条款。",
          "Put it to a meeting of the owners; or cite the clause that leaves it to the committee in the rules of budgets.",
        ),
      };
    case "decision_unknown":
      return {
        code: "budget-decision-unknown",
        status: 422,
        title: NOT_APPROVED,
        detail: say("没有这一次会议或这一项议题。", "There is no such meeting or item."),
        article: CC278,
      };
    case "decision_not_published":
      return {
        code: "budget-decision-not-published",
        status: 409,
        title: NOT_APPROVED,
        detail: say("这项决定还没有公布，或者已被撤销。", "It is not published, or was annulled."),
        article: CC278,
      };
    case "decision_of_another_matter":
      return {
        code: "budget-decision-of-another-matter",
        status: 422,
        title: NOT_APPROVED,
        detail: say(
          `那是第${refusal.matter}项事项，这里要第${refusal.wanted.join("或")}项。`,
          `That is matter ${refusal.matter}; this takes matter ${refusal.wanted.join(" or ")}.`,
        ),
        article: CC278,
      };
    case "decision_of_other_owners":
    case "decision_lost":
      return {
        code: "budget-decision-lost",
        status: 409,
        title: NOT_APPROVED,
        detail: say("这项议题没有通过。", "It was not carried."),
        article: CC278,
      };
    case "not_overspent":
      return {
        code: "budget-not-overspent",
        status: 409,
        title: NOT_SAID,
        detail: say("这个科目现在没有超出预算。", "The account is within its budget as it stands."),
      };
    case "overspend_why_missing":
      return {
        code: "budget-overspend-why",
        status: 422,
        title: NOT_SAID,
        detail: say(`请写明原因，最多${refusal.most}字。`, `Say why, in ${refusal.most} characters.`),
      };
    case "note_moved":
      return {
        code: "budget-note-moved",
        status: 409,
        title: NOT_SAID,
        detail: say("别人同时作了说明。", "Somebody said something of it at this moment."),
        next: say("请刷新页面再看。", "Reload the page and look again."),
      };
  }
}
