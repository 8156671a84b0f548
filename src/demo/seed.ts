/** Fills the demo through the product's own actions, a step a request, each at the day it would have happened. No table of the product is written by hand. */
import { runDue } from "../assembly/schedule/actions.ts";
import { saveSettings } from "../assembly/settings/actions.ts";
import { DEFAULT_RULES } from "../assembly/settings/rules.ts";
import { confirmImport, stageImport, viewImport } from "../community/import/actions.ts";
import { rollUp } from "../district/actions.ts";
import { dayOf, type Instant } from "../kernel/day.ts";
import type { MeetingId } from "../kernel/id.ts";
import { createCommunity, type OfficerAsked } from "../offices/setup/actions.ts";
import { openDirectory, sql } from "../platform/db.ts";
import type { Env } from "../platform/env.ts";
import { makeCheckpoint } from "../record/actions.ts";
import { keepTasks, takeIn, wish } from "./branch.ts";
import { fillPetition } from "./corner.ts";
import { announce, callIt, choose, type DemoElection, disband, nominate, seat, stand, voteOn } from "./election.ts";
import { type DemoMeeting, MEETINGS } from "./meetings.ts";
import { auditStep } from "./money/audit.ts";
import { regularStep } from "./money/regular.ts";
import { moneyStep } from "./money/steps.ts";
import {
  AUDITOR,
  auditorFrom,
  CANDIDATES,
  firstTerm,
  GINKGO_CANDIDATES,
  GINKGO_HEAD,
  GROUP_HEAD,
  ginkgoOfficers,
  officersFrom,
} from "./people.ts";
import { csvOf, type DemoRow, demoRows, ginkgoRows } from "./roll.ts";
import {
  as,
  at,
  DEMO_SLUG,
  dayAt,
  GINKGO_SLUG,
  homeOf,
  must,
  noteOf,
  type Seeding,
  type Step,
  sceneAt,
} from "./seeding.ts";
import { AWARDED_STEPS, BIDDING_STEPS, RATED_STEP } from "./tenders/steps.ts";
import { appointMoney, file, handOver, meet, recordFirst, register, replace, SESSIONS, take } from "./term.ts";
import { countAndPublish, giveNoticeOf, mostlyInFavour, vote } from "./voting.ts";

// A period that ends on a day off runs to the next working day: between the steps of an election lies more than a long holiday.
// The books begin up to eight quarters and a running one before today, and the estate's page before them.
const OPENED_ON = -850;
const GINKGO_OPENED_ON = -80;
/** Treasurer and accountant of the second committee begin. */
const MONEY_ON = -148;

// ——— The two estates ———

async function open(
  seeding: Seeding,
  day: number,
  community: { readonly name: string; readonly slug: string; readonly address: string },
  officers: readonly OfficerAsked[],
): Promise<string> {
  const asked = { key: `demo-${community.slug}`, street: "璧城街道", district: "璧山区", ...community, officers };
  must(await createCommunity(seeding.env, at(seeding, day, 9), asked), "set-up");
  return "";
}

async function importTheRoll(
  seeding: Seeding,
  slug: string,
  day: number,
  name: string,
  rows: readonly DemoRow[],
): Promise<string> {
  const now = at(seeding, day, 10);
  const scene = await as(await sceneAt(seeding, slug, now), "secretary");
  const file = { name, bytes: new TextEncoder().encode(csvOf(rows)) };
  const { jobId } = must(await stageImport(scene, file, dayOf(now)), "staging the roll");
  const view = await viewImport(scene, jobId);
  if (!view?.preview || view.preview.errors > 0)
    throw new Error(`demo: the roll has errors: ${JSON.stringify(view?.preview?.findings.slice(0, 3))}`);
  must(await confirmImport(scene, jobId, { version: view.preview.version, retire: [] }), "importing the roll");
  return "";
}

async function settle(seeding: Seeding): Promise<string> {
  const scene = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, OPENED_ON + 2, 10)), "committee_chair");
  const cited = {
    ...DEFAULT_RULES,
    proxyCap: { value: 3, clause: "议事规则第十八条：一名代理人至多代理三名业主" },
    unreturned: { value: "strict" as const, clause: "议事规则第二十一条：未交回表决票的，不计入已参与表决" },
    ballotReplaceable: { value: false, clause: "议事规则第十九条：表决票一经提交不得更改" },
  };
  must(await saveSettings(scene, cited, {}), "settings");
  return "";
}

// ——— The two elections ———

const SEATED_ON = -213;
const termOf = (seeding: Seeding) => firstTerm(dayAt(seeding, SEATED_ON));

