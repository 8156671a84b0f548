/** What is undone when a decision falls: a round given up with its meeting, a seating taken back by new entries, the election opened again. No HTTP. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { type ElectionAuthor, recordElectionEvent } from "../acting.ts";
import { type ElectionKey, endMandate, listElectionsUnderWay, updateElection } from "../store.ts";
import { readOutcome } from "./reading.ts";
import { endsOf } from "./seating.ts";
import { findSettling, outcomeNow, type Settling } from "./settling.ts";
import { insertUndone, insertVoid, listSeats, type SeatRow } from "./store.ts";

export type UndoRefusal =
  | { readonly reason: "unknown_round" }
  | { readonly reason: "round_over" }
  | { readonly reason: "nothing_to_undo" }
  | { readonly reason: "election_stale" };

/** The cause as the entries name it; of an annulment the meeting's own entry names the authority and its document. */
const WHY = {
  withdrawn: "业主大会会议已撤回",
  annulled: "业主大会的决定已被依法撤销",
  recounted: "复核计票后结果改变",
} as const;

/** Gives up a round whose meeting was withdrawn or annulled before it was settled: the election stands open for another round. */
export async function giveUpRound(
  scene: Scene,
  key: ElectionKey,
  roundNo: number,
  by: ElectionAuthor,
): Promise<Result<true, UndoRefusal>> {
  const found = await findSettling(scene, key, roundNo);
  if (!found) return err({ reason: "unknown_round" });
  const { election, round, meeting } = found;
  if (round.voidCause !== null) return ok(true);
  if (round.verdict !== null) return err({ reason: "round_over" });
  if (meeting.state !== "withdrawn" && meeting.state !== "annulled") return err({ reason: "nothing_to_undo" });
  const cause = meeting.state;
  const event = recordElectionEvent(
    scene,
    election.electionId,
    "round_given_up",
    { round: roundNo, turn: round.turn, cause },
    by,
  );
  const written = await scene.db.write([
    // A draft was withdrawn: the election never left the candidates' publication.
    ...(election.state === "voting" ? updateElection(scene, election, { state: "standing" }) : []),
    insertVoid(scene, {
      electionId: election.electionId,
      roundNo,
      cause,
      why: WHY[cause],
      voidedBy: by.id,
      voidedAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
  ]);
  return written.ok ? ok(true) : err({ reason: "election_stale" });
}

/**
 * Undoes a settled round by new entries (REG 19; A12): everybody's posts of its mandate end today, the mandate ends, and the election is
 * opened again; what was done in office meanwhile stands. For an annulment the round is over and another may be placed; after a
 * recount that changed who is elected, the same round is settled anew from the newer count.
 */
export async function undoRound(
  scene: Scene,
  key: ElectionKey,
  roundNo: number,
  by: ElectionAuthor,
): Promise<Result<true, UndoRefusal>> {
  const found = await findSettling(scene, key, roundNo);
  if (!found) return err({ reason: "unknown_round" });
  const { election, round, rounds, meeting, decided } = found;
  if (round.verdict === null) return err({ reason: "nothing_to_undo" });
  if (round.undoneCause !== null) return ok(true);
  const cause =
    meeting.state === "annulled" ? "annulled" : decided && decided.runNo > round.runNo! ? "recounted" : null;
  const isNewest = rounds.every((one) => one.roundNo <= roundNo || one.voidCause !== null);
  if (cause === null || (cause === "recounted" && (!isNewest || (await saysTheSame(scene, found)))))
    return err({ reason: "nothing_to_undo" });
  const why = WHY[cause];
  const event = recordElectionEvent(
    scene,
    election.electionId,
    "seating_undone",
    { round: roundNo, turn: round.turn, cause },
    by,
    {
      mandate: round.mandateId ?? "",
    },
  );
  const [underWay, seats] = await scene.db.read(listElectionsUnderWay(scene), listSeats(scene, election.electionId));
  const isAlone = !underWay.some((one) => one.bodyId === election.bodyId && one.electionId !== election.electionId);
  const reopened = cause === "recounted" ? ("voting" as const) : ("standing" as const);
  const written = await scene.db.write([
    insertUndone(scene, {
      electionId: election.electionId,
      roundNo,
      runNo: round.runNo!,
      cause,
      why,
      undoneBy: by.id,
      undoneAt: scene.now,
      leafHash: event.leafHash,
    }),
    ...event.statements,
    ...reopening(scene, found, isAlone ? reopened : "ended", why),
    ...emptied(scene, found, seats, why, by.id),
  ]);
  return written.ok ? ok(true) : err({ reason: "election_stale" });
}

/** A newer count that elects the same people, in the same order of waiting, leaves everybody where they are. */
async function saysTheSame(scene: Scene, found: Settling): Promise<boolean> {
  const [before, now] = [readOutcome(found.round), await outcomeNow(scene, found)];
  const same = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);
  return (
    before !== null &&
    now !== null &&
    found.round.verdict === now.outcome.verdict &&
    same(before.elected, now.outcome.elected) &&
    same(before.alternates, now.outcome.alternates)
  );
}

function reopening(
  scene: Scene,
  { election, round }: Settling,
  state: "standing" | "voting" | "ended",
  why: string,
): readonly Query[] {
  // A round that made no committee left the election standing; a later one of it may be under way.
  if (round.verdict !== "stands")
    return state === "voting" && election.state === "standing" ? updateElection(scene, election, { state }) : [];
  if (election.state !== "seated") return [];
  return updateElection(scene, election, state === "ended" ? { state, endedAt: scene.now, endedWhy: why } : { state });
}

/** Of a mandate that this round began, every post ends; of a by-election, the seats it gave. */
function emptied(
  scene: Scene,
  { election, round, tenures, mandates }: Settling,
  seats: readonly SeatRow[],
  why: string,
  by: string,
): readonly Query[] {
  if (round.verdict !== "stands") return [];
  const mandate = mandates.find(({ mandateId }) => mandateId === round.mandateId);
  const isOwn = mandate?.electionId === election.electionId;
  const isGiven = (tenureId: string): boolean =>
    seats.some((seat) => seat.roundNo === round.roundNo && seat.runNo === round.runNo && seat.tenureId === tenureId);
  const given = tenures.filter(
    (one) => one.bodyId === election.bodyId && (isOwn ? one.fromAt >= round.settledAt! : isGiven(one.tenureId)),
  );
  const ends = endsOf(scene, given, "correction", why, by);
  if (!mandate || !isOwn || mandate.untilAt <= scene.now) return ends;
  return [...ends, ...endMandate(scene, { mandateId: mandate.mandateId, endedAt: scene.now, why }, by).statements];
}
