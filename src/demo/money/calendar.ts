/** When the books of 金桂苑 have what: two whole years of quarters and the one that runs, cut into steps of the seeding, and what happens in the order of time. */
import { addDays, type Day, type Instant, startOf } from "../../kernel/day.ts";
import { firstDayOf, type Period, periodOf } from "../../ledger/books/rules.ts";
import { monthsFrom, monthsOf, spanFrom } from "../../ledger/statements/spans/rules.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { as, DEMO_SLUG, HOUR_MS, type Seeding, sceneAt } from "../seeding.ts";

export const QUARTERS = 8;
/** A quarter's step ends this many days after the quarter: by then its months are closed and, unless late, it is told of. */
const AFTER_DAYS = 24;

export interface Calendar {
  readonly today: Day;
  /** The first month of the books. */
  readonly first: Period;
  /** All months, the running one included. */
  readonly months: readonly Period[];
}

/** Eight quarters that are over, and the months since. */
export function calendarOf(today: Day): Calendar {
  const { to } = spanFrom(periodOf(today), "quarter");
  const first = monthsFrom(to, -2 - QUARTERS * 3);
  return { today, first, months: monthsOf({ from: first, to: periodOf(today) }) };
}

/** A day of a month; the last where the month has no such day. */
export const dayIn = (period: Period, day: number): Day => {
  const last = lastIn(period);
  const wanted = `${period}-${String(day).padStart(2, "0")}`;
  return wanted < last ? wanted : last;
};
export const lastIn = (period: Period): Day => addDays(firstDayOf(monthsFrom(period, 1)), -1);
export const nthMonth = ({ first }: Calendar, months: number): Period => monthsFrom(first, months);
/** Whether a month is the last of a quarter. */
export const endsQuarter = (period: Period): boolean => spanFrom(period, "quarter").to === period;

/** Something that happened at an hour of a day; told again after a crash, it finds its work done. */
export interface Happening {
  readonly at: Instant;
  readonly run: (seeding: Seeding, now: Instant) => Promise<void>;
}
export const on = (day: Day, hour: number, run: Happening["run"]): Happening => ({
  at: startOf(day) + hour * HOUR_MS,
  run,
});

/** The happenings of a step, in order: those up to some days after its quarter; of the last step, up to today. */
export function happeningsOf(all: readonly Happening[], calendar: Calendar, step: number): readonly Happening[] {
  const today = startOf(calendar.today);
  const edge = (quarter: number): Instant =>
    quarter < 0
      ? Number.NEGATIVE_INFINITY
      : quarter >= QUARTERS
        ? today
        : Math.min(today, startOf(addDays(firstDayOf(nthMonth(calendar, quarter * 3 + 3)), AFTER_DAYS)));
  const [from, until] = [edge(step - 1), edge(step)];
  return all.filter(({ at }) => from <= at && at < until).toSorted((a, b) => a.at - b.at);
}

const WEEK_MS = 7 * 24 * HOUR_MS;

/** The scene of whoever approves: the chair, or the deputy; a week later where the committee has just been elected and has neither. */
export async function presiding(scene: Scene): Promise<StaffScene> {
  for (const now of [scene.now, scene.now + WEEK_MS])
    for (const post of ["committee_chair", "committee_deputy"] as const) {
      const found = await as({ ...scene, now }, post).catch(() => null);
      if (found) return found;
    }
  throw new Error(`demo: nobody presides on ${scene.now}`);
}

export const here = (seeding: Seeding, now: Instant): Promise<Scene> => sceneAt(seeding, DEMO_SLUG, now);
export const treasurer = async (seeding: Seeding, now: Instant): Promise<StaffScene> =>
  as(await here(seeding, now), "treasurer");
export const accountant = async (seeding: Seeding, now: Instant): Promise<StaffScene> =>
  as(await here(seeding, now), "accountant");
