/** Tenders from the first draft to the closing of bids: the acts, what the database refuses by itself, and the pages. */
import { describe, expect, test } from "vitest";
import { DAY_MS } from "../../src/kernel/day.ts";
import { saveSettings } from "../../src/offices/settings/actions.ts";
import { defaultsOf } from "../../src/offices/settings/rules.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { cancelTender, closeTender, giveTenderNotice, runTenders } from "../../src/tenders/procedure/actions.ts";
import { changeScheme, decideScheme, draftTender, readTender, repeatTender } from "../../src/tenders/scheme/actions.ts";
import { TENDER_SETTINGS } from "../../src/tenders/scheme/settings.ts";
import { byTenderNumber, findTender, updateTender } from "../../src/tenders/store.ts";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import { communityWithRoll, itemOf, newOnce, numberIn } from "./meeting-of-test.ts";
import { publishedOn } from "./public-of-test.ts";
import { BIDS_CLOSE_AT, draftedTender, keysReady, tenderIn, tendering, tenderRow } from "./tender-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? "ok" : result.error!.reason);
const WORDS = { kind: "words", words: "业委会〔2026〕第8号决议" } as const;

/** Leaves the scheme to the committee, as a clause of the place may. */
async function byCommittee(community: CommunityAddress): Promise<void> {
  const asked = {
    ...defaultsOf(TENDER_SETTINGS),
    schemeByOwners: { value: false, clause: "《业主大会议事规则》第二十条" },
  };
  const saved = await saveSettings(tendering(community, "chair"), TENDER_SETTINGS, asked, {});
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
}

describe("drafting", () => {
  test("begins with the usual lots; a repeat of the form is the same tender, with another content it is refused", async () => {
    const community = await makeCommunity();
    const scene = tendering(community, "secretary");
    const asked = {
      title: "2027年度选聘",
      mode: "items" as const,
      reasons: "",
      services: ["cleaning", "security"] as const,
    };
    const first = await draftTender(scene, asked, "once-00001");
    expect(await draftTender(scene, asked, "once-00001")).toEqual(first);
    expect(reasonOf(await draftTender(scene, { ...asked, title: "别的" }, "once-00001"))).toBe("key_reused");
    const read = await readTender(scene, first.ok ? first.value.tenderId : "");
    expect(read?.scheme.lots.map(({ service }) => service)).toEqual(["cleaning", "security"]);
    expect(read?.row).toMatchObject({ number: 1, state: "draft", edition: 1 });
    expect(await numberIn(community, sql`SELECT count(*) AS n FROM tender WHERE community_id = ${community.id}`)).toBe(
      1,
    );
  });
  test("needs a title, a mode and, item by item, a service", async () => {
    const scene = tendering(await makeCommunity(), "secretary");
    const asked = { title: "选聘", mode: "items" as const, reasons: "", services: [] as const };
    expect(reasonOf(await draftTender(scene, asked, newOnce()))).toBe("services_missing");
    expect(reasonOf(await draftTender(scene, { ...asked, title: " " }, newOnce()))).toBe("title_missing");
    expect(reasonOf(await draftTender(scene, { ...asked, mode: "half" as never }, newOnce()))).toBe("unknown_mode");
    expect(reasonOf(await draftTender(scene, { ...asked, mode: "self" }, newOnce()))).toBe("ok");
  });
  test("a change is a new edition and the former ones stay; nothing changed writes nothing; an old form is refused", async () => {
    const community = await makeCommunity();
    const row = await draftedTender(community);
    const scene = tendering(community, "secretary");
    expect(reasonOf(await changeScheme(scene, row.tenderId, 2, (scheme) => scheme))).toBe("ok");
    expect((await tenderRow(community, row.tenderId)).edition).toBe(2);
    const put = (title: string) => (scheme: ReturnType<typeof schemeOf>) => ({ ...scheme, title });
    expect(reasonOf(await changeScheme(scene, row.tenderId, 2, put("新名称")))).toBe("ok");
    expect(reasonOf(await changeScheme(scene, row.tenderId, 2, put("更新的名称")))).toBe("tender_stale");
    expect(await tenderRow(community, row.tenderId)).toMatchObject({ edition: 3, title: "新名称" });
    const editions = sql`SELECT count(*) AS n FROM tender_scheme WHERE tender_id = ${row.tenderId}`;
    expect(await numberIn(community, editions)).toBe(3);
  });
  test("two who change the same edition at once: one of them", async () => {
    const community = await makeCommunity();
    const row = await draftedTender(community);
    const scene = tendering(community, "secretary");
    const both = await Promise.all(
      ["甲", "乙"].map((title) => changeScheme(scene, row.tenderId, 2, (scheme) => ({ ...scheme, title }))),
    );
    expect(both.map(reasonOf).toSorted()).toEqual(["ok", "tender_stale"]);
  });
});

