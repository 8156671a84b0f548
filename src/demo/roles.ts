/** Everyone one can be in the demo, and the pages worth beginning at, community by community. Reads only. */
import { linkAddress } from "../assembly/links/actions.ts";
import { listCurrentLinks } from "../assembly/links/store.ts";
import { findElection } from "../elections/store.ts";
import { dayOf } from "../kernel/day.ts";
import type { MeetingId, PartyId, PersonId } from "../kernel/id.ts";
import { listTold } from "../ledger/statements/store.ts";
import { type Holder, holdersAsOf } from "../offices/terms/actions.ts";
import type { Env } from "../platform/env.ts";
import type { Bilingual } from "../platform/i18n.ts";
import type { Scene } from "../platform/scene.ts";
import { cornerRole } from "./corner.ts";
import { LAST_OF_BOOKS } from "./money/steps.ts";
import { gapMonth } from "./money/telling.ts";
import { GINKGO_ROLES, STAFF_ROLES } from "./people.ts";
import { type DemoRow, demoRows, ginkgoRows } from "./roll.ts";
import { GINKGO_SHARE, OPEN_SHARE, seededNotes } from "./seed.ts";
import { DEMO_SLUG, GINKGO_SLUG, sceneAt, the } from "./seeding.ts";
import { type DemoVoter, takesPart, votersOf } from "./voting.ts";

export interface DemoRole extends Bilingual {
  readonly role: string;
  readonly url: string;
  /** The community's slug. */
  readonly community: string;
  readonly lastFour?: string;
  readonly personId?: PersonId;
  /** Whose corner the role's button opens. */
  readonly partyId?: PartyId;
}

/** Whom one can be and where to begin, with the link of each; nobody while the demo is not filled. */
export async function listDemoRoles(env: Env, origin: string, now: number): Promise<DemoRole[]> {
  const notes = await seededNotes(env);
  if (!notes) return [];
  const note = (key: string): string => the(notes.get(key), `note of ${key}`);
  const [jingui, ginkgo] = await Promise.all(
    [DEMO_SLUG, GINKGO_SLUG].map((slug) => sceneAt({ env, origin }, slug, now)),
  );
  return [
    ...(await rolesOfJingui(the(jingui, DEMO_SLUG), note)),
    ...(await rolesOfGinkgo(the(ginkgo, GINKGO_SLUG), note)),
  ];
}

type NoteOf = (key: string) => string;

const baseOf = ({ origin, community }: Scene): string => `${origin}/c/${community.slug}`;
const pageOf = (scene: Scene, role: string, zh: string, en: string, url: string): DemoRole => ({
  role,
  zh,
  en,
  url,
  community: scene.community.slug,
});

async function rolesOfJingui(scene: Scene, note: NoteOf): Promise<DemoRole[]> {
  const base = baseOf(scene);
  const page = (role: string, zh: string, en: string, path: string) => pageOf(scene, role, zh, en, `${base}${path}`);
  const number = await electionNumber(scene, note("second-election"));
  const [district, street] = ["璧山区", "璧城街道"].map(encodeURIComponent);
  return [
    page("public", "路过的人（公开页面）", "A stranger (public pages)", ""),
    page("meeting-open", "正在投票的会议", "The meeting that is open", `/meetings/${note("open")}`),
    page("meeting-finished", "已有结果的会议", "The meeting with a result", `/meetings/${note("finished")}`),
    page("meeting-notice", "公告期的会议", "The meeting in notice", `/meetings/${note("notice")}`),
    page("election-past", "第二届业委会的选举", "The election of the second committee", `/elections/${number}`),
    page("committee", "业委会：委员、决议、备案", "The committee: members, resolutions, filings", "/committee"),
    page("overlap", "双向进入、交叉任职", "Cross-appointment", "/overlap"),
    page("chart", "组织架构图", "The chart of the organisation", "/offices/chart"),
    page("duties", "支部十项任务", "The branch's ten tasks", "/duties"),
    page(
      "accounts",
      "公开账目：这一季度收了多少、用到哪里",
      "The accounts: what came in and where it went",
      "/accounts",
    ),
    page("statement", "最近一期收支公示", "The last statement", `/accounts/statements/${await lastTold(scene)}`),
    page(
      "assets",
      "共有部分登记册：14间用房、96个车位",
      "The register: 14 rooms, 96 parking spaces",
      "/accounts/assets",
    ),
    page(
      "gap",
      "应收与实收：一笔被问到的差额",
      "Expected and received: a gap that was asked about",
      `/accounts/expected/${gapMonth(note(LAST_OF_BOOKS))}`,
    ),
    page("fund", "维修资金：每栋余额、工程和应急抢修", "The maintenance fund: balances and works", "/accounts/fund"),
    page("sharing", "公共收益怎么分", "How the common revenue was shared", "/accounts/distributions/1"),
    pageOf(
      scene,
      "street-overview",
      "街道总览",
      "The street's overview",
      `${scene.origin}/districts/${district}/streets/${street}`,
    ),
    ...(await ownerRoles(scene, note("open") as MeetingId, {
      prefix: "",
      roll: demoRows(),
      share: OPEN_SHARE,
    })),
    ...(await staffRoles(scene, STAFF_ROLES)),
  ];
}

