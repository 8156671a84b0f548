/** The SQL of a tender's questions and answers: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { TenderKey } from "../store.ts";
import { tenderAnswer, tenderAnswerDraft, tenderQuestion } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;
type Insert<T extends { $inferInsert: unknown }> = Omit<T["$inferInsert"], "communityId">;

export interface QuestionRow {
  readonly questionNo: number;
  readonly contactId: string;
  readonly textSealed: string;
  readonly askedAt: Instant;
  readonly dueOn: Day;
  /** The newest draft of an answer: its version, 0 where there is none, and its words. */
  readonly version: number;
  readonly draftShown: string | null;
  readonly draftAnswer: string | null;
  readonly draftedBy: string | null;
  /** Null until it is published; then the draft's words are everybody's. */
  readonly publishedAt: Instant | null;
  readonly byWords: string | null;
}

const QUESTION = sql`SELECT q.question_no AS questionNo, q.contact_id AS contactId, q.text_sealed AS textSealed, q.asked_at AS askedAt, q.due_on AS dueOn,
    coalesce(d.version, 0) AS version, d.shown AS draftShown, d.answer AS draftAnswer, d.drafted_by AS draftedBy,
    a.published_at AS publishedAt, a.by_words AS byWords
  FROM tender_question q
  LEFT JOIN tender_answer_draft d ON d.community_id = q.community_id AND d.tender_id = q.tender_id AND d.question_no = q.question_no
    AND d.version = (SELECT max(n.version) FROM tender_answer_draft n WHERE n.community_id = q.community_id AND n.tender_id = q.tender_id AND n.question_no = q.question_no)
  LEFT JOIN tender_answer a ON a.community_id = q.community_id AND a.tender_id = q.tender_id AND a.question_no = q.question_no`;

/** In the order they were asked. */
export const listTenderQuestions = ({ db, community }: Here, key: TenderKey): Query<QuestionRow[]> =>
  db.all(sql`${QUESTION} WHERE q.community_id = ${community.id} AND q.tender_id = ${key} ORDER BY q.question_no`);

export const findTenderQuestion = ({ db, community }: Here, key: TenderKey, no: number): Query<QuestionRow[]> =>
  db.all(
    sql`${QUESTION} WHERE q.community_id = ${community.id} AND q.tender_id = ${key} AND q.question_no = CAST(${no} AS INTEGER)`,
  );

/** Questions of tenders under way that wait for an answer, the soonest due first: for the desk. */
export const listWaitingTenderQuestions = (
  { db, community }: Here,
  limit: number,
): Query<{ number: number; title: string; questionNo: number; dueOn: Day; drafted: 0 | 1 }[]> =>
  db.all(
    sql`SELECT t.number, t.title, q.question_no AS questionNo, q.due_on AS dueOn,
               EXISTS (SELECT 1 FROM tender_answer_draft d WHERE d.community_id = q.community_id AND d.tender_id = q.tender_id AND d.question_no = q.question_no) AS drafted
        FROM tender t JOIN tender_question q ON q.community_id = t.community_id AND q.tender_id = t.tender_id
        WHERE t.community_id = ${community.id} AND t.state IN ('noticed', 'closed')
          AND NOT EXISTS (SELECT 1 FROM tender_answer a WHERE a.community_id = q.community_id AND a.tender_id = q.tender_id AND a.question_no = q.question_no)
        ORDER BY q.due_on, t.number, q.question_no LIMIT CAST(${limit} AS INTEGER)`,
  );

export const insertTenderQuestion = ({ db, community }: Here, row: Insert<typeof tenderQuestion>): Query =>
  db.orm.insert(tenderQuestion).values({ communityId: community.id, ...row });
export const insertAnswerDraft = ({ db, community }: Here, row: Insert<typeof tenderAnswerDraft>): Query =>
  db.orm.insert(tenderAnswerDraft).values({ communityId: community.id, ...row });
export const insertTenderAnswer = ({ db, community }: Here, row: Insert<typeof tenderAnswer>): Query =>
  db.orm.insert(tenderAnswer).values({ communityId: community.id, ...row });
