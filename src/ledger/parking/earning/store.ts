/** The SQL of permits' months that are paid ahead: reads, and statements for someone's batch. Decides nothing. */
import type { Day } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { type Query, type SQL, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { Period } from "../../books/rules.ts";
import type { PermitMonth } from "../rules.ts";

type Here = Pick<Scene, "db" | "community">;

export const insertMonths = ({ db, community }: Here, permitId: string, months: readonly PermitMonth[]): Query =>
  db.run(
    sql`INSERT INTO ledger_permit_month(community_id, permit_id, month_no, begins_on, period, amount_fen)
        SELECT ${community.id}, ${permitId}, j.value ->> 0, j.value ->> 1, substr(j.value ->> 1, 1, 7), j.value ->> 2
        FROM json_each(${JSON.stringify(months.map(({ monthNo, beginsOn, amountFen }) => [monthNo, beginsOn, amountFen]))}) j`,
  );
/** The months of the permit of a number that were paid ahead. */
export const listMonthsOf = ({ db, community }: Here, number: number): Query<PermitMonth[]> =>
  db.all(
    sql`SELECT m.month_no AS monthNo, m.begins_on AS beginsOn, m.amount_fen AS amountFen
        FROM ledger_permit p JOIN ledger_permit_month m ON m.community_id = p.community_id AND m.permit_id = p.permit_id
        WHERE p.community_id = ${community.id} AND p.number = CAST(${number} AS INTEGER) ORDER BY m.month_no`,
  );
/** What permits sold in a span of days took for months to come, permit by permit. */
export const listAheadOfTakings = (
  { db, community }: Here,
  fromOn: Day,
  toOn: Day,
): Query<{ permitId: string; fen: Fen }[]> =>
  db.all(
    sql`SELECT t.taking_id AS permitId, sum(m.amount_fen) AS fen FROM ledger_taking t INDEXED BY ledger_taking_by_day
        JOIN ledger_permit_month m ON m.community_id = t.community_id AND m.permit_id = t.taking_id
        WHERE t.community_id = ${community.id} AND t.on_day >= ${fromOn} AND t.on_day <= ${toOn} AND t.source = 'permit'
        GROUP BY t.taking_id`,
  );

/** That a permit ended so that this month of it goes back and is never earned (rules.ts: monthsBack). */
const GONE_BACK = sql`EXISTS (SELECT 1 FROM ledger_permit_end e WHERE e.community_id = m.community_id AND e.permit_id = m.permit_id
  AND e.refund_fen > 0 AND m.begins_on > e.last_on AND m.period >= substr(e.on_day, 1, 7))`;
const STANDS = (
  voucher: SQL,
): SQL => sql`(${voucher}.state IN ('waiting', 'reviewed') OR (${voucher}.state = 'posted' AND NOT EXISTS
  (SELECT 1 FROM ledger_voucher r WHERE r.community_id = ${voucher}.community_id AND r.reverses_id = ${voucher}.voucher_id AND r.state = 'posted')))`;

export interface MonthKey {
  readonly permitId: string;
  readonly monthNo: number;
}
export interface DueMonth extends MonthKey {
  readonly period: Period;
  readonly amountFen: Fen;
}
/** Months of some calendar months that were paid for in the books and are not earned by any standing voucher. */
export const listUnearned = ({ db, community }: Here, from: Period, to: Period, limit: number): Query<DueMonth[]> =>
  db.all(
    sql`SELECT m.permit_id AS permitId, m.month_no AS monthNo, m.period, m.amount_fen AS amountFen
        FROM ledger_permit_month m INDEXED BY ledger_permit_month_by_period
        WHERE m.community_id = ${community.id} AND m.period >= ${from} AND m.period <= ${to} AND NOT ${GONE_BACK}
          AND NOT EXISTS (SELECT 1 FROM ledger_permit_month_voucher x JOIN ledger_voucher v ON v.community_id = x.community_id AND v.voucher_id = x.voucher_id
            WHERE x.community_id = m.community_id AND x.permit_id = m.permit_id AND x.month_no = m.month_no AND ${STANDS(sql`v`)})
          AND EXISTS (SELECT 1 FROM ledger_taking_voucher t JOIN ledger_voucher b ON b.community_id = t.community_id AND b.voucher_id = t.voucher_id
            WHERE t.community_id = m.community_id AND t.taking_id = m.permit_id AND b.state = 'posted'
              AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = b.community_id AND r.reverses_id = b.voucher_id AND r.state = 'posted'))
        ORDER BY m.period, m.permit_id, m.month_no LIMIT CAST(${limit} AS INTEGER)`,
  );
export const insertMonthVouchers = ({ db, community }: Here, months: readonly MonthKey[], voucherId: string): Query =>
  db.run(
    sql`INSERT INTO ledger_permit_month_voucher(community_id, permit_id, month_no, voucher_id)
        SELECT ${community.id}, j.value ->> 0, j.value ->> 1, ${voucherId}
        FROM json_each(${JSON.stringify(months.map(({ permitId, monthNo }) => [permitId, monthNo]))}) j`,
  );

/** What months paid before are earned in a calendar month, of what was not given back. */
export const sumEarnedIn = ({ db, community }: Here, period: Period): Query<{ entries: number; fen: Fen }[]> =>
  db.all(
    sql`SELECT count(*) AS entries, coalesce(sum(m.amount_fen), 0) AS fen FROM ledger_permit_month m INDEXED BY ledger_permit_month_by_period
        WHERE m.community_id = ${community.id} AND m.period = ${period} AND NOT ${GONE_BACK}`,
  );
/** What is paid for calendar months from one on, of what was not given back: held in advance, where it is booked. */
export const sumAhead = ({ db, community }: Here, from: Period): Query<{ entries: number; fen: Fen }[]> =>
  db.all(
    sql`SELECT count(*) AS entries, coalesce(sum(m.amount_fen), 0) AS fen FROM ledger_permit_month m INDEXED BY ledger_permit_month_by_period
        WHERE m.community_id = ${community.id} AND m.period >= ${from} AND NOT ${GONE_BACK}`,
  );
