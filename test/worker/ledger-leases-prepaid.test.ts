/** What lessees paid ahead, through workerd and D1: a debt that pays later rent or goes back, on the account that was chosen; and clocks that go on where they stopped. */
import { describe, expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import { openBankAccount } from "../../src/ledger/bank/actions.ts";
import { addAccount } from "../../src/ledger/books/accounts/actions.ts";
import { refuseVoucher } from "../../src/ledger/books/actions.ts";
import { listWaiting, voucherFrom } from "../../src/ledger/books/store.ts";
import { proposeEnd, settleEnd } from "../../src/ledger/leases/ending/actions.ts";
import { chargeDue } from "../../src/ledger/leases/money.ts";
import { enterReceipt, type ReceiptAsked, settleHeld } from "../../src/ledger/leases/receipts/actions.ts";
import { heldFrom, lastAccount, listReceipts } from "../../src/ledger/leases/receipts/store.ts";
import { remindLate } from "../../src/ledger/leases/reminding.ts";
import { setOffPrepaid } from "../../src/ledger/leases/running.ts";
import { sumAccount } from "../../src/ledger/leases/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { sceneAt } from "./community-of-test.ts";
import { chargesOf, leaseIn, leaseOf, postAll, roomIn } from "./ledger-leases-of-test.ts";
import { keeping, must, TODAY, withBook } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const LATER = startOf("2026-12-06");

/** Rent of 1,200 a month from August, charged to November and paid with so much more. */
async function prepaid(overFen: number): Promise<{ community: CommunityAddress; leaseId: string }> {
  const community = await withBook();
  await roomIn(community);
  const { leaseId } = await leaseIn(community, leaseOf("商-03"));
  await chargeDue(sceneAt(community, TODAY));
  await postAll(community);
  must(await enter(community, { leaseId, kind: "rent", amountFen: 480_000 + overFen }));
  await postAll(community);
  return { community, leaseId };
}
const enter = (
  community: CommunityAddress,
  asked: Pick<ReceiptAsked, "leaseId" | "kind" | "amountFen" | "account"> & { readonly on?: string },
  once = newOnce(),
) => enterReceipt(keeping(community, "treasurer"), { on: "2026-11-20", ...asked }, once);
async function balances(community: CommunityAddress, ...accounts: readonly string[]): Promise<number[]> {
  const scene = sceneAt(community);
  const rows = await Promise.all(accounts.map(async (code) => (await scene.db.read(sumAccount(scene, code)))[0]));
  return rows.map((sums) => sums[0]!.balanceFen);
}
const receiptsOf = async (community: CommunityAddress, leaseId: string) =>
  (await sceneAt(community).db.read(listReceipts(sceneAt(community), leaseId)))[0];

describe("what was paid ahead", () => {
  test("stays owed to the lessee until the clock sets it against the rent that fell due, once, for a person to review", async () => {
    const { community, leaseId } = await prepaid(170_000);
    expect(await balances(community, "2203")).toEqual([-170_000]);
    expect(await setOffPrepaid(sceneAt(community, TODAY))).toBe(0);
    await chargeDue(sceneAt(community, LATER));
    await postAll(community, LATER);
    expect(await setOffPrepaid(sceneAt(community, LATER))).toBe(1);
    expect(await setOffPrepaid(sceneAt(community, LATER))).toBe(0);
    expect(await balances(community, "2203", "1122.01")).toEqual([-170_000, 120_000]);
    await postAll(community, LATER);
    expect(await balances(community, "2203", "1122.01")).toEqual([-50_000, 0]);
    expect(heldFrom(await receiptsOf(community, leaseId)).prepaidFen).toBe(50_000);
    // The rest pays a part of the next, and then nothing is left.
    const january = startOf("2027-01-06");
    await chargeDue(sceneAt(community, january));
    await postAll(community, january);
    expect(await setOffPrepaid(sceneAt(community, january))).toBe(1);
    await postAll(community, january);
    expect(await balances(community, "2203", "1122.01")).toEqual([0, 70_000]);
    expect(await setOffPrepaid(sceneAt(community, january))).toBe(0);
  });

  test("that a person sent back is not set off again", async () => {
    const { community } = await prepaid(120_000);
    await chargeDue(sceneAt(community, LATER));
    await postAll(community, LATER);
    expect(await setOffPrepaid(sceneAt(community, LATER))).toBe(1);
    const accountant = keeping(community, "accountant", LATER);
    const [waiting] = await accountant.db.read(listWaiting(accountant, "common"));
    must(await refuseVoucher(accountant, voucherFrom(waiting[0]!).voucherId, "承租人要求退还"));
    expect(await setOffPrepaid(sceneAt(community, LATER))).toBe(0);
    expect(await balances(community, "2203")).toEqual([-120_000]);
  });

  test("goes back on request by a voucher that another reviews, never more than is held, twice at once only once", async () => {
    const { community, leaseId } = await prepaid(70_000);
    expect(reasonOf(await enter(community, { leaseId, kind: "return", amountFen: 70_001 }))).toBe("owed_too_little");
    const both = await Promise.all([1, 2].map(() => enter(community, { leaseId, kind: "return", amountFen: 70_000 })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await balances(community, "2203")).toEqual([-70_000]);
    await postAll(community);
    expect(await balances(community, "2203", "1002.01")).toEqual([0, 480_000]);
    expect(heldFrom(await receiptsOf(community, leaseId)).prepaidFen).toBe(0);
  });

  test("does not go back while rent is open: it pays that first", async () => {
    const { community, leaseId } = await prepaid(70_000);
    await chargeDue(sceneAt(community, LATER));
    await postAll(community, LATER);
    expect(reasonOf(await enter(community, { leaseId, kind: "return", amountFen: 70_000 }))).toBe("rent_open");
  });

  test("goes back with the deposit when the lease is over, in one batch", async () => {
    const { community, leaseId } = await prepaid(70_000);
    must(await enter(community, { leaseId, kind: "deposit", amountFen: 200_000 }));
    await postAll(community);
    must(await proposeEnd(keeping(community, "treasurer"), { leaseId, lastOn: "2026-11-15", why: "退租" }));
    must(await settleEnd(keeping(community, "chair"), leaseId, "confirmed"));
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    const once = newOnce();
    const asked = { leaseId, on: "2026-11-23" };
    const done = must(await settleHeld(keeping(community, "treasurer"), asked, once));
    expect(must(await settleHeld(keeping(community, "treasurer"), asked, once))).toEqual(done);
    await postAll(community);
    // Half of November's 1,200 was paid too much.
    expect(await balances(community, "2203", "2241.01", "1122.01", "1002.01")).toEqual([0, 0, 0, 420_000]);
    expect(reasonOf(await settleHeld(keeping(community, "treasurer"), asked, newOnce()))).toBe("deposit_too_small");
  });
});

describe("where several bank accounts are kept", () => {
  test("none is taken silently; the one that was chosen is the lease's from then on", async () => {
    const { community, leaseId } = await prepaid(0);
    await roomIn(community, "商-04");
    const other = await leaseIn(community, leaseOf("商-04"));
    must(
      await addAccount(
        keeping(community, "accountant"),
        {
          book: "common",
          code: "1002.02",
          name: { zh: "停车收入专户", en: "Parking account" },
          kind: "asset",
          postable: true,
        },
        newOnce(),
      ),
    );
    for (const [ledgerAccount, number] of [
      ["1002.01", "622200001111"],
      ["1002.02", "622200002222"],
    ] as const)
      must(
        await openBankAccount(
          keeping(community, "accountant"),
          { book: "common", ledgerAccount, holder: "assembly", holderName: "金桂苑业主大会", bank: "某银行", number },
          newOnce(),
        ),
      );
    const deposit = { leaseId: other.leaseId, kind: "deposit", amountFen: 1_000 } as const;
    expect(reasonOf(await enter(community, deposit))).toBe("account_not_chosen");
    expect(reasonOf(await enter(community, { ...deposit, account: "1002.09" }))).toBe("no_money_account");
    const today = { ...deposit, on: "2026-11-23" };
    must(await enter(community, { ...today, account: "1002.02" }));
    must(await enter(community, today));
    await postAll(community);
    expect(await balances(community, "1002.02")).toEqual([2_000]);
    expect(lastAccount(await receiptsOf(community, other.leaseId))).toBe("1002.02");
    // The first lease's rent came to the other one while it was the only one.
    expect(lastAccount(await receiptsOf(community, leaseId))).toBe("1002.01");
  });
});

describe("the clock, with more leases than one run takes", () => {
  test("goes on where it stopped, leaves none out, and does nothing twice", async () => {
    const community = await withBook();
    const leases: string[] = [];
    for (const code of ["商-01", "商-02", "商-03", "商-04", "商-05"]) {
      await roomIn(community, code);
      leases.push((await leaseIn(community, leaseOf(code))).leaseId);
    }
    const scene = sceneAt(community, TODAY);
    const made: number[] = [];
    for (let run = 0; run < 4; run += 1) made.push(await chargeDue(scene, 2));
    // Two, two and one; the fourth run begins anew and finds everything charged.
    expect(made).toEqual([8, 8, 4, 0]);
    for (const leaseId of leases) expect(await chargesOf(community, leaseId)).toHaveLength(4);
    await postAll(community);
    const told: number[] = [];
    for (let run = 0; run < 8; run += 1) told.push(await remindLate(scene, 3));
    expect(told.reduce((sum, one) => sum + one, 0)).toBe(20);
    expect(Math.max(...told)).toBe(3);
    const reminders = sql`SELECT count(*) AS n FROM ledger_reminder WHERE community_id = ${community.id}`;
    expect(await numberIn(community, reminders)).toBe(20);
  });
});