/** Owners' representatives of a group: the first homes of the roll, who stand for nothing. */
const representatives = (rows: readonly DemoRow[], from: number) =>
  rows.slice(from, from + 3).map((row) => ({
    name: row.owner,
    phone: row.phone,
    part: "owners",
    isChair: false,
    home: homeOf(row),
  }));

const RESIDENTS = { name: "何慧敏", phone: "19800000011", part: "residents_committee", isChair: false, home: "" };
const RULES_CLAUSE = "《业主大会议事规则》第二十四条";

const SECOND: DemoElection = {
  key: "second",
  slug: DEMO_SLUG,
  kind: "renewal",
  cause: "第一届业主委员会任期将满",
  days: {
    calledOn: -305,
    groupOn: -303,
    nominationsOn: -283,
    decidedOn: -263,
    candidatesOn: -258,
    noticeOn: -255,
    opensOn: -233,
    closesOn: SEATED_ON - 1,
  },
  method: { alternatesMost: "2", supportersLeast: "10" },
  clause: RULES_CLAUSE,
  group: {
    document: "璧城街道关于成立金桂苑换届选举小组的通知",
    members: [{ ...GROUP_HEAD, part: "street", isChair: true, home: "" }, ...representatives(demoRows(), 1), RESIDENTS],
  },
  candidates: CANDIDATES,
  roll: demoRows(),
};

const FIRST_OF_GINKGO: DemoElection = {
  key: "ginkgo",
  slug: GINKGO_SLUG,
  kind: "founding",
  cause: "专有部分交付面积过半，业主书面要求成立业主大会",
  days: {
    calledOn: -75,
    groupOn: -73,
    nominationsOn: -53,
    decidedOn: -33,
    candidatesOn: -28,
    noticeOn: -21,
    opensOn: -3,
    closesOn: 7,
  },
  method: { alternatesMost: "2", supportersLeast: "8" },
  clause: "《业主大会议事规则（草案）》第十五条",
  group: {
    document: "璧城街道关于成立银杏苑首次业主大会会议筹备组的通知",
    members: [
      { ...GINKGO_HEAD, part: "street", isChair: true, home: "" },
      ...representatives(ginkgoRows(), 0),
      RESIDENTS,
    ],
  },
  candidates: GINKGO_CANDIDATES,
  roll: ginkgoRows(),
};

const electionSteps = (
  election: DemoElection,
  name: string,
  title: string,
  turnout: { readonly share: number; readonly onPaper: number },
): Step[] => {
  const { key } = election;
  const idOf = (seeding: Seeding): string => noteOf(seeding, `${key}-election`);
  const meetingId = (seeding: Seeding): MeetingId => noteOf(seeding, `${key}-meeting`) as MeetingId;
  return [
    {
      key: `${key}-election`,
      name: `${name}：发起，公布小组 / an election is called, its group published`,
      run: (seeding) => callIt(seeding, election),
    },
    {
      key: `${key}-names`,
      name: `${name}：提名、接受、申报 / names come in`,
      run: (seeding) => nominate(seeding, election, idOf(seeding)),
    },
    {
      key: `${key}-list`,
      name: `${name}：核对，公布候选人 / candidates are published`,
      run: (seeding) => stand(seeding, election, idOf(seeding)),
    },
    {
      key: `${key}-meeting`,
      name: `${name}：发出表决公告 / notice of its vote`,
      run: (seeding) => announce(seeding, election, idOf(seeding), title),
    },
    {
      key: `${key}-votes`,
      name: `${name}：投票 / its votes`,
      run: (seeding) =>
        voteOn(seeding, election, { electionId: idOf(seeding), meetingId: meetingId(seeding) }, turnout),
    },
  ];
};

/** The members choose who presides within seven days of their seats. */
async function chooseOfficers(seeding: Seeding): Promise<string> {
  const evening = at(seeding, SEATED_ON + 5, 19);
  await choose(seeding, DEMO_SLUG, evening, "committee_chair", "唐明德");
  await choose(seeding, DEMO_SLUG, evening + 1_800_000, "committee_deputy", "周素芬");
  await disband(seeding, DEMO_SLUG, SEATED_ON + 6);
  return "";
}

// ——— The meetings of 金桂苑 ———

const [FINISHED, OPEN, NOTICE] = MEETINGS as [DemoMeeting, DemoMeeting, DemoMeeting];
/** Of a hundred heads who can vote, so many have in each meeting. */
export const OPEN_SHARE = 52;
const FINISHED_SHARE = 88;
export const GINKGO_SHARE = 74;

const votesOf = (seeding: Seeding, meeting: DemoMeeting, share: number) =>
  vote(seeding, {
    slug: DEMO_SLUG,
    meetingId: noteOf(seeding, meeting.key) as MeetingId,
    roll: demoRows(),
    opensOn: meeting.opensOn,
    answers: mostlyInFavour(meeting.items),
    share,
  });

