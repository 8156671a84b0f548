/** The notice and the result of a meeting as A4 公告 to be printed and posted. The same facts as the page, in the accustomed form. */
import { Hono } from "hono";
import type { AppEnv } from "../../platform/context.ts";

/** Mounted under /c/:slug. */
export const sheetPages = new Hono<AppEnv>();
