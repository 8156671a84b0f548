import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { approveUpTo } from "../../src/assembly/agenda/rules.ts";
import { issueLinks, linkAddress, reissueLink, revokeLink } from "../../src/assembly/links/actions.ts";
import { listCurrentLinks } from "../../src/assembly/links/store.ts";
import { votingRoutes } from "../../src/assembly/voting.ts";
import type { EntryProof } from "../../src/community/snapshot/actions.ts";
import { sql } from "../../src/platform/db.ts";
import { STYLE } from "../../src/platform/style.ts";
import { verifyInclusion } from "../../src/record/merkle/proof.ts";
import { leafHashOf } from "../../src/record/rules.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { appAt, Browser, deployedEnv } from "./offices-of-test.ts";
import {
  CLOSES_AT,
  countRows,
  DURING,
  flats,
  itemOfTest,
  makeVoting,
  OPENS_AT,
  rulesWith,
  tailOf,
  type VotingOfTest,
} from "./voting-of-test.ts";

const clock = { now: DURING };
const app = appAt(clock, () => undefined);

/** The path of the link in force of each voter. */
async function linked(voting: VotingOfTest): Promise<(voterNo: number) => string> {
  const scene = sceneAt(voting.community);
  const voterNos = voting.frozen.voters.map(({ voterNo }) => voterNo);
  const written = await scene.db.write(issueLinks(scene, voting.meetingId, voterNos));
  if (!written.ok) throw new Error(written.error.code);
  const [links] = await scene.db.read(listCurrentLinks(scene, voting.meetingId, voterNos));
  return (voterNo) =>
    new URL(linkAddress(scene, voting.meetingId, links.find((link) => link.voterNo === voterNo)!)).pathname;
}

/** A deployment that counts what the communities' databases are asked and how much is written. */
function metered() {
  const meter = { roundTrips: 0, rowsWritten: 0 };
  const withSession = (constraint: string): D1DatabaseSession => {
    const session = deployedEnv.DB.withSession(constraint);
    return {
      prepare: session.prepare.bind(session),
      getBookmark: session.getBookmark.bind(session),
      batch: async <T>(statements: D1PreparedStatement[]) => {
        const results = await session.batch<T>(statements);
        meter.roundTrips += 1;
        for (const { meta } of results) meter.rowsWritten += meta.rows_written;
        return results;
      },
    } as D1DatabaseSession;
  };
  const { DB } = deployedEnv;
  const counted = { prepare: DB.prepare.bind(DB), batch: DB.batch.bind(DB), withSession } as unknown as D1Database;
  return { env: { ...deployedEnv, DB: counted }, meter };
}

const at = (voting: VotingOfTest, path: string): string => `/c/${voting.community.slug}${path}`;

/** A browser that has opened a voter's link and shown who it is. */
async function voterAt(voting: VotingOfTest, path: string, lastFour: string): Promise<Browser> {
  const browser = new Browser(app);
  await browser.open(path);
  const response = await browser.submit(at(voting, "/vote/identify"), { lastFour });
  if (response.status !== 303) throw new Error(`not recognised: ${response.status}`);
  return browser;
}

const ballotsOf = (voting: VotingOfTest) => countRows(sceneAt(voting.community).db, "ballot", voting.meetingId);

