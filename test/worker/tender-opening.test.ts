/** The opening against workerd and D1: two keyholders or the bidder, every lie found, nothing before its hour, and nothing twice. */
import { describe, expect, test } from "vitest";
import { sql } from "../../src/platform/db.ts";
import { getFile } from "../../src/platform/files.ts";
import { CLOCK } from "../../src/tenders/acting.ts";
import {
  beginOpening,
  giveBidderKey,
  openDocuments,
  releaseShares,
  signOpening,
} from "../../src/tenders/opening/actions.ts";
import { readOut } from "../../src/tenders/opening/reading-out.ts";
import { lotsToOpen, priceFault, shareKey, totalHundredthsOf, VOID_WORDS } from "../../src/tenders/opening/rules.ts";
import { listOpenedBids, openedBidOf } from "../../src/tenders/opening/store.ts";
import * as seal from "../../src/tenders/sealing/browser/seal.js";
import { withdrawBid } from "../../src/tenders/sealing/delivering.ts";
import type { Seat } from "../../src/tenders/sealing/rules.ts";
import { listStandingBids } from "../../src/tenders/sealing/store.ts";
import { cleaningLot, schemeOf } from "../unit/tender-scheme-of-test.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { must } from "./ledger-of-test.ts";
import {
  CLOSES,
  deliver,
  keyholder,
  nameOf,
  PDF,
  type SealedOfTest,
  sealFor,
  type TenderOfTest,
  tenderInBidding,
  tenderRow,
} from "./tender-sealing-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const LATER = CLOSES + 60_000;
const priceOf = (nth: number) => ({ monthly: 2_000_000 + nth, deep: 100_000 });

/** What a keyholder's browser does: opens every share it can, `null` for the rest. */
async function sharesOf(tender: TenderOfTest, seat: Seat): Promise<Record<string, string | null>> {
  const scene = sceneAt(tender.community, LATER);
  const [bids] = await scene.db.read(listStandingBids(scene, tender.tenderId));
  const shares: Record<string, string | null> = {};
  for (const bid of bids)
    for (const part of ["price", "documents"] as const) {
      const { shares: sealed, ctHash } = JSON.parse(bid[part]) as seal.Sealed;
      shares[shareKey(bid, part)] = await seal
        .decryptShare(tender.keys[seat - 1]!, sealed[seat - 1]!, ctHash)
        .then(seal.toBase64url)
        .catch(() => null);
    }
  return shares;
}
const release = async (tender: TenderOfTest, seat: Seat, change: Record<string, string | null> = {}) =>
  releaseShares(keyholder(tender.community, seat, LATER), tender.tenderId, {
    ...(await sharesOf(tender, seat)),
    ...change,
  });

interface Opening extends TenderOfTest {
  readonly sealed: readonly SealedOfTest[];
}
/** A tender with so many bids, at its closing; `changes` say how the nth was made. */
async function closedWith(
  bids: number,
  changes: Record<number, Parameters<typeof sealFor>[3]> = {},
  scheme = schemeOf(),
): Promise<Opening> {
  const tender = await tenderInBidding(scheme);
  const sealed: SealedOfTest[] = [];
  for (let nth = 1; nth <= bids; nth += 1) {
    const one = await sealFor(tender, `bidder-${nth}`, priceOf(nth), changes[nth]);
    must(await deliver(tender, `bidder-${nth}`, one));
    sealed.push(one);
  }
  return { ...tender, sealed };
}
const begin = ({ community, tenderId }: TenderOfTest, now = LATER) => beginOpening(sceneAt(community, now), tenderId);
const documents = ({ community, tenderId }: TenderOfTest, most?: number) =>
  openDocuments(sceneAt(community, LATER), tenderId, most);
const read = ({ community, tenderId }: TenderOfTest, now = LATER) => readOut(sceneAt(community, now), tenderId, CLOCK);
const give = (tender: Opening, nth: number, secrets = tender.sealed[nth - 1]!.secrets) =>
  giveBidderKey(
    sceneAt(tender.community, LATER),
    tender.tenderId,
    { bidderId: `bidder-${nth}` },
    { lotNo: 1, ...secrets },
  );

