/** The books' rules at their bounds: what a voucher may be, who may move it, when a period closes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_FEN } from "../../src/kernel/money.ts";
import { CHARTS } from "../../src/ledger/books/chart.ts";
import {
  type Account,
  amountOf,
  BOOKS,
  type BookState,
  closingFen,
  growsOn,
  handsFor,
  isBalanced,
  isValidOn,
  type Line,
  LONGEST_TEXT,
  MOST_LINES,
  mayAddAccount,
  mayApprove,
  mayClose,
  mayRefuse,
  mayReview,
  mayWithdraw,
  nextPeriod,
  openFrom,
  outgoingFen,
  parentCode,
  reversed,
  totalOf,
  type Voucher,
  type VoucherFacts,
  voucherFaults,
} from "../../src/ledger/books/rules.ts";

const accounts: Account[] = CHARTS.common.map((row) => ({
  ...row,
  book: "common",
  fromOn: "2026-01-01",
  untilOn: null,
}));
const state: BookState = {
  accounts,
  from: "2026-01",
  closedThrough: "2026-09",
  today: "2026-11-23",
  limits: { reviewedFen: 200_000, approvedFen: 5_000_000 },
  posted: 3,
};
const line = (account: string, side: Line["side"], amountFen: number): Line => ({ account, side, amountFen });
const rent = (amountFen = 100): Voucher => ({
  book: "common",
  kind: "ordinary",
  on: "2026-11-20",
  text: "十一月租金",
  lines: [line("1002.01", "debit", amountFen), line("4001.03", "credit", amountFen)],
  attachments: 0,
  decision: null,
});
const reasons = (voucher: Voucher, given = state) => voucherFaults(voucher, given).map(({ reason }) => reason);

describe("a voucher", () => {
  test("of income needs no file and is as drafted", () => expect(reasons(rent())).toEqual([]));

  test.each([
    ["one line", { lines: [line("1002.01", "debit", 1)] }, ["too_few_lines", "unbalanced"]],
    ["no line", { lines: [] }, ["too_few_lines"]],
    ["a fen too much", { lines: [line("1002.01", "debit", 101), line("4001.03", "credit", 100)] }, ["unbalanced"]],
    [
      "nothing",
      { lines: [line("1002.01", "debit", 0), line("4001.03", "credit", 0)] },
      ["amount_not_positive", "amount_not_positive"],
    ],
    [
      "less than nothing",
      { lines: [line("1002.01", "debit", -5), line("4001.03", "credit", -5)] },
      ["amount_not_positive", "amount_not_positive"],
    ],
    [
      "half a fen",
      { lines: [line("1002.01", "debit", 0.5), line("4001.03", "credit", 0.5)] },
      ["amount_not_positive", "amount_not_positive"],
    ],
    [
      "more than a number holds",
      { lines: [line("1002.01", "debit", 2 ** 53), line("4001.03", "credit", 2 ** 53)] },
      ["amount_not_positive", "amount_not_positive"],
    ],
    [
      "an account that is not there",
      { lines: [line("1002.01", "debit", 1), line("9999", "credit", 1)] },
      ["unknown_account"],
    ],
    ["a heading", { lines: [line("1002", "debit", 1), line("4001.03", "credit", 1)] }, ["heading_account"]],
    ["no text", { text: " " }, ["text_missing"]],
    ["a text too long", { text: "字".repeat(LONGEST_TEXT + 1) }, ["text_too_long"]],
    ["a text as long as may be", { text: "字".repeat(LONGEST_TEXT) }, []],
    ["no such day", { on: "2026-02-30" }, ["not_a_day"]],
    ["tomorrow", { on: "2026-11-24" }, ["in_the_future"]],
    ["today", { on: "2026-11-23" }, []],
    ["the last day of a closed month", { on: "2026-09-30" }, ["period_closed"]],
    ["the first day of an open month", { on: "2026-10-01" }, []],
    ["before the book began", { on: "2025-12-31" }, ["before_the_book"]],
    ["an opening that is not first", { kind: "opening" as const, attachments: 1 }, ["opening_not_first"]],
  ])("with %s", (_, change, faults) => expect(reasons({ ...rent(), ...change })).toEqual(faults));

  test("of a cost has a file, and one that takes a cost back does not spend", () => {
    const cost = { ...rent(), lines: [line("5001.03", "debit", 100), line("1002.01", "credit", 100)] };
    expect(reasons(cost)).toEqual(["file_missing"]);
    expect(reasons({ ...cost, attachments: 1 })).toEqual([]);
    expect(reasons({ ...cost, kind: "reversal", lines: reversed(cost.lines) })).toEqual([]);
    expect(reasons({ ...cost, lines: reversed(cost.lines) })).toEqual([]);
  });

  test("an opening balance rests on the street's check report (Q3)", () => {
    const opening = {
      ...rent(),
      kind: "opening" as const,
      lines: [line("1002.01", "debit", 1), line("3101", "credit", 1)],
    };
    expect(reasons(opening, { ...state, posted: 0 })).toEqual(["file_missing"]);
    expect(reasons({ ...opening, attachments: 1 }, { ...state, posted: 0 })).toEqual([]);
  });

  test("as many lines as may be, and one more", () => {
    const many = (lines: number) => [
      ...Array.from({ length: lines - 1 }, () => line("1002.01", "debit", 1)),
      line("4001.03", "credit", lines - 1),
    ];
    expect(reasons({ ...rent(), lines: many(MOST_LINES) })).toEqual([]);
    expect(reasons({ ...rent(), lines: many(MOST_LINES + 1) })).toEqual(["too_many_lines"]);
    expect(reasons({ ...rent(), decision: "m/1", lines: rent(MOST_FEN).lines })).toEqual([]);
    expect(reasons({ ...rent(), decision: "m/1", lines: rent(MOST_FEN + 1).lines })).toEqual([
      "amount_too_large",
      "amount_too_large",
    ]);
  });

  test("an account is valid from its first day until the day before its end", () => {
    const account = { fromOn: "2026-03-01", untilOn: "2026-11-20" };
    expect(["2026-02-28", "2026-03-01", "2026-11-19", "2026-11-20"].map((day) => isValidOn(account, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const ended = accounts.map((one) => (one.code === "4001.03" ? { ...one, untilOn: "2026-11-20" } : one));
    expect(reasons(rent(), { ...state, accounts: ended })).toEqual(["account_closed"]);
    expect(reasons({ ...rent(), on: "2026-11-19" }, { ...state, accounts: ended })).toEqual([]);
  });

  const repair = (amountFen: number) => [line("5001.03", "debit", amountFen), line("1002.01", "credit", amountFen)];
  const handsOf = (some: readonly Line[], kind: Voucher["kind"] = "ordinary") =>
    handsFor({ kind, book: "common", lines: some }, state);

  test("takes more hands as it grows: at a limit the fewer, a fen above it the more", () => {
    expect([200_000, 200_001, 5_000_000, 5_000_001].map((fen) => handsOf(repair(fen)))).toEqual([
      "review",
      "approval",
      "approval",
      "decision",
    ]);
    expect(handsOf(repair(5_000_001), "reversal")).toBe("approval");
    const spent = (amountFen: number, decision: string | null = null) =>
      reasons({ ...rent(), attachments: 1, decision, lines: repair(amountFen) });
    expect(spent(5_000_000)).toEqual([]);
    expect(spent(5_000_001)).toEqual(["decision_missing"]);
    expect(spent(5_000_001, "第3次会议/2")).toEqual([]);
  });

  test("asks the owners for what goes out, not for what comes in, however much", () => {
    const much = 5_000_001;
    expect(handsOf(rent(MOST_FEN).lines)).toBe("approval");
    expect(reasons(rent(much))).toEqual([]);
    // Between accounts of the book, and what was owed and comes in: nothing is let go.
    expect(handsOf([line("1001", "debit", much), line("1002.01", "credit", much)])).toBe("approval");
    expect(handsOf([line("1002.01", "debit", much), line("1122.01", "credit", much)])).toBe("approval");
    // Spent and not yet paid, paid at last, and given to the owners: each is.
    expect(handsOf([line("5001.03", "debit", much), line("2202", "credit", much)])).toBe("decision");
    expect(handsOf([line("2202", "debit", much), line("1002.01", "credit", much)])).toBe("decision");
    expect(handsOf([line("6001.03", "debit", much), line("2241.02", "credit", much)])).toBe("decision");
    // What comes in with it does not make it less.
    const both = [line("5001.03", "debit", much), line("1002.01", "debit", much), line("4001.03", "credit", 2 * much)];
    expect(handsOf(both)).toBe("decision");
    expect(
      outgoingFen([...repair(much), line("5001.03", "credit", 1), line("1002.01", "debit", 1)], accounts, "common"),
    ).toBe(much - 1);
  });

  const lines = fc.array(
    fc.record({
      account: fc.constantFrom("1001", "1002.01", "4001.03"),
      side: fc.constantFrom("debit" as const, "credit" as const),
      amountFen: fc.integer({ min: 1, max: 1_000_000 }),
    }),
    { minLength: 2, maxLength: 20 },
  );
  test("taken back twice is as it was, and taken back once undoes every account to the fen", () => {
    fc.assert(
      fc.property(lines, (some) => {
        expect(reversed(reversed(some))).toEqual(some);
        const both = [...some, ...reversed(some)];
        for (const account of new Set(some.map((one) => one.account))) {
          const own = both.filter((one) => one.account === account);
          expect(totalOf(own, "debit")).toBe(totalOf(own, "credit"));
        }
        expect(amountOf(reversed(some))).toBe(totalOf(some, "credit"));
      }),
    );
  });
});

describe("the hands of a voucher", () => {
  const facts = (over: Partial<VoucherFacts> = {}): VoucherFacts => ({
    state: "waiting",
    draftedBy: "a",
    reviewedBy: null,
    hands: "review",
    ...over,
  });
  test("a second person reviews, and posts what needs no more", () => {
    expect(mayReview(facts(), "b")).toEqual({ ok: true, value: "posted" });
    for (const hands of ["approval", "decision"] as const)
      expect(mayReview(facts({ hands }), "b")).toEqual({ ok: true, value: "reviewed" });
    expect(mayReview(facts(), "a")).toEqual({ ok: false, error: { reason: "own_voucher" } });
  });
  test("a third one approves: neither who drafted nor who reviewed", () => {
    const reviewed = facts({ state: "reviewed", reviewedBy: "b", hands: "approval" });
    expect(mayApprove(reviewed, "c")).toEqual({ ok: true, value: "posted" });
    expect(mayApprove(reviewed, "a")).toEqual({ ok: false, error: { reason: "own_voucher" } });
    expect(mayApprove(reviewed, "b")).toEqual({ ok: false, error: { reason: "own_review" } });
    expect(mayApprove(facts(), "c").ok).toBe(false);
  });
  test("what is posted, given up or sent back moves no more", () => {
    for (const state of ["posted", "withdrawn", "refused"] as const) {
      const over = facts({ state, reviewedBy: "b" });
      for (const moved of [
        mayReview(over, "c"),
        mayApprove(over, "c"),
        mayRefuse(over, "c", "因"),
        mayWithdraw(over, "a"),
      ])
        expect(moved).toEqual({ ok: false, error: { reason: "wrong_voucher_state", state } });
    }
  });
  test("sent back with a reason by another, given up by its own", () => {
    expect(mayRefuse(facts(), "b", "缺发票").ok).toBe(true);
    expect(mayRefuse(facts(), "b", " ")).toEqual({ ok: false, error: { reason: "why_missing" } });
    expect(mayRefuse(facts(), "a", "缺发票").ok).toBe(false);
    expect(mayWithdraw(facts(), "a").ok).toBe(true);
    expect(mayWithdraw(facts(), "b").ok).toBe(false);
  });
});

describe("periods", () => {
  test("follow one another over the end of a year", () => {
    expect([nextPeriod("2026-11"), nextPeriod("2026-12")]).toEqual(["2026-12", "2027-01"]);
    expect([openFrom(state), openFrom({ ...state, closedThrough: null })]).toEqual(["2026-10", "2026-01"]);
  });
  test("close in order, once the month is over and nothing waits", () => {
    expect(mayClose("2026-10", state, 0)).toEqual({ ok: true, value: "2026-10" });
    expect(mayClose("2026-11", state, 0)).toEqual({
      ok: false,
      error: { reason: "not_the_next_period", next: "2026-10" },
    });
    expect(mayClose("2026-09", state, 0).ok).toBe(false);
    expect(mayClose("2026-10", state, 1)).toEqual({ ok: false, error: { reason: "vouchers_waiting", waiting: 1 } });
    const next = { ...state, closedThrough: "2026-10" };
    expect(mayClose("2026-11", next, 0)).toEqual({
      ok: false,
      error: { reason: "period_running", until: "2026-12-01" },
    });
    expect(mayClose("2026-11", { ...next, today: "2026-12-01" }, 0).ok).toBe(true);
    expect(mayClose("2026-13", state, 0)).toEqual({ ok: false, error: { reason: "period_unreadable" } });
  });
  test("an account stands where it stood and what it did since", () => {
    const moved = { account: "1002.01", openingFen: 100, debitFen: 50, creditFen: 30 };
    expect(closingFen(moved)).toBe(120);
    expect(isBalanced([moved, { account: "4001.03", openingFen: 0, debitFen: 0, creditFen: 20 }])).toBe(true);
    expect(isBalanced([moved])).toBe(false);
  });
});

describe("accounts", () => {
  test.each(BOOKS)("the chart a book of %s begins with is one that could have been added", (book) => {
    const made: Account[] = [];
    for (const row of CHARTS[book]) {
      const added = mayAddAccount(made, { ...row, book, fromOn: "2026-01-01", untilOn: null });
      expect(added.ok, row.code).toBe(true);
      if (added.ok) made.push(added.value);
    }
    expect(made.filter(({ postable, code }) => postable && made.some((one) => parentCode(one.code) === code))).toEqual(
      [],
    );
    expect(new Set(made.map(({ kind }) => growsOn(kind))).size).toBe(2);
  });
  const add = (change: Partial<Account>) => {
    const asked = {
      book: "common" as const,
      code: "4001.10",
      name: { zh: "直播场地", en: "x" },
      kind: "income" as const,
      postable: true,
      fromOn: "2026-11-23",
      untilOn: null,
    };
    const added = mayAddAccount(accounts, { ...asked, ...change });
    return added.ok ? null : added.error.reason;
  };
  test.each([
    [{}, null],
    [{ code: "4001.03" }, "code_taken"],
    [{ code: "40011" }, "code_unreadable"],
    [{ code: "4001.1" }, "code_unreadable"],
    [{ code: "4777.01" }, "heading_missing"],
    [{ code: "4001.03.01" }, "heading_is_posted_to"],
    [{ kind: "cost" as const }, "heading_of_another_kind"],
    [{ name: { zh: " ", en: "" } }, "account_name_missing"],
    [{ code: "4777" }, null],
  ])("%o: %s", (change, reason) => expect(add(change)).toBe(reason));
});
