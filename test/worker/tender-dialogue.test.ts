/** Questions, objections, complaints: asked and answered in public, nobody named, the award held up; through the pages and in the tables. */
import { beforeEach, describe, expect, test } from "vitest";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { putDocument } from "../../src/tenders/documents/actions.ts";
import { decideObjection, objectTo } from "../../src/tenders/objections/actions.ts";
import { openObjections } from "../../src/tenders/objections/store.ts";
import { askAboutTender, draftAnswer, publishAnswer } from "../../src/tenders/questions/actions.ts";
import type { TenderRow } from "../../src/tenders/store.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { csvOf, importFile } from "./community-roll-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { type Browser, makeStaffedCommunity } from "./offices-of-test.ts";
import { OWNERS_ROLL, ownerCookie, partyNamed } from "./owners-of-test.ts";
import {
  bidderCookie,
  bidderOf,
  CLOSES,
  contactOf,
  makeTender,
  moveTender,
  PDF,
  QUESTIONS_UNTIL,
  SCRIPT,
} from "./tender-bidders-of-test.ts";

let community: CommunityAddress;
let tender: TenderRow;
let base: string;
beforeEach(async () => {
  community = await makeStaffedCommunity();
  tender = await makeTender(community);
  base = `/c/${community.slug}/tenders/${tender.number}`;
});
const secretary = () => staffSceneAt(community, "person-s", ["tender.draft"]);
const chair = () => staffSceneAt(community, "person-c", ["tender.decide"]);
const leaves = async (): Promise<string> => {
  const { db } = sceneAt(community);
  const [rows] = await db.read(
    db.all<{ entry: string }>(sql`SELECT entry FROM record_leaf WHERE community_id = ${community.id}`),
  );
  return rows.map(({ entry }) => entry).join("\n");
};
const withCookie = (browser: Browser, cookie: string): Browser => {
  const at = cookie.indexOf("=");
  browser.cookies.set(cookie.slice(0, at), cookie.slice(at + 1));
  return browser;
};

describe("a question", () => {
  const ask = async (nth: number, text: string, now = T0 + 1_000, once = `question-${nth}-${text.length}`) =>
    askAboutTender(sceneAt(community, now), await contactOf(community, nth), tender.tenderId, text, once);

  test("is asked once however often the form is sent, and is nowhere in clear before its answer", async () => {
    expect(await ask(1, "7号楼算不算？")).toEqual({ ok: true, value: { questionNo: 1 } });
    expect(await ask(1, "7号楼算不算？")).toEqual({ ok: true, value: { questionNo: 1 } });
    expect(await ask(2, "垃圾谁运？")).toEqual({ ok: true, value: { questionNo: 2 } });
    expect(await leaves()).not.toContain("7号楼");
    const reader = stranger(T0 + 2_000);
    await reader.get(base);
    expect(textOf(reader.page)).toContain("第1问");
    expect(reader.page).not.toContain("7号楼");
  });

  test("after the time is refused, by the rule and by the table", async () => {
    expect((await ask(1, "赶上了", QUESTIONS_UNTIL - 1)).ok).toBe(true);
    expect(await ask(2, "迟了", QUESTIONS_UNTIL)).toMatchObject({ error: { reason: "questions_over" } });
    const scene = sceneAt(community);
    const late = await scene.db.write([
      scene.db.run(
        sql`INSERT INTO tender_question(community_id, tender_id, question_no, contact_id, text_sealed, asked_at, due_on, leaf_hash)
            SELECT community_id, tender_id, 9, contact_id, text_sealed, ${QUESTIONS_UNTIL}, due_on, leaf_hash FROM tender_question WHERE community_id = ${community.id} LIMIT 1`,
      ),
    ]);
    expect(late).toMatchObject({ ok: false, error: { code: "questions_over" } });
  });

  test("is answered by one and published by another, to everybody, and to every bidder by message", async () => {
    await bidderOf(community, tender.tenderId, 5);
    await ask(1, "我是甲公司，7号楼算不算？");
    const words = { shown: "7号楼算不算？", answer: "算，方案第1标段已写明。" };
    expect(await publishAnswer(chair(), tender.tenderId, 1, 0)).toMatchObject({ error: { reason: "draft_missing" } });
    expect(await draftAnswer(secretary(), tender.tenderId, 1, 0, words)).toEqual({ ok: true, value: { version: 1 } });
    expect(await draftAnswer(secretary(), tender.tenderId, 1, 0, words)).toEqual({ ok: true, value: { version: 1 } });
    const better = { ...words, answer: "算。" };
    expect(await draftAnswer(secretary(), tender.tenderId, 1, 1, better)).toEqual({ ok: true, value: { version: 2 } });
    // The chair read the first version.
    expect(await publishAnswer(chair(), tender.tenderId, 1, 1)).toMatchObject({
      error: { reason: "answer_changed_meanwhile" },
    });
    const both = staffSceneAt(community, "person-s", ["tender.draft", "tender.decide"]);
    expect(await publishAnswer(both, tender.tenderId, 1, 2)).toMatchObject({ error: { reason: "own_answer" } });
    expect(await publishAnswer(chair(), tender.tenderId, 1, 2)).toEqual({ ok: true, value: true });
    expect(await publishAnswer(chair(), tender.tenderId, 1, 2)).toEqual({ ok: true, value: true });
    expect(await draftAnswer(secretary(), tender.tenderId, 1, 2, words)).toMatchObject({
      error: { reason: "answered_already" },
    });
    const reader = stranger(T0 + 2_000);
    await reader.get(base);
    expect(textOf(reader.page)).toContain("答：算。");
    expect(reader.page).not.toContain("甲公司");
    const scene = sceneAt(community);
    const [queued] = await scene.db.read(
      scene.db.all(sql`SELECT 1 FROM outbox_message WHERE community_id = ${community.id} AND kind = 'tender.answered'`),
    );
    expect(queued).toHaveLength(2); // the bidder, and who asked
  });

  test("is answered in words that name nobody's number", async () => {
    await ask(1, "问谁？");
    const words = { shown: "问谁？", answer: "请打 13812345678" };
    expect(await draftAnswer(secretary(), tender.tenderId, 1, 0, words)).toMatchObject({
      error: { reason: "names_a_person" },
    });
  });

  test("left unanswered is shown with the days it is late", async () => {
    await ask(1, "问？");
    const reader = stranger(T0 + 9 * 86_400_000);
    await reader.get(base);
    expect(textOf(reader.page)).toContain("没有答复，已超过");
  });

  test("goes through the pages: a proved telephone, the secretary, the chair", async () => {
    const clerk = withCookie(stranger(T0), await bidderCookie(community, 1));
    await clerk.get(`${base}/ask`);
    expect((await clerk.submit(`${base}/ask`, { text: " " })).status).toBe(422);
    expect((await clerk.submit(`${base}/ask`, { text: "几时进场？" })).headers.get("location")).toContain("#questions");
    const desk = `/c/${community.slug}/desk/tenders/${tender.number}/questions/1`;
    const one = await signedIn(community, "secretary");
    await one.get(desk);
    expect(textOf(one.page)).toContain("几时进场？");
    expect((await one.submit(`${desk}/draft`, { shown: "几时进场？", answer: "2027年1月1日。" })).status).toBe(303);
    const other = await signedIn(community, "committee_chair");
    await other.get(desk);
    expect((await other.submit(`${desk}/publish`)).status).toBe(303);
    await clerk.get(base);
    expect(textOf(clerk.page)).toContain("2027年1月1日。");
  });
});

