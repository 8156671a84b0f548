/** Reading the bids out (唱标): every price opened and checked, what is void said with its reason, all of it in one batch. No HTTP. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Author } from "../../offices/authors.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { recordTenderEvent } from "../acting.ts";
import { type BidderRow, listBidders, listConfirmations } from "../bidders/store.ts";
import type { Lot, Scheme } from "../scheme/rules.ts";
import * as seal from "../sealing/browser/seal.js";
import { listStandingBids, type SealedBidRow } from "../sealing/store.ts";
import { findScheme, findTender, type TenderKey, type TenderRow, updateTender } from "../store.ts";
import { bidsToOpen, type Keys, keysOfOpening, promised, secretFor } from "./actions.ts";
import {
  isConfirmed,
  mayEnd,
  type OpeningRefusal,
  priceFault,
  totalHundredthsOf,
  VOID_WORDS,
  type VoidReason,
} from "./rules.ts";
import {
  findOpening,
  findTouched,
  insertOpenedBid,
  listBidderKeys,
  listOpenedBids,
  listOpenedFiles,
  listReleases,
  type OpenedBidRow,
  type OpenedFileRow,
} from "./store.ts";

type Opened = Omit<OpenedBidRow, "at" | "leafHash">;

export type ReadOutRefusal =
  | OpeningRefusal
  | { readonly reason: "unknown_tender" }
  | { readonly reason: "tender_stale" };

/**
 * Ends the opening: all prices are opened, checked against what was committed to, and written once; the tender is opened. Done
 * twice, or by two at once, the answer is the same.
 */
export async function readOut(
  scene: Scene,
  key: TenderKey,
  by: Author,
): Promise<Result<readonly OpenedBidRow[], ReadOutRefusal>> {
  const { db, now } = scene;
  const [[tender], [opening], [scheme], bids, there] = await db.read(
    findTender(scene, key),
    findOpening(scene, key),
    findScheme(scene, key),
    listStandingBids(scene, key),
    listOpenedBids(scene, key),
  );
  if (!tender || !scheme) return err({ reason: "unknown_tender" });
  if (tender.openedAt !== null) return ok(there);
  if (!opening) return err({ reason: "opening_not_begun" });
  if (tender.state !== "closed")
    return err({ reason: "opening_too_early", state: tender.state, closesAt: tender.closesAt });
  const [releases, own, files, bidders, confirmations, [touched]] = await db.read(
    listReleases(scene, key),
    listBidderKeys(scene, key),
    listOpenedFiles(scene, key),
    listBidders(scene, key),
    listConfirmations(scene, key),
    findTouched(scene, key),
  );
  const keys = keysOfOpening(releases, own);
  const { lots } = JSON.parse(scheme.scheme) as Scheme;
  const opened: (Opened & { readonly row: SealedBidRow })[] = [];
  for (const bid of bidsToOpen(opening, bids)) {
    const confirmed = isConfirmed(bid, touched?.edition ?? null, confirmations);
    opened.push({ ...(await openBid(bid, keys, lots, files, bidders, confirmed)), row: bid });
  }
  const unopened = opened.filter(({ openedBy }) => openedBy === "nobody").length;
  const may = mayEnd(
    unopened,
    releases.map(({ seat }) => seat),
    tender.closedAt!,
    now,
  );
  if (!may.ok) return may;
  const left = opened.filter(
    ({ bidderId, lotNo, openedBy }) => openedBy !== "nobody" && !fileOf(files, { bidderId, lotNo }),
  );
  if (left.length > 0) return err({ reason: "documents_wait", left: left.length });
  const written = await db.write(statementsOf(scene, tender, opened, files, by));
  if (!written.ok && written.error.code !== "tender_stale" && written.error.code !== "opened_already")
    throw new Error(`the opening was refused by ${written.error.code}`);
  const [[after], rows] = await db.read(findTender(scene, key), listOpenedBids(scene, key));
  return after?.openedAt != null ? ok(rows) : err({ reason: "tender_stale" });
}

