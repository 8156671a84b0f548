/** A tender in bidding with three keyholders, and bidders whose browsers are played by the very file browsers load. */
import type { Permission } from "../../src/platform/access.ts";
import { type CommunityAddress, sql } from "../../src/platform/db.ts";
import type { Scene, StaffScene } from "../../src/platform/scene.ts";
import { canonicalJson, type JsonObject } from "../../src/record/canonical.ts";
import { insertBidder, insertBidderLot } from "../../src/tenders/bidders/store.ts";
import type { Scheme } from "../../src/tenders/scheme/rules.ts";
import { rehearse, takeKey } from "../../src/tenders/sealing/actions.ts";
import * as seal from "../../src/tenders/sealing/browser/seal.js";
import { takeBid, takeChunk } from "../../src/tenders/sealing/delivering.ts";
import { CHUNK_BYTES, chunksOf, type Delivery, type Seat } from "../../src/tenders/sealing/rules.ts";
import { findRehearsal, listKeyholders } from "../../src/tenders/sealing/store.ts";
import { findTender, insertScheme, insertTender, type TenderRow, updateTender } from "../../src/tenders/store.ts";
import { schemeOf } from "../unit/tender-scheme-of-test.ts";
import { makeCommunity, sceneAt, staffSceneAt, T0 } from "./community-of-test.ts";
import { must } from "./ledger-of-test.ts";

export const CLOSES = T0 + 20 * 86_400_000;
export const SEAT_POSTS = ["committee_chair", "street_officer", "supervisor"] as const;

export interface TenderOfTest {
  readonly community: CommunityAddress;
  readonly tenderId: string;
  readonly scheme: Scheme;
  /** Private keys by seat. */
  readonly keys: readonly (seal.Jwk & { kid: string; d: string })[];
}

/** Somebody at the desk, in the posts named. */
export const officer = (
  community: CommunityAddress,
  personId: string,
  posts: readonly string[],
  now = T0,
  permissions: readonly Permission[] = ["tender.read"],
): StaffScene => {
  const scene = staffSceneAt(community, personId, permissions, now);
  return { ...scene, actor: { ...scene.actor, posts: posts.map((kind) => ({ kind, title: kind, body: "" })) } };
};
export const keyholder = (community: CommunityAddress, seat: Seat, now = T0): StaffScene =>
  officer(community, `keyholder-${seat}`, [SEAT_POSTS[seat - 1]!], now, ["tender.read", "tender.witness"]);

export async function tenderRow(scene: Scene, tenderId: string): Promise<TenderRow> {
  const [[row]] = await scene.db.read(findTender(scene, tenderId));
  return row!;
}

/** A scheme drafted and decided, without a key. */
export async function decidedTender(scheme = schemeOf()): Promise<Omit<TenderOfTest, "keys">> {
  const community = await makeCommunity({ name: "金桂苑" });
  const scene = sceneAt(community);
  const tenderId = `tender${community.id.slice(0, 10)}`;
  must(
    await scene.db.write([
      insertTender(scene, { tenderId, title: scheme.title, repeats: null, draftedBy: "person-secretary" }),
      insertScheme(scene, tenderId, {
        edition: 1,
        scheme: canonicalJson(scheme as unknown as JsonObject),
        schemeHash: "0".repeat(64),
        why: "",
        madeBy: "person-secretary",
        leafHash: "0".repeat(64),
      }),
    ]),
  );
  await move(scene, tenderId, { state: "decided", decidedAt: T0, decidedWords: "业主大会" });
  return { community, tenderId, scheme };
}

export const move = async (scene: Scene, tenderId: string, change: Parameters<typeof updateTender>[2]) =>
  must(await scene.db.write(updateTender(scene, await tenderRow(scene, tenderId), change)));

/** A keyholder's browser: opens the share of the test bid with its key and hands it in. */
export async function rehearseAs(tender: Omit<TenderOfTest, "keys">, seat: Seat, key: seal.Jwk, now = T0) {
  const scene = keyholder(tender.community, seat, now);
  const [[rehearsal]] = await scene.db.read(findRehearsal(scene, tender.tenderId));
  const sealed = JSON.parse(rehearsal!.part) as seal.Sealed;
  const share = await seal.decryptShare(key, sealed.shares[seat - 1]!, sealed.ctHash);
  return rehearse(scene, tender.tenderId, seal.toBase64url(share));
}

export const publicKey = ({ kid, ...jwk }: seal.Jwk & { kid: string }) => ({ ...seal.publicOf(jwk), kid });

