/** Refusals of handovers as problems: what was not done, why, by which article, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { HandoverRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const GR48 = "《业主大会和业主委员会指导规则》第四十八条";

const NOT_LISTED = say("没有列入清单", "Not put on the list");
const NOT_SIGNED = say("没有签收", "Not signed");

export function handoverProblem(refusal: HandoverRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "unknown_handover":
      return {
        code: "handover-unknown",
        status: 404,
        title: say("没有这份移交清单", "No such handover"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "handover_exists":
      return {
        code: "handover-exists",
        status: 409,
        title: say("已经有一份移交清单", "There is a list already"),
        detail: say(
          "同一届或同一人只有一份，请在那一份上继续。",
          "One list a committee or member; go on with that one.",
        ),
      };
    case "nothing_ended":
      return {
        code: "handover-nothing-ended",
        status: 409,
        title: say("还没有到移交的时候", "Nothing to hand over yet"),
        detail: say(
          "任期结束或委员离任以后，才开始移交。",
          "A handover begins when a term, or a member's office, has ended.",
        ),
        article: GR48,
      };
    case "kind_unknown":
      return {
        code: "handover-kind-unknown",
        status: 422,
        title: NOT_LISTED,
        detail: say("请选择是哪一类。", "Choose what kind of thing it is."),
      };
    case "what_missing":
      return {
        code: "handover-what-missing",
        status: 422,
        title: NOT_LISTED,
        detail: say(
          "请写明移交什么，例如“公章一枚”。没有的也写“无”。",
          "Say what, such as “the seal, one”. Where there is none, write “none”.",
        ),
      };
    case "what_too_long":
      return {
        code: "handover-what-too-long",
        status: 422,
        title: NOT_LISTED,
        detail: say(
          `一项最多${refusal.most}字，可以分成几项。`,
          `A line has at most ${refusal.most} characters; use several.`,
        ),
      };
    case "too_many_lines":
      return {
        code: "handover-too-many-lines",
        status: 422,
        title: NOT_LISTED,
        detail: say(
          `一份清单最多${refusal.most}项，请合并同类项。`,
          `A list has at most ${refusal.most} lines; put like things together.`,
        ),
      };
    case "amount_needed":
    case "amount_out_of_range":
      return {
        code: "handover-amount",
        status: 422,
        title: NOT_LISTED,
        detail: say(
          "资金一项要写金额（元，最多两位小数）；没有余额的写0。",
          "Money has its amount in yuan, with at most two decimals; write 0 where nothing is left.",
        ),
      };
    case "unknown_line":
      return {
        code: "handover-line-unknown",
        status: 404,
        title: NOT_SIGNED,
        detail: say("清单上没有这一项。", "There is no such line."),
      };
    case "struck_line":
    case "line_struck_already":
      return {
        code: "handover-line-struck",
        status: 409,
        title: say("这一项已经更正", "This line was corrected"),
        detail: say("请看更正后的那一项。", "See the line that took its place."),
      };
    case "signs_both_sides":
      return {
        code: "handover-both-sides",
        status: 409,
        title: NOT_SIGNED,
        detail: say("同一个人不能既移交又接收同一项。", "Nobody hands a thing over to themselves."),
        next: say("请另一位委员签收。", "Let another member sign."),
      };
    case "signed_already":
      return {
        code: "handover-signed-already",
        status: 409,
        title: say("这一边已有人签收", "This side is signed"),
        detail: say("每一项每边签一个名。", "One signature a side."),
      };
    case "not_your_side":
      return {
        code: "handover-not-your-side",
        status: 403,
        title: NOT_SIGNED,
        detail: say(
          "移交由离任的人签，接收由现任委员签。",
          "Those who left sign as giving, those who sit sign as taking.",
        ),
        article: GR48,
      };
  }
}
