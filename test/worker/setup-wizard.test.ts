/** The first set-up: through the wizard's pages without a script, through the action, after a crash, and by two at once. */
import { beforeEach, describe, expect, test } from "vitest";
import { dayOf } from "../../src/kernel/day.ts";
import { newId } from "../../src/kernel/id.ts";
import { officesRoutes } from "../../src/offices/pages.tsx";
import { createCommunity, type NewCommunity, trySetupCode } from "../../src/offices/setup/actions.ts";
import { setupRoutes } from "../../src/offices/setup/pages.tsx";
import { leastFilled, mayBegin, readCommunity, WRONG_CODES } from "../../src/offices/setup/rules.ts";
import { findSlug } from "../../src/offices/setup/store.ts";
import { withStaffActor } from "../../src/offices/signin/pages.tsx";
import { holdersAsOf } from "../../src/offices/terms/actions.ts";
import { findCommunity, openDirectory, openShard, sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { systemRandom } from "../../src/platform/scene.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";
import { appAt, Browser, OFFICERS } from "./offices-of-test.ts";

const clock = { now: T0 };
const app = appAt(clock, (into) => {
  into.use("/c/:slug/*", withStaffActor);
  into.route("/c/:slug", officesRoutes);
  into.route("/", setupRoutes);
});
const CODE = testEnv.SETUP_CODE!;
const directory = openDirectory(testEnv);

// Wrong codes are counted for the whole deployment, so each test stands a day after the one before.
beforeEach(() => {
  clock.now += 86_400_000;
});

const fresh = (): string => newId<string>(systemRandom);
const asked = (slug: string, extra: Partial<NewCommunity> = {}): NewCommunity => ({
  key: `key-${slug}`,
  name: "金桂苑",
  slug,
  street: "璧城街道",
  district: "璧山区",
  address: "金桂路 1 号",
  officers: OFFICERS,
  ...extra,
});

const PEOPLE = {
  body: "committee",
  head_name: "陈主任",
  head_phone: "138 0000 0001",
  head_act: "members_choice",
  head_document: "委员会〔2026〕1号",
  head_from: "2026-10-01",
  secretary_name: "李秘书",
  secretary_phone: "13800000002",
  secretary_act: "engagement",
  secretary_document: "聘用合同",
  secretary_from: "2026-10-01",
  teller_name: "王计票",
  teller_phone: "13800000003",
  teller_act: "resolution",
  teller_document: "会议纪要",
  teller_from: "2026-10-01",
};

async function enter(): Promise<Browser> {
  const browser = new Browser(app);
  await browser.get("/setup");
  const entered = await browser.submit("/setup", { code: CODE });
  expect(entered.headers.get("location")).toBe("/setup/community");
  await browser.get("/setup/community");
  return browser;
}

async function toPeople(slug: string): Promise<Browser> {
  const browser = await enter();
  const page = await browser.submit("/setup/community", {
    name: "金桂苑",
    slug,
    street: "璧城街道",
    district: "璧山区",
    address: "金桂路 1 号",
  });
  expect(page.status).toBe(200);
  return browser;
}

describe("the wizard", () => {
  test("takes an operator's code and a few answers to a community whose secretary can sign in", async () => {
    const slug = `w-${fresh()}`;
    const browser = await toPeople(slug);
    expect((await browser.submit("/setup/people", { ...PEOPLE, step: "review" })).status).toBe(200);
    expect(browser.page).toContain("李秘书");
    expect(await findCommunity(testEnv, slug)).toBe(null);
    const fields = browser.hidden("/setup/create");
    const made = await browser.post("/setup/create", fields);
    expect([made.status, made.headers.get("location")]).toEqual([303, `/setup/done?c=${slug}`]);
    const again = await browser.post("/setup/create", fields);
    expect(again.headers.get("location")).toBe(`/setup/done?c=${slug}`);

    const community = (await findCommunity(testEnv, slug))!;
    const holders = await holdersAsOf(sceneAt(community, clock.now), dayOf(clock.now));
    expect(holders.map(({ postKind, name, document }) => [postKind, name, document]).sort()).toEqual(
      [
        ["committee_chair", "陈主任", "委员会〔2026〕1号"],
        ["secretary", "李秘书", "聘用合同"],
        ["teller", "王计票", "会议纪要"],
      ].sort(),
    );
    await browser.get(`/setup/done?c=${slug}`);
    expect(browser.page).toContain("导入名册");
    await browser.get(`/c/${slug}/sign-in`);
    const code = await browser.submit(`/c/${slug}/sign-in`, { phone: "13800000002" });
    expect(code.headers.get("location")).toBe(`/c/${slug}/sign-in/code`);
  });

  test("shows what is wrong beside its field, keeps what was typed, and goes back to the step it belongs to", async () => {
    const browser = await toPeople(`w-${fresh()}`);
    const refused = await browser.submit("/setup/people", { ...PEOPLE, secretary_phone: "12345", step: "review" });
    expect(refused.status).toBe(422);
    expect(browser.page).toContain('id="f-secretary-phone-error"');
    expect(browser.page).toContain('value="李秘书"');
    await browser.submit("/setup/people", { ...PEOPLE, step: "back" });
    expect(browser.page).toContain("璧城街道");
    await browser.submit("/setup/community", {
      name: "",
      slug: "x y",
      street: "璧城街道",
      district: "璧山区",
      address: "金桂路 1 号",
    });
    expect(browser.page).toContain("请填写小区名称");
    expect(browser.page).toContain('id="f-slug-error"');
  });

  test.each([
    ["the chair as secretary", { secretary_name: "陈主任", secretary_phone: "13800000001" }, "起草的人不能批准"],
    ["the secretary as teller", { teller_name: "李秘书", teller_phone: "13800000002" }, "录入的人不能计票"],
    ["one number for two names", { teller_phone: "13800000001" }, "填了两个姓名"],
    ["an appointed chair", { head_act: "appointment" }, "只能由以下方式产生"],
    ["an office without a document", { teller_document: "" }, "请写明依据"],
    ["an office from no day", { teller_from: "2026-02-30" }, "请填写日期"],
    ["no name", { head_name: " " }, "请填写姓名"],
  ])("refuses %s, and nothing is written", async (_, wrong, words) => {
    const slug = `w-${fresh()}`;
    const browser = await toPeople(slug);
    const refused = await browser.submit("/setup/people", { ...PEOPLE, ...wrong, step: "review" });
    expect(refused.status).toBe(422);
    expect(browser.page).toContain(words);
    await browser.post("/setup/create", { ...browser.hidden("/setup/people"), ...PEOPLE, ...wrong });
    expect(await findCommunity(testEnv, slug)).toBe(null);
    const [held] = await directory.read(findSlug(directory, slug));
    expect(held).toEqual([]);
  });

  test("lets a community begin with its preparatory group", async () => {
    const slug = `w-${fresh()}`;
    const browser = await toPeople(slug);
    await browser.submit("/setup/people", { ...PEOPLE, body: "preparatory", head_act: "appointment", step: "review" });
    await browser.submit("/setup/create");
    const community = (await findCommunity(testEnv, slug))!;
    const holders = await holdersAsOf(sceneAt(community, clock.now), dayOf(clock.now));
    expect(holders.some(({ postKind }) => postKind === "preparatory_chair")).toBe(true);
    await browser.get(`/c/${slug}/offices`);
    expect(browser.page).toContain("首次业主大会筹备组");
  });

  test("opens no page and takes no step without the code", async () => {
    const stranger = new Browser(app);
    for (const path of ["/setup/community", "/setup/done?c=jingui"])
      expect((await stranger.get(path)).headers.get("location")).toBe("/setup");
    await stranger.get("/setup");
    const form = stranger.hidden("/setup");
    for (const path of ["/setup/community", "/setup/people", "/setup/create"]) {
      const tried = await stranger.post(path, { ...form, ...PEOPLE, slug: `w-${fresh()}` });
      expect([tried.status, tried.headers.get("location")], path).toEqual([303, "/setup"]);
    }
  });

  test("forgets who gave the code once the operator changes it", async () => {
    const browser = await enter();
    const changed = new Browser(app, { ...testEnv, SETUP_CODE: "another-code-of-16" } as Env);
    for (const [name, value] of browser.cookies) changed.cookies.set(name, value);
    expect((await changed.get("/setup/community")).headers.get("location")).toBe("/setup");
  });

  test.each([undefined, "", "short"])(
    "says how to get a code where the deployment has none worth the name (%j)",
    async (code) => {
      const { SETUP_CODE: _, ...rest } = testEnv;
      const env = (code === undefined ? rest : { ...rest, SETUP_CODE: code }) as Env;
      const browser = new Browser(app, env);
      expect((await browser.get("/setup")).status).toBe(503);
      expect(browser.page).toContain("wrangler secret put SETUP_CODE");
      expect(await trySetupCode(env, clock.now, code ?? "")).toEqual({ ok: false, error: { reason: "no_setup_code" } });
    },
  );

  test("counts wrong codes: after twenty within an hour the right one waits too", async () => {
    for (let n = 0; n < WRONG_CODES.most; n += 1)
      expect(await trySetupCode(testEnv, clock.now + n, `guess-${n}-long-enough`)).toEqual({
        ok: false,
        error: { reason: "setup_code_wrong" },
      });
    const until = clock.now + WRONG_CODES.withinMs;
    expect(await trySetupCode(testEnv, clock.now + 30, CODE)).toEqual({
      ok: false,
      error: { reason: "setup_locked", until },
    });
    expect((await trySetupCode(testEnv, until - 1, CODE)).ok).toBe(false);
    expect((await trySetupCode(testEnv, until, CODE)).ok).toBe(true);
    const browser = new Browser(app);
    await browser.get("/setup");
    expect((await browser.submit("/setup", { code: CODE })).status).toBe(429);
  });

  test("a storm of guesses at one instant is twenty tries", async () => {
    const tried = await Promise.all(
      Array.from({ length: 60 }, (_, n) => trySetupCode(testEnv, clock.now, `guess-${n}-long-enough`)),
    );
    const wrong = tried.filter((result) => !result.ok && result.error.reason === "setup_code_wrong");
    expect(wrong.length).toBe(WRONG_CODES.most);
  });
});

describe("creating a community", () => {
  const leaves = async (slug: string) => {
    const community = (await findCommunity(testEnv, slug))!;
    const { db } = sceneAt(community);
    const [rows] = await db.read(
      db.all<{ type: string; entry: string }>(
        sql`SELECT type, entry FROM record_leaf WHERE community_id = ${community.id} ORDER BY seq`,
      ),
    );
    return rows;
  };

  test("leaves a leaf for the opening, each body and each office, and no name or number in any", async () => {
    const slug = `c-${fresh()}`;
    expect((await createCommunity(testEnv, T0, asked(slug))).ok).toBe(true);
    const rows = await leaves(slug);
    const of = (type: string) => rows.filter((row) => row.type === type).length;
    expect([of("community.opened"), of("body.formed") >= 8, of("office.taken")]).toEqual([1, true, OFFICERS.length]);
    const text = rows.map(({ entry }) => entry).join("\n");
    for (const { name, phone, document } of OFFICERS)
      for (const secret of [name, phone, document]) expect(text).not.toContain(secret);
  });

  test("repeated, also twice at once, is one community", async () => {
    const slug = `c-${fresh()}`;
    const all = await Promise.all([1, 2, 3].map(() => createCommunity(testEnv, T0, asked(slug))));
    const ids = all.map((one) => (one.ok ? one.value.id : one.error.reason));
    expect(new Set(ids).size).toBe(1);
    expect((await createCommunity(testEnv, T0 + 1, asked(slug))).ok).toBe(true);
    expect((await leaves(slug)).filter(({ type }) => type === "community.opened").length).toBe(1);
  });

  test("under a slug another has, or is about to have, is refused", async () => {
    const slug = `c-${fresh()}`;
    const [one, two] = await Promise.all([
      createCommunity(testEnv, T0, asked(slug, { key: "first-key" })),
      createCommunity(testEnv, T0, asked(slug, { key: "second-key" })),
    ]);
    expect([one.ok, two.ok].filter(Boolean).length).toBe(1);
    expect(await createCommunity(testEnv, T0, asked(slug, { key: "third-key" }))).toEqual({
      ok: false,
      error: { reason: "slug_taken" },
    });
  });

  test("that died after its reservation is not found, keeps its slug, and goes on where it stopped", async () => {
    const slug = `c-${fresh()}`;
    const dies = killedAt("INSERT INTO community(");
    await expect(createCommunity(dies, T0, asked(slug))).rejects.toThrow("killed");
    expect(await findCommunity(testEnv, slug)).toBe(null);
    const [kept] = await directory.read(findSlug(directory, slug));
    expect(kept.map(({ isOpen }) => isOpen)).toEqual([0]);
    expect(await createCommunity(testEnv, T0, asked(slug, { key: "somebody else" }))).toEqual({
      ok: false,
      error: { reason: "slug_taken" },
    });
    const repeated = await createCommunity(testEnv, T0 + 60_000, asked(slug));
    if (!repeated.ok) throw new Error(repeated.error.reason);
    expect([repeated.value.id, repeated.value.shard]).toEqual([kept[0]!.id, kept[0]!.shard]);
  });

  test("that died between its shard and the directory is not found, and the repeat finishes it without a second of anything", async () => {
    const slug = `c-${fresh()}`;
    const dies = killedAt("INSERT INTO directory");
    await expect(createCommunity(dies, T0, asked(slug))).rejects.toThrow("killed");
    expect(await findCommunity(testEnv, slug)).toBe(null);
    const [kept] = await directory.read(findSlug(directory, slug));
    expect(kept.length).toBe(1);
    const repeated = await createCommunity(testEnv, T0 + 60_000, asked(slug));
    if (!repeated.ok) throw new Error(repeated.error.reason);
    expect([repeated.value.id, repeated.value.shard]).toEqual([kept[0]!.id, kept[0]!.shard]);
    expect((await leaves(slug)).filter(({ type }) => type === "community.opened").length).toBe(1);
  });

  test("fills the emptier shard", async () => {
    const before = await directory.read(
      directory.all<{ shard: number; n: number }>(sql`SELECT shard, count(*) AS n FROM directory GROUP BY shard`),
    );
    const count = (shard: number) => before[0].find((row) => row.shard === shard)?.n ?? 0;
    const made = await createCommunity(testEnv, T0, asked(`c-${fresh()}`));
    if (!made.ok) throw new Error();
    expect(made.value.shard).toBe(count(1) < count(0) ? 1 : 0);
    const db = openShard(testEnv, made.value.shard);
    const [rows] = await db.read(db.all(sql`SELECT slug FROM community WHERE community_id = ${made.value.id}`));
    expect(rows.length).toBe(1);
  });

  test("seats one person in two posts once, by the number", async () => {
    const slug = `c-${fresh()}`;
    const twice = [
      ...OFFICERS,
      { post: "branch_secretary", name: "陈主任", phone: "13800000001", act: "party_election", document: "支部大会" },
    ] as const;
    const made = await createCommunity(testEnv, T0, asked(slug, { officers: twice }));
    if (!made.ok) throw new Error(made.error.reason);
    const holders = await holdersAsOf(sceneAt(made.value), dayOf(T0));
    const chair = holders.filter(({ name }) => name === "陈主任");
    expect(chair.map(({ postKind }) => postKind).sort()).toEqual(["branch_secretary", "committee_chair"]);
    expect(new Set(chair.map(({ personId }) => personId)).size).toBe(1);
  });
});

/** Databases that die at one statement, as a killed process would: what ran before is there, the rest is not. */
const killedAt = (text: string): Env =>
  ({ ...testEnv, DB: diesBefore(testEnv.DB, text), DB_1: diesBefore(testEnv.DB_1!, text) }) as Env;

function diesBefore<D extends object>(db: D, text: string): D {
  return new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== "function") return value;
      const call = (value as (...args: unknown[]) => unknown).bind(target);
      if (name === "withSession") return (...args: unknown[]) => diesBefore(call(...args) as object, text);
      if (name !== "prepare") return call;
      return (query: string) => {
        if (query.includes(text)) throw new Error("killed");
        return call(query);
      };
    },
  });
}

