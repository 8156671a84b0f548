/** `npm run pictures`: serves the demo in a folder of its own and takes the README's pictures of its main pages. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { BROWSER_FLAGS, findBrowser } from "./browser.ts";
import { ensureSecrets, migrate, seed, serve } from "./local.ts";

const OUT = "docs/pictures";
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 860 };

interface Role {
  readonly role: string;
  readonly url: string;
  readonly lastFour?: string;
}

const executablePath = findBrowser();
if (!executablePath) throw new Error("no Chromium found: apt-get install -y chromium fonts-noto-cjk");

const folder = mkdtempSync(join(tmpdir(), "commonhold-pictures-"));
ensureSecrets();
migrate(folder);
const served = await serve(Number(process.env.PORT ?? 8799), { persistTo: folder });
try {
  await seed(served.origin, console.log);
  const { roles } = (await (await fetch(`${served.origin}/demo/links.json`)).json()) as { roles: Role[] };
  const roleOf = (role: string): Role => {
    const found = roles.find((one) => one.role === role);
    if (!found) throw new Error(`the demo has no role ${role}`);
    return found;
  };
  mkdirSync(OUT, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });

  const shoot = async (context: BrowserContext, path: string, name: string, fullPage = false): Promise<void> => {
    const page = await context.newPage();
    await page.goto(path.startsWith("http") ? path : `${served.origin}${path}`);
    await page.screenshot({ path: join(OUT, `${name}.png`), fullPage });
    await page.close();
    console.log(`  ${OUT}/${name}.png`);
  };
  const open = (viewport: typeof PHONE) => browser.newContext({ viewport, javaScriptEnabled: false, locale: "zh-CN" });

  const visitor = await open(DESK);
  const base = new URL(roleOf("public").url).pathname;
  await shoot(visitor, base, "home");
  await shoot(visitor, roleOf("meeting-open").url, "meeting-open");
  await shoot(visitor, `${base}/record`, "record");
  await visitor.close();

  const ofRole = async (context: BrowserContext, roles: readonly string[]): Promise<void> => {
    for (const role of roles) await shoot(context, roleOf(role).url, role);
  };
  const passer = await open({ width: 1280, height: 1100 });
  await ofRole(passer, ["committee", "chart", "duties", "street-overview"]);
  await shoot(passer, `${roleOf("election-past").url}/rounds/1`, "election-result");
  await passer.close();
  const neighbour = await open({ width: 390, height: 1500 });
  await ofRole(neighbour, ["ginkgo-election", "ginkgo-candidates", "overlap"]);
  await neighbour.close();

  // Tall enough to show a result with its bars and the inequalities that decide it.
  const reader = await open({ width: 1280, height: 1900 });
  await shoot(reader, roleOf("meeting-finished").url, "meeting-finished");
  await reader.close();

  // The money: what everybody reads of it, from the home of the accounts to the register, and on a phone what was expected.
  const counting = await open({ width: 1280, height: 1500 });
  await ofRole(counting, ["accounts", "statement", "fund"]);
  await counting.close();
  const asking = await open({ width: 390, height: 1700 });
  await ofRole(asking, ["gap", "sharing"]);
  await asking.close();

  const owner = await open(PHONE);
  const voter = roleOf("owner");
  const page = await owner.newPage();
  await page.goto(voter.url);
  await page.fill("input[name=lastFour]", voter.lastFour ?? "");
  await page.screenshot({ path: join(OUT, "identify.png") });
  await page.click("main form button");
  await page.screenshot({ path: join(OUT, "ballot.png") });
  await page.close();
  await owner.close();

  const secretary = await open(DESK);
  const desk = await secretary.newPage();
  await desk.goto(roleOf("secretary").url);
  await desk.click("main form button");
  await desk.screenshot({ path: join(OUT, "desk.png") });
  await desk.close();
  await secretary.close();
  await browser.close();
} finally {
  await served.stop();
  rmSync(folder, { recursive: true, force: true });
}
