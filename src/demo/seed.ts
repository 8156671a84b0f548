/** Fills the demo through the product's own actions, a step a request, each at the day it would have happened. No table of the product is written by hand. */
import { type Item, isInScope } from "../assembly/agenda/rules.ts";
import { castBallot } from "../assembly/ballots/actions.ts";
import type { Answer } from "../assembly/ballots/rules.ts";
import { countMeeting } from "../assembly/counting/actions.ts";
import { identify, linkAddress } from "../assembly/links/actions.ts";
import { listCurrentLinks } from "../assembly/links/store.ts";
import { giveNotice } from "../assembly/meeting/actions.ts";
import { createDraft, saveFrame, saveItem } from "../assembly/meeting/drafting.ts";
import { publishResult } from "../assembly/results/actions.ts";
import { runDue } from "../assembly/schedule/actions.ts";
import { saveSettings } from "../assembly/settings/actions.ts";
import { DEFAULT_RULES } from "../assembly/settings/rules.ts";
import { confirmImport, stageImport, viewImport } from "../community/import/actions.ts";
import { type FrozenUnitRow, findMeetingSnapshot, listSnapshotUnits, listVoters } from "../community/snapshot/store.ts";
import { addDays, dayOf, type Instant, startOf } from "../kernel/day.ts";
import type { MeetingId, PartyId, PersonId } from "../kernel/id.ts";
import type { Result } from "../kernel/result.ts";
import { type PostKind, permissionsOf } from "../offices/rules.ts";
import { createCommunity } from "../offices/setup/actions.ts";
import { appoint, holdersAsOf } from "../offices/terms/actions.ts";
import { listPosts } from "../offices/terms/store.ts";
import { findCommunity, openCommunity, openDirectory, sql } from "../platform/db.ts";
import type { Env } from "../platform/env.ts";
import type { Bilingual } from "../platform/i18n.ts";
import { sendDue } from "../platform/outbox/actions.ts";
import { keepAdapter } from "../platform/outbox/gateway.ts";
import { type Scene, type StaffScene, systemRandom } from "../platform/scene.ts";
import { keysOf } from "../platform/secrets.ts";
import { makeCheckpoint } from "../record/actions.ts";
import { cornerRole, fillPetition } from "./corner.ts";
import { type DemoMeeting, MEETINGS } from "./meetings.ts";
import { AUDITOR, auditorFrom, officersFrom, STAFF_ROLES } from "./people.ts";
import { type DemoRow, demoCsv, demoRows } from "./roll.ts";

export const DEMO_SLUG = "jingui";

const HOUR_MS = 3_600_000;
const OPENED_ON = -110;

/** What a step is given: today when the seeding began, so that all days hang together, and what earlier steps noted. */
interface Seeding {
  readonly env: Env;
  readonly origin: string;
  readonly today: string;
  readonly notes: ReadonlyMap<number, string>;
}
interface Step {
  readonly name: string;
  /** Returns what later steps need to know; told again for the same step after a crash, it finds its work done. */
  readonly run: (seeding: Seeding) => Promise<string>;
}

const at = ({ today }: Seeding, day: number, hour: number): Instant => startOf(addDays(today, day)) + hour * HOUR_MS;

function must<T>(result: Result<T, { reason: string }>, what: string): T {
  if (!result.ok) throw new Error(`demo: ${what}: ${JSON.stringify(result.error)}`);
  return result.value;
}

async function sceneAt(seeding: Pick<Seeding, "env" | "origin">, now: Instant): Promise<Scene> {
  const { env, origin } = seeding;
  const community = await findCommunity(env, DEMO_SLUG);
  if (!community) throw new Error("demo: the community is not there yet");
  const db = openCommunity(env, community, "primary");
  return { env, db, community, now, random: systemRandom, keys: keysOf(env), origin };
}

