/** What a published result makes of a round: the seed revealed, who is elected, and where that is a committee, its seats. One batch; a repeat finds it done. No HTTP. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { type DecidedItem, decidedOn, publishedQueries } from "../../assembly/results/actions.ts";
import { dayOf } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { listPosts, listTenuresFrom, type PostRow, type TenureRow } from "../../offices/terms/store.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Json, JsonObject } from "../../record/canonical.ts";
import { type ElectionAuthor, recordElectionEvent } from "../acting.ts";
import { type CandidateRow, listCandidates } from "../candidates/store.ts";
import { readMethod } from "../method/rules.ts";
import type { Method } from "../rules.ts";
import {
  type ElectionKey,
  type ElectionRow,
  findElection,
  listMandates,
  type MandateRow,
  updateElection,
} from "../store.ts";
import { originOf, readPaperOf } from "./paper.ts";
import { seedSeal } from "./placing.ts";
import { hindranceOf, keptBefore, readOutcome, servingOf, settledBefore, storedOutcome } from "./reading.ts";
import {
  drawPurpose,
  keptAfter,
  maySettle,
  type SettleRefusal as NotYet,
  outcomeOf,
  type RoundOutcome,
  type RoundRules,
  type Verdict,
} from "./rules.ts";
import { type Elected, seatCommittee } from "./seating.ts";
import { insertResult, listOwningCandidates, listRounds, listSeats, meetingOfRound, type RoundRow } from "./store.ts";

export type SettleRefusal =
  | NotYet
  | { readonly reason: "unknown_round" }
  | { readonly reason: "round_over" }
  /** Somebody moved the election or took an office while this was being written: the next try reads it anew. */
  | { readonly reason: "election_stale" };

export interface Settled {
  readonly verdict: Verdict;
  readonly mandateId: string | null;
  /** Elected persons in whose way another post of theirs stands, by candidate. */
  readonly waiting: readonly string[];
}

/** Everything a settlement is made from, as one read found it. */
export interface Settling {
  readonly election: ElectionRow;
  readonly method: Method;
  readonly round: RoundRow;
  readonly rounds: readonly RoundRow[];
  readonly meeting: { readonly number: number; readonly state: string };
  /** What the newest published count says of the item; null before one is published. */
  readonly decided: DecidedItem | null;
  readonly candidates: readonly CandidateRow[];
  /** The candidates' parties that own something today. */
  readonly owning: readonly { readonly partyId: PartyId }[];
  readonly posts: readonly PostRow[];
  readonly tenures: readonly TenureRow[];
  readonly mandates: readonly MandateRow[];
}

/** Reads it in one round trip; null where there is no such round. */
export async function findSettling(scene: Scene, key: ElectionKey, roundNo: number): Promise<Settling | null> {
  const [findMeeting, listItems, listRuns, listResults] = publishedQueries(scene, meetingOfRound(scene, key, roundNo));
  const [elections, rounds, candidates, owning, posts, tenures, mandates, meetings, items, runs, results] =
    await scene.db.read(
      findElection(scene, key),
      listRounds(scene, key),
      listCandidates(scene, key),
      listOwningCandidates(scene, key, dayOf(scene.now)),
      listPosts(scene),
      listTenuresFrom(scene, scene.now),
      listMandates(scene),
      findMeeting,
      listItems,
      listRuns,
      listResults,
    );
  const [election, round, meeting] = [elections[0], rounds.find((one) => one.roundNo === roundNo), meetings[0]];
  if (!election || !round || !meeting) return null;
  return {
    election,
    method: readMethod(election.method),
    round,
    rounds,
    meeting,
    decided: decidedOn([meetings, items, runs, results], originOf(election.electionId, roundNo)),
    candidates,
    owning,
    posts,
    tenures,
    mandates: mandates.filter(({ bodyId }) => bodyId === election.bodyId),
  };
}

/** Who of an earlier round stays elected, and could still sit today. */
const keptNow = ({ rounds, round, candidates, owning }: Settling): string[] =>
  keptBefore(rounds, round.roundNo).filter((id) => {
    const row = candidates.find(({ candidateId }) => candidateId === id);
    return row !== undefined && hindranceOf(row, owning) === null;
  });

/** The rules a round is judged by: what was frozen when it was placed, and who sits today. */
function rulesOf(found: Settling, now: number): RoundRules {
  const { election, method, round, mandates, tenures, posts } = found;
  const serving = election.kind === "by_election" ? servingOf(mandates[0], tenures, now) : null;
  const members = (serving?.members ?? 0) + keptNow(found).length;
  const waitingPosts = posts.find(({ bodyId, kind }) => bodyId === election.bodyId && kind === "committee_alternate");
  return {
    kind: election.kind,
    seatsOpen: Math.max(0, Math.min(round.seatsOpen, round.seatsOfCommittee - members)),
    seatsOfCommittee: round.seatsOfCommittee,
    legalLeast: round.legalLeast,
    members,
    alternatesMost: Math.min(round.alternatesMost, waitingPosts?.seats ?? 0),
    ranking: method.ranking.value,
    tie: method.tie.value,
  };
}

/** The outcome of a round by its newest published count, with the seed opened; null before a count is published. */
export async function outcomeNow(
  scene: Scene,
  found: Settling,
): Promise<{ readonly outcome: RoundOutcome; readonly seed: string } | null> {
  const { election, round, decided, candidates, owning } = found;
  if (!decided) return null;
  const seed = await scene.keys.open(round.seedSealed, seedSeal(scene, election.electionId, round.roundNo));
  const standing = readPaperOf(round).map(({ candidateId, optionNo }) => {
    const row = candidates.find((one) => one.candidateId === candidateId);
    return { candidateId, optionNo, hindered: row ? hindranceOf(row, owning) : ("excluded" as const) };
  });
  const purpose = drawPurpose(election.electionId, round.roundNo);
  const outcome = outcomeOf(decided.count, standing, rulesOf(found, scene.now), { seed: hexToBytes(seed), purpose });
  return { outcome, seed };
}

