/** The SQL of keys, rehearsals and sealed bids: reads, and statements for someone's batch. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { TenderKey } from "../store.ts";
import type { BidRow, KeyholderRow, Seat } from "./rules.ts";
import { tenderBid, tenderChunk, tenderKey, tenderRehearsal, tenderRehearsed } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Here & Pick<Scene, "now">;

/** The key in force of every seat, with what the rehearsal of today's three keys has shown; in the order of the seats. */
export const listKeyholders = ({ db, community }: Here, key: TenderKey): Query<KeyholderRow[]> =>
  db.all(
    sql`SELECT k.seat, k.key_no AS keyNo, k.kid, k.jwk, k.person_id AS personId, k.post, k.made_at AS madeAt, k.leaf_hash AS leafHash, r.at AS rehearsedAt
        FROM tender_key k
        LEFT JOIN tender_rehearsal h ON h.community_id = k.community_id AND h.tender_id = k.tender_id
          AND h.key_count = (SELECT count(*) FROM tender_key a WHERE a.community_id = k.community_id AND a.tender_id = k.tender_id)
        LEFT JOIN tender_rehearsed r ON r.community_id = k.community_id AND r.tender_id = k.tender_id AND r.keys_hash = h.keys_hash AND r.seat = k.seat
        WHERE k.community_id = ${community.id} AND k.tender_id = ${key}
          AND k.key_no = (SELECT max(key_no) FROM tender_key m WHERE m.community_id = k.community_id AND m.tender_id = k.tender_id AND m.seat = k.seat)
        ORDER BY k.seat`,
  );

/** Aborts with `keys_not_ready` unless all three keys are made and rehearsed at that moment: for the batch of the notice. */
export const assertKeyholdersReady = ({ db, community }: Here, tenderId: string): Query =>
  assertThat(
    db,
    "keys_not_ready",
    sql`EXISTS (SELECT 1 FROM tender_rehearsal h WHERE h.community_id = ${community.id} AND h.tender_id = ${tenderId}
          AND h.key_count = (SELECT count(*) FROM tender_key WHERE community_id = ${community.id} AND tender_id = ${tenderId})
          AND 3 = (SELECT count(*) FROM tender_rehearsed r WHERE r.community_id = h.community_id AND r.tender_id = h.tender_id AND r.keys_hash = h.keys_hash))`,
  );

/** Keys ever made, and deliveries ever taken in: what a further key depends on. */
export const countKeysAndBids = ({ db, community }: Here, key: TenderKey): Query<{ keys: number; bids: number }[]> =>
  db.all(
    sql`SELECT (SELECT count(*) FROM tender_key WHERE community_id = ${community.id} AND tender_id = ${key}) AS keys,
               EXISTS (SELECT 1 FROM tender_bid WHERE community_id = ${community.id} AND tender_id = ${key}) AS bids`,
  );

/** Aborts with `keys_changed` when another key was made since they were counted. */
export const assertKeyCount = ({ db, community }: Here, tenderId: string, count: number): Query =>
  assertThat(
    db,
    "keys_changed",
    sql`CAST(${count} AS INTEGER) = (SELECT count(*) FROM tender_key WHERE community_id = ${community.id} AND tender_id = ${tenderId})`,
  );

export const insertKey = (
  { db, community, now }: HereNow,
  tenderId: string,
  row: Omit<KeyholderRow, "madeAt" | "rehearsedAt"> & { readonly why: string },
): Query => db.orm.insert(tenderKey).values({ communityId: community.id, tenderId, madeAt: now, ...row });

export interface RehearsalRow {
  readonly keysHash: string;
  readonly keyCount: number;
  /** JSON of Sealed. */
  readonly part: string;
  readonly ct: string;
  /** JSON: the SHA-256 of each share, by seat. */
  readonly shareHashes: string;
}

/** The rehearsal of today's three keys. */
export const findRehearsal = ({ db, community }: Here, key: TenderKey): Query<RehearsalRow[]> =>
  db.all(
    sql`SELECT keys_hash AS keysHash, key_count AS keyCount, part, ct, share_hashes AS shareHashes FROM tender_rehearsal
        WHERE community_id = ${community.id} AND tender_id = ${key}
          AND key_count = (SELECT count(*) FROM tender_key WHERE community_id = ${community.id} AND tender_id = ${key})`,
  );

export const insertRehearsal = ({ db, community, now }: HereNow, tenderId: string, row: RehearsalRow): Query =>
  db.orm.insert(tenderRehearsal).values({ communityId: community.id, tenderId, madeAt: now, ...row });

export const insertRehearsed = (
  { db, community, now }: HereNow,
  tenderId: string,
  row: { readonly keysHash: string; readonly seat: Seat; readonly share: string; readonly leafHash: string },
): Query => db.orm.insert(tenderRehearsed).values({ communityId: community.id, tenderId, at: now, ...row });