/** The scene of whoever holds the post, at an instant. */
async function as(scene: Scene, post: PostKind): Promise<StaffScene> {
  const holders = await holdersAsOf(scene, dayOf(scene.now));
  const holder = holders.find(({ postKind }) => postKind === post);
  if (!holder) throw new Error(`demo: nobody holds ${post} on ${dayOf(scene.now)}`);
  const own = holders.filter(({ personId }) => personId === holder.personId);
  const permissions = permissionsOf(own.map(({ postKind }) => postKind));
  const posts = own.map(({ postKind, title, body }) => ({ kind: postKind, title: title.zh, body: body.zh }));
  return {
    ...scene,
    actor: { personId: holder.personId, sessionId: "demo", name: holder.name, posts, permissions },
  };
}

const meetingOf = (seeding: Seeding, step: number): MeetingId => seeding.notes.get(step) as MeetingId;

async function openTheCommunity(seeding: Seeding): Promise<string> {
  const opened = at(seeding, OPENED_ON, 9);
  must(
    await createCommunity(seeding.env, opened, {
      key: "demo-jingui",
      name: "金桂苑",
      slug: DEMO_SLUG,
      street: "璧城街道",
      district: "璧山区",
      address: "璧山区金桂路 1 号",
      officers: officersFrom(dayOf(opened)),
    }),
    "set-up",
  );
  return "";
}

async function importTheRoll(seeding: Seeding): Promise<string> {
  const now = at(seeding, OPENED_ON + 1, 10);
  const scene = await as(await sceneAt(seeding, now), "secretary");
  const file = { name: "金桂苑业主名册.csv", bytes: new TextEncoder().encode(demoCsv()) };
  const { jobId } = must(await stageImport(scene, file, dayOf(now)), "staging the roll");
  const view = await viewImport(scene, jobId);
  if (!view?.preview || view.preview.errors > 0)
    throw new Error(`demo: the roll has errors: ${JSON.stringify(view?.preview?.findings.slice(0, 3))}`);
  must(await confirmImport(scene, jobId, { version: view.preview.version, retire: [] }), "importing the roll");
  return "";
}

async function settle(seeding: Seeding): Promise<string> {
  const scene = await as(await sceneAt(seeding, at(seeding, OPENED_ON + 2, 10)), "committee_chair");
  const cited = {
    ...DEFAULT_RULES,
    proxyCap: { value: 3, clause: "议事规则第十八条：一名代理人至多代理三名业主" },
    unreturned: { value: "strict" as const, clause: "议事规则第二十一条：未交回表决票的，不计入已参与表决" },
    ballotReplaceable: { value: false, clause: "议事规则第十九条：表决票一经提交不得更改" },
  };
  must(await saveSettings(scene, cited, {}), "settings");
  return "";
}

async function giveNoticeOf(seeding: Seeding, meeting: DemoMeeting): Promise<string> {
  const now = at(seeding, meeting.noticeOn, 10);
  const secretary = await as(await sceneAt(seeding, now - 26 * HOUR_MS), "secretary");
  const key = `demo-${meeting.key}`;
  const convener = { kind: "committee" as const, cause: meeting.cause };
  let saved = must(await createDraft(secretary, { title: meeting.title, convener }, `${key}-draft`), "draft");
  const { meetingId } = saved;
  for (const item of meeting.items)
    saved = must(
      await saveItem(secretary, { meetingId, version: saved.version, once: `${key}-item-${item.itemNo}` }, item),
      "item",
    );
  const frame = {
    title: meeting.title,
    convener,
    opensAt: at(seeding, meeting.opensOn, 9),
    closesAt: at(seeding, meeting.closesOn, 18),
  };
  saved = must(await saveFrame(secretary, { meetingId, version: saved.version, once: `${key}-frame` }, frame), "times");
  const chair = await as(await sceneAt(seeding, now), "committee_chair");
  must(await giveNotice(chair, meetingId, saved.version), "notice");
  await sendDue({ ...chair, now: now + HOUR_MS }, keepAdapter);
  return meetingId;
}

interface DemoVoter {
  readonly voterNo: number;
  readonly units: readonly FrozenUnitRow[];
  readonly row: DemoRow;
}

