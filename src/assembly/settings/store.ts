/** The SQL of the settings that meetings are held by. Versions only grow; decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { DEFAULT_RULES, type MeetingRules, rulesFromJson, SETTING_NAMES, type SettingName } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

/** Other capabilities keep settings in the same table; those of meetings carry this before their name. */
const PREFIX = "meeting.";

export interface SettingRow {
  readonly key: string;
  readonly version: number;
  readonly value: string;
  readonly clause: string;
  readonly setBy: string;
  readonly setAt: Instant;
}

/** The newest version of each setting of meetings. */
export const listSettings = ({ db, community }: Here): Query<SettingRow[]> =>
  db.all<SettingRow>(
    sql`SELECT key, max(version) AS version, value, clause, set_by AS setBy, set_at AS setAt FROM setting
        WHERE community_id = ${community.id} AND key >= ${PREFIX} AND key < ${`${PREFIX}~`} GROUP BY key`,
  );

/** Every version of every setting of meetings, newest first: who changed what, when and on which clause. */
export const listSettingHistory = ({ db, community }: Here, limit: number): Query<SettingRow[]> =>
  db.all<SettingRow>(
    sql`SELECT key, version, value, clause, set_by AS setBy, set_at AS setAt FROM setting
        WHERE community_id = ${community.id} AND key >= ${PREFIX} AND key < ${`${PREFIX}~`}
        ORDER BY set_at DESC, key LIMIT ${limit}`,
  );

export const settingName = (key: string): SettingName | null => {
  const name = key.slice(PREFIX.length);
  return SETTING_NAMES.find((known) => known === name) ?? null;
};

/**
 * The community's rules: what it has set, and the defaults for the rest. Values that today's rules no longer admit are
 * a fault of a migration and thrown, not repaired.
 */
export function rulesFromRows(rows: readonly SettingRow[]): MeetingRules {
  const set = Object.fromEntries(
    rows.flatMap((row) => {
      const name = settingName(row.key);
      return name ? [[name, { value: JSON.parse(row.value) as unknown, clause: row.clause }]] : [];
    }),
  );
  const read = rulesFromJson({ ...DEFAULT_RULES, ...set });
  if (!read.ok)
    throw new Error(`stored settings do not read back: ${read.error.map((fault) => fault.reason).join(", ")}`);
  return read.value;
}

/** One new version. The table refuses a version that exists: two people changing the same setting cannot both win unseen. */
export const insertSetting = (
  { db, community }: Here,
  row: { name: SettingName; version: number; value: unknown; clause: string; setBy: string; setAt: Instant },
): Query =>
  db.run(
    sql`INSERT INTO setting(community_id, key, version, value, clause, set_by, set_at)
        VALUES (${community.id}, ${PREFIX + row.name}, ${row.version}, ${JSON.stringify(row.value)}, ${row.clause},
                ${row.setBy}, ${row.setAt})`,
  );
