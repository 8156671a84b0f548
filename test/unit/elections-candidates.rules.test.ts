/** Who may stand and sit, when the list comes out, and the order it stands in (M3, M4, M6; Q6). */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appealUntil,
  CONDITIONS,
  type Criteria,
  checklistOf,
  criteriaFaults,
  DEFAULT_CRITERIA,
  type EligibilityFacts,
  FINDINGS,
  type Found,
  interestsAsked,
  isLocal,
  mayDecide,
  mayStillAppeal,
  sheetFaults,
} from "../../src/elections/candidates/eligibility/rules.ts";
import { orderPurpose } from "../../src/elections/candidates/order/rules.ts";
import {
  earliestVoting,
  isEligibleToSit,
  lastDayToObject,
  mayObjectToCandidate,
  mayPublishCandidates,
  type PublicationFacts,
  type ReadyFacts,
} from "../../src/elections/candidates/rules.ts";
import { ALWAYS_DECLARED } from "../../src/elections/nominations/person/rules.ts";
import { DEFAULT_METHOD, ELECTION_STATES } from "../../src/elections/rules.ts";
import { addDays, endOf, isWorkingDay, startOf } from "../../src/kernel/day.ts";
import type { PartyId } from "../../src/kernel/id.ts";
import { commitSeed, drawOrder, replayDraw } from "../../src/record/draw/rules.ts";

const metAll = (criteria: Criteria): Found[] =>
  checklistOf(criteria)
    .filter(({ automatic }) => !automatic)
    .map(({ item }) => ({ item, finding: "met", evidence: "身份证复印件" }));
const facts: EligibilityFacts = {
  criteria: DEFAULT_CRITERIA,
  found: metAll(DEFAULT_CRITERIA),
  isOwnerToday: true,
  accepted: true,
  declared: true,
  described: true,
  nominated: true,
};

describe("the checklist", () => {
  test("asks the national conditions always and the local ones only with their clause (M4)", () => {
    const items = (criteria: Criteria) => checklistOf(criteria).map(({ item }) => item);
    expect(items(DEFAULT_CRITERIA)).toEqual(["owner_on_roll", "full_capacity", "duties_kept", "able_and_willing"]);
    for (const condition of CONDITIONS.filter(isLocal)) {
      const criteria = { ...DEFAULT_CRITERIA, local: { [condition]: "《议事规则》第十二条" } };
      expect(criteriaFaults(criteria)).toEqual([]);
      expect(items(criteria)).toContain(condition);
      expect(criteriaFaults({ ...criteria, local: { [condition]: " " } })).toEqual([
        { reason: "clause_needed", condition },
      ]);
    }
  });
  test("cannot switch a national condition, and takes the estate's own with their clause", () => {
    expect(criteriaFaults({ ...DEFAULT_CRITERIA, local: { owner_on_roll: "x" } })).toEqual([
      { reason: "not_a_setting", condition: "owner_on_roll" },
    ]);
    const own = { ...DEFAULT_CRITERIA, own: [{ words: "没有群租", clause: "《管理规约》第九条" }] };
    expect(criteriaFaults(own)).toEqual([]);
    expect(checklistOf(own).at(-1)).toMatchObject({ item: "own_1", source: "《管理规约》第九条" });
    expect(criteriaFaults({ ...own, own: [{ words: "没有群租", clause: "" }] })).toEqual([
      { reason: "own_incomplete", at: 0 },
    ]);
  });
  test("gives three to thirty days to appeal", () => {
    for (const [appealDays, ok] of [
      [2, false],
      [3, true],
      [30, true],
      [31, false],
      [4.5, false],
    ] as const)
      expect(criteriaFaults({ ...DEFAULT_CRITERIA, appealDays }).length === 0).toBe(ok);
  });
  test("asks a declaration of what always matters, and of the rest only where it is a condition", () => {
    expect(interestsAsked(DEFAULT_CRITERIA)).toEqual([...ALWAYS_DECLARED]);
    expect(interestsAsked({ ...DEFAULT_CRITERIA, local: { sentence: "第十七条" } })).toEqual([
      ...ALWAYS_DECLARED,
      "sentence",
    ]);
  });
  test("is complete with a finding and evidence on every line but the automatic one", () => {
    expect(sheetFaults(metAll(DEFAULT_CRITERIA), DEFAULT_CRITERIA)).toEqual([]);
    expect(sheetFaults([], DEFAULT_CRITERIA).map(({ reason }) => reason)).toEqual(Array(3).fill("item_unanswered"));
    const bare = metAll(DEFAULT_CRITERIA).map((one) => ({ ...one, evidence: " " }));
    expect(sheetFaults(bare, DEFAULT_CRITERIA).map(({ reason }) => reason)).toEqual(Array(3).fill("evidence_missing"));
  });
});

