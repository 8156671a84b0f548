/** Opening a book, drafting, reviewing, approving and reversing vouchers: load, ask the rules, write with the leaf. No HTTP. */
import { maskName } from "../../community/identity/rules.ts";
import { dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { valuesFromRows } from "../../offices/settings/rules.ts";
import { listSettings } from "../../offices/settings/store.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import { CHARTS } from "./chart.ts";
import { move, type VoucherActRefusal } from "./posting.ts";
import {
  type Account,
  amountOf,
  type Book,
  type BookState,
  firstDayOf,
  handsFor,
  isPeriod,
  type Line,
  mayApprove,
  mayRefuse,
  mayReview,
  mayWithdraw,
  openFrom,
  type Period,
  periodOf,
  reversed,
  type Voucher,
  type VoucherRefusal,
  voucherFaults,
} from "./rules.ts";
import { LEDGER_SETTINGS, limitsFrom } from "./settings.ts";
import {
  type Attachment,
  accountsFrom,
  countPosted,
  findVoucher,
  insertAccounts,
  insertBook,
  insertVoucher,
  listAccounts,
  listBooks,
  type VoucherRow,
  voucherFrom,
} from "./store.ts";

const keyed = (scene: Scene, act: string, body: object): string =>
  scene.keys.index(JSON.stringify(body), `once:${act}`);

// ——— Books and accounts ———

export type BookRefusal =
  | KeyReused
  | { readonly reason: "period_unreadable" }
  | { readonly reason: "book_exists" }
  | { readonly reason: "unknown_book" };

/** Opens a book from a month on, with the accounts it begins with. One book of each kind. */
export async function openBook(
  scene: StaffScene,
  asked: { readonly book: Book; readonly from: Period },
  once: string,
): Promise<Result<{ readonly book: Book }, BookRefusal>> {
  if (!isPeriod(asked.from)) return err({ reason: "period_unreadable" });
  const by = scene.actor.personId;
  const accounts = CHARTS[asked.book].map(
    (row): Account => ({ ...row, book: asked.book, fromOn: firstDayOf(asked.from), untilOn: null }),
  );
  const leaf = appendLeaf(
    scene,
    "ledger.opened",
    {
      book: asked.book,
      from: asked.from,
      accounts: accounts.map(({ code, name, kind }) => ({ code, name: name.zh, kind })),
    },
    `book-${asked.book}`,
  );
  const statements = [
    insertBook(scene, {
      book: asked.book,
      fromPeriod: asked.from,
      openedBy: by,
      openedAt: scene.now,
      leafHash: leaf.leafHash,
    }),
    insertAccounts(scene, accounts, by),
    leaf.statement,
  ];
  const written = await writeOnce(scene, { key: once, body: JSON.stringify(asked) }, statements, { book: asked.book });
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  if (written.error.code === "book_exists") return err({ reason: "book_exists" });
  throw new Error(`a book was refused by ${written.error.code}`);
}

/** A book as vouchers meet it now; null when it was not opened. One round trip. */
export async function viewBook(scene: Scene, book: Book): Promise<BookState | null> {
  const [books, accounts, settings, posted] = await scene.db.read(
    listBooks(scene),
    listAccounts(scene, book),
    listSettings(scene, LEDGER_SETTINGS),
    countPosted(scene, book),
  );
  const row = books.find((one) => one.book === book);
  if (!row) return null;
  return {
    accounts: accountsFrom(accounts),
    from: row.fromPeriod,
    closedThrough: row.closedThrough,
    today: dayOf(scene.now),
    limits: limitsFrom(valuesFromRows(LEDGER_SETTINGS, settings)),
    posted: posted[0]?.posted ?? 0,
  };
}

// ——— Drafting ———

export interface VoucherAsked {
  readonly book: Book;
  readonly kind: "ordinary" | "opening";
  readonly on: string;
  readonly text: string;
  readonly lines: readonly Line[];
  /** From whom or to whom; a person's name is masked on pages. */
  readonly counterparty: { readonly name: string; readonly isPerson: boolean };
  /** Files already stored for this voucher; their rows join the batch through `also`. */
  readonly attachments: readonly Attachment[];
  readonly decision: string | null;
}

export type DraftingRefusal =
  | KeyReused
  /** A guard of the statements that joined the draft said no; whoever sent them knows the code. */
  | { readonly reason: "also_refused"; readonly code: string }
  | { readonly reason: "unknown_book" }
  | { readonly reason: "voucher_faulty"; readonly faults: readonly [VoucherRefusal, ...VoucherRefusal[]] };

const asVoucher = (asked: VoucherAsked): Voucher => ({
  book: asked.book,
  kind: asked.kind,
  on: asked.on,
  text: asked.text.trim(),
  lines: asked.lines,
  attachments: asked.attachments.length,
  decision: asked.decision,
});

const sealContext = (communityId: string, voucherId: string): string =>
  `voucher-counterparty:${communityId}:${voucherId}`;
const sealOf = (scene: Scene, voucherId: string): string => sealContext(scene.community.id, voucherId);

registerSealed({
  table: "ledger_voucher",
  column: "counterparty_sealed",
  key: ["voucher_id"],
  contextOf: (communityId, { voucher_id }) => sealContext(communityId, String(voucher_id)),
});

/** The counterparty in full, for officers. */
export const openCounterparty = (
  scene: Scene,
  row: Pick<VoucherRow, "voucherId" | "counterpartySealed">,
): Promise<string> => scene.keys.open(row.counterpartySealed, sealOf(scene, row.voucherId));

/** Statements that join a draft's batch behind the voucher; those that name the voucher are made once its id is known. */
export type Also = readonly Query[] | ((voucherId: string) => readonly Query[]);

/** A draft's statements and the voucher's id, for a batch that somebody else writes: of two vouchers that stand or fall together. */
export async function prepareVoucher(
  scene: StaffScene,
  asked: VoucherAsked,
): Promise<Result<{ readonly voucherId: string; readonly statements: readonly Query[] }, DraftingRefusal>> {
  const state = await viewBook(scene, asked.book);
  if (!state) return err({ reason: "unknown_book" });
  const voucher = asVoucher(asked);
  const [fault, ...others] = voucherFaults(voucher, state);
  if (fault) return err({ reason: "voucher_faulty", faults: [fault, ...others] });
  return ok(await drafting(scene, voucher, asked, state, null));
}

/** Drafts a voucher for another person to review. What is drafted stands: a change is a new draft. */
export async function draftVoucher(
  scene: StaffScene,
  asked: VoucherAsked,
  once: string,
  also: Also = [],
): Promise<Result<{ readonly voucherId: string }, DraftingRefusal>> {
  const prepared = await prepareVoucher(scene, asked);
  if (!prepared.ok) return prepared;
  const { voucherId, statements } = prepared.value;
  const body = keyed(scene, "voucher", {
    ...asked,
    attachments: asked.attachments.map(({ name, sha256: hash }) => ({ name, hash })),
  });
  const joining = typeof also === "function" ? also(voucherId) : also;
  return draftedAs(await writeOnce(scene, { key: once, body }, [...statements, ...joining], { voucherId }));
}

async function drafting(
  scene: StaffScene,
  voucher: Omit<Voucher, "kind"> & { readonly kind: Voucher["kind"] },
  asked: Pick<VoucherAsked, "counterparty" | "attachments">,
  state: BookState,
  reversesId: string | null,
): Promise<{ readonly voucherId: string; readonly statements: readonly Query[] }> {
  const voucherId = newId<string>(scene.random);
  const name = asked.counterparty.name.trim();
  const leaf = appendLeaf(
    scene,
    "voucher.drafted",
    {
      voucher: voucherId,
      book: voucher.book,
      kind: voucher.kind,
      on: voucher.on,
      amount: amountOf(voucher.lines),
      content: sha256Hex(JSON.stringify([voucher.text, voucher.lines, asked.attachments.map((one) => one.sha256)])),
    },
    voucherId,
  );
  const insert = insertVoucher(scene, {
    voucherId,
    book: voucher.book,
    kind: voucher.kind,
    period: periodOf(voucher.on),
    onDay: voucher.on,
    text: voucher.text,
    lines: JSON.stringify(voucher.lines.map(({ account, side, amountFen }) => ({ account, side, amountFen }))),
    amountFen: amountOf(voucher.lines),
    counterpartySealed: await scene.keys.seal(name, sealOf(scene, voucherId)),
    counterpartyShown: asked.counterparty.isPerson ? maskName(name) : name,
    attachments: JSON.stringify(asked.attachments),
    decision: voucher.decision,
    reversesId,
    hands: handsFor(voucher, state),
    draftedBy: scene.actor.personId,
    draftedAt: scene.now,
    draftLeaf: leaf.leafHash,
  });
  return { voucherId, statements: [insert, leaf.statement] };
}

function draftedAs<T>(
  written: Result<T, KeyReused | { readonly reason: "aborted"; readonly code: string }>,
): Result<T, DraftingRefusal> {
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  return err({ reason: "also_refused", code: written.error.code });
}

export type ReversalRefusal =
  | DraftingRefusal
  | { readonly reason: "unknown_voucher" }
  | { readonly reason: "not_posted" }
  | { readonly reason: "reversal_of_a_reversal" }
  | { readonly reason: "reversed_already" };

/** Drafts the voucher that takes another back, dated today or, while its own period is open, on its own day. Linked both ways. */
export async function draftReversal(
  scene: StaffScene,
  asked: { readonly voucherId: string; readonly why: string },
  once: string,
): Promise<Result<{ readonly voucherId: string }, ReversalRefusal>> {
  const [rows] = await scene.db.read(findVoucher(scene, asked.voucherId));
  const stored = rows[0];
  if (!stored) return err({ reason: "unknown_voucher" });
  const row = voucherFrom(stored);
  if (row.state !== "posted") return err({ reason: "not_posted" });
  if (row.kind === "reversal") return err({ reason: "reversal_of_a_reversal" });
  if (row.reversedBy !== null) return err({ reason: "reversed_already" });
  const state = await viewBook(scene, row.book);
  if (!state) return err({ reason: "unknown_book" });
  // Periods close hard: what undoes a closed one stands in the first that is open (R9).
  const first = openFrom(state);
  const on = row.period >= first ? row.onDay : dayOf(scene.now);
  const voucher: Voucher = {
    book: row.book,
    kind: "reversal",
    on,
    text: `冲销${row.period}第${row.number}号：${asked.why.trim()}`,
    lines: reversed(row.lines),
    attachments: 0,
    decision: null,
  };
  const faults = voucherFaults(voucher, state);
  if (asked.why.trim() === "") faults.unshift({ reason: "text_missing" });
  const [fault, ...others] = faults;
  if (fault) return err({ reason: "voucher_faulty", faults: [fault, ...others] });
  const counterparty = { name: await openCounterparty(scene, row), isPerson: row.counterpartyShown.includes("*") };
  const { voucherId, statements } = await drafting(
    scene,
    voucher,
    { counterparty, attachments: [] },
    state,
    row.voucherId,
  );
  return draftedAs(
    await writeOnce(scene, { key: once, body: keyed(scene, "reversal", asked) }, statements, { voucherId }),
  );
}

// ——— Review, approval, posting ———

/** A second person found it right: it is posted, or waits for the chair. A repeat by the same person finds it done. */
export const reviewVoucher = (scene: StaffScene, voucherId: string): Promise<Result<VoucherRow, VoucherActRefusal>> =>
  move(scene, voucherId, {
    done: ({ reviewedBy }) => reviewedBy === scene.actor.personId,
    may: (facts) => mayReview(facts, scene.actor.personId),
    set: sql`reviewed_by = ${scene.actor.personId}, reviewed_at = CAST(${scene.now} AS INTEGER)`,
    type: "voucher.reviewed",
  });

/** A third person approves what was reviewed: it is posted. */
export const approveVoucher = (scene: StaffScene, voucherId: string): Promise<Result<VoucherRow, VoucherActRefusal>> =>
  move(scene, voucherId, {
    done: ({ approvedBy }) => approvedBy === scene.actor.personId,
    may: (facts) => mayApprove(facts, scene.actor.personId),
    set: sql`approved_by = ${scene.actor.personId}, approved_at = CAST(${scene.now} AS INTEGER)`,
    type: "voucher.approved",
  });

/** Sends it back, with a reason everyone who reads drafts can see. */
export const refuseVoucher = (
  scene: StaffScene,
  voucherId: string,
  why: string,
): Promise<Result<VoucherRow, VoucherActRefusal>> =>
  move(scene, voucherId, {
    done: ({ state, endedBy }) => state === "refused" && endedBy === scene.actor.personId,
    may: (facts) => mayRefuse(facts, scene.actor.personId, why),
    set: endedBy(scene, why),
    type: "voucher.refused",
  });

/** Its drafter gives it up. */
export const withdrawVoucher = (scene: StaffScene, voucherId: string): Promise<Result<VoucherRow, VoucherActRefusal>> =>
  move(scene, voucherId, {
    done: ({ state }) => state === "withdrawn",
    may: (facts) => mayWithdraw(facts, scene.actor.personId),
    set: endedBy(scene, ""),
    type: "voucher.withdrawn",
  });

const endedBy = (scene: StaffScene, why: string): SQL =>
  sql`ended_by = ${scene.actor.personId}, ended_at = CAST(${scene.now} AS INTEGER), ended_why = ${why.trim()}`;
