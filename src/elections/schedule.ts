/** What time does to elections: nominations close at their hour. Called by cron and by the demo's clock; each step is a batch of its own. */
import type { Scene } from "../platform/scene.ts";
import { runRounds } from "./rounds/schedule.ts";
import { listElectionsUnderWay } from "./store.ts";

/** Does everything that is due in one community's elections at `scene.now`. */
export async function runElections(scene: Scene): Promise<void> {
  await scene.db.read(listElectionsUnderWay(scene));
  await runRounds(scene);
}
