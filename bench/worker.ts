/** The Worker that is measured: calls the product's own actions in process, and floors that write or read the same rows without logic. Not part of the product. */
import type { Env } from "../src/platform/env.ts";
import { castingTasks } from "./tasks/casting.ts";
import { countingTasks } from "./tasks/counting.ts";
import { electingTasks } from "./tasks/electing.ts";
import { importTasks } from "./tasks/importing.ts";
import { keepingTasks } from "./tasks/keeping.ts";
import { pageTasks } from "./tasks/pages.ts";
import { recordTasks } from "./tasks/record.ts";
import { sealingTasks } from "./tasks/sealing.ts";
import type { Task } from "./tasks/world.ts";

const tasks: Readonly<Record<string, Task>> = {
  ...recordTasks,
  ...importTasks,
  ...keepingTasks,
  ...castingTasks,
  ...countingTasks,
  ...electingTasks,
  ...pageTasks,
  ...sealingTasks,
};

export default {
  async fetch(request, env) {
    const name = new URL(request.url).pathname.slice(1);
    const task = tasks[name];
    if (!task) return new Response(`no task ${name}`, { status: 404 });
    try {
      return Response.json((await task(env, await request.json())) ?? null);
    } catch (error) {
      return new Response(error instanceof Error ? `${error.stack}\n${String(error.cause)}` : String(error), {
        status: 500,
      });
    }
  },
} satisfies ExportedHandler<Env>;
