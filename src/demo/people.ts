/** Who holds which office in 金桂苑 and 银杏苑, and who stood for election there. Nobody in it exists; the numbers are handed out to no one. */
import type { NominationChannel } from "../elections/rules.ts";
import type { Day } from "../kernel/day.ts";
import { addDays, addMonths } from "../kernel/day.ts";
import type { PostKind } from "../offices/rules.ts";
import type { OfficerAsked } from "../offices/setup/actions.ts";
import type { Bilingual } from "../platform/i18n.ts";

/** Since when a first office-holder serves: as long as the first committee, or the branch, longer than both; or the day of the set-up, of some until the second committee engages others. */
type Since = "first_committee" | "branch" | "set_up" | "until_the_second";

interface DemoOfficer {
  readonly post: PostKind;
  readonly name: string;
  readonly phone: string;
  readonly act: OfficerAsked["act"];
  readonly document: string;
  readonly since?: Since;
}

const COMMITTEE = "第一届业主大会会议选举结果公告";
const FIRST_MEETING = "业委会第一次会议纪要";
const BRANCH = "支部党员大会决议";

/** Those who began with the estate's page. Its chair sat in the branch before the owners first elected him. */
const OFFICERS: readonly DemoOfficer[] = [
  {
    post: "committee_chair",
    name: "唐明德",
    phone: "19800000001",
    act: "members_choice",
    document: FIRST_MEETING,
    since: "first_committee",
  },
  {
    post: "committee_deputy",
    name: "谢丽华",
    phone: "19800000004",
    act: "members_choice",
    document: FIRST_MEETING,
    since: "first_committee",
  },
  ...(
    [
      ["唐明德", "19800000001"],
      ["谢丽华", "19800000004"],
      ["罗建国", "19800000003"],
      ["冯志强", "19800000005"],
      ["蔡光荣", "19800000020"],
    ] as const
  ).map(
    ([name, phone]): DemoOfficer => ({
      post: "committee_member",
      name,
      phone,
      act: "owners_election",
      document: COMMITTEE,
      since: "first_committee",
    }),
  ),
  { post: "secretary", name: "李晓东", phone: "19800000006", act: "engagement", document: "聘用协议 2025-01" },
  { post: "teller", name: "曹静怡", phone: "19800000007", act: "resolution", document: "业委会决议 2025-03" },
  { post: "teller", name: "袁立新", phone: "19800000008", act: "resolution", document: "业委会决议 2025-03" },
  { post: "supervisor", name: "邓国华", phone: "19800000009", act: "owners_election", document: COMMITTEE },
  {
    post: "branch_secretary",
    name: "许兴旺",
    phone: "19800000010",
    act: "party_election",
    document: BRANCH,
    since: "branch",
  },
  {
    post: "branch_member",
    name: "唐明德",
    phone: "19800000001",
    act: "party_election",
    document: BRANCH,
    since: "branch",
  },
  {
    post: "branch_member",
    name: "董书恒",
    phone: "19800000021",
    act: "party_election",
    document: BRANCH,
    since: "branch",
  },
  { post: "residents_officer", name: "何慧敏", phone: "19800000011", act: "appointment", document: "居委会分工 2025" },
  { post: "street_officer", name: "韩正明", phone: "19800000012", act: "appointment", document: "街道办分工 2025" },
  {
    post: "treasurer",
    name: "谭月娥",
    phone: "19800000025",
    act: "engagement",
    document: "第一届业委会决议：兼职出纳",
    since: "until_the_second",
  },
  {
    post: "accountant",
    name: "崔正明",
    phone: "19800000026",
    act: "engagement",
    document: "第一届业委会决议：委托代理记账",
    since: "until_the_second",
  },
  { post: "volunteer", name: "梁雨桐", phone: "19800000013", act: "enlisted", document: "志愿者登记表" },
  { post: "volunteer", name: "彭大勇", phone: "19800000014", act: "enlisted", document: "志愿者登记表" },
];

export const AUDITOR: DemoOfficer = {
  post: "auditor",
  name: "金书恒",
  phone: "19800000015",
  act: "engagement",
  document: "审计委托书 2026-01",
};

/** Appointed by the second committee: the secretary records it, the chair confirms. */
export const MONEY: readonly DemoOfficer[] = [
  { post: "treasurer", name: "孟春燕", phone: "19800000022", act: "engagement", document: "业委会决议：聘请出纳" },
  { post: "accountant", name: "尹家明", phone: "19800000023", act: "engagement", document: "业委会决议：委托代理记账" },
];

/** The term of the first committee: five years that end a while after the second is elected. */
export const firstTerm = (secondSeatedOn: Day): { readonly fromOn: Day; readonly lastOn: Day } => {
  const lastOn = addDays(secondSeatedOn, 30);
  return { fromOn: addDays(addMonths(lastOn, -60), 1), lastOn };
};

