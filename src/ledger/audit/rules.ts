/** An audit of the books: who may be asked to do it, over which days, how it goes forward, and when it may be concluded (R8; SH yearly and at term end, HZ 37). Pure. */
import type { DecisionFacts } from "../../assembly/results/reading.ts";
import { type Day, daysBetween, isDay } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { PostKind } from "../../offices/rules.ts";
import { BOOKS, type Book, type Period, periodOf } from "../books/rules.ts";
import { type DecisionRefusal, isCarried } from "../fund/projects/rules.ts";
import { personIn } from "../questions/rules.ts";

// ——— The engagement ———

/** Who asked for it: the owners' assembly, the committee, the street, the end of a term, or a fifth of the owners. */
export const COMMISSIONS = ["assembly", "committee", "street", "term_end", "owners_request"] as const;
export type Commission = (typeof COMMISSIONS)[number];
export const isCommission = (text: string): text is Commission => (COMMISSIONS as readonly string[]).includes(text);

export const STATES = ["opened", "sampling", "fieldwork", "draft_sent", "responses", "published", "ended"] as const;
export type AuditState = (typeof STATES)[number];
export const isOver = (state: AuditState): boolean => state === "published" || state === "ended";

export const LONGEST_BASIS = 200;
export const LONGEST_FIRM = 60;
export const LONGEST_SCOPE = 1_000;
export const LONGEST_WHY = 300;
/** Ten years: vouchers are kept thirty, and one audit over more is none. */
export const MOST_DAYS = 3_660;

export interface EngagementAsked {
  readonly commission: string;
  /** The resolution or letter it rests on; may be left out where an item is named. */
  readonly basis: string;
  /** The owners' meeting and its item, as typed; both empty where it rests on a paper. */
  readonly meeting: string;
  readonly item: string;
  readonly books: readonly string[];
  readonly fromOn: string;
  readonly toOn: string;
  readonly firm: string;
  readonly creditCode: string;
  readonly auditorPersonId: string;
  readonly scope: string;
  readonly dueOn: string;
}

/** Posts whose holders keep, approve or profit from the books: none of them audits days on which they held one. */
export const AUDITED_POSTS: readonly PostKind[] = [
  "committee_chair",
  "committee_deputy",
  "committee_member",
  "secretary",
  "treasurer",
  "accountant",
  "provider_manager",
  "provider_staff",
];

/** A span of days on which somebody held a post; `until` is the first day on which they no longer did, null while they do. */
export interface Held {
  readonly post: PostKind;
  readonly from: Day;
  readonly until: Day | null;
}

export interface EngagementFacts {
  readonly today: Day;
  readonly openBooks: readonly Book[];
  /** Whether the person holds an auditor's post today or later. */
  readonly isAuditor: boolean;
  /** Posts of the person, of those in AUDITED_POSTS. */
  readonly held: readonly Held[];
  readonly ownersMayAsk: boolean;
  /** What the owners decided on the item that is named; null where there is no such item, or none is named. */
  readonly decision: DecisionFacts | null;
}

/** An audit of the books is one of the other matters of weight that all owners share (CC 278①(9)). */
export const AUDIT_MATTERS: readonly number[] = [9];

export interface Cited {
  readonly meeting: number;
  readonly item: number;
}
/** The item that is named; null where none is, `unreadable` where it is half named or no number. */
export function citedItem({ meeting, item }: Pick<EngagementAsked, "meeting" | "item">): Cited | null | "unreadable" {
  const typed = [meeting.normalize("NFKC").trim(), item.normalize("NFKC").trim()] as const;
  if (typed.every((one) => one === "")) return null;
  if (!typed.every((one) => /^[1-9]\d{0,5}$/.test(one))) return "unreadable";
  return { meeting: Number(typed[0]), item: Number(typed[1]) };
}
/** What an audit is said to rest on: the words given, else the item. */
export const basisWords = (asked: Pick<EngagementAsked, "basis" | "meeting" | "item">): string => {
  const cited = citedItem(asked);
  if (asked.basis.trim() !== "" || cited === null || cited === "unreadable") return asked.basis.trim();
  return `第${cited.meeting}次会议 议题${cited.item}`;
};

