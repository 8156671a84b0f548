/** The months a statement is of: how often a book is told of, which span is next, and by when it is due. Pure. */
import { addDays, addMonths, type Day, daysBetween, lastDayOfPeriod } from "../../../kernel/day.ts";
import { firstDayOf, nextPeriod, type Period, periodOf } from "../../books/rules.ts";

/** How often a book is told of (R7): SH, BJ and QY quarterly, HZ and WF half-yearly, nationwide at least yearly. */
export const CADENCES = ["month", "quarter", "half_year", "year"] as const;
export type Cadence = (typeof CADENCES)[number];
const MONTHS: Readonly<Record<Cadence, number>> = { month: 1, quarter: 3, half_year: 6, year: 12 };

/** Whole months, the first and the last. */
export interface Span {
  readonly from: Period;
  readonly to: Period;
}

/** The span that begins with a month and ends where the calendar's month, quarter, half year or year does. */
export function spanFrom(from: Period, cadence: Cadence): Span {
  const months = MONTHS[cadence];
  const month = Number(from.slice(5));
  const last = Math.ceil(month / months) * months;
  return { from, to: `${from.slice(0, 4)}-${String(last).padStart(2, "0")}` };
}

/** What was told of a book so far: its first month, and the last one that a published statement covers. */
export interface Told {
  readonly from: Period;
  readonly toldThrough: Period | null;
}

/** The span the next statement is of: it goes on where the last one ended, whatever the cadence was then. */
export const nextSpan = ({ from, toldThrough }: Told, cadence: Cadence): Span =>
  spanFrom(toldThrough === null ? from : nextPeriod(toldThrough), cadence);

export const lastDayOf = ({ to }: Pick<Span, "to">): Day => addDays(firstDayOf(nextPeriod(to)), -1);

/** `running` while the months are not over; then `due` until its day, and `overdue` from the day after. */
export interface Clock {
  readonly span: Span;
  readonly dueOn: Day;
  readonly state: "running" | "due" | "overdue";
  /** Days past the day it was due; 0 unless overdue. */
  readonly daysLate: number;
}

/**
 * The public clock of a book (R7, D14): published within so many days after the last day of the span; a last day that is off moves
 * to the next working day (CC 203).
 */
export function clockOf(told: Told, cadence: Cadence, publishDays: number, today: Day): Clock {
  const span = nextSpan(told, cadence);
  const last = lastDayOf(span);
  const dueOn = lastDayOfPeriod(last, publishDays);
  const state = today <= last ? "running" : today <= dueOn ? "due" : "overdue";
  return { span, dueOn, state, daysLate: state === "overdue" ? daysBetween(dueOn, today) : 0 };
}

/** The months of a span in order. */
export function monthsOf({ from, to }: Span): Period[] {
  const months: Period[] = [];
  for (let at = from; at <= to; at = nextPeriod(at)) months.push(at);
  return months;
}
/** A month some months before or after another. */
export const monthsFrom = (period: Period, months: number): Period => periodOf(addMonths(firstDayOf(period), months));
