/** A member's sheet: points with reasons, committed to by its hash before any is shown, and what it must be when it is (T9, T10). Pure. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Json } from "../../../record/canonical.ts";
import { commit, SALT_BYTES } from "../../../record/rules.ts";
import { type Given, type LotAsked, type PointsFault, pointsFaults } from "../result/rules.ts";

export const NONCE_BYTES = SALT_BYTES;
export const LONGEST_REASON = 300;

/** What a sheet says. Sorted, so that the same points make the same hash in whatever order a form brings them. */
export interface Sheet {
  readonly tender: string;
  readonly member: number;
  readonly given: readonly Given[];
}

const order = (a: Given, b: Given): number =>
  a.lotNo - b.lotNo || a.bidderNo - b.bidderNo || (a.criterion < b.criterion ? -1 : a.criterion > b.criterion ? 1 : 0);

export const sheetOf = (tender: string, member: number, given: readonly Given[]): Sheet => ({
  tender,
  member,
  given: given
    .map(({ lotNo, bidderNo, criterion, points, reason }) => ({
      lotNo,
      bidderNo,
      criterion,
      points,
      reason: reason.trim(),
    }))
    .toSorted(order),
});

/** Hex of SHA-256(nonce ‖ canonical JSON of the sheet). The nonce is 16 random bytes, 32 hex digits. */
export const commitmentOf = (sheet: Sheet, nonce: string): string =>
  commit(hexToBytes(nonce), sheet as unknown as Json);

export type SheetRefusal =
  | { readonly reason: "sheet_faulty"; readonly faults: readonly PointsFault[] }
  | { readonly reason: "sheet_reason_too_long"; readonly most: number };

/** Whether a sheet judges every bid by every judged criterion, in range and with a reason. */
export function checkSheet(lots: readonly LotAsked[], sheet: Sheet): Result<Sheet, SheetRefusal> {
  const faults = pointsFaults("judged", lots, sheet.given);
  if (faults.length > 0) return err({ reason: "sheet_faulty", faults });
  if (sheet.given.some(({ reason }) => reason.length > LONGEST_REASON))
    return err({ reason: "sheet_reason_too_long", most: LONGEST_REASON });
  return ok(sheet);
}

export type RevealFault =
  | { readonly reason: "nonce_malformed" }
  /** What is shown is not what was committed to. */
  | { readonly reason: "another_sheet"; readonly committed: string; readonly offered: string };

/** Whether what is revealed is the sheet that was committed to. */
export function checkReveal(committed: string, sheet: Sheet, nonce: string): Result<true, RevealFault> {
  if (!/^[0-9a-f]+$/.test(nonce) || nonce.length !== NONCE_BYTES * 2) return err({ reason: "nonce_malformed" });
  const offered = commitmentOf(sheet, nonce);
  return offered === committed ? ok(true) : err({ reason: "another_sheet", committed, offered });
}

/** Points as a person types them: "8", "8.5", "12.25". In 0.01; null for anything else. */
export function parsePoints(typed: string): number | null {
  const found = /^(\d{1,3})(?:[.．。](\d{1,2}))?$/.exec(typed.trim().normalize("NFKC").replace("。", "."));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

/** 1225 → "12.25". */
export const formatPoints = (points: number): string =>
  `${Math.floor(points / 100)}.${String(points % 100).padStart(2, "0")}`;
