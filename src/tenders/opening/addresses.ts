/** Where bids are opened: the page everybody follows, and the one of those who open. */
import { deskTenderHref, tenderHref } from "../addresses.ts";

export const openingHref = (slug: string, number: number): string => `${tenderHref(slug, number)}/opening`;
export const deskOpeningHref = (slug: string, number: number): string => `${deskTenderHref(slug, number)}/opening`;
