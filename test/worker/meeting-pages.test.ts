import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { countMeeting } from "../../src/assembly/counting/actions.ts";
import { readDraft, readManifest } from "../../src/assembly/meeting/reading.ts";
import { listEditions } from "../../src/assembly/meeting/store.ts";
import { runDue } from "../../src/assembly/schedule/actions.ts";
import { DEFAULT_RULES } from "../../src/assembly/settings/rules.ts";
import { listSettings, rulesFromRows } from "../../src/assembly/settings/store.ts";
import { DAY_MS, localValue } from "../../src/kernel/day.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { signToken } from "../../src/platform/session.ts";
import { sceneAt, staffSceneAt, T0, testEnv } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import {
  CLOSES_AT,
  drafted,
  eventKinds,
  meetingRow,
  noticed,
  numberIn,
  OPENS_AT,
  opened,
  type Role,
} from "./meeting-of-test.ts";
import { Browser, makeStaffedCommunity, personIn } from "./offices-of-test.ts";

const POST_OF: Record<Role, PostKind> = {
  secretary: "secretary",
  chair: "committee_chair",
  teller: "teller",
  street: "street_officer",
};

/** An estate with officers and a roll. */
async function estate(units: number): Promise<CommunityAddress> {
  const community = await makeStaffedCommunity();
  if (units > 0) await importFile(community, csvOf(...manyRows(units)));
  return community;
}

/** A browser in which whoever holds this post is signed in, at an instant. */
async function signedIn(community: CommunityAddress, role: Role, now = T0): Promise<Browser> {
  const browser = new Browser(createApp({ demo: false, now: async () => now }));
  const session = await openSession(sceneAt(community, now), await personIn(community, POST_OF[role]));
  const claims = { sid: session.sessionId, cid: community.id, began: now, renewed: now };
  browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, now, 3600));
  return browser;
}

/** Submits a form as a browser does: everything that stands in it, boxes and all, with some fields changed. */
async function submitWhole(
  browser: Browser,
  action: string,
  changes: Record<string, string | string[]>,
  uploads?: Record<string, File>,
) {
  const form = browser.page.split("<form").find((part) => part.includes(`action="${action}"`)) ?? "";
  const html = form.slice(0, form.indexOf("</form>"));
  const fields = new URLSearchParams();
  const add = (name: string | undefined, value: string): void => {
    if (name && !(name in changes)) fields.append(name, value);
  };
  const of = (tag: string, attribute: string): string | undefined =>
    new RegExp(`\\b${attribute}="([^"]*)"`).exec(tag)?.[1]?.replaceAll("&amp;", "&");
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const isBox = /type="(radio|checkbox)"/.test(tag);
    if (!isBox || /\schecked/.test(tag)) add(of(tag, "name"), of(tag, "value") ?? "");
  }
  for (const [name, value] of Object.entries(changes))
    for (const one of typeof value === "string" ? [value] : value) fields.append(name, one);
  const whole = new FormData();
  for (const [name, value] of fields) if (!uploads || !(name in uploads)) whole.append(name, value);
  for (const [name, file] of Object.entries(uploads ?? {})) whole.append(name, file);
  const origin = "http://localhost";
  const response = await browser.send(
    action,
    uploads
      ? { method: "POST", headers: { origin }, body: whole }
      : {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded", origin },
          body: fields.toString(),
        },
  );
  if (!response.headers.has("location")) browser.page = await response.clone().text();
  return response;
}

const frame = (more: Record<string, string> = {}) => ({
  title: "2026年第二次业主大会会议",
  convener: "committee",
  cause: "物业服务合同将于2027年3月到期。",
  ...more,
});

const itemForm = (more: Record<string, string> = {}) => ({
  title: "是否续聘现物业服务企业",
  matter: "9",
  text: "续聘三年，费用不变。",
  kind: "yes_no_abstain",
  proposals: "",
  atMost: "1",
  scope: "estate",
  units: "",
  ...more,
});

