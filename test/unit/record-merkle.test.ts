/** The Merkle tree: the public vectors, and properties over trees of every shape. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grow } from "../../src/record/merkle/grow.ts";
import { EMPTY_ROOT, type Hash, hashLeaf, hashNode, sameHash } from "../../src/record/merkle/hash.ts";
import { isInList, provableLeaves, provableList, rootOf, treeOf } from "../../src/record/merkle/list.ts";
import {
  consistencyRanges,
  inclusionRanges,
  proveConsistency,
  proveInclusion,
  verifyConsistency,
  verifyInclusion,
} from "../../src/record/merkle/proof.ts";
import { rootAt, subtreesOf } from "../../src/record/merkle/range.ts";
import { leafHashOf } from "../../src/record/rules.ts";

interface Inclusion {
  name: string;
  leafIdx: bigint;
  treeSize: bigint;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}
interface Consistency {
  name: string;
  size1: bigint;
  size2: bigint;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

const vectors = fileURLToPath(new URL("../../../shared/vectors/merkle.json", import.meta.url).href);
const present = existsSync(vectors);

/** JSON with every number as a bigint: 18446744073709551615 is one of the indices. */
const exactly = (text: string): { inclusion: Inclusion[]; consistency: Consistency[] } =>
  JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === "number" ? BigInt(context!.source!) : value,
  );
const bytes = (base64: string): Hash => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const path = (proof: string[] | null): Hash[] => (proof ?? []).map(bytes);

describe.skipIf(!present)(`the public proof vectors${present ? "" : " (file absent)"}`, () => {
  const { inclusion, consistency } = present
    ? exactly(readFileSync(vectors, "utf8"))
    : { inclusion: [], consistency: [] };

  test("are all 196 there, and hold the largest index of all", () => {
    expect(inclusion.length + consistency.length).toBe(196);
    expect(inclusion.some(({ leafIdx }) => leafIdx === 18446744073709551615n)).toBe(true);
  });
  test.each(inclusion.map((v) => [v.name, v] as const))("%s", (_, v) => {
    expect(verifyInclusion(v.leafIdx, v.treeSize, bytes(v.leafHash), path(v.proof), bytes(v.root))).toBe(!v.wantErr);
  });
  test.each(consistency.map((v) => [v.name, v] as const))("%s", (_, v) => {
    expect(verifyConsistency(v.size1, v.size2, bytes(v.root1), bytes(v.root2), path(v.proof))).toBe(!v.wantErr);
  });
});

const leaf = (n: number): Hash => hashLeaf(utf8ToBytes(`entry ${n}`));
const leaves = (count: number): Hash[] => Array.from({ length: count }, (_, n) => leaf(n));

/** The definition of RFC 9162, 2.1.1, word for word: slow, and shares nothing with the code under test but the two hashes. */
function definition(part: readonly Hash[]): Hash {
  if (part.length === 0) return sha256(new Uint8Array(0));
  if (part.length === 1) return part[0]!;
  let k = 1;
  while (k * 2 < part.length) k *= 2;
  return hashNode(definition(part.slice(0, k)), definition(part.slice(k)));
}

const flip = (hash: Hash, bit: number): Hash =>
  hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

const treeAndLeaf = fc
  .integer({ min: 1, max: 600 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }) }));
const treeAndEarlier = fc
  .integer({ min: 1, max: 600 })
  .chain((size) => fc.record({ size: fc.constant(size), earlier: fc.integer({ min: 1, max: size }) }));

describe("the tree", () => {
  test("of no leaves has the hash of nothing as its root", () => {
    expect(rootOf([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sameHash(EMPTY_ROOT, definition([]))).toBe(true);
  });
  test.each([1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257])("of %i leaves has the root the RFC defines", (size) => {
    const all = leaves(size);
    expect(rootAt(size, treeOf(all))).toEqual(definition(all));
  });
  test("grown in any steps has the same root and completes each subtree once", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }), (steps) => {
        const all = leaves(steps.reduce((sum, step) => sum + step, 0));
        const at = treeOf(all);
        const seen = new Set<string>();
        let size = 0;
        for (const step of steps) {
          const edge = subtreesOf({ start: 0, end: size }).map(at);
          const grown = grow(size, edge, all.slice(size, size + step));
          size += step;
          expect(grown.size).toBe(size);
          expect(grown.root).toEqual(definition(all.slice(0, size)));
          for (const part of grown.completed) {
            expect(part.hash).toEqual(at(part));
            const place = `${part.level}/${part.position}`;
            expect(seen.has(place)).toBe(false);
            seen.add(place);
          }
        }
        // Over the log's life fewer subtrees are completed than leaves added: that is what a checkpoint costs.
        expect(seen.size).toBeLessThanOrEqual(Math.max(0, size - 1));
      }),
      { numRuns: 60 },
    );
  });
  test("does not grow from an edge that does not fit its size", () => {
    expect(() => grow(3, [leaf(0)], [leaf(3)])).toThrow(RangeError);
  });
});

