/** A meeting's whole life through pages: drafted, approved, delivered, voted on, counted, published, objected to, final. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { addDays, dayOf } from "../../src/kernel/day.ts";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, DESK, type File, type Person, PHONE } from "./person.ts";
import { enterAs, letPass, linkFromMessages, type SentLink } from "./roles.ts";
import { serveCopy } from "./served.ts";
import { tellsOneStory } from "./story.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
let today: string;
let secretary: Person;
let chair: Person;
let teller: Person;
let owner: Person;
let clock: Person;

tellsOneStory();
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
  const { origin } = served;
  const { now } = (await (await fetch(`${origin}/demo/links.json`)).json()) as { now: number };
  today = dayOf(now);
  secretary = await aPerson("secretary", origin, DESK);
  chair = await aPerson("chair", origin, DESK);
  teller = await aPerson("teller", origin, DESK);
  owner = await aPerson("an-owner", origin, PHONE);
  clock = await aPerson("clock", origin, DESK);
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const TITLE = "2027 年物业服务合同表决";
const CONTRACT = "续签物业服务合同一年";
const RECREATION = "把南侧空地改成儿童活动场";
let desk = "";

test("the secretary drafts a meeting, and the page says what is still missing", async () => {
  await enterAs(secretary, "secretary");
  await secretary.finds("工作台");
  await secretary.follows("起草会议");
  await secretary.presses("建立草案");
  await secretary.sees("请写会议标题");
  await secretary.finds("起草会议");
  await secretary.types("会议标题", TITLE);
  await secretary.types("为什么召开", "现合同到期，须由业主共同决定是否续签。");
  await secretary.presses("建立草案");
  desk = secretary.at.replace(/\?.*/, "");
  await secretary.sees("公告发出前还要完成", "还没有议题");
  await secretary.finds(TITLE);

  await secretary.follows("写第一项议题");
  await secretary.types("标题", "希望大家支持续签物业服务合同");
  await secretary.presses("保存议题");
  await secretary.looks();
  await secretary.types("标题", CONTRACT);
  await secretary.picks("属于哪一类共同决定事项", "4 选聘和解聘物业服务企业或者其他管理人（过半数）");
  await secretary.types("要决定的内容", "与现物业服务企业续签一年，服务标准和单价不变，自 2027 年 3 月 1 日起。");
  await secretary.presses("保存议题");
  await secretary.opens(`${desk}/items/new`);
  await secretary.types("标题", RECREATION);
  await secretary.picks("属于哪一类共同决定事项", "8 改变共有部分的用途或者利用共有部分从事经营活动（四分之三以上）");
  await secretary.types("要决定的内容", "南侧 120 平方米空地铺设安全地垫，设滑梯和长椅，费用 42000 元从公共收益列支。");
  await secretary.presses("保存议题");

  await secretary.opens(`${desk}/edit`);
  await secretary.types("表决开始", `${addDays(today, 5)}T09:00`);
  await secretary.types("表决截止", `${addDays(today, 30)}T18:00`);
  await secretary.presses("保存");
  await secretary.sees("公告发出前还要完成");
  await secretary.looks();
  await secretary.opens(`${desk}/edit`);
  await secretary.types("表决开始", `${addDays(today, 17)}T09:00`);
  await secretary.types("表决截止", `${addDays(today, 30)}T18:00`);
  await secretary.presses("保存");
  await secretary.sees("草案已经完整，可以请另一位有权的人批准");
  await secretary.finds(TITLE);
});

test("who drafted cannot approve; the chair checks notice and ballot and gives notice", async () => {
  expect(await secretary.opens(`${desk}/approve`)).toBe(404);
  await enterAs(chair, "chair");
  await chair.looks();
  await chair.opens(desk);
  await chair.follows("核对并批准，发出公告");
  await chair.sees(CONTRACT, RECREATION);
  await chair.finds("批准并发出公告");
  await chair.presses("批准并发出公告");
  await chair.sees("请先勾选");
  await chair.ticks("我已逐项核对以上公告和表决票");
  await chair.presses("批准并发出公告");
  await chair.sees("已完成，并写入公开记录", "公告中");
  await chair.finds(TITLE);
});

test("links go out; slips, register and paper ballots are printed; a door is knocked at", async () => {
  await secretary.opens(desk);
  await secretary.follows("送达和上门联系");
  await secretary.finds("送达情况");
  await secretary.opens(`${desk}/slips?building=3栋`);
  await secretary.sees("每张单上的二维码只属于那一户");
  await secretary.looks();
  await secretary.opens(`${desk}/sheet?building=3栋`);
  await secretary.looks();
  await secretary.opens(`${desk}/papers?building=3栋`);
  await secretary.looks();

  await secretary.opens(`${desk}/delivery?building=3栋`);
  await secretary.finds("送达：3栋");
  await secretary.ticks(/选择.*0702/);
  await secretary.picks("登记送达方式", "当面送达");
  await secretary.types("备注", "本人签收");
  await secretary.presses("登记送达");
  await secretary.sees("已记下，共1户");

  const volunteer = await aPerson("volunteer", served.origin, PHONE);
  await enterAs(volunteer, "volunteer");
  await volunteer.opens(`${desk}/delivery/door?building=3栋`);
  await volunteer.finds("上门：3栋");
  await volunteer.presses("没人，要再来");
  await volunteer.sees("已记下");
  await volunteer.leaves();
});

