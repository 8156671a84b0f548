/** What the books' rules say, in words. No rule of its own. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Period, VoucherKind, VoucherRefusal, VoucherState } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** Names of the months from January on. */
export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
/** A month as a neighbour says it: 2026年5月. */
export const monthWords = (period: Period): Bilingual => {
  const [year, month] = [period.slice(0, 4), Number(period.slice(5))];
  return say(`${year}年${month}月`, `${MONTHS[month - 1]} ${year}`);
};

/** A voucher as people name it: 2026年5月第14号. Its short form 2026-05-14 would be read as a day. */
export const voucherWords = ({ period, number }: { readonly period: Period; readonly number: number }): Bilingual => {
  const month = monthWords(period);
  return say(`${month.zh}第${number}号`, `${month.en} no. ${number}`);
};

export const VOUCHER_STATE_WORDS: Readonly<Record<VoucherState, Bilingual>> = {
  waiting: say("待复核", "Waits for review"),
  reviewed: say("待审批", "Waits for approval"),
  posted: say("已过账", "Posted"),
  withdrawn: say("已撤回", "Given up"),
  refused: say("已退回", "Sent back"),
};
export const VOUCHER_KIND_WORDS: Readonly<Record<VoucherKind, Bilingual>> = {
  ordinary: say("普通凭证", "Voucher"),
  opening: say("期初余额", "Opening balance"),
  reversal: say("冲销凭证", "Reversal"),
};
export const HANDS_WORDS = {
  review: say("复核后过账", "Posted after a review"),
  approval: say("复核并由主任或副主任审批后过账", "Posted after a review and the chair's approval"),
  decision: say("有业主大会决定，复核并审批后过账", "Rests on an owners' decision; posted after review and approval"),
} as const;

/** What is wrong with an amount as it was typed. */
export const MONEY_WORDS = {
  amount_missing: { zh: "请填金额。", en: "Fill in an amount." },
  amount_unreadable: { zh: "金额没有看懂，写成 1234.50 这样。", en: "It cannot be read; write it as 1234.50." },
  amount_too_fine: { zh: "金额最多两位小数。", en: "At most two decimals." },
  amount_too_large: { zh: "金额太大。", en: "Too large." },
} as const;

/** What is wrong, with the field it stands beside. */
export function voucherFaultWords(fault: VoucherRefusal): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "text_missing":
      return { field: "text", words: say("请写摘要：这笔钱是做什么的。", "Say what it was for.") };
    case "text_too_long":
      return { field: "text", words: say(`摘要最多${fault.most}字。`, `At most ${fault.most} characters.`) };
    case "not_a_day":
      return { field: "on", words: say("日期写成 2026-11-23 这样。", "Write the day as 2026-11-23.") };
    case "in_the_future":
      return {
        field: "on",
        words: say(`日期不能晚于今天（${fault.today}）。`, `No later than today (${fault.today}).`),
      };
    case "before_the_book":
      return { field: "on", words: say(`这本账从${fault.from}开始。`, `This book begins with ${fault.from}.`) };
    case "period_closed":
      return {
        field: "on",
        words: say(
          `${fault.period}已经结账，请记入${fault.next}或以后。`,
          `${fault.period} is closed; enter it in ${fault.next} or later.`,
        ),
      };
    case "too_few_lines":
      return {
        field: "lines[0].account",
        words: say(`至少${fault.least}行：一借一贷。`, `At least ${fault.least} lines: one on each side.`),
      };
    case "too_many_lines":
      return {
        field: "lines[0].account",
        words: say(`最多${fault.most}行，请分成几张凭证。`, `At most ${fault.most} lines; use several vouchers.`),
      };
    case "amount_not_positive":
      return {
        field: `lines[${fault.line - 1}].amount`,
        words: say(
          `第${fault.line}行金额要大于0，最多两位小数。`,
          `Line ${fault.line}: more than nothing, at most two decimals.`,
        ),
      };
    case "amount_too_large":
      return {
        field: `lines[${fault.line - 1}].amount`,
        words: say(`第${fault.line}行金额太大。`, `Line ${fault.line}: too large.`),
      };
    case "unknown_account":
      return {
        field: `lines[${fault.line - 1}].account`,
        words: say(`第${fault.line}行请选择科目。`, `Line ${fault.line}: choose an account.`),
      };
    case "heading_account":
      return {
        field: `lines[${fault.line - 1}].account`,
        words: say(
          `第${fault.line}行是上级科目，请选它下面的明细。`,
          `Line ${fault.line} names a heading; choose an account under it.`,
        ),
      };
    case "account_closed":
      return {
        field: `lines[${fault.line - 1}].account`,
        words: say(
          `第${fault.line}行的科目在这一天不能使用。`,
          `Line ${fault.line}: the account takes no vouchers on that day.`,
        ),
      };
    case "unbalanced": {
      const difference = formatYuan(Math.abs(fault.debitFen - fault.creditFen));
      return {
        field: "lines[0].amount",
        words: say(
          `借方合计${formatYuan(fault.debitFen)}元，贷方合计${formatYuan(fault.creditFen)}元，相差${difference}元。`,
          `Debit ${formatYuan(fault.debitFen)}, credit ${formatYuan(fault.creditFen)}: ${difference} apart.`,
        ),
      };
    }
    case "file_missing":
      return {
        field: "files",
        words:
          fault.for === "opening"
            ? say("期初余额要附街道组织的检查报告。", "An opening balance rests on the street's check report.")
            : say(
                "支出要附发票、收据或合同的照片或 PDF。",
                "What is spent has its invoice, receipt or contract, as a photograph or PDF.",
              ),
      };
    case "decision_missing":
      return {
        field: "decision",
        words: say(
          `超过${formatYuan(fault.aboveFen)}元，要写明业主大会的哪一项决定。`,
          `Above ${formatYuan(fault.aboveFen)} yuan it names the owners' decision.`,
        ),
      };
    case "opening_not_first":
      return {
        field: "text",
        words: say("期初余额只能是账簿的第一张凭证。", "An opening balance is a book's first voucher."),
      };
  }
}
