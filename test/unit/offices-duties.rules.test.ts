/** The matrix of responsibility: periods, states, sums and who may report what, each at its boundary. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addMonths, daysBetween } from "../../src/kernel/day.ts";
import {
  CADENCES,
  type Cadence,
  DUTY_STATES,
  LONGEST_REPORT,
  LONGEST_TASK_TEXT,
  LONGEST_TASK_TITLE,
  lookBackTo,
  MOST_TASKS,
  mayReport,
  monthsOfDuties,
  overduePeriods,
  type Period,
  periodOfKey,
  periodsOf,
  REPORT_KINDS,
  type ReportKind,
  readSchedule,
  readTask,
  type Schedule,
  type StandingDuty,
  stateOfDuty,
  stateOfPeriod,
  summariseDuties,
} from "../../src/offices/duties/rules.ts";
import { TEN_TASKS } from "../../src/offices/duties/standard.ts";

const TODAY = "2026-11-20";
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? "ok" : result.error!.reason);
const every = (cadence: Exclude<Cadence, "once">, beginsOn = "2026-01-01"): Schedule => ({
  cadence,
  beginsOn,
  dueOn: null,
});
const once = (beginsOn: string, dueOn: string): Schedule => ({ cadence: "once", beginsOn, dueOn });
const keys = (schedule: Schedule, today = TODAY): string[] => periodsOf(schedule, today).map(({ key }) => key);
const reports = (entries: Record<string, ReportKind>): Map<string, ReportKind> => new Map(Object.entries(entries));

describe("periods", () => {
  test.each([
    ["monthly", every("monthly", "2026-09-15"), ["2026-09", "2026-10", "2026-11"]],
    ["quarterly", every("quarterly", "2026-03-31"), ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]],
    ["yearly", every("yearly", "2025-06-01"), ["2025", "2026"]],
    ["once", once("2020-01-01", "2020-02-01"), ["once"]],
    ["that begin today", every("monthly", TODAY), ["2026-11"]],
    ["that begin tomorrow", every("monthly", addDays(TODAY, 1)), []],
    ["once, from tomorrow on", once(addDays(TODAY, 1), "2027-01-01"), []],
  ])("%s are those up to the one that runs", (_, schedule, expected) => expect(keys(schedule)).toEqual(expected));

  test.each([
    ["2026-11-01", "2026-11-30"],
    ["2028-02-29", "2028-02-29"],
    ["2026-02-01", "2026-02-28"],
    ["2026-12-31", "2026-12-31"],
  ])("a month that runs on %s is due on %s", (today, dueOn) =>
    expect(periodsOf(every("monthly", today), today).at(-1)!.dueOn).toBe(dueOn),
  );
  test("a quarter is due on its own last day, a year on the last of December", () => {
    expect(periodsOf(every("quarterly", TODAY), TODAY)[0]).toEqual({
      key: "2026-Q4",
      fromOn: "2026-10-01",
      dueOn: "2026-12-31",
    });
    expect(periodsOf(every("yearly", TODAY), TODAY)[0]!.dueOn).toBe("2026-12-31");
  });
  test("what ended more than a year ago is no longer pursued; to the day", () => {
    // 2025-11-20 is a year back: October 2025 ended before it, November after.
    expect(keys(every("monthly", "2020-01-01"))[0]).toBe("2025-11");
    expect(keys(every("monthly", "2020-01-01"), "2026-10-31")[0]).toBe("2025-10");
    expect(keys(every("monthly", "2020-01-01"), "2026-11-01")[0]).toBe("2025-11");
  });

  const day = fc.integer({ min: 0, max: 2500 }).map((offset) => addDays("2022-01-01", offset));
  const cadence = fc.constantFrom(...CADENCES.filter((one) => one !== "once"));
  test("follow one another without a gap, the last one holds today, and there are never more than fourteen", () =>
    fc.assert(
      fc.property(cadence, day, day, (how, beginsOn, today) => {
        const periods = periodsOf({ cadence: how as Exclude<Cadence, "once">, beginsOn, dueOn: null }, today);
        if (beginsOn > today) {
          expect(periods).toEqual([]);
          return;
        }
        expect(periods.length).toBeLessThanOrEqual(14);
        const last = periods.at(-1)!;
        expect([last.fromOn <= today, today <= last.dueOn]).toEqual([true, true]);
        for (const [at, period] of periods.entries()) {
          expect(period.dueOn >= lookBackTo(today)).toBe(true);
          if (at > 0) expect(daysBetween(periods[at - 1]!.dueOn, period.fromOn)).toBe(1);
        }
      }),
    ));
  test("are found by their key, and only by one this duty has", () => {
    expect(periodOfKey(every("monthly"), "2026-10", TODAY)?.dueOn).toBe("2026-10-31");
    for (const key of ["2026-12", "2025-12", "2026-Q4", "once", "", "constructor"])
      expect(periodOfKey(every("monthly"), key, TODAY)).toBeNull();
  });
});

describe("where a duty stands", () => {
  const november: Period = { key: "2026-11", fromOn: "2026-11-01", dueOn: "2026-11-30" };
  test.each([
    ["nobody reported, on its last day", undefined, "2026-11-30", "not_started"],
    ["nobody reported, on the day after", undefined, "2026-12-01", "overdue"],
    ["begun, on its last day", "progress", "2026-11-30", "in_progress"],
    ["begun, on the day after", "progress", "2026-12-01", "overdue"],
    ["done, at any time", "done", "2026-12-01", "done"],
    ["excused", "waived", "2026-12-01", "waived"],
    ["sent back in time", "returned", "2026-11-30", "in_progress"],
    ["sent back too late", "returned", "2026-12-01", "overdue"],
  ] as const)("%s", (_, newest, today, state) => expect(stateOfPeriod(november, newest, today)).toBe(state));

  const since = every("monthly", "2026-09-01");
  test.each([
    [
      "nothing missed, the month begun",
      { "2026-09": "done", "2026-10": "waived", "2026-11": "progress" },
      "in_progress",
    ],
    ["nothing missed, the month done", { "2026-09": "done", "2026-10": "done", "2026-11": "done" }, "done"],
    ["one month missed, the current one done", { "2026-09": "done", "2026-11": "done" }, "overdue"],
    ["one month only begun", { "2026-09": "done", "2026-10": "progress" }, "overdue"],
    ["nothing reported", {}, "overdue"],
  ] as const)("%s", (_, entries, state) => expect(stateOfDuty(since, reports(entries), TODAY)).toBe(state));
  test("one that has not begun is neither late nor waiting", () =>
    expect(stateOfDuty(every("monthly", "2026-12-01"), reports({}), TODAY)).toBe("not_begun"));
  test("the months that were missed are named, the oldest first", () =>
    expect(overduePeriods(since, reports({ "2026-10": "done" }), "2026-12-05").map(({ key }) => key)).toEqual([
      "2026-09",
      "2026-11",
    ]));

  const schedule = fc.oneof(
    fc.record({
      cadence: fc.constantFrom("monthly" as const, "quarterly" as const, "yearly" as const),
      beginsOn: fc.integer({ min: -800, max: 60 }).map((n) => addDays(TODAY, n)),
      dueOn: fc.constant(null),
    }),
    fc
      .tuple(fc.integer({ min: -800, max: 60 }), fc.nat(400))
      .map(([from, days]): Schedule => once(addDays(TODAY, from), addDays(TODAY, from + days))),
  );
  const duty = fc
    .tuple(schedule, fc.constantFrom("a", "b", "c"), fc.array(fc.constantFrom(...REPORT_KINDS), { maxLength: 14 }))
    .map(
      ([one, taskId, kinds]): StandingDuty => ({
        taskId,
        schedule: one,
        newest: new Map(
          periodsOf(one, TODAY).flatMap(({ key }, at) => (kinds[at] ? [[key, kinds[at]!] as const] : [])),
        ),
      }),
    );
  test("every duty is in exactly one of the four sums, and no report makes another duty later", () =>
    fc.assert(
      fc.property(fc.array(duty, { maxLength: 12 }), (duties) => {
        const sum = summariseDuties(["a", "b", "c", "d"], duties, TODAY);
        expect(sum.done + sum.inProgress + sum.notStarted + sum.overdue).toBe(duties.length);
        expect(sum.unled).toBe(4 - new Set(duties.map(({ taskId }) => taskId)).size);
        for (const { schedule: one, newest } of duties) expect(DUTY_STATES).toContain(stateOfDuty(one, newest, TODAY));
      }),
    ));
  test("one period more that is done never makes a duty overdue that was not", () =>
    fc.assert(
      fc.property(duty, fc.nat(), (one, which) => {
        const periods = periodsOf(one.schedule, TODAY);
        const period = periods[which % Math.max(1, periods.length)];
        if (!period) return;
        const before = overduePeriods(one.schedule, one.newest, TODAY).length;
        const after = overduePeriods(one.schedule, new Map([...one.newest, [period.key, "done"]]), TODAY).length;
        expect(after).toBeLessThanOrEqual(before);
      }),
    ));

  test("a month's deadlines are counted once they have come, or are done before", () => {
    const duties: StandingDuty[] = [
      { taskId: "a", schedule: since, newest: reports({ "2026-09": "done", "2026-11": "done" }) },
      { taskId: "b", schedule: since, newest: reports({ "2026-09": "waived" }) },
      { taskId: "c", schedule: once("2026-09-01", "2026-10-15"), newest: reports({}) },
    ];
    expect(monthsOfDuties(duties, TODAY, 4)).toEqual([
      { month: "2026-08", due: 0, done: 0 },
      { month: "2026-09", due: 2, done: 2 },
      { month: "2026-10", due: 3, done: 0 },
      { month: "2026-11", due: 1, done: 1 },
    ]);
  });
});

describe("tasks", () => {
  test("to begin with there are ten, each readable, none twice", () => {
    expect(TEN_TASKS.length).toBe(10);
    const titles = TEN_TASKS.map(({ titleZh }) => titleZh);
    expect(new Set(titles).size).toBe(10);
    for (const task of TEN_TASKS) {
      const others = titles.filter((title) => title !== task.titleZh);
      expect(reasonOf(readTask(task, others))).toBe("ok");
      expect(task.textEn).not.toBe(task.textZh);
    }
  });
  const asked = { titleZh: "走访", titleEn: "", textZh: "定期走访住户", textEn: "" };
  test.each([
    ["as short as it is", {}, [], "ok"],
    ["without a title", { titleZh: " " }, [], "task_title_missing"],
    ["with the longest title", { titleZh: "长".repeat(LONGEST_TASK_TITLE) }, [], "ok"],
    ["with a title one longer", { titleZh: "长".repeat(LONGEST_TASK_TITLE + 1) }, [], "task_title_too_long"],
    ["with the longest text", { textZh: "长".repeat(LONGEST_TASK_TEXT) }, [], "ok"],
    ["with a text one longer", { textZh: "长".repeat(LONGEST_TASK_TEXT + 1) }, [], "task_text_too_long"],
    ["called like another", {}, ["走访"], "task_title_taken"],
    ["as the sixtieth", {}, Array.from({ length: MOST_TASKS - 1 }, (_, at) => `任务${at}`), "ok"],
    ["as the sixty-first", {}, Array.from({ length: MOST_TASKS }, (_, at) => `任务${at}`), "too_many_tasks"],
  ])("a task %s", (_, extra, others, reason) =>
    expect(reasonOf(readTask({ ...asked, ...extra }, others))).toBe(reason),
  );
});

describe("a duty's schedule", () => {
  const asked = { cadence: "once", beginsOn: TODAY, dueOn: "2026-12-31", postId: "" };
  test.each([
    ["due later", {}, "ok"],
    ["due on the day it begins", { dueOn: TODAY }, "ok"],
    ["due a day before it begins", { dueOn: addDays(TODAY, -1) }, "due_before_start"],
    ["due on no day", { dueOn: "" }, "not_a_day"],
    ["due on a day that is none", { dueOn: "2026-02-30" }, "not_a_day"],
    ["due five years on", { dueOn: addMonths(TODAY, 60) }, "ok"],
    ["due a day more than five years on", { dueOn: addDays(addMonths(TODAY, 60), 1) }, "day_too_far"],
    ["begun a year ago", { beginsOn: "2025-11-20" }, "ok"],
    ["begun a year and a day ago", { beginsOn: "2025-11-19" }, "begins_too_early"],
    ["monthly, whatever day was typed", { cadence: "monthly", dueOn: "nonsense" }, "ok"],
    ["at no cadence", { cadence: "" }, "cadence_missing"],
    ["at a cadence of later versions", { cadence: "weekly" }, "cadence_missing"],
  ])("%s", (_, extra, reason) =>
    expect(reasonOf(readSchedule("lead", { ...asked, ...extra }, null, TODAY))).toBe(reason),
  );
  test("a change begins no earlier than it did: what was missed stays missed", () => {
    const before = every("monthly", "2026-06-01");
    const change = (beginsOn: string) =>
      reasonOf(readSchedule("lead", { ...asked, cadence: "quarterly", beginsOn }, before, TODAY));
    expect([change("2026-05-31"), change("2026-06-01"), change("2027-01-01")]).toEqual([
      "begins_too_early",
      "ok",
      "ok",
    ]);
  });
  test("who helps has no deadline", () =>
    expect(readSchedule("support", { ...asked, cadence: "", dueOn: "" }, null, TODAY)).toEqual({
      ok: true,
      value: { cadence: "monthly", beginsOn: TODAY, dueOn: null },
    }));
});

describe("a report", () => {
  const period: Period = { key: "2026-11", fromOn: "2026-11-01", dueOn: "2026-11-30" };
  const lead = { managesDuties: false, inLead: true, inSupport: false };
  const helper = { managesDuties: false, inLead: false, inSupport: true };
  const manager = { managesDuties: true, inLead: false, inSupport: false };
  const nobody = { managesDuties: false, inLead: false, inSupport: false };
  const may = (
    kind: string,
    newest: ReportKind | undefined,
    who: typeof lead,
    text = "走访 12 户",
    at: Period | null = period,
  ) => reasonOf(mayReport({ kind, text }, at, newest, who));

  test.each([
    ["progress by who leads", "progress", undefined, lead, "ok"],
    ["progress by who helps", "progress", undefined, helper, "ok"],
    ["progress by anybody else", "progress", undefined, nobody, "not_your_body"],
    ["progress by who only manages", "progress", undefined, manager, "not_your_body"],
    ["done by who leads", "done", undefined, lead, "ok"],
    ["done after it was sent back", "done", "returned", lead, "ok"],
    ["done by who helps", "done", undefined, helper, "only_lead_finishes"],
    ["done twice", "done", "done", lead, "settled_already"],
    ["progress on what is done", "progress", "done", lead, "settled_already"],
    ["progress on what is excused", "progress", "waived", lead, "settled_already"],
    ["sent back by who manages", "returned", "done", manager, "ok"],
    ["sent back by who leads", "returned", "done", lead, "only_manager_decides"],
    ["sent back before it is done", "returned", "progress", manager, "not_settled"],
    ["sent back before anything", "returned", undefined, manager, "not_settled"],
    ["excused by who manages", "waived", undefined, manager, "ok"],
    ["excused by who leads", "waived", undefined, lead, "only_manager_decides"],
    ["excused when it is done", "waived", "done", manager, "settled_already"],
    ["an excuse taken back", "returned", "waived", manager, "ok"],
    ["of no kind", "celebrated", undefined, lead, "report_kind_missing"],
  ] as const)("%s", (_, kind, newest, who, reason) => expect(may(kind, newest, who)).toBe(reason));
  test("of a period the duty does not have, without words, or with too many", () => {
    expect(may("done", undefined, lead, "好", null)).toBe("unknown_period");
    expect(may("done", undefined, lead, " ")).toBe("report_text_missing");
    expect(may("done", undefined, lead, "长".repeat(LONGEST_REPORT))).toBe("ok");
    expect(may("done", undefined, lead, "长".repeat(LONGEST_REPORT + 1))).toBe("report_too_long");
  });
});
