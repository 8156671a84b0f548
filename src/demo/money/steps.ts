/** The money of 金桂苑 as steps of the seeding, a quarter each: everything that happened, in the order of time. */
import type { Seeding, Step } from "../seeding.ts";
import { lastStatement, statements } from "./banking.ts";
import { closings, costs, mistake, opening } from "./bookkeeping.ts";
import { type Calendar, calendarOf, type Happening, happeningsOf, QUARTERS } from "./calendar.ts";
import { fund } from "./fund.ts";
import { agreements, decided, earlyEnds, rents } from "./leasing.ts";
import { parking, tariffs } from "./parking.ts";
import { budgets, sharing } from "./sharing.ts";
import { publications, questions, waiting } from "./telling.ts";

const happenings = (seeding: Seeding, calendar: Calendar): Happening[] => [
  ...opening(calendar),
  ...tariffs(calendar),
  ...agreements(calendar),
  ...decided(seeding),
  ...earlyEnds(calendar),
  ...rents(calendar),
  ...parking(calendar),
  ...costs(calendar),
  ...mistake(calendar),
  ...statements(calendar),
  ...lastStatement(calendar),
  ...closings(calendar),
  ...publications(calendar),
  ...questions(calendar),
  ...waiting(calendar),
  ...fund(calendar),
  ...budgets(calendar),
  ...sharing(calendar),
];

const keyOf = (quarter: number): string => `money-${quarter}`;
/** The step that brings the books up to the day of the seeding; it notes that day. */
export const LAST_OF_BOOKS = keyOf(QUARTERS);

/** A quarter of the books; the last step is what came since. */
export const moneyStep = (quarter: number): Step => ({
  key: keyOf(quarter),
  name:
    quarter < QUARTERS
      ? `账簿：第${quarter + 1}个季度 / the books, quarter ${quarter + 1} of ${QUARTERS}`
      : "账簿：本季度至今 / the books of the running quarter",
  run: async (seeding) => {
    const calendar = calendarOf(seeding.today);
    for (const { at, run } of happeningsOf(happenings(seeding, calendar), calendar, quarter)) await run(seeding, at);
    return calendar.today;
  },
});
