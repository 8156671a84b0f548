/** When a community's row of the overview is computed anew: after an act that changes it, in the background. By the clock is cron's. */
import { createMiddleware } from "hono/factory";
import type { AppContext, AppEnv } from "../platform/context.ts";
import { openCommunity } from "../platform/db.ts";
import { rollUp } from "./actions.ts";

/** Acts at the desk that may change a figure. What is missed stands there within the hour. */
const CHANGES =
  /^\/c\/[^/]+\/desk\/(?:offices|bodies|elections|committee|overlap|duties|meetings\/\d+\/(?:publish|annul))(?:\/|$)/;

/** Behind the scene of a community: an act that went through has its row computed, after the answer and never in its way. */
export const keepRollUp = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  const acted = c.req.method !== "GET" && c.req.method !== "HEAD" && c.res.status < 400;
  if (!acted || !CHANGES.test(new URL(c.req.url).pathname)) return;
  const scene = c.get("scene") as AppContext["var"]["scene"] | undefined;
  if (!scene || scene.db.meter.rowsWritten === 0) return;
  // A database of its own: the request's has carried its bookmark into the cookie by then.
  const later = rollUp({ ...scene, db: openCommunity(c.env, scene.community, "primary") }).catch((error: unknown) =>
    console.error(
      JSON.stringify({ requestId: c.var.requestId, overview: error instanceof Error ? error.name : "unknown" }),
    ),
  );
  try {
    c.executionCtx.waitUntil(later);
  } catch {
    await later; // outside a Worker's request, such as a test that calls the app directly, nobody else would wait for it
  }
});
