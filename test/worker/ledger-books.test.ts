/** The books through workerd and D1: numbers without gaps, periods that stay closed, balances that follow, and tables that refuse what the code above would not ask. */
import { describe, expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import { addAccount, endAccount } from "../../src/ledger/books/accounts/actions.ts";
import {
  approveVoucher,
  draftReversal,
  draftVoucher,
  openBook,
  openCounterparty,
  refuseVoucher,
  reviewVoucher,
  viewBook,
  withdrawVoucher,
} from "../../src/ledger/books/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import {
  countWaitingFor,
  countWaitingIn,
  findVoucher,
  listMovements,
  listPosted,
  listPostingsOf,
  listWaiting,
  voucherFrom,
} from "../../src/ledger/books/store.ts";
import { sql } from "../../src/platform/db.ts";
import { ROWS_BEHIND, sceneAt, staffSceneAt } from "./community-of-test.ts";
import { credit, debit, keeping, must, posted, rentOf, TODAY, withBook } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);

describe("a voucher", () => {
  test("is drafted by one, seen by all, posted by another with its leaf, and its person is masked", async () => {
    const community = await withBook();
    const treasurer = keeping(community, "treasurer");
    const { voucherId } = must(await draftVoucher(treasurer, rentOf(120_000), newOnce()));
    const [waiting] = await treasurer.db.read(listWaiting(treasurer, "common"));
    expect(waiting.map((row) => row.voucherId)).toEqual([voucherId]);
    expect(reasonOf(await reviewVoucher(treasurer, voucherId))).toBe("own_voucher");
    const row = must(await reviewVoucher(keeping(community, "accountant"), voucherId));
    expect(row).toMatchObject({ state: "posted", number: 1, period: "2026-11", counterpartyShown: "张**" });
    expect(await openCounterparty(sceneAt(community), row)).toBe("张小明");
    const stored = await numberIn(
      community,
      sql`SELECT count(*) AS n FROM ledger_voucher WHERE counterparty_sealed LIKE '%张小明%' AND community_id = ${community.id}`,
    );
    expect(stored).toBe(0);
    const leaves = await numberIn(
      community,
      sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND type = 'voucher.posted' AND leaf_hash = ${row.leafHash}`,
    );
    expect(leaves).toBe(1);
    const named = await numberIn(
      community,
      sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND instr(entry, '张') > 0`,
    );
    expect(named).toBe(0);
  });

  test("above a limit takes a third person, and above the next an owners' decision", async () => {
    const community = await withBook();
    const treasurer = keeping(community, "treasurer");
    const [accountant, chair] = [keeping(community, "accountant"), keeping(community, "chair")];
    const { voucherId } = must(await draftVoucher(treasurer, rentOf(200_001), newOnce()));
    expect(must(await reviewVoucher(accountant, voucherId)).state).toBe("reviewed");
    expect(reasonOf(await approveVoucher(accountant, voucherId))).toBe("own_review");
    expect(reasonOf(await approveVoucher(treasurer, voucherId))).toBe("own_voucher");
    expect(must(await approveVoucher(chair, voucherId))).toMatchObject({ state: "posted", number: 1 });
    expect(must(await approveVoucher(chair, voucherId)).number).toBe(1);
    const spent = {
      lines: [debit("5001.03", 5_000_001), credit("1002.01", 5_000_001)],
      attachments: [{ fileId: "f1", name: "发票.pdf", sha256: "0".repeat(64) }],
    };
    const huge = await draftVoucher(treasurer, rentOf(5_000_001, spent), newOnce());
    expect(JSON.stringify(huge)).toContain("decision_missing");
    must(await draftVoucher(treasurer, rentOf(5_000_001, { ...spent, decision: "第1次会议/2" }), newOnce()));
    must(await draftVoucher(treasurer, rentOf(5_000_001), newOnce()));
  });

  test("sent twice is one; the same key with another body is refused", async () => {
    const community = await withBook();
    const treasurer = keeping(community, "treasurer");
    const once = newOnce();
    const first = must(await draftVoucher(treasurer, rentOf(100), once));
    expect(must(await draftVoucher(treasurer, rentOf(100), once))).toEqual(first);
    expect(reasonOf(await draftVoucher(treasurer, rentOf(101), once))).toBe("key_reused");
  });

  test("sent back says why and is posted no more; given up by its own only", async () => {
    const community = await withBook();
    const treasurer = keeping(community, "treasurer");
    const accountant = keeping(community, "accountant");
    const one = must(await draftVoucher(treasurer, rentOf(100), newOnce()));
    expect(reasonOf(await refuseVoucher(accountant, one.voucherId, " "))).toBe("why_missing");
    expect(must(await refuseVoucher(accountant, one.voucherId, "缺合同"))).toMatchObject({
      state: "refused",
      endedWhy: "缺合同",
    });
    expect(reasonOf(await reviewVoucher(accountant, one.voucherId))).toBe("wrong_voucher_state");
    const two = must(await draftVoucher(treasurer, rentOf(100), newOnce()));
    expect(reasonOf(await withdrawVoucher(accountant, two.voucherId))).toBe("not_the_drafter");
    expect(must(await withdrawVoucher(treasurer, two.voucherId)).state).toBe("withdrawn");
    expect(reasonOf(await reviewVoucher(accountant, "0000000000000000"))).toBe("unknown_voucher");
  });

  test("two reviewers at once post it once", async () => {
    const community = await withBook();
    const { voucherId } = must(await draftVoucher(keeping(community, "treasurer"), rentOf(100), newOnce()));
    const other = staffSceneAt(community, "person-other", ["ledger.review"], TODAY);
    const both = await Promise.all([
      reviewVoucher(keeping(community, "accountant"), voucherId),
      reviewVoucher(other, voucherId),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM ledger_posting WHERE community_id = ${community.id}`),
    ).toBe(2);
  });

  test("eight posted at once have eight numbers and no gap, and the balance is their sum", async () => {
    const community = await withBook();
    const drafts = await Promise.all(
      Array.from({ length: 8 }, (_, at) => draftVoucher(keeping(community, "treasurer"), rentOf(100 + at), newOnce())),
    );
    const rows = await Promise.all(
      drafts.map((draft) => reviewVoucher(keeping(community, "accountant"), must(draft).voucherId)),
    );
    expect(rows.map((row) => must(row).number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const scene = sceneAt(community);
    const [movements] = await scene.db.read(listMovements(scene, "common", "2026-11", "2026-11"));
    expect(movements).toEqual([
      { account: "1002.01", openingFen: 0, debitFen: 828, creditFen: 0 },
      { account: "4001.03", openingFen: 0, debitFen: 0, creditFen: 828 },
    ]);
  });

  test("is taken back once, linked both ways, and the accounts are as before", async () => {
    const community = await withBook();
    const treasurer = keeping(community, "treasurer");
    const first = await posted(community, rentOf(100));
    const back = must(await draftReversal(treasurer, { voucherId: first.voucherId, why: "记错科目" }, newOnce()));
    const again = must(await draftReversal(treasurer, { voucherId: first.voucherId, why: "记错科目" }, newOnce()));
    const reversal = must(await reviewVoucher(keeping(community, "accountant"), back.voucherId));
    expect(reversal).toMatchObject({ kind: "reversal", reversesId: first.voucherId, number: 2 });
    expect(reasonOf(await reviewVoucher(keeping(community, "accountant"), again.voucherId))).toBe("reversed_already");
    const [rows] = await treasurer.db.read(findVoucher(treasurer, first.voucherId));
    expect(voucherFrom(rows[0]!).reversedBy).toBe(back.voucherId);
    const ask = (voucherId: string) => draftReversal(treasurer, { voucherId, why: "再" }, newOnce());
    expect(reasonOf(await ask(first.voucherId))).toBe("reversed_already");
    expect(reasonOf(await ask(back.voucherId))).toBe("reversal_of_a_reversal");
    expect(reasonOf(await ask(again.voucherId))).toBe("not_posted");
    const [movements] = await treasurer.db.read(listMovements(treasurer, "common", "2026-11", "2026-11"));
    expect(movements.every(({ debitFen, creditFen }) => debitFen === 100 && creditFen === 100)).toBe(true);
  });
});

describe("a period", () => {
  const LATER = startOf("2026-12-05");

  test("closed stays closed: nothing is posted into it, what waits keeps it open, a late reversal stands in the next", async () => {
    const community = await withBook("2026-11");
    const row = await posted(community, rentOf(100));
    const { voucherId } = must(await draftVoucher(keeping(community, "treasurer"), rentOf(200), newOnce()));
    const close = (period: string) => closePeriod(keeping(community, "accountant", LATER), { book: "common", period });
    expect(reasonOf(await closePeriod(keeping(community, "accountant"), { book: "common", period: "2026-11" }))).toBe(
      "period_running",
    );
    expect(await close("2026-11")).toEqual({ ok: false, error: { reason: "vouchers_waiting", waiting: 1 } });
    must(await withdrawVoucher(keeping(community, "treasurer"), voucherId));
    must(await close("2026-11"));
    must(await close("2026-11"));
    expect(reasonOf(await close("2027-01"))).toBe("not_the_next_period");
    const late = await draftVoucher(keeping(community, "treasurer", LATER), rentOf(300), newOnce());
    expect(JSON.stringify(late)).toContain("period_closed");
    const back = must(
      await draftReversal(keeping(community, "treasurer", LATER), { voucherId: row.voucherId, why: "退租" }, newOnce()),
    );
    expect(must(await reviewVoucher(keeping(community, "accountant", LATER), back.voucherId))).toMatchObject({
      period: "2026-12",
      number: 1,
    });
    const scene = sceneAt(community);
    const [movements] = await scene.db.read(listMovements(scene, "common", "2026-12", "2026-12"));
    expect(movements.find(({ account }) => account === "1002.01")).toEqual({
      account: "1002.01",
      openingFen: 100,
      debitFen: 0,
      creditFen: 100,
    });
    // Income begins each period at nothing; what is owned goes on.
    expect(movements.find(({ account }) => account === "4001.03")?.openingFen).toBe(0);
  });

  test("closed twice at once is closed once, and a posting at that moment is counted or not there", async () => {
    const community = await withBook("2026-11");
    await posted(community, rentOf(100));
    const treasurer = keeping(community, "treasurer", LATER);
    const december = must(await draftVoucher(treasurer, rentOf(70, { on: "2026-12-01" }), newOnce()));
    const closings = Array.from({ length: 3 }, () =>
      closePeriod(keeping(community, "accountant", LATER), { book: "common", period: "2026-11" }),
    );
    const all = await Promise.all([
      ...closings,
      reviewVoucher(keeping(community, "accountant", LATER), december.voucherId),
    ]);
    expect(all.every(({ ok }) => ok)).toBe(true);
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM ledger_close WHERE community_id = ${community.id}`),
    ).toBe(1);
    expect(
      await numberIn(community, sql`SELECT vouchers AS n FROM ledger_close WHERE community_id = ${community.id}`),
    ).toBe(1);
  });

  test("posting reads the same rows behind five vouchers and behind sixty, in two round trips, and so does what waits", async () => {
    const read = async (vouchers: number) => {
      const community = await withBook("2026-11");
      for (let at = 0; at < vouchers; at += 1) await posted(community, rentOf(100));
      const { voucherId } = must(await draftVoucher(keeping(community, "treasurer"), rentOf(100), newOnce()));
      const waits = sceneAt(community);
      await waits.db.read(
        listWaiting(waits, "common"),
        countWaitingFor(waits, "person-accountant"),
        countWaitingIn(waits, "common", "2026-11"),
        findVoucher(waits, voucherId),
      );
      const scene = keeping(community, "accountant");
      must(await reviewVoucher(scene, voucherId));
      return { waits: { ...waits.db.meter }, posting: { ...scene.db.meter } };
    };
    const [few, many] = [await read(5), await read(60)];
    expect(many.posting.roundTrips).toBe(2);
    expect(Math.abs(many.posting.rowsRead - few.posting.rowsRead)).toBeLessThanOrEqual(ROWS_BEHIND);
    expect(Math.abs(many.waits.rowsRead - few.waits.rowsRead)).toBeLessThanOrEqual(ROWS_BEHIND);
  });

  test("a statement reads the same rows with five vouchers and with sixty", async () => {
    const read = async (vouchers: number) => {
      const community = await withBook("2026-11");
      for (let at = 0; at < vouchers; at += 1) await posted(community, rentOf(100));
      const scene = sceneAt(community);
      await scene.db.read(listMovements(scene, "common", "2026-11", "2026-11"));
      return { ...scene.db.meter };
    };
    const [few, many] = [await read(5), await read(60)];
    expect(many.roundTrips).toBe(1);
    expect(Math.abs(many.rowsRead - few.rowsRead)).toBeLessThanOrEqual(ROWS_BEHIND);
  });
});

