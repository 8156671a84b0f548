/** Drizzle's typed view of what becomes of levels, bodies and posts (migrations/0009). Triggers and the views …_now are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const officeLevel = sqliteTable(
  "office_level",
  {
    communityId: text("community_id").notNull(),
    levelId: text("level_id").notNull(),
    version: integer("version").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    rank: integer("rank").notNull(),
    retired: integer("retired").$type<0 | 1>().notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.levelId, t.version] })],
);

export const officeBodyChange = sqliteTable(
  "office_body_change",
  {
    communityId: text("community_id").notNull(),
    bodyId: text("body_id").notNull(),
    version: integer("version").notNull(),
    act: text("act").$type<"formed" | "changed" | "dissolved">().notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    /** Empty for no named level. */
    levelId: text("level_id").notNull(),
    parentId: text("parent_id"),
    /** JSON of Area[]. */
    areas: text("areas").notNull(),
    effectiveAt: integer("effective_at").notNull(),
    document: text("document").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.bodyId, t.version] })],
);

export const officePostChange = sqliteTable(
  "office_post_change",
  {
    communityId: text("community_id").notNull(),
    postId: text("post_id").notNull(),
    version: integer("version").notNull(),
    titleZh: text("title_zh").notNull(),
    titleEn: text("title_en").notNull(),
    seats: integer("seats").notNull(),
    termMonths: integer("term_months"),
    document: text("document").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.postId, t.version] })],
);
