/** When a message may leave, when a failed one is tried again, and when it is given up. Pure; sends nothing. */
import { addDays, dayOf, type Instant, startOf } from "../../kernel/day.ts";

export const MESSAGE_STATES = ["queued", "sent", "failed", "skipped"] as const;
/** queued: waits for its first or next try. sent: the gateway took it. failed: given up. skipped: there was nothing left to say. */
export type MessageState = (typeof MESSAGE_STATES)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Tries before a message is given up: with the waits below, about five hours after the first. */
export const ATTEMPT_LIMIT = 10;
/** Tries that are added when someone asks for a failed message to be sent again. */
export const RETRY_ATTEMPTS = 3;
const LONGEST_WAIT_MS = HOUR_MS;

/** How long to wait after the n-th failed try (n from 1): 1, 2, 4 … minutes, at most an hour. */
export function waitAfter(attempt: number): number {
  if (!Number.isSafeInteger(attempt) || attempt < 1) throw new RangeError("tries are counted from 1");
  return attempt > 6 ? LONGEST_WAIT_MS : Math.min(MINUTE_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
}

/** Reminders rest from 21:00 to 08:00 in Asia/Shanghai. */
export const NIGHT = { fromHour: 21, untilHour: 8 } as const;

/** Whether an instant lies in the night: 21:00 does, 08:00 no longer does. */
export function isNight(at: Instant): boolean {
  const sinceMidnight = at - startOf(dayOf(at));
  return sinceMidnight >= NIGHT.fromHour * HOUR_MS || sinceMidnight < NIGHT.untilHour * HOUR_MS;
}

/** The first instant from `at` on that is not night: itself, or 08:00. */
export function afterNight(at: Instant): Instant {
  if (!isNight(at)) return at;
  const today = dayOf(at);
  const beforeDawn = at - startOf(today) < NIGHT.untilHour * HOUR_MS;
  return startOf(beforeDawn ? today : addDays(today, 1)) + NIGHT.untilHour * HOUR_MS;
}

/** What one try came to. `detail` is a status or a reason in ASCII, never a phone number or a text. */
export type Outcome =
  | { readonly outcome: "sent"; readonly detail: string }
  | { readonly outcome: "failed"; readonly detail: string }
  | { readonly outcome: "skipped"; readonly detail: string };

/** Where a message stands after its n-th try ended so. */
export function afterAttempt(
  { attempt, attemptLimit }: { readonly attempt: number; readonly attemptLimit: number },
  outcome: Outcome["outcome"],
  now: Instant,
): { readonly state: MessageState; readonly nextAt: Instant; readonly doneAt: Instant | null } {
  if (outcome !== "failed") return { state: outcome, nextAt: now, doneAt: now };
  if (attempt >= attemptLimit) return { state: "failed", nextAt: now, doneAt: now };
  return { state: "queued", nextAt: now + waitAfter(attempt), doneAt: null };
}

/** A message is not sent from the instant it expires on: a code that is no longer good only confuses. */
export const isExpired = (expiresAt: Instant | null, now: Instant): boolean => expiresAt !== null && now >= expiresAt;
