/** A bar is in force by two people only, whatever order of steps anybody tries; its last day is its own. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  debarmentStanding,
  LONGEST_WORDS,
  mayTakeStep,
  nextSteps,
  STEP_KINDS,
  type Step,
  type StepKind,
} from "../../src/tenders/debarments/rules.ts";

const step = (kind: StepKind, by = "w"): Step => ({ kind, words: "因", by, byWords: "", at: 0 });
const bar = (...steps: Step[]) => ({ enteredBy: "c", endsOn: "2026-06-30" as const, steps });
const take = (kind: StepKind, steps: Step[] = [], by = "w", words = "因", today = "2026-06-30" as never) =>
  mayTakeStep(bar(...steps), { kind, words, by }, today);

describe("steps with a bar", () => {
  test("whoever entered it neither confirms nor turns it down", () => {
    expect(take("confirmed", [], "c")).toMatchObject({ error: { reason: "own_step" } });
    expect(take("refused", [], "c")).toMatchObject({ error: { reason: "own_step" } });
    expect(take("confirmed", [], "w", "").ok).toBe(true);
  });
  test("everything but a confirmation says why, a thousand characters and no more", () => {
    expect(take("refused", [], "w", " ")).toMatchObject({ error: { reason: "why_missing" } });
    expect(take("refused", [], "w", "因".repeat(LONGEST_WORDS)).ok).toBe(true);
    expect(take("refused", [], "w", "因".repeat(LONGEST_WORDS + 1))).toMatchObject({
      error: { reason: "reason_too_long" },
    });
  });
  test("on its last day it is appealed against, on the next it is over; what nobody confirmed may still be turned down", () => {
    expect(take("appealed", [step("confirmed")]).ok).toBe(true);
    expect(take("appealed", [step("confirmed")], "w", "因", "2026-07-01" as never)).toMatchObject({
      error: { reason: "over_already", endsOn: "2026-06-30" },
    });
    expect(take("refused", [], "w", "因", "2026-07-01" as never).ok).toBe(true);
  });
  test("an appeal stays open while lifting is proposed and turned down", () => {
    const steps = [step("confirmed"), step("appealed"), step("lift_proposed"), step("lift_refused")];
    expect(debarmentStanding(steps)).toBe("appealed");
    expect(nextSteps(steps)).toContain("appeal_refused");
    expect(debarmentStanding([...steps, step("appeal_refused")])).toBe("in_force");
  });
  test("whatever is tried, by whom and in which order: in force only by another than who entered, lifted only by another than who proposed", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...STEP_KINDS), fc.constantFrom("c", "w", "s")), { maxLength: 12 }),
        (tries) => {
          const steps: Step[] = [];
          for (const [kind, by] of tries) if (take(kind, steps, by).ok) steps.push(step(kind, by));
          for (const [at, { kind, by }] of steps.entries()) {
            if (kind === "confirmed") expect([at, by === "c"]).toEqual([0, false]);
            if (kind === "lifted") expect(steps[at - 1]!.by).not.toBe(by);
          }
          const standing = debarmentStanding(steps);
          if (standing !== "proposed" && standing !== "refused") expect(steps[0]!.kind).toBe("confirmed");
        },
      ),
    ));
});
