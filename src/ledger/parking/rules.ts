/** Parking on common ground: plates and how they are shown, tariffs by day, permits by month, and what a gate's file says. Pure. */
import { addDays, addMonths, type Day, isDay } from "../../kernel/day.ts";
import { type Fen, MOST_FEN } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** Where parking on common roads and places earns (CC 275, 282; R1). */
export const PARKING_INCOME = "4001.01";
/** Where what is paid for months to come stands until they come (books/chart.ts). */
export const RECEIVED_AHEAD = "2203";
export const TARIFF_USES = ["monthly", "temporary"] as const;
export type TariffUse = (typeof TARIFF_USES)[number];

// GA 36-2018: a province, a letter, then five characters, or six of a new-energy vehicle; no I and no O.
const PLATE =
  /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])$/;

/** `渝a·12345` → `渝A12345`; null for what is no plate. */
export function readPlate(text: string): string | null {
  const plate = text
    .normalize("NFKC")
    .replace(/[\s·・.•-]/g, "")
    .toUpperCase();
  return PLATE.test(plate) ? plate : null;
}
/** `渝A·***12`: enough for whoever has it to find their own. */
export const maskPlate = (plate: string): string => `${plate.slice(0, 2)}·***${plate.slice(-2)}`;

export interface Tariff {
  readonly use: TariffUse;
  readonly fromOn: Day;
  /** Of a month; of temporary parking the price its words begin with. */
  readonly amountFen: Fen;
}
/** The tariff in force on a day: the last one that began by then. */
export const tariffOn = <T extends Tariff>(tariffs: readonly T[], use: TariffUse, day: Day): T | null =>
  tariffs
    .filter((one) => one.use === use && one.fromOn <= day)
    .reduce<T | null>((last, one) => (last === null || one.fromOn > last.fromOn ? one : last), null);

export const LONGEST_TARIFF_WORDS = 200;
export type TariffFault =
  | { readonly reason: "unknown_use" }
  | { readonly reason: "not_a_day" }
  | { readonly reason: "amount_out_of_range" }
  | { readonly reason: "words_missing"; readonly most: number };

/** A tariff says what it costs and from when on. What it rests on is asked besides (leases/basis.ts; CC 278, matter 8). */
export function tariffFaults(asked: Tariff & { readonly words: string }): TariffFault[] {
  const faults: TariffFault[] = [];
  if (!(TARIFF_USES as readonly string[]).includes(asked.use)) faults.push({ reason: "unknown_use" });
  if (!isDay(asked.fromOn)) faults.push({ reason: "not_a_day" });
  const least = asked.use === "monthly" ? 1 : 0;
  if (!Number.isSafeInteger(asked.amountFen) || asked.amountFen < least || asked.amountFen > MOST_FEN)
    faults.push({ reason: "amount_out_of_range" });
  if (asked.words.trim() === "" || asked.words.length > LONGEST_TARIFF_WORDS)
    faults.push({ reason: "words_missing", most: LONGEST_TARIFF_WORDS });
  return faults;
}

export const MOST_PERMIT_MONTHS = 12;
export interface PermitSpan {
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly monthlyFen: Fen;
  readonly amountFen: Fen;
}
export type PermitFault =
  | { readonly reason: "plate_unreadable" }
  | { readonly reason: "not_a_day"; readonly field: "fromOn" | "paidOn" }
  | { readonly reason: "months_out_of_range"; readonly most: number }
  | { readonly reason: "no_tariff"; readonly on: Day };

/** A permit for whole months from a day on, at the tariff of its first day: from the 31st it ends with the shorter month. */
export function permitSpan(
  asked: { readonly fromOn: Day; readonly months: number },
  tariffs: readonly Tariff[],
): Result<PermitSpan, PermitFault> {
  const { fromOn, months } = asked;
  if (!isDay(fromOn)) return err({ reason: "not_a_day", field: "fromOn" });
  if (!Number.isInteger(months) || months < 1 || months > MOST_PERMIT_MONTHS)
    return err({ reason: "months_out_of_range", most: MOST_PERMIT_MONTHS });
  const tariff = tariffOn(tariffs, "monthly", fromOn);
  if (!tariff) return err({ reason: "no_tariff", on: fromOn });
  const toOn = addDays(addMonths(fromOn, months), -1);
  return ok({ fromOn, toOn, monthlyFen: tariff.amountFen, amountFen: tariff.amountFen * months });
}

