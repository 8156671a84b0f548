/** The pages of an audit: what the auditor does at the desk, what everybody reads, what can be taken away and recomputed. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { openHandover } from "../../src/committee/handover/actions.ts";
import { endMandate, insertMandate } from "../../src/elections/store.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import { publishOpinion, viewAudit } from "../../src/ledger/audit/actions.ts";
import { conclude, recordFinding, respond, sendFindings } from "../../src/ledger/audit/fieldwork/actions.ts";
import { isCovered, yearClock } from "../../src/ledger/audit/yearly/rules.ts";
import { openBook } from "../../src/ledger/books/actions.ts";
import { insertTariff } from "../../src/ledger/parking/store.ts";
import { openSession } from "../../src/offices/signin/actions.ts";
import { listBodies } from "../../src/offices/terms/store.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { signToken } from "../../src/platform/session.ts";
import { drawOrder } from "../../src/record/draw/rules.ts";
import { leafHashOf } from "../../src/record/rules.ts";
import { sceneAt, staffSceneAt, testEnv } from "./community-of-test.ts";
import { stranger, textOf } from "./desk-of-test.ts";
import {
  anAuditor,
  audited,
  type Engaged,
  engaged,
  engaging,
  newOnce,
  sampled,
  ticked,
} from "./ledger-audit-of-test.ts";
import { keeping, must, TODAY } from "./ledger-of-test.ts";
import { type Browser, personIn } from "./offices-of-test.ts";

/** A browser in which a person is signed in. */
async function signedInAs(community: CommunityAddress, personId: string, now = TODAY): Promise<Browser> {
  const browser = stranger(now);
  const session = await openSession(sceneAt(community, now), personId as never);
  const claims = { sid: session.sessionId, cid: community.id, began: now, renewed: now };
  browser.cookies.set("__Host-ch_staff", await signToken(testEnv, "staff", claims, now, 3600));
  return browser;
}
const app = createApp({ demo: false, now: async () => TODAY });
const fetched = async (path: string) => app.request(`http://localhost${path}`, {}, testEnv);

/** Its opinion published, with one finding answered and one left unanswered. */
async function published(): Promise<Engaged> {
  const all = await ticked();
  const { community, auditor, engagementId } = all;
  for (const text of ["一张收据没有写明月份", "一张合同没有盖章"])
    must(
      await recordFinding(
        auditor,
        engagementId,
        { severity: "significant", text, items: [1], amountFen: 10_000, recommendation: "补正", strikes: null },
        newOnce(),
      ),
    );
  must(await sendFindings(auditor, engagementId));
  for (const no of [1, 2]) {
    must(await respond(engaging(community), engagementId, no, "已经补正。"));
    must(await conclude(auditor, engagementId, no, { outcome: "remedied", words: "看过补正的原件" }));
  }
  const report = { name: "报告.pdf", bytes: utf8ToBytes("%PDF-1.7 报告") };
  must(await publishOpinion(auditor, engagementId, { opinion: "qualified", words: "除两项外公允。", report }));
  return all;
}

