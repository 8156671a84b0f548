/** Refusals of asking about a tender and of answering as problems: what was not done, why, what now. One switch. */
import { formatInstant } from "../../kernel/day.ts";
import { questionProblem } from "../../ledger/questions/problems.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { additionProblem } from "../bidders/problems.ts";
import type { AskingRefusal, DraftingRefusal, PublishingRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export function tenderQuestionProblem(refusal: AskingRefusal | DraftingRefusal | PublishingRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
      return additionProblem(refusal);
    case "questions_over":
      return {
        code: "tender-questions-over",
        status: 409,
        title: say("问题没有提交", "The question was not sent"),
        detail:
          refusal.until === null
            ? say("现在不接受提问。", "No questions are taken now.")
            : say(
                `提问已于 ${formatInstant(refusal.until)} 截止。`,
                `Questions ended at ${formatInstant(refusal.until)}.`,
              ),
        article: "《招标投标法实施条例》第二十二条",
        next: say(
          "对文件仍有不同意见的，可以提出异议。",
          "Whoever still disagrees with the documents may object while that is open.",
        ),
      };
    case "draft_missing":
      return {
        code: "tender-answer-draft-missing",
        status: 409,
        title: say("答复没有公布", "The answer was not published"),
        detail: say("还没有人拟稿。", "Nobody has drafted it yet."),
      };
    case "own_answer":
      return {
        code: "tender-answer-own",
        status: 403,
        title: say("答复没有公布", "The answer was not published"),
        detail: say("拟稿的人不能自己公布。", "Who drafted an answer does not publish it."),
        next: say("请另一位主任或副主任公布。", "Another chair or deputy publishes it."),
      };
    case "answer_changed_meanwhile":
      return {
        code: "tender-answer-changed",
        status: 409,
        title: say("答复没有保存", "The answer was not saved"),
        detail: say("打开页面以后，有人改过这份答复。", "Somebody changed the answer since the page was opened."),
        next: say("请看新的内容再提交。", "Read what stands now and submit again."),
      };
    default:
      return questionProblem(refusal);
  }
}
