/** Owners ask for a meeting: signatures head by head, both ways of counting, and the draft that follows (REG 13, GR 21; A7). */
import { describe, expect, test } from "vitest";
import { convenePetition, openPetition, recordSignature, viewPetition } from "../../src/assembly/convening/actions.ts";
import { listSignatures } from "../../src/assembly/convening/store.ts";
import { giveNotice } from "../../src/assembly/meeting/actions.ts";
import { saveFrame, saveItem } from "../../src/assembly/meeting/drafting.ts";
import { readDraft } from "../../src/assembly/meeting/reading.ts";
import { saveSettings } from "../../src/assembly/settings/actions.ts";
import { DEFAULT_RULES } from "../../src/assembly/settings/rules.ts";
import { headsOn } from "../../src/community/browse/actions.ts";
import { transferUnit } from "../../src/community/changes/actions.ts";
import { dayOf } from "../../src/kernel/day.ts";
import type { MeetingId } from "../../src/kernel/id.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { commit } from "../../src/record/rules.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { secretary as rollKeeper, SMALL, unitIdOf } from "./community-roll-of-test.ts";
import { estate, signedIn, textOf } from "./desk-of-test.ts";
import {
  as,
  CLOSES_AT,
  communityWithRoll,
  itemOf,
  meetingRow,
  newOnce,
  numberIn,
  OPENS_AT,
} from "./meeting-of-test.ts";

const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const secretary = (community: CommunityAddress, now = T0) => as(community, "secretary", now);
const SUBJECT = "召开临时会议，表决是否更换物业服务企业";

const opened = async (community: CommunityAddress): Promise<string> =>
  must(await openPetition(secretary(community), { subject: SUBJECT }, newOnce())).petitionId;

const signedBy = async (community: CommunityAddress, petitionId: string, rooms: readonly string[]): Promise<void> => {
  for (const room of rooms)
    must(await recordSignature(secretary(community), petitionId, await unitIdOf(community, room), newOnce()));
};

const rooms = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, at) => String(at + from).padStart(4, "0"));

const viewOf = async (community: CommunityAddress, petitionId: string) =>
  (await viewPetition(sceneAt(community), petitionId))!;

