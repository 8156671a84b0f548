/** The SQL of parking: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { VoucherState } from "../books/rules.ts";
import { insertMonths } from "./earning/store.ts";
import type { PermitMonth, Taking, TariffUse } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;
type HereNow = Pick<Scene, "db" | "community" | "now">;

export interface TariffRow {
  readonly tariffId: string;
  readonly use: TariffUse;
  readonly fromOn: Day;
  readonly amountFen: Fen;
  readonly words: string;
  /** What it rests on, in words. */
  readonly basis: string;
  /** JSON of the same (leases/basis.ts); null for tariffs of before it was asked. */
  readonly ground: string | null;
  readonly writtenAt: Instant;
  readonly leafHash: string;
}
/** All tariffs, the newest first. */
export const listTariffs = ({ db, community }: Here): Query<TariffRow[]> =>
  db.all(
    sql`SELECT tariff_id AS tariffId, use, from_on AS fromOn, amount_fen AS amountFen, words, basis, ground, written_at AS writtenAt, leaf_hash AS leafHash
        FROM ledger_tariff WHERE community_id = ${community.id} ORDER BY from_on DESC, use LIMIT 200`,
  );
export const insertTariff = (
  { db, community, now }: HereNow,
  row: Omit<TariffRow, "writtenAt"> & { readonly by: string },
): Query =>
  db.run(
    sql`INSERT INTO ledger_tariff(community_id, tariff_id, use, from_on, amount_fen, words, basis, ground, written_by, written_at, leaf_hash)
        VALUES (${community.id}, ${row.tariffId}, ${row.use}, ${row.fromOn}, CAST(${row.amountFen} AS INTEGER), ${row.words}, ${row.basis},
          ${row.ground}, ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  );

export interface PermitRow {
  readonly permitId: string;
  readonly number: number;
  readonly assetCode: string | null;
  readonly plateShown: string;
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly months: number;
  readonly monthlyFen: Fen;
  readonly amountFen: Fen;
  readonly paidOn: Day;
  readonly issuedAt: Instant;
  /** Its last day where it was ended before its time; null otherwise. */
  readonly lastOn: Day | null;
  readonly refundFen: Fen | null;
  /** Of the refund: what was still received in advance. */
  readonly prepaidFen: Fen | null;
  readonly why: string | null;
  readonly endedOn: Day | null;
}
const PERMIT = sql`p.permit_id AS permitId, p.number, a.code AS assetCode, p.plate_shown AS plateShown, p.from_on AS fromOn, p.to_on AS toOn,
  p.months, p.monthly_fen AS monthlyFen, p.amount_fen AS amountFen, p.paid_on AS paidOn, p.issued_at AS issuedAt, e.last_on AS lastOn,
  e.refund_fen AS refundFen, e.prepaid_fen AS prepaidFen, e.why, e.on_day AS endedOn
  FROM ledger_permit p LEFT JOIN ledger_asset a ON a.community_id = p.community_id AND a.asset_id = p.asset_id
  LEFT JOIN ledger_permit_end e ON e.community_id = p.community_id AND e.permit_id = p.permit_id`;
/** Permits, the newest first. */
export const listPermits = (
  { db, community }: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<PermitRow[]> =>
  db.all(
    sql`SELECT ${PERMIT} WHERE p.community_id = ${community.id} ORDER BY p.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
/** The permits of a plate, found by its keyed hash, the newest first. */
export const listPermitsOfPlate = ({ db, community }: Here, plateKey: string): Query<PermitRow[]> =>
  db.all(
    sql`SELECT ${PERMIT} WHERE p.community_id = ${community.id} AND p.plate_key = ${plateKey} ORDER BY p.to_on DESC LIMIT 50`,
  );
export const findPermit = ({ db, community }: Here, number: number): Query<PermitRow[]> =>
  db.all(sql`SELECT ${PERMIT} WHERE p.community_id = ${community.id} AND p.number = CAST(${number} AS INTEGER)`);

export interface RefundRow {
  readonly voucherId: string;
  readonly state: VoucherState;
  readonly reversed: 0 | 1;
}
/** Vouchers by which a permit's unbegun months went back, the newest last. */
export const listRefunds = ({ db, community }: Here, number: number): Query<RefundRow[]> =>
  db.all(
    sql`SELECT f.voucher_id AS voucherId, v.state,
          EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted') AS reversed
        FROM ledger_permit p JOIN ledger_permit_refund f ON f.community_id = p.community_id AND f.permit_id = p.permit_id
        JOIN ledger_voucher v ON v.community_id = f.community_id AND v.voucher_id = f.voucher_id
        WHERE p.community_id = ${community.id} AND p.number = CAST(${number} AS INTEGER) ORDER BY v.drafted_at`,
  );
export const insertPermitEnd = (
  { db, community, now }: HereNow,
  row: {
    readonly permitId: string;
    readonly lastOn: Day;
    readonly onDay: Day;
    readonly refundFen: Fen;
    readonly prepaidFen: Fen;
    readonly why: string;
    readonly by: string;
    readonly leafHash: string;
  },
): Query =>
  db.run(
    sql`INSERT INTO ledger_permit_end(community_id, permit_id, last_on, on_day, refund_fen, prepaid_fen, why, ended_by, ended_at, leaf_hash)
        VALUES (${community.id}, ${row.permitId}, ${row.lastOn}, ${row.onDay}, CAST(${row.refundFen} AS INTEGER),
          CAST(${row.prepaidFen} AS INTEGER), ${row.why}, ${row.by},
          CAST(${now} AS INTEGER), ${row.leafHash})`,
  );
export const insertRefund = ({ db, community }: Here, permitId: string, voucherId: string): Query =>
  db.run(
    sql`INSERT INTO ledger_permit_refund(community_id, permit_id, voucher_id) VALUES (${community.id}, ${permitId}, ${voucherId})`,
  );
/** What went back of permits in a span of days and had been earned: income taken back. */
export const sumRefunded = (
  { db, community }: Here,
  fromOn: Day,
  toOn: Day,
): Query<{ entries: number; refundFen: Fen }[]> =>
  db.all(
    sql`SELECT count(*) AS entries, coalesce(sum(refund_fen - prepaid_fen), 0) AS refundFen FROM ledger_permit_end INDEXED BY ledger_permit_end_by_day
        WHERE community_id = ${community.id} AND on_day >= ${fromOn} AND on_day <= ${toOn} AND refund_fen > prepaid_fen`,
  );
export const countPermits = ({ db, community }: Here): Query<{ total: number }[]> =>
  db.all(
    sql`SELECT coalesce(max(number), 0) AS total FROM ledger_permit INDEXED BY ledger_permit_by_number WHERE community_id = ${community.id}`,
  );
/** How many permits run on a day. */
export const countRunningPermits = ({ db, community }: Here, day: Day): Query<{ running: number }[]> =>
  db.all(
    sql`SELECT count(*) AS running FROM ledger_permit p INDEXED BY ledger_permit_by_day
        WHERE p.community_id = ${community.id} AND p.to_on >= ${day} AND p.from_on <= ${day}
          AND NOT EXISTS (SELECT 1 FROM ledger_permit_end e WHERE e.community_id = p.community_id AND e.permit_id = p.permit_id AND e.last_on < ${day})`,
  );

export interface NewPermit {
  readonly permitId: string;
  readonly assetId: string | null;
  readonly plateKey: string;
  readonly plateSealed: string;
  readonly plateShown: string;
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly months: number;
  readonly monthlyFen: Fen;
  readonly amountFen: Fen;
  readonly paidOn: Day;
  readonly by: string;
  readonly leafHash: string;
  /** Its months that are paid for before theirs comes. */
  readonly ahead: readonly PermitMonth[];
}
/** The permit under the next number, what it took, and its months ahead. */
export const insertPermit = ({ db, community, now }: HereNow, row: NewPermit): readonly Query[] => [
  db.run(
    sql`INSERT INTO ledger_permit(community_id, permit_id, number, asset_id, plate_key, plate_sealed, plate_shown, from_on, to_on, months,
          monthly_fen, amount_fen, paid_on, issued_by, issued_at, leaf_hash)
        SELECT ${community.id}, ${row.permitId}, coalesce((SELECT max(number) FROM ledger_permit WHERE community_id = ${community.id}), 0) + 1,
          ${row.assetId}, ${row.plateKey}, ${row.plateSealed}, ${row.plateShown}, ${row.fromOn}, ${row.toOn}, CAST(${row.months} AS INTEGER),
          CAST(${row.monthlyFen} AS INTEGER), CAST(${row.amountFen} AS INTEGER), ${row.paidOn}, ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash}`,
  ),
  db.run(
    sql`INSERT INTO ledger_taking(community_id, taking_id, on_day, source, entries, amount_fen)
        VALUES (${community.id}, ${row.permitId}, ${row.paidOn}, 'permit', 1, CAST(${row.amountFen} AS INTEGER))`,
  ),
  insertMonths({ db, community }, row.permitId, row.ahead),
];

// ——— The gate ———

export interface ImportRow {
  readonly importId: string;
  readonly name: string;
  readonly rows: number;
  readonly added: number;
  readonly amountFen: Fen;
  readonly importedAt: Instant;
  readonly leafHash: string;
}
const IMPORT = sql`import_id AS importId, name, rows, added, amount_fen AS amountFen, imported_at AS importedAt, leaf_hash AS leafHash`;
export const findImport = ({ db, community }: Here, fileHash: string): Query<ImportRow[]> =>
  db.all(
    sql`SELECT ${IMPORT} FROM ledger_gate_import WHERE community_id = ${community.id} AND file_hash = ${fileHash}`,
  );
export const listImports = ({ db, community }: Here, limit: number): Query<ImportRow[]> =>
  db.all(
    sql`SELECT ${IMPORT} FROM ledger_gate_import WHERE community_id = ${community.id} ORDER BY imported_at DESC LIMIT CAST(${limit} AS INTEGER)`,
  );
/** Which of the payments are there already. */
export const listKnownEntries = ({ db, community }: Here, keys: readonly string[]): Query<{ key: string }[]> =>
  db.all(
    sql`SELECT e.entry_key AS key FROM json_each(${JSON.stringify(keys)}) j
        JOIN ledger_gate_entry e ON e.community_id = ${community.id} AND e.entry_key = j.value`,
  );

/** The payments of a file in one statement, what they took day by day, and the file. Aborts with `entry_exists` when one came meanwhile. */
export const insertImport = (
  { db, community, now }: HereNow,
  row: Omit<ImportRow, "importedAt"> & { readonly fileHash: string; readonly by: string },
  payments: readonly { readonly key: string; readonly onDay: Day; readonly amountFen: Fen }[],
): readonly Query[] => [
  db.run(
    sql`INSERT INTO ledger_gate_import(community_id, import_id, file_hash, name, rows, added, amount_fen, imported_by, imported_at, leaf_hash)
        VALUES (${community.id}, ${row.importId}, ${row.fileHash}, ${row.name}, CAST(${row.rows} AS INTEGER), CAST(${row.added} AS INTEGER),
          CAST(${row.amountFen} AS INTEGER), ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  ),
  db.run(
    sql`INSERT INTO ledger_gate_entry(community_id, entry_key, import_id, on_day, amount_fen)
        SELECT ${community.id}, j.value ->> 0, ${row.importId}, j.value ->> 1, j.value ->> 2
        FROM json_each(${JSON.stringify(payments.map(({ key, onDay, amountFen }) => [key, onDay, amountFen]))}) j`,
  ),
  assertThat(db, "entry_exists", sql`changes() = CAST(${row.added} AS INTEGER)`),
  db.run(
    sql`INSERT INTO ledger_taking(community_id, taking_id, on_day, source, entries, amount_fen)
        SELECT ${community.id}, ${row.importId}, j.value ->> 0, 'gate', j.value ->> 1, j.value ->> 2
        FROM json_each(${JSON.stringify(byDay(payments))}) j`,
  ),
];
const byDay = (payments: readonly { readonly onDay: Day; readonly amountFen: Fen }[]): [Day, number, Fen][] => {
  const days = new Map<Day, [Day, number, Fen]>();
  for (const { onDay, amountFen } of payments) {
    const [, count, fen] = days.get(onDay) ?? [onDay, 0, 0];
    days.set(onDay, [onDay, count + 1, fen + amountFen]);
  }
  return [...days.values()];
};

// ——— Takings and their vouchers ———

/** A voucher that stands: it waits, or is posted and not taken back. */
const BOOKED = sql`EXISTS (SELECT 1 FROM ledger_taking_voucher b JOIN ledger_voucher v ON v.community_id = b.community_id AND v.voucher_id = b.voucher_id
  WHERE b.community_id = t.community_id AND b.taking_id = t.taking_id AND b.on_day = t.on_day AND (v.state IN ('waiting', 'reviewed')
    OR (v.state = 'posted' AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted'))))`;

/** Takings of a span of days that no standing voucher books. */
export const listUnbooked = ({ db, community }: Here, fromOn: Day, toOn: Day): Query<Taking[]> =>
  db.all(
    sql`SELECT t.taking_id AS takingId, t.on_day AS onDay, t.source, t.entries, t.amount_fen AS amountFen FROM ledger_taking t
        WHERE t.community_id = ${community.id} AND t.on_day >= ${fromOn} AND t.on_day <= ${toOn} AND NOT ${BOOKED}
        ORDER BY t.on_day, t.taking_id LIMIT 5000`,
  );
export interface MonthTaken {
  readonly period: string;
  readonly source: Taking["source"];
  readonly entries: number;
  readonly amountFen: Fen;
  readonly unbookedFen: Fen;
  readonly unbooked: number;
}
/** What parking took month by month, and what of it is not booked. */
export const listTakenByMonth = ({ db, community }: Here, fromOn: Day, toOn: Day): Query<MonthTaken[]> =>
  db.all(
    sql`SELECT substr(t.on_day, 1, 7) AS period, t.source, sum(t.entries) AS entries, sum(t.amount_fen) AS amountFen,
          sum(iif(${BOOKED}, 0, t.amount_fen)) AS unbookedFen, sum(iif(${BOOKED}, 0, t.entries)) AS unbooked
        FROM ledger_taking t WHERE t.community_id = ${community.id} AND t.on_day >= ${fromOn} AND t.on_day <= ${toOn}
        GROUP BY period, t.source ORDER BY period DESC, t.source`,
  );
export const insertTakingVouchers = ({ db, community }: Here, takings: readonly Taking[], voucherId: string): Query =>
  db.run(
    sql`INSERT INTO ledger_taking_voucher(community_id, taking_id, on_day, voucher_id)
        SELECT ${community.id}, j.value ->> 0, j.value ->> 1, ${voucherId}
        FROM json_each(${JSON.stringify(takings.map(({ takingId, onDay }) => [takingId, onDay]))}) j`,
  );
