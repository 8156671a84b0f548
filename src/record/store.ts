/** The SQL of the record: statements that join an act's batch, and reads as queries. Decides nothing; hashes and proofs come from the rules. */
import type { Instant } from "../kernel/day.ts";
import { type Query, type SQL, sql } from "../platform/db.ts";
import type { Scene } from "../platform/scene.ts";
import type { JsonObject } from "./canonical.ts";
import type { Subtree } from "./merkle/range.ts";
import { entryText, leafHashOf } from "./rules.ts";

/** Whose record is read. */
export type Here = Pick<Scene, "db" | "community">;
/** Whose record is written, and when. */
export type HereNow = Pick<Scene, "db" | "community" | "now">;

/** An entry that is about to be appended. `statement` goes into the same `db.write([...])` as the act it tells of. */
export interface PendingLeaf {
  readonly statement: Query;
  /** Hex; known before the write, so the act's own rows can hold it. */
  readonly leafHash: string;
  /** The exact text that is hashed. */
  readonly entry: string;
}

// Allocated inside the INSERT: D1 has one writer, so numbers have no gap and no race, and no caller waits for another.
const nextSeq = (communityId: string): SQL =>
  sql`coalesce((SELECT seq FROM record_leaf WHERE community_id = ${communityId} ORDER BY seq DESC LIMIT 1) + 1, 0)`;

/**
 * The statement that appends one entry, `{"at":now,"type":…,"v":1,…payload}` in canonical JSON. The payload holds no
 * personal data: a value that only some may see goes in as `commit(salt, value)`. `subject` is the id of what the entry
 * speaks of (a meeting, a roll, an office), by which `listLeavesAbout` finds it. Rows read and written do not depend on
 * the log's length. Throws for a payload that is not canonical JSON or makes more than 65,535 bytes.
 */
export function appendLeaf(scene: HereNow, type: string, payload: JsonObject, subject = ""): PendingLeaf {
  const entry = entryText(type, scene.now, payload);
  const leafHash = leafHashOf(entry);
  const { id } = scene.community;
  return {
    leafHash,
    entry,
    statement: scene.db.run(
      sql`INSERT INTO record_leaf(community_id, seq, leaf_hash, at, type, subject, entry)
          SELECT ${id}, ${nextSeq(id)}, ${leafHash}, ${scene.now}, ${type}, ${subject}, ${entry}`,
    ),
  };
}

/** One entry as it stands in the log. */
export interface Leaf {
  readonly seq: number;
  readonly leafHash: string;
  readonly at: Instant;
  readonly type: string;
  readonly subject: string;
  readonly entry: string;
}

const LEAF = sql.raw("seq, leaf_hash AS leafHash, at, type, subject, entry");

/** The entry at a place: one row or none. */
export const findLeaf = ({ db, community }: Here, seq: number): Query<Leaf[]> =>
  db.all<Leaf>(sql`SELECT ${LEAF} FROM record_leaf WHERE community_id = ${community.id} AND seq = ${seq}`);

/** The first entry with this leaf hash: one row or none. A later one of the same words is proved by the first. */
export const findLeafByHash = ({ db, community }: Here, leafHash: string): Query<Leaf[]> =>
  db.all<Leaf>(
    sql`SELECT ${LEAF} FROM record_leaf WHERE community_id = ${community.id} AND leaf_hash = ${leafHash} ORDER BY seq LIMIT 1`,
  );

/** Entries whose leaf hash begins with these hex digits, for a short code; two are enough to know it is not one. */
export const findLeavesByPrefix = ({ db, community }: Here, digits: string): Query<Leaf[]> =>
  db.all<Leaf>(
    sql`SELECT ${LEAF} FROM record_leaf
        WHERE community_id = ${community.id} AND leaf_hash >= ${digits} AND leaf_hash < ${`${digits}g`} LIMIT 2`,
  );

/** Entries `from` up to, not including, `end`, in order. */
export const listLeaves = ({ db, community }: Here, from: number, end: number): Query<Leaf[]> =>
  db.all<Leaf>(
    sql`SELECT ${LEAF} FROM record_leaf WHERE community_id = ${community.id} AND seq >= ${from} AND seq < ${end} ORDER BY seq`,
  );

/** Newest first, after leaving out the `skip` newest: a page of the record. */
export const listNewestLeaves = ({ db, community }: Here, skip: number, limit: number): Query<Leaf[]> =>
  db.all<Leaf>(
    sql`SELECT ${LEAF} FROM record_leaf
        WHERE community_id = ${community.id} AND seq < ${nextSeq(community.id)} - CAST(${skip} AS INTEGER)
        ORDER BY seq DESC LIMIT ${limit}`,
  );

/** Everything recorded under a subject (see `appendLeaf`), in order, from a place on: a meeting's whole file. */
export const listLeavesAbout = ({ db, community }: Here, subject: string, from: number, limit: number): Query<Leaf[]> =>
  db.all<Leaf>(
    sql`SELECT ${LEAF} FROM record_leaf
        WHERE community_id = ${community.id} AND subject = ${subject} AND subject <> '' AND seq >= ${from}
        ORDER BY seq LIMIT ${limit}`,
  );

/** The number of entries: one row with `size`. */
export const countLeaves = ({ db, community }: Here): Query<{ size: number }[]> =>
  db.all<{ size: number }>(sql`SELECT ${nextSeq(community.id)} AS size`);

/** The log's name and public key, as its first checkpoint fixed them. */
export interface LogIdentity {
  readonly origin: string;
  readonly vkey: string;
}

