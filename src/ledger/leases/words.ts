/** What states, cycles, ages, receipts and faults of leases are called. No rule of its own. */
import { formatYuan } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { GROUND_WORDS } from "../assets/words.ts";
import type { LeaseAskedFault } from "./actions.ts";
import type { ReceiptFault, ReceiptKind } from "./receiving.ts";
import type { Age, CycleMonths } from "./rules.ts";
import type { ChargeRow, LeaseState } from "./store.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const LEASE_STATE_WORDS: Readonly<Record<LeaseState, Bilingual>> = {
  drafted: say("待审批", "Waits for approval"),
  approved: say("已生效", "In force"),
  refused: say("已退回", "Sent back"),
  withdrawn: say("已撤回", "Given up"),
};
export const CYCLE_WORDS: Readonly<Record<CycleMonths, Bilingual>> = {
  1: say("每月", "monthly"),
  3: say("每季度", "quarterly"),
  6: say("每半年", "half-yearly"),
  12: say("每年", "yearly"),
};
export const AGE_WORDS: Readonly<Record<Age, Bilingual>> = {
  not_due: say("未到期", "Not due"),
  up_to_30: say("逾期30天以内", "Up to 30 days"),
  up_to_90: say("逾期31至90天", "31 to 90 days"),
  up_to_180: say("逾期91至180天", "91 to 180 days"),
  over_180: say("逾期超过180天", "Over 180 days"),
};
export const RECEIPT_KIND_WORDS: Readonly<Record<ReceiptKind, Bilingual>> = {
  rent: say("收到租金", "Rent came in"),
  prepaid: say("用预收款抵租金", "Prepaid used for rent"),
  return: say("退还多收、预收的租金", "Rent given back"),
  deposit: say("收到押金", "Deposit came in"),
  refund: say("退还押金", "Deposit given back"),
  offset: say("用押金抵欠租", "Deposit set against rent"),
};
export const CHARGE_STATE_WORDS: Readonly<Record<ChargeRow["state"], Bilingual>> = {
  waiting: say("待复核", "waits for review"),
  reviewed: say("待审批", "waits for approval"),
  posted: say("已记账", "booked"),
  withdrawn: say("已撤回", "given up"),
  refused: say("已退回", "sent back"),
};

export const R2_ARTICLE = "《民法典》第二百七十八条第一款第八项；《物业管理条例》第五十四条";