let sent: SentLink;
let receipt: File;

test("an owner reads the notice by the link out of the message, and votes once it is open", async () => {
  sent = await linkFromMessages(clock, TITLE);
  await owner.opens(sent.link);
  await owner.types("手机号后四位", sent.lastFour);
  await owner.presses("核对，进入表决票");
  await owner.sees("到时再打开同一个链接就可以投票", "您在名册上的登记");
  await owner.finds(TITLE);

  await letPass(clock, 18);
  await owner.opens(sent.link);
  await owner.types("手机号后四位", sent.lastFour);
  await owner.presses("核对，进入表决票");
  await owner.answers(CONTRACT, "同意");
  await owner.answers(RECREATION, "反对");
  await owner.presses("下一步：核对我的选择");
  await owner.presses("提交表决票");
  await owner.finds("您的表决票已经收到");
  receipt = await owner.saves("保存回执");

  await clock.opens(desk.replace("/desk", ""));
  await clock.sees("1人");
  await clock.doesNotSee("超过半数同意的人数");
  await clock.looks();
});

/** The smallest picture there is: what is on the photograph is for people to read. */
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** Finds the household's sheet as a reader does. */
async function findsSheet(reader: Person): Promise<void> {
  await reader.opens(desk);
  await reader.follows("纸质表决票");
  await reader.picks("楼栋", "3栋");
  await reader.types("房号", "0702");
  await reader.presses("查找");
  await reader.follows(/0702/);
}

test("one paper ballot is read by two people, neither seeing what the other read", async () => {
  await enterAs(secretary, "secretary");
  await findsSheet(secretary);
  await secretary.finds("录入纸质票（第一次）");
  await secretary.presses("保存我读到的");
  await secretary.sees("请选择票上有没有签名");
  await secretary.looks();
  await secretary.gives("票面照片", { name: "0702.png", bytes: PHOTO });
  await secretary.answers("票上的签名", "业主本人签名");
  await secretary.answers(CONTRACT, "反对");
  await secretary.answers(RECREATION, "作废：没有画、多画或看不清");
  await secretary.presses("保存我读到的");
  await secretary.finds("您的录入已保存");

  await enterAs(teller, "teller");
  await findsSheet(teller);
  await teller.sees("第一次录入的内容不会显示");
  await teller.finds("核对纸质票（独立录入）");
  await teller.answers("票上的签名", "业主本人签名");
  await teller.answers(CONTRACT, "反对");
  await teller.answers(RECREATION, "作废：没有画、多画或看不清");
  await teller.presses("保存我读到的");
  await teller.sees("已计入");
  await teller.finds("纸质票");
});

test("after the close a teller counts, and another person publishes", async () => {
  await letPass(clock, 14);
  await enterAs(teller, "teller");
  await teller.looks();
  await teller.opens(desk);
  await teller.follows("封票并计票");
  await teller.presses("封票并计票");
  await teller.finds("封票并计票");
  await teller.ticks("截止前收到的纸质表决票都已录入");
  await teller.presses("封票并计票");
  await teller.sees("结果应公布", "2人 / 196人");
  await teller.finds("封票并计票");
  expect(await teller.opens(`${desk}/publish`)).toBe(404);

  await enterAs(chair, "chair");
  await chair.opens(desk);
  await chair.follows("核对并公布结果");
  await chair.finds("核对并公布结果");
  await chair.ticks("我已逐项核对以上数字");
  await chair.presses("公布结果");
  await chair.looks();
});

test("everybody reads the result with every inequality; the owner objects and is answered", async () => {
  const page = desk.replace("/desk", "");
  await owner.opens(page);
  await owner.sees("表决结果", "2人", "196人");
  await owner.finds(TITLE);
  await owner.opens(`${page}/result`);
  await owner.looks();

  await owner.opens(sent.link);
  await owner.types("手机号后四位", sent.lastFour);
  await owner.presses("核对，进入表决票");
  await owner.finds("结果已经公布");
  await owner.unfolds("对结果有异议");
  await owner.types("您的异议", "参与人数只有两人，请说明是否都已通知到。");
  await owner.presses(/提出异议/);
  await owner.sees("尚未答复");
  await owner.looks();

  await enterAs(chair, "chair");
  await chair.looks();
  await chair.opens(`${desk}/objections`);
  await chair.finds("异议和答复");
  await chair.follows("答复这件异议");
  await chair.looks();
  await chair.types("答复", "全部业主均已发送链接，送达记录见会议档案。");
  await chair.presses("公开答复");
  await chair.sees("答复已保存，并写入公开记录");
});

test("the result becomes final, and the owner's receipt still proves the ballot", async () => {
  await letPass(clock, 25);
  await owner.opens(desk.replace("/desk", ""));
  await owner.sees("结果已确定", "全部业主均已发送链接");
  await owner.looks();
  await owner.opens("/c/jingui/verify");
  await owner.gives("回执文件", receipt);
  await owner.presses("开始核验");
  await owner.finds("核验通过：这条记录在案，没有被改动");
  for (const person of [secretary, chair, teller, owner, clock]) await person.leaves();
});