/**
 * Settles a round once its meeting's result is published, or final, as the method has it (M7, M8): reveals the seed, judges the count,
 * and in one batch writes the result, and where those elected are a committee, its mandate, its members' and alternates'
 * tenures, the end of the one before, and their entries. Where they are none the election stands open for a further round. Of two at
 * once exactly one is written, and the other answers with it.
 */
export async function settleRound(
  scene: Scene,
  key: ElectionKey,
  roundNo: number,
  by: ElectionAuthor,
): Promise<Result<Settled, SettleRefusal>> {
  const found = await findSettling(scene, key, roundNo);
  if (!found) return err({ reason: "unknown_round" });
  const { election, method, round, meeting, decided } = found;
  if (round.voidCause !== null || round.undoneCause === "annulled") return err({ reason: "round_over" });
  if (round.verdict !== null && round.undoneCause === null) return settledAlready(scene, election.electionId, round);
  const may = maySettle(meeting.state, method.seatedWhen.value);
  if (!may.ok) return may;
  const judged = await outcomeNow(scene, found);
  if (!judged || !decided) return err({ reason: "result_not_published", state: meeting.state });
  if (election.state !== "voting") return err({ reason: "election_stale" });
  const { outcome, seed } = judged;
  const { verdict } = outcome;
  const seating =
    verdict === "stands" ? await seatCommittee(scene, found, electedBy(found, outcome, scene.now), by) : null;
  const event = recordElectionEvent(
    scene,
    election.electionId,
    "round_settled",
    {
      round: roundNo,
      turn: round.turn,
      count: decided.runNo,
      verdict,
      elected: outcome.elected.length,
      vacant: outcome.vacant,
    },
    by,
    saidOf(found, outcome, seed),
  );
  const written = await scene.db.write([
    ...updateElection(
      scene,
      election,
      verdict === "stands" ? { state: "seated", seatedAt: scene.now } : { state: "standing" },
    ),
    ...(seating?.before ?? []),
    insertResult(scene, {
      electionId: election.electionId,
      roundNo,
      runNo: decided.runNo,
      verdict,
      outcome: JSON.stringify(storedOutcome(outcome)),
      kept: JSON.stringify(keptAfter(outcome, keptNow(found), method.passedKeep.value)),
      seed,
      mandateId: seating?.mandateId ?? null,
      settledBy: by.id,
      settledAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    ...(seating?.after ?? []),
  ]);
  if (written.ok) return ok({ verdict, mandateId: seating?.mandateId ?? null, waiting: seating?.waiting ?? [] });
  const [rounds] = await scene.db.read(listRounds(scene, key));
  const again = rounds.find((one) => one.roundNo === roundNo);
  if (again && again.verdict !== null && again.undoneCause === null)
    return settledAlready(scene, election.electionId, again);
  return err({ reason: "election_stale" });
}

async function settledAlready(
  scene: Scene,
  electionId: string,
  round: RoundRow,
): Promise<Result<Settled, SettleRefusal>> {
  const [seats] = await scene.db.read(listSeats(scene, electionId));
  const waiting = seats.filter(
    (seat) => seat.roundNo === round.roundNo && seat.runNo === round.runNo && seat.tenureId === null,
  );
  return ok({
    verdict: round.verdict!,
    mandateId: round.mandateId,
    waiting: waiting.map(({ candidateId }) => candidateId),
  });
}

/** Everyone a committee is seated from: those who kept a seat from earlier rounds first, and alternates of this round before earlier ones. */
function electedBy(found: Settling, outcome: RoundOutcome, now: number): Elected {
  const { round, rounds, candidates, owning } = found;
  const members = [...keptNow(found), ...outcome.elected];
  const waited = settledBefore(rounds, round.roundNo).flatMap((row) => readOutcome(row)?.alternates ?? []);
  const mayWait = (id: string): boolean => {
    const row = candidates.find(({ candidateId }) => candidateId === id);
    return !members.includes(id) && row !== undefined && hindranceOf(row, owning) === null;
  };
  const alternates = [...new Set([...outcome.alternates, ...waited])].filter(mayWait);
  return { members, alternates: alternates.slice(0, rulesOf(found, now).alternatesMost) };
}

/** What the record says of a round, by the candidates' numbers: with this, and the seed, anyone judges it again. */
function saidOf({ election, round, decided, method }: Settling, outcome: RoundOutcome, seed: string): JsonObject {
  const paper = readPaperOf(round);
  const numberOf = (id: string): number => paper.find(({ candidateId }) => candidateId === id)?.number ?? 0;
  return {
    seed,
    commitment: round.commitment,
    purpose: drawPurpose(election.electionId, round.roundNo),
    ranking: method.ranking.value,
    tie: method.tie.value,
    seatsOpen: round.seatsOpen,
    eligible: { ...decided!.eligible },
    participated: { ...decided!.count.participated },
    candidates: outcome.ranked.map(
      ({ candidateId, optionNo, votes, passed, rank, place, order, hindered }): Json => ({
        number: numberOf(candidateId),
        option: optionNo,
        owners: votes.owners,
        areaDm2: votes.areaDm2,
        passed,
        rank,
        place,
        order,
        hindered,
      }),
    ),
    ties: outcome.ties.map(
      ({ over, rank, settledBy, candidateIds, drawn }): Json => ({
        over,
        rank,
        settledBy,
        between: candidateIds.map(numberOf),
        drawn: drawn.map(numberOf),
      }),
    ),
    count: decided!.leafHash,
  };
}
