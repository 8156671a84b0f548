/** The owners choose among the candidates, and nobody else: the item, its guards, and what the published count makes of the tender. */
import { describe, expect, test } from "vitest";
import { choicePath, originPath } from "../../src/assembly/agenda/origins.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { removeItem } from "../../src/assembly/meeting/drafting.ts";
import { annul, withdraw } from "../../src/assembly/meeting/ending.ts";
import { readDraft } from "../../src/assembly/meeting/reading.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import type { MeetingId } from "../../src/kernel/id.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import { insertContractLot } from "../../src/tenders/contracts/store.ts";
import { takeChoiceBack } from "../../src/tenders/deciding/placing.ts";
import { runChoices, settleChoice } from "../../src/tenders/deciding/settling.ts";
import { listAwards, listChoices, listWithdrawnAwards } from "../../src/tenders/deciding/store.ts";
import { runAwards, WITHDRAWN_WHY } from "../../src/tenders/deciding/withdrawing.ts";
import type { Scheme } from "../../src/tenders/scheme/rules.ts";
import { listLotsOver } from "../../src/tenders/scoring/qualifying/store.ts";
import { cleaningLot, schemeOf } from "../unit/tender-scheme-of-test.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { textOf } from "./desk-of-test.ts";
import { as, communityWithRoll, meetingRow, newOnce } from "./meeting-of-test.ts";
import { get, getJson } from "./public-of-test.ts";
import {
  askedOwners,
  finalAfter,
  placedChoice,
  publishedTender,
  type TenderOfTest,
  tenderRow,
  votedOn,
} from "./tender-scoring-of-test.ts";

const EARLIER = T0 - 10 * DAY_MS;
const twoLots = (): Scheme =>
  schemeOf({ lots: [cleaningLot(), cleaningLot({ lotNo: 2, title: "绿化", service: "greening" })] });

const publishedIn = async (scheme?: Scheme, at = EARLIER): Promise<TenderOfTest> =>
  publishedTender(await communityWithRoll(), { at, ...(scheme ? { scheme } : {}) });

const read = async ({ community, tenderId }: TenderOfTest) => {
  const scene = sceneAt(community);
  const [awards, choices, over] = await scene.db.read(
    listAwards(scene, tenderId),
    listChoices(scene, tenderId),
    listLotsOver(scene, tenderId),
  );
  return { awards, choices, over };
};
const messages = async (community: CommunityAddress): Promise<number> => {
  const { db } = sceneAt(community);
  const [rows] = await db.read(
    db.all<{ n: number }>(
      sql`SELECT count(*) AS n FROM outbox_message WHERE community_id = ${community.id} AND kind = 'tender.award'`,
    ),
  );
  return rows[0]!.n;
};
/** So many marks for each option, one ballot each. */
const marks = (...counts: readonly number[]): number[][] =>
  counts.flatMap((count, at) => Array.from({ length: count }, () => [at + 1]));

