/** The independent verifier on the log: RFC 6962 by the public vectors, signatures, and every way in which a log can be altered. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COPY, copyText } from "../../scripts/verifier-copy.ts";
import { canonicalJson, type Json } from "../../src/record/canonical.ts";
import { cosign } from "../../src/record/note/cosignature.ts";
import { COSIGNATURE_KEY, formatVkey, signerKey } from "../../src/record/note/key.ts";
import { commit } from "../../src/record/rules.ts";
import { canonical, commitmentTo, fromBase64 } from "../../verifier/bytes.mjs";
import { checkWitnesses, chooseKey, readCheckpoint } from "../../verifier/checkpoint.mjs";
import { Log, parseBundle, tileName } from "../../verifier/log.mjs";
import { hashLeaf, isConsistent, isIncluded, Tree } from "../../verifier/merkle.mjs";
import { isSignedBy, parseNote, parseVkey } from "../../verifier/note.mjs";
import { Check } from "../../verifier/report.mjs";
import { readAddress } from "../../verifier/source.mjs";
import { readState, writeState } from "../../verifier/state.mjs";
import { checkpointIn, logKeyOf, madeLog, readLog, rootOf, someEntries } from "./verifier-log-of-test.ts";

const vectors = fileURLToPath(new URL("../../../shared/vectors/merkle.json", import.meta.url).href);
const present = existsSync(vectors);

interface Inclusion {
  readonly name: string;
  readonly leafIdx: bigint;
  readonly treeSize: bigint;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: string[] | null;
  readonly wantErr: boolean;
}
interface Consistency {
  readonly name: string;
  readonly size1: bigint;
  readonly size2: bigint;
  readonly root1: string;
  readonly root2: string;
  readonly proof: string[] | null;
  readonly wantErr: boolean;
}
const exactly = (text: string): { inclusion: Inclusion[]; consistency: Consistency[] } =>
  JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === "number" ? BigInt(context!.source!) : value,
  );
const bytes = (base64: string): Uint8Array => fromBase64(base64) ?? new Uint8Array();

describe.skipIf(!present)(`the public proof vectors${present ? "" : " (file absent)"}`, () => {
  const { inclusion, consistency } = present
    ? exactly(readFileSync(vectors, "utf8"))
    : { inclusion: [], consistency: [] };
  test("are all 196 there", () => expect(inclusion.length + consistency.length).toBe(196));
  test.each(inclusion.map((one) => [one.name, one] as const))("%s", (_, one) =>
    expect(
      isIncluded(one.leafIdx, one.treeSize, bytes(one.leafHash), (one.proof ?? []).map(bytes), bytes(one.root)),
    ).toBe(!one.wantErr),
  );
  test.each(consistency.map((one) => [one.name, one] as const))("%s", (_, one) => {
    // The vectors take growth from nothing for proved; nothing is known of nothing, and this program says so.
    const isFromNothing = one.size1 === 0n;
    const found = isConsistent(one.size1, one.size2, bytes(one.root1), bytes(one.root2), (one.proof ?? []).map(bytes));
    expect(found).toBe(!one.wantErr && !isFromNothing);
  });
});

describe("the tree of RFC 6962", () => {
  const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  test.each([
    [0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
    [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
  ])("has the published root of %i leaves", (size, root) => {
    const tree = new Tree();
    for (const leaf of LEAVES.slice(0, size)) tree.append(hashLeaf(hexToBytes(leaf)));
    expect(bytesToHex(tree.root())).toBe(root);
  });
  test("grown leaf by leaf it is the tree that is made at once, at any size", () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 5 }), { minLength: 1, maxLength: 70 }), (entries) => {
        const tree = new Tree();
        for (const entry of entries) tree.append(hashLeaf(entry));
        expect(bytesToHex(tree.root())).toBe(bytesToHex(rootOf(entries.map((entry) => hashLeaf(entry)))));
      }),
      { numRuns: 40 },
    ));
});

describe("texts", () => {
  test("a note of the Go package's documentation verifies, and no longer with a letter changed", () => {
    const key = parseVkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")!;
    const signed =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    expect(isSignedBy(parseNote(signed)!, key)).toBe(true);
    expect(isSignedBy(parseNote(signed.replace("answer", "Answer"))!, key)).toBe(false);
    expect(parseVkey("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")).toBeNull();
  });
  test("canonical JSON and commitments are the server's, of whatever value", () => {
    const json = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.string({ unit: "binary" }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value")),
        fc.dictionary(fc.string(), tie("value")),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(value)).toBe(canonicalJson(value));
      }),
    );
    const salt = new Uint8Array(16).fill(3);
    expect(commitmentTo(bytesToHex(salt), { a: [1] })).toBe(commit(salt, { a: [1] }));
    expect(commitmentTo("03", { a: [1] })).toBeNull();
  });
  test("a number that is not whole has no canonical text", () => expect(() => canonical(1.5)).toThrow());
  test.each([
    [0, "000"],
    [255, "255"],
    [1_234_067, "x001/x234/067"],
  ])("tile %i is called %s", (index, name) => expect(tileName(index)).toBe(name));
  test("a bundle that is cut off is none", () => {
    expect(parseBundle(Uint8Array.of(0, 2, 65, 66))).toHaveLength(1);
    expect(parseBundle(Uint8Array.of(0, 2, 65))).toBeNull();
    expect(parseBundle(Uint8Array.of(0))).toBeNull();
  });
  test.each([
    ["https://a.example/c/jingui", { origin: "https://a.example", slug: "jingui" }],
    ["http://localhost:8787/c/jingui/record?page=2", { origin: "http://localhost:8787", slug: "jingui" }],
    ["https://a.example/", null],
    ["ftp://a.example/c/jingui", null],
    ["a folder", null],
  ])("%s", (text, found) => expect(readAddress(text)).toEqual(found));
});

const SIZE = 700;
const AT = "/c/jingui/log";
const cannotBe = (check: Check, where: string) => {
  expect(check.wrong).toBeGreaterThan(0);
  expect(check.faults.map((one) => one.where)).toContain(where);
};

describe("a log that is whole", () => {
  test.each([0, 1, 2, 255, 256, 257, 512, SIZE])("of %i entries agrees to the last tile", async (size) => {
    const seen: number[] = [];
    const { log, report, checkpoint } = await readLog(madeLog(someEntries(size)), [
      (entry) => void seen.push(entry.no),
    ]);
    expect(report.wrong).toBe(0);
    expect(log.isWhole).toBe(true);
    expect([log.tree.size, checkpoint.size]).toEqual([size, size]);
    expect(seen).toEqual(Array.from({ length: size }, (_, at) => at));
  });
  test("says where each hash stands", async () => {
    const made = madeLog(someEntries(300));
    const { log } = await readLog(made);
    expect(log.find(made.hashes[299])).toEqual({ seq: 299, type: "some.thing" });
    expect(log.find("00".repeat(32))).toBeNull();
  });
  test.each([1, 256, 300, 512, 699, 700])("is the continuation of its first %i entries", async (first) => {
    const { log, growth, report } = await readLog(madeLog(someEntries(SIZE)));
    const past = checkpointIn(madeLog(someEntries(first)));
    expect(await log.checkGrowth(past, checkpointIn(madeLog(someEntries(SIZE))))).toBe(true);
    expect([growth.wrong, report.wrong]).toEqual([0, 0]);
  });
  test("is read on from where it was read to", async () => {
    const [short, long] = [madeLog(someEntries(300)), madeLog(someEntries(SIZE))];
    const { log, report } = await readLog(short);
    log.source = long.source;
    await log.readTo(checkpointIn(long), checkpointIn(short));
    expect([report.wrong, log.tree.size]).toEqual([0, SIZE]);
  });
});

describe("a log that was altered", () => {
  const changed = (path: string, at: number) => {
    const made = madeLog(someEntries(SIZE));
    const file = Uint8Array.from(made.files.get(path)!);
    file[at]! ^= 1;
    made.files.set(path, file);
    return made;
  };
  test("in one byte of an entry is told with the entry's number", async () => {
    // The last byte but two of the bundle is inside its last entry.
    const made = changed(
      `${AT}/tile/entries/001`,
      madeLog(someEntries(SIZE)).files.get(`${AT}/tile/entries/001`)!.length - 8,
    );
    const { leaves, log } = await readLog(made);
    cannotBe(leaves, "#511");
    cannotBe(leaves, `root, ${SIZE}`);
    expect(log.isWhole).toBe(false);
  });
  test("in entry and leaf tile alike is told by the tile above and the root", async () => {
    const [made, other] = [madeLog(someEntries(SIZE)), madeLog(someEntries(SIZE, 300))];
    for (const path of [`${AT}/tile/entries/001`, `${AT}/tile/0/001`]) made.files.set(path, other.files.get(path)!);
    const { leaves } = await readLog(made);
    cannotBe(leaves, `root, ${SIZE}`);
    cannotBe(leaves, "#256 – #511");
  });
  test("in a hash that is served", async () => cannotBe((await readLog(changed(`${AT}/tile/0/000`, 32))).leaves, "#1"));
  test("that keeps back what it signed", async () => {
    const made = madeLog(someEntries(SIZE));
    made.files.delete(`${AT}/tile/entries/001`);
    cannotBe((await readLog(made)).leaves, `${AT}/tile/entries/001`);
  });
  test("with an entry that is spelled otherwise, or is no JSON", async () => {
    const made = madeLog([{ v: 1, type: "a.b", at: 1 }]);
    const path = `${AT}/tile/entries/000.p/1`;
    for (const text of ['{"at":1, "type":"a.b","v":1}', "{", '{"type":"a.b","at":1,"v":1}']) {
      const entry = utf8ToBytes(text);
      made.files.set(path, Uint8Array.of(0, entry.length, ...entry));
      const { leaves } = await readLog(made);
      expect(leaves.faults.map(({ en }) => en)).toContain("The entry is no canonical JSON.");
    }
  });
  test.each([
    ["is a fork, signed by its own key", 300, someEntries(SIZE, 7)],
    ["is a fork of the same length", SIZE, someEntries(SIZE, 7)],
    ["is shorter than it was", SIZE, someEntries(SIZE - 1)],
  ])("%s: the checkpoint seen before tells", async (_, first, entries) => {
    const past = checkpointIn(madeLog(someEntries(first)));
    const { log, growth, checkpoint, report } = await readLog(madeLog(entries));
    expect(report.wrong).toBe(0); // in itself it is a good log
    expect(await log.checkGrowth(past, checkpoint)).toBe(false);
    cannotBe(growth, `${first} → ${entries.length}`);
  });
  test("before the last visit: the old root is computed from the entries as well", async () => {
    const past = checkpointIn(madeLog(someEntries(300, 5)));
    const made = madeLog(someEntries(SIZE));
    const [leaves, growth] = [new Check("leaves", { zh: "", en: "" }), new Check("growth", { zh: "", en: "" })];
    await new Log(made.source, { leaves, growth }, [], () => undefined).readTo(checkpointIn(made), past);
    expect(leaves.wrong).toBe(0);
    cannotBe(growth, "root, 300");
  });
});

describe("the key", () => {
  const vkey = (fill: number) => formatVkey(logKeyOf(fill));
  const check = () => new Check("signature", { zh: "", en: "" });
  const { source } = madeLog(someEntries(3));
  test("of a first visit is what the log shows, and it is said so", async () => {
    const one = check();
    expect((await chooseKey(source, one, undefined, null))?.text).toBe(vkey(7));
    expect(one.open).toHaveLength(1);
  });
  test("given or remembered is what the log is held to", async () => {
    const one = check();
    expect((await chooseKey(source, one, vkey(7), parseVkey(vkey(7))))?.text).toBe(vkey(7));
    expect([one.wrong, one.open.length]).toEqual([0, 0]);
  });
  test.each([
    ["given", vkey(8), null],
    ["remembered", undefined, parseVkey(vkey(8))],
    ["given, and not the one remembered", vkey(7), parseVkey(vkey(8))],
  ])("that is another than the one %s is refused", async (_, given, remembered) => {
    const one = check();
    expect(await chooseKey(source, one, given, remembered)).toBeNull();
    expect(one.wrong).toBeGreaterThan(0);
  });
  test("that cannot be read is nothing to hold a log to", () =>
    expect(chooseKey(source, check(), "nonsense", null)).rejects.toThrow("--key is no key"));
  test("must have signed the checkpoint", async () => {
    const [one, other] = [check(), check()];
    expect((await readCheckpoint(source, one, parseVkey(vkey(7))!))?.size).toBe(3);
    expect(await readCheckpoint(source, other, parseVkey(vkey(8))!)).toBeNull();
    expect([one.wrong, other.wrong]).toEqual([0, 1]);
  });
});

describe("witnesses", () => {
  const witness = signerKey("street.example.org", COSIGNATURE_KEY, new Uint8Array(32).fill(9));
  const made = madeLog(someEntries(3));
  const plain = checkpointIn(made);
  const withLine = (line: string) =>
    checkpointIn({ files: new Map([[`${AT}/checkpoint`, utf8ToBytes(plain.signed + line)]]) });
  const told = (line: string, known: string[]) => {
    const one = new Check("witnesses", { zh: "", en: "" });
    checkWitnesses(withLine(line), one, known);
    return [one.good, one.wrong, one.open.length];
  };
  const good = cosign(plain.note.text, 1_790_000_000, witness);
  test("that are known and signed this very checkpoint count", () =>
    expect(told(good, [formatVkey(witness)])).toEqual([1, 0, 0]));
  test("that nobody knows do not", () => expect(told(good, [])).toEqual([0, 0, 1]));
  test("whose signature is of another checkpoint are told", () =>
    expect(told(cosign("another\n1\n\n", 1_790_000_000, witness), [formatVkey(witness)])).toEqual([0, 1, 1]));
  test("that did not sign are not held against anyone", () =>
    expect(told("", [formatVkey(witness)])).toEqual([0, 0, 1]));
});

describe("what is remembered", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "commonhold-state-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  test("is read as it was written; a damaged file is not a first visit", async () => {
    const file = join(folder, "state.json");
    expect(await readState(file)).toBeNull();
    const made = madeLog(someEntries(3));
    const checkpoint = checkpointIn(made);
    await writeState(file, { key: parseVkey(formatVkey(logKeyOf(7)))!, checkpoint });
    const again = await readState(file);
    expect([again?.checkpoint.signed, again?.key.text]).toEqual([checkpoint.signed, formatVkey(logKeyOf(7))]);
    const damaged = join(folder, "damaged.json");
    writeFileSync(damaged, "{}");
    await expect(readState(damaged)).rejects.toThrow("damaged");
  });
});

describe("the program", () => {
  const folder = "verifier";
  const files = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
  test.each(files)("%s imports nothing but Node and its own folder", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const imported = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, to]) => to!);
    expect(imported.filter((to) => !to.startsWith("node:") && !/^\.\/[a-z-]+\.mjs$/.test(to))).toEqual([]);
    expect(text).not.toMatch(/\brequire\(|createRequire|\beval\(|new Function/);
    expect(text.replace(/^#!.*\n/, "")).toMatch(/^\/\*\*\s*\S/);
  });
  test("is offered for download as it is", () =>
    expect(readFileSync(COPY, "utf8"), "run: npx -c 'node scripts/verifier-copy.ts'").toBe(copyText()));
  test("is a folder one can take away: nothing else is in it", () =>
    expect(readdirSync(folder).filter((name) => !name.endsWith(".mjs"))).toEqual([]));
});
