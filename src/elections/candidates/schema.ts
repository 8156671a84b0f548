/** Drizzle's typed view of eligibility, the draw, candidates and objections to them; migrations/0013 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PartyId } from "../../kernel/id.ts";
import type { Way } from "../nominations/schema.ts";
import type { Outcome } from "./rules.ts";

export const electionCriteria = sqliteTable(
  "election_criteria",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    version: integer("version").notNull(),
    value: text("value").notNull(),
    setBy: text("set_by").notNull(),
    setAt: integer("set_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.version] })],
);

export const eligibilitySheet = sqliteTable(
  "eligibility_sheet",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    sheetNo: integer("sheet_no").notNull(),
    findingsSealed: text("findings_sealed").notNull(),
    files: text("files").notNull(),
    checkedBy: text("checked_by").notNull(),
    checkedAt: integer("checked_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.sheetNo] })],
);

export const eligibilityDecision = sqliteTable(
  "eligibility_decision",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    decisionNo: integer("decision_no").notNull(),
    sheetNo: integer("sheet_no").notNull(),
    outcome: text("outcome").$type<Outcome>().notNull(),
    unmet: text("unmet").notNull(),
    reasonSealed: text("reason_sealed").notNull(),
    frozen: integer("frozen").notNull(),
    appealUntil: integer("appeal_until").notNull(),
    decidedBy: text("decided_by").notNull(),
    decidedAt: integer("decided_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.decisionNo] })],
);

export const eligibilityAppeal = sqliteTable(
  "eligibility_appeal",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    decisionNo: integer("decision_no").notNull(),
    textSealed: text("text_sealed").notNull(),
    way: text("way").$type<Way>().notNull(),
    paperFile: text("paper_file"),
    madeBy: text("made_by").notNull(),
    madeAt: integer("made_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.decisionNo] })],
);

export const eligibilityRuling = sqliteTable(
  "eligibility_ruling",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    decisionNo: integer("decision_no").notNull(),
    outcome: text("outcome").$type<Outcome>().notNull(),
    reasonSealed: text("reason_sealed").notNull(),
    ruledBy: text("ruled_by").notNull(),
    ruledAt: integer("ruled_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.candidacyId, t.decisionNo] })],
);

export const candidateSeed = sqliteTable(
  "candidate_seed",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    commitment: text("commitment").notNull(),
    seedSealed: text("seed_sealed").notNull(),
    committedAt: integer("committed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId] })],
);

export const candidateDraw = sqliteTable(
  "candidate_draw",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    seed: text("seed").notNull(),
    purpose: text("purpose").notNull(),
    lots: text("lots").notNull(),
    drawn: text("drawn").notNull(),
    fewerReason: text("fewer_reason"),
    publishedBy: text("published_by").notNull(),
    drawnAt: integer("drawn_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId] })],
);

export const candidate = sqliteTable(
  "candidate",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    ballotOrder: integer("ballot_order").notNull(),
    publicName: text("public_name").notNull(),
    address: text("address").notNull(),
    partyId: text("party_id").$type<PartyId>().notNull(),
    headKey: text("head_key").notNull(),
    publishedAt: integer("published_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.candidacyId] })],
);

export const candidateObjection = sqliteTable(
  "candidate_objection",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    objectionId: text("objection_id").notNull(),
    candidacyId: text("candidacy_id").notNull(),
    headKey: text("head_key").notNull(),
    textSealed: text("text_sealed").notNull(),
    madeAt: integer("made_at").notNull(),
    dueOn: text("due_on").notNull(),
    leafHash: text("leaf_hash").notNull(),
    outcome: text("outcome").$type<"upheld" | "rejected">(),
    answer: text("answer"),
    answeredBy: text("answered_by"),
    answeredAt: integer("answered_at"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.objectionId] })],
);
