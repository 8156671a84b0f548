/** The SQL of the register: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { AssetEntry, AssetKind, AssetState, Ground } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

export interface Photo {
  readonly fileId: string;
  readonly name: string;
  readonly sha256: string;
}
export interface AssetRow extends AssetEntry {
  readonly assetId: string;
  readonly version: number;
  readonly photos: readonly Photo[];
  readonly writtenAt: Instant;
  readonly leafHash: string;
  /** The approved lease it is let by on the day asked for, and the permit of a space. */
  readonly leaseNumber: number | null;
  readonly permitNumber: number | null;
}
type Stored = Omit<AssetRow, "photos"> & { readonly photos: string };
export const assetFrom = (row: Stored): AssetRow => ({ ...row, photos: JSON.parse(row.photos) as Photo[] });

const assetColumns = (
  today: Day,
): SQL => sql`a.asset_id AS assetId, a.kind, a.ground, a.code, v.version, v.name, v.place,
  v.area_dm2 AS areaDm2, v.title_basis AS titleBasis, v.state, v.remark, v.photos, v.from_on AS fromOn, v.written_at AS writtenAt,
  v.leaf_hash AS leafHash,
  (SELECT l.number FROM ledger_lease_asset x JOIN ledger_lease l ON l.community_id = x.community_id AND l.lease_id = x.lease_id
     WHERE x.community_id = a.community_id AND x.asset_id = a.asset_id AND l.state = 'approved' AND l.from_on <= ${today} AND l.until_on >= ${today}
     LIMIT 1) AS leaseNumber,
  (SELECT p.number FROM ledger_permit p WHERE p.community_id = a.community_id AND p.asset_id = a.asset_id AND p.to_on >= ${today}
    AND NOT EXISTS (SELECT 1 FROM ledger_permit_end e WHERE e.community_id = p.community_id AND e.permit_id = p.permit_id AND e.last_on < ${today})
     AND p.from_on <= ${today} LIMIT 1) AS permitNumber`;

export interface AssetFilter {
  readonly kind: AssetKind | null;
  readonly ground: Ground | null;
}
const chosen = ({ kind, ground }: AssetFilter): SQL =>
  sql`${kind === null ? sql`` : sql` AND a.kind = ${kind}`}${ground === null ? sql`` : sql` AND a.ground = ${ground}`}`;

/** The register by number, as it stands; `assetFrom` reads a row. */
export const listAssets = (
  { db, community }: Here,
  filter: AssetFilter,
  today: Day,
  page: { readonly limit: number; readonly offset: number },
): Query<Stored[]> =>
  db.all(
    sql`SELECT ${assetColumns(today)} FROM ledger_asset a
        JOIN ledger_asset_version v ON v.community_id = a.community_id AND v.asset_id = a.asset_id AND v.version = a.version
        WHERE a.community_id = ${community.id}${chosen(filter)} ORDER BY a.code
        LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export const countAssets = ({ db, community }: Here, filter: AssetFilter): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM ledger_asset a WHERE a.community_id = ${community.id}${chosen(filter)}`);

/** One asset as it stands. */
export const findAsset = ({ db, community }: Here, assetId: string, today: Day): Query<Stored[]> =>
  db.all(
    sql`SELECT ${assetColumns(today)} FROM ledger_asset a
        JOIN ledger_asset_version v ON v.community_id = a.community_id AND v.asset_id = a.asset_id AND v.version = a.version
        WHERE a.community_id = ${community.id} AND a.asset_id = ${assetId}`,
  );

/** Assets by their numbers, for a lease or a table that names them. */
export const listAssetsByCode = ({ db, community }: Here, codes: readonly string[], today: Day): Query<Stored[]> =>
  db.all(
    sql`SELECT ${assetColumns(today)} FROM json_each(${JSON.stringify(codes)}) j
        JOIN ledger_asset a ON a.community_id = ${community.id} AND a.code = j.value
        JOIN ledger_asset_version v ON v.community_id = a.community_id AND v.asset_id = a.asset_id AND v.version = a.version
        ORDER BY a.code`,
  );

export interface VersionRow {
  readonly version: number;
  readonly name: string;
  readonly place: string;
  readonly areaDm2: number | null;
  readonly titleBasis: string;
  readonly state: AssetState;
  readonly remark: string;
  readonly fromOn: Day;
  readonly writtenAt: Instant;
  readonly leafHash: string;
}
/** What was said of an asset, the newest first. */
export const listVersions = ({ db, community }: Here, assetId: string): Query<VersionRow[]> =>
  db.all(
    sql`SELECT version, name, place, area_dm2 AS areaDm2, title_basis AS titleBasis, state, remark, from_on AS fromOn,
          written_at AS writtenAt, leaf_hash AS leafHash
        FROM ledger_asset_version WHERE community_id = ${community.id} AND asset_id = ${assetId} ORDER BY version DESC LIMIT 50`,
  );

