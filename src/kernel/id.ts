/** Branded identifiers, so that a meeting's id cannot be handed where a community's is wanted. Not their generation's entropy source: that is a parameter. */

declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

export type CommunityId = Brand<string, "CommunityId">;
export type MeetingId = Brand<string, "MeetingId">;
export type UnitId = Brand<string, "UnitId">;
export type PartyId = Brand<string, "PartyId">;
export type PersonId = Brand<string, "PersonId">;

/** A source of random bytes: a parameter, so that a draw or a link can be replayed in a test. */
export type RandomBytes = (length: number) => Uint8Array<ArrayBuffer>;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford base32: no i l o u to misread aloud

/** Crockford base32 in lower case, five bits a character, most significant bit first, no padding. */
export function base32(bytes: Uint8Array): string {
  let out = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(held >> bits) & 31];
    }
  }
  if (bits > 0) out += ALPHABET[(held << (5 - bits)) & 31];
  return out;
}

/** A new identifier: 80 random bits, 16 characters. Not a secret. */
export const newId = <T extends string>(random: RandomBytes): T => base32(random(10)) as T;
