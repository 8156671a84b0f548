/** Leases through workerd and D1: what they rest on, nothing let twice, each charge one voucher, money that ties to the books, and word by day. */
import { describe, expect, test } from "vitest";
import { annul } from "../../src/assembly/meeting/ending.ts";
import { DAY_MS, startOf } from "../../src/kernel/day.ts";
import { findBankAccount, openBankAccount } from "../../src/ledger/bank/actions.ts";
import { confirmMatches, undoMatch, viewMatching } from "../../src/ledger/bank/matching/actions.ts";
import { listLines } from "../../src/ledger/bank/store.ts";
import { takeStatement } from "../../src/ledger/bank/taking/actions.ts";
import { draftReversal, openBook, refuseVoucher, reviewVoucher } from "../../src/ledger/books/actions.ts";
import { compareMonth, explainGap } from "../../src/ledger/expected/actions.ts";
import { approveLease, draftLease, dropLease, openLessee } from "../../src/ledger/leases/actions.ts";
import { proposeEnd, settleEnd } from "../../src/ledger/leases/ending/actions.ts";
import { chargeAgain, chargeDue } from "../../src/ledger/leases/money.ts";
import { enterReceipt, settleHeld } from "../../src/ledger/leases/receipts/actions.ts";
import { heldFrom, listReceipts } from "../../src/ledger/leases/receipts/store.ts";
import { remindLate } from "../../src/ledger/leases/reminding.ts";
import { runLeases } from "../../src/ledger/leases/running.ts";
import { listOpen, listOwedDays, sumAccount, sumOpen } from "../../src/ledger/leases/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { sendDue } from "../../src/platform/outbox/actions.ts";
import { sceneAt } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { chargesOf, leaseIn, leaseOf, leaseRow, PAPER, PNG, postAll, roomIn } from "./ledger-leases-of-test.ts";
import { keeping, must, TODAY, withBook } from "./ledger-of-test.ts";
import { as, communityWithRoll, itemOf, newOnce, numberIn } from "./meeting-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";
import { countingEnv, get, getJson, PUBLISHED_AT, publishedOn, wordsOf } from "./public-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const faultsOf = (result: { ok: boolean; error?: unknown }) =>
  ((result.error as { faults?: { reason: string }[] })?.faults ?? []).map(({ reason }) => reason);

/** The books and the charges say the same of what is owed. */
async function tied(community: CommunityAddress): Promise<number> {
  const scene = sceneAt(community);
  const [charges, books, open, days] = await scene.db.read(
    sumOpen(scene),
    sumAccount(scene, "1122.01"),
    listOpen(scene, 999),
    listOwedDays(scene),
  );
  expect(charges[0]!.owedFen).toBe(books[0]!.balanceFen);
  // By day it is the same, from one row a day.
  const owed = open.filter(({ owedFen }) => owedFen > 0);
  expect(days.reduce((sum, { owedFen }) => sum + owedFen, 0)).toBe(owed.reduce((sum, one) => sum + one.owedFen, 0));
  expect(days.reduce((sum, one) => sum + one.charges, 0)).toBe(owed.length);
  return charges[0]!.owedFen;
}
async function ready(): Promise<CommunityAddress> {
  const community = await withBook();
  await roomIn(community);
  return community;
}

describe("what a lease rests on (R2)", () => {
  test("an owners' decision of matter 8, published as carried, and still standing when it is approved", async () => {
    const community = await communityWithRoll(9);
    const now = PUBLISHED_AT + DAY_MS;
    await roomIn(community);
    const items = [itemOf(1, { matter: 8 }), itemOf(2, { matter: 9 }), itemOf(3, { matter: 8 })];
    const meetingId = await publishedOn(community, 9, () => 1, { items });
    const asked = (item: number, meeting = 1) =>
      draftLease(
        keeping(community, "treasurer", now),
        leaseOf("商-03", { basis: { kind: "decision", meeting, item } }),
        { document: null, contract: [] },
        newOnce(),
      );
    expect(faultsOf(await asked(1, 2))).toEqual(["decision_unknown"]);
    expect(faultsOf(await asked(4))).toEqual(["decision_unknown"]);
    expect(faultsOf(await asked(2))).toEqual(["decision_of_another_matter"]);
    expect(faultsOf(await asked(1, 0))).toEqual(["basis_missing"]);
    const { leaseId } = must(await asked(1));
    const second = must(await asked(3));
    must(await approveLease(keeping(community, "chair", now), leaseId));
    expect((await leaseRow(community, leaseId)).basis).toMatchObject({ kind: "decision", meeting: 1, item: 1 });
    await annul(as(community, "street", now), meetingId, {
      authority: "区住房城乡建设委",
      document: "撤销决定书",
      why: "程序违法",
    });
    expect(faultsOf(await approveLease(keeping(community, "chair", now), second.leaseId))).toEqual([
      "decision_not_published",
    ]);
  });

  test("a decision that was lost carries no lease, and none carries none", async () => {
    const community = await communityWithRoll(9);
    await roomIn(community);
    await publishedOn(community, 9, () => 2, { items: [itemOf(1, { matter: 8 })] });
    const asked = leaseOf("商-03", { basis: { kind: "decision", meeting: 1, item: 1 } });
    const scene = keeping(community, "treasurer", PUBLISHED_AT + DAY_MS);
    expect(faultsOf(await draftLease(scene, asked, { document: null, contract: [] }, newOnce()))).toEqual([
      "decision_lost",
    ]);
  });

  test("or a dated document from before, with its file; a photo that is a script is none", async () => {
    const community = await ready();
    const scene = keeping(community, "treasurer");
    const none = { document: null, contract: [] };
    expect(faultsOf(await draftLease(scene, leaseOf("商-03"), none, newOnce()))).toEqual(["document_without_file"]);
    const late = leaseOf("商-03", { basis: { kind: "earlier", title: "决议", on: "2026-08-02" } });
    expect(faultsOf(await draftLease(scene, late, PAPER, newOnce()))).toEqual(["document_too_late"]);
    const script = { name: "a.jpg", bytes: new TextEncoder().encode("<script>") };
    expect(reasonOf(await draftLease(scene, leaseOf("商-03"), { document: script, contract: [] }, newOnce()))).toBe(
      "file_refused",
    );
    const large = new Uint8Array(20 * 1024 * 1024);
    large.set(PNG);
    expect(
      await draftLease(scene, leaseOf("商-03"), { document: { name: "a.png", bytes: large }, contract: [] }, newOnce()),
    ).toMatchObject({ error: { fault: { reason: "file_too_large" } } });
  });
});

