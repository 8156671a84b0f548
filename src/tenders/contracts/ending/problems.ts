/** Refusals of ending a contract and of handing over as problems: what was not done, why, by which article, what now. One switch. */
import type { Problem } from "../../../platform/problem.tsx";
import { at, type Shared, say, shared } from "../problems.ts";
import type { EndRefusal } from "./actions.ts";

const NOT_ENDED = say("终止通知没有保存", "The notice was not saved");
const NOT_LISTED = say("移交清单没有保存", "The list was not saved");

export function endProblem(refusal: EndRefusal): Problem {
  const common = shared(refusal as Shared, NOT_ENDED);
  if (common) return common;
  switch (refusal.reason) {
    case "notice_short": {
      const article =
        refusal.kind === "not_renewing"
          ? "《民法典》第九百四十七条第二款"
          : refusal.kind === "dismissed"
            ? "《民法典》第九百四十六条第一款"
            : "《民法典》第九百四十八条第二款";
      return {
        ...at(
          "ending-notice-short",
          NOT_ENDED,
          "endsOn",
          say(
            `通知到终止只有${refusal.days}天，要提前${refusal.least}天书面通知（送达当天不算）。最早可以在${refusal.firstEnd}终止。`,
            `Only ${refusal.days} days lie between notice and end; ${refusal.least} are needed, the first not counted. It may end on ${refusal.firstEnd} at the earliest.`,
          ),
        ),
        article,
      };
    }
    case "ending_day":
      return at("ending-day", NOT_ENDED, refusal.where, say("请写明日期。", "Give the day."));
    case "notice_ahead":
      return at(
        "ending-notice-ahead",
        NOT_ENDED,
        "noticedOn",
        say(
          `通知送达的日期不能晚于今天（${refusal.today}）。`,
          `The notice arrived no later than today, ${refusal.today}.`,
        ),
      );
    case "ending_why":
      return at("ending-why", NOT_ENDED, "why", say("请写明理由。", "Say why."));
    case "wrong_side":
      return at(
        "ending-side",
        NOT_ENDED,
        "bySide",
        say("这种终止不是由这一方提出的。", "This way of ending is not that side's."),
      );
    case "not_at_term_end":
      return at(
        "ending-not-at-term-end",
        NOT_ENDED,
        "endsOn",
        say(`这种终止在合同最后一天${refusal.toOn}。`, `It ends with the term, on ${refusal.toOn}.`),
      );
    case "after_term_end":
      return at(
        "ending-after-term",
        NOT_ENDED,
        "endsOn",
        say(
          `合同到${refusal.toOn}已满；到期后按不定期合同终止。`,
          `The term is over on ${refusal.toOn}; afterwards it is given up as open-ended.`,
        ),
      );
    case "not_open_ended":
      return at(
        "ending-not-open",
        NOT_ENDED,
        "kind",
        say(
          `合同到${refusal.toOn}才满，还不是不定期。`,
          `The term lasts until ${refusal.toOn}; it is not open-ended yet.`,
        ),
      );
    case "ending_waits":
      return {
        code: "ending-waits",
        status: 409,
        title: NOT_ENDED,
        detail: say("已有一份终止通知在等确认，或者已经终止。", "A notice waits already, or the contract has its end."),
      };
    case "kind_unknown":
      return at("takeover-kind", NOT_LISTED, "lineKind", say("请选择是哪一类。", "Choose what kind of thing it is."));
    case "what_missing":
      return at(
        "takeover-what",
        NOT_LISTED,
        "what",
        say("请写明移交什么；没有的也写“无”。", "Say what; where there is none, write “none”."),
      );
    case "what_too_long":
      return at(
        "takeover-long",
        NOT_LISTED,
        "what",
        say(`一项最多${refusal.most}字。`, `At most ${refusal.most} characters a line.`),
      );
    case "too_many_lines":
      return at("takeover-many", NOT_LISTED, "what", say(`最多${refusal.most}项。`, `At most ${refusal.most} lines.`));
    case "amount_needed":
    case "amount_out_of_range":
      return at(
        "takeover-amount",
        NOT_LISTED,
        "amount",
        say("款项要写金额；没有余额的写0。", "Money has its amount; write 0 where nothing is left."),
      );
    case "unknown_line":
      return {
        code: "takeover-line-unknown",
        status: 404,
        title: NOT_LISTED,
        detail: say("清单上没有这一项。", "There is no such line."),
      };
    case "struck_line":
    case "line_struck_already":
      return {
        code: "takeover-line-struck",
        status: 409,
        title: NOT_LISTED,
        detail: say("这一项已经更正，请看更正后的那一项。", "This line was corrected: see the one in its place."),
      };
    case "signs_both_sides":
      return {
        code: "takeover-both-sides",
        status: 409,
        title: NOT_LISTED,
        detail: say(
          "登记对方签字的人不能代表业主签收同一项。",
          "Whoever entered the provider's signature does not take the same line.",
        ),
      };
    case "signed_already":
      return {
        code: "takeover-signed",
        status: 409,
        title: NOT_LISTED,
        detail: say("这一边已经签过。", "That side is signed."),
      };
    case "not_your_side":
      return {
        code: "takeover-not-your-side",
        status: 403,
        title: NOT_LISTED,
        detail: say(
          "物业一方由秘书按签字的清单登记，业主一方由主任或副主任签收。",
          "The secretary enters the provider's side from the signed sheet; the chair or a deputy takes.",
        ),
      };
    case "signer_missing":
      return at(
        "takeover-signer",
        NOT_LISTED,
        "words",
        say(
          "请写明物业一方谁签的字（职务），最多60字。",
          "Say who signed for the provider, by post, at most 60 characters.",
        ),
      );
    case "takeover_day":
      return at(
        "takeover-day",
        say("接管没有登记", "The takeover was not entered"),
        "takenOverOn",
        say("接管日期在合同终止之后，且不晚于今天。", "It lies after the contract's end and no later than today."),
      );
    case "takeover_incomplete":
      return {
        code: "takeover-incomplete",
        status: 409,
        title: say("接管没有登记", "The takeover was not entered"),
        detail: say(
          "四类都要列入清单，每一项双方都要签字。没有移交的，写明并由双方签字。",
          "All four kinds stand on the list and both sides signed every line. What was not handed over is said, and signed.",
        ),
        article: "《民法典》第九百四十九条、第九百五十条",
      };
    default:
      throw new TypeError(`unsaid: ${refusal.reason}`);
  }
}
