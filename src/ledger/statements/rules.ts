/** What the owners are told of a span of closed months: its figures out of the movements of a book, and whether they hold together. Pure; fen. */
import type { Day } from "../../kernel/day.ts";
import type { Fen } from "../../kernel/money.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { AssetKind, Ground } from "../assets/rules.ts";
import type { Reconciliation } from "../bank/rules.ts";
import { type Account, type Book, closingFen, isBalanced, type Movement, type Period } from "../books/rules.ts";
import type { Span } from "./spans/rules.ts";

// ——— Figures ———

/** Codes that are told apart from their kind: money and who keeps it, what is owed back, what went to the fund. A code stands for all under it. */
const PLACES: Readonly<
  Record<
    Book,
    { readonly bank: string; readonly cash: string; readonly deposits: string | null; readonly toFund: string | null }
  >
> = {
  common: { bank: "1002", cash: "1001", deposits: "2241.01", toFund: "6001.01" },
  fund: { bank: "1002", cash: "1001", deposits: null, toFund: null },
  working: { bank: "1002", cash: "1001", deposits: null, toFund: null },
};
const RECEIVABLES = "1122";
const isUnder = (code: string, head: string | null): boolean =>
  head !== null && (code === head || code.startsWith(`${head}.`));

/** What an account did in the span, in the sense of its kind: income that came, cost that was spent. Taken back is less. */
export interface Figure {
  readonly account: string;
  readonly name: Bilingual;
  readonly fen: Fen;
}
/** A use of the net with the owners' decisions its vouchers name (R4). */
export interface Use extends Figure {
  readonly decisions: readonly string[];
}
/** What an account held before and after. */
export interface Standing {
  readonly account: string;
  readonly name: Bilingual;
  readonly openingFen: Fen;
  readonly inFen: Fen;
  readonly outFen: Fen;
  readonly closingFen: Fen;
}
/** A bank account against the book on the last day of the span (R10). */
export interface BankStanding extends Reconciliation {
  readonly account: string;
  readonly holder: string;
  readonly bank: string;
  readonly numberMasked: string;
  /** How many items explain the difference, on either side. */
  readonly items: number;
  /** Each of them; absent in statements from before they were listed. */
  readonly open?: readonly OpenItem[];
}
/** What one side has alone on the last day. Without its text: a bank's line may name a person. */
export interface OpenItem {
  readonly side: "bank" | "book";
  readonly onDay: Day;
  /** Less than nothing where money went out. */
  readonly fen: Fen;
  /** The voucher of an item of the book. */
  readonly voucher: { readonly period: Period; readonly number: number } | null;
}
/** What a lease brought to an account of income, less what was taken back. */
export interface LeaseFigure {
  readonly lease: number;
  readonly purpose: string;
  /** The numbers of what is let by it. */
  readonly assets: readonly string[];
  readonly account: string;
  readonly fen: Fen;
}
/** How much of what may earn was let on the last day. */
export interface Occupied {
  readonly kind: AssetKind;
  readonly ground: Ground | null;
  readonly total: number;
  readonly let: number;
}

/** All that a statement says. Stored as it is and hashed; nothing in it names a natural person. */
export interface Statement {
  readonly book: Book;
  readonly from: Period;
  readonly to: Period;
  /** What was the owners' before: money and what others owe, less deposits and debts. */
  readonly openingFen: Fen;
  /** Balances brought into the books in the span (Q3). */
  readonly broughtInFen: Fen;
  readonly income: readonly Figure[];
  readonly incomeFen: Fen;
  readonly costs: readonly Figure[];
  readonly costFen: Fen;
  readonly netFen: Fen;
  readonly toFund: readonly Use[];
  readonly toFundFen: Fen;
  readonly uses: readonly Use[];
  readonly usesFen: Fen;
  readonly closingFen: Fen;
  /** Owed back to those who paid them, no income (§5): apart from all above. */
  readonly deposits: readonly Standing[];
  /** Where what is held stands: bank and cash, what others owe, other things, and what is owed (its figures as debts). */
  readonly money: readonly Standing[];
  readonly receivables: readonly Standing[];
  readonly otherAssets: readonly Standing[];
  readonly debts: readonly Standing[];
  readonly banks: readonly BankStanding[];
  /** Income by lease, and what was let; absent in statements from before they were told, and empty in other books. */
  readonly leases?: readonly LeaseFigure[];
  readonly occupancy?: readonly Occupied[];
  /** What the drafter adds in words. */
  readonly note: string;
}