describe("a decision", () => {
  test("follows from the checklist", () => {
    expect(mayDecide(facts, "eligible")).toEqual({ ok: true, value: { unmet: [] } });
    expect(mayDecide(facts, "ineligible")).toEqual({ ok: false, error: { reason: "nothing_against" } });
    const unmet = { ...facts, found: facts.found!.map((one) => ({ ...one, finding: "not_met" as const })) };
    expect(mayDecide(unmet, "eligible")).toMatchObject({ error: { reason: "items_not_met" } });
    expect(mayDecide(unmet, "ineligible")).toMatchObject({ ok: true });
    const unclear = { ...facts, found: facts.found!.map((one) => ({ ...one, finding: "unclear" as const })) };
    for (const outcome of ["eligible", "ineligible"] as const) expect(mayDecide(unclear, outcome).ok).toBe(false);
  });
  test("waits for the person, the channel, the profile, the declaration and the checklist", () => {
    const bare = { ...facts, accepted: false, nominated: false, described: false, declared: false, found: null };
    expect(mayDecide(bare, "eligible")).toEqual({
      ok: false,
      error: { reason: "not_ready", lacking: ["acceptance", "nomination", "profile", "declaration", "checklist"] },
    });
  });
  test("that the home was sold needs no checklist, and nobody without one is let through", () => {
    const sold = { ...facts, isOwnerToday: false, found: null };
    expect(mayDecide(sold, "ineligible")).toEqual({ ok: true, value: { unmet: ["owner_on_roll"] } });
    expect(mayDecide({ ...sold, found: facts.found }, "eligible")).toMatchObject({
      error: { items: ["owner_on_roll"] },
    });
  });
  test("is never open both ways", () => {
    const found = fc.constantFrom(...FINDINGS);
    fc.assert(
      fc.property(fc.tuple(found, found, found), fc.boolean(), (findings, isOwnerToday) => {
        const some = {
          ...facts,
          isOwnerToday,
          found: facts.found!.map((one, at) => ({ ...one, finding: findings[at]! })),
        };
        expect(mayDecide(some, "eligible").ok && mayDecide(some, "ineligible").ok).toBe(false);
      }),
    );
  });
  test("may be appealed until 24:00 of the last day, the day of the decision not counted", () => {
    const decidedAt = startOf("2026-11-23") + 1;
    const until = appealUntil(decidedAt, 5);
    expect(until).toBe(endOf("2026-11-30")); // the fifth day is Saturday the 28th: the period ends on Monday
    const decided = { outcome: "ineligible", appealUntil: until, appealedAt: null, ruling: null } as const;
    expect(mayStillAppeal(decided, until - 1)).toBe(true);
    expect(mayStillAppeal(decided, until)).toBe(false);
    expect(mayStillAppeal({ ...decided, appealedAt: decidedAt }, until - 1)).toBe(false);
    expect(mayStillAppeal({ ...decided, outcome: "eligible" }, until - 1)).toBe(false);
  });
});

describe("political affiliation (Q6)", () => {
  const affiliation = fc.option(fc.constantFrom("中共党员", "群众", "民盟盟员", "无党派人士"), { nil: undefined });
  const bools = {
    isOwnerToday: fc.boolean(),
    accepted: fc.boolean(),
    declared: fc.boolean(),
    described: fc.boolean(),
    nominated: fc.boolean(),
  };
  test("changes nothing in what is decided, published, drawn or seated", () => {
    fc.assert(
      fc.property(
        affiliation,
        affiliation,
        fc.record(bools),
        fc.constantFrom(...FINDINGS),
        (one, other, some, finding) => {
          const base = { ...facts, ...some, found: facts.found!.map((line) => ({ ...line, finding })) };
          const [a, b] = [
            { ...base, affiliation: one },
            { ...base, affiliation: other },
          ];
          for (const outcome of ["eligible", "ineligible"] as const)
            expect(mayDecide(a, outcome)).toEqual(mayDecide(b, outcome));
          const ready = (said: string | undefined) => ({ ...candidacy(1), ...some, affiliation: said });
          expect(mayPublishCandidates({ ...publication, candidacies: [ready(one)] })).toEqual(
            mayPublishCandidates({ ...publication, candidacies: [ready(other)] }),
          );
          const row = { partyId: "p" as PartyId, withdrawnAt: null, excludedAt: null };
          expect(isEligibleToSit({ ...row, affiliation: one } as typeof row, [])).toEqual(
            isEligibleToSit({ ...row, affiliation: other } as typeof row, []),
          );
        },
      ),
    );
  });
  test("is known to no file that checks, decides, draws, counts or seats", () => {
    const walk = (folder: string): string[] =>
      readdirSync(folder).flatMap((name) => {
        const path = join(folder, name);
        return statSync(path).isDirectory() ? walk(path) : [path];
      });
    const knowing = walk("src/elections").filter((path) =>
      /affiliation\.ts"|candidacyAffiliation|candidacy_affiliation/.test(readFileSync(path, "utf8")),
    );
    for (const path of knowing)
      expect(path).not.toMatch(/rules\.ts$|eligibility|order|publish|rounds|seating|candidates\/store/);
    expect(readFileSync("src/elections/candidates/eligibility/rules.ts", "utf8")).not.toMatch(/import .*affiliation/);
  });
});

