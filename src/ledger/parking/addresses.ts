/** Where parking stands in addresses. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";

export const parkingHref = (slug: string): string => `${accountsHref(slug)}/parking`;
export const deskParkingHref = (slug: string): string => `${deskLedgerHref(slug)}/parking`;
