/** The maintenance fund's pages through workerd and D1: what everybody, an owner and an officer read, and the forms that move it. */
import { expect, test } from "vitest";
import { startOf } from "../../src/kernel/day.ts";
import { formatYuan } from "../../src/kernel/money.ts";
import { approveVoucher, openBook, reviewVoucher } from "../../src/ledger/books/actions.ts";
import { listWaiting, voucherFrom } from "../../src/ledger/books/store.ts";
import { enterAmounts, fundUnitsOn } from "../../src/ledger/fund/actions.ts";
import { proposeProject } from "../../src/ledger/fund/projects/actions.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sceneAt } from "./community-of-test.ts";
import { csvOf, importFile, SMALL } from "./community-roll-of-test.ts";
import { estate, signedIn, stranger, textOf } from "./desk-of-test.ts";
import { keeping, must, TODAY } from "./ledger-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";
import { makeStaffedCommunity, OFFICERS } from "./offices-of-test.ts";
import { OWNERS_ROLL, ownerSignedIn } from "./owners-of-test.ts";

const base = (community: CommunityAddress) => `/c/${community.slug}`;
const NOW = startOf("2026-11-23") + 13 * 3_600_000;

async function withFund(firstYuan = "1000.00"): Promise<CommunityAddress> {
  const community = await estate(0, OWNERS_ROLL);
  must(await openBook(keeping(community, "accountant"), { book: "fund", from: "2026-10" }, newOnce()));
  const units = await fundUnitsOn(sceneAt(community, TODAY), "2026-11-23");
  const rows = units.map((unit) => `${unit.building},${unit.entrance},${unit.room},200.00,${firstYuan}`);
  const table = new TextEncoder().encode(`楼栋,单元,房号,金额,首期应交额\n${rows.join("\n")}\n`);
  const asked = { kind: "deposit", onDay: "2026-11-20", words: "首期交存" } as const;
  must(await enterAmounts(keeping(community, "treasurer"), asked, table, [], newOnce()));
  await postAll(community);
  return community;
}
async function postAll(community: CommunityAddress) {
  const scene = keeping(community, "accountant", NOW);
  const [stored] = await scene.db.read(listWaiting(scene, "fund"));
  for (const row of stored.map(voucherFrom)) {
    const reviewed = must(await reviewVoucher(scene, row.voucherId));
    if (reviewed.state === "reviewed") must(await approveVoucher(keeping(community, "chair", NOW), row.voucherId));
  }
}

test("say before anything is entered what will stand there", async () => {
  const community = await estate(3);
  const text = textOf(await (await stranger(NOW).get(`${base(community)}/accounts/fund`)).text());
  expect(text).toContain("还没有入账");
  expect(text).toContain("还没有工程");
});

test("a building that has more than its first deposit is told as it is, its bar full", async () => {
  const community = await withFund("150.00");
  const page = await (await stranger(NOW).get(`${base(community)}/accounts/fund`)).text();
  const units = await fundUnitsOn(sceneAt(community, TODAY), "2026-11-23");
  const inFirst = units.filter(({ building }) => building === units[0]!.building).length;
  expect(textOf(page)).toContain(`${formatYuan(inFirst * 20_000)} / ${formatYuan(inFirst * 15_000)}元 133.33%`);
  expect(page).toContain('class="bar-part" y="3" width="1000"');
});

test("tell everybody the totals and that they agree, an owner their own unit and nobody else's", async () => {
  const community = await withFund();
  const text = textOf(await (await stranger(NOW).get(`${base(community)}/accounts/fund`)).text());
  expect(text).toContain("各户合计与账簿一分不差");
  expect(text).toContain("余额不足首期的30%");
  const year = await stranger(NOW).get(`${base(community)}/accounts/fund/years/2026`);
  expect(textOf(await year.text())).toContain("业主交存");
  expect((await stranger(NOW).get(`${base(community)}/accounts/fund/years/2024`)).status).toBe(404);
  expect((await stranger(NOW).get(`${base(community)}/accounts/fund/projects/1`)).status).toBe(404);
  const owner = await ownerSignedIn(community, "张三丰", NOW);
  const corner = await (await owner.get(`${base(community)}/my`)).text();
  expect(textOf(corner)).toContain("至少续交100.00元");
  const own = /\/my\/fund\/([0-9A-Za-z_-]+)/.exec(corner)![1]!;
  expect(textOf(await (await owner.get(`${base(community)}/my/fund/${own}`)).text())).toContain("首期交存");
  const all = await fundUnitsOn(sceneAt(community, NOW), "2026-11-23");
  const links = [...corner.matchAll(/\/my\/fund\/([0-9A-Za-z_-]+)/g)].map(([, id]) => id);
  const other = all.find(({ unitId }) => !links.includes(unitId))!;
  expect((await owner.get(`${base(community)}/my/fund/${other.unitId}`)).status).toBe(404);
});

