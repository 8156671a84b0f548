/** Adding up and deciding an item: on both axes, strictly and as deemed, with nothing rounded. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { approveUpTo, chooseOne, type Item, yesNoAbstain } from "../../src/assembly/agenda/rules.ts";
import { countPetition } from "../../src/assembly/convening/rules.ts";
import {
  countItem,
  deemedCount,
  maySplitByChoice,
  missingToQuorum,
  rankOptions,
  type TallyRow,
  tally,
} from "../../src/assembly/counting/rules.ts";
import type { Matter } from "../../src/assembly/rules.ts";

const base = { itemNo: 1, title: "t", text: "x", scope: { kind: "estate" }, attachments: [] } as const;
const yesNo = (matter: Matter): Item => ({ ...base, matter, question: yesNoAbstain() });
const w = (owners: number, areaDm2: number) => ({ owners, areaDm2 });
const row = (optionNo: number, owners: number, areaDm2: number): TallyRow => ({ itemNo: 1, optionNo, owners, areaDm2 });
const ELIGIBLE = w(9, 900);

describe("an item of yes, no and abstention", () => {
  test.each([
    [
      "two thirds exactly is a quorum, more than half of it carries",
      9,
      w(6, 600),
      [row(1, 4, 301), row(2, 2, 299)],
      "carried",
    ],
    ["one owner short of two thirds decides nothing", 9, w(5, 700), [row(1, 5, 700)], "quorum_not_met"],
    ["0.01 m² short of two thirds decides nothing", 9, w(6, 599), [row(1, 6, 599)], "quorum_not_met"],
    ["half is not more than half, by owners", 9, w(6, 600), [row(1, 3, 600 - 1), row(2, 3, 1)], "lost"],
    ["half is not more than half, by area", 9, w(6, 600), [row(1, 5, 300), row(2, 1, 300)], "lost"],
    ["those abstaining count among those taking part (D6)", 9, w(6, 600), [row(1, 3, 400), row(3, 3, 200)], "lost"],
    ["three quarters exactly carries matter 8 (D3)", 8, w(8, 800), [row(1, 6, 600), row(2, 2, 200)], "carried"],
    ["0.01 m² short of three quarters does not", 8, w(8, 800), [row(1, 6, 599), row(2, 2, 201)], "lost"],
  ] as const)("%s", (_, matter, participated, rows, outcome) => {
    expect(countItem(yesNo(matter), ELIGIBLE, participated, rows).outcome).toBe(outcome);
  });
  test("nobody voting is a quorum not met, not an error", () => {
    expect(countItem(yesNo(9), ELIGIBLE, w(0, 0), []).outcome).toBe("quorum_not_met");
  });
});

test("an item for nobody decides nothing, and the other items of the meeting are still counted", () => {
  expect(countItem(yesNo(5), w(0, 0), w(0, 0), [])).toMatchObject({
    outcome: "quorum_not_met",
    decisions: [],
    carried: [],
  });
});

describe("several proposals", () => {
  const item: Item = { ...base, matter: 4, question: chooseOne(["甲", "乙"]) };
  test("the one with more than half of all who took part carries, the leading one alone does not", () => {
    const carried = countItem(item, ELIGIBLE, w(8, 800), [row(1, 5, 401), row(2, 2, 300), row(3, 1, 99)]);
    expect([carried.outcome, carried.carried]).toEqual(["carried", [1]]);
    const leading = countItem(item, ELIGIBLE, w(8, 800), [row(1, 4, 401), row(2, 2, 300), row(3, 2, 99)]);
    expect([leading.outcome, leading.carried]).toEqual(["lost", []]);
  });
  test("each candidate is measured against all who took part, not against the marks", () => {
    const election: Item = { ...base, matter: 3, question: approveUpTo(2, ["赵", "钱", "孙"]) };
    const count = countItem(election, ELIGIBLE, w(6, 600), [row(1, 6, 600), row(2, 4, 301), row(3, 3, 301)]);
    expect(count.carried).toEqual([1, 2]);
    expect(rankOptions(count)).toEqual([
      { optionNo: 1, rank: 1 },
      { optionNo: 2, rank: 2 },
      { optionNo: 3, rank: 3 },
    ]);
  });
});

describe("silence (V3)", () => {
  const rules = {
    policy: "delivered_unreturned_follows_majority",
    clause: "议事规则第十二条",
    neverDeemed: [3, 6, 7, 8],
  } as const;
  const strict = countItem(yesNo(4), ELIGIBLE, w(5, 500), [row(1, 4, 400), row(2, 1, 100)]);
  test("is counted beside the strict count and never in its place", () => {
    const deemed = deemedCount(yesNo(4), strict, w(2, 200), rules);
    expect(strict.outcome).toBe("quorum_not_met");
    expect(deemed.ok && deemed.value.count.outcome).toBe("carried");
    expect(deemed.ok && deemed.value.count.participated).toEqual(w(7, 700));
    expect(deemed.ok && deemed.value.toOption).toBe(1);
  });
  test.each([
    ["never without a clause", { ...rules, clause: " " }, 4, "clause_missing"],
    ["never for an election", rules, 3, "never_deemed_for_matter"],
    ["never by default", { ...rules, policy: "strict" }, 4, "policy_is_strict"],
  ] as const)("%s", (_, asked, matter, reason) => {
    const item = yesNo(matter);
    const deemed = deemedCount(item, countItem(item, ELIGIBLE, w(5, 500), [row(1, 4, 400)]), w(2, 200), asked);
    expect(!deemed.ok && deemed.error.reason).toBe(reason);
  });
  test("follows nobody when neither side leads on both axes", () => {
    const split = countItem(yesNo(4), ELIGIBLE, w(5, 500), [row(1, 3, 200), row(2, 2, 300)]);
    const deemed = deemedCount(yesNo(4), split, w(2, 200), rules);
    expect(!deemed.ok && deemed.error.reason).toBe("no_majority_to_follow");
  });
  test("counted as abstaining it helps the quorum and nobody's side", () => {
    const deemed = deemedCount(yesNo(4), strict, w(2, 200), { ...rules, policy: "delivered_unreturned_abstains" });
    expect(deemed.ok && deemed.value.count.options.map(({ owners }) => owners)).toEqual([4, 1, 2]);
  });
});

describe("properties", () => {
  const rows = fc.array(
    fc.record({
      itemNo: fc.constant(1),
      optionNo: fc.integer({ min: 1, max: 3 }),
      owners: fc.integer({ min: 0, max: 50 }),
      areaDm2: fc.integer({ min: 0, max: 5_000_00 }),
    }),
  );
  test("the tally does not depend on the order of rows", () => {
    fc.assert(
      fc.property(rows, fc.func(fc.integer()), (list, order) => {
        const shuffled = [...list].sort((a, b) => order(a) - order(b));
        expect(tally(yesNo(9), shuffled)).toEqual(tally(yesNo(9), list));
      }),
    );
  });
  test("someone turning from against to for never turns carried into lost", () => {
    const matter = fc.integer({ min: 1, max: 9 }) as fc.Arbitrary<Matter>;
    const count = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(matter, count, fc.integer({ min: 1, max: 40 }), count, count, (of, yes, no, abstain, silent) => {
        const area = (owners: number) => owners * 89_66;
        const part = yes + no + abstain;
        const eligible = w(part + silent, area(part + silent));
        const outcome = (y: number, n: number) =>
          countItem(yesNo(of), eligible, w(part, area(part)), [
            row(1, y, area(y)),
            row(2, n, area(n)),
            row(3, abstain, area(abstain)),
          ]).outcome;
        if (outcome(yes, no) === "carried") expect(outcome(yes + 1, no - 1)).toBe("carried");
      }),
    );
  });
  test("what is missing to the quorum is exactly enough", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }), (whole, part) => {
        const taken = Math.min(part, whole);
        const { owners } = missingToQuorum(w(taken, taken), w(whole, whole));
        expect((taken + owners) * 3 >= whole * 2).toBe(true);
        if (owners > 0) expect((taken + owners - 1) * 3 < whole * 2).toBe(true);
      }),
    );
  });
});

test("choices of fewer than twenty voters are not shown apart", () => {
  expect(maySplitByChoice(w(19, 1))).toBe(false);
  expect(maySplitByChoice(w(20, 1))).toBe(true);
});

describe("a petition (A7)", () => {
  test.each([
    ["a fifth exactly, both ways", w(2, 200), w(10, 1000), true, true],
    ["one owner short", w(1, 500), w(10, 1000), false, false],
    ["a fifth of the owners with 0.01 m² too little area", w(2, 199), w(10, 1000), true, false],
    ["nobody on the roll", w(0, 0), w(0, 0), false, false],
  ] as const)("%s", (_, signed, total, byHeads, both) => {
    const count = countPetition(signed, total);
    expect([count.byHeads, count.byHeadsAndArea]).toEqual([byHeads, both]);
  });
});
