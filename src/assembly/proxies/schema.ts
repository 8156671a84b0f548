/** Drizzle's typed view of the written authorisations; migrations/0006 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const proxy = sqliteTable(
  "proxy",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    proxyId: text("proxy_id").notNull(),
    voterNo: integer("voter_no").notNull(),
    agentSealed: text("agent_sealed").notNull(),
    agentMasked: text("agent_masked").notNull(),
    agentKey: text("agent_key").notNull(),
    terms: text("terms").notNull(),
    fileId: text("file_id"),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    revokedAt: integer("revoked_at"),
    revokedBy: text("revoked_by"),
    usedAt: integer("used_at"),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.proxyId] })],
);
