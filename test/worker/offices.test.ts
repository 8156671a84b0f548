/** Offices through their pages and actions: who took and left what by which act, on any day, and who may not. */
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, dayOf, startOf } from "../../src/kernel/day.ts";
import { officesRoutes } from "../../src/offices/pages.tsx";
import { changePhone } from "../../src/offices/people/actions.ts";
import { confirmAppointment } from "../../src/offices/proposals/actions.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import { withStaffActor } from "../../src/offices/signin/pages.tsx";
import { type Appointment, appoint, endTenure, holdersAsOf } from "../../src/offices/terms/actions.ts";
import { insertEnd, insertTenure, listPosts, listTenuresOn } from "../../src/offices/terms/store.ts";
import type { Permission } from "../../src/platform/access.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { sendDue, showNewest } from "../../src/platform/outbox/actions.ts";
import { keepAdapter } from "../../src/platform/outbox/gateway.ts";
import { outboxRoutes } from "../../src/platform/outbox/pages.tsx";
import { queueMessages } from "../../src/platform/outbox/store.ts";
import type { StaffScene } from "../../src/platform/scene.ts";
import { signToken } from "../../src/platform/session.ts";
import { actorWith, sceneAt, T0, testEnv } from "./community-of-test.ts";
import { appAt, Browser, makeStaffedCommunity, personIn } from "./offices-of-test.ts";

const clock = { now: T0 };
const app = appAt(clock, (into) => {
  into.use("/c/:slug/*", withStaffActor);
  into.route("/c/:slug", officesRoutes);
  into.route("/c/:slug", outboxRoutes);
});
const TODAY = dayOf(T0);

let community: CommunityAddress;
let base: string;
beforeEach(async () => {
  clock.now = T0;
  community = await makeStaffedCommunity();
  base = `/c/${community.slug}`;
});

const postIdOf = async (kind: PostKind): Promise<string> => {
  const scene = sceneAt(community);
  const [posts] = await scene.db.read(listPosts(scene));
  return posts.find((post) => post.kind === kind)!.postId;
};

const tenureOf = async (kind: PostKind): Promise<string> =>
  (await holdersAsOf(sceneAt(community), TODAY)).find(({ postKind }) => postKind === kind)!.tenureId;

const as = async (kind: PostKind, now = T0): Promise<StaffScene> => ({
  ...sceneAt(community, now),
  actor: actorWith(await personIn(community, kind), ["offices.manage"]),
});

const asked = async (kind: PostKind, extra: Partial<Appointment> = {}): Promise<Appointment> => ({
  postId: await postIdOf(kind),
  name: "钱委员",
  phone: "13700000001",
  fromOn: TODAY,
  lastOn: "",
  act: "owners_election",
  document: "业主大会公告〔2026〕8号",
  ...extra,
});

/** A post that one person alone may fill. */
const branchMember = (): Promise<Appointment> => asked("branch_member", { act: "party_election" });

async function signedIn(kind: PostKind): Promise<Browser> {
  const browser = new Browser(app);
  const session = await openSession(sceneAt(community, clock.now), await personIn(community, kind));
  const claims = { sid: session.sessionId, cid: community.id, began: session.beganAt, renewed: clock.now };
  browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, clock.now, 3600));
  return browser;
}

const rows = async <T>(text: string): Promise<T[]> => {
  const { db } = sceneAt(community);
  return (await db.read(db.all<T>(sql.raw(text.replaceAll("$c", `'${community.id}'`)))))[0];
};
const leaves = (type: string) =>
  rows<{ entry: string }>(`SELECT entry FROM record_leaf WHERE community_id = $c AND type = '${type}'`);
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? "ok" : result.error!.reason);