/** Announced, with three keys that were rehearsed. */
export async function tenderInBidding(scheme = schemeOf()): Promise<TenderOfTest> {
  const tender = await decidedTender(scheme);
  const keys = await Promise.all([1, 2, 3].map(() => seal.makeKey()));
  for (const [at, key] of keys.entries())
    must(
      await takeKey(keyholder(tender.community, (at + 1) as Seat), tender.tenderId, { jwk: publicKey(key), why: "" }),
    );
  for (const [at, key] of keys.entries()) must(await rehearseAs(tender, (at + 1) as Seat, key));
  const scene = sceneAt(tender.community);
  await move(scene, tender.tenderId, {
    state: "noticed",
    noticedAt: T0,
    noticedEdition: 1,
    questionsUntil: T0,
    closesAt: CLOSES,
  });
  await register(tender, BIDDERS);
  return { ...tender, keys };
}

const BIDDERS = ["bidder-1", "bidder-2", "bidder-3", "bidder-4", "bidder-5"];
export const nameOf = (bidderId: string): string => `重庆保洁第${bidderId.slice(7)}服务有限公司`;

/** Bidders `bidder-1` … in their order, each for every lot; what stands behind them is of no interest here. */
export async function register(tender: Omit<TenderOfTest, "keys">, bidderIds: readonly string[]): Promise<void> {
  const scene = sceneAt(tender.community);
  const HASH = "0".repeat(64);
  for (const [at, bidderId] of bidderIds.entries()) {
    const contactId = bidderId.padEnd(32, "0");
    const registered = {
      tenderId: tender.tenderId,
      bidderId,
      bidderNo: at + 1,
      name: nameOf(bidderId),
      code: `9150022700000${String(at).padStart(5, "0")}`,
      codeDoubt: "",
      contactId,
      personsSealed: "1.x",
      representativeMasked: "钱*",
      controllerMasked: "钱*",
      representativeHash: HASH,
      controllerHash: HASH,
      incumbent: 0,
      declarations: "[]",
      registeredAt: T0,
      leafHash: HASH,
    } as const;
    must(
      await scene.db.write([
        scene.db.run(
          sql`INSERT INTO tender_contact(community_id, contact_id, phone_sealed, phone_masked, first_at)
              VALUES (${tender.community.id}, ${contactId}, '1.x', '139****0000', ${T0})`,
        ),
        insertBidder(scene, registered),
        ...tender.scheme.lots.map(({ lotNo }) =>
          insertBidderLot(scene, { tenderId: tender.tenderId, bidderId, lotNo, joinedAt: T0, leafHash: HASH }),
        ),
      ]),
    );
  }
}

export interface SealedOfTest {
  readonly delivery: Delivery;
  readonly ct: seal.Bytes;
  readonly secrets: { readonly price: string; readonly documents: string };
}

export const PDF = seal.utf8("%PDF-1.7\n投标文件\n%%EOF");
export const secretText = ({ key, nonce }: seal.Secret): string => seal.toBase64url(seal.join(key, nonce));

/** What a bidder's browser makes of prices and a file. */
export async function sealFor(
  tender: TenderOfTest,
  bidderId: string,
  prices: Record<string, number>,
  change: {
    readonly lot?: number;
    readonly file?: seal.Bytes;
    readonly sheet?: seal.Bytes;
    readonly bound?: Partial<seal.SealedFor>;
  } = {},
): Promise<SealedOfTest> {
  const scene = sceneAt(tender.community);
  const [rows] = await scene.db.read(listKeyholders(scene, tender.tenderId));
  const { closesAt, edition } = await tenderRow(scene, tender.tenderId);
  const keyholders = rows.map(({ jwk }) => JSON.parse(jwk) as seal.Jwk);
  const lot = change.lot ?? 1;
  const bound = { tender: tender.tenderId, bidder: bidderId, lot, closes: closesAt!, edition, ...change.bound };
  const price = await seal.sealPart({
    file: change.sheet ?? seal.writePriceSheet(prices),
    for: { ...bound, part: "price" },
    keyholders,
  });
  const documents = await seal.sealPart({ file: change.file ?? PDF, for: { ...bound, part: "documents" }, keyholders });
  return {
    delivery: {
      lot,
      price: price.sealed as Delivery["price"],
      priceCt: seal.toBase64url(price.ct),
      documents: documents.sealed,
    },
    ct: documents.ct,
    secrets: { price: secretText(price.secret), documents: secretText(documents.secret) },
  };
}

/** Sends the pieces and the delivery. */
export async function deliver(tender: TenderOfTest, bidderId: string, one: SealedOfTest, now = T0 + 1000) {
  const scene = sceneAt(tender.community, now);
  const { ctHash, bytes } = one.delivery.documents;
  for (let chunkNo = 0; chunkNo < chunksOf(bytes); chunkNo += 1) {
    const piece = one.ct.slice(chunkNo * CHUNK_BYTES, (chunkNo + 1) * CHUNK_BYTES);
    const sent = await takeChunk(scene, tender.tenderId, { bidderId }, { ctHash, chunkNo, bytes: piece });
    if (!sent.ok) return sent;
  }
  return takeBid(scene, tender.tenderId, { bidderId }, one.delivery);
}
