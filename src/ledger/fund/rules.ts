/** The maintenance fund unit by unit: what is entered, when it is too low, and whether it agrees with the book. Pure; works are told by projects/rules.ts. */
import type { AreaDm2 } from "../../kernel/area.ts";
import { addDays, type Day, isDay } from "../../kernel/day.ts";
import { type Fen, MOST_FEN } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Share, type SharingRefusal, shareOut } from "../sharing/rules.ts";

/** Who holds the money: the authority (代管, until it is handed over) or the owners' assembly itself (自管; F2, F4; MF 15). */
export const MODES = ["authority", "own"] as const;
export type Mode = (typeof MODES)[number];
export const isMode = (text: string): text is Mode => (MODES as readonly string[]).includes(text);

/**
 * What moves the units' accounts. `opening`: balances brought in from the authority's statement; `deposit`: paid in by owners;
 * `interest`, `bond` (what government bonds bring), `top_up` and `scrap` (what scrapped common facilities are sold for): shared out by area
 * (F11; MF 27); `use`: the cost of works taken off (F6); `refund`: the balance of a unit that was destroyed, given back (F5; MF 29).
 */
export const MOVEMENT_KINDS = ["opening", "deposit", "interest", "bond", "top_up", "scrap", "use", "refund"] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];
/** The kinds entered unit by unit. */
export const ENTERED_KINDS = ["opening", "deposit"] as const;
export type EnteredKind = (typeof ENTERED_KINDS)[number];
export const isEntered = (text: string): text is EnteredKind => (ENTERED_KINDS as readonly string[]).includes(text);
/** The kinds shared out over all units. */
export const SHARED_KINDS = ["interest", "bond", "top_up", "scrap"] as const;
export type SharedKind = (typeof SHARED_KINDS)[number];
export const isShared = (text: string): text is SharedKind => (SHARED_KINDS as readonly string[]).includes(text);
// ——— The account of a unit (F5: it belongs to the unit, not to a person, and stays with it on sale) ———

export interface UnitAccount {
  /** What the unit had to pay in at first; 0 while it is not recorded. */
  readonly firstFen: Fen;
  readonly balanceFen: Fen;
}

/** Below thirty per cent of the first deposit the owner is asked to top up (F7; MF 17; BJ 83). */
export const LOW_PERCENT = 30;
/** Thirty per cent exactly is not below it. Where no first deposit is recorded nobody can say. */
export const isLow = ({ firstFen, balanceFen }: UnitAccount): boolean =>
  firstFen > 0 && BigInt(balanceFen) * 100n < BigInt(firstFen) * BigInt(LOW_PERCENT);
/** What brings a unit back to thirty per cent, rounded up to the fen; 0 when it is not below. */
export const missingTo30 = (account: UnitAccount): Fen =>
  isLow(account)
    ? Number((BigInt(account.firstFen) * BigInt(LOW_PERCENT) + 99n) / 100n - BigInt(account.balanceFen))
    : 0;

// ——— A unit that is no more (F5; MF 29) ———

export interface RefundAsked {
  readonly onDay: string;
  readonly words: string;
  /** To whom it goes back. */
  readonly payee: string;
  /** Papers that show that the unit is no more. */
  readonly files: number;
}
export type RefundFault =
  | { readonly reason: "nothing_to_refund" }
  | { readonly reason: "not_a_day" }
  | { readonly reason: "in_the_future"; readonly today: Day }
  | { readonly reason: "words_missing"; readonly most: number }
  | { readonly reason: "payee_missing" }
  | { readonly reason: "refund_without_document" };

export const LONGEST_REFUND_WORDS = 80;
/** Why the balance of a destroyed unit cannot go back; null when it can: there is one, and a document shows that the unit is no more. */
export function refundFault(asked: RefundAsked, account: UnitAccount | null, today: Day): RefundFault | null {
  if (account === null || account.balanceFen <= 0) return { reason: "nothing_to_refund" };
  if (!isDay(asked.onDay)) return { reason: "not_a_day" };
  if (asked.onDay > today) return { reason: "in_the_future", today };
  if (asked.words.trim() === "" || asked.words.length > LONGEST_REFUND_WORDS)
    return { reason: "words_missing", most: LONGEST_REFUND_WORDS };
  if (asked.payee.trim() === "") return { reason: "payee_missing" };
  return asked.files === 0 ? { reason: "refund_without_document" } : null;
}

// ——— Entering amounts unit by unit ———

export interface EnteredAmount {
  readonly unitId: string;
  readonly fen: Fen;
  /** The first deposit asked of the unit, where it is told for the first time; 0 where it is not. */
  readonly firstFen: Fen;
}
export type EnteringRefusal =
  | { readonly reason: "nothing_entered" }
  | { readonly reason: "amount_unreadable"; readonly unitId: string }
  | { readonly reason: "unit_twice"; readonly unitId: string }
  | { readonly reason: "total_too_large" };

