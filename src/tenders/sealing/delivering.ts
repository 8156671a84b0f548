/** Bids as they come in sealed: pieces of documents, the delivery itself, taking one back. The server never has what opens them. No HTTP. */
import { sha256Hex } from "../../kernel/hash.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { findBidder, lotsOf } from "../bidders/store.ts";
import { takesBids } from "../rules.ts";
import type { Scheme } from "../scheme/rules.ts";
import { findScheme, findTender, type TenderKey, type TenderRow } from "../store.ts";
import { keysHashOf } from "./actions.ts";
import * as seal from "./browser/seal.js";
import {
  type BidRow,
  CHUNK_BYTES,
  chunksOf,
  type Delivery,
  type DeliveryRefusal,
  DOCUMENTS_CT_MOST,
  delivery as deliveryShape,
  type KeyholderRow,
  keyholdersReady,
  type SealedPart,
} from "./rules.ts";
import { insertBid, insertChunk, listBidsOf, listChunks, listKeyholders } from "./store.ts";

/** Who delivers: a signed-in bidder. */
export interface Deliverer {
  readonly bidderId: string;
}

const chunkPath = (scene: Scene, tenderId: string, bidderId: string, ctHash: string, chunkNo: number): string =>
  `${scene.community.id}/sealed/${tenderId}/${bidderId}/${ctHash}/${chunkNo}`;

export type UploadRefusal = DeliveryRefusal | { readonly reason: "unknown_tender" };

const late = (tender: Pick<TenderRow, "closesAt">, now: number): UploadRefusal => ({
  reason: "bid_late",
  closesAt: tender.closesAt,
  now,
});

/** One piece of sealed documents. The same piece again finds it there; what is there is never written over. */
export async function takeChunk(
  scene: Scene,
  key: TenderKey,
  { bidderId }: Deliverer,
  piece: { readonly ctHash: string; readonly chunkNo: number; readonly bytes: seal.Bytes },
): Promise<Result<true, UploadRefusal>> {
  const { db, env, now } = scene;
  const { ctHash, chunkNo, bytes } = piece;
  const isPiece = /^[0-9a-f]{64}$/.test(ctHash) && Number.isInteger(chunkNo) && bytes.length > 0;
  if (!isPiece || chunkNo < 0) return err({ reason: "not_a_delivery" });
  const total = chunkNo * CHUNK_BYTES + bytes.length;
  if (bytes.length > CHUNK_BYTES || total > DOCUMENTS_CT_MOST)
    return err({ reason: "documents_too_large", bytes: total });
  const [[tender], there] = await db.read(findTender(scene, key), listChunks(scene, key, bidderId, ctHash));
  if (!tender) return err({ reason: "unknown_tender" });
  if (there.some((one) => one.chunkNo === chunkNo)) return ok(true);
  if (!takesBids(tender, now)) return err(late(tender, now));
  await env.FILES.put(chunkPath(scene, tender.tenderId, bidderId, ctHash, chunkNo), bytes);
  const written = await db.write([
    insertChunk(scene, tender.tenderId, { bidderId, ctHash, chunkNo, bytes: bytes.length }),
  ]);
  if (written.ok || written.error.code === "chunk_there") return ok(true);
  if (written.error.code === "bid_late") return err(late(tender, now));
  if (written.error.code === "uploads_full") return err({ reason: "uploads_full" });
  throw new Error(`a piece was refused by ${written.error.code}`);
}

/** The sealed documents of a bid, piece by piece put together; null where one is missing. */
export async function readSealedDocuments(
  scene: Scene,
  tenderId: string,
  bidderId: string,
  { ctHash, bytes }: Pick<SealedPart, "ctHash" | "bytes">,
): Promise<seal.Bytes | null> {
  const whole = new Uint8Array(bytes);
  for (let chunkNo = 0; chunkNo < chunksOf(bytes); chunkNo += 1) {
    const object = await scene.env.FILES.get(chunkPath(scene, tenderId, bidderId, ctHash, chunkNo));
    const piece = object ? new Uint8Array(await object.arrayBuffer()) : null;
    if (!piece || piece.length !== Math.min(CHUNK_BYTES, bytes - chunkNo * CHUNK_BYTES)) return null;
    whole.set(piece, chunkNo * CHUNK_BYTES);
  }
  return whole;
}

