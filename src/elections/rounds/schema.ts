/** Drizzle's typed view of rounds and seats; migrations/0014 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Verdict } from "./rules.ts";

export const electionRound = sqliteTable(
  "election_round",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    roundNo: integer("round_no").notNull(),
    meetingId: text("meeting_id").notNull(),
    seatsOpen: integer("seats_open").notNull(),
    seatsOfCommittee: integer("seats_of_committee").notNull(),
    members: integer("members").notNull(),
    legalLeast: integer("legal_least").notNull(),
    alternatesMost: integer("alternates_most").notNull(),
    atMost: integer("at_most").notNull(),
    candidates: text("candidates").notNull(),
    candidatesHash: text("candidates_hash").notNull(),
    commitment: text("commitment").notNull(),
    seedSealed: text("seed_sealed").notNull(),
    notBefore: integer("not_before").notNull(),
    placedBy: text("placed_by").notNull(),
    placedAt: integer("placed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.roundNo] })],
);

export const electionRoundVoid = sqliteTable(
  "election_round_void",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    roundNo: integer("round_no").notNull(),
    cause: text("cause").$type<"taken_back" | "withdrawn" | "annulled">().notNull(),
    why: text("why").notNull(),
    voidedBy: text("voided_by").notNull(),
    voidedAt: integer("voided_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.roundNo] })],
);

export const electionRoundResult = sqliteTable(
  "election_round_result",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    roundNo: integer("round_no").notNull(),
    runNo: integer("run_no").notNull(),
    verdict: text("verdict").$type<Verdict>().notNull(),
    outcome: text("outcome").notNull(),
    kept: text("kept").notNull(),
    seed: text("seed").notNull(),
    mandateId: text("mandate_id"),
    settledBy: text("settled_by").notNull(),
    settledAt: integer("settled_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.roundNo, t.runNo] })],
);

export const electionRoundUndone = sqliteTable(
  "election_round_undone",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    roundNo: integer("round_no").notNull(),
    runNo: integer("run_no").notNull(),
    cause: text("cause").$type<"annulled" | "recounted">().notNull(),
    why: text("why").notNull(),
    undoneBy: text("undone_by").notNull(),
    undoneAt: integer("undone_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.roundNo, t.runNo] })],
);

export const electionSeat = sqliteTable(
  "election_seat",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    roundNo: integer("round_no").notNull(),
    runNo: integer("run_no").notNull(),
    candidateId: text("candidate_id").notNull(),
    place: text("place").$type<"member" | "alternate">().notNull(),
    placeNo: integer("place_no").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.roundNo, t.runNo, t.candidateId] })],
);

export const electionSeatTaken = sqliteTable(
  "election_seat_taken",
  {
    communityId: text("community_id").notNull(),
    electionId: text("election_id").notNull(),
    roundNo: integer("round_no").notNull(),
    runNo: integer("run_no").notNull(),
    candidateId: text("candidate_id").notNull(),
    personId: text("person_id").notNull(),
    tenureId: text("tenure_id").notNull(),
    takenAt: integer("taken_at").notNull(),
    takenBy: text("taken_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.electionId, t.roundNo, t.runNo, t.candidateId] })],
);
