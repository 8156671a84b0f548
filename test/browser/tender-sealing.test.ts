/** Sealed bids in Chromium: keyholders make keys and rehearse, bidders seal ten megabytes (one on a slow telephone), and the bids are opened by two keyholders and by a bidder's own key. */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { DEV_VARS, type Served, serve } from "../../scripts/local.ts";
import type { Env } from "../../src/platform/env.ts";
import { signToken } from "../../src/platform/session.ts";
import { expectAccessible } from "./accessible.ts";
import { closeBrowsers, openBrowser } from "./browsers.ts";
import { freePort } from "./served.ts";
import { tellsOneStory } from "./story.ts";
import { type Announced, announceTender } from "./tender-announced.ts";

const MEGABYTES_10 = 10 * 1024 * 1024;
const KEYHOLDERS = ["chair", "street", "supervisor"] as const;
const DAY_MS = 86_400_000;
const PASSPHRASE = "三位保管人 any two";
const SLOW = { cpu: 6, width: 360, height: 740 };

let folder: string;
let served: Served;
let tender: Announced;
/** By how much the demo's clock runs ahead. */
let ahead = 0;
const keyFiles = new Map<string, string>();
const bidFiles = new Map<number, string>();

tellsOneStory();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "commonhold-sealing-"));
  cpSync(inject("seeded"), folder, { recursive: true });
  tender = announceTender(folder, "jingui", 3);
  served = await serve(await freePort(), { persistTo: folder });
});
afterAll(async () => {
  await closeBrowsers();
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string): string => `${served.origin}/c/jingui${path}`;
const bidPath = () => `/tenders/${tender.number}/bid`;
const openingPath = () => `/desk/tenders/${tender.number}/opening`;

async function opened(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => expect.unreachable(`a page broke: ${error.message}`));
  return page;
}
const DESK = { width: 1280, height: 900 };
const profile = (viewport = DESK) => ({ viewport, acceptDownloads: true, baseURL: served.origin });

