/** The opening of bids, step by step: begin, release shares or keys, open documents, read out, sign. Every check is made again here, whatever a browser said. No HTTP. */
import { sha256Hex } from "../../kernel/hash.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Author } from "../../offices/authors.ts";
import type { Query } from "../../platform/db.ts";
import { putFile } from "../../platform/files.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { makeCheckpoint } from "../../record/actions.ts";
import { canonicalJson } from "../../record/canonical.ts";
import { authorOf, bidderAuthor, CLOCK, recordTenderEvent } from "../acting.ts";
import { closeTender, failing } from "../procedure/actions.ts";
import type { Scheme } from "../scheme/rules.ts";
import { readShare } from "../sealing/actions.ts";
import * as seal from "../sealing/browser/seal.js";
import { type Deliverer, readSealedDocuments } from "../sealing/delivering.ts";
import { keyholderOf, type Seat } from "../sealing/rules.ts";
import { listKeyholders, listStandingBids, type SealedBidRow } from "../sealing/store.ts";
import { findScheme, findTender, type TenderKey, type TenderRow } from "../store.ts";
import { type LotOpening, lotsToOpen, type OpeningRefusal, type PartName, shareKey } from "./rules.ts";
import {
  findOpening,
  insertBidderKey,
  insertOpenedFile,
  insertOpening,
  insertOpeningSignature,
  insertRelease,
  listBidderKeys,
  listOpenedFiles,
  listOpeningSignatures,
  listReleased,
  listReleases,
  type OpeningRow,
} from "./store.ts";

type Gone = { readonly reason: "unknown_tender" } | { readonly reason: "tender_stale" };

export const lotsOfOpening = ({ lots }: Pick<OpeningRow, "lots">): readonly LotOpening[] =>
  JSON.parse(lots) as LotOpening[];
const opensIn = (opening: OpeningRow, { lotNo }: { readonly lotNo: number }): boolean =>
  lotsOfOpening(opening).some((lot) => lot.lotNo === lotNo && lot.opens);

/** The bids of the lots that are opened. */
export const bidsToOpen = (opening: OpeningRow, bids: readonly SealedBidRow[]): SealedBidRow[] =>
  bids.filter((bid) => opensIn(opening, bid));

/**
 * Begins the opening: logs the closing where nobody has, signs a checkpoint over everything handed in before, and says which
 * lots are opened. Where none has three bids the tender has failed (T7). Begun twice it is the same opening.
 */
export async function beginOpening(
  scene: Scene,
  key: TenderKey,
  by: Author = CLOCK,
): Promise<Result<OpeningRow, OpeningRefusal | Gone>> {
  const { db } = scene;
  const [[begun], [row]] = await db.read(findOpening(scene, key), findTender(scene, key));
  if (!row) return err({ reason: "unknown_tender" });
  if (begun) return ok(begun);
  const early = { reason: "opening_too_early", state: row.state, closesAt: row.closesAt } as const;
  if (row.state !== "noticed" && row.state !== "closed") return err(early);
  const closed = await closeTender(scene, row, by);
  if (!closed.ok) return err(closed.error.reason === "tender_stale" ? { reason: "tender_stale" } : early);
  const checkpoint = await makeCheckpoint(scene);
  if (!checkpoint.ok) throw new Error(`the record refused a checkpoint over the closing: ${checkpoint.error.reason}`);
  const [[tender], [scheme], bids] = await db.read(
    findTender(scene, key),
    findScheme(scene, key),
    listStandingBids(scene, key),
  );
  const { lots: asked } = JSON.parse(scheme!.scheme) as Scheme;
  const lots = lotsToOpen(asked, bids);
  const facts = { lots: lots.map((lot) => ({ ...lot })), checkpoint: checkpoint.value.size };
  const event = recordTenderEvent(scene, tender!.tenderId, "opening_begun", facts, by);
  const opening = {
    lots: JSON.stringify(lots),
    checkpointSize: checkpoint.value.size,
    begunBy: by.id,
    leafHash: event.leafHash,
  };
  const written = await db.write([
    insertOpening(scene, tender!.tenderId, opening),
    ...event.statements,
    ...(lots.some(({ opens }) => opens) ? [] : failing(scene, tender!, FEW, by)),
  ]);
  if (written.ok) return ok({ ...opening, begunAt: scene.now });
  const [[other]] = await db.read(findOpening(scene, key));
  return other ? ok(other) : err({ reason: "tender_stale" });
}
const FEW = "每个标段的投标都不足三家，不予开标（《招标投标法》第二十八条）";

// ——— What opens a bid ———

export type ReleaseRefusal =
  | Gone
  | OpeningRefusal
  | { readonly reason: "no_seat" }
  | { readonly reason: "release_incomplete"; readonly missing: number }
  | { readonly reason: "share_wrong_form" };

/**
 * A keyholder releases the shares of every bid that is opened, in one act: none can be left out. What their browser could not
 * open is `null`. Once; a repeat finds it done.
 */
