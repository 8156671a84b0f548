/** Bidders against a real database: who gets in, once and in time; what is found between them; their papers; nothing of them in the record. */
import { beforeEach, describe, expect, test } from "vitest";
import "../../src/app.ts";
import { dayOf } from "../../src/kernel/day.ts";
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import { openPersons } from "../../src/tenders/bidders/actions.ts";
import { addLicence, joinLots } from "../../src/tenders/bidders/additions.ts";
import { findBidder, listBidders, listLicences, lotsOf } from "../../src/tenders/bidders/store.ts";
import type { TenderRow } from "../../src/tenders/store.ts";
import { cleaningLot, schemeOf } from "../unit/tender-scheme-of-test.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { makeStaffedCommunity } from "./offices-of-test.ts";
import {
  bidderOf,
  CLOSES,
  codeOf,
  contactOf,
  idOf,
  makeTender,
  moveTender,
  PDF,
  register,
  SCRIPT,
  typedOf,
} from "./tender-bidders-of-test.ts";

let community: CommunityAddress;
let tender: TenderRow;
const TWO_LOTS = schemeOf({ lots: [cleaningLot(), cleaningLot({ lotNo: 2, service: "greening", title: "绿化" })] });
beforeEach(async () => {
  community = await makeStaffedCommunity();
  tender = await makeTender(community, { scheme: TWO_LOTS });
});

const rows = async <T>(text: string): Promise<T[]> => {
  const { db } = sceneAt(community);
  return (await db.read(db.all<T>(sql.raw(text.replaceAll("$c", `'${community.id}'`)))))[0];
};
const conflicts = () =>
  rows<{ kind: string; lot: number; bidder: string; other: string }>(
    "SELECT kind, lot_no AS lot, bidder_id AS bidder, with_id AS other FROM tender_conflict WHERE community_id = $c ORDER BY conflict_no",
  );
const leaves = async (): Promise<string> =>
  (await rows<{ entry: string }>("SELECT entry FROM record_leaf WHERE community_id = $c"))
    .map(({ entry }) => entry)
    .join("\n");

