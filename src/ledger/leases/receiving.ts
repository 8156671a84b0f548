/** Where money of a lease goes: which charges a sum pays, the lines of each voucher, what an early end changes. Pure; amounts in fen. */
import { type Day, isDay } from "../../kernel/day.ts";
import { type Fen, MOST_FEN } from "../../kernel/money.ts";
import type { Line } from "../books/rules.ts";
import { type Charge, endedOn, type LeaseTerms, schedule } from "./rules.ts";

/** Accounts of the common book that leases touch (books/chart.ts). */
export const RECEIVABLE = "1122.01";
export const BANK = "1002.01";
export const PREPAID = "2203";
export const TAX = "2221";
export const DEPOSITS = "2241.01";

/**
 * `rent` came in; `prepaid` uses what came beyond what was owed; `return` gives back rent of days after an early end; `deposit` came in,
 * `refund` gives it back, `offset` sets it against what is owed.
 */
export const RECEIPT_KINDS = ["rent", "prepaid", "return", "deposit", "refund", "offset"] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** A charge as the books hold it: what is owed of it, less what drafts are about to pay. Less than nothing where too much was paid. */
export interface OpenCharge {
  readonly chargeNo: number;
  readonly attempt: number;
  readonly dueOn: Day;
  readonly leftFen: Fen;
}
export interface Part {
  readonly chargeNo: number;
  readonly attempt: number;
  readonly amountFen: Fen;
}

/** Pays charges in the order in which they fell due, each in full before the next; what is left over is prepaid. Parts and rest sum to the amount. */
export function allocate(
  open: readonly OpenCharge[],
  amountFen: Fen,
): { readonly parts: readonly Part[]; readonly overFen: Fen } {
  let left = amountFen;
  const parts: Part[] = [];
  for (const { chargeNo, attempt, leftFen } of inOrder(open)) {
    const paid = Math.min(left, leftFen);
    if (paid <= 0) continue;
    parts.push({ chargeNo, attempt, amountFen: paid });
    left -= paid;
  }
  return { parts, overFen: left };
}

/** Gives back what was paid too much, the same way; parts are less than nothing. */
export function giveBack(
  open: readonly OpenCharge[],
  amountFen: Fen,
): { readonly parts: readonly Part[]; readonly overFen: Fen } {
  const mirrored = open.map((one) => ({ ...one, leftFen: -one.leftFen }));
  const { parts, overFen } = allocate(mirrored, amountFen);
  return { parts: parts.map((part) => ({ ...part, amountFen: -part.amountFen })), overFen };
}

const inOrder = (open: readonly OpenCharge[]): OpenCharge[] =>
  [...open].sort((a, b) => (a.dueOn === b.dueOn ? a.chargeNo - b.chargeNo : a.dueOn < b.dueOn ? -1 : 1));

/** What is held of a lessee. */
export interface Held {
  readonly open: readonly OpenCharge[];
  readonly depositFen: Fen;
  readonly prepaidFen: Fen;
}

export type ReceiptFault =
  | { readonly reason: "not_a_day" }
  | { readonly reason: "amount_not_positive" }
  | { readonly reason: "deposit_too_small"; readonly heldFen: Fen }
  | { readonly reason: "prepaid_too_small"; readonly heldFen: Fen }
  | { readonly reason: "owed_too_little"; readonly owedFen: Fen };

export interface Settlement {
  readonly parts: readonly Part[];
  readonly overFen: Fen;
  readonly lines: readonly Line[];
}

const debit = (account: string, amountFen: Fen): Line => ({ account, side: "debit", amountFen });
const credit = (account: string, amountFen: Fen): Line => ({ account, side: "credit", amountFen });
export const owedOf = (open: readonly OpenCharge[]): Fen =>
  open.reduce((sum, { leftFen }) => sum + Math.max(leftFen, 0), 0);
export const overpaidOf = (open: readonly OpenCharge[]): Fen =>
  open.reduce((sum, { leftFen }) => sum + Math.max(-leftFen, 0), 0);

