/** A price below cost, asked about and explained: what it holds up, what it voids, what the report says of it; through the desk and the bidder's corner. */
import { describe, expect, test } from "vitest";
import "../../src/app.ts";
import { DAY_MS } from "../../src/kernel/day.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { findMessageKind } from "../../src/platform/outbox/kinds.ts";
import { insertOpenedBid, insertOpening } from "../../src/tenders/opening/store.ts";
import { answerPrice, askPrice, decidePrice, PRICE_QUERY } from "../../src/tenders/scoring/pricing/actions.ts";
import { decideExamination, examineBid } from "../../src/tenders/scoring/qualifying/actions.ts";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";
import { makeCommunity, sceneAt } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";
import { bidderCookie, bidderOf, CLOSES, makeTender, moveTender, PDF, SCRIPT } from "./tender-bidders-of-test.ts";
import { bidsOf, decider, drafter, openedTender } from "./tender-scoring-of-test.ts";

const AT = { lotNo: 1, bidderNo: 2 };
const ASKED = { question: "清洁费只有别家一半，请说明人工怎样配置", dueOn: "2099-01-01" };

async function opened(community: CommunityAddress) {
  const scheme = schemeOf();
  const tender = await openedTender(community, { scheme, bids: bidsOf(scheme, 4) });
  const examine = async () => {
    for (const bidderNo of [1, 2, 3, 4])
      await examineBid(drafter(community), tender.tenderId, {
        lotNo: 1,
        bidderNo,
        shown: scheme.lots[0]!.qualifications,
        voidWhy: null,
      });
  };
  return { tender, examine };
}
const bidderId = async (community: CommunityAddress, tenderId: string): Promise<string> => {
  const { db } = sceneAt(community);
  const [rows] = await db.read(
    db.all<{ id: string }>(
      sql`SELECT bidder_id AS id FROM tender_opened_bid WHERE community_id = ${community.id} AND tender_id = ${tenderId} AND bidder_no = 2`,
    ),
  );
  return rows[0]!.id;
};

describe("a question about a price", () => {
  test("holds the examination up until two people have decided it; void, the bid is not compared, and says why", async () => {
    const community = await makeCommunity();
    const { tender, examine } = await opened(community);
    const { tenderId } = tender;
    const me = { tenderId, bidderId: await bidderId(community, tenderId) };
    await examine();
    const ask = () => askPrice(drafter(community), tenderId, AT, ASKED);
    expect(await ask()).toEqual({ ok: true, value: true });
    expect(await ask()).toEqual({ ok: true, value: true });
    expect(await decideExamination(decider(community), tenderId)).toMatchObject({
      error: { reason: "price_queries_open", open: 1 },
    });
    const decide = (outcome: string, scene = decider(community)) =>
      decidePrice(scene, tenderId, AT, { outcome, reason: "人工低于最低工资" });
    expect(await decide("void")).toMatchObject({ error: { reason: "price_unheard" } });
    const answer = (text: string) => answerPrice(sceneAt(community), me, 1, text, { name: "工资表.pdf", bytes: PDF });
    expect(await answer("请打 13812345678 找我")).toMatchObject({ error: { reason: "names_a_person" } });
    expect(await answerPrice(sceneAt(community), me, 1, "见附件", { name: "a.pdf", bytes: SCRIPT })).toMatchObject({
      error: { reason: "file_type_refused" },
    });
    expect(await answer("人工按六人两班配置")).toEqual({ ok: true, value: true });
    expect(await answer("人工按六人两班配置")).toEqual({ ok: true, value: true });
    expect(await answer("换个说法")).toMatchObject({ error: { reason: "price_answered" } });
    expect(await decide("void", { ...decider(community), actor: drafter(community).actor })).toMatchObject({
      error: { reason: "own_query" },
    });
    expect(await decide("void")).toEqual({ ok: true, value: true });
    expect(await decide("kept")).toMatchObject({ error: { reason: "price_decided" } });
    expect(await decideExamination(decider(community), tenderId)).toMatchObject({
      value: { lots: [{ fit: [1, 3, 4], void: [{ bidderNo: 2, why: "报价低于成本：人工低于最低工资" }] }] },
    });
    expect(await ask()).toEqual({ ok: true, value: true });
    expect(await askPrice(drafter(community), tenderId, { lotNo: 1, bidderNo: 3 }, ASKED)).toMatchObject({
      error: { reason: "wrong_tender_state" },
    });
  });

  test("unanswered to the end of its day is decided; an answer after it is refused by the rule and by the table", async () => {
    const community = await makeCommunity();
    const { tender } = await opened(community);
    const { tenderId } = tender;
    const me = { tenderId, bidderId: await bidderId(community, tenderId) };
    await askPrice(drafter(community), tenderId, AT, { ...ASKED, dueOn: "2026-12-31" });
    const { db } = sceneAt(community);
    const [[row]] = await db.read(
      db.all<{ due: number }>(sql`SELECT due_at AS due FROM tender_price_query WHERE community_id = ${community.id}`),
    );
    const late = sceneAt(community, row!.due);
    expect(await answerPrice(late, me, 1, "来晚了", null)).toMatchObject({ error: { reason: "price_answer_late" } });
    const put = db.run(
      sql`INSERT INTO tender_price_answer VALUES (${community.id}, ${tenderId}, 1, 2, 'x', '', '', ${row!.due}, ${"0".repeat(64)})`,
    );
    expect(await db.write([put])).toMatchObject({ error: { code: "price_answer_late" } });
    const early = db.run(
      sql`INSERT INTO tender_price_decision VALUES (${community.id}, ${tenderId}, 1, 2, 'void', 'x', 'z', 'z', ${row!.due - 1}, ${"0".repeat(64)})`,
    );
    expect(await db.write([early])).toMatchObject({ error: { code: "price_unheard" } });
    const decided = await decidePrice(decider(community, row!.due), tenderId, AT, {
      outcome: "void",
      reason: "没有说明",
    });
    expect(decided).toEqual({ ok: true, value: true });
  });
});

