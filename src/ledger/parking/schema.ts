/** Drizzle's typed view of the tables of parking in migrations/0018 and 0039. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const ledgerTariff = sqliteTable(
  "ledger_tariff",
  {
    communityId: text("community_id").notNull(),
    tariffId: text("tariff_id").notNull(),
    use: text("use").notNull(),
    fromOn: text("from_on").notNull(),
    amountFen: integer("amount_fen").notNull(),
    words: text("words").notNull(),
    basis: text("basis").notNull(),
    ground: text("ground"),
    writtenBy: text("written_by").notNull(),
    writtenAt: integer("written_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.tariffId] })],
);

export const ledgerPermit = sqliteTable(
  "ledger_permit",
  {
    communityId: text("community_id").notNull(),
    permitId: text("permit_id").notNull(),
    number: integer("number").notNull(),
    assetId: text("asset_id"),
    plateKey: text("plate_key").notNull(),
    plateSealed: text("plate_sealed").notNull(),
    plateShown: text("plate_shown").notNull(),
    fromOn: text("from_on").notNull(),
    toOn: text("to_on").notNull(),
    months: integer("months").notNull(),
    monthlyFen: integer("monthly_fen").notNull(),
    amountFen: integer("amount_fen").notNull(),
    paidOn: text("paid_on").notNull(),
    issuedBy: text("issued_by").notNull(),
    issuedAt: integer("issued_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.permitId] })],
);

export const ledgerGateImport = sqliteTable(
  "ledger_gate_import",
  {
    communityId: text("community_id").notNull(),
    importId: text("import_id").notNull(),
    fileHash: text("file_hash").notNull(),
    name: text("name").notNull(),
    rows: integer("rows").notNull(),
    added: integer("added").notNull(),
    amountFen: integer("amount_fen").notNull(),
    importedBy: text("imported_by").notNull(),
    importedAt: integer("imported_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.importId] })],
);

export const ledgerGateEntry = sqliteTable(
  "ledger_gate_entry",
  {
    communityId: text("community_id").notNull(),
    entryKey: text("entry_key").notNull(),
    importId: text("import_id").notNull(),
    onDay: text("on_day").notNull(),
    amountFen: integer("amount_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.entryKey] })],
);

export const ledgerTaking = sqliteTable(
  "ledger_taking",
  {
    communityId: text("community_id").notNull(),
    takingId: text("taking_id").notNull(),
    onDay: text("on_day").notNull(),
    source: text("source").notNull(),
    entries: integer("entries").notNull(),
    amountFen: integer("amount_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.takingId, t.onDay] })],
);

export const ledgerTakingVoucher = sqliteTable(
  "ledger_taking_voucher",
  {
    communityId: text("community_id").notNull(),
    takingId: text("taking_id").notNull(),
    onDay: text("on_day").notNull(),
    voucherId: text("voucher_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.takingId, t.onDay, t.voucherId] })],
);

export const ledgerPermitEnd = sqliteTable(
  "ledger_permit_end",
  {
    communityId: text("community_id").notNull(),
    permitId: text("permit_id").notNull(),
    lastOn: text("last_on").notNull(),
    onDay: text("on_day").notNull(),
    refundFen: integer("refund_fen").notNull(),
    prepaidFen: integer("prepaid_fen").notNull().default(0),
    why: text("why").notNull(),
    endedBy: text("ended_by").notNull(),
    endedAt: integer("ended_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.permitId] })],
);

export const ledgerPermitRefund = sqliteTable(
  "ledger_permit_refund",
  {
    communityId: text("community_id").notNull(),
    permitId: text("permit_id").notNull(),
    voucherId: text("voucher_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.permitId, t.voucherId] })],
);

export const ledgerPermitMonth = sqliteTable(
  "ledger_permit_month",
  {
    communityId: text("community_id").notNull(),
    permitId: text("permit_id").notNull(),
    monthNo: integer("month_no").notNull(),
    beginsOn: text("begins_on").notNull(),
    period: text("period").notNull(),
    amountFen: integer("amount_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.permitId, t.monthNo] })],
);

export const ledgerPermitMonthVoucher = sqliteTable(
  "ledger_permit_month_voucher",
  {
    communityId: text("community_id").notNull(),
    permitId: text("permit_id").notNull(),
    monthNo: integer("month_no").notNull(),
    voucherId: text("voucher_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.permitId, t.monthNo, t.voucherId] })],
);
