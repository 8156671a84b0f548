/** The roll's pages as a browser meets them: who is let in, import from upload to confirmation, search, changes, masks, exports. */
import { beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { UNITS_A_PAGE, unitsPage } from "../../src/community/browse/actions.ts";
import { tableOf, templateTable } from "../../src/community/import/writing.ts";
import { communityRoutes } from "../../src/community/pages.tsx";
import { sortKey, sortText } from "../../src/community/rules.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { signToken } from "../../src/platform/session.ts";
import { ROWS_BEHIND, sceneAt, T0, testEnv } from "./community-of-test.ts";
import { csvOf, importFile, linesOn, manyRows, SMALL, unitIdOf } from "./community-roll-of-test.ts";
import { estate } from "./desk-of-test.ts";
import { Browser, makeStaffedCommunity, personIn } from "./offices-of-test.ts";

const app = createApp({ demo: false, now: async () => T0 });
let community: CommunityAddress;
let base: string;
beforeEach(async () => {
  community = await makeStaffedCommunity();
  base = `/c/${community.slug}/desk/roll`;
});

/** A browser in which whoever holds this post is signed in; null for a stranger's. */
async function browserOf(post: PostKind | null, of = community): Promise<Browser> {
  const browser = new Browser(app);
  if (post === null) return browser;
  const session = await openSession(sceneAt(of), await personIn(of, post));
  const claims = { sid: session.sessionId, cid: of.id, began: session.beganAt, renewed: T0 };
  browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, T0, 3600));
  return browser;
}
/** May do everything with the roll; a teller may read it; a volunteer may not. */
const secretary = () => browserOf("secretary");

/** Uploads a file through the form of the import page. */
async function upload(
  browser: Browser,
  bytes: Uint8Array,
  name = "名册.csv",
  fromOn = "2026-01-01",
): Promise<Response> {
  await browser.get(`${base}/import`);
  const form = new FormData();
  for (const [key, value] of Object.entries(browser.hidden(`${base}/import`))) form.set(key, value);
  form.set("file", new File([bytes as Uint8Array<ArrayBuffer>], name));
  form.set("fromOn", fromOn);
  const response = await browser.send(`${base}/import`, {
    method: "POST",
    body: form,
    headers: { origin: "http://localhost" },
  });
  if (!response.headers.has("location")) browser.page = await response.clone().text();
  return response;
}

describe("who is let in", () => {
  const READ = ["", "/voters", "/export", "/export.csv", "/export.xlsx", "/reads", "/units/UNIT"];
  const WRITE = [
    "/import",
    "/import/template.csv",
    "/import/template.xlsx",
    "/import/JOB",
    "/units/UNIT/transfer",
    "/units/UNIT/who-votes",
    "/units/UNIT/facts",
    "/units/UNIT/split",
    "/units/UNIT/merge",
    "/parties/PARTY/contact",
    "/parties/PARTY/guardian",
  ];
  const paths = async (list: readonly string[]): Promise<string[]> => {
    const jobId = await importFile(community, csvOf(...SMALL));
    const unitId = await unitIdOf(community, "0201");
    const { db } = sceneAt(community);
    const [parties] = await db.read(
      db.all<{ id: string }>(sql`SELECT party_id AS id FROM party WHERE community_id = ${community.id} LIMIT 1`),
    );
    return list.map(
      (path) => base + path.replace("UNIT", unitId).replace("JOB", jobId).replace("PARTY", parties[0]!.id),
    );
  };

  test("who may read the roll sees its pages, and of the forms nothing but not-found", async () => {
    const browser = await browserOf("teller");
    for (const path of await paths(READ)) expect([path, (await browser.get(path)).status]).toEqual([path, 200]);
    for (const path of await paths(WRITE)) expect([path, (await browser.get(path)).status]).toEqual([path, 404]);
    expect((await browser.get(`/c/${community.slug}/roll`)).headers.get("location")).toBe(base);
  });
  test("who may write it sees the forms", async () => {
    const browser = await secretary();
    for (const path of await paths(WRITE)) expect([path, (await browser.get(path)).status]).toEqual([path, 200]);
  });
  test("a stranger is sent to sign in, and an officer without the roll sees what is not there", async () => {
    const [stranger, volunteer] = [await browserOf(null), await browserOf("volunteer")];
    for (const path of await paths([...READ, ...WRITE])) {
      expect((await stranger.get(path)).headers.get("location")).toContain("/sign-in?next=");
      expect((await volunteer.get(path)).status).toBe(404);
    }
  });
  test("a POST is guarded like its form: strangers and officers without the roll are told that nothing is there", async () => {
    const posts = communityRoutes.routes.filter(({ method, path }) => method === "POST" && !path.includes("*"));
    expect(new Set(posts.map(({ path }) => path)).size).toBe(13);
    for (const post of [null, "volunteer"] as const) {
      const browser = await browserOf(post);
      await browser.get(`/c/${community.slug}/sign-in`);
      const form = browser.hidden(`/c/${community.slug}/sign-in`);
      expect(form).toHaveProperty("_form");
      for (const { path } of posts) {
        const address = `/c/${community.slug}${path.replace(/:\w+/g, "x")}`;
        expect([path, (await browser.post(address, form)).status]).toEqual([path, 404]);
      }
    }
  });
  test("a unit, a job or an owner of another community is not there", async () => {
    const all = await paths(["/units/UNIT", "/import/JOB", "/parties/PARTY/contact"]);
    const other = await makeStaffedCommunity();
    const browser = await browserOf("secretary", other);
    for (const path of all) expect((await browser.get(path.replace(community.slug, other.slug))).status).toBe(404);
  });
});

