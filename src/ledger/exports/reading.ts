/** Some months of a book out of the database, ready to be written in any format: whole, or page by page for what no memory holds. Writes nothing. */
import { dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene } from "../../platform/scene.ts";
import { BOOK_WORDS } from "../books/chart.ts";
import { type Book, type Period, periodOf } from "../books/rules.ts";
import { accountsFrom, listAccounts, listBooks } from "../books/store.ts";
import { monthsFrom } from "../statements/spans/rules.ts";
import type { Exported, ExportedHead, ExportedVoucher } from "./rules.ts";
import { type Behind, exportedFrom, listBroughtOver, listExported } from "./store.ts";

/** As many as are held in memory at once: for a workbook, and for a packed file with its hashes. Text has no such limit. */
export const MOST_VOUCHERS = 10_000;
const A_PAGE = 2_000;

interface Months {
  readonly from: Period;
  readonly to: Period;
}
export type ExportRefusal =
  | { readonly reason: "nothing_there" }
  | { readonly reason: "month_before_open"; readonly period: Period }
  | { readonly reason: "too_many_vouchers"; readonly most: number };

/** What some months begin with: the book's accounts, and what was brought into them. Two round trips. */
export async function readHead(scene: Scene, book: Book, asked: Months): Promise<Result<ExportedHead, ExportRefusal>> {
  const [books] = await scene.db.read(listBooks(scene));
  const row = books.find((one) => one.book === book);
  if (!row || asked.to < row.fromPeriod || asked.from > periodOf(dayOf(scene.now)))
    return err({ reason: "nothing_there" });
  const from = asked.from < row.fromPeriod ? row.fromPeriod : asked.from;
  const before = monthsFrom(from, -1);
  if (from > row.fromPeriod && (row.closedThrough === null || row.closedThrough < before))
    return err({ reason: "month_before_open", period: before });
  const [accounts, brought] = await scene.db.read(listAccounts(scene, book), listBroughtOver(scene, book, from));
  return ok({
    community: scene.community.name,
    book,
    bookName: BOOK_WORDS[book].zh,
    from,
    accounts: accountsFrom(accounts),
    brought,
  });
}

/** Every posted voucher of some months in order, a page at a time, so that a year of any size costs the memory of one. */
export async function* vouchersOf(scene: Scene, book: Book, { from, to }: Months): AsyncGenerator<ExportedVoucher[]> {
  let behind: Behind = { period: from, number: 0 };
  for (;;) {
    const [rows] = await scene.db.read(listExported(scene, book, to, behind, A_PAGE));
    if (rows.length > 0) yield rows.map(exportedFrom);
    const last = rows.at(-1);
    if (!last || rows.length < A_PAGE) return;
    behind = { period: last.period, number: last.number };
  }
}

/** The same as a whole, as far as memory goes. */
export async function readExport(scene: Scene, book: Book, asked: Months): Promise<Result<Exported, ExportRefusal>> {
  const head = await readHead(scene, book, asked);
  if (!head.ok) return head;
  const vouchers: ExportedVoucher[] = [];
  for await (const page of vouchersOf(scene, book, { from: head.value.from, to: asked.to })) {
    vouchers.push(...page);
    if (vouchers.length > MOST_VOUCHERS) return err({ reason: "too_many_vouchers", most: MOST_VOUCHERS });
  }
  return ok({ ...head.value, vouchers });
}
