/** Drizzle's typed view of petitions; migrations/0006 is the truth, and a test compares the two. */
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
