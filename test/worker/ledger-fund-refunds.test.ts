/** Kinds of their own and what goes back of a destroyed unit, through workerd and D1. */
import { describe, expect, test } from "vitest";
import {
  approveVoucher,
  draftReversal,
  openBook,
  refuseVoucher,
  reviewVoucher,
} from "../../src/ledger/books/actions.ts";
import { enterAmounts, fundUnitsOn, readTie, shareIn } from "../../src/ledger/fund/actions.ts";
import { refundUnit } from "../../src/ledger/fund/refunds/actions.ts";
import { findFundUnit, listEntries, listFundBuildings, listMovementsOfFund } from "../../src/ledger/fund/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { keeping, must, TODAY } from "./ledger-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";

const FILE = [{ fileId: "f", name: "注销登记.pdf", sha256: "0".repeat(64) }];
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);

async function post(community: CommunityAddress, voucherId: string) {
  const reviewed = await reviewVoucher(keeping(community, "accountant"), voucherId);
  if (!reviewed.ok || reviewed.value.state !== "reviewed") return reviewed;
  return approveVoucher(keeping(community, "chair"), voucherId);
}
/** Three homes with 1,000 yuan each of a first deposit of 1,000. */
async function paidIn() {
  const community = await makeCommunity({ name: "金桂苑" });
  must(await openBook(keeping(community, "accountant"), { book: "fund", from: "2026-10" }, newOnce()));
  await importFile(community, csvOf(...manyRows(3)));
  const units = await fundUnitsOn(sceneAt(community, TODAY), "2026-11-23");
  const lines = units.map((unit) => `${unit.building},${unit.entrance},${unit.room},1000.00,1000.00`);
  const table = new TextEncoder().encode(`楼栋,单元,房号,金额,首期应交额\n${lines.join("\n")}\n`);
  const entering = { kind: "deposit", onDay: "2026-11-20", words: "首期交存" } as const;
  must(
    await post(
      community,
      must(await enterAmounts(keeping(community, "treasurer"), entering, table, [], newOnce())).voucherId,
    ),
  );
  return { community, unitId: units[0]!.unitId };
}
const asked = { onDay: "2026-11-22", words: "整栋征收拆除", payee: "张小明" };
const back = (community: CommunityAddress, unitId: string, more: object = {}, once = newOnce(), file = FILE) =>
  refundUnit(keeping(community, "treasurer"), { ...asked, unitId, ...more }, file, once);
async function unitOf(community: CommunityAddress, unitId: string) {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(findFundUnit(scene, unitId));
  return rows[0]!;
}

describe("kinds of their own (F11)", () => {
  test.each([
    ["bond", "4003"],
    ["scrap", "4009"],
  ] as const)("%s is shared by area to the fen, into account %s, under its own name", async (kind, account) => {
    const { community, unitId } = await paidIn();
    const treasurer = keeping(community, "treasurer");
    const sharing = { kind, onDay: "2026-11-21", words: "到期兑付", amountFen: 100_001 } as const;
    must(await post(community, must(await shareIn(treasurer, sharing, FILE, newOnce())).voucherId));
    const [movements, entries] = await treasurer.db.read(
      listMovementsOfFund(treasurer, { limit: 1, before: 999 }),
      listEntries(treasurer, unitId, { limit: 1, before: 999 }),
    );
    expect([movements[0]!.kind, entries[0]!.kind]).toEqual([kind, kind]);
    const [sums] = await treasurer.db.read(
      treasurer.db.all<{ fen: number }>(
        sql`SELECT credit_fen AS fen FROM ledger_balance WHERE community_id = ${community.id} AND book = 'fund' AND account = ${account}`,
      ),
    );
    expect(sums).toEqual([{ fen: 100_001 }]);
    expect(await readTie(treasurer)).toMatchObject({ unitsFen: 400_001, differenceFen: 0 });
  });
});

describe("a unit that was destroyed (F5; MF 29)", () => {
  test("gets back all it has, by another's review and with the document, and is asked for nothing more", async () => {
    const { community, unitId } = await paidIn();
    expect(reasonOf(await back(community, "nobody"))).toBe("unknown_unit");
    expect(reasonOf(await back(community, unitId, {}, newOnce(), []))).toBe("refund_without_document");
    expect(reasonOf(await back(community, unitId, { onDay: "2026-11-24" }))).toBe("in_the_future");
    expect(reasonOf(await back(community, unitId, { payee: " " }))).toBe("payee_missing");
    const once = newOnce();
    const { voucherId } = must(await back(community, unitId, {}, once));
    expect(must(await back(community, unitId, {}, once)).voucherId).toBe(voucherId);
    expect(reasonOf(await back(community, unitId))).toBe("refund_waiting");
    expect((await unitOf(community, unitId)).balanceFen).toBe(100_000);
    must(await post(community, voucherId));
    expect(await unitOf(community, unitId)).toMatchObject({ balanceFen: 0, firstFen: 0 });
    const scene = sceneAt(community, TODAY);
    const [buildings] = await scene.db.read(listFundBuildings(scene));
    expect(buildings).toMatchObject([{ lowUnits: 0, firstFen: 200_000, balanceFen: 200_000 }]);
    expect(await readTie(scene)).toMatchObject({ unitsFen: 200_000, differenceFen: 0 });
    expect(reasonOf(await back(community, unitId))).toBe("nothing_to_refund");
    // Taken back, it is as it was.
    const reversal = must(await draftReversal(keeping(community, "treasurer"), { voucherId, why: "付错" }, newOnce()));
    must(await post(community, reversal.voucherId));
    expect(await unitOf(community, unitId)).toMatchObject({ balanceFen: 100_000, firstFen: 100_000 });
    expect(await readTie(scene)).toMatchObject({ unitsFen: 300_000, differenceFen: 0 });
  });

  test("of two at once one is drafted; one whose balance moved since is not posted", async () => {
    const { community, unitId } = await paidIn();
    const both = await Promise.all([back(community, unitId), back(community, unitId)]);
    expect(both.map(reasonOf).sort()).toEqual(["refund_waiting", null].sort());
    const { voucherId } = must(both.find(({ ok }) => ok)!);
    const interest = { kind: "interest", onDay: "2026-11-21", words: "利息", amountFen: 300 } as const;
    must(
      await post(community, must(await shareIn(keeping(community, "treasurer"), interest, FILE, newOnce())).voucherId),
    );
    expect(reasonOf(await post(community, voucherId))).toBe("fund_balance_moved");
    must(await refuseVoucher(keeping(community, "accountant"), voucherId, "余额变了"));
    must(await post(community, must(await back(community, unitId)).voucherId));
    expect((await unitOf(community, unitId)).balanceFen).toBe(0);
  });
});
