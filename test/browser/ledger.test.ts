/** The money as people use it: an owner reads from the community's page down to the proof of a voucher and asks; two officers post a bill; an owner sees their share. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { demoRows } from "../../src/demo/roll.ts";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, PHONE } from "./person.ts";
import { enterAs, passTheDoor } from "./roles.ts";
import { serveCopy } from "./served.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const QUESTION = "电费比去年同期多了，是哪几盏灯？";

test("an owner reads down from the community's page to the proof of a voucher, and asks", async () => {
  const owner = await aPerson("owner-of-seventy", served.origin, PHONE);
  await owner.opens("/c/jingui");
  await owner.follows("账目");
  await owner.finds("公开账目");
  await owner.sees("每一元用到了哪里", "各期收入");
  await owner.follows(/^看.*的全部账目$/);
  await owner.sees("收支表", "和银行核对");
  await owner.looks();
  await owner.follows("水电费");
  await owner.finds("5001.04 水电费");
  await owner.follows(/^\d{4}年\d{1,2}月第\d+号$/);
  await owner.sees("公共区域照明、水景电费", "校验值");
  await owner.looks();
  const voucher = owner.at;
  await owner.follows("查看这张凭证的条目和证明");
  await owner.looks();
  await owner.sees("voucher.posted");

  // Asking takes an owner: the door is on the way, and the way goes on behind it.
  await owner.opens(voucher);
  await owner.follows("就这张凭证提问");
  await owner.looks();
  const { phone } = demoRows()[20]!;
  await passTheDoor(owner, phone);
  await owner.finds("就账目提问");
  await owner.types("您想问什么", QUESTION);
  await owner.presses("提交问题");
  await owner.sees("您的问题已提交", "第4问");
  // Nobody reads it before it is answered.
  await owner.doesNotSee(QUESTION);
  await owner.looks();
  await owner.leaves();

  const accountant = await aPerson("accountant", served.origin, DESK);
  await enterAs(accountant, "accountant");
  await accountant.sees("答复业主对账目的提问");
  await accountant.opens("/c/jingui/desk/ledger/questions");
  await accountant.follows("第4问");
  await accountant.sees(QUESTION);
  await accountant.looks();
  await accountant.leaves();
}, 240_000);

// The smallest photograph there is: one pixel.
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const BILL = "1栋门厅玻璃更换";

test("the secretary drafts a bill with its photograph, the accountant posts it, and everybody reads it", async () => {
  const secretary = await aPerson("secretary-money", served.origin, PHONE);
  await enterAs(secretary, "secretary");
  await secretary.follows("账簿");
  await secretary.follows(/填制凭证/);
  await secretary.types("摘要", BILL);
  await secretary.types(/^对方（/, "璧山玻璃店");
  await secretary.picks("科目", /5001\.03/, "第1行");
  await secretary.types("金额（元）", "386.00", "第1行");
  await secretary.picks("科目", /1002\.01/, "第2行");
  await secretary.types("金额（元）", "386.00", "第2行");
  // Without its paper a cost is refused, and what was typed stands.
  await secretary.presses("提交复核");
  await secretary.looks();
  expect(await secretary.field("摘要").inputValue()).toBe(BILL);
  await secretary.gives(/^附件/, { name: "收据.png", bytes: PIXEL });
  await secretary.presses("提交复核");
  await secretary.sees(BILL, "待复核");
  await secretary.looks();
  const draft = secretary.at.replace(/\?.*/, "");
  await secretary.doesNotSee("复核无误，过账");

  const accountant = await aPerson("accountant-posts", served.origin, DESK);
  await enterAs(accountant, "accountant");
  await accountant.follows(/^复核\d+张凭证$/);
  await accountant.follows(new RegExp(BILL));
  await accountant.sees("收据.png", "386.00");
  await accountant.looks();
  await accountant.presses("复核无误，过账");
  await accountant.sees("已过账");
  await accountant.looks();
  await accountant.leaves();

  await secretary.opens(draft);
  await secretary.sees("已过账");
  await secretary.leaves();

  const neighbour = await aPerson("neighbour-reads", served.origin, PHONE);
  await neighbour.opens("/c/jingui/accounts");
  await neighbour.unfolds("公共收益：按月看账");
  await neighbour.follows(/^\d{4}年\d+月$/);
  await neighbour.sees(BILL);
  await neighbour.looks();
  await neighbour.leaves();
}, 240_000);

test("an owner sees their share of the revenue and their unit's fund, and how both were computed", async () => {
  const owner = await aPerson("owner-share", served.origin, PHONE);
  await enterAs(owner, "owner-corner");
  await owner.sees("我的公共收益份额", "怎么算的", "我家的维修资金");
  await owner.looks();
  await owner.opens("/c/jingui/accounts/distributions/1");
  await owner.sees("向业主分配", "补充专项维修资金");
  await owner.looks();
  await owner.opens("/c/jingui/accounts/fund");
  await owner.sees("1栋2号电梯曳引机抢修", "更换应急照明和疏散指示");
  await owner.looks();
  await owner.leaves();
}, 120_000);

test("what a month should have brought in stands beside what came, and a gap beside its reason", async () => {
  const stranger = await aPerson("stranger-money", served.origin, PHONE);
  const { roles } = (await (await fetch(`${served.origin}/demo/links.json`)).json()) as {
    roles: { role: string; url: string }[];
  };
  await stranger.opens(roles.find(({ role }) => role === "gap")!.url);
  await stranger.sees("没有未说明的差额", "道闸掉线");
  await stranger.looks();
  await stranger.opens("/c/jingui/accounts/questions");
  await stranger.sees("少了418元", "平台把当晚挂账的38笔临停");
  await stranger.looks();
  await stranger.opens("/c/jingui/accounts/export");
  await stranger.unfolds("的某一个月");
  await stranger.looks();
  for (const path of ["statements", "assets", "leases", "parking", "budget"]) {
    expect(await stranger.opens(`/c/jingui/accounts/${path}`), path).toBe(200);
    await stranger.looks();
  }
  await stranger.leaves();
}, 240_000);
