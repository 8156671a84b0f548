/** The SQL of distributions: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Book, Period, VoucherState } from "../books/rules.ts";

type Here = Pick<Scene, "db" | "community">;

export interface DistributionRow {
  readonly distributionId: string;
  readonly number: number;
  readonly throughPeriod: Period;
  /** JSON of the plan. */
  readonly plan: string;
  readonly netFen: Fen;
  readonly toFundFen: Fen;
  readonly usesFen: Fen;
  readonly toOwnersFen: Fen;
  readonly asOf: Day;
  readonly areaDm2: number;
  readonly units: number;
  readonly sharesHash: string;
  readonly voucherId: string;
  readonly plannedBy: string;
  readonly plannedAt: Instant;
  readonly leafHash: string;
  /** Of its voucher: a distribution stands when that is posted. */
  readonly state: VoucherState;
  readonly voucherPeriod: Period;
  readonly voucherNumber: number | null;
  readonly paidUnits: number;
  readonly paidFen: Fen;
}

const distributions = ({ community }: Here, where: SQL): SQL =>
  sql`SELECT d.distribution_id AS distributionId, d.number, d.through_period AS throughPeriod, d.plan, d.net_fen AS netFen, d.to_fund_fen AS toFundFen,
        d.uses_fen AS usesFen, d.to_owners_fen AS toOwnersFen, d.as_of AS asOf, d.area_dm2 AS areaDm2, d.units, d.shares_hash AS sharesHash,
        d.voucher_id AS voucherId, d.planned_by AS plannedBy, d.planned_at AS plannedAt, d.leaf_hash AS leafHash, v.state, v.period AS voucherPeriod,
        v.number AS voucherNumber,
        (SELECT count(*) FROM distribution_payment p WHERE p.community_id = d.community_id AND p.distribution_id = d.distribution_id) AS paidUnits,
        (SELECT coalesce(sum(s.fen), 0) FROM distribution_payment p JOIN distribution_share s ON s.community_id = p.community_id AND s.distribution_id = p.distribution_id
          AND s.unit_id = p.unit_id WHERE p.community_id = d.community_id AND p.distribution_id = d.distribution_id) AS paidFen
      FROM distribution d JOIN ledger_voucher v ON v.community_id = d.community_id AND v.voucher_id = d.voucher_id
      WHERE d.community_id = ${community.id} AND ${where}`;

export type DistributionKey = string | SQL;
export const byDistributionNumber = ({ community }: Pick<Here, "community">, number: number): SQL =>
  sql`(SELECT distribution_id FROM distribution WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))`;

export const findDistribution = (here: Here, key: DistributionKey): Query<DistributionRow[]> =>
  here.db.all(distributions(here, sql`d.distribution_id = ${key}`));
/** The newest first. A community has one or two a year. */
export const listDistributions = (here: Here, limit: number): Query<DistributionRow[]> =>
  here.db.all(sql`${distributions(here, sql`true`)} ORDER BY d.number DESC LIMIT CAST(${limit} AS INTEGER)`);

export type NewDistribution = Omit<
  DistributionRow,
  "number" | "state" | "voucherPeriod" | "voucherNumber" | "paidUnits" | "paidFen"
>;
/** The number is taken in the write. The database refuses one while another waits (`distribution_waiting`). */
export const insertDistribution = ({ db, community }: Here, row: NewDistribution): Query =>
  db.run(
    sql`INSERT INTO distribution(community_id, distribution_id, number, through_period, plan, net_fen, to_fund_fen, uses_fen, to_owners_fen, as_of, area_dm2, units,
          shares_hash, voucher_id, planned_by, planned_at, leaf_hash)
        SELECT ${community.id}, ${row.distributionId}, coalesce(max(number), 0) + 1, ${row.throughPeriod}, ${row.plan}, CAST(${row.netFen} AS INTEGER),
          CAST(${row.toFundFen} AS INTEGER), CAST(${row.usesFen} AS INTEGER), CAST(${row.toOwnersFen} AS INTEGER), ${row.asOf}, CAST(${row.areaDm2} AS INTEGER),
          CAST(${row.units} AS INTEGER), ${row.sharesHash}, ${row.voucherId}, ${row.plannedBy}, CAST(${row.plannedAt} AS INTEGER), ${row.leafHash}
        FROM distribution WHERE community_id = ${community.id}`,
  );

export interface ShareRow {
  readonly unitId: string;
  readonly headKey: string;
  readonly areaDm2: number;
  readonly fen: Fen;
  readonly roundedUp: 0 | 1;
}
/** Shares in one statement, however many. */
export const insertShares = ({ db, community }: Here, distributionId: string, shares: readonly ShareRow[]): Query =>
  db.run(
    sql`INSERT INTO distribution_share(community_id, distribution_id, unit_id, head_key, area_dm2, fen, rounded_up)
        SELECT ${community.id}, ${distributionId}, j.value ->> 'unitId', j.value ->> 'headKey', j.value ->> 'areaDm2', j.value ->> 'fen', j.value ->> 'roundedUp'
        FROM json_each(${JSON.stringify(shares)}) j`,
  );

