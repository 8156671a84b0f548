/** Everything a voter, and whoever brings voters their ballots, meets under /c/:slug. Meetings, counting and results are elsewhere. */
import { Hono } from "hono";
import type { AppEnv } from "../platform/context.ts";
import { ballotPages } from "./ballots/pages.tsx";
import { linkPages } from "./links/pages.tsx";
import { paperPages } from "./paper/pages.tsx";

/** Mounted under /c/:slug. */
export const votingRoutes = new Hono<AppEnv>();
for (const part of [linkPages, ballotPages, paperPages]) votingRoutes.route("/", part);