describe("the decision on a scheme (T2)", () => {
  test("is the owners' unless a clause leaves it to the committee", async () => {
    const community = await makeCommunity();
    const { tenderId } = await draftedTender(community);
    const chair = tendering(community, "chair");
    expect(reasonOf(await decideScheme(chair, tenderId, 2, WORDS))).toBe("owners_decide_scheme");
    await byCommittee(community);
    expect(reasonOf(await decideScheme(chair, tenderId, 2, { kind: "words", words: " " }))).toBe("basis_missing");
    expect(reasonOf(await decideScheme(chair, tenderId, 1, WORDS))).toBe("tender_stale");
    expect(reasonOf(await decideScheme(chair, tenderId, 2, WORDS))).toBe("ok");
    expect(reasonOf(await decideScheme(chair, tenderId, 2, WORDS))).toBe("ok");
    expect(await tenderRow(community, tenderId)).toMatchObject({ state: "decided", decidedWords: WORDS.words });
  });
  test("rests on a carried, published item of matter 4, and on nothing else", async () => {
    const community = await communityWithRoll();
    const items = [itemOf(1, { matter: 4 }), itemOf(2, { matter: 9 })];
    await publishedOn(community, 22, () => 1, { items });
    const { tenderId } = await draftedTender(community);
    const chair = tendering(community, "chair", T0 + 60 * DAY_MS);
    const on = (meeting: number, item: number) => ({ kind: "decision" as const, meeting, item });
    expect(reasonOf(await decideScheme(chair, tenderId, 2, on(9, 1)))).toBe("no_such_item");
    expect(reasonOf(await decideScheme(chair, tenderId, 2, on(1, 9)))).toBe("no_such_item");
    expect(reasonOf(await decideScheme(chair, tenderId, 2, on(1, 2)))).toBe("wrong_matter");
    expect(reasonOf(await decideScheme(chair, tenderId, 2, on(1, 1)))).toBe("ok");
    expect(await tenderRow(community, tenderId)).toMatchObject({ state: "decided", decidedItem: 1 });
  });
  test("is not made by who wrote the scheme last, nor while something is wrong with it", async () => {
    const community = await makeCommunity();
    await byCommittee(community);
    const { tenderId } = await draftedTender(community, schemeOf({ reasons: "" }));
    expect(reasonOf(await decideScheme(tendering(community, "chair"), tenderId, 2, WORDS))).toBe("scheme_faulty");
    const sound = await changeScheme(tendering(community, "chair"), tenderId, 2, () => schemeOf());
    expect(reasonOf(sound)).toBe("ok");
    expect(reasonOf(await decideScheme(tendering(community, "chair"), tenderId, 3, WORDS))).toBe("own_draft");
    expect(reasonOf(await decideScheme(tendering(community, "deputy"), tenderId, 3, WORDS))).toBe("ok");
  });
});

