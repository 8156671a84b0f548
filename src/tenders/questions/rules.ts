/** Asking about a tender and answering (T5; TBR 22): until when, how much at once, and by when an answer is due. Pure. */
import { type Day, dayOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { TenderState } from "../rules.ts";

export const LONGEST_QUESTION = 1_000;
/** Of one contact, unanswered at the same time: more would bury the others'. */
export const MOST_WAITING = 10;

export type AskRefusal =
  | { readonly reason: "questions_over"; readonly until: Instant | null }
  | { readonly reason: "question_missing" }
  | { readonly reason: "question_too_long"; readonly most: number }
  | { readonly reason: "too_many_waiting"; readonly most: number };

/** Whether questions are taken: from the notice to the last millisecond before `questionsUntil`. */
export const takesQuestions = (
  tender: { readonly state: TenderState; readonly questionsUntil: Instant | null },
  now: Instant,
): boolean => tender.state === "noticed" && tender.questionsUntil !== null && now < tender.questionsUntil;

export function mayAskAbout(
  tender: { readonly state: TenderState; readonly questionsUntil: Instant | null },
  text: string,
  waiting: number,
  now: Instant,
): Result<string, AskRefusal> {
  const asked = text.trim();
  if (!takesQuestions(tender, now)) return err({ reason: "questions_over", until: tender.questionsUntil });
  if (asked === "") return err({ reason: "question_missing" });
  if ([...asked].length > LONGEST_QUESTION) return err({ reason: "question_too_long", most: LONGEST_QUESTION });
  return waiting >= MOST_WAITING ? err({ reason: "too_many_waiting", most: MOST_WAITING }) : ok(asked);
}

/** The last day for an answer: so many days after the day it was asked, moved to a working day (CC 201, 203). */
export const answerDue = (askedAt: Instant, days: number): Day => lastDayOfPeriod(dayOf(askedAt), days);
