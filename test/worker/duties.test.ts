/** The matrix of responsibility through actions and pages: tasks, who leads, what was reported with which evidence; and what is refused, in the write too. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, dayOf, endOf, startOf } from "../../src/kernel/day.ts";
import { dissolveBody } from "../../src/offices/bodies/actions.ts";
import {
  adoptTen,
  assignDuty,
  changeDuty,
  countDuties,
  endDuty,
  endTask,
  setTask,
} from "../../src/offices/duties/actions.ts";
import { reportDuty } from "../../src/offices/duties/reports/actions.ts";
import { listDuties, listNewest, listReports, listTasks } from "../../src/offices/duties/store.ts";
import type { BodyKind, PostKind } from "../../src/offices/rules.ts";
import { permissionsOf } from "../../src/offices/rules.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import { endTenure, holdersAsOf } from "../../src/offices/terms/actions.ts";
import { listBodies, listPosts } from "../../src/offices/terms/store.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { signToken } from "../../src/platform/session.ts";
import { actorWith, sceneAt, T0, testEnv } from "./community-of-test.ts";
import { appAt, Browser, makeStaffedCommunity, OFFICERS, personIn } from "./offices-of-test.ts";

const TODAY = dayOf(T0);
const DAY = 86_400_000;
const PARTY: typeof OFFICERS = [
  { post: "branch_secretary", name: "孙书记", phone: "13800000011", act: "party_election", document: "选举结果" },
  { post: "branch_member", name: "冯支委", phone: "13800000012", act: "party_election", document: "选举结果" },
  { post: "residents_officer", name: "何居委", phone: "13800000013", act: "appointment", document: "分工" },
];

let community: CommunityAddress;
beforeEach(async () => {
  community = await makeStaffedCommunity([...OFFICERS, ...PARTY]);
});

let keys = 0;
const key = (): string => {
  keys += 1;
  return `duties-key-${keys}`;
};
const as = async (kind: PostKind, now = T0): Promise<StaffScene> => ({
  ...sceneAt(community, now),
  actor: actorWith(await personIn(community, kind), [...permissionsOf([kind])]),
});
const bodyIdOf = async (kind: BodyKind): Promise<string> => {
  const [bodies] = await sceneAt(community).db.read(listBodies(sceneAt(community)));
  return bodies.find((body) => body.kind === kind)!.bodyId;
};
const rows = async <T>(text: string): Promise<T[]> => {
  const { db } = sceneAt(community);
  return (await db.read(db.all<T>(sql.raw(text.replaceAll("$c", `'${community.id}'`)))))[0];
};
const leaves = async (type: string): Promise<Record<string, unknown>[]> =>
  (await rows<{ entry: string }>(`SELECT entry FROM record_leaf WHERE community_id = $c AND type = '${type}'`)).map(
    ({ entry }) => JSON.parse(entry),
  );
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? "ok" : result.error!.reason);
const must = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const task = (titleZh: string, extra: object = {}) => ({
  titleZh,
  titleEn: "",
  textZh: "说明",
  textEn: "",
  seen: "",
  ...extra,
});
const newTask = async (titleZh = "走访"): Promise<string> =>
  must(await setTask(await as("branch_secretary"), null, task(titleZh), key())).taskId;
const wanted = (taskId: string, bodyId: string, extra: object = {}) => ({
  taskId,
  bodyId,
  role: "lead",
  cadence: "monthly",
  beginsOn: TODAY,
  dueOn: "",
  postId: "",
  ...extra,
});
/** A monthly duty of the branch. */
const led = async (extra: object = {}, titleZh = "走访"): Promise<string> =>
  must(
    await assignDuty(
      await as("branch_secretary"),
      wanted(await newTask(titleZh), await bodyIdOf("branch"), extra),
      key(),
    ),
  ).dutyId;
const report = (extra: object = {}) => ({
  period: "2026-11",
  kind: "done",
  text: "走访 12 户，记下 5 件事",
  file: null,
  isPublic: false,
  ...extra,
});
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const SCRIPT = new TextEncoder().encode("<script>alert(1)</script>");

