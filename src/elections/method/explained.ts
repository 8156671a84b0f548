/** Every setting of the method in words: what it is, where its default comes from, what its values are called. Words only; the whole method in sentences is in-words.ts. */
import type { Bilingual } from "../../platform/i18n.ts";
import {
  DEFAULT_METHOD,
  type Method,
  type MethodName,
  type MethodValues,
  type NominationChannel,
  type Ranking,
  type SeatingTime,
  type TieRule,
} from "../rules.ts";
import type { TypedFault } from "./rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export interface MethodText {
  readonly title: Bilingual;
  readonly explanation: Bilingual;
  /** The law or practice the default comes from, and how sure that is. */
  readonly source: Bilingual;
  /** The rule it implements: M1, A3 … */
  readonly rule: string;
  /** When another value needs a clause to rest on; null when it never does. */
  readonly whenClauseNeeded: Bilingual | null;
}

const OTHER = say("与默认不同", "anything but the default");

export const METHOD_TEXTS: { readonly [K in MethodName]: MethodText } = {
  deliveredPercent: {
    title: say("首次选举：已交付面积超过百分之几", "First election: more than what percentage delivered"),
    explanation: say(
      "已交付的专有部分面积超过这个比例，就可以筹备首次业主大会。恰好等于不算超过。",
      "A first assembly may be prepared once more than this share of the area is delivered; exactly this share is not more.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第八条：50%。杭州第二十二条：60%，或30%并满两年。",
      "Guiding Rules art. 8: 50 %. Hangzhou art. 22: 60 %, or 30 % and two years.",
    ),
    rule: "A2",
    whenClauseNeeded: OTHER,
  },
  requestWithinDays: {
    title: say("收到业主书面要求后，多少天内成立小组", "Days to form the group after a written request"),
    explanation: say(
      "从业主书面提出的第二天算起；最后一天是休息日的顺延。",
      "Counted from the day after the request; a last day off moves on.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第九条：60日；有的地方为30日。",
      "Guiding Rules art. 9: 60 days; 30 in some places.",
    ),
    rule: "A2",
    whenClauseNeeded: null,
  },
  firstMeetingWithinDays: {
    title: say("小组成立后，多少天内开首次业主大会", "Days from the group's list to the first meeting"),
    explanation: say(
      "从名单公布的第二天算起；最后一天是休息日的顺延。只用于首次选举。",
      "Counted from the day after its list is published; a last day off moves on. For a first election only.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第十五条：90日；北京第三十二条：60日。",
      "Guiding Rules art. 15: 90 days; Beijing art. 32: 60.",
    ),
    rule: "A5",
    whenClauseNeeded: null,
  },
  groupChairFromStreet: {
    title: say("小组组长由街道、乡镇代表担任", "The group is headed by the street or town"),
    explanation: say("否：组长可以由任何一方的成员担任。", "No: a member of any part may head it."),
    source: say(
      "《业主大会和业主委员会指导规则》第十条；有的地方对换届小组另有规定。",
      "Guiding Rules art. 10; some places say otherwise for a renewal.",
    ),
    rule: "A3",
    whenClauseNeeded: say("选“否”", "“no”"),
  },
  groupPublicationDays: {
    title: say("小组名单公示几天", "Days the group's list is published"),
    explanation: say(
      "公示期内业主可以提出异议；公示当天不算，最后一天是休息日的顺延。每件异议答复以后才能开始提名。",
      "Owners may object meanwhile; the day of publication is not counted, a last day off moves on. Nominations open when every objection is answered.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第十一条要求公布，没有写天数；7天是本系统的默认值（北京：7日内公布）。",
      "Guiding Rules art. 11 asks for publication without a number of days; 7 is our default (Beijing: published within 7 days).",
    ),
    rule: "A3",
    whenClauseNeeded: null,
  },
  seats: {
    title: say("委员人数", "Members"),
    explanation: say(
      "应为单数。补选时填写空缺的席位数，不要求单数。",
      "An odd number. For a by-election: the vacant seats, odd or even.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第三十一条：5至11人单数；杭州第二十七条相同。",
      "Guiding Rules art. 31: 5 to 11, odd; Hangzhou art. 27 the same.",
    ),
    rule: "M1",
    whenClauseNeeded: null,
  },
  smallEstate: {
    title: say("小规模小区，3人即可", "A small estate: three are enough"),
    explanation: say(
      "选“是”时，委员可以少到3人；须写明当地的规定。",
      "“Yes” allows as few as three members; the rule of the place must be cited.",
    ),
    source: say(
      "各地不同：北京、杭州为100户以下，上海为1万平方米以下。",
      "It differs: up to 100 households in Beijing and Hangzhou, up to 10,000 m² in Shanghai.",
    ),
    rule: "M1",
    whenClauseNeeded: say("选“是”", "“yes”"),
  },
  legalLeast: {
    title: say("委员会成立的最少人数", "Fewest members with which a committee stands"),
    explanation: say(
      "当选人数不足应选人数，但不少于这个数、又超过一半的，委员会成立，缺额另行补选。",
      "With fewer elected than seats, but no fewer than this and more than half, the committee stands and the rest are filled later.",
    ),
    source: say(
      "《杭州市物业管理条例》第二十七条；法定下限见“委员人数”。",
      "Hangzhou art. 27; the legal least is that of the members.",
    ),
    rule: "M7",
    whenClauseNeeded: null,
  },
  alternatesMost: {
    title: say("候补委员最多几人", "Alternates at most"),
    explanation: say(
      "达到当选条件但没有席位的候选人，按得票次序候补；不设候补填0。",
      "Those who passed without a seat wait in the order of votes; 0 for none.",
    ),
    source: say(
      "北京：不超过委员人数；舟山第十九条：不超过一半。",
      "Beijing: no more than the members; Zhoushan art. 19: no more than half.",
    ),
    rule: "M8",
    whenClauseNeeded: null,
  },
  termMonths: {
    title: say("任期（月）", "Term (months)"),
    explanation: say(
      "最长60个月，即五年；可以连选连任。",
      "At most 60 months, five years; members may be elected again.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第三十二条：不超过5年；杭州、上海、舟山：3至5年。",
      "Guiding Rules art. 32: up to 5 years; Hangzhou, Shanghai, Zhoushan: 3 to 5.",
    ),
    rule: "M2",
    whenClauseNeeded: null,
  },
  atMost: {
    title: say("每张票最多选几人", "Marks on a ballot at most"),
    explanation: say(
      "不超过委员人数。网上不能多选；纸质票选多了，这一项作废。",
      "No more than the members. Online nobody can mark more; on paper more voids the item.",
    ),
    source: say("通行做法：不超过应选人数。", "Common practice: no more than the seats."),
    rule: "V10",
    whenClauseNeeded: null,
  },
  surplusPercent: {
    title: say("差额比例（%）", "Candidates beyond the seats (%)"),
    explanation: say(
      "候选人应比席位多出的比例，不足一人的进一；填0表示等额也可以。",
      "By how much candidates must outnumber the seats, rounded up to a person; 0 allows as many as seats.",
    ),
    source: say(
      "全国没有统一规定；由议事规则或选举办法写明。",
      "There is no national rule; the rules of procedure say.",
    ),
    rule: "M7",
    whenClauseNeeded: null,
  },
  channels: {
    title: say("怎样产生候选人", "How names come in"),
    explanation: say(
      "不论哪种方式提名，都要本人接受、通过同样的资格审核、面对同样的表决。",
      "However somebody is named, they must accept, face the same check of eligibility and the same vote.",
    ),
    source: say(
      "北京第四十条、潍坊第三十五条：社区党组织、居民委员会推荐，业主自荐或联名；清远第十九条增加街道。",
      "Beijing art. 40, Weifang art. 35: named by the party organisation or the residents' committee, by oneself or by owners jointly; Qingyuan art. 19 adds the street.",
    ),
    rule: "M5",
    whenClauseNeeded: null,
  },
  supportersLeast: {
    title: say("联名推荐至少几位业主", "Owners for a joint nomination"),
    explanation: say("一位业主不论有几处房屋，只算一位。", "An owner counts once, whatever they own."),
    source: say("全国没有统一规定；10位是本系统的默认值。", "There is no national rule; 10 is our default."),
    rule: "M5",
    whenClauseNeeded: null,
  },
  nominationDays: {
    title: say("提名开放几天", "Days nominations are open"),
    explanation: say(
      "开放当天不算，最后一天24:00截止；最后一天是休息日的顺延。",
      "The day of opening is not counted; they close at 24:00 of the last day, which moves on when it is a day off.",
    ),
    source: say("全国没有统一规定；7天是本系统的默认值。", "There is no national rule; 7 is our default."),
    rule: "M5",
    whenClauseNeeded: null,
  },
  candidatesBeforeDays: {
    title: say("候选人名单提前几天公布", "Days between candidates and voting"),
    explanation: say(
      "从公布的第二天算起，满这些天才能开始表决。",
      "Counted from the day after publication; voting opens no earlier than when they are over.",
    ),
    source: say(
      "《业主大会和业主委员会指导规则》第十二条、杭州第二十六条：15日。",
      "Guiding Rules art. 12, Hangzhou art. 26: 15 days.",
    ),
    rule: "M6",
    whenClauseNeeded: say("少于15天", "fewer than 15 days"),
  },
  candidatesPublicDays: {
    title: say("候选人名单至少公示几天", "Days candidates stay published"),
    explanation: say("公示期内可以提出异议；不少于7天。", "Owners may object meanwhile; 7 days at least."),
    source: say("《杭州市物业管理条例》第二十六条：不少于7日。", "Hangzhou art. 26: 7 days at least."),
    rule: "M6",
    whenClauseNeeded: null,
  },
  ranking: {
    title: say("怎样排名", "How those who passed are ranked"),
    explanation: say(
      "人数和面积都过半的人多于席位时，按这个次序取前几名，其余候补。",
      "Where more passed on both axes than there are seats, this order says who has a seat and who waits.",
    ),
    source: say(
      "法律没有规定怎样排名；先人数、后面积是本系统的默认值。",
      "The law does not say; owners first, then area, is our default.",
    ),
    rule: "M7",
    whenClauseNeeded: null,
  },
  tie: {
    title: say("最后一席得票相同怎么办", "A tie for the last seat"),
    explanation: say(
      "抽签：表决截止前先公布种子的校验值，截止后公开种子，任何人都能重抽一遍。",
      "A draw: the seed's hash is published before voting closes and the seed after it, so that anyone can draw again.",
    ),
    source: say("法律没有规定；由选举办法写明。", "The law does not say; the method does."),
    rule: "M7",
    whenClauseNeeded: null,
  },
  seatedWhen: {
    title: say("何时就任", "When those elected take office"),
    explanation: say(
      "结果公布时，或异议期满、结果确定时。",
      "When the result is published, or when it is final after the period of objection.",
    ),
    source: say(
      "《物业管理条例》第十六条：自选举产生之日起30日内备案；没有写就任日。",
      "Property Management Regulations art. 16: filed within 30 days of the election; it names no day of taking office.",
    ),
    rule: "M11",
    whenClauseNeeded: null,
  },
  passedKeep: {
    title: say("当选人数不够时，已过半的人保留席位", "Those who passed keep their seats in a further round"),
    explanation: say(
      "是：委员会暂不能成立时，已过半的人不必再选，下一轮只选其余席位。",
      "Yes: where too few passed for a committee, a further round fills the other seats only.",
    ),
    source: say(
      "业主依法作出的选举决定应当有效；不保留须有当地或议事规则的条款。",
      "An election by the owners stands; undoing it needs a clause.",
    ),
    rule: "M7",
    whenClauseNeeded: say("选“否”", "“no”"),
  },
  membersDecide: {
    title: say("首次会议推选主任、副主任要多少委员同意", "Members needed to choose chair and deputies"),
    explanation: say("按全部席位计算，空缺的也算在内。", "Measured against all seats, vacant ones included."),
    source: say(
      "《业主大会和业主委员会指导规则》第三十二条、第三十八条；北京、上海、杭州：过半数。",
      "Guiding Rules arts. 32, 38; Beijing, Shanghai, Hangzhou: more than half.",
    ),
    rule: "M10",
    whenClauseNeeded: OTHER,
  },
};

