/** Budgets through workerd and D1: three hands and the owners' word, versions that stay, overspending with its reason, pages that cost the same at any size. */
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { startOf } from "../../src/kernel/day.ts";
import { openBook } from "../../src/ledger/books/actions.ts";
import { closePeriod } from "../../src/ledger/books/closing/actions.ts";
import {
  approveBudget,
  type BudgetAsked,
  budgetHash,
  draftBudget,
  explainOverspend,
  publishBudget,
  readYear,
  refuseBudget,
  reviewBudget,
  withdrawBudget,
} from "../../src/ledger/budget/actions.ts";
import { BUDGET_SETTINGS } from "../../src/ledger/budget/settings.ts";
import { draftStatement, publishStatement } from "../../src/ledger/statements/actions.ts";
import { readSettings, saveSettings } from "../../src/offices/settings/actions.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { makeCommunity, ROWS_BEHIND, sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, manyRows } from "./community-roll-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { credit, debit, keeping, must, posted, rentOf, TODAY, withBook } from "./ledger-of-test.ts";
import { itemOf, newOnce, numberIn } from "./meeting-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";
import { countingEnv, PUBLISHED_AT, publishedOn } from "./public-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const line = (account: string, amountFen: number) => ({ account, amountFen });
const asked = (more: Partial<BudgetAsked> = {}): BudgetAsked => ({
  book: "common",
  year: 2026,
  lines: [line("4001.03", 1_000_000), line("5001.03", 100_000)],
  note: "第一份预算",
  why: "",
  ...more,
});
const draft = (community: CommunityAddress, more: Partial<BudgetAsked> = {}, once = newOnce()) =>
  draftBudget(keeping(community, "treasurer"), asked(more), once);

/** Where the rules of procedure leave the budget to the committee. */
async function leftToCommittee(from?: string): Promise<CommunityAddress> {
  const community = await withBook(from);
  const scene = keeping(community, "chair");
  const values = await readSettings(scene, BUDGET_SETTINGS);
  const clause = "议事规则第十二条";
  must(await saveSettings(scene, BUDGET_SETTINGS, { ...values, approvedBy: { value: "committee", clause } }, {}));
  return community;
}
async function inForce(community: CommunityAddress, more: Partial<BudgetAsked> = {}): Promise<string> {
  const { budgetId } = must(await draft(community, more));
  must(await reviewBudget(keeping(community, "accountant"), budgetId));
  must(await approveBudget(keeping(community, "chair"), budgetId, null));
  must(await publishBudget(keeping(community, "accountant"), budgetId));
  return budgetId;
}
const repair = (amountFen: number) =>
  rentOf(amountFen, {
    text: "水管维修",
    lines: [debit("5001.03", amountFen), credit("1002.01", amountFen)],
    attachments: [{ fileId: "f1", name: "发票.pdf", sha256: "0".repeat(64) }],
  });