describe("putting the candidates to the owners", () => {
  test("makes an item of matter 4: each candidate by rank, 以上都不同意 and 弃权", async () => {
    const tender = await publishedIn();
    const once = newOnce();
    const both = await Promise.all([placedChoice(tender, T0, once), placedChoice(tender, T0, once)]);
    expect(both.some(({ ok }) => ok)).toBe(true);
    const made = await placedChoice(tender, T0, once);
    if (!made.ok) throw new Error(made.error.reason);
    const { draft } = readDraft(await meetingRow(tender.community, made.value.meetingId));
    expect(draft.items).toHaveLength(1);
    const [item] = draft.items;
    expect(item).toMatchObject({ matter: 4, question: { kind: "choose_one", atMost: 1 } });
    expect(item!.question.options.map(({ label }) => label)).toEqual([
      "第1物业服务有限公司",
      "第2物业服务有限公司",
      "第3物业服务有限公司",
      "以上都不同意",
      "弃权",
    ]);
    expect(originPath(item!)).toBe(`/tenders/${tender.number}`);
    expect(choicePath(item!, 2)).toBe(`/tenders/${tender.number}/lots/1/candidates/2`);
    expect(choicePath(item!, 4)).toBeNull();
    expect(await placedChoice(tender)).toMatchObject({ error: { reason: "no_lot_to_place" } });
    expect((await read(tender)).choices).toHaveLength(1);
  });
  test("one item for each lot; a candidate alone is asked for by yes and no", async () => {
    const tender = await publishedIn({ ...twoLots(), candidatesMost: 1 });
    const made = await placedChoice(tender);
    if (!made.ok) throw new Error(made.error.reason);
    const { draft } = readDraft(await meetingRow(tender.community, made.value.meetingId));
    expect(draft.items.map(({ question }) => question.kind)).toEqual(["yes_no_abstain", "yes_no_abstain"]);
    expect(choicePath(draft.items[1]!, 1)).toBe(`/tenders/${tender.number}/lots/2/candidates/1`);
    expect(choicePath(draft.items[1]!, 2)).toBeNull();
  });
  test("is taken back here and nowhere else, and may be placed again", async () => {
    const tender = await publishedIn();
    const made = await placedChoice(tender);
    if (!made.ok) throw new Error(made.error.reason);
    const { meetingId } = made.value;
    const { version } = await meetingRow(tender.community, meetingId);
    const secretary = as(tender.community, "secretary");
    expect(await removeItem(secretary, { meetingId, version, once: newOnce() }, 1)).toMatchObject({
      error: { reason: "item_has_origin", kind: "tender" },
    });
    const back = { version, why: "改期", once: newOnce() };
    expect(await takeChoiceBack(secretary, tender.tenderId, { lotNo: 1, turn: 1 }, back)).toMatchObject({ ok: true });
    expect(await takeChoiceBack(secretary, tender.tenderId, { lotNo: 1, turn: 1 }, back)).toMatchObject({ ok: true });
    expect(await placedChoice(tender)).toMatchObject({ ok: true });
    expect((await read(tender)).choices.map(({ turn, voidCause }) => [turn, voidCause])).toEqual([
      [1, "taken_back"],
      [2, null],
    ]);
  });
  test("no notice goes out while the candidates can still be objected to, or an objection waits", async () => {
    const tender = await publishedIn(undefined, T0 - 2 * DAY_MS);
    const made = await placedChoice(tender);
    if (!made.ok) throw new Error(made.error.reason);
    const { meetingId } = made.value;
    const { version } = await meetingRow(tender.community, meetingId);
    const early = await giveNotice(as(tender.community, "chair", T0), meetingId, version);
    expect(early).toMatchObject({ ok: false });
    expect(JSON.stringify(early)).toContain("公示到");
    const row = await tenderRow(tender);
    // The last millisecond of the standstill, and the first after it.
    expect(await giveNotice(as(tender.community, "chair", row.standingUntil! - 1), meetingId, version)).toMatchObject({
      ok: false,
    });
    const scene = sceneAt(tender.community);
    await scene.db.write([
      scene.db.run(
        sql`INSERT INTO tender_objection(community_id, tender_id, objection_no, about, by_kind, by_id, complains_of, text_sealed, made_at, due_on, leaf_hash)
            VALUES (${tender.community.id}, ${tender.tenderId}, 1, 'candidates', 'bidder', 'x', NULL, 'k.x', 1, '2026-11-05', ${"0".repeat(64)})`,
      ),
    ]);
    const waiting = await giveNotice(as(tender.community, "chair", row.standingUntil!), meetingId, version);
    expect(JSON.stringify(waiting)).toContain("异议");
    await scene.db.write([
      scene.db.run(
        sql`INSERT INTO tender_objection_decision(community_id, tender_id, objection_no, outcome, shown, reason, decided_by, by_words, decided_at, leaf_hash)
            VALUES (${tender.community.id}, ${tender.tenderId}, 1, 'dismissed', 'x', 'y', 'z', 'w', 2, ${"0".repeat(64)})`,
      ),
    ]);
    expect(await giveNotice(as(tender.community, "chair", row.standingUntil!), meetingId, version)).toMatchObject({
      ok: true,
    });
    expect(await tenderRow(tender)).toMatchObject({ state: "deciding" });
  });
});

