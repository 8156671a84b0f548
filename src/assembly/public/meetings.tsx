/** Every meeting the public may know of, newest first, a page at a time: /c/:slug/meetings. Not one meeting's page. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";

/** Mounted under /c/:slug. */
export const meetingListPages = new Hono<AppEnv>();
