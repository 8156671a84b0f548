/** The shapes of the public API, as zod schemas with their meaning in both languages. Not the answers: those are written in answers.ts. */
import { z } from "@hono/zod-openapi";
import { CONVENERS } from "../meeting/rules.ts";
import { PUBLIC_STATES } from "../meeting/store.ts";
import { SETTING_NAMES } from "../settings/rules.ts";

const said = <S extends z.ZodType>(schema: S, description: string): S => schema.openapi({ description }) as S;

const instant = (description: string) =>
  said(z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/), description);
const hash = (description: string) => said(z.string().regex(/^[0-9a-f]{64}$/), description);
const day = (description: string) => said(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), description);
const link = (description: string) => said(z.url(), description);
const whole = (description: string) => said(z.int().min(0), description);

export const Weight = z
  .strictObject({
    owners: whole("业主人数 | Owners (heads)"),
    areaM2: said(
      z.string().regex(/^\d+\.\d{2}$/),
      "专有部分面积，平方米，十进制文本，两位小数 | Exclusive area in m² as decimal text with two decimals",
    ),
  })
  .openapi("Weight", {
    description: "两个轴上的数：人数和面积（民法典第278条） | A number on both axes of art. 278: owners and area",
  });

const State = said(z.enum(PUBLIC_STATES as [string, ...string[]]), "会议所处的阶段 | Where the meeting stands");
const Outcome = said(
  z.enum(["carried", "lost", "quorum_not_met", "cannot_be_decided"]),
  "通过；未通过；参与不足；不能判定 | What it came to",
);

export const Check = z
  .strictObject({
    rule: said(z.enum(["quorum", "approval"]), "参与，或同意 | Taking part, or being in favour"),
    axis: said(z.enum(["owners", "area"]), "人数，或面积 | By owners, or by area"),
    optionNo: said(
      z.int().nullable(),
      "同意的是哪个选项；参与的检查为空 | The option in favour of which; null for taking part",
    ),
    part: said(z.string(), "达到多少 | What there is"),
    whole: said(z.string(), "与多少相比 | What it is measured against"),
    threshold: said(z.enum(["2/3", "1/2", "3/4"]), "法定比例 | The fraction of the law"),
    strict: said(z.boolean(), "真：恰好等于不算 | true: reaching it exactly is not enough"),
    least: said(z.string(), "最少要多少 | The smallest part that would do"),
    holds: said(z.boolean(), "是否成立 | Whether it holds"),
  })
  .openapi("Check", { description: "一个不等式 | One inequality" });

const Paging = {
  page: said(z.int().min(1), "第几页，从1起 | Which page, from 1"),
  pages: said(z.int().min(1), "共几页 | How many pages"),
  total: whole("共几项 | How many in all"),
};

export const CommunityLine = z
  .strictObject({
    slug: said(z.string(), "地址中的名字 | Its name in addresses"),
    name: said(z.string(), "小区名称 | The estate's name"),
    page: link("网页 | Its page"),
    api: link("本接口中的地址 | Its address in this API"),
  })
  .openapi("CommunityLine");
export const Communities = z.strictObject({ ...Paging, communities: z.array(CommunityLine) }).openapi("Communities");

export const MeetingLine = z
  .strictObject({
    meetingId: z.string(),
    number: said(z.int().min(1), "会议编号 | Its number in the community"),
    title: z.string(),
    state: State,
    opensAt: instant("表决开始 | Voting opens"),
    closesAt: instant("表决截止 | Voting closes"),
    publishedAt: instant("结果公布 | Result published").nullable(),
    page: link("网页 | Its page"),
    api: link("本接口中的地址 | Its address in this API"),
  })
  .openapi("MeetingLine");
export const Meetings = z.strictObject({ ...Paging, meetings: z.array(MeetingLine) }).openapi("Meetings");

export const Community = z
  .strictObject({
    slug: z.string(),
    name: z.string(),
    district: z.string(),
    street: z.string(),
    address: z.string(),
    page: link("网页 | Its page"),
    openNow: said(z.array(MeetingLine), "正在表决的会议 | Meetings that are open"),
    meetings: link("会议列表 | The list of its meetings"),
    feed: link("Atom 订阅 | Atom feed"),
    calendar: link("日历 | Calendar (iCalendar)"),
    log: link("公开记录的检查点 | The checkpoint of its record (C2SP tlog-tiles)"),
    logKey: link("公开记录的验证公钥 | The key its record is signed with"),
  })
  .openapi("Community");

