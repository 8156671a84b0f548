/** The exported books in the programs they are made for: hledger, Ledger and beancount accept a year of them and add up what the books hold, account by account. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseYuan } from "../../src/kernel/money.ts";
import { CHARTS } from "../../src/ledger/books/chart.ts";
import { type Account, BOOKS, type Book, type Line, periodOf, reversed } from "../../src/ledger/books/rules.ts";
import {
  beancountAccount,
  beancountOf,
  type Exported,
  type ExportedVoucher,
  hledgerAccount,
  hledgerOf,
} from "../../src/ledger/exports/rules.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonhold-journals-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, ...args: readonly string[]) =>
  spawnSync(program, args, { encoding: "utf8", env: { ...process.env, LANG: "C.UTF-8", LC_ALL: "C.UTF-8" } });
const has = (program: string): boolean => run(program, "--version").status === 0;
const missing = ["hledger", "ledger", "bean-check", "bean-query"].filter((program) => !has(program));
if (missing.length > 0)
  console.warn(
    `\n!!! ${missing.join(", ")} not on this machine: what they say of the exported books is NOT tested. apt-get install hledger ledger beancount\n`,
  );
const withProgram = (program: string) => (missing.includes(program) ? test.skip : test);

// ——— A year of books ———

/** Texts that would end a line, begin a remark, close a quote, part an account or be a formula, were they not kept in. */
const TEXTS = [
  "十一月租金",
  '说"好"的 \\ 反斜杠',
  "甲;乙；丙 | 丁",
  "两行\n2026-01-01 * 假凭证\n    资产:假    1.00 CNY",
  '=HYPERLINK("http://x")',
  "+86 @SUM(A1)",
  "(括号) [方括号] {花} <尖> #标签 ^链接",
  "  前后都是空格  ",
  "表\t格",
  "* 星 ! 叹号",
  "100.00 CNY @ 7.00 USD",
  "表情🙂与生僻字𠮷",
  "date:2026-13-99 [2026-02-31] type:X",
] as const;
const NAMES = ["甲物业", "张*", "", 'A "B" 公司', "有;分号|竖线", "(代收)", "* 公司"] as const;

const accountsOf = (book: Book): Account[] => [
  ...CHARTS[book].map((row): Account => ({ ...row, book, fromOn: "2026-01-01", untilOn: null })),
  // One that a community added later, with a name that means something to each program.
  {
    book,
    code: "5099",
    name: { zh: "其他:支出;  (含税) #1", en: "Other" },
    kind: "cost",
    postable: true,
    fromOn: "2026-03-15",
    untilOn: null,
  },
];

/** Every account moves, on both sides, by odd amounts; every seventh voucher is taken back in the month after. */
function yearOf(book: Book): Exported {
  const accounts = accountsOf(book);
  const codes = accounts.filter(({ postable }) => postable).map(({ code }) => code);
  const vouchers: ExportedVoucher[] = [];
  const numbers = new Map<string, number>();
  const post = (
    on: string,
    text: string,
    counterparty: string,
    lines: Line[],
    reverses: ExportedVoucher["reverses"],
  ) => {
    const period = periodOf(on);
    const number = (numbers.get(period) ?? 0) + 1;
    numbers.set(period, number);
    const leafHash = number.toString(16).padStart(64, "0");
    vouchers.push({ period, number, on, text, counterparty, lines, attachments: 0, reverses, leafHash });
    return { period, number };
  };
  for (let at = 0; at < codes.length * 12; at += 1) {
    const month = 1 + Math.floor(at / codes.length);
    const day = (of: number) => `2026-${String(of).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`;
    const [debit, credit, third] = [
      codes[at % codes.length]!,
      codes[(at * 7 + 3) % codes.length]!,
      codes[(at * 5 + 1) % codes.length]!,
    ];
    if ([debit, credit, third].includes("5099") && day(month) < "2026-03-15") continue;
    const [amount, part] = [1 + ((at * 7_919) % 9_999_999), 1 + (at % 97)];
    const lines: Line[] = [
      { account: debit, side: "debit", amountFen: amount + part },
      { account: credit, side: "credit", amountFen: amount },
      { account: third, side: "credit", amountFen: part },
    ];
    const text = TEXTS[at % TEXTS.length]!;
    const first = post(day(month), text, NAMES[at % NAMES.length]!, lines, null);
    if (at % 7 === 0 && month < 12) post(day(month + 1), "冲销", "", reversed(lines), first);
  }
  const order = vouchers.toSorted((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : a.number - b.number));
  const brought = [
    { account: codes[0]!, fen: 1_234_567 },
    { account: codes[1]!, fen: -1 },
  ];
  return { community: '金桂苑"一期"; 东', book, bookName: "账", from: "2026-01", accounts, brought, vouchers: order };
}

/** What the books hold, by the name of each account in a program; nought where all was taken back. */
function heldBy({ accounts, brought, vouchers }: Exported, nameOf: (code: string, all: readonly Account[]) => string) {
  const sums = new Map<string, number>();
  const add = (code: string, fen: number) =>
    sums.set(nameOf(code, accounts), (sums.get(nameOf(code, accounts)) ?? 0) + fen);
  for (const { account, fen } of brought) add(account, fen);
  for (const { lines } of vouchers)
    for (const { account, side, amountFen } of lines) add(account, side === "debit" ? amountFen : -amountFen);
  return sums;
}
const fenOf = (text: string): number => {
  const read = parseYuan(text.replace(/ CNY$/, ""));
  if (!read.ok) throw new Error(`${text}: ${read.error.reason}`);
  return read.value;
};
/** The program's balances of the accounts the books know, nothing for those it leaves out. */
const compared = (held: ReadonlyMap<string, number>, said: ReadonlyMap<string, number>): [string, number][] =>
  [...held.keys()].map((name) => [name, said.get(name) ?? 0]);

