/** Refusals of giving back the balance of a destroyed unit as problems: what was not done, why, by which article, what now. One switch. */
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { ledgerProblem } from "../../books/problems.ts";
import type { RefundRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const TITLE = say("没有填制返还凭证", "No refund was drafted");
const MF29 = "《住宅专项维修资金管理办法》第二十九条";

export function refundProblem(refusal: RefundRefusal): Problem {
  const refused = (code: string, field: string | null, detail: Bilingual, more: Partial<Problem> = {}): Problem => ({
    code,
    status: 422,
    title: TITLE,
    detail,
    ...(field === null ? {} : { errors: [{ pointer: `/${field}`, detail }] }),
    ...more,
  });
  switch (refusal.reason) {
    case "unknown_unit":
      return refused("fund-refund-unit", null, say("没有这套房屋的分户账。", "The unit has no account of the fund."), {
        status: 404,
      });
    case "nothing_to_refund":
      return refused(
        "fund-refund-nothing",
        null,
        say("这套房屋的分户账没有余额可退。", "The unit's account holds nothing to give back."),
        { status: 409, article: MF29 },
      );
    case "refund_waiting":
      return refused(
        "fund-refund-waiting",
        null,
        say(
          "这套房屋已有一张返还凭证在等复核，或者余额刚刚变了。",
          "A refund of this unit waits for review, or its balance has just moved.",
        ),
        { status: 409, next: say("请刷新页面看现在的情况。", "Reload the page and see how it stands.") },
      );
    case "not_a_day":
      return refused("fund-refund-day", "onDay", say("日期写成 2026-11-23 这样。", "Write the day as 2026-11-23."));
    case "in_the_future":
      return refused(
        "fund-refund-future",
        "onDay",
        say(`日期不能晚于今天${refusal.today}。`, `The day is after today, ${refusal.today}.`),
      );
    case "words_missing":
      return refused(
        "fund-refund-words",
        "words",
        say(`请写明灭失的原因，最多${refusal.most}字。`, `Say how it was lost, in ${refusal.most} characters.`),
      );
    case "payee_missing":
      return refused("fund-refund-payee", "payee", say("请填退给谁。", "Say to whom it goes back."));
    case "refund_without_document":
      return refused(
        "fund-refund-document",
        "files",
        say(
          "请附房屋灭失的证明，例如不动产注销登记、拆除证明。",
          "Attach what shows that the unit is no more, such as its title struck off.",
        ),
        { article: MF29 },
      );
    default:
      return ledgerProblem(refusal);
  }
}
