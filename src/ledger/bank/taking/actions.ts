/** Taking statements of the bank in, those of many lines part by part: load, ask the rules, write with the leaf. No HTTP. */
import { sha256Hex } from "../../../kernel/hash.ts";
import { newId } from "../../../kernel/id.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Query } from "../../../platform/db.ts";
import { type KeyReused, writeOnce } from "../../../platform/once.ts";
import { registerSealed } from "../../../platform/resealing/columns.ts";
import type { Scene, StaffScene } from "../../../platform/scene.ts";
import { appendLeaf } from "../../../record/store.ts";
import { findBankAccount } from "../actions.ts";
import { type BankLine, lineKeys, type Mapping } from "../rules.ts";
import type { LineRow } from "../store.ts";
import { type FileRefusal, readStatement, type StatementFile, sizeFault } from "./reading.ts";
import {
  findRunning,
  findWords,
  insertImport,
  insertLines,
  insertLinesOfPart,
  insertMapping,
  insertPart,
  insertPartDone,
  insertRunning,
  listKnown,
  listRunning,
  type NewLine,
  type RunningRow,
} from "./store.ts";

/** Lines that go in at once: some 400 KB of JSON, in a statement of the database. */
export const A_PART = 2_500;

export type StatementRefusal =
  | KeyReused
  | FileRefusal
  | { readonly reason: "unknown_bank_account" }
  /** Another statement of this account still has lines to go in: it is finished first. */
  | { readonly reason: "import_running"; readonly fileName: string };

export interface Taken {
  readonly importId: string;
  readonly lines: number;
  readonly added: number;
  /** Lines that another statement brought already. */
  readonly known: number;
  /** Of those added, how many are still to go in. */
  readonly left: number;
}
const takenFrom = ({ importId, lines, added, taken }: RunningRow): Taken => ({
  importId,
  lines,
  added,
  known: lines - added,
  left: added - taken,
});

/** The lines of a statement that are not here yet, with the key that makes each itself. */
async function freshLines(scene: Scene, accountId: string, lines: readonly BankLine[]): Promise<NewLine[]> {
  const keys = lineKeys(lines).map((key) => scene.keys.index(key, `bank-line:${scene.community.id}:${accountId}`));
  const [found] = await scene.db.read(listKnown(scene, accountId, keys));
  const known = new Set(found.map(({ lineKey }) => lineKey));
  return lines.flatMap((line, at): NewLine[] =>
    known.has(keys[at]!)
      ? []
      : [{ key: keys[at]!, word: at, row: line.row, on: line.on, fen: line.amountFen, balance: line.balanceFen }],
  );
}

/** The statements that put fresh lines in: all at once, or their parts to wait and the first of them in. */
function entering(scene: Scene, accountId: string, importId: string, fresh: readonly NewLine[]): Query[] {
  if (fresh.length <= A_PART) return fresh.length === 0 ? [] : [insertLines(scene, accountId, importId, fresh)];
  const parts = Math.ceil(fresh.length / A_PART);
  return [
    insertRunning(scene, { accountId, importId, parts }),
    ...Array.from({ length: parts }, (_, at) => {
      const some = fresh.slice(at * A_PART, (at + 1) * A_PART);
      return insertPart(scene, {
        importId,
        partNo: at + 1,
        accountId,
        count: some.length,
        lines: JSON.stringify(some),
      });
    }),
    ...enteringPart(scene, accountId, importId, 1),
  ];
}
const enteringPart = (scene: Scene, accountId: string, importId: string, partNo: number): [Query, Query] => [
  insertLinesOfPart(scene, accountId, importId, partNo),
  insertPartDone(scene, { importId, partNo, doneAt: scene.now }),
];

/**
 * Takes a statement in. It is read and found right whole before anything is written; what another statement brought already is passed
 * over, so the same file twice adds nothing. Up to 2,500 new lines go in at once; more go in part by part (takeNextPart), and the
 * same file sent again meanwhile goes on with it. Payers and words are sealed, one list a statement.
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
  const fault = sizeFault(file.bytes);
  if (fault) return err({ reason: "sheet_faulty", fault });
  const fileHash = sha256Hex(file.bytes);
  const [running] = await scene.db.read(findRunning(scene, accountId));
  if (running[0])
    return running[0].sha256 === fileHash
      ? ok(takenFrom(running[0]))
      : err({ reason: "import_running", fileName: running[0].fileName });
  const read = await readStatement(scene, accountId, file, chosen);
  if (!read.ok) return read;
  const { lines, mapping, headerHash } = read.value;
  const fresh = await freshLines(scene, accountId, lines);
  const days = lines.map(({ on }) => on).toSorted();
  const importId = newId<string>(scene.random);
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
    ...entering(scene, accountId, importId, fresh),
  ];
  const answer: Taken = {
    importId,
    lines: lines.length,
    added: fresh.length,
    known: lines.length - fresh.length,
    left: fresh.length <= A_PART ? 0 : fresh.length - A_PART,
  };
  const written = await writeOnce(scene, { key: once, body: `${accountId} ${fileHash}` }, statements, answer);
  if (written.ok) return written;
  if (written.error.reason === "key_reused") return err({ reason: "key_reused" });
  // Somebody else began one meanwhile: asked again it is that one, or in its way.
  if (written.error.code === "import_running") return takeStatement(scene, accountId, file, chosen, once);
  throw new Error(`a statement was refused by ${written.error.code}`);
}

// ——— Part by part ———

/** The statement of an account that still has lines to go in; null where there is none. */
export async function viewRunning(scene: Scene, accountId: string): Promise<(Taken & { fileName: string }) | null> {
  const [rows] = await scene.db.read(findRunning(scene, accountId));
  return rows[0] ? { ...takenFrom(rows[0]), fileName: rows[0].fileName } : null;
}

/**
 * Puts the next part in, and says how many lines are left; nothing where none is. Two at once put two parts in, or one of them finds
 * its part done. The entry in the record was made when the statement was taken: it speaks of all its lines.
 */
export async function takeNextPart(scene: Scene, accountId: string): Promise<number> {
  const [rows] = await scene.db.read(findRunning(scene, accountId));
  const running = rows[0];
  if (!running) return 0;
  const written = await scene.db.write(enteringPart(scene, accountId, running.importId, running.done + 1));
  if (!written.ok && written.error.code !== "part_done") throw new Error(`a part was refused by ${written.error.code}`);
  return (await viewRunning(scene, accountId))?.left ?? 0;
}

/** Goes on with every statement that was left in the middle: when the page was closed, or the machine stopped. */
export async function finishStatements(scene: Scene): Promise<void> {
  const [rows] = await scene.db.read(listRunning(scene));
  for (const { accountId } of rows) while ((await takeNextPart(scene, accountId)) > 0);
}

// ——— Words ———

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