describe("a secretary", () => {
  test("drafts a meeting by its pages, a chair approves it, and the desk says what is next", async () => {
    const community = await estate(12);
    const base = `/c/${community.slug}/desk`;
    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${base}/meetings`);
    expect(secretary.page).toContain("还没有会议");
    await secretary.get(`${base}/meetings/new`);
    const created = await secretary.submit(`${base}/meetings/new`, frame());
    expect(created.status).toBe(303);
    const meeting = `${base}/meetings/1`;
    expect(created.headers.get("location")).toBe(meeting);
    await secretary.get(meeting);
    expect(secretary.page).toContain("还没有议题");
    await secretary.get(`${meeting}/items/new`);
    const saved = await secretary.submit(`${meeting}/items/1`, itemForm());
    expect(saved.headers.get("location")).toBe(`${meeting}/items/1?done=1`);
    await secretary.open(`${meeting}/items/1?done=1`);
    expect(secretary.page).toContain("已保存");
    await secretary.get(`${meeting}/edit`);
    const times = { opensAt: localValue(OPENS_AT), closesAt: localValue(CLOSES_AT) };
    expect((await secretary.submit(`${meeting}/edit`, frame(times))).status).toBe(303);
    await secretary.get(`${meeting}/preview`);
    expect(secretary.page).toContain("关于召开2026年第二次业主大会会议的公告");
    expect(secretary.page).toContain("续聘三年，费用不变。");

    const chair = await signedIn(community, "chair");
    await chair.get(base);
    expect(chair.page).toContain("核对并批准会议公告");
    // Opening on the 18th with fifteen days of notice, the day of notice not counted.
    expect(chair.page).toContain("应不晚于2026年11月3日");
    await chair.get(`${meeting}/approve`);
    const unchecked = await chair.submit(`${meeting}/approve`);
    expect(unchecked.status).toBe(422);
    expect((await chair.submit(`${meeting}/approve`, { agree: "yes" })).status).toBe(303);
    await chair.get(meeting);
    expect(chair.page).toContain("公告中");
    await chair.get(base);
    expect(chair.page).not.toContain("核对并批准会议公告");
  });

  test("is shown what is missing beside each field, and keeps what was typed", async () => {
    const community = await estate(3);
    const base = `/c/${community.slug}/desk`;
    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${base}/meetings/new`);
    const refused = await secretary.submit(`${base}/meetings/new`, frame({ title: "", cause: "留着这句话" }));
    expect(refused.status).toBe(422);
    expect(secretary.page).toContain("请写会议标题");
    expect(secretary.page).toContain("留着这句话");
    expect(await numberIn(community, sql`SELECT count(*) AS n FROM meeting WHERE community_id = ${community.id}`)).toBe(
      0,
    );
  });

  test("sees the lint after a save: a choice without alternatives, a scope the roll does not have", async () => {
    const community = await estate(3);
    const { meetingId, version } = await drafted(community, { items: [] });
    void version;
    const row = await meetingRow(community, meetingId);
    const base = `/c/${community.slug}/desk/meetings/${row.number}`;
    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${base}/items/new`);
    const bad = itemForm({
      kind: "choose_one",
      proposals: "只有一个方案",
      scope: "units",
      units: "9栋 1单元 0909\n1栋-1单元-0000",
    });
    expect((await secretary.submit(`${base}/items/1`, bad)).status).toBe(303);
    await secretary.get(`${base}/items/1?done=1`);
    expect(secretary.page).toContain("至少要有2个可选项");
    expect(secretary.page).toContain("名册里没有：9栋 1单元 0909");
    const { draft } = readDraft(await meetingRow(community, meetingId));
    expect(draft.items[0]!.scope).toMatchObject({ kind: "units" });
    expect(secretary.page).toContain("1栋 1单元 0000");
  });

  test("who saves what another has saved over is told, and what was typed stands in the form", async () => {
    const community = await estate(3);
    const { meetingId } = await drafted(community);
    const row = await meetingRow(community, meetingId);
    const base = `/c/${community.slug}/desk/meetings/${row.number}`;
    const [one, two] = [await signedIn(community, "secretary"), await signedIn(community, "secretary")];
    await one.get(`${base}/items/1`);
    await two.get(`${base}/items/1`);
    expect((await one.submit(`${base}/items/1`, itemForm({ title: "先保存的" }))).status).toBe(303);
    const late = await two.submit(`${base}/items/1`, itemForm({ title: "后保存的" }));
    expect(late.status).toBe(409);
    expect(two.page).toContain("内容在此期间被别人改过");
    expect(two.page).toContain("后保存的");
    // The form now carries the version that stands: saving again is a decision, not an accident.
    expect((await two.submit(`${base}/items/1`, itemForm({ title: "后保存的" }))).status).toBe(303);
    expect(readDraft(await meetingRow(community, meetingId)).draft.items[0]!.title).toBe("后保存的");
  });

  test("attaches a paper; a script that calls itself a picture is refused and nothing is lost", async () => {
    const community = await estate(3);
    const { meetingId } = await drafted(community, { items: [] });
    const row = await meetingRow(community, meetingId);
    const base = `/c/${community.slug}/desk/meetings/${row.number}`;
    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${base}/items/new`);
    const post = async (file: File) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...secretary.hidden(`${base}/items/1`), ...itemForm() }))
        form.append(name, value);
      form.append("files", file);
      const response = await secretary.send(`${base}/items/1`, {
        method: "POST",
        body: form,
        headers: { origin: "http://localhost" },
      });
      secretary.page = await response.clone().text();
      return response;
    };
    const script = await post(new File(["<script>alert(1)</script>"], "方案.pdf"));
    expect(script.status).toBe(415);
    expect(secretary.page).toContain("续聘三年，费用不变。");
    const pdf = await post(new File(["%PDF-1.7 方案"], "方案.pdf"));
    expect(pdf.status).toBe(303);
    const { draft } = readDraft(await meetingRow(community, meetingId));
    expect(draft.items[0]!.attachments.map(({ name }) => name)).toEqual(["方案.pdf"]);
    const { fileId } = draft.items[0]!.attachments[0]!;
    const seen = await secretary.send(`/c/${community.slug}/desk/files/${fileId}`);
    expect([seen.status, seen.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  });

  test("changes the rules of one meeting, with the clause a departure needs", async () => {
    const community = await estate(3);
    const { meetingId } = await drafted(community);
    const row = await meetingRow(community, meetingId);
    const base = `/c/${community.slug}/desk/meetings/${row.number}`;
    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${base}/rules`);
    const refused = await submitWhole(secretary, `${base}/rules`, { noticeDays: "７", "noticeDays.clause": "" });
    expect(refused.status).toBe(422);
    expect(secretary.page).toContain("必须写明依据的条款");
    const saved = await submitWhole(secretary, `${base}/rules`, {
      noticeDays: "7",
      "noticeDays.clause": "《杭州市物业管理条例》第十九条",
      channels: "paper",
      reminderDays: "5、2",
    });
    expect(saved.status).toBe(303);
    const { rules } = readDraft(await meetingRow(community, meetingId)).draft;
    expect([rules.noticeDays.value, rules.channels.value, rules.reminderDays.value]).toEqual([7, ["paper"], [5, 2]]);
  });
});

describe("a chair", () => {
  test("extends, and withdraws, each with a reason that is public", async () => {
    const community = await estate(5);
    const meetingId = await opened(community);
    const { number } = await meetingRow(community, meetingId);
    const base = `/c/${community.slug}/desk/meetings/${number}`;
    const chair = await signedIn(community, "chair", OPENS_AT + DAY_MS);
    await chair.get(`${base}/extend`);
    const to = localValue(CLOSES_AT + 2 * DAY_MS);
    const refused = await chair.submit(`${base}/extend`, { closesAt: to, why: "" });
    expect(refused.status).toBe(422);
    expect(chair.page).toContain(to);
    expect((await chair.submit(`${base}/extend`, { closesAt: to, why: "票数不足" })).status).toBe(303);
    await chair.get(`${base}/withdraw`);
    expect((await chair.submit(`${base}/withdraw`, { why: "另行安排" })).status).toBe(303);
    expect(await eventKinds(community, meetingId)).toEqual(["notice_given", "opened", "extended", "withdrawn"]);
    await chair.get(base);
    expect(chair.page).toContain("已撤回");
  });

  test("amends a notice before the opening, with the words of an item", async () => {
    const community = await estate(5);
    const meetingId = await noticed(community);
    const { number } = await meetingRow(community, meetingId);
    const base = `/c/${community.slug}/desk/meetings/${number}`;
    const chair = await signedIn(community, "chair", T0 + DAY_MS);
    await chair.get(`${base}/amend`);
    const asked = {
      title: "2026年业主大会会议",
      opensAt: localValue(OPENS_AT + 5 * DAY_MS),
      closesAt: localValue(CLOSES_AT + 5 * DAY_MS),
      "item-1-title": "议题1",
      "item-1-text": "改正后的内容。",
      "item-2-title": "议题2",
      "item-2-text": "是否同意本方案。",
    };
    const silent = await submitWhole(chair, `${base}/amend`, { ...asked, why: "" });
    expect(silent.status).toBe(422);
    expect(chair.page).toContain("改正后的内容。");
    expect((await submitWhole(chair, `${base}/amend`, { ...asked, why: "原文有误" })).status).toBe(303);
    expect(await meetingRow(community, meetingId)).toMatchObject({ edition: 2, noticeAt: T0 + DAY_MS });
  });

  test("amends the options, the papers and the rules of a notice, and says so to everyone", async () => {
    const community = await estate(5);
    const meetingId = await noticed(community);
    const { number } = await meetingRow(community, meetingId);
    const base = `/c/${community.slug}/desk/meetings/${number}`;
    const chair = await signedIn(community, "chair", T0 + DAY_MS);
    await chair.get(`${base}/amend`);
    const page = chair.page;
    for (const words of ["怎么问", "添加附件", "结果异议期", "委托"]) expect(page).toContain(words);
    const values = {
      title: "2026年业主大会会议",
      opensAt: localValue(OPENS_AT + 5 * DAY_MS),
      closesAt: localValue(CLOSES_AT + 5 * DAY_MS),
      "item-1-kind": "choose_one",
      "item-1-proposals": "甲方案\n乙方案",
      resultObjectionDays: "20",
      "resultObjectionDays.clause": "《议事规则》第二十条",
      why: "增加一个方案",
    };
    const post = () => {
      chair.page = page;
      const paper = new File([new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31])], "比较表.pdf");
      return submitWhole(chair, `${base}/amend`, values, { "item-1-files": paper });
    };
    expect((await post()).status).toBe(303);
    expect((await post()).status).toBe(303); // sent twice, the paper put twice: one edition
    expect(await meetingRow(community, meetingId)).toMatchObject({ edition: 2, noticeAt: T0 + DAY_MS });
    const scene = sceneAt(community);
    const [editions] = await scene.db.read(listEditions(scene, meetingId));
    const { items, rules } = readManifest(editions.at(-1)!);
    expect(items[0]!.question).toMatchObject({ kind: "choose_one" });
    expect(items[0]!.question.options.map(({ label }) => label).slice(0, 2)).toEqual(["甲方案", "乙方案"]);
    expect(items[0]!.attachments.map(({ name }) => name)).toEqual(["比较表.pdf"]);
    expect(items[1]).toEqual(readManifest(editions[0]!).items[1]);
    expect(rules.resultObjectionDays).toEqual({ value: 20, clause: "《议事规则》第二十条" });
    const shown = await chair.get(`/c/${community.slug}/files/${items[0]!.attachments[0]!.fileId}`);
    expect(shown.status).toBe(200);
  });

  test("amends the times alone without beginning a period anew, and says what is wrong with a rule beside it", async () => {
    const community = await estate(5);
    const meetingId = await noticed(community);
    const { number } = await meetingRow(community, meetingId);
    const base = `/c/${community.slug}/desk/meetings/${number}`;
    const chair = await signedIn(community, "chair", T0 + DAY_MS);
    await chair.get(`${base}/amend`);
    const asked = {
      title: "2026年业主大会会议",
      opensAt: localValue(OPENS_AT),
      closesAt: localValue(CLOSES_AT + DAY_MS),
      why: "多留一天",
    };
    const wrong = await submitWhole(chair, `${base}/amend`, { ...asked, proxyCap: "0" });
    expect(wrong.status).toBe(422);
    expect(chair.page).toContain('id="f-proxyCap-error"');
    expect(chair.page).toContain("多留一天");
    expect((await submitWhole(chair, `${base}/amend`, { ...asked, proxyCap: "3" })).status).toBe(303);
    expect(await meetingRow(community, meetingId)).toMatchObject({ edition: 2, noticeAt: T0 });
  });

  test("sets the community's rules; a form filled in from an older version is refused", async () => {
    const community = await estate(0);
    const path = `/c/${community.slug}/desk/settings`;
    const [one, two] = [await signedIn(community, "chair"), await signedIn(community, "chair")];
    await one.get(path);
    await two.get(path);
    const resultDays = (days: string) => ({
      resultObjectionDays: days,
      "resultObjectionDays.clause": "《议事规则》第二十条",
    });
    expect((await submitWhole(one, path, resultDays("20"))).status).toBe(303);
    expect((await submitWhole(one, path, resultDays("20"))).status).toBe(303);
    const late = await submitWhole(two, path, resultDays("30"));
    expect(late.status).toBe(409);
    expect(two.page).toContain("规则在此期间被别人改过");
    const scene = sceneAt(community);
    const [rows] = await scene.db.read(listSettings(scene));
    expect(rulesFromRows(rows).resultObjectionDays.value).toBe(20);
    expect(rows.map(({ version }) => version)).toEqual([1]);
    expect(DEFAULT_RULES.resultObjectionDays.value).toBe(15);
    const bad = await submitWhole(one, path, { resultObjectionDays: "三天" });
    expect(bad.status).toBe(422);
  });
});

describe("the desk", () => {
  test("says to the teller that it is time to count, and to the teller who counted that another publishes", async () => {
    const community = await estate(5);
    const meetingId = await opened(community);
    await runDue(sceneAt(community, CLOSES_AT));
    const teller = await signedIn(community, "teller", CLOSES_AT + 1);
    await teller.get(`/c/${community.slug}/desk`);
    expect(teller.page).toContain("封票并计票");
    const counter = staffSceneAt(community, await personIn(community, "teller"), ["meeting.count"], CLOSES_AT + 1);
    await countMeeting(counter, meetingId);
    await teller.get(`/c/${community.slug}/desk`);
    expect(teller.page).toContain("今天没有等您办理的事");
    const chair = await signedIn(community, "chair", CLOSES_AT + 10 * DAY_MS);
    await chair.get(`/c/${community.slug}/desk`);
    expect(chair.page).toContain("核对并公布结果");
    expect(chair.page).toContain("已过期限");
  });
});

describe("an address", () => {
  test("with a number that is no meeting, or another community's, is not there", async () => {
    const [mine, theirs] = [await estate(3), await estate(3)];
    await drafted(theirs);
    const chair = await signedIn(mine, "chair");
    for (const number of ["1", "99", "0", "abc", "1e3"])
      expect((await chair.get(`/c/${mine.slug}/desk/meetings/${number}`)).status).toBe(404);
    await drafted(mine);
    expect((await chair.get(`/c/${mine.slug}/desk/meetings/1`)).status).toBe(200);
  });
});
