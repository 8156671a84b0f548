/** Where audits stand in addresses. */
import { accountsHref, deskLedgerHref } from "../books/addresses.ts";

export const auditsHref = (slug: string): string => `${accountsHref(slug)}/audits`;
export const auditHref = (slug: string, number: number): string => `${auditsHref(slug)}/${number}`;
export const sampleHref = (slug: string, number: number, sampleNo: number): string =>
  `${auditHref(slug, number)}/samples/${sampleNo}`;
export const reportHref = (slug: string, number: number): string => `${auditHref(slug, number)}/report.pdf`;
export const populationHref = (slug: string, number: number): string => `${auditHref(slug, number)}/population.txt`;
export const deskAuditsHref = (slug: string): string => `${deskLedgerHref(slug)}/audits`;
export const deskAuditHref = (slug: string, number: number): string => `${deskAuditsHref(slug)}/${number}`;
export const sheetHref = (slug: string, number: number, after = 0): string =>
  `${deskAuditHref(slug, number)}/sheet${after === 0 ? "" : `?after=${after}`}`;
export const itemHref = (slug: string, number: number, itemNo: number): string =>
  `${deskAuditHref(slug, number)}/items/${itemNo}`;
export const findingsHref = (slug: string, number: number): string => `${deskAuditHref(slug, number)}/findings`;
export const packHref = (slug: string): string => `${deskAuditsHref(slug)}/pack`;
