/** Where the committee's pages are. Meetings and resolutions are addressed by number: short enough to be read out and typed. */

export const committeeHref = (slug: string): string => `/c/${slug}/committee`;
export const sessionsHref = (slug: string): string => `${committeeHref(slug)}/meetings`;
export const sessionHref = (slug: string, number: number): string => `${sessionsHref(slug)}/${number}`;
export const resolutionsHref = (slug: string): string => `${committeeHref(slug)}/resolutions`;
export const resolutionHref = (slug: string, year: number, number: number): string =>
  `${resolutionsHref(slug)}/${year}/${number}`;
export const filingsHref = (slug: string): string => `${committeeHref(slug)}/filings`;
export const entityHref = (slug: string): string => `${committeeHref(slug)}/legal-person`;
export const disclosureHref = (slug: string): string => `${committeeHref(slug)}/disclosure`;

export const deskHref = (slug: string): string => `/c/${slug}/desk`;
export const deskCommitteeHref = (slug: string): string => `${deskHref(slug)}/committee`;
export const deskSessionsHref = (slug: string): string => `${deskCommitteeHref(slug)}/meetings`;
export const deskSessionHref = (slug: string, number: number): string => `${deskSessionsHref(slug)}/${number}`;
export const deskFilingHref = (slug: string): string => `${deskCommitteeHref(slug)}/filings`;
export const deskEntityHref = (slug: string): string => `${deskCommitteeHref(slug)}/legal-person`;
export const deskAuthorisationsHref = (slug: string): string => `${deskCommitteeHref(slug)}/authorisations`;
export const deskMandateHref = (slug: string): string => `${deskCommitteeHref(slug)}/mandate`;
/** Below /c/:slug: the settings kit mounts itself there. */
export const PRACTICE_PATH = "/desk/committee/practice";

/** The number in an address; null for anything that is not one. */
export const readNumber = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
