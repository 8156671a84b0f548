/** How long a code and a session are good, and when someone is locked out. Pure; the same limits are asserted in the write. */
import type { Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A code is good for five minutes and five tries. */
export const CODE_LIFE_MS = 5 * MINUTE_MS;
export const CODE_TRIES = 5;

/** A session ends twelve hours after signing in, and after an hour in which nothing was asked for. */
export const SESSION_LIFE_MS = 12 * HOUR_MS;
export const SESSION_IDLE_MS = HOUR_MS;
/** The cookie is renewed when a tenth of the hour has passed, not at every request. */
export const RENEW_AFTER_MS = 6 * MINUTE_MS;

/** So many within a sliding stretch of time, then no more until the oldest of them has left it. */
export interface Limit {
  readonly most: number;
  readonly withinMs: number;
}

/**
 * Ten wrong codes for one number within an hour: guessing a code of six digits then takes more than ten years on average. A
 * hundred for the whole community, so that numbers are not tried in turn; it is wide because locking it locks everyone.
 */
export const WRONG_PER_PHONE: Limit = { most: 10, withinMs: HOUR_MS };
export const WRONG_PER_COMMUNITY: Limit = { most: 100, withinMs: HOUR_MS };
/** Codes that can be asked for: each is a message someone pays for and a phone that rings. */
export const CODES_PER_PHONE: Limit = { most: 5, withinMs: 15 * MINUTE_MS };
export const CODES_PER_COMMUNITY: Limit = { most: 200, withinMs: HOUR_MS };
/** Owners are many more than office-holders, and all of them hear of a petition on the same evening. */
export const OWNERS_CODES_PER_COMMUNITY: Limit = { most: 2_000, withinMs: HOUR_MS };

/** Bidders and whoever asks about a tender: any number may ask, so that what a stranger can make others' phones ring is less. */
export const BIDDERS_CODES_PER_COMMUNITY: Limit = { most: 120, withinMs: HOUR_MS };

/**
 * Until when a limit is used up: null when there is room now. `at` are the instants of what counts, in any order. The one
 * that happened exactly `withinMs` ago no longer counts.
 */
export function usedUpUntil(limit: Limit, at: readonly Instant[], now: Instant): Instant | null {
  const counting = at.filter((instant) => instant > now - limit.withinMs).sort((a, b) => b - a);
  const oldest = counting[limit.most - 1];
  return oldest === undefined ? null : oldest + limit.withinMs;
}

export type SignInRefusal =
  | { readonly reason: "phone_unreadable" }
  | { readonly reason: "too_many_codes"; readonly until: Instant }
  | { readonly reason: "locked_out"; readonly until: Instant }
  | { readonly reason: "code_unreadable" }
  | { readonly reason: "code_wrong"; readonly triesLeft: number }
  | { readonly reason: "code_over" };

/** What counts against someone who asks for a code or tries one. */
export interface Counted {
  readonly wrongOfPhone: readonly Instant[];
  readonly wrongOfCommunity: readonly Instant[];
}

const latest = (...instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce((later, at) => (at !== null && (later === null || at > later) ? at : later), null);

/** Whether codes of this number may be tried now. */
export function mayTry(counted: Counted, now: Instant): Result<true, SignInRefusal> {
  const until = latest(
    usedUpUntil(WRONG_PER_PHONE, counted.wrongOfPhone, now),
    usedUpUntil(WRONG_PER_COMMUNITY, counted.wrongOfCommunity, now),
  );
  return until === null ? ok(true) : err({ reason: "locked_out", until });
}

/** Whether a code may be asked for now. A number that is locked out cannot ask either: its code would be of no use. */
export function mayAsk(
  counted: Counted & { readonly askedOfPhone: readonly Instant[]; readonly askedOfCommunity: readonly Instant[] },
  now: Instant,
  perCommunity: Limit = CODES_PER_COMMUNITY,
): Result<true, SignInRefusal> {
  const may = mayTry(counted, now);
  if (!may.ok) return may;
  const until = latest(
    usedUpUntil(CODES_PER_PHONE, counted.askedOfPhone, now),
    usedUpUntil(perCommunity, counted.askedOfCommunity, now),
  );
  return until === null ? ok(true) : err({ reason: "too_many_codes", until });
}

/** Whether a code is still good: so many tries were made of it, and it expires then. */
export const isCodeOver = (code: { readonly tries: number; readonly expiresAt: Instant }, now: Instant): boolean =>
  code.tries >= CODE_TRIES || now >= code.expiresAt;

/** Six digits from a keyed hash in hex (at least 13 digits of it): 52 bits, so that no code is likelier than another by more than 10⁻⁹. */
export const codeOf = (keyedHash: string): string =>
  String(Number.parseInt(keyedHash.slice(0, 13), 16) % 1_000_000).padStart(6, "0");

/** What a person typed as a code: six digits, full-width or with spaces taken; null otherwise. */
export function readCode(text: string): string | null {
  const digits = text.normalize("NFKC").replace(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}

export interface SessionTimes {
  readonly beganAt: Instant;
  /** When the cookie was last signed. */
  readonly renewedAt: Instant;
}

/** Until when a cookie signed now is good: an hour, and never past the session's end. */
export const cookieEndsAt = (beganAt: Instant, now: Instant): Instant =>
  Math.min(now + SESSION_IDLE_MS, beganAt + SESSION_LIFE_MS);

/** Whether the cookie is old enough to be signed anew, and doing so would gain time. */
export const isRenewalDue = ({ beganAt, renewedAt }: SessionTimes, now: Instant): boolean =>
  now - renewedAt >= RENEW_AFTER_MS && cookieEndsAt(beganAt, now) > cookieEndsAt(beganAt, renewedAt);

/** Where to go after signing in: the page that was asked for when it lies in this community, else the desk (or an owner's corner). Never another host. */
export function afterSignIn(slug: string, next: string | undefined, otherwise: "desk" | "my" = "desk"): string {
  const home = `/c/${slug}`;
  return next !== undefined && /^\/[\w\-./~%]*$/.test(next) && next.startsWith(`${home}/`) && !next.includes("..")
    ? next
    : `${home}/${otherwise}`;
}
