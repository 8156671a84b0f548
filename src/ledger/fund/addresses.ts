/** Where the maintenance fund stands in addresses. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";

export const fundHref = (slug: string): string => `${accountsHref(slug)}/fund`;
export const fundYearHref = (slug: string, year: string): string => `${fundHref(slug)}/years/${year}`;
export const fundProjectHref = (slug: string, number: number): string => `${fundHref(slug)}/projects/${number}`;
/** Beside the book's own page, which is /desk/ledger/fund. */
export const deskFundHref = (slug: string): string => `${deskLedgerHref(slug)}/fund/units`;
export const deskEnterHref = (slug: string): string => `${deskLedgerHref(slug)}/fund/enter`;
export const deskShareHref = (slug: string): string => `${deskLedgerHref(slug)}/fund/share`;
export const deskRefundHref = (slug: string, unitId: string): string => `${deskLedgerHref(slug)}/fund/refund/${unitId}`;
export const deskLowHref = (slug: string): string => `${deskLedgerHref(slug)}/fund/low`;
export const deskYearsHref = (slug: string): string => `${deskLedgerHref(slug)}/fund/years`;
export const deskModeHref = (slug: string): string => `${deskLedgerHref(slug)}/fund/managed`;
export const deskProjectsHref = (slug: string): string => `${deskLedgerHref(slug)}/fund/projects`;
export const deskProjectHref = (slug: string, number: number): string => `${deskProjectsHref(slug)}/${number}`;
export const deskDeveloperHref = (slug: string, number: number): string => `${deskProjectHref(slug, number)}/developer`;
export const fundSettingsPath = "/desk/ledger/fund/settings";