export const LONGEST_WHY = 100;
export type PermitEndFault =
  | { readonly reason: "end_not_a_day" }
  /** Before the permit begins by more than a day, or not before its last day. */
  | { readonly reason: "end_outside"; readonly fromOn: Day; readonly toOn: Day }
  | { readonly reason: "end_without_why"; readonly most: number };

/** Why a permit cannot end on a day; null when it can. The day before it begins means that it never ran. */
export function permitEndFault(
  permit: { readonly fromOn: Day; readonly toOn: Day },
  asked: { readonly lastOn: string; readonly why: string },
): PermitEndFault | null {
  const { fromOn, toOn } = permit;
  if (!isDay(asked.lastOn)) return { reason: "end_not_a_day" };
  if (asked.lastOn < addDays(fromOn, -1) || asked.lastOn >= toOn) return { reason: "end_outside", fromOn, toOn };
  return asked.why.trim() === "" || asked.why.length > LONGEST_WHY
    ? { reason: "end_without_why", most: LONGEST_WHY }
    : null;
}

/** What goes back when a permit ends on a day: the rent of the months that had not begun by its end; a month begun is paid. */
export function refundOf(
  permit: { readonly fromOn: Day; readonly months: number; readonly monthlyFen: Fen },
  lastOn: Day,
): Fen {
  let unbegun = 0;
  for (let month = 0; month < permit.months; month += 1) if (addMonths(permit.fromOn, month) > lastOn) unbegun += 1;
  return unbegun * permit.monthlyFen;
}

/** One month of a permit, counted from 1; it belongs to the calendar month in which it begins. */
export interface PermitMonth {
  readonly monthNo: number;
  readonly beginsOn: Day;
  readonly amountFen: Fen;
}
const monthOf = (day: Day): string => day.slice(0, 7);
interface PaidPermit {
  readonly fromOn: Day;
  readonly months: number;
  readonly monthlyFen: Fen;
  readonly paidOn: Day;
}
/**
 * The months of a permit that are paid for before their calendar month: received in advance, and earned when theirs comes. From the 31st a
 * month begins on the last day of a shorter one. What is paid late is earned when it is paid.
 */
export const monthsAhead = ({ fromOn, months, monthlyFen, paidOn }: PaidPermit): PermitMonth[] =>
  Array.from({ length: months }, (_, at) => ({
    monthNo: at + 1,
    beginsOn: addMonths(fromOn, at),
    amountFen: monthlyFen,
  })).filter(({ beginsOn }) => monthOf(beginsOn) > monthOf(paidOn));

/**
 * Of the months ahead, those that go back when a permit ends, out of what was received in advance: they had not begun by its last day, and
 * their calendar month is not over when the end is entered. What began before that was earned and comes out of the income.
 */
export const monthsBack = <T extends PermitMonth>(ahead: readonly T[], lastOn: Day, enteredOn: Day): T[] =>
  ahead.filter(({ beginsOn }) => beginsOn > lastOn && monthOf(beginsOn) >= monthOf(enteredOn));

/** What parking took on a day, from permits sold or from the entries of one file. */
export interface Taking {
  readonly takingId: string;
  readonly onDay: Day;
  readonly source: "permit" | "gate";
  readonly entries: number;
  readonly amountFen: Fen;
}
/** The sums a voucher of several takings is made of. */
export const sumTakings = (takings: readonly Taking[]) => {
  const of = (source: Taking["source"]) => {
    const own = takings.filter((one) => one.source === source);
    return {
      entries: own.reduce((sum, one) => sum + one.entries, 0),
      fen: own.reduce((sum, one) => sum + one.amountFen, 0),
    };
  };
  const [permit, gate] = [of("permit"), of("gate")];
  return { permit, gate, fen: permit.fen + gate.fen };
};

/** The day a moment as gates print it lies on: `2026/11/3 8:05:00`, `2026-11-03 08:05`, `2026年11月3日`; null for anything else. */
export function dayOfMoment(text: string): Day | null {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}[:时].*)?$/.exec(
    text.normalize("NFKC").trim(),
  );
  if (!match) return null;
  const day = `${match[1]}-${match[2]!.padStart(2, "0")}-${match[3]!.padStart(2, "0")}`;
  return isDay(day) ? day : null;
}
