/** A bidder corrects its registration, its telephone and its papers, and leaves a lot with its sealed bid: in the tables and through the pages. */
import { describe, expect, test } from "vitest";
import "../../src/app.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import { openPersons } from "../../src/tenders/bidders/actions.ts";
import { addLicence, joinLots } from "../../src/tenders/bidders/additions.ts";
import { codeOfContact, findSignedIn } from "../../src/tenders/bidders/contacts.ts";
import { changeContact, correctBidder, type TypedCorrection } from "../../src/tenders/bidders/correcting.ts";
import { leaveLots } from "../../src/tenders/bidders/leaving.ts";
import { findBidder, listBidders, listLicences, lotsOf, standingLicences } from "../../src/tenders/bidders/store.ts";
import { listStandingBids } from "../../src/tenders/sealing/store.ts";
import type { TenderRow } from "../../src/tenders/store.ts";
import { cleaningLot, schemeOf } from "../unit/tender-scheme-of-test.ts";
import { makeCommunity, sceneAt, T0 } from "./community-of-test.ts";
import { stranger, textOf } from "./desk-of-test.ts";
import { must } from "./ledger-of-test.ts";
import {
  bidderCookie,
  bidderOf,
  CLOSES,
  codeOf,
  contactOf,
  idOf,
  makeTender,
  PDF,
  phoneOf,
  register,
  typedOf,
} from "./tender-bidders-of-test.ts";
import { CLOSES as BIDS_CLOSE, deliver, sealFor, tenderInBidding } from "./tender-sealing-of-test.ts";

const LOTS = [cleaningLot(), cleaningLot({ lotNo: 2, service: "greening", title: "绿化" })];
async function made(): Promise<{ community: CommunityAddress; tender: TenderRow }> {
  const community = await makeCommunity({ name: "金桂苑" });
  return { community, tender: await makeTender(community, { scheme: schemeOf({ lots: LOTS }) }) };
}
const correction = (nth: number, change: Partial<TypedCorrection> = {}): TypedCorrection => {
  const { lots: _, declarations: __, ...typed } = typedOf(nth);
  return { ...typed, ...change };
};
const rows = async <T>(community: CommunityAddress, text: string): Promise<T[]> => {
  const { db } = sceneAt(community);
  return (await db.read(db.all<T>(sql.raw(text.replaceAll("$c", `'${community.id}'`)))))[0];
};
const conflicts = (community: CommunityAddress) =>
  rows<{ kind: string; bidder: string; other: string }>(
    community,
    "SELECT kind, bidder_id AS bidder, with_id AS other FROM tender_conflict WHERE community_id = $c ORDER BY conflict_no",
  );

