/** A draw: the same for everyone who draws it again, and nobody's choice. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commitSeed, drawOrder, SEED_BYTES, ticketOf } from "../../src/record/draw/rules.ts";

const seedOf = (byte: number): Uint8Array => new Uint8Array(SEED_BYTES).fill(byte);
const seeds = fc.uint8Array({ minLength: SEED_BYTES, maxLength: SEED_BYTES });
const lots = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 16 }), { maxLength: 12 });

describe("a draw", () => {
  test("is the order of the tickets", () => {
    const order = drawOrder(seedOf(7), "order", ["a", "b", "c", "d"]);
    const tickets = order.map((lot) => ticketOf(seedOf(7), "order", lot));
    expect(tickets).toEqual([...tickets].sort());
  });
  test("stays what it is: a draw of last year can be drawn again with this version", () => {
    expect(drawOrder(seedOf(1), "candidates", ["甲", "乙", "丙", "丁", "戊"])).toMatchInlineSnapshot(`
      [
        "戊",
        "丙",
        "乙",
        "丁",
        "甲",
      ]
    `);
    expect(commitSeed(seedOf(1))).toMatchInlineSnapshot(
      `"721cc01ceb178fd7930cf0ea3e8f1448241bda99e9fc99e5be7a702624eebebc"`,
    );
  });
  test("does not depend on the order the lots are handed in, and loses none", () => {
    fc.assert(
      fc.property(seeds, lots, (seed, some) => {
        const order = drawOrder(seed, "p", some);
        expect(drawOrder(seed, "p", [...some].reverse())).toEqual(order);
        expect([...order].sort()).toEqual([...some].sort());
      }),
    );
  });
  test("another seed, or another purpose, is another draw", () => {
    const many = Array.from({ length: 12 }, (_, at) => `lot ${at}`);
    expect(drawOrder(seedOf(1), "p", many)).not.toEqual(drawOrder(seedOf(2), "p", many));
    expect(drawOrder(seedOf(1), "p", many)).not.toEqual(drawOrder(seedOf(1), "q", many));
    expect(commitSeed(seedOf(1))).not.toBe(commitSeed(seedOf(2)));
  });
  test("a lot named twice and a seed of another length are faults", () => {
    expect(() => drawOrder(seedOf(1), "p", ["a", "a"])).toThrow("twice");
    for (const length of [SEED_BYTES - 1, SEED_BYTES + 1]) {
      expect(() => drawOrder(new Uint8Array(length), "p", ["a"])).toThrow("bytes");
      expect(() => commitSeed(new Uint8Array(length))).toThrow("bytes");
    }
  });
});
