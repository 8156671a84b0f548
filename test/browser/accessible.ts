/** Whether a page is fit for everyone: nothing serious by axe in light and dark, and no wider than its window at once and twice the type. */
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";

// The page's own scripts stay off; axe runs in copies of it, one window a width, kept from page to page.
const copies = new Map<string, Page>();

export const forgetCopies = (): void => copies.clear();

async function copyOf(browser: Browser, { width, height }: { width: number; height: number }): Promise<Page> {
  const key = `${width}x${height}`;
  const held = copies.get(key);
  if (held) return held;
  const page = await browser.newPage({ viewport: { width, height }, bypassCSP: true });
  copies.set(key, page);
  return page;
}

async function withStyles(page: Page): Promise<string> {
  const html = await page.content();
  const href = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1];
  const css = href ? await (await page.request.get(href)).text() : "";
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

const widerBy = (copy: Page): Promise<number> =>
  copy.evaluate(() => {
    const { scrollWidth, clientWidth } = (globalThis as unknown as Root).document.documentElement;
    return scrollWidth - clientWidth;
  });

/** Fails when axe finds anything serious on the page, or when it is wider than its window. */
export async function expectAccessible(browser: Browser, page: Page): Promise<void> {
  const copy = await copyOf(browser, page.viewportSize()!);
  await copy.emulateMedia({ colorScheme: "light" });
  await copy.setContent(await withStyles(page));
  await copy.evaluate(axe.source);
  expect(await violations(copy, []), page.url()).toEqual([]);
  await copy.emulateMedia({ colorScheme: "dark" });
  expect(await violations(copy, ["color-contrast"]), `${page.url()} in the dark`).toEqual([]);
  expect(await widerBy(copy), `${page.url()} is wider than its window`).toBeLessThanOrEqual(0);
  // A reader's own setting of twice the size, under which the sheet's 112.5 % is 225 %.
  await copy.addStyleTag({ content: "html { font-size: 225% !important }" });
  expect(await widerBy(copy), `${page.url()} is wider than its window with doubled type`).toBeLessThanOrEqual(0);
}
