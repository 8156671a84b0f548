/** A distribution through workerd and D1: planned with its voucher and shares in one batch, standing when that is posted, paid once. */
import { describe, expect, test } from "vitest";
import {
  approveVoucher,
  draftReversal,
  openBook,
  refuseVoucher,
  reviewVoucher,
  withdrawVoucher,
} from "../../src/ledger/books/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import { findVoucher, listMovements } from "../../src/ledger/books/store.ts";
import {
  payShares,
  planDistribution,
  readAvailable,
  readDistribution,
  readDistributions,
  readShares,
} from "../../src/ledger/distribution/actions.ts";
import { listSharesOfHeads } from "../../src/ledger/distribution/store.ts";
import { moveTopUp, topUpAgain } from "../../src/ledger/distribution/top-up.ts";
import { readTie } from "../../src/ledger/fund/actions.ts";
import { listEntries, listUnitBalances } from "../../src/ledger/fund/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { keeping, must, posted, rentOf, TODAY, withBook } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";
import { get, wordsOf } from "./public-of-test.ts";

const FILE = [{ fileId: "f", name: "决定.pdf", sha256: "0".repeat(64) }];
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);

async function postedRent(community: CommunityAddress, fen: number, on: string) {
  const row = await posted(community, rentOf(fen, { on }));
  return row.state === "reviewed" ? must(await approveVoucher(keeping(community, "chair"), row.voucherId)) : row;
}
const asked = { toFundFen: 100_001, uses: [], toOwnersFen: 100_000, ownersDecision: "第3次会议/1" };

/** A book with a closed October in which 2,000.01 yuan came in, and a roll of so many homes. */
async function earned(units = 7): Promise<CommunityAddress> {
  const community = await withBook("2026-10");
  await importFile(community, csvOf(...manyRows(units)));
  await postedRent(community, 200_001, "2026-10-10");
  must(await closePeriod(keeping(community, "accountant"), { book: "common", period: "2026-10" }));
  return community;
}

/** The same with a distribution that is posted. */
async function stands(units = 7) {
  const community = await earned(units);
  const planned = must(await planDistribution(keeping(community, "treasurer"), asked, FILE, newOnce()));
  const reviewed = must(await reviewVoucher(keeping(community, "accountant"), planned.voucherId));
  expect(reviewed.state).toBe("reviewed");
  must(await approveVoucher(keeping(community, "chair"), planned.voucherId));
  return { community, ...planned };
}

describe("a plan", () => {
  test("begins with what is there in money at the end of the last closed month", async () => {
    const community = await withBook("2026-10");
    expect(await readAvailable(sceneAt(community, TODAY))).toBeNull();
    expect(reasonOf(await planDistribution(keeping(community, "treasurer"), asked, FILE, newOnce()))).toBe(
      "no_closed_month",
    );
    await postedRent(community, 200_001, "2026-10-10");
    await posted(
      community,
      rentOf(5_000, {
        on: "2026-10-11",
        lines: [
          { account: "1122.01", side: "debit", amountFen: 5_000 },
          { account: "4001.03", side: "credit", amountFen: 5_000 },
        ],
      }),
    );
    await posted(
      community,
      rentOf(7_000, {
        on: "2026-10-12",
        lines: [
          { account: "1002.01", side: "debit", amountFen: 7_000 },
          { account: "2241.01", side: "credit", amountFen: 7_000 },
        ],
      }),
    );
    must(await closePeriod(keeping(community, "accountant"), { book: "common", period: "2026-10" }));
    // Rent owed is no money yet, and a deposit is the lessee's.
    expect((await readAvailable(sceneAt(community, TODAY)))!).toMatchObject({ through: "2026-10", netFen: 200_001 });
  });

  test("without the fund's part, above what is there, or without a file, is refused and leaves nothing", async () => {
    const fresh = await earned();
    const ask = (over: object, files = FILE) =>
      planDistribution(keeping(fresh, "treasurer"), { ...asked, ...over }, files, newOnce());
    expect(JSON.stringify(await ask({ toFundFen: 100_000 }))).toContain("top_up_too_small");
    expect(JSON.stringify(await ask({ toOwnersFen: 100_001 }))).toContain("more_than_there_is");
    expect(JSON.stringify(await ask({ ownersDecision: "" }))).toContain("owners_without_decision");
    expect(JSON.stringify(await ask({}, []))).toContain("file_missing");
    expect(await numberIn(fresh, sql`SELECT count(*) AS n FROM distribution WHERE community_id = ${fresh.id}`)).toBe(0);
  });
  test("shares to the fen by area, with its voucher, in one batch; a repeat is the same; another waits its turn", async () => {
    const community = await earned();
    const treasurer = keeping(community, "treasurer");
    const once = newOnce();
    const first = must(await planDistribution(treasurer, asked, FILE, once));
    expect(must(await planDistribution(treasurer, asked, FILE, once))).toEqual(first);
    expect(reasonOf(await planDistribution(treasurer, { ...asked, toOwnersFen: 1 }, FILE, newOnce()))).toBe(
      "distribution_waiting",
    );
    const shares = await readShares(treasurer, first.distributionId);
    expect(shares.reduce((sum, { fen }) => sum + fen, 0)).toBe(100_000);
    expect(shares).toHaveLength(7);
    const [owed] = await treasurer.db.read(
      listSharesOfHeads(
        treasurer,
        shares.map(({ headKey }) => headKey),
        50,
      ),
    );
    expect(owed).toEqual([]);
    must(await withdrawVoucher(treasurer, first.voucherId));
    must(await planDistribution(treasurer, asked, FILE, newOnce()));
  });
});

