/** Refusals of questions and answers as problems: what was not done, why, what now. One switch. */
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { AnsweringRefusal, AskingRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const NOT_ASKED = say("问题没有提交", "The question was not sent");
const NOT_ANSWERED = say("答复没有公布", "The answer was not published");

export function questionProblem(refusal: AskingRefusal | AnsweringRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "question_missing":
      return {
        code: "question-missing",
        status: 422,
        title: NOT_ASKED,
        detail: say("请写下您想问什么。", "Please write what you want to know."),
      };
    case "question_too_long":
      return {
        code: "question-long",
        status: 422,
        title: NOT_ASKED,
        detail: say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      };
    case "too_many_waiting":
      return {
        code: "question-many-waiting",
        status: 409,
        title: NOT_ASKED,
        detail: say(
          `您已有${refusal.most}个问题等待答复。`,
          `${refusal.most} of your questions wait for an answer already.`,
        ),
        next: say("等到有答复后再提新的问题。", "Ask again once one is answered."),
      };
    case "unknown_subject":
      return {
        code: "question-subject-unknown",
        status: 404,
        title: NOT_ASKED,
        detail: say("没有这份公示或这张凭证。", "There is no such statement or voucher."),
      };
    case "unknown_question":
      return {
        code: "question-unknown",
        status: 404,
        title: say("没有这个问题", "No such question"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "shown_missing":
      return {
        code: "question-shown-missing",
        status: 422,
        title: NOT_ANSWERED,
        detail: say(
          "请写出公开显示的问题，不带姓名、房号。",
          "Write the question as everybody will read it, naming nobody.",
        ),
      };
    case "answer_missing":
      return {
        code: "question-answer-missing",
        status: 422,
        title: NOT_ANSWERED,
        detail: say("请写答复。", "Please write the answer."),
      };
    case "answer_too_long":
      return {
        code: "question-answer-long",
        status: 422,
        title: NOT_ANSWERED,
        detail: say(`最多${refusal.most}字。`, `At most ${refusal.most} characters.`),
      };
    case "names_a_person":
      return {
        code: "question-names-person",
        status: 422,
        title: NOT_ANSWERED,
        detail: say(
          `里面有“${refusal.found}”，像是个人的姓名或号码。问题和答复都是公开的。`,
          `It has “${refusal.found}”, which looks like a person's name or number. Both are public.`,
        ),
        article: "《个人信息保护法》第二十五条",
        next: say("请去掉后再公布。", "Take it out and publish again."),
      };
    case "answered_already":
      return {
        code: "question-answered",
        status: 409,
        title: NOT_ANSWERED,
        detail: say("这个问题已经有答复。", "It is answered already."),
      };
  }
}
