/** Exports through workerd and D1: every format of a year, balances that are the books', names masked, and the JSON of a statement. */
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import { closePeriod, draftReversal, reviewVoucher } from "../../src/ledger/books/actions.ts";
import { closingFen } from "../../src/ledger/books/rules.ts";
import { listMovements } from "../../src/ledger/books/store.ts";
import { sceneAt } from "./community-of-test.ts";
import { stranger } from "./desk-of-test.ts";
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
