/** The SQL of the outbox: statements that queue in an act's batch, claims, outcomes, and lists. Decides nothing. */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../../kernel/day.ts";
import { base32, type CommunityId } from "../../kernel/id.ts";
import { assertThat, type CommunityAddress, type Database, type Query, sql } from "../db.ts";
import type { Scene } from "../scene.ts";
import type { MessageParams } from "./kinds.ts";
import { ATTEMPT_LIMIT, type MessageState, type Outcome, RETRY_ATTEMPTS } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface NewMessage {
  /** Id of the party or person it goes to; never a phone number. */
  readonly to: string;
  /** What makes it this message and no other, such as `link:<meeting>:<voter>:<generation>`: queued twice it is one message. */
  readonly dedupeKey: string;
  readonly params: MessageParams;
  /** Not sent before; now when absent. */
  readonly notBefore?: Instant;
  /** Skipped from then on. */
  readonly expiresAt?: Instant;
}

/** The id of a message, known before it is queued: 26 characters derived from the community and the deduplication key. */
export const messageIdOf = (communityId: CommunityId, dedupeKey: string): string =>
  base32(sha256(utf8ToBytes(`outbox\0${communityId}\0${dedupeKey}`)).subarray(0, 16));

const PER_STATEMENT = 2_000; // a JSON parameter stays far below D1's 2 MB

/**
 * Statements that queue messages of one kind, for the same `db.write([...])` as the act that causes them. A message that is
 * already queued or sent under its deduplication key is left as it is.
 */
export function queueMessages(scene: HereNow, kind: string, messages: readonly NewMessage[]): Query[] {
  const { db, community, now } = scene;
  const rows = messages.map((message) => ({
    id: messageIdOf(community.id, message.dedupeKey),
    to: message.to,
    params: JSON.stringify(message.params),
    at: message.notBefore ?? now,
    until: message.expiresAt ?? null,
  }));
  const statements: Query[] = [];
  for (let start = 0; start < rows.length; start += PER_STATEMENT) {
    const chunk = JSON.stringify(rows.slice(start, start + PER_STATEMENT));
    statements.push(
      db.run(
        sql`INSERT INTO outbox_message(community_id, message_id, kind, recipient, params, queued_at, not_before, expires_at,
                                       next_at, attempt_limit)
            SELECT ${community.id}, value ->> 'id', ${kind}, value ->> 'to', value ->> 'params', CAST(${now} AS INTEGER),
                   value ->> 'at', value ->> 'until', value ->> 'at', CAST(${ATTEMPT_LIMIT} AS INTEGER)
            FROM json_each(${chunk}) WHERE true
            ON CONFLICT(community_id, message_id) DO NOTHING`,
      ),
    );
  }
  return statements;
}

/** The statement that queues one message; see `queueMessages`. */
export const queueMessage = (scene: HereNow, message: NewMessage & { readonly kind: string }): Query =>
  queueMessages(scene, message.kind, [message])[0]!;

export interface ClaimedMessage {
  readonly messageId: string;
  readonly kind: string;
  readonly recipient: string;
  readonly params: MessageParams;
  readonly expiresAt: Instant | null;
  /** The number of this try, from 1. */
  readonly attempt: number;
  readonly attemptLimit: number;
}

interface ClaimedRow extends Omit<ClaimedMessage, "params"> {
  readonly params: string;
}

/**
 * Takes up to `limit` due messages of these kinds under a lease: until it ends nobody else takes them. A sender that
 * dies between the gateway's answer and its own note lets the lease end, and the message leaves again under the same id.
 */
export async function claimDue(
  scene: HereNow,
  claim: {
    readonly lease: string;
    readonly leaseUntil: Instant;
    readonly kinds: readonly string[];
    readonly limit: number;
  },
): Promise<ClaimedMessage[]> {
  const { db, community, now } = scene;
  const [rows] = await db.read(
    db.all<ClaimedRow>(
      sql`UPDATE outbox_message SET lease = ${claim.lease}, lease_until = CAST(${claim.leaseUntil} AS INTEGER), attempts = attempts + 1
          WHERE community_id = ${community.id} AND state = 'queued' AND message_id IN (
            SELECT message_id FROM outbox_message
            WHERE community_id = ${community.id} AND state = 'queued' AND next_at <= CAST(${now} AS INTEGER)
              AND lease_until <= CAST(${now} AS INTEGER) AND kind IN (SELECT value FROM json_each(${JSON.stringify(claim.kinds)}))
            ORDER BY next_at LIMIT CAST(${claim.limit} AS INTEGER))
          RETURNING message_id AS messageId, kind, recipient, params, expires_at AS expiresAt, attempts AS attempt,
                    attempt_limit AS attemptLimit`,
    ),
  );
  return rows.map((row) => ({ ...row, params: JSON.parse(row.params) as MessageParams }));
}

