/** What an auditor looks at in each voucher, what they find, what the committee answers, and when the opinion may come. Pure. */
import type { Day } from "../../../kernel/day.ts";
import { type Fen, MOST_FEN } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";

// ——— The working sheet ———

/** The points of a voucher, each ticked by itself. */
export const POINTS = ["file", "amount", "counterparty", "approval", "decision", "period", "bank"] as const;
export type Point = (typeof POINTS)[number];
export const isPoint = (text: string): text is Point => (POINTS as readonly string[]).includes(text);

export const TICK_RESULTS = ["agrees", "exception", "not_applicable"] as const;
export type TickResult = (typeof TICK_RESULTS)[number];
export const isTickResult = (text: string): text is TickResult => (TICK_RESULTS as readonly string[]).includes(text);

export const LONGEST_TICK_NOTE = 300;

export interface Tick {
  readonly point: Point;
  readonly result: TickResult;
  readonly note: string;
}

export type TickRefusal =
  | { readonly reason: "nothing_ticked" }
  /** An exception without a word of what it is helps nobody. */
  | { readonly reason: "exception_note_missing"; readonly point: Point }
  | { readonly reason: "tick_note_too_long"; readonly point: Point; readonly most: number };

/** The ticks that differ from what holds: those are written, as new turns; the others stand. */
export function newTicks(asked: readonly Tick[], holds: readonly Tick[]): Result<readonly Tick[], TickRefusal> {
  const trimmed = asked.map((tick) => ({ ...tick, note: tick.note.trim() }));
  for (const { point, result, note } of trimmed) {
    if (result === "exception" && note === "") return err({ reason: "exception_note_missing", point });
    if (note.length > LONGEST_TICK_NOTE) return err({ reason: "tick_note_too_long", point, most: LONGEST_TICK_NOTE });
  }
  const changed = trimmed.filter((tick) => {
    const held = holds.find(({ point }) => point === tick.point);
    return !held || held.result !== tick.result || held.note !== tick.note;
  });
  return trimmed.length === 0 ? err({ reason: "nothing_ticked" }) : ok(changed);
}

// ——— Findings ———

export const SEVERITIES = ["minor", "significant", "serious"] as const;
export type Severity = (typeof SEVERITIES)[number];
export const isSeverity = (text: string): text is Severity => (SEVERITIES as readonly string[]).includes(text);

export const LONGEST_FINDING = 1_000;
export const MOST_FINDINGS = 100;

export interface FindingAsked {
  readonly severity: string;
  readonly text: string;
  /** Numbers of the working sheet. */
  readonly items: readonly number[];
  readonly amountFen: Fen;
  readonly recommendation: string;
  /** The finding it takes the place of. */
  readonly strikes: number | null;
}
export type FindingFault =
  | { readonly reason: "severity_missing" }
  | { readonly reason: "finding_missing" }
  | { readonly reason: "recommendation_missing" }
  | { readonly reason: "finding_too_long"; readonly field: "text" | "recommendation"; readonly most: number }
  | { readonly reason: "not_in_sample"; readonly item: number }
  | { readonly reason: "amount_out_of_range" }
  | { readonly reason: "unknown_finding"; readonly finding: number }
  | { readonly reason: "too_many_findings"; readonly most: number };

export interface FindingsSoFar {
  /** How many vouchers stand on the working sheet. */
  readonly items: number;
  readonly live: readonly number[];
  readonly all: number;
}

/** Everything wrong with a finding. */
export function findingFaults(asked: FindingAsked, so: FindingsSoFar): FindingFault[] {
  const faults: FindingFault[] = [];
  if (!isSeverity(asked.severity)) faults.push({ reason: "severity_missing" });
  if (asked.text.trim() === "") faults.push({ reason: "finding_missing" });
  if (asked.recommendation.trim() === "") faults.push({ reason: "recommendation_missing" });
  for (const field of ["text", "recommendation"] as const)
    if (asked[field].length > LONGEST_FINDING)
      faults.push({ reason: "finding_too_long", field, most: LONGEST_FINDING });
  for (const item of asked.items)
    if (!Number.isSafeInteger(item) || item < 1 || item > so.items) faults.push({ reason: "not_in_sample", item });
  if (!Number.isSafeInteger(asked.amountFen) || asked.amountFen < 0 || asked.amountFen > MOST_FEN)
    faults.push({ reason: "amount_out_of_range" });
  if (asked.strikes !== null && !so.live.includes(asked.strikes))
    faults.push({ reason: "unknown_finding", finding: asked.strikes });
  if (so.all >= MOST_FINDINGS) faults.push({ reason: "too_many_findings", most: MOST_FINDINGS });
  return faults;
}

