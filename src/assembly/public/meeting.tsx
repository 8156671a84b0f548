/** One meeting's public page at /c/:slug/meetings/:meetingId, by the state it is in. Never a choice before the count is published. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";

/** Mounted under /c/:slug. */
export const meetingPublicPages = new Hono<AppEnv>();
