/** Bank accounts, taking in statements, and saying which line is which voucher: load, ask the rules, write with the leaf. No HTTP. */
import { listEntityVersions } from "../../committee/entity/store.ts";
import { type Day, dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { readCsv } from "../../platform/sheet/csv.ts";
import { type Grid, LARGEST_SHEET_BYTES, type SheetFault } from "../../platform/sheet/grid.ts";
import { readXlsxSheets } from "../../platform/sheet/xlsx.ts";
import { appendLeaf } from "../../record/store.ts";
import type { Book } from "../books/rules.ts";
import { accountsFrom, listAccounts } from "../books/store.ts";
import {
  type AccountFault,
  accountFaults,
  type BankLine,
  balanceBreaks,
  findHeader,
  type Holder,
  type LineFault,
  lineKeys,
  type Mapping,
  type MappingFault,
  mappingFaults,
  type Reconciliation,
  readLine,
  reconcile,
  type Suggestion,
  suggestMapping,
  suggestMatches,
} from "./rules.ts";
import {
  type AccountRow,
  findBankBalance,
  findMapping,
  findWords,
  insertBankAccount,
  insertImport,
  insertLines,
  insertMapping,
  insertMatches,
  type LineRow,
  listBankAccounts,
  listKnown,
  listLinesAloneOn,
  listOpenLines,
  listOpenPostings,
  listPostingsAloneOn,
  type NewLine,
  type OpenPostingRow,
  sumBroughtIn,
} from "./store.ts";

// ——— Accounts ———

export interface AccountAsked {
  readonly book: Book;
  /** The code of the asset it stands for, such as 1002.01. */
  readonly ledgerAccount: string;
  readonly holder: Holder;
  readonly holderName: string;
  readonly bank: string;
  readonly number: string;
}
export type BankAccountRefusal =
  | KeyReused
  | { readonly reason: "account_faulty"; readonly faults: readonly [AccountFault, ...AccountFault[]] }
  | { readonly reason: "unknown_ledger_account" }
  | { readonly reason: "account_exists" };

/** Records an account in the owners' name (R6). Its number is sealed; pages show the last four. */
export async function openBankAccount(
  scene: StaffScene,
  asked: AccountAsked,
  once: string,
): Promise<Result<{ readonly accountId: string }, BankAccountRefusal>> {
  const [rows, entities] = await scene.db.read(listAccounts(scene, asked.book), listEntityVersions(scene));
  const entity = entities.reduce<(typeof entities)[number] | null>(
    (last, one) => (last === null || one.version > last.version ? one : last),
    null,
  );
  const [fault, ...others] = accountFaults(asked, entity?.name ?? "");
  if (fault) return err({ reason: "account_faulty", faults: [fault, ...others] });
  const stands = accountsFrom(rows).some(
    ({ code, kind, postable }) => code === asked.ledgerAccount && kind === "asset" && postable,
  );
  if (!stands) return err({ reason: "unknown_ledger_account" });
  const number = asked.number.normalize("NFKC").replace(/[\s-]/g, "");
  const accountId = newId<string>(scene.random);
  const leaf = appendLeaf(
    scene,
    "bank.account_opened",
    {
      account: accountId,
      book: asked.book,
      ledger: asked.ledgerAccount,
      holder: asked.holder,
      holderName: asked.holderName.trim(),
      bank: asked.bank.trim(),
    },
    accountId,
  );
  const insert = insertBankAccount(scene, {
    accountId,
    book: asked.book,
    ledgerAccount: asked.ledgerAccount,
    holder: asked.holder,
    holderName: asked.holderName.trim(),
    bank: asked.bank.trim(),
    numberSealed: await scene.keys.seal(number, numberContext(scene.community.id, accountId)),
    numberMasked: `****${number.slice(-4)}`,
    numberHash: scene.keys.index(number, `bank-number:${scene.community.id}`),
    openedBy: scene.actor.personId,
    openedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const body = scene.keys.index(JSON.stringify(asked), "once:bank-account");
  const written = await writeOnce(scene, { key: once, body }, [insert, leaf.statement], { accountId });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "account_exists") return err({ reason: "account_exists" });
  throw new Error(`a bank account was refused by ${written.error.code}`);
}

export async function findBankAccount(scene: Scene, accountId: string): Promise<AccountRow | null> {
  const [rows] = await scene.db.read(listBankAccounts(scene));
  return rows.find((row) => row.accountId === accountId) ?? null;
}

// ——— Taking in a statement ———

/** The most lines one statement may have. */
export const MOST_LINES = 10_000;
const MOST_FAULTS = 100;
const PER_STATEMENT = 2_500; // some 400 KB of JSON

export type StatementRefusal =
  | KeyReused
  | { readonly reason: "unknown_bank_account" }
  | { readonly reason: "sheet_faulty"; readonly fault: SheetFault }
  | { readonly reason: "header_not_found"; readonly seen: readonly string[] }
  /** No mapping is known for this header, or the one given cannot be read by: which columns there are to choose from. */
  | {
      readonly reason: "mapping_needed";
      readonly faults: readonly MappingFault[];
      readonly header: readonly string[];
      readonly suggested: Mapping;
    }
  | { readonly reason: "lines_faulty"; readonly faults: readonly LineFault[]; readonly more: number }
  | { readonly reason: "no_lines" }
  | { readonly reason: "too_many_lines"; readonly lines: number; readonly most: number };

export interface StatementFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
export interface Taken {
  readonly importId: string;
  readonly lines: number;
  readonly added: number;
  /** Lines that another statement brought already. */
  readonly known: number;
}

async function gridOf(bytes: Uint8Array): Promise<Result<Grid, SheetFault>> {
  if (bytes.length === 0) return err({ reason: "sheet_empty" });
  if (bytes.length > LARGEST_SHEET_BYTES) return err({ reason: "sheet_too_large", bytes: bytes.length });
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!zip) return readCsv(bytes);
  const sheets = await readXlsxSheets(bytes);
  if (!sheets.ok) return sheets;
  const [first] = sheets.value;
  return first ? ok(first) : err({ reason: "sheet_empty" });
}

/** A statement as lines, whole or not at all: every faulty row is named, as a spreadsheet numbers it. */
export async function readStatement(
  scene: Scene,
  accountId: string,
  file: StatementFile,
  chosen: Mapping | null,
): Promise<
  Result<
    { readonly lines: readonly BankLine[]; readonly mapping: Mapping; readonly headerHash: string },
    StatementRefusal
  >
> {
  const grid = await gridOf(file.bytes);
  if (!grid.ok) return err({ reason: "sheet_faulty", fault: grid.error });
  const rows = grid.value.rows.map((row) => row.map(({ text }) => text));
  const widest = Math.max(0, ...rows.slice(0, 30).map((row) => row.filter((cell) => cell.trim() !== "").length));
  const at =
    findHeader(rows) ??
    rows.slice(0, 30).findIndex((row) => row.filter((cell) => cell.trim() !== "").length === widest);
  const header = rows[at];
  if (!header || widest < 2) return err({ reason: "header_not_found", seen: (rows[0] ?? []).slice(0, 12) });
  const headerHash = sha256Hex(JSON.stringify(header));
  const [kept] = await scene.db.read(findMapping(scene, accountId, headerHash));
  const suggested = suggestMapping(header);
  const mapping = chosen ?? (kept[0] ? (JSON.parse(kept[0].mapping) as Mapping) : suggested);
  const faults = mappingFaults(mapping);
  if (faults.length > 0) return err({ reason: "mapping_needed", faults, header, suggested });
  const read = rows.slice(at + 1).flatMap((cells, below) => {
    const line = readLine(cells, mapping, at + below + 2);
    return line === null ? [] : [line];
  });
  if (read.length > MOST_LINES) return err({ reason: "too_many_lines", lines: read.length, most: MOST_LINES });
  const lines = read.flatMap((line) => (line.ok ? [line.value] : []));
  const wrong = [...read.flatMap((line) => (line.ok ? [] : [line.error])), ...balanceBreaks(lines)];
  if (wrong.length > 0)
    return err({
      reason: "lines_faulty",
      faults: wrong.slice(0, MOST_FAULTS),
      more: Math.max(0, wrong.length - MOST_FAULTS),
    });
  return lines.length === 0 ? err({ reason: "no_lines" }) : ok({ lines, mapping, headerHash });
}

/**
 * Takes a statement in, all or nothing, in one batch of some statements for 10,000 lines. What another statement brought already
 * is passed over: the same file twice adds nothing. Payers and words are sealed, one list a statement.
 */
export async function takeStatement(
  scene: StaffScene,
  accountId: string,
  file: StatementFile,
  chosen: Mapping | null,
  once: string,
): Promise<Result<Taken, StatementRefusal>> {
  const account = await findBankAccount(scene, accountId);
  if (!account) return err({ reason: "unknown_bank_account" });
  const read = await readStatement(scene, accountId, file, chosen);
  if (!read.ok) return read;
  const { lines, mapping, headerHash } = read.value;
  const keys = lineKeys(lines).map((key) => scene.keys.index(key, `bank-line:${scene.community.id}:${accountId}`));
  const [found] = await scene.db.read(listKnown(scene, accountId, keys));
  const known = new Set(found.map(({ lineKey }) => lineKey));
  const fresh = lines.flatMap((line, at): NewLine[] =>
    known.has(keys[at]!)
      ? []
      : [{ key: keys[at]!, word: at, row: line.row, on: line.on, fen: line.amountFen, balance: line.balanceFen }],
  );
  const days = lines.map(({ on }) => on).toSorted();
  const importId = newId<string>(scene.random);
  const fileHash = sha256Hex(file.bytes);
  const leaf = appendLeaf(
    scene,
    "bank.statement_taken",
    {
      account: accountId,
      statement: importId,
      file: fileHash,
      lines: lines.length,
      added: fresh.length,
      from: days[0]!,
      to: days.at(-1)!,
    },
    accountId,
  );
  const words = JSON.stringify(lines.map(({ counterparty, summary }) => [counterparty, summary]));
  const statements = [
    insertImport(scene, {
      importId,
      accountId,
      fileName: file.name.slice(0, 120),
      sha256: fileHash,
      lines: lines.length,
      added: fresh.length,
      fromOn: days[0]!,
      toOn: days.at(-1)!,
      wordsSealed: await scene.keys.seal(words, wordsContext(scene, importId)),
      importedBy: scene.actor.personId,
      importedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    insertMapping(scene, { accountId, headerHash, mapping, setBy: scene.actor.personId, setAt: scene.now }),
    leaf.statement,
  ];
  for (let start = 0; start < fresh.length; start += PER_STATEMENT)
    statements.push(insertLines(scene, accountId, importId, fresh.slice(start, start + PER_STATEMENT)));
  const answer: Taken = { importId, lines: lines.length, added: fresh.length, known: lines.length - fresh.length };
  const written = await writeOnce(scene, { key: once, body: `${accountId} ${fileHash}` }, statements, answer);
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  throw new Error(`a statement was refused by ${written.error.code}`);
}

const numberContext = (communityId: string, accountId: string): string => `bank-number:${communityId}:${accountId}`;
registerSealed({
  table: "bank_account",
  column: "number_sealed",
  key: ["account_id"],
  contextOf: (communityId, { account_id }) => numberContext(communityId, String(account_id)),
});

const wordsOf = (communityId: string, importId: string): string => `bank-words:${communityId}:${importId}`;
const wordsContext = ({ community }: Pick<Scene, "community">, importId: string): string =>
  wordsOf(community.id, importId);
registerSealed({
  table: "bank_import",
  column: "words_sealed",
  key: ["import_id"],
  atOnce: 5,
  contextOf: (communityId, { import_id }) => wordsOf(communityId, String(import_id)),
});

/** Counterparty and summary of lines, opened for officers. One round trip, one seal a statement. */
export async function openWords(
  scene: Scene,
  lines: readonly Pick<LineRow, "lineKey" | "importId" | "wordNo">[],
): Promise<ReadonlyMap<string, readonly [string, string]>> {
  const ids = [...new Set(lines.map(({ importId }) => importId))];
  if (ids.length === 0) return new Map();
  const [rows] = await scene.db.read(findWords(scene, ids));
  const lists = new Map<string, [string, string][]>();
  for (const { importId, wordsSealed } of rows)
    lists.set(
      importId,
      JSON.parse(await scene.keys.open(wordsSealed, wordsContext(scene, importId))) as [string, string][],
    );
  return new Map(lines.map(({ lineKey, importId, wordNo }) => [lineKey, lists.get(importId)?.[wordNo] ?? ["", ""]]));
}

// ——— Matching ———

const MOST_OPEN = 500;

export interface Matching {
  readonly account: AccountRow;
  readonly lines: readonly LineRow[];
  readonly postings: readonly OpenPostingRow[];
  readonly suggestions: readonly Suggestion[];
}
const postingId = ({ voucherId, lineNo }: Pick<OpenPostingRow, "voucherId" | "lineNo">): string =>
  `${voucherId}/${lineNo}`;

/** What is open on both sides up to a day, and the pairs a person is asked to confirm. */
export async function viewMatching(scene: Scene, account: AccountRow, to: Day): Promise<Matching> {
  const [lines, postings] = await scene.db.read(
    listOpenLines(scene, account.accountId, to, MOST_OPEN),
    listOpenPostings(scene, account, to, MOST_OPEN),
  );
  const suggestions = suggestMatches(
    lines.map(({ lineKey, onDay, amountFen }) => ({ lineId: lineKey, on: onDay, amountFen })),
    postings.map((posting) => ({ postingId: postingId(posting), on: posting.onDay, amountFen: posting.amountFen })),
  );
  return { account, lines, postings, suggestions };
}

export type MatchRefusal =
  | { readonly reason: "unknown_bank_account" }
  | { readonly reason: "nothing_chosen" }
  | { readonly reason: "unknown_line" }
  | { readonly reason: "amounts_differ" }
  | { readonly reason: "matched_already" };

/** Confirms pairs, `<line>=<voucher>/<line no>`. One batch and one leaf however many; all or none. Confirming again is refused by the table and changes nothing. */
export async function confirmMatches(
  scene: StaffScene,
  accountId: string,
  pairs: readonly { readonly lineKey: string; readonly voucherId: string; readonly lineNo: number }[],
): Promise<Result<{ readonly matched: number }, MatchRefusal>> {
  const account = await findBankAccount(scene, accountId);
  if (!account) return err({ reason: "unknown_bank_account" });
  if (pairs.length === 0) return err({ reason: "nothing_chosen" });
  const [open] = await scene.db.read(listOpenLines(scene, accountId, dayOf(scene.now), MOST_OPEN));
  const turns = new Map(open.map(({ lineKey, turn }) => [lineKey, turn]));
  if (pairs.some(({ lineKey }) => !turns.has(lineKey))) return err({ reason: "matched_already" });
  const leaf = appendLeaf(
    scene,
    "bank.matched",
    {
      account: accountId,
      pairs: pairs.length,
      vouchers: pairs.map(({ voucherId, lineNo }) => `${voucherId}/${lineNo}`).slice(0, 200),
    },
    accountId,
  );
  const matches = pairs.map(({ lineKey, voucherId, lineNo }) => ({
    key: lineKey,
    turn: (turns.get(lineKey) ?? 0) + 1,
    voucher: voucherId,
    line: lineNo,
  }));
  const written = await scene.db.write([
    insertMatches(scene, accountId, matches, scene.actor.personId, leaf.leafHash),
    leaf.statement,
  ]);
  if (written.ok) return ok({ matched: pairs.length });
  if (written.error.code === "amounts_differ") return err({ reason: "amounts_differ" });
  if (written.error.code === "matched_already" || written.error.code.startsWith("unique"))
    return err({ reason: "matched_already" });
  throw new Error(`matches were refused by ${written.error.code}`);
}

/** Takes a match back: a further row, not a deletion. */
export async function undoMatch(
  scene: StaffScene,
  accountId: string,
  line: Pick<LineRow, "lineKey" | "turn" | "voucherId" | "lineNo">,
): Promise<Result<{ readonly matched: number }, MatchRefusal>> {
  if (line.voucherId === null || line.lineNo === null) return err({ reason: "unknown_line" });
  const leaf = appendLeaf(
    scene,
    "bank.unmatched",
    { account: accountId, voucher: line.voucherId, line: line.lineNo },
    accountId,
  );
  const undo = { key: line.lineKey, turn: line.turn + 1, voucher: line.voucherId, line: line.lineNo };
  const written = await scene.db.write([
    insertMatches(scene, accountId, [undo], scene.actor.personId, leaf.leafHash),
    leaf.statement,
  ]);
  return written.ok ? ok({ matched: 0 }) : err({ reason: "matched_already" });
}

// ——— Reconciliation ———

export interface ReconciliationSheet extends Reconciliation {
  readonly bankOnly: readonly LineRow[];
  readonly bookOnly: readonly OpenPostingRow[];
  /** Whether the bank's balance is as its statement prints it; otherwise the sum of its lines. */
  readonly printed: boolean;
  /** More is open on a side than the sheet lists, so its sums are not whole. */
  readonly cutOff: boolean;
}

/** Book against bank on a day (R10): `bookFen` is the balance of the ledger's account then. Null while no statement was taken in. */
export async function reconcileOn(
  scene: Scene,
  account: AccountRow,
  bookFen: Fen,
  on: Day,
): Promise<ReconciliationSheet | null> {
  const [balances, bankOnly, bookOnly, opening] = await scene.db.read(
    findBankBalance(scene, account.accountId, on),
    listLinesAloneOn(scene, account.accountId, on, MOST_OPEN),
    listPostingsAloneOn(scene, account, on, MOST_OPEN),
    sumBroughtIn(scene, account),
  );
  const bank = balances[0];
  if (!bank || bank.lines === 0) return null;
  const bankFen = bank.balanceFen ?? bank.sumFen + (opening[0]?.broughtInFen ?? 0);
  return {
    ...reconcile(
      bookFen,
      bankFen,
      bankOnly.map(({ amountFen }) => amountFen),
      bookOnly.map(({ amountFen }) => amountFen),
    ),
    bankOnly,
    bookOnly,
    printed: bank.balanceFen !== null,
    cutOff: bankOnly.length === MOST_OPEN || bookOnly.length === MOST_OPEN,
  };
}
