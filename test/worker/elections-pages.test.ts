/** The pages of elections: what anyone reads, what officers and owners do, and what elections announce elsewhere. */
import { describe, expect, test } from "vitest";
import { callElection } from "../../src/elections/calling/actions.ts";
import { groupUntil } from "../../src/elections/group/rules.ts";
import { openNominations } from "../../src/elections/moving/actions.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import { bodyOf, electing, electionRow, LIST, makeElection, publishedGroup } from "./election-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";
import { OWNERS_ROLL, ownerSignedIn } from "./owners-of-test.ts";
import { countingEnv, expectWords, get, getJson, wordsOf } from "./public-of-test.ts";

/** A renewal that the street has called, its group published at T0. */
async function prepared(community: CommunityAddress): Promise<string> {
  const call = {
    kind: "renewal" as const,
    bodyId: await bodyOf(community, "committee"),
    title: "",
    cause: "本届任期到年底届满",
    requestedOn: "",
  };
  const called = await callElection(electing(community, "street"), call, newOnce());
  if (!called.ok) throw new Error(JSON.stringify(called.error));
  await publishedGroup(community, called.value.electionId);
  return called.value.electionId;
}

describe("the public list", () => {
  test("says what will stand here while there is nothing, in both languages", async () => {
    const community = await makeStaffedCommunity();
    const empty = await get(`/c/${community.slug}/elections`);
    expect(empty.status).toBe(200);
    expectWords(wordsOf(empty.text), "还没有举行过选举");
    expectWords(textOf((await get(`/c/${community.slug}/elections?lang=en`)).text), "No election yet");
    expect((await get(`/c/${community.slug}/elections?page=2`)).status).toBe(404);
  });
  test("has a second page, and the newest first", async () => {
    const community = await makeStaffedCommunity();
    for (let no = 1; no <= 21; no += 1) await makeElection(community, { state: "ended", title: `第${no}次选举` });
    const first = textOf((await get(`/c/${community.slug}/elections`)).text);
    expect(first.indexOf("第21次选举")).toBeLessThan(first.indexOf("第20次选举"));
    expect(first).not.toContain("第1次选举");
    expect(textOf((await get(`/c/${community.slug}/elections?page=2`)).text)).toContain("第1次选举");
    const page = await getJson<{ pages: number; total: number; elections: { number: number }[] }>(
      `/api/communities/${community.slug}/elections?page=2`,
    );
    expect(page).toMatchObject({ pages: 2, total: 21, elections: [{ number: 1 }] });
  });
});

describe("an election's public page", () => {
  test("tells its course, what is next by whom and when, the group, the method, and proves each entry", async () => {
    const community = await estate(0, OWNERS_ROLL);
    await prepared(community);
    const { status, text } = await get(`/c/${community.slug}/elections/1`, T0 + DAY_MS);
    expect(status).toBe(200);
    expectWords(
      wordsOf(text),
      "第二届业主委员会换届选举",
      "本届任期到年底届满",
      "小组名单公示，可以提出异议",
      "2026年11月9日（周一）24:00截止",
      "何组长",
      "组长",
      "业主代表（2栋）",
      "3×2=6，应不小于5",
      "《业主大会和业主委员会指导规则》第十条",
      "选举5名委员，任期5年",
      "我要提出异议",
      "公布选举小组名单",
    );
    // Neither a number nor the door of a member; each line of the history leads to its entry.
    for (const { phone } of LIST.members) expect(text).not.toContain(phone);
    expect(text).not.toContain("0305");
    const links = [...text.matchAll(/href="(\/c\/[^"]*\/record\/[0-9a-f]{64})"/g)].map(([, href]) => href!);
    expect(links.length).toBeGreaterThanOrEqual(2);
    expect((await get((await get(links[0]!)).headers.get("location")!)).status).toBe(200);
    const english = textOf((await get(`/c/${community.slug}/elections/1?lang=en`, T0 + DAY_MS)).text);
    for (const words of ["Being prepared", "What comes next", "Street or town", "5 members are elected for 5 years"])
      expect(english).toContain(words);
  });
  test("is one round trip, writes nothing, and costs no more however many elections there were", async () => {
    const cost = async (before: number) => {
      const community = await makeCommunity();
      for (let no = 0; no < before; no += 1) await makeElection(community, { state: "ended" });
      await prepared(community);
      const { env, asked } = countingEnv();
      await get(`/c/${community.slug}/elections/${before + 1}`, T0, env); // the community's address is looked up once
      Object.assign(asked, { roundTrips: 0, rowsRead: 0, rowsWritten: 0 });
      expect((await get(`/c/${community.slug}/elections/${before + 1}`, T0, env)).status).toBe(200);
      return { ...asked };
    };
    const [one, many] = [await cost(0), await cost(12)];
    expect(one).toMatchObject({ roundTrips: 1, rowsWritten: 0 });
    expect(many.roundTrips).toBe(1);
    expect(many.rowsRead - one.rowsRead).toBeLessThan(30);
  });
  test("of one that was ended says why; one that is not there looks like none", async () => {
    const community = await makeStaffedCommunity();
    await makeElection(community, { state: "ended" });
    expectWords(wordsOf((await get(`/c/${community.slug}/elections/1`)).text), "已终止", "街道要求暂停");
    for (const path of ["2", "0", "x", "1e1", "99999999"])
      expect((await get(`/c/${community.slug}/elections/${path}`)).status).toBe(404);
  });
  test.each(["preparing", "nominating", "examining", "standing", "voting", "seated"] as const)(
    "stands in every state, here %s, for a by-election too",
    async (state) => {
      const community = await makeStaffedCommunity();
      await makeElection(community, { state });
      expect((await get(`/c/${community.slug}/elections/1`)).status).toBe(200);
      await makeElection(await makeStaffedCommunity(), { state, kind: "by_election" });
    },
  );
});

