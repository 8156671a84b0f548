/** Floor area as an integer of 0.01 m² (dm²), read from and shown as decimal text. Never a float. */
import { err, ok, type Result } from "./result.ts";

/** Hundredths of a square metre, a non-negative safe integer. */
export type AreaDm2 = number;

export type AreaFault = "empty" | "not_a_number" | "negative" | "too_precise" | "too_large";

const LARGEST_DM2 = 100_000_000_00; // 100 km²: no estate is larger, and a sum of 5,000 stays below 2^53

/**
 * Reads "89.66" as 8966. Takes full-width digits and thousands separators ("１，２３４．５０"), because rolls arrive so.
 * More than two decimals are refused, never rounded: a rounded area is a changed vote.
 */
export function parseArea(text: string): Result<AreaDm2, AreaFault> {
  const plain = text
    .normalize("NFKC")
    .trim()
    .replace(/(㎡|m2|m²|平方米|平米)$/i, "")
    .trim();
  if (plain === "") return err("empty");
  if (/^-/.test(plain)) return err("negative");
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(plain);
  if (!match) return err("not_a_number");
  const whole = match[1]!.replaceAll(",", "");
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  if (fraction.length > 2) return err("too_precise");
  if (whole.length > 12) return err("too_large");
  const value = Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
  return value > LARGEST_DM2 ? err("too_large") : ok(value);
}

/** 8966 → "89.66". Exact: division happens on the decimal text. */
export function formatArea(areaDm2: AreaDm2): string {
  const sign = areaDm2 < 0 ? "-" : "";
  const digits = String(Math.abs(areaDm2)).padStart(3, "0");
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
