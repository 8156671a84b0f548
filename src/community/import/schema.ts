/** Drizzle's typed view of imports on their way; migrations/0003 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const importJob = sqliteTable(
  "import_job",
  {
    communityId: text("community_id").notNull(),
    jobId: text("job_id").notNull(),
    stage: text("stage", { enum: ["checked", "writing", "written", "abandoned"] }).notNull(),
    fileName: text("file_name").notNull(),
    fileSha256: text("file_sha256").notNull(),
    asOf: text("as_of").notNull(),
    summary: text("summary").notNull(),
    madeBy: text("made_by").notNull(),
    parsedAt: integer("parsed_at").notNull(),
    checkedAt: integer("checked_at").notNull(),
    writingAt: integer("writing_at"),
    writtenAt: integer("written_at"),
    changeId: text("change_id"),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.jobId] })],
);

export const importPart = sqliteTable(
  "import_part",
  {
    communityId: text("community_id").notNull(),
    jobId: text("job_id").notNull(),
    partNo: integer("part_no").notNull(),
    sealed: text("sealed").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.jobId, table.partNo] })],
);
