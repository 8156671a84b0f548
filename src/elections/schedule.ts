/** What time does to elections: nominations close at their hour, and rounds are settled once their result is published. Called by cron and by the demo's clock; each step is a batch of its own. */
import type { Scene } from "../platform/scene.ts";
import { closeNominations } from "./moving/actions.ts";
import { runRounds } from "./rounds/schedule.ts";
import { listElectionsUnderWay } from "./store.ts";

/** What one run did, for the demo's page and the tests. */
export interface ElectionDue {
  readonly electionId: string;
  readonly step: "close_nominations";
}

/**
 * Does everything that is due in one community's elections at `scene.now`; guarded in the write, so that two runs at once, or a
 * run repeated after a crash, do it once.
 */
export async function runElections(scene: Scene): Promise<ElectionDue[]> {
  const [rows] = await scene.db.read(listElectionsUnderWay(scene));
  const done: ElectionDue[] = [];
  for (const row of rows) {
    if (row.state !== "nominating") continue;
    const closed = await closeNominations(scene, row);
    if (closed.ok) done.push({ electionId: row.electionId, step: "close_nominations" });
  }
  await runRounds(scene);
  return done;
}
