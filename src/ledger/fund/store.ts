/** The SQL of the maintenance fund's accounts: reads, and statements for someone's batch. Decides nothing. */
import { ranOn } from "../../community/store.ts";
import type { Day, Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Period, VoucherState } from "../books/rules.ts";
import type { Mode, MovementKind } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

// ——— Who manages it ———

export interface ModeRow {
  readonly number: number;
  readonly mode: Mode;
  readonly onDay: Day;
  readonly words: string;
  readonly meeting: number;
  readonly item: number;
  readonly setAt: Instant;
  readonly leafHash: string;
}
/** The newest first; none while the authority manages it and always has. */
export const listModes = ({ db, community }: Here, limit: number): Query<ModeRow[]> =>
  db.all(
    sql`SELECT number, mode, on_day AS onDay, words, meeting, item, set_at AS setAt, leaf_hash AS leafHash FROM fund_mode
        WHERE community_id = ${community.id} ORDER BY number DESC LIMIT CAST(${limit} AS INTEGER)`,
  );
export const insertMode = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Omit<ModeRow, "setAt"> & { readonly meetingId: string; readonly by: string },
): Query =>
  db.run(
    sql`INSERT INTO fund_mode(community_id, number, mode, on_day, words, meeting_id, meeting, item, set_by, set_at, leaf_hash)
        VALUES (${community.id}, CAST(${row.number} AS INTEGER), ${row.mode}, ${row.onDay}, ${row.words}, ${row.meetingId}, CAST(${row.meeting} AS INTEGER),
          CAST(${row.item} AS INTEGER), ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  );

export interface TransferRow {
  readonly number: number;
  readonly meeting: number;
  readonly item: number;
  readonly noticedOn: Day;
  readonly noticedAt: Instant;
  readonly words: string;
  readonly leafHash: string;
}
/** Notices to the authority that the owners will hold the fund, the newest first. */
export const listTransfers = ({ db, community }: Here, limit: number): Query<TransferRow[]> =>
  db.all(
    sql`SELECT number, meeting, item, noticed_on AS noticedOn, noticed_at AS noticedAt, words, leaf_hash AS leafHash FROM fund_transfer
        WHERE community_id = ${community.id} ORDER BY number DESC LIMIT CAST(${limit} AS INTEGER)`,
  );
export const insertTransfer = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Omit<TransferRow, "noticedAt"> & { readonly meetingId: string; readonly by: string },
): Query =>
  db.run(
    sql`INSERT INTO fund_transfer(community_id, number, meeting_id, meeting, item, noticed_on, words, noticed_by, noticed_at, leaf_hash)
        VALUES (${community.id}, CAST(${row.number} AS INTEGER), ${row.meetingId}, CAST(${row.meeting} AS INTEGER), CAST(${row.item} AS INTEGER),
          ${row.noticedOn}, ${row.words}, ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  );

// ——— Movements ———

export interface MovementRow {
  readonly movementId: string;
  readonly number: number;
  readonly kind: MovementKind;
  readonly onDay: Day;
  readonly words: string;
  readonly amountFen: Fen;
  readonly areaDm2: number;
  readonly units: number;
  readonly sharesHash: string;
  readonly projectId: string | null;
  readonly overWhy: string | null;
  readonly voucherId: string;
  readonly movedAt: Instant;
  readonly leafHash: string;
  /** Of its voucher: the movement stands when that is posted. */
  readonly state: VoucherState;
  readonly voucherPeriod: Period;
  readonly voucherNumber: number | null;
  /** The posted voucher that took it back. */
  readonly reversedBy: string | null;
}
export const movements = ({ community }: Pick<Here, "community">, where: SQL): SQL =>
  sql`SELECT m.movement_id AS movementId, m.number, coalesce(m.named, m.kind) AS kind, m.on_day AS onDay, m.words, m.amount_fen AS amountFen, m.area_dm2 AS areaDm2, m.units,
        m.shares_hash AS sharesHash, m.project_id AS projectId, m.over_why AS overWhy, m.voucher_id AS voucherId, m.moved_at AS movedAt, m.leaf_hash AS leafHash,
        v.state, v.period AS voucherPeriod, v.number AS voucherNumber,
        (SELECT r.voucher_id FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted') AS reversedBy
      FROM fund_movement m JOIN ledger_voucher v ON v.community_id = m.community_id AND v.voucher_id = m.voucher_id
      WHERE m.community_id = ${community.id} AND ${where}`;
/** The newest first, a page. */
export const listMovementsOfFund = (
  here: Here,
  page: { readonly limit: number; readonly before: number },
): Query<MovementRow[]> =>
  here.db.all(
    sql`${movements(here, sql`m.number < CAST(${page.before} AS INTEGER)`)} ORDER BY m.number DESC LIMIT CAST(${page.limit} AS INTEGER)`,
  );
export const findMovementByNumber = (here: Here, number: number): Query<MovementRow[]> =>
  here.db.all(movements(here, sql`m.number = CAST(${number} AS INTEGER)`));

export type NewMovement = Omit<
  MovementRow,
  "number" | "state" | "voucherPeriod" | "voucherNumber" | "reversedBy" | "movedAt"
> & { readonly by: string };
/** Kinds that came later stand under one of the first ones. */
const UNDER: Partial<Record<MovementKind, MovementKind>> = { bond: "interest", scrap: "top_up", refund: "deposit" };
/** The number is taken in the write. */
export const insertMovement = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: NewMovement,
): Query =>
  db.run(
    sql`INSERT INTO fund_movement(community_id, movement_id, number, kind, named, on_day, words, amount_fen, area_dm2, units, shares_hash, project_id, over_why,
          voucher_id, moved_by, moved_at, leaf_hash)
        SELECT ${community.id}, ${row.movementId}, coalesce(max(number), 0) + 1, ${UNDER[row.kind] ?? row.kind},
          ${UNDER[row.kind] ? row.kind : null}, ${row.onDay}, ${row.words}, CAST(${row.amountFen} AS INTEGER),
          CAST(${row.areaDm2} AS INTEGER), CAST(${row.units} AS INTEGER), ${row.sharesHash}, ${row.projectId}, ${row.overWhy}, ${row.voucherId}, ${row.by},
          CAST(${now} AS INTEGER), ${row.leafHash}
        FROM fund_movement WHERE community_id = ${community.id}`,
  );

