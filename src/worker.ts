/** The Worker: fetch for people, scheduled for what is due. */
import { createApp } from "./app.ts";
import { runEverywhere } from "./cron.ts";
import { now } from "./platform/clock.ts";
import type { Env } from "./platform/env.ts";

const app = createApp({ demo: true });

export default {
  fetch: (request, env, context) => app.fetch(request, env, context),
  scheduled: async (_, env) => runEverywhere(env, await now(env)),
} satisfies ExportedHandler<Env>;
