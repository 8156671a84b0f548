/** Where bank accounts stand in addresses. */
import { deskLedgerHref } from "../books/addresses.ts";

export const deskBankHref = (slug: string): string => `${deskLedgerHref(slug)}/bank`;
export const bankAccountHref = (slug: string, accountId: string): string => `${deskBankHref(slug)}/${accountId}`;
export const matchingHref = (slug: string, accountId: string): string => `${bankAccountHref(slug, accountId)}/matching`;
export const reconciliationHref = (slug: string, accountId: string, on?: string): string =>
  `${bankAccountHref(slug, accountId)}/reconciliation${on === undefined ? "" : `?on=${on}`}`;
/** A statement of many lines on its way in. */
export const runningHref = (slug: string, accountId: string): string => `${bankAccountHref(slug, accountId)}/running`;
