/** When a scheme may be decided, announced and closed, and when a tender may be ended (T2, T4, T6). Pure. */
import { type Day, dayOf, daysBetween, endOf, type Instant, lastDayOfPeriod } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type TenderMoveRefusal, type TenderState, tenderIn } from "../rules.ts";
import { type Scheme, type SchemeFault, schemeFaults } from "../scheme/rules.ts";

/** What the owners said of an item, as far as a scheme rests on it. */
export interface Decision {
  readonly state: string;
  readonly matter: number | null;
  readonly outcome: string | null;
}
/** 选聘和解聘物业服务企业或者其他管理人 (CC 278 I 4). */
export const MATTER = 4;

export type Basis =
  | { readonly kind: "decision"; readonly decision: Decision | null }
  /** Where a clause leaves the scheme to the committee: the resolution or document it rests on. */
  | { readonly kind: "words"; readonly words: string };

export type DecideRefusal =
  | TenderMoveRefusal
  | { readonly reason: "own_draft" }
  | { readonly reason: "scheme_faulty"; readonly faults: readonly SchemeFault[] }
  | { readonly reason: "owners_decide_scheme" }
  | { readonly reason: "basis_missing" }
  | { readonly reason: "no_such_item" }
  | { readonly reason: "decision_not_published" }
  | { readonly reason: "wrong_matter"; readonly matter: number }
  | { readonly reason: "decision_lost" };

/** Whether a scheme becomes the one that is tendered by: whole, not by who wrote it last, and on the owners' word where they decide schemes (T2). */
export function mayDecide(
  facts: {
    readonly state: TenderState;
    readonly scheme: Scheme;
    readonly writtenBy: string;
    readonly byOwners: boolean;
  },
  basis: Basis,
  who: string,
): Result<true, DecideRefusal> {
  const inState = tenderIn(facts.state, "draft");
  if (!inState.ok) return inState;
  if (facts.writtenBy === who) return err({ reason: "own_draft" });
  const faults = schemeFaults(facts.scheme);
  if (faults.length > 0) return err({ reason: "scheme_faulty", faults });
  if (basis.kind === "words") {
    if (facts.byOwners) return err({ reason: "owners_decide_scheme" });
    return basis.words.trim() === "" ? err({ reason: "basis_missing" }) : ok(true);
  }
  const { decision } = basis;
  if (!decision || decision.matter === null) return err({ reason: "no_such_item" });
  if (decision.state !== "published" && decision.state !== "final") return err({ reason: "decision_not_published" });
  if (decision.matter !== MATTER) return err({ reason: "wrong_matter", matter: decision.matter });
  return decision.outcome === "carried" ? ok(true) : err({ reason: "decision_lost" });
}

export type NoticeRefusal =
  | TenderMoveRefusal
  | { readonly reason: "nothing_to_tender" }
  | { readonly reason: "closing_missing" }
  /** T4: the day of the notice is not counted, the day of the closing is (CC 201). */
  | { readonly reason: "closing_too_early"; readonly days: number; readonly firstDay: Day }
  | { readonly reason: "closing_too_far"; readonly mostDays: number }
  /** T5: questions are answered before bids close. */
  | { readonly reason: "questions_after_closing" };

export const LONGEST_BID_DAYS = 365;

export interface Announcement {
  readonly questionsUntil: Instant;
  readonly closesAt: Instant;
}

/** Whether a decided scheme may be announced with this closing time. Says until when questions are taken: 24:00 of their last day. */
export function mayNotice(
  facts: { readonly state: TenderState; readonly scheme: Scheme },
  closesAt: Instant | null,
  now: Instant,
): Result<Announcement, NoticeRefusal> {
  const inState = tenderIn(facts.state, "decided");
  if (!inState.ok) return inState;
  const { lots, bidDays, questionDays } = facts.scheme;
  if (lots.length === 0) return err({ reason: "nothing_to_tender" });
  if (closesAt === null) return err({ reason: "closing_missing" });
  const today = dayOf(now);
  const firstDay = lastDayOfPeriod(today, bidDays);
  if (closesAt <= now || dayOf(closesAt) < firstDay)
    return err({ reason: "closing_too_early", days: bidDays, firstDay });
  if (daysBetween(today, dayOf(closesAt)) > LONGEST_BID_DAYS)
    return err({ reason: "closing_too_far", mostDays: LONGEST_BID_DAYS });
  const questionsUntil = endOf(lastDayOfPeriod(today, questionDays));
  return questionsUntil > closesAt ? err({ reason: "questions_after_closing" }) : ok({ questionsUntil, closesAt });
}

export type CloseRefusal = TenderMoveRefusal | { readonly reason: "bids_running"; readonly until: Instant };

/** Whether bids are closed: at their hour, not before (T6). */
export function mayClose(
  facts: { readonly state: TenderState; readonly closesAt: Instant | null },
  now: Instant,
): Result<true, CloseRefusal> {
  const inState = tenderIn(facts.state, "noticed");
  if (!inState.ok) return inState;
  const until = facts.closesAt;
  return until === null || now < until ? err({ reason: "bids_running", until: until ?? now }) : ok(true);
}

export type CancelRefusal =
  | TenderMoveRefusal
  | { readonly reason: "why_missing" }
  | { readonly reason: "why_too_long"; readonly most: number };
export const LONGEST_WHY = 500;

/** Whether a tender may be ended with a reason before it is awarded. While the owners vote, their meeting comes first. */
export function mayCancel(state: TenderState, why: string): Result<string, CancelRefusal> {
  const inState = tenderIn(
    state,
    "draft",
    "decided",
    "noticed",
    "closed",
    "opened",
    "qualified",
    "scored",
    "published",
  );
  if (!inState.ok) return inState;
  const words = why.trim();
  if (words === "") return err({ reason: "why_missing" });
  return [...words].length > LONGEST_WHY ? err({ reason: "why_too_long", most: LONGEST_WHY }) : ok(words);
}
