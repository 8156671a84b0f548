/** The service watched, against a real database and through the pages: sheets, ratings, requests, the report, and who sees what. */
import { describe, expect, test } from "vitest";
import "../../src/app.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { insertAward } from "../../src/tenders/deciding/store.ts";
import { inspect } from "../../src/tenders/service/inspections/actions.ts";
import { openRatingWords, rateService } from "../../src/tenders/service/ratings/actions.ts";
import { publishReport } from "../../src/tenders/service/reports/actions.ts";
import { enterRequest, stepRequest } from "../../src/tenders/service/requests/actions.ts";
import {
  listInspections,
  listRatingWords,
  listReports,
  reportFrom,
  serviceHistory,
} from "../../src/tenders/service/store.ts";
import { findTender } from "../../src/tenders/store.ts";
import { awardOf, PROVIDER, termsOf } from "../unit/tender-contract-of-test.ts";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import { must } from "./ledger-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";
import { actorOf, OWNERS_ROLL, ownerSignedIn, partyNamed } from "./owners-of-test.ts";
import { get, getJson } from "./public-of-test.ts";
import {
  AWARDED,
  at,
  awardedTender,
  PDF,
  PHOTO,
  runningTerms,
  SCRIPT,
  serving,
  signed,
} from "./tender-contracts-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
/** In the window of the third quarter. */
const RATING = at("2026-10-05");

async function withContract(rows: readonly string[] = OWNERS_ROLL, terms = runningTerms()) {
  const community = await makeCommunity({ name: "金桂苑" });
  await importFile(community, csvOf(...rows));
  const row = await signed(community, terms);
  return { community, row };
}
const sheet = (building: string, inspectedOn = "2026-09-10") => ({
  inspectedOn,
  building,
  items: [{ clause: "楼道", result: "partly" as const, note: "二楼有积水" }],
  corrects: null,
  why: "",
});

describe("inspection sheets", () => {
  test("one a building and month, of a building served, with photographs that are photographs", async () => {
    const { community, row } = await withContract();
    const scene = serving(community, "steward", at("2026-09-12"));
    const go = (asked: Parameters<typeof inspect>[2], photos = [PHOTO]) =>
      inspect(scene, row.contractId, asked, photos, newOnce());
    expect(reasonOf(await go(sheet("9栋")))).toBe("building_not_served");
    expect(reasonOf(await go(sheet("1栋"), [{ ...SCRIPT, name: "楼道.png" }]))).toBe("photo_refused");
    expect(reasonOf(await go(sheet("1栋"), [PDF]))).toBe("photo_not_image");
    expect(reasonOf(await go(sheet("1栋", "2026-09-13")))).toBe("inspection_ahead");
    must(await go(sheet("1栋")));
    expect(reasonOf(await go(sheet("1栋", "2026-09-11")))).toBe("inspected_already");
    must(await go(sheet("公共区域")));
    expect(reasonOf(await go({ ...sheet("1栋"), corrects: 1 }))).toBe("correction_why");
    expect(reasonOf(await go({ ...sheet("2栋"), corrects: 1, why: "看错" }))).toBe("unknown_inspection");
    must(
      await go({ ...sheet("1栋"), items: [{ clause: "楼道", result: "met", note: "" }], corrects: 1, why: "看错楼层" }),
    );
    expect(reasonOf(await go({ ...sheet("1栋"), corrects: 1, why: "再更正" }))).toBe("inspected_already");
    const [rows] = await scene.db.read(listInspections(scene, row.contractId, { from: "2026-09", to: "2026-09" }));
    expect(rows.map(({ building, correctedBy, points }) => [building, correctedBy, points])).toEqual([
      ["1栋", 3, 50],
      ["1栋", null, 100],
      ["公共区域", null, 50],
    ]);
  });

  test("a contract for some buildings is not inspected in others", async () => {
    const { community, row } = await withContract(OWNERS_ROLL, runningTerms({ buildings: ["2栋"] }));
    const scene = serving(community, "steward", at("2026-09-12"));
    expect(reasonOf(await inspect(scene, row.contractId, sheet("1栋"), [], newOnce()))).toBe("building_not_served");
    must(await inspect(scene, row.contractId, sheet("2栋"), [], newOnce()));
  });
});