describe("correcting a registration", () => {
  test("is a new entry beside the old one; a number left empty is the one given before", async () => {
    const { community, tender } = await made();
    const one = await bidderOf(community, tender.tenderId, 1);
    const scene = sceneAt(community, T0 + 90_000);
    const change = { name: "重庆保洁第一服务有限公司", representativeNumber: "" };
    const correct = () => correctBidder(scene, one, correction(1, change));
    expect(must(await correct())).toEqual({ corrections: 1, conflicts: 0 });
    expect(must(await correct())).toEqual({ corrections: 1, conflicts: 0 });
    const [[now]] = await scene.db.read(findBidder(scene, tender.tenderId, one.bidderId));
    expect(now).toMatchObject({ name: change.name, code: codeOf(1), corrections: 1, bidderNo: 1 });
    expect((await openPersons(scene, now!)).representative.number).toBe(idOf(1));
    expect(await rows(community, "SELECT name FROM tender_bidder WHERE community_id = $c")).toEqual([
      { name: typedOf(1).name },
    ]);
    const [leaf] = await rows<{ entry: string }>(
      community,
      "SELECT entry FROM record_leaf WHERE community_id = $c AND entry LIKE '%bidder_corrected%'",
    );
    expect(leaf!.entry).toContain(now!.leafHash);
    for (const secret of [change.name, codeOf(1), idOf(1)]) expect(leaf!.entry).not.toContain(secret);
  });

  test("a new name without its number is refused beside the field, and nothing is written", async () => {
    const { community, tender } = await made();
    const one = await bidderOf(community, tender.tenderId, 1);
    const typed = correction(1, { representativeName: "孙总", representativeNumber: "" });
    expect(await correctBidder(sceneAt(community, T0 + 90_000), one, typed)).toMatchObject({
      error: { reason: "form_faults", faults: [{ reason: "missing", field: "representativeNumber" }] },
    });
    expect(await rows(community, "SELECT 1 FROM tender_bidder_correction WHERE community_id = $c")).toEqual([]);
  });

  test("is compared anew: a head shared with a rival is noted once, whoever corrects first, also both at once", async () => {
    const { community, tender } = await made();
    const one = await bidderOf(community, tender.tenderId, 1);
    const two = await bidderOf(community, tender.tenderId, 2);
    expect(await conflicts(community)).toEqual([]);
    const scene = sceneAt(community, T0 + 90_000);
    const head = { representativeName: "孙总", representativeNumber: idOf(9) };
    const [a, b] = await Promise.all([
      correctBidder(scene, one, correction(1, head)),
      correctBidder(scene, two, correction(2, head)),
    ]);
    expect(must(a).conflicts + must(b).conflicts).toBe(1);
    expect(await conflicts(community)).toMatchObject([{ kind: "same_representative" }]);
    // Another correction finds the same tie again, and does not note it twice.
    expect(must(await correctBidder(scene, two, correction(2, { ...head, contactName: "小吴" }))).corrections).toBe(2);
    expect((await conflicts(community)).length).toBeLessThanOrEqual(2);
  });

  test("of a mistyped code frees that code for the company whose it is; a code that is in is refused", async () => {
    const { community, tender } = await made();
    const one = await bidderOf(community, tender.tenderId, 1, { code: codeOf(2) });
    const scene = sceneAt(community, T0 + 90_000);
    expect(await register(community, tender.tenderId, 2)).toMatchObject({ error: { reason: "code_registered" } });
    must(await correctBidder(scene, one, correction(1)));
    const two = must(await register(community, tender.tenderId, 2));
    expect(two.bidderNo).toBe(2);
    expect(await correctBidder(scene, one, correction(1, { code: codeOf(2) }))).toMatchObject({
      error: { reason: "code_registered" },
    });
  });

  test("to the last millisecond before the closing and not at it, by the rule and by the table", async () => {
    const { community, tender } = await made();
    const one = await bidderOf(community, tender.tenderId, 1);
    const at = (now: number, name: string) => correctBidder(sceneAt(community, now), one, correction(1, { name }));
    expect((await at(CLOSES - 1, "重庆甲公司")).ok).toBe(true);
    expect(await at(CLOSES, "重庆乙公司")).toMatchObject({ error: { reason: "bids_not_taken" } });
    const { db } = sceneAt(community);
    const late = db.run(
      sql`INSERT INTO tender_bidder_correction SELECT community_id, tender_id, bidder_id, 2, name, code, code_doubt, contact_id, persons_sealed,
            representative_masked, controller_masked, representative_hash, controller_hash, incumbent, CAST(${CLOSES} AS INTEGER), leaf_hash
          FROM tender_bidder_correction WHERE community_id = ${community.id}`,
    );
    expect(await db.write([late])).toMatchObject({ error: { code: "bids_not_taken" } });
  });
});

