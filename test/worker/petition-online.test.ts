/** Petitions in public and online: an owner signs for the head they act for, takes it back before it is handed in, and nobody is named. */
import { describe, expect, test } from "vitest";
import {
  convenePetition,
  openPetition,
  recordSignature,
  signOwn,
  takeBackOwn,
  viewPetition,
} from "../../src/assembly/convening/actions.ts";
import { headsOn } from "../../src/community/browse/actions.ts";
import { dayOf } from "../../src/kernel/day.ts";
import type { PartyId } from "../../src/kernel/id.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { commit } from "../../src/record/rules.ts";
import { listLeavesAbout } from "../../src/record/store.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { unitIdOf } from "./community-roll-of-test.ts";
import { estate, stranger, textOf } from "./desk-of-test.ts";
import { as, communityWithRoll, newOnce } from "./meeting-of-test.ts";
import { actorOf, OWNERS_ROLL, ownerSignedIn, partyNamed } from "./owners-of-test.ts";

const must = <T, E>(result: { ok: true; value: T } | { ok: false; error: E }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const SUBJECT = "召开临时会议，表决是否更换物业服务企业";

async function opened(community: CommunityAddress): Promise<string> {
  return must(await openPetition(as(community, "secretary"), { subject: SUBJECT }, newOnce())).petitionId;
}
const viewOf = async (community: CommunityAddress, petitionId: string) =>
  (await viewPetition(sceneAt(community), petitionId))!;
const signs = (community: CommunityAddress, partyId: PartyId, petitionId: string, once = newOnce()) =>
  signOwn(sceneAt(community), actorOf(partyId), petitionId, once);
const takesBack = (community: CommunityAddress, partyId: PartyId, petitionId: string, once = newOnce()) =>
  takeBackOwn(sceneAt(community), actorOf(partyId), petitionId, once);
const leavesOf = async (community: CommunityAddress, petitionId: string) => {
  const scene = sceneAt(community);
  const [leaves] = await scene.db.read(listLeavesAbout(scene, petitionId, 0, 1000));
  return leaves;
};

describe("an owner's own signature", () => {
  test("counts their head with all its area, once, on paper or online", async () => {
    const community = await estate(0, OWNERS_ROLL);
    const petitionId = await opened(community);
    const zhang = await partyNamed(community, "张三丰");
    must(await signs(community, zhang, petitionId));
    const { count, signatures } = await viewOf(community, petitionId);
    expect(count.signed).toEqual({ owners: 1, areaDm2: 8966 + 10235 });
    expect(signatures[0]!.recordedBy).toBe(`owner:${zhang}`);
    expect(await signs(community, zhang, petitionId)).toMatchObject({ error: { reason: "already_signed" } });
    const onPaper = await recordSignature(
      as(community, "secretary"),
      petitionId,
      await unitIdOf(community, "0102"),
      newOnce(),
    );
    expect(onPaper).toMatchObject({ error: { reason: "already_signed", recordedAt: T0 } });
  });

  test("of co-owners is the chosen one's; where nobody was chosen, nobody's (C3; GR 25)", async () => {
    const community = await estate(0, OWNERS_ROLL);
    const petitionId = await opened(community);
    expect(await signs(community, await partyNamed(community, "王五妹"), petitionId)).toMatchObject({
      error: { reason: "another_chosen" },
    });
    expect(await signs(community, await partyNamed(community, "孙大美"), petitionId)).toMatchObject({
      error: { reason: "nobody_chosen" },
    });
    expect(await signs(community, await partyNamed(community, "周未交"), petitionId)).toMatchObject({
      error: { reason: "owner_without_head" },
    });
    expect((await signs(community, await partyNamed(community, "李四光"), petitionId)).ok).toBe(true);
    const [ward, guardian] = [await partyNamed(community, "吴小弟"), await partyNamed(community, "吴妈妈")];
    expect(await signs(community, ward, petitionId)).toMatchObject({ ok: false });
    expect((await signOwn(sceneAt(community), actorOf(ward, guardian), petitionId, newOnce())).ok).toBe(true);
    expect((await viewOf(community, petitionId)).count.signed.owners).toBe(2);
  });

  test("sent twice by one form, or by two telephones at once, is one", async () => {
    const community = await estate(0, OWNERS_ROLL);
    const petitionId = await opened(community);
    const zhang = await partyNamed(community, "张三丰");
    const once = newOnce();
    const same = await Promise.all([1, 2].map(() => signs(community, zhang, petitionId, once)));
    expect(same.map(({ ok }) => ok)).toEqual([true, true]);
    must(await takesBack(community, zhang, petitionId));
    const both = await Promise.all([1, 2, 3].map(() => signs(community, zhang, petitionId)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await viewOf(community, petitionId)).count.signed.owners).toBe(1);
  });

  test("can be taken back and given again; each is an entry, under the commitment of the signature", async () => {
    const community = await estate(0, OWNERS_ROLL);
    const petitionId = await opened(community);
    const zhang = await partyNamed(community, "张三丰");
    // Given on paper: whoever signed may take it back online all the same.
    must(await recordSignature(as(community, "secretary"), petitionId, await unitIdOf(community, "0101"), newOnce()));
    const once = newOnce();
    const first = await takesBack(community, zhang, petitionId, once);
    expect(await takesBack(community, zhang, petitionId, once)).toEqual(first);
    expect((await viewOf(community, petitionId)).count.signed.owners).toBe(0);
    expect(await takesBack(community, zhang, petitionId)).toEqual({ ok: false, error: { reason: "not_signed" } });
    must(await signs(community, zhang, petitionId));
    expect((await viewOf(community, petitionId)).count.signed).toEqual({ owners: 1, areaDm2: 19201 });
    must(await takesBack(community, zhang, petitionId));
    must(await signs(community, zhang, petitionId));
    const leaves = await leavesOf(community, petitionId);
    expect(leaves.map(({ type }) => type)).toEqual([
      "petition.opened",
      "petition.signed",
      "petition.signature_taken_back",
      "petition.signed",
      "petition.signature_taken_back",
      "petition.signed",
    ]);
    const commitments = leaves.slice(1).map(({ entry }) => (JSON.parse(entry) as { commitment: string }).commitment);
    const headKey = `o:${zhang}`;
    const scene = sceneAt(community);
    const salt = scene.keys.index(`${petitionId} ${headKey}`, `petition-salt:${community.id}`).slice(0, 32);
    const bytes = Uint8Array.from(salt.match(/../g)!, (pair) => Number.parseInt(pair, 16));
    expect(new Set(commitments)).toEqual(new Set([commit(bytes, { head: headKey, areaDm2: 19201 })]));
    expect(JSON.stringify(leaves)).not.toContain(zhang);
  });

  test("stands once the petition is handed in, and the table itself refuses what would take it back", async () => {
    const community = await communityWithRoll(22);
    const petitionId = await opened(community);
    const { heads } = await headsOn(sceneAt(community), dayOf(T0));
    for (const { owners } of heads.slice(0, 4)) must(await signs(community, owners[0]!, petitionId));
    must(await convenePetition(as(community, "secretary"), petitionId));
    const partyId = heads[0]!.owners[0]!;
    expect(await takesBack(community, partyId, petitionId)).toEqual({
      ok: false,
      error: { reason: "petition_handed_in" },
    });
    const { db } = sceneAt(community);
    const change = (statement: ReturnType<typeof sql>) => db.write([db.run(statement)]);
    const insert = (no: number, kind: string) =>
      change(
        sql`INSERT OR REPLACE INTO petition_change(community_id, petition_id, head_key, change_no, kind, area_dm2, recorded_by, recorded_at, leaf_hash)
            VALUES (${community.id}, ${petitionId}, ${heads[0]!.key}, ${no}, ${kind}, 1, 'x', 1, ${"0".repeat(64)})`,
      );
    expect(await insert(1, "taken_back")).toMatchObject({ error: { code: "petition_handed_in" } });
    expect(await insert(2, "signed")).toMatchObject({ error: { code: "signature_changed_meanwhile" } });
    expect((await viewOf(community, petitionId)).count.signed.owners).toBe(4);
    expect((await signs(community, heads[4]!.owners[0]!, petitionId)).ok).toBe(true);
  });
});

describe("the public page of a petition", () => {
  test("counts both ways against 20 %, says since when, and names nobody", async () => {
    const community = await estate(0, OWNERS_ROLL);
    const petitionId = await opened(community);
    must(await signs(community, await partyNamed(community, "张三丰"), petitionId));
    const browser = stranger(T0 + 3 * 86_400_000);
    const page = await browser.get(`/c/${community.slug}/petitions/${petitionId}`);
    const text = textOf(await page.text());
    expect(page.status).toBe(200);
    expect(text).toContain(SUBJECT);
    expect(text).toContain("今天是第4天");
    expect(text).toContain("1 × 5 = 5 <");
    expect(text).not.toContain("张");
    expect(text).not.toContain("0101");
    expect(browser.page).toContain(
      `/c/${community.slug}/my/sign-in?next=${encodeURIComponent(`/c/${community.slug}/petitions/${petitionId}`)}`,
    );
    await browser.get(`/c/${community.slug}`);
    expect(textOf(browser.page)).toContain("业主正在提议");
    await browser.get(`/c/${community.slug}/petitions`);
    expect(textOf(browser.page)).toContain("已有1人签名");
    const other = await estate(0, OWNERS_ROLL);
    expect((await browser.get(`/c/${other.slug}/petitions/${petitionId}`)).status).toBe(404);
  });

  test("is one round trip to the database for who is not signed in", async () => {
    const community = await estate(0, OWNERS_ROLL);
    const petitionId = await opened(community);
    const scene = sceneAt(community);
    await viewPetition(scene, petitionId);
    expect(scene.db.meter.roundTrips).toBe(1);
  });

  test("an owner signs and takes back on it, finds it in their corner, and a refusal gives its article", async () => {
    const community = await estate(0, OWNERS_ROLL);
    const petitionId = await opened(community);
    const path = `/c/${community.slug}/petitions/${petitionId}`;
    const browser = await ownerSignedIn(community, "张三丰");
    await browser.get(`/c/${community.slug}/my`);
    expect(textOf(browser.page)).toContain("正在征集签名的提议");
    await browser.get(path);
    const signed = await browser.submit(`${path}/sign`);
    expect(signed.headers.get("location")).toBe(`${path}?done=sign`);
    await browser.get(`${path}?done=sign`);
    expect(textOf(browser.page)).toContain("您已签名");
    await browser.get(`/c/${community.slug}/my`);
    expect(textOf(browser.page)).toContain("✓ 您已签名");
    await browser.get(path);
    await browser.submit(`${path}/take-back`);
    await browser.get(`${path}?done=take-back`);
    expect(textOf(browser.page)).toContain("已撤回，并写入公开记录");
    const coOwner = await ownerSignedIn(community, "孙大美");
    await coOwner.get(path);
    expect(textOf(coOwner.page)).toContain("《业主大会和业主委员会指导规则》第二十五条");
    expect(coOwner.page).not.toContain(`action="${path}/sign"`);
    await browser.get(path);
    const form = browser.hidden(`${path}/sign`);
    await coOwner.get(`/c/${community.slug}/my`);
    const own = coOwner.hidden(`/c/${community.slug}/my/sign-out`)._form!;
    const refused = await coOwner.post(`${path}/sign`, { ...form, _form: own });
    expect(refused.status).toBe(409);
    expect((await stranger().send(`${path}/sign`, { method: "POST" })).status).toBe(403);
  });
});
