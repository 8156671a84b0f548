/** When a name may be brought in and by which channel, how joint supporters are counted, and where a candidacy stands (M5). Pure; eligibility is ../candidates/eligibility/rules.ts. */
import type { Voter } from "../../community/rules.ts";
import { type Day, dayOf, type Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { ElectionState, NominationChannel } from "../rules.ts";

/** Channels that only a body uses, on a document of its own; an owner uses the other two (BJ 40, WF 35, QY 19). */
export const BODY_CHANNELS = ["community_party", "residents_committee", "street"] as const;
export const isBodyChannel = (channel: NominationChannel): boolean =>
  (BODY_CHANNELS as readonly NominationChannel[]).includes(channel);

/** What is asked of an election before a name is taken. */
export interface NominatingFacts {
  readonly state: ElectionState;
  readonly nominationsCloseAt: Instant | null;
  readonly channels: readonly NominationChannel[];
}

export type NominatingRefusal =
  | { readonly reason: "nominations_not_open" }
  | { readonly reason: "nominations_closed"; readonly at: Instant | null }
  | { readonly reason: "channel_not_open"; readonly channel: NominationChannel };

/** Whether names are taken now: from the opening up to, not including, the instant of the close. */
export function nominationsOpen(
  { state, nominationsCloseAt }: Pick<NominatingFacts, "state" | "nominationsCloseAt">,
  now: Instant,
): Result<true, NominatingRefusal> {
  if (state === "preparing") return err({ reason: "nominations_not_open" });
  if (state !== "nominating" || nominationsCloseAt === null || now >= nominationsCloseAt)
    return err({ reason: "nominations_closed", at: nominationsCloseAt });
  return ok(true);
}

/** The same, for a channel: the election's method says which there are (M5). All lead to the same vote. */
export function mayNominate(
  facts: NominatingFacts,
  channel: NominationChannel,
  now: Instant,
): Result<true, NominatingRefusal> {
  const open = nominationsOpen(facts, now);
  if (!open.ok) return open;
  return facts.channels.includes(channel) ? ok(true) : err({ reason: "channel_not_open", channel });
}

/** The day whose roll supporters are counted on: today while names are taken, afterwards the last day they were. */
export const countingDay = ({ nominationsCloseAt }: Pick<NominatingFacts, "nominationsCloseAt">, now: Instant): Day =>
  dayOf(nominationsCloseAt === null ? now : Math.min(now, nominationsCloseAt - 1));

/** What a head last said of a joint nomination; an odd turn supports, an even one took it back. */
export interface Support {
  readonly headKey: string;
  readonly turn: number;
}
export const isGiven = ({ turn }: Support): boolean => turn % 2 === 1;

/**
 * How many owners stand behind a joint nomination: heads of the roll of the counting day, each once however many units and
 * sheets (C2). The person's own head is not counted: a neighbour's support is what 联名 means.
 */
export function supportersOn(
  supports: readonly Support[],
  heads: readonly Pick<Voter, "key" | "owners">[],
  nominee: string,
): number {
  const last = new Map<string, Support>();
  for (const support of supports)
    if ((last.get(support.headKey)?.turn ?? 0) < support.turn) last.set(support.headKey, support);
  return heads.filter(({ key, owners }) => {
    const given = last.get(key);
    return given !== undefined && isGiven(given) && !owners.some((owner) => owner === nominee);
  }).length;
}

/** Whether a channel has named the person validly: a body or the person at once, a joint nomination with enough supporters. */
export const isComplete = (channel: NominationChannel, supporters: number, supportersLeast: number): boolean =>
  channel !== "joint" || supporters >= supportersLeast;

/** What there is of a candidacy, for saying where it stands. */
export interface CandidacyFacts {
  /** By any channel, a joint one with enough supporters. */
  readonly isNominated: boolean;
  readonly answer: "accepted" | "declined" | null;
  readonly withdrawn: boolean;
  readonly published: boolean;
  /** What the newest decision came to, an appeal's ruling included; null while there is none. */
  readonly outcome: "eligible" | "ineligible" | null;
  readonly appealOpen: boolean;
  /** Whether candidates of this election were published. */
  readonly listOut: boolean;
}

export const STAGES = [
  "gathering",
  "waiting",
  "declined",
  "examining",
  "eligible",
  "ineligible",
  "appealed",
  "standing",
  "excluded",
  "withdrawn",
  "lapsed",
] as const;
/**
 * gathering: jointly named, supporters are missing. waiting: for the person's own answer. examining: accepted and not decided.
 * standing: on the published list; excluded: struck from it. lapsed: the list came out without them.
 */
export type Stage = (typeof STAGES)[number];

/** Where a candidacy stands. Nobody stands who has not accepted, whoever named them (M5). */
export function stageOf(facts: CandidacyFacts): Stage {
  if (facts.withdrawn) return "withdrawn";
  if (facts.appealOpen) return "appealed";
  if (facts.published) return facts.outcome === "ineligible" ? "excluded" : "standing";
  if (facts.answer === "declined") return "declined";
  if (facts.outcome === "ineligible") return "ineligible";
  if (facts.listOut) return "lapsed";
  if (!facts.isNominated) return "gathering";
  if (facts.answer === null) return "waiting";
  return facts.outcome === "eligible" ? "eligible" : "examining";
}

export type AnswerRefusal =
  | { readonly reason: "answers_over"; readonly state: ElectionState }
  | { readonly reason: "already_answered"; readonly answer: "accepted" | "declined" }
  /** A guardian is signed in for the owner, or the owner is under 18: only who has full capacity may sit (GR 31; M3). */
  | { readonly reason: "no_full_capacity" };

/**
 * Whether the person may answer now: until the list is published, once; a refusal may still turn into a yes, because a
 * second channel may ask again. An acceptance is taken back by withdrawing.
 */
export function mayAnswer(
  state: ElectionState,
  given: "accepted" | "declined" | null,
  wanted: "accepted" | "declined",
): Result<true, AnswerRefusal> {
  if (state !== "nominating" && state !== "examining") return err({ reason: "answers_over", state });
  if (given === "accepted" || given === wanted) return err({ reason: "already_answered", answer: given });
  return ok(true);
}

export type WithdrawRefusal =
  | { readonly reason: "nothing_to_withdraw" }
  | { readonly reason: "already_withdrawn"; readonly at: Instant }
  | { readonly reason: "election_over"; readonly state: ElectionState };

/**
 * Whether someone who accepted may withdraw, and whether the ballot paper stands already: before, the name goes; from the
 * notice of the meeting on it stays on the paper and cannot be elected (A9).
 */
export function mayWithdraw(
  state: ElectionState,
  answer: "accepted" | "declined" | null,
  withdrawnAt: Instant | null,
): Result<{ readonly frozen: boolean }, WithdrawRefusal> {
  if (withdrawnAt !== null) return err({ reason: "already_withdrawn", at: withdrawnAt });
  if (answer !== "accepted") return err({ reason: "nothing_to_withdraw" });
  if (state === "seated" || state === "ended") return err({ reason: "election_over", state });
  return ok({ frozen: state === "voting" });
}
