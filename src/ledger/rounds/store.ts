/** How far the clock has come with a task that takes more than one run. It may be lost: the task then begins anew. Decides nothing. */
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;

/** After what the next run goes on; no row, or "", from the beginning. */
export const findRound = ({ db, community }: Here, task: string): Query<{ after: string }[]> =>
  db.all(sql`SELECT after FROM ledger_round WHERE community_id = ${community.id} AND task = ${task}`);

export const saveRound = ({ db, community }: Here, task: string, after: string): Query =>
  db.run(
    sql`INSERT INTO ledger_round(community_id, task, after) VALUES (${community.id}, ${task}, ${after})
        ON CONFLICT (community_id, task) DO UPDATE SET after = excluded.after`,
  );
