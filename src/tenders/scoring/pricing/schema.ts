/** Drizzle's typed view of the tables of migrations/0051. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const tenderPriceQuery = sqliteTable(
  "tender_price_query",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderNo: integer("bidder_no").notNull(),
    bidderId: text("bidder_id").notNull(),
    question: text("question").notNull(),
    dueAt: integer("due_at").notNull(),
    askedBy: text("asked_by").notNull(),
    byWords: text("by_words").notNull(),
    askedAt: integer("asked_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderNo] })],
);

export const tenderPriceAnswer = sqliteTable(
  "tender_price_answer",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderNo: integer("bidder_no").notNull(),
    answer: text("answer").notNull(),
    fileId: text("file_id").notNull(),
    fileHash: text("file_hash").notNull(),
    answeredAt: integer("answered_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderNo] })],
);

export const tenderPriceDecision = sqliteTable(
  "tender_price_decision",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderNo: integer("bidder_no").notNull(),
    outcome: text("outcome").$type<"kept" | "void">().notNull(),
    reason: text("reason").notNull(),
    decidedBy: text("decided_by").notNull(),
    byWords: text("by_words").notNull(),
    decidedAt: integer("decided_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.bidderNo] })],
);
