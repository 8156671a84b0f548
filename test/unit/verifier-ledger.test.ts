/** The verifier on the books: what entries alone show, what is published of them, and statements added up again against the product's own. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHARTS } from "../../src/ledger/books/chart.ts";
import type { Account, Movement } from "../../src/ledger/books/rules.ts";
import { statementOf } from "../../src/ledger/statements/rules.ts";
import type { JsonObject } from "../../src/record/canonical.ts";
import { hashOfText } from "../../verifier/bytes.mjs";
import { isMirror, ledger } from "../../verifier/ledger.mjs";
import { differences, figures, type Line, movements } from "../../verifier/statement.mjs";
import { readTable, unguarded } from "../../verifier/table.mjs";
import { madeLog, readLog } from "./verifier-log-of-test.ts";

const OPENED: JsonObject = {
  v: 1,
  type: "ledger.opened",
  at: 1,
  book: "common",
  from: "2026-01",
  accounts: [
    { code: "1002.01", kind: "asset", name: "专户" },
    { code: "4001.01", kind: "income", name: "停车" },
    { code: "5001.01", kind: "cost", name: "管理" },
  ],
};
const line = (account: string, side: "debit" | "credit", amount: number): Line => ({ account, side, amount });
const came = (amount: number) => [line("1002.01", "debit", amount), line("4001.01", "credit", amount)];
const went = (amount: number) => [line("5001.01", "debit", amount), line("1002.01", "credit", amount)];
const back = [line("1002.01", "credit", 5), line("4001.01", "debit", 5)];
const posted = (number: number, lines: readonly Line[], more: JsonObject = {}): JsonObject => ({
  v: 1,
  type: "voucher.posted",
  at: number + 1,
  voucher: `id-${number}`,
  book: "common",
  period: "2026-01",
  number,
  on: "2026-01-05",
  kind: "ordinary",
  lines: lines.map((one) => ({ ...one })),
  text: hashOfText("=停车费"),
  files: [],
  reverses: "",
  decision: "",
  by: "review",
  ...more,
});
const closed = (period: string, vouchers: number): JsonObject => ({
  v: 1,
  type: "ledger.closed",
  at: 9,
  book: "common",
  period,
  vouchers,
});

const HEAD = "﻿凭证号,日期,摘要,科目编码,科目名称,借方(元),贷方(元),对方,附件数,冲销凭证号,哈希,借方(分),贷方(分)";
const row = (code: string, { account, side, amount }: Line, hash: string, text = '"\'=停车费"', back = "") =>
  `${code},2026-01-05,${text},${account},,,,,0,${back},${hash},${side === "debit" ? amount : ""},${side === "credit" ? amount : ""}`;

/** Runs the subject on these entries; `file` makes the year's file out of the entries' hashes. */
async function checked(entries: readonly JsonObject[], file?: (hashes: readonly string[]) => string) {
  const made = madeLog(entries);
  if (file) made.files.set("/c/jingui/accounts/export/common/2026.csv", new TextEncoder().encode(file(made.hashes)));
  const subject = ledger();
  const { log, report } = await readLog(made, [subject.see]);
  await subject.check({ source: made.source, log, report });
  return Object.fromEntries(
    report.checks.map(({ id, faults }) => [id, faults.map(({ where, en }) => `${where}: ${en}`)]),
  );
}

