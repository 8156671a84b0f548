/** The SQL of matching: what is open on either side, what stood alone on a day, balances, and matches. No read grows with the past. Decides nothing. */
import type { Day } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { DayLine } from "../rules.ts";
import type { AccountRow, LineRow } from "../store.ts";

type Here = Pick<Scene, "db" | "community">;

type Ledgers = Pick<AccountRow, "book" | "ledgerAccount">;
const monthOf = (on: Day): string => on.slice(0, 7);

/**
 * The book's balance on a day: where the account stood when the last month that has an opening began, what the months since did, and
 * the postings of the day's own month up to it. Reads no posting of a month before.
 */
export const findBookBalance = (
  { db, community }: Here,
  { book, ledgerAccount }: Ledgers,
  on: Day,
): Query<{ bookFen: Fen }[]> => {
  const opened = sql`(SELECT max(period) FROM ledger_opening WHERE community_id = ${community.id} AND book = ${book} AND period <= ${monthOf(on)})`;
  return db.all(
    sql`SELECT coalesce((SELECT opening_fen FROM ledger_opening WHERE community_id = ${community.id} AND book = ${book} AND period = ${opened} AND account = ${ledgerAccount}), 0)
          + coalesce((SELECT sum(debit_fen - credit_fen) FROM ledger_balance
              WHERE community_id = ${community.id} AND book = ${book} AND period >= coalesce(${opened}, '') AND period < ${monthOf(on)} AND account = ${ledgerAccount}), 0)
          + coalesce((SELECT sum(debit_fen - credit_fen) FROM ledger_posting INDEXED BY ledger_posting_by_account
              WHERE community_id = ${community.id} AND book = ${book} AND account = ${ledgerAccount} AND period = ${monthOf(on)} AND on_day <= ${on}), 0) AS bookFen`,
  );
};

// ——— What is open ———

const OPEN_LINE = sql`o.line_key AS lineKey, o.import_id AS importId, o.word_no AS wordNo, o.on_day AS onDay, o.row_no AS rowNo, o.amount_fen AS amountFen,
  o.balance_fen AS balanceFen`;