async function finish(seeding: Seeding): Promise<string> {
  const { closesOn, key } = FINISHED;
  await countAndPublish(seeding, DEMO_SLUG, { meetingId: noteOf(seeding, key) as MeetingId, closesOn });
  await runDue(await sceneAt(seeding, DEMO_SLUG, at(seeding, closesOn + 24, 9)));
  return "";
}

async function admitTheAuditor(seeding: Seeding): Promise<string> {
  const secretary = await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, -45, 12)), "secretary");
  await take(secretary, AUDITOR, auditorFrom(seeding.today));
  return "";
}

async function sign(seeding: Seeding): Promise<string> {
  for (const slug of [DEMO_SLUG, GINKGO_SLUG]) {
    const scene = await sceneAt(seeding, slug, at(seeding, 0, 0));
    await rollUp(scene);
    must(await makeCheckpoint(scene), "checkpoint");
  }
  return "";
}

const JINGUI = { name: "金桂苑", slug: DEMO_SLUG, address: "璧山区金桂路 1 号" } as const;
const GINKGO = { name: "银杏苑", slug: GINKGO_SLUG, address: "璧山区银杏路 18 号" } as const;

const STEPS: readonly Step[] = [
  {
    key: "opened",
    name: "成立小区，任命第一批任职人员 / the community and its offices",
    run: (seeding) =>
      open(
        seeding,
        OPENED_ON,
        JINGUI,
        officersFrom(dayAt(seeding, OPENED_ON), termOf(seeding), dayAt(seeding, MONEY_ON)),
      ),
  },
  {
    key: "roll",
    name: "导入 240 户名册 / a roll of 240 units",
    run: (seeding) => importTheRoll(seeding, DEMO_SLUG, OPENED_ON + 1, "金桂苑业主名册.csv", demoRows()),
  },
  { key: "settings", name: "设定议事规则 / settings with their clauses", run: settle },
  {
    key: "first-mandate",
    name: "登记第一届业委会 / the first committee's mandate",
    run: (seeding) => recordFirst(seeding, DEMO_SLUG, OPENED_ON + 3, termOf(seeding)),
  },
  // The first committee's part of the books: quarters that are over, with what followed, before its successors are seated.
  ...[0, 1, 2, 3, 4].map(moneyStep),
  ...electionSteps(SECOND, "第二届换届选举", "第二届业主委员会换届选举：业主大会会议", { share: 74, onPaper: 6 }),
  {
    key: "second-seated",
    name: "计票、公布、就任 / its count, and the seats",
    run: (seeding) => seat(seeding, SECOND, noteOf(seeding, "second-meeting") as MeetingId),
  },
  { key: "chosen", name: "委员推选主任、副主任，小组解散 / the members choose who presides", run: chooseOfficers },
  {
    key: "handover",
    name: "第一届移交 / the first committee hands over",
    run: (seeding) =>
      handOver(seeding, DEMO_SLUG, SEATED_ON + 2, noteOf(seeding, "first-mandate"), {
        gives: "罗建国",
        takes: "黄雅琴",
      }),
  },
  {
    key: "filed",
    name: "备案，登记法人 / filed, and a legal person",
    run: async (seeding) => {
      await file(seeding, DEMO_SLUG, SEATED_ON + 18, "璧城备〔2026〕7 号");
      return register(seeding, DEMO_SLUG, SEATED_ON + 28);
    },
  },
  moneyStep(5),
  {
    key: "session-1",
    name: "业委会开会、公布决议 / the committee meets and resolves",
    run: (seeding) => meet(seeding, DEMO_SLUG, SESSIONS[0]!),
  },
  {
    key: "money",
    name: "聘请出纳和会计 / a treasurer and an accountant",
    run: (seeding) => appointMoney(seeding, DEMO_SLUG, MONEY_ON),
  },
  {
    key: "vacancy",
    name: "委员辞职，候补递补，再备案 / a member resigns, an alternate moves up",
    run: async (seeding) => {
      await replace(seeding, DEMO_SLUG, -130, "冯志强");
      return file(seeding, DEMO_SLUG, -112, "璧城备〔2026〕15 号");
    },
  },
  {
    key: "branch",
    name: "支部增补支委，本人同意公开 / the branch takes a member in",
    run: async (seeding) => {
      await wish(seeding, DEMO_SLUG, -140);
      return takeIn(seeding, DEMO_SLUG, -118, { name: "周素芬", phone: "19800000002" }, "唐明德");
    },
  },
  moneyStep(6),
  // Their meeting comes before the year's own: meetings are numbered as they are drafted.
  ...AWARDED_STEPS,
  {
    key: "finished",
    name: "发出第一次会议的公告 / notice of the first meeting",
    run: (seeding) => giveNoticeOf(seeding, DEMO_SLUG, FINISHED),
  },
  {
    key: "finished-votes",
    name: "第一次会议投票 / its votes",
    run: (seeding) => votesOf(seeding, FINISHED, FINISHED_SHARE),
  },
  { key: "finished-result", name: "计票、公布 / its count and publication", run: finish },
  moneyStep(7),
  moneyStep(8),
  {
    key: "tasks",
    name: "支部十项任务 / the branch's ten tasks",
    run: (seeding) => keepTasks(seeding, DEMO_SLUG, -75),
  },
  {
    key: "session-2",
    name: "业委会再开会 / the committee meets again",
    run: (seeding) => meet(seeding, DEMO_SLUG, SESSIONS[1]!),
  },
  {
    key: "open",
    name: "发出第二次会议的公告 / notice of the second meeting",
    run: (seeding) => giveNoticeOf(seeding, DEMO_SLUG, OPEN),
  },
  {
    key: "open-votes",
    name: "第二次会议正在投票 / the votes so far",
    run: (seeding) => votesOf(seeding, OPEN, OPEN_SHARE),
  },
  {
    key: "notice",
    name: "发出维修表决的公告 / notice of a vote of one building",
    run: (seeding) => giveNoticeOf(seeding, DEMO_SLUG, NOTICE),
  },
  {
    key: "sessions-now",
    name: "业委会会议待签、待开 / minutes to sign, a meeting to come",
    run: async (seeding) => {
      await meet(seeding, DEMO_SLUG, SESSIONS[2]!);
      return meet(seeding, DEMO_SLUG, SESSIONS[3]!);
    },
  },
  RATED_STEP,
  ...BIDDING_STEPS,
  { key: "auditor", name: "审计人员限时查阅 / an auditor for a time", run: admitTheAuditor },
  auditStep,
  regularStep,
  {
    key: "petition",
    name: "业主正在提议 / a petition being signed",
    run: async (seeding) => fillPetition(await as(await sceneAt(seeding, DEMO_SLUG, at(seeding, -8, 15)), "secretary")),
  },
  {
    key: "ginkgo-opened",
    name: "第二个小区银杏苑 / a second community",
    run: (seeding) => open(seeding, GINKGO_OPENED_ON, GINKGO, ginkgoOfficers(dayAt(seeding, GINKGO_OPENED_ON))),
  },
  {
    key: "ginkgo-roll",
    name: "导入 60 户名册 / its roll of 60 units",
    run: (seeding) => importTheRoll(seeding, GINKGO_SLUG, GINKGO_OPENED_ON + 1, "银杏苑业主名册.csv", ginkgoRows()),
  },
  ...electionSteps(FIRST_OF_GINKGO, "银杏苑首次选举", "银杏苑首次业主大会会议：选举第一届业主委员会", {
    share: GINKGO_SHARE,
    onPaper: 2,
  }),
  { key: "signed", name: "签署公开记录 / the record is signed", run: sign },
];
export const SEED_STEPS = STEPS.length;