describe("once posted", () => {
  test("every share is a debt of the books, seen by its owner, until it is paid once", async () => {
    const { community, distributionId } = await stands();
    const treasurer = keeping(community, "treasurer");
    const shares = await readShares(treasurer, distributionId);
    const [own] = await treasurer.db.read(listSharesOfHeads(treasurer, [shares[0]!.headKey], 50));
    expect(own).toMatchObject([{ fen: shares[0]!.fen, number: 1, toOwnersFen: 100_000, paidAt: null }]);
    const [movements] = await treasurer.db.read(listMovements(treasurer, "common", "2026-11", "2026-11"));
    const closing = (account: string) => {
      const one = movements.find((row) => row.account === account)!;
      return one.openingFen + one.debitFen - one.creditFen;
    };
    expect([closing("2241.02"), closing("2202"), closing("6001.03")]).toEqual([-100_000, -100_001, 100_000]);
    const units = shares.slice(0, 3).map(({ unitId }) => unitId);
    const paid = must(await payShares(treasurer, distributionId, units, FILE, newOnce()));
    expect(paid.paidFen).toBe(shares.slice(0, 3).reduce((sum, { fen }) => sum + fen, 0));
    expect(reasonOf(await payShares(treasurer, distributionId, units.slice(0, 1), FILE, newOnce()))).toBe(
      "paid_already",
    );
    expect(reasonOf(await payShares(treasurer, distributionId, ["nobody"], FILE, newOnce()))).toBe("nobody_chosen");
    expect(reasonOf(await payShares(treasurer, "0000000000000000", units, FILE, newOnce()))).toBe(
      "unknown_distribution",
    );
    const [row] = await readDistributions(treasurer, 5);
    expect(row).toMatchObject({ state: "posted", paidUnits: 3, paidFen: paid.paidFen, units: 7 });
  });

  test("two payments of one unit at once pay it once", async () => {
    const { community, distributionId } = await stands(3);
    const treasurer = keeping(community, "treasurer");
    const [first] = await readShares(treasurer, distributionId);
    const both = await Promise.all(
      [1, 2].map(() => payShares(treasurer, distributionId, [first!.unitId], FILE, newOnce())),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM distribution_payment WHERE community_id = ${community.id}`,
      ),
    ).toBe(1);
  });

  test("one unit gets it all, and five thousand share it in one batch", async () => {
    const one = await stands(1);
    expect((await readShares(keeping(one.community, "treasurer"), one.distributionId)).map(({ fen }) => fen)).toEqual([
      100_000,
    ]);
    const many = await stands(5_000);
    const shares = await readShares(keeping(many.community, "treasurer"), many.distributionId);
    expect(shares).toHaveLength(5_000);
    expect(shares.reduce((sum, { fen }) => sum + fen, 0)).toBe(100_000);
  });
});

describe("the fund's side", () => {
  /** The same with a book of the fund. */
  async function withFund(units = 7) {
    const community = await earned(units);
    must(await openBook(keeping(community, "accountant"), { book: "fund", from: "2026-10" }, newOnce()));
    const planned = must(await planDistribution(keeping(community, "treasurer"), asked, FILE, newOnce()));
    return { community, ...planned };
  }
  const post = async (community: CommunityAddress, voucherId: string) => {
    const row = must(await reviewVoucher(keeping(community, "accountant"), voucherId));
    return row.state === "reviewed" ? must(await approveVoucher(keeping(community, "chair"), voucherId)) : row;
  };
  const topUpOf = async (community: CommunityAddress) =>
    (await readDistribution(sceneAt(community, TODAY), 1))!.fundSide.filter(({ role }) => role === "top_up");

  test("is drafted in the same batch, waits for the distribution, and credits every unit by area to the fen", async () => {
    const { community, voucherId } = await withFund();
    const [topUp] = await topUpOf(community);
    const accountant = keeping(community, "accountant");
    // The fund's voucher cannot be posted first: the common revenue owes nothing yet.
    expect(reasonOf(await reviewVoucher(accountant, topUp!.voucherId))).toBe("distribution_not_posted");
    await post(community, voucherId);
    must(await reviewVoucher(accountant, topUp!.voucherId));
    const scene = sceneAt(community, TODAY);
    const [balances] = await scene.db.read(listUnitBalances(scene));
    expect(balances).toHaveLength(7);
    expect(balances.reduce((sum, { balanceFen }) => sum + balanceFen, 0)).toBe(100_001);
    const [entries] = await scene.db.read(listEntries(scene, balances[0]!.unitId, { limit: 5, before: 99 }));
    expect(entries).toMatchObject([{ kind: "top_up", words: "公共收益补充专项维修资金（截至2026-10）" }]);
    expect(await readTie(scene)).toMatchObject({ differenceFen: 0, unitsFen: 100_001 });
  });

  test("the money moves with a voucher of each book, in one batch, once; the debt is gone on both sides", async () => {
    const { community, voucherId } = await withFund();
    const treasurer = keeping(community, "treasurer");
    const move = (once: string) => moveTopUp(treasurer, { number: 1, onDay: "2026-11-23" }, FILE, once);
    expect(reasonOf(await move(newOnce()))).toBe("not_posted");
    await post(community, voucherId);
    await post(community, (await topUpOf(community))[0]!.voucherId);
    const once = newOnce();
    const first = must(await move(once));
    expect(must(await move(once))).toEqual(first);
    const both = await Promise.all([move(newOnce()), move(newOnce())]);
    expect(both.map(reasonOf)).toEqual(["topped_up_already", "topped_up_already"]);
    const { fundSide } = (await readDistribution(treasurer, 1))!;
    for (const one of fundSide.filter(({ role }) => role !== "top_up")) await post(community, one.voucherId);
    const [common, fund] = await treasurer.db.read(
      listMovements(treasurer, "common", "2026-11", "2026-11"),
      listMovements(treasurer, "fund", "2026-11", "2026-11"),
    );
    const closing = (rows: typeof common, account: string) => {
      const one = rows.find((row) => row.account === account)!;
      return one.openingFen + one.debitFen - one.creditFen;
    };
    expect([closing(common, "2202"), closing(fund, "1131"), closing(fund, "1002.01")]).toEqual([0, 0, 100_001]);
  });

  test("falls with a distribution that is sent back, and is drafted again when it alone was", async () => {
    const { community, voucherId } = await withFund();
    const accountant = keeping(community, "accountant");
    must(await refuseVoucher(accountant, voucherId, "金额不对"));
    const stateOf = async (id: string) => {
      const [rows] = await accountant.db.read(findVoucher(accountant, id));
      return rows[0]!.state;
    };
    const [fallen] = await topUpOf(community);
    expect(await stateOf(fallen!.voucherId)).toBe("withdrawn");
    const treasurer = keeping(community, "treasurer");
    const again = must(await planDistribution(treasurer, asked, FILE, newOnce()));
    await post(community, again.voucherId);
    const second = (await readDistribution(treasurer, 2))!.fundSide[0]!;
    expect(reasonOf(await topUpAgain(treasurer, 2, newOnce()))).toBe("topped_up_already");
    must(await refuseVoucher(accountant, second.voucherId, "重做"));
    must(await topUpAgain(treasurer, 2, newOnce()));
    const { fundSide } = (await readDistribution(treasurer, 2))!;
    expect(fundSide.map(({ state }) => state)).toEqual(["refused", "waiting"]);
    // Once the distribution is taken back, the fund is not credited with it.
    const reversal = must(await draftReversal(treasurer, { voucherId: again.voucherId, why: "决定被撤销" }, newOnce()));
    await post(community, reversal.voucherId);
    expect(reasonOf(await reviewVoucher(accountant, fundSide[1]!.voucherId))).toBe("distribution_not_posted");
  });

  test("is owed alone where the fund has no book: nothing is entered and the page says so", async () => {
    const { community } = await stands();
    expect((await readDistribution(sceneAt(community, TODAY), 1))!.fundSide).toEqual([]);
    expect(reasonOf(await topUpAgain(keeping(community, "treasurer"), 1, newOnce()))).toBe("no_fund_side");
    const page = await get(`/c/${community.slug}/accounts/distributions/1`, TODAY);
    expect(wordsOf(page.text)).toContain("还没有划转，记为应付维修资金");
  });
});
