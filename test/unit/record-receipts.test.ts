/** Receipts: what a checker says of an honest one, and of every way it can be wrong. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/record/canonical.ts";
import { nextCheckpoint } from "../../src/record/checkpointing.ts";
import { rootAt } from "../../src/record/merkle/range.ts";
import { checkpointText, signCheckpoint } from "../../src/record/note/checkpoint.ts";
import { cosign } from "../../src/record/note/cosignature.ts";
import { formatReceipt, parseReceipt } from "../../src/record/receipt/file.ts";
import { openPromise, signPromise } from "../../src/record/receipt/promise.ts";
import { checkReceipt, type Receipt, type StepName, valueAt, verdictOf } from "../../src/record/receipt/rules.ts";
import { leafHashOf } from "../../src/record/rules.ts";
import { formatProofFile } from "../../src/record/tiles/proof-file.ts";
import {
  ballot,
  checkpoint,
  entries,
  hashes,
  honest,
  key,
  leaves,
  other,
  proofWith,
  root,
  SEQ,
  tree,
  WRONG,
  witness,
} from "./record-receipt-of-test.ts";

const outcomeOf = (receipt: Receipt, name: StepName) => {
  const report = checkReceipt(receipt, key, [witness]);
  const step = report.steps.find((one) => one.name === name)!;
  return {
    verdict: report.verdict,
    ...(step.outcome === "failed" ? { fault: step.fault } : { outcome: step.outcome }),
  };
};

describe("an honest receipt", () => {
  test("is proved, step by step", () => {
    const report = checkReceipt(honest, key, [witness]);
    expect(report.verdict).toBe("proved");
    expect(report.steps.filter(({ outcome }) => outcome === "passed").map(({ name }) => name)).toEqual([
      "key",
      "entry",
      "promise",
      "checkpoint",
      "inclusion",
      "openings",
    ]);
    expect(report.leafHash).toBe(leafHashOf(ballot));
    expect(report.entry).toMatchObject({ type: "ballot.cast", meeting: "m1" });
    expect(report.checkpoint?.size).toBe(5);
  });
  test("before its checkpoint is promised, and says so", () => {
    expect(checkReceipt({ ...honest, proof: null }, key, []).verdict).toBe("promised");
  });
  test("as a bare proof file is proved by its entry inside", () => {
    const read = parseReceipt(honest.proof!);
    expect(read.ok && checkReceipt(read.value, key, []).verdict).toBe("proved");
  });
  test("names the witnesses that cosigned, and only those it was told of", () => {
    const text = checkpointText({ origin: key.name, size: 5, root });
    const cosigned = { ...honest, proof: proofWith({ checkpoint: checkpoint + cosign(text, 1_790_000_100, witness) }) };
    expect(checkReceipt(cosigned, key, [witness]).cosigned).toEqual([
      { name: witness.name, timeSeconds: 1_790_000_100 },
    ]);
    expect(checkReceipt(cosigned, key, []).cosigned).toEqual([]);
    expect(outcomeOf(cosigned, "cosignatures")).toEqual({ verdict: "proved", outcome: "passed" });
  });
});

describe("a receipt that is wrong", () => {
  test.each(WRONG)("%s", (_, receipt, name, fault) =>
    expect(outcomeOf(receipt, name)).toEqual({ verdict: "failed", fault }),
  );
  test("with neither promise nor proof shows nothing", () => {
    expect(checkReceipt({ ...honest, promise: null, proof: null }, key, []).verdict).toBe("failed");
    expect(verdictOf([])).toBe("failed");
  });
});

describe("a receipt's file", () => {
  test("is read back as it was written", () => {
    for (const receipt of [honest, { ...honest, proof: null, openings: [] }])
      expect(parseReceipt(formatReceipt(receipt))).toEqual({ ok: true, value: receipt });
  });
  test("survives being pasted: a byte order mark, Windows line ends, spaces around it", () => {
    const pasted = `\uFEFF  ${honest.proof!.replaceAll("\n", "\r\n").trimEnd()}  `;
    const read = parseReceipt(pasted);
    expect(read.ok && checkReceipt(read.value, key, []).verdict).toBe("proved");
  });
  test.each([
    ["empty", "", "empty"],
    ["only spaces", " \n ", "empty"],
    ["a letter", "您好，这是我的回执", "not_a_receipt"],
    ["other JSON", '{"a":1}', "not_a_receipt"],
    ["cut in half", formatReceipt(honest).slice(0, 300), "damaged_file"],
    ["without its entry", formatReceipt(honest).replace('"entry"', '"entri"'), "damaged_file"],
    ["with a fraction for its place", formatReceipt(honest).replace('"seq": 3', '"seq": 3.5'), "damaged_file"],
    [
      "a proof file without the entry",
      formatProofFile({ extra: null, index: 3, hashes, checkpoint }),
      "proof_without_entry",
    ],
    ["a proof file cut in half", honest.proof!.slice(0, 60), "damaged_file"],
    ["a proof file whose entry is not text", proofWith({ extra: Uint8Array.of(0xff, 0xfe) }), "damaged_file"],
    ["half a megabyte", "x".repeat(500_000), "too_long"],
  ])("that is %s is refused", (_, text, fault) => expect(parseReceipt(text)).toEqual({ ok: false, error: fault }));
});

describe("a promise", () => {
  test("names the leaf and its place, and cannot be read as a checkpoint", () => {
    const promise = { leafHash: leaves[SEQ]!, index: SEQ };
    expect(openPromise(signPromise(promise, key), key)).toEqual({ ok: true, value: promise });
    expect(signPromise(promise, key)).toBe(signPromise(promise, key));
    expect(openPromise(checkpoint, key)).toEqual({ ok: false, error: "malformed_promise" });
    expect(openPromise("", key)).toEqual({ ok: false, error: "malformed_promise" });
  });
});

describe("a pointer into an entry", () => {
  const entry: JsonObject = { a: [{ "b/c": "1" }, "2"], "~": "3", "": "4" };
  test.each([
    ["/a/0/b~1c", "1"],
    ["/a/1", "2"],
    ["/~0", "3"],
    ["/", "4"],
    ["/a/01", undefined],
    ["/a/2", undefined],
    ["/a/length", undefined],
    ["/__proto__", undefined],
    ["a", undefined],
  ])("%s leads to %s", (pointer, value) => expect(valueAt(entry, pointer)).toBe(value));
});

describe("the next checkpoint", () => {
  const leafRow = (entry: string, seq: number) => ({
    seq,
    entry,
    leafHash: leafHashOf(entry),
    at: 1,
    type: "test.act",
    subject: "",
  });
  const latest = {
    size: 2,
    previousSize: 0,
    root: bytesToHex(rootAt(2, tree)),
    note: signCheckpoint(2, rootAt(2, tree), key),
    madeAt: 1,
  };
  const edge = [{ level: 1, position: 0, hash: bytesToHex(rootAt(2, tree)) }];
  const waiting = entries.slice(2).map((entry, at) => leafRow(entry, at + 2));
  test("continues the tree", () => {
    const next = nextCheckpoint(key, latest, edge, waiting);
    expect(next).toMatchObject({
      ok: true,
      value: { checkpoint: { size: 5, previousSize: 2, root: bytesToHex(root), note: checkpoint } },
    });
  });
  test.each([
    [
      "the last one signed by another",
      { ...latest, note: signCheckpoint(2, rootAt(2, tree), other) },
      edge,
      waiting,
      { where: "checkpoint", size: 2 },
    ],
    [
      "the last one of another size",
      { ...latest, note: signCheckpoint(3, rootAt(2, tree), key) },
      edge,
      waiting,
      { where: "checkpoint", size: 2 },
    ],
    ["another root in its row", { ...latest, root: "0".repeat(64) }, edge, waiting, { where: "checkpoint", size: 2 }],
    ["an edge that is another tree's", latest, [{ ...edge[0]!, hash: "0".repeat(64) }], waiting, { where: "tree" }],
    ["an edge that is missing", latest, [], waiting, { where: "tree" }],
    ["a gap in the entries", latest, edge, waiting.slice(1), { where: "entry", seq: 3 }],
    ["an entry that is not its hash", latest, edge, [{ ...waiting[0]!, entry: "{}" }], { where: "entry", seq: 2 }],
  ])("is not signed over %s", (_, last, edges, rows, damage) => {
    expect(nextCheckpoint(key, last, edges, rows)).toEqual({ ok: false, error: damage });
  });
});