describe("lists", () => {
  test("go on from a number and an account opens to its postings", async () => {
    const community = await withBook();
    for (let at = 1; at <= 5; at += 1) await posted(community, rentOf(at));
    const scene = sceneAt(community);
    const [page, postings] = await scene.db.read(
      listPosted(scene, "common", "2026-11", { limit: 2, after: 2 }),
      listPostingsOf(scene, "common", "4001.03", { from: "2026-01", to: "2026-12" }, { limit: 3, offset: 3 }),
    );
    expect(page.map(({ number }) => number)).toEqual([3, 4]);
    expect(postings.map(({ creditFen, text }) => [creditFen, text])).toEqual([
      [4, "十一月租金"],
      [5, "十一月租金"],
    ]);
  });
});

describe("a book and its accounts", () => {
  test("is opened once; accounts are added, ended and not named again", async () => {
    const community = await withBook();
    const accountant = keeping(community, "accountant");
    expect(reasonOf(await openBook(accountant, { book: "common", from: "2026-02" }, newOnce()))).toBe("book_exists");
    expect(reasonOf(await openBook(accountant, { book: "fund", from: "2026-13" }, newOnce()))).toBe(
      "period_unreadable",
    );
    const asked = {
      book: "common" as const,
      code: "4001.10",
      name: { zh: "直播场地", en: "" },
      kind: "income" as const,
      postable: true,
    };
    const once = newOnce();
    must(await addAccount(accountant, asked, once));
    must(await addAccount(accountant, asked, once));
    expect(reasonOf(await addAccount(accountant, asked, newOnce()))).toBe("code_taken");
    await posted(community, rentOf(100, { on: "2026-11-23", lines: [debit("1002.01", 100), credit("4001.10", 100)] }));
    must(await endAccount(accountant, { book: "common", code: "4001.10", untilOn: "2026-11-24" }));
    must(await endAccount(accountant, { book: "common", code: "4001.10", untilOn: "2026-11-24" }));
    expect(reasonOf(await endAccount(accountant, { book: "common", code: "4001.10", untilOn: "2026-12-24" }))).toBe(
      "account_closed",
    );
    expect(reasonOf(await endAccount(accountant, { book: "common", code: "4001.77", untilOn: "2026-12-24" }))).toBe(
      "unknown_account",
    );
    expect((await viewBook(accountant, "common"))!.accounts.find(({ code }) => code === "4001.10")!.untilOn).toBe(
      "2026-11-24",
    );
    expect(await viewBook(accountant, "working")).toBeNull();
  });

  test("an account ended after the draft stops the posting", async () => {
    const community = await withBook();
    const { voucherId } = must(
      await draftVoucher(keeping(community, "treasurer"), rentOf(100, { on: "2026-11-23" }), newOnce()),
    );
    must(
      await endAccount(keeping(community, "accountant"), { book: "common", code: "4001.03", untilOn: "2026-11-23" }),
    );
    expect(reasonOf(await reviewVoucher(keeping(community, "accountant"), voucherId))).toBe("account_closed");
  });
});

