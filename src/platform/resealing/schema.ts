/** Drizzle's typed view of the table of migrations/0007 that says how far sealing anew has come. Triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const resealing = sqliteTable(
  "resealing",
  {
    communityId: text("community_id").notNull(),
    keyId: text("key_id").notNull(),
    /** Moves by one with each batch: of two that run at once one is refused. */
    step: integer("step").notNull(),
    /** `table.column`, or `file` for what lies in R2. */
    atColumn: text("at_column").notNull(),
    /** JSON list: the key of the last row looked at; empty at the beginning of a column. */
    behind: text("behind").notNull(),
    /** What this pass has found under an older key so far. */
    found: integer("found").notNull(),
    rows: integer("rows").notNull(),
    files: integer("files").notNull(),
    beganAt: integer("began_at").notNull(),
    doneAt: integer("done_at"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.keyId] })],
);
