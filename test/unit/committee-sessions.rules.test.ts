/** A committee's meeting before it is held: who sits, who may call it, its agenda and its days (M8, M10, M12), and what needs the owners' authorisation (A13). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matter } from "../../src/assembly/rules.ts";
import { type Authorisation, lastDayOf, mayAuthorise, mayResolve } from "../../src/committee/delegation/rules.ts";
import { PRACTICE, type Practice } from "../../src/committee/practice/rules.ts";
import {
  firstMeetingBy,
  memberChanges,
  membersOf,
  nextMeetingBy,
  type Seat,
  seatedAt,
} from "../../src/committee/seated/rules.ts";
import {
  askersLeast,
  type Draft,
  earliestHolding,
  holdBy,
  itemFaults,
  mayCall,
  mayPostpone,
  type NoticeFacts,
  noticeFaults,
  requestReached,
  type SessionItem,
  suspectedMatters,
} from "../../src/committee/sessions/rules.ts";
import { addDays, DAY_MS, dayOf, startOf } from "../../src/kernel/day.ts";
import { defaultsOf, faultsOf } from "../../src/offices/settings/rules.ts";

const DEFAULT = defaultsOf(PRACTICE);
const T0 = Date.parse("2026-11-02T02:00:00Z"); // a Monday, 10:00
const reasonOf = (result: { ok: boolean; error?: { reason: string } }): string =>
  result.ok ? "ok" : result.error!.reason;

describe("who sits", () => {
  const seat = (personId: string, post: Seat["post"], fromAt = 0, untilAt: number | null = null): Seat => ({
    personId,
    tenureId: `${personId}-${post}`,
    post,
    fromAt,
    untilAt,
  });
  test("a chair who was elected a member is one member, and stands as the chair", () => {
    const seated = seatedAt(
      [seat("a", "committee_member"), seat("a", "committee_chair", 5), seat("b", "committee_member")],
      9,
    );
    expect(seated.map(({ personId, post }) => `${personId}:${post}`)).toEqual([
      "a:committee_chair",
      "b:committee_member",
    ]);
    expect(seatedAt([seat("a", "committee_member"), seat("a", "committee_chair", 5)], 4)[0]!.post).toBe(
      "committee_member",
    );
  });
  test("an alternate sits without a vote, and with one once they have moved up", () => {
    const seats = [seat("z", "committee_alternate"), seat("z", "committee_member", 10)];
    expect(membersOf(seatedAt(seats, 9))).toEqual([]);
    expect(membersOf(seatedAt(seats, 10)).map(({ personId }) => personId)).toEqual(["z"]);
  });
  test("a tenure covers its first instant and not its last", () => {
    const seats = [seat("a", "committee_member", 10, 20)];
    expect([9, 10, 19, 20].map((at) => seatedAt(seats, at).length)).toEqual([0, 1, 1, 0]);
  });
  test("changes are days on which members came or went; alternates and the beginning are none", () => {
    const day = (n: number) => startOf(addDays("2026-01-01", n));
    const seats = [
      seat("a", "committee_member", day(0), day(40)),
      seat("b", "committee_member", day(0)),
      seat("b", "committee_chair", day(5)),
      seat("z", "committee_alternate", day(3)),
      seat("z", "committee_member", day(40)),
      seat("y", "committee_member", day(50), day(50)),
      seat("x", "committee_member", day(90)),
    ];
    expect(memberChanges(seats, day(0), day(60))).toEqual([
      { on: "2026-01-06", taken: 1, left: 0 },
      { on: "2026-02-10", taken: 1, left: 1 },
    ]);
  });
  test("the first meeting is due on the seventh day, a weekend moving it on (M10)", () => {
    expect(firstMeetingBy(startOf("2026-11-02"))).toBe("2026-11-09");
    expect(firstMeetingBy(startOf("2026-11-07"))).toBe("2026-11-16"); // the seventh day is a Saturday
  });
  test("the next meeting is due only where a rule says so", () => {
    expect([nextMeetingBy("2026-08-31", 0), nextMeetingBy("2026-08-31", 2), nextMeetingBy("2026-12-31", 2)]).toEqual([
      null,
      "2026-10-31",
      "2027-02-28",
    ]);
  });
});

describe("a meeting members ask for", () => {
  test.each([
    [1, 5, false],
    [2, 5, true],
    [2, 6, true],
    [1, 3, true],
    [2, 7, false],
    [3, 7, true],
    [3, 9, true],
    [2, 9, false],
    [0, 0, false],
  ])("%i of %i are a third: %s", (asking, sitting, reached) => expect(requestReached(asking, sitting)).toBe(reached));
  test("the least is the least", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), (sitting) => {
        const least = askersLeast(sitting);
        expect(requestReached(least, sitting)).toBe(true);
        expect(requestReached(least - 1, sitting)).toBe(false);
      }),
    );
  });
  test("is held within seven days of the third having asked; a day off moves the last one on", () => {
    expect(holdBy(T0)).toBe("2026-11-09");
    expect(holdBy(Date.parse("2026-11-07T02:00:00Z"))).toBe("2026-11-16");
  });
  const facts = { calledBy: "members", reachedAt: T0, asking: 2, sitting: 5 } as const;
  test.each([
    ["the chair, at once", facts, { presides: true, asked: false }, "2026-11-02", "ok"],
    [
      "one who asked, on the last day of the chair's",
      facts,
      { presides: false, asked: true },
      "2026-11-09",
      "chair_first",
    ],
    ["one who asked, the day after", facts, { presides: false, asked: true }, "2026-11-10", "ok"],
    ["a member who did not ask", facts, { presides: false, asked: false }, "2026-11-10", "not_yours_to_call"],
    [
      "the chair, before a third has asked",
      { ...facts, reachedAt: null, asking: 1 },
      { presides: true, asked: false },
      "2026-11-02",
      "request_not_reached",
    ],
    [
      "a member, of the chair's own meeting",
      { ...facts, calledBy: "chair", reachedAt: null },
      { presides: false, asked: true },
      "2026-11-30",
      "not_yours_to_call",
    ],
    [
      "the chair, of the chair's own meeting",
      { ...facts, calledBy: "chair", reachedAt: null },
      { presides: true, asked: false },
      "2026-11-02",
      "ok",
    ],
  ] as const)("may be announced by %s", (_, of, who, today, reason) => {
    expect(reasonOf(mayCall(of, who, today))).toBe(reason);
  });
});

const item = (more: Partial<SessionItem> = {}): SessionItem => ({
  itemNo: 1,
  title: "更换小区门禁卡读卡器",
  text: "按上次会议的比选结果，由秘书联系安装。",
  matter: 0,
  authorisationId: "",
  caretakerMatter: "",
  corrects: "",
  ...more,
});
const draft = (more: Partial<Draft> = {}): Draft => ({
  title: "第3次会议",
  place: "小区活动室",
  holdsAt: startOf("2026-11-09") + 10 * 3_600_000,
  items: [item()],
  ...more,
});
const facts = (more: Partial<NoticeFacts> = {}): NoticeFacts => ({
  calledBy: "chair",
  reachedAt: null,
  practice: DEFAULT,
  authorisations: [],
  phase: "running",
  bars: ["provider", "price", "works"],
  ...more,
});
const withDays = (days: number): Practice => ({ ...DEFAULT, agendaDays: { value: days, clause: "第八条" } });
const reasons = (one: Draft, of: NoticeFacts = facts(), now = T0) =>
  noticeFaults(one, of, now).map(({ reason }) => reason);

describe("the announcement of a meeting", () => {
  test("seven days before, the day of the announcement not counted, is in time", () => {
    expect(earliestHolding("2026-11-02", 7)).toBe(startOf("2026-11-09"));
    expect(reasons(draft({ holdsAt: startOf("2026-11-09") }))).toEqual([]);
    expect(reasons(draft({ holdsAt: startOf("2026-11-09") - 1 }))).toEqual(["too_soon"]);
  });
  test("three days are enough where the rules of procedure say three", () => {
    expect(reasons(draft({ holdsAt: startOf("2026-11-05") }), facts({ practice: withDays(3) }))).toEqual([]);
    expect(reasons(draft({ holdsAt: startOf("2026-11-05") - 1 }), facts({ practice: withDays(3) }))).toEqual([
      "too_soon",
    ]);
  });
  test("of a requested meeting counts its days from when the agenda became public, so that both sevens can be kept", () => {
    const requested = facts({ calledBy: "members", reachedAt: T0 });
    const on = draft({ holdsAt: startOf("2026-11-09") + 1 });
    expect(reasons(on, requested, T0 + 5 * DAY_MS)).toEqual([]);
    expect(reasons(on, requested, startOf("2026-11-09") - 1)).toEqual([]);
    expect(reasons(on, requested, startOf("2026-11-09"))).toEqual(["not_after_notice"]);
    expect(dayOf(on.holdsAt!) <= holdBy(T0)).toBe(true);
  });
  test("says everything that is missing at once", () => {
    expect(reasons({ title: " ", place: "", holdsAt: null, items: [] })).toEqual([
      "session_title_missing",
      "place_missing",
      "no_items",
      "time_missing",
    ]);
  });
  test.each([
    [{ title: "" }, ["item_title_missing"]],
    [{ title: "字".repeat(120) }, []],
    [{ title: "字".repeat(121) }, ["item_title_too_long"]],
    [{ text: "\n" }, ["item_text_missing"]],
    [{ text: "字".repeat(4_001) }, ["item_text_too_long"]],
    [{ matter: 10 as Matter }, ["unknown_matter"]],
  ] as const)("an item %o: %o", (more, expected) => {
    expect(itemFaults(item(more)).map(({ reason }) => reason)).toEqual(expected);
  });
  test("twenty items are a meeting, twenty-one are not", () => {
    const many = (count: number) =>
      draft({ items: Array.from({ length: count }, (_, at) => item({ itemNo: at + 1 })) });
    expect(reasons(many(20))).toEqual([]);
    expect(reasons(many(21))).toEqual(["too_many_items"]);
  });
  test("in the last months is refused for what a caretaker may not decide, and for nothing else (M15)", () => {
    const provider = draft({ items: [item({ caretakerMatter: "provider" })] });
    expect(reasons(provider, facts({ phase: "running" }))).toEqual([]);
    expect(reasons(provider, facts({ phase: "renewal_due" }))).toEqual(["caretaker"]);
    expect(reasons(provider, facts({ phase: "renewal_due", bars: [] }))).toEqual([]);
    expect(reasons(draft({ items: [item({ caretakerMatter: "lease" })] }), facts({ phase: "renewing" }))).toEqual([]);
  });
  test("is put off only to later, and with a reason", () => {
    const at = T0 + DAY_MS;
    expect(reasonOf(mayPostpone(at, at + 1, "委员出差", T0))).toBe("ok");
    expect(reasonOf(mayPostpone(at, at, "委员出差", T0))).toBe("not_later");
    expect(reasonOf(mayPostpone(at, at + 1, "委员出差", at + 1))).toBe("not_later");
    expect(reasonOf(mayPostpone(at, at + 1, " ", T0))).toBe("why_missing");
    expect(reasonOf(mayPostpone(at, null, "x", T0))).toBe("time_missing");
  });
});

const authorisation = (more: Partial<Authorisation> = {}): Authorisation => ({
  authorisationId: "auth",
  matter: 8,
  fromOn: "2026-11-01",
  lastOn: "2026-12-31",
  endedOn: null,
  stands: true,
  ...more,
});

describe("a matter of art. 278 in a committee's resolution (A13)", () => {
  const resolve = (more: object = {}, held: Authorisation[] = [authorisation()], on = "2026-11-09", banned = false) =>
    reasonOf(mayResolve({ matter: 8, authorisationId: "auth", ...more }, held, on, banned));
  test("what is none of the nine needs no authorisation", () =>
    expect(resolve({ matter: 0, authorisationId: "" })).toBe("ok"));
  test.each([1, 2, 4, 5, 6, 7, 8, 9] as const)("matter %i is refused without one", (matter) => {
    expect(resolve({ matter, authorisationId: "" })).toBe("authorisation_missing");
  });
  test.each([
    ["on its first day", {}, [authorisation()], "2026-11-01", false, "ok"],
    ["the day before", {}, [authorisation()], "2026-10-31", false, "authorisation_not_begun"],
    ["on its last day", {}, [authorisation()], "2026-12-31", false, "ok"],
    ["the day after", {}, [authorisation()], "2027-01-01", false, "authorisation_over"],
    [
      "on the day it was ended early",
      {},
      [authorisation({ endedOn: "2026-11-20" })],
      "2026-11-20",
      false,
      "authorisation_over",
    ],
    ["the day before that", {}, [authorisation({ endedOn: "2026-11-20" })], "2026-11-19", false, "ok"],
    ["of another matter", { matter: 9 }, [authorisation()], "2026-11-09", false, "authorisation_of_other_matter"],
    ["that nobody gave", { authorisationId: "other" }, [authorisation()], "2026-11-09", false, "authorisation_unknown"],
    [
      "whose decision was annulled",
      {},
      [authorisation({ stands: false })],
      "2026-11-09",
      false,
      "authorisation_fallen",
    ],
    ["where the place forbids delegation", {}, [authorisation()], "2026-11-09", true, "delegation_banned"],
    ["to elect members", { matter: 3 }, [authorisation({ matter: 3 })], "2026-11-09", false, "never_delegated"],
  ] as const)("with an authorisation %s", (_, more, held, on, banned, reason) => {
    expect(resolve(more, [...held], on, banned)).toBe(reason);
  });
  test("refuses the notice, and says which item", () => {
    const two = draft({ items: [item(), item({ itemNo: 2, matter: 4 })] });
    expect(noticeFaults(two, facts(), T0)).toEqual([{ reason: "authorisation_missing", matter: 4, itemNo: 2 }]);
  });
  test.each([
    ["关于续聘物业服务企业的决定", [4]],
    ["使用专项维修资金更换电梯钢丝绳", [5]],
    ["小区广场出租给公共充电运营商", [8]],
    ["公共场地出租给充电运营商", [8]],
    ["修改议事规则第五条", [1]],
    ["更换小区门禁卡读卡器", []],
  ] as const)("“%s” is asked about: %o", (title, matters) => {
    expect(suspectedMatters({ matter: 0, title, text: "" })).toEqual(matters);
  });
  test("what says its matter is not asked again", () => {
    expect(suspectedMatters({ matter: 4, title: "续聘物业", text: "" })).toEqual([]);
  });
});

describe("recording an authorisation", () => {
  const decision = { matter: 8, outcome: "carried", annulled: false, decidedOn: "2026-10-30" } as const;
  const asked = { scope: "与广告公司续签电梯广告合同，每年不低于3万元", fromOn: "2026-11-01", lastOn: "2027-10-31" };
  test.each([
    ["of a decision that carried", decision, asked, "ok"],
    ["of no decision", null, asked, "decision_unknown"],
    ["of one not published", { ...decision, outcome: null }, asked, "decision_not_published"],
    ["of one that was lost", { ...decision, outcome: "lost" }, asked, "decision_not_carried"],
    ["of one without quorum", { ...decision, outcome: "quorum_not_met" }, asked, "decision_not_carried"],
    ["of one annulled", { ...decision, annulled: true }, asked, "decision_annulled"],
    ["to elect members", { ...decision, matter: 3 }, asked, "never_delegated"],
    ["without a scope", decision, { ...asked, scope: " " }, "scope_missing"],
    ["from the day it was decided", decision, { ...asked, fromOn: "2026-10-30" }, "ok"],
    ["from the day before", decision, { ...asked, fromOn: "2026-10-29" }, "before_decision"],
    ["that ends before it begins", decision, { ...asked, lastOn: "2026-10-31" }, "ends_before_start"],
    ["of five years", decision, { ...asked, lastOn: "2031-10-31" }, "ok"],
    ["of five years and a day", decision, { ...asked, lastOn: "2031-11-01" }, "authorised_too_long"],
    ["until a day that is none", decision, { ...asked, lastOn: "2027-02-30" }, "not_a_day"],
  ] as const)("%s: %s", (_, of, what, reason) => expect(reasonOf(mayAuthorise(of, what))).toBe(reason));
  test("an early end never makes it longer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), (days) => {
        const endedOn = addDays("2026-11-01", days);
        expect(lastDayOf({ lastOn: "2026-12-31", endedOn }) <= "2026-12-31").toBe(true);
      }),
    );
  });
});

describe("the practice of a place", () => {
  const set = (values: object) =>
    faultsOf(PRACTICE, { ...DEFAULT, ...values } as Practice).map(({ reason, setting }) => `${setting}:${reason}`);
  test("holds at its defaults", () => expect(set({})).toEqual([]));
  test.each([
    ["agendaDays", 6, 7],
    ["majority", "half_or_more", "more_than_half"],
    ["measuredBy", "sitting", "seats"],
    ["publishDays", 4, 3],
    ["votesByName", true, false],
    ["delegationBanned", true, false],
    ["filingDays", 31, 30],
  ] as const)("%s as %s rests on a clause, as %s on the law", (name, other, usual) => {
    expect(set({ [name]: { value: other, clause: "" } })).toEqual([`${name}:clause_needed`]);
    expect(set({ [name]: { value: other, clause: "《议事规则》第九条" } })).toEqual([]);
    expect(set({ [name]: { value: usual, clause: "" } })).toEqual([]);
  });
});