describe("notice and closing", () => {
  test("the time to bid is given in full, the day of the notice not counted (T4)", async () => {
    const community = await makeCommunity();
    const { tenderId } = await tenderIn(community, "decided");
    const chair = tendering(community, "chair");
    // T0 is 10:00 on 2 November: twenty days on is Sunday the 22nd, so that Monday the 23rd is the first.
    const monday = T0 + 21 * DAY_MS;
    expect(reasonOf(await giveTenderNotice(chair, tenderId, null))).toBe("closing_missing");
    expect(reasonOf(await giveTenderNotice(chair, tenderId, monday - 11 * 3_600_000))).toBe("closing_too_early");
    expect(reasonOf(await giveTenderNotice(chair, tenderId, T0 + 366 * DAY_MS))).toBe("closing_too_far");
    expect(reasonOf(await giveTenderNotice(chair, tenderId, monday - 10 * 3_600_000))).toBe("keys_missing");
    await keysReady(community, tenderId);
    expect(reasonOf(await giveTenderNotice(chair, tenderId, monday - 10 * 3_600_000))).toBe("ok");
    expect(reasonOf(await giveTenderNotice(chair, tenderId, monday - 10 * 3_600_000))).toBe("ok");
    expect(await tenderRow(community, tenderId)).toMatchObject({ state: "noticed", noticedEdition: 2 });
  });
  test("questions end before bids do (T5), and what has no lot is not tendered", async () => {
    const community = await makeCommunity();
    const chair = tendering(community, "chair");
    const late = await tenderIn(community, "decided", schemeOf({ questionDays: 25 }));
    expect(reasonOf(await giveTenderNotice(chair, late.tenderId, BIDS_CLOSE_AT))).toBe("questions_after_closing");
    const own = schemeOf({
      mode: "self",
      lots: [],
      posts: [{ title: "保洁员", count: 2, duties: "楼道", contract: "劳务合同" }],
    });
    const self = await tenderIn(community, "decided", own);
    expect(reasonOf(await giveTenderNotice(chair, self.tenderId, BIDS_CLOSE_AT))).toBe("nothing_to_tender");
  });
  test("bids close at their hour and not a millisecond before, by the clock, once", async () => {
    const community = await makeCommunity();
    const row = await tenderIn(community, "noticed");
    expect(reasonOf(await closeTender(sceneAt(community, BIDS_CLOSE_AT - 1), row))).toBe("bids_running");
    await runTenders(sceneAt(community, BIDS_CLOSE_AT - 1));
    expect((await tenderRow(community, row.tenderId)).state).toBe("noticed");
    const at = sceneAt(community, BIDS_CLOSE_AT);
    const both = await Promise.all([closeTender(at, row), closeTender(at, row)]);
    expect(both.map(reasonOf)).toEqual(["ok", "ok"]);
    await runTenders(at);
    const closings = sql`SELECT count(*) AS n FROM tender_event WHERE tender_id = ${row.tenderId} AND kind = 'closed'`;
    expect(await numberIn(community, closings)).toBe(1);
  });
  test("is ended for a reason that is kept, and repeated from its scheme (T7)", async () => {
    const community = await makeCommunity();
    const row = await tenderIn(community, "noticed");
    const chair = tendering(community, "chair");
    expect(reasonOf(await repeatTender(tendering(community, "secretary"), row.tenderId, newOnce()))).toBe(
      "wrong_tender_state",
    );
    expect(reasonOf(await cancelTender(chair, row.tenderId, "  "))).toBe("why_missing");
    expect(reasonOf(await cancelTender(chair, row.tenderId, "字".repeat(501)))).toBe("why_too_long");
    expect(reasonOf(await cancelTender(chair, row.tenderId, "预算未通过"))).toBe("ok");
    expect(reasonOf(await cancelTender(chair, row.tenderId, "预算未通过"))).toBe("ok");
    expect(reasonOf(await cancelTender(chair, row.tenderId, "别的原因"))).toBe("wrong_tender_state");
    const again = await repeatTender(tendering(community, "secretary"), row.tenderId, "once-00002");
    expect(await repeatTender(tendering(community, "secretary"), row.tenderId, "once-00002")).toEqual(again);
    const read = await readTender(sceneAt(community), again.ok ? again.value.tenderId : "");
    expect(read?.row).toMatchObject({ number: 2, state: "draft", repeats: row.tenderId });
    expect(read?.scheme).toEqual(schemeOf());
  });
});

describe("what the database refuses by itself", () => {
  const write = async (community: CommunityAddress, tenderId: string, change: Parameters<typeof updateTender>[2]) => {
    const scene = sceneAt(community);
    const written = await scene.db.write([...updateTender(scene, await tenderRow(community, tenderId), change)]);
    return written.ok ? "ok" : written.error.code;
  };
  test("an award without the owners' item, or out of its turn", async () => {
    const community = await makeCommunity();
    const early = await tenderIn(community, "published");
    expect(await write(community, early.tenderId, { state: "awarded", awardedAt: T0 })).toBe("award_too_early");
    const voted = await tenderIn(community, "deciding");
    expect(await write(community, voted.tenderId, { state: "awarded", awardedAt: T0, awardItem: null })).toBe(
      "award_too_early",
    );
    expect(await write(community, voted.tenderId, { state: "awarded", awardedAt: T0 })).toBe("ok");
    expect(await write(community, voted.tenderId, { awardItem: 2 })).toBe("append_only");
  });
  test("an earlier closing, another notice, a scheme changed after the closing, a tender that is over", async () => {
    const community = await makeCommunity();
    const noticed = await tenderIn(community, "noticed");
    expect(await write(community, noticed.tenderId, { closesAt: BIDS_CLOSE_AT - 1 })).toBe("tender_as_noticed");
    expect(await write(community, noticed.tenderId, { noticedAt: T0 + 1 })).toBe("tender_as_noticed");
    expect(await write(community, noticed.tenderId, { closesAt: BIDS_CLOSE_AT + DAY_MS })).toBe("ok");
    const closed = await tenderIn(community, "closed");
    expect(await write(community, closed.tenderId, { edition: 3 })).toBe("scheme_frozen");
    expect(await write(community, closed.tenderId, { closesAt: BIDS_CLOSE_AT + DAY_MS })).toBe("tender_as_noticed");
    expect(await write(community, closed.tenderId, { state: "failed", endedWhy: "不足三家" })).toBe("ok");
    expect(await write(community, closed.tenderId, { state: "closed" })).toBe("tender_over");
  });
});

