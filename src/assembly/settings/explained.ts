/** Every setting of a meeting in words: what it is, where its default comes from, and what its values are called. Words only; what may be set is told by rules.ts. */
import type { Bilingual } from "../../platform/i18n.ts";
import { matterText } from "../rules.ts";
import {
  type Channel,
  DEFAULT_RULES,
  type LegalEffect,
  type MeetingRules,
  type PetitionBasis,
  type RuleFault,
  type RuleValues,
  SETTING_NAMES,
  type SettingName,
  type UnreturnedPolicy,
} from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export interface SettingText {
  readonly name: SettingName;
  readonly title: Bilingual;
  readonly explanation: Bilingual;
  /** The law or practice the default comes from, and how sure that is. */
  readonly source: Bilingual;
  /** The rule it implements: A8, V3 … */
  readonly clause: string;
  /** When another value needs a clause to rest on; null when it never does. */
  readonly whenClauseNeeded: Bilingual | null;
}

const TEXTS: { readonly [K in SettingName]: Omit<SettingText, "name"> } = {
  noticeDays: {
    title: say("会议通知提前几天", "Days of notice"),
    explanation: say(
      "从公告的第二天算起，满这些天才能开始表决。",
      "Counted from the day after the notice; voting opens no earlier than when they are over.",
    ),
    source: say(
      "《物业管理条例》第十四条：会议召开 15 日以前通知全体业主。有的地方对临时会议另有规定（如杭州第十九条，7 日）。",
      "Property Management Regulations art. 14: 15 days before the meeting. Some places say otherwise for extraordinary meetings (Hangzhou art. 19: 7 days).",
    ),
    clause: "A8",
    whenClauseNeeded: say("少于 15 天", "fewer than 15 days"),
  },
  rollObjectionDays: {
    title: say("名册异议期（天）", "Days to object to the roll"),
    explanation: say(
      "公告后，业主可以对自己的人数、面积提出异议的天数；最后一天是休息日的顺延。每件异议都答复了，才能开始表决。",
      "How long owners may object to their entry after the notice; a last day off moves on. Voting opens only when each objection is answered.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第十二条要求记录并答复异议，没有写天数；7 天是本系统的默认值。",
      "Guiding Rules art. 12 asks that objections be recorded and answered, without a number of days; 7 is our default.",
    ),
    clause: "A4",
    whenClauseNeeded: null,
  },
  windowMinDays: {
    title: say("表决最短几天", "Shortest voting period (days)"),
    explanation: say("从开始到截止的时间不能更短。", "Opening to close is never shorter."),
    source: say(
      "《杭州市物业管理条例》第二十条：5 至 60 日；全国没有统一规定。",
      "Hangzhou art. 20: 5 to 60 days; there is no national rule.",
    ),
    clause: "V7",
    whenClauseNeeded: say("少于 5 天", "fewer than 5 days"),
  },
  windowMaxDays: {
    title: say("表决最长几天", "Longest voting period (days)"),
    explanation: say(
      "包括延期在内，从开始到截止的时间不能更长。",
      "Opening to close is never longer, extensions included.",
    ),
    source: say(
      "《杭州市物业管理条例》第二十条：5 至 60 日；全国没有统一规定。",
      "Hangzhou art. 20: 5 to 60 days; there is no national rule.",
    ),
    clause: "V7",
    whenClauseNeeded: say("超过 60 天", "more than 60 days"),
  },
  channels: {
    title: say("怎样投票", "Ways to vote"),
    explanation: say(
      "同一户无论用哪种方式，只有一张有效表决票，合并计票。用网上表决的，必须同时提供纸质或现场方式。",
      "Whatever the way, a voter has one ballot, and all are counted together. Where voting is online, paper or a meeting is offered too.",
    ),
    source: say(
      "《物业管理条例》第十二条（集体讨论、书面征求意见）；《聊城市物业管理条例》第十六条（同时提供其他方式，合并计算）。",
      "Property Management Regulations art. 12 (discussion, or opinions in writing); Liaocheng art. 16 (other ways at the same time, counted together).",
    ),
    clause: "V1, V6",
    whenClauseNeeded: null,
  },
  legalEffect: {
    title: say("在这里投票的效力", "What votes collected here are good for"),
    explanation: say(
      "决定性：结果就是业主的决定。征求意见：只供参考。纸质为准：系统帮助登记和计算纸质表决票。官方结果：表决在官方平台进行，这里只录入结果。",
      "Binding: the result is the decision. Advisory: an opinion only. Paper of record: ballots on paper, entered and added up here. Official results: held on the official platform, recorded here.",
    ),
    source: say(
      "各地不同：《清远市物业管理条例》第十七条承认电子投票，北京、潍坊等地要求使用主管部门的平台。",
      "It differs by place: Qingyuan art. 17 accepts electronic votes; Beijing, Weifang and others ask for the authority's platform.",
    ),
    clause: "V5",
    whenClauseNeeded: null,
  },
  officialPlatformRequired: {
    title: say("当地规定必须使用官方投票平台", "The place demands an official platform"),
    explanation: say(
      "是：这里不能宣布有法律效力的结果，只做准备和收集。",
      "Yes: nothing decided here has legal effect by itself; we only prepare and collect.",
    ),
    source: say(
      "北京第三十五条、潍坊第三十二条、清远第十七条要求；重庆的规定尚未核实。",
      "Asked for in Beijing (35), Weifang (32), Qingyuan (17); Chongqing's rule is unverified.",
    ),
    clause: "V5",
    whenClauseNeeded: say("选“是”", "“yes”"),
  },
  unreturned: {
    title: say("没有交回表决票的业主怎么算", "Owners who return no ballot"),
    explanation: say(
      "默认只算交回的票。其他算法必须写在议事规则里，只对能证明送达本人的业主适用，并且始终同时公布严格计票的结果。",
      "By default only ballots returned are counted. Any other way must stand in the rules of procedure, applies only to owners proven reached, and the strict count is always published beside it.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第二十六条第二款允许规约或议事规则约定；《民法典》第二百七十八条施行后有不同意见。",
      "Guiding Rules art. 26(2) leaves it to the covenant or rules of procedure; opinions differ since Civil Code art. 278.",
    ),
    clause: "V3",
    whenClauseNeeded: say("除“只算交回的票”以外", "anything but “only ballots returned”"),
  },
  neverDeemed: {
    title: say("任何时候都不推定的事项", "Matters never decided by silence"),
    explanation: say(
      "这些事项只算交回的票，不管上一项怎么选。",
      "For these only ballots returned are counted, whatever is chosen above.",
    ),
    source: say(
      "本系统的默认值：选举（3）和需要四分之三同意的事项（6、7、8）。",
      "Our default: elections (3) and the matters that need three quarters (6, 7, 8).",
    ),
    clause: "V3",
    whenClauseNeeded: say("去掉 3、6、7、8 中的任何一项", "leaving out any of 3, 6, 7, 8"),
  },
  proxiesAllowed: {
    title: say("可以委托代理人", "Proxies allowed"),
    explanation: say(
      "业主可以书面委托别人代为投票，本人投票或撤回后委托失效。",
      "An owner may authorise somebody in writing; voting in person or taking it back ends it.",
    ),
    source: say(
      "《物业管理条例》第十二条；《民法典》第一百六十五条（委托书应写明的内容）。",
      "Property Management Regulations art. 12; Civil Code art. 165 (what the paper must say).",
    ),
    clause: "V4",
    whenClauseNeeded: say("选“否”", "“no”"),
  },
  proxyCap: {
    title: say("一人最多代理几位业主", "Owners one agent may stand for"),
    explanation: say(
      "超过的委托不予登记。物业公司的人员任何时候都不能代理。",
      "Further ones are not recorded. Staff of the property company may never be agents.",
    ),
    source: say(
      "《潍坊市物业管理条例》第三十二条：不超过三人；《舟山市物业管理条例》第十七条：物业人员不得代理。",
      "Weifang art. 32: three; Zhoushan art. 17: no provider staff.",
    ),
    clause: "V4",
    whenClauseNeeded: say("多于 3 位", "more than 3"),
  },
  proxyMayVoteOnline: {
    title: say("代理人可以在网上投票", "Agents may vote online"),
    explanation: say(
      "默认代理人用纸质表决票，附委托书。",
      "By default an agent votes on paper, with the authorisation attached.",
    ),
    source: say("各地没有规定；由议事规则决定。", "No law says; the rules of procedure do."),
    clause: "V4",
    whenClauseNeeded: say("选“是”", "“yes”"),
  },
  countedSpaces: {
    title: say("计入人数和面积的车位、储藏间", "Parking and storage that count"),
    explanation: say(
      "选中的，有车位或储藏间的业主按其面积计入，人数规则不变；没有选中的只列在名册里，不计入。",
      "What is chosen adds its area, by the same rules on heads; the rest is listed and adds nothing.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第二十五条：由议事规则约定；宁波第十八条不计入。默认不计入。",
      "Guiding Rules art. 25 leaves it to the rules of procedure; Ningbo art. 18 excludes them. Default: not counted.",
    ),
    clause: "C6",
    whenClauseNeeded: say("选中任何一种", "any that is chosen"),
  },
  petitionBasis: {
    title: say("业主提议开会的百分之二十怎么算", "How a petition's twenty per cent are counted"),
    explanation: say(
      "两种算法都会显示，这里决定以哪一种为准。",
      "Both counts are always shown; this says which one obliges.",
    ),
    source: say(
      "《物业管理条例》第十三条只说业主的百分之二十；《指导规则》第二十一条要求面积和人数都达到。",
      "Property Management Regulations art. 13 names owners alone; Guiding Rules art. 21 asks for area and owners.",
    ),
    clause: "A7",
    whenClauseNeeded: say("人数和面积都要达到", "heads and area"),
  },
  ballotReplaceable: {
    title: say("截止前可以改票", "A ballot may be replaced before the close"),
    explanation: say(
      "默认投出即为最终。允许改票时，旧票和新票都留在公开记录里，只算最后一张。",
      "By default a ballot is final. Where replacing is allowed, old and new both stay in the record and the last one counts.",
    ),
    source: say("法律没有规定；公告时冻结。", "No law says; frozen at notice."),
    clause: "V10",
    whenClauseNeeded: null,
  },
  publishWithinDays: {
    title: say("几天内公布结果", "Days to publish the result"),
    explanation: say(
      "从截止的第二天算起，最后一天是休息日的顺延。",
      "From the day after the close; a last day off moves on.",
    ),
    source: say(
      "《北京市物业管理条例》第三十七条：3 日内；《指导规则》第三十条只说及时。",
      "Beijing art. 37: within 3 days; Guiding Rules art. 30 says only “in time”.",
    ),
    clause: "A11",
    whenClauseNeeded: say("超过 3 天", "more than 3 days"),
  },
  resultObjectionDays: {
    title: say("结果异议期（天）", "Days to object to the result"),
    explanation: say(
      "公布后业主可以查票、要求复核的天数，最后一天是休息日的顺延。异议都答复了，结果才确定。",
      "How long owners may inspect and ask for a recount; a last day off moves on. Final when each objection is answered.",
    ),
    source: say(
      "《清远市物业管理条例》第十七条：公示不少于 15 日；全国没有统一规定。",
      "Qingyuan art. 17: posted for at least 15 days; there is no national rule.",
    ),
    clause: "V8",
    whenClauseNeeded: say("少于 7 天", "fewer than 7 days"),
  },
  retentionYears: {
    title: say("表决票保存几年", "Years ballots are kept"),
    explanation: say(
      "到期前任何人都不能删除。业主可以在知道决定之日起一年内请求法院撤销，保存期必须长得多。",
      "Nobody can delete them before. An owner has one year to ask a court to revoke a decision; they are kept far longer.",
    ),
    source: say(
      "一部省级条例：不少于 3 年；最高人民法院司法解释第十二条：一年。默认 5 年。",
      "A provincial regulation: at least 3 years; Judicial Interpretation art. 12: one year. Default 5.",
    ),
    clause: "V9, D7",
    whenClauseNeeded: null,
  },
  counterMayPublish: {
    title: say("计票的人也可以公布结果", "Who counted may publish"),
    explanation: say(
      "默认由另一个人公布：计票和公布互相监督。",
      "By default another person publishes: one checks the other.",
    ),
    source: say("本系统的默认值，没有法律规定。", "Our default; no law says so."),
    clause: "A11",
    whenClauseNeeded: null,
  },
  reminderDays: {
    title: say("截止前几天提醒", "Reminders, days before the close"),
    explanation: say(
      "只提醒还没有投票的业主，晚上 9 点到早上 8 点不发。不填就不提醒。",
      "Only those who have not voted, never from 21:00 to 08:00. None: no reminders.",
    ),
    source: say("本系统的默认值。", "Our default."),
    clause: "V2",
    whenClauseNeeded: null,
  },
};

