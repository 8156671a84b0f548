/** What a round comes to: a half is not more than half, nobody loses a seat by a vote, and a level last seat is drawn as anyone can draw it again. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { approveUpTo, type Item } from "../../src/assembly/agenda/rules.ts";
import { countItem, type TallyRow } from "../../src/assembly/counting/rules.ts";
import {
  compareVotes,
  drawPurpose,
  type Earlier,
  firstMeetingBy,
  isCommittee,
  keptAfter,
  maySettle,
  outcomeOf,
  planRound,
  type RoundOutcome,
  type RoundRules,
  rankingKeys,
  type Serving,
  type Standing,
  termOf,
} from "../../src/elections/rounds/rules.ts";
import { RANKINGS, type Ranking, TIE_RULES } from "../../src/elections/rules.ts";
import { DAY_MS, dayOf, endOf, startOf } from "../../src/kernel/day.ts";
import type { Weight } from "../../src/kernel/weight.ts";
import { drawOrder, SEED_BYTES } from "../../src/record/draw/rules.ts";

/** 30 owners with 3000.00 m², all of them taking part unless said otherwise. */
const ALL: Weight = { owners: 30, areaDm2: 300_000 };
const SEED = new Uint8Array(SEED_BYTES).fill(7);
const DRAW = { seed: SEED, purpose: drawPurpose("e", 1) };

const RULES: RoundRules = {
  kind: "renewal",
  seatsOpen: 5,
  seatsOfCommittee: 5,
  legalLeast: 5,
  members: 0,
  alternatesMost: 2,
  ranking: "heads_then_area",
  tie: "draw",
};

const w = (owners: number, areaDm2: number): Weight => ({ owners, areaDm2 });
const itemOf = (candidates: number): Item => ({
  itemNo: 1,
  matter: 3,
  title: "选举",
  text: "选举",
  scope: { kind: "estate" },
  question: approveUpTo(
    5,
    Array.from({ length: candidates }, (_, at) => `候选人${at + 1}`),
  ),
  attachments: [],
});

interface Case {
  readonly votes: readonly Weight[];
  readonly rules?: Partial<RoundRules>;
  readonly participated?: Weight;
  readonly eligible?: Weight;
  readonly hindered?: Readonly<Record<number, Standing["hindered"]>>;
  readonly seed?: Uint8Array;
  readonly shuffle?: (rows: TallyRow[]) => TallyRow[];
}

const idOf = (at: number): string => `c${at + 1}`;

function held({ votes, rules, participated, eligible, hindered, seed, shuffle }: Case): RoundOutcome {
  const rows = votes.map((weight, at): TallyRow => ({ itemNo: 1, optionNo: at + 1, ...weight }));
  const count = countItem(itemOf(votes.length), eligible ?? ALL, participated ?? ALL, shuffle ? shuffle(rows) : rows);
  const standing = votes.map((_, at) => ({
    candidateId: idOf(at),
    optionNo: at + 1,
    hindered: hindered?.[at + 1] ?? null,
  }));
  return outcomeOf(count, standing, { ...RULES, ...rules }, { ...DRAW, seed: seed ?? SEED });
}

/** So many candidates, each a little ahead of the next, all above a half. */
const ladder = (n: number): Weight[] => Array.from({ length: n }, (_, at) => w(29 - at, 290_000 - at * 100));
const placeOf = (outcome: RoundOutcome, at: number) =>
  outcome.ranked.find(({ candidateId }) => candidateId === idOf(at - 1))!.place;

describe("who passes (M7)", () => {
  test.each([
    ["more than half on both is elected", w(16, 150_001), "elected"],
    ["half of the owners is not more than half", w(15, 150_001), "not_passed"],
    ["half of the area is not more than half", w(16, 150_000), "not_passed"],
    ["owners without area do not elect", w(30, 150_000), "not_passed"],
    ["area without owners does not elect", w(15, 300_000), "not_passed"],
  ])("%s", (_, votes, place) => {
    expect(placeOf(held({ votes: [votes, ...ladder(4)] }), 1)).toBe(place);
  });

  test("the half is of those who took part, not of everybody", () => {
    const participated = w(20, 200_000);
    expect(placeOf(held({ votes: [w(11, 100_001), ...ladder(4).map(() => w(20, 200_000))], participated }), 1)).toBe(
      "elected",
    );
    expect(placeOf(held({ votes: [w(10, 100_001)], participated }), 1)).toBe("not_passed");
  });

  test.each([
    ["two thirds of both took part exactly", w(20, 200_000), "stands"],
    ["one owner short of two thirds", w(19, 200_000), "quorum_not_met"],
    ["0.01 m² short of two thirds", w(20, 199_999), "quorum_not_met"],
  ])("%s", (_, participated, verdict) => {
    const votes = Array.from({ length: 5 }, () => participated);
    const outcome = held({ votes, participated });
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.elected).toHaveLength(verdict === "stands" ? 5 : 0);
  });

  test("nobody passes", () => {
    const outcome = held({ votes: Array.from({ length: 6 }, () => w(15, 150_000)) });
    expect(outcome.verdict).toBe("nobody_passed");
    expect(outcome).toMatchObject({ elected: [], alternates: [], members: 0, vacant: 5 });
  });
});

