/** Refusals of leases and their money as problems: what was not done, why, by which article, what now. One switch each. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { photoWords } from "../assets/problems.ts";
import { ledgerProblem } from "../books/problems.ts";
import type { LeaseRefusal } from "./actions.ts";
import type { MoneyRefusal } from "./money.ts";
import { leaseFaultWords, R2_ARTICLE, receiptFaultWords } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_SAVED = say("租约没有保存", "The lease was not saved");

export function leaseProblem(refusal: LeaseRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "lease_faulty": {
      const faults = refusal.faults.map(leaseFaultWords);
      const basis = refusal.faults.some(({ reason }) => /^(basis|decision|document)_/.test(reason));
      return {
        code: "lease-faulty",
        status: 422,
        title: NOT_SAVED,
        detail: say(faults.map(({ words }) => words.zh).join(""), faults.map(({ words }) => words.en).join(" ")),
        errors: faults.map(({ field, words }) => ({ pointer: `/${field}`, detail: words })),
        ...(basis ? { article: R2_ARTICLE } : {}),
      };
    }
    case "file_refused": {
      const detail = photoWords(refusal.fault);
      return {
        code: "lease-file",
        status: 422,
        title: NOT_SAVED,
        detail,
        errors: [{ pointer: "/document", detail }],
      };
    }
    case "too_many_files":
      return {
        code: "lease-files",
        status: 422,
        title: NOT_SAVED,
        detail: say(`合同附件最多${refusal.most}个。`, `At most ${refusal.most} files.`),
      };
    case "unknown_lease":
      return {
        code: "lease-unknown",
        status: 404,
        title: say("没有这份租约", "No such lease"),
        detail: say("编号可能不对。", "The number may be wrong."),
      };
    case "lease_moved":
      return {
        code: "lease-moved",
        status: 409,
        title: say("这份租约已经处理过", "The lease was dealt with already"),
        detail: say("别人先处理了，或者它现在的状态不允许。", "Somebody was faster, or its state does not allow it."),
        next: say("请刷新页面看现在的情况。", "Reload the page and see how it stands."),
      };
    case "own_lease":
      return {
        code: "lease-own",
        status: 403,
        title: say("没有审批", "Not decided"),
        detail: say("起草的人不能审批同一份租约。", "Whoever drafted a lease does not decide on it."),
        next: say("请另一位经办。", "Let another person do it."),
      };
    case "not_the_drafter":
      return {
        code: "lease-not-the-drafter",
        status: 403,
        title: say("没有撤回", "Not given up"),
        detail: say("只有起草的人可以撤回。", "Only its drafter gives it up."),
      };
    case "why_missing":
      return {
        code: "lease-why-missing",
        status: 422,
        title: NOT_SAVED,
        detail: say("请写明原因。", "Say why."),
        errors: [{ pointer: "/why", detail: say("请写明原因。", "Say why.") }],
      };
  }
}

export function moneyProblem(refusal: MoneyRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_lease":
      return leaseProblem(refusal);
    case "charge_stands":
      return {
        code: "charge-stands",
        status: 409,
        title: say("没有重新填制", "Not drafted again"),
        detail: say("这一期的凭证还在，或已经记账。", "Its voucher waits, or is booked."),
      };
    case "nothing_due":
      return {
        code: "charge-not-due",
        status: 409,
        title: say("没有重新填制", "Not drafted again"),
        detail: say("租约现在没有这一期。", "The lease has no such charge as it stands now."),
      };
    case "no_money_account":
      return {
        code: "receipt-account",
        status: 422,
        title: say("没有登记", "Not entered"),
        detail: say("请选择收付款的账户：现金或银行存款科目。", "Choose the account: cash, or one at a bank."),
        errors: [{ pointer: "/account", detail: say("请选择账户。", "Choose an account.") }],
      };
    case "account_not_chosen":
      return {
        code: "receipt-account-choice",
        status: 422,
        title: say("没有登记", "Not entered"),
        detail: say(
          "小区有几个银行账户，请选择这笔钱进出的是哪一个。以后这份租约会记住。",
          "There are several bank accounts: choose the one it came to or went from. The lease remembers it.",
        ),
        errors: [{ pointer: "/account", detail: say("请选择账户。", "Choose an account.") }],
      };
    case "lease_running":
      return {
        code: "deposit-lease-running",
        status: 409,
        title: say("还不能结清押金", "The deposit is not settled yet"),
        detail: say(`租约到${refusal.untilOn}才结束。`, `The lease runs until ${refusal.untilOn}.`),
        next: say("租约结束或提前终止以后再办。", "Settle it once the lease is over or was ended."),
      };
    case "not_a_day":
    case "amount_not_positive":
    case "deposit_too_small":
    case "prepaid_too_small":
    case "owed_too_little":
    case "rent_open": {
      const { field, words } = receiptFaultWords(refusal);
      return {
        code: "receipt-faulty",
        status: 422,
        title: say("没有登记", "Not entered"),
        detail: words,
        errors: [{ pointer: `/${field}`, detail: words }],
      };
    }
    default:
      return ledgerProblem(refusal);
  }
}
