/** The SQL of taking statements in: how columns were read, imports with their parts, and their lines. Decides nothing. */
import type { Day, Instant } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { Mapping } from "../rules.ts";
import { bankImport, bankPart, bankPartDone, bankRunning } from "../schema.ts";

type Here = Pick<Scene, "db" | "community">;

/** How a statement with this header was read the last time. */
export const findMapping = (
  { db, community }: Here,
  accountId: string,
  headerHash: string,
): Query<{ version: number; mapping: string }[]> =>
  db.all(
    sql`SELECT version, mapping FROM bank_mapping WHERE community_id = ${community.id} AND account_id = ${accountId} AND header_hash = ${headerHash}
        ORDER BY version DESC LIMIT 1`,
  );
/** Remembers a mapping unless it is what is remembered already. */
export const insertMapping = (
  { db, community }: Here,
  row: { accountId: string; headerHash: string; mapping: Mapping; setBy: string; setAt: Instant },
): Query =>
  db.run(
    sql`INSERT INTO bank_mapping(community_id, account_id, header_hash, version, mapping, set_by, set_at)
        SELECT ${community.id}, ${row.accountId}, ${row.headerHash}, coalesce(max(version), 0) + 1, ${JSON.stringify(row.mapping)}, ${row.setBy}, CAST(${row.setAt} AS INTEGER)
        FROM bank_mapping WHERE community_id = ${community.id} AND account_id = ${row.accountId} AND header_hash = ${row.headerHash}
        HAVING NOT EXISTS (SELECT 1 FROM bank_mapping m WHERE m.community_id = ${community.id} AND m.account_id = ${row.accountId}
          AND m.header_hash = ${row.headerHash} AND m.mapping = ${JSON.stringify(row.mapping)}
          AND m.version = (SELECT max(n.version) FROM bank_mapping n WHERE n.community_id = m.community_id AND n.account_id = m.account_id AND n.header_hash = m.header_hash))`,
  );

export const insertImport = (
  { db, community }: Here,
  row: Omit<typeof bankImport.$inferInsert, "communityId">,
): Query => db.orm.insert(bankImport).values({ communityId: community.id, ...row });

export interface ImportRow {
  readonly importId: string;
  readonly accountId: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly lines: number;
  readonly added: number;
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly importedAt: Instant;
  readonly leafHash: string;
}
export const listImports = ({ db, community }: Here, accountId: string, limit: number): Query<ImportRow[]> =>
  db.all(
    sql`SELECT import_id AS importId, account_id AS accountId, file_name AS fileName, sha256, lines, added, from_on AS fromOn, to_on AS toOn,
          imported_at AS importedAt, leaf_hash AS leafHash
        FROM bank_import WHERE community_id = ${community.id} AND account_id = ${accountId}
        ORDER BY imported_at DESC LIMIT CAST(${limit} AS INTEGER)`,
  );
export const findWords = (
  { db, community }: Here,
  importIds: readonly string[],
): Query<{ importId: string; wordsSealed: string }[]> =>
  db.all(
    sql`SELECT import_id AS importId, words_sealed AS wordsSealed FROM bank_import
        WHERE community_id = ${community.id} AND import_id IN (SELECT value FROM json_each(${JSON.stringify(importIds)}))`,
  );

/** Of these keys, those that are there already. */
export const listKnown = (
  { db, community }: Here,
  accountId: string,
  keys: readonly string[],
): Query<{ lineKey: string }[]> =>
  db.all(
    sql`SELECT l.line_key AS lineKey FROM json_each(${JSON.stringify(keys)}) j
        CROSS JOIN bank_line l ON l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.line_key = j.value`,
  );

export interface NewLine {
  readonly key: string;
  readonly word: number;
  readonly row: number;
  readonly on: Day;
  readonly fen: Fen;
  readonly balance: Fen | null;
}
/** Lines in one statement; those that came by another file meanwhile are passed over. */
export const insertLines = (
  { db, community }: Here,
  accountId: string,
  importId: string,
  lines: readonly NewLine[],
): Query =>
  db.run(
    sql`INSERT INTO bank_line(community_id, account_id, line_key, import_id, word_no, row_no, on_day, amount_fen, balance_fen)
        SELECT ${community.id}, ${accountId}, j.value ->> 'key', ${importId}, j.value ->> 'word', j.value ->> 'row', j.value ->> 'on', j.value ->> 'fen', j.value ->> 'balance'
        FROM json_each(${JSON.stringify(lines)}) j
        WHERE NOT EXISTS (SELECT 1 FROM bank_line l WHERE l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.line_key = j.value ->> 'key')`,
  );

// ——— Part by part ———

type New<T extends { $inferInsert: object }> = Omit<T["$inferInsert"], "communityId">;
export const insertRunning = ({ db, community }: Here, row: New<typeof bankRunning>): Query =>
  db.orm.insert(bankRunning).values({ communityId: community.id, ...row });
export const insertPart = ({ db, community }: Here, row: New<typeof bankPart>): Query =>
  db.orm.insert(bankPart).values({ communityId: community.id, ...row });
export const insertPartDone = ({ db, community }: Here, row: New<typeof bankPartDone>): Query =>
  db.orm.insert(bankPartDone).values({ communityId: community.id, ...row });

/** The lines of a part; those that are there already are passed over. */
export const insertLinesOfPart = (
  { db, community }: Here,
  accountId: string,
  importId: string,
  partNo: number,
): Query =>
  db.run(
    sql`INSERT INTO bank_line(community_id, account_id, line_key, import_id, word_no, row_no, on_day, amount_fen, balance_fen)
        SELECT p.community_id, p.account_id, j.value ->> 'key', p.import_id, j.value ->> 'word', j.value ->> 'row', j.value ->> 'on', j.value ->> 'fen', j.value ->> 'balance'
        FROM bank_part p, json_each(p.lines) j
        WHERE p.community_id = ${community.id} AND p.import_id = ${importId} AND p.part_no = CAST(${partNo} AS INTEGER)
          AND NOT EXISTS (SELECT 1 FROM bank_line l WHERE l.community_id = p.community_id AND l.account_id = ${accountId} AND l.line_key = j.value ->> 'key')`,
  );

export interface RunningRow {
  readonly importId: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly lines: number;
  readonly added: number;
  /** Parts that are in, and the lines in them. */
  readonly done: number;
  readonly taken: number;
}
/** The statement of an account that has parts to go; at most one. */
export const findRunning = ({ db, community }: Here, accountId: string): Query<RunningRow[]> =>
  db.all(
    sql`SELECT i.import_id AS importId, i.file_name AS fileName, i.sha256, i.lines, i.added, count(d.part_no) AS done, coalesce(sum(p.count), 0) AS taken
        FROM bank_running r JOIN bank_import i ON i.community_id = r.community_id AND i.import_id = r.import_id
        LEFT JOIN bank_part_done d ON d.community_id = r.community_id AND d.import_id = r.import_id
        LEFT JOIN bank_part p ON p.community_id = d.community_id AND p.import_id = d.import_id AND p.part_no = d.part_no
        WHERE r.community_id = ${community.id} AND r.account_id = ${accountId} GROUP BY i.import_id`,
  );
export const listRunning = ({ db, community }: Here): Query<{ accountId: string }[]> =>
  db.all(
    sql`SELECT account_id AS accountId FROM bank_running WHERE community_id = ${community.id} ORDER BY account_id`,
  );
