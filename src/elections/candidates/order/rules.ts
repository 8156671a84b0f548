/** What the order on an election's ballot is drawn for, and with which lots; the draw itself is the record's (M6). Pure. */

/** What the tickets of an election's candidates are drawn for: another election draws otherwise from the same seed. */
export const orderPurpose = (electionId: string): string => `commonhold election ${electionId} candidates`;

/** The lot of a candidate: the number of the nomination, given before anyone could know the seed. */
export const lotOf = (number: number): string => String(number);