const placeOf = (unit: { building: string; entrance: string; room: string }): string =>
  [unit.building, unit.entrance, unit.room].join("/");

/** The heads of a meeting who can vote by themselves, with the row of the spreadsheet that knows their last four digits. */
async function votersOf(scene: Scene, meetingId: MeetingId): Promise<DemoVoter[]> {
  const [snapshots] = await scene.db.read(findMeetingSnapshot(scene, meetingId));
  const snapshotId = snapshots[0]?.snapshotId ?? "";
  const [units, voters] = await scene.db.read(
    listSnapshotUnits(scene, snapshotId),
    listVoters(scene, snapshotId, -1, 10_000),
  );
  const rows = new Map(demoRows().map((row) => [placeOf(row), row]));
  return voters
    .filter(({ votingPartyId }) => votingPartyId !== null)
    .flatMap(({ voterNo }): DemoVoter[] => {
      const own = units.filter((unit) => unit.voterNo === voterNo);
      const row = own.map((unit) => rows.get(placeOf(unit))).find((found) => found !== undefined);
      return row ? [{ voterNo, units: own, row }] : [];
    });
}

/** Mostly in favour, as such meetings go; spread by the voter's number, the same on every machine. */
function answersOf(items: readonly Item[], voter: DemoVoter): Answer[] {
  return items
    .filter(({ scope }) => voter.units.some((unit) => unit.counted === 1 && isInScope(scope, unit)))
    .map(({ itemNo, question }) => {
      const weight = (voter.voterNo * 37 + itemNo * 11) % 100;
      const last = question.options.length;
      const option =
        question.kind === "yes_no_abstain"
          ? weight < 84
            ? 1
            : weight < 94
              ? 2
              : 3
          : weight < 68
            ? 2
            : weight < 86
              ? 1
              : last;
      return { itemNo, options: [option] };
    });
}

const VOTING_DAYS = 2;
const VOTING_HOURS = 12;
/** Spread over the first days, from an hour after the opening at nine until the evening. */
const instantOf = (opens: Instant, part: number): Instant => {
  const hours = part * VOTING_DAYS * VOTING_HOURS;
  return opens + Math.floor((Math.floor(hours / VOTING_HOURS) * 24 + 1 + (hours % VOTING_HOURS)) * HOUR_MS);
};

/** Owners open their links, show who they are and vote, from the opening on, `share` of a hundred of them. */
async function vote(seeding: Seeding, meeting: DemoMeeting, meetingId: MeetingId, share: number): Promise<string> {
  const opens = at(seeding, meeting.opensOn, 9);
  await runDue(await sceneAt(seeding, opens));
  const voters = await votersOf(await sceneAt(seeding, opens), meetingId);
  const chosen = voters.filter(({ voterNo }) => (voterNo * 61) % 100 < share);
  const community = await sceneAt(seeding, opens);
  for (const [index, voter] of chosen.entries()) {
    const scene: Scene = { ...community, now: instantOf(opens, index / chosen.length) };
    const session = { meetingId, voterNo: voter.voterNo, generation: 1, factor: null };
    const factor = must(await identify(scene, session, voter.row.phone.slice(-4)), "identification");
    const evidence = { by: "link" as const, generation: 1, factor };
    const answers = answersOf(meeting.items, voter);
    must(
      await castBallot(scene, { meetingId, voterNo: voter.voterNo, answers, channel: "web", evidence }),
      "casting a ballot",
    );
  }
  return String(chosen.length);
}

async function countAndPublish(seeding: Seeding, meeting: DemoMeeting, meetingId: MeetingId): Promise<string> {
  const closed = at(seeding, meeting.closesOn, 18);
  await runDue(await sceneAt(seeding, closed));
  must(await countMeeting(await as(await sceneAt(seeding, closed + 15 * HOUR_MS), "teller"), meetingId), "counting");
  const chair = await as(await sceneAt(seeding, closed + 20 * HOUR_MS), "committee_chair");
  must(await publishResult(chair, meetingId, 1), "publishing");
  await runDue(await sceneAt(seeding, at(seeding, meeting.closesOn + 24, 9)));
  return "";
}

