/** Where bids are opened: the page everybody follows, and the one of those who open. */
import { deskTenderHref, tenderHref } from "../addresses.ts";

export const openingHref = (slug: string, number: number): string => `${tenderHref(slug, number)}/opening`;
export const deskOpeningHref = (slug: string, number: number): string => `${deskTenderHref(slug, number)}/opening`;
/** The opened documents of one bid, for those who examine. */
export const deskBidDocumentHref = (
  slug: string,
  number: number,
  { lotNo, bidderNo }: { readonly lotNo: number; readonly bidderNo: number },
): string => `${deskOpeningHref(slug, number)}/documents/${lotNo}/${bidderNo}`;
