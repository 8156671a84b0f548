/** The product's clock: real time, and on a developer's machine an offset that the demo moves forward. Not a timer. */
import { DAY_MS, type Instant } from "../kernel/day.ts";
import { openDirectory, sql } from "./db.ts";
import type { Env } from "./env.ts";

export const isDemo = (env: Env): boolean => env.DEMO === "1";

let offsetMs: number | null = null;

/** Now, in milliseconds. On a deployment this is the real time and costs nothing. */
export async function now(env: Env): Promise<Instant> {
  if (!isDemo(env)) return Date.now();
  if (offsetMs === null) {
    const db = openDirectory(env);
    const [rows] = await db.read(db.all<{ offsetMs: number }>(sql`SELECT offset_ms AS offsetMs FROM demo_clock`));
    offsetMs = rows[0]?.offsetMs ?? 0;
  }
  return Date.now() + offsetMs;
}

/** Moves the demo's clock; negative days are refused, because a record never runs backwards. */
export async function advance(env: Env, days: number): Promise<Instant> {
  if (!isDemo(env) || !(days >= 0 && days <= 3650)) throw new RangeError("the clock only moves forward, in the demo");
  const db = openDirectory(env);
  const step = Math.round(days * DAY_MS);
  const [rows] = await db.read(
    db.all<{ offsetMs: number }>(
      sql`INSERT INTO demo_clock(id, offset_ms) VALUES (1, ${step})
          ON CONFLICT(id) DO UPDATE SET offset_ms = offset_ms + excluded.offset_ms RETURNING offset_ms AS offsetMs`,
    ),
  );
  offsetMs = rows[0]!.offsetMs;
  return Date.now() + offsetMs;
}
