/** Drizzle's typed view of the tables of migrations/0040. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { TenderState } from "./rules.ts";

export const tender = sqliteTable(
  "tender",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    state: text("state").$type<TenderState>().notNull(),
    version: integer("version").notNull().default(1),
    edition: integer("edition").notNull().default(1),
    noticedEdition: integer("noticed_edition"),
    repeats: text("repeats"),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    decidedAt: integer("decided_at"),
    decidedMeeting: text("decided_meeting"),
    decidedItem: integer("decided_item"),
    decidedWords: text("decided_words"),
    noticedAt: integer("noticed_at"),
    questionsUntil: integer("questions_until"),
    closesAt: integer("closes_at"),
    closedAt: integer("closed_at"),
    openedAt: integer("opened_at"),
    qualifiedAt: integer("qualified_at"),
    scoredAt: integer("scored_at"),
    publishedAt: integer("published_at"),
    standingUntil: integer("standing_until"),
    awardMeeting: text("award_meeting"),
    awardItem: integer("award_item"),
    awardedAt: integer("awarded_at"),
    contractedAt: integer("contracted_at"),
    endedAt: integer("ended_at"),
    endedWhy: text("ended_why"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId] })],
);

export const tenderScheme = sqliteTable(
  "tender_scheme",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    edition: integer("edition").notNull(),
    scheme: text("scheme").notNull(),
    schemeHash: text("scheme_hash").notNull(),
    why: text("why").notNull(),
    madeBy: text("made_by").notNull(),
    madeAt: integer("made_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.edition] })],
);

export const tenderEvent = sqliteTable(
  "tender_event",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    eventNo: integer("event_no").notNull(),
    kind: text("kind").notNull(),
    at: integer("at").notNull(),
    byPerson: text("by_person").notNull(),
    byWords: text("by_words").notNull(),
    detail: text("detail").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.eventNo] })],
);
