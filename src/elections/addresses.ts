/** Where the pages of an election are. Addresses name an election by its number: short enough to be read out and typed. */

export const electionsHref = (slug: string): string => `/c/${slug}/elections`;
export const electionHref = (slug: string, number: number): string => `${electionsHref(slug)}/${number}`;
export const deskElectionsHref = (slug: string): string => `/c/${slug}/desk/elections`;
export const deskElectionHref = (slug: string, number: number): string => `${deskElectionsHref(slug)}/${number}`;

/** The number in an address; null for anything that is not one. */
export const readElectionNumber = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
