/** What falls due at an instant: openings, closings, reminders, deadlines. Pure; cron and the desk ask the same question. */
import { addDays, DAY_MS, type Day, dayOf, hourOf, type Instant } from "../../kernel/day.ts";
import { type MeetingFacts, objectionsUntil, publishBy } from "../meeting/rules.ts";

/** No message that can wait goes out from 21:00 to 08:00. */
export const NIGHT_FROM_HOUR = 21;
export const NIGHT_UNTIL_HOUR = 8;
export const isNight = (now: Instant): boolean => hourOf(now) >= NIGHT_FROM_HOUR || hourOf(now) < NIGHT_UNTIL_HOUR;

/** What cron must do now. A reminder names the days before the close it stands for, so that each is sent once. */
export type DueStep =
  | { readonly step: "open" }
  | { readonly step: "close" }
  | { readonly step: "remind"; readonly daysBefore: number }
  | { readonly step: "finalise" };

/** The steps a meeting is due for at `now`, in order. Reminders only by day and only while open. */
export function dueSteps(facts: MeetingFacts, now: Instant): DueStep[] {
  const { state, opensAt, closesAt, publishedAt, rules } = facts;
  if (state === "notice" && opensAt !== null && now >= opensAt) return [{ step: "open" }];
  if (state === "open" && closesAt !== null && now >= closesAt) return [{ step: "close" }];
  if (state === "open" && closesAt !== null && rules !== null) {
    const daysBefore = reminderNow(closesAt, rules.reminderDays.value, now);
    return daysBefore === null ? [] : [{ step: "remind", daysBefore }];
  }
  if (state === "published" && publishedAt !== null && rules !== null && now >= objectionsUntil(publishedAt, rules))
    return [{ step: "finalise" }];
  return [];
}

/** Which reminder's time has come: the nearest to the close whose day is here; null by night and before the first. */
export function reminderNow(closesAt: Instant, reminderDays: readonly number[], now: Instant): number | null {
  if (isNight(now) || now >= closesAt) return null;
  const reached = reminderDays.filter((days) => now >= closesAt - days * DAY_MS);
  return reached.length > 0 ? Math.min(...reached) : null;
}

/** A dated duty of a meeting, for the desk, the calendar and the public clock. */
export interface Duty {
  readonly what: "opens" | "closes" | "count" | "publish" | "objections_end" | "final";
  readonly on: Day;
  readonly overdue: boolean;
}

/** What is still to come for a meeting, with its day. */
export function dutiesOf(facts: MeetingFacts, now: Instant): Duty[] {
  const { state, opensAt, closesAt, publishedAt, rules } = facts;
  const today = dayOf(now);
  const duty = (what: Duty["what"], on: Day): Duty => ({ what, on, overdue: on < today });
  if (rules === null || opensAt === null || closesAt === null) return [];
  switch (state) {
    case "notice":
      return [duty("opens", dayOf(opensAt)), duty("closes", dayOf(closesAt - 1))];
    case "open":
      return [duty("closes", dayOf(closesAt - 1))];
    case "closed":
      return [duty("count", addDays(dayOf(closesAt - 1), 1)), duty("publish", publishBy(closesAt, rules))];
    case "counted":
      return [duty("publish", publishBy(closesAt, rules))];
    case "published":
      return publishedAt === null ? [] : [duty("objections_end", dayOf(objectionsUntil(publishedAt, rules) - 1))];
    default:
      return [];
  }
}
