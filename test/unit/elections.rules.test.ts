/** When an election may be called, what its method may say, and when it moves on: each bound exactly, one below and one above (A2–A5, M1, M2, M5, M6, M8, M9). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  belowHalf,
  callFaults,
  chineseOrdinal,
  electionTitle,
  firstMeetingDueOn,
  foundingTrigger,
  groupDueOn,
  mandateFilled,
  vacantSeats,
} from "../../src/elections/calling/rules.ts";
import { methodInWords } from "../../src/elections/method/in-words.ts";
import {
  changedSettings,
  electionMethodHash,
  formOfMethod,
  METHOD_NAMES,
  mayChangeSetting,
  methodFromForm,
  readMethod,
} from "../../src/elections/method/rules.ts";
import {
  type MoveFacts,
  mayCloseNominations,
  mayEndElection,
  mayExtendNominations,
  mayOpenNominations,
} from "../../src/elections/moving/rules.ts";
import { type CourseFacts, nextSteps } from "../../src/elections/public/rules.ts";
import {
  DEFAULT_METHOD,
  ELECTION_STATES,
  type ElectionKind,
  type Method,
  type MethodValues,
  methodFaults,
} from "../../src/elections/rules.ts";
import { dayOf, endOf, startOf } from "../../src/kernel/day.ts";
import { translator } from "../../src/platform/i18n.ts";

/** 2026-11-02 10:00 in Asia/Shanghai, a Monday. */
const NOW = Date.parse("2026-11-02T02:00:00Z");
const zh = translator("zh");

const methodWith = (values: Partial<MethodValues>, clause = ""): Method =>
  Object.fromEntries(
    Object.entries(DEFAULT_METHOD).map(([name, setting]) => [
      name,
      name in values ? { value: values[name as keyof MethodValues], clause } : setting,
    ]),
  ) as unknown as Method;

const faultsOf = (values: Partial<MethodValues>, clause = "", kind: ElectionKind = "renewal"): string[] =>
  methodFaults(kind, methodWith(values, clause)).map(({ reason, setting }) => `${setting} ${reason}`);

describe("a founding (A2)", () => {
  test.each([
    ["exactly half is not more than half", 5_000, 10_000, 50, false],
    ["half and 0.01 m² is", 5_001, 10_000, 50, true],
    ["half less 0.01 m² is not", 4_999, 10_000, 50, false],
    ["of an odd whole, the smaller half is not", 5_000, 10_001, 50, false],
    ["of an odd whole, the greater half is", 5_001, 10_001, 50, true],
    ["a place that asks for 60 % is not content with 60 %", 6_000, 10_000, 60, false],
    ["but with 0.01 m² more", 6_001, 10_000, 60, true],
    ["an empty roll has nothing delivered", 0, 0, 50, false],
  ])("%s", (_, deliveredDm2, totalDm2, percent, holds) => {
    expect(foundingTrigger({ deliveredDm2, totalDm2 }, percent).holds).toBe(holds);
  });

  test("the least that would do is the least: it does, and 0.01 m² less does not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), fc.integer({ min: 1, max: 99 }), (totalDm2, percent) => {
        const { leastDm2 } = foundingTrigger({ deliveredDm2: 0, totalDm2 }, percent);
        expect(foundingTrigger({ deliveredDm2: leastDm2, totalDm2 }, percent).holds).toBe(true);
        expect(foundingTrigger({ deliveredDm2: leastDm2 - 1, totalDm2 }, percent).holds).toBe(false);
      }),
    );
  });

  test("sixty days count from the day after the request, and a last day off moves on (CC 201, 203)", () => {
    expect(groupDueOn("2026-07-01", 60)).toBe("2026-08-31"); // 30 August is a Sunday
    expect(groupDueOn("2026-07-02", 60)).toBe("2026-08-31"); // a Monday
    expect(groupDueOn("2026-07-03", 60)).toBe("2026-09-01");
  });

  test("the first meeting is due ninety days after the group, sixty where the place says so (A5)", () => {
    expect(firstMeetingDueOn(startOf("2026-06-02"), 90)).toBe("2026-08-31");
    expect(firstMeetingDueOn(endOf("2026-06-02") - 1, 90)).toBe("2026-08-31");
    expect(firstMeetingDueOn(endOf("2026-06-02"), 90)).toBe("2026-09-01");
    expect(firstMeetingDueOn(startOf("2026-07-02"), 60)).toBe("2026-08-31");
  });
});

