/** What bars, shares and sums may say: never more than the exact comparison does. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MORE_THAN_HALF, reaches, THREE_QUARTERS, TWO_THIRDS } from "../../src/kernel/weight.ts";
import { translator } from "../../src/platform/i18n.ts";
import { ResultBars, TurnoutBar } from "../../src/platform/ui/charts.tsx";
import { InequalityLine, sayInequality } from "../../src/platform/ui/inequality.tsx";
import {
  barGeometry,
  chineseNumeral,
  distance,
  formatScaled,
  percentCut,
  sayFraction,
} from "../../src/platform/ui/shares.ts";

const zh = translator("zh");
const en = translator("en");
const html = async (node: unknown): Promise<string> => String(await node);
const words = async (node: unknown): Promise<string> =>
  (await html(node))
    .replace(/<[^>]+>/g, "")
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<");

describe("a percentage is cut off, never rounded up", () => {
  test.each([
    [2, 3, "66.66%"],
    [199_999, 300_000, "66.66%"],
    [999_999, 1_000_000, "99.99%"],
    [1, 1, "100.00%"],
    [0, 7, "0.00%"],
    [0, 0, "—"],
  ])("%i of %i is %s", (part, whole, said) => expect(percentCut(part, whole)).toBe(said));

  test("no share shows as more than it is", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(1n, 10n ** 12n), (part, whole) => {
        const shown = BigInt(percentCut(part, whole).replace(/[.%]/g, ""));
        expect(shown * whole <= part * 10_000n).toBe(true);
      }),
    );
  });
});

test("areas keep their decimals at any size", () => {
  expect(formatScaled(11_534_434, 2)).toBe("115344.34");
  expect(formatScaled(5, 2)).toBe("0.05");
  expect(formatScaled(-5n, 2)).toBe("-0.05");
  expect(formatScaled(10n ** 20n + 1n, 4)).toBe("10000000000000000.0001");
});

describe("a bar touches its line exactly when the line is reached", () => {
  test.each([
    ["one below two thirds", 544, 817, TWO_THIRDS, false],
    ["the least that reaches two thirds", 545, 817, TWO_THIRDS, true],
    ["two thirds exactly", 6, 9, TWO_THIRDS, true],
    ["exactly half is short of more than half", 5, 10, MORE_THAN_HALF, false],
    ["one over half", 6, 10, MORE_THAN_HALF, true],
    ["an empty roll reaches nothing", 0, 0, TWO_THIRDS, false],
  ])("%s", (_, part, whole, line, touches) => {
    const { bar, line: at } = barGeometry(part, whole, line);
    expect(bar >= at!).toBe(touches);
  });

  test("whatever the numbers", () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 10n).chain((whole) => fc.tuple(fc.bigInt(0n, whole), fc.constant(whole))),
        fc.constantFrom(TWO_THIRDS, MORE_THAN_HALF, THREE_QUARTERS),
        ([part, whole], line) => {
          const { bar, line: at } = barGeometry(part, whole, line);
          expect(bar >= at!).toBe(reaches(part, whole, line));
          expect(bar).toBeGreaterThanOrEqual(0);
          expect(bar).toBeLessThanOrEqual(1000);
        },
      ),
    );
  });
});

test("what is missing is the least that would do, less what is there", () => {
  expect(distance(544, 817, TWO_THIRDS)).toEqual({ least: 545n, holds: false, missing: 1n });
  expect(distance(545, 817, TWO_THIRDS)).toEqual({ least: 545n, holds: true, missing: 0n });
  expect(distance(323, 646, MORE_THAN_HALF)).toEqual({ least: 324n, holds: false, missing: 1n });
});

describe("a sum shows both sides multiplied out and the sign that is true", () => {
  test.each([
    [646, 817, TWO_THIRDS, 0, "646 × 3 = 1938 ≥ 817 × 2 = 1634"],
    [9_250_876, 11_534_434, TWO_THIRDS, 2, "92508.76 × 3 = 277526.28 ≥ 115344.34 × 2 = 230688.68"],
    [411, 646, MORE_THAN_HALF, 0, "411 × 2 = 822 > 646"],
    [323, 646, MORE_THAN_HALF, 0, "323 × 2 = 646 ≤ 646"],
    [484, 646, THREE_QUARTERS, 0, "484 × 4 = 1936 < 646 × 3 = 1938"],
  ])("%i of %i", (part, whole, line, decimals, said) =>
    expect(sayInequality(part, whole, line, decimals).join(" ")).toBe(said),
  );

  test("the line says in words what it needs, the least that would do, and the article", async () => {
    const said = await words(
      InequalityLine({
        t: zh,
        subject: "同意的业主",
        axis: "owners",
        part: 323,
        whole: 646,
        of: "参与表决的业主",
        line: MORE_THAN_HALF,
        article: "《民法典》第二百七十八条",
      }),
    );
    for (const part of ["323人", "646人的过半数", "不成立", "最少要324人", "恰好等于不算超过", "差1人", "《民法典》"])
      expect(said).toContain(part);
  });
});

test("fractions are said as the law says them", () => {
  expect([TWO_THIRDS, MORE_THAN_HALF, THREE_QUARTERS].map((line) => sayFraction(line, zh))).toEqual([
    "三分之二以上",
    "过半数",
    "四分之三以上",
  ]);
  expect(sayFraction({ numerator: 1n, denominator: 5n, strict: false }, en)).toBe("at least one fifth");
  expect([1, 10, 11, 20, 99].map(chineseNumeral)).toEqual(["一", "十", "十一", "二十", "九十九"]);
});

test("a turnout bar says everything it draws", async () => {
  const bar = TurnoutBar({ t: zh, axis: "owners", part: 544, whole: 817 });
  const said = await words(bar);
  for (const part of ["544人", "817人", "66.58%", "还差1人", "三分之二以上", "最少545人"]) expect(said).toContain(part);
  expect(await html(bar)).toContain('aria-hidden="true"');
});

test("shares of an option are of those who took part", async () => {
  const said = await words(
    ResultBars({
      t: zh,
      participated: { owners: 3, areaDm2: 300_00 },
      options: [{ label: "同意", votes: { owners: 2, areaDm2: 100_00 }, line: MORE_THAN_HALF }],
    }),
  );
  expect(said).toContain("66.66%");
  expect(said).toContain("33.33%");
});

test("a bar is drawn as reached only where its line is, whatever its place in the list", async () => {
  const drawn = async (forOwners: number, line = MORE_THAN_HALF) =>
    (
      await html(
        ResultBars({
          t: zh,
          participated: { owners: 10, areaDm2: 10 },
          options: [
            { label: "甲", votes: { owners: forOwners, areaDm2: forOwners }, line },
            { label: "弃权", votes: { owners: 10 - forOwners, areaDm2: 10 - forOwners } },
          ],
        }),
      )
    ).match(/bar-good/g)?.length ?? 0;
  expect(await drawn(5)).toBe(0);
  expect(await drawn(6)).toBe(2);
});
