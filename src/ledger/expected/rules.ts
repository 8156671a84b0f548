/** What a month should have brought in by the register, its leases and tariffs, against what the books say of it, and the bank. Pure; amounts in fen. */
import { addDays, addMonths, type Day } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { firstDayOf, type Period } from "../books/rules.ts";
import { endedOn, type LeaseTerms, schedule } from "../leases/rules.ts";
import { PARKING_INCOME } from "../parking/rules.ts";

/** Accounts of income that follow from what is let; interest, compensation and the like are not foreseen. */
export const FORESEEN = ["4001.01", "4001.02", "4001.03", "4001.04", "4001.05"] as const;

export const daysOf = (period: Period): { readonly fromOn: Day; readonly toOn: Day } => {
  const fromOn = firstDayOf(period);
  return { fromOn, toOn: addDays(addMonths(fromOn, 1), -1) };
};

export interface LetFacts {
  readonly number: number;
  readonly account: string;
  readonly terms: LeaseTerms;
  readonly untilOn: Day;
}
/** One thing that was to bring in so much, and of what it is made. */
export interface Source {
  readonly account: string;
  readonly what:
    | { readonly kind: "lease"; readonly number: number }
    | { readonly kind: "permits" | "earned" | "gate" | "refunds"; readonly entries: number };
  readonly fen: Fen;
}

/** What of the rents falls due in a month, less the tax contained, lease by lease: income is booked on the day it falls due. */
export const rentsDue = (leases: readonly LetFacts[], period: Period): Source[] => {
  const { fromOn, toOn } = daysOf(period);
  return leases.flatMap(({ number, account, terms, untilOn }): Source[] => {
    const cut = untilOn < terms.toOn ? endedOn(terms, untilOn) : ({ ok: true, value: terms } as const);
    const due = (cut.ok ? schedule(cut.value) : []).filter((charge) => charge.dueOn >= fromOn && charge.dueOn <= toOn);
    const fen = due.reduce((sum, { amountFen, taxFen }) => sum + amountFen - taxFen, 0);
    return fen === 0 ? [] : [{ account, what: { kind: "lease", number }, fen }];
  });
};

export interface ParkingFacts {
  readonly taken: readonly { readonly source: "permit" | "gate"; readonly entries: number; readonly amountFen: Fen }[];
  /** Of what permits took in the month: what is for months to come. */
  readonly aheadFen?: Fen;
  /** What was paid before for this month. */
  readonly earned?: { readonly entries: number; readonly fen: Fen };
  /** What went back and had been earned. */
  readonly refunded?: { readonly entries: number; readonly refundFen: Fen };
}
/**
 * Permits at their tariff, each month in the one it is for, and what the gate recorded, less what went back of permits that ended before
 * their time.
 */
export const parkingDue = ({ taken, aheadFen = 0, earned, refunded }: ParkingFacts): Source[] => {
  const source = (kind: "permits" | "earned" | "gate" | "refunds", entries: number, fen: Fen): Source[] =>
    fen === 0 ? [] : [{ account: PARKING_INCOME, what: { kind, entries }, fen }];
  return [
    ...taken.flatMap((one) =>
      one.source === "permit"
        ? source("permits", one.entries, one.amountFen - aheadFen)
        : source("gate", one.entries, one.amountFen),
    ),
    ...(earned ? source("earned", earned.entries, earned.fen) : []),
    ...(refunded ? source("refunds", refunded.entries, -refunded.refundFen) : []),
  ];
};

export interface Comparison {
  readonly account: string;
  readonly expectedFen: Fen;
  readonly bookedFen: Fen;
  /** What the bank's statements show of the booked; null while no statement of the month was taken in. */
  readonly bankFen: Fen | null;
  /** Booked less expected. */
  readonly gapFen: Fen;
  /** At the bank less booked; null where the bank is not known. */
  readonly bankGapFen: Fen | null;
  readonly standing: "agrees" | "explained" | "unexplained";
  /** The last that was said of it, whether or not it still covers the gaps. */
  readonly reason: string | null;
  readonly sources: readonly Source[];
}

/** What was said of an account's gaps, with the figures of then; null figures are of a time that did not keep them. */
export interface Reason {
  readonly text: string;
  readonly expectedFen: Fen | null;
  readonly bookedFen: Fen | null;
  readonly bankFen: Fen | null;
}

const apart = (from: Fen | null, to: Fen | null): Fen => (from === null || to === null ? 0 : to - from);
/** Nought, or no further on the same side than it was. */
const isWithin = (gap: Fen, then: Fen): boolean => gap === 0 || (gap * then > 0 && Math.abs(gap) <= Math.abs(then));

/** Whether a reason still covers what differs: a gap that grew, turned round or appeared since is unexplained again. */
export function coversGaps(reason: Reason, now: Pick<Comparison, "gapFen" | "bankGapFen">): boolean {
  if (reason.expectedFen === null || reason.bookedFen === null) return true;
  return (
    isWithin(now.gapFen, apart(reason.expectedFen, reason.bookedFen)) &&
    isWithin(now.bankGapFen ?? 0, apart(reason.bookedFen, reason.bankFen))
  );
}

export const hasGap = ({ gapFen, bankGapFen }: Pick<Comparison, "gapFen" | "bankGapFen">): boolean =>
  gapFen !== 0 || (bankGapFen ?? 0) !== 0;

/**
 * Account by account, every foreseen one that has a figure: expected against booked, booked against the bank. A gap without a reason
 * that covers it is unexplained, and says so (R10). `bank` is null while no statement of the month was taken in.
 */
export function compare(
  sources: readonly Source[],
  booked: ReadonlyMap<string, Fen>,
  bank: ReadonlyMap<string, Fen> | null,
  reasons: ReadonlyMap<string, Reason>,
): Comparison[] {
  return FORESEEN.flatMap((account): Comparison[] => {
    const own = sources.filter((one) => one.account === account);
    const expectedFen = own.reduce((sum, { fen }) => sum + fen, 0);
    const bookedFen = booked.get(account) ?? 0;
    const bankFen = bank === null ? null : (bank.get(account) ?? 0);
    if (own.length === 0 && bookedFen === 0 && (bankFen ?? 0) === 0) return [];
    const gaps = { gapFen: bookedFen - expectedFen, bankGapFen: bankFen === null ? null : bankFen - bookedFen };
    const reason = reasons.get(account) ?? null;
    const isExplained = reason !== null && coversGaps(reason, gaps);
    const standing = !hasGap(gaps) ? "agrees" : isExplained ? "explained" : "unexplained";
    return [
      { account, expectedFen, bookedFen, bankFen, ...gaps, standing, reason: reason?.text ?? null, sources: own },
    ];
  });
}

export const LONGEST_REASON = 200;
export type ReasonRefusal =
  | { readonly reason: "reason_missing"; readonly most: number }
  | { readonly reason: "account_not_foreseen" }
  | { readonly reason: "no_gap" };
/** Whether a reason may be given: for a gap there is, in words. */
export function mayExplain(rows: readonly Comparison[], account: string, text: string): ReasonRefusal | null {
  const row = rows.find((one) => one.account === account);
  if (!row) return { reason: "account_not_foreseen" };
  if (!hasGap(row)) return { reason: "no_gap" };
  return text.trim() === "" || text.length > LONGEST_REASON ? { reason: "reason_missing", most: LONGEST_REASON } : null;
}
