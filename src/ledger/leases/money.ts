/** Money of leases: what the clock charges, what comes in and goes back, each with its voucher; and word to whoever is late. No HTTP. */
import { addDays, type Day, dayOf, daysBetween } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type Query, sql } from "../../platform/db.ts";
import { queueMessages } from "../../platform/outbox/store.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { type DraftingRefusal, draftVoucher } from "../books/actions.ts";
import { firstDayOf, nextPeriod } from "../books/rules.ts";
import { listBooks } from "../books/store.ts";
import { openLessee } from "./actions.ts";
import { sayBasis } from "./basis.ts";
import { LATE_RENT } from "./messages.ts";
import {
  type Due,
  dueNow,
  linesOfCharge,
  type MadeCharge,
  type ReceiptFault,
  type ReceiptKind,
  settle,
} from "./receiving.ts";
import { endedOn, schedule } from "./rules.ts";
import { LEASE_SETTINGS } from "./settings.ts";
import {
  type ChargeRow,
  findLeaseById,
  heldFrom,
  insertCharge,
  insertReceipt,
  type LeaseRow,
  leaseFrom,
  listCharges,
  listOpen,
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

/** Enters money that came in, went back or is set off, and drafts its voucher for another person to review. */
export async function enterReceipt(
  scene: StaffScene,
  asked: { readonly leaseId: string; readonly kind: ReceiptKind; readonly on: string; readonly amountFen: Fen },
  once: string,
): Promise<Result<{ readonly voucherId: string }, MoneyRefusal>> {
  const [leases, charges, receipts] = await scene.db.read(
    findLeaseById(scene, asked.leaseId),
    listCharges(scene, [asked.leaseId]),
    listReceipts(scene, asked.leaseId),
  );
  if (!leases[0]) return err({ reason: "unknown_lease" });
  const lease = leaseFrom(leases[0]);
  if (lease.state !== "approved") return err({ reason: "unknown_lease" });
  // A repeat finds its own first time in what is held, and the rules would refuse it.
  const first = receipts.find(({ receiptId }) => receiptId === receiptIdOf(once));
  if (first) {
    const same = first.kind === asked.kind && first.onDay === asked.on && first.amountFen === asked.amountFen;
    return same ? ok({ voucherId: first.voucherId }) : err({ reason: "key_reused" });
  }
  const settled = settle(asked.kind, asked.on, asked.amountFen, { open: openFrom(charges), ...heldFrom(receipts) });
  if (!settled.ok) return settled;
  const { parts, overFen, lines } = settled.value;
  return draftVoucher(
    scene,
    {
      book: "common",
      kind: "ordinary",
      on: asked.on,
      text: `租约第${lease.number}号 ${lease.assets.slice(0, 60)} ${RECEIPT_WORDS[asked.kind]}`,
      lines,
      counterparty: { name: await openLessee(scene, lease), isPerson: lease.lesseeKind === "natural" },
      attachments: [],
      decision: sayBasis(lease.basis),
    },
    once,
    (voucherId) =>
      insertReceipt(scene, {
        receiptId: receiptIdOf(once),
        leaseId: lease.leaseId,
        kind: asked.kind,
        onDay: asked.on,
        amountFen: asked.amountFen,
        overFen,
        voucherId,
        enteredBy: scene.actor.personId,
        parts,
      }),
  );
}
/** A receipt is known by the form it came from. */
const receiptIdOf = (once: string): string => `r-${once}`;

// ——— Reminders ———

/** Which of the reminders a debt has come to: 0 before the first. */
export const reminderStep = (dueOn: Day, today: Day, after: readonly number[]): number =>
  after.filter((days) => daysBetween(dueOn, today) >= days).length;

/** Queues word to whoever is late, once a charge and step; the outbox keeps it through the night. */
export async function remindLate(scene: Scene): Promise<number> {
  const today = dayOf(scene.now);
  const [open, settings] = await scene.db.read(listOpen(scene, 500), listSettings(scene, LEASE_SETTINGS));
  const values = valuesFromRows(LEASE_SETTINGS, settings);
  const after = [values.firstReminderDays.value, values.secondReminderDays.value, values.thirdReminderDays.value];
  const late = open
    .filter(({ owedFen }) => owedFen > 0)
    .map((row) => ({ ...row, step: reminderStep(row.dueOn, today, after) }))
    .filter(({ step }) => step > 0);
  if (late.length === 0) return 0;
  const [told] = await scene.db.read(
    scene.db.all<{ key: string }>(
      sql`SELECT lease_id || ':' || charge_no || ':' || step AS key FROM ledger_reminder WHERE community_id = ${scene.community.id}
            AND lease_id IN (SELECT value FROM json_each(${JSON.stringify([...new Set(late.map((one) => one.leaseId))])}))`,
    ),
  );
  const known = new Set(told.map(({ key }) => key));
  const fresh = late.filter(({ leaseId, chargeNo, step }) => !known.has(`${leaseId}:${chargeNo}:${step}`));
  if (fresh.length === 0) return 0;
  const noted: Query = scene.db.run(
    sql`INSERT INTO ledger_reminder(community_id, lease_id, charge_no, step, queued_at)
        SELECT ${scene.community.id}, j.value ->> 'leaseId', j.value ->> 'chargeNo', j.value ->> 'step', CAST(${scene.now} AS INTEGER)
        FROM json_each(${JSON.stringify(fresh.map(({ leaseId, chargeNo, step }) => ({ leaseId, chargeNo, step })))}) j`,
  );
  const messages = queueMessages(
    scene,
    LATE_RENT,
    fresh.map(({ leaseId, chargeNo, step }) => ({
      to: leaseId,
      params: { lease: leaseId, charge: chargeNo },
      dedupeKey: `${LATE_RENT}:${leaseId}:${chargeNo}:${step}`,
    })),
  );
  const written = await scene.db.write([noted, ...messages]);
  // Another run was faster: it told them.
  return written.ok ? fresh.length : 0;
}

/** What the clock does for leases. */
export async function runLeases(scene: Scene): Promise<void> {
  await chargeDue(scene);
  await remindLate(scene);
}
