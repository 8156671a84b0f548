/** A year of the fund, frozen and published, through workerd and D1 (F9; MF 30). */
import { describe, expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import { openBankAccount } from "../../src/ledger/bank/actions.ts";
import { takeStatement } from "../../src/ledger/bank/taking/actions.ts";
import { approveVoucher, openBook, reviewVoucher } from "../../src/ledger/books/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import { enterAmounts, fundUnitsOn, shareIn } from "../../src/ledger/fund/actions.ts";
import { publishYear } from "../../src/ledger/fund/yearly/actions.ts";
import { listEditions, yearFrom } from "../../src/ledger/fund/yearly/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { signedIn, textOf } from "./desk-of-test.ts";
import { keeping, must, TODAY } from "./ledger-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";
import { get, wordsOf } from "./public-of-test.ts";

const FILE = [{ fileId: "f", name: "回单.pdf", sha256: "0".repeat(64) }];
const JANUARY = startOf("2027-01-20") + 12 * 3_600_000;
const NOTHING = { year: 2026, comparedWith: "", why: "" };
const reasonsOf = (result: { ok: boolean; error?: unknown }) => {
  const error = result.error as { reason: string; faults?: { reason: string }[] } | undefined;
  return error?.faults?.map(({ reason }) => reason) ?? (error ? [error.reason] : []);
};

async function post(community: CommunityAddress, voucherId: string, now = TODAY) {
  const row = must(await reviewVoucher(keeping(community, "accountant", now), voucherId));
  if (row.state === "reviewed") must(await approveVoucher(keeping(community, "chair", now), voucherId));
}
/** 3,000.00 paid in in November 2026 for three homes; an account at a bank where asked. */
async function withFund(bank = true) {
  const community = await makeStaffedCommunity(OFFICERS);
  must(await openBook(keeping(community, "accountant"), { book: "fund", from: "2026-11" }, newOnce()));
  await importFile(community, csvOf(...manyRows(3)));
  const units = await fundUnitsOn(sceneAt(community, TODAY), "2026-11-23");
  const lines = units.map(({ building, entrance, room }) => `${building},${entrance},${room},1000.00,1000.00`);
  const table = new TextEncoder().encode(`楼栋,单元,房号,金额,首期应交额\n${lines.join("\n")}\n`);
  const entering = { kind: "deposit", onDay: "2026-11-20", words: "首期交存" } as const;
  await post(
    community,
    must(await enterAmounts(keeping(community, "treasurer"), entering, table, [], newOnce())).voucherId,
  );
  if (!bank) return { community, accountId: "" };
  const { accountId } = must(
    await openBankAccount(
      keeping(community, "accountant"),
      {
        book: "fund",
        ledgerAccount: "1002.01",
        holder: "assembly",
        holderName: "金桂苑业主大会",
        bank: "某银行",
        number: "622200001111",
      },
      newOnce(),
    ),
  );
  return { community, accountId };
}
async function statement(community: CommunityAddress, accountId: string, ...lines: readonly string[]) {
  const csv = `日期,收入,支出,余额\r\n${lines.join("\r\n")}\r\n`;
  const file = { name: `${lines.length}.csv`, bytes: new TextEncoder().encode(csv) };
  must(await takeStatement(keeping(community, "treasurer", JANUARY), accountId, file, null, newOnce()));
}
const close = async (community: CommunityAddress, ...periods: readonly string[]) => {
  for (const period of periods)
    must(await closePeriod(keeping(community, "accountant", JANUARY), { book: "fund", period }));
};
const publish = (community: CommunityAddress, more: object = {}, now = JANUARY) =>
  publishYear(keeping(community, "chair", now), { ...NOTHING, ...more });

describe("a year of the fund", () => {
  test("is frozen once it is closed and the bank agrees; once, with its leaf; and says so in public", async () => {
    const { community, accountId } = await withFund();
    expect(reasonsOf(await publish(community, { year: 2025 }))).toEqual(["unknown_year"]);
    expect(reasonsOf(await publish(community, {}, TODAY))).toEqual(["year_not_over"]);
    expect(reasonsOf(await publish(community))).toEqual(["months_open"]);
    await close(community, "2026-11", "2026-12");
    expect(reasonsOf(await publish(community))).toEqual(["bank_without_statement"]);
    await statement(
      community,
      accountId,
      "2026-11-20,2999.99,,2999.99",
      "2026-12-31,0.01,,3000.00",
      "2027-01-05,5.00,,3005.00",
    );
    const both = await Promise.all([publish(community), publish(community)]);
    expect(both.some(({ ok }) => ok)).toBe(true);
    expect(must(await publish(community)).edition).toBe(1);
    const scene = sceneAt(community, JANUARY);
    const [stored] = await scene.db.read(listEditions(scene, 2026));
    expect(stored).toHaveLength(1);
    const { content } = yearFrom(stored[0]!);
    expect(content).toMatchObject({ from: "2026-11", openingFen: 0, closingFen: 300_000 });
    expect(content.buildings).toEqual([{ building: "1栋", units: 3, balanceFen: 300_000 }]);
    expect(content.banks).toMatchObject([{ bookFen: 300_000, bankFen: 300_000 }]);
    const words = wordsOf((await get(`/c/${community.slug}/accounts/fund/years/2026`, JANUARY)).text);
    for (const part of ["第1版", "定稿公布", "3,000.00", "某银行"]) expect(words).toContain(part);
    for (const change of [sql`UPDATE fund_year SET why = 'x'`, sql`DELETE FROM fund_year`])
      expect((await scene.db.write([scene.db.run(change)])).ok).toBe(false);
  });

  test("does not change when the fund moves on; its balances are those of its last day", async () => {
    const { community } = await withFund(false);
    await close(community, "2026-11", "2026-12");
    const interest = { kind: "interest", onDay: "2027-01-10", words: "利息", amountFen: 300 } as const;
    await post(
      community,
      must(await shareIn(keeping(community, "treasurer", JANUARY), interest, FILE, newOnce())).voucherId,
      JANUARY,
    );
    expect(reasonsOf(await publish(community))).toEqual(["compared_missing"]);
    const compared = { comparedWith: "区维修资金中心2026年末对账单" };
    expect(must(await publish(community, compared)).edition).toBe(1);
    const scene = sceneAt(community, JANUARY);
    const [stored] = await scene.db.read(listEditions(scene, 2026));
    expect(yearFrom(stored[0]!).content).toMatchObject({ closingFen: 300_000, buildings: [{ balanceFen: 300_000 }] });
    // A correction says why, and the one before stays readable.
    const other = { comparedWith: "2026年末对账单（更正）" };
    expect(reasonsOf(await publish(community, other))).toEqual(["why_missing"]);
    expect(must(await publish(community, { ...other, why: "对账单名称写错" })).edition).toBe(2);
    const page = `/c/${community.slug}/accounts/fund/years/2026`;
    expect(wordsOf((await get(page, JANUARY)).text)).toContain("对账单名称写错");
    expect(wordsOf((await get(`${page}?edition=1`, JANUARY)).text)).toContain("已被第2版更正");
    expect((await get(`${page}?edition=3`, JANUARY)).status).toBe(404);
  });

  test("that is late shows in public, at the desk and in the calendar until it is published", async () => {
    const { community } = await withFund(false);
    const base = `/c/${community.slug}`;
    const [due, late] = [startOf("2027-03-31") + 1, startOf("2027-04-01") + 1];
    expect(wordsOf((await get(`${base}/accounts/fund`, due)).text)).not.toContain("逾期没有公布");
    expect(wordsOf((await get(`${base}/accounts/fund`, late)).text)).toContain("2026年的账目逾期没有公布");
    expect((await get(`${base}/calendar.ics`, due)).text.replace(/\r\n /g, "")).toContain("公布2026年维修资金账目截止");
    const chair = await signedIn(community, "committee_chair", late);
    await chair.get(`${base}/desk`);
    expect(textOf(chair.page)).toContain("公布2026年维修资金账目");
    await chair.get(`${base}/desk/ledger/fund/years/2026`);
    expect(textOf(chair.page)).toContain("一个月都没有结账");
    await close(community, "2026-11", "2026-12");
    await chair.get(`${base}/desk/ledger/fund/years/2026`);
    expect((await chair.submit(`${base}/desk/ledger/fund/years/2026`, { comparedWith: "" })).status).toBe(422);
    expect((await chair.submit(`${base}/desk/ledger/fund/years/2026`, { comparedWith: "2026年末对账单" })).status).toBe(
      303,
    );
    await chair.get(`${base}/desk/ledger/fund/years`);
    expect(textOf(chair.page)).toContain("晚于期限");
    expect(wordsOf((await get(`${base}/accounts/fund`, late)).text)).not.toContain("逾期没有公布");
    expect((await get(`${base}/feed.atom`, late)).text).toContain("公布2026年维修资金账目");
  });
});
