/** Where distributions stand in addresses. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";

export const distributionsHref = (slug: string): string => `${accountsHref(slug)}/distributions`;
export const distributionHref = (slug: string, number: number): string => `${distributionsHref(slug)}/${number}`;
export const deskDistributionsHref = (slug: string): string => `${deskLedgerHref(slug)}/distributions`;
export const deskDistributionHref = (slug: string, number: number): string =>
  `${deskDistributionsHref(slug)}/${number}`;
