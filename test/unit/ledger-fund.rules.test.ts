/** The maintenance fund's rules at their boundaries: what is low, what is shared, what may be paid, and by which steps. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  benefiting,
  clearsProject,
  clocksOf,
  type DecisionFacts,
  developersPart,
  isOverEstimate,
  mayFile,
  mayStep,
  needsAudit,
  type ProjectFacts,
  type ProjectPlan,
  planFaults,
  reportDueOn,
  type StepFacts,
  settlementFaults,
  stateOf,
} from "../../src/ledger/fund/projects/rules.ts";
import {
  enteredTotal,
  isLow,
  mayChangeMode,
  missingTo30,
  modeOn,
  shareByArea,
  tieOf,
  transferClock,
} from "../../src/ledger/fund/rules.ts";

const TODAY = "2026-11-23";
const UNITS = [
  { unitId: "a", building: "1栋", areaDm2: 8_966 },
  { unitId: "b", building: "1栋", areaDm2: 10_235 },
  { unitId: "c", building: "2栋", areaDm2: 7_652 },
];
const reason = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? null : result.error!.reason);

describe("a unit's account (F5, F7)", () => {
  test("thirty per cent of the first deposit exactly is not below it; a fen less is", () => {
    expect(isLow({ firstFen: 1_000, balanceFen: 300 })).toBe(false);
    expect(isLow({ firstFen: 1_000, balanceFen: 299 })).toBe(true);
    expect(isLow({ firstFen: 1_000, balanceFen: 301 })).toBe(false);
    expect(isLow({ firstFen: 0, balanceFen: 0 })).toBe(false);
  });
  test("what is missing brings it back to exactly thirty per cent, and a fen less does not", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 12 }),
        fc.integer({ min: -(10 ** 9), max: 10 ** 12 }),
        (firstFen, balanceFen) => {
          const missing = missingTo30({ firstFen, balanceFen });
          expect(isLow({ firstFen, balanceFen: balanceFen + missing })).toBe(false);
          if (missing > 0) expect(isLow({ firstFen, balanceFen: balanceFen + missing - 1 })).toBe(true);
        },
      ),
    );
  });
});

describe("what is entered", () => {
  const one = (unitId: string, fen: number, firstFen = 0) => ({ unitId, fen, firstFen });
  test("adds up; nothing, less than nothing and a unit twice are refused", () => {
    expect(enteredTotal([one("a", 100), one("b", 0, 5)])).toEqual({ ok: true, value: 100 });
    expect(reason(enteredTotal([one("a", 0)]))).toBe("nothing_entered");
    expect(reason(enteredTotal([]))).toBe("nothing_entered");
    expect(reason(enteredTotal([one("a", -1)]))).toBe("amount_unreadable");
    expect(reason(enteredTotal([one("a", 0.5)]))).toBe("amount_unreadable");
    expect(reason(enteredTotal([one("a", 1), one("a", 1)]))).toBe("unit_twice");
  });
  test("what is shared by area adds up to the fen", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (fen) => {
        const shared = shareByArea(fen, UNITS);
        expect(shared.ok && shared.value.reduce((sum, share) => sum + share.fen, 0)).toBe(fen);
      }),
    );
  });
  test("units and book agree or the difference is told to the fen", () => {
    expect(tieOf(100, 100).differenceFen).toBe(0);
    expect(tieOf(100, 99).differenceFen).toBe(-1);
  });
});

describe("who manages it (F4)", () => {
  const asked = { mode: "own", onDay: TODAY, words: "专户已开立" };
  test("changes on a day that is not to come, with words, to something else", () => {
    expect(mayChangeMode(asked, "authority", TODAY).ok).toBe(true);
    expect(reason(mayChangeMode({ ...asked, onDay: "2026-11-24" }, "authority", TODAY))).toBe("in_the_future");
    expect(reason(mayChangeMode({ ...asked, words: " " }, "authority", TODAY))).toBe("words_missing");
    expect(reason(mayChangeMode(asked, "own", TODAY))).toBe("mode_unchanged");
    expect(reason(mayChangeMode({ ...asked, mode: "bank" }, "authority", TODAY))).toBe("mode_unknown");
    expect(reason(mayChangeMode({ ...asked, onDay: "2026-02-30" }, "authority", TODAY))).toBe("not_a_day");
  });
});

const plan = (more: Partial<ProjectPlan> = {}): ProjectPlan => ({
  path: "decision",
  title: "1栋屋面防水",
  plan: "铲除旧防水层，重做卷材",
  exclusions: [],
  emergency: null,
  estimateFen: 1_000_000,
  scope: { kind: "buildings", buildings: ["1栋"] },
  ...more,
});

describe("a plan (F1, F8)", () => {
  const faults = (more: Partial<ProjectPlan>) => planFaults(plan(more), UNITS).map((fault) => fault.reason);
  test("for an excluded purpose is refused with which it is", () => {
    expect(planFaults(plan({ exclusions: ["utility_pipes"] }), UNITS)).toEqual([
      { reason: "excluded_purpose", exclusion: "utility_pipes" },
    ]);
    expect(faults({})).toEqual([]);
  });
  test("says what, how much and for whom, and an emergency its case", () => {
    expect(faults({ title: " " })).toEqual(["title_missing"]);
    expect(faults({ plan: "" })).toEqual(["plan_missing"]);
    expect(faults({ estimateFen: 0 })).toEqual(["estimate_unreadable"]);
    expect(faults({ path: "emergency" })).toEqual(["emergency_case_missing"]);
    expect(faults({ scope: { kind: "buildings", buildings: ["9栋"] } })).toEqual(["nobody_benefits"]);
  });
  test("is for the units in its scope", () => {
    expect(benefiting(plan().scope, UNITS).map(({ unitId }) => unitId)).toEqual(["a", "b"]);
    expect(benefiting({ kind: "units", unitIds: ["c"] }, UNITS)).toHaveLength(1);
  });
});

describe("the owners' decision (F3)", () => {
  const decided = (more: Partial<DecisionFacts> = {}): DecisionFacts => ({
    meetingId: "m",
    state: "published",
    matter: 5,
    scope: { kind: "buildings", buildings: ["1栋"] },
    outcome: "carried",
    ...more,
  });
  const clears = (facts: DecisionFacts | null) => reason(clearsProject(facts, plan().scope, UNITS));
  test("clears works when it is published, of matter 5, carried, and of exactly these units", () => {
    expect(clears(decided())).toBeNull();
    expect(clears(decided({ scope: { kind: "units", unitIds: ["a", "b"] } }))).toBeNull();
    expect(clears(null)).toBe("decision_unknown");
    expect(clears(decided({ matter: null }))).toBe("decision_unknown");
    expect(clears(decided({ state: "counted" }))).toBe("decision_not_published");
    expect(clears(decided({ outcome: null }))).toBe("decision_not_published");
    expect(clears(decided({ matter: 8 }))).toBe("decision_of_another_matter");
    expect(clears(decided({ outcome: "lost" }))).toBe("decision_lost");
    expect(clears(decided({ scope: { kind: "estate" } }))).toBe("decision_of_other_owners");
  });
});

const step = (kind: StepFacts["kind"], by = "x", onDay = "2026-11-01"): StepFacts => ({ kind, by, onDay });
const facts = (more: Partial<ProjectFacts> = {}): ProjectFacts => ({
  path: "decision",
  proposedBy: "p",
  steps: [],
  settled: "no",
  ...more,
});

describe("from plan to settlement (F2)", () => {
  const steps = [step("decided"), step("approved"), step("accepted")];
  test("one step after the other", () => {
    expect(stateOf(facts())).toBe("proposed");
    expect(stateOf(facts({ steps: steps.slice(0, 1) }))).toBe("cleared");
    expect(stateOf(facts({ steps: steps.slice(0, 2) }))).toBe("approved");
    expect(stateOf(facts({ steps }))).toBe("accepted");
    expect(stateOf(facts({ steps, settled: "waiting" }))).toBe("settling");
    expect(stateOf(facts({ steps, settled: "posted" }))).toBe("settled");
    expect(stateOf(facts({ steps: [...steps, step("stopped")] }))).toBe("stopped");
  });
  const asked = (kind: StepFacts["kind"], more = {}) => ({ kind, onDay: TODAY, words: "已核对", files: 1, ...more });
  test("no step before its time, twice, without its paper or words", () => {
    const at = (kind: StepFacts["kind"], count: number, more = {}) =>
      reason(mayStep(asked(kind, more), facts({ steps: steps.slice(0, count) }), "q", TODAY));
    expect(at("approved", 0)).toBe("step_not_now");
    expect(at("approved", 1)).toBeNull();
    expect(at("approved", 2)).toBe("step_done_already");
    expect(at("accepted", 2, { files: 0 })).toBe("step_file_missing");
    expect(at("accepted", 2, { words: "" })).toBe("step_words_missing");
    expect(at("accepted", 2, { onDay: "2026-11-24" })).toBe("in_the_future");
    expect(at("committee_confirmed", 0)).toBe("wrong_path");
    expect(at("stopped", 3)).toBeNull();
    expect(reason(mayStep(asked("stopped"), facts({ steps, settled: "posted" }), "q", TODAY))).toBe("step_not_now");
  });
});

describe("an emergency (F10)", () => {
  const emergency = (steps: StepFacts[]) => facts({ path: "emergency", steps });
  const confirm = (kind: "committee_confirmed" | "street_confirmed", who: string, steps: StepFacts[] = []) =>
    reason(mayStep({ kind, onDay: TODAY, words: "情况属实", files: 0 }, emergency(steps), who, TODAY));
  test("is confirmed by the committee and the street, two persons, neither its proposer", () => {
    expect(confirm("committee_confirmed", "p")).toBe("same_person");
    expect(confirm("committee_confirmed", "x")).toBeNull();
    expect(confirm("street_confirmed", "x", [step("committee_confirmed", "x")])).toBe("same_person");
    expect(confirm("street_confirmed", "y", [step("committee_confirmed", "x")])).toBeNull();
    expect(stateOf(emergency([step("committee_confirmed")]))).toBe("proposed");
    expect(stateOf(emergency([step("committee_confirmed"), step("street_confirmed", "y")]))).toBe("cleared");
  });
  test("is reported within its days of the later confirmation; the last day is not overdue", () => {
    const confirmed = emergency([step("committee_confirmed"), step("street_confirmed", "y", "2026-11-03")]);
    expect(reportDueOn(confirmed, 15)).toBe("2026-11-18");
    const at = (facts: typeof confirmed, today: string) =>
      clocksOf(facts, { modeWhenApproved: "authority", filedOn: null, today }, { reportDays: 15, filingDays: 10 })[0];
    expect(at(confirmed, "2026-11-18")).toMatchObject({ kind: "report", isOverdue: false });
    expect(at(confirmed, "2026-11-19")).toMatchObject({ kind: "report", isOverdue: true });
    expect(at(emergency([...confirmed.steps, step("reported")]), "2026-12-31")).toMatchObject({ isOverdue: false });
    expect(reportDueOn(emergency([]), 15)).toBeNull();
  });
});

describe("a settlement (F6, R11)", () => {
  test("ten per cent above the estimate is no alarm; a fen more is", () => {
    expect(isOverEstimate(1_100_000, 1_000_000, 10)).toBe(false);
    expect(isOverEstimate(1_100_001, 1_000_000, 10)).toBe(true);
    expect(isOverEstimate(1_099_999, 1_000_000, 10)).toBe(false);
  });
  test("thirty thousand yuan exactly needs no audit; a fen more does", () => {
    expect(needsAudit(3_000_000, 3_000_000)).toBe(false);
    expect(needsAudit(3_000_001, 3_000_000)).toBe(true);
  });
  const project = { ...facts({ steps: [step("decided"), step("approved"), step("accepted")] }), estimateFen: 1_000 };
  const settings = { variancePercent: 10, auditAboveFen: 3_000_000 };
  const share = (fen: number, balanceFen: number) => ({ unitId: "a", fen, balanceFen });
  const against = (amountFen: number, overWhy: string, shares = [share(amountFen, amountFen)]) =>
    settlementFaults({ amountFen, overWhy }, project, shares, settings);
  test("above the alarm says why; what a unit does not have is not taken from another", () => {
    expect(against(1_100, "")).toEqual([]);
    expect(against(1_101, "").map((fault) => fault.reason)).toEqual(["over_without_reason"]);
    expect(against(1_101, "增加了基层处理")).toEqual([]);
    expect(against(1_000, "", [share(500, 500), share(500, 499)])).toEqual([
      { reason: "units_short", units: 1, missingFen: 1 },
    ]);
    expect(against(0, "")).toEqual([{ reason: "settlement_unreadable" }]);
    expect(
      settlementFaults({ amountFen: 3_000_001, overWhy: "审定价" }, project, [], settings).map((fault) => fault.reason),
    ).toEqual(["audit_missing"]);
  });
});

describe("after the hand-over", () => {
  const project = (...steps: readonly StepFacts[]): ProjectFacts => ({
    path: "decision",
    proposedBy: "a",
    steps,
    settled: "no",
  });
  const approved: StepFacts = { kind: "approved", by: "b", onDay: "2026-11-01" };
  const decided: StepFacts = { kind: "decided", by: "b", onDay: "2026-10-30" };
  const at = (modeWhenApproved: "own" | "authority", filedOn: string | null, today: string) =>
    clocksOf(project(decided, approved), { modeWhenApproved, filedOn, today }, { reportDays: 15, filingDays: 10 });

  test("an approval is filed within its days; the last day is not overdue (MF 23)", () => {
    expect(at("own", null, "2026-11-11")).toEqual([
      { kind: "filing", dueOn: "2026-11-11", doneOn: null, isOverdue: false },
    ]);
    expect(at("own", null, "2026-11-12")).toMatchObject([{ isOverdue: true }]);
    expect(at("own", "2026-11-20", "2026-12-01")).toMatchObject([{ doneOn: "2026-11-20", isOverdue: false }]);
  });
  test("while the authority holds the fund nothing is filed, and nothing before an approval", () => {
    expect(at("authority", null, "2026-12-31")).toEqual([]);
    expect(
      clocksOf(
        project(decided),
        { modeWhenApproved: "own", filedOn: null, today: "2026-12-31" },
        { reportDays: 15, filingDays: 10 },
      ),
    ).toEqual([]);
  });
  test.each([
    ["without its paper", { onDay: "2026-11-05", words: "备案", files: 0 }, "step_file_missing"],
    ["without words", { onDay: "2026-11-05", words: " ", files: 1 }, "step_words_missing"],
    ["before the approval", { onDay: "2026-10-31", words: "备案", files: 1 }, "not_a_day"],
    ["of a day to come", { onDay: "2026-11-07", words: "备案", files: 1 }, "in_the_future"],
  ])("a filing %s is none", (_, asked, reason) =>
    expect(mayFile(asked, project(decided, approved), "2026-11-06")).toMatchObject({ reason }),
  );
  test("who held it on a day is told by the changes: the authority before the first", () => {
    const changes = [
      { number: 2, mode: "authority", onDay: "2026-06-01" },
      { number: 1, mode: "own", onDay: "2026-01-01" },
    ] as const;
    expect(["2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01"].map((day) => modeOn(changes, day))).toEqual([
      "authority",
      "own",
      "own",
      "authority",
    ]);
  });
  test("the authority has thirty days from the notice; a hand-over recorded since ends it (MF 15)", () => {
    const notice = { noticedOn: "2026-11-01", noticedAt: 100 };
    expect(transferClock(null, [], 30, "2026-12-31")).toBeNull();
    expect(transferClock(notice, [], 30, "2026-12-01")).toMatchObject({ dueOn: "2026-12-01", isOverdue: false });
    expect(transferClock(notice, [], 30, "2026-12-02")).toMatchObject({ isOverdue: true });
    const done = { mode: "own", onDay: "2026-11-20", setAt: 101 } as const;
    expect(transferClock(notice, [done], 30, "2026-12-31")).toMatchObject({ doneOn: "2026-11-20", isOverdue: false });
    expect(transferClock(notice, [{ ...done, setAt: 99 }], 30, "2026-12-31")).toMatchObject({ isOverdue: true });
  });
});

test("the developer bears the part of units not sold yet, and pays in what their accounts lack of it (F6)", () => {
  const share = (unitId: string, fen: number, balanceFen: number) => ({ unitId, areaDm2: 100, fen, balanceFen });
  const shares = [
    share("sold", 500, 0),
    share("a", 500, 0),
    share("b", 500, 499),
    share("c", 500, 500),
    share("d", 500, -20),
  ];
  const part = developersPart(shares, new Set(["a", "b", "c", "d"]));
  expect(part.map(({ unitId, missingFen }) => [unitId, missingFen])).toEqual([
    ["a", 500],
    ["b", 1],
    ["c", 0],
    ["d", 500],
  ]);
  expect(developersPart(shares, new Set())).toEqual([]);
});
