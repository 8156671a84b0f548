/** Asking owners to top up the fund, through workerd and D1: once a year each, never at night, nobody who has paid by then. */
import { expect, test } from "vitest";
import { dayOf, startOf } from "../../src/kernel/day.ts";
import { approveVoucher, openBook, reviewVoucher } from "../../src/ledger/books/actions.ts";
import { enterAmounts, fundUnitsOn } from "../../src/ledger/fund/actions.ts";
import { askToTopUp } from "../../src/ledger/fund/asking/actions.ts";
import { countLow, listLowUnits } from "../../src/ledger/fund/asking/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { sendDue } from "../../src/platform/outbox/actions.ts";
import { sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { signedIn, textOf } from "./desk-of-test.ts";
import { keeping, must, TODAY } from "./ledger-of-test.ts";
import { newOnce, numberIn } from "./meeting-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";

const KEEPERS = [
  ...OFFICERS,
  { post: "treasurer", name: "钱出纳", phone: "13800000021", act: "engagement", document: "聘用合同" },
] as const;

async function pay(community: CommunityAddress, now: number, yuan: readonly string[], first: string) {
  const units = await fundUnitsOn(sceneAt(community, now), dayOf(now));
  const lines = yuan.map((amount, at) => {
    const { building, entrance, room } = units[at]!;
    return `${building},${entrance},${room},${amount},${first}`;
  });
  const table = new TextEncoder().encode(`楼栋,单元,房号,金额,首期应交额\n${lines.join("\n")}\n`);
  const entering = { kind: "deposit", onDay: "2026-11-20", words: "交存" } as const;
  const { voucherId } = must(await enterAmounts(keeping(community, "treasurer", now), entering, table, [], newOnce()));
  const row = must(await reviewVoucher(keeping(community, "accountant", now), voucherId));
  if (row.state === "reviewed") must(await approveVoucher(keeping(community, "chair", now), voucherId));
}
async function withLow(): Promise<CommunityAddress> {
  const community = await makeStaffedCommunity(KEEPERS);
  must(await openBook(keeping(community, "accountant"), { book: "fund", from: "2026-10" }, newOnce()));
  await importFile(community, csvOf(...manyRows(4)));
  // A fen below thirty per cent, thirty per cent exactly, nothing at all but what it takes to be entered, and all of it.
  await pay(community, TODAY, ["299.99", "300.00", "0.01", "1000.00"], "1000.00");
  return community;
}
const asked = (community: CommunityAddress) =>
  numberIn(community, sql`SELECT count(*) AS n FROM fund_reminder WHERE community_id = ${community.id}`);

test("those below are asked once a year, two at once ask nobody twice, and the record says how many", async () => {
  const community = await withLow();
  const treasurer = keeping(community, "treasurer");
  const [low] = await treasurer.db.read(listLowUnits(treasurer, 2026, { limit: 10, offset: 0 }));
  expect(low.map(({ balanceFen, askedAt }) => [balanceFen, askedAt])).toEqual([
    [29_999, null],
    [1, null],
  ]);
  const both = await Promise.all([askToTopUp(treasurer), askToTopUp(treasurer)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await asked(community)).toBe(2);
  expect(await askToTopUp(treasurer)).toMatchObject({ error: { reason: "nobody_to_ask" } });
  const [counts] = await treasurer.db.read(countLow(treasurer, 2026));
  expect(counts).toEqual([{ units: 2, asked: 2 }]);
  const leaves = sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND instr(entry, 'fund.asked') > 0`;
  expect(await numberIn(community, leaves)).toBe(1);
  // The year after they are asked again.
  expect(must(await askToTopUp(keeping(community, "treasurer", startOf("2027-01-04")))).asked).toBe(2);
  const scene = sceneAt(community, TODAY);
  for (const statement of [sql`DELETE FROM fund_reminder`, sql`UPDATE fund_reminder SET missing_fen = 1`])
    expect((await scene.db.write([scene.db.run(statement)])).ok).toBe(false);
});

test("word goes to the unit's owner by day, and to nobody who has topped up by then", async () => {
  const community = await withLow();
  const night = startOf("2026-11-23") + 23 * 3_600_000;
  must(await askToTopUp(keeping(community, "treasurer", night)));
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
  const morning = night + 10 * 3_600_000;
  await pay(community, morning, ["0.01"], "");
  await sendDue(sceneAt(community, morning), adapter);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain("至少299.99元");
  expect(texts[0]).toMatch(/^1\d{10} /);
});

test("the desk lists them with a button, and says when they were asked", async () => {
  const community = await withLow();
  const desk = `/c/${community.slug}/desk`;
  const treasurer = await signedIn(community, "treasurer", TODAY);
  await treasurer.get(desk);
  expect(textOf(treasurer.page)).toContain("2户不足首期的30%，今年还没有提醒");
  await treasurer.get(`${desk}/ledger/fund/low`);
  for (const words of ["提醒今年还没有提醒过的2户", "299.99", "还没有"])
    expect(textOf(treasurer.page)).toContain(words);
  expect((await treasurer.submit(`${desk}/ledger/fund/low`)).status).toBe(303);
  await treasurer.get(`${desk}/ledger/fund/low`);
  expect(textOf(treasurer.page)).toContain("共2户，今年已提醒2户");
  await treasurer.get(desk);
  expect(textOf(treasurer.page)).not.toContain("今年还没有提醒");
});
