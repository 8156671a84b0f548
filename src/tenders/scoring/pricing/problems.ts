/** Refusals of asking about a price, explaining it and deciding: what was not done, why, on what ground, what now. One switch. */
import { formatInstant } from "../../../kernel/day.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Problem } from "../../../platform/problem.tsx";
import { fileProblem } from "../../bidders/problems.ts";
import { scoringProblem } from "../problems.ts";
import type { PriceRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const TB33 = "《招标投标法》第三十三条";

const field = (code: string, name: string, detail: Bilingual, more: Partial<Problem> = {}): Problem => ({
  code,
  status: 422,
  title: say("有内容需要改", "Some of it needs correcting"),
  detail,
  errors: [{ pointer: `/${name}`, detail }],
  ...more,
});
const notNow = (code: string, detail: Bilingual, more: Partial<Problem> = {}): Problem => ({
  code,
  status: 409,
  title: say("没有保存", "Not saved"),
  detail,
  ...more,
});

const MISSING: Readonly<Record<string, Bilingual>> = {
  question: say("请写明要说明什么", "Say what is to be explained"),
  answer: say("请写说明", "Write the explanation"),
  reason: say("请写明理由", "Give the reason"),
  outcome: say("请选择决定", "Choose a decision"),
};

export function priceProblem(refusal: PriceRefusal): Problem {
  switch (refusal.reason) {
    case "unknown_tender":
    case "tender_stale":
    case "wrong_tender_state":
    case "bid_unknown":
    case "bid_void_already":
      return scoringProblem(refusal);
    case "file_empty":
    case "file_too_large":
    case "file_type_refused":
      return fileProblem(refusal);
    case "words_missing":
      return field(
        "price-words-missing",
        refusal.field,
        MISSING[refusal.field] ?? say("请填写", "Please fill this in"),
      );
    case "words_too_long":
      return field(
        "price-words-long",
        refusal.field,
        say(`最多${refusal.most}字`, `At most ${refusal.most} characters`),
      );
    case "names_a_person":
      return field(
        "price-names-person",
        refusal.field,
        say(
          `这些话写进公开的评审报告，里面有“${refusal.found}”：请不要写人名和号码`,
          `It stands in the public report and says “${refusal.found}”: please name nobody`,
        ),
        { article: "《个人信息保护法》第二十五条" },
      );
    case "due_too_soon":
      return field(
        "price-due-soon",
        "dueOn",
        say(`最后一天最早是 ${refusal.earliest}`, `Its last day is ${refusal.earliest} at the earliest`),
        { next: say("给投标人至少一整天。", "Leave the bidder one whole day at least.") },
      );
    case "price_queried":
      return notNow("price-queried", say("这份投标已经问过了。", "This bid was asked about already."));
    case "query_unknown":
      return notNow("price-query-unknown", say("没有这件询问。", "There is no such question."), { status: 404 });
    case "price_answered":
      return notNow("price-answered", say("已经说明过，不能再改。", "It was explained already and stands."));
    case "price_answer_late":
      return notNow(
        "price-answer-late",
        say(
          `说明的时间到 ${formatInstant(refusal.dueAt)} 为止，以服务器时间为准。`,
          `Explanations were taken until ${formatInstant(refusal.dueAt)}, by the server's clock.`,
        ),
        { article: TB33 },
      );
    case "price_decided":
      return notNow("price-decided", say("已经有决定。", "It is decided already."));
    case "price_unheard":
      return notNow(
        "price-unheard",
        say(
          `投标人还没有说明，时间到 ${formatInstant(refusal.dueAt)} 为止。`,
          `Its bidder has not answered and has until ${formatInstant(refusal.dueAt)}.`,
        ),
        {
          article: TB33,
          next: say("等它说明，或者等到期限过后再决定。", "Wait for the answer or the end of its time."),
        },
      );
    case "own_query":
      return notNow("price-own-query", say("提出询问的人不能自己决定。", "Whoever asked does not decide."), {
        status: 403,
        next: say("请主任或副主任决定。", "The chair or deputy decides."),
      });
  }
}
