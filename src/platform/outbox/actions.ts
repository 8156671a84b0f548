/** Sends what is due, at least once and under an unchanging id, and notes what became of it. Who is told what is decided by the kinds. */
import type { Instant } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { AppContext } from "../context.ts";
import { openCommunity, openShard, type Query, shardsBound } from "../db.ts";
import type { Env } from "../env.ts";
import { type Scene, systemRandom } from "../scene.ts";
import { keysOf } from "../secrets.ts";
import { type Adapter, adapterOf } from "./gateway.ts";
import { findMessageKind, kindsThatMayLeave } from "./kinds.ts";
import { afterAttempt, isExpired, isNight, type Outcome } from "./rules.ts";
import {
  type ClaimedMessage,
  claimDue,
  findMessageState,
  listCommunitiesDue,
  listNewest,
  type MessageRow,
  readRow,
  recordAttempt,
  retryFailed,
} from "./store.ts";

const CLAIM_LIMIT = 30;
const AT_ONCE = 6; // a Worker holds six connections open; more would wait and outlive the lease
/** No claim is begun later than this after the run began; leases count from the run's beginning. */
const RUN_MS = 60_000;
// As long as a run and the slowest claim after it: five rounds of six, each at the gateway's time-out of ten seconds.
const LEASE_MS = 120_000;
/** One run sends no more than this for one community, so that a large notice does not starve the others. */
const RUN_LIMIT = 300;

export interface SendReport {
  sent: number;
  failed: number;
  skipped: number;
}

/**
 * Sends the community's due messages. Crash points: before the gateway answers, nothing is noted and the message leaves again
 * when its lease ends; after it, the same, and the gateway knows the id. So each leaves at least once.
 */
export async function sendDue(scene: Scene, adapter: Adapter): Promise<SendReport> {
  const report: SendReport = { sent: 0, failed: 0, skipped: 0 };
  const kinds = kindsThatMayLeave(isNight(scene.now));
  if (kinds.length === 0) return report;
  const began = Date.now();
  for (let handled = 0; handled < RUN_LIMIT && Date.now() - began < RUN_MS; ) {
    const lease = newId<string>(scene.random);
    const claimed = await claimDue(scene, { lease, leaseUntil: scene.now + LEASE_MS, kinds, limit: CLAIM_LIMIT });
    for (let start = 0; start < claimed.length; start += AT_ONCE) {
      const outcomes = await Promise.all(
        claimed.slice(start, start + AT_ONCE).map((message) => sendOne(scene, adapter, lease, message)),
      );
      for (const outcome of outcomes) report[outcome] += 1;
    }
    handled += claimed.length;
    if (claimed.length < CLAIM_LIMIT) break;
  }
  return report;
}

async function sendOne(
  scene: Scene,
  adapter: Adapter,
  lease: string,
  message: ClaimedMessage,
): Promise<Outcome["outcome"]> {
  const outcome = await attempt(scene, adapter, message);
  const next = afterAttempt(message, outcome.outcome, scene.now);
  const consequences = next.state === "queued" ? [] : await consequencesOf(scene, message, outcome);
  const note = recordAttempt(scene, lease, message, outcome, next);
  const noted = await scene.db.write([...note, ...consequences]);
  if (noted.ok || noted.error.code === "lease_lost") return outcome.outcome; // whoever holds it now notes its outcome
  // What the kind wanted to write was refused: a fault to be seen, but no reason to send the same message again and again.
  console.error(JSON.stringify({ outbox: message.messageId, refused: noted.error.code }));
  await scene.db.write(note);
  return outcome.outcome;
}

async function consequencesOf(scene: Scene, message: ClaimedMessage, outcome: Outcome): Promise<readonly Query[]> {
  try {
    return (await findMessageKind(message.kind)?.onOutcome?.(scene, message, outcome)) ?? [];
  } catch (error) {
    console.error(
      JSON.stringify({ outbox: message.messageId, error: error instanceof Error ? error.name : "unknown" }),
    );
    return [];
  }
}

