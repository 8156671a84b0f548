/** The maintenance fund through workerd and D1: units' accounts move with posted vouchers and with nothing else. */
import { describe, expect, test } from "vitest";
import { DAY_MS } from "../../src/kernel/day.ts";
import {
  approveVoucher,
  draftReversal,
  draftVoucher,
  openBook,
  reviewVoucher,
} from "../../src/ledger/books/actions.ts";
import { enterAmounts, fundUnitsOn, readTie, shareIn } from "../../src/ledger/fund/actions.ts";
import { readMode, recordMode, recordNotice } from "../../src/ledger/fund/managing.ts";
import {
  fileProject,
  proposeProject,
  readProject,
  recordStep,
  settleProject,
} from "../../src/ledger/fund/projects/actions.ts";
import type { ProjectPlan, StepKind } from "../../src/ledger/fund/projects/rules.ts";
import { listEntries, listFundBuildings, listFundUnits, listUnitBalances } from "../../src/ledger/fund/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { keeping, must, TODAY } from "./ledger-of-test.ts";
import { itemOf, newOnce, numberIn } from "./meeting-of-test.ts";
import { get, PUBLISHED_AT, publishedOn, wordsOf } from "./public-of-test.ts";

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
async function post(community: CommunityAddress, voucherId: string, now = TODAY): Promise<void> {
  const row = must(await reviewVoucher(keeping(community, "accountant", now), voucherId));
  if (row.state === "reviewed") must(await approveVoucher(keeping(community, "chair", now), voucherId));
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

const LATER = PUBLISHED_AT + DAY_MS;
const LATER_DAY = "2026-11-29";
const planOf = (more: Partial<ProjectPlan> = {}): ProjectPlan => ({
  path: "decision",
  title: "1栋屋面防水",
  plan: "铲除旧防水层，重做卷材",
  exclusions: [],
  emergency: null,
  estimateFen: 100_000,
  scope: { kind: "estate" },
  ...more,
});
const stepOf = (
  community: CommunityAddress,
  kind: StepKind,
  who: "treasurer" | "accountant" | "chair" = "chair",
  more: { meeting?: number; item?: number } = {},
) =>
  recordStep(
    keeping(community, who, LATER),
    1,
    { kind, onDay: LATER_DAY, words: "已核对", meeting: null, item: null, ...more },
    FILE,
  );
const settle = (community: CommunityAddress, amountFen: number, overWhy = "", once = newOnce()) =>
  settleProject(
    keeping(community, "treasurer", LATER),
    1,
    { amountFen, overWhy, onDay: LATER_DAY, payee: "重庆防水工程有限公司" },
    FILE,
    once,
  );

describe("works by the owners' decision", () => {
  test("from plan over decision, approval and acceptance to a settlement exact to the fen", async () => {
    const community = await withFund(9);
    await paidIn(community);
    await publishedOn(community, 9, () => 1, {
      items: [itemOf(1, { matter: 5, attachments: FILE }), itemOf(2, { matter: 9 })],
    });
    const treasurer = keeping(community, "treasurer", LATER);
    const once = newOnce();
    const { number } = must(await proposeProject(treasurer, planOf(), [], once));
    expect(must(await proposeProject(treasurer, planOf(), [], once)).number).toBe(number);
    expect(reasonOf(await settle(community, 100_000))).toBe("settlement_faulty");
    expect(reasonOf(await stepOf(community, "approved"))).toBe("step_not_now");
    const decided = async (item: number, meeting = 1) =>
      reasonOf(await stepOf(community, "decided", "treasurer", { meeting, item }));
    expect(await decided(1, 2)).toBe("decision_unknown");
    expect(await decided(2)).toBe("decision_of_another_matter");
    expect(await decided(3)).toBe("decision_unknown");
    expect(await decided(1)).toBeNull();
    expect(await decided(1)).toBeNull();
    must(await stepOf(community, "approved"));
    must(await stepOf(community, "accepted"));
    expect(JSON.stringify(await settle(community, 110_001))).toContain("over_without_reason");
    const settling = newOnce();
    const { voucherId } = must(await settle(community, 110_001, "增加了基层处理", settling));
    expect(must(await settle(community, 110_001, "增加了基层处理", settling)).voucherId).toBe(voucherId);
    expect(reasonOf(await settle(community, 110_001, "增加了基层处理"))).toBe("settlement_faulty");
    await post(community, voucherId, LATER);
    const row = (await readProject(treasurer, 1))!;
    expect(row.settlement).toMatchObject({ state: "posted", amountFen: 110_001, units: 9, overWhy: "增加了基层处理" });
    expect(await readTie(treasurer)).toMatchObject({ unitsFen: 900_000 - 110_001, differenceFen: 0 });
    const managed = { mode: "own", onDay: LATER_DAY, words: "专户已开立，余额已划转", meeting: 1, item: 2 };
    const chair = keeping(community, "chair", LATER);
    expect(reasonOf(await recordMode(chair, { ...managed, item: 3 }, newOnce()))).toBe("decision_unknown");
    const [unit] = await fundUnitsOn(treasurer, LATER_DAY);
    const other = must(
      await proposeProject(treasurer, planOf({ scope: { kind: "units", unitIds: [unit!.unitId] } }), [], newOnce()),
    );
    const asked = { kind: "decided", onDay: LATER_DAY, words: "", meeting: 1, item: 1 } as const;
    expect(reasonOf(await recordStep(treasurer, other.number, asked))).toBe("decision_of_other_owners");
    // The authority is told; its time runs in public until the hand-over is recorded (MF 15).
    const notice = { onDay: LATER_DAY, words: "已书面通知区住建委", meeting: 1, item: 2 };
    const told = newOnce();
    must(await recordNotice(chair, notice, told));
    expect(must(await recordNotice(chair, notice, told)).number).toBe(1);
    expect(reasonOf(await recordNotice(chair, notice, newOnce()))).toBe("fund_mode_moved");
    const fundPage = async (now = LATER) => wordsOf((await get(`/c/${community.slug}/accounts/fund`, now)).text);
    expect(await fundPage()).toContain("主管部门应在2026年12月29日以前划转");
    expect(await fundPage(LATER + 31 * DAY_MS)).toContain("主管部门划转已逾期");
    must(await recordMode(chair, managed, newOnce()));
    expect(await fundPage(LATER + 31 * DAY_MS)).not.toContain("主管部门划转已逾期");
    expect(await readMode(chair)).toBe("own");
    expect(reasonOf(await recordMode(chair, managed, newOnce()))).toBe("mode_unchanged");
    expect(reasonOf(await recordNotice(chair, notice, newOnce()))).toBe("mode_unchanged");
  });
});

describe("an emergency", () => {
  const emergency = planOf({ path: "emergency", emergency: "leak" });
  test("goes without a vote when committee and street confirm, two persons; never twice by one", async () => {
    const community = await withFund();
    await paidIn(community);
    must(await proposeProject(keeping(community, "treasurer", LATER), emergency, [], newOnce()));
    expect(reasonOf(await stepOf(community, "decided", "chair", { meeting: 1, item: 1 }))).toBe("wrong_path");
    expect(reasonOf(await stepOf(community, "committee_confirmed", "treasurer"))).toBe("same_person");
    must(await stepOf(community, "committee_confirmed", "chair"));
    expect(reasonOf(await stepOf(community, "street_confirmed", "chair"))).toBe("same_person");
    expect(reasonOf(await stepOf(community, "approved"))).toBe("step_not_now");
    must(await stepOf(community, "street_confirmed", "accountant"));
    must(await stepOf(community, "approved"));
    must(await stepOf(community, "accepted"));
    // Whoever does not report within fifteen days is overdue in public.
    const page = async (at: string, days: number) =>
      wordsOf((await get(`/c/${community.slug}/accounts/fund${at}`, LATER + days * DAY_MS)).text);
    expect(await page("/projects/1", 15)).toContain("2026年12月14日以前");
    expect(await page("/projects/1", 16)).toContain("已逾期，应在2026年12月14日以前");
    expect(await page("", 16)).toContain("有1项工程的报告或备案已经逾期");
    const calendar = (await get(`/c/${community.slug}/calendar.ics`, LATER)).text.replace(/\r\n /g, "");
    expect(calendar.includes("应急使用事后报告：1栋屋面防水")).toBe(true);
    expect((await get(`/c/${community.slug}/feed.atom`, LATER)).text).toContain("维修资金工程：1栋屋面防水");
    must(await stepOf(community, "reported"));
    expect(await page("/projects/1", 16)).toContain("2026年11月29日完成");
    const { voucherId } = must(await settle(community, 100_000));
    await post(community, voucherId, LATER);
    expect((await readProject(sceneAt(community), 1))!.settlement!.state).toBe("posted");
    // The authority held the fund when it approved: there is nothing to file, and a filing changes nothing twice.
    const file = (words: string, papers = FILE) =>
      fileProject(keeping(community, "treasurer", LATER), 1, { onDay: LATER_DAY, words }, papers);
    expect(reasonOf(await file("备案〔2026〕9号", []))).toBe("step_file_missing");
    must(await file("备案〔2026〕9号"));
    must(await file("备案〔2026〕9号"));
    expect(reasonOf(await file("备案〔2026〕10号"))).toBe("step_done_already");
  });
  test("takes nothing from another unit, and nothing above the limit without an audit", async () => {
    const community = await withFund();
    await paidIn(community);
    must(
      await proposeProject(
        keeping(community, "treasurer", LATER),
        { ...emergency, estimateFen: 4_000_000 },
        [],
        newOnce(),
      ),
    );
    must(await stepOf(community, "committee_confirmed", "chair"));
    must(await stepOf(community, "street_confirmed", "accountant"));
    must(await stepOf(community, "approved"));
    must(await stepOf(community, "accepted"));
    const refused = JSON.stringify(await settle(community, 3_000_001));
    expect(refused).toContain("audit_missing");
    expect(refused).toContain("units_short");
    const { db } = sceneAt(community);
    expect(
      await db.write([
        db.run(sql`INSERT INTO fund_step(community_id, project_id, kind, on_day, facts, attachments, step_by, step_at, leaf_hash)
          SELECT community_id, project_id, 'decided', on_day, facts, attachments, step_by, step_at, leaf_hash FROM fund_step
          WHERE community_id = ${community.id} AND kind = 'accepted'
          UNION ALL SELECT community_id, project_id, 'accepted', on_day, facts, attachments, step_by, step_at, leaf_hash FROM fund_step
          WHERE community_id = ${community.id} AND kind = 'accepted'`),
      ]),
    ).toMatchObject({ ok: false, error: { code: "fund_step_moved" } });
  });
});
