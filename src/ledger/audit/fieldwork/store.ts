/** The SQL of the working sheet, findings, responses and conclusions: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { Book, Period } from "../../books/rules.ts";
import { auditConclusion, auditResponse } from "../schema.ts";
import type { AuditKey } from "../store.ts";
import type { Outcome, Point, Severity, TickResult } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

// ——— The working sheet ———

export interface ItemRow {
  readonly itemNo: number;
  readonly sampleNo: number;
  readonly voucherId: string;
  readonly book: Book;
  readonly period: Period;
  readonly number: number;
  readonly onDay: Day;
  readonly text: string;
  readonly amountFen: Fen;
}
const ITEM = sql`i.item_no AS itemNo, i.sample_no AS sampleNo, i.voucher_id AS voucherId, v.book, v.period, v.number, v.on_day AS onDay, v.text, v.amount_fen AS amountFen`;

/** Vouchers of the working sheet from a number on; keyed by it, so that a page costs the same at any depth. */
export const listItems = (
  { db, community }: Here,
  key: AuditKey,
  page: { readonly after: number; readonly limit: number },
): Query<ItemRow[]> =>
  db.all(
    sql`SELECT ${ITEM} FROM audit_item i JOIN ledger_voucher v ON v.community_id = i.community_id AND v.voucher_id = i.voucher_id
        WHERE i.community_id = ${community.id} AND i.engagement_id = ${key} AND i.item_no > CAST(${page.after} AS INTEGER)
        ORDER BY i.item_no LIMIT CAST(${page.limit} AS INTEGER)`,
  );

export interface TickRow {
  readonly itemNo: number;
  readonly point: Point;
  readonly turn: number;
  readonly result: TickResult;
  readonly noteSealed: string;
  readonly tickedAt: Instant;
  readonly leafHash: string;
}
const TICK = sql`t.item_no AS itemNo, t.point, t.turn, t.result, t.note_sealed AS noteSealed, t.ticked_at AS tickedAt, t.leaf_hash AS leafHash`;

/** Every tick of one voucher, also those a later one took the place of. */
export const listTicksOf = ({ db, community }: Here, key: AuditKey, itemNo: number): Query<TickRow[]> =>
  db.all(
    sql`SELECT ${TICK} FROM audit_tick t WHERE t.community_id = ${community.id} AND t.engagement_id = ${key} AND t.item_no = CAST(${itemNo} AS INTEGER)
        ORDER BY t.point, t.turn`,
  );
/** What holds of the vouchers between two numbers of the sheet. */
export const listTicksAmong = (
  { db, community }: Here,
  key: AuditKey,
  { after, limit }: { readonly after: number; readonly limit: number },
): Query<TickRow[]> =>
  db.all(
    sql`SELECT ${TICK} FROM audit_tick t WHERE t.community_id = ${community.id} AND t.engagement_id = ${key}
          AND t.item_no > CAST(${after} AS INTEGER) AND t.item_no <= CAST(${after + limit} AS INTEGER)
          AND NOT EXISTS (SELECT 1 FROM audit_tick n WHERE n.community_id = t.community_id AND n.engagement_id = t.engagement_id
            AND n.item_no = t.item_no AND n.point = t.point AND n.turn = t.turn + 1)
        ORDER BY t.item_no`,
  );

export interface NewTick {
  readonly point: Point;
  readonly turn: number;
  readonly result: TickResult;
  readonly noteSealed: string;
}
export const insertTicks = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  at: { readonly engagementId: string; readonly itemNo: number },
  ticks: readonly NewTick[],
  by: string,
  leafHash: string,
): Query =>
  db.run(
    sql`INSERT INTO audit_tick(community_id, engagement_id, item_no, point, turn, result, note_sealed, ticked_by, ticked_at, leaf_hash)
        SELECT ${community.id}, ${at.engagementId}, CAST(${at.itemNo} AS INTEGER), j.value ->> 'point', j.value ->> 'turn', j.value ->> 'result',
          j.value ->> 'noteSealed', ${by}, CAST(${now} AS INTEGER), ${leafHash}
        FROM json_each(${JSON.stringify(ticks)}) j`,
  );

/** How far the working sheet is: vouchers, points looked at, and points that hold as exceptions. */
export const countProgress = (
  { db, community }: Here,
  key: AuditKey,
): Query<{ items: number; ticked: number; exceptions: number }[]> =>
  db.all(
    sql`SELECT (SELECT count(*) FROM audit_item WHERE community_id = ${community.id} AND engagement_id = ${key}) AS items,
          (SELECT count(*) FROM audit_tick WHERE community_id = ${community.id} AND engagement_id = ${key} AND turn = 1) AS ticked,
          (SELECT count(*) FROM audit_tick t WHERE t.community_id = ${community.id} AND t.engagement_id = ${key} AND t.result = 'exception'
            AND NOT EXISTS (SELECT 1 FROM audit_tick n WHERE n.community_id = t.community_id AND n.engagement_id = t.engagement_id
              AND n.item_no = t.item_no AND n.point = t.point AND n.turn = t.turn + 1)) AS exceptions`,
  );

