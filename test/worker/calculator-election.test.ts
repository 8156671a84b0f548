/** The election calculator over HTTP: what follows from a notice's figures, what does not, and figures that cannot be. */
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { T0, testEnv } from "./community-of-test.ts";

const app = createApp({ demo: false, now: async () => T0 });
const get = (path: string) => app.request(path, { headers: { "accept-language": "zh-CN" } }, testEnv);
const FIGURES = {
  owners: "817",
  area: "115344.34",
  tookOwners: "646",
  tookArea: "92508.76",
  seats: "3",
  least: "3",
  alternates: "1",
  ranking: "heads_then_area",
};
const asked = (lines: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  get(`/calculator/election?${new URLSearchParams({ ...FIGURES, ...more, lines: lines.join("\n") })}`);
const FOUR = [
  "王一 441 61880.35 68.27% 66.89% 当选",
  "李二 432 62004.10 当选",
  "赵三 420 60115 当选",
  "陈四 411 58729.34 候补",
];

describe("GET /calculator/election", () => {
  test("a form without answers; the plain calculator leads to it", async () => {
    const page = await (await get("/calculator/election")).text();
    expect(page).toContain("选举计算器");
    expect(page).not.toContain('id="result"');
    expect(await (await get("/calculator")).text()).toContain('href="/calculator/election"');
  });
  test("the example shows a share and an outcome that do not follow", async () => {
    const form = await (await get("/calculator/election")).text();
    const href = /href="(\/calculator\/election\?[^"]+)"/.exec(form)![1]!.replaceAll("&amp;", "&");
    const page = await (await get(href)).text();
    expect(page).toContain("面积占比印作61.40%，按公告的数字是60.39%");
    expect(page).toContain("周五：公告写“候补”，按公告自己的数字是“当选委员”");
    expect(page).toContain("吴六：公告写“当选”，按公告自己的数字是“候补委员”");
    expect(page).toContain("业主委员会可以成立");
  });
  test("a right notice is said to be right, with every inequality and its article", async () => {
    const response = await asked(FOUR);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain("凡能核对的，都与数字相符");
    expect(page).toContain("441 × 2 = 882");
    expect(page).toContain("第二百七十八条第二款");
    expect(page).toContain("候补委员");
  });
  test("level at the last seat: the page does not choose", async () => {
    const page = await (await asked([...FOUR.slice(0, 2), "赵三 411 58729.34", "陈四 411 58729.34"])).text();
    expect(page).toContain("最后一席得票相同");
    expect(page).not.toContain("业主委员会可以成立");
  });
  test("a missing figure is said to be missing, not inferred", async () => {
    const page = await (await asked([...FOUR, "周五 - - 88.89% 90.03% 当选"])).text();
    expect(page).toContain("缺少数字，不能判定");
  });
  test.each([
    ["a candidate with more votes than took part", FOUR.with(0, "王一 900 61880.35"), {}, "王一，同意的人数"],
    ["no candidates", [], {}, "至少写一名候选人"],
    ["no seats", FOUR, { seats: "0" }, "席位和最低人数不能是 0"],
    ["an area that is no number", FOUR, { area: "很大" }, "应是十进制数字"],
    ["nobody at all", FOUR, { owners: "0", area: "0" }, "总数不能是零"],
  ] as const)("%s is refused beside its field, and what was typed stays", async (_, lines, more, says) => {
    const response = await asked(lines, more);
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain(says);
    expect(page).not.toContain('id="result"');
    if (lines.length > 0) expect(page).toContain("李二 432 62004.10 当选");
  });
  test("a name is text, never markup; English is whole", async () => {
    const page = await (await asked(["<b>王</b> 441 61880.35"], { lang: "en" })).text();
    expect(page).not.toContain("<b>王</b>");
    expect(page).toContain("Election calculator");
    expect(page).toContain("Too few are elected");
  });
});
