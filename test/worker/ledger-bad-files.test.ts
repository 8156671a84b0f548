/** Files that somebody made, and not the bank: formulas, other encodings and orders, and files too large. What is refused leaves nothing behind. */
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { openBankAccount } from "../../src/ledger/bank/actions.ts";
import { listLines } from "../../src/ledger/bank/store.ts";
import { openWords, takeStatement } from "../../src/ledger/bank/taking/actions.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { putFile } from "../../src/platform/files.ts";
import { LARGEST_SHEET_BYTES } from "../../src/platform/sheet/grid.ts";
import { writeXlsxSheet } from "../../src/platform/sheet/xlsx.ts";
import { sceneAt } from "./community-of-test.ts";
import { stranger } from "./desk-of-test.ts";
import { keeping, must, posted, rentOf, TODAY, withBook } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";

async function withAccount(): Promise<{ community: CommunityAddress; accountId: string }> {
  const community = await withBook();
  const account = {
    book: "common" as const,
    ledgerAccount: "1002.01",
    holder: "assembly" as const,
    holderName: "金桂苑业主大会",
    bank: "某银行璧山支行",
    number: "6222 0000 1111 2222",
  };
  return { community, ...must(await openBankAccount(keeping(community, "accountant"), account, newOnce())) };
}
const take = (community: CommunityAddress, accountId: string, name: string, bytes: Uint8Array) =>
  takeStatement(keeping(community, "treasurer"), accountId, { name, bytes }, null, newOnce());
const text = (...rows: string[]) => new TextEncoder().encode(rows.join("\r\n"));
const linesIn = (community: CommunityAddress) =>
  numberIn(community, sql`SELECT count(*) AS n FROM bank_line WHERE community_id = ${community.id}`);

describe("a statement of the bank", () => {
  test("with its columns shuffled, in and out in one column, is read by its header", async () => {
    const { community, accountId } = await withAccount();
    const shuffled = text(
      "余额,对方户名,借贷标志,摘要,金额,交易日期",
      '"1,234.50",张,贷,租金,"1,234.50",2026-11-05',
      '"1,000.00",电,借,电费,"234.50",20261106',
    );
    expect(must(await take(community, accountId, "a.csv", shuffled)).added).toBe(2);
    const scene = sceneAt(community);
    const [lines] = await scene.db.read(
      listLines(scene, accountId, { from: "2026-01-01", to: "2026-12-31" }, { limit: 5, offset: 0 }),
    );
    expect(lines.map(({ amountFen }) => amountFen)).toEqual([-23_450, 123_450]);
  });

  test("whose words begin like a formula keeps them as words; an amount that is one is refused", async () => {
    const { community, accountId } = await withAccount();
    const header = "交易日期,摘要,收入,支出,对方户名";
    const words = text(header, '20261105,"=HYPERLINK(""http://x"")",1.00,,@SUM(A1)');
    expect(must(await take(community, accountId, "a.csv", words)).added).toBe(1);
    const scene = sceneAt(community);
    const [lines] = await scene.db.read(
      listLines(scene, accountId, { from: "2026-01-01", to: "2026-12-31" }, { limit: 5, offset: 0 }),
    );
    expect([...(await openWords(scene, lines)).values()]).toEqual([["@SUM(A1)", '=HYPERLINK("http://x")']]);
    const amount = await take(community, accountId, "b.csv", text(header, "20261106,x,=1+1,,张"));
    expect(JSON.stringify(amount)).toContain("amount_unreadable");
    expect(await linesIn(community)).toBe(1);
  });

  test("that is a workbook with a formula for a figure is no file of the bank", async () => {
    const { community, accountId } = await withAccount();
    const plain = await writeXlsxSheet(
      "流水",
      [
        ["日期", "收入", "支出"],
        ["2026-11-01", "12.50", ""],
      ],
      new Set([1, 2]),
    );
    const parts = unzipSync(plain);
    const sheet = Object.keys(parts).find((path) => /worksheets\/sheet1\.xml$/.test(path))!;
    const xml = new TextDecoder().decode(parts[sheet]!);
    const calculated = xml.replace("<v>12.5</v>", "<f>10+2.5</f><v>12.5</v>");
    expect(calculated).not.toBe(xml);
    const answer = await take(community, accountId, "a.xlsx", zipSync({ ...parts, [sheet]: strToU8(calculated) }));
    expect(answer).toMatchObject({
      ok: false,
      error: { reason: "lines_faulty", faults: [{ reason: "calculated", row: 2 }] },
    });
    expect(await linesIn(community)).toBe(0);
    expect(must(await take(community, accountId, "a.xlsx", plain)).added).toBe(1);
  });

  test("of a byte more than may be, or of twenty megabytes, is refused before it is read", async () => {
    const { community, accountId } = await withAccount();
    for (const bytes of [LARGEST_SHEET_BYTES + 1, 20 * 1024 * 1024])
      expect(await take(community, accountId, "a.csv", new Uint8Array(bytes).fill(0x61))).toMatchObject({
        ok: false,
        error: { reason: "sheet_faulty", fault: { reason: "sheet_too_large", bytes } },
      });
    expect(await linesIn(community)).toBe(0);
  });
});

describe("a paper of a voucher", () => {
  test("of twenty megabytes is refused, with its name", async () => {
    const treasurer = keeping(await withBook(), "treasurer");
    const bytes = new Uint8Array(20 * 1024 * 1024);
    bytes.set([0x25, 0x50, 0x44, 0x46, 0x2d]);
    expect(await putFile(treasurer, { name: "发票.pdf", bytes }, "person-treasurer", "private")).toMatchObject({
      ok: false,
      error: { reason: "file_too_large", name: "发票.pdf" },
    });
  });
});

describe("the books taken away as a workbook", () => {
  test("calculate nothing, whatever a text begins with", async () => {
    const community = await withBook();
    await posted(
      community,
      rentOf(100, { text: '=HYPERLINK("http://x")', counterparty: { name: "+86公司", isPerson: false } }),
    );
    const path = `/c/${community.slug}/accounts/export/common/2026.xlsx`;
    const parts = unzipSync(new Uint8Array(await (await stranger(TODAY).send(path)).arrayBuffer()));
    const sheets = Object.entries(parts).filter(([name]) => /worksheets\/.*\.xml$/.test(name));
    expect(sheets).toHaveLength(1);
    expect(new TextDecoder().decode(sheets[0]![1])).not.toMatch(/<f[\s>/]/);
    const words = Object.values(parts)
      .map((bytes) => new TextDecoder().decode(bytes))
      .join("");
    expect(words).toContain("HYPERLINK(");
  });
});
