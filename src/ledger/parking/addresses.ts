/** Where parking stands in addresses. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";

export const parkingHref = (slug: string): string => `${accountsHref(slug)}/parking`;
export const deskParkingHref = (slug: string): string => `${deskLedgerHref(slug)}/parking`;
export const deskPermitHref = (slug: string, number: number): string => `${deskParkingHref(slug)}/permits/${number}`;
