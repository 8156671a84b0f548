/** Drizzle's typed view of the meeting's tables; migrations/0006 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const MEETING_STATES = [
  "draft",
  "notice",
  "open",
  "closed",
  "counted",
  "published",
  "final",
  "withdrawn",
  "annulled",
] as const;

export const meeting = sqliteTable(
  "meeting",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    state: text("state", { enum: MEETING_STATES }).notNull(),
    version: integer("version").notNull().default(1),
    convener: text("convener").notNull(),
    draft: text("draft").notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    edition: integer("edition").notNull().default(0),
    rules: text("rules"),
    manifestHash: text("manifest_hash"),
    snapshotId: text("snapshot_id"),
    approvedBy: text("approved_by"),
    noticeAt: integer("notice_at"),
    opensAt: integer("opens_at"),
    closesAt: integer("closes_at"),
    openedAt: integer("opened_at"),
    closedAt: integer("closed_at"),
    countedAt: integer("counted_at"),
    countedBy: text("counted_by"),
    publishedAt: integer("published_at"),
    publishedBy: text("published_by"),
    finalAt: integer("final_at"),
    endedAt: integer("ended_at"),
    endedWhy: text("ended_why"),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId] })],
);

export const meetingEdition = sqliteTable(
  "meeting_edition",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    edition: integer("edition").notNull(),
    manifest: text("manifest").notNull(),
    manifestHash: text("manifest_hash").notNull(),
    snapshotId: text("snapshot_id").notNull(),
    why: text("why").notNull(),
    madeBy: text("made_by").notNull(),
    madeAt: integer("made_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.edition] })],
);

export const meetingItem = sqliteTable(
  "meeting_item",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    edition: integer("edition").notNull(),
    itemNo: integer("item_no").notNull(),
    matter: integer("matter").notNull(),
    item: text("item").notNull(),
    eligibleOwners: integer("eligible_owners").notNull(),
    eligibleAreaDm2: integer("eligible_area_dm2").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.edition, table.itemNo] })],
);

export const meetingEvent = sqliteTable(
  "meeting_event",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    eventNo: integer("event_no").notNull(),
    kind: text("kind").notNull(),
    at: integer("at").notNull(),
    byPerson: text("by_person").notNull(),
    byWords: text("by_words").notNull(),
    detail: text("detail").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.eventNo] })],
);

export const turnout = sqliteTable(
  "turnout",
  {
    communityId: text("community_id").notNull(),
    meetingId: text("meeting_id").notNull(),
    key: text("key").notNull(),
    owners: integer("owners").notNull().default(0),
    areaDm2: integer("area_dm2").notNull().default(0),
    eligibleOwners: integer("eligible_owners").notNull(),
    eligibleAreaDm2: integer("eligible_area_dm2").notNull(),
  },
  (table) => [primaryKey({ columns: [table.communityId, table.meetingId, table.key] })],
);