describe("the tables", () => {
  test("refuse what the code above would not ask", async () => {
    const community = await withBook();
    const row = await posted(community, rentOf(100));
    const { db } = sceneAt(community);
    const draft = must(await draftVoucher(keeping(community, "treasurer"), rentOf(50), newOnce()));
    const where = sql`community_id = ${community.id} AND voucher_id = ${draft.voucherId}`;
    const attempts: [string, ReturnType<typeof sql>][] = [
      [
        "append_only",
        sql`UPDATE ledger_voucher SET amount_fen = 1 WHERE community_id = ${community.id} AND voucher_id = ${row.voucherId}`,
      ],
      [
        "append_only",
        sql`UPDATE ledger_voucher SET number = 9 WHERE community_id = ${community.id} AND voucher_id = ${row.voucherId}`,
      ],
      ["append_only", sql`DELETE FROM ledger_voucher WHERE ${where}`],
      ["append_only", sql`UPDATE ledger_voucher SET lines = '[]' WHERE ${where}`],
      [
        "number_taken",
        sql`UPDATE ledger_voucher SET state = 'posted', number = 7, reviewed_by = 'x', leaf_hash = 'y' WHERE ${where}`,
      ],
      [
        "append_only",
        sql`UPDATE ledger_posting SET debit_fen = 1 WHERE community_id = ${community.id} AND debit_fen > 0`,
      ],
      ["append_only", sql`DELETE FROM ledger_posting WHERE community_id = ${community.id}`],
      [
        "append_only",
        sql`INSERT INTO ledger_posting SELECT community_id, book, period, number, 3, account, debit_fen, credit_fen, voucher_id, on_day FROM ledger_posting WHERE community_id = ${community.id} AND line_no = 1`,
      ],
      [
        "append_only",
        sql`INSERT OR REPLACE INTO ledger_posting SELECT * FROM ledger_posting WHERE community_id = ${community.id} AND line_no = 1`,
      ],
      [
        "append_only",
        sql`INSERT OR REPLACE INTO ledger_balance SELECT community_id, book, period, account, 0, 0, 0 FROM ledger_balance WHERE community_id = ${community.id}`,
      ],
      [
        "period_closed",
        sql`UPDATE ledger_balance SET debit_fen = debit_fen - 1 WHERE community_id = ${community.id} AND debit_fen > 0`,
      ],
    ];
    for (const [code, statement] of attempts) {
      const written = await db.write([db.run(statement)]);
      expect(written.ok ? "written" : written.error.code, JSON.stringify(statement.queryChunks?.[0])).toBe(code);
    }
    // One person in two hands is refused by the table itself.
    await expect(
      db.write([
        db.run(
          sql`UPDATE ledger_voucher SET state = 'posted', number = 2, reviewed_by = drafted_by, leaf_hash = 'y' WHERE ${where}`,
        ),
      ]),
    ).rejects.toThrow();
  });

  test("refuse an unbalanced voucher whoever writes it", async () => {
    const community = await withBook();
    const { voucherId } = must(await draftVoucher(keeping(community, "treasurer"), rentOf(50), newOnce()));
    const { db } = sceneAt(community);
    const copy = (id: string, lines: string) =>
      db.run(sql`INSERT INTO ledger_voucher SELECT community_id, ${id}, book, kind, period, on_day, text, ${lines}, amount_fen, counterparty_sealed, counterparty_shown,
        attachments, decision, reverses_id, hands, state, drafted_by, drafted_at, reviewed_by, reviewed_at, approved_by, approved_at, number, posted_at, ended_by,
        ended_at, ended_why, draft_leaf, leaf_hash FROM ledger_voucher WHERE community_id = ${community.id} AND voucher_id = ${voucherId}`);
    const post = (id: string) =>
      db.run(
        sql`UPDATE ledger_voucher SET state = 'posted', number = 1, reviewed_by = 'x', leaf_hash = 'y' WHERE community_id = ${community.id} AND voucher_id = ${id}`,
      );
    const line = (account: string, side: string, amountFen: unknown) => ({ account, side, amountFen });
    const wrong = [
      [line("1002.01", "debit", 50)],
      [line("1002.01", "debit", 50), line("4001.03", "credit", 49)],
      [line("1002.01", "debit", 50), line("4001.03", "credit", -50), line("4001.03", "credit", 100)],
      [line("1002.01", "debit", 50.5), line("4001.03", "credit", 50.5)],
      [line("1002.01", "debit", "50"), line("4001.03", "credit", "50")],
      [line("1002.01", "debit", 60), line("4001.03", "credit", 60)],
      [line("1002.01", "debit", 50), line("4001.03", "sideways", 50)],
    ];
    for (const [at, lines] of wrong.entries()) {
      const id = `wrong${at}`;
      const written = await db.write([copy(id, JSON.stringify(lines)), post(id)]);
      expect(written.ok ? "written" : written.error.code, JSON.stringify(lines)).toBe("unbalanced");
    }
    const heading = await db.write([
      copy("heading", JSON.stringify([line("1002", "debit", 50), line("4001.03", "credit", 50)])),
      post("heading"),
    ]);
    expect(heading.ok ? "written" : heading.error.code).toBe("account_closed");
  });
});
