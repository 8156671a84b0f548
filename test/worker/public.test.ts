/** What anyone may read: a community's home, the list of meetings, one meeting in each of its states, the sheets to print, feed and calendar. */
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { chooseOne } from "../../src/assembly/agenda/rules.ts";
import { recount } from "../../src/assembly/counting/actions.ts";
import { amend, extend } from "../../src/assembly/meeting/changing.ts";
import { annul, withdraw } from "../../src/assembly/meeting/ending.ts";
import { draftOfEdition, readManifest } from "../../src/assembly/meeting/reading.ts";
import { findMeeting, listEditions } from "../../src/assembly/meeting/store.ts";
import { answerObjection, fileObjection, publishResult } from "../../src/assembly/results/actions.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import type { MeetingId } from "../../src/kernel/id.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { putFile } from "../../src/platform/files.ts";
import { makeCommunity, ROWS_BEHIND, sceneAt, T0 } from "./community-of-test.ts";
import { csvOf, importFile } from "./community-roll-of-test.ts";
import {
  as,
  CLOSES_AT,
  communityWithRoll,
  drafted,
  itemOf,
  newOnce,
  noticed,
  OPENS_AT,
  opened,
  rulesWith,
} from "./meeting-of-test.ts";
import {
  COUNTED_AT,
  closeAndCount,
  countingEnv,
  DURING,
  expectWords,
  get,
  PUBLISHED_AT,
  publishedOn,
  votedOn,
  wordsOf,
} from "./public-of-test.ts";

const pageOf = (community: CommunityAddress, meetingId: MeetingId | number): string =>
  `/c/${community.slug}/meetings/${meetingId}`;

