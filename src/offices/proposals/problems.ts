/** What a refusal about an act that waits for a second person says. One switch for its own reasons; the rest are the room's. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { signInProblem } from "../signin/problems.ts";
import type { SignInRefusal } from "../signin/rules.ts";
import { termsProblem } from "../terms/problems.ts";
import type { ProposalRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export function proposalProblem(refusal: ProposalRefusal | SignInRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_proposal":
      return {
        code: "unknown-proposal",
        status: 404,
        title: say("没有这件待确认的事", "Nothing of that kind waits"),
        detail: say("它可能属于别的小区。", "It may be another community's."),
      };
    case "proposal_over":
      return {
        code: "proposal-over",
        status: 409,
        title: say("这件事已经办结", "This has been settled already"),
        detail: say(
          "别人已经确认或拒绝。您的操作没有改动任何内容。",
          "Someone confirmed or refused it. Nothing was changed.",
        ),
      };
    case "proposal_expired":
      return {
        code: "proposal-expired",
        status: 409,
        title: say("等待确认的期限已过", "The time for confirming is over"),
        detail: say(
          "七天内没有人确认，这件事没有生效。",
          "Nobody confirmed it within seven days, so it has no effect.",
        ),
        next: say("如仍需要，请重新登记。", "If it is still wanted, please record it anew."),
      };
    case "own_proposal":
      return {
        code: "own-proposal",
        status: 403,
        title: say("要由另一个人确认", "Another person confirms this"),
        detail: say(
          "提出的人和当事人都不能作为第二个人确认，否则一个人就能既起草又批准。",
          "Neither who proposed it nor whom it concerns is the second person: one could then draft and approve alone.",
        ),
        next: say(
          "请主任、秘书或街道经办人中的另一位确认。",
          "Please ask another who manages offices: chair, secretary or street officer.",
        ),
      };
    case "not_a_second":
      return {
        code: "not-a-second",
        status: 403,
        title: say("您今天的职务不能办理", "Your offices of today do not allow this"),
        detail: say("确认任职事项要由能登记任职的人办理。", "Who manages offices confirms this."),
      };
    case "number_differs": {
      const detail = say(
        "与登记的号码不一致。请向本人问清手机号；不要照抄别人给您的",
        "Not the number that was recorded. Ask the person for theirs; do not copy it from somebody else",
      );
      return {
        code: "number-differs",
        status: 422,
        title: say("号码不一致", "The numbers differ"),
        detail,
        errors: [{ pointer: "/phone", detail }],
        next: say(
          "如果本人的号码就是您填的这个，请拒绝这件事，让登记人改正。",
          "If the person's number is the one you typed, refuse this and have it recorded anew.",
        ),
      };
    }
    case "why_missing": {
      const detail = say("请写明为什么拒绝", "Say why you refuse");
      return {
        code: "why-missing",
        status: 422,
        title: say("有内容需要改", "Some of it needs correcting"),
        detail,
        errors: [{ pointer: "/why", detail }],
      };
    }
    case "why_too_long": {
      const detail = say(`理由最多 ${refusal.most} 个字`, `At most ${refusal.most} characters`);
      return {
        code: "why-too-long",
        status: 422,
        title: say("有内容需要改", "Some of it needs correcting"),
        detail,
        errors: [{ pointer: "/why", detail }],
      };
    }
    case "code_unreadable":
    case "code_wrong":
    case "code_over":
    case "too_many_codes":
    case "locked_out":
      return signInProblem(refusal);
    default:
      return termsProblem(refusal);
  }
}
