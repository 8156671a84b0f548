/** Where what owners are told regularly stands in addresses. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";

export const regularHref = (slug: string, edition?: number): string =>
  `${accountsHref(slug)}/regular${edition === undefined ? "" : `?edition=${edition}`}`;
export const deskRegularHref = (slug: string): string => `${deskLedgerHref(slug)}/regular`;