describe("the sheet", () => {
  const lot = cleaningLot();
  test.each([
    ["at the ceiling", { monthly: 2_500_000, deep: 0 }, null],
    ["one fen above it", { monthly: 2_500_001, deep: 0 }, "ceiling"],
    ["without a line", { monthly: 1 }, "lines"],
    ["with a line too many", { monthly: 1, deep: 1, more: 1 }, "lines"],
    ["with another line", { monthly: 1, other: 1 }, "lines"],
  ])("%s", (_, prices, fault) => expect(priceFault(lot, prices as unknown as Record<string, number>)).toBe(fault));

  test("sums to the hundredth of a fen, and says when it cannot", () => {
    expect(totalHundredthsOf(lot, { monthly: 3, deep: 5 })).toBe(1200 * 3 + 200 * 5);
    const huge = cleaningLot({
      prices: [{ key: "a", label: "", unit: "", quantityHundredths: 9e15, ceilingFen: null }],
    });
    expect(totalHundredthsOf(huge, { a: 2 })).toBeNull();
    expect(priceFault(huge, { a: 2 })).toBe("total");
  });

  test("two bids do not open a lot, three do", () => {
    const bids = (count: number) => Array.from({ length: count }, () => ({ lotNo: 1 }));
    expect(lotsToOpen([lot], bids(2))).toEqual([{ lotNo: 1, bids: 2, opens: false }]);
    expect(lotsToOpen([lot], bids(3))).toEqual([{ lotNo: 1, bids: 3, opens: true }]);
  });
});