describe("a call", () => {
  const asked = { kind: "renewal" as ElectionKind, title: "", cause: "任期将满", requestedOn: "" };
  const none = { mandate: null, holders: 0 };
  const running = (holders: number) => ({ mandate: { number: 2, seats: 5, isRunning: true }, holders });
  const faults = (more: Partial<typeof asked>, facts: Parameters<typeof callFaults>[1] = none): string[] =>
    callFaults({ ...asked, ...more }, facts, "2026-11-02").map(({ reason }) => reason);

  test("needs its cause; a title of 60 characters is enough and 61 too many", () => {
    expect(faults({})).toEqual([]);
    expect(faults({ cause: " \n" })).toEqual(["cause_missing"]);
    expect(faults({ title: "选".repeat(60), cause: "因".repeat(500) })).toEqual([]);
    expect(faults({ title: "选".repeat(61), cause: "因".repeat(501) })).toEqual(["title_too_long", "cause_too_long"]);
  });
  test("of a founding: the request may be of today, not of tomorrow, and there was no committee before", () => {
    expect(faults({ kind: "founding", requestedOn: "2026-11-02" })).toEqual([]);
    expect(faults({ kind: "founding", requestedOn: "2026-11-03" })).toEqual(["request_in_future"]);
    expect(faults({ kind: "founding", requestedOn: "2026-02-30" })).toEqual(["request_not_a_day"]);
    expect(faults({ kind: "founding" }, running(5))).toEqual(["not_the_first"]);
    expect(faults({ kind: "renewal", requestedOn: "x" })).toEqual([]);
  });
  test("of a founding: a place's own percentage is a whole number with its clause (A2)", () => {
    const local = (percent: string, clause = "《杭州市物业管理条例》第二十二条") =>
      faults({ kind: "founding", percent, clause } as Partial<typeof asked>);
    expect([local("60"), local("６０%"), local(" "), local("99"), local("1")]).toEqual([[], [], [], [], []]);
    for (const percent of ["0", "100", "六十", "5.5"]) expect(local(percent)).toEqual(["percent_out_of_range"]);
    expect(local("60", " ")).toEqual(["percent_clause_missing"]);
  });
  test("of a by-election needs a vacant seat where the seats are known (M9)", () => {
    expect(faults({ kind: "by_election" }, running(5))).toEqual(["no_vacancy"]);
    expect(faults({ kind: "by_election" }, running(4))).toEqual([]);
    expect(faults({ kind: "by_election" })).toEqual([]);
  });
  test("vacant seats are never fewer than none", () => {
    expect([vacantSeats(5, 3), vacantSeats(5, 5), vacantSeats(5, 6)]).toEqual([2, 0, 0]);
  });
  test("exactly half of the seats is not fewer than half; the legal least counts for itself (GR 46)", () => {
    expect([belowHalf(6, 1, 3), belowHalf(6, 1, 2)]).toEqual([false, true]);
    expect([belowHalf(5, 1, 3), belowHalf(5, 1, 2)]).toEqual([false, true]);
    expect([belowHalf(5, 5, 5), belowHalf(5, 5, 4)]).toEqual([false, true]);
  });
  test("is called by the mandate it fills", () => {
    expect(mandateFilled("founding", null)).toBe(1);
    expect(mandateFilled("renewal", null)).toBe(2);
    expect(mandateFilled("renewal", { number: 2 })).toBe(3);
    expect(mandateFilled("by_election", { number: 2 })).toBe(2);
    expect(electionTitle("renewal", 3).zh).toBe("第三届业主委员会换届选举");
    expect([1, 9, 10, 11, 20, 23, 99, 100].map(chineseOrdinal)).toEqual([
      "一",
      "九",
      "十",
      "十一",
      "二十",
      "二十三",
      "九十九",
      "100",
    ]);
  });
});