async function admitTheAuditor(seeding: Seeding): Promise<string> {
  const scene = await as(await sceneAt(seeding, at(seeding, -1, 12)), "committee_chair");
  const [posts] = await scene.db.read(listPosts(scene));
  const post = posts.find(({ kind }) => kind === "auditor");
  if (!post) throw new Error("demo: no post of an auditor");
  const { name, phone, act, document } = AUDITOR;
  const asked = { postId: post.postId, name, phone, act, document, ...auditorFrom(seeding.today) };
  must(await appoint(scene, asked, "demo-auditor"), "the auditor");
  return "";
}

async function sign(seeding: Seeding): Promise<string> {
  must(await makeCheckpoint(await sceneAt(seeding, at(seeding, 0, 0))), "checkpoint");
  return "";
}

const [FINISHED, OPEN, NOTICE] = MEETINGS as [DemoMeeting, DemoMeeting, DemoMeeting];
const STEP_OF = { finished: 3, open: 6, notice: 8 } as const;

const STEPS: readonly Step[] = [
  { name: "成立小区，任命第一批任职人员 / the community and its offices", run: openTheCommunity },
  { name: "导入 240 户名册 / a roll of 240 units", run: importTheRoll },
  { name: "设定议事规则 / settings with their clauses", run: settle },
  { name: "发出第一次会议的公告 / notice of the first meeting", run: (seeding) => giveNoticeOf(seeding, FINISHED) },
  { name: "第一次会议投票 / its votes", run: (seeding) => vote(seeding, FINISHED, meetingOf(seeding, 3), 88) },
  {
    name: "计票、公布 / its count and publication",
    run: (seeding) => countAndPublish(seeding, FINISHED, meetingOf(seeding, 3)),
  },
  { name: "发出第二次会议的公告 / notice of the second meeting", run: (seeding) => giveNoticeOf(seeding, OPEN) },
  { name: "第二次会议正在投票 / the votes so far", run: (seeding) => vote(seeding, OPEN, meetingOf(seeding, 6), 52) },
  { name: "发出维修表决的公告 / notice of a vote of one building", run: (seeding) => giveNoticeOf(seeding, NOTICE) },
  { name: "审计人员限时查阅 / an auditor for a time", run: admitTheAuditor },
  {
    name: "业主正在提议 / a petition being signed",
    run: async (seeding) => fillPetition(await as(await sceneAt(seeding, at(seeding, -8, 15)), "secretary")),
  },
  { name: "签署公开记录 / the record is signed", run: sign },
];
export const SEED_STEPS = STEPS.length;

export interface SeedProgress {
  readonly done: boolean;
  readonly step: string;
  readonly at: number;
}

/** Does the next step of filling the demo and says which it was; `done` when there is none left. */
export async function seedNext(env: Env, now: Instant, origin: string): Promise<SeedProgress> {
  const directory = openDirectory(env);
  const [rows] = await directory.read(
    directory.all<{ step: number; at: Instant; note: string }>(sql`SELECT step, at, note FROM demo_seed ORDER BY step`),
  );
  const next = rows.length;
  const step = STEPS[next];
  if (!step) return { done: true, step: "", at: next };
  // The first step fixes the day all others are counted from: a seeding over midnight stays in one piece.
  const today = dayOf(rows[0]?.at ?? now);
  const note = await step.run({ env, origin, today, notes: new Map(rows.map((row) => [row.step, row.note])) });
  await directory.read(
    directory.run(sql`INSERT INTO demo_seed(step, at, note) VALUES (${next}, ${rows[0]?.at ?? now}, ${note})`),
  );
  return { done: next + 1 === STEPS.length, step: step.name, at: next + 1 };
}

export interface DemoRole extends Bilingual {
  readonly role: string;
  readonly url: string;
  readonly lastFour?: string;
  readonly personId?: PersonId;
  /** Whose corner the role's button opens. */
  readonly partyId?: PartyId;
}