describe("who sits (M7)", () => {
  test("as many as there are seats, by rank; the next are alternates up to the cap (M8)", () => {
    const outcome = held({ votes: ladder(9) });
    expect(outcome.elected).toEqual(["c1", "c2", "c3", "c4", "c5"]);
    expect(outcome.alternates).toEqual(["c6", "c7"]);
    expect(placeOf(outcome, 8)).toBe("surplus");
    expect(outcome.verdict).toBe("stands");
    expect(outcome.vacant).toBe(0);
  });

  test("without a cap above zero nobody waits", () => {
    expect(held({ votes: ladder(7), rules: { alternatesMost: 0 } }).alternates).toEqual([]);
  });

  test("an alternate has reached the threshold; who has not does not wait", () => {
    const outcome = held({ votes: [...ladder(5), w(15, 200_000)] });
    expect(outcome.alternates).toEqual([]);
  });

  // Seven seats, of which five are the least by law.
  const seven = { seatsOpen: 7, seatsOfCommittee: 7, legalLeast: 5 };
  test.each([
    ["five of seven, the legal minimum, stand", 5, seven, "stands", 2],
    ["four of seven are more than half and below the legal minimum", 4, seven, "too_few", 3],
    // A place where three are enough by law.
    ["three of five, three the least, stand", 3, { legalLeast: 3 }, "stands", 2],
    ["two of five are below it", 2, { legalLeast: 3 }, "too_few", 3],
    // The legal minimum alone is not enough: five of eleven are less than half.
    ["five of eleven are not more than half", 5, { seatsOpen: 11, seatsOfCommittee: 11 }, "too_few", 6],
    ["six of eleven are", 6, { seatsOpen: 11, seatsOfCommittee: 11 }, "stands", 5],
  ] as const)("%s", (_, passing, rules, verdict, vacant) => {
    const votes = [...ladder(passing), w(15, 150_000), w(3, 30_000)];
    const outcome = held({ votes, rules });
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.elected).toHaveLength(passing);
    expect(outcome.vacant).toBe(vacant);
  });

  test("exactly half of the seats is not more than half", () => {
    expect(isCommittee(5, 10, 5)).toBe(false);
    expect(isCommittee(6, 11, 5)).toBe(true);
    expect(isCommittee(5, 11, 5)).toBe(false);
  });

  test("members of an earlier round count; the round fills the rest", () => {
    const outcome = held({ votes: ladder(3), rules: { seatsOpen: 2, members: 3 } });
    expect(outcome).toMatchObject({
      verdict: "stands",
      elected: ["c1", "c2"],
      alternates: ["c3"],
      members: 5,
      vacant: 0,
    });
  });

  test("a by-election seats whoever is elected, however few sit", () => {
    const outcome = held({ votes: ladder(1), rules: { kind: "by_election", seatsOpen: 3, members: 1 } });
    expect(outcome).toMatchObject({ verdict: "stands", elected: ["c1"], members: 2, vacant: 3 });
    expect(held({ votes: [w(15, 150_000)], rules: { kind: "by_election", members: 4 } }).verdict).toBe("nobody_passed");
  });

  test.each([["withdrawn"], ["excluded"], ["sold_meanwhile"]] as const)(
    "who is %s cannot sit, and the next one moves up",
    (why) => {
      const outcome = held({ votes: ladder(7), hindered: { 2: why } });
      expect(outcome.elected).toEqual(["c1", "c3", "c4", "c5", "c6"]);
      expect(outcome.alternates).toEqual(["c7"]);
      expect(placeOf(outcome, 2)).toBe("hindered");
      expect(outcome.ranked.find(({ candidateId }) => candidateId === "c2")!.passed).toBe(true);
    },
  );
});

