/** When a voting link is good, and how often its second factor may be tried. Pure; tokens and hashes are the store's. */
import { addMonths, dayOf, endOf, type Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

/** Wrong tries after which a link rests; four digits have 10,000 values, so five an hour would take a year on average. */
export const TRIES_BEFORE_REST = 5;
export const REST_MS = 60 * 60 * 1000;
/** Wrong tries after which only the committee can help, with a new link. */
export const TRIES_BEFORE_LOCK = 15;
/** How long a browser that passed the check stays known. */
export const VERIFIED_MS = 2 * 60 * 60 * 1000;

export interface LinkState {
  readonly revokedAt: Instant | null;
  readonly failedAttempts: number;
  readonly lastFailedAt: Instant | null;
}

export type LinkRefusal =
  | { readonly reason: "link_revoked" }
  | { readonly reason: "resting"; readonly until: Instant }
  | { readonly reason: "locked" };

/**
 * Whether the last four digits may be tried now. After every fifth wrong try in a row the link rests for an hour; after
 * the fifteenth it is locked until the committee issues another. A right answer before that starts the count again.
 */
export function mayIdentify(link: LinkState, now: Instant): Result<true, LinkRefusal> {
  if (link.revokedAt !== null) return err({ reason: "link_revoked" });
  const { failedAttempts, lastFailedAt } = link;
  if (failedAttempts >= TRIES_BEFORE_LOCK) return err({ reason: "locked" });
  if (failedAttempts > 0 && failedAttempts % TRIES_BEFORE_REST === 0 && lastFailedAt !== null) {
    const until = lastFailedAt + REST_MS;
    if (now < until) return err({ reason: "resting", until });
  }
  return ok(true);
}

/** As long as a court may be asked to revoke the decision (JI 12), its voters may look at their receipts. */
export const LINK_LIVES_AFTER_CLOSE_MONTHS = 12;

/** Whether a link has run out: at 24:00 of the day a year after the close. One whose meeting has no close yet has not. */
export const isExpired = (closesAt: Instant | null, now: Instant): boolean =>
  closesAt !== null && now >= endOf(addMonths(dayOf(closesAt), LINK_LIVES_AFTER_CLOSE_MONTHS));

/** Tries left before the link rests or is locked. */
export const triesLeft = (failedAttempts: number): number =>
  failedAttempts >= TRIES_BEFORE_LOCK ? 0 : TRIES_BEFORE_REST - (failedAttempts % TRIES_BEFORE_REST);

/** The four digits (or three and X, of a certificate) as typed: full-width and spaces allowed; null when it is not four. */
export function readLastFour(typed: string): string | null {
  const plain = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  return /^\d{3}[\dX]$/.test(plain) ? plain : null;
}
