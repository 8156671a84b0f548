/** Everything of tenders under /c/:slug, put together. No behaviour of its own. */
import { Hono } from "hono";
import type { AppEnv } from "../platform/context.ts";
import "./bidders/actions.ts";

/** Mounted at /c/:slug. Each part of the room adds its own here. */
export const tenderRoutes = new Hono<AppEnv>();
