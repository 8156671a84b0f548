/** Drizzle's typed view of the recall tables of migrations/0016. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Proposer, StoredRecallState } from "./rules.ts";

export const recall = sqliteTable(
  "recall",
  {
    communityId: text("community_id").notNull(),
    recallId: text("recall_id").notNull(),
    number: integer("number").notNull(),
    tenureId: text("tenure_id").notNull(),
    personId: text("person_id").notNull(),
    proposer: text("proposer").$type<Proposer>().notNull(),
    petitionId: text("petition_id"),
    reasons: text("reasons").notNull(),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: integer("proposed_at").notNull(),
    state: text("state").$type<StoredRecallState>().notNull().default("proposed"),
    toldAt: integer("told_at"),
    defence: text("defence"),
    defenceAt: integer("defence_at"),
    meetingId: text("meeting_id"),
    itemNo: integer("item_no"),
    settledAt: integer("settled_at"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.recallId] })],
);

export const recallSignature = sqliteTable(
  "recall_signature",
  {
    communityId: text("community_id").notNull(),
    recallId: text("recall_id").notNull(),
    personId: text("person_id").notNull(),
    signedAt: integer("signed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.recallId, t.personId] })],
);
