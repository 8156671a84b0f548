/** Drizzle's typed view of the tables of migrations/0019 and 0046. The SQL there is the truth; triggers are not seen here. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Day } from "../../kernel/day.ts";
import type { Book } from "../books/rules.ts";
import type { Holder } from "./rules.ts";

export const bankAccount = sqliteTable(
  "bank_account",
  {
    communityId: text("community_id").notNull(),
    accountId: text("account_id").notNull(),
    book: text("book").$type<Book>().notNull(),
    ledgerAccount: text("ledger_account").notNull(),
    holder: text("holder").$type<Holder>().notNull(),
    holderName: text("holder_name").notNull(),
    bank: text("bank").notNull(),
    numberSealed: text("number_sealed").notNull(),
    numberMasked: text("number_masked").notNull(),
    numberHash: text("number_hash").notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: integer("opened_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.accountId] })],
);

export const bankMapping = sqliteTable(
  "bank_mapping",
  {
    communityId: text("community_id").notNull(),
    accountId: text("account_id").notNull(),
    headerHash: text("header_hash").notNull(),
    version: integer("version").notNull(),
    mapping: text("mapping").notNull(),
    setBy: text("set_by").notNull(),
    setAt: integer("set_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.accountId, t.headerHash, t.version] })],
);

export const bankImport = sqliteTable(
  "bank_import",
  {
    communityId: text("community_id").notNull(),
    importId: text("import_id").notNull(),
    accountId: text("account_id").notNull(),
    fileName: text("file_name").notNull(),
    sha256: text("sha256").notNull(),
    lines: integer("lines").notNull(),
    added: integer("added").notNull(),
    fromOn: text("from_on").$type<Day>().notNull(),
    toOn: text("to_on").$type<Day>().notNull(),
    wordsSealed: text("words_sealed").notNull(),
    importedBy: text("imported_by").notNull(),
    importedAt: integer("imported_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.importId] })],
);

export const bankLine = sqliteTable(
  "bank_line",
  {
    communityId: text("community_id").notNull(),
    accountId: text("account_id").notNull(),
    lineKey: text("line_key").notNull(),
    importId: text("import_id").notNull(),
    wordNo: integer("word_no").notNull(),
    rowNo: integer("row_no").notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
    amountFen: integer("amount_fen").notNull(),
    balanceFen: integer("balance_fen"),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.accountId, t.lineKey] })],
);

export const bankMatch = sqliteTable(
  "bank_match",
  {
    communityId: text("community_id").notNull(),
    accountId: text("account_id").notNull(),
    lineKey: text("line_key").notNull(),
    turn: integer("turn").notNull(),
    voucherId: text("voucher_id").notNull(),
    lineNo: integer("line_no").notNull(),
    matchedBy: text("matched_by").notNull(),
    matchedAt: integer("matched_at").notNull(),
    leafHash: text("leaf_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.accountId, t.lineKey, t.turn] })],
);

export const bankOpenLine = sqliteTable(
  "bank_open_line",
  {
    communityId: text("community_id").notNull(),
    accountId: text("account_id").notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
    rowNo: integer("row_no").notNull(),
    lineKey: text("line_key").notNull(),
    importId: text("import_id").notNull(),
    wordNo: integer("word_no").notNull(),
    amountFen: integer("amount_fen").notNull(),
    balanceFen: integer("balance_fen"),
    turn: integer("turn").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.accountId, t.onDay, t.rowNo, t.lineKey] })],
);

export const bankOpenPosting = sqliteTable(
  "bank_open_posting",
  {
    communityId: text("community_id").notNull(),
    accountId: text("account_id").notNull(),
    period: text("period").notNull(),
    number: integer("number").notNull(),
    lineNo: integer("line_no").notNull(),
    voucherId: text("voucher_id").notNull(),
    onDay: text("on_day").$type<Day>().notNull(),
    amountFen: integer("amount_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.accountId, t.period, t.number, t.lineNo] })],
);

export const bankApart = sqliteTable(
  "bank_apart",
  {
    communityId: text("community_id").notNull(),
    accountId: text("account_id").notNull(),
    far: integer("far").notNull(),
    laterOn: text("later_on").$type<Day>().notNull(),
    lineKey: text("line_key").notNull(),
    earlierOn: text("earlier_on").$type<Day>().notNull(),
    lineOn: text("line_on").$type<Day>().notNull(),
    turn: integer("turn").notNull(),
    voucherId: text("voucher_id").notNull(),
    lineNo: integer("line_no").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.accountId, t.far, t.laterOn, t.lineKey] })],
);

export const bankMoved = sqliteTable(
  "bank_moved",
  {
    communityId: text("community_id").notNull(),
    accountId: text("account_id").notNull(),
    kind: text("kind").$type<"month" | "day">().notNull(),
    span: text("span").notNull(),
    lines: integer("lines").notNull(),
    sumFen: integer("sum_fen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.accountId, t.kind, t.span] })],
);

export const bankPart = sqliteTable(
  "bank_part",
  {
    communityId: text("community_id").notNull(),
    importId: text("import_id").notNull(),
    partNo: integer("part_no").notNull(),
    accountId: text("account_id").notNull(),
    count: integer("count").notNull(),
    lines: text("lines").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.importId, t.partNo] })],
);

export const bankPartDone = sqliteTable(
  "bank_part_done",
  {
    communityId: text("community_id").notNull(),
    importId: text("import_id").notNull(),
    partNo: integer("part_no").notNull(),
    doneAt: integer("done_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.importId, t.partNo] })],
);

export const bankRunning = sqliteTable(
  "bank_running",
  {
    communityId: text("community_id").notNull(),
    accountId: text("account_id").notNull(),
    importId: text("import_id").notNull(),
    parts: integer("parts").notNull(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.accountId] })],
);
