/** A committee's term: seats, alternates, the last months, recall and handover, each at its exact boundary. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkLine,
  type HandoverLine,
  handoverState,
  MOST_LINES,
  maySign,
  missingKinds,
  REQUIRED_KINDS,
} from "../../src/committee/handover/rules.ts";
import {
  defenceUntil,
  enoughSigners,
  LONGEST_REASONS,
  mayPlace,
  type RecallFacts,
  readText,
  recallState,
  signersLeast,
} from "../../src/committee/recall/rules.ts";
import {
  daysLeft,
  handoverDue,
  mayDecideNow,
  mayMoveUp,
  renewalFrom,
  seatsState,
  TERM_SETTINGS,
  termPhase,
} from "../../src/committee/standing/rules.ts";
import { endOf, startOf } from "../../src/kernel/day.ts";
import { defaultsOf, faultsOf } from "../../src/offices/settings/rules.ts";

describe("seats", () => {
  test.each([
    ["all seats are taken", { seats: 7, legalLeast: 5, sitting: 7, alternates: 2 }, "full"],
    ["one is free and an alternate waits", { seats: 7, legalLeast: 5, sitting: 6, alternates: 1 }, "alternates_due"],
    ["one is free and nobody waits", { seats: 7, legalLeast: 5, sitting: 6, alternates: 0 }, "vacant"],
    ["exactly the law's least is enough", { seats: 9, legalLeast: 5, sitting: 5, alternates: 0 }, "vacant"],
    ["one below the law's least is too few", { seats: 9, legalLeast: 5, sitting: 4, alternates: 0 }, "too_few"],
    ["half of the seats exactly is not below half", { seats: 10, legalLeast: 3, sitting: 5, alternates: 0 }, "vacant"],
    ["one below half is too few", { seats: 11, legalLeast: 3, sitting: 5, alternates: 0 }, "too_few"],
    ["alternates come before a by-election", { seats: 11, legalLeast: 5, sitting: 2, alternates: 1 }, "alternates_due"],
  ] as const)("%s", (_, seats, state) => expect(seatsState(seats)).toBe(state));

  const ranked = [
    { tenureId: "b", rank: 2 },
    { tenureId: "a", rank: 1 },
    { tenureId: "c", rank: 3 },
  ];
  test.each([
    ["the first in order moves up", 6, "a", { ok: true, value: true }],
    ["not before the one ahead", 6, "b", { ok: false, error: { reason: "not_next", rank: 2, nextRank: 1 } }],
    ["nobody into a seat that is taken", 7, "a", { ok: false, error: { reason: "no_vacant_seat", seats: 7 } }],
    ["nobody who is no alternate", 6, "x", { ok: false, error: { reason: "not_an_alternate" } }],
  ])("%s", (_, sitting, tenureId, answer) =>
    expect(mayMoveUp({ seats: 7, sitting }, ranked, tenureId)).toEqual(answer),
  );
  test("when those ahead have gone, the next one is first", () =>
    expect(mayMoveUp({ seats: 7, sitting: 6 }, ranked.slice(2), "c").ok).toBe(true));
});

describe("the term", () => {
  const span = { fromAt: startOf("2022-03-01"), untilAt: startOf("2027-03-01") }; // last day 28 February 2027
  test("re-election is due from three months before the last day, to the day", () => {
    expect(renewalFrom(span, 3)).toBe("2026-11-28");
    expect(termPhase(span, "2026-11-27", 3, false)).toBe("running");
    expect(termPhase(span, "2026-11-28", 3, false)).toBe("renewal_due");
    expect(termPhase(span, "2026-11-28", 3, true)).toBe("renewing");
    expect(termPhase(span, "2027-02-28", 3, false)).toBe("renewal_due");
    expect(termPhase(span, "2027-03-01", 3, true)).toBe("over");
    expect([daysLeft(span, "2027-02-27"), daysLeft(span, "2027-02-28"), daysLeft(span, "2027-03-01")]).toEqual([
      1, 0, -1,
    ]);
  });
  test("a caretaker does not choose the property company; before that it may, and what is not barred it always may", () => {
    const bars = defaultsOf(TERM_SETTINGS).caretakerBars.value;
    expect(mayDecideNow("running", "provider", bars).ok).toBe(true);
    for (const phase of ["renewal_due", "renewing", "over"] as const) {
      expect(mayDecideNow(phase, "provider", bars)).toEqual({
        ok: false,
        error: { reason: "caretaker", matter: "provider", phase },
      });
      expect(mayDecideNow(phase, "lease", bars).ok).toBe(true);
      expect(mayDecideNow(phase, "provider", []).ok).toBe(true);
    }
  });
  test("ten days to hand over: the last day off moves on, the day of the end is not counted", () => {
    expect(handoverDue("2026-11-10", 10)).toBe("2026-11-20");
    expect(handoverDue("2026-11-11", 10)).toBe("2026-11-23"); // the 21st is a Saturday
  });
  test("going below what the law names asks for a clause", () => {
    const defaults = defaultsOf(TERM_SETTINGS);
    expect(faultsOf(TERM_SETTINGS, defaults)).toEqual([]);
    const late = { ...defaults, handoverDays: { value: 11, clause: "" }, leadMonths: { value: 2, clause: "" } };
    expect(faultsOf(TERM_SETTINGS, late).map(({ setting }) => setting)).toEqual(["leadMonths", "handoverDays"]);
    expect(faultsOf(TERM_SETTINGS, { ...late, handoverDays: { value: 11, clause: "某条" } })).toHaveLength(1);
  });
});

describe("recall", () => {
  test.each([
    [0, 0, false],
    [1, 3, true],
    [1, 4, false],
    [2, 4, true],
    [2, 5, true],
    [2, 6, true],
    [2, 7, false],
    [3, 7, true],
  ])("%s of %s members is a third: %s", (signers, sitting, enough) =>
    expect(enoughSigners(signers, sitting)).toBe(enough),
  );
  test("the least that is asked for is the least that is enough", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (sitting) => {
        const least = signersLeast(sitting);
        expect(enoughSigners(least, sitting)).toBe(true);
        expect(enoughSigners(least - 1, sitting)).toBe(false);
      }),
    );
  });

  const toldAt = startOf("2026-11-02") + 1;
  const facts: RecallFacts = {
    state: "proposed",
    by: "members",
    signers: 2,
    sitting: 5,
    petitionReached: null,
    toldAt,
    defended: false,
    holds: true,
  };
  const last = defenceUntil(toldAt, 7);
  test("the member has seven days to be heard, and the item waits for them", () => {
    expect(last).toBe("2026-11-09");
    expect(recallState(facts, 7, endOf(last) - 1)).toBe("defending");
    expect(mayPlace(facts, 7, endOf(last) - 1)).toEqual({
      ok: false,
      error: { reason: "defence_running", until: last },
    });
    expect(recallState(facts, 7, endOf(last))).toBe("ready");
    expect(mayPlace(facts, 7, endOf(last)).ok).toBe(true);
  });
  test("who was heard need not be waited for", () =>
    expect(mayPlace({ ...facts, defended: true }, 7, toldAt).ok).toBe(true));
  test("who has left is not recalled", () => {
    expect(recallState({ ...facts, holds: false }, 7, endOf(last))).toBe("dropped");
    expect(mayPlace({ ...facts, holds: false }, 7, endOf(last))).toEqual({
      ok: false,
      error: { reason: "left_already" },
    });
  });
  test("too few signatures, or a petition below its fifth, is no proposal", () => {
    expect(mayPlace({ ...facts, signers: 1 }, 7, endOf(last))).toEqual({
      ok: false,
      error: { reason: "too_few_signers", signers: 1, least: 2 },
    });
    const petition = { ...facts, by: "owners", petitionReached: false } as const;
    expect(mayPlace(petition, 7, endOf(last))).toEqual({ ok: false, error: { reason: "petition_too_small" } });
    expect(mayPlace({ ...petition, petitionReached: true }, 7, endOf(last)).ok).toBe(true);
  });
  test("reasons and defence have the same bounds", () => {
    for (const what of ["reasons", "defence"] as const) {
      expect(readText(" ", what).ok).toBe(false);
      expect(readText("字".repeat(LONGEST_REASONS), what).ok).toBe(true);
      expect(readText("字".repeat(LONGEST_REASONS + 1), what).ok).toBe(false);
    }
  });
});

describe("handover", () => {
  const line = (lineNo: number, kind: HandoverLine["kind"], signed = true): HandoverLine => ({
    lineNo,
    kind,
    what: "一项",
    amountFen: kind === "money" ? 0 : null,
    givenBy: signed ? "old" : null,
    takenBy: signed ? "new" : null,
    struckBy: null,
  });
  const all = REQUIRED_KINDS.map((kind, at) => line(at + 1, kind));
  test("is complete when every required kind is there and signed by both", () => {
    expect(handoverState(all, REQUIRED_KINDS, "2026-11-20", "2026-11-30")).toBe("complete");
    for (let at = 0; at < all.length; at += 1) {
      const open = all.map((one, n) => (n === at ? { ...one, takenBy: null } : one));
      expect(handoverState(open, REQUIRED_KINDS, "2026-11-20", "2026-11-20")).toBe("listing");
      expect(handoverState(open, REQUIRED_KINDS, "2026-11-20", "2026-11-21")).toBe("overdue");
      const without = all.filter((_, n) => n !== at);
      expect(missingKinds(without, REQUIRED_KINDS)).toEqual([REQUIRED_KINDS[at]]);
    }
  });
  test("an empty list is not complete, whatever is required", () =>
    expect(handoverState([], [], "2026-11-20", "2026-11-20")).toBe("listing"));
  test("a struck line neither counts nor waits for a signature", () => {
    const struck = { ...line(9, "seals", false), struckBy: 10 };
    expect(handoverState([...all, struck], REQUIRED_KINDS, "2026-11-20", "2026-11-30")).toBe("complete");
    expect(maySign(struck, "gives", "old", ["gives"])).toEqual({ ok: false, error: { reason: "struck_line", by: 10 } });
  });
  test("each signs their own side, and nobody both", () => {
    const open = line(1, "seals", false);
    expect(maySign(open, "gives", "old", ["gives"]).ok).toBe(true);
    expect(maySign(open, "takes", "old", ["gives"])).toEqual({ ok: false, error: { reason: "not_your_side" } });
    expect(maySign({ ...open, givenBy: "both" }, "takes", "both", ["gives", "takes"])).toEqual({
      ok: false,
      error: { reason: "signs_both_sides" },
    });
    expect(maySign({ ...open, givenBy: "old" }, "gives", "old", ["gives"]).ok).toBe(true);
    expect(maySign({ ...open, givenBy: "old" }, "gives", "other", ["gives"])).toEqual({
      ok: false,
      error: { reason: "signed_already", by: "old" },
    });
    expect(maySign(undefined, "gives", "old", ["gives"]).ok).toBe(false);
  });
  test("a line says what; money says how much, also when there is none", () => {
    const ask = (kind: string, what: string, amountFen: number | null, lines = 0) =>
      checkLine({ kind, what, amountFen }, lines);
    expect(ask("money", "现金", 0).ok).toBe(true);
    expect(ask("money", "现金", null)).toEqual({ ok: false, error: { reason: "amount_needed" } });
    for (const wrong of [-1, 0.5, Number.MAX_SAFE_INTEGER + 1])
      expect(ask("money", "现金", wrong)).toEqual({ ok: false, error: { reason: "amount_out_of_range" } });
    expect(ask("money", "现金", Number.MAX_SAFE_INTEGER).ok).toBe(true);
    expect(ask("gold", "金条", null)).toEqual({ ok: false, error: { reason: "kind_unknown" } });
    expect(ask("seals", " ", null).ok).toBe(false);
    expect(ask("seals", "公章", null, MOST_LINES - 1).ok).toBe(true);
    expect(ask("seals", "公章", null, MOST_LINES).ok).toBe(false);
  });
});
