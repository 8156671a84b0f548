/** Makes a batch answer a repeat with its first answer: for acts that have no natural key of their own. */
import { sha256Hex } from "../kernel/hash.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import { type Aborted, type Query, sql } from "./db.ts";
import type { Scene } from "./scene.ts";

/** The client's key of one act (the hidden `_once`, or the Idempotency-Key header) and what the act was asked to do. */
export interface Once {
  readonly key: string;
  readonly body: string;
}

export interface KeyReused {
  readonly reason: "key_reused";
}

/**
 * Writes the statements and remembers `answer` under the key. A repeat with the same body gives the first answer and
 * writes nothing; the same key with another body is refused (`key_reused`).
 */
export async function writeOnce<A>(
  scene: Scene,
  once: Once,
  statements: readonly Query[],
  answer: A,
): Promise<Result<A, Aborted | KeyReused>> {
  const { db, community, now } = scene;
  const bodyHash = sha256Hex(once.body);
  const first = await findOnce<A>(scene, once.key);
  if (first) return first.bodyHash === bodyHash ? ok(first.answer) : err({ reason: "key_reused" });
  const written = await db.write([
    db.run(
      sql`INSERT INTO once(community_id, once_key, body_hash, answer, at)
          VALUES (${community.id}, ${once.key}, ${bodyHash}, ${JSON.stringify(answer)}, ${now})`,
    ),
    ...statements,
  ]);
  if (written.ok) return ok(answer);
  if (written.error.code !== "unique:once") return written;
  // Two of the same arrived together: the other one was first.
  const winner = await findOnce<A>(scene, once.key);
  if (!winner) return written;
  return winner.bodyHash === bodyHash ? ok(winner.answer) : err({ reason: "key_reused" });
}

/** What this key was answered before, or null: asked first by an act whose own rules would refuse its repeat. */
export async function findAnswer<A>(scene: Scene, once: Once): Promise<Result<A, KeyReused> | null> {
  const first = await findOnce<A>(scene, once.key);
  if (!first) return null;
  return first.bodyHash === sha256Hex(once.body) ? ok(first.answer) : err({ reason: "key_reused" });
}

async function findOnce<A>(scene: Scene, key: string): Promise<{ bodyHash: string; answer: A } | null> {
  const [rows] = await scene.db.read(
    scene.db.all<{ bodyHash: string; answer: string }>(
      sql`SELECT body_hash AS bodyHash, answer FROM once WHERE community_id = ${scene.community.id} AND once_key = ${key}`,
    ),
  );
  const row = rows[0];
  return row ? { bodyHash: row.bodyHash, answer: JSON.parse(row.answer) as A } : null;
}
