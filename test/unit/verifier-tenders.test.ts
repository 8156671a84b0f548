/** The verifier's own opening of bids and its ranking against the product's: they were written apart and must never differ. */
import { readFileSync } from "node:fs";
import { hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/record/canonical.ts";
import { commitSeed, drawOrder } from "../../src/record/draw/rules.ts";
import { type Given, type LotToScore, scoreLot, tiePurpose } from "../../src/tenders/scoring/result/rules.ts";
import { commitmentOf, sheetOf } from "../../src/tenders/scoring/sheets/rules.ts";
import { writePriceSheet } from "../../src/tenders/sealing/browser/seal.js";
import { openPart, openPrices, readPriceSheet, totalOf } from "../../verifier/bid.mjs";
import { fromBase64url } from "../../verifier/bytes.mjs";
import { rank, sheetCommitment } from "../../verifier/scoring.mjs";
import { tenders } from "../../verifier/tenders.mjs";
import { madeLog, readLog } from "./verifier-log-of-test.ts";

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

/** What the entries alone show of a tender. */
async function told(entries: readonly JsonObject[]) {
  const made = madeLog(entries);
  const subject = tenders();
  const { log, report } = await readLog(made, [subject.see]);
  await subject.check({ source: made.source, log, report });
  return report.checks.flatMap(({ faults }) => faults.map(({ en }) => en));
}

describe("the panel", () => {
  const seed = "33".repeat(32);
  const commitment = commitSeed(hexToBytes(seed));
  const lots = [1, 2, 3, 4, 5, 6];
  const purpose = "commonhold tender t1 panel";
  const order = drawOrder(hexToBytes(seed), purpose, lots.map(String)).map(Number);
  const prepared = { v: 1, type: "tender.panel_prepared", at: 1, tender: "t1", seed: commitment, lots, ties: "00" };
  const drawn = (change: JsonObject = {}): JsonObject => ({
    v: 1,
    type: "tender.panel_drawn",
    at: 2,
    tender: "t1",
    seed,
    commitment,
    purpose,
    lots,
    order,
    over: [],
    drawn: 4,
    ...change,
  });
  const sits = (expert: number): JsonObject => ({
    v: 1,
    type: "tender.member_appointed",
    at: 3,
    tender: "t1",
    kind: "expert",
    expert,
  });
  const [first, ...rest] = order;
  test("that was drawn as it says is right, those passed over left out", async () => {
    expect(await told([prepared, drawn(), ...order.slice(0, 4).map(sits)])).toEqual([]);
    expect(await told([prepared, drawn({ over: [first!] }), ...rest.slice(0, 4).map(sits)])).toEqual([]);
    // Who stands back later is replaced by the next of the draw.
    expect(await told([prepared, drawn(), ...order.slice(0, 5).map(sits)])).toEqual([]);
  });
  test.each<[string, JsonObject[], string]>([
    ["another seed", [prepared, drawn({ seed: "44".repeat(32) })], "The seed revealed"],
    ["a seed nobody committed to", [drawn()], "The seed revealed"],
    ["another order", [prepared, drawn({ order: lots })], "Drawn again"],
    ["an expert put into the pool", [prepared, drawn({ lots: [...lots, 7] })], "Drawn again"],
    [
      "somebody seated who was not drawn",
      [prepared, drawn(), ...[order[5]!, ...order.slice(1, 4)].map(sits)],
      "By the draw",
    ],
    ["somebody passed over without a word", [prepared, drawn(), ...rest.slice(0, 4).map(sits)], "By the draw"],
  ])("%s is told", async (_, entries, words) =>
    expect((await told(entries)).some((fault) => fault.startsWith(words))).toBe(true),
  );
});

describe("an award", () => {
  const placed = { v: 1, type: "tender.choice_placed", at: 1, tender: "t1", lot: 1, candidates: [3, 1, 2] };
  const published = (carried: number[]): JsonObject => ({
    v: 1,
    type: "meeting.published",
    at: 2,
    meeting: "m1",
    counted: "cc",
    items: [{ item: 1, carried }],
  });
  const settled = (verdict: string, bidder: number | null): JsonObject => ({
    v: 1,
    type: "tender.choice_settled",
    at: 3,
    tender: "t1",
    lot: 1,
    meeting: "m1",
    item: 1,
    count: "cc",
    verdict,
    bidder,
  });
  const awarded = (bidder: number): JsonObject => ({
    v: 1,
    type: "tender.awarded",
    at: 4,
    tender: "t1",
    lot: 1,
    meeting: "m1",
    bidder,
  });
  test.each<[string, JsonObject[]]>([
    ["to whom the owners chose", [placed, published([2]), settled("chosen", 1), awarded(1)]],
    ["to nobody, where nobody carried", [placed, published([]), settled("none_chosen", null)]],
  ])("%s is right", async (_, entries) => expect(await told(entries)).toEqual([]));
  test.each<[string, JsonObject[], string]>([
    [
      "to another than the owners chose",
      [placed, published([1]), settled("chosen", 1), awarded(1)],
      "In the published count 3 carried",
    ],
    [
      "where nobody carried",
      [placed, published([]), settled("chosen", 1), awarded(1)],
      "In the published count nobody",
    ],
    [
      "to nobody, though somebody carried",
      [placed, published([1]), settled("none_chosen", null)],
      "In the published count 3 carried",
    ],
    ["before its count was published", [placed, settled("chosen", 3), awarded(3)], "In the published count nobody"],
    ["without any decision", [placed, awarded(3)], "rests on no decision"],
    ["to another than was settled", [placed, published([1]), settled("chosen", 3), awarded(2)], "rests on no decision"],
  ])("%s is told", async (_, entries, words) =>
    expect((await told(entries)).some((fault) => fault.includes(words))).toBe(true),
  );
});
