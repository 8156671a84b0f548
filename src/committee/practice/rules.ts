/** How this estate's committee works where the law leaves it to the place: its meetings, its decisions, its filings. Pure; what the last months bar stands in standing/rules.ts. */
import { kit, spec, type Values } from "../../offices/settings/rules.ts";
import type { Bilingual } from "../../platform/i18n.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** The settings of the committee's meetings, decisions and filings; each differs by place (M11, M12; Ambiguities 7 and 9). */
export const PRACTICE = kit({
  prefix: "committee.",
  specs: {
    agendaDays: spec({
      shape: { kind: "whole", least: 1, most: 30 },
      value: 7,
      title: say("会议内容提前几天公告", "Days the agenda is public before a meeting"),
      explanation: say(
        "从公告的第二天算起，满这些天才能开会。三分之一以上委员提议的会议，从提议达到人数、议题自动公开那天算起。",
        "Counted from the day after the agenda is made public. For a meeting a third of the members ask for, from the day enough have asked and its items became public by themselves.",
      ),
      source: say(
        "《业主大会和业主委员会指导规则》第三十九条：七日前公告会议内容和议程。有的地方为三日或五日。",
        "Guiding Rules art. 39: content and agenda announced seven days before. Some places have three or five.",
      ),
      rule: "M12",
      needsClause: (value) => value < 7,
      whenNeeded: say("少于七天", "fewer than seven days"),
    }),
    quorum: spec({
      shape: {
        kind: "choice",
        choices: { more_than_half: say("过半数", "more than half"), two_thirds: say("三分之二以上", "two thirds") },
      },
      value: "more_than_half",
      title: say("几个委员到场才能开会", "How many members a meeting needs"),
      explanation: say("不够就没有开成，不能表决。", "With fewer there is no meeting and nothing is decided."),
      source: say(
        "《业主大会和业主委员会指导规则》第三十八条：过半数委员出席；潍坊第三十七条：三分之二以上。",
        "Guiding Rules art. 38: more than half; Weifang art. 37: two thirds.",
      ),
      rule: "M12",
    }),
    majority: spec({
      shape: {
        kind: "choice",
        choices: { more_than_half: say("过半数", "more than half"), half_or_more: say("半数以上", "half or more") },
      },
      value: "more_than_half",
      title: say("几个委员同意才算通过", "How many members carry a decision"),
      explanation: say(
        "“过半数”时恰好一半不通过；“半数以上”时恰好一半就通过。",
        "With “more than half”, half exactly is lost; with “half or more” it carries.",
      ),
      source: say(
        "北京第四十五条、上海第二十六条、杭州第二十九条：过半数。《指导规则》第三十八条写的是半数以上。",
        "Beijing art. 45, Shanghai art. 26, Hangzhou art. 29: more than half. Guiding Rules art. 38 says half or more.",
      ),
      rule: "M12",
      needsClause: (value) => value === "half_or_more",
      whenNeeded: say("选“半数以上”", "“half or more”"),
    }),
    measuredBy: spec({
      shape: {
        kind: "choice",
        choices: {
          seats: say("全部席位（空缺也算）", "all seats, vacant ones included"),
          sitting: say("现有委员", "the members who sit"),
        },
      },
      value: "seats",
      title: say("以谁为全体", "What the numbers are measured against"),
      explanation: say(
        "委员辞职或空缺以后，出席和同意是和选举时定的席位比，还是和现有的人比。",
        "After a resignation: whether presence and votes are measured against the seats the election set, or against those who remain.",
      ),
      source: say(
        "法规只说“全体委员”，没有说空缺怎么算；默认取更严的一种。",
        "The law says “all members” and not what a vacancy does; the default is the stricter reading.",
      ),
      rule: "M12",
      needsClause: (value) => value === "sitting",
      whenNeeded: say("选“现有委员”", "“the members who sit”"),
    }),
    publishDays: spec({
      shape: { kind: "whole", least: 1, most: 15 },
      value: 3,
      title: say("会后几天内公布", "Days to publish after a meeting"),
      explanation: say(
        "从开会的第二天算起，最后一天是休息日的顺延。过期没有公布，公开页面会写明。",
        "From the day after the meeting; a last day off moves on. What is overdue is said on the public page.",
      ),
      source: say(
        "北京第四十五条、上海第二十六条等：三日内公告。",
        "Beijing art. 45, Shanghai art. 26 and others: within three days.",
      ),
      rule: "M12",
      needsClause: (value) => value > 3,
      whenNeeded: say("超过三天", "more than three days"),
    }),
    votesByName: spec({
      shape: { kind: "flag" },
      value: false,
      title: say("公布每位委员投了什么", "Votes are published by name"),
      explanation: say(
        "默认只公布同意、反对、弃权各几票。会议记录里始终有每位委员的表决，由本人签字确认。",
        "By default only the counts are public. The minutes always hold each member's vote, confirmed by signature.",
      ),
      source: say("法规没有规定；由议事规则决定。", "No law says; the rules of procedure do."),
      rule: "M12",
      needsClause: (value) => value,
      whenNeeded: say("选“是”", "“yes”"),
    }),
    delegationBanned: spec({
      shape: { kind: "flag" },
      value: false,
      title: say("当地禁止业主大会授权业委会", "The place forbids delegation to the committee"),
      explanation: say(
        "是：《民法典》第二百七十八条的事项，业委会在任何情况下都不能作决议，有业主大会的授权也不行。",
        "Yes: the committee resolves nothing of Civil Code art. 278, not even with the owners' authorisation.",
      ),
      source: say(
        "北京第四十四条、潍坊第三十三条禁止；上海第五十一条允许就广告等授权。全国没有统一规定。",
        "Forbidden in Beijing (44) and Weifang (33); Shanghai (51) allows it for advertisements. Not uniform.",
      ),
      rule: "A13",
      needsClause: (value) => value,
      whenNeeded: say("选“是”", "“yes”"),
    }),
    filingDays: spec({
      shape: { kind: "whole", least: 1, most: 60 },
      value: 30,
      title: say("选举或变更后几天内备案", "Days to file an election or a change"),
      explanation: say(
        "从就任或变更的第二天算起，最后一天是休息日的顺延。",
        "From the day after taking office or the change; a last day off moves on.",
      ),
      source: say(
        "《物业管理条例》第十六条：选举产生之日起三十日内。",
        "Property Management Regulations art. 16: within 30 days of the election.",
      ),
      rule: "M11",
      needsClause: (value) => value > 30,
      whenNeeded: say("超过三十天", "more than thirty days"),
    }),
    meetEveryMonths: spec({
      shape: { kind: "whole", least: 0, most: 12 },
      value: 0,
      title: say("至少几个月开一次会", "Months between meetings, at most"),
      explanation: say(
        "0 表示没有规定。到期没有开会会提醒。",
        "0: no rule. When it is due and no meeting was held, that is said.",
      ),
      source: say(
        "北京、上海：每两个月至少一次；全国没有统一规定。",
        "Beijing and Shanghai: at least every two months; not uniform.",
      ),
      rule: "M12",
    }),
  },
});
export type Practice = Values<typeof PRACTICE.specs>;
