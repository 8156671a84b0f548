/** An election from its vote to its seats, through pages alone: a ballot with several marks, the count, who is elected, and the members' own choice of their chair. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { GINKGO_CANDIDATES } from "../../src/demo/people.ts";
import { ginkgoRows } from "../../src/demo/roll.ts";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, type Person, PHONE } from "./person.ts";
import { enterAs, letPass, roleOf, signInAsOfficer } from "./roles.ts";
import { serveCopy } from "./served.ts";
import { tellsOneStory } from "./story.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
let clock: Person;

tellsOneStory();
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
  clock = await aPerson("clock-seats", served.origin, DESK);
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const ELECTION = "/c/yinxing/elections/1";
const MEETING = "/c/yinxing/meetings/1";
const DESK_OF_IT = "/c/yinxing/desk/meetings/1";
/** Those most owners of the demo mark, in the order they were named. */
const MEMBERS = GINKGO_CANDIDATES.slice(0, 5).map(({ home, phone }) => ({
  name: ginkgoRows().find(({ building, room }) => building === home.building && room === home.room)!.owner,
  phone,
}));

test("an owner on a phone reads the candidates and marks as many as there are seats", async () => {
  const owner = await aPerson("electing-owner", served.origin, PHONE);
  const { url, lastFour = "" } = await roleOf(served.origin, "ginkgo-owner");
  await owner.opens(`${ELECTION}/candidates`);
  await owner.finds("候选人");
  await owner.follows(new RegExp(MEMBERS[0]!.name));
  await owner.finds(MEMBERS[0]!.name);
  await owner.opens(url);
  await owner.types("手机号后四位", lastFour);
  await owner.presses("核对，进入表决票");
  await owner.finds("表决票");
  const names = owner.page.getByRole("checkbox");
  // Everybody who stands, nobody of them, and abstaining.
  expect(await names.count()).toBe(GINKGO_CANDIDATES.length + 2);
  for (const at of [0, 1, 2, 3, 4, 5]) await names.nth(at).check();
  await owner.presses("下一步：核对我的选择");
  await owner.looks();
  await names.nth(5).uncheck();
  await owner.presses("下一步：核对我的选择");
  await owner.finds("核对您的选择");
  await owner.presses("提交表决票");
  await owner.finds("您的表决票已经收到");
  await owner.opens(`${ELECTION}/rounds/1`);
  await owner.doesNotSee("当选委员");
  await owner.looks();
  await owner.leaves();
});

test("after the close a teller counts, the head of the group publishes, and the clock seats those elected", async () => {
  await letPass(clock, 8);
  const teller = await aPerson("ginkgo-teller", served.origin, DESK);
  await enterAs(teller, "ginkgo-teller");
  await teller.opens(DESK_OF_IT);
  await teller.follows("封票并计票");
  await teller.ticks("截止前收到的纸质表决票都已录入");
  await teller.presses("封票并计票");
  await teller.sees("结果应公布");
  await teller.looks();
  await teller.leaves();
  const head = await aPerson("ginkgo-head", served.origin, DESK);
  await enterAs(head, "ginkgo-group");
  await head.opens(DESK_OF_IT);
  await head.follows("核对并公布结果");
  await head.looks();
  await head.ticks("我已逐项核对以上数字");
  await head.presses("公布结果");
  await head.leaves();
  await letPass(clock, 0);

  const reader = await aPerson("ginkgo-reader", served.origin, PHONE);
  await reader.opens(`${ELECTION}/rounds/1`);
  await reader.sees("业主委员会成立", ...MEMBERS.map(({ name }) => name));
  await reader.looks();
  await reader.opens(ELECTION);
  await reader.sees("已选出并就任");
  await reader.looks();
  await reader.opens(MEETING);
  await reader.looks();
  await reader.opens("/c/yinxing/committee");
  await reader.sees("5个席位，现任5人");
  await reader.looks();
  await reader.leaves();
});

test("those elected sign in with their own telephones and choose their chair", async () => {
  const [first, ...others] = MEMBERS.slice(0, 3);
  const opener = await aPerson("elected-1", served.origin, PHONE);
  await signInAsOfficer(opener, "yinxing", first!.phone);
  await opener.opens("/c/yinxing/desk/members-choice");
  await opener.finds("委员推选主任、副主任");
  await opener.ticks(/^业委会主任|^主任/);
  await opener.picks(/选几名/, "1");
  await opener.presses("开始投票");
  await opener.looks();
  const votes = async (member: Person) => {
    await member.opens("/c/yinxing/desk/members-choice");
    await member.ticks(first!.name, "您选谁？");
    await member.presses("交票");
    await member.sees("您已投票");
  };
  await votes(opener);
  for (const [index, { phone }] of others.entries()) {
    const member = await aPerson(`elected-${index + 2}`, served.origin, PHONE);
    await signInAsOfficer(member, "yinxing", phone);
    await votes(member);
    await member.leaves();
  }
  await opener.opens("/c/yinxing/desk/members-choice");
  await opener.presses("计票");
  await opener.sees("各人得票");
  await opener.looks();
  await opener.opens("/c/yinxing/committee");
  await opener.sees("主任", "委员推选");
  await opener.leaves();
  await clock.leaves();
});
