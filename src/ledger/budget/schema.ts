/** Drizzle's typed view of the tables of migrations/0033. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Book } from "../books/rules.ts";
import type { BudgetState } from "./rules.ts";

export const ledgerBudget = sqliteTable(
  "ledger_budget",
  {
    communityId: text("community_id").notNull(),
    budgetId: text("budget_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    year: integer("year").notNull(),
    lines: text("lines").notNull(),
    note: text("note").notNull(),
    why: text("why").notNull(),
    contentHash: text("content_hash").notNull(),
    state: text("state").$type<BudgetState>().notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    draftLeaf: text("draft_leaf").notNull(),
    reviewedBy: text("reviewed_by"),
    reviewedAt: integer("reviewed_at"),
    approvedBy: text("approved_by"),
    approvedAt: integer("approved_at"),
    decision: text("decision").notNull(),
    version: integer("version"),
    endedBy: text("ended_by"),
    endedAt: integer("ended_at"),
    endedWhy: text("ended_why"),
    leafHash: text("leaf_hash"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.budgetId] })],
);

export const ledgerBudgetNote = sqliteTable(
  "ledger_budget_note",
  {
    communityId: text("community_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    year: integer("year").notNull(),
    account: text("account").notNull(),
    noteNo: integer("note_no").notNull(),
    text: text("text").notNull(),
    writtenBy: text("written_by").notNull(),
    writtenAt: integer("written_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.book, t.year, t.account, t.noteNo] })],
);