describe("a budget comes into force", () => {
  test("by three hands, each recorded, and a repeat finds it done", async () => {
    const community = await leftToCommittee();
    const once = newOnce();
    const { budgetId } = must(await draft(community, {}, once));
    expect(must(await draft(community, {}, once)).budgetId).toBe(budgetId);
    expect(reasonOf(await draft(community, { note: "别的" }, once))).toBe("key_reused");
    expect(reasonOf(await draft(community))).toBe("budget_waits");
    expect(reasonOf(await reviewBudget(keeping(community, "treasurer"), budgetId))).toBe("own_budget");
    must(await reviewBudget(keeping(community, "accountant"), budgetId));
    must(await reviewBudget(keeping(community, "accountant"), budgetId));
    expect(reasonOf(await approveBudget(keeping(community, "accountant"), budgetId, null))).toBe("own_budget_review");
    expect(reasonOf(await publishBudget(keeping(community, "accountant"), budgetId))).toBe("wrong_budget_state");
    must(await approveBudget(keeping(community, "chair"), budgetId, null));
    const row = must(await publishBudget(keeping(community, "accountant"), budgetId));
    expect(row).toMatchObject({ version: 1, state: "published", decision: "", contentHash: budgetHash(asked()) });
    expect(must(await publishBudget(keeping(community, "accountant"), budgetId)).version).toBe(1);
    expect(
      await numberIn(
        community,
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${community.id} AND subject = ${budgetId}`,
      ),
    ).toBe(4);
  });

  test("on the owners' published decision of its matter, where nothing else is set", async () => {
    const community = await makeCommunity({ name: "金桂苑" });
    await importFile(community, csvOf(...manyRows(9)));
    must(await openBook(keeping(community, "accountant"), { book: "common", from: "2026-01" }, newOnce()));
    const { budgetId } = must(await draft(community));
    must(await reviewBudget(keeping(community, "accountant"), budgetId));
    const later = PUBLISHED_AT + 86_400_000;
    const approve = async (named: { meeting: number; item: number } | null) =>
      reasonOf(await approveBudget(keeping(community, "chair", later), budgetId, named));
    expect(await approve(null)).toBe("decision_missing");
    expect(await approve({ meeting: 1, item: 1 })).toBe("decision_unknown");
    await publishedOn(community, 9, () => 1, {
      items: [itemOf(1, { matter: 9 }), itemOf(2, { matter: 4 })],
    });
    expect(await approve({ meeting: 1, item: 9 })).toBe("decision_unknown");
    expect(await approve({ meeting: 1, item: 2 })).toBe("decision_of_another_matter");
    expect(await approve({ meeting: 1, item: 1 })).toBeNull();
    const row = must(await publishBudget(keeping(community, "chair", later), budgetId));
    expect(row.decision).toBe("第1次会议 议题1");
  });

  test("once, whoever is faster; sent back or given up it comes into force no more", async () => {
    const community = await leftToCommittee();
    const { budgetId } = must(await draft(community));
    const other = keeping(community, "accountant");
    const deputy = { ...other, actor: { ...other.actor, personId: "person-deputy" as never } };
    const both = await Promise.all([reviewBudget(other, budgetId), reviewBudget(deputy, budgetId)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(reasonOf(await refuseBudget(keeping(community, "chair"), budgetId, " "))).toBe("refusal_why_missing");
    must(await refuseBudget(keeping(community, "chair"), budgetId, "维修费太高"));
    expect(reasonOf(await approveBudget(keeping(community, "chair"), budgetId, null))).toBe("wrong_budget_state");
    const again = must(await draft(community));
    must(await withdrawBudget(keeping(community, "treasurer"), again.budgetId));
    const drafts = await Promise.all([draft(community), draft(community)]);
    expect(drafts.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("not where the account is unknown, the amount is none, or the year out of reach; nothing is half-written", async () => {
    const community = await withBook();
    for (const more of [
      { lines: [] },
      { lines: [line("9999", 1)] },
      { lines: [line("5001.03", 0)] },
      { lines: [line("5001.03", 2 ** 53)] },
      { year: 2030 },
    ])
      expect(reasonOf(await draft(community, more))).toBe("budget_faulty");
    expect(reasonOf(await draft(community, { book: "fund" }))).toBe("unknown_book");
    expect(
      await numberIn(community, sql`SELECT count(*) AS n FROM ledger_budget WHERE community_id = ${community.id}`),
    ).toBe(0);
  });
});

describe("a revision", () => {
  test("is a new version with its reason; the one before stays as it was", async () => {
    const community = await leftToCommittee();
    await inForce(community);
    const more = { lines: [line("4001.03", 1_000_000), line("5001.03", 150_000)] };
    expect(reasonOf(await draft(community, more))).toBe("why_missing");
    expect(reasonOf(await draft(community, { why: "没变" }))).toBe("nothing_differs");
    await inForce(community, { ...more, why: "管道老化" });
    const { versions } = await readYear(sceneAt(community), "common", 2026);
    expect(versions.map(({ version, why, lines }) => [version, why, lines[1]!.amountFen])).toEqual([
      [2, "管道老化", 150_000],
      [1, "", 100_000],
    ]);
  });

  test("the table itself refuses another content, a step back, a skipped hand and a second version of one number", async () => {
    const community = await leftToCommittee();
    const budgetId = await inForce(community);
    const scene = keeping(community, "chair");
    const { budgetId: next } = must(await draft(community, { note: "改", why: "改说明" }));
    const update = (id: string, set: ReturnType<typeof sql>) =>
      scene.db.write([
        scene.db.run(sql`UPDATE ledger_budget SET ${set} WHERE community_id = ${community.id} AND budget_id = ${id}`),
      ]);
    expect(reasonOf(await update(budgetId, sql`lines = '[1]'`))).toBe("aborted");
    expect(reasonOf(await update(budgetId, sql`state = 'withdrawn'`))).toBe("aborted");
    expect(reasonOf(await update(next, sql`state = 'approved'`))).toBe("aborted");
    expect(reasonOf(await update(next, sql`state = 'published', version = 1, leaf_hash = 'x'`))).toBe("aborted");
    expect(
      reasonOf(await scene.db.write([scene.db.run(sql`DELETE FROM ledger_budget WHERE budget_id = ${next}`)])),
    ).toBe("aborted");
  });
});

describe("overspending", () => {
  test("is a fen above the plan, shown to everybody, and explained once it is", async () => {
    const community = await leftToCommittee();
    await inForce(community);
    await posted(community, repair(100_000));
    const explain = (text: string, once = newOnce()) =>
      explainOverspend(keeping(community, "treasurer"), { book: "common", year: 2026, account: "5001.03", text }, once);
    expect(reasonOf(await explain("爆管"))).toBe("not_overspent");
    await posted(community, repair(1));
    const page = async () =>
      textOf(await (await stranger(TODAY).get(`/c/${community.slug}/accounts/budget/common/2026`)).text());
    expect(await page()).toContain("1个科目超出预算，还没有说明原因");
    const once = newOnce();
    must(await explain("三单元爆管", once));
    must(await explain("三单元爆管", once));
    expect(reasonOf(await explain(" "))).toBe("overspend_why_missing");
    const said = await page();
    for (const words of ["超出0.01元", "三单元爆管", "没有未说明的超支"]) expect(said).toContain(words);
    const { notes } = await readYear(sceneAt(community), "common", 2026);
    expect(notes).toHaveLength(1);
    const api = `/api/communities/${community.slug}/accounts/budgets`;
    expect(await (await stranger(TODAY).get(api)).json()).toMatchObject({ budgets: [{ year: 2026, version: 1 }] });
    expect(await (await stranger(TODAY).get(`${api}/common/2026`)).json()).toMatchObject({
      accounts: [
        { account: "4001.03", plannedFen: 1_000_000, actualFen: 0, standing: "within" },
        { account: "5001.03", plannedFen: 100_000, actualFen: 100_001, leftFen: -1, reason: "三单元爆管" },
      ],
    });
    for (const path of ["common/2025", "fund/2026"])
      expect((await stranger(TODAY).get(`${api}/${path}`)).status, path).toBe(404);
    expect((await stranger(TODAY).get(`${api}/common/26`)).status).toBe(422);
  });
});

describe("the pages", () => {
  test("lead from the form to the public page; what is typed wrong is said beside its field", async () => {
    const officers = [
      ["treasurer", "钱出纳", "13800000021"],
      ["accountant", "孙会计", "13800000022"],
    ] as const;
    const community = await makeStaffedCommunity([
      ...OFFICERS,
      ...officers.map(([post, name, phone]) => ({ post, name, phone, act: "engagement" as const, document: "合同" })),
    ]);
    must(await openBook(keeping(community, "accountant"), { book: "common", from: "2026-01" }, newOnce()));
    const desk = `/c/${community.slug}/desk/ledger/budget`;
    const treasurer = await signedIn(community, "treasurer", TODAY);
    expect(textOf(await (await treasurer.get(desk)).text())).toContain("公共收益，2026年");
    const form = `${desk}/common/2026/new`;
    await treasurer.get(form);
    const wrong = await treasurer.submit(form, { "amount[5001.03]": "12.345", "amount[4001.01]": "abc" });
    expect(wrong.status).toBe(422);
    expect(textOf(treasurer.page)).toContain("金额最多两位小数。");
    expect((await treasurer.submit(form, { "amount[5001.03]": "", "amount[4001.01]": "" })).status).toBe(422);
    const drafted = await treasurer.submit(form, { "amount[5001.03]": "1,200.50", "amount[4001.01]": "" });
    expect(drafted.status).toBe(303);
    const page = drafted.headers.get("location")!.split("?")[0]!;
    const accountant = await signedIn(community, "accountant", TODAY);
    expect(textOf(await (await accountant.get(page)).text())).toContain("1,200.50");
    expect((await accountant.submit(`${page}/review`, {})).status).toBe(303);
    const chair = await signedIn(community, "committee_chair", TODAY);
    await chair.get(page);
    expect((await chair.submit(`${page}/approve`, { meeting: "", item: "" })).status).toBe(422);
    expect(textOf(chair.page)).toContain("由业主大会决定");
    expect((await chair.submit(`${page}/approve`, { meeting: "三", item: "一" })).status).toBe(422);
    expect((await chair.submit(`${page}/refuse`, { why: "先开会" })).status).toBe(303);
    expect(textOf(await (await treasurer.get(page)).text())).toContain("先开会");
    for (const path of ["common/2026", "common/x", "common/2026?version=0", "elsewhere/2026"])
      expect((await treasurer.get(`/c/${community.slug}/accounts/budget/${path}`)).status, path).toBe(404);
    const list = textOf(await (await treasurer.get(`/c/${community.slug}/accounts/budget`)).text());
    expect(list).toContain("还没有公布过预算");
  });

  test("lead to no month before the book began", async () => {
    const community = await leftToCommittee("2026-10");
    await inForce(community);
    await posted(community, repair(100));
    const neighbour = stranger(TODAY);
    const html = await (await neighbour.get(`/c/${community.slug}/accounts/budget/common/2026`)).text();
    const [, href] = /href="([^"]*\/of\/5001\.03[^"]*)"/.exec(html)!;
    expect(href).toContain("/accounts/common/2026-10/of/5001.03?to=2026-12");
    const postings = await (await neighbour.get(href!)).text();
    for (const [, link] of postings.matchAll(/href="(\/c\/[^"#?]*\/accounts\/common\/[^"]*)"/g))
      expect((await neighbour.get(link!)).status, link).toBe(200);
  });

  test("stand in the statement, up to its last month", async () => {
    const community = await leftToCommittee();
    await inForce(community);
    const cash = (amountFen: number, on: string) =>
      rentOf(amountFen, { on, lines: [debit("1001", amountFen), credit("4001.03", amountFen)] });
    await posted(community, cash(30_000, "2026-02-03"));
    await posted(community, cash(5_000, "2026-04-03"));
    for (const period of ["2026-01", "2026-02", "2026-03"])
      must(await closePeriod(keeping(community, "accountant"), { book: "common", period }));
    const first = { book: "common" as const, note: "", corrects: null };
    const { draftId } = must(await draftStatement(keeping(community, "accountant"), first, newOnce()));
    must(await publishStatement(keeping(community, "chair"), draftId));
    const html = await (await stranger(TODAY).get(`/c/${community.slug}/accounts/statements/1`)).text();
    for (const words of ["与年度预算相比", "2026年第一季度的实际", "预算10,000.00元，还差9,700.00元"])
      expect(textOf(html)).toContain(words);
    expect(html).toContain("/accounts/common/2026-01/of/4001.03?to=2026-03");
  });

  test("read the same rows at forty vouchers as at two, in one round trip", async () => {
    const costs = async (vouchers: number) => {
      const community = await leftToCommittee();
      await inForce(community);
      for (let at = 0; at < vouchers; at += 1) await posted(community, repair(100));
      const { env, asked: meter } = countingEnv();
      const app = createApp({ demo: false, now: async () => startOf("2026-12-05") });
      const get = (path: string) => app.request(`http://localhost/c/${community.slug}/accounts/budget${path}`, {}, env);
      await get(""); // the community's address is looked up once
      const measured: { roundTrips: number; rowsRead: number }[] = [];
      for (const path of ["", "/common/2026"]) {
        Object.assign(meter, { roundTrips: 0, rowsRead: 0, rowsWritten: 0 });
        expect((await get(path)).status).toBe(200);
        measured.push({ ...meter });
      }
      return measured;
    };
    const [few, many] = [await costs(2), await costs(40)];
    for (const [at, one] of many.entries()) {
      expect(one.roundTrips).toBe(1);
      expect(Math.abs(one.rowsRead - few[at]!.rowsRead)).toBeLessThanOrEqual(ROWS_BEHIND);
    }
  }, 60_000);
});
