/** Refusals of an objection, as problems a voter can read. */
import type { ObjectionRefusal } from "../../community/snapshot/objections/actions.ts";
import type { Problem } from "../../platform/problem.tsx";
import { meetingProblem } from "../meeting/problems.ts";
import type { ObjectRefusal } from "../results/actions.ts";

export function objectionProblem(refusal: ObjectionRefusal | ObjectRefusal): Problem {
  switch (refusal.reason) {
    case "objection_empty":
      return {
        code: "objection-empty",
        status: 422,
        title: { zh: "请写明哪里有误", en: "Say what is wrong" },
        detail: {
          zh: "请写明登记哪里有误，应当是什么，依据是什么。",
          en: "Say what is wrong in the entry, what it should be, and by which document.",
        },
      };
    case "objection_too_long":
      return {
        code: "objection-too-long",
        status: 422,
        title: { zh: "写得太长", en: "Too long" },
        detail: { zh: `最多${refusal.most}字。`, en: `At most ${refusal.most} characters.` },
      };
    case "objections_over":
      return {
        code: "objections-over",
        status: 409,
        title: { zh: "名册异议期已经结束", en: "The period for objections is over" },
        detail: {
          zh: `对本次会议名册的异议可以提到${refusal.until}。`,
          en: `Objections to this meeting's roll were taken until ${refusal.until}.`,
        },
        next: {
          zh: "仍可以书面告知业主委员会，更正以后的名册用于下一次会议。",
          en: "You can still write to the committee; the corrected roll is used for the next meeting.",
        },
      };
    case "unknown_snapshot":
    case "unknown_objection":
      return {
        code: "objection-unknown",
        status: 404,
        title: { zh: "没有这份名册", en: "No such roll" },
        detail: { zh: "没有这份名册或这条异议。", en: "There is no such roll, or no such objection." },
      };
    case "already_answered":
      return {
        code: "objection-answered",
        status: 409,
        title: { zh: "已经答复过", en: "Answered already" },
        detail: { zh: "这条异议已经答复，不能再改。", en: "This objection has been answered and stays as it is." },
      };
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: { zh: "这份表单已经用过", en: "This form was used already" },
        detail: {
          zh: "同一页面已经提交过另一份异议，这次没有保存。",
          en: "Another objection was sent from this page; this one was not saved.",
        },
        next: { zh: "请刷新页面后再提交。", en: "Reload the page and send it again." },
      };
    default:
      return meetingProblem(refusal);
  }
}
