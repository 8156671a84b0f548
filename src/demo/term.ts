/** The second committee of 金桂苑 in office: what it files, whom it replaces, when it meets and what it resolves, each at its day by whoever does it. */
import { saveContact } from "../committee/contact/actions.ts";
import { recordEntity, recordSeal } from "../committee/entity/actions.ts";
import { recordFiling } from "../committee/filing/actions.ts";
import { addLine, openHandover, signLine } from "../committee/handover/actions.ts";
import type { HandoverKind } from "../committee/handover/rules.ts";
import { recordMandate } from "../committee/mandates/actions.ts";
import { giveSessionNotice, loadSession } from "../committee/sessions/actions.ts";
import { draftSession, saveItem } from "../committee/sessions/drafting.ts";
import { recordMinutes, signMinutes } from "../committee/sessions/minutes/actions.ts";
import type { Choice } from "../committee/sessions/minutes/rules.ts";
import { publishMinutes } from "../committee/sessions/resolutions/actions.ts";
import { leaveSeat, moveUp, viewStanding } from "../committee/standing/actions.ts";
import { listMandates } from "../elections/store.ts";
import { type Day, dayOf } from "../kernel/day.ts";
import { closingFen } from "../ledger/books/rules.ts";
import { listBooks, listMovements } from "../ledger/books/store.ts";
import { confirmAppointment } from "../offices/proposals/actions.ts";
import type { PostKind } from "../offices/rules.ts";
import { appoint } from "../offices/terms/actions.ts";
import { listPosts } from "../offices/terms/store.ts";
import type { Scene, StaffScene } from "../platform/scene.ts";
import { BANK } from "./money/bookkeeping.ts";
import { MONEY } from "./people.ts";
import { as, asNamed, asPerson, at, dayAt, HOUR_MS, must, type Seeding, scan, sceneAt, the } from "./seeding.ts";

/** The first committee's mandate, which began before the estate came here, as the document that elected it has it. */
export async function recordFirst(
  seeding: Seeding,
  slug: string,
  onDay: number,
  term: { readonly fromOn: Day; readonly lastOn: Day },
): Promise<string> {
  const street = await as(await sceneAt(seeding, slug, at(seeding, onDay, 10)), "street_officer");
  const asked = { number: "1", seats: "5", ...term, document: "第一届业主大会会议选举结果公告" };
  return must(await recordMandate(street, asked), "the first mandate").mandateId;
}

const AUTHORITY = "璧山区璧城街道办事处、璧山区住房和城乡建设委员会";

/** The committee as it stood the day before is filed with the authority. */
export async function file(seeding: Seeding, slug: string, onDay: number, receiptNo: string): Promise<string> {
  const scene = await as(await sceneAt(seeding, slug, at(seeding, onDay, 15)), "secretary");
  const asked = {
    asOf: dayAt(seeding, onDay - 1),
    filedOn: dayAt(seeding, onDay),
    authority: AUTHORITY,
    receiptNo,
    file: scan("备案回执.pdf"),
  };
  return must(await recordFiling(scene, asked, `demo-filing-${receiptNo}`), "a filing").filingId;
}

/** It becomes a legal person with an account in the assembly's name, and its seals are made. */
export async function register(seeding: Seeding, slug: string, onDay: number): Promise<string> {
  const scene = await as(await sceneAt(seeding, slug, at(seeding, onDay, 10)), "secretary");
  const { members } = await viewStanding(scene);
  const chair = the(members[0], "chair");
  const day = dayAt(seeding, onDay - 2);
  const asked = {
    form: "association",
    name: "璧山区金桂苑业主委员会",
    supervisingUnit: "璧山区璧城街道办事处",
    registrationAuthority: "璧山区民政局",
    creditCode: "51500120MJ000000XT",
    registeredOn: day,
    representativeTenureId: chair.tenureId,
    holderName: "璧山区金桂苑小区业主大会",
    bank: "重庆农村商业银行璧山支行",
    account: "6228 0000 1234 5678 901",
    changedOn: day,
    document: "社会团体法人登记证书、开户许可",
  };
  must(await recordEntity(scene, asked, 0, "demo-entity"), "the legal person");
  for (const [kind, keeper] of [
    ["assembly", chair.tenureId],
    ["committee", chair.tenureId],
  ] as const) {
    const seal = {
      sealId: null,
      kind,
      event: "made" as const,
      keeperTenureId: keeper,
      onDay: day,
      document: "公安机关刻制备案",
    };
    must(await recordSeal(scene, seal), "a seal");
  }
  const contact = { phone: "023-4140 0000", place: "1栋一楼物业用房业委会办公室", hours: "每周二、周六 19:00–21:00" };
  must(await saveContact(await as(scene, "committee_chair"), contact), "the office");
  return "";
}

