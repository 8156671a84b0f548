/** Drizzle's typed view of authorisations; migrations/0015 is the truth, and a test compares the two. Triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Matter } from "../../assembly/rules.ts";

export const committeeAuthorisation = sqliteTable(
  "committee_authorisation",
  {
    communityId: text("community_id").notNull(),
    authorisationId: text("authorisation_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    itemNo: integer("item_no").notNull(),
    matter: integer("matter").$type<Matter>().notNull(),
    scope: text("scope").notNull(),
    fromOn: text("from_on").notNull(),
    lastOn: text("last_on").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.authorisationId] })],
);

export const committeeAuthorisationEnd = sqliteTable(
  "committee_authorisation_end",
  {
    communityId: text("community_id").notNull(),
    authorisationId: text("authorisation_id").notNull(),
    endedOn: text("ended_on").notNull(),
    why: text("why").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.authorisationId] })],
);
