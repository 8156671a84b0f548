/** Drizzle's typed view of the ballots; migrations/0006 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const ballot = sqliteTable(
  "ballot",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    version: integer("version").notNull(),
    channel: text("channel", { enum: ["web", "paper", "meeting", "proxy"] }).notNull(),
    answers: text("answers").notNull(),
    salt: text("salt").notNull(),
    commitment: text("commitment").notNull(),
    leafHash: text("leaf_hash").notNull(),
    evidence: text("evidence").notNull(),
    castAt: integer("cast_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.voterNo, table.version] })],
);

export const ballotChoice = sqliteTable(
  "ballot_choice",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    itemNo: integer("item_no").notNull(),
    optionNo: integer("option_no").notNull(),
    voterNo: integer("voter_no").notNull(),
    version: integer("version").notNull(),
    sign: integer("sign").notNull(),
    areaDm2: integer("area_dm2").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.communityId,
        table.meetingId,
        table.itemNo,
        table.optionNo,
        table.voterNo,
        table.version,
        table.sign,
      ],
    }),
  ],
);

export const ballotPart = sqliteTable(
  "ballot_part",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    itemNo: integer("item_no").notNull(),
    voterNo: integer("voter_no").notNull(),
    areaDm2: integer("area_dm2").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.itemNo, table.voterNo] })],
);
