/** Refusals of publishing a year of the fund as problems: what was not done, why, by which article, what now. One switch each. */
import { formatYuan } from "../../../kernel/money.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Problem } from "../../../platform/problem.tsx";
import type { YearRefusal } from "./actions.ts";
import type { YearFault } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const TITLE = say("没有公布", "Not published");
const MF30 = "《住宅专项维修资金管理办法》第三十条";

/** What stands against publishing, beside its field where it has one. */
export function yearFaultWords(fault: YearFault): { readonly field: string | null; readonly words: Bilingual } {
  switch (fault.reason) {
    case "year_not_over":
      return { field: null, words: say(`${fault.year}年还没有结束。`, `${fault.year} is not over.`) };
    case "months_open":
      return {
        field: null,
        words: say(
          fault.closedThrough === null
            ? "维修资金账簿一个月都没有结账，请先结到12月。"
            : `维修资金账簿只结到${fault.closedThrough}，请先结到12月。`,
          fault.closedThrough === null
            ? "No month of the book is closed; close it through December first."
            : `The book is closed through ${fault.closedThrough} only; close it through December first.`,
        ),
      };
    case "bank_without_statement":
      return {
        field: null,
        words: say(
          `${fault.bank}的对账单还没有导入到12月31日。`,
          `No statement of ${fault.bank} reaches the 31st of December.`,
        ),
      };
    case "bank_apart":
      return {
        field: null,
        words: say(
          `${fault.bank}与账簿还有${formatYuan(Math.abs(fault.unexplainedFen))}元对不上，请先对账。`,
          `${formatYuan(Math.abs(fault.unexplainedFen))} yuan between ${fault.bank} and the book are unexplained: reconcile first.`,
        ),
      };
    case "units_apart":
      return {
        field: null,
        words: say(
          `各户合计与账簿相差${formatYuan(Math.abs(fault.apartFen))}元，有凭证没有分到户。`,
          `All units together are ${formatYuan(Math.abs(fault.apartFen))} yuan from the book: some voucher is shared to no unit.`,
        ),
      };
    case "compared_missing":
      return {
        field: "comparedWith",
        words: say(
          `没有登记维修资金的银行账户，请写明与主管部门哪一份对账单核对过，最多${fault.most}字。`,
          `No bank account of the fund is kept here: name the authority's statement it was compared with, in ${fault.most} characters.`,
        ),
      };
    case "why_missing":
      return {
        field: "why",
        words: say(
          `这一年公布过了，更正要写明原因，最多${fault.most}字。`,
          `The year is published already: say why it is corrected, in ${fault.most} characters.`,
        ),
      };
  }
}

export function yearProblem(refusal: YearRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_year":
      return {
        code: "fund-year-unknown",
        status: 404,
        title: TITLE,
        detail: say("维修资金账簿没有这一年。", "The book of the fund has no such year."),
      };
    case "year_faulty": {
      const faults = refusal.faults.map(yearFaultWords);
      return {
        code: "fund-year-faulty",
        status: faults.every(({ field }) => field !== null) ? 422 : 409,
        title: TITLE,
        detail: say(faults.map(({ words }) => words.zh).join(""), faults.map(({ words }) => words.en).join(" ")),
        errors: faults.flatMap(({ field, words }) => (field === null ? [] : [{ pointer: `/${field}`, detail: words }])),
        article: MF30,
      };
    }
    case "year_unchanged":
      return {
        code: "fund-year-unchanged",
        status: 409,
        title: TITLE,
        detail: say("与已经公布的一版完全相同，不用更正。", "It is exactly as it was published: nothing to correct."),
      };
    case "year_moved":
      return {
        code: "fund-year-moved",
        status: 409,
        title: TITLE,
        detail: say("别人刚刚公布了一版。", "Somebody has just published an edition."),
        next: say("请刷新页面看现在的情况。", "Reload the page and see how it stands."),
      };
  }
}
