/** Levels, bodies, posts and the chart through actions, pages and the API: what changes stays readable as it was, and what may not be is refused in the write too. */
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, dayOf, startOf } from "../../src/kernel/day.ts";
import { changeBody, dissolveBody, foundBody, readOffices } from "../../src/offices/bodies/actions.ts";
import { addLevel, adoptPreset, renameLevel, retireLevel } from "../../src/offices/bodies/levels/actions.ts";
import { listLevels } from "../../src/offices/bodies/levels/store.ts";
import { addPost, changePost } from "../../src/offices/bodies/posts/actions.ts";
import { listPostsNow } from "../../src/offices/bodies/posts/store.ts";
import { findBranch, listBodiesAt } from "../../src/offices/bodies/store.ts";
import type { BodyKind, PostKind } from "../../src/offices/rules.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import { endTenure } from "../../src/offices/terms/actions.ts";
import { insertTenure, listBodies, listPosts } from "../../src/offices/terms/store.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { signToken } from "../../src/platform/session.ts";
import { actorWith, ROWS_BEHIND, sceneAt, T0, testEnv } from "./community-of-test.ts";
import { appAt, Browser, makeStaffedCommunity, personIn } from "./offices-of-test.ts";

const TODAY = dayOf(T0);
const DAY = 86_400_000;

let community: CommunityAddress;
beforeEach(async () => {
  community = await makeStaffedCommunity();
});

let keys = 0;
const key = (): string => {
  keys += 1;
  return `bodies-key-${keys}`;
};
const staff = async (now = T0, kind: PostKind = "street_officer"): Promise<StaffScene> => ({
  ...sceneAt(community, now),
  actor: actorWith(await personIn(community, kind), ["offices.manage"]),
});
const bodyIdOf = async (kind: BodyKind): Promise<string> => {
  const [bodies] = await sceneAt(community).db.read(listBodies(sceneAt(community)));
  return bodies.find((body) => body.kind === kind)!.bodyId;
};
const postOfKind = async (kind: PostKind) => {
  const [posts] = await sceneAt(community).db.read(listPostsNow(sceneAt(community)));
  return posts.find((post) => post.kind === kind)!;
};
const levelNamed = async (name: string) => {
  const [levels] = await sceneAt(community).db.read(listLevels(sceneAt(community)));
  return levels.find(({ nameZh }) => nameZh === name)!;
};
const rows = async <T>(text: string): Promise<T[]> => {
  const { db } = sceneAt(community);
  return (await db.read(db.all<T>(sql.raw(text.replaceAll("$c", `'${community.id}'`)))))[0];
};
const leaves = async (type: string): Promise<Record<string, unknown>[]> =>
  (await rows<{ entry: string }>(`SELECT entry FROM record_leaf WHERE community_id = $c AND type = '${type}'`)).map(
    ({ entry }) => JSON.parse(entry),
  );
const reasonOf = (result: { ok: boolean; error?: unknown }): string =>
  result.ok
    ? "ok"
    : [result.error]
        .flat()
        .map((one) => (one as { reason: string }).reason)
        .join(" ");
const wanted = (extra: object = {}) => ({
  kind: "party_group" as BodyKind,
  nameZh: "三号楼党小组",
  nameEn: "",
  levelId: "",
  parentId: "",
  areas: [] as string[],
  fromOn: TODAY,
  ...extra,
});
const must = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
/** Two homes in 3栋, so that the roll knows a building with an entrance. */
async function withBuilding(): Promise<void> {
  const { db } = sceneAt(community);
  const change = `INSERT INTO roll_change VALUES ($c, 1, 'ch', 'import', '2026-01-01', NULL, '{}', 'x', '${"0".repeat(32)}', '${"0".repeat(64)}', 'test', 1)`;
  const unit = (room: string) =>
    `INSERT INTO unit VALUES ($c, 'u${room}', '3栋', '1单元', '${room}', '3-1-${room}', 'ch')`;
  const done = await db.write(
    [change, unit("101"), unit("102")].map((text) => db.run(sql.raw(text.replaceAll("$c", `'${community.id}'`)))),
  );
  if (!done.ok) throw new Error(done.error.code);
}