/** What is wrong, with the field of the form it stands beside. */
export function leaseFaultWords(fault: LeaseAskedFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "not_a_day":
      return { field: fault.field, words: say("日期写成 2026-11-23 这样。", "Write the day as 2026-11-23.") };
    case "ends_before_start":
      return {
        field: "toOn",
        words: say("终止日期不能早于起始日期，提前终止要早于原来的终止日。", "The last day lies outside the lease."),
      };
    case "lease_too_long":
      return {
        field: "toOn",
        words: say(
          `租期最长${fault.mostYears}年，超过的部分无效（《民法典》第七百零五条）。`,
          `At most ${fault.mostYears} years; what exceeds them is void (Civil Code art. 705).`,
        ),
      };
    case "no_rent":
      return { field: "steps[0].monthly", words: say("请填月租金。", "Fill in the monthly rent.") };
    case "first_step_not_at_start":
      return {
        field: "steps[0].fromOn",
        words: say("第一段租金从租约的第一天开始。", "The first rent begins with the lease."),
      };
    case "steps_out_of_order":
      return {
        field: `steps[${fault.step - 1}].fromOn`,
        words: say("各段租金按日期先后填写。", "Rents stand in the order of their days."),
      };
    case "step_outside":
      return {
        field: `steps[${fault.step - 1}].fromOn`,
        words: say("这一段在租约终止以后。", "It begins after the lease ends."),
      };
    case "amount_out_of_range":
      return {
        field: fault.field.startsWith("steps") ? `${fault.field}.monthly` : fault.field,
        words: say("金额或税率没有看懂，或者太大。", "The amount or rate cannot be read, or is too large."),
      };
    case "free_outside":
      return {
        field: `free[${fault.free - 1}].fromOn`,
        words: say("免租期要在租期之内，先起后止。", "Days without rent lie within the lease, first before last."),
      };
    case "free_overlaps":
      return {
        field: `free[${fault.free - 1}].fromOn`,
        words: say("两段免租期重叠。", "Two spans without rent overlap."),
      };
    case "due_out_of_range":
      return {
        field: "dueAfterDays",
        words: say(`填0到${fault.most}的整数。`, `A whole number from 0 to ${fault.most}.`),
      };
    case "basis_missing":
      return {
        field: "meeting",
        words: say(
          "利用共有部分经营，要经业主大会表决通过。请写明哪次会议的哪一项，或附上以前的书面决定。",
          "Using common parts for business is the owners' decision. Name the meeting and item, or attach the earlier document.",
        ),
      };
    case "decision_unknown":
      return { field: "meeting", words: say("没有这次会议或这一项议题。", "There is no such meeting or item.") };
    case "decision_not_published":
      return {
        field: "meeting",
        words: say("这次会议的结果还没有公布，或者已经被撤销。", "Its result is not published, or was annulled."),
      };
    case "decision_of_another_matter":
      return {
        field: "item",
        words: say(
          `这项议题是第${fault.matter}项事项，不是第八项“利用共有部分从事经营活动”。`,
          `The item is of matter ${fault.matter}, not of matter 8, the use of common parts for business.`,
        ),
      };
    case "decision_lost":
      return { field: "item", words: say("这项议题没有通过。", "The item was not carried.") };
    case "document_untitled":
      return { field: "documentTitle", words: say("请写书面决定的名称，最多100字。", "Give the document's title.") };
    case "document_day":
      return { field: "documentOn", words: say("日期写成 2025-06-01 这样。", "Write the day as 2025-06-01.") };
    case "document_too_late":
      return {
        field: "documentOn",
        words: say(
          `书面决定的日期不能晚于租约起始日（${fault.fromOn}）。`,
          `It cannot be dated after the lease begins (${fault.fromOn}).`,
        ),
      };
    case "document_without_file":
      return {
        field: "document",
        words: say("请附书面决定的照片或 PDF。", "Attach the document as a photograph or PDF."),
      };
    case "not_common_ground":
      return {
        field: "assets",
        words: say(
          `“${fault.code}”登记为“${GROUND_WORDS[fault.ground].zh}”，收入不归全体业主，不能在这里出租（《民法典》第二百七十五条）。`,
          `“${fault.code}” is “${GROUND_WORDS[fault.ground].en}”: it does not earn for all owners (Civil Code art. 275).`,
        ),
      };
    case "asset_retired":
      return { field: "assets", words: say(`“${fault.code}”已不再使用。`, `“${fault.code}” is retired.`) };
    case "purpose_missing":
      return {
        field: "purpose",
        words: say(`请写用途，最多${fault.most}字。`, `Say what for, in ${fault.most} characters.`),
      };
    case "lessee_missing":
      return { field: "lessee", words: say("请填承租人。", "Fill in the lessee.") };
    case "credit_code_missing":
      return { field: "creditCode", words: say("单位要填统一社会信用代码。", "An organisation has a credit code.") };
    case "phone_unreadable":
      return { field: "phone", words: say("手机号没有看懂。", "The mobile number cannot be read.") };
    case "no_assets":
      return {
        field: "assets",
        words: say(`请填要出租的编号，1到${fault.most}个。`, `Name what is let: 1 to ${fault.most} numbers.`),
      };
    case "unknown_assets":
      return {
        field: "assets",
        words: say(
          `登记册里没有：${fault.codes.join("、")}。请先登记。`,
          `Not in the register: ${fault.codes.join(", ")}. Enter it first.`,
        ),
      };
    case "mixed_assets":
      return {
        field: "assets",
        words: say(
          "不同种类的收入分开记账，请分成几份租约。",
          "Different kinds are different income: make a lease of each.",
        ),
      };
    case "let_twice":
      return {
        field: "assets",
        words: say(
          `“${fault.code}”在${fault.fromOn}至${fault.toOn}已经出租，同一天不能租给两家。`,
          `“${fault.code}” is let from ${fault.fromOn} to ${fault.toOn}; nothing is let twice for one day.`,
        ),
      };
    case "unknown_renewed":
      return { field: "assets", words: say("没有要续的那份租约。", "The lease to be renewed does not exist.") };
  }
}

export function receiptFaultWords(fault: ReceiptFault): { readonly field: string; readonly words: Bilingual } {
  switch (fault.reason) {
    case "not_a_day":
      return { field: "on", words: say("日期写成 2026-11-23 这样。", "Write the day as 2026-11-23.") };
    case "amount_not_positive":
      return { field: "amount", words: say("金额要大于0，最多两位小数。", "More than nothing, at most two decimals.") };
    case "deposit_too_small":
      return {
        field: "amount",
        words: say(
          `押金现有${formatYuan(fault.heldFen)}元。`,
          `The deposit held is ${formatYuan(fault.heldFen)} yuan.`,
        ),
      };
    case "prepaid_too_small":
      return {
        field: "amount",
        words: say(`预收款现有${formatYuan(fault.heldFen)}元。`, `Prepaid are ${formatYuan(fault.heldFen)} yuan.`),
      };
    case "owed_too_little":
      return {
        field: "amount",
        words: say(
          `可以抵或退的只有${formatYuan(fault.owedFen)}元。`,
          `Only ${formatYuan(fault.owedFen)} yuan can be set off or given back.`,
        ),
      };
    case "rent_open":
      return {
        field: "amount",
        words: say(
          `还有${formatYuan(fault.owedFen)}元租金未收，预收款先抵租金，抵完再退。`,
          `${formatYuan(fault.owedFen)} yuan of rent are open: what was prepaid pays them first.`,
        ),
      };
  }
}
