/** The SQL of the overview: a community's own facts, its row beside the directory, sums and pages. Decides nothing. Which database a query is for stands at each. */
import { and, asc, eq, ne } from "drizzle-orm";
import type { Instant } from "../kernel/day.ts";
import type { CommunityId } from "../kernel/id.ts";
import { type CommunityAddress, type Database, type Query, type SQL, sql } from "../platform/db.ts";
import type { Scene } from "../platform/scene.ts";
import { type Figures, type Filter, isRegistered } from "./rules.ts";
import { districtRow, districtTotal } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

// ——— On the community's own shard ———

export interface PlaceRow {
  readonly street: string;
  readonly district: string;
}

/** Where the community lies, and what no other room's query says of it in one row. */
export const findOwnFacts = ({
  db,
  community,
}: Here): Query<(PlaceRow & { readonly publishedAt: Instant | null; readonly hadCommittee: number })[]> =>
  db.all(
    sql`SELECT c.street, c.district,
          (SELECT max(at) FROM (
            SELECT max(published_at) AS at FROM meeting WHERE community_id = c.community_id
            UNION ALL SELECT max(published_at) FROM committee_session WHERE community_id = c.community_id
            UNION ALL SELECT max(published_at) FROM committee_resolution WHERE community_id = c.community_id)) AS publishedAt,
          EXISTS (SELECT 1 FROM office_body b JOIN office_post p ON p.community_id = b.community_id AND p.body_id = b.body_id
            JOIN office_tenure t ON t.community_id = p.community_id AND t.post_id = p.post_id
            WHERE b.community_id = c.community_id AND b.kind = 'committee') AS hadCommittee
        FROM community c WHERE c.community_id = ${community.id}`,
  );

// ——— On shard 0, beside the directory ———

export type DistrictRow = typeof districtRow.$inferSelect;
export type TotalRow = typeof districtTotal.$inferSelect;

const bit = (value: boolean): number => (value ? 1 : 0);
const bitOrNull = (value: boolean | null): number | null => (value === null ? null : bit(value));

/** A community's row in place of the one before; one computed earlier changes nothing. Its sums follow in the same statement. */
export function upsertRow(
  directory: Database,
  community: Pick<CommunityAddress, "id" | "slug" | "name">,
  place: PlaceRow,
  asOf: Instant,
  figures: Figures,
): Query {
  const { entityForm, duties, overlap } = figures;
  const row = {
    district: place.district,
    street: place.street,
    slug: community.slug,
    name: community.name,
    asOf,
    branch: bit(figures.branch),
    committee: bit(figures.committee),
    hadCommittee: bit(figures.hadCommittee),
    seats: figures.seats,
    termFrom: figures.termFrom,
    termUntil: figures.termUntil,
    termEnding: bit(figures.termEnding),
    entityForm,
    entity: entityForm === null ? null : bit(isRegistered(entityForm)),
    publishedOn: figures.publishedOn,
    publishedLately: bit(figures.publishedLately),
    duties: duties?.all ?? null,
    dutiesOverdue: duties?.overdue ?? null,
    overdue: duties ? bit(duties.overdue > 0) : null,
    overlapSeats: overlap?.seats ?? null,
    overlapLeast: overlap?.least ?? null,
    overlapMost: overlap?.most ?? null,
    chairIsSecretary: bitOrNull(figures.chairIsSecretary),
  };
  return directory.orm
    .insert(districtRow)
    .values({ communityId: community.id, ...row })
    .onConflictDoUpdate({
      target: districtRow.communityId,
      set: row,
      setWhere: sql`excluded.as_of >= ${districtRow.asOf}`,
    });
}

/** Communities without a row, or whose row was computed before `before`. */
export const listStale = (directory: Database, before: Instant, limit: number): Query<{ communityId: CommunityId }[]> =>
  directory.all(
    sql`SELECT d.community_id AS communityId FROM directory d
        LEFT JOIN district_row r ON r.community_id = d.community_id
        WHERE r.as_of IS NULL OR r.as_of < CAST(${before} AS INTEGER) LIMIT CAST(${limit} AS INTEGER)`,
  );

export const listDistricts = (directory: Database, limit: number): Query<TotalRow[]> =>
  directory.orm
    .select()
    .from(districtTotal)
    .where(eq(districtTotal.street, ""))
    .orderBy(asc(districtTotal.district))
    .limit(limit);

/** A district's sums (street ""), or a street's. */
export const findTotal = (directory: Database, district: string, street = ""): Query<TotalRow[]> =>
  directory.orm
    .select()
    .from(districtTotal)
    .where(and(eq(districtTotal.district, district), eq(districtTotal.street, street)));

export const listStreets = (directory: Database, district: string, limit: number): Query<TotalRow[]> =>
  directory.orm
    .select()
    .from(districtTotal)
    .where(and(eq(districtTotal.district, district), ne(districtTotal.street, "")))
    .orderBy(asc(districtTotal.street))
    .limit(limit);

const fits = (filter: Filter): SQL | undefined => {
  switch (filter) {
    case "all":
      return undefined;
    // Written as in the partial indexes, so that a page reads the rows it shows.
    case "no_committee":
      return sql`${districtRow.committee} = 0`;
    case "overdue":
      return sql`${districtRow.overdue} = 1`;
    case "term_ending":
      return sql`${districtRow.termEnding} = 1`;
  }
};

/** A page of a street's communities by name; of the whole district where no street is given. */
export const listRows = (
  directory: Database,
  of: { readonly district: string; readonly street?: string; readonly filter: Filter },
  page: { readonly limit: number; readonly offset: number },
): Query<DistrictRow[]> =>
  directory.orm
    .select()
    .from(districtRow)
    .where(
      and(
        eq(districtRow.district, of.district),
        of.street === undefined ? undefined : eq(districtRow.street, of.street),
        fits(of.filter),
      ),
    )
    .orderBy(asc(districtRow.name), asc(districtRow.communityId))
    .limit(page.limit)
    .offset(page.offset);
