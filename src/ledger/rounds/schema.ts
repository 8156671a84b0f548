/** drizzle's typed view of how far the clock has come; the migrations are the truth. */
import { primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const ledgerRound = sqliteTable(
  "ledger_round",
  {
    communityId: text("community_id").notNull(),
    task: text("task").notNull(),
    after: text("after").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.task] })],
);