describe("a signature", () => {
  test("counts its head once, whichever of its units it was found by, and the second try is told when the first was", async () => {
    const community = await estate(0, SMALL);
    const petitionId = await opened(community);
    await signedBy(community, petitionId, ["0101"]);
    const again = await recordSignature(secretary(community), petitionId, await unitIdOf(community, "0102"), newOnce());
    expect(again).toEqual({ ok: false, error: { reason: "already_signed", recordedAt: T0 } });
    const { count } = await viewOf(community, petitionId);
    expect(count.signed).toEqual({ owners: 1, areaDm2: 8966 + 10235 }); // both units of the one owner
  });

  test("sent twice by the same form is one, and both times it is recorded", async () => {
    const community = await communityWithRoll(10);
    const petitionId = await opened(community);
    const [unitId, once] = [await unitIdOf(community, "0003"), newOnce()];
    const both = await Promise.all([
      recordSignature(secretary(community), petitionId, unitId, once),
      recordSignature(secretary(community), petitionId, unitId, once),
    ]);
    expect(both[0].ok).toBe(true);
    expect(both[1]).toEqual(both[0]);
    expect((await viewOf(community, petitionId)).signatures).toHaveLength(1);
    expect(
      await recordSignature(secretary(community), petitionId, await unitIdOf(community, "0004"), once),
    ).toMatchObject({ error: { reason: "key_reused" } });
  });

  test("entered by two people at once is one, and one of them is told", async () => {
    const community = await communityWithRoll(10);
    const petitionId = await opened(community);
    const unitId = await unitIdOf(community, "0003");
    const results = await Promise.all(
      [1, 2, 3].map(() => recordSignature(secretary(community), petitionId, unitId, newOnce())),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((one) => !one.ok && one.error.reason === "already_signed")).toHaveLength(2);
    const leaves = await leavesOf(community, petitionId);
    expect(leaves.map(({ type }) => type)).toEqual(["petition.opened", "petition.signed"]);
  });

  test("of a space that does not count, or of a unit that is not there, is refused", async () => {
    const community = await estate(0, [...SMALL, "车库,,B1-002,12.72,赵六,0066,13712345678,,,已交付,,,车位"]);
    const petitionId = await opened(community);
    const parking = await recordSignature(
      secretary(community),
      petitionId,
      await unitIdOf(community, "B1-002"),
      newOnce(),
    );
    expect(parking).toEqual({ ok: false, error: { reason: "no_head" } });
    for (const unitId of ["", "0000000000000000"])
      expect(await recordSignature(secretary(community), petitionId, unitId, newOnce())).toMatchObject({
        error: { reason: "no_head" },
      });
    expect(await recordSignature(secretary(community), "none", "x", newOnce())).toMatchObject({
      error: { reason: "unknown_petition" },
    });
    expect((await leavesOf(community, petitionId)).map(({ type }) => type)).toEqual(["petition.opened"]);
  });

  test("is in the record without saying whose it is; who holds the key can open it", async () => {
    const community = await communityWithRoll(10);
    const petitionId = await opened(community);
    await signedBy(community, petitionId, ["0003"]);
    const [, leaf] = await leavesOf(community, petitionId);
    const scene = sceneAt(community);
    const [[signature]] = await scene.db.read(listSignatures(scene, petitionId));
    expect(leaf!.entry).not.toContain(signature!.headKey);
    const salt = scene.keys.index(`${petitionId} ${signature!.headKey}`, `petition-salt:${community.id}`).slice(0, 32);
    const bytes = Uint8Array.from(salt.match(/../g)!, (pair) => Number.parseInt(pair, 16));
    const { commitment } = JSON.parse(leaf!.entry) as { commitment: string };
    expect(commitment).toBe(commit(bytes, { head: signature!.headKey, areaDm2: signature!.areaDm2 }));
  });

  test("of an owner who has sold counts no more", async () => {
    const community = await communityWithRoll(10);
    const petitionId = await opened(community);
    await signedBy(community, petitionId, ["0002", "0003"]);
    expect((await viewOf(community, petitionId)).count.signed.owners).toBe(2);
    await sell(community, "0003");
    const { count, signatures } = await viewOf(community, petitionId);
    expect(count.signed.owners).toBe(1);
    expect(signatures).toHaveLength(2);
  });
});

/** The unit's owner has sold it. */
async function sell(community: CommunityAddress, room: string): Promise<void> {
  const personal = { name: "新业主", kind: "natural" as const, idType: null, idNumber: null, idTail: "7777" };
  must(
    await transferUnit(rollKeeper(community), await unitIdOf(community, room), {
      changeId: newOnce(),
      fromOn: dayOf(T0),
      note: { why: "不动产登记已变更", evidence: "" },
      kind: "sale",
      owners: [{ basis: "registered", personal: { ...personal, phone: "13700001111", ownerNo: null } }],
      designated: null,
      state: null,
    }),
  );
}

const leavesOf = async (community: CommunityAddress, petitionId: string) => {
  const scene = sceneAt(community);
  const [leaves] = await scene.db.read(listLeavesAbout(scene, petitionId, 0, 1000));
  return leaves;
};

