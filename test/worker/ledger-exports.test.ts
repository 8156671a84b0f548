/** Exports through workerd and D1: every format of a year, balances that are the books', names masked, and the JSON of a statement. */
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import { draftReversal, reviewVoucher } from "../../src/ledger/books/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import { closingFen } from "../../src/ledger/books/rules.ts";
import { listMovements } from "../../src/ledger/books/store.ts";
import { sql } from "../../src/platform/db.ts";
import { sceneAt } from "./community-of-test.ts";
import { stranger, textOf } from "./desk-of-test.ts";
import { keeping, must, posted, rentOf, withBook } from "./ledger-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";

const NOW = startOf("2026-12-20");

async function kept() {
  const community = await withBook("2026-10");
  const first = await posted(community, rentOf(120_050, { on: "2026-10-08", text: "=1+1" }));
  await posted(community, rentOf(99));
  const back = must(
    await draftReversal(keeping(community, "treasurer"), { voucherId: first.voucherId, why: "记错" }, newOnce()),
  );
  must(await reviewVoucher(keeping(community, "accountant"), back.voucherId));
  must(await closePeriod(keeping(community, "accountant", NOW), { book: "common", period: "2026-10" }));
  await posted(community, rentOf(700, { on: "2026-11-21" }));
  return community;
}

describe("a year taken away", () => {
  test("is in every format, with nobody's name, no formula, and the hash of each file", async () => {
    const community = await kept();
    const base = `/c/${community.slug}/accounts/export`;
    const neighbour = stranger(NOW);
    expect((await neighbour.get(base)).status).toBe(200);
    const csv = await (await neighbour.get(`${base}/common/2026.csv`)).text();
    expect(csv.split("\r\n")[0]).toContain("凭证号,日期,摘要");
    expect(csv).toContain(",'=1+1,");
    expect(csv).not.toContain("张小明");
    expect(csv).toContain("2026-10-0001");
    const sheet = await neighbour.send(`${base}/common/2026.xlsx`);
    expect([...new Uint8Array(await sheet.arrayBuffer()).slice(0, 2)]).toEqual([0x50, 0x4b]);
    const zip = unzipSync(new Uint8Array(await (await neighbour.send(`${base}/common/2026.zip`)).arrayBuffer()));
    expect(Object.keys(zip).sort()).toEqual(["SHA256SUMS", "common.beancount", "common.csv", "common.journal"]);
    for (const path of ["common/2025.csv", "fund/2026.csv"])
      expect((await neighbour.get(`${base}/${path}`)).status, path).toBe(404);
    for (const path of ["common/2026.exe", "common/2026-13.csv", "common/x"])
      expect((await neighbour.get(`${base}/${path}`)).status, path).toBe(404);
    expect((await neighbour.get(`${base}/common/2026-12.journal`)).status).toBe(409);
  });

  test("adds up to the books' balances, from the beginning and from a month that begins with what was carried", async () => {
    const community = await kept();
    const scene = sceneAt(community, NOW);
    const [movements] = await scene.db.read(listMovements(scene, "common", "2026-11", "2026-11"));
    const bank = closingFen(movements.find(({ account }) => account === "1002.01")!);
    for (const name of ["2026.journal", "2026-11.journal", "2026.beancount", "2026-11.beancount"]) {
      const text = await (await stranger(NOW).get(`/c/${community.slug}/accounts/export/common/${name}`)).text();
      const amounts = [...text.matchAll(/01-业主共有资金专户\s+(-?)(\d+)\.(\d\d) CNY/g)];
      const sum = amounts.reduce(
        (all, [, sign, yuan, fen]) => all + (sign ? -1 : 1) * (Number(yuan) * 100 + Number(fen)),
        0,
      );
      expect(sum, name).toBe(bank);
      const all = [...text.matchAll(/\s{2,}(-?)(\d+)\.(\d\d) CNY$/gm)];
      expect(
        all.reduce((rest, [, sign, yuan, fen]) => rest + (sign ? -1 : 1) * (Number(yuan) * 100 + Number(fen)), 0),
      ).toBe(0);
    }
  });

  test("of twelve thousand vouchers is text of any size, page by page; a workbook says what to take instead", async () => {
    const community = await withBook("2026-11");
    const many = 12_345;
    const { db } = sceneAt(community, NOW);
    // As many as nobody posts one by one in a test: put there as posted.
    const written = await db.write([
      db.run(sql`DROP TRIGGER ledger_voucher_begins_waiting`),
      db.run(
        sql`WITH RECURSIVE n(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < ${sql.raw(String(many))})
            INSERT INTO ledger_voucher(community_id, voucher_id, book, kind, period, on_day, text, lines, amount_fen, counterparty_sealed, counterparty_shown,
              attachments, hands, state, drafted_by, drafted_at, reviewed_by, reviewed_at, number, posted_at, draft_leaf, leaf_hash)
            SELECT ${community.id}, 'many-' || at, 'common', 'ordinary', '2026-11', printf('2026-11-%02d', 1 + at * 20 / ${sql.raw(String(many))}), '停车' || at,
              json_array(json_object('account', '1002.01', 'side', 'debit', 'amountFen', at), json_object('account', '4001.01', 'side', 'credit', 'amountFen', at)),
              at, 'x', '车*', '[]', 'review', 'posted', 'a', 0, 'b', 0, at, 0, 'x', printf('%064x', at) FROM n`,
      ),
    ]);
    expect(written.ok).toBe(true);
    const base = `/c/${community.slug}/accounts/export/common`;
    const neighbour = stranger(NOW);
    const csv = (await (await neighbour.send(`${base}/2026-11.csv`)).text()).trimEnd().split("\r\n");
    expect(csv).toHaveLength(1 + 2 * many);
    // None is left out or told twice where one page ends and the next begins.
    expect(new Set(csv.slice(1).map((line) => line.split(",")[0])).size).toBe(many);
    for (const [name, each] of [
      ["journal", /^2026-11-\d\d \* /gm],
      ["beancount", /^2026-11-\d\d \* /gm],
    ] as const) {
      const text = await (await neighbour.send(`${base}/2026-11.${name}`)).text();
      expect(text.match(each)).toHaveLength(many);
      const fen = [...text.matchAll(/01-业主共有资金专户\s+(\d+)\.(\d\d) CNY/g)].map((one) =>
        Number(one[1]! + one[2]!),
      );
      expect(fen.reduce((sum, one) => sum + one, 0)).toBe((many * (many + 1)) / 2);
    }
    for (const name of ["2026-11.xlsx", "2026.zip"]) {
      const refused = await neighbour.get(`${base}/${name}`);
      expect([refused.status, textOf(await refused.text())]).toEqual([
        422,
        expect.stringContaining("请下载 CSV、hledger"),
      ]);
    }
  }, 60_000);

  test("is JSON too: what is due, and a statement that is not there is not found", async () => {
    const community = await kept();
    const api = `/api/communities/${community.slug}/accounts`;
    const neighbour = stranger(NOW);
    expect(await (await neighbour.get(api)).json()).toMatchObject({
      books: [{ book: "common", from: "2026-10", to: "2026-12", state: "running", daysLate: 0 }],
      statements: [],
    });
    expect((await neighbour.get(`${api}/statements/1`)).status).toBe(404);
    expect((await neighbour.get(`${api}/statements/x`)).status).toBe(422);
    expect(JSON.stringify(await (await neighbour.get("/openapi.json")).json())).toContain("StatementContent");
  });
});
