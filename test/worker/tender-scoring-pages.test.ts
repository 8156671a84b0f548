/** The pages from the opened bids to the award, walked as people walk them: the desk, a member's own link, and what everybody reads. */
import { beforeAll, describe, expect, test } from "vitest";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { findMessageKind } from "../../src/platform/outbox/kinds.ts";
import { PANEL_LINK } from "../../src/tenders/scoring/panel/links.ts";
import { pointsField, reasonField } from "../../src/tenders/scoring/problems.ts";
import { type Report, recompute } from "../../src/tenders/scoring/result/report.ts";
import type { LotResult } from "../../src/tenders/scoring/result/rules.ts";
import { sceneAt } from "./community-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import type { Browser } from "./offices-of-test.ts";
import { openedTender, pooled, sittingOf, type TenderOfTest, tenderRow } from "./tender-scoring-of-test.ts";

let community: CommunityAddress;
let tender: TenderOfTest;
let desk: string;
let secretary: Browser;
let chair: Browser;

beforeAll(async () => {
  community = await estate(30);
  secretary = await signedIn(community, "secretary");
  chair = await signedIn(community, "committee_chair");
});

/** The address in the message to a member, below the host. */
async function linkOf(memberNo: number, generation = 1): Promise<string> {
  const { tenderId } = tender;
  const said = await findMessageKind(PANEL_LINK)!.render(
    sceneAt(community),
    { tender: tenderId, member: memberNo, generation },
    `${tenderId}:${memberNo}`,
  );
  if ("skip" in said) throw new Error(said.skip);
  return /https?:\/\/[^/]+(\/\S+)/.exec(said.text)![1]!;
}

const go = async (browser: Browser, path: string): Promise<string> => {
  const response = await browser.get(path);
  expect(response.status, path).toBe(200);
  return textOf(browser.page);
};

/** Posts as the form of the page the browser last read would. A list is ticked one by one. */
async function post(
  browser: Browser,
  path: string,
  values: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<Response> {
  const token = /name="_form" value="([^"]*)"/.exec(browser.page)?.[1] ?? "";
  const body = new URLSearchParams({ _form: token });
  for (const [name, value] of Object.entries(values))
    for (const one of Array.isArray(value) ? value : [value]) body.append(name, one as string);
  const response = await browser.send(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost" },
    body: body.toString(),
  });
  if (!response.headers.has("location")) browser.page = await response.clone().text();
  return response;
}

