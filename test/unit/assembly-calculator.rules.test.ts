/** Printed figures: read exactly, refused when they cannot be, and answered with the decimals they came with. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Asked,
  calculate,
  formatDecimal,
  percentHundredths,
  readDecimal,
} from "../../src/assembly/calculator/rules.ts";

const EXAMPLE: Asked = {
  matter: 4,
  total: { owners: 817, areaM2: "115344.34" },
  participated: { owners: 646, areaM2: "92508.76" },
  inFavour: { owners: 411, areaM2: "58729.34" },
};
const faults = (change: Partial<Asked>): string[] => {
  const read = calculate({ ...EXAMPLE, ...change });
  return read.ok ? [] : read.error.map(({ pointer, reason }) => `${pointer} ${reason}`);
};

describe("a decimal number", () => {
  test.each([
    ["0", 0n, 0],
    ["115344.34", 11_534_434n, 2],
    ["0.0001", 1n, 4],
    ["92508.7600", 925_087_600n, 4],
    ["9007199254740993.0001", 90_071_992_547_409_930_001n, 4],
  ])("%s is read exactly", (text, value, decimals) => {
    expect(readDecimal(text)).toEqual({ ok: true, value: { value, decimals } });
  });
  test.each([
    ["1.00001", "too_precise"],
    ["-1", "negative"],
    ["-0.5", "negative"],
    ["-0", "not_a_decimal"],
    ["", "not_a_decimal"],
    ["1.", "not_a_decimal"],
    [".5", "not_a_decimal"],
    ["1e3", "not_a_decimal"],
    ["+1", "not_a_decimal"],
    ["1,234.50", "not_a_decimal"],
    [" 1", "not_a_decimal"],
    ["１２", "not_a_decimal"],
    ["0x10", "not_a_decimal"],
    ["NaN", "not_a_decimal"],
    ["9".repeat(41), "too_long"],
  ])("%j is %s", (text, reason) => expect(readDecimal(text)).toEqual({ ok: false, error: reason }));
  test("what is read is shown again as it was", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 4 }), (value, decimals) => {
        expect(readDecimal(formatDecimal(value, decimals))).toEqual({ ok: true, value: { value, decimals } });
      }),
    );
  });
});

describe("the answer", () => {
  test("has four checks, each part and whole as printed, and the least that would do", () => {
    const read = calculate(EXAMPLE);
    expect(read.ok && read.value.outcome).toBe("carried");
    expect(read.ok && read.value.checks).toEqual([
      check("quorum", "owners", "646", "817", "2/3", false, "545"),
      check("quorum", "area", "92508.76", "115344.34", "2/3", false, "76896.23"),
      check("approval", "owners", "411", "646", "1/2", true, "324"),
      check("approval", "area", "58729.34", "92508.76", "1/2", true, "46254.39"),
    ]);
  });
  test.each([
    ["none", "100", "75", "38", "67", "38"],
    ["one", "100.0", "75.0", "38.0", "66.7", "37.6"],
    ["four", "100.0000", "75.0000", "38.0000", "66.6667", "37.5001"],
    ["the most of the three", "100", "75.5", "38.25", "66.67", "37.76"],
  ])("least has the decimals given: %s", (_, total, part, yes, quorum, approval) => {
    const read = calculate({
      matter: 9,
      total: { owners: 100, areaM2: total },
      participated: { owners: 75, areaM2: part },
      inFavour: { owners: 38, areaM2: yes },
    });
    expect(read.ok && [read.value.checks[1]!.least, read.value.checks[3]!.least]).toEqual([quorum, approval]);
  });
  test("a figure left out cannot be decided, and says where", () => {
    const read = calculate({ ...EXAMPLE, participated: { owners: 646, areaM2: null } });
    expect(read.ok && read.value.outcome).toBe("cannot_be_decided");
    expect(read.ok && read.value.checks.map(({ holds }) => holds)).toEqual([true, null, true, null]);
    expect(read.ok && read.value.checks[3]).toMatchObject({ part: "58729.34", whole: null, least: null });
  });
});

describe("what cannot be is refused with its pointer", () => {
  test.each([
    ["matter 10", { matter: 10 }, ["/matter unknown_matter"]],
    ["matter 0", { matter: 0 }, ["/matter unknown_matter"]],
    ["matter 4.5", { matter: 4.5 }, ["/matter unknown_matter"]],
    [
      "more in favour than took part",
      { inFavour: { owners: 647, areaM2: "92508.77" } },
      ["/inFavour/owners more_than_participated", "/inFavour/areaM2 more_than_participated"],
    ],
    ["as many in favour as took part is possible", { inFavour: { owners: 646, areaM2: "92508.76" } }, []],
    [
      "more taking part than there are",
      { participated: { owners: 818, areaM2: "115344.35" } },
      ["/participated/owners more_than_total", "/participated/areaM2 more_than_total"],
    ],
    [
      "a negative",
      { inFavour: { owners: -1, areaM2: "-1" } },
      ["/inFavour/areaM2 negative", "/inFavour/owners negative"],
    ],
    ["half an owner", { inFavour: { owners: 410.5, areaM2: "1" } }, ["/inFavour/owners not_whole"]],
    [
      "more owners than can be counted exactly",
      { total: { owners: 2 ** 53, areaM2: "115344.34" } },
      ["/total/owners too_long"],
    ],
    ["five decimals", { inFavour: { owners: 411, areaM2: "58729.34001" } }, ["/inFavour/areaM2 too_precise"]],
    [
      "an estate of nothing",
      {
        total: { owners: 0, areaM2: "0.00" },
        participated: { owners: 0, areaM2: "0" },
        inFavour: { owners: 0, areaM2: "0" },
      },
      ["/total/owners nobody_to_decide", "/total/areaM2 nobody_to_decide"],
    ],
  ] as const)("%s", (_, change, expected) => expect(faults(change)).toEqual(expected));
  test("every wrong figure is named at once", () => {
    expect(faults({ matter: 99, total: { owners: 1.5, areaM2: "x" } })).toEqual([
      "/matter unknown_matter",
      "/total/owners not_whole",
      "/total/areaM2 not_a_decimal",
    ]);
  });
  test("nothing that is typed makes it throw", () => {
    const number = fc.oneof(fc.constant(null), fc.double(), fc.integer());
    const text = fc.oneof(fc.constant(null), fc.string(), fc.nat().map(String));
    const line = fc.record({ owners: number, areaM2: text });
    fc.assert(
      fc.property(
        fc.record({ matter: fc.integer({ min: -1, max: 11 }), total: line, participated: line, inFavour: line }),
        (asked) => {
          expect(typeof calculate(asked).ok).toBe("boolean");
        },
      ),
    );
  });
});

test("a share is rounded half up, as notices print it", () => {
  expect(percentHundredths(24n, 36n)).toBe(6667n);
  expect(percentHundredths(1n, 20_000n)).toBe(1n); // 0.005 % prints as 0.01 %
  expect(() => percentHundredths(0n, 0n)).toThrow(RangeError);
});

function check(
  rule: string,
  axis: string,
  part: string,
  whole: string,
  threshold: string,
  strict: boolean,
  least: string,
) {
  return { rule, axis, part, whole, threshold, strict, least, holds: true };
}
