/** The settings of audits: how often, how long the committee may take to answer, and who may ask for one. Values only. */
import { kit, spec } from "../../offices/settings/rules.ts";

const say = (zh: string, en: string) => ({ zh, en });
const CADENCES = {
  year: say("每年一次，届满或离任时另做", "Every year, and at the end of a term"),
  term: say("只在届满或离任时", "Only at the end of a term"),
} as const;
export type AuditCadence = keyof typeof CADENCES;

export const AUDIT_SETTINGS = kit({
  prefix: "audits.",
  specs: {
    cadence: spec({
      shape: { kind: "choice", choices: CADENCES },
      value: "year",
      title: say("多久审计一次", "How often the books are audited"),
      explanation: say(
        "选每年的，上一年的账目到期没有审计意见，公开页和工作台会显示逾期。",
        "Where it is every year, pages and desk say so when last year's books have no opinion by the day.",
      ),
      source: say(
        "上海要求每年审计和届满审计并公布三十日；杭州要求届满、主任或财务委员离任时审计。",
        "Shanghai: yearly and at term end, posted thirty days; Hangzhou: at term end or when the chair or the member for money leaves.",
      ),
      rule: "R8",
      needsClause: (value) => value === "term",
      whenNeeded: say("不是每年", "not every year"),
    }),
    yearMonths: spec({
      shape: { kind: "whole", least: 1, most: 12 },
      value: 6,
      title: say("一年结束后几个月内公布审计意见", "Months after a year within which its opinion is published"),
      explanation: say("六个月就是六月三十日以前。", "Six months is by the thirtieth of June."),
      source: say("没有统一规定，这里默认六个月。", "Not uniform; six is this product's default."),
      rule: "R8",
    }),
    responseDays: spec({
      shape: { kind: "whole", least: 3, most: 60 },
      value: 10,
      title: say("业委会多少个工作日内答复审计发现", "Working days the committee has to answer findings"),
      explanation: say(
        "从发出的第二天起算；到期没有答复的，审计人员可以直接下结论，公开页写明没有答复。",
        "Counted from the day after they were sent; what is not answered by then may be concluded, and is shown as unanswered.",
      ),
      source: say("没有统一规定，这里默认十个工作日。", "Not uniform; ten is this product's default."),
      rule: "R8",
    }),
    postedDays: spec({
      shape: { kind: "whole", least: 15, most: 90 },
      value: 30,
      title: say("审计意见张贴多少天", "Days the opinion is posted"),
      explanation: say("印在公告上；网页一直保留。", "Printed on the notice; the page stays for good."),
      source: say("上海：三十日。", "Shanghai: thirty days."),
      rule: "R8",
    }),
    ownersRequest: spec({
      shape: {
        kind: "choice",
        choices: { yes: say("可以", "Yes"), no: say("不可以，须经业主大会决定", "No, the assembly decides") },
      },
      value: "no",
      title: say("百分之二十以上的业主能不能直接要求审计", "Whether a fifth of the owners may ask for an audit"),
      explanation: say(
        "可以的，凭联名材料立项；不可以的，先提议召开业主大会。",
        "If so their petition is enough; if not they first ask for a meeting of the owners.",
      ),
      source: say(
        "法律没有直接规定；《物业管理条例》第十三条只规定百分之二十以上业主可以提议开会。",
        "Not in the law; the Regulations art. 13 let a fifth of the owners ask for a meeting only.",
      ),
      rule: "R8",
      needsClause: (value) => value === "yes",
      whenNeeded: say("可以直接要求", "where they may"),
    }),
  },
});
