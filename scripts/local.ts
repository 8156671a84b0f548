/** What the scripts share about running the Worker on this machine: its secrets, its migrations, its process. Not used by the Worker. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";

export const DEV_VARS = ".dev.vars";
export const STATE_DIR = ".wrangler";

const QUIET = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  CI: "1",
  NO_COLOR: "1",
};
const wrangler = "node_modules/wrangler/bin/wrangler.js";

/** Makes this machine's own keys once; no key is ever shipped. */
export function ensureSecrets(): void {
  if (existsSync(DEV_VARS)) return;
  const key = () => randomBytes(32).toString("base64");
  const lines = [
    "# Made on this machine for local use; never commit or deploy it.",
    'DEMO="1"',
    `SESSION_KEY="${key()}"`,
    `DATA_KEYS="1:${key()}"`,
    `INDEX_KEY="${key()}"`,
    `LINK_KEY="${key()}"`,
    `LOG_KEY="${key()}"`,
    `SETUP_CODE="${randomBytes(6).toString("hex")}"`,
  ];
  writeFileSync(DEV_VARS, `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** Applies the migrations to every local shard. */
export function migrate(persistTo?: string): void {
  for (const database of ["DB", "DB_1"]) {
    const extra = persistTo ? ["--persist-to", persistTo] : [];
    const run = spawnSync(process.execPath, [wrangler, "d1", "migrations", "apply", database, "--local", ...extra], {
      env: { ...process.env, ...QUIET },
      encoding: "utf8",
    });
    if (run.status !== 0) throw new Error(`migrating ${database} failed:\n${run.stdout}\n${run.stderr}`);
  }
}

export interface Served {
  readonly origin: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts the Worker and resolves when it answers. `stop` ends it and what it started. A start that fails at once is tried once more. */
export async function serve(port: number, options: { persistTo?: string; log?: boolean } = {}): Promise<Served> {
  try {
    return await serveOnce(port, options);
  } catch {
    // Two Workers that start at one moment can reach for the same inspector port; the loser ends at once.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return serveOnce(port, options);
  }
}

async function serveOnce(port: number, options: { persistTo?: string; log?: boolean }): Promise<Served> {
  const args = [wrangler, "dev", "--port", String(port), "--show-interactive-dev-session=false", "--log-level", "warn"];
  if (options.persistTo) args.push("--persist-to", options.persistTo);
  if (process.env.HOST) args.push("--ip", process.env.HOST);
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...QUIET },
    stdio: ["ignore", options.log ? "inherit" : "pipe", options.log ? "inherit" : "pipe"],
    detached: true,
  });
  const heard: string[] = [];
  child.stdout?.on("data", (chunk) => heard.push(String(chunk)));
  child.stderr?.on("data", (chunk) => heard.push(String(chunk)));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.pid === undefined) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    // The whole group: killing only the wrapper would leave workerd behind, holding the port.
    process.kill(-child.pid, "SIGTERM");
    const forced = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), 5000);
    await ended;
    clearTimeout(forced);
  };
  const origin = `http://localhost:${port}`;
  for (let waited = 0; ; waited += 250) {
    if (child.exitCode !== null) throw new Error(`the Worker did not start:\n${heard.join("")}`);
    try {
      await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(5000) });
      return { origin, process: child, stop };
    } catch (error) {
      if (waited >= 60_000) {
        await stop();
        throw new Error(`the Worker did not answer on ${origin}:\n${heard.join("")}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

interface SeedProgress {
  readonly done: boolean;
  readonly step: string;
  readonly of: number;
  readonly at: number;
}

/** Fills the demo through the product's own actions, a step a request, telling each. A demo that is there stays as it is. */
export async function seed(origin: string, tell: (line: string) => void): Promise<void> {
  for (;;) {
    const response = await fetch(`${origin}/demo/seed`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    if (!response.ok) throw new Error(`seeding failed: ${response.status} ${await response.text()}`);
    const progress = (await response.json()) as SeedProgress;
    if (progress.step !== "") tell(`  ${progress.at}/${progress.of} ${progress.step}`);
    if (progress.done) return;
  }
}
