/** The independent verifier as a neighbour runs it: a process of its own against the served demo, against what it saved, and against what somebody altered. Needs no browser. */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { serveCopy } from "./served.ts";

interface Told {
  readonly status: number;
  readonly size: number;
  readonly checks: readonly {
    readonly id: string;
    readonly good: number;
    readonly wrong: number;
    readonly faults: readonly { readonly where: string; readonly zh: string; readonly en: string }[];
    readonly open: readonly { readonly zh: string; readonly en: string }[];
  }[];
}

// What is published has its shapes in the product's own tests; here it is only spoilt.
// biome-ignore lint/suspicious/noExplicitAny: any place of any answer
type Any = any;

/** Runs the program and waits for its end. */
function run(...args: readonly string[]): Promise<{ readonly status: number | null; readonly out: string }> {
  const child = spawn(process.execPath, ["verifier/verify.mjs", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.resume();
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, out })));
}
async function told(...args: readonly string[]): Promise<Told> {
  const { status, out } = await run(...args, "--json");
  const answer = JSON.parse(out) as Told;
  expect(answer.status).toBe(status);
  return answer;
}
const faultsOf = ({ checks }: Told): string[] =>
  checks.flatMap(({ id, faults }) => faults.map(({ where }) => `${id} ${where}`));

let folder: string;
let bundle: string;
let first: Told;
let served: Awaited<ReturnType<typeof serveCopy>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "commonhold-verifier-"));
  bundle = join(folder, "bundle");
  served = await serveCopy(inject("seeded"));
  first = await told(`${served.origin}/c/jingui`, "--state", join(folder, "state.json"), "--save", bundle);
});
afterAll(async () => {
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the demo", () => {
  test("is all right, every check with something to check", () => {
    expect(faultsOf(first)).toEqual([]);
    expect(first.status).toBe(0);
    const empty = first.checks.filter(({ good }) => good === 0).map(({ id }) => id);
    // A first visit remembers nothing, and nobody cosigned.
    expect(empty).toEqual(["growth", "witnesses"]);
  });
  test("is the continuation of what was seen before, and says so in both languages", async () => {
    const { status, out } = await run(`${served.origin}/c/jingui`, "--state", join(folder, "state.json"));
    expect(out).toContain("✓ 记录只增不改");
    expect(out).toContain("all that was checked is right");
    expect(status).toBe(0);
  });
  test("saved, is checked again without the network", async () => {
    const again = await told(bundle, "--state", join(folder, "state.json"));
    expect([faultsOf(again), again.status, again.size]).toEqual([[], 0, first.size]);
  });
  test("of another community is all right too", async () => {
    const other = await told(`${served.origin}/c/yinxing`);
    expect([faultsOf(other), other.status]).toEqual([[], 0]);
  });
});

describe("what cannot be read is neither right nor wrong", () => {
  test.each([
    ["an address where nobody answers", "http://127.0.0.1:9/c/jingui"],
    ["an address of no community", "http://127.0.0.1:9/"],
    ["a folder that is not there", "/nowhere/at/all"],
  ])("%s", async (_, where) => expect((await told(where)).status).toBe(2));
  test("a community that is not there", async () => {
    expect((await told(`${served.origin}/c/nobody`)).status).toBe(2);
  });
  test("a saved folder that lacks a file", async () => {
    const copy = join(folder, "lacking");
    cpSync(bundle, copy, { recursive: true });
    rmSync(join(copy, "files/c/jingui/log/tile/entries/000.body"));
    expect((await told(copy)).status).toBe(2);
  });
});

/** A copy of the saved folder in which one file is changed. */
async function altered(name: string, file: string, change: (before: Buffer) => Buffer | string, ...args: string[]) {
  const copy = join(folder, name);
  cpSync(bundle, copy, { recursive: true });
  const path = join(copy, "files", `${file}.body`);
  const [before, after] = [readFileSync(path), change(readFileSync(path))];
  expect(Buffer.compare(before, Buffer.from(after)), "the change changes something").not.toBe(0);
  writeFileSync(path, after);
  const answer = await told(copy, ...args);
  rmSync(copy, { recursive: true });
  return answer;
}
const LOG = "c/jingui/log";