describe("taking office", () => {
  test("is a tenure with its act and a leaf that names nobody", async () => {
    const before = (await leaves("office.taken")).length;
    const taken = await appoint(await as("secretary"), await branchMember(), "once-key-1");
    expect(taken.ok).toBe(true);
    const after = await leaves("office.taken");
    expect(after.length).toBe(before + 1);
    const leaf = JSON.parse(after.at(-1)!.entry) as Record<string, unknown>;
    expect(leaf).toMatchObject({ kind: "branch_member", act: "party_election", from: TODAY, until: "" });
    expect(JSON.stringify(leaf)).not.toMatch(/钱委员|137|公告/);
    const holder = (await holdersAsOf(sceneAt(community), TODAY)).find(({ name }) => name === "钱委员")!;
    expect([holder.postKind, holder.document]).toEqual(["branch_member", "业主大会公告〔2026〕8号"]);
  });

  test("repeated, also thrice at once, is taken once and answered alike", async () => {
    const scene = await as("secretary");
    const wanted = await branchMember();
    const all = await Promise.all(
      [1, 2, 3].map(() => appoint({ ...scene, db: sceneAt(community).db }, wanted, "once-key-2")),
    );
    const later = await appoint(scene, wanted, "once-key-2");
    const ids = [...all, later].map((one) => (one.ok ? one.value.tenureId : one.error.reason));
    expect(new Set(ids).size).toBe(1);
    expect(
      (
        await rows(
          "SELECT 1 FROM office_tenure t JOIN office_post p USING (community_id, post_id) WHERE community_id = $c AND p.kind = 'branch_member'",
        )
      ).length,
    ).toBe(1);
    expect(reasonOf(await appoint(scene, { ...wanted, document: "另一份" }, "once-key-2"))).toBe("key_reused");
  });

  test.each([
    ["into the committee by appointment, whoever appoints", { act: "appointment" }, "act_not_for_post"],
    ["into the committee by party election", { act: "party_election" }, "act_not_for_post"],
    ["without a document", { document: " " }, "document_missing"],
    ["from a day that is none", { fromOn: "2026-13-01" }, "not_a_day"],
    ["with a number that is none", { phone: "1234" }, "phone_unreadable"],
    ["with the number of a colleague of another name", { phone: "13800000003" }, "phone_of_another"],
    ["without a name", { name: "" }, "name_missing"],
    ["of a post that is not there", { postId: "nowhere" }, "unknown_post"],
  ] as const)("is refused %s, and leaves nothing behind", async (_, extra, reason) => {
    const before = await rows("SELECT count(*) AS n FROM record_leaf WHERE community_id = $c");
    expect(reasonOf(await appoint(await as("secretary"), await asked("committee_member", extra), "once-key-3"))).toBe(
      reason,
    );
    expect(await rows("SELECT count(*) AS n FROM record_leaf WHERE community_id = $c")).toEqual(before);
    expect(
      await rows("SELECT 1 FROM office_person_phone WHERE community_id = $c AND phone_masked LIKE '137%'"),
    ).toEqual([]);
  });

  test("is not recorded by the one who takes it", async () => {
    const own = await asked("committee_member", { name: "李秘书", phone: "13800000002" });
    expect(reasonOf(await appoint(await as("secretary"), own, "once-key-4"))).toBe("own_appointment");
    expect(reasonOf(await appoint(await as("committee_chair"), own, "once-key-4"))).toBe("ok");
  });

  test("is refused when the seat is held, and free on the day after the last of the one before", async () => {
    const chair = await asked("committee_chair", { act: "members_choice" });
    expect(reasonOf(await appoint(await as("secretary"), chair, "once-key-5"))).toBe("post_taken");
    const end = addDays(TODAY, 30);
    const ended = await endTenure(
      await as("secretary"),
      { tenureId: await tenureOf("committee_chair"), endsOn: end, act: "resignation", document: "辞职信" },
      "once-key-6",
    );
    expect(ended.ok).toBe(true);
    expect(reasonOf(await appoint(await as("secretary"), { ...chair, fromOn: addDays(end, -1) }, "once-key-7"))).toBe(
      "post_taken",
    );
    expect(reasonOf(await appoint(await as("secretary"), { ...chair, fromOn: end }, "once-key-8"))).toBe("ok");
  });

  test("of one free seat by fifty at once is taken by one", async () => {
    const scene = await as("street_officer");
    const post = await postIdOf("branch_secretary");
    const all = await Promise.all(
      Array.from({ length: 50 }, async (_, n) =>
        appoint(
          { ...scene, db: sceneAt(community).db },
          await asked("branch_secretary", {
            postId: post,
            name: `候选${n}`,
            phone: `136${String(10_000_000 + n)}`,
            act: "party_election",
          }),
          `storm-key-${n}`,
        ),
      ),
    );
    expect(all.filter(({ ok }) => ok).length).toBe(1);
    expect(all.filter((one) => reasonOf(one) === "post_taken").length).toBe(49);
    expect((await rows("SELECT 1 FROM office_person WHERE community_id = $c AND name_masked LIKE '候%'")).length).toBe(
      1,
    );
  });

  test("of the same post twice at one time is refused, of another post it is a cross-appointment", async () => {
    const scene = await as("secretary");
    await appoint(scene, await branchMember(), "once-key-9");
    expect(reasonOf(await appoint(scene, await branchMember(), "once-key-10"))).toBe("holds_it_already");
    const other = await asked("residents_officer", { act: "residents_election" });
    const proposed = await appoint(scene, other, "once-key-11");
    const tenureId = proposed.ok ? proposed.value.tenureId : "";
    const confirmed = await confirmAppointment(await as("committee_chair"), tenureId, other.phone);
    expect(confirmed.ok).toBe(true);
    const held = (await holdersAsOf(sceneAt(community), TODAY)).filter(({ name }) => name === "钱委员");
    expect(new Set(held.map(({ personId }) => personId)).size).toBe(1);
    const page = await (await new Browser(app).get(`${base}/offices`)).text();
    expect(page).toContain("交叉任职");
  });

  test("cannot be undone, changed or replaced in the database", async () => {
    for (const text of [
      "UPDATE office_tenure SET act_document = 'x' WHERE community_id = $c",
      "DELETE FROM office_tenure WHERE community_id = $c",
      "INSERT OR REPLACE INTO office_tenure SELECT * FROM office_tenure WHERE community_id = $c",
      "UPDATE office_person SET name_masked = 'x' WHERE community_id = $c",
      "DELETE FROM office_person_phone WHERE community_id = $c",
      "UPDATE office_post SET seats = 99 WHERE community_id = $c",
      "DELETE FROM office_body WHERE community_id = $c",
    ]) {
      const { db } = sceneAt(community);
      const done = await db.write([db.run(sql.raw(text.replaceAll("$c", `'${community.id}'`)))]);
      expect(done.ok, text).toBe(false);
    }
  });
});