async function attempt(scene: Scene, adapter: Adapter, message: ClaimedMessage): Promise<Outcome> {
  if (isExpired(message.expiresAt, scene.now)) return { outcome: "skipped", detail: "expired" };
  const kind = findMessageKind(message.kind);
  if (!kind) return { outcome: "failed", detail: "no wording" };
  try {
    const rendered = await kind.render(scene, message.params, message.recipient);
    if ("skip" in rendered) return { outcome: "skipped", detail: rendered.skip };
    const { phone, text } = rendered;
    if (phone === "") return { outcome: "skipped", detail: "no number" };
    const { taken, detail } = await adapter.send(
      { messageId: message.messageId, kind: message.kind, phone, text },
      scene.now,
    );
    return { outcome: taken ? "sent" : "failed", detail };
  } catch (error) {
    // One message that cannot be worded must not hold up the rest. Its own text could be in the error: only the name is kept.
    console.error(
      JSON.stringify({ outbox: message.messageId, error: error instanceof Error ? error.name : "unknown" }),
    );
    return { outcome: "failed", detail: "wording failed" };
  }
}

/** Cron: every community of every shard that has something due. Without a gateway everything waits. */
export async function sendEverywhere(env: Env, now: Instant, adapter = adapterOf(env)): Promise<SendReport> {
  const report: SendReport = { sent: 0, failed: 0, skipped: 0 };
  if (!adapter) return report;
  const began = Date.now();
  for (let shard = 0; shard < shardsBound(env); shard += 1) {
    const shardDb = openShard(env, shard);
    const [communities] = await shardDb.read(listCommunitiesDue(shardDb, now));
    for (const found of communities) {
      const community = { ...found, shard };
      const db = openCommunity(env, community, "primary");
      // The communities before took their time: a lease or a signature dated at the start of the round would be old by now.
      const at = now + (Date.now() - began);
      const scene = { env, db, community, now: at, random: systemRandom, keys: keysOf(env), origin: env.ORIGIN ?? "" };
      try {
        const one = await sendDue(scene, adapter);
        report.sent += one.sent;
        report.failed += one.failed;
        report.skipped += one.skipped;
      } catch (error) {
        // One community's fault is not its neighbours': the next run tries it again.
        console.error(JSON.stringify({ outbox: community.id, error: error instanceof Error ? error.name : "unknown" }));
      }
    }
  }
  return report;
}

/** Sends after the response has gone, for what a person is waiting for: a sign-in code cannot wait for cron. */
export async function sendSoon(c: AppContext): Promise<void> {
  const { scene } = c.var;
  const adapter = adapterOf(c.env);
  if (!adapter) return;
  // A database of its own: the request's has carried its bookmark into the cookie by then.
  const sending = sendDue({ ...scene, db: openCommunity(c.env, scene.community, "primary") }, adapter);
  const later = sending.catch((error: unknown) =>
    console.error(
      JSON.stringify({ requestId: c.var.requestId, outbox: error instanceof Error ? error.name : "unknown" }),
    ),
  );
  try {
    c.executionCtx.waitUntil(later);
  } catch {
    await later; // outside a Worker's request, such as a test that calls the app directly, nobody else would wait for it
  }
}

export interface UnknownMessage {
  readonly reason: "unknown_message";
}

/** Asks for a failed message to be sent again. One that waits or has left by now stays as it is, so a repeat changes nothing. */
export async function retryMessage(scene: Scene, messageId: string): Promise<Result<null, UnknownMessage>> {
  const [rows] = await scene.db.read(findMessageState(scene, messageId));
  if (!rows[0]) return err({ reason: "unknown_message" });
  if (rows[0].state === "failed") await scene.db.write(retryFailed(scene, messageId));
  return ok(null);
}

/** A message with its words as they would be sent now: for the demo's page only, never behind a staff permission. */
export interface ShownMessage extends MessageRow {
  readonly rendered: { readonly phone: string; readonly text: string } | { readonly skip: string };
}

/** The newest messages with their words; the caller makes sure that this is the demo. */
export async function showNewest(scene: Scene, limit: number): Promise<ShownMessage[]> {
  const [rows] = await scene.db.read(listNewest(scene, limit));
  return Promise.all(
    rows.map(readRow).map(async (row) => {
      const kind = findMessageKind(row.kind);
      const rendered = kind ? await kind.render(scene, row.params, row.recipient) : { skip: "no wording" };
      return { ...row, rendered };
    }),
  );
}
