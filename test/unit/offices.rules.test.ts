/** Who may do what, how one comes into office and leaves it, and when someone is locked out: each at its boundary. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, endOf, startOf } from "../../src/kernel/day.ts";
import {
  BODY_OF_POST,
  isNamedInPublic,
  mayAppoint,
  mayApprove,
  mayConfirm,
  mayPublish,
  PERMISSIONS,
  POST_KINDS,
  permissionList,
  permissionsOf,
  SEPARATED,
} from "../../src/offices/rules.ts";
import {
  afterSignIn,
  CODE_LIFE_MS,
  CODE_TRIES,
  CODES_PER_PHONE,
  codeOf,
  cookieEndsAt,
  isCodeOver,
  isRenewalDue,
  mayAsk,
  mayTry,
  RENEW_AFTER_MS,
  readCode,
  SESSION_IDLE_MS,
  SESSION_LIFE_MS,
  usedUpUntil,
  WRONG_PER_COMMUNITY,
  WRONG_PER_PHONE,
} from "../../src/offices/signin/rules.ts";
import {
  ACTS_INTO,
  hasSeat,
  holdsAt,
  holdsOn,
  LONGEST_DOCUMENT,
  mayEnd,
  mayTake,
  type Span,
  TAKE_KINDS,
  type TenureAsked,
} from "../../src/offices/terms/rules.ts";
import { STANDARD_BODIES, standardPosts } from "../../src/offices/terms/standard.ts";
import { BODY_WORDS, END_WORDS, PERMISSION_WORDS, POST_WORDS, TAKE_WORDS } from "../../src/offices/words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const reasonOf = (result: { ok: boolean; error?: { reason: string } }) => (result.ok ? "ok" : result.error!.reason);

describe("the table of permissions", () => {
  test("no post holds both steps of one matter", () => {
    for (const [first, second] of SEPARATED)
      for (const kind of POST_KINDS)
        expect(
          permissionsOf([kind]).has(first) && permissionsOf([kind]).has(second),
          `${kind}: ${first}+${second}`,
        ).toBe(false);
  });

  test("every permission is somebody's, so that nothing waits for an office that cannot exist", () => {
    for (const permission of permissionList) expect(PERMISSIONS[permission].length, permission).toBeGreaterThan(0);
  });

  test.each([
    ["the provider's manager may do nothing", "provider_manager", []],
    ["the provider's staff may do nothing", "provider_staff", []],
    ["a party secretary above the estate may do nothing", "street_party_secretary", []],
    ["a building group's leader reports on duties and no more", "group_leader", ["duty.report"]],
    [
      "a building steward reports on duties, inspects the service and no more",
      "building_steward",
      ["duty.report", "tender.inspect"],
    ],
    ["the household of a party member may do nothing", "party_host", []],
    ["an alternate may do nothing until seated", "committee_alternate", []],
    ["a volunteer delivers and no more", "volunteer", ["meeting.deliver"]],
    [
      "a branch secretary reads, arranges duties and records consents: party posts have no power over a vote",
      "branch_secretary",
      ["meeting.read", "duty.manage", "duty.report", "overlap.consent", "tender.read"],
    ],
    [
      "an auditor reads, and writes in the audit alone",
      "auditor",
      ["roll.read", "meeting.read", "audit.read", "ledger.read", "audit.work", "tender.read"],
    ],
    ["a teller reads, confirms and counts", "teller", ["roll.read", "meeting.read", "paper.confirm", "meeting.count"]],
    ["a kind of a later version may do nothing", "emperor", []],
  ])("%s", (_, kind, permissions) => expect([...permissionsOf([kind])]).toEqual(permissions));

  test("the chair approves and does not draft; the secretary drafts and does not approve", () => {
    expect(permissionsOf(["committee_chair"]).has("meeting.approve")).toBe(true);
    expect(permissionsOf(["committee_chair"]).has("meeting.draft")).toBe(false);
    expect(permissionsOf(["secretary"]).has("meeting.draft")).toBe(true);
    expect(permissionsOf(["secretary"]).has("meeting.approve")).toBe(false);
  });

  test("posts of the party have duties and reading, and nothing that touches a vote, an election or the roll (Q6)", () => {
    const party = ["upper_body", "street_party", "community_party", "branch", "party_group", "party_household"];
    const theirs = POST_KINDS.filter((kind) => party.includes(BODY_OF_POST[kind]));
    expect(theirs).toContain("branch_secretary");
    // Nothing of the overlap decides who may stand or sit: overlap/conflicts/rules.ts keeps party posts from the committee's rules.
    const overlap = ["overlap.manage", "overlap.waive", "overlap.consent"];
    const harmless = new Set<string>(["meeting.read", "tender.read", "duty.manage", "duty.report", ...overlap]);
    expect([...permissionsOf(theirs)].filter((permission) => !harmless.has(permission))).toEqual([]);
  });

  test("more posts never take a permission away", () =>
    fc.assert(
      fc.property(fc.subarray([...POST_KINDS]), fc.constantFrom(...POST_KINDS), (posts, one) => {
        const before = permissionsOf(posts);
        const after = permissionsOf([...posts, one]);
        for (const permission of before) expect(after.has(permission)).toBe(true);
      }),
    ));

  test("everything has words in both languages", () => {
    for (const words of [BODY_WORDS, POST_WORDS, PERMISSION_WORDS, TAKE_WORDS, END_WORDS])
      for (const { zh, en } of Object.values(words)) expect([zh, en].every((text) => text.length > 1)).toBe(true);
  });
});

describe("who checks whose work", () => {
  test.each([
    ["nobody approves their own draft", mayApprove, "own_draft"],
    ["nobody confirms the paper ballot they entered", mayConfirm, "own_entry"],
    ["nobody publishes what they counted", mayPublish, "own_count"],
    ["nobody records their own appointment", mayAppoint, "own_appointment"],
  ])("%s, whatever posts they hold", (_, may, reason) => {
    expect(may("a", "a")).toEqual({ ok: false, error: { reason } });
    expect(may("a", "b")).toEqual({ ok: true, value: true });
  });

  test("a volunteer and the provider's staff are not named in public, whoever decides is", () => {
    expect(isNamedInPublic("volunteer")).toBe(false);
    expect(isNamedInPublic("committee_chair")).toBe(true);
  });
});

const asked = (extra: Partial<TenureAsked> = {}): TenureAsked => ({
  post: "committee_member",
  fromOn: "2026-11-02",
  lastOn: null,
  act: "owners_election",
  document: "业主大会公告〔2026〕1号",
  ...extra,
});

describe("coming into office", () => {
  test.each([
    ["an election by the owners leads into the committee", asked(), "ok"],
    [
      "nobody is appointed into the committee, whatever they hold elsewhere",
      asked({ act: "appointment" }),
      "act_not_for_post",
    ],
    ["a resolution does not lead into the committee", asked({ act: "resolution" }), "act_not_for_post"],
    ["a party election does not lead into the committee", asked({ act: "party_election" }), "act_not_for_post"],
    ["the members choose the chair among themselves", asked({ post: "committee_chair", act: "members_choice" }), "ok"],
    ["an alternate moves up by an act of their own", asked({ act: "alternate_seated" }), "ok"],
    ["without a document there is no act", asked({ document: " " }), "document_missing"],
    ["a document's title has an end", asked({ document: "文".repeat(LONGEST_DOCUMENT + 1) }), "document_too_long"],
    ["as long as allowed is allowed", asked({ document: "文".repeat(LONGEST_DOCUMENT) }), "ok"],
    ["30 February is not a day", asked({ fromOn: "2026-02-30" }), "not_a_day"],
    ["nor is a last day typed as words", asked({ lastOn: "明年" }), "not_a_day"],
    ["a term may last one day", asked({ lastOn: "2026-11-02" }), "ok"],
    ["a term cannot end before it begins", asked({ lastOn: "2026-11-01" }), "ends_before_start"],
    ["five years to the day is a committee's longest term", asked({ lastOn: "2031-11-01" }), "ok"],
    ["five years and a day is too long", asked({ lastOn: "2031-11-02" }), "term_too_long"],
    ["staff may be engaged for longer", asked({ post: "secretary", act: "engagement", lastOn: "2040-01-01" }), "ok"],
    ["an auditor's access needs an end", asked({ post: "auditor", act: "engagement" }), "end_needed"],
    [
      "ninety days is the longest for an auditor",
      asked({ post: "auditor", act: "engagement", lastOn: addDays("2026-11-02", 89) }),
      "ok",
    ],
    [
      "ninety-one days is too long",
      asked({ post: "auditor", act: "engagement", lastOn: addDays("2026-11-02", 90) }),
      "too_long",
    ],
    [
      "a post's own term may be held to its last day",
      asked({ post: "secretary", act: "engagement", termMonths: 24, lastOn: "2028-11-01" }),
      "ok",
    ],
    [
      "and not a day longer",
      asked({ post: "secretary", act: "engagement", termMonths: 24, lastOn: "2028-11-02" }),
      "past_the_term",
    ],
  ])("%s", (_, tenure, outcome) => expect(reasonOf(mayTake(tenure))).toBe(outcome));

  test("where no last day is named, the post's term sets it", () => {
    expect(mayTake(asked({ post: "secretary", act: "engagement", termMonths: 24, lastOn: null }))).toEqual({
      ok: true,
      value: { fromAt: startOf("2026-11-02"), untilAt: endOf("2028-11-01") },
    });
  });

  test("whatever the act and the post, only election leads into the committee", () =>
    fc.assert(
      fc.property(fc.constantFrom(...POST_KINDS), fc.constantFrom(...TAKE_KINDS), (post, act) => {
        if (!mayTake(asked({ post, act, lastOn: "2026-12-01" })).ok) return;
        if (BODY_OF_POST[post] === "committee")
          expect(["owners_election", "members_choice", "alternate_seated"]).toContain(act);
      }),
    ));

  test("every post can be come into", () => {
    for (const post of POST_KINDS) expect(ACTS_INTO[post].length).toBeGreaterThan(0);
  });

  test("it runs from 00:00 of the first day to 24:00 of the last", () => {
    expect(mayTake(asked({ lastOn: "2026-11-30" }))).toEqual({
      ok: true,
      value: { fromAt: startOf("2026-11-02"), untilAt: endOf("2026-11-30") },
    });
  });
});

const span = (fromOn: string, lastOn: string | null): Span => ({
  fromAt: startOf(fromOn),
  untilAt: lastOn === null ? null : endOf(lastOn),
});

describe("holding office", () => {
  const november = span("2026-11-02", "2026-11-30");
  test.each([
    ["not the instant before", startOf("2026-11-02") - 1, false],
    ["from 00:00 of the first day", startOf("2026-11-02"), true],
    ["until the last instant of the last day", endOf("2026-11-30") - 1, true],
    ["not at 24:00 of the last day", endOf("2026-11-30"), false],
  ])("%s", (_, at, holds) => expect(holdsAt(november, at)).toBe(holds));

  test("an office ended from a day on is not held on that day, and one that ended as it began was never held", () => {
    const ended = { fromAt: startOf("2026-11-02"), untilAt: startOf("2026-11-10") };
    expect([holdsOn(ended, "2026-11-09"), holdsOn(ended, "2026-11-10")]).toEqual([true, false]);
    expect(holdsOn({ fromAt: startOf("2026-11-02"), untilAt: startOf("2026-11-02") }, "2026-11-02")).toBe(false);
    expect([holdsOn(november, "2026-11-01"), holdsOn(november, "2026-11-02")]).toEqual([false, true]);
  });

  test.each([
    ["a free post", 1, [], "2026-11-01", null, true],
    ["a post held for good", 1, [span("2026-01-01", null)], "2026-11-01", null, false],
    ["the day after the last of the one before", 1, [span("2026-01-01", "2026-10-31")], "2026-11-01", null, true],
    ["the last day of the one before", 1, [span("2026-01-01", "2026-11-01")], "2026-11-01", null, false],
    ["until the day before the next", 1, [span("2026-12-01", null)], "2026-11-01", "2026-11-30", true],
    ["until the first day of the next", 1, [span("2026-12-01", null)], "2026-11-01", "2026-12-01", false],
    ["a second seat", 2, [span("2026-01-01", null)], "2026-11-01", null, true],
    [
      "two who follow each other share one of two seats",
      2,
      [span("2026-01-01", "2026-11-15"), span("2026-11-16", null)],
      "2026-11-01",
      null,
      true,
    ],
    [
      "two who overlap fill both",
      2,
      [span("2026-01-01", "2026-11-15"), span("2026-11-15", null)],
      "2026-11-01",
      null,
      false,
    ],
  ])("a seat is there or not: %s", (_, seats, held, fromOn, lastOn, free) =>
    expect(hasSeat(seats, held, span(fromOn, lastOn))).toBe(free),
  );

  test("seating whoever finds a seat never seats more than there are, on any day", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })), { maxLength: 15 }),
        (seats, wanted) => {
          const held: Span[] = [];
          for (const [from, days] of wanted) {
            const one = span(addDays("2026-11-01", from), addDays("2026-11-01", from + days));
            if (hasSeat(seats, held, one)) held.push(one);
          }
          for (let day = 0; day < 62; day += 1) {
            const on = held.filter((one) => holdsOn(one, addDays("2026-11-01", day)));
            expect(on.length).toBeLessThanOrEqual(seats);
          }
        },
      ),
    ));
});

describe("leaving office", () => {
  const running = span("2026-11-02", null);
  const end = (endsOn: string, document = "辞职信") => ({ endsOn, document });
  test.each([
    ["on the day it began", running, end("2026-11-02"), "ok"],
    ["not on the day before", running, end("2026-11-01"), "ends_before_start"],
    ["before a planned end", span("2026-11-02", "2026-11-30"), end("2026-11-30"), "ok"],
    ["not when it has ended by itself", span("2026-11-02", "2026-11-30"), end("2026-12-01"), "ended_already"],
    ["on a day", running, end("soon"), "not_a_day"],
    ["by a document", running, end("2026-11-03", ""), "document_missing"],
    ["by a document with a title that ends", running, end("2026-11-03", "文".repeat(201)), "document_too_long"],
  ])("%s", (_, tenure, ending, outcome) => expect(reasonOf(mayEnd(tenure, ending))).toBe(outcome));
});

describe("being locked out", () => {
  const now = 1_000_000_000;
  const limit = { most: 3, withinMs: HOUR };
  test.each([
    ["one below the limit has room", [now, now], null],
    ["at the limit there is none until the oldest has left", [now, now - 10, now - 20], now - 20 + HOUR],
    ["one exactly as old as the stretch no longer counts", [now, now - 10, now - HOUR], null],
    ["one a millisecond younger counts, for a millisecond more", [now, now - 10, now - HOUR + 1], now + 1],
    ["above the limit the third newest decides", [now, now - 10, now - 20, now - 30], now - 20 + HOUR],
  ])("%s", (_, at, until) => expect(usedUpUntil(limit, at, now)).toBe(until));

  test("order does not matter, and waiting until the told instant gives room", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: now - 2 * HOUR, max: now }), { maxLength: 12 }), (at) => {
        const until = usedUpUntil(limit, at, now);
        expect(usedUpUntil(limit, [...at].reverse(), now)).toBe(until);
        if (until !== null) {
          expect(usedUpUntil(limit, at, until)).toBe(null);
          expect(usedUpUntil(limit, at, until - 1)).not.toBe(null);
        }
      }),
    ));

  const times = (count: number) => Array.from({ length: count }, () => now);
  const none = { wrongOfPhone: [], wrongOfCommunity: [], askedOfPhone: [], askedOfCommunity: [] };
  test("nine wrong codes of a number still let a tenth be tried; ten do not", () => {
    expect(mayTry({ ...none, wrongOfPhone: times(WRONG_PER_PHONE.most - 1) }, now).ok).toBe(true);
    expect(mayTry({ ...none, wrongOfPhone: times(WRONG_PER_PHONE.most) }, now)).toEqual({
      ok: false,
      error: { reason: "locked_out", until: now + HOUR },
    });
  });
  test("a hundred wrong codes across a community lock it", () => {
    expect(mayTry({ ...none, wrongOfCommunity: times(WRONG_PER_COMMUNITY.most - 1) }, now).ok).toBe(true);
    expect(reasonOf(mayTry({ ...none, wrongOfCommunity: times(WRONG_PER_COMMUNITY.most) }, now))).toBe("locked_out");
  });
  test("a fifth code may be asked for within a quarter of an hour, a sixth may not", () => {
    expect(mayAsk({ ...none, askedOfPhone: times(CODES_PER_PHONE.most - 1) }, now).ok).toBe(true);
    expect(reasonOf(mayAsk({ ...none, askedOfPhone: times(CODES_PER_PHONE.most) }, now))).toBe("too_many_codes");
  });
  test("who is locked out cannot ask for another code either", () => {
    expect(reasonOf(mayAsk({ ...none, wrongOfPhone: times(WRONG_PER_PHONE.most) }, now))).toBe("locked_out");
  });
});

describe("a code", () => {
  test("is good for five tries and until the instant before five minutes are over", () => {
    const code = { tries: CODE_TRIES - 1, expiresAt: CODE_LIFE_MS };
    expect([isCodeOver(code, CODE_LIFE_MS - 1), isCodeOver(code, CODE_LIFE_MS)]).toEqual([false, true]);
    expect(isCodeOver({ ...code, tries: CODE_TRIES }, 0)).toBe(true);
  });
  test("is always six digits", () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: 64, maxLength: 64 }), (hex) => {
        expect(codeOf(hex.join(""))).toMatch(/^\d{6}$/);
      }),
    ));
  test.each([
    ["123456", "123456"],
    [" 123 456 ", "123456"],
    ["１２３４５６", "123456"],
    ["12345", null],
    ["1234567", null],
    ["12345a", null],
  ])("typed as %s is read as %s", (typed, read) => expect(readCode(typed)).toBe(read));
});

describe("a session", () => {
  test("is good for an hour after the cookie was signed, and never past twelve", () => {
    expect(cookieEndsAt(0, 0)).toBe(SESSION_IDLE_MS);
    expect(cookieEndsAt(0, SESSION_LIFE_MS - SESSION_IDLE_MS)).toBe(SESSION_LIFE_MS);
    expect(cookieEndsAt(0, SESSION_LIFE_MS - 1)).toBe(SESSION_LIFE_MS);
  });
  test("is renewed after six minutes, not before, and not when nothing is gained", () => {
    expect(isRenewalDue({ beganAt: 0, renewedAt: 0 }, RENEW_AFTER_MS - 1)).toBe(false);
    expect(isRenewalDue({ beganAt: 0, renewedAt: 0 }, RENEW_AFTER_MS)).toBe(true);
    const last = SESSION_LIFE_MS - SESSION_IDLE_MS;
    expect(isRenewalDue({ beganAt: 0, renewedAt: last }, last + RENEW_AFTER_MS)).toBe(false);
  });
  test.each([
    ["/c/jingui/meetings", "/c/jingui/meetings"],
    ["/c/jingui/desk/audit", "/c/jingui/desk/audit"],
    ["https://elsewhere.example/c/jingui/", "/c/jingui/desk"],
    ["//elsewhere.example", "/c/jingui/desk"],
    ["/c/other/meetings", "/c/jingui/desk"],
    ["/c/jingui/../other", "/c/jingui/desk"],
    ["/c/jingui/\\elsewhere", "/c/jingui/desk"],
    [undefined, "/c/jingui/desk"],
  ])("leads from %s to %s", (next, to) => expect(afterSignIn("jingui", next)).toBe(to));
});

test("a new community's bodies come parents first, each with posts of its own kind", () => {
  const seen = new Set<string>();
  for (const { kind, under } of STANDARD_BODIES) {
    if (under) expect(seen.has(under)).toBe(true);
    seen.add(kind);
    for (const post of standardPosts(kind)) expect(BODY_OF_POST[post.kind]).toBe(kind);
  }
});