export type EngagementFault =
  | { readonly reason: "commission_missing" }
  | { readonly reason: "owners_request_off" }
  | { readonly reason: "basis_missing" }
  /** Asked for by the owners' assembly, and its item not named, or not readable. */
  | { readonly reason: "decision_missing" }
  | { readonly reason: "decision_unreadable" }
  | DecisionRefusal
  | { readonly reason: "text_too_long"; readonly field: string; readonly most: number }
  | { readonly reason: "books_missing" }
  | { readonly reason: "book_not_open"; readonly book: Book }
  | { readonly reason: "days_unreadable"; readonly field: "fromOn" | "toOn" | "dueOn" }
  | { readonly reason: "days_reversed" }
  | { readonly reason: "days_too_many"; readonly most: number }
  | { readonly reason: "due_before_end" }
  | { readonly reason: "firm_missing" }
  | { readonly reason: "code_missing" }
  | { readonly reason: "scope_missing" }
  | { readonly reason: "no_auditor" }
  /** A day is enough: who kept the books, or decided over them, does not audit them. */
  | { readonly reason: "auditor_in_conflict"; readonly post: PostKind; readonly from: Day; readonly until: Day | null }
  | { readonly reason: "names_a_person"; readonly field: string; readonly found: string };

/** The post, if any, that was held on any day of a span or since: an auditor stays out of what was theirs, and of what they work beside. */
export const conflictOf = (held: readonly Held[], fromOn: Day): Held | null =>
  held.find(({ until }) => until === null || until > fromOn) ?? null;

const isBookHere = (book: string): book is Book => (BOOKS as readonly string[]).includes(book);

/** Everything wrong with an engagement as asked; empty when it may be opened. */
export function engagementFaults(asked: EngagementAsked, facts: EngagementFacts): EngagementFault[] {
  const faults: EngagementFault[] = [];
  if (!isCommission(asked.commission)) faults.push({ reason: "commission_missing" });
  else if (asked.commission === "owners_request" && !facts.ownersMayAsk) faults.push({ reason: "owners_request_off" });
  const texts = [
    ["basis", basisWords(asked), LONGEST_BASIS, "basis_missing"],
    ["firm", asked.firm, LONGEST_FIRM, "firm_missing"],
    ["scope", asked.scope, LONGEST_SCOPE, "scope_missing"],
  ] as const;
  for (const [field, text, most, missing] of texts) {
    if (text.trim() === "") faults.push({ reason: missing });
    if (text.length > most) faults.push({ reason: "text_too_long", field, most });
    const found = personIn(text, []);
    if (found !== null) faults.push({ reason: "names_a_person", field, found });
  }
  if (asked.creditCode.trim() === "") faults.push({ reason: "code_missing" });
  if (asked.books.length === 0) faults.push({ reason: "books_missing" });
  for (const book of asked.books)
    if (!isBookHere(book)) faults.push({ reason: "books_missing" });
    else if (!facts.openBooks.includes(book)) faults.push({ reason: "book_not_open", book });
  return [...faults, ...decisionFaults(asked, facts), ...dayFaults(asked), ...auditorFaults(asked, facts)];
}

/** What the assembly asks for rests on its carried, published item; whoever else names one is held to it too (CC 278, R8). */
function decisionFaults(asked: EngagementAsked, { decision }: EngagementFacts): EngagementFault[] {
  const cited = citedItem(asked);
  if (cited === "unreadable") return [{ reason: "decision_unreadable" }];
  if (cited === null) return asked.commission === "assembly" ? [{ reason: "decision_missing" }] : [];
  const carried = isCarried(decision, AUDIT_MATTERS);
  return carried.ok ? [] : [carried.error];
}

