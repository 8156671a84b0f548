/** Refusals of placing, taking back and settling a round, each as a problem a person can read. One switch. */
import { meetingProblem } from "../../assembly/meeting/problems.ts";
import type { Bilingual, Lang } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import { sayInstant } from "../../platform/ui/moments.ts";
import { electionProblem, wrongStateProblem } from "../problems.ts";
import type { PlaceRefusal, TakeBackRefusal } from "./placing.ts";
import type { SettleRefusal } from "./settling.ts";
import type { TakeSeatRefusal } from "./waiting.ts";
import { HINDRANCE_WORDS } from "./words.ts";

export type RoundRefusal =
  | PlaceRefusal
  | TakeBackRefusal
  | SettleRefusal
  | Exclude<TakeSeatRefusal, { readonly reason: "conflicting_post" }>;

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const both = (words: (lang: Lang) => string): Bilingual => ({ zh: words("zh"), en: words("en") });
const CC278 = "《民法典》第二百七十八条";

export function roundProblem(refusal: RoundRefusal): Problem {
  switch (refusal.reason) {
    case "wrong_election_state":
      return wrongStateProblem(refusal);
    case "unknown_election":
    case "election_stale":
      return electionProblem(refusal);
    case "round_under_way":
      return {
        code: "round-under-way",
        status: 409,
        title: say("已经有一轮选举在进行", "A round is under way already"),
        detail: say(
          "已经有一轮排入业主大会会议，结果出来或撤回以后才能排下一轮。",
          "A round is placed in an owners' meeting; the next one follows its result or its withdrawal.",
        ),
        next: say("请看这次选举的各轮投票。", "See the rounds of this election."),
      };
    case "opens_too_early":
      return {
        code: "round-opens-too-early",
        status: 422,
        title: say("会议开始表决的时间太早", "The meeting opens too early"),
        detail: both((lang) =>
          lang === "en"
            ? `The candidates must have been public for the days the method asks; voting may open on ${sayInstant(refusal.notBefore, lang)} at the earliest.`
            : `候选人公示要满选举办法规定的天数，表决最早${sayInstant(refusal.notBefore, lang)}开始。`,
        ),
        article: "《业主大会和业主委员会指导规则》第十二条",
        next: say(
          "请先把这次会议的表决时间推后，或者为选举新开一次会议。",
          "Move the meeting's times first, or hold a meeting of its own.",
        ),
      };
    case "no_seats_open":
      return {
        code: "round-no-seats",
        status: 409,
        title: say("没有空缺的席位", "No seat is open"),
        detail: say(
          "委员会的席位都有人担任，不需要投票。",
          "Every seat of the committee is held; there is nothing to vote on.",
        ),
      };
    case "no_candidates":
      return {
        code: "round-no-candidates",
        status: 409,
        title: say("没有可以选的候选人", "Nobody stands"),
        detail: say(
          "候选人都已退出、不再符合资格或者已经当选。",
          "All candidates withdrew, were excluded, or are elected already.",
        ),
        next: say("请终止这次选举，重新提名。", "End this election and take nominations anew."),
      };
    case "unknown_round":
    case "seat_unknown":
      return {
        code: "round-unknown",
        status: 404,
        title: say("没有这一轮选举", "No such round"),
        detail: say("地址可能不完整。", "The address may be incomplete."),
      };
    case "round_over":
      return {
        code: "round-over",
        status: 409,
        title: say("这一轮已经结束", "This round is over"),
        detail: say(
          "已经有结果，或者已经作废，不能再改。",
          "It has a result or was given up; it can no longer be changed.",
        ),
      };
    case "result_not_published":
      return {
        code: "round-not-published",
        status: 409,
        title: say("结果还没有公布", "The result is not published"),
        detail: say(
          "业主大会的表决结果公布以后才能确定当选的委员。",
          "Who is elected follows from the published result of the owners' meeting.",
        ),
        article: CC278,
        next: say("请先计票、公布结果。", "Count and publish the result first."),
      };
    case "result_not_final":
      return {
        code: "round-not-final",
        status: 409,
        title: say("结果还没有确定", "The result is not final"),
        detail: say(
          "选举办法规定异议期满、结果确定后就任。",
          "By the method those elected take office when the period of objection is over and the result is final.",
        ),
      };
    case "mandate_over":
      return {
        code: "mandate-over",
        status: 409,
        title: say("这一届任期已经结束", "This term is over"),
        detail: say("任期结束以后不能再就任。", "Nobody takes a seat after its end."),
      };
    case "cannot_sit": {
      const words = HINDRANCE_WORDS[refusal.why];
      return {
        code: "cannot-sit",
        status: 409,
        title: say("不能就任", "Cannot take the seat"),
        detail: say(`当选人${words.zh}。`, `The person elected ${words.en}.`),
        article: "《业主大会和业主委员会指导规则》第三十一条",
      };
    }
    default:
      // What the draft of a meeting refuses is said as the meeting says it.
      return meetingProblem(refusal);
  }
}
