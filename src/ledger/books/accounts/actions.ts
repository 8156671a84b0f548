/** Adding accounts to a book and ending them: load, ask the rules, write with the leaf. No HTTP. */
import { dayOf, isDay } from "../../../kernel/day.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Bilingual } from "../../../platform/i18n.ts";
import { writeOnce } from "../../../platform/once.ts";
import type { StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { type BookRefusal, viewBook } from "../actions.ts";
import { type Account, type AccountKind, type AccountRefusal, type Book, mayAddAccount } from "../rules.ts";
import { insertAccountEnd, insertAccounts } from "../store.ts";

export interface AccountAsked {
  readonly book: Book;
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: AccountKind;
  readonly postable: boolean;
}

/** Adds an account, valid from today. */
export async function addAccount(
  scene: StaffScene,
  asked: AccountAsked,
  once: string,
): Promise<Result<{ readonly code: string }, BookRefusal | AccountRefusal>> {
  const state = await viewBook(scene, asked.book);
  if (!state) return err({ reason: "unknown_book" });
  const name = { zh: asked.name.zh.trim(), en: asked.name.en.trim() || asked.name.zh.trim() };
  const wanted: Account = { ...asked, code: asked.code.trim(), name, fromOn: dayOf(scene.now), untilOn: null };
  const may = mayAddAccount(state.accounts, wanted);
  const leaf = appendLeaf(
    scene,
    "ledger.account_added",
    { book: wanted.book, code: wanted.code, name: name.zh, kind: wanted.kind },
    `book-${asked.book}`,
  );
  // A repeat finds the code taken by its own first time: the write knows whose it is.
  if (!may.ok && may.error.reason !== "code_taken") return may;
  const written = await writeOnce(
    scene,
    { key: once, body: JSON.stringify(asked) },
    [insertAccounts(scene, [wanted], scene.actor.personId), leaf.statement],
    { code: wanted.code },
  );
  if (written.ok) return written;
  return err({ reason: written.error.reason === "key_reused" ? "key_reused" : "code_taken" });
}

export type EndAccountRefusal =
  | BookRefusal
  | { readonly reason: "unknown_account"; readonly account: string }
  | { readonly reason: "not_a_day" }
  | { readonly reason: "account_closed" };

/** Ends an account: from a day on it takes vouchers no more. What it holds stays. */
export async function endAccount(
  scene: StaffScene,
  asked: { readonly book: Book; readonly code: string; readonly untilOn: string },
): Promise<Result<{ readonly code: string }, EndAccountRefusal>> {
  const state = await viewBook(scene, asked.book);
  if (!state) return err({ reason: "unknown_book" });
  const account = state.accounts.find(({ code }) => code === asked.code);
  if (!account) return err({ reason: "unknown_account", account: asked.code });
  if (!isDay(asked.untilOn) || asked.untilOn < account.fromOn) return err({ reason: "not_a_day" });
  if (account.untilOn === asked.untilOn) return ok({ code: asked.code });
  const leaf = appendLeaf(
    scene,
    "ledger.account_ended",
    { book: asked.book, code: asked.code, until: asked.untilOn },
    `book-${asked.book}`,
  );
  const end = insertAccountEnd(scene, {
    ...asked,
    endedBy: scene.actor.personId,
    endedAt: scene.now,
    leafHash: leaf.leafHash,
  });
  const written = await scene.db.write([end, leaf.statement]);
  return written.ok ? ok({ code: asked.code }) : err({ reason: "account_closed" });
}
