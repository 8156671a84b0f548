/** The settings of scoring and of the owners' choice, each with its default and where that comes from. Values only. */
import { kit, spec } from "../../offices/settings/rules.ts";
import type { Combining } from "./result/rules.ts";

const say = (zh: string, en: string) => ({ zh, en });

export const COMBINING_WORDS: Readonly<Record<Combining, { readonly zh: string; readonly en: string }>> = {
  average: say(
    "每一项取各位成员打分的平均，四舍五入到0.01分，再与报价分、客观分相加，满分100分",
    "Of each judged item the members' average, rounded half up to 0.01, added to the points for price and facts; full marks 100",
  ),
  sum: say(
    "每位成员一张满分100分的评分表（报价分、客观分相同），所有评分表的总分相加，不取平均",
    "Every member has a sheet of 100, with the same points for price and facts; all sheets are added up, nothing is averaged",
  ),
};

export const ORDER_WORDS = {
  rank: say("按评审名次", "by rank"),
  drawn: say("抽签决定", "drawn by lot"),
};
export const AWARDED_WORDS = {
  published: say("表决结果公布时", "when the result is published"),
  final: say("异议期满、结果确定时", "when the result is final, after the period of objection"),
};

export const SCORING_SETTINGS = kit({
  prefix: "tender.scoring.",
  specs: {
    combining: spec({
      shape: { kind: "choice", choices: COMBINING_WORDS },
      value: "average",
      title: say("评审组的打分怎样合成一个分数", "How the members' points become one figure"),
      explanation: say(
        "在开标以前随抽签种子一起固定，之后不再改变。",
        "Fixed with the seeds of the draw, before the bids are opened, and not changed after.",
      ),
      source: say(
        "没有统一规定；评标方法应在招标文件中公布（《招标投标法》第四十条）。",
        "Not uniform; the method is published with the documents (Bidding Law art. 40).",
      ),
      rule: "T10",
    }),
    expertPercent: spec({
      shape: { kind: "whole", least: 67, most: 100 },
      value: 67,
      title: say("专家至少占评审组的百分之几", "Least share of experts in the panel, in per cent"),
      explanation: say(
        "国家规定是三分之二以上，有的地方是五分之四。不足一人的按一人算。",
        "The law asks for two thirds; some places for four fifths. A part of a person counts as one.",
      ),
      source: say(
        "《招标投标法》第三十七条：不得少于成员总数的三分之二。",
        "Bidding Law art. 37: two thirds at least.",
      ),
      rule: "T9",
      needsClause: (value) => value > 67,
      whenNeeded: say("高于三分之二", "more than two thirds"),
    }),
    choiceOrder: spec({
      shape: { kind: "choice", choices: ORDER_WORDS },
      value: "rank",
      title: say("候选人在业主表决票上的次序", "The order of the candidates on the owners' ballot"),
      explanation: say(
        "抽签的次序用评审时封存的种子抽出，任何人都能重抽。",
        "A drawn order comes from the seed that was sealed for the scoring; anyone can draw it again.",
      ),
      source: say("没有规定；评审名次本来就公开。", "No rule says; the ranks are public anyway."),
      rule: "T2",
    }),
    awardedWhen: spec({
      shape: { kind: "choice", choices: AWARDED_WORDS },
      value: "final",
      title: say("何时定标", "When the owners' choice becomes the award"),
      explanation: say(
        "定标以后要发中标通知书、签合同，不能再撤回；所以默认等异议期满。",
        "Notices and a contract follow an award, and it is not taken back; so by default it waits until the result is final.",
      ),
      source: say(
        "《民法典》第二百七十八条第一款第四项；没有规定等多久。",
        "Civil Code art. 278(1)(4); it does not say how long to wait.",
      ),
      rule: "T12",
    }),
  },
});

/** The share to hand to the rules: 67 is how two thirds are written, and stands for the law's own fraction. */
export const expertShareOf = (percent: number): number => (percent <= 67 ? 0 : percent);
