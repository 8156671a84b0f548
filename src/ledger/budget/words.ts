/** What budgets, their states and their faults are called. No rule of its own. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import type { Book } from "../books/rules.ts";
import type { BudgetFault, BudgetState, PlannedKind } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const budgetTitle = ({ book, year }: { readonly book: Book; readonly year: number }, lang: Lang): string =>
  lang === "zh" ? `${BOOK_WORDS[book].zh}${year}年预算` : `Budget of ${year}: ${BOOK_WORDS[book].en}`;

export const BUDGET_STATE_WORDS: Readonly<Record<BudgetState, Bilingual>> = {
  waiting: say("待复核", "Waits for review"),
  reviewed: say("待批准", "Waits for approval"),
  approved: say("已批准，待公布", "Approved, waits to be published"),
  published: say("已公布", "Published"),
  withdrawn: say("已撤回", "Given up"),
  refused: say("已退回", "Sent back"),
};
export const BUDGET_TONES = {
  waiting: "waiting",
  reviewed: "waiting",
  approved: "active",
  published: "good",
  withdrawn: "off",
  refused: "bad",
} as const;

export const PLANNED_WORDS: Readonly<Record<PlannedKind, Bilingual>> = {
  income: say("收入", "Income"),
  cost: say("成本", "Cost"),
  use: say("结余使用", "Uses of the net"),
};

/** What is wrong with a plan, with the field it stands beside. */
export function budgetFaultWords(fault: BudgetFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "year_out_of_reach":
      return {
        field: "note",
        words: say(
          `只能编制${fault.from}年到${fault.to}年的预算。`,
          `Only the years ${fault.from} to ${fault.to} can be planned.`,
        ),
      };
    case "nothing_planned":
      return { field: "note", words: say("请至少填一个科目的金额。", "Fill in the amount of one account at least.") };
    case "amount_not_positive":
      return {
        field: `amount[${fault.account}]`,
        words: say(
          `科目${fault.account}的金额要大于0；没有预算的请留空。`,
          `${fault.account}: more than nothing; leave it empty where nothing is planned.`,
        ),
      };
    case "amount_too_large":
      return {
        field: `amount[${fault.account}]`,
        words: say(`科目${fault.account}的金额太大。`, `${fault.account}: too large.`),
      };
    case "account_not_planned":
      return {
        field: "note",
        words: say(
          `科目${fault.account}不能编预算：只有收入、成本和使用的明细科目可以。`,
          `${fault.account} cannot be planned: only accounts of income, cost and use can.`,
        ),
      };
    case "account_twice":
      return {
        field: `amount[${fault.account}]`,
        words: say(`科目${fault.account}写了两次。`, `${fault.account} is there twice.`),
      };
    case "note_too_long":
      return { field: "note", words: say(`说明最多${fault.most}字。`, `A note has at most ${fault.most} characters.`) };
  }
}

/** How an account stands against its plan, in words: `left` is planned less actual. */
export function leftWords(kind: PlannedKind, leftFen: number): Bilingual {
  const fen = formatYuan(Math.abs(leftFen));
  if (leftFen === 0) return say("正好", "exactly");
  if (kind === "income")
    return leftFen > 0 ? say(`还差${fen}元`, `${fen} yuan to come`) : say(`多收${fen}元`, `${fen} yuan more`);
  return leftFen > 0 ? say(`还可用${fen}元`, `${fen} yuan left`) : say(`超出${fen}元`, `${fen} yuan over`);
}