describe("levels", () => {
  test("of a preset come with the bodies that belong there, by one act with one leaf", async () => {
    expect(must(await adoptPreset(await staff(), "four", key()))).toEqual({ levels: 4 });
    const [bodies] = await sceneAt(community).db.read(listBodies(sceneAt(community)));
    const at = Object.fromEntries(bodies.map(({ kind, level }) => [kind, level]));
    expect(at).toMatchObject({ street_party: "街道", residents_committee: "社区", branch: "小区", provider: "" });
    expect((await leaves("level.preset")).map(({ preset }) => preset)).toEqual(["four"]);
    expect(reasonOf(await adoptPreset(await staff(), "six", key()))).toBe("levels_there_already");
  });

  test("adopted by three at once are adopted once", async () => {
    const all = await Promise.all([1, 2, 3].map(async () => adoptPreset(await staff(), "six", key())));
    expect(all.map(reasonOf).sort()).toEqual(["levels_there_already", "levels_there_already", "ok"]);
    expect((await rows("SELECT 1 FROM office_level WHERE community_id = $c")).length).toBe(6);
  });

  test("a renamed level is what it was called on the days before", async () => {
    await adoptPreset(await staff(), "four", key());
    const { levelId } = await levelNamed("小区");
    must(await renameLevel(await staff(T0 + 5 * DAY), levelId, { nameZh: "网格", nameEn: "Grid" }, key()));
    const nameOn = async (days: number) =>
      (await readOffices(sceneAt(community, T0 + 9 * DAY), addDays(TODAY, days))).find(
        ({ body }) => body.kind === "branch",
      )!.body.level.zh;
    expect([await nameOn(4), await nameOn(5), await nameOn(8)]).toEqual(["小区", "网格", "网格"]);
    expect((await levelNamed("网格")).version).toBe(2);
  });

  test("one is added between two, named once, and retired when nothing stands at it", async () => {
    await adoptPreset(await staff(), "four", key());
    const { levelId: belowId } = await levelNamed("社区");
    const added = must(await addLevel(await staff(), { nameZh: "网格", nameEn: "Grid", belowId }, key()));
    const [levels] = await sceneAt(community).db.read(listLevels(sceneAt(community)));
    expect(levels.map(({ nameZh }) => nameZh)).toEqual(["街道", "社区", "网格", "小区", "楼栋"]);
    const twice = await Promise.all(
      [1, 2].map(async () => addLevel(await staff(), { nameZh: "单元", nameEn: "", belowId: "" }, key())),
    );
    expect(twice.map(reasonOf).sort()).toEqual(["level_name_taken", "ok"]);
    must(await foundBody(await staff(), wanted({ kind: "grid", nameZh: "一网格", levelId: added.levelId }), key()));
    expect(reasonOf(await retireLevel(await staff(), added.levelId, key()))).toBe("level_in_use");
    expect(reasonOf(await retireLevel(await staff(), (await levelNamed("楼栋")).levelId, key()))).toBe("ok");
    expect(await levelNamed("楼栋")).toBeUndefined();
  });

  test("a level somebody is retiring gets no body at that moment, whoever is first", async () => {
    await adoptPreset(await staff(), "four", key());
    const { levelId } = await levelNamed("楼栋");
    const both = await Promise.all([
      retireLevel(await staff(), levelId, key()),
      foundBody(await staff(), wanted({ levelId }), key()),
    ]);
    expect(both.filter(({ ok }) => ok).length).toBe(1);
  });
});

