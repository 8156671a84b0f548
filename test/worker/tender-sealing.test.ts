/** Keys, rehearsal and sealed deliveries against workerd and D1: what is refused is refused in the write, and nothing readable comes in. */
import { describe, expect, test } from "vitest";
import { sql } from "../../src/platform/db.ts";
import { rehearse, takeKey } from "../../src/tenders/sealing/actions.ts";
import * as seal from "../../src/tenders/sealing/browser/seal.js";
import { takeBid, takeChunk, withdrawBid } from "../../src/tenders/sealing/delivering.ts";
import { assertKeyholdersReady, keyholdersReady } from "../../src/tenders/sealing/reading.ts";
import { CHUNK_BYTES, standing } from "../../src/tenders/sealing/rules.ts";
import { listBidsOf, listKeyholders, listStandingBids } from "../../src/tenders/sealing/store.ts";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";
import { sceneAt, T0 } from "./community-of-test.ts";
import { must } from "./ledger-of-test.ts";
import {
  CLOSES,
  decidedTender,
  deliver,
  keyholder,
  move,
  officer,
  PDF,
  publicKey,
  rehearseAs,
  sealFor,
  type TenderOfTest,
  tenderInBidding,
} from "./tender-sealing-of-test.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const PRICES = { monthly: 2_345_600, deep: 180_000 };
const holders = async ({ community, tenderId }: Pick<TenderOfTest, "community" | "tenderId">) => {
  const scene = sceneAt(community);
  const [rows] = await scene.db.read(listKeyholders(scene, tenderId));
  return rows;
};
const entries = async ({ community }: Pick<TenderOfTest, "community">, type: string) => {
  const { db } = sceneAt(community);
  const [rows] = await db.read(
    db.all<{ entry: string }>(
      sql`SELECT entry FROM record_leaf WHERE community_id = ${community.id} AND type = ${type} ORDER BY seq`,
    ),
  );
  return rows.map(({ entry }) => JSON.parse(entry) as Record<string, unknown>);
};

