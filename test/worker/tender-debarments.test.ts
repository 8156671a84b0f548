/** The list of the barred: entered by one, confirmed by another, appealed against, lifted by two; in the tables and through the pages. */
import { beforeEach, describe, expect, test } from "vitest";
import { addDays, dayOf } from "../../src/kernel/day.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { debar, stepDebarment } from "../../src/tenders/debarments/actions.ts";
import type { StepKind } from "../../src/tenders/debarments/rules.ts";
import type { TenderRow } from "../../src/tenders/store.ts";
import { sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { signedIn, stranger, textOf } from "./desk-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";
import { codeOf, makeTender, PDF, register, SCRIPT } from "./tender-bidders-of-test.ts";

let community: CommunityAddress;
let tender: TenderRow;
beforeEach(async () => {
  community = await makeStaffedCommunity();
  tender = await makeTender(community);
});
const chair = (now = T0) => staffSceneAt(community, "person-c", ["tender.decide"], now);
const witness = (now = T0) => staffSceneAt(community, "person-w", ["tender.witness"], now);
const TODAY = dayOf(T0);
const asked = {
  name: "重庆保洁第1服务有限公司",
  code: codeOf(1),
  reason: "串通投标，行政处罚决定书",
  beginsOn: "2026-01-01",
  endsOn: TODAY,
};
const file = { name: "决定.pdf", bytes: PDF };
const enter = (change: Partial<typeof asked> = {}, once = "once-debar") =>
  debar(chair(), { ...asked, ...change }, file, once);
const step = (kind: StepKind, words = "", scene = witness()) => stepDebarment(scene, 1, { kind, words });
const leaves = async (): Promise<string> => {
  const { db } = sceneAt(community);
  const [rows] = await db.read(
    db.all<{ entry: string }>(sql`SELECT entry FROM record_leaf WHERE community_id = ${community.id}`),
  );
  return rows.map(({ entry }) => entry).join("\n");
};

describe("barring a company", () => {
  test("takes two: what one entered bars nobody and is told nobody, until another confirms it", async () => {
    expect(await enter()).toEqual({ ok: true, value: { number: 1 } });
    expect(await enter()).toEqual({ ok: true, value: { number: 1 } });
    expect((await register(community, tender.tenderId, 1)).ok).toBe(true);
    expect(await leaves()).not.toContain("串通投标");
    const reader = stranger(T0);
    await reader.get(`/c/${community.slug}/debarments`);
    expect(textOf(reader.page)).not.toContain("串通投标");
    expect((await reader.send(`/c/${community.slug}/debarments/1/file`)).status).toBe(404);
    const both = staffSceneAt(community, "person-c", ["tender.decide", "tender.witness"]);
    expect(await step("confirmed", "", both)).toMatchObject({ error: { reason: "own_step" } });
    expect(await step("confirmed")).toEqual({ ok: true, value: true });
    expect(await step("confirmed")).toEqual({ ok: true, value: true });
    expect(await leaves()).toContain("串通投标");
    await reader.get(`/c/${community.slug}/debarments`);
    expect(textOf(reader.page)).toContain("串通投标");
    expect((await reader.send(`/c/${community.slug}/debarments/1/file`)).status).toBe(200);
  });

  test("holds to the end of its last day, and not a day longer", async () => {
    await enter();
    await step("confirmed");
    expect(await register(community, tender.tenderId, 1)).toMatchObject({
      error: { reason: "debarred", endsOn: TODAY },
    });
    expect((await register(community, tender.tenderId, 1, {}, T0 + 86_400_000)).ok).toBe(true);
  });

  test("turned down bars nobody, for good", async () => {
    await enter();
    expect(await step("refused")).toMatchObject({ error: { reason: "why_missing" } });
    expect((await step("refused", "处罚决定书不是这家企业的")).ok).toBe(true);
    expect(await step("confirmed")).toMatchObject({ error: { reason: "step_out_of_turn", standing: "refused" } });
    expect((await register(community, tender.tenderId, 1)).ok).toBe(true);
  });

  test("two who settle it at once: one of them", async () => {
    await enter();
    const other = staffSceneAt(community, "person-s", ["tender.witness"]);
    const both = await Promise.all([step("confirmed"), step("refused", "证据不足", other)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test.each([
    ["a script as its document", {}, { name: "决定.pdf", bytes: SCRIPT }, "file_type_refused"],
    ["no document", {}, null, "missing"],
    ["an end before its beginning", { endsOn: "2025-12-31" }, file, "ends_before_begin"],
    ["a day there is not", { beginsOn: "2026-02-30" }, file, "not_a_day"],
    ["a code there cannot be", { code: "12" }, file, "code_impossible"],
    ["no reason", { reason: " " }, file, "missing"],
  ])("with %s is refused", async (_, change, sent, reason) =>
    expect(await debar(chair(), { ...asked, ...change }, sent, "once-debar-3")).toMatchObject({ error: { reason } }),
  );
});

describe("an appeal, and ending a bar early", () => {
  beforeEach(async () => {
    await enter({ endsOn: addDays(TODAY, 30) });
    await step("confirmed");
  });

  test("an appeal is answered by another than who entered the bar; it stays in force meanwhile, and all of it is public", async () => {
    expect((await step("appealed", "处罚已被复议机关撤销", chair())).ok).toBe(true);
    expect((await register(community, tender.tenderId, 1)).ok).toBe(false);
    const own = staffSceneAt(community, "person-c", ["tender.witness"]);
    expect(await step("appeal_refused", "复议维持原决定", own)).toMatchObject({ error: { reason: "own_step" } });
    expect((await step("appeal_refused", "复议维持原决定")).ok).toBe(true);
    const reader = stranger(T0);
    await reader.get(`/c/${community.slug}/debarments`);
    for (const words of ["处罚已被复议机关撤销", "复议维持原决定"]) expect(textOf(reader.page)).toContain(words);
  });

  test("lifted by two, a company registers the same day; the reason is public", async () => {
    expect(await step("lifted", "处罚被撤销")).toMatchObject({ error: { reason: "step_out_of_turn" } });
    expect((await step("lift_proposed", "处罚被撤销", chair())).ok).toBe(true);
    expect((await register(community, tender.tenderId, 1)).ok).toBe(false);
    const own = staffSceneAt(community, "person-c", ["tender.witness"]);
    expect(await step("lifted", "处罚被撤销", own)).toMatchObject({ error: { reason: "own_step" } });
    expect((await step("lifted", "处罚被撤销，已核对撤销决定")).ok).toBe(true);
    expect((await register(community, tender.tenderId, 1)).ok).toBe(true);
    const reader = stranger(T0);
    await reader.get(`/c/${community.slug}/debarments`);
    expect(textOf(reader.page)).toContain("已核对撤销决定");
  });

  test("what ran out is neither appealed against nor lifted", async () =>
    expect(await step("appealed", "不服", chair(T0 + 31 * 86_400_000))).toMatchObject({
      error: { reason: "over_already" },
    }));

  test("the table refuses what skips a step, is not by another, or lifts alone", async () => {
    const { db } = sceneAt(community);
    const put = (kind: string, no: number, by: string) =>
      db.write([
        db.run(
          sql`INSERT INTO tender_debarment_step(community_id, debarment_id, step_no, kind, words, done_by, by_words, done_at, leaf_hash)
              SELECT ${community.id}, debarment_id, ${no}, ${kind}, 'x', ${by}, 'x', 1, ${"0".repeat(64)} FROM tender_debarment WHERE community_id = ${community.id}`,
        ),
      ]);
    expect(await put("lifted", 2, "person-z")).toMatchObject({ error: { code: "step_out_of_turn" } });
    expect(await put("appealed", 3, "person-w")).toMatchObject({ error: { code: "step_taken" } });
    await step("lift_proposed", "处罚被撤销", chair());
    expect(await put("lifted", 3, "person-c")).toMatchObject({ error: { code: "own_step" } });
    const lifted = db.run(
      sql`INSERT INTO tender_debarment_lifted(community_id, debarment_id, lifted_on, reason, lifted_by, by_words, lifted_at, leaf_hash)
          SELECT ${community.id}, debarment_id, ${TODAY}, 'x', 'x', 'x', 1, ${"0".repeat(64)} FROM tender_debarment WHERE community_id = ${community.id}`,
    );
    expect(await db.write([lifted])).toMatchObject({ error: { code: "step_out_of_turn" } });
  });
});

test("the desk: the chair enters, the supervisor confirms; what is wrong stays in its form", async () => {
  const desk = `/c/${community.slug}/desk/debarments`;
  const one = await signedIn(community, "committee_chair");
  await one.get(desk);
  expect((await one.submit(desk, { ...asked })).status).toBe(422); // no document
  expect(one.page).toContain("串通投标");
  await enter();
  const other = await signedIn(community, "supervisor");
  await other.get(desk);
  expect(textOf(other.page)).toContain("待另一人确认");
  expect(textOf(other.page)).not.toContain("提出列入");
  expect((await other.send(`${desk}/1/file`)).status).toBe(200);
  await other.get(`${desk}/1`);
  expect((await other.submit(`${desk}/1`, { kind: "", why: "" })).status).toBe(422);
  await other.get(`${desk}/1`);
  expect((await other.submit(`${desk}/1`, { kind: "confirmed", why: "" })).status).toBe(303);
  await other.get(`${desk}/1`);
  expect(textOf(other.page)).toContain("禁入中");
});
