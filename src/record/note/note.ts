/** Signed notes (C2SP signed-note): a text and signature lines under it. Says who signed, not what the text means. */
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../../kernel/result.ts";
import { fromBase64, toBase64 } from "../encoding.ts";
import { isKeyName, isSignedBy, type SignerKey, type VerifierKey } from "./key.ts";

/** One signature line, split but not verified. */
export interface SignatureLine {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface Note {
  /** With its final newline: exactly what was signed. */
  readonly text: string;
  readonly signatures: readonly SignatureLine[];
}

export type NoteFault = "too_long" | "control_character" | "no_signature" | "malformed_signature";

const LONGEST_NOTE = 100_000;
const MOST_SIGNATURES = 64;
const DASH = "— "; // U+2014

export const signatureLine = ({ name, keyId, signature }: SignatureLine): string =>
  `${DASH}${name} ${toBase64(concatBytes(hexToBytes(keyId), signature))}\n`;

/** Reads a note. Everything in it is untrusted until a signature verified. */
export function parseNote(note: string): Result<Note, NoteFault> {
  if (note.length > LONGEST_NOTE) return err("too_long");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a note may hold no control character but the newline
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note) || !note.isWellFormed()) return err("control_character");
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return err("no_signature");
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) return err("too_long");
  const signatures: SignatureLine[] = [];
  for (const line of lines) {
    const [, name, base64] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = base64 === undefined ? null : fromBase64(base64);
    if (!name || !isKeyName(name) || !bytes || bytes.length < 5) return err("malformed_signature");
    signatures.push({ name, keyId: bytesToHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) });
  }
  return ok({ text, signatures });
}

/** Signs a text that ends in a newline. */
export function signNote(text: string, key: SignerKey): string {
  if (!text.endsWith("\n")) throw new TypeError("a note's text ends in a newline");
  return `${text}\n${signatureLine({ ...key, signature: key.sign(utf8ToBytes(text)) })}`;
}

/** The lines that name this key. Name and id must both fit: others may use one or the other. */
export const linesOf = (note: Note, key: VerifierKey): readonly SignatureLine[] =>
  note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);

/** Whether the note carries this key's signature; a second line under its name that does not verify spoils it. */
export function isNoteSignedBy(note: Note, key: VerifierKey): boolean {
  const lines = linesOf(note, key);
  const message = utf8ToBytes(note.text);
  return lines.length > 0 && lines.every(({ signature }) => isSignedBy(key, message, signature));
}
