/** The SQL of sealing anew: how far it has come, the next rows of a column, and writing their seals. Decides nothing. */
import { assertThat, type Query, type SQL, sql } from "../db.ts";
import type { Scene } from "../scene.ts";
import type { Cell, SealedColumn } from "./columns.ts";
import type { resealing } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export type Progress = typeof resealing.$inferSelect;

export const findProgress = ({ db, community }: Here, keyId: string): Query<Progress[]> =>
  db.all(
    sql`SELECT community_id AS communityId, key_id AS keyId, step, at_column AS atColumn, behind, found, rows, files,
               began_at AS beganAt, done_at AS doneAt
        FROM resealing WHERE community_id = ${community.id} AND key_id = ${keyId}`,
  );

/** Begins; leaves alone what has begun. */
export const insertProgress = ({ db, community, now }: Pick<Scene, "db" | "community" | "now">, keyId: string): Query =>
  db.run(
    sql`INSERT INTO resealing(community_id, key_id, step, at_column, behind, found, rows, files, began_at)
        VALUES (${community.id}, ${keyId}, 0, '', '[]', 0, 0, 0, CAST(${now} AS INTEGER))
        ON CONFLICT(community_id, key_id) DO NOTHING`,
  );

/** Moves on from the step that was read; two that both read it cannot both move (`resealing_moved`). */
export const updateProgress = ({ db, community }: Here, next: Omit<Progress, "communityId" | "beganAt">): Query[] => [
  db.run(
    sql`UPDATE resealing SET step = step + 1, at_column = ${next.atColumn}, behind = ${next.behind},
               found = CAST(${next.found} AS INTEGER), rows = CAST(${next.rows} AS INTEGER), files = CAST(${next.files} AS INTEGER),
               done_at = CAST(${next.doneAt} AS INTEGER)
        WHERE community_id = ${community.id} AND key_id = ${next.keyId} AND step = CAST(${next.step} AS INTEGER)`,
  ),
  assertThat(db, "resealing_moved", sql`changes() = 1`),
];

/** A sealed text with its row's key and what its context is made of. */
export interface SealedRow extends Readonly<Record<string, Cell>> {
  readonly sealed: string;
}

// Names come from registerSealed, which takes letters and underscores only.
const names = (words: readonly string[]) => sql.raw(words.join(", "));

const still = (table: string, whileIs: SealedColumn["whileIs"]): SQL =>
  whileIs ? sql`${sql.raw(`${table}.${whileIs[0]}`)} = ${whileIs[1]}` : sql`true`;

/** The next rows of a column behind a row, in the order of their key, sealed or not: what is read is what is bounded. */
export const listSealedRows = (
  { db, community }: Here,
  { table, column, key, alsoOf = [], whileIs }: SealedColumn,
  behind: readonly Cell[],
  limit: number,
): Query<SealedRow[]> => {
  const after =
    behind.length === 0
      ? sql`true`
      : sql`(${names(key)}) > (SELECT ${names(key.map((_, at) => `value ->> ${at}`))} FROM (SELECT ${JSON.stringify(behind)} AS value))`;
  return db.all(
    sql`SELECT ${names([...key, ...alsoOf])}, coalesce(${sql.raw(column)}, '') AS sealed FROM ${sql.raw(table)}
        WHERE community_id = ${community.id} AND ${after} AND ${still(table, whileIs)} ORDER BY ${names(key)} LIMIT CAST(${limit} AS INTEGER)`,
  );
};

/** The beginning of a sealed text has its key and its own nonce: no two are alike. */
const HEAD = 60;

/** Writes new seals where the old ones still stand; a row that was changed meanwhile keeps what it has. */
export const updateSeals = (
  { db, community }: Here,
  { table, column, key, version, whileIs }: SealedColumn,
  changes: readonly { readonly key: readonly Cell[]; readonly from: string; readonly to: string }[],
): Query => {
  const same = key.map((word, at) => `${table}.${word} = change.value -> 'key' ->> ${at}`).join(" AND ");
  const counted = version === undefined ? "" : `, ${version} = ${table}.${version} + 1`;
  return db.run(
    sql`UPDATE ${sql.raw(table)} SET ${sql.raw(column)} = change.value ->> 'to'${sql.raw(counted)}
        FROM json_each(${JSON.stringify(changes.map(({ key, from, to }) => ({ key, from: from.slice(0, HEAD), to })))}) AS change
        WHERE ${sql.raw(table)}.community_id = ${community.id} AND ${sql.raw(same)}
          AND substr(${sql.raw(`${table}.${column}`)}, 1, ${sql.raw(String(HEAD))}) = change.value ->> 'from' AND ${still(table, whileIs)}`,
  );
};

/** The files behind an id, in order. */
export const listFilesBehind = (
  { db, community }: Here,
  behind: string,
  limit: number,
): Query<{ readonly fileId: string }[]> =>
  db.all(
    sql`SELECT file_id AS fileId FROM file WHERE community_id = ${community.id} AND file_id > ${behind}
        ORDER BY file_id LIMIT CAST(${limit} AS INTEGER)`,
  );
