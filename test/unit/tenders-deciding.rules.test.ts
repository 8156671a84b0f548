/** When the owners may be asked, in which order the candidates stand, and what a count makes of a lot: at the exact bounds. */
import { describe, expect, test } from "vitest";
import {
  ballotOrder,
  ballotPurpose,
  mayAskOwners,
  maySettleChoice,
  questionOfChoices,
  verdictOf,
} from "../../src/tenders/deciding/rules.ts";
import { sayTotal } from "../../src/tenders/opening/opened.ts";

const UNTIL = 1_000_000;
const published = { state: "published", standingUntil: UNTIL } as const;

describe("asking the owners", () => {
  test.each([
    ["a millisecond before the standstill ends is too early", published, 0, UNTIL - 1, "standstill_running"],
    ["the very instant it ends is not", published, 0, UNTIL, null],
    ["one open objection holds it up", published, 1, UNTIL, "objections_open"],
    ["another lot that is decided already does not", { ...published, state: "deciding" }, 0, UNTIL, null],
    [
      "before the candidates are published nobody is asked",
      { ...published, state: "scored" },
      0,
      UNTIL,
      "candidates_not_published",
    ],
    ["after the award nobody is", { ...published, state: "awarded" }, 0, UNTIL, "candidates_not_published"],
  ] as const)("%s", (_, tender, open, now, reason) => {
    const may = mayAskOwners(tender, open, now);
    expect(may.ok ? null : may.error.reason).toBe(reason);
  });
});

describe("the paper", () => {
  const draw = { seed: "05".repeat(32), purpose: ballotPurpose("t", 1) };
  test("has the candidates by rank, or drawn, and then always the same from one seed", () => {
    expect(ballotOrder([3, 1, 2], "rank", draw)).toEqual([3, 1, 2]);
    const drawn = ballotOrder([3, 1, 2], "drawn", draw);
    expect([...drawn].sort()).toEqual([1, 2, 3]);
    expect(ballotOrder([1, 2, 3], "drawn", draw)).toEqual(drawn);
  });
  test("asks for one of several, with none of them and abstaining; for one alone by yes and no", () => {
    expect(questionOfChoices([{ label: "甲" }, { label: "乙" }]).options.map(({ role }) => role)).toEqual([
      "choice",
      "choice",
      "against",
      "abstain",
    ]);
    expect(questionOfChoices([{ label: "甲" }]).kind).toBe("yes_no_abstain");
  });
  test.each([
    [15_400_000_00, "154,000.00"],
    [100, "0.01"],
    [199, "0.01"],
    [200, "0.02"],
    [0, "0.00"],
  ])("%i hundredths of a fen are said as %s yuan, cut as the contract cuts them", (hundredths, said) =>
    expect(sayTotal(hundredths)).toBe(said),
  );
});

describe("the count of a lot", () => {
  const choices = [1, 2].map((no) => ({ optionNo: no, bidderNo: no + 10, bidderId: `b${no}`, label: `${no}` }));
  test.each([
    [
      "the one that carried is chosen",
      { outcome: "carried", carried: [2] },
      { verdict: "chosen", optionNo: 2, bidderNo: 12 },
    ],
    ["none carried: none is chosen", { outcome: "lost", carried: [] }, { verdict: "none_chosen" }],
    ["too few took part", { outcome: "quorum_not_met", carried: [] }, { verdict: "quorum_not_met" }],
    ["an option that is no candidate chooses nobody", { outcome: "carried", carried: [3] }, { verdict: "none_chosen" }],
  ] as const)("%s", (_, count, verdict) =>
    expect(verdictOf({ outcome: count.outcome, carried: [...count.carried] }, choices)).toEqual(verdict),
  );
  test("is the award when it is published, or once it is final, as the setting says", () => {
    expect(maySettleChoice("published", "published").ok).toBe(true);
    expect(maySettleChoice("published", "final")).toMatchObject({ error: { reason: "result_not_final" } });
    expect(maySettleChoice("final", "final").ok).toBe(true);
    for (const state of ["open", "closed", "counted", "annulled"])
      expect(maySettleChoice(state, "published")).toMatchObject({ error: { reason: "result_not_published" } });
  });
});
