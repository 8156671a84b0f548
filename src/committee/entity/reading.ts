/** The legal person with its reports, seals and the people named in it, for pages, in one round trip. Decides and writes nothing. */
import { dayOf } from "../../kernel/day.ts";
import { openName } from "../../offices/people/store.ts";
import { sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { type HolderRow, listHolders } from "../seated/store.ts";
import { entityOf } from "./actions.ts";
import { type EntityDuty, entityDuties } from "./rules.ts";
import type { Keeper } from "./shown.tsx";
import {
  type EntityRow,
  listEntityVersions,
  listReports,
  listSealEvents,
  type ReportRow,
  type SealRow,
} from "./store.ts";

export interface EntityView {
  /** All versions, the first first. */
  readonly versions: readonly EntityRow[];
  readonly latest: EntityRow | undefined;
  readonly duties: readonly EntityDuty[];
  readonly reports: readonly ReportRow[];
  readonly seals: readonly SealRow[];
  readonly keepers: readonly Keeper[];
}

/** Whoever keeps a seal, kept one, or represents the legal person. */
export const listKeepers = (scene: Scene) =>
  listHolders(
    scene,
    sql`SELECT keeper_tenure_id FROM committee_seal WHERE community_id = ${scene.community.id} AND keeper_tenure_id <> ''
        UNION SELECT representative_tenure_id FROM committee_entity WHERE community_id = ${scene.community.id} AND representative_tenure_id <> ''`,
  );

export const entityQueries = (scene: Scene) =>
  [listEntityVersions(scene), listReports(scene), listSealEvents(scene), listKeepers(scene)] as const;

/** The view out of the rows of `entityQueries`. */
export async function entityViewOf(
  scene: Scene,
  versions: readonly EntityRow[],
  reports: readonly ReportRow[],
  seals: readonly SealRow[],
  holders: readonly HolderRow[],
): Promise<EntityView> {
  const keepers = await Promise.all(
    holders.map(
      async (row): Promise<Keeper> => ({
        tenureId: row.tenureId,
        name: await openName(scene, row),
        title: { zh: row.titleZh, en: row.titleEn },
        untilAt: row.untilAt,
      }),
    ),
  );
  return {
    versions,
    latest: versions.at(-1),
    duties: entityDuties(versions.map(entityOf), reports, dayOf(scene.now)),
    reports,
    seals,
    keepers,
  };
}

export async function readEntityView(scene: Scene): Promise<EntityView> {
  const [versions, reports, seals, holders] = await scene.db.read(...entityQueries(scene));
  return entityViewOf(scene, versions, reports, seals, holders);
}