describe("one meeting", () => {
  test("is not there as a draft, by another community's address, or by a name that is none", async () => {
    const community = await communityWithRoll(3);
    const other = await communityWithRoll(3);
    const { meetingId } = await drafted(community);
    const given = await noticed(community);
    expect((await get(pageOf(community, meetingId))).status).toBe(404);
    expect((await get(pageOf(community, 1))).status).toBe(404);
    expect((await get(pageOf(community, given))).status).toBe(200);
    expect((await get(pageOf(community, 2))).status).toBe(200);
    expect((await get(pageOf(other, given))).status).toBe(404);
    for (const name of ["0", "01", "-1", "99", "1.5", "ABCDEFGHJKMNPQRS", "0000000000000000", "%27", "new"])
      for (const part of ["", "/notice", "/result"])
        expect((await get(`${pageOf(community, 1).slice(0, -1)}${name}${part}`)).status, name + part).toBe(404);
    expect((await get(`/c/no-such-estate/meetings/1`)).status).toBe(404);
  });

  test("withdrawn as a draft was never seen, and is not seen now", async () => {
    const community = await communityWithRoll(3);
    const { meetingId } = await drafted(community);
    expect((await withdraw(as(community, "chair"), meetingId, "不开了")).ok).toBe(true);
    expect((await get(pageOf(community, meetingId))).status).toBe(404);
    expect((await get(`/c/${community.slug}/meetings`)).text).not.toContain("2026年业主大会会议");
  });

  test("in notice says what, when, how, by which measure, on which roll and by which rules", async () => {
    const community = await communityWithRoll(30);
    const items = [
      itemOf(1, { matter: 8, title: "出租物业用房" }),
      itemOf(2, { question: chooseOne(["甲案", "乙案"]) }),
    ];
    const meetingId = await noticed(community, { items, rules: rulesWith({ proxyCap: 2 }) });
    const { text } = await get(pageOf(community, meetingId));
    const words = wordsOf(text);
    expectWords(
      words,
      "公告中",
      "2026年11月18日（周三）10:00",
      "议题1：出租物业用房",
      "参与者中四分之三以上同意",
      "第二百七十八条第一款第（八）项",
      "甲案／乙案／以上都不同意／弃权",
      "本项至少要有18人",
      "最多代理2位业主",
      "《议事规则》第十条",
    );
    const scene = sceneAt(community);
    const [editions] = await scene.db.read(listEditions(scene, meetingId));
    const { roll } = readManifest(editions[0]!);
    expect(text).toContain(roll.root);
    expect(text).toContain(editions[0]!.manifestHash);
    expect(text).toMatch(new RegExp(`/c/${community.slug}/record/[0-9a-f]{64}"><code>[0-9a-z]{4}(-[0-9a-z]{4}){4}<`));
    expect(words).not.toContain("还差");
    const english = wordsOf((await get(`${pageOf(community, meetingId)}?lang=en`)).text);
    expectWords(english, "Howtovotewhenitopens");
  });

  test("amended says what changed, why, and where that is recorded", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await noticed(community);
    const scene = as(community, "chair", T0 + 3_600_000);
    const [rows, editions] = await scene.db.read(findMeeting(scene, meetingId), listEditions(scene, meetingId));
    const before = draftOfEdition(readManifest(editions[0]!), rows[0]!);
    const items = [{ ...before.items[0]!, text: "改后的方案。" }, before.items[1]!, itemOf(3, { title: "新增事项" })];
    const done = await amend(scene, meetingId, {
      fromEdition: 1,
      content: { ...before, items, closesAt: CLOSES_AT + DAY_MS },
      why: "居委会建议",
    });
    expect(done.ok).toBe(true);
    const words = wordsOf((await get(pageOf(community, meetingId), T0 + DAY_MS)).text);
    expectWords(
      words,
      "第2版",
      "居委会建议",
      "增加议题3：新增事项",
      "修改议题1：议题1",
      "表决截止由2026年11月28日（周六）10:00改为2026年11月29日（周日）10:00",
    );
    expect(words).not.toContain("名册更正");
  });

  test("open shows turnout against two thirds, what is missing, and each building", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await votedOn(community, 10, () => 1);
    const { text } = await get(pageOf(community, meetingId), DURING + 1);
    const words = wordsOf(text);
    expectWords(
      words,
      "正在表决",
      "10人/27人37.03%",
      "还差8人，达到三分之二以上（最少18人）",
      "1栋37.03%",
      "还剩8天23小时",
    );
  });

  test("open and counted shows the same whatever was chosen: two estates that differ only in choices read alike", async () => {
    // Names, codes and hashes differ from estate to estate; nothing else may.
    const alike = (text: string, community: CommunityAddress): string =>
      text
        .replaceAll(community.slug, "SLUG")
        .replace(/<svg class="qr"[\s\S]*?<\/svg>/g, "QR")
        .replace(/[0-9a-f]{64}/g, "HASH")
        .replace(/[0-9a-z]{4}(-[0-9a-z]{4}){4}/g, "CODE")
        .replace(/\b[0-9a-hjkmnp-tv-z]{16}\b/g, "ID")
        .replace(/"manifest":"[^\n]*?}","manifestHash"/g, "MANIFEST");
    const [yes, no] = [await communityWithRoll(30), await communityWithRoll(30)];
    const [a, b] = [await votedOn(yes, 20, () => 1), await votedOn(no, 20, (voterNo) => 2 + (voterNo % 2))];
    const paths = (community: CommunityAddress, meetingId: MeetingId): string[] => [
      `/c/${community.slug}`,
      `/c/${community.slug}/meetings`,
      pageOf(community, meetingId),
      `${pageOf(community, meetingId)}/notice`,
      `/c/${community.slug}/feed.atom`,
      `/api/communities/${community.slug}`,
      `/api/communities/${community.slug}/meetings/${meetingId}`,
    ];
    const compare = async (now: number): Promise<void> => {
      const [left, right] = [paths(yes, a), paths(no, b)];
      for (const [index, path] of left.entries()) {
        const [one, other] = [await get(path, now), await get(right[index]!, now)];
        expect(one.status, path).toBe(200);
        expect(alike(other.text, no), path).toBe(alike(one.text, yes));
      }
    };
    await compare(DURING + 1);
    await closeAndCount(yes, a);
    await closeAndCount(no, b);
    await compare(COUNTED_AT + 1);
    for (const [community, meetingId] of [
      [yes, a],
      [no, b],
    ] as const) {
      expect(wordsOf((await get(pageOf(community, meetingId), COUNTED_AT + 1)).text)).toContain("已计票，待公布");
      expect((await get(`${pageOf(community, meetingId)}/result`, COUNTED_AT + 1)).status).toBe(404);
    }
  });

  test("published shows each inequality with its numbers and article, and how those who took part divided", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await publishedOn(community, 22, (voterNo) => (voterNo < 15 ? 1 : voterNo < 19 ? 2 : 3), {
      items: [itemOf(1), itemOf(2, { matter: 8 })],
    });
    const words = wordsOf((await get(pageOf(community, meetingId), PUBLISHED_AT + 1)).text);
    expectWords(
      words,
      "22×3=66≥27×2=54✓成立",
      "15×2=30>22✓成立",
      "15×4=60<22×3=66✕不成立",
      "《民法典》第二百七十八条第二款",
      "议题1：议题1✓通过",
      "议题2：议题2✕未通过",
      "但同意的没有达到四分之三以上，还差2人",
      "反对4人",
      "弃权3人",
      "共收到有效表决票22张：网上22张。",
      "没有收到异议",
      "对结果有异议，可以在",
    );
  });

  test("of a small group never tells against from abstaining, anywhere", async () => {
    const community = await communityWithRoll(12);
    const rules = rulesWith({ unreturned: "returned_abstain_follows_majority" });
    const meetingId = await publishedOn(community, 9, (voterNo) => (voterNo < 4 ? 1 : voterNo < 6 ? 2 : 3), { rules });
    for (const path of [pageOf(community, meetingId), `${pageOf(community, meetingId)}/result`]) {
      const words = wordsOf((await get(path, PUBLISHED_AT + 1)).text);
      expectWords(words, "反对、弃权（合并）");
      // Two were against and three abstained; what the rules deem adds exactly those who abstained.
      expect(words).not.toMatch(/反对2人|弃权3人|(?<!\d)2人|(?<!\d)3人/);
      expectWords(words, "推定");
    }
  });

  test("shows the deemed count beside the strict one, with its clause", async () => {
    const community = await communityWithRoll(30);
    const rules = rulesWith({ unreturned: "returned_abstain_follows_majority" });
    const meetingId = await publishedOn(community, 22, (voterNo) => (voterNo < 11 ? 1 : voterNo < 15 ? 2 : 3), {
      items: [itemOf(1)],
      rules,
    });
    const words = wordsOf((await get(pageOf(community, meetingId), PUBLISHED_AT + 1)).text);
    expectWords(
      words,
      "议题1：议题1✕未通过",
      "恰好等于不算超过",
      "按议事规则推定的结果（并列公布）",
      "《议事规则》第十条",
      "计入“同意”",
      "18×2=36>22✓成立",
    );
  });

  test("too few took part: nothing is decided, and what was missing is said", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await publishedOn(community, 17, () => 1, { items: [itemOf(1)] });
    const words = wordsOf((await get(pageOf(community, meetingId), PUBLISHED_AT + 1)).text);
    expectWords(words, "✕参与不足，未作出决定", "没有达到三分之二，还差1人", "17×3=51<27×2=54✕不成立");
  });

  test("an objection is counted and answered in public; its own words stay with its author", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await publishedOn(community, 22, () => 1);
    const filed = await fileObjection(sceneAt(community, PUBLISHED_AT + DAY_MS), {
      meetingId,
      voterNo: 3,
      about: "result",
      text: "我家的票没有算进去，电话一三八",
      wantsRecount: true,
      once: newOnce(),
    });
    if (!filed.ok) throw new Error(JSON.stringify(filed.error));
    const at = PUBLISHED_AT + 2 * DAY_MS;
    const waiting = wordsOf((await get(pageOf(community, meetingId), at)).text);
    expectWords(waiting, "共收到1件，已答复0件", "表决结果，要求复核");
    expect(waiting).not.toContain("没有算进去");
    await answerObjection(as(community, "chair", at), meetingId, filed.value.objectionId, "已核对，票在箱内。");
    const answered = wordsOf((await get(pageOf(community, meetingId), at + 1)).text);
    expectWords(answered, "共收到1件，已答复1件", "已核对，票在箱内。");
    expect(answered).not.toContain("没有算进去");
  });

  test("recounted says why and whether the numbers are the same; an unpublished recount is not seen", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await publishedOn(community, 22, () => 1);
    const at = PUBLISHED_AT + DAY_MS;
    expect((await recount(as(community, "teller", at), meetingId, { afterRun: 1, why: "三人要求" })).ok).toBe(true);
    expect(wordsOf((await get(pageOf(community, meetingId), at)).text)).not.toContain("与现在的结果");
    expect((await publishResult(as(community, "chair", at), meetingId, 2)).ok).toBe(true);
    const words = wordsOf((await get(pageOf(community, meetingId), at)).text);
    expectWords(words, "三人要求", "相同");
  });

  test("withdrawn says why above everything; annulled keeps the result to be seen, with the order", async () => {
    const community = await communityWithRoll(30);
    const first = await opened(community);
    expect((await withdraw(as(community, "chair", DURING), first, "方案有误")).ok).toBe(true);
    const withdrawn = wordsOf((await get(pageOf(community, first), DURING)).text);
    expectWords(withdrawn, "会议已撤回", "原因：方案有误");
    const second = await publishedOn(community, 22, () => 1);
    const order = { authority: "璧城街道办事处", document: "璧街〔2026〕7号", why: "公告期不足" };
    expect((await annul(as(community, "street", PUBLISHED_AT + DAY_MS), second, order)).ok).toBe(true);
    for (const path of [pageOf(community, second), `${pageOf(community, second)}/result`]) {
      const annulled = wordsOf((await get(path, PUBLISHED_AT + 2 * DAY_MS)).text);
      expectWords(annulled, "撤销", "公告期不足", "22人");
    }
    expect(wordsOf((await get(pageOf(community, second), PUBLISHED_AT + 2 * DAY_MS)).text)).toContain(
      "璧街〔2026〕7号",
    );
  });

  test("final says so", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await publishedOn(community, 22, () => 1);
    const end = PUBLISHED_AT + 30 * DAY_MS;
    await runDue(sceneAt(community, end));
    const words = wordsOf((await get(pageOf(community, meetingId), end)).text);
    expectWords(words, "结果已确定", "结果确定");
  });

  test("is one round trip, and reads as many rows at five units as at three hundred", async () => {
    const read: Record<string, number[]> = { open: [], published: [] };
    for (const units of [5, 300]) {
      const community = await makeCommunity({ name: "金桂苑" });
      const rows = Array.from(
        { length: units },
        (_, at) =>
          `1栋,1单元,${String(at).padStart(4, "0")},80.00,甲${String.fromCharCode(0x4e00 + at)},${1000 + at},139${String(at).padStart(8, "0")},,,已交付`,
      );
      await importFile(community, csvOf(...rows));
      const meetingId = await votedOn(community, 4, () => 1);
      const { env, asked } = countingEnv();
      const ask = async (now: number): Promise<number> => {
        await get(pageOf(community, 1), now, env); // finds the community, once an isolate
        Object.assign(asked, { roundTrips: 0, rowsRead: 0, rowsWritten: 0 });
        const { status } = await get(pageOf(community, 1), now, env);
        expect(status).toBe(200);
        expect(asked).toMatchObject({ roundTrips: 1, rowsWritten: 0 });
        return asked.rowsRead;
      };
      read.open!.push(await ask(DURING + 1));
      await closeAndCount(community, meetingId);
      await publishResult(as(community, "chair", PUBLISHED_AT), meetingId, 1);
      read.published!.push(await ask(PUBLISHED_AT + 1));
    }
    for (const [few, many] of [read.open!, read.published!])
      expect(Math.abs(many! - few!)).toBeLessThanOrEqual(ROWS_BEHIND);
  });
});

