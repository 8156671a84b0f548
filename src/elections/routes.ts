/** Everything of elections under /c/:slug, put together for the application. No route of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../platform/context.ts";
import { callingPages } from "./calling/pages.tsx";
import "./choosing/announced.ts";
import { choosingPages } from "./choosing/pages.tsx";
import "./desk/acts.ts"; // registers what can be done as it loads
import { electionDeskPages } from "./desk/pages.tsx";
import { groupNoticePages } from "./group/notice.tsx";
import { groupObjectionPages } from "./group/objection-pages.tsx";
import { groupPages } from "./group/pages.tsx";
import { methodPages } from "./method/pages.tsx";
import "./method/section.tsx";
import { nominationRoutes } from "./nominations/routes.ts";
import "./public/announced.tsx";
import { electionPublicPages } from "./public/pages.tsx";
import { roundDeskPages } from "./rounds/desk.tsx";
import { roundNoticePages } from "./rounds/notice.tsx";
import { roundPages } from "./rounds/pages.tsx";
import "./rounds/section.tsx";

/** Mounted under /c/:slug. Each part of the room adds its own here. */
export const electionRoutes = new Hono<AppEnv>();
for (const part of [
  electionPublicPages,
  // Before the overview: /desk/elections/new is not the election of that number.
  callingPages,
  electionDeskPages,
  groupPages,
  groupObjectionPages,
  groupNoticePages,
  methodPages,
  nominationRoutes,
  roundPages,
  roundNoticePages,
  roundDeskPages,
  choosingPages,
])
  electionRoutes.route("/", part);