/** All settings in the order of the settings page and of the documents. */
export const SETTINGS: readonly SettingText[] = SETTING_NAMES.map((name) => ({ name, ...TEXTS[name] }));
export const settingText = (name: SettingName): SettingText => ({ name, ...TEXTS[name] });

export const UNRETURNED_WORDS: { readonly [K in UnreturnedPolicy]: Bilingual } = {
  strict: say("只算交回的票", "only ballots returned"),
  returned_abstain_follows_majority: say("交回的弃权票计入多数票", "returned abstentions follow the majority"),
  delivered_unreturned_abstains: say("已送达未交回的算参与、弃权", "reached but unreturned: taking part, abstaining"),
  delivered_unreturned_follows_majority: say(
    "已送达未交回的计入多数票",
    "reached but unreturned: following the majority",
  ),
};
export const LEGAL_EFFECT_WORDS: { readonly [K in LegalEffect]: Bilingual } = {
  binding: say("决定性", "binding"),
  advisory: say("征求意见", "advisory"),
  paper_of_record: say("纸质为准", "paper of record"),
  official_results: say("录入官方结果", "official results recorded"),
};
export const CHANNEL_WORDS: { readonly [K in Channel]: Bilingual } = {
  web: say("网上", "online"),
  paper: say("纸质表决票", "paper"),
  meeting: say("现场会议", "at a meeting"),
};
export const PETITION_WORDS: { readonly [K in PetitionBasis]: Bilingual } = {
  heads: say("按人数", "by owners"),
  heads_and_area: say("人数和面积都达到", "by owners and by area"),
};
export const SPACE_WORDS = { parking: say("车位", "parking"), storage: say("储藏间", "storage") } as const;

