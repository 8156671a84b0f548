/** The scoring calculator over HTTP: what does not follow is said, what cannot be read stays in its form, what is missing is not inferred. */
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { T0, testEnv } from "./community-of-test.ts";

const app = createApp({ demo: false, now: async () => T0 });
const get = (path: string) => app.request(path, { headers: { "accept-language": "zh-CN" } }, testEnv);
const asked = (lines: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  get(
    `/calculator/evaluation?${new URLSearchParams({ weights: "20/40/40", sheets: "1", priceRule: "lowest", priceColumn: "1", ...more, lines: lines.join("\n") })}`,
  );

describe("GET /calculator/evaluation", () => {
  test("a form without answers; the plain calculator leads to it", async () => {
    const page = await (await get("/calculator/evaluation")).text();
    expect(page).toContain("评分计算器");
    expect(page).not.toContain('id="result"');
    expect(await (await get("/calculator")).text()).toContain('href="/calculator/evaluation"');
  });
  test("the example shows a price score and a total that do not follow", async () => {
    const form = await (await get("/calculator/evaluation")).text();
    const href = /href="(\/calculator\/evaluation\?[^"]+)"/.exec(form)![1]!.replaceAll("&amp;", "&");
    const page = await (await get(href)).text();
    expect(page).toContain("报价分印作18.76，按公告的算法是18.67");
    expect(page).toContain("总分印作78.50，各项加起来是77.50");
  });
  test("a right one is said to be right", async () => {
    const page = await (await asked(["甲 140 20 36 35 91 1", "乙 150 18.67 35 34 87.67 2"])).text();
    expect(page).toContain("凡能核对的，都与数字相符");
  });
  test("a line that cannot be read is named, and what was typed stays", async () => {
    const response = await asked(["甲 140 20 36 35 91 1", "乙 一百五十"]);
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain("第2行格式不对");
    expect(page).toContain("乙 一百五十");
    expect((await asked(["甲 140 20 36 35 91 1"], { sheets: "0" })).status).toBe(422);
    expect((await asked(["甲 140 20 36 35 91 1"], { weights: "二十" })).status).toBe(422);
    expect((await asked([])).status).toBe(422);
  });
  test("only names and dashes: nothing is checked, and nothing inferred", async () => {
    const page = await (await asked(["甲 - - -"], { weights: "", priceColumn: "0" })).text();
    expect(page).toContain("没有可以核对的");
  });
});
