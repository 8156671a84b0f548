/** How far committee and branch overlap, what of it may be said, and which posts stand in each other's way: each at its boundary. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addMonths, endOf, startOf } from "../../src/kernel/day.ts";
import {
  checkRule,
  conflictsOf,
  cooledOn,
  DEFAULT_PAIRS,
  type HeldPost,
  lifts,
  MOST_MONTHS,
  maySetRule,
  mayWaive,
  type PairRule,
  sift,
  tooLateFrom,
  touchesCommittee,
  WAIVERS,
  type Waiver,
} from "../../src/offices/overlap/conflicts/rules.ts";
import { postsWords, RULE_REASONS } from "../../src/offices/overlap/explained.ts";
import {
  checkWish,
  type DatedTenure,
  type DEFAULT_WISH,
  figureOf,
  MOST_WISHED,
  overlapOf,
  overlapOverTime,
  publicFigures,
  shareOf,
  wishLines,
} from "../../src/offices/overlap/rules.ts";
import { BODY_OF_POST, isPostKind, PERMISSIONS, POST_KINDS, type PostKind } from "../../src/offices/rules.ts";

const held = (
  personId: string,
  postKind: PostKind,
  fromOn = "2026-01-01",
  lastOn: string | null = null,
  bodyId: string = BODY_OF_POST[postKind],
): DatedTenure => ({
  personId,
  postKind,
  bodyKind: BODY_OF_POST[postKind],
  bodyId,
  fromAt: startOf(fromOn),
  untilAt: lastOn === null ? null : endOf(lastOn),
});

const TODAY = "2026-11-02";

describe("the overlap of a day", () => {
  test("a person counts once, however many posts of the committee and the branch they hold", () => {
    const overlap = overlapOf(
      [
        held("a", "committee_member"),
        held("a", "committee_chair"),
        held("a", "branch_member"),
        held("a", "branch_secretary"),
        held("b", "committee_member"),
      ],
      TODAY,
    );
    expect(overlap.committee).toEqual(["a", "b"]);
    expect(shareOf(overlap)).toEqual({ part: 1, whole: 2 });
    expect(overlap.branchPeople).toBe(1);
    expect(overlap.crossings[0]).toMatchObject({ committeePosts: ["committee_chair", "committee_member"] });
  });

  test("an alternate has no seat and is counted apart, until seated", () => {
    const before = overlapOf([held("a", "committee_alternate"), held("a", "branch_member")], TODAY);
    expect([before.committee, before.alternates, before.alternatesInBranch]).toEqual([[], ["a"], 1]);
    expect(shareOf(before)).toBe(null);
    const seated = overlapOf(
      [held("a", "committee_alternate"), held("a", "committee_member"), held("a", "branch_member")],
      TODAY,
    );
    expect([seated.committee, seated.alternates, seated.crossings.length]).toEqual([["a"], [], 1]);
  });

  test.each([
    ["the day before it begins", "2026-05-31", 0],
    ["the day it begins", "2026-06-01", 1],
    ["its last day", "2026-06-30", 1],
    ["the day after its last", "2026-07-01", 0],
  ])("an office counts or not on %s", (_, day, count) => {
    const tenures = [held("a", "committee_member"), held("a", "branch_member", "2026-06-01", "2026-06-30")];
    expect(overlapOf(tenures, day).crossings.length).toBe(count);
  });

  test("an end is exclusive to the instant: what ends as the day ends is held on it, what ends a moment earlier is not", () => {
    const until = (untilAt: number) => [held("a", "committee_member"), { ...held("a", "branch_member"), untilAt }];
    expect(overlapOf(until(endOf(TODAY)), TODAY).crossings.length).toBe(1);
    expect(overlapOf(until(endOf(TODAY) - 1), TODAY).crossings.length).toBe(0);
  });

  test("chair and secretary in one person is said only where both posts are held", () => {
    const of = (...tenures: DatedTenure[]) => overlapOf(tenures, TODAY).chairIsSecretary;
    expect(of(held("a", "committee_chair"), held("a", "branch_secretary"))).toBe(true);
    expect(of(held("a", "committee_chair"), held("b", "branch_secretary"))).toBe(false);
    expect(of(held("a", "committee_chair"), held("a", "branch_member"))).toBe(null);
    expect(of(held("a", "committee_member"), held("a", "branch_secretary"))).toBe(null);
  });

  test("a branch with nobody in it, and one with nobody in the committee, are without overlap", () => {
    const tenures = [
      held("a", "committee_member"),
      held("a", "branch_member", "2026-01-01", null, "north"),
      held("b", "branch_member", "2026-01-01", null, "south"),
    ];
    expect(overlapOf(tenures, TODAY, ["north", "south", "empty"]).branches).toEqual([
      { bodyId: "north", people: 1, inCommittee: 1 },
      { bodyId: "south", people: 1, inCommittee: 0 },
      { bodyId: "empty", people: 0, inCommittee: 0 },
    ]);
  });

  test("a group leader or a party household is no post in the branch", () => {
    const tenures = [held("a", "committee_member"), held("a", "group_leader"), held("a", "party_host")];
    expect(overlapOf(tenures, TODAY).crossings).toEqual([]);
  });
});

describe("the direction", () => {
  const directionOf = (...tenures: DatedTenure[]) => overlapOf(tenures, TODAY).crossings[0]!.direction;
  test.each([
    ["branch first, then elected", "2026-03-01", "2026-02-28", "into_committee"],
    ["committee first, then taken into the branch", "2026-02-28", "2026-03-01", "into_branch"],
    ["both on one day", "2026-03-01", "2026-03-01", "same_day"],
  ])("%s", (_, seatedOn, joinedOn, direction) =>
    expect(directionOf(held("a", "committee_member", seatedOn), held("a", "branch_member", joinedOn))).toBe(direction),
  );

  test("re-election without a day between goes on, with a day between begins anew", () => {
    const seat = held("a", "committee_member", "2020-01-01", "2024-12-31");
    const branch = held("a", "branch_member", "2023-06-01");
    expect(directionOf(seat, held("a", "committee_chair", "2025-01-01"), branch)).toBe("into_branch");
    expect(directionOf(seat, held("a", "committee_chair", "2025-01-02"), branch)).toBe("into_committee");
  });
});

const anyTenures = fc.array(
  fc
    .tuple(
      fc.constantFrom("a", "b", "c", "d"),
      fc.constantFrom<PostKind>(
        "committee_chair",
        "committee_member",
        "committee_alternate",
        "branch_secretary",
        "branch_member",
        "supervisor",
      ),
      fc.integer({ min: 0, max: 60 }),
      fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
    )
    .map(([person, kind, from, days]) => {
      const fromOn = addDays("2026-09-01", from);
      return held(person, kind, fromOn, days === null ? null : addDays(fromOn, days));
    }),
  { maxLength: 14 },
);

describe("whatever the tenures", () => {
  test("their order does not matter", () =>
    fc.assert(
      fc.property(anyTenures, fc.infiniteStream(fc.nat()), (tenures, keys) => {
        const shuffled = tenures
          .map((one) => ({ one, key: keys.next().value as number }))
          .sort((x, y) => x.key - y.key)
          .map(({ one }) => one);
        const { branches: _, ...rest } = overlapOf(shuffled, TODAY);
        const { branches: __, ...expected } = overlapOf(tenures, TODAY);
        expect(rest).toEqual(expected);
      }),
    ));

  test("saying a post twice changes nothing, and the part never exceeds the whole", () =>
    fc.assert(
      fc.property(anyTenures, (tenures) => {
        const once = overlapOf(tenures, TODAY);
        expect(overlapOf([...tenures, ...tenures], TODAY)).toEqual(once);
        expect(once.crossings.length).toBeLessThanOrEqual(Math.min(once.committee.length, once.branchPeople));
        expect(once.alternates.some((one) => once.committee.includes(one))).toBe(false);
      }),
    ));

  test("the points of the timeline say every day: between two of them nothing changes", () =>
    fc.assert(
      fc.property(anyTenures, (tenures) => {
        const [from, to] = ["2026-09-01", "2026-12-15"];
        const points = overlapOverTime(tenures, from, to);
        expect(points[0]!.day).toBe(from);
        for (let day = from; day <= to; day = addDays(day, 1)) {
          const point = points.filter((one) => one.day <= day).at(-1)!;
          const now = overlapOf(tenures, day);
          expect([point.committee.length, point.crossings.length, point.chairIsSecretary]).toEqual([
            now.committee.length,
            now.crossings.length,
            now.chairIsSecretary,
          ]);
        }
      }),
      { numRuns: 40 },
    ));

  test("nobody's seat depends on the branch: taking every party post away leaves the committee as it was (Q6)", () =>
    fc.assert(
      fc.property(anyTenures, (tenures) => {
        const without = tenures.filter(({ bodyKind }) => bodyKind !== "branch");
        expect(overlapOf(without, TODAY).committee).toEqual(overlapOf(tenures, TODAY).committee);
      }),
    ));
});

describe("what may be said in public", () => {
  test.each([
    ["one of five tells of nobody", 5, 1, 0, { least: 1, most: 1 }],
    ["four of five tell of nobody", 5, 4, 0, { least: 4, most: 4 }],
    ["five of five would tell of each", 5, 5, 0, { least: 3, most: 5 }],
    ["one of one would tell of the one", 1, 1, 0, { least: 0, most: 1 }],
    ["two of two would tell of both", 2, 2, 0, { least: 1, most: 2 }],
    ["the last unnamed of five, four of whom are named", 5, 5, 4, { least: 4, most: 5 }],
    ["all of whom are named", 5, 5, 5, { least: 5, most: 5 }],
    ["none of five", 5, 0, 0, { least: 0, most: 0 }],
    ["nobody in the committee", 0, 0, 0, { least: 0, most: 0 }],
  ])("%s", (_, seats, overlapping, named, range) =>
    expect(figureOf(seats, overlapping, named)).toEqual({ seats, ...range }),
  );

  const committee = ["a", "b", "c"].map((one) => held(one, "committee_member"));
  const nobody = () => false;
  const figures = (tenures: readonly DatedTenure[], isNamed: (id: string) => boolean = nobody) =>
    publicFigures(overlapOverTime(tenures, "2026-01-01", TODAY), ({ personId }) => isNamed(personId)).map(
      ({ least, most }) => [least, most],
    );

  test("a figure that rises as one person comes does not say that it was they", () => {
    const branch = [held("a", "branch_member"), held("d", "branch_member")];
    const joins = held("d", "committee_member", "2026-06-01");
    expect(figures([...committee, joins, ...branch])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(figures([...committee, joins, ...branch], (id) => id === "d")).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test("a figure that falls as one person leaves does not say that it was they", () => {
    const leaves = held("d", "committee_member", "2026-01-01", "2026-05-31");
    expect(figures([...committee, leaves, held("a", "branch_member"), held("d", "branch_member")])).toEqual([
      [2, 2],
      [1, 2],
    ]);
  });

  test("with two who come, of whom one is of the branch, it tells of neither", () => {
    const both = ["d", "e"].map((one) => held(one, "committee_member", "2026-06-01"));
    expect(figures([...committee, ...both, held("d", "branch_member")])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("someone of the committee who is taken into the branch may be any of those without a name", () => {
    expect(figures([...committee, held("a", "branch_member", "2026-06-01")])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("a range holds what is true, leaves room where someone would be told of, and never counts the named away", () =>
    fc.assert(
      fc.property(anyTenures, fc.subarray(["a", "b", "c", "d"]), (tenures, named) => {
        const points = overlapOverTime(tenures, "2026-09-01", "2026-12-15");
        publicFigures(points, ({ personId }) => named.includes(personId)).forEach(({ seats, least, most }, at) => {
          const { crossings } = points[at]!;
          const known = crossings.filter(({ personId }) => named.includes(personId)).length;
          expect(known).toBeLessThanOrEqual(least);
          expect(least).toBeLessThanOrEqual(crossings.length);
          expect(crossings.length).toBeLessThanOrEqual(most);
          expect(most).toBeLessThanOrEqual(seats);
          const hidden = crossings.length - known;
          if (hidden > 0 && hidden === seats - known) expect(least).toBeLessThan(most);
        });
      }),
    ));
});

describe("the wish", () => {
  const figure = (least: number, most = least, seats = 5) => ({ seats, least, most });
  const met = (wish: Partial<typeof DEFAULT_WISH>, ...args: Parameters<typeof figure>) =>
    wishLines({ least: 0, share: null, chairIsSecretary: false, ...wish }, figure(...args), null).map((one) => one.met);
  test.each([
    ["one, where one is wished", { least: 1 }, [1], [true]],
    ["none, where one is wished", { least: 1 }, [0], [false]],
    ["two fifths reach two fifths", { share: { part: 2, whole: 5 } }, [2], [true]],
    ["two fifths are not one half", { share: { part: 1, whole: 2 } }, [2], [false]],
    ["three sixths are one half", { share: { part: 1, whole: 2 } }, [3, 3, 6], [true]],
    ["a third of nobody", { share: { part: 1, whole: 3 } }, [0, 0, 0], [false]],
    ["a range that may reach it says neither", { least: 2 }, [1, 2], [null]],
    ["a range that cannot reach it", { least: 3 }, [1, 2], [false]],
    ["a range that does in any case", { least: 1 }, [1, 2], [true]],
    ["nothing wished", {}, [0], []],
  ] as const)("%s", (_, wish, args, lines) => expect(met(wish, ...(args as [number]))).toEqual(lines));

  test("an unsettled chair is not one who is the secretary", () => {
    const wish = { least: 0, share: null, chairIsSecretary: true };
    expect([true, false, null].map((one) => wishLines(wish, figure(1), one)[0]!.met)).toEqual([true, false, false]);
  });

  const asked = (extra: object = {}) =>
    checkWish({ least: "1", share: "1/3", chairIsSecretary: false, source: "社区党委文件〔2026〕1号", ...extra });
  const reasons = (result: ReturnType<typeof asked>) => (result.ok ? [] : result.error.map(({ reason }) => reason));
  test.each([
    ["as many as a committee has seats", { least: String(MOST_WISHED) }, []],
    ["one more", { least: String(MOST_WISHED + 1) }, ["wish_least_out_of_range"]],
    ["nothing", { least: "0" }, []],
    ["half a person", { least: "0.5" }, ["wish_least_out_of_range"]],
    ["no share", { share: "" }, []],
    ["a share in full-width figures", { share: "２／５" }, []],
    ["the whole", { share: "5/5" }, []],
    ["more than the whole", { share: "6/5" }, ["wish_share_malformed"]],
    ["none of it", { share: "0/5" }, ["wish_share_malformed"]],
    ["a hundredth", { share: "1/100" }, []],
    ["finer than that", { share: "1/101" }, ["wish_share_malformed"]],
    ["a percentage", { share: "30%" }, ["wish_share_malformed"]],
    ["without a document", { source: " " }, ["wish_source_missing"]],
    ["with a document that goes on", { source: "文".repeat(201) }, ["wish_source_too_long"]],
    [
      "everything at once",
      { least: "x", share: "x", source: "" },
      ["wish_least_out_of_range", "wish_share_malformed", "wish_source_missing"],
    ],
  ])("%s", (_, extra, expected) => expect(reasons(asked(extra))).toEqual(expected));
});

const post = (postKind: string, fromOn: string, lastOn: string | null = null, corrected = false): HeldPost => ({
  tenureId: `${postKind}-${fromOn}`,
  postKind,
  fromAt: startOf(fromOn),
  untilAt: lastOn === null ? null : endOf(lastOn),
  corrected,
});
const wanted = (postKind: string, fromOn: string, lastOn: string | null = null) => ({
  postKind,
  span: { fromAt: startOf(fromOn), untilAt: lastOn === null ? null : endOf(lastOn) },
});
const keysOf = (...args: Parameters<typeof conflictsOf>) => conflictsOf(...args).map(({ rule }) => rule.key);
const ruleOf = (key: string): PairRule => DEFAULT_PAIRS.find((one) => one.key === key)!;
const cooling: PairRule = { ...ruleOf("provider-then-committee"), answer: "refuse", months: 6 };

describe("posts that exclude each other", () => {
  const supervisor = post("supervisor", "2026-03-01", "2026-08-31");
  test.each([
    ["on the last day of the other", "2026-08-31", null, ["supervision-committee"]],
    ["on the day after", "2026-09-01", null, []],
    ["until the day before it begins", "2026-01-01", "2026-02-28", []],
    ["until its first day", "2026-01-01", "2026-03-01", ["supervision-committee"]],
  ])("%s", (_, fromOn, lastOn, keys) =>
    expect(keysOf([supervisor], wanted("committee_member", fromOn, lastOn), DEFAULT_PAIRS)).toEqual(keys),
  );

  test("they exclude each other both ways", () => {
    for (const rule of DEFAULT_PAIRS.filter(({ kind }) => kind === "exclusive"))
      for (const left of rule.left)
        for (const right of rule.right) {
          expect(keysOf([post(left, "2026-01-01")], wanted(right, TODAY), [rule])).toEqual([rule.key]);
          expect(keysOf([post(right, "2026-01-01")], wanted(left, TODAY), [rule])).toEqual([rule.key]);
        }
  });

  test("an office that ended as it began was never held", () => {
    const never = { ...supervisor, untilAt: supervisor.fromAt };
    expect(keysOf([never], wanted("committee_member", "2026-03-01"), DEFAULT_PAIRS)).toEqual([]);
  });

  test("a rule that is off asks nothing", () => {
    const off = DEFAULT_PAIRS.map((rule) => ({ ...rule, answer: "off" as const }));
    expect(keysOf([supervisor], wanted("committee_member", "2026-04-01"), off)).toEqual([]);
  });

  test("it is free on the day the other ends, and on no day while that has no end", () => {
    const [one] = conflictsOf([supervisor], wanted("committee_member", "2026-04-01"), DEFAULT_PAIRS);
    expect(one!.freeOn).toBe("2026-09-01");
    const [open] = conflictsOf([post("supervisor", "2026-03-01")], wanted("committee_member", TODAY), DEFAULT_PAIRS);
    expect(open!.freeOn).toBe(null);
  });
});

describe("cooling off", () => {
  const left = post("provider_staff", "2024-01-01", "2026-04-30"); // 1 May is the first day without
  test.each([
    ["six months to the day", "2026-11-01", []],
    ["a day short of six months", "2026-10-31", ["provider-then-committee"]],
    ["on the day of leaving", "2026-05-01", ["provider-then-committee"]],
    ["while it is still held", "2026-04-01", ["provider-then-committee"]],
    ["before it began", "2023-12-31", []],
  ])("%s", (_, fromOn, keys) =>
    expect(keysOf([left], wanted("committee_member", fromOn, "2027-01-01"), [cooling])).toEqual(keys),
  );

  test("it has one direction: from the committee to the provider nothing cools off", () => {
    expect(
      keysOf([post("committee_member", "2024-01-01", "2026-10-31")], wanted("provider_staff", TODAY), [cooling]),
    ).toEqual([]);
  });

  test("a post taken now may stand too close before one already settled", () => {
    const seat = post("committee_member", "2027-01-01");
    const short = (lastOn: string) => keysOf([seat], wanted("provider_staff", "2026-05-01", lastOn), [cooling]);
    expect(short("2026-06-30")).toEqual([]);
    expect(short("2026-07-01")).toEqual(["provider-then-committee"]);
    expect(keysOf([seat], wanted("provider_staff", "2026-05-01"), [cooling])).toEqual(["provider-then-committee"]);
  });

  test("nothing cools off after a record made by mistake", () => {
    expect(keysOf([{ ...left, corrected: true }], wanted("committee_member", "2026-05-01"), [cooling])).toEqual([]);
  });

  test.each([
    ["a month's end stays inside the month", "2026-08-31", 6, "2027-02-28"],
    ["nothing cools off in no time", "2026-05-01", 0, "2026-05-01"],
  ])("%s", (_, leftOn, months, on) => expect(cooledOn(leftOn, months)).toBe(on));

  test("the database's day and the calendar's are one: left on it is too late, left the day before is not", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: MOST_MONTHS }), (at, months) => {
        const takenOn = addDays("2024-01-01", at);
        const late = tooLateFrom(takenOn, months);
        expect(addMonths(late, months) > takenOn).toBe(true);
        expect(addMonths(addDays(late, -1), months) <= takenOn).toBe(true);
      }),
    ));
});

describe("whatever someone holds", () => {
  const anyHeld = fc.array(
    fc.tuple(fc.constantFrom(...POST_KINDS), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 })),
    { maxLength: 8 },
  );
  test("no party post ever stands against a seat in the committee, nor a seat against a party post (Q6)", () =>
    fc.assert(
      fc.property(anyHeld, fc.constantFrom(...POST_KINDS), (those, kind) => {
        const party = ["upper_body", "street_party", "community_party", "branch", "party_group", "party_household"];
        const isParty = (one: string) => isPostKind(one) && party.includes(BODY_OF_POST[one]);
        const isSeat = (one: string) => isPostKind(one) && BODY_OF_POST[one] === "committee";
        const posts = those.map(([one, from, days]) =>
          post(one, addDays("2026-01-01", from), addDays("2026-01-01", from + days)),
        );
        for (const { held: one } of conflictsOf(posts, wanted(kind, TODAY), DEFAULT_PAIRS))
          expect((isParty(one.postKind) && isSeat(kind)) || (isSeat(one.postKind) && isParty(kind))).toBe(false);
      }),
    ));

  test("holding more never removes a conflict", () =>
    fc.assert(
      fc.property(anyHeld, fc.constantFrom(...POST_KINDS), fc.constantFrom(...POST_KINDS), (those, kind, more) => {
        const posts = those.map(([one, from]) => post(one, addDays("2026-01-01", from)));
        const before = keysOf(posts, wanted(kind, TODAY), DEFAULT_PAIRS).length;
        const after = keysOf([...posts, post(more, "2026-01-01")], wanted(kind, TODAY), DEFAULT_PAIRS).length;
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    ));
});

describe("a rule as it may be set", () => {
  const asked = (extra: object = {}) =>
    checkRule({
      key: "own-1",
      kind: "exclusive",
      left: ["supervisor"],
      right: ["committee_member"],
      answer: "refuse",
      months: "",
      waivedBy: [],
      source: "管理规约第二十条",
      ...extra,
    });
  const reasons = (extra: object) => {
    const checked = asked(extra);
    return checked.ok ? [] : checked.error.map(({ reason }) => reason);
  };
  test.each([
    ["two groups and a document", {}, []],
    ["no post on one side", { left: [] }, ["rule_side_empty"]],
    ["the same post on both sides", { right: ["supervisor"] }, ["rule_sides_meet"]],
    ["a branch secretary against a member of the committee", { left: ["branch_secretary"] }, ["rule_against_party"]],
    ["the other way round", { left: ["committee_alternate"], right: ["party_host"] }, ["rule_against_party"]],
    ["a branch secretary against the provider", { left: ["branch_secretary"], right: ["provider_staff"] }, []],
    ["cooling off for a month", { kind: "cooling_off", months: "1" }, []],
    ["for no month", { kind: "cooling_off", months: "0" }, ["rule_months_out_of_range"]],
    ["for five years", { kind: "cooling_off", months: "60" }, []],
    ["for longer", { kind: "cooling_off", months: "61" }, ["rule_months_out_of_range"]],
    ["for half a month", { kind: "cooling_off", months: "0.5" }, ["rule_months_out_of_range"]],
    ["a waiver by nobody", { answer: "waiver" }, ["rule_waivers_missing"]],
    ["a waiver by the street", { answer: "waiver", waivedBy: ["street_officer"] }, []],
    ["a waiver by those it binds", { answer: "waiver", waivedBy: ["supervisor"] }, ["rule_waiver_is_party_to_it"]],
    [
      "a party post that waives what concerns the committee",
      { answer: "waiver", waivedBy: ["community_party_secretary"] },
      ["rule_waiver_of_the_party"],
    ],
    ["no document", { source: "" }, ["rule_source_missing"]],
    ["a document that goes on", { source: "条".repeat(201) }, ["rule_source_too_long"]],
  ])("%s", (_, extra, expected) => expect(reasons(extra)).toEqual(expected));

  test("every default may be set as it stands", () => {
    for (const rule of DEFAULT_PAIRS) {
      const checked = checkRule({ ...rule, months: String(rule.months), source: rule.source.zh });
      expect(checked.ok ? [] : checked.error, rule.key).toEqual([]);
      expect(RULE_REASONS[rule.key]!.zh.length).toBeGreaterThan(4);
      expect(rule.waivedBy.every((one) => (WAIVERS as readonly string[]).includes(one))).toBe(true);
      for (const words of [postsWords(rule.left), postsWords(rule.right)]) expect(words.zh).not.toMatch(/[a-z_]/);
    }
  });

  test("no party post sets a rule that can keep anyone out of the committee", () => {
    for (const rule of DEFAULT_PAIRS) {
      expect(maySetRule(["street_officer"], rule)).toBe(true);
      expect(maySetRule(["community_party_secretary"], rule)).toBe(!touchesCommittee(rule));
      expect(maySetRule(["committee_chair", "supervisor", "branch_secretary"], rule)).toBe(false);
    }
  });
});

describe("a waiver", () => {
  const rule = ruleOf("supervision-desk");
  const person = { personId: "p", ...wanted("teller", TODAY) };
  const [conflict] = conflictsOf([post("supervisor", "2026-01-01")], person, [rule]);
  const waiver = (extra: Partial<Waiver> = {}): Waiver => ({
    waiverId: "w",
    ruleKey: rule.key,
    personId: "p",
    postKind: "teller",
    fromAt: startOf(TODAY),
    untilAt: endOf(TODAY),
    grantedBy: "officer",
    grantedAs: "street_officer",
    withdrawnAt: null,
    ...extra,
  });
  test.each([
    ["lifts the rule on its only day", {}, true],
    ["not for a day before it", { fromAt: startOf(addDays(TODAY, 1)), untilAt: null }, false],
    ["not for the day after its last", { fromAt: 0, untilAt: startOf(TODAY) }, false],
    ["not for another person", { personId: "q" }, false],
    ["not for another post", { postKind: "secretary" }, false],
    ["not from another rule", { ruleKey: "audit" }, false],
    ["not once it is withdrawn", { withdrawnAt: 1 }, false],
    ["not granted by the person concerned", { grantedBy: "p" }, false],
    ["not granted by who records the appointment", { grantedBy: "recorder" }, false],
    ["not from a post the rule does not name", { grantedAs: "supervisor" }, false],
  ])("%s", (_, extra, holds) => expect(lifts(waiver(extra), conflict!, person, "recorder")).toBe(holds));

  test("lifts nothing of a rule that only refuses", () => {
    const strict = { ...conflict!, rule: { ...rule, answer: "refuse" as const } };
    expect(lifts(waiver(), strict, person, "recorder")).toBe(false);
  });

  test("lifts one conflict and leaves the others standing", () => {
    const conflicts = conflictsOf(
      [post("supervisor", "2026-01-01"), post("auditor", "2026-01-01")],
      person,
      DEFAULT_PAIRS,
    );
    const { standing, waived } = sift(conflicts, [waiver()], person, "recorder");
    expect(standing.map((one) => one.rule.key)).toEqual(["audit"]);
    expect(waived.map((one) => one.conflict.rule.key)).toEqual(["supervision-desk"]);
  });

  const asks = { personId: "p", postKind: "teller" };
  const officer = { personId: "o", posts: ["secretary", "street_officer"] };
  const supervising = [post("supervisor", "2026-01-01")];
  test.each([
    ["granted from the post the rule names", rule, officer, asks, supervising, "street_officer"],
    ["of a rule without waivers", ruleOf("audit"), officer, asks, supervising, "waiver_not_possible"],
    [
      "by someone the rule does not name",
      rule,
      { personId: "o", posts: ["supervisor"] },
      asks,
      supervising,
      "waiver_not_yours",
    ],
    ["to oneself", rule, officer, { ...asks, personId: "o" }, supervising, "waiver_for_oneself"],
    [
      "for a post outside the rule",
      rule,
      officer,
      { ...asks, postKind: "auditor" },
      supervising,
      "waiver_post_not_in_rule",
    ],
    ["to someone nothing stands against", rule, officer, asks, [], "waiver_of_nothing"],
  ])("is %s", (_, which, granter, what, those, outcome) => {
    const may = mayWaive(which, granter, what, those);
    expect(may.ok ? may.value : may.error.reason).toBe(outcome);
  });

  test("is granted by no post of the provider and none of the committee", () => {
    for (const kind of PERMISSIONS["overlap.waive"])
      expect(["provider", "committee", "branch"]).not.toContain(BODY_OF_POST[kind]);
  });
});
