/** Drizzle's typed view of the tables of migrations/0042 that keep an opening. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const tenderOpening = sqliteTable(
  "tender_opening",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lots: text("lots").notNull(),
    checkpointSize: integer("checkpoint_size").notNull(),
    begunBy: text("begun_by").notNull(),
    begunAt: integer("begun_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId] })],
);

export const tenderRelease = sqliteTable(
  "tender_release",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    seat: integer("seat").notNull(),
    shares: text("shares").notNull(),
    personId: text("person_id").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.seat] })],
);

export const tenderBidderKey = sqliteTable(
  "tender_bidder_key",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderId: text("bidder_id").notNull(),
    price: text("price").notNull(),
    documents: text("documents").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderId] })],
);

export const tenderOpenedFile = sqliteTable(
  "tender_opened_file",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderId: text("bidder_id").notNull(),
    fileId: text("file_id").notNull(),
    sha256: text("sha256").notNull(),
    bytes: integer("bytes").notNull(),
    fault: text("fault").notNull(),
    at: integer("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderId] })],
);

export const tenderOpenedBid = sqliteTable(
  "tender_opened_bid",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderNo: integer("bidder_no").notNull(),
    bidderId: text("bidder_id").notNull(),
    name: text("name").notNull(),
    code: text("code").notNull(),
    bidNo: integer("bid_no").notNull(),
    prices: text("prices").notNull(),
    totalHundredths: integer("total_hundredths"),
    voidWhy: text("void_why"),
    openedBy: text("opened_by").notNull(),
    secret: text("secret").notNull(),
    fileId: text("file_id").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderNo] })],
);

export const tenderOpeningSignature = sqliteTable(
  "tender_opening_signature",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    personId: text("person_id").notNull(),
    words: text("words").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.personId] })],
);