describe("a household", () => {
  test("opens its link, shows who it is, votes, and gets its receipt, without a script", async () => {
    clock.now = DURING;
    const voting = await makeVoting();
    const path = (await linked(voting))(2);
    const browser = new Browser(app);
    const first = await browser.get(path);
    expect(first.status).toBe(303);
    expect(first.headers.get("location")).toBe(at(voting, "/vote"));
    expect(first.headers.get("referrer-policy")).toBe("no-referrer");
    await browser.open(at(voting, "/vote"));
    expect(browser.page).toContain("核对是您本人");
    expect(browser.page).not.toContain("业*"); // nothing personal before the second factor
    expect(browser.page).not.toContain("1栋");
    await browser.submit(at(voting, "/vote/identify"), { lastFour: tailOf(2) });
    await browser.open(at(voting, "/vote"));
    expect(browser.page).toContain("1栋");
    expect(browser.page).toContain("第二百七十八条");
    expect(browser.page).not.toContain("<script");

    const reviewed = await browser.submit(at(voting, "/vote/review"), { "item-1": "1", "item-2": "3" });
    expect(reviewed.status).toBe(200);
    expect(browser.page).toContain("核对您的选择");
    expect(await ballotsOf(voting)).toBe(0);
    const cast = await browser.submit(at(voting, "/vote/cast"));
    expect(cast.headers.get("location")).toBe(at(voting, "/vote/receipt"));
    expect(await ballotsOf(voting)).toBe(1);
    await browser.open(at(voting, "/vote/receipt"));
    expect(browser.page).toContain("您的表决票已经收到");
    expect(browser.page).toMatch(/[0-9a-z]{4}(-[0-9a-z]{4}){4}/);
    expect(browser.page).toContain("弃权");
    const file = await browser.get(at(voting, "/vote/receipt.json"));
    const receipt = (await file.json()) as { openings: { value: unknown }[]; proof: string | null };
    expect(receipt.openings[0]!.value).toEqual([
      { item: 1, options: [1] },
      { item: 2, options: [3] },
    ]);
    expect(receipt.proof).toContain("tlog-proof");
    // Whoever is given the file reads the choice in words; one that was altered is not put into words.
    const neighbour = new Browser(app);
    const verify = at(voting, "/verify");
    await neighbour.get(verify);
    expect((await neighbour.submit(verify, { receipt: JSON.stringify(receipt) })).status).toBe(200);
    for (const words of ["核验通过", "议题2：议题2", "弃权", "核验所用的原文"]) expect(neighbour.page).toContain(words);
    await neighbour.get(verify);
    const forged = JSON.stringify(receipt).replace('"options":[3]', '"options":[1]');
    await neighbour.submit(verify, { receipt: forged });
    expect(neighbour.page).toContain("核验没有通过");
    expect(neighbour.page).not.toContain("同意");
    await neighbour.get(`${verify}?lang=en`);
    await neighbour.submit(verify, { receipt: JSON.stringify(receipt) });
    expect(neighbour.page).toContain("Abstain");
    // The same link from now on leads to the receipt.
    expect((await browser.get(path)).status).toBe(303);
    await browser.open(at(voting, "/vote"));
    expect(browser.page).toContain("您的表决票已经收到");
  });

  test("may open its link any number of times, and a preview that does changes nothing", async () => {
    const voting = await makeVoting();
    const path = (await linked(voting))(0);
    const { env, meter } = metered();
    for (let times = 0; times < 5; times += 1) expect((await new Browser(app, env).open(path)).status).toBe(200);
    expect(meter.rowsWritten).toBe(0);
    expect(meter.roundTrips).toBeGreaterThan(0);
    const { db } = sceneAt(voting.community);
    expect(await countRows(db, "contact_event", voting.meetingId)).toBe(0);
    await voterAt(voting, path, tailOf(0));
    await voterAt(voting, path, tailOf(0));
    // The first time the identity was shown is the proof of delivery; it is written once.
    expect(await countRows(db, "contact_event", voting.meetingId)).toBe(1);
  });

  test("gets every message at once beside its field, and its choices are kept", async () => {
    const voting = await makeVoting({
      items: [itemOfTest(1), itemOfTest(2, { question: approveUpTo(2, ["甲", "乙", "丙"]) }), itemOfTest(3)],
    });
    const browser = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    await browser.open(at(voting, "/vote"));
    const fields = new URLSearchParams(browser.hidden(at(voting, "/vote/review")));
    for (const option of ["1", "2", "3"]) fields.append("item-2", option);
    fields.append("item-3", "2");
    const response = await browser.send(at(voting, "/vote/review"), {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: fields.toString(),
    });
    const page = await response.text();
    expect(response.status).toBe(422);
    expect(page).toContain("议题1还没有选");
    expect(page).toContain("议题2最多选2项，您选了3项");
    expect(page).toContain('href="#f-item-1"');
    expect(page).toMatch(/name="item-3" value="2"[^>]*checked/);
  });

  test("going back from the review keeps what was chosen", async () => {
    const voting = await makeVoting();
    const browser = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    await browser.open(at(voting, "/vote"));
    await browser.submit(at(voting, "/vote/review"), { "item-1": "2", "item-2": "1" });
    const fields = browser.hidden(at(voting, "/vote/cast"));
    await browser.post(at(voting, "/vote/change"), fields);
    expect(browser.page).toMatch(/name="item-1" value="2"[^>]*checked/);
    expect(await ballotsOf(voting)).toBe(0);
  });

  test("that votes on two telephones has one ballot, and both show the same receipt", async () => {
    const voting = await makeVoting();
    const path = (await linked(voting))(3);
    const [one, two] = await Promise.all([voterAt(voting, path, tailOf(3)), voterAt(voting, path, tailOf(3))]);
    for (const [browser, option] of [
      [one, "1"],
      [two, "2"],
    ] as const) {
      await browser.open(at(voting, "/vote"));
      await browser.submit(at(voting, "/vote/review"), { "item-1": option, "item-2": option });
    }
    const [first, second] = [await one.submit(at(voting, "/vote/cast")), await two.submit(at(voting, "/vote/cast"))];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(await ballotsOf(voting)).toBe(1);
    await one.open(first.headers.get("location")!);
    await two.open(second.headers.get("location")!);
    const code = /[0-9a-z]{4}(-[0-9a-z]{4}){4}/;
    expect(code.exec(two.page)![0]).toBe(code.exec(one.page)![0]);
    expect(two.page).toContain("以先收到的这一张为准");
  });

  test("before the opening reads the items, checks its entry, objects to it, and cannot vote", async () => {
    clock.now = T0 + 3_600_000;
    const voting = await makeVoting({ state: "notice" });
    const browser = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    await browser.open(at(voting, "/vote"));
    expect(browser.page).toContain("将要表决的议题");
    expect(browser.page).toContain("您在名册上的登记");
    const empty = await browser.submit(at(voting, "/vote/objection"), { "objection-roll": " " });
    expect(empty.status).toBe(422);
    const form = { ...browser.hidden(at(voting, "/vote/objection")), "objection-roll": "面积应为 89.66" };
    expect((await browser.post(at(voting, "/vote/objection"), form)).status).toBe(303);
    expect((await browser.post(at(voting, "/vote/objection"), form)).status).toBe(303);
    expect(await countRows(sceneAt(voting.community).db, "roll_objection", voting.meetingId)).toBe(1);
    await browser.open(at(voting, "/vote"));
    expect(browser.page).toContain("面积应为 89.66");
    const forged = { ...form, edition: "1", replaces: "0", "item-1": "1", "item-2": "1" };
    expect((await browser.post(at(voting, "/vote/cast"), forged)).status).toBe(409);
    expect(browser.page).toContain("表决还没有开始");
    expect(await ballotsOf(voting)).toBe(0);
    clock.now = DURING;
  });

  test("after the close is told so, and a ballot that is still on the screen is not taken", async () => {
    const voting = await makeVoting();
    clock.now = CLOSES_AT - 60_000;
    const browser = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    await browser.open(at(voting, "/vote"));
    await browser.submit(at(voting, "/vote/review"), { "item-1": "1", "item-2": "1" });
    clock.now = CLOSES_AT;
    expect((await browser.submit(at(voting, "/vote/cast"))).status).toBe(409);
    expect(browser.page).toContain("表决已经截止");
    await browser.open(at(voting, "/vote"));
    expect(browser.page).toContain("没有收到");
    expect(await ballotsOf(voting)).toBe(0);
    clock.now = DURING;
  });

  test("where the rules allow it changes its choice from the receipt", async () => {
    const voting = await makeVoting({ rules: rulesWith({ ballotReplaceable: true }) });
    const browser = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    for (const option of ["1", "2"]) {
      await browser.open(at(voting, "/vote?change=1"));
      await browser.submit(at(voting, "/vote/review"), { "item-1": option, "item-2": option });
      await browser.submit(at(voting, "/vote/cast"));
    }
    await browser.open(at(voting, "/vote"));
    expect(browser.page).toContain("修改我的选择");
    expect(browser.page).toContain("反对");
    expect(await ballotsOf(voting)).toBe(2);
  });
});