const fileOf = (files: readonly OpenedFileRow[], bid: { readonly lotNo: number; readonly bidderId: string }) =>
  files.find(({ lotNo, bidderId }) => lotNo === bid.lotNo && bidderId === bid.bidderId);

/** One bid, opened as far as it goes. */
async function openBid(
  bid: SealedBidRow,
  keys: Keys,
  lots: readonly Lot[],
  files: readonly OpenedFileRow[],
  bidders: readonly BidderRow[],
  confirmed: boolean,
): Promise<Opened> {
  const bidder = bidders.find(({ bidderId }) => bidderId === bid.bidderId)!;
  const lot = lots.find(({ lotNo }) => lotNo === bid.lotNo)!;
  const { bidderNo, name, code } = bidder;
  const who = { lotNo: bid.lotNo, bidderNo, bidderId: bid.bidderId, name, code, bidNo: bid.bidNo };
  const [price, documents] = [await secretFor(keys, bid, "price"), await secretFor(keys, bid, "documents")];
  const unread = { ...who, prices: "{}", totalHundredths: null, fileId: fileOf(files, bid)?.fileId ?? "" };
  if (!price || !documents) return { ...unread, openedBy: "nobody", secret: "", voidWhy: VOID_WORDS.unreadable.zh };
  const how = { openedBy: price.by, secret: seal.toBase64url(seal.join(price.secret.key, price.secret.nonce)) };
  const voided = (reason: VoidReason): Opened => ({ ...unread, ...how, voidWhy: VOID_WORDS[reason].zh });
  const sheet = await seal
    .openPart(promised(bid, "price"), seal.fromBase64url(bid.priceCt), price.secret)
    .catch(() => null);
  if (!sheet) return voided("unreadable");
  let prices: Record<string, number>;
  try {
    prices = seal.readPriceSheet(sheet);
  } catch {
    return voided("sheet");
  }
  const fault = priceFault(lot, prices);
  if (fault === "lines" || fault === "total") return voided(fault);
  const read = { ...unread, ...how, prices: JSON.stringify(prices), totalHundredths: totalHundredthsOf(lot, prices) };
  const wrong: VoidReason | null = fault ?? (fileOf(files, bid)?.fault || null) ?? (confirmed ? null : "unconfirmed");
  return { ...read, voidWhy: wrong ? VOID_WORDS[wrong].zh : null };
}

/** A leaf and a row for each bid, and the opening itself. */
function statementsOf(
  scene: Scene,
  tender: TenderRow,
  opened: readonly (Opened & { readonly row: SealedBidRow })[],
  files: readonly OpenedFileRow[],
  by: Author,
): Query[] {
  const rows = opened.flatMap(({ row, ...bid }) => {
    const leaf = appendLeaf(
      scene,
      "tender.bid_opened",
      {
        tender: tender.tenderId,
        lot: bid.lotNo,
        bidder: bid.bidderNo,
        name: bid.name,
        code: bid.code,
        of: row.leafHash,
        aad: promised(row, "price").aad,
        prices: JSON.parse(bid.prices) as Record<string, number>,
        total: bid.totalHundredths,
        voidWhy: bid.voidWhy,
        openedBy: bid.openedBy,
        secret: bid.secret,
        documents: fileOf(files, row)?.sha256 ?? "",
      },
      tender.tenderId,
    );
    return [insertOpenedBid(scene, tender.tenderId, { ...bid, leafHash: leaf.leafHash }), leaf.statement];
  });
  const facts = { bids: opened.length, void: opened.filter(({ voidWhy }) => voidWhy !== null).length };
  const event = recordTenderEvent(scene, tender.tenderId, "opened", facts, by);
  return [...rows, ...updateTender(scene, tender, { state: "opened", openedAt: scene.now }), ...event.statements];
}
