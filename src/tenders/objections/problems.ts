/** Refusals of objecting, complaining and deciding as problems: what was not done, why, on what ground, what now. One switch. */
import { questionProblem } from "../../ledger/questions/problems.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { additionProblem } from "../bidders/problems.ts";
import type { DecisionRefusal, ObjectingRefusal } from "./actions.ts";
import { ABOUT_WORDS } from "./words.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export function objectionProblem(refusal: ObjectingRefusal | DecisionRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
      return additionProblem(refusal);
    case "objections_over":
      return {
        code: "tender-objections-over",
        status: 409,
        title: say("异议没有提交", "The objection was not sent"),
        detail:
          refusal.open.length === 0
            ? say("现在不在提出异议的时间内。", "Nothing can be objected to now.")
            : say(
                `现在可以提出异议的是：${refusal.open.map((one) => ABOUT_WORDS[one].zh).join("、")}。`,
                `What can be objected to now: ${refusal.open.map((one) => ABOUT_WORDS[one].en).join(", ")}.`,
              ),
        article: "《招标投标法实施条例》第二十二、四十四、五十四条",
        next: say("可以直接向街道反映。", "The street office can be told directly."),
      };
    case "objection_missing":
      return {
        code: "tender-objection-missing",
        status: 422,
        title: say("异议没有提交", "The objection was not sent"),
        detail: say("请写明对什么有异议、为什么。", "Say what you object to and why."),
      };
    case "objection_too_long":
      return {
        code: "tender-objection-long",
        status: 422,
        title: say("异议没有提交", "The objection was not sent"),
        detail: say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      };
    case "too_many_objections":
      return {
        code: "tender-objections-many",
        status: 409,
        title: say("异议没有提交", "The objection was not sent"),
        detail: say(`每次选聘最多提${refusal.most}件。`, `At most ${refusal.most} in one tender.`),
      };
    case "not_own_objection":
      return {
        code: "tender-complaint-not-own",
        status: 404,
        title: say("投诉没有提交", "The complaint was not sent"),
        detail: say("只能就自己提出的异议投诉。", "One complains about one's own objection only."),
      };
    case "objection_waiting":
      return {
        code: "tender-complaint-early",
        status: 409,
        title: say("投诉没有提交", "The complaint was not sent"),
        detail: say(
          `业委会还在答复期内，最迟 ${refusal.dueOn}。`,
          `The committee still has until ${refusal.dueOn} to answer.`,
        ),
        article: "《招标投标法实施条例》第六十条",
        next: say("过了这一天没有答复，或者不服答复，再投诉。", "Complain once it is past, or answered."),
      };
    case "complained_already":
      return {
        code: "tender-complained",
        status: 409,
        title: say("投诉没有提交", "The complaint was not sent"),
        detail: say("这件异议已经投诉过。", "This objection has been complained about already."),
      };
    case "tender_ended":
      return {
        code: "tender-complaint-ended",
        status: 409,
        title: say("投诉没有提交", "The complaint was not sent"),
        detail: say("这次选聘已经结束。", "This tender has ended."),
        next: say("可以直接向街道反映。", "The street office can be told directly."),
      };
    case "unknown_objection":
      return {
        code: "tender-objection-unknown",
        status: 404,
        title: say("没有这件异议", "No such objection"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "outcome_missing":
      return {
        code: "tender-objection-outcome",
        status: 422,
        title: say("没有保存", "Not saved"),
        detail: say("请选择结论。", "Choose an outcome."),
        errors: [{ pointer: "/outcome", detail: say("请选择结论", "Choose an outcome") }],
      };
    case "decided_already":
      return {
        code: "tender-objection-decided",
        status: 409,
        title: say("没有保存", "Not saved"),
        detail: say("已经有答复，不能再改。", "It is decided already and stands."),
      };
    case "street_only":
      return {
        code: "tender-complaint-street",
        status: 403,
        title: say("没有保存", "Not saved"),
        detail: say("投诉由街道处理。", "Complaints are the street's to decide."),
        article: "《招标投标法实施条例》第六十条",
      };
    default:
      return questionProblem(refusal);
  }
}
