/** The books through their pages: a treasurer drafts, an accountant posts, a neighbour reads, and what is typed wrong is said beside its field. */
import { describe, expect, test } from "vitest";
import { dayOf, startOf } from "../../src/kernel/day.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { T0 } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";

const keepers = [
  ...OFFICERS,
  {
    post: "treasurer" as const,
    name: "钱出纳",
    phone: "13800000021",
    act: "engagement" as const,
    document: "聘用合同",
  },
  {
    post: "accountant" as const,
    name: "孙会计",
    phone: "13800000022",
    act: "engagement" as const,
    document: "聘用合同",
  },
];
const NOW = T0 + 3_600_000;
const TODAY = dayOf(NOW);
const MONTH = TODAY.slice(0, 7);

const at = (community: CommunityAddress, post: PostKind) => signedIn(community, post, NOW);
const base = (community: CommunityAddress) => `/c/${community.slug}`;

async function opened(): Promise<CommunityAddress> {
  const community = await makeStaffedCommunity(keepers);
  const accountant = await at(community, "accountant");
  const form = `${base(community)}/desk/ledger/books/new`;
  await accountant.get(form);
  const answer = await accountant.submit(form, { book: "common", from: MONTH });
  expect(answer.status).toBe(303);
  return community;
}

const RENT = {
  on: TODAY,
  text: "商铺租金",
  counterparty: "张小明",
  isPerson: "yes",
  "lines[0].account": "1002.01",
  "lines[0].side": "debit",
  "lines[0].amount": "1,234.50",
  "lines[1].account": "4001.03",
  "lines[1].side": "credit",
  "lines[1].amount": "１２３４．５",
};

describe("a voucher's way", () => {
  test("from the treasurer's form to the neighbour's page", async () => {
    const community = await opened();
    const treasurer = await at(community, "treasurer");
    const form = `${base(community)}/desk/ledger/common/new`;
    await treasurer.get(form);
    const drafted = await treasurer.submit(form, RENT);
    expect(drafted.status).toBe(303);
    const page = drafted.headers.get("location")!.split("?")[0]!;
    const waiting = textOf(await (await treasurer.get(page)).text());
    expect(waiting).toContain("待复核");
    expect(waiting).toContain("张小明");
    const accountant = await at(community, "accountant");
    expect(textOf(await (await accountant.get(`${base(community)}/desk/ledger`)).text())).toContain(
      "商铺租金 · 1,234.50元",
    );
    await accountant.get(page);
    expect((await accountant.submit(`${page}/review`)).status).toBe(303);
    const neighbour = stranger(NOW);
    const month = textOf(await (await neighbour.get(`${base(community)}/accounts/common/${MONTH}`)).text());
    for (const words of ["商铺租金", "1,234.50", "还没有结账"]) expect(month).toContain(words);
    const voucher = textOf(await (await neighbour.get(`${base(community)}/accounts/common/${MONTH}/1`)).text());
    expect(voucher).toContain("张*");
    expect(voucher).not.toContain("小明");
    expect((await neighbour.get(`${base(community)}/accounts/common/${MONTH}/of/4001.03`)).status).toBe(200);
    expect(textOf(await (await neighbour.get(`${base(community)}/accounts`)).text())).toContain("2026年11月");
  });

  test("what is typed wrong is said beside its line, and nothing is lost or drafted", async () => {
    const community = await opened();
    const treasurer = await at(community, "treasurer");
    const form = `${base(community)}/desk/ledger/common/new`;
    const cases: [Record<string, string>, string][] = [
      [{ "lines[1].amount": "1234.51" }, "相差0.01元"],
      [{ "lines[1].amount": "1.005" }, "金额最多两位小数"],
      [{ "lines[1].amount": "一千" }, "金额没有看懂"],
      [{ "lines[1].amount": "9007199254740993" }, "金额太大"],
      [{ "lines[0].amount": "0", "lines[1].amount": "0.00" }, "金额要大于0"],
      [{ "lines[0].amount": "-1234.50", "lines[1].amount": "-1234.50" }, "金额要大于0"],
      [{ "lines[1].account": "", "lines[1].amount": "" }, "至少2行"],
      [{ "lines[1].account": "4001" }, "请选它下面的明细"],
      [{ "lines[1].account": "9999" }, "请选择科目"],
      [{ on: "2099-01-01" }, "不能晚于今天"],
      [{ on: "2020-01-01" }, `这本账从${MONTH}开始`],
      [{ "lines[1].account": "" }, "请选择科目"],
      [{ on: "2026-02-30" }, "日期写成"],
      [{ text: " " }, "请写摘要"],
      [{ "lines[0].account": "5001.03", "lines[1].account": "1002.01" }, "支出要附发票"],
    ];
    for (const [wrong, words] of cases) {
      await treasurer.get(form);
      const answer = await treasurer.submit(form, { ...RENT, ...wrong });
      expect(answer.status, words).toBe(422);
      const text = textOf(await answer.text());
      expect(text).toContain(words);
    }
    expect(textOf(await (await treasurer.get(`${base(community)}/desk/ledger`)).text())).not.toContain("商铺租金");
  });

  test("a photograph that is a script is refused by its content, and nothing is kept of it", async () => {
    const community = await opened();
    const treasurer = await at(community, "treasurer");
    const form = `${base(community)}/desk/ledger/common/new`;
    const html = await (await treasurer.get(form)).text();
    const body = new FormData();
    for (const [, name, value] of html.matchAll(/<input type="hidden" name="(_\w+)" value="([^"]*)"/g))
      body.set(name!, value!);
    for (const [name, value] of Object.entries(RENT)) body.set(name, value);
    const script = new TextEncoder().encode("<script>alert(1)</script>");
    body.set("files", new File([script], "发票.jpg", { type: "image/jpeg" }));
    const answer = await treasurer.send(form, { method: "POST", body });
    expect(answer.status).toBe(422);
    expect(textOf(await answer.text())).toContain("“发票.jpg”不是照片或 PDF");
    expect(textOf(await (await treasurer.get(`${base(community)}/desk/ledger`)).text())).not.toContain("商铺租金");
  });

  test("one more line keeps what was typed", async () => {
    const community = await opened();
    const treasurer = await at(community, "treasurer");
    const form = `${base(community)}/desk/ledger/common/new`;
    await treasurer.get(form);
    const answer = await treasurer.submit(form, { ...RENT, act: "more" });
    const html = await answer.text();
    expect(html).toContain('name="lines[2].amount"');
    expect(html).toContain('value="1,234.50"');
  });
});

