/** Drizzle's typed view of owners' sessions and cards; migrations/0011 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PartyId } from "../kernel/id.ts";

export const SESSION_WAYS = ["code", "card", "link", "demo"] as const;
/** What proved who signed in: a code to the number on the roll, a card of paper, the link of a meeting; or the demo. */
export type SessionWay = (typeof SESSION_WAYS)[number];

export const ownerSession = sqliteTable(
  "owner_session",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    way: text("way").$type<SessionWay>().notNull(),
    /** Empty unless by code: a right code repeated is the same session. */
    challengeId: text("challenge_id").notNull(),
    /** Of the number the code went to, as the roll hashes it; empty otherwise. */
    phoneHash: text("phone_hash").notNull(),
    /** Which card of the owner's; 0 otherwise. */
    cardNo: integer("card_no").notNull(),
    beganAt: integer("began_at").notNull(),
    endsAt: integer("ends_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId] })],
);

export const ownerSessionParty = sqliteTable(
  "owner_session_party",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    partyId: text("party_id").$type<PartyId>().notNull(),
    provedBy: text("proved_by").$type<PartyId>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId, t.partyId] })],
);

export const ownerSessionEnd = sqliteTable(
  "owner_session_end",
  {
    communityId: text("community_id").notNull(),
    sessionId: text("session_id").notNull(),
    endedAt: integer("ended_at").notNull(),
    why: text("why").$type<"signed_out" | "signed_out_everywhere">().notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.sessionId] })],
);

export const REVOKE_REASONS = ["replaced", "lost", "number_known", "no_longer_owner", "other"] as const;
export type RevokeReason = (typeof REVOKE_REASONS)[number];

export const ownerCard = sqliteTable(
  "owner_card",
  {
    communityId: text("community_id").notNull(),
    partyId: text("party_id").$type<PartyId>().notNull(),
    cardNo: integer("card_no").notNull(),
    nonce: text("nonce").notNull(),
    codeHash: text("code_hash").notNull(),
    issuedAt: integer("issued_at").notNull(),
    issuedBy: text("issued_by").notNull(),
    issuedLeaf: text("issued_leaf").notNull(),
    revokedAt: integer("revoked_at"),
    revokedBy: text("revoked_by"),
    revokedWhy: text("revoked_why").$type<RevokeReason>(),
    revokedLeaf: text("revoked_leaf"),
    failedAttempts: integer("failed_attempts").notNull(),
    lastFailedAt: integer("last_failed_at"),
    firstUsedAt: integer("first_used_at"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.partyId, t.cardNo] })],
);
