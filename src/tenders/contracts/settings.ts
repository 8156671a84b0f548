/** The settings of contracts: clocks, how far a contract may change without the owners, when its end is told of. Values only. */
import { kit, spec } from "../../offices/settings/rules.ts";
import type { Alarms, ChangeLimits } from "./ending/rules.ts";

const say = (zh: string, en: string) => ({ zh, en });
const days = (
  value: number,
  title: readonly [string, string],
  explanation: readonly [string, string],
  source: readonly [string, string],
  rule: string,
) =>
  spec({
    shape: { kind: "whole", least: 1, most: 365 },
    value,
    title: say(...title),
    explanation: say(...explanation),
    source: say(...source),
    rule,
  });
const TOLD = [
  "从这一天起，桌面、日历和订阅都提醒合同将到期。北京要求提前六个月组织决定，可把第一次设为184天。",
  "From that day desk, calendar and feed say that the contract runs out. Beijing wants the decision organised six months before: set the first to 184.",
] as const;
const D17 = [
  "《民法典》第九百四十六至九百四十八条；北京条例第七十五条。",
  "Civil Code arts. 946-948; Beijing art. 75.",
] as const;

export const CONTRACT_SETTINGS = kit({
  prefix: "contracts.",
  specs: {
    writtenDays: days(
      30,
      ["定标后几天内签订书面合同", "Days from the award to the written contract"],
      ["过期一直显示。", "What is late stays shown."],
      ["《招标投标法》第四十六条。", "Tendering Law art. 46."],
      "T12",
    ),
    filingDays: days(
      15,
      ["签订后几天内备案", "Days from signing to filing"],
      ["过期一直显示。", "What is late stays shown."],
      ["《杭州市物业管理条例》第四十九条；各地不同。", "Hangzhou art. 49; differs by place."],
      "T14",
    ),
    bondMostPercent: spec({
      shape: { kind: "whole", least: 0, most: 10 },
      value: 10,
      title: say("履约保证金最多为合同价的百分之几", "Most a performance bond may be, in per cent of the price"),
      explanation: say("超过的合同不能签订。", "A contract with more is not signed."),
      source: say("《招标投标法实施条例》第五十八条，参照。", "Tendering Regulation art. 58, by analogy."),
      rule: "T12",
    }),
    pricePercent: spec({
      shape: { kind: "whole", least: 0, most: 50 },
      value: 10,
      title: say("不经业主大会，价格最多变动百分之几", "How far the price may change without the owners, in per cent"),
      explanation: say(
        "和第一版合同比较，按每天的价格算，几次变更合并计算。超过的要业主大会决定（第四项事项）。",
        "Against the first edition, by the day, all changes together. Beyond it the owners decide (matter 4).",
      ),
      source: say(
        "没有统一规定，参照《政府采购法》第四十九条的百分之十；以合同和议事规则为准。",
        "Not uniform; the tenth of the Government Procurement Law art. 49 by analogy.",
      ),
      rule: "T12",
      needsClause: (value) => value > 10,
      whenNeeded: say("超过百分之十", "more than ten per cent"),
    }),
    extensionMonths: spec({
      shape: { kind: "whole", least: 0, most: 12 },
      value: 3,
      title: say("不经业主大会，最多延长几个月", "By how many months the term may be extended without the owners"),
      explanation: say(
        "从第一版合同的最后一天算起，用来衔接下一次选聘。超过的是续聘，要业主大会决定。",
        "From the first edition's last day, to bridge the time to the next choice. Beyond it is a renewal, which the owners decide.",
      ),
      source: say(
        "《民法典》第九百四十七条；月数由议事规则规定。",
        "Civil Code art. 947; the months are the rules of procedure's.",
      ),
      rule: "D17",
      needsClause: (value) => value > 3,
      whenNeeded: say("超过三个月", "more than three months"),
    }),
    firstAlarmDays: days(180, ["第一次提醒（到期前几天）", "First alarm, days before the end"], TOLD, D17, "D17"),
    secondAlarmDays: days(90, ["第二次提醒（到期前几天）", "Second alarm, days before the end"], TOLD, D17, "D17"),
    thirdAlarmDays: days(60, ["第三次提醒（到期前几天）", "Third alarm, days before the end"], TOLD, D17, "D17"),
    takeoverDays: days(
      15,
      ["合同终止后几天内移交完毕", "Days from the end to a complete handover"],
      ["过期一直显示。", "What is late stays shown."],
      [
        "《民法典》第九百四十九条“约定期限或者合理期限内”；天数以合同为准。",
        "Civil Code art. 949, “within the agreed or a reasonable time”; the contract says how many.",
      ],
      "D18",
    ),
  },
  together: ({ firstAlarmDays, secondAlarmDays, thirdAlarmDays }) =>
    firstAlarmDays.value > secondAlarmDays.value && secondAlarmDays.value > thirdAlarmDays.value
      ? []
      : [
          {
            reason: "does_not_fit",
            setting: "secondAlarmDays",
            words: say("三次提醒要一次比一次近", "Each alarm is closer to the end than the one before"),
          },
        ],
});

type Numbers<K extends string> = Readonly<Record<K, { readonly value: number }>>;
export const alarmsFrom = (values: Numbers<"firstAlarmDays" | "secondAlarmDays" | "thirdAlarmDays">): Alarms => ({
  days: [values.firstAlarmDays.value, values.secondAlarmDays.value, values.thirdAlarmDays.value],
});
export const limitsFrom = (values: Numbers<"pricePercent" | "extensionMonths">): ChangeLimits => ({
  pricePercent: values.pricePercent.value,
  extensionMonths: values.extensionMonths.value,
});
