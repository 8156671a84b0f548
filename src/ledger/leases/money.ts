/** What falls due on leases: charged by the clock, slice by slice, each with its voucher (money that comes in is receipts/actions.ts). No HTTP. */
import { addDays, type Day, dayOf } from "../../kernel/day.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { type DraftingRefusal, draftVoucher } from "../books/actions.ts";
import { firstDayOf, nextPeriod } from "../books/rules.ts";
import { type BookRow, listBooks } from "../books/store.ts";
import { findRound, saveRound } from "../rounds/store.ts";
import { openLessee } from "./actions.ts";
import { sayBasis } from "./basis.ts";
import { byClock } from "./clock.ts";
import { type AccountFault, type Due, dueNow, linesOfCharge, type MadeCharge, type ReceiptFault } from "./receiving.ts";
import { endedOn, schedule } from "./rules.ts";
import {
  type ChargeRow,
  findLeaseById,
  insertCharge,
  type LeaseRow,
  leaseFrom,
  listCharges,
  listRunningAfter,
} from "./store.ts";

// A charge is due at most 90 days after its cycle began, a cycle is a year: what ended longer ago has nothing left to charge.
const LOOK_BACK_DAYS = 500;
/** One run makes no more vouchers than this for one community, and looks at no more leases; the next goes on where it stopped. */
export const MOST_CHARGES_A_RUN = 40;
export const LEASES_A_RUN = 100;
const ROUND = "charges";

const isStanding = ({ state, reversed }: ChargeRow): boolean =>
  state === "waiting" || state === "reviewed" || (state === "posted" && reversed === 0);
const madeFrom = (rows: readonly ChargeRow[]): MadeCharge[] =>
  rows.map((row) => ({
    kind: row.kind,
    chargeNo: row.chargeNo,
    attempt: row.attempt,
    amountFen: row.amountFen,
    taxFen: row.taxFen,
    standing: isStanding(row),
    posted: row.state === "posted" && row.reversed === 0,
  }));

/** The first day the book takes vouchers of. */
export const firstOpenDay = (book: Pick<BookRow, "closedThrough" | "fromPeriod">): Day =>
  firstDayOf(book.closedThrough === null ? book.fromPeriod : nextPeriod(book.closedThrough));

/**
 * Drafts the vouchers of what fell due (S7): one for each charge, dated the day it fell due or, where that month is closed, the first
 * that is open. A person reviews them. Run twice it makes nothing twice: the charge's own key is what a repeat meets. Many leases take
 * several runs, each going on behind the last lease of the one before.
 * @returns How many vouchers this run drafted.
 */
export async function chargeDue(scene: Scene, mostLeases = LEASES_A_RUN): Promise<number> {
  const today = dayOf(scene.now);
  const [books, rounds] = await scene.db.read(listBooks(scene), findRound(scene, ROUND));
  const book = books.find((one) => one.book === "common");
  if (!book) return 0;
  const firstOpen = firstOpenDay(book);
  // Until a closed month's successor begins there is no day to enter anything on.
  if (firstOpen > today) return 0;
  const before = rounds[0]?.after ?? "";
  const [stored] = await scene.db.read(
    listRunningAfter(scene, { fromOn: addDays(today, -LOOK_BACK_DAYS), toOn: today }, before, mostLeases),
  );
  const leases = stored.map(leaseFrom);
  const { made, isFull, last } = await chargeSlice(scene, leases, { today, firstOpen, book });
  const after = isFull || leases.length === mostLeases ? last : "";
  if (after !== before) await scene.db.write([saveRound(scene, ROUND, after)]);
  return made;
}

/** Where the next run goes on behind a lease. */
const placeOf = ({ untilOn, leaseId }: LeaseRow): string => `${untilOn}${leaseId}`;

