/** The SQL of the committee's resolutions: reads for pages and the statement that publishes one. Decides nothing. */
import type { Instant } from "../../../kernel/day.ts";
import { type Query, type SQL, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import { committeeResolution } from "../schema.ts";
import type { SessionKey } from "../store.ts";

type Here = Pick<Scene, "db" | "community">;

/** A resolution with the meeting it was taken in and what has corrected it since. */
export interface ResolutionRow {
  readonly resolutionId: string;
  readonly year: number;
  readonly number: number;
  readonly sessionId: string;
  readonly sessionNumber: number;
  readonly itemNo: number;
  readonly title: string;
  readonly text: string;
  readonly inFavour: number;
  readonly against: number;
  readonly abstaining: number;
  readonly recused: number;
  readonly whole: number;
  readonly matter: number;
  readonly authorisationId: string;
  /** The id of the one it corrects, "" where it corrects none; and that one's number. */
  readonly corrects: string;
  readonly correctsYear: number | null;
  readonly correctsNumber: number | null;
  /** The first resolution that corrects this one. */
  readonly correctedByYear: number | null;
  readonly correctedByNumber: number | null;
  readonly adoptedOn: string;
  readonly publishedAt: Instant;
  readonly leafHash: string;
}

const lines = ({ community }: Pick<Here, "community">, from: SQL, where: SQL, order: SQL): SQL =>
  sql`SELECT r.resolution_id AS resolutionId, r.year, r.number, r.session_id AS sessionId, s.number AS sessionNumber, r.item_no AS itemNo,
             r.title, r.text, r.in_favour AS inFavour, r.against, r.abstaining, r.recused, r.whole, r.matter,
             r.authorisation_id AS authorisationId, r.corrects, o.year AS correctsYear, o.number AS correctsNumber,
             (SELECT c.year FROM committee_resolution c WHERE c.community_id = r.community_id AND c.corrects = r.resolution_id
               ORDER BY c.year, c.number LIMIT 1) AS correctedByYear,
             (SELECT c.number FROM committee_resolution c WHERE c.community_id = r.community_id AND c.corrects = r.resolution_id
               ORDER BY c.year, c.number LIMIT 1) AS correctedByNumber,
             r.adopted_on AS adoptedOn, r.published_at AS publishedAt, r.leaf_hash AS leafHash
      FROM ${from}
      JOIN committee_session s ON s.community_id = r.community_id AND s.session_id = r.session_id
      LEFT JOIN committee_resolution o ON o.community_id = r.community_id AND o.resolution_id = r.corrects
      WHERE r.community_id = ${community.id} AND ${where} ORDER BY ${order}`;

const ALL = sql`committee_resolution r`;
const NEWEST = sql`r.year DESC, r.number DESC`;

/**
 * Resolutions, the newest first. The page's ids are taken from the index first: joined at once, the planner would read every
 * resolution there is to sort them.
 */
export const listResolutions = (
  here: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<ResolutionRow[]> =>
  here.db.all(
    lines(
      here,
      sql`(SELECT n.resolution_id FROM committee_resolution n WHERE n.community_id = ${here.community.id}
             ORDER BY n.year DESC, n.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)) n
          CROSS JOIN committee_resolution r`,
      sql`r.resolution_id = n.resolution_id`,
      NEWEST,
    ),
  );

export const countResolutions = ({ db, community }: Here): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM committee_resolution WHERE community_id = ${community.id}`);

export const findResolution = (here: Here, year: number, number: number): Query<ResolutionRow[]> =>
  here.db.all(
    lines(here, ALL, sql`r.year = CAST(${year} AS INTEGER) AND r.number = CAST(${number} AS INTEGER)`, NEWEST),
  );

export const listResolutionsOf = (here: Here, key: SessionKey): Query<ResolutionRow[]> =>
  here.db.all(lines(here, ALL, sql`r.session_id = ${key}`, sql`r.item_no`));

/** The authorisation a resolution rests on, as SQL that yields its id: for a page of one round trip. */
export const authorisationOfResolution = ({ community }: Pick<Here, "community">, year: number, number: number): SQL =>
  sql`(SELECT authorisation_id FROM committee_resolution WHERE community_id = ${community.id} AND year = CAST(${year} AS INTEGER)
       AND number = CAST(${number} AS INTEGER))`;

/** A row when there is such a resolution in this community. */
export const hasResolution = ({ db, community }: Here, resolutionId: string): Query<{ year: number }[]> =>
  db.all(
    sql`SELECT year FROM committee_resolution WHERE community_id = ${community.id} AND resolution_id = ${resolutionId}`,
  );

/** The last number of a year: 0 before there is one. */
export const findLastNumber = ({ db, community }: Here, year: number): Query<{ last: number }[]> =>
  db.all(
    sql`SELECT coalesce(max(number), 0) AS last FROM committee_resolution WHERE community_id = ${community.id} AND year = CAST(${year} AS INTEGER)`,
  );

export type NewResolution = Omit<typeof committeeResolution.$inferInsert, "communityId">;

/** A resolution. The database refuses a number or an item twice (`resolution_exists`) and an unauthorised matter (`not_authorised`). */
export const insertResolution = ({ db, community }: Here, row: NewResolution): Query =>
  db.orm.insert(committeeResolution).values({ ...row, communityId: community.id });
