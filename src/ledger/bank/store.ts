/** The SQL of bank accounts, statements and matches: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Book } from "../books/rules.ts";
import type { Holder, Mapping } from "./rules.ts";
import { bankAccount, bankImport } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

export interface AccountRow {
  readonly accountId: string;
  readonly book: Book;
  readonly ledgerAccount: string;
  readonly holder: Holder;
  readonly holderName: string;
  readonly bank: string;
  readonly numberMasked: string;
  readonly openedAt: Instant;
  readonly leafHash: string;
}
export const listBankAccounts = ({ db, community }: Here): Query<AccountRow[]> =>
  db.all(
    sql`SELECT account_id AS accountId, book, ledger_account AS ledgerAccount, holder, holder_name AS holderName, bank, number_masked AS numberMasked,
          opened_at AS openedAt, leaf_hash AS leafHash
        FROM bank_account WHERE community_id = ${community.id} ORDER BY book, ledger_account`,
  );
export const insertBankAccount = (
  { db, community }: Here,
  row: Omit<typeof bankAccount.$inferInsert, "communityId">,
): Query => db.orm.insert(bankAccount).values({ communityId: community.id, ...row });

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
        JOIN bank_line l ON l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.line_key = j.value`,
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

export interface LineRow {
  readonly lineKey: string;
  readonly importId: string;
  readonly wordNo: number;
  readonly onDay: Day;
  readonly amountFen: Fen;
  readonly balanceFen: Fen | null;
  /** The posting it was matched to; null while it is open. */
  readonly voucherId: string | null;
  readonly lineNo: number | null;
  readonly turn: number;
}

const MATCHED = sql`LEFT JOIN bank_match m ON m.community_id = l.community_id AND m.account_id = l.account_id AND m.line_key = l.line_key
  AND m.turn = (SELECT max(x.turn) FROM bank_match x WHERE x.community_id = l.community_id AND x.account_id = l.account_id AND x.line_key = l.line_key)`;
const LINE = sql`l.line_key AS lineKey, l.import_id AS importId, l.word_no AS wordNo, l.on_day AS onDay, l.amount_fen AS amountFen, l.balance_fen AS balanceFen,
  CASE WHEN m.turn % 2 = 1 THEN m.voucher_id END AS voucherId, CASE WHEN m.turn % 2 = 1 THEN m.line_no END AS lineNo, coalesce(m.turn, 0) AS turn`;