async function chargeSlice(
  scene: Scene,
  leases: readonly LeaseRow[],
  { today, firstOpen, book }: { readonly today: Day; readonly firstOpen: Day; readonly book: BookRow },
): Promise<{ readonly made: number; readonly isFull: boolean; readonly last: string }> {
  const ids = leases.map(({ leaseId }) => leaseId);
  const [rows] = leases.length > 0 ? await scene.db.read(listCharges(scene, ids)) : [[]];
  let [made, last] = [0, ""];
  for (const lease of leases) {
    const own = rows.filter(({ leaseId }) => leaseId === lease.leaseId);
    const span = { today, bookFromOn: firstDayOf(book.fromPeriod) };
    for (const due of dueNow(lease.terms, lease.untilOn, madeFrom(own), span)) {
      if (made >= MOST_CHARGES_A_RUN) return { made, isFull: true, last };
      const drafted = await draftCharge(byClock(scene), lease, due, firstOpen);
      if (drafted.ok) made += 1;
      else
        console.error(
          JSON.stringify({ cron: scene.community.slug, lease: lease.number, refused: drafted.error.reason }),
        );
    }
    last = placeOf(lease);
  }
  return { made, isFull: false, last };
}

async function draftCharge(
  scene: StaffScene,
  lease: LeaseRow,
  due: Due,
  firstOpen: Day,
): Promise<Result<{ readonly voucherId: string }, DraftingRefusal>> {
  const what = due.kind === "rent" ? "租金" : "提前终止后调整租金";
  return draftVoucher(
    scene,
    {
      book: "common",
      kind: "ordinary",
      on: due.dueOn < firstOpen ? firstOpen : due.dueOn,
      text: `租约第${lease.number}号 ${lease.assets.slice(0, 60)} ${due.fromOn}至${due.toOn}${what}`,
      lines: linesOfCharge(due, lease.account),
      counterparty: { name: await openLessee(scene, lease), isPerson: lease.lesseeKind === "natural" },
      attachments: [],
      decision: sayBasis(lease.basis),
    },
    `charge:${lease.leaseId}:${due.kind}:${due.chargeNo}:${due.attempt}`,
    (voucherId) => [insertCharge(scene, { ...due, leaseId: lease.leaseId, voucherId })],
  );
}

export type MoneyRefusal =
  | DraftingRefusal
  | ReceiptFault
  | { readonly reason: "unknown_lease" }
  | { readonly reason: "charge_stands" }
  | AccountFault
  | { readonly reason: "lease_running"; readonly untilOn: Day }
  | { readonly reason: "nothing_due" };

/** Drafts a charge again whose voucher was sent back, given up or taken back, as the lease stands now. */
export async function chargeAgain(
  scene: StaffScene,
  asked: { readonly leaseId: string; readonly chargeNo: number },
): Promise<Result<{ readonly voucherId: string }, MoneyRefusal>> {
  const [leases, rows, books] = await scene.db.read(
    findLeaseById(scene, asked.leaseId),
    listCharges(scene, [asked.leaseId]),
    listBooks(scene),
  );
  if (!leases[0]) return err({ reason: "unknown_lease" });
  const lease = leaseFrom(leases[0]);
  const book = books.find((one) => one.book === "common");
  if (!book) return err({ reason: "unknown_book" });
  const own = rows.filter(({ kind, chargeNo }) => kind === "rent" && chargeNo === asked.chargeNo);
  if (own.length === 0) return err({ reason: "nothing_due" });
  if (own.some(isStanding)) return err({ reason: "charge_stands" });
  const cut = lease.untilOn < lease.toOn ? endedOn(lease.terms, lease.untilOn) : ok(lease.terms);
  const charge = cut.ok ? schedule(cut.value).find(({ chargeNo }) => chargeNo === asked.chargeNo) : undefined;
  if (!charge) return err({ reason: "nothing_due" });
  const attempt = Math.max(...own.map((one) => one.attempt)) + 1;
  return draftCharge(scene, lease, { ...charge, kind: "rent", attempt }, firstOpenDay(book));
}
