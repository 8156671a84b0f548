/** The unified social credit code: what it says of itself, and that a check that fails is said and refuses nothing. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CREDIT_CODE_ALPHABET, creditCodeCheck, examineCreditCode, orgCodeCheck } from "../../src/kernel/uscc.ts";

const findingsOf = (text: string) => examineCreditCode(text).findings;

describe("a unified social credit code (GB 32100)", () => {
  test.each(["91350200MA2YJ1XR9G", "91350500798359476R", "91440101MA5CJQ4N59", "52500120MJ0000018P"])(
    "%s holds in its own check",
    (code) => expect(creditCodeCheck(code)).toBe(code[17]),
  );

  test.each([
    ["91350200MA2YJ1XR9G", "market", null, "350200"],
    ["52500120MJ0000018P", "civil_affairs", "private_non_enterprise", "500120"],
    ["51500120MJ0000018P", "civil_affairs", "association", "500120"],
    ["53500120MJ0000018P", "civil_affairs", "foundation", "500120"],
    ["59500120MJ0000018P", "civil_affairs", "other", "500120"],
    ["12500120MJ0000018P", "offices", null, "500120"],
    ["Y1500120MJ0000018P", "other", null, "500120"],
  ] as const)("%s says who registered it: %s, %s, %s", (code, department, kind, district) => {
    expect(examineCreditCode(code)).toMatchObject({ department, kind, district });
  });

  test("is read as people write it", () => {
    for (const typed of [
      "52500120mj0000018p",
      " 52500120 MJ00 0001 8P",
      "５２５００１２０ＭＪ０００００１８Ｐ",
      "52500120-MJ0000018-P",
    ])
      expect(examineCreditCode(typed)).toMatchObject({ code: "52500120MJ0000018P", findings: [] });
  });

  test("with a wrong last character is told the right one, and is not thrown away", () => {
    const read = examineCreditCode("91350200MA2YJ1XR9H");
    expect(read.code).toBe("91350200MA2YJ1XR9H");
    expect(read.findings).toEqual([{ finding: "check", expected: "G" }]);
  });

  test.each([
    ["one character short", "91350200MA2YJ1XR9", [{ finding: "length", length: 17 }]],
    ["one character long", "91350200MA2YJ1XR9GG", [{ finding: "length", length: 19 }]],
    ["with an I, which the alphabet lacks", "9135020IMA2YJ1XR9G", [{ finding: "characters", wrong: "I" }]],
    ["empty", "", [{ finding: "length", length: 0 }]],
  ])("%s is said to be so, and no check is made of what is not there", (_, code, findings) => {
    expect(findingsOf(code)).toEqual(findings);
  });

  test("any one character changed breaks the check", () => {
    const code = "52500120MJ0000018P";
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 30 }), (at, by) => {
        const other = CREDIT_CODE_ALPHABET[(CREDIT_CODE_ALPHABET.indexOf(code[at]!) + by) % 31]!;
        const changed = code.slice(0, at) + other + code.slice(at + 1);
        expect(creditCodeCheck(changed)).not.toBe("P");
      }),
    );
  });
});

describe("an organisation code (GB 11714)", () => {
  test.each([
    ["MA2YJ1XR", "9"],
    ["79835947", "6"],
    ["MA5CJQ4N", "5"],
  ])("%s ends in %s", (eight, check) => expect(orgCodeCheck(eight)).toBe(check));

  test("10 is written X and 11 is written 0", () => {
    const checks = new Set(Array.from({ length: 200 }, (_, at) => orgCodeCheck(String(at).padStart(8, "0"))));
    expect(checks.has("X") && checks.has("0")).toBe(true);
    expect([...checks].every((one) => /^[0-9X]$/.test(one))).toBe(true);
  });
});
