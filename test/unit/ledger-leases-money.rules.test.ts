/** Where money of a lease goes, what an early end changes, and what a lease may rest on, at their bounds. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { totalOf } from "../../src/ledger/books/rules.ts";
import { type DecisionFacts, restsOnDecision, restsOnDocument } from "../../src/ledger/leases/basis.ts";
import { mayDecideEnd } from "../../src/ledger/leases/ending/rules.ts";
import {
  accountFor,
  allocate,
  dueNow,
  endSettlement,
  giveBack,
  type Held,
  heldAfter,
  isMoneyAccount,
  linesOfCharge,
  type MadeCharge,
  settle,
} from "../../src/ledger/leases/receiving.ts";
import { endedOn, type LeaseTerms, schedule } from "../../src/ledger/leases/rules.ts";

const open = (...left: number[]) =>
  left.map((leftFen, at) => ({ chargeNo: at + 1, attempt: 1, dueOn: `2026-0${at + 1}-05`, leftFen }));
const held = (more: object = {}) => ({ open: open(100, 100), depositFen: 50, prepaidFen: 30, ...more });
const TERMS: LeaseTerms = {
  fromOn: "2026-01-01",
  toOn: "2026-12-31",
  cycleMonths: 1,
  dueAfterDays: 0,
  steps: [{ fromOn: "2026-01-01", monthlyFen: 31_000 }],
  free: [],
  depositFen: 0,
  taxBasisPoints: 0,
};

describe("a sum that comes in", () => {
  test("pays the oldest in full before the next", () =>
    expect(allocate(open(100, 100), 150)).toEqual({
      parts: [
        { chargeNo: 1, attempt: 1, amountFen: 100 },
        { chargeNo: 2, attempt: 1, amountFen: 50 },
      ],
      overFen: 0,
    }));
  test("one fen more than is owed is prepaid", () => expect(allocate(open(100), 101).overFen).toBe(1));
  test("pays nothing that was paid too much already", () => expect(allocate(open(-5, 10), 10).parts).toHaveLength(1));
  test("is never lost: parts and rest sum to it, and no charge gets more than it is owed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 9 }),
        fc.integer({ min: 1, max: 5_000 }),
        (left, amount) => {
          for (const [way, sign] of [
            [allocate, 1],
            [giveBack, -1],
          ] as const) {
            const { parts, overFen } = way(open(...left), amount);
            expect(parts.reduce((sum, part) => sum + sign * part.amountFen, 0) + overFen).toBe(amount);
            for (const part of parts)
              expect(sign * part.amountFen).toBeLessThanOrEqual(sign * left[part.chargeNo - 1]!);
          }
        },
      ),
    );
  });
});

describe("a voucher of money", () => {
  test.each([
    ["refund", 50, null],
    ["refund", 51, "deposit_too_small"],
    ["offset", 50, null],
    ["offset", 51, "deposit_too_small"],
    ["prepaid", 30, null],
    ["prepaid", 31, "prepaid_too_small"],
    ["return", 31, "owed_too_little"],
    ["return", 30, "rent_open"],
    ["rent", 0, "amount_not_positive"],
    ["rent", -1, "amount_not_positive"],
    ["rent", 0.5, "amount_not_positive"],
  ] as const)("%s of %s fen: %s", (kind, amount, reason) => {
    const settled = settle(kind, "2026-11-20", amount, held());
    expect(settled.ok ? null : settled.error.reason).toBe(reason);
  });
  test("on no day is none", () =>
    expect(settle("rent", "2026-02-29", 1, held())).toMatchObject({ error: { reason: "not_a_day" } }));
  test("always balances", () => {
    const kinds = fc.constantFrom("rent", "deposit", "refund", "offset", "prepaid", "return" as const);
    fc.assert(
      fc.property(kinds, fc.integer({ min: 1, max: 400 }), (kind, amount) => {
        const settled = settle(
          kind as "rent",
          "2026-11-20",
          amount,
          held({ depositFen: 400, prepaidFen: 400, open: open(100, -80) }),
        );
        if (!settled.ok) return;
        expect(totalOf(settled.value.lines, "debit")).toBe(totalOf(settled.value.lines, "credit"));
        expect(settled.value.lines.every(({ amountFen }) => amountFen > 0)).toBe(true);
      }),
    );
  });
  test("a deposit is a debt and no income", () => {
    const settled = settle("deposit", "2026-11-20", 100, held());
    expect(settled.ok && settled.value.lines.map(({ account }) => account)).toEqual(["1002.01", "2241.01"]);
  });
  test("of a charge takes back what it gave where the amount is less than nothing", () => {
    const given = linesOfCharge({ amountFen: 105, taxFen: 5 }, "4001.03");
    const taken = linesOfCharge({ amountFen: -105, taxFen: -5 }, "4001.03");
    expect(taken.map(({ account, amountFen }) => [account, amountFen])).toEqual(
      given.map(({ account, amountFen }) => [account, amountFen]),
    );
    expect(taken.every(({ side }, at) => side !== given[at]!.side)).toBe(true);
  });
});

describe("what the clock makes", () => {
  const span = { today: "2026-03-01", bookFromOn: "2026-01-01" };
  const made = (chargeNo: number, more: Partial<MadeCharge> = {}): MadeCharge => ({
    kind: "rent",
    chargeNo,
    attempt: 1,
    amountFen: 31_000,
    taxFen: 0,
    standing: true,
    posted: true,
    ...more,
  });
  test("is due today, not tomorrow, and nothing from before the book", () => {
    expect(dueNow(TERMS, TERMS.toOn, [], span).map(({ chargeNo }) => chargeNo)).toEqual([1, 2, 3]);
    expect(dueNow(TERMS, TERMS.toOn, [], { ...span, today: "2026-02-28" })).toHaveLength(2);
    expect(
      dueNow(TERMS, TERMS.toOn, [], { ...span, bookFromOn: "2026-02-01" }).map(({ chargeNo }) => chargeNo),
    ).toEqual([2, 3]);
  });
  test("is nothing twice, and nothing again that a person sent back", () =>
    expect(
      dueNow(TERMS, TERMS.toOn, [made(1), made(2, { standing: false, posted: false })], span).map(
        ({ chargeNo }) => chargeNo,
      ),
    ).toEqual([3]));
  test("after an early end is the difference, once", () => {
    const all = [made(1), made(2), made(3)];
    const changed = dueNow(TERMS, "2026-02-14", all, span);
    expect(changed.map(({ kind, chargeNo, amountFen }) => [kind, chargeNo, amountFen])).toEqual([
      ["adjustment", 2, -15_500],
      ["adjustment", 3, -31_000],
    ]);
    const again = changed.map((one) => made(one.chargeNo, { kind: "adjustment", amountFen: one.amountFen }));
    expect(dueNow(TERMS, "2026-02-14", [...all, ...again], span)).toEqual([]);
  });
  test("with its differences is what the shorter lease owes in all", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), (days) => {
        const lastOn = new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
        const charges = schedule(TERMS).map(({ chargeNo, amountFen }) => made(chargeNo, { amountFen }));
        const changes = dueNow(TERMS, lastOn, charges, { today: "2026-12-31", bookFromOn: "2026-01-01" });
        const total = [...charges, ...changes].reduce((sum, { amountFen }) => sum + amountFen, 0);
        const cut = endedOn(TERMS, lastOn);
        if (!cut.ok) throw new Error(cut.error.reason);
        expect(total).toBe(schedule(cut.value).reduce((sum, { amountFen }) => sum + amountFen, 0));
      }),
    );
  });
});

describe("what a lease rests on (R2)", () => {
  const decided = (more: Partial<DecisionFacts> = {}): DecisionFacts => ({
    meetingId: "m",
    state: "published",
    matter: 8,
    outcome: "carried",
    ...more,
  });
  test.each([
    ["a published decision of matter 8, carried", decided(), null],
    ["a final one", decided({ state: "final" }), null],
    ["no meeting", null, "decision_unknown"],
    ["no such item", decided({ matter: null }), "decision_unknown"],
    ["a count that is not published", decided({ outcome: null }), "decision_not_published"],
    ["a vote that is open", decided({ state: "open" }), "decision_not_published"],
    ["one that was annulled", decided({ state: "annulled" }), "decision_not_published"],
    ["matter 9", decided({ matter: 9 }), "decision_of_another_matter"],
    ["one that was lost", decided({ outcome: "lost" }), "decision_lost"],
    ["one without quorum", decided({ outcome: "quorum_not_met" }), "decision_lost"],
  ])("%s: %s", (_, facts, reason) => {
    const rests = restsOnDecision(facts);
    expect(rests.ok ? null : rests.error.reason).toBe(reason);
  });
  test.each([
    ["a document of the lease's first day", { title: "决议", on: "2026-08-01", hasFile: true }, null],
    ["of the day after", { title: "决议", on: "2026-08-02", hasFile: true }, "document_too_late"],
    ["of no day", { title: "决议", on: "2025-02-29", hasFile: true }, "document_day"],
    ["without a title", { title: " ", on: "2025-06-01", hasFile: true }, "document_untitled"],
    ["without its file", { title: "决议", on: "2025-06-01", hasFile: false }, "document_without_file"],
  ])("%s: %s", (_, document, reason) => {
    const rests = restsOnDocument(document, "2026-08-01");
    expect(rests.ok ? null : rests.error.reason).toBe(reason);
  });
});

describe("an early end takes two persons", () => {
  const end = { lastOn: "2026-11-15", state: "proposed", proposedBy: "a" } as const;
  test.each([
    ["another confirms it", end, "confirmed", "b", "", null],
    ["its proposer does not", end, "confirmed", "a", "", "own_lease"],
    ["nor refuses it", end, "refused", "a", "x", "own_lease"],
    ["another refuses it with a reason", end, "refused", "b", "水电未清", null],
    ["not without one", end, "refused", "b", " ", "why_missing"],
    ["its proposer gives it up", end, "withdrawn", "a", "", null],
    ["nobody else does", end, "withdrawn", "b", "", "not_the_drafter"],
    ["what is decided stays", { ...end, state: "confirmed" } as const, "refused", "b", "x", "lease_moved"],
    ["what was never proposed is decided by nobody", null, "confirmed", "b", "", "lease_moved"],
  ] as const)("%s", (_, facts, as, who, why, reason) => {
    const may = mayDecideEnd(facts, as, who, why);
    expect(may.ok ? null : may.error.reason).toBe(reason);
  });
});

describe("rent given back", () => {
  const paid = (more: Partial<Held> = {}): Held => ({ open: open(0, -80), depositFen: 0, prepaidFen: 30, ...more });
  test("is first what was paid too much, then what was prepaid, to the fen", () => {
    const settled = settle("return", "2026-11-20", 110, paid());
    expect(settled.ok && settled.value).toMatchObject({ prepaidFen: 30, parts: [{ chargeNo: 2, amountFen: -80 }] });
    expect(settle("return", "2026-11-20", 80, paid())).toMatchObject({ value: { prepaidFen: 0 } });
    expect(settle("return", "2026-11-20", 111, paid())).toMatchObject({
      error: { reason: "owed_too_little", owedFen: 110 },
    });
  });
  test("comes out of the debt that it was", () => {
    const settled = settle("return", "2026-11-20", 30, paid({ open: [] }));
    expect(settled.ok && settled.value.lines).toEqual([
      { account: "2203", side: "debit", amountFen: 30 },
      { account: "1002.01", side: "credit", amountFen: 30 },
    ]);
  });
});

describe("a lease that is over", () => {
  const of = (leftFen: number, depositFen: number, prepaidFen = 0) =>
    endSettlement({ open: open(leftFen), depositFen, prepaidFen }).map(({ kind, amountFen }) => [kind, amountFen]);
  test.each([
    [
      "the deposit pays what is owed and goes back for the rest",
      of(100, 250),
      [
        ["offset", 100],
        ["refund", 150],
      ],
    ],
    ["the deposit exactly", of(250, 250), [["offset", 250]]],
    ["more is owed than is held", of(300, 250), [["offset", 250]]],
    [
      "what was prepaid comes first",
      of(100, 250, 40),
      [
        ["prepaid", 40],
        ["offset", 60],
        ["refund", 190],
      ],
    ],
    ["what was overpaid and prepaid goes back", of(-50, 0, 30), [["return", 80]]],
    ["nothing is made of nothing", of(100, 0), []],
  ])("%s", (_, steps, expected) => expect(steps).toEqual(expected));
  test("is settled step by step to nothing held, or to nothing but what is owed", () => {
    const fen = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -300, max: 300 }), { maxLength: 5 }),
        fen,
        fen,
        (left, deposit, prepaid) => {
          let held: Held = { open: open(...left), depositFen: deposit, prepaidFen: prepaid };
          for (const { kind, amountFen } of endSettlement(held)) {
            const settled = settle(kind, "2026-11-20", amountFen, held);
            if (!settled.ok) throw new Error(settled.error.reason);
            held = heldAfter(held, kind, amountFen, settled.value);
          }
          expect([held.depositFen, held.prepaidFen]).toEqual([0, 0]);
          const owes = held.open.some(({ leftFen }) => leftFen > 0);
          expect(owes || held.open.every(({ leftFen }) => leftFen === 0)).toBe(true);
        },
      ),
    );
  });
});

describe("the account of a sum", () => {
  const two = ["1002.01", "1002.02"];
  test.each([
    ["the one that is named", accountFor("1002.02", "1002.01", two), "1002.02"],
    ["cash, always", accountFor("1001", null, two), "1001"],
    ["not one that is nobody's", accountFor("1002.03", null, two), "no_money_account"],
    ["not an account of income", accountFor("4001.03", null, []), "no_money_account"],
    ["else the lease's last", accountFor("", "1002.02", two), "1002.02"],
    ["of several none silently", accountFor("", null, two), "account_not_chosen"],
    ["nor one that is no more", accountFor("", "1002.09", two), "account_not_chosen"],
    ["the only one", accountFor("", null, ["1002.05"]), "1002.05"],
    ["the chart's, where none is recorded", accountFor("", null, []), "1002.01"],
  ])("is %s", (_, found, expected) => expect(found.ok ? found.value : found.error.reason).toBe(expected));
});

test.each([
  ["1001", true],
  ["1002.01", true],
  ["1002", true],
  ["10021", false],
  ["4001.03", false],
])("money of a lease comes to %s: %s", (code, may) => expect(isMoneyAccount(code)).toBe(may));
