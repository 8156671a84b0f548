/** The SQL of bodies as they stand on a day and of their next states with their leaves. Decides nothing. */
import { dayOf, type Instant } from "../../kernel/day.ts";
import { assertFrom, type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import type { BodyKind } from "../rules.ts";
import { insertLevelRow, type LevelState, listLevels } from "./levels/store.ts";
import type { Area, Body, BodyState } from "./rules.ts";
import { officeBodyChange } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface BodyStateRow {
  readonly bodyId: string;
  readonly kind: BodyKind;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly levelId: string;
  readonly levelZh: string;
  readonly levelEn: string;
  readonly parentId: string | null;
  readonly areas: string;
  readonly sinceAt: Instant;
  readonly endedAt: Instant | null;
  readonly version: number;
  readonly changedAt: Instant;
  readonly leafHash: string;
}

export const bodyOf = (row: BodyStateRow): Body => ({
  bodyId: row.bodyId,
  kind: row.kind,
  name: { zh: row.nameZh, en: row.nameEn },
  levelId: row.levelId,
  level: { zh: row.levelZh, en: row.levelEn },
  parentId: row.parentId,
  areas: JSON.parse(row.areas) as Area[],
  sinceAt: row.sinceAt,
  endedAt: row.endedAt,
  version: row.version,
  changedAt: row.changedAt,
  leafHash: row.leafHash,
});

/**
 * Bodies as they were at an instant: the newest change that held then, with the level under the name it then had. Those that had ended
 * are among them with `endedAt`, and so are those not yet formed: office may have been held in a body that was recorded later.
 */
const bodiesAt = ({ community }: Here, at: Instant, where: SQL): SQL =>
  sql`SELECT b.body_id AS bodyId, b.kind, coalesce(c.name_zh, b.name_zh) AS nameZh, coalesce(c.name_en, b.name_en) AS nameEn,
             coalesce(c.level_id, '') AS levelId, coalesce(l.name_zh, b.level) AS levelZh, coalesce(l.name_en, b.level) AS levelEn,
             CASE WHEN c.version IS NULL THEN b.parent_id ELSE c.parent_id END AS parentId, coalesce(c.areas, '[]') AS areas,
             coalesce(f.effective_at, b.formed_at) AS sinceAt, CASE WHEN c.act = 'dissolved' THEN c.effective_at END AS endedAt,
             coalesce(c.version, 0) AS version, coalesce(c.effective_at, b.formed_at) AS changedAt, b.leaf_hash AS leafHash
      FROM office_body b
      LEFT JOIN office_body_change f ON f.community_id = b.community_id AND f.body_id = b.body_id AND f.version = 1 AND f.act = 'formed'
      LEFT JOIN office_body_change c ON c.community_id = b.community_id AND c.body_id = b.body_id AND c.version = (
        SELECT coalesce(max(n.version), 1) FROM office_body_change n WHERE n.community_id = b.community_id AND n.body_id = b.body_id
          AND n.effective_at <= CAST(${at} AS INTEGER)) AND (c.act = 'formed' OR c.effective_at <= CAST(${at} AS INTEGER))
      LEFT JOIN office_level l ON l.community_id = c.community_id AND l.level_id = c.level_id AND l.version = (
        SELECT coalesce(max(n.version), 1) FROM office_level n WHERE n.community_id = l.community_id AND n.level_id = l.level_id
          AND n.recorded_at <= CAST(${at} AS INTEGER))
      WHERE b.community_id = ${community.id} AND ${where} ORDER BY sinceAt, b.recorded_at, b.body_id`;

/** Every body the community ever had, as it was at an instant. */
export const listBodiesAt = (scene: Here, at: Instant): Query<BodyStateRow[]> =>
  scene.db.all(bodiesAt(scene, at, sql`true`));

export const findBodyAt = (scene: Here, bodyId: string, at: Instant): Query<BodyStateRow[]> =>
  scene.db.all(bodiesAt(scene, at, sql`b.body_id = ${bodyId}`));

/** What a body's next entry says. */
export interface BodyEntry {
  readonly bodyId: string;
  readonly version: number;
  readonly act: "formed" | "changed" | "dissolved";
  readonly state: BodyState;
  readonly document: string;
}

/** The row alone, for an act whose leaf says more than this one body. */
export const insertBodyRow = ({ db, community, now }: Scene, entry: BodyEntry, by: string, leafHash: string): Query =>
  db.orm.insert(officeBodyChange).values({
    communityId: community.id,
    bodyId: entry.bodyId,
    version: entry.version,
    act: entry.act,
    nameZh: entry.state.name.zh,
    nameEn: entry.state.name.en,
    levelId: entry.state.levelId,
    parentId: entry.state.parentId,
    areas: JSON.stringify(entry.state.areas),
    effectiveAt: entry.state.effectiveAt,
    document: entry.document,
    recordedBy: by,
    recordedAt: now,
    leafHash,
  });

/**
 * A body's next state with its leaf. The database refuses a second change on the same state, one before the last, one after its end, an
 * end while it is held, has bodies below it or duties, and (asserted here) a circle.
 */
export function insertBodyChange(scene: Scene, entry: BodyEntry, by: string): Query[] {
  const { state } = entry;
  const leaf =
    entry.act === "dissolved"
      ? appendLeaf(
          scene,
          "body.dissolved",
          { body: entry.bodyId, from: dayOf(state.effectiveAt), document: entry.document },
          entry.bodyId,
        )
      : appendLeaf(
          scene,
          "body.changed",
          {
            body: entry.bodyId,
            version: entry.version,
            name: state.name.zh,
            level: state.levelId,
            parent: state.parentId ?? "",
            areas: state.areas.map(({ building, entrance }) => ({ building, entrance })),
            from: dayOf(state.effectiveAt),
            document: entry.document,
          },
          entry.bodyId,
        );
  return [insertBodyRow(scene, entry, by, leaf.leafHash), leaf.statement, noCircle(scene, entry.bodyId)];
}

// UNION, not UNION ALL: in a circle the walk upwards would not end.
const noCircle = ({ db, community }: Here, bodyId: string): Query =>
  assertFrom(
    db,
    "parent_cycle",
    sql`WITH RECURSIVE up(body_id) AS (
          SELECT parent_id FROM office_body_now WHERE community_id = ${community.id} AND body_id = ${bodyId} AND parent_id IS NOT NULL
          UNION SELECT n.parent_id FROM up JOIN office_body_now n ON n.community_id = ${community.id} AND n.body_id = up.body_id
          WHERE n.parent_id IS NOT NULL)
        SELECT NOT EXISTS (SELECT 1 FROM up WHERE body_id = ${bodyId})`,
  );

/** The change of levels of many bodies at once and the levels themselves, told by one leaf. */
export function insertPreset(
  scene: Scene,
  preset: string,
  levels: readonly LevelState[],
  bodies: readonly BodyEntry[],
  by: string,
): Query[] {
  const leaf = appendLeaf(
    scene,
    "level.preset",
    {
      preset,
      levels: levels.map(({ levelId, name, rank }) => ({ level: levelId, name: name.zh, rank })),
      bodies: bodies.map(({ bodyId, state }) => ({ body: bodyId, level: state.levelId })),
    },
    "levels",
  );
  return [
    ...levels.map((level) => insertLevelRow(scene, level, by, leaf.leafHash)),
    ...bodies.map((entry) => insertBodyRow(scene, entry, by, leaf.leafHash)),
    leaf.statement,
  ];
}

/** A body's history, oldest first. */
export interface BodyChangeRow {
  readonly version: number;
  readonly act: "formed" | "changed" | "dissolved";
  readonly nameZh: string;
  readonly nameEn: string;
  readonly levelZh: string;
  readonly levelEn: string;
  readonly parentZh: string | null;
  readonly parentEn: string | null;
  readonly areas: string;
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
  readonly document: string;
  readonly leafHash: string;
}

export const listBodyChanges = ({ db, community }: Here, bodyId: string): Query<BodyChangeRow[]> =>
  db.all(
    sql`SELECT c.version, c.act, c.name_zh AS nameZh, c.name_en AS nameEn, coalesce(l.name_zh, '') AS levelZh, coalesce(l.name_en, '') AS levelEn,
               p.name_zh AS parentZh, p.name_en AS parentEn, c.areas, c.effective_at AS effectiveAt, c.recorded_at AS recordedAt, c.document,
               c.leaf_hash AS leafHash
        FROM office_body_change c
        LEFT JOIN office_level_now l ON l.community_id = c.community_id AND l.level_id = c.level_id
        LEFT JOIN office_body_now p ON p.community_id = c.community_id AND p.body_id = c.parent_id
        WHERE c.community_id = ${community.id} AND c.body_id = ${bodyId} ORDER BY c.version`,
  );

/** The buildings and entrances of the roll, in its order; a building comes before its entrances. */
export const listAreas = ({ db, community }: Here): Query<Area[]> =>
  db.all(
    sql`SELECT building, entrance FROM (
          SELECT building, '' AS entrance, min(sort_key) AS place FROM unit WHERE community_id = ${community.id} GROUP BY building
          UNION ALL SELECT building, entrance, min(sort_key) FROM unit WHERE community_id = ${community.id} AND entrance <> ''
          GROUP BY building, entrance) ORDER BY place, entrance`,
  );

/** Whether there is a party branch of the estate, since when, and who leads it today: for a street's overview. No row: none. */
export const findBranch = ({
  db,
  community,
  now,
}: Pick<Scene, "db" | "community" | "now">): Query<
  { bodyId: string; nameZh: string; nameEn: string; sinceAt: Instant; hasSecretary: 0 | 1 }[]
> =>
  db.all(
    sql`SELECT n.body_id AS bodyId, n.name_zh AS nameZh, n.name_en AS nameEn, coalesce(f.effective_at, b.formed_at) AS sinceAt,
               EXISTS (SELECT 1 FROM office_post p JOIN office_span s ON s.community_id = p.community_id AND s.post_id = p.post_id
                       WHERE p.community_id = n.community_id AND p.body_id = n.body_id AND p.kind = 'branch_secretary'
                         AND s.from_at <= CAST(${now} AS INTEGER) AND s.until_at > CAST(${now} AS INTEGER)) AS hasSecretary
        FROM office_body_now n JOIN office_body b ON b.community_id = n.community_id AND b.body_id = n.body_id
        LEFT JOIN office_body_change f ON f.community_id = n.community_id AND f.body_id = n.body_id AND f.version = 1 AND f.act = 'formed'
        WHERE n.community_id = ${community.id} AND n.kind = 'branch' AND n.act <> 'dissolved' ORDER BY sinceAt LIMIT 1`,
  );

/** A body's name in its newest change, for a query that knows office_body as b. */
export const nameNow = (column: "name_zh" | "name_en"): SQL =>
  sql.raw(`coalesce((SELECT bc.${column} FROM office_body_change bc WHERE bc.community_id = b.community_id AND bc.body_id = b.body_id
    ORDER BY bc.version DESC LIMIT 1), b.${column})`);

/** The body an address or form names, as rows for one round trip with what surrounds it. */
export const surroundingQueries = (scene: Pick<Scene, "db" | "community" | "now">) =>
  [listBodiesAt(scene, scene.now), listLevels(scene), listAreas(scene)] as const;