describe("what is open now", () => {
  test("stands on every page that reads anything, for no round trip of its own, and on none of a voter at the ballot", async () => {
    const community = await communityWithRoll(3);
    const meetingId = await opened(community);
    const { env, asked } = countingEnv();
    const ask = async (path: string, accept: string, now: number = DURING) => {
      const app = createApp({ demo: false, now: async () => now });
      const answer = await app.request(`http://localhost/c/${community.slug}${path}`, { headers: { accept } }, env);
      const text = await answer.text();
      const { roundTrips } = asked;
      Object.assign(asked, { roundTrips: 0, rowsRead: 0, rowsWritten: 0 });
      return { status: answer.status, text, roundTrips };
    };
    const announced = (text: string): number => text.split(`href="/c/${community.slug}/meetings/1"`).length - 1;
    await ask("/record", "text/html");
    for (const path of ["/record", "/record/witnesses", "/offices", "/permissions", "/offices/buildings", "/duties"]) {
      const plain = await ask(path, "*/*");
      const page = await ask(path, "text/html");
      expect([page.status, announced(plain.text), announced(page.text)], path).toEqual([200, 0, 1]);
      expect(page.roundTrips, path).toBe(plain.roundTrips);
      expect(announced((await ask(path, "text/html", CLOSES_AT)).text), path).toBe(0);
    }
    expect(announced((await ask("/vote", "text/html")).text)).toBe(0);
    expect(announced((await ask("/meetings/1", "text/html")).text)).toBe(0);
    await closeAndCount(community, meetingId);
    expect(announced((await ask("/offices", "text/html", COUNTED_AT)).text)).toBe(0);
  });
});