describe("an opening", () => {
  test("before its hour is refused; begun twice, by many at once, it is one", async () => {
    const tender = await closedWith(3);
    expect(reasonOf(await begin(tender, CLOSES - 1))).toBe("opening_too_early");
    expect(reasonOf(await release(tender, 1))).toBe("opening_not_begun");
    expect(reasonOf(await read(tender))).toBe("opening_not_begun");
    expect(reasonOf(await documents(tender))).toBe("opening_not_begun");
    expect(reasonOf(await give(tender, 1))).toBe("opening_not_begun");
    const [a, b, c] = await Promise.all([begin(tender, CLOSES), begin(tender, CLOSES), begin(tender, CLOSES)]);
    const first = must(a);
    expect(must(b).leafHash).toBe(first.leafHash);
    expect(must(c).leafHash).toBe(first.leafHash);
    expect(must(await begin(tender)).begunAt).toBe(CLOSES);
    const { db } = sceneAt(tender.community);
    const [[covered]] = await db.read(
      db.all<{ n: number }>(
        sql`SELECT count(*) AS n FROM record_leaf WHERE community_id = ${tender.community.id} AND type IN ('tender.closed', 'tender.bid_sealed') AND seq < ${first.checkpointSize}`,
      ),
    );
    expect(covered!.n).toBe(4);
  });

  test("by two keyholders and by one bidder's own key reads the same prices, once", async () => {
    const tender = await closedWith(3);
    must(await begin(tender));
    must(await give(tender, 2));
    must(await give(tender, 2));
    must(await release(tender, 1));
    expect(await read(tender)).toMatchObject({
      ok: false,
      error: { reason: "keys_wanting", unopened: 2, released: 1 },
    });
    must(await release(tender, 3));
    must(await release(tender, 3));
    expect(reasonOf(await read(tender))).toBe("documents_wait");
    expect(must(await documents(tender, 2))).toEqual({ opened: 2, done: 2, left: 1 });
    expect(must(await documents(tender))).toEqual({ opened: 1, done: 3, left: 0 });
    const [one, two] = await Promise.all([read(tender), read(tender)]);
    const rows = must(one);
    expect(must(two)).toEqual(rows);
    expect(rows.map((row) => [row.bidderNo, row.name, JSON.parse(row.prices), row.openedBy, row.voidWhy])).toEqual([
      [1, nameOf("bidder-1"), priceOf(1), "keyholders", null],
      [2, nameOf("bidder-2"), priceOf(2), "bidder", null],
      [3, nameOf("bidder-3"), priceOf(3), "keyholders", null],
    ]);
    expect(openedBidOf(rows[0]!).totalHundredths).toBe(1200 * 2_000_001 + 200 * 100_000);
    const scene = sceneAt(tender.community, LATER + 5);
    expect(await tenderRow(scene, tender.tenderId)).toMatchObject({ state: "opened", openedAt: LATER });
    expect(must(await read(tender, LATER + 5))).toEqual(rows);
    // What a reader needs to open it again is published with it.
    const [bids] = await scene.db.read(listStandingBids(scene, tender.tenderId));
    const bid = bids.find(({ bidderId }) => bidderId === "bidder-1")!;
    const secret = seal.secretOf(seal.fromBase64url(rows[0]!.secret));
    const sheet = await seal.openPart(JSON.parse(bid.price) as seal.Sealed, seal.fromBase64url(bid.priceCt), secret);
    expect(seal.readPriceSheet(sheet)).toEqual(priceOf(1));
    expect((await getFile(scene, rows[0]!.fileId, "private"))!.bytes).toEqual(PDF);
    expect(await getFile(scene, rows[0]!.fileId, "public")).toBeNull();
  });

  test("is signed by who was there, after the reading, once each", async () => {
    const tender = await closedWith(3);
    const witness = keyholder(tender.community, 3, LATER);
    must(await begin(tender));
    expect(reasonOf(await signOpening(witness, tender.tenderId))).toBe("not_opened_yet");
    for (const seat of [1, 2] as const) must(await release(tender, seat));
    must(await documents(tender));
    must(await read(tender));
    must(await signOpening(witness, tender.tenderId));
    must(await signOpening(witness, tender.tenderId));
    const { db } = witness;
    const [signed] = await db.read(
      db.all(sql`SELECT words FROM tender_opening_signature WHERE community_id = ${tender.community.id}`),
    );
    expect(signed).toEqual([{ words: "监督员" }]);
  });

  test("of a lot with two bids does not take place, and with no lot left the tender has failed", async () => {
    const lots = [cleaningLot(), cleaningLot({ lotNo: 2, title: "绿化" })];
    const tender = await closedWith(3, {}, schemeOf({ lots }));
    for (const nth of [1, 2])
      must(await deliver(tender, `bidder-${nth}`, await sealFor(tender, `bidder-${nth}`, priceOf(nth), { lot: 2 })));
    const opening = must(await begin(tender));
    expect(JSON.parse(opening.lots)).toEqual([
      { lotNo: 1, bids: 3, opens: true },
      { lotNo: 2, bids: 2, opens: false },
    ]);
    for (const seat of [1, 2] as const) must(await release(tender, seat));
    const { db } = sceneAt(tender.community);
    const [[kept]] = await db.read(
      db.all<{ shares: string }>(
        sql`SELECT shares FROM tender_release WHERE community_id = ${tender.community.id} LIMIT 1`,
      ),
    );
    // Even what a browser sends of the other lot is not kept.
    expect(Object.keys(JSON.parse(kept!.shares) as object).every((name) => name.startsWith("1:"))).toBe(true);
    must(await documents(tender));
    expect(must(await read(tender)).map(({ lotNo }) => lotNo)).toEqual([1, 1, 1]);

    const alone = await closedWith(3);
    must(await withdrawBid(sceneAt(alone.community, CLOSES - 1), alone.tenderId, { bidderId: "bidder-3" }, 1));
    must(await begin(alone));
    expect(await tenderRow(sceneAt(alone.community), alone.tenderId)).toMatchObject({ state: "failed" });
    expect(reasonOf(await give(alone, 1))).toBe("no_bid");
    expect(reasonOf(await read(alone))).toBe("opening_too_early");
  });

  test("leaves out nobody: a keyholder releases all or nothing, and only what their own key opens", async () => {
    const tender = await closedWith(3);
    must(await begin(tender));
    const all = await sharesOf(tender, 1);
    const chair = keyholder(tender.community, 1, LATER);
    const { "1:bidder-2:price": _left, ...without } = all;
    expect(await releaseShares(chair, tender.tenderId, without)).toMatchObject({ error: { missing: 1 } });
    const theirs = await sharesOf(tender, 2);
    expect(reasonOf(await releaseShares(chair, tender.tenderId, theirs))).toBe("share_wrong_form");
    const nobody = { ...chair, actor: { ...chair.actor, personId: "another" as never } };
    expect(reasonOf(await releaseShares(nobody, tender.tenderId, all))).toBe("no_seat");
  });

  test("a keyholder who gives shares of another bid, or none, neither opens nor voids one", async () => {
    const tender = await closedWith(3);
    must(await begin(tender));
    const own = await sharesOf(tender, 2);
    const swapped = { "1:bidder-1:price": own["1:bidder-2:price"]!, "1:bidder-3:documents": null };
    must(await release(tender, 1));
    must(await release(tender, 2, swapped));
    must(await documents(tender));
    expect(await read(tender)).toMatchObject({ error: { reason: "unopened_wait", unopened: 2 } });
    // The third keyholder comes: everything opens, and the swap has done nothing.
    must(await release(tender, 3));
    must(await documents(tender));
    expect(must(await read(tender)).map(({ voidWhy }) => voidWhy)).toEqual([null, null, null]);
  });

  test("where one keyholder refuses and another lies, the bidder's key opens; without it the bid is void a day later", async () => {
    const tender = await closedWith(4);
    must(await begin(tender));
    must(await release(tender, 1));
    must(await release(tender, 2, { "1:bidder-1:price": null, "1:bidder-4:price": null }));
    must(await give(tender, 1));
    must(await documents(tender));
    expect(reasonOf(await read(tender, LATER))).toBe("unopened_wait");
    const day = 86_400_000;
    expect(reasonOf(await read(tender, LATER + day - 60_001))).toBe("unopened_wait");
    const rows = must(await read(tender, LATER + day));
    expect(rows.map(({ voidWhy }) => voidWhy)).toEqual([null, null, null, VOID_WORDS.unreadable.zh]);
    expect(rows[3]).toMatchObject({ prices: "{}", totalHundredths: null, openedBy: "nobody", secret: "" });
  });

  test("a bidder's key is its own: another bid's, an older delivery's and one that opens to something else are refused", async () => {
    const tender = await closedWith(3);
    must(await begin(tender));
    expect(reasonOf(await give(tender, 1, tender.sealed[1]!.secrets))).toBe("key_of_another");
    const mine = tender.sealed[0]!.secrets;
    expect(reasonOf(await give(tender, 1, { ...mine, documents: mine.price }))).toBe("key_of_another");
    const other = seal.toBase64url(new Uint8Array(64));
    expect(reasonOf(await give(tender, 1, { ...mine, price: other }))).toBe("key_of_another");
    expect(reasonOf(await give(tender, 1, { ...mine, price: "%%" }))).toBe("key_file_unreadable");
    expect(reasonOf(await give(tender, 4 as never, mine))).toBe("no_bid");
  });

  test.each([
    ["above the ceiling", { sheet: seal.writePriceSheet({ monthly: 2_500_001, deep: 1 }) }, VOID_WORDS.ceiling.zh],
    ["for other lines", { sheet: seal.writePriceSheet({ yearly: 1 }) }, VOID_WORDS.lines.zh],
    ["with a sheet of rubbish", { sheet: new Uint8Array(8192).fill(7) }, VOID_WORDS.sheet.zh],
    ["with a script for a document", { file: seal.utf8("<script>alert(1)</script>") }, VOID_WORDS.not_pdf.zh],
  ])("a bid %s is void with its reason, and the others stand", async (_, change, why) => {
    const tender = await closedWith(3, { 2: change });
    must(await begin(tender));
    for (const seat of [1, 2] as const) must(await release(tender, seat));
    must(await documents(tender));
    expect(must(await read(tender)).map(({ voidWhy }) => voidWhy)).toEqual([null, why, null]);
  });

  test("a bid whose shares its bidder made of rubbish is void once all three keyholders have tried", async () => {
    const tender = await tenderInBidding();
    for (const nth of [1, 2])
      must(await deliver(tender, `bidder-${nth}`, await sealFor(tender, `bidder-${nth}`, priceOf(nth))));
    const one = await sealFor(tender, "bidder-3", priceOf(3));
    // Another key's shares under the right names: nothing of it shows from outside.
    const other = await sealFor(tender, "bidder-3", priceOf(3));
    const keyCommit = other.delivery.price.keyCommit;
    must(
      await deliver(tender, "bidder-3", {
        ...one,
        delivery: { ...one.delivery, price: { ...one.delivery.price, keyCommit } },
      }),
    );
    must(await begin(tender));
    for (const seat of [1, 2] as const) must(await release(tender, seat));
    must(await documents(tender));
    expect(reasonOf(await read(tender))).toBe("unopened_wait");
    must(await release(tender, 3));
    expect(must(await read(tender)).map(({ voidWhy }) => voidWhy)).toEqual([null, null, VOID_WORDS.unreadable.zh]);
  });

  test("a bid sealed before an amendment it rests on is void unless its bidder confirmed", async () => {
    const tender = await closedWith(3);
    const scene = sceneAt(tender.community, T0 + 5000);
    const { community, tenderId } = tender;
    must(
      await scene.db.write([
        scene.db.run(
          sql`INSERT INTO tender_scheme SELECT community_id, tender_id, 2, scheme, scheme_hash, '改', made_by, made_at, leaf_hash FROM tender_scheme WHERE community_id = ${community.id}`,
        ),
        scene.db.run(
          sql`INSERT INTO tender_amendment(community_id, tender_id, edition, touches, changes, closes_before, closes_after, amended_at, leaf_hash)
              VALUES (${community.id}, ${tenderId}, 2, 1, '[]', ${CLOSES}, ${CLOSES}, ${T0 + 5000}, ${"0".repeat(64)})`,
        ),
        scene.db.run(sql`UPDATE tender SET edition = 2, version = version + 1 WHERE community_id = ${community.id}`),
        scene.db.run(
          sql`INSERT INTO tender_confirmation(community_id, tender_id, bidder_id, edition, confirmed_at, leaf_hash)
              VALUES (${community.id}, ${tenderId}, 'bidder-1', 2, ${T0 + 6000}, ${"0".repeat(64)})`,
        ),
      ]),
    );
    must(await deliver(tender, "bidder-2", await sealFor(tender, "bidder-2", priceOf(2)), T0 + 7000));
    must(await begin(tender));
    for (const seat of [1, 2] as const) must(await release(tender, seat));
    must(await documents(tender));
    expect(must(await read(tender)).map(({ voidWhy }) => voidWhy)).toEqual([null, null, VOID_WORDS.unconfirmed.zh]);
  });
});

