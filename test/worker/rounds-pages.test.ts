/** The pages of a round and of the members' choice, as owners, officers and members see them. */
import { beforeAll, describe, expect, test } from "vitest";
import { linkAddress } from "../../src/assembly/links/actions.ts";
import { listCurrentLinks } from "../../src/assembly/links/store.ts";
import { CLOCK } from "../../src/elections/acting.ts";
import { viewChoosing } from "../../src/elections/choosing/actions.ts";
import { runRounds } from "../../src/elections/rounds/schedule.ts";
import { settleRound } from "../../src/elections/rounds/settling.ts";
import { viewRound } from "../../src/elections/rounds/view.ts";
import { byElectionNumber } from "../../src/elections/store.ts";
import { DAY_MS, type Instant } from "../../src/kernel/day.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { signToken } from "../../src/platform/session.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import { methodWith } from "./election-of-test.ts";
import { vote } from "./meeting-of-test.ts";
import type { Browser } from "./offices-of-test.ts";
import {
  castAll,
  type ElectionOfTest,
  type MeetingOfTest,
  openedRound,
  publishedRound,
  roundsOf,
  standingElection,
  stateOf,
} from "./rounds-of-test.ts";

/** 27 voters, five marks each, for seven candidates: all pass, and none is level. */
const MARKS = (voter: number): number[] => {
  const left: number[][] = Array.from({ length: 27 }, () => []);
  for (const [at, missing] of [0, 6, 7, 8, 10, 11, 12].entries()) {
    const fewest = [...left.keys()].sort((a, b) => left[a]!.length - left[b]!.length || a - b);
    for (const one of fewest.slice(0, missing)) left[one]!.push(at + 1);
  }
  return [1, 2, 3, 4, 5, 6, 7].filter((number) => !left[voter]!.includes(number));
};

let community: CommunityAddress;
let election: ElectionOfTest;
let meeting: MeetingOfTest;
let publishedAt: Instant;
let base: string;

const publicPage = async (path: string, now: Instant, lang = "zh"): Promise<string> => {
  const browser = stranger(now);
  const response = await browser.get(`${base}${path}?lang=${lang}`);
  expect(response.status).toBe(200);
  return textOf(browser.page);
};

/** A browser in which a person is signed in, whatever they hold. */
async function asPerson(personId: string, now: Instant): Promise<Browser> {
  const browser = stranger(now);
  const session = await openSession(sceneAt(community, now), personId as never);
  const claims = { sid: session.sessionId, cid: community.id, began: now, renewed: now };
  browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, now, 3600));
  return browser;
}

beforeAll(async () => {
  community = await estate(30);
  base = `/c/${community.slug}`;
  election = await standingElection(community, { candidates: 7 });
});

describe("placing a round at the desk", () => {
  test("the secretary sees what will be asked, places it, and can take it back while it is a draft", async () => {
    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${base}/desk/elections/1`);
    expect(textOf(secretary.page)).toContain("排入业主大会会议表决");
    await secretary.get(`${base}/desk/elections/1/rounds/place`);
    const text = textOf(secretary.page);
    expect(text).toContain("选5名，7名候选人，每票最多选5名");
    expect(text).toContain("候选一、候选丁");
    const placed = await secretary.submit(`${base}/desk/elections/1/rounds/place`, {
      meeting: "new",
      convener: "committee",
    });
    expect(placed.status).toBe(303);
    await secretary.open(placed.headers.get("location")!);
    expect(textOf(secretary.page)).toContain("从会议草案撤回");
    // The meeting's own desk offers no fields for it, and leads here.
    await secretary.get(`${base}/desk/meetings/1`);
    expect(textOf(secretary.page)).toContain("来自业主委员会选举，内容不在这里改");
    expect(secretary.page).not.toContain("/items/1/remove");
    const hand = await secretary.get(`${base}/desk/meetings/1/items/1`);
    expect(hand.headers.get("location")).toBe(`${base}/elections/1/rounds/1`);
    await secretary.get(`${base}/desk/elections/1/rounds`);
    const back = await secretary.submit(`${base}/desk/elections/1/rounds/1/take-back`, { why: "改日期" });
    expect(back.status).toBe(303);
    expect((await roundsOf(election))[0]).toMatchObject({ voidCause: "taken_back", voidWhy: "改日期" });
    expect(await publicPage("/elections/1/rounds/1", T0)).toContain("这一轮作废");
  });

  test("where none can be placed the page says why, and what to do", async () => {
    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${base}/desk/elections/1/rounds/place`);
    const other = await estate(0, []);
    const clerk = await signedIn(other, "secretary");
    expect((await clerk.get(`/c/${other.slug}/desk/elections/1/rounds/place`)).status).toBe(404);
    // Another form sent while a round is placed is refused with the reason.
    const first = await secretary.submit(`${base}/desk/elections/1/rounds/place`, {
      meeting: "new",
      convener: "committee",
    });
    expect(first.status).toBe(303);
    const again = await secretary.post(`${base}/desk/elections/1/rounds/place`, {
      ...secretary.hidden(`${base}/desk/elections/1/rounds/place`),
      _once: "another",
      meeting: "new",
      convener: "committee",
    });
    expect(again.status).toBe(409);
    expect(textOf(secretary.page)).toContain("已经有一轮选举在进行");
    await secretary.get(`${base}/desk/elections/1/rounds`);
    await secretary.submit(`${base}/desk/elections/1/rounds/2/take-back`, {});
  });
});

