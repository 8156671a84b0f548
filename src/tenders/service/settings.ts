/** The settings of service evaluation: periods, days, weights, and how many households it takes before a figure is shown. Values only. */
import { kit, spec } from "../../offices/settings/rules.ts";
import type { PeriodKind, RatingWindow, Weights } from "./rules.ts";

const say = (zh: string, en: string) => ({ zh, en });
const OWN = say(
  "没有统一规定，本产品的默认值；请按合同和议事规则设定。",
  "Not uniform; this product's default. Set it by contract and rules of procedure.",
);
const whole = (
  value: number,
  least: number,
  most: number,
  title: readonly [string, string],
  explanation: readonly [string, string],
  rule: string,
  source = OWN,
) =>
  spec({
    shape: { kind: "whole", least, most },
    value,
    title: say(...title),
    explanation: say(...explanation),
    source,
    rule,
  });
const WEIGHT = [
  "三项权重合计100。某一项这一期没有数据时，它的权重按比例分给其他项。",
  "The three sum to 100. Where a part has no figures in a period, its weight falls to the others in proportion.",
] as const;

export const SERVICE_SETTINGS = kit({
  prefix: "service.",
  specs: {
    period: spec({
      shape: {
        kind: "choice",
        choices: {
          month: say("每月", "Each month"),
          quarter: say("每季度", "Each quarter"),
          half: say("每半年", "Each half-year"),
        },
      },
      value: "quarter",
      title: say("多久评价一次", "How often the service is scored"),
      explanation: say(
        "巡查按月，业主评分和得分按这个周期。",
        "Inspections are monthly; ratings and scores follow this period.",
      ),
      source: OWN,
      rule: "D14",
    }),
    opensBeforeDays: whole(
      15,
      0,
      60,
      ["周期结束前几天开始评分", "Days before a period's end from which owners rate"],
      ["业主在专页里评分。", "Owners rate in their corner."],
      "D14",
    ),
    closesAfterDays: whole(
      15,
      1,
      60,
      ["周期结束后几天截止", "Days after it until which they may"],
      ["过了这一天不能再评分，报告可以公布。", "After it nobody rates any more and the report may be published."],
      "D14",
    ),
    ratingLinks: spec({
      shape: {
        kind: "choice",
        choices: {
          message: say(
            "开始评分那天，每户发一条带链接的短信",
            "A message with a link to each household on the first day",
          ),
          none: say("不发，业主自己到专页评分", "None; owners rate in their corner"),
        },
      },
      value: "message",
      title: say("怎样请业主评分", "How owners are asked to rate"),
      explanation: say(
        "打开链接就能评，不用登录；每户每期一次。",
        "The link opens the form without signing in; once a household and period.",
      ),
      source: OWN,
      rule: "D14",
    }),
    leastRatings: whole(
      5,
      3,
      500,
      ["至少几户评分才公布数字", "Households it takes before a figure is shown"],
      ["户数太少，看得出是谁评的。", "Fewer would show who rated how."],
      "D14",
      say(
        "《个人信息保护法》第二十五条；户数是本产品的默认值。",
        "PIPL art. 25; the number is this product's default.",
      ),
    ),
    inspectionWeight: whole(50, 0, 100, ["巡查的权重", "Weight of inspections"], WEIGHT, "D14"),
    ratingWeight: whole(30, 0, 100, ["业主评分的权重", "Weight of owners' ratings"], WEIGHT, "D14"),
    requestWeight: whole(20, 0, 100, ["按时答复的权重", "Weight of answers in time"], WEIGHT, "D14"),
    answerDays: whole(
      3,
      1,
      30,
      ["报事后几个工作日内答复", "Working days in which a request is answered"],
      ["过期一直显示，并计入得分。", "What is late stays shown and counts in the score."],
      "D13",
      say(
        "《民法典》第二百八十五条“及时答复”；天数以合同为准。",
        "Civil Code art. 285, “in good time”; the contract says how many.",
      ),
    ),
  },
  together: ({ inspectionWeight, ratingWeight, requestWeight }) =>
    inspectionWeight.value + ratingWeight.value + requestWeight.value === 100
      ? []
      : [
          {
            reason: "does_not_fit",
            setting: "inspectionWeight",
            words: say("三项权重要合计100", "The three weights sum to 100"),
          },
        ],
});

type Numbers<K extends string> = Readonly<Record<K, { readonly value: number }>>;
export const weightsFrom = (values: Numbers<"inspectionWeight" | "ratingWeight" | "requestWeight">): Weights => ({
  inspections: values.inspectionWeight.value,
  ratings: values.ratingWeight.value,
  requests: values.requestWeight.value,
});
export const windowFrom = (values: Numbers<"opensBeforeDays" | "closesAfterDays">): RatingWindow => ({
  opensBeforeDays: values.opensBeforeDays.value,
  closesAfterDays: values.closesAfterDays.value,
});
export const periodKindFrom = (values: { readonly period: { readonly value: PeriodKind } }): PeriodKind =>
  values.period.value;