describe("a draft", () => {
  test("is approved by another person, once; its lessee is sealed and masked", async () => {
    const community = await ready();
    const once = newOnce();
    const treasurer = keeping(community, "treasurer");
    const { leaseId } = must(await draftLease(treasurer, leaseOf("商-03"), PAPER, once));
    expect(must(await draftLease(treasurer, leaseOf("商-03"), PAPER, once))).toEqual({ leaseId });
    const self = { ...treasurer, actor: { ...treasurer.actor } };
    expect(reasonOf(await approveLease(self, leaseId))).toBe("own_lease");
    const chair = keeping(community, "chair");
    must(await approveLease(chair, leaseId));
    must(await approveLease(chair, leaseId));
    const row = await leaseRow(community, leaseId);
    expect(row).toMatchObject({ state: "approved", number: 1, lesseeShown: "张**", assets: "商-03" });
    expect(await openLessee(chair, row)).toBe("张小明");
    const open = sql`SELECT (SELECT count(*) FROM ledger_lease WHERE instr(lessee_sealed || lessee_shown || phone_sealed, '小明') > 0 OR instr(phone_sealed, '1381') > 0)
      + (SELECT count(*) FROM record_leaf WHERE instr(entry, '小明') > 0) AS n`;
    expect(await numberIn(community, open)).toBe(0);
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND type = 'lease.approved'`,
      ),
    ).toBe(1);
  });

  test("that ends before it starts, lets what is nobody's to let, or an unknown asset, says each fault", async () => {
    const community = await ready();
    const scene = keeping(community, "treasurer");
    const ends = leaseOf("商-03", {}, { toOn: "2026-07-31" });
    expect(faultsOf(await draftLease(scene, ends, PAPER, newOnce()))).toContain("ends_before_start");
    const missing = leaseOf("商-99", { purpose: "", lessee: { kind: "legal", name: "", creditCode: "", phone: "1" } });
    expect(faultsOf(await draftLease(scene, missing, PAPER, newOnce()))).toEqual([
      "purpose_missing",
      "lessee_missing",
      "credit_code_missing",
      "phone_unreadable",
      "unknown_assets",
    ]);
  });

  test("is refused with a reason by another, or given up by its drafter", async () => {
    const community = await ready();
    const treasurer = keeping(community, "treasurer");
    const chair = keeping(community, "chair");
    const draft = async () => must(await draftLease(treasurer, leaseOf("商-03"), PAPER, newOnce())).leaseId;
    const [a, b] = [await draft(), await draft()];
    expect(reasonOf(await dropLease(chair, a, { kind: "refused", why: " " }))).toBe("why_missing");
    must(await dropLease(chair, a, { kind: "refused", why: "租金偏低" }));
    expect(reasonOf(await dropLease(chair, b, { kind: "withdrawn" }))).toBe("not_the_drafter");
    must(await dropLease(treasurer, b, { kind: "withdrawn" }));
    expect(reasonOf(await approveLease(chair, a))).toBe("lease_moved");
  });
});

describe("no asset is let twice for the same day", () => {
  test("an overlapping lease is refused with the days; one that begins the day after is not", async () => {
    const community = await ready();
    await leaseIn(community, leaseOf("商-03"));
    const scene = keeping(community, "treasurer");
    const at = (fromOn: string) =>
      leaseOf("商-03", {}, { fromOn, toOn: "2028-07-31", steps: [{ fromOn, monthlyFen: 100_000 }] });
    const clash = await draftLease(scene, at("2027-07-31"), PAPER, newOnce());
    expect(clash).toMatchObject({ error: { faults: [{ reason: "let_twice", toOn: "2027-07-31" }] } });
    expect((await leaseIn(community, at("2027-08-01"))).number).toBe(2);
  });

  test("of two drafts approved at once one stands, whatever both had read", async () => {
    const community = await ready();
    const treasurer = keeping(community, "treasurer");
    const draft = async () => must(await draftLease(treasurer, leaseOf("商-03"), PAPER, newOnce())).leaseId;
    const [a, b] = [await draft(), await draft()];
    const chair = keeping(community, "chair");
    const both = await Promise.all([approveLease(chair, a), approveLease(chair, b)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.flatMap(faultsOf)).toEqual(["let_twice"]);
    const forced = sql`UPDATE ledger_lease SET state = 'approved', decided_by = 'x', leaf_hash = 'x' WHERE community_id = ${community.id} AND state = 'drafted'`;
    expect(await chair.db.write([chair.db.run(forced)])).toMatchObject({ error: { code: "let_twice" } });
  });
});

describe("what falls due", () => {
  test("is charged once by the clock, reviewed by a person, and ties to the account of receivables", async () => {
    const community = await ready();
    const { leaseId } = await leaseIn(community, leaseOf("商-03"));
    const scene = sceneAt(community, TODAY);
    const [a, b] = await Promise.all([chargeDue(scene), chargeDue(scene)]);
    expect(Math.max(a, b)).toBe(4); // August to November, each due on the 5th
    await runLeases(scene);
    const charges = await chargesOf(community, leaseId);
    expect(charges.map(({ dueOn, state }) => [dueOn, state])).toEqual([
      ["2026-08-05", "waiting"],
      ["2026-09-05", "waiting"],
      ["2026-10-05", "waiting"],
      ["2026-11-05", "waiting"],
    ]);
    expect(await tied(community)).toBe(0);
    expect(await postAll(community)).toBe(4);
    expect(await tied(community)).toBe(480_000);
  });

  test("on month-ends and a 29 February is dated as the rules say", async () => {
    const community = await withBook("2024-01");
    await roomIn(community);
    const terms = {
      fromOn: "2024-01-31",
      toOn: "2024-04-29",
      dueAfterDays: 0,
      steps: [{ fromOn: "2024-01-31", monthlyFen: 310_000 }],
    };
    const basis = { kind: "earlier", title: "决议", on: "2023-12-01" } as const;
    const { leaseId } = await leaseIn(community, leaseOf("商-03", { basis }, terms));
    await chargeDue(sceneAt(community, startOf("2024-05-01")));
    expect((await chargesOf(community, leaseId)).map((one) => [one.fromOn, one.toOn, one.amountFen])).toEqual([
      ["2024-01-31", "2024-02-28", 310_000],
      ["2024-02-29", "2024-03-30", 310_000],
      ["2024-03-31", "2024-04-29", 310_000],
    ]);
  });

  test("that was sent back is drafted again by a person, never by the clock", async () => {
    const community = await ready();
    const { leaseId } = await leaseIn(community, leaseOf("商-03"));
    await chargeDue(sceneAt(community, TODAY));
    const [first] = await chargesOf(community, leaseId);
    const treasurer = keeping(community, "treasurer");
    expect(reasonOf(await chargeAgain(treasurer, { leaseId, chargeNo: 1 }))).toBe("charge_stands");
    must(await refuseVoucher(keeping(community, "accountant"), first!.voucherId, "面积不对"));
    expect(await chargeDue(sceneAt(community, TODAY))).toBe(0);
    must(await chargeAgain(treasurer, { leaseId, chargeNo: 1 }));
    await postAll(community);
    expect(await tied(community)).toBe(480_000);
  });

  test("carries the tax contained in the rent to its own account", async () => {
    const community = await ready();
    await leaseIn(community, leaseOf("商-03", {}, { taxBasisPoints: 500 }));
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    const scene = sceneAt(community);
    const [tax, income] = await scene.db.read(sumAccount(scene, "2221"), sumAccount(scene, "4001.03"));
    expect(tax[0]!.balanceFen).toBe(-4 * 5_714);
    expect(income[0]!.balanceFen).toBe(-4 * (120_000 - 5_714));
  });
});

describe("money", () => {
  async function charged(): Promise<{ community: CommunityAddress; leaseId: string }> {
    const community = await ready();
    const { leaseId } = await leaseIn(community, leaseOf("商-03"));
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    return { community, leaseId };
  }
  const enter = (
    community: CommunityAddress,
    leaseId: string,
    kind: Parameters<typeof enterReceipt>[1]["kind"],
    amountFen: number,
    once = newOnce(),
  ) => enterReceipt(keeping(community, "treasurer"), { leaseId, kind, on: "2026-11-20", amountFen }, once);
  const held = async (community: CommunityAddress, leaseId: string) => {
    const scene = sceneAt(community);
    const [rows] = await scene.db.read(listReceipts(scene, leaseId));
    return heldFrom(rows);
  };

  test("pays the oldest first, in part, and what is too much is prepaid and used later", async () => {
    const { community, leaseId } = await charged();
    const once = newOnce();
    must(await enter(community, leaseId, "rent", 150_000, once));
    must(await enter(community, leaseId, "rent", 150_000, once));
    expect(reasonOf(await enter(community, leaseId, "rent", 150_001, once))).toBe("key_reused");
    expect(await tied(community)).toBe(480_000);
    await postAll(community);
    expect(await tied(community)).toBe(330_000);
    const [open] = await sceneAt(community).db.read(listOpen(sceneAt(community), 10));
    expect(open.map(({ dueOn, owedFen }) => [dueOn, owedFen])).toEqual([
      ["2026-09-05", 90_000],
      ["2026-10-05", 120_000],
      ["2026-11-05", 120_000],
    ]);
    must(await enter(community, leaseId, "rent", 400_000));
    await postAll(community);
    expect(await tied(community)).toBe(0);
    expect(await held(community, leaseId)).toEqual({ depositFen: 0, prepaidFen: 70_000 });
    expect(reasonOf(await enter(community, leaseId, "prepaid", 70_001))).toBe("prepaid_too_small");
    expect(reasonOf(await enter(community, leaseId, "prepaid", 70_000))).toBe("owed_too_little");
    await chargeDue(sceneAt(community, startOf("2026-12-06")));
    await postAll(community, startOf("2026-12-06"));
    must(await enter(community, leaseId, "prepaid", 70_000));
    await postAll(community, startOf("2026-12-06"));
    expect(await tied(community)).toBe(50_000);
  });

  test("of two receipts at once for the same debt one is refused", async () => {
    const { community, leaseId } = await charged();
    const both = await Promise.all([
      enter(community, leaseId, "rent", 480_000),
      enter(community, leaseId, "rent", 480_000),
    ]);
    await postAll(community);
    // Whoever came second either was refused, or saw the debt paid and was prepaid: the debt is never paid twice.
    expect(await tied(community)).toBe(0);
    const over = (await held(community, leaseId)).prepaidFen;
    expect(both.filter(({ ok }) => ok).length === 1 ? over === 0 : over === 480_000).toBe(true);
  });

  test("taken back by a reversal is owed again", async () => {
    const { community, leaseId } = await charged();
    const { voucherId } = must(await enter(community, leaseId, "rent", 120_000));
    await postAll(community);
    expect(await tied(community)).toBe(360_000);
    must(await draftReversal(keeping(community, "treasurer"), { voucherId, why: "记错" }, newOnce()));
    await postAll(community);
    expect(await tied(community)).toBe(480_000);
    const [first] = await chargesOf(community, leaseId);
    must(await draftReversal(keeping(community, "treasurer"), { voucherId: first!.voucherId, why: "免租" }, newOnce()));
    await postAll(community);
    expect(await tied(community)).toBe(360_000);
  });

  test("held as a deposit is a debt; no more is given back or set off than is held", async () => {
    const { community, leaseId } = await charged();
    must(await enter(community, leaseId, "deposit", 200_000));
    expect(reasonOf(await enter(community, leaseId, "refund", 1))).toBe("deposit_too_small");
    await postAll(community);
    const scene = sceneAt(community);
    const [deposits] = await scene.db.read(sumAccount(scene, "2241.01"));
    expect(deposits[0]!.balanceFen).toBe(-200_000);
    must(await enter(community, leaseId, "offset", 150_000));
    expect(reasonOf(await enter(community, leaseId, "refund", 50_001))).toBe("deposit_too_small");
    must(await enter(community, leaseId, "refund", 50_000));
    await postAll(community);
    expect(await held(community, leaseId)).toEqual({ depositFen: 0, prepaidFen: 0 });
    expect(await tied(community)).toBe(330_000);
  });

  test("of a lease that is over settles the deposit: what is owed comes off, the rest goes back, once", async () => {
    const { community, leaseId } = await charged();
    must(await enter(community, leaseId, "deposit", 200_000));
    must(await enter(community, leaseId, "rent", 400_000));
    await postAll(community);
    const treasurer = keeping(community, "treasurer");
    const asked = { leaseId, on: "2026-11-23", account: "1001" };
    expect(reasonOf(await settleHeld(treasurer, asked, newOnce()))).toBe("lease_running");
    must(await proposeEnd(treasurer, { leaseId, lastOn: "2026-11-23", why: "退租" }));
    must(await settleEnd(keeping(community, "chair"), leaseId, "confirmed"));
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    // 4 × 1,200 less the last seven days of November's, less 4,000 paid: 520 are owed.
    expect(await tied(community)).toBe(52_000);
    const papers = { attachments: [{ fileId: "f", name: "结清单.pdf", sha256: "0".repeat(64) }], files: [] };
    expect(reasonOf(await settleHeld(treasurer, { ...asked, account: "4001.03" }, newOnce()))).toBe("no_money_account");
    const once = newOnce();
    const first = must(await settleHeld(treasurer, asked, once, papers));
    expect(must(await settleHeld(treasurer, asked, once, papers))).toEqual(first);
    await postAll(community);
    expect(await tied(community)).toBe(0);
    const scene = sceneAt(community);
    const [deposits, cash] = await scene.db.read(sumAccount(scene, "2241.01"), sumAccount(scene, "1001"));
    expect([deposits[0]!.balanceFen, cash[0]!.balanceFen]).toEqual([0, -148_000]);
    expect(reasonOf(await settleHeld(treasurer, asked, newOnce()))).toBe("deposit_too_small");
  });

  test("of an early end: what was charged behind it is taken back and, where it was paid, given back", async () => {
    const { community, leaseId } = await charged();
    must(await enter(community, leaseId, "rent", 480_000));
    await postAll(community);
    const chair = keeping(community, "chair");
    const treasurer = keeping(community, "treasurer");
    const end = (lastOn: string, who = treasurer) => proposeEnd(who, { leaseId, lastOn, why: "退租" });
    expect(faultsOf(await end("2026-07-31"))).toEqual(["ends_before_start"]);
    must(await end("2026-11-15"));
    must(await end("2026-11-15"));
    expect(reasonOf(await end("2026-11-14"))).toBe("lease_moved");
    // Nothing changed yet: it takes another person.
    expect((await leaseRow(community, leaseId)).untilOn).toBe("2027-07-31");
    expect(reasonOf(await settleEnd(treasurer, leaseId, "confirmed"))).toBe("own_lease");
    expect(reasonOf(await settleEnd(chair, leaseId, "refused"))).toBe("why_missing");
    must(await settleEnd(chair, leaseId, "refused", "先收清水电费"));
    must(await settleEnd(chair, leaseId, "refused", "先收清水电费"));
    must(await end("2026-11-15"));
    const both = await Promise.all([
      settleEnd(chair, leaseId, "confirmed"),
      settleEnd(keeping(community, "accountant"), leaseId, "confirmed"),
    ]);
    expect(both.map(reasonOf).toSorted()).toEqual([null, "lease_moved"].toSorted());
    must(await settleEnd(both[0].ok ? chair : keeping(community, "accountant"), leaseId, "confirmed"));
    expect(reasonOf(await end("2026-11-14"))).toBe("lease_moved");
    await chargeDue(sceneAt(community, TODAY));
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    expect(await tied(community)).toBe(-60_000);
    expect(reasonOf(await enter(community, leaseId, "return", 60_001))).toBe("owed_too_little");
    must(await enter(community, leaseId, "return", 60_000));
    await postAll(community);
    expect(await tied(community)).toBe(0);
    const later = sceneAt(community, startOf("2027-01-06"));
    expect(await chargeDue(later)).toBe(0);
    // What ended is free again.
    const terms = { fromOn: "2026-11-16", steps: [{ fromOn: "2026-11-16", monthlyFen: 100_000 }] };
    expect((await leaseIn(community, leaseOf("商-03", { renews: 1 }, terms))).renewsId).toBe(leaseId);
  });
});

describe("whoever is late", () => {
  test("is reminded once a step, not before the third day, never at night, and not once it is paid", async () => {
    const community = await ready();
    const { leaseId } = await leaseIn(
      community,
      leaseOf(
        "商-03",
        {},
        { dueAfterDays: 22, fromOn: "2026-11-01", steps: [{ fromOn: "2026-11-01", monthlyFen: 120_000 }] },
      ),
    );
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    expect(await remindLate(sceneAt(community, TODAY + 2 * DAY_MS))).toBe(0);
    const night = startOf("2026-11-26") + 23 * 3_600_000;
    expect(await remindLate(sceneAt(community, night))).toBe(1);
    expect(await remindLate(sceneAt(community, night))).toBe(0);
    const texts: string[] = [];
    const adapter = {
      name: "keep" as const,
      send: async ({ phone, text }: { phone: string; text: string }) => {
        texts.push(`${phone} ${text}`);
        return { taken: true, detail: "200" };
      },
    };
    await sendDue(sceneAt(community, night), adapter);
    expect(texts).toEqual([]);
    await sendDue(sceneAt(community, night + 10 * 3_600_000), adapter);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain("13812345678");
    expect(texts[0]).toContain("1,200.00元");
    must(
      await enterReceipt(
        keeping(community, "treasurer"),
        { leaseId, kind: "rent", on: "2026-11-23", amountFen: 120_000 },
        newOnce(),
      ),
    );
    await postAll(community);
    expect(await remindLate(sceneAt(community, TODAY + 40 * DAY_MS))).toBe(0);
  });
});

describe("the tables behind it", () => {
  test.each([
    ["a lease's terms", sql`UPDATE ledger_lease SET terms = '{}'`],
    ["a lease away", sql`DELETE FROM ledger_lease`],
    ["an end nobody confirmed", sql`UPDATE ledger_lease SET until_on = from_on, ended_by = 'x'`],
    ["what is owed on a day", sql`UPDATE ledger_owed_day SET owed_fen = owed_fen + 1`],
    ["what is let", sql`UPDATE ledger_lease_asset SET asset_id = 'x'`],
    ["a longer lease", sql`UPDATE ledger_lease SET until_on = '2030-01-01', to_on = '2030-01-01'`],
    ["a charge's amount", sql`UPDATE ledger_charge SET amount_fen = 1`],
    ["a charge away", sql`DELETE FROM ledger_charge`],
    [
      "the same charge again",
      sql`INSERT INTO ledger_charge SELECT community_id, lease_id, kind, charge_no, attempt + 1, from_on, to_on, due_on, amount_fen, tax_fen, voucher_id, made_at, 0 FROM ledger_charge`,
    ],
    ["a receipt away", sql`DELETE FROM ledger_receipt`],
    ["a receipt's amount", sql`UPDATE ledger_receipt SET amount_fen = 1`],
    ["a part's amount", sql`UPDATE ledger_receipt_part SET amount_fen = 1`],
  ])("refuse to write %s", async (_, statement) => {
    const community = await ready();
    const { leaseId } = await leaseIn(community, leaseOf("商-03"));
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    const scene = keeping(community, "treasurer");
    const { voucherId } = must(
      await enterReceipt(scene, { leaseId, kind: "rent", on: "2026-11-20", amountFen: 1_000 }, newOnce()),
    );
    must(await reviewVoucher(keeping(community, "accountant"), voucherId));
    expect((await scene.db.write([scene.db.run(statement)])).ok).toBe(false);
  });
});

describe("the pages", () => {
  const keepers = [
    ...OFFICERS,
    { post: "treasurer", name: "钱出纳", phone: "13800000021", act: "engagement", document: "聘用合同" },
    { post: "accountant", name: "孙会计", phone: "13800000022", act: "engagement", document: "聘用合同" },
  ] as const;
  const NOW = startOf("2026-11-23") + 12 * 3_600_000;

  test("from a draft to the register, with rents reviewed at once and money entered", async () => {
    const community = await makeStaffedCommunity(keepers);
    const base = `/c/${community.slug}`;
    const desk = `${base}/desk/ledger/leases`;
    must(await openBook(keeping(community, "accountant"), { book: "common", from: "2026-08" }, newOnce()));
    await roomIn(community);
    const neighbour = stranger(NOW);
    await neighbour.get(`${base}/accounts/leases`);
    expect(textOf(neighbour.page)).toContain("还没有租约");
    const treasurer = await signedIn(community, "treasurer", NOW);
    await treasurer.get(`${desk}/new`);
    const typed = {
      purpose: "=便民理发",
      lesseeKind: "legal",
      lessee: "璧城便民服务有限公司",
      creditCode: "91350200MA2YJ1XR9H",
      assets: "商-03",
      fromOn: "2026-09-01",
      toOn: "2026-08-01",
      "steps[0].fromOn": "2026-09-01",
      "steps[0].monthly": "１,234.50",
      "steps[1].fromOn": "",
      "steps[1].monthly": "",
      "free[0].fromOn": "2026-09-01",
      "free[0].toOn": "2026-09-10",
      cycleMonths: "1",
      dueAfterDays: "0",
      deposit: "2000",
      basis: "decision",
    };
    expect((await treasurer.submit(`${desk}/new`, typed)).status).toBe(422);
    expect(textOf(treasurer.page)).toContain("终止日期不能早于起始日期");
    expect(textOf(treasurer.page)).toContain("要经业主大会表决通过");
    const body = new FormData();
    const good = {
      ...typed,
      toOn: "2027-08-31",
      basis: "earlier",
      documentTitle: "业主大会决议",
      documentOn: "2026-06-01",
    };
    for (const [name, value] of Object.entries({ ...treasurer.hidden(`${desk}/new`), ...good })) body.set(name, value);
    body.set("document", new File([PNG], "决议.png"));
    const sent = await treasurer.send(`${desk}/new`, { method: "POST", body, headers: { origin: "http://localhost" } });
    expect(sent.status).toBe(303);
    await treasurer.open(sent.headers.get("location")!);
    expect(textOf(treasurer.page)).toContain("没有通过校验");
    expect((await neighbour.get(`${base}/accounts/leases/1`)).status).toBe(404);
    const chair = await signedIn(community, "committee_chair", NOW);
    await chair.get(`${desk}/1`);
    expect((await chair.submit(`${desk}/1/approve`)).status).toBe(303);
    await chargeDue(sceneAt(community, NOW));
    const accountant = await signedIn(community, "accountant", NOW);
    await accountant.get(`${desk}/charges`);
    expect(textOf(accountant.page)).toContain("等您处理的3张");
    const vouchers = [...accountant.page.matchAll(/name="vouchers" value="([0-9a-z]+)"/g)].map(([, id]) => id!);
    const form = new URLSearchParams(accountant.hidden(`${desk}/charges`));
    for (const id of vouchers) form.append("vouchers", id);
    const reviewed = await accountant.send(`${desk}/charges`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost" },
      body: form.toString(),
    });
    expect(reviewed.status).toBe(303);
    await treasurer.get(`${desk}/1`);
    expect(
      (await treasurer.submit(`${desk}/1/receipts`, { kind: "rent", on: "2026-11-23", amount: "1.234" })).status,
    ).toBe(422);
    expect(textOf(treasurer.page)).toContain("最多两位小数");
    expect(
      (await treasurer.submit(`${desk}/1/receipts`, { kind: "rent", on: "2026-11-23", amount: "2,000" })).status,
    ).toBe(303);
    await treasurer.get(`${desk}/arrears`);
    expect(textOf(treasurer.page)).toContain("逐笔合计3,292.00元，与账上“应收租金”一致");
    await neighbour.get(`${base}/accounts/leases`);
    const register = textOf(neighbour.page);
    for (const words of ["璧城便民服务有限公司", "1,234.50", "履行中", "没有收到的租金"])
      expect(register).toContain(words);
    await neighbour.get(`${base}/accounts/leases/1`);
    expect(textOf(neighbour.page)).toContain("2026年10月第1号");
    expect(textOf(neighbour.page)).toContain("免租");
    await neighbour.get(`${base}/accounts/leases/1?lang=en`);
    expect(textOf(neighbour.page)).toContain("What falls due");
  });

  test("a public lease takes one round trip", async () => {
    const community = await ready();
    await leaseIn(community, leaseOf("商-03"));
    const { env, asked } = countingEnv();
    const page = `/c/${community.slug}/accounts/leases/1`;
    // The first visit also finds the community, once for the isolate's life.
    await get(page, TODAY, env);
    const before = asked.roundTrips;
    await get(page, TODAY, env);
    expect(asked.roundTrips - before).toBe(1);
  });
});

describe("expected against booked", () => {
  test("agrees when all was charged, shows a gap that nobody explained, and keeps the reason in public", async () => {
    const community = await ready();
    await leaseIn(community, leaseOf("商-03"));
    const scene = keeping(community, "treasurer");
    const november = async () => (await compareMonth(scene, "2026-11")).rows;
    expect(await november()).toMatchObject([{ account: "4001.03", gapFen: -120_000, standing: "unexplained" }]);
    const page = `/c/${community.slug}/accounts/expected/2026-11`;
    expect(wordsOf((await get(page, TODAY)).text)).toContain("有1项差额没有说明");
    const asked = { period: "2026-11", account: "4001.03", text: "凭证还在复核" };
    expect(reasonOf(await explainGap(scene, { ...asked, text: "" }, newOnce()))).toBe("reason_missing");
    const once = newOnce();
    must(await explainGap(scene, asked, once));
    must(await explainGap(scene, asked, once));
    expect(wordsOf((await get(page, TODAY)).text)).toContain("凭证还在复核");
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    expect(await november()).toMatchObject([{ gapFen: 0, standing: "agrees" }]);
    expect(reasonOf(await explainGap(scene, asked, newOnce()))).toBe("no_gap");
    const words = wordsOf((await get(page, TODAY)).text);
    for (const part of ["没有未说明的差额", "租约第1号", "1,200.00", "上一个月"]) expect(words).toContain(part);
    const notes = sql`SELECT count(*) AS n FROM ledger_gap_note WHERE community_id = ${community.id}`;
    expect(await numberIn(community, notes)).toBe(1);
    expect((await scene.db.write([scene.db.run(sql`UPDATE ledger_gap_note SET text = 'x'`)])).ok).toBe(false);
  });
});

test("what many leases should bring in is read page by page, the last as well as the first", async () => {
  const community = await withBook();
  const codes = Array.from({ length: 101 }, (_, at) => `铺-${101 + at}`);
  for (const code of codes) {
    await roomIn(community, code);
    await leaseIn(community, leaseOf(code));
  }
  const page = `/c/${community.slug}/accounts/expected/2026-11`;
  const month = wordsOf((await get(page, TODAY)).text);
  for (const part of ["全部101项", "121,200.00", "没有说明"]) expect(month).toContain(part);
  expect(month).not.toContain("租约第101号");
  const first = wordsOf((await get(`${page}?of=4001.03&page=1`, TODAY)).text);
  const second = wordsOf((await get(`${page}?of=4001.03&page=2`, TODAY)).text);
  expect(first).toContain("租约第100号");
  expect(second).toContain("租约第101号");
  expect(second).toContain("上一页");
}, 60_000);

describe("expected, booked and at the bank", () => {
  test("the bank's column is what was matched: owed rent is missing from it, and a reason covers no more than it was given for", async () => {
    const community = await ready();
    const { leaseId } = await leaseIn(community, leaseOf("商-03", {}, { taxBasisPoints: 500 }));
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    const scene = keeping(community, "treasurer");
    const november = async () => (await compareMonth(scene, "2026-11")).rows[0];
    // 1,200 with 5 % contained: 57.14 of tax, 1,142.86 of income.
    expect(await november()).toMatchObject({ bookedFen: 114_286, bankFen: null, standing: "agrees" });
    const { accountId } = must(
      await openBankAccount(
        keeping(community, "accountant"),
        {
          book: "common",
          ledgerAccount: "1002.01",
          holder: "assembly",
          holderName: "金桂苑业主大会",
          bank: "某银行",
          number: "622200001111",
        },
        newOnce(),
      ),
    );
    // Three months' rent but a hundred yuan of November's: August to October come first.
    const paidFen = 4 * 120_000 - 10_000;
    const receipt = { leaseId, kind: "rent", on: "2026-11-20", amountFen: paidFen } as const;
    const { voucherId } = must(await enterReceipt(scene, receipt, newOnce()));
    await postAll(community);
    const csv = "日期,收入,支出\r\n2026-11-21,4700.00,\r\n2026-11-22,50.00,\r\n";
    const file = { name: "a.csv", bytes: new TextEncoder().encode(csv) };
    must(await takeStatement(scene, accountId, file, null, newOnce()));
    expect(await november()).toMatchObject({ bankFen: 0, bankGapFen: -114_286, standing: "unexplained" });
    const account = (await findBankAccount(scene, accountId))!;
    const { suggestions } = await viewMatching(scene, account, "2026-11-23");
    expect(suggestions).toHaveLength(1);
    must(await confirmMatches(scene, accountId, [{ lineKey: suggestions[0]!.lineId, voucherId, lineNo: 1 }]));
    expect(await november()).toMatchObject({ bankGapFen: -10_000, standing: "unexplained" });
    expect((await compareMonth(scene, "2026-10")).rows[0]).toMatchObject({ bankFen: 114_286, bankGapFen: 0 });
    must(await explainGap(scene, { period: "2026-11", account: "4001.03", text: "理发店欠一百元" }, newOnce()));
    expect(await november()).toMatchObject({ standing: "explained" });
    const page = `/c/${community.slug}/accounts/expected/2026-11`;
    const words = wordsOf((await get(page, TODAY)).text);
    for (const part of ["银行比账上少100.00", "理发店欠一百元", "还有1笔进账没有对上凭证，共50.00元", "2026年11月22日"])
      expect(words).toContain(part);
    // The match is taken back: more is missing than the reason spoke of.
    const [lines] = await scene.db.read(
      listLines(scene, accountId, { from: "2026-11-01", to: "2026-11-30" }, { limit: 9, offset: 0 }),
    );
    must(await undoMatch(scene, accountId, lines.find((one) => one.voucherId === voucherId)!));
    expect(await november()).toMatchObject({ standing: "unexplained", reason: "理发店欠一百元" });
    expect(wordsOf((await get(page, TODAY)).text)).toContain("差额比上次说明时大了");
  });
});

describe("elsewhere", () => {
  test("the desk says what waits, and the API what stands, with nobody by name", async () => {
    const community = await makeStaffedCommunity([
      ...OFFICERS,
      { post: "treasurer", name: "钱出纳", phone: "13800000021", act: "engagement", document: "聘用合同" },
    ]);
    must(await openBook(keeping(community, "accountant"), { book: "common", from: "2026-08" }, newOnce()));
    await roomIn(community);
    must(await draftLease(keeping(community, "treasurer"), leaseOf("商-03"), PAPER, newOnce()));
    const chair = await signedIn(community, "committee_chair", TODAY);
    await chair.get(`/c/${community.slug}/desk`);
    expect(textOf(chair.page)).toContain("审批租约");
    await leaseIn(community, leaseOf("商-03"));
    await chargeDue(sceneAt(community, TODAY));
    await postAll(community);
    const treasurer = await signedIn(community, "treasurer", TODAY);
    await treasurer.get(`/c/${community.slug}/desk`);
    expect(textOf(treasurer.page)).toContain("催收逾期的租金");
    const api = `/api/communities/${community.slug}`;
    expect(await getJson(`${api}/assets`, TODAY)).toMatchObject({ total: 1, assets: [{ code: "商-03", lease: 2 }] });
    expect(await getJson(`${api}/leases`, TODAY)).toMatchObject({
      leases: [{ number: 2, lessee: "张**", monthlyFen: 120_000, assets: ["商-03"] }],
    });
    expect(await getJson(`${api}/expected/2026-11`, TODAY)).toMatchObject({
      accounts: [{ gapFen: 0, standing: "agrees" }],
    });
    expect((await get(`${api}/expected/2099-01`, TODAY)).status).toBe(404);
    // The calendar says when it ends and what falls due next, the feed that it is in force; the register how much was let.
    const calendar = (await get(`/c/${community.slug}/calendar.ics`, TODAY)).text.replace(/\r\n /g, "");
    for (const part of ["租约第2号（便民理发）到期", "租约第2号（便民理发）应交租金", "1笔租金到期没有收到", "共1"])
      expect(calendar).toContain(part);
    const home = wordsOf((await get(`/c/${community.slug}`, TODAY)).text);
    for (const part of ["共有部分的出租", "已出租1处，空闲0处"]) expect(home).toContain(part);
    // The sheet names the lessee in full, so that only the desk has it.
    await treasurer.get(`/c/${community.slug}/desk/ledger/leases/2/notice`);
    for (const part of ["租金催缴通知书", "张小明", "合计4,800.00元", "第七百二十二条"])
      expect(textOf(treasurer.page)).toContain(part);
    expect((await get(`/c/${community.slug}/feed.atom`, TODAY)).text).toContain("租约第2号生效");
    const assets = wordsOf((await get(`/c/${community.slug}/accounts/assets`, TODAY)).text);
    for (const part of ["一年来的出租情况", "2026-11"]) expect(assets).toContain(part);
  });
});
