/** A meeting's life at its exact instants, and what each move refuses. */
import { describe, expect, test } from "vitest";
import { type Item, yesNoAbstain } from "../../src/assembly/agenda/rules.ts";
import {
  type Draft,
  earliestOpening,
  type MeetingFacts,
  mayAmend,
  mayAnnul,
  mayClose,
  mayCount,
  mayExtend,
  mayFinalise,
  mayGiveNotice,
  mayObjectToResult,
  mayOpen,
  mayPublish,
  mayWithdraw,
  noticeFaults,
  objectionsUntil,
  publishBy,
  rollObjectionsUntil,
} from "../../src/assembly/meeting/rules.ts";
import { dueSteps, dutiesOf, isNight, reminderNow } from "../../src/assembly/schedule/rules.ts";
import { DEFAULT_RULES, type MeetingRules } from "../../src/assembly/settings/rules.ts";
import { DAY_MS, startOf } from "../../src/kernel/day.ts";

const HOUR = 3_600_000;
const NOTICE = startOf("2026-03-02") + 10 * HOUR;
const OPENS = startOf("2026-03-17");
const CLOSES = startOf("2026-03-27");

const item: Item = {
  itemNo: 1,
  matter: 9,
  title: "调整快递柜位置",
  text: "把快递柜移到南门。",
  scope: { kind: "estate" },
  question: yesNoAbstain(),
  attachments: [],
};
const draft: Draft = {
  title: "2026 年第一次业主大会会议",
  convener: { kind: "committee", cause: "年度例会" },
  items: [item],
  opensAt: OPENS,
  closesAt: CLOSES,
  rules: DEFAULT_RULES,
};
const facts = (change: Partial<MeetingFacts>): MeetingFacts => ({
  state: "notice",
  draftedBy: "secretary",
  noticeAt: NOTICE,
  opensAt: OPENS,
  closesAt: CLOSES,
  countedAt: null,
  countedBy: null,
  publishedAt: null,
  rules: DEFAULT_RULES,
  ...change,
});
const rules = (change: Partial<{ [K in keyof MeetingRules]: MeetingRules[K] }>): MeetingRules => ({
  ...DEFAULT_RULES,
  ...change,
});
const reasonOf = (result: { ok: true } | { ok: false; error: { reason: string } }): string =>
  result.ok ? "ok" : result.error.reason;

describe("notice (A8)", () => {
  test("the day of notice is not counted: the sixteenth day is the first on which voting may open", () => {
    expect(earliestOpening("2026-03-02", 15)).toBe("2026-03-17");
  });
  test.each([
    ["one millisecond early", OPENS - 1, ["notice_too_short"]],
    ["exactly then", OPENS, []],
    ["one millisecond later", OPENS + 1, []],
  ])("opening %s", (_, opensAt, reasons) => {
    expect(noticeFaults({ ...draft, opensAt, closesAt: CLOSES + 1 }, NOTICE, true).map((f) => f.reason)).toEqual(
      reasons,
    );
  });
  test.each([
    ["five days are enough", OPENS + 5 * DAY_MS, []],
    ["one millisecond less is not", OPENS + 5 * DAY_MS - 1, ["window_too_short"]],
    ["sixty days may be", OPENS + 60 * DAY_MS, []],
    ["one millisecond more may not", OPENS + 60 * DAY_MS + 1, ["window_too_long"]],
    ["closing before opening is too short", OPENS - DAY_MS, ["window_too_short"]],
  ])("window: %s", (_, closesAt, reasons) => {
    expect(noticeFaults({ ...draft, closesAt }, NOTICE, true).map((f) => f.reason)).toEqual(reasons);
  });
  test("who drafted does not approve", () => {
    expect(reasonOf(mayGiveNotice(draft, facts({ state: "draft" }), "secretary", NOTICE))).toBe("own_draft");
    expect(reasonOf(mayGiveNotice(draft, facts({ state: "draft" }), "chair", NOTICE))).toBe("ok");
  });
  test("notice is given once", () => {
    expect(reasonOf(mayGiveNotice(draft, facts({ state: "notice" }), "chair", NOTICE))).toBe("wrong_state");
  });
  test("a draft lacking title, cause, times and items says each", () => {
    const empty: Draft = { ...draft, title: " ", convener: { kind: "petition", cause: "" }, items: [], opensAt: null };
    expect(noticeFaults(empty, NOTICE, false).map((f) => f.reason)).toEqual([
      "title_missing",
      "cause_missing",
      "agenda_faulty",
      "petition_not_reached",
      "times_missing",
    ]);
  });
  test("seven days of notice need the clause they rest on", () => {
    const short = { ...draft, opensAt: startOf("2026-03-09"), closesAt: startOf("2026-03-20") };
    const bare = rules({ noticeDays: { value: 7, clause: "" } });
    const cited = rules({ noticeDays: { value: 7, clause: "地方条例第十九条" } });
    expect(noticeFaults({ ...short, rules: bare }, NOTICE, true).map((f) => f.reason)).toEqual(["rules_faulty"]);
    expect(noticeFaults({ ...short, rules: cited }, NOTICE, true)).toEqual([]);
  });
});