export const CHANNEL_WORDS: Record<NominationChannel, Bilingual> = {
  community_party: say("社区党组织推荐", "Named by the community's party organisation"),
  residents_committee: say("居民委员会推荐", "Named by the residents' committee"),
  street: say("街道、乡镇推荐", "Named by the street or town"),
  self: say("业主自荐", "Oneself"),
  joint: say("业主联名推荐", "Owners jointly"),
};
export const RANKING_WORDS: Record<Ranking, Bilingual> = {
  heads_then_area: say("先比人数，再比面积", "By owners, then by area"),
  area_then_heads: say("先比面积，再比人数", "By area, then by owners"),
  sum_of_shares: say("人数占比与面积占比相加", "By the two shares added up"),
};
export const TIE_WORDS: Record<TieRule, Bilingual> = {
  draw: say("公开抽签", "A public draw"),
  further_vote: say("就得票相同的人再投一次", "A further vote between them"),
};
export const SEATED_WORDS: Record<SeatingTime, Bilingual> = {
  published: say("结果公布时", "When the result is published"),
  final: say("结果确定时", "When the result is final"),
};
export const MEMBERS_WORDS: Record<MethodValues["membersDecide"], Bilingual> = {
  more_than_half: say("过半数", "More than half"),
  half_or_more: say("半数以上（含半数）", "Half or more"),
};