/** What a sum does: the charges it pays and the lines of its voucher. Deposits are owed back, so they are no income (D10; R9). */
export function settle(
  kind: ReceiptKind,
  on: Day,
  amountFen: Fen,
  held: Held,
  /** The account of the book the money came to or went from. */
  bank: string = BANK,
):
  | { readonly ok: true; readonly value: Settlement }
  | {
      readonly ok: false;
      readonly error: ReceiptFault;
    } {
  const no = (error: ReceiptFault) => ({ ok: false, error }) as const;
  const yes = (value: Settlement) => ({ ok: true, value }) as const;
  if (!isDay(on)) return no({ reason: "not_a_day" });
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0 || amountFen > MOST_FEN)
    return no({ reason: "amount_not_positive" });
  const { open, depositFen, prepaidFen } = held;
  switch (kind) {
    case "rent": {
      const { parts, overFen } = allocate(open, amountFen);
      return yes({
        parts,
        overFen,
        lines: [
          debit(bank, amountFen),
          ...(amountFen > overFen ? [credit(RECEIVABLE, amountFen - overFen)] : []),
          ...(overFen > 0 ? [credit(PREPAID, overFen)] : []),
        ],
      });
    }
    case "deposit":
      return yes({ parts: [], overFen: 0, lines: [debit(bank, amountFen), credit(DEPOSITS, amountFen)] });
    case "refund":
      if (amountFen > depositFen) return no({ reason: "deposit_too_small", heldFen: depositFen });
      return yes({ parts: [], overFen: 0, lines: [debit(DEPOSITS, amountFen), credit(bank, amountFen)] });
    case "return": {
      const { parts, overFen } = giveBack(open, amountFen);
      if (overFen > 0) return no({ reason: "owed_too_little", owedFen: overpaidOf(open) });
      return yes({ parts, overFen: 0, lines: [debit(RECEIVABLE, amountFen), credit(bank, amountFen)] });
    }
    case "offset":
    case "prepaid": {
      const [account, heldFen] = kind === "offset" ? [DEPOSITS, depositFen] : [PREPAID, prepaidFen];
      if (amountFen > heldFen)
        return no({ reason: kind === "offset" ? "deposit_too_small" : "prepaid_too_small", heldFen });
      const { parts, overFen } = allocate(open, amountFen);
      if (overFen > 0) return no({ reason: "owed_too_little", owedFen: owedOf(open) });
      return yes({ parts, overFen: 0, lines: [debit(account, amountFen), credit(RECEIVABLE, amountFen)] });
    }
  }
}

/** The lines of a charge: the whole is owed, its tax is the state's, the rest is income. Taken back where the amount is less than nothing. */
export function linesOfCharge(
  { amountFen, taxFen }: { readonly amountFen: Fen; readonly taxFen: Fen },
  account: string,
): Line[] {
  const [whole, tax] = [Math.abs(amountFen), Math.abs(taxFen)];
  const [owes, earns] = amountFen > 0 ? [debit, credit] : [credit, debit];
  return [
    owes(RECEIVABLE, whole),
    ...(whole > tax ? [earns(account, whole - tax)] : []),
    ...(tax > 0 ? [earns(TAX, tax)] : []),
  ];
}

/** A charge as it was made; `standing` while its voucher waits or is posted and not taken back. */
export interface MadeCharge {
  readonly kind: "rent" | "adjustment";
  readonly chargeNo: number;
  readonly attempt: number;
  readonly amountFen: Fen;
  readonly taxFen: Fen;
  readonly standing: boolean;
  /** Posted and not taken back: only then can an adjustment change what it owes. */
  readonly posted: boolean;
}

/** What the clock makes: a charge of the schedule, or what an early end changes of one that was made. */
export interface Due extends Charge {
  readonly kind: "rent" | "adjustment";
  readonly attempt: number;
}

/**
 * What falls due by a day and was not made yet: charges never made (one that was sent back waits for a person), and, once a lease has
 * ended early, the difference between what a posted charge was and what it is now. Nothing due before the book begins.
 */
export function dueNow(
  terms: LeaseTerms,
  untilOn: Day,
  made: readonly MadeCharge[],
  { today, bookFromOn }: { readonly today: Day; readonly bookFromOn: Day },
): Due[] {
  const cut = untilOn < terms.toOn ? endedOn(terms, untilOn) : ({ ok: true, value: terms } as const);
  const now = cut.ok ? schedule(cut.value) : [];
  const fresh = now
    .filter(({ dueOn }) => dueOn <= today && dueOn >= bookFromOn)
    .filter(({ chargeNo }) => !made.some((one) => one.kind === "rent" && one.chargeNo === chargeNo))
    .map((charge): Due => ({ ...charge, kind: "rent", attempt: 1 }));
  if (untilOn >= terms.toOn) return fresh;
  const before = new Map(schedule(terms).map((charge) => [charge.chargeNo, charge]));
  const after = new Map(now.map((charge) => [charge.chargeNo, charge]));
  const changed = made.flatMap((one): Due[] => {
    const was = before.get(one.chargeNo);
    if (one.kind !== "rent" || !one.posted || !was) return [];
    const is = after.get(one.chargeNo);
    const amountFen = (is?.amountFen ?? 0) - one.amountFen;
    if (amountFen === 0) return [];
    if (made.some((other) => other.kind === "adjustment" && other.chargeNo === one.chargeNo)) return [];
    return [
      { ...was, kind: "adjustment", attempt: 1, amountFen, taxFen: (is?.taxFen ?? 0) - one.taxFen, dueOn: today },
    ];
  });
  return [...fresh, ...changed];
}

/** Whether money of a lease may come to or go from an account: cash, or one at a bank. */
export const isMoneyAccount = (code: string): boolean => code === "1001" || code === "1002" || code.startsWith("1002.");

/** How a deposit is settled when a lease is over: what is owed comes off it first, the rest goes back. */
export function depositSettlement(held: Held): { readonly offsetFen: Fen; readonly refundFen: Fen } {
  const offsetFen = Math.min(Math.max(held.depositFen, 0), owedOf(held.open));
  return { offsetFen, refundFen: Math.max(held.depositFen, 0) - offsetFen };
}
