/** When an election may be called, what it is called, and by when what it rests on is due (GR 8, 9, 15, 46; A2, A5, M1, M9). Pure. */
import { type Day, dayOf, type Instant, isDay, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { ElectionKind } from "../rules.ts";

/** Exclusive area that counts, in 0.01 m², as the roll of a day has it. */
export interface Delivered {
  readonly deliveredDm2: number;
  readonly totalDm2: number;
}

export interface FoundingTrigger extends Delivered {
  readonly percent: number;
  /** The smallest delivered area that would do, in 0.01 m². */
  readonly leastDm2: number;
  readonly holds: boolean;
}

/**
 * Whether enough is delivered for a first assembly: more than `percent` of the area, strictly (GR 8: 50; HZ 22: 60) (A2). Cross-multiplied.
 * An empty roll never is. A place may know another ground (HZ 22: 30 % and two years), so nobody is refused by it: it is shown.
 */
export function foundingTrigger({ deliveredDm2, totalDm2 }: Delivered, percent: number): FoundingTrigger {
  return {
    deliveredDm2,
    totalDm2,
    percent,
    leastDm2: Math.floor((totalDm2 * percent) / 100) + 1,
    holds: totalDm2 > 0 && deliveredDm2 * 100 > totalDm2 * percent,
  };
}

/** The last day on which the authority forms the group after the owners' written request (GR 9; A2). */
export const groupDueOn = (requestedOn: Day, withinDays: number): Day => lastDayOfPeriod(requestedOn, withinDays);

/** The last day on which the group holds the first meeting, counted from its own publication (GR 15; BJ 32; A5). */
export const firstMeetingDueOn = (formedAt: Instant, withinDays: number): Day =>
  lastDayOfPeriod(dayOf(formedAt), withinDays);

/** Seats of a mandate that nobody holds; never below nothing. `holders`: different people in seats of the committee today. */
export const vacantSeats = (seats: number, holders: number): number => Math.max(0, seats - holders);

/** Whether so few are left that the committee must be elected anew, not filled up: fewer than half of the seats, or than the legal least (GR 46; M9). */
export const belowHalf = (seats: number, legalLeast: number, holders: number): boolean =>
  holders * 2 < seats || holders < legalLeast;

const NUMERALS = "零一二三四五六七八九十";
/** 1 → 一, 12 → 十二, 23 → 二十三; beyond 99 in figures. */
export function chineseOrdinal(number: number): string {
  if (number <= 10) return NUMERALS[number] ?? String(number);
  if (number > 99) return String(number);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens > 1 ? NUMERALS[tens] : ""}十${ones > 0 ? NUMERALS[ones] : ""}`;
}

/** What an election is called where nobody calls it otherwise. `mandate`: the number of the mandate it fills. */
export function electionTitle(kind: ElectionKind, mandate: number): Bilingual {
  const nth = `第${chineseOrdinal(mandate)}届业主委员会`;
  switch (kind) {
    case "founding":
      return { zh: `${nth}选举`, en: `Election of owners' committee no. ${mandate}` };
    case "renewal":
      return { zh: `${nth}换届选举`, en: `Renewal: owners' committee no. ${mandate}` };
    case "by_election":
      return { zh: `${nth}委员补选`, en: `By-election: owners' committee no. ${mandate}` };
  }
}

export const LONGEST_TITLE = 60;
export const LONGEST_CAUSE = 500;

/** A call as typed; days empty where there is none. */
export interface CallAsked {
  readonly kind: ElectionKind;
  readonly title: string;
  readonly cause: string;
  /** The day of the owners' written request, for a founding. */
  readonly requestedOn: string;
  /** The percentage of this place for a founding, with its clause; both empty where the method's holds. */
  readonly percent?: string;
  readonly clause?: string;
}

export type CallFault =
  | { readonly reason: "title_too_long"; readonly most: number }
  | { readonly reason: "cause_missing" }
  | { readonly reason: "cause_too_long"; readonly most: number }
  | { readonly reason: "percent_out_of_range" }
  | { readonly reason: "percent_clause_missing" }
  | { readonly reason: "request_not_a_day" }
  | { readonly reason: "request_in_future" };

export type CallRefusal =
  | CallFault
  /** There is a mandate on record: the committee is not the first. */
  | { readonly reason: "not_the_first"; readonly mandate: number }
  /** Every seat is held: there is nothing to fill. */
  | { readonly reason: "no_vacancy"; readonly seats: number };

/** What is known of the committee on the day of the call. */
export interface CommitteeFacts {
  /** The newest mandate; null where none is on record. */
  readonly mandate: { readonly number: number; readonly seats: number; readonly isRunning: boolean } | null;
  /** Different people in seats of the committee today. */
  readonly holders: number;
}

/** The typed percentage of a place: a whole number from 1 to 99; null where there is none, or it is none. */
export function readPercent({ percent = "" }: Pick<CallAsked, "percent">): number | null {
  const text = percent.normalize("NFKC").replace(/%$/, "").trim();
  return /^[1-9]\d?$/.test(text) ? Number(text) : null;
}

/** Everything wrong with a call, all of it at once. */
export function callFaults(asked: CallAsked, committee: CommitteeFacts, today: Day): CallRefusal[] {
  const { kind, title, cause, requestedOn } = asked;
  const { mandate, holders } = committee;
  const faults: CallRefusal[] = [];
  if (title.trim().length > LONGEST_TITLE) faults.push({ reason: "title_too_long", most: LONGEST_TITLE });
  if (cause.trim() === "") faults.push({ reason: "cause_missing" });
  if (cause.trim().length > LONGEST_CAUSE) faults.push({ reason: "cause_too_long", most: LONGEST_CAUSE });
  if (kind === "founding" && requestedOn !== "") {
    if (!isDay(requestedOn)) faults.push({ reason: "request_not_a_day" });
    else if (requestedOn > today) faults.push({ reason: "request_in_future" });
  }
  if (kind === "founding" && (asked.percent ?? "").trim() !== "") {
    if (readPercent(asked) === null) faults.push({ reason: "percent_out_of_range" });
    else if ((asked.clause ?? "").trim() === "") faults.push({ reason: "percent_clause_missing" });
  }
  if (kind === "founding" && mandate) faults.push({ reason: "not_the_first", mandate: mandate.number });
  if (kind === "by_election" && mandate?.isRunning && vacantSeats(mandate.seats, holders) === 0)
    faults.push({ reason: "no_vacancy", seats: mandate.seats });
  return faults;
}

/** The number of the mandate an election fills: the running one for a by-election, the next one otherwise. */
export function mandateFilled(kind: ElectionKind, newest: { readonly number: number } | null): number {
  if (kind === "founding") return 1;
  if (kind === "by_election") return newest?.number ?? 1;
  return (newest?.number ?? 1) + 1;
}

export type WhyRefusal =
  | { readonly reason: "why_missing" }
  | { readonly reason: "why_too_long"; readonly most: number };
export const LONGEST_WHY = 500;

/** A reason that will be read in public. */
export function readWhy(text: string): Result<string, WhyRefusal> {
  const why = text.trim();
  if (why === "") return err({ reason: "why_missing" });
  return why.length > LONGEST_WHY ? err({ reason: "why_too_long", most: LONGEST_WHY }) : ok(why);
}
