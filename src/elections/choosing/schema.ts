/** Drizzle's typed view of the members' ballots; migrations/0014 is the truth, and a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { MembersDecision } from "../rules.ts";
import type { ChosenPost } from "./rules.ts";

export const membersBallot = sqliteTable(
  "members_ballot",
  {
    communityId: text("community_id").notNull(),
    mandateId: text("mandate_id").notNull(),
    ballotNo: integer("ballot_no").notNull(),
    post: text("post").$type<ChosenPost>().notNull(),
    places: integer("places").notNull(),
    among: text("among").notNull(),
    seats: integer("seats").notNull(),
    decision: text("decision").$type<MembersDecision>().notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: integer("opened_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.mandateId, t.ballotNo] })],
);

export const membersVote = sqliteTable(
  "members_vote",
  {
    communityId: text("community_id").notNull(),
    mandateId: text("mandate_id").notNull(),
    ballotNo: integer("ballot_no").notNull(),
    personId: text("person_id").notNull(),
    chosenSealed: text("chosen_sealed").notNull(),
    votedAt: integer("voted_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.mandateId, t.ballotNo, t.personId] })],
);

export const membersResult = sqliteTable(
  "members_result",
  {
    communityId: text("community_id").notNull(),
    mandateId: text("mandate_id").notNull(),
    ballotNo: integer("ballot_no").notNull(),
    voters: integer("voters").notNull(),
    votes: text("votes").notNull(),
    chosen: text("chosen").notNull(),
    countedBy: text("counted_by").notNull(),
    countedAt: integer("counted_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.mandateId, t.ballotNo] })],
);
