/** Statements of a bank through workerd and D1: taken in whole or not at all, once, matched by a person, and book against bank. */
import { describe, expect, test } from "vitest";
import { findBankAccount, openBankAccount } from "../../src/ledger/bank/actions.ts";
import { confirmMatches, reconcileOn, undoMatch, viewMatching } from "../../src/ledger/bank/matching/actions.ts";
import { findBookBalance } from "../../src/ledger/bank/matching/store.ts";
import { listLines } from "../../src/ledger/bank/store.ts";
import {
  finishStatements,
  openWords,
  takeNextPart,
  takeStatement,
  viewRunning,
} from "../../src/ledger/bank/taking/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { writeXlsxSheet } from "../../src/platform/sheet/xlsx.ts";
import { ROWS_BEHIND, sceneAt } from "./community-of-test.ts";
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

  const many = (count: number) =>
    fileOf(
      ...Array.from(
        { length: count },
        (_, at) => `202611${String((at % 28) + 1).padStart(2, "0")},停车,,${(at % 900) + 1}.00,,车主,${at}`,
      ),
    );
  const linesIn = (community: CommunityAddress) =>
    numberIn(community, sql`SELECT count(*) AS n FROM bank_line WHERE community_id = ${community.id}`);

  test("of 2,500 new lines goes in at once, of one more in two parts", async () => {
    const { community, accountId } = await withAccount();
    expect(must(await take(community, accountId, many(2_500)))).toMatchObject({ added: 2_500, left: 0 });
    expect(must(await take(community, accountId, many(5_001)))).toMatchObject({ added: 2_501, known: 2_500, left: 1 });
    expect(await takeNextPart(sceneAt(community), accountId)).toBe(0);
    expect(await linesIn(community)).toBe(5_001);
  });

  test("of ten thousand lines goes in part by part, each once, and goes on where it was interrupted", async () => {
    const { community, accountId } = await withAccount();
    expect(reasonOf(await take(community, accountId, many(10_001)))).toBe("too_many_lines");
    const whole = { lines: 10_000, added: 10_000, known: 0 };
    expect(must(await take(community, accountId, many(10_000)))).toMatchObject({ ...whole, left: 7_500 });
    expect(await linesIn(community)).toBe(2_500);
    // Sent again in the middle it is the same one; another waits.
    expect(must(await take(community, accountId, many(10_000)))).toMatchObject({ ...whole, left: 7_500 });
    const other = await take(community, accountId);
    expect(other).toMatchObject({ ok: false, error: { reason: "import_running", fileName: "对账单.csv" } });
    const scene = sceneAt(community);
    expect(await takeNextPart(scene, accountId)).toBe(5_000);
    await Promise.all([takeNextPart(sceneAt(community), accountId), takeNextPart(sceneAt(community), accountId)]);
    expect((await viewRunning(scene, accountId))!.left).toBeLessThanOrEqual(2_500);
    // Nobody came back to the page: the clock finishes it.
    await finishStatements(scene);
    expect(await viewRunning(scene, accountId)).toBeNull();
    expect(await linesIn(community)).toBe(10_000);
    expect(must(await take(community, accountId, many(10_000)))).toMatchObject({ added: 0, known: 10_000, left: 0 });
    expect(must(await take(community, accountId))).toMatchObject({ added: 3 });
    const account = (await findBankAccount(scene, accountId))!;
    expect((await reconcileOn(scene, account, 0, "2026-11-04"))!.bankFen).toBe(
      await numberIn(
        community,
        sql`SELECT sum(amount_fen) AS n FROM bank_line WHERE community_id = ${community.id} AND on_day <= '2026-11-04'`,
      ),
    );
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

describe("the past", () => {
  /** So many months, each with so many postings that the bank has the same day or three days later, all matched; and one open on either side. */
  async function withPast(months: number): Promise<{ community: CommunityAddress; accountId: string }> {
    const { community, accountId } = await withAccount();
    const lines: string[] = [];
    const monthsOf = Array.from({ length: months }, (_, at) => `2026-${String(at + 1).padStart(2, "0")}`);
    for (const month of monthsOf)
      for (let at = 1; at <= 6; at += 1) {
        const fen = Number(month.slice(5)) * 1_000 + at * 100;
        await posted(
          community,
          rentOf(fen, { on: `${month}-${String(at * 4).padStart(2, "0")}`, text: `${month}租金${at}` }),
        );
        lines.push(
          `${month}-${String(at * 4 + (at % 2) * 3).padStart(2, "0")},租金,,${fen / 100}.00,,甲公司,${month}${at}`,
        );
      }
    must(await take(community, accountId, fileOf(...lines)));
    const treasurer = keeping(community, "treasurer");
    const account = (await findBankAccount(treasurer, accountId))!;
    for (;;) {
      const { suggestions } = await viewMatching(treasurer, account, "2026-11-23");
      if (suggestions.length === 0) break;
      const pairs = suggestions.map(({ lineId, postingId }) => ({
        lineKey: lineId,
        voucherId: postingId.split("/")[0]!,
        lineNo: 1,
      }));
      must(await confirmMatches(treasurer, accountId, pairs));
    }
    for (const month of monthsOf.filter((one) => one < "2026-11"))
      must(await closePeriod(keeping(community, "accountant"), { book: "common", period: month }));
    await posted(community, rentOf(777, { on: "2026-11-20" }));
    must(await take(community, accountId, fileOf("20261121,存款,,3.33,,不知道,S1")));
    return { community, accountId };
  }

  test("costs nothing: open lines, matching and the sheet read the same rows behind one month and behind ten", async () => {
    const metered = async (months: number) => {
      const { community, accountId } = await withPast(months);
      const account = (await findBankAccount(sceneAt(community), accountId))!;
      const [matching, sheet, book, confirming, listing] = [0, 1, 2, 3, 4].map(() => keeping(community, "treasurer"));
      await listing!.db.read(listLines(listing!, accountId, YEAR, { limit: 3, offset: 0 }));
      const { lines, postings } = await viewMatching(matching!, account, "2026-11-23");
      expect([lines.length, postings.length]).toEqual([1, 1]);
      const [balance] = await book!.db.read(findBookBalance(book!, account, "2026-11-23"));
      const made = (await reconcileOn(sheet!, account, balance[0]!.bookFen, "2026-11-23"))!;
      expect(made).toMatchObject({ bankInFen: 333, bookInFen: 777, unexplainedFen: 0 });
      expect(balance[0]!.bookFen).toBe(
        await numberIn(
          community,
          sql`SELECT sum(debit_fen - credit_fen) AS n FROM ledger_posting WHERE community_id = ${community.id} AND account = '1002.01'`,
        ),
      );
      const wrong = { lineKey: lines[0]!.lineKey, voucherId: postings[0]!.voucherId, lineNo: 1 };
      expect(reasonOf(await confirmMatches(confirming!, accountId, [wrong]))).toBe("amounts_differ");
      return [matching, sheet, book, confirming, listing].map((scene) => ({ ...scene!.db.meter }));
    };
    const [few, many] = [await metered(1), await metered(10)];
    for (const [at, one] of many.entries()) {
      expect(one.roundTrips, String(at)).toBe(few[at]!.roundTrips);
      expect(Math.abs(one.rowsRead - few[at]!.rowsRead), String(at)).toBeLessThanOrEqual(ROWS_BEHIND);
    }
  }, 60_000);

  test("on any day is what adding all of it up says, whatever was matched or undone since", async () => {
    const { community, accountId } = await withPast(3);
    const scene = keeping(community, "treasurer");
    const account = (await findBankAccount(scene, accountId))!;
    const undone = async () => {
      const [lines] = await scene.db.read(listLines(scene, accountId, YEAR, { limit: 100, offset: 0 }));
      must(await undoMatch(scene, accountId, lines.filter(({ voucherId }) => voucherId !== null)[4]!));
    };
    for (const change of [async () => undefined, undone])
      for (const on of [
        "2026-01-03",
        "2026-01-05",
        "2026-01-21",
        "2026-01-31",
        "2026-02-13",
        "2026-03-31",
        "2026-11-21",
      ]) {
        await change();
        const added = (what: ReturnType<typeof sql>) => numberIn(community, what);
        const book = await added(
          sql`SELECT coalesce(sum(debit_fen - credit_fen), 0) AS n FROM ledger_posting WHERE community_id = ${community.id} AND account = '1002.01' AND on_day <= ${on}`,
        );
        const bank = await added(
          sql`SELECT coalesce(sum(amount_fen), 0) AS n FROM bank_line WHERE community_id = ${community.id} AND on_day <= ${on}`,
        );
        const [balance] = await scene.db.read(findBookBalance(scene, account, on));
        expect(balance[0]!.bookFen, on).toBe(book);
        const sheet = await reconcileOn(scene, account, book, on);
        if (bank === 0) expect(sheet).toBeNull();
        else expect(sheet, on).toMatchObject({ bankFen: bank, unexplainedFen: 0 });
      }
  }, 60_000);

  test("cannot be made open or matched by hand: what is open follows from lines, postings and matches alone", async () => {
    const { community } = await withPast(1);
    const { db } = sceneAt(community);
    for (const statement of [
      sql`DELETE FROM bank_open_line WHERE community_id = ${community.id}`,
      sql`DELETE FROM bank_open_posting WHERE community_id = ${community.id}`,
      sql`DELETE FROM bank_apart WHERE community_id = ${community.id}`,
      sql`DELETE FROM bank_moved WHERE community_id = ${community.id}`,
      sql`UPDATE bank_open_line SET amount_fen = 1 WHERE community_id = ${community.id}`,
      sql`UPDATE bank_open_posting SET amount_fen = 1 WHERE community_id = ${community.id}`,
      sql`UPDATE bank_apart SET far = 1 WHERE community_id = ${community.id}`,
      sql`UPDATE bank_moved SET sum_fen = 1 WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO bank_open_line SELECT * FROM bank_open_line WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO bank_open_posting SELECT * FROM bank_open_posting WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO bank_apart SELECT * FROM bank_apart WHERE community_id = ${community.id}`,
      sql`INSERT INTO bank_open_line SELECT community_id, account_id, on_day, row_no, line_key, import_id, word_no, amount_fen, balance_fen, 2 FROM bank_line WHERE community_id = ${community.id}`,
    ])
      expect((await db.write([db.run(statement)])).ok).toBe(false);
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
