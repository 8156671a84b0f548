/** The members' own choice: more than half of all seats, whoever sits; a tie is another ballot. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BallotRules,
  choiceOf,
  mayCountBallot,
  mayMark,
  mayOpenBallot,
  votesNeeded,
} from "../../src/elections/choosing/rules.ts";
import { MEMBERS_DECISIONS } from "../../src/elections/rules.ts";

const FIVE: BallotRules = { places: 1, seats: 5, decision: "more_than_half" };
const among = ["a", "b", "c", "d", "e"];
const marks = (...each: readonly string[]): string[][] => each.map((one) => [...one]);

describe("votes needed (M10, Ambiguity 7)", () => {
  test.each([
    [5, "more_than_half", 3],
    [7, "more_than_half", 4],
    // Vacant seats count: of a committee of eleven with seven sitting, six are needed.
    [11, "more_than_half", 6],
    [6, "more_than_half", 4],
    [6, "half_or_more", 3],
    [5, "half_or_more", 3],
  ] as const)("%i seats, %s: %i", (seats, decision, needed) => {
    expect(votesNeeded({ seats, decision })).toBe(needed);
  });
});

describe("choosing a chair", () => {
  test("three of five seats choose; two do not", () => {
    expect(choiceOf(marks("a", "a", "a", "b", "b"), among, FIVE)).toMatchObject({ chosen: ["a"], open: 0 });
    expect(choiceOf(marks("a", "a", "b", "b", "c"), among, FIVE)).toMatchObject({ chosen: [], open: 1, again: among });
  });
  test("exactly half of six is not more than half", () => {
    const six = { ...FIVE, seats: 6 };
    expect(choiceOf(marks("a", "a", "a", "b", "b", "b"), among, six).chosen).toEqual([]);
    // Where half is enough two can reach it: level for one place, so another ballot between them.
    const half = choiceOf(marks("a", "a", "a", "b", "b", "b"), among, { ...six, decision: "half_or_more" });
    expect(half).toMatchObject({ chosen: [], again: ["a", "b"] });
  });
  test("who does not sit cannot be chosen by a mark", () => {
    expect(choiceOf(marks("z", "z", "z"), among, FIVE).chosen).toEqual([]);
  });
});

describe("choosing deputies", () => {
  const two: BallotRules = { ...FIVE, places: 2 };
  test("the most votes first, each by enough of all seats", () => {
    expect(choiceOf(marks("ab", "ab", "ac", "ab", "c"), among, two)).toMatchObject({ chosen: ["a", "b"], open: 0 });
    expect(choiceOf(marks("ab", "ab", "a", "a", "a"), among, two)).toMatchObject({ chosen: ["a"], open: 1 });
  });
  test("level at the last place: those stay open, whoever is above has it", () => {
    const outcome = choiceOf(marks("ab", "ab", "ab", "ac", "ac", "c"), among, { ...two, seats: 5 });
    expect(outcome).toMatchObject({ chosen: ["a"], open: 1, again: ["b", "c"] });
  });
  test("whatever the marks: never more than the places, and nobody without enough", () => {
    const mark = fc.subarray(among, { maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(mark, { maxLength: 7 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(...MEMBERS_DECISIONS),
        (all, places, decision) => {
          const rules = { places, seats: 7, decision };
          const outcome = choiceOf(all, among, rules);
          expect(outcome.chosen.length + outcome.open).toBe(places);
          for (const personId of outcome.chosen)
            expect(all.filter((one) => one.includes(personId)).length).toBeGreaterThanOrEqual(votesNeeded(rules));
          expect(choiceOf([...all].reverse(), among, rules)).toEqual(outcome);
        },
      ),
    );
  });
});

describe("a member's marks", () => {
  const ballot = { places: 1, among, isCounted: false };
  test.each([
    ["one of those who may be chosen", ["a"], "b", null],
    ["nobody: abstaining", [], "b", null],
    ["two for one place", ["a", "b"], "b", "too_many_marks"],
    ["somebody who may not be", ["z"], "b", "not_to_be_chosen"],
    ["by somebody who does not sit", ["a"], "z", "not_a_member"],
  ] as const)("%s", (_, chosen, by, refused) => {
    const may = mayMark(chosen, by, ballot, among);
    expect(may.ok ? null : may.error.reason).toBe(refused);
  });
  test("not after the count", () => {
    expect(mayMark(["a"], "b", { ...ballot, isCounted: true }, among)).toMatchObject({
      error: { reason: "ballot_counted" },
    });
  });
});

describe("counting a ballot (M12)", () => {
  test.each([
    ["all who sit have voted", 4, 4, 5, true],
    ["more than half of all seats have", 3, 5, 5, true],
    ["two of five have not", 2, 5, 5, false],
    // Three seats are vacant and the two who sit have voted: nobody can be chosen, and the ballot may end.
    ["everybody who sits has, though they are few", 2, 2, 5, true],
    ["nobody has", 0, 0, 5, false],
  ] as const)("%s", (_, voted, members, seats, may) => {
    expect(mayCountBallot(voted, members, { seats, isCounted: false }).ok).toBe(may);
  });
});

describe("opening a ballot", () => {
  const found = {
    members: among,
    openBallotNo: null,
    free: { committee_chair: 1, committee_deputy: 3 },
    rules: { seats: 5, decision: "more_than_half" as const },
  };
  const ask = { post: "committee_deputy" as const, places: 2, by: "a" };
  test.each([
    ["by a member", ask, found, null],
    ["by somebody else", { ...ask, by: "z" }, found, "not_a_member"],
    ["while one is open", ask, { ...found, openBallotNo: 2 }, "ballot_open"],
    ["for more than there is room", { ...ask, places: 4 }, found, "places_out_of_range"],
    [
      "for a post that is filled",
      { ...ask, post: "committee_chair" as const, places: 1 },
      { ...found, free: { committee_chair: 0, committee_deputy: 3 } },
      "post_filled",
    ],
    ["with three of five seats taken", ask, { ...found, members: ["a", "b", "c"] }, null],
    ["with two of five seats taken", ask, { ...found, members: ["a", "b"] }, "too_few_members"],
  ] as const)("%s", (_, asked, state, refused) => {
    const may = mayOpenBallot(asked, state);
    expect(may.ok ? null : may.error.reason).toBe(refused);
  });
});