describe("the ballot", () => {
  test("names the candidates with a link to each, and says how many may be marked", async () => {
    meeting = await openedRound(election, T0 + 1);
    const at = meeting.row.opensAt! + DAY_MS;
    expect(await publicPage(`/meetings/${meeting.row.number}`, at)).toContain("最多选5个");
    const scene = sceneAt(community, at);
    const [links] = await scene.db.read(listCurrentLinks(scene, meeting.meetingId, [0]));
    const voter = stranger(at);
    await voter.open(new URL(linkAddress(scene, meeting.meetingId, links[0]!)).pathname);
    await voter.submit(`${base}/vote/identify`, { lastFour: "0000" });
    await voter.open(`${base}/vote`);
    expect(voter.page).toContain(`href="${base}/elections/1/candidates/3"`);
    expect(voter.page.match(/type="checkbox"/g)).toHaveLength(9);
    expect(textOf(voter.page)).toContain("最多选5项");
  });
});

describe("the public page of a round", () => {
  test("before the count: turnout and the paper, never a vote", async () => {
    const at = meeting.row.opensAt! + DAY_MS;
    await castAll(
      election,
      meeting,
      Array.from({ length: 9 }, (_, voter) => MARKS(voter)),
      7,
    );
    const text = await publicPage("/elections/1/rounds/3", at + 3_600_000);
    expect(text).toContain("参与情况");
    expect(text).toContain("9人");
    expect(text).toContain("票上的候选人");
    expect(text).not.toContain("各候选人得票");
    expect(text).not.toContain("当选委员");
    const english = await publicPage("/elections/1/rounds/3", at + 3_600_000, "en");
    expect(english).toContain("On the ballot");
  });

  test("after it: each candidate against the half on both axes, every sum, rank, seats, alternates and proofs", async () => {
    const { community: place } = election;
    const ballots = Array.from({ length: 27 }, (_, voter) => MARKS(voter));
    for (const [voter, marks] of ballots.entries()) {
      if (voter < 9) continue;
      const at = meeting.row.opensAt! + 2 * DAY_MS + voter;
      const cast = await vote(place, meeting.meetingId, voter, [{ itemNo: 1, options: marks }], at);
      if (!cast.ok) throw new Error(JSON.stringify(cast.error));
    }
    publishedAt = await publishedRound(election, meeting);
    const chair = await signedIn(community, "committee_chair", publishedAt);
    await chair.get(`${base}/desk/elections/1/rounds`);
    const settled = await chair.submit(`${base}/desk/elections/1/rounds/3/settle`);
    expect(settled.status).toBe(303);
    expect(await stateOf(election)).toBe("seated");
    const text = await publicPage("/elections/1/rounds/3", publishedAt + 1);
    expect(text).toContain("业主委员会成立");
    expect(text).toContain("选出委员5名、候补委员2名");
    expect(text).toContain("候选一");
    expect(text).toMatch(/参与表决的业主 27人 ，应为 ?小区全部 ?27人的三分之二以上/);
    expect(text).toContain("5 ≥ 5");
    expect(text).toContain("5 × 2 = 10 > 5");
    expect(text).toContain("自己重抽一遍");
    const [, , round] = await roundsOf(election);
    expect(text).toContain(round!.seed!);
    expect(text).toContain(round!.commitment);
    const english = await publicPage("/elections/1/rounds/3", publishedAt + 1, "en");
    expect(english).toContain("5 elected, 2 waiting as alternates");
  });

  test("costs one round trip, for strangers", async () => {
    const scene = sceneAt(community, publishedAt + 1);
    const view = await viewRound(scene, byElectionNumber(scene, 1), 3);
    expect(view?.round.roundNo).toBe(3);
    expect(scene.db.meter.roundTrips).toBe(1);
  });

  test("in print: the accustomed notice with its code", async () => {
    const text = await publicPage("/elections/1/rounds/3/notice", publishedAt + 1);
    expect(text).toContain("结果的公告");
    expect(text).toContain("全体业主：");
    expect(text).toContain("一、表决结果");
    expect(text).toContain("委员：候选一");
    expect(text).toContain("扫码核对每一个数字");
    const none = stranger(publishedAt + 1);
    expect((await none.get(`${base}/elections/1/rounds/1/notice`)).status).toBe(404);
    expect((await none.get(`${base}/elections/1/rounds/99`)).status).toBe(404);
  });

  test("the election's page leads to every round, and tells each event in words", async () => {
    const text = await publicPage("/elections/1", publishedAt + 1);
    expect(text).toContain("表决和结果");
    // Two rounds were taken back before notice: this one is the first vote.
    expect(text).toContain("第1轮");
    expect(text).not.toContain("第3轮");
    expect(text).toContain("委员5名、候补2名");
  });
});

