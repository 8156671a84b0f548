/** Money that comes in for a lease, goes back, or is set off, each with its voucher for another person to review. No HTTP. */
import { type Day, dayOf } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Query } from "../../../platform/db.ts";
import { findAnswer, writeOnce } from "../../../platform/once.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { listBankAccounts } from "../../bank/store.ts";
import { draftVoucher, prepareVoucher, type VoucherAsked } from "../../books/actions.ts";
import type { Attachment } from "../../books/store.ts";
import { openLessee } from "../actions.ts";
import { sayBasis } from "../basis.ts";
import type { MoneyRefusal } from "../money.ts";
import {
  type AccountFault,
  accountFor,
  BANK,
  endSettlement,
  type Held,
  heldAfter,
  movesMoney,
  type ReceiptKind,
  type Settlement,
  settle,
} from "../receiving.ts";
import { findLeaseById, type LeaseRow, leaseFrom, listCharges, openFrom } from "../store.ts";
import { heldFrom, insertReceipt, lastAccount, listReceipts, type ReceiptRow } from "./store.ts";

const RECEIPT_WORDS: Readonly<Record<ReceiptKind, string>> = {
  rent: "收租金",
  prepaid: "预收款抵租金",
  return: "退还多收、预收的租金",
  deposit: "收押金",
  refund: "退押金",
  offset: "押金抵租金",
};

export interface ReceiptAsked {
  readonly leaseId: string;
  readonly kind: ReceiptKind;
  readonly on: string;
  readonly amountFen: Fen;
  /** The account of the book it came to or went from; where none is named, the lease's last one, or the only one there is. */
  readonly account?: string;
}
/** Slips and agreements behind a receipt, and the rows that keep them. */
export interface ReceiptPapers {
  readonly attachments: readonly Attachment[];
  readonly files: readonly Query[];
}
const NO_PAPERS: ReceiptPapers = { attachments: [], files: [] };

interface Money {
  readonly lease: LeaseRow;
  readonly held: Held;
  readonly receipts: readonly ReceiptRow[];
  /** Codes of the common book's accounts at banks. */
  readonly banks: readonly string[];
}
async function loadMoney(scene: Scene, leaseId: string): Promise<Money | null> {
  const [leases, charges, receipts, accounts] = await scene.db.read(
    findLeaseById(scene, leaseId),
    listCharges(scene, [leaseId]),
    listReceipts(scene, leaseId),
    listBankAccounts(scene),
  );
  const lease = leases[0] ? leaseFrom(leases[0]) : null;
  if (lease?.state !== "approved") return null;
  const banks = accounts.filter(({ book }) => book === "common").map(({ ledgerAccount }) => ledgerAccount);
  return { lease, held: { open: openFrom(charges), ...heldFrom(receipts) }, receipts, banks };
}
/** The account of a sum; of one that moves no money the first will do, for no line speaks of it. */
const accountOf = (
  { receipts, banks }: Money,
  kinds: readonly ReceiptKind[],
  named = "",
): Result<string, AccountFault> =>
  kinds.some(movesMoney) ? accountFor(named, lastAccount(receipts), banks) : ok(BANK);

/** Enters money that came in, went back or is set off, and drafts its voucher for another person to review. */
export async function enterReceipt(
  scene: StaffScene,
  asked: ReceiptAsked,
  once: string,
  { attachments, files }: ReceiptPapers = NO_PAPERS,
): Promise<Result<{ readonly voucherId: string }, MoneyRefusal>> {
  const money = await loadMoney(scene, asked.leaseId);
  if (!money) return err({ reason: "unknown_lease" });
  const { lease, held, receipts } = money;
  // A repeat finds its own first time in what is held, and the rules would refuse it.
  const first = receipts.find(({ receiptId }) => receiptId === receiptIdOf(once));
  if (first) {
    const same = first.kind === asked.kind && first.onDay === asked.on && first.amountFen === asked.amountFen;
    return same ? ok({ voucherId: first.voucherId }) : err({ reason: "key_reused" });
  }
  const account = accountOf(money, [asked.kind], asked.account);
  if (!account.ok) return account;
  const step = { ...asked, account: account.value };
  const settled = settle(asked.kind, asked.on, asked.amountFen, held, account.value);
  if (!settled.ok) return settled;
  const voucher = await voucherOf(scene, lease, step, settled.value, attachments);
  return draftVoucher(scene, voucher, once, (voucherId) => [
    ...files,
    ...receiptOf(scene, step, settled.value, { receiptId: receiptIdOf(once), voucherId }),
  ]);
}
/** A receipt is known by the form it came from. */
export const receiptIdOf = (once: string): string => `r-${once}`;

