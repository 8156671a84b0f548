/** Sealing: two of three open, fewer learn nothing, nothing opens to something else, and every format is the standard's. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import * as jose from "jose";
import { describe, expect, test } from "vitest";
import { COPY, copyText } from "../../scripts/sealing-scripts.ts";
import { parseYuan } from "../../src/kernel/money.ts";
import * as seal from "../../src/tenders/sealing/browser/seal.js";
import { SEALING_SCRIPTS } from "../../src/tenders/sealing/scripts.ts";
import { boundTo, counting } from "./tenders-sealing-of-test.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const keys = await Promise.all([1, 2, 3].map(() => seal.makeKey()));
const keyholders = keys.map(({ kid, ...jwk }) => ({ ...seal.publicOf(jwk), kid }));
const sealing = (file: Uint8Array, bound = boundTo()) =>
  seal.sealPart({ file: new Uint8Array(file), for: bound, keyholders });
const codeOf = async (promise: Promise<unknown>): Promise<string | null> =>
  promise.then(
    () => null,
    (error: unknown) => (error as seal.SealError).code,
  );
const sharesOf = async ({ shares, ctHash }: seal.Sealed) =>
  Promise.all(shares.map((share, at) => seal.decryptShare(keys[at]!, share, ctHash)));

describe("two of three", () => {
  test("the field multiplies as AES does", () => {
    expect(seal.multiply(0x57, 0x83)).toBe(0xc1); // FIPS 197, 4.2
    expect(seal.multiply(0x57, 0x13)).toBe(0xfe);
  });

  test("any two shares give the secret back, in either order", () =>
    fc.assert(
      fc.property(bytes(64), bytes(64), (secret, slope) => {
        const shares = seal.split(secret, () => slope);
        for (const [a, b] of [
          [0, 1],
          [0, 2],
          [1, 2],
          [2, 0],
        ] as const)
          expect(seal.combine(shares[a]!, shares[b]!)).toEqual(new Uint8Array(secret));
      }),
    ));

  test("one share fits every secret: whatever one guesses, some slope explains it", () =>
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.constantFrom(1, 2, 3), (secret, guess, x) => {
        const share = seal.split(Uint8Array.of(secret), () => Uint8Array.of(0x9d))[x - 1]![1]!;
        const slopes = Array.from({ length: 256 }, (_, slope) => slope).filter(
          (slope) => (guess ^ seal.multiply(slope, x)) === share,
        );
        expect(slopes).toHaveLength(1);
      }),
    ));

  test("the same seat twice, a seat that is none and another length are not shares that fit", () => {
    const [one, two] = seal.split(new Uint8Array(64));
    const none = new Uint8Array(one!);
    none[0] = 4;
    for (const [a, b] of [
      [one, one],
      [one, none],
      [one, two!.subarray(0, 10)],
    ] as const)
      expect(() => seal.combine(a!, b!)).toThrow("shares_do_not_fit");
  });
});

describe("a sealed part", () => {
  test("opens with the bidder's key and with any two keyholders, to the byte", () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (file) => {
        const { ct, sealed, secret } = await sealing(file);
        expect(await seal.openPart(sealed, ct, secret)).toEqual(new Uint8Array(file));
        const shares = await sharesOf(sealed);
        for (const missing of [0, 1, 2]) {
          const two = shares.map((share, at) => (at === missing ? null : share));
          expect(await seal.recover(sealed, two)).toEqual(secret);
        }
        expect(await seal.recover(sealed, [shares[0]!, null, null])).toBeNull();
      }),
      { numRuns: 10 },
    ));

  test("shares of another bid give nothing, and a wrong third does not spoil the other two", async () => {
    const [mine, other] = [await sealing(Uint8Array.of(1)), await sealing(Uint8Array.of(1))];
    const [ours, theirs] = [await sharesOf(mine.sealed), await sharesOf(other.sealed)];
    expect(await seal.recover(mine.sealed, [ours[0]!, theirs[1]!, null])).toBeNull();
    expect(await seal.recover(mine.sealed, [theirs[0]!, theirs[1]!, theirs[2]!])).toBeNull();
    expect(await seal.recover(mine.sealed, [ours[0]!, theirs[1]!, ours[2]!])).toEqual(mine.secret);
    expect(() => seal.checkShare(other.sealed.shares[0]!, mine.sealed.ctHash)).toThrow("share_of_another");
  });

  test("one turned bit anywhere is found", async () => {
    const { ct, sealed, secret } = await sealing(seal.utf8("每月 23,456.00 元"));
    await fc.assert(
      fc.asyncProperty(fc.nat(ct.length * 8 - 1), async (bit) => {
        const turned = new Uint8Array(ct);
        turned[bit >> 3]! ^= 1 << (bit & 7);
        expect(await codeOf(seal.openPart(sealed, turned, secret))).toBe("ct_hash");
        const ctHash = await seal.sha256Hex(turned);
        expect(await codeOf(seal.openPart({ ...sealed, ctHash }, turned, secret))).toBe("tag");
      }),
      { numRuns: 20 },
    );
    const flipped = sealed.ptCommit.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
    expect(await codeOf(seal.openPart({ ...sealed, ptCommit: flipped }, ct, secret))).toBe("pt_commit");
  });

  test("a key that opens it to something else is refused before anything is opened", async () => {
    const { ct, sealed, secret } = await sealing(Uint8Array.of(1, 2, 3));
    const another = { key: seal.toHex(secret.key), nonce: seal.toHex(secret.nonce) };
    expect(another.key).not.toBe(another.nonce);
    for (const wrong of [
      { ...secret, key: new Uint8Array(32) },
      { ...secret, nonce: new Uint8Array(32) },
    ])
      expect(await codeOf(seal.openPart(sealed, ct, wrong))).toBe("key_commit");
  });

  test.each([
    ["another bidder", { bidder: "bidder0000000002" }],
    ["another lot", { lot: 2 }],
    ["another part", { part: "documents" as const }],
    ["another tender", { tender: "tender0000000002" }],
    ["another closing", { closes: 1 }],
    ["another edition", { edition: 2 }],
  ])("does not open as %s's", async (_, change) => {
    const { ct, sealed, secret } = await sealing(Uint8Array.of(1, 2, 3));
    const moved = { ...sealed, aad: seal.aadOf(boundTo(change)) };
    expect(await codeOf(seal.openPart(moved, ct, secret))).toBe("key_commit");
    // Even where whoever moved it commits anew, the tag is over the first bidder's words.
    const anew = await seal.sha256Hex(
      seal.join(seal.utf8("bid-key-v1\0"), seal.utf8(moved.aad), secret.key, secret.nonce),
    );
    expect(await codeOf(seal.openPart({ ...moved, keyCommit: anew }, ct, secret))).toBe("tag");
  });
});

describe("jose", () => {
  test("opens a share that we wrote, and we one that it wrote", async () => {
    const { sealed } = await sealing(Uint8Array.of(7));
    const share = await seal.decryptShare(keys[1]!, sealed.shares[1]!, sealed.ctHash);
    const { plaintext, protectedHeader } = await jose.compactDecrypt(
      sealed.shares[1]!,
      await jose.importJWK(keys[1]!, "ECDH-ES"),
    );
    expect(new Uint8Array(plaintext)).toEqual(share);
    expect(protectedHeader).toMatchObject({ alg: "ECDH-ES", enc: "A256GCM", kid: keys[1]!.kid, ct: sealed.ctHash });
    const theirs = await new jose.CompactEncrypt(share)
      .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM", kid: keys[1]!.kid, ct: sealed.ctHash })
      .encrypt(await jose.importJWK(keyholders[1]!, "ECDH-ES"));
    expect(await seal.decryptShare(keys[1]!, theirs, sealed.ctHash)).toEqual(share);
    expect(await jose.calculateJwkThumbprint(keyholders[1]!)).toBe(keyholders[1]!.kid);
  });

  test("opens a key file that we wrote, and we one that it wrote", async () => {
    const passphrase = "correct horse 电池";
    const file = await seal.writeKeyFile(keys[0]!, passphrase, 2000);
    const { plaintext, protectedHeader } = await jose.compactDecrypt(file, new TextEncoder().encode(passphrase), {
      keyManagementAlgorithms: ["PBES2-HS256+A128KW"],
    });
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual(keys[0]);
    expect(protectedHeader.alg).toBe("PBES2-HS256+A128KW");
    const theirs = await new jose.CompactEncrypt(new TextEncoder().encode(JSON.stringify(keys[0])))
      .setProtectedHeader({ alg: "PBES2-HS256+A128KW", enc: "A256GCM" })
      .setKeyManagementParameters({ p2c: 2000 })
      .encrypt(new TextEncoder().encode(passphrase));
    expect(await seal.readKeyFile(theirs, passphrase)).toEqual(keys[0]);
    expect(await codeOf(seal.readKeyFile(file, "another passphrase"))).toBe("passphrase_wrong");
    expect(await codeOf(seal.readKeyFile("not a file", passphrase))).toBe("not_a_jwe");
    expect(await codeOf(seal.writeKeyFile(keys[0]!, "nine char"))).toBe("passphrase_short");
  });

  test("a wrong key file is told before anything is tried", async () => {
    const { sealed } = await sealing(Uint8Array.of(7));
    expect(await codeOf(seal.decryptShare(keys[0]!, sealed.shares[1]!, sealed.ctHash))).toBe("share_for_another_key");
    expect(await seal.isKeyholderKey(keyholders[0]!)).toBe(true);
    expect(await seal.isKeyholderKey({ ...keyholders[0]!, kid: keyholders[1]!.kid })).toBe(false);
    expect(await seal.isKeyholderKey({ ...keyholders[0]!, x: keyholders[1]!.x, kid: "" })).toBe(false);
    expect(await seal.isKeyholderKey(keys[0]!)).toBe(false); // a private key has no business on a server
  });
});

describe("the price sheet", () => {
  test.each([
    ["23456", 2_345_600],
    ["23,456.5", 2_345_650],
    ["￥0.01元", 1],
    ["1.100", 110],
    ["", "price_missing"],
    ["1.001", "price_too_fine"],
    ["1,23", "price_unreadable"],
    ["-1", "price_unreadable"],
    ["1e3", "price_unreadable"],
    ["100000000000", 10_000_000_000_000],
    ["100000000000.01", "price_too_large"],
  ])("%s", (typed, expected) => {
    if (typeof expected === "number") expect(seal.fenOf(typed)).toBe(expected);
    else expect(() => seal.fenOf(typed)).toThrow(expected);
  });

  test("reads an amount as the Worker does", () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9,. ]{1,14}$/), (typed) => {
        const theirs = parseYuan(typed);
        let ours: number | null = null;
        try {
          ours = seal.fenOf(typed);
        } catch {
          ours = null;
        }
        expect(ours).toBe(theirs.ok ? theirs.value : null);
      }),
    ));

  test("always has one size, reads back, and is not read in another spelling", () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,30}$/), fc.nat(), { noNullPrototype: true, maxKeys: 40 }),
        (prices) => {
          const sheet = seal.writePriceSheet(prices);
          expect(sheet).toHaveLength(seal.PRICE_SHEET_BYTES);
          expect(seal.readPriceSheet(sheet)).toEqual(prices);
        },
      ),
    ));

  test.each([
    ["a fraction", '{"monthly":1.5}'],
    ["less than nothing", '{"monthly":-1}'],
    ["a space", '{"monthly": 1}'],
    ["a word", '{"monthly":"1"}'],
    ["a list", "[1]"],
    ["no JSON", "monthly 1"],
  ])("refuses %s", (_, text) => {
    const sheet = new Uint8Array(seal.PRICE_SHEET_BYTES);
    sheet.set([0, 0, 0, text.length]);
    sheet.set(seal.utf8(text), 4);
    expect(() => seal.readPriceSheet(sheet)).toThrow("price_sheet");
    expect(() => seal.readPriceSheet(sheet.subarray(1))).toThrow("price_sheet");
  });
});

test("the published vectors come out as they say", async () => {
  const vectors = JSON.parse(readFileSync("docs/vectors/sealed-bid.json", "utf8")) as Vectors;
  const secret = {
    key: seal.fromBase64url(vectors.secret.key),
    nonce: seal.fromBase64url(vectors.secret.nonce),
  };
  const ct = seal.fromBase64url(vectors.ct);
  const file = seal.writePriceSheet(vectors.prices);
  expect(seal.aadOf(vectors.sealedFor)).toBe(vectors.sealed.aad);
  expect(await seal.openPart(vectors.sealed, ct, secret)).toEqual(file);
  const shares = vectors.shares.map(seal.fromBase64url);
  for (const [at, share] of vectors.sealed.shares.entries())
    expect(await seal.decryptShare(vectors.keyholders[at]!, share, vectors.sealed.ctHash)).toEqual(shares[at]);
  expect(await seal.recover(vectors.sealed, [shares[0]!, null, shares[2]!])).toEqual(secret);
  // Sealed again from the same bytes it is the same, but for the shares' own envelopes.
  const again = await seal.sealPart({
    file,
    for: vectors.sealedFor,
    keyholders: vectors.keyholders,
    random: counting(),
  });
  expect(again.ct).toEqual(ct);
  expect({ ...again.sealed, shares: [] }).toEqual({ ...vectors.sealed, shares: [] });
  const opened = await seal.readKeyFile(vectors.keyFile.file, vectors.keyFile.passphrase);
  expect(opened).toEqual(vectors.keyholders[0]);
});

interface Vectors {
  readonly sealedFor: seal.SealedFor;
  readonly prices: Record<string, number>;
  readonly secret: { readonly key: string; readonly nonce: string };
  readonly ct: string;
  readonly sealed: seal.Sealed;
  readonly shares: readonly string[];
  readonly keyholders: readonly seal.Jwk[];
  readonly keyFile: { readonly file: string; readonly passphrase: string };
}

test("the scripts that are served are the files, byte for byte, under their hashes", async () => {
  expect(readFileSync(COPY, "utf8"), "run: npx -c 'node scripts/sealing-scripts.ts'").toBe(copyText());
  for (const { name, text, sha256, integrity } of SEALING_SCRIPTS) {
    const file = new Uint8Array(readFileSync(`src/tenders/sealing/browser/${name}`));
    expect(text).toBe(new TextDecoder().decode(file));
    expect(await seal.sha256Hex(file)).toBe(sha256);
    expect(integrity).toBe(`sha256-${Buffer.from(sha256, "hex").toString("base64")}`);
  }
});
