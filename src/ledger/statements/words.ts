/** What statements, their faults and their differences are called. No rule of its own. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import { sayDay } from "../../platform/ui/moments.ts";
import type { Book } from "../books/rules.ts";
import { MONTHS, monthWords } from "../books/words.ts";
import type { StatementFault } from "./rules.ts";
import { type Clock, type Span, spanFrom } from "./spans/rules.ts";
import type { DifferenceKind } from "./versions/rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const month = (period: string): number => Number(period.slice(5));
const QUARTERS = ["一", "二", "三", "四"] as const;

/** The months of a span as a neighbour says them: 2026年第三季度, 2026年上半年, 2026年2月至3月. */
export function spanWords({ from, to }: Span): Bilingual {
  const year = from.slice(0, 4);
  const [first, last] = [month(from), month(to)];
  const names = (period: string) => MONTHS[month(period) - 1]!;
  if (from === to) return monthWords(from);
  const whole = (cadence: "quarter" | "half_year" | "year"): boolean => {
    const start = { quarter: 3, half_year: 6, year: 12 }[cadence];
    return (first - 1) % start === 0 && spanFrom(from, cadence).to === to;
  };
  if (whole("quarter")) return say(`${year}年第${QUARTERS[(first - 1) / 3]}季度`, `Q${(first + 2) / 3} ${year}`);
  if (whole("half_year"))
    return say(`${year}年${first === 1 ? "上" : "下"}半年`, `${first === 1 ? "First" : "Second"} half of ${year}`);
  if (whole("year")) return say(`${year}年`, year);
  const end = to.slice(0, 4) === year ? `${last}月` : `${to.slice(0, 4)}年${last}月`;
  return say(`${year}年${first}月至${end}`, `${names(from)} ${year} – ${names(to)} ${to.slice(0, 4)}`);
}

/** What the statement of a book is called in the accustomed form. */
export const STATEMENT_NAMES: Readonly<Record<Book, Bilingual>> = {
  common: say("公共收益收支公示", "Statement of common revenue"),
  fund: say("专项维修资金收支公示", "Statement of the maintenance fund"),
  working: say("业委会工作经费收支公示", "Statement of the committee's working funds"),
};
export const statementTitle = ({ book, from, to }: Span & { readonly book: Book }, lang: Lang): string =>
  lang === "zh"
    ? `${spanWords({ from, to }).zh}${STATEMENT_NAMES[book].zh}`
    : `${STATEMENT_NAMES[book].en}, ${spanWords({ from, to }).en}`;

/** Where the clock stands, in a sentence. */
export function clockWords({ span, dueOn, state, daysLate }: Clock): Bilingual {
  const which = spanWords(span);
  switch (state) {
    case "running":
      return say(`下一期是${which.zh}，最迟${sayDay(dueOn, "zh")}公布`, `Next: ${which.en}, by ${sayDay(dueOn, "en")}`);
    case "due":
      return say(
        `${which.zh}的账正在整理，最迟${sayDay(dueOn, "zh")}公布`,
        `${which.en} is being prepared, due by ${sayDay(dueOn, "en")}`,
      );
    case "overdue":
      return say(
        `${which.zh}应在${sayDay(dueOn, "zh")}前公布，已逾期${daysLate}天`,
        `${which.en} was due by ${sayDay(dueOn, "en")} and is ${daysLate} ${daysLate === 1 ? "day" : "days"} late`,
      );
  }
}

/** How book and bank stand in a published statement: alike, or with so many items between them that explain it all. */
export function bankWords(banks: readonly { readonly items: number }[]): Bilingual {
  if (banks.length === 0) return say("没有银行账户", "No bank account");
  const items = banks.reduce((sum, bank) => sum + bank.items, 0);
  return items === 0
    ? say("账和银行一致", "Book and bank agree")
    : say(
        `账和银行之间有${items}笔未达账项，差额都已说明`,
        `${items} items stand between book and bank and explain all of it`,
      );
}

const yuan = (fen: number): string => formatYuan(fen);

/** What keeps a statement from being published: which figure, by how much, what to do. */
export function statementFaultWords(fault: StatementFault): Bilingual {
  switch (fault.reason) {
    case "books_unbalanced":
      return say(`借方和贷方相差${yuan(fault.byFen)}元。`, `Debit and credit are ${yuan(fault.byFen)} yuan apart.`);
    case "closing_off":
      return say(
        `期初加收入减支出，与期末结余相差${yuan(fault.byFen)}元。`,
        `Opening and what was moved differ from closing by ${yuan(fault.byFen)} yuan.`,
      );
    case "opening_off":
      return say(
        `期初结余与上一期公布的期末（${yuan(fault.lastFen)}元）相差${yuan(fault.byFen)}元。`,
        `Opening differs by ${yuan(fault.byFen)} yuan from what the last statement ended with (${yuan(fault.lastFen)}).`,
      );
    case "bank_unknown":
      return say(
        `科目${fault.account}有${yuan(fault.fen)}元，但没有登记对应的银行账户。`,
        `${yuan(fault.fen)} yuan stand on ${fault.account}, for which no bank account is recorded.`,
      );
    case "bank_silent":
      return say(
        `科目${fault.account}有${yuan(fault.fen)}元，但还没有导入这个账户的银行流水。`,
        `${yuan(fault.fen)} yuan stand on ${fault.account}; no statement of that bank account was taken in.`,
      );
    case "bank_off":
      return say(
        `科目${fault.account}：账面与银行相差${yuan(fault.byFen)}元，未达账项解释不了。请先核对银行流水。`,
        `${fault.account}: book and bank are ${yuan(fault.byFen)} yuan apart after everything that explains it. Match the bank's lines first.`,
      );
    case "bank_too_open":
      return say(
        `科目${fault.account}还有太多银行流水没有核对，请先核对。`,
        `Too many lines of ${fault.account} are not matched yet.`,
      );
  }
}

export const DIFFERENCE_WORDS: Readonly<Record<DifferenceKind, Bilingual>> = {
  opening: say("上期结余", "Opening"),
  brought_in: say("接收的期初余额", "Brought in"),
  income: say("收入", "Income"),
  cost: say("成本", "Cost"),
  to_fund: say("补充维修资金", "To the maintenance fund"),
  use: say("其他使用", "Other use"),
  closing: say("本期结余", "Closing"),
  deposit: say("押金", "Deposits"),
  money: say("货币资金", "Money"),
  receivable: say("应收款", "Receivable"),
  other_asset: say("其他资产", "Other assets"),
  debt: say("应付款", "Owed"),
  bank: say("银行余额", "Bank balance"),
  explained: say("未达账项笔数", "Reconciling items"),
  lease: say("租约收入", "Income of a lease"),
  let: say("已出租处数", "Let"),
  note: say("说明", "Note"),
};
