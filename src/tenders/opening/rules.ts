/** The opening of bids (开标): which lots are opened, what makes a bid void, when the opening may end (T7, T8). Pure. */
import type { Instant } from "../../kernel/day.ts";
import { DAY_MS } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import { LEAST_BIDDERS, type TenderState } from "../rules.ts";
import type { Lot } from "../scheme/rules.ts";
import type { Seat } from "../sealing/rules.ts";

/** A lot at the opening. With fewer than three bids it is not opened: its bids stay sealed for ever (T7, TB 28). */
export interface LotOpening {
  readonly lotNo: number;
  readonly bids: number;
  readonly opens: boolean;
}

/** The lots of a scheme by the bids that stand for each. */
export const lotsToOpen = (
  lots: readonly Pick<Lot, "lotNo">[],
  standing: readonly { readonly lotNo: number }[],
): LotOpening[] =>
  lots.map(({ lotNo }) => {
    const bids = standing.filter((bid) => bid.lotNo === lotNo).length;
    return { lotNo, bids, opens: bids >= LEAST_BIDDERS };
  });

export type PartName = "price" | "documents";
/** What a share is released under. */
export const shareKey = (bid: { readonly lotNo: number; readonly bidderId: string }, part: PartName): string =>
  `${bid.lotNo}:${bid.bidderId}:${part}`;

/** Why a bid is void at the opening. Kept and hashed in Chinese; `lawful` papers and conflicts are examined later. */
export const VOID_WORDS = {
  unreadable: {
    zh: "密文打不开：用保管人的钥匙和投标人的钥匙都不行",
    en: "It does not open, with the keyholders' keys nor with the bidder's",
  },
  sheet: { zh: "报价单的格式不对，读不出价格", en: "Its price sheet is malformed and cannot be read" },
  lines: { zh: "报价的项目与公告的价格清单不一致", en: "Its prices are not for the lines that were asked for" },
  ceiling: { zh: "报价高于公告的最高限价", en: "A price is above the announced ceiling" },
  total: { zh: "合计金额过大，无法计算", en: "Its total is too large to be computed" },
  documents: { zh: "投标文件打不开", en: "Its documents do not open" },
  not_pdf: { zh: "投标文件不是PDF", en: "Its documents are not a PDF" },
  unconfirmed: {
    zh: "公告修改后没有重新确认",
    en: "It was not confirmed again after the tender was amended",
  },
} as const satisfies Record<string, Bilingual>;
export type VoidReason = keyof typeof VOID_WORDS;

/** Kept words in the reader's language. */
export const sayVoid = (words: string, t: (zh: string, en: string) => string): string => {
  const known = Object.values(VOID_WORDS).find(({ zh }) => zh === words);
  return known ? t(known.zh, known.en) : words;
};

const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** The sum over the term in 0.01 fen: Σ quantityHundredths × unitFen; null beyond what a number holds exactly. */
export function totalHundredthsOf(lot: Pick<Lot, "prices">, prices: Readonly<Record<string, number>>): number | null {
  const total = lot.prices.reduce(
    (sum, { key, quantityHundredths }) => sum + BigInt(quantityHundredths) * BigInt(prices[key] ?? 0),
    0n,
  );
  return total > MOST ? null : Number(total);
}

/** What is wrong with prices that were read; null when they stand. */
export function priceFault(lot: Pick<Lot, "prices">, prices: Readonly<Record<string, number>>): VoidReason | null {
  const asked = lot.prices.map(({ key }) => key).sort();
  const offered = Object.keys(prices).sort();
  if (asked.length !== offered.length || asked.some((key, at) => key !== offered[at])) return "lines";
  if (lot.prices.some(({ key, ceilingFen }) => ceilingFen !== null && prices[key]! > ceilingFen)) return "ceiling";
  return totalHundredthsOf(lot, prices) === null ? "total" : null;
}

/** Whether a bid rests on the words in force: sealed under them, or confirmed since the last amendment that bids rest on. */
export const isConfirmed = (
  bid: { readonly edition: number; readonly bidderId: string },
  touchedIn: number | null,
  confirmations: readonly { readonly bidderId: string; readonly edition: number }[],
): boolean =>
  touchedIn === null ||
  bid.edition >= touchedIn ||
  confirmations.some(({ bidderId, edition }) => bidderId === bid.bidderId && edition >= touchedIn);

/** How long the third keyholder and the bidders have before a bid that did not open is void. */
export const VOID_AFTER_MS = DAY_MS;

export type OpeningRefusal =
  | { readonly reason: "opening_too_early"; readonly state: TenderState; readonly closesAt: Instant | null }
  | { readonly reason: "opening_not_begun" }
  | { readonly reason: "keys_wanting"; readonly released: number; readonly unopened: number }
  /** Some did not open, and may still: by the third keyholder, or by their bidder. */
  | { readonly reason: "unopened_wait"; readonly unopened: number; readonly until: Instant }
  | { readonly reason: "documents_wait"; readonly left: number };

/**
 * Whether the opening may end while some bids did not open. One keyholder who lies can neither open a bid nor void one: it takes
 * what all three released, or what two did and a day for everybody else.
 */
export function mayEnd(
  unopened: number,
  released: readonly Seat[],
  closedAt: Instant,
  now: Instant,
): Result<true, OpeningRefusal> {
  if (unopened === 0 || released.length === 3) return ok(true);
  if (released.length < 2) return err({ reason: "keys_wanting", released: released.length, unopened });
  const until = closedAt + VOID_AFTER_MS;
  return now >= until ? ok(true) : err({ reason: "unopened_wait", unopened, until });
}