test("at the desk share interest, refuse an excluded purpose with its reason, and show only whose step it is", async () => {
  const community = await withFund();
  const treasurer = await signedIn(community, "secretary", NOW);
  const desk = `${base(community)}/desk/ledger/fund`;
  expect(textOf(await (await treasurer.get(`${desk}/units`)).text())).toContain("录入各户金额");
  await treasurer.get(`${desk}/share`);
  const bad = await treasurer.submit(`${desk}/share`, {
    kind: "interest",
    amount: "一",
    onDay: "2026-11-21",
    words: "利息",
  });
  expect(bad.status).toBe(422);
  await treasurer.get(`${desk}/share`);
  const good = await treasurer.submit(`${desk}/share`, {
    kind: "interest",
    amount: "10.01",
    onDay: "2026-11-21",
    words: "利息",
  });
  expect(good.status).toBe(303);
  await treasurer.get(`${desk}/projects/new`);
  const plan = { path: "decision", title: "更换自来水管", plan: "更换入户管", estimate: "5000" };
  const excluded = await treasurer.submit(`${desk}/projects/new`, { ...plan, exclusions: "utility_pipes" });
  expect(excluded.status).toBe(422);
  expect(textOf(await excluded.text())).toContain("不能从维修资金列支");
  await treasurer.get(`${desk}/projects/new`);
  const proposed = await treasurer.submit(`${desk}/projects/new`, { ...plan, path: "emergency", emergency: "leak" });
  expect(proposed.status).toBe(303);
  expect(textOf(await (await treasurer.get(`${desk}/projects/1`)).text())).not.toContain("业委会确认应急");
  const chair = await signedIn(community, "committee_chair", NOW);
  expect(textOf(await (await chair.get(`${desk}/projects/1`)).text())).toContain("业委会确认应急");
  await chair.get(`${desk}/projects/1`);
  const step = { kind: "committee_confirmed", words: "现场查看属实", onDay: "2026-11-23" };
  expect((await chair.submit(`${desk}/projects/1/step`, step)).status).toBe(303);
  await chair.get(`${desk}/projects/1`);
  expect((await chair.submit(`${desk}/projects/1/step`, { ...step, kind: "street_confirmed" })).status).toBe(404);
  expect(textOf(await (await stranger(NOW).get(`${base(community)}/accounts/fund/projects/1`)).text())).toContain(
    "现场查看属实",
  );
});

test("the developer's bill says what falls on units not sold yet, by area to the fen, and what is to be paid in", async () => {
  const community = await makeStaffedCommunity(OFFICERS);
  must(await openBook(keeping(community, "accountant"), { book: "fund", from: "2026-10" }, newOnce()));
  await importFile(community, csvOf(...SMALL));
  const plan = {
    path: "decision",
    title: "屋面防水",
    plan: "重做卷材",
    exclusions: [],
    emergency: null,
    estimateFen: 1_000_000,
    scope: { kind: "estate" },
  } as const;
  must(await proposeProject(keeping(community, "treasurer", NOW), plan, [], newOnce()));
  const chair = await signedIn(community, "committee_chair", NOW);
  const page = `${base(community)}/desk/ledger/fund/projects/1`;
  await chair.get(page);
  expect(textOf(chair.page)).toContain("未售房屋由建设单位分摊的部分");
  await chair.get(`${page}/developer`);
  const bill = textOf(chair.page);
  for (const words of ["缴款通知书", "尚未售出的1套房屋", "118.40㎡", "第二十一条"]) expect(bill).toContain(words);
  expect(bill).not.toContain("张三丰");
  await chair.get(`${page}/developer?amount=0`);
  expect(textOf(chair.page)).toContain("大于0");
});
