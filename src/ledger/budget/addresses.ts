/** Where budgets stand in addresses. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";
import type { Book } from "../books/rules.ts";

export const budgetsHref = (slug: string): string => `${accountsHref(slug)}/budget`;
export const budgetHref = (slug: string, book: Book, year: number, version?: number): string =>
  `${budgetsHref(slug)}/${book}/${year}${version === undefined ? "" : `?version=${version}`}`;
export const deskBudgetsHref = (slug: string): string => `${deskLedgerHref(slug)}/budget`;
export const deskBudgetHref = (slug: string, budgetId: string): string => `${deskBudgetsHref(slug)}/v/${budgetId}`;
export const newBudgetHref = (slug: string, book: Book, year: number): string =>
  `${deskBudgetsHref(slug)}/${book}/${year}/new`;
export const explainHref = (slug: string, book: Book, year: number): string =>
  `${deskBudgetsHref(slug)}/${book}/${year}/explain`;

/** `2026` → 2026; null for what is no year. */
export const readYearNumber = (text: string | undefined): number | null =>
  text !== undefined && /^2[01]\d{2}$/.test(text) ? Number(text) : null;