describe("a body", () => {
  test("is formed at its level, under another, for its buildings, since its own day; a repeat forms nothing more", async () => {
    await withBuilding();
    await adoptPreset(await staff(), "four", key());
    const asked = wanted({
      levelId: (await levelNamed("楼栋")).levelId,
      parentId: await bodyIdOf("branch"),
      areas: ["3栋", "3栋|1单元"],
      fromOn: "2025-03-01",
    });
    const once = key();
    const all = await Promise.all([1, 2, 3].map(async () => foundBody(await staff(), asked, once)));
    const ids = new Set([...all, await foundBody(await staff(), asked, once)].map((done) => must(done).bodyId));
    expect(ids.size).toBe(1);
    expect(reasonOf(await foundBody(await staff(), { ...asked, nameZh: "别的" }, once))).toBe("key_reused");
    const { body, depth, posts } = (await readOffices(sceneAt(community), "2025-03-02")).find(
      (one) => one.body.kind === "party_group",
    )!;
    expect(body).toMatchObject({ name: { zh: "三号楼党小组", en: "三号楼党小组" }, level: { zh: "楼栋" } });
    expect(body.areas).toEqual([
      { building: "3栋", entrance: "" },
      { building: "3栋", entrance: "1单元" },
    ]);
    // Whatever stood above it was recorded later than that day: it then stands at the top.
    expect([depth, posts[0]!.post.title.zh]).toEqual([0, "党小组组长"]);
    const later = await readOffices(sceneAt(community), TODAY);
    expect(later.find((one) => one.body.kind === "party_group")!.depth).toBeGreaterThan(1);
    expect((await leaves("body.formed")).at(-1)).toMatchObject({
      name: "三号楼党小组",
      from: "2025-03-01",
      level: "楼栋",
    });
  });

  test("is renamed and moved from a day on, and is what it was on the days before", async () => {
    const { bodyId } = must(await foundBody(await staff(), wanted({ fromOn: "2026-10-01" }), key()));
    const change = {
      ...wanted({ nameZh: "三栋党小组", fromOn: "2026-10-20" }),
      document: "街道〔2026〕9号",
      seen: "1",
    };
    const once = key();
    must(await changeBody(await staff(), bodyId, change, once));
    expect(reasonOf(await changeBody(await staff(), bodyId, change, once))).toBe("ok");
    const nameOn = async (day: string) =>
      (await readOffices(sceneAt(community), day)).find(({ body }) => body.bodyId === bodyId)?.body.name.zh;
    expect([await nameOn("2026-09-30"), await nameOn("2026-10-19"), await nameOn("2026-10-20")]).toEqual([
      undefined,
      "三号楼党小组",
      "三栋党小组",
    ]);
    expect(reasonOf(await changeBody(await staff(), bodyId, change, key()))).toBe("body_changed_meanwhile");
    const before = { ...change, seen: "2", nameZh: "又一名", fromOn: "2026-10-19" };
    expect(reasonOf(await changeBody(await staff(), bodyId, before, key()))).toBe("before_last_change");
    expect((await leaves("body.changed"))[0]).toMatchObject({ body: bodyId, from: "2026-10-20", name: "三栋党小组" });
  });

  test("cannot be hung under itself by two who each hang one under the other", async () => {
    const [a, b] = await Promise.all(
      ["甲", "乙"].map(async (nameZh) => must(await foundBody(await staff(), wanted({ nameZh }), key())).bodyId),
    );
    const under = async (bodyId: string, nameZh: string, parentId: string) =>
      changeBody(await staff(), bodyId, { ...wanted({ nameZh, parentId }), document: "文件", seen: "1" }, key());
    const both = await Promise.all([under(a!, "甲", b!), under(b!, "乙", a!)]);
    expect(both.map(reasonOf).sort()).toEqual(["ok", "parent_cycle"]);
    expect(reasonOf(await under(await bodyIdOf("branch"), "支部", "elsewhere"))).not.toBe("ok");
  });

  test("ends on a day, by a document, when nobody holds office in it; then it gives no post, and has no bodies hung under it", async () => {
    const supervision = await bodyIdOf("supervision");
    const end = { fromOn: TODAY, document: "业主大会决议" };
    expect(reasonOf(await dissolveBody(await staff(), supervision, end, key()))).toBe("body_still_held");
    const [tenure] = await rows<{ id: string }>(
      "SELECT t.tenure_id AS id FROM office_tenure t JOIN office_post p USING (community_id, post_id) WHERE t.community_id = $c AND p.kind = 'supervisor'",
    );
    const left = { tenureId: tenure!.id, endsOn: TODAY, act: "resignation", document: "辞职信" } as const;
    must(await endTenure(await staff(), left, key()));
    const once = key();
    const { postId } = await postOfKind("supervisor");
    must(await dissolveBody(await staff(), supervision, end, once));
    expect(reasonOf(await dissolveBody(await staff(), supervision, end, once))).toBe("ok");
    expect(reasonOf(await dissolveBody(await staff(), supervision, end, key()))).toBe("body_ended");

    const [bodies, posts] = await sceneAt(community).db.read(
      listBodies(sceneAt(community)),
      listPosts(sceneAt(community)),
    );
    expect(bodies.some(({ bodyId }) => bodyId === supervision)).toBe(false);
    expect(posts.some((post) => post.postId === postId)).toBe(false);
    const scene = await staff();
    const given = async (untilAt: number | null) =>
      scene.db.write(
        insertTenure(
          scene,
          {
            postId,
            postKind: "supervisor",
            personId: await personIn(community, "teller"),
            name: "王计票",
            span: { fromAt: T0 - 30 * DAY, untilAt },
            act: "resolution",
            document: "决议",
          },
          "test",
        ).statements,
      );
    expect(await given(null)).toMatchObject({ ok: false, error: { code: "body_ended" } });
    // Formed in the course of this day, it ends at that instant.
    expect(await given(T0 + 1)).toMatchObject({ ok: false, error: { code: "body_ended" } });
    expect((await given(T0)).ok).toBe(true);
    expect(reasonOf(await foundBody(scene, wanted({ parentId: supervision }), key()))).toBe("unknown_parent");
    expect(
      reasonOf(
        await addPost(
          scene,
          supervision,
          { kind: "supervisor", titleZh: "", titleEn: "", seats: "1", termMonths: "", document: "文件" },
          key(),
        ),
      ),
    ).toBe("body_ended");
    expect((await leaves("body.dissolved"))[0]).toMatchObject({ body: supervision, from: TODAY });
    const shown = async (day: string) =>
      (await readOffices(sceneAt(community), day)).some(({ body }) => body.bodyId === supervision);
    expect([await shown(TODAY), await shown(addDays(TODAY, 1))]).toEqual([true, false]);
  });

  test("is not ended while somebody takes a post of it at that moment", async () => {
    const audit = await bodyIdOf("audit");
    const { postId } = await postOfKind("auditor");
    const scene = await staff();
    const take = insertTenure(
      scene,
      {
        postId,
        postKind: "auditor",
        personId: await personIn(community, "volunteer"),
        name: "吴志愿",
        span: { fromAt: startOf(TODAY), untilAt: startOf(TODAY) + 20 * DAY },
        act: "engagement",
        document: "委托书",
      },
      "test",
    );
    const [ended, taken] = await Promise.all([
      dissolveBody(await staff(), audit, { fromOn: TODAY, document: "文件" }, key()),
      sceneAt(community).db.write(take.statements),
    ]);
    expect([ended.ok, taken.ok].filter(Boolean).length).toBe(1);
  });

  test("of another community is not there, and no row of its history can be changed, deleted or replaced", async () => {
    const theirs = await bodyIdOf("branch");
    community = await makeStaffedCommunity();
    const change = { ...wanted(), document: "文件", seen: "0" };
    expect(reasonOf(await changeBody(await staff(), theirs, change, key()))).toBe("unknown_body");
    await adoptPreset(await staff(), "four", key());
    for (const table of ["office_level", "office_body_change"])
      for (const text of [
        `UPDATE ${table} SET name_zh = 'x' WHERE community_id = $c`,
        `DELETE FROM ${table} WHERE community_id = $c`,
        `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} WHERE community_id = $c`,
      ]) {
        const { db } = sceneAt(community);
        const done = await db.write([db.run(sql.raw(text.replaceAll("$c", `'${community.id}'`)))]);
        expect(done.ok, text).toBe(false);
      }
  });
});

