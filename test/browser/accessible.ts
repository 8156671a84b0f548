/** Whether a page is fit for everyone: nothing serious by axe in light and dark, and no wider than its window at once and twice the type. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { openBrowser, type Type } from "./browsers.ts";

// The page's own scripts stay off; axe runs in copies of it, one window a width, kept from page to page.
const copies = new Map<string, Page>();

async function copyOf(page: Page, type: Type): Promise<Page> {
  const { width, height } = page.viewportSize()!;
  const key = `${type} ${width}`;
  const held = copies.get(key);
  if (held && !held.isClosed()) return held;
  const copy = await (await openBrowser(type)).newPage({ viewport: { width, height }, bypassCSP: true });
  copies.set(key, copy);
  return copy;
}

const sheets = new Map<string, string>();

/** The page as it stands, its style sheet written into it. */
async function withStyles(page: Page): Promise<string> {
  const html = await page.content();
  const href = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1];
  if (href && !sheets.has(href)) sheets.set(href, await (await page.request.get(href)).text());
  const css = sheets.get(href ?? "") ?? "";
  return html.replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${css}</style>`);
}

const violations = (copy: Page, rules: readonly string[]): Promise<string[]> =>
  copy.evaluate(async (only) => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe;
    const found = await run.run({
      resultTypes: ["violations"],
      ...(only.length > 0 ? { runOnly: { type: "rule", values: [...only] } } : {}),
    });
    return found.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }, rules);

interface Root {
  readonly document: { readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number } };
}

interface Box {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly children: { readonly length: number };
  getBoundingClientRect(): { readonly right: number };
}

const widerBy = (copy: Page): Promise<number> =>
  copy.evaluate(() => {
    const { scrollWidth, clientWidth } = (globalThis as unknown as Root).document.documentElement;
    return scrollWidth - clientWidth;
  });

/** What sticks out of the window, for whoever has to mend it. */
const sticksOut = (copy: Page): Promise<string> =>
  copy.evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { querySelectorAll(all: string): Iterable<Box> } & Root["document"];
    };
    const wide = document.documentElement.clientWidth;
    return [...document.querySelectorAll("body *")]
      .filter((one) => one.children.length === 0 && one.getBoundingClientRect().right > wide + 0.5)
      .map((one) => `${one.tagName}: ${(one.textContent ?? "").slice(0, 40)}`)
      .slice(0, 5)
      .join(" | ");
  });

/** Fails when axe finds anything serious on the page, or when it is wider than its window. */
export async function expectAccessible(page: Page): Promise<void> {
  const html = await withStyles(page);
  const copy = await copyOf(page, "usual");
  await copy.emulateMedia({ colorScheme: "light" });
  await copy.setContent(html);
  await copy.evaluate(axe.source);
  expect(await violations(copy, []), page.url()).toEqual([]);
  expect(await widerBy(copy), `${page.url()} is wider than its window`).toBeLessThanOrEqual(0);
  await copy.emulateMedia({ colorScheme: "dark" });
  expect(await violations(copy, ["color-contrast"]), `${page.url()} in the dark`).toEqual([]);
  const large = await copyOf(page, "doubled");
  await large.setContent(html);
  const wider = await widerBy(large);
  const what = wider > 0 ? await sticksOut(large) : "";
  expect(wider, `${page.url()} is wider than its window with doubled type: ${what}`).toBeLessThanOrEqual(0);
}