describe("the community's home", () => {
  test("of a new community says what will stand here, and asks D1 once", async () => {
    const community = await makeCommunity({ name: "新小区" });
    const { env, asked } = countingEnv();
    await get(`/c/${community.slug}`, T0, env);
    Object.assign(asked, { roundTrips: 0 });
    const { status, text } = await get(`/c/${community.slug}`, T0, env);
    expect(status).toBe(200);
    expect(asked.roundTrips).toBe(1);
    expect(wordsOf(text)).toContain("这里还没有开过业主大会");
    expect(text).toContain(`href="/c/${community.slug}/feed.atom"`);
    expect(text).toContain('type="text/calendar"');
    expect((await get("/c/nowhere-at-all")).status).toBe(404);
  });

  test("has what is open with its turnout, what comes, and what was decided with its outcome", async () => {
    const community = await communityWithRoll(30);
    await publishedOn(community, 22, (voterNo) => (voterNo < 15 ? 2 : 4), {
      items: [itemOf(1, { title: "选物业", question: chooseOne(["甲公司", "乙公司"]) })],
    });
    const decided = wordsOf((await get(`/c/${community.slug}`, PUBLISHED_AT + 1)).text);
    expectWords(decided, "选物业✓通过：乙公司");
    const open = await communityWithRoll(30);
    await votedOn(open, 10, () => 1);
    await noticed(open, {
      items: [itemOf(1, { title: "下一次的事" })],
      opensAt: OPENS_AT + 40 * DAY_MS,
      closesAt: OPENS_AT + 50 * DAY_MS,
    });
    const words = wordsOf((await get(`/c/${open.slug}`, DURING + 1)).text);
    expectWords(words, "10人/27人", "还差8人", "即将表决", "下一次的事", "还没有公布过结果");
  });

  test("the open vote stands above the other pages", async () => {
    const community = await communityWithRoll(5);
    await opened(community);
    const { text } = await get(`/c/${community.slug}/meetings`, DURING);
    expect(text).toContain('class="open"');
    expect((await get(pageOf(community, 1), DURING)).text).not.toContain('class="open"');
  });
});

