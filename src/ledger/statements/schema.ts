/** Drizzle's typed view of what migrations/0020 holds of statements. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Book, Period } from "../books/rules.ts";
import type { DraftState } from "./versions/rules.ts";

export const ledgerStatement = sqliteTable(
  "ledger_statement",
  {
    communityId: text("community_id").notNull(),
    draftId: text("draft_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    fromPeriod: text("from_period").$type<Period>().notNull(),
    toPeriod: text("to_period").$type<Period>().notNull(),
    content: text("content").notNull(),
    contentHash: text("content_hash").notNull(),
    why: text("why").notNull(),
    state: text("state").$type<DraftState>().notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    draftLeaf: text("draft_leaf").notNull(),
    number: integer("number"),
    version: integer("version"),
    endedBy: text("ended_by"),
    endedAt: integer("ended_at"),
    leafHash: text("leaf_hash"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.draftId] })],
);