describe("the list of tasks", () => {
  test("begins with the ten, led by the branch, adopted once however often it is asked", async () => {
    const bodyId = await bodyIdOf("branch");
    const once = key();
    expect(must(await adoptTen(await as("branch_secretary"), { bodyId }, once)).tasks).toBe(10);
    expect(reasonOf(await adoptTen(await as("branch_secretary"), { bodyId }, once))).toBe("ok");
    expect(reasonOf(await adoptTen(await as("branch_secretary"), { bodyId }, key()))).toBe("tasks_there_already");
    const [tasks, duties] = await sceneAt(community).db.read(
      listTasks(sceneAt(community)),
      listDuties(sceneAt(community)),
    );
    expect([tasks.length, duties.length, tasks[0]!.titleZh]).toEqual([10, 10, "配强支部班子"]);
    expect(await countDuties(sceneAt(community))).toEqual({
      tasks: 10,
      unled: 0,
      duties: 10,
      done: 0,
      inProgress: 0,
      notStarted: 10,
      overdue: 0,
    });
  });

  test("adopted by two at once is adopted once", async () => {
    const both = await Promise.all(
      [1, 2].map(async () => adoptTen(await as("branch_secretary"), { bodyId: "" }, key())),
    );
    expect(both.map(reasonOf).sort()).toEqual(["ok", "tasks_there_already"]);
    expect((await rows("SELECT 1 FROM duty_task WHERE community_id = $c")).length).toBe(10);
    expect(reasonOf(await adoptTen(await as("branch_secretary"), { bodyId: "nowhere" }, key()))).toBe(
      "tasks_there_already",
    );
  });

  test("takes a task on, rewords it by its next version, and lets it go when no body has it", async () => {
    const scene = await as("branch_secretary");
    const once = key();
    const { taskId } = must(await setTask(scene, null, task("走访"), once));
    expect(must(await setTask(scene, null, task("走访"), once)).taskId).toBe(taskId);
    expect(reasonOf(await setTask(scene, null, task("别的"), once))).toBe("key_reused");
    expect(reasonOf(await setTask(scene, null, task("走访"), key()))).toBe("task_title_taken");
    must(await setTask(scene, taskId, task("走访住户", { seen: "1" }), key()));
    expect(reasonOf(await setTask(scene, taskId, task("走访业主", { seen: "1" }), key()))).toBe(
      "task_changed_meanwhile",
    );
    expect(reasonOf(await setTask(scene, "nowhere", task("走访业主", { seen: "1" }), key()))).toBe("unknown_task");
    expect((await leaves("duty.task_set")).map(({ title, version }) => [title, version])).toEqual([
      ["走访", 1],
      ["走访住户", 2],
    ]);
    const { dutyId } = must(await assignDuty(scene, wanted(taskId, await bodyIdOf("branch")), key()));
    expect(reasonOf(await endTask(scene, taskId, { why: "并入别的任务" }, key()))).toBe("task_assigned");
    expect(reasonOf(await endTask(scene, taskId, { why: " " }, key()))).toBe("why_missing");
    must(await endDuty(scene, dutyId, { why: "并入别的任务" }, key()));
    must(await endTask(scene, taskId, { why: "并入别的任务" }, key()));
    expect(reasonOf(await assignDuty(scene, wanted(taskId, await bodyIdOf("branch")), key()))).toBe("unknown_task");
    expect(must(await setTask(scene, null, task("走访住户"), key())).taskId).not.toBe(taskId);
  });

  test("two who add the same task at once add one", async () => {
    const both = await Promise.all(
      [1, 2].map(async () => setTask(await as("branch_secretary"), null, task("走访"), key())),
    );
    expect(both.map(reasonOf).sort()).toEqual(["ok", "task_title_taken"]);
  });
});

