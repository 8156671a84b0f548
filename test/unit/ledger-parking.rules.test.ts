/** Plates and their masks, tariffs by day, permits by month, and a gate's file row by row, at their bounds. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/ledger/assets/table.ts";
import { GATE_COLUMNS, gateRows } from "../../src/ledger/parking/gate.ts";
import {
  dayOfMoment,
  LONGEST_WHY,
  MOST_PERMIT_MONTHS,
  maskPlate,
  monthsAhead,
  monthsBack,
  permitEndFault,
  permitSpan,
  readPlate,
  refundOf,
  sumTakings,
  type Tariff,
  tariffFaults,
  tariffOn,
} from "../../src/ledger/parking/rules.ts";
import { writeCsv } from "../../src/platform/sheet/csv.ts";

const TARIFFS: readonly Tariff[] = [
  { use: "monthly", fromOn: "2026-07-01", amountFen: 30_000 },
  { use: "monthly", fromOn: "2026-01-01", amountFen: 25_000 },
  { use: "temporary", fromOn: "2026-01-01", amountFen: 200 },
];

describe("a plate", () => {
  test.each([
    ["渝a·12345", "渝A12345"],
    ["渝 A-D12345", "渝AD12345"],
    ["粤Z1234港", "粤Z1234港"],
    ["渝Ａ１２３４５", "渝A12345"],
  ])("%s is read", (typed, plate) => expect(readPlate(typed)).toBe(plate));
  test.each([["A12345"], ["渝A1234"], ["渝A1234567"], ["渝I12345"], ["渝AO2345"], [""], ["=1+1"]])(
    "%s is none",
    (typed) => expect(readPlate(typed)).toBeNull(),
  );
  test("is shown without its middle", () => {
    expect(maskPlate("渝A98712")).toBe("渝A·***12");
    expect(maskPlate("渝AD98712")).toBe("渝A·***12");
  });
});

describe("a tariff", () => {
  test("holds from its day on, until the next of its kind", () => {
    expect(tariffOn(TARIFFS, "monthly", "2025-12-31")).toBeNull();
    expect(tariffOn(TARIFFS, "monthly", "2026-01-01")?.amountFen).toBe(25_000);
    expect(tariffOn(TARIFFS, "monthly", "2026-06-30")?.amountFen).toBe(25_000);
    expect(tariffOn(TARIFFS, "monthly", "2026-07-01")?.amountFen).toBe(30_000);
    expect(tariffOn(TARIFFS, "temporary", "2026-12-31")?.amountFen).toBe(200);
  });
  test("says what, from when and on whose decision; a month costs something", () => {
    const good = {
      use: "monthly",
      fromOn: "2026-01-01",
      amountFen: 1,
      words: "每月",
    } as const;
    expect(tariffFaults(good)).toEqual([]);
    expect(tariffFaults({ ...good, use: "temporary", amountFen: 0 })).toEqual([]);
    const wrong = { ...good, amountFen: 0, fromOn: "2026-02-29", words: " " };
    expect(tariffFaults(wrong).map(({ reason }) => reason)).toEqual([
      "not_a_day",
      "amount_out_of_range",
      "words_missing",
    ]);
  });
});

describe("a permit", () => {
  test("costs what its first day says, for whole months", () => {
    expect(permitSpan({ fromOn: "2026-06-30", months: 3 }, TARIFFS)).toEqual({
      ok: true,
      value: { fromOn: "2026-06-30", toOn: "2026-09-29", monthlyFen: 25_000, amountFen: 75_000 },
    });
  });
  test("from the 31st of January ends with February", () => {
    expect(permitSpan({ fromOn: "2026-01-31", months: 1 }, TARIFFS)).toMatchObject({ value: { toOn: "2026-02-27" } });
    expect(permitSpan({ fromOn: "2028-01-31", months: 1 }, TARIFFS)).toMatchObject({ value: { toOn: "2028-02-28" } });
  });
  test.each([
    [0, "months_out_of_range"],
    [MOST_PERMIT_MONTHS + 1, "months_out_of_range"],
    [1.5, "months_out_of_range"],
  ])("of %s months is none", (months, reason) =>
    expect(permitSpan({ fromOn: "2026-01-01", months }, TARIFFS)).toMatchObject({ error: { reason } }),
  );
  test("before any tariff is none", () =>
    expect(permitSpan({ fromOn: "2025-12-31", months: 1 }, TARIFFS)).toMatchObject({ error: { reason: "no_tariff" } }));
  test("that follows another begins the day after it and leaves no day out", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 12 }), (offset, months) => {
        const fromOn = new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
        const span = permitSpan({ fromOn, months }, TARIFFS);
        if (!span.ok) throw new Error(span.error.reason);
        expect(span.value.toOn > fromOn).toBe(true);
        expect(span.value.amountFen).toBe(months * span.value.monthlyFen);
      }),
    );
  });
});

describe("what a permit is paid ahead", () => {
  const paid = (fromOn: string, months: number, paidOn = fromOn) =>
    monthsAhead({ fromOn, months, monthlyFen: 100, paidOn }).map(({ monthNo, beginsOn }) => `${monthNo} ${beginsOn}`);
  test.each([
    ["the first month, paid in it, is none", paid("2026-11-01", 1), []],
    ["the months after it are", paid("2026-11-01", 3), ["2 2026-12-01", "3 2027-01-01"]],
    ["paid the day before, the first is too", paid("2026-12-01", 1, "2026-11-30"), ["1 2026-12-01"]],
    ["paid late, what is over is not", paid("2026-11-01", 3, "2026-12-01"), ["3 2027-01-01"]],
    ["from the 31st months begin at the ends of shorter ones", paid("2027-01-31", 3), ["2 2027-02-28", "3 2027-03-31"]],
    ["and on the 29th of February in a leap year", paid("2028-01-31", 3), ["2 2028-02-29", "3 2028-03-31"]],
    ["from the 29th of February", paid("2028-02-29", 2), ["2 2028-03-29"]],
    ["twelve from it end in the February that has none", paid("2028-02-29", 12).slice(-1), ["12 2029-01-29"]],
  ])("%s", (_, ahead, expected) => expect(ahead).toEqual(expected));
  test("goes back from the month after its last day; a month that has begun does not, nor one whose calendar month is over", () => {
    const ahead = monthsAhead({ fromOn: "2026-11-15", months: 4, monthlyFen: 100, paidOn: "2026-11-15" });
    const back = (lastOn: string, enteredOn: string) => monthsBack(ahead, lastOn, enteredOn).map((one) => one.monthNo);
    expect(back("2026-12-14", "2026-12-14")).toEqual([2, 3, 4]);
    expect(back("2026-12-15", "2026-12-15")).toEqual([3, 4]);
    expect(back("2026-12-14", "2026-12-31")).toEqual([2, 3, 4]);
    // Entered in January, December was earned: it goes back out of the income.
    expect(back("2026-12-14", "2027-01-01")).toEqual([3, 4]);
  });
  test("and what is earned at once are together the whole, whatever the days", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_500 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: -400, max: 400 }),
        (offset, months, late) => {
          const day = (days: number) => new Date(Date.UTC(2027, 0, 1 + days)).toISOString().slice(0, 10);
          const permit = { fromOn: day(offset), months, monthlyFen: 7, paidOn: day(offset + late) };
          const ahead = monthsAhead(permit);
          expect(ahead.length).toBeLessThanOrEqual(months);
          for (const one of ahead) expect(one.beginsOn.slice(0, 7) > permit.paidOn.slice(0, 7)).toBe(true);
          // What goes back of them is never more than the whole refund.
          for (const { beginsOn } of ahead) {
            const back = monthsBack(ahead, beginsOn, beginsOn).reduce((sum, { amountFen }) => sum + amountFen, 0);
            expect(back).toBeLessThanOrEqual(refundOf(permit, beginsOn));
          }
        },
      ),
    );
  });
});

describe("a gate's file", () => {
  const read = async (...rows: string[][]) => {
    const table = await readTable(writeCsv(rows), GATE_COLUMNS);
    if (!table.ok) throw new Error(table.error.reason);
    return gateRows(table.value.rows, "2026-11-23");
  };
  test.each([
    ["2026/11/3 8:05:00", "2026-11-03"],
    ["2026-11-03 08:05", "2026-11-03"],
    ["2026年11月3日", "2026-11-03"],
    ["2026.11.03T08:05:01", "2026-11-03"],
    ["2026-02-29 08:05", null],
    ["03/11/2026", null],
    ["", null],
  ])("%s is the day %s", (text, day) => expect(dayOfMoment(text)).toBe(day));
  test("may have its columns in any order and amounts as people write them; the row of sums is passed over", async () => {
    const { payments, messages } = await read(
      ["金桂苑停车场日报"],
      ["实收金额(元)", "车牌号", "出场时间", "入场时间"],
      ["1,234.50", "渝A12345", "2026-11-22 18:00:00", "2026-11-22 08:00:00"],
      ["0", "渝A54321", "2026/11/22 18:01", ""],
      ["1234.50", "合计", "", ""],
    );
    expect(messages).toEqual([]);
    expect(payments.map(({ onDay, amountFen }) => [onDay, amountFen])).toEqual([
      ["2026-11-22", 123_450],
      ["2026-11-22", 0],
    ]);
  });
  test("says row by row what is wrong", async () => {
    const { payments, messages } = await read(
      ["流水号", "出场时间", "金额"],
      ["1", "2026-11-24 00:00:00", "5"],
      ["2", "2026-11-23 00:00:00", "-5"],
      ["3", "2026-11-23 00:00:00", "1.234"],
      ["4", "昨天", "=1+1"],
      ["5", "2026-11-23 00:00:00", "5"],
      ["5", "2026-11-23 00:00:01", "5"],
    );
    expect(messages.map(({ row }) => row)).toEqual([2, 3, 4, 5, 5, 7]);
    expect(payments).toHaveLength(1);
  });
});

test("takings sum to the fen, whatever their order", () => {
  const taking = fc.record({
    takingId: fc.string(),
    onDay: fc.constant("2026-11-22"),
    source: fc.constantFrom("permit" as const, "gate" as const),
    entries: fc.integer({ min: 1, max: 999 }),
    amountFen: fc.integer({ min: 0, max: 1_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(taking, { maxLength: 30 }), (takings) => {
      const sums = sumTakings(takings);
      expect(sums.fen).toBe(takings.reduce((sum, one) => sum + one.amountFen, 0));
      expect(sumTakings([...takings].reverse())).toEqual(sums);
    }),
  );
});

describe("a permit that ends early", () => {
  const permit = { fromOn: "2026-01-31", toOn: "2026-04-29", months: 3, monthlyFen: 100 };
  test.each([
    ["on the day before it begins: it never ran", "2026-01-30", 300],
    ["on its first day: that month is paid", "2026-01-31", 200],
    ["on the last day before a month begins", "2026-02-27", 200],
    ["on the day a shorter month begins", "2026-02-28", 100],
    ["in its last month", "2026-03-31", 0],
  ])("%s", (_, lastOn, fen) => {
    expect(permitEndFault(permit, { lastOn, why: "x" })).toBeNull();
    expect(refundOf(permit, lastOn)).toBe(fen);
  });
  test.each([
    ["two days before it begins", "2026-01-29", "x", "end_outside"],
    ["on its own last day", "2026-04-29", "x", "end_outside"],
    ["on no day", "2026-02-29", "x", "end_not_a_day"],
    ["without a reason", "2026-02-01", " ", "end_without_why"],
    ["with too long a one", "2026-02-01", "长".repeat(LONGEST_WHY + 1), "end_without_why"],
  ])("does not end %s", (_, lastOn, why, reason) =>
    expect(permitEndFault(permit, { lastOn, why })).toMatchObject({ reason }),
  );
});
