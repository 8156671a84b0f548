/** An owner with a telephone: from the link in the message to a receipt checked by anyone. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeBrowsers } from "./browsers.ts";
import { aPerson, PHONE } from "./person.ts";
import { roleOf } from "./roles.ts";
import { serveCopy } from "./served.ts";

let served: Awaited<ReturnType<typeof serveCopy>>;
beforeAll(async () => {
  served = await serveCopy(inject("seeded"));
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
});

const wrongFor = (right: string): string => (right === "0000" ? "1111" : "0000");

/** What a passer-by sees: the newest entry of the record, and how many owners have taken part. */
async function seenFromOutside(origin: string): Promise<{ newest: number; voted: number }> {
  const read = async (path: string) => (await fetch(`${origin}${path}`)).text();
  const newest = /\/record\/entries\/(\d+)/.exec(await read("/c/jingui/record"))?.[1];
  const voted = /(\d+)人<\/b> \/ 196人/.exec(await read("/c/jingui/meetings/4"))?.[1];
  return { newest: Number(newest), voted: Number(voted) };
}

test("an owner votes once by the link, keeps a receipt, and anyone can check it", async () => {
  const { origin } = served;
  const { url: link, lastFour = "" } = await roleOf(origin, "owner");
  const owner = await aPerson("owner", origin, PHONE);

  // The second time is the preview a message service makes. The token leaves the address bar at once, and nothing changes.
  const before = await seenFromOutside(origin);
  expect(before.voted).toBeGreaterThan(0);
  expect(before.newest).toBeGreaterThan(0);
  await owner.opens(link);
  await owner.opens(link);
  expect(owner.at).toBe("/c/jingui/vote");
  expect(await seenFromOutside(origin)).toEqual(before);
  await owner.finds("先核对是您本人");

  await owner.types("手机号后四位", wrongFor(lastFour));
  await owner.presses("核对，进入表决票");
  await owner.sees("这四位与名册登记的手机号、证件号都不一致。还可以试4次。");
  await owner.finds("先核对是您本人");

  await owner.types("手机号后四位", lastFour);
  await owner.presses("核对，进入表决票");
  await owner.sees("议题1（共2项） 地面停车收入用于更换门禁", "过半数同意", "四分之三以上同意");
  await owner.unfolds("为什么是这么多？");
  await owner.sees("您在名册上的登记", "一个专有部分，按一人计算");
  await owner.finds("表决票");

  // One item left out: the message stands beside it, and what was chosen is still there.
  await owner.answers("地面停车收入用于更换门禁", "同意");
  await owner.presses("下一步：核对我的选择");
  await owner.sees("有1处还要看一下，表决票没有提交", "议题2还没有选");
  expect(await owner.group("地面停车收入用于更换门禁").getByLabel("同意", { exact: true }).isChecked()).toBe(true);
  await owner.finds("表决票");

  await owner.answers("电梯轿厢内设置广告", "反对");
  await owner.presses("下一步：核对我的选择");
  await owner.sees("议题1：地面停车收入用于更换门禁 同意", "议题2：电梯轿厢内设置广告 反对");
  await owner.finds("核对您的选择");
  await owner.presses("返回修改");
  await owner.answers("电梯轿厢内设置广告", "弃权");
  await owner.presses("下一步：核对我的选择");

  // Somebody of the same household has come as far on another telephone.
  const spouse = await aPerson("spouse", origin, PHONE);
  await spouse.opens(link);
  await spouse.types("手机号后四位", lastFour);
  await spouse.presses("核对，进入表决票");
  await spouse.answers("地面停车收入用于更换门禁", "反对");
  await spouse.answers("电梯轿厢内设置广告", "反对");
  await spouse.presses("下一步：核对我的选择");
  await owner.presses("提交表决票");

  expect(owner.at).toBe("/c/jingui/vote/receipt");
  await owner.sees("已列入签名的记录", "议题2：电梯轿厢内设置广告 弃权");
  await owner.finds("您的表决票已经收到");
  const code = (await owner.page.locator(".receipt-code").innerText()).trim();
  const receipt = await owner.saves("保存回执");
  expect(receipt.name).toMatch(/^receipt-.+\.json$/);

  await spouse.presses("提交表决票");
  await spouse.sees("以先收到的这一张为准", code, "议题2：电梯轿厢内设置广告 弃权");
  await spouse.finds("您的表决票已经收到");
  await spouse.leaves();
  expect((await seenFromOutside(origin)).voted).toBe(before.voted + 1);

  // Opened again, the link leads to the ballot that stands.
  await owner.opens(link);
  expect(owner.at).toBe("/c/jingui/vote/receipt");
  await owner.sees(code);

  // Somebody else, who has only the file.
  const neighbour = await aPerson("neighbour", origin, PHONE);
  await neighbour.opens("/c/jingui/verify");
  await neighbour.finds("核验回执");
  await neighbour.gives("回执文件", receipt);
  await neighbour.presses("开始核验");
  await neighbour.sees(code);
  await neighbour.finds("核验通过：这条记录在案，没有被改动");

  // The same file with another choice written into it proves nothing.
  const forged = JSON.parse(receipt.text) as { openings: { value: { options: number[] }[] }[] };
  forged.openings[0]!.value[0]!.options = [2];
  await neighbour.follows("再核验一份");
  await neighbour.gives("回执文件", { name: receipt.name, text: JSON.stringify(forged) });
  await neighbour.presses("开始核验");
  await neighbour.sees("用您保存的内容算出的值与记录里的不同");
  await neighbour.finds("核验没有通过");
  await neighbour.leaves();

  await owner.follows("会议页面");
  await owner.sees("还差", "三分之二");
  await owner.doesNotSee("同意的人数", "表决结果");
  await owner.finds("2026 年第二次业主大会会议");

  await owner.opens("/c/jingui/vote");
  await owner.presses("离开，在这部手机上退出");
  expect(await owner.opens("/c/jingui/vote")).toBe(401);
  await owner.finds("请从您的链接进入");
  await owner.leaves();
});
