/** Refusals of contracts, their changes and payments as problems: what was not done, why, by which article, what now. One switch each. */
import { photoWords } from "../../ledger/assets/problems.ts";
import { ledgerProblem } from "../../ledger/books/problems.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { ContractRefusal } from "./actions.ts";
import type { ChangingRefusal } from "./changing.ts";
import type { EndRefusal } from "./ending/actions.ts";
import type { PayRefusal } from "./paying.ts";
import { BEYOND_WORDS, contractFaultWords, TB46 } from "./words.ts";

export const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_SAVED = say("合同没有保存", "The contract was not saved");
const NOT_SIGNED = say("没有签订", "Not signed");
const NOT_CHANGED = say("变更没有保存", "The change was not saved");
const NOT_PAID = say("付款凭证没有填制", "The voucher was not drafted");
const CC278 = "《民法典》第二百七十八条第一款第四项";

const DEVIATES = [
  "lot_not_awarded",
  "provider_differs",
  "scope_differs",
  "price_differs",
  "term_differs",
  "quality_left_out",
  "subcontracting_differs",
];

export function faulty(
  refusal: Extract<ContractRefusal | ChangingRefusal, { reason: "contract_faulty" | "change_faulty" }>,
  title: Bilingual,
): Problem {
  const faults = refusal.faults.map(contractFaultWords);
  const deviates = refusal.faults.some(({ reason }) => DEVIATES.includes(reason));
  return {
    code: "contract-faulty",
    status: 422,
    title,
    detail: say(faults.map(({ words }) => words.zh).join(""), faults.map(({ words }) => words.en).join(" ")),
    errors: faults.map(({ field, words }) => ({ pointer: `/${field}`, detail: words })),
    ...(deviates
      ? {
          article: TB46,
          next: say(
            "合同要和中标结果完全一致；要改，签订后按变更办理。",
            "A contract says what was awarded; what has to change is changed afterwards, by the rule for changes.",
          ),
        }
      : {}),
  };
}

/** What any act on a contract may meet. */
export type Shared = Exclude<
  Extract<ContractRefusal | ChangingRefusal | EndRefusal, { readonly reason: string }>,
  { reason: "contract_faulty" | "change_faulty" }
>;
export function shared(refusal: Shared, title: Bilingual): Problem | null {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "unknown_contract":
      return {
        code: "contract-unknown",
        status: 404,
        title: say("没有这份合同", "No such contract"),
        detail: say("编号可能不对。", "The number may be wrong."),
      };
    case "contract_moved":
      return {
        code: "contract-moved",
        status: 409,
        title: say("这份合同已经处理过", "The contract was dealt with already"),
        detail: say("别人先处理了，或者它现在的状态不允许。", "Somebody was faster, or its state does not allow it."),
        next: say("请刷新页面看现在的情况。", "Reload the page and see how it stands."),
      };
    case "own_contract":
      return {
        code: "contract-own",
        status: 403,
        title: NOT_SIGNED,
        detail: say("起草的人不能签订或确认同一份文件。", "Whoever drafted a paper does not sign it."),
        next: say("请业委会主任或副主任办理。", "Let the chair or a deputy do it."),
      };
    case "not_the_drafter":
      return {
        code: "contract-not-the-drafter",
        status: 403,
        title: say("没有撤回", "Not given up"),
        detail: say("只有起草的人可以撤回。", "Only its drafter gives it up."),
      };
    case "why_missing":
      return at("contract-why", title, "why", say("请写明理由。", "Say why."));
    case "file_missing":
      return at("contract-file-missing", title, "file", say("请附上文件的PDF。", "Attach the paper as PDF."));
    case "file_not_pdf":
      return at(
        "contract-file-not-pdf",
        title,
        "file",
        say("这里只收PDF文件，内容也要是PDF。", "Only PDF is taken here, by its content."),
      );
    case "file_refused":
      return at("contract-file", title, "file", photoWords(refusal.fault));
    case "signed_on_not_a_day":
      return at("contract-signed-on", title, "signedOn", say("请写明签订的日期。", "Give the day of signing."));
    case "signed_on_ahead":
      return at(
        "contract-signed-on",
        title,
        "signedOn",
        say(
          `签订日期不能晚于今天（${refusal.today}）。`,
          `The day of signing is no later than today, ${refusal.today}.`,
        ),
      );
    case "signed_before_award":
      return {
        ...at(
          "contract-signed-before",
          title,
          "signedOn",
          say(`签订日期不能早于${refusal.awardedOn}。`, `It cannot be signed before ${refusal.awardedOn}.`),
        ),
        article: TB46,
      };
    case "decision_needed":
      return {
        ...at(
          "contract-decision-needed",
          title,
          "meeting",
          say("这件事由业主共同决定，请写明哪次会议哪一项。", "The owners decide this: name the meeting and the item."),
        ),
        article: CC278,
      };
    case "decision_unknown":
      return at(
        "contract-decision-unknown",
        title,
        "meeting",
        say("没有这次会议或这一项。", "There is no such meeting or item."),
      );
    case "decision_not_published":
      return at(
        "contract-decision-open",
        title,
        "meeting",
        say("这项决定还没有公布结果，或者已被撤销。", "Its result is not published, or was annulled."),
      );
    case "decision_of_another_matter":
      return {
        ...at(
          "contract-decision-matter",
          title,
          "meeting",
          say(
            `那是第${refusal.matter}项事项；选聘和解聘是第4项。`,
            `That is matter ${refusal.matter}; choosing and dismissing is matter 4.`,
          ),
        ),
        article: CC278,
      };
    case "decision_lost":
      return {
        ...at("contract-decision-lost", title, "meeting", say("这一项没有通过。", "That item was not carried.")),
        article: CC278,
      };
    default:
      return null;
  }
}
export const at = (code: string, title: Bilingual, field: string, detail: Bilingual): Problem => ({
  code,
  status: 422,
  title,
  detail,
  errors: [{ pointer: `/${field}`, detail }],
});