describe("keys", () => {
  test("a tender is ready when three people made keys and each opened the test bid", async () => {
    const tender = await decidedTender();
    const { community, tenderId } = tender;
    const keys = await Promise.all([1, 2, 3].map(() => seal.makeKey()));
    expect(reasonOf(keyholdersReady(await holders(tender)))).toBe("keys_missing");
    for (const [at, key] of keys.entries()) {
      const scene = keyholder(community, (at + 1) as 1);
      const made = must(await takeKey(scene, tenderId, { jwk: publicKey(key), why: "" }));
      expect(must(await takeKey(scene, tenderId, { jwk: publicKey(key), why: "" })).leafHash).toBe(made.leafHash);
    }
    expect(await entries(tender, "tender.key_made")).toMatchObject(
      keys.map(({ kid }, at) => ({ seat: at + 1, kid, jwk: publicKey(keys[at]!) })),
    );
    const scene = sceneAt(community);
    expect(reasonOf(keyholdersReady(await holders(tender)))).toBe("keys_not_rehearsed");
    expect(await scene.db.write([assertKeyholdersReady(scene, tenderId)])).toMatchObject({ ok: false });
    for (const [at, key] of keys.entries()) {
      expect(keyholdersReady(await holders(tender)).ok).toBe(false);
      const done = must(await rehearseAs(tender, (at + 1) as 1, key));
      expect(done.ready).toBe(at === 2);
      must(await rehearseAs(tender, (at + 1) as 1, key));
    }
    expect(keyholdersReady(await holders(tender)).ok).toBe(true);
    must(await scene.db.write([assertKeyholdersReady(scene, tenderId)]));
    expect(await entries(tender, "tender.key_rehearsed")).toHaveLength(3);
  });

  test("made by two at the same moment, both stand and the rehearsal is for all three", async () => {
    const tender = await decidedTender();
    const keys = await Promise.all([1, 2, 3].map(() => seal.makeKey()));
    await Promise.all(
      keys.map((key, at) =>
        takeKey(keyholder(tender.community, (at + 1) as 1), tender.tenderId, { jwk: publicKey(key), why: "" }),
      ),
    );
    for (const [at, key] of keys.entries()) must(await rehearseAs(tender, (at + 1) as 1, key));
    expect(keyholdersReady(await holders(tender)).ok).toBe(true);
  });

  test("a private key, a post without a seat and a second seat for one person are refused", async () => {
    const { community, tenderId } = await decidedTender();
    const key = await seal.makeKey();
    const chair = keyholder(community, 1);
    expect(reasonOf(await takeKey(chair, tenderId, { jwk: key, why: "" }))).toBe("not_a_key");
    const teller = officer(community, "teller", ["teller"]);
    expect(reasonOf(await takeKey(teller, tenderId, { jwk: publicKey(key), why: "" }))).toBe("no_seat");
    expect(reasonOf(await takeKey(chair, "nothing", { jwk: publicKey(key), why: "" }))).toBe("unknown_tender");
    must(await takeKey(chair, tenderId, { jwk: publicKey(key), why: "" }));
    const both = officer(community, "keyholder-1", ["supervisor"]);
    const second = publicKey(await seal.makeKey());
    expect(reasonOf(await takeKey(both, tenderId, { jwk: second, why: "" }))).toBe("keyholder_twice");
    expect(reasonOf(await rehearse(chair, tenderId, ""))).toBe("rehearsal_not_yet");
  });

  test("a wrong file fails the rehearsal; a lost key is replaced with its reason, and all rehearse anew", async () => {
    const tender = await tenderInBidding();
    const { community, tenderId, keys } = tender;
    const wrong = seal.toBase64url(seal.split(new Uint8Array(64))[0]!);
    expect(reasonOf(await rehearse(keyholder(community, 1), tenderId, wrong))).toBe("share_wrong");
    const fresh = await seal.makeKey();
    const asked = { jwk: publicKey(fresh), why: "" };
    expect(reasonOf(await takeKey(keyholder(community, 2), tenderId, asked))).toBe("why_missing");
    must(await takeKey(keyholder(community, 2), tenderId, { ...asked, why: "电脑损坏，文件丢失" }));
    expect(keyholdersReady(await holders(tender))).toMatchObject({ ok: false, error: { seats: [1, 2, 3] } });
    // Bids wait until the three have rehearsed again.
    const replaced = { ...tender, keys: [keys[0]!, fresh, keys[2]!] };
    expect(reasonOf(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES)))).toBe(
      "keys_not_ready",
    );
    for (const [at, key] of replaced.keys.entries()) must(await rehearseAs(replaced, (at + 1) as 1, key));
    must(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES)));
    const third = { jwk: publicKey(await seal.makeKey()), why: "又丢了" };
    expect(reasonOf(await takeKey(keyholder(community, 2), tenderId, third))).toBe("bids_sealed");
  });
});