/** Notes what a try came to; the batch is refused as `lease_lost` when someone else has taken the message over meanwhile. */
export function recordAttempt(
  scene: HereNow,
  lease: string,
  message: Pick<ClaimedMessage, "messageId" | "attempt">,
  outcome: Outcome,
  next: { readonly state: MessageState; readonly nextAt: Instant; readonly doneAt: Instant | null },
): Query[] {
  const { db, community, now } = scene;
  const { messageId, attempt } = message;
  return [
    db.run(
      sql`UPDATE outbox_message SET state = ${next.state}, next_at = CAST(${next.nextAt} AS INTEGER),
            done_at = CAST(${next.doneAt} AS INTEGER), lease = '', lease_until = 0, last_outcome = ${outcome.detail}
          WHERE community_id = ${community.id} AND message_id = ${messageId} AND lease = ${lease} AND state = 'queued'`,
    ),
    assertThat(db, "lease_lost", sql`changes() = 1`),
    db.run(
      sql`INSERT INTO outbox_attempt(community_id, message_id, attempt, at, outcome, detail)
          VALUES (${community.id}, ${messageId}, ${attempt}, ${now}, ${outcome.outcome}, ${outcome.detail})`,
    ),
  ];
}

/** Gives a failed message further tries from now on; asserts that it had failed (`not_failed`). */
export const retryFailed = ({ db, community, now }: HereNow, messageId: string): Query[] => [
  db.run(
    sql`UPDATE outbox_message SET state = 'queued', next_at = CAST(${now} AS INTEGER), done_at = NULL,
          attempt_limit = attempts + CAST(${RETRY_ATTEMPTS} AS INTEGER)
        WHERE community_id = ${community.id} AND message_id = ${messageId} AND state = 'failed'`,
  ),
  assertThat(db, "not_failed", sql`changes() = 1`),
];

export const findMessageState = ({ db, community }: Here, messageId: string): Query<{ state: MessageState }[]> =>
  db.all(sql`SELECT state FROM outbox_message WHERE community_id = ${community.id} AND message_id = ${messageId}`);

export interface MessageRow {
  readonly messageId: string;
  readonly kind: string;
  readonly recipient: string;
  readonly params: MessageParams;
  readonly state: MessageState;
  readonly queuedAt: Instant;
  readonly nextAt: Instant;
  readonly attempts: number;
  readonly attemptLimit: number;
  readonly lastOutcome: string;
  readonly doneAt: Instant | null;
}

const columns = sql`message_id AS messageId, kind, recipient, params, state, queued_at AS queuedAt, next_at AS nextAt, attempts,
  attempt_limit AS attemptLimit, last_outcome AS lastOutcome, done_at AS doneAt`;

export const listMessages = (
  { db, community }: Here,
  state: MessageState,
  page: { readonly limit: number; readonly offset: number },
): Query<(Omit<MessageRow, "params"> & { params: string })[]> =>
  db.all(
    sql`SELECT ${columns} FROM outbox_message WHERE community_id = ${community.id} AND state = ${state}
        ORDER BY queued_at DESC, message_id LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export const countMessages = ({ db, community }: Here): Query<{ state: MessageState; messages: number }[]> =>
  db.all(
    sql`SELECT state, count(*) AS messages FROM outbox_message WHERE community_id = ${community.id} GROUP BY state`,
  );

/** The newest messages of any state, for the demo's page of what would have been sent. */
export const listNewest = (
  { db, community }: Here,
  limit: number,
): Query<(Omit<MessageRow, "params"> & { params: string })[]> =>
  db.all(
    sql`SELECT ${columns} FROM outbox_message WHERE community_id = ${community.id}
        ORDER BY queued_at DESC, message_id LIMIT CAST(${limit} AS INTEGER)`,
  );

export const readRow = (row: Omit<MessageRow, "params"> & { params: string }): MessageRow => ({
  ...row,
  params: JSON.parse(row.params) as MessageParams,
});

/**
 * The communities of one shard that have a message due, by hopping from one to the next in the index of what waits: the cost
 * follows the number of such communities, not the number of messages.
 */
export const listCommunitiesDue = (db: Database, now: Instant): Query<Omit<CommunityAddress, "shard">[]> =>
  db.all(
    sql`WITH RECURSIVE waiting(id) AS (
          SELECT min(community_id) FROM outbox_message WHERE state = 'queued'
          UNION ALL
          SELECT (SELECT min(community_id) FROM outbox_message WHERE state = 'queued' AND community_id > waiting.id)
          FROM waiting WHERE waiting.id IS NOT NULL)
        SELECT community_id AS id, slug, name FROM community
        WHERE community_id IN (SELECT id FROM waiting WHERE id IS NOT NULL) AND EXISTS (
          SELECT 1 FROM outbox_message m WHERE m.community_id = community.community_id AND m.state = 'queued'
            AND m.next_at <= CAST(${now} AS INTEGER))`,
  );
