/** Where statements stand in addresses. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";
import type { Book } from "../books/rules.ts";
import type { Span } from "./spans/rules.ts";

export const statementsHref = (slug: string): string => `${accountsHref(slug)}/statements`;
export const statementHref = (slug: string, number: number, version?: number): string =>
  `${statementsHref(slug)}/${number}${version === undefined ? "" : `?version=${version}`}`;
export const deskStatementsHref = (slug: string): string => `${deskLedgerHref(slug)}/statements`;
export const deskStatementHref = (slug: string, draftId: string): string => `${deskStatementsHref(slug)}/${draftId}`;
/** What an account did in a span, posting by posting. */
export const postingsHref = (slug: string, book: Book, { from, to }: Span, account: string): string =>
  `${accountsHref(slug)}/${book}/${from}/of/${account}${to === from ? "" : `?to=${to}`}`;
