/** Contracts against a real database: what was awarded is signed by two, once a lot; changes, subcontracts, payments, notice and takeover. */
import { describe, expect, test } from "vitest";
import "../../src/app.ts";
import { DAY_MS, dayOf } from "../../src/kernel/day.ts";
import { reviewVoucher } from "../../src/ledger/books/actions.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { openDirectory, sql } from "../../src/platform/db.ts";
import { draftContract, dropContract, fileContract, signContract } from "../../src/tenders/contracts/actions.ts";
import { awardedTerms } from "../../src/tenders/contracts/award-terms.ts";
import { draftChange, dropChange, readEditions, signChange } from "../../src/tenders/contracts/changing.ts";
import {
  addTakeoverLine,
  confirmEnding,
  draftEnding,
  markTakeoverLine,
  takeOver,
} from "../../src/tenders/contracts/ending/actions.ts";
import { listTakeoverLines } from "../../src/tenders/contracts/ending/store.ts";
import { registerSubcontract, strikeSubcontract } from "../../src/tenders/contracts/giving-on/actions.ts";
import { nameVoucher, payContract } from "../../src/tenders/contracts/paying.ts";
import { planAgainstPaid, TAKEOVER_KINDS } from "../../src/tenders/contracts/rules.ts";
import { listPayments, listSubcontracts, listUnnamedVouchers } from "../../src/tenders/contracts/store.ts";
import { insertAward } from "../../src/tenders/deciding/store.ts";
import { findTender } from "../../src/tenders/store.ts";
import { awardOf, PROVIDER, termsOf } from "../unit/tender-contract-of-test.ts";
import { cleaningLot, schemeOf } from "../unit/tender-scheme-of-test.ts";
import { makeCommunity, sceneAt, testEnv } from "./community-of-test.ts";
import { credit, debit, keeping, must, posted, rentOf, TODAY, withBook } from "./ledger-of-test.ts";
import { communityWithRoll, itemOf, newOnce } from "./meeting-of-test.ts";
import { PUBLISHED_AT, publishedOn } from "./public-of-test.ts";
import {
  AWARDED,
  at,
  awardedTender,
  awarding,
  earlier,
  PDF,
  runningTerms,
  SCRIPT,
  serving,
  signed,
} from "./tender-contracts-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const faultsOf = (result: { ok: boolean; error?: unknown }) =>
  ((result.error as { faults?: { reason: string }[] })?.faults ?? []).map(({ reason }) => reason);