export interface ShareRow {
  readonly unitId: string;
  readonly areaDm2: number;
  readonly fen: Fen;
  readonly firstFen: Fen;
}
/** Shares in one statement, however many. */
export const insertFundShares = ({ db, community }: Here, movementId: string, shares: readonly ShareRow[]): Query =>
  db.run(
    sql`INSERT INTO fund_share(community_id, movement_id, unit_id, area_dm2, fen, first_fen)
        SELECT ${community.id}, ${movementId}, j.value ->> 'unitId', j.value ->> 'areaDm2', j.value ->> 'fen', j.value ->> 'firstFen'
        FROM json_each(${JSON.stringify(shares)}) j`,
  );

export interface PlacedShare extends ShareRow {
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
}
/** The shares of a movement by place, a page. */
export const listFundShares = (
  { db, community }: Here,
  movementId: string,
  page: { readonly limit: number; readonly offset: number },
): Query<PlacedShare[]> =>
  db.all(
    sql`SELECT s.unit_id AS unitId, s.area_dm2 AS areaDm2, s.fen, s.first_fen AS firstFen, u.building, u.entrance, u.room
        FROM fund_share s JOIN unit u ON u.community_id = s.community_id AND u.unit_id = s.unit_id
        WHERE s.community_id = ${community.id} AND s.movement_id = ${movementId} ORDER BY u.sort_key, s.unit_id
        LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

// ——— Where units stand ———

export interface UnitRow {
  readonly unitId: string;
  readonly building: string;
  readonly entrance: string;
  readonly room: string;
  readonly entries: number;
  readonly firstFen: Fen;
  readonly balanceFen: Fen;
}
const UNIT = sql`f.unit_id AS unitId, u.building, u.entrance, u.room, f.entries, f.first_fen AS firstFen, f.balance_fen AS balanceFen
  FROM fund_unit f JOIN unit u ON u.community_id = f.community_id AND u.unit_id = f.unit_id`;

/** Balances of every unit that has an account: one row a unit, whatever its past. */
export const listUnitBalances = ({ db, community }: Here): Query<{ unitId: string; balanceFen: Fen }[]> =>
  db.all(sql`SELECT unit_id AS unitId, balance_fen AS balanceFen FROM fund_unit WHERE community_id = ${community.id}`);
/** The units of a building by place; only those below thirty per cent when asked. */
export const listFundUnits = (
  { db, community }: Here,
  building: string,
  page: { readonly limit: number; readonly offset: number; readonly lowOnly: boolean },
): Query<UnitRow[]> =>
  db.all(
    sql`SELECT ${UNIT} WHERE f.community_id = ${community.id} AND f.building = ${building}
          ${page.lowOnly ? sql`AND f.balance_fen * 100 < f.first_fen * 30` : sql``}
        ORDER BY u.sort_key, f.unit_id LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
/** One unit's account with its place. */
export const findFundUnit = ({ db, community }: Here, unitId: string): Query<UnitRow[]> =>
  db.all(sql`SELECT ${UNIT} WHERE f.community_id = ${community.id} AND f.unit_id = ${unitId}`);
/** Accounts of the units a party owns on a day. The roll says who that is, the fund does not (F5). */
export const listOwnUnits = ({ db, community }: Here, partyId: string, day: Day): Query<UnitRow[]> =>
  db.all(
    sql`SELECT ${UNIT} WHERE f.community_id = ${community.id} AND f.unit_id IN (
          SELECT unit_id FROM holding WHERE community_id = ${community.id} AND party_id = ${partyId} AND role = 'owner' AND ${ranOn(day)})
        ORDER BY u.sort_key`,
  );

export interface BuildingRow {
  readonly building: string;
  readonly units: number;
  readonly lowUnits: number;
  readonly firstFen: Fen;
  readonly balanceFen: Fen;
}
export const listFundBuildings = ({ db, community }: Here): Query<BuildingRow[]> =>
  db.all(
    sql`SELECT building, units, low_units AS lowUnits, first_fen AS firstFen, balance_fen AS balanceFen FROM fund_building
        WHERE community_id = ${community.id} ORDER BY length(building), building`,
  );

export interface EntryRow {
  readonly unitId: string;
  readonly entryNo: number;
  readonly onDay: Day;
  readonly fen: Fen;
  readonly balanceFen: Fen;
  readonly kind: MovementKind;
  readonly words: string;
  readonly movementNumber: number;
  readonly isReversal: 0 | 1;
}
/** What moved a unit's account, the newest first. */
export const listEntries = (
  { db, community }: Here,
  unitId: string,
  page: { readonly limit: number; readonly before: number },
): Query<EntryRow[]> =>
  db.all(
    sql`SELECT e.unit_id AS unitId, e.entry_no AS entryNo, e.on_day AS onDay, e.fen, e.balance_fen AS balanceFen, coalesce(m.named, m.kind) AS kind, m.words, m.number AS movementNumber,
          e.voucher_id <> m.voucher_id AS isReversal
        FROM fund_entry e JOIN fund_movement m ON m.community_id = e.community_id AND m.movement_id = e.movement_id
        WHERE e.community_id = ${community.id} AND e.unit_id = ${unitId} AND e.entry_no < CAST(${page.before} AS INTEGER)
        ORDER BY e.entry_no DESC LIMIT CAST(${page.limit} AS INTEGER)`,
  );