async function rolesOfGinkgo(scene: Scene, note: NoteOf): Promise<DemoRole[]> {
  const base = baseOf(scene);
  const page = (role: string, zh: string, en: string, path: string) => pageOf(scene, role, zh, en, `${base}${path}`);
  const number = await electionNumber(scene, note("ginkgo-election"));
  const meetingId = note("ginkgo-meeting") as MeetingId;
  return [
    page("ginkgo", "路过的人（公开页面）", "A stranger (public pages)", ""),
    page("ginkgo-election", "正在进行的选举", "The election under way", `/elections/${number}`),
    page("ginkgo-candidates", "候选人", "The candidates", `/elections/${number}/candidates`),
    page("ginkgo-meeting", "正在投票的选举会议", "The meeting that votes on it", `/meetings/${meetingId}`),
    ...(await ownerRoles(scene, meetingId, { prefix: "ginkgo-", roll: ginkgoRows(), share: GINKGO_SHARE })),
    ...(await staffRoles(scene, GINKGO_ROLES)),
  ];
}

/** The number of the last statement of the common revenue. */
async function lastTold(scene: Scene): Promise<number> {
  const [told] = await scene.db.read(listTold(scene, "common", 1));
  return the(told[0]?.number, "published statement");
}

async function electionNumber(scene: Scene, electionId: string): Promise<number> {
  const [rows] = await scene.db.read(findElection(scene, electionId));
  return the(rows[0], "election").number;
}

/** A member who is neither chair nor deputy, and of those the one who took the seat last: they have minutes to sign. */
const holderOf = (holders: readonly Holder[], post: string): Holder | undefined => {
  const those = holders.filter(({ postKind }) => postKind === post);
  if (post !== "committee_member") return those[0];
  const presides = holders.filter(({ postKind }) => postKind === "committee_chair" || postKind === "committee_deputy");
  return those
    .filter(({ personId }) => !presides.some((one) => one.personId === personId))
    .sort((a, b) => b.fromAt - a.fromAt)[0];
};

async function staffRoles(scene: Scene, roles: typeof STAFF_ROLES): Promise<DemoRole[]> {
  const holders = (await holdersAsOf(scene, dayOf(scene.now))).filter(
    ({ fromAt, untilAt }) => fromAt <= scene.now && (untilAt === null || scene.now < untilAt),
  );
  return roles.flatMap(({ role, post, zh, en }) => {
    const holder = holderOf(holders, post);
    if (!holder) return [];
    const url = `${scene.origin}/demo/as/${role}`;
    return [{ ...pageOf(scene, role, `${zh} ${holder.name}`, `${en} ${holder.name}`, url), personId: holder.personId }];
  });
}

/** Owners who have not voted in an open meeting yet when it was filled: one flat, several units, a company; as far as there are such. */
async function ownerRoles(
  scene: Scene,
  meetingId: MeetingId,
  { prefix, roll, share }: { readonly prefix: string; readonly roll: readonly DemoRow[]; readonly share: number },
): Promise<DemoRole[]> {
  const voters = await votersOf(scene, meetingId, roll);
  const silent = voters.filter((voter) => !takesPart(voter, share));
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
  const numbers = found.map(([, , { voterNo }]) => voterNo);
  const [links] = await scene.db.read(listCurrentLinks(scene, meetingId, numbers));
  const byLink = found.flatMap(([role, { zh, en }, { voterNo, row }]): DemoRole[] => {
    const link = links.find((one) => one.voterNo === voterNo);
    if (!link) return [];
    const where = `${row.building}${row.room}`;
    const url = linkAddress(scene, meetingId, link);
    return [
      { ...pageOf(scene, `${prefix}${role}`, `${zh} ${where}`, `${en} ${where}`, url), lastFour: row.phone.slice(-4) },
    ];
  });
  const cornerOf = several ?? single;
  return [...byLink, ...(await cornerRole(scene, meetingId, cornerOf?.voterNo ?? null, prefix))];
}