const joined = (words: readonly Bilingual[], none: Bilingual): Bilingual =>
  words.length === 0 ? none : say(words.map(({ zh }) => zh).join("、"), words.map(({ en }) => en).join(", "));
const days = (count: number): Bilingual => say(`${count}天`, count === 1 ? "1 day" : `${count} days`);
const yesOrNo = (value: boolean): Bilingual => (value ? say("是", "yes") : say("否", "no"));

/** A value as a person would say it. */
export function valueWords(name: SettingName, rules: MeetingRules): Bilingual {
  const values = Object.fromEntries(SETTING_NAMES.map((key) => [key, rules[key].value])) as unknown as RuleValues;
  switch (name) {
    case "noticeDays":
    case "rollObjectionDays":
    case "windowMinDays":
    case "windowMaxDays":
    case "publishWithinDays":
    case "resultObjectionDays":
      return days(values[name]);
    case "retentionYears":
      return say(`${values[name]}年`, `${values[name]} years`);
    case "proxyCap":
      return say(`${values[name]}位`, String(values[name]));
    case "officialPlatformRequired":
    case "proxiesAllowed":
    case "proxyMayVoteOnline":
    case "ballotReplaceable":
    case "counterMayPublish":
      return yesOrNo(values[name]);
    case "channels":
      return joined(
        values[name].map((channel) => CHANNEL_WORDS[channel]),
        say("无", "none"),
      );
    case "legalEffect":
      return LEGAL_EFFECT_WORDS[values[name]];
    case "unreturned":
      return UNRETURNED_WORDS[values[name]];
    case "petitionBasis":
      return PETITION_WORDS[values[name]];
    case "countedSpaces":
      return joined(
        values[name].map((kind) => SPACE_WORDS[kind]),
        say("都不计入", "none"),
      );
    case "neverDeemed":
      return joined(
        values[name].map((matter) => matterText(matter).short),
        say("无", "none"),
      );
    case "reminderDays":
      return joined(values[name].map(days), say("不提醒", "none"));
  }
}

