/** Drafting, publishing, correcting and giving up statements: load, ask the rules, write with the leaf. No HTTP. */
import { type Day, dayOf } from "../../kernel/day.ts";
import { newId } from "../../kernel/id.ts";
import type { Fen } from "../../kernel/money.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { canonicalHash } from "../../record/canonical.ts";
import { appendLeaf } from "../../record/store.ts";
import { countOccupancy } from "../assets/store.ts";
import { reconcileOn } from "../bank/matching/actions.ts";
import { listBankAccounts } from "../bank/store.ts";
import { type Book, closingFen, type Period } from "../books/rules.ts";
import { accountsFrom, listAccounts, listMovements } from "../books/store.ts";
import {
  type BankFacts,
  type OpenItem,
  type Sources,
  type Statement,
  type StatementFault,
  statementFaults,
  statementOf,
} from "./rules.ts";
import { cadenceOf, STATEMENT_SETTINGS } from "./settings.ts";
import { type Clock, clockOf, lastDayOf, nextSpan, type Span } from "./spans/rules.ts";
import {
  endDraft,
  findDraft,
  findLastStatementNumber,
  findStatement,
  insertDraft,
  leaseFigureFrom,
  listDecisions,
  listDrafts,
  listLeaseIncome,
  listTold,
  listToldThrough,
  type StatementRow,
  statementFrom,
} from "./store.ts";
import {
  type CorrectionRefusal,
  type DraftRefusal,
  mayCorrect,
  mayDraft,
  mayPublish,
  type PublishRefusal,
} from "./versions/rules.ts";

/** The hash that the entry of the record carries: of the canonical JSON of the whole statement. */
export const statementHash = (statement: Statement): string => canonicalHash(statement);

// ——— Where the books stand ———

export interface BookClock extends Clock {
  readonly book: Book;
  readonly ready: boolean;
}
type StandRows = readonly [
  readonly { book: Book; from: string; toldThrough: string | null; closedThrough: string | null }[],
  Parameters<typeof valuesFromRows>[1],
];
/** What `clocksFrom` reads; joins any page's round trip. */
export const clockQueries = (scene: Scene) =>
  [listToldThrough(scene), listSettings(scene, STATEMENT_SETTINGS)] as const;
/** The clock of each open book. `ready`: its months are closed, so the statement can be drafted. */
export function clocksFrom({ now }: Pick<Scene, "now">, [books, settings]: StandRows): BookClock[] {
  const values = valuesFromRows(STATEMENT_SETTINGS, settings);
  return books.map(({ book, from, toldThrough, closedThrough }) => {
    const clock = clockOf({ from, toldThrough }, cadenceOf(book, values), values.publishDays.value, dayOf(now));
    return { ...clock, book, ready: closedThrough !== null && closedThrough >= clock.span.to };
  });
}

// ——— Drafting ———

/** All that a statement of a span is made of. Three round trips and one a bank account. */
async function sourcesOf(scene: Scene, book: Book, span: Span, note: string): Promise<Sources> {
  const [accounts, movements, decisions, banks, leases, occupancy] = await scene.db.read(
    listAccounts(scene, book),
    listMovements(scene, book, span.from, span.to),
    listDecisions(scene, book, span),
    listBankAccounts(scene),
    listLeaseIncome(scene, book, span),
    countOccupancy(scene, lastDayOf(span)),
  );
  const own = banks.filter((bank) => bank.book === book);
  const facts = await Promise.all(
    own.map(async (bank): Promise<BankFacts> => {
      const movement = movements.find(({ account }) => account === bank.ledgerAccount);
      const sheet = await reconcileOn(scene, bank, movement ? closingFen(movement) : 0, lastDayOf(span));
      const shown = {
        account: bank.ledgerAccount,
        holder: bank.holderName,
        bank: bank.bank,
        numberMasked: bank.numberMasked,
      };
      if (!sheet) return { ...shown, sheet: null };
      const { bankOnly, bookOnly, printed: _, ...figures } = sheet;
      return { ...shown, sheet: { ...figures, open: openItems(bankOnly, bookOnly) } };
    }),
  );
  return {
    book,
    span,
    accounts: accountsFrom(accounts),
    movements,
    decisions,
    banks: facts,
    leases: leases.map(leaseFigureFrom),
    occupancy: book === "common" ? occupancy : [],
    note,
  };
}

