/** The SQL of what was expected: booked income by account, what the bank shows of it, and what was said of gaps. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Period } from "../books/rules.ts";
import { PREPAID } from "../leases/receiving.ts";
import type { ChargeEvent, IncomeLine } from "./bank.ts";
import { FORESEEN } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

/** Income of a month by account: credit less debit, one row an account. */
export const listBooked = ({ db, community }: Here, period: Period): Query<{ account: string; fen: Fen }[]> =>
  db.all(
    sql`SELECT b.account, b.credit_fen - b.debit_fen AS fen FROM ledger_balance b
        JOIN ledger_account a ON a.community_id = b.community_id AND a.book = b.book AND a.code = b.account AND a.kind = 'income'
        WHERE b.community_id = ${community.id} AND b.book = 'common' AND b.period = ${period} ORDER BY b.account`,
  );

export interface GapNote {
  readonly account: string;
  readonly noteNo: number;
  readonly text: string;
  readonly expectedFen: Fen | null;
  readonly bookedFen: Fen | null;
  readonly bankFen: Fen | null;
  readonly writtenAt: Instant;
  readonly leafHash: string;
}
/** What was said of a month's gaps, in the order it was said. */
export const listGapNotes = ({ db, community }: Here, period: Period): Query<GapNote[]> =>
  db.all(
    sql`SELECT account, note_no AS noteNo, text, expected_fen AS expectedFen, booked_fen AS bookedFen, bank_fen AS bankFen, written_at AS writtenAt, leaf_hash AS leafHash FROM ledger_gap_note
        WHERE community_id = ${community.id} AND period = ${period} ORDER BY account, note_no`,
  );
