/** A seat somebody was elected to and could not take yet: taken once nothing stands in the way any more. No HTTP. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Conflict } from "../../offices/overlap/conflicts/rules.ts";
import type { Scene } from "../../platform/scene.ts";
import { type ElectionAuthor, recordElectionEvent } from "../acting.ts";
import type { ElectionKey } from "../store.ts";
import { documentOf, hindranceOf } from "./reading.ts";
import type { Hindrance } from "./rules.ts";
import { personsOf, sifted, takingOf } from "./seating.ts";
import { findSettling } from "./settling.ts";
import { listSeats, type SeatRow } from "./store.ts";

export type TakeSeatRefusal =
  | { readonly reason: "unknown_round" }
  | { readonly reason: "seat_unknown" }
  | { readonly reason: "mandate_over" }
  /** They withdrew, or sold their home, while the seat waited. */
  | { readonly reason: "cannot_sit"; readonly why: Hindrance }
  | { readonly reason: "conflicting_post"; readonly conflicts: readonly [Conflict, ...Conflict[]] }
  | { readonly reason: "election_stale" };

export const isWaiting = ({ tenureId }: SeatRow): boolean => tenureId === null;

/** Gives a seat that waited to whoever was elected to it, until the end of the same term. Twice is once. */
export async function takeSeat(
  scene: Scene,
  key: ElectionKey,
  roundNo: number,
  candidateId: string,
  by: ElectionAuthor,
): Promise<Result<{ readonly personId: string }, TakeSeatRefusal>> {
  const found = await findSettling(scene, key, roundNo);
  if (found?.round.verdict !== "stands" || found.round.undoneCause !== null) return err({ reason: "unknown_round" });
  const { election, round, mandates, candidates, owning, posts, meeting, decided } = found;
  const [seats] = await scene.db.read(listSeats(scene, election.electionId));
  const seat = seats.find(
    (one) => one.roundNo === roundNo && one.runNo === round.runNo && one.candidateId === candidateId,
  );
  const row = candidates.find((one) => one.candidateId === candidateId);
  if (!seat || !row) return err({ reason: "seat_unknown" });
  if (seat.personId !== null) return ok({ personId: seat.personId });
  const mandate = mandates.find(({ mandateId }) => mandateId === round.mandateId);
  if (!mandate || mandate.untilAt <= scene.now) return err({ reason: "mandate_over" });
  const why = hindranceOf(row, owning);
  if (why !== null) return err({ reason: "cannot_sit", why });
  const kind = seat.place === "member" ? "committee_member" : "committee_alternate";
  const post = posts.find((one) => one.bodyId === election.bodyId && one.kind === kind)!;
  const span = { fromAt: scene.now, untilAt: mandate.untilAt };
  const [person] = await personsOf(scene, [row]);
  const [entry] = await sifted(scene, [{ person: person!, post }], span, by.id);
  const [first, ...others] = entry!.standing;
  if (first) return err({ reason: "conflicting_post", conflicts: [first, ...others] });
  const taken = await takingOf(
    scene,
    { electionId: election.electionId, roundNo, runNo: round.runNo! },
    entry!,
    span,
    documentOf(meeting.number, decided?.item.itemNo ?? 1, round.turn),
    by,
  );
  const event = recordElectionEvent(
    scene,
    election.electionId,
    "seat_taken",
    { round: roundNo, turn: round.turn, candidate: row.number, place: seat.place },
    by,
    { mandate: mandate.mandateId },
  );
  const written = await scene.db.write([...taken.statements, ...event.statements]);
  if (written.ok) return ok({ personId: taken.personId });
  const [again] = await scene.db.read(listSeats(scene, election.electionId));
  const now = again.find(
    (one) => one.roundNo === roundNo && one.runNo === round.runNo && one.candidateId === candidateId,
  );
  return now?.personId ? ok({ personId: now.personId }) : err({ reason: "election_stale" });
}
