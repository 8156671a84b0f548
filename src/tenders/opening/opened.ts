/** What an opening leaves behind for whoever scores, decides and signs. A shape; the opening itself fills it. */
import { formatYuan } from "../../kernel/money.ts";

/** One bid as it was read out at the opening (T8). */
export interface OpenedBid {
  readonly lotNo: number;
  readonly bidderId: string;
  /** The bidder's number within the tender, in the order of registration. */
  readonly bidderNo: number;
  readonly name: string;
  /** 18 characters; public. */
  readonly code: string;
  /** Fen offered for each line of the lot's price sheet, by key; empty of a void bid that could not be read. */
  readonly prices: Readonly<Record<string, number>>;
  /** The sum over the term in 0.01 fen: Σ quantityHundredths × unitFen; null of a void bid that could not be read. */
  readonly totalHundredths: number | null;
  /** Void at the opening: sealed for something else, late, unreadable through the bidder's fault, above a ceiling … */
  readonly voidWhy: string | null;
}

/**
 * A sum in 0.01 fen in yuan: what is less than a fen is cut off once, as in the contract that follows (contracts/rules.ts
 * `priceFen`). Offers are compared by the uncut sum.
 */
export const sayTotal = (hundredths: number): string => formatYuan((hundredths - (hundredths % 100)) / 100);