const candidacy = (number: number, change: Partial<ReadyFacts> = {}): ReadyFacts => ({
  number,
  accepted: true,
  withdrawn: false,
  outcome: "eligible",
  appealOpen: false,
  appealUntil: null,
  isOwnerToday: true,
  ...change,
});
const publication: PublicationFacts = {
  state: "examining",
  seats: 5,
  surplusPercent: 0,
  candidacies: [1, 2, 3, 4, 5].map((number) => candidacy(number)),
  seedCommitted: true,
  fewerReason: "",
};

describe("the list of candidates", () => {
  test("comes out only when everyone who accepted is decided on and no appeal can come", () => {
    expect(mayPublishCandidates(publication)).toMatchObject({ ok: true, value: { standing: [1, 2, 3, 4, 5] } });
    const withOne = (change: Partial<ReadyFacts>) => ({
      ...publication,
      candidacies: [...publication.candidacies, candidacy(6, change)],
    });
    expect(mayPublishCandidates(withOne({ outcome: null }))).toMatchObject({
      error: { reason: "undecided", numbers: [6] },
    });
    expect(mayPublishCandidates(withOne({ outcome: "ineligible", appealUntil: 99 }))).toMatchObject({
      error: { reason: "appeals_running", numbers: [6], until: 99 },
    });
    expect(mayPublishCandidates(withOne({ outcome: "ineligible", appealOpen: true }))).toMatchObject({
      error: { reason: "appeals_running", until: null },
    });
    expect(mayPublishCandidates(withOne({ outcome: null, accepted: false })).ok).toBe(true);
    expect(mayPublishCandidates(withOne({ outcome: null, withdrawn: true })).ok).toBe(true);
    for (const state of ELECTION_STATES)
      expect(mayPublishCandidates({ ...publication, state }).ok).toBe(state === "examining");
  });
  test("needs the seats and the surplus, or a reason to go on with fewer; never nobody", () => {
    const some = (count: number, more: Partial<PublicationFacts> = {}) =>
      mayPublishCandidates({ ...publication, ...more, candidacies: publication.candidacies.slice(0, count) });
    expect(some(5).ok).toBe(true);
    expect(some(4)).toEqual({
      ok: false,
      error: { reason: "fewer_than_needed", standing: 4, least: 5, seats: 5 },
    });
    expect(some(5, { surplusPercent: 20 })).toMatchObject({ error: { reason: "fewer_than_needed", least: 6 } });
    expect(some(4, { fewerReason: "两次征集，仍不足" })).toMatchObject({ ok: true, value: { fewerThanSeats: true } });
    expect(some(4, { fewerReason: "  " }).ok).toBe(false);
    expect(some(0, { fewerReason: "没有人" })).toMatchObject({ error: { reason: "nobody_stands" } });
    expect(some(5, { seedCommitted: false })).toMatchObject({ error: { reason: "seed_missing" } });
  });
  test("leaves off who sold meanwhile", () => {
    const sold = {
      ...publication,
      seats: 4,
      candidacies: [...publication.candidacies.slice(1), candidacy(1, { isOwnerToday: false })],
    };
    expect(mayPublishCandidates(sold)).toMatchObject({ value: { standing: [2, 3, 4, 5], soldMeanwhile: [1] } });
  });
});

