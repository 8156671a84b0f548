/** One honest receipt from a small log, and receipts that are each wrong in one way: the same for every checker. */
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { hashLeaf } from "../../src/record/merkle/hash.ts";
import { treeOf } from "../../src/record/merkle/list.ts";
import { proveInclusion } from "../../src/record/merkle/proof.ts";
import { rootAt } from "../../src/record/merkle/range.ts";
import { checkpointText, signCheckpoint } from "../../src/record/note/checkpoint.ts";
import { COSIGNATURE_KEY, formatVkey, NOTE_KEY, signerKey } from "../../src/record/note/key.ts";
import { signNote } from "../../src/record/note/note.ts";
import { signPromise } from "../../src/record/receipt/promise.ts";
import type { Receipt, StepFault, StepName } from "../../src/record/receipt/rules.ts";
import { commit, entryText } from "../../src/record/rules.ts";
import { formatProofFile } from "../../src/record/tiles/proof-file.ts";

export const key = signerKey("example.org/c/jingui/log", NOTE_KEY, new Uint8Array(32).fill(7));
export const other = signerKey("example.org/c/jingui/log", NOTE_KEY, new Uint8Array(32).fill(8));
export const witness = signerKey("street.example.org", COSIGNATURE_KEY, new Uint8Array(32).fill(9));
export const salt = hexToBytes("000102030405060708090a0b0c0d0e0f");

export const ballot = entryText("ballot.cast", 1_790_000_000_000, { answers: [commit(salt, "for")], meeting: "m1" });
export const entries = ["a", "b", "c"]
  .map((n) => entryText("test.act", 1, { n }))
  .concat(ballot, entryText("test.act", 1, { n: "e" }));
export const SEQ = 3;
export const leaves = entries.map((entry) => hashLeaf(utf8ToBytes(entry)));
export const tree = treeOf(leaves);
export const root = rootAt(leaves.length, tree);
export const checkpoint = signCheckpoint(leaves.length, root, key);
export const hashes = proveInclusion(SEQ, leaves.length, tree);
export const proofWith = (changes: Partial<Parameters<typeof formatProofFile>[0]>) =>
  formatProofFile({ extra: utf8ToBytes(ballot), index: SEQ, hashes, checkpoint, ...changes });

export const honest: Receipt = {
  log: formatVkey(key),
  entry: ballot,
  seq: SEQ,
  promise: signPromise({ leafHash: leaves[SEQ]!, index: SEQ }, key),
  proof: proofWith({}),
  openings: [{ pointer: "/answers/0", salt, value: "for" }],
};
const changedEntry = ballot.replace("m1", "m2");

/** What is wrong, the receipt, the step that must find it, and what the step must say. */
export const WRONG: readonly (readonly [string, Receipt, StepName, StepFault])[] = [
  ["of another log", { ...honest, log: formatVkey(other) }, "key", "other_log"],
  ["with another entry is not the one promised", { ...honest, entry: changedEntry }, "promise", "another_entry"],
  [
    "with another entry is not in the tree",
    { ...honest, promise: null, entry: changedEntry },
    "inclusion",
    "not_included",
  ],
  ["with its entry in another spelling", { ...honest, entry: ballot.replace("{", "{ ") }, "entry", "not_canonical"],
  ["with JSON that is no entry", { ...honest, entry: "{}" }, "entry", "not_canonical"],
  [
    "with a promise by another key",
    { ...honest, promise: signPromise({ leafHash: leaves[SEQ]!, index: SEQ }, other) },
    "promise",
    "not_signed",
  ],
  [
    "with a promise of another place",
    { ...honest, promise: signPromise({ leafHash: leaves[SEQ]!, index: 2 }, key) },
    "promise",
    "another_place",
  ],
  ["with a checkpoint for a promise", { ...honest, promise: checkpoint }, "promise", "malformed"],
  [
    "with a checkpoint by another key",
    { ...honest, proof: proofWith({ checkpoint: signCheckpoint(5, root, other) }) },
    "checkpoint",
    "not_signed",
  ],
  [
    "with a promise for a checkpoint",
    { ...honest, proof: proofWith({ checkpoint: honest.promise! }) },
    "checkpoint",
    "malformed",
  ],
  [
    "with another log's checkpoint signed by this key",
    { ...honest, proof: proofWith({ checkpoint: signNote(checkpointText({ origin: "x", size: 5, root }), key) }) },
    "checkpoint",
    "other_log",
  ],
  ["with a proof of another place", { ...honest, proof: proofWith({ index: 2 }) }, "inclusion", "another_place"],
  ["with a hash missing", { ...honest, proof: proofWith({ hashes: hashes.slice(1) }) }, "inclusion", "not_included"],
  [
    "with a proof from a smaller tree",
    { ...honest, proof: proofWith({ checkpoint: signCheckpoint(4, root, key) }) },
    "inclusion",
    "not_included",
  ],
  ["with no proof file at all", { ...honest, proof: "hello" }, "checkpoint", "malformed"],
  [
    "with another value behind its commitment",
    { ...honest, openings: [{ pointer: "/answers/0", salt, value: "against" }] },
    "openings",
    "value_differs",
  ],
  [
    "with another salt",
    { ...honest, openings: [{ pointer: "/answers/0", salt: new Uint8Array(16), value: "for" }] },
    "openings",
    "value_differs",
  ],
  [
    "with a value where no commitment stands",
    { ...honest, openings: [{ pointer: "/answers/1", salt, value: "for" }] },
    "openings",
    "value_differs",
  ],
  [
    "with a value for plain text",
    { ...honest, openings: [{ pointer: "/meeting", salt, value: "for" }] },
    "openings",
    "value_differs",
  ],
];
