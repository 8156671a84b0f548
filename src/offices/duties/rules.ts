/** The matrix of responsibility (责任矩阵, S9): which periods a duty has, where each stands on a day, and who may report what. Pure; knows no names. */
import { addDays, addMonths, type Day, isDay } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

export const CADENCES = ["once", "monthly", "quarterly", "yearly"] as const;
/** How often a duty is to be done: by one day, or in every month, quarter or year, by its last day. */
export type Cadence = (typeof CADENCES)[number];
export const isCadence = (text: string): text is Cadence => (CADENCES as readonly string[]).includes(text);

export const ROLES = ["lead", "support"] as const;
/** 牵头: answers for it, and says when it is done. 协同: helps, and reports what it did. */
export type Role = (typeof ROLES)[number];
export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

export const REPORT_KINDS = ["progress", "done", "returned", "waived"] as const;
/** progress: begun. done: with its evidence. returned: sent back by whoever manages duties. waived: not needed this time, with a reason. */
export type ReportKind = (typeof REPORT_KINDS)[number];
export const isReportKind = (text: string): text is ReportKind => (REPORT_KINDS as readonly string[]).includes(text);

// ——— Periods ———

/** When a duty is to be done. `dueOn` is set exactly where it is to be done once. */
export interface Schedule {
  readonly cadence: Cadence;
  readonly beginsOn: Day;
  readonly dueOn: Day | null;
}

export interface Period {
  /** "once", "2026-11", "2026-Q4" or "2026". */
  readonly key: string;
  readonly fromOn: Day;
  /** The last day on which it is in time. */
  readonly dueOn: Day;
}

const MONTHS: Record<Exclude<Cadence, "once">, number> = { monthly: 1, quarterly: 3, yearly: 12 };

/** Missed periods are pursued for a year; what lies further back is history. */
export const LOOK_BACK_MONTHS = 12;

function periodOf(cadence: Exclude<Cadence, "once">, day: Day): Period {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const length = MONTHS[cadence];
  const first = Math.floor((month - 1) / length) * length + 1;
  const fromOn = `${day.slice(0, 4)}-${String(first).padStart(2, "0")}-01`;
  const key =
    cadence === "monthly"
      ? day.slice(0, 7)
      : cadence === "quarterly"
        ? `${year}-Q${(first - 1) / 3 + 1}`
        : String(year);
  return { key, fromOn, dueOn: addDays(addMonths(fromOn, length), -1) };
}

/** The period of a key such as a form sends; null for one this duty does not have. */
export function periodOfKey(schedule: Schedule, key: string, today: Day): Period | null {
  return periodsOf(schedule, today).find((period) => period.key === key) ?? null;
}

/** The first day on which a period may have ended and still be pursued. */
export const lookBackTo = (today: Day): Day => addMonths(today, -LOOK_BACK_MONTHS);

/**
 * The periods of a duty up to the one that runs today, the oldest first: those that ended within a year, and the current one. A duty done
 * once has a single period from the day it begins, however long ago it was due. None before it begins.
 */
export function periodsOf({ cadence, beginsOn, dueOn }: Schedule, today: Day): Period[] {
  if (beginsOn > today) return [];
  if (cadence === "once") return [{ key: "once", fromOn: beginsOn, dueOn: dueOn ?? beginsOn }];
  const since = lookBackTo(today);
  const periods: Period[] = [];
  for (let day = beginsOn > since ? beginsOn : since; ; ) {
    const period = periodOf(cadence, day);
    if (period.fromOn > today) return periods;
    if (period.dueOn >= since) periods.push(period);
    day = addDays(period.dueOn, 1);
  }
}

// ——— Where it stands ———

export const DUTY_STATES = ["not_begun", "not_started", "in_progress", "done", "waived", "overdue"] as const;
/** not_begun: its first day has not come. overdue: some period ended without it. The others speak of the period that runs. */
export type DutyState = (typeof DUTY_STATES)[number];

/** The newest report of each period, by the period's key; periods nobody reported on are not there. */
export type Newest = ReadonlyMap<string, ReportKind>;

const isSettled = (kind: ReportKind | undefined): boolean => kind === "done" || kind === "waived";

/** Where one period stands on a day. It is in time to the end of its last day. */
export function stateOfPeriod(period: Period, newest: ReportKind | undefined, today: Day): DutyState {
  if (newest === "done" || newest === "waived") return newest;
  if (period.dueOn < today) return "overdue";
  return newest === undefined ? "not_started" : "in_progress";
}

/** Periods that ended without being done or excused, the oldest first. */
export const overduePeriods = (schedule: Schedule, newest: Newest, today: Day): Period[] =>
  periodsOf(schedule, today).filter(({ key, dueOn }) => dueOn < today && !isSettled(newest.get(key)));

