/** The panel, the examination and the scoring of a tender: drawn by a seed nobody could choose, committed to before shown, added up as anyone can. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { sql } from "../../src/platform/db.ts";
import { commitSeed, drawOrder, replayDraw } from "../../src/record/draw/rules.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import {
  appointRepresentative,
  drawPanel,
  preparePanel,
  sendLinkAgain,
} from "../../src/tenders/scoring/panel/actions.ts";
import { declareFree, declareTie, replaceMember } from "../../src/tenders/scoring/panel/leaving.ts";
import { addExpert, retireExpert } from "../../src/tenders/scoring/panel/pool.ts";
import { findPanel, listExperts } from "../../src/tenders/scoring/panel/store.ts";
import { decideExamination, examineBid } from "../../src/tenders/scoring/qualifying/actions.ts";
import { findReport, publishCandidates, reportHash, scoreTender } from "../../src/tenders/scoring/result/actions.ts";
import { recompute } from "../../src/tenders/scoring/result/report.ts";
import {
  commitSheet,
  openScoring,
  openSheet,
  recordFacts,
  revealSheet,
} from "../../src/tenders/scoring/sheets/actions.ts";
import { listMismatches } from "../../src/tenders/scoring/sheets/store.ts";
import { cleaningLot, schemeOf } from "../unit/tender-scheme-of-test.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";
import { newOnce } from "./meeting-of-test.ts";
import {
  bidsOf,
  committed,
  decider,
  drafter,
  membersOf,
  openedBy,
  openedTender,
  panelled,
  pointsOf,
  pooled,
  publishedTender,
  qualified,
  scoringOpened,
  sittingOf,
  type TenderOfTest,
  tenderRow,
} from "./tender-scoring-of-test.ts";
import { register } from "./tender-sealing-of-test.ts";

const panelOf = async ({ community, tenderId }: TenderOfTest) => {
  const scene = sceneAt(community);
  return (await scene.db.read(findPanel(scene, tenderId)))[0][0]!;
};
const numbers = (json: string | null): number[] => JSON.parse(json!) as number[];

/** A tender with its panel and its bids examined, and scoring open. */
const scoring = async (): Promise<TenderOfTest> => {
  const community = await makeCommunity();
  await pooled(community);
  const tender = await openedTender(community);
  await panelled(tender);
  await qualified(tender);
  await scoringOpened(tender);
  return tender;
};

describe("the pool", () => {
  test("keeps names and numbers sealed, and takes nobody twice", async () => {
    const community = await makeCommunity();
    await pooled(community, 2);
    const asked = { name: "再来", phone: "138-0000-0001", speciality: "工程", organisation: "", source: "专家库" };
    expect(await addExpert(drafter(community), asked, newOnce())).toMatchObject({ error: { reason: "expert_known" } });
    const scene = sceneAt(community);
    const [rows] = await scene.db.read(listExperts(scene, { limit: 10, offset: 0 }));
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/专家[一丁]|1380000/);
    // Out of the pool, the same number may come in again.
    expect(await retireExpert(drafter(community), 2, "退休")).toMatchObject({ ok: true });
    expect(await retireExpert(drafter(community), 2, "退休")).toMatchObject({ ok: true });
    expect(await addExpert(drafter(community), asked, newOnce())).toMatchObject({ ok: true, value: { expertNo: 3 } });
    expect(await retireExpert(drafter(community), 9, "没有")).toMatchObject({ error: { reason: "unknown_expert" } });
  });
  test("the same form sent twice is one expert", async () => {
    const community = await makeCommunity();
    const asked = { name: "某某", phone: "13800000009", speciality: "工程", organisation: "", source: "专家库" };
    const once = newOnce();
    const both = await Promise.all([
      addExpert(drafter(community), asked, once),
      addExpert(drafter(community), asked, once),
    ]);
    expect(both).toEqual([
      { ok: true, value: { expertNo: 1 } },
      { ok: true, value: { expertNo: 1 } },
    ]);
    expect(await addExpert(drafter(community), { ...asked, name: "" }, newOnce())).toMatchObject({
      error: { reason: "words_missing" },
    });
    expect(await addExpert(drafter(community), { ...asked, phone: "123" }, newOnce())).toMatchObject({
      error: { reason: "phone_malformed" },
    });
  });
});

