/** Sealing where bidders seal: in Chromium, beside bare WebCrypto in the same page. Says so where there is no browser. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Page } from "playwright-core";
import { BROWSER_FLAGS, findBrowser } from "../../scripts/browser.ts";
import { compare } from "../measure.ts";
import { type Line, sayFigure } from "../report.ts";

const ROUNDS = 9;
const MOST = 3;
const PROGRAM = "bench/browser/sealing.js";
/** What is served, at the places the files import each other from. */
const SCRIPTS = new Map(
  [PROGRAM, "src/tenders/sealing/browser/seal.js"].map((path) => [`/${path}`, readFileSync(path)]),
);

const subjects = [
  { opens: false, subject: "Sealing 10 MB in Chromium" },
  { opens: true, subject: "Sealing and opening 10 MB in Chromium" },
] as const;

const timed = (page: Page, which: "bare" | "product", opens: boolean): Promise<number> =>
  page.evaluate(`import("/${PROGRAM}").then(({ timed }) => timed(${JSON.stringify(which)}, ${opens}))`);

/** A page on localhost, which a browser trusts with WebCrypto as it trusts https. */
async function inPage<T>(executablePath: string, work: (page: Page) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const script = SCRIPTS.get(request.url ?? "");
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ?? "<!doctype html><title>bench</title>");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await work(page);
  } finally {
    await browser.close();
    server.close();
  }
}

export async function chromiumLines(): Promise<Line[]> {
  const executablePath = findBrowser();
  const measure = "time ÷ bare WebCrypto over the same bytes, in one page";
  if (executablePath === null)
    return subjects.map(({ subject }) => ({ subject, measure, result: "no Chromium on this machine: not measured" }));
  return inPage(executablePath, async (page) => {
    const lines: Line[] = [];
    for (const { opens, subject } of subjects) {
      const { ratio } = await compare(
        ROUNDS,
        () => timed(page, "product", opens),
        () => timed(page, "bare", opens),
      );
      lines.push({ subject, measure, result: sayFigure(ratio), goal: `at most ${MOST}`, met: ratio.value <= MOST });
    }
    return lines;
  });
}
