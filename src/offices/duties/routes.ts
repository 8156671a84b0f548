/** Every page of duties under one roof, for app.ts to mount. No page of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import { arrangingPages } from "./arranging.tsx";
import { dutyDesk } from "./desk.tsx";
import { dutyPages } from "./pages.tsx";
import { reportPages } from "./reports/pages.tsx";
import { taskPages } from "./tasks.tsx";

/** Mounted at /c/:slug. */
export const dutyRoutes = new Hono<AppEnv>();
for (const part of [dutyPages, dutyDesk, taskPages, arrangingPages, reportPages]) dutyRoutes.route("/", part);
