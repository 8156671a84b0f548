/** The maintenance fund through workerd and D1: units' accounts move with posted vouchers and with nothing else. */
import { describe, expect, test } from "vitest";
import {
  approveVoucher,
  draftReversal,
  draftVoucher,
  openBook,
  reviewVoucher,
} from "../../src/ledger/books/actions.ts";
import { enterAmounts, fundUnitsOn, readTie, shareIn } from "../../src/ledger/fund/actions.ts";
import { listEntries, listFundBuildings, listFundUnits, listUnitBalances } from "../../src/ledger/fund/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { keeping, must, TODAY } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";

const FILE = [{ fileId: "f", name: "对账单.pdf", sha256: "0".repeat(64) }];
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const tableOf = (...lines: readonly string[]) =>
  new TextEncoder().encode(`楼栋,单元,房号,金额,首期应交额\n${lines.join("\n")}\n`);
const ENTERING = { kind: "deposit", onDay: "2026-11-20", words: "首期交存" } as const;

async function withFund(units = 3): Promise<CommunityAddress> {
  const community = await makeCommunity({ name: "金桂苑" });
  must(await openBook(keeping(community, "accountant"), { book: "fund", from: "2026-10" }, newOnce()));
  await importFile(community, csvOf(...manyRows(units)));
  return community;
}
async function post(community: CommunityAddress, voucherId: string): Promise<void> {
  const row = must(await reviewVoucher(keeping(community, "accountant"), voucherId));
  if (row.state === "reviewed") must(await approveVoucher(keeping(community, "chair"), voucherId));
}
/** Three homes with 1,000 yuan each of a first deposit of 1,000. */
async function paidIn(community: CommunityAddress, yuan = "1000.00") {
  const units = await fundUnitsOn(sceneAt(community, TODAY), "2026-11-23");
  const table = tableOf(...units.map((unit) => `${unit.building},${unit.entrance},${unit.room},${yuan},1000.00`));
  const { voucherId } = must(await enterAmounts(keeping(community, "treasurer"), ENTERING, table, [], newOnce()));
  await post(community, voucherId);
  return { units, voucherId };
}

