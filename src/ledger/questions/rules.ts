/** What an owner asks of the accounts and how long an answer may take: what may be asked, and the clock of working days. Pure. */
import { addWorkingDays, type Day, daysBetween } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** A line of a published statement, or a posted voucher. */
export const SUBJECTS = ["statement", "voucher"] as const;
export type Subject = (typeof SUBJECTS)[number];
export const isSubject = (text: string): text is Subject => (SUBJECTS as readonly string[]).includes(text);

export const LONGEST_QUESTION = 500;
export const LONGEST_ANSWER = 2_000;
/** Questions of one owner that wait at the same time: more would bury the others'. */
export const MOST_WAITING = 5;

export type AskRefusal =
  | { readonly reason: "question_missing" }
  | { readonly reason: "question_too_long"; readonly most: number }
  | { readonly reason: "too_many_waiting"; readonly most: number };

/** Whether an owner may ask: something, not too long, and not while their own earlier ones pile up. */
export function mayAsk(text: string, waiting: number): Result<string, AskRefusal> {
  const asked = text.trim();
  if (asked === "") return err({ reason: "question_missing" });
  if (asked.length > LONGEST_QUESTION) return err({ reason: "question_too_long", most: LONGEST_QUESTION });
  return waiting >= MOST_WAITING ? err({ reason: "too_many_waiting", most: MOST_WAITING }) : ok(asked);
}

export type AnswerRefusal =
  | { readonly reason: "answer_missing" }
  | { readonly reason: "shown_missing" }
  | { readonly reason: "answer_too_long"; readonly most: number }
  /** Digits that are a telephone's or an identity number, or the asker's own name, in what everybody will read. */
  | { readonly reason: "names_a_person"; readonly found: string };

/** Numbers that are somebody's: eleven digits of a mobile, fifteen or eighteen of an identity card. */
const PERSONAL = /(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx]|\d{15})(?!\d)/;
/** The first thing in a text for everybody that names a person: a number that is somebody's, or one of these names; null where nothing does (PIPL 25). */
export function personIn(text: string, names: readonly string[]): string | null {
  const plain = text.normalize("NFKC");
  return PERSONAL.exec(plain)?.[0] ?? names.find((name) => name !== "" && plain.includes(name)) ?? null;
}

/** Whether an answer may be published beside the question as it is shown: both there, neither naming who asked. */
export function mayAnswer(
  shown: string,
  answer: string,
  asker: string,
): Result<{ readonly shown: string; readonly answer: string }, AnswerRefusal> {
  const [question, reply] = [shown.trim(), answer.trim()];
  if (question === "") return err({ reason: "shown_missing" });
  if (reply === "") return err({ reason: "answer_missing" });
  if (reply.length > LONGEST_ANSWER || question.length > LONGEST_QUESTION)
    return err({ reason: "answer_too_long", most: reply.length > LONGEST_ANSWER ? LONGEST_ANSWER : LONGEST_QUESTION });
  const found = personIn(`${question}\n${reply}`, [asker]);
  return found === null ? ok({ shown: question, answer: reply }) : err({ reason: "names_a_person", found });
}

/** The last day for an answer: so many working days after the day it was asked. */
export const dueFor = (askedOn: Day, answerDays: number): Day => addWorkingDays(askedOn, answerDays);

export interface AnswerClock {
  readonly state: "answered" | "waiting" | "overdue";
  readonly daysLate: number;
}
export function answerClock(dueOn: Day, answered: boolean, today: Day): AnswerClock {
  if (answered) return { state: "answered", daysLate: 0 };
  return today > dueOn ? { state: "overdue", daysLate: daysBetween(dueOn, today) } : { state: "waiting", daysLate: 0 };
}
