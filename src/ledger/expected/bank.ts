/** How much of a month's booked income the bank's statements show, account by account. Pure; amounts in fen; what is unsettled is told, never shared out by proportion. */
import type { Fen } from "../../kernel/money.ts";
import type { Period } from "../books/rules.ts";

/** One posting that changed what a charge owes: the charge itself, or what an early end or a reversal took back. */
export interface ChargeEvent {
  readonly period: Period;
  /** Gross; less than nothing where it takes back. */
  readonly amountFen: Fen;
  readonly taxFen: Fen;
}
/** A charge of a lease with all that was posted of it, in order, and what the bank shows was paid for it. */
export interface ChargeFacts {
  readonly account: string;
  readonly events: readonly ChargeEvent[];
  readonly receivedFen: Fen;
}

/**
 * The part of each event that is settled, gross. What is still owed is missing from the last that raised the debt; what was paid too
 * much and not given back stands against the last that lowered it. The parts sum to what was received.
 */
export function settledParts({ events, receivedFen }: ChargeFacts): Fen[] {
  const parts = events.map(({ amountFen }) => amountFen);
  let left = receivedFen - parts.reduce((sum, fen) => sum + fen, 0);
  const sign = left < 0 ? 1 : -1;
  for (let at = parts.length - 1; at >= 0 && left !== 0; at -= 1) {
    const amount = parts[at]!;
    if (amount * sign <= 0) continue;
    const moved = Math.min(Math.abs(left), Math.abs(amount)) * sign;
    parts[at] = amount - moved;
    left += moved;
  }
  if (left !== 0 && parts.length > 0) parts[parts.length - 1]! += left;
  return parts;
}

/** What is settled less the tax contained, which money pays first: so what is missing of the income is exactly what is owed. */
const netOf = (settledFen: Fen, { amountFen, taxFen }: ChargeEvent): Fen =>
  amountFen > 0 ? Math.max(0, settledFen - taxFen) : Math.min(0, settledFen - taxFen);

/** A line of income in a voucher that is no charge of a lease. */
export interface IncomeLine {
  readonly account: string;
  readonly voucherId: string;
  /** Credit less debit. */
  readonly fen: Fen;
  /** Of its whole voucher: what lines of the bank are matched to, and what was received before and is used now (2203). */
  readonly coveredFen: Fen;
}

/** What the bank shows of a month's income, by account: rents by what came for each charge, the rest by vouchers matched to lines. */
export function bankByAccount(
  charges: readonly ChargeFacts[],
  lines: readonly IncomeLine[],
  period: Period,
): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  const add = (account: string, fen: Fen) => sums.set(account, (sums.get(account) ?? 0) + fen);
  for (const charge of charges)
    for (const [at, settled] of settledParts(charge).entries()) {
      const event = charge.events[at]!;
      if (event.period === period) add(charge.account, netOf(settled, event));
    }
  const left = new Map(lines.map(({ voucherId, coveredFen }) => [voucherId, coveredFen]));
  for (const { account, voucherId, fen } of lines) {
    const covered = left.get(voucherId)!;
    // Money covers income in the order of the lines, each in full before the next; what goes back covers what is taken back.
    const part = fen > 0 ? Math.max(0, Math.min(fen, covered)) : Math.min(0, Math.max(fen, covered));
    left.set(voucherId, covered - part);
    add(account, part);
  }
  return sums;
}
