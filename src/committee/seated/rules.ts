/** Who sits in the committee at an instant: members, alternates, empty seats. Pure; how they came to their seats is the election's. */
import { addMonths, type Day, dayOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import type { PostKind } from "../../offices/rules.ts";

/** Posts whose holders are members with a vote, the highest first. The chair and the deputies are members (REG 16; M10). */
export const MEMBER_POSTS = ["committee_chair", "committee_deputy", "committee_member"] as const satisfies PostKind[];
export type MemberPost = (typeof MEMBER_POSTS)[number];
/** May attend, without a vote (M8). */
export const ALTERNATE_POST = "committee_alternate" satisfies PostKind;
export type SeatPost = MemberPost | typeof ALTERNATE_POST;
export const SEAT_POSTS: readonly SeatPost[] = [...MEMBER_POSTS, ALTERNATE_POST];

export const isMemberPost = (post: string): post is MemberPost => (MEMBER_POSTS as readonly string[]).includes(post);

/** One dated post in the committee. */
export interface Seat {
  readonly personId: string;
  readonly tenureId: string;
  readonly post: SeatPost;
  readonly fromAt: Instant;
  /** The first instant without it; null while no end is known. */
  readonly untilAt: Instant | null;
}

export type Standing = "member" | "alternate";
/** A person of the committee, under the highest post they hold. */
export interface Seated {
  readonly personId: string;
  readonly tenureId: string;
  readonly post: SeatPost;
  readonly standing: Standing;
}

const holdsAt = ({ fromAt, untilAt }: Seat, at: Instant): boolean => fromAt <= at && (untilAt === null || at < untilAt);
const rankOf = (post: SeatPost): number => SEAT_POSTS.indexOf(post);

/**
 * Everyone who sits at an instant, one line a person: whoever is a member and the chair, or an alternate who moved up, is
 * counted once and under the higher post. In the order of the posts.
 */
export function seatedAt(seats: readonly Seat[], at: Instant): Seated[] {
  const highest = new Map<string, Seat>();
  for (const seat of seats) {
    if (!holdsAt(seat, at)) continue;
    const known = highest.get(seat.personId);
    if (!known || rankOf(seat.post) < rankOf(known.post)) highest.set(seat.personId, seat);
  }
  return [...highest.values()]
    .toSorted((a, b) => rankOf(a.post) - rankOf(b.post) || a.fromAt - b.fromAt || (a.tenureId < b.tenureId ? -1 : 1))
    .map(({ personId, tenureId, post }) => ({
      personId,
      tenureId,
      post,
      standing: isMemberPost(post) ? "member" : "alternate",
    }));
}

export const membersOf = (seated: readonly Seated[]): Seated[] =>
  seated.filter(({ standing }) => standing === "member");

/** A day on which the membership of the committee changed, counted from its beginning. */
export interface MemberChange {
  readonly on: Day;
  readonly taken: number;
  readonly left: number;
}

/**
 * The days after `since` on which someone became or ceased to be a member, or took or left the chair (M11: a change is filed
 * too). Alternates are not members and change nothing; one who moves up does. Oldest first.
 */
export function memberChanges(seats: readonly Seat[], since: Instant, now: Instant): MemberChange[] {
  const days = new Map<Day, { taken: number; left: number }>();
  const at = (instant: Instant) => {
    const on = dayOf(instant);
    const line = days.get(on) ?? { taken: 0, left: 0 };
    days.set(on, line);
    return line;
  };
  for (const { post, fromAt, untilAt } of seats) {
    if (!isMemberPost(post) || untilAt === fromAt) continue;
    if (fromAt > since && fromAt <= now) at(fromAt).taken += 1;
    if (untilAt !== null && untilAt > since && untilAt <= now) at(untilAt).left += 1;
  }
  return [...days].map(([on, line]) => ({ on, ...line })).toSorted((a, b) => (a.on < b.on ? -1 : 1));
}

/** The days after an election within which the members meet and choose their chair (GR 32, BJ 42; M10). */
export const FIRST_MEETING_DAYS = 7;
/** The last day of it; the day of taking office is not counted. */
export const firstMeetingBy = (mandateFrom: Instant): Day => lastDayOfPeriod(dayOf(mandateFrom), FIRST_MEETING_DAYS);

/**
 * The last day for the first meeting while it is still to come: null once the members met, or once there was a chair. A chair who
 * left again is replaced by a further choice, not by another first meeting.
 */
export const firstMeetingDue = (
  mandateFrom: Instant,
  seats: readonly Seat[],
  lastHeldAt: Instant | null,
  now: Instant,
): Day | null =>
  lastHeldAt !== null || seats.some(({ post, fromAt }) => post === "committee_chair" && fromAt <= now)
    ? null
    : firstMeetingBy(mandateFrom);

/** The last day for the next meeting where one is due every so many months; null where no rule says (0). */
export const nextMeetingBy = (lastHeldOn: Day, everyMonths: number): Day | null =>
  everyMonths === 0 ? null : addMonths(lastHeldOn, everyMonths);
