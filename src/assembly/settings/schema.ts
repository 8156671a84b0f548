/** Drizzle's typed view of the settings table; migrations/0001 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const setting = sqliteTable(
  "setting",
  {
    communityId: text("community_id").notNull(),
    key: text("key").notNull(),
    version: integer("version").notNull(),
    value: text("value").notNull(),
    clause: text("clause").notNull(),
    setBy: text("set_by").notNull(),
    setAt: integer("set_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.key, table.version] })],
);