describe("the members' choice", () => {
  test("is a page for members alone; others of the desk do not find it", async () => {
    const choosing = (await viewChoosing(sceneAt(community, publishedAt + 1)))!;
    const secretary = await signedIn(community, "secretary", publishedAt + 1);
    expect((await secretary.get(`${base}/desk/members-choice`)).status).toBe(404);
    const [a] = choosing.members;
    const member = await asPerson(a!.personId, publishedAt + 1);
    await member.get(`${base}/desk`);
    expect(textOf(member.page)).toContain("召开首次会议，推选主任、副主任");
    const page = await member.get(`${base}/desk/members-choice`);
    expect(page.status).toBe(200);
    expect(textOf(member.page)).toContain("首次会议最迟");
    const opened = await member.submit(`${base}/desk/members-choice/open`, { post: "committee_chair", places: "1" });
    expect(opened.status).toBe(303);
  });

  test("each votes once; nothing chosen is said beside the field; more than half count and the chair is in office", async () => {
    const choosing = (await viewChoosing(sceneAt(community, publishedAt + 1)))!;
    const [a, ...others] = choosing.members;
    const action = `${base}/desk/members-choice/1/mark`;
    const first = await asPerson(a!.personId, publishedAt + 2);
    await first.get(`${base}/desk/members-choice`);
    expect((await first.submit(action)).status).toBe(422);
    expect(textOf(first.page)).toContain("请选一人，或选“谁也不选”。");
    for (const { personId } of [a!, ...others.slice(0, 2)]) {
      const browser = await asPerson(personId, publishedAt + 2);
      await browser.get(`${base}/desk/members-choice`);
      expect((await browser.submit(action, { chosen: a!.personId })).status).toBe(303);
      await browser.get(`${base}/desk/members-choice`);
      expect(textOf(browser.page)).toContain("您已投票");
    }
    await first.get(`${base}/desk/members-choice`);
    const counted = await first.submit(`${base}/desk/members-choice/1/count`);
    expect(counted.status).toBe(303);
    await first.open(counted.headers.get("location")!);
    expect(textOf(first.page)).toContain(`主任 ${a!.name}`);
    expect(textOf(first.page)).toContain("副主任 还没有");
  });
});

test("the reminder goes to the members once, two days before the first meeting is due, while they have no chair", async () => {
  const other = await estate(30);
  const own = await standingElection(other, { method: methodWith({ alternatesMost: 0 }) });
  const round = await openedRound(own);
  await castAll(
    own,
    round,
    Array.from({ length: 27 }, () => [1, 2, 3, 4, 5]),
    6,
  );
  const at = await publishedRound(own, round);
  await settleRound(sceneAt(other, at), own.election.electionId, 1, CLOCK);
  const reminders = async (): Promise<number> => {
    const { db } = sceneAt(other);
    const [rows] = await db.read(
      db.all<{ n: number }>(
        sql`SELECT count(*) AS n FROM outbox_message WHERE community_id = ${other.id} AND kind = 'election.first-meeting-reminder'`,
      ),
    );
    return rows[0]!.n;
  };
  await runRounds(sceneAt(other, at + 2 * DAY_MS));
  expect(await reminders()).toBe(0);
  for (const days of [6, 6.5]) await runRounds(sceneAt(other, at + days * DAY_MS));
  expect(await reminders()).toBe(5);
});
