/** Statements of a bank through workerd and D1: taken in whole or not at all, once, matched by a person, and book against bank. */
import { describe, expect, test } from "vitest";
import {
  confirmMatches,
  findBankAccount,
  openBankAccount,
  openWords,
  reconcileOn,
  takeStatement,
  undoMatch,
  viewMatching,
} from "../../src/ledger/bank/actions.ts";
import { listLines } from "../../src/ledger/bank/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { writeXlsxSheet } from "../../src/platform/sheet/xlsx.ts";
import { sceneAt } from "./community-of-test.ts";
import { keeping, must, posted, rentOf, withBook } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";

const HEADER = "交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,流水号";
const fileOf = (...lines: string[]) => ({
  name: "对账单.csv",
  bytes: new TextEncoder().encode([HEADER, ...lines].join("\r\n")),
});
const NOVEMBER = fileOf(
  '20261105,租金,,"5,000.00","15,000.00",张小明,1',
  '20261110,电费,"1,234.50",,"13,765.50",某供电公司,2',
  '20261120,租金,,"5,000.00","18,765.50",李小红,3',
);

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const ACCOUNT = {
  book: "common" as const,
  ledgerAccount: "1002.01",
  holder: "assembly" as const,
  holderName: "金桂苑业主大会",
  bank: "某银行璧山支行",
  number: "6222 0000 1111 2222",
};

async function withAccount(): Promise<{ community: CommunityAddress; accountId: string }> {
  const community = await withBook();
  const { accountId } = must(await openBankAccount(keeping(community, "accountant"), ACCOUNT, newOnce()));
  return { community, accountId };
}
const take = (
  community: CommunityAddress,
  accountId: string,
  file = NOVEMBER,
  chosen: Parameters<typeof takeStatement>[3] = null,
) => takeStatement(keeping(community, "treasurer"), accountId, file, chosen, newOnce());
const YEAR = { from: "2026-01-01", to: "2026-12-31" };

describe("an account", () => {
  test("stands in the owners' name, once, and its number is nowhere in clear", async () => {
    const { community, accountId } = await withAccount();
    const accountant = keeping(community, "accountant");
    expect(reasonOf(await openBankAccount(accountant, ACCOUNT, newOnce()))).toBe("account_exists");
    expect(
      JSON.stringify(await openBankAccount(accountant, { ...ACCOUNT, holderName: "唐明德" }, newOnce())),
    ).toContain("holder_is_a_person");
    expect(
      reasonOf(
        await openBankAccount(accountant, { ...ACCOUNT, ledgerAccount: "4001.03", number: "99998888" }, newOnce()),
      ),
    ).toBe("unknown_ledger_account");
    expect((await findBankAccount(accountant, accountId))!.numberMasked).toBe("****2222");
    for (const table of ["bank_account", "record_leaf", "once"]) {
      const rows = await numberIn(
        community,
        sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE community_id = ${community.id}`,
      );
      expect(rows).toBeGreaterThan(0);
    }
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND instr(entry, '62220000') > 0`,
      ),
    ).toBe(0);
  });
});

