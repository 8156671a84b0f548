/** A year of the fund as it is published (F9; MF 30): what it says, when it may be frozen, and by when it is due. Pure; amounts in fen. */
import { addDays, type Day } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import type { Period } from "../../books/rules.ts";

/** What an edition says: the whole of it, so that it stays readable and comparable without the books. */
export interface YearContent {
  readonly year: number;
  /** The first month it tells of: January, or the one the book began with. */
  readonly from: Period;
  readonly openingFen: Fen;
  readonly flows: readonly {
    readonly account: string;
    readonly zh: string;
    readonly en: string;
    readonly fen: Fen;
    readonly isOut: boolean;
  }[];
  readonly closingFen: Fen;
  /** Each account at a bank on the last day, as the bank says and as the book says; none while the authority holds the money. */
  readonly banks: readonly BankAgreed[];
  /** With which statement of the authority it was compared, where no bank account is kept here. */
  readonly comparedWith: string;
  readonly buildings: readonly { readonly building: string; readonly units: number; readonly balanceFen: Fen }[];
  readonly works: readonly { readonly number: number; readonly title: string; readonly amountFen: Fen }[];
  /** SHA-256 over every unit's id and balance on the last day: an owner's own account is bound by it, and nobody's is told. */
  readonly unitsHash: string;
}
export interface BankAgreed {
  readonly bank: string;
  readonly numberMasked: string;
  readonly bookFen: Fen;
  readonly bankFen: Fen;
  /** What one side has alone and the sheet explains. */
  readonly openItems: number;
}

export interface YearFacts {
  readonly year: number;
  readonly today: Day;
  readonly closedThrough: Period | null;
  /** Accounts at banks: whether a statement reaches the last day, and what it leaves unexplained. */
  readonly banks: readonly { readonly bank: string; readonly reaches: boolean; readonly unexplainedFen: Fen }[];
  /** What the book has more than all units together, on the last day. */
  readonly apartFen: Fen;
  readonly comparedWith: string;
  /** Editions there are, and why this one corrects them. */
  readonly editions: number;
  readonly why: string;
}
export const LONGEST_COMPARED = 100;
export const LONGEST_WHY = 200;
export type YearFault =
  | { readonly reason: "year_not_over"; readonly year: number }
  | { readonly reason: "months_open"; readonly closedThrough: Period | null }
  | { readonly reason: "bank_without_statement"; readonly bank: string }
  | { readonly reason: "bank_apart"; readonly bank: string; readonly unexplainedFen: Fen }
  | { readonly reason: "units_apart"; readonly apartFen: Fen }
  | { readonly reason: "compared_missing"; readonly most: number }
  | { readonly reason: "why_missing"; readonly most: number };

/** Everything against freezing a year; empty when it may be published: over, closed, agreed with the bank, and with the units (MF 30). */
export function yearFaults(facts: YearFacts): YearFault[] {
  const { year, today, closedThrough, banks, apartFen, comparedWith, editions, why } = facts;
  if (today <= `${year}-12-31`) return [{ reason: "year_not_over", year }];
  if (closedThrough === null || closedThrough < `${year}-12`) return [{ reason: "months_open", closedThrough }];
  const faults: YearFault[] = banks.flatMap(({ bank, reaches, unexplainedFen }): YearFault[] =>
    reaches
      ? unexplainedFen === 0
        ? []
        : [{ reason: "bank_apart", bank, unexplainedFen }]
      : [{ reason: "bank_without_statement", bank }],
  );
  if (apartFen !== 0) faults.push({ reason: "units_apart", apartFen });
  if (banks.length === 0 && (comparedWith.trim() === "" || comparedWith.length > LONGEST_COMPARED))
    faults.push({ reason: "compared_missing", most: LONGEST_COMPARED });
  if (editions > 0 && (why.trim() === "" || why.length > LONGEST_WHY))
    faults.push({ reason: "why_missing", most: LONGEST_WHY });
  return faults;
}

/** By when a year is published, and whether it was: overdue is public. */
export interface YearClock {
  readonly year: number;
  readonly dueOn: Day;
  readonly doneOn: Day | null;
  readonly isOverdue: boolean;
}
/** The last day is so many days after the year's end; that day is not overdue. */
export function yearClock(year: number, doneOn: Day | null, days: number, today: Day): YearClock {
  const dueOn = addDays(`${year}-12-31`, days);
  return { year, dueOn, doneOn, isOverdue: doneOn === null && today > dueOn };
}

/** The clocks of every year that is over since the book began, the newest first. */
export function yearClocks(
  bookFrom: Period,
  published: readonly { readonly year: number; readonly onDay: Day }[],
  days: number,
  today: Day,
): YearClock[] {
  const [first, last] = [Number(bookFrom.slice(0, 4)), Number(today.slice(0, 4)) - 1];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => last - at).map((year) =>
    yearClock(year, published.find((one) => one.year === year)?.onDay ?? null, days, today),
  );
}
