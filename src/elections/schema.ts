/** Drizzle's typed view of the tables of migrations/0008. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId } from "../kernel/id.ts";
import type { GroupPart } from "./group/rules.ts";
import type { ElectionKind, ElectionState } from "./rules.ts";

export const election = sqliteTable(
  "election",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    number: integer("number").notNull(),
    kind: text("kind").$type<ElectionKind>().notNull(),
    title: text("title").notNull(),
    cause: text("cause").notNull(),
    requestedOn: text("requested_on"),
    state: text("state").$type<ElectionState>().notNull(),
    version: integer("version").notNull().default(1),
    bodyId: text("body_id").notNull(),
    groupBodyId: text("group_body_id"),
    groupDraft: text("group_draft"),
    groupDraftedBy: text("group_drafted_by"),
    method: text("method").notNull(),
    methodHash: text("method_hash"),
    calledBy: text("called_by").notNull(),
    calledAt: integer("called_at").notNull(),
    groupPublishedAt: integer("group_published_at"),
    groupEdition: integer("group_edition").notNull().default(0),
    nominationsOpenAt: integer("nominations_open_at"),
    nominationsCloseAt: integer("nominations_close_at"),
    candidatesPublishedAt: integer("candidates_published_at"),
    seatedAt: integer("seated_at"),
    endedAt: integer("ended_at"),
    endedWhy: text("ended_why"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId] })],
);

export const electionEvent = sqliteTable(
  "election_event",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    eventNo: integer("event_no").notNull(),
    kind: text("kind").notNull(),
    at: integer("at").notNull(),
    byPerson: text("by_person").notNull(),
    byWords: text("by_words").notNull(),
    detail: text("detail").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.eventNo] })],
);

export const electionGroupMember = sqliteTable(
  "election_group_member",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    edition: integer("edition").notNull(),
    memberNo: integer("member_no").notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    part: text("part").$type<GroupPart>().notNull(),
    isChair: integer("is_chair").notNull(),
    home: text("home").notNull(),
    tenureId: text("tenure_id").notNull(),
    begins: integer("begins").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.edition, t.memberNo] })],
);

export const electionGroupObjection = sqliteTable(
  "election_group_objection",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    objectionNo: integer("objection_no").notNull(),
    edition: integer("edition").notNull(),
    headKey: text("head_key").notNull(),
    textSealed: text("text_sealed").notNull(),
    channel: text("channel").$type<"web" | "paper">().notNull(),
    madeAt: integer("made_at").notNull(),
    madeBy: text("made_by").notNull(),
    leafHash: text("leaf_hash").notNull(),
    answer: text("answer"),
    answeredAt: integer("answered_at"),
    answeredBy: text("answered_by"),
    answerLeaf: text("answer_leaf"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.objectionNo] })],
);

export const mandate = sqliteTable(
  "mandate",
  {
    communityId: text("community_id").notNull(),
    mandateId: text("mandate_id").notNull(),
    bodyId: text("body_id").notNull(),
    number: integer("number").notNull(),
    electionId: text("election_id"),
    seats: integer("seats").notNull(),
    legalLeast: integer("legal_least").notNull(),
    alternatesMost: integer("alternates_most").notNull(),
    fromAt: integer("from_at").notNull(),
    untilAt: integer("until_at").notNull(),
    document: text("document").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.mandateId] })],
);

export const mandateEnd = sqliteTable(
  "mandate_end",
  {
    communityId: text("community_id").notNull(),
    mandateId: text("mandate_id").notNull(),
    endedAt: integer("ended_at").notNull(),
    why: text("why").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.mandateId] })],
);
