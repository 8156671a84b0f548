/** The SQL of filings. They only grow; decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import { committeeFiling } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

/** A filing with the file that proves it, if there is one. */
export interface FilingRow {
  readonly filingId: string;
  readonly asOf: string;
  readonly filedOn: string;
  readonly authority: string;
  readonly receiptNo: string;
  readonly fileId: string | null;
  readonly fileName: string | null;
  readonly fileSha256: string | null;
  readonly recordedAt: Instant;
  readonly leafHash: string;
}

const MOST = 100;

/** The filings of a mandate, the newest first. A committee changes a handful of times in its term. */
export const listFilings = ({ db, community }: Here, mandate: string | SQL): Query<FilingRow[]> =>
  db.all(
    sql`SELECT f.filing_id AS filingId, f.as_of AS asOf, f.filed_on AS filedOn, f.authority, f.receipt_no AS receiptNo, f.file_id AS fileId,
               x.name AS fileName, x.sha256 AS fileSha256, f.recorded_at AS recordedAt, f.leaf_hash AS leafHash
        FROM committee_filing f INDEXED BY committee_filing_by_mandate LEFT JOIN file x ON x.community_id = f.community_id AND x.file_id = f.file_id
        WHERE f.community_id = ${community.id} AND f.mandate_id = ${mandate}
        ORDER BY f.filed_on DESC, f.recorded_at DESC LIMIT ${sql.raw(String(MOST))}`,
  );

export const insertFiling = (
  { db, community }: Here,
  row: Omit<typeof committeeFiling.$inferInsert, "communityId">,
): Query => db.orm.insert(committeeFiling).values({ ...row, communityId: community.id });

/** A row when a filing has this file: what the desk may open. */
export const findFilingFile = ({ db, community }: Here, fileId: string): Query<{ filingId: string }[]> =>
  db.all(
    sql`SELECT filing_id AS filingId FROM committee_filing WHERE community_id = ${community.id} AND file_id = ${fileId} LIMIT 1`,
  );
