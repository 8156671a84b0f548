/** The SQL of who read whose personal data. Append-only; decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { PartyId } from "../../kernel/id.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Here } from "../store.ts";

/** reveal: one value on a page. export: the whole roll as a file. contact: numbers handed to the sender of messages. */
export type ReadKind = "reveal" | "export" | "contact";

export interface ReadRow {
  readonly readId: string;
  readonly readAt: Instant;
  readonly readBy: string;
  readonly what: ReadKind;
  readonly partyId: PartyId | null;
  /** JSON array of field names. */
  readonly fields: string;
  readonly people: number;
  readonly whySealed: string;
}

export const insertRead = ({ db, community }: Here, row: ReadRow): Query =>
  db.run(
    sql`INSERT INTO pii_read(community_id, read_id, read_at, read_by, what, party_id, fields, people, why_sealed)
        VALUES (${community.id}, ${row.readId}, ${row.readAt}, ${row.readBy}, ${row.what}, ${row.partyId}, ${row.fields},
                ${row.people}, ${row.whySealed})`,
  );

/** Reads, newest first, `limit` of them from `offset` on, with the masked name of whom they were about. */
export const listReads = (
  { db, community }: Here,
  limit: number,
  offset: number,
): Query<(ReadRow & { maskedName: string | null })[]> =>
  db.all(
    sql`SELECT read_id AS readId, read_at AS readAt, read_by AS readBy, what, r.party_id AS partyId, fields, people,
          why_sealed AS whySealed,
          (SELECT d.masked_name FROM party_detail d WHERE d.community_id = r.community_id AND d.party_id = r.party_id
           ORDER BY d.version DESC LIMIT 1) AS maskedName
        FROM pii_read r WHERE r.community_id = ${community.id} ORDER BY read_at DESC, read_id LIMIT ${limit} OFFSET ${offset}`,
  );

export const countReads = ({ db, community }: Here): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM pii_read WHERE community_id = ${community.id}`);