describe("leaving office", () => {
  test("is dated, has its act and its leaf, and stays visible as of the days before", async () => {
    const end = {
      tenureId: await tenureOf("teller"),
      endsOn: addDays(TODAY, 5),
      act: "resignation",
      document: "辞职信",
    } as const;
    const scene = await as("secretary");
    expect((await endTenure(scene, end, "once-key-1")).ok).toBe(true);
    expect((await endTenure(scene, end, "once-key-1")).ok).toBe(true);
    expect((await leaves("office.left")).length).toBe(1);
    expect((await leaves("office.left"))[0]!.entry).not.toContain("辞职信");
    const tellers = async (day: string) =>
      (await holdersAsOf(sceneAt(community), day)).filter(({ postKind }) => postKind === "teller").length;
    expect([await tellers(addDays(TODAY, 4)), await tellers(addDays(TODAY, 5))]).toEqual([1, 0]);
    expect(reasonOf(await endTenure(scene, { ...end, endsOn: addDays(TODAY, 6) }, "once-key-2"))).toBe("ended_already");
    expect(reasonOf(await endTenure(scene, end, "once-key-3"))).toBe("ended_already");
    expect(reasonOf(await endTenure(scene, { ...end, endsOn: TODAY }, "once-key-4"))).toBe("ok");
    expect(await tellers(TODAY)).toBe(0);
  });

  test("is one's own to record, as a resignation", async () => {
    const scene = await as("secretary");
    const own = {
      tenureId: await tenureOf("secretary"),
      endsOn: TODAY,
      act: "resignation",
      document: "辞职信",
    } as const;
    expect((await endTenure(scene, own, "once-key-1")).ok).toBe(true);
  });

  test("is refused to the last who can record offices, until there is a successor", async () => {
    const scene = await as("street_officer");
    for (const kind of ["committee_chair", "secretary"] as const)
      await endTenure(
        scene,
        { tenureId: await tenureOf(kind), endsOn: TODAY, act: "resignation", document: "辞职信" },
        `once-${kind}`,
      );
    const last = {
      tenureId: await tenureOf("street_officer"),
      endsOn: addDays(TODAY, 31),
      act: "dismissal",
      document: "调任",
    } as const;
    expect(reasonOf(await endTenure(scene, last, "once-key-1"))).toBe("last_manager");
    const successor = await asked("secretary", { act: "engagement" });
    expect(reasonOf(await appoint(scene, successor, "once-key-2"))).toBe("nobody_confirms_yet");
    const alone = await as("street_officer", T0 + 30 * 86_400_000);
    expect(reasonOf(await appoint(alone, successor, "once-key-2"))).toBe("ok");
    expect(reasonOf(await endTenure(alone, last, "once-key-1"))).toBe("ok");
  });

  test("two who end each other's at once do not leave nobody", async () => {
    const scene = await as("street_officer");
    await endTenure(
      scene,
      { tenureId: await tenureOf("committee_chair"), endsOn: TODAY, act: "recall", document: "决定" },
      "once-key-0",
    );
    const both = await Promise.all(
      (["secretary", "street_officer"] as const).map(async (kind) =>
        endTenure(
          { ...scene, db: sceneAt(community).db },
          { tenureId: await tenureOf(kind), endsOn: TODAY, act: "dismissal", document: "决定" },
          `once-${kind}`,
        ),
      ),
    );
    expect(both.map(reasonOf).sort()).toEqual(["last_manager", "ok"]);
  });

  test("of another community's office is not found", async () => {
    const elsewhere = await makeStaffedCommunity();
    const theirs = (await holdersAsOf(sceneAt(elsewhere), TODAY))[0]!.tenureId;
    const tried = await endTenure(
      await as("secretary"),
      { tenureId: theirs, endsOn: TODAY, act: "recall", document: "x" },
      "once-key-1",
    );
    expect(reasonOf(tried)).toBe("unknown_tenure");
    const browser = await signedIn("secretary");
    expect((await browser.get(`${base}/desk/offices/end/${theirs}`)).status).toBe(404);
  });
});

