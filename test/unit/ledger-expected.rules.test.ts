/** What a month should have brought in against what is booked: every gap has a reason or is called unexplained. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHARTS } from "../../src/ledger/books/chart.ts";
import { bankByAccount, type ChargeFacts, settledParts } from "../../src/ledger/expected/bank.ts";
import {
  compare,
  coversGaps,
  daysOf,
  FORESEEN,
  type LetFacts,
  LONGEST_REASON,
  mayExplain,
  parkingDue,
  rentsDue,
  type Source,
} from "../../src/ledger/expected/rules.ts";
import { schedule } from "../../src/ledger/leases/rules.ts";

const lease = (more: Partial<LetFacts> = {}, terms: Partial<LetFacts["terms"]> = {}): LetFacts => ({
  number: 3,
  account: "4001.03",
  untilOn: "2026-12-31",
  terms: {
    fromOn: "2026-01-01",
    toOn: "2026-12-31",
    cycleMonths: 3,
    dueAfterDays: 0,
    steps: [{ fromOn: "2026-01-01", monthlyFen: 100_000 }],
    free: [],
    depositFen: 0,
    taxBasisPoints: 0,
    ...terms,
  },
  ...more,
});
const said = (text: string) => ({ text, expectedFen: null, bookedFen: null, bankFen: null });
const source = (account: string, fen: number): Source => ({ account, what: { kind: "lease", number: 1 }, fen });

describe("what a lease was to bring in", () => {
  test("stands in the month in which it falls due, and in no other", () => {
    expect(rentsDue([lease()], "2026-04")).toEqual([
      { account: "4001.03", what: { kind: "lease", number: 3 }, fen: 300_000 },
    ]);
    expect(rentsDue([lease()], "2026-05")).toEqual([]);
    expect(rentsDue([lease({}, { dueAfterDays: 30 })], "2026-04")).toEqual([]);
    expect(rentsDue([lease({}, { dueAfterDays: 30 })], "2026-05")).toHaveLength(1);
  });
  test("is less the tax contained in it, which is no income", () =>
    expect(rentsDue([lease({}, { taxBasisPoints: 500 })], "2026-04")[0]?.fen).toBe(300_000 - 14_286));
  test("ends with an early end", () => {
    expect(rentsDue([lease({ untilOn: "2026-04-10" })], "2026-04")[0]?.fen).toBe(33_333);
    expect(rentsDue([lease({ untilOn: "2026-04-10" })], "2026-07")).toEqual([]);
  });
  test("month by month is the whole schedule", () => {
    const cycles = fc.constantFrom(1 as const, 3 as const, 6 as const, 12 as const);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        fc.integer({ min: 0, max: 40 }),
        cycles,
        (monthlyFen, dueAfterDays, cycleMonths) => {
          const one = lease({}, { steps: [{ fromOn: "2026-01-01", monthlyFen }], dueAfterDays, cycleMonths });
          const months = Array.from(
            { length: 24 },
            (_, at) => `${2026 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`,
          );
          const total = months.flatMap((period) => rentsDue([one], period)).reduce((sum, { fen }) => sum + fen, 0);
          expect(total).toBe(schedule(one.terms).reduce((sum, { amountFen }) => sum + amountFen, 0));
        },
      ),
      { numRuns: 12 },
    );
  });
});

test("the days of February are its own", () => {
  expect(daysOf("2028-02")).toEqual({ fromOn: "2028-02-01", toOn: "2028-02-29" });
  expect(daysOf("2026-02").toOn).toBe("2026-02-28");
});

test("parking is what permits and the gate say", () => {
  const taken = [
    { source: "permit", entries: 2, amountFen: 60_000 },
    { source: "gate", entries: 9, amountFen: 0 },
  ] as const;
  const permits = { account: "4001.01", what: { kind: "permits", entries: 2 }, fen: 60_000 };
  expect(parkingDue({ taken })).toEqual([permits]);
  // What is for months to come is not this month's; what was paid before for it is.
  expect(parkingDue({ taken, aheadFen: 40_000, earned: { entries: 3, fen: 9_000 } })).toEqual([
    { ...permits, fen: 20_000 },
    { account: "4001.01", what: { kind: "earned", entries: 3 }, fen: 9_000 },
  ]);
  expect(parkingDue({ taken, aheadFen: 60_000, refunded: { entries: 1, refundFen: 500 } })).toEqual([
    { account: "4001.01", what: { kind: "refunds", entries: 1 }, fen: -500 },
  ]);
});

describe("compared with the books", () => {
  test("a figure that agrees needs no reason; one fen apart is a gap", () => {
    const [row] = compare([source("4001.03", 100)], new Map([["4001.03", 100]]), null, new Map());
    expect(row).toMatchObject({ gapFen: 0, standing: "agrees" });
    const [less] = compare([source("4001.03", 100)], new Map([["4001.03", 99]]), null, new Map());
    expect(less).toMatchObject({ gapFen: -1, standing: "unexplained" });
    const [more] = compare(
      [source("4001.03", 100)],
      new Map([["4001.03", 101]]),
      null,
      new Map([["4001.03", said("预收")]]),
    );
    expect(more).toMatchObject({ gapFen: 1, standing: "explained", reason: "预收" });
  });
  test("what was booked without anything expected is a gap too, and the reverse", () => {
    const rows = compare([source("4001.02", 5)], new Map([["4001.05", 7]]), null, new Map());
    expect(rows.map(({ account, gapFen }) => [account, gapFen])).toEqual([
      ["4001.02", -5],
      ["4001.05", 7],
    ]);
  });
  test("interest and compensation are foreseen by nothing", () =>
    expect(compare([], new Map([["4001.06", 5]]), null, new Map())).toEqual([]));
  test("every foreseen account is one of the chart", () => {
    for (const account of FORESEEN) expect(CHARTS.common.some(({ code }) => code === account)).toBe(true);
  });
  test("no gap is passed over: the sums of both sides differ by the sum of the gaps", () => {
    const amounts = fc.array(fc.tuple(fc.constantFrom(...FORESEEN), fc.integer({ min: 1, max: 1_000_000 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(amounts, amounts, (expected, booked) => {
        const rows = compare(
          expected.map(([account, fen]) => source(account, fen)),
          new Map(booked),
          null,
          new Map(),
        );
        const gap = rows.reduce((sum, { gapFen }) => sum + gapFen, 0);
        const total = [...new Map(booked).values()].reduce((sum, fen) => sum + fen, 0);
        expect(gap).toBe(total - expected.reduce((sum, [, fen]) => sum + fen, 0));
        for (const row of rows) expect(row.standing === "agrees").toBe(row.gapFen === 0);
      }),
    );
  });
});

describe("a reason", () => {
  const rows = compare([source("4001.03", 100), source("4001.02", 5)], new Map([["4001.02", 5]]), null, new Map());
  test("is given for a gap, in words", () => expect(mayExplain(rows, "4001.03", "租户迟交")).toBeNull());
  test.each([
    ["without words", "4001.03", " ", "reason_missing"],
    ["one character too long", "4001.03", "长".repeat(LONGEST_REASON + 1), "reason_missing"],
    ["where nothing differs", "4001.02", "x", "no_gap"],
    ["of an account nothing is expected of", "4001.06", "x", "account_not_foreseen"],
  ])("%s is none", (_, account, text, reason) => expect(mayExplain(rows, account, text)).toMatchObject({ reason }));
});

describe("the bank beside the books", () => {
  const charge = (receivedFen: number, ...events: readonly (readonly [string, number, number?])[]): ChargeFacts => ({
    account: "4001.03",
    receivedFen,
    events: events.map(([period, amountFen, taxFen]) => ({ period, amountFen, taxFen: taxFen ?? 0 })),
  });
  const inMonth = (facts: ChargeFacts, period: string) => bankByAccount([facts], [], period).get("4001.03") ?? 0;

  test.each([
    ["paid in full", charge(100, ["2026-01", 100]), [100]],
    ["not paid at all", charge(0, ["2026-01", 100]), [0]],
    ["one fen short", charge(99, ["2026-01", 100]), [99]],
    ["lowered by an early end, the rest still owed", charge(0, ["2026-01", 100], ["2026-02", -40]), [40, -40]],
    ["paid, then lowered, and not given back", charge(100, ["2026-01", 100], ["2026-02", -40]), [100, 0]],
    ["paid, then lowered, and given back", charge(60, ["2026-01", 100], ["2026-02", -40]), [100, -40]],
    [
      "charged anew after it was taken back",
      charge(0, ["2026-01", 100], ["2026-02", -100], ["2026-02", 90]),
      [100, -100, 0],
    ],
  ])("%s", (_, facts, parts) => expect(settledParts(facts)).toEqual(parts));

  test("what is missing of the income is exactly what is owed: money pays the tax first", () => {
    expect(inMonth(charge(10_500, ["2026-01", 10_500, 500]), "2026-01")).toBe(10_000);
    expect(inMonth(charge(10_000, ["2026-01", 10_500, 500]), "2026-01")).toBe(9_500);
    expect(inMonth(charge(0, ["2026-01", 10_500, 500]), "2026-01")).toBe(0);
  });
  test("the parts sum to what was received, whatever happened", () => {
    const event = fc.tuple(fc.constantFrom("2026-01", "2026-02"), fc.integer({ min: -1_000, max: 1_000 }));
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: -500, max: 3_000 }),
        (events, fen) => {
          const parts = settledParts(charge(fen, ...events));
          expect(parts.reduce((sum, one) => sum + one, 0)).toBe(fen);
        },
      ),
    );
  });
  test("a voucher covers its lines in order, each in full before the next, and no more than it is covered", () => {
    const lines = [
      { account: "4001.03", voucherId: "v", fen: 70, coveredFen: 100 },
      { account: "4001.04", voucherId: "v", fen: 50, coveredFen: 100 },
      { account: "4001.04", voucherId: "w", fen: 9, coveredFen: 0 },
    ];
    expect([...bankByAccount([], lines, "2026-01")]).toEqual([
      ["4001.03", 70],
      ["4001.04", 30],
    ]);
    const back = [{ account: "4001.03", voucherId: "r", fen: -70, coveredFen: -70 }];
    expect(bankByAccount([], back, "2026-01").get("4001.03")).toBe(-70);
  });
  test("agrees only when the bank shows what is booked; unknown is not nought", () => {
    const at = (bank: number | null) =>
      compare(
        [source("4001.03", 100)],
        new Map([["4001.03", 100]]),
        bank === null ? null : new Map([["4001.03", bank]]),
        new Map(),
      )[0];
    expect(at(100)).toMatchObject({ bankGapFen: 0, standing: "agrees" });
    expect(at(99)).toMatchObject({ bankGapFen: -1, standing: "unexplained" });
    expect(at(null)).toMatchObject({ bankFen: null, bankGapFen: null, standing: "agrees" });
  });
  test.each([
    ["the same gap", -20, 0, true],
    ["a smaller one", -1, 0, true],
    ["none any more", 0, 0, true],
    ["one fen more", -21, 0, false],
    ["the other way round", 20, 0, false],
    ["one at the bank that was not there", -20, -1, false],
  ])("a reason covers %s: %s and %s is %s", (_, gapFen, bankGapFen, covers) =>
    expect(coversGaps({ text: "x", expectedFen: 100, bookedFen: 80, bankFen: 80 }, { gapFen, bankGapFen })).toBe(
      covers,
    ),
  );
});
