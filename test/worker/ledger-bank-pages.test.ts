/** The bank at the desk, through its pages: an account in the owners' name, a statement with columns nobody knows, pairs confirmed and undone, and the sheet. */
import { describe, expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import { openBook } from "../../src/ledger/books/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import type { PostKind } from "../../src/offices/rules.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { T0 } from "./community-of-test.ts";
import { signedIn, textOf } from "./desk-of-test.ts";
import { keeping, must, posted, rentOf } from "./ledger-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";
import { type Browser, makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";

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
const NOW = Math.max(T0 + 3_600_000, startOf("2026-11-24"));
const at = (community: CommunityAddress, post: PostKind) => signedIn(community, post, NOW);
const base = (community: CommunityAddress) => `/c/${community.slug}/desk/ledger/bank`;
const ACCOUNT = {
  place: "common/1002.01",
  holder: "assembly",
  holderName: "金桂苑业主大会",
  bank: "某银行璧山支行",
  number: "6222 0000 1111 2222",
};
/** A form with a file, as a browser sends it: with the hidden fields of the page. */
async function upload(browser: Browser, action: string, file: File): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(browser.hidden(action))) form.set(name, value);
  form.set("file", file);
  const response = await browser.send(action, { method: "POST", headers: { origin: "http://localhost" }, body: form });
  if (!response.headers.has("location")) browser.page = await response.clone().text();
  return response;
}
const csv = (text: string) => new File([new TextEncoder().encode(text)], "11月.csv", { type: "text/csv" });
const KNOWN =
  '交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,流水号\r\n20261120,租金,,"1,000.00","1,000.00",张小明,1\r\n';

async function opened(): Promise<{ community: CommunityAddress; href: string }> {
  const community = await makeStaffedCommunity(keepers);
  must(await openBook(keeping(community, "accountant"), { book: "common", from: "2026-11" }, newOnce()));
  const accountant = await at(community, "accountant");
  await accountant.get(base(community));
  const answer = await accountant.submit(base(community), ACCOUNT);
  expect(answer.status).toBe(303);
  return { community, href: answer.headers.get("location")!.split("?")[0]! };
}

describe("an account", () => {
  test("in a person's or the provider's name is refused beside its field, and the number is never shown whole", async () => {
    const { community, href } = await opened();
    const other = await makeStaffedCommunity(keepers);
    must(await openBook(keeping(other, "accountant"), { book: "common", from: "2026-11" }, newOnce()));
    const accountant = await at(other, "accountant");
    for (const [holderName, words] of [
      ["张小明", "不像业主大会"],
      ["某某物业服务有限公司", "企业或别人的账户"],
      ["", "请写户名"],
    ]) {
      await accountant.get(base(other));
      const answer = await accountant.submit(base(other), { ...ACCOUNT, holderName: holderName! });
      expect(answer.status).toBe(422);
      expect(textOf(await answer.text())).toContain(words);
    }
    const page = await (await (await at(community, "accountant")).get(href)).text();
    expect(page).toContain("****2222");
    expect(page).not.toContain("62220000");
    expect((await (await at(community, "accountant")).get(`${base(community)}/nothing`)).status).toBe(404);
  });
});

