/** Drizzle's typed view of how households were reached; migrations/0006 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const contactEvent = sqliteTable(
  "contact_event",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    eventNo: integer("event_no").notNull(),
    kind: text("kind").notNull(),
    at: integer("at").notNull(),
    byPerson: text("by_person").notNull(),
    note: text("note").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.voterNo, table.eventNo] })],
);

/** Kept sums of the state of households; `building` is empty for the estate. */
export const deliveryCount = sqliteTable(
  "delivery_count",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    building: text("building").notNull(),
    strength: integer("strength").notNull(),
    voters: integer("voters").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.building, table.strength] })],
);
