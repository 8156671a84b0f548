/** The SQL of what was expected: booked income by account, and what was said of gaps. Decides nothing. */
import type { Instant } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import { type Query, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Period } from "../books/rules.ts";

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
  readonly writtenAt: Instant;
  readonly leafHash: string;
}
/** What was said of a month's gaps, in the order it was said. */
export const listGapNotes = ({ db, community }: Here, period: Period): Query<GapNote[]> =>
  db.all(
    sql`SELECT account, note_no AS noteNo, text, written_at AS writtenAt, leaf_hash AS leafHash FROM ledger_gap_note
        WHERE community_id = ${community.id} AND period = ${period} ORDER BY account, note_no`,
  );
export const insertGapNote = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Pick<GapNote, "account" | "noteNo" | "text" | "leafHash"> & { readonly period: Period; readonly by: string },
): Query =>
  db.run(
    sql`INSERT INTO ledger_gap_note(community_id, period, account, note_no, text, written_by, written_at, leaf_hash)
        VALUES (${community.id}, ${row.period}, ${row.account}, CAST(${row.noteNo} AS INTEGER), ${row.text}, ${row.by}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  );