/** Where a duty stands: overdue while anything is, else as its current period stands. */
export function stateOfDuty(schedule: Schedule, newest: Newest, today: Day): DutyState {
  const periods = periodsOf(schedule, today);
  const current = periods.at(-1);
  if (!current) return "not_begun";
  if (overduePeriods(schedule, newest, today).length > 0) return "overdue";
  return stateOfPeriod(current, newest.get(current.key), today);
}

/** A duty with what was reported of it: what a sum over a community is made of. */
export interface StandingDuty {
  readonly taskId: string;
  readonly schedule: Schedule;
  readonly newest: Newest;
}

/** A community's duties in figures, for its own page and for a street's overview. Duties are those led; who helps is not counted twice. */
export interface DutySummary {
  /** Tasks on the list, led by somebody or not. */
  readonly tasks: number;
  readonly unled: number;
  readonly duties: number;
  readonly done: number;
  readonly inProgress: number;
  /** Not started, or not yet begun. */
  readonly notStarted: number;
  readonly overdue: number;
}

/** Every duty is in exactly one of the states: done (excused counts), in progress, not started, overdue. */
export function summariseDuties(taskIds: readonly string[], duties: readonly StandingDuty[], today: Day): DutySummary {
  const states = duties.map(({ schedule, newest }) => stateOfDuty(schedule, newest, today));
  const led = new Set(duties.map(({ taskId }) => taskId));
  const count = (...those: readonly DutyState[]): number => states.filter((state) => those.includes(state)).length;
  return {
    tasks: taskIds.length,
    unled: taskIds.filter((taskId) => !led.has(taskId)).length,
    duties: duties.length,
    done: count("done", "waived"),
    inProgress: count("in_progress"),
    notStarted: count("not_started", "not_begun"),
    overdue: count("overdue"),
  };
}

/** What a month's deadlines came to: for the chart of the last months. */
export interface MonthOfDuties {
  /** "2026-11" */
  readonly month: string;
  readonly due: number;
  /** Done or excused. */
  readonly done: number;
}

/** The deadlines of the last `months` months, the current one last, whose day has come by `today` or that are done already. */
export function monthsOfDuties(duties: readonly StandingDuty[], today: Day, months: number): MonthOfDuties[] {
  const first = `${today.slice(0, 7)}-01`;
  return Array.from({ length: months }, (_, at) => addMonths(first, at + 1 - months).slice(0, 7)).map((month) => {
    const there = duties.flatMap(({ schedule, newest }) =>
      periodsOf(schedule, today)
        .filter(({ dueOn, key }) => dueOn.startsWith(month) && (dueOn < today || isSettled(newest.get(key))))
        .map(({ key }) => isSettled(newest.get(key))),
    );
    return { month, due: there.length, done: there.filter(Boolean).length };
  });
}

// ——— Tasks ———

export const MOST_TASKS = 60;
export const LONGEST_TASK_TITLE = 30;
export const LONGEST_TASK_TEXT = 400;
export const LONGEST_WHY = 200;

export interface TaskAsked {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly textZh: string;
  readonly textEn: string;
}

export type TaskRefusal =
  | { readonly reason: "task_title_missing" }
  | { readonly reason: "task_title_too_long"; readonly most: number }
  | { readonly reason: "task_title_taken"; readonly title: string }
  | { readonly reason: "task_text_too_long"; readonly most: number }
  | { readonly reason: "too_many_tasks"; readonly most: number }
  | { readonly reason: "nothing_changed" };

/** A task as it will be kept; English takes the Chinese words where it is left empty. `others` are the titles of the other tasks. */
export function readTask(asked: TaskAsked, others: readonly string[]): Result<TaskAsked, TaskRefusal> {
  const titleZh = asked.titleZh.trim();
  const textZh = asked.textZh.trim();
  const task = { titleZh, titleEn: asked.titleEn.trim() || titleZh, textZh, textEn: asked.textEn.trim() || textZh };
  if (titleZh === "") return err({ reason: "task_title_missing" });
  if (titleZh.length > LONGEST_TASK_TITLE || task.titleEn.length > 3 * LONGEST_TASK_TITLE)
    return err({ reason: "task_title_too_long", most: LONGEST_TASK_TITLE });
  if (textZh.length > LONGEST_TASK_TEXT || task.textEn.length > 3 * LONGEST_TASK_TEXT)
    return err({ reason: "task_text_too_long", most: LONGEST_TASK_TEXT });
  if (others.includes(titleZh)) return err({ reason: "task_title_taken", title: titleZh });
  return others.length >= MOST_TASKS ? err({ reason: "too_many_tasks", most: MOST_TASKS }) : ok(task);
}