export interface SeedProgress {
  readonly done: boolean;
  readonly step: string;
  readonly at: number;
}

interface SeedRow {
  readonly step: number;
  readonly at: Instant;
  readonly note: string;
}

async function stepsDone(env: Env): Promise<SeedRow[]> {
  const directory = openDirectory(env);
  const [rows] = await directory.read(directory.all<SeedRow>(sql`SELECT step, at, note FROM demo_seed ORDER BY step`));
  return rows;
}

const notesOf = (rows: readonly SeedRow[]): ReadonlyMap<string, string> =>
  new Map(rows.flatMap(({ step, note }) => (STEPS[step] ? [[STEPS[step].key, note]] : [])));

/** What the steps noted, by their keys; null while the demo is not filled. */
export async function seededNotes(env: Env): Promise<ReadonlyMap<string, string> | null> {
  const rows = await stepsDone(env);
  return rows.length < SEED_STEPS ? null : notesOf(rows);
}

/** Does the next step of filling the demo and says which it was; `done` when there is none left. */
export async function seedNext(env: Env, now: Instant, origin: string): Promise<SeedProgress> {
  const rows = await stepsDone(env);
  const next = rows.length;
  const step = STEPS[next];
  if (!step) return { done: true, step: "", at: next };
  // The first step fixes the day all others are counted from: a seeding over midnight stays in one piece.
  const begun = rows[0]?.at ?? now;
  const note = await step.run({ env, origin, today: dayOf(begun), notes: notesOf(rows) });
  const directory = openDirectory(env);
  await directory.read(directory.run(sql`INSERT INTO demo_seed(step, at, note) VALUES (${next}, ${begun}, ${note})`));
  return { done: next + 1 === STEPS.length, step: step.name, at: next + 1 };
}
