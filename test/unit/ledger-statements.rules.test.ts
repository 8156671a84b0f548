/** What the owners are told: figures out of the movements of a book, what keeps them from being told, the clock, and two versions side by side. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reconcile } from "../../src/ledger/bank/rules.ts";
import { CHARTS } from "../../src/ledger/books/chart.ts";
import type { Account, Movement } from "../../src/ledger/books/rules.ts";
import {
  type BankFacts,
  type Sources,
  sourcesOfIncome,
  statementFaults,
  statementOf,
  whereItWent,
} from "../../src/ledger/statements/rules.ts";
import { clockOf, monthsOf, nextSpan, spanFrom } from "../../src/ledger/statements/spans/rules.ts";
import { differences, mayCorrect, mayDraft, mayPublish } from "../../src/ledger/statements/versions/rules.ts";

const accounts: Account[] = CHARTS.common.map((row) => ({
  ...row,
  book: "common",
  fromOn: "2026-01-01",
  untilOn: null,
}));
const move = (account: string, openingFen: number, debitFen: number, creditFen: number): Movement => ({
  account,
  openingFen,
  debitFen,
  creditFen,
});
const bank = (bookFen: number, bankFen = bookFen, bankOnly: number[] = [], bookOnly: number[] = []): BankFacts => ({
  account: "1002.01",
  holder: "金桂苑业主大会",
  bank: "某银行",
  numberMasked: "****2222",
  sheet: {
    ...reconcile(bookFen, bankFen, bankOnly, bookOnly),
    open: [
      ...bankOnly.map((fen) => ({ side: "bank" as const, onDay: "2026-09-30", fen, voucher: null })),
      ...bookOnly.map((fen, at) => ({
        side: "book" as const,
        onDay: "2026-09-30",
        fen,
        voucher: { period: "2026-09", number: at + 1 },
      })),
    ],
    cutOff: false,
  },
});
const SPAN = { from: "2026-07", to: "2026-09" };

/** Brought in 1,000.00 of which 200.00 are deposits; income 500.00 of which 100.00 are still owed; a deposit comes and one goes. */
const QUARTER: Movement[] = [
  move("1002.01", 100_000, 45_000, 22_000),
  move("1122.01", 0, 50_000, 40_000),
  move("2241.01", -20_000, 2_000, 5_000),
  move("4001.03", 0, 0, 50_000),
  move("5001.03", 0, 12_000, 0),
  move("6001.01", 0, 8_000, 0),
  move("3101", -80_000, 0, 0),
];
const sources = (more: Partial<Sources> = {}): Sources => ({
  book: "common",
  span: SPAN,
  accounts,
  movements: QUARTER,
  decisions: [{ account: "6001.01", decision: "第1次会议/3" }],
  banks: [bank(123_000)],
  leases: [],
  occupancy: [],
  note: "",
  ...more,
});

