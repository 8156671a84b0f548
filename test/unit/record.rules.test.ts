/** Entries, canonical JSON, short codes and commitments. */
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json, parseCanonical } from "../../src/record/canonical.ts";
import { fromBase64, readDecimal, toBase64 } from "../../src/record/encoding.ts";
import { commit, entryText, leafHashOf, readShortCode, shortCode } from "../../src/record/rules.ts";

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

describe("canonical JSON", () => {
  test.each<[string, Json, string]>([
    [
      "sorts keys by UTF-16 code units",
      { "\u20ac": 1, "\r": 2, "1": 3, "\u0080": 4, "\u{1f600}": 5, "\ufb33": 6 },
      '{"\\r":2,"1":3,"\u0080":4,"\u20ac":1,"\u{1f600}":5,"\ufb33":6}',
    ],
    [
      "writes control characters short where JSON has a short form",
      '\b\t\n\f\r\u000f"\\/',
      '"\\b\\t\\n\\f\\r\\u000f\\"\\\\/"',
    ],
    ["leaves Chinese as it is", { 议题: "同意" }, '{"议题":"同意"}'],
    ["keeps the order of lists", [3, 1, [2], {}], "[3,1,[2],{}]"],
    ["writes negative zero as zero", -0, "0"],
    ["writes the largest safe integer", Number.MAX_SAFE_INTEGER, "9007199254740991"],
    ["knows true, false and null", [true, false, null], "[true,false,null]"],
  ])("%s", (_, value, text) => expect(canonicalJson(value)).toBe(text));

  test.each<[string, unknown]>([
    ["a fraction", 0.1],
    ["an integer beyond 2^53", 2 ** 53],
    ["infinity", Number.POSITIVE_INFINITY],
    ["NaN", Number.NaN],
    ["undefined inside an object", { a: undefined }],
    ["a bigint", 1n],
    ["a date", new Date(0)],
    ["half a surrogate pair", "\ud83d"],
    ["half a surrogate pair as a key", { "\ud83d": 1 }],
    ["more than 32 levels", Array.from({ length: 40 }).reduce<unknown>((inside) => [inside], 1)],
  ])("refuses %s", (_, value) => expect(() => canonicalJson(value as Json)).toThrow(TypeError));

  test("read back and written again is the same text", () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(parseCanonical(text)).toEqual({ ok: true, value: JSON.parse(text) });
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
    );
  });
  test.each([
    ["a space", '{"a": 1}', "not_canonical"],
    ["keys out of order", '{"b":1,"a":2}', "not_canonical"],
    ["a doubled key", '{"a":1,"a":1}', "not_canonical"],
    ["1.0 for 1", "[1.0]", "not_canonical"],
    ["1e3 for 1000", "[1e3]", "not_canonical"],
    ["an escape that need not be", '"\\u0041"', "not_canonical"],
    ["a fraction", "0.5", "not_canonical"],
    ["no JSON at all", "hello", "not_json"],
  ])("with %s is refused on reading", (_, text, fault) =>
    expect(parseCanonical(text)).toEqual({ ok: false, error: fault }),
  );
});

describe("an entry", () => {
  test("carries its version, type and instant among the payload, in canonical order", () => {
    expect(entryText("ballot.cast", 1_790_000_000_000, { meeting: "m1", commitment: "ab" })).toBe(
      '{"at":1790000000000,"commitment":"ab","meeting":"m1","type":"ballot.cast","v":1}',
    );
  });
  test.each(["at", "type", "v"])("does not let a payload overwrite its %s", (key) => {
    expect(() => entryText("ballot.cast", 1, { [key]: 2 })).toThrow(TypeError);
  });
  test.each(["ballot", "Ballot.cast", "ballot.", ".cast", "ballot cast", "投票.提交", ""])(
    '"%s" is not a type',
    (type) => {
      expect(() => entryText(type, 1, {})).toThrow(TypeError);
    },
  );
  test("of 65,535 bytes is the longest; one more is refused", () => {
    const around = utf8ToBytes(entryText("a.b", 1, { text: "" })).length;
    expect(utf8ToBytes(entryText("a.b", 1, { text: "x".repeat(65_535 - around) }))).toHaveLength(65_535);
    expect(() => entryText("a.b", 1, { text: "x".repeat(65_536 - around) })).toThrow(RangeError);
    // Bytes count, not characters: a Chinese character has three.
    expect(() => entryText("a.b", 1, { text: "票".repeat(22_000) })).toThrow(RangeError);
  });
  test("hashes to the leaf RFC 9162 defines", () => {
    // SHA-256 of a zero byte alone: the leaf of an entry of no bytes.
    expect(leafHashOf("")).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  });
});

describe("a short code", () => {
  const hash = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
  test("is the first hundred bits, in five groups of four", () => {
    expect(shortCode(hash)).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){4}$/);
    expect(readShortCode(shortCode(hash))).toBe(hash.slice(0, 25));
  });
  test("read out and typed by another comes to the same hash", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const hex = bytesToHex(bytes);
        const said = shortCode(hex).toUpperCase().replaceAll("-", " ").replaceAll("0", "O").replaceAll("1", "I");
        expect(readShortCode(said)).toBe(hex.slice(0, 25));
        expect(readShortCode(` ${shortCode(hex).replaceAll("-", "—")} `)).toBe(hex.slice(0, 25));
      }),
    );
  });
  test.each(["", "abcd", `${"a".repeat(21)}`, "uuuu-uuuu-uuuu-uuuu-uuuu", "一二三四五六七八九十一二三四五六七八九十"])(
    '"%s" is none',
    (typed) => expect(readShortCode(typed)).toBeNull(),
  );
});

describe("a commitment", () => {
  const salt = hexToBytes("000102030405060708090a0b0c0d0e0f");
  test("is SHA-256 of salt and canonical value", () => {
    // printf '\\0\\1…\\17"yes"' | sha256sum
    expect(commit(salt, "yes")).toBe("fb5c66d9ebcdb96e7f642fb03f5a2f3a401f717cee2b7deeeec6bd34730bb515");
    expect(commit(salt, { b: 1, a: 2 })).toBe(commit(salt, { a: 2, b: 1 }));
  });
  test("to another value, or with another salt, is another", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), json, json, (other, a, b) => {
        if (canonicalJson(a) !== canonicalJson(b)) expect(commit(salt, a)).not.toBe(commit(salt, b));
        if (toBase64(other) !== toBase64(salt)) expect(commit(other, a)).not.toBe(commit(salt, a));
      }),
    );
  });
  test("takes a salt of sixteen bytes and no other, or its end could be read as the value's beginning", () => {
    expect(() => commit(salt.subarray(1), 1)).toThrow(RangeError);
    expect(() => commit(new Uint8Array(17), 1)).toThrow(RangeError);
  });
});

describe("bytes as text", () => {
  test("come back as they were", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
  });
  test.each([
    ["missing padding", "AA"],
    ["a space", "AA A"],
    ["the URL alphabet", "-_=="],
    ["bits that belong to no byte", "AB=="],
    ["padding in the middle", "AA==AAAA"],
  ])("with %s are refused", (_, text) => expect(fromBase64(text)).toBeNull());
  test.each([
    ["0", 0],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["9007199254740992", null],
    ["01", null],
    ["+1", null],
    ["-1", null],
    ["1.0", null],
    ["", null],
    ["１", null],
  ])('the decimal "%s" reads as %s', (text, value) => expect(readDecimal(text)).toBe(value));
});
