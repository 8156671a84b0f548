/** Which acts of office take two people, who the second may be, and how long an act waits for them. Pure; the same is asserted in the write. */
import { DAY_MS, type Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Permission } from "../../platform/access.ts";
import { PERMISSIONS, POST_KINDS, type PostKind, SEPARATED } from "../rules.ts";

/**
 * What nobody may hand out alone: either half of a pair that takes two people, the rights by which pairs are made or conflicts of
 * posts waived, and a member's signature under what the committee decided. Whoever could fill both posts of a pair, or half the
 * committee, with friends or a second telephone, would act by themselves for two.
 */
const WEIGHTY: readonly Permission[] = [
  ...SEPARATED.flat(),
  "offices.manage",
  "settings.manage",
  "meeting.annul",
  "committee.sign",
  "overlap.waive",
];

/** Whoever waits in line for such a post moves up into it by rank, and nobody is asked again. */
const IN_LINE: readonly PostKind[] = ["committee_alternate"];

/** Whether taking this post, or changing the number its holder signs in with, takes a second person. */
export const needsSecond = (kind: PostKind): boolean =>
  IN_LINE.includes(kind) || WEIGHTY.some((permission) => PERMISSIONS[permission].includes(kind));

/** The posts that take two people, in the order of the table. */
export const WEIGHTY_POSTS: readonly PostKind[] = POST_KINDS.filter(needsSecond);

/** An act waits seven days for its second person, then it is as if it had never been proposed. */
export const PROPOSAL_LIFE_MS = 7 * DAY_MS;

/**
 * So long after the last other officer has left, whoever is alone may record an appointment alone. Without the wait one could
 * end the others' offices in the morning and appoint a friend at noon.
 */
export const ALONE_AFTER_MS = 30 * DAY_MS;

export type Second =
  /** Someone else can confirm: the act waits for them. */
  | { readonly kind: "second" }
  /** Nobody else has been there for long: the act takes effect at once. */
  | { readonly kind: "alone" };

/**
 * Who confirms an appointment. `othersUntil`: the latest instant at which somebody else (neither the one who records nor the one
 * appointed) held a post that manages offices, or at which their end was recorded, whichever is later; null when nobody ever did.
 */
export function whoConfirms(
  othersUntil: Instant | null,
  now: Instant,
): Result<Second, { readonly reason: "nobody_confirms_yet"; readonly aloneFrom: Instant }> {
  if (othersUntil === null) return ok({ kind: "alone" });
  if (othersUntil > now) return ok({ kind: "second" });
  const aloneFrom = othersUntil + ALONE_AFTER_MS;
  return now >= aloneFrom ? ok({ kind: "alone" }) : err({ reason: "nobody_confirms_yet", aloneFrom });
}

export type ProposalState = "open" | "confirmed" | "refused" | "expired";

/** What has become of a proposal: an end that was recorded, or that its time has run out. It is open until the instant before. */
export const stateOf = (
  proposal: { readonly outcome: "confirmed" | "refused" | null; readonly expiresAt: Instant },
  now: Instant,
): ProposalState => proposal.outcome ?? (now < proposal.expiresAt ? "open" : "expired");

export type ConfirmRefusal =
  | { readonly reason: "proposal_over" }
  | { readonly reason: "proposal_expired" }
  | { readonly reason: "own_proposal" };

interface Waiting {
  readonly state: ProposalState;
  readonly proposedBy: string;
  /** Empty for someone who is in no office yet. */
  readonly personId: string;
}

/** Whether this officer may be the second person: neither the one who proposed nor the one concerned, and in time. */
export function mayConfirm(waiting: Waiting, actorId: string): Result<true, ConfirmRefusal> {
  if (waiting.state === "expired") return err({ reason: "proposal_expired" });
  if (waiting.state !== "open") return err({ reason: "proposal_over" });
  return actorId === waiting.proposedBy || actorId === waiting.personId ? err({ reason: "own_proposal" }) : ok(true);
}

export const LONGEST_REASON = 200;
