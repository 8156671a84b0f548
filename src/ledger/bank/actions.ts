/** Bank accounts in the owners' name: load, ask the rules, write with the leaf. No HTTP. Statements stand in taking, matches in matching. */
import { listEntityVersions } from "../../committee/entity/store.ts";
import { newId } from "../../kernel/id.ts";
import { err, type Result } from "../../kernel/result.ts";
import { type KeyReused, writeOnce } from "../../platform/once.ts";
import { registerSealed } from "../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import { appendLeaf } from "../../record/store.ts";
import type { Book } from "../books/rules.ts";
import { accountsFrom, listAccounts } from "../books/store.ts";
import { type AccountFault, accountFaults, type Holder } from "./rules.ts";
import { type AccountRow, insertBankAccount, listBankAccounts } from "./store.ts";

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

const numberContext = (communityId: string, accountId: string): string => `bank-number:${communityId}:${accountId}`;
registerSealed({
  table: "bank_account",
  column: "number_sealed",
  key: ["account_id"],
  contextOf: (communityId, { account_id }) => numberContext(communityId, String(account_id)),
});