describe("ranking (Ambiguity 6)", () => {
  const few = w(20, 250_000);
  const many = w(22, 200_000);
  test.each([
    ["heads_then_area", many, few],
    ["area_then_heads", few, many],
    // 20/30 + 2500/3000 = 1.5 beats 22/30 + 2000/3000 = 1.4.
    ["sum_of_shares", few, many],
  ] as const)("%s", (ranking, first, second) => {
    expect(compareVotes(ranking, ALL, first, second)).toBeLessThan(0);
    expect(compareVotes(ranking, ALL, second, first)).toBeGreaterThan(0);
  });
  test("the second axis decides where the first is level", () => {
    expect(compareVotes("heads_then_area", ALL, w(20, 2), w(20, 1))).toBeLessThan(0);
    expect(compareVotes("area_then_heads", ALL, w(21, 1), w(20, 1))).toBeLessThan(0);
    // Equal sums: 20/30 + 100/300 and 10/30 + 200/300; more area goes first.
    expect(compareVotes("sum_of_shares", w(30, 300), w(10, 200), w(20, 100))).toBeLessThan(0);
  });
  test("shares are added as fractions: one part in three is not 0.33", () => {
    // 1/3 + 0 against 0 + 1/3 of the area: exactly level, whatever a float would say.
    const whole = w(3, 299_999_997);
    expect(rankingKeys("sum_of_shares", w(1, 0), whole)[0]).toBe(
      rankingKeys("sum_of_shares", w(0, 99_999_999), whole)[0],
    );
    expect(compareVotes("sum_of_shares", whole, w(1, 0), w(0, 100_000_000))).toBeGreaterThan(0);
  });
  test("the areas of a large estate do not overflow", () => {
    const whole = w(50_000, 9_000_000_000_000);
    expect(
      compareVotes("sum_of_shares", whole, w(30_000, 6_000_000_000_001), w(30_000, 6_000_000_000_000)),
    ).toBeLessThan(0);
  });
});

describe("level votes", () => {
  const level = w(20, 200_000);
  const lastSeat = [...ladder(4), level, level, level];

  test("for the last seat: the draw gives it, and the others wait in its order", () => {
    const outcome = held({ votes: lastSeat });
    const order = drawOrder(SEED, DRAW.purpose, ["1", "2", "3", "4", "5", "6", "7"]).filter((lot) => Number(lot) > 4);
    const [first, ...others] = order.map((lot) => `c${lot}`);
    expect(outcome.elected).toEqual(["c1", "c2", "c3", "c4", first]);
    expect(outcome.alternates).toEqual(others);
    expect(outcome.ties).toEqual([
      { over: "last_seat", rank: 5, candidateIds: ["c5", "c6", "c7"], settledBy: "draw", drawn: [first, ...others] },
    ]);
    expect(outcome.ranked.filter(({ rank }) => rank === 5)).toHaveLength(3);
  });

  test("for the last seat where the method votes again: it stays open, and who is above keeps theirs", () => {
    const outcome = held({ votes: [...lastSeat, w(17, 170_000)], rules: { tie: "further_vote" } });
    expect(outcome.verdict).toBe("further_vote");
    expect(outcome.elected).toEqual(["c1", "c2", "c3", "c4"]);
    expect([5, 6, 7].map((at) => placeOf(outcome, at))).toEqual(["level", "level", "level"]);
    expect(outcome.alternates).toEqual(["c8"]);
    expect(outcome.ties).toMatchObject([{ over: "last_seat", settledBy: "further_vote", drawn: [] }]);
  });

  test("a group that begins above the last seat and ends below it waits as a whole", () => {
    const outcome = held({ votes: [...ladder(3), level, level, level], rules: { tie: "further_vote" } });
    expect(outcome.elected).toEqual(["c1", "c2", "c3"]);
    expect(outcome.vacant).toBe(2);
  });

  test("among alternates: drawn, whatever the method says of the last seat", () => {
    for (const tie of TIE_RULES) {
      const outcome = held({ votes: [...ladder(5), level, level, level], rules: { tie } });
      expect(outcome.verdict).toBe("stands");
      expect(outcome.alternates).toHaveLength(2);
      expect(outcome.ties).toMatchObject([{ over: "alternates", rank: 6, settledBy: "draw" }]);
      expect(outcome.ties[0]!.drawn.slice(0, 2)).toEqual(outcome.alternates);
    }
  });

  test("among the elected, or beyond the cap: nothing turns on it and nothing is drawn", () => {
    expect(held({ votes: [level, level, w(19, 190_000), w(18, 180_000), w(17, 170_000)] }).ties).toEqual([]);
    const beyond = held({ votes: [...ladder(7), w(16, 160_000), w(16, 160_000)] });
    expect(beyond.ties).toEqual([]);
    expect(placeOf(beyond, 9)).toBe("surplus");
  });

  test("two groups are told apart by their rank", () => {
    const low = w(17, 170_000);
    const outcome = held({ votes: [...ladder(4), level, level, low, low], rules: { alternatesMost: 2 } });
    expect(outcome.ties.map(({ over, rank }) => [over, rank])).toEqual([
      ["last_seat", 5],
      ["alternates", 7],
    ]);
  });

  test("who cannot sit does not make a tie", () => {
    expect(held({ votes: lastSeat.slice(0, 6), hindered: { 6: "withdrawn" } }).ties).toEqual([]);
  });

  test("another seed may draw another; the same seed draws the same", () => {
    const seats = (byte: number) => held({ votes: lastSeat, seed: new Uint8Array(SEED_BYTES).fill(byte) }).elected[4];
    const drawn = new Set(Array.from({ length: 32 }, (_, byte) => seats(byte)));
    expect([...drawn].sort()).toEqual(["c5", "c6", "c7"]);
    expect(seats(9)).toBe(seats(9));
  });
});

