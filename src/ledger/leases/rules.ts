/** A lease of common parts: its term, its rent and the schedule of what falls due, day by day exact. Pure. */
import { addDays, addMonths, type Day, daysBetween, isDay } from "../../kernel/day.ts";
import { type Fen, MOST_FEN } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** Months that one payment is for. */
export const CYCLES = [1, 3, 6, 12] as const;
export type CycleMonths = (typeof CYCLES)[number];

/** From a day on the rent of one month is so much. The first step begins with the lease. */
export interface RentStep {
  readonly fromOn: Day;
  readonly monthlyFen: Fen;
}
/** Days for which no rent is due, both included. */
export interface FreeSpan {
  readonly fromOn: Day;
  readonly toOn: Day;
}

export interface LeaseTerms {
  readonly fromOn: Day;
  /** The last day. */
  readonly toOn: Day;
  readonly cycleMonths: CycleMonths;
  /** Days after the beginning of a cycle on which its rent is due: 0 = on its first day. */
  readonly dueAfterDays: number;
  readonly steps: readonly RentStep[];
  readonly free: readonly FreeSpan[];
  readonly depositFen: Fen;
  /** Tax contained in the rent, in hundredths of a per cent: 500 = 5 %. */
  readonly taxBasisPoints: number;
}

export const LONGEST_LEASE_YEARS = 20; // CC 705: what exceeds twenty years is void
export const MOST_STEPS = 40;

export type LeaseFault =
  | { readonly reason: "not_a_day"; readonly field: string }
  | { readonly reason: "ends_before_start" }
  | { readonly reason: "lease_too_long"; readonly mostYears: number }
  | { readonly reason: "no_rent" }
  | { readonly reason: "first_step_not_at_start" }
  | { readonly reason: "steps_out_of_order"; readonly step: number }
  | { readonly reason: "step_outside"; readonly step: number }
  | { readonly reason: "amount_out_of_range"; readonly field: string }
  | { readonly reason: "free_outside"; readonly free: number }
  | { readonly reason: "free_overlaps"; readonly free: number }
  | { readonly reason: "due_out_of_range"; readonly most: number };

const isAmount = (fen: number): boolean => Number.isSafeInteger(fen) && fen >= 0 && fen <= MOST_FEN;

/** Everything wrong with the terms of a lease; empty when a schedule can be made of them. */
export function leaseFaults(terms: LeaseTerms): LeaseFault[] {
  const { fromOn, toOn, steps, free } = terms;
  const faults: LeaseFault[] = [];
  if (!isDay(fromOn)) faults.push({ reason: "not_a_day", field: "fromOn" });
  if (!isDay(toOn)) faults.push({ reason: "not_a_day", field: "toOn" });
  for (const [at, step] of steps.entries())
    if (!isDay(step.fromOn)) faults.push({ reason: "not_a_day", field: `steps[${at}]` });
  for (const [at, span] of free.entries())
    if (!isDay(span.fromOn) || !isDay(span.toOn)) faults.push({ reason: "not_a_day", field: `free[${at}]` });
  if (faults.length > 0) return faults;
  if (toOn < fromOn) return [{ reason: "ends_before_start" }];
  if (toOn >= addMonths(fromOn, LONGEST_LEASE_YEARS * 12))
    faults.push({ reason: "lease_too_long", mostYears: LONGEST_LEASE_YEARS });
  if (steps.length === 0) faults.push({ reason: "no_rent" });
  else if (steps[0]!.fromOn !== fromOn) faults.push({ reason: "first_step_not_at_start" });
  for (const [at, step] of steps.entries()) {
    if (!isAmount(step.monthlyFen)) faults.push({ reason: "amount_out_of_range", field: `steps[${at}]` });
    if (at > 0 && step.fromOn <= steps[at - 1]!.fromOn) faults.push({ reason: "steps_out_of_order", step: at + 1 });
    if (step.fromOn > toOn) faults.push({ reason: "step_outside", step: at + 1 });
  }
  for (const [at, span] of free.entries()) {
    if (span.toOn < span.fromOn || span.fromOn < fromOn || span.toOn > toOn)
      faults.push({ reason: "free_outside", free: at + 1 });
    if (free.slice(0, at).some((other) => span.fromOn <= other.toOn && other.fromOn <= span.toOn))
      faults.push({ reason: "free_overlaps", free: at + 1 });
  }
  if (!isAmount(terms.depositFen)) faults.push({ reason: "amount_out_of_range", field: "depositFen" });
  if (!Number.isInteger(terms.taxBasisPoints) || terms.taxBasisPoints < 0 || terms.taxBasisPoints > 3_000)
    faults.push({ reason: "amount_out_of_range", field: "taxBasisPoints" });
  if (!Number.isInteger(terms.dueAfterDays) || terms.dueAfterDays < 0 || terms.dueAfterDays > 90)
    faults.push({ reason: "due_out_of_range", most: 90 });
  return faults;
}