/** Lines up to a day that are no posting yet, the oldest first. */
export const listOpenLines = ({ db, community }: Here, accountId: string, to: Day, limit: number): Query<LineRow[]> =>
  db.all(
    sql`SELECT ${OPEN_LINE}, NULL AS voucherId, NULL AS lineNo, o.turn FROM bank_open_line o
        WHERE o.community_id = ${community.id} AND o.account_id = ${accountId} AND o.on_day <= ${to}
        ORDER BY o.on_day, o.row_no, o.line_key LIMIT CAST(${limit} AS INTEGER)`,
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
const POSTING = sql`x.voucher_id AS voucherId, x.line_no AS lineNo, x.period, x.number, x.on_day AS onDay, x.amount_fen AS amountFen,
  (SELECT v.text FROM ledger_voucher v WHERE v.community_id = x.community_id AND v.voucher_id = x.voucher_id) AS text`;

/** Postings on the bank's account up to a day that no line of a statement is matched to, the oldest first. */
export const listOpenPostings = (
  { db, community }: Here,
  accountId: string,
  to: Day,
  limit: number,
): Query<OpenPostingRow[]> =>
  db.all(
    sql`SELECT ${POSTING} FROM bank_open_posting x
        WHERE x.community_id = ${community.id} AND x.account_id = ${accountId} AND x.on_day <= ${to}
        ORDER BY x.period, x.number, x.line_no LIMIT CAST(${limit} AS INTEGER)`,
  );

// ——— What stood alone on a day ———

/** Matches of which one side stands up to a day and the other behind it; `far` are those more than a month apart. */
const across = ({ community }: Here, accountId: string, on: Day, isLineFirst: boolean) => {
  const between = (far: 0 | 1, until: ReturnType<typeof sql>) =>
    sql`SELECT line_key, turn, voucher_id, line_no FROM bank_apart
        WHERE community_id = ${community.id} AND account_id = ${accountId} AND far = ${sql.raw(String(far))} AND later_on > ${on}${until}
          AND earlier_on <= ${on} AND line_on ${isLineFirst ? sql`<=` : sql`>`} ${on}`;
  return sql`${between(0, sql` AND later_on <= date(${on}, '+31 days')`)} UNION ALL ${between(1, sql``)}`;
};

/**
 * Lines up to a day that no posting of that day or before explains: those not matched, and those matched to what the book has later.
 * What stood on a day stays what it was, however much is matched afterwards.
 */
export const listLinesAloneOn = (here: Here, accountId: string, on: Day, limit: number): Query<LineRow[]> =>
  here.db.all(
    sql`SELECT * FROM (
          SELECT ${OPEN_LINE}, NULL AS voucherId, NULL AS lineNo, o.turn FROM bank_open_line o
          WHERE o.community_id = ${here.community.id} AND o.account_id = ${accountId} AND o.on_day <= ${on}
          UNION ALL
          SELECT ${OPEN_LINE}, a.voucher_id, a.line_no, a.turn FROM (${across(here, accountId, on, true)}) a CROSS
          JOIN bank_line o ON o.community_id = ${here.community.id} AND o.account_id = ${accountId} AND o.line_key = a.line_key
        ) ORDER BY onDay, rowNo, lineKey LIMIT CAST(${limit} AS INTEGER)`,
  );

/** The other side: postings up to a day that no line of that day or before is. An opening balance is no movement of the bank's. */
export const listPostingsAloneOn = (here: Here, accountId: string, on: Day, limit: number): Query<OpenPostingRow[]> =>
  here.db.all(
    sql`SELECT * FROM (
          SELECT ${POSTING} FROM bank_open_posting x
          WHERE x.community_id = ${here.community.id} AND x.account_id = ${accountId} AND x.on_day <= ${on}
          UNION ALL
          SELECT v.voucher_id, p.line_no, p.period, p.number, p.on_day, p.debit_fen - p.credit_fen, v.text FROM (${across(here, accountId, on, false)}) a CROSS
          JOIN ledger_voucher v ON v.community_id = ${here.community.id} AND v.voucher_id = a.voucher_id
          CROSS JOIN ledger_posting p ON p.community_id = v.community_id AND p.book = v.book AND p.period = v.period AND p.number = v.number AND p.line_no = a.line_no
        ) ORDER BY period, number, lineNo LIMIT CAST(${limit} AS INTEGER)`,
  );

/** What an opening voucher brought into the book's account: money the bank held before its first line. */
export const sumBroughtIn = (
  { db, community }: Here,
  { book, ledgerAccount }: Ledgers,
): Query<{ broughtInFen: Fen }[]> =>
  db.all(
    sql`SELECT coalesce(sum(p.debit_fen - p.credit_fen), 0) AS broughtInFen
        FROM ledger_voucher v INDEXED BY ledger_voucher_opening JOIN ledger_posting p ON p.community_id = v.community_id AND p.book = v.book AND p.period = v.period AND p.number = v.number
        WHERE v.community_id = ${community.id} AND v.book = ${book} AND v.kind = 'opening' AND v.state = 'posted' AND p.account = ${ledgerAccount}`,
  );

// ——— The bank's balance ———

/** All that moved at the bank up to a day: whole months, and the days of its own. */
export const sumMoved = (
  { db, community }: Here,
  accountId: string,
  to: Day,
): Query<{ sumFen: Fen; lines: number }[]> =>
  db.all(
    sql`SELECT coalesce(sum(sum_fen), 0) AS sumFen, coalesce(sum(lines), 0) AS lines FROM (
          SELECT sum_fen, lines FROM bank_moved
          WHERE community_id = ${community.id} AND account_id = ${accountId} AND kind = 'month' AND span < ${monthOf(to)}
          UNION ALL
          SELECT sum_fen, lines FROM bank_moved
          WHERE community_id = ${community.id} AND account_id = ${accountId} AND kind = 'day' AND span >= ${`${monthOf(to)}-01`} AND span <= ${to})`,
  );

/** The lines of the last day, up to one, on which anything moved at the bank. */
export const listLastDay = ({ db, community }: Here, accountId: string, to: Day): Query<DayLine[]> =>
  db.all(
    sql`SELECT row_no AS row, amount_fen AS amountFen, balance_fen AS balanceFen FROM bank_line INDEXED BY bank_line_by_day
        WHERE community_id = ${community.id} AND account_id = ${accountId} AND on_day = (
          SELECT span FROM bank_moved WHERE community_id = ${community.id} AND account_id = ${accountId} AND kind = 'day' AND span <= ${to}
          ORDER BY span DESC LIMIT 1)`,
  );

// ——— Matches ———

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
