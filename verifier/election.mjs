/** What a round of an election comes to: who passed, in which order they stand, who sits. Written from docs/decisions/062 and art. 278; pure. */
import { drawOrder } from "./draw.mjs";
import { decide } from "./tally.mjs";

/** @typedef {import("./tally.mjs").Weight} Weight */
/** @typedef {{ option: number, votes: Weight, hindered: boolean }} Candidate */
/** @typedef {{ eligible: Weight, participated: Weight, ranking: string, tie: string, seats: number, seed: string, purpose: string }} Round */

/** What is compared, most important first. @param {Round} round @param {Weight} votes @returns {bigint[]} */
function keysOf({ ranking, participated }, { owners, area }) {
  if (ranking === "heads_then_area") return [owners, area];
  if (ranking === "area_then_heads") return [area, owners];
  // owners ÷ all owners + area ÷ all area over one denominator; then the larger area.
  return [owners * participated.area + area * participated.owners, area];
}

/** @param {readonly bigint[]} a @param {readonly bigint[]} b */
function compare(a, b) {
  for (const [at, key] of a.entries()) {
    const other = b[at] ?? 0n;
    if (key !== other) return key > other ? -1 : 1;
  }
  return 0;
}

/**
 * Who passed, the order of those who may sit, and who is elected; `level` share the last seat where the method votes again.
 * @param {Round} round @param {readonly Candidate[]} candidates
 */
export function settle(round, candidates) {
  const votes = new Map(candidates.map(({ option, votes: own }) => [option, own]));
  const passed = new Set(decide(3, round.eligible, round.participated, votes).carried);
  const drawn = drawOrder(
    round.seed,
    round.purpose,
    candidates.map(({ option }) => option),
  );
  const keys = new Map(candidates.map((one) => [one.option, keysOf(round, one.votes)]));
  /** @param {number} a @param {number} b */
  const byVotes = (a, b) => compare(keys.get(a) ?? [], keys.get(b) ?? []);
  const order = candidates
    .filter(({ option, hindered }) => passed.has(option) && !hindered)
    .map(({ option }) => option)
    .sort((a, b) => byVotes(a, b) || drawn.indexOf(a) - drawn.indexOf(b));
  const [last, next] = [order[round.seats - 1], order[round.seats]];
  const isSplit = round.tie === "further_vote" && last !== undefined && next !== undefined && byVotes(last, next) === 0;
  const level = isSplit ? order.filter((one) => byVotes(one, last) === 0) : [];
  const elected = order.slice(0, round.seats).filter((one) => !level.includes(one));
  const waiting = order.filter((one) => !elected.includes(one) && !level.includes(one));
  return { passed, order, elected, level, waiting };
}