describe("the owners' count", () => {
  test("awards the lot to the candidate with the majority of both, once the result is final", async () => {
    const tender = await publishedIn();
    const { community, tenderId } = tender;
    const asked = await askedOwners(tender);
    const publishedAt = await votedOn(tender, asked, marks(3, 20, 1, 1, 1));
    expect(await settleChoice(sceneAt(community, publishedAt), tenderId, 1)).toMatchObject({
      error: { reason: "result_not_final" },
    });
    expect((await read(tender)).awards).toEqual([]);
    const at = await finalAfter(tender, publishedAt);
    await Promise.all([runChoices(sceneAt(community, at)), runChoices(sceneAt(community, at))]);
    const { awards, choices } = await read(tender);
    expect(awards).toMatchObject([
      { lotNo: 1, bidderNo: 2, name: "第2物业服务有限公司", meetingId: asked.meetingId, itemNo: 1 },
    ]);
    expect(choices).toMatchObject([{ verdict: "chosen", optionNo: 2, bidderNo: 2 }]);
    expect(await tenderRow(tender)).toMatchObject({ state: "awarded", awardMeeting: asked.meetingId, awardItem: 1 });
    // Winner and losers, whose bids were opened, are each told once.
    expect(await messages(community)).toBe(4);
    const scene = sceneAt(community);
    const [leaves] = await scene.db.read(listLeavesAbout(scene, tenderId, 0, 200));
    expect(leaves.slice(-2).map(({ type }) => type)).toEqual(["tender.choice_settled", "tender.awarded"]);
    expect(await settleChoice(sceneAt(community, at), tenderId, 1)).toEqual({ ok: true, value: "chosen" });
  });
  test("ends the tender where the owners want none of them", async () => {
    const tender = await publishedIn();
    const asked = await askedOwners(tender);
    const at = await finalAfter(tender, await votedOn(tender, asked, marks(5, 5, 0, 16)));
    await runChoices(sceneAt(tender.community, at));
    const { awards, over, choices } = await read(tender);
    expect([awards, over.map(({ cause }) => cause), choices[0]!.verdict]).toEqual([[], ["none_chosen"], "none_chosen"]);
    expect(await tenderRow(tender)).toMatchObject({ state: "failed" });
  });
  test("ends it where fewer than two thirds took part", async () => {
    const tender = await publishedIn();
    const asked = await askedOwners(tender);
    const at = await finalAfter(tender, await votedOn(tender, asked, marks(10)));
    await runChoices(sceneAt(tender.community, at));
    expect((await read(tender)).over.map(({ cause }) => cause)).toEqual(["quorum_not_met"]);
    expect(await tenderRow(tender)).toMatchObject({ state: "failed" });
  });
  test("of two lots decided at once, the tender is awarded with the last; a lot without a choice is over alone", async () => {
    const tender = await publishedIn(twoLots());
    const { community, tenderId } = tender;
    const asked = await askedOwners(tender);
    const ballots = Array.from({ length: 26 }, () => [1, 4]);
    const at = await finalAfter(tender, await votedOn(tender, asked, ballots));
    await Promise.all([
      settleChoice(sceneAt(community, at), tenderId, 1),
      settleChoice(sceneAt(community, at), tenderId, 2),
    ]);
    await runChoices(sceneAt(community, at));
    const { awards, over } = await read(tender);
    expect([awards.map(({ lotNo }) => lotNo), over.map(({ lotNo }) => lotNo)]).toEqual([[1], [2]]);
    expect(await tenderRow(tender)).toMatchObject({ state: "awarded" });
  });
  test("a withdrawn meeting gives the choice up, and another may be asked", async () => {
    const tender = await publishedIn();
    const asked = await askedOwners(tender);
    await withdraw(as(tender.community, "chair", asked.row.opensAt! + 1), asked.meetingId, "改期");
    await runChoices(sceneAt(tender.community, asked.row.opensAt! + 2));
    expect((await read(tender)).choices).toMatchObject([{ voidCause: "withdrawn" }]);
    expect(await placedChoice(tender, asked.row.opensAt! + 3)).toMatchObject({ ok: true });
  });
});

