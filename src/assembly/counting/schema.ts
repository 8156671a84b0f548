/** Drizzle's typed view of the counts; migrations/0006 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const countRun = sqliteTable(
  "count_run",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    runNo: integer("run_no").notNull(),
    why: text("why").notNull(),
    summary: text("summary").notNull(),
    countedBy: text("counted_by").notNull(),
    countedAt: integer("counted_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
    publishedBy: text("published_by"),
    publishedAt: integer("published_at"),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.runNo] })],
);

export const countResult = sqliteTable(
  "count_result",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    runNo: integer("run_no").notNull(),
    itemNo: integer("item_no").notNull(),
    basis: text("basis", { enum: ["strict", "deemed"] }).notNull(),
    result: text("result").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.runNo, table.itemNo, table.basis] })],
);