describe("from the opened bids to the candidates", () => {
  test("the secretary fills the pool; a faulty entry stays in its form", async () => {
    const experts = `/c/${community.slug}/desk/tenders/experts`;
    expect(await go(secretary, experts)).toContain("专家库是空的");
    const bad = await post(secretary, experts, { name: "张三", phone: "12", speciality: "工程", source: "库" });
    expect(bad.status).toBe(422);
    expect(textOf(secretary.page)).toContain("请填11位手机号");
    expect(secretary.page).toContain("张三");
    await pooled(community, 8);
    const page = await go(secretary, experts);
    expect(page).toContain("在库8人");
    expect(page).toContain("专家一");
    // Who decides does not see the names.
    expect(await go(chair, experts)).not.toContain("专家一");
  });

  test("the chair commits to the seeds, draws, and names the representative", async () => {
    tender = await openedTender(community, { hasDocuments: true });
    desk = `/c/${community.slug}/desk/tenders/${tender.number}`;
    expect(await go(chair, `${desk}/panel`)).toContain("先封存种子");
    expect((await post(chair, `${desk}/panel/draw`, {})).status).toBe(409);
    expect(textOf(chair.page)).toContain("还没有封存抽签种子");
    for (const path of ["/prepare", "/draw"]) expect((await post(chair, `${desk}/panel${path}`, {})).status).toBe(303);
    await go(chair, `${desk}/panel`);
    const named = await post(chair, `${desk}/panel/representatives`, {
      name: "李四",
      phone: "13900000001",
      _once: "r1-of-the-form",
    });
    expect(named.status).toBe(303);
    expect((await sittingOf(tender)).map(({ kind }) => kind)).toEqual([
      "expert",
      "expert",
      "expert",
      "expert",
      "representative",
    ]);
    const seen = await go(stranger(), `/c/${community.slug}/tenders/${tender.number}/panel-draw`);
    expect(seen).toContain("与公布的一致");
    expect(seen).not.toMatch(/专家[一-鿿]{1}　|李四/);
    const other = await go(
      stranger(),
      `/c/${community.slug}/tenders/${tender.number}/panel-draw?seed=${"00".repeat(32)}`,
    );
    expect(other).toContain("不是封存的种子");
  });

  test("a member opens the link, declares, and one who is tied is replaced", async () => {
    const [first, ...others] = await sittingOf(tender);
    const tied = stranger();
    expect((await tied.get(await linkOf(first!.memberNo))).status).toBe(303);
    expect(await go(tied, `/c/${community.slug}/panel`)).toContain("先申报利害关系");
    expect((await tied.send(`/c/${community.slug}/panel/documents/1/1`)).status).toBe(404);
    expect((await post(tied, `/c/${community.slug}/panel/declare`, { tied: "yes", why: "" })).status).toBe(422);
    expect(
      (await post(tied, `/c/${community.slug}/panel/declare`, { tied: "yes", why: "姐姐是投标人的员工" })).status,
    ).toBe(303);
    expect((await tied.get(`/c/${community.slug}/panel`)).status).toBe(404);
    const sitting = await sittingOf(tender);
    expect(sitting).toHaveLength(5);
    expect(sitting.map(({ memberNo }) => memberNo)).not.toContain(first!.memberNo);
    for (const { memberNo } of sitting) {
      const member = stranger();
      await member.get(await linkOf(memberNo));
      await go(member, `/c/${community.slug}/panel`);
      expect((await post(member, `/c/${community.slug}/panel/declare`, { tied: "no" })).status).toBe(303);
    }
    expect(others.length).toBe(4);
    expect((await stranger().get(`/c/${community.slug}/panel/link/${"0".repeat(32)}`)).status).toBe(404);
  });

  test("the bids are examined, each with its reason, and the examination is decided", async () => {
    const page = await go(secretary, `${desk}/examine`);
    expect(page).toContain("待审查");
    // Who examines reads the documents of each bid; the witness, who saw the seals broken, does not (nor does a stranger).
    const document = `${desk}/opening/documents/1/4`;
    expect(secretary.page).toContain(`href="${document}"`);
    expect(await (await secretary.send(document)).text()).toContain("1:4");
    expect((await (await signedIn(community, "supervisor")).get(document)).status).not.toBe(200);
    expect((await stranger().get(document)).status).not.toBe(200);
    expect(await go(secretary, `${desk}/examine/1/4`)).toContain("登记时提交的证照");
    expect(secretary.page).toContain(`href="${document}"`);
    const bad = await post(secretary, `${desk}/examine/1/4`, { shown: "business_licence", voidWhy: "" });
    expect(bad.status).toBe(422);
    for (const bidder of [1, 2, 3])
      expect(
        (
          await post(secretary, `${desk}/examine/1/${bidder}`, {
            shown: ["business_licence", "credit_clean"],
            voidWhy: "",
          })
        ).status,
      ).toBe(303);
    await go(chair, `${desk}/examine`);
    expect((await post(chair, `${desk}/examine`, {})).status).toBe(409);
    await secretary.get(`${desk}/examine/1/4`);
    expect(
      (await post(secretary, `${desk}/examine/1/4`, { shown: "business_licence", voidWhy: "信用有严重失信记录" }))
        .status,
    ).toBe(303);
    await go(chair, `${desk}/examine`);
    expect((await post(chair, `${desk}/examine`, {})).status).toBe(303);
    expect(await tenderRow(tender)).toMatchObject({ state: "qualified" });
    expect(await go(stranger(), `/c/${community.slug}/tenders/${tender.number}`)).toContain("信用有严重失信记录");
  });

  test("facts, sheets and the result: each member scores through the link, and reveals when all are in", async () => {
    const slug = community.slug;
    await go(secretary, `${desk}/facts`);
    const at = (bidderNo: number, criterion: string) => ({ lotNo: 1, bidderNo, criterion });
    const facts = (points: string) =>
      Object.fromEntries(
        [1, 2, 3].flatMap((no) => [
          [pointsField(at(no, "record")), points],
          [reasonField(at(no, "record")), "合同复印件三份"],
        ]),
      );
    expect((await post(secretary, `${desk}/facts`, facts("20.01"))).status).toBe(422);
    expect(textOf(secretary.page)).toContain("分数要在0到20.00之间");
    expect((await post(secretary, `${desk}/facts`, facts("15"))).status).toBe(303);
    await go(chair, `${desk}/scoring`);
    expect((await post(chair, `${desk}/scoring/open`, {})).status).toBe(303);
    const sheet = (points: readonly string[]) =>
      Object.fromEntries(
        points.flatMap((one, i) => [
          [pointsField(at(i + 1, "plan")), one],
          [reasonField(at(i + 1, "plan")), "人员和班次写得清楚"],
        ]),
      );
    const browsers: Browser[] = [];
    for (const { memberNo } of await sittingOf(tender)) {
      const member = stranger();
      browsers.push(member);
      await member.get(await linkOf(memberNo));
      await go(member, `/c/${slug}/panel/sheet`);
      expect((await post(member, `/c/${slug}/panel/sheet`, sheet(["40.5", "1", ""]))).status).toBe(422);
      expect(member.page).toContain("40.5");
      const mine = `/c/${slug}/panel/documents/1`;
      expect(member.page).toContain(`href="${mine}/1"`);
      expect(await (await member.send(`${mine}/1`)).text()).toContain("1:1");
      // What is void is not compared, and not read either.
      expect((await member.send(`${mine}/4`)).status).toBe(404);
      expect((await post(member, `/c/${slug}/panel/sheet`, sheet(["36", "32.5", "30"]))).status).toBe(200);
      expect(textOf(member.page)).toContain("核对评分表");
      expect((await post(member, `/c/${slug}/panel/commit`, sheet(["36", "32.5", "30"]))).status).toBe(303);
    }
    for (const member of browsers) {
      expect(await go(member, `/c/${slug}/panel`)).toContain("请揭开");
      expect((await post(member, `/c/${slug}/panel/reveal`, {})).status).toBe(303);
    }
    await go(chair, `${desk}/scoring`);
    expect((await post(chair, `${desk}/scoring/score`, {})).status).toBe(303);
    // Not before the candidates are published.
    expect((await stranger().get(`/c/${slug}/tenders/${tender.number}/report`)).status).toBe(404);
    expect((await stranger().get(`/c/${slug}/tenders/${tender.number}/report.json`)).status).toBe(404);
    const evaluation = async () => {
      const answer = await stranger().get(`/api/communities/${slug}/tenders/${tender.number}/evaluation`);
      expect(answer.status).toBe(200);
      return (await answer.json()) as {
        criteria: { weight: number }[];
        panel: { size: number; revealed: number };
        lots: { ranked: { total: number; parts: { points: number }[] }[]; candidates: number[] }[] | null;
        sheets: { given: { reason: string }[] }[] | null;
        report: { sha256: string } | null;
      };
    };
    expect(await evaluation()).toMatchObject({
      panel: { size: 5, revealed: 5 },
      lots: null,
      sheets: null,
      report: null,
    });
    expect((await post(chair, `${desk}/scoring/publish`, {})).status).toBe(303);
    const told = await evaluation();
    expect(told.criteria.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    for (const { total, parts } of told.lots![0]!.ranked)
      expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(total);
    expect([told.sheets!.length, told.sheets![0]!.given[0]!.reason]).toEqual([5, "人员和班次写得清楚"]);
    const report = await go(stranger(), `/c/${slug}/tenders/${tender.number}/report`);
    expect(report).toContain("人员和班次写得清楚");
    expect(report).toContain("李四");
    const json = stranger();
    const response = await json.get(`/c/${slug}/tenders/${tender.number}/report.json`);
    const data = JSON.parse(json.page) as { report: Report; results: LotResult[] };
    expect(response.headers.get("content-type")).toContain("json");
    expect(told.report!.sha256).toBe((JSON.parse(json.page) as { sha256: string }).sha256);
    expect(recompute(data.report)).toEqual({ ok: true, value: data.results });
    const candidate = await go(stranger(), `/c/${slug}/tenders/${tender.number}/lots/1/candidates/1`);
    expect(candidate).toContain("第1物业服务有限公司");
    expect((await stranger().get(`/c/${slug}/tenders/${tender.number}/lots/1/candidates/4`)).status).toBe(404);
    for (const lang of ["zh", "en"]) {
      const page = await go(stranger(), `/c/${slug}/tenders/${tender.number}?lang=${lang}`);
      expect(page).toContain("第1物业服务有限公司");
    }
  });

  test("the candidates are put to a meeting from the desk, and taken back", async () => {
    const page = await go(secretary, `${desk}/decision`);
    expect(page).toContain("现在还不能发会议公告");
    expect((await post(secretary, `${desk}/decision`, { meeting: "new", _once: "p1-of-the-form" })).status).toBe(303);
    expect(await go(secretary, `${desk}/decision`)).toContain("撤回的原因");
    expect(
      (await post(secretary, `${desk}/decision/1/1/take-back`, { why: "改期", _once: "p2-of-the-form" })).status,
    ).toBe(303);
    expect(await go(secretary, `${desk}/decision`)).toContain("已撤回");
  });
});
