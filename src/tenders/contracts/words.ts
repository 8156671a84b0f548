/** Contracts in words: kinds, standings, and each fault with the field it belongs to. Bilingual text only. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { StatusTone } from "../../platform/ui/status.tsx";
import type { ContractFault } from "./actions.ts";
import type { Beyond, BySide, EndingKind, Standing } from "./ending/rules.ts";
import type { ContractTerms, PlanRow, TakeoverKind } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const STANDING_WORDS: Readonly<Record<Standing, Bilingual>> = {
  drafted: say("等第二人签订", "Waits for a second person"),
  dropped: say("没有签订", "Not signed"),
  ahead: say("已签，还没开始", "Signed, not begun"),
  running: say("正在履行", "Running"),
  expiring: say("快到期", "Running out"),
  ending: say("已通知终止", "Ending on notice"),
  open_ended: say("到期未决定，不定期", "Term over, open-ended"),
  interim: say("已终止，过渡服务中", "Ended, interim service"),
  over: say("已终止并接管", "Over, taken over"),
};
export const STANDING_TONE: Readonly<Record<Standing, StatusTone>> = {
  drafted: "waiting",
  dropped: "off",
  ahead: "active",
  running: "good",
  expiring: "note",
  ending: "note",
  open_ended: "bad",
  interim: "bad",
  over: "off",
};
export const ENDING_WORDS: Readonly<Record<EndingKind, Bilingual>> = {
  dismissed: say("业主解聘", "Dismissed by the owners"),
  not_renewing: say("物业服务人不续聘", "The provider does not renew"),
  open_ended: say("解除不定期合同", "Open-ended contract given up"),
  agreed: say("双方协商解除", "Ended by agreement"),
  expired: say("到期不再续聘", "Ends with its term"),
};
export const SIDE_WORDS: Readonly<Record<BySide, Bilingual>> = {
  owners: say("业主一方", "The owners"),
  provider: say("物业服务人", "The provider"),
  both: say("双方", "Both"),
};
export const TAKEOVER_WORDS: Readonly<Record<TakeoverKind, Bilingual>> = {
  premises: say("物业服务用房", "Premises"),
  facilities: say("相关设施设备", "Facilities"),
  records: say("服务必需的资料", "Records"),
  deposits: say("预收款、押金、代管资金", "Deposits and money held"),
};
export const PLAN_WORDS: Readonly<Record<PlanRow["state"], Bilingual>> = {
  paid: say("已付清", "Paid"),
  partly: say("付了一部分", "Partly paid"),
  due: say("今天应付", "Due today"),
  overdue: say("逾期未付清", "Overdue"),
  later: say("未到期", "Not due yet"),
  over: say("超付", "Paid too much"),
};
export const BEYOND_WORDS: Readonly<Record<Beyond, Bilingual>> = {
  price: say("价格变动超过限度", "the price moves beyond the limit"),
  term: say("延长超过限度", "the extension is beyond the limit"),
  lots: say("服务范围改变", "the scope changes"),
  shorter: say("期限缩短", "the term becomes shorter"),
};
export const FIELD_WORDS: Readonly<Record<keyof ContractTerms, Bilingual>> = {
  title: say("名称", "Title"),
  client: say("甲方", "For the owners"),
  provider: say("物业服务人", "Provider"),
  lots: say("服务内容", "Scope"),
  parts: say("包括的服务", "Services"),
  subcontractable: say("可以转委托的专项", "What may be given on"),
  buildings: say("服务的楼栋", "Buildings"),
  lines: say("价格", "Prices"),
  priceFen: say("合同总价", "Price"),
  plan: say("付款计划", "Payment plan"),
  quality: say("质量条款", "Quality"),
  fromOn: say("开始", "From"),
  toOn: say("最后一天", "Last day"),
  bondFen: say("履约保证金", "Bond"),
  noticeDays: say("解除的通知天数", "Days of notice"),
  handover: say("移交给物业服务人的", "Handed over"),
  deduction: say("考核扣款", "Deduction"),
};

export const TB46 = "《招标投标法》第四十六条";
const yuan = (fen: number): string => formatYuan(fen);

/** A fault of a draft: its field of the form, and the sentence. */
export function contractFaultWords(fault: ContractFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "empty":
      return { field: fieldOf(fault.where), words: say(`“${fault.where}”没有填写。`, `“${fault.where}” is empty.`) };
    case "not_a_day":
      return {
        field: fieldOf(fault.where),
        words: say("日期要写成2027-01-31的样子。", "Write the day as 2027-01-31."),
      };
    case "code_length":
      return {
        field: "code",
        words: say(
          `统一社会信用代码是18位，这里是${fault.length}位。`,
          `A credit code has 18 characters; this has ${fault.length}.`,
        ),
      };
    case "lots_missing":
      return { field: "scope", words: say("请写明服务什么。", "Say what the service is.") };
    case "lot_twice":
      return { field: "scope", words: say(`标段${fault.lotNo}写了两次。`, `Lot ${fault.lotNo} stands here twice.`) };
    case "term_backwards":
      return { field: "toOn", words: say("最后一天在开始之前。", "The last day lies before the first.") };
    case "term_too_long":
      return { field: "toOn", words: say(`最长${fault.mostMonths}个月。`, `At most ${fault.mostMonths} months.`) };
    case "lines_missing":
      return { field: "lines", words: say("请写明价格，每行一项。", "Write the prices, one a line.") };
    case "amount_too_large":
      return { field: "lines", words: say("金额太大。", "The amount is too large.") };
    case "price_not_lines":
      return {
        field: "price",
        words: say(
          `各项价格合计${yuan(fault.linesFen)}元，总价写的是${yuan(fault.priceFen)}元。`,
          `The lines add up to ${yuan(fault.linesFen)} yuan, the price says ${yuan(fault.priceFen)}.`,
        ),
      };
    case "plan_missing":
      return {
        field: "plan",
        words: say(`请写明付款计划，1到${fault.most}期。`, `Write the payment plan, 1 to ${fault.most} rows.`),
      };
    case "plan_amount":
      return {
        field: "plan",
        words: say(`付款计划第${fault.row}期的金额不对。`, `The amount of payment ${fault.row} is not right.`),
      };
    case "plan_order":
      return {
        field: "plan",
        words: say(
          `付款计划第${fault.row}期早于前一期，请按日期排列。`,
          `Payment ${fault.row} is due before the one above it.`,
        ),
      };
    case "plan_outside":
      return {
        field: "plan",
        words: say(
          `付款计划第${fault.row}期的日期要在${fault.from}到${fault.to}之间。`,
          `Payment ${fault.row} is due between ${fault.from} and ${fault.to}.`,
        ),
      };
    case "plan_not_price":
      return {
        field: "plan",
        words: say(
          `付款计划合计${yuan(fault.planFen)}元，合同总价${yuan(fault.priceFen)}元，相差${yuan(fault.planFen - fault.priceFen)}元。`,
          `The plan adds up to ${yuan(fault.planFen)} yuan, the price is ${yuan(fault.priceFen)}: ${yuan(fault.planFen - fault.priceFen)} apart.`,
        ),
      };
    case "quality_missing":
      return {
        field: "quality",
        words: say("请写明质量条款和怎样衡量。", "Write the quality clauses and how each is measured."),
      };
    case "notice_days":
      return {
        field: "noticeDays",
        words: say(`通知天数${fault.least}到${fault.most}天。`, `Notice of ${fault.least} to ${fault.most} days.`),
      };
    case "bond_too_high":
      return {
        field: "bond",
        words: say(`保证金最多${yuan(fault.mostFen)}元。`, `The bond is at most ${yuan(fault.mostFen)} yuan.`),
      };
    case "building_unknown":
      return { field: "buildings", words: say(`名册里没有${fault.building}。`, `The roll has no ${fault.building}.`) };
    case "lot_not_awarded":
      return { field: "scope", words: say(`标段${fault.lotNo}没有定标。`, `Lot ${fault.lotNo} was not awarded.`) };
    case "provider_differs":
      return {
        field: "provider",
        words: say(
          `标段${fault.lotNo}定给了${fault.awarded}，只能和它签。`,
          `Lot ${fault.lotNo} was awarded to ${fault.awarded} and is signed with it alone.`,
        ),
      };
    case "scope_differs":
      return {
        field: "scope",
        words: say(
          `标段${fault.lotNo}的服务内容和公告的不一样。`,
          `The scope of lot ${fault.lotNo} is not the announced one.`,
        ),
      };
    case "price_differs":
      return {
        field: "lines",
        words:
          fault.awardedFen === null
            ? say(`“${fault.line}”不在中标的报价里。`, `“${fault.line}” is not among the awarded prices.`)
            : say(
                `“${fault.line}”中标单价${yuan(fault.awardedFen)}元，数量和单价都不能改，一分也不能多、不能少。`,
                `“${fault.line}” was awarded at ${yuan(fault.awardedFen)} yuan; neither quantity nor price changes by a fen.`,
              ),
      };
    case "term_differs":
      return {
        field: "toOn",
        words: say(
          `标段${fault.lotNo}的期限应为${fault.fromOn}至${fault.toOn}。`,
          `The term of lot ${fault.lotNo} is ${fault.fromOn} to ${fault.toOn}.`,
        ),
      };
    case "quality_left_out":
      return {
        field: "quality",
        words: say(
          `公告的质量条款“${fault.clause}”没有写进合同。`,
          `The announced quality clause “${fault.clause}” is left out.`,
        ),
      };
    case "subcontracting_differs":
      return {
        field: "scope",
        words: say(
          `标段${fault.lotNo}可以转委托的专项和公告的不一样。`,
          `What may be given on of lot ${fault.lotNo} is not what was announced.`,
        ),
      };
    case "basis_untitled":
      return { field: "basisTitle", words: say("请写明依据的文件名称。", "Name the document it rests on.") };
    case "basis_day":
      return { field: "basisOn", words: say("请写明文件的日期。", "Give the document's day.") };
    case "basis_after_start":
      return {
        field: "basisOn",
        words: say(
          `文件的日期要在合同开始（${fault.fromOn}）之前或当天。`,
          `The document is dated no later than the beginning, ${fault.fromOn}.`,
        ),
      };
  }
}
const fieldOf = (where: string): string => {
  const head = where.split(".")[0]!;
  return head === "provider" ? "provider" : head === "lots" ? "scope" : head;
};
