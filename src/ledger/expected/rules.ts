/** What a month should have brought in by the register, its leases and tariffs, against what the books say of it. Pure; amounts in fen. */
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
    | { readonly kind: "permits" | "gate"; readonly entries: number };
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

/** Permits at their tariff and what the gate recorded. */
export const parkingDue = (
  taken: readonly { readonly source: "permit" | "gate"; readonly entries: number; readonly amountFen: Fen }[],
): Source[] =>
  taken
    .filter(({ amountFen }) => amountFen > 0)
    .map(({ source, entries, amountFen }) => ({
      account: PARKING_INCOME,
      what: { kind: source === "permit" ? "permits" : "gate", entries },
      fen: amountFen,
    }));

export interface Comparison {
  readonly account: string;
  readonly expectedFen: Fen;
  readonly bookedFen: Fen;
  /** Booked less expected. */
  readonly gapFen: Fen;
  readonly standing: "agrees" | "explained" | "unexplained";
  /** The last that was said of it. */
  readonly reason: string | null;
  readonly sources: readonly Source[];
}

/** Account by account, every foreseen one that has either figure; a gap without a reason is unexplained, and says so (R10). */
export function compare(
  sources: readonly Source[],
  booked: ReadonlyMap<string, Fen>,
  reasons: ReadonlyMap<string, string>,
): Comparison[] {
  return FORESEEN.flatMap((account): Comparison[] => {
    const own = sources.filter((one) => one.account === account);
    const expectedFen = own.reduce((sum, { fen }) => sum + fen, 0);
    const bookedFen = booked.get(account) ?? 0;
    if (own.length === 0 && bookedFen === 0) return [];
    const gapFen = bookedFen - expectedFen;
    const reason = reasons.get(account) ?? null;
    const standing = gapFen === 0 ? "agrees" : reason === null ? "unexplained" : "explained";
    return [{ account, expectedFen, bookedFen, gapFen, standing, reason, sources: own }];
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
  if (row.gapFen === 0) return { reason: "no_gap" };
  return text.trim() === "" || text.length > LONGEST_REASON ? { reason: "reason_missing", most: LONGEST_REASON } : null;
}
