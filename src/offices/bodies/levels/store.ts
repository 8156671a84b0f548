/** The SQL of the levels a district names: those it has now, and the next version of one with its leaf. Decides nothing. */
import { type Query, sql } from "../../../platform/db.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import type { Scene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { officeLevel } from "../schema.ts";
import type { Level } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

export interface LevelRow {
  readonly levelId: string;
  readonly version: number;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly rank: number;
}

export const levelOf = ({ levelId, version, nameZh, nameEn, rank }: LevelRow): Level => ({
  levelId,
  version,
  name: { zh: nameZh, en: nameEn },
  rank,
});

/** The levels the district has now, from the top. */
export const listLevels = ({ db, community }: Here): Query<LevelRow[]> =>
  db.all(
    sql`SELECT level_id AS levelId, version, name_zh AS nameZh, name_en AS nameEn, rank FROM office_level_now
        WHERE community_id = ${community.id} AND retired = 0 ORDER BY rank`,
  );

export interface LevelState {
  readonly levelId: string;
  readonly version: number;
  readonly name: Bilingual;
  readonly rank: number;
  readonly retired: boolean;
}

/** The row alone, for a preset whose one leaf tells of all its levels. */
export const insertLevelRow = ({ db, community, now }: Scene, level: LevelState, by: string, leafHash: string): Query =>
  db.orm.insert(officeLevel).values({
    communityId: community.id,
    levelId: level.levelId,
    version: level.version,
    nameZh: level.name.zh,
    nameEn: level.name.en,
    rank: level.rank,
    retired: level.retired ? 1 : 0,
    recordedBy: by,
    recordedAt: now,
    leafHash,
  });

/** The next version of a level, with its leaf. The database refuses one that is not the next, and one that is still in use (`level_in_use`). */
export function insertLevel(scene: Scene, level: LevelState, by: string): Query[] {
  const leaf = appendLeaf(
    scene,
    "level.set",
    {
      level: level.levelId,
      version: level.version,
      name: level.name.zh,
      rank: level.rank,
      retired: level.retired,
    },
    level.levelId,
  );
  return [insertLevelRow(scene, level, by, leaf.leafHash), leaf.statement];
}
