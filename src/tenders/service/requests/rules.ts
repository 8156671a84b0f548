/** What is reported to the provider: what may be reported, by whom, and by when it is answered (CC 285; D13). Pure. */
import { addWorkingDays, type Day, isDay } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { personIn } from "../../../ledger/questions/rules.ts";

export const REQUEST_KINDS = ["repair", "complaint", "inquiry", "other"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];
export const isRequestKind = (text: string): text is RequestKind => (REQUEST_KINDS as readonly string[]).includes(text);

export type RequestRefusal =
  | { readonly reason: "request_what"; readonly most: number }
  | { readonly reason: "request_day" }
  | { readonly reason: "request_ahead"; readonly today: Day }
  | { readonly reason: "request_before"; readonly reportedOn: Day }
  | { readonly reason: "request_names_a_person"; readonly found: string };
export const LONGEST_REQUEST = 200;

/** Whether a line of the register may be kept: what, where and when, naming nobody. */
export function mayEnterRequest(
  asked: { readonly what: string; readonly place: string; readonly reportedOn: string },
  today: Day,
): Result<{ readonly what: string; readonly place: string }, RequestRefusal> {
  const [what, place] = [asked.what.trim(), asked.place.trim()];
  if (what === "" || what.length > LONGEST_REQUEST || place.length > LONGEST_REQUEST)
    return err({ reason: "request_what", most: LONGEST_REQUEST });
  if (!isDay(asked.reportedOn)) return err({ reason: "request_day" });
  if (asked.reportedOn > today) return err({ reason: "request_ahead", today });
  const found = personIn(`${what}\n${place}`, []);
  return found === null ? ok({ what, place }) : err({ reason: "request_names_a_person", found });
}

export const LONGEST_TOLD = 500;
/** Reports of one owner that wait for an answer at the same time: more would bury the others'. */
export const MOST_WAITING = 5;

export interface TellAsked {
  readonly kind: string;
  /** A building the contract serves, or the ground between them: everybody reads it. */
  readonly building: string;
  /** Where exactly, in the owner's words: sealed. */
  readonly where: string;
  readonly text: string;
}
export type TellRefusal =
  | { readonly reason: "told_kind" }
  | { readonly reason: "told_building" }
  | { readonly reason: "told_text"; readonly most: number }
  | { readonly reason: "told_where"; readonly most: number }
  | { readonly reason: "too_many_waiting"; readonly most: number };

/** Whether an owner's report is taken: of a known kind, in a place the contract serves, said in words, and not while their earlier ones pile up. */
export function mayTell(
  asked: TellAsked,
  served: readonly string[],
  waiting: number,
): Result<{ readonly kind: RequestKind; readonly where: string; readonly text: string }, TellRefusal> {
  const [where, text] = [asked.where.trim(), asked.text.trim()];
  if (!isRequestKind(asked.kind)) return err({ reason: "told_kind" });
  if (!served.includes(asked.building)) return err({ reason: "told_building" });
  if (text === "" || text.length > LONGEST_TOLD) return err({ reason: "told_text", most: LONGEST_TOLD });
  if (where.length > LONGEST_REQUEST) return err({ reason: "told_where", most: LONGEST_REQUEST });
  return waiting >= MOST_WAITING
    ? err({ reason: "too_many_waiting", most: MOST_WAITING })
    : ok({ kind: asked.kind, where, text });
}

export const LONGEST_ANSWER = 200;
export type AnswerRefusal =
  | { readonly reason: "request_words" }
  | { readonly reason: "request_names_a_person"; readonly found: string };
/** What everybody will read of an answer: something, short, and naming nobody (PIPL 25). `asker` is the name of who told it, or "". */
export function mayAnswer(words: string, asker: string): Result<string, AnswerRefusal> {
  const said = words.trim();
  if (said === "" || said.length > LONGEST_ANSWER) return err({ reason: "request_words" });
  const found = personIn(said, [asker]);
  return found === null ? ok(said) : err({ reason: "request_names_a_person", found });
}

/** An answer comes no sooner than what it answers, and on a day that has come. */
export function mayStep(onDay: string, reportedOn: Day, today: Day): Result<Day, RequestRefusal> {
  if (!isDay(onDay)) return err({ reason: "request_day" });
  if (onDay > today) return err({ reason: "request_ahead", today });
  return onDay < reportedOn ? err({ reason: "request_before", reportedOn }) : ok(onDay);
}
/** By when a request is answered: so many working days after it was reported (CC 285 及时答复). */
export const answerDue = (reportedOn: Day, workingDays: number): Day => addWorkingDays(reportedOn, workingDays);
