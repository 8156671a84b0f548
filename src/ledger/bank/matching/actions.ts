/** Saying which line of the bank is which voucher, and setting book against bank: load, ask the rules, write with the leaf. No HTTP. */
import { type Day, dayOf } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { findBankAccount } from "../actions.ts";
import { closingOf, type DayLine, type Reconciliation, reconcile, type Suggestion, suggestMatches } from "../rules.ts";
import type { AccountRow, LineRow } from "../store.ts";
import {
  insertMatches,
  listLastDay,
  listLinesAloneOn,
  listOpenLines,
  listOpenPostings,
  listPostingsAloneOn,
  type OpenPostingRow,
  sumBroughtIn,
  sumMoved,
} from "./store.ts";

/** As many of either side as a page works on; the oldest first. */
export const MOST_OPEN = 500;

export interface Matching {
  readonly account: AccountRow;
  readonly lines: readonly LineRow[];
  readonly postings: readonly OpenPostingRow[];
  readonly suggestions: readonly Suggestion[];
}
const postingId = ({ voucherId, lineNo }: Pick<OpenPostingRow, "voucherId" | "lineNo">): string =>
  `${voucherId}/${lineNo}`;

/** What is open on both sides up to a day, and the pairs a person is asked to confirm. */
export async function viewMatching(scene: Scene, account: AccountRow, to: Day): Promise<Matching> {
  const [lines, postings] = await scene.db.read(
    listOpenLines(scene, account.accountId, to, MOST_OPEN),
    listOpenPostings(scene, account.accountId, to, MOST_OPEN),
  );
  const suggestions = suggestMatches(
    lines.map(({ lineKey, onDay, amountFen }) => ({ lineId: lineKey, on: onDay, amountFen })),
    postings.map((posting) => ({ postingId: postingId(posting), on: posting.onDay, amountFen: posting.amountFen })),
  );
  return { account, lines, postings, suggestions };
}

export type MatchRefusal =
  | { readonly reason: "unknown_bank_account" }
  | { readonly reason: "nothing_chosen" }
  | { readonly reason: "unknown_line" }
  | { readonly reason: "amounts_differ" }
  | { readonly reason: "matched_already" };

/** Confirms pairs, `<line>=<voucher>/<line no>`. One batch and one leaf however many; all or none. Confirming again is refused by the table and changes nothing. */
export async function confirmMatches(
  scene: StaffScene,
  accountId: string,
  pairs: readonly { readonly lineKey: string; readonly voucherId: string; readonly lineNo: number }[],
): Promise<Result<{ readonly matched: number }, MatchRefusal>> {
  const account = await findBankAccount(scene, accountId);
  if (!account) return err({ reason: "unknown_bank_account" });
  if (pairs.length === 0) return err({ reason: "nothing_chosen" });
  const [open] = await scene.db.read(listOpenLines(scene, accountId, dayOf(scene.now), MOST_OPEN));
  const turns = new Map(open.map(({ lineKey, turn }) => [lineKey, turn]));
  if (pairs.some(({ lineKey }) => !turns.has(lineKey))) return err({ reason: "matched_already" });
  const leaf = appendLeaf(
    scene,
    "bank.matched",
    {
      account: accountId,
      pairs: pairs.length,
      vouchers: pairs.map(({ voucherId, lineNo }) => `${voucherId}/${lineNo}`).slice(0, 200),
    },
    accountId,
  );
  const matches = pairs.map(({ lineKey, voucherId, lineNo }) => ({
    key: lineKey,
    turn: (turns.get(lineKey) ?? 0) + 1,
    voucher: voucherId,
    line: lineNo,
  }));
  const written = await scene.db.write([
    insertMatches(scene, accountId, matches, scene.actor.personId, leaf.leafHash),
    leaf.statement,
  ]);
  if (written.ok) return ok({ matched: pairs.length });
  if (written.error.code === "amounts_differ") return err({ reason: "amounts_differ" });
  if (written.error.code === "matched_already" || written.error.code.startsWith("unique"))
    return err({ reason: "matched_already" });
  throw new Error(`matches were refused by ${written.error.code}`);
}

/** Takes a match back: a further row, not a deletion. */
export async function undoMatch(
  scene: StaffScene,
  accountId: string,
  line: Pick<LineRow, "lineKey" | "turn" | "voucherId" | "lineNo">,
): Promise<Result<{ readonly matched: number }, MatchRefusal>> {
  if (line.voucherId === null || line.lineNo === null) return err({ reason: "unknown_line" });
  const leaf = appendLeaf(
    scene,
    "bank.unmatched",
    { account: accountId, voucher: line.voucherId, line: line.lineNo },
    accountId,
  );
  const undo = { key: line.lineKey, turn: line.turn + 1, voucher: line.voucherId, line: line.lineNo };
  const written = await scene.db.write([
    insertMatches(scene, accountId, [undo], scene.actor.personId, leaf.leafHash),
    leaf.statement,
  ]);
  return written.ok ? ok({ matched: 0 }) : err({ reason: "matched_already" });
}

// ——— Reconciliation ———

export interface ReconciliationSheet extends Reconciliation {
  readonly bankOnly: readonly LineRow[];
  readonly bookOnly: readonly OpenPostingRow[];
  /** Whether the bank's balance is as its statement prints it; otherwise the sum of its lines. */
  readonly printed: boolean;
  /** More is open on a side than the sheet lists, so its sums are not whole. */
  readonly cutOff: boolean;
}

export interface BankBalance {
  /** As the bank prints it; null where it prints none. */
  readonly printedFen: Fen | null;
  /** Of all its lines. */
  readonly sumFen: Fen;
  readonly lines: number;
}
/** What is asked of the database for the bank's balance on a day, and the answer out of it. */
export const balanceQueries = (scene: Scene, accountId: string, on: Day) =>
  [sumMoved(scene, accountId, on), listLastDay(scene, accountId, on)] as const;
export const balanceFrom = (
  moved: readonly { readonly sumFen: Fen; readonly lines: number }[],
  lastDay: readonly DayLine[],
): BankBalance => ({ printedFen: closingOf(lastDay), sumFen: moved[0]?.sumFen ?? 0, lines: moved[0]?.lines ?? 0 });

/** Book against bank on a day (R10): `bookFen` is the balance of the ledger's account then. Null while no statement was taken in. */
export async function reconcileOn(
  scene: Scene,
  account: AccountRow,
  bookFen: Fen,
  on: Day,
): Promise<ReconciliationSheet | null> {
  const [moved, lastDay, bankOnly, bookOnly, opening] = await scene.db.read(
    ...balanceQueries(scene, account.accountId, on),
    listLinesAloneOn(scene, account.accountId, on, MOST_OPEN),
    listPostingsAloneOn(scene, account.accountId, on, MOST_OPEN),
    sumBroughtIn(scene, account),
  );
  const bank = balanceFrom(moved, lastDay);
  if (bank.lines === 0) return null;
  const bankFen = bank.printedFen ?? bank.sumFen + (opening[0]?.broughtInFen ?? 0);
  return {
    ...reconcile(
      bookFen,
      bankFen,
      bankOnly.map(({ amountFen }) => amountFen),
      bookOnly.map(({ amountFen }) => amountFen),
    ),
    bankOnly,
    bookOnly,
    printed: bank.printedFen !== null,
    cutOff: bankOnly.length === MOST_OPEN || bookOnly.length === MOST_OPEN,
  };
}