export const insertGapNote = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Omit<GapNote, "writtenAt"> & { readonly period: Period; readonly by: string },
): Query =>
  db.run(
    sql`INSERT INTO ledger_gap_note(community_id, period, account, note_no, text, expected_fen, booked_fen, bank_fen, written_by, written_at, leaf_hash)
        VALUES (${community.id}, ${row.period}, ${row.account}, CAST(${row.noteNo} AS INTEGER), ${row.text}, CAST(${row.expectedFen} AS INTEGER),
          CAST(${row.bookedFen} AS INTEGER), CAST(${row.bankFen} AS INTEGER), ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  );

// ——— What the bank shows ———

/** A match that a person made and nobody took back, of a voucher's line. */
const MATCHED = (voucher: SQL, line: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM bank_match m WHERE m.community_id = ${voucher}.community_id AND m.voucher_id = ${voucher}.voucher_id ${line} AND m.turn % 2 = 1
      AND NOT EXISTS (SELECT 1 FROM bank_match u WHERE u.community_id = m.community_id AND u.account_id = m.account_id AND u.line_key = m.line_key AND u.turn = m.turn + 1))`;

export interface StoredCharge {
  readonly account: string;
  /** JSON of ChargeEvent[], in the order in which they were posted. */
  readonly events: string;
  readonly receivedFen: Fen;
}
export const chargeFrom = ({ account, events, receivedFen }: StoredCharge) => ({
  account,
  receivedFen,
  events: JSON.parse(events) as ChargeEvent[],
});
/**
 * The charges of leases of which something was posted in a month, with everything posted of them and what came: receipts whose voucher is
 * matched to a line of the bank, and what was set off, for which money lay there before. One row a charge, whatever the history.
 */
export const listChargesAtBank = ({ db, community }: Here, period: Period): Query<StoredCharge[]> =>
  db.all(
    sql`WITH touched AS (SELECT DISTINCT c.lease_id, c.charge_no FROM ledger_voucher v INDEXED BY ledger_voucher_numbered
            JOIN ledger_charge c ON c.community_id = v.community_id AND c.voucher_id = coalesce(v.reverses_id, v.voucher_id)
            WHERE v.community_id = ${community.id} AND v.book = 'common' AND v.period = ${period} AND v.number IS NOT NULL)
        SELECT (SELECT l.account FROM ledger_lease l WHERE l.community_id = ${community.id} AND l.lease_id = t.lease_id) AS account,
          (SELECT json_group_array(json_object('period', e.period, 'amountFen', e.amount, 'taxFen', e.tax)) FROM (
             SELECT v.period, v.posted_at, c.amount_fen AS amount, c.tax_fen AS tax FROM ledger_charge c
               JOIN ledger_voucher v ON v.community_id = c.community_id AND v.voucher_id = c.voucher_id AND v.state = 'posted'
               WHERE c.community_id = ${community.id} AND c.lease_id = t.lease_id AND c.charge_no = t.charge_no
             UNION ALL SELECT r.period, r.posted_at, -c.amount_fen, -c.tax_fen FROM ledger_charge c
               JOIN ledger_voucher r ON r.community_id = c.community_id AND r.reverses_id = c.voucher_id AND r.state = 'posted'
               WHERE c.community_id = ${community.id} AND c.lease_id = t.lease_id AND c.charge_no = t.charge_no
             ORDER BY 2) e) AS events,
          coalesce((SELECT sum(p.amount_fen) FROM ledger_receipt_part p JOIN ledger_receipt q ON q.community_id = p.community_id AND q.receipt_id = p.receipt_id
             JOIN ledger_voucher w ON w.community_id = q.community_id AND w.voucher_id = q.voucher_id AND w.state = 'posted'
             WHERE p.community_id = ${community.id} AND p.lease_id = t.lease_id AND p.charge_no = t.charge_no
               AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = w.community_id AND r.reverses_id = w.voucher_id AND r.state = 'posted')
               AND (q.kind IN ('prepaid', 'offset') OR ${MATCHED(sql`w`, sql``)})), 0) AS receivedFen
        FROM touched t`,
  );

/** Lines of foreseen income in a month that no charge of a lease made, each with what covers its voucher. */
export const listIncomeLines = ({ db, community }: Here, period: Period): Query<IncomeLine[]> =>
  db.all(
    sql`SELECT p.account, p.voucher_id AS voucherId, p.credit_fen - p.debit_fen AS fen,
          (SELECT coalesce(sum(b.debit_fen - b.credit_fen), 0) FROM ledger_posting b WHERE b.community_id = p.community_id AND b.book = p.book
             AND b.period = p.period AND b.number = p.number AND (b.account = ${PREPAID} AND b.debit_fen > 0 OR ${MATCHED(sql`b`, sql`AND m.line_no = b.line_no`)})) AS coveredFen
        FROM ledger_posting p INDEXED BY ledger_posting_by_account JOIN ledger_voucher v ON v.community_id = p.community_id AND v.voucher_id = p.voucher_id
        WHERE p.community_id = ${community.id} AND p.book = 'common' AND p.account IN (SELECT value FROM json_each(${JSON.stringify(FORESEEN)})) AND p.period = ${period}
          AND NOT EXISTS (SELECT 1 FROM ledger_charge c WHERE c.community_id = v.community_id AND c.voucher_id = coalesce(v.reverses_id, v.voucher_id))
        ORDER BY p.number, p.line_no`,
  );

export interface BankCover {
  /** The last day any statement of the common book's accounts reaches; null while there is none. */
  readonly statementsTo: Day | null;
  /** What came in during the month that no voucher is matched to. */
  readonly openFen: Fen;
  readonly openLines: number;
}
export const findBankCover = ({ db, community }: Here, fromOn: Day, toOn: Day): Query<BankCover[]> =>
  db.all(
    sql`SELECT max(a.reaches) AS statementsTo, coalesce(sum(a.open), 0) AS openFen, coalesce(sum(a.lines), 0) AS openLines FROM (
          SELECT (SELECT max(i.to_on) FROM bank_import i WHERE i.community_id = b.community_id AND i.account_id = b.account_id) AS reaches,
            (SELECT sum(l.amount_fen) FROM bank_open_line l WHERE ${openIn(fromOn, toOn)}) AS open,
            (SELECT count(*) FROM bank_open_line l WHERE ${openIn(fromOn, toOn)}) AS lines
          FROM bank_account b WHERE b.community_id = ${community.id} AND b.book = 'common') a`,
  );
const openIn = (fromOn: Day, toOn: Day): SQL =>
  sql`l.community_id = b.community_id AND l.account_id = b.account_id AND l.on_day >= ${fromOn} AND l.on_day <= ${toOn} AND l.amount_fen > 0`;
