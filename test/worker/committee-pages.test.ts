/** The committee's work through its pages: a meeting's whole life, what a stranger may see of it when, and every form that is refused. */
import { beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { readCommitteeView } from "../../src/committee/public/reading.ts";
import { localValue } from "../../src/kernel/day.ts";
import { sql } from "../../src/platform/db.ts";
import {
  at,
  browserOf,
  type CommitteeOfTest,
  MEMBERS,
  makeCommittee,
  must,
  type Person,
  textOf,
} from "./committee-of-test.ts";
import { makeCommunity, ROWS_BEHIND, sceneAt, T0, testEnv } from "./community-of-test.ts";
import type { Browser } from "./offices-of-test.ts";

let of: CommitteeOfTest;
let base: string;
beforeEach(async () => {
  of = await makeCommittee();
  base = `/c/${of.community.slug}`;
});

const HOLDS_AT = at(9, 19);
const AFTER = HOLDS_AT + 7_200_000;
const open = async (person: Person | null, path: string, now: number): Promise<Browser> => {
  const browser = await browserOf(of, person, now);
  await browser.open(`${base}${path}`);
  return browser;
};
const desk = "/desk/committee/meetings";

/** A draft through the forms: frame, two items. */
async function drafted(): Promise<void> {
  const browser = await open("secretary", `${desk}/new`, T0);
  const made = await browser.submit(`${base}${desk}/new`, {
    title: "第3次会议",
    place: "小区活动室",
    holdsAt: localValue(HOLDS_AT),
  });
  expect(made.headers.get("location")).toBe(`${base}${desk}/1`);
  for (const no of [1, 2]) {
    await browser.open(`${base}${desk}/1/items/${no}`);
    const saved = await browser.submit(`${base}${desk}/1/items/${no}`, {
      title: `第${no}件事`,
      text: "照比选结果办理。",
      matter: "0",
    });
    expect(saved.status).toBe(303);
  }
}

async function announced(): Promise<void> {
  await drafted();
  const chair = await open("chair", `${desk}/1`, T0);
  expect(textOf(chair.page)).toContain("可以公告了");
  expect((await chair.submit(`${base}${desk}/1/announce`)).status).toBe(303);
}

const there = ["chair", "deputy", "third"] as const satisfies Person[];
const rollOf = (present: readonly Person[]): Record<string, string> =>
  Object.fromEntries(
    [...MEMBERS, "alternate" as const].map((person) => [
      `present.${of.people[person]}`,
      present.includes(person) ? "yes" : "no",
    ]),
  );
const votesOf = (present: readonly Person[]): Record<string, string> =>
  Object.fromEntries(
    present.flatMap((person) => [1, 2].map((no) => [`vote.${no}.${of.people[person]}`, "for"] as const)),
  );

async function recorded(): Promise<void> {
  await announced();
  const browser = await open("secretary", `${desk}/1/minutes`, AFTER);
  await browser.submit(`${base}${desk}/1/minutes/votes`, { heldAt: localValue(HOLDS_AT), ...rollOf(there) });
  expect(textOf(browser.page)).toContain("第二步");
  const saved = await browser.submit(`${base}${desk}/1/minutes`, { ...votesOf(there), text: "逐项讨论并表决。" });
  expect(saved.headers.get("location")).toBe(`${base}${desk}/1`);
}

const publicMeeting = async (now: number): Promise<string> =>
  textOf((await open(null, "/committee/meetings/1", now)).page);

describe("a meeting through its pages", () => {
  test("is drafted, announced, held, signed and published; a stranger sees each when it is theirs to see", async () => {
    await drafted();
    expect((await (await browserOf(of, null, T0)).get(`${base}/committee/meetings/1`)).status).toBe(404);
    const chair = await open("chair", `${desk}/1`, T0);
    await chair.submit(`${base}${desk}/1/announce`);
    expect(await publicMeeting(T0)).toContain("第1件事");
    const waiting = await open("secretary", `${desk}/1/minutes`, AFTER);
    await waiting.submit(`${base}${desk}/1/minutes/votes`, { heldAt: localValue(HOLDS_AT), ...rollOf(there) });
    await waiting.submit(`${base}${desk}/1/minutes`, { ...votesOf(there), text: "陈主任主持，逐项讨论并表决。" });
    const before = await publicMeeting(AFTER);
    expect(before).toContain("会议记录应在此前公布");
    expect(before).not.toMatch(/逐项讨论|同意3票|陈主任/);
    for (const person of there) {
      const signer = await open(person, `${desk}/1`, AFTER);
      expect(textOf(signer.page)).toContain("请核对并签字");
      const form = signer.page.split("<form").find((part) => part.includes('value="signed"'))!;
      const version = /name="version" value="(\d+)"/.exec(form)![1]!;
      const signed = await signer.submit(`${base}${desk}/1/sign`, { version, stance: "signed" });
      expect(signed.status).toBe(303);
    }
    const publisher = await open("deputy", `${desk}/1`, AFTER);
    expect((await publisher.submit(`${base}${desk}/1/publish`)).status).toBe(303);
    const after = await publicMeeting(AFTER);
    expect(after).toMatch(/逐项讨论/);
    expect(after).toContain("同意3票，反对0票，弃权0票");
    expect(after).not.toContain("各位委员："); // by name only where the practice says so
    const list = await open(null, "/committee/resolutions", AFTER);
    expect(textOf(list.page)).toContain("〔2026〕第1号 第1件事");
    const one = await open(null, "/committee/resolutions/2026/2", AFTER);
    expect(textOf(one.page)).toContain("第2件事");
    const sheet = await open(null, "/committee/resolutions/2026/2/notice", AFTER);
    expect(sheet.page).toContain('class="qr"');
    expect(textOf(sheet.page)).toMatch(/金桂苑业委〔2026〕第2号.*同意3票.*第二百八十条/);
    const home = await open(null, "", AFTER);
    expect(textOf(home.page)).toContain("〔2026〕第2号 第2件事");
    const feed = await open(null, "/feed.atom", AFTER);
    expect(feed.page).toContain("公布业委会会议记录和决议");
    const calendar = await open(null, "/calendar.ics", AFTER);
    expect(calendar.page).toContain("第3次会议");
  });

  test("pressed twice is done once: announcing, signing, publishing", async () => {
    await recorded();
    for (const person of there) {
      const signer = await open(person, `${desk}/1`, AFTER);
      const fields = { ...signer.hidden(`${base}${desk}/1/sign`), stance: "signed" };
      expect((await signer.post(`${base}${desk}/1/sign`, fields)).status).toBe(303);
      expect((await signer.post(`${base}${desk}/1/sign`, fields)).status).toBe(303);
    }
    const publisher = await open("chair", `${desk}/1`, AFTER);
    const fields = publisher.hidden(`${base}${desk}/1/publish`);
    expect((await publisher.post(`${base}${desk}/1/publish`, fields)).status).toBe(303);
    expect((await publisher.post(`${base}${desk}/1/publish`, fields)).status).toBe(303);
    expect(textOf((await open(null, "/committee/resolutions", AFTER)).page)).not.toContain("第3号");
  });

  test("short by one says so, and is recorded as no meeting", async () => {
    await announced();
    const browser = await open("secretary", `${desk}/1/minutes`, AFTER);
    await browser.submit(`${base}${desk}/1/minutes/votes`, {
      heldAt: localValue(HOLDS_AT),
      ...rollOf(["chair", "deputy"]),
    });
    expect(textOf(browser.page)).toContain("到会2人，最少要3人，差1人");
    expect(textOf(browser.page)).toContain("《业主大会和业主委员会指导规则》第三十八条");
    expect((await browser.submit(`${base}${desk}/1/minutes`, { text: "三位委员出差。" })).status).toBe(303);
    expect(textOf((await open("chair", `${desk}/1`, AFTER)).page)).toContain("会议没有开成");
  });

  test("a vote that was forgotten, and a recusal without its reason, stand beside their fields and keep the rest", async () => {
    await announced();
    const browser = await open("secretary", `${desk}/1/minutes`, AFTER);
    await browser.submit(`${base}${desk}/1/minutes/votes`, { heldAt: localValue(HOLDS_AT), ...rollOf(there) });
    const votes: Record<string, string> = { ...votesOf(there) };
    delete votes[`vote.2.${of.people.third}`];
    const missing = await browser.submit(`${base}${desk}/1/minutes`, { ...votes, text: "记录在此" });
    expect(missing.status).toBe(422);
    expect(textOf(browser.page)).toContain("第2项还没有填王委员的表决");
    expect(browser.page).toContain("记录在此");
    votes[`vote.2.${of.people.third}`] = "recused";
    const unexplained = await browser.submit(`${base}${desk}/1/minutes`, { ...votes, text: "记录在此" });
    expect(unexplained.status).toBe(422);
    expect(textOf(browser.page)).toContain("请写明王委员为什么回避");
    const saved = await browser.submit(`${base}${desk}/1/minutes`, {
      ...votes,
      [`why.2.${of.people.third}`]: "配偶在投标企业任职",
      text: "记录在此",
    });
    expect(saved.status).toBe(303);
    expect(textOf((await open("third", `${desk}/1`, AFTER)).page)).toContain("王委员声明与本项有利害关系，回避表决");
  });

  test("one in the roll call who was not spoken of is asked for", async () => {
    await announced();
    const browser = await open("secretary", `${desk}/1/minutes`, AFTER);
    const roll = rollOf(there);
    delete roll[`present.${of.people.fifth}`];
    await browser.submit(`${base}${desk}/1/minutes/votes`, { heldAt: localValue(HOLDS_AT), ...roll });
    expect(textOf(browser.page)).toContain("请写明孙委员是否到会");
    await browser.submit(`${base}${desk}/1/minutes/votes`, { heldAt: "", ...rollOf(there) });
    expect(textOf(browser.page)).toContain("请填写开会时间");
  });

  test("overdue minutes are said to everyone", async () => {
    await recorded();
    const late = await publicMeeting(at(15));
    expect(late).toContain("会议记录应当公布，已逾期");
    expect(textOf((await open(null, "/committee/meetings", at(15))).page)).toContain("已逾期");
    const [mine] = textOf((await open("fourth", "/desk", at(15))).page).split("等别人办理");
    expect(mine).not.toContain("公布会议记录和决议"); // nothing for a plain member who was absent
    expect(textOf((await open("chair", "/desk", at(15))).page)).toContain("公布会议记录和决议");
  });

  test("an item that looks like the owners' own matter is asked about, and one that says so needs an authorisation", async () => {
    await drafted();
    const browser = await open("secretary", `${desk}/1/items/3`, T0);
    await browser.submit(`${base}${desk}/1/items/3`, {
      title: "续聘物业服务企业三年",
      text: "与现在的企业续签。",
      matter: "0",
    });
    expect(textOf((await open("chair", `${desk}/1`, T0)).page)).toContain("请再核对：是不是应由业主决定");
    await browser.open(`${base}${desk}/1/items/3`);
    await browser.submit(`${base}${desk}/1/items/3`, {
      title: "续聘物业服务企业三年",
      text: "与现在的企业续签。",
      matter: "4",
    });
    const page = textOf((await open("chair", `${desk}/1`, T0)).page);
    expect(page).toContain("没有业主大会的授权不能作决议");
    expect(page).toContain("《民法典》第二百七十八条第一款");
    expect(page).not.toContain("可以公告了");
  });
});

describe("a request through its pages", () => {
  test("is joined by a second member, becomes public, and the desk says what is due", async () => {
    const asker = await open("third", `${desk}/request`, T0);
    const asked = await asker.submit(`${base}${desk}/request`, { title: "公示水费账目", text: "逐户公示上半年水费。" });
    expect(asked.headers.get("location")).toBe(`${base}${desk}/1`);
    expect((await (await browserOf(of, null, T0)).get(`${base}/committee/meetings/1`)).status).toBe(404);
    const second = await open("fourth", "/desk", T0);
    expect(textOf(second.page)).toContain("一起提议召开业委会会议");
    await second.open(`${base}${desk}/1`);
    await second.submit(`${base}${desk}/1/join`);
    expect(await publicMeeting(T0)).toContain("公示水费账目");
    expect(await publicMeeting(at(8))).toContain("应当开会，已逾期");
    expect(textOf((await open("chair", "/desk", at(8))).page)).toContain("公告委员提议的会议");
    const late = await open("third", `${desk}/1/frame`, at(8));
    await late.submit(`${base}${desk}/1/frame`, { place: "活动室", holdsAt: localValue(at(10, 19)) });
    await late.open(`${base}${desk}/1`);
    expect((await late.submit(`${base}${desk}/1/announce`)).status).toBe(303);
  });

  test("without a word on what it is about is refused beside the field", async () => {
    const asker = await open("third", `${desk}/request`, T0);
    expect((await asker.submit(`${base}${desk}/request`, { title: "", text: "" })).status).toBe(422);
    expect(textOf(asker.page)).toContain("没有题目");
  });
});

/** So many further resolutions of the one meeting there is, by the rows that publishing writes. */
async function manyResolutions(count: number): Promise<void> {
  const { db, community } = sceneAt(of.community, AFTER);
  must(
    await db.write([
      db.run(
        sql`INSERT INTO committee_resolution(community_id, resolution_id, year, number, session_id, item_no, title, text, in_favour, against,
              abstaining, recused, whole, matter, authorisation_id, corrects, adopted_on, published_at, leaf_hash)
            SELECT ${community.id}, 'r' || n.value || '-' || ${count}, 2026, n.value + (SELECT coalesce(max(number), 0) FROM committee_resolution WHERE community_id = ${community.id}),
              s.session_id, n.value + 1000 * ${count}, 't', 't', 3, 0, 0, 0, 5, 0, '', '', '2026-11-11', ${AFTER}, ${"0".repeat(64)}
            FROM json_each(${JSON.stringify(Array.from({ length: count }, (_, n) => n + 1))}) n,
                 (SELECT session_id FROM committee_session WHERE community_id = ${community.id} LIMIT 1) s`,
      ),
    ]),
  );
}

describe("the committee's page", () => {
  test("of an estate without a committee says what will stand there", async () => {
    const empty = await makeCommunity({ name: "新小区" });
    const app = createApp({ demo: false, now: async () => T0 });
    for (const [path, words] of [
      ["/committee", "还没有登记业主委员会"],
      ["/committee/meetings", "还没有公告过会议"],
      ["/committee/resolutions", "还没有决议"],
      ["/committee/filings", "还没有要备案的事"],
      ["/committee/legal-person", "还没有登记法人信息"],
      ["/committee/authorisations", "没有授权"],
      ["/committee/disclosure", "还没有"],
    ] as const) {
      const answer = await app.request(
        `http://localhost/c/${empty.slug}${path}`,
        { headers: { accept: "text/html" } },
        testEnv,
      );
      expect(answer.status, path).toBe(200);
      expect(textOf(await answer.text()), path).toContain(words);
    }
  });

  test("names its members with their terms, in both languages, and nobody's number", async () => {
    const page = await open(null, "/committee", T0);
    const text = textOf(page.page);
    for (const name of ["陈主任", "林副主任", "王委员", "周候补"]) expect(text).toContain(name);
    expect(text).toContain("2026年10月3日至2029年10月1日");
    expect(page.page).not.toMatch(/1380000/);
    expect(textOf((await open(null, "/committee?lang=en", T0)).page)).toContain("Owners' committee of 金桂苑");
  });

  test("costs one round trip, and no more rows after a hundred resolutions", async () => {
    await recorded();
    const read = async () => {
      const scene = sceneAt(of.community, AFTER);
      await readCommitteeView(scene);
      return scene.db.meter;
    };
    const before = await read();
    expect(before.roundTrips).toBe(1);
    await manyResolutions(6);
    const few = await read();
    await manyResolutions(100);
    const many = await read();
    expect(many.roundTrips).toBe(1);
    expect(Math.abs(many.rowsRead - few.rowsRead)).toBeLessThanOrEqual(ROWS_BEHIND);
  });

  test("has the office's contact and refuses an officer's own number", async () => {
    const form = await open("secretary", "/desk/committee/contact", T0);
    const own = await form.submit(`${base}/desk/committee/contact`, { phone: "13800000001", place: "", hours: "" });
    expect(own.status).toBe(422);
    expect(textOf(form.page)).toContain("登录用的私人号码");
    await form.submit(`${base}/desk/committee/contact`, {
      phone: "023-41420000",
      place: "3幢一楼",
      hours: "每周三19:00—21:00",
    });
    expect(textOf((await open(null, "/committee", T0)).page)).toContain("023-41420000");
  });
});

describe("the public calls", () => {
  const call = async (path: string, now = AFTER) => {
    const app = createApp({ demo: false, now: async () => now });
    const answer = await app.request(`http://localhost/api/communities/${of.community.slug}${path}`, {}, testEnv);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  test("give the committee, its meetings and resolutions, and nothing of a meeting before it is published", async () => {
    await recorded();
    const { body } = await call("/committee");
    expect(body).toMatchObject({ mandate: { number: 2, seats: 5 }, vacant: 0, legalPerson: null });
    expect(JSON.stringify(body)).not.toMatch(/1380000|sealed/);
    const session = await call("/committee/meetings/1");
    expect(session.body).toMatchObject({ state: "recorded", minutes: null, quorum: null });
    expect((session.body.items as { votes: unknown }[]).every(({ votes }) => votes === null)).toBe(true);
    expect((await call("/committee/meetings/9")).status).toBe(404);
    expect((await call("/committee/resolutions/2026/1")).status).toBe(404);
    expect((await call("/committee/resolutions?page=0")).status).toBe(422);
    expect((await call("/committee/resolutions")).body).toMatchObject({ total: 0, resolutions: [] });
  });
  test("stand in the one OpenAPI document", async () => {
    const app = createApp({ demo: false, now: async () => T0 });
    const document = (await (await app.request("http://localhost/openapi.json", {}, testEnv)).json()) as {
      paths: Record<string, unknown>;
    };
    expect(Object.keys(document.paths)).toContain("/api/communities/{slug}/committee/resolutions/{year}/{number}");
  });
});

test("the mandate of a committee from before is recorded once, and its meetings can begin", async () => {
  const bare = await makeCommittee({ community: await makeCommunity({ name: "老小区" }) });
  expect(bare.mandateId).not.toBe("");
  const page = await browserOf(bare, "street", T0);
  await page.open(`/c/${bare.community.slug}/desk/committee/mandate`);
  expect(textOf(page.page)).toContain("第2届已经登记");
});
