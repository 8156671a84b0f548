/** The SQL of exports: the posted vouchers of some months with what they take back, and what accounts held before. Decides nothing. */
import type { Fen } from "../../kernel/money.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Book, Line, Period } from "../books/rules.ts";
import type { BroughtOver, ExportedVoucher } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

interface Stored {
  readonly period: Period;
  readonly number: number;
  readonly on: string;
  readonly text: string;
  readonly counterparty: string;
  readonly lines: string;
  readonly attachments: number;
  readonly backPeriod: Period | null;
  readonly backNumber: number | null;
  readonly leafHash: string;
}
/** Where a page of vouchers goes on: behind this one. */
export interface Behind {
  readonly period: Period;
  readonly number: number;
}
/** In the order of their numbers, at most so many behind one: what everybody may read of them. */
export const listExported = (
  { db, community }: Here,
  book: Book,
  to: Period,
  behind: Behind,
  limit: number,
): Query<Stored[]> =>
  db.all(
    sql`SELECT v.period, v.number, v.on_day AS "on", v.text, v.counterparty_shown AS counterparty, v.lines, json_array_length(v.attachments) AS attachments,
          r.period AS backPeriod, r.number AS backNumber, v.leaf_hash AS leafHash
        FROM ledger_voucher v LEFT JOIN ledger_voucher r ON r.community_id = v.community_id AND r.voucher_id = v.reverses_id
        WHERE v.community_id = ${community.id} AND v.book = ${book} AND v.number IS NOT NULL
          AND (v.period, v.number) > (${behind.period}, CAST(${behind.number} AS INTEGER)) AND v.period <= ${to}
        ORDER BY v.period, v.number LIMIT CAST(${limit} AS INTEGER)`,
  );
export const exportedFrom = ({ lines, backPeriod, backNumber, ...row }: Stored): ExportedVoucher => ({
  ...row,
  lines: JSON.parse(lines) as Line[],
  reverses: backPeriod === null || backNumber === null ? null : { period: backPeriod, number: backNumber },
});

/** What carried accounts held when a month began; nothing before the first closing. */
export const listBroughtOver = ({ db, community }: Here, book: Book, period: Period): Query<BroughtOver[]> =>
  db.all<{ account: string; fen: Fen }>(
    sql`SELECT account, opening_fen AS fen FROM ledger_opening
        WHERE community_id = ${community.id} AND book = ${book} AND period = ${period} AND opening_fen <> 0 ORDER BY account`,
  );
