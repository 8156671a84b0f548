/** Signed notes, checkpoints, cosignatures, tile paths, bundles and proof files: the texts others read. */
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashLeaf } from "../../src/record/merkle/hash.ts";
import { checkpointText, openCheckpoint, parseCheckpoint, signCheckpoint } from "../../src/record/note/checkpoint.ts";
import { cosign, verifyCosignature } from "../../src/record/note/cosignature.ts";
import { COSIGNATURE_KEY, formatVkey, NOTE_KEY, parseVkey, signerKey } from "../../src/record/note/key.ts";
import { isNoteSignedBy, parseNote, signNote } from "../../src/record/note/note.ts";
import { formatBundle, parseBundle } from "../../src/record/tiles/bundle.ts";
import { formatIndex, formatTile, hashesAt, isWithin, parseTile, tilesOf } from "../../src/record/tiles/path.ts";
import { formatProofFile, parseProofFile } from "../../src/record/tiles/proof-file.ts";

const seed = (fill: number) => new Uint8Array(32).fill(fill);
const log = signerKey("example.org/c/jingui/log", NOTE_KEY, seed(7));
const stranger = signerKey("example.org/c/jingui/log", NOTE_KEY, seed(8));
const witness = signerKey("street.example.org", COSIGNATURE_KEY, seed(9));
const root = hashLeaf(utf8ToBytes("root"));
const unwrap = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(String(result.error));
  return result.value;
};

describe("a vkey", () => {
  test("reads as the Go note package's own example", () => {
    // golang.org/x/mod/sumdb/note, documentation of NewVerifier.
    const key = unwrap(parseVkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
    expect([key.name, key.keyId, key.type]).toEqual(["PeterNeumann", "c74f20a3", NOTE_KEY]);
    const note = unwrap(
      parseNote(
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
          "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
      ),
    );
    expect(isNoteSignedBy(note, key)).toBe(true);
  });
  test("written and read again is the same key", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.constantFrom(NOTE_KEY, COSIGNATURE_KEY),
        (bytes, type) => {
          const { sign: _, ...key } = signerKey("a.example/log", type, bytes);
          expect(parseVkey(formatVkey(key))).toEqual({ ok: true, value: key });
        },
      ),
      { numRuns: 30 },
    );
  });
  const good = formatVkey(log);
  test.each([
    ["nothing", "", "malformed"],
    ["a name alone", "name", "malformed"],
    ["another key id", good.replace(/\+[0-9a-f]{8}\+/, "+00000000+"), "key_id_differs"],
    ["another name", good.replace("jingui", "other"), "key_id_differs"],
    ["a space in the name", good.replace("jingui", "jin gui"), "bad_name"],
    ["a key one byte short", `${good.slice(0, -4)}`, "malformed"],
    ["a type nobody knows", good.replace(/\+AQ|\+A[A-Za-z]/, "+Bw"), "unknown_type"],
  ])("with %s is refused", (_, text, fault) => expect(parseVkey(text)).toEqual({ ok: false, error: fault }));
  test("cannot be made under a name that would break a note", () => {
    for (const name of ["", "a b", "a+b", "a\u2003b", "a\nb"])
      expect(() => signerKey(name, NOTE_KEY, seed(1))).toThrow();
  });
});

describe("a signed note", () => {
  const signed = signNote("一行\n\n又一行\n", log);
  test("is signed by its key and by no other of the same name", () => {
    const note = unwrap(parseNote(signed));
    expect(note.text).toBe("一行\n\n又一行\n");
    expect(isNoteSignedBy(note, log)).toBe(true);
    expect(isNoteSignedBy(note, stranger)).toBe(false);
  });
  test("with any character of its text changed is not signed", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom("x", "0", "行"), (at, put) => {
        const place = at % "一行\n\n又一行".length;
        if (signed[place] === put || signed[place] === "\n") return;
        const changed = signed.slice(0, place) + put + signed.slice(place + 1);
        expect(isNoteSignedBy(unwrap(parseNote(changed)), log)).toBe(false);
      }),
    );
  });
  test("is spoiled by a second line under the same key that does not verify", () => {
    const other = signNote("另一篇\n", log).split("\n\n")[1]!;
    expect(isNoteSignedBy(unwrap(parseNote(signed + other)), log)).toBe(false);
  });
  test("keeps lines of unknown keys, which say nothing", () => {
    const note = unwrap(parseNote(signed + signNote("一行\n\n又一行\n", stranger).split("\n\n").at(-1)!));
    expect(note.signatures).toHaveLength(2);
    expect(isNoteSignedBy(note, log)).toBe(true);
  });
  test.each([
    ["no signature", "text\n", "no_signature"],
    ["no newline at its end", signed.slice(0, -1), "no_signature"],
    ["a tab", `a\tb\n\n${signed.split("\n\n").at(-1)}`, "control_character"],
    ["a hyphen for the dash", signed.replace("— ", "- "), "malformed_signature"],
    ["a signature that is not base64", signed.replace(/ [^ ]+\n$/, " ???\n"), "malformed_signature"],
    ["a blank line after its signatures", `${signed}\n`, "malformed_signature"],
    ["a hundred thousand characters", `${"a".repeat(100_000)}\n\n${signed}`, "too_long"],
    ["sixty-five signatures", signed + signed.split("\n\n").at(-1)!.repeat(64), "too_long"],
  ])("with %s is refused", (_, text, fault) => expect(parseNote(text)).toEqual({ ok: false, error: fault }));
});