describe("voting opens", () => {
  const method = { candidatesBeforeDays: 15, candidatesPublicDays: 7 };
  test("fifteen days after publication at the earliest, that day not counted", () => {
    expect(earliestVoting("2026-11-02", method)).toBe("2026-11-17");
  });
  test("after the last day for objections, also where that is later", () => {
    expect(earliestVoting("2026-11-02", { candidatesBeforeDays: 7, candidatesPublicDays: 14 })).toBe("2026-11-17");
    // Seven days from Wednesday 23 September end in the holidays and move to the next working day.
    expect(lastDayToObject("2026-09-24", 7)).toBe("2026-10-08");
    expect(earliestVoting("2026-09-24", { candidatesBeforeDays: 7, candidatesPublicDays: 7 })).toBe("2026-10-09");
  });
  test("never before either period is over", () => {
    const day = fc.integer({ min: 0, max: 1_000 }).map((n) => addDays("2025-01-01", n));
    const days = fc.integer({ min: 7, max: 60 });
    fc.assert(
      fc.property(day, days, days, (published, candidatesBeforeDays, candidatesPublicDays) => {
        const opens = earliestVoting(published, { candidatesBeforeDays, candidatesPublicDays });
        expect(opens >= addDays(published, candidatesBeforeDays)).toBe(true);
        expect(opens > addDays(published, candidatesPublicDays)).toBe(true);
        expect(isWorkingDay(lastDayToObject(published, candidatesPublicDays))).toBe(true);
      }),
    );
  });
  test("objections are taken in the last millisecond of their last day, and not after", () => {
    const publishedAt = startOf("2026-11-02") + 1;
    const until = endOf("2026-11-09");
    expect(mayObjectToCandidate("standing", publishedAt, 7, until - 1).ok).toBe(true);
    expect(mayObjectToCandidate("standing", publishedAt, 7, until)).toEqual({
      ok: false,
      error: { reason: "objections_over", lastOn: "2026-11-09" },
    });
    expect(mayObjectToCandidate("examining", null, 7, 0)).toMatchObject({ error: { reason: "objections_not_open" } });
  });
});

describe("a seat", () => {
  const row = { partyId: "p1" as PartyId, withdrawnAt: null, excludedAt: null };
  const roll = [{ owners: ["p0", "p1"] as PartyId[] }];
  test("goes to an owner of today who neither withdrew nor was excluded", () => {
    expect(isEligibleToSit(row, roll).ok).toBe(true);
    expect(isEligibleToSit({ ...row, withdrawnAt: 7 }, roll)).toEqual({
      ok: false,
      error: { reason: "withdrawn", at: 7 },
    });
    expect(isEligibleToSit({ ...row, excludedAt: 7 }, roll)).toEqual({
      ok: false,
      error: { reason: "excluded", at: 7 },
    });
    expect(isEligibleToSit(row, [{ owners: ["p0"] as PartyId[] }])).toEqual({
      ok: false,
      error: { reason: "sold_meanwhile" },
    });
  });
});

describe("the order on the ballot", () => {
  const seed = Uint8Array.from({ length: 32 }, (_, at) => at);
  const purpose = orderPurpose("e1");
  const lots = [1, 2, 3, 4, 5, 6, 7];
  const draw = {
    commitment: commitSeed(seed),
    purpose,
    lots,
    drawn: drawOrder(seed, purpose, lots.map(String)).map(Number),
  };
  test("is drawn again by anyone from the revealed seed", () => {
    const replayed = replayDraw(draw, bytesToHex(seed).toUpperCase());
    expect(replayed.ok && replayed.value.map(({ number }) => number)).toEqual(draw.drawn);
  });
  test("with another seed is refused, and the order it would give is shown", () => {
    const other = bytesToHex(seed.map((byte) => byte ^ 1));
    expect(replayDraw(draw, other)).toMatchObject({ error: { reason: "another_seed" } });
    expect(replayDraw(draw, "ab")).toMatchObject({ error: { reason: "seed_malformed", bytes: 32 } });
    expect(replayDraw(draw, "zz".repeat(32))).toMatchObject({ error: { reason: "seed_malformed" } });
  });
  test("that was not drawn from the seed is found out", () => {
    const swapped = { ...draw, drawn: [draw.drawn[1]!, draw.drawn[0]!, ...draw.drawn.slice(2)] };
    expect(replayDraw(swapped, bytesToHex(seed))).toEqual({
      ok: false,
      error: { reason: "another_order", order: draw.drawn },
    });
    expect(replayDraw({ ...draw, drawn: draw.drawn.slice(1) }, bytesToHex(seed)).ok).toBe(false);
  });
  test("does not depend on who is told first", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(lots, { minLength: 7 }), (shuffled) => {
        expect(replayDraw({ ...draw, lots: shuffled }, bytesToHex(seed)).ok).toBe(true);
      }),
    );
  });
});

test("the default method asks for as many candidates as seats", () => {
  expect(DEFAULT_METHOD.surplusPercent.value).toBe(0);
});