/** The owners' decisions that vouchers on an account name. */
export interface DecisionOn {
  readonly account: string;
  readonly decision: string;
}
/** What is known of the bank account that a ledger account stands for. */
export interface BankFacts {
  readonly account: string;
  readonly holder: string;
  readonly bank: string;
  readonly numberMasked: string;
  /** Null while no statement of the bank was taken in. */
  readonly sheet: (Reconciliation & { readonly open: readonly OpenItem[]; readonly cutOff: boolean }) | null;
}

export interface Sources {
  readonly book: Book;
  readonly span: Span;
  readonly accounts: readonly Account[];
  readonly movements: readonly Movement[];
  readonly decisions: readonly DecisionOn[];
  readonly banks: readonly BankFacts[];
  readonly leases: readonly LeaseFigure[];
  readonly occupancy: readonly Occupied[];
  readonly note: string;
}

const sumOf = (some: readonly { readonly fen: Fen }[]): Fen => some.reduce((sum, { fen }) => sum + fen, 0);
const total = (some: readonly Standing[], what: "openingFen" | "closingFen"): Fen =>
  some.reduce((sum, one) => sum + one[what], 0);

/** The figures of a span. Accounts that held and did nothing are left out; a source that earned nothing stands if it did so before. */
export function statementOf(sources: Sources): Statement {
  const { book, span, accounts, movements, decisions, banks, note } = sources;
  const byCode = new Map(movements.map((movement) => [movement.account, movement]));
  const known = accounts.filter((account) => account.book === book && account.postable);
  const movementOf = (code: string): Movement =>
    byCode.get(code) ?? { account: code, openingFen: 0, debitFen: 0, creditFen: 0 };
  const places = PLACES[book];
  const figures = (kind: Account["kind"], grows: "debit" | "credit"): Figure[] =>
    known
      .filter((account) => account.kind === kind && byCode.has(account.code))
      .map(({ code, name }) => {
        const { debitFen, creditFen } = movementOf(code);
        return { account: code, name, fen: grows === "debit" ? debitFen - creditFen : creditFen - debitFen };
      });
  const standing = (test: (account: Account) => boolean, owed: boolean): Standing[] =>
    known
      .filter((account) => test(account))
      .map(({ code, name }): Standing => {
        const movement = movementOf(code);
        const { openingFen, debitFen, creditFen } = movement;
        const after = closingFen(movement);
        return owed
          ? {
              account: code,
              name,
              openingFen: 0 - openingFen,
              inFen: creditFen,
              outFen: debitFen,
              closingFen: 0 - after,
            }
          : { account: code, name, openingFen, inFen: debitFen, outFen: creditFen, closingFen: after };
      })
      .filter((one) => one.openingFen !== 0 || one.inFen !== 0 || one.outFen !== 0);
  const isMoney = (code: string): boolean => isUnder(code, places.bank) || isUnder(code, places.cash);
  const assets = (test: (code: string) => boolean) =>
    standing(({ kind, code }) => kind === "asset" && test(code), false);
  const money = assets(isMoney);
  const receivables = assets((code) => isUnder(code, RECEIVABLES));
  const otherAssets = assets((code) => !isMoney(code) && !isUnder(code, RECEIVABLES));
  const isDebt = (deposits: boolean) =>
    standing(({ kind, code }) => kind === "liability" && isUnder(code, places.deposits) === deposits, true);
  const [deposits, debts] = [isDebt(true), isDebt(false)];
  const own = (what: "openingFen" | "closingFen"): Fen =>
    total(money, what) +
    total(receivables, what) +
    total(otherAssets, what) -
    total(deposits, what) -
    total(debts, what);
  const used = figures("use", "debit").map(
    (figure): Use => ({
      ...figure,
      decisions: decisions.filter(({ account }) => account === figure.account).map(({ decision }) => decision),
    }),
  );
  const toFund = used.filter(({ account }) => isUnder(account, places.toFund));
  const uses = used.filter(({ account }) => !isUnder(account, places.toFund));
  const [income, costs] = [figures("income", "credit"), figures("cost", "debit")];
  const [incomeFen, costFen] = [sumOf(income), sumOf(costs)];
  return {
    book,
    from: span.from,
    to: span.to,
    openingFen: own("openingFen"),
    broughtInFen: sumOf(figures("net", "credit")),
    income,
    incomeFen,
    costs,
    costFen,
    netFen: incomeFen - costFen,
    toFund,
    toFundFen: sumOf(toFund),
    uses,
    usesFen: sumOf(uses),
    closingFen: own("closingFen"),
    deposits,
    money,
    receivables,
    otherAssets,
    debts,
    banks: banks.flatMap(({ account, holder, bank, numberMasked, sheet }) => {
      if (sheet === null) return [];
      const { cutOff: _, ...figuresOf } = sheet;
      return [{ ...figuresOf, items: sheet.open.length, account, holder, bank, numberMasked }];
    }),
    leases: sources.leases.filter(({ fen }) => fen !== 0),
    occupancy: sources.occupancy,
    note: note.trim(),
  };
}