describe("entries alone", () => {
  test("that balance, are numbered and close in order are right", async () => {
    const { vouchers } = await checked([OPENED, posted(1, came(500)), posted(2, went(200)), closed("2026-01", 2)]);
    expect(vouchers).toEqual([]);
  });
  test.each<[string, JsonObject[], string]>([
    [
      "a voucher off by one fen",
      [posted(1, [line("1002.01", "debit", 500), line("4001.01", "credit", 499)])],
      "balance",
    ],
    ["a voucher of nothing", [posted(1, [])], "balance"],
    ["a gap in the numbers", [posted(1, came(1)), posted(3, came(1))], "gap"],
    ["a number given twice", [posted(1, came(1)), posted(1, came(2), { voucher: "other" })], "gap"],
    ["a day of another month", [posted(1, came(1), { on: "2026-02-01" })], "gap"],
    ["a posting into a closed month", [posted(1, came(1)), closed("2026-01", 1), posted(2, came(1))], "closed"],
    ["a month closed with one voucher too few", [posted(1, came(1)), closed("2026-01", 0)], "Closed with 0"],
    ["a month that was passed over", [posted(1, came(1)), closed("2026-02", 0)], "passed over"],
    [
      "an account the book does not have",
      [posted(1, [line("9", "debit", 1), line("4001.01", "credit", 1)])],
      "account",
    ],
    ["a reversal of nothing", [posted(1, came(1), { reverses: "none" })], "takes back"],
    ["a reversal of another amount", [posted(1, came(5)), posted(2, went(5), { reverses: "id-1" })], "takes back"],
    [
      "a reversal done twice",
      [posted(1, came(5)), posted(2, back, { reverses: "id-1" }), posted(3, back, { reverses: "id-1" })],
      "takes back",
    ],
  ])("%s is told", async (_, entries, words) => {
    const { vouchers } = await checked([OPENED, ...entries]);
    expect(vouchers?.some((fault) => fault.includes(words))).toBe(true);
  });
  test("a mirror has the same lines on the other sides, in any order", () => {
    expect(isMirror(came(5), [line("4001.01", "debit", 5), line("1002.01", "credit", 5)])).toBe(true);
    expect(isMirror(came(5), came(5))).toBe(false);
    expect(isMirror(came(5), [line("4001.01", "debit", 5)])).toBe(false);
  });
});

describe("what is published of them", () => {
  const entries = [OPENED, posted(1, came(500)), posted(2, went(200))];
  const rows = (hashes: readonly string[]) =>
    [1, 2].flatMap((no) => (no === 1 ? came(500) : went(200)).map((one) => row(`2026-01-000${no}`, one, hashes[no]!)));
  const file =
    (change: (rows: string[]) => string[] = (all) => all) =>
    (hashes: readonly string[]) =>
      `${[HEAD, ...change(rows(hashes))].join("\r\n")}\r\n`;
  test("is right when every voucher is there as it was posted", async () => {
    expect((await checked(entries, file())).books).toEqual([]);
  });
  test.each<[string, (rows: string[]) => string[], string]>([
    ["an amount", (all) => all.map((one) => one.replace(",500,", ",501,")), "2026-01-0001: Amounts"],
    ["a voucher left out", (all) => all.slice(0, 2), "2026-01-0002: It is in the record"],
    [
      "a voucher of nobody's",
      (all) => [...all, row("2026-01-0003", line("1002.01", "debit", 1), "00")],
      "2026-01-0003: The record has no",
    ],
    ["a day", (all) => all.map((one) => one.replace("2026-01-05", "2026-01-06")), "2026-01-0001: Its day"],
    ["its words", (all) => all.map((one) => one.replace("停车费", "停车")), "2026-01-0001: Its words"],
    [
      "what it takes back",
      (all) => all.map((one) => one.replace(",0,,", ",0,2026-01-0009,")),
      "2026-01-0001: It takes back",
    ],
  ])("%s changed is told with the voucher", async (_, change, place) => {
    const { books } = await checked(entries, file(change));
    expect(books?.some((fault) => fault.startsWith(`common ${place}`))).toBe(true);
  });
  test("a month that is not handed out yet is said to be unchecked", async () => {
    const { books } = await checked(entries);
    expect(books).toEqual([]);
  });
});

describe("a table", () => {
  test("quotes, doubled quotes, line ends and lines within a cell", () =>
    expect(readTable(new TextEncoder().encode('﻿a,b\r\n"x,""y""\n",2\r\n1,\r\n'))).toEqual([
      { a: 'x,"y"\n', b: "2" },
      { a: "1", b: "" },
    ]));
  test("an open quote is refused", () => expect(() => readTable(new TextEncoder().encode('a\n"b'))).toThrow());
  test.each([
    ["'=1", "=1"],
    ["''x", "'x"],
    ["x", "x"],
  ])("%s was %s", (cell, text) => expect(unguarded(cell)).toBe(text));
});