describe("the pages", () => {
  test("a draft is nobody's business but the desk's; from the decision on everybody reads it", async () => {
    const community = await estate(0);
    const row = await draftedTender(community);
    const public_ = stranger();
    expect((await public_.get(`/c/${community.slug}/tenders/${row.number}`)).status).toBe(404);
    await public_.get(`/c/${community.slug}/tenders`);
    expect(textOf(public_.page)).toContain("还没有公开的选聘");
    await tenderIn(community, "noticed");
    await public_.get(`/c/${community.slug}/tenders/2`);
    const words = textOf(public_.page);
    for (const part of [
      "2027 年度保洁选聘",
      "标段1：保洁",
      "每日清扫一次",
      "最低有效报价 ÷ 报价 × 40",
      "合计",
      "提问截止",
    ])
      expect(words).toContain(part);
    expect((await public_.get(`/c/${community.slug}/tenders/2/notice`)).status).toBe(200);
    expect((await public_.get(`/c/${community.slug}`)).status).toBe(200);
    expect(textOf(public_.page)).toContain("正在选聘物业服务");
  });
  test("the secretary drafts, mends what is wrong, and may not decide; the chair decides and announces", async () => {
    const community = await estate(0);
    await byCommittee(community);
    const desk = `/c/${community.slug}/desk/tenders`;
    const secretary = await signedIn(community, "secretary");
    await secretary.get(`${desk}/new`);
    await secretary.submit(`${desk}/new`, { title: "2027年度保洁", mode: "items", services: "cleaning", reasons: "" });
    await secretary.get(`${desk}/1`);
    expect(textOf(secretary.page)).toContain("方案还有2处要改");
    await secretary.get(`${desk}/1/general`);
    await secretary.submit(`${desk}/1/general`, { ...GENERAL, bidDays: "二十" });
    expect(textOf(secretary.page)).toContain("写成整数");
    expect(secretary.page).toContain("二十");
    await secretary.get(`${desk}/1/general`);
    await secretary.submit(`${desk}/1/general`, GENERAL);
    await secretary.get(`${desk}/1/lots/1`);
    await secretary.submit(`${desk}/1/lots/1`, LOT);
    await secretary.get(`${desk}/1`);
    expect(textOf(secretary.page)).toContain("方案完整");
    expect((await secretary.get(`${desk}/1/decide`)).status).toBe(404);
    const chair = await signedIn(community, "committee_chair");
    await chair.get(`${desk}/1/decide`);
    await chair.submit(`${desk}/1/decide`, { basis: "words", words: "业委会〔2026〕第8号决议" });
    await chair.get(`${desk}/1/notice`);
    await chair.submit(`${desk}/1/notice`, { closesAt: "2026-11-05T10:00" });
    expect(textOf(chair.page)).toContain("最早2026年11月23日");
    await chair.get(`${desk}/1/notice`);
    await chair.submit(`${desk}/1/notice`, { closesAt: "2026-11-24T10:00" });
    expect(textOf(chair.page)).toContain("第1、2、3把开标钥匙还没有做");
    const [rows] = await sceneAt(community).db.read(
      findTender(sceneAt(community), byTenderNumber(sceneAt(community), 1)),
    );
    await keysReady(community, rows[0]!.tenderId);
    await chair.get(`${desk}/1/notice`);
    await chair.submit(`${desk}/1/notice`, { closesAt: "2026-11-24T10:00" });
    await chair.get(`/c/${community.slug}/tenders/1`);
    expect(textOf(chair.page)).toContain("公告中，可以提问");
  });
});

const GENERAL = {
  title: "2027年度保洁",
  mode: "items",
  reasons: "上一年度不满意",
  procedure: "open",
  invited: "",
  questionDays: "10",
  bidDays: "20",
  candidateDays: "3",
  panelSize: "5",
  panelExperts: "4",
  candidatesMost: "3",
  ties: "lower_price",
};
const LOT = {
  title: "保洁",
  service: "cleaning",
  scope: "全部楼栋",
  quality: "楼道：每日清扫一次",
  qualifications: "business_licence",
  from: "2027-03-01",
  months: "12",
  priceModel: "lump_sum",
  "prices[0].label": "每月服务费",
  "prices[0].unit": "元/月",
  "prices[0].quantity": "12",
  "prices[0].ceiling": "25,000",
  estimate: "300000",
  bond: "6000",
};
