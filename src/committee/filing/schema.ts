/** Drizzle's typed view of filings; migrations/0015 is the truth, and a test compares the two. Triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const committeeFiling = sqliteTable(
  "committee_filing",
  {
    communityId: text("community_id").notNull(),
    filingId: text("filing_id").notNull(),
    mandateId: text("mandate_id").notNull(),
    asOf: text("as_of").notNull(),
    filedOn: text("filed_on").notNull(),
    authority: text("authority").notNull(),
    receiptNo: text("receipt_no").notNull(),
    fileId: text("file_id"),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.filingId] })],
);