describe("the notice of the group", () => {
  test("is a sheet with the members, the last day for objections, and the way to the election's page", async () => {
    const community = await makeStaffedCommunity();
    await prepared(community);
    const { text } = await get(`/c/${community.slug}/elections/1/group/notice`, T0 + DAY_MS);
    expectWords(
      wordsOf(text),
      "关于金桂苑换届选举小组成员名单的公告",
      "金桂苑全体业主：",
      "共5人，其中业主代表3人",
      "2026年11月9日（周一）24:00",
      "璧城街道办事处",
    );
    expect(text).toContain("<svg");
  });
  test("is not there before there is a list", async () => {
    const community = await makeStaffedCommunity();
    await makeElection(community);
    expect((await get(`/c/${community.slug}/elections/1/group/notice`)).status).toBe(404);
  });
});

describe("at the desk", () => {
  const base = (community: CommunityAddress) => `/c/${community.slug}/desk/elections`;

  test("the street calls an election, the secretary drafts the group, the street publishes it", async () => {
    const community = await estate(0, OWNERS_ROLL);
    const street = await signedIn(community, "street_officer");
    await street.get(`${base(community)}/new`);
    expect(textOf(street.page)).toContain("首次选举的条件");
    const bodyId = await bodyOf(community, "committee");
    const faulty = await street.submit(`${base(community)}/new`, { kind: "renewal", bodyId, cause: "", title: "" });
    expect(faulty.status).toBe(422);
    expect(textOf(street.page)).toContain("请写明为什么举行这次选举");
    const called = await street.submit(`${base(community)}/new`, {
      kind: "renewal",
      bodyId,
      cause: "任期将满",
      title: "",
    });
    expect(called.headers.get("location")).toBe(`${base(community)}/1?done=1`);

    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${base(community)}/1/group`);
    const fields = Object.fromEntries(
      LIST.members.flatMap((member, at) => [
        [`members[${at}].name`, member.name],
        [`members[${at}].phone`, member.phone],
        [`members[${at}].part`, member.part],
        [`members[${at}].home`, member.home],
        ...(member.isChair ? [[`members[${at}].chair`, "yes"]] : []),
      ]),
    ) as Record<string, string>;
    const wrong = await secretary.submit(`${base(community)}/1/group`, {
      ...fields,
      "members[1].phone": "138",
      act: "save",
    });
    expect(wrong.status).toBe(422);
    const refused = textOf(secretary.page);
    expect(refused).toContain("第2人：请填写11位手机号");
    expect(refused).toContain("请写明依据的文件或会议");
    expect(secretary.page).toContain('value="刘建设"'); // what was typed is kept
    await secretary.submit(`${base(community)}/1/group`, { ...fields, document: LIST.document, act: "save" });
    expect((await secretary.get(`${base(community)}/1/group/publish`)).status).toBe(404);

    await street.get(`${base(community)}/1/group/publish`);
    const review = textOf(street.page);
    expect(review).toContain("名册里没有对上"); // the names of the list are not those of the roll
    expect(review).toContain("3×2=6，应不小于5");
    const published = await street.submit(`${base(community)}/1/group/publish`);
    expect(published.headers.get("location")).toBe(`${base(community)}/1?done=1`);
    expect(await electionOf(community)).toMatchObject({ groupEdition: 1 });
    await street.get(`${base(community)}/1`);
    expect(textOf(street.page)).toContain("小组名单公示，可以提出异议");
  });

  test("a method typed wrong is shown again with what was typed and the message beside its field", async () => {
    const community = await makeStaffedCommunity();
    await makeElection(community);
    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${base(community)}/1/method`);
    expect(textOf(secretary.page)).toContain("选举5名委员");
    const wrong = await secretary.submit(`${base(community)}/1/method`, { seats: "6", smallEstate: "no" });
    expect(wrong.status).toBe(422);
    expect(textOf(secretary.page)).toContain("委员人数应为单数，6是双数");
    expect(secretary.page).toContain('href="#f-seats"');
    expect(secretary.page).toMatch(/id="f-seats"[^>]*value="6"/);
    const saved = await secretary.submit(`${base(community)}/1/method`, { seats: "7", atMost: "7", channels: "self" });
    expect(saved.status).toBe(303);
    await secretary.get(`${base(community)}/1/method?done=1`);
    expect(textOf(secretary.page)).toContain("选举7名委员");
  });

  test("what cannot be done yet says why, and what is due stands on the desk of whoever may do it", async () => {
    const community = await makeStaffedCommunity();
    await prepared(community);
    const chair = await signedIn(community, "committee_chair");
    await chair.get(`${base(community)}/1`);
    expect(textOf(chair.page)).toContain("小组名单公示到2026年11月9日（周一）24:00，这以后才能开始提名");
    await chair.get(`${base(community)}/1/open`);
    expect(chair.page).not.toContain(`action="${base(community)}/1/open"`);
    await chair.get(`/c/${community.slug}/desk`);
    expect(textOf(chair.page)).not.toContain("开始提名");
    const later = await signedIn(community, "committee_chair", groupUntil(T0, 7));
    await later.get(`/c/${community.slug}/desk`);
    expect(textOf(later.page)).toContain("开始提名 第二届业主委员会换届选举");
    await later.get(`${base(community)}/1/open`);
    expect((await later.submit(`${base(community)}/1/open`)).status).toBe(303);
    expect(await electionOf(community)).toMatchObject({ state: "nominating" });
    await later.get(`${base(community)}/1/extend`);
    expect((await later.submit(`${base(community)}/1/extend`, { untilOn: "2026-11-01", why: "" })).status).toBe(422);
  });

  test("an owner objects for themselves, and reads the answer", async () => {
    const community = await estate(0, OWNERS_ROLL);
    await prepared(community);
    const path = `/c/${community.slug}/elections/1/objection`;
    const owner = await ownerSignedIn(community, "张三丰", T0 + DAY_MS);
    await owner.get(`/c/${community.slug}/my`);
    expect(owner.page).toContain(`href="${path}"`);
    await owner.get(path);
    expect((await owner.submit(path, { text: "" })).status).toBe(422);
    expect((await owner.submit(path, { text: "业主二已经搬走。" })).status).toBe(303);
    const street = await signedIn(community, "street_officer", T0 + DAY_MS);
    await street.get(`${base(community)}/1/group/objections/1`);
    expect(textOf(street.page)).toContain("业主二已经搬走。");
    await street.submit(`${base(community)}/1/group/objections/1`, { text: "已核对，仍是业主。" });
    await owner.get(path);
    expect(textOf(owner.page)).toContain("已核对，仍是业主。");
    const open = textOf((await get(`/c/${community.slug}/elections/1`, T0 + DAY_MS)).text);
    expect(open).toContain("已核对，仍是业主。");
    expect(open).not.toContain("业主二已经搬走");
    const other = await ownerSignedIn(community, "郑老伯", T0 + DAY_MS);
    await other.get(path);
    expect(textOf(other.page)).not.toContain("业主二已经搬走");
  });

  test("no GET of it changes anything", async () => {
    const community = await makeStaffedCommunity();
    await prepared(community);
    const before = await rowsOf(community);
    for (const post of ["street_officer", "secretary", "committee_chair"] as const) {
      const browser = await signedIn(community, post);
      for (const path of [
        "",
        "/1",
        "/1/group",
        "/1/group/publish",
        "/1/group/objections",
        "/1/group/objections/new",
        "/1/method",
        "/1/open",
        "/1/close",
        "/1/extend",
        "/1/end",
        "/new",
      ])
        await browser.get(`${base(community)}${path}`);
    }
    expect(await rowsOf(community)).toEqual(before);
  });
});

