/** Money in fen (分), exact: 100 fen are one yuan. What is typed and printed; no rounding, no other currency. */
import { err, ok, type Result } from "./result.ts";

/** Whole fen; negative where something is owed or taken back. */
export type Fen = number;

/** The most one amount may be: a hundred billion yuan, far below where a number stops being exact. */
export const MOST_FEN = 10_000_000_000_000;

export type MoneyRefusal =
  | { readonly reason: "amount_missing" }
  | { readonly reason: "amount_unreadable"; readonly text: string }
  /** More than two decimals: a third one would have to be rounded by somebody. */
  | { readonly reason: "amount_too_fine"; readonly text: string }
  | { readonly reason: "amount_too_large"; readonly text: string };

/**
 * Reads yuan as people write them: `1234.5`, `1,234.50`, `￥1，234.50元`, `(1,234.50)` and `-3` for less than nothing. Thousands
 * are grouped by three or not at all: `1,23` is refused, because it may be a decimal comma.
 */
export function parseYuan(typed: string): Result<Fen, MoneyRefusal> {
  const text = typed
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/^[¥￥]|元$/g, "")
    .replace(/^[¥￥]/, "");
  if (text === "") return err({ reason: "amount_missing" });
  const parts = /^(\()?([-−]?)[¥￥]?(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?(\))?$/.exec(text);
  if (!parts || (parts[1] === undefined) !== (parts[5] === undefined) || (parts[1] && parts[2]))
    return err({ reason: "amount_unreadable", text: typed });
  const decimals = parts[4] ?? "";
  if (decimals.length > 2 && /[1-9]/.test(decimals.slice(2))) return err({ reason: "amount_too_fine", text: typed });
  const digits = parts[3]!.replaceAll(",", "").replace(/^0+(?=\d)/, "");
  if (digits.length > 12) return err({ reason: "amount_too_large", text: typed });
  const fen = Number(digits) * 100 + Number(decimals.slice(0, 2).padEnd(2, "0") || "0");
  if (fen > MOST_FEN) return err({ reason: "amount_too_large", text: typed });
  const negative = parts[1] !== undefined || parts[2] !== "";
  return ok(negative && fen !== 0 ? -fen : fen);
}

/** `1234567` → `12,345.67`. Always two decimals; less than nothing with a minus. Throws for what is not whole fen. */
export function formatYuan(fen: Fen): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`${fen} is not an amount in fen`);
  const digits = String(Math.abs(fen)).padStart(3, "0");
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fen < 0 ? "-" : ""}${yuan}.${digits.slice(-2)}`;
}

/** The same without grouping, for files: `12345.67`. */
export const plainYuan = (fen: Fen): string => formatYuan(fen).replaceAll(",", "");
