/** Drizzle's typed view of the tables of expected in migrations/0018 and 0035. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const ledgerGapNote = sqliteTable(
  "ledger_gap_note",
  {
    communityId: text("community_id").notNull(),
    period: text("period").notNull(),
    account: text("account").notNull(),
    noteNo: integer("note_no").notNull(),
    text: text("text").notNull(),
    expectedFen: integer("expected_fen"),
    bookedFen: integer("booked_fen"),
    bankFen: integer("bank_fen"),
    writtenBy: text("written_by").notNull(),
    writtenAt: integer("written_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.period, t.account, t.noteNo] })],
);
