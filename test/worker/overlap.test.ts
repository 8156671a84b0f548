/** Committee and branch through workerd and D1: figures, who may be named, the wish, the pages of the desk and the open data. */
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, dayOf, endOf, startOf } from "../../src/kernel/day.ts";
import { readOverlap, recordConsent, saveWish } from "../../src/offices/overlap/actions.ts";
import { figureOf, overlapOf } from "../../src/offices/overlap/rules.ts";
import { findOverlapFigures, listOverlapTenures } from "../../src/offices/overlap/store.ts";
import { endTenure, holdersAsOf } from "../../src/offices/terms/actions.ts";
import { T0 } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { personIn } from "./offices-of-test.ts";
import { reasonOf, SUPERVISOR, TODAY, WAIVER, World } from "./overlap-of-test.ts";

let w: World;
beforeEach(async () => {
  w = await World.make();
});

describe("being named as of the branch", () => {
  const titles = async (path = "/overlap") => textOf(await (await stranger().get(`${w.base}${path}`)).text());

  test("takes one's own consent; without it there are figures, on every public page", async () => {
    for (const name of ["唐甲", "罗乙", "谢丙"]) await w.seat(name, "committee_member", "2025-01-01");
    const { personId } = await w.seat("唐甲", "branch_member", "2024-01-01");
    const before = await titles();
    expect(before).not.toContain("唐甲");
    expect(before).toMatch(/4\s*席中.*1\s*席/);
    const offices = await titles("/offices");
    expect(offices).toContain("唐甲"); // of the committee
    expect(offices).not.toContain("交叉任职：");
    expect(offices).toContain("***");
    expect(await titles("/permissions")).not.toMatch(/支部委员（唐甲/);

    const secretary = await w.as("branch_secretary");
    expect(reasonOf(await recordConsent(secretary, { personId, given: true, document: "" }))).toBe(
      "consent_document_missing",
    );
    expect(reasonOf(await recordConsent(secretary, { personId, given: true, document: "同意书 2026-11-02" }))).toBe(
      "ok",
    );
    const named = await titles();
    expect(named).toContain("唐甲");
    expect(named).toContain("先在支部，后由业主选进业委会");
    expect(await titles("/offices")).toContain("交叉任职：");

    const own = { ...secretary, actor: { ...secretary.actor, personId } };
    expect(reasonOf(await recordConsent(own, { personId, given: false, document: "" }))).toBe("ok");
    expect(reasonOf(await recordConsent(own, { personId, given: false, document: "" }))).toBe("ok");
    expect(await titles()).not.toContain("唐甲");
    expect(await titles("/offices")).not.toContain("交叉任职：");
    const entries = [...(await w.leaves("overlap.consent_given")), ...(await w.leaves("overlap.consent_withdrawn"))];
    expect(entries.length).toBe(2);
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`唐甲|同意书|${personId}`));
  });

  test("is a secretary's by their post", async () => {
    const chair = await personIn(w.community, "committee_chair");
    const tenure = (await holdersAsOf(w.scene(), TODAY)).find(({ postKind }) => postKind === "branch_secretary")!;
    await endTenure(
      await w.as("secretary"),
      { tenureId: tenure.tenureId, endsOn: TODAY, act: "end_of_term", document: "换届" },
      "once-key-1",
    );
    w.people.set("陈主任", chair);
    await w.seat("陈主任", "branch_secretary");
    const page = await titles();
    expect(page).toContain("陈主任");
    expect(page).toContain("业委会主任同时是支部书记");
  });

  test("is nothing to agree to for someone outside the branch", async () => {
    const { personId } = await w.seat("罗乙", "committee_member");
    expect(
      reasonOf(await recordConsent(await w.as("branch_secretary"), { personId, given: true, document: "同意书" })),
    ).toBe("not_of_the_branch");
  });

  test("where everyone would be told of, there is a range instead of the figure", async () => {
    const chair = await personIn(w.community, "committee_chair");
    w.people.set("陈主任", chair);
    await w.seat("陈主任", "branch_member");
    const overlap = await readOverlap(w.scene(), TODAY, { limit: 20, offset: 0 });
    expect([overlap.figure, overlap.named]).toEqual([{ seats: 1, least: 0, most: 1 }, []]);
    const scene = w.scene();
    const [figures] = await scene.db.read(findOverlapFigures(scene));
    const { seats, overlapping, named } = figures[0]!;
    expect(figureOf(seats, overlapping, named)).toEqual(overlap.figure);
  });
});

