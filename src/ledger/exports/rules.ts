/** Vouchers of a book as other programs read them: rows of a table, an hledger journal, a beancount ledger. Pure text out of plain data; amounts never leave integers but as decimals. */
import { type Fen, plainYuan } from "../../kernel/money.ts";
import { type Account, type AccountKind, type Book, type Line, type Period, parentCode } from "../books/rules.ts";

/** A posted voucher as it is exported: what everybody may read of it, the counterparty masked. */
export interface ExportedVoucher {
  readonly period: Period;
  readonly number: number;
  readonly on: string;
  readonly text: string;
  readonly counterparty: string;
  readonly lines: readonly Line[];
  readonly attachments: number;
  /** The voucher it takes back; null for others. */
  readonly reverses: { readonly period: Period; readonly number: number } | null;
  readonly leafHash: string;
}
/** What a carried account held before the first month; debit is more than nothing. */
export interface BroughtOver {
  readonly account: string;
  readonly fen: Fen;
}
export interface ExportedHead {
  readonly community: string;
  readonly book: Book;
  readonly bookName: string;
  readonly from: Period;
  readonly accounts: readonly Account[];
  readonly brought: readonly BroughtOver[];
}
export interface Exported extends ExportedHead {
  readonly vouchers: readonly ExportedVoucher[];
}

/** `2026-11-0007`: book and month have their own numbers. */
export const voucherCode = ({ period, number }: { readonly period: Period; readonly number: number }): string =>
  `${period}-${String(number).padStart(4, "0")}`;
const yuan = (fen: Fen): string => plainYuan(fen);

// ——— A table ———

export const TABLE_HEAD = [
  "凭证号",
  "日期",
  "摘要",
  "科目编码",
  "科目名称",
  "借方(元)",
  "贷方(元)",
  "对方",
  "附件数",
  "冲销凭证号",
  "哈希",
  "借方(分)",
  "贷方(分)",
] as const;
/** Columns that are numbers in a spreadsheet. */
export const NUMBER_COLUMNS: ReadonlySet<number> = new Set([5, 6, 8, 11, 12]);

/** A voucher's rows, one a line of it. Guarding against formulas is the writer's (platform/sheet). */
export function rowsOf(voucher: ExportedVoucher, accounts: readonly Account[]): string[][] {
  return voucher.lines.map(({ account, side, amountFen }) => [
    voucherCode(voucher),
    voucher.on,
    voucher.text,
    account,
    accounts.find(({ code }) => code === account)?.name.zh ?? "",
    side === "debit" ? yuan(amountFen) : "",
    side === "credit" ? yuan(amountFen) : "",
    voucher.counterparty,
    String(voucher.attachments),
    voucher.reverses ? voucherCode(voucher.reverses) : "",
    voucher.leafHash,
    side === "debit" ? String(amountFen) : "",
    side === "credit" ? String(amountFen) : "",
  ]);
}
/** The whole table, the header first. */
export const tableOf = ({ accounts, vouchers }: Pick<Exported, "accounts" | "vouchers">): string[][] => [
  [...TABLE_HEAD],
  ...vouchers.flatMap((voucher) => rowsOf(voucher, accounts)),
];

// ——— Names ———

/** Where a kind stands in either program. Uses of the net are no cost (CC 282): they lessen what is owned. */
const ROOTS: Readonly<
  Record<AccountKind, { readonly hledger: string; readonly type: string; readonly beancount: string }>
> = {
  asset: { hledger: "资产", type: "A", beancount: "Assets" },
  liability: { hledger: "负债", type: "L", beancount: "Liabilities" },
  net: { hledger: "净资产", type: "E", beancount: "Equity" },
  income: { hledger: "收入", type: "R", beancount: "Income" },
  cost: { hledger: "成本", type: "X", beancount: "Expenses" },
  use: { hledger: "使用", type: "E", beancount: "Equity" },
};

/** An account with its headings, each behind its own digits: `1002-银行存款`, `01-业主共有资金专户`. */
function namePath(code: string, accounts: readonly Account[]): string[] {
  const above = parentCode(code);
  const own = above === null ? code : code.slice(above.length + 1);
  const name = accounts.find((one) => one.code === code)?.name.zh ?? "";
  return [...(above === null ? [] : namePath(above, accounts)), `${own}-${name}`];
}
const kindOf = (code: string, accounts: readonly Account[]): AccountKind =>
  accounts.find((one) => one.code === code)?.kind ?? "asset";

// A colon parts an account, a semicolon begins a remark, two spaces end a name.
const hledgerName = (text: string): string => text.replace(/[:;|]/g, "-").replace(/\s+/g, " ").trim();
export const hledgerAccount = (code: string, accounts: readonly Account[]): string =>
  [ROOTS[kindOf(code, accounts)].hledger, ...namePath(code, accounts).map(hledgerName)].join(":");

// Letters, digits and dashes only, and a digit or capital first: the code in front sees to that.
const beancountName = (text: string): string =>
  text
    .replace(/[^\p{L}\p{Nd}-]+/gu, "-")
    .replace(/-+/g, "-")
    .replace(/-$/, "");
export const beancountAccount = (code: string, accounts: readonly Account[]): string =>
  [ROOTS[kindOf(code, accounts)].beancount, ...namePath(code, accounts).map(beancountName)].join(":");

