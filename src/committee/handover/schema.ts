/** Drizzle's typed view of the handover tables of migrations/0016. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { HandoverKind, Side } from "./rules.ts";

export const handover = sqliteTable(
  "handover",
  {
    communityId: text("community_id").notNull(),
    handoverId: text("handover_id").notNull(),
    number: integer("number").notNull(),
    mandateId: text("mandate_id"),
    tenureId: text("tenure_id"),
    endedOn: text("ended_on").$type<Day>().notNull(),
    dueOn: text("due_on").$type<Day>().notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: integer("opened_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.handoverId] })],
);

export const handoverLine = sqliteTable(
  "handover_line",
  {
    communityId: text("community_id").notNull(),
    handoverId: text("handover_id").notNull(),
    lineNo: integer("line_no").notNull(),
    kind: text("kind").$type<HandoverKind>().notNull(),
    what: text("what").notNull(),
    amountFen: integer("amount_fen"),
    strikes: integer("strikes"),
    addedBy: text("added_by").notNull(),
    addedAt: integer("added_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.handoverId, t.lineNo] })],
);

export const handoverMark = sqliteTable(
  "handover_mark",
  {
    communityId: text("community_id").notNull(),
    handoverId: text("handover_id").notNull(),
    lineNo: integer("line_no").notNull(),
    side: text("side").$type<Side>().notNull(),
    personId: text("person_id").notNull(),
    enteredBy: text("entered_by").notNull(),
    signedAt: integer("signed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.handoverId, t.lineNo, t.side] })],
);
