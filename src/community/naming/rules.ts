/** Whether a place as somebody wrote it is this unit: 「3幢2单元501」, "3-2-501", "3-501". Pure; who lives there is not its business. */
import type { UnitPlace } from "../rules.ts";

/** The parts of a place without the words around them and without leading zeros: 「3号楼 2单元 0501室」 → 3, 2, 501. */
export const placeParts = (text: string): string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/号楼|单元|[栋幢座楼室号]/g, " ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "")
    .map((part) => part.replace(/^0+(?=\d)/, ""));

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, at) => part === b[at]);

/** Compared part by part; the entrance may be left out, as people do who have never numbered theirs. */
export function isPlace(typed: string, { building, entrance, room }: UnitPlace): boolean {
  const parts = placeParts(typed);
  if (parts.length === 0) return false;
  const whole = [building, entrance, room].flatMap(placeParts);
  return same(parts, whole) || same(parts, [building, room].flatMap(placeParts));
}
