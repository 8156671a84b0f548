/** What the Worker is bound to. Names only; nothing here opens anything. */

export interface Env {
  /** The directory of communities, and shard 0. */
  readonly DB: D1Database;
  /** Further shards: DB_1, DB_2 … opened by number in db.ts alone. */
  readonly DB_1?: D1Database;
  readonly FILES: R2Bucket;
  /** Signs sessions and forms; at least 32 bytes, base64. */
  readonly SESSION_KEY: string;
  /** Seals personal data, newest first: `2:base64,1:base64`, 32 bytes each. */
  readonly DATA_KEYS: string;
  /** Finds sealed values by keyed hash; 32 bytes, base64. Changing it means re-indexing. */
  readonly INDEX_KEY: string;
  /** Derives the tokens of voting links; 32 bytes, base64. */
  readonly LINK_KEY: string;
  /** Seed of the communities' log keys; 32 bytes, base64. Changing it breaks every vkey given out. */
  readonly LOG_KEY: string;
  /** What an operator hands to a new community for its first set-up. */
  readonly SETUP_CODE?: string;
  /** "1" on a developer's own machine: demo routes and a movable clock. Never set on a deployment. */
  readonly DEMO?: string;
  /** Where messages are posted, signed with SMS_WEBHOOK_KEY; without it the outbox only keeps them. */
  readonly SMS_WEBHOOK_URL?: string;
  readonly SMS_WEBHOOK_KEY?: string;
  /** The address written into links by cron, where no request tells it. */
  readonly ORIGIN?: string;
}
