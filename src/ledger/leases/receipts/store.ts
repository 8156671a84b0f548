/** The SQL of money that came for a lease, went back or was set off: reads, and statements for someone's batch. Decides nothing. */
import type { Day } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { type Query, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import { CASH, isMoneyAccount } from "../receiving.ts";
import type { ChargeRow } from "../store.ts";

type Here = Pick<Scene, "db" | "community">;

export interface ReceiptRow {
  readonly receiptId: string;
  readonly kind: "rent" | "prepaid" | "return" | "deposit" | "refund" | "offset";
  readonly onDay: Day;
  readonly amountFen: Fen;
  readonly overFen: Fen;
  /** Of a `return`: what goes back of what was prepaid. */
  readonly prepaidFen: Fen;
  /** Where it came to or went from; null where only claims were set off, and of receipts from before it was kept. */
  readonly account: string | null;
  readonly voucherId: string;
  readonly state: ChargeRow["state"];
  readonly period: string;
  readonly number: number | null;
  readonly reversed: 0 | 1;
}
const RECEIPT = sql`q.receipt_id AS receiptId, q.kind, q.on_day AS onDay, q.amount_fen AS amountFen, q.over_fen AS overFen, q.prepaid_fen AS prepaidFen, q.account, q.voucher_id AS voucherId,
  v.state, v.period, v.number,
  EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted') AS reversed
  FROM ledger_receipt q JOIN ledger_voucher v ON v.community_id = q.community_id AND v.voucher_id = q.voucher_id`;
/** Receipts of a lease, the newest first. */
export const listReceipts = ({ db, community }: Here, leaseId: string): Query<ReceiptRow[]> =>
  db.all(
    sql`SELECT ${RECEIPT} WHERE q.community_id = ${community.id} AND q.lease_id = ${leaseId} ORDER BY q.on_day DESC, q.entered_at DESC LIMIT 500`,
  );
/** Receipts of the lease of a number, the newest first. */
export const listReceiptsOfNumber = ({ db, community }: Here, number: number): Query<ReceiptRow[]> =>
  db.all(
    sql`SELECT ${RECEIPT} WHERE q.community_id = ${community.id}
          AND q.lease_id = (SELECT lease_id FROM ledger_lease WHERE community_id = ${community.id} AND number = CAST(${number} AS INTEGER))
        ORDER BY q.on_day DESC, q.entered_at DESC LIMIT 500`,
  );
/** The account at a bank to which the lease's money came last; null where none did. Rows stand newest first. */
export const lastAccount = (rows: readonly Pick<ReceiptRow, "account" | "state">[]): string | null =>
  rows.find(
    ({ account, state }) =>
      account !== null && account !== CASH && isMoneyAccount(account) && state !== "refused" && state !== "withdrawn",
  )?.account ?? null;

/** What is held: posted deposits and what came too much, less what already went or is about to. */
export function heldFrom(rows: readonly ReceiptRow[]): { readonly depositFen: Fen; readonly prepaidFen: Fen } {
  let [depositFen, prepaidFen] = [0, 0];
  for (const { kind, state, reversed, amountFen, overFen, prepaidFen: backFen } of rows) {
    if (reversed === 1 || state === "withdrawn" || state === "refused") continue;
    if (kind === "deposit" && state === "posted") depositFen += amountFen;
    if (kind === "refund" || kind === "offset") depositFen -= amountFen;
    if (kind === "rent" && state === "posted") prepaidFen += overFen;
    if (kind === "prepaid") prepaidFen -= amountFen;
    if (kind === "return") prepaidFen -= backFen;
  }
  return { depositFen, prepaidFen };
}
export const insertReceipt = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Pick<
    ReceiptRow,
    "receiptId" | "kind" | "onDay" | "amountFen" | "overFen" | "prepaidFen" | "account" | "voucherId"
  > & {
    readonly leaseId: string;
    readonly enteredBy: string;
    readonly parts: readonly { readonly chargeNo: number; readonly attempt: number; readonly amountFen: Fen }[];
  },
): readonly Query[] => [
  db.run(
    sql`INSERT INTO ledger_receipt(community_id, receipt_id, lease_id, kind, on_day, amount_fen, over_fen, prepaid_fen, account, voucher_id, entered_by, entered_at)
        VALUES (${community.id}, ${row.receiptId}, ${row.leaseId}, ${row.kind}, ${row.onDay}, CAST(${row.amountFen} AS INTEGER),
          CAST(${row.overFen} AS INTEGER), CAST(${row.prepaidFen} AS INTEGER), ${row.account}, ${row.voucherId}, ${row.enteredBy}, CAST(${now} AS INTEGER))`,
  ),
  db.run(
    sql`INSERT INTO ledger_receipt_part(community_id, receipt_id, lease_id, kind, charge_no, attempt, amount_fen)
        SELECT ${community.id}, ${row.receiptId}, ${row.leaseId}, 'rent', j.value ->> 'chargeNo', j.value ->> 'attempt', j.value ->> 'amountFen'
        FROM json_each(${JSON.stringify(row.parts)}) j`,
  ),
];

/** Leases with rent open that hold something prepaid, by what came in and went in posted or waiting vouchers. */
export const listPrepaidOwing = ({ db, community }: Here, limit: number): Query<{ leaseId: string }[]> =>
  db.all(
    sql`SELECT DISTINCT c.lease_id AS leaseId FROM ledger_charge c INDEXED BY ledger_charge_open
        WHERE c.community_id = ${community.id} AND c.owed_fen <> 0 AND c.owed_fen > 0
          AND EXISTS (SELECT 1 FROM ledger_receipt r INDEXED BY ledger_receipt_prepaid
            WHERE r.community_id = c.community_id AND r.lease_id = c.lease_id AND r.over_fen > 0)
          AND (SELECT sum(iif(r.kind = 'rent', iif(v.state = 'posted', r.over_fen, 0), iif(r.kind = 'prepaid', -r.amount_fen, -r.prepaid_fen)))
            FROM ledger_receipt r JOIN ledger_voucher v ON v.community_id = r.community_id AND v.voucher_id = r.voucher_id
            WHERE r.community_id = c.community_id AND r.lease_id = c.lease_id AND r.kind IN ('rent', 'prepaid', 'return')
              AND v.state IN ('waiting', 'reviewed', 'posted')
              AND NOT EXISTS (SELECT 1 FROM ledger_voucher b WHERE b.community_id = v.community_id AND b.reverses_id = v.voucher_id AND b.state = 'posted')) > 0
        LIMIT CAST(${limit} AS INTEGER)`,
  );