describe("the figures of an overview", () => {
  test("are those of the rules, whoever holds what", async () => {
    await w.seat("唐甲", "committee_member", "2026-01-01");
    await w.seat("唐甲", "branch_member", "2026-01-01");
    await w.seat("罗乙", "committee_deputy", "2026-01-01", TODAY);
    await w.seat("罗乙", "committee_member", "2026-01-01", addDays(TODAY, -1));
    await w.seat("谢丙", "committee_alternate", "2026-01-01");
    await w.seat("谢丙", "branch_member", "2026-01-01");
    for (const now of [startOf("2025-12-31"), T0, endOf(TODAY) - 1, endOf(TODAY)]) {
      const scene = w.scene(now);
      const [figures, tenures] = await scene.db.read(findOverlapFigures(scene), listOverlapTenures(scene, 0));
      const expected = overlapOf(tenures, dayOf(now));
      expect(figures).toEqual([
        {
          seats: expected.committee.length,
          overlapping: expected.crossings.length,
          named: 0,
          chairIsSecretary: expected.chairIsSecretary === null ? null : Number(expected.chairIsSecretary),
          branchExists: 1,
        },
      ]);
    }
  });

  test("are one row of one round trip, as the page is one round trip", async () => {
    const scene = w.scene();
    await scene.db.read(findOverlapFigures(scene));
    expect(scene.db.meter.roundTrips).toBe(1);
    const page = w.scene();
    await readOverlap(page, TODAY, { limit: 20, offset: 0 });
    expect(page.db.meter.roundTrips).toBe(1);
  });
});