describe("a statement", () => {
  test("is taken in whole; twice, or overlapping, adds only what is new; its payers are sealed", async () => {
    const { community, accountId } = await withAccount();
    expect(must(await take(community, accountId))).toMatchObject({ lines: 3, added: 3, known: 0 });
    expect(must(await take(community, accountId))).toMatchObject({ lines: 3, added: 0, known: 3 });
    const later = fileOf('20261120,租金,,"5,000.00","18,765.50",李小红,3', '20261122,停车,,10.00,"18,775.50",王某,4');
    expect(must(await take(community, accountId, later))).toMatchObject({ lines: 2, added: 1, known: 1 });
    const scene = sceneAt(community);
    const [lines] = await scene.db.read(listLines(scene, accountId, YEAR, { limit: 10, offset: 0 }));
    expect(lines.map(({ amountFen }) => amountFen)).toEqual([1_000, 500_000, -123_450, 500_000]);
    const words = await openWords(scene, lines);
    expect(lines.map(({ lineKey }) => words.get(lineKey)?.[0])).toEqual(["王某", "李小红", "某供电公司", "张小明"]);
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM bank_import WHERE community_id = ${community.id} AND instr(words_sealed, '小明') > 0`,
      ),
    ).toBe(0);
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND instr(entry, '小明') > 0`,
      ),
    ).toBe(0);
  });

  test("in GB18030, and as a workbook, is the same", async () => {
    const { community, accountId } = await withAccount();
    // 日期,收入,支出 in GB18030.
    const header = [0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xca, 0xd5, 0xc8, 0xeb, 0x2c, 0xd6, 0xa7, 0xb3, 0xf6, 0x0d, 0x0a];
    const bytes = new Uint8Array([...header, ...new TextEncoder().encode("2026-11-01,12.50,\r\n")]);
    expect(must(await take(community, accountId, { name: "gb.csv", bytes }))).toMatchObject({ added: 1 });
    const sheet = await writeXlsxSheet(
      "对账单",
      [
        ["日期", "收入", "支出"],
        ["2026-11-01", "12.50", ""],
        ["2026-11-02", "", "1.00"],
      ],
      new Set(),
    );
    expect(must(await take(community, accountId, { name: "a.xlsx", bytes: sheet }))).toMatchObject({
      added: 1,
      known: 1,
    });
  });

  test("with a faulty row names it and leaves nothing behind", async () => {
    const { community, accountId } = await withAccount();
    const wrong = fileOf(
      "20261105,租金,,5000.00,,张,1",
      "2026-02-30,租金,,1,,张,2",
      "20261106,租金,,1.005,,张,3",
      "20261107,x,1,1,,张,4",
    );
    const answer = await take(community, accountId, wrong);
    expect(answer.ok ? null : answer.error).toMatchObject({
      reason: "lines_faulty",
      more: 0,
      faults: [
        { reason: "day_unreadable", row: 3 },
        { reason: "amount_unreadable", row: 4, why: "amount_too_fine" },
        { reason: "both_or_neither", row: 5 },
      ],
    });
    const missing = fileOf('20261105,租金,,"5,000.00","15,000.00",张,1', '20261120,租金,,"5,000.00","18,765.50",李,3');
    expect(JSON.stringify(await take(community, accountId, missing))).toContain("balance_breaks");
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM bank_line WHERE community_id = ${community.id}`),
    ).toBe(0);
    const none = { name: "x", bytes: new Uint8Array() };
    expect(JSON.stringify(await take(community, accountId, none))).toContain("sheet_empty");
    expect(reasonOf(await take(community, accountId, fileOf()))).toBe("no_lines");
    expect(reasonOf(await take(community, "0000000000000000"))).toBe("unknown_bank_account");
  });

  test("of an unknown bank asks for its columns once and remembers them", async () => {
    const { community, accountId } = await withAccount();
    const odd = { name: "odd.csv", bytes: new TextEncoder().encode("哪天,多少,给谁\r\n2026-11-01,-12.30,张\r\n") };
    const asked = await take(community, accountId, odd);
    expect(asked.ok ? null : asked.error).toMatchObject({ reason: "mapping_needed", header: ["哪天", "多少", "给谁"] });
    expect(must(await take(community, accountId, odd, { day: 0, amount: 1, counterparty: 2 }))).toMatchObject({
      added: 1,
    });
    const next = { name: "odd2.csv", bytes: new TextEncoder().encode("哪天,多少,给谁\r\n2026-11-02,5,李\r\n") };
    expect(must(await take(community, accountId, next))).toMatchObject({ added: 1 });
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM bank_mapping WHERE community_id = ${community.id}`),
    ).toBe(1);
  });

  test("of ten thousand lines goes in at once, and one more is too many", async () => {
    const { community, accountId } = await withAccount();
    const lines = (count: number) =>
      Array.from(
        { length: count },
        (_, at) => `202611${String((at % 28) + 1).padStart(2, "0")},停车,,${(at % 900) + 1}.00,,车主,${at}`,
      );
    expect(must(await take(community, accountId, fileOf(...lines(10_000))))).toMatchObject({
      lines: 10_000,
      added: 10_000,
    });
    expect(reasonOf(await take(community, accountId, fileOf(...lines(10_001))))).toBe("too_many_lines");
  });
});

