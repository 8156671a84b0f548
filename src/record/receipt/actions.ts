/** The receipt as a file to give out, and checking one that someone brings: by itself, then against the record as it is now. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene } from "../../platform/scene.ts";
import { logKey, receiptFor, rootOfFirst } from "../actions.ts";
import { sameHash } from "../merkle/hash.ts";
import { parseVkey } from "../note/key.ts";
import type { RecordRefusal } from "../problems.ts";
import { countLeaves, findLatestCheckpoint, findLeaf, findLog, type Leaf } from "../store.ts";
import { listWitnesses, type Witness } from "../witness/store.ts";
import { formatReceipt, parseReceipt, type ReceiptFault } from "./file.ts";
import {
  checkReceipt,
  type Opening,
  type Receipt,
  type Report,
  type Step,
  type StepFault,
  verdictOf,
} from "./rules.ts";

export interface Verification {
  readonly receipt: Receipt;
  readonly report: Report;
  readonly witnesses: readonly Witness[];
}

type Asking = Pick<Scene, "env" | "db" | "community" | "now" | "keys" | "origin">;

/**
 * The receipt of an entry as the text of a `.json` file, for the page behind which its owner is known. `openings` are the
 * values behind the entry's commitments; without them the file says nothing that is not public. Refusals: `receiptFor`.
 */
export async function receiptFileFor(
  scene: Asking,
  leafHash: string,
  openings: readonly Opening[] = [],
): Promise<Result<string, RecordRefusal>> {
  const receipt = await receiptFor(scene, leafHash, openings);
  return receipt.ok ? ok(formatReceipt(receipt.value)) : receipt;
}

/** Refused: `unreadable_receipt` with what is wrong with the file, `log_key_changed`. A receipt that fails is no refusal: its report says so. */
export async function verifyReceipt(
  scene: Asking,
  text: string,
): Promise<
  Result<Verification, RecordRefusal | { readonly reason: "unreadable_receipt"; readonly fault: ReceiptFault }>
> {
  const read = parseReceipt(text);
  if (!read.ok) return err({ reason: "unreadable_receipt", fault: read.error });
  const receipt = read.value;
  const [[log], [leaf], [count], [latest], witnesses] = await scene.db.read(
    findLog(scene),
    findLeaf(scene, receipt.seq),
    countLeaves(scene),
    findLatestCheckpoint(scene),
    listWitnesses(scene),
  );
  const key = logKey(scene, log);
  if (!key.ok) return key;
  const keys = witnesses.flatMap(({ vkey }) => {
    const parsed = parseVkey(vkey);
    return parsed.ok ? [parsed.value] : [];
  });
  const report = checkReceipt(receipt, key.value, keys);
  const fault = await compare(scene, receipt, report, leaf, count?.size ?? 0, latest?.size ?? 0);
  const standing: Step = fault
    ? { name: "standing", outcome: "failed", fault }
    : { name: "standing", outcome: "passed" };
  const steps = [...report.steps, standing];
  return ok({ receipt, report: { ...report, steps, verdict: verdictOf(steps) }, witnesses });
}

/** How the record of today contradicts the receipt; null when it does not. */
async function compare(
  scene: Pick<Scene, "db" | "community">,
  receipt: Receipt,
  { checkpoint }: Report,
  leaf: Leaf | undefined,
  size: number,
  covered: number,
): Promise<StepFault | null> {
  if (checkpoint && checkpoint.size > covered) return "log_shorter";
  if (!leaf) return receipt.seq >= size ? "log_shorter" : "entry_differs";
  if (leaf.entry !== receipt.entry) return "entry_differs";
  if (!checkpoint || checkpoint.size === 0) return null;
  // Recomputed from the stored hashes, not looked up: a row that says so would prove nothing.
  const root = await rootOfFirst(scene, checkpoint.size);
  return root && sameHash(root, checkpoint.root) ? null : "history_differs";
}