describe("registering", () => {
  test("gives numbers in order, seals the people, and says nothing of who it is in the record", async () => {
    const first = await bidderOf(community, tender.tenderId, 1);
    const second = await bidderOf(community, tender.tenderId, 2, { lots: ["1", "2"] });
    expect([first.bidderNo, second.bidderNo]).toEqual([1, 2]);
    const scene = sceneAt(community);
    const [all] = await scene.db.read(listBidders(scene, tender.tenderId));
    expect(all.map(lotsOf)).toEqual([[1], [1, 2]]);
    expect(await openPersons(scene, all[0]!)).toMatchObject({
      representative: { number: idOf(1) },
      contactName: "小周",
    });
    expect(JSON.stringify(all)).not.toContain(idOf(1));
    const said = await leaves();
    expect(said).toContain('"type":"tender.bidder_registered"');
    for (const secret of [first.name, first.code, idOf(1), "139000000"]) expect(said).not.toContain(secret);
  });

  test("again, of the same company by the same contact, is the same registration", async () => {
    const first = await bidderOf(community, tender.tenderId, 1);
    expect(await register(community, tender.tenderId, 1)).toEqual({
      ok: true,
      value: { bidderId: first.bidderId, bidderNo: 1, conflicts: 0 },
    });
    expect(await rows("SELECT 1 FROM tender_bidder WHERE community_id = $c")).toHaveLength(1);
  });

  test("of a code that is in already, and of a second company by one contact, is refused", async () => {
    await bidderOf(community, tender.tenderId, 1);
    expect(await register(community, tender.tenderId, 2, { code: codeOf(1) })).toMatchObject({
      error: { reason: "code_registered" },
    });
    expect(await register(community, tender.tenderId, 1, { code: codeOf(3) })).toMatchObject({
      error: { reason: "contact_registered" },
    });
  });

  test("goes in a millisecond before the closing and not at it, whoever logged the closing", async () => {
    expect((await register(community, tender.tenderId, 1, {}, CLOSES - 1)).ok).toBe(true);
    expect(await register(community, tender.tenderId, 2, {}, CLOSES)).toMatchObject({
      error: { reason: "bids_not_taken" },
    });
    await moveTender(community, tender.tenderId, { state: "closed", closedAt: CLOSES });
    expect(await register(community, tender.tenderId, 3)).toMatchObject({
      error: { reason: "bids_not_taken", state: "closed" },
    });
  });

  test("late in the write is refused by the database too", async () => {
    const bidder = await bidderOf(community, tender.tenderId, 1);
    const { db } = sceneAt(community);
    const late = await db.write([
      db.run(
        sql`INSERT INTO tender_bidder_lot(community_id, tender_id, bidder_id, lot_no, joined_at, leaf_hash)
            VALUES (${community.id}, ${tender.tenderId}, ${bidder.bidderId}, 2, ${CLOSES}, ${"0".repeat(64)})`,
      ),
    ]);
    expect(late).toEqual({ ok: false, error: { reason: "aborted", code: "bids_not_taken" } });
  });

  test("to an invited procedure is for those invited", async () => {
    const invited = [1, 2, 3].map((nth) => ({ name: `受邀${nth}`, code: codeOf(nth) }));
    const closed = await makeTender(community, { scheme: schemeOf({ procedure: "invited", invited }) });
    expect((await register(community, closed.tenderId, 1)).ok).toBe(true);
    expect(await register(community, closed.tenderId, 4)).toMatchObject({
      error: { reason: "not_invited", code: codeOf(4) },
    });
  });

  test.each([
    ["until yesterday", -1, true],
    ["until today", 0, false],
    ["until tomorrow", 1, false],
  ])("of a company barred %s", async (_, days, goesIn) => {
    const { db } = sceneAt(community);
    const endsOn = dayOf(T0 + 60_000 + days * 86_400_000);
    await db.write([
      db.run(
        sql`INSERT INTO tender_debarment(community_id, debarment_id, number, code, name, reason, file_id, file_hash, begins_on, ends_on, entered_by, by_words, entered_at, leaf_hash)
            VALUES (${community.id}, 'd', 1, ${codeOf(1)}, '某公司', '串通投标', 'f', ${"0".repeat(64)}, '2026-01-01', ${endsOn}, 'p', '主任', 1, ${"0".repeat(64)})`,
      ),
      db.run(
        sql`INSERT INTO tender_debarment_step(community_id, debarment_id, step_no, kind, words, done_by, by_words, done_at, leaf_hash)
            VALUES (${community.id}, 'd', 1, 'confirmed', '', 'w', '监督员', 1, ${"0".repeat(64)})`,
      ),
    ]);
    const made = await register(community, tender.tenderId, 1);
    expect(made.ok).toBe(goesIn);
    if (!goesIn) expect(made).toMatchObject({ error: { reason: "debarred", endsOn, why: "串通投标" } });
  });

  test("several at once each get a number of their own, and ties among them are all found", async () => {
    await Promise.all([1, 2, 3, 4].map((nth) => contactOf(community, nth)));
    const made = await Promise.all(
      [1, 2, 3, 4].map((nth) => register(community, tender.tenderId, nth, { representativeNumber: idOf(9) })),
    );
    expect(made.every(({ ok }) => ok)).toBe(true);
    const numbers = await rows<{ no: number }>(
      "SELECT bidder_no AS no FROM tender_bidder WHERE community_id = $c ORDER BY 1",
    );
    expect(numbers.map(({ no }) => no)).toEqual([1, 2, 3, 4]);
    expect(await conflicts()).toHaveLength(6); // every pair once
  });
});