describe("the public pages", () => {
  test("of a community without books say what will stand there; months and vouchers that are not there are not found", async () => {
    const community = await makeStaffedCommunity();
    const neighbour = stranger(NOW);
    expect(textOf(await (await neighbour.get(`${base(community)}/accounts`)).text())).toContain("还没有账目");
    const kept = await opened();
    for (const path of [
      `common/2020-01`,
      `common/2099-01`,
      `fund/${MONTH}`,
      `common/${MONTH}/1`,
      `common/${MONTH}/x`,
      `common/13`,
      `common/${MONTH}/of/9999`,
    ])
      expect((await neighbour.get(`${base(kept)}/accounts/${path}`)).status, path).toBe(404);
    expect(startOf(TODAY)).toBeLessThan(NOW);
  });
});

describe("a distribution's pages", () => {
  test("say what there is to use, refuse a plan beside its field, and are not found before they stand", async () => {
    const community = await opened();
    const treasurer = await at(community, "treasurer");
    const desk = `${base(community)}/desk/ledger/distributions`;
    expect(textOf(await (await treasurer.get(desk)).text())).toContain("还没有结账的月份");
    await treasurer.get(`${desk}/new`);
    const answer = await treasurer.submit(`${desk}/new`, { toFund: "1", toOwners: "一百" });
    expect(answer.status).toBe(422);
    expect(textOf(await answer.text())).toContain("金额写成");
    await treasurer.get(`${desk}/new`);
    const without = await treasurer.submit(`${desk}/new`, { toFund: "1" });
    expect(textOf(await without.text())).toContain("请附上业主大会的决定或方案");
    const neighbour = stranger(NOW);
    expect((await neighbour.get(`${base(community)}/accounts/distributions`)).status).toBe(200);
    for (const number of ["1", "0", "x"])
      expect((await neighbour.get(`${base(community)}/accounts/distributions/${number}`)).status).toBe(404);
  });
});