describe("a duty", () => {
  test("is led by one body, helped by others, answered for by a post of its own body", async () => {
    const taskId = await newTask();
    const scene = await as("branch_secretary");
    const [branch, committee] = [await bodyIdOf("branch"), await bodyIdOf("committee")];
    const [posts] = await scene.db.read(listPosts(scene));
    const postOf = (kind: PostKind) => posts.find((post) => post.kind === kind)!.postId;
    const once = key();
    const first = wanted(taskId, branch, { postId: postOf("branch_secretary") });
    const { dutyId } = must(await assignDuty(scene, first, once));
    expect(must(await assignDuty(scene, first, once)).dutyId).toBe(dutyId);
    const tried = async (extra: object, bodyId = committee) =>
      reasonOf(await assignDuty(scene, wanted(taskId, bodyId, extra), key()));
    expect(await tried({})).toBe("lead_taken");
    expect(await tried({ role: "support" }, branch)).toBe("assigned_already");
    expect(await tried({ role: "" })).toBe("role_missing");
    expect(await tried({ role: "support", postId: postOf("branch_secretary") })).toBe("post_of_another_body");
    expect(await tried({ role: "support", postId: postOf("committee_chair") })).toBe("ok");
    expect(await tried({ role: "support" }, "nowhere")).toBe("unknown_body");
    expect((await leaves("duty.assigned")).map(({ role, cadence }) => [role, cadence])).toEqual([
      ["lead", "monthly"],
      ["support", ""],
    ]);
  });

  test("of two bodies that take the lead at once has one leader, and no body has it twice", async () => {
    const taskId = await newTask();
    const both = await Promise.all(
      (["branch", "committee"] as const).map(async (kind) =>
        assignDuty(await as("branch_secretary"), wanted(taskId, await bodyIdOf(kind)), key()),
      ),
    );
    expect(both.map(reasonOf).sort()).toEqual(["lead_taken", "ok"]);
    const bodyId = await bodyIdOf("residents_committee");
    const twice = await Promise.all(
      [1, 2].map(async () =>
        assignDuty(await as("branch_secretary"), wanted(taskId, bodyId, { role: "support" }), key()),
      ),
    );
    expect(twice.map(reasonOf).sort()).toEqual(["assigned_already", "ok"]);
  });

  test.each([
    ["due before it begins", { cadence: "once", dueOn: addDays(TODAY, -1) }, "due_before_start"],
    ["due on no day", { cadence: "once", dueOn: "" }, "not_a_day"],
    ["begun on no day", { beginsOn: "2026-13-01" }, "not_a_day"],
    ["begun too long ago", { beginsOn: "2025-11-01" }, "begins_too_early"],
    ["at no cadence", { cadence: "daily" }, "cadence_missing"],
  ])("%s is refused and leaves nothing", async (_, extra, reason) => {
    const taskId = await newTask();
    const before = await rows("SELECT count(*) AS n FROM record_leaf WHERE community_id = $c");
    const asked = wanted(taskId, await bodyIdOf("branch"), extra);
    expect(reasonOf(await assignDuty(await as("branch_secretary"), asked, key()))).toBe(reason);
    expect(await rows("SELECT count(*) AS n FROM record_leaf WHERE community_id = $c")).toEqual(before);
  });

  test("gets another deadline by its next version, never an earlier beginning, and ends with a reason", async () => {
    const dutyId = await led({ cadence: "once", dueOn: "2026-12-01" });
    const scene = await as("branch_secretary");
    const change = { cadence: "once", beginsOn: TODAY, dueOn: "2026-12-20", postId: "", seen: "1" };
    must(await changeDuty(scene, dutyId, change, key()));
    expect(reasonOf(await changeDuty(scene, dutyId, change, key()))).toBe("duty_changed_meanwhile");
    const earlier = { ...change, seen: "2", beginsOn: addDays(TODAY, -1) };
    expect(reasonOf(await changeDuty(scene, dutyId, earlier, key()))).toBe("begins_too_early");
    expect(reasonOf(await changeDuty(scene, dutyId, { ...change, seen: "2" }, key()))).toBe("nothing_changed");
    must(await endDuty(scene, dutyId, { why: "改由居委会负责" }, key()));
    for (const tried of [
      await endDuty(scene, dutyId, { why: "再来" }, key()),
      await changeDuty(scene, dutyId, { ...change, seen: "3" }, key()),
      await reportDuty(await as("branch_member"), dutyId, report({ period: "once" }), key()),
    ])
      expect(reasonOf(tried)).toBe("duty_ended");
    expect(reasonOf(await endDuty(scene, "nowhere", { why: "x" }, key()))).toBe("unknown_duty");
  });

  test("keeps its body from being ended, and an ended body takes none on", async () => {
    const scene = { ...(await as("street_officer")), actor: (await as("street_officer")).actor };
    const taskId = await newTask();
    const provider = await bodyIdOf("audit");
    const { dutyId } = must(await assignDuty(await as("branch_secretary"), wanted(taskId, provider), key()));
    const end = { fromOn: TODAY, document: "街道文件" };
    const refused = await dissolveBody(scene, provider, end, key());
    expect(refused.ok ? "ok" : refused.error.map(({ reason }) => reason)).toEqual(["body_has_duties"]);
    must(await endDuty(await as("branch_secretary"), dutyId, { why: "不再需要" }, key()));
    expect((await dissolveBody(scene, provider, end, key())).ok).toBe(true);
    expect(reasonOf(await assignDuty(await as("branch_secretary"), wanted(taskId, provider), key()))).toBe(
      "body_ended",
    );
  });
});