/** Each item that one side has alone, the oldest first, without its text. */
const openItems = (
  bankOnly: readonly { readonly onDay: Day; readonly amountFen: Fen }[],
  bookOnly: readonly {
    readonly onDay: Day;
    readonly amountFen: Fen;
    readonly period: Period;
    readonly number: number;
  }[],
): OpenItem[] =>
  [
    ...bankOnly.map(({ onDay, amountFen }): OpenItem => ({ side: "bank", onDay, fen: amountFen, voucher: null })),
    ...bookOnly.map(
      ({ onDay, amountFen, period, number }): OpenItem => ({
        side: "book",
        onDay,
        fen: amountFen,
        voucher: { period, number },
      }),
    ),
  ].toSorted((a, b) => (a.onDay < b.onDay ? -1 : a.onDay > b.onDay ? 1 : 0));

export type DraftingStatementRefusal =
  | KeyReused
  | DraftRefusal
  | CorrectionRefusal
  | { readonly reason: "unknown_book" }
  | { readonly reason: "unknown_statement" }
  /** Another draft of this book waits to be published or given up. */
  | { readonly reason: "draft_waits" };

export interface DraftAsked {
  readonly book: Book;
  readonly note: string;
  /** The published statement this one corrects, and why; null for the next months. */
  readonly corrects: { readonly number: number; readonly why: string } | null;
}

/** What a statement of the next months would say now, and what keeps it from being told. Writes nothing; null when there is no such book. */
export async function previewStatement(
  scene: Scene,
  book: Book,
): Promise<{
  readonly statement: Statement;
  readonly faults: readonly StatementFault[];
  readonly clock: BookClock;
} | null> {
  const [books, settings, told] = await scene.db.read(...clockQueries(scene), listTold(scene, book, 1));
  const clock = clocksFrom(scene, [books, settings]).find((one) => one.book === book);
  if (!clock) return null;
  const sources = await sourcesOf(scene, book, clock.span, "");
  const last = told[0] ? statementFrom(told[0]).content.closingFen : null;
  return { statement: statementOf(sources), faults: statementFaults(sources, last), clock };
}

/** Drafts the statement of a book's next months, or a new version of a published one, for the chair to publish. */
export async function draftStatement(
  scene: StaffScene,
  asked: DraftAsked,
  once: string,
): Promise<Result<{ readonly draftId: string }, DraftingStatementRefusal>> {
  const { book, corrects } = asked;
  const [books, settings, told, drafts, corrected] = await scene.db.read(
    ...clockQueries(scene),
    listTold(scene, book, 1),
    listDrafts(scene),
    findStatement(scene, corrects?.number ?? 0),
  );
  const row = books.find((one) => one.book === book);
  if (!row) return err({ reason: "unknown_book" });
  const before = corrects && corrected[0]?.book === book ? statementFrom(corrected[0]) : null;
  if (corrects && !before) return err({ reason: "unknown_statement" });
  const values = valuesFromRows(STATEMENT_SETTINGS, settings);
  const span = before ? { from: before.from, to: before.to } : nextSpan(row, cadenceOf(book, values));
  const sources = await sourcesOf(scene, book, span, asked.note.trim());
  const last = before ? before.content.openingFen : told[0] ? statementFrom(told[0]).content.closingFen : null;
  const may = mayDraft(sources, row.closedThrough, last);
  if (!may.ok) return may;
  const why = corrects?.why.trim() ?? "";
  if (before) {
    const differs = mayCorrect(before.content, may.value, why);
    if (!differs.ok) return differs;
  }
  const draftId = newId<string>(scene.random);
  const contentHash = statementHash(may.value);
  const leaf = appendLeaf(
    scene,
    "statement.drafted",
    { draft: draftId, book, from: span.from, to: span.to, content: contentHash, corrects: corrects?.number ?? 0 },
    draftId,
  );
  const insert = insertDraft(scene, {
    draftId,
    book,
    fromPeriod: span.from,
    toPeriod: span.to,
    content: JSON.stringify(may.value),
    contentHash,
    why,
    draftedBy: scene.actor.personId,
    draftedAt: scene.now,
    draftLeaf: leaf.leafHash,
  });
  const written = await writeOnce(scene, { key: once, body: JSON.stringify(asked) }, [insert, leaf.statement], {
    draftId,
  });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  switch (written.error.code) {
    case "draft_waits":
    case "unique:ledger_statement":
      return err({ reason: "draft_waits" });
    case "span_not_closed":
      return err({ reason: "span_not_closed", span, closedThrough: row.closedThrough });
    default:
      throw new Error(`a statement's draft was refused by ${written.error.code} with ${drafts.length} waiting`);
  }
}