// ——— Handing over ———

interface Line {
  readonly kind: HandoverKind;
  readonly what: string;
  readonly amountFen: number | null;
}

/** What goes over from one committee to the next; of the money what the last closed month of the books says. */
async function linesOf(scene: Scene): Promise<readonly Line[]> {
  const [books] = await scene.db.read(listBooks(scene));
  const through = the(books.find(({ book }) => book === "common")?.closedThrough, "closed month");
  const [moved] = await scene.db.read(listMovements(scene, "common", through, through));
  const bank = the(
    moved.find(({ account }) => account === BANK),
    "movement of the bank",
  );
  const what = `公共收益专户余额（${Number(through.slice(0, 4))}年${Number(through.slice(5))}月末），附银行对账单`;
  return [...PAPERS.slice(0, 2), { kind: "money", what, amountFen: closingFen(bank) }, ...PAPERS.slice(2)];
}

const paper = (kind: HandoverKind, what: string): Line => ({ kind, what, amountFen: null });
const PAPERS: readonly Line[] = [
  paper("records", "会议记录、决议、业主名册共 31 盒，附目录"),
  paper("seals", "业主大会、业主委员会印章各一枚"),
  paper("accounts", "专户网银密码器两个，公示平台管理员账号"),
  paper("contracts", "物业服务、电梯维保、租赁合同原件共 19 份"),
];

/** The first committee's list is opened the day after, and every line is signed by one who leaves and one who begins. */
export async function handOver(
  seeding: Seeding,
  slug: string,
  onDay: number,
  mandateId: string,
  sides: { readonly gives: string; readonly takes: string },
): Promise<string> {
  const scene = await sceneAt(seeding, slug, at(seeding, onDay, 10));
  const [mandates] = await scene.db.read(listMandates(scene));
  the(
    mandates.find((one) => one.mandateId === mandateId && one.untilAt <= scene.now),
    "ended first mandate",
  );
  const secretary = await as(scene, "secretary");
  const opened = must(await openHandover(secretary, { mandateId }, "demo-handover"), "a handover");
  const { handoverId } = opened;
  const lines = await linesOf(scene);
  for (const [index, line] of lines.entries()) {
    const added = await addLine(secretary, handoverId, { ...line, strikes: null }, `demo-handover-${index}`);
    must(added, "a line of a handover");
  }
  const signing = await sceneAt(seeding, slug, at(seeding, onDay + 2, 15));
  const [gives, takes] = [await asNamed(signing, sides.gives), await asNamed(signing, sides.takes)];
  for (const index of lines.keys()) {
    must(await signLine(gives, handoverId, index + 1, "gives"), "a signature of who leaves");
    must(await signLine(takes, handoverId, index + 1, "takes"), "a signature of who begins");
  }
  return handoverId;
}

// ——— A seat falls vacant ———

