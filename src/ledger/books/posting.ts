/** How a voucher moves on: by one person's act, with its leaf, and to its number without a gap when it is posted. Writes; which acts there are is told by actions.ts. */
import { sha256Hex } from "../../kernel/hash.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { openFrom, type Period, type VoucherFacts, type VoucherMoveRefusal } from "./rules.ts";
import { findLastNumberFor, findVoucher, listBooks, moveVoucher, type VoucherRow, voucherFrom } from "./store.ts";

export type VoucherActRefusal =
  | VoucherMoveRefusal
  | { readonly reason: "unknown_voucher" }
  | { readonly reason: "period_closed"; readonly period: Period; readonly next: Period }
  | { readonly reason: "account_closed" }
  | { readonly reason: "reversed_already" }
  | { readonly reason: "opening_not_first" }
  /** It is the fund's side of a distribution that is not posted, or was taken back. */
  | { readonly reason: "distribution_not_posted" }
  /** It gives back the balance of a unit of the fund, which has moved since. */
  | { readonly reason: "fund_balance_moved" };

const factsOf = (row: VoucherRow): VoucherFacts => ({
  state: row.state,
  draftedBy: row.draftedBy,
  reviewedBy: row.reviewedBy,
  hands: row.hands,
});

export interface Move {
  readonly done: (row: VoucherRow) => boolean;
  readonly may: (facts: VoucherFacts) => Result<VoucherRow["state"], VoucherMoveRefusal>;
  readonly set: SQL;
  readonly type: string;
}

const MOST_TRIES = 10;

/**
 * Moves a voucher. The number of a posting is read and then guarded in the write: of two postings at once both get one, one
 * behind the other, and there is no gap. Two statements of the same person are one. Two round trips: the batch ends with reading
 * what it wrote.
 */
export async function move(
  scene: StaffScene,
  voucherId: string,
  { done, may, set, type }: Move,
): Promise<Result<VoucherRow, VoucherActRefusal>> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [rows, books, numbers] = await scene.db.read(
      findVoucher(scene, voucherId),
      listBooks(scene),
      findLastNumberFor(scene, voucherId),
    );
    const stored = rows[0];
    if (!stored) return err({ reason: "unknown_voucher" });
    const row = voucherFrom(stored);
    if (done(row)) return ok(row);
    const to = may(factsOf(row));
    if (!to.ok) return to;
    const number = (numbers[0]?.last ?? 0) + 1;
    const statements =
      to.value === "posted" ? posting(scene, row, number, set, type) : moving(scene, row, to.value, set, type);
    const written = await scene.db.write([...statements, findVoucher(scene, voucherId)]);
    if (written.ok) return ok(voucherFrom((written.value.at(-1) as Parameters<typeof voucherFrom>)[0]));
    switch (written.error.code) {
      // Somebody posted the same number, or moved this voucher, meanwhile: look again.
      case "number_taken":
      case "voucher_moved":
      case "wrong_voucher_state":
        continue;
      case "period_closed": {
        const book = books.find((one) => one.book === row.book);
        const next = book ? openFrom({ from: book.fromPeriod, closedThrough: book.closedThrough }) : row.period;
        return err({ reason: "period_closed", period: row.period, next });
      }
      case "account_closed":
        return err({ reason: "account_closed" });
      case "reversed_already":
        return err({ reason: "reversed_already" });
      case "opening_not_first":
        return err({ reason: "opening_not_first" });
      case "distribution_not_posted":
        return err({ reason: "distribution_not_posted" });
      case "fund_balance_moved":
        return err({ reason: "fund_balance_moved" });
      default:
        throw new Error(`a voucher's move was refused by ${written.error.code}`);
    }
  }
  throw new Error("too many postings at once");
}

function moving(scene: StaffScene, row: VoucherRow, to: VoucherRow["state"], set: SQL, type: string): Query[] {
  const leaf = appendLeaf(
    scene,
    type,
    { voucher: row.voucherId, book: row.book, amount: row.amountFen },
    row.voucherId,
  );
  return [...moveVoucher(scene, row.voucherId, row.state, sql`state = ${to}, ${set}`), leaf.statement];
}

/** The entry of a posting says all that the books hold of it, so that a ledger can be added up from the record alone. */
function posting(scene: StaffScene, row: VoucherRow, number: number, set: SQL, type: string): Query[] {
  const leaf = appendLeaf(
    scene,
    "voucher.posted",
    {
      voucher: row.voucherId,
      book: row.book,
      period: row.period,
      number,
      on: row.onDay,
      kind: row.kind,
      lines: row.lines.map(({ account, side, amountFen }) => ({ account, side, amount: amountFen })),
      text: sha256Hex(row.text),
      files: row.attachments.map((one) => one.sha256),
      reverses: row.reversesId ?? "",
      decision: row.decision ?? "",
      by: type === "voucher.approved" ? "approval" : "review",
    },
    row.voucherId,
  );
  const change = sql`state = 'posted', number = CAST(${number} AS INTEGER), posted_at = CAST(${scene.now} AS INTEGER), leaf_hash = ${leaf.leafHash}, ${set}`;
  return [...moveVoucher(scene, row.voucherId, row.state, change), leaf.statement];
}
