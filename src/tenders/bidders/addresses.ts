/** Where a tender's bidders, questions, papers and objections stand in addresses. */

import { deskTenderHref, tenderHref } from "../addresses.ts";

export const signInHref = (slug: string, number: number, next = ""): string =>
  `${tenderHref(slug, number)}/sign-in${next === "" ? "" : `?next=${encodeURIComponent(next)}`}`;
export const registerHref = (slug: string, number: number): string => `${tenderHref(slug, number)}/register`;
/** A bidder's own page. */
export const bidderHref = (slug: string, number: number): string => `${tenderHref(slug, number)}/bidder`;
export const licencesHref = (slug: string, number: number): string => `${bidderHref(slug, number)}/licences`;
export const correctHref = (slug: string, number: number): string => `${bidderHref(slug, number)}/correct`;
export const phoneHref = (slug: string, number: number): string => `${bidderHref(slug, number)}/phone`;
export const leaveHref = (slug: string, number: number): string => `${bidderHref(slug, number)}/leave`;
/** Where a bid is sealed and handed in. */
export const bidHref = (slug: string, number: number): string => `${tenderHref(slug, number)}/bid`;

export const deskBiddersHref = (slug: string, number: number): string => `${deskTenderHref(slug, number)}/bidders`;
export const deskConflictHref = (slug: string, number: number, no: number): string =>
  `${deskTenderHref(slug, number)}/conflicts/${no}`;
export const debarmentsHref = (slug: string): string => `/c/${slug}/debarments`;
export const deskDebarmentsHref = (slug: string): string => `/c/${slug}/desk/debarments`;
export const deskInterestsHref = (slug: string): string => `/c/${slug}/desk/interests`;
