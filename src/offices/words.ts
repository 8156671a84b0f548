/** What bodies, posts, permissions and acts are called, in both languages. Words only; who may do what stands in rules.ts. */
import type { Permission } from "../platform/access.ts";
import type { Bilingual } from "../platform/i18n.ts";
import type { BodyKind, PostKind } from "./rules.ts";
import type { EndKind, TakeKind } from "./terms/rules.ts";

const say = (zh: string, en: string): Bilingual => ({ zh, en });

export const BODY_WORDS: Record<BodyKind, Bilingual> = {
  upper_body: say("上级机关", "Authority above the street"),
  street_party: say("街道党工委", "Street party working committee"),
  community_party: say("社区党委", "Neighbourhood party committee"),
  branch: say("小区党支部", "Estate party branch"),
  party_group: say("楼栋党小组", "Building party group"),
  party_household: say("党员中心户", "Party member's household"),
  street_office: say("街道办事处", "Street office"),
  residents_committee: say("居民委员会", "Residents' committee"),
  grid: say("网格", "Grid"),
  building: say("楼栋", "Building"),
  committee: say("业主委员会", "Owners' committee"),
  preparatory_group: say("首次业主大会筹备组", "Preparatory group"),
  staff: say("秘书处", "Secretariat"),
  supervision: say("监督委员会", "Supervision"),
  provider: say("物业服务企业", "Property service provider"),
  audit: say("审计", "Audit"),
};

export const POST_WORDS: Record<PostKind, Bilingual> = {
  upper_liaison: say("联系领导", "Liaison of the authority above"),
  street_party_secretary: say("书记", "Secretary of the street party committee"),
  community_party_secretary: say("书记", "Secretary of the neighbourhood party committee"),
  branch_secretary: say("党支部书记", "Branch secretary"),
  branch_member: say("支部委员", "Branch committee member"),
  group_leader: say("党小组组长", "Group leader"),
  party_host: say("中心户负责人", "Host of the party household"),
  street_officer: say("街道经办人", "Street officer"),
  residents_officer: say("居委会工作人员", "Residents' committee officer"),
  grid_leader: say("网格长", "Grid leader"),
  grid_worker: say("网格员", "Grid worker"),
  building_steward: say("楼栋长", "Building steward"),
  entrance_steward: say("单元长", "Entrance steward"),
  committee_chair: say("主任", "Chair"),
  committee_deputy: say("副主任", "Deputy chair"),
  committee_member: say("委员", "Member"),
  committee_alternate: say("候补委员", "Alternate"),
  preparatory_chair: say("筹备组组长", "Head of the preparatory group"),
  preparatory_member: say("筹备组成员", "Member of the preparatory group"),
  secretary: say("秘书", "Secretary"),
  teller: say("计票人", "Teller"),
  treasurer: say("出纳", "Treasurer"),
  accountant: say("会计", "Accountant"),
  volunteer: say("楼栋志愿者", "Building volunteer"),
  supervisor: say("监督员", "Supervisor"),
  provider_manager: say("项目经理", "Project manager"),
  provider_staff: say("物业工作人员", "Provider's staff"),
  auditor: say("审计人员", "Auditor"),
};