describe("too close", () => {
  test("is noted for bidders of one lot with one representative, and not across lots", async () => {
    const first = await bidderOf(community, tender.tenderId, 1);
    const second = await bidderOf(community, tender.tenderId, 2, { lots: ["2"], representativeNumber: idOf(1) });
    expect(await conflicts()).toEqual([]);
    expect(await joinLots(sceneAt(community, T0 + 120_000), second, ["1", "2"])).toEqual({ ok: true, value: [1, 2] });
    expect(await conflicts()).toEqual([
      { kind: "same_representative", lot: 1, bidder: second.bidderId, other: first.bidderId },
    ]);
  });
  test("is noted where one company controls the other", async () => {
    const first = await bidderOf(community, tender.tenderId, 1);
    const parent = { controller: "other", controllerName: first.name, controllerNumber: first.code };
    await bidderOf(community, tender.tenderId, 2, parent);
    expect(await conflicts()).toMatchObject([{ kind: "controls", other: first.bidderId }]);
  });
  test("is noted where a bidder's head bears an officer's name, or calls from an officer's telephone", async () => {
    await bidderOf(community, tender.tenderId, 1, { representativeName: "陈主任" });
    expect(await conflicts()).toMatchObject([{ kind: "officer_name", lot: 0 }]);
    // 王计票 counts ballots and has no part in tenders.
    await bidderOf(community, tender.tenderId, 2, { representativeName: "王计票" });
    expect(await conflicts()).toHaveLength(1);
  });
});

describe("a paper", () => {
  const licence = {
    kind: "business_licence",
    number: codeOf(1),
    issuer: "璧山区市场监管局",
    expiresOn: "",
    endless: "yes",
  };
  const file = { name: "营业执照.pdf", bytes: PDF };
  const at = () => sceneAt(community, T0 + 120_000);
  test("is kept with its hash, and once however often it is sent", async () => {
    const bidder = await bidderOf(community, tender.tenderId, 1);
    expect(await addLicence(at(), bidder, licence, file)).toEqual({
      ok: true,
      value: { licenceNo: 1, endsWithin: false },
    });
    expect(await addLicence(at(), bidder, licence, file)).toMatchObject({ value: { licenceNo: 1 } });
    const scene = at();
    const [shown] = await scene.db.read(listLicences(scene, tender.tenderId));
    expect(shown).toHaveLength(1);
    expect(await leaves()).toContain(shown[0]!.fileHash);
  });
  test.each([
    ["a script in place of a photograph", licence, { name: "执照.jpg", bytes: SCRIPT }, "file_type_refused"],
    ["nothing at all", licence, null, "missing"],
    [
      "a paper that ends before the contract starts",
      { ...licence, endless: "", expiresOn: "2026-12-31" },
      file,
      "expires_before_start",
    ],
    ["a paper that has ended", { ...licence, endless: "", expiresOn: "2026-11-01" }, file, "licence_expired"],
    ["no last day and no word that there is none", { ...licence, endless: "" }, file, "missing"],
    ["a kind there is not", { ...licence, kind: "x" }, file, "missing"],
  ])("refuses %s, and keeps nothing", async (_, typed, sent, reason) => {
    const bidder = await bidderOf(community, tender.tenderId, 1);
    expect(await addLicence(at(), bidder, typed, sent)).toMatchObject({ error: { reason } });
    expect(await rows("SELECT 1 FROM tender_licence WHERE community_id = $c")).toEqual([]);
    expect(await rows("SELECT 1 FROM file WHERE community_id = $c")).toEqual([]);
  });
  test("is not taken after the closing", async () => {
    const bidder = await bidderOf(community, tender.tenderId, 1);
    expect(await addLicence(sceneAt(community, CLOSES), bidder, licence, file)).toMatchObject({
      error: { reason: "bids_not_taken" },
    });
  });
});

test("what a bidder said stays as it was said", async () => {
  const bidder = await bidderOf(community, tender.tenderId, 1);
  const scene = sceneAt(community);
  for (const change of ["name = 'x'", "persons_sealed = 'x'", "representative_hash = 'x'"]) {
    const written = await scene.db.write([
      scene.db.run(sql.raw(`UPDATE tender_bidder SET ${change} WHERE community_id = '${community.id}'`)),
    ]);
    expect(written).toMatchObject({ ok: false, error: { code: "append_only" } });
  }
  expect(
    await scene.db.write([scene.db.run(sql`DELETE FROM tender_bidder WHERE community_id = ${community.id}`)]),
  ).toMatchObject({ ok: false });
  const [[row]] = await scene.db.read(findBidder(scene, tender.tenderId, bidder.bidderId));
  expect(row?.name).toBe(typedOf(1).name);
});
