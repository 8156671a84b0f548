/** An election before its vote, through pages alone: called, its group published, names brought in and answered on a phone, checked, decided on, published. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { demoRows } from "../../src/demo/roll.ts";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, type Person, PHONE } from "./person.ts";
import { daysUntil, enterAs, letPass, signInAsOwner } from "./roles.ts";
import { serveCopy } from "./served.ts";
import { tellsOneStory } from "./story.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
let street: Person;
let secretary: Person;
let chair: Person;
let clock: Person;

tellsOneStory();
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
  street = await aPerson("street", served.origin, DESK);
  secretary = await aPerson("secretary-elections", served.origin, DESK);
  chair = await aPerson("chair-elections", served.origin, DESK);
  clock = await aPerson("clock-elections", served.origin, DESK);
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const TITLE = "第三届业主委员会换届选举";
const ELECTION = "/c/jingui/elections/2";
const DESK_OF_IT = "/c/jingui/desk/elections/2";
const home = (room: string) => demoRows().find((row) => row.building === "1栋" && row.room === room)!;
/** Named by a neighbour and says yes; named by the same neighbour and says no; supports. */
const [WILLING, UNWILLING, SUPPORTER] = [home("0102"), home("0202"), home("0401")];

test("the street calls it; the secretary lists the group and writes the method; the street publishes", async () => {
  await enterAs(street, "street");
  await street.opens("/c/jingui/desk/elections");
  await street.looks();
  await street.follows("发起选举");
  await street.finds("发起选举");
  await street.ticks(/^换届选举/);
  await street.presses("发起选举");
  await street.looks();
  await street.ticks(/^换届选举/);
  await street.types("为什么选举", "业主书面要求提前换届");
  await street.presses("发起选举");
  await street.sees(TITLE);

  await enterAs(secretary, "secretary");
  await secretary.opens(`${DESK_OF_IT}/group`);
  await secretary.looks();
  const listed = [
    ["潘文斌", "19800000019", "街道", ""],
    ["贺春燕", "13700000101", "业主", "1栋 1单元 0101"],
    ["毛建国", "13700000102", "业主", "2栋 1单元 0301"],
    ["郝淑珍", "13700000103", "业主", "3栋 1单元 0301"],
    ["何慧敏", "19800000011", "居民委员会", ""],
  ] as const;
  await secretary.types("依据的文件或会议", "街道〔2026〕31 号");
  for (const [index, [name, phone, part, place]] of listed.entries()) {
    const legend = `第${index + 1}人`;
    await secretary.types("姓名", name, legend);
    await secretary.types("手机号", phone, legend);
    await secretary.picks("代表哪一方", new RegExp(part), legend);
    await secretary.types("房屋（业主代表填写）", place, legend);
  }
  await secretary.ticks("担任组长", "第1人");
  await secretary.presses("保存名单草稿");
  await secretary.looks();

  await secretary.opens(`${DESK_OF_IT}/method`);
  await secretary.finds("选举办法");
  await secretary.unfolds("提名");
  await secretary.types("取值", "2", "联名推荐至少几位业主");
  await secretary.types("依据的条款", "《业主大会议事规则》第二十五条", "联名推荐至少几位业主");
  await secretary.presses("保存选举办法");
  await secretary.sees("已保存，并写入公开记录");

  await street.opens(`${DESK_OF_IT}/group/publish`);
  await street.finds("核对并公布小组名单");
  await street.presses("公布名单");
  const visitor = await aPerson("reader-of-group", served.origin, PHONE);
  await visitor.opens(ELECTION);
  await visitor.finds(TITLE);
  await visitor.sees("潘文斌", "组成符合规定（4项都符合）");
  await letPass(clock, await daysUntil(visitor, /异议期到(\d+)年(\d+)月(\d+)日/));
  await visitor.leaves();
});

test("nominations open; an owner on a phone names two neighbours, another supports", async () => {
  await enterAs(chair, "chair");
  await chair.opens(`${DESK_OF_IT}/open`);
  await chair.finds("开始提名");
  await chair.presses("开始提名");

  const owner = await aPerson("naming-owner", served.origin, PHONE);
  await enterAs(owner, "owner-corner");
  await owner.opens(ELECTION);
  await owner.looks();
  await owner.opens(`${ELECTION}/nominate/neighbour`);
  await owner.finds("联名推荐邻居");
  await owner.types("邻居的房号", "1栋 1单元 0102");
  await owner.types("邻居的姓名（全名）", "没有此人");
  await owner.presses("发起联名推荐");
  await owner.looks();
  for (const { building, entrance, room, owner: name } of [WILLING, UNWILLING]) {
    await owner.opens(`${ELECTION}/nominate/neighbour`);
    await owner.types("邻居的房号", `${building}${entrance}${room}`);
    await owner.types("邻居的姓名（全名）", name);
    await owner.presses("发起联名推荐");
    await owner.sees("1人，需要2人");
  }
  await owner.leaves();

  const supporter = await aPerson("supporting-owner", served.origin, PHONE);
  await signInAsOwner(supporter, "jingui", SUPPORTER.phone);
  await supporter.looks();
  await supporter.opens(`${ELECTION}/nominations/1`);
  await supporter.sees("1号提名");
  await supporter.presses("附议这个提名");
  await supporter.sees("您已附议，并写入公开记录", "2人，需要2人");
  await supporter.presses("撤回我的附议");
  await supporter.sees("1人，需要2人");
  await supporter.presses("附议这个提名");
  await supporter.sees("2人，需要2人");
  await supporter.looks();
  await supporter.leaves();
});