/** `engagedOn`: the day on which the second committee's own treasurer and accountant begin. */
export function officersFrom(
  openedOn: Day,
  term: { readonly fromOn: Day; readonly lastOn: Day },
  engagedOn: Day,
): OfficerAsked[] {
  const spans: Record<Since, { readonly fromOn: Day; readonly lastOn?: Day }> = {
    first_committee: term,
    branch: { fromOn: addMonths(term.fromOn, -10) },
    set_up: { fromOn: openedOn },
    until_the_second: { fromOn: openedOn, lastOn: addDays(engagedOn, -1) },
  };
  return OFFICERS.map(({ since = "set_up", ...officer }) => ({ ...officer, ...spans[since] }));
}

/** The auditor's access is for a time: eighty days around today. */
export const auditorFrom = (today: Day): { readonly fromOn: Day; readonly lastOn: Day } => ({
  fromOn: addDays(today, -45),
  lastOn: addDays(today, 40),
});

// ——— Who stood ———

export interface DemoCandidate {
  readonly home: { readonly building: string; readonly room: string };
  readonly phone: string;
  /** The first names the person, any further one joins it. */
  readonly channels: readonly NominationChannel[];
  readonly occupation: string;
  readonly introduction: string;
  readonly ageBand: "18-35" | "36-50" | "51-65" | "66+";
  /** Of a hundred voters, about so many would mark this name if they had marks enough. */
  readonly liked: number;
  /** Said no when asked. */
  readonly declines?: boolean;
}

const home = (building: string, room: string) => ({ building, room });

/** Of the second election of 金桂苑, in the order they were named. */
export const CANDIDATES: readonly DemoCandidate[] = [
  {
    home: home("1栋", "0302"),
    phone: "19800000001",
    channels: ["community_party"],
    occupation: "退休中学教师",
    introduction:
      "任第一届业委会主任五年，主持了电梯年检和公共收益账目公开。若再次当选，先做两件事：每季度把收支和凭证摆出来；把地下车库的照明换成感应灯。",
    ageBand: "51-65",
    liked: 92,
  },
  {
    home: home("2栋", "0304"),
    phone: "19800000002",
    channels: ["residents_committee"],
    occupation: "社区医院护士",
    introduction: "住进来九年，熟悉二栋的老人和孩子。愿意负责邻里来访登记和无障碍坡道这件小事，一年之内做成。",
    ageBand: "36-50",
    liked: 88,
  },
  {
    home: home("1栋", "0501"),
    phone: "19800000003",
    channels: ["self"],
    occupation: "机电工程师",
    introduction: "懂电梯和水泵。第一届任内跟过六部电梯的维保合同，知道钱花在哪里值得，哪里不值得。",
    ageBand: "36-50",
    liked: 84,
  },
  {
    home: home("3栋", "0403"),
    phone: "19800000016",
    channels: ["joint"],
    occupation: "会计",
    introduction: "做了十二年企业会计。三栋二十几户邻居推我出来，只为一件事：把每一笔公共收益讲清楚。",
    ageBand: "36-50",
    liked: 80,
  },
  {
    home: home("2栋", "1002"),
    phone: "19800000005",
    channels: ["self"],
    occupation: "物流公司调度",
    introduction: "第一届委员，负责过门岗和车辆进出。希望把访客登记做得又快又不扰人。",
    ageBand: "36-50",
    liked: 76,
  },
  {
    home: home("3栋", "0902"),
    phone: "19800000004",
    channels: ["self", "residents_committee"],
    occupation: "退休统计员",
    introduction: "第一届副主任，管过两年档案。当选或者候补都愿意，把移交的三十一盒档案扫描完。",
    ageBand: "66+",
    liked: 74,
  },
  {
    home: home("3栋", "1202"),
    phone: "19800000017",
    channels: ["joint"],
    occupation: "园林技术员",
    introduction: "想把中庭荒了三年的花坛种回来，不多花钱，带着愿意动手的邻居一起种。",
    ageBand: "51-65",
    liked: 72,
  },
  {
    home: home("1栋", "1404"),
    phone: "19800000018",
    channels: ["self"],
    occupation: "自由职业",
    introduction: "在家办公，时间多，跑腿的事交给我。",
    ageBand: "18-35",
    liked: 24,
  },
  {
    home: home("2栋", "1501"),
    phone: "19800000024",
    channels: ["community_party"],
    occupation: "",
    introduction: "",
    ageBand: "36-50",
    liked: 0,
    declines: true,
  },
];

/** The head of the group that ran it, sent by the street. */
export const GROUP_HEAD = { name: "潘文斌", phone: "19800000019" } as const;

// ——— 银杏苑 ———

export const GINKGO_HEAD = { name: "姚文斌", phone: "19800000101" } as const;

