/** Serves the product once for all browser tests, in a folder of its own, with the demo filled through the product's actions. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { ensureSecrets, migrate, seed, serve } from "../../scripts/local.ts";

declare module "vitest" {
  export interface ProvidedContext {
    origin: string;
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
  await seed(served.origin, () => undefined);
  project.provide("origin", served.origin);
  return async () => {
    await served.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
