/** Drizzle's typed view of the tables of migrations/0007 that hold acts of office waiting for a second person. Triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PersonId } from "../../kernel/id.ts";

export const officeProposal = sqliteTable(
  "office_proposal",
  {
    communityId: text("community_id").notNull(),
    proposalId: text("proposal_id").notNull(),
    kind: text("kind").$type<"appointment" | "number">().notNull(),
    /** Empty for someone who was in no office before. */
    personId: text("person_id").$type<PersonId | "">().notNull(),
    postId: text("post_id"),
    phoneVersion: integer("phone_version"),
    nameMasked: text("name_masked").notNull(),
    detailsSealed: text("details_sealed").notNull(),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: integer("proposed_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.proposalId] })],
);

export const officeProposalEnd = sqliteTable(
  "office_proposal_end",
  {
    communityId: text("community_id").notNull(),
    proposalId: text("proposal_id").notNull(),
    outcome: text("outcome").$type<"confirmed" | "refused">().notNull(),
    way: text("way").$type<"second" | "code" | "refusal">().notNull(),
    why: text("why").notNull(),
    endedBy: text("ended_by").notNull(),
    endedAt: integer("ended_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.proposalId] })],
);
