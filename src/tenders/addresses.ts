/** Where the pages of a tender are. Addresses name a tender by its number: short enough to be read out and typed. */

export const tendersHref = (slug: string): string => `/c/${slug}/tenders`;
export const tenderHref = (slug: string, number: number): string => `${tendersHref(slug)}/${number}`;
export const deskTendersHref = (slug: string): string => `/c/${slug}/desk/tenders`;
export const deskTenderHref = (slug: string, number: number): string => `${deskTendersHref(slug)}/${number}`;

/** The number in an address; null for anything that is not one. */
export const readTenderNumber = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
