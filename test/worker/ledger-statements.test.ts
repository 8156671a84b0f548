/** Statements through workerd and D1: told of closed months only, by two people, with book and bank agreeing; versions stay; the page costs the same at any size. */
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { startOf } from "../../src/kernel/day.ts";
import { findBankAccount, openBankAccount } from "../../src/ledger/bank/actions.ts";
import { confirmMatches, reconcileOn, viewMatching } from "../../src/ledger/bank/matching/actions.ts";
import { takeStatement } from "../../src/ledger/bank/taking/actions.ts";
import { draftReversal, reviewVoucher } from "../../src/ledger/books/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import { chargeDue } from "../../src/ledger/leases/money.ts";
import {
  draftStatement,
  previewStatement,
  publishStatement,
  statementHash,
  withdrawStatement,
} from "../../src/ledger/statements/actions.ts";
import { findStatement, listVersions, statementFrom } from "../../src/ledger/statements/store.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { ROWS_BEHIND, sceneAt } from "./community-of-test.ts";
import { stranger, textOf } from "./desk-of-test.ts";
import { chargesOf, leaseIn, leaseOf, postAll, roomIn } from "./ledger-leases-of-test.ts";
import { credit, debit, keeping, must, posted, rentOf, withBook } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";
import { countingEnv } from "./public-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
/** The 5th of December, the months before being over. */
const LATER = startOf("2026-12-05") + 9 * 3_600_000;
const accountant = (community: CommunityAddress) => keeping(community, "accountant", LATER);
const chair = (community: CommunityAddress) => keeping(community, "chair", LATER);
const draft = (
  community: CommunityAddress,
  more: Partial<Parameters<typeof draftStatement>[1]> = {},
  once = newOnce(),
) => draftStatement(accountant(community), { book: "common", note: "", corrects: null, ...more }, once);

const ACCOUNT = {
  book: "common" as const,
  ledgerAccount: "1002.01",
  holder: "assembly" as const,
  holderName: "金桂苑业主大会",
  bank: "某银行",
  number: "6222000011112222",
};
const bankFile = (lines: string) => ({
  name: "对账单.csv",
  bytes: new TextEncoder().encode(`交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,流水号\r\n${lines}\r\n`),
});

/** A book since October with a rent of 1,000.00 in November, closed, and the bank's statement of it. */
async function closed(bankBalance = "1,000.00"): Promise<{ community: CommunityAddress; accountId: string }> {
  const community = await withBook("2026-10");
  await posted(community, rentOf(100_000));
  for (const period of ["2026-10", "2026-11"])
    must(await closePeriod(accountant(community), { book: "common", period }));
  const { accountId } = must(await openBankAccount(accountant(community), ACCOUNT, newOnce()));
  must(
    await takeStatement(
      keeping(community, "treasurer", LATER),
      accountId,
      bankFile(`20261120,租金,,"1,000.00","${bankBalance}",张小明,1`),
      null,
      newOnce(),
    ),
  );
  return { community, accountId };
}
/** The same, December closed too, so that the quarter is whole. */
async function quarter(bankBalance?: string) {
  const made = await closed(bankBalance);
  const january = startOf("2027-01-06");
  must(await closePeriod(keeping(made.community, "accountant", january), { book: "common", period: "2026-12" }));
  return made;
}