describe("a fifth", () => {
  // 22 units of 20 owners, 60.00 m² upwards: four owners are the fifth, four small flats are not a fifth of the area.
  const HEADS = 20;
  test("is reached by the fourth of twenty, not by the third; by area it takes six", async () => {
    const community = await communityWithRoll(22);
    const petitionId = await opened(community);
    expect((await viewOf(community, petitionId)).count.total.owners).toBe(HEADS);
    await signedBy(community, petitionId, rooms(3));
    expect((await viewOf(community, petitionId)).count).toMatchObject({ byHeads: false, leastOwners: 4 });
    expect(await convenePetition(secretary(community), petitionId)).toMatchObject({
      error: { reason: "not_reached", basis: "heads" },
    });
    await signedBy(community, petitionId, rooms(1, 3));
    expect(await viewOf(community, petitionId)).toMatchObject({
      reached: true,
      count: { byHeads: true, byHeadsAndArea: false },
    });
    await signedBy(community, petitionId, rooms(1, 4));
    expect((await viewOf(community, petitionId)).count.byHeadsAndArea).toBe(false);
    await signedBy(community, petitionId, rooms(1, 5));
    expect((await viewOf(community, petitionId)).count.byHeadsAndArea).toBe(true);
  });

  test("by area too, where the rules of procedure say so, is what the meeting then needs", async () => {
    const community = await communityWithRoll(22);
    const rules = {
      ...DEFAULT_RULES,
      petitionBasis: { value: "heads_and_area" as const, clause: "《议事规则》第八条" },
    };
    must(await saveSettings(as(community, "chair"), rules, {}));
    const petitionId = await opened(community);
    await signedBy(community, petitionId, rooms(5));
    expect(await convenePetition(secretary(community), petitionId)).toMatchObject({
      error: { reason: "not_reached", basis: "heads_and_area", count: { byHeads: true } },
    });
    await signedBy(community, petitionId, rooms(1, 5));
    expect((await convenePetition(secretary(community), petitionId)).ok).toBe(true);
  });

  test("leads to one draft, however often it is pressed and by however many", async () => {
    const community = await communityWithRoll(22);
    const petitionId = await opened(community);
    await signedBy(community, petitionId, rooms(4));
    const results = await Promise.all([1, 2, 3].map(() => convenePetition(secretary(community), petitionId)));
    const { meetingId } = must(results[0]!);
    expect(results).toEqual(results.map(() => ({ ok: true, value: { meetingId } })));
    expect(await convenePetition(secretary(community), petitionId)).toEqual(results[0]);
    const meetings = sql`SELECT count(*) AS n FROM meeting WHERE community_id = ${community.id}`;
    expect(await numberIn(community, meetings)).toBe(1);
    const { draft } = readDraft(await meetingRow(community, meetingId));
    expect(draft).toMatchObject({ title: SUBJECT, convener: { kind: "petition", cause: SUBJECT, petitionId } });
    const types = (await leavesOf(community, petitionId)).map(({ type }) => type);
    expect(types.filter((type) => type === "petition.convened")).toHaveLength(1);
  });

  test("a draft that was begun and not tied to its petition is found by the next try", async () => {
    const community = await communityWithRoll(22);
    const petitionId = await opened(community);
    await signedBy(community, petitionId, rooms(4));
    const { meetingId } = must(await convenePetition(secretary(community), petitionId));
    // As a crash between the two batches leaves it.
    const { db } = sceneAt(community);
    await db.write([
      db.run(
        sql`UPDATE petition SET meeting_id = NULL WHERE community_id = ${community.id} AND petition_id = ${petitionId}`,
      ),
    ]);
    expect(must(await convenePetition(secretary(community), petitionId)).meetingId).toBe(meetingId);
    expect((await viewOf(community, petitionId)).row.meetingId).toBe(meetingId);
  });

  test("is counted again on the roll the notice freezes, and signatures end there", async () => {
    const community = await communityWithRoll(22);
    const petitionId = await opened(community);
    await signedBy(community, petitionId, rooms(4));
    const { meetingId } = must(await convenePetition(secretary(community), petitionId));
    const version = await completed(community, meetingId, petitionId);
    await sell(community, "0003");
    expect(await giveNotice(as(community, "chair"), meetingId, version)).toMatchObject({
      error: { reason: "notice_faulty", faults: [{ reason: "petition_not_reached" }] },
    });
    await signedBy(community, petitionId, rooms(1, 4));
    expect((await giveNotice(as(community, "chair"), meetingId, version)).ok).toBe(true);
    const late = await recordSignature(secretary(community), petitionId, await unitIdOf(community, "0006"), newOnce());
    expect(late).toEqual({ ok: false, error: { reason: "petition_over" } });
  });
});