describe("owners' ratings", () => {
  const rate = async (
    community: CommunityAddress,
    contractId: string,
    name: string,
    scores = [4],
    words = "",
    now = RATING,
  ) => rateService(sceneAt(community, now), actorOf(await partyNamed(community, name)), contractId, { scores, words });

  test("once a household and period, in its window, by owners who may act for their head", async () => {
    const { community, row } = await withContract();
    expect(reasonOf(await rate(community, row.contractId, "张三丰", [4], "", at("2026-10-16")))).toBe("no_rating_now");
    expect(reasonOf(await rate(community, row.contractId, "张三丰", [6]))).toBe("rating_scores");
    must(await rate(community, row.contractId, "张三丰", [4], "楼道很干净"));
    must(await rate(community, row.contractId, "张三丰", [4], "楼道很干净"));
    expect(reasonOf(await rate(community, row.contractId, "张三丰", [5]))).toBe("rated_already");
    expect(reasonOf(await rate(community, row.contractId, "王五妹"))).toBe("another_chosen");
    must(await rate(community, row.contractId, "李四光", [2]));
    expect(
      reasonOf(
        await rateService(sceneAt(community, RATING), actorOf("nobody" as never), row.contractId, {
          scores: [4],
          words: "",
        }),
      ),
    ).toBe("owner_without_head");
  });

  test("neither name, party nor words stand in the table or the record; two at once are one", async () => {
    const { community, row } = await withContract();
    const party = await partyNamed(community, "张三丰");
    const both = await Promise.all(
      [4, 5].map((score) => rate(community, row.contractId, "张三丰", [score], "物业小李态度好")),
    );
    expect(both.map(reasonOf).toSorted()).toEqual([null, "rated_already"]);
    const scene = sceneAt(community, RATING);
    const [stored, leaves] = await scene.db.read(
      scene.db.all(sql`SELECT * FROM tender_rating WHERE community_id = ${community.id}`),
      scene.db.all(sql`SELECT * FROM record_leaf WHERE community_id = ${community.id}`),
    );
    for (const text of [party, "张三丰", "小李"]) expect(JSON.stringify([stored, leaves])).not.toContain(text);
    const [words] = await scene.db.read(listRatingWords(scene, row.contractId, "2026Q3", 10));
    expect(await openRatingWords(scene, words[0]!)).toBe("物业小李态度好");
  });
});