/** One payment: for the days from–to, both included, due on a day. */
export interface Charge {
  /** 1, 2, 3 … in the order of time. */
  readonly chargeNo: number;
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly dueOn: Day;
  readonly amountFen: Fen;
  /** Of the amount; rounded half up to the fen, because an invoice has to be. */
  readonly taxFen: Fen;
}

/** The first day of the n-th month of a lease, counted from its first day: the 31st becomes the last day of a shorter month. */
export const monthStart = (fromOn: Day, months: number): Day => addMonths(fromOn, months);

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/**
 * What falls due through a lease that ends on `terms.toOn`. A full month costs the month's rent. Of a month in which the rent
 * changes, or which is partly free or cut off by the end, each day costs its part of that month's days, and the fen of the whole
 * are rounded down once a month and step, in the lessee's favour. Throws for faulty terms.
 */
export function schedule(terms: LeaseTerms): Charge[] {
  if (leaseFaults(terms).length > 0) throw new RangeError("a schedule of faulty terms");
  const charges: Charge[] = [];
  for (let months = 0; ; months += terms.cycleMonths) {
    const fromOn = monthStart(terms.fromOn, months);
    if (fromOn > terms.toOn) return charges;
    const toOn = earlier(addDays(monthStart(terms.fromOn, months + terms.cycleMonths), -1), terms.toOn);
    let amountFen = 0;
    for (let month = 0; month < terms.cycleMonths; month += 1) amountFen += rentOfMonth(terms, months + month);
    if (amountFen > 0)
      charges.push({
        chargeNo: charges.length + 1,
        fromOn,
        toOn,
        dueOn: addDays(fromOn, terms.dueAfterDays),
        amountFen,
        taxFen: taxIn(amountFen, terms.taxBasisPoints),
      });
  }
}

/** The rent of the n-th month of a lease, counted from 0; nothing behind its end. */
export function rentOfMonth(terms: LeaseTerms, month: number): Fen {
  const [first, next] = [monthStart(terms.fromOn, month), monthStart(terms.fromOn, month + 1)];
  const days = daysBetween(first, next);
  return terms.steps.reduce((sum, step, at) => {
    const until = terms.steps[at + 1]?.fromOn ?? addDays(terms.toOn, 1);
    const [from, to] = [later(first, step.fromOn), earlier(earlier(next, until), addDays(terms.toOn, 1))];
    if (to <= from) return sum;
    const paid = daysBetween(from, to) - freeDays(terms.free, from, to);
    // A month of one rent with no free day is the rent itself, whatever its length.
    return sum + (paid === days ? step.monthlyFen : Math.floor((step.monthlyFen * paid) / days));
  }, 0);
}

/** Free days from a day until before another. */
const freeDays = (free: readonly FreeSpan[], from: Day, until: Day): number =>
  free.reduce((sum, span) => {
    const [a, b] = [later(span.fromOn, from), earlier(addDays(span.toOn, 1), until)];
    return b > a ? sum + daysBetween(a, b) : sum;
  }, 0);

/** The tax contained in an amount: amount × rate ÷ (1 + rate), half a fen up. */
export const taxIn = (amountFen: Fen, basisPoints: number): Fen => {
  const [amount, rate] = [BigInt(amountFen), BigInt(basisPoints)];
  return Number((2n * amount * rate + 10_000n + rate) / (2n * (10_000n + rate)));
};

/** Terms cut off at an earlier last day: what a lease that ends early owes in all. */
export function endedOn(terms: LeaseTerms, lastOn: Day): Result<LeaseTerms, LeaseFault> {
  if (!isDay(lastOn)) return err({ reason: "not_a_day", field: "lastOn" });
  if (lastOn < terms.fromOn || lastOn > terms.toOn) return err({ reason: "ends_before_start" });
  return ok({
    ...terms,
    toOn: lastOn,
    steps: terms.steps.filter(({ fromOn }) => fromOn <= lastOn),
    free: terms.free
      .filter(({ fromOn }) => fromOn <= lastOn)
      .map((span) => ({ ...span, toOn: earlier(span.toOn, lastOn) })),
  });
}

/** A span of days for which an asset is let. */
export interface LetSpan {
  readonly assetId: string;
  readonly fromOn: Day;
  readonly toOn: Day;
}
/** The first asset that would be let twice on one day; null when none is (no asset let twice for the same day). */
export const letTwice = (existing: readonly LetSpan[], wanted: readonly LetSpan[]): LetSpan | null =>
  wanted.find((one, at) =>
    [...existing, ...wanted.slice(0, at)].some(
      (other) => other.assetId === one.assetId && other.fromOn <= one.toOn && one.fromOn <= other.toOn,
    ),
  ) ?? null;

/** How long something is overdue, in the columns of a list of arrears. */
export const AGES = ["not_due", "up_to_30", "up_to_90", "up_to_180", "over_180"] as const;
export type Age = (typeof AGES)[number];
export function ageOf(dueOn: Day, today: Day): Age {
  const days = daysBetween(dueOn, today);
  if (days <= 0) return "not_due";
  if (days <= 30) return "up_to_30";
  if (days <= 90) return "up_to_90";
  return days <= 180 ? "up_to_180" : "over_180";
}