describe("a statement", () => {
  const accounts: readonly Account[] = CHARTS.common.map((one) => ({
    ...one,
    book: "common",
    fromOn: "2026-01-01" as Account["fromOn"],
    untilOn: null,
  }));
  const codes = accounts.filter(({ postable }) => postable).map(({ code }) => code);
  const kinds = new Map(accounts.map(({ code, kind }) => [code, kind]));
  const voucher = fc
    .tuple(
      fc.constantFrom("2025-12", "2026-01", "2026-03", "2026-04"),
      fc.constantFrom(...codes),
      fc.constantFrom(...codes),
      fc.integer({ min: 1, max: 1_000_000 }),
    )
    .map(([period, debit, credit, amount]) => ({
      period,
      lines: [line(debit, "debit", amount), line(credit, "credit", amount)],
    }));
  const span = { from: "2026-01", to: "2026-03" };
  const toldOf = (vouchers: readonly { period: string; lines: Line[] }[]) => {
    const moved = movements(vouchers, span.from, span.to);
    const rows = [...moved].map(
      ([account, { opening, debit, credit }]): Movement => ({
        account,
        openingFen: opening,
        debitFen: debit,
        creditFen: credit,
      }),
    );
    return statementOf({
      book: "common",
      span,
      accounts,
      movements: rows,
      decisions: [],
      banks: [],
      leases: [],
      occupancy: [],
      note: "",
    });
  };
  const ownOf = (vouchers: readonly { period: string; lines: Line[] }[]) =>
    figures(movements(vouchers, span.from, span.to), kinds);
  test("the product makes is what the verifier makes, whatever was posted", () =>
    fc.assert(
      fc.property(fc.array(voucher, { maxLength: 30 }), (vouchers) => {
        expect(differences(toldOf(vouchers), ownOf(vouchers))).toEqual([]);
      }),
      { numRuns: 60 },
    ));
  const vouchers = [{ period: "2026-01", lines: [line("1002.01", "debit", 500), line("4001.01", "credit", 500)] }];
  test.each<[string, (told: ReturnType<typeof toldOf>) => object, string]>([
    ["its income", (told) => ({ ...told, incomeFen: 501 }), "incomeFen"],
    ["an account of it", (told) => ({ ...told, income: [{ ...told.income[0], fen: 501 }] }), "income 4001.01"],
    ["an account left out", (told) => ({ ...told, income: [] }), "income 4001.01"],
    [
      "what stands in the bank",
      (told) => ({ ...told, money: [{ ...told.money[0], closingFen: 1 }] }),
      "1002.01 closingFen",
    ],
    ["its end", (told) => ({ ...told, closingFen: 1 }), "closingFen"],
  ])("with %s changed differs", (_, change, what) =>
    expect(differences(change(toldOf(vouchers)), ownOf(vouchers)).map((one) => one.what)).toContain(what),
  );
  test("whose bank does not explain its difference differs", () => {
    const bank = {
      account: "1002.01",
      bookFen: 500,
      bankFen: 400,
      bankInFen: 0,
      bankOutFen: 0,
      bookInFen: 90,
      bookOutFen: 0,
      adjustedBookFen: 500,
      adjustedBankFen: 490,
      unexplainedFen: 10,
    };
    const told = { ...toldOf(vouchers), banks: [bank] };
    expect(differences(told, ownOf(vouchers)).map(({ what }) => what)).toEqual(["bank 1002.01 unexplainedFen"]);
    const good = { ...bank, bookInFen: 100, adjustedBankFen: 500, unexplainedFen: 0 };
    expect(differences({ ...told, banks: [good] }, ownOf(vouchers))).toEqual([]);
    expect(differences({ ...told, banks: [{ ...good, open: [] }] }, ownOf(vouchers)).map(({ what }) => what)).toEqual([
      "bank 1002.01 bookInFen",
    ]);
  });
});
