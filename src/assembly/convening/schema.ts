/** Drizzle's typed view of petitions; migrations/0006 and 0011 are the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const petition = sqliteTable(
  "petition",
  {
    communityId: text("community_id").notNull(),
    petitionId: text("petition_id").notNull(),
    subject: text("subject").notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: integer("opened_at").notNull(),
    meetingId: text("meeting_id"),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.petitionId] })],
);

export const petitionSignature = sqliteTable(
  "petition_signature",
  {
    communityId: text("community_id").notNull(),
    petitionId: text("petition_id").notNull(),
    headKey: text("head_key").notNull(),
    areaDm2: integer("area_dm2").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.petitionId, table.headKey] })],
);

/** What became of a signature after it was given; odd numbers take it back, even ones give it again. */
export const petitionChange = sqliteTable(
  "petition_change",
  {
    communityId: text("community_id").notNull(),
    petitionId: text("petition_id").notNull(),
    headKey: text("head_key").notNull(),
    changeNo: integer("change_no").notNull(),
    kind: text("kind").$type<"taken_back" | "signed">().notNull(),
    areaDm2: integer("area_dm2").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.petitionId, table.headKey, table.changeNo] })],
);
