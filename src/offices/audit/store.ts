/** What an auditor reads: lookups of personal data, lock-outs, ended sessions. SQL only; it writes nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

type Here = Pick<Scene, "db" | "community">;
interface PageOf {
  readonly limit: number;
  readonly offset: number;
}

/** Whose lookups: those of people, those of the sending of messages, or all. */
export type Readers = "people" | "system" | "all";

const readBy = (readers: Readers): SQL =>
  readers === "people" ? sql`r.read_by <> 'outbox'` : readers === "system" ? sql`r.read_by = 'outbox'` : sql`true`;

/** Someone looked at personal data in clear. */
export interface LookupRow {
  readonly readId: string;
  readonly at: Instant;
  readonly what: "reveal" | "export" | "contact";
  /** JSON list of field names. */
  readonly fields: string;
  readonly people: number;
  readonly whySealed: string;
  /** Of whom, masked; null where it was many at once. */
  readonly maskedName: string | null;
  readonly personId: string;
  /** Null where the reader is no office-holder of this community. */
  readonly nameSealed: string | null;
}

export const listLookups = ({ db, community }: Here, readers: Readers, page: PageOf): Query<LookupRow[]> =>
  db.all(
    sql`SELECT r.read_id AS readId, r.read_at AS at, r.what, r.fields, r.people, r.why_sealed AS whySealed, r.read_by AS personId,
               n.name_sealed AS nameSealed, (SELECT d.masked_name FROM party_detail d WHERE d.community_id = r.community_id
                 AND d.party_id = r.party_id ORDER BY d.version DESC LIMIT 1) AS maskedName
        FROM pii_read r LEFT JOIN office_person n ON n.community_id = r.community_id AND n.person_id = r.read_by
        WHERE r.community_id = ${community.id} AND ${readBy(readers)} ORDER BY r.read_at DESC, r.read_id DESC
        LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export interface LockoutRow {
  readonly scope: "phone" | "community";
  readonly at: Instant;
  readonly untilAt: Instant;
  readonly personId: PersonId | "";
  /** Null where the number was nobody's. */
  readonly nameSealed: string | null;
}

export const listLockouts = ({ db, community }: Here, page: PageOf): Query<LockoutRow[]> =>
  db.all(
    sql`SELECT l.scope, l.at, l.until_at AS untilAt, l.person_id AS personId, n.name_sealed AS nameSealed
        FROM sign_in_lockout l LEFT JOIN office_person n ON n.community_id = l.community_id AND n.person_id = l.person_id
        WHERE l.community_id = ${community.id} ORDER BY l.at DESC, l.scope
        LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

/** A number that was replaced: who can receive the code can act. */
export interface NumberChangeRow {
  readonly at: Instant;
  readonly personId: PersonId;
  readonly nameSealed: string;
  readonly byId: string;
  readonly byNameSealed: string | null;
}

export const listNumberChanges = ({ db, community }: Here, page: PageOf): Query<NumberChangeRow[]> =>
  db.all(
    sql`SELECT f.recorded_at AS at, f.person_id AS personId, n.name_sealed AS nameSealed, f.recorded_by AS byId,
               b.name_sealed AS byNameSealed
        FROM office_person_phone f
        JOIN office_person n ON n.community_id = f.community_id AND n.person_id = f.person_id
        LEFT JOIN office_person b ON b.community_id = f.community_id AND b.person_id = f.recorded_by
        WHERE f.community_id = ${community.id} AND f.version > 1 ORDER BY f.recorded_at DESC
        LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export const countAudit = (
  { db, community }: Here,
  readers: Readers,
): Query<{ lookups: number; lockouts: number; numbers: number; proposals: number }[]> =>
  db.all(
    sql`SELECT (SELECT count(*) FROM pii_read r WHERE r.community_id = ${community.id} AND ${readBy(readers)}) AS lookups,
               (SELECT count(*) FROM sign_in_lockout WHERE community_id = ${community.id}) AS lockouts,
               (SELECT count(*) FROM office_person_phone WHERE community_id = ${community.id} AND version > 1) AS numbers,
               (SELECT count(*) FROM office_proposal WHERE community_id = ${community.id}) AS proposals`,
  );
