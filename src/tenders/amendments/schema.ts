/** Drizzle's typed view of what migrations/0041 holds of amendments. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const tenderAmendment = sqliteTable(
  "tender_amendment",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    edition: integer("edition").notNull(),
    touches: integer("touches").$type<0 | 1>().notNull(),
    changes: text("changes").notNull(),
    closesBefore: integer("closes_before").notNull(),
    closesAfter: integer("closes_after").notNull(),
    amendedAt: integer("amended_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.edition] })],
);
