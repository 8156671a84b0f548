/** Drizzle's typed view of objections; migrations/0006 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const objection = sqliteTable(
  "objection",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    objectionId: text("objection_id").notNull(),
    about: text("about", { enum: ["notice", "result"] }).notNull(),
    voterNo: integer("voter_no").notNull(),
    textSealed: text("text_sealed").notNull(),
    wantsRecount: integer("wants_recount").notNull(),
    madeAt: integer("made_at").notNull(),
    dueOn: text("due_on").notNull(),
    answer: text("answer"),
    answeredBy: text("answered_by"),
    answeredAt: integer("answered_at"),
    leafHash: text("leaf_hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.objectionId] })],
);
