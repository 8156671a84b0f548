/** How often the last four of a number may be tried before a link or a card rests, and before only the committee can help. Pure. */
import type { Instant } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";

/** Wrong tries after which it rests; four digits have 10,000 values, so five an hour would take a year on average. */
export const TRIES_BEFORE_REST = 5;
export const REST_MS = 60 * 60 * 1000;
/** Wrong tries after which only the committee can help, with a new one. */
export const TRIES_BEFORE_LOCK = 15;

export interface Tries {
  readonly failedAttempts: number;
  readonly lastFailedAt: Instant | null;
}

export type TriesRefusal = { readonly reason: "resting"; readonly until: Instant } | { readonly reason: "locked" };

/**
 * Whether the last four may be tried now. After every fifth wrong try in a row it rests for an hour; after the fifteenth it is
 * locked until another is issued. A right answer before that starts the count again.
 */
export function mayTryAgain({ failedAttempts, lastFailedAt }: Tries, now: Instant): Result<true, TriesRefusal> {
  if (failedAttempts >= TRIES_BEFORE_LOCK) return err({ reason: "locked" });
  if (failedAttempts > 0 && failedAttempts % TRIES_BEFORE_REST === 0 && lastFailedAt !== null) {
    const until = lastFailedAt + REST_MS;
    if (now < until) return err({ reason: "resting", until });
  }
  return ok(true);
}

/** Tries left before it rests or is locked. */
export const triesLeft = (failedAttempts: number): number =>
  failedAttempts >= TRIES_BEFORE_LOCK ? 0 : TRIES_BEFORE_REST - (failedAttempts % TRIES_BEFORE_REST);
