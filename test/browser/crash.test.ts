/** The power fails in a storm of votes. What was answered before is there afterwards, once, with its leaf; needs no browser. */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Served, serve } from "../../scripts/local.ts";
import { addDays, DAY_MS, dayOf, startOf } from "../../src/kernel/day.ts";
import { Household } from "./household.ts";
import { cutPower, freePort } from "./served.ts";

const BASE = "/c/jingui";
const AT_ONCE = 24;
const HOUSEHOLDS = 72;
const FORENOON_MS = 10 * 3_600_000;
const ACKNOWLEDGED_BEFORE_THE_KILL = 25;

let folder: string;
let served: Served;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "commonhold-crash-"));
  cpSync(inject("seeded"), folder, { recursive: true });
  served = await serve(await freePort(), { persistTo: folder });
});

afterAll(async () => {
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// ——— The log, read and hashed without a line of the product's own code ———

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafHash = (entry: Uint8Array): Buffer => sha256(Uint8Array.of(0), entry);

/** The root of a list of leaf hashes (RFC 9162, 2.1.1). */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

interface Checkpoint {
  readonly size: number;
  readonly root: string;
}

async function checkpointOf(origin: string): Promise<Checkpoint> {
  const note = await (await fetch(`${origin}${BASE}/log/checkpoint`)).text();
  const [, size, root] = note.split("\n");
  return { size: Number(size), root: root! };
}

const TILE = 256;

/** The bytes of the first `size` entries, from the bundles anyone can fetch. */
async function entriesOf(origin: string, size: number): Promise<Buffer[]> {
  const entries: Buffer[] = [];
  for (let tile = 0; tile * TILE < size; tile += 1) {
    const width = Math.min(TILE, size - tile * TILE);
    const name = String(tile).padStart(3, "0") + (width < TILE ? `.p/${width}` : "");
    const response = await fetch(`${origin}${BASE}/log/tile/entries/${name}`);
    expect(response.status, name).toBe(200);
    const bundle = Buffer.from(await response.arrayBuffer());
    for (let at = 0; at < bundle.length; ) {
      const length = bundle.readUInt16BE(at);
      entries.push(bundle.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return entries;
}

// ——— The households ———

interface Voter {
  readonly link: string;
  readonly lastFour: string;
}

/** Who has not voted in the open meeting yet, by the reminders that were worded for them. */
async function silentVoters(origin: string): Promise<Voter[]> {
  const page = await (await fetch(`${origin}/demo/outbox`, { headers: { accept: "text/html" } })).text();
  const voters = new Map<string, Voter>();
  for (const row of page.split("<tr").slice(1)) {
    const phone = /\b(1\d{10})\b/.exec(row)?.[1];
    const link = /\/c\/jingui\/v\/[0-9a-z]{32}/.exec(row)?.[0];
    if (phone && link) voters.set(link, { link, lastFour: phone.slice(-4) });
  }
  return [...voters.values()].slice(0, HOUSEHOLDS);
}

/** Brings a household to the last button; null for one whose meeting is not open or who has voted. */
async function atTheLastButton(origin: string, { link, lastFour }: Voter): Promise<Household | null> {
  const household = new Household(origin);
  await household.get(link);
  await household.get(`${BASE}/vote`);
  await household.submit(`${BASE}/vote/identify`, { lastFour });
  const ballot = await household.get(`${BASE}/vote`);
  const answers = household.firstOptions();
  if (ballot.status !== 200 || Object.keys(answers).length === 0) return null;
  const review = await household.submit(`${BASE}/vote/review`, answers);
  return review.status === 200 ? household : null;
}

/** Moves the demo's clock and says what it shows, in ms. */
async function advance(origin: string, advanceDays: number): Promise<number> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${origin}/demo/clock`, {
    method: "POST",
    headers,
    body: JSON.stringify({ advanceDays }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { now: number }).now;
}

async function inLanes<T>(work: readonly T[], lanes: number, each: (one: T) => Promise<void>): Promise<void> {
  const queue = [...work];
  const lane = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await each(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

const isReceipt = (response: Response): boolean =>
  response.status === 303 && (response.headers.get("location") ?? "").startsWith(`${BASE}/vote/receipt`);

describe("kill -9 in a storm of votes", () => {
  test("loses no acknowledged ballot, doubles none, and leaves the log an extension of the one before", async () => {
    // Less than seven days before the close everyone who has not voted is reminded, and so can be found here.
    // In the forenoon, whatever the hour is now: reminders rest at night.
    const now = await advance(served.origin, 0);
    await advance(served.origin, (startOf(addDays(dayOf(now), 4)) + FORENOON_MS - now) / DAY_MS);
    const households: Household[] = [];
    await inLanes(await silentVoters(served.origin), 8, async (voter) => {
      const household = await atTheLastButton(served.origin, voter);
      if (household) households.push(household);
    });
    expect(households.length).toBeGreaterThan(ACKNOWLEDGED_BEFORE_THE_KILL * 2);
    const before = await checkpointOf(served.origin);
    expect(before.size).toBeGreaterThan(0);

    // The storm, and the power cut in the middle of it: requests are on their way in, in the database, and on their way out.
    const acknowledged = new Set<Household>();
    const pressed = new Set<Household>();
    let killed: Promise<void> | null = null;
    await inLanes(households, AT_ONCE, async (household) => {
      if (killed) return;
      pressed.add(household);
      try {
        const response = await household.submit(`${BASE}/vote/cast`);
        if (isReceipt(response)) acknowledged.add(household);
      } catch {
        return; // cut off: nobody told this household anything
      }
      if (acknowledged.size >= ACKNOWLEDGED_BEFORE_THE_KILL) killed ??= cutPower(served);
    });
    expect(killed).not.toBeNull();
    await killed;
    expect(acknowledged.size).toBeLessThan(households.length);
    expect(pressed.size).toBeGreaterThan(acknowledged.size);

    served = await serve(await freePort(), { persistTo: folder });
    const { origin } = served;

    // Every household presses its button (again), as people do. The acknowledged are told that their ballot stands.
    const leaves = new Map<string, Household>();
    await inLanes(households, 8, async (household) => {
      const again = household.at(origin);
      const repeat = await (pressed.has(household) ? again.again() : again.submit(`${BASE}/vote/cast`));
      expect(isReceipt(repeat), String(repeat.status)).toBe(true);
      if (acknowledged.has(household)) expect(repeat.headers.get("location")).toContain("again=1");
      const file = (await (await again.get(`${BASE}/vote/receipt.json`)).json()) as { entry: string };
      const hash = leafHash(Buffer.from(file.entry)).toString("hex");
      expect(leaves.has(hash)).toBe(false);
      leaves.set(hash, household);
    });
    expect(leaves.size).toBe(households.length);

    // The log, recomputed: it extends the checkpoint taken before, and has each ballot once.
    const after = await checkpointOf(origin);
    const entries = await entriesOf(origin, after.size);
    const hashes = entries.map(leafHash);
    expect(hashes).toHaveLength(after.size);
    expect(Buffer.from(rootOf(hashes.slice(0, before.size))).toString("base64")).toBe(before.root);
    expect(Buffer.from(rootOf(hashes)).toString("base64")).toBe(after.root);
    const inLog = hashes.map((hash) => hash.toString("hex"));
    for (const hash of leaves.keys()) expect(inLog.filter((one) => one === hash)).toHaveLength(1);
    const cast = entries
      .map((entry) => JSON.parse(entry.toString()) as { type: string; meeting?: string; voter?: number })
      .filter(({ type }) => type === "ballot.cast")
      .map(({ meeting, voter }) => `${meeting} ${voter}`);
    expect(new Set(cast).size).toBe(cast.length);
  }, 300_000);
});
