/** Drizzle's typed view of nominations and of what their persons answer; migrations/0013 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PartyKind } from "../../community/rules.ts";
import type { PartyId } from "../../kernel/id.ts";
import type { NominationChannel } from "../rules.ts";

export const WAYS = ["paper", "web"] as const;
/** Whether an act came in on signed paper, entered by an office-holder, or in the owner's own session. */
export type Way = (typeof WAYS)[number];

export const candidacy = sqliteTable(
  "candidacy",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    number: integer("number").notNull(),
    partyId: text("party_id").$type<PartyId>().notNull(),
    partyKind: text("party_kind").$type<PartyKind>().notNull(),
    nameSealed: text("name_sealed").notNull(),
    maskedName: text("masked_name").notNull(),
    openedAt: integer("opened_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId] })],
);

export const nomination = sqliteTable(
  "nomination",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    channel: text("channel").$type<NominationChannel>().notNull(),
    way: text("way").$type<Way>().notNull(),
    document: text("document").notNull(),
    paperFile: text("paper_file"),
    madeBy: text("made_by").notNull(),
    madeAt: integer("made_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.channel] })],
);

export const nominationSupport = sqliteTable(
  "nomination_support",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    headKey: text("head_key").notNull(),
    turn: integer("turn").notNull(),
    areaDm2: integer("area_dm2").notNull(),
    way: text("way").$type<Way>().notNull(),
    paperFile: text("paper_file"),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.headKey, t.turn] })],
);

export const candidacyAnswer = sqliteTable(
  "candidacy_answer",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    answerNo: integer("answer_no").notNull(),
    answer: text("answer").$type<"accepted" | "declined">().notNull(),
    way: text("way").$type<Way>().notNull(),
    paperFile: text("paper_file"),
    personSealed: text("person_sealed"),
    phoneSealed: text("phone_sealed"),
    maskedName: text("masked_name"),
    personHash: text("person_hash"),
    sentByOwner: integer("sent_by_owner").notNull(),
    authorisationFile: text("authorisation_file"),
    answeredBy: text("answered_by").notNull(),
    answeredAt: integer("answered_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.answerNo] })],
);

export const candidacyProfile = sqliteTable(
  "candidacy_profile",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    version: integer("version").notNull(),
    contentSealed: text("content_sealed").notNull(),
    photoFile: text("photo_file"),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.version] })],
);

export const candidacyAffiliation = sqliteTable(
  "candidacy_affiliation",
  {
    communityId: text("community_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    consentNo: integer("consent_no").notNull(),
    sealed: text("sealed"),
    consentedAt: integer("consented_at").notNull(),
    takenBackAt: integer("taken_back_at"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.consentNo] })],
);

export const candidacyDeclaration = sqliteTable(
  "candidacy_declaration",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    version: integer("version").notNull(),
    answersSealed: text("answers_sealed").notNull(),
    publicItems: text("public_items").notNull(),
    way: text("way").$type<Way>().notNull(),
    paperFile: text("paper_file"),
    signedBy: text("signed_by").notNull(),
    signedAt: integer("signed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.version] })],
);

export const candidacyWithdrawal = sqliteTable(
  "candidacy_withdrawal",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    frozen: integer("frozen").notNull(),
    way: text("way").$type<Way>().notNull(),
    paperFile: text("paper_file"),
    recordedBy: text("recorded_by").notNull(),
    withdrawnAt: integer("withdrawn_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId] })],
);
