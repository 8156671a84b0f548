/** The ledger: public pages over books of any size, beside hledger and Ledger reading the same books; posting; a bank's lines. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CommunityAddress, Meter } from "../../src/platform/db.ts";
import type { Machine } from "../machine.ts";
import { compare, figureOf } from "../measure.ts";
import { type Line, sayCost, sayCosts, sayFigure, throughputOf } from "../report.ts";

const SIZES = [1_000, 10_000, 100_000] as const;
/** Of a year, three quarters that are over. */
const MONTHS = 9;
const AT_A_TIME = 1_000;
const PAGES = [
  { name: "Accounts home", path: "/accounts" },
  { name: "Public statement", path: "/accounts/statements/3" },
  { name: "Budgets", path: "/accounts/budget" },
] as const;
const ROUNDS = 5;
const POSTS = 60;
const TIMES = 40;
const BANK_LINES = 10_000;

const run = promisify(execFile);
type Cost = Meter & { readonly status: number };

// SQLite reads one row more to see that a range has ended, where there is one: it hangs on whose books lie behind in each table.
const ROWS_BEHIND = 4;
const isSame = (costs: readonly Meter[]): boolean => {
  const rows = costs.map(({ rowsRead }) => rowsRead);
  return Math.max(...rows) - Math.min(...rows) <= ROWS_BEHIND;
};

/** A book of so many posted vouchers over nine months, closed and told of. */
async function filled(machine: Machine, vouchers: number, first?: string): Promise<CommunityAddress> {
  const community = (await machine.ask<CommunityAddress>("keep/open", first ? { first } : {})).value;
  for (let month = 0; month < MONTHS; month += 1) {
    const most = Math.floor((vouchers * (month + 1)) / MONTHS) - Math.floor((vouchers * month) / MONTHS);
    for (let from = 0; from < most; from += AT_A_TIME)
      await machine.ask("keep/fill", { community, month, from, to: Math.min(from + AT_A_TIME, most) });
  }
  await machine.ask("keep/tell", { community, months: MONTHS });
  return community;
}

export async function keepingLines(machine: Machine): Promise<Line[]> {
  // What is compared does not lie at the end of every table.
  await filled(machine, MONTHS, "z");
  const books: CommunityAddress[] = [];
  for (const vouchers of SIZES) books.push(await filled(machine, vouchers));
  const lines: Line[] = [];
  for (const { name, path } of PAGES) {
    const costs: Cost[] = [];
    for (const community of books) costs.push((await machine.ask<Cost>("keep/page", { community, path })).value);
    if (costs.some(({ status }) => status !== 200)) throw new Error(`${name}: ${costs.map(({ status }) => status)}`);
    lines.push({
      subject: name,
      measure: `books of ${SIZES.map((size) => size.toLocaleString("en")).join(", ")} vouchers`,
      result: sayCosts(costs),
      goal: "1 round trip, the same rows but for those behind a range",
      met: costs.every(({ roundTrips }) => roundTrips === 1) && isSame(costs),
    });
  }
  return [
    ...lines,
    ...(await programLines(machine, books.at(-1)!)),
    ...(await postingLines(machine, books)),
    ...(await bankLines(machine)),
  ];
}

// ——— Beside the programs people keep books with ———

/** Milliseconds of processor that the children waited for so far have used; elapsed time where the system does not tell. */
function childrenMs(): number {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return performance.now();
  }
}