export async function releaseShares(
  scene: StaffScene,
  key: TenderKey,
  shares: Readonly<Record<string, string | null>>,
): Promise<Result<{ readonly seat: Seat }, ReleaseRefusal>> {
  const { db, actor } = scene;
  const [[tender], [opening], keys, bids, released] = await db.read(
    findTender(scene, key),
    findOpening(scene, key),
    listKeyholders(scene, key),
    listStandingBids(scene, key),
    listReleased(scene, key),
  );
  if (!tender) return err({ reason: "unknown_tender" });
  const mine = keyholderOf(keys, actor.personId);
  if (!mine) return err({ reason: "no_seat" });
  if (!opening) return err({ reason: "opening_not_begun" });
  if (released.some(({ seat }) => seat === mine.seat)) return ok({ seat: mine.seat });
  const wanted = bidsToOpen(opening, bids).flatMap((bid) => [shareKey(bid, "price"), shareKey(bid, "documents")]);
  const missing = wanted.filter((name) => shares[name] === undefined).length;
  if (missing > 0) return err({ reason: "release_incomplete", missing });
  const kept = Object.fromEntries(wanted.map((name) => [name, shares[name]!]));
  const faulty = Object.values(kept).some((share) => share !== null && readShare(share, mine.seat) === null);
  if (faulty) return err({ reason: "share_wrong_form" });
  const text = canonicalJson(kept);
  const event = recordTenderEvent(
    scene,
    tender.tenderId,
    "shares_released",
    {
      seat: mine.seat,
      post: mine.post,
      parts: wanted.length,
      unreadable: Object.values(kept).filter((share) => share === null).length,
      shares: sha256Hex(text),
    },
    authorOf(scene),
  );
  const row = { seat: mine.seat, shares: text, personId: actor.personId, leafHash: event.leafHash };
  const written = await db.write([insertRelease(scene, tender.tenderId, row), ...event.statements]);
  if (!written.ok && written.error.code !== "released_already")
    throw new Error(`a release was refused by ${written.error.code}`);
  return ok({ seat: mine.seat });
}

export type BidderKeyRefusal =
  | Gone
  | OpeningRefusal
  | { readonly reason: "no_bid"; readonly lotNo: number }
  | { readonly reason: "key_file_unreadable" }
  /** It is not the key that was committed to: another bid's, or one made up to open this to something else. */
  | { readonly reason: "key_of_another"; readonly part: PartName };

/** A bidder opens its own bid with its key file, checked against the commitments it made. A repeat finds it done. */
export async function giveBidderKey(
  scene: Scene,
  key: TenderKey,
  { bidderId }: Deliverer,
  asked: { readonly lotNo: number; readonly price: string; readonly documents: string },
): Promise<Result<true, BidderKeyRefusal>> {
  const { db } = scene;
  const { lotNo } = asked;
  const [[tender], [opening], bids, given] = await db.read(
    findTender(scene, key),
    findOpening(scene, key),
    listStandingBids(scene, key),
    listBidderKeys(scene, key),
  );
  if (!tender) return err({ reason: "unknown_tender" });
  if (!opening) return err({ reason: "opening_not_begun" });
  const bid = bidsToOpen(opening, bids).find((one) => one.lotNo === lotNo && one.bidderId === bidderId);
  if (!bid) return err({ reason: "no_bid", lotNo });
  if (given.some((one) => one.lotNo === lotNo && one.bidderId === bidderId)) return ok(true);
  for (const part of ["price", "documents"] as const) {
    const secret = readSecret(asked[part]);
    if (!secret) return err({ reason: "key_file_unreadable" });
    if (!(await seal.fitsKey(promised(bid, part), secret))) return err({ reason: "key_of_another", part });
  }
  const event = recordTenderEvent(scene, tender.tenderId, "bidder_key_given", { lot: lotNo }, bidderAuthor(bidderId), {
    bid: bid.leafHash,
  });
  const row = { lotNo, bidderId, price: asked.price, documents: asked.documents, leafHash: event.leafHash };
  const written = await db.write([insertBidderKey(scene, tender.tenderId, row), ...event.statements]);
  if (!written.ok && written.error.code !== "key_given")
    throw new Error(`a bidder's key was refused by ${written.error.code}`);
  return ok(true);
}

export const promised = (bid: SealedBidRow, part: PartName): seal.Sealed =>
  JSON.parse(part === "price" ? bid.price : bid.documents) as seal.Sealed;

export function readSecret(text: string): seal.Secret | null {
  try {
    return seal.secretOf(seal.fromBase64url(text));
  } catch {
    return null;
  }
}

/** Everything that was handed in to open bids with. */
export interface Keys {
  readonly shares: readonly { readonly seat: Seat; readonly by: Readonly<Record<string, string | null>> }[];
  readonly own: ReadonlyMap<string, { readonly price: string; readonly documents: string }>;
}

/** The one secret a part was sealed with, and who brought it; null when nobody did. */
export async function secretFor(
  keys: Keys,
  bid: SealedBidRow,
  part: PartName,
): Promise<{ readonly secret: seal.Secret; readonly by: "bidder" | "keyholders" } | null> {
  const own = keys.own.get(`${bid.lotNo}:${bid.bidderId}`);
  const brought = own ? readSecret(own[part]) : null;
  if (brought && (await seal.fitsKey(promised(bid, part), brought))) return { secret: brought, by: "bidder" };
  const shares = keys.shares.map(({ seat, by }) => readShare(by[shareKey(bid, part)] ?? "", seat));
  const secret = await seal.recover(promised(bid, part), shares);
  return secret ? { secret, by: "keyholders" } : null;
}

