/** The service from the owners' side: an owner reports a fault by telephone, the secretary answers, and a household rates by the link of a message. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, type Person, PHONE } from "./person.ts";
import { enterAs, letPass } from "./roles.ts";
import { serveCopy } from "./served.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const DAY_MS = 86_400_000;
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);

/** Days until somewhere within the rating window of the next quarter's end: fifteen days before to fifteen after it. */
async function daysToRating(person: Person): Promise<number> {
  const { now } = (await (await person.page.request.get("/demo/links.json")).json()) as { now: number };
  const today = new Date(now + 8 * 3_600_000);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const quarterEnd = Date.UTC(year, Math.floor(month / 3) * 3 + 3, 0);
  const opens = quarterEnd - 15 * DAY_MS;
  return Math.max(0, Math.ceil((opens - today.getTime()) / DAY_MS) + 1);
}

test("an owner reports a lamp that is out, by telephone and with a photograph, and reads the answer", async () => {
  const { origin } = served;
  const owner = await aPerson("reporting", origin, PHONE);
  await owner.opens("/c/jingui/contracts");
  await owner.finds("物业服务合同");
  await enterAs(owner, "owner-corner");
  await owner.follows("向物业报一件事");
  await owner.finds("向物业报一件事");
  await owner.presses("报给物业");
  await owner.sees("请选一类");
  await owner.looks();
  await owner.answers("哪一类", "报修");
  await owner.types("具体位置", "2单元3楼楼道");
  await owner.types("什么事", "楼道灯不亮，晚上看不清台阶");
  await owner.gives("照片", { name: "灯.png", bytes: PNG });
  await owner.presses("报给物业");
  await owner.sees("已报，答复期限从今天起算", "楼道灯不亮", "期限");
  await owner.finds("您向物业报的事");

  const secretary = await aPerson("answering", origin, DESK);
  await enterAs(secretary, "secretary");
  await secretary.opens("/c/jingui/desk/contracts/requests");
  await secretary.finds("等待答复的报事");
  await secretary.follows(/报修（公共区域）/);
  await secretary.sees("业主的原话（不公开）", "楼道灯不亮", "灯.png");
  await secretary.looks();
  await secretary.types("怎样答复、怎样处理", "今晚更换灯泡");
  await secretary.presses("登记");
  await secretary.sees("已保存，并写入公开记录");
  await owner.opens("/c/jingui/my/requests");
  await owner.sees("今晚更换灯泡");

  const stranger = await aPerson("reading", origin, PHONE);
  await stranger.opens("/c/jingui/contracts");
  await stranger.doesNotSee("楼道灯不亮");
  for (const person of [owner, secretary, stranger]) await person.leaves();
});

test("a household rates by the link of the message, once, without signing in", async () => {
  const { origin } = served;
  const clock = await aPerson("clock", origin, DESK);
  await letPass(clock, await daysToRating(clock));
  await clock.opens("/demo/outbox");
  const message = clock.page.getByRole("row").filter({ hasText: "物业服务评分" }).first();
  const link = await message.getByRole("link").first().getAttribute("href");
  expect(link).toMatch(/\/c\/jingui\/rate\/link\/[0-9a-z]{32}$/);

  const phone = await aPerson("rating", origin, PHONE);
  await phone.opens(link!);
  expect(phone.at).toBe("/c/jingui/rate");
  await phone.sees("请评分", "谁评的、评了几分都不公开");
  await phone.looks();
  await phone.page.locator("ul.links a").first().click();
  await phone.page.waitForLoadState("load");
  await phone.presses("提交评分");
  await phone.sees("评1到5分");
  await phone.looks();
  for (const group of await phone.page.getByRole("group").all()) await group.getByLabel("4分，较好").check();
  await phone.presses("提交评分");
  await phone.sees("已收到您家的评分，谢谢", "已评");
  await phone.looks();

  // Whoever opens the same link on another telephone finds that it was done.
  const other = await aPerson("other", origin, PHONE);
  await other.opens(link!);
  await other.sees("已评");
  await other.presses("离开（借用别人手机时）");
  expect(await other.opens("/c/jingui/rate")).toBe(404);
  await other.looks();
  for (const person of [clock, phone, other]) await person.leaves();
});

test("contract, provider and desk are read at a telephone's width and at a desk's", async () => {
  for (const [name, size] of [
    ["narrow", PHONE],
    ["wide", DESK],
  ] as const) {
    const reader = await aPerson(`${name}-reader`, served.origin, size);
    await reader.opens("/c/jingui/contracts/1");
    await reader.looks();
    const provider = await reader.page.locator('main a[href*="/providers/"]').first().getAttribute("href");
    for (const path of ["/c/jingui/contracts/1/requests", provider!, "/c/jingui/tenders/1"]) {
      await reader.opens(path);
      await reader.looks();
    }
    await enterAs(reader, "chair");
    for (const path of ["/desk/contracts", "/desk/contracts/1", "/desk/contracts/1/service"]) {
      await reader.opens(`/c/jingui${path}`);
      await reader.looks();
    }
    await reader.leaves();
  }
});