describe("changing the telephone", () => {
  test("the new one speaks for the bidder and the old one for nobody; a rival's, present or former, is refused", async () => {
    const { community, tender } = await made();
    const [one, two] = [await bidderOf(community, tender.tenderId, 1), await bidderOf(community, tender.tenderId, 2)];
    const scene = sceneAt(community, T0 + 90_000);
    const fresh = await contactOf(community, 11);
    expect(must(await changeContact(scene, one, fresh))).toEqual({ corrections: 1, conflicts: 0 });
    const [[row]] = await scene.db.read(findBidder(scene, tender.tenderId, one.bidderId));
    expect(row!.contactId).toBe(fresh);
    for (const taken of [await contactOf(community, 2), fresh, await contactOf(community, 1)])
      expect(
        taken === (await contactOf(community, 2))
          ? await changeContact(scene, one, taken)
          : await changeContact(scene, two, taken),
      ).toMatchObject({ error: { reason: "phone_of_another" } });
    // Nor does a telephone that spoke for one bidder register another (TBR 40).
    expect(await register(community, tender.tenderId, 1, { code: codeOf(5) })).toMatchObject({
      error: { reason: "contact_registered" },
    });
  });

  test("goes through the pages: a code to the new number, and only a right one", async () => {
    const { community, tender } = await made();
    const one = await bidderOf(community, tender.tenderId, 1);
    const base = `/c/${community.slug}/tenders/${tender.number}`;
    const clerk = stranger(T0 + 120_000);
    const [name, value] = (await bidderCookie(community, 1, T0 + 120_000)).split("=") as [string, string];
    clerk.cookies.set(name, value);
    await clerk.get(`${base}/bidder`);
    expect(textOf(clerk.page)).toContain("更换手机号");
    await clerk.get(`${base}/bidder/phone`);
    await clerk.submit(`${base}/bidder/phone`, { phone: phoneOf(12) });
    await clerk.get(`${base}/bidder/phone/code`);
    expect((await clerk.submit(`${base}/bidder/phone/code`, { code: "000000" })).status).toBe(422);
    const scene = sceneAt(community);
    const [[asked]] = await scene.db.read(
      scene.db.all<{ id: string }>(
        sql`SELECT challenge_id AS id FROM sign_in_challenge WHERE community_id = ${community.id} ORDER BY asked_at DESC LIMIT 1`,
      ),
    );
    const done = await clerk.submit(`${base}/bidder/phone/code`, { code: codeOfContact(scene, asked!.id) });
    expect(done.headers.get("location")).toBe(`${base}/bidder?done=phone`);
    await clerk.get(`${base}/bidder`);
    expect(textOf(clerk.page)).toContain(one.name);
    const old = stranger(T0 + 130_000);
    old.cookies.set(name, value);
    await old.open(`${base}/bidder`);
    expect(old.url).toContain("/sign-in");
    const [sessions] = await scene.db.read(
      scene.db.all<{ id: string }>(
        sql`SELECT session_id AS id FROM tender_session WHERE community_id = ${community.id} AND contact_id = ${await contactOf(community, 1)}`,
      ),
    );
    const [[ended]] = await scene.db.read(findSignedIn(scene, sessions[0]!.id, tender.number));
    expect(ended).toBeUndefined();
  });
});

describe("a paper", () => {
  test("takes the place of another; both stay, one counts, and it is replaced once", async () => {
    const { community, tender } = await made();
    const one = await bidderOf(community, tender.tenderId, 1);
    const scene = sceneAt(community, T0 + 90_000);
    const paper = { kind: "business_licence", number: "A1", issuer: "市场监管局", expiresOn: "", endless: "yes" };
    const sent = (last: number) => ({ name: "执照.pdf", bytes: new Uint8Array([...PDF, last]) });
    must(await addLicence(scene, one, paper, sent(1)));
    must(await addLicence(scene, one, { ...paper, number: "A2", replaces: "1" }, sent(2)));
    const [all] = await scene.db.read(listLicences(scene, tender.tenderId));
    expect(all.map(({ licenceNo, replacedBy }) => [licenceNo, replacedBy])).toEqual([
      [1, 2],
      [2, null],
    ]);
    expect(standingLicences(all).map(({ number }) => number)).toEqual(["A2"]);
    for (const replaces of ["1", "9"])
      expect(await addLicence(scene, one, { ...paper, number: "A3", replaces }, sent(3))).toMatchObject({
        error: { reason: "licence_gone" },
      });
  });
});