export type SendRefusal =
  | { readonly reason: "nothing_sampled" }
  /** Points of the working sheet that nobody looked at. */
  | { readonly reason: "points_open"; readonly open: number };

/** Whether the findings may go to the committee: every point of every voucher was looked at. None found is a result too. */
export function maySend(items: number, ticked: number): Result<true, SendRefusal> {
  if (items === 0) return err({ reason: "nothing_sampled" });
  const open = items * POINTS.length - ticked;
  return open > 0 ? err({ reason: "points_open", open }) : ok(true);
}

// ——— Responses, conclusions ———

export const LONGEST_RESPONSE = 2_000;
export const OUTCOMES = ["stands", "remedied", "dropped"] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const isOutcome = (text: string): text is Outcome => (OUTCOMES as readonly string[]).includes(text);

export interface Heard {
  readonly hasResponse: boolean;
  readonly isConcluded: boolean;
}
export type HearingRefusal =
  | { readonly reason: "words_missing" }
  | { readonly reason: "words_too_long"; readonly most: number }
  | { readonly reason: "outcome_missing" }
  | { readonly reason: "responded_already" }
  | { readonly reason: "concluded_already" }
  /** The committee has its days; nothing is concluded over its head before they are over. */
  | { readonly reason: "response_awaited"; readonly until: Day };

const checkWords = (words: string): Result<string, HearingRefusal> => {
  if (words.trim() === "") return err({ reason: "words_missing" });
  return words.length > LONGEST_RESPONSE ? err({ reason: "words_too_long", most: LONGEST_RESPONSE }) : ok(words.trim());
};

/** Whether the committee may answer a finding: once, before the auditor concluded. Late is better than not. */
export function mayRespond(heard: Heard, words: string): Result<string, HearingRefusal> {
  if (heard.hasResponse) return err({ reason: "responded_already" });
  return heard.isConcluded ? err({ reason: "concluded_already" }) : checkWords(words);
}

/** Whether the auditor may conclude on a finding: once, after the answer or after its last day. */
export function mayConclude(
  heard: Heard,
  asked: { readonly outcome: string; readonly words: string },
  responseDueOn: Day,
  today: Day,
): Result<{ readonly outcome: Outcome; readonly words: string }, HearingRefusal> {
  if (heard.isConcluded) return err({ reason: "concluded_already" });
  if (!heard.hasResponse && today <= responseDueOn) return err({ reason: "response_awaited", until: responseDueOn });
  if (!isOutcome(asked.outcome)) return err({ reason: "outcome_missing" });
  const words = checkWords(asked.words);
  return words.ok ? ok({ outcome: asked.outcome, words: words.value }) : words;
}

// ——— The opinion ———

/** 无保留意见, 保留意见, 否定意见, 无法表示意见. */
export const OPINIONS = ["unqualified", "qualified", "adverse", "disclaimer"] as const;
export type Opinion = (typeof OPINIONS)[number];
export const isOpinion = (text: string): text is Opinion => (OPINIONS as readonly string[]).includes(text);

export type OpinionRefusal =
  | { readonly reason: "opinion_missing" }
  | { readonly reason: "words_missing" }
  | { readonly reason: "words_too_long"; readonly most: number }
  | { readonly reason: "finding_open"; readonly findings: readonly number[] };

/** Whether the opinion may be published: one of the four, in words, with no finding left open. */
export function mayOpine(
  asked: { readonly opinion: string; readonly words: string },
  open: readonly number[],
): Result<{ readonly opinion: Opinion; readonly words: string }, OpinionRefusal> {
  if (open.length > 0) return err({ reason: "finding_open", findings: open });
  if (!isOpinion(asked.opinion)) return err({ reason: "opinion_missing" });
  if (asked.words.trim() === "") return err({ reason: "words_missing" });
  return asked.words.length > LONGEST_RESPONSE
    ? err({ reason: "words_too_long", most: LONGEST_RESPONSE })
    : ok({ opinion: asked.opinion, words: asked.words.trim() });
}