// ——— Findings ———

export interface FindingRow {
  readonly findingNo: number;
  readonly severity: Severity;
  readonly text: string;
  /** Numbers of the working sheet. */
  readonly items: readonly number[];
  /** The vouchers they are: `common/2026-03/12`. */
  readonly vouchers: readonly string[];
  readonly amountFen: Fen;
  readonly recommendation: string;
  readonly foundAt: Instant;
  readonly leafHash: string;
  /** The finding that took its place; null while it stands. */
  readonly struckBy: number | null;
  readonly response: string | null;
  readonly respondedAt: Instant | null;
  readonly responseLeaf: string | null;
  readonly outcome: Outcome | null;
  readonly conclusion: string | null;
  readonly concludedAt: Instant | null;
  readonly conclusionLeaf: string | null;
}
type StoredFinding = Omit<FindingRow, "items" | "vouchers"> & { readonly items: string; readonly vouchers: string };
export const findingFrom = (row: StoredFinding): FindingRow => ({
  ...row,
  items: JSON.parse(row.items) as number[],
  vouchers: JSON.parse(row.vouchers) as string[],
});
/** Of the findings, those no later one took the place of. */
export const standing = <F extends Pick<FindingRow, "struckBy">>(findings: readonly F[]): F[] =>
  findings.filter(({ struckBy }) => struckBy === null);

export const listFindings = ({ db, community }: Here, key: AuditKey): Query<StoredFinding[]> =>
  db.all(
    sql`SELECT f.finding_no AS findingNo, f.severity, f.text, f.items, f.amount_fen AS amountFen, f.recommendation, f.found_at AS foundAt, f.leaf_hash AS leafHash,
          (SELECT s.finding_no FROM audit_finding s WHERE s.community_id = f.community_id AND s.engagement_id = f.engagement_id AND s.strikes = f.finding_no) AS struckBy,
          (SELECT json_group_array(v.book || '/' || v.period || '/' || v.number) FROM json_each(f.items) j
            JOIN audit_item i ON i.community_id = f.community_id AND i.engagement_id = f.engagement_id AND i.item_no = j.value
            JOIN ledger_voucher v ON v.community_id = i.community_id AND v.voucher_id = i.voucher_id) AS vouchers,
          r.text AS response, r.responded_at AS respondedAt, r.leaf_hash AS responseLeaf,
          c.outcome, c.text AS conclusion, c.concluded_at AS concludedAt, c.leaf_hash AS conclusionLeaf
        FROM audit_finding f
        LEFT JOIN audit_response r ON r.community_id = f.community_id AND r.engagement_id = f.engagement_id AND r.finding_no = f.finding_no
        LEFT JOIN audit_conclusion c ON c.community_id = f.community_id AND c.engagement_id = f.engagement_id AND c.finding_no = f.finding_no
        WHERE f.community_id = ${community.id} AND f.engagement_id = ${key} ORDER BY f.finding_no`,
  );

/** The number is taken in the write. */
export const insertFinding = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: {
    readonly engagementId: string;
    readonly severity: Severity;
    readonly text: string;
    readonly items: readonly number[];
    readonly amountFen: Fen;
    readonly recommendation: string;
    readonly strikes: number | null;
    readonly by: string;
    readonly leafHash: string;
  },
): Query =>
  db.run(
    sql`INSERT INTO audit_finding(community_id, engagement_id, finding_no, severity, text, items, amount_fen, recommendation, strikes, found_by, found_at, leaf_hash)
        SELECT ${community.id}, ${row.engagementId}, coalesce(max(finding_no), 0) + 1, ${row.severity}, ${row.text}, ${JSON.stringify(row.items)},
          CAST(${row.amountFen} AS INTEGER), ${row.recommendation}, CAST(${row.strikes} AS INTEGER), ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash}
        FROM audit_finding WHERE community_id = ${community.id} AND engagement_id = ${row.engagementId}`,
  );
export const insertResponse = (
  { db, community }: Here,
  row: Omit<typeof auditResponse.$inferInsert, "communityId">,
): Query => db.orm.insert(auditResponse).values({ communityId: community.id, ...row });
export const insertConclusion = (
  { db, community }: Here,
  row: Omit<typeof auditConclusion.$inferInsert, "communityId">,
): Query => db.orm.insert(auditConclusion).values({ communityId: community.id, ...row });

/** Which vouchers stand under these numbers of the sheet. */
export const listVouchersOf = (
  { db, community }: Here,
  key: AuditKey,
  items: readonly number[],
): Query<{ voucherId: string }[]> =>
  db.all(
    sql`SELECT i.voucher_id AS voucherId FROM json_each(${JSON.stringify(items)}) j
        JOIN audit_item i ON i.community_id = ${community.id} AND i.engagement_id = ${key} AND i.item_no = j.value`,
  );
