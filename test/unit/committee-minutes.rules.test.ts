/** What a committee's meeting comes to (M12): presence and votes at their exact bounds, who may vote, sign and publish. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PRACTICE, type Practice } from "../../src/committee/practice/rules.ts";
import type { Seated } from "../../src/committee/seated/rules.ts";
import {
  type Choice,
  decideItem,
  type Minutes,
  mayPublish,
  maySign,
  publishBy,
  quorumOf,
  type Room,
  readMinutes,
  resolutionNumber,
  type Vote,
  wholeOf,
} from "../../src/committee/sessions/minutes/rules.ts";
import { defaultsOf } from "../../src/offices/settings/rules.ts";

const DEFAULT = defaultsOf(PRACTICE);
const withPractice = (values: Partial<{ [K in keyof Practice]: Practice[K]["value"] }>): Practice => ({
  ...DEFAULT,
  ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, clause: "《议事规则》第九条" }])),
});
const TWO_THIRDS = withPractice({ quorum: "two_thirds" });
const HALF = withPractice({ majority: "half_or_more" });
const SITTING = withPractice({ measuredBy: "sitting" });

describe("whether there is a meeting", () => {
  test.each([
    ["three of five are more than half", 3, 5, DEFAULT, true, 3],
    ["two of five are not", 2, 5, DEFAULT, false, 3],
    ["half exactly is not more than half", 3, 6, DEFAULT, false, 4],
    ["one more than half is", 4, 6, DEFAULT, true, 4],
    ["six of nine are two thirds exactly", 6, 9, TWO_THIRDS, true, 6],
    ["five of nine are less than two thirds", 5, 9, TWO_THIRDS, false, 6],
    ["five of seven are two thirds, and a little", 5, 7, TWO_THIRDS, true, 5],
    ["four of seven are not", 4, 7, TWO_THIRDS, false, 5],
    ["a committee without seats has no meeting", 0, 0, DEFAULT, false, 1],
  ] as const)("%s", (_, present, whole, practice, holds, least) => {
    expect(quorumOf(present, whole, practice)).toMatchObject({ holds, least });
  });
});

describe("what an item comes to", () => {
  const votes = (inFavour: number, others: readonly Choice[] = []): Choice[] => [
    ...Array.from({ length: inFavour }, (): Choice => "for"),
    ...others,
  ];
  test.each([
    ["three of five seats carry", votes(3), 5, DEFAULT, "carried"],
    ["two of five do not, though nobody is against", votes(2), 5, DEFAULT, "lost"],
    ["all three present do not carry where there are seven seats", votes(3), 7, DEFAULT, "lost"],
    ["half exactly is not more than half", votes(3), 6, DEFAULT, "lost"],
    ["half exactly is half or more", votes(3), 6, HALF, "carried"],
    ["one below half is not half or more", votes(2), 6, HALF, "lost"],
    ["three of seven are not half or more", votes(3), 7, HALF, "lost"],
    ["abstaining counts against", votes(2, ["abstain", "abstain", "abstain"]), 5, DEFAULT, "lost"],
    ["a recusal counts against", votes(2, ["recused", "recused"]), 5, DEFAULT, "lost"],
    ["a recusal does not hinder enough others", votes(3, ["recused"]), 5, DEFAULT, "carried"],
    ["nobody is in favour", votes(0, ["against"]), 5, HALF, "lost"],
  ] as const)("%s", (_, choices, whole, practice, outcome) => {
    expect(decideItem(1, choices, whole, practice).outcome).toBe(outcome);
  });

  test("one more in favour never turns carried into lost, and the number it takes is the number it takes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 11 }),
        fc.nat(11),
        fc.constantFrom(DEFAULT, HALF),
        (whole, more, practice) => {
          const inFavour = Math.min(more, whole);
          const decision = decideItem(1, votes(inFavour), whole, practice);
          if (decision.outcome === "carried" && inFavour < whole)
            expect(decideItem(1, votes(inFavour + 1), whole, practice).outcome).toBe("carried");
          expect(decision.outcome === "carried").toBe(inFavour >= decision.measure.least);
        },
      ),
    );
  });

  test("is measured against all seats, or, where the rules of procedure say so, against those who sit", () => {
    expect(wholeOf(DEFAULT, 7, 5)).toBe(7);
    expect(wholeOf(SITTING, 7, 5)).toBe(5);
    // Three in favour of five who sit, with two seats vacant: the readings differ.
    expect(decideItem(1, votes(3), wholeOf(DEFAULT, 7, 5), DEFAULT).outcome).toBe("lost");
    expect(decideItem(1, votes(3), wholeOf(SITTING, 7, 5), SITTING).outcome).toBe("carried");
  });

  test("more members than seats, as after a faulty registration, are never measured against fewer than there are", () => {
    expect(wholeOf(DEFAULT, 5, 6)).toBe(6);
  });
});

const T = Date.parse("2026-11-20T11:00:00Z");
const seat = (personId: string, standing: Seated["standing"] = "member"): Seated => ({
  personId,
  tenureId: `t-${personId}`,
  post: standing === "member" ? "committee_member" : "committee_alternate",
  standing,
});
const ROOM: Room = {
  seated: [seat("a"), seat("b"), seat("c"), seat("d"), seat("e"), seat("z", "alternate")],
  seats: 5,
  itemNos: [1, 2],
  holdsAt: T,
  practice: DEFAULT,
};
const present = (...there: string[]) =>
  ROOM.seated.map(({ personId }) => ({ personId, present: there.includes(personId) }));
const voted = (there: readonly string[], choice: Choice = "for"): Vote[] =>
  there.flatMap((personId) => [1, 2].map((itemNo) => ({ itemNo, personId, choice, why: "" })));
const minutes = (more: Partial<Minutes> = {}): Minutes => ({
  heldAt: T,
  presences: present("a", "b", "c"),
  votes: voted(["a", "b", "c"]),
  text: "讨论了两项议题。",
  ...more,
});
const reasonOf = (result: { ok: boolean; error?: { reason: string } }): string =>
  result.ok ? "ok" : result.error!.reason;
const read = (more: Partial<Minutes> = {}, room: Partial<Room> = {}, now = T + 3_600_000) =>
  readMinutes({ ...ROOM, ...room }, minutes(more), now);

describe("minutes", () => {
  test("of three of five who all agree carry both items", () => {
    expect(read()).toMatchObject({
      ok: true,
      value: {
        quorum: { part: 3, whole: 5, holds: true },
        decisions: [{ outcome: "carried" }, { outcome: "carried" }],
      },
    });
  });

  test("in which one is missing to a meeting: no vote is taken, and minutes without votes say there was none", () => {
    const two = { presences: present("a", "b", "z") };
    expect(read({ ...two, votes: voted(["a", "b"]) })).toEqual({
      ok: false,
      error: { reason: "quorum_missed", present: 2, least: 3 },
    });
    expect(read({ ...two, votes: [] })).toMatchObject({
      ok: true,
      value: { quorum: { part: 2, holds: false }, decisions: [] },
    });
  });

  const without = (itemNo: number, personId: string) =>
    voted(["a", "b", "c"]).filter((vote) => vote.itemNo !== itemNo || vote.personId !== personId);
  test.each([
    [
      "by one who does not sit",
      { votes: [...voted(["a", "b", "c"]), { itemNo: 1, personId: "x", choice: "for", why: "" }] },
      "not_of_the_committee",
    ],
    [
      "of one who does not sit as present",
      { presences: [...present("a", "b", "c"), { personId: "x", present: true }] },
      "not_of_the_committee",
    ],
    [
      "by an alternate who attends",
      { presences: present("a", "b", "c", "z"), votes: voted(["a", "b", "c", "z"]) },
      "alternate_has_no_vote",
    ],
    ["by a member who is not there: no proxies", { votes: voted(["a", "b", "c", "d"]) }, "absent_has_no_vote"],
    [
      "twice on one item",
      { votes: [...voted(["a", "b", "c"]), { itemNo: 2, personId: "a", choice: "against", why: "" }] },
      "vote_twice",
    ],
    [
      "on an item that is not on the agenda",
      { votes: [...voted(["a", "b", "c"]), { itemNo: 3, personId: "a", choice: "for", why: "" }] },
      "unknown_item",
    ],
    ["without one of those present", { votes: without(2, "b") }, "vote_missing"],
    ["without a word on who was there", { presences: present("a", "b", "c").slice(1) }, "presence_missing"],
    [
      "with one twice in the roll call",
      { presences: [...present("a", "b", "c"), { personId: "a", present: true }] },
      "presence_twice",
    ],
    [
      "of a recusal without its reason",
      { votes: [...without(1, "a"), { itemNo: 1, personId: "a", choice: "recused", why: " " }] },
      "recusal_unexplained",
    ],
    ["with no text", { text: " " }, "minutes_text_missing"],
    ["with too long a text", { text: "字".repeat(8_001) }, "minutes_text_too_long"],
    ["of a meeting begun a minute before its announced time", { heldAt: T - 60_000 }, "held_before_announced"],
    ["of a meeting that is still to come", { heldAt: T + 3_600_001 }, "held_in_future"],
  ] as const)("with a vote %s are refused", (_, more, reason) => {
    expect(reasonOf(read(more as Partial<Minutes>))).toBe(reason);
  });

  test("with a declared conflict: the member takes no part, and the rest decides", () => {
    const votes: Vote[] = voted(["a", "b", "c", "d"]).map((vote) =>
      vote.personId === "d" ? { ...vote, choice: "recused", why: "配偶在投标企业任职" } : vote,
    );
    const result = read({ presences: present("a", "b", "c", "d"), votes });
    expect(result).toMatchObject({ ok: true, value: { decisions: [{ for: 3, recused: 1, outcome: "carried" }, {}] } });
  });

  test("after a resignation are measured against all five seats all the same", () => {
    const seated = ROOM.seated.filter(({ personId }) => !["d", "e"].includes(personId));
    const roll = seated.map(({ personId }) => ({ personId, present: ["a", "b"].includes(personId) }));
    expect(read({ presences: roll, votes: voted(["a", "b"]) }, { seated })).toMatchObject({
      error: { reason: "quorum_missed", least: 3 },
    });
    expect(read({ presences: roll, votes: voted(["a", "b"]) }, { seated, practice: SITTING })).toMatchObject({
      ok: true,
      value: { sitting: 3, decisions: [{ outcome: "carried" }, { outcome: "carried" }] },
    });
  });
});

describe("signing the minutes", () => {
  const facts = { state: "recorded", version: 2, present: ["a", "b", "c"], answered: ["b"] } as const;
  const sign = (more: object = {}, state: object = {}) =>
    reasonOf(maySign({ ...facts, ...state }, { personId: "a", version: 2, stance: "signed", remark: "", ...more }));
  test.each([
    ["by one who was there", {}, {}, "ok"],
    ["twice", { personId: "b" }, {}, "already_signed"],
    ["by one who was not there", { personId: "d" }, {}, "not_present"],
    ["of the version before", { version: 1 }, {}, "minutes_changed"],
    ["after publication", {}, { state: "published" }, "wrong_session_state"],
    ["before anything was drafted", {}, { state: "noticed" }, "wrong_session_state"],
    ["as an objection that says nothing", { stance: "objected", remark: "  " }, {}, "remark_missing"],
    ["as an objection", { stance: "objected", remark: "第二项我投的是反对" }, {}, "ok"],
    ["with a remark that does not end", { remark: "字".repeat(501) }, {}, "remark_too_long"],
  ] as const)("%s: %o %o → %s", (_, more, state, reason) => expect(sign(more, state)).toBe(reason));
});

describe("publishing the minutes", () => {
  const facts = {
    state: "recorded",
    version: 1,
    draftedBy: "secretary",
    present: 4,
    signed: 4,
    objected: 0,
    publishBy: "2026-11-23",
  } as const;
  const publish = (more: object = {}, personId = "chair", today = "2026-11-21") =>
    reasonOf(mayPublish({ ...facts, ...more }, { personId, version: 1 }, today));
  test.each([
    ["all signed, by another", {}, "chair", "2026-11-21", "ok"],
    ["by who drafted them", {}, "secretary", "2026-11-21", "own_minutes"],
    ["three signed and one objected", { signed: 3, objected: 1 }, "chair", "2026-11-21", "ok"],
    ["one has not answered, the day before the last", { signed: 3 }, "chair", "2026-11-22", "signatures_missing"],
    ["one has not answered, on the last day", { signed: 3 }, "chair", "2026-11-23", "ok"],
    [
      "half signed, on the last day: half is not more than half",
      { signed: 2 },
      "chair",
      "2026-11-23",
      "too_few_signed",
    ],
    ["half signed and half objected", { signed: 2, objected: 2 }, "chair", "2026-11-21", "too_few_signed"],
    ["nobody came and nobody signed", { present: 0, signed: 0 }, "chair", "2026-11-21", "ok"],
    ["published before", { state: "published" }, "chair", "2026-11-21", "wrong_session_state"],
    ["another version meanwhile", { version: 2 }, "chair", "2026-11-21", "minutes_changed"],
  ] as const)("%s", (_, more, personId, today, reason) => expect(publish(more, personId, today)).toBe(reason));

  test("is due on the third day, the day of the meeting not counted, a weekend moving it on", () => {
    expect(publishBy(Date.parse("2026-11-17T12:00:00Z"), 3)).toBe("2026-11-20"); // Tuesday → Friday
    expect(publishBy(Date.parse("2026-11-18T12:00:00Z"), 3)).toBe("2026-11-23"); // Wednesday → Saturday → Monday
    expect(publishBy(Date.parse("2026-11-18T17:00:00Z"), 3)).toBe("2026-11-23"); // past midnight in Shanghai
  });

  test("a resolution has a number of its year", () => expect(resolutionNumber(2026, 3)).toBe("〔2026〕第3号"));
});