/** Whether a setting stands as the product has it. */
export const isDefault = (name: SettingName, rules: MeetingRules): boolean =>
  JSON.stringify(rules[name].value) === JSON.stringify(DEFAULT_RULES[name].value);

/** What is wrong with a setting, for beside its field. */
export function ruleFaultWords(fault: RuleFault): Bilingual {
  switch (fault.reason) {
    case "unknown_setting":
      return say(`没有“${fault.setting}”这项设置`, `There is no setting “${fault.setting}”`);
    case "missing_setting":
      return say("缺少这项设置", "This setting is missing");
    case "wrong_kind":
      return say("填写的内容不对，请重新选择或填写", "Not in the right form; please choose or type it again");
    case "out_of_range":
      return say(`应在 ${fault.least} 到 ${fault.most} 之间`, `Should lie between ${fault.least} and ${fault.most}`);
    case "unknown_choice":
      return say("没有这个选项，请从列出的选项里选", "No such choice; please take one of those listed");
    case "nothing_chosen":
      return say("至少选一种", "Choose at least one");
    case "clause_needed": {
      const when = TEXTS[fault.setting].whenClauseNeeded ?? say("与默认不同", "different from the default");
      return say(`${when.zh}时，必须写明依据的条款`, `A clause must be cited for ${when.en}`);
    }
    case "clause_too_long":
      return say(`依据最多 ${fault.most} 字`, `At most ${fault.most} characters`);
    case "window_turned_round":
      return say("最长天数不能少于最短天数", "The longest period cannot be shorter than the shortest");
    case "paper_must_be_offered":
      return say(
        "只有网上一种方式不行：不会上网的业主也要能投票，请加上纸质或现场",
        "Online alone will not do: owners who are not online vote too; add paper or a meeting",
      );
    case "official_platform":
      return say(
        "当地要求使用官方平台时，这里的投票不能选“决定性”",
        "Where the official platform is compulsory, votes collected here cannot be “binding”",
      );
  }
}
