/** What is rung every few minutes: messages leave, meetings open and close, old seals are made anew, and the record is signed. One community's fault is not its neighbours'. */
import { runDue } from "./assembly/schedule/actions.ts";
import { settleRecalls } from "./committee/recall/settling.ts";
import { expireImports } from "./community/import/actions.ts";
import { listDueRollUps, rollUp } from "./district/actions.ts";
import { runElections } from "./elections/schedule.ts";
import type { Instant } from "./kernel/day.ts";
import { finishStatements } from "./ledger/bank/taking/actions.ts";
import { runLeases } from "./ledger/leases/running.ts";
import { earnMonths } from "./ledger/parking/earning/actions.ts";
import { type CommunityAddress, listCommunities, openCommunity } from "./platform/db.ts";
import type { Env } from "./platform/env.ts";
import { sendEverywhere } from "./platform/outbox/actions.ts";
import { CRON_BUDGET, resealSome } from "./platform/resealing/actions.ts";
import { type Scene, systemRandom } from "./platform/scene.ts";
import { keysOf } from "./platform/secrets.ts";
import { makeCheckpoint } from "./record/actions.ts";
import { appendLeaf } from "./record/store.ts";
import { runChoices } from "./tenders/deciding/settling.ts";
import { runAwards } from "./tenders/deciding/withdrawing.ts";
import { runTenders } from "./tenders/procedure/actions.ts";
import { inviteToRate } from "./tenders/service/ratings/links.ts";

const PAGE = 200;

/** The scene in which cron acts: on the primary, by nobody. */
export const cronScene = (env: Env, community: CommunityAddress, now: Instant, origin: string): Scene => ({
  env,
  db: openCommunity(env, community, "primary"),
  community,
  now,
  random: systemRandom,
  keys: keysOf(env),
  origin,
});

/** Runs what is due everywhere. `origin` stands in links; a deployment names it in ORIGIN. */
export async function runEverywhere(env: Env, now: Instant, origin = env.ORIGIN ?? ""): Promise<void> {
  const stale = await listDueRollUps(env, now);
  for (let offset = 0; ; offset += PAGE) {
    const { communities, total } = await listCommunities(env, PAGE, offset);
    for (const community of communities) {
      try {
        const scene = cronScene(env, community, now, origin);
        await runDue(scene);
        await runElections(scene);
        await settleRecalls(scene);
        await runLeases(scene);
        await earnMonths(scene);
        await finishStatements(scene);
        await runTenders(scene);
        await runChoices(scene);
        await runAwards(scene);
        await inviteToRate(scene);
        await expireImports(scene);
        await resealSome(scene, CRON_BUDGET, (found) => [appendLeaf(scene, "data.resealed", { ...found }).statement]);
        if (stale.has(community.id)) await rollUp(scene);
        const signed = await makeCheckpoint(scene);
        if (!signed.ok && signed.error.reason !== "empty_log")
          console.error(JSON.stringify({ cron: community.slug, record: signed.error.reason }));
      } catch (error) {
        console.error(JSON.stringify({ cron: community.slug, error: error instanceof Error ? error.name : "unknown" }));
      }
    }
    if (offset + PAGE >= total) break;
  }
  await sendEverywhere({ ...env, ORIGIN: origin }, now);
}
