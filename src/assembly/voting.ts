/** Everything a voter, and whoever brings voters their ballots, meets under /c/:slug. Meetings, counting and results are elsewhere. */
import { Hono } from "hono";
import type { AppEnv } from "../platform/context.ts";
import "./ballots/opened.ts"; // words what a receipt opens as it loads
import { ballotPages } from "./ballots/pages.tsx";
import "./delivery/messages.ts"; // words their messages as it loads
import { doorPages } from "./delivery/door.tsx";
import { deliveryPages } from "./delivery/pages.tsx";
import { printPages } from "./delivery/print.tsx";
import { voterPages } from "./delivery/voter-page.tsx";
import { linkPages } from "./links/pages.tsx";
import { paperPages } from "./paper/pages.tsx";
import { proxyPages } from "./proxies/pages.tsx";

/** Mounted under /c/:slug. */
export const votingRoutes = new Hono<AppEnv>();
for (const part of [linkPages, ballotPages, paperPages, proxyPages, deliveryPages, doorPages, printPages, voterPages])
  votingRoutes.route("/", part);