/** Everyone one can be in the demo, with the link to begin at. */
export async function listDemoRoles(scene: Scene): Promise<DemoRole[]> {
  const { origin, community } = scene;
  const base = `${origin}/c/${community.slug}`;
  const directory = openDirectory(scene.env);
  const [rows] = await directory.read(
    directory.all<{ step: number; note: string }>(sql`SELECT step, note FROM demo_seed`),
  );
  const meetingIds = new Map(
    Object.entries(STEP_OF).map(([key, step]) => [key, rows.find((row) => row.step === step)?.note as MeetingId]),
  );
  const open = meetingIds.get("open");
  if (!open || rows.length < SEED_STEPS) return [];
  const roles: DemoRole[] = [
    { role: "public", zh: "路过的人（公开页面）", en: "A stranger (public pages)", url: base },
    {
      role: "meeting-open",
      zh: "正在投票的会议",
      en: "The meeting that is open",
      url: `${base}/meetings/${open}`,
    },
    {
      role: "meeting-finished",
      zh: "已有结果的会议",
      en: "The meeting with a result",
      url: `${base}/meetings/${meetingIds.get("finished")}`,
    },
    {
      role: "meeting-notice",
      zh: "公告期的会议",
      en: "The meeting in notice",
      url: `${base}/meetings/${meetingIds.get("notice")}`,
    },
    ...(await ownerRoles(scene, open)),
  ];
  const holders = await holdersAsOf(scene, dayOf(scene.now));
  for (const { role, post, zh, en } of STAFF_ROLES) {
    const holder = holders.find(({ postKind }) => postKind === post);
    if (holder)
      roles.push({
        role,
        zh: `${zh} ${holder.name}`,
        en: `${en} ${holder.name}`,
        url: `${origin}/demo/as/${role}`,
        personId: holder.personId,
      });
  }
  return roles;
}

/** Three owners who have not voted in the open meeting yet when it was filled: one flat, several units, a company. */
async function ownerRoles(scene: Scene, meetingId: MeetingId): Promise<DemoRole[]> {
  const voters = await votersOf(scene, meetingId);
  const silent = voters.filter(({ voterNo }) => (voterNo * 61) % 100 >= 52);
  const single = silent.find(({ units, row }) => units.length === 1 && row.kind === "住宅" && row.coOwners === "");
  const second = silent.find((voter) => voter !== single && voter.units.length === 1 && voter.row.kind === "住宅");
  const several = silent.find(({ row }) => row.owner === "黄永福") ?? voters.find(({ row }) => row.owner === "黄永福");
  const company = voters.find(({ row }) => row.ownerKind === "法人");
  const shown: readonly (readonly [string, Bilingual, DemoVoter | undefined])[] = [
    ["owner", { zh: "业主（一套住宅，未投票）", en: "An owner (one flat, has not voted)" }, single],
    ["owner-2", { zh: "另一位业主（未投票）", en: "Another owner (has not voted)" }, second],
    ["owner-many", { zh: "有多套房产的业主", en: "An owner of several units" }, several],
    ["owner-company", { zh: "公司业主", en: "A company that owns shops" }, company],
  ];
  const found = shown.filter((one): one is readonly [string, Bilingual, DemoVoter] => one[2] !== undefined);
  const [links] = await scene.db.read(
    listCurrentLinks(
      scene,
      meetingId,
      found.map(([, , { voterNo }]) => voterNo),
    ),
  );
  const byLink = found.flatMap(([role, { zh, en }, { voterNo, row }]): DemoRole[] => {
    const link = links.find((one) => one.voterNo === voterNo);
    if (!link) return [];
    const where = `${row.building}${row.room}`;
    return [
      {
        role,
        zh: `${zh} ${where}`,
        en: `${en} ${where}`,
        url: linkAddress(scene, meetingId, link),
        lastFour: row.phone.slice(-4),
      },
    ];
  });
  return [...byLink, ...(await cornerRole(scene, meetingId, several?.voterNo ?? null))];
}