describe("an inclusion proof", () => {
  test("verifies for every leaf of every tree up to 70 leaves", () => {
    for (let size = 1; size <= 70; size += 1) {
      const all = leaves(size);
      const root = definition(all);
      for (let index = 0; index < size; index += 1)
        expect(verifyInclusion(index, size, all[index]!, proveInclusion(index, size, treeOf(all)), root)).toBe(true);
    }
  });
  test("with any bit flipped, in a hash, the leaf or the root, does not", () => {
    fc.assert(
      fc.property(treeAndLeaf, fc.nat(), fc.integer({ min: 0, max: 255 }), ({ size, index }, which, bit) => {
        const all = leaves(size);
        const at = treeOf(all);
        const parts = [all[index]!, rootAt(size, at), ...proveInclusion(index, size, at)];
        const check = ([hash, root, ...proof]: Hash[]) => verifyInclusion(index, size, hash!, proof, root!);
        expect(check(parts)).toBe(true);
        const victim = which % parts.length;
        expect(check(parts.map((part, n) => (n === victim ? flip(part, bit) : part)))).toBe(false);
      }),
    );
  });
  test("proves one place only: no other index and no other size accept it", () => {
    fc.assert(
      fc.property(treeAndLeaf, fc.integer({ min: 0, max: 700 }), ({ size, index }, other) => {
        const all = leaves(size);
        const proof = proveInclusion(index, size, treeOf(all));
        const root = definition(all);
        if (other !== index) expect(verifyInclusion(other, size, all[index]!, proof, root)).toBe(false);
        expect(verifyInclusion(index, size, all[index]!, proof.slice(0, -1), root)).toBe(proof.length === 0);
        expect(verifyInclusion(index, size, all[index]!, [...proof, leaf(0)], root)).toBe(false);
      }),
    );
  });
  test("is no longer than the tree is high", () => {
    for (const size of [1, 2, 3, 1000, 65_536, 65_537, 1_000_000])
      for (const index of [0, size >> 1, size - 1])
        expect(inclusionRanges(index, size).length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
  });
  test("cannot be asked for outside the tree", () => {
    expect(() => inclusionRanges(5, 5)).toThrow(RangeError);
    expect(() => inclusionRanges(-1, 5)).toThrow(RangeError);
    expect(() => inclusionRanges(0, 0)).toThrow(RangeError);
  });
});

describe("a consistency proof", () => {
  test("verifies between any two sizes up to 70", () => {
    const all = leaves(70);
    const at = treeOf(all);
    const roots = all.map((_, n) => definition(all.slice(0, n + 1)));
    for (let size = 1; size <= 70; size += 1)
      for (let earlier = 1; earlier <= size; earlier += 1) {
        const proof = proveConsistency(earlier, size, at);
        expect(verifyConsistency(earlier, size, roots[earlier - 1]!, roots[size - 1]!, proof)).toBe(true);
      }
  });
  test("with any bit flipped does not", () => {
    fc.assert(
      fc.property(treeAndEarlier, fc.nat(), fc.integer({ min: 0, max: 255 }), ({ size, earlier }, which, bit) => {
        const all = leaves(size);
        const at = treeOf(all);
        const parts = [rootAt(earlier, at), rootAt(size, at), ...proveConsistency(earlier, size, at)];
        const check = ([from, to, ...proof]: Hash[]) => verifyConsistency(earlier, size, from!, to!, proof);
        expect(check(parts)).toBe(true);
        const victim = which % parts.length;
        expect(check(parts.map((part, n) => (n === victim ? flip(part, bit) : part)))).toBe(false);
      }),
    );
  });
  test("cannot be made for a log in which one earlier leaf was changed", () => {
    fc.assert(
      fc.property(treeAndEarlier, fc.nat(), ({ size, earlier }, which) => {
        const honest = leaves(size);
        const changed = honest.with(which % earlier, leaf(-1));
        const proof = proveConsistency(earlier, size, treeOf(changed));
        const before = definition(honest.slice(0, earlier));
        expect(verifyConsistency(earlier, size, before, definition(changed), proof)).toBe(false);
      }),
    );
  });
  test("from nothing, or backwards, proves nothing", () => {
    expect(verifyConsistency(0, 1, EMPTY_ROOT, leaf(0), [])).toBe(false);
    expect(verifyConsistency(2, 1, leaf(0), leaf(0), [])).toBe(false);
    expect(() => consistencyRanges(0, 1)).toThrow(RangeError);
    expect(() => consistencyRanges(2, 1)).toThrow(RangeError);
    expect(consistencyRanges(5, 5)).toEqual([]);
  });
});

describe("a list known in full", () => {
  const lines = ["甲 89.66", "乙 120.00", "丙 45.10", "丁 45.10", "戊 7.00"];
  test("proves each of its lines and nothing else", () => {
    const { root, prove } = provableList(lines);
    expect(root).toBe(rootOf(lines));
    lines.forEach((line, index) => {
      expect(isInList(line, index, lines.length, prove(index), root)).toBe(true);
      expect(isInList(`${line}0`, index, lines.length, prove(index), root)).toBe(false);
      expect(isInList(line, (index + 1) % lines.length, lines.length, prove(index), root)).toBe(false);
    });
  });
  test("has the same root and the same proofs when only its leaf hashes are at hand", () => {
    const [whole, hashed] = [provableList(lines), provableLeaves(lines.map(leafHashOf))];
    expect(hashed.root).toBe(whole.root);
    lines.forEach((_, index) => {
      expect(hashed.prove(index)).toEqual(whole.prove(index));
    });
  });
  test("has another root in another order", () => {
    expect(rootOf([...lines].reverse())).not.toBe(rootOf(lines));
  });
  test("a proof that is not made of hashes fails quietly", () => {
    const { root, prove } = provableList(lines);
    expect(isInList(lines[0]!, 0, 5, [...prove(0).slice(1), "zz"], root)).toBe(false);
    expect(isInList(lines[0]!, 0, 5, prove(0), "")).toBe(false);
  });
});
