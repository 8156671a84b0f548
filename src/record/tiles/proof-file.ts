/** The `.tlog-proof` file (C2SP tlog-proof): an entry's place, its inclusion proof and the checkpoint, in one text that needs no network. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { fromBase64, readDecimal, toBase64 } from "../encoding.ts";
import { HASH_BYTES, type Hash } from "../merkle/hash.ts";

export interface ProofFile {
  /** Here: the entry's own bytes, so that the file can be checked with nothing beside it. Unsigned; it must hash to the leaf. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  readonly hashes: readonly Hash[];
  /** The signed note, as the log gave it. */
  readonly checkpoint: string;
}

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const LONGEST = 300_000;
const MOST_HASHES = 63;

export function formatProofFile({ extra, index, hashes, checkpoint }: ProofFile): string {
  const lines = [FIRST_LINE];
  if (extra) lines.push(`extra ${toBase64(extra)}`);
  lines.push(`index ${index}`, ...hashes.map(toBase64));
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

export type ProofFileFault =
  | "not_a_proof_file"
  | "malformed_extra"
  | "malformed_index"
  | "malformed_hash"
  | "no_checkpoint";

/** Reads the layout only: nothing in it is verified. */
export function parseProofFile(text: string): Result<ProofFile, ProofFileFault> {
  if (text.length > LONGEST || !text.startsWith(`${FIRST_LINE}\n`)) return err("not_a_proof_file");
  const split = text.indexOf("\n\n");
  if (split < 0) return err("no_checkpoint");
  const lines = text.slice(0, split).split("\n").slice(1);
  let extra: Uint8Array | null = null;
  if (lines[0]?.startsWith("extra ")) {
    extra = fromBase64(lines.shift()!.slice("extra ".length));
    if (!extra) return err("malformed_extra");
  }
  const indexLine = lines.shift();
  const index = indexLine?.startsWith("index ") ? readDecimal(indexLine.slice("index ".length)) : null;
  if (index === null) return err("malformed_index");
  if (lines.length > MOST_HASHES) return err("malformed_hash");
  const hashes: Hash[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash?.length !== HASH_BYTES) return err("malformed_hash");
    hashes.push(hash);
  }
  return ok({ extra, index, hashes, checkpoint: text.slice(split + 2) });
}