function dayFaults({ fromOn, toOn, dueOn }: EngagementAsked): EngagementFault[] {
  const unreadable = (["fromOn", "toOn", "dueOn"] as const).filter((field) => !isDay({ fromOn, toOn, dueOn }[field]));
  if (unreadable.length > 0) return unreadable.map((field) => ({ reason: "days_unreadable", field }));
  if (fromOn > toOn) return [{ reason: "days_reversed" }];
  if (daysBetween(fromOn, toOn) >= MOST_DAYS) return [{ reason: "days_too_many", most: MOST_DAYS }];
  return dueOn > toOn ? [] : [{ reason: "due_before_end" }];
}

function auditorFaults({ fromOn }: EngagementAsked, { isAuditor, held }: EngagementFacts): EngagementFault[] {
  if (!isAuditor) return [{ reason: "no_auditor" }];
  const conflict = isDay(fromOn) ? conflictOf(held, fromOn) : null;
  return conflict
    ? [{ reason: "auditor_in_conflict", post: conflict.post, from: conflict.from, until: conflict.until }]
    : [];
}

/** Books whose months in the span are not all closed, with the first month that is not: nothing is drawn before they are. */
export function openMonths(
  books: readonly Book[],
  toOn: Day,
  closed: ReadonlyMap<Book, Period | null>,
): readonly { readonly book: Book; readonly closedThrough: Period | null }[] {
  const last = periodOf(toOn);
  return books
    .map((book) => ({ book, closedThrough: closed.get(book) ?? null }))
    .filter(({ closedThrough }) => closedThrough === null || closedThrough < last);
}

export interface AuditClock {
  readonly state: "over" | "running" | "overdue";
  readonly daysLate: number;
}
/** Late from the day after the due day, until the opinion is published or the audit is ended. */
export function auditClock(state: AuditState, dueOn: Day, today: Day): AuditClock {
  if (isOver(state)) return { state: "over", daysLate: 0 };
  return today > dueOn ? { state: "overdue", daysLate: daysBetween(dueOn, today) } : { state: "running", daysLate: 0 };
}

// ——— Acts ———

export type ActRefusal =
  | { readonly reason: "wrong_audit_state"; readonly state: AuditState; readonly needs: readonly AuditState[] }
  /** Only whoever was engaged works on it. */
  | { readonly reason: "not_the_auditor" };

export interface AuditFacts {
  readonly state: AuditState;
  readonly auditorPersonId: string;
}

/** Whether an audit is where an act needs it. */
export const isAt = (facts: Pick<AuditFacts, "state">, needs: readonly AuditState[]): Result<true, ActRefusal> =>
  needs.includes(facts.state) ? ok(true) : err({ reason: "wrong_audit_state", state: facts.state, needs });

/** The same for what only the auditor does. */
export const mayWork = (facts: AuditFacts, personId: string, needs: readonly AuditState[]): Result<true, ActRefusal> =>
  facts.auditorPersonId === personId ? isAt(facts, needs) : err({ reason: "not_the_auditor" });

export type EndRefusal =
  | ActRefusal
  | { readonly reason: "why_missing" }
  | { readonly reason: "text_too_long"; readonly field: string; readonly most: number };
const RUNNING: readonly AuditState[] = ["opened", "sampling", "fieldwork", "draft_sent", "responses"];
/** Whether it may be ended without an opinion: with its reason, which everybody reads. */
export function mayEnd(facts: Pick<AuditFacts, "state">, why: string): Result<string, EndRefusal> {
  const at = isAt(facts, RUNNING);
  if (!at.ok) return at;
  if (why.trim() === "") return err({ reason: "why_missing" });
  return why.length > LONGEST_WHY ? err({ reason: "text_too_long", field: "why", most: LONGEST_WHY }) : ok(why.trim());
}
