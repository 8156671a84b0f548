/** A D1 whose answers can be lost, before or after the commit, as a broken connection loses them. The database behind it is the real one. */
import { type CommunityAddress, Database } from "../../src/platform/db.ts";
import type { Env } from "../../src/platform/env.ts";
import type { Scene } from "../../src/platform/scene.ts";
import { sceneAt, T0, testEnv } from "./community-of-test.ts";

/** What happens to the n-th batch (from 1): it commits and its answer is lost, it never arrives, or all is well. */
export type Weather = (batch: number) => "lost after" | "lost before" | "fine";

const LOST = "D1_ERROR: Network connection lost.";

/** The same binding in bad weather; every session of it counts the same batches. */
export function inWeather(client: D1Database, weather: Weather): D1Database {
  let batches = 0;
  const over = <C extends D1Database | D1DatabaseSession>(inner: C): C =>
    new Proxy(inner, {
      get(target, property) {
        if (property === "withSession")
          return (constraint?: string) => over((target as D1Database).withSession(constraint));
        if (property === "batch")
          return async (statements: D1PreparedStatement[]) => {
            batches += 1;
            const fate = weather(batches);
            if (fate === "lost before") throw new Error(LOST);
            const results = await target.batch(statements);
            if (fate === "lost after") throw new Error(LOST);
            return results;
          };
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  return over(client);
}

/** A scene whose every connection, also those that actions open themselves, is in this weather. */
export function sceneInWeather(community: CommunityAddress, weather: Weather, now = T0): Scene {
  const env: Env = { ...testEnv, DB: inWeather(testEnv.DB, weather) };
  return { ...sceneAt(community, now), env, db: new Database(env.DB.withSession("first-primary")) };
}

/** Loses the answer of exactly the given batches. */
export const losing =
  (...batches: readonly number[]): Weather =>
  (batch) =>
    batches.includes(batch) ? "lost after" : "fine";
