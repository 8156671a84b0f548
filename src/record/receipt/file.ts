/** The receipt as a file a person keeps: the entry, its place, the log's promise, the proof once there is one, and the values behind its commitments. Reading it believes nothing. */
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Json } from "../canonical.ts";
import { parseProofFile } from "../tiles/proof-file.ts";
import type { Receipt } from "./rules.ts";

const FORMAT = "commonhold-receipt/v1";
const LONGEST = 400_000;
export const MOST_OPENINGS = 200;

/** The file's text: JSON to be read by people too, so with line breaks. */
export function formatReceipt({ log, entry, seq, promise, proof, openings }: Receipt): string {
  const file = {
    format: FORMAT,
    log,
    seq,
    entry,
    promise,
    proof,
    openings: openings.map(({ pointer, salt, value }) => ({ pointer, salt: bytesToHex(salt), value })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.int(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);
const shape = z.object({
  format: z.literal(FORMAT),
  log: z.string().max(500),
  seq: z.int().nonnegative(),
  entry: z.string().max(65_535),
  promise: z.string().nullable(),
  proof: z.string().nullable(),
  openings: z
    .array(z.object({ pointer: z.string().max(200), salt: z.string().regex(/^[0-9a-f]{32}$/), value: json }))
    .max(MOST_OPENINGS)
    .default([]),
});

export type ReceiptFault = "empty" | "too_long" | "not_a_receipt" | "damaged_file" | "proof_without_entry";

/** Reads a receipt file, or a .tlog-proof that carries its entry. `log` is empty for the latter: it names no key. */
export function parseReceipt(text: string): Result<Receipt, ReceiptFault> {
  if (text.length > LONGEST) return err("too_long");
  // Pasted text often gains a byte order mark, Windows line ends or spaces around it; none of them is ever signed.
  const plain = text
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .trimStart();
  if (plain.trim() === "") return err("empty");
  return plain.startsWith("c2sp.org/tlog-proof@") ? fromProofFile(plain) : fromJson(plain);
}

function fromJson(text: string): Result<Receipt, ReceiptFault> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err(text.startsWith("{") ? "damaged_file" : "not_a_receipt");
  }
  const read = shape.safeParse(value);
  if (!read.success) return err(text.includes(FORMAT) ? "damaged_file" : "not_a_receipt");
  const { log, entry, seq, promise, proof, openings } = read.data;
  return ok({
    log,
    entry,
    seq,
    promise,
    proof,
    openings: openings.map(({ pointer, salt, value: opened }) => ({ pointer, salt: hexToBytes(salt), value: opened })),
  });
}

function fromProofFile(text: string): Result<Receipt, ReceiptFault> {
  const proof = `${text.trimEnd()}\n`; // copying often drops the last line's end
  const file = parseProofFile(proof);
  if (!file.ok) return err("damaged_file");
  const { extra, index } = file.value;
  if (!extra) return err("proof_without_entry");
  const entry = new TextDecoder().decode(extra);
  // Bytes that are not UTF-8 would be read as others; the log holds none.
  if (bytesToHex(utf8ToBytes(entry)) !== bytesToHex(extra)) return err("damaged_file");
  return ok({ log: "", entry, seq: index, promise: null, proof, openings: [] });
}
