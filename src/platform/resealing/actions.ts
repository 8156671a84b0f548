/** Puts what is sealed under an older key under the newest, a little at a time, so that an old key can be taken out. No HTTP; rung by cron. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Query } from "../db.ts";
import { resealFile } from "../files.ts";
import type { Scene } from "../scene.ts";
import { type Cell, listSealedColumns, nameOf, type SealedColumn } from "./columns.ts";
import {
  findProgress,
  insertProgress,
  listFilesBehind,
  listSealedRows,
  type Progress,
  type SealedRow,
  updateProgress,
  updateSeals,
} from "./store.ts";

/** How much one call may look at. A row costs two operations of AES, a file up to 10 MB of them. */
export interface Budget {
  readonly rows: number;
  readonly files: number;
}
export const CRON_BUDGET: Budget = { rows: 2_000, files: 5 };
/** Rows in one read and one batch, and how much text goes into one statement: a bound value has at most 2 MB. */
const PER_BATCH = 500;
const TEXT_PER_BATCH = 500_000;
const FILES = "file";

export interface Resealed {
  /** Since this key became the newest. */
  readonly rows: number;
  readonly files: number;
  /** A whole pass has found nothing under an older key: the older ones may go. */
  readonly done: boolean;
}

/**
 * Goes on where the last call stopped, until the budget is used up. Every batch writes new seals only where the old ones still stand,
 * together with how far it came: killed at any point, nothing is lost and nothing is done twice, and of two calls at once one stops.
 * After a pass that found anything comes another, because a Worker that is just being replaced may still seal under the old key behind the
 * place that was reached. `onDone` joins the batch that says it is done.
 */
export async function resealSome(
  scene: Scene,
  budget: Budget,
  onDone: (found: { readonly rows: number; readonly files: number }) => readonly Query[],
): Promise<Resealed> {
  const { keys } = scene;
  if (!keys.isRotating) return { rows: 0, files: 0, done: true };
  let progress = await progressOf(scene);
  let { rows, files } = budget;
  while (progress.doneAt === null && rows > 0 && files > 0) {
    const column = columnAt(progress.atColumn);
    const moved = column
      ? await resealRows(scene, progress, column, Math.min(rows, column.atOnce ?? PER_BATCH))
      : await resealFiles(scene, progress, files, onDone);
    if (!moved.ok) break; // another call is at it
    rows -= column ? moved.value.looked : 0;
    files -= column ? 0 : Math.max(moved.value.looked, 1);
    progress = moved.value.progress;
  }
  return { rows: progress.rows, files: progress.files, done: progress.doneAt !== null };
}

async function progressOf(scene: Scene): Promise<Progress> {
  const { newest } = scene.keys;
  const [found] = await scene.db.read(findProgress(scene, newest));
  if (found[0]) return found[0];
  await scene.db.write([insertProgress(scene, newest)]);
  const [begun] = await scene.db.read(findProgress(scene, newest));
  return begun[0]!;
}

/** The column a pass is at: the first one at its beginning, null for the files at its end. A name that is gone gives the next. */
const columnAt = (atColumn: string): SealedColumn | null =>
  atColumn === FILES ? null : (listSealedColumns().find((column) => nameOf(column) >= atColumn) ?? null);

type Moved = Result<{ readonly progress: Progress; readonly looked: number }, "moved_by_another">;

async function move(
  scene: Scene,
  from: Progress,
  to: Partial<Progress>,
  looked: number,
  also: readonly Query[],
): Promise<Moved> {
  const next = { ...from, ...to };
  const written = await scene.db.write([...also, ...updateProgress(scene, next)]);
  if (written.ok) return ok({ progress: { ...next, step: from.step + 1 }, looked });
  if (written.error.code === "resealing_moved") return err("moved_by_another");
  throw new Error(`sealing anew refused: ${written.error.code}`);
}

/** The first rows whose texts fit into one statement together; one always does. */
function fitting(rows: readonly SealedRow[]): readonly SealedRow[] {
  let text = 0;
  const over = rows.findIndex(({ sealed }, at) => {
    text += sealed.length;
    return at > 0 && text > TEXT_PER_BATCH;
  });
  return over < 0 ? rows : rows.slice(0, over);
}

async function resealRows(scene: Scene, progress: Progress, column: SealedColumn, limit: number): Promise<Moved> {
  const { community, keys } = scene;
  const isSame = nameOf(column) === progress.atColumn;
  const behind = isSame ? (JSON.parse(progress.behind) as Cell[]) : [];
  const [read] = await scene.db.read(listSealedRows(scene, column, behind, limit));
  const rows = fitting(read);
  const keyOf = (row: SealedRow): Cell[] => column.key.map((word) => row[word] ?? null);
  const old = rows.filter(({ sealed }) => sealed.includes(".") && !sealed.startsWith(`${keys.newest}.`));
  const changes = await Promise.all(
    old.map(async (row) => {
      const context = column.contextOf(community.id, row);
      return { key: keyOf(row), from: row.sealed, to: await keys.seal(await keys.open(row.sealed, context), context) };
    }),
  );
  const last = rows.at(-1);
  const isOver = (read.length < limit && rows.length === read.length) || !last;
  const all = listSealedColumns();
  const next = all[all.findIndex((one) => nameOf(one) === nameOf(column)) + 1];
  const to = isOver
    ? { atColumn: next ? nameOf(next) : FILES, behind: "[]" }
    : { atColumn: nameOf(column), behind: JSON.stringify(keyOf(last)) };
  return move(
    scene,
    progress,
    { ...to, found: progress.found + changes.length, rows: progress.rows + changes.length },
    Math.max(rows.length, 1),
    changes.length > 0 ? [updateSeals(scene, column, changes)] : [],
  );
}

async function resealFiles(
  scene: Scene,
  progress: Progress,
  limit: number,
  onDone: (found: { readonly rows: number; readonly files: number }) => readonly Query[],
): Promise<Moved> {
  const [behind] = JSON.parse(progress.behind) as string[];
  const [files] = await scene.db.read(listFilesBehind(scene, behind ?? "", limit));
  let changed = 0;
  // One after the other: two of 10 MB in memory at once are two too many.
  for (const { fileId } of files) if (await resealFile(scene, fileId)) changed += 1;
  const found = progress.found + changed;
  const last = files.at(-1);
  if (files.length === limit && last)
    return move(
      scene,
      progress,
      { behind: JSON.stringify([last.fileId]), found, files: progress.files + changed },
      files.length,
      [],
    );
  const total = { rows: progress.rows, files: progress.files + changed };
  const isDone = found === 0;
  return move(
    scene,
    progress,
    { atColumn: "", behind: "[]", found: 0, files: total.files, doneAt: isDone ? scene.now : null },
    files.length,
    isDone ? onDone(total) : [],
  );
}
