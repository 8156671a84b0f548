/** The one hash by which texts and files are named in the record and on pages: SHA-256 in lower-case hex. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** 64 lower-case hex digits; a text is hashed as its UTF-8 bytes. What `sha256sum` prints of the same bytes. */
export const sha256Hex = (content: Uint8Array | string): string =>
  bytesToHex(sha256(typeof content === "string" ? utf8ToBytes(content) : content));