describe("the report of a period", () => {
  test("computed, published once, after ratings closed; then nobody rates it, and the provider has its history", async () => {
    const { community, row } = await withContract(OWNERS_ROLL, runningTerms({ deduction: termsOf().deduction }));
    const { contractId } = row;
    const steward = serving(community, "steward", at("2026-09-12"));
    must(await inspect(steward, contractId, sheet("1栋"), [], newOnce()));
    const keeper = serving(community, "secretary", at("2026-09-02"));
    must(
      await enterRequest(
        keeper,
        contractId,
        { kind: "repair", what: "路灯不亮", place: "北门", reportedOn: "2026-09-01" },
        newOnce(),
      ),
    );
    expect(
      reasonOf(
        await enterRequest(
          keeper,
          contractId,
          { kind: "repair", what: "找13812345678", place: "", reportedOn: "2026-09-01" },
          newOnce(),
        ),
      ),
    ).toBe("request_names_a_person");
    const step = { requestNo: 1, step: "answered", onDay: "2026-09-02", words: "当天派人" } as const;
    must(await stepRequest(keeper, contractId, step));
    must(await stepRequest(keeper, contractId, step));
    expect(reasonOf(await stepRequest(keeper, contractId, { ...step, words: "改" }))).toBe("request_moved");
    for (const name of ["张三丰", "李四光", "刘小妹", "重庆便民超市有限公司"])
      must(
        await rateService(sceneAt(community, RATING), actorOf(await partyNamed(community, name)), contractId, {
          scores: [4],
          words: "",
        }),
      );
    const chair = (day: string) => serving(community, "chair", at(day));
    expect(reasonOf(await publishReport(chair("2026-10-15"), contractId, "2026Q3"))).toBe("report_early");
    expect(reasonOf(await publishReport(chair("2026-10-16"), contractId, "2026-09"))).toBe("report_period");
    must(await publishReport(chair("2026-10-16"), contractId, "2026Q3"));
    must(await publishReport(chair("2026-10-17"), contractId, "2026Q3"));
    const scene = sceneAt(community);
    const [reports, history] = await scene.db.read(
      listReports(scene, contractId),
      serviceHistory(scene, PROVIDER.code),
    );
    // Four households are too few: 50 by inspection at 50, 100 by answers at 20 make 64.28; 25 full points below 90 cost the most, a fifth.
    expect(reports.map(reportFrom)).toMatchObject([
      { period: "2026Q3", score: 6_428, deductFen: 1_250_000, figures: { households: 4, clauses: [] } },
    ]);
    expect(history).toMatchObject([{ number: 1, period: "2026Q3", score: 6_428 }]);
    expect(
      reasonOf(
        await rateService(sceneAt(community, RATING), actorOf(await partyNamed(community, "孙小美")), contractId, {
          scores: [4],
          words: "",
        }),
      ),
    ).toBe("nobody_chosen");
    expect(
      reasonOf(
        await rateService(sceneAt(community, RATING), actorOf(await partyNamed(community, "郑老伯")), contractId, {
          scores: [4],
          words: "",
        }),
      ),
    ).toBe("rating_late");
  });
});