describe("a statement", () => {
  test("is of closed months only", async () => {
    const { community } = await closed();
    const early = await draft(community);
    expect(early).toMatchObject({
      ok: false,
      error: { reason: "span_not_closed", span: { from: "2026-10", to: "2026-12" }, closedThrough: "2026-11" },
    });
  });

  test("is drafted by the accountant, published by the chair with its leaf, and carries the hash of all it says", async () => {
    const { community } = await quarter();
    const once = newOnce();
    const { draftId } = must(await draft(community, { note: "第一期" }, once));
    expect(must(await draft(community, { note: "第一期" }, once)).draftId).toBe(draftId);
    expect(reasonOf(await draft(community))).toBe("draft_waits");
    expect(reasonOf(await publishStatement(accountant(community), draftId))).toBe("own_statement");
    const row = must(await publishStatement(chair(community), draftId));
    expect(row).toMatchObject({ number: 1, version: 1, from: "2026-10", to: "2026-12", state: "published" });
    expect(row.content).toMatchObject({ openingFen: 0, incomeFen: 100_000, closingFen: 100_000, note: "第一期" });
    expect(row.contentHash).toBe(statementHash(row.content));
    expect(must(await publishStatement(chair(community), draftId)).number).toBe(1);
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND type = 'statement.published' AND instr(entry, ${row.contentHash}) > 0`,
      ),
    ).toBe(1);
  });

  test("is refused saying which account is off by how much", async () => {
    const { community } = await quarter("1,000.01");
    expect(await draft(community)).toEqual({
      ok: false,
      error: { reason: "statement_faulty", faults: [{ reason: "bank_off", account: "1002.01", byFen: -1 }] },
    });
  });

  test("agrees with the bank as it stood then: what arrived later explains itself, however it was matched since", async () => {
    const community = await withBook("2026-11");
    const { accountId } = must(await openBankAccount(accountant(community), ACCOUNT, newOnce()));
    // Money that the bank held before the books began, entered by the opening voucher.
    const opening = rentOf(50_000, {
      kind: "opening",
      on: "2026-11-01",
      lines: [debit("1002.01", 50_000), credit("3101", 50_000)],
      attachments: [{ fileId: "f1", name: "检查报告.pdf", sha256: "0".repeat(64) }],
    });
    await posted(community, opening);
    await posted(community, rentOf(1_000, { on: "2026-11-30" }), LATER);
    const lines =
      "20261115,误转入,,1.00,501.00,某,1\r\n20261116,退回,1.00,,500.00,某,2\r\n20261201,在途,,10.00,510.00,某,3";
    must(await takeStatement(keeping(community, "treasurer", LATER), accountId, bankFile(lines), null, newOnce()));
    const account = (await findBankAccount(sceneAt(community, LATER), accountId))!;
    const open = await viewMatching(sceneAt(community, LATER), account, "2026-12-05");
    expect(open.postings).toHaveLength(1);
    const [pair] = open.suggestions;
    const [voucherId, lineNo] = pair!.postingId.split("/");
    const match = { lineKey: pair!.lineId, voucherId: voucherId!, lineNo: Number(lineNo) };
    const before = await reconcileOn(sceneAt(community, LATER), account, 51_000, "2026-11-30");
    must(await confirmMatches(keeping(community, "treasurer", LATER), accountId, [match]));
    const after = await reconcileOn(sceneAt(community, LATER), account, 51_000, "2026-11-30");
    for (const sheet of [before, after])
      expect(sheet).toMatchObject({
        bankFen: 50_000,
        bookInFen: 1_000,
        bankInFen: 100,
        bankOutFen: 100,
        unexplainedFen: 0,
      });
    must(await closePeriod(accountant(community), { book: "common", period: "2026-11" }));
    const november = startOf("2027-01-06");
    must(await closePeriod(keeping(community, "accountant", november), { book: "common", period: "2026-12" }));
    const preview = (await previewStatement(accountant(community), "common"))!;
    expect(preview.statement.banks[0]).toMatchObject({
      items: 2,
      open: [
        { side: "bank", onDay: "2026-11-15", fen: 100, voucher: null },
        { side: "bank", onDay: "2026-11-16", fen: -100, voucher: null },
      ],
    });
  });

  test("says what each lease brought, less what was taken back, what was let, and how the year's budget stands", async () => {
    const community = await withBook("2026-10");
    await roomIn(community);
    const lease = await leaseIn(
      community,
      leaseOf(
        "商-03",
        {},
        { fromOn: "2026-10-01", toOn: "2027-09-30", steps: [{ fromOn: "2026-10-01", monthlyFen: 120_000 }] },
      ),
    );
    const due = async (now: number) => {
      await chargeDue(sceneAt(community, now));
      await postAll(community, now);
    };
    await due(LATER);
    await posted(community, rentOf(500, { text: "临时摊位" }), LATER);
    const [, november] = (await chargesOf(community, lease.leaseId)).filter(({ number }) => number !== null);
    const back = { voucherId: november!.voucherId, why: "十一月免租" };
    const reversal = must(await draftReversal(keeping(community, "treasurer", LATER), back, newOnce()));
    must(await reviewVoucher(accountant(community), reversal.voucherId));
    for (const period of ["2026-10", "2026-11", "2026-12"])
      must(await closePeriod(keeping(community, "accountant", startOf("2027-01-06")), { book: "common", period }));
    const { statement } = (await previewStatement(keeping(community, "accountant", startOf("2027-01-06")), "common"))!;
    const charged = statement.income.find(({ account }) => account === "4001.03")!.fen;
    expect(statement.leases).toMatchObject([{ lease: 1, assets: ["商-03"], account: "4001.03", fen: charged - 500 }]);
    expect(statement.leases![0]!.fen % 120_000).toBe(0);
    expect(statement.occupancy).toEqual([{ kind: "room", ground: null, total: 1, let: 1 }]);
  });

  test("corrected is a new version with its reason; the one before stays and says its own", async () => {
    const { community } = await quarter();
    const { draftId } = must(await draft(community));
    must(await publishStatement(chair(community), draftId));
    const correct = (why: string, note: string, number = 1) => draft(community, { note, corrects: { number, why } });
    expect(reasonOf(await correct("", "补充说明"))).toBe("reason_missing");
    expect(reasonOf(await correct("看错", ""))).toBe("nothing_differs");
    expect(reasonOf(await correct("看错", "补充说明", 9))).toBe("unknown_statement");
    const second = must(await correct("漏写说明", "补充说明"));
    expect(must(await publishStatement(chair(community), second.draftId))).toMatchObject({ number: 1, version: 2 });
    const scene = sceneAt(community);
    const [versions, first] = await scene.db.read(listVersions(scene, 1), findStatement(scene, 1, 1));
    expect(versions.map(({ version, why }) => [version, why])).toEqual([
      [2, "漏写说明"],
      [1, ""],
    ]);
    expect(statementFrom(first[0]!).content.note).toBe("");
  });

  test("two chairs at once publish it once; given up it is published no more", async () => {
    const { community } = await quarter();
    const { draftId } = must(await draft(community));
    const other = { ...chair(community), actor: { ...chair(community).actor, personId: "person-deputy" as never } };
    const both = await Promise.all([publishStatement(chair(community), draftId), publishStatement(other, draftId)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const { community: second } = await quarter();
    const given = must(await draft(second));
    must(await withdrawStatement(accountant(second), given.draftId));
    must(await withdrawStatement(accountant(second), given.draftId));
    expect(reasonOf(await publishStatement(chair(second), given.draftId))).toBe("wrong_statement_state");
    must(await draft(second));
  });

  test("stays as it is whoever writes: the table refuses another content, a gap, and the drafter's own hand", async () => {
    const { community } = await quarter();
    const { draftId } = must(await draft(community));
    const scene = chair(community);
    const update = (set: ReturnType<typeof sql>) =>
      scene.db.write([
        scene.db.run(
          sql`UPDATE ledger_statement SET ${set} WHERE community_id = ${community.id} AND draft_id = ${draftId}`,
        ),
      ]);
    const publish = (number: number, by: string) =>
      update(
        sql`state = 'published', number = CAST(${number} AS INTEGER), version = 1, leaf_hash = 'x', ended_by = ${by}, ended_at = 1`,
      );
    expect((await publish(2, "somebody")).ok).toBe(false);
    await expect(publish(1, "person-accountant")).rejects.toThrow(/CHECK/);
    expect((await update(sql`content = '{}'`)).ok).toBe(false);
    must(await publishStatement(scene, draftId));
    expect((await update(sql`why = 'x'`)).ok).toBe(false);
  });
});

describe("the pages", () => {
  const NEW_YEAR = startOf("2027-01-10");
  const base = (community: CommunityAddress) => `/c/${community.slug}/accounts`;

  test("of a neighbour: home and statement say the same figures, each leads to its vouchers, the notice has its code", async () => {
    const { community } = await quarter();
    const { draftId } = must(await draft(community));
    const neighbour = stranger(NEW_YEAR);
    expect(textOf(await (await neighbour.get(base(community))).text())).toContain("2026年第四季度的账正在整理");
    must(await publishStatement(chair(community), draftId));
    const home = await (await neighbour.get(base(community))).text();
    for (const words of [
      "2026年第四季度公共收益收支公示",
      "1,000.00元",
      "2笔未达账项，差额都已说明",
      "下一期是2027年第一季度",
    ])
      expect(textOf(home)).toContain(words);
    const html = await (await neighbour.get(`${base(community)}/statements/1`)).text();
    for (const words of ["七、本期结余", "公有用房出租", "押金另列", "某银行", "每一元用到了哪里"])
      expect(textOf(html)).toContain(words);
    expect(html).not.toContain("张小明");
    const figure = /href="([^"]*\/of\/4001\.03\?to=2026-12)"/.exec(html)![1]!;
    const postings = textOf(await (await neighbour.get(figure)).text());
    expect(postings).toContain("2026年11月第1号");
    const notice = await (await neighbour.get(`${base(community)}/statements/1/notice`)).text();
    expect(notice).toContain('class="qr"');
    expect(textOf(notice)).toContain("2026年第四季度公共收益收支公示");
    expect(textOf(await (await neighbour.get(`${base(community)}/statements`)).text())).toContain("2026年第四季度");
    for (const path of [
      "statements/2",
      "statements/0",
      "statements/x",
      "statements/1?version=2",
      "statements/9/notice",
    ])
      expect((await neighbour.get(`${base(community)}/${path}`)).status, path).toBe(404);
  });

  test("of the desk: what is off is said before anything is drafted, and late is late in public", async () => {
    const { community } = await quarter("1,000.01");
    const preview = (await previewStatement(accountant(community), "common"))!;
    expect(preview.faults).toEqual([{ reason: "bank_off", account: "1002.01", byFen: -1 }]);
    const late = stranger(startOf("2027-03-20"));
    expect(textOf(await (await late.get(base(community))).text())).toMatch(/已逾期\d+天/);
    expect(textOf(await (await late.get(`/c/${community.slug}`)).text())).toMatch(/已逾期\d+天/);
  });

  test("read the same rows at sixty vouchers as at three, in one round trip", async () => {
    const costs = async (vouchers: number) => {
      const community = await withBook("2026-10");
      for (let at = 0; at < vouchers; at += 1) await posted(community, rentOf(100));
      for (const period of ["2026-10", "2026-11", "2026-12"])
        must(await closePeriod(keeping(community, "accountant", NEW_YEAR), { book: "common", period }));
      const { accountId } = must(await openBankAccount(accountant(community), ACCOUNT, newOnce()));
      const file = bankFile(`20261120,合并入账,,${vouchers}.00,${vouchers}.00,某,1`);
      must(await takeStatement(keeping(community, "treasurer", LATER), accountId, file, null, newOnce()));
      must(await publishStatement(chair(community), must(await draft(community)).draftId));
      const paths = ["", "/statements/1", "/statements/1/notice", "/statements"];
      const measured: { roundTrips: number; rowsRead: number; rowsWritten: number }[] = [];
      for (const path of paths) {
        const { env, asked } = countingEnv();
        const app = createApp({ demo: false, now: async () => NEW_YEAR });
        const get = () => app.request(`http://localhost${base(community)}${path}`, {}, env);
        await get(); // the community's address is looked up once
        Object.assign(asked, { roundTrips: 0, rowsRead: 0, rowsWritten: 0 });
        expect((await get()).status).toBe(200);
        measured.push({ ...asked });
      }
      return measured;
    };
    const [few, many] = [await costs(3), await costs(60)];
    for (const [at, one] of many.entries()) {
      expect(one).toMatchObject({ roundTrips: 1, rowsWritten: 0 });
      expect(Math.abs(one.rowsRead - few[at]!.rowsRead)).toBeLessThanOrEqual(ROWS_BEHIND);
    }
  }, 120_000);
});
