/** Closing a period for good: load, ask the rules, write with the leaf. No HTTP. */
import { dayOf } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { type Book, type CloseRefusal, isPeriod, mayClose, type Period } from "../rules.ts";
import { countWaitingIn, findLastNumber, insertClose, listBooks } from "../store.ts";

export type ClosingRefusal = CloseRefusal | { readonly reason: "unknown_book" };

/** Closes a period for good and carries its balances into the next. Of two closings at once one does it and both hear the same. */
export async function closePeriod(
  scene: StaffScene,
  asked: { readonly book: Book; readonly period: string },
): Promise<Result<{ readonly period: Period }, ClosingRefusal>> {
  const [books, waiting, last] = await scene.db.read(
    listBooks(scene),
    countWaitingIn(scene, asked.book, asked.period),
    findLastNumber(scene, asked.book, asked.period),
  );
  const book = books.find((one) => one.book === asked.book);
  if (!book) return err({ reason: "unknown_book" });
  if (
    book.closedThrough !== null &&
    asked.period <= book.closedThrough &&
    asked.period >= book.fromPeriod &&
    isPeriod(asked.period)
  )
    return ok({ period: asked.period });
  const state = { from: book.fromPeriod, closedThrough: book.closedThrough, today: dayOf(scene.now) };
  const may = mayClose(asked.period, state, waiting[0]?.waiting ?? 0);
  if (!may.ok) return may;
  const vouchers = last[0]?.last ?? 0;
  const leaf = appendLeaf(
    scene,
    "ledger.closed",
    { book: asked.book, period: may.value, vouchers },
    `book-${asked.book}`,
  );
  const close = insertClose(scene, {
    book: asked.book,
    period: may.value,
    vouchers,
    closedBy: scene.actor.personId,
    closedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([close, leaf.statement]);
  if (written.ok) return ok({ period: may.value });
  switch (written.error.code) {
    case "number_taken":
    case "period_closed":
    case "not_the_next_period":
      // A voucher was posted meanwhile, or another closing was faster.
      return closePeriod(scene, asked);
    case "vouchers_waiting": {
      const [again] = await scene.db.read(countWaitingIn(scene, asked.book, asked.period));
      return err({ reason: "vouchers_waiting", waiting: again[0]?.waiting ?? 1 });
    }
    default:
      throw new Error(`a closing was refused by ${written.error.code}`);
  }
}