const Turnout = z.strictObject({
  participated: Weight,
  missing: said(Weight, "距三分之二还差多少 | What is missing to two thirds"),
});

const Option = z.strictObject({
  optionNo: z.int().min(1),
  role: said(z.enum(["for", "choice", "against", "abstain"]), "选项的性质 | What a mark beside it means"),
  label: z.string(),
});

export const Item = z
  .strictObject({
    itemNo: z.int().min(1),
    matter: said(
      z.int().min(1).max(9),
      "民法典第278条第一款的第几项 | Which of the nine matters of Civil Code art. 278(1)",
    ),
    title: z.string(),
    text: said(z.string(), "冻结的原文 | The text as it was frozen"),
    scope: said(
      z.strictObject({
        kind: z.enum(["estate", "buildings", "units"]),
        buildings: z.array(z.string()),
        units: whole("列出的专有部分数 | How many units are listed"),
      }),
      "由哪些业主决定 | Whose decision it is",
    ),
    question: z.strictObject({
      kind: z.enum(["yes_no_abstain", "choose_one", "approve_up_to"]),
      atMost: said(z.int().min(1), "最多可选几项 | How many may be marked"),
      options: z.array(Option),
    }),
    papers: z.array(
      z.strictObject({ name: z.string(), href: link("文件 | The file"), sha256: hash("校验值 | SHA-256") }),
    ),
    eligible: said(Weight, "有权决定的全部 | All who may decide"),
    least: said(Weight, "最少要有多少参与 | The least that must take part"),
    approval: said(
      z.enum(["1/2", "3/4"]),
      "参与者中同意的比例；1/2 须超过 | Share of those taking part; 1/2 must be exceeded",
    ),
    turnout: Turnout.nullable().openapi({ description: "表决开始以前为空 | null before voting opens" }),
  })
  .openapi("Item");

const Building = z.strictObject({ name: z.string(), eligible: Weight, participated: Weight });

const Event = z.strictObject({
  no: z.int().min(1),
  kind: z.string(),
  at: instant("时间 | When"),
  by: said(z.string(), "由哪个职务 | By which office"),
  title: z.string(),
  detail: z.string(),
  leaf: hash("公开记录中的叶子 | Its leaf in the record"),
});

const Objection = z.strictObject({
  no: z.int().min(1),
  about: z.enum(["notice", "result"]),
  wantsRecount: z.boolean(),
  madeAt: instant("提出 | Made"),
  dueOn: day("应答复日 | Answer due on"),
  answer: said(z.string().nullable(), "公开的答复 | The answer, in public words"),
  answeredAt: instant("答复 | Answered").nullable(),
});

export const Meeting = z
  .strictObject({
    meetingId: z.string(),
    number: z.int().min(1),
    title: z.string(),
    state: State,
    page: link("网页 | Its page"),
    convener: z.strictObject({ kind: z.enum(CONVENERS), cause: z.string() }),
    noticeAt: instant("公告 | Notice given"),
    opensAt: instant("表决开始 | Voting opens"),
    closesAt: instant("表决截止 | Voting closes"),
    countedAt: instant("计票 | Counted").nullable(),
    publishedAt: instant("公布 | Published").nullable(),
    finalAt: instant("确定 | Final").nullable(),
    ended: said(
      z.strictObject({ at: instant("时间 | When"), why: z.string() }).nullable(),
      "撤回或被撤销的时间和原因 | When and why it was withdrawn or annulled",
    ),
    items: z.array(Item),
    buildings: said(
      z.array(Building),
      "各楼栋的参与情况；表决开始以前为空 | Turnout by building; empty before voting opens",
    ),
    rules: said(
      z.record(
        z.enum(SETTING_NAMES as [string, ...string[]]),
        z.strictObject({ value: z.unknown(), clause: z.string() }),
      ),
      "冻结的规则和依据 | The frozen rules, each with its clause",
    ),
    roll: z.strictObject({
      asOf: day("冻结于 | Frozen as of"),
      version: z.int().min(1),
      total: Weight,
      root: hash("名册的默克尔根 | Merkle root of the roll"),
      leaf: hash("公开记录中的叶子 | Its leaf in the record"),
      objectionsUntil: instant("异议截止 | Objections until"),
      objections: whole("收到的异议 | Objections made"),
      openObjections: whole("未答复的异议 | Objections not answered"),
    }),
    edition: said(z.int().min(1), "公告的第几版 | Which edition of the notice is in force"),
    manifest: said(z.string(), "公告内容的原文（规范 JSON） | The exact content of the notice, canonical JSON"),
    manifestHash: hash("上述原文的 SHA-256 | SHA-256 of that text"),
    amendments: z.array(
      z.strictObject({
        edition: z.int().min(2),
        at: instant("时间 | When"),
        why: z.string(),
        manifestHash: hash("该版内容的 SHA-256 | SHA-256 of that edition"),
        leaf: hash("公开记录中的叶子 | Its leaf in the record"),
      }),
    ),
    objections: z.array(Objection),
    events: z.array(Event),
    result: said(z.url().nullable(), "结果的地址；公布以前为空 | Where the result is; null before it is published"),
  })
  .openapi("Meeting");

