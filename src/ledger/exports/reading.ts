/** Some months of a book out of the database, ready to be written in any format. Writes nothing. */
import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene } from "../../platform/scene.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { type Book, type Period, periodOf } from "../books/rules.ts";
import { accountsFrom, listAccounts, listBooks } from "../books/store.ts";
import { monthsFrom } from "../statements/spans/rules.ts";
import type { Exported } from "./rules.ts";
import { exportedFrom, listBroughtOver, listExported } from "./store.ts";

/** As many as a spreadsheet of ours holds rows, two a voucher. */
export const MOST_VOUCHERS = 10_000;

export type ExportRefusal =
  | { readonly reason: "nothing_there" }
  | { readonly reason: "month_before_open"; readonly period: Period }
  | { readonly reason: "too_many_vouchers"; readonly most: number };

/** Every posted voucher of some months, with what was brought into them. Two round trips. */
export async function readExport(
  scene: Scene,
  book: Book,
  asked: { readonly from: Period; readonly to: Period },
): Promise<Result<Exported, ExportRefusal>> {
  const [books] = await scene.db.read(listBooks(scene));
  const row = books.find((one) => one.book === book);
  if (!row || asked.to < row.fromPeriod || asked.from > periodOf(dayOf(scene.now)))
    return err({ reason: "nothing_there" });
  const from = asked.from < row.fromPeriod ? row.fromPeriod : asked.from;
  const before = monthsFrom(from, -1);
  if (from > row.fromPeriod && (row.closedThrough === null || row.closedThrough < before))
    return err({ reason: "month_before_open", period: before });
  const [accounts, brought, vouchers] = await scene.db.read(
    listAccounts(scene, book),
    listBroughtOver(scene, book, from),
    listExported(scene, book, { from, to: asked.to }, MOST_VOUCHERS + 1),
  );
  if (vouchers.length > MOST_VOUCHERS) return err({ reason: "too_many_vouchers", most: MOST_VOUCHERS });
  return ok({
    community: scene.community.name,
    book,
    bookName: BOOK_WORDS[book].zh,
    from,
    accounts: accountsFrom(accounts),
    brought,
    vouchers: vouchers.map(exportedFrom),
  });
}