describe("what a set-up must bring", () => {
  test.each([
    ["two characters are the shortest address", { slug: "ab" }, "ok"],
    ["one is too short", { slug: "a" }, "slug_malformed"],
    ["forty are the longest", { slug: "a".repeat(40) }, "ok"],
    ["forty-one are too long", { slug: "a".repeat(41) }, "field_too_long"],
    ["capitals become small letters", { slug: "JinGui" }, "ok"],
    ["a hyphen does not end it", { slug: "jingui-" }, "slug_malformed"],
    ["nor begin it", { slug: "-jingui" }, "slug_malformed"],
    ["Chinese is not an address", { slug: "金桂" }, "slug_malformed"],
    ["a name is needed", { name: "　" }, "field_missing"],
    ["a name of forty", { name: "金".repeat(40) }, "ok"],
    ["a name of forty-one", { name: "金".repeat(41) }, "field_too_long"],
  ])("%s", (_, extra, outcome) => {
    const read = readCommunity({
      name: "金桂苑",
      slug: "jingui",
      street: "街道",
      district: "区",
      address: "路",
      ...extra,
    });
    expect(read.ok ? "ok" : read.error[0].reason).toBe(outcome);
  });

  const person = (post: "committee_chair" | "secretary" | "teller" | "supervisor", phone: string, name = phone) => ({
    post,
    phone,
    name,
  });
  test.each([
    ["chair and secretary are enough", [person("committee_chair", "1"), person("secretary", "2")], "ok"],
    ["without a chair nobody approves", [person("secretary", "2")], "nobody_approves"],
    ["without a secretary nobody drafts", [person("committee_chair", "1")], "nobody_drafts"],
    ["nobody is both", [person("committee_chair", "1"), person("secretary", "1")], "approves_and_drafts"],
    [
      "a secretary does not count",
      [person("committee_chair", "1"), person("secretary", "2"), person("teller", "2")],
      "enters_and_counts",
    ],
    [
      "a number has one name",
      [person("committee_chair", "1", "甲"), person("supervisor", "1", "乙"), person("secretary", "2")],
      "one_phone_two_names",
    ],
  ])("%s", (_, officers, outcome) => {
    const may = mayBegin(officers);
    expect(may.ok ? "ok" : may.error.reason).toBe(outcome);
  });

  test("the least filled shard is taken, the first of several", () => {
    expect(leastFilled(1, [])).toBe(0);
    expect(leastFilled(3, [{ shard: 0, communities: 2 }])).toBe(1);
    expect(
      leastFilled(
        3,
        [0, 1, 2].map((shard) => ({ shard, communities: 5 - shard })),
      ),
    ).toBe(2);
    expect(leastFilled(2, [{ shard: 7, communities: 0 }])).toBe(0);
  });
});
