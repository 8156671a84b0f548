/** The shapes of the committee's public calls, as zod schemas with their meaning in both languages. Not the answers. */
import { z } from "@hono/zod-openapi";
import { SESSION_STATES } from "../sessions/rules.ts";

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;
const instant = (description: string) =>
  said(z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/), description);
const day = (description: string) => said(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), description);
const hash = (description: string) => said(z.string().regex(/^[0-9a-f]{64}$/), description);
const link = (description: string) => said(z.url(), description);
const whole = (description: string) => said(z.int().min(0), description);

const Member = z
  .strictObject({
    name: said(z.string(), "委员的姓名公开 | Members of a committee are named in public"),
    post: said(z.string(), "职务 | The post"),
    standing: said(
      z.enum(["member", "alternate"]),
      "委员，或无表决权的候补 | A member, or an alternate without a vote",
    ),
    from: day("任期自 | In office from"),
    until: day("任期至；没有定的为空 | Last day; null where none is set").nullable(),
    leaf: hash("公开记录中的叶子 | Its leaf in the record"),
  })
  .openapi("CommitteeMember");

const Mandate = z
  .strictObject({
    number: said(z.int().min(1), "第几届 | Which committee it is"),
    seats: whole("席位，空缺也算 | Seats, vacant ones included"),
    from: day("任期自 | From"),
    until: day("最后一天 | Last day"),
    document: said(z.string(), "由哪份决定产生 | The decision it rests on"),
    leaf: hash("公开记录中的叶子 | Its leaf in the record"),
  })
  .openapi("CommitteeMandate");

const Filing = z
  .strictObject({
    about: said(z.enum(["election", "change"]), "选举，或成员变更 | The election, or a change of members"),
    on: day("发生之日 | When it happened"),
    dueOn: day("备案的最后一天 | Last day to file"),
    filedOn: day("递交之日；未备案为空 | Handed in; null while not filed").nullable(),
    state: z.enum(["open", "overdue", "filed", "filed_late"]),
  })
  .openapi("CommitteeFiling");

const Duty = z
  .strictObject({
    kind: said(
      z.enum(["change", "yearly_supervisor", "yearly_registrar"]),
      "变更登记；向业务主管单位、向登记机关的年度报告 | A registered change; the yearly report to the supervising unit, to the registrar",
    ),
    subject: whole("报告的年度，或变更的版次 | The year reported on, or the version of the change"),
    dueOn: day("最后一天 | Last day"),
    sentOn: day("报送之日 | Sent on").nullable(),
    state: z.enum(["open", "overdue", "sent", "sent_late"]),
  })
  .openapi("LegalPersonDuty");

const LegalPerson = z
  .strictObject({
    form: z.enum(["none", "association", "private_non_enterprise"]),
    name: z.string(),
    creditCode: said(z.string(), "统一社会信用代码 | Unified social credit code"),
    remarks: said(z.array(z.string()), "代码可疑之处 | What is doubtful about the code"),
    supervisingUnit: z.string(),
    registrationAuthority: z.string(),
    registeredOn: day("登记日期 | Registered on").nullable(),
    accountHolder: said(
      z.enum(["none", "assembly", "committee"]),
      "账户开在谁名下；账号不公开 | In whose name the account is; the number is not public",
    ),
    duties: z.array(Duty),
  })
  .openapi("LegalPerson");

export const Committee = z
  .strictObject({
    page: link("网页 | Its page"),
    mandate: said(Mandate.nullable(), "没有登记的为空 | null where none is recorded"),
    members: z.array(Member),
    vacant: whole("空缺的席位 | Vacant seats"),
    filings: z.array(Filing),
    legalPerson: said(LegalPerson.nullable(), "没有登记的为空 | null where nothing is recorded"),
    contact: z.strictObject({ phone: z.string(), place: z.string(), hours: z.string() }),
    earlier: z.array(Mandate),
    meetings: link("会议 | Its meetings"),
    resolutions: link("决议 | Its resolutions"),
  })
  .openapi("Committee");

const Paging = {
  page: said(z.int().min(1), "第几页，从1起 | Which page, from 1"),
  pages: said(z.int().min(1), "共几页 | How many pages"),
  total: whole("共几项 | How many in all"),
};

const Votes = z
  .strictObject({
    for: whole("同意 | In favour"),
    against: whole("反对 | Against"),
    abstain: whole("弃权 | Abstaining"),
    recused: whole("回避 | Recused"),
    whole: whole("全体 | The whole it is measured against"),
  })
  .openapi("CommitteeVotes");

export const Resolution = z
  .strictObject({
    year: z.int(),
    number: z.int().min(1),
    title: z.string(),
    text: z.string(),
    adoptedOn: day("通过之日 | Adopted on"),
    publishedAt: instant("公布 | Published"),
    meeting: said(z.int().min(1), "会议编号 | Number of the meeting"),
    item: z.int().min(1),
    votes: Votes,
    matter: said(
      z.int().min(0).max(9),
      "民法典第278条第一款第几项；0为都不属于 | Which matter of art. 278(1); 0 for none",
    ),
    corrects: said(z.string().nullable(), "更正的决议 | The resolution it corrects"),
    correctedBy: said(z.string().nullable(), "更正它的决议 | The resolution that corrects it"),
    leaf: hash("公开记录中的叶子 | Its leaf in the record"),
    page: link("网页 | Its page"),
  })
  .openapi("CommitteeResolution");
export const Resolutions = z
  .strictObject({ ...Paging, resolutions: z.array(Resolution) })
  .openapi("CommitteeResolutions");

const Item = z.strictObject({
  no: z.int().min(1),
  title: z.string(),
  text: z.string(),
  matter: z.int().min(0).max(9),
  outcome: said(z.enum(["carried", "lost"]).nullable(), "公布以前为空 | null before publication"),
  votes: Votes.nullable(),
});

export const Session = z
  .strictObject({
    number: z.int().min(1),
    mandate: said(z.int().min(1), "第几届 | Which committee"),
    title: z.string(),
    state: z.enum(SESSION_STATES),
    calledBy: said(z.enum(["chair", "members"]), "主任，或三分之一以上委员 | The chair, or a third of the members"),
    place: z.string(),
    holdsAt: instant("公告的时间 | Announced for").nullable(),
    noticedAt: instant("公告 | Announced").nullable(),
    publishedAt: instant("记录公布 | Minutes published").nullable(),
    quorum: said(
      z
        .strictObject({ present: whole("到会 | Present"), whole: whole("全体 | The whole"), met: z.boolean() })
        .nullable(),
      "公布以前为空 | null before publication",
    ),
    items: z.array(Item),
    minutes: said(z.string().nullable(), "会议记录；公布以前为空 | The minutes; null before publication"),
    page: link("网页 | Its page"),
  })
  .openapi("CommitteeMeeting");
export const Sessions = z
  .strictObject({
    ...Paging,
    meetings: z.array(
      Session.pick({
        number: true,
        title: true,
        state: true,
        calledBy: true,
        holdsAt: true,
        publishedAt: true,
        page: true,
      }),
    ),
  })
  .openapi("CommitteeMeetings");