describe("whatever the votes", () => {
  const weights = fc.array(
    fc.record({ owners: fc.integer({ min: 0, max: 30 }), areaDm2: fc.integer({ min: 0, max: 8 }) }),
    {
      minLength: 1,
      maxLength: 9,
    },
  );
  const anyRules = fc.record({
    seatsOpen: fc.integer({ min: 1, max: 7 }),
    alternatesMost: fc.integer({ min: 0, max: 4 }),
    ranking: fc.constantFrom(...RANKINGS),
    tie: fc.constantFrom(...TIE_RULES),
  });
  // Few areas, so that level votes are common.
  const area = 8;
  const participated = w(30, area);

  test("the order of the rows changes nothing", () => {
    fc.assert(
      fc.property(weights, anyRules, (votes, rules) => {
        const one = held({ votes, rules, participated, eligible: participated });
        const other = held({
          votes,
          rules,
          participated,
          eligible: participated,
          shuffle: (rows) => [...rows].reverse(),
        });
        expect(other).toEqual(one);
      }),
    );
  });

  test("a vote more never loses a seat, and never a place in the order", () => {
    fc.assert(
      fc.property(weights, anyRules, fc.nat(), fc.boolean(), (votes, rules, pick, byOwner) => {
        const at = pick % votes.length;
        const more = votes.map((weight, index) =>
          index !== at
            ? weight
            : byOwner
              ? w(Math.min(30, weight.owners + 1), weight.areaDm2)
              : w(weight.owners, Math.min(area, weight.areaDm2 + 1)),
        );
        const options = { rules, participated, eligible: participated };
        const [before, after] = [held({ votes, ...options }), held({ votes: more, ...options })];
        const worth = { elected: 4, level: 3, alternate: 2, surplus: 1, hindered: 0, not_passed: 0 };
        expect(worth[placeOf(after, at + 1)]).toBeGreaterThanOrEqual(worth[placeOf(before, at + 1)]);
      }),
    );
  });

  test("seats, alternates and the cap hold; nobody stands twice; whoever is placed has passed", () => {
    fc.assert(
      fc.property(weights, anyRules, (votes, rules) => {
        const outcome = held({ votes, rules, participated, eligible: participated });
        const level = outcome.ranked.filter(({ place }) => place === "level").length;
        expect(outcome.elected.length).toBeLessThanOrEqual(rules.seatsOpen);
        expect(outcome.alternates.length).toBeLessThanOrEqual(rules.alternatesMost);
        expect(new Set([...outcome.elected, ...outcome.alternates]).size).toBe(
          outcome.elected.length + outcome.alternates.length,
        );
        const passed = outcome.ranked.filter((one) => one.passed);
        expect(passed.map(({ candidateId }) => candidateId)).toEqual(expect.arrayContaining([...outcome.elected]));
        // A seat stays empty only for want of people, or because it is level.
        if (level === 0) expect(outcome.elected.length).toBe(Math.min(rules.seatsOpen, passed.length));
        else expect(outcome.elected.length + level).toBeGreaterThan(rules.seatsOpen);
      }),
    );
  });

  test("the tickets of a draw can be drawn again from seed, purpose and the numbers on the ballot", () => {
    fc.assert(
      fc.property(weights, anyRules, (votes, rules) => {
        const outcome = held({ votes, rules, participated, eligible: participated });
        const order = drawOrder(
          SEED,
          DRAW.purpose,
          votes.map((_, at) => String(at + 1)),
        );
        for (const { drawn } of outcome.ties)
          expect(drawn).toEqual(order.map((lot) => `c${lot}`).filter((id) => drawn.includes(id)));
      }),
    );
  });
});

