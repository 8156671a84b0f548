/** The settings of tenders: who decides a scheme, and the usual times and panel that a new scheme begins with. Values only. */

import { kit, spec } from "../../offices/settings/rules.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { expertsLeast, LEAST_PANEL } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const whole = (
  value: number,
  [least, most]: readonly [number, number],
  title: Bilingual,
  explanation: Bilingual,
  source: Bilingual,
  rule: string,
) => spec({ shape: { kind: "whole", least, most }, value, title, explanation, source, rule });

export const TENDER_SETTINGS = kit({
  prefix: "tenders.",
  specs: {
    schemeByOwners: spec({
      shape: { kind: "flag" },
      value: true,
      title: say("选聘方案先由业主共同决定", "The owners decide the scheme first"),
      explanation: say(
        "是：方案作为议题先表决通过，再按它选聘，结果再表决一次。否：方案由业委会公布，业主只对结果表决。",
        "Yes: the scheme is voted on, then the tender, then its result. No: the committee publishes the scheme and the owners vote on the result.",
      ),
      source: say(
        "上海39条：方案经业主大会表决通过（T2）；各地不同。",
        "SH 39: the assembly passes the scheme (T2); places differ.",
      ),
      rule: "T2",
      needsClause: (value) => !value,
      whenNeeded: say("不先表决方案", "not voting on the scheme first"),
    }),
    bidDays: whole(
      20,
      [1, 180],
      say("投标时间（天）", "Days to bid"),
      say("新方案的起点，从公告的第二天算起。", "What a new scheme begins with, from the day after the notice."),
      say(
        "《招标投标法》第二十四条：依法必须招标的不少于二十日；业主自行选聘参照。",
        "TB 24: twenty where tendering is compulsory; a guide here.",
      ),
      "T4",
    ),
    questionDays: whole(
      10,
      [1, 180],
      say("提问时间（天）", "Days to ask"),
      say("新方案的起点，从公告的第二天算起。", "What a new scheme begins with, from the day after the notice."),
      say("《招标投标法实施条例》第二十二条：截止十日前提出。", "TBR 22: ten days before the closing."),
      "T5",
    ),
    candidateDays: whole(
      3,
      [1, 60],
      say("中标候选人公示（天）", "Days the candidates are published"),
      say("公示期内可以提出异议，期满才能提交业主表决。", "Objections are heard within; the owners decide afterwards."),
      say("《招标投标法实施条例》第五十四条：不少于三日。", "TBR 54: three days."),
      "T11",
    ),
    panelSize: whole(
      LEAST_PANEL,
      [LEAST_PANEL, 21],
      say("评审组人数", "Members of the panel"),
      say("必须是单数。", "An odd number."),
      say("《招标投标法》第三十七条：五人以上单数。", "TB 37: five or more, odd."),
      "T9",
    ),
    panelExperts: whole(
      4,
      [4, 21],
      say("其中专家人数", "Experts among them"),
      say("不少于三分之二。", "Two thirds at least."),
      say("《招标投标法》第三十七条；有的地方要求五分之四。", "TB 37; some places ask for four fifths."),
      "T9",
    ),
  },
  together: ({ panelSize, panelExperts }) => [
    ...(panelSize.value % 2 === 0
      ? [{ reason: "does_not_fit" as const, setting: "panelSize", words: say("人数要是单数", "The number is odd") }]
      : []),
    ...(panelExperts.value < expertsLeast(panelSize.value) || panelExperts.value > panelSize.value
      ? [
          {
            reason: "does_not_fit" as const,
            setting: "panelExperts",
            words: say("专家不少于三分之二，也不多于总人数", "Two thirds at least, and not more than all"),
          },
        ]
      : []),
  ],
});
