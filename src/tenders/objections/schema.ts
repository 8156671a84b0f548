/** Drizzle's typed view of what migrations/0041 holds of objections. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { About, Outcome } from "./rules.ts";

export const tenderObjection = sqliteTable(
  "tender_objection",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    objectionNo: integer("objection_no").notNull(),
    about: text("about").$type<About>().notNull(),
    byKind: text("by_kind").$type<"bidder" | "owner">().notNull(),
    byId: text("by_id").notNull(),
    complainsOf: integer("complains_of"),
    textSealed: text("text_sealed").notNull(),
    madeAt: integer("made_at").notNull(),
    dueOn: text("due_on").$type<Day>().notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.objectionNo] })],
);

export const tenderObjectionDecision = sqliteTable(
  "tender_objection_decision",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    objectionNo: integer("objection_no").notNull(),
    outcome: text("outcome").$type<Outcome>().notNull(),
    shown: text("shown").notNull(),
    reason: text("reason").notNull(),
    decidedBy: text("decided_by").notNull(),
    byWords: text("by_words").notNull(),
    decidedAt: integer("decided_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.objectionNo] })],
);
