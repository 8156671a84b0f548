/** A committee in office: what everybody reads of it in both languages, and a member who signs minutes that are then published. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, PHONE } from "./person.ts";
import { daysUntil, enterAs, letPass, roleOf } from "./roles.ts";
import { serveCopy } from "./served.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

/** A page, a word of each language that stands on it. */
const PAGES = [
  ["/c/jingui/elections/1", "已选出并就任", "Renewal"],
  ["/c/jingui/elections/1/rounds/1", "候补委员，按次序", "Alternates"],
  ["/c/jingui/committee", "5个席位，现任5人", "Members"],
  ["/c/jingui/committee/filings", "璧城备〔2026〕15 号", "Filings of the committee"],
  ["/c/jingui/committee/handovers/1", "印章", "Seals"],
  ["/c/jingui/overlap", "业主委员会 5 席中，2 席由支部成员担任", "Cross-appointment"],
  ["/c/jingui/offices/chart", "唐明德", "唐明德"],
  ["/c/jingui/duties", "志愿服务", "Volunteering"],
] as const;

test("a stranger reads election, committee, overlap, chart and duties on a phone", async () => {
  const stranger = await aPerson("stranger-committee", served.origin, PHONE);
  for (const [path, zh] of PAGES) {
    expect(await stranger.opens(path), path).toBe(200);
    await stranger.sees(zh);
    await stranger.looks();
  }
  // Somebody of the branch who has not agreed to be named stands nowhere in public.
  for (const path of ["/c/jingui/overlap", "/c/jingui/offices", "/c/jingui/offices/chart"]) {
    await stranger.opens(path);
    await stranger.doesNotSee("董书恒", "董**");
  }
  await stranger.opens("/c/jingui/committee/recalls");
  await stranger.looks();
  await stranger.leaves();
});

test("the same pages, and the street's overview, speak English on a wide screen", async () => {
  const stranger = await aPerson("stranger-street", served.origin, DESK);
  const { url } = await roleOf(served.origin, "street-overview");
  await stranger.opens(url);
  await stranger.finds("璧城街道：2个小区");
  await stranger.sees("金桂苑", "银杏苑", "在任，5人");
  await stranger.follows("English");
  await stranger.sees("金桂苑", "银杏苑");
  await stranger.looks();
  for (const [path, , en] of PAGES) {
    await stranger.opens(path);
    await stranger.sees(en);
  }
  await stranger.opens("/c/jingui/overlap");
  await stranger.looks();
  await stranger.leaves();
});

test("a member signs the minutes, and the chair publishes them when their day has come", async () => {
  const MEETING = "/c/jingui/desk/committee/meetings/3";
  const member = await aPerson("member", served.origin, PHONE);
  await enterAs(member, "member");
  await member.finds("工作台");
  await member.opens(MEETING);
  await member.sees("请核对并签字");
  await member.looks();
  await member.presses("记录属实，签字");
  await member.doesNotSee("请核对并签字");
  await member.leaves();

  const chair = await aPerson("chair-committee", served.origin, DESK);
  await enterAs(chair, "chair");
  await chair.opens(MEETING);
  await chair.sees("还不能公布");
  await letPass(chair, await daysUntil(chair, /应在(\d+)年(\d+)月(\d+)日前公布/, "/c/jingui/committee"));
  await enterAs(chair, "chair");
  await chair.opens(MEETING);
  await chair.presses("公布会议记录和决议");
  await chair.sees("已公布");
  await chair.looks();
  await chair.opens("/c/jingui/committee/resolutions");
  await chair.follows(/门禁更换的比选办法/);
  await chair.finds("门禁更换的比选办法");
  await chair.leaves();
});