/** How many of each kind there are, and how many are let today: by lease or by permit. */
export interface Occupancy {
  readonly kind: AssetKind;
  readonly ground: Ground | null;
  readonly total: number;
  readonly let: number;
}
export const countOccupancy = ({ db, community }: Here, today: Day): Query<Occupancy[]> =>
  db.all(
    sql`SELECT a.kind, a.ground, count(*) AS total, sum(
          EXISTS (SELECT 1 FROM ledger_lease_asset x JOIN ledger_lease l ON l.community_id = x.community_id AND l.lease_id = x.lease_id
            WHERE x.community_id = a.community_id AND x.asset_id = a.asset_id AND l.state = 'approved' AND l.from_on <= ${today} AND l.until_on >= ${today})
          OR EXISTS (SELECT 1 FROM ledger_permit p WHERE p.community_id = a.community_id AND p.asset_id = a.asset_id AND p.to_on >= ${today} AND p.from_on <= ${today}
            AND NOT EXISTS (SELECT 1 FROM ledger_permit_end e WHERE e.community_id = p.community_id AND e.permit_id = p.permit_id AND e.last_on < ${today}))) AS let
        FROM ledger_asset a WHERE a.community_id = ${community.id} AND a.state <> 'retired' GROUP BY a.kind, a.ground ORDER BY a.kind, a.ground`,
  );

/** How many assets were let on each of some days, by lease or by a permit of a fixed space. */
export const listLetByDay = ({ db, community }: Here, days: readonly Day[]): Query<{ day: Day; let: number }[]> =>
  db.all(
    sql`SELECT d.value AS day,
          (SELECT count(*) FROM (SELECT x.asset_id FROM ledger_lease l JOIN ledger_lease_asset x ON x.community_id = l.community_id AND x.lease_id = l.lease_id
             WHERE l.community_id = ${community.id} AND l.state = 'approved' AND l.until_on >= d.value AND l.from_on <= d.value
           UNION SELECT p.asset_id FROM ledger_permit p WHERE p.community_id = ${community.id} AND p.asset_id IS NOT NULL AND p.to_on >= d.value AND p.from_on <= d.value
             AND NOT EXISTS (SELECT 1 FROM ledger_permit_end e WHERE e.community_id = p.community_id AND e.permit_id = p.permit_id AND e.last_on < d.value))) AS let
        FROM json_each(${JSON.stringify(days)}) d ORDER BY d.value`,
  );

/** Identities of new assets, however many, in one statement. */
export const insertAssets = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  rows: readonly (AssetEntry & { readonly assetId: string })[],
  addedBy: string,
): Query =>
  db.run(
    sql`INSERT INTO ledger_asset(community_id, asset_id, kind, ground, code, version, state, added_by, added_at)
        SELECT ${community.id}, j.value ->> 'assetId', j.value ->> 'kind', j.value ->> 'ground', j.value ->> 'code', 0, j.value ->> 'state',
          ${addedBy}, CAST(${now} AS INTEGER) FROM json_each(${JSON.stringify(rows.map(({ assetId, kind, ground, code, state }) => ({ assetId, kind, ground, code, state })))}) j`,
  );

export interface NewVersion extends Omit<VersionRow, "writtenAt" | "leafHash"> {
  readonly assetId: string;
  readonly photos: readonly Photo[];
}
/** Versions, however many, in one statement; the batch aborts with `asset_moved` when somebody wrote the same one first. */
export const insertVersions = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  rows: readonly NewVersion[],
  writtenBy: string,
  leafHash: string,
): Query =>
  db.run(
    sql`INSERT INTO ledger_asset_version(community_id, asset_id, version, name, place, area_dm2, title_basis, state, remark, photos, from_on, written_by, written_at, leaf_hash)
        SELECT ${community.id}, j.value ->> 'assetId', j.value ->> 'version', j.value ->> 'name', j.value ->> 'place', j.value ->> 'areaDm2',
          j.value ->> 'titleBasis', j.value ->> 'state', j.value ->> 'remark', j.value ->> 'photos', j.value ->> 'fromOn', ${writtenBy},
          CAST(${now} AS INTEGER), ${leafHash}
        FROM json_each(${JSON.stringify(rows.map(({ photos, ...row }) => ({ ...row, photos: JSON.stringify(photos) })))}) j`,
  );
