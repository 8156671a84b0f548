/** When a voting link is good, and how often its second factor may be tried. Pure; tokens and hashes are the store's. */
import { mayTryAgain, type Tries, type TriesRefusal } from "../../community/identity/tries/rules.ts";
import { addMonths, dayOf, endOf, type Instant } from "../../kernel/day.ts";
import { err, type Result } from "../../kernel/result.ts";

/** How long a browser that passed the check stays known. */
export const VERIFIED_MS = 2 * 60 * 60 * 1000;

export interface LinkState extends Tries {
  readonly revokedAt: Instant | null;
}

export type LinkRefusal = { readonly reason: "link_revoked" } | TriesRefusal;

/** Whether the last four digits may be tried now: of a link in force, as often as `mayTryAgain` lets. */
export const mayIdentify = (link: LinkState, now: Instant): Result<true, LinkRefusal> =>
  link.revokedAt === null ? mayTryAgain(link, now) : err({ reason: "link_revoked" });

/** As long as a court may be asked to revoke the decision (JI 12), its voters may look at their receipts. */
export const LINK_LIVES_AFTER_CLOSE_MONTHS = 12;

/** Whether a link has run out: at 24:00 of the day a year after the close. One whose meeting has no close yet has not. */
export const isExpired = (closesAt: Instant | null, now: Instant): boolean =>
  closesAt !== null && now >= endOf(addMonths(dayOf(closesAt), LINK_LIVES_AFTER_CLOSE_MONTHS));

/** The four digits (or three and X, of a certificate) as typed: full-width and spaces allowed; null when it is not four. */
export function readLastFour(typed: string): string | null {
  const plain = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  return /^\d{3}[\dX]$/.test(plain) ? plain : null;
}