export const findLog = ({ db, community }: Here): Query<LogIdentity[]> =>
  db.all<LogIdentity>(sql`SELECT origin, vkey FROM record_log WHERE community_id = ${community.id}`);

export interface StoredCheckpoint {
  readonly size: number;
  readonly previousSize: number;
  readonly root: string;
  /** The signed note, without cosignatures. */
  readonly note: string;
  readonly madeAt: Instant;
}

const CHECKPOINT = sql.raw("size, previous_size AS previousSize, root, note, made_at AS madeAt");

export const findLatestCheckpoint = ({ db, community }: Here): Query<StoredCheckpoint[]> =>
  db.all<StoredCheckpoint>(
    sql`SELECT ${CHECKPOINT} FROM record_checkpoint WHERE community_id = ${community.id} ORDER BY size DESC LIMIT 1`,
  );

export const findCheckpoint = ({ db, community }: Here, size: number): Query<StoredCheckpoint[]> =>
  db.all<StoredCheckpoint>(
    sql`SELECT ${CHECKPOINT} FROM record_checkpoint WHERE community_id = ${community.id} AND size = ${size}`,
  );

const latestSize = (communityId: string): SQL =>
  sql`coalesce((SELECT size FROM record_checkpoint WHERE community_id = ${communityId} ORDER BY size DESC LIMIT 1), 0)`;

/** Entries no checkpoint covers yet, oldest first. */
export const listWaitingLeaves = ({ db, community }: Here, limit: number): Query<Leaf[]> =>
  db.all<Leaf>(
    sql`SELECT ${LEAF} FROM record_leaf
        WHERE community_id = ${community.id} AND seq >= ${latestSize(community.id)} ORDER BY seq LIMIT ${limit}`,
  );

/** The hash of a complete subtree, in hex. */
export interface StoredHash extends Subtree {
  readonly hash: string;
}

const hashAt = (communityId: string, level: SQL, position: SQL): SQL =>
  sql`CASE ${level} WHEN 0
      THEN (SELECT leaf_hash FROM record_leaf WHERE community_id = ${communityId} AND seq = ${position})
      ELSE (SELECT hash FROM record_node WHERE community_id = ${communityId} AND level = ${level} AND position = ${position}) END`;

/**
 * The hashes on the right edge of the tree the latest checkpoint covers, largest subtree first: one for each bit of its
 * size. Asked for in the same read as the checkpoint, so that they belong together.
 */
export const listEdge = ({ db, community }: Here): Query<StoredHash[]> =>
  db.all<StoredHash>(
    sql`WITH RECURSIVE bit(level, size) AS (
          SELECT 0, ${latestSize(community.id)}
          UNION ALL SELECT level + 1, size FROM bit WHERE size >> (level + 1) > 0
        )
        SELECT level, (size >> level) - 1 AS position,
               ${hashAt(community.id, sql`bit.level`, sql`((bit.size >> bit.level) - 1)`)} AS hash
        FROM bit WHERE (size >> level) & 1 ORDER BY level DESC`,
  );

/** The hashes of the given complete subtrees; those that are not stored are missing from the answer. */
export const listHashes = ({ db, community }: Here, subtrees: readonly Subtree[]): Query<StoredHash[]> =>
  db.all<StoredHash>(
    sql`SELECT level, position, hash FROM (
          SELECT value ->> 'level' AS level, value ->> 'position' AS position,
                 ${hashAt(community.id, sql`(value ->> 'level')`, sql`(value ->> 'position')`)} AS hash
          FROM json_each(${JSON.stringify(subtrees)})
        ) WHERE hash IS NOT NULL`,
  );

/** Hashes of one level, `from` up to, not including, `end`, in order: the content of a tile. */
export const listLevel = (
  { db, community }: Here,
  level: number,
  from: number,
  end: number,
): Query<{ hash: string }[]> =>
  level === 0
    ? db.all<{ hash: string }>(
        sql`SELECT leaf_hash AS hash FROM record_leaf
            WHERE community_id = ${community.id} AND seq >= ${from} AND seq < ${end} ORDER BY seq`,
      )
    : db.all<{ hash: string }>(
        sql`SELECT hash FROM record_node
            WHERE community_id = ${community.id} AND level = ${level} AND position >= ${from} AND position < ${end} ORDER BY position`,
      );

/**
 * Statements that add a checkpoint. Triggers abort the batch when another came first (`checkpoint_stale`), so of two at
 * once one is kept and the other asks again. The first one also fixes the log's name and key.
 */
export function insertCheckpoint(
  { db, community, now }: HereNow,
  log: LogIdentity,
  checkpoint: Omit<StoredCheckpoint, "madeAt">,
  completed: readonly StoredHash[],
): Query[] {
  const { size, previousSize, root, note } = checkpoint;
  return [
    db.run(
      sql`INSERT INTO record_checkpoint(community_id, size, previous_size, root, note, made_at)
          VALUES (${community.id}, ${size}, ${previousSize}, ${root}, ${note}, ${now})`,
    ),
    db.run(
      sql`INSERT INTO record_log(community_id, origin, vkey, opened_at)
          SELECT ${community.id}, ${log.origin}, ${log.vkey}, ${now}
          WHERE NOT EXISTS (SELECT 1 FROM record_log WHERE community_id = ${community.id})`,
    ),
    db.run(
      sql`INSERT INTO record_node(community_id, level, position, hash)
          SELECT ${community.id}, value ->> 'level', value ->> 'position', value ->> 'hash'
          FROM json_each(${JSON.stringify(completed)})`,
    ),
  ];
}