const count = async (community: CommunityAddress, table: string) => {
  const { db } = sceneAt(community);
  const [rows] = await db.read(
    db.all<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.raw(table)} WHERE community_id = ${community.id}`),
  );
  return rows[0]!.n;
};

describe("what was awarded is what is signed (TB 46; T12)", () => {
  const draft = (
    community: CommunityAddress,
    number: number,
    change: Parameters<typeof termsOf>[0] = {},
    awards = awarding(awardOf()),
  ) =>
    draftContract(
      serving(community, "secretary"),
      { terms: termsOf(change), basis: { kind: "award", tender: number } },
      PDF,
      newOnce(),
      awards,
    );
  const stateOf = async (community: CommunityAddress, tenderId: string) => {
    const scene = sceneAt(community);
    const [rows] = await scene.db.read(findTender(scene, tenderId));
    return rows[0]!.state;
  };

  test("lots that one bidder won for one term may stand in one contract; another bidder's stands apart", async () => {
    const community = await makeCommunity();
    const lots = [
      cleaningLot(),
      cleaningLot({ lotNo: 2, title: "绿化", service: "greening" }),
      cleaningLot({ lotNo: 3, title: "维修", service: "repair" }),
    ];
    const { tenderId, number } = await awardedTender(community, schemeOf({ lots }));
    const scene = sceneAt(community);
    const { name, code, prices } = awardOf();
    const award = (lotNo: number, more = {}) =>
      insertAward(scene, {
        tenderId,
        lotNo,
        bidderId: "bidder",
        bidderNo: 1,
        name,
        code,
        prices: JSON.stringify(prices),
        totalHundredths: 2_500_000_000,
        meetingId: "meeting",
        itemNo: 1,
        awardedAt: AWARDED,
        leafHash: "",
        ...more,
      });
    // What the owners chose is another part's to prove; here it is only that a contract starts from it.
    await scene.db.write([scene.db.run(sql`DROP TRIGGER tender_award_of_owners`)]);
    must(await scene.db.write([award(1), award(2), award(3, { name: "别的公司", code: "91440101MA5CJQ4N59" })]));
    const terms = async (asked: readonly number[]) => (await awardedTerms(scene, number, asked, "2026-12-10"))!;
    const alone = await terms([]);
    expect([alone.terms.lots.length, alone.together, alone.apart]).toEqual([1, [1, 2], [3]]);
    const both = await terms([1, 2, 3]);
    expect(both.terms).toMatchObject({ priceFen: 50_000_000, parts: ["cleaning", "greening"] });
    expect(both.terms.lots.map(({ lotNo }) => lotNo)).toEqual([1, 2]);
    const plan = [{ dueOn: both.terms.toOn, amountFen: both.terms.priceFen, condition: "" }];
    const drafted = await draftContract(
      serving(community, "secretary"),
      { terms: { ...both.terms, plan }, basis: { kind: "award", tender: number } },
      PDF,
      newOnce(),
    );
    must(await signContract(serving(community, "chair"), must(drafted).contractId, "2026-12-01"));
    expect((await terms([])).terms.lots.map(({ lotNo }) => lotNo)).toEqual([3]);
  });

  test("drafted by one, signed by another; then the tender is contracted and its lot taken", async () => {
    const community = await makeCommunity();
    const { tenderId, number } = await awardedTender(community, schemeOf());
    const { contractId } = must(await draft(community, number));
    expect(
      reasonOf(await signContract(serving(community, "secretary"), contractId, "2026-12-01", awarding(awardOf()))),
    ).toBe("own_contract");
    const second = must(await draft(community, number));
    // The owners' decision was annulled in between: nothing stands any more that could be signed.
    expect(reasonOf(await signContract(serving(community, "chair"), contractId, "2026-12-01", awarding()))).toBe(
      "award_withdrawn",
    );
    const row = must(await signContract(serving(community, "chair"), contractId, "2026-12-01", awarding(awardOf())));
    expect(row).toMatchObject({ number: 1, state: "signed", signedOn: "2026-12-01", filedOn: null });
    expect(await stateOf(community, tenderId)).toBe("contracted");
    expect(must(await signContract(serving(community, "chair"), contractId, "2026-12-01")).version).toBe(row.version);
    expect(
      reasonOf(await signContract(serving(community, "chair"), second.contractId, "2026-12-01", awarding(awardOf()))),
    ).toBe("wrong_tender_state");
    expect(reasonOf(await draft(community, number))).toBe("wrong_tender_state");
  });

  test("a fen dearer, a day off, another provider: refused, and nothing is half-written", async () => {
    const community = await makeCommunity();
    const { number } = await awardedTender(community, schemeOf());
    const dearer = termsOf().lines.map((line, at) => (at === 1 ? { ...line, unitFen: line.unitFen + 1 } : line));
    const plan = termsOf().plan.map((row, at) => (at === 0 ? { ...row, amountFen: row.amountFen + 2 } : row));
    expect(faultsOf(await draft(community, number, { lines: dearer, priceFen: 25_000_002, plan }))).toEqual([
      "price_differs",
    ]);
    expect(faultsOf(await draft(community, number, { toOn: "2028-01-01" }))).toEqual(["term_differs"]);
    expect(faultsOf(await draft(community, number, { provider: { name: "别家", code: PROVIDER.code } }))).toEqual([
      "provider_differs",
    ]);
    expect(faultsOf(await draft(community, number, { priceFen: 25_000_001 }))).toContain("price_not_lines");
    expect(faultsOf(await draft(community, number, { plan: termsOf().plan.slice(1) }))).toEqual(["plan_not_price"]);
    expect(await count(community, "tender_contract")).toBe(0);
    expect(await count(community, "file")).toBe(0);
  });

  test("a lot is contracted once, and of two lots the last ends the tender, also when both are signed at once", async () => {
    const community = await makeCommunity();
    const lots = [cleaningLot(), cleaningLot({ lotNo: 2, title: "绿化", service: "greening" })];
    const { tenderId, number } = await awardedTender(community, schemeOf({ lots }));
    const awards = awarding(awardOf(), awardOf({ lotNo: 2 }));
    const second = {
      lots: [{ ...termsOf().lots[0]!, lotNo: 2, title: "绿化", service: "greening" as const }],
      parts: ["greening" as const],
      lines: termsOf().lines.map((line) => ({ ...line, lotNo: 2 })),
    };
    const first = must(await draft(community, number, {}, awards));
    const again = must(await draft(community, number, {}, awards));
    const other = must(await draft(community, number, second, awards));
    const sign = (id: string) => signContract(serving(community, "chair"), id, "2026-12-01", awards);
    const all = await Promise.all([sign(first.contractId), sign(other.contractId), sign(again.contractId)]);
    expect(all.filter(({ ok }) => ok)).toHaveLength(2);
    expect(["lot_contracted", "wrong_tender_state"]).toContain(reasonOf(all.find(({ ok }) => !ok)!));
    expect(await stateOf(community, tenderId)).toBe("contracted");
    expect(await count(community, "tender_contract_lot")).toBe(2);
  });

  test("a script that calls itself a PDF, and a photograph, stay outside", async () => {
    const community = await makeCommunity();
    const terms = earlier(runningTerms());
    const scene = serving(community, "secretary");
    expect(reasonOf(await draftContract(scene, terms, SCRIPT, newOnce()))).toBe("file_refused");
    expect(
      reasonOf(
        await draftContract(
          scene,
          terms,
          { name: "合同.pdf", bytes: new Uint8Array([0xff, 0xd8, 0xff, 0]) },
          newOnce(),
        ),
      ),
    ).toBe("file_not_pdf");
    expect(reasonOf(await draftContract(scene, terms, null, newOnce()))).toBe("file_missing");
  });

  test("sent twice it is one contract; under the same key something else is refused", async () => {
    const community = await makeCommunity();
    const once = newOnce();
    const scene = serving(community, "secretary");
    const first = must(await draftContract(scene, earlier(runningTerms()), PDF, once));
    expect(must(await draftContract(scene, earlier(runningTerms()), PDF, once))).toEqual(first);
    expect(reasonOf(await draftContract(scene, earlier(runningTerms({ title: "别的" })), PDF, once))).toBe(
      "key_reused",
    );
    expect(await count(community, "tender_contract")).toBe(1);
  });

  test("refused with a reason by another, given up by its drafter alone, and then no more", async () => {
    const community = await makeCommunity();
    const drafted = async () =>
      must(await draftContract(serving(community, "secretary"), earlier(runningTerms()), PDF, newOnce())).contractId;
    const one = await drafted();
    expect(reasonOf(await dropContract(serving(community, "chair"), one, { kind: "withdrawn" }))).toBe(
      "not_the_drafter",
    );
    expect(reasonOf(await dropContract(serving(community, "chair"), one, { kind: "refused", why: " " }))).toBe(
      "why_missing",
    );
    expect(
      must(await dropContract(serving(community, "chair"), one, { kind: "refused", why: "金额不清" })),
    ).toBeTruthy();
    expect(reasonOf(await signContract(serving(community, "chair"), one, "2026-12-01"))).toBe("contract_moved");
    expect(
      must(await dropContract(serving(community, "secretary"), await drafted(), { kind: "withdrawn" })),
    ).toBeTruthy();
  });

  test("a document dated after the beginning is no ground; filing is entered once, after the signature", async () => {
    const community = await makeCommunity();
    const asked = { ...earlier(runningTerms()), basis: { kind: "earlier", title: "决议", on: "2026-01-02" } as const };
    expect(faultsOf(await draftContract(serving(community, "secretary"), asked, PDF, newOnce()))).toEqual([
      "basis_after_start",
    ]);
    const row = await signed(community);
    const file = (filedOn: string, words = "璧山区住建委，回执2026-3") =>
      fileContract(serving(community, "secretary", at("2026-01-10")), row.contractId, { filedOn, words });
    expect(reasonOf(await file("2025-12-31"))).toBe("filing_day");
    expect(reasonOf(await file("2026-01-11"))).toBe("filing_day");
    expect(reasonOf(await file("2026-01-05", ""))).toBe("filing_words");
    expect(must(await file("2026-01-05"))).toBeTruthy();
    expect(must(await file("2026-01-05"))).toBeTruthy();
    expect(reasonOf(await file("2026-01-06"))).toBe("contract_moved");
  });
});

describe("what is given on to others (D16)", () => {
  const whole = runningTerms({
    lots: [{ lotNo: 1, title: "物业服务", service: "whole", scope: "全部" }],
    parts: ["cleaning", "greening"],
    subcontractable: ["cleaning", "greening"],
  });
  const sub = (service: "cleaning" | "greening") => ({
    service,
    extent: "whole" as const,
    words: "",
    contractorName: "专业分包有限公司",
    contractorCode: "91350500798359476R",
    fromOn: "2026-02-01",
    toOn: "2026-12-31",
  });
  test("the last part is refused, also when both come at once; struck, it may be given on again", async () => {
    const community = await makeCommunity();
    const { contractId } = await signed(community, whole);
    const scene = serving(community, "secretary", at("2026-01-20"));
    const both = await Promise.all(
      (["cleaning", "greening"] as const).map((service) =>
        registerSubcontract(scene, contractId, sub(service), newOnce()),
      ),
    );
    expect(both.map(reasonOf).toSorted()).toEqual(["all_given_on", null]);
    const [rows] = await scene.db.read(listSubcontracts(scene, contractId));
    expect(rows).toHaveLength(1);
    must(await strikeSubcontract(scene, contractId, 1, "分包单位退出"));
    must(await strikeSubcontract(scene, contractId, 1, "分包单位退出"));
    must(await registerSubcontract(scene, contractId, sub("greening"), newOnce()));
    expect(await count(community, "tender_subcontract")).toBe(3);
  });
});

describe("changes by their own rule", () => {
  const scene = (community: CommunityAddress, who: "secretary" | "chair" = "secretary", now = TODAY) =>
    serving(community, who, now);
  test("within the limits two officers; beyond them not without the owners; each a new edition", async () => {
    const community = await makeCommunity();
    const { contractId, terms } = await signed(community);
    // Three more months at the price of the twelve before.
    const longer = {
      lines: terms.lines.map((line) => (line.key === "monthly" ? { ...line, quantityHundredths: 1_500 } : line)),
      priceFen: 31_000_000,
      plan: [...terms.plan, { dueOn: "2027-03-31", amountFen: 6_000_000, condition: "延长三个月" }],
    };
    const change = (more: Partial<typeof terms>) =>
      draftChange(
        scene(community),
        contractId,
        { terms: { ...terms, ...more }, why: "衔接下一次选聘", decision: null },
        PDF,
        newOnce(),
      );
    expect(await change({ ...longer, toOn: "2027-04-01" })).toMatchObject({
      error: { reason: "beyond_limits", beyond: ["term"] },
    });
    expect(reasonOf(await change({}))).toBe("nothing_changed");
    expect(must(await change({ ...longer, toOn: "2027-03-31" }))).toEqual({ edition: 2 });
    expect(reasonOf(await change({ ...longer, toOn: "2027-03-30" }))).toBe("edition_waits");
    expect(reasonOf(await signChange(scene(community), contractId, "2026-11-23"))).toBe("own_contract");
    const row = must(await signChange(scene(community, "chair"), contractId, "2026-11-23"));
    expect(row).toMatchObject({ edition: 2, toOn: "2027-03-31" });
    expect(must(await signChange(scene(community, "chair"), contractId, "2026-11-23")).edition).toBe(2);
    must(
      await draftChange(
        scene(community),
        contractId,
        { terms: { ...row.terms, bondFen: 0 }, why: "退还保证金", decision: null },
        PDF,
        newOnce(),
      ),
    );
    must(await dropChange(scene(community, "chair"), contractId, { kind: "refused", why: "还没到期" }));
    expect((await readEditions(sceneAt(community), contractId)).map(({ kind, state }) => [kind, state])).toEqual([
      ["first", "in_force"],
      ["extension", "in_force"],
      ["change", "refused"],
    ]);
  });

  test("beyond the limits on the owners' carried decision of matter 4 and no other", async () => {
    const community = await communityWithRoll(9);
    await publishedOn(community, 9, () => 1, { items: [itemOf(1, { matter: 4 }), itemOf(2, { matter: 9 })] });
    const now = PUBLISHED_AT + DAY_MS;
    const { contractId, terms } = await signed(community);
    const change = (item: number) =>
      draftChange(
        scene(community, "secretary", now),
        contractId,
        { terms: { ...terms, toOn: "2027-12-31" }, why: "续聘一年", decision: { meeting: 1, item } },
        PDF,
        newOnce(),
      );
    expect(reasonOf(await change(2))).toBe("decision_of_another_matter");
    expect(reasonOf(await change(3))).toBe("decision_unknown");
    must(await change(1));
    expect(must(await signChange(scene(community, "chair", now), contractId, dayOf(now))).toOn).toBe("2027-12-31");
  });
});

describe("payments name the contract", () => {
  const PAY = {
    planNo: 1,
    on: "2026-11-20",
    amountFen: 100_000,
    deductFen: 0,
    reportPeriod: null,
    book: "common",
    cost: "5001.01",
    from: "1002.01",
  } as const;
  test("the voucher goes the ledger's way; what waits is not paid, and too much is shown", async () => {
    const community = await withBook();
    const { contractId, terms } = await signed(community, runningTerms());
    const scene = { ...keeping(community, "treasurer") };
    const [accounts] = await scene.db.read(
      scene.db.all<{ code: string }>(
        sql`SELECT code FROM ledger_account WHERE community_id = ${community.id} AND kind = 'cost' AND postable = 1 ORDER BY code`,
      ),
    );
    const cost = accounts[0]!.code;
    const pay = (amountFen: number) =>
      payContract(
        scene,
        contractId,
        { ...PAY, cost, amountFen },
        [{ name: "发票.png", bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) }],
        newOnce(),
      );
    expect(reasonOf(await pay(0))).toBe("pay_amount");
    expect(reasonOf(await payContract(scene, contractId, { ...PAY, cost, planNo: 9 }, [], newOnce()))).toBe(
      "unknown_plan_row",
    );
    const { voucherId } = must(await pay(100_000));
    const rows = async () => {
      const [payments] = await scene.db.read(listPayments(scene, contractId));
      return planAgainstPaid(
        terms.plan,
        payments.map((one) => ({ ...one, isReversed: Boolean(one.isReversed) })),
        "2026-11-23",
      );
    };
    expect((await rows())[0]).toMatchObject({ paidFen: 0, waitingFen: 100_000 });
    must(await reviewVoucher(keeping(community, "accountant"), voucherId));
    expect((await rows())[0]).toMatchObject({ paidFen: 100_000, waitingFen: 0, state: "overdue" });
  });

  test("a voucher of the books is named once, and for one contract", async () => {
    const community = await withBook();
    const { contractId } = await signed(community);
    const other = await signed(community, runningTerms({ title: "别的合同" }));
    const voucher = await posted(
      community,
      rentOf(50_000, { lines: [debit("1002.01", 50_000), credit("4001.03", 50_000)] }),
    );
    const scene = keeping(community, "treasurer");
    const name = (id: string, planNo = 1) => nameVoucher(scene, id, { voucherId: voucher.voucherId, planNo });
    const unnamed = async () => {
      const [rows] = await scene.db.read(listUnnamedVouchers(scene, "common", 20));
      return rows.map(({ voucherId }) => voucherId);
    };
    expect(await unnamed()).toContain(voucher.voucherId);
    must(await name(contractId));
    must(await name(contractId));
    expect(reasonOf(await name(contractId, 2))).toBe("voucher_named");
    expect(reasonOf(await name(other.contractId))).toBe("voucher_named");
    expect(await unnamed()).not.toContain(voucher.voucherId);
    expect(reasonOf(await nameVoucher(scene, contractId, { voucherId: "none", planNo: 1 }))).toBe("unknown_voucher");
  });
});

describe("dismissal, handover and interim service (CC 946-950; D17, D18)", () => {
  test("sixty days on the owners' decision; two people; every line signed by both sides before another takes over", async () => {
    const community = await communityWithRoll(9);
    await publishedOn(community, 9, () => 1, { items: [itemOf(1, { matter: 4 })] });
    const now = PUBLISHED_AT + DAY_MS;
    const notice = dayOf(now);
    const day = (days: number) => dayOf(now + days * DAY_MS);
    const { contractId } = await signed(
      community,
      runningTerms({ toOn: "2027-12-31", plan: [{ dueOn: "2026-06-30", amountFen: 25_000_000, condition: "" }] }),
    );
    const secretary = serving(community, "secretary", now);
    const end = (endsOn: string, decision: { meeting: number; item: number } | null = { meeting: 1, item: 1 }) =>
      draftEnding(
        secretary,
        contractId,
        { kind: "dismissed", bySide: "owners", noticedOn: notice, endsOn, why: "业主大会决定解聘", decision },
        PDF,
        newOnce(),
      );
    expect(reasonOf(await end(day(59)))).toBe("notice_short");
    expect(reasonOf(await end(day(60), null))).toBe("decision_needed");
    must(await end(day(60)));
    expect(reasonOf(await end(day(61)))).toBe("ending_waits");
    expect(reasonOf(await confirmEnding(secretary, contractId))).toBe("own_contract");
    expect(must(await confirmEnding(serving(community, "chair", now), contractId)).endsOn).toBe(day(60));
    expect(must(await confirmEnding(serving(community, "chair", now), contractId)).endsOn).toBe(day(60));
    expect(
      reasonOf(
        await draftChange(secretary, contractId, { terms: runningTerms(), why: "改", decision: null }, PDF, newOnce()),
      ),
    ).toBe("contract_moved");

    const after = now + 61 * DAY_MS;
    const keeps = serving(community, "secretary", after);
    const takes = serving(community, "chair", after);
    const add = (kind: string, amountFen: number | null = null, strikes: number | null = null) =>
      addTakeoverLine(keeps, contractId, { kind, what: `${kind}一批`, amountFen, strikes }, newOnce());
    expect(reasonOf(await add("deposits"))).toBe("amount_needed");
    for (const kind of TAKEOVER_KINDS) must(await add(kind, kind === "deposits" ? 0 : null));
    const mark = (scene: typeof keeps, lineNo: number, side: "gives" | "takes") =>
      markTakeoverLine(scene, contractId, lineNo, { side, words: "项目经理" });
    expect(reasonOf(await takeOver(takes, contractId, day(61)))).toBe("takeover_incomplete");
    for (const lineNo of [1, 2, 3, 4]) must(await mark(keeps, lineNo, "gives"));
    expect(reasonOf(await mark(keeps, 1, "takes"))).toBe("signs_both_sides");
    for (const lineNo of [1, 2, 3, 4]) must(await mark(takes, lineNo, "takes"));
    must(await add("records", null, 3));
    expect(reasonOf(await takeOver(takes, contractId, day(61)))).toBe("takeover_incomplete");
    must(await mark(keeps, 5, "gives"));
    must(await mark(takes, 5, "takes"));
    expect(reasonOf(await mark(takes, 3, "takes"))).toBe("struck_line");
    expect(reasonOf(await takeOver(takes, contractId, day(60)))).toBe("takeover_day");
    must(await takeOver(takes, contractId, day(61)));
    must(await takeOver(takes, contractId, day(61)));
    const [lines] = await keeps.db.read(listTakeoverLines(keeps, contractId));
    expect(lines.filter(({ struckBy }) => struckBy === null)).toHaveLength(4);
  });
});

describe("the tables refuse by themselves", () => {
  const db = openDirectory(testEnv);
  test("nothing of a signed contract is changed, taken away or put in the place of another", async () => {
    const community = await makeCommunity();
    const { contractId } = await signed(community);
    const run = async (text: string) => {
      const done = await db.write([
        db.run(sql.raw(text.replaceAll("$c", `'${community.id}'`).replaceAll("$k", `'${contractId}'`))),
      ]);
      return done.ok ? "ok" : done.error.code;
    };
    expect(
      await run("UPDATE tender_contract SET version = version + 1, provider_name = 'x' WHERE community_id = $c"),
    ).toBe("append_only");
    expect(
      await run("UPDATE tender_contract SET version = version + 1, signed_on = '2026-02-01' WHERE community_id = $c"),
    ).toBe("contract_moved");
    expect(await run("DELETE FROM tender_contract WHERE community_id = $c")).toBe("append_only");
    expect(await run("UPDATE tender_contract_edition SET terms = '{}' WHERE community_id = $c")).toBe("contract_moved");
    expect(await run("DELETE FROM tender_contract_edition WHERE community_id = $c")).toBe("append_only");
    expect(
      await run(
        "INSERT OR REPLACE INTO tender_contract SELECT community_id, 'other', number, tender_id, provider_name, provider_code, title, basis, 'drafted', 1, 1, from_on, to_on, NULL, drafted_by, drafted_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, leaf_hash FROM tender_contract WHERE community_id = $c",
      ),
    ).toBe("contract_exists");
    expect(await count(community, "tender_contract")).toBe(1);
  });
});