/** In an office, by the demo's button. */
async function inOffice(role: string): Promise<Page> {
  const page = await opened(await (await openBrowser()).newContext(profile()));
  await page.goto(`${served.origin}/demo/as/${role}`);
  await page.getByRole("button", { name: "以此身份进入" }).click();
  await page.waitForLoadState("load");
  return page;
}
/** A bidder whose telephone was proved. */
async function asBidder(nth: number, viewport = DESK): Promise<Page> {
  const context = await (await openBrowser()).newContext(profile(viewport));
  const vars = readFileSync(DEV_VARS, "utf8");
  const env = { SESSION_KEY: /^SESSION_KEY="(.*)"$/m.exec(vars)![1] } as Env;
  const now = Date.now() + ahead;
  const claims = {
    sid: tender.sessions[nth - 1]!,
    cid: tender.communityId,
    began: now,
    ends: now + 30 * DAY_MS,
    renewed: now,
  };
  const value = await signToken(env, "bidder", claims, now, 3600);
  // Set as a secure page would: a browser lets localhost have it too.
  const url = served.origin.replace("http:", "https:");
  await context.addCookies([{ name: "__Host-ch_bidder", value, url, secure: true, httpOnly: true, sameSite: "Lax" }]);
  return opened(context);
}
async function saved(page: Page, act: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 110_000 }), act()]);
  const path = join(folder, `${Math.random().toString(36).slice(2)}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return path;
}

test("three keyholders make their keys, each in their own browser, and rehearse with the files they saved", async () => {
  for (const role of KEYHOLDERS) {
    const page = await inOffice(role);
    await page.goto(at(`/desk/tenders/${tender.number}/keys`));
    await page.getByLabel("口令", { exact: true }).fill(PASSPHRASE);
    await page.getByLabel("再输入一次口令").fill("别的口令别的口令");
    await page.getByRole("button", { name: "生成钥匙并下载文件" }).click();
    await page.getByText("两次输入的口令不一样").waitFor();
    await page.getByLabel("再输入一次口令").fill(PASSPHRASE);
    keyFiles.set(role, await saved(page, () => page.getByRole("button", { name: "生成钥匙并下载文件" }).click()));
    await page.getByText("公钥已登记").waitFor();
    expect(readFileSync(keyFiles.get(role)!, "utf8").split(".")).toHaveLength(5);
    await page.context().close();
  }
  for (const role of KEYHOLDERS) {
    const page = await inOffice(role);
    await page.goto(at(`/desk/tenders/${tender.number}/keys`));
    await expectAccessible(page);
    await page.getByLabel("钥匙文件").setInputFiles(keyFiles.get(role)!);
    const passphrase = page.locator("#rehearse-passphrase");
    await passphrase.fill("不是这个口令吧");
    await page.getByRole("button", { name: "打开试标" }).click();
    await page.getByText("口令不对").waitFor();
    await passphrase.fill(PASSPHRASE);
    await page.getByRole("button", { name: "打开试标" }).click();
    await page.getByText("演练通过，并写入公开记录").waitFor();
    await page.context().close();
  }
});

test("the program that runs is the published file: hash shown, hash asked for and hash served are one", async () => {
  const page = await asBidder(1);
  await page.goto(at(bidPath()));
  for (const name of ["seal.js", "pages.js"]) {
    const hash = createHash("sha256")
      .update(readFileSync(`src/tenders/sealing/browser/${name}`))
      .digest();
    expect(await page.locator(`[data-sha256="${name}"]`).textContent()).toBe(hash.toString("hex"));
    const script = page.locator(`script[src$="/${name}"]`);
    expect(await script.getAttribute("integrity")).toBe(`sha256-${hash.toString("base64")}`);
    const answer = await page.request.get(`${served.origin}${await script.getAttribute("src")}`);
    expect(
      createHash("sha256")
        .update(await answer.body())
        .digest("hex"),
    ).toBe(hash.toString("hex"));
  }
  await page.context().close();
});

async function seals(page: Page, nth: number): Promise<string[]> {
  await page.goto(at(bidPath()));
  await page.getByText("这一步需要浏览器运行加密程序").waitFor({ state: "hidden" });
  const monthly = page.locator("#lot-1-monthly");
  await monthly.fill("25000.001");
  await page.locator("#lot-1-deep").fill("1800");
  await page.getByRole("button", { name: "加密并提交投标" }).click();
  await page.getByText("最多两位小数（到分）").waitFor();
  await monthly.fill("25000.01");
  await page.getByRole("button", { name: "加密并提交投标" }).click();
  await page.getByText("高于限价的投标作废").waitFor();
  await monthly.fill(`2345${nth}.50`);
  const file = Buffer.alloc(MEGABYTES_10 + 1);
  file.write("%PDF-1.7\n");
  const give = (buffer: Buffer) =>
    page.locator("#lot-1-documents").setInputFiles({ name: "投标文件.pdf", mimeType: "application/pdf", buffer });
  await give(file);
  await page.getByRole("button", { name: "加密并提交投标" }).click();
  await page.getByText("投标文件最大10MB").waitFor();
  await give(file.subarray(0, MEGABYTES_10));
  // What the page says meanwhile, as a reader would hear it.
  await page.evaluate(`{
    const line = document.querySelector("[data-status]");
    globalThis.heard = [];
    new MutationObserver(() => heard.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true });
  }`);
  bidFiles.set(nth, await saved(page, () => page.getByRole("button", { name: "加密并提交投标" }).click()));
  await page.getByText("第1次提交已收下").waitFor();
  const heard = await page.evaluate<string[]>("heard");
  await page.getByRole("link", { name: "打开回执和证明" }).click();
  await page.waitForLoadState("load");
  expect(await page.locator("body").innerText()).toContain("收到一份密封投标");
  return heard;
}

test.each([1, 2, 3])("bidder %i seals ten megabytes and is told how far it is", async (nth) => {
  const page = await asBidder(nth, nth === 3 ? SLOW : undefined);
  if (nth === 3) {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW.cpu });
  }
  const heard = await seals(page, nth);
  expect(heard).toContain("正在您的浏览器里加密…");
  const percents = heard.flatMap((text) => (/上传密文：(\d+)%/.exec(text) ?? []).slice(1).map(Number));
  expect(percents.length).toBeGreaterThan(5);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  await page.goto(at(bidPath()));
  await expectAccessible(page);
  await page.context().close();
});

test("without a script the page says why it is needed, and how a bid is handed in on paper", async () => {
  const page = await asBidder(1);
  const plain = await (await openBrowser()).newContext({ ...profile(), javaScriptEnabled: false });
  await plain.addCookies(await page.context().cookies());
  const reader = await opened(plain);
  await reader.goto(at(bidPath()));
  expect(await reader.locator("body").innerText()).toContain("密封的纸质投标");
  await reader.locator("summary", { hasText: "换一份投标" }).click();
  expect(await reader.getByRole("button", { name: /加密并/ }).isDisabled()).toBe(true);
  await page.context().close();
  await plain.close();
});

test("the hour of the closing comes", async () => {
  const chair = await inOffice("chair");
  await chair.goto("/demo");
  await chair.getByLabel("往前拨几天").fill("3");
  const moved = chair.waitForEvent("load", { timeout: 110_000 });
  await chair.getByRole("button", { name: "拨动时钟" }).click({ noWaitAfter: true });
  await moved;
  ahead = 3 * DAY_MS;
  await chair.context().close();
});

test("after the closing two keyholders open two bids and a bidder the third; a visitor follows and checks", async () => {
  const visitor = await opened(await (await openBrowser()).newContext(profile(SLOW)));
  await visitor.goto(at(`/tenders/${tender.number}/opening`));
  await expectAccessible(visitor);
  const host = await inOffice("chair");
  await host.goto(at(openingPath()));
  await host.getByRole("button", { name: "开始开标" }).click();
  await host.getByText("尚未交出").first().waitFor();
  await visitor.getByText("尚未交出").first().waitFor(); // followed live

  const bidder = await asBidder(2);
  await bidder.goto(at(`/tenders/${tender.number}/opening`));
  await bidder.getByLabel("投标时下载的钥匙文件").setInputFiles(bidFiles.get(1)!);
  await bidder.getByRole("button", { name: "开启我的投标" }).click();
  await bidder.getByText("会打开成别的内容").waitFor();
  await bidder.getByLabel("投标时下载的钥匙文件").setInputFiles(bidFiles.get(2)!);
  await bidder.getByRole("button", { name: "开启我的投标" }).click();
  await bidder.getByText("您的投标已用您的钥匙开启").waitFor();
  await bidder.context().close();

  for (const role of ["chair", "supervisor"] as const) {
    const page = role === "chair" ? host : await inOffice(role);
    await page.goto(at(openingPath()));
    await page.getByLabel("钥匙文件").setInputFiles(keyFiles.get(role)!);
    await page.getByLabel("口令").fill(PASSPHRASE);
    await page.getByRole("button", { name: "打开并交出全部份额" }).click();
    await page.getByText("已完成，并写入公开记录").waitFor();
    await expectAccessible(page);
    if (page !== host) await page.context().close();
  }
  await host.goto(at(openingPath()));
  await host.getByRole("button", { name: "打开投标文件" }).click();
  await host.getByRole("button", { name: "唱标", exact: true }).click();
  await host.getByText("唱标结果").waitFor();
  await host.getByRole("button", { name: "我到场了，签名确认" }).click();
  await host.getByText("已完成，并写入公开记录").waitFor();

  await visitor.getByText("共3份").waitFor(); // without a reload
  const read = await visitor.locator("[data-live]").innerText();
  for (const nth of [1, 2, 3]) expect(read).toContain(`23,45${nth}.50`);
  await visitor.reload();
  await visitor.getByRole("button", { name: "在我的浏览器里核对" }).click();
  await visitor.getByText("3份与记录完全一致，0份不一致").waitFor();
  await expectAccessible(visitor);
  const record = await visitor.goto(at(`/tenders/${tender.number}/opening/record`));
  expect(record!.status()).toBe(200);
  await expectAccessible(visitor);
});
