/** The verifier's own draws, samples and seats against the product's: they were written apart and must never differ. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ItemCount } from "../../src/assembly/counting/rules.ts";
import { decide as decideHere, figures } from "../../src/assembly/rules.ts";
import { outcomeOf } from "../../src/elections/rounds/rules.ts";
import { RANKINGS } from "../../src/elections/rules.ts";
import {
  drawnHash,
  drawSample as drawSampleHere,
  type Listed,
  refOf,
  type SampleAsked,
} from "../../src/ledger/audit/sampling/rules.ts";
import type { JsonObject } from "../../src/record/canonical.ts";
import { commitSeed, drawOrder as drawOrderHere, ticketOf as ticketHere } from "../../src/record/draw/rules.ts";
import { audits } from "../../verifier/audits.mjs";
import { hashOfText } from "../../verifier/bytes.mjs";
import { commitmentOf, drawOrder, drawSample, hashOfRefs, ticketOf } from "../../verifier/draw.mjs";
import { settle } from "../../verifier/election.mjs";
import { elections } from "../../verifier/elections.mjs";
import type { Subject } from "../../verifier/subjects.mjs";
import { madeLog, publish, readLog } from "./verifier-log-of-test.ts";

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytesToHex);

describe("a draw", () => {
  test("is the product's for any seed, purpose and lots", () =>
    fc.assert(
      fc.property(seed, fc.string(), fc.uniqueArray(fc.string(), { maxLength: 12 }), (one, purpose, lots) => {
        const bytes = hexToBytes(one);
        expect(commitmentOf(one)).toBe(commitSeed(bytes));
        expect(drawOrder(one, purpose, lots)).toEqual(drawOrderHere(bytes, purpose, lots));
        for (const lot of lots) expect(ticketOf(one, purpose, lot)).toBe(ticketHere(bytes, purpose, lot));
      }),
      { numRuns: 50 },
    ));
  test.each(["", "00", "zz".repeat(32), null])("the seed %s has no commitment", (text) =>
    expect(commitmentOf(text)).toBeNull(),
  );
});

describe("a sample", () => {
  const voucher = fc.record({
    amountFen: fc.integer({ min: 1, max: 1_000_000 }),
    kind: fc.constantFrom("ordinary", "reversal", "opening"),
    isDecided: fc.boolean(),
    files: fc.nat({ max: 2 }),
  });
  const list = fc
    .array(voucher, { minLength: 1, maxLength: 40 })
    .map((all) =>
      all.map(
        (one, at) =>
          ({ ...one, book: "common", period: "2026-01", number: at + 1, on: "2026-01-05", leafHash: "" }) as Listed,
      ),
    );
  const asked = (size: number): fc.Arbitrary<SampleAsked> =>
    fc.oneof(
      fc.record({
        method: fc.constantFrom("random" as const, "monetary_unit" as const),
        size: fc.integer({ min: 1, max: size }),
      }),
      fc.record({ method: fc.constant("threshold" as const), fromFen: fc.integer({ min: 1, max: 1_000_000 }) }),
      fc.record({
        method: fc.constant("kind" as const),
        kind: fc.constantFrom("reversal" as const, "opening" as const, "no_decision" as const, "no_file" as const),
      }),
    );
  test("is the product's, however it is drawn", () =>
    fc.assert(
      fc.property(
        list.chain((all) => fc.tuple(fc.constant(all), asked(all.length), seed)),
        ([all, how, one]) => {
          const own = drawSample(
            all.map(({ amountFen, kind, isDecided, files, ...ref }) => ({
              ref: refOf(ref),
              amount: BigInt(amountFen),
              kind,
              isDecided,
              files,
            })),
            one,
            "audit-1-sample-1",
            how,
          );
          const here = drawSampleHere(all, one, "audit-1-sample-1", how);
          expect(own).toEqual(here.ok ? here.value : []);
          expect(hashOfRefs(own!)).toBe(drawnHash(own!));
        },
      ),
      { numRuns: 150 },
    ));
  test("of dealings with related parties is nothing that can be repeated outside", () =>
    expect(drawSample([], "", "", { method: "kind", kind: "related_party" })).toBeNull());
});

describe("the seats of a round", () => {
  const votes = fc.record({ owners: fc.integer({ min: 0, max: 12 }), areaDm2: fc.integer({ min: 0, max: 12 }) });
  const round = fc.record({
    votes: fc.array(fc.tuple(votes, fc.boolean()), { minLength: 1, maxLength: 7 }),
    seatsOpen: fc.integer({ min: 1, max: 5 }),
    alternatesMost: fc.integer({ min: 0, max: 3 }),
    ranking: fc.constantFrom(...RANKINGS),
    tie: fc.constantFrom("draw" as const, "further_vote" as const),
    seed,
  });
  test("are the product's, ties, hindered candidates and further votes included", () =>
    fc.assert(
      fc.property(round, ({ votes: all, seatsOpen, alternatesMost, ranking, tie, seed: one }) => {
        const whole = { owners: 12, areaDm2: 12 };
        const options = all.map(([{ owners, areaDm2 }], at) => ({
          option: { optionNo: at + 1, role: "choice" as const, label: "" },
          owners,
          areaDm2,
        }));
        const decisions = options.map(({ option, owners, areaDm2 }) => ({
          optionNo: option.optionNo,
          decision: decideHere(3, figures(whole), figures(whole), figures({ owners, areaDm2 })),
        }));
        const count: Pick<ItemCount, "options" | "decisions" | "participated" | "outcome"> = {
          options,
          decisions,
          participated: whole,
          outcome: "carried",
        };
        const here = outcomeOf(
          count,
          all.map(([, isHindered], at) => ({
            candidateId: String(at + 1),
            optionNo: at + 1,
            hindered: isHindered ? "withdrawn" : null,
          })),
          { kind: "founding", seatsOpen, seatsOfCommittee: 5, members: 0, alternatesMost, legalLeast: 5, ranking, tie },
          { seed: hexToBytes(one), purpose: "a round" },
        );
        const weight = { owners: 12n, area: 12n };
        const own = settle(
          { eligible: weight, participated: weight, ranking, tie, seats: seatsOpen, seed: one, purpose: "a round" },
          all.map(([{ owners, areaDm2 }, hindered], at) => ({
            option: at + 1,
            votes: { owners: BigInt(owners), area: BigInt(areaDm2) },
            hindered,
          })),
        );
        expect(own.elected.map(String)).toEqual(here.elected);
        expect(own.waiting.slice(0, alternatesMost).map(String)).toEqual(here.alternates);
        expect([...own.passed].sort()).toEqual(
          here.ranked
            .filter(({ passed }) => passed)
            .map(({ optionNo }) => optionNo)
            .sort(),
        );
        expect([...own.level].sort()).toEqual(
          here.ranked
            .filter(({ place }) => place === "level")
            .map(({ optionNo }) => optionNo)
            .sort(),
        );
      }),
      { numRuns: 200 },
    ));
});

/** Runs a subject on entries and what is published of them; where something is wrong, in which words. */
async function told(
  make: () => Subject,
  entries: readonly JsonObject[],
  pages: (hashes: readonly string[]) => Record<string, unknown>,
) {
  const made = madeLog(entries);
  for (const [path, value] of Object.entries(pages(made.hashes)))
    if (typeof value === "string") made.files.set(path, new TextEncoder().encode(value));
    else publish(made, path, value);
  const subject = make();
  const { log, report } = await readLog(made, [subject.see]);
  expect(log.isWhole).toBe(true);
  await subject.check({ source: made.source, log, report });
  return report.checks.flatMap(({ faults }) => faults.map(({ en }) => en));
}

