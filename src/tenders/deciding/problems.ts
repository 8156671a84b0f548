/** Refusals of putting the candidates to the owners and of settling what they chose, each as a problem a person can read. One switch. */
import { meetingProblem } from "../../assembly/meeting/problems.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { tenderProblem } from "../problems.ts";
import type { PlaceRefusal, TakeBackRefusal } from "./placing.ts";
import type { SettlingRefusal } from "./settling.ts";

export type ChoiceRefusal = PlaceRefusal | TakeBackRefusal | SettlingRefusal;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const CC278 = "《民法典》第二百七十八条第一款第四项";

const notYet = (code: string, detail: Bilingual, more: Partial<Problem> = {}): Problem => ({
  code,
  status: 409,
  title: say("这一步现在不能做", "This step cannot be done now"),
  detail,
  ...more,
});

export function choiceProblem(refusal: ChoiceRefusal): Problem {
  switch (refusal.reason) {
    case "wrong_tender_state":
    case "unknown_tender":
    case "tender_stale":
      return tenderProblem(refusal);
    case "no_lot_to_place":
      return notYet(
        "tender-no-lot-to-place",
        say(
          "没有等着业主表决的标段：都已经排入会议、已有结果或者已经失败。",
          "No lot waits for the owners: each is on an agenda, decided, or has failed.",
        ),
      );
    case "unknown_choice":
      return {
        ...notYet("tender-choice-unknown", say("没有这项表决。", "There is no such choice.")),
        status: 404,
      };
    case "choice_over":
      return notYet("tender-choice-over", say("这项表决已有结果或已作废。", "This choice is settled or given up."));
    case "result_not_published":
      return notYet(
        "tender-result-not-published",
        say("业主表决的结果还没有公布，不能定标。", "The owners' result is not published; nothing is awarded."),
        { article: CC278 },
      );
    case "result_not_final":
      return notYet(
        "tender-result-not-final",
        say(
          "结果已公布，还在异议期内；按本小区的设置，确定以后才定标。",
          "The result is published and may still be objected to; here the award waits until it is final.",
        ),
        { article: CC278 },
      );
    default:
      return meetingProblem(refusal);
  }
}