describe("the method", () => {
  test("as it begins has no fault, of whatever kind", () => {
    for (const kind of ["founding", "renewal"] as const) expect(methodFaults(kind, DEFAULT_METHOD)).toEqual([]);
    expect(methodFaults("by_election", methodWith({ seats: 2, atMost: 2 }))).toEqual([]);
  });
  test.each([
    ["five members are enough (M1)", { seats: 5 }, []],
    ["four are too few, and even", { seats: 4, atMost: 4 }, ["seats out_of_range", "seats seats_even"]],
    ["six are even", { seats: 6 }, ["seats seats_even"]],
    ["eleven are the most", { seats: 11 }, []],
    ["thirteen are too many", { seats: 13 }, ["seats out_of_range"]],
    ["three are too few for an ordinary estate", { seats: 3, atMost: 3 }, ["seats out_of_range"]],
  ] as const)("%s", (_, values, faults) => expect(faultsOf(values)).toEqual(faults));

  test("three members are enough in a small estate that cites its clause, and in no other (M1)", () => {
    const small = { smallEstate: true, seats: 3, atMost: 3, legalLeast: 3 };
    expect(faultsOf(small, "《杭州市物业管理条例》第二十七条")).toEqual([]);
    expect(faultsOf(small)).toEqual(["smallEstate clause_needed"]);
    expect(faultsOf({ ...small, seats: 1, atMost: 1, alternatesMost: 1 }, "条")).toEqual(["seats out_of_range"]);
  });
  test("a by-election fills any number of seats up to eleven, odd or even", () => {
    expect(faultsOf({ seats: 1, atMost: 1, alternatesMost: 1 }, "", "by_election")).toEqual([]);
    expect(faultsOf({ seats: 2, atMost: 2 }, "", "by_election")).toEqual([]);
    expect(faultsOf({ seats: 0, atMost: 1, alternatesMost: 0 }, "", "by_election")).toEqual(["seats out_of_range"]);
    expect(faultsOf({ seats: 12 }, "", "by_election")).toEqual(["seats out_of_range"]);
  });
  test("a term of five years is the longest (M2)", () => {
    expect(faultsOf({ termMonths: 60 })).toEqual([]);
    expect(faultsOf({ termMonths: 61 })).toEqual(["termMonths out_of_range"]);
    expect(faultsOf({ termMonths: 0 })).toEqual(["termMonths out_of_range"]);
  });
  test("alternates are at most as many as members (M8)", () => {
    expect(faultsOf({ alternatesMost: 5 })).toEqual([]);
    expect(faultsOf({ alternatesMost: 6 })).toEqual(["alternatesMost out_of_range"]);
    expect(faultsOf({ alternatesMost: 0 })).toEqual([]);
  });
  test("candidates are published 15 days before voting, fewer with a clause, never fewer than 7 (M6)", () => {
    expect(faultsOf({ candidatesBeforeDays: 15 })).toEqual([]);
    expect(faultsOf({ candidatesBeforeDays: 14 })).toEqual(["candidatesBeforeDays clause_needed"]);
    expect(faultsOf({ candidatesBeforeDays: 14 }, "条")).toEqual([]);
    expect(faultsOf({ candidatesBeforeDays: 6 }, "条")).toEqual(["candidatesBeforeDays out_of_range"]);
  });
  test("and stay published for seven days at least (M6)", () => {
    expect(faultsOf({ candidatesPublicDays: 7 })).toEqual([]);
    expect(faultsOf({ candidatesPublicDays: 6 })).toEqual(["candidatesPublicDays out_of_range"]);
  });
  test("a ballot marks no more than the seats, and at least one", () => {
    expect(faultsOf({ atMost: 5 })).toEqual([]);
    expect(faultsOf({ atMost: 6 })).toEqual(["atMost out_of_range"]);
    expect(faultsOf({ atMost: 0 })).toEqual(["atMost out_of_range"]);
  });
  test("some way to be named must be left (M5)", () => {
    expect(faultsOf({ channels: [] })).toEqual(["channels nothing_chosen"]);
  });
  test("a local trigger or another head of the group rests on a clause (A2, A3)", () => {
    expect(faultsOf({ deliveredPercent: 60 })).toEqual(["deliveredPercent clause_needed"]);
    expect(faultsOf({ deliveredPercent: 60, groupChairFromStreet: false }, "条")).toEqual([]);
    expect(faultsOf({ groupChairFromStreet: false })).toEqual(["groupChairFromStreet clause_needed"]);
  });
  test("read back from its form is the same method", () => {
    const read = methodFromForm("renewal", formOfMethod(DEFAULT_METHOD), methodWith({ seats: 7 }));
    expect(read).toEqual({ ok: true, value: DEFAULT_METHOD });
  });
  test("a field that was not sent keeps what holds, and what cannot be read is said beside its field", () => {
    const current = methodWith({ seats: 7 });
    expect(methodFromForm("renewal", { termMonths: "４８", "termMonths.clause": " 第九条 " }, current)).toEqual({
      ok: true,
      value: { ...current, termMonths: { value: 48, clause: "第九条" } },
    });
    const wrong = methodFromForm(
      "renewal",
      { seats: "五", ranking: "x", channels: ["self", "y"], smallEstate: "" },
      current,
    );
    expect(wrong.ok ? [] : wrong.error.map(({ reason, setting }) => `${setting} ${reason}`).sort()).toEqual([
      "channels not_a_choice",
      "ranking not_a_choice",
      "seats not_a_number",
      "smallEstate not_a_choice",
    ]);
  });
  test("an empty list of ways to be named is said, and their order is the method's own", () => {
    const none = methodFromForm("renewal", { channels: [""] }, DEFAULT_METHOD);
    expect(none).toMatchObject({ ok: false, error: [{ reason: "nothing_chosen" }] });
    const some = methodFromForm("renewal", { channels: ["", "joint", "self"] }, DEFAULT_METHOD);
    expect(some.ok && some.value.channels.value).toEqual(["self", "joint"]);
  });
  test("its hash does not depend on the order it is written in, and differs with every setting and clause", () => {
    const turned = Object.fromEntries(Object.entries(DEFAULT_METHOD).reverse()) as unknown as Method;
    expect(electionMethodHash(turned)).toBe(electionMethodHash(DEFAULT_METHOD));
    const hashes = METHOD_NAMES.map((name) =>
      electionMethodHash({ ...DEFAULT_METHOD, [name]: { ...DEFAULT_METHOD[name], clause: "第一条" } } as Method),
    );
    expect(new Set([...hashes, electionMethodHash(DEFAULT_METHOD)]).size).toBe(METHOD_NAMES.length + 1);
    expect(readMethod(JSON.stringify({ seats: { value: 7, clause: "" } }))).toEqual(methodWith({ seats: 7 }));
  });
  test("what people named candidates by stands once nominations are open; from the publication of candidates everything does", () => {
    expect(METHOD_NAMES.every((name) => mayChangeSetting(name, "preparing"))).toBe(true);
    for (const state of ["nominating", "examining"] as const) {
      expect(mayChangeSetting("seats", state)).toBe(false);
      expect(mayChangeSetting("channels", state)).toBe(false);
      expect(mayChangeSetting("ranking", state)).toBe(true);
    }
    for (const state of ["standing", "voting", "seated", "ended"] as const)
      expect(METHOD_NAMES.some((name) => mayChangeSetting(name, state))).toBe(false);
  });
  test("which settings changed is by value or clause", () => {
    expect(changedSettings(DEFAULT_METHOD, DEFAULT_METHOD)).toEqual([]);
    expect(changedSettings(DEFAULT_METHOD, methodWith({ seats: 5 }, "第三条"))).toEqual(["seats"]);
  });
  test("owners read seats, ballots, the two halves and the alternates", () => {
    const words = methodInWords("renewal", methodWith({ seats: 7, atMost: 7, termMonths: 42 }), zh).join("");
    for (const part of ["7名委员", "3年6个月", "最多选7人", "各过半数", "恰好一半不算", "候补，最多2人", "15天公布"])
      expect(words).toContain(part);
    expect(methodInWords("by_election", methodWith({ seats: 1, atMost: 1, alternatesMost: 0 }), zh)[0]).toContain(
      "补选1名",
    );
  });
});