describe("a number", () => {
  test("that is changed signs its person out, tells the old number and the record, and keeps the new one to themselves", async () => {
    const volunteer = await signedIn("volunteer");
    expect((await volunteer.get(`${base}/desk/sessions`)).status).toBe(200);
    const personId = await personIn(community, "volunteer");
    const scene = await as("secretary");
    const atOnce = { ok: true, value: { proposalId: null } };
    expect(await changePhone(scene, personId, "13600000009")).toEqual(atOnce);
    expect(await changePhone(scene, personId, "13600000009")).toEqual(atOnce);
    expect((await volunteer.get(`${base}/desk/sessions`)).status).toBe(303);
    const shown = (await showNewest(sceneAt(community), 5)).filter(({ kind }) => kind === "office.number-changed");
    expect(shown.map(({ rendered }) => "phone" in rendered && rendered.phone)).toEqual(["13800000006"]);
    expect((await leaves("office.number_changed")).map(({ entry }) => JSON.parse(entry).tenures)).toEqual([
      [await tenureOf("volunteer")],
    ]);
    expect(reasonOf(await changePhone(scene, personId, "13800000002"))).toBe("phone_of_another");
    expect(reasonOf(await changePhone(scene, personId, "12"))).toBe("phone_unreadable");
    expect(
      reasonOf(await changePhone(scene, await personIn(await makeStaffedCommunity(), "teller"), "13600000010")),
    ).toBe("unknown_person");
  });
});

describe("an auditor", () => {
  const grant = async (lastOn: string) =>
    appoint(
      await as("committee_chair"),
      await asked("auditor", { act: "engagement", document: "审计委托书", lastOn }),
      `grant-${lastOn}`,
    );

  test("reads for a stretch that ends by itself", async () => {
    expect(reasonOf(await grant(""))).toBe("end_needed");
    expect(reasonOf(await grant(addDays(TODAY, 90)))).toBe("too_long");
    expect(reasonOf(await grant(addDays(TODAY, 9)))).toBe("ok");
    const last = addDays(TODAY, 9);
    clock.now = startOf(last);
    const auditor = await signedIn("auditor");
    expect((await auditor.get(`${base}/desk/audit`)).status).toBe(200);
    clock.now = startOf(addDays(last, 1)) - 1000;
    const still = await signedIn("auditor");
    expect((await still.get(`${base}/desk/audit`)).status).toBe(200);
    clock.now = startOf(addDays(last, 1));
    expect((await still.get(`${base}/desk/audit`)).status).toBe(303);
  });

  test("can be ended before", async () => {
    await grant(addDays(TODAY, 9));
    const auditor = await signedIn("auditor");
    await endTenure(
      await as("committee_chair"),
      { tenureId: await tenureOf("auditor"), endsOn: TODAY, act: "dismissal", document: "终止委托" },
      "once-key-1",
    );
    expect((await auditor.get(`${base}/desk/audit`)).status).toBe(303);
  });
});