// ——— Publishing ———

export type PublishingRefusal =
  | PublishRefusal
  | { readonly reason: "unknown_statement" }
  /** What the draft says is no longer what the books and the bank say. */
  | { readonly reason: "draft_stale" };

const MOST_TRIES = 5;

/**
 * Publishes a draft as it was drafted, with the next number, or the next version of its number. It is made anew first: where a match
 * was taken back meanwhile, so that it would read otherwise, it is refused. A repeat by the same person finds it done.
 */
export async function publishStatement(
  scene: StaffScene,
  draftId: string,
): Promise<Result<StatementRow, PublishingRefusal>> {
  const by = scene.actor.personId;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [rows, lastNumber] = await scene.db.read(findDraft(scene, draftId), findLastStatementNumber(scene));
    const stored = rows[0];
    if (!stored) return err({ reason: "unknown_statement" });
    const row = statementFrom(stored);
    if (row.state === "published" && row.endedBy === by) return ok(row);
    const may = mayPublish(row, by);
    if (!may.ok) return may;
    const sources = await sourcesOf(scene, row.book, { from: row.from, to: row.to }, row.content.note);
    if (statementHash(statementOf(sources)) !== row.contentHash) return err({ reason: "draft_stale" });
    const [told] = await scene.db.read(listTold(scene, row.book, 1, row.to));
    const before = told[0] && told[0].to === row.to ? told[0] : undefined;
    const number = before?.number ?? (lastNumber[0]?.last ?? 0) + 1;
    const version = (before?.version ?? 0) + 1;
    const leaf = appendLeaf(
      scene,
      "statement.published",
      {
        statement: number,
        version,
        book: row.book,
        from: row.from,
        to: row.to,
        content: row.contentHash,
        opening: row.content.openingFen,
        income: row.content.incomeFen,
        cost: row.content.costFen,
        closing: row.content.closingFen,
        why: row.why,
      },
      draftId,
    );
    const written = await scene.db.write([
      ...endDraft(scene, draftId, by, { number, version, leafHash: leaf.leafHash }),
      leaf.statement,
    ]);
    if (written.ok) {
      const [after] = await scene.db.read(findDraft(scene, draftId));
      return ok(statementFrom(after[0]!));
    }
    switch (written.error.code) {
      // Another book's statement took the number, or somebody was faster: look again.
      case "statement_number_taken":
      case "unique:ledger_statement":
      case "statement_moved":
        continue;
      case "not_the_next_span":
        return err({ reason: "draft_stale" });
      default:
        throw new Error(`a statement was refused by ${written.error.code}`);
    }
  }
  throw new Error("too many publications at once");
}

/** Gives a draft up. */
export async function withdrawStatement(
  scene: StaffScene,
  draftId: string,
): Promise<Result<{ readonly draftId: string }, PublishingRefusal>> {
  const [rows] = await scene.db.read(findDraft(scene, draftId));
  const row = rows[0];
  if (!row) return err({ reason: "unknown_statement" });
  if (row.state === "withdrawn") return ok({ draftId });
  if (row.state !== "draft") return err({ reason: "wrong_statement_state", state: row.state });
  const leaf = appendLeaf(scene, "statement.withdrawn", { draft: draftId, book: row.book }, draftId);
  const written = await scene.db.write([...endDraft(scene, draftId, scene.actor.personId, null), leaf.statement]);
  if (written.ok) return ok({ draftId });
  if (written.error.code === "statement_moved") return withdrawStatement(scene, draftId);
  throw new Error(`a draft's end was refused by ${written.error.code}`);
}
