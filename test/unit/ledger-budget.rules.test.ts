/** A year's budget to the fen: what may be planned, whose hands, what a version changed, and when an account is over its plan. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_FEN } from "../../src/kernel/money.ts";
import { CHARTS } from "../../src/ledger/books/chart.ts";
import type { Account } from "../../src/ledger/books/rules.ts";
import {
  type Budget,
  type BudgetFacts,
  budgetFaults,
  compareBudget,
  differencesOf,
  LONGEST_NOTE,
  LONGEST_WHY,
  mayApprove,
  mayExplain,
  mayFollow,
  mayPublish,
  mayRefuse,
  mayReview,
  mayWithdraw,
  plannable,
  yearsOf,
} from "../../src/ledger/budget/rules.ts";

const accounts: Account[] = CHARTS.common.map((row) => ({
  ...row,
  book: "common",
  fromOn: "2026-01-01",
  untilOn: null,
}));
const YEARS = { from: 2026, to: 2027 };
const budget = (more: Partial<Budget> = {}): Budget => ({
  book: "common",
  year: 2026,
  lines: [
    { account: "4001.01", amountFen: 10_000_00 },
    { account: "5001.03", amountFen: 3_000_00 },
  ],
  note: "",
  ...more,
});
const faults = (more: Partial<Budget>) => budgetFaults(budget(more), accounts, YEARS).map(({ reason }) => reason);
const line = (account: string, amountFen: number) => ({ account, amountFen });
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);

describe("what may be planned", () => {
  test.each([
    ["a first budget", {}, []],
    ["the last year that may be", { year: 2027 }, []],
    ["the year after it", { year: 2028 }, ["year_out_of_reach"]],
    ["the book's first year", { year: 2026 }, []],
    ["the year before the book", { year: 2025 }, ["year_out_of_reach"]],
    ["half a year", { year: 2026.5 }, ["year_out_of_reach"]],
    ["nothing", { lines: [] }, ["nothing_planned"]],
    ["one fen", { lines: [line("5001.03", 1)] }, []],
    ["nought", { lines: [line("5001.03", 0)] }, ["amount_not_positive"]],
    ["less than nothing", { lines: [line("5001.03", -1)] }, ["amount_not_positive"]],
    ["half a fen", { lines: [line("5001.03", 1.5)] }, ["amount_not_positive"]],
    ["the most there is", { lines: [line("5001.03", MOST_FEN)] }, []],
    ["a fen more than that", { lines: [line("5001.03", MOST_FEN + 1)] }, ["amount_too_large"]],
    ["beyond what a number holds", { lines: [line("5001.03", 2 ** 53)] }, ["amount_not_positive"]],
    ["a heading", { lines: [line("5001", 1)] }, ["account_not_planned"]],
    ["money that is held", { lines: [line("1002.01", 1)] }, ["account_not_planned"]],
    ["an account nobody knows", { lines: [line("9999", 1)] }, ["account_not_planned"]],
    ["an account twice", { lines: [line("5001.03", 1), line("5001.03", 2)] }, ["account_twice"]],
    ["a note at its limit", { note: "注".repeat(LONGEST_NOTE) }, []],
    ["a note beyond it", { note: "注".repeat(LONGEST_NOTE + 1) }, ["note_too_long"]],
  ] as const)("%s", (_, more, expected) => {
    expect(faults(more)).toEqual(expected);
  });
  test("the years run from the book's first to the one after this", () => {
    expect(yearsOf("2024-07", "2026-12-31")).toEqual({ from: 2024, to: 2027 });
  });
  test("income, cost and use, and nothing that is held or owed", () => {
    const kinds = new Set(plannable(accounts, "common").map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["cost", "income", "use"]);
    expect(plannable(accounts, "fund")).toEqual([]);
  });
});

describe("a version", () => {
  test("follows another only with a reason and a difference; a first one follows none", () => {
    const next = budget({ lines: [line("4001.01", 10_000_01), line("5001.03", 3_000_00)] });
    expect(mayFollow(null, next, "")).toEqual({ ok: true, value: "" });
    expect(reasonOf(mayFollow(budget(), next, " "))).toBe("why_missing");
    expect(mayFollow(budget(), next, " 涨价 ")).toEqual({ ok: true, value: "涨价" });
    expect(mayFollow(budget(), next, "因".repeat(LONGEST_WHY)).ok).toBe(true);
    expect(reasonOf(mayFollow(budget(), next, "因".repeat(LONGEST_WHY + 1)))).toBe("why_missing");
    expect(reasonOf(mayFollow(budget(), budget(), "再来"))).toBe("nothing_differs");
    expect(mayFollow(budget(), budget({ note: "说明" }), "补说明").ok).toBe(true);
  });
  test("says every account that reads otherwise: more, less, new and gone", () => {
    expect(
      differencesOf(
        [line("4001.01", 5), line("5001.01", 7), line("5001.02", 1)],
        [line("4001.01", 5), line("5001.01", 6), line("5001.04", 2)],
      ),
    ).toEqual([
      { account: "5001.01", beforeFen: 7, afterFen: 6 },
      { account: "5001.02", beforeFen: 1, afterFen: 0 },
      { account: "5001.04", beforeFen: 0, afterFen: 2 },
    ]);
  });
});

describe("three hands", () => {
  const facts = (more: Partial<BudgetFacts> = {}): BudgetFacts => ({
    state: "waiting",
    draftedBy: "a",
    reviewedBy: null,
    ...more,
  });
  const reviewed = facts({ state: "reviewed", reviewedBy: "b" });
  test("another than drafted it reviews, a third one approves", () => {
    expect(reasonOf(mayReview(facts(), "a"))).toBe("own_budget");
    expect(mayReview(facts(), "b").ok).toBe(true);
    expect(reasonOf(mayReview(reviewed, "c"))).toBe("wrong_budget_state");
    expect(reasonOf(mayApprove(facts(), "c"))).toBe("wrong_budget_state");
    expect(reasonOf(mayApprove(reviewed, "a"))).toBe("own_budget");
    expect(reasonOf(mayApprove(reviewed, "b"))).toBe("own_budget_review");
    expect(mayApprove(reviewed, "c").ok).toBe(true);
  });
  test("is published once it is approved, and not before", () => {
    for (const state of ["waiting", "reviewed", "published", "withdrawn", "refused"] as const)
      expect(reasonOf(mayPublish(facts({ state })))).toBe("wrong_budget_state");
    expect(mayPublish(facts({ state: "approved" })).ok).toBe(true);
  });
  test("its drafter gives it up, others send it back with a reason, nobody once it is published", () => {
    for (const state of ["waiting", "reviewed", "approved"] as const) {
      expect(mayWithdraw(facts({ state }), "a").ok).toBe(true);
      expect(reasonOf(mayWithdraw(facts({ state }), "b"))).toBe("not_the_drafter");
      expect(mayRefuse(facts({ state }), "b", "太高").ok).toBe(true);
      expect(reasonOf(mayRefuse(facts({ state }), "b", " "))).toBe("refusal_why_missing");
      expect(reasonOf(mayRefuse(facts({ state }), "a", "太高"))).toBe("own_budget");
    }
    expect(reasonOf(mayWithdraw(facts({ state: "published" }), "a"))).toBe("wrong_budget_state");
    expect(reasonOf(mayRefuse(facts({ state: "published" }), "b", "太高"))).toBe("wrong_budget_state");
  });
});

describe("against what was done", () => {
  const moved = (account: string, debitFen: number, creditFen = 0) => ({ account, debitFen, creditFen });
  const one = (rows: ReturnType<typeof moved>[], reasons: [string, string][] = []) =>
    compareBudget(budget().lines, rows, accounts, new Map(reasons));
  const of = (compared: ReturnType<typeof one>, account: string) =>
    compared.rows.find((row) => row.account === account);

  test("the plan exactly is within it; a fen more is over", () => {
    expect(of(one([moved("5001.03", 3_000_00)]), "5001.03")).toMatchObject({ standing: "within", leftFen: 0 });
    expect(of(one([moved("5001.03", 3_000_01)]), "5001.03")).toMatchObject({ standing: "over", leftFen: -1 });
    expect(of(one([moved("5001.03", 3_000_01, 1)]), "5001.03")).toMatchObject({ standing: "within", leftFen: 0 });
  });
  test("an income above its plan is no fault, and one below it none either", () => {
    expect(of(one([moved("4001.01", 0, 10_000_01)]), "4001.01")).toMatchObject({ standing: "within", leftFen: -1 });
    expect(of(one([]), "4001.01")).toMatchObject({ standing: "within", actualFen: 0, leftFen: 10_000_00 });
  });
  test("what was spent without a plan is over; what neither was planned nor moved is left out", () => {
    const compared = one([moved("5001.09", 1), moved("5001.04", 5, 5), moved("1002.01", 9)]);
    expect(of(compared, "5001.09")).toMatchObject({ plannedFen: 0, standing: "over" });
    expect(of(compared, "5001.04")).toBeUndefined();
    expect(of(compared, "1002.01")).toBeUndefined();
  });
  test("an overspending wants a reason; only one wants it", () => {
    const over = one([moved("5001.03", 3_000_01)]);
    expect(over.unexplained).toBe(1);
    expect(one([moved("5001.03", 3_000_01)], [["5001.03", "水管爆裂"]]).unexplained).toBe(0);
    expect(reasonOf(mayExplain(over.rows, "5001.03", " "))).toBe("overspend_why_missing");
    expect(reasonOf(mayExplain(over.rows, "5001.03", "因".repeat(LONGEST_WHY + 1)))).toBe("overspend_why_missing");
    expect(mayExplain(over.rows, "5001.03", "因".repeat(LONGEST_WHY)).ok).toBe(true);
    expect(reasonOf(mayExplain(over.rows, "4001.01", "多收"))).toBe("not_overspent");
    expect(reasonOf(mayExplain(over.rows, "9999", "？"))).toBe("not_overspent");
  });
  test("the sums are those of the rows, whatever was planned and moved", () => {
    const codes = plannable(accounts, "common").map(({ code }) => code);
    const amount = fc.integer({ min: 0, max: 1e12 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...codes), amount), { selector: ([code]) => code }),
        fc.uniqueArray(fc.tuple(fc.constantFrom(...codes), amount, amount), { selector: ([code]) => code }),
        (planned, done) => {
          const lines = planned.filter(([, fen]) => fen > 0).map(([code, fen]) => line(code, fen));
          const compared = compareBudget(
            lines,
            done.map((all) => moved(...all)),
            accounts,
            new Map(),
          );
          const sums = [compared.incomeFen, compared.costFen, compared.useFen];
          expect(sums.reduce((sum, one) => sum + one.planned, 0)).toBe(
            lines.reduce((sum, one) => sum + one.amountFen, 0),
          );
          for (const row of compared.rows) {
            expect(row.leftFen).toBe(row.plannedFen - row.actualFen);
            expect(row.standing === "over").toBe(row.kind !== "income" && row.leftFen < 0);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
