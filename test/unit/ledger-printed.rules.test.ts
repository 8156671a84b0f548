/** Statements as notices print them: real ones come out as printed, or the figure that does not follow is named. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatYuan, parseYuan } from "../../src/kernel/money.ts";
import { type PrintedStatement, readItem, readItems, recompute } from "../../src/ledger/printed/rules.ts";

const NOTHING: PrintedStatement = {
  openingFen: null,
  income: [],
  incomeFen: null,
  cost: [],
  costFen: null,
  closingFen: null,
};
const item = (words: string, fen: number, basisPoints: number | null = null) => ({ words, fen, basisPoints });
const of = (more: Partial<PrintedStatement>) => recompute({ ...NOTHING, ...more });
const holds = (more: Partial<PrintedStatement>) => of(more).checks.map((check) => check.holds);

describe("a line", () => {
  test.each([
    ["停车费 113,445.00", ["停车费", 11_344_500, null]],
    ["水费：40998.9元", ["水费", 4_099_890, null]],
    ["２０１８年１０月　租金　￥1350", ["2018年10月 租金", 135_000, null]],
    ["退 2000", ["退", 200_000, null]],
    ["赤字 (168,319.06)", ["赤字", -16_831_906, null]],
    ["其他（多转一分） 0.01", ["其他(多转一分)", 1, null]],
    ["16%税 3681", ["16%税", 368_100, 1_600]],
    ["增值税3.5% 35.00", ["增值税3.5%", 3_500, 350]],
  ] as const)("“%s”", (line, [words, fen, basisPoints]) => {
    expect(readItem(line)).toEqual({ words, fen, basisPoints });
  });
  test("without an amount at its end is said to be unreadable, by its number", () => {
    expect(readItems("停车费 1\n\n广告\n水费 1.005\n租金 2")).toMatchObject({
      items: [{ fen: 100 }, { fen: 200 }],
      unreadable: [3, 4],
    });
  });
});

describe("a printed statement", () => {
  const income = [item("车位", 100), item("广告", 50)];
  test("a sum to the fen is right; a fen more or less is not", () => {
    expect([149, 150, 151].map((incomeFen) => holds({ income, incomeFen })[0])).toEqual([false, true, false]);
  });
  test("closing is opening and what came less what went, of the lines where there are any", () => {
    const all = { openingFen: 10, income, incomeFen: 150, costFen: 60, closingFen: 100 };
    expect(holds(all)).toEqual([true, true]);
    expect(holds({ ...all, closingFen: 101 })).toEqual([true, false]);
    // The printed sum is wrong by one; the closing follows from the lines.
    expect(holds({ ...all, incomeFen: 151 })).toEqual([false, true]);
  });
  test("what is not printed is not taken for right", () => {
    expect(holds({ income })).toEqual([null]);
    expect(holds({ closingFen: 5 })).toEqual([null]);
    expect(of({}).checks).toEqual([]);
  });
  test("a share of the lines above it may be rounded either way, and no further", () => {
    const tax = (fen: number) => holds({ cost: [item("维修", 99_999), item("6%税", fen, 600)] })[1];
    // 5,999.94 fen.
    expect([5_998, 5_999, 6_000, 6_001].map(tax)).toEqual([false, true, true, false]);
  });
  test("names the lines that are deposits", () => {
    expect(of({ cost: [item("退装修押金", 1), item("维修", 2)] }).deposits).toHaveLength(1);
  });
  test("of its own lines always comes out, in any order", () => {
    const lines = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(lines, fc.integer({ min: -1e9, max: 1e9 }), (fens, openingFen) => {
        const sum = fens.reduce((all, fen) => all + fen, 0);
        const items = fens.map((fen) => readItem(`项目 ${formatYuan(fen)}`)!);
        expect(items.map(({ fen }) => fen)).toEqual(fens);
        const statement = { openingFen, income: items, incomeFen: sum, costFen: 0, closingFen: openingFen + sum };
        expect(holds(statement)).toEqual([true, true]);
        expect(holds({ ...statement, income: items.toReversed() })).toEqual([true, true]);
      }),
    );
  });
});

// ——— Statements that others published ———

interface Case {
  readonly id: string;
  readonly income?: readonly { readonly item: string; readonly amount: string }[];
  readonly expense?: readonly { readonly item: string; readonly amount: string }[];
  readonly expense_amounts?: readonly number[];
  readonly total_printed?: string;
  readonly tax_printed?: string;
  readonly grand_printed?: string;
}
const CASES = join(import.meta.dirname, "../../../shared/cases/ledgers.json");
const cases = existsSync(CASES) ? (JSON.parse(readFileSync(CASES, "utf8")) as Case[]) : [];
const fenOf = (text: string): number => {
  const read = parseYuan(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};

describe.skipIf(cases.length === 0)("real statements", () => {
  const listed = cases.filter(({ income, expense }) => income || expense);
  test.each(listed.map((one) => [one.id, one] as const))("%s comes out as printed", (_, one) => {
    const items = (one.income ?? one.expense)!.map(({ item: words, amount }) => item(words, fenOf(amount)));
    const sum = fenOf(one.total_printed!);
    expect(holds(one.income ? { income: items, incomeFen: sum } : { cost: items, costFen: sum })).toEqual([true]);
  });
  test("the deposits that one of them counts as cost are named", () => {
    const petty = cases.find(({ id }) => id === "L01_trj_201810_petty")!;
    expect(
      of({ cost: petty.expense!.map(({ item: words, amount }) => item(words, fenOf(amount))) }).deposits,
    ).toHaveLength(5);
  });
  test("works whose tax does not follow from their sum are said to be 1.16 yuan off, and the rest to be right", () => {
    const works = cases.find(({ id }) => id === "L38_jinan_lift")!;
    const lines = works.expense_amounts!.map((yuan, at) => item(`第${at + 1}项`, yuan * 100));
    expect(holds({ cost: lines, costFen: fenOf(works.total_printed!) })).toEqual([true]);
    const tax = readItem(`16%税 ${/^[\d.]+/.exec(works.tax_printed!)![0]}`)!;
    const [sum, share] = of({ cost: [...lines, tax], costFen: fenOf(works.grand_printed!) }).checks;
    expect(sum).toMatchObject({ holds: true });
    expect(share).toMatchObject({ holds: false, printedFen: 368_100, recomputedFen: 367_984 });
  });
});
