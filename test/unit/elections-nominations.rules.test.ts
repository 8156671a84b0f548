/** Names are taken in time and by the channels the method has; supporters are heads; nobody stands who has not accepted (M5, M6). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ALWAYS_DECLARED,
  cleanText,
  declarationFaults,
  INTERESTS,
  type InterestAnswer,
  LONGEST_INTRODUCTION,
  LONGEST_OCCUPATION,
  type Profile,
  profileFaults,
  readName,
  readPerson,
} from "../../src/elections/nominations/person/rules.ts";
import {
  type CandidacyFacts,
  countingDay,
  isComplete,
  mayAnswer,
  mayNominate,
  mayWithdraw,
  nominationsOpen,
  type Support,
  stageOf,
  supportersOn,
} from "../../src/elections/nominations/rules.ts";
import { ELECTION_STATES, NOMINATION_CHANNELS } from "../../src/elections/rules.ts";
import { DAY_MS, endOf } from "../../src/kernel/day.ts";

const CLOSE = endOf("2026-11-19");
const facts = { state: "nominating", nominationsCloseAt: CLOSE, channels: ["self", "joint"] } as const;

describe("a name is taken", () => {
  test("in the last millisecond, and not at the close itself", () => {
    expect(nominationsOpen(facts, CLOSE - 1).ok).toBe(true);
    expect(nominationsOpen(facts, CLOSE)).toEqual({ ok: false, error: { reason: "nominations_closed", at: CLOSE } });
  });
  test("in no state but nominating", () => {
    for (const state of ELECTION_STATES)
      expect(nominationsOpen({ ...facts, state }, CLOSE - 1).ok).toBe(state === "nominating");
    expect(nominationsOpen({ ...facts, state: "preparing" }, 0)).toMatchObject({
      error: { reason: "nominations_not_open" },
    });
  });
  test("never while no close was set", () => {
    expect(nominationsOpen({ state: "nominating", nominationsCloseAt: null }, 0).ok).toBe(false);
  });
  test("by the channels of the method alone", () => {
    for (const channel of NOMINATION_CHANNELS)
      expect(mayNominate(facts, channel, 0).ok).toBe(channel === "self" || channel === "joint");
  });
});

describe("supporters of a joint nomination", () => {
  const head = (key: string, ...owners: string[]) => ({ key, owners: owners as never[] });
  const heads = [head("o:a", "a"), head("o:b+c", "b", "c"), head("o:d", "d")];
  const given = (headKey: string, turn = 1): Support => ({ headKey, turn });

  test("count once a head, by its last word", () => {
    expect(supportersOn([given("o:a"), given("o:b+c")], heads, "x")).toBe(2);
    expect(supportersOn([given("o:a"), given("o:a", 2)], heads, "x")).toBe(0);
    expect(supportersOn([given("o:a", 3), given("o:a", 2), given("o:a")], heads, "x")).toBe(1);
  });
  test("do not count when the head has sold, or is the person's own", () => {
    expect(supportersOn([given("o:gone"), given("o:d")], heads, "x")).toBe(1);
    expect(supportersOn([given("o:b+c"), given("o:d")], heads, "c")).toBe(1);
  });
  test("are enough exactly at the least", () => {
    expect(isComplete("joint", 9, 10)).toBe(false);
    expect(isComplete("joint", 10, 10)).toBe(true);
    for (const channel of NOMINATION_CHANNELS.filter((one) => one !== "joint"))
      expect(isComplete(channel, 0, 10)).toBe(true);
  });
  test("never exceed the heads of the roll, and do not depend on the order of the signatures", () => {
    const support = fc.record({
      headKey: fc.constantFrom("o:a", "o:b+c", "o:d", "o:gone"),
      turn: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(support), (supports) => {
        const count = supportersOn(supports, heads, "d");
        expect(count).toBeLessThanOrEqual(2);
        expect(supportersOn([...supports].reverse(), heads, "d")).toBe(count);
      }),
    );
  });
  test("are counted on the roll of today while names are taken, then of the last day", () => {
    expect(countingDay(facts, CLOSE - 3 * DAY_MS)).toBe("2026-11-17");
    expect(countingDay(facts, CLOSE - 1)).toBe("2026-11-19");
    expect(countingDay(facts, CLOSE)).toBe("2026-11-19");
    expect(countingDay(facts, CLOSE + 30 * DAY_MS)).toBe("2026-11-19");
  });
});

describe("a candidacy", () => {
  const anyFacts = fc.record<CandidacyFacts>({
    isNominated: fc.boolean(),
    answer: fc.constantFrom("accepted", "declined", null),
    withdrawn: fc.boolean(),
    published: fc.boolean(),
    outcome: fc.constantFrom("eligible", "ineligible", null),
    appealOpen: fc.boolean(),
    listOut: fc.boolean(),
  });
  test("that was not accepted is never found eligible, examined or standing, whoever named it", () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        const stage = stageOf({ ...some, answer: null, published: false, outcome: null, appealOpen: false });
        expect(["gathering", "waiting", "withdrawn", "lapsed"]).toContain(stage);
      }),
    );
  });
  test("that was withdrawn stays so, whatever else happens", () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        expect(stageOf({ ...some, withdrawn: true })).toBe("withdrawn");
      }),
    );
  });
  const bare: CandidacyFacts = {
    isNominated: true,
    answer: null,
    withdrawn: false,
    published: false,
    outcome: null,
    appealOpen: false,
    listOut: false,
  };
  test.each([
    ["jointly named with too few supporters gathers them", { isNominated: false }, "gathering"],
    ["named waits for the person", {}, "waiting"],
    ["refused is refused", { answer: "declined" }, "declined"],
    ["accepted is examined", { answer: "accepted" }, "examining"],
    ["found eligible waits for the list", { answer: "accepted", outcome: "eligible" }, "eligible"],
    ["found ineligible", { answer: "accepted", outcome: "ineligible" }, "ineligible"],
    ["appealed", { answer: "accepted", outcome: "ineligible", appealOpen: true }, "appealed"],
    ["on the list stands", { answer: "accepted", outcome: "eligible", published: true, listOut: true }, "standing"],
    ["struck from it", { answer: "accepted", outcome: "ineligible", published: true, listOut: true }, "excluded"],
    ["unanswered when the list came out", { listOut: true }, "lapsed"],
  ] as const)("%s", (_, change, stage) => expect(stageOf({ ...bare, ...change })).toBe(stage));

  test("is answered until the list is out, a yes once, a no until thought over", () => {
    for (const state of ELECTION_STATES)
      expect(mayAnswer(state, null, "accepted").ok).toBe(state === "nominating" || state === "examining");
    expect(mayAnswer("nominating", "declined", "accepted").ok).toBe(true);
    expect(mayAnswer("nominating", "declined", "declined")).toMatchObject({ error: { reason: "already_answered" } });
    for (const wanted of ["accepted", "declined"] as const)
      expect(mayAnswer("nominating", "accepted", wanted)).toMatchObject({ error: { reason: "already_answered" } });
  });
  test("is withdrawn freely before the paper stands, and from the notice on stays on it", () => {
    expect(mayWithdraw("standing", "accepted", null)).toEqual({ ok: true, value: { frozen: false } });
    expect(mayWithdraw("voting", "accepted", null)).toEqual({ ok: true, value: { frozen: true } });
    expect(mayWithdraw("standing", null, null)).toMatchObject({ error: { reason: "nothing_to_withdraw" } });
    expect(mayWithdraw("standing", "accepted", 5)).toMatchObject({ error: { reason: "already_withdrawn", at: 5 } });
    expect(mayWithdraw("seated", "accepted", null)).toMatchObject({ error: { reason: "election_over" } });
  });
});

describe("what a candidate tells of themselves", () => {
  const profile: Profile = {
    addressShown: "unit",
    birthYear: 1970,
    ageBand: null,
    occupation: "教师",
    introduction: "住了十年，愿意为大家做事。",
  };
  const of = (change: Partial<Profile>) => profileFaults({ ...profile, ...change }, 2026).map(({ reason }) => reason);
  test("has the same limit for all, to the character", () => {
    expect(of({ introduction: "长".repeat(LONGEST_INTRODUCTION) })).toEqual([]);
    expect(of({ introduction: "长".repeat(LONGEST_INTRODUCTION + 1) })).toEqual(["introduction_too_long"]);
    expect(of({ introduction: "𠮷".repeat(LONGEST_INTRODUCTION) })).toEqual([]);
    expect(of({ introduction: "" })).toEqual(["introduction_missing"]);
    expect(of({ occupation: "工".repeat(LONGEST_OCCUPATION) })).toEqual([]);
    expect(of({ occupation: "工".repeat(LONGEST_OCCUPATION + 1) })).toEqual(["occupation_too_long"]);
  });
  test("a year of birth is an adult's, or a band is given instead, or neither", () => {
    expect(of({ birthYear: 2008 })).toEqual([]);
    expect(of({ birthYear: 2009 })).toEqual(["birth_year_wrong"]);
    expect(of({ birthYear: 1906 })).toEqual([]);
    expect(of({ birthYear: 1905 })).toEqual(["birth_year_wrong"]);
    expect(of({ birthYear: 1970.5 })).toEqual(["birth_year_wrong"]);
    expect(of({ birthYear: null, ageBand: "51-65" })).toEqual([]);
    expect(of({ birthYear: null })).toEqual([]);
    expect(of({ ageBand: "51-65" })).toEqual(["age_said_twice"]);
  });
  test("text keeps its lines and loses what hides or turns it", () => {
    expect(cleanText("一\r\n二\u0000\u202e三 \n\n\n\n四")).toBe("一\n二三\n\n四");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });
  test("a name is letters: no markup, no digits", () => {
    for (const good of ["张三", "买买提·吐尔逊", "Ann O'Neil", "欧阳 明"]) expect(readName(good)).not.toBeNull();
    for (const bad of ["<script>", "张3", "张", "", "a".repeat(61), "张三;--"]) expect(readName(bad)).toBeNull();
  });
  test("nobody is printed on a ballot without consenting to it", () => {
    const asked = { name: "张三", phone: "138 0013 8000", consentsToName: true };
    expect(readPerson(asked).person).toEqual({ name: "张三", phone: "13800138000" });
    expect(readPerson({ ...asked, consentsToName: false })).toEqual({
      person: null,
      faults: [{ reason: "name_consent_missing" }],
    });
    expect(readPerson({ ...asked, phone: "12345" }).faults).toEqual([{ reason: "phone_malformed" }]);
  });
});

describe("a declaration of interests", () => {
  const no = (interest: (typeof INTERESTS)[number]): InterestAnswer => ({ interest, applies: false, detail: "" });
  const all = INTERESTS.map(no);
  test("answers what was asked, says what applies, and is signed", () => {
    expect(declarationFaults({ answers: all, publicItems: [], signed: true }, INTERESTS)).toEqual([]);
    expect(declarationFaults({ answers: all, publicItems: [], signed: false }, INTERESTS)).toEqual([
      { reason: "not_signed" },
    ]);
    expect(declarationFaults({ answers: all.slice(1), publicItems: [], signed: true }, INTERESTS)).toEqual([
      { reason: "interest_unanswered", interest: INTERESTS[0] },
    ]);
    const applies = { ...no("business"), applies: true };
    expect(
      declarationFaults(
        { answers: [...all.filter(({ interest }) => interest !== "business"), applies], publicItems: [], signed: true },
        INTERESTS,
      ),
    ).toEqual([{ reason: "interest_without_detail", interest: "business" }]);
  });
  test("may leave out what nobody asked", () => {
    expect(
      declarationFaults({ answers: ALWAYS_DECLARED.map(no), publicItems: [], signed: true }, ALWAYS_DECLARED),
    ).toEqual([]);
  });
});
