/** A kit of settings: defaults, what a form may say, what needs a clause, and that stored values read back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  defaultsOf,
  faultsOf,
  kit,
  LONGEST_CLAUSE,
  spec,
  valuesFromForm,
  valuesFromRows,
  wordsOfFault,
  wordsOfValue,
} from "../../src/offices/settings/rules.ts";

const say = (zh: string) => ({ zh, en: zh });
const words = { title: say("名"), explanation: say("说明"), source: say("来源"), rule: "M15" };
const KIT = kit({
  prefix: "test.",
  specs: {
    months: spec({
      ...words,
      shape: { kind: "whole", least: 1, most: 12 },
      value: 3,
      needsClause: (value) => value < 3,
    }),
    open: spec({ ...words, shape: { kind: "flag" }, value: false }),
    way: spec({ ...words, shape: { kind: "choice", choices: { a: say("甲"), b: say("乙") } }, value: "a" }),
    ways: spec({
      ...words,
      shape: { kind: "several", choices: { a: say("甲"), b: say("乙") } },
      value: ["a"],
    }),
  },
  together: ({ months, open }) =>
    open.value && months.value > 6
      ? [{ reason: "does_not_fit", setting: "months", words: say("公开时不超过六个月") }]
      : [],
});
const DEFAULTS = defaultsOf(KIT);
const withMonths = (value: unknown, clause = "") => ({ ...DEFAULTS, months: { value, clause } }) as typeof DEFAULTS;
const reasons = (values: typeof DEFAULTS) => faultsOf(KIT, values).map(({ reason, setting }) => `${setting}:${reason}`);

describe("a kit of settings", () => {
  test("holds at its defaults, without a clause", () => expect(faultsOf(KIT, DEFAULTS)).toEqual([]));

  test.each([
    [0, "第一条", ["months:out_of_range"]],
    [1, "第一条", []],
    [2, "", ["months:clause_needed"]],
    [3, "", []],
    [12, "", []],
    [13, "", ["months:out_of_range"]],
    [2.5, "", ["months:wrong_kind"]],
    ["3", "", ["months:wrong_kind"]],
  ])("months %s with the clause “%s”", (value, clause, faults) =>
    expect(reasons(withMonths(value, clause))).toEqual(faults),
  );

  test("a clause has an end", () => {
    expect(reasons(withMonths(3, "字".repeat(LONGEST_CLAUSE)))).toEqual([]);
    expect(reasons(withMonths(3, "字".repeat(LONGEST_CLAUSE + 1)))).toEqual(["months:clause_too_long"]);
  });

  test("values that do not fit together are refused, each by itself being lawful", () => {
    const open = { value: true, clause: "" };
    expect(reasons({ ...withMonths(6), open })).toEqual([]);
    expect(reasons({ ...withMonths(7), open })).toEqual(["months:does_not_fit"]);
  });

  test("a form says what it says: full-width digits are read, what is not there stays", () => {
    const read = valuesFromForm(KIT, { months: " ６ ", open: "yes", ways: ["b", "a"] }, DEFAULTS);
    expect(read).toEqual({
      ok: true,
      value: {
        months: { value: 6, clause: "" },
        open: { value: true, clause: "" },
        way: { value: "a", clause: "" },
        ways: { value: ["b", "a"], clause: "" },
      },
    });
    for (const [form, fault] of [
      [{ months: "六" }, "months:wrong_kind"],
      [{ way: "c" }, "way:unknown_choice"],
      [{ way: "constructor" }, "way:unknown_choice"],
      [{ ways: [""] }, "ways:nothing_chosen"],
      [{ ways: ["a", "a"] }, "ways:wrong_kind"],
      [{ open: "maybe" }, "open:wrong_kind"],
    ] as const) {
      const refused = valuesFromForm(KIT, form, DEFAULTS);
      expect(refused.ok ? [] : refused.error.map(({ reason, setting }) => `${setting}:${reason}`)).toEqual([fault]);
    }
  });

  test("what is stored reads back; a foreign row is passed over and a broken one is a fault", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.string({ maxLength: 20 }), (months, clause) => {
        const rows = [
          { key: "test.months", value: JSON.stringify(months), clause },
          { key: "test.gone", value: "1", clause: "" },
        ];
        expect(valuesFromRows(KIT, rows)).toEqual(withMonths(months, clause));
      }),
    );
    expect(() => valuesFromRows(KIT, [{ key: "test.months", value: "99", clause: "" }])).toThrow("test.months");
  });

  test("values and faults are said in words", () => {
    expect(wordsOfValue(KIT.specs.ways.shape, ["a", "b"]).zh).toBe("甲、乙");
    expect(wordsOfValue(KIT.specs.open.shape, true).en).toBe("yes");
    expect(wordsOfFault({ reason: "out_of_range", setting: "months", least: 1, most: 12 }, say("月")).zh).toContain(
      "1到12",
    );
  });
});
