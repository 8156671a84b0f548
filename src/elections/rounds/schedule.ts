/** What the clock does to rounds: settles what is published, gives up what was withdrawn, undoes what was annulled, and tries the seats that wait. Called by cron and by the demo's clock. */
import type { Scene } from "../../platform/scene.ts";
import { CLOCK } from "../acting.ts";
import { remindMembers } from "../choosing/announced.ts";
import { settleRound } from "./settling.ts";
import { listMovedRounds, listSeats, type MovedRound } from "./store.ts";
import { giveUpRound, undoRound } from "./undoing.ts";
import { isWaiting, takeSeat } from "./waiting.ts";

/**
 * Does everything that is due to the rounds of one community at `scene.now`. Each step is a batch of its own, guarded in the write; what
 * cannot be done yet (a result that is to be final first, a post that still stands in the way) stays due for the next run.
 */
export async function runRounds(scene: Scene): Promise<void> {
  const [moved] = await scene.db.read(listMovedRounds(scene));
  for (const one of moved) await step(scene, one);
  await remindMembers(scene);
}

async function step(scene: Scene, round: MovedRound): Promise<void> {
  const { electionId, roundNo, meetingState, runNo, publishedRun, undone } = round;
  const isSettled = runNo !== null && undone === 0;
  if (!isSettled) {
    if (meetingState === "withdrawn" || meetingState === "annulled") {
      if (runNo === null) await giveUpRound(scene, electionId, roundNo, CLOCK);
    } else if (publishedRun !== null && publishedRun > (runNo ?? 0))
      await settleRound(scene, electionId, roundNo, CLOCK);
    return;
  }
  if (meetingState === "annulled") await undoRound(scene, electionId, roundNo, CLOCK);
  else if (publishedRun !== null && publishedRun > runNo) {
    const again = await undoRound(scene, electionId, roundNo, CLOCK);
    if (again.ok) await settleRound(scene, electionId, roundNo, CLOCK);
  } else if (round.waitingSeats > 0) await trySeats(scene, round);
}

async function trySeats(scene: Scene, { electionId, roundNo, runNo }: MovedRound): Promise<void> {
  const [seats] = await scene.db.read(listSeats(scene, electionId));
  for (const seat of seats)
    if (seat.roundNo === roundNo && seat.runNo === runNo && isWaiting(seat))
      await takeSeat(scene, electionId, roundNo, seat.candidateId, CLOCK);
}