describe("an import through the pages", () => {
  test("from an empty roll: upload, look, confirm, see it", async () => {
    const browser = await secretary();
    await browser.get(base);
    expect(browser.page).toContain("名册还是空的");
    const uploaded = await upload(browser, csvOf(...SMALL));
    expect(uploaded.status).toBe(303);
    const job = uploaded.headers.get("location")!;
    await browser.get(job);
    expect(browser.page).toContain("新增的专有部分（6）");
    expect(browser.page).toContain("张**");
    expect(browser.page).not.toContain("张三丰");
    expect(browser.page).not.toContain("13812345678");
    const confirmed = await browser.submit(`${job}/confirm`);
    expect(confirmed.headers.get("location")).toBe(job);
    await browser.get(job);
    expect(browser.page).toContain("已全部写入名册");
    await browser.get(base);
    expect(browser.page).toContain("共 6 个专有部分");
    expect(browser.page).toContain("1栋 1单元 0101");
  });
  test("with errors names row, column and value, and offers no confirmation", async () => {
    const browser = await secretary();
    const uploaded = await upload(browser, csvOf(SMALL[0]!, SMALL[1]!.replace("102.35", "89.66+4.2")));
    await browser.get(uploaded.headers.get("location")!);
    expect(browser.page).toContain("第 3 行「专有部分面积」“89.66+4.2”");
    expect(browser.page).not.toContain("/confirm");
  });
  test("of a file that cannot be read shows the form again with the reason, and nothing is kept", async () => {
    const browser = await secretary();
    const refused = await upload(browser, Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), "旧.xls");
    expect(refused.status).toBe(422);
    expect(browser.page).toContain("旧版 .xls");
    const tooLarge = await upload(browser, new Uint8Array(10 * 1024 * 1024 + 1).fill(65));
    expect(tooLarge.status).toBe(422);
    expect(browser.page).toContain("超过 10.0 MB");
    const future = await upload(browser, csvOf(...SMALL), "a.csv", "2026-12-01");
    expect([future.status, browser.page.includes("日期不能晚于今天")]).toEqual([422, true]);
    const { db } = sceneAt(community);
    const [rows] = await db.read(
      db.all<{ n: number }>(sql`SELECT count(*) AS n FROM import_job WHERE community_id = ${community.id}`),
    );
    expect(rows[0]!.n).toBe(0);
  });
  test("decided on an older roll is refused with the new differences on the page", async () => {
    const browser = await secretary();
    const job = (await upload(browser, csvOf(SMALL[0]!))).headers.get("location")!;
    await browser.get(job);
    await importFile(community, csvOf(SMALL[1]!));
    const confirmed = await browser.submit(`${job}/confirm`);
    expect(confirmed.status).toBe(409);
    expect(browser.page).toContain("有人改动了名册");
    expect((await browser.submit(`${job}/confirm`)).status).toBe(303);
    expect(await linesOn(community, "2026-11-02")).toHaveLength(2);
  });
  test("retires what is ticked and leaves what is not", async () => {
    await importFile(community, csvOf(...SMALL));
    const browser = await secretary();
    const job = (await upload(browser, csvOf(...SMALL.slice(0, 4)), "b.csv", "2026-06-01")).headers.get("location")!;
    await browser.get(job);
    expect(browser.page).toContain("文件里没有的专有部分（2）");
    const parking = await unitIdOf(community, "B1-001");
    await browser.submit(`${job}/confirm`, { retire: parking });
    expect((await linesOn(community, "2026-06-01")).map((line) => line.split(" ")[0])).toEqual([
      "0101",
      "0102",
      "0201",
      "0301",
      "S01",
    ]);
  });
  test("given up is over", async () => {
    const browser = await secretary();
    const job = (await upload(browser, csvOf(...SMALL))).headers.get("location")!;
    await browser.get(job);
    expect((await browser.submit(`${job}/abandon`)).status).toBe(303);
    await browser.get(job);
    expect(browser.page).toContain("已放弃");
    expect(browser.page).not.toContain("/confirm");
  });
  test("while its batch is being written the page asks again by itself", async () => {
    const browser = await secretary();
    const job = (await upload(browser, csvOf(...SMALL))).headers.get("location")!;
    const { db } = sceneAt(community);
    await db.write([
      db.run(sql`UPDATE import_job SET stage = 'writing', writing_at = ${T0} WHERE community_id = ${community.id}`),
    ]);
    await browser.get(job);
    expect(browser.page).toContain('http-equiv="refresh"');
    // Cut off there, it can still be confirmed, once.
    expect((await browser.submit(`${job}/confirm`)).status).toBe(303);
    expect(await linesOn(community, "2026-11-02")).toHaveLength(6);
  });
  test("the template downloads as both kinds of file", async () => {
    const browser = await secretary();
    const csv = await browser.get(`${base}/import/template.csv`);
    expect(csv.headers.get("content-disposition")).toContain("roll-template.csv");
    expect(new Uint8Array(await (await browser.send(`${base}/import/template.csv`)).arrayBuffer()).slice(0, 3)).toEqual(
      Uint8Array.from([0xef, 0xbb, 0xbf]),
    );
    expect(templateTable()[0]).toEqual(tableOf([], new Map(), new Map())[0]);
  });
});

