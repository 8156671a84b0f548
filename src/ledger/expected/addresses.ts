/** Where a month's comparison stands in addresses. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";
import type { Period } from "../books/rules.ts";

export const expectedHref = (slug: string, period: Period): string => `${accountsHref(slug)}/expected/${period}`;
export const deskExpectedHref = (slug: string, period: Period): string => `${deskLedgerHref(slug)}/expected/${period}`;
