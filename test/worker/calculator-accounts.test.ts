/** The statement calculator over HTTP: what follows from a notice's figures, what does not, and what cannot be read. */
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { T0, testEnv } from "./community-of-test.ts";

const app = createApp({ demo: false, now: async () => T0 });
const get = (path: string) => app.request(path, { headers: { "accept-language": "zh-CN" } }, testEnv);
const asked = (typed: Readonly<Record<string, string>>) => get(`/calculator/accounts?${new URLSearchParams(typed)}`);

describe("GET /calculator/accounts", () => {
  test("is a form without answers; the plain calculator leads to it", async () => {
    const page = await (await get("/calculator/accounts")).text();
    expect(page).toContain("收支公示计算器");
    expect(page).not.toContain('id="result"');
    expect(await (await get("/calculator")).text()).toContain('href="/calculator/accounts"');
  });
  test("names each printed figure of the example that does not follow, and the deposit among the cost", async () => {
    const form = await (await get("/calculator/accounts")).text();
    const href = /href="(\/calculator\/accounts\?[^"]+)"[^>]*>看一个例子/.exec(form)![1]!.replaceAll("&amp;", "&");
    const page = await (await get(href)).text();
    for (const words of [
      "有3个数字算不出来",
      "支出合计印作28,681.00元，按公示自己的数字是28,680.00元，相差1.00元",
      "16%税印作3,681.00元，按公示自己的数字是3,679.84元，相差1.16元",
      "押金不是收入，也不是支出",
    ])
      expect(page).toContain(words);
  });
  test("says a right one to be right, and nothing of what is not printed", async () => {
    expect(await (await asked({ income: "车位 1.00\n广告 2", incomeTotal: "3" })).text()).toContain(
      "凡能核对的，都算得出来",
    );
    expect(await (await asked({ income: "车位 1.00" })).text()).toContain("没有可以核对的合计");
  });
  test("says which line and which amount it cannot read, keeps what was typed, and runs no script of it", async () => {
    const response = await asked({ income: "车位 1.00\n<script>alert(1)</script>", closing: "1.005" });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain("第2行没有看懂");
    expect(page).toContain("金额最多两位小数");
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("&lt;script&gt;alert");
  });
});
