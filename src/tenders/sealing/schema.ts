/** Drizzle's typed view of the tables of migrations/0042 that keep what is sealed. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const tenderKey = sqliteTable(
  "tender_key",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    seat: integer("seat").notNull(),
    keyNo: integer("key_no").notNull(),
    kid: text("kid").notNull(),
    jwk: text("jwk").notNull(),
    personId: text("person_id").notNull(),
    post: text("post").notNull(),
    why: text("why").notNull(),
    madeAt: integer("made_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.seat, t.keyNo] })],
);

export const tenderRehearsal = sqliteTable(
  "tender_rehearsal",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    keysHash: text("keys_hash").notNull(),
    keyCount: integer("key_count").notNull(),
    part: text("part").notNull(),
    ct: text("ct").notNull(),
    shareHashes: text("share_hashes").notNull(),
    madeAt: integer("made_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.keysHash] })],
);

export const tenderRehearsed = sqliteTable(
  "tender_rehearsed",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    keysHash: text("keys_hash").notNull(),
    seat: integer("seat").notNull(),
    share: text("share").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.keysHash, t.seat] })],
);

export const tenderChunk = sqliteTable(
  "tender_chunk",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    bidderId: text("bidder_id").notNull(),
    ctHash: text("ct_hash").notNull(),
    chunkNo: integer("chunk_no").notNull(),
    bytes: integer("bytes").notNull(),
    at: integer("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.bidderId, t.ctHash, t.chunkNo] })],
);

export const tenderBid = sqliteTable(
  "tender_bid",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderId: text("bidder_id").notNull(),
    bidNo: integer("bid_no").notNull(),
    kind: text("kind").notNull(),
    edition: integer("edition").notNull(),
    keysHash: text("keys_hash").notNull(),
    price: text("price").notNull(),
    documents: text("documents").notNull(),
    priceCt: text("price_ct").notNull(),
    contentHash: text("content_hash").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderId, t.bidNo] })],
);
