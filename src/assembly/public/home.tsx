/** The public front doors: the list of communities at /, and a community's home at /c/:slug. Shows; changes nothing. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";

/** Mounted at /. */
export const landingPages = new Hono<AppEnv>();

/** Mounted under /c/:slug. */
export const homePages = new Hono<AppEnv>();
