/** The machine the numbers are taken on: the bench Worker, bundled, in a workerd of its own below any proxy. Measures nothing itself. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readD1Migrations } from "@cloudflare/vitest-plugin";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";

const QUIET = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  CI: "1",
  NO_COLOR: "1",
};

/** Runs wrangler and returns what it said; throws when it failed. */
export function wrangler(...args: string[]): string {
  const run = spawnSync(process.execPath, ["node_modules/wrangler/bin/wrangler.js", ...args], {
    env: { ...process.env, ...QUIET },
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`wrangler ${args[0]} failed:\n${run.stdout}\n${run.stderr}`);
  return run.stdout;
}

/** The text of the Worker at `entry`, bundled as a deployment would be. */
export function bundle(entry: string): string {
  const folder = mkdtempSync(join(tmpdir(), "commonhold-bundle-"));
  try {
    wrangler("deploy", entry, "--dry-run", "--outdir", folder);
    const name = entry
      .split("/")
      .at(-1)!
      .replace(/\.tsx?$/, ".js");
    return readFileSync(join(folder, name), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const key = (fill: number): string => Buffer.alloc(32, fill).toString("base64");

/** Keys that seal nothing but made-up people. */
const BENCH_SECRETS = {
  SESSION_KEY: key(1),
  DATA_KEYS: `1:${key(2)}`,
  INDEX_KEY: key(3),
  LINK_KEY: key(4),
  LOG_KEY: key(5),
  SETUP_CODE: "setup-code-for-bench",
  ORIGIN: "http://localhost",
};

/** The numbers of the processes this one has started by the name `workerd`; none where the system does not tell. */
function workerdPids(): string[] {
  try {
    return readdirSync("/proc").filter((pid) => {
      if (!/^\d+$/.test(pid)) return false;
      try {
        // pid (name) state parent …; the name is in brackets and may hold spaces.
        const [, name, parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))!;
        return name === "workerd" && Number(parent) === process.pid;
      } catch {
        return false; // gone meanwhile
      }
    });
  } catch {
    return [];
  }
}

/**
 * Milliseconds the main thread of a process has been on a processor: the one that runs the Worker and its databases. The others
 * compile and collect when they find the time, which is the machine's business and no part of the work.
 */
const cpuMs = (pid: string): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;

export interface Answer<T> {
  readonly value: T;
  /** What it took: the time of workerd's main thread on a processor where the system tells, so that a busy machine does not matter; else elapsed time. */
  readonly ms: number;
}

export class Machine {
  readonly #runtime: Miniflare;
  readonly #clock: () => number;

  private constructor(runtime: Miniflare, clock: () => number) {
    this.#runtime = runtime;
    this.#clock = clock;
  }

  /** Starts a fresh workerd with empty, migrated shards. */
  static async start(script: string): Promise<Machine> {
    const others = new Set(workerdPids());
    const runtime = new Miniflare(
      convertV4MiniflareOptions({
        modules: true,
        script,
        name: "bench",
        compatibilityDate: "2026-10-01",
        compatibilityFlags: ["nodejs_compat"],
        d1Databases: { DB: "bench-0", DB_1: "bench-1" },
        r2Buckets: ["FILES"],
        bindings: BENCH_SECRETS,
        cf: false,
        logRequests: false,
        telemetry: { enabled: false },
        handleStructuredLogs: ({ level, message }) => {
          if (level === "error") console.error(message);
        },
      }),
    );
    const migrations = await readD1Migrations("migrations");
    for (const binding of ["DB", "DB_1"]) {
      const shard = await runtime.getD1Database(binding);
      for (const { queries } of migrations) await shard.batch(queries.map((query) => shard.prepare(query)));
    }
    const pid = workerdPids().find((found) => !others.has(found));
    return new Machine(runtime, pid ? () => cpuMs(pid) : () => performance.now());
  }

  /** Asks the bench Worker for one task; `args` and the answer are JSON. */
  async ask<T>(task: string, args: object = {}): Promise<Answer<T>> {
    const began = this.#clock();
    const response = await this.#runtime.dispatchFetch(`http://localhost/${task}`, {
      method: "POST",
      body: JSON.stringify(args),
    });
    const text = await response.text();
    const ms = this.#clock() - began;
    if (response.status !== 200) throw new Error(`${task}: ${response.status} ${text}`);
    return { value: JSON.parse(text) as T, ms };
  }

  async stop(): Promise<void> {
    await this.#runtime.dispose();
  }
}
