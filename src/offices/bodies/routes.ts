/** Every page of levels, bodies, posts and the chart under one roof, for app.ts to mount. No page of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import { chartPages } from "./chart/pages.tsx";
import { bodyDesk } from "./desk.tsx";
import { changingPages } from "./forming.tsx";
import { levelDesk } from "./levels/desk.tsx";
import { bodyPages } from "./pages.tsx";
import { postDesk } from "./posts/desk.tsx";

/** Mounted at /c/:slug. */
export const bodyRoutes = new Hono<AppEnv>();
for (const part of [bodyPages, chartPages, bodyDesk, changingPages, postDesk, levelDesk]) bodyRoutes.route("/", part);