describe("a post", () => {
  const seats = (extra: object) => ({
    titleZh: "",
    titleEn: "",
    seats: "3",
    termMonths: "36",
    document: "支部决议",
    seen: "0",
    ...extra,
  });

  test("gets other seats and a term, and the newest seats are those that can be taken", async () => {
    const { postId } = await postOfKind("branch_member");
    must(await changePost(await staff(), postId, seats({ seats: "1" }), key()));
    expect(await postOfKind("branch_member")).toMatchObject({ seats: 1, termMonths: 36, version: 1 });
    const scene = await staff();
    const take = async (kind: PostKind, name: string) =>
      scene.db.write(
        insertTenure(
          scene,
          {
            postId,
            postKind: "branch_member",
            personId: await personIn(community, kind),
            name,
            span: { fromAt: T0, untilAt: null },
            act: "party_election",
            document: "选举结果",
          },
          "test",
        ).statements,
      );
    expect((await take("teller", "王计票")).ok).toBe(true);
    expect(await take("secretary", "李秘书")).toMatchObject({ ok: false, error: { code: "post_taken" } });
    must(await changePost(await staff(), postId, seats({ seats: "2", seen: "1" }), key()));
    expect((await take("secretary", "李秘书")).ok).toBe(true);
    expect(reasonOf(await changePost(await staff(), postId, seats({ seats: "1", seen: "2" }), key()))).toBe(
      "seats_held",
    );
    expect(reasonOf(await changePost(await staff(), postId, seats({ seats: "9", seen: "1" }), key()))).toBe(
      "post_changed_meanwhile",
    );
    expect((await leaves("post.changed")).map((leaf) => leaf.seats)).toEqual([1, 2]);
  });

  test("never has fewer seats than are held, also when a seat is taken at that moment", async () => {
    const { postId } = await postOfKind("branch_member");
    const scene = await staff();
    const take = insertTenure(
      scene,
      {
        postId,
        postKind: "branch_member",
        personId: await personIn(community, "teller"),
        name: "王计票",
        span: { fromAt: T0, untilAt: null },
        act: "party_election",
        document: "选举结果",
      },
      "test",
    );
    const [lowered, taken] = await Promise.all([
      changePost(await staff(), postId, seats({ seats: "0" }), key()),
      sceneAt(community).db.write(take.statements),
    ]);
    expect([lowered.ok, taken.ok].filter(Boolean).length).toBe(1);
  });

  test("is added to a body that exists, with its term, and can be taken like any other", async () => {
    const { bodyId } = must(await foundBody(await staff(), wanted({ kind: "building", nameZh: "3号楼" }), key()));
    const asked = {
      kind: "entrance_steward" as const,
      titleZh: "2单元单元长",
      titleEn: "",
      seats: "1",
      termMonths: "24",
      document: "居民会议",
    };
    const once = key();
    const { postId } = must(await addPost(await staff(), bodyId, asked, once));
    expect(must(await addPost(await staff(), bodyId, asked, once)).postId).toBe(postId);
    const [posts] = await sceneAt(community).db.read(listPosts(sceneAt(community)));
    expect(posts.filter((post) => post.bodyId === bodyId).map(({ titleZh }) => titleZh)).toEqual([
      "楼栋长",
      "单元长",
      "2单元单元长",
    ]);
    expect((await leaves("post.added"))[0]).toMatchObject({ title: "2单元单元长", termMonths: 24 });
    const wrong = { ...asked, kind: "committee_member" as const };
    expect(reasonOf(await addPost(await staff(), bodyId, wrong, key()))).toBe("post_not_of_body");
    expect(reasonOf(await addPost(await staff(), "nowhere", asked, key()))).toBe("unknown_body");
  });
});

