/** The power fails while the demo is being filled. Filled further it has the same books as one that was never interrupted; needs no browser. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrate, type Served, serve } from "../../scripts/local.ts";
import { cutPower, freePort, serveCopy } from "./served.ts";

const BASE = "/c/jingui/accounts";
/** How long after a step began the power fails: in the middle of some, between others. */
const CUTS_MS = [400, 1_100, 700, 1_900];

let folder: string;
let served: Served;
let whole: Awaited<ReturnType<typeof serveCopy>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "commonhold-seeding-"));
  migrate(folder);
  served = await serve(await freePort(), { persistTo: folder });
  whole = await serveCopy(inject("seeded"));
});
afterAll(async () => {
  await served?.stop();
  await whole?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Progress {
  readonly step: string;
}
async function nextStep(): Promise<Progress> {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  const response = await fetch(`${served.origin}/demo/seed`, init);
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as Progress;
}

/** What the books have of a month, as anyone takes it away: its vouchers by what they say. */
async function monthOf(origin: string, period: string): Promise<string[]> {
  const response = await fetch(`${origin}${BASE}/export/common/${period}.csv`);
  expect(response.status, period).toBe(200);
  const lines = (await response.text()).trim().split(/\r?\n/);
  // Numbers of one hour may come in another order, and hashes are each estate's own; what the vouchers say may not differ.
  return lines.map((line) => line.split(",").slice(1, SAID).join()).toSorted();
}

/** Day, text, account, both sides, counterparty, how many papers. */
const SAID = 9;
const IS_MONEY = /账簿：第(\d)个季度/;

test("a seeding that is cut off goes on where it was, and enters nothing twice", async () => {
  for (let step = ""; !step.includes("登记第一届业委会"); ) ({ step } = await nextStep());
  for (const wait of CUTS_MS) {
    const cut = nextStep().catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await cutPower(served);
    await cut;
    served = await serve(await freePort(), { persistTo: folder });
  }
  for (let quarter = "0"; quarter < "3"; ) quarter = IS_MONEY.exec((await nextStep()).step)?.[1] ?? "0";

  const books = await (await fetch(`${whole.origin}${BASE}/export`)).text();
  const months = [
    ...new Set([...books.matchAll(/common\/(\d{4}-\d{2})\.csv/g)].map(([, period]) => period!)),
  ].toSorted();
  expect(months.length).toBeGreaterThan(24);
  // Three quarters are in the books, and nothing of them differs.
  for (const period of months.slice(0, 9))
    expect(await monthOf(served.origin, period), period).toEqual(await monthOf(whole.origin, period));
}, 400_000);
