/** Every page of cross-appointment under one roof. No page of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";
import { overlapConsents } from "./consent.tsx";
import { overlapDesk } from "./desk.tsx";
import { overlapPages } from "./pages.tsx";
import { overlapSettings } from "./settings.tsx";
import { overlapWaivers } from "./waivers.tsx";

/** Mounted at /c/:slug. */
export const overlapRoutes = new Hono<AppEnv>();
for (const part of [overlapPages, overlapDesk, overlapSettings, overlapWaivers, overlapConsents])
  overlapRoutes.route("/", part);
