/** The SQL of questions and answers: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Book, Period } from "../books/rules.ts";
import type { Subject } from "./rules.ts";
import { ledgerAnswer, ledgerQuestion } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface QuestionRow {
  readonly questionId: string;
  readonly number: number;
  readonly partyId: string;
  readonly about: Subject;
  readonly aboutId: string;
  readonly account: string;
  readonly textSealed: string;
  readonly askedAt: Instant;
  readonly dueOn: Day;
  readonly leafHash: string;
  /** As everybody reads it; null until it is answered. */
  readonly shown: string | null;
  readonly answer: string | null;
  readonly answeredAt: Instant | null;
  readonly answerLeaf: string | null;
  /** Of one about a posted voucher: where everybody reads it. */
  readonly book: Book | null;
  readonly period: Period | null;
  readonly voucherNumber: number | null;
}
const QUESTION = sql`q.question_id AS questionId, q.number, q.party_id AS partyId, q.about, q.about_id AS aboutId, q.account, q.text_sealed AS textSealed,
  q.asked_at AS askedAt, q.due_on AS dueOn, q.leaf_hash AS leafHash, a.question_shown AS shown, a.answer, a.answered_at AS answeredAt, a.leaf_hash AS answerLeaf,
  v.book, v.period, v.number AS voucherNumber`;
const FROM = sql`FROM ledger_question q LEFT JOIN ledger_answer a ON a.community_id = q.community_id AND a.question_id = q.question_id
  LEFT JOIN ledger_voucher v ON q.about = 'voucher' AND v.community_id = q.community_id AND v.voucher_id = q.about_id AND v.number IS NOT NULL`;

export const insertQuestion = (
  { db, community }: Here,
  row: Omit<typeof ledgerQuestion.$inferInsert, "communityId">,
): Query => db.orm.insert(ledgerQuestion).values({ communityId: community.id, ...row });
export const insertAnswer = (
  { db, community }: Here,
  row: Omit<typeof ledgerAnswer.$inferInsert, "communityId">,
): Query => db.orm.insert(ledgerAnswer).values({ communityId: community.id, ...row });

export const findLastQuestionNumber = ({ db, community }: Here): Query<{ last: number }[]> =>
  db.all(sql`SELECT coalesce(max(number), 0) AS last FROM ledger_question WHERE community_id = ${community.id}`);

export const findQuestion = ({ db, community }: Here, number: number): Query<QuestionRow[]> =>
  db.all(
    sql`SELECT ${QUESTION} ${FROM} WHERE q.community_id = ${community.id} AND q.number = CAST(${number} AS INTEGER)`,
  );

/** Questions by number, the newest first. */
export const listQuestions = (
  { db, community }: Here,
  page: { readonly limit: number; readonly before: number },
): Query<QuestionRow[]> =>
  db.all(
    sql`SELECT ${QUESTION} ${FROM} WHERE q.community_id = ${community.id} AND q.number < CAST(${page.before} AS INTEGER)
        ORDER BY q.number DESC LIMIT CAST(${page.limit} AS INTEGER)`,
  );
/** Those about one statement or voucher, the newest first. */
export const listQuestionsAbout = (
  { db, community }: Here,
  about: Subject,
  aboutId: string | SQL,
  limit: number,
): Query<QuestionRow[]> =>
  db.all(
    sql`SELECT ${QUESTION} ${FROM} WHERE q.community_id = ${community.id} AND q.about = ${about} AND q.about_id = ${aboutId}
        ORDER BY q.number DESC LIMIT CAST(${limit} AS INTEGER)`,
  );
/** An owner's own. */
export const listQuestionsOf = ({ db, community }: Here, partyId: string, limit: number): Query<QuestionRow[]> =>
  db.all(
    sql`SELECT ${QUESTION} ${FROM} WHERE q.community_id = ${community.id} AND q.party_id = ${partyId} ORDER BY q.number DESC LIMIT CAST(${limit} AS INTEGER)`,
  );
/** Those that wait for an answer, the oldest first. */
export const listWaitingQuestions = ({ db, community }: Here, limit: number): Query<QuestionRow[]> =>
  db.all(
    sql`SELECT ${QUESTION} ${FROM} WHERE q.community_id = ${community.id} AND a.question_id IS NULL ORDER BY q.number LIMIT CAST(${limit} AS INTEGER)`,
  );