export const ginkgoOfficers = (fromOn: Day): OfficerAsked[] => {
  const officers: readonly DemoOfficer[] = [
    { post: "preparatory_chair", ...GINKGO_HEAD, act: "appointment", document: "街道办关于成立筹备组的通知" },
    { post: "secretary", name: "沈月娥", phone: "19800000102", act: "engagement", document: "街道办聘用协议" },
    { post: "teller", name: "陆思远", phone: "19800000103", act: "resolution", document: "筹备组决议 1 号" },
    { post: "teller", name: "丁海燕", phone: "19800000104", act: "resolution", document: "筹备组决议 1 号" },
    { post: "supervisor", name: "任德成", phone: "19800000105", act: "appointment", document: "居委会委派" },
    { post: "branch_secretary", name: "苏开平", phone: "19800000106", act: "party_election", document: BRANCH },
    { post: "branch_member", name: "吕凤英", phone: "19800000107", act: "party_election", document: BRANCH },
    {
      post: "residents_officer",
      name: "何慧敏",
      phone: "19800000011",
      act: "appointment",
      document: "居委会分工 2025",
    },
    { post: "street_officer", name: "韩正明", phone: "19800000012", act: "appointment", document: "街道办分工 2025" },
  ];
  return officers.map((officer) => ({ ...officer, fromOn }));
};

/** Of the first election of 银杏苑. */
export const GINKGO_CANDIDATES: readonly DemoCandidate[] = [
  {
    home: home("1幢", "0301"),
    phone: "19800000111",
    channels: ["residents_committee"],
    occupation: "小学校工会主席",
    introduction: "接房时就在业主群里张罗漏水的事。成立业委会以后，先把物业费里包含什么讲明白。",
    ageBand: "36-50",
    liked: 82,
  },
  {
    home: home("2幢", "0502"),
    phone: "19800000112",
    channels: ["joint"],
    occupation: "审计事务所职员",
    introduction: "会看账。想把车位租金和电梯广告的钱一年公布四次。",
    ageBand: "36-50",
    liked: 77,
  },
  {
    home: home("1幢", "0802"),
    phone: "19800000113",
    channels: ["self"],
    occupation: "水电工",
    introduction: "楼里哪家水管怎么走我都清楚，公共维修少花冤枉钱。",
    ageBand: "51-65",
    liked: 74,
  },
  {
    home: home("2幢", "0901"),
    phone: "19800000114",
    channels: ["self"],
    occupation: "幼儿园教师",
    introduction: "关心儿童活动区和晚上的灯。",
    ageBand: "18-35",
    liked: 70,
  },
  {
    home: home("2幢", "1102"),
    phone: "19800000115",
    channels: ["community_party"],
    occupation: "退休公交司机",
    introduction: "退休了，有时间，跑街道跑部门不怕麻烦。",
    ageBand: "66+",
    liked: 66,
  },
  {
    home: home("1幢", "1001"),
    phone: "19800000116",
    channels: ["self"],
    occupation: "软件工程师",
    introduction: "可以帮大家把公示材料做得看得懂。",
    ageBand: "18-35",
    liked: 58,
  },
];

// ——— Whom one can be ———

/** The roles one can step into, in the order of the demo page. */
export const STAFF_ROLES: readonly (Bilingual & { readonly role: string; readonly post: PostKind })[] = [
  { role: "secretary", post: "secretary", zh: "业委会秘书", en: "Committee secretary" },
  { role: "chair", post: "committee_chair", zh: "业委会主任", en: "Committee chair" },
  { role: "deputy", post: "committee_deputy", zh: "业委会副主任", en: "Deputy chair" },
  { role: "member", post: "committee_member", zh: "业委会委员", en: "Committee member" },
  { role: "alternate", post: "committee_alternate", zh: "候补委员", en: "Alternate" },
  { role: "teller", post: "teller", zh: "计票人", en: "Teller" },
  { role: "supervisor", post: "supervisor", zh: "监督员", en: "Supervisor" },
  { role: "treasurer", post: "treasurer", zh: "出纳", en: "Treasurer" },
  { role: "accountant", post: "accountant", zh: "会计", en: "Accountant" },
  { role: "branch-secretary", post: "branch_secretary", zh: "小区党支部书记", en: "Branch secretary" },
  { role: "volunteer", post: "volunteer", zh: "扫楼志愿者", en: "Door-to-door volunteer" },
  { role: "residents-committee", post: "residents_officer", zh: "居委会工作人员", en: "Residents' committee officer" },
  { role: "street", post: "street_officer", zh: "街道办事处", en: "Street office" },
  { role: "auditor", post: "auditor", zh: "审计人员", en: "Auditor" },
];

/** Of 银杏苑, where a group prepares the first committee. */
export const GINKGO_ROLES: typeof STAFF_ROLES = [
  { role: "ginkgo-group", post: "preparatory_chair", zh: "筹备组组长", en: "Head of the preparatory group" },
  { role: "ginkgo-secretary", post: "secretary", zh: "筹备组秘书", en: "Secretary" },
  { role: "ginkgo-teller", post: "teller", zh: "计票人", en: "Teller" },
  { role: "ginkgo-branch", post: "branch_secretary", zh: "小区党支部书记", en: "Branch secretary" },
  { role: "ginkgo-street", post: "street_officer", zh: "街道办事处", en: "Street office" },
];
