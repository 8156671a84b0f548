/** Refusals of the books as problems: what was not done, why, by which article, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { EndAccountRefusal } from "./accounts/actions.ts";
import type { BookRefusal, DraftingRefusal, ReversalRefusal } from "./actions.ts";
import type { ClosingRefusal } from "./closing/actions.ts";
import type { VoucherActRefusal } from "./posting.ts";
import type { AccountRefusal } from "./rules.ts";
import { VOUCHER_STATE_WORDS, voucherFaultWords } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const HZ36 = "《杭州市物业管理条例》第三十六条；《会计基础工作规范》";
const NOT_POSTED = say("没有记账", "Not posted");

export type LedgerRefusal =
  | BookRefusal
  | AccountRefusal
  | EndAccountRefusal
  | DraftingRefusal
  | ReversalRefusal
  | VoucherActRefusal
  | ClosingRefusal;

export function ledgerProblem(refusal: LedgerRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "also_refused":
      return {
        code: "voucher-not-drafted",
        status: 409,
        title: NOT_POSTED,
        detail: say(
          "同时有别人处理了同一笔，什么都没有保存。",
          "Somebody dealt with the same at this moment; nothing was saved.",
        ),
        next: say("请刷新页面，看看现在的情况。", "Please reload the page and see how it stands."),
      };
    case "unknown_book":
      return {
        code: "book-unknown",
        status: 404,
        title: say("还没有这本账", "There is no such book"),
        detail: say("请先设立账簿。", "Open it first."),
      };
    case "book_exists":
      return {
        code: "book-exists",
        status: 409,
        title: say("这本账已经设立", "The book is open already"),
        detail: say("同一种账只有一本。", "There is one book of each kind."),
      };
    case "period_unreadable":
      return {
        code: "period-unreadable",
        status: 422,
        title: say("月份没有看懂", "The month cannot be read"),
        detail: say("写成 2026-01 这样。", "Write it as 2026-01."),
      };
    case "voucher_faulty": {
      const words = refusal.faults.map((fault) => voucherFaultWords(fault).words);
      return {
        code: "voucher-faulty",
        status: 422,
        title: say("凭证有不对的地方", "Something is wrong with the voucher"),
        detail: say(words.map(({ zh }) => zh).join(""), words.map(({ en }) => en).join(" ")),
      };
    }
    case "unknown_voucher":
      return {
        code: "voucher-unknown",
        status: 404,
        title: say("没有这张凭证", "No such voucher"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "not_posted":
      return {
        code: "voucher-not-posted",
        status: 409,
        title: say("还没有过账", "It is not posted"),
        detail: say(
          "没有过账的凭证，由填制人撤回即可。",
          "A voucher that is not posted is simply given up by its drafter.",
        ),
      };
    case "reversal_of_a_reversal":
      return {
        code: "voucher-reversal-of-reversal",
        status: 409,
        title: say("冲销凭证不能再冲销", "A reversal is not taken back"),
        detail: say("如果冲销错了，请重新填一张正确的凭证。", "If it was wrong, draft the right voucher anew."),
      };
    case "reversed_already":
      return {
        code: "voucher-reversed-already",
        status: 409,
        title: say("已经冲销过", "Taken back already"),
        detail: say("一张凭证只冲销一次。", "A voucher is taken back once."),
      };
    case "own_voucher":
    case "own_review":
      return {
        code: "voucher-own",
        status: 403,
        title: NOT_POSTED,
        detail:
          refusal.reason === "own_voucher"
            ? say("填制的人不能复核或审批同一张凭证。", "Whoever drafted a voucher neither reviews nor approves it.")
            : say("复核的人不能再审批同一张凭证。", "Whoever reviewed it does not approve it."),
        article: HZ36,
        next: say("请另一位经办。", "Let another person do it."),
      };
    case "not_the_drafter":
      return {
        code: "voucher-not-the-drafter",
        status: 403,
        title: say("没有撤回", "Not given up"),
        detail: say(
          "只有填制的人可以撤回；别人可以退回并写明原因。",
          "Only its drafter gives it up; others send it back with a reason.",
        ),
      };
    case "why_missing":
      return {
        code: "voucher-why-missing",
        status: 422,
        title: say("没有退回", "Not sent back"),
        detail: say("请写明退回的原因。", "Say why."),
      };
    case "wrong_voucher_state":
      return {
        code: "voucher-in-another-state",
        status: 409,
        title: say("这张凭证已经处理过", "It was dealt with already"),
        detail: say(
          `它现在的状态是：${VOUCHER_STATE_WORDS[refusal.state].zh}。`,
          `It stands at: ${VOUCHER_STATE_WORDS[refusal.state].en}.`,
        ),
      };
    case "period_closed":
      return {
        code: "period-closed",
        status: 409,
        title: NOT_POSTED,
        detail: say(`${refusal.period}已经结账，结账后不能再记入。`, `${refusal.period} is closed, and stays so.`),
        next: say(`请撤回，按${refusal.next}的日期重新填制。`, `Give it up and draft it anew in ${refusal.next}.`),
      };
    case "account_closed":
      return {
        code: "account-closed",
        status: 409,
        title: NOT_POSTED,
        detail: say("凭证上的一个科目在那一天不能使用。", "An account on it takes no vouchers on that day."),
      };
    case "opening_not_first":
      return {
        code: "opening-not-first",
        status: 409,
        title: NOT_POSTED,
        detail: say("期初余额只能是账簿的第一张凭证。", "An opening balance is a book's first voucher."),
      };
    case "distribution_not_posted":
      return {
        code: "distribution-not-posted",
        status: 409,
        title: NOT_POSTED,
        detail: say(
          "它是一次公共收益分配转给维修资金的一边，那次分配还没有入账，或者已经冲销。",
          "It is the fund's side of a distribution that is not posted, or was taken back.",
        ),
        next: say("请先复核、审批那次分配的凭证。", "Review and approve the distribution's own voucher first."),
      };
    case "fund_balance_moved":
      return {
        code: "fund-balance-moved",
        status: 409,
        title: NOT_POSTED,
        detail: say(
          "它返还一套房屋的分户账余额，填制以后这套房屋的余额变了。",
          "It gives back the balance of a unit of the fund, and that balance has moved since it was drafted.",
        ),
        next: say("请退回，按现在的余额重新填制。", "Send it back and draft it again by the balance of today."),
      };
    case "not_the_next_period":
      return {
        code: "period-not-next",
        status: 409,
        title: say("没有结账", "Not closed"),
        detail: say(
          `要按月依次结账，下一个是${refusal.next}。`,
          `Months close one after the other; the next is ${refusal.next}.`,
        ),
      };
    case "period_running":
      return {
        code: "period-running",
        status: 409,
        title: say("没有结账", "Not closed"),
        detail: say(
          `这个月还没有过完，${refusal.until}起可以结账。`,
          `The month is not over; it can be closed from ${refusal.until}.`,
        ),
      };
    case "vouchers_waiting":
      return {
        code: "vouchers-waiting",
        status: 409,
        title: say("没有结账", "Not closed"),
        detail: say(`还有${refusal.waiting}张凭证没有处理完。`, `${refusal.waiting} vouchers still wait.`),
        next: say("请先复核、审批，或退回、撤回。", "Review, approve, send back or give them up first."),
      };
    case "unknown_account":
      return {
        code: "account-unknown",
        status: 404,
        title: say("没有这个科目", "No such account"),
        detail: say("请核对科目编码。", "Check its code."),
      };
    case "not_a_day":
      return {
        code: "ledger-day",
        status: 422,
        title: say("日期不对", "The day is wrong"),
        detail: say(
          "写成 2026-11-23 这样，且不早于科目启用的日期。",
          "Write it as 2026-11-23, not before the account's first day.",
        ),
      };
    case "code_unreadable":
    case "code_taken":
      return {
        code: "account-code",
        status: 422,
        title: say("没有增设科目", "The account was not added"),
        detail:
          refusal.reason === "code_taken"
            ? say(
                "这个编码已经有科目，科目不改名，也不重用编码。",
                "The code is taken; accounts are not renamed and codes not used again.",
              )
            : say(
                "编码是四位数字，下级用点加两位，例如 4001.10。",
                "A code is four digits, then pairs behind dots, such as 4001.10.",
              ),
      };
    case "account_name_missing":
    case "account_name_too_long":
      return {
        code: "account-name",
        status: 422,
        title: say("没有增设科目", "The account was not added"),
        detail:
          refusal.reason === "account_name_missing"
            ? say("请写科目名称。", "Give it a name.")
            : say(`名称最多${refusal.most}字。`, `A name has at most ${refusal.most} characters.`),
      };
    case "heading_missing":
    case "heading_of_another_kind":
    case "heading_is_posted_to":
      return {
        code: "account-heading",
        status: 422,
        title: say("没有增设科目", "The account was not added"),
        detail:
          refusal.reason === "heading_missing"
            ? say(`没有上级科目${refusal.code}。`, `There is no heading ${refusal.code}.`)
            : refusal.reason === "heading_of_another_kind"
              ? say(`上级科目${refusal.code}是另一类。`, `The heading ${refusal.code} is of another kind.`)
              : say(
                  `科目${refusal.code}本身记账，下面不能再设明细。`,
                  `${refusal.code} takes vouchers itself and cannot have accounts under it.`,
                ),
      };
  }
}
