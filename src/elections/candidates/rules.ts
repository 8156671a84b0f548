/** Who may sit, when candidates stand, and the order they stand in (M3, M4, M6, M7). Pure; nominations are ../nominations/rules.ts. */
import type { Voter } from "../../community/rules.ts";
import { addDays, type Day, dayOf, endOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import {
  candidatesLeast,
  type ElectionMoveRefusal,
  type ElectionState,
  electionIn,
  type MethodValues,
} from "../rules.ts";

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

/** A candidacy as publication sees it. */
export interface ReadyFacts {
  readonly number: number;
  readonly accepted: boolean;
  readonly withdrawn: boolean;
  /** The newest decision with what an appeal made of it; null where nobody has decided. */
  readonly outcome: Outcome | null;
  /** An appeal waits for its ruling. */
  readonly appealOpen: boolean;
  /** Until when the person may still appeal; null when they may not any more. */
  readonly appealUntil: Instant | null;
  readonly isOwnerToday: boolean;
}

export interface PublicationFacts {
  readonly state: ElectionState;
  readonly seats: number;
  readonly surplusPercent: number;
  readonly candidacies: readonly ReadyFacts[];
  readonly seedCommitted: boolean;
  /** Why the election goes on with fewer candidates than it should have; "" = it does not. */
  readonly fewerReason: string;
}

export const LONGEST_REASON = 500;

export type PublishRefusal =
  | ElectionMoveRefusal
  | { readonly reason: "undecided"; readonly numbers: readonly number[] }
  | { readonly reason: "appeals_running"; readonly numbers: readonly number[]; readonly until: Instant | null }
  | { readonly reason: "nobody_stands" }
  /** Fewer than the seats and the surplus ask for: lawful, but only by a reasoned decision that everyone can read. */
  | { readonly reason: "fewer_than_needed"; readonly standing: number; readonly least: number; readonly seats: number }
  | { readonly reason: "seed_missing" };

export interface ReadyList {
  /** Who goes onto the list, in the order of their numbers. */
  readonly standing: readonly number[];
  /** Found eligible, and no owner on the roll of today any more: left off, with a decision of its own (M3). */
  readonly soldMeanwhile: readonly number[];
  readonly least: number;
  /** Whether there are fewer candidates than seats: the committee cannot be full. */
  readonly fewerThanSeats: boolean;
}

/** The list as it would come out now, whatever still stands against it. */
export function readyList({ candidacies, seats, surplusPercent }: PublicationFacts): ReadyList {
  const found = candidacies
    .filter(({ accepted, withdrawn, outcome }) => accepted && !withdrawn && outcome === "eligible")
    .toSorted((a, b) => a.number - b.number);
  const standing = found.filter(({ isOwnerToday }) => isOwnerToday).map(({ number }) => number);
  return {
    standing,
    soldMeanwhile: found.filter(({ isOwnerToday }) => !isOwnerToday).map(({ number }) => number),
    least: candidatesLeast(seats, surplusPercent),
    fewerThanSeats: standing.length < seats,
  };
}

/**
 * Whether the candidates may be published (M6): everyone who accepted has been decided on, no appeal is open or can still come,
 * there are as many as the method asks or a reason to go on with fewer, and the seed of the order was committed before.
 */
export function mayPublishCandidates(facts: PublicationFacts): Result<ReadyList, PublishRefusal> {
  const inState = electionIn(facts.state, "examining");
  if (!inState.ok) return inState;
  const live = facts.candidacies.filter(({ accepted, withdrawn }) => accepted && !withdrawn);
  const undecided = live.filter(({ outcome }) => outcome === null).map(({ number }) => number);
  if (undecided.length > 0) return err({ reason: "undecided", numbers: undecided });
  const running = live.filter(({ appealOpen, appealUntil }) => appealOpen || appealUntil !== null);
  if (running.length > 0) {
    const ends = running.map(({ appealOpen, appealUntil }) => (appealOpen ? null : appealUntil));
    return err({
      reason: "appeals_running",
      numbers: running.map(({ number }) => number),
      until: ends.some((at) => at === null) ? null : Math.max(...ends.map((at) => at ?? 0)),
    });
  }
  if (!facts.seedCommitted) return err({ reason: "seed_missing" });
  const list = readyList(facts);
  const { standing, least } = list;
  if (standing.length === 0) return err({ reason: "nobody_stands" });
  if (standing.length < least && facts.fewerReason.trim() === "")
    return err({ reason: "fewer_than_needed", standing: standing.length, least, seats: facts.seats });
  return ok(list);
}

/** Whether an owner may object to a candidate now: within the published days, and before the vote (M6). */
export function mayObjectToCandidate(
  state: ElectionState,
  publishedAt: Instant | null,
  candidatesPublicDays: number,
  now: Instant,
): Result<
  true,
  { readonly reason: "objections_not_open" } | { readonly reason: "objections_over"; readonly lastOn: Day }
> {
  if (publishedAt === null) return err({ reason: "objections_not_open" });
  const lastOn = lastDayToObject(dayOf(publishedAt), candidatesPublicDays);
  if ((state !== "standing" && state !== "voting") || now >= endOf(lastOn))
    return err({ reason: "objections_over", lastOn });
  return ok(true);
}