describe("a report", () => {
  test("is an entry with its evidence, whose hash the record has and whose words it seals; a repeat reports nothing more", async () => {
    const dutyId = await led();
    const scene = await as("branch_member");
    const asked = report({ file: { name: "走访.jpg", bytes: JPEG }, isPublic: true });
    const once = key();
    const all = await Promise.all(
      [1, 2, 3].map(async () => reportDuty(await as("branch_member"), dutyId, asked, once)),
    );
    expect(new Set([...all, await reportDuty(scene, dutyId, asked, once)].map((done) => must(done).reportNo))).toEqual(
      new Set([1]),
    );
    const [leaf] = await leaves("duty.reported");
    expect(leaf).toMatchObject({
      duty: dutyId,
      period: "2026-11",
      kind: "done",
      file: bytesToHex(sha256(JPEG)),
      due: "2026-11-30",
    });
    expect(JSON.stringify(leaf)).not.toMatch(/12 户|冯支委|走访\.jpg/);
    const [reports] = await scene.db.read(listReports(scene, dutyId, { limit: 9, offset: 0 }));
    expect(reports).toMatchObject([
      { reportedAs: "小区党支部 支部委员", fileName: "走访.jpg", filePublic: 1, text: asked.text },
    ]);
    expect(await countDuties(sceneAt(community))).toMatchObject({ done: 1, overdue: 0 });
    expect(reasonOf(await reportDuty(scene, dutyId, report(), key()))).toBe("settled_already");
  });

  test.each([
    ["evidence that is a script", { file: { name: "photo.jpg", bytes: SCRIPT } }, "file_type_refused"],
    ["evidence that is empty", { file: { name: "photo.jpg", bytes: new Uint8Array(0) } }, "file_empty"],
    ["no words", { text: " " }, "report_text_missing"],
    ["a period it does not have", { period: "2026-10" }, "unknown_period"],
    ["a period to come", { period: "2026-12" }, "unknown_period"],
    ["no kind", { kind: "" }, "report_kind_missing"],
  ])("with %s is refused and leaves nothing", async (_, extra, reason) => {
    const dutyId = await led();
    expect(reasonOf(await reportDuty(await as("branch_member"), dutyId, report(extra), key()))).toBe(reason);
    expect(await rows("SELECT 1 FROM duty_report WHERE community_id = $c")).toEqual([]);
    expect(await rows("SELECT 1 FROM file WHERE community_id = $c")).toEqual([]);
  });

  test("is made by who leads or helps; done by who leads; sent back and excused by who manages", async () => {
    const dutyId = await led();
    const [duty] = await rows<{ task: string }>("SELECT task_id AS task FROM duty_assignment WHERE community_id = $c");
    const helps = wanted(duty!.task, await bodyIdOf("committee"), { role: "support" });
    must(await assignDuty(await as("branch_secretary"), helps, key()));
    const by = async (kind: PostKind, what: string) =>
      reasonOf(await reportDuty(await as(kind), dutyId, report({ kind: what }), key()));
    expect(await by("residents_officer", "progress")).toBe("not_your_body");
    expect(await by("committee_chair", "progress")).toBe("ok");
    // The chair manages duties, and yet only the leading body says when its own is done.
    expect(await by("committee_chair", "done")).toBe("only_lead_finishes");
    expect(await by("branch_member", "waived")).toBe("only_manager_decides");
    expect(await by("branch_member", "done")).toBe("ok");
    expect(await by("branch_member", "returned")).toBe("only_manager_decides");
    expect(await by("committee_chair", "returned")).toBe("ok");
    expect(await by("committee_chair", "returned")).toBe("not_settled");
    expect(await by("committee_chair", "waived")).toBe("ok");
    expect(await by("branch_member", "done")).toBe("settled_already");
  });

  test("is refused to somebody whose office ended while they wrote it", async () => {
    const dutyId = await led();
    const scene = await as("branch_member");
    const [tenure] = (await holdersAsOf(sceneAt(community), TODAY)).filter(
      ({ postKind }) => postKind === "branch_member",
    );
    must(
      await endTenure(
        await as("secretary"),
        { tenureId: tenure!.tenureId, endsOn: TODAY, act: "resignation", document: "辞职信" },
        key(),
      ),
    );
    expect(reasonOf(await reportDuty(scene, dutyId, report(), key()))).toBe("not_your_body");
  });

  test("of two at once is one, and neither is lost in silence", async () => {
    const dutyId = await led();
    const both = await Promise.all(
      (["branch_member", "branch_secretary"] as const).map(async (kind) =>
        reportDuty(await as(kind), dutyId, report({ text: kind }), key()),
      ),
    );
    expect(both.filter(({ ok }) => ok).length).toBe(1);
    expect(["reported_meanwhile", "settled_already"]).toContain(both.map(reasonOf).find((reason) => reason !== "ok"));
  });

  test("cannot be changed, deleted or replaced in the database, nor can tasks and duties", async () => {
    const dutyId = await led();
    must(await reportDuty(await as("branch_member"), dutyId, report(), key()));
    for (const table of ["duty_task", "duty_assignment", "duty_report"])
      for (const text of [
        `UPDATE ${table} SET leaf_hash = 'x' WHERE community_id = $c`,
        `DELETE FROM ${table} WHERE community_id = $c`,
        `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} WHERE community_id = $c`,
      ]) {
        const { db } = sceneAt(community);
        const done = await db.write([db.run(sql.raw(text.replaceAll("$c", `'${community.id}'`)))]);
        expect(done.ok, text).toBe(false);
      }
  });
});

