/** Drizzle's typed view of the tables of migrations/0017. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { AccountKind, Book, Period, VoucherKind, VoucherState } from "./rules.ts";

export const ledgerBook = sqliteTable(
  "ledger_book",
  {
    communityId: text("community_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    fromPeriod: text("from_period").$type<Period>().notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: integer("opened_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.book] })],
);

export const ledgerAccount = sqliteTable(
  "ledger_account",
  {
    communityId: text("community_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    code: text("code").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    kind: text("kind").$type<AccountKind>().notNull(),
    postable: integer("postable").notNull(),
    fromOn: text("from_on").$type<Day>().notNull(),
    addedBy: text("added_by").notNull(),
    addedAt: integer("added_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.book, t.code] })],
);

export const ledgerAccountEnd = sqliteTable(
  "ledger_account_end",
  {
    communityId: text("community_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    code: text("code").notNull(),
    untilOn: text("until_on").$type<Day>().notNull(),
    endedBy: text("ended_by").notNull(),
    endedAt: integer("ended_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.book, t.code] })],
);

export const ledgerClose = sqliteTable(
  "ledger_close",
  {
    communityId: text("community_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    period: text("period").$type<Period>().notNull(),
    vouchers: integer("vouchers").notNull(),
    closedBy: text("closed_by").notNull(),
    closedAt: integer("closed_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.book, t.period] })],
);

export const ledgerVoucher = sqliteTable(
  "ledger_voucher",
  {
    communityId: text("community_id").notNull(),
    voucherId: text("voucher_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    kind: text("kind").$type<VoucherKind>().notNull(),
    period: text("period").$type<Period>().notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
    text: text("text").notNull(),
    lines: text("lines").notNull(),
    amountFen: integer("amount_fen").notNull(),
    counterpartySealed: text("counterparty_sealed").notNull(),
    counterpartyShown: text("counterparty_shown").notNull(),
    attachments: text("attachments").notNull(),
    decision: text("decision"),
    reversesId: text("reverses_id"),
    hands: text("hands").$type<"review" | "approval" | "decision">().notNull(),
    state: text("state").$type<VoucherState>().notNull(),
    draftedBy: text("drafted_by").notNull(),
    draftedAt: integer("drafted_at").notNull(),
    reviewedBy: text("reviewed_by"),
    reviewedAt: integer("reviewed_at"),
    approvedBy: text("approved_by"),
    approvedAt: integer("approved_at"),
    number: integer("number"),
    postedAt: integer("posted_at"),
    endedBy: text("ended_by"),
    endedAt: integer("ended_at"),
    endedWhy: text("ended_why"),
    draftLeaf: text("draft_leaf").notNull(),
    leafHash: text("leaf_hash"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.voucherId] })],
);

export const ledgerPosting = sqliteTable(
  "ledger_posting",
  {
    communityId: text("community_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    period: text("period").$type<Period>().notNull(),
    number: integer("number").notNull(),
    lineNo: integer("line_no").notNull(),
    account: text("account").notNull(),
    debitFen: integer("debit_fen").notNull(),
    creditFen: integer("credit_fen").notNull(),
    voucherId: text("voucher_id").notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.book, t.period, t.number, t.lineNo] })],
);

export const ledgerBalance = sqliteTable(
  "ledger_balance",
  {
    communityId: text("community_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    period: text("period").$type<Period>().notNull(),
    account: text("account").notNull(),
    debitFen: integer("debit_fen").notNull(),
    creditFen: integer("credit_fen").notNull(),
    vouchers: integer("vouchers").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.book, t.period, t.account] })],
);

export const ledgerOpening = sqliteTable(
  "ledger_opening",
  {
    communityId: text("community_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    period: text("period").$type<Period>().notNull(),
    account: text("account").notNull(),
    openingFen: integer("opening_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.book, t.period, t.account] })],
);
