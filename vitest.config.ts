import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const migrations = await readD1Migrations("migrations");

const key = (fill: number): string => Buffer.alloc(32, fill).toString("base64");
/** Keys for tests only; a running Worker has its own from the secret store. */
const testSecrets = {
  SESSION_KEY: key(1),
  DATA_KEYS: `1:${key(2)}`,
  INDEX_KEY: key(3),
  LINK_KEY: key(4),
  LOG_KEY: key(5),
  SETUP_CODE: "setup-code-for-tests",
  ORIGIN: "http://localhost",
};

export default defineConfig({
  test: {
    // With it each further test file is sent every module at once, and workerd takes no message of more than 32 MiB.
    fsModuleCache: false,
    projects: [
      {
        oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
        test: { name: "unit", include: ["test/unit/**/*.test.{ts,tsx}"], environment: "node", testTimeout: 30_000 },
      },
      {
        oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: { TEST_SECRETS: testSecrets, TEST_MIGRATIONS: migrations } },
          }),
        ],
        test: {
          name: "worker",
          include: ["test/worker/**/*.test.{ts,tsx}"],
          setupFiles: ["test/worker/setup.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          environment: "node",
          globalSetup: ["test/browser/served.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
