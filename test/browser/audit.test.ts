/** An audit as its people go through it: the chair opens it, the auditor draws, ticks and finds on a telephone, the chair answers, everybody reads the opinion. */
import { afterAll, beforeAll, inject, test } from "vitest";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, PHONE } from "./person.ts";
import { enterAs } from "./roles.ts";
import { serveCopy } from "./served.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const LIST = "/c/jingui/desk/ledger/audits";
const POINTS = ["看过原件（附件）", "金额一致", "对方一致", "复核、审批齐全", "该有的业主大会决定有", "记在应记的月份"];
const FOUND = "一张收据的日期看不清楚";
const PDF = { name: "审计报告.pdf", bytes: new TextEncoder().encode("%PDF-1.7\n审计报告") };

test("an auditor draws, ticks, finds, hears the committee and gives an opinion, on a telephone", async () => {
  const chair = await aPerson("chair-engages", served.origin, DESK);
  await enterAs(chair, "chair");
  await chair.opens(`${LIST}/new`);
  await chair.picks("由谁要求", "业主大会决定审计");
  await chair.types("审计机构", "重庆明鉴会计师事务所");
  await chair.types("统一社会信用代码", "91440101MA5CJQ4N59");
  await chair.picks("主办的审计人员", /查阅到/);
  await chair.types("审计范围", "公共收益的收入、成本和银行余额");
  // The assembly asks for nothing but by a decision of its own, of this matter.
  await chair.types(/^业主大会第几次会议/, "999");
  await chair.types(/^第几项议题/, "1");
  await chair.presses("立项");
  await chair.sees("没有这一次会议或这一项议题");
  await chair.looks();
  await chair.picks("由谁要求", "业主委员会委托审计");
  await chair.types("依据的决议或文件", "业委会决议：抽查公共收益");
  await chair.types(/^业主大会第几次会议/, "");
  await chair.types(/^第几项议题/, "");
  await chair.presses("立项");
  await chair.sees("已保存，并写入公开记录");
  await chair.looks();
  const desk = chair.at.replace(/\?.*/, "");
  const number = desk.split("/").at(-1)!;

  const auditor = await aPerson("auditor", served.origin, PHONE);
  await enterAs(auditor, "auditor");
  await auditor.opens(desk);
  await auditor.presses("固定总体");
  await auditor.sees("SHA-256");
  await auditor.types("抽多少（随机、按金额）", "1");
  await auditor.presses("抽样");
  await auditor.looks();
  await auditor.follows("工作底稿");
  await auditor.looks();
  await auditor.opens(`${desk}/items/1`);
  for (const point of POINTS) await auditor.picks("结果", "相符", point);
  await auditor.picks("结果", "不符", "与银行流水对得上");
  await auditor.presses("保存核对结果");
  await auditor.sees("请写明哪里不符");
  await auditor.types("备注", "银行晚一天入账", "与银行流水对得上");
  await auditor.presses("保存核对结果");
  await auditor.looks();

  await auditor.opens(`${desk}/findings`);
  await auditor.picks("轻重", "一般");
  await auditor.types("发现了什么", FOUND);
  await auditor.types("涉及工作底稿的哪几号", "1");
  await auditor.types("建议", "请付款方补一张");
  await auditor.presses("记下发现");
  await auditor.sees(FOUND);
  await auditor.looks();
  await auditor.opens(desk);
  await auditor.presses("送出审计发现");
  await auditor.looks();

  await chair.opens(`${desk}/findings`);
  await chair.types("答复发现1", "付款方已补来清楚的一张。");
  await chair.presses("提交答复");
  await chair.sees("付款方已补来清楚的一张");
  await chair.looks();
  await chair.leaves();

  await auditor.opens(`${desk}/findings`);
  await auditor.answers("对发现1的结论", "已经纠正");
  await auditor.types("理由", "看过补来的收据。");
  await auditor.presses("下结论");
  await auditor.looks();
  await auditor.opens(desk);
  await auditor.page.getByLabel("无保留意见").check();
  await auditor.types("意见的内容", "除已纠正的一项外，与原件和银行流水相符。");
  await auditor.gives("审计报告（PDF）", PDF);
  await auditor.presses("公布");
  await auditor.sees("无保留意见");
  await auditor.looks();
  await auditor.leaves();

  const neighbour = await aPerson("neighbour-audit", served.origin, PHONE);
  await neighbour.opens(`/c/jingui/accounts/audits/${number}`);
  await neighbour.sees("无保留意见", FOUND, "付款方已补来清楚的一张", "看过补来的收据");
  await neighbour.looks();
  await neighbour.opens(`/c/jingui/accounts/audits/${number}/samples/1`);
  await neighbour.follows("现在替我重抽一遍");
  await neighbour.sees("和固定时一样", "就是先前承诺的那一个", "重抽的结果一样");
  await neighbour.looks();
  await neighbour.leaves();
}, 240_000);