describe("an objection", () => {
  const street = () => {
    const scene = staffSceneAt(community, "person-street", ["tender.witness"], T0 + 60_000);
    return { ...scene, actor: { ...scene.actor, posts: [{ kind: "street_officer", title: "街道", body: "街道" }] } };
  };
  const words = { outcome: "dismissed", shown: "对评分标准有异议", reason: "标准已经业主表决通过。" };
  const waiting = async (): Promise<number[]> => {
    const scene = sceneAt(community);
    const [rows] = await scene.db.read(openObjections(scene, tender.tenderId));
    return rows.map(({ objectionNo }) => objectionNo);
  };

  test("holds the award up until it is decided, and so does the complaint about its answer", async () => {
    const bidder = await bidderOf(community, tender.tenderId, 1);
    const by = { kind: "bidder", id: bidder.bidderId } as const;
    const scene = sceneAt(community, T0 + 60_000);
    const object = () =>
      objectTo(scene, by, tender.tenderId, { about: "documents" }, "评分标准偏向大公司", "once-objection-1");
    expect(await object()).toEqual({ ok: true, value: { objectionNo: 1 } });
    expect(await object()).toEqual({ ok: true, value: { objectionNo: 1 } });
    expect(await waiting()).toEqual([1]);
    const complain = (who: typeof by | { kind: "owner"; id: string } = by) =>
      objectTo(scene, who, tender.tenderId, { complainsOf: 1 }, "不服", `once-complaint-${who.kind}`);
    expect(await complain()).toMatchObject({ error: { reason: "objection_waiting" } });
    expect(await decideObjection(chair(), tender.tenderId, 1, { ...words, outcome: "" })).toMatchObject({
      error: { reason: "outcome_missing" },
    });
    expect((await decideObjection(chair(), tender.tenderId, 1, words)).ok).toBe(true);
    expect((await decideObjection(chair(), tender.tenderId, 1, words)).ok).toBe(true);
    expect(await decideObjection(chair(), tender.tenderId, 1, { ...words, outcome: "upheld" })).toMatchObject({
      error: { reason: "decided_already" },
    });
    expect(await waiting()).toEqual([]);
    expect(await complain({ kind: "owner", id: bidder.bidderId })).toMatchObject({
      error: { reason: "not_own_objection" },
    });
    expect(await complain()).toEqual({ ok: true, value: { objectionNo: 2 } });
    expect(await waiting()).toEqual([2]);
    expect(await decideObjection(chair(), tender.tenderId, 2, words)).toMatchObject({
      error: { reason: "street_only" },
    });
    expect((await decideObjection(street(), tender.tenderId, 2, words)).ok).toBe(true);
    expect(await waiting()).toEqual([]);
    const said = await leaves();
    expect(said).not.toContain("偏向大公司");
    expect(said).not.toContain(bidder.bidderId);
  });

  test("about the documents is late once questions have ended; about the opening it comes after that", async () => {
    const owner = { kind: "owner", id: "p" } as const;
    const at = (now: number, about: "documents" | "opening") =>
      objectTo(sceneAt(community, now), owner, tender.tenderId, { about }, "不公", `once-${about}-${now}`);
    expect(await at(QUESTIONS_UNTIL, "documents")).toMatchObject({ error: { reason: "objections_over" } });
    await moveTender(community, tender.tenderId, { state: "closed", closedAt: CLOSES });
    await moveTender(community, tender.tenderId, { state: "opened", openedAt: CLOSES });
    expect((await at(CLOSES + 1, "opening")).ok).toBe(true);
  });

  test("goes through the pages for an owner and for a bidder, and is answered at the desk", async () => {
    await importFile(community, csvOf(...OWNERS_ROLL));
    const owner = withCookie(stranger(T0), await ownerCookie(community, await partyNamed(community, "张三丰")));
    await owner.get(`${base}/object`);
    expect((await owner.submit(`${base}/object`, { against: "documents", text: "" })).status).toBe(422);
    const sent = await owner.submit(`${base}/object`, { against: "documents", text: "要求太高" });
    expect(sent.headers.get("location")).toBe(`${base}#objection-1`);
    await bidderOf(community, tender.tenderId, 1);
    const bidder = withCookie(stranger(T0 + 60_000), await bidderCookie(community, 1));
    await bidder.get(`${base}/bidder/object`);
    expect((await bidder.submit(`${base}/bidder/object`, { against: "documents", text: "时间太短" })).status).toBe(303);
    const desk = `/c/${community.slug}/desk/tenders/${tender.number}/objections/1`;
    const officer = await signedIn(community, "committee_chair");
    await officer.get(desk);
    expect(textOf(officer.page)).toContain("要求太高");
    expect((await officer.submit(desk, words)).status).toBe(303);
    await owner.get(base);
    expect(textOf(owner.page)).toContain("标准已经业主表决通过。");
    expect(owner.page).not.toContain("时间太短");
  });
});

