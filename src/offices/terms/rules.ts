/** Which acts lead into and out of which posts, and when a tenure may begin and end. Pure; overlap is also refused by the database. */
import { addMonths, DAY_MS, type Day, dayOf, endOf, type Instant, isDay, startOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { PostKind } from "../rules.ts";

export const TAKE_KINDS = [
  "owners_election",
  "members_choice",
  "alternate_seated",
  "party_election",
  "residents_election",
  "appointment",
  "resolution",
  "engagement",
  "enlisted",
] as const;
/** How someone comes to office. */
export type TakeKind = (typeof TAKE_KINDS)[number];

export const END_KINDS = [
  "resignation",
  "end_of_term",
  "recall",
  "home_sold",
  "incapacity",
  "dismissal",
  "death",
  "moved_up",
  "correction",
] as const;
/** How someone leaves it (M13, M14). */
export type EndKind = (typeof END_KINDS)[number];

export const isTakeKind = (text: string): text is TakeKind => (TAKE_KINDS as readonly string[]).includes(text);
export const isEndKind = (text: string): text is EndKind => (END_KINDS as readonly string[]).includes(text);

const PARTY = ["party_election", "appointment"] as const;
const ELECTED = ["owners_election", "alternate_seated"] as const;
const GRID = ["engagement", "appointment"] as const;
const STEWARD = ["residents_election", "resolution", "appointment", "enlisted"] as const;
const STAFF = ["engagement", "resolution", "appointment"] as const;

/**
 * The acts that lead into each post. Into the committee leads an election and nothing else, whatever post someone holds
 * elsewhere (CC 278(1)(3), Q6); its chair and deputies are chosen by the members from among themselves (M10).
 */
export const ACTS_INTO: Record<PostKind, readonly TakeKind[]> = {
  upper_liaison: ["appointment"],
  street_party_secretary: PARTY,
  community_party_secretary: PARTY,
  branch_secretary: PARTY,
  branch_member: PARTY,
  group_leader: PARTY,
  street_officer: ["appointment"],
  residents_officer: ["residents_election", "appointment"],
  party_host: [...PARTY, "enlisted"],
  grid_leader: GRID,
  grid_worker: GRID,
  building_steward: STEWARD,
  entrance_steward: STEWARD,
  committee_chair: ["members_choice", "owners_election"],
  committee_deputy: ["members_choice", "owners_election"],
  committee_member: ELECTED,
  committee_alternate: ["owners_election"],
  preparatory_chair: ["appointment"],
  preparatory_member: ["appointment", "resolution"],
  secretary: STAFF,
  teller: STAFF,
  treasurer: STAFF,
  accountant: STAFF,
  volunteer: ["enlisted", "appointment", "resolution"],
  supervisor: ["owners_election", "residents_election", "resolution", "appointment"],
  provider_manager: ["engagement"],
  provider_staff: ["engagement"],
  auditor: ["engagement", "appointment", "resolution"],
};

/** Posts that are held for a stretch known beforehand, and its longest length in days. */
export const LONGEST_DAYS: Partial<Record<PostKind, number>> = { auditor: 90 };

/** The longest term of a committee, in months: five years (GR 41, REG 16). */
export const LONGEST_TERM_MONTHS = 60;
const COMMITTEE: readonly PostKind[] = [
  "committee_chair",
  "committee_deputy",
  "committee_member",
  "committee_alternate",
];

export const LONGEST_DOCUMENT = 200;

/** An appointment as asked for: days as typed, both inclusive. */
export interface TenureAsked {
  readonly post: PostKind;
  /** How long the post is held for, as its body recorded it; none where it has no term. */
  readonly termMonths?: number | null;
  readonly fromOn: Day;
  /** The last day; empty where no end is set: the post's term then sets it, if it has one. */
  readonly lastOn: Day | null;
  readonly act: TakeKind;
  /** The document or reference the act is found under. */
  readonly document: string;
}

export type TenureRefusal =
  | {
      readonly reason: "act_not_for_post";
      readonly post: PostKind;
      readonly act: TakeKind;
      readonly allowed: readonly TakeKind[];
    }
  | { readonly reason: "not_a_day"; readonly field: "fromOn" | "lastOn" }
  | { readonly reason: "ends_before_start" }
  | { readonly reason: "document_missing" }
  | { readonly reason: "document_too_long"; readonly most: number }
  | { readonly reason: "end_needed"; readonly mostDays: number }
  | { readonly reason: "too_long"; readonly mostDays: number }
  | { readonly reason: "term_too_long"; readonly mostMonths: number }
  /** Longer than the term its body recorded for the post. */
  | { readonly reason: "past_the_term"; readonly termMonths: number };

/** When an allowed tenure runs: from 00:00 of the first day until 24:00 of the last, or open-ended. */
export interface Span {
  readonly fromAt: Instant;
  readonly untilAt: Instant | null;
}

/** Whether a post may be taken so. Overlap needs the other holders and is `hasSeat`. */
export function mayTake(asked: TenureAsked): Result<Span, TenureRefusal> {
  const { post, fromOn, lastOn, act, document } = asked;
  const allowed = ACTS_INTO[post];
  if (!allowed.includes(act)) return err({ reason: "act_not_for_post", post, act, allowed });
  if (!isDay(fromOn)) return err({ reason: "not_a_day", field: "fromOn" });
  if (lastOn !== null && !isDay(lastOn)) return err({ reason: "not_a_day", field: "lastOn" });
  if (lastOn !== null && lastOn < fromOn) return err({ reason: "ends_before_start" });
  if (document.trim() === "") return err({ reason: "document_missing" });
  if (document.length > LONGEST_DOCUMENT) return err({ reason: "document_too_long", most: LONGEST_DOCUMENT });
  const mostDays = LONGEST_DAYS[post];
  const termEnds = asked.termMonths ? startOf(addMonths(fromOn, asked.termMonths)) : null;
  const span = { fromAt: startOf(fromOn), untilAt: lastOn === null ? termEnds : endOf(lastOn) };
  if (asked.termMonths && termEnds !== null && span.untilAt !== null && span.untilAt > termEnds)
    return err({ reason: "past_the_term", termMonths: asked.termMonths });
  if (mostDays !== undefined) {
    if (span.untilAt === null) return err({ reason: "end_needed", mostDays });
    if (span.untilAt - span.fromAt > mostDays * DAY_MS) return err({ reason: "too_long", mostDays });
  }
  if (
    COMMITTEE.includes(post) &&
    span.untilAt !== null &&
    span.untilAt > startOf(addMonths(fromOn, LONGEST_TERM_MONTHS))
  )
    return err({ reason: "term_too_long", mostMonths: LONGEST_TERM_MONTHS });
  return ok(span);
}

/** Whether a tenure covers an instant: from its start, until the instant before its end. */
export const holdsAt = (span: Span, at: Instant): boolean =>
  span.fromAt <= at && (span.untilAt === null || at < span.untilAt);

/** Whether a tenure covers any part of a day. */
export const holdsOn = (span: Span, day: Day): boolean =>
  span.fromAt < endOf(day) && (span.untilAt === null || span.untilAt > startOf(day)) && span.untilAt !== span.fromAt;

/** Whether a post with so many seats has one free through all of `wanted`, given the tenures it has. */
export function hasSeat(seats: number, held: readonly Span[], wanted: Span): boolean {
  // The most at once is reached at the wanted start, or where another tenure begins within it.
  const starts = [
    wanted.fromAt,
    ...held.map(({ fromAt }) => fromAt).filter((at) => at > wanted.fromAt && holdsAt(wanted, at)),
  ];
  return starts.every((at) => held.filter((span) => holdsAt(span, at)).length < seats);
}

export type EndRefusal =
  | { readonly reason: "not_a_day"; readonly field: "endsOn" }
  | { readonly reason: "ends_before_start" }
  | { /** The first day without the office. */ readonly reason: "ended_already"; readonly on: Day }
  | { readonly reason: "document_missing" }
  | { readonly reason: "document_too_long"; readonly most: number };

/**
 * Whether a tenure may be ended from a day on: that day is the first without the office. An end already fixed may only be
 * brought forward.
 */
export function mayEnd(
  span: Span,
  asked: { readonly endsOn: Day; readonly document: string },
): Result<{ readonly endedAt: Instant }, EndRefusal> {
  if (!isDay(asked.endsOn)) return err({ reason: "not_a_day", field: "endsOn" });
  if (asked.document.trim() === "") return err({ reason: "document_missing" });
  if (asked.document.length > LONGEST_DOCUMENT) return err({ reason: "document_too_long", most: LONGEST_DOCUMENT });
  const endedAt = startOf(asked.endsOn);
  if (endedAt < span.fromAt) return err({ reason: "ends_before_start" });
  if (span.untilAt !== null && endedAt >= span.untilAt)
    return err({ reason: "ended_already", on: dayOf(span.untilAt) });
  return ok({ endedAt });
}