test("a street learns in one query whether there is a branch, since when, and whether it has a secretary", async () => {
  const scene = sceneAt(community);
  const [found] = await scene.db.read(findBranch(scene));
  expect(found).toMatchObject([{ nameZh: "小区党支部", sinceAt: T0, hasSecretary: 0 }]);
  await dissolveBody(await staff(), found[0]!.bodyId, { fromOn: TODAY, document: "街道文件" }, key());
  expect((await sceneAt(community).db.read(findBranch(scene)))[0]).toEqual([]);
});

test("who held what on a day costs one round trip, and no reading of bodies grows with other communities", async () => {
  const dayRead = async () => {
    const scene = sceneAt(community);
    await readOffices(scene, TODAY);
    expect(scene.db.meter.roundTrips).toBe(1);
    return scene.db.meter.rowsRead;
  };
  const listsRead = async () => {
    const scene = sceneAt(community);
    await scene.db.read(
      listBodies(scene),
      listPosts(scene),
      listBodiesAt(scene, T0),
      listPostsNow(scene),
      listLevels(scene),
      findBranch(scene),
    );
    return scene.db.meter.rowsRead;
  };
  await adoptPreset(await staff(), "four", key());
  const before = [await dayRead(), await listsRead()];
  const here = community;
  for (const _ of [1, 2, 3]) {
    community = await makeStaffedCommunity();
    await adoptPreset(await staff(), "six", key());
  }
  community = here;
  const after = [await dayRead(), await listsRead()];
  for (const [at, rows] of after.entries()) expect(rows).toBeLessThanOrEqual(before[at]! + ROWS_BEHIND);
});