describe("the draw", () => {
  test("commits to its seed before the bids are opened, and gives the order anyone can draw again", async () => {
    const community = await makeCommunity();
    await pooled(community);
    const tender = await openedTender(community, { state: "noticed" });
    const { tenderId } = tender;
    const made = await preparePanel(decider(community), tenderId);
    expect(await preparePanel(decider(community), tenderId)).toEqual(made);
    expect(await drawPanel(decider(community), tenderId)).toMatchObject({ error: { reason: "wrong_tender_state" } });
    const before = await panelOf(tender);
    expect(before.seed).toBeNull();
    expect(numbers(before.pool)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await openedBy(tender, T0 + 3 * 86_400_000);
    // Whoever joins the pool later cannot be drawn.
    expect(
      await addExpert(
        drafter(community),
        { name: "晚来", phone: "13811112222", speciality: "工程", organisation: "", source: "库" },
        newOnce(),
      ),
    ).toMatchObject({ ok: true });
    const both = await Promise.all([drawPanel(decider(community), tenderId), drawPanel(decider(community), tenderId)]);
    expect(both).toEqual([
      { ok: true, value: true },
      { ok: true, value: true },
    ]);
    const panel = await panelOf(tender);
    expect(commitSeed(hexToBytes(panel.seed!))).toBe(before.commitment);
    const lots = numbers(panel.pool);
    expect(numbers(panel.drawn)).toEqual(
      drawOrder(hexToBytes(panel.seed!), panel.purpose!, lots.map(String)).map(Number),
    );
    const draw = { commitment: panel.commitment, purpose: panel.purpose!, lots, drawn: numbers(panel.drawn) };
    expect(replayDraw(draw, panel.seed!).ok).toBe(true);
    expect(replayDraw(draw, "00".repeat(32))).toMatchObject({ error: { reason: "another_seed" } });
    expect((await membersOf(tender)).map(({ expertNo }) => expertNo)).toEqual(numbers(panel.drawn).slice(0, 4));
  });
  test("needs a pool that can replace somebody, and is refused a panel that is not lawful", async () => {
    const community = await makeCommunity();
    await pooled(community, 4);
    const tender = await openedTender(community);
    expect(await preparePanel(decider(community), tender.tenderId)).toMatchObject({
      error: { reason: "pool_too_small", experts: 4, needed: 5 },
    });
    expect(await drawPanel(decider(community), tender.tenderId)).toMatchObject({
      error: { reason: "panel_not_prepared" },
    });
    const scene = sceneAt(community);
    const four = { commitment: "0".repeat(64), seed: "x" };
    await expect(
      scene.db.write([
        scene.db.run(
          sql`INSERT INTO tender_panel SELECT ${community.id}, ${tender.tenderId}, ${four.commitment}, 'x', ${four.commitment}, 'x', '[]', 4, 4, 'average', 0, 'x', 1, 'x'`,
        ),
      ]),
    ).rejects.toThrow(/CHECK/);
  });
  test("passes over who works for a bidder, and replaces a member who declares a tie by the next of the draw", async () => {
    const community = await makeCommunity();
    await pooled(community, 2, "第3物业服务有限公司");
    await pooled(community, 6, "市物业管理协会", 2);
    const tender = await openedTender(community);
    const { tenderId } = tender;
    const scene = sceneAt(community);
    await preparePanel(decider(community), tenderId);
    expect(await drawPanel(decider(community), tenderId)).toMatchObject({ ok: true });
    const panel = await panelOf(tender);
    const drawn = numbers(panel.drawn);
    const order = drawn.filter((number) => number > 2);
    const before = drawn.slice(0, drawn.indexOf(order[3]!)).filter((number) => number <= 2);
    expect(numbers(panel.passedOver)).toEqual(before);
    const members = await membersOf(tender);
    expect(members.map(({ expertNo }) => expertNo)).toEqual(order.slice(0, 4));
    const [first, second] = members;
    expect(await declareTie(scene, { tenderId, memberNo: first!.memberNo }, "弟弟在第1家公司工作")).toMatchObject({
      ok: true,
    });
    expect(await declareTie(scene, { tenderId, memberNo: first!.memberNo }, "弟弟在第1家公司工作")).toMatchObject({
      ok: true,
    });
    expect(await declareFree(scene, { tenderId, memberNo: first!.memberNo })).toMatchObject({
      error: { reason: "member_left" },
    });
    expect((await membersOf(tender)).at(-1)).toMatchObject({ expertNo: order[4], inPlaceOf: first!.memberNo });
    expect(
      await replaceMember(decider(community), tenderId, second!.memberNo, {
        cause: "related",
        why: "业委会委员的配偶",
      }),
    ).toMatchObject({ ok: true });
    expect((await sittingOf(tender)).map(({ expertNo }) => expertNo)).toEqual(order.slice(2));
    // The pool is used up now.
    const third = (await sittingOf(tender))[0]!;
    expect(
      await replaceMember(decider(community), tenderId, third.memberNo, { cause: "absent", why: "联系不上" }),
    ).toMatchObject({ error: { reason: "pool_too_small" } });
    const [leaves] = await scene.db.read(listLeavesAbout(scene, tenderId, 0, 100));
    expect(leaves.map(({ entry }) => entry).join()).not.toMatch(/专家[一-鿿]|弟弟|配偶|1380000/);
  });
  test("leaves the tenderer only the places that are not the experts'", async () => {
    const community = await makeCommunity();
    await pooled(community);
    const tender = await openedTender(community);
    const { tenderId } = tender;
    await preparePanel(decider(community), tenderId);
    await drawPanel(decider(community), tenderId);
    const person = (no: number) => ({ name: `代表${no}`, phone: `1390000000${no}`, organisation: "业主委员会" });
    const once = newOnce();
    const both = await Promise.all([
      appointRepresentative(decider(community), tenderId, person(1), once),
      appointRepresentative(decider(community), tenderId, person(1), once),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(await appointRepresentative(decider(community), tenderId, person(2), newOnce())).toMatchObject({
      error: { reason: "panel_full", places: 1 },
    });
    expect(await sendLinkAgain(decider(community), tenderId, 1, newOnce())).toMatchObject({ ok: true });
    expect((await membersOf(tender))[0]).toMatchObject({ generation: 2 });
  });
});

describe("the examination", () => {
  test("waits until two people have settled a tie, and leaves out whom they kept out (T13)", async () => {
    const community = await makeCommunity();
    const scheme = schemeOf();
    const tender = await openedTender(community, {
      scheme,
      bids: bidsOf(scheme, 4),
      state: "noticed",
      at: T0 + 3 * 86_400_000,
    });
    const { tenderId } = tender;
    await register({ community, tenderId, scheme }, ["bidder-1", "bidder-2", "bidder-3", "bidder-4"]);
    const scene = decider(community);
    const put = (statement: ReturnType<typeof sql>) => scene.db.write([scene.db.run(statement)]);
    const hash = "0".repeat(64);
    await put(
      sql`INSERT INTO tender_conflict VALUES (${community.id}, ${tenderId}, 1, 'same_controller', 0, 'bidder-1', 'bidder-2', ${T0}, ${hash})`,
    );
    await openedBy(tender);
    const shown = scheme.lots[0]!.qualifications;
    for (const bidderNo of [1, 2, 3, 4])
      await examineBid(drafter(community), tenderId, { lotNo: 1, bidderNo, shown, voidWhy: null });
    expect(await decideExamination(scene, tenderId)).toMatchObject({ error: { reason: "conflicts_open", open: 1 } });
    await put(
      sql`INSERT INTO tender_conflict_decision VALUES (${community.id}, ${tenderId}, 1, 1, 'exclude_other', '同一实际控制人', 'chair', '业主委员会主任', ${T0}, ${hash})`,
    );
    expect(await decideExamination(scene, tenderId)).toMatchObject({ error: { reason: "conflicts_open", open: 1 } });
    await put(
      sql`INSERT INTO tender_conflict_answer VALUES (${community.id}, ${tenderId}, 1, 1, 1, '', 'supervisor', '监督员', ${T0}, ${hash})`,
    );
    expect(await decideExamination(scene, tenderId)).toMatchObject({
      value: { lots: [{ fit: [1, 3, 4], void: [{ bidderNo: 2, why: "因关联关系不得参加：同一实际控制人" }] }] },
    });
  });
  test("needs every bid examined; a lot with two left has failed, and the tender with its last lot", async () => {
    const community = await makeCommunity();
    const scheme = schemeOf({ lots: [cleaningLot(), cleaningLot({ lotNo: 2, title: "绿化", service: "greening" })] });
    const bids = bidsOf(scheme, 3);
    const tender = await openedTender(community, { scheme, bids });
    const { tenderId } = tender;
    const shown = scheme.lots[0]!.qualifications;
    for (const bidderNo of [1, 2, 3])
      await examineBid(drafter(community), tenderId, { lotNo: 1, bidderNo, shown, voidWhy: null });
    expect(await decideExamination(decider(community), tenderId)).toMatchObject({
      error: { reason: "bids_unexamined", left: [{ lotNo: 2, bidderNo: 1 }, {}, {}] },
    });
    expect(
      await examineBid(drafter(community), tenderId, { lotNo: 2, bidderNo: 1, shown: [], voidWhy: null }),
    ).toMatchObject({ error: { reason: "void_reason_missing" } });
    for (const bidderNo of [1, 2, 3])
      await examineBid(drafter(community), tenderId, {
        lotNo: 2,
        bidderNo,
        shown,
        voidWhy: bidderNo === 1 ? "营业执照已过期" : null,
      });
    // A correction is another edition; the same again is none.
    const again = await examineBid(drafter(community), tenderId, { lotNo: 1, bidderNo: 1, shown, voidWhy: null });
    expect(again).toEqual({ ok: true, value: { edition: 1 } });
    const [one, other] = await Promise.all([
      decideExamination(decider(community), tenderId),
      decideExamination(decider(community), tenderId),
    ]);
    expect([one, other].filter(({ ok }) => ok)).toHaveLength(1);
    expect(await tenderRow(tender)).toMatchObject({ state: "qualified" });
    expect(
      await examineBid(drafter(community), tenderId, { lotNo: 1, bidderNo: 1, shown: [], voidWhy: "迟了" }),
    ).toMatchObject({
      error: { reason: "wrong_tender_state" },
    });
    const failing = await openedTender(community, { bids: bidsOf(schemeOf(), 3) });
    for (const bidderNo of [1, 2, 3])
      await examineBid(drafter(community), failing.tenderId, {
        lotNo: 1,
        bidderNo,
        shown,
        voidWhy: bidderNo === 3 ? "与第1家同一控制人" : null,
      });
    expect(await decideExamination(decider(community), failing.tenderId)).toMatchObject({ value: { state: "failed" } });
    expect(await tenderRow(failing)).toMatchObject({ state: "failed" });
  });
});

describe("the scoring", () => {
  test("opens for a full and lawful panel whose members have declared, with every fact in", async () => {
    const community = await makeCommunity();
    await pooled(community);
    const tender = await openedTender(community);
    const { tenderId } = tender;
    await preparePanel(decider(community), tenderId);
    await drawPanel(decider(community), tenderId);
    await qualified(tender);
    // Four experts alone are an even panel of four.
    expect(await openScoring(decider(community), tenderId)).toMatchObject({ error: { reason: "panel_size", size: 4 } });
    await appointRepresentative(
      decider(community),
      tenderId,
      { name: "代表", phone: "13900000001", organisation: "" },
      newOnce(),
    );
    expect(await openScoring(decider(community), tenderId)).toMatchObject({
      error: { reason: "ties_undeclared", members: [1, 2, 3, 4, 5] },
    });
    for (const { memberNo } of await sittingOf(tender)) await declareFree(sceneAt(community), { tenderId, memberNo });
    expect(await openScoring(decider(community), tenderId)).toMatchObject({ error: { reason: "facts_faulty" } });
    expect(await recordFacts(drafter(community), tenderId, await pointsOf(tender, "fact", () => 2_001))).toMatchObject({
      error: { reason: "facts_faulty", faults: [{ reason: "points_out_of_range", most: 2_000 }, {}, {}, {}] },
    });
    await scoringOpened(tender);
    expect(await openScoring(decider(community), tenderId)).toMatchObject({ ok: true });
    expect(await recordFacts(drafter(community), tenderId, await pointsOf(tender, "fact"))).toMatchObject({
      value: { changed: 0 },
    });
    expect(await recordFacts(drafter(community), tenderId, await pointsOf(tender, "fact", () => 1))).toMatchObject({
      error: { reason: "scoring_open" },
    });
  });
  test("takes a score in range alone, once, and shows nothing of it before everybody's sheet is in", async () => {
    const tender = await scoring();
    const { community, tenderId } = tender;
    const scene = sceneAt(community);
    const [first, ...others] = await sittingOf(tender);
    const actor = { tenderId, memberNo: first!.memberNo };
    const given = await pointsOf(tender, "judged");
    expect(await commitSheet(scene, actor, given.with(0, { ...given[0]!, points: 4_001 }))).toMatchObject({
      error: { reason: "sheet_faulty", faults: [{ reason: "points_out_of_range", points: 4_001, most: 4_000 }] },
    });
    const made = await commitSheet(scene, actor, given);
    expect(made).toMatchObject({ ok: true });
    expect(await commitSheet(scene, actor, given.toReversed())).toEqual(made);
    expect(await commitSheet(scene, actor, await pointsOf(tender, "judged", () => 7))).toMatchObject({
      error: { reason: "sheet_committed" },
    });
    expect(await revealSheet(scene, actor)).toMatchObject({ error: { reason: "scoring_open" } });
    const [rows] = await scene.db.read(
      scene.db.all<{ sheet_sealed: string }>(
        sql`SELECT sheet_sealed FROM tender_sheet WHERE community_id = ${community.id}`,
      ),
    );
    expect(rows[0]!.sheet_sealed).not.toMatch(/points|有具体安排/);
    for (const { memberNo } of others) await commitSheet(scene, { tenderId, memberNo }, given);
    expect((await panelOf(tender)).scoringClosedAt).not.toBeNull();
    // The panel stands, and no sheet is taken any more.
    expect(await replaceMember(decider(community), tenderId, 1, { cause: "absent", why: "病了" })).toMatchObject({
      error: { reason: "scoring_closed" },
    });
    expect(await commitSheet(scene, actor, await pointsOf(tender, "judged", () => 7))).toMatchObject({
      error: { reason: "scoring_closed" },
    });
    expect(
      await scene.db.write([
        scene.db.run(
          sql`INSERT INTO tender_sheet SELECT ${community.id}, ${tenderId}, 99, ${"0".repeat(64)}, 'x', 1, 'x'`,
        ),
      ]),
    ).toMatchObject({ error: { code: "scoring_closed" } });
  });
  test("refuses to reveal another sheet, and shows that it was tried", async () => {
    const tender = await scoring();
    const { community, tenderId } = tender;
    await committed(tender);
    const scene = sceneAt(community);
    const actor = { tenderId, memberNo: 1 };
    const kept = (await openSheet(scene, actor))!;
    const other = await pointsOf(tender, "judged", () => 4_000);
    for (const _ of [1, 2])
      expect(await revealSheet(scene, actor, { given: other, nonce: kept.nonce })).toMatchObject({
        error: { reason: "another_sheet", committed: kept.commitment },
      });
    const [mismatches] = await scene.db.read(listMismatches(scene, tenderId));
    expect(mismatches).toMatchObject([{ memberNo: 1 }]);
    expect(await scoreTender(decider(community), tenderId)).toMatchObject({ error: { reason: "sheets_hidden" } });
    // The member's own file opens it, and two at once are one.
    const both = await Promise.all([
      revealSheet(scene, actor, { given: kept.sheet.given, nonce: kept.nonce }),
      revealSheet(sceneAt(community), actor),
    ]);
    expect(both).toEqual([
      { ok: true, value: true },
      { ok: true, value: true },
    ]);
    expect((await membersOf(tender)).filter(({ revealedAt }) => revealedAt !== null)).toHaveLength(1);
  });
  test("is added up once everything is revealed, and comes out of the report again", async () => {
    const community = await makeCommunity();
    const tender = await publishedTender(community);
    const { tenderId } = tender;
    const scene = sceneAt(community);
    const found = (await findReport(scene, tenderId))!;
    const { report, results } = found;
    expect(recompute(report)).toEqual({ ok: true, value: results });
    expect(recompute(JSON.parse(JSON.stringify(report)))).toEqual({ ok: true, value: results });
    expect(results[0]!.candidates).toHaveLength(3);
    const [sheet] = report.sheets;
    const bent = { ...sheet!, given: sheet!.given.with(0, { ...sheet!.given[0]!, points: 4_000 }) };
    expect(recompute({ ...report, sheets: report.sheets.with(0, bent) })).toMatchObject({
      error: { reason: "another_sheet", memberNo: sheet!.memberNo },
    });
    expect(recompute({ ...report, seed: "00".repeat(32) })).toMatchObject({ error: { reason: "another_seed" } });
    const [leaves] = await scene.db.read(listLeavesAbout(scene, tenderId, 0, 100));
    const scored = leaves.find(({ type }) => type === "tender.scored")!;
    expect(JSON.parse(scored.entry)).toMatchObject({ report: reportHash(report) });
    // Names come out with the candidates, and never into the record.
    const members = await membersOf(tender);
    expect(members.every(({ name }) => name !== null)).toBe(true);
    expect(leaves.map(({ entry }) => entry).join()).not.toContain(members[0]!.name!);
    const row = await tenderRow(tender);
    expect(row).toMatchObject({ state: "published" });
    expect(await publishCandidates(decider(community), tenderId)).toMatchObject({ ok: true });
    expect(await scoreTender(decider(community), tenderId)).toEqual({ ok: true, value: results });
  });
  test("nothing of it can be changed or replaced in place", async () => {
    const community = await makeCommunity();
    const tender = await publishedTender(community);
    const scene = sceneAt(community);
    const here = sql`community_id = ${community.id} AND tender_id = ${tender.tenderId}`;
    for (const [table, set] of [
      ["tender_fact", "points = 0"],
      ["tender_finding", "void_why = 'x'"],
      ["tender_compared", "total_hundredths = 1"],
      ["tender_sheet", "commitment = '0'"],
      ["tender_sheet_revealed", "sheet = '{}'"],
      ["tender_result", "results = '[]'"],
      ["tender_panel", "pool = '[]'"],
      ["tender_panel_drawn", "drawn = '[]'"],
      ["tender_member", "expert_no = 1"],
      ["tender_member_named", "name = 'x'"],
      ["tender_scoring", "closed_at = NULL"],
    ] as const)
      for (const statement of [
        sql`UPDATE ${sql.raw(table)} SET ${sql.raw(set)} WHERE ${here}`,
        sql`DELETE FROM ${sql.raw(table)} WHERE ${here}`,
        sql`INSERT OR REPLACE INTO ${sql.raw(table)} SELECT * FROM ${sql.raw(table)} WHERE ${here}`,
      ])
        expect(await scene.db.write([scene.db.run(statement)])).toMatchObject({ ok: false });
  });
});