describe("nominations", () => {
  const facts = (more: Partial<MoveFacts> = {}): MoveFacts => ({
    kind: "renewal",
    state: "preparing",
    method: DEFAULT_METHOD,
    groupPublishedAt: Date.parse("2026-10-26T02:00:00Z"), // a Monday; seven days later is Monday 2 November
    nominationsCloseAt: null,
    openObjections: 0,
    ...more,
  });
  const ends = endOf("2026-11-02");

  test("open when the group's list was public to the end of its last day, not a millisecond before (A3)", () => {
    expect(mayOpenNominations(facts(), ends - 1)).toMatchObject({
      ok: false,
      error: { reason: "group_period_running", until: ends },
    });
    expect(mayOpenNominations(facts(), ends).ok).toBe(true);
  });
  test("the hour of publication does not matter, the day does", () => {
    expect(mayOpenNominations(facts({ groupPublishedAt: startOf("2026-10-26") }), ends).ok).toBe(true);
    expect(mayOpenNominations(facts({ groupPublishedAt: endOf("2026-10-26") - 1 }), ends).ok).toBe(true);
    expect(mayOpenNominations(facts({ groupPublishedAt: endOf("2026-10-26") }), ends).ok).toBe(false);
  });
  test("do not open while anyone waits for an answer (A4)", () => {
    expect(mayOpenNominations(facts({ openObjections: 1 }), ends)).toMatchObject({
      error: { reason: "objections_unanswered", open: 1 },
    });
  });
  test("do not open without a group, except for a by-election that the committee runs itself", () => {
    expect(mayOpenNominations(facts({ groupPublishedAt: null }), ends)).toMatchObject({
      error: { reason: "group_missing" },
    });
    const own = { kind: "by_election" as const, groupPublishedAt: null, method: methodWith({ seats: 2, atMost: 2 }) };
    expect(mayOpenNominations(facts(own), NOW).ok).toBe(true);
  });
  test("do not open by a faulty method, or twice", () => {
    expect(mayOpenNominations(facts({ method: methodWith({ seats: 6 }) }), ends)).toMatchObject({
      error: { reason: "method_faulty" },
    });
    expect(mayOpenNominations(facts({ state: "nominating" }), ends)).toMatchObject({
      error: { reason: "wrong_election_state" },
    });
  });
  test("close at 24:00 of the seventh day, the day of opening not counted, a last day off moved on", () => {
    const opened = mayOpenNominations(facts(), startOf("2026-11-03") + 36_000_000);
    expect(opened.ok && dayOf(opened.value.closeAt - 1)).toBe("2026-11-10");
    const onSaturday = mayOpenNominations(facts(), startOf("2026-11-07"));
    expect(onSaturday.ok && dayOf(onSaturday.value.closeAt - 1)).toBe("2026-11-16"); // the 14th is a Saturday
  });
  test("are not closed a millisecond before their hour, by whoever", () => {
    const open = { state: "nominating" as const, nominationsCloseAt: ends };
    expect(mayCloseNominations(open, ends - 1)).toMatchObject({
      error: { reason: "nominations_running", until: ends },
    });
    expect(mayCloseNominations(open, ends).ok).toBe(true);
    expect(mayCloseNominations({ ...open, state: "examining" }, ends).ok).toBe(false);
  });
  test("are extended to a later day only, at most sixty days ahead, and open again from the checks", () => {
    const open = { state: "nominating" as const, nominationsCloseAt: ends };
    expect(mayExtendNominations(open, "2026-11-02", NOW)).toMatchObject({ error: { reason: "not_later" } });
    expect(mayExtendNominations(open, "2026-11-03", NOW)).toEqual({
      ok: true,
      value: { closeAt: endOf("2026-11-03") },
    });
    expect(mayExtendNominations(open, "2027-01-01", NOW).ok).toBe(true);
    expect(mayExtendNominations(open, "2027-01-02", NOW)).toMatchObject({ error: { reason: "too_far" } });
    expect(mayExtendNominations(open, "2026-13-01", NOW)).toMatchObject({ error: { reason: "not_a_day" } });
    const later = endOf("2026-11-20");
    expect(mayExtendNominations({ ...open, state: "examining" }, "2026-11-20", later)).toMatchObject({
      error: { reason: "not_later", than: later },
    });
    expect(mayExtendNominations({ ...open, state: "examining" }, "2026-11-21", later).ok).toBe(true);
    expect(mayExtendNominations({ ...open, state: "standing" }, "2026-11-21", NOW).ok).toBe(false);
  });
});