describe("the pages", () => {
  const NOW = at("2026-11-20");

  test("the public reads contract, list, provider and API; a draft is not there", async () => {
    const community = await estate(9);
    expect(textOf(await (await stranger(NOW).get(`/c/${community.slug}/contracts`)).text())).toContain(
      "还没有服务合同",
    );
    const row = await signed(community);
    const slug = community.slug;
    const page = textOf((await get(`/c/${slug}/contracts/1`, NOW)).text);
    for (const words of [row.providerName, "快到期", "续聘或另选", "逾期未付清", "质量条款", "备案"])
      expect(page).toContain(words);
    expect(textOf((await get(`/c/${slug}/contracts`, NOW)).text)).toContain("2026 年度保洁服务合同");
    expect(textOf((await get(`/c/${slug}/providers/${PROVIDER.code}`, NOW)).text)).toContain("还没有公布过评价");
    expect((await get(`/c/${slug}/contracts/2`, NOW)).status).toBe(404);
    expect((await get(`/c/${slug}/contracts/1/service/2026Q3`, NOW)).status).toBe(404);
    expect(textOf((await get(`/c/${slug}/contracts/1`, at("2027-01-02"))).text)).toContain("不定期");
    expect(await getJson(`/api/communities/${slug}/contracts/1`, NOW)).toMatchObject({
      number: 1,
      standing: "expiring",
      priceFen: 25_000_000,
    });
    expect((await get(`/c/${slug}`, NOW)).text).toContain("谁在为小区服务");
    expect((await get(`/c/${slug}/calendar.ics`, NOW)).text).toContain("服务合同还有60天到期");
    const paper = await get(`/c/${slug}/contracts/1/files/${row.file.fileId}`, NOW);
    expect(paper.status).toBe(200);
  });

  test("drafted at the desk by the secretary, shown again with what is wrong, signed by the chair", async () => {
    const community = await estate(9);
    const { slug } = community;
    const secretary = await signedIn(community, "secretary", NOW);
    await secretary.get(`/c/${slug}/desk/contracts/new`);
    const action = `/c/${slug}/desk/contracts/new`;
    const hidden = secretary.hidden(action);
    const send = (values: Record<string, string>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...hidden, ...values })) form.set(name, value);
      form.set("file", new File([PDF.bytes as Uint8Array<ArrayBuffer>], "合同.pdf", { type: "application/pdf" }));
      return secretary.send(action, { method: "POST", headers: { origin: "http://localhost" }, body: form });
    };
    const values = {
      title: "2026 年度保洁服务合同",
      client: "金桂苑业主委员会",
      provider: PROVIDER.name,
      code: PROVIDER.code,
      service: "cleaning",
      scope: "公共部位每日保洁",
      lines: "每月保洁费 | 元/月 | 12 | 20000",
      plan: "2026-06-30 | 120000 | 半年\n2026-12-31 | 120000.01 | 年底",
      quality: "楼道 | 每日清扫一次",
      fromOn: "2026-01-01",
      toOn: "2026-12-31",
      noticeDays: "60",
      basisTitle: "业主大会决议〔2025〕3号",
      basisOn: "2025-12-01",
    };
    const refused = await send(values);
    expect(refused.status).toBe(422);
    const text = await refused.text();
    expect(textOf(text)).toContain("相差0.01元");
    expect(text).toContain("公共部位每日保洁");
    const saved = await send({ ...values, plan: "2026-06-30 | 120000 | 半年\n2026-12-31 | 120000 | 年底" });
    expect([saved.status, saved.headers.get("location")]).toEqual([303, `/c/${slug}/desk/contracts/1?done=1`]);
    const chair = await signedIn(community, "committee_chair", NOW);
    await chair.get(`/c/${slug}/desk`);
    expect(textOf(chair.page)).toContain("签订服务合同");
    await chair.get(`/c/${slug}/desk/contracts/1`);
    const sign = await chair.submit(`/c/${slug}/desk/contracts/1/sign`, { signedOn: "2026-11-20" });
    expect(sign.status).toBe(303);
    await chair.get(`/c/${slug}/desk/contracts/1/service`);
    expect(textOf(chair.page)).toContain("还没有巡查表");
    await secretary.get(`/c/${slug}/desk/contracts/1/change`);
    expect(textOf(secretary.page)).toContain("变更或延长");
    await secretary.get(`/c/${slug}/desk/contracts/1`);
    const ending = await secretary.submit(`/c/${slug}/desk/contracts/1/ending`, {
      kind: "dismissed",
      bySide: "owners",
      noticedOn: "2026-11-20",
      endsOn: "2026-12-31",
      why: "不满意",
    });
    expect([ending.status, textOf(secretary.page).includes("第九百四十六条")]).toEqual([422, true]);
  });

  test("from an award to the signature: nobody types price or term, and the tender says who serves", async () => {
    const community = await estate(9);
    const { slug } = community;
    const { tenderId, number } = await awardedTender(community, schemeOf());
    const scene = sceneAt(community);
    const { name, code, prices } = awardOf();
    // What the owners chose is another part's to prove; here it is only that a contract starts from it.
    await scene.db.write([scene.db.run(sql`DROP TRIGGER tender_award_of_owners`)]);
    must(
      await scene.db.write([
        insertAward(scene, {
          tenderId,
          lotNo: 1,
          bidderId: "bidder",
          bidderNo: 1,
          name,
          code,
          prices: JSON.stringify(prices),
          totalHundredths: 2_500_000_000,
          meetingId: "meeting",
          itemNo: 1,
          awardedAt: AWARDED,
          leafHash: "",
        }),
      ]),
    );
    const now = at("2026-12-10");
    const secretary = await signedIn(community, "secretary", now);
    await secretary.get(`/c/${slug}/desk/tenders/${number}`);
    expect(textOf(secretary.page)).toContain("起草服务合同");
    await secretary.open(`/c/${slug}/desk/tenders/${number}/contract`);
    for (const words of [name, "2027-01-01至2027-12-31", "20,000.00"]) expect(textOf(secretary.page)).toContain(words);
    const action = `/c/${slug}/desk/contracts/new?tender=${number}&amp;lot=1`;
    const send = (values: Record<string, string>) => {
      const form = new FormData();
      const plan = termsOf().plan.map(({ dueOn, amountFen }) => `${dueOn} | ${amountFen / 100} | 评价后`);
      const typed = {
        title: "2027 年度保洁",
        client: "业委会",
        plan: plan.join("\n"),
        quality: "楼道 | 每日清扫一次，每周拖洗一次",
      };
      for (const [field, value] of Object.entries({ ...secretary.hidden(action), ...typed, ...values }))
        form.set(field, value);
      form.set("file", new File([PDF.bytes as Uint8Array<ArrayBuffer>], "合同.pdf"));
      return secretary.send(action.replace("&amp;", "&"), {
        method: "POST",
        headers: { origin: "http://localhost" },
        body: form,
      });
    };
    const without = await send({ quality: "绿化 | 每周浇水" });
    expect([without.status, textOf(await without.text()).includes("第四十六条")]).toEqual([422, true]);
    expect((await send({})).headers.get("location")).toBe(`/c/${slug}/desk/contracts/1?done=1`);
    const chair = await signedIn(community, "committee_chair", now);
    await chair.get(`/c/${slug}/desk/contracts/1`);
    expect((await chair.submit(`/c/${slug}/desk/contracts/1/sign`, { signedOn: "2026-12-10" })).status).toBe(303);
    const page = textOf((await get(`/c/${slug}/contracts/1`, now)).text);
    for (const words of ["250,000.00元", "书面签订", "按期完成"]) expect(page).toContain(words);
    const [rows] = await scene.db.read(findTender(scene, tenderId));
    expect(rows[0]!.state).toBe("contracted");
    expect(await getJson(`/c/${slug}/tenders/${number}/ocds.json`, now)).toMatchObject({
      releases: [
        {
          tag: ["tender", "award", "contract"],
          contracts: [
            {
              awardID: "award-1",
              status: "active",
              value: { amount: 250_000, currency: "CNY" },
              milestones: termsOf().plan.map(({ amountFen }) => ({ value: { amount: amountFen / 100 } })),
            },
          ],
        },
      ],
    });
  });

  test("an owner rates in their corner; the same form again is the same rating", async () => {
    const { community } = await withContract();
    const owner = await ownerSignedIn(community, "张三丰", RATING);
    await owner.get(`/c/${community.slug}/my`);
    expect(textOf(owner.page)).toContain("给物业服务评分");
    const action = `/c/${community.slug}/my/service/1`;
    await owner.get(action);
    expect((await owner.submit(action, {})).status).toBe(422);
    expect((await owner.submit(action, { score0: "4" })).status).toBe(303);
    await owner.get(action);
    expect((await owner.submit(action, { score0: "4" })).status).toBe(303);
    await owner.get(action);
    const second = await owner.submit(action, { score0: "1" });
    expect([second.status, textOf(owner.page).includes("每户每期一次")]).toEqual([409, true]);
  });

  test("the report stands in public with its formula, and on a sheet with a code", async () => {
    const community = await estate(9, manyRows(9));
    const row = await signed(community, runningTerms({ deduction: termsOf().deduction }));
    const steward = serving(community, "steward", at("2026-09-12"));
    must(
      await inspect(
        steward,
        row.contractId,
        { ...sheet("公共区域"), items: [{ clause: "楼道", result: "failed", note: "无人打扫" }] },
        [],
        newOnce(),
      ),
    );
    must(await publishReport(serving(community, "chair", at("2026-10-16")), row.contractId, "2026Q3"));
    const base = `/c/${community.slug}/contracts/1/service/2026Q3`;
    const page = textOf((await get(base, NOW)).text);
    for (const words of ["2026年第3季度", "0.00", "公式", "应扣12,500.00元", "无人打扫"]) expect(page).toContain(words);
    const sheetPage = await get(`${base}/print`, NOW);
    expect([sheetPage.status, sheetPage.text.includes('class="qr"')]).toEqual([200, true]);
    expect((await get(`/c/${community.slug}/feed.atom`, NOW)).text).toContain("服务评价");
  });
});
