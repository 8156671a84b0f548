/** Refusals about seats as problems: what was not done, why, by which article, what now. One switch. */
import { conflictNext, conflictWords } from "../../offices/overlap/explained.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Problem } from "../../platform/problem.tsx";
import type { SeatRefusal } from "./actions.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const HZ28 = "《杭州市物业管理条例》第二十八条；《业主大会议事规则》";
const HZ32 = "《杭州市物业管理条例》第三十二条；《业主大会和业主委员会指导规则》第四十三条";
const NOT_RECORDED = say("没有登记", "Not recorded");

export function seatProblem(refusal: SeatRefusal): Problem {
  switch (refusal.reason) {
    case "key_reused":
      return {
        code: "form-used",
        status: 409,
        title: say("这份表单已经提交过别的内容", "This form was sent before with other content"),
        detail: say("为避免混淆，这次没有保存。", "To avoid confusion it was not saved this time."),
        next: say("请重新打开页面再提交。", "Please open the page again and submit."),
      };
    case "no_such_seat":
    case "ended_already":
      return {
        code: "seat-left-already",
        status: 409,
        title: NOT_RECORDED,
        detail: say(
          "这个人现在不在业主委员会，或者离任已经登记过。",
          "They do not sit in the committee, or their leaving is recorded already.",
        ),
        next: say("请重新打开页面核对。", "Open the page again and check."),
      };
    case "act_missing":
      return {
        code: "seat-act-missing",
        status: 422,
        title: NOT_RECORDED,
        detail: say(
          "请选择离任的原因。罢免和届满不在这里登记。",
          "Choose why. A recall and the end of the term are recorded elsewhere.",
        ),
      };
    case "not_a_day":
    case "day_not_in_term":
      return {
        code: "seat-day",
        status: 422,
        title: NOT_RECORDED,
        detail: say(
          "离任日期要在任职期间，写成 2026-11-23 这样。",
          "The day must lie within the term, written as 2026-11-23.",
        ),
      };
    case "document_missing":
      return {
        code: "seat-document-missing",
        status: 422,
        title: NOT_RECORDED,
        detail: say(
          "请写明依据的文件，例如“辞职书 2026-11-20”。",
          "Name the paper it rests on, such as “letter of resignation 2026-11-20”.",
        ),
      };
    case "document_too_long":
      return {
        code: "seat-document-too-long",
        status: 422,
        title: NOT_RECORDED,
        detail: say(`依据最多${refusal.most}字。`, `The paper's name has at most ${refusal.most} characters.`),
      };
    case "still_owns":
      return {
        code: "seat-still-owns",
        status: 409,
        title: NOT_RECORDED,
        detail: say(
          "名册上这个人今天还是业主，不能以“不再是业主”登记离任。",
          "The roll has them as an owner today, so they did not lose the seat by selling.",
        ),
        article: HZ32,
        next: say("请先在名册登记过户。", "Record the sale in the roll first."),
      };
    case "last_manager":
      return {
        code: "seat-last-manager",
        status: 409,
        title: NOT_RECORDED,
        detail: say(
          "这样就没有人能登记任职了，小区以后无法再任命任何人。",
          "Nobody would be left who can record offices, and the community could never appoint anyone again.",
        ),
        next: say("请先登记接任的人。", "Record a successor first."),
      };
    case "no_mandate":
      return {
        code: "seat-no-mandate",
        status: 409,
        title: NOT_RECORDED,
        detail: say(
          "还没有登记本届业委会有几个席位，无法判断是否空缺。",
          "How many seats this committee has is not recorded, so whether one is vacant is not known.",
        ),
        next: say("请先登记选举结果。", "Record the election first."),
      };
    case "no_vacant_seat":
      return {
        code: "seat-none-vacant",
        status: 409,
        title: say("没有空缺的席位", "No seat is vacant"),
        detail: say(`本届${refusal.seats}个席位都有人。`, `All ${refusal.seats} seats are taken.`),
        article: HZ28,
      };
    case "not_an_alternate":
      return {
        code: "seat-not-an-alternate",
        status: 409,
        title: say("不是候补委员", "No alternate"),
        detail: say(
          "只有选举中达到当选票数而未入席的候补委员可以递补。",
          "Only those who passed the vote without a seat move up.",
        ),
        article: HZ28,
        next: say("没有候补的，要补选。", "Without alternates there is a by-election."),
      };
    case "not_next":
      return {
        code: "seat-not-next",
        status: 409,
        title: say("还没有轮到", "Not their turn"),
        detail: say(
          `按得票顺序，先由第${refusal.nextRank}候补递补；这一位是第${refusal.rank}候补。`,
          `In the order of the votes alternate no. ${refusal.nextRank} comes first; this is no. ${refusal.rank}.`,
        ),
        article: HZ28,
        next: say("前一位放弃的，先登记放弃。", "If the one before declines, record that first."),
      };
    case "own_appointment":
      return {
        code: "seat-own",
        status: 403,
        title: NOT_RECORDED,
        detail: say(
          "不能登记自己的递补，请另一位经办。",
          "Nobody records their own moving up; let another officer do it.",
        ),
      };
    case "conflicting_post": {
      const [first] = refusal.conflicts;
      return {
        code: "seat-conflicting-post",
        status: 409,
        title: say("与现任职务冲突", "Another post stands in the way"),
        detail: first
          ? conflictWords(first)
          : say("这个人的另一职务与委员不能同时担任。", "They hold a post that a member may not hold."),
        ...(first ? { next: conflictNext(first) } : {}),
      };
    }
  }
}
