/** Drizzle's typed view of the committee's meetings and resolutions; migrations/0015 is the truth, and a test compares the two. Triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Matter } from "../../assembly/rules.ts";
import type { SeatPost, Standing } from "../seated/rules.ts";
import type { Choice, Stance } from "./minutes/rules.ts";
import type { Caller, SessionState } from "./rules.ts";

export const committeeSession = sqliteTable(
  "committee_session",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    number: integer("number").notNull(),
    mandateId: text("mandate_id").notNull(),
    calledBy: text("called_by").$type<Caller>().notNull(),
    state: text("state").$type<SessionState>().notNull(),
    version: integer("version").notNull().default(1),
    title: text("title").notNull(),
    place: text("place").notNull(),
    holdsAt: integer("holds_at"),
    items: text("items").notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    reachedAt: integer("reached_at"),
    practice: text("practice"),
    noticedBy: text("noticed_by"),
    noticedAt: integer("noticed_at"),
    minutesVersion: integer("minutes_version").notNull().default(0),
    publishedBy: text("published_by"),
    publishedAt: integer("published_at"),
    endedAt: integer("ended_at"),
    endedWhy: text("ended_why"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId] })],
);

export const committeeRequest = sqliteTable(
  "committee_request",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    personId: text("person_id").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId, t.personId] })],
);

export const committeeMinutes = sqliteTable(
  "committee_minutes",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    version: integer("version").notNull(),
    heldAt: integer("held_at").notNull(),
    text: text("text").notNull(),
    seats: integer("seats").notNull(),
    sitting: integer("sitting").notNull(),
    whole: integer("whole").notNull(),
    present: integer("present").notNull(),
    quorate: integer("quorate").notNull(),
    salt: text("salt").notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId, t.version] })],
);

export const committeePresence = sqliteTable(
  "committee_presence",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    version: integer("version").notNull(),
    personId: text("person_id").notNull(),
    tenureId: text("tenure_id").notNull(),
    post: text("post").$type<SeatPost>().notNull(),
    standing: text("standing").$type<Standing>().notNull(),
    present: integer("present").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId, t.version, t.personId] })],
);

export const committeeVote = sqliteTable(
  "committee_vote",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    version: integer("version").notNull(),
    itemNo: integer("item_no").notNull(),
    personId: text("person_id").notNull(),
    choice: text("choice").$type<Choice>().notNull(),
    why: text("why").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId, t.version, t.itemNo, t.personId] })],
);

export const committeeSignature = sqliteTable(
  "committee_signature",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    version: integer("version").notNull(),
    personId: text("person_id").notNull(),
    stance: text("stance").$type<Stance>().notNull(),
    remark: text("remark").notNull(),
    way: text("way").$type<"session" | "scan">().notNull(),
    fileId: text("file_id"),
    recordedBy: text("recorded_by").notNull(),
    at: integer("at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId, t.version, t.personId] })],
);

export const committeeResolution = sqliteTable(
  "committee_resolution",
  {
    communityId: text("community_id").notNull(),
    resolutionId: text("resolution_id").notNull(),
    year: integer("year").notNull(),
    number: integer("number").notNull(),
    sessionId: text("session_id").notNull(),
    itemNo: integer("item_no").notNull(),
    title: text("title").notNull(),
    text: text("text").notNull(),
    inFavour: integer("in_favour").notNull(),
    against: integer("against").notNull(),
    abstaining: integer("abstaining").notNull(),
    recused: integer("recused").notNull(),
    whole: integer("whole").notNull(),
    matter: integer("matter").$type<0 | Matter>().notNull(),
    authorisationId: text("authorisation_id").notNull(),
    corrects: text("corrects").notNull(),
    adoptedOn: text("adopted_on").notNull(),
    publishedAt: integer("published_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.resolutionId] })],
);