/** The choices of a setting that has some; empty for numbers and yes or no. */
export function choicesOf(name: MethodName): Readonly<Record<string, Bilingual>> {
  switch (name) {
    case "channels":
      return CHANNEL_WORDS;
    case "ranking":
      return RANKING_WORDS;
    case "tie":
      return TIE_WORDS;
    case "seatedWhen":
      return SEATED_WORDS;
    case "membersDecide":
      return MEMBERS_WORDS;
    default:
      return {};
  }
}

const YES = say("是", "yes");
const NO = say("否", "no");

/** The value of a setting in words. */
export function valueWords(name: MethodName, method: Method): Bilingual {
  const { value } = method[name];
  if (typeof value === "boolean") return value ? YES : NO;
  if (typeof value === "number") return say(String(value), String(value));
  const words = choicesOf(name);
  const all = typeof value === "string" ? [value] : value;
  const said = all.map((one) => words[one] ?? say(one, one));
  return say(said.map(({ zh }) => zh).join("、"), said.map(({ en }) => en).join("; "));
}

/** What is wrong with a setting, beside its field. */
export function methodFaultWords(fault: TypedFault): Bilingual {
  const { title, whenClauseNeeded } = METHOD_TEXTS[fault.setting];
  switch (fault.reason) {
    case "seats_even":
      return say(
        `委员人数应为单数，${fault.seats}是双数（《业主大会和业主委员会指导规则》第三十一条）。`,
        `The number of members is odd, and ${fault.seats} is even (Guiding Rules art. 31).`,
      );
    case "out_of_range":
      return say(
        `“${title.zh}”应是${fault.least}到${fault.most}的整数。`,
        `“${title.en}” is a whole number from ${fault.least} to ${fault.most}.`,
      );
    case "not_a_number":
      return say(`“${title.zh}”请填写整数。`, `“${title.en}” is a whole number.`);
    case "not_a_choice":
      return say(`“${title.zh}”请选一项。`, `“${title.en}”: choose one.`);
    case "clause_too_long":
      return say(`条款最多${fault.most}字。`, `A clause has at most ${fault.most} characters.`);
    case "nothing_chosen":
      return say("请至少选一种提名方式。", "Choose at least one way to name candidates.");
    case "clause_needed":
      return say(
        `“${title.zh}”${whenClauseNeeded?.zh ?? ""}时，须写明依据的条款。`,
        `“${title.en}”: ${whenClauseNeeded?.en ?? "this"} needs the clause it rests on.`,
      );
  }
}

export const defaultWords = (name: MethodName): Bilingual => valueWords(name, DEFAULT_METHOD);
