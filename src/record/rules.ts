/** What an entry of the record, its leaf, its short code and a commitment are. Pure; nothing about where they are kept. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../kernel/day.ts";
import { base32 } from "../kernel/id.ts";
import { canonicalJson, type Json, type JsonObject } from "./canonical.ts";
import { hashLeaf } from "./merkle/hash.ts";

/** A bundle of entries prefixes each with a uint16 length, so no entry can be longer (C2SP tlog-tiles). */
export const LONGEST_ENTRY_BYTES = 65_535;

/** A salt is exactly this long: were its length free, its last bytes could be read as the first of the value. */
export const SALT_BYTES = 16;

/** The words of an entry that the record itself writes; a payload may not bring its own. */
const OWN_KEYS = ["at", "type", "v"] as const;

const TYPE = /^[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)+$/;

/**
 * The entry's text: canonical JSON of `{"at":…,"type":…,"v":1,…payload}`. `at` is epoch ms, `type` reads `ballot.cast`.
 * Throws when the payload brings `at`, `type` or `v`, the type is malformed, or the text exceeds 65,535 bytes.
 */
export function entryText(type: string, at: Instant, payload: JsonObject): string {
  if (!TYPE.test(type)) throw new TypeError(`"${type}" is not an entry type such as ballot.cast`);
  for (const key of OWN_KEYS) if (Object.hasOwn(payload, key)) throw new TypeError(`a payload cannot carry "${key}"`);
  const text = canonicalJson({ ...payload, at, type, v: 1 });
  const bytes = utf8ToBytes(text).length;
  if (bytes > LONGEST_ENTRY_BYTES) throw new RangeError(`an entry of ${bytes} bytes exceeds ${LONGEST_ENTRY_BYTES}`);
  return text;
}

/** The leaf hash of an entry's text, in hex: SHA-256(0x00 ‖ UTF-8 bytes). */
export const leafHashOf = (entry: string): string => bytesToHex(hashLeaf(utf8ToBytes(entry)));

export const isLeafHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/**
 * A commitment to a value that stays hidden: hex of SHA-256(salt ‖ canonical value). The salt is 16 random bytes, new
 * for each value; who may see the value is given both. Throws for a salt of another length.
 */
export function commit(salt: Uint8Array, value: Json): string {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes, not ${salt.length}`);
  return bytesToHex(
    sha256
      .create()
      .update(salt)
      .update(utf8ToBytes(canonicalJson(value)))
      .digest(),
  );
}

const CODE_CHARACTERS = 20;
const CODE_HEX_DIGITS = (CODE_CHARACTERS * 5) / 4;

/** The short code of a leaf, to be read out over the phone: its first 100 bits in Crockford base32, `k3m9-…`, five groups of four. */
export const shortCode = (leafHash: string): string =>
  base32(hexToBytes(leafHash)).slice(0, CODE_CHARACTERS).match(/.{4}/g)!.join("-");

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * What a person typed of a short code, as the first 25 hex digits of the leaf hash; null when it is not one. Takes capitals,
 * spaces and missing hyphens, and the letters that are misheard for digits (o, i, l), as Crockford's alphabet means them.
 */
export function readShortCode(typed: string): string | null {
  const plain = typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\-‐-―·]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  if (plain.length !== CODE_CHARACTERS) return null;
  let bits = 0n;
  for (const character of plain) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  return bits.toString(16).padStart(CODE_HEX_DIGITS, "0");
}