describe("looking through the roll", () => {
  test("a thousand units come page by page, by building and by number", async () => {
    await importFile(community, csvOf(...manyRows(1000)));
    const browser = await secretary();
    await browser.get(base);
    expect(browser.page).toContain("第1页，共20页");
    await browser.get(`${base}?page=20`);
    expect(browser.page.match(/\/units\//g)).toHaveLength(50);
    await browser.get(`${base}?building=${encodeURIComponent("3栋")}&place=0007`);
    expect(browser.page).toContain("共 1 个专有部分");
    await browser.get(`${base}?page=999`);
    expect(browser.page).toContain("没有符合的专有部分");
  });
  test("an owner is found by full name or mobile without either standing in an address", async () => {
    await importFile(community, csvOf(...SMALL));
    const browser = await secretary();
    for (const person of ["王五妹", "139 1234 5678"]) {
      await browser.get(base);
      const found = await browser.submit(`${base}/search`, { person });
      expect([found.status, browser.page.includes("1栋 2单元 0201"), found.headers.get("location")]).toEqual([
        200,
        true,
        null,
      ]);
    }
    await browser.get(base);
    await browser.submit(`${base}/search`, { person: "王五" });
    expect(browser.page).toContain("没有找到");
  });
  test("on another day it is that day's roll", async () => {
    await importFile(community, csvOf(...SMALL), "2026-06-01");
    const browser = await secretary();
    await browser.get(`${base}?on=2026-05-31`);
    expect(browser.page).toContain("没有符合的专有部分");
  });
  test("heads are explained and overlaps are shown to the convener", async () => {
    await importFile(community, csvOf(...SMALL, "3栋,,0101,70.00,张三丰,0011,13812345678,王五妹二,,已交付"));
    const browser = await secretary();
    await browser.get(`${base}/voters`);
    expect(browser.page).toContain("同一业主不论有几个，都按一人计算");
    expect(browser.page).toContain("面积合计 192.01 ㎡，全部计入");
    expect(browser.page).toContain("另有车位 1 个（12.72 ㎡）不计入");
    await browser.get(`${base}/voters?flag=overlap`);
    expect(browser.page).toContain("共同的业主：张**");
    await browser.get(`${base}/voters?flag=designate&lang=en`);
    expect(browser.page).toContain("have not chosen who votes");
  });
  test("no page of the roll shows a name, a mobile or a document in clear", async () => {
    await importFile(
      community,
      csvOf(...SMALL, "3栋,,0101,70.00,孙小弟,,13512345678,,,已交付,,11010519491231002X,,,孙大姐,13512345679"),
    );
    const browser = await secretary();
    const units = [await unitIdOf(community, "0101"), await unitIdOf(community, "0201")];
    for (const path of [
      base,
      `${base}/voters`,
      `${base}/reads`,
      `${base}/export.csv`,
      ...units.map((id) => `${base}/units/${id}`),
    ]) {
      await browser.get(path);
      for (const secret of ["张三丰", "王五妹", "孙小弟", "13812345678", "13512345679", "11010519491231002X"])
        expect([path, browser.page.includes(secret)]).toEqual([path, false]);
    }
  });
});

describe("changing the roll through the pages", () => {
  const person = { name1: "赵六儿", kind1: "natural", basis1: "registered", phone1: "13700000001" };
  test("a sale: the form, its faults beside the fields, the change, the history", async () => {
    await importFile(community, csvOf(...SMALL));
    const unit = `${base}/units/${await unitIdOf(community, "0101")}`;
    const browser = await secretary();
    await browser.get(`${unit}/transfer`);
    const faulty = await browser.submit(`${unit}/transfer`, {
      kind: "sale",
      ...person,
      phone1: "12345",
      fromOn: "2026-05-10",
      why: "买卖",
    });
    expect(faulty.status).toBe(422);
    expect(browser.page).toContain("不是手机号");
    expect(browser.page).toContain('value="赵六儿"');
    const late = await browser.submit(`${unit}/transfer`, {
      kind: "sale",
      ...person,
      fromOn: "2027-05-10",
      why: "买卖",
    });
    expect([late.status, browser.page.includes("日期不能晚于今天")]).toEqual([422, true]);
    const done = await browser.submit(`${unit}/transfer`, {
      kind: "sale",
      ...person,
      fromOn: "2026-05-10",
      why: "买卖",
      evidence: "渝(2026)0001号",
    });
    expect(done.headers.get("location")).toBe(`${unit}?done=1`);
    await browser.get(`${unit}?done=1`);
    expect(browser.page).toContain("买卖；渝(2026)0001号");
    expect(browser.page).toContain("2026年5月10日之前");
    expect(await linesOn(community, "2026-05-10")).toContain("0101 赵** 8966");
  });
  test("who votes, facts, split, merge, contact and guardian each through its form", async () => {
    await importFile(community, csvOf(...SMALL));
    const browser = await secretary();
    const couple = `${base}/units/${await unitIdOf(community, "0201")}`;
    await browser.get(`${couple}/who-votes`);
    const party = /name="party" value="([0-9a-z]{16})"/.exec(browser.page)![1]!;
    const head = { fromOn: "2026-05-10", why: "依据文件" };
    expect((await browser.submit(`${couple}/who-votes`, { party, ...head })).status).toBe(303);
    await browser.get(`${couple}/facts`);
    expect((await browser.submit(`${couple}/facts`, { area: "76.5", source: "register", ...head })).status).toBe(303);
    await browser.get(`${couple}/facts`);
    expect((await browser.submit(`${couple}/facts`, { area: "76.555", source: "register", ...head })).status).toBe(422);
    expect(browser.page).toContain("最多两位小数");
    await browser.get(`${couple}/split`);
    const parts = {
      room1: "0201A",
      area1: "40",
      room2: "0201B",
      area2: "36.5",
      source: "register",
      ...head,
      fromOn: "2026-06-01",
    };
    expect((await browser.submit(`${couple}/split`, { ...parts, area2: "36.4" })).status).toBe(422);
    expect(browser.page).toContain("各部分面积合计 76.40 ㎡");
    expect((await browser.submit(`${couple}/split`, parts)).status).toBe(303);
    const [first, second] = [await unitIdOf(community, "0201A"), await unitIdOf(community, "0201B")];
    await browser.get(`${base}/units/${first}/merge`);
    const merged = await browser.submit(`${base}/units/${first}/merge`, {
      units: second,
      room1: "0201C",
      area1: "76.50",
      source: "register",
      ...head,
      fromOn: "2026-07-01",
    });
    expect(merged.status).toBe(303);
    await browser.get(`${base}/parties/${party}/contact`);
    expect(
      (
        await browser.submit(`${base}/parties/${party}/contact`, {
          name1: "李四光",
          phone1: "13600000002",
          why: "本人来电",
        })
      ).status,
    ).toBe(303);
    await browser.get(`${base}/parties/${party}/guardian`);
    expect(
      (await browser.submit(`${base}/parties/${party}/guardian`, { name1: "李大伯", phone1: "13600000003", ...head }))
        .status,
    ).toBe(303);
    const lines = await linesOn(community, "2026-11-02");
    // Whichever of the two was listed first now votes, under the name given in the contact form.
    expect(lines.filter((line) => line.startsWith("0201"))).toEqual([
      expect.stringMatching(/^0201C .+ 7650 votes 李\*\*$/),
    ]);
    await browser.get(`${base}/voters`);
    expect(browser.page).toContain("由监护人李**代为投票");
  });
});

describe("personal data through the pages", () => {
  test("is shown for a reason and logged; without a reason the form comes back", async () => {
    await importFile(community, csvOf(...SMALL));
    const browser = await secretary();
    await browser.get(`${base}/units/${await unitIdOf(community, "0101")}`);
    const empty = await browser.submit(`${base}/reveal`, { why: "" });
    expect([empty.status, browser.page.includes("请写明为什么需要查看")]).toEqual([422, true]);
    const shown = await browser.submit(`${base}/reveal`, { why: "核对送达电话" });
    expect([shown.status, shown.headers.get("cache-control"), browser.page.includes("13812345678")]).toEqual([
      200,
      "no-store",
      true,
    ]);
    await browser.get(`${base}/reads`);
    expect(browser.page).toContain("核对送达电话");
    expect(browser.page).not.toContain("13812345678");
  });
  test("is not shown to who may only read the masked roll", async () => {
    await importFile(community, csvOf(...SMALL));
    const unit = `${base}/units/${await unitIdOf(community, "0101")}`;
    const teller = await browserOf("teller");
    await teller.get(base);
    const { _form } = teller.hidden(`${base}/search`);
    const [, party] = /name="party" value="([0-9a-z]{16})"/.exec(await (await (await secretary()).send(unit)).text())!;
    expect((await teller.post(`${base}/reveal`, { _form: _form!, party: party!, why: "想看看" })).status).toBe(404);
    const asked = { _form: _form!, why: "想看看", on: "2026-11-02", format: "csv" };
    expect((await teller.post(`${base}/export`, asked)).status).toBe(404);
    await teller.get(unit);
    expect(teller.page).not.toContain("/reveal");
  });
  test("is exported in full only by a logged POST, and imports again without a difference", async () => {
    await importFile(community, csvOf(...SMALL));
    const browser = await secretary();
    await browser.get(`${base}/export`);
    const file = await browser.submit(`${base}/export`, { why: "换届移交", on: "2026-11-02", format: "xlsx" });
    expect(file.headers.get("content-type")).toContain("spreadsheetml");
    const again = await upload(browser, new Uint8Array(await file.clone().arrayBuffer()), "x.xlsx", "2026-11-02");
    await browser.get(again.headers.get("location")!);
    expect(browser.page).toContain("文件与名册一致，没有要改的");
    await browser.get(`${base}/reads`);
    expect(browser.page).toContain("换届移交");
  });
});

describe("a page of the roll", () => {
  test("shows every unit once over its pages, in order, also within a building and for a text", async () => {
    const large = await estate(430);
    const scene = () => sceneAt(large);
    const rooms = async (filter: { building: string; place: string }) => {
      const all: string[] = [];
      for (let page = 1; ; page += 1) {
        const { units, total } = await unitsPage(scene(), "2026-11-02", filter, page);
        all.push(...units.map(({ building, entrance, room }) => sortKey({ building, entrance, room })));
        if (page * UNITS_A_PAGE >= total) return { all, total };
      }
    };
    const whole = await rooms({ building: "", place: "" });
    expect([whole.all.length, whole.total]).toEqual([430, 430]);
    expect(whole.all).toEqual([...new Set(whole.all)].sort());
    const second = await rooms({ building: "2栋", place: "" });
    expect(second.all).toEqual(whole.all.filter((key) => key.startsWith(sortText("2栋\t"))));
    expect((await rooms({ building: "", place: "-019" })).total).toBe(20);
    expect((await unitsPage(scene(), "2026-11-02", { building: "9栋", place: "" }, 1)).units).toEqual([]);
    expect((await unitsPage(scene(), "2026-11-02", { building: "", place: "" }, 99)).units).toEqual([]);
  });

  test("costs the same on every page and whatever the size of the estate", async () => {
    const costOf = async (community: CommunityAddress, page: number) => {
      const scene = sceneAt(community);
      await unitsPage(scene, "2026-11-02", { building: "", place: "" }, page);
      return scene.db.meter;
    };
    const [small, large] = [await estate(210), await estate(810)];
    const [first, same] = [await costOf(small, 1), await costOf(large, 1)];
    expect(Math.abs(same.rowsRead - first.rowsRead)).toBeLessThanOrEqual(ROWS_BEHIND);
    expect(same.roundTrips).toBe(2);
    // The last page of a building walks through what stands before it in that building, and nothing else.
    expect((await costOf(large, 16)).rowsRead).toBeLessThan(same.rowsRead + 3 * 200);
    expect(same.rowsRead).toBeLessThan(10 * UNITS_A_PAGE);
  });
});