describe("a sealed bid", () => {
  test("comes in once, with a receipt in the record that says neither whose nor how much", async () => {
    const tender = await tenderInBidding();
    const sealed = await sealFor(tender, "bidder-1", PRICES);
    const first = must(await deliver(tender, "bidder-1", sealed));
    const again = must(await deliver(tender, "bidder-1", sealed, CLOSES + 5));
    expect(again).toMatchObject({ leafHash: first.leafHash, bidNo: 1 });
    const logged = await entries(tender, "tender.bid_sealed");
    expect(logged).toHaveLength(1);
    const text = JSON.stringify(logged[0]);
    for (const secret of ["bidder-1", "2345600", "monthly", sealed.secrets.price]) expect(text).not.toContain(secret);
    expect(logged[0]).toMatchObject({
      lot: 1,
      price: { ct: sealed.delivery.price.ctHash, key: sealed.delivery.price.keyCommit, bytes: 8208 },
      documents: { text: sealed.delivery.documents.ptCommit },
    });
  });

  test("is replaced by the next one, and both stay; two at once are two", async () => {
    const tender = await tenderInBidding();
    const scene = sceneAt(tender.community);
    must(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES)));
    const [a, b] = [await sealFor(tender, "bidder-1", PRICES), await sealFor(tender, "bidder-1", PRICES)];
    await Promise.all([deliver(tender, "bidder-1", a), deliver(tender, "bidder-1", b)]);
    const [own, stand] = await scene.db.read(
      listBidsOf(scene, tender.tenderId, "bidder-1"),
      listStandingBids(scene, tender.tenderId),
    );
    expect(own.map(({ bidNo }) => bidNo)).toEqual([1, 2, 3]);
    expect(stand.map(({ bidNo }) => bidNo)).toEqual([3]);
    expect(standing(own)).toMatchObject([{ bidNo: 3 }]);
    expect(await entries(tender, "tender.bid_sealed")).toHaveLength(3);
  });

  test("replaced and then withdrawn does not stand; handed in again it does", async () => {
    const tender = await tenderInBidding();
    const scene = sceneAt(tender.community, T0 + 2000);
    const me = { bidderId: "bidder-1" };
    expect(reasonOf(await withdrawBid(scene, tender.tenderId, me, 1))).toBe("nothing_to_withdraw");
    must(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES)));
    const second = must(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES)));
    const gone = must(await withdrawBid(scene, tender.tenderId, me, 1));
    expect(must(await withdrawBid(scene, tender.tenderId, me, 1)).leafHash).toBe(gone.leafHash);
    const [stand] = await scene.db.read(listStandingBids(scene, tender.tenderId));
    expect(stand).toEqual([]);
    expect(await entries(tender, "tender.bid_withdrawn")).toMatchObject([{ lot: 1, of: second.leafHash }]);
    must(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES)));
    const [anew] = await scene.db.read(listStandingBids(scene, tender.tenderId));
    expect(anew).toMatchObject([{ bidNo: 4 }]);
  });

  test("one millisecond before the closing is in time, at the closing it is late, also where only the table says so", async () => {
    const tender = await tenderInBidding();
    const { community, tenderId } = tender;
    must(await deliver(tender, "bidder-1", await sealFor(tender, "bidder-1", PRICES), CLOSES - 1));
    const late = await sealFor(tender, "bidder-2", PRICES);
    expect(reasonOf(await deliver(tender, "bidder-2", late, CLOSES))).toBe("bid_late");
    // The pieces came in time, the delivery did not.
    const { documents } = late.delivery;
    must(
      await takeChunk(
        sceneAt(community, CLOSES - 1),
        tenderId,
        { bidderId: "bidder-2" },
        {
          ctHash: documents.ctHash,
          chunkNo: 0,
          bytes: late.ct,
        },
      ),
    );
    const bidder = { bidderId: "bidder-2" };
    expect(reasonOf(await takeBid(sceneAt(community, CLOSES), tenderId, bidder, late.delivery))).toBe("bid_late");
    expect(reasonOf(await withdrawBid(sceneAt(community, CLOSES), tenderId, { bidderId: "bidder-1" }, 1))).toBe(
      "bid_late",
    );
    const { db } = sceneAt(community);
    const copy = (at: number) =>
      db.write([
        db.run(
          sql`INSERT INTO tender_bid SELECT community_id, tender_id, lot_no, 'bidder-9', 1, kind, edition, keys_hash, price, documents, price_ct, content_hash, CAST(${at} AS INTEGER), leaf_hash
              FROM tender_bid WHERE community_id = ${community.id}`,
        ),
      ]);
    expect(await copy(CLOSES)).toMatchObject({ ok: false, error: { code: "bid_late" } });
    // Whatever the clock said when the request began: once the closing is written, nothing comes in.
    await move(sceneAt(community, CLOSES), tenderId, { state: "closed", closedAt: CLOSES });
    expect(await copy(CLOSES - 1)).toMatchObject({ ok: false, error: { code: "bid_late" } });
    expect(reasonOf(await takeBid(sceneAt(community, CLOSES - 1), tenderId, bidder, late.delivery))).toBe("bid_late");
  });

  test.each([
    ["another bidder", { bound: { bidder: "bidder-2" } }],
    ["another lot", { bound: { lot: 2 } }],
    ["another closing", { bound: { closes: CLOSES + 1 } }],
    ["another edition", { bound: { edition: 2 } }],
    ["another tender", { bound: { tender: "another" } }],
  ])("sealed for %s is refused", async (_, change) => {
    const tender = await tenderInBidding();
    const sealed = await sealFor(tender, "bidder-1", PRICES, change);
    expect(reasonOf(await deliver(tender, "bidder-1", sealed))).toBe("sealed_for_another");
  });

  test("with somebody else's ciphertext, other keys, a missing piece, or too large, is refused", async () => {
    const tender = await tenderInBidding(schemeOf());
    const { community, tenderId } = tender;
    const [mine, other] = [await sealFor(tender, "bidder-1", PRICES), await sealFor(tender, "bidder-2", PRICES)];
    must(await deliver(tender, "bidder-2", other));
    const bidder = { bidderId: "bidder-1" };
    const scene = sceneAt(community, T0 + 1000);
    const take = async (change: object) =>
      reasonOf(await takeBid(scene, tenderId, bidder, { ...mine.delivery, ...change }));
    // Copied whole it is sealed for the other; its ciphertext alone is not what was promised.
    expect(reasonOf(await takeBid(scene, tenderId, bidder, other.delivery))).toBe("sealed_for_another");
    expect(await take({ priceCt: other.delivery.priceCt })).toBe("ciphertext_wrong");
    expect(await take({ price: { ...mine.delivery.price, shares: other.delivery.price.shares } })).toBe("shares_wrong");
    const turned = mine.delivery.price.shares.toReversed();
    expect(await take({ price: { ...mine.delivery.price, shares: turned } })).toBe("shares_wrong");
    expect(await take({})).toBe("documents_incomplete");
    expect(await take({ lot: 2 })).toBe("lot_unknown");
    expect(reasonOf(await takeBid(scene, tenderId, { bidderId: "nobody" }, mine.delivery))).toBe("lot_not_entered");
    expect(await take({ lot: 0 })).toBe("not_a_delivery");
    expect(await take({ price: { ...mine.delivery.price, bytes: 100 } })).toBe("not_a_delivery");
    const large = { ...mine.delivery.documents, bytes: 10 * CHUNK_BYTES + 17 };
    expect(await take({ documents: large })).toBe("documents_too_large");
    const { ctHash } = mine.delivery.documents;
    const piece = (chunkNo: number, bytes: number) =>
      takeChunk(scene, tenderId, bidder, { ctHash, chunkNo, bytes: new Uint8Array(bytes) });
    expect(reasonOf(await piece(10, 17))).toBe("documents_too_large");
    expect(reasonOf(await piece(0, CHUNK_BYTES + 1))).toBe("documents_too_large");
    expect(reasonOf(await piece(0, 0))).toBe("not_a_delivery");
    must(await piece(0, PDF.length + 16));
    expect(await take({})).toBe("ciphertext_wrong");
  });

  test("of ten megabytes comes in piece by piece", async () => {
    const tender = await tenderInBidding();
    const file = new Uint8Array(seal.LARGEST_DOCUMENT_BYTES);
    file.set(PDF);
    const sealed = await sealFor(tender, "bidder-1", PRICES, { file });
    expect(must(await deliver(tender, "bidder-1", sealed)).bidNo).toBe(1);
  });
});