test("through the pages: the secretary asks, the bidder explains in its corner, the chair decides, and everybody reads it", async () => {
  const community = await makeStaffedCommunity();
  const tender = await makeTender(community);
  const { tenderId } = tender;
  const own = await bidderOf(community, tenderId, 1);
  const now = CLOSES + DAY_MS;
  const scene = sceneAt(community, now);
  await moveTender(community, tenderId, { state: "closed", closedAt: CLOSES });
  const leafHash = "0".repeat(64);
  const prices = JSON.stringify({ monthly: 100, extra: 100 });
  await scene.db.write([
    insertOpening(scene, tenderId, { lots: "[]", checkpointSize: 0, begunBy: "x", leafHash }),
    insertOpenedBid(scene, tenderId, {
      lotNo: 1,
      bidderNo: own.bidderNo,
      bidderId: own.bidderId,
      name: own.name,
      code: own.code,
      prices,
      totalHundredths: 10_000,
      voidWhy: null,
      bidNo: 1,
      openedBy: "keyholders",
      secret: "",
      fileId: "",
      leafHash,
    }),
  ]);
  await moveTender(community, tenderId, { state: "opened", openedAt: CLOSES + 60_000 });
  const page = `/c/${community.slug}/desk/tenders/${tender.number}/examine/1/1/price`;
  const secretary = await signedIn(community, "secretary", now);
  await secretary.get(page);
  expect((await secretary.submit(page, { question: "", dueOn: "2026-01-01" })).status).toBe(422);
  await secretary.get(page);
  expect((await secretary.submit(page, ASKED)).status).toBe(303);
  const said = await findMessageKind(PRICE_QUERY)!.render(
    scene,
    { tender: tender.number, lot: 1, until: "2099-01-01" },
    (await scene.db.read(scene.db.all<{ id: string }>(sql`SELECT contact_id AS id FROM tender_contact LIMIT 1`)))[0][0]!
      .id,
  );
  expect("text" in said && said.text).toContain("第1标段的报价作出书面说明");

  const corner = `/c/${community.slug}/tenders/${tender.number}/bidder`;
  const clerk = stranger(now);
  const [name, value] = (await bidderCookie(community, 1, now)).split("=") as [string, string];
  clerk.cookies.set(name, value);
  await clerk.get(corner);
  expect(textOf(clerk.page)).toContain(ASKED.question);
  await clerk.get(`${corner}/price/1`);
  expect((await clerk.submit(`${corner}/price/1`, { answer: "" })).status).toBe(422);
  await clerk.get(`${corner}/price/1`);
  expect((await clerk.submit(`${corner}/price/1`, { answer: "人工按六人两班配置" })).status).toBe(303);
  expect((await clerk.get(`/c/${community.slug}/tenders/${tender.number}/bidder/price/2`)).status).toBe(404);

  const chair = await signedIn(community, "committee_chair", now);
  await chair.get(page);
  expect(textOf(chair.page)).toContain("人工按六人两班配置");
  expect((await chair.submit(`${page}/decide`, { outcome: "kept", reason: "" })).status).toBe(422);
  await chair.get(page);
  expect((await chair.submit(`${page}/decide`, { outcome: "kept", reason: "配置与报价相符" })).status).toBe(303);
  await clerk.get(corner);
  expect(textOf(clerk.page)).toContain("配置与报价相符");
  const reader = stranger(now);
  await reader.get(`/c/${community.slug}/tenders/${tender.number}`);
  expect(textOf(reader.page)).toContain("配置与报价相符");
});
