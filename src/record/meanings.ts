/** What each kind of entry means, in words for a neighbour. Kinds themselves are chosen by the capability that records them. */
import type { Bilingual } from "../platform/i18n.ts";

export interface Meaning {
  readonly title: Bilingual;
  /** One or two sentences: what happened, and what the entry is good for. */
  readonly text: Bilingual;
}

const meaning = (zh: string, en: string, zhText: string, enText: string): Meaning => ({
  title: { zh, en },
  text: { zh: zhText, en: enText },
});

/** In the course of things, not of the alphabet. A test looks for kinds that are recorded somewhere and missing here. */
export const MEANINGS: Readonly<Record<string, Meaning>> = {
  "community.opened": meaning(
    "小区开册",
    "Record opened",
    "本小区的公开记录从这一条开始。",
    "This community's record begins with this entry.",
  ),
  "settings.changed": meaning(
    "规则设置变更",
    "Settings changed",
    "会议规则的设置改了：哪一项、从什么改成什么、依据议事规则哪一条。已经公告的会议不受影响。",
    "A rule for meetings was set anew: which, from what to what, on which clause. Meetings already announced keep theirs.",
  ),
  "witness.registered": meaning(
    "登记见证人",
    "Witness registered",
    "登记了一位见证人的公钥。见证人在检查点上再签一次名，证明大家看到的是同一本记录。",
    "The key of a witness was registered. Witnesses sign checkpoints too, so that everyone sees one and the same record.",
  ),
  "body.formed": meaning(
    "设立组织",
    "Body formed",
    "登记了一个组织和它的职务，例如业主委员会、居民委员会或小区党支部。",
    "A body and its posts were entered, such as the owners' committee or the residents' committee.",
  ),
  "office.taken": meaning(
    "任职",
    "Office taken",
    "有人从某日起担任一个职务。姓名只留密封值，凭哪份文件任职也一并密封。",
    "Someone holds a post from a day on. The name stands here sealed, as does the document it rests on.",
  ),
  "office.proposed": meaning(
    "任职事项待第二人确认",
    "Act of office proposed",
    "有人提出一项任命，或更换一位任职者的登录号码。七天内由第二个人确认才生效。",
    "An appointment, or a change of an officer's number, was proposed. It takes effect only when a second person confirms it within seven days.",
  ),
  "office.confirmed": meaning(
    "任职事项经第二人确认",
    "Act of office confirmed",
    "第二个人向本人核实后确认，或本人凭旧号码的验证码确认，从此生效。",
    "A second person asked the one concerned and confirmed it, or they did with a code sent to their old number. It is in force from here on.",
  ),
  "office.refused": meaning(
    "任职事项被拒绝或撤回",
    "Act of office refused",
    "提出的任职事项被拒绝或撤回，没有生效。",
    "What was proposed was refused or taken back and never took effect.",
  ),
  "office.left": meaning(
    "离任",
    "Office left",
    "一个任期在某日结束，写明是辞职、届满、罢免还是其他。",
    "A term ended on a day: by resignation, at its end, by recall, or otherwise.",
  ),
  "office.number_changed": meaning(
    "任职者更换联系号码",
    "Officer's number changed",
    "任职者登录用的号码换了。号码本身不在记录里。",
    "The number an officer signs in with was changed. The number itself is not in the record.",
  ),
  "roll.imported": meaning(
    "导入名册",
    "Roll imported",
    "名册按表格导入或更新。记录里只有总校验值，没有姓名和电话。",
    "The roll was imported or updated from a table. The record has its root hash, no names or numbers.",
  ),
  "roll.changed": meaning(
    "名册变更",
    "Roll changed",
    "名册自某日起有一处变更：买卖、继承、分户或更正。以前的内容保留，可以查回。",
    "The roll changed from a day on: a sale, an inheritance, a split or a correction. What stood before is kept.",
  ),
  "roll.frozen": meaning(
    "冻结名册",
    "Roll frozen",
    "为一次会议冻结名册。人数和面积以这份名册为准，每位业主可以核对自己的一行确实在内。",
    "The roll was frozen for a meeting. Owners and areas are counted on it, and each owner can prove their own line is in it.",
  ),
  "roll.designated": meaning(
    "推定代表",
    "Designated co-owner",
    "共有人推定了由谁投票，或改换了人选。姓名只留密封值。",
    "Co-owners settled which of them votes, or changed it. The name stands here sealed.",
  ),
  "roll.revealed": meaning(
    "查看个人信息",
    "Personal data read",
    "有职务的人为写明的事由查看了一位业主的个人信息。看过就留痕，内容不在记录里。",
    "An officer looked at one owner's personal data for a stated reason. That is written down; what they saw is not here.",
  ),
  "roll.exported": meaning(
    "导出名册",
    "Roll exported",
    "有职务的人为写明的事由导出了名册。导出就留痕，内容不在记录里。",
    "An officer exported the roll for a stated reason. That is written down; what it holds is not here.",
  ),
  "roll.objection_made": meaning(
    "对名册提出异议",
    "Objection to the roll",
    "有业主认为冻结的名册有误，必须核实答复。",
    "An owner holds that the frozen roll is wrong. It must be checked and answered.",
  ),
  "roll.objection_answered": meaning(
    "答复名册异议",
    "Objection to the roll answered",
    "对名册异议作了核实和答复；成立的，名册随之更正。",
    "An objection to the roll was checked and answered; where it was right, the roll was corrected.",
  ),
  "roll.corrected": meaning(
    "更正冻结名册",
    "Frozen roll corrected",
    "冻结的名册经核实更正了一处，写明理由。",
    "The frozen roll was corrected after a check, with the reason.",
  ),
  "owner.card_issued": meaning(
    "发出业主登录卡",
    "Owner's card issued",
    "给一位没有登记手机号的业主打印了登录卡，写明由谁打印、第几张。卡上的代码不在记录里。",
    "A card to sign in with was printed for an owner without a number on the roll: by whom, and which it is. Its code is not in the record.",
  ),
  "owner.card_revoked": meaning(
    "停用业主登录卡",
    "Owner's card revoked",
    "一张业主登录卡停用了，写明由谁停用、为什么。用它登录的都已退出。",
    "An owner's card was revoked: by whom and why. Whoever had signed in by it is signed out.",
  ),
  "petition.opened": meaning(
    "登记业主提议",
    "Petition entered",
    "有业主联名提议召开会议，从这一刻起登记签名。",
    "Owners ask for a meeting together. Signatures are entered from here on.",
  ),
  "petition.signed": meaning(
    "登记提议签名",
    "Petition signed",
    "登记了一位业主的签名。是谁签的只留密封值，一位业主只算一次。",
    "One owner's signature was entered. Who it was stands here sealed; each owner counts once.",
  ),
  "petition.convened": meaning(
    "依业主提议起草会议",
    "Meeting begun on a petition",
    "签名达到法定比例，业委会据此起草会议。写明签了多少人、多少面积，一共多少。",
    "Enough had signed, and the committee began the meeting it owes them: how many and how much area, of how many.",
  ),
  "meeting.drafted": meaning(
    "起草会议",
    "Meeting drafted",
    "起草或修改了会议草案。公告以前可以修改，公告以后固定。",
    "A meeting was drafted, or its draft changed. It can change until notice is given, not after.",
  ),
  "meeting.reminded": meaning(
    "提醒未投票的业主",
    "Reminder sent",
    "只向还没有投票的业主发出提醒。",
    "A reminder went out, only to owners who had not voted.",
  ),
  "meeting.notice_given": meaning(
    "发出会议公告",
    "Notice given",
    "业主大会会议的公告。议题、规则、名册和期限从此固定，改动必须另行公告。",
    "Notice of an owners' meeting. Items, rules, roll and dates are fixed from here on; a change needs a public amendment.",
  ),
  "meeting.amended": meaning(
    "修改会议公告",
    "Notice amended",
    "公告有修改：改了什么、为什么、由谁改。需要重新计期的已重新计期。",
    "The notice was amended: what, why and by whom. Periods that must begin anew did.",
  ),
  "meeting.extended": meaning(
    "表决延期",
    "Voting extended",
    "在截止之前公开延长了表决时间，写明理由。",
    "Voting was extended, publicly and before its end, with the reason.",
  ),
  "meeting.opened": meaning(
    "表决开始",
    "Voting opened",
    "从这一刻起可以投票。",
    "Ballots could be cast from this moment.",
  ),
  "meeting.closed": meaning(
    "表决截止",
    "Voting closed",
    "从这一刻起不再收票。",
    "No ballot was taken after this moment.",
  ),
  "meeting.counting_began": meaning(
    "开始计票",
    "Counting began",
    "开始计票，并写明收到多少票。此后到达的票一律拒收。",
    "Counting began on the number of ballots given. Any ballot that came later was refused.",
  ),
  "meeting.counted": meaning(
    "计票",
    "Counted",
    "按冻结的名册计票的结果，人数和面积两项都精确到最小单位。",
    "The count on the frozen roll, exact on both axes.",
  ),
  "meeting.published": meaning(
    "公布结果",
    "Result published",
    "公布计票结果和每一项通过或不通过的理由。",
    "The result was published, with the reason for each line.",
  ),
  "meeting.objection_made": meaning(
    "提出异议",
    "Objection made",
    "有人对公告或结果提出异议，必须答复。",
    "Someone objected to the notice or the result. It must be answered.",
  ),
  "meeting.objection_answered": meaning(
    "答复异议",
    "Objection answered",
    "对异议作出了答复。",
    "An objection was answered.",
  ),
  "meeting.final": meaning(
    "结果确定",
    "Result final",
    "异议期满，结果确定。",
    "The period for objections is over and the result stands.",
  ),
  "meeting.withdrawn": meaning(
    "撤回会议",
    "Meeting withdrawn",
    "召集人撤回了会议，写明理由。",
    "The convener withdrew the meeting, with the reason.",
  ),
  "meeting.annulled": meaning(
    "决定被撤销",
    "Decision annulled",
    "主管机关或法院撤销了决定，写明机关和文号。",
    "An authority or a court annulled the decision; which, and by which document.",
  ),
  "link.reissued": meaning(
    "重发表决链接",
    "Voting link re-issued",
    "给一户重新发了表决链接，旧链接当场作废。记下名册序号和原因，不记链接本身。",
    "A household was given a new voting link and the old one ended at once. The entry has the line of the roll and why, never the link.",
  ),
  "link.revoked": meaning(
    "作废表决链接",
    "Voting link revoked",
    "一户的表决链接作废了，记下名册序号和原因。",
    "A household's voting link was ended; the entry has the line of the roll and why.",
  ),
  "delivery.recorded": meaning(
    "登记送达",
    "Delivery recorded",
    "登记了哪些户已经当面交付、邮寄或张贴公告，由谁登记。这是送达的凭据。",
    "Who was handed, posted or shown the notice was recorded, and by whom: the proof of service.",
  ),
  "paper.received": meaning(
    "收到一张纸质表决票",
    "Paper ballot received",
    "一张纸质表决票由第一个人录入，等第二个人不看前一次结果再录一遍。",
    "A ballot on paper was keyed in by one person and waits for a second who does not see the first reading.",
  ),
  "paper.unsigned": meaning(
    "纸质表决票没有签名",
    "Paper ballot without a signature",
    "两个人都读出这张票没有业主签名，按规则不算参与表决。",
    "Two people read it as unsigned; by the rules it does not take part.",
  ),
  "paper.disputed": meaning(
    "纸质表决票读法不一",
    "Paper ballot read differently",
    "三个人读出三种结果，这张票没有计入，要由监督计票的人处理。",
    "Three people read it three ways; it was not counted and is left to those who supervise the count.",
  ),
  "paper.set_aside": meaning(
    "纸质表决票不计",
    "Paper ballot set aside",
    "这一户已经有一张有效的表决票，后到的纸质票只留档，不重复计。",
    "The household has a ballot that stands already; the later paper is kept and not counted twice.",
  ),
  "proxy.recorded": meaning(
    "登记委托",
    "Proxy recorded",
    "一位业主书面委托他人投票，登记了范围和期限。双方姓名只留密封值。",
    "An owner authorised someone in writing; scope and term were recorded. Names are sealed.",
  ),
  "proxy.revoked": meaning(
    "撤回委托",
    "Proxy revoked",
    "委托在使用之前撤回了，由业主本人投票。",
    "An authorisation was taken back before it was used; the owner votes in person.",
  ),
  "ballot.cast": meaning(
    "收到一张表决票",
    "Ballot cast",
    "一位业主投了票。记录里有名册序号、人数和面积，投了什么只留密封值，本人凭回执可以核对。",
    "An owner voted. The entry has the line of the roll and its weight; the choice is sealed, and its owner can check it with the receipt.",
  ),
  "mandate.begun": meaning(
    "新一届业委会就任",
    "Committee takes office",
    "新一届业主委员会从某日到某日任职，有几个席位，由哪次选举产生。",
    "A committee holds office from a day to a day: with how many seats, and by which election.",
  ),
  "mandate.ended": meaning(
    "本届业委会提前结束",
    "Committee's term ended early",
    "本届业主委员会在期满之前结束，写明原因。",
    "A committee's term ended before its day, and why.",
  ),
};