describe("opening and closing", () => {
  test.each([
    ["a millisecond before", OPENS - 1, 0, "too_early"],
    ["at the instant", OPENS, 0, "ok"],
    ["with a roll objection unanswered (A4)", OPENS, 1, "roll_objections_open"],
  ])("open %s", (_, now, objections, reason) => {
    expect(reasonOf(mayOpen(facts({}), objections, now))).toBe(reason);
  });
  test.each([
    ["an hour late by the clock takes nothing from the voters", OPENS + HOUR, OPENS + 5 * DAY_MS, "ok"],
    [
      "later, with less than five days left, the close is moved first",
      OPENS + HOUR + 1,
      OPENS + 5 * DAY_MS,
      "window_too_short",
    ],
    ["held up for days with five left, it opens", CLOSES - 5 * DAY_MS, CLOSES, "ok"],
    ["held up a millisecond more, it does not", CLOSES - 5 * DAY_MS + 1, CLOSES, "window_too_short"],
  ])("held up by objections: %s (V7)", (_, now, closesAt, reason) => {
    expect(reasonOf(mayOpen(facts({ closesAt }), 0, now))).toBe(reason);
  });
  test.each([
    ["a millisecond before", CLOSES - 1, "too_early"],
    ["at the instant", CLOSES, "ok"],
  ])("close %s", (_, now, reason) => {
    expect(reasonOf(mayClose(facts({ state: "open" }), now))).toBe(reason);
  });
});

describe("extension (V7)", () => {
  const open = facts({ state: "open" });
  test.each([
    ["later, with a reason, before the close", CLOSES + DAY_MS, "暴雨", CLOSES - 1, "ok"],
    ["at the close itself", CLOSES + DAY_MS, "暴雨", CLOSES, "already_closed"],
    ["without a reason", CLOSES + DAY_MS, "  ", CLOSES - 1, "reason_missing"],
    ["to the same instant", CLOSES, "暴雨", CLOSES - 1, "not_later"],
    ["to sixty days after opening", OPENS + 60 * DAY_MS, "暴雨", CLOSES - 1, "ok"],
    ["past sixty days after opening", OPENS + 60 * DAY_MS + 1, "暴雨", CLOSES - 1, "window_too_long"],
  ])("%s", (_, to, why, now, reason) => {
    expect(reasonOf(mayExtend(open, to, why, now))).toBe(reason);
  });
});

describe("amendment (A9)", () => {
  const changed: Draft = { ...draft, items: [{ ...item, text: "移到北门。" }], opensAt: OPENS + 3 * DAY_MS };
  test("a changed text starts the notice period again", () => {
    const early = { ...changed, opensAt: OPENS };
    expect(reasonOf(mayAmend(facts({}), draft, early, "位置有误", NOTICE + DAY_MS))).toBe("notice_faulty");
    expect(mayAmend(facts({}), draft, changed, "位置有误", NOTICE + DAY_MS)).toEqual({
      ok: true,
      value: { noticePeriod: true, rollObjections: false, links: false },
    });
  });
  test("a later close alone restarts nothing", () => {
    const later = { ...draft, closesAt: CLOSES + DAY_MS };
    expect(mayAmend(facts({}), draft, later, "给外地业主更多时间", NOTICE + 5 * DAY_MS)).toEqual({
      ok: true,
      value: { noticePeriod: false, rollObjections: false, links: false },
    });
  });
  test("nothing is amended once voting may open", () => {
    expect(reasonOf(mayAmend(facts({}), draft, changed, "位置有误", OPENS))).toBe("already_closed");
    expect(reasonOf(mayAmend(facts({ state: "open" }), draft, changed, "位置有误", OPENS))).toBe("wrong_state");
  });
});