test("one who was named agrees, describes themselves and declares; the other declines", async () => {
  const willing = await aPerson("willing-owner", served.origin, PHONE);
  await signInAsOwner(willing, "jingui", WILLING.phone);
  await willing.opens(`${ELECTION}/my-candidacy`);
  await willing.finds("我的参选");
  await willing.follows("同意参选");
  await willing.looks();
  await willing.types("手机号", WILLING.phone);
  await willing.presses("同意参选");
  await willing.looks();
  await willing.ticks(/姓名/);
  await willing.presses("同意参选");
  await willing.sees("还差一步");
  await willing.follows("填写参选介绍");
  await willing.types("自我介绍", "住了八年，愿意把楼道的灯和门都管好。");
  await willing.looks();
  await willing.presses("保存介绍");
  await willing.follows("签署利益关系申报");
  await willing.looks();
  for (const question of await willing.page.getByRole("radio", { name: "没有", exact: true }).all())
    await question.check();
  await willing.ticks(/属实|真实|签/);
  await willing.presses("签署申报");
  await willing.sees("等待核对参选条件");
  await willing.finds("我的参选");
  await willing.leaves();

  const unwilling = await aPerson("unwilling-owner", served.origin, PHONE);
  await signInAsOwner(unwilling, "jingui", UNWILLING.phone);
  await unwilling.opens(`${ELECTION}/my-candidacy`);
  await unwilling.follows("谢绝参选");
  await unwilling.looks();
  await unwilling.presses("谢绝参选");
  await unwilling.finds("我的参选");
  await unwilling.leaves();
});

test("nominations close by the clock; the secretary checks, the chair decides and publishes the candidates", async () => {
  await clock.opens(`${ELECTION}/nominations`);
  await letPass(clock, await daysUntil(clock, /提名到(\d+)年(\d+)月(\d+)日/, `${ELECTION}/nominations`));
  await enterAs(secretary, "secretary");
  await secretary.opens(`${DESK_OF_IT}/nominations`);
  await secretary.looks();
  await secretary.opens(`${DESK_OF_IT}/nominations/1/checklist`);
  await secretary.looks();
  for (const met of await secretary.page.getByRole("radio", { name: "符合", exact: true }).all()) await met.check();
  for (const why of await secretary.page.getByLabel("凭什么").all()) await why.fill("查验身份证与不动产权证");
  await secretary.presses("保存核对表");

  await enterAs(chair, "chair");
  await chair.opens(`${DESK_OF_IT}/nominations/1`);
  await chair.looks();
  await chair.ticks("符合条件", "决定");
  await chair.types("理由", "逐项核对，均符合条件。");
  await chair.presses("决定");
  await chair.opens(`${DESK_OF_IT}/candidates`);
  await chair.finds("公布候选人");
  await chair.types("为什么不再征集、继续选举", "已延长一次，仍只有一人同意参选，经小组讨论继续。");
  await chair.presses("公布候选人");
  await chair.sees("候选人已公布");

  const owner = await aPerson("reading-owner", served.origin, PHONE);
  await owner.opens(`${ELECTION}/candidates`);
  await owner.finds("候选人");
  await owner.follows(new RegExp(WILLING.owner));
  await owner.sees("住了八年，愿意把楼道的灯和门都管好。", "业主联名推荐");
  await owner.finds(WILLING.owner);
  await owner.opens(`${ELECTION}/draw`);
  await owner.looks();
  await owner.leaves();
});

test("the round is put to a meeting of its own, and a draft waits for its notice", async () => {
  await secretary.opens(`${DESK_OF_IT}/rounds`);
  await secretary.follows("排入业主大会会议");
  await secretary.finds("排入业主大会会议");
  await secretary.presses("排入会议");
  await secretary.sees("已办理，并写入公开记录");
  await secretary.looks();
  expect(await secretary.page.getByRole("link", { name: new RegExp(TITLE) }).count()).toBeGreaterThan(0);
  for (const person of [street, secretary, chair, clock]) await person.leaves();
});
