/** When the audit of a year is due, and whether opinions cover it (R8: SH yearly). Pure. */
import { addDays, addMonths, type Day, daysBetween } from "../../../kernel/day.ts";

export interface YearClock {
  readonly year: number;
  /** The last day on which the opinion is in time. */
  readonly dueOn: Day;
  readonly state: "done" | "due" | "overdue";
  readonly daysLate: number;
}

/** Whether every day from one to another lies in one of the spans. */
export function isCovered(from: Day, to: Day, spans: readonly { readonly fromOn: Day; readonly toOn: Day }[]): boolean {
  let next = from;
  for (const { fromOn, toOn } of spans.toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : 1)))
    if (fromOn <= next && toOn >= next) next = addDays(toOn, 1);
  return next > to;
}

/**
 * The audit of the year before this one, of a book that was kept in it; null where it was not. Due so many months after the year's
 * end, to the end of that month's last day. Several opinions may cover a year together.
 */
export function yearClock(
  today: Day,
  bookFrom: Day,
  months: number,
  published: readonly { readonly fromOn: Day; readonly toOn: Day }[],
): YearClock | null {
  const year = Number(today.slice(0, 4)) - 1;
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  if (bookFrom > last) return null;
  const dueOn = addDays(addMonths(`${year + 1}-01-01`, months), -1);
  const done = isCovered(bookFrom > first ? bookFrom : first, last, published);
  if (done) return { year, dueOn, state: "done", daysLate: 0 };
  return today > dueOn
    ? { year, dueOn, state: "overdue", daysLate: daysBetween(dueOn, today) }
    : { year, dueOn, state: "due", daysLate: 0 };
}