describe("the pages", () => {
  test("name who holds which office since when and by which act, on any day, to anyone", async () => {
    const anyone = new Browser(app);
    expect((await anyone.get(`${base}/offices`)).status).toBe(200);
    for (const words of ["陈主任", "业主委员会", "委员推选", "委员会〔2026〕1号", "2026年11月2日起"])
      expect(anyone.page).toContain(words);
    expect(anyone.page).not.toMatch(/1380000000/);
    expect(anyone.page).not.toContain("吴志愿");
    expect(anyone.page).toContain("吴**");
    await anyone.get(`${base}/offices?on=2026-11-01`);
    expect(anyone.page.split("任职变动")[0]).not.toContain("陈主任");
    expect((await anyone.get(`${base}/offices?on=yesterday&page=-3`)).status).toBe(200);
    expect(anyone.page).toContain("没有看懂这个日期");
    await anyone.get(`${base}/offices?lang=en`);
    expect(anyone.page).toContain("Chosen by the committee&#39;s members");
  });

  test("show the one table of permissions, with who holds each today", async () => {
    const anyone = new Browser(app);
    expect((await anyone.get(`${base}/permissions`)).status).toBe(200);
    for (const words of [
      "批准并发出会议公告",
      "陈主任",
      "起草会议、议题和公告",
      "李秘书",
      "没有任何权限的职务",
      "物业工作人员",
    ])
      expect(anyone.page).toContain(words);
  });

  test("record an office in two steps: checked, then written once", async () => {
    const secretary = await signedIn("secretary");
    await secretary.get(`${base}/desk/offices/appoint?post=${await postIdOf("branch_member")}`);
    const values = { ...(await branchMember()), step: "review" } as Record<string, string>;
    const review = await secretary.submit(`${base}/desk/offices/appoint`, values);
    expect(review.status).toBe(200);
    expect(secretary.page).toContain("请核对");
    expect((await holdersAsOf(sceneAt(community), TODAY)).some(({ name }) => name === "钱委员")).toBe(false);
    const fields = { ...secretary.hidden(`${base}/desk/offices/appoint`), step: "confirm" };
    const done = await secretary.post(`${base}/desk/offices/appoint`, fields);
    expect(done.status).toBe(303);
    expect((await secretary.post(`${base}/desk/offices/appoint`, fields)).headers.get("location")).toBe(
      done.headers.get("location"),
    );
    await secretary.get(done.headers.get("location")!);
    expect(secretary.page).toContain("已登记，并写入公开记录");
    expect(secretary.page).toContain("137******01");
  });

  test("show what is wrong beside the field, with the law where the act is the wrong one, and keep what was typed", async () => {
    const secretary = await signedIn("secretary");
    await secretary.get(`${base}/desk/offices/appoint`);
    const values = {
      ...(await asked("committee_member", { act: "appointment", phone: "13700000001" })),
      step: "review",
    } as Record<string, string>;
    const refused = await secretary.submit(`${base}/desk/offices/appoint`, values);
    expect(refused.status).toBe(422);
    expect(secretary.page).toContain('id="f-act-error"');
    expect(secretary.page).toContain("《民法典》第二百七十八条");
    expect(secretary.page).toContain('value="钱委员"');
    const bare = await secretary.submit(`${base}/desk/offices/appoint`, { step: "review" });
    expect(bare.status).toBe(422);
    for (const field of ["postId", "name", "phone", "act"]) expect(secretary.page).toContain(`id="f-${field}-error"`);
  });

  test("record a leaving in two steps", async () => {
    const secretary = await signedIn("secretary");
    const action = `${base}/desk/offices/end/${await tenureOf("teller")}`;
    await secretary.get(action);
    const wrong = await secretary.submit(action, {
      endsOn: "2020-01-01",
      act: "resignation",
      document: "辞职信",
      step: "review",
    });
    expect(wrong.status).toBe(422);
    expect(secretary.page).toContain("不能早于任职开始的那天");
    await secretary.submit(action, { endsOn: TODAY, act: "resignation", document: "辞职信", step: "review" });
    expect(secretary.page).toContain("王计票");
    const done = await secretary.submit(action, { step: "confirm" });
    expect(done.status).toBe(303);
    await secretary.get(`${base}/offices`);
    expect(secretary.page).toContain("离任秘书处 计票人");
  });

  test("form a body with a name of the district's own under another, and a number is changed only after checking", async () => {
    const secretary = await signedIn("secretary");
    await secretary.get(`${base}/desk/offices/body`);
    const bodies = await rows<{ id: string }>(
      "SELECT body_id AS id FROM office_body WHERE community_id = $c AND kind = 'branch'",
    );
    const values = { kind: "party_group", nameZh: "3 号楼党小组", nameEn: "", level: "楼栋", parentId: bodies[0]!.id };
    expect((await secretary.submit(`${base}/desk/offices/body`, { ...values, kind: "kingdom" })).status).toBe(422);
    expect((await secretary.submit(`${base}/desk/offices/body`, { ...values, parentId: "elsewhere" })).status).toBe(
      422,
    );
    expect((await secretary.submit(`${base}/desk/offices/body`, values)).status).toBe(303);
    await secretary.get(`${base}/offices`);
    expect(secretary.page).toContain("3 号楼党小组");
    const action = `${base}/desk/offices/number/${await personIn(community, "teller")}`;
    await secretary.get(action);
    expect((await secretary.submit(action, { phone: "13600000001" })).status).toBe(422);
    expect((await secretary.submit(action, { phone: "13600000001", checked: "yes" })).status).toBe(303);
  });

  test("audit lookups, offices, numbers and lock-outs, to who supervises", async () => {
    const supervisor = await signedIn("supervisor");
    const secretary = await personIn(community, "secretary");
    const { db, keys } = sceneAt(community);
    const why = (id: string, words: string) => keys.seal(words, `pii-read:${community.id}:${id}`);
    await db.read(
      db.run(
        sql`INSERT INTO pii_read(community_id, read_id, read_at, read_by, what, party_id, fields, people, why_sealed)
            VALUES (${community.id}, 'r1', ${T0}, ${secretary}, 'reveal', NULL, '["phone"]', 1, ${await why("r1", "核对送达回执")}),
                   (${community.id}, 'r2', ${T0}, 'outbox', 'contact', NULL, '["name","phone"]', 1, ${await why("r2", "meeting message")})`,
      ),
      db.run(
        sql`INSERT INTO sign_in_lockout(community_id, scope, phone_hash, person_id, at, until_at)
            VALUES (${community.id}, 'phone', 'h', '', ${T0}, ${T0 + 3_600_000})`,
      ),
    );
    await changePhone(await as("secretary"), await personIn(community, "volunteer"), "13600000001");
    await changePhone(await as("secretary"), await personIn(community, "teller"), "13600000002");
    expect((await supervisor.get(`${base}/desk/audit?lookups=1&changes=1`)).status).toBe(200);
    for (const words of [
      "李秘书",
      "查看完整信息",
      "电话",
      "未登记的号码",
      "更换登录号码",
      "王计票",
      "委员推选",
      "更换王计票的登录号码",
      "吴志愿",
      "核对送达回执",
    ])
      expect(supervisor.page).toContain(words);
    // What the sending of messages read does not stand between what people read.
    expect(supervisor.page).not.toContain("meeting message");
    await supervisor.get(`${base}/desk/audit?who=system`);
    expect(supervisor.page).toContain("系统（发送消息）");
    expect(supervisor.page).not.toContain("核对送达回执");
    await supervisor.get(`${base}/desk/audit?who=all&lang=en`);
    for (const words of ["核对送达回执", "meeting message", "By people"]) expect(supervisor.page).toContain(words);
  });

  test("list messages by state, without text or number, and let a failed one be tried again", async () => {
    const secretary = await signedIn("secretary");
    await secretary.get(`${base}/desk/outbox`);
    expect(secretary.page).toContain("还没有配置短信网关");
    const scene = sceneAt(community);
    await scene.db.write(
      queueMessages(scene, "sign-in.code", [{ to: "nobody", params: { challenge: "x" }, dedupeKey: "k1" }]),
    );
    await sendDue(sceneAt(community, T0 + 60_000), keepAdapter);
    await secretary.get(`${base}/desk/outbox?state=skipped`);
    expect(secretary.page).toContain("登录验证码");
    expect(secretary.page).toContain("没有手机号");
    const { db } = sceneAt(community);
    await db.write(
      queueMessages(scene, "sign-in.code", [
        { to: await personIn(community, "teller"), params: { challenge: "y" }, dedupeKey: "k2" },
      ]),
    );
    await db.write([
      db.run(
        sql`UPDATE outbox_message SET state = 'failed', done_at = ${T0} WHERE community_id = ${community.id} AND state = 'queued'`,
      ),
    ]);
    await secretary.get(`${base}/desk/outbox`);
    const action = /action="([^"]*\/retry)"/.exec(secretary.page)![1]!;
    const form = secretary.hidden(action);
    expect((await secretary.post(action, form)).status).toBe(303);
    expect((await secretary.post(action, form)).status).toBe(303);
    expect((await secretary.post(`${base}/desk/outbox/unknown/retry`, form)).status).toBe(404);
    expect((await rows("SELECT state FROM outbox_message WHERE community_id = $c AND state = 'queued'")).length).toBe(
      1,
    );
  });
});

