/** Drizzle's typed view of the tables of migrations/0010; the SQL there is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId } from "../../kernel/id.ts";

export const overlapWaiver = sqliteTable(
  "overlap_waiver",
  {
    communityId: text("community_id").notNull(),
    waiverId: text("waiver_id").notNull(),
    ruleKey: text("rule_key").notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    postKind: text("post_kind").notNull(),
    fromAt: integer("from_at").notNull(),
    untilAt: integer("until_at"),
    grantedBy: text("granted_by").notNull(),
    grantedAs: text("granted_as").notNull(),
    document: text("document").notNull(),
    salt: text("salt").notNull(),
    grantedAt: integer("granted_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.waiverId] })],
);

export const overlapWaiverEnd = sqliteTable(
  "overlap_waiver_end",
  {
    communityId: text("community_id").notNull(),
    waiverId: text("waiver_id").notNull(),
    withdrawnBy: text("withdrawn_by").notNull(),
    withdrawnAt: integer("withdrawn_at").notNull(),
    document: text("document").notNull(),
    salt: text("salt").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.waiverId] })],
);

export const overlapWaiverUse = sqliteTable(
  "overlap_waiver_use",
  {
    communityId: text("community_id").notNull(),
    tenureId: text("tenure_id").notNull(),
    waiverId: text("waiver_id").notNull(),
    usedAt: integer("used_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenureId, t.waiverId] })],
);

export const overlapConsent = sqliteTable(
  "overlap_consent",
  {
    communityId: text("community_id").notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    version: integer("version").notNull(),
    given: integer("given").notNull(),
    document: text("document").notNull(),
    salt: text("salt").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.personId, t.version] })],
);
