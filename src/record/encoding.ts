/** Bytes as text and back: strict base64 (RFC 4648, section 4). Strict, because two spellings of one signature would be two files. */

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  // In slices: a call takes only so many arguments.
  for (let start = 0; start < bytes.length; start += 8192)
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return btoa(text);
}

/** The bytes, or null when the text is not the one canonical base64 of them (padding, spaces, stray bits). */
export function fromBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : null;
}

/** A decimal without sign or leading zeroes that a number holds exactly; null otherwise. */
export function readDecimal(text: string): number | null {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