describe("leaving a lot", () => {
  const PRICES = { monthly: 2345600, extra: 8000 };

  test("takes its sealed bid back with it, once; coming back, the bidder bids anew", async () => {
    const tender = await tenderInBidding();
    const { community, tenderId } = tender;
    const me = { tenderId, bidderId: "bidder-1" };
    must(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES)));
    const scene = sceneAt(community, T0 + 5000);
    expect(await leaveLots(scene, me, [])).toMatchObject({ error: { reason: "lots_missing" } });
    expect(must(await leaveLots(scene, me, [1]))).toEqual({ left: [1], withdrawn: 1 });
    expect(must(await leaveLots(scene, me, [1]))).toEqual({ left: [], withdrawn: 0 });
    const [stand, [own]] = await scene.db.read(
      listStandingBids(scene, tenderId),
      findBidder(scene, tenderId, "bidder-1"),
    );
    expect([stand, lotsOf(own!)]).toEqual([[], []]);
    expect(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES), T0 + 6000)).toMatchObject({
      error: { reason: "lot_not_entered", lotNo: 1 },
    });
    expect(must(await joinLots(scene, me, ["1"]))).toEqual([1]);
    must(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES), T0 + 7000));
    expect((await scene.db.read(listStandingBids(scene, tenderId)))[0]).toHaveLength(1);
  });

  test("to the last millisecond and not at the closing; the table keeps a bid and a lot that was left apart", async () => {
    const tender = await tenderInBidding();
    const { community, tenderId } = tender;
    must(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES)));
    const me = { tenderId, bidderId: "bidder-1" };
    expect(await leaveLots(sceneAt(community, BIDS_CLOSE), me, [1])).toMatchObject({
      error: { reason: "bids_not_taken" },
    });
    const { db } = sceneAt(community);
    const out = (bidder: string) =>
      db.run(
        sql`INSERT INTO tender_bidder_lot_move VALUES (${community.id}, ${tenderId}, ${bidder}, 1, 1, 'left', ${T0 + 5000}, ${"0".repeat(64)})`,
      );
    expect(await db.write([out("bidder-1")])).toMatchObject({ error: { code: "bid_stands" } });
    must(await db.write([out("bidder-2")]));
    const [before] = await db.read(listBidders({ db, community }, tenderId));
    expect(before.map(lotsOf)).toEqual([[1], [], [1], [1], [1]]);
    expect((await leaveLots(sceneAt(community, BIDS_CLOSE - 1), me, [1])).ok).toBe(true);
  });

  test("goes through the pages: what is left is said before, and the corner says that it is done", async () => {
    const { community, tender } = await made();
    await bidderOf(community, tender.tenderId, 1, { lots: ["1", "2"] });
    const base = `/c/${community.slug}/tenders/${tender.number}`;
    const clerk = stranger(T0 + 120_000);
    const [name, value] = (await bidderCookie(community, 1, T0 + 120_000)).split("=") as [string, string];
    clerk.cookies.set(name, value);
    await clerk.get(`${base}/bidder/leave`);
    expect((await clerk.submit(`${base}/bidder/leave`, {})).status).toBe(422);
    await clerk.get(`${base}/bidder/leave`);
    expect((await clerk.submit(`${base}/bidder/leave`, { leave: "2" })).status).toBe(303);
    await clerk.get(`${base}/bidder?done=left`);
    expect(textOf(clerk.page)).toContain("密封投标同时撤回");
    await clerk.get(`${base}/bidder/correct`);
    expect(clerk.page).not.toContain(idOf(1));
    const form = correction(1, { contactName: "小吴", representativeNumber: "" });
    expect((await clerk.submit(`${base}/bidder/correct`, { ...form, name: "" })).status).toBe(422);
    expect(textOf(clerk.page)).toContain("请填写企业全称");
    await clerk.get(`${base}/bidder/correct`);
    expect((await clerk.submit(`${base}/bidder/correct`, { ...form })).status).toBe(303);
    await clerk.get(`${base}/bidder`);
    expect(textOf(clerk.page)).toContain("已更正1次");
  });
});