describe("matching", () => {
  test("is suggested, confirmed by a person, once, and can be taken back", async () => {
    const { community, accountId } = await withAccount();
    must(await take(community, accountId));
    const row = await posted(community, rentOf(123_400, { on: "2026-11-06" }));
    expect(row.amountFen).toBe(123_400);
    const cost = await posted(community, rentOf(100_000, { on: "2026-11-08" }));
    const treasurer = keeping(community, "treasurer");
    const account = (await findBankAccount(treasurer, accountId))!;
    expect((await viewMatching(treasurer, account, "2026-11-23")).suggestions).toEqual([]);
    const small = fileOf('20261109,租金,,"1,000.00",,张,9');
    must(await take(community, accountId, small));
    const { suggestions } = await viewMatching(treasurer, account, "2026-11-23");
    expect(suggestions).toEqual([{ lineId: expect.any(String), postingId: `${cost.voucherId}/1`, daysApart: 1 }]);
    const pair = { lineKey: suggestions[0]!.lineId, voucherId: cost.voucherId, lineNo: 1 };
    expect(reasonOf(await confirmMatches(treasurer, accountId, []))).toBe("nothing_chosen");
    expect(reasonOf(await confirmMatches(treasurer, accountId, [{ ...pair, voucherId: row.voucherId }]))).toBe(
      "amounts_differ",
    );
    expect(reasonOf(await confirmMatches(treasurer, accountId, [{ ...pair, lineNo: 2 }]))).toBe("amounts_differ");
    const twice = await Promise.all([
      confirmMatches(treasurer, accountId, [pair]),
      confirmMatches(treasurer, accountId, [pair]),
    ]);
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await viewMatching(treasurer, account, "2026-11-23")).suggestions).toEqual([]);
    const [lines] = await treasurer.db.read(listLines(treasurer, accountId, YEAR, { limit: 10, offset: 0 }));
    const matched = lines.find(({ voucherId }) => voucherId === cost.voucherId)!;
    must(await undoMatch(treasurer, accountId, matched));
    expect(reasonOf(await undoMatch(treasurer, accountId, matched))).toBe("matched_already");
    must(await confirmMatches(treasurer, accountId, [pair]));
  });

  test("one posting is not two lines of the bank", async () => {
    const { community, accountId } = await withAccount();
    const row = await posted(community, rentOf(100_000, { on: "2026-11-08" }));
    must(await take(community, accountId, fileOf("20261109,租金,,1000.00,,张,1", "20261109,租金,,1000.00,,张,2")));
    const treasurer = keeping(community, "treasurer");
    const account = (await findBankAccount(treasurer, accountId))!;
    const { lines } = await viewMatching(treasurer, account, "2026-11-23");
    const pairOf = (at: number) => ({ lineKey: lines[at]!.lineKey, voucherId: row.voucherId, lineNo: 1 });
    expect(reasonOf(await confirmMatches(treasurer, accountId, [pairOf(0), pairOf(1)]))).toBe("matched_already");
    must(await confirmMatches(treasurer, accountId, [pairOf(0)]));
    expect(reasonOf(await confirmMatches(treasurer, accountId, [pairOf(1)]))).toBe("matched_already");
  });
});

describe("book against bank", () => {
  test("agree with what each has alone, and say what is not explained", async () => {
    const { community, accountId } = await withAccount();
    await posted(community, rentOf(150_000, { on: "2026-11-01" }));
    const treasurer = keeping(community, "treasurer");
    const account = (await findBankAccount(treasurer, accountId))!;
    expect(await reconcileOn(treasurer, account, 150_000, "2026-11-30")).toBeNull();
    must(
      await take(
        community,
        accountId,
        fileOf('20261102,租金,,"1,500.00","1,500.00",张,1', "20261130,利息,,1.23,1501.23,银行,2"),
      ),
    );
    const { suggestions } = await viewMatching(treasurer, account, "2026-11-30");
    must(
      await confirmMatches(
        treasurer,
        accountId,
        suggestions.map(({ lineId, postingId }) => ({
          lineKey: lineId,
          voucherId: postingId.split("/")[0]!,
          lineNo: 1,
        })),
      ),
    );
    const sheet = (await reconcileOn(treasurer, account, 150_000, "2026-11-30"))!;
    expect(sheet).toMatchObject({
      bankFen: 150_123,
      bankInFen: 123,
      adjustedBookFen: 150_123,
      adjustedBankFen: 150_123,
      unexplainedFen: 0,
      printed: true,
    });
    expect((await reconcileOn(treasurer, account, 150_000, "2026-11-29"))!).toMatchObject({
      bankFen: 150_000,
      unexplainedFen: 0,
    });
    expect((await reconcileOn(treasurer, account, 149_999, "2026-11-30"))!.unexplainedFen).toBe(-1);
  });
});
