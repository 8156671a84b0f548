/** Drizzle's typed view of the tables of leases in migrations/0018, 0038 and 0047. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const ledgerLease = sqliteTable(
  "ledger_lease",
  {
    communityId: text("community_id").notNull(),
    leaseId: text("lease_id").notNull(),
    number: integer("number").notNull(),
    purpose: text("purpose").notNull(),
    lesseeKind: text("lessee_kind").notNull(),
    lesseeSealed: text("lessee_sealed").notNull(),
    lesseeShown: text("lessee_shown").notNull(),
    creditCode: text("credit_code").notNull(),
    phoneSealed: text("phone_sealed").notNull(),
    account: text("account").notNull(),
    terms: text("terms").notNull(),
    fromOn: text("from_on").notNull(),
    toOn: text("to_on").notNull(),
    untilOn: text("until_on").notNull(),
    depositFen: integer("deposit_fen").notNull(),
    basis: text("basis").notNull(),
    attachments: text("attachments").notNull(),
    renewsId: text("renews_id"),
    state: text("state").notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: integer("decided_at"),
    decidedWhy: text("decided_why"),
    endedBy: text("ended_by"),
    endedAt: integer("ended_at"),
    endedWhy: text("ended_why"),
    draftLeaf: text("draft_leaf").notNull(),
    leafHash: text("leaf_hash"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.leaseId] })],
);

export const ledgerLeaseAsset = sqliteTable(
  "ledger_lease_asset",
  {
    communityId: text("community_id").notNull(),
    leaseId: text("lease_id").notNull(),
    assetId: text("asset_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.leaseId, t.assetId] })],
);

export const ledgerCharge = sqliteTable(
  "ledger_charge",
  {
    communityId: text("community_id").notNull(),
    leaseId: text("lease_id").notNull(),
    kind: text("kind").notNull(),
    chargeNo: integer("charge_no").notNull(),
    attempt: integer("attempt").notNull(),
    fromOn: text("from_on").notNull(),
    toOn: text("to_on").notNull(),
    dueOn: text("due_on").notNull(),
    amountFen: integer("amount_fen").notNull(),
    taxFen: integer("tax_fen").notNull(),
    voucherId: text("voucher_id").notNull(),
    madeAt: integer("made_at").notNull(),
    owedFen: integer("owed_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.leaseId, t.kind, t.chargeNo, t.attempt] })],
);

export const ledgerReceipt = sqliteTable(
  "ledger_receipt",
  {
    communityId: text("community_id").notNull(),
    receiptId: text("receipt_id").notNull(),
    leaseId: text("lease_id").notNull(),
    kind: text("kind").notNull(),
    onDay: text("on_day").notNull(),
    amountFen: integer("amount_fen").notNull(),
    overFen: integer("over_fen").notNull(),
    voucherId: text("voucher_id").notNull(),
    enteredBy: text("entered_by").notNull(),
    enteredAt: integer("entered_at").notNull(),
    account: text("account"),
    prepaidFen: integer("prepaid_fen").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.receiptId] })],
);

export const ledgerReceiptPart = sqliteTable(
  "ledger_receipt_part",
  {
    communityId: text("community_id").notNull(),
    receiptId: text("receipt_id").notNull(),
    leaseId: text("lease_id").notNull(),
    kind: text("kind").notNull(),
    chargeNo: integer("charge_no").notNull(),
    attempt: integer("attempt").notNull(),
    amountFen: integer("amount_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.receiptId, t.kind, t.chargeNo, t.attempt] })],
);

export const ledgerReminder = sqliteTable(
  "ledger_reminder",
  {
    communityId: text("community_id").notNull(),
    leaseId: text("lease_id").notNull(),
    chargeNo: integer("charge_no").notNull(),
    step: integer("step").notNull(),
    queuedAt: integer("queued_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.leaseId, t.chargeNo, t.step] })],
);

export const ledgerLeaseEnd = sqliteTable(
  "ledger_lease_end",
  {
    communityId: text("community_id").notNull(),
    leaseId: text("lease_id").notNull(),
    turn: integer("turn").notNull(),
    lastOn: text("last_on").notNull(),
    why: text("why").notNull(),
    state: text("state").notNull(),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: integer("proposed_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: integer("decided_at"),
    decidedWhy: text("decided_why"),
    draftLeaf: text("draft_leaf").notNull(),
    leafHash: text("leaf_hash"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.leaseId, t.turn] })],
);

export const ledgerOwedDay = sqliteTable(
  "ledger_owed_day",
  {
    communityId: text("community_id").notNull(),
    dueOn: text("due_on").notNull(),
    owedFen: integer("owed_fen").notNull(),
    charges: integer("charges").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.dueOn] })],
);
