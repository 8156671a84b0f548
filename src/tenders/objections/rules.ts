/** Objections and complaints (T5, T11; TBR 22, 44, 54, 60): about what and until when, by when an answer is due, what it must say. Pure. */
import { type Day, dayOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { takesQuestions } from "../questions/rules.ts";
import type { TenderState } from "../rules.ts";

export const ABOUTS = ["documents", "opening", "candidates"] as const;
export type About = (typeof ABOUTS)[number];
export const OUTCOMES = ["upheld", "partly", "dismissed"] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const isOutcome = (text: string): text is Outcome => (OUTCOMES as readonly string[]).includes(text);

export const LONGEST_OBJECTION = 2_000;
/** Of one bidder or owner in a tender: what is left to say goes into one. */
export const MOST_OBJECTIONS = 5;

interface Course {
  readonly state: TenderState;
  readonly questionsUntil: Instant | null;
  readonly openedAt: Instant | null;
  readonly standingUntil: Instant | null;
}

/**
 * What may be objected to at an instant: the documents as long as questions are taken, the opening until the candidates are published, the
 * candidates before the end of their publication. Once the owners decide, nothing.
 */
export function objectableNow(tender: Course, now: Instant): readonly About[] {
  if (takesQuestions(tender, now)) return ["documents"];
  if (tender.state === "opened" || tender.state === "qualified" || tender.state === "scored") return ["opening"];
  if (tender.state === "published" && (tender.standingUntil === null || now < tender.standingUntil))
    return ["candidates"];
  return [];
}

export type ObjectRefusal =
  | { readonly reason: "objections_over"; readonly open: readonly About[] }
  | { readonly reason: "objection_missing" }
  | { readonly reason: "objection_too_long"; readonly most: number }
  | { readonly reason: "too_many_objections"; readonly most: number };

const checkText = (text: string): Result<string, ObjectRefusal> => {
  const said = text.trim();
  if (said === "") return err({ reason: "objection_missing" });
  return [...said].length > LONGEST_OBJECTION
    ? err({ reason: "objection_too_long", most: LONGEST_OBJECTION })
    : ok(said);
};

export function mayObject(
  tender: Course,
  about: About,
  text: string,
  own: number,
  now: Instant,
): Result<string, ObjectRefusal> {
  const open = objectableNow(tender, now);
  if (!open.includes(about)) return err({ reason: "objections_over", open });
  return own >= MOST_OBJECTIONS ? err({ reason: "too_many_objections", most: MOST_OBJECTIONS }) : checkText(text);
}

export type ComplainRefusal =
  | ObjectRefusal
  | { readonly reason: "not_own_objection" }
  /** The committee still has time to answer. */
  | { readonly reason: "objection_waiting"; readonly dueOn: Day }
  | { readonly reason: "complained_already" }
  | { readonly reason: "tender_ended" };

/** Whether somebody may complain to the street: of their own objection, once answered, or left unanswered past its day (TBR 60). */
export function mayComplain(
  objection: {
    readonly own: boolean;
    readonly complains: boolean;
    readonly decided: boolean;
    readonly dueOn: Day;
    readonly complained: boolean;
  },
  state: TenderState,
  text: string,
  today: Day,
): Result<string, ComplainRefusal> {
  if (!objection.own || objection.complains) return err({ reason: "not_own_objection" });
  if (objection.complained) return err({ reason: "complained_already" });
  if (["contracted", "failed", "cancelled"].includes(state)) return err({ reason: "tender_ended" });
  if (!objection.decided && today <= objection.dueOn)
    return err({ reason: "objection_waiting", dueOn: objection.dueOn });
  return checkText(text);
}

/** The last day for an answer, the day it was made not counted, moved to a working day (CC 201, 203). */
export const decisionDue = (madeAt: Instant, days: number): Day => lastDayOfPeriod(dayOf(madeAt), days);