describe("a checkpoint", () => {
  test("is three lines under a signature, and its name is the log's", () => {
    const signed = signCheckpoint(41, root, log);
    const { checkpoint } = unwrap(openCheckpoint(signed, log));
    expect(checkpoint).toEqual({ origin: log.name, size: 41, root });
    expect(signed.startsWith(`${log.name}\n41\n`)).toBe(true);
    expect(signCheckpoint(41, root, log)).toBe(signed);
  });
  test("by another key is not believed", () => {
    expect(openCheckpoint(signCheckpoint(41, root, stranger), log)).toEqual({ ok: false, error: "not_signed" });
  });
  test("of another log, even signed by this key, is refused", () => {
    const other = signNote(checkpointText({ origin: "example.org/other", size: 1, root }), log);
    expect(openCheckpoint(other, log)).toEqual({ ok: false, error: "other_log" });
  });
  test.each([
    ["a size with a leading zero", "o\n041\nroot\n"],
    ["a negative size", "o\n-1\nroot\n"],
    ["a size beyond 2^53", "o\n18446744073709551615\nroot\n"],
    ["a root of 31 bytes", "o\n1\nAAAA\n"],
    ["a fourth line", `${checkpointText({ origin: "o", size: 1, root })}extension\n`],
    ["no name", checkpointText({ origin: "", size: 1, root })],
    ["no end", checkpointText({ origin: "o", size: 1, root }).slice(0, -1)],
  ])("with %s is refused", (_, text) => expect(parseCheckpoint(text).ok).toBe(false));
});

describe("a witness's cosignature", () => {
  const text = checkpointText({ origin: log.name, size: 41, root });
  const lineOf = (signature: string) => unwrap(parseNote(`${text}\n${signature}`)).signatures[0]!;
  test("says when the witness looked", () => {
    expect(verifyCosignature(text, lineOf(cosign(text, 1_790_000_000, witness)), witness)).toBe(1_790_000_000);
  });
  test("is not good for another checkpoint, another time, another witness, or as a note's signature", () => {
    const line = lineOf(cosign(text, 1_790_000_000, witness));
    const other = checkpointText({ origin: log.name, size: 42, root });
    expect(verifyCosignature(other, line, witness)).toBeNull();
    const later = { ...line, signature: line.signature.with(7, line.signature[7]! ^ 1) };
    expect(verifyCosignature(text, later, witness)).toBeNull();
    expect(verifyCosignature(text, line, signerKey(witness.name, COSIGNATURE_KEY, seed(10)))).toBeNull();
    expect(verifyCosignature(text, line, { ...witness, type: NOTE_KEY })).toBeNull();
    expect(verifyCosignature(text, { ...line, signature: line.signature.subarray(1) }, witness)).toBeNull();
    expect(isNoteSignedBy(unwrap(parseNote(`${text}\n${cosign(text, 1, witness)}`)), witness)).toBe(false);
  });
  test("is not made with a key of the wrong type", () => {
    expect(() => cosign(text, 1, log)).toThrow(TypeError);
  });
});

