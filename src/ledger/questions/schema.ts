/** Drizzle's typed view of what migrations/0020 holds of questions and answers. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";

export const ledgerQuestion = sqliteTable(
  "ledger_question",
  {
    communityId: text("community_id").notNull(),
    questionId: text("question_id").notNull(),
    number: integer("number").notNull(),
    partyId: text("party_id").notNull(),
    about: text("about").$type<"statement" | "voucher">().notNull(),
    aboutId: text("about_id").notNull(),
    account: text("account").notNull(),
    textSealed: text("text_sealed").notNull(),
    askedAt: integer("asked_at").notNull(),
    dueOn: text("due_on").$type<Day>().notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.questionId] })],
);

export const ledgerAnswer = sqliteTable(
  "ledger_answer",
  {
    communityId: text("community_id").notNull(),
    questionId: text("question_id").notNull(),
    questionShown: text("question_shown").notNull(),
    answer: text("answer").notNull(),
    answeredBy: text("answered_by").notNull(),
    answeredAt: integer("answered_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.questionId] })],
);
