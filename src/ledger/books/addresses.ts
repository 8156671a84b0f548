/** Where the books stand in addresses. */
import { type Book, isBook, isPeriod, type Period } from "./rules.ts";

export const accountsHref = (slug: string): string => `/c/${slug}/accounts`;
export const bookHref = (slug: string, book: Book, period: Period): string => `${accountsHref(slug)}/${book}/${period}`;
export const voucherHref = (
  slug: string,
  { book, period, number }: { book: Book; period: Period; number: number },
): string => `${bookHref(slug, book, period)}/${number}`;
export const deskLedgerHref = (slug: string): string => `/c/${slug}/desk/ledger`;
export const deskVoucherHref = (slug: string, voucherId: string): string =>
  `${deskLedgerHref(slug)}/vouchers/${voucherId}`;

export const readBook = (text: string | undefined): Book | null => (text !== undefined && isBook(text) ? text : null);
export const readPeriod = (text: string | undefined): Period | null =>
  text !== undefined && isPeriod(text) ? text : null;
export const readCount = (text: string | undefined): number | null =>
  text !== undefined && /^(0|[1-9]\d{0,7})$/.test(text) ? Number(text) : null;