async function completed(community: CommunityAddress, meetingId: MeetingId, petitionId: string): Promise<number> {
  const convener = { kind: "petition" as const, cause: SUBJECT, petitionId };
  const frame = { title: SUBJECT, convener, opensAt: OPENS_AT, closesAt: CLOSES_AT };
  const framed = must(await saveFrame(secretary(community), { meetingId, version: 1, once: newOnce() }, frame));
  const save = { meetingId, version: framed.version, once: newOnce() };
  return must(await saveItem(secretary(community), save, itemOf(1))).version;
}

describe("at the desk", () => {
  test("a secretary enters a petition, finds who signed, is told of a second signature, and drafts the meeting", async () => {
    const community = await estate(22);
    const base = `/c/${community.slug}/desk/petitions`;
    const browser = await signedIn(community, "secretary");
    await browser.open(base);
    expect(textOf(browser.page)).toContain("没有业主提议");
    await browser.open(`${base}/new`);
    expect((await browser.submit(`${base}/new`, { subject: " " })).status).toBe(422);
    expect((await browser.submit(`${base}/new`, { subject: "长".repeat(121) })).status).toBe(422);
    const opened = await browser.submit(`${base}/new`, { subject: SUBJECT });
    expect(opened.status).toBe(303);
    const petition = opened.headers.get("location")!;
    await browser.open(petition);
    expect(textOf(browser.page)).toContain("还差4位业主");

    const { heads } = await headsOn(sceneAt(community), dayOf(T0));
    expect(heads).toHaveLength(20);
    for (const room of rooms(4)) {
      await browser.open(`${petition}?building=1栋&place=${room}`);
      const found = /action="([^"]*\/signatures)"/.exec(browser.page)?.[1];
      expect(found).toBe(`${petition}/signatures`);
      const signed = await browser.submit(found!);
      expect(signed.headers.get("location")).toMatch(/signed=1#sign$/);
    }
    await browser.open(`${petition}?place=0003`);
    const shown = textOf(browser.page);
    expect(shown).toContain("4 × 5 = 20 ≥ 20");
    expect(shown).toContain("按人数 ✓ 达到 （本小区以此为准）");
    expect(shown).toContain("按人数和面积 ○ 没有达到");
    expect(shown).toContain("✓ 已登记");
    expect(browser.page).not.toContain(`action="${petition}/signatures"`);
    // A form of another tab, for the same owner.
    const form = { _form: browser.hidden(`${petition}/convene`)._form!, unit: await unitIdOf(community, "0003") };
    const twice = await browser.post(`${petition}/signatures`, { ...form, _once: newOnce() });
    expect(twice.status).toBe(409);
    expect(textOf(browser.page)).toContain("只算一次");
    await browser.open(`${petition}?place=9999`);
    expect(textOf(browser.page)).toContain("没有找到");

    await browser.open(petition);
    const convened = await browser.submit(`${petition}/convene`);
    expect(convened.headers.get("location")).toBe(`/c/${community.slug}/desk/meetings/1?done=1`);
    await browser.open(`/c/${community.slug}/desk/meetings/1`);
    expect(textOf(browser.page)).toContain("20%以上业主提议");
    await browser.open(base);
    expect(textOf(browser.page)).toContain("已据此召集");
  });

  test("who signed is shown to those who enter it and to nobody else", async () => {
    const community = await estate(22);
    const petitionId = await opened(community);
    await signedBy(community, petitionId, rooms(4));
    const path = `/c/${community.slug}/desk/petitions/${petitionId}`;
    const chair = await signedIn(community, "committee_chair");
    await chair.open(path);
    expect(textOf(chair.page)).toContain("4 × 5 = 20 ≥ 20");
    expect(textOf(chair.page)).toContain("由秘书起草");
    expect(chair.page).not.toContain("甲*");
    expect(chair.page).not.toContain("0002");
    expect((await chair.get(`${path}/convene`)).status).toBe(404);
    const secretaryOfIt = await signedIn(community, "secretary");
    await secretaryOfIt.open(path);
    expect(secretaryOfIt.page).toContain("甲*");
    const other = await estate(22);
    const elsewhere = await signedIn(other, "secretary");
    expect((await elsewhere.get(`/c/${other.slug}/desk/petitions/${petitionId}`)).status).toBe(404);
  });
});
