/** Statements through workerd and D1: told of closed months only, by two people, with book and bank agreeing; versions stay; the page costs the same at any size. */
import { describe, expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import {
  confirmMatches,
  findBankAccount,
  openBankAccount,
  reconcileOn,
  takeStatement,
  viewMatching,
} from "../../src/ledger/bank/actions.ts";
import { closePeriod } from "../../src/ledger/books/actions.ts";
import {
  draftStatement,
  publishStatement,
  statementHash,
  withdrawStatement,
} from "../../src/ledger/statements/actions.ts";
import { findStatement, listVersions, statementFrom } from "../../src/ledger/statements/store.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { sceneAt } from "./community-of-test.ts";
import { credit, debit, keeping, must, posted, rentOf, withBook } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";

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