const voucherOf = async (
  scene: StaffScene,
  lease: LeaseRow,
  asked: Pick<ReceiptAsked, "kind" | "on">,
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
  { leaseId, kind, on, amountFen, account }: ReceiptAsked & { readonly account: string },
  { parts, overFen, prepaidFen }: Settlement,
  ids: { readonly receiptId: string; readonly voucherId: string },
): readonly Query[] =>
  insertReceipt(scene, {
    ...ids,
    leaseId,
    kind,
    onDay: on,
    amountFen,
    overFen,
    prepaidFen,
    account: movesMoney(kind) ? account : null,
    enteredBy: scene.actor.personId,
    parts,
  });

/**
 * Settles all that is held of a lease that is over: what was prepaid and the deposit pay what is owed, the rest goes back. As many
 * vouchers as it takes, in one batch, reviewed like any other.
 */
export async function settleHeld(
  scene: StaffScene,
  asked: Pick<ReceiptAsked, "leaseId" | "on" | "account">,
  once: string,
  { attachments, files }: ReceiptPapers = NO_PAPERS,
): Promise<Result<{ readonly voucherId: string }, MoneyRefusal>> {
  const money = await loadMoney(scene, asked.leaseId);
  if (!money) return err({ reason: "unknown_lease" });
  const { lease } = money;
  const key = { key: once, body: `deposit ${lease.leaseId}` };
  // A repeat finds nothing left to settle: it is told of its first time.
  const answered = await findAnswer<{ readonly voucherId: string }>(scene, key);
  if (answered) return answered;
  const steps = endSettlement(money.held);
  const account = accountOf(
    money,
    steps.map(({ kind }) => kind),
    asked.account,
  );
  if (!account.ok) return account;
  if (lease.untilOn > dayOf(scene.now)) return err({ reason: "lease_running", untilOn: lease.untilOn });
  if (steps.length === 0) return err({ reason: "deposit_too_small", heldFen: 0 });
  let { held } = money;
  const prepared: { readonly voucherId: string; readonly statements: readonly Query[] }[] = [];
  for (const { kind, amountFen } of steps) {
    const step = { ...asked, kind, amountFen, account: account.value };
    const settled = settle(kind, asked.on, amountFen, held, account.value);
    if (!settled.ok) return settled;
    held = heldAfter(held, kind, amountFen, settled.value);
    const voucher = await prepareVoucher(scene, await voucherOf(scene, lease, step, settled.value, attachments));
    if (!voucher.ok) return voucher;
    const { voucherId, statements } = voucher.value;
    const ids = { receiptId: `${receiptIdOf(once)}-${kind}`, voucherId };
    prepared.push({ voucherId, statements: [...statements, ...receiptOf(scene, step, settled.value, ids)] });
  }
  const written = await writeOnce(scene, key, [...files, ...prepared.flatMap(({ statements }) => statements)], {
    voucherId: prepared[0]!.voucherId,
  });
  if (written.ok) return ok(written.value);
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  return err({ reason: "also_refused", code: written.error.code });
}

/**
 * Sets what was prepaid against a charge that fell due since (2203 → 1122.01). Once a charge and attempt: what a person sent back is not
 * drafted again.
 * @param on The day of the voucher: one the book is open on.
 * @returns Whether a voucher was drafted.
 */
export async function usePrepaid(scene: StaffScene, leaseId: string, on: Day): Promise<boolean> {
  const money = await loadMoney(scene, leaseId);
  if (!money) return false;
  const { held, receipts } = money;
  const next = held.open
    .filter(({ leftFen }) => leftFen > 0)
    .toSorted((a, b) => (a.dueOn === b.dueOn ? a.chargeNo - b.chargeNo : a.dueOn < b.dueOn ? -1 : 1))[0];
  const amountFen = Math.min(next?.leftFen ?? 0, held.prepaidFen);
  if (!next || amountFen <= 0) return false;
  const once = `prepaid:${leaseId}:${next.chargeNo}:${next.attempt}`;
  if (receipts.some(({ receiptId }) => receiptId === receiptIdOf(once))) return false;
  return (await enterReceipt(scene, { leaseId, kind: "prepaid", on, amountFen }, once)).ok;
}
