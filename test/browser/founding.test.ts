/** A new community begins: the operator sets it up, its secretary signs in by code and brings the roll. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { DEV_VARS } from "../../scripts/local.ts";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, type Person } from "./person.ts";
import { serveCopy } from "./served.ts";
import { tellsOneStory } from "./story.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
tellsOneStory();
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const setupCode = (): string => /^SETUP_CODE="([^"]+)"/m.exec(readFileSync(DEV_VARS, "utf8"))?.[1] ?? "";

const SECRETARY = "13900000002";

async function names(operator: Person, legend: string, name: string, phone: string, document: string): Promise<void> {
  await operator.types("姓名", name, legend);
  await operator.types("手机号", phone, legend);
  await operator.types("依据的文件或决议", document, legend);
}

test("an operator sets up a community with the code, and who drafts is not who approves", async () => {
  const operator = await aPerson("operator", served.origin, DESK);
  await operator.opens("/setup");
  await operator.finds("设立小区");
  await operator.types("开通码", "not-the-code");
  await operator.presses("开始");
  await operator.finds("设立小区");
  await operator.types("开通码", setupCode());
  await operator.presses("开始");

  await operator.finds("小区");
  await operator.types("小区名称", "白云山庄");
  await operator.types("网址名", "Bai Yun");
  await operator.types("区县", "璧山区");
  await operator.types("街道或乡镇", "青杠街道");
  await operator.types("地址", "璧山区青杠街道云山路 9 号");
  await operator.presses("下一步：首批人员");
  await operator.sees("有1处需要改正");
  expect(await operator.field("小区名称").inputValue()).toBe("白云山庄");
  await operator.looks();
  await operator.types("网址名", "baiyun");
  await operator.presses("下一步：首批人员");

  await names(operator, "主任或筹备组组长", "田玉梅", "13900000001", "业委会第一次会议纪要");
  await names(operator, "秘书", "田玉梅", "13900000001", "聘用协议");
  await names(operator, "计票人", "程国华", "13900000003", "业委会决议 2026-02");
  await operator.presses("下一步：核对");
  await operator.finds("首批人员");

  await names(operator, "秘书", "陆晓东", SECRETARY, "聘用协议");
  await operator.presses("下一步：核对");
  await operator.sees("白云山庄", "/c/baiyun", "陆晓东");
  await operator.finds("请核对，确认后设立小区");
  await operator.presses("确认设立");
  await operator.finds("小区已设立");
  await operator.leaves();
});

let secretary: Person;

test("its secretary signs in with the code that was sent", async () => {
  secretary = await aPerson("new-secretary", served.origin, DESK);
  await secretary.opens("/c/baiyun/desk/roll/import");
  await secretary.finds("工作人员登录");
  await secretary.types("手机号", SECRETARY);
  await secretary.presses("获取验证码");
  await secretary.finds("填写验证码");
  await secretary.follows("在这里看验证码");
  await secretary.finds("会发出的消息");
  const [, code = ""] = /白云山庄：您的登录验证码是 (\d{6})/.exec(await secretary.reads()) ?? [];

  await secretary.opens("/c/baiyun/sign-in/code");
  await secretary.types("6 位验证码", code === "000000" ? "111111" : "000000");
  await secretary.presses("登录");
  await secretary.looks();
  await secretary.types("6 位验证码", code);
  await secretary.presses("登录");
  expect(secretary.at).toBe("/c/baiyun/desk/roll/import");
});

const HEADER = "楼栋,单元,房号,专有部分面积(㎡),面积来源,用途,状态,业主姓名,证件号后四位,手机号,共有人";
const csv = (...rows: readonly string[]) => ({ name: "白云山庄名册.csv", text: [HEADER, ...rows, ""].join("\r\n") });
const RIGHT = [
  "1幢,1单元,0101,89.66,登记,住宅,已交付,段春燕,1024,13900001001,",
  "1幢,1单元,0102,102.35,登记,住宅,已交付,雷浩然,1025,13900001002,史佳怡",
  "1幢,1单元,0201,89.66,登记,住宅,已交付,段春燕,1024,13900001001,",
  "1幢,1单元,0202,102.35,合同,住宅,已交付,龙天宇,1027,13900001004,",
];

test("a roll with mistakes is refused whole, row by row; the corrected one is confirmed and written", async () => {
  await secretary.finds("导入名册");
  await secretary.gives(
    "名册文件",
    csv(
      RIGHT[0]!,
      "1幢,1单元,0102,1o2.35,登记,住宅,已交付,雷浩然,1025,13900001002,",
      "1幢,1单元,0201,-89.66,登记,住宅,已交付,段春燕,1024,13900001001,",
      "1幢,1单元,,102.35,登记,住宅,已交付,龙天宇,1027,1390000,",
    ),
  );
  await secretary.presses("上传并核对");
  await secretary.sees("第 3 行「专有部分面积」“1o2.35”", "第 4 行「专有部分面积」“-89.66”", "第 5 行「房号」");
  await secretary.looks();

  await secretary.follows("重新上传");
  await secretary.gives("名册文件", csv(...RIGHT));
  await secretary.presses("上传并核对");
  await secretary.sees("新增的专有部分（4）", "段**");
  await secretary.looks();
  await secretary.presses("确认，写入名册");
  await secretary.sees("已全部写入名册");
  await secretary.looks();

  await secretary.follows("核对按人计数");
  await secretary.looks();
  await secretary.follows("名册");
  await secretary.looks();
});

test("a second import shows what would change first, and the export can be imported again", async () => {
  await secretary.opens("/c/baiyun/desk/roll/import");
  await secretary.gives(
    "名册文件",
    csv(RIGHT[0]!, RIGHT[1]!, RIGHT[2]!, RIGHT[3]!.replace("合同", "登记").replace("102.35", "102.40")),
  );
  await secretary.presses("上传并核对");
  await secretary.sees("改动的专有部分（1）", "面积：102.35 ㎡（合同） → 102.40 ㎡（登记）");
  await secretary.looks();
  await secretary.presses("确认，写入名册");

  await secretary.opens("/c/baiyun/desk/roll/export");
  await secretary.looks();
  await secretary.types("导出用途", "年度核对");
  await secretary.ticks(/CSV/);
  const exported = await secretary.savesBy("导出");
  expect(exported.text).toContain("102.40");
  await secretary.opens("/c/baiyun/desk/roll/import");
  await secretary.gives("名册文件", exported);
  await secretary.presses("上传并核对");
  await secretary.sees("文件与名册一致，没有要改的");

  await secretary.opens("/c/baiyun/desk/roll/reads");
  await secretary.sees("年度核对");
  await secretary.looks();
  await secretary.leaves();
});