describe("count, publication, finality", () => {
  const closed = facts({ state: "closed" });
  test("no count while a paper waits for its second reader", () => {
    expect(reasonOf(mayCount(closed, 1, CLOSES))).toBe("papers_waiting");
    expect(reasonOf(mayCount(closed, 0, CLOSES - 1))).toBe("too_early");
    expect(reasonOf(mayCount(closed, 0, CLOSES))).toBe("ok");
    expect(reasonOf(mayCount(facts({ state: "counted" }), 0, CLOSES))).toBe("wrong_state");
  });
  test("who counted does not publish, unless the rules say so", () => {
    const counted = facts({ state: "counted", countedBy: "teller" });
    expect(reasonOf(mayPublish(counted, "teller"))).toBe("own_count");
    expect(reasonOf(mayPublish(counted, "chair"))).toBe("ok");
    const lenient = { ...counted, rules: rules({ counterMayPublish: { value: true, clause: "" } }) };
    expect(reasonOf(mayPublish(lenient, "teller"))).toBe("ok");
  });
  test("a close at 24:00 belongs to the day it ends (CC 203): published within three days of it", () => {
    expect(publishBy(CLOSES - DAY_MS, DEFAULT_RULES)).toBe("2026-03-30"); // the 28th is a Saturday
    expect(publishBy(CLOSES, DEFAULT_RULES)).toBe("2026-03-30"); // the 29th is a Sunday
    expect(publishBy(CLOSES + DAY_MS, DEFAULT_RULES)).toBe("2026-03-30");
    expect(publishBy(CLOSES + DAY_MS + 1, DEFAULT_RULES)).toBe("2026-03-31");
  });
  test("objections end at 24:00 of the fifteenth day after publication, a Sunday moving to Monday (CC 203)", () => {
    const published = facts({ state: "published", publishedAt: startOf("2026-03-28") + 9 * HOUR });
    expect(objectionsUntil(startOf("2026-03-24"), DEFAULT_RULES)).toBe(startOf("2026-04-09"));
    const until = startOf("2026-04-14");
    expect(objectionsUntil(published.publishedAt!, DEFAULT_RULES)).toBe(until);
    expect(reasonOf(mayObjectToResult(published, until - 1))).toBe("ok");
    expect(reasonOf(mayObjectToResult(published, until))).toBe("already_closed");
    expect(reasonOf(mayFinalise(published, 0, until - 1))).toBe("too_early");
    expect(reasonOf(mayFinalise(published, 1, until))).toBe("objections_open");
    expect(reasonOf(mayFinalise(published, 0, until))).toBe("ok");
  });
  test("the roll may be objected to for seven days, never past the opening", () => {
    expect(rollObjectionsUntil(NOTICE, OPENS, DEFAULT_RULES)).toBe(startOf("2026-03-10"));
    expect(rollObjectionsUntil(NOTICE, NOTICE + DAY_MS, DEFAULT_RULES)).toBe(NOTICE + DAY_MS);
  });
});

describe("ending otherwise", () => {
  test("withdrawn until the close, with a reason", () => {
    expect(reasonOf(mayWithdraw(facts({ state: "open" }), "材料有误", CLOSES - 1))).toBe("ok");
    expect(reasonOf(mayWithdraw(facts({ state: "open" }), "材料有误", CLOSES))).toBe("already_closed");
    expect(reasonOf(mayWithdraw(facts({ state: "open" }), "", CLOSES - 1))).toBe("reason_missing");
    expect(reasonOf(mayWithdraw(facts({ state: "counted" }), "材料有误", CLOSES))).toBe("wrong_state");
  });
  test("annulled by authority after notice, even when final; a draft has nothing to annul", () => {
    expect(reasonOf(mayAnnul(facts({ state: "final" }), "程序违法"))).toBe("ok");
    expect(reasonOf(mayAnnul(facts({ state: "draft" }), "程序违法"))).toBe("wrong_state");
  });
});

describe("what is due", () => {
  const noon = startOf("2026-03-20") + 12 * HOUR;
  test.each([
    ["20:59 is day", startOf("2026-03-20") + 21 * HOUR - 1, false],
    ["21:00 is night", startOf("2026-03-20") + 21 * HOUR, true],
    ["07:59 is night", startOf("2026-03-20") + 8 * HOUR - 1, true],
    ["08:00 is day", startOf("2026-03-20") + 8 * HOUR, false],
  ])("%s", (_, now, night) => expect(isNight(now)).toBe(night));
  test("a reminder goes out on its day, the nearest one, and not by night", () => {
    expect(reminderNow(CLOSES, [7, 3, 1], noon - DAY_MS)).toBeNull();
    expect(reminderNow(CLOSES, [7, 3, 1], noon)).toBe(7);
    expect(reminderNow(CLOSES, [7, 3, 1], CLOSES - 3 * DAY_MS + 12 * HOUR)).toBe(3);
    expect(reminderNow(CLOSES, [7, 3, 1], CLOSES - DAY_MS + 22 * HOUR)).toBeNull();
    expect(reminderNow(CLOSES, [], noon)).toBeNull();
  });
  test("each state is due for its own step", () => {
    expect(dueSteps(facts({}), OPENS - 1)).toEqual([]);
    expect(dueSteps(facts({}), OPENS)).toEqual([{ step: "open" }]);
    expect(dueSteps(facts({ state: "open" }), CLOSES)).toEqual([{ step: "close" }]);
    expect(dueSteps(facts({ state: "open" }), noon)).toEqual([{ step: "remind", daysBefore: 7 }]);
    expect(dueSteps(facts({ state: "final" }), CLOSES + 99 * DAY_MS)).toEqual([]);
  });
  test("a result not published in time is overdue", () => {
    const duties = dutiesOf(facts({ state: "counted" }), startOf("2026-03-31"));
    expect(duties).toEqual([{ what: "publish", on: "2026-03-30", overdue: true }]);
    expect(dutiesOf(facts({ state: "counted" }), startOf("2026-03-30"))[0]!.overdue).toBe(false);
  });
});
