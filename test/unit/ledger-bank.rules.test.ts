/** Bank statements as banks print them, the same file twice, matches a person confirms, and book against bank. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../../src/kernel/day.ts";
import {
  accountFaults,
  type BankLine,
  balanceBreaks,
  closingOf,
  findHeader,
  lineKeys,
  MOST_DAYS_APART,
  mappingFaults,
  readDay,
  readLine,
  reconcile,
  suggestMapping,
  suggestMatches,
} from "../../src/ledger/bank/rules.ts";

const TWO = ["交易日期", "摘要", "借方发生额（元）", "贷方发生额（元）", "余额", "对方户名", "流水号"];
const ONE = ["记账日期", "收/支", "金额", "账户余额", "交易对方", "附言"];
const read = (header: readonly string[], cells: readonly string[]) => readLine(cells, suggestMapping(header), 5);
const fen = (header: readonly string[], cells: readonly string[]) => {
  const line = read(header, cells);
  if (line === null) return "no line";
  return line.ok ? line.value.amountFen : line.error.reason;
};

describe("the columns", () => {
  test("are found by the names banks give them, whatever their order and remarks", () => {
    expect(suggestMapping(TWO)).toEqual({ day: 0, summary: 1, out: 2, in: 3, balance: 4, counterparty: 5, serial: 6 });
    expect(suggestMapping(TWO.toReversed())).toMatchObject({ day: 6, out: 4, in: 3 });
    expect(suggestMapping(ONE)).toEqual({ day: 0, direction: 1, amount: 2, balance: 3, counterparty: 4, summary: 5 });
  });
  test("are enough with a day and either two amounts or one", () => {
    expect(mappingFaults({ day: 0, amount: 1 })).toEqual([]);
    expect(mappingFaults({ day: 0, in: 1, out: 2 })).toEqual([]);
    expect(mappingFaults({ day: 0, in: 1 })).toEqual([{ reason: "no_amount_column" }]);
    expect(mappingFaults({ amount: 1 })).toEqual([{ reason: "no_day_column" }]);
    expect(mappingFaults({ day: 0, amount: 0 })).toEqual([{ reason: "column_twice" }]);
  });
  test("stand below the titles a bank prints above them", () => {
    expect(findHeader([["某某银行账户明细"], ["账号", "6222"], [], TWO, ["20261101"]])).toBe(3);
    expect(
      findHeader([
        ["姓名", "房号"],
        ["张三", "101"],
      ]),
    ).toBeNull();
  });
});

describe("a day", () => {
  test.each([
    ["2026-11-23", "2026-11-23"],
    ["20261123", "2026-11-23"],
    ["2026/1/3", "2026-01-03"],
    ["2026年11月3日", "2026-11-03"],
    ["2026-11-23 10:22:01", "2026-11-23"],
    ["20261123 10:22:01", "2026-11-23"],
    ["２０２６－１１－２３", "2026-11-23"],
    ["2026-02-30", null],
    ["2026113", null],
    ["23/11/2026", null],
    ["", null],
    ["昨天", null],
  ])("%s is %s", (text, day) => expect(readDay(text)).toBe(day));
});

describe("a line", () => {
  test.each<[readonly string[], readonly string[], number | string]>([
    [TWO, ["20261101", "租金", "", "5,000.00", "15,000.00", "张三", "1"], 500_000],
    [TWO, ["20261101", "电费", "1,234.50", "", "13,765.50", "供电", "2"], -123_450],
    [TWO, ["20261101", "电费", "1,234.50", "0.00", "", "供电", "2"], -123_450],
    [TWO, ["20261101", "冲正", "", "-30.00", "", "", ""], -3_000],
    [TWO, ["20261101", "冲正", "-30.00", "", "", "", ""], 3_000],
    [TWO, ["20261101", "x", "1.00", "2.00", "", "", ""], "both_or_neither"],
    [TWO, ["20261101", "x", "", "", "", "", ""], "both_or_neither"],
    [TWO, ["20261101", "x", "1.005", "", "", "", ""], "amount_unreadable"],
    [TWO, ["20261101", "x", "", "=1+1", "", "", ""], "amount_unreadable"],
    [TWO, ["明天", "x", "", "1", "", "", ""], "day_unreadable"],
    [TWO, ["", "", "", "", "", "", ""], "no line"],
    [TWO, ["合计", "", "1,234.50", "5,000.00", "", "", ""], "no line"],
    [TWO, ["20261101", "期初余额", "", "", "10,000.00", "", ""], "no line"],
    [TWO, ["20261101", "期初退款", "", "5.00", "10,005.00", "合计公司", "8"], 500],
    [ONE, ["2026-11-01", "收", "5000", "", "", ""], 500_000],
    [ONE, ["2026-11-01", "支", "5000", "", "", ""], -500_000],
    [ONE, ["2026-11-01", "支", "-5000", "", "", ""], -500_000],
    [ONE, ["2026-11-01", "贷", "0.01", "", "", ""], 1],
    [ONE, ["2026-11-01", "进", "5000", "", "", ""], "direction_unreadable"],
    [ONE, ["2026-11-01", "收", "0", "", "", ""], "both_or_neither"],
    [["日期", "金额"], ["2026-11-01", "-12.30"], -1_230],
  ])("%j %j is %s", (header, cells, expected) => expect(fen(header, cells)).toBe(expected));

  test("keeps the row a spreadsheet shows, and a balance of nothing", () => {
    const line = read(TWO, ["20261101", "租金", "", "1", "0.00", " 张三 ", "9"]);
    expect(line?.ok && line.value).toMatchObject({ row: 5, balanceFen: 0, counterparty: "张三", serial: "9" });
    const none = read(TWO, ["20261101", "租金", "", "1", "", "", ""]);
    expect(none?.ok && none.value.balanceFen).toBeNull();
  });
});

const line = (over: Partial<BankLine>): BankLine => ({
  row: 1,
  on: "2026-11-01",
  amountFen: 100,
  balanceFen: null,
  counterparty: "",
  summary: "",
  serial: "",
  ...over,
});

describe("a statement", () => {
  const three = [
    line({ row: 2, amountFen: 100, balanceFen: 1_100 }),
    line({ row: 3, amountFen: -50, balanceFen: 1_050 }),
    line({ row: 4, amountFen: 25, balanceFen: 1_075 }),
  ];
  test("whose balances follow one another, in its order or against it, is whole", () => {
    expect(balanceBreaks(three)).toEqual([]);
    expect(balanceBreaks(three.toReversed())).toEqual([]);
  });
  test("with a line missing says behind which row", () => {
    expect(balanceBreaks([three[0]!, three[2]!])).toEqual([
      { reason: "balance_breaks", row: 4, expectedFen: 1_125, foundFen: 1_075 },
    ]);
  });
  test("twice has the same keys; the same coffee twice on one day has two", () => {
    const lines = [line({ summary: "停车" }), line({ summary: "停车" }), line({ summary: "停车", amountFen: 200 })];
    const keys = lineKeys(lines);
    expect(new Set(keys).size).toBe(3);
    expect(lineKeys(lines)).toEqual(keys);
    expect(lineKeys(lines.slice(0, 2))).toEqual(keys.slice(0, 2));
  });
  test("with serial numbers does not care how the words were printed", () => {
    expect(lineKeys([line({ serial: "1", summary: "租金" })])).toEqual(
      lineKeys([line({ serial: "1", summary: "租 金", counterparty: "张三" })]),
    );
  });
});

describe("matches", () => {
  const bank = (lineId: string, on: string, amountFen = 100) => ({ lineId, on, amountFen });
  const book = (postingId: string, on: string, amountFen = 100) => ({ postingId, on, amountFen });
  const pairs = (...given: Parameters<typeof suggestMatches>) =>
    suggestMatches(...given).map(({ lineId, postingId }) => `${lineId}=${postingId}`);
  test("need the same amount to the fen and lie close in time", () => {
    expect(pairs([bank("a", "2026-11-01")], [book("x", "2026-11-03"), book("y", "2026-11-01", 101)])).toEqual(["a=x"]);
    const far = addDays("2026-11-01", MOST_DAYS_APART);
    expect(pairs([bank("a", "2026-11-01")], [book("x", far)])).toEqual(["a=x"]);
    expect(pairs([bank("a", "2026-11-01")], [book("x", addDays(far, 1))])).toEqual([]);
    expect(pairs([bank("a", "2026-11-01", 100)], [book("x", "2026-11-01", -100)])).toEqual([]);
  });
  test("go by the closest, and leave what is level to a person", () => {
    expect(
      pairs([bank("a", "2026-11-01"), bank("b", "2026-11-05")], [book("x", "2026-11-05"), book("y", "2026-11-02")]),
    ).toEqual(["b=x", "a=y"]);
    expect(pairs([bank("a", "2026-11-01"), bank("b", "2026-11-01")], [book("x", "2026-11-01")])).toEqual([]);
    expect(pairs([bank("a", "2026-11-02")], [book("x", "2026-11-01"), book("y", "2026-11-03")])).toEqual([]);
  });
  test("use each line and each posting once", () => {
    const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays("2026-11-01", days));
    const some = fc.array(fc.record({ on: day, amountFen: fc.constantFrom(100, 200, -100) }), { maxLength: 20 });
    fc.assert(
      fc.property(some, some, (lines, postings) => {
        const found = suggestMatches(
          lines.map((one, at) => ({ ...one, lineId: `l${at}` })),
          postings.map((one, at) => ({ ...one, postingId: `p${at}` })),
        );
        expect(new Set(found.map(({ lineId }) => lineId)).size).toBe(found.length);
        expect(new Set(found.map(({ postingId }) => postingId)).size).toBe(found.length);
      }),
    );
  });
});

describe("the balance at the end of a day", () => {
  const lines = (...pairs: readonly (readonly [number, number | null])[]) =>
    pairs.map(([amountFen, balanceFen], at) => ({ row: at + 2, amountFen, balanceFen }));
  test.each([
    ["of one line is its own", lines([100, 500]), 500],
    ["is the last in order", lines([100, 500], [50, 550], [-200, 350]), 350],
    ["is the first where the newest stands first", lines([-200, 350], [50, 550], [100, 500]), 350],
    ["may be one the day had before", lines([100, 100], [-100, 0], [100, 100]), 100],
    ["that ends as it began", lines([100, 600], [50, 650], [-150, 500]), 500],
    ["that ends as it began, the newest first", lines([-150, 500], [50, 650], [100, 600]), 500],
    [
      "that ends as it began by two lines, which could be read either way, is not told",
      lines([100, 600], [-100, 500]),
      null,
    ],
    ["is not told where a line prints none", lines([100, 500], [50, null]), null],
    ["of no line is none", [], null],
  ] as const)("%s", (_, day, fen) => expect(closingOf(day)).toBe(fen));

  test("is what the day began with and all it moved, however its lines are shuffled or turned round", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000, max: 1_000 }),
        fc.array(
          fc.integer({ min: -50, max: 50 }).filter((fen) => fen !== 0),
          { minLength: 1, maxLength: 30 },
        ),
        fc.boolean(),
        (opening, amounts, newestFirst) => {
          let balanceFen = opening;
          const day = amounts.map((amountFen) => {
            balanceFen += amountFen;
            return { amountFen, balanceFen };
          });
          const printed = (newestFirst ? day.toReversed() : day).map((line, at) => ({ row: at + 1, ...line }));
          // A day that ends as it began has no order to be told by but its lines' own.
          fc.pre(balanceFen !== opening || amounts.length < 2);
          expect(closingOf(printed)).toBe(balanceFen);
        },
      ),
    );
  });
});

describe("book against bank", () => {
  test("agree when what each has alone is said", () => {
    expect(reconcile(1_000, 1_150, [200, -50], [])).toMatchObject({
      adjustedBookFen: 1_150,
      adjustedBankFen: 1_150,
      unexplainedFen: 0,
    });
    expect(reconcile(1_000, 1_100, [], [-100])).toMatchObject({
      adjustedBankFen: 1_000,
      unexplainedFen: 0,
      bookOutFen: 100,
    });
    expect(reconcile(1_000, 999, [], []).unexplainedFen).toBe(1);
  });
  test("whatever was matched does not matter: only what is alone on one side", () => {
    const some = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(some, some, some, (both, bankOnly, bookOnly) => {
        const sum = (fens: readonly number[]) => fens.reduce((all, one) => all + one, 0);
        expect(reconcile(sum(both) + sum(bookOnly), sum(both) + sum(bankOnly), bankOnly, bookOnly).unexplainedFen).toBe(
          0,
        );
      }),
    );
  });
});

describe("an account", () => {
  const reasons = (holderName: string, number = "6222 0000 1111 2222", bank = "某银行") =>
    accountFaults({ holderName, bank, number }).map(({ reason }) => reason);
  test("is the assembly's or the committee's, never a person's or the provider's (R6)", () => {
    expect(reasons("璧山区金桂苑业主大会")).toEqual([]);
    expect(reasons("金桂苑小区第二届业主委员会")).toEqual([]);
    expect(reasons("张三")).toEqual(["holder_is_a_person"]);
    expect(reasons("某某物业服务有限公司")).toEqual(["holder_is_the_provider"]);
    expect(reasons(" ")).toEqual(["holder_missing"]);
    // By the committee's own rule: the company's name before the committee's makes it the company's, a name behind it a person's or another's.
    expect(reasons("某物业公司业主委员会专户")).toEqual(["holder_is_the_provider"]);
    expect(reasons("金桂苑业主委员会主任陈某")).not.toEqual([]);
    expect(reasons("金桂苑业主大会公共收益专户")).toEqual([]);
    const entity = { holderName: "璧山区金桂苑业主服务中心", bank: "某银行", number: "12345678" };
    expect(accountFaults(entity, entity.holderName)).toEqual([]);
    expect(accountFaults(entity)).not.toEqual([]);
  });
  test("has a number of 8 to 32 digits", () => {
    expect(reasons("业主大会", "1234567")).toEqual(["number_unreadable"]);
    expect(reasons("业主大会", "12345678")).toEqual([]);
    expect(reasons("业主大会", "1".repeat(33))).toEqual(["number_unreadable"]);
    expect(reasons("业主大会", "12345678x")).toEqual(["number_unreadable"]);
  });
});
