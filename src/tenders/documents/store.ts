/** The SQL of a tender's papers: reads, and a statement for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { TenderKey } from "../store.ts";
import type { DocumentKind } from "./rules.ts";
import { tenderDocument } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface DocumentRow {
  readonly documentNo: number;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Hex SHA-256. */
  readonly fileHash: string;
  readonly withheldWhy: string;
  readonly releasedOn: Day | "";
  readonly putAt: Instant;
}

/** In the order they were added. */
export const listDocuments = ({ db, community }: Here, key: TenderKey): Query<DocumentRow[]> =>
  db.all(
    sql`SELECT document_no AS documentNo, kind, title, file_id AS fileId, file_name AS fileName, media_type AS mediaType, bytes, file_hash AS fileHash,
               withheld_why AS withheldWhy, released_on AS releasedOn, put_at AS putAt
        FROM tender_document WHERE community_id = ${community.id} AND tender_id = ${key} ORDER BY document_no`,
  );

export const insertDocument = (
  { db, community }: Here,
  row: Omit<typeof tenderDocument.$inferInsert, "communityId">,
): Query => db.orm.insert(tenderDocument).values({ communityId: community.id, ...row });