/** Shares of the test bid that were handed in, by seat. */
export const listRehearsed = (
  { db, community }: Here,
  key: TenderKey,
  keysHash: string,
): Query<{ seat: Seat; share: string }[]> =>
  db.all(
    sql`SELECT seat, share FROM tender_rehearsed WHERE community_id = ${community.id} AND tender_id = ${key} AND keys_hash = ${keysHash} ORDER BY seat`,
  );

// ——— Sealed documents on their way in ———

export const listChunks = (
  { db, community }: Here,
  key: TenderKey,
  bidderId: string,
  ctHash: string,
): Query<{ chunkNo: number; bytes: number }[]> =>
  db.all(
    sql`SELECT chunk_no AS chunkNo, bytes FROM tender_chunk
        WHERE community_id = ${community.id} AND tender_id = ${key} AND bidder_id = ${bidderId} AND ct_hash = ${ctHash} ORDER BY chunk_no`,
  );

export const insertChunk = (
  { db, community, now }: HereNow,
  tenderId: string,
  row: {
    readonly bidderId: string;
    readonly ctHash: string;
    readonly chunkNo: number;
    readonly bytes: number;
  },
): Query => db.orm.insert(tenderChunk).values({ communityId: community.id, tenderId, at: now, ...row });

// ——— Bids ———

const BID = sql.raw(
  "b.lot_no AS lotNo, b.bidder_id AS bidderId, b.bid_no AS bidNo, b.kind, b.edition, b.at, b.leaf_hash AS leafHash, b.content_hash AS contentHash",
);

/** Everything one bidder handed in, without the sealed bytes; by lot, the oldest first. */
export const listBidsOf = ({ db, community }: Here, key: TenderKey, bidderId: string): Query<BidRow[]> =>
  db.all(
    // Lot by lot, as the key reaches a bidder: a tender has twenty lots at most.
    sql`SELECT ${BID} FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]') l
        CROSS JOIN tender_bid b ON b.community_id = ${community.id} AND b.tender_id = ${key} AND b.lot_no = l.value AND b.bidder_id = ${bidderId}
        ORDER BY b.lot_no, b.bid_no`,
  );

/** A bid as it is opened: what was promised of its parts. */
export interface SealedBidRow extends BidRow {
  /** JSON of Sealed. */
  readonly price: string;
  readonly documents: string;
  readonly priceCt: string;
}

/** The bids that stand, of all bidders, with everything needed to open them; by lot. */
export const listStandingBids = ({ db, community }: Here, key: TenderKey): Query<SealedBidRow[]> =>
  db.all(
    sql`SELECT ${BID}, b.price, b.documents, b.price_ct AS priceCt FROM tender_bid b
        WHERE b.community_id = ${community.id} AND b.tender_id = ${key} AND b.kind = 'sealed'
          AND NOT EXISTS (SELECT 1 FROM tender_bid n WHERE n.community_id = b.community_id AND n.tender_id = b.tender_id
                          AND n.lot_no = b.lot_no AND n.bidder_id = b.bidder_id AND n.bid_no > b.bid_no)
        ORDER BY b.lot_no, b.bidder_id`,
  );

/** How many bids stand for each lot: for whoever is entitled to know before the opening, which is nobody but the clock. */
export const countStandingBids = ({ db, community }: Here, key: TenderKey): Query<{ lotNo: number; bids: number }[]> =>
  db.all(
    sql`SELECT b.lot_no AS lotNo, count(*) AS bids FROM tender_bid b
        WHERE b.community_id = ${community.id} AND b.tender_id = ${key} AND b.kind = 'sealed'
          AND NOT EXISTS (SELECT 1 FROM tender_bid n WHERE n.community_id = b.community_id AND n.tender_id = b.tender_id
                          AND n.lot_no = b.lot_no AND n.bidder_id = b.bidder_id AND n.bid_no > b.bid_no)
        GROUP BY b.lot_no ORDER BY b.lot_no`,
  );

export interface NewBid {
  readonly lotNo: number;
  readonly bidderId: string;
  readonly kind: "sealed" | "withdrawn";
  readonly edition: number;
  readonly keysHash: string;
  readonly price: string;
  readonly documents: string;
  readonly priceCt: string;
  readonly contentHash: string;
  readonly leafHash: string;
}

/** The next delivery of a bidder for a lot; its number is taken in the write. */
export const insertBid = ({ db, community, now }: HereNow, tenderId: string, row: NewBid): Query =>
  db.orm.insert(tenderBid).values({
    communityId: community.id,
    tenderId,
    bidNo:
      sql`(SELECT coalesce(max(bid_no), 0) + 1 FROM tender_bid WHERE community_id = ${community.id} AND tender_id = ${tenderId} AND lot_no = ${row.lotNo} AND bidder_id = ${row.bidderId})` as never,
    at: now as Instant,
    ...row,
  });
