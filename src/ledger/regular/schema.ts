/** Drizzle's typed view of the table of migrations/0060. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const ledgerRegular = sqliteTable(
  "ledger_regular",
  {
    communityId: text("community_id").notNull(),
    edition: integer("edition").notNull(),
    texts: text("texts").notNull(),
    personSealed: text("person_sealed").notNull(),
    contentHash: text("content_hash").notNull(),
    publishedBy: text("published_by").notNull(),
    publishedAt: integer("published_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.edition] })],
);
