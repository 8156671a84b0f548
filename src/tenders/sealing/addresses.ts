/** Where keys are made, bids handed in, and sealing explained. */
import { deskTenderHref, tenderHref, tendersHref } from "../addresses.ts";

export const keysHref = (slug: string, number: number): string => `${deskTenderHref(slug, number)}/keys`;
export const bidHref = (slug: string, number: number): string => `${tenderHref(slug, number)}/bid`;
export const sealingExplainedHref = (slug: string): string => `${tendersHref(slug)}/sealed`;
