import { expect, test } from "vitest";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalHash } from "../../src/record/canonical.ts";

/** FIPS 180-2, appendix B.1. */
const OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

test("a text and its bytes have one hash, the published one", () => {
  expect(sha256Hex("abc")).toBe(OF_ABC);
  expect(sha256Hex(Uint8Array.of(0x61, 0x62, 0x63))).toBe(OF_ABC);
});

test("a text outside ASCII is hashed as its UTF-8 bytes", () => {
  expect(sha256Hex("元")).toBe(sha256Hex(Uint8Array.of(0xe5, 0x85, 0x83)));
});

test("a value's hash does not depend on the order of its keys, and refuses what has no canonical text", () => {
  expect(canonicalHash({ b: 2, a: 1 })).toBe(sha256Hex('{"a":1,"b":2}'));
  expect(() => canonicalHash({ share: 0.5 })).toThrow(TypeError);
});