describe("a tile's path", () => {
  test.each([
    [0, "000"],
    [67, "067"],
    [999, "999"],
    [1000, "x001/000"],
    [1_234_067, "x001/x234/067"],
  ])("writes index %i as %s", (index, path) => expect(formatIndex(index)).toBe(path));
  test("is read back from every address", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("hashes" as const, "entries" as const),
        fc.integer({ min: 0, max: 63 }),
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.integer({ min: 1, max: 256 }),
        (of, level, index, width) => {
          const address = { of, level: of === "entries" ? 0 : level, index, width };
          expect(parseTile(formatTile(address))).toEqual(address);
        },
      ),
    );
  });
  test.each([
    "0/0",
    "0/0000",
    "0/x000/067",
    "0/x1/067",
    "00/000",
    "64/000",
    "-1/000",
    "0/000.p/0",
    "0/000.p/256",
    "0/000.p/017",
    "0/000.p/",
    "0/000/",
    "entries/x000/001",
    "entry/000",
    "0/../000",
    "",
    "0",
    "0/x001",
    "0/００1",
  ])('"%s" is no path', (path) => expect(parseTile(path)).toBeNull());
  test("is served only as far as the checkpoint reaches", () => {
    const at = (path: string, size: number) => isWithin(parseTile(path)!, size);
    expect(at("0/000.p/5", 5)).toBe(true);
    expect(at("0/000.p/6", 5)).toBe(false);
    expect(at("0/000", 255)).toBe(false);
    expect(at("0/000", 256)).toBe(true);
    expect(at("1/000.p/1", 255)).toBe(false);
    expect(at("1/000.p/1", 256)).toBe(true);
    expect(at("63/000.p/1", 2 ** 40)).toBe(false);
  });
  test("a log of 70,000 leaves has the tiles the specification counts", () => {
    const tiles = tilesOf(70_000).filter(({ of }) => of === "hashes");
    const widths = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width);
    expect(widths(0)).toEqual([...Array<number>(273).fill(256), 112]);
    expect(widths(1)).toEqual([256, 17]);
    expect(widths(2)).toEqual([1]);
    expect(hashesAt(70_000, 1)).toBe(273);
    expect(tilesOf(0)).toEqual([]);
  });
});

describe("a bundle of entries", () => {
  test("gives back what was put in", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
        expect(parseBundle(formatBundle(entries))).toEqual({ ok: true, value: entries });
      }),
    );
  });
  test("takes 65,535 bytes and not one more", () => {
    const longest = new Uint8Array(65_535);
    expect(formatBundle([longest]).slice(0, 2)).toEqual(Uint8Array.of(0xff, 0xff));
    expect(() => formatBundle([new Uint8Array(65_536)])).toThrow(RangeError);
  });
  test("cut short anywhere is refused or shorter, never wrong", () => {
    const bundle = formatBundle([utf8ToBytes("甲"), utf8ToBytes("乙丙")]);
    for (let length = 0; length < bundle.length; length += 1) {
      const read = parseBundle(bundle.subarray(0, length));
      expect(read.ok).toBe(length === 0 || length === 5);
    }
  });
});

describe("a proof file", () => {
  const checkpoint = signCheckpoint(3, root, log);
  const file = { extra: utf8ToBytes("{}"), index: 2, hashes: [root, hexToBytes("ab".repeat(32))], checkpoint };
  test("is laid out as its specification says", () => {
    const text = formatProofFile(file);
    const [head, ...rest] = text.split("\n\n");
    expect(head!.split("\n").slice(0, 3)).toEqual(["c2sp.org/tlog-proof@v1", "extra e30=", "index 2"]);
    expect(head!.split("\n")).toHaveLength(5);
    expect(rest.join("\n\n")).toBe(checkpoint);
  });
  test("is read back, with and without the entry, with and without hashes", () => {
    for (const one of [file, { ...file, extra: null }, { ...file, hashes: [] }])
      expect(parseProofFile(formatProofFile(one))).toEqual({ ok: true, value: one });
  });
  const text = formatProofFile(file);
  test.each([
    ["another first line", text.replace("@v1", "@v2"), "not_a_proof_file"],
    ["no index", text.replace("index 2\n", ""), "malformed_index"],
    ["an index with a leading zero", text.replace("index 2", "index 02"), "malformed_index"],
    ["an index no number holds", text.replace("index 2", "index 18446744073709551615"), "malformed_index"],
    ["an extra that is not base64", text.replace("e30=", "e30"), "malformed_extra"],
    ["a hash that is too short", text.replace(/(index 2\n)[^\n]+/, "$1AAAA"), "malformed_hash"],
    ["no checkpoint", text.split("\n\n")[0]!, "no_checkpoint"],
  ])("with %s is refused", (_, changed, fault) => expect(parseProofFile(changed)).toEqual({ ok: false, error: fault }));
  test("shows the entry's own bytes", () => {
    expect(bytesToHex(unwrap(parseProofFile(text)).extra!)).toBe("7b7d");
  });
});
