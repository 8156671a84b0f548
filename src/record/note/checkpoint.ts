/** Checkpoints (C2SP tlog-checkpoint): a log's name, size and root in three lines, signed as a note. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { fromBase64, readDecimal, toBase64 } from "../encoding.ts";
import { HASH_BYTES, type Hash } from "../merkle/hash.ts";
import type { SignerKey, VerifierKey } from "./key.ts";
import { isNoteSignedBy, type Note, type NoteFault, parseNote, signNote } from "./note.ts";

export interface Checkpoint {
  /** The log's name: its address without scheme. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

export type CheckpointFault = NoteFault | "malformed_checkpoint" | "other_log" | "not_signed";

export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads the three lines. Extension lines are refused: this log writes none, so a fourth line was never its. */
export function parseCheckpoint(text: string): Result<Checkpoint, "malformed_checkpoint"> {
  const [origin, decimal, base64, end, ...more] = text.split("\n");
  const size = readDecimal(decimal ?? "");
  const root = fromBase64(base64 ?? "");
  if (!origin || size === null || root?.length !== HASH_BYTES || end !== "" || more.length > 0)
    return err("malformed_checkpoint");
  return ok({ origin, size, root });
}

/** A signed checkpoint of the log whose name the key carries. */
export const signCheckpoint = (size: number, root: Hash, key: SignerKey): string =>
  signNote(checkpointText({ origin: key.name, size, root }), key);

/** A checkpoint that this log's key signed; nothing in a note is believed before that. */
export function openCheckpoint(
  signed: string,
  key: VerifierKey,
): Result<{ checkpoint: Checkpoint; note: Note }, CheckpointFault> {
  const note = parseNote(signed);
  if (!note.ok) return note;
  if (!isNoteSignedBy(note.value, key)) return err("not_signed");
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== key.name) return err("other_log");
  return ok({ checkpoint: checkpoint.value, note: note.value });
}