describe("nothing is awarded without the owners", () => {
  const awardRow = (tender: TenderOfTest, meetingId: string, bidderNo = 1) =>
    sql`INSERT INTO tender_award VALUES (${tender.community.id}, ${tender.tenderId}, 1, ${`bidder-${bidderNo}`}, CAST(${bidderNo} AS INTEGER), 'x', 'y', '{}', 1, ${meetingId}, 1, 1, 'z')`;
  const tried = async (tender: TenderOfTest, statement: ReturnType<typeof sql>) => {
    const { db } = sceneAt(tender.community);
    return db.write([db.run(statement)]);
  };
  test("not before their decision, not for another bidder than they chose, not twice", async () => {
    const tender = await publishedIn();
    const { community, tenderId } = tender;
    expect(await tried(tender, awardRow(tender, "m"))).toMatchObject({ error: { code: "award_undecided" } });
    const asked = await askedOwners(tender);
    expect(await tried(tender, awardRow(tender, asked.meetingId))).toMatchObject({
      error: { code: "award_undecided" },
    });
    expect(
      await tried(
        tender,
        sql`INSERT INTO tender_choice_result VALUES (${community.id}, ${tenderId}, 1, 1, 1, 'chosen', 1, 1, 'x', 1, 'y')`,
      ),
    ).toMatchObject({ ok: true });
    // Even a result written by hand awards nothing: no count was published.
    expect(await tried(tender, awardRow(tender, asked.meetingId))).toMatchObject({
      error: { code: "award_undecided" },
    });
    expect(
      await tried(
        tender,
        sql`UPDATE tender SET state = 'awarded', awarded_at = 1, version = version + 1 WHERE tender_id = ${tenderId}`,
      ),
    ).toMatchObject({ error: { code: "award_too_early" } });
  });
  test("after their decision, the award stands as it is", async () => {
    const tender = await publishedIn();
    const asked = await askedOwners(tender);
    const at = await finalAfter(tender, await votedOn(tender, asked, marks(26)));
    await runChoices(sceneAt(tender.community, at));
    for (const statement of [
      awardRow(tender, asked.meetingId, 2),
      sql`UPDATE tender_award SET bidder_no = 2 WHERE tender_id = ${tender.tenderId}`,
      sql`DELETE FROM tender_award WHERE tender_id = ${tender.tenderId}`,
      sql`INSERT OR REPLACE INTO tender_award SELECT * FROM tender_award WHERE tender_id = ${tender.tenderId}`,
      sql`INSERT OR REPLACE INTO tender_choice SELECT * FROM tender_choice WHERE tender_id = ${tender.tenderId}`,
      sql`INSERT OR REPLACE INTO tender_choice_result SELECT * FROM tender_choice_result WHERE tender_id = ${tender.tenderId}`,
      sql`INSERT INTO tender_choice_void VALUES (${tender.community.id}, ${tender.tenderId}, 1, 1, 'withdrawn', '', 'x', 1, 'y')`,
    ])
      expect(await tried(tender, statement)).toMatchObject({ ok: false });
    expect((await read(tender)).awards).toMatchObject([{ bidderNo: 1 }]);
  });
});

