/** Drizzle's typed view of what migrations/0041 holds of decisions on conflicts. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ConflictOutcome } from "./rules.ts";

export const tenderConflictDecision = sqliteTable(
  "tender_conflict_decision",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    conflictNo: integer("conflict_no").notNull(),
    decisionNo: integer("decision_no").notNull(),
    outcome: text("outcome").$type<ConflictOutcome>().notNull(),
    reason: text("reason").notNull(),
    decidedBy: text("decided_by").notNull(),
    byWords: text("by_words").notNull(),
    decidedAt: integer("decided_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.conflictNo, t.decisionNo] })],
);

export const tenderConflictAnswer = sqliteTable(
  "tender_conflict_answer",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    conflictNo: integer("conflict_no").notNull(),
    decisionNo: integer("decision_no").notNull(),
    confirmed: integer("confirmed").$type<0 | 1>().notNull(),
    why: text("why").notNull(),
    answeredBy: text("answered_by").notNull(),
    byWords: text("by_words").notNull(),
    answeredAt: integer("answered_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.conflictNo, t.decisionNo] })],
);