describe("the wish", () => {
  const wish = { least: "2", share: "1/3", chairIsSecretary: false, source: "社区党委〔2026〕8号" };
  test("is set with its document, compared with the figures, and stands in nobody's way", async () => {
    const scene = await w.as("community_party_secretary");
    expect(reasonOf(await saveWish(scene, wish, 0, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveWish(scene, wish, 0, "once-key-1"))).toBe("ok");
    expect(reasonOf(await saveWish(scene, wish, 0, "once-key-2"))).toBe("wish_changed_meanwhile");
    expect((await w.leaves("overlap.wish_set")).length).toBe(1);
    const text = textOf(await (await stranger().get(`${w.base}/overlap`)).text());
    expect(text).toContain("业委会中至少有2位支部成员");
    expect(text).toContain("社区党委〔2026〕8号");
    expect(text).toContain("尚未达到");
    const { personId } = await w.seat("罗乙", "committee_member");
    expect(await w.guard(personId, "committee_chair")).toBe("ok");
  });
});

describe("into the committee leads an election and nothing else (Q6)", () => {
  test("the page says so with its article, and so does the refusal", async () => {
    const page = textOf(await (await stranger().get(`${w.base}/overlap`)).text());
    expect(page).toContain("为什么不能任命");
    expect(page).toContain("《民法典》第二百七十八条第一款第三项");
    const browser = await signedIn(w.community, "secretary");
    const action = `${w.base}/desk/offices/appoint`;
    await browser.get(action);
    const given = await w.asked("committee_member", { act: "appointment" });
    expect((await browser.submit(action, { ...given, step: "review" })).status).toBe(422);
    const text = textOf(browser.page);
    expect(text).toContain("只能由以下方式产生");
    expect(text).toContain("《民法典》第二百七十八条第一款第三项");
    expect(text).toContain("推荐、任命和党内职务不能代替选举");
  });
});

describe("at the desk", () => {
  const desk = () => `${w.base}/desk/overlap`;

  test("the street sets a rule, which is public with its document and holds at once", async () => {
    const browser = await signedIn(w.community, "street_officer");
    const at = `${desk()}/rules/new`;
    expect((await browser.get(at)).status).toBe(200);
    const missing = await browser.submit(at, { kind: "exclusive", answer: "refuse", left: "volunteer", source: "" });
    expect(missing.status).toBe(422);
    expect(textOf(browser.page)).toContain("请写明依据的文件或条款");
    expect(textOf(browser.page)).toContain("至少选一个职务");
    const rule = { kind: "exclusive", answer: "refuse", left: "volunteer", right: "teller", source: "议事规则第九条" };
    expect((await browser.submit(at, rule)).status).toBe(303);
    const page = textOf(await (await stranger().get(`${w.base}/overlap`)).text());
    expect(page).toContain("秘书处（楼栋志愿者）与秘书处（计票人）不能同时担任");
    expect(page).toContain("议事规则第九条");
    const { personId } = await w.seat("吴志愿者", "volunteer");
    expect(await w.guard(personId, "teller")).toBe("conflicting_post");
  });

  test("branch and committee cannot be set against each other, and the page says why", async () => {
    const browser = await signedIn(w.community, "street_officer");
    const at = `${desk()}/rules/new`;
    await browser.get(at);
    const rule = {
      kind: "exclusive",
      answer: "refuse",
      left: "branch_member",
      right: "committee_member",
      source: "文件",
    };
    expect((await browser.submit(at, rule)).status).toBe(422);
    expect(textOf(browser.page)).toContain("参选资格与政治面貌无关");
    expect(textOf(browser.page)).toContain("《民法典》第二百七十八条第一款第三项");
  });

  test("a party post sees the rules about the committee and finds no door to change them", async () => {
    const browser = await signedIn(w.community, "community_party_secretary");
    await browser.get(desk());
    expect(browser.page).not.toContain(`${desk()}/rules/provider-committee`);
    expect(browser.page).toContain(`${desk()}/rules/provider-branch-secretary`);
    expect((await browser.get(`${desk()}/rules/provider-committee`)).status).toBe(404);
    expect((await browser.get(`${desk()}/rules/nowhere`)).status).toBe(404);
  });

  test("a waiver is granted from a list of those it can be for, shown with its use, and taken back", async () => {
    const browser = await signedIn(w.community, "street_officer");
    const at = `${desk()}/waivers/new`;
    await browser.get(`${at}?rule=supervision-desk`);
    expect(textOf(browser.page)).toContain("赵监督 — 监督委员会（监督员）");
    const personId = await personIn(w.community, "supervisor");
    const given = { ...WAIVER, personId };
    expect((await browser.submit(at, { ...given, document: "" })).status).toBe(422);
    expect(textOf(browser.page)).toContain("请写明理由和依据的文件");
    expect((await browser.submit(at, given)).status).toBe(303);

    const secretary = await signedIn(w.community, "secretary");
    const appointing = `${w.base}/desk/offices/appoint`;
    await secretary.get(appointing);
    await secretary.submit(appointing, { ...(await w.asked("teller", { ...SUPERVISOR })), step: "review" });
    expect(textOf(secretary.page)).toContain("凭例外许可任职");

    await browser.get(desk());
    expect(textOf(browser.page)).toContain("用过0次");
    const [waiver] = await w.rows<{ waiver_id: string }>(
      "SELECT waiver_id FROM overlap_waiver WHERE community_id = $c",
    );
    const back = `${desk()}/waivers/${waiver!.waiver_id}`;
    expect((await browser.get(back)).status).toBe(200);
    expect((await browser.submit(back, { document: "" })).status).toBe(422);
    expect((await browser.submit(back, { document: "人手已补齐" })).status).toBe(303);
    await browser.get(desk());
    expect(textOf(browser.page)).toContain("已收回");
  });

  test("whoever no rule names is told so, and another community's waiver is not there", async () => {
    const browser = await signedIn(w.community, "supervisor");
    await browser.get(`${desk()}/waivers/new`);
    expect(textOf(browser.page)).toContain("没有规则点名由您批准例外");
    expect((await browser.get(`${desk()}/waivers/0000000000000000`)).status).toBe(404);
  });

  test("the wish is set by a form that says what is wrong with it", async () => {
    const browser = await signedIn(w.community, "community_party_secretary");
    const at = `${desk()}/wish`;
    await browser.get(at);
    expect((await browser.submit(at, { least: "12", share: "30%", source: "" })).status).toBe(422);
    for (const words of ["请填写 0 到 11 的整数", "请写成分数", "请写明依据的文件或条款"])
      expect(textOf(browser.page)).toContain(words);
    const wish = { least: "2", share: "1/3", chair: "yes", source: "社区党委〔2026〕8号" };
    expect((await browser.submit(at, wish)).status).toBe(303);
    await browser.get(at);
    expect(browser.page).toContain('value="1/3"');
  });

  test("one's own consent is one's own to give and take back, also after leaving the branch", async () => {
    const { tenureId } = await w.seat("唐支委", "branch_member", "2026-01-01");
    const browser = await signedIn(w.community, "branch_member");
    const at = `${desk()}/consent`;
    await browser.get(at);
    expect(textOf(browser.page)).toContain("没有表示，不公开");
    expect((await browser.submit(at)).status).toBe(303);
    await browser.get(at);
    expect(textOf(browser.page)).toContain("同意公开");
    await w.seat("唐支委", "volunteer");
    const end = { tenureId, endsOn: TODAY, act: "resignation" as const, document: "辞职信" };
    expect(reasonOf(await endTenure(await w.as("secretary"), end, "once-key-1"))).toBe("ok");
    await browser.get(at);
    expect(textOf(browser.page)).toContain("撤回同意");
    expect((await browser.submit(at)).status).toBe(303);
    expect(await w.rows("SELECT given FROM overlap_consent WHERE community_id = $c ORDER BY version")).toEqual([
      { given: 1 },
      { given: 0 },
    ]);
  });

  test("the branch secretary records consents of the branch, and nobody else anybody's", async () => {
    const { personId } = await w.seat("唐支委", "branch_member");
    const at = `${desk()}/consent`;
    const browser = await signedIn(w.community, "branch_secretary");
    await browser.get(at);
    expect((await browser.submit(at, { [`document-${personId}`]: "" })).status).toBe(422);
    expect(textOf(browser.page)).toContain("《个人信息保护法》第二十八条");
    expect((await browser.submit(at, { [`document-${personId}`]: "同意书第1号" })).status).toBe(303);
    const elsewhere = await personIn(w.community, "teller");
    expect((await browser.submit(at, { personId: elsewhere, given: "yes", document: "x" })).status).toBe(404);
    const other = await signedIn(w.community, "secretary");
    await other.get(at);
    expect(textOf(other.page)).not.toContain("唐支委");
    const form = other.hidden(`${w.base}/sign-out`);
    expect((await other.post(at, { ...form, personId, given: "no", document: "x" })).status).toBe(404);
    expect((await w.rows("SELECT 1 FROM overlap_consent WHERE community_id = $c")).length).toBe(1);
  });
});

describe("the open data", () => {
  test("has the figures and the history, and no name the page has not", async () => {
    await w.seat("唐甲", "committee_member", "2025-01-01");
    await w.seat("罗乙", "committee_member", "2025-01-01");
    await w.seat("唐甲", "branch_member", "2026-01-01");
    const response = await stranger().get(`/api/communities/${w.community.slug}/overlap`);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).not.toContain("唐甲");
    expect(JSON.parse(text)).toMatchObject({
      asOf: TODAY,
      figure: { seats: 3, least: 1, most: 1 },
      branchPeople: 2,
      chairIsSecretary: false,
      named: [],
      wish: { least: 1, share: null, met: [{ kind: "least", met: true }] },
      history: [
        { from: "2025-01-01", figure: { seats: 2, least: 0, most: 0 } },
        { from: "2026-01-01", figure: { seats: 2, least: 1, most: 1 } },
        { from: TODAY, figure: { seats: 3, least: 1, most: 1 } },
      ],
    });
  });

  test("stands in the OpenAPI document and is nowhere for a community that is not", async () => {
    const document = (await (await stranger().get("/openapi.json")).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toContain("/api/communities/{slug}/overlap");
    expect((await stranger().get("/api/communities/nowhere/overlap")).status).toBe(404);
  });
});

describe("the timeline", () => {
  test("draws what the tables beside it say, for whom it may name", async () => {
    await w.seat("唐甲", "committee_member", "2024-01-01", "2025-12-31");
    await w.seat("唐甲", "committee_deputy", "2026-01-01");
    const { personId } = await w.seat("唐甲", "branch_member", "2025-03-01");
    const without = await (await stranger().get(`${w.base}/overlap`)).text();
    expect(without).not.toContain("唐甲");
    await recordConsent(await w.as("branch_secretary"), { personId, given: true, document: "同意书" });
    const page = await (await stranger().get(`${w.base}/overlap`)).text();
    expect(textOf(page)).toContain("先当选业委会成员，后由支部吸收");
    expect(textOf(page)).toContain("委员（2024年1月1日至2025年12月31日），副主任（2026年1月1日起）");
    expect(page.match(/<svg[^>]*aria-hidden="true"/g)!.length).toBeGreaterThan(4);
  });

  test("of a community where nobody is in office says what will stand there", async () => {
    const tenure = (await holdersAsOf(w.scene(), TODAY)).find(({ postKind }) => postKind === "committee_chair")!;
    const end = { tenureId: tenure.tenureId, endsOn: TODAY, act: "end_of_term" as const, document: "届满" };
    expect(reasonOf(await endTenure(await w.as("secretary"), end, "once-key-1"))).toBe("ok");
    const page = textOf(await (await stranger().get(`${w.base}/overlap`)).text());
    expect(page).toContain("现在没有在任的业主委员会");
    expect((await stranger().get(`${w.base}/overlap?page=2`)).status).toBe(404);
  });
});