test("the server's rows and files, its operator and one keyholder's file together give no price", async () => {
  const tender = await closedWith(3);
  const { community, tenderId, keys } = tender;
  const scene = sceneAt(community);
  const { db } = scene;
  const [tables] = await db.read(
    db.all<{ name: string }>(sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'tender%'`),
  );
  const dump: string[] = [];
  for (const { name } of [...tables, { name: "record_leaf" }, { name: "once" }]) {
    const [rows] = await db.read(db.all(sql`SELECT * FROM ${sql.raw(name)} WHERE community_id = ${community.id}`));
    dump.push(JSON.stringify(rows));
  }
  const { objects } = await scene.env.FILES.list({ prefix: `${community.id}/sealed/${tenderId}/` });
  for (const { key } of objects) dump.push(await (await scene.env.FILES.get(key))!.text());
  expect(objects.length).toBe(3);
  const all = dump.join("\n");
  for (const [at, { secrets }] of tender.sealed.entries())
    for (const hidden of [String(priceOf(at + 1).monthly), "投标文件", ...Object.values(secrets)])
      expect(all.includes(hidden), hidden).toBe(false);
  // One keyholder opens one share of each bid. Whatever key one thinks of, one missing share makes it come out: it excludes none.
  const [bids] = await db.read(listStandingBids(scene, tenderId));
  const sealed = JSON.parse(bids[0]!.price) as seal.Sealed;
  for (const seat of [1, 2, 3] as const) {
    const share = await seal.decryptShare(keys[seat - 1]!, sealed.shares[seat - 1]!, sealed.ctHash);
    expect(await seal.recover(sealed, [share, null, null])).toBeNull();
    for (const other of [1, 2, 3].filter((one) => one !== seat))
      await expect(seal.decryptShare(keys[seat - 1]!, sealed.shares[other - 1]!, sealed.ctHash)).rejects.toThrow();
    const guess = scene.random(64);
    const x = seat === 1 ? 2 : 1;
    const slope = guess.map((byte, at) => {
      const wanted = byte ^ share[at + 1]!;
      return Array.from({ length: 256 }, (_, s) => s).find((s) => seal.multiply(s, seat) === wanted)!;
    });
    const missing = seal.join(
      Uint8Array.of(x),
      guess.map((byte, at) => byte ^ seal.multiply(slope[at]!, x)),
    );
    expect(seal.combine(share, missing)).toEqual(guess);
  }
  // Before the opening nothing on the page that everybody reads tells it either.
  const [opened] = await db.read(listOpenedBids(scene, tenderId));
  expect(opened).toEqual([]);
});
