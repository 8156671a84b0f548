/** Drizzle's typed view of what migrations/0041 holds of questions and answers. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";

export const tenderQuestion = sqliteTable(
  "tender_question",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    questionNo: integer("question_no").notNull(),
    contactId: text("contact_id").notNull(),
    textSealed: text("text_sealed").notNull(),
    askedAt: integer("asked_at").notNull(),
    dueOn: text("due_on").$type<Day>().notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.questionNo] })],
);

export const tenderAnswerDraft = sqliteTable(
  "tender_answer_draft",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    questionNo: integer("question_no").notNull(),
    version: integer("version").notNull(),
    shown: text("shown").notNull(),
    answer: text("answer").notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.questionNo, t.version] })],
);

export const tenderAnswer = sqliteTable(
  "tender_answer",
  {
    communityId: text("community_id").notNull(),
    tenderId: text("tender_id").notNull(),
    questionNo: integer("question_no").notNull(),
    version: integer("version").notNull(),
    publishedBy: text("published_by").notNull(),
    byWords: text("by_words").notNull(),
    publishedAt: integer("published_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tenderId, t.questionNo] })],
);
