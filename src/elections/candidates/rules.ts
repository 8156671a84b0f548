/** Who may sit, when candidates stand, and the order they stand in (M3, M4, M6, M7). Pure; nominations are ../nominations/rules.ts. */
import type { Voter } from "../../community/rules.ts";
import { addDays, type Day, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { MethodValues } from "../rules.ts";

export const OUTCOMES = ["eligible", "ineligible"] as const;
/** What was decided on a person's eligibility. */
export type Outcome = (typeof OUTCOMES)[number];

/** The last day for owners' objections to the candidates; the day of publication is not counted (M6; CC 201, 203). It ends at 24:00. */
export const lastDayToObject = (publishedOn: Day, candidatesPublicDays: number): Day =>
  lastDayOfPeriod(publishedOn, candidatesPublicDays);

/**
 * The first day on which voting may open: the candidates have been public for the days the method asks, the day of
 * publication not counted, and the days for objections are over (HZ 26; M6).
 */
export function earliestVoting(
  publishedOn: Day,
  { candidatesBeforeDays, candidatesPublicDays }: Pick<MethodValues, "candidatesBeforeDays" | "candidatesPublicDays">,
): Day {
  const published = addDays(publishedOn, candidatesBeforeDays);
  const objected = addDays(lastDayToObject(publishedOn, candidatesPublicDays), 1);
  return published > objected ? published : objected;
}

/** Why someone who stands on the paper cannot take a seat. */
export type SeatRefusal =
  | { readonly reason: "withdrawn"; readonly at: Instant }
  | { readonly reason: "excluded"; readonly at: Instant }
  /** No longer an owner (M3, M13). For a company's delegate: the company is not. */
  | { readonly reason: "sold_meanwhile" };

/**
 * Whether a candidate may take the seat they were elected to, on the heads of the roll of that day (M3, M13). Who withdrew
 * or was excluded after the paper stood is still printed on it and cannot be elected.
 */
export function isEligibleToSit(
  row: { readonly partyId: PartyId; readonly withdrawnAt: Instant | null; readonly excludedAt: Instant | null },
  rollToday: readonly Pick<Voter, "owners">[],
): Result<true, SeatRefusal> {
  if (row.withdrawnAt !== null) return err({ reason: "withdrawn", at: row.withdrawnAt });
  if (row.excludedAt !== null) return err({ reason: "excluded", at: row.excludedAt });
  if (!rollToday.some(({ owners }) => owners.includes(row.partyId))) return err({ reason: "sold_meanwhile" });
  return ok(true);
}
