/** Opening a sealed price sheet again from the key that was published with it: docs/decisions/091. Pure. */
import { createDecipheriv } from "node:crypto";
import { canonical, fromBase64url, sha256, textOf, toHex, utf8 } from "./bytes.mjs";

/** @typedef {import("./bytes.mjs").Bytes} Bytes */
/** What was promised of a part before the closing. @typedef {{ aad: string, iv: string, ptCommit: string, keyCommit: string }} Sealed */
/** @typedef {"key" | "tag" | "text" | "sheet"} Fault key: not the key committed to; tag: it does not open; text: not the text committed to; sheet: no price sheet */

const KEY_BYTES = 32;
const TAG_BYTES = 16;

/** Its length in four bytes, canonical JSON of fen by key, zeros to the end; null for anything else. @param {Bytes} sheet @returns {Record<string, number> | null} */
export function readPriceSheet(sheet) {
  if (sheet.length < 4) return null;
  const length = new DataView(sheet.buffer, sheet.byteOffset, 4).getUint32(0);
  if (4 + length > sheet.length || sheet.subarray(4 + length).some((byte) => byte !== 0)) return null;
  try {
    const text = textOf(sheet.subarray(4, 4 + length));
    const prices = JSON.parse(text);
    const isWell =
      canonical(prices) === text && Object.values(prices).every((fen) => Number.isSafeInteger(fen) && fen >= 0);
    return isWell ? prices : null;
  } catch {
    return null;
  }
}

/**
 * The file under a seal, checked against both commitments.
 * @param {Sealed} sealed @param {Bytes} ct @param {Bytes} secret key ‖ nonce @returns {Bytes | Fault}
 */
export function openPart({ aad, iv, ptCommit, keyCommit }, ct, secret) {
  const [key, nonce] = [secret.subarray(0, KEY_BYTES), secret.subarray(KEY_BYTES)];
  if (toHex(sha256(utf8("bid-key-v1\0"), utf8(aad), key, nonce)) !== keyCommit || key.length !== KEY_BYTES)
    return "key";
  let file;
  try {
    const cipher = createDecipheriv("aes-256-gcm", key, fromBase64url(iv) ?? new Uint8Array());
    cipher.setAAD(utf8(aad));
    cipher.setAuthTag(ct.subarray(ct.length - TAG_BYTES));
    file = new Uint8Array(Buffer.concat([cipher.update(ct.subarray(0, ct.length - TAG_BYTES)), cipher.final()]));
  } catch {
    return "tag";
  }
  return toHex(sha256(utf8("bid-plaintext-v1\0"), utf8(aad), nonce, file)) === ptCommit ? file : "text";
}

/** The prices under a seal, or why there are none. @param {Sealed} sealed @param {Bytes} ct @param {Bytes} secret @returns {Record<string, number> | Fault} */
export function openPrices(sealed, ct, secret) {
  const file = openPart(sealed, ct, secret);
  return typeof file === "string" ? file : (readPriceSheet(file) ?? "sheet");
}

/** The sum over the term in 0.01 fen: quantity in 0.01 × price in fen, line by line. @param {any} lot of the scheme @param {Record<string, number>} prices */
export const totalOf = (lot, prices) =>
  lot.prices.reduce(
    (/** @type {bigint} */ sum, /** @type {any} */ line) =>
      sum + BigInt(line.quantityHundredths) * BigInt(prices[line.key] ?? 0),
    0n,
  );
