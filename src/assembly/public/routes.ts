/** Everything of the assembly that anyone may read, put together for the application. No route of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import { petitionPublicPages } from "../convening/online/pages.tsx";
import "./duties.tsx";
import { feedRoutes } from "./feeds.ts";
import { homePages, landingPages } from "./home.tsx";
import { meetingPublicPages } from "./meeting.tsx";
import { meetingListPages } from "./meetings.tsx";
import { paperRoutes } from "./papers.ts";
import { sheetPages } from "./sheets.tsx";
import "./my-card.tsx";

/** Mounted under /c/:slug. */
export const publicCommunityRoutes = new Hono<AppEnv>();
for (const part of [
  homePages,
  meetingListPages,
  meetingPublicPages,
  sheetPages,
  paperRoutes,
  feedRoutes,
  petitionPublicPages,
])
  publicCommunityRoutes.route("/", part);

/** Mounted at /. */
export const publicRoutes = new Hono<AppEnv>();
for (const part of [landingPages]) publicRoutes.route("/", part);
