/** The SQL of the papers for an audit: posted vouchers with their papers and their entries of the record. Reads only; decides nothing. */
import type { Day } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { Book, Line, Period, VoucherKind } from "../../books/rules.ts";
import type { Attachment } from "../../books/store.ts";

type Here = Pick<Scene, "db" | "community">;

export interface PackedVoucher {
  readonly period: Period;
  readonly number: number;
  readonly on: Day;
  readonly kind: VoucherKind;
  readonly text: string;
  /** As shown to everybody. */
  readonly counterparty: string;
  readonly amountFen: Fen;
  readonly lines: readonly Line[];
  readonly decision: string | null;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  readonly leafHash: string;
  readonly seq: number;
  readonly entry: string;
}
type Stored = Omit<PackedVoucher, "lines" | "files"> & { readonly lines: string; readonly files: string };
export const packedFrom = (row: Stored): PackedVoucher => ({
  ...row,
  lines: JSON.parse(row.lines) as Line[],
  files: (JSON.parse(row.files) as Attachment[]).map(({ name, sha256 }) => ({ name, sha256 })),
});

/** Posted vouchers of some months of a book, each with its entry and its place in the record. */
export const listPacked = (
  { db, community }: Here,
  book: Book,
  { from, to }: { readonly from: Period; readonly to: Period },
  limit: number,
): Query<Stored[]> =>
  db.all(
    sql`SELECT v.period, v.number, v.on_day AS "on", v.kind, v.text, v.counterparty_shown AS counterparty, v.amount_fen AS amountFen, v.lines, v.decision,
          v.attachments AS files, v.leaf_hash AS leafHash, l.seq, l.entry
        FROM ledger_voucher v JOIN record_leaf l ON l.community_id = v.community_id AND l.leaf_hash = v.leaf_hash
        WHERE v.community_id = ${community.id} AND v.book = ${book} AND v.number IS NOT NULL AND v.period >= ${from} AND v.period <= ${to}
        ORDER BY v.period, v.number LIMIT CAST(${limit} AS INTEGER)`,
  );