test("an election is ended before it is voted on or over, not after", () => {
  const may = ELECTION_STATES.filter((state) => mayEndElection(state).ok);
  expect(may).toEqual(["preparing", "nominating", "examining", "standing"]);
});

describe("what is next", () => {
  const facts = (more: Partial<CourseFacts> = {}): CourseFacts => ({
    kind: "renewal",
    state: "preparing",
    method: DEFAULT_METHOD,
    requestedOn: null,
    groupFormedAt: null,
    groupPublishedAt: null,
    nominationsCloseAt: null,
    candidatesPublishedAt: null,
    openObjections: 0,
    ...more,
  });
  const kinds = (more: Partial<CourseFacts>, now = NOW): string[] =>
    nextSteps(facts(more), now).map(({ kind }) => kind);

  test("is the group first, overdue from 24:00 of its last day on (A2)", () => {
    expect(kinds({})).toEqual(["form_group"]);
    const founding = { kind: "founding" as const, requestedOn: "2026-07-02" };
    const due = endOf("2026-08-31");
    expect(nextSteps(facts(founding), due - 1)[0]).toMatchObject({ kind: "form_group", due, overdue: false });
    expect(nextSteps(facts(founding), due)[0]).toMatchObject({ overdue: true });
  });
  test("is objections, and nominations once the list was public for long enough", () => {
    const published = { groupPublishedAt: NOW, groupFormedAt: NOW };
    expect(kinds(published)).toEqual(["object_to_group", "open_nominations"]);
    expect(kinds({ ...published, openObjections: 2 })[0]).toBe("answer_objections");
    expect(kinds(published, endOf("2026-11-09"))).toEqual(["open_nominations"]);
  });
  test("of a first election always names the day of the first meeting (A5)", () => {
    const founding = { kind: "founding" as const, groupPublishedAt: NOW, groupFormedAt: startOf("2026-06-02") };
    const last = nextSteps(facts(founding), NOW).at(-1);
    expect(last).toMatchObject({ kind: "first_meeting", due: endOf("2026-08-31"), overdue: true });
  });
  test("follows the states to the end, where nothing is due", () => {
    expect(kinds({ state: "nominating", nominationsCloseAt: NOW + 1 })).toEqual(["nominate"]);
    expect(kinds({ state: "nominating", nominationsCloseAt: NOW })).toEqual(["close_nominations"]);
    expect(kinds({ state: "examining" })).toEqual(["publish_candidates"]);
    expect(kinds({ state: "standing", candidatesPublishedAt: NOW })).toEqual(["hold_vote"]);
    expect(kinds({ state: "voting" })).toEqual(["count_vote"]);
    expect(kinds({ state: "seated" })).toEqual([]);
    expect(kinds({ state: "ended" })).toEqual([]);
  });
  test("says from which day on the vote may be: fifteen days after the candidates (M6)", () => {
    const [vote] = nextSteps(facts({ state: "standing", candidatesPublishedAt: NOW }), NOW);
    expect(vote).toMatchObject({ sense: "from", due: startOf("2026-11-17") });
  });
});