describe("a statement", () => {
  test("is taken in once, its payers shown to officers only", async () => {
    const { community, href } = await opened();
    const treasurer = await at(community, "treasurer");
    for (const [added, known] of [
      [1, 0],
      [0, 1],
    ]) {
      await treasurer.get(href);
      const answer = await upload(treasurer, `${href}/statement`, csv(KNOWN));
      expect(answer.headers.get("location")).toBe(`${href}?added=${added}&known=${known}`);
    }
    expect(textOf(await (await treasurer.get(href)).text())).toContain("张小明");
  });

  test("of many lines says how far it is, goes on when asked, and again when the same file is sent", async () => {
    const { community, href } = await opened();
    const treasurer = await at(community, "treasurer");
    const rows = Array.from({ length: 5_200 }, (_, line) => `20261120,停车,,1.00,,车主,${line}`);
    const file = () => csv(["交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,流水号", ...rows].join("\r\n"));
    const running = `${href}/running`;
    for (const _ of ["sent", "sent again in the middle"]) {
      await treasurer.get(href);
      expect((await upload(treasurer, `${href}/statement`, file())).headers.get("location")).toBe(running);
    }
    expect(textOf(await (await treasurer.get(href)).text())).toContain("“11月.csv”正在导入：5200笔里已有2500笔");
    const page = textOf(await (await treasurer.get(running)).text());
    for (const words of ["11月.csv", "还有2700笔", "可以关掉这个页面"]) expect(page).toContain(words);
    expect((await treasurer.submit(running, {})).headers.get("location")).toBe(running);
    expect(textOf(await (await treasurer.get(running)).text())).toContain("还有200笔");
    expect((await treasurer.submit(running, {})).headers.get("location")).toBe(`${href}?added=5200&known=0`);
    expect(textOf(await (await treasurer.get(running)).text())).toContain("全部导入了");
  });

  test("with columns nobody knows asks what each is, keeps the file, and remembers the answer", async () => {
    const { community, href } = await opened();
    const treasurer = await at(community, "treasurer");
    const odd = (day: string, amount: string) => csv(`何时,几何,何故\r\n${day},${amount},租金\r\n`);
    await treasurer.get(href);
    const asked = await upload(treasurer, `${href}/statement`, odd("2026-11-20", "1000.00"));
    expect(asked.status).toBe(422);
    const html = await asked.text();
    expect(textOf(html)).toContain("每一列是什么");
    const held = /name="held" value="([^"]*)"/.exec(html)![1]!;
    const columns = { "column.day": "0", "column.amount": "1", "column.summary": "2" };
    const twice = await treasurer.submit(`${href}/statement`, {
      ...columns,
      "column.summary": "1",
      held,
      name: "x.csv",
    });
    expect(textOf(await twice.text())).toContain("同一列不能用两次");
    const taken = await treasurer.submit(`${href}/statement`, { ...columns, held, name: "x.csv" });
    expect(taken.headers.get("location")).toContain("added=1");
    await treasurer.get(href);
    const again = await upload(treasurer, `${href}/statement`, odd("2026-11-21", "-5.00"));
    expect(again.headers.get("location")).toContain("added=1");
  });

  test("that is no statement, or has faulty rows, is refused saying which row and nothing is kept", async () => {
    const { community, href } = await opened();
    const treasurer = await at(community, "treasurer");
    const cases: [string, string][] = [
      ["", "文件是空的"],
      ["一句话", "没有找到表头"],
      [KNOWN.replace("20261120", "2026-13-40"), "第2行：日期"],
      [KNOWN.replace('"1,000.00"', "1.005"), "第2行：金额"],
    ];
    for (const [text, words] of cases) {
      await treasurer.get(href);
      const answer = await upload(treasurer, `${href}/statement`, csv(text));
      expect(answer.status, words).toBe(422);
      expect(textOf(await answer.text())).toContain(words);
    }
    expect(textOf(await (await treasurer.get(href)).text())).toContain("还没有流水");
  });
});

describe("matching", () => {
  test("is confirmed with what was suggested, undone, and the sheet says what explains the difference", async () => {
    const { community, href } = await opened();
    await posted(community, rentOf(100_000));
    const treasurer = await at(community, "treasurer");
    await treasurer.get(href);
    await upload(treasurer, `${href}/statement`, csv(KNOWN));
    const sheet = async () => textOf(await (await treasurer.get(`${href}/reconciliation?on=2026-11-24`)).text());
    expect(await sheet()).toContain("一致");
    const html = await (await treasurer.get(`${href}/matching`)).text();
    const pair = /name="pair" value="([^"]+)"/.exec(html)![1]!;
    const form = treasurer.hidden(`${href}/matching`);
    const nothing = await treasurer.submit(`${href}/matching`, {});
    expect(textOf(await nothing.text())).toContain("没有选择");
    expect((await treasurer.submit(`${href}/matching`, { pair })).status).toBe(303);
    expect((await treasurer.post(`${href}/matching`, { ...form, pair })).status).toBe(409);
    expect(textOf(await (await treasurer.get(`${href}/matching`)).text())).toContain("全部对上了");
    const line = /name="line" value="([^"]+)"/.exec(await (await treasurer.get(href)).text())![1]!;
    expect((await treasurer.submit(`${href}/undo`, { line })).headers.get("location")).toContain("/matching");
    expect((await treasurer.post(`${href}/undo`, { ...form, line })).status).toBe(404);
    expect(textOf(await (await treasurer.get(`${href}/matching`)).text())).toContain("看起来是同一笔");
    expect(await sheet()).toContain("一致");
    must(
      await closePeriod(keeping(community, "accountant", startOf("2026-12-02")), { book: "common", period: "2026-11" }),
    );
  });
});