/** Lines of a span of days, the newest day first, those of a day as the statement has them. */
export const listLines = (
  { db, community }: Here,
  accountId: string,
  span: { readonly from: Day; readonly to: Day },
  page: { readonly limit: number; readonly offset: number },
): Query<LineRow[]> =>
  db.all(
    sql`SELECT ${LINE} FROM bank_line l ${MATCHED}
        WHERE l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.on_day >= ${span.from} AND l.on_day <= ${span.to}
        ORDER BY l.on_day DESC, l.row_no, l.line_key LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

/** One line with what it was matched to. */
export const findLine = ({ db, community }: Here, accountId: string, lineKey: string): Query<LineRow[]> =>
  db.all(
    sql`SELECT ${LINE} FROM bank_line l ${MATCHED}
        WHERE l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.line_key = ${lineKey}`,
  );

/** The book's balance on a day: every posting on the account up to it. */
export const findBookBalance = (
  { db, community }: Here,
  { book, ledgerAccount }: Pick<AccountRow, "book" | "ledgerAccount">,
  on: Day,
): Query<{ bookFen: Fen }[]> =>
  db.all(
    sql`SELECT coalesce(sum(debit_fen - credit_fen), 0) AS bookFen FROM ledger_posting
        WHERE community_id = ${community.id} AND book = ${book} AND account = ${ledgerAccount} AND on_day <= ${on}`,
  );

/** Lines up to a day that are no posting yet, the oldest first. */
export const listOpenLines = ({ db, community }: Here, accountId: string, to: Day, limit: number): Query<LineRow[]> =>
  db.all(
    sql`SELECT ${LINE} FROM bank_line l ${MATCHED}
        WHERE l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.on_day <= ${to} AND coalesce(m.turn, 0) % 2 = 0
        ORDER BY l.on_day, l.row_no, l.line_key LIMIT CAST(${limit} AS INTEGER)`,
  );

export interface OpenPostingRow {
  readonly voucherId: string;
  readonly lineNo: number;
  readonly period: string;
  readonly number: number;
  readonly onDay: Day;
  readonly amountFen: Fen;
  readonly text: string;
}
/** Postings on the bank's account up to a day that no line of a statement is matched to, the oldest first. */
export const listOpenPostings = (
  { db, community }: Here,
  { accountId, book, ledgerAccount }: Pick<AccountRow, "accountId" | "book" | "ledgerAccount">,
  to: Day,
  limit: number,
): Query<OpenPostingRow[]> =>
  db.all(
    sql`SELECT p.voucher_id AS voucherId, p.line_no AS lineNo, p.period, p.number, p.on_day AS onDay, p.debit_fen - p.credit_fen AS amountFen, v.text
        FROM ledger_posting p INDEXED BY ledger_posting_by_account JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
        WHERE p.community_id = ${community.id} AND p.book = ${book} AND p.account = ${ledgerAccount} AND p.on_day <= ${to}
          AND v.kind <> 'opening'
          AND NOT EXISTS (SELECT 1 FROM bank_match m WHERE m.community_id = p.community_id AND m.voucher_id = p.voucher_id AND m.line_no = p.line_no
            AND m.account_id = ${accountId} AND m.turn % 2 = 1
            AND NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.community_id = m.community_id AND u.account_id = m.account_id AND u.line_key = m.line_key AND u.turn = m.turn + 1))
        ORDER BY p.period, p.number, p.line_no LIMIT CAST(${limit} AS INTEGER)`,
  );

/**
 * Lines up to a day that no posting of that day or before explains: those not matched, and those matched to what the book has later.
 * What stood on a day stays what it was, however much is matched afterwards.
 */
export const listLinesAloneOn = (
  { db, community }: Here,
  accountId: string,
  on: Day,
  limit: number,
): Query<LineRow[]> =>
  db.all(
    sql`SELECT ${LINE} FROM bank_line l ${MATCHED}
        WHERE l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.on_day <= ${on}
          AND (coalesce(m.turn, 0) % 2 = 0
            OR EXISTS (SELECT 1 FROM ledger_voucher v WHERE v.community_id = m.community_id AND v.voucher_id = m.voucher_id AND v.on_day > ${on}))
        ORDER BY l.on_day, l.row_no, l.line_key LIMIT CAST(${limit} AS INTEGER)`,
  );

/** The other side: postings up to a day that no line of that day or before is. An opening balance is no movement of the bank's. */
export const listPostingsAloneOn = (
  { db, community }: Here,
  { accountId, book, ledgerAccount }: Pick<AccountRow, "accountId" | "book" | "ledgerAccount">,
  on: Day,
  limit: number,
): Query<OpenPostingRow[]> =>
  db.all(
    sql`SELECT p.voucher_id AS voucherId, p.line_no AS lineNo, p.period, p.number, p.on_day AS onDay, p.debit_fen - p.credit_fen AS amountFen, v.text
        FROM ledger_posting p INDEXED BY ledger_posting_by_account JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
        WHERE p.community_id = ${community.id} AND p.book = ${book} AND p.account = ${ledgerAccount} AND p.on_day <= ${on}
          AND v.kind <> 'opening'
          AND NOT EXISTS (SELECT 1 FROM bank_match m
            JOIN bank_line l ON l.community_id = m.community_id AND l.account_id = m.account_id AND l.line_key = m.line_key AND l.on_day <= ${on}
            WHERE m.community_id = p.community_id AND m.voucher_id = p.voucher_id AND m.line_no = p.line_no
            AND m.account_id = ${accountId} AND m.turn % 2 = 1
            AND NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.community_id = m.community_id AND u.account_id = m.account_id AND u.line_key = m.line_key AND u.turn = m.turn + 1))
        ORDER BY p.period, p.number, p.line_no LIMIT CAST(${limit} AS INTEGER)`,
  );

/** What an opening voucher brought into the book's account: money the bank held before its first line. */
export const sumBroughtIn = (
  { db, community }: Here,
  { book, ledgerAccount }: Pick<AccountRow, "book" | "ledgerAccount">,
): Query<{ broughtInFen: Fen }[]> =>
  db.all(
    sql`SELECT coalesce(sum(p.debit_fen - p.credit_fen), 0) AS broughtInFen
        FROM ledger_posting p INDEXED BY ledger_posting_by_account JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
        WHERE p.community_id = ${community.id} AND p.book = ${book} AND p.account = ${ledgerAccount} AND v.kind = 'opening'`,
  );

export interface NewMatch {
  readonly key: string;
  readonly turn: number;
  readonly voucher: string;
  readonly line: number;
}
export const insertMatches = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  accountId: string,
  matches: readonly NewMatch[],
  by: string,
  leafHash: string,
): Query =>
  db.run(
    sql`INSERT INTO bank_match(community_id, account_id, line_key, turn, voucher_id, line_no, matched_by, matched_at, leaf_hash)
        SELECT ${community.id}, ${accountId}, j.value ->> 'key', j.value ->> 'turn', j.value ->> 'voucher', j.value ->> 'line', ${by}, CAST(${now} AS INTEGER), ${leafHash}
        FROM json_each(${JSON.stringify(matches)}) j`,
  );

/** The bank's balance after the last line up to a day: as the statement prints it, else the sum of all lines. Rows of the day compare by their order in the file. */
export const findBankBalance = (
  { db, community }: Here,
  accountId: string,
  to: Day,
): Query<{ balanceFen: Fen | null; sumFen: Fen; lines: number }[]> =>
  db.all(
    sql`SELECT (SELECT l.balance_fen FROM bank_line l WHERE l.community_id = ${community.id} AND l.account_id = ${accountId} AND l.on_day <= ${to}
            AND NOT EXISTS (SELECT 1 FROM bank_line n WHERE n.community_id = l.community_id AND n.account_id = l.account_id AND n.on_day = l.on_day
              AND n.balance_fen - n.amount_fen = l.balance_fen AND n.line_key <> l.line_key)
            ORDER BY l.on_day DESC, l.row_no DESC LIMIT 1) AS balanceFen,
          coalesce(sum(amount_fen), 0) AS sumFen, count(*) AS lines
        FROM bank_line WHERE community_id = ${community.id} AND account_id = ${accountId} AND on_day <= ${to}`,
  );
