/** Bytes, their texts and their hash. Strict: two spellings of one value would be two values. Needs Node alone. */
import { createHash } from "node:crypto";

/** @typedef {Uint8Array} Bytes */

/** SHA-256 of the parts one behind the other. @param {...Bytes} parts @returns {Bytes} */
export function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** @param {string} text @returns {Bytes} */
export const utf8 = (text) => new TextEncoder().encode(text);

/** The text of UTF-8 bytes; throws where they are none. @param {Bytes} bytes */
export const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** @param {Bytes} bytes */
export const toHex = (bytes) => Buffer.from(bytes).toString("hex");

/** The bytes of lower-case hex; null for anything else. @param {unknown} text @returns {Bytes | null} */
export const fromHex = (text) =>
  typeof text === "string" && /^(?:[0-9a-f]{2})*$/.test(text) ? new Uint8Array(Buffer.from(text, "hex")) : null;

/** @param {Bytes} bytes */
export const toBase64 = (bytes) => Buffer.from(bytes).toString("base64");

/** The bytes of canonical base64; null for any other spelling. @param {string} text @returns {Bytes | null} */
export function fromBase64(text) {
  const bytes = new Uint8Array(Buffer.from(text, "base64"));
  return toBase64(bytes) === text ? bytes : null;
}

/** The bytes of base64url without padding; null for any other spelling. @param {unknown} text @returns {Bytes | null} */
export function fromBase64url(text) {
  if (typeof text !== "string") return null;
  const bytes = new Uint8Array(Buffer.from(text, "base64url"));
  return Buffer.from(bytes).toString("base64url") === text ? bytes : null;
}

/** @param {Bytes} a @param {Bytes} b */
export const same = (a, b) => Buffer.compare(a, b) === 0;

/** @param {string} text */
export const hashOfText = (text) => toHex(sha256(utf8(text)));

/**
 * The one text of a value (RFC 8785, for what the record holds): members in the order of UTF-16 code units, no spaces, whole numbers.
 * Throws for a number that is not whole or too large to be exact.
 * @param {any} value @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object")
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
      .join(",")}}`;
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError(`${value} is not a whole number`);
  return JSON.stringify(value);
}

/**
 * Hex of SHA-256(salt ‖ canonical value): what the record holds of a value that is not public yet.
 * @param {unknown} salt 32 hex digits @param {unknown} value @returns {string | null} null where the salt is none
 */
export function commitmentTo(salt, value) {
  const bytes = fromHex(salt);
  return bytes?.length === 16 ? toHex(sha256(bytes, utf8(canonical(value)))) : null;
}
