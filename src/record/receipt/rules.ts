/** What a receipt is, and checking one step by step with the log's public key and nothing else. Says which step failed; never asks a database. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { type Json, type JsonObject, parseCanonical } from "../canonical.ts";
import { sameHash } from "../merkle/hash.ts";
import { verifyInclusion } from "../merkle/proof.ts";
import { type Checkpoint, openCheckpoint } from "../note/checkpoint.ts";
import { verifyCosignature } from "../note/cosignature.ts";
import { formatVkey, type VerifierKey } from "../note/key.ts";
import { commit, leafHashOf } from "../rules.ts";
import { parseProofFile } from "../tiles/proof-file.ts";
import { openPromise } from "./promise.ts";

/** A value that the entry only commits to, with what it takes to recompute the commitment. */
export interface Opening {
  /** Where in the entry the commitment stands, as a JSON pointer: `/answers/0`. */
  readonly pointer: string;
  readonly salt: Uint8Array;
  readonly value: Json;
}

export interface Receipt {
  /** The log's vkey. */
  readonly log: string;
  /** The exact text that was hashed. */
  readonly entry: string;
  /** The entry's place in the log, from 0. */
  readonly seq: number;
  /** A signed note; absent in a bare .tlog-proof. */
  readonly promise: string | null;
  /** A .tlog-proof; null until a checkpoint covers the entry. */
  readonly proof: string | null;
  readonly openings: readonly Opening[];
}

/** In the order they are made. `standing` compares with the log as it is now and is added by who can ask it. */
export type StepName =
  | "key"
  | "entry"
  | "promise"
  | "checkpoint"
  | "inclusion"
  | "openings"
  | "cosignatures"
  | "standing";

export type StepFault =
  | "other_log"
  | "not_canonical"
  | "not_signed"
  | "malformed"
  | "another_entry"
  | "another_place"
  | "not_included"
  | "value_differs"
  | "entry_differs"
  | "history_differs"
  | "log_shorter";

/** `skipped`: the receipt holds nothing for this step, which is no fault of it. */
export type Step =
  | { readonly name: StepName; readonly outcome: "passed" | "skipped" }
  | { readonly name: StepName; readonly outcome: "failed"; readonly fault: StepFault };

export interface Report {
  readonly steps: readonly Step[];
  /** proved: the entry is in a signed tree. promised: only the log's word so far. failed: something is not as it says. */
  readonly verdict: "proved" | "promised" | "failed";
  readonly leafHash: string;
  /** Null when the text is not an entry. */
  readonly entry: JsonObject | null;
  readonly checkpoint: Checkpoint | null;
  readonly cosigned: readonly { readonly name: string; readonly timeSeconds: number }[];
}

const passed = (name: StepName): Step => ({ name, outcome: "passed" });
const skipped = (name: StepName): Step => ({ name, outcome: "skipped" });
const failed = (name: StepName, fault: StepFault): Step => ({ name, outcome: "failed", fault });

/** `key` is the log's key as known from elsewhere: a receipt cannot vouch for its own. */
export function checkReceipt(receipt: Receipt, key: VerifierKey, witnesses: readonly VerifierKey[]): Report {
  const leafHash = leafHashOf(receipt.entry);
  const entry = readEntry(receipt.entry);
  const proof = checkProof(receipt, key, witnesses, leafHash);
  const steps: Step[] = [
    receipt.log === "" ? skipped("key") : receipt.log === formatVkey(key) ? passed("key") : failed("key", "other_log"),
    entry ? passed("entry") : failed("entry", "not_canonical"),
    checkPromise(receipt, key, leafHash),
    ...proof.steps,
    checkOpenings(receipt, entry),
    proof.cosigned.length > 0 ? passed("cosignatures") : skipped("cosignatures"),
  ];
  return {
    steps,
    verdict: verdictOf(steps),
    leafHash,
    entry,
    checkpoint: proof.checkpoint,
    cosigned: proof.cosigned,
  };
}