describe("a document", () => {
  const file = { name: "合同草案.pdf", bytes: PDF };
  const asked = { kind: "contract_draft", title: "合同草案", withheldWhy: "", releasedOn: "" };
  const put = (change: Partial<typeof asked>, sent: typeof file | null = file) =>
    putDocument(secretary(), tender.tenderId, { ...asked, ...change }, sent);
  const status = async (now: number): Promise<number> => (await stranger(now).send(`${base}/documents/1`)).status;
  test("is public at once with its hash, and once however often it is sent", async () => {
    expect(await put({})).toEqual({ ok: true, value: { documentNo: 1 } });
    expect(await put({})).toEqual({ ok: true, value: { documentNo: 1 } });
    expect(await status(T0)).toBe(200);
  });
  test("withheld is read from the beginning of its day, by itself", async () => {
    expect((await put({ withheldWhy: "含门禁布置图，开标后公开", releasedOn: "2026-12-01" })).ok).toBe(true);
    const midnight = Date.parse("2026-12-01T00:00:00+08:00");
    expect(await status(midnight - 1)).toBe(404);
    expect(await status(midnight)).toBe(200);
    const reader = stranger(T0);
    await reader.get(base);
    expect(textOf(reader.page)).toContain("含门禁布置图，开标后公开");
  });
  test.each([
    ["withheld without a day", { withheldWhy: "保密" }, file, "missing"],
    ["withheld without a reason", { releasedOn: "2026-12-01" }, file, "missing"],
    ["released today", { withheldWhy: "保密", releasedOn: "2026-11-02" }, file, "released_already"],
    ["without a title", { title: " " }, file, "missing"],
    ["that is a script", {}, { name: "合同.pdf", bytes: SCRIPT }, "file_type_refused"],
    ["without a file", {}, null, "missing"],
  ])("%s is refused", async (_, change, sent, reason) =>
    expect(await put(change, sent)).toMatchObject({ error: { reason } }),
  );
});
