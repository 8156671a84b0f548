/** Civil days and instants in Asia/Shanghai, and the periods of CC 200–204 with the statutory holidays. No clock: "now" is always handed in. */
import chineseDays from "chinese-days";
import { Temporal } from "temporal-polyfill";

/** Milliseconds since 1970 in UTC. */
export type Instant = number;
/** A civil day in Asia/Shanghai, `YYYY-MM-DD`. */
export type Day = string;

export const TIME_ZONE = "Asia/Shanghai";
const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
// Asia/Shanghai has kept UTC+8 without summer time since 1991; every date of this product lies after it.
const OFFSET_MS = 8 * HOUR_MS;

export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: "reject" });
    return true;
  } catch {
    return false;
  }
};

/** The civil day an instant falls on. */
export const dayOf = (at: Instant): Day => new Date(at + OFFSET_MS).toISOString().slice(0, 10);
/** The hour (0–23) of an instant. */
export const hourOf = (at: Instant): number => new Date(at + OFFSET_MS).getUTCHours();
/** 00:00 of a day. */
export const startOf = (day: Day): Instant => Date.parse(`${day}T00:00:00Z`) - OFFSET_MS;
/** 24:00 of a day, which is 00:00 of the next: a period ends here (CC 203). */
export const endOf = (day: Day): Instant => startOf(day) + DAY_MS;
/** "2026-11-23 18:05". */
export const formatInstant = (at: Instant): string =>
  new Date(at + OFFSET_MS).toISOString().slice(0, 16).replace("T", " ");
/** ISO 8601 with the offset, for interchange. */
export const isoInstant = (at: Instant): string => `${new Date(at + OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
/** Reads the value of an `<input type="datetime-local">` as a time in Asia/Shanghai. */
export const parseLocal = (text: string): Instant | null => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) || !isDay(text.slice(0, 10))) return null;
  const at = Date.parse(`${text}:00Z`);
  return Number.isNaN(at) ? null : at - OFFSET_MS;
};
/** The value of an `<input type="datetime-local">`. */
export const localValue = (at: Instant): string => new Date(at + OFFSET_MS).toISOString().slice(0, 16);

export const addDays = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString();
/** Month ends are kept inside the month: 31 January + 1 month = 28 or 29 February. */
export const addMonths = (day: Day, months: number): Day => Temporal.PlainDate.from(day).add({ months }).toString();
export const daysBetween = (from: Day, to: Day): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days;

/** The last year whose holidays and make-up days the State Council had announced in the table. */
export const LAST_ANNOUNCED_YEAR = 2026;
/** Whether the calendar of that day is announced; after it only weekends are known and the page says 暂定 (provisional). */
export const isAnnounced = (day: Day): boolean => Number(day.slice(0, 4)) <= LAST_ANNOUNCED_YEAR;
/** Statutory holidays and weekends, less the make-up working days (调休). */
export const isDayOff = (day: Day): boolean => !chineseDays.isWorkday(day);
export const isWorkingDay = (day: Day): boolean => !isDayOff(day);

/**
 * The last day of a period of `days` counted from `from`: the first day is not counted (CC 201), and where the last
 * day is a day off, the next working day takes its place (CC 203). The period ends at 24:00 of it.
 */
export function lastDayOfPeriod(from: Day, days: number): Day {
  let last = addDays(from, days);
  while (isDayOff(last)) last = addDays(last, 1);
  return last;
}

/** The day that lies `days` working days after `from`, the first day not counted. */
export function addWorkingDays(from: Day, days: number): Day {
  let day = from;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}
