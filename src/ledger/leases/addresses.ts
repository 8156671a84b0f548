/** Where leases stand in addresses. They are named by their number, short enough to be read out. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";

export const leasesHref = (slug: string): string => `${accountsHref(slug)}/leases`;
export const leaseHref = (slug: string, number: number): string => `${leasesHref(slug)}/${number}`;
export const deskLeasesHref = (slug: string): string => `${deskLedgerHref(slug)}/leases`;
export const deskLeaseHref = (slug: string, number: number): string => `${deskLeasesHref(slug)}/${number}`;
export const arrearsHref = (slug: string): string => `${deskLeasesHref(slug)}/arrears`;
export const chargesHref = (slug: string): string => `${deskLeasesHref(slug)}/charges`;