/** The sum of what is entered, or why it may not be: every unit once, no amount below nothing, something in all. */
export function enteredTotal(amounts: readonly EnteredAmount[]): Result<Fen, EnteringRefusal> {
  const seen = new Set<string>();
  let total = 0;
  for (const { unitId, fen, firstFen } of amounts) {
    if (seen.has(unitId)) return err({ reason: "unit_twice", unitId });
    seen.add(unitId);
    if (!Number.isSafeInteger(fen) || fen < 0 || !Number.isSafeInteger(firstFen) || firstFen < 0)
      return err({ reason: "amount_unreadable", unitId });
    total += fen;
    if (total > MOST_FEN) return err({ reason: "total_too_large" });
  }
  return total === 0 ? err({ reason: "nothing_entered" }) : ok(total);
}

// ——— Sharing out ———

export interface FundUnit {
  readonly unitId: string;
  readonly building: string;
  readonly areaDm2: AreaDm2;
}

/** An amount over units by area, to the fen (F6; MF 20–21). */
export const shareByArea = (amountFen: Fen, units: readonly FundUnit[]): Result<Share[], SharingRefusal> =>
  shareOut(
    amountFen,
    units.map(({ unitId, areaDm2 }) => ({ key: unitId, weight: areaDm2 })),
  );

// ——— Does it agree? ———

export interface Tie {
  /** Sum of all units' balances. */
  readonly unitsFen: Fen;
  /** What the book of the fund owns less what it owes. */
  readonly bookFen: Fen;
  readonly differenceFen: Fen;
}
/** The units' accounts beside the book: they must agree to the fen, and by how much they do not is shown. */
export const tieOf = (unitsFen: Fen, bookFen: Fen): Tie => ({ unitsFen, bookFen, differenceFen: bookFen - unitsFen });

// ——— Who manages it ———

export interface ModeAsked {
  readonly mode: string;
  /** The day of the transfer notice, or of the statement. */
  readonly onDay: string;
  readonly words: string;
}
export type ModeRefusal =
  | { readonly reason: "mode_unknown" }
  | { readonly reason: "not_a_day" }
  | { readonly reason: "in_the_future"; readonly today: Day }
  | { readonly reason: "mode_unchanged"; readonly mode: Mode }
  | { readonly reason: "words_missing"; readonly most: number };

export const LONGEST_WORDS = 200;

/** Whether the fund may be said to be managed otherwise from a day on. Whether a decision carries it is asked besides (F4; MF 15). */
export function mayChangeMode(asked: ModeAsked, now: Mode, today: Day): Result<Mode, ModeRefusal> {
  if (!isMode(asked.mode)) return err({ reason: "mode_unknown" });
  if (!isDay(asked.onDay)) return err({ reason: "not_a_day" });
  if (asked.onDay > today) return err({ reason: "in_the_future", today });
  if (asked.words.trim() === "" || asked.words.length > LONGEST_WORDS)
    return err({ reason: "words_missing", most: LONGEST_WORDS });
  return asked.mode === now ? err({ reason: "mode_unchanged", mode: now }) : ok(asked.mode);
}

/** Who managed it on a day, by the changes that were recorded, in any order: the authority before the first. */
export const modeOn = (
  changes: readonly { readonly mode: Mode; readonly onDay: Day; readonly number: number }[],
  day: Day,
): Mode =>
  changes
    .filter(({ onDay }) => onDay <= day)
    .toSorted((a, b) => a.number - b.number)
    .at(-1)?.mode ?? "authority";

/** The owners' notice to the authority, and by when it is to hand the fund over (F4; MF 15). */
export interface TransferNotice {
  readonly noticedOn: Day;
  readonly noticedAt: number;
}
export interface TransferClock {
  readonly noticedOn: Day;
  readonly dueOn: Day;
  /** The day of the hand-over; null while it is waited for. */
  readonly doneOn: Day | null;
  readonly isOverdue: boolean;
}
/** The clock of the last notice; null where there was none. A hand-over recorded after the notice ends it. */
export function transferClock(
  notice: TransferNotice | null,
  changes: readonly { readonly mode: Mode; readonly onDay: Day; readonly setAt: number }[],
  days: number,
  today: Day,
): TransferClock | null {
  if (notice === null) return null;
  const done = changes.find(({ mode, setAt }) => mode === "own" && setAt >= notice.noticedAt);
  const dueOn = addDays(notice.noticedOn, days);
  return {
    noticedOn: notice.noticedOn,
    dueOn,
    doneOn: done?.onDay ?? null,
    isOverdue: done === undefined && today > dueOn,
  };
}