describe("what somebody altered is told, with its place", () => {
  test("one byte of an entry", async () => {
    const answer = await altered("byte", `${LOG}/tile/entries/000`, (bytes) => {
      // The first digit of the instant of entry 1.
      const at = bytes.indexOf('"at":', 2 + bytes.readUInt16BE(0)) + 5;
      bytes[at]! ^= 1;
      return bytes;
    });
    expect(answer.status).toBe(1);
    expect(faultsOf(answer)).toContain("leaves #1");
    expect(faultsOf(answer)).toContain(`leaves root, ${first.size}`);
  });
  test("the checkpoint's size", async () => {
    const answer = await altered("size", `${LOG}/checkpoint`, (bytes) =>
      String(bytes).replace(`\n${first.size}\n`, `\n${first.size - 1}\n`),
    );
    expect([answer.status, faultsOf(answer)]).toEqual([1, ["signature /log/checkpoint"]]);
  });
  test("another key", async () => {
    const answer = await altered(
      "key",
      `${LOG}/vkey`,
      () => "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
      "--state",
      join(folder, "state.json"),
    );
    expect([answer.status, faultsOf(answer)]).toEqual([1, ["signature /log/vkey"]]);
  });
  test("a log that forked from the one seen before", async () => {
    const state = join(folder, "forked.json");
    const seen = JSON.parse(readFileSync(join(folder, "state.json"), "utf8")) as { checkpoint: string };
    const [origin, size, , ...rest] = seen.checkpoint.split("\n");
    const other = Buffer.alloc(32, 5).toString("base64");
    writeFileSync(state, JSON.stringify({ ...seen, checkpoint: [origin, size, other, ...rest].join("\n") }));
    const answer = await told(bundle, "--state", state);
    expect(answer.status).toBe(1);
    expect(faultsOf(answer)).toEqual([`growth ${size} → ${size}`, `growth root, ${size}`]);
    // What was remembered is not overwritten with the fork.
    expect(readFileSync(state, "utf8")).toContain(other);
  });
  const result = "api/communities/jingui/meetings/3/result";
  const json = (change: (value: Any) => void) => (bytes: Buffer) => {
    const value = JSON.parse(String(bytes)) as Any;
    change(value);
    return JSON.stringify(value);
  };
  test.each<[string, string, (bytes: Buffer) => Buffer | string, string]>([
    [
      "a tally: two votes from one option to the other",
      result,
      json(({ items: [, item] }) => {
        item.options[0].votes.owners += 2;
        item.options[1].votes.owners -= 2;
      }),
      "tally meetings/3 result item 2",
    ],
    [
      "an outcome that the figures do not give",
      result,
      json(({ items: [, item] }) => {
        item.outcome = "lost";
      }),
      "tally meetings/3 item 2",
    ],
    [
      "a ballot left out of the count",
      result,
      json((value) => {
        value.ballots -= 1;
      }),
      "tally meetings/3 result",
    ],
    [
      "a turnout that no ballots stand behind",
      "api/communities/jingui/meetings/3",
      json(({ items: [item] }) => {
        item.turnout.participated.areaM2 = "16010.87";
      }),
      "turnout meetings/3 item 1",
    ],
    [
      "a word of the notice",
      "api/communities/jingui/meetings/3",
      json((value) => {
        value.manifest = value.manifest.replace("58000", "98000");
      }),
      "meetings meetings/3 manifest",
    ],
    [
      "a voucher's amount in the published books",
      "c/jingui/accounts/export/common/2026.csv",
      (bytes) => String(bytes).replace(",85414,", ",85415,"),
      "books common 2026-08-0001",
    ],
    [
      "a voucher left out of them",
      "c/jingui/accounts/export/common/2026.csv",
      (bytes) => String(bytes).replace(/2026-08-0002,.*\r\n/g, ""),
      "books common 2026-08-0002",
    ],
    [
      "a figure of a statement",
      "api/communities/jingui/accounts/statements/1",
      json(({ content }) => {
        content.closingFen += 100;
      }),
      "statements statement 1",
    ],
    [
      "who was elected",
      "api/communities/jingui/elections/1/rounds/1",
      json(({ outcome }) => {
        outcome.candidates[4].place = "alternate";
      }),
      "elections elections/1 round 1",
    ],
    [
      "the order of the candidates",
      "api/communities/jingui/elections/1/candidates",
      json(({ candidates: [first, second] }) => {
        [first.place, second.place] = [2, 1];
      }),
      "elections elections/1 candidates",
    ],
    [
      "a voucher of an audit's sample",
      "api/communities/jingui/audits/1/samples/1",
      json(({ drawn }) => drawn.pop()),
      "samples audits/1 sample 1",
    ],
    [
      "an amount in the list the sample was drawn from",
      "c/jingui/accounts/audits/1/population.txt",
      (bytes) => String(bytes).replace(/\t(\d+)\t/, "\t1$1\t"),
      "samples audits/1 population",
    ],
    [
      "the price of a bid that was opened",
      "c/jingui/tenders/1/opening.json",
      json(({ bids: [bid] }) => {
        bid.prices.monthly -= 100;
      }),
      "bids tenders/1 lot 1 bidder 1",
    ],
    [
      "what a bid was sealed as",
      "c/jingui/tenders/1/opening.json",
      json(({ bids: [bid] }) => {
        bid.ct = `A${bid.ct.slice(1)}`;
        bid.price.keyCommit = "00".repeat(32);
      }),
      "bids tenders/1 lot 1 bidder 1",
    ],
    ["a bid that is not shown", "c/jingui/tenders/1/opening.json", json(({ bids }) => bids.pop()), "bids tenders/1"],
    [
      "a quantity of the scheme",
      "c/jingui/tenders/1/opening.json",
      json((value) => {
        value.scheme = value.scheme.replace('"quantityHundredths":', '"quantityHundredths":1');
      }),
      "bids tenders/1 scheme",
    ],
    [
      "a member's points in the report",
      "c/jingui/tenders/1/report.json",
      json(({ report }) => {
        report.sheets[0].given[0].points += 100;
      }),
      "ranks tenders/1",
    ],
    [
      "who came first",
      "c/jingui/tenders/1/report.json",
      json(({ results: [lot] }) => lot.ranked.reverse()),
      "ranks tenders/1 lot 1",
    ],
    [
      "a page that lacks what it must hold",
      "c/jingui/tenders/1/opening.json",
      json((value) => {
        value.bids = {};
      }),
      "form ranks",
    ],
    [
      "a meeting that is not shown any more",
      "api/communities/jingui/meetings",
      json(({ meetings }) => meetings.pop()),
      "meetings meeting ",
    ],
  ])("%s", async (_, file, change, place) => {
    const answer = await altered("published", file, change);
    expect(answer.status).toBe(1);
    expect(faultsOf(answer).some((fault) => fault.startsWith(place))).toBe(true);
  });
});
