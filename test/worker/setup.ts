/** Every worker test file starts on migrated, empty shards. */
import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";

const { DB, DB_1, TEST_MIGRATIONS } = env as unknown as {
  DB: D1Database;
  DB_1: D1Database;
  TEST_MIGRATIONS: D1Migration[];
};
await applyD1Migrations(DB, TEST_MIGRATIONS);
await applyD1Migrations(DB_1, TEST_MIGRATIONS);