export const PERMISSION_WORDS: Record<Permission, Bilingual> = {
  "roll.read": say("查看名册（电话、证件号打码）", "Read the roll (phone and ID numbers masked)"),
  "roll.write": say("导入和修改名册", "Import and change the roll"),
  "roll.reveal": say("查看完整电话（每次都留记录）", "See a phone number in full (every look is recorded)"),
  "meeting.read": say("查看会议的筹备材料", "Read a meeting's working papers"),
  "meeting.draft": say("起草会议、议题和公告", "Draft meetings, items and notices"),
  "meeting.approve": say("批准并发出会议公告", "Approve and issue a meeting's notice"),
  "meeting.deliver": say("送达表决链接和上门联系", "Deliver voting links and call at doors"),
  "paper.enter": say("录入纸质表决票", "Enter paper ballots"),
  "paper.confirm": say("独立复核纸质表决票", "Check paper ballots independently"),
  "proxy.record": say("登记书面委托", "Record written proxies"),
  "meeting.count": say("计票", "Count the votes"),
  "result.publish": say("公布结果", "Publish the result"),
  "objection.answer": say("答复异议", "Answer objections"),
  "meeting.annul": say("依法撤销业主大会的决定", "Annul a decision by authority of law"),
  "offices.manage": say("登记任职和离任、让他人退出登录", "Record who takes and leaves office; sign others out"),
  "settings.manage": say("按议事规则设定本小区的做法", "Set this community's practice by its rules of procedure"),
  "outbox.read": say("查看消息的发送情况", "See how messages were sent"),
  "audit.read": say("查看查阅、任职和登录的审计记录", "Read the audit of lookups, offices and sign-ins"),
  "duty.manage": say("安排责任清单：任务、牵头、期限", "Arrange duties: tasks, who leads, by when"),
  "duty.report": say("填报所在组织的任务进展", "Report on the duties of one's own body"),
  "ledger.read": { zh: "查看账簿和未过账的凭证", en: "Read the books, and vouchers not posted yet" },
  "ledger.draft": { zh: "填制凭证", en: "Draft vouchers" },
  "ledger.review": { zh: "复核凭证", en: "Review vouchers" },
  "ledger.approve": { zh: "审批大额凭证", en: "Approve vouchers above the limit" },
  "ledger.close": { zh: "结账", en: "Close periods" },
  "ledger.manage": { zh: "设立账簿和科目", en: "Open books and add accounts" },
  "fund.confirm": { zh: "确认维修资金的应急使用", en: "Confirm an emergency use of the maintenance fund" },
  "audit.engage": { zh: "审计立项", en: "Open an audit of the books" },
  "audit.work": {
    zh: "抽样、核对、提出审计发现、发表审计意见",
    en: "Sample, tick, record findings and give an opinion",
  },
  "audit.respond": { zh: "答复审计发现", en: "Answer an auditor's findings" },
  "election.call": { zh: "发起换届选举", en: "Call an election of the committee" },
  "election.prepare": { zh: "登记选举提名和资格材料", en: "Enter nominations and evidence of eligibility" },
  "election.decide": {
    zh: "主持选举：开放提名、认定资格、公布候选人",
    en: "Run an election: open nominations, decide eligibility, publish candidates",
  },
  "election.appeal": { zh: "处理候选资格申诉", en: "Decide appeals about eligibility" },
  "committee.call": say("召集业委会会议", "Call a meeting of the committee"),
  "committee.record": say(
    "记录业委会会议，登记备案和法人信息",
    "Take the committee's minutes; record filings and the legal person",
  ),
  "committee.sign": say("提议开会，在业委会会议记录上签字", "Ask for a meeting of the committee; sign its minutes"),
  "committee.publish": say("公布业委会会议记录和决议", "Publish the committee's minutes and resolutions"),
  "overlap.manage": say(
    "设定交叉任职的期望和互斥规则",
    "Set what is wished of cross-appointment and which posts exclude each other",
  ),
  "overlap.waive": say("批准不能兼任的例外（只限规则点名的职务）", "Waive such a rule, where the rule names the post"),
  "overlap.consent": say("登记支部成员公开姓名的单独同意", "Record a branch member's consent to be named"),
  "tender.read": { zh: "查看选聘的经办事项", en: "Read what is under way in a tender" },
  "tender.draft": { zh: "拟定选聘方案，经办选聘", en: "Draft a tender's scheme and prepare its steps" },
  "tender.decide": { zh: "发布选聘公告，推进和终止选聘", en: "Announce a tender, move it on, end it" },
  "tender.witness": { zh: "监督开标，处理投诉", en: "Witness the opening of bids, decide complaints" },
  "tender.inspect": { zh: "检查物业服务并记录", en: "Inspect the service and record it" },
};

/** How someone came to office. */
export const TAKE_WORDS: Record<TakeKind, Bilingual> = {
  owners_election: say("业主大会选举", "Elected by the owners' assembly"),
  members_choice: say("委员推选", "Chosen by the committee's members"),
  alternate_seated: say("候补递补", "Moved up from alternate"),
  party_election: say("党内选举", "Elected within the party"),
  residents_election: say("居民选举", "Elected by residents"),
  appointment: say("任命或指派", "Appointed or assigned"),
  resolution: say("会议决议", "By resolution"),
  engagement: say("聘用", "Engaged"),
  enlisted: say("志愿报名", "Volunteered"),
};

/** How someone left office. */
export const END_WORDS: Record<EndKind, Bilingual> = {
  resignation: say("辞职", "Resigned"),
  moved_up: say("递补为委员", "Moved up to a seat"),
  end_of_term: say("任期届满", "Term ended"),
  recall: say("罢免", "Recalled"),
  home_sold: say("不再是业主", "No longer an owner"),
  incapacity: say("丧失履职条件", "No longer able to serve"),
  dismissal: say("免职或解聘", "Dismissed"),
  death: say("去世", "Died"),
  correction: say("更正登记", "Record corrected"),
};