describe("a household's own entry in the roll", () => {
  test("comes with a proof that leads to the root in the record, behind the second factor only", async () => {
    clock.now = T0 + 3_600_000;
    const voting = await makeVoting({ state: "notice" });
    const path = (await linked(voting))(4);
    const finder = new Browser(app);
    await finder.open(path);
    await finder.open(at(voting, "/vote/entry.json"));
    expect(finder.page).toContain("先核对是您本人");
    const browser = await voterAt(voting, path, tailOf(4));
    const proof = (await (await browser.get(at(voting, "/vote/entry.json"))).json()) as EntryProof;
    expect(JSON.parse(proof.entry)).toMatchObject({ voter: 4, areaDm2: 10_000 });
    expect(proof.root).toBe(voting.frozen.root);
    const leaf = hexToBytes(leafHashOf(proof.entry));
    expect(verifyInclusion(proof.index, proof.size, leaf, proof.proof.map(hexToBytes), hexToBytes(proof.root))).toBe(
      true,
    );
    clock.now = DURING;
  });
});

describe("after publication", () => {
  test("a household objects to the result once however often it presses, and reads the answer by the same link", async () => {
    const voting = await makeVoting({ state: "closed" });
    const path = (await linked(voting))(1);
    const published = CLOSES_AT + 86_400_000;
    const { db } = sceneAt(voting.community);
    await db.read(
      db.run(
        sql`UPDATE meeting SET state = 'published', counted_at = ${CLOSES_AT}, published_at = ${published} WHERE meeting_id = ${voting.meetingId}`,
      ),
    );
    clock.now = published + 3_600_000;
    const browser = await voterAt(voting, path, tailOf(1));
    await browser.open(at(voting, "/vote"));
    expect(browser.page).toContain("结果已经公布");
    const form = browser.hidden(at(voting, "/vote/objection"));
    expect((await browser.post(at(voting, "/vote/objection"), { ...form, "objection-result": "" })).status).toBe(422);
    expect(browser.page).toContain("内容不能为空");
    const filled = { ...form, "objection-result": "2栋的票没有计入", recount: "yes" };
    for (let times = 0; times < 3; times += 1)
      expect((await browser.post(at(voting, "/vote/objection"), filled)).status).toBe(303);
    expect(await countRows(db, "objection", voting.meetingId)).toBe(1);
    await browser.open(at(voting, "/vote"));
    expect(browser.page).toContain("2栋的票没有计入");
    const other = await voterAt(voting, (await linked(voting))(2), tailOf(2));
    await other.open(at(voting, "/vote"));
    expect(other.page).not.toContain("2栋的票没有计入");
    clock.now = published + 40 * 86_400_000;
    const late = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    await late.open(at(voting, "/vote"));
    expect(late.page).not.toContain("提出异议</button>");
    clock.now = DURING;
  });
});

