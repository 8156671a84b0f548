/** Where the pages of a meeting are. Addresses name a meeting by its number: short enough to be read out and typed. */

export const meetingsHref = (slug: string): string => `/c/${slug}/meetings`;
export const meetingHref = (slug: string, number: number): string => `${meetingsHref(slug)}/${number}`;
export const deskHref = (slug: string): string => `/c/${slug}/desk`;
export const deskMeetingsHref = (slug: string): string => `${deskHref(slug)}/meetings`;
export const deskMeetingHref = (slug: string, number: number): string => `${deskMeetingsHref(slug)}/${number}`;
/** A paper attached to an item. */
export const fileHref = (slug: string, fileId: string): string => `/c/${slug}/files/${fileId}`;

/** The number in an address; null for anything that is not one. */
export const readNumber = (text: string | undefined): number | null =>
  text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
