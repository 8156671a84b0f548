/** Barring a company takes two people, and so does ending it early; a company may appeal ; reason, appeal and end are public (T13). Pure. */
import type { Day, Instant } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

export const STEP_KINDS = [
  "confirmed",
  "refused",
  "appealed",
  "appeal_refused",
  "lift_proposed",
  "lift_refused",
  "lifted",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];
export const isStepKind = (text: string): text is StepKind => (STEP_KINDS as readonly string[]).includes(text);

/** What became of a bar after it was entered. */
export interface Step {
  readonly kind: StepKind;
  readonly words: string;
  readonly by: string;
  readonly byWords: string;
  readonly at: Instant;
}

/** Who may take which step: what one office enters, another settles. */
export const SETTLED_BY_WITNESS: readonly StepKind[] = [
  "confirmed",
  "refused",
  "appeal_refused",
  "lift_refused",
  "lifted",
];

export type DebarmentStanding = "proposed" | "refused" | "in_force" | "appealed" | "lift_proposed" | "lifted";

/** Whether an appeal waits for its answer. */
const isAppealOpen = (steps: readonly Step[]): boolean => {
  const last = steps.findLast(({ kind }) => kind === "appealed" || kind === "appeal_refused");
  return last?.kind === "appealed";
};

/** Where a bar stands by its steps, whatever the day. Only from its confirmation on does it bar anybody. */
export function debarmentStanding(steps: readonly Step[]): DebarmentStanding {
  const last = steps.at(-1)?.kind;
  if (last === undefined) return "proposed";
  if (last === "refused" || last === "lifted" || last === "lift_proposed") return last;
  return isAppealOpen(steps) ? "appealed" : "in_force";
}

/** The steps that may come next. */
export function nextSteps(steps: readonly Step[]): readonly StepKind[] {
  switch (debarmentStanding(steps)) {
    case "proposed":
      return ["confirmed", "refused"];
    case "in_force":
      return ["appealed", "lift_proposed"];
    case "appealed":
      return ["appeal_refused", "lift_proposed"];
    case "lift_proposed":
      return ["lifted", "lift_refused"];
    case "refused":
    case "lifted":
      return [];
  }
}

export const LONGEST_WORDS = 1_000;

export type StepRefusal =
  | { readonly reason: "step_out_of_turn"; readonly standing: DebarmentStanding }
  | { readonly reason: "own_step" }
  | { readonly reason: "why_missing" }
  | { readonly reason: "reason_too_long"; readonly most: number }
  /** It ran out by itself: nobody appeals or lifts it any more. */
  | { readonly reason: "over_already"; readonly endsOn: Day };

/** Whether somebody may take a step now. Everything but a confirmation says why; who entered or proposed does not settle. */
export function mayTakeStep(
  bar: { readonly enteredBy: string; readonly endsOn: Day; readonly steps: readonly Step[] },
  asked: { readonly kind: StepKind; readonly words: string; readonly by: string },
  today: Day,
): Result<{ readonly kind: StepKind; readonly words: string }, StepRefusal> {
  const { steps, enteredBy, endsOn } = bar;
  const { kind, by } = asked;
  if (!nextSteps(steps).includes(kind)) return err({ reason: "step_out_of_turn", standing: debarmentStanding(steps) });
  if (endsOn < today && kind !== "refused") return err({ reason: "over_already", endsOn });
  const settles = kind === "lifted" || kind === "lift_refused" ? steps.at(-1)?.by : enteredBy;
  if (SETTLED_BY_WITNESS.includes(kind) && settles === by) return err({ reason: "own_step" });
  const words = asked.words.trim();
  if (words === "" && kind !== "confirmed") return err({ reason: "why_missing" });
  return [...words].length > LONGEST_WORDS
    ? err({ reason: "reason_too_long", most: LONGEST_WORDS })
    : ok({ kind, words });
}