async function programLines(machine: Machine, community: CommunityAddress): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), "commonhold-books-"));
  const path = join(folder, "year.journal");
  try {
    const months: string[] = [];
    for (let month = 0; month < MONTHS; month += 1)
      months.push((await machine.ask<string>("keep/journal", { community, month })).value);
    writeFileSync(path, months.join("\n"));
    const asked = [
      { program: "hledger", args: ["-f", path, "bal", "-p", "2026Q3"], goal: 200 },
      { program: "ledger", args: ["-f", path, "bal"], goal: 30 },
    ];
    const lines: Line[] = [];
    for (const { program, args, goal } of asked) lines.push(await programLine(machine, community, program, args, goal));
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function programLine(
  machine: Machine,
  community: CommunityAddress,
  program: string,
  args: readonly string[],
  goal: number,
): Promise<Line> {
  const subject = `Statement of ${SIZES.at(-1)!.toLocaleString("en")} vouchers`;
  const measure = `time of \`${program} ${args.filter((arg) => !arg.startsWith("/") && arg !== "-f").join(" ")}\` on the exported journal ÷ the page`;
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  if (spawnSync(program, ["--version"], { env }).status !== 0)
    return { subject, measure, result: `${program} is not on this machine` };
  const ratios: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const began = childrenMs();
    // Not waited for in one call: the connection to the Worker would end unseen meanwhile, and the next request go into it.
    await run(program, [...args], { env, maxBuffer: 1 << 26 });
    const programMs = childrenMs() - began;
    const page = await machine.ask("keep/page", { community, path: "/accounts/statements/3", times: TIMES });
    ratios.push(programMs / (page.ms / TIMES));
  }
  const figure = figureOf(ratios);
  return { subject, measure, result: sayFigure(figure), goal: `≥ ${goal}`, met: figure.value >= goal };
}

// ——— Posting ———

async function postingLines(machine: Machine, books: readonly CommunityAddress[]): Promise<Line[]> {
  const costs: Meter[] = [];
  for (const community of books) {
    const [id] = (await machine.ask<string[]>("keep/drafted", { community, count: 1 })).value;
    costs.push((await machine.ask<Meter>("keep/post-cost", { community, id })).value);
  }
  const community = books[1]!;
  const drafts = async () => (await machine.ask<string[]>("keep/drafted", { community, count: POSTS })).value;
  const compared = await compare(
    ROUNDS,
    async () => {
      const ids = await drafts();
      return (await machine.ask("keep/post", { community, ids })).ms;
    },
    async () => {
      const ids = await drafts();
      await machine.ask("keep/prepare-bare", { community, ids });
      return (await machine.ask("keep/post-bare", { community })).ms;
    },
  );
  const throughput = throughputOf(compared);
  const same = costs.every(({ roundTrips }) => roundTrips === 2) && isSame(costs);
  return [
    {
      subject: "Posting a voucher",
      measure: `books of ${SIZES.map((size) => size.toLocaleString("en")).join(", ")} vouchers`,
      result: sayCosts(costs),
      goal: "2 round trips, the same rows but for those behind a range",
      met: same,
    },
    {
      subject: "Posting a voucher",
      measure: "throughput ÷ a bare batch of the same rows, one after the other",
      result: sayFigure(throughput),
      goal: "≥ 0.5",
      met: throughput.value >= 0.5,
    },
  ];
}

// ——— A bank's lines ———

interface Bank {
  readonly community: CommunityAddress;
  readonly accountId: string;
}

async function bankLines(machine: Machine): Promise<Line[]> {
  const bank = async () => (await machine.ask<Bank>("keep/bank")).value;
  const first = await bank();
  const cost = (await machine.ask<Meter>("keep/take", { ...first, lines: BANK_LINES })).value;
  await machine.ask("keep/prepare-lines", first);
  const compared = await compare(
    ROUNDS,
    async () => {
      const into = await bank();
      return (await machine.ask("keep/take", { ...into, lines: BANK_LINES })).ms;
    },
    async () => {
      const into = await bank();
      return (await machine.ask("keep/take-bare", into)).ms;
    },
  );
  const subject = `${BANK_LINES.toLocaleString("en")} lines of a bank`;
  return [
    {
      subject,
      measure: "file to lines (read, check, key, seal, write) ÷ json_each insert of the same rows",
      result: sayFigure(compared.ratio),
      goal: "≤ 5",
      met: compared.ratio.value <= 5,
    },
    { subject, measure: "taking the statement in", result: sayCost(cost) },
  ];
}
