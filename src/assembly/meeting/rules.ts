/** A meeting's life: who may move it, when, and what an amendment restarts. Pure; instants and days are handed in. */
import { addDays, DAY_MS, type Day, dayOf, endOf, type Instant, lastDayOfPeriod, startOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { canonicalJson, type Json } from "../../record/canonical.ts";
import { type Finding, hasErrors, type Item, lint } from "../agenda/rules.ts";
import { checkRules, type MeetingRules, type RuleFault } from "../settings/rules.ts";

export type MeetingState =
  | "draft"
  | "notice"
  | "open"
  | "closed"
  | "counted"
  | "published"
  | "final"
  | "withdrawn"
  | "annulled";

/** Who calls the meeting (REG 13, GR 8–15; A3, A7, A10). */
export const CONVENERS = ["committee", "preparatory_group", "petition", "street"] as const;
export type ConvenerKind = (typeof CONVENERS)[number];

export interface Convener {
  readonly kind: ConvenerKind;
  /** Why it is held: the yearly meeting, the petition's id, the street's order. */
  readonly cause: string;
  readonly petitionId?: string;
}

/** What is being prepared: all of it may change until notice is given. */
export interface Draft {
  readonly title: string;
  readonly convener: Convener;
  readonly items: readonly Item[];
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly rules: MeetingRules;
}

export type NoticeFault =
  | { readonly reason: "title_missing" }
  | { readonly reason: "cause_missing" }
  | { readonly reason: "agenda_faulty"; readonly findings: readonly Finding[] }
  | { readonly reason: "rules_faulty"; readonly faults: readonly RuleFault[] }
  | { readonly reason: "times_missing" }
  /** A8: fewer than the days of notice. `earliest` is the first day on which voting may open. */
  | { readonly reason: "notice_too_short"; readonly days: number; readonly earliest: Day }
  | { readonly reason: "window_too_short"; readonly least: number; readonly days: number }
  | { readonly reason: "window_too_long"; readonly most: number; readonly days: number }
  | { readonly reason: "petition_not_reached" };

export type MoveRefusal =
  | { readonly reason: "wrong_state"; readonly state: MeetingState; readonly needed: readonly MeetingState[] }
  | { readonly reason: "own_draft" }
  | { readonly reason: "notice_faulty"; readonly faults: readonly NoticeFault[] }
  | { readonly reason: "too_early"; readonly notBefore: Instant }
  | { readonly reason: "roll_objections_open"; readonly open: number }
  /** Opening was held up until too little of the announced time is left: the close has to be moved first (V7). */
  | { readonly reason: "window_too_short"; readonly least: number; readonly days: number }
  | { readonly reason: "already_closed"; readonly closedAt: Instant }
  | { readonly reason: "not_later"; readonly closesAt: Instant }
  | { readonly reason: "window_too_long"; readonly most: number; readonly days: number }
  | { readonly reason: "reason_missing" }
  | { readonly reason: "papers_waiting"; readonly waiting: number }
  | { readonly reason: "own_count" }
  | { readonly reason: "objections_open"; readonly open: number };

/** What the rules need to know of a meeting whose notice was given. */
export interface MeetingFacts {
  readonly state: MeetingState;
  readonly draftedBy: string;
  readonly noticeAt: Instant | null;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly countedAt: Instant | null;
  readonly countedBy: string | null;
  readonly publishedAt: Instant | null;
  readonly rules: MeetingRules | null;
}

/** The first day on which voting may open: the day of notice is not counted (REG 14, CC 201; A8). */
export const earliestOpening = (noticeDay: Day, noticeDays: number): Day => addDays(noticeDay, noticeDays);

/** Whole days between opening and closing, a part of a day counting as one. */
export const windowDays = (opensAt: Instant, closesAt: Instant): number => Math.ceil((closesAt - opensAt) / DAY_MS);

/** Everything that keeps a draft from being given notice of at `now`. */
export function noticeFaults(draft: Draft, now: Instant, petitionReached: boolean): NoticeFault[] {
  const faults: NoticeFault[] = [];
  if (draft.title.trim() === "") faults.push({ reason: "title_missing" });
  if (draft.convener.cause.trim() === "") faults.push({ reason: "cause_missing" });
  const findings = lint(draft.items, undefined, draft.convener.kind === "preparatory_group");
  if (hasErrors(findings))
    faults.push({ reason: "agenda_faulty", findings: findings.filter(({ severity }) => severity === "error") });
  const rules = checkRules(draft.rules);
  if (!rules.ok) faults.push({ reason: "rules_faulty", faults: rules.error });
  if (draft.convener.kind === "petition" && !petitionReached) faults.push({ reason: "petition_not_reached" });
  const { opensAt, closesAt } = draft;
  if (opensAt === null || closesAt === null) return [...faults, { reason: "times_missing" }];
  const { noticeDays, windowMinDays, windowMaxDays } = draft.rules;
  const earliest = earliestOpening(dayOf(now), noticeDays.value);
  if (opensAt < startOf(earliest)) faults.push({ reason: "notice_too_short", days: noticeDays.value, earliest });
  const days = windowDays(opensAt, closesAt);
  // Compared as instants: five days are 5 × 24 hours, and one minute less is too short.
  if (closesAt - opensAt < windowMinDays.value * DAY_MS)
    faults.push({ reason: "window_too_short", least: windowMinDays.value, days: Math.max(days, 0) });
  if (closesAt - opensAt > windowMaxDays.value * DAY_MS)
    faults.push({ reason: "window_too_long", most: windowMaxDays.value, days });
  return faults;
}

const inState = (
  state: MeetingState,
  ...needed: readonly MeetingState[]
): Result<true, Extract<MoveRefusal, { reason: "wrong_state" }>> =>
  needed.includes(state) ? ok(true) : err({ reason: "wrong_state", state, needed });

/** Notice is given by another person than the drafter, for a draft without a fault. */
export function mayGiveNotice(
  draft: Draft,
  facts: Pick<MeetingFacts, "state" | "draftedBy">,
  approver: string,
  now: Instant,
  petitionReached = true,
): Result<true, MoveRefusal> {
  const state = inState(facts.state, "draft");
  if (!state.ok) return state;
  if (facts.draftedBy === approver) return err({ reason: "own_draft" });
  const faults = noticeFaults(draft, now, petitionReached);
  return faults.length > 0 ? err({ reason: "notice_faulty", faults }) : ok(true);
}

/** Cron rings every few minutes; an opening no later than this has taken nothing from the voters. */
export const OPENING_MAY_BE_LATE_MS = 3_600_000;

/**
 * Voting opens at its instant and not before, once every objection to the roll is answered (GR 12; A4). Where that took
 * long, what is left until the close must still be the shortest lawful time, or the close is moved first (V7).
 */
export function mayOpen(facts: MeetingFacts, openRollObjections: number, now: Instant): Result<true, MoveRefusal> {
  const state = inState(facts.state, "notice");
  if (!state.ok) return state;
  const { opensAt, closesAt, rules } = facts;
  if (opensAt === null || now < opensAt) return err({ reason: "too_early", notBefore: opensAt ?? now });
  if (openRollObjections > 0) return err({ reason: "roll_objections_open", open: openRollObjections });
  const least = rules?.windowMinDays.value ?? 0;
  const left = (closesAt ?? now) - now;
  if (now > opensAt + OPENING_MAY_BE_LATE_MS && left < least * DAY_MS)
    return err({ reason: "window_too_short", least, days: Math.max(0, Math.floor(left / DAY_MS)) });
  return ok(true);
}

/** Closing is a matter of time alone: nobody closes early. */
export function mayClose(facts: MeetingFacts, now: Instant): Result<true, MoveRefusal> {
  const state = inState(facts.state, "open");
  if (!state.ok) return state;
  const { closesAt } = facts;
  return closesAt === null || now < closesAt ? err({ reason: "too_early", notBefore: closesAt ?? now }) : ok(true);
}

/** The close may be moved later, publicly and with a reason, while it has not come (V7; an extension afterwards is what courts annul). */
export function mayExtend(facts: MeetingFacts, to: Instant, why: string, now: Instant): Result<true, MoveRefusal> {
  const state = inState(facts.state, "notice", "open");
  if (!state.ok) return state;
  const { opensAt, closesAt, rules } = facts;
  if (closesAt === null || opensAt === null || now >= closesAt)
    return err({ reason: "already_closed", closedAt: closesAt ?? now });
  if (why.trim() === "") return err({ reason: "reason_missing" });
  if (to <= closesAt) return err({ reason: "not_later", closesAt });
  const most = rules?.windowMaxDays.value ?? 60;
  if (to - opensAt > most * DAY_MS) return err({ reason: "window_too_long", most, days: windowDays(opensAt, to) });
  return ok(true);
}

/** What a change before the opening restarts: whoever read the old notice must have the full time to read the new one. */
export interface Restart {
  readonly noticePeriod: boolean;
  readonly rollObjections: boolean;
  readonly links: boolean;
}

/**
 * Items, rules or times may be amended publicly before the opening, with a reason. A change to items or rules starts
 * the notice period again (A8, A9); a later opening or close alone restarts nothing.
 */
export function mayAmend(
  facts: MeetingFacts,
  before: Draft,
  after: Draft,
  why: string,
  now: Instant,
): Result<Restart, MoveRefusal> {
  const state = inState(facts.state, "notice");
  if (!state.ok) return state;
  if (facts.opensAt !== null && now >= facts.opensAt) return err({ reason: "already_closed", closedAt: facts.opensAt });
  if (why.trim() === "") return err({ reason: "reason_missing" });
  // Canonical: what comes out of a form has its members in another order than what comes out of a manifest.
  const same = (a: unknown, b: unknown): boolean => canonicalJson(a as Json) === canonicalJson(b as Json);
  const substance = !same([before.items, before.rules, before.title], [after.items, after.rules, after.title]);
  const noticeFrom = substance ? now : (facts.noticeAt ?? now);
  const faults = noticeFaults(after, noticeFrom, true);
  if (faults.length > 0) return err({ reason: "notice_faulty", faults });
  const scopeChanged = !same(
    before.items.map(({ scope }) => scope),
    after.items.map(({ scope }) => scope),
  );
  const countsChanged = !same(before.rules.countedSpaces.value, after.rules.countedSpaces.value);
  return ok({ noticePeriod: substance, rollObjections: scopeChanged || countsChanged, links: false });
}

/** Counting follows the close, once no paper waits for its second reader. */
export function mayCount(facts: MeetingFacts, papersWaiting: number, now: Instant): Result<true, MoveRefusal> {
  const state = inState(facts.state, "closed");
  if (!state.ok) return state;
  if (facts.closesAt !== null && now < facts.closesAt) return err({ reason: "too_early", notBefore: facts.closesAt });
  return papersWaiting > 0 ? err({ reason: "papers_waiting", waiting: papersWaiting }) : ok(true);
}

/** The result is published by another person than counted it, unless the frozen rules allow otherwise. */
export function mayPublish(facts: MeetingFacts, publisher: string): Result<true, MoveRefusal> {
  const state = inState(facts.state, "counted");
  if (!state.ok) return state;
  if (facts.countedBy === publisher && !(facts.rules?.counterMayPublish.value ?? false))
    return err({ reason: "own_count" });
  return ok(true);
}

/** The last day on which the result must be published (A11), moved on past days off (CC 203; D20). */
export const publishBy = (closesAt: Instant, rules: MeetingRules): Day =>
  lastDayOfPeriod(dayOf(closesAt - 1), rules.publishWithinDays.value);
/** Until when a published count may be objected to (V8): 24:00 of the last day, moved on past days off (CC 201, 203). */
export const objectionsUntil = (publishedAt: Instant, rules: MeetingRules): Instant =>
  endOf(lastDayOfPeriod(dayOf(publishedAt), rules.resultObjectionDays.value));
/** Until when the frozen roll may be objected to (A4), by the same calendar; never later than the opening. */
export const rollObjectionsUntil = (noticeAt: Instant, opensAt: Instant, rules: MeetingRules): Instant =>
  Math.min(opensAt, endOf(lastDayOfPeriod(dayOf(noticeAt), rules.rollObjectionDays.value)));

/** A published result is final when its objection period has ended and every objection is answered (V8). */
export function mayFinalise(facts: MeetingFacts, openObjections: number, now: Instant): Result<true, MoveRefusal> {
  const state = inState(facts.state, "published");
  if (!state.ok) return state;
  const { publishedAt, rules } = facts;
  if (publishedAt === null || rules === null) return err({ reason: "too_early", notBefore: now });
  const until = objectionsUntil(publishedAt, rules);
  if (now < until) return err({ reason: "too_early", notBefore: until });
  return openObjections > 0 ? err({ reason: "objections_open", open: openObjections }) : ok(true);
}

/** Whether an owner may still object to the result. */
export function mayObjectToResult(facts: MeetingFacts, now: Instant): Result<true, MoveRefusal> {
  const state = inState(facts.state, "published");
  if (!state.ok) return state;
  const until = objectionsUntil(facts.publishedAt ?? now, facts.rules!);
  return now < until ? ok(true) : err({ reason: "already_closed", closedAt: until });
}

/** A meeting may be withdrawn, with a public reason, until it closes. */
export function mayWithdraw(facts: MeetingFacts, why: string, now: Instant): Result<true, MoveRefusal> {
  const state = inState(facts.state, "draft", "notice", "open");
  if (!state.ok) return state;
  if (facts.state === "open" && facts.closesAt !== null && now >= facts.closesAt)
    return err({ reason: "already_closed", closedAt: facts.closesAt });
  return why.trim() === "" ? err({ reason: "reason_missing" }) : ok(true);
}

/** The authority may annul what was decided unlawfully (REG 19; A12), with a reason, any time after notice. */
export function mayAnnul(facts: MeetingFacts, why: string): Result<true, MoveRefusal> {
  const state = inState(facts.state, "notice", "open", "closed", "counted", "published", "final");
  if (!state.ok) return state;
  return why.trim() === "" ? err({ reason: "reason_missing" }) : ok(true);
}