/** A member resigns, and a week later the first alternate moves up. */
export async function replace(seeding: Seeding, slug: string, onDay: number, leaves: string): Promise<string> {
  const secretary = await as(await sceneAt(seeding, slug, at(seeding, onDay, 10)), "secretary");
  const { members } = await viewStanding(secretary);
  const seat = members.find(({ name }) => name === leaves);
  if (seat) {
    const asked = {
      tenureId: seat.tenureId,
      act: "resignation",
      endsOn: dayAt(seeding, onDay),
      document: "本人书面辞呈：工作调往外地",
    };
    must(await leaveSeat(secretary, asked, "demo-leaves"), "leaving a seat");
  }
  const later = await as(await sceneAt(seeding, slug, at(seeding, onDay + 7, 10)), "secretary");
  const { alternates, members: left } = await viewStanding(later);
  const next = alternates[0];
  if (left.length === 5 || !next) return "";
  const moved = { tenureId: next.tenureId, document: "候补委员书面同意递补" };
  must(await moveUp(later, moved, "demo-moves-up"), "moving up");
  return "";
}

// ——— Appointments ———

async function postOf(scene: Scene, kind: PostKind): Promise<string> {
  const [posts] = await scene.db.read(listPosts(scene));
  return the(
    posts.find((post) => post.kind === kind),
    `post of ${kind}`,
  ).postId;
}

/** The secretary records that somebody took a post; where it takes two people, the chair confirms with the number they were given. */
export async function take(
  scene: StaffScene,
  officer: {
    readonly post: PostKind;
    readonly name: string;
    readonly phone: string;
    readonly act: string;
    readonly document: string;
  },
  days: { readonly fromOn: string; readonly lastOn: string } = { fromOn: dayOf(scene.now), lastOn: "" },
): Promise<void> {
  const { post, ...person } = officer;
  const asked = { postId: await postOf(scene, post), ...person, ...days };
  const { awaitsSecond, tenureId } = must(await appoint(scene, asked, `demo-${post}-${person.phone}`), `the ${post}`);
  if (!awaitsSecond) return;
  const chair = await as({ ...scene, now: scene.now + 3 * HOUR_MS }, "committee_chair");
  must(await confirmAppointment(chair, tenureId, person.phone), `the second word on the ${post}`);
}

/** A treasurer and an accountant, by a resolution of the committee. */
export async function appointMoney(seeding: Seeding, slug: string, onDay: number): Promise<string> {
  const secretary = await as(await sceneAt(seeding, slug, at(seeding, onDay, 10)), "secretary");
  for (const officer of MONEY) await take(secretary, officer);
  return "";
}

// ——— Meetings of the committee ———

export interface DemoSession {
  readonly key: string;
  readonly title: string;
  readonly heldOn: number;
  readonly items: readonly { readonly title: string; readonly text: string; readonly votes?: readonly Choice[] }[];
  readonly text: string;
  /** How far it has come. */
  readonly until: "announced" | "being_signed" | "published";
}

export const SESSIONS: readonly DemoSession[] = [
  {
    key: "first-quarter",
    title: "业委会第二届第二次会议",
    heldOn: -150,
    items: [
      {
        title: "聘请出纳、委托代理记账",
        text: "聘请孟春燕为兼职出纳，委托尹家明代理记账。两人互不兼任，也都不是委员的近亲属。",
      },
      {
        title: "公开公共收益专户的办法",
        text: "每季度第一个月十日前，在公告栏和本平台公布上一季度收支明细和银行对账单。",
        votes: ["for", "for", "for", "for", "abstain"],
      },
    ],
    text: "五名委员全部到会。会上核对了第一届移交清单，逐项表决了两项议题。",
    until: "published",
  },
  {
    key: "autumn",
    title: "业委会第二届第三次会议",
    heldOn: -40,
    items: [
      {
        title: "秋季公共设施检查安排",
        text: "由两名委员会同物业公司检查消防栓、屋面排水和儿童活动区，十日内公布问题清单和整改期限。",
      },
      {
        title: "中庭花坛补种",
        text: "从办公经费列支 2600 元购买苗木，业主志愿者补种，不另付人工费。",
        votes: ["for", "for", "for", "against", "abstain"],
      },
    ],
    text: "五名委员全部到会。对花坛补种，一名委员认为应当先修好喷灌管，投反对票。",
    until: "published",
  },
  {
    key: "signing",
    title: "业委会第二届第四次会议",
    heldOn: -1,
    items: [
      {
        title: "门禁更换的比选办法",
        text: "业主大会通过后，邀请三家单位报价，委员和监督员共同开封，比选过程全程记录。",
      },
    ],
    text: "五名委员全部到会。监督员列席。",
    until: "being_signed",
  },
  {
    key: "next",
    title: "业委会第二届第五次会议",
    heldOn: 6,
    items: [{ title: "四季度公共收益公布前的核对", text: "逐笔核对十月、十一月收入和支出凭证，确定公布的文本。" }],
    text: "",
    until: "announced",
  },
];