/**
 * Takes in a sealed bid for a lot; an earlier one of the same bidder is replaced by it, and both stay in the record. The very
 * same delivery again is answered with the first one. Refused to the millisecond by the server's clock, in the write itself.
 */
export async function takeBid(
  scene: Scene,
  key: TenderKey,
  bidder: Deliverer,
  typed: unknown,
): Promise<Result<BidRow, UploadRefusal>> {
  const { db, now } = scene;
  const read = deliveryShape.safeParse(typed);
  if (!read.success) return err({ reason: "not_a_delivery" });
  const asked = read.data;
  const [[tender], [scheme], keys, own, pieces, [entered]] = await db.read(
    findTender(scene, key),
    findScheme(scene, key),
    listKeyholders(scene, key),
    listBidsOf(scene, key, bidder.bidderId),
    listChunks(scene, key, bidder.bidderId, asked.documents.ctHash),
    findBidder(scene, key, bidder.bidderId),
  );
  if (!tender || !scheme) return err({ reason: "unknown_tender" });
  const contentHash = sha256Hex(`${asked.price.ctHash}.${asked.documents.ctHash}`);
  const first = own.find((row) => row.lotNo === asked.lot && row.contentHash === contentHash);
  if (first) return ok(first);
  if (!takesBids(tender, now)) return err(late(tender, now));
  const { lots } = JSON.parse(scheme.scheme) as Scheme;
  if (!lots.some(({ lotNo }) => lotNo === asked.lot)) return err({ reason: "lot_unknown", lotNo: asked.lot });
  if (!entered || !lotsOf(entered).includes(asked.lot)) return err({ reason: "lot_not_entered", lotNo: asked.lot });
  const fault = await faultOf(scene, tender, keys, bidder, asked, pieces);
  if (fault) return err(fault);

  const leaf = appendLeaf(scene, "tender.bid_sealed", leafOf(tender, asked), tender.tenderId);
  const row = {
    lotNo: asked.lot,
    bidderId: bidder.bidderId,
    kind: "sealed",
    edition: tender.edition,
    contentHash,
    leafHash: leaf.leafHash,
  } as const;
  const insert = insertBid(scene, tender.tenderId, {
    ...row,
    keysHash: keysHashOf(keys.map(({ kid }) => kid)),
    price: JSON.stringify(asked.price),
    documents: JSON.stringify(asked.documents),
    priceCt: asked.priceCt,
  });
  const written = await db.write([insert, leaf.statement]);
  if (written.ok) return ok({ ...row, at: now, bidNo: own.filter(({ lotNo }) => lotNo === asked.lot).length + 1 });
  switch (written.error.code) {
    case "bid_late":
      return err(late(tender, now));
    case "keys_not_ready":
      return err({ reason: "keys_not_ready" });
    case "lot_left":
      return err({ reason: "lot_not_entered", lotNo: asked.lot });
    case "bid_there": {
      // The same delivery came twice at once.
      const [again] = await db.read(listBidsOf(scene, key, bidder.bidderId));
      const there = again.find((one) => one.lotNo === asked.lot && one.contentHash === contentHash);
      if (there) return ok(there);
    }
  }
  throw new Error(`a bid was refused by ${written.error.code}`);
}

/** What the record says of a delivery before the opening: enough to hold its bidder and the server to it, and nothing of whose or how much. */
const leafOf = (tender: TenderRow, asked: Delivery) => {
  const part = (one: SealedPart) => ({
    aad: sha256Hex(one.aad),
    bytes: one.bytes,
    ct: one.ctHash,
    key: one.keyCommit,
    shares: one.shares.map(sha256Hex),
    text: one.ptCommit,
  });
  return {
    tender: tender.tenderId,
    lot: asked.lot,
    edition: tender.edition,
    price: part(asked.price),
    documents: part(asked.documents),
  };
};