describe("the pages", () => {
  const clock = { now: T0 };
  const app = appAt(clock, () => {});
  let base: string;
  let browser: Browser;
  beforeEach(async () => {
    clock.now = T0;
    base = `/c/${community.slug}`;
    browser = new Browser(app);
    const session = await openSession(sceneAt(community), await personIn(community, "street_officer"));
    const claims = { sid: session.sessionId, cid: community.id, began: session.beganAt, renewed: T0 };
    browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, T0, 3600));
  });
  const posted = async (action: string, values: Record<string, string>): Promise<string> => {
    const response = await browser.submit(action, values);
    expect(response.status, browser.page.slice(0, 2000)).toBe(303);
    return response.headers.get("location")!;
  };

  test("let a district take levels on, form a body for a building, change it and end it, each twice sent and once done", async () => {
    await withBuilding();
    const desk = `${base}/desk/offices`;
    await browser.get(`${desk}/levels`);
    expect(browser.page).toContain("还没有设定层级");
    expect((await browser.submit(`${desk}/levels/preset`, {})).status).toBe(422);
    expect(browser.page).toContain("请选择一套层级");
    await posted(`${desk}/levels/preset`, { preset: "four" });
    await browser.get(`${desk}/levels`);
    for (const words of ["街道", "小区党支部", "改名或停用"]) expect(browser.page).toContain(words);

    await browser.get(`${desk}/body`);
    const values = {
      kind: "building",
      nameZh: "3号楼",
      levelId: (await levelNamed("楼栋")).levelId,
      parentId: await bodyIdOf("committee"),
      areas: "3栋",
      fromOn: "2026-10-01",
    };
    const wrong = await browser.submit(`${desk}/body`, { ...values, areas: "99栋", fromOn: "2026-11-03" });
    expect(wrong.status).toBe(422);
    for (const words of ["名册里没有“99栋”", "还没有到这一天", 'value="3号楼"']) expect(browser.page).toContain(words);
    await browser.get(`${desk}/body`);
    const fields = { ...browser.hidden(`${desk}/body`), ...values };
    const first = await browser.post(`${desk}/body`, fields);
    expect(first.headers.get("location")).toBe((await browser.post(`${desk}/body`, fields)).headers.get("location"));
    const own = first.headers.get("location")!.split("?")[0]!;
    await browser.get(own);
    for (const words of ["3号楼", "楼栋长", "单元长", "2026年10月1日", "撤销这个组织"])
      expect(browser.page).toContain(words);

    await browser.get(`${own}/change`);
    expect(browser.page).toMatch(/value="3栋"[^>]*checked/);
    expect((await browser.submit(`${own}/change`, { ...values, nameZh: "三号楼", document: "" })).status).toBe(422);
    expect(browser.page).toContain("请写明依据的文件或决议");
    await posted(`${own}/change`, { ...values, nameZh: "三号楼", fromOn: "2026-11-02", document: "街道〔2026〕11号" });

    await browser.get(`${own}/posts`);
    await posted(`${own}/posts`, {
      kind: "entrance_steward",
      titleZh: "1单元单元长",
      seats: "1",
      termMonths: "24",
      document: "居民会议",
    });
    await browser.get(own);
    expect(browser.page).toContain("2年");
    const [, post] = /posts\/([0-9a-z]{16})"/.exec(browser.page)!;
    await browser.get(`${desk}/posts/${post}`);
    expect(
      (await browser.submit(`${desk}/posts/${post}`, { titleZh: "", seats: "x", termMonths: "", document: "决议" }))
        .status,
    ).toBe(422);
    expect(browser.page).toContain("席位数是 0 到 999 的整数");

    const bodyId = own.split("/").at(-1)!;
    await browser.get(`${base}/offices/bodies/${bodyId}`);
    for (const words of ["三号楼", "设立“3号楼”", "街道〔2026〕11号", "填报所在组织的任务进展", "1单元单元长"])
      expect(browser.page).toContain(words);
    await browser.get(`${base}/offices/buildings`);
    expect(browser.page).toContain("1个楼栋，1个有组织负责");
    await browser.get(`${base}/offices?on=2026-10-15`);
    expect(browser.page).toContain("3号楼");
    expect(browser.page).not.toContain("三号楼");

    await browser.get(`${own}/end`);
    expect((await browser.submit(`${own}/end`, { fromOn: "2026-11-01", document: "决议" })).status).toBe(422);
    expect(browser.page).toContain("不能早于上一次变更的日期 2026-11-02");
    await posted(`${own}/end`, { fromOn: "2026-11-02", document: "居民会议" });
    expect((await browser.get(`${own}/change`)).status).toBe(404);
    await browser.get(`${base}/offices/bodies/${bodyId}`);
    expect(browser.page).toContain("这个组织已经撤销");
    await browser.get(`${base}/offices/chart`);
    expect(browser.page).not.toContain("三号楼");
  });

  test("draw the organisation and say the same as lists in lists, in both languages, on any day, without naming whom they may not", async () => {
    await adoptPreset(await staff(), "four", key());
    const anyone = new Browser(app);
    expect((await anyone.get(`${base}/offices/chart`)).status).toBe(200);
    expect(anyone.page).toMatch(/<svg[^>]*aria-hidden="true"/);
    const [drawn, listed] = anyone.page.split("同样的内容，用文字列出") as [string, string];
    for (const words of ["主任：陈主任", "小区党支部", "党支部书记：空缺"])
      for (const part of [drawn, listed]) expect(part).toContain(words);
    expect(listed).toMatch(/<ul><li>[\s\S]*<ul><li>/);
    expect(anyone.page).not.toMatch(/吴志愿|郑物业|1380000000/);
    await anyone.get(`${base}/offices/chart?lang=en`);
    expect(anyone.page).toContain("Chart of the organisation");
    await anyone.get(`${base}/offices/chart?on=2020-01-01&lang=zh`);
    expect(anyone.page).toContain("这一天还没有登记任何组织");
    expect((await anyone.get(`${base}/offices/chart?on=never`)).status).toBe(200);
    await anyone.get(`${base}/offices/buildings`);
    expect(anyone.page).toContain("名册里还没有楼栋");
  });

  test("show nothing of another community's bodies, posts and levels", async () => {
    const [bodyId, { postId }] = [await bodyIdOf("branch"), await postOfKind("branch_member")];
    await adoptPreset(await staff(), "four", key());
    const { levelId } = await levelNamed("小区");
    const elsewhere = await makeStaffedCommunity();
    community = elsewhere;
    const other = new Browser(app);
    const session = await openSession(sceneAt(elsewhere), await personIn(elsewhere, "street_officer"));
    const claims = { sid: session.sessionId, cid: elsewhere.id, began: session.beganAt, renewed: T0 };
    other.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, T0, 3600));
    const desk = `/c/${elsewhere.slug}/desk/offices`;
    for (const path of [
      `/c/${elsewhere.slug}/offices/bodies/${bodyId}`,
      `${desk}/bodies/${bodyId}`,
      `${desk}/bodies/${bodyId}/change`,
      `${desk}/bodies/${bodyId}/end`,
      `${desk}/bodies/${bodyId}/posts`,
      `${desk}/posts/${postId}`,
      `${desk}/levels/${levelId}`,
    ])
      expect((await other.get(path)).status, path).toBe(404);
  });
});
