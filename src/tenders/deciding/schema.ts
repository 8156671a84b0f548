/** Drizzle's typed view of the tables of the owners' choice in migrations/0043. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const tenderChoice = sqliteTable(
  "tender_choice",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    turn: integer("turn").notNull(),
    meetingId: text("meeting_id").notNull(),
    options: text("options").notNull(),
    optionsHash: text("options_hash").notNull(),
    placedBy: text("placed_by").notNull(),
    placedAt: integer("placed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.turn] })],
);

export const tenderChoiceVoid = sqliteTable(
  "tender_choice_void",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    turn: integer("turn").notNull(),
    cause: text("cause").$type<"taken_back" | "withdrawn" | "annulled">().notNull(),
    why: text("why").notNull(),
    voidedBy: text("voided_by").notNull(),
    voidedAt: integer("voided_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.turn] })],
);

export const tenderChoiceResult = sqliteTable(
  "tender_choice_result",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    turn: integer("turn").notNull(),
    runNo: integer("run_no").notNull(),
    verdict: text("verdict").$type<"chosen" | "none_chosen" | "quorum_not_met">().notNull(),
    optionNo: integer("option_no"),
    bidderNo: integer("bidder_no"),
    settledBy: text("settled_by").notNull(),
    settledAt: integer("settled_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo, t.turn] })],
);

export const tenderAward = sqliteTable(
  "tender_award",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    bidderId: text("bidder_id").notNull(),
    bidderNo: integer("bidder_no").notNull(),
    name: text("name").notNull(),
    code: text("code").notNull(),
    prices: text("prices").notNull(),
    totalHundredths: integer("total_hundredths").notNull(),
    meetingId: text("meeting_id").notNull(),
    itemNo: integer("item_no").notNull(),
    awardedAt: integer("awarded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo] })],
);

export const tenderAwardWithdrawal = sqliteTable(
  "tender_award_withdrawal",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    lotNo: integer("lot_no").notNull(),
    cause: text("cause").$type<"annulled" | "recounted">().notNull(),
    runNo: integer("run_no"),
    withdrawnBy: text("withdrawn_by").notNull(),
    withdrawnAt: integer("withdrawn_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.lotNo] })],
);
