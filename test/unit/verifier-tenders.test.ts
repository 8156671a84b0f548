/** The verifier's own opening of bids and its ranking against the product's: they were written apart and must never differ. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Given, type LotToScore, scoreLot, tiePurpose } from "../../src/tenders/scoring/result/rules.ts";
import { commitmentOf, sheetOf } from "../../src/tenders/scoring/sheets/rules.ts";
import { writePriceSheet } from "../../src/tenders/sealing/browser/seal.js";
import { openPart, openPrices, readPriceSheet, totalOf } from "../../verifier/bid.mjs";
import { fromBase64url } from "../../verifier/bytes.mjs";
import { rank, sheetCommitment } from "../../verifier/scoring.mjs";

describe("the bid of the published vectors", () => {
  const vectors = JSON.parse(readFileSync("docs/vectors/sealed-bid.json", "utf8")) as {
    prices: Record<string, number>;
    secret: { key: string; nonce: string };
    sealed: { aad: string; iv: string; ptCommit: string; keyCommit: string };
    ct: string;
  };
  const ct = fromBase64url(vectors.ct)!;
  const secret = Uint8Array.from([...fromBase64url(vectors.secret.key)!, ...fromBase64url(vectors.secret.nonce)!]);
  const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
  test("opens to its prices", () => expect(openPrices(vectors.sealed, ct, secret)).toEqual(vectors.prices));
  test.each([
    ["another key", vectors.sealed, ct, flipped(secret, 0), "key"],
    ["another nonce", vectors.sealed, ct, flipped(secret, 40), "key"],
    ["a secret cut short", vectors.sealed, ct, secret.subarray(0, 20), "key"],
    [
      "another bidder's name on it",
      { ...vectors.sealed, aad: vectors.sealed.aad.replace("bidder0", "bidder1") },
      ct,
      secret,
      "key",
    ],
    ["one byte of the ciphertext changed", vectors.sealed, flipped(ct, 100), secret, "tag"],
    ["no ciphertext at all", vectors.sealed, new Uint8Array(), secret, "tag"],
    ["another text promised", { ...vectors.sealed, ptCommit: "00".repeat(32) }, ct, secret, "text"],
  ])("with %s does not", (_, sealed, bytes, key, fault) => expect(openPart(sealed, bytes, key)).toBe(fault));
});

describe("a price sheet", () => {
  test("reads as the bidder's browser wrote it, whatever the prices", () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.integer({ min: 0, max: 10_000_000_000_000 }), {
          minKeys: 1,
        }),
        (prices) => {
          expect(readPriceSheet(writePriceSheet(prices))).toEqual(prices);
        },
      ),
      { numRuns: 50 },
    ));
  test.each([
    ["is too short", Uint8Array.of(0, 0)],
    ["says it is longer than it is", Uint8Array.of(0, 0, 0, 9, 123, 125)],
    ["has something behind its end", Uint8Array.of(0, 0, 0, 2, 123, 125, 1)],
    ["is no JSON", Uint8Array.of(0, 0, 0, 1, 123)],
    ["is spelled otherwise", Uint8Array.of(0, 0, 0, 3, 123, 32, 125)],
    ["holds a price below nought", Uint8Array.from([0, 0, 0, 8, ...new TextEncoder().encode('{"a":-1}')])],
  ])("that %s is none", (_, sheet) => expect(readPriceSheet(sheet)).toBeNull());
  test("adds up by the scheme's quantities, beyond what a float holds", () => {
    const lot = {
      prices: [
        { key: "a", quantityHundredths: 2_400 },
        { key: "b", quantityHundredths: 1 },
      ],
    };
    expect(totalOf(lot, { a: 1_380_000, b: 3 })).toBe(3_312_000_003n);
    expect(totalOf({ prices: [{ key: "a", quantityHundredths: 9_007_199_254_740_991 }] }, { a: 3 })).toBe(
      27_021_597_764_222_973n,
    );
  });
});

describe("totals and ranks", () => {
  const formula = fc.oneof(
    fc.constant({ kind: "lowest" as const }),
    fc.record({
      kind: fc.constant("average" as const),
      abovePerPercent: fc.nat({ max: 200 }),
      belowPerPercent: fc.nat({ max: 200 }),
    }),
  );
  const asked = fc.record({
    bidders: fc.integer({ min: 1, max: 5 }),
    members: fc.integer({ min: 1, max: 5 }),
    prices: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 5, maxLength: 5 }),
    given: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 }),
    formula,
    isOfLine: fc.boolean(),
    combining: fc.constantFrom("average" as const, "sum" as const),
    ties: fc.constantFrom<LotToScore["ties"][]>(
      ["draw"],
      ["lower_price", "draw"],
      ["higher_judged", "draw"],
      ["higher_judged", "lower_price"],
    ),
    seed: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex")),
  });
  test("are the product's for any prices, points, formulas and ties", () =>
    fc.assert(
      fc.property(asked, (one) => {
        const bidders = Array.from({ length: one.bidders }, (_, at) => at + 1);
        let next = 0;
        const give = (criterion: string): Given[] =>
          bidders.map((bidderNo) => ({
            lotNo: 1,
            bidderNo,
            criterion,
            points: one.given[next++ % 40]! * 100,
            reason: "因",
          }));
        const criteria: LotToScore["criteria"] = [
          {
            key: "price",
            title: "报价",
            kind: "price",
            weight: 40,
            guide: "",
            priceKey: one.isOfLine ? "monthly" : null,
            formula: one.formula,
          },
          { key: "plan", title: "方案", kind: "judged", weight: 40, guide: "", priceKey: null, formula: null },
          { key: "record", title: "业绩", kind: "fact", weight: 20, guide: "", priceKey: null, formula: null },
        ];
        const lot: LotToScore = {
          lotNo: 1,
          criteria,
          combining: one.combining,
          ties: one.ties,
          candidatesMost: 3,
          bids: bidders.map((bidderNo) => ({
            bidderNo,
            prices: { monthly: one.prices[bidderNo - 1]! },
            totalHundredths: one.prices[bidderNo - 1]! * 2_400,
          })),
          facts: give("record"),
          sheets: Array.from({ length: one.members }, (_, at) => ({ memberNo: at + 1, given: give("plan") })),
          seed: one.seed,
          purpose: tiePurpose("t", 1),
        };
        const here = scoreLot(lot);
        const own = rank({ ...lot, tender: "t" }, lot);
        expect(here.ok && here.value.ranked.map(({ bidderNo, total }) => ({ bidder: bidderNo, total }))).toEqual(own);
      }),
      { numRuns: 300 },
    ));
  const report = {
    tender: "t",
    criteria: [{ key: "plan", kind: "judged", weight: 40, priceKey: null, formula: null }],
    combining: "average",
    ties: ["draw"],
    seed: "11".repeat(32),
    facts: [],
    sheets: [{ given: [{ lotNo: 1, bidderNo: 1, criterion: "plan", points: 4_000 }] }],
  };
  const lot = { lotNo: 1, bids: [{ bidderNo: 1, prices: {}, totalHundredths: 1 }] };
  test.each<[string, object]>([
    ["without a sheet", { sheets: [] }],
    ["with points missing", { sheets: [{ given: [] }] }],
    ["with points given twice", { sheets: [{ given: [...report.sheets[0]!.given, ...report.sheets[0]!.given] }] }],
    ["with more points than there are", { sheets: [{ given: [{ ...report.sheets[0]!.given[0], points: 4_001 }] }] }],
  ])("%s there are none", (_, change) => {
    expect(rank(report, lot)).toEqual([{ bidder: 1, total: 4_000 }]);
    expect(rank({ ...report, ...change }, lot)).toBeNull();
  });
  test("a sheet's commitment is the product's, in whatever order its points come", () => {
    const given: Given[] = [
      { lotNo: 2, bidderNo: 1, criterion: "b", points: 1, reason: "因" },
      { lotNo: 1, bidderNo: 2, criterion: "b", points: 2, reason: "因" },
      { lotNo: 1, bidderNo: 2, criterion: "a", points: 3, reason: "因" },
    ];
    const nonce = "0a".repeat(16);
    expect(sheetCommitment("t", { memberNo: 3, nonce, given })).toBe(commitmentOf(sheetOf("t", 3, given), nonce));
    expect(sheetCommitment("t", { memberNo: 3, nonce: "0a", given })).toBeNull();
  });
});