describe("in figures", () => {
  test("a month is in time to the end of its last day, late from then on, and a late report still counts", async () => {
    const dutyId = await led();
    const at = async (now: number) => (await countDuties(sceneAt(community, now))).overdue;
    expect([await at(endOf("2026-11-30") - 1), await at(startOf("2026-12-01"))]).toEqual([0, 1]);
    must(await reportDuty(await as("branch_member", startOf("2026-12-03")), dutyId, report(), key()));
    expect(await at(startOf("2026-12-03"))).toBe(0);
    expect(await at(startOf("2027-01-01"))).toBe(1);
  });

  test("cost one round trip, and rows that do not grow with years of reports or other communities", async () => {
    const dutyId = await led();
    const months = ["2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05"];
    const later = T0 + 800 * DAY;
    const rowsOn = async (now: number) => {
      const scene = sceneAt(community, now);
      await countDuties(scene);
      expect(scene.db.meter.roundTrips).toBe(1);
      return scene.db.meter.rowsRead;
    };
    const before = await rowsOn(later);
    for (const period of months)
      must(await reportDuty(await as("branch_member", startOf(`${period}-28`)), dutyId, report({ period }), key()));
    community = { ...community };
    expect(await rowsOn(later)).toBeLessThanOrEqual(before + 2);
    const elsewhere = await makeStaffedCommunity([...OFFICERS, ...PARTY]);
    const here = community;
    community = elsewhere;
    await led();
    community = here;
    expect(await rowsOn(later)).toBeLessThanOrEqual(before + 4);
    const [newest] = await sceneAt(community).db.read(listNewest(sceneAt(community), "2027-06-01"));
    expect(newest.map(({ period }) => period)).toEqual(months);
  });

  test("a duty done once stays overdue until it is done, however long ago it was due", async () => {
    const dutyId = await led({ cadence: "once", dueOn: addDays(TODAY, 10) });
    const years = T0 + 900 * DAY;
    expect((await countDuties(sceneAt(community, years))).overdue).toBe(1);
    must(await reportDuty(await as("branch_member", years), dutyId, report({ period: "once" }), key()));
    expect(await countDuties(sceneAt(community, years + 500 * DAY))).toMatchObject({ done: 1, overdue: 0 });
  });
});

