/** Exports to the letter: the table's headers, the two journals as their programs read them, and balances that are the same in all of them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseYuan } from "../../src/kernel/money.ts";
import { CHARTS } from "../../src/ledger/books/chart.ts";
import type { Account } from "../../src/ledger/books/rules.ts";
import {
  beancountAccount,
  beancountOf,
  type Exported,
  type ExportedVoucher,
  hledgerAccount,
  hledgerOf,
  tableOf,
} from "../../src/ledger/exports/rules.ts";
import { writeCsv } from "../../src/platform/sheet/csv.ts";

const accounts: Account[] = CHARTS.common.map((row) => ({
  ...row,
  book: "common",
  fromOn: "2026-01-01",
  untilOn: null,
}));
const HASH = "ab".repeat(32);
const voucher = (more: Partial<ExportedVoucher> = {}): ExportedVoucher => ({
  period: "2026-01",
  number: 1,
  on: "2026-01-05",
  text: "1月地面停车收入",
  counterparty: "甲物业",
  lines: [
    { account: "1002.01", side: "debit", amountFen: 3_825_000 },
    { account: "4001.01", side: "credit", amountFen: 3_825_000 },
  ],
  attachments: 1,
  reverses: null,
  leafHash: HASH,
  ...more,
});
const reversal = voucher({
  number: 2,
  on: "2026-01-06",
  text: "冲销",
  counterparty: "",
  attachments: 0,
  lines: [
    { account: "1002.01", side: "credit", amountFen: 3_825_000 },
    { account: "4001.01", side: "debit", amountFen: 3_825_000 },
  ],
  reverses: { period: "2026-01", number: 1 },
});
const exported = (more: Partial<Exported> = {}): Exported => ({
  community: "金桂苑",
  book: "common",
  bookName: "公共收益",
  from: "2026-01",
  accounts,
  brought: [],
  vouchers: [voucher(), reversal],
  ...more,
});

describe("the table", () => {
  test("has the headers of the format, a row a line, amounts in yuan and in fen", () => {
    const [head, first, , third] = tableOf(exported());
    expect(head!.join(",")).toBe(
      "凭证号,日期,摘要,科目编码,科目名称,借方(元),贷方(元),对方,附件数,冲销凭证号,哈希,借方(分),贷方(分)",
    );
    expect(first!.join(",")).toBe(
      `2026-01-0001,2026-01-05,1月地面停车收入,1002.01,业主共有资金专户,38250.00,,甲物业,1,,${HASH},3825000,`,
    );
    expect(third![9]).toBe("2026-01-0001");
  });
  test("calculates nothing where a text begins like a formula", () => {
    const text = new TextDecoder().decode(
      writeCsv(tableOf(exported({ vouchers: [voucher({ text: '=HYPERLINK("http://x")', counterparty: "+86" })] }))),
    );
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(text).toContain(",'+86,");
  });
});

describe("the hledger journal", () => {
  test("reads to the letter", () => {
    expect(hledgerOf(exported({ accounts: accounts.filter(({ code }) => /^(1002|4001)(\.01)?$/.test(code)) }))).toBe(
      `; 金桂苑 公共收益 2026-01
; 收入、成本和使用不在年末结转：每期从零开始，累计结余＝资产－负债。
commodity 1000.00 CNY

account 资产:1002-银行存款:01-业主共有资金专户  ; type:A
account 收入:4001-公共收益收入:01-共有道路、场地停车费  ; type:R

2026-01-05 * (2026-01-0001) 甲物业 | 1月地面停车收入  ; seq:1, leafhash:${HASH}
    资产:1002-银行存款:01-业主共有资金专户    38250.00 CNY
    收入:4001-公共收益收入:01-共有道路、场地停车费    -38250.00 CNY

2026-01-06 * (2026-01-0002) 冲销  ; seq:2, leafhash:${HASH}, reverses:2026-01-0001
    资产:1002-银行存款:01-业主共有资金专户    -38250.00 CNY
    收入:4001-公共收益收入:01-共有道路、场地停车费    38250.00 CNY
`,
    );
  });
  test("a text cannot end its line, begin a remark or part an account", () => {
    const odd = hledgerOf(
      exported({
        vouchers: [voucher({ text: "甲;乙 | 丙\n2026-01-01 * 假", counterparty: "丁;" })],
        accounts: accounts.map((one) =>
          one.code === "4001.01" ? { ...one, name: { zh: "停:车;  费", en: "" } } : one,
        ),
      }),
    );
    expect(odd).toContain("丁； | 甲；乙 ｜ 丙 2026-01-01 * 假  ; seq:1");
    expect(odd).toContain("收入:4001-公共收益收入:01-停-车- 费");
    expect(odd.split("\n").filter((line) => /^\d{4}-/.test(line))).toHaveLength(1);
  });
});

describe("the beancount ledger", () => {
  test("reads to the letter", () => {
    expect(beancountOf(exported({ accounts: accounts.filter(({ code }) => /^(1002|4001)(\.01)?$/.test(code)) }))).toBe(
      `option "title" "金桂苑 公共收益"
option "operating_currency" "CNY"

2026-01-01 open Assets:1002-银行存款:01-业主共有资金专户 CNY
2026-01-01 open Income:4001-公共收益收入:01-共有道路-场地停车费 CNY

2026-01-05 * "甲物业" "1月地面停车收入" ^v-2026-01-0001
  seq: 1
  leafhash: "${HASH}"
  Assets:1002-银行存款:01-业主共有资金专户  38250.00 CNY
  Income:4001-公共收益收入:01-共有道路-场地停车费  -38250.00 CNY

2026-01-06 * "" "冲销" ^v-2026-01-0002 ^v-2026-01-0001
  seq: 2
  leafhash: "${HASH}"
  reverses: "2026-01-0001"
  Assets:1002-银行存款:01-业主共有资金专户  -38250.00 CNY
  Income:4001-公共收益收入:01-共有道路-场地停车费  38250.00 CNY
`,
    );
  });
  test("every account of the chart is one that bean-check takes, and no two are the same", () => {
    const names = accounts.filter(({ postable }) => postable).map(({ code }) => beancountAccount(code, accounts));
    for (const name of names)
      expect(name).toMatch(/^(Assets|Liabilities|Equity|Income|Expenses)(:[\p{Lu}\p{Lo}\p{Nd}][\p{L}\p{Nd}-]*)+$/u);
    expect(new Set(names).size).toBe(names.length);
  });
  test("a text keeps its quotes inside", () => {
    const text = beancountOf(exported({ vouchers: [voucher({ text: '说"好"\\\n坏', counterparty: '"' })] }));
    expect(text).toContain('* "\\"" "说\\"好\\"\\\\ 坏" ^v-');
  });
});

/** What a journal adds up to, read back from its text. */
function balancesOf(text: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of text.split("\n")) {
    const parts = /^\s+(\S.*?)\s{2,}(-?[\d.]+) CNY$/.exec(line);
    if (!parts) continue;
    const fen = parseYuan(parts[2]!);
    if (fen.ok) sums.set(parts[1]!, (sums.get(parts[1]!) ?? 0) + fen.value);
  }
  return sums;
}

