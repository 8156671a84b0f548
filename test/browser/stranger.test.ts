/** Somebody passing by, who signs in nowhere: what is open, what was decided and why, and the record it all rests on. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, PHONE } from "./person.ts";
import { serveCopy } from "./served.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const FINISHED = "2026 年第一次业主大会会议";
const OPEN = "2026 年第二次业主大会会议";
const NOTICE = "2 栋屋面防水维修表决";

test("a stranger finds what is open, what comes and what was decided, and reads why", async () => {
  const stranger = await aPerson("stranger", served.origin, PHONE);
  await stranger.opens("/c/jingui");
  await stranger.sees("正在表决", OPEN, "即将表决", NOTICE, "已经决定的事", FINISHED);
  await stranger.finds("金桂苑");

  // While a vote is open: turnout against the line, and never a choice.
  await stranger.follows(OPEN);
  await stranger.sees("三分之二", "还差");
  await stranger.doesNotSee("同意的人数", "表决结果");
  await stranger.finds(OPEN);

  await stranger.follows("会议与决定");
  await stranger.finds("会议与决定");
  await stranger.follows(NOTICE);
  await stranger.sees("2栋", "公告中");
  await stranger.finds(NOTICE);
  await stranger.follows("打印会议公告");
  await stranger.looks();

  await stranger.opens("/c/jingui/meetings");
  await stranger.follows(FINISHED);
  await stranger.sees("结果已确定", "成立", "《民法典》第二百七十八条");
  await stranger.finds(FINISHED);
  await stranger.opens("/c/jingui/meetings/3/result");
  await stranger.sees("表决结果的公告");
  await stranger.looks();
  await stranger.leaves();
});

test("home and result stand as well on a wide screen", async () => {
  const stranger = await aPerson("wide", served.origin, DESK);
  await stranger.opens("/c/jingui");
  await stranger.finds("金桂苑");
  await stranger.opens("/c/jingui/meetings/3");
  await stranger.finds(FINISHED);
  await stranger.opens("/c/jingui/meetings/3/result");
  await stranger.looks();
  await stranger.leaves();
});

test("a stranger reads the record down to one entry, and its neighbours' pages", async () => {
  const stranger = await aPerson("reader", served.origin, PHONE);
  await stranger.opens("/c/jingui");
  await stranger.follows("公开记录");
  await stranger.finds("公开记录");
  await stranger.opens("/c/jingui/record/entries/12");
  await stranger.looks();
  await stranger.opens("/c/jingui/offices");
  await stranger.sees("唐明德", "业主委员会");
  await stranger.looks();
  await stranger.opens("/c/jingui/permissions");
  await stranger.looks();
  await stranger.opens("/docs");
  await stranger.looks();
  await stranger.leaves();
});

test("the calculator works out a vote held elsewhere, and says which number cannot be", async () => {
  const stranger = await aPerson("calculator", served.origin, PHONE);
  await stranger.opens("/c/jingui");
  await stranger.follows("表决计算器");
  await stranger.finds("表决计算器");
  await stranger.picks("表决的是哪一类事项", /^4 ·/);
  await stranger.types("总人数", "817");
  await stranger.types("总面积（㎡）", "115344.34");
  await stranger.types("参与表决的人数", "646");
  await stranger.types("参与表决的面积（㎡）", "92508.76");
  await stranger.types("同意的人数", "4110");
  await stranger.types("同意的面积（㎡）", "58729.34");
  await stranger.presses("计算");
  await stranger.sees("有1处数字不对，没有计算");
  expect(await stranger.field("总人数").inputValue()).toBe("817");
  await stranger.looks();
  await stranger.types("同意的人数", "411");
  await stranger.presses("计算");
  await stranger.sees("通过", "646 × 3 = 1938", "411 × 2 = 822");
  await stranger.looks();
  await stranger.leaves();
});

test("a guessed link, a stranger at the desk and an unknown estate each get a plain answer", async () => {
  const stranger = await aPerson("guesser", served.origin, DESK);
  expect(await stranger.opens("/c/jingui/v/0123456789abcdefghjkmnpqrs")).toBe(404);
  await stranger.finds("这个表决链接打不开");
  expect(await stranger.opens("/c/jingui/vote")).toBe(401);
  await stranger.finds("请从您的链接进入");
  for (const page of ["desk", "desk/meetings/4", "desk/roll", "desk/outbox"]) {
    await stranger.opens(`/c/jingui/${page}`);
    expect(stranger.at, page).toMatch(/^\/c\/jingui\/sign-in/);
  }
  await stranger.finds("工作人员登录");
  expect(await stranger.opens("/c/nobody")).toBe(404);
  await stranger.finds("没有这个页面");
  await stranger.leaves();
});

test("every page of a visit speaks English when asked, and Chinese again", async () => {
  const stranger = await aPerson("english", served.origin, PHONE);
  await stranger.opens("/c/jingui/meetings/4");
  await stranger.follows("English");
  await stranger.sees("Turnout", "Voting closes");
  await stranger.looks();
  await stranger.opens("/c/jingui");
  await stranger.sees("Open now");
  await stranger.looks();
  await stranger.opens("/c/jingui/meetings/3");
  await stranger.looks();
  expect(await stranger.page.locator("html").getAttribute("lang")).toMatch(/^en/);
  await stranger.follows("中文");
  await stranger.finds(FINISHED);
  await stranger.leaves();
});
