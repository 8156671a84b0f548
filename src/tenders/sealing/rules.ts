/** Sealed bids before the opening: who holds which key, when keys are ready, what a delivery must be (T6). Pure. */
import { z } from "zod";
import type { Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { TenderState } from "../rules.ts";
import { LARGEST_DOCUMENT_BYTES, PRICE_SHEET_BYTES, SEATS } from "./browser/seal.js";

export type Seat = 1 | 2 | 3;

/** A seat's key in force. */
export interface KeyholderRow {
  readonly seat: Seat;
  readonly keyNo: number;
  readonly kid: string;
  /** Canonical JSON of the public JWK. */
  readonly jwk: string;
  readonly personId: string;
  readonly post: string;
  readonly madeAt: Instant;
  readonly leafHash: string;
  /** When its holder opened the test bid that was sealed for today's three keys; null when not yet. */
  readonly rehearsedAt: Instant | null;
}

export type KeysMissing =
  /** Seats without a key. */
  | { readonly reason: "keys_missing"; readonly seats: readonly Seat[] }
  /** Seats whose holder has not opened the test bid. */
  | { readonly reason: "keys_not_rehearsed"; readonly seats: readonly Seat[] };

/** Whether all three keys are made and every holder has shown that theirs opens: only then may a tender be announced. */
export function keyholdersReady(rows: readonly KeyholderRow[]): Result<true, KeysMissing> {
  const missing = (SEATS as Seat[]).filter((seat) => !rows.some((row) => row.seat === seat));
  if (missing.length > 0) return err({ reason: "keys_missing", seats: missing });
  const untried = rows.filter(({ rehearsedAt }) => rehearsedAt === null).map(({ seat }) => seat);
  return untried.length > 0 ? err({ reason: "keys_not_rehearsed", seats: untried }) : ok(true);
}

/** The seat whose post somebody holds; the first of the setting when several are theirs. */
export function seatOf(posts: readonly string[], seats: readonly string[]): Seat | null {
  const at = seats.findIndex((post) => posts.includes(post));
  return at < 0 ? null : ((at + 1) as Seat);
}

/** The key in force that this very person made. A successor in the post has none of it. */
export const keyholderOf = (rows: readonly KeyholderRow[], personId: string): KeyholderRow | undefined =>
  rows.find((row) => row.personId === personId);

export type KeyRefusal =
  | { readonly reason: "no_seat"; readonly posts: readonly string[] }
  | { readonly reason: "keyholder_twice"; readonly seat: Seat }
  | { readonly reason: "keys_too_late"; readonly state: TenderState }
  /** The first bid is sealed for the keys as they are; the other two suffice (see docs/decisions/091). */
  | { readonly reason: "bids_sealed" }
  /** Another key was made by somebody else for this seat. */
  | { readonly reason: "seat_taken"; readonly seat: Seat }
  | { readonly reason: "why_missing" };

/** Whether a key may be made for a seat now: the first, or one that replaces a lost one with its reason. */
export function mayMakeKey(
  state: TenderState,
  rows: readonly KeyholderRow[],
  seat: Seat,
  personId: string,
  why: string,
  hasBids: boolean,
): Result<true, KeyRefusal> {
  if (state !== "draft" && state !== "decided" && state !== "noticed") return err({ reason: "keys_too_late", state });
  if (hasBids) return err({ reason: "bids_sealed" });
  const other = rows.find((row) => row.seat !== seat && row.personId === personId);
  if (other) return err({ reason: "keyholder_twice", seat: other.seat });
  if (rows.some((row) => row.seat === seat) && why.trim() === "") return err({ reason: "why_missing" });
  return ok(true);
}

// ——— A delivery ———

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);
const TAG_BYTES = 16;

/** What of a sealed part comes to the server, beside the ciphertext. */
const sealedPart = z.strictObject({
  aad: z.string().max(500),
  iv: base64url.length(16),
  ctHash: hash,
  bytes: z.number().int().positive(),
  ptCommit: hash,
  keyCommit: hash,
  shares: z.array(z.string().max(2000)).length(3),
});
export type SealedPart = z.infer<typeof sealedPart>;

export const PRICE_CT_BYTES = PRICE_SHEET_BYTES + TAG_BYTES;
export const DOCUMENTS_CT_MOST = LARGEST_DOCUMENT_BYTES + TAG_BYTES;
/** Documents come in pieces of this size, the last one shorter. */
export const CHUNK_BYTES = 1_048_576;
export const chunksOf = (bytes: number): number => Math.ceil(bytes / CHUNK_BYTES);

/** A bid as a browser hands it in. */
export const delivery = z.strictObject({
  lot: z.number().int().min(1).max(20),
  price: sealedPart.extend({ bytes: z.literal(PRICE_CT_BYTES) }),
  priceCt: base64url.max(Math.ceil((PRICE_CT_BYTES * 4) / 3)),
  documents: sealedPart.extend({
    bytes: z
      .number()
      .int()
      .min(TAG_BYTES + 1),
  }),
});
export type Delivery = z.infer<typeof delivery>;

export type DeliveryRefusal =
  | { readonly reason: "bid_late"; readonly closesAt: Instant | null; readonly now: Instant }
  | { readonly reason: "lot_unknown"; readonly lotNo: number }
  /** The bidder did not register for this lot. */
  | { readonly reason: "lot_not_entered"; readonly lotNo: number }
  | { readonly reason: "keys_not_ready" }
  /** Sealed for another tender, lot, closing or edition than this one has now, or for another bidder. */
  | { readonly reason: "sealed_for_another"; readonly part: "price" | "documents" }
  | { readonly reason: "shares_wrong"; readonly part: "price" | "documents" }
  | { readonly reason: "ciphertext_wrong"; readonly part: "price" | "documents" }
  | { readonly reason: "documents_incomplete"; readonly missing: number }
  | { readonly reason: "documents_too_large"; readonly bytes: number }
  | { readonly reason: "not_a_delivery" }
  | { readonly reason: "uploads_full" }
  | { readonly reason: "nothing_to_withdraw" };

/** One delivery of a bidder for a lot, without its ciphertext. */
export interface BidRow {
  readonly lotNo: number;
  readonly bidderId: string;
  readonly bidNo: number;
  readonly kind: "sealed" | "withdrawn";
  readonly edition: number;
  readonly at: Instant;
  readonly leafHash: string;
  readonly contentHash: string;
}

/** Of all deliveries, the ones that stand: the last of each bidder for each lot, unless it took the bid back. */
export function standing<B extends Pick<BidRow, "lotNo" | "bidderId" | "bidNo" | "kind">>(rows: readonly B[]): B[] {
  const last = new Map<string, B>();
  for (const row of rows) {
    const key = `${row.lotNo}:${row.bidderId}`;
    const held = last.get(key);
    if (!held || held.bidNo < row.bidNo) last.set(key, row);
  }
  return [...last.values()].filter(({ kind }) => kind === "sealed");
}
