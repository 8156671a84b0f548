/** Shares and bars in whole numbers: truncated percentages for the eye, never for a decision (that is kernel/weight.ts). */
import { type Fraction, leastReaching, reaches } from "../../kernel/weight.ts";
import type { T } from "../i18n.ts";

/** A count on one axis: owners in persons, area in 0.01 m². */
export type Whole = number | bigint;
/** Which of the two counts of art. 278 a number belongs to. */
export type Axis = "owners" | "area";

/** `92508_76`, 2 → "92508.76". Exact for any size; `decimals` 0 gives the integer. */
export function formatScaled(value: Whole, decimals: number): string {
  const big = BigInt(value);
  const digits = (big < 0n ? -big : big).toString().padStart(decimals + 1, "0");
  const whole = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return big < 0n ? `-${whole}` : whole;
}

/**
 * part ÷ whole as a percentage with two decimals, cut off and never rounded up: 66.666…% shows as "66.66%", so that a
 * number short of two thirds cannot look like it. An empty whole has no share: "—".
 */
export function percentCut(part: Whole, whole: Whole): string {
  const all = BigInt(whole);
  if (all <= 0n) return "—";
  return `${formatScaled((BigInt(part) * 10_000n) / all, 2)}%`;
}

/** "646人" / "646 owners", "92508.76㎡" / "92508.76 m²". */
export const sayAmount = (value: Whole, axis: Axis, t: T, decimals = axis === "area" ? 2 : 0): string => {
  const number = formatScaled(value, decimals);
  if (axis === "area") return t(`${number}㎡`, `${number} m²`);
  return t(`${number}人`, `${number} ${number === "1" ? "owner" : "owners"}`);
};

const DIGITS = "零一二三四五六七八九";
/** 1–99 as a Chinese numeral: 12 → "十二". Used for the numbers of a notice's sections and of fractions. */
export function chineseNumeral(n: number): string {
  if (!Number.isInteger(n) || n < 0 || n > 99) return String(n);
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  if (tens === 0) return DIGITS[ones]!;
  return `${tens === 1 ? "" : DIGITS[tens]}十${ones === 0 ? "" : DIGITS[ones]}`;
}

/** A line of the law in its own words: "三分之二以上", "过半数" (D5: 以上 includes the number itself, 过半数 does not). */
export function sayFraction(fraction: Fraction, t: T): string {
  const { numerator, denominator, strict } = fraction;
  if (numerator === 1n && denominator === 2n && strict) return t("过半数", "more than half");
  const zh = `${chineseNumeral(Number(denominator))}分之${chineseNumeral(Number(numerator))}`;
  const named: Record<string, string> = {
    "2/3": "two thirds",
    "3/4": "three quarters",
    "1/2": "half",
    "1/5": "one fifth",
  };
  const en = named[`${numerator}/${denominator}`] ?? `${numerator}/${denominator}`;
  return strict ? t(`超过${zh}`, `more than ${en}`) : t(`${zh}以上`, `at least ${en}`);
}

/** Width of a drawn bar and of every position on it. */
export const BAR_UNITS = 1000;
const VISIBLE_GAP = 10;

/**
 * Where the bar ends and where the line stands, in thousandths of the width. Drawing may not say more than the sum:
 * a part that reaches is drawn touching the line, a part that does not is drawn short of it, however close it is.
 */
export function barGeometry(part: Whole, whole: Whole, line?: Fraction): { bar: number; line: number | null } {
  const all = BigInt(whole);
  const units = BigInt(BAR_UNITS);
  const cut = all > 0n ? Number((BigInt(part) * units) / all) : 0;
  const plain = Math.max(0, Math.min(BAR_UNITS, cut));
  if (!line) return { bar: plain, line: null };
  const at = Number((units * line.numerator) / line.denominator);
  const holds = all > 0n && reaches(BigInt(part), all, line);
  return { bar: holds ? Math.max(plain, at) : Math.min(plain, at - VISIBLE_GAP), line: at };
}

/** How far a part is from a line: the least that would do, whether it is reached, and what is missing. */
export function distance(
  part: Whole,
  whole: Whole,
  line: Fraction,
): { least: bigint; holds: boolean; missing: bigint } {
  const [have, all] = [BigInt(part), BigInt(whole)];
  const least = leastReaching(all, line);
  const holds = all > 0n && reaches(have, all, line);
  return { least, holds, missing: holds ? 0n : least - have };
}