describe("the pages", () => {
  const clock = { now: T0 };
  const app = appAt(clock, () => {});
  let base: string;
  beforeEach(() => {
    clock.now = T0;
    base = `/c/${community.slug}`;
  });
  async function signedIn(kind: PostKind): Promise<Browser> {
    const browser = new Browser(app);
    const session = await openSession(sceneAt(community, clock.now), await personIn(community, kind));
    const claims = { sid: session.sessionId, cid: community.id, began: session.beganAt, renewed: clock.now };
    browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, clock.now, 3600));
    return browser;
  }
  /** A form with a file, as a browser sends it. */
  async function upload(
    browser: Browser,
    action: string,
    values: Record<string, string>,
    file: File | null,
  ): Promise<Response> {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...browser.hidden(action), ...values })) body.set(name, value);
    body.set("file", file ?? new File([], "", { type: "application/octet-stream" }));
    const response = await browser.send(action, { method: "POST", body, headers: { origin: "http://localhost" } });
    if (!response.headers.has("location")) browser.page = await response.clone().text();
    return response;
  }
  const dutyIdIn = (page: string): string => /duties\/([0-9a-z]{16})\/change/.exec(page)![1]!;

  test("lead from an empty list to ten tasks, a report with its photograph, and what anyone sees of it", async () => {
    const anyone = new Browser(app);
    await anyone.get(`${base}/duties`);
    expect(anyone.page).toContain("还没有责任清单");
    const secretary = await signedIn("branch_secretary");
    await secretary.get(`${base}/desk/duties`);
    expect(secretary.page).toContain("小区吹哨、部门报到");
    const adopted = await secretary.submit(`${base}/desk/duties/adopt`, { bodyId: await bodyIdOf("branch") });
    expect(adopted.status).toBe(303);
    await secretary.get(`${base}/desk/duties`);
    for (const words of ["走访和议事", "改写或结束", "等我所在的组织填报", "2026年11月"])
      expect(secretary.page).toContain(words);

    const member = await signedIn("branch_member");
    await member.get(`${base}/desk/duties`);
    expect(member.page).not.toContain("改写或结束");
    const [, link] = /href="([^"]*\/report\?period=2026-11)"/.exec(member.page)!;
    await member.get(link!);
    for (const words of ["哪一期", "2026年11月", "这份材料可以公开"]) expect(member.page).toContain(words);
    expect(member.page).not.toContain("退回重办");
    const action = link!.split("?")[0]!;
    const values = { period: "2026-11", kind: "done", text: "走访 12 户", isPublic: "yes" };
    const script = new File([SCRIPT], "photo.jpg", { type: "image/jpeg" });
    expect((await upload(member, action, values, script)).status).toBe(422);
    for (const words of ["“photo.jpg”不是 PDF 或照片", "走访 12 户"]) expect(member.page).toContain(words);
    expect((await upload(member, action, { ...values, text: "" }, null)).status).toBe(422);
    expect(member.page).toContain("请写明做了什么");
    const done = await upload(member, action, values, new File([JPEG], "走访.jpg", { type: "image/jpeg" }));
    expect(done.status, member.page.slice(0, 1500)).toBe(303);

    await anyone.get(`${base}/duties`);
    for (const words of ["已完成", "未开始", "责任矩阵", "小区党支部"]) expect(anyone.page).toContain(words);
    const dutyId = action.split("/").at(-2)!;
    await anyone.get(`${base}/duties/${dutyId}`);
    for (const words of ["走访 12 户", "走访.jpg", "小区党支部 支部委员", bytesToHex(sha256(JPEG)).slice(0, 16)])
      expect(anyone.page).toContain(words);
    expect(anyone.page).not.toMatch(/冯支委|1380000/);
    const [, file] = /duties\/files\/([0-9a-z]{16})/.exec(anyone.page)!;
    const shown = await anyone.send(`${base}/duties/files/${file}`);
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(JPEG);
    await anyone.get(`${base}/duties?lang=en`);
    expect(anyone.page).toContain("The matrix");
  });

  test("keep evidence that is not public from anyone but those who work on duties", async () => {
    const dutyId = await led();
    const asked = report({ file: { name: "签到表.jpg", bytes: JPEG } });
    must(await reportDuty(await as("branch_member"), dutyId, asked, key()));
    const anyone = new Browser(app);
    await anyone.get(`${base}/duties/${dutyId}`);
    expect(anyone.page).toContain("附件不公开");
    expect(anyone.page).not.toContain("签到表.jpg");
    const [row] = await rows<{ id: string }>("SELECT file_id AS id FROM file WHERE community_id = $c");
    expect((await anyone.get(`${base}/duties/files/${row!.id}`)).status).toBe(404);
    expect((await (await signedIn("branch_secretary")).get(`${base}/desk/duties/files/${row!.id}`)).status).toBe(200);
    expect((await (await signedIn("teller")).get(`${base}/desk/duties/files/${row!.id}`)).status).toBe(404);
    expect((await (await signedIn("branch_secretary")).get(`${base}/desk/duties/files/0000000000000000`)).status).toBe(
      404,
    );
  });

  test("name what is overdue, on the list and at the desk, and take it late with a mark", async () => {
    const dutyId = await led();
    clock.now = startOf("2026-12-05");
    const anyone = new Browser(app);
    await anyone.get(`${base}/duties`);
    expect(anyone.page).toContain("小区党支部 · 2026年11月");
    const member = await signedIn("branch_member");
    await member.get(`${base}/desk/duties/${dutyId}/report?period=2026-11`);
    expect(member.page).toContain("2026年11月 · 逾期");
    const action = `${base}/desk/duties/${dutyId}/report`;
    const done = await upload(member, action, { period: "2026-11", kind: "done", text: "补做" }, null);
    expect(done.status).toBe(303);
    await anyone.get(`${base}/duties/${dutyId}`);
    expect(anyone.page).toContain("（晚于期限）");
  });

  test("add, reword and end tasks; give, change and end duties; each wrong form kept with its message", async () => {
    const secretary = await signedIn("branch_secretary");
    const desk = `${base}/desk/duties`;
    await secretary.get(`${desk}/tasks/new`);
    expect((await secretary.submit(`${desk}/tasks/new`, { titleZh: "", textZh: "说明" })).status).toBe(422);
    expect(secretary.page).toContain("请填写任务名称");
    expect((await secretary.submit(`${desk}/tasks/new`, { titleZh: "走访", textZh: "说明" })).status).toBe(303);
    await secretary.get(desk);
    const [, task] = /tasks\/([0-9a-z]{16})"/.exec(secretary.page)!;
    await secretary.get(`${desk}/assign?task=${task}`);
    const values = {
      taskId: task!,
      bodyId: await bodyIdOf("committee"),
      role: "lead",
      cadence: "once",
      beginsOn: TODAY,
      dueOn: addDays(TODAY, -1),
      postId: "",
    };
    expect((await secretary.submit(`${desk}/assign`, values)).status).toBe(422);
    for (const words of ["期限不能早于开始那天", 'id="f-dueOn-error"']) expect(secretary.page).toContain(words);
    const fields = { ...secretary.hidden(`${desk}/assign`), ...values, dueOn: addDays(TODAY, 30) };
    expect((await secretary.post(`${desk}/assign`, fields)).status).toBe(303);
    expect((await secretary.post(`${desk}/assign`, fields)).status).toBe(303);
    await secretary.get(desk);
    const dutyId = dutyIdIn(secretary.page);
    await secretary.get(`${desk}/tasks/${task}`);
    expect((await secretary.submit(`${desk}/tasks/${task}/end`, { why: "不再需要" })).status).toBe(409);
    expect(secretary.page).toContain("还有组织承担这项任务");
    await secretary.get(`${desk}/${dutyId}/change`);
    expect(
      (await secretary.submit(`${desk}/${dutyId}/change`, { cadence: "monthly", beginsOn: "2026-01-01" })).status,
    ).toBe(422);
    expect(secretary.page).toContain(`不能早于 ${TODAY}`);
    expect((await secretary.submit(`${desk}/${dutyId}/change`, { cadence: "monthly", beginsOn: TODAY })).status).toBe(
      303,
    );
    await secretary.get(`${desk}/${dutyId}/change`);
    expect((await secretary.submit(`${desk}/${dutyId}/end`, { why: "" })).status).toBe(422);
    expect((await secretary.submit(`${desk}/${dutyId}/end`, { why: "改由支部牵头" })).status).toBe(303);
    expect((await secretary.get(`${desk}/${dutyId}/change`)).status).toBe(404);
    await secretary.get(`${base}/duties/${dutyId}`);
    for (const words of ["这项责任已经结束", "改由支部牵头"]) expect(secretary.page).toContain(words);
    await secretary.get(`${desk}/tasks/${task}`);
    expect((await secretary.submit(`${desk}/tasks/${task}/end`, { why: "不再需要" })).status).toBe(303);
    expect((await secretary.get(`${desk}/tasks/${task}`)).status).toBe(404);
  });

  test("announce on the home page how far it is, and at the desk what is due within a week, to the leading body alone", async () => {
    const anyone = new Browser(app);
    await anyone.get(base);
    expect(anyone.page).not.toContain("责任清单");
    await led();
    await anyone.get(base);
    expect(anyone.page).toContain("1项任务由谁负责、做到哪一步");
    const deskOn = async (kind: PostKind, day: string): Promise<string> => {
      clock.now = startOf(day);
      const browser = await signedIn(kind);
      await browser.get(`${base}/desk`);
      return browser.page;
    };
    expect(await deskOn("branch_member", "2026-11-22")).not.toContain("填报任务进展");
    expect(await deskOn("branch_member", "2026-11-23")).toContain("填报任务进展");
    expect(await deskOn("branch_member", "2026-12-09")).toContain("已过期限");
    expect(await deskOn("residents_officer", "2026-12-09")).not.toContain("填报任务进展");
    expect(await deskOn("residents_officer", "2026-12-09")).toContain("责任清单");
    expect(await deskOn("teller", "2026-12-09")).not.toContain("责任清单");
  });

  test("show nobody a form for another body's duty, and nothing of another community", async () => {
    const dutyId = await led();
    const officer = await signedIn("residents_officer");
    expect((await officer.get(`${base}/desk/duties/${dutyId}/report`)).status).toBe(404);
    const theirs = community;
    community = await makeStaffedCommunity([...OFFICERS, ...PARTY]);
    const other = await signedIn("branch_secretary");
    for (const path of [`duties/${dutyId}`, `desk/duties/${dutyId}/change`, `desk/duties/${dutyId}/report`])
      expect((await other.get(`/c/${community.slug}/${path}`)).status, path).toBe(404);
    expect((await new Browser(app).get(`/c/${theirs.slug}/duties/${dutyId}`)).status).toBe(200);
  });
});
