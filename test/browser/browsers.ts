/** The browsers the journeys share: one as it comes, and one whose reader set the type to twice the size. */
import { type Browser, chromium } from "playwright-core";
import { BROWSER_FLAGS, findBrowser } from "../../scripts/browser.ts";

export type Type = "usual" | "doubled";

// The reader's own setting, not a style: the widths at which a page changes its shape follow it.
const FLAGS: Record<Type, readonly string[]> = { usual: [], doubled: ["--blink-settings=defaultFontSize=32"] };

const open = new Map<Type, Promise<Browser>>();

export function openBrowser(type: Type = "usual"): Promise<Browser> {
  const held = open.get(type);
  if (held) return held;
  const launched = chromium.launch({
    executablePath: findBrowser()!,
    headless: true,
    args: [...BROWSER_FLAGS, ...FLAGS[type]],
  });
  open.set(type, launched);
  return launched;
}

export async function closeBrowsers(): Promise<void> {
  const all = [...open.values()];
  open.clear();
  for (const browser of all) await (await browser).close();
}
