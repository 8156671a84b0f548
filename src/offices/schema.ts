/** Drizzle's typed view of the tables of migrations/0005. The SQL there is the truth; triggers and the view office_span are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId } from "../kernel/id.ts";
import type { BodyKind, PostKind } from "./rules.ts";
import type { EndKind, TakeKind } from "./terms/rules.ts";

export const officeBody = sqliteTable(
  "office_body",
  {
    communityId: text("community_id").notNull(),
    bodyId: text("body_id").notNull(),
    kind: text("kind").$type<BodyKind>().notNull(),
    level: text("level").notNull().default(""),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    parentId: text("parent_id"),
    formedAt: integer("formed_at").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.bodyId] })],
);

export const officePost = sqliteTable(
  "office_post",
  {
    communityId: text("community_id").notNull(),
    postId: text("post_id").notNull(),
    bodyId: text("body_id").notNull(),
    kind: text("kind").$type<PostKind>().notNull(),
    titleZh: text("title_zh").notNull(),
    titleEn: text("title_en").notNull(),
    seats: integer("seats").notNull(),
    position: integer("position").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.postId] })],
);

export const officePerson = sqliteTable(
  "office_person",
  {
    communityId: text("community_id").notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    nameSealed: text("name_sealed").notNull(),
    nameMasked: text("name_masked").notNull(),
    nameHash: text("name_hash").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.personId] })],
);

export const officePersonPhone = sqliteTable(
  "office_person_phone",
  {
    communityId: text("community_id").notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    version: integer("version").notNull(),
    phoneSealed: text("phone_sealed").notNull(),
    phoneMasked: text("phone_masked").notNull(),
    phoneHash: text("phone_hash").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.personId, t.version] })],
);

export const officeTenure = sqliteTable(
  "office_tenure",
  {
    communityId: text("community_id").notNull(),
    tenureId: text("tenure_id").notNull(),
    postId: text("post_id").notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    fromAt: integer("from_at").notNull(),
    untilAt: integer("until_at"),
    actKind: text("act_kind").$type<TakeKind>().notNull(),
    actDocument: text("act_document").notNull(),
    salt: text("salt").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenureId] })],
);

export const officeTenureEnd = sqliteTable(
  "office_tenure_end",
  {
    communityId: text("community_id").notNull(),
    tenureId: text("tenure_id").notNull(),
    endedAt: integer("ended_at").notNull(),
    actKind: text("act_kind").$type<EndKind>().notNull(),
    actDocument: text("act_document").notNull(),
    salt: text("salt").notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenureId, t.endedAt] })],
);

export const staffSession = sqliteTable(
  "staff_session",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    challengeId: text("challenge_id").notNull(),
    beganAt: integer("began_at").notNull(),
    endsAt: integer("ends_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId] })],
);

export const staffSessionEnd = sqliteTable(
  "staff_session_end",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    endedAt: integer("ended_at").notNull(),
    endedBy: text("ended_by").notNull(),
    why: text("why").$type<"signed_out" | "signed_out_everywhere" | "revoked" | "phone_changed">().notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId] })],
);

export const signInChallenge = sqliteTable(
  "sign_in_challenge",
  {
    communityId: text("community_id").notNull(),
    challengeId: text("challenge_id").notNull(),
    phoneHash: text("phone_hash").notNull(),
    /** Empty where the number is nobody's. */
    personId: text("person_id").$type<PersonId | "">().notNull(),
    askedAt: integer("asked_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.challengeId] })],
);

export const signInAttempt = sqliteTable(
  "sign_in_attempt",
  {
    communityId: text("community_id").notNull(),
    challengeId: text("challenge_id").notNull(),
    attempt: integer("attempt").notNull(),
    phoneHash: text("phone_hash").notNull(),
    at: integer("at").notNull(),
    correct: integer("correct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.challengeId, t.attempt] })],
);

export const signInLockout = sqliteTable(
  "sign_in_lockout",
  {
    communityId: text("community_id").notNull(),
    scope: text("scope").$type<"phone" | "community">().notNull(),
    phoneHash: text("phone_hash").notNull(),
    personId: text("person_id").$type<PersonId | "">().notNull(),
    at: integer("at").notNull(),
    untilAt: integer("until_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.scope, t.phoneHash, t.at] })],
);

export const setupReservation = sqliteTable("setup_reservation", {
  slug: text("slug").notNull().primaryKey(),
  communityId: text("community_id").notNull().unique(),
  shard: integer("shard").notNull(),
  reservedAt: integer("reserved_at").notNull(),
});

export const setupAttempt = sqliteTable(
  "setup_attempt",
  {
    at: integer("at").notNull(),
    attempt: text("attempt").notNull(),
    correct: integer("correct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.at, t.attempt] })],
);