async function faultOf(
  scene: Scene,
  tender: TenderRow,
  keys: readonly KeyholderRow[],
  { bidderId }: Deliverer,
  asked: Delivery,
  pieces: readonly { readonly bytes: number }[],
): Promise<DeliveryRefusal | null> {
  if (!keyholdersReady(keys).ok) return { reason: "keys_not_ready" };
  if (asked.documents.bytes > DOCUMENTS_CT_MOST) return { reason: "documents_too_large", bytes: asked.documents.bytes };
  for (const part of ["price", "documents"] as const) {
    const one = asked[part];
    const bound = { tender: tender.tenderId, bidder: bidderId, lot: asked.lot, part, edition: tender.edition };
    if (one.aad !== seal.aadOf({ ...bound, closes: tender.closesAt! })) return { reason: "sealed_for_another", part };
    if (!sharesFit(one, keys)) return { reason: "shares_wrong", part };
  }
  const priceCt = seal.fromBase64url(asked.priceCt);
  if (priceCt.length !== asked.price.bytes || (await seal.sha256Hex(priceCt)) !== asked.price.ctHash)
    return { reason: "ciphertext_wrong", part: "price" };
  const missing = chunksOf(asked.documents.bytes) - pieces.length;
  if (missing > 0) return { reason: "documents_incomplete", missing };
  const documents = await readSealedDocuments(scene, tender.tenderId, bidderId, asked.documents);
  if (!documents || (await seal.sha256Hex(documents)) !== asked.documents.ctHash)
    return { reason: "ciphertext_wrong", part: "documents" };
  return null;
}

/** One share for each keyholder in the order of the seats, each for this very ciphertext. */
function sharesFit(one: SealedPart, keys: readonly KeyholderRow[]): boolean {
  try {
    return one.shares.every((share, at) => seal.checkShare(share, one.ctHash) === keys[at]?.kid);
  } catch {
    return false;
  }
}

/** The statements that take a standing bid back, for whoever's batch that is: by itself, or with its bidder leaving the lot. */
export function withdrawing(
  scene: Scene,
  tender: Pick<TenderRow, "tenderId" | "edition">,
  { lotNo, bidderId, leafHash: of }: Pick<BidRow, "lotNo" | "bidderId" | "leafHash">,
) {
  const leaf = appendLeaf(scene, "tender.bid_withdrawn", { tender: tender.tenderId, lot: lotNo, of }, tender.tenderId);
  const { leafHash } = leaf;
  const row = { lotNo, bidderId, kind: "withdrawn", edition: tender.edition, contentHash: "", leafHash } as const;
  const insert = insertBid(scene, tender.tenderId, { ...row, keysHash: "", price: "", documents: "", priceCt: "" });
  return { row, statements: [insert, leaf.statement] };
}

/** Takes a bid back before the closing (TB 29). What was delivered stays in the record; it is never opened. */
export async function withdrawBid(
  scene: Scene,
  key: TenderKey,
  { bidderId }: Deliverer,
  lotNo: number,
): Promise<Result<BidRow, UploadRefusal>> {
  const { db, now } = scene;
  const [[tender], own] = await db.read(findTender(scene, key), listBidsOf(scene, key, bidderId));
  if (!tender) return err({ reason: "unknown_tender" });
  const last = own.filter((row) => row.lotNo === lotNo).at(-1);
  if (!last) return err({ reason: "nothing_to_withdraw" });
  if (last.kind === "withdrawn") return ok(last);
  if (!takesBids(tender, now)) return err(late(tender, now));
  const { row, statements } = withdrawing(scene, tender, last);
  const written = await db.write(statements);
  if (written.ok) return ok({ ...row, at: now, bidNo: last.bidNo + 1 });
  if (written.error.code === "bid_late") return err(late(tender, now));
  if (written.error.code === "nothing_to_withdraw") {
    const [again] = await db.read(listBidsOf(scene, key, bidderId));
    return ok(again.filter((one) => one.lotNo === lotNo).at(-1)!);
  }
  throw new Error(`a withdrawal was refused by ${written.error.code}`);
}
