/** Entering the mandate of a committee that was elected before the estate came here (M1, M2). Pure; one elected here is entered by its election. */
import { addMonths, type Day, endOf, type Instant, isDay, startOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** The most members the law knows, the least of a small estate, and the longest term in months (GR 31, 32; M1, M2). */
export const MOST_SEATS = 11;
export const LEAST_SEATS = 3;
export const LONGEST_MONTHS = 60;
export const LONGEST_DOCUMENT = 200;

/** As typed; days inclusive. */
export interface MandateAsked {
  readonly number: string;
  readonly seats: string;
  readonly fromOn: string;
  readonly lastOn: string;
  readonly document: string;
}
export interface MandateRead {
  readonly number: number;
  readonly seats: number;
  readonly fromAt: Instant;
  readonly untilAt: Instant;
  readonly document: string;
}

export type MandateField = keyof MandateAsked;
export type MandateFault =
  | { readonly reason: "mandate_number"; readonly field: "number" }
  | { readonly reason: "mandate_seats"; readonly field: "seats"; readonly least: number; readonly most: number }
  | { readonly reason: "seats_even"; readonly field: "seats"; readonly seats: number }
  | { readonly reason: "not_a_day"; readonly field: "fromOn" | "lastOn" }
  | { readonly reason: "mandate_to_come"; readonly field: "fromOn" }
  | { readonly reason: "ends_before_start"; readonly field: "lastOn" }
  | { readonly reason: "mandate_too_long"; readonly field: "lastOn"; readonly mostMonths: number }
  | { readonly reason: "document_missing"; readonly field: "document" }
  | { readonly reason: "document_too_long"; readonly field: "document"; readonly most: number };

const whole = (text: string): number | null =>
  /^\d{1,2}$/.test(text.normalize("NFKC").trim()) ? Number(text.normalize("NFKC")) : null;

/** Reads a mandate as it stands in the decision that elected it: everything wrong at once. Seats are odd, 3 to 11 (M1); the term is five years at most (M2). */
export function readMandate(asked: MandateAsked, today: Day): Result<MandateRead, readonly MandateFault[]> {
  const faults: MandateFault[] = [];
  const number = whole(asked.number);
  const seats = whole(asked.seats);
  if (number === null || number < 1) faults.push({ reason: "mandate_number", field: "number" });
  if (seats === null || seats < LEAST_SEATS || seats > MOST_SEATS)
    faults.push({ reason: "mandate_seats", field: "seats", least: LEAST_SEATS, most: MOST_SEATS });
  else if (seats % 2 === 0) faults.push({ reason: "seats_even", field: "seats", seats });
  const days = [
    ["fromOn", asked.fromOn],
    ["lastOn", asked.lastOn],
  ] as const;
  for (const [field, day] of days) if (!isDay(day)) faults.push({ reason: "not_a_day", field });
  if (isDay(asked.fromOn) && isDay(asked.lastOn)) {
    if (asked.fromOn > today) faults.push({ reason: "mandate_to_come", field: "fromOn" });
    if (asked.lastOn <= asked.fromOn) faults.push({ reason: "ends_before_start", field: "lastOn" });
    else if (asked.lastOn >= addMonths(asked.fromOn, LONGEST_MONTHS))
      faults.push({ reason: "mandate_too_long", field: "lastOn", mostMonths: LONGEST_MONTHS });
  }
  const document = asked.document.trim();
  if (document === "") faults.push({ reason: "document_missing", field: "document" });
  if (document.length > LONGEST_DOCUMENT)
    faults.push({ reason: "document_too_long", field: "document", most: LONGEST_DOCUMENT });
  if (faults.length > 0 || number === null || seats === null) return err(faults);
  return ok({ number, seats, fromAt: startOf(asked.fromOn), untilAt: endOf(asked.lastOn), document });
}