// ——— Assignments ———

export interface DutyAsked {
  readonly cadence: string;
  readonly beginsOn: string;
  /** Only for a duty that is done once. */
  readonly dueOn: string;
  readonly postId: string;
}

export type DutyRefusal =
  | { readonly reason: "cadence_missing" }
  | { readonly reason: "not_a_day"; readonly field: "beginsOn" | "dueOn" }
  | { readonly reason: "due_before_start" }
  | { readonly reason: "begins_too_early"; readonly notBefore: Day }
  | { readonly reason: "day_too_far"; readonly field: "beginsOn" | "dueOn"; readonly most: Day }
  | { readonly reason: "post_of_another_body" };

/** A plan reaches five years on at most: further is a typing error. */
const LONGEST_PLAN_MONTHS = 60;

/**
 * A schedule as it will be kept. A change may begin again, never earlier than it did: what was missed is not made undone by a date. A new
 * duty may have begun up to a year ago.
 */
export function readSchedule(
  role: Role,
  asked: DutyAsked,
  before: Schedule | null,
  today: Day,
): Result<Schedule, DutyRefusal> {
  if (!isDay(asked.beginsOn)) return err({ reason: "not_a_day", field: "beginsOn" });
  const most = addMonths(today, LONGEST_PLAN_MONTHS);
  if (asked.beginsOn > most) return err({ reason: "day_too_far", field: "beginsOn", most });
  const notBefore = before?.beginsOn ?? lookBackTo(today);
  if (asked.beginsOn < notBefore) return err({ reason: "begins_too_early", notBefore });
  // Who helps has no deadline of its own: the duty is the leader's.
  if (role === "support") return ok({ cadence: "monthly", beginsOn: asked.beginsOn, dueOn: null });
  if (!isCadence(asked.cadence)) return err({ reason: "cadence_missing" });
  if (asked.cadence !== "once") return ok({ cadence: asked.cadence, beginsOn: asked.beginsOn, dueOn: null });
  if (!isDay(asked.dueOn)) return err({ reason: "not_a_day", field: "dueOn" });
  if (asked.dueOn < asked.beginsOn) return err({ reason: "due_before_start" });
  if (asked.dueOn > most) return err({ reason: "day_too_far", field: "dueOn", most });
  return ok({ cadence: "once", beginsOn: asked.beginsOn, dueOn: asked.dueOn });
}

// ——— Reports ———

export const LONGEST_REPORT = 500;

/** Who reports: what their posts let them, and whether they sit in the body that leads or in one that helps. */
export interface Reporter {
  readonly managesDuties: boolean;
  readonly inLead: boolean;
  readonly inSupport: boolean;
}

export type ReportRefusal =
  | { readonly reason: "report_kind_missing" }
  | { readonly reason: "report_text_missing" }
  | { readonly reason: "report_too_long"; readonly most: number }
  | { readonly reason: "unknown_period" }
  | { readonly reason: "not_your_body" }
  | { readonly reason: "only_lead_finishes" }
  | { readonly reason: "only_manager_decides" }
  | { readonly reason: "settled_already" }
  | { readonly reason: "not_settled" };

/**
 * Whether a report may be made: progress by the leading body and those that help, done by the leading body alone, sent back and excused by
 * whoever manages duties. A late report is taken: late is better than never, and its day stands beside it.
 */
export function mayReport(
  asked: { readonly kind: string; readonly text: string },
  period: Period | null,
  newest: ReportKind | undefined,
  reporter: Reporter,
): Result<{ readonly kind: ReportKind; readonly text: string; readonly period: Period }, ReportRefusal> {
  const text = asked.text.trim();
  const { kind } = asked;
  if (!isReportKind(kind)) return err({ reason: "report_kind_missing" });
  if (!period) return err({ reason: "unknown_period" });
  if (kind === "returned" || kind === "waived") {
    if (!reporter.managesDuties) return err({ reason: "only_manager_decides" });
  } else if (!reporter.inLead) {
    if (!reporter.inSupport) return err({ reason: "not_your_body" });
    if (kind === "done") return err({ reason: "only_lead_finishes" });
  }
  if (kind === "returned" ? !isSettled(newest) : isSettled(newest))
    return err({ reason: kind === "returned" ? "not_settled" : "settled_already" });
  if (text === "") return err({ reason: "report_text_missing" });
  if (text.length > LONGEST_REPORT) return err({ reason: "report_too_long", most: LONGEST_REPORT });
  return ok({ kind, text, period });
}
