/** Amending an announced tender (T5; TB 23, TBR 21): what may still be changed, what differs field by field, how much later bids then close, and whose bids stand on which edition. Pure. */
import { addDays, DAY_MS, type Day, dayOf, type Instant, startOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type TenderState, takesBids } from "../rules.ts";
import type { Scheme } from "../scheme/rules.ts";

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** One field that differs: its path in the scheme, as text before and after; empty where it was not or is no more. */
export interface Change {
  /** `lots.1.scope`, `lots.1.prices.monthly.ceilingFen`, `reasons`. Lots go by their number, price lines by their key. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** By what a member of a list is known: a lot by its number, a price line and a criterion by their key, else its place. */
const nameIn = (member: Plain, at: number): string => {
  if (member === null || typeof member !== "object" || Array.isArray(member)) return String(at + 1);
  const { lotNo, key } = member as { lotNo?: Plain; key?: Plain };
  return typeof lotNo === "number" ? String(lotNo) : typeof key === "string" ? key : String(at + 1);
};
const isWords = (value: Plain): boolean =>
  Array.isArray(value) && value.every((one) => one === null || typeof one !== "object");

/** Every leaf of a value by its path. A list of words is one leaf: the order of papers asked for is no difference of its own. */
function leaves(value: Plain, path: string, into: Map<string, string>): Map<string, string> {
  if (value === null || typeof value !== "object" || isWords(value)) {
    into.set(path, Array.isArray(value) ? value.join("、") : value === null ? "" : String(value));
    return into;
  }
  const members: readonly (readonly [string, Plain])[] = Array.isArray(value)
    ? value.map((member, at) => [nameIn(member, at), member] as const)
    : Object.entries(value as Readonly<Record<string, Plain>>);
  for (const [name, member] of members) leaves(member, path === "" ? name : `${path}.${name}`, into);
  return into;
}

/** What differs between two editions, field by field, in the order of the newer one; what is gone comes last. */
export function changesBetween(before: Scheme, after: Scheme): readonly Change[] {
  const [old, now] = [
    leaves(before as unknown as Plain, "", new Map()),
    leaves(after as unknown as Plain, "", new Map()),
  ];
  const paths = [...now.keys(), ...[...old.keys()].filter((path) => !now.has(path))];
  return paths
    .map((path) => ({ path, before: old.get(path) ?? "", after: now.get(path) ?? "" }))
    .filter((change) => change.before !== change.after);
}

/** What stands from the notice on: whom it is for, which lots there are, and by what offers are compared (T10: only by published criteria). */
const FROZEN = ["mode", "procedure", "invited", "criteria", "panel", "ties", "candidatesMost"] as const;
const frozen = ({ path }: Change): boolean =>
  FROZEN.some((part) => path === part || path.startsWith(`${part}.`)) || /^lots\.\d+\.(lotNo|service)$/.test(path);

/** Of no weight for what is offered: explanations, and times that have been set already. */
const LIGHT = ["title", "reasons", "bidDays", "questionDays", "candidateDays"] as const;

/** Whether a change touches what bids rest on: every part of a lot, and the estate's own posts and contracts beside it. */
export const touchesBids = (changes: readonly Change[]): boolean =>
  changes.some(({ path }) => !(LIGHT as readonly string[]).includes(path));

/**
 * When bids close after an amendment on a day: as before, or so much later that at least `leastDays` lie between, the day of the amendment
 * not counted (CC 201). The hour stays. It is never earlier.
 */
export function closingAfter(closesAt: Instant, amendedAt: Instant, leastDays: number): Instant {
  const leastDay: Day = addDays(dayOf(amendedAt), leastDays);
  const closingDay = dayOf(closesAt);
  if (closingDay >= leastDay) return closesAt;
  return closesAt + (startOf(leastDay) - startOf(closingDay));
}

/** Questions go on until so many days before the new closing, or as long as before. */
export const questionsAfter = (questionsUntil: Instant | null, closesAt: Instant, leadDays: number): Instant =>
  Math.max(questionsUntil ?? 0, closesAt - leadDays * DAY_MS);

export const LONGEST_WHY = 1_000;

export type AmendRefusal =
  | { readonly reason: "bids_not_taken"; readonly state: TenderState; readonly closedAt: Instant | null }
  | { readonly reason: "amendment_empty" }
  | { readonly reason: "amendment_frozen"; readonly changes: readonly Change[] }
  | { readonly reason: "why_missing" }
  | { readonly reason: "why_too_long"; readonly most: number };

/** What an amendment comes to. */
export interface Amendment {
  readonly changes: readonly Change[];
  readonly touches: boolean;
  readonly closesAt: Instant;
  readonly questionsUntil: Instant;
}

/** Whether an announced scheme may be amended so, to the last millisecond before the closing; and what that does to the time. */
export function mayAmend(
  tender: {
    readonly state: TenderState;
    readonly closesAt: Instant | null;
    readonly questionsUntil: Instant | null;
  },
  [before, after]: readonly [Scheme, Scheme],
  why: string,
  now: Instant,
  days: { readonly extend: number; readonly questionsLead: number },
): Result<Amendment, AmendRefusal> {
  const { closesAt, questionsUntil } = tender;
  if (closesAt === null || !takesBids(tender, now))
    return err({ reason: "bids_not_taken", state: tender.state, closedAt: closesAt });
  const changes = changesBetween(before, after);
  if (changes.length === 0) return err({ reason: "amendment_empty" });
  const stuck = changes.filter(frozen);
  if (stuck.length > 0) return err({ reason: "amendment_frozen", changes: stuck });
  if (why.trim() === "") return err({ reason: "why_missing" });
  if (why.length > LONGEST_WHY) return err({ reason: "why_too_long", most: LONGEST_WHY });
  const touches = touchesBids(changes);
  if (!touches) return ok({ changes, touches, closesAt, questionsUntil: questionsUntil ?? closesAt });
  const later = closingAfter(closesAt, now, days.extend);
  return ok({
    changes,
    touches,
    closesAt: later,
    questionsUntil: Math.min(questionsAfter(questionsUntil, later, days.questionsLead), later),
  });
}

/**
 * The edition a bidder has to have confirmed: the last one that touched what bids rest on, 0 where none did. Whoever registered under it or a
 * later one, or confirmed one, has.
 */
export const editionToConfirm = (
  amendments: readonly { readonly edition: number; readonly touches: 0 | 1 }[],
): number => amendments.reduce((last, { edition, touches }) => (touches === 1 ? Math.max(last, edition) : last), 0);

export const hasConfirmed = (confirmed: readonly number[], edition: number): boolean =>
  edition === 0 || confirmed.some((one) => one >= edition);

/**
 * Whether a bid stands on what is offered now: handed in, or replaced, after the last amendment that touched it, or confirmed since. One that
 * is neither answers another tender than the one that is opened, and is left out with this reason (TB 27: a bid answers the documents).
 */
export const standsOnEdition = (
  bid: { readonly handedInAt: Instant; readonly confirmed: readonly number[] },
  amendments: readonly { readonly edition: number; readonly touches: 0 | 1; readonly amendedAt: Instant }[],
): boolean => {
  const edition = editionToConfirm(amendments);
  const last = amendments.find((one) => one.edition === edition);
  return last === undefined || bid.handedInAt >= last.amendedAt || hasConfirmed(bid.confirmed, edition);
};
