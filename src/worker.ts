/** The Worker: fetch for people, scheduled for what is due. */
import { createApp } from "./app.ts";
import type { Env } from "./platform/env.ts";

const app = createApp({ demo: true });

export default {
  fetch: (request, env, context) => app.fetch(request, env, context),
} satisfies ExportedHandler<Env>;
