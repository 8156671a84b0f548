/** Drizzle's typed view of ballots on paper; migrations/0006 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const paperEntry = sqliteTable(
  "paper_entry",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    paperNo: integer("paper_no").notNull(),
    entryNo: integer("entry_no").notNull(),
    reading: text("reading").notNull(),
    fileId: text("file_id"),
    receivedAt: integer("received_at").notNull(),
    enteredBy: text("entered_by").notNull(),
    enteredAt: integer("entered_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.communityId, table.meetingId, table.voterNo, table.paperNo, table.entryNo] }),
  ],
);

export const paperOutcome = sqliteTable(
  "paper_outcome",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    paperNo: integer("paper_no").notNull(),
    outcome: text("outcome", { enum: ["counted", "unsigned", "disputed", "set_aside"] }).notNull(),
    ballotLeaf: text("ballot_leaf"),
    settledBy: text("settled_by").notNull(),
    settledAt: integer("settled_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.voterNo, table.paperNo] })],
);