describe("the account of a unit", () => {
  test("moves when the voucher is posted, not before; a repeat is the same", async () => {
    const community = await withFund();
    const treasurer = keeping(community, "treasurer");
    const units = await fundUnitsOn(treasurer, "2026-11-23");
    const table = tableOf(...units.map((unit) => `${unit.building},${unit.entrance},${unit.room},1000.00,1000.00`));
    const once = newOnce();
    const first = must(await enterAmounts(treasurer, ENTERING, table, [], once));
    expect(must(await enterAmounts(treasurer, ENTERING, table, [], once))).toEqual(first);
    expect(await treasurer.db.read(listUnitBalances(treasurer))).toEqual([[]]);
    await post(community, first.voucherId);
    const [balances, buildings] = await treasurer.db.read(listUnitBalances(treasurer), listFundBuildings(treasurer));
    expect(balances.map(({ balanceFen }) => balanceFen)).toEqual([100_000, 100_000, 100_000]);
    expect(buildings).toEqual([{ building: "1栋", units: 3, lowUnits: 0, firstFen: 300_000, balanceFen: 300_000 }]);
    expect(await readTie(treasurer)).toMatchObject({ unitsFen: 300_000, bookFen: 300_000, differenceFen: 0 });
  });

  test("a table with one bad row enters nothing and says which", async () => {
    const community = await withFund();
    const treasurer = keeping(community, "treasurer");
    const [unit] = await fundUnitsOn(treasurer, "2026-11-23");
    const good = `${unit!.building},${unit!.entrance},${unit!.room},1.00,`;
    const refused = await enterAmounts(
      treasurer,
      ENTERING,
      tableOf(good, "9栋,,0909,1.00,", `${unit!.building},${unit!.entrance},${unit!.room},1.001,`),
      [],
      newOnce(),
    );
    expect(refused).toMatchObject({
      ok: false,
      error: { reason: "rows_faulty", messages: [{ row: 3 }, { row: 4 }, { row: 4 }] },
    });
    expect(reasonOf(await enterAmounts(treasurer, ENTERING, new Uint8Array(), [], newOnce()))).toBe("sheet_unreadable");
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM fund_movement WHERE community_id = ${community.id}`),
    ).toBe(0);
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM ledger_voucher WHERE community_id = ${community.id}`),
    ).toBe(0);
  });

  test("interest is shared by area to the fen; a reversal takes every part back", async () => {
    const community = await withFund();
    await paidIn(community);
    const treasurer = keeping(community, "treasurer");
    const asked = { kind: "interest", onDay: "2026-11-21", words: "三季度利息", amountFen: 100_001 } as const;
    const { voucherId } = must(await shareIn(treasurer, asked, [], newOnce()));
    await post(community, voucherId);
    const [units] = await treasurer.db.read(listFundUnits(treasurer, "1栋", { limit: 10, offset: 0, lowOnly: false }));
    expect(units.reduce((sum, { balanceFen }) => sum + balanceFen, 0)).toBe(400_001);
    expect((await readTie(treasurer))!.differenceFen).toBe(0);
    const reversal = must(await draftReversal(treasurer, { voucherId, why: "入账错误" }, newOnce()));
    await post(community, reversal.voucherId);
    const [entries] = await treasurer.db.read(listEntries(treasurer, units[0]!.unitId, { limit: 10, before: 1_000 }));
    expect(entries.map(({ entryNo, balanceFen }) => [entryNo, balanceFen])).toEqual([
      [3, 100_000],
      [2, units[0]!.balanceFen],
      [1, 100_000],
    ]);
    expect(entries[0]!.isReversal).toBe(1);
    expect(await readTie(treasurer)).toMatchObject({ unitsFen: 300_000, differenceFen: 0 });
  });

  test("below thirty per cent of the first deposit is counted by building", async () => {
    const community = await withFund();
    await paidIn(community, "299.99");
    const scene = sceneAt(community, TODAY);
    const [buildings, low] = await scene.db.read(
      listFundBuildings(scene),
      listFundUnits(scene, "1栋", { limit: 10, offset: 0, lowOnly: true }),
    );
    expect(buildings[0]!.lowUnits).toBe(3);
    expect(low).toHaveLength(3);
    const top = must(
      await shareIn(
        keeping(community, "treasurer"),
        { kind: "top_up", onDay: "2026-11-21", words: "公共收益补充", amountFen: 100 },
        [],
        newOnce(),
      ),
    );
    await post(community, top.voucherId);
    const [after] = await scene.db.read(listFundBuildings(scene));
    expect(after[0]!.lowUnits).toBe(0);
  });

  test("a voucher of the book that moves no unit shows as a difference", async () => {
    const community = await withFund();
    await paidIn(community);
    const treasurer = keeping(community, "treasurer");
    const { voucherId } = must(
      await draftVoucher(
        treasurer,
        {
          book: "fund",
          kind: "ordinary",
          on: "2026-11-21",
          text: "手续费",
          lines: [
            { account: "5009", side: "debit", amountFen: 500 },
            { account: "1002.01", side: "credit", amountFen: 500 },
          ],
          counterparty: { name: "银行", isPerson: false },
          attachments: FILE,
          decision: null,
        },
        newOnce(),
      ),
    );
    await post(community, voucherId);
    expect(await readTie(treasurer)).toMatchObject({ unitsFen: 300_000, bookFen: 299_500, differenceFen: -500 });
  });

  test("cannot be moved past the voucher, changed or replaced", async () => {
    const community = await withFund();
    const { units } = await paidIn(community);
    const { db } = sceneAt(community, TODAY);
    const [unit] = units;
    for (const statement of [
      sql`UPDATE fund_unit SET balance_fen = 1 WHERE community_id = ${community.id}`,
      sql`DELETE FROM fund_entry WHERE community_id = ${community.id}`,
      sql`UPDATE fund_entry SET fen = 1 WHERE community_id = ${community.id}`,
      sql`UPDATE fund_share SET fen = 1 WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO fund_share SELECT * FROM fund_share WHERE community_id = ${community.id}`,
      sql`INSERT OR REPLACE INTO fund_movement SELECT * FROM fund_movement WHERE community_id = ${community.id}`,
      sql`INSERT INTO fund_entry(community_id, unit_id, entry_no, movement_id, voucher_id, on_day, fen, first_fen, balance_fen)
          SELECT community_id, unit_id, 2, movement_id, voucher_id, on_day, fen, first_fen, balance_fen + fen FROM fund_entry
          WHERE community_id = ${community.id} AND unit_id = ${unit!.unitId}`,
    ])
      expect(await db.write([db.run(statement)])).toMatchObject({ ok: false, error: { code: "append_only" } });
  });
});
