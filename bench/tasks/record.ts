/** Appending to the record: what one entry costs in a log of any length, beside a bare insert of the same row. */
import type { CommunityAddress } from "../../src/platform/db.ts";
import { sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { appendLeaf } from "../../src/record/store.ts";
import { costOf, makeCommunity, sceneAt, storm } from "./world.ts";

const AT_ONCE = 16;

/** A log that has `entries` entries already. */
async function prepare(env: Env, { entries, first }: { entries: number; first?: string }): Promise<CommunityAddress> {
  const community = await makeCommunity(env, `记录 ${entries}`, first);
  const scene = sceneAt(env, community);
  for (let done = 0; done < entries; done += 500) {
    const batch = Array.from(
      { length: Math.min(500, entries - done) },
      (_, at) => appendLeaf(scene, "bench.entry", { number: done + at }).statement,
    );
    const written = await scene.db.write(batch);
    if (!written.ok) throw new Error(written.error.code);
  }
  return community;
}

async function cost(env: Env, { community }: { community: CommunityAddress }): Promise<unknown> {
  const scene = sceneAt(env, community);
  const written = await scene.db.write([appendLeaf(scene, "bench.entry", { number: -1 }).statement]);
  if (!written.ok) throw new Error(written.error.code);
  return costOf(scene.db.meter);
}

async function product(env: Env, { community, count }: { community: CommunityAddress; count: number }): Promise<void> {
  await storm(count, AT_ONCE, async (at) => {
    const scene = sceneAt(env, community);
    await scene.db.write([appendLeaf(scene, "bench.entry", { number: at }).statement]);
  });
}

/** The same row, numbered by the caller, into the same table, with nothing computed. */
async function floor(
  env: Env,
  { community, count, from }: { community: CommunityAddress; count: number; from: number },
): Promise<void> {
  const hash = "0".repeat(64);
  const entry = JSON.stringify({ at: 0, number: 0, type: "bench.entry", v: 1 });
  let seq = from;
  await storm(count, AT_ONCE, async () => {
    const { db } = sceneAt(env, community);
    const number = seq;
    seq += 1;
    await db.read(
      db.run(
        sql`INSERT INTO record_leaf(community_id, seq, leaf_hash, at, type, subject, entry)
            VALUES (${community.id}, ${number}, ${hash}, 0, 'bench.entry', '', ${entry})`,
      ),
    );
  });
}

export const recordTasks = {
  "record/prepare": prepare,
  "record/cost": cost,
  "record/product": product,
  "record/floor": floor,
};
