/** Drizzle's typed view of the links; migrations/0006 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const link = sqliteTable(
  "link",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    generation: integer("generation").notNull(),
    nonce: text("nonce").notNull(),
    tokenHash: text("token_hash").notNull(),
    issuedAt: integer("issued_at").notNull(),
    issuedBy: text("issued_by").notNull(),
    revokedAt: integer("revoked_at"),
    revokedBy: text("revoked_by"),
    revokedWhy: text("revoked_why"),
    failedAttempts: integer("failed_attempts").notNull().default(0),
    lastFailedAt: integer("last_failed_at"),
    verifiedAt: integer("verified_at"),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.voterNo, table.generation] })],
);