describe("lists", () => {
  test("of meetings have a second page, and no page beyond the last", async () => {
    const community = await communityWithRoll(3);
    const times = (at: number) => ({ opensAt: OPENS_AT + at * DAY_MS, closesAt: CLOSES_AT + at * DAY_MS });
    for (let at = 0; at < 21; at += 1)
      await noticed(community, { items: [itemOf(1, { title: `第${at + 1}件事` })], ...times(at) });
    const base = `/c/${community.slug}/meetings`;
    const [first, second] = [await get(base), await get(`${base}?page=2`)];
    expect(first.text).toContain("第21件事");
    expect(first.text).not.toContain(">第1件事");
    expect(wordsOf(first.text)).toContain("第1页，共2页");
    expect(wordsOf(second.text)).toContain("第1件事");
    expect((await get(`${base}?page=3`)).status).toBe(404);
    expect((await get(`${base}?page=0`)).text).toContain("第21件事");
    const api = (page: number) => get(`/api/communities/${community.slug}/meetings?page=${page}`);
    expect(JSON.parse((await api(2)).text)).toMatchObject({ page: 2, pages: 2, total: 21, meetings: [{ number: 1 }] });
    expect((await api(3)).status).toBe(404);
  }, 60_000);

  test("of communities have a second page, and no page beyond the last", async () => {
    for (let at = 0; at < 51; at += 1) await makeCommunity({ name: `苑${String(at).padStart(3, "0")}` });
    const [first, second] = [await get("/"), await get("/?page=2")];
    expect(first.status).toBe(200);
    expect(first.text).toContain('rel="next"');
    expect(second.text).toContain('rel="prev"');
    expect((await get("/?page=999")).status).toBe(404);
  });
});

