/** What one round of an election comes to: who passed, who sits, who waits, who must be voted on again (M7, M8). Pure; knows votes, never a person's party or office. */
import type { ItemCount } from "../../assembly/counting/rules.ts";
import type { Decision } from "../../assembly/rules.ts";
import { addMonths, type Day, dayOf, endOf, type Instant, lastDayOfPeriod, startOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { MORE_THAN_HALF, reaches, type Weight } from "../../kernel/weight.ts";
import { drawOrder } from "../../record/draw/rules.ts";
import type { ElectionKind, MethodValues, Ranking, SeatingTime } from "../rules.ts";

/** Why somebody who was voted for cannot take a seat (candidates/rules.ts: isEligibleToSit): their name stayed on the frozen paper. */
export const HINDRANCES = ["withdrawn", "excluded", "sold_meanwhile"] as const;
export type Hindrance = (typeof HINDRANCES)[number];

/** One candidate as the ballot named them. */
export interface Standing {
  readonly candidateId: string;
  readonly optionNo: number;
  /** Null when nothing keeps them from a seat. */
  readonly hindered: Hindrance | null;
}

/** What the frozen method says of a round, and where the committee stood before it. */
export interface RoundRules extends Pick<MethodValues, "legalLeast" | "ranking" | "tie"> {
  readonly kind: ElectionKind;
  /** Seats this round fills. */
  readonly seatsOpen: number;
  /** Seats of the whole committee. */
  readonly seatsOfCommittee: number;
  /** Members elected in an earlier round who keep it; in a by-election those who sit. */
  readonly members: number;
  /** How many alternates may still be kept (M8). */
  readonly alternatesMost: number;
}

/** The seed of the draw and its purpose: together with the lots they give the order, for anyone (record/draw). */
export interface Draw {
  readonly seed: Uint8Array;
  readonly purpose: string;
}

/**
 * elected: takes a seat. alternate: waits in order. level: shares the last seat with others until a further vote.
 * surplus: passed, beyond the cap of alternates. hindered: passed, cannot sit. not_passed: short of a half on either axis.
 */
export type Place = "elected" | "alternate" | "level" | "surplus" | "hindered" | "not_passed";

export interface RankedCandidate extends Standing {
  readonly votes: Weight;
  readonly decision: Decision;
  readonly passed: boolean;
  /** 1, 2, 3 … among those who passed and may sit, by votes alone; level ones share it. Null for everyone else. */
  readonly rank: number | null;
  readonly place: Place;
  /** Their number among the elected or the alternates, after the draw; null elsewhere. */
  readonly order: number | null;
}

/** Level votes that something had to settle. Those level among the elected, or beyond the cap together, need nothing. */
export interface Tie {
  readonly over: "last_seat" | "alternates";
  readonly rank: number;
  /** In the order of the ballot. */
  readonly candidateIds: readonly string[];
  readonly settledBy: "draw" | "further_vote";
  /** In the order the draw gave; empty where a further vote decides. */
  readonly drawn: readonly string[];
}

/**
 * stands: those elected are a committee, or fill seats of one. too_few: more passed than nobody, less than a committee.
 * further_vote: the last seat is level and the method says to vote again. The others say why there is nobody.
 */
export const VERDICTS = ["stands", "too_few", "further_vote", "nobody_passed", "quorum_not_met"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface RoundOutcome {
  readonly verdict: Verdict;
  /** By rank; who passed comes before who did not. */
  readonly ranked: readonly RankedCandidate[];
  readonly elected: readonly string[];
  readonly alternates: readonly string[];
  readonly ties: readonly Tie[];
  /** Members there would be with those elected. */
  readonly members: number;
  /** Seats of the committee that stay empty. */
  readonly vacant: number;
}

/**
 * Whether so many members are a committee: at least the legal minimum, and more than half of its seats (HZ 27; M7). Exactly
 * half is not more than half.
 */
export const isCommittee = (members: number, seats: number, legalLeast: number): boolean =>
  members >= legalLeast && reaches(BigInt(members), BigInt(seats), MORE_THAN_HALF);

/**
 * What a ranking compares, most important first. `sum_of_shares` is owners ÷ participating owners + area ÷ participating
 * area; brought to one denominator, which all candidates share, so that only numerators are compared and nothing is rounded.
 */
export function rankingKeys(ranking: Ranking, votes: Weight, participated: Weight): readonly bigint[] {
  const [heads, area] = [BigInt(votes.owners), BigInt(votes.areaDm2)];
  switch (ranking) {
    case "heads_then_area":
      return [heads, area];
    case "area_then_heads":
      return [area, heads];
    case "sum_of_shares":
      // 深圳罗湖: where the sums are equal, the one with more area goes first.
      return [heads * BigInt(participated.areaDm2) + area * BigInt(participated.owners), area];
  }
}

/** Negative when a goes before b, 0 when only a draw or a further vote can tell them apart. */
export function compareVotes(ranking: Ranking, participated: Weight, a: Weight, b: Weight): number {
  const [left, right] = [rankingKeys(ranking, a, participated), rankingKeys(ranking, b, participated)];
  for (const [at, key] of left.entries()) if (key !== right[at]) return key > right[at]! ? -1 : 1;
  return 0;
}

interface Counted extends Standing {
  readonly votes: Weight;
  readonly decision: Decision;
}

/**
 * What a round came to, from its count (CC 278, HZ 27–28; M7, M8; Ambiguity 6). Passing is decided by the count alone, for each
 * person on both axes; then those who passed and may sit are ranked, and as many as there are seats are elected. Who withdrew
 * or sold is passed over and the next moves up. Level votes are settled only where they decide something: for the last seat by
 * the method's rule, among alternates always by draw, because nobody is called to vote on an order of waiting.
 *
 * @throws Error when the count and the ballot do not name the same options.
 */
export function outcomeOf(
  count: Pick<ItemCount, "options" | "decisions" | "participated" | "outcome">,
  standing: readonly Standing[],
  rules: RoundRules,
  draw: Draw,
): RoundOutcome {
  const counted = standing.map((one) => countedOf(count, one)).sort((a, b) => a.optionNo - b.optionNo);
  const compare = (a: Counted, b: Counted): number => compareVotes(rules.ranking, count.participated, a.votes, b.votes);
  const passed = counted.filter(({ decision }) => decision.outcome === "carried");
  const contenders = passed.filter(({ hindered }) => hindered === null).sort(compare);
  const rankOf = (one: Counted): number => 1 + contenders.filter((other) => compare(other, one) < 0).length;
  const tickets = drawOrder(
    draw.seed,
    draw.purpose,
    counted.map(({ optionNo }) => String(optionNo)),
  );
  const byTicket = (a: Counted, b: Counted): number =>
    tickets.indexOf(String(a.optionNo)) - tickets.indexOf(String(b.optionNo));
  const ordered = [...contenders].sort((a, b) => compare(a, b) || byTicket(a, b));
  const places = placesOf(ordered, compare, rules);
  const ranked = [...counted]
    .sort((a, b) => sortGroup(a) - sortGroup(b) || indexIn(ordered, a) - indexIn(ordered, b) || compare(a, b))
    .map((one): RankedCandidate => {
      const isContender = contenders.includes(one);
      return {
        ...one,
        passed: passed.includes(one),
        rank: isContender ? rankOf(one) : null,
        place: places.of.get(one.candidateId) ?? (passed.includes(one) ? "hindered" : "not_passed"),
        order: indexOrNull(places.elected, one) ?? indexOrNull(places.alternates, one),
      };
    });
  const members = rules.members + places.elected.length;
  return {
    verdict: verdictOf(count.outcome, passed.length, places, members, rules),
    ranked,
    elected: places.elected,
    alternates: places.alternates,
    ties: tiesOf(ordered, compare, rankOf, places, rules),
    members,
    vacant: Math.max(0, rules.seatsOfCommittee - members),
  };
}

const sortGroup = ({ decision, hindered }: Counted): number =>
  decision.outcome !== "carried" ? 2 : hindered === null ? 0 : 1;
const indexIn = (ordered: readonly Counted[], one: Counted): number => Math.max(0, ordered.indexOf(one));
const indexOrNull = (ids: readonly string[], { candidateId }: Counted): number | null => {
  const at = ids.indexOf(candidateId);
  return at < 0 ? null : at + 1;
};

function countedOf(count: Pick<ItemCount, "options" | "decisions">, standing: Standing): Counted {
  const { optionNo } = standing;
  const tally = count.options.find(({ option }) => option.optionNo === optionNo);
  const decided = count.decisions.find((one) => one.optionNo === optionNo);
  if (!tally || !decided) throw new Error(`option ${optionNo} was not counted`);
  return { ...standing, votes: { owners: tally.owners, areaDm2: tally.areaDm2 }, decision: decided.decision };
}

interface Places {
  readonly of: ReadonlyMap<string, Place>;
  readonly elected: readonly string[];
  readonly alternates: readonly string[];
}

type Compare = (a: Counted, b: Counted) => number;

/** Deals seats and places of waiting along the order. A level group that the last seat would split waits, where the method says to vote again. */
function placesOf(ordered: readonly Counted[], compare: Compare, rules: RoundRules): Places {
  const { seatsOpen, alternatesMost, tie } = rules;
  const [last, next] = [ordered[seatsOpen - 1], ordered[seatsOpen]];
  const split = tie === "further_vote" && last && next && compare(last, next) === 0 ? last : null;
  const isLevel = (one: Counted): boolean => split !== null && compare(one, split) === 0;
  const elected = ordered.slice(0, seatsOpen).filter((one) => !isLevel(one));
  const waiting = ordered.filter((one) => !elected.includes(one) && !isLevel(one));
  const alternates = waiting.slice(0, alternatesMost);
  const of = new Map<string, Place>(ordered.map(({ candidateId }) => [candidateId, "surplus"]));
  for (const one of ordered.filter(isLevel)) of.set(one.candidateId, "level");
  for (const { candidateId } of elected) of.set(candidateId, "elected");
  for (const { candidateId } of alternates) of.set(candidateId, "alternate");
  const ids = (list: readonly Counted[]): string[] => list.map(({ candidateId }) => candidateId);
  return { of, elected: ids(elected), alternates: ids(alternates) };
}

function tiesOf(
  ordered: readonly Counted[],
  compare: Compare,
  rankOf: (one: Counted) => number,
  places: Places,
  rules: RoundRules,
): Tie[] {
  const ties: Tie[] = [];
  for (const first of ordered) {
    const level = ordered.filter((one) => compare(one, first) === 0);
    if (level[0] !== first || level.length < 2) continue;
    const found = level.map(({ candidateId }) => places.of.get(candidateId));
    const seated = found.includes("elected");
    const overSeat = found.includes("level") || (seated && found.some((place) => place !== "elected"));
    // All of them seated, or all of them beyond the cap: nothing turns on their order.
    if (!overSeat && !found.includes("alternate")) continue;
    const drawn = rules.tie === "draw" || !overSeat;
    const ids = level.map(({ candidateId }) => candidateId);
    ties.push({
      over: overSeat ? "last_seat" : "alternates",
      rank: rankOf(first),
      candidateIds: [...level].sort((a, b) => a.optionNo - b.optionNo).map(({ candidateId }) => candidateId),
      settledBy: drawn ? "draw" : "further_vote",
      drawn: drawn ? ids : [],
    });
  }
  return ties;
}

function verdictOf(
  outcome: ItemCount["outcome"],
  passed: number,
  places: Places,
  members: number,
  rules: RoundRules,
): Verdict {
  if ([...places.of.values()].includes("level")) return "further_vote";
  const stands =
    rules.kind === "by_election"
      ? // The committee stands already; whoever is elected joins it.
        places.elected.length > 0
      : isCommittee(members, rules.seatsOfCommittee, rules.legalLeast);
  if (stands) return "stands";
  if (outcome === "quorum_not_met" || outcome === "cannot_be_decided") return "quorum_not_met";
  return passed === 0 ? "nobody_passed" : "too_few";
}

// ——— What a round puts to the vote ———

/** What an earlier round of the same election left behind. */
export interface Earlier {
  readonly verdict: Verdict;
  /** Who stays elected after it, those of rounds before included. */
  readonly kept: readonly string[];
  /** Who shares the last seat. */
  readonly level: readonly string[];
}

/** A committee that serves already, for a by-election. */
export interface Serving {
  readonly seats: number;
  readonly legalLeast: number;
  readonly alternatesMost: number;
  readonly members: number;
  readonly alternates: number;
}

export interface RoundPlan {
  readonly seatsOpen: number;
  readonly seatsOfCommittee: number;
  readonly members: number;
  readonly legalLeast: number;
  readonly alternatesMost: number;
  readonly atMost: number;
  /** In the order they were handed in: that of the ballot. */
  readonly candidateIds: readonly string[];
}

export type PlanRefusal = { readonly reason: "no_seats_open" } | { readonly reason: "no_candidates" };

/**
 * What the next round of an election asks: how many seats are open, and who stands for them. After a level last seat only those who
 * share it; otherwise everyone who still stands and is not elected already. `standing` leaves out who withdrew or was excluded, also
 * of those kept.
 */
export function planRound(
  kind: ElectionKind,
  method: Pick<MethodValues, "seats" | "legalLeast" | "alternatesMost" | "atMost">,
  earlier: readonly Earlier[],
  standing: readonly string[],
  serving: Serving | null,
): Result<RoundPlan, PlanRefusal> {
  const last = earlier.at(-1);
  const kept = (last?.kept ?? []).filter((id) => standing.includes(id));
  const isBy = kind === "by_election" && serving !== null;
  const seatsOfCommittee = isBy ? serving.seats : method.seats;
  const members = (isBy ? serving.members : 0) + kept.length;
  const seatsOpen = Math.min(seatsOfCommittee - members, isBy ? method.seats - kept.length : method.seats);
  if (seatsOpen < 1) return err({ reason: "no_seats_open" });
  const level = last?.verdict === "further_vote" ? last.level : null;
  const candidateIds = standing.filter((id) => !kept.includes(id) && (level === null || level.includes(id)));
  if (candidateIds.length === 0) return err({ reason: "no_candidates" });
  return ok({
    seatsOpen,
    seatsOfCommittee,
    members,
    legalLeast: isBy ? serving.legalLeast : method.legalLeast,
    alternatesMost: isBy
      ? Math.max(0, Math.min(method.alternatesMost, serving.alternatesMost - serving.alternates))
      : method.alternatesMost,
    atMost: Math.min(method.atMost, seatsOpen, candidateIds.length),
    candidateIds,
  });
}

/**
 * Who stays elected after a round that did not make a committee. A level last seat leaves those above it elected; where too few
 * passed, the method says whether they stay (M7). Nobody loses by a round in which nobody passed.
 */
export const keptAfter = (
  outcome: Pick<RoundOutcome, "verdict" | "elected">,
  keptBefore: readonly string[],
  passedKeep: boolean,
): readonly string[] => {
  switch (outcome.verdict) {
    case "stands":
      return [];
    case "too_few":
      return passedKeep ? [...keptBefore, ...outcome.elected] : [];
    case "further_vote":
    case "nobody_passed":
    case "quorum_not_met":
      return [...keptBefore, ...outcome.elected];
  }
};

/** The purpose under which lots are drawn in a round: other rounds and elections draw otherwise even from the same seed. */
export const drawPurpose = (electionId: string, roundNo: number): string =>
  `commonhold election ${electionId} round ${roundNo}`;

// ——— When ———

/** From when to when an elected committee serves (GR 32; M2): from its seating, until 24:00 of the last day of its months. */
export const termOf = (
  seatedAt: Instant,
  months: number,
): { readonly fromAt: Instant; readonly untilAt: Instant; readonly lastOn: Day } => {
  const untilAt = startOf(addMonths(dayOf(seatedAt), months));
  return { fromAt: seatedAt, untilAt, lastOn: dayOf(untilAt - 1) };
};

/** The last day for the first meeting of the members: within seven days of their election, that day not counted (GR 32, BJ 42; M10). */
export const FIRST_MEETING_DAYS = 7;
export const firstMeetingBy = (seatedAt: Instant): Day => lastDayOfPeriod(dayOf(seatedAt), FIRST_MEETING_DAYS);
export const firstMeetingEnds = (seatedAt: Instant): Instant => endOf(firstMeetingBy(seatedAt));

export type SettleRefusal =
  | { readonly reason: "result_not_published"; readonly state: string }
  | { readonly reason: "result_not_final"; readonly state: string };

/** Whether the meeting of a round has come far enough to seat anyone, by the frozen method. */
export function maySettle(state: string, seatedWhen: SeatingTime): Result<true, SettleRefusal> {
  if (state === "final") return ok(true);
  if (state !== "published") return err({ reason: "result_not_published", state });
  return seatedWhen === "published" ? ok(true) : err({ reason: "result_not_final", state });
}
