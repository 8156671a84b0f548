/** The rules a meeting is held by: what may be set, what needs a clause, and that what is frozen comes back the same. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDefault, ruleFaultWords, SETTINGS, valueWords } from "../../src/assembly/settings/explained.ts";
import {
  checkRules,
  DEFAULT_RULES,
  faultsOf,
  type MeetingRules,
  mayDeclare,
  rulesFromForm,
  rulesFromJson,
  SETTING_NAMES,
  SHAPES,
} from "../../src/assembly/settings/rules.ts";
import { canonicalJson, type Json } from "../../src/record/canonical.ts";

const set = <K extends keyof MeetingRules>(name: K, value: MeetingRules[K]["value"], clause = ""): MeetingRules => ({
  ...DEFAULT_RULES,
  [name]: { value, clause },
});
const reasons = (rules: MeetingRules): string[] => faultsOf(rules).map(({ reason }) => reason);

test("the defaults are lawful without any clause", () => {
  expect(checkRules(DEFAULT_RULES)).toEqual({ ok: true, value: DEFAULT_RULES });
});

describe("what departs from the law's default rests on a clause, or is refused", () => {
  test.each([
    ["fifteen days of notice need none (A8)", set("noticeDays", 15), []],
    ["fourteen do", set("noticeDays", 14), ["clause_needed"]],
    ["seven with a clause will do", set("noticeDays", 7, "地方条例第十九条"), []],
    ["a clause of spaces is none", set("noticeDays", 7, "  "), ["clause_needed"]],
    ["silence counted in any way (V3)", set("unreturned", "delivered_unreturned_abstains"), ["clause_needed"]],
    ["silence in elections", set("neverDeemed", [6, 7, 8]), ["clause_needed"]],
    ["more matters never deemed need none", set("neverDeemed", [3, 4, 6, 7, 8]), []],
    ["parking that counts (C6)", set("countedSpaces", ["parking"]), ["clause_needed"]],
    ["four owners an agent (V4)", set("proxyCap", 4), ["clause_needed"]],
    ["two do not", set("proxyCap", 2), []],
    ["a ban on proxies", set("proxiesAllowed", false), ["clause_needed"]],
    ["agents online", set("proxyMayVoteOnline", true), ["clause_needed"]],
    ["a window of four days (V7)", set("windowMinDays", 4), ["clause_needed"]],
    ["a window of sixty-one days", set("windowMaxDays", 61), ["clause_needed"]],
    ["four days to publish (A11)", set("publishWithinDays", 4), ["clause_needed"]],
    ["six days to object to the result (V8)", set("resultObjectionDays", 6), ["clause_needed"]],
    ["a petition by area too (A7)", set("petitionBasis", "heads_and_area"), ["clause_needed"]],
  ] as const)("%s", (_, rules, expected) => expect(reasons(rules)).toEqual(expected));
});

describe("what no clause can allow", () => {
  test.each([
    ["ballots kept less than three years (V9)", set("retentionYears", 2, "第一条"), ["out_of_range"]],
    ["no notice at all", set("noticeDays", 0, "第一条"), ["out_of_range"]],
    ["half a day", set("noticeDays", 7.5, "第一条"), ["wrong_kind"]],
    ["online alone (V6)", set("channels", ["web"], "第一条"), ["paper_must_be_offered"]],
    ["no way to vote", set("channels", []), ["nothing_chosen"]],
    ["a window turned round", set("windowMinDays", 61, "第一条"), ["window_turned_round"]],
    ["six reminders", set("reminderDays", [1, 2, 3, 4, 5, 6]), ["out_of_range"]],
    ["a reminder at the close", set("reminderDays", [0]), ["out_of_range"]],
    ["a clause longer than a page", set("noticeDays", 15, "条".repeat(301)), ["clause_too_long"]],
  ])("%s", (_, rules, expected) => expect(reasons(rules)).toEqual(expected));
  test("a binding result where the official platform is compulsory (V5)", () => {
    const rules = set("officialPlatformRequired", true, "地方条例第三十五条");
    expect(reasons(rules)).toEqual(["official_platform"]);
    expect(reasons({ ...rules, legalEffect: { value: "advisory", clause: "" } })).toEqual([]);
  });
});

test("a result is declared only where what is counted here decides (V5)", () => {
  expect(mayDeclare(DEFAULT_RULES)).toBe(true);
  expect(mayDeclare(set("legalEffect", "paper_of_record"))).toBe(true);
  expect(mayDeclare(set("legalEffect", "advisory"))).toBe(false);
  expect(mayDeclare(set("legalEffect", "official_results"))).toBe(false);
  expect(mayDeclare(set("officialPlatformRequired", true, "第三十五条"))).toBe(false);
});

describe("reading", () => {
  test("frozen rules come back exactly as they were", () => {
    const stored = canonicalJson(DEFAULT_RULES as unknown as Json);
    expect(rulesFromJson(JSON.parse(stored))).toEqual({ ok: true, value: DEFAULT_RULES });
  });
  test("a missing or an unknown setting is a fault, not a default", () => {
    const { noticeDays: _, ...rest } = DEFAULT_RULES;
    expect(rulesFromJson(rest)).toMatchObject({ error: [{ reason: "missing_setting", setting: "noticeDays" }] });
    expect(rulesFromJson({ ...DEFAULT_RULES, toString: 1 })).toMatchObject({ error: [{ reason: "unknown_setting" }] });
    expect(rulesFromJson(null).ok).toBe(false);
  });
  test("a form changes what it names and keeps the rest", () => {
    const read = rulesFromForm({ noticeDays: "7", "noticeDays.clause": " 第十九条 ", reminderDays: "3,1" });
    expect(read.ok && read.value.noticeDays).toEqual({ value: 7, clause: "第十九条" });
    expect(read.ok && read.value.reminderDays.value).toEqual([3, 1]);
    expect(read.ok && read.value.windowMaxDays).toEqual(DEFAULT_RULES.windowMaxDays);
  });
  test("a form that clears a list clears it", () => {
    const read = rulesFromForm({ reminderDays: "" });
    expect(read.ok && read.value.reminderDays.value).toEqual([]);
  });
  test.each([
    ["noticeDays", "fifteen", "wrong_kind"],
    ["noticeDays", "1e1", "wrong_kind"],
    ["noticeDays", "-7", "wrong_kind"],
    ["proxiesAllowed", "maybe", "wrong_kind"],
    ["unreturned", "always_yes", "unknown_choice"],
    ["channels", "pigeon", "unknown_choice"],
    ["neverDeemed", "10", "wrong_kind"],
  ])("%s = %s is %s", (name, value, reason) => {
    const read = rulesFromForm({ [name]: value });
    expect(read.ok ? [] : read.error.map((fault) => fault.reason)).toEqual([reason]);
  });
  test("nothing that can be read from a form reads differently after it was frozen", () => {
    const anything = fc.dictionary(
      fc.constantFrom(...SETTING_NAMES, ...SETTING_NAMES.map((name) => `${name}.clause`)),
      fc.oneof(fc.string(), fc.nat(70).map(String), fc.constantFrom("yes", "no", "web,paper", "strict", "3,6")),
    );
    fc.assert(
      fc.property(anything, (form) => {
        const read = rulesFromForm(form);
        if (read.ok) expect(rulesFromJson(JSON.parse(JSON.stringify(read.value)))).toEqual(read);
      }),
    );
  });
});

describe("every setting is explained", () => {
  test("with a title, an explanation, a source and its rule, in both languages", () => {
    expect(SETTINGS.map(({ name }) => name)).toEqual(Object.keys(SHAPES));
    for (const { title, explanation, source, clause } of SETTINGS) {
      for (const text of [title, explanation, source]) {
        expect(text.zh).toMatch(/\p{Script=Han}/u);
        expect(text.en).toMatch(/[a-z]/);
      }
      expect(clause).toMatch(/^[ACDV]\d+(, [ACDV]\d+)?$/);
    }
  });
  test("its value can be said, and a default is known as one", () => {
    for (const name of SETTING_NAMES) {
      expect(valueWords(name, DEFAULT_RULES).zh).not.toBe("");
      expect(isDefault(name, DEFAULT_RULES)).toBe(true);
    }
    expect(valueWords("neverDeemed", DEFAULT_RULES).zh).toBe("选举业委会、筹集维修资金、改建、重建、共有部分经营");
    expect(isDefault("noticeDays", set("noticeDays", 16))).toBe(false);
  });
  test("a fault is said so that it can be mended", () => {
    expect(ruleFaultWords({ reason: "clause_needed", setting: "noticeDays" }).zh).toBe(
      "少于 15 天时，必须写明依据的条款",
    );
    expect(ruleFaultWords({ reason: "out_of_range", setting: "noticeDays", least: 1, most: 60 }).en).toBe(
      "Should lie between 1 and 60",
    );
  });
});