describe("a meeting that votes on paper alone", () => {
  test("still shows the notice by the link, and says where to vote once it is open", async () => {
    const rules = rulesWith({ channels: ["paper"] });
    const before = await makeVoting({ rules, state: "notice" });
    clock.now = T0 + 3_600_000;
    const early = await voterAt(before, (await linked(before))(0), tailOf(0));
    await early.open(at(before, "/vote"));
    expect(early.page).toContain("将要表决的议题");
    clock.now = DURING;
    const open = await makeVoting({ rules });
    const browser = await voterAt(open, (await linked(open))(0), tailOf(0));
    expect((await browser.open(at(open, "/vote"))).status).toBe(409);
    expect(browser.page).toContain("纸质表决票");
  });
});

describe("the ballot page", () => {
  test("is at most 30 KB over the wire with everything it loads, and loads nothing from elsewhere", async () => {
    const text = "为改善小区环境，拟对公共区域进行改造。".repeat(30);
    const items = [1, 2, 3, 4, 5, 6].map((no) => itemOfTest(no, { text: `${text}${no}` }));
    const voting = await makeVoting({ items });
    const browser = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    await browser.open(at(voting, "/vote"));
    const zipped = async (body: string) =>
      (await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer())
        .byteLength;
    expect((await zipped(browser.page)) + (await zipped(STYLE))).toBeLessThan(30 * 1024);
    expect(browser.page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  test("costs one round trip", async () => {
    const voting = await makeVoting();
    const browser = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    const { env, meter } = metered();
    const other = new Browser(app, env);
    for (const [name, value] of browser.cookies) other.cookies.set(name, value);
    await other.get(at(voting, "/vote"));
    expect(other.page).toContain("下一步：核对我的选择");
    expect(meter.roundTrips).toBe(1);
  });
});

describe("a link that is guessed, revoked, replaced, expired or another community's", () => {
  test("is one and the same page that says what to do", async () => {
    const voting = await makeVoting();
    const elsewhere = await makeVoting();
    const [here, there] = [await linked(voting), await linked(elsewhere)];
    const staff = staffSceneAt(voting.community, "secretary", ["meeting.deliver"]);
    const [revoked, replaced] = [here(0), here(1)];
    await revokeLink(staff, { meetingId: voting.meetingId, voterNo: 0, why: "遗失" });
    await reissueLink(staff, { meetingId: voting.meetingId, voterNo: 1, why: "遗失" });
    const token = (path: string) => path.split("/").at(-1)!;
    const dead = [
      revoked,
      replaced,
      at(voting, `/v/${token(there(0))}`),
      at(voting, `/v/${"0".repeat(32)}`),
      at(voting, "/v/x"),
      at(voting, `/v/${token(here(2)).toUpperCase()}`),
    ];
    const pages = [];
    for (const path of dead) {
      const browser = new Browser(app);
      const response = await browser.get(path);
      expect(response.status).toBe(404);
      expect([...browser.cookies.keys()].some((name) => name.endsWith("ch_voter"))).toBe(false);
      // The reference number differs on every page, and the language link repeats nothing of the address.
      pages.push(browser.page.replaceAll(/<code>[^<]*<\/code>/g, "").replaceAll(/value="[^"]*"/g, ""));
    }
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toContain("这个表决链接打不开");
    expect(pages[0]).toContain("纸质表决票");
    clock.now = CLOSES_AT + 366 * 86_400_000;
    expect((await new Browser(app).get(here(2))).status).toBe(404);
    clock.now = DURING;
    expect((await new Browser(app).get(here(2))).status).toBe(303);
  });

  test("is dead at once for a browser that had passed the check", async () => {
    const voting = await makeVoting();
    const browser = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    await browser.open(at(voting, "/vote"));
    await browser.submit(at(voting, "/vote/review"), { "item-1": "1", "item-2": "1" });
    const staff = staffSceneAt(voting.community, "secretary", ["meeting.deliver"], DURING);
    await reissueLink(staff, { meetingId: voting.meetingId, voterNo: 1, why: "手机遗失" });
    expect((await browser.submit(at(voting, "/vote/cast"))).status).toBe(404);
    expect(await ballotsOf(voting)).toBe(0);
  });

  test("leaves a cookie that opens nothing in another community, and nothing after two hours", async () => {
    const [voting, elsewhere] = [await makeVoting(), await makeVoting()];
    const browser = await voterAt(voting, (await linked(voting))(1), tailOf(1));
    await linked(elsewhere);
    expect((await browser.get(at(elsewhere, "/vote"))).status).toBe(401);
    clock.now = DURING + 2 * 3_600_000 - 1_000;
    expect((await browser.get(at(voting, "/vote"))).status).toBe(200);
    clock.now = DURING + 2 * 3_600_000;
    expect((await browser.get(at(voting, "/vote"))).status).toBe(401);
    expect(browser.page).toContain("请从您的链接进入");
    clock.now = DURING;
  });
});

describe("a form that is not the voter's own", () => {
  test("made for one household's ballot is not taken for another's that was opened since", async () => {
    const voting = await makeVoting();
    const path = await linked(voting);
    const browser = await voterAt(voting, path(0), tailOf(0));
    await browser.open(at(voting, "/vote"));
    await browser.submit(at(voting, "/vote/review"), { "item-1": "1", "item-2": "1" });
    const stale = browser.hidden(at(voting, "/vote/cast"));
    await browser.open(path(1));
    await browser.submit(at(voting, "/vote/identify"), { lastFour: tailOf(1) });
    expect((await browser.post(at(voting, "/vote/cast"), stale)).status).toBe(409);
    expect(browser.page).toContain("不是现在这张表决票的");
    expect(await ballotsOf(voting)).toBe(0);
  });

  test("with another voter's mark, without the form's mark, or from another site is refused", async () => {
    const voting = await makeVoting();
    const browser = await voterAt(voting, (await linked(voting))(0), tailOf(0));
    await browser.open(at(voting, "/vote"));
    await browser.submit(at(voting, "/vote/review"), { "item-1": "1", "item-2": "1" });
    const good = browser.hidden(at(voting, "/vote/cast"));
    const others = { ...good, _for: `${voting.meetingId}.1` };
    expect((await browser.post(at(voting, "/vote/cast"), others)).status).toBe(409);
    const { _form: _, ...unmarked } = good;
    expect((await browser.post(at(voting, "/vote/cast"), unmarked)).status).toBe(403);
    const foreign = await browser.send(at(voting, "/vote/cast"), {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://elsewhere.example" },
      body: new URLSearchParams(good).toString(),
    });
    expect(foreign.status).toBe(403);
    const json = await browser.send(at(voting, "/vote/cast"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(good),
    });
    expect(json.status).toBeGreaterThanOrEqual(400);
    expect(await ballotsOf(voting)).toBe(0);
  });

  test("of an agenda that was amended since is sent back to be read again", async () => {
    const voting = await makeVoting();
    const browser = await voterAt(voting, (await linked(voting))(0), tailOf(0));
    await browser.open(at(voting, "/vote"));
    const fields = { ...browser.hidden(at(voting, "/vote/review")), edition: "7", "item-1": "1", "item-2": "1" };
    expect((await browser.post(at(voting, "/vote/review"), fields)).status).toBe(409);
    expect((await browser.post(at(voting, "/vote/cast"), fields)).status).toBe(409);
    expect(browser.page).toContain("议题已经公告修改");
  });

  test("without the second factor gets the question, not the ballot or the receipt", async () => {
    const voting = await makeVoting();
    const path = (await linked(voting))(0);
    const voted = await voterAt(voting, path, tailOf(0));
    await voted.open(at(voting, "/vote"));
    await voted.submit(at(voting, "/vote/review"), { "item-1": "1", "item-2": "1" });
    await voted.submit(at(voting, "/vote/cast"));
    const finder = new Browser(app);
    await finder.open(path);
    for (const page of ["/vote", "/vote/receipt", "/vote/receipt.json"]) {
      await finder.open(at(voting, page));
      expect(finder.page).toContain("先核对是您本人");
      expect(finder.page).not.toContain("同意");
    }
  });
});

describe("every address of a voter", () => {
  test("answers a stranger with the way in, and nobody else's page", async () => {
    const voting = await makeVoting({ units: flats(2) });
    await linked(voting);
    for (const { method, path } of votingRoutes.routes.filter(({ path }) => path.startsWith("/vote"))) {
      if (path === "/vote/leave") continue;
      const stranger = new Browser(app);
      if (method === "GET") expect([path, (await stranger.get(at(voting, path))).status]).toEqual([path, 401]);
      if (method === "POST") expect([path, (await stranger.post(at(voting, path), {})).status]).toEqual([path, 403]);
    }
  });
});

test("the voting time includes its first instant on the page too", async () => {
  const voting = await makeVoting();
  const path = (await linked(voting))(0);
  clock.now = OPENS_AT - 1;
  const early = await voterAt(voting, path, tailOf(0));
  await early.open(at(voting, "/vote"));
  expect(early.page).toContain("将要表决的议题");
  clock.now = OPENS_AT;
  await early.open(at(voting, "/vote"));
  expect(early.page).toContain("下一步：核对我的选择");
  clock.now = DURING;
});