describe("access", () => {
  const ROUTES: readonly (readonly [method: "GET" | "POST", path: string, Permission | "office"])[] = [
    ["GET", "/desk/offices", "offices.manage"],
    ["GET", "/desk/offices/appoint", "offices.manage"],
    ["POST", "/desk/offices/appoint", "offices.manage"],
    ["GET", "/desk/offices/end/TENURE", "offices.manage"],
    ["POST", "/desk/offices/end/TENURE", "offices.manage"],
    ["GET", "/desk/offices/body", "offices.manage"],
    ["POST", "/desk/offices/body", "offices.manage"],
    ["GET", "/desk/offices/number/PERSON", "offices.manage"],
    ["POST", "/desk/offices/number/PERSON", "offices.manage"],
    ["GET", "/desk/offices/pending", "office"],
    ["GET", "/desk/offices/pending/PROPOSAL", "office"],
    ["POST", "/desk/offices/pending/PROPOSAL/confirm", "office"],
    ["POST", "/desk/offices/pending/PROPOSAL/code", "office"],
    ["POST", "/desk/offices/pending/PROPOSAL/confirm-own", "office"],
    ["POST", "/desk/offices/pending/PROPOSAL/refuse", "office"],
    ["GET", "/desk/audit", "audit.read"],
    ["GET", "/desk/outbox", "outbox.read"],
    ["POST", "/desk/outbox/MESSAGE/retry", "outbox.read"],
    ["GET", "/desk/sessions", "office"],
    ["POST", "/desk/sessions/SESSION/end", "office"],
  ];
  const OPEN = [
    "GET /offices",
    "GET /permissions",
    "GET /sign-in",
    "POST /sign-in",
    "GET /sign-in/code",
    "POST /sign-in/code",
    "POST /sign-out",
    "POST /sign-out-everywhere",
  ];
  const MAY: Record<string, readonly PostKind[]> = {
    "offices.manage": ["committee_chair", "secretary", "street_officer"],
    "audit.read": ["supervisor", "street_officer"],
    "outbox.read": ["committee_chair", "secretary", "supervisor"],
  };
  const PEOPLE: readonly PostKind[] = [
    "committee_chair",
    "secretary",
    "teller",
    "supervisor",
    "street_officer",
    "volunteer",
    "provider_staff",
  ];

  const path = async (route: string) =>
    `${base}${route
      .replace("TENURE", await tenureOf("volunteer"))
      .replace("PERSON", await personIn(community, "volunteer"))
      .replace("MESSAGE", "m")
      .replace("PROPOSAL", "p")
      .replace("SESSION", "s")}`;
  const send = async (browser: Browser, method: "GET" | "POST", to: string) => {
    if (method === "GET") return browser.get(to);
    await browser.get(`${base}/sign-in`);
    return browser.post(to, browser.hidden(`${base}/sign-in`));
  };

  test("every route here is in this table, so that a new one without a rule fails", () => {
    const known = new Set([...ROUTES.map(([method, to]) => `${method} ${to}`), ...OPEN]);
    const mounted = [...officesRoutes.routes, ...outboxRoutes.routes]
      .filter(({ method }) => method !== "ALL")
      .map(
        ({ method, path: to }) =>
          `${method} ${to.replace(":tenureId", "TENURE").replace(":personId", "PERSON").replace(":messageId", "MESSAGE").replace(":proposalId", "PROPOSAL").replace(":sessionId", "SESSION")}`,
      );
    expect([...new Set(mounted)].filter((route) => !known.has(route))).toEqual([]);
  });

  test.each(ROUTES)(
    "%s %s is shut to strangers and to who lacks %s, and looks as if it were not there",
    async (method, route, permission) => {
      const to = await path(route);
      const stranger = await send(new Browser(app), method, to);
      expect(stranger.status).toBe(method === "GET" || permission === "office" ? 303 : 404);
      if (permission === "office") return;
      for (const kind of PEOPLE.filter((one) => !MAY[permission]!.includes(one)))
        expect((await send(await signedIn(kind), method, to)).status, kind).toBe(404);
      if (method === "GET")
        for (const kind of MAY[permission]!)
          expect((await send(await signedIn(kind), method, to)).status, kind).toBe(200);
    },
  );

  test("a form that is not ours changes nothing, whoever is signed in", async () => {
    const secretary = await signedIn("secretary");
    const values = { ...(await asked("committee_member")), step: "confirm", _once: "forged-once-key" } as Record<
      string,
      string
    >;
    expect((await secretary.post(`${base}/desk/offices/appoint`, values)).status).toBe(403);
    expect((await holdersAsOf(sceneAt(community), TODAY)).some(({ name }) => name === "钱委员")).toBe(false);
  });

  test("a form replayed an hour later answers with the first answer and writes nothing", async () => {
    const secretary = await signedIn("secretary");
    await secretary.get(`${base}/desk/offices/appoint`);
    const form = secretary.hidden(`${base}/desk/offices/appoint`);
    const values = { ...form, ...(await asked("committee_member")), step: "confirm" } as Record<string, string>;
    const first = await secretary.post(`${base}/desk/offices/appoint`, values);
    const count = (await leaves("office.taken")).length;
    clock.now += 59 * 60_000;
    const second = await secretary.post(`${base}/desk/offices/appoint`, values);
    expect([second.status, second.headers.get("location")]).toEqual([303, first.headers.get("location")]);
    expect((await leaves("office.taken")).length).toBe(count);
  });

  test("a stale form, of an office that has ended since its page was opened, changes nothing", async () => {
    const secretary = await signedIn("secretary");
    const action = `${base}/desk/offices/end/${await tenureOf("volunteer")}`;
    await secretary.get(action);
    const form = {
      ...secretary.hidden(action),
      endsOn: TODAY,
      act: "resignation",
      document: "辞职信",
      step: "confirm",
    };
    const chair = await as("committee_chair");
    await endTenure(
      chair,
      { tenureId: await tenureOf("secretary"), endsOn: TODAY, act: "dismissal", document: "解聘" },
      "once-key-1",
    );
    expect((await secretary.post(action, form)).status).toBe(404);
    const own = await signedIn("committee_chair");
    await own.get(action);
    const fresh = { ...own.hidden(action), endsOn: TODAY, act: "resignation", document: "辞职信", step: "confirm" };
    await endTenure(
      chair,
      { tenureId: await tenureOf("volunteer"), endsOn: TODAY, act: "resignation", document: "辞职信" },
      "once-key-2",
    );
    expect((await own.post(action, fresh)).status).toBe(409);
    expect(own.page).toContain("这项任职已经结束");
  });
});