describe("a month of more vouchers than a workbook holds", () => {
  const accounts = accountsOf("common");
  const vouchers = Array.from({ length: 10_500 }, (_, at): ExportedVoucher => {
    const text = TEXTS[at % TEXTS.length]!;
    const lines: Line[] = [
      { account: "1002.01", side: "debit", amountFen: at + 1 },
      { account: "4001.01", side: "credit", amountFen: at + 1 },
    ];
    const on = `2026-11-${String(1 + Math.floor(at / 500)).padStart(2, "0")}`;
    const leafHash = at.toString(16).padStart(64, "0");
    return {
      period: "2026-11",
      number: at + 1,
      on,
      text,
      counterparty: "",
      lines,
      attachments: 0,
      reverses: null,
      leafHash,
    };
  });
  const month: Exported = {
    community: "金桂苑",
    book: "common",
    bookName: "账",
    from: "2026-11",
    accounts,
    brought: [],
    vouchers,
  };
  const written = (name: string, text: string): string => {
    const path = join(folder, `many.${name}`);
    writeFileSync(path, text);
    return path;
  };

  withProgram("hledger")("is accepted by hledger, whole", () => {
    const path = written("journal", hledgerOf(month));
    expect(run("hledger", "check", "-f", path, "accounts", "commodities", "balancednoautoconversion").status).toBe(0);
    expect(run("hledger", "bal", "-f", path, "-N", "-O", "csv", "1002").stdout).toContain('"551302.50 CNY"');
  });
  withProgram("ledger")("is read by Ledger, whole", () => {
    const path = written("ledger", hledgerOf(month));
    expect(run("ledger", "-f", path, "bal", "--flat", "--no-total", "1002").stdout).toContain("551302.50 CNY");
  });
  withProgram("bean-check")("is accepted by bean-check, whole", () => {
    const check = run("bean-check", written("beancount", beancountOf(month)));
    expect([check.status, check.stderr]).toEqual([0, ""]);
  });
});

describe.each(BOOKS)("a year of the book %s", (book) => {
  const year = yearOf(book);
  const written = (name: string, text: string): string => {
    const path = join(folder, `${book}.${name}`);
    writeFileSync(path, text);
    return path;
  };

  test("has every kind of account, reversals and odd texts in it", () => {
    expect(new Set(year.accounts.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(5);
    expect(year.vouchers.some(({ reverses }) => reverses !== null)).toBe(true);
    expect(new Set(year.vouchers.map(({ text }) => text)).size).toBe(TEXTS.length + 1);
  });

  withProgram("hledger")("is accepted by hledger with its strict checks, and adds up there", () => {
    const path = written("journal", hledgerOf(year));
    const check = run("hledger", "check", "-f", path, "accounts", "commodities", "balancednoautoconversion");
    expect([check.status, check.stderr]).toEqual([0, ""]);
    const balance = run("hledger", "bal", "-f", path, "--flat", "-E", "-N", "-O", "csv");
    expect([balance.status, balance.stderr]).toEqual([0, ""]);
    const said = new Map(
      [...balance.stdout.matchAll(/^"(.*)","(-?[\d.]+) ?(?:CNY)?"$/gm)].map(([, name, amount]) => [
        name!,
        fenOf(amount!),
      ]),
    );
    const held = heldBy(year, hledgerAccount);
    expect(compared(held, said)).toEqual([...held]);
    expect(run("hledger", "print", "-f", path).stdout.match(/^\d{4}-\d\d-\d\d /gm)).toHaveLength(
      year.vouchers.length + 1,
    );
  });

  withProgram("ledger")("is read by Ledger, and adds up there", () => {
    const path = written("ledger", hledgerOf(year));
    const balance = run(
      "ledger",
      "-f",
      path,
      "bal",
      "--flat",
      "--no-total",
      "--empty",
      "--format",
      "%(account)\t%(display_total)\n",
    );
    expect([balance.status, balance.stderr]).toEqual([0, ""]);
    const said = new Map(
      balance.stdout
        .split("\n")
        .filter((line) => line.includes("\t"))
        .map((line) => [line.split("\t")[0]!, fenOf(line.split("\t")[1]!)]),
    );
    const held = heldBy(year, hledgerAccount);
    expect(compared(held, said)).toEqual([...held]);
  });

  withProgram("bean-check")("is accepted by bean-check", () => {
    const check = run("bean-check", written("beancount", beancountOf(year)));
    expect([check.status, check.stdout, check.stderr]).toEqual([0, "", ""]);
  });

  withProgram("bean-query")("adds up in beancount", () => {
    const path = written("query.beancount", beancountOf(year));
    const asked = run("bean-query", "-f", "csv", path, "SELECT account, sum(number) AS total GROUP BY account");
    expect(asked.status).toBe(0);
    const said = new Map(
      [...asked.stdout.matchAll(/^([A-Z][^,]*),\s*(-?[\d.]+)\s*$/gm)].map(([, name, amount]) => [
        name!.trim(),
        fenOf(amount!),
      ]),
    );
    const held = heldBy(year, beancountAccount);
    expect(compared(held, said)).toEqual([...held]);
  });
});