describe("a statement", () => {
  const told = statementOf(sources());
  test("says opening, income, cost, what went to the fund, and closing; they add up", () => {
    expect(told).toMatchObject({
      openingFen: 80_000,
      incomeFen: 50_000,
      costFen: 12_000,
      netFen: 38_000,
      toFundFen: 8_000,
      usesFen: 0,
      closingFen: 110_000,
    });
    expect(told.openingFen + told.incomeFen - told.costFen - told.toFundFen).toBe(told.closingFen);
    expect(told.toFund[0]).toMatchObject({ fen: 8_000, decisions: ["第1次会议/3"] });
  });
  test("keeps deposits apart: they are owed back and no income", () => {
    expect(told.deposits).toEqual([
      expect.objectContaining({
        account: "2241.01",
        openingFen: 20_000,
        inFen: 5_000,
        outFen: 2_000,
        closingFen: 23_000,
      }),
    ]);
    expect(told.income.map(({ account }) => account)).toEqual(["4001.03"]);
  });
  test("shows where what is held stands: money and what others owe, less deposits and debts", () => {
    const sum = (some: readonly { closingFen: number }[]) => some.reduce((all, one) => all + one.closingFen, 0);
    expect(sum(told.money) + sum(told.receivables) - sum(told.deposits) - sum(told.debts)).toBe(told.closingFen);
    expect(told.receivables).toEqual([expect.objectContaining({ account: "1122.01", closingFen: 10_000 })]);
  });
  test("tells income lease by lease; what no lease brought is the rest, and they sum to the figure", () => {
    const lease = (number: number, fen: number, account = "4001.03") => ({
      lease: number,
      purpose: "便民",
      assets: ["商-01"],
      account,
      fen,
    });
    const of = (...leases: ReturnType<typeof lease>[]) => sourcesOfIncome(statementOf(sources({ leases })));
    expect(of()).toEqual([]);
    expect(of(lease(1, 30_000), lease(2, 20_000))).toMatchObject([{ account: "4001.03", fen: 50_000, restFen: 0 }]);
    expect(of(lease(1, 30_000), lease(2, 19_999))).toMatchObject([{ restFen: 1 }]);
    // More than the account has: what was posted to it by hand took some back.
    expect(of(lease(1, 50_001))).toMatchObject([{ restFen: -1 }]);
    expect(of(lease(1, 30_000), lease(2, 0))[0]!.leases).toHaveLength(1);
    expect(of(lease(1, 1, "4001.02"))).toEqual([]);
  });
  test("lists every item between book and bank, and says how many", () => {
    const [one] = statementOf(sources({ banks: [bank(123_000, 122_900, [], [100])] })).banks;
    expect(one).toMatchObject({
      items: 1,
      open: [{ side: "book", fen: 100, voucher: { period: "2026-09", number: 1 } }],
    });
  });
  test("counts what was taken back as less", () => {
    const back = statementOf(sources({ movements: [move("4001.03", 0, 50_000, 50_000), move("1002.01", 0, 0, 0)] }));
    expect(back.incomeFen).toBe(0);
    expect(back.income).toEqual([expect.objectContaining({ fen: 0 })]);
  });
  test("of balanced books always holds together, whatever was posted", () => {
    const codes = accounts.filter(({ postable }) => postable).map(({ code }) => code);
    const voucher = fc.record({
      from: fc.constantFrom(...codes),
      to: fc.constantFrom(...codes),
      fen: fc.integer({ min: 1, max: 1e9 }),
    });
    fc.assert(
      fc.property(fc.array(voucher, { maxLength: 60 }), (vouchers) => {
        const sums = new Map<string, Movement>();
        const add = (account: string, debitFen: number, creditFen: number) => {
          const was = sums.get(account) ?? move(account, 0, 0, 0);
          sums.set(account, { ...was, debitFen: was.debitFen + debitFen, creditFen: was.creditFen + creditFen });
        };
        for (const { from, to, fen } of vouchers) {
          add(to, fen, 0);
          add(from, 0, fen);
        }
        const faults = statementFaults(sources({ movements: [...sums.values()], banks: [] }), 0);
        expect(faults.filter(({ reason }) => !reason.startsWith("bank_"))).toEqual([]);
      }),
    );
  });
  test("tells where each yuan went, the parts summing to the income", () => {
    const parts = whereItWent(told);
    expect(parts.map(({ what, fen }) => [what, fen])).toEqual([
      ["cost", 12_000],
      ["to_fund", 8_000],
      ["kept", 30_000],
    ]);
  });
});

describe("it is not told when", () => {
  const faultsOf = (more: Partial<Sources>, last: number | null = 80_000) => statementFaults(sources(more), last);
  test("everything is right: then nothing stands in its way", () => expect(faultsOf({})).toEqual([]));
  test.each([
    ["one fen more at the bank", bank(123_000, 123_001), { reason: "bank_off", account: "1002.01", byFen: -1 }],
    ["one fen less at the bank", bank(123_000, 122_999), { reason: "bank_off", account: "1002.01", byFen: 1 }],
    ["the sheet was of another balance", bank(122_999), { reason: "bank_off", account: "1002.01", byFen: 1 }],
  ])("%s: it says which account is off by how much", (_, facts, fault) => {
    expect(faultsOf({ banks: [facts] })).toEqual([fault]);
  });
  test("a difference that items explain is none", () => {
    expect(faultsOf({ banks: [bank(123_000, 118_000, [], [5_000])] })).toEqual([]);
    expect(faultsOf({ banks: [bank(123_000, 124_234, [1_234], [])] })).toEqual([]);
  });
  test("money stands on an account whose bank nobody knows, or that never sent a statement", () => {
    expect(faultsOf({ banks: [] })).toEqual([{ reason: "bank_unknown", account: "1002.01", fen: 123_000 }]);
    expect(faultsOf({ banks: [{ ...bank(0), sheet: null }] })).toEqual([
      { reason: "bank_silent", account: "1002.01", fen: 123_000 },
    ]);
    const cut = bank(123_000);
    expect(faultsOf({ banks: [{ ...cut, sheet: { ...cut.sheet!, cutOff: true } }] })).toEqual([
      { reason: "bank_too_open", account: "1002.01" },
    ]);
  });
  test("it begins otherwise than the last one ended", () => {
    expect(faultsOf({}, 79_999)).toEqual([{ reason: "opening_off", byFen: 1, lastFen: 79_999 }]);
    expect(faultsOf({}, null)).toEqual([]);
  });
  test("the books do not balance", () => {
    const movements = QUARTER.map((one) => (one.account === "4001.03" ? { ...one, creditFen: 50_001 } : one));
    expect(faultsOf({ movements })).toEqual([
      { reason: "books_unbalanced", byFen: -1 },
      { reason: "closing_off", byFen: -1 },
    ]);
  });
  test("a month of it is open, or its note is too long", () => {
    expect(mayDraft(sources(), "2026-08", 80_000)).toMatchObject({ error: { reason: "span_not_closed" } });
    expect(mayDraft(sources(), null, 80_000)).toMatchObject({ error: { reason: "span_not_closed" } });
    expect(mayDraft(sources(), "2026-09", 80_000).ok).toBe(true);
    expect(mayDraft(sources({ note: "字".repeat(500) }), "2026-09", 80_000).ok).toBe(true);
    expect(mayDraft(sources({ note: "字".repeat(501) }), "2026-09", 80_000)).toMatchObject({
      error: { reason: "note_too_long", most: 500 },
    });
  });
  test("who drafted it publishes it, or it is no draft any more", () => {
    expect(mayPublish({ state: "draft", draftedBy: "a" }, "a")).toEqual({
      ok: false,
      error: { reason: "own_statement" },
    });
    expect(mayPublish({ state: "draft", draftedBy: "a" }, "b").ok).toBe(true);
    expect(mayPublish({ state: "published", draftedBy: "a" }, "b").ok).toBe(false);
  });
});

