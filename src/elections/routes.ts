/** Everything of elections under /c/:slug, put together for the application. No route of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../platform/context.ts";

/** Mounted under /c/:slug. Each part of the room adds its own here. */
export const electionRoutes = new Hono<AppEnv>();
for (const part of [] as readonly Hono<AppEnv>[]) electionRoutes.route("/", part);
