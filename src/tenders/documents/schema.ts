/** Drizzle's typed view of what migrations/0041 holds of documents. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { DocumentKind } from "./rules.ts";

export const tenderDocument = sqliteTable(
  "tender_document",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    documentNo: integer("document_no").notNull(),
    kind: text("kind").$type<DocumentKind>().notNull(),
    title: text("title").notNull(),
    fileId: text("file_id").notNull(),
    fileName: text("file_name").notNull(),
    mediaType: text("media_type").notNull(),
    bytes: integer("bytes").notNull(),
    fileHash: text("file_hash").notNull(),
    withheldWhy: text("withheld_why").notNull(),
    releasedOn: text("released_on").$type<Day | "">().notNull(),
    putBy: text("put_by").notNull(),
    byWords: text("by_words").notNull(),
    putAt: integer("put_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.documentNo] })],
);