describe("a later version", () => {
  const before = statementOf(sources());
  test("differs visibly and says why", () => {
    const after = statementOf(sources({ banks: [bank(123_000, 118_000, [], [5_000])], note: "银行在途一笔" }));
    expect(differences(before, after)).toEqual([
      { what: "bank", account: "1002.01", before: 123_000, after: 118_000 },
      { what: "explained", account: "1002.01", before: 0, after: 1 },
      { what: "note", account: "", before: "", after: "银行在途一笔" },
    ]);
    expect(mayCorrect(before, after, " ")).toEqual({ ok: false, error: { reason: "reason_missing" } });
    expect(mayCorrect(before, after, "补记在途").ok).toBe(true);
    expect(mayCorrect(before, before, "没有变")).toEqual({ ok: false, error: { reason: "nothing_differs" } });
  });
  test("tells a line that is new and one that is gone", () => {
    const moved = statementOf(
      sources({ movements: QUARTER.map((one) => (one.account === "5001.03" ? { ...one, account: "5001.04" } : one)) }),
    );
    expect(differences(before, moved)).toEqual([
      { what: "cost", account: "5001.03", before: 12_000, after: 0 },
      { what: "cost", account: "5001.04", before: 0, after: 12_000 },
    ]);
  });
});

describe("the clock", () => {
  test.each([
    ["month", "2026-05", "2026-05"],
    ["quarter", "2026-01", "2026-03"],
    ["quarter", "2026-02", "2026-03"],
    ["quarter", "2026-12", "2026-12"],
    ["half_year", "2026-06", "2026-06"],
    ["half_year", "2026-07", "2026-12"],
    ["year", "2026-04", "2026-12"],
  ] as const)("every %s: what begins in %s ends in %s", (cadence, from, to) => {
    expect(spanFrom(from, cadence)).toEqual({ from, to });
  });
  test("goes on where the last statement ended, over a new year and a new cadence", () => {
    expect(nextSpan({ from: "2026-01", toldThrough: "2026-12" }, "quarter")).toEqual({
      from: "2027-01",
      to: "2027-03",
    });
    expect(nextSpan({ from: "2026-01", toldThrough: "2026-03" }, "half_year")).toEqual({
      from: "2026-04",
      to: "2026-06",
    });
    expect(nextSpan({ from: "2026-02", toldThrough: null }, "quarter")).toEqual({ from: "2026-02", to: "2026-03" });
    expect(monthsOf({ from: "2026-11", to: "2027-02" })).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
  });
  test.each([
    ["the last day of the span", "2026-09-30", "running", 0],
    ["the day after", "2026-10-01", "due", 0],
    ["the day it is due", "2026-10-30", "due", 0],
    ["the day after that", "2026-10-31", "overdue", 1],
  ] as const)("on %s it is %s → %s", (_, today, state, daysLate) => {
    const clock = clockOf({ from: "2026-07", toldThrough: null }, "quarter", 30, today);
    expect(clock).toEqual({ span: SPAN, dueOn: "2026-10-30", state, daysLate });
  });
  test("a due day that is off moves to the next working day (CC 203)", () => {
    expect(clockOf({ from: "2026-07", toldThrough: null }, "quarter", 31, "2026-10-31").dueOn).toBe("2026-11-02");
  });
});