const NOTICE_DAYS = 8;

/** A meeting of the committee: drafted by the secretary, announced by the chair, recorded, signed by those present, published. */
export async function meet(seeding: Seeding, slug: string, session: DemoSession): Promise<string> {
  const { key, title, heldOn, items } = session;
  const place = "1栋一楼物业用房业委会办公室";
  const holdsAt = at(seeding, heldOn, 19);
  const drafting = await as(await sceneAt(seeding, slug, at(seeding, heldOn - NOTICE_DAYS - 1, 10)), "secretary");
  const drafted = await draftSession(drafting, { title, place, holdsAt }, `demo-session-${key}`);
  const { sessionId } = must(drafted, "a meeting of the committee");
  const rowNow = async (scene: Scene) => the(await loadSession(scene, sessionId), "meeting of the committee").row;
  for (const [index, { title: head, text }] of items.entries()) {
    const { version, state, items: kept } = await rowNow(drafting);
    if (state !== "draft" || JSON.parse(kept).length > index) continue;
    const item = {
      itemNo: index + 1,
      title: head,
      text,
      matter: 0 as const,
      authorisationId: "",
      caretakerMatter: "" as const,
      corrects: "",
    };
    must(await saveItem(drafting, sessionId, version, item), "an item of the committee's");
  }
  const chair = await as(await sceneAt(seeding, slug, at(seeding, heldOn - NOTICE_DAYS, 10)), "committee_chair");
  const before = await rowNow(chair);
  if (before.state === "draft") must(await giveSessionNotice(chair, sessionId, before.version), "its notice");
  if (session.until === "announced") return sessionId;

  const evening = await sceneAt(seeding, slug, holdsAt + 2 * HOUR_MS);
  const secretary = await as(evening, "secretary");
  const { members, alternates } = await viewStanding(secretary);
  const presences = [...members, ...alternates].map(({ personId }, index) => ({
    personId,
    present: index < members.length,
  }));
  const votes = items.flatMap((item, itemAt) =>
    members.map(({ personId }, index) => ({
      itemNo: itemAt + 1,
      personId,
      choice: item.votes?.[index] ?? ("for" as const),
      why: "",
    })),
  );
  const noticed = await rowNow(secretary);
  if (noticed.state === "noticed") {
    const minutes = { heldAt: holdsAt, text: session.text, presences, votes, version: noticed.version };
    must(await recordMinutes(secretary, sessionId, minutes, `demo-minutes-${key}`), "its minutes");
  }
  if ((await rowNow(secretary)).state !== "recorded") return sessionId;
  const signing = session.until === "published" ? members : members.slice(0, 3);
  for (const { personId } of signing) {
    const signed = await signMinutes(await asPerson(evening, personId), sessionId, {
      minutesVersion: 1,
      stance: "signed",
      remark: "",
    });
    if (!signed.ok && signed.error.reason !== "already_signed") must(signed, "a signature");
  }
  if (session.until !== "published") return sessionId;
  const morning = await as(await sceneAt(seeding, slug, holdsAt + 14 * HOUR_MS), "committee_chair");
  must(await publishMinutes(morning, sessionId, { minutesVersion: 1 }), "its resolutions");
  return sessionId;
}