// ——— Whether they hold together ———

/** Which figure is off, and by how much. Each alone keeps a statement from being published (R10). */
export type StatementFault =
  | { readonly reason: "books_unbalanced"; readonly byFen: Fen }
  | { readonly reason: "closing_off"; readonly byFen: Fen }
  /** It does not begin with what the last one ended with. */
  | { readonly reason: "opening_off"; readonly byFen: Fen; readonly lastFen: Fen }
  /** Money on an account for which no bank account is recorded, or of which no statement was taken in. */
  | { readonly reason: "bank_unknown"; readonly account: string; readonly fen: Fen }
  | { readonly reason: "bank_silent"; readonly account: string; readonly fen: Fen }
  /** Book and bank differ after everything that explains it. */
  | { readonly reason: "bank_off"; readonly account: string; readonly byFen: Fen }
  /** More is open than a sheet lists: it cannot be said to explain anything. */
  | { readonly reason: "bank_too_open"; readonly account: string };

/**
 * Whether opening + in − out = closing = bank after reconciling items (R10). `lastClosingFen` is what the statement before ended
 * with; null for a book's first.
 */
export function statementFaults(sources: Sources, lastClosingFen: Fen | null): StatementFault[] {
  const faults: StatementFault[] = [];
  const told = statementOf(sources);
  if (!isBalanced(sources.movements))
    faults.push({
      reason: "books_unbalanced",
      byFen: sources.movements.reduce((sum, { debitFen, creditFen }) => sum + debitFen - creditFen, 0),
    });
  const expected = told.openingFen + told.broughtInFen + told.netFen - told.toFundFen - told.usesFen;
  if (expected !== told.closingFen) faults.push({ reason: "closing_off", byFen: told.closingFen - expected });
  if (lastClosingFen !== null && told.openingFen !== lastClosingFen)
    faults.push({ reason: "opening_off", byFen: told.openingFen - lastClosingFen, lastFen: lastClosingFen });
  for (const place of told.money) {
    if (!isUnder(place.account, PLACES[sources.book].bank)) continue;
    const facts = sources.banks.find(({ account }) => account === place.account);
    const at = { account: place.account, fen: place.closingFen };
    if (!facts) faults.push({ reason: "bank_unknown", ...at });
    else if (facts.sheet === null) faults.push({ reason: "bank_silent", ...at });
    else if (facts.sheet.cutOff) faults.push({ reason: "bank_too_open", account: place.account });
    else if (facts.sheet.bookFen !== place.closingFen || facts.sheet.unexplainedFen !== 0)
      faults.push({
        reason: "bank_off",
        account: place.account,
        byFen: facts.sheet.unexplainedFen + place.closingFen - facts.sheet.bookFen,
      });
  }
  return faults;
}

// ——— Where each yuan went ———

export interface Part {
  readonly what: "cost" | "to_fund" | "use" | "kept";
  readonly account: string;
  readonly name: Bilingual | null;
  readonly fen: Fen;
}
/**
 * What became of the income: cost by cost, to the fund, other uses, and what is kept. The parts sum to the income; where more was
 * spent than came in, `kept` is less than nothing.
 */
export function whereItWent(statement: Pick<Statement, "income" | "costs" | "toFund" | "uses" | "incomeFen">): Part[] {
  const parts: Part[] = [
    ...statement.costs.map(({ account, name, fen }): Part => ({ what: "cost", account, name, fen })),
    ...statement.toFund.map(({ account, name, fen }): Part => ({ what: "to_fund", account, name, fen })),
    ...statement.uses.map(({ account, name, fen }): Part => ({ what: "use", account, name, fen })),
  ].filter(({ fen }) => fen !== 0);
  const kept = statement.incomeFen - parts.reduce((sum, { fen }) => sum + fen, 0);
  return [...parts, { what: "kept", account: "", name: null, fen: kept }];
}

// ——— Whose each source's income is ———

/** An account of income, lease by lease, with what came otherwise: permits, visits, what was posted by hand. Sums to the figure. */
export interface Source extends Figure {
  readonly leases: readonly LeaseFigure[];
  readonly restFen: Fen;
}
/** Every account of income that a lease brought something to. */
export const sourcesOfIncome = ({ income, leases = [] }: Pick<Statement, "income" | "leases">): Source[] =>
  income.flatMap((figure): Source[] => {
    const own = leases.filter(({ account }) => account === figure.account);
    if (own.length === 0) return [];
    return [{ ...figure, leases: own, restFen: figure.fen - sumOf(own) }];
  });