describe("what the database refuses by itself", () => {
  test("a seat beyond the last, in whatever order the tenures come", async () => {
    const scene = sceneAt(community);
    const postId = await postIdOf("branch_secretary");
    const personId = await personIn(community, "teller");
    const other = await personIn(community, "supervisor");
    const take = (who: typeof personId, from: string, until: string | null) =>
      scene.db.write([
        ...insertTenure(
          scene,
          {
            postId,
            postKind: "branch_secretary",
            personId: who,
            name: "x",
            span: { fromAt: startOf(from), untilAt: until === null ? null : startOf(until) },
            act: "party_election",
            document: "d",
          },
          "test",
        ).statements,
      ]);
    expect((await take(personId, "2027-01-01", "2027-02-01")).ok).toBe(true);
    expect((await take(other, "2026-12-01", "2027-01-02")).ok).toBe(false);
    expect((await take(other, "2027-01-31", null)).ok).toBe(false);
    expect((await take(other, "2026-12-01", "2027-01-01")).ok).toBe(true);
    expect((await take(other, "2027-02-01", null)).ok).toBe(true);
    const [held] = await scene.db.read(listTenuresOn(scene, "2027-01-15"));
    expect(held.filter((row) => row.postKind === "branch_secretary").length).toBe(1);
  });

  test("an end before the beginning", async () => {
    const scene = sceneAt(community);
    const end = insertEnd(
      scene,
      { tenureId: await tenureOf("teller"), endedAt: startOf(addDays(TODAY, -1)), act: "correction", document: "d" },
      "test",
    );
    expect(await scene.db.write([...end.statements])).toEqual({
      ok: false,
      error: { reason: "aborted", code: "ends_before_start" },
    });
  });
});