const UNKNOWN: Meaning = meaning(
  "其他事项",
  "Other",
  "这一类记录还没有写说明；原文在下面。",
  "This kind of entry has no explanation yet; its text stands below.",
);

export const meaningOf = (type: string): Meaning => (Object.hasOwn(MEANINGS, type) ? MEANINGS[type]! : UNKNOWN);

/** Words for the members of an entry that people meet most; others are shown as they stand. */
const KEYS: Readonly<Record<string, Bilingual>> = {
  at: { zh: "写入时间", en: "Written" },
  type: { zh: "类别代码", en: "Kind" },
  v: { zh: "格式版本", en: "Format version" },
  act: { zh: "依据", en: "Act" },
  areaDm2: { zh: "面积", en: "Area" },
  as: { zh: "以何身份", en: "As" },
  asOf: { zh: "以哪天为准", en: "As of" },
  ballots: { zh: "收到票数", en: "Ballots" },
  body: { zh: "组织编号", en: "Body" },
  by: { zh: "由谁", en: "By" },
  card: { zh: "第几张卡", en: "Card no." },
  change: { zh: "变更序号", en: "Change no." },
  changes: { zh: "变更内容", en: "Changes" },
  clause: { zh: "依据条款", en: "Clause" },
  closesAt: { zh: "截止时间", en: "Closes" },
  commitment: { zh: "密封的选择", en: "Sealed choice" },
  counted: { zh: "计入的房屋种类", en: "Kinds counted" },
  district: { zh: "区县", en: "District" },
  document: { zh: "文件（密封值）", en: "Document (sealed)" },
  edition: { zh: "版次", en: "Edition" },
  from: { zh: "自", en: "From" },
  holder: { zh: "任职者（密封值）", en: "Holder (sealed)" },
  items: { zh: "议题", en: "Items" },
  kind: { zh: "种类", en: "Kind of it" },
  label: { zh: "名称", en: "Name" },
  meeting: { zh: "会议编号", en: "Meeting" },
  name: { zh: "名称", en: "Name" },
  no: { zh: "序号", en: "No." },
  note: { zh: "说明（密封值）", en: "Note (sealed)" },
  opensAt: { zh: "开始时间", en: "Opens" },
  owners: { zh: "人数", en: "Owners" },
  petition: { zh: "提议编号", en: "Petition" },
  subject: { zh: "提议的事项", en: "What is asked for" },
  signed: { zh: "已签名", en: "Signed" },
  total: { zh: "全体", en: "Of all" },
  byHeads: { zh: "按人数达到20%", en: "20 % by owners" },
  byHeadsAndArea: { zh: "按人数和面积都达到20%", en: "20 % by owners and by area" },
  party: { zh: "业主编号", en: "Owner" },
  post: { zh: "职务编号", en: "Post" },
  posts: { zh: "职务", en: "Posts" },
  restarted: { zh: "是否重新计期", en: "Period restarted" },
  roll: { zh: "名册版本", en: "Roll version" },
  proposal: { zh: "提出的事项编号", en: "Proposal" },
  root: { zh: "总校验值", en: "Root" },
  run: { zh: "第几次计票", en: "Count no." },
  snapshot: { zh: "冻结名册编号", en: "Snapshot" },
  street: { zh: "街道", en: "Street" },
  tenure: { zh: "任期编号", en: "Tenure" },
  tenures: { zh: "任期编号", en: "Tenures" },
  way: { zh: "确认方式", en: "Way" },
  to: { zh: "至", en: "To" },
  unit: { zh: "房屋编号", en: "Unit" },
  until: { zh: "到", en: "Until" },
  version: { zh: "第几版", en: "Version" },
  vkey: { zh: "公钥", en: "Public key" },
  voter: { zh: "名册序号", en: "Line of the roll" },
  why: { zh: "理由", en: "Why" },
};

export const keyWord = (key: string): Bilingual => (Object.hasOwn(KEYS, key) ? KEYS[key]! : { zh: key, en: key });

/** Whether a member is an instant in epoch ms, to be shown as a date. */
export const isInstantKey = (key: string): boolean => key === "at" || /[a-z]At$/.test(key);