const SEED = "11".repeat(32);
const OTHER = "22".repeat(32);
const commitment = commitSeed(hexToBytes(SEED));

describe("the order of candidates", () => {
  const purpose = "commonhold election e1 candidates";
  const lots = [1, 2, 3, 4];
  const committed = { v: 1, type: "election.order_seed_committed", at: 1, election: "e1", commitment };
  const published = (change: JsonObject = {}): JsonObject => ({
    v: 1,
    type: "election.candidates_published",
    at: 2,
    election: "e1",
    commitment,
    seed: SEED,
    purpose,
    lots,
    drawn: drawOrder(SEED, purpose, lots),
    ...change,
  });
  const none = () => ({ "/api/communities/jingui/elections": { pages: 1, elections: [] } });
  test("is right as it was drawn", async () =>
    expect(await told(elections, [committed, published()], none)).toEqual([]));
  test.each<[string, JsonObject[], string]>([
    ["another seed", [committed, published({ seed: OTHER })], "The seed revealed"],
    ["a seed committed to only afterwards", [published(), committed], "The seed revealed"],
    ["another order", [committed, published({ drawn: [1, 2, 3, 4] })], "Drawn again"],
    ["another purpose", [committed, published({ purpose: "commonhold election e2 candidates" })], "Drawn again"],
    ["a lot put in", [committed, published({ lots: [1, 2, 3, 4, 5] })], "Drawn again"],
  ])("%s is told", async (_, entries, words) =>
    expect((await told(elections, entries, none)).some((fault) => fault.startsWith(words))).toBe(true),
  );
  test("published otherwise than it was recorded is told", async () => {
    const entries = [committed, published()];
    const pages = (hashes: readonly string[]) => ({
      "/api/communities/jingui/elections": { pages: 1, elections: [{ number: 1 }] },
      "/api/communities/jingui/elections/1/candidates": {
        draw: { leaf: hashes[1], seed: SEED, purpose, lots, commitment, drawn: [1, 2, 3, 4] },
        candidates: [{ place: 1, nomination: 2 }],
      },
    });
    expect(await told(elections, entries, pages)).toEqual([
      "The draw published is not that of the record.",
      "The candidates do not stand in the order drawn.",
    ]);
  });
});

