/** Where the pages of contracts and of the service are. A contract is addressed by its number. */
import type { ServicePeriod } from "../service/rules.ts";

export const contractsHref = (slug: string): string => `/c/${slug}/contracts`;
export const contractHref = (slug: string, number: number): string => `${contractsHref(slug)}/${number}`;
export const reportHref = (slug: string, number: number, period: ServicePeriod): string =>
  `${contractHref(slug, number)}/service/${period}`;
export const providerHref = (slug: string, code: string): string => `/c/${slug}/providers/${code}`;
export const deskContractsHref = (slug: string): string => `/c/${slug}/desk/contracts`;
export const deskContractHref = (slug: string, number: number): string => `${deskContractsHref(slug)}/${number}`;
export const rateHref = (slug: string, number: number): string => `/c/${slug}/my/service/${number}`;

export const requestsHref = (slug: string, number: number): string => `${contractHref(slug, number)}/requests`;
export const ownRequestsHref = (slug: string): string => `/c/${slug}/my/requests`;
export const deskRequestsHref = (slug: string): string => `${deskContractsHref(slug)}/requests`;
/** What a household may rate under its link. */
export const linkedRatingHref = (slug: string): string => `/c/${slug}/rate`;

/** The number in an address; null for anything that is not one. */
export const readContractNumber = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
