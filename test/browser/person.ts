/** A person at a browser: a fresh profile at a phone's or a desk's width, watching for errors, checked by axe. */
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { BROWSER_FLAGS, findBrowser } from "../../scripts/browser.ts";

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };

let browser: Browser | null = null;

export async function openBrowser(): Promise<Browser> {
  browser ??= await chromium.launch({ executablePath: findBrowser()!, headless: true, args: BROWSER_FLAGS });
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = null;
}

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained of: script errors, failed or foreign requests. */
  readonly complaints: string[];
  leave(): Promise<void>;
}

/** Opens a fresh profile. JavaScript is off unless asked for: every page must work without. */
export async function aPerson(
  origin: string,
  options: { viewport: { width: number; height: number }; javaScript?: boolean },
): Promise<Person> {
  const context = await (await openBrowser()).newContext({
    viewport: options.viewport,
    javaScriptEnabled: options.javaScript ?? false,
    baseURL: origin,
    locale: "zh-CN",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, origin: from } = new URL(request.url());
    if (protocol.startsWith("http") && from !== origin) complaints.push(`foreign: ${request.url()}`);
  });
  return { page, context, complaints, leave: () => context.close() };
}

/** Fails when axe finds anything serious on the page, or when it is wider than its window. */
export async function expectAccessible(page: Page): Promise<void> {
  // The page's own scripts stay off; axe runs from the test's side in a world of its own.
  const scripted = await (await openBrowser()).newContext({ viewport: page.viewportSize()!, bypassCSP: true });
  const copy = await scripted.newPage();
  await copy.setContent(await withStyles(page));
  await copy.evaluate(axe.source);
  const found = await copy.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await run.run({ resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  });
  const overflow = await copy.evaluate(() => {
    const { scrollWidth, clientWidth } = (
      globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
    ).document.documentElement;
    return scrollWidth - clientWidth;
  });
  await scripted.close();
  expect(found, page.url()).toEqual([]);
  expect(overflow, `${page.url()} is wider than the window`).toBeLessThanOrEqual(0);
}

async function withStyles(page: Page): Promise<string> {
  const html = await page.content();
  const href = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1];
  const css = href ? await (await page.request.get(href)).text() : "";
  return html.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${css}</style>`);
}