describe("an award whose ground is gone", () => {
  const awarded = async (): Promise<{ tender: TenderOfTest; meetingId: MeetingId; at: number }> => {
    const tender = await publishedIn();
    const asked = await askedOwners(tender);
    const at = await finalAfter(tender, await votedOn(tender, asked, marks(26)));
    await runChoices(sceneAt(tender.community, at));
    return { tender, meetingId: asked.meetingId, at };
  };
  const order = { authority: "璧城街道办事处", document: "璧城街函〔2026〕8号", why: "程序违法" };
  const contracting = ({ community, tenderId }: TenderOfTest) => {
    const scene = sceneAt(community);
    return scene.db.write([insertContractLot(scene, tenderId, 1, "contract")]);
  };

  test("is withdrawn when the owners' decision is annulled: at once no contract may be signed, and the tender has failed", async () => {
    const { tender, meetingId, at } = await awarded();
    const { community, tenderId, number } = tender;
    await runAwards(sceneAt(community, at));
    expect((await read(tender)).awards).toHaveLength(1);
    expect(await annul(as(community, "street", at + 1), meetingId, order)).toMatchObject({ ok: true });
    // Nobody has withdrawn it yet.
    expect(await contracting(tender)).toMatchObject({ error: { code: "award_shaken" } });
    await Promise.all([1, 2].map(() => runAwards(sceneAt(community, at + 2))));
    const { awards, over } = await read(tender);
    expect([awards, over.map(({ cause }) => cause)]).toEqual([[], ["award_withdrawn"]]);
    expect(await tenderRow(tender)).toMatchObject({ state: "failed", endedWhy: WITHDRAWN_WHY.annulled });
    expect(await contracting(tender)).toMatchObject({ error: { code: "award_shaken" } });
    const scene = sceneAt(community);
    const [withdrawn, leaves] = await scene.db.read(
      listWithdrawnAwards(scene, tenderId),
      listLeavesAbout(scene, tenderId, 0, 200),
    );
    expect(withdrawn).toMatchObject([{ lotNo: 1, bidderNo: 1, cause: "annulled", meetingId }]);
    expect(leaves.filter(({ type }) => type === "tender.award_withdrawn")).toHaveLength(1);
    const page = textOf((await get(`/c/${community.slug}/tenders/${number}`, at + 3)).text);
    for (const words of ["定标已撤回：第1物业服务有限公司", "业主大会的决定被撤销"]) expect(page).toContain(words);
    expect(await getJson(`/c/${community.slug}/tenders/${number}/ocds.json`, at + 3)).toMatchObject({
      releases: [{ awards: [{ id: "award-1", status: "cancelled" }] }],
    });
  });

  test("is withdrawn when a published recount chooses otherwise, and stands when it comes out the same", async () => {
    const { tender, meetingId, at } = await awarded();
    const { community } = tender;
    const scene = sceneAt(community, at);
    const again = (runNo: number, carried: string) => [
      scene.db.run(
        sql`INSERT INTO count_run SELECT community_id, meeting_id, CAST(${runNo} AS INTEGER), '复核', summary, counted_by, counted_at, ${String(runNo).repeat(64)}, published_by, published_at
            FROM count_run WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND run_no = 1`,
      ),
      scene.db.run(
        sql`INSERT INTO count_result SELECT community_id, meeting_id, CAST(${runNo} AS INTEGER), item_no, basis, json_set(result, '$.carried', json(${carried}))
            FROM count_result WHERE community_id = ${community.id} AND meeting_id = ${meetingId} AND run_no = 1`,
      ),
    ];
    expect(await scene.db.write(again(2, "[1]"))).toMatchObject({ ok: true });
    await runAwards(scene);
    expect((await read(tender)).awards).toHaveLength(1);
    expect(await scene.db.write(again(3, "[2]"))).toMatchObject({ ok: true });
    await runAwards(scene);
    expect((await read(tender)).awards).toEqual([]);
    expect(await tenderRow(tender)).toMatchObject({ state: "failed", endedWhy: WITHDRAWN_WHY.recounted });
    const [withdrawn] = await scene.db.read(listWithdrawnAwards(scene, tender.tenderId));
    expect(withdrawn).toMatchObject([{ cause: "recounted" }]);
  });
});