describe("an audit's sample", () => {
  const voucher = (number: number, on = "2026-01-05"): JsonObject => ({
    v: 1,
    type: "voucher.posted",
    at: number,
    voucher: `v${number}`,
    book: "common",
    period: "2026-01",
    number,
    on,
    kind: "ordinary",
    lines: [
      { account: "1", side: "debit", amount: number * 100 },
      { account: "2", side: "credit", amount: number * 100 },
    ],
    text: "",
    files: [],
    reverses: "",
    decision: "",
  });
  const vouchers = [1, 2, 3, 4, 5].map((number) => voucher(number));
  const listOf = (hashes: readonly string[]) =>
    [1, 2, 3, 4, 5]
      .map((no) => `common/2026-01/${no}\t2026-01-05\t${no * 100}\tordinary\t0\t0\t${hashes[no - 1]}\n`)
      .join("");
  const text = listOf(madeLog(vouchers).hashes);
  const drawn = drawOrder(
    SEED,
    "audit-1-sample-1",
    [1, 2, 3, 4, 5].map((no) => `common/2026-01/${no}`),
  ).slice(0, 2);
  const entries = (change: JsonObject = {}, list = text): JsonObject[] => [
    ...vouchers,
    {
      v: 1,
      type: "audit.opened",
      at: 6,
      audit: "a1",
      books: ["common"],
      from: "2026-01-01",
      to: "2026-01-31",
      commitment,
    },
    { v: 1, type: "audit.population_frozen", at: 7, audit: "a1", vouchers: 5, total: 1500, listHash: hashOfText(list) },
    {
      v: 1,
      type: "audit.sample_drawn",
      at: 8,
      audit: "a1",
      sample: 1,
      asked: { method: "random", size: 2 },
      purpose: "audit-1-sample-1",
      seed: SEED,
      listHash: hashOfRefs(drawn),
      nextCommitment: "00",
      ...change,
    },
  ];
  const pages =
    (list = text, shown = drawn) =>
    (hashes: readonly string[]) => ({
      "/api/communities/jingui/audits": { audits: [{ number: 1, leaf: hashes[5] }] },
      "/c/jingui/accounts/audits/1/population.txt": list,
      "/api/communities/jingui/audits/1/samples/1": { leaf: hashes[7], drawn: shown, seed: SEED },
    });
  test("is right as it was drawn", async () => expect(await told(audits, entries(), pages())).toEqual([]));
  test.each<[string, JsonObject[], ReturnType<typeof pages>, string]>([
    ["another seed", entries({ seed: OTHER }), pages(), "The seed revealed"],
    [
      "other vouchers",
      entries({ listHash: hashOfRefs(["common/2026-01/1"]) }),
      pages(text, ["common/2026-01/1"]),
      "Drawn again",
    ],
    [
      "a list one voucher short",
      entries({}, text.split("\n").slice(1).join("\n")),
      pages(text.split("\n").slice(1).join("\n")),
      "The list has 4 vouchers, the record 5",
    ],
    ["an amount in the list", entries(), pages(text.replace("\t300\t", "\t301\t")), "The file of the list"],
    ["a sample shown that was not drawn", entries(), pages(text, ["common/2026-01/1"]), "The sample published"],
  ])("%s is told", async (_, all, shown, words) =>
    expect((await told(audits, all, shown)).some((fault) => fault.startsWith(words))).toBe(true),
  );
  test("of an audit that is not published any more is told", async () => {
    expect(await told(audits, entries(), () => ({ "/api/communities/jingui/audits": { audits: [] } }))).toEqual([
      "An audit of the record is not published.",
    ]);
  });
});