describe("in print", () => {
  test("the notice has its form: to whom, numbered sections, signed and dated, with a code", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await noticed(community);
    const { status, text } = await get(`${pageOf(community, meetingId)}/notice`);
    expect(status).toBe(200);
    const words = wordsOf(text);
    expectWords(
      words,
      "关于召开2026年业主大会会议的公告",
      "金桂苑全体业主：",
      "一、表决事项",
      "金桂苑业主委员会2026年11月2日",
    );
    expect(text).toContain('class="qr"');
  });

  test("the result has its form, with both counts, ground and conclusion, and what follows", async () => {
    const community = await communityWithRoll(30);
    const meetingId = await publishedOn(community, 22, (voterNo) => (voterNo < 15 ? 1 : 2));
    const { status, text } = await get(`${pageOf(community, meetingId)}/result`, PUBLISHED_AT + 1);
    expect(status).toBe(200);
    const words = wordsOf(text);
    expectWords(words, "关于2026年业主大会会议表决结果的公告");
    for (const heading of ["一、表决结果", "二、依据与结论", "三、后续安排"]) expect(words).toContain(heading);
    expectWords(
      words,
      "参与表决22人，占总人数81.48%",
      "同意1568.18%",
      "结论：通过。",
      "一年内请求人民法院撤销",
      "金桂苑业主委员会2026年11月28日",
    );
  });
});

