/** The SQL of settings: versions only grow. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;

export interface SettingRow {
  readonly key: string;
  readonly version: number;
  /** JSON. */
  readonly value: string;
  readonly clause: string;
  readonly setBy: string;
  readonly setAt: Instant;
}

// "~" sorts behind every letter of a name.
const within = ({ community }: Pick<Here, "community">, prefix: string) =>
  sql`community_id = ${community.id} AND key >= ${prefix} AND key < ${`${prefix}~`}`;

/** The newest version of each setting of a kit. */
export const listSettings = (here: Here, { prefix }: { readonly prefix: string }): Query<SettingRow[]> =>
  here.db.all(
    sql`SELECT key, max(version) AS version, value, clause, set_by AS setBy, set_at AS setAt FROM setting
        WHERE ${within(here, prefix)} GROUP BY key`,
  );

/** Every version of every setting of a kit, the newest first. */
export const listSettingHistory = (
  here: Here,
  { prefix }: { readonly prefix: string },
  limit: number,
): Query<SettingRow[]> =>
  here.db.all(
    sql`SELECT key, version, value, clause, set_by AS setBy, set_at AS setAt FROM setting
        WHERE ${within(here, prefix)} ORDER BY set_at DESC, key LIMIT CAST(${limit} AS INTEGER)`,
  );

/** One new version. The table refuses a version that exists: of two people changing the same setting, one is told. */
export const insertSetting = (
  { db, community }: Here,
  row: Omit<SettingRow, "value"> & { readonly value: unknown },
): Query =>
  db.run(
    sql`INSERT INTO setting(community_id, key, version, value, clause, set_by, set_at)
        VALUES (${community.id}, ${row.key}, ${row.version}, ${JSON.stringify(row.value)}, ${row.clause}, ${row.setBy}, ${row.setAt})`,
  );