/** A single failure outweighs everything that passed; without a proof or a promise nothing was shown. */
export function verdictOf(steps: readonly Step[]): Report["verdict"] {
  const outcome = (name: StepName) => steps.find((step) => step.name === name)?.outcome;
  if (steps.some((step) => step.outcome === "failed")) return "failed";
  if (outcome("inclusion") === "passed") return "proved";
  return outcome("promise") === "passed" ? "promised" : "failed";
}

function readEntry(text: string): JsonObject | null {
  const parsed = parseCanonical(text);
  if (!parsed.ok || !isObject(parsed.value)) return null;
  const { v, type, at } = parsed.value;
  return v === 1 && typeof type === "string" && typeof at === "number" ? parsed.value : null;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function checkPromise({ promise, seq }: Receipt, key: VerifierKey, leafHash: string): Step {
  if (promise === null) return skipped("promise");
  const opened = openPromise(promise, key);
  if (!opened.ok) return failed("promise", opened.error === "not_signed" ? "not_signed" : "malformed");
  if (bytesToHex(opened.value.leafHash) !== leafHash) return failed("promise", "another_entry");
  return opened.value.index === seq ? passed("promise") : failed("promise", "another_place");
}

function checkProof(
  { proof, seq }: Receipt,
  key: VerifierKey,
  witnesses: readonly VerifierKey[],
  leafHash: string,
): Pick<Report, "steps" | "checkpoint" | "cosigned"> {
  const nothing = { checkpoint: null, cosigned: [] };
  if (proof === null) return { steps: [skipped("checkpoint"), skipped("inclusion")], ...nothing };
  const file = parseProofFile(proof);
  if (!file.ok) return { steps: [failed("checkpoint", "malformed"), skipped("inclusion")], ...nothing };
  const opened = openCheckpoint(file.value.checkpoint, key);
  if (!opened.ok) {
    const fault = opened.error === "not_signed" || opened.error === "other_log" ? opened.error : "malformed";
    return { steps: [failed("checkpoint", fault), skipped("inclusion")], ...nothing };
  }
  const { checkpoint, note } = opened.value;
  const { index, hashes } = file.value;
  const inclusion =
    index !== seq
      ? failed("inclusion", "another_place")
      : verifyInclusion(index, checkpoint.size, hexToBytes(leafHash), hashes, checkpoint.root)
        ? passed("inclusion")
        : failed("inclusion", "not_included");
  const cosigned = witnesses.flatMap((witness) =>
    note.signatures.flatMap((line) => {
      const timeSeconds = verifyCosignature(note.text, line, witness);
      return timeSeconds === null ? [] : [{ name: witness.name, timeSeconds }];
    }),
  );
  return { steps: [passed("checkpoint"), inclusion], checkpoint, cosigned };
}

function checkOpenings({ openings }: Receipt, entry: JsonObject | null): Step {
  if (openings.length === 0) return skipped("openings");
  const holds = openings.every(({ pointer, salt, value }) => {
    const commitment = entry ? valueAt(entry, pointer) : undefined;
    return typeof commitment === "string" && sameHash(hexToBytes(commit(salt, value)), hexOrNothing(commitment));
  });
  return holds ? passed("openings") : failed("openings", "value_differs");
}

const hexOrNothing = (text: string): Uint8Array => (/^[0-9a-f]{64}$/.test(text) ? hexToBytes(text) : new Uint8Array(0));

/** What a JSON pointer (RFC 6901) leads to; undefined when it leads nowhere. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  if (pointer === "") return value;
  if (!pointer.startsWith("/")) return undefined;
  let here: Json | undefined = value;
  for (const part of pointer.slice(1).split("/")) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(here)) here = /^(0|[1-9]\d*)$/.test(name) ? (here as readonly Json[])[Number(name)] : undefined;
    else if (isObject(here) && Object.hasOwn(here, name)) here = here[name];
    else return undefined;
  }
  return here;
}
