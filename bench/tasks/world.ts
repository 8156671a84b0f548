/** Communities to measure in, and what all tasks need: scenes, permissions, and work done several at a time. */
import { type CommunityId, newId, type PersonId } from "../../src/kernel/id.ts";
import type { Result } from "../../src/kernel/result.ts";
import type { Permission } from "../../src/platform/access.ts";
import { type CommunityAddress, type Meter, openCommunity, openDirectory, sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { type Scene, type StaffScene, systemRandom } from "../../src/platform/scene.ts";
import { keysOf } from "../../src/platform/secrets.ts";

/** One thing the runner asks for; `args` are the runner's own JSON. */
export type Task = (env: Env, args: never) => Promise<unknown>;

/** 2026-11-02 10:00 in Asia/Shanghai, a Monday. */
export const START = Date.parse("2026-11-02T02:00:00Z");

/**
 * A community by the rows the set-up writes, and nothing in it. Its id begins with a letter of one's choice: SQLite counts the
 * row it reads to see that a range has ended, so what is compared must not lie at the end of a table (see `LAST`).
 */
export async function makeCommunity(env: Env, name: string, first = "b"): Promise<CommunityAddress> {
  const id = `${first}${newId<CommunityId>(systemRandom).slice(1)}` as CommunityId;
  const community: CommunityAddress = { id, slug: `b-${id}`, name, shard: 0 };
  const directory = openDirectory(env);
  await directory.read(
    directory.run(
      sql`INSERT INTO directory(slug, community_id, shard, name, street, district, created_at)
          VALUES (${community.slug}, ${id}, 0, ${name}, '璧城街道', '璧山区', ${START})`,
    ),
    directory.run(
      sql`INSERT INTO community(community_id, slug, name, address, street, district, created_at)
          VALUES (${id}, ${community.slug}, ${name}, '金桂路 1 号', '璧城街道', '璧山区', ${START})`,
    ),
  );
  return community;
}

/** First letter of the ids of a community that stands behind all others in every table. */
export const LAST = "z";

/** The scene of an action, on a database whose meter starts at zero. */
export const sceneAt = (env: Env, community: CommunityAddress, now = START): Scene => ({
  env,
  db: openCommunity(env, community, "primary"),
  community,
  now,
  random: systemRandom,
  keys: keysOf(env),
  origin: "http://localhost",
});

export const staffAt = (
  env: Env,
  community: CommunityAddress,
  personId: string,
  permissions: readonly Permission[],
  now = START,
): StaffScene => ({
  ...sceneAt(env, community, now),
  actor: {
    personId: personId as PersonId,
    sessionId: "bench",
    name: personId,
    posts: [],
    permissions: new Set(permissions),
  },
});

/** The value of a result that has to be one. */
export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Does `count` pieces of work, `atOnce` in flight. */
export async function storm(count: number, atOnce: number, work: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const at = next;
      next += 1;
      await work(at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
}

/** What a piece of work cost, as D1 bills it. */
export const costOf = ({ roundTrips, rowsRead, rowsWritten }: Meter): Meter => ({ roundTrips, rowsRead, rowsWritten });
