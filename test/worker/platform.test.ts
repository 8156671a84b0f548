import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { assertThat, type Database, findCommunity, openCommunity, sql } from "../../src/platform/db.ts";
import { writeOnce } from "../../src/platform/once.ts";
import { keysOf } from "../../src/platform/secrets.ts";
import { readToken, signToken } from "../../src/platform/session.ts";
import { makeCommunity, sceneAt, T0, testEnv } from "./community-of-test.ts";

const count = async (db: Database, table: string): Promise<number> => {
  const [rows] = await db.read(db.all<{ n: number }>(sql`SELECT count(*) AS n FROM ${sql.raw(table)}`));
  return rows[0]!.n;
};

describe("a batch", () => {
  test("whose assertion fails leaves nothing behind and says the assertion's code", async () => {
    const { db, community } = sceneAt(await makeCommunity());
    const insert = db.run(
      sql`INSERT INTO setting(community_id, key, version, value, clause, set_by, set_at)
          VALUES (${community.id}, 'k', 1, '1', '第一条', 'p', ${T0})`,
    );
    const refused = await db.write([insert, assertThat(db, "stale", sql`changes() = 2`)]);
    expect(refused).toEqual({ ok: false, error: { reason: "aborted", code: "stale" } });
    expect(await count(db, "setting")).toBe(0);
    expect((await db.write([insert, assertThat(db, "stale", sql`changes() = 1`)])).ok).toBe(true);
    expect(await count(db, "assertion")).toBe(0);
  });

  test("that repeats a key says which table refused it", async () => {
    const { db, community } = sceneAt(await makeCommunity());
    const again = db.run(
      sql`INSERT INTO community(community_id, slug, name, address, street, district, created_at)
          SELECT community_id, slug, name, address, street, district, created_at FROM community WHERE community_id = ${community.id}`,
    );
    expect(await db.write([again])).toEqual({ ok: false, error: { reason: "aborted", code: "unique:community" } });
  });

  test("is one round trip however many statements it has", async () => {
    const { db } = sceneAt(await makeCommunity());
    await db.read(db.all(sql`SELECT 1 AS a`), db.all(sql`SELECT 2 AS a`), db.all(sql`SELECT 3 AS a`));
    expect(db.meter.roundTrips).toBe(1);
  });

  test("takes along a read that every page needs, once, and asks the same thing once", async () => {
    const community = await makeCommunity();
    const asked = (db: Database, n: number) => db.all<{ n: number }>(sql`SELECT CAST(${n} AS INTEGER) AS n`);
    const { db } = sceneAt(community);
    const rode = db.ride(asked(db, 7));
    expect(rode()).toBeUndefined();
    expect(await db.read(asked(db, 1), asked(db, 2))).toEqual([[{ n: 1 }], [{ n: 2 }]]);
    expect(rode()).toEqual([{ n: 7 }]);
    expect(await db.read(asked(db, 3))).toEqual([[{ n: 3 }]]);
    expect(db.meter.roundTrips).toBe(2);

    const same = sceneAt(community).db;
    const found = same.ride(asked(same, 7));
    expect(await same.read(asked(same, 6), asked(same, 7), asked(same, 8))).toEqual([
      [{ n: 6 }],
      [{ n: 7 }],
      [{ n: 8 }],
    ]);
    expect(found()).toEqual([{ n: 7 }]);
  });

  test("a mistake in a statement is thrown, not mistaken for a refusal", async () => {
    const { db } = sceneAt(await makeCommunity());
    await expect(db.write([db.run(sql`INSERT INTO no_such_table VALUES (1)`)])).rejects.toThrow();
  });
});

describe("a request that arrives twice", () => {
  test("is answered with the first answer and written once", async () => {
    const scene = sceneAt(await makeCommunity());
    const write = (value: number) => [
      scene.db.run(
        sql`INSERT INTO setting(community_id, key, version, value, clause, set_by, set_at)
            VALUES (${scene.community.id}, 'once', ${value}, '1', '', 'p', ${T0})`,
      ),
    ];
    const both = await Promise.all([
      writeOnce(scene, { key: "form-key-1", body: "a" }, write(1), { id: "first" }),
      writeOnce(scene, { key: "form-key-1", body: "a" }, write(2), { id: "second" }),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(await count(scene.db, "setting WHERE key = 'once'")).toBe(1);
    const other = await writeOnce(scene, { key: "form-key-1", body: "b" }, write(3), { id: "third" });
    expect(other).toEqual({ ok: false, error: { reason: "key_reused" } });
  });
});

describe("communities on two shards", () => {
  test("are each found on their own database and nowhere else", async () => {
    const here = await makeCommunity({ name: "甲", shard: 0 });
    const there = await makeCommunity({ name: "乙", shard: 1 });
    expect((await findCommunity(testEnv, there.slug))?.shard).toBe(1);
    const rows = async (shardOf: typeof here, id: string) => {
      const db = openCommunity(testEnv, shardOf, "primary");
      return count(db, `community WHERE community_id = '${id}'`);
    };
    expect(await rows(here, here.id)).toBe(1);
    expect(await rows(there, here.id)).toBe(0);
    expect(await rows(there, there.id)).toBe(1);
    expect(await rows(here, there.id)).toBe(0);
  });
});

describe("sealed data", () => {
  const keys = keysOf(testEnv);
  test("opens under its context and no other", async () => {
    const sealed = await keys.seal("13800138000", "party:a");
    expect(sealed).not.toContain("138");
    expect(await keys.open(sealed, "party:a")).toBe("13800138000");
    await expect(keys.open(sealed, "party:b")).rejects.toThrow();
    await expect(keys.open(`${sealed.slice(0, -4)}AAAA`, "party:a")).rejects.toThrow();
  });
  test("still opens after a newer key was put in front", async () => {
    const sealed = await keys.seal("张三", "party:a");
    const rotated = keysOf({ ...testEnv, DATA_KEYS: `2:${btoa("n".repeat(32))},${testEnv.DATA_KEYS}` });
    expect(await rotated.open(sealed, "party:a")).toBe("张三");
    expect((await rotated.seal("李四", "party:a")).startsWith("2.")).toBe(true);
  });
  test("a missing secret is named", () => {
    expect(() => keysOf({ ...testEnv, LOG_KEY: "" })).toThrow(/LOG_KEY/);
  });
});

describe("a signed token", () => {
  test("is good for its purpose until the second it expires", async () => {
    const token = await signToken(testEnv, "voter", { id: "x" }, T0, 60);
    expect((await readToken(testEnv, "voter", token, T0 + 59_000))?.["id"]).toBe("x");
    expect(await readToken(testEnv, "voter", token, T0 + 60_000)).toBeNull();
    expect(await readToken(testEnv, "staff", token, T0)).toBeNull();
    expect(await readToken({ ...testEnv, SESSION_KEY: btoa("z".repeat(32)) }, "voter", token, T0)).toBeNull();
  });
});
void env;
