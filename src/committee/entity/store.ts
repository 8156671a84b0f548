/** The SQL of the legal person, its reports and seals. Versions only grow; decides nothing. */
import { and, asc, eq } from "drizzle-orm";
import type { Query } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { committeeEntity, committeeEntityReport, committeeSeal } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export type EntityRow = typeof committeeEntity.$inferSelect;
export type ReportRow = typeof committeeEntityReport.$inferSelect;
export type SealRow = typeof committeeSeal.$inferSelect;

/** Every version, the first first: a committee's registration changes a handful of times. */
export const listEntityVersions = ({ db, community }: Here): Query<EntityRow[]> =>
  db.orm
    .select()
    .from(committeeEntity)
    .where(eq(committeeEntity.communityId, community.id))
    .orderBy(asc(committeeEntity.version));

export const listReports = ({ db, community }: Here): Query<ReportRow[]> =>
  db.orm
    .select()
    .from(committeeEntityReport)
    .where(eq(committeeEntityReport.communityId, community.id))
    .orderBy(asc(committeeEntityReport.sentOn));

export const listSealEvents = ({ db, community }: Here): Query<SealRow[]> =>
  db.orm
    .select()
    .from(committeeSeal)
    .where(eq(committeeSeal.communityId, community.id))
    .orderBy(asc(committeeSeal.sealId), asc(committeeSeal.eventNo));

export const findSealEvents = ({ db, community }: Here, sealId: string): Query<SealRow[]> =>
  db.orm
    .select()
    .from(committeeSeal)
    .where(and(eq(committeeSeal.communityId, community.id), eq(committeeSeal.sealId, sealId)))
    .orderBy(asc(committeeSeal.eventNo));

/** A version. The database refuses one that is not the next (`entity_changed_meanwhile`). */
export const insertEntity = ({ db, community }: Here, row: Omit<EntityRow, "communityId">): Query =>
  db.orm.insert(committeeEntity).values({ ...row, communityId: community.id });

/** The database refuses a second report of the same (`reported_already`). */
export const insertReport = ({ db, community }: Here, row: Omit<ReportRow, "communityId">): Query =>
  db.orm.insert(committeeEntityReport).values({ ...row, communityId: community.id });

/** The database refuses an event that is not the seal's next, or after its end (`seal_changed_meanwhile`). */
export const insertSealEvent = ({ db, community }: Here, row: Omit<SealRow, "communityId">): Query =>
  db.orm.insert(committeeSeal).values({ ...row, communityId: community.id });
