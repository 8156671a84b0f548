/** Signed notes, checkpoints and witnesses' cosignatures (C2SP signed-note, tlog-checkpoint, tlog-cosignature), Ed25519. Written from the specifications. */
import { createPublicKey, verify } from "node:crypto";
import { fromBase64, sha256, toHex, utf8 } from "./bytes.mjs";

/** @typedef {import("./bytes.mjs").Bytes} Bytes */
/** @typedef {{ name: string, id: string, type: number, key: Bytes, text: string }} Vkey */
/** @typedef {{ name: string, id: string, signature: Bytes }} Line */
/** @typedef {{ text: string, lines: Line[] }} Note */
/** @typedef {{ origin: string, size: number, root: Bytes, note: Note, signed: string }} Checkpoint */

export const LOG_KEY = 1;
export const WITNESS_KEY = 4;

/** Reads `name+hex(key id)+base64(type ‖ key)` and computes the id again; null where it does not fit. @param {string} text @returns {Vkey | null} */
export function parseVkey(text) {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  const material = fromBase64(base64 ?? "");
  if (!name || !id || material?.length !== 33) return null;
  const type = material[0] ?? 0;
  const own = toHex(sha256(utf8(`${name}\n`), material).subarray(0, 4));
  if (own !== id || (type !== LOG_KEY && type !== WITNESS_KEY)) return null;
  return { name, id, type, key: material.subarray(1), text: text.trim() };
}

/** Splits a note; nothing in it is believed yet. Null where it is none. @param {string} signed @returns {Note | null} */
export function parseNote(signed) {
  const at = signed.lastIndexOf("\n\n");
  if (at < 0 || !signed.endsWith("\n") || signed.length > 100_000) return null;
  /** @type {Line[]} */
  const lines = [];
  for (const line of signed.slice(at + 2, -1).split("\n")) {
    const [, name, base64] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = fromBase64(base64 ?? "");
    if (!name || !bytes || bytes.length < 5) return null;
    lines.push({ name, id: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) });
  }
  return { text: signed.slice(0, at + 1), lines };
}

/** @param {Bytes} key @param {Bytes} message @param {Bytes} signature */
function isSigned(key, message, signature) {
  if (signature.length !== 64) return false;
  try {
    const x = Buffer.from(key).toString("base64url");
    return verify(null, message, createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" }), signature);
  } catch {
    return false;
  }
}

/** @param {Note} note @param {Vkey} vkey */
const linesOf = (note, vkey) => note.lines.filter(({ name, id }) => name === vkey.name && id === vkey.id);

/** Whether the log's key signed the note; every line under its name must verify. @param {Note} note @param {Vkey} vkey */
export function isSignedBy(note, vkey) {
  const own = linesOf(note, vkey);
  return own.length > 0 && own.every(({ signature }) => isSigned(vkey.key, utf8(note.text), signature));
}

/** Reads origin, size and root; null where the text is no checkpoint. Says nothing of who signed. @param {string} signed @returns {Checkpoint | null} */
export function parseCheckpoint(signed) {
  const note = parseNote(signed);
  const [origin, decimal, base64, end, ...more] = note?.text.split("\n") ?? [];
  const root = fromBase64(base64 ?? "");
  if (!note || !origin || !/^(0|[1-9]\d{0,14})$/.test(decimal ?? "") || root?.length !== 32) return null;
  if (end !== "" || more.length > 0) return null;
  return { origin, size: Number(decimal), root, note, signed };
}

/**
 * When a witness says it saw the checkpoint, in seconds since 1970; null where it did not sign it; "bad" where a line in its name does
 * not verify.
 * @param {Note} note @param {Vkey} witness @returns {number | "bad" | null}
 */
export function cosignedAt(note, witness) {
  const [line] = linesOf(note, witness);
  if (!line) return null;
  const { signature } = line;
  if (signature.length !== 72) return "bad";
  const time = new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0);
  const message = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
  return isSigned(witness.key, message, signature.subarray(8)) ? Number(time) : "bad";
}