export const keysOfOpening = (
  releases: readonly { readonly seat: Seat; readonly shares: string }[],
  own: readonly {
    readonly lotNo: number;
    readonly bidderId: string;
    readonly price: string;
    readonly documents: string;
  }[],
): Keys => ({
  shares: releases.map(({ seat, shares }) => ({ seat, by: JSON.parse(shares) as Record<string, string | null> })),
  own: new Map(own.map((one) => [`${one.lotNo}:${one.bidderId}`, one])),
});

// ——— Documents, a few at a time ———

export interface DocumentsOpened {
  readonly opened: number;
  /** Opened ones and those that failed. */
  readonly done: number;
  /** Can be opened with what was released, and are not yet. */
  readonly left: number;
}
/** One request opens so many at most: each may be 10 MB. */
export const DOCUMENTS_AT_ONCE = 4;

/** Opens documents of which the key is there, a few at a time, and keeps them sealed by the platform for those who examine them. */
export async function openDocuments(
  scene: Scene,
  key: TenderKey,
  most = DOCUMENTS_AT_ONCE,
): Promise<Result<DocumentsOpened, OpeningRefusal | Gone>> {
  const [[tender], [opening], bids, releases, own, files] = await scene.db.read(
    findTender(scene, key),
    findOpening(scene, key),
    listStandingBids(scene, key),
    listReleases(scene, key),
    listBidderKeys(scene, key),
    listOpenedFiles(scene, key),
  );
  if (!tender) return err({ reason: "unknown_tender" });
  if (!opening) return err({ reason: "opening_not_begun" });
  const keys = keysOfOpening(releases, own);
  const isDone = (bid: SealedBidRow) => files.some((one) => one.lotNo === bid.lotNo && one.bidderId === bid.bidderId);
  let [opened, left] = [0, 0];
  for (const bid of bidsToOpen(opening, bids).filter((one) => !isDone(one))) {
    const found = await secretFor(keys, bid, "documents");
    if (!found) continue;
    if (opened >= most) left += 1;
    else {
      await openOne(scene, tender, bid, found.secret);
      opened += 1;
    }
  }
  return ok({ opened, done: files.length + opened, left });
}

async function openOne(scene: Scene, tender: TenderRow, bid: SealedBidRow, secret: seal.Secret): Promise<void> {
  const sealed = promised(bid, "documents");
  const ct = await readSealedDocuments(scene, tender.tenderId, bid.bidderId, sealed);
  // What the server lost is not the bidder's fault, and must not make its bid void.
  if (!ct) throw new Error("sealed documents are not in FILES");
  const at = { lotNo: bid.lotNo, bidderId: bid.bidderId };
  const none = { ...at, fileId: "", sha256: "", bytes: 0 };
  const file = await seal.openPart(sealed, ct, secret).catch(() => null);
  const statements: Query[] = [];
  if (file === null) statements.push(insertOpenedFile(scene, tender.tenderId, { ...none, fault: "documents" }));
  else {
    const name = `bid-${bid.lotNo}-${bid.bidderId}.pdf`;
    const put = seal.isPdf(file) ? await putFile(scene, { name, bytes: file }, "clock", "private") : null;
    if (put?.ok) {
      const { fileId, bytes, sha256: hash } = put.value.stored;
      statements.push(
        put.value.statement,
        insertOpenedFile(scene, tender.tenderId, { ...at, fileId, sha256: hash, bytes, fault: "" }),
      );
    } else statements.push(insertOpenedFile(scene, tender.tenderId, { ...none, fault: "not_pdf" }));
  }
  const written = await scene.db.write(statements);
  if (!written.ok && written.error.code !== "file_opened")
    throw new Error(`an opened file was refused by ${written.error.code}`);
}

// ——— Signatures ———

/** Whoever was present signs the record of the opening, from their office; once. */
export async function signOpening(
  scene: StaffScene,
  key: TenderKey,
): Promise<Result<true, Gone | { readonly reason: "not_opened_yet" }>> {
  const [[tender], signed] = await scene.db.read(findTender(scene, key), listOpeningSignatures(scene, key));
  if (!tender) return err({ reason: "unknown_tender" });
  if (tender.openedAt === null) return err({ reason: "not_opened_yet" });
  const by = authorOf(scene);
  if (signed.some(({ personId }) => personId === by.id)) return ok(true);
  const event = recordTenderEvent(scene, tender.tenderId, "opening_signed", {}, by);
  const row = { personId: by.id, words: by.words, leafHash: event.leafHash };
  const written = await scene.db.write([insertOpeningSignature(scene, tender.tenderId, row), ...event.statements]);
  if (!written.ok && written.error.code !== "signed_already")
    throw new Error(`a signature was refused by ${written.error.code}`);
  return ok(true);
}