const EARLIER = { hledger: "净资产:以前各期结余", beancount: "Equity:9999-以前各期结余" } as const;
const signed = ({ side, amountFen }: Line): Fen => (side === "debit" ? amountFen : -amountFen);
const broughtSum = (brought: readonly BroughtOver[]): Fen => brought.reduce((sum, { fen }) => sum + fen, 0);
const posted = (accounts: readonly Account[]): Account[] => accounts.filter(({ postable }) => postable);

// ——— hledger ———

// A description ends at a semicolon, and a payee at a bar.
const said = (text: string): string => text.replaceAll(";", "；").replaceAll("|", "｜").replace(/\s+/g, " ").trim();

const hledgerLine = (account: string, fen: Fen) => `    ${account}    ${yuan(fen)} CNY`;

/** What a journal begins with, for `hledger check accounts commodities` to accept it. A carried balance opens it, against what earlier months left. */
export function hledgerHead({ community, bookName, from, accounts, brought }: ExportedHead): string {
  const lines = [
    `; ${said(community)} ${said(bookName)} ${from}`,
    "; 收入、成本和使用不在年末结转：每期从零开始，累计结余＝资产－负债。",
    "commodity 1000.00 CNY",
    "",
    ...posted(accounts).map(
      ({ code, kind }) => `account ${hledgerAccount(code, accounts)}  ; type:${ROOTS[kind].type}`,
    ),
    ...(brought.length > 0 ? [`account ${EARLIER.hledger}  ; type:E`] : []),
    "",
  ];
  if (brought.length > 0)
    lines.push(
      `${from}-01 * 期初余额`,
      ...brought.map(({ account, fen }) => hledgerLine(hledgerAccount(account, accounts), fen)),
      ...(broughtSum(brought) === 0 ? [] : [hledgerLine(EARLIER.hledger, -broughtSum(brought))]),
    );
  return `${lines.join("\n").trimEnd()}\n`;
}
/** One voucher of a journal, behind an empty line. */
export function hledgerVoucher(voucher: ExportedVoucher, accounts: readonly Account[]): string {
  const who = said(voucher.counterparty);
  const reverses = voucher.reverses ? `, reverses:${voucherCode(voucher.reverses)}` : "";
  const first = `${voucher.on} * (${voucherCode(voucher)}) ${who === "" ? "" : `${who} | `}${said(voucher.text)}  ; seq:${voucher.number}, leafhash:${voucher.leafHash}${reverses}`;
  const lines = voucher.lines.map((one) => hledgerLine(hledgerAccount(one.account, accounts), signed(one)));
  return `\n${[first, ...lines].join("\n")}\n`;
}
/** The whole journal. */
export const hledgerOf = ({ vouchers, ...head }: Exported): string =>
  hledgerHead(head) + vouchers.map((voucher) => hledgerVoucher(voucher, head.accounts)).join("");

// ——— beancount ———

const quoted = (text: string): string =>
  `"${text.replace(/\s+/g, " ").trim().replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

const beancountLine = (account: string, fen: Fen) => `  ${account}  ${yuan(fen)} CNY`;

/** What a ledger begins with, for `bean-check` to accept it: roots in English, every part of a name behind its code, links in ASCII. */
export function beancountHead({ community, bookName, from, accounts, brought }: ExportedHead): string {
  const first = `${from}-01`;
  const opened = (day: string): string => (day < first ? first : day);
  const lines = [
    `option "title" ${quoted(`${community} ${bookName}`)}`,
    'option "operating_currency" "CNY"',
    "",
    ...posted(accounts).map(({ code, fromOn }) => `${opened(fromOn)} open ${beancountAccount(code, accounts)} CNY`),
    ...(brought.length > 0 ? [`${first} open ${EARLIER.beancount} CNY`] : []),
    "",
  ];
  if (brought.length > 0)
    lines.push(
      `${first} * "期初余额"`,
      ...brought.map(({ account, fen }) => beancountLine(beancountAccount(account, accounts), fen)),
      ...(broughtSum(brought) === 0 ? [] : [beancountLine(EARLIER.beancount, -broughtSum(brought))]),
    );
  return `${lines.join("\n").trimEnd()}\n`;
}
/** One voucher of a ledger, behind an empty line. */
export function beancountVoucher(voucher: ExportedVoucher, accounts: readonly Account[]): string {
  const lines = [
    `${voucher.on} * ${quoted(voucher.counterparty)} ${quoted(voucher.text)} ^v-${voucherCode(voucher)}${voucher.reverses ? ` ^v-${voucherCode(voucher.reverses)}` : ""}`,
    `  seq: ${voucher.number}`,
    `  leafhash: "${voucher.leafHash}"`,
    ...(voucher.reverses ? [`  reverses: "${voucherCode(voucher.reverses)}"`] : []),
    ...voucher.lines.map((one) => beancountLine(beancountAccount(one.account, accounts), signed(one))),
  ];
  return `\n${lines.join("\n")}\n`;
}
/** The whole ledger. */
export const beancountOf = ({ vouchers, ...head }: Exported): string =>
  beancountHead(head) + vouchers.map((voucher) => beancountVoucher(voucher, head.accounts)).join("");