describe("the balances", () => {
  const codes = accounts.filter(({ postable }) => postable).map(({ code }) => code);
  test("are the books' own in both journals, and sum to nothing, whatever was posted or brought over", () => {
    const entry = fc.record({
      from: fc.constantFrom(...codes),
      to: fc.constantFrom(...codes),
      fen: fc.integer({ min: 1, max: 1e12 }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), fc.integer({ min: -1e9, max: 1e9 }), (entries, brought) => {
        const sums = new Map<string, number>();
        const add = (code: string, fen: number) => sums.set(code, (sums.get(code) ?? 0) + fen);
        if (brought !== 0) add("1002.01", brought);
        const vouchers = entries.map(({ from, to, fen }, at) => {
          add(to, fen);
          add(from, -fen);
          return voucher({
            number: at + 1,
            lines: [
              { account: to, side: "debit", amountFen: fen },
              { account: from, side: "credit", amountFen: fen },
            ],
          });
        });
        const all = exported({ vouchers, brought: brought === 0 ? [] : [{ account: "1002.01", fen: brought }] });
        for (const [text, named] of [
          [hledgerOf(all), hledgerAccount],
          [beancountOf(all), beancountAccount],
        ] as const) {
          const read = balancesOf(text);
          for (const [code, fen] of sums) expect(read.get(named(code, accounts)) ?? 0).toBe(fen);
          expect([...read.values()].reduce((sum, fen) => sum + fen, 0)).toBe(0);
        }
      }),
      { numRuns: 40 },
    );
  });
});
