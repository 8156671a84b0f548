/** Comparing a month's income with what was expected, and saying why they differ: load, ask the rules, write with the leaf. No HTTP. */
import { addDays, dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { countOccupancy, type Occupancy } from "../assets/store.ts";
import type { Period } from "../books/rules.ts";
import { type BookRow, listBooks } from "../books/store.ts";
import { leaseFrom, listRunning } from "../leases/store.ts";
import { listAheadOfTakings, sumEarnedIn } from "../parking/earning/store.ts";
import { listTakenByMonth, sumRefunded } from "../parking/store.ts";
import { bankByAccount } from "./bank.ts";
import { type Comparison, compare, daysOf, mayExplain, parkingDue, type ReasonRefusal, rentsDue } from "./rules.ts";
import {
  type BankCover,
  chargeFrom,
  findBankCover,
  type GapNote,
  insertGapNote,
  listBooked,
  listChargesAtBank,
  listGapNotes,
  listIncomeLines,
} from "./store.ts";

// Rent may fall due up to 90 days after its cycle began, when the lease itself may be over.
const LOOK_BACK_DAYS = 100;

export interface MonthCompared {
  readonly rows: readonly Comparison[];
  readonly notes: readonly GapNote[];
  readonly book: BookRow | null;
  /** How much is let today. */
  readonly occupancy: readonly Occupancy[];
  /** How far statements reach, and what came in that no voucher is matched to. */
  readonly bank: BankCover;
}

const NO_BANK: BankCover = { statementsTo: null, openFen: 0, openLines: 0 };

/** A month of the common book: expected, booked, and what the bank shows of it. One round trip. */
export async function compareMonth(scene: Scene, period: Period): Promise<MonthCompared> {
  const { fromOn, toOn } = daysOf(period);
  const [books, leases, taken, booked, notes, occupancy, charges, lines, covers, refunds, ahead, earned] =
    await scene.db.read(
      listBooks(scene),
      listRunning(scene, addDays(fromOn, -LOOK_BACK_DAYS), toOn),
      listTakenByMonth(scene, fromOn, toOn),
      listBooked(scene, period),
      listGapNotes(scene, period),
      countOccupancy(scene, dayOf(scene.now)),
      listChargesAtBank(scene, period),
      listIncomeLines(scene, period),
      findBankCover(scene, fromOn, toOn),
      sumRefunded(scene, fromOn, toOn),
      listAheadOfTakings(scene, fromOn, toOn),
      sumEarnedIn(scene, period),
    );
  const bank = covers[0] ?? NO_BANK;
  const isKnown = bank.statementsTo !== null && bank.statementsTo >= fromOn;
  const aheadFen = ahead.reduce((sum, { fen }) => sum + fen, 0);
  const parking = parkingDue({ taken, aheadFen, earned: earned[0]!, refunded: refunds[0]! });
  const sources = [...rentsDue(leases.map(leaseFrom), period), ...parking];
  const rows = compare(
    sources,
    new Map(booked.map(({ account, fen }) => [account, fen])),
    isKnown ? bankByAccount(charges.map(chargeFrom), lines, period) : null,
    // In the order in which they were given: the last of an account is what the map keeps.
    new Map(notes.map((note) => [note.account, note])),
  );
  return { rows, notes, book: books.find((one) => one.book === "common") ?? null, occupancy, bank };
}

/** Says publicly why a month's income of an account differs. What was said before stays; the last counts. */
export async function explainGap(
  scene: StaffScene,
  asked: { readonly period: Period; readonly account: string; readonly text: string },
  once: string,
): Promise<Result<{ readonly account: string }, KeyReused | ReasonRefusal | { readonly reason: "note_moved" }>> {
  const { rows, notes } = await compareMonth(scene, asked.period);
  const refusal = mayExplain(rows, asked.account, asked.text);
  if (refusal) return err(refusal);
  const row = rows.find((one) => one.account === asked.account)!;
  const text = asked.text.trim();
  const leaf = appendLeaf(
    scene,
    "ledger.gap_explained",
    {
      period: asked.period,
      account: asked.account,
      expected: row.expectedFen,
      booked: row.bookedFen,
      ...(row.bankFen === null ? {} : { bank: row.bankFen }),
      reason: text,
    },
    "expected",
  );
  const noteNo = notes.filter(({ account }) => account === asked.account).length + 1;
  const { expectedFen, bookedFen, bankFen } = row;
  const figures = { expectedFen, bookedFen, bankFen };
  const note = insertGapNote(scene, {
    ...asked,
    ...figures,
    text,
    noteNo,
    by: scene.actor.personId,
    leafHash: leaf.leafHash,
  });
  const written = await writeOnce(scene, { key: once, body: JSON.stringify(asked) }, [note, leaf.statement], {
    account: asked.account,
  });
  if (written.ok) return ok(written.value);
  return err({ reason: written.error.reason === "key_reused" ? "key_reused" : "note_moved" });
}
