/** Drizzle's typed view of endings and takeovers of migrations/0044. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../../kernel/day.ts";
import type { TakeoverKind } from "../rules.ts";
import type { EditionState } from "../schema.ts";
import type { BySide, EndingKind } from "./rules.ts";

export const tenderContractEnding = sqliteTable(
  "tender_contract_ending",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    endingNo: integer("ending_no").notNull(),
    kind: text("kind").$type<EndingKind>().notNull(),
    bySide: text("by_side").$type<BySide>().notNull(),
    noticedOn: text("noticed_on").$type<Day>().notNull(),
    endsOn: text("ends_on").$type<Day>().notNull(),
    why: text("why").notNull(),
    decision: text("decision"),
    file: text("file").notNull(),
    state: text("state").$type<EditionState>().notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: integer("decided_at"),
    decidedWhy: text("decided_why"),
    draftLeaf: text("draft_leaf").notNull(),
    leafHash: text("leaf_hash"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.endingNo] })],
);

export const tenderTakeoverLine = sqliteTable(
  "tender_takeover_line",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    lineNo: integer("line_no").notNull(),
    kind: text("kind").$type<TakeoverKind>().notNull(),
    what: text("what").notNull(),
    amountFen: integer("amount_fen"),
    strikes: integer("strikes"),
    addedBy: text("added_by").notNull(),
    addedAt: integer("added_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.lineNo] })],
);

export const tenderTakeoverMark = sqliteTable(
  "tender_takeover_mark",
  {
    communityId: text("community_id").notNull(),
    contractId: text("contract_id").notNull(),
    lineNo: integer("line_no").notNull(),
    side: text("side").$type<"gives" | "takes">().notNull(),
    personId: text("person_id").notNull(),
    words: text("words").notNull(),
    signedAt: integer("signed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.contractId, t.lineNo, t.side] })],
);