export function contractProblem(refusal: ContractRefusal): Problem {
  if (refusal.reason === "contract_faulty") return faulty(refusal, NOT_SAVED);
  const common = shared(refusal, NOT_SAVED);
  if (common) return common;
  switch (refusal.reason) {
    case "unknown_tender":
      return {
        code: "contract-tender-unknown",
        status: 404,
        title: NOT_SAVED,
        detail: say("没有这次选聘。", "There is no such tender."),
      };
    case "wrong_tender_state":
      return {
        code: "contract-not-awarded",
        status: 409,
        title: NOT_SAVED,
        detail: say(
          "这次选聘还没有定标，或者合同已经签完。",
          "The tender is not awarded, or its contracts are signed.",
        ),
        article: TB46,
      };
    case "award_withdrawn":
      return {
        code: "contract-award-withdrawn",
        status: 409,
        title: NOT_SAVED,
        detail: say(
          "这个标段的定标已经失去依据：业主大会的决定被撤销，或者复核计票的结果不同。",
          "The award of the lot has lost its ground: the owners' decision was annulled, or a recount came out otherwise.",
        ),
        article: "《民法典》第二百七十八条、第二百八十条",
        next: say(
          "请不要签订这份合同；由业主重新决定，可以把这次选聘重复一次。",
          "Do not sign this contract; let the owners decide anew, the tender can be repeated.",
        ),
      };
    case "lot_contracted":
      return {
        code: "contract-lot-taken",
        status: 409,
        title: NOT_SAVED,
        detail: say(
          `这个标段已经签了第${refusal.number}号合同。`,
          `The lot has contract no. ${refusal.number} already.`,
        ),
      };
    case "filing_day":
      return at(
        "contract-filing-day",
        say("备案没有登记", "The filing was not entered"),
        "filedOn",
        say("备案日期在签订之后，且不晚于今天。", "It is filed after it was signed and no later than today."),
      );
    case "filing_words":
      return at(
        "contract-filing-words",
        say("备案没有登记", "The filing was not entered"),
        "words",
        say("请写明向谁备案和回执编号，最多120字。", "Say with whom and the receipt's number, at most 120 characters."),
      );
    default:
      throw new TypeError(`unsaid: ${refusal.reason}`);
  }
}

export function changeProblem(refusal: ChangingRefusal): Problem {
  if (refusal.reason === "change_faulty") return faulty(refusal, NOT_CHANGED);
  const common = shared(refusal, NOT_CHANGED);
  if (common) return common;
  switch (refusal.reason) {
    case "beyond_limits":
      return {
        ...at(
          "contract-beyond-limits",
          NOT_CHANGED,
          "meeting",
          say(
            `${refusal.beyond.map((one) => BEYOND_WORDS[one].zh).join("、")}。不经业主大会，价格最多变动${refusal.percent}%，最多延长${refusal.months}个月。`,
            `Here ${refusal.beyond.map((one) => BEYOND_WORDS[one].en).join(", ")}. Without the owners the price moves by at most ${refusal.percent} % and the term by ${refusal.months} months.`,
          ),
        ),
        article: CC278,
        next: say(
          "请写明业主大会通过的会议和议题，或者改小变更。",
          "Name the owners' item that was carried, or make the change smaller.",
        ),
      };
    case "provider_changed":
      return at(
        "contract-provider-changed",
        NOT_CHANGED,
        "provider",
        say("换物业服务人是另一份合同，不是变更。", "Another provider is another contract, not a change."),
      );
    case "start_changed":
      return at(
        "contract-start-changed",
        NOT_CHANGED,
        "fromOn",
        say("开始的日期不能改。", "The beginning does not change."),
      );
    case "nothing_changed":
      return at(
        "contract-nothing-changed",
        NOT_CHANGED,
        "why",
        say("和现在的合同没有区别。", "It does not differ from what is in force."),
      );
    case "edition_waits":
      return {
        code: "contract-edition-waits",
        status: 409,
        title: NOT_CHANGED,
        detail: say("已有一项变更在等签订。", "Another change waits to be signed."),
      };
    default:
      throw new TypeError(`unsaid: ${refusal.reason}`);
  }
}

export function payProblem(refusal: PayRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_contract":
    case "contract_moved":
    case "file_missing":
    case "file_not_pdf":
    case "file_refused":
      return shared(refusal, NOT_PAID)!;
    case "unknown_plan_row":
      return at("payment-plan-row", NOT_PAID, "planNo", say("付款计划里没有这一期。", "The plan has no such row."));
    case "pay_amount":
      return at(
        "payment-amount",
        NOT_PAID,
        "amount",
        say("金额要大于零，最多两位小数。", "The amount is more than nothing, with at most two decimals."),
      );
    case "unknown_voucher":
      return at("payment-voucher", NOT_PAID, "voucher", say("没有这张凭证。", "There is no such voucher."));
    case "voucher_named":
      return {
        code: "payment-named",
        status: 409,
        title: NOT_PAID,
        detail: refusal.here
          ? say("这张凭证已经记在另一期。", "The voucher names another row already.")
          : say("这张凭证已经记在另一份合同。", "The voucher names another contract."),
      };
    default:
      return ledgerProblem(refusal);
  }
}
