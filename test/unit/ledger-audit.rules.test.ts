/** An audit's rules: whom it may be given to, what is drawn and that anybody draws the same, ticks, findings, and when an opinion may come. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FindingAsked,
  findingFaults,
  mayConclude,
  mayOpine,
  mayRespond,
  maySend,
  newTicks,
  type Tick,
} from "../../src/ledger/audit/fieldwork/rules.ts";
import {
  auditClock,
  conflictOf,
  type EngagementAsked,
  type EngagementFacts,
  engagementFaults,
  isAt,
  mayEnd,
  mayWork,
  openMonths,
  STATES,
} from "../../src/ledger/audit/rules.ts";
import {
  drawnHash,
  drawSample,
  freeze,
  intervalOf,
  isAsFrozen,
  type Listed,
  listText,
  MOST_DRAWN,
  purposeOf,
  refOf,
  replay,
  type SampleAsked,
  startOf,
} from "../../src/ledger/audit/sampling/rules.ts";
import { commitSeed } from "../../src/record/draw/rules.ts";

const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);
const SEED = "07".repeat(32);
const OTHER = "08".repeat(32);

const listed = (number: number, amountFen: number, more: Partial<Listed> = {}): Listed => ({
  book: "common",
  period: "2025-03",
  number,
  on: "2025-03-04",
  amountFen,
  kind: "ordinary",
  isDecided: false,
  files: 1,
  leafHash: bytesToHex(sha256(utf8ToBytes(String(number)))),
  ...more,
});
const TEN = Array.from({ length: 10 }, (_, at) => listed(at + 1, (at + 1) * 100));
const populations = fc
  .array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 60 })
  .map((amounts) => amounts.map((fen, at) => listed(at + 1, fen)));
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytesToHex(bytes));

describe("the list a sample is drawn from", () => {
  test("is a file whose sha256sum is its hash", () => {
    const text = listText(TEN.slice(0, 2));
    expect(text.split("\n")[0]).toBe(`common/2025-03/1\t2025-03-04\t100\tordinary\t0\t1\t${TEN[0]!.leafHash}`);
    expect(text.endsWith("\n")).toBe(true);
    expect(freeze(TEN.slice(0, 2)).listHash).toBe(bytesToHex(sha256(utf8ToBytes(text))));
    expect(freeze(TEN)).toMatchObject({ vouchers: 10, totalFen: 5500 });
  });
  test("that changed after it was frozen is noticed, whatever changed", () => {
    const frozen = freeze(TEN);
    expect(isAsFrozen(TEN, frozen)).toBe(true);
    const changes: readonly Listed[][] = [
      TEN.slice(1),
      [...TEN, listed(11, 5)],
      [...TEN].reverse(),
      TEN.map((one, at) => (at === 3 ? { ...one, amountFen: one.amountFen + 1 } : one)),
      TEN.map((one, at) => (at === 3 ? { ...one, leafHash: "00".repeat(32) } : one)),
      TEN.map((one, at) => (at === 3 ? { ...one, files: 0 } : one)),
    ];
    for (const changed of changes) expect(isAsFrozen(changed, frozen)).toBe(false);
  });
});

describe("a draw", () => {
  test("stays what it is: a sample of years ago can be drawn again with this version", () => {
    const of = (asked: SampleAsked) => drawSample(TEN, SEED, purposeOf(3, 1), asked);
    expect(of({ method: "random", size: 4 })).toMatchInlineSnapshot(`
      {
        "ok": true,
        "value": [
          "common/2025-03/7",
          "common/2025-03/3",
          "common/2025-03/1",
          "common/2025-03/9",
        ],
      }
    `);
    expect(of({ method: "monetary_unit", size: 4 })).toMatchInlineSnapshot(`
      {
        "ok": true,
        "value": [
          "common/2025-03/5",
          "common/2025-03/7",
          "common/2025-03/9",
          "common/2025-03/10",
        ],
      }
    `);
    expect(startOf(new Uint8Array(32).fill(7), purposeOf(3, 1), 1375)).toMatchInlineSnapshot(`1082`);
    expect(purposeOf(3, 1)).toBe("audit-3-sample-1");
  });
  test.each([
    ["none", { method: "random", size: 0 }, "size_not_positive"],
    ["less than none", { method: "random", size: -1 }, "size_not_positive"],
    ["half a voucher", { method: "random", size: 1.5 }, "size_not_positive"],
    ["one", { method: "random", size: 1 }, null],
    ["all of them", { method: "random", size: 10 }, null],
    ["one more than there are", { method: "random", size: 11 }, "sample_exceeds_population"],
    ["more fen than vouchers", { method: "monetary_unit", size: 11 }, "sample_exceeds_population"],
    ["from nothing up", { method: "threshold", fromFen: 0 }, "threshold_not_positive"],
    ["from less than nothing up", { method: "threshold", fromFen: -1 }, "threshold_not_positive"],
    ["from the largest amount up", { method: "threshold", fromFen: 1000 }, null],
    ["from a fen above it", { method: "threshold", fromFen: 1001 }, "sample_empty"],
    ["of a kind that is not there", { method: "kind", kind: "reversal" }, "sample_empty"],
  ] as const)("of %s", (_, asked, reason) => expect(reasonOf(drawSample(TEN, SEED, "p", asked))).toBe(reason));

  test("of more than can be worked through is refused, one below is not", () => {
    const many = Array.from({ length: MOST_DRAWN + 1 }, (_, at) => listed(at + 1, 100));
    expect(reasonOf(drawSample(many, SEED, "p", { method: "random", size: MOST_DRAWN + 1 }))).toBe("sample_too_large");
    expect(reasonOf(drawSample(many, SEED, "p", { method: "threshold", fromFen: 1 }))).toBe("sample_too_large");
    expect(reasonOf(drawSample(many, SEED, "p", { method: "random", size: MOST_DRAWN }))).toBe(null);
  });
  test("by amount takes every voucher of it or more, and by kind every one of the kind", () => {
    const drawn = drawSample(TEN, SEED, "p", { method: "threshold", fromFen: 900 });
    expect(drawn.ok && drawn.value).toEqual(["common/2025-03/9", "common/2025-03/10"]);
    const mixed = [
      listed(1, 5, { kind: "opening" }),
      listed(2, 5, { kind: "reversal", files: 0 }),
      listed(3, 5, { isDecided: true }),
      listed(4, 5, { files: 0 }),
    ];
    const of = (kind: "reversal" | "opening" | "no_decision" | "no_file" | "related_party") => {
      const result = drawSample(mixed, SEED, "p", { method: "kind", kind }, new Set(["common/2025-03/3"]));
      return result.ok ? result.value.map((ref) => Number(ref.split("/")[2])) : [];
    };
    expect([of("opening"), of("reversal"), of("no_decision"), of("no_file"), of("related_party")]).toEqual([
      [1],
      [2],
      [4],
      [4],
      [3],
    ]);
  });
  test("has as many as asked for, each once, of the list; the same seed gives the same", () => {
    fc.assert(
      fc.property(populations, seeds, fc.nat(), (population, seed, n) => {
        const size = (n % population.length) + 1;
        const drawn = drawSample(population, seed, "p", { method: "random", size });
        const refs = drawn.ok ? drawn.value : [];
        expect(refs).toHaveLength(size);
        expect(new Set(refs).size).toBe(size);
        const all = new Set(population.map(refOf));
        expect(refs.every((ref) => all.has(ref))).toBe(true);
        expect(drawSample(population, seed, "p", { method: "random", size })).toEqual(drawn);
      }),
    );
  });
  test("by the fen hits every voucher of an interval or more, and draws no more fen than fit", () => {
    fc.assert(
      fc.property(populations, seeds, fc.nat(), (population, seed, n) => {
        const size = (n % population.length) + 1;
        const { totalFen } = freeze(population);
        const interval = intervalOf(totalFen, size);
        fc.pre(interval > 0);
        const drawn = drawSample(population, seed, "p", { method: "monetary_unit", size });
        const refs = new Set(drawn.ok ? drawn.value : []);
        for (const one of population) if (one.amountFen >= interval) expect(refs.has(refOf(one))).toBe(true);
        expect(refs.size).toBeGreaterThan(0);
        expect(refs.size).toBeLessThanOrEqual(Math.ceil(totalFen / interval));
        const order = population.map(refOf).filter((ref) => refs.has(ref));
        expect([...refs]).toEqual(order);
      }),
    );
  });
  test("by the fen counts as if every fen were written down", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
        seeds,
        fc.nat(),
        (amounts, seed, n) => {
          const population = amounts.map((fen, at) => listed(at + 1, fen));
          const size = (n % population.length) + 1;
          const interval = intervalOf(freeze(population).totalFen, size);
          const start = startOf(
            Uint8Array.from(seed.match(/../g)!, (two) => Number.parseInt(two, 16)),
            "p",
            interval,
          );
          expect(start).toBeGreaterThanOrEqual(1);
          expect(start).toBeLessThanOrEqual(interval);
          const fen = population.flatMap((one) => Array.from({ length: one.amountFen }, () => refOf(one)));
          const slow = new Set(fen.filter((_, at) => at + 1 >= start && (at + 1 - start) % interval === 0));
          const drawn = drawSample(population, seed, "p", { method: "monetary_unit", size });
          expect(new Set(drawn.ok ? drawn.value : [])).toEqual(slow);
        },
      ),
    );
  });
  test("another seed, or another purpose, is another draw", () => {
    const many = Array.from({ length: 40 }, (_, at) => listed(at + 1, 100 + at));
    const of = (seed: string, purpose: string) => drawSample(many, seed, purpose, { method: "random", size: 20 });
    expect(of(SEED, "p")).not.toEqual(of(OTHER, "p"));
    expect(of(SEED, "p")).not.toEqual(of(SEED, "q"));
  });
  test("drawn again says what does not hold: the list, the seed, or the vouchers", () => {
    const asked = { method: "random", size: 3 } as const;
    const drawn = drawSample(TEN, SEED, "p", asked);
    const refs = drawn.ok ? drawn.value : [];
    const commitment = commitSeed(new Uint8Array(32).fill(7));
    const sample = { commitment, seed: SEED, purpose: "p", asked, related: [], drawn: refs };
    const frozen = freeze(TEN);
    expect(replay(TEN, frozen, sample)).toEqual({ isAsFrozen: true, isCommitted: true, isSame: true });
    expect(replay(TEN.slice(1), frozen, sample).isAsFrozen).toBe(false);
    expect(replay(TEN, frozen, { ...sample, seed: OTHER })).toMatchObject({ isCommitted: false, isSame: false });
    expect(replay(TEN, frozen, { ...sample, drawn: [...refs].reverse() }).isSame).toBe(false);
    expect(drawnHash(refs)).toBe(bytesToHex(sha256(utf8ToBytes(`${refs.join("\n")}\n`))));
  });
});

const ASKED: EngagementAsked = {
  commission: "committee",
  basis: "业委会〔2026〕第8号决议",
  meeting: "",
  item: "",
  books: ["common"],
  fromOn: "2025-01-01",
  toOn: "2025-12-31",
  firm: "重庆明鉴会计师事务所",
  creditCode: "91440101MA5CJQ4N59",
  auditorPersonId: "a",
  scope: "公共收益全部收支",
  dueOn: "2026-06-30",
};
const FACTS: EngagementFacts = {
  today: "2026-03-01",
  openBooks: ["common"],
  isAuditor: true,
  held: [],
  ownersMayAsk: false,
  decision: null,
};
const DECIDED = { meetingId: "m", state: "published", matter: 9, scope: null, outcome: "carried" } as const;
const CITED = { commission: "assembly", meeting: "3", item: "2" };

describe("an engagement", () => {
  test.each([
    ["as it should be", {}, {}, []],
    ["without who asked", { commission: "x" }, {}, ["commission_missing"]],
    ["asked by owners where they may not", { commission: "owners_request" }, {}, ["owners_request_off"]],
    ["asked by owners where they may", { commission: "owners_request" }, { ownersMayAsk: true }, []],
    ["without a basis", { basis: " " }, {}, ["basis_missing"]],
    ["of the assembly, on its carried item", CITED, { decision: DECIDED }, []],
    ["of the assembly, whose words are the item's", { ...CITED, basis: "" }, { decision: DECIDED }, []],
    ["of the assembly without its item", { commission: "assembly" }, {}, ["decision_missing"]],
    ["of the assembly, half named", { ...CITED, item: " " }, { decision: DECIDED }, ["decision_unreadable"]],
    ["of the assembly, in words", { ...CITED, meeting: "三" }, { decision: DECIDED }, ["decision_unreadable"]],
    ["of an item that is not there", CITED, {}, ["decision_unknown"]],
    ["of a meeting without that item", CITED, { decision: { ...DECIDED, matter: null } }, ["decision_unknown"]],
    ["of an item without a result", CITED, { decision: { ...DECIDED, outcome: null } }, ["decision_not_published"]],
    ["of an annulled meeting", CITED, { decision: { ...DECIDED, state: "annulled" } }, ["decision_not_published"]],
    ["of another matter", CITED, { decision: { ...DECIDED, matter: 8 } }, ["decision_of_another_matter"]],
    ["of an item that was lost", CITED, { decision: { ...DECIDED, outcome: "lost" } }, ["decision_lost"]],
    [
      "of the committee that names an item",
      { meeting: "3", item: "2" },
      { decision: { ...DECIDED, outcome: "lost" } },
      ["decision_lost"],
    ],
    ["without a book", { books: [] }, {}, ["books_missing"]],
    ["of a book that is not open", { books: ["fund"] }, {}, ["book_not_open"]],
    ["with an unreadable day", { toOn: "2025-13-01" }, {}, ["days_unreadable"]],
    ["of one day", { fromOn: "2025-12-31" }, {}, []],
    ["that ends before it begins", { fromOn: "2026-01-01" }, {}, ["days_reversed"]],
    ["of ten years and a day", { fromOn: "2015-12-23" }, {}, ["days_too_many"]],
    ["due on its last day", { dueOn: "2025-12-31" }, {}, ["due_before_end"]],
    ["due a day later", { dueOn: "2026-01-01" }, {}, []],
    ["without a firm", { firm: "" }, {}, ["firm_missing"]],
    ["without a code", { creditCode: " " }, {}, ["code_missing"]],
    ["without a scope", { scope: "" }, {}, ["scope_missing"]],
    ["with somebody's number in it", { scope: "联系13800000001" }, {}, ["names_a_person"]],
    ["of nobody who audits", {}, { isAuditor: false }, ["no_auditor"]],
  ] as const)("%s", (_, asked, facts, reasons) =>
    expect(engagementFaults({ ...ASKED, ...asked }, { ...FACTS, ...facts }).map(({ reason }) => reason)).toEqual(
      reasons,
    ),
  );
  test.each([
    ["left before the first day", "2024-01-01", "2025-01-01", null],
    ["left on the first day, in its first hour", "2024-01-01", "2025-01-02", "auditor_in_conflict"],
    ["came on the last day", "2025-12-31", null, "auditor_in_conflict"],
    ["came after it and stays", "2026-02-01", null, "auditor_in_conflict"],
  ] as const)("given to whoever held a post and %s", (_, from, until, reason) => {
    const held = [{ post: "treasurer", from, until }] as const;
    expect(conflictOf(held, ASKED.fromOn) === null).toBe(reason === null);
    expect(engagementFaults(ASKED, { ...FACTS, held })[0]?.reason ?? null).toBe(reason);
  });
  test("waits for its months to be closed: the last closed is enough, one before is not", () => {
    const closed = (through: string | null) => new Map([["common", through]] as const);
    expect(openMonths(["common"], "2025-12-31", closed("2025-12"))).toEqual([]);
    expect(openMonths(["common"], "2025-12-31", closed("2026-01"))).toEqual([]);
    expect(openMonths(["common"], "2025-12-01", closed("2025-11"))).toEqual([
      { book: "common", closedThrough: "2025-11" },
    ]);
    expect(openMonths(["common"], "2025-12-31", closed(null))).toHaveLength(1);
  });
  test("is late from the day after its due day, and no more once it is over", () => {
    expect(auditClock("fieldwork", "2026-06-30", "2026-06-30").state).toBe("running");
    expect(auditClock("fieldwork", "2026-06-30", "2026-07-01")).toEqual({ state: "overdue", daysLate: 1 });
    for (const state of ["published", "ended"] as const)
      expect(auditClock(state, "2026-06-30", "2026-07-01").state).toBe("over");
  });
  test("is worked on by its auditor alone, and at its stage alone", () => {
    const facts = { state: "fieldwork", auditorPersonId: "a" } as const;
    expect(reasonOf(mayWork(facts, "a", ["fieldwork"]))).toBe(null);
    expect(reasonOf(mayWork(facts, "b", ["fieldwork"]))).toBe("not_the_auditor");
    for (const state of STATES) expect(isAt({ state }, ["responses"]).ok).toBe(state === "responses");
  });
  test("ends with a reason, and not twice", () => {
    expect(reasonOf(mayEnd({ state: "opened" }, " "))).toBe("why_missing");
    expect(reasonOf(mayEnd({ state: "responses" }, "机构退出"))).toBe(null);
    expect(reasonOf(mayEnd({ state: "responses" }, "字".repeat(301)))).toBe("text_too_long");
    for (const state of ["published", "ended"] as const)
      expect(reasonOf(mayEnd({ state }, "机构退出"))).toBe("wrong_audit_state");
  });
});

describe("ticks", () => {
  const tick = (more: Partial<Tick> = {}): Tick => ({ point: "file", result: "agrees", note: "", ...more });
  test("that say what holds already are not written again; what differs is", () => {
    const holds = [tick(), tick({ point: "amount", result: "exception", note: "少两元" })];
    expect(newTicks([tick(), tick({ point: "bank" })], holds)).toEqual({ ok: true, value: [tick({ point: "bank" })] });
    const corrected = tick({ point: "amount", result: "agrees" });
    expect(newTicks([corrected], holds)).toEqual({ ok: true, value: [corrected] });
  });
  test.each([
    ["nothing", [], "nothing_ticked"],
    ["an exception without a word", [tick({ result: "exception", note: " " })], "exception_note_missing"],
    ["an exception in a word", [tick({ result: "exception", note: "缺" })], null],
    ["the longest note", [tick({ note: "字".repeat(300) })], null],
    ["one more", [tick({ note: "字".repeat(301) })], "tick_note_too_long"],
  ] as const)("of %s", (_, asked, reason) => expect(reasonOf(newTicks(asked, []))).toBe(reason));
});

describe("findings", () => {
  const FINDING: FindingAsked = {
    severity: "significant",
    text: "两张凭证没有发票",
    items: [1, 5],
    amountFen: 1200,
    recommendation: "补开发票",
    strikes: null,
  };
  const so = { items: 5, live: [1], all: 1 };
  test.each([
    ["as it should be", {}, []],
    ["without words", { text: " " }, ["finding_missing"]],
    ["without what to do", { recommendation: "" }, ["recommendation_missing"]],
    ["of no gravity", { severity: "x" }, ["severity_missing"]],
    ["of the longest words", { text: "字".repeat(1000) }, []],
    ["of one more", { text: "字".repeat(1001) }, ["finding_too_long"]],
    ["of a voucher nobody drew", { items: [6] }, ["not_in_sample"]],
    ["of no voucher", { items: [] }, []],
    ["of less than nothing", { amountFen: -1 }, ["amount_out_of_range"]],
    ["in another's place", { strikes: 1 }, []],
    ["in the place of one that is not there", { strikes: 2 }, ["unknown_finding"]],
  ] as const)("%s", (_, more, reasons) =>
    expect(findingFaults({ ...FINDING, ...more }, so).map(({ reason }) => reason)).toEqual(reasons),
  );
  test("are sent when every point of every voucher was looked at", () => {
    expect(reasonOf(maySend(0, 0))).toBe("nothing_sampled");
    expect(maySend(2, 13)).toEqual({ ok: false, error: { reason: "points_open", open: 1 } });
    expect(maySend(2, 14)).toEqual({ ok: true, value: true });
  });
  test("are answered once, before the auditor concluded", () => {
    const heard = { hasResponse: false, isConcluded: false };
    expect(reasonOf(mayRespond(heard, "已补开"))).toBe(null);
    expect(reasonOf(mayRespond(heard, ""))).toBe("words_missing");
    expect(reasonOf(mayRespond({ ...heard, hasResponse: true }, "再答"))).toBe("responded_already");
    expect(reasonOf(mayRespond({ ...heard, isConcluded: true }, "迟到"))).toBe("concluded_already");
  });
  test("are concluded after the answer, or from the day after the last day for one", () => {
    const said = { outcome: "stands", words: "成立" };
    const none = { hasResponse: false, isConcluded: false };
    const conclude = (heard: typeof none, today: string, more = {}) =>
      reasonOf(mayConclude(heard, { ...said, ...more }, "2026-05-20", today));
    expect(conclude(none, "2026-05-20")).toBe("response_awaited");
    expect(conclude(none, "2026-05-21")).toBe(null);
    expect(conclude({ ...none, hasResponse: true }, "2026-05-01")).toBe(null);
    expect(conclude({ hasResponse: true, isConcluded: true }, "2026-05-01")).toBe("concluded_already");
    expect(conclude(none, "2026-05-21", { outcome: "x" })).toBe("outcome_missing");
    expect(conclude(none, "2026-05-21", { words: "" })).toBe("words_missing");
  });
});

test("an opinion is one of four, in words, and comes when no finding is open", () => {
  const asked = { opinion: "unqualified", words: "公允反映" };
  expect(reasonOf(mayOpine(asked, []))).toBe(null);
  expect(mayOpine(asked, [2, 3])).toEqual({ ok: false, error: { reason: "finding_open", findings: [2, 3] } });
  expect(reasonOf(mayOpine({ ...asked, opinion: "fine" }, []))).toBe("opinion_missing");
  expect(reasonOf(mayOpine({ ...asked, words: " " }, []))).toBe("words_missing");
});