describe("at the desk", () => {
  test("an audit is opened by a form that keeps what was typed, and is worked on by its auditor to the end", async () => {
    const community = await audited();
    const person = await anAuditor(community);
    const chair = await signedInAs(community, await personIn(community, "committee_chair"));
    const list = `/c/${community.slug}/desk/ledger/audits`;
    await chair.open(`${list}/new`);
    expect(textOf(chair.page)).toContain("孙审计（查阅到2026-12-31）");
    const fields = {
      commission: "committee",
      basis: "第8号决议",
      books: "common",
      fromOn: "2026-08-01",
      toOn: "2026-09-30",
      firm: "明鉴会计师事务所",
      creditCode: "91440101MA5CJQ4N50",
      auditor: person,
      scope: "",
      dueOn: "2026-12-20",
    };
    await chair.submit(`${list}/new`, fields);
    expect(textOf(chair.page)).toContain("请写审计范围");
    expect(chair.page).toContain('value="明鉴会计师事务所"');
    await chair.submit(`${list}/new`, { ...fields, scope: "全部收支" });
    await chair.open(`${list}/1`);
    expect(textOf(chair.page)).toContain("校验码应为9");
    expect(chair.page).not.toContain(`action="${list}/1/freeze"`);
    const auditor = await signedInAs(community, person);
    await auditor.open(`${list}/1`);
    await auditor.submit(`${list}/1/freeze`, {});
    await auditor.open(`${list}/1`);
    await auditor.submit(`${list}/1/draw`, { method: "random", size: "0", from: "", kind: "" });
    expect(textOf(auditor.page)).toContain("抽取的张数要是1以上的整数");
    await auditor.submit(`${list}/1/draw`, { method: "random", size: "2", from: "", kind: "" });
    await auditor.open(`${list}/1/items/1`);
    await auditor.submit(`${list}/1/items/1`, { "result-amount": "exception", "note-amount": "" });
    expect(textOf(auditor.page)).toContain("请写明哪里不符");
    await auditor.submit(`${list}/1/items/1`, { "result-amount": "exception", "note-amount": "少两元" });
    await auditor.open(`${list}/1/sheet`);
    expect(textOf(auditor.page)).toContain("1处不符，已核对1处");
    await auditor.open(`${list}/1/findings`);
    await auditor.submit(`${list}/1/findings`, {
      severity: "minor",
      text: "",
      items: "9",
      recommendation: "补",
      amount: "",
    });
    expect(textOf(auditor.page)).toContain("请写发现了什么");
    expect(textOf(auditor.page)).toContain("工作底稿里没有第9号");
    // Until they are sent, findings are the auditor's own; somebody else's page says there is nothing.
    expect((await chair.get(`${list}/1/findings`)).status).toBe(404);
    await auditor.open(`${list}/1`);
    await auditor.submit(`${list}/1/send`, {});
    expect(textOf(auditor.page)).toContain("工作底稿还有13处没有核对");
  });

  test("the sheet has a second page, and a page costs the same at any depth", async () => {
    const { community, auditor } = await sampled(60, 30);
    const browser = await signedInAs(community, auditor.actor.personId);
    const sheet = `/c/${community.slug}/desk/ledger/audits/1/sheet`;
    await browser.open(sheet);
    expect(browser.page).toContain(`${sheet}?after=50`);
    await browser.open(`${sheet}?after=50`);
    expect(browser.page.match(/\/items\/\d+"/g)).toHaveLength(10);
  });
});

describe("everybody reads", () => {
  test("what is under way and how it was drawn, and no finding before the opinion", async () => {
    const { community, auditor, engagementId } = await ticked();
    must(
      await recordFinding(
        auditor,
        engagementId,
        { severity: "serious", text: "未公开的发现", items: [1], amountFen: 0, recommendation: "补", strikes: null },
        newOnce(),
      ),
    );
    const base = `/c/${community.slug}/accounts/audits`;
    const page = textOf(await (await fetched(`${base}/1`)).text());
    for (const words of ["明鉴会计师事务所", "孙**", "10张凭证", "正在核对"]) expect(page).toContain(words);
    expect(page).not.toContain("未公开的发现");
    expect(page).not.toContain("孙审计");
    expect((await fetched(`${base}/1/notice`)).status).toBe(404);
    expect((await fetched(`${base}/1/report.pdf`)).status).toBe(404);
    const { findings } = (await (await fetched(`/api/communities/${community.slug}/audits/1`)).json()) as {
      findings: [];
    };
    expect(findings).toEqual([]);
    expect((await fetched(`${base}/2`)).status).toBe(404);
    expect((await fetched(`${base}/1/samples/2`)).status).toBe(404);
  });

  test("the list and the seed, from which the sample is drawn again without us", async () => {
    const { community, auditor, engagementId } = await sampled();
    const base = `/c/${community.slug}/accounts/audits/1`;
    const text = await (await fetched(`${base}/population.txt`)).text();
    const view = (await viewAudit(auditor, engagementId))!;
    expect(bytesToHex(sha256(utf8ToBytes(text)))).toBe(view.population!.listHash);
    const said = (await (await fetched(`/api/communities/${community.slug}/audits/1/samples/1`)).json()) as {
      seed: string;
      purpose: string;
      drawn: string[];
      again: object;
    };
    const refs = text
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[0]!);
    const seed = Uint8Array.from(said.seed.match(/../g)!, (two) => Number.parseInt(two, 16));
    expect(drawOrder(seed, said.purpose, refs).slice(0, 3)).toEqual(said.drawn);
    expect(said.again).toEqual({ isAsFrozen: true, isCommitted: true, isSame: true });
    const page = textOf(await (await fetched(`${base}/samples/1?check=1`)).text());
    for (const words of ["和固定时一样", "就是先前承诺的那一个", "重抽的结果一样", said.seed])
      expect(page).toContain(words);
  });

  test("the opinion with its findings, answers and conclusions, on the page, the notice, the home, the feed and in the API", async () => {
    const { community } = await published();
    const base = `/c/${community.slug}/accounts/audits`;
    const page = textOf(await (await fetched(`${base}/1`)).text());
    for (const words of ["保留意见", "除两项外公允。", "一张收据没有写明月份", "已经补正。", "看过补正的原件"])
      expect(page).toContain(words);
    const notice = await (await fetched(`${base}/1/notice`)).text();
    expect(notice).toContain("<svg");
    expect(textOf(notice)).toContain("2026年12月23日");
    expect(textOf(await (await fetched(`/c/${community.slug}`)).text())).toContain("保留意见");
    expect(textOf(await (await fetched(base)).text())).toContain("保留意见");
    expect(await (await fetched(`/c/${community.slug}/feed.atom`)).text()).toContain("审计意见：保留意见");
    const said = (await (await fetched(`/api/communities/${community.slug}/audits/1`)).json()) as {
      findings: unknown[];
      report: { file: string; sha256: string };
    };
    expect(said.findings).toHaveLength(2);
    const report = await fetched(new URL(said.report.file).pathname);
    expect(bytesToHex(sha256(new Uint8Array(await report.arrayBuffer())))).toBe(said.report.sha256);
  });

  test("that one is late, and that last year has none", async () => {
    const { community } = await engaged(1);
    const late = stranger(TODAY + 60 * 86_400_000);
    await late.open(`/c/${community.slug}/accounts/audits/1`);
    expect(textOf(late.page)).toMatch(/已逾期\d+天/);
    const nextYear = stranger(Date.parse("2027-07-01T04:00:00Z"));
    await nextYear.open(`/c/${community.slug}`);
    expect(textOf(nextYear.page)).toContain("应在2027年6月30日前公布，已逾期1天");
  });
});

describe("last year's audit", () => {
  test("is due so many months after it, to the last day of the month, and done when its days are covered", () => {
    const one = (today: string, spans: { fromOn: string; toOn: string }[] = [], from = "2020-01-01") =>
      yearClock(today, from, 6, spans);
    expect(one("2026-06-30")).toEqual({ year: 2025, dueOn: "2026-06-30", state: "due", daysLate: 0 });
    expect(one("2026-07-01")).toMatchObject({ state: "overdue", daysLate: 1 });
    expect(one("2026-07-01", [{ fromOn: "2025-01-01", toOn: "2025-12-31" }])?.state).toBe("done");
    expect(one("2026-07-01", [{ fromOn: "2025-01-02", toOn: "2025-12-31" }])?.state).toBe("overdue");
    expect(one("2026-07-01", [], "2026-01-01")).toBe(null);
    expect(one("2026-07-01", [{ fromOn: "2025-08-01", toOn: "2026-01-31" }], "2025-08-01")?.state).toBe("done");
    const halves = [
      { fromOn: "2025-07-01", toOn: "2025-12-31" },
      { fromOn: "2024-01-01", toOn: "2025-06-30" },
    ];
    expect(isCovered("2025-01-01", "2025-12-31", halves)).toBe(true);
    expect(isCovered("2025-01-01", "2026-01-01", halves)).toBe(false);
  });
});

describe("the papers of a term", () => {
  test("are one download whose hashes hold, from which balances and leaves are recomputed, and that name nobody", async () => {
    const { community, auditor } = await published();
    const browser = await signedInAs(community, auditor.actor.personId);
    const pack = `/c/${community.slug}/desk/ledger/audits/pack`;
    await browser.open(pack);
    expect(browser.page).toContain(`${pack}/2026-08/2026-11`);
    const response = await browser.send(`${pack}/2026-08/2026-09`);
    expect(response.status).toBe(200);
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const text = (path: string) => new TextDecoder().decode(files[path]);
    for (const line of text("SHA256SUMS").trimEnd().split("\n")) {
      const [hash, path] = line.split("  ");
      expect(bytesToHex(sha256(files[path!]!)), path).toBe(hash);
    }
    const vouchers = text("books/common/vouchers.jsonl")
      .trimEnd()
      .split("\n")
      .map(
        (line) =>
          JSON.parse(line) as {
            lines: { account: string; side: string; amountFen: number }[];
            seq: number;
            leafHash: string;
          },
      );
    expect(vouchers).toHaveLength(10);
    const bank = vouchers
      .flatMap(({ lines }) => lines)
      .filter(({ account, side }) => account === "1002.01" && side === "debit")
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
    const row = text("books/common/balances.csv")
      .split(/\r?\n/)
      .find((line) => line.includes("1002.01"))!;
    expect(row.split(",").slice(2, 6)).toEqual(["0", String(bank), "0", String(bank)]);
    const leaves = text("record/leaves.txt").trimEnd().split("\n");
    const entries = text("record/entries.jsonl").trimEnd().split("\n");
    for (const [at, { seq, leafHash }] of vouchers.toSorted((a, b) => a.seq - b.seq).entries()) {
      expect(leaves[seq]).toBe(leafHash);
      expect(leafHashOf(entries[at]!)).toBe(leafHash);
    }
    const everything = Object.keys(files).map(text).join("\n");
    for (const name of ["张小明", "陈主任", "孙审计"]) expect(everything).not.toContain(name);
    expect((await browser.send(`${pack}/2026-09/2026-08`)).status).toBe(422);
    expect((await browser.send(`${pack}/2020-01/2020-02`)).status).toBe(404);
  });
});

test("the papers are offered where a committee hands over, to those who keep its list", async () => {
  const community = await audited(1);
  const scene = sceneAt(community, TODAY);
  const [bodies] = await scene.db.read(listBodies(scene));
  const bodyId = bodies.find(({ kind }) => kind === "committee")!.bodyId;
  const span = { number: 1, fromAt: TODAY - 900 * DAY_MS, untilAt: TODAY + 900 * DAY_MS, document: "公告" };
  const mandate = { ...span, bodyId, electionId: null, seats: 5, legalLeast: 5, alternatesMost: 2 };
  const first = insertMandate(scene, mandate, "clock");
  await scene.db.write([...first.statements]);
  const end = { mandateId: first.mandateId, endedAt: TODAY - DAY_MS, why: "换届" };
  await scene.db.write([...endMandate(scene, end, "clock").statements]);
  const secretary = staffSceneAt(community, await personIn(community, "secretary"), ["committee.record"], TODAY);
  must(await openHandover(secretary, { mandateId: first.mandateId }, newOnce()));
  const page = `/c/${community.slug}/committee/handovers/1`;
  const keeper = await signedInAs(community, secretary.actor.personId);
  await keeper.open(page);
  expect(keeper.page).toContain(`/c/${community.slug}/desk/ledger/audits/pack`);
  expect(await (await fetched(page)).text()).not.toContain("audits/pack");
});

test("what owners may see says where each class of money stands, and of what is not kept that it is not", async () => {
  const community = await audited(1);
  const page = `/c/${community.slug}/committee/disclosure`;
  const before = textOf(await (await fetched(page)).text());
  expect(before).toContain("应在2026年10月30日前公布");
  for (const missing of ["还没有登记维修资金账目", "还没有公布过工作经费", "还没有登记车位的处分情况"])
    expect(before).toContain(missing);
  for (const book of ["fund", "working"] as const)
    must(await openBook(keeping(community, "accountant"), { book, from: "2026-10" }, newOnce()));
  const scene = sceneAt(community, TODAY);
  const tariff = {
    tariffId: "t",
    use: "monthly",
    fromOn: "2026-01-01",
    amountFen: 15_000,
    words: "每月",
    basis: "决定",
    ground: null,
    leafHash: "x",
    by: "x",
  } as const;
  await scene.db.write([insertTariff(scene, tariff)]);
  const after = await (await fetched(page)).text();
  expect(textOf(after)).toContain("价目自2026年1月1日起；月租证0张");
  expect(after).toContain(`href="/c/${community.slug}/accounts/fund"`);
  expect(textOf(after)).not.toContain("还没有公布过工作经费");
});