const ShownOption = z.strictObject({
  optionNo: said(z.int().min(1).nullable(), "合并显示的两项为空 | null for the two that are shown as one"),
  role: z.enum(["for", "choice", "against", "abstain", "not_in_favour"]),
  label: z.string(),
  votes: Weight,
});

const Deemed = z
  .strictObject({
    policy: z.string(),
    clause: said(z.string(), "依据的条款 | The clause it rests on"),
    added: said(
      Weight.nullable(),
      "另行计入的；参与不足20人时不公布 | What was added; not published where fewer than 20 took part",
    ),
    toOption: said(z.int().nullable(), "计入的选项 | The option it was added to"),
    outcome: Outcome,
    carried: z.array(z.int()),
    checks: said(z.array(Check).nullable(), "参与不足20人时不公布 | Not published where fewer than 20 took part"),
  })
  .openapi("Deemed", {
    description: "按议事规则推定的结果，与严格计票并列 | What the rules of procedure deem, beside the strict count",
  });

export const ItemResult = z
  .strictObject({
    itemNo: z.int().min(1),
    matter: z.int().min(1).max(9),
    title: z.string(),
    eligible: Weight,
    participated: Weight,
    missing: said(Weight, "距三分之二还差多少 | What was missing to two thirds"),
    options: said(
      z.array(ShownOption),
      "参与不足20人时，反对和弃权合并 | Where fewer than 20 took part, against and abstaining are one",
    ),
    checks: z.array(Check),
    outcome: Outcome,
    carried: said(z.array(z.int()), "通过的选项 | The options that carried"),
    deemed: Deemed.nullable(),
  })
  .openapi("ItemResult");

export const Result = z
  .strictObject({
    meetingId: z.string(),
    number: z.int().min(1),
    title: z.string(),
    state: State,
    page: link("网页 | Its page"),
    run: said(z.int().min(1), "第几次计票 | Which count this is"),
    why: said(z.string(), "复核的原因 | Why there was a recount"),
    countedAt: instant("计票 | Counted"),
    publishedAt: instant("公布 | Published"),
    objectionsUntil: instant("异议截止 | Objections until"),
    ballots: whole("有效表决票 | Ballots"),
    channels: z.array(z.strictObject({ channel: z.string(), ballots: whole("张数 | How many") })),
    buildings: z.array(Building),
    items: z.array(ItemResult),
    leaf: hash("公开记录中的叶子 | Its leaf in the record"),
    opening: said(
      z
        .strictObject({
          salt: said(z.string().regex(/^[0-9a-f]{32}$/), "十六进制，16字节 | Hex of 16 bytes"),
          results: said(z.unknown(), "承诺的内容 | What was committed to"),
        })
        .nullable(),
      "打开记录中“results”承诺：SHA-256(盐 ‖ 规范JSON)。有一项参与不足20人时不公布，否则反对和弃权就分得开了 | Opens the commitment `results` of the leaf: SHA-256(salt ‖ canonical JSON). Withheld where fewer than 20 took part in an item: it would tell against from abstaining",
    ),
    earlier: z.array(
      z.strictObject({
        run: z.int().min(1),
        publishedAt: instant("公布 | Published"),
        same: said(z.boolean(), "与现在的结果是否相同 | Whether it says the same as the result above"),
        leaf: hash("公开记录中的叶子 | Its leaf in the record"),
      }),
    ),
  })
  .openapi("Result");
