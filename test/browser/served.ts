/** Fills the demo once for all browser tests, and serves each of them a copy: no journey sees what another did. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { ensureSecrets, migrate, type Served, seed, serve } from "../../scripts/local.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder of a Worker that was filled and then stopped. */
    seeded: string;
  }
}

/** A port nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "commonhold-browser-"));
  ensureSecrets();
  migrate(folder);
  const served = await serve(await freePort(), { persistTo: folder });
  try {
    await seed(served.origin, () => undefined);
  } finally {
    await served.stop();
  }
  project.provide("seeded", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Ends every process of the Worker at once, as a power cut does: no handler runs, nothing is flushed. */
export async function cutPower({ process: child }: Served): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid!, "SIGKILL");
  await ended;
}

/** Serves a copy of the filled demo. `stop` ends the Worker and removes the copy. */
export async function serveCopy(seeded: string): Promise<Pick<Served, "origin" | "stop">> {
  const folder = mkdtempSync(join(tmpdir(), "commonhold-journey-"));
  cpSync(seeded, folder, { recursive: true });
  const served = await serve(await freePort(), { persistTo: folder });
  return {
    origin: served.origin,
    stop: async () => {
      await served.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
