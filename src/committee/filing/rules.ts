/** What a committee has to file with the authority and by when: its election, and every change of its members (REG 16; M11). Pure. */
import { type Day, dayOf, type Instant, isDay, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { MemberChange } from "../seated/rules.ts";

/** A filing that was made: the committee as it stood on `asOf`, handed in on `filedOn`. */
export interface FiledAs {
  readonly asOf: Day;
  readonly filedOn: Day;
}

export interface FilingDuty {
  readonly about: "election" | "change";
  /** The day it began: of taking office, or of the change. */
  readonly on: Day;
  /** The last day for it; the day it began is not counted (CC 201, 203). */
  readonly dueOn: Day;
  /** The day the filing that covers it was handed in; null while none does. */
  readonly filedOn: Day | null;
  readonly state: "open" | "overdue" | "filed" | "filed_late";
  /** Of a change: how many became members and how many ceased. */
  readonly taken: number;
  readonly left: number;
}

/**
 * Everything a mandate had or has to file, the newest first. A filing covers all that had happened by the day it shows, so that
 * one pack after a quick change of two members is one pack; each change has its own day by which it is due.
 */
export function filingDuties(
  mandateFrom: Instant,
  changes: readonly MemberChange[],
  filings: readonly FiledAs[],
  days: number,
  today: Day,
): FilingDuty[] {
  const began: readonly (MemberChange & { about: FilingDuty["about"] })[] = [
    { about: "election", on: dayOf(mandateFrom), taken: 0, left: 0 },
    ...changes.map((change) => ({ ...change, about: "change" as const })),
  ];
  return began
    .map(({ about, on, taken, left }): FilingDuty => {
      const dueOn = lastDayOfPeriod(on, days);
      const covering = filings.filter(({ asOf }) => asOf >= on).map(({ filedOn }) => filedOn);
      const filedOn = covering.length === 0 ? null : covering.reduce((first, each) => (each < first ? each : first));
      const state = filedOn === null ? (today > dueOn ? "overdue" : "open") : filedOn > dueOn ? "filed_late" : "filed";
      return { about, on, dueOn, filedOn, state, taken, left };
    })
    .toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
}

/** The duty that presses most: the unfiled one with the earliest last day; null where everything is filed. */
export const nextFiling = (duties: readonly FilingDuty[]): FilingDuty | null =>
  duties
    .filter(({ filedOn }) => filedOn === null)
    .reduce<FilingDuty | null>((first, each) => (first === null || each.dueOn < first.dueOn ? each : first), null);

export const LONGEST_AUTHORITY = 80;
export const LONGEST_RECEIPT = 60;

export interface FilingAsked {
  readonly asOf: string;
  readonly filedOn: string;
  readonly authority: string;
  readonly receiptNo: string;
  readonly hasFile: boolean;
}

export type FilingRefusal =
  | { readonly reason: "not_a_day"; readonly field: "asOf" | "filedOn" }
  | { readonly reason: "day_to_come"; readonly field: "asOf" | "filedOn" }
  | { readonly reason: "before_mandate"; readonly from: Day }
  | { readonly reason: "filed_before_shown" }
  | { readonly reason: "authority_missing" }
  | { readonly reason: "authority_too_long"; readonly most: number }
  | { readonly reason: "receipt_missing" }
  | { readonly reason: "receipt_too_long"; readonly most: number };

/** Whether a filing may be recorded: its days are days that were, in their order, and something proves it. */
export function mayFile(asked: FilingAsked, mandateFrom: Instant, today: Day): Result<true, FilingRefusal> {
  const { asOf, filedOn } = asked;
  for (const [field, day] of [["asOf", asOf] as const, ["filedOn", filedOn] as const]) {
    if (!isDay(day)) return err({ reason: "not_a_day", field });
    if (day > today) return err({ reason: "day_to_come", field });
  }
  if (asOf < dayOf(mandateFrom)) return err({ reason: "before_mandate", from: dayOf(mandateFrom) });
  if (filedOn < asOf) return err({ reason: "filed_before_shown" });
  if (asked.authority.trim() === "") return err({ reason: "authority_missing" });
  if (asked.authority.length > LONGEST_AUTHORITY) return err({ reason: "authority_too_long", most: LONGEST_AUTHORITY });
  if (asked.receiptNo.length > LONGEST_RECEIPT) return err({ reason: "receipt_too_long", most: LONGEST_RECEIPT });
  if (asked.receiptNo.trim() === "" && !asked.hasFile) return err({ reason: "receipt_missing" });
  return ok(true);
}