describe("subscriptions", () => {
  test("the feed of an empty community is a feed, and of a busy one tells each act under an address that stays", async () => {
    const empty = await makeCommunity();
    const none = await get(`/c/${empty.slug}/feed.atom`);
    expect(none.headers.get("content-type")).toContain("application/atom+xml");
    expect(none.text).toContain("<updated>2026-11-02T10:00:00+08:00</updated>");
    const community = await communityWithRoll(30);
    await publishedOn(community, 22, () => 1, { items: [itemOf(1, { title: 'a<b & "c"' })] });
    const { text } = await get(`/c/${community.slug}/feed.atom`, PUBLISHED_AT + 1);
    const ids = [...text.matchAll(/<id>([^<]+)<\/id>/g)].map((match) => match[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(`http://localhost/c/${community.slug}/meetings/1#event-1`);
    expect(text.indexOf("公布结果")).toBeLessThan(text.indexOf("发出会议公告"));
    expect((await get(pageOf(community, 1), PUBLISHED_AT + 1)).text).toContain('id="event-1"');
  });

  test("the calendar moves a date with its uid and a higher sequence, and cancels what is withdrawn", async () => {
    const community = await communityWithRoll(5);
    const meetingId = await opened(community);
    const dateOf = async (what: string, now: number): Promise<{ sequence: number; ends: string; status: string }> => {
      const { text, headers } = await get(`/c/${community.slug}/calendar.ics`, now);
      expect(headers.get("content-type")).toContain("text/calendar");
      for (const line of text.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      const event = text.split("BEGIN:VEVENT").find((one) => one.includes(`UID:${meetingId}-${what}@commonhold`))!;
      const field = (name: string): string => new RegExp(`${name}:(.*)\r\n`).exec(event)![1]!;
      return { sequence: Number(field("SEQUENCE")), ends: field("DTEND"), status: field("STATUS") };
    };
    const before = await dateOf("closes", DURING);
    expect(before).toMatchObject({ ends: "20261128T020000Z", status: "CONFIRMED" });
    const moved = await extend(as(community, "chair", DURING), meetingId, { to: CLOSES_AT + DAY_MS, why: "参与不足" });
    expect(moved.ok).toBe(true);
    const after = await dateOf("closes", DURING);
    expect(after.ends).toBe("20261129T020000Z");
    expect(after.sequence).toBeGreaterThan(before.sequence);
    await withdraw(as(community, "chair", DURING + 1), meetingId, "方案有误");
    expect((await dateOf("closes", DURING + 2)).status).toBe("CANCELLED");
  });
});

describe("papers", () => {
  test("what a notice showed is there for anyone; a draft's paper and a private file are not", async () => {
    const community = await communityWithRoll(3);
    const scene = as(community, "secretary");
    const pdf = new TextEncoder().encode("%PDF-1.7 made for a test");
    const keep = async (name: string): Promise<string> => {
      const put = await putFile(scene, { name, bytes: pdf }, "person-secretary", "private");
      if (!put.ok) throw new Error(put.error.reason);
      await scene.db.write([put.value.statement]);
      return put.value.stored.fileId;
    };
    const [shown, inDraft, apart] = [await keep("方案.pdf"), await keep("草稿.pdf"), await keep("照片.pdf")];
    const withPaper = (fileId: string) =>
      itemOf(1, { attachments: [{ fileId, name: "方案.pdf", sha256: "0".repeat(64) }] });
    await noticed(community, { items: [withPaper(shown)] });
    await drafted(community, { items: [withPaper(inDraft)] });
    const page = await get(pageOf(community, 1));
    expect(page.text).toContain(`/c/${community.slug}/files/${shown}`);
    const answer = await get(`/c/${community.slug}/files/${shown}`);
    expect(answer.text).toBe("%PDF-1.7 made for a test");
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    const other = await communityWithRoll(3);
    for (const [slug, fileId] of [
      [community.slug, inDraft],
      [community.slug, apart],
      [other.slug, shown],
      [community.slug, "0000000000000000"],
    ])
      expect((await get(`/c/${slug}/files/${fileId}`)).status).toBe(404);
  });
});
