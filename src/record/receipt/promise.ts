/** The log's signed promise that an entry stands at a place, given before a checkpoint covers it. Not a proof: it is what a broken log can be held to. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { fromBase64, readDecimal, toBase64 } from "../encoding.ts";
import { HASH_BYTES, type Hash } from "../merkle/hash.ts";
import type { SignerKey, VerifierKey } from "../note/key.ts";
import { isNoteSignedBy, parseNote, signNote } from "../note/note.ts";

export interface LogPromise {
  readonly leafHash: Hash;
  /** The entry's place in the log. */
  readonly index: number;
}

// Its second line is no decimal, so no reader can take a promise for a checkpoint that the same key signed.
const text = (origin: string, { leafHash, index }: LogPromise): string =>
  `${origin}/promise\nleaf ${toBase64(leafHash)}\nindex ${index}\n`;

/** The same entry at the same place always gets the same promise, to the byte. */
export const signPromise = (promise: LogPromise, key: SignerKey): string => signNote(text(key.name, promise), key);

export type PromiseFault = "malformed_promise" | "not_signed";

export function openPromise(signed: string, key: VerifierKey): Result<LogPromise, PromiseFault> {
  const note = parseNote(signed);
  if (!note.ok) return err("malformed_promise");
  if (!isNoteSignedBy(note.value, key)) return err("not_signed");
  const [, leafLine, indexLine] = note.value.text.split("\n");
  const leafHash = fromBase64(leafLine?.replace(/^leaf /, "") ?? "");
  const index = readDecimal(indexLine?.replace(/^index /, "") ?? "");
  if (leafHash?.length !== HASH_BYTES || index === null) return err("malformed_promise");
  const promise = { leafHash, index };
  return text(key.name, promise) === note.value.text ? ok(promise) : err("malformed_promise");
}
