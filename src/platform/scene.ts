/** What every action is handed: one community's database, the instant, randomness and keys. No HTTP, so cron, tests and the demo call the same actions. */
import type { Instant } from "../kernel/day.ts";
import type { RandomBytes } from "../kernel/id.ts";
import type { Actor } from "./access.ts";
import type { CommunityAddress, Database } from "./db.ts";
import type { Env } from "./env.ts";
import type { Keys } from "./secrets.ts";

export interface Scene {
  readonly env: Env;
  readonly db: Database;
  readonly community: CommunityAddress;
  readonly now: Instant;
  readonly random: RandomBytes;
  readonly keys: Keys;
  /** Scheme and host for links, without a slash at the end. */
  readonly origin: string;
}

export interface StaffScene extends Scene {
  readonly actor: Actor;
}

export const systemRandom: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