describe("a candidate's party (Q6)", () => {
  test("is no input: whatever else is known of a person, the outcome is the same", () => {
    const votes = ladder(7);
    const rows = votes.map((weight, at): TallyRow => ({ itemNo: 1, optionNo: at + 1, ...weight }));
    const count = countItem(itemOf(7), ALL, ALL, rows);
    const standing = votes.map((_, at): Standing => ({ candidateId: idOf(at), optionNo: at + 1, hindered: null }));
    const adorned = standing.map((one, at) => ({ ...one, partyMember: at % 2 === 0, branchSecretary: at === 6 }));
    const plain = outcomeOf(count, standing, RULES, DRAW);
    const places = (outcome: RoundOutcome) => outcome.ranked.map(({ candidateId, place }) => [candidateId, place]);
    expect(places(outcomeOf(count, adorned, RULES, DRAW))).toEqual(places(plain));
  });
  test("is not named where the outcome is decided", () => {
    const code = readFileSync("src/elections/rounds/rules.ts", "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
    expect(code).not.toMatch(/party|branch|affiliat|党/i);
  });
});

describe("when", () => {
  const at = startOf("2026-11-30") + 15 * 3_600_000;
  test("a term begins with the seating and ends with the last day of its months", () => {
    expect(termOf(at, 60)).toEqual({ fromAt: at, untilAt: startOf("2031-11-30"), lastOn: "2031-11-29" });
    expect(dayOf(termOf(startOf("2026-08-31"), 6).untilAt)).toBe("2027-02-28");
  });
  test("the first meeting: seven days, the day of the seating not counted, a Sunday moves on", () => {
    expect(firstMeetingBy(startOf("2026-11-02"))).toBe("2026-11-09");
    expect(firstMeetingBy(startOf("2026-11-01"))).toBe("2026-11-09");
    expect(endOf("2026-11-09") - startOf("2026-11-02")).toBe(8 * DAY_MS);
  });
  test.each([
    ["final", "published", true],
    ["final", "final", true],
    ["published", "published", true],
    ["published", "final", false],
    ["counted", "published", false],
    ["annulled", "published", false],
  ] as const)("a meeting that is %s seats those to be seated when %s: %s", (state, when, may) => {
    expect(maySettle(state, when).ok).toBe(may);
  });
});

// ——— Real cases ———

interface PublishedElection {
  readonly id: string;
  readonly seats?: number;
  readonly rule_declared: string;
  readonly rule_only?: boolean;
  readonly roll?: { readonly households: number; readonly area_m2: string };
  readonly candidates?: readonly Readonly<Record<string, string>>[];
}
const CASES = join(import.meta.dirname, "../../../shared/cases/elections.json");
const published: readonly PublishedElection[] = existsSync(CASES)
  ? (JSON.parse(readFileSync(CASES, "utf8")) as PublishedElection[])
  : [];

describe.skipIf(published.length === 0)("published elections", () => {
  const rule = published.find(({ id }) => id.startsWith("E14"))!.rule_declared;
  // Two who swap their order on the two counts, and two who are level on both.
  const [more, wide] = [w(22, 200_000), w(20, 250_000)];
  const placesOf: readonly (readonly [string, Ranking, "draw" | "further_vote", "more" | "wide"])[] = [
    ["上海", "heads_then_area", "further_vote", "more"],
    ["罗湖", "sum_of_shares", "draw", "wide"],
    ["杭州", "heads_then_area", "draw", "more"],
  ];
  test.each(placesOf)("E14 %s is a setting: %s, then %s", (place, ranking, tie, first) => {
    expect(rule).toContain(place);
    const outcome = held({ votes: [wide, more], rules: { seatsOpen: 1, seatsOfCommittee: 1, legalLeast: 1, ranking } });
    expect(outcome.elected).toEqual([first === "more" ? "c2" : "c1"]);
    const level = held({
      votes: [more, more],
      rules: { seatsOpen: 1, seatsOfCommittee: 1, legalLeast: 1, ranking, tie },
    });
    expect(level.verdict).toBe(tie === "draw" ? "stands" : "further_vote");
  });
});

test("a committee with more members than seats has none vacant", () => {
  expect(held({ votes: ladder(1), rules: { kind: "by_election", members: 6, seatsOpen: 0 } }).vacant).toBe(0);
});

describe("the next round (M7, M8)", () => {
  const METHOD = { seats: 5, legalLeast: 5, alternatesMost: 2, atMost: 5 };
  const STANDING = ["a", "b", "c", "d", "e", "f", "g"];
  const followed = (verdict: Earlier["verdict"], kept: readonly string[], level: readonly string[] = []): Earlier[] => [
    { verdict, kept, level },
  ];
  const plan = (
    earlier: readonly Earlier[] = [],
    standing: readonly string[] = STANDING,
    serving: Serving | null = null,
    method: Partial<typeof METHOD> = {},
  ) => {
    const read = planRound(serving ? "by_election" : "renewal", { ...METHOD, ...method }, earlier, standing, serving);
    if (!read.ok) throw new Error(read.error.reason);
    return read.value;
  };

  test("the first asks for all seats, with everyone who stands in the order of the ballot", () => {
    expect(plan()).toEqual({
      seatsOpen: 5,
      seatsOfCommittee: 5,
      members: 0,
      legalLeast: 5,
      alternatesMost: 2,
      atMost: 5,
      candidateIds: STANDING,
    });
  });
  test("after too few, those who stay elected are not asked again, and only the other seats are open", () => {
    expect(plan(followed("too_few", ["b", "d"]))).toMatchObject({
      seatsOpen: 3,
      members: 2,
      atMost: 3,
      candidateIds: ["a", "c", "e", "f", "g"],
    });
  });
  test("of those who stayed elected, one who withdrew since opens their seat again", () => {
    expect(plan(followed("too_few", ["b", "d"]), ["a", "c", "d", "e"])).toMatchObject({
      seatsOpen: 4,
      members: 1,
      candidateIds: ["a", "c", "e"],
    });
  });
  test("after a level last seat only those who share it stand", () => {
    expect(plan(followed("further_vote", ["a", "b", "c", "d"], ["e", "g"]))).toMatchObject({
      seatsOpen: 1,
      atMost: 1,
      candidateIds: ["e", "g"],
    });
  });
  test("nobody may mark more than there are candidates, or seats, or than the method allows", () => {
    expect(plan([], ["a", "b"]).atMost).toBe(2);
    expect(plan([], STANDING, null, { atMost: 3 }).atMost).toBe(3);
    expect(plan([], STANDING, null, { seats: 3 }).atMost).toBe(3);
  });
  test("a by-election opens what is vacant in the committee that serves, by that committee's own size", () => {
    const serving: Serving = { seats: 7, legalLeast: 5, alternatesMost: 3, members: 5, alternates: 2 };
    expect(plan([], STANDING, serving)).toMatchObject({
      seatsOpen: 2,
      seatsOfCommittee: 7,
      members: 5,
      legalLeast: 5,
      alternatesMost: 1,
    });
    expect(plan([], STANDING, serving, { seats: 1 }).seatsOpen).toBe(1);
    expect(plan(followed("too_few", ["a"]), STANDING, serving, { seats: 2 })).toMatchObject({
      seatsOpen: 1,
      members: 6,
    });
    expect(plan([], STANDING, { ...serving, alternates: 4 }).alternatesMost).toBe(0);
  });
  test.each([
    ["no seat is open", ["a", "b", "c", "d", "e"], STANDING, "no_seats_open"],
    ["everyone who stands is elected already", ["a", "b"], ["a", "b"], "no_candidates"],
    ["nobody stands", [], [], "no_candidates"],
  ] as const)("there is none where %s", (_, kept, standing, reason) => {
    expect(planRound("renewal", METHOD, followed("too_few", kept), standing, null)).toEqual({
      ok: false,
      error: { reason },
    });
  });
  test.each([
    ["too_few", true, ["a", "b"]],
    ["too_few", false, []],
    ["further_vote", false, ["a", "b"]],
    ["nobody_passed", false, ["a", "b"]],
    ["quorum_not_met", false, ["a", "b"]],
    ["stands", true, []],
  ] as const)("after %s (those who pass keep: %s) %j stay elected", (verdict, passedKeep, kept) => {
    expect(keptAfter({ verdict, elected: ["b"] }, ["a"], passedKeep)).toEqual(kept);
  });
});
