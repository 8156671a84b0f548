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
 * `rent` came in; `prepaid` uses what came beyond what was owed; `return` gives back rent of days after an early end, and what was
 * prepaid and is not used; `deposit` came in, `refund` gives it back, `offset` sets it against what is owed.
 */
export const RECEIPT_KINDS = ["rent", "prepaid", "return", "deposit", "refund", "offset"] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];
/** Those that move money, so that they need an account; the others only set claims off. */
export const movesMoney = (kind: ReceiptKind): boolean => kind !== "prepaid" && kind !== "offset";

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
  | { readonly reason: "owed_too_little"; readonly owedFen: Fen }
  /** What was prepaid pays the rent that is open before any of it goes back. */
  | { readonly reason: "rent_open"; readonly owedFen: Fen };

export interface Settlement {
  readonly parts: readonly Part[];
  /** What came beyond what was owed: prepaid from now on, a debt to the lessee (2203). */
  readonly overFen: Fen;
  /** What goes back of what was prepaid. */
  readonly prepaidFen: Fen;
  readonly lines: readonly Line[];
}

const NO_PARTS = { parts: [], overFen: 0, prepaidFen: 0 } as const;
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
        prepaidFen: 0,
        lines: [
          debit(bank, amountFen),
          ...(amountFen > overFen ? [credit(RECEIVABLE, amountFen - overFen)] : []),
          ...(overFen > 0 ? [credit(PREPAID, overFen)] : []),
        ],
      });
    }
    case "deposit":
      return yes({ ...NO_PARTS, lines: [debit(bank, amountFen), credit(DEPOSITS, amountFen)] });
    case "refund":
      if (amountFen > depositFen) return no({ reason: "deposit_too_small", heldFen: depositFen });
      return yes({ ...NO_PARTS, lines: [debit(DEPOSITS, amountFen), credit(bank, amountFen)] });
    case "return": {
      const { parts, overFen: unusedFen } = giveBack(open, amountFen);
      if (unusedFen > prepaidFen)
        return no({ reason: "owed_too_little", owedFen: overpaidOf(open) + Math.max(prepaidFen, 0) });
      if (unusedFen > 0 && owedOf(open) > 0) return no({ reason: "rent_open", owedFen: owedOf(open) });
      return yes({
        parts,
        overFen: 0,
        prepaidFen: unusedFen,
        lines: [
          ...(amountFen > unusedFen ? [debit(RECEIVABLE, amountFen - unusedFen)] : []),
          ...(unusedFen > 0 ? [debit(PREPAID, unusedFen)] : []),
          credit(bank, amountFen),
        ],
      });
    }
    case "offset":
    case "prepaid": {
      const [account, heldFen] = kind === "offset" ? [DEPOSITS, depositFen] : [PREPAID, prepaidFen];
      if (amountFen > heldFen)
        return no({ reason: kind === "offset" ? "deposit_too_small" : "prepaid_too_small", heldFen });
      const { parts, overFen } = allocate(open, amountFen);
      if (overFen > 0) return no({ reason: "owed_too_little", owedFen: owedOf(open) });
      return yes({ ...NO_PARTS, parts, lines: [debit(account, amountFen), credit(RECEIVABLE, amountFen)] });
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

/** Cash, as the chart of the common book has it. */
export const CASH = "1001";
/** Whether money of a lease may come to or go from an account: cash, or one at a bank. */
export const isMoneyAccount = (code: string): boolean => code === CASH || code === "1002" || code.startsWith("1002.");

export type AccountFault = { readonly reason: "no_money_account" } | { readonly reason: "account_not_chosen" };

/**
 * To which account money of a lease comes: the one that is named, else the one it came to last, else the only one there is. Of several,
 * a person chooses.
 * @param named The code that was chosen; "" where none was.
 * @param last The account of the lease's last money; null where none came.
 * @param own Codes of the book's accounts at banks; where none is recorded any bank account of the chart will do.
 */
export function accountFor(
  named: string,
  last: string | null,
  own: readonly string[],
): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: AccountFault } {
  const isOne = (code: string) => (own.length > 0 ? code === CASH || own.includes(code) : isMoneyAccount(code));
  if (named !== "")
    return isOne(named) ? { ok: true, value: named } : { ok: false, error: { reason: "no_money_account" } };
  if (last !== null && isOne(last)) return { ok: true, value: last };
  const only = own.length === 0 ? BANK : own.length === 1 ? own[0]! : null;
  return only === null ? { ok: false, error: { reason: "account_not_chosen" } } : { ok: true, value: only };
}

export interface EndStep {
  readonly kind: Extract<ReceiptKind, "prepaid" | "offset" | "return" | "refund">;
  readonly amountFen: Fen;
}
/**
 * How everything held is settled when a lease is over, step by step: what was prepaid pays what is owed, then the deposit does; what was
 * paid too much, what was prepaid and what is left of the deposit go back. Once all is paid,
 * the steps are together what is owed, held and overpaid.
 */
export function endSettlement(held: Held): readonly EndStep[] {
  const owedFen = owedOf(held.open);
  const [prepaid, deposit] = [Math.max(held.prepaidFen, 0), Math.max(held.depositFen, 0)];
  const usedFen = Math.min(prepaid, owedFen);
  const offsetFen = Math.min(deposit, owedFen - usedFen);
  // Nothing goes back to whoever still owes.
  const isPaid = usedFen + offsetFen === owedFen;
  const steps: readonly EndStep[] = [
    { kind: "prepaid", amountFen: usedFen },
    { kind: "offset", amountFen: offsetFen },
    { kind: "return", amountFen: isPaid ? overpaidOf(held.open) + prepaid - usedFen : 0 },
    { kind: "refund", amountFen: deposit - offsetFen },
  ];
  return steps.filter(({ amountFen }) => amountFen > 0);
}

/** What is held once a sum was settled: its charges are paid by its parts, what it used is gone. */
export function heldAfter(held: Held, kind: ReceiptKind, amountFen: Fen, { parts, prepaidFen }: Settlement): Held {
  const paid = (one: OpenCharge): Fen =>
    parts
      .filter(({ chargeNo, attempt }) => chargeNo === one.chargeNo && attempt === one.attempt)
      .reduce((sum, part) => sum + part.amountFen, 0);
  return {
    open: held.open.map((one) => ({ ...one, leftFen: one.leftFen - paid(one) })),
    depositFen: held.depositFen - (kind === "refund" || kind === "offset" ? amountFen : 0),
    prepaidFen: held.prepaidFen - (kind === "prepaid" ? amountFen : prepaidFen),
  };
}
