/** A fresh community for a test, by the same rows the set-up wizard writes, and scenes to act in it. */
import { env } from "cloudflare:workers";
import { type CommunityId, newId, type PersonId } from "../../src/kernel/id.ts";
import type { Actor, Permission } from "../../src/platform/access.ts";
import { type CommunityAddress, openCommunity, openDirectory, sql } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import { type Scene, type StaffScene, systemRandom } from "../../src/platform/scene.ts";
import { keysOf } from "../../src/platform/secrets.ts";

const { TEST_SECRETS } = env as unknown as { TEST_SECRETS: Partial<Env> };
/** The bindings with keys of the tests' own: whatever .dev.vars a developer has stays out of it, and so does the demo. */
export const testEnv = { ...env, ...TEST_SECRETS, DEMO: undefined } as unknown as Env;

/** 2026-11-02 10:00 in Asia/Shanghai, a Monday. */
export const T0 = Date.parse("2026-11-02T02:00:00Z");

export async function makeCommunity(options: { name?: string; shard?: number } = {}): Promise<CommunityAddress> {
  const id = newId<CommunityId>(systemRandom);
  const address: CommunityAddress = {
    id,
    slug: `t-${id}`,
    name: options.name ?? "测试小区",
    shard: options.shard ?? 0,
  };
  const directory = openDirectory(testEnv);
  await directory.read(
    directory.run(
      sql`INSERT INTO directory(slug, community_id, shard, name, street, district, created_at)
          VALUES (${address.slug}, ${id}, ${address.shard}, ${address.name}, '璧城街道', '璧山区', ${T0})`,
    ),
  );
  const db = openCommunity(testEnv, address, "primary");
  await db.read(
    db.run(
      sql`INSERT INTO community(community_id, slug, name, address, street, district, created_at)
          VALUES (${id}, ${address.slug}, ${address.name}, '金桂路 1 号', '璧城街道', '璧山区', ${T0})`,
    ),
  );
  return address;
}

/**
 * How far two readings of one page may lie apart in rows and still be the same reading: a search by range looks at the
 * row behind its range, which is there or not as a community with a greater id is. One row a search, whatever the estate.
 */
export const ROWS_BEHIND = 15;

/** The scene of an action at an instant, on a freshly opened database whose meter starts at zero. */
export const sceneAt = (community: CommunityAddress, now = T0): Scene => ({
  env: testEnv,
  db: openCommunity(testEnv, community, "primary"),
  community,
  now,
  random: systemRandom,
  keys: keysOf(testEnv),
  origin: "http://localhost",
});

/** The same, acted by a person with these permissions and no others. */
export const staffSceneAt = (
  community: CommunityAddress,
  personId: string,
  permissions: readonly Permission[],
  now = T0,
): StaffScene => ({
  ...sceneAt(community, now),
  actor: actorWith(personId, permissions),
});

export const actorWith = (personId: string, permissions: readonly Permission[]): Actor => ({
  personId: personId as PersonId,
  sessionId: "test",
  name: personId,
  posts: [],
  permissions: new Set(permissions),
});
