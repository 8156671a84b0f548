/** Money of leases: what the clock charges, what comes in and goes back, each with its voucher. No HTTP. */
import { addDays, type Day, dayOf } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../../platform/db.ts";
import { writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { type DraftingRefusal, draftVoucher, prepareVoucher, type VoucherAsked } from "../books/actions.ts";
import { firstDayOf, nextPeriod } from "../books/rules.ts";
import { type Attachment, listBooks } from "../books/store.ts";
import { openLessee } from "./actions.ts";
import { sayBasis } from "./basis.ts";
import {
  BANK,
  type Due,
  depositSettlement,
  dueNow,
  isMoneyAccount,
  linesOfCharge,
  type MadeCharge,
  type ReceiptFault,
  type ReceiptKind,
  type Settlement,
  settle,
} from "./receiving.ts";
import { endedOn, schedule } from "./rules.ts";
import {
  type ChargeRow,
  findLeaseById,
  heldFrom,
  insertCharge,
  insertReceipt,
  type LeaseRow,
  leaseFrom,
  listCharges,
  listReceipts,
  listRunning,
  openFrom,
} from "./store.ts";

/** As whom the clock drafts: nobody who could review, so that a person always does. */
export const CLOCK = "clock";
const byClock = (scene: Scene): StaffScene => ({
  ...scene,
  actor: {
    personId: CLOCK as PersonId,
    sessionId: CLOCK,
    name: CLOCK,
    posts: [],
    permissions: new Set(["ledger.draft"] as const),
  },
});

// A charge is due at most 90 days after its cycle began, a cycle is a year: what ended longer ago has nothing left to charge.
const LOOK_BACK_DAYS = 500;
/** One run makes no more vouchers than this for one community. */
export const MOST_CHARGES_A_RUN = 40;

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

/**
 * Drafts the vouchers of what fell due (S7): one for each charge, dated the day it fell due or, where that month is closed, the first
 * that is open. A person reviews them. Run twice it makes nothing twice: the charge's own key is what a repeat meets.
 */
export async function chargeDue(scene: Scene): Promise<number> {
  const today = dayOf(scene.now);
  const [books, stored] = await scene.db.read(
    listBooks(scene),
    listRunning(scene, addDays(today, -LOOK_BACK_DAYS), today),
  );
  const book = books.find((one) => one.book === "common");
  if (!book || stored.length === 0) return 0;
  const leases = stored.map(leaseFrom);
  const [rows] = await scene.db.read(
    listCharges(
      scene,
      leases.map(({ leaseId }) => leaseId),
    ),
  );
  const firstOpen = firstDayOf(book.closedThrough === null ? book.fromPeriod : nextPeriod(book.closedThrough));
  // Until a closed month's successor begins there is no day to enter anything on.
  if (firstOpen > today) return 0;
  let made = 0;
  for (const lease of leases) {
    const own = rows.filter(({ leaseId }) => leaseId === lease.leaseId);
    const span = { today, bookFromOn: firstDayOf(book.fromPeriod) };
    for (const due of dueNow(lease.terms, lease.untilOn, madeFrom(own), span)) {
      if (made >= MOST_CHARGES_A_RUN) return made;
      const drafted = await draftCharge(byClock(scene), lease, due, firstOpen);
      if (drafted.ok) made += 1;
      else
        console.error(
          JSON.stringify({ cron: scene.community.slug, lease: lease.number, refused: drafted.error.reason }),
        );
    }
  }
  return made;
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
  | { readonly reason: "no_money_account" }
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
  const firstOpen = firstDayOf(book.closedThrough === null ? book.fromPeriod : nextPeriod(book.closedThrough));
  const attempt = Math.max(...own.map((one) => one.attempt)) + 1;
  return draftCharge(scene, lease, { ...charge, kind: "rent", attempt }, firstOpen);
}

const RECEIPT_WORDS: Readonly<Record<ReceiptKind, string>> = {
  rent: "收租金",
  prepaid: "预收款抵租金",
  return: "退还多收的租金",
  deposit: "收押金",
  refund: "退押金",
  offset: "押金抵租金",
};

export interface ReceiptAsked {
  readonly leaseId: string;
  readonly kind: ReceiptKind;
  readonly on: string;
  readonly amountFen: Fen;
  /** The account of the book it came to or went from; the common account where none is named. */
  readonly account?: string;
}
/** Slips and agreements behind a receipt, and the rows that keep them. */
export interface ReceiptPapers {
  readonly attachments: readonly Attachment[];
  readonly files: readonly Query[];
}
const NO_PAPERS: ReceiptPapers = { attachments: [], files: [] };

async function loadMoney(scene: Scene, leaseId: string) {
  const [leases, charges, receipts] = await scene.db.read(
    findLeaseById(scene, leaseId),
    listCharges(scene, [leaseId]),
    listReceipts(scene, leaseId),
  );
  const lease = leases[0] ? leaseFrom(leases[0]) : null;
  return lease?.state === "approved" ? { lease, charges, receipts } : null;
}

/** Enters money that came in, went back or is set off, and drafts its voucher for another person to review. */
export async function enterReceipt(
  scene: StaffScene,
  asked: ReceiptAsked,
  once: string,
  { attachments, files }: ReceiptPapers = NO_PAPERS,
): Promise<Result<{ readonly voucherId: string }, MoneyRefusal>> {
  const found = await loadMoney(scene, asked.leaseId);
  if (!found) return err({ reason: "unknown_lease" });
  const { lease, charges, receipts } = found;
  // A repeat finds its own first time in what is held, and the rules would refuse it.
  const first = receipts.find(({ receiptId }) => receiptId === receiptIdOf(once));
  if (first) {
    const same = first.kind === asked.kind && first.onDay === asked.on && first.amountFen === asked.amountFen;
    return same ? ok({ voucherId: first.voucherId }) : err({ reason: "key_reused" });
  }
  const account = asked.account ?? BANK;
  if (!isMoneyAccount(account)) return err({ reason: "no_money_account" });
  const held = { open: openFrom(charges), ...heldFrom(receipts) };
  const settled = settle(asked.kind, asked.on, asked.amountFen, held, account);
  if (!settled.ok) return settled;
  const voucher = await voucherOf(scene, lease, asked, settled.value, attachments);
  return draftVoucher(scene, voucher, once, (voucherId) => [
    ...files,
    ...receiptOf(scene, lease, asked, settled.value, { receiptId: receiptIdOf(once), voucherId }),
  ]);
}
/** A receipt is known by the form it came from. */
const receiptIdOf = (once: string): string => `r-${once}`;

const voucherOf = async (
  scene: StaffScene,
  lease: LeaseRow,
  asked: ReceiptAsked,
  { lines }: Settlement,
  attachments: readonly Attachment[],
): Promise<VoucherAsked> => ({
  book: "common",
  kind: "ordinary",
  on: asked.on,
  text: `租约第${lease.number}号 ${lease.assets.slice(0, 60)} ${RECEIPT_WORDS[asked.kind]}`,
  lines,
  counterparty: { name: await openLessee(scene, lease), isPerson: lease.lesseeKind === "natural" },
  attachments,
  decision: sayBasis(lease.basis),
});
const receiptOf = (
  scene: StaffScene,
  { leaseId }: LeaseRow,
  { kind, on, amountFen }: ReceiptAsked,
  { parts, overFen }: Settlement,
  ids: { readonly receiptId: string; readonly voucherId: string },
): readonly Query[] =>
  insertReceipt(scene, {
    ...ids,
    leaseId,
    kind,
    onDay: on,
    amountFen,
    overFen,
    enteredBy: scene.actor.personId,
    parts,
  });

/**
 * Settles the deposit of a lease that is over: what is owed comes off it, the rest goes back. Two vouchers where it takes both, in one
 * batch, reviewed like any other.
 */
export async function settleDeposit(
  scene: StaffScene,
  asked: Pick<ReceiptAsked, "leaseId" | "on" | "account">,
  once: string,
  { attachments, files }: ReceiptPapers = NO_PAPERS,
): Promise<Result<{ readonly voucherId: string }, MoneyRefusal>> {
  const found = await loadMoney(scene, asked.leaseId);
  if (!found) return err({ reason: "unknown_lease" });
  const { lease, charges, receipts } = found;
  const first = receipts.find(({ receiptId }) => receiptId.startsWith(receiptIdOf(once)));
  if (first) return ok({ voucherId: first.voucherId });
  const account = asked.account ?? BANK;
  if (!isMoneyAccount(account)) return err({ reason: "no_money_account" });
  if (lease.untilOn > dayOf(scene.now)) return err({ reason: "lease_running", untilOn: lease.untilOn });
  const held = { open: openFrom(charges), ...heldFrom(receipts) };
  const { offsetFen, refundFen } = depositSettlement(held);
  if (offsetFen + refundFen === 0) return err({ reason: "deposit_too_small", heldFen: 0 });
  const steps = (
    [
      ["offset", offsetFen],
      ["refund", refundFen],
    ] as const
  ).filter(([, amountFen]) => amountFen > 0);
  const prepared: { readonly voucherId: string; readonly statements: readonly Query[] }[] = [];
  for (const [kind, amountFen] of steps) {
    const step: ReceiptAsked = { ...asked, kind, amountFen };
    const settled = settle(kind, asked.on, amountFen, held, account);
    if (!settled.ok) return settled;
    const voucher = await prepareVoucher(scene, await voucherOf(scene, lease, step, settled.value, attachments));
    if (!voucher.ok) return voucher;
    const { voucherId, statements } = voucher.value;
    const ids = { receiptId: `${receiptIdOf(once)}-${kind}`, voucherId };
    prepared.push({ voucherId, statements: [...statements, ...receiptOf(scene, lease, step, settled.value, ids)] });
  }
  const written = await writeOnce(
    scene,
    { key: once, body: `deposit ${lease.leaseId}` },
    [...files, ...prepared.flatMap(({ statements }) => statements)],
    { voucherId: prepared[0]!.voucherId },
  );
  if (written.ok) return ok(written.value);
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  return err({ reason: "also_refused", code: written.error.code });
}
