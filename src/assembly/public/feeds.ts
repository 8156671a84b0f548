/** A community's Atom feed and calendar as addresses: /c/:slug/feed.atom and /c/:slug/calendar.ics. Their formats stand in atom.ts and calendar.ts. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";

/** Mounted under /c/:slug. */
export const feedRoutes = new Hono<AppEnv>();