export interface PlacedShare extends ShareRow {
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
  readonly paidAt: Instant | null;
}
const shares = ({ community }: Here, where: SQL): SQL =>
  sql`SELECT s.unit_id AS unitId, s.head_key AS headKey, s.area_dm2 AS areaDm2, s.fen, s.rounded_up AS roundedUp, u.building, u.entrance, u.room,
        p.recorded_at AS paidAt
      FROM distribution_share s JOIN unit u ON u.community_id = s.community_id AND u.unit_id = s.unit_id
      LEFT JOIN distribution_payment p ON p.community_id = s.community_id AND p.distribution_id = s.distribution_id AND p.unit_id = s.unit_id
      WHERE s.community_id = ${community.id} AND ${where}`;
/** Shares of a distribution by place, from a unit on; for the payment list and for officers. */
export const listShares = (
  here: Here,
  distributionId: string,
  page: { readonly limit: number; readonly offset: number },
): Query<PlacedShare[]> =>
  here.db.all(
    sql`${shares(here, sql`s.distribution_id = ${distributionId}`)} ORDER BY u.sort_key, s.unit_id
        LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
export interface OwnShare extends PlacedShare {
  readonly distributionId: string;
  readonly number: number;
  readonly toOwnersFen: Fen;
  readonly totalDm2: number;
}
/** The shares of some heads in distributions that stand, the newest first: what an owner sees as theirs. */
export const listSharesOfHeads = (
  { db, community }: Here,
  headKeys: readonly string[],
  limit: number,
): Query<OwnShare[]> =>
  db.all(
    sql`SELECT s.unit_id AS unitId, s.head_key AS headKey, s.area_dm2 AS areaDm2, s.fen, s.rounded_up AS roundedUp, u.building, u.entrance, u.room,
          p.recorded_at AS paidAt, d.distribution_id AS distributionId, d.number, d.to_owners_fen AS toOwnersFen, d.area_dm2 AS totalDm2
        FROM distribution_share s
        JOIN distribution d ON d.community_id = s.community_id AND d.distribution_id = s.distribution_id
        JOIN ledger_voucher v ON v.community_id = d.community_id AND v.voucher_id = d.voucher_id AND v.state = 'posted'
        JOIN unit u ON u.community_id = s.community_id AND u.unit_id = s.unit_id
        LEFT JOIN distribution_payment p ON p.community_id = s.community_id AND p.distribution_id = s.distribution_id AND p.unit_id = s.unit_id
        WHERE s.community_id = ${community.id} AND s.head_key IN (SELECT value FROM json_each(${JSON.stringify(headKeys)}))
        ORDER BY d.number DESC, u.sort_key LIMIT CAST(${limit} AS INTEGER)`,
  );

export const insertPayments = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  distributionId: string,
  unitIds: readonly string[],
  row: { readonly voucherId: string; readonly by: string; readonly leafHash: string },
): Query =>
  db.run(
    sql`INSERT INTO distribution_payment(community_id, distribution_id, unit_id, voucher_id, recorded_by, recorded_at, leaf_hash)
        SELECT ${community.id}, ${distributionId}, j.value, ${row.voucherId}, ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash}
        FROM json_each(${JSON.stringify(unitIds)}) j`,
  );

// ——— The fund's side ———

/** `top_up` credits the units; `paid_out` and `paid_in` are the money that moves, in the one book and in the other. */
export const FUND_ROLES = ["top_up", "paid_out", "paid_in"] as const;
export type FundRole = (typeof FUND_ROLES)[number];
export interface FundVoucher {
  readonly role: FundRole;
  readonly voucherId: string;
  readonly book: Book;
  readonly period: Period;
  readonly number: number | null;
  readonly onDay: Day;
  readonly state: VoucherState;
  /** Taken back since. */
  readonly reversed: 0 | 1;
}
export const insertFundVoucher = (
  { db, community }: Here,
  distributionId: string,
  role: FundRole,
  voucherId: string,
): Query =>
  db.run(
    sql`INSERT INTO distribution_fund_voucher(community_id, distribution_id, role, voucher_id)
        VALUES (${community.id}, ${distributionId}, ${role}, ${voucherId})`,
  );
/** The fund's vouchers of a distribution, given up ones too, in the order in which they were drafted. */
export const listFundVouchers = ({ db, community }: Here, key: DistributionKey): Query<FundVoucher[]> =>
  db.all(
    sql`SELECT f.role, f.voucher_id AS voucherId, v.book, v.period, v.number, v.on_day AS onDay, v.state,
          EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted') AS reversed
        FROM distribution_fund_voucher f JOIN ledger_voucher v ON v.community_id = f.community_id AND v.voucher_id = f.voucher_id
        WHERE f.community_id = ${community.id} AND f.distribution_id = ${key} ORDER BY v.drafted_at, v.state IN ('waiting', 'reviewed'), f.voucher_id`,
  );