async function electionOf(community: CommunityAddress) {
  const scene = sceneAt(community);
  const [[found]] = await scene.db.read(
    scene.db.all<{ id: string }>(sql`SELECT election_id AS id FROM election WHERE community_id = ${community.id}`),
  );
  return electionRow(community, found!.id);
}

const rowsOf = (community: CommunityAddress): Promise<number[]> =>
  Promise.all(
    ["election", "election_event", "election_group_member", "election_group_objection", "record_leaf"].map((table) =>
      numberIn(community, sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE community_id = ${community.id}`),
    ),
  );

describe("an election announces itself", () => {
  test("on the home page, in the feed and in the calendar, in the page's own round trip", async () => {
    const community = await makeCommunity();
    const electionId = await prepared(community);
    const until = groupUntil(T0, 7);
    const opened = await openNominations(electing(community, "chair", until), electionId);
    expect(opened.ok).toBe(true);
    const { env, asked } = countingEnv();
    await get(`/c/${community.slug}`, until, env);
    asked.roundTrips = 0;
    const home = await get(`/c/${community.slug}`, until, env);
    expect(asked.roundTrips).toBe(1);
    expectWords(wordsOf(home.text), "正在进行的选举", "第二届业主委员会换届选举", "提名候选人");
    const feed = await get(`/c/${community.slug}/feed.atom`, until);
    expect(feed.text).toContain("开始提名：第二届业主委员会换届选举");
    expect(feed.text).toContain(`/c/${community.slug}/elections/1#event-1`);
    const calendar = await get(`/c/${community.slug}/calendar.ics`, until);
    expect(calendar.text).toContain(`UID:${electionId}-nominations@commonhold`);
    expect(calendar.text.replace(/\r\n /g, "")).toContain("SUMMARY:小组名单异议截止：第二届业主委员会换届选举");
  });
  test("to programs, with its course, its group and its method", async () => {
    const community = await makeStaffedCommunity();
    await prepared(community);
    const answer = await getJson<Record<string, unknown>>(
      `/api/communities/${community.slug}/elections/1`,
      T0 + DAY_MS,
    );
    expect(answer).toMatchObject({
      number: 1,
      kind: "renewal",
      state: "preparing",
      next: [
        { kind: "object_to_group", sense: "until", due: "2026-11-10T00:00:00+08:00" },
        { kind: "open_nominations" },
      ],
      group: {
        edition: 1,
        members: [{ name: "何组长", chair: true, part: "street" }, {}, {}, {}, {}],
        openObjections: 0,
      },
      method: { seats: { value: 5, clause: "" } },
      methodHash: null,
      events: [
        { no: 1, kind: "called" },
        { no: 2, kind: "group_published" },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain("1371111");
    expect((await get(`/api/communities/${community.slug}/elections/9`)).status).toBe(404);
    expect((await get(`/api/communities/${community.slug}/elections?page=x`)).status).toBe(422);
    const document = await getJson<{ paths: Record<string, unknown> }>("/openapi.json");
    expect(Object.keys(document.paths)).toContain("/api/communities/{slug}/elections/{number}");
  });
  test("to nobody of another community", async () => {
    const [here, there] = [await makeStaffedCommunity(), await makeStaffedCommunity()];
    await prepared(here);
    expect((await get(`/c/${there.slug}/elections/1`)).status).toBe(404);
    expect((await stranger().send(`/c/${there.slug}/elections/1/objection`)).headers.get("location")).toContain(
      "/my/sign-in",
    );
  });
});
