/** Importing a roll: read and check a file, show what it would change, write it once as one batch. No HTTP. */
import { DAY_MS, type Day, dayOf } from "../../kernel/day.ts";
import { sha256Hex } from "../../kernel/hash.ts";
import { newId, type PartyId, type UnitId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Bilingual } from "../../platform/i18n.ts";
import type { Scene, StaffScene } from "../../platform/scene.ts";
import type { SheetFault } from "../../platform/sheet/grid.ts";
import { hashesOf } from "../personal.ts";
import { beforeFrom, beforeQueries } from "./before.ts";
import type { Draft } from "./draft.ts";
import { type Finding, MOST_FINDINGS } from "./findings.ts";
import { readRollFile } from "./reading.ts";
import { compare, type Differences } from "./rules.ts";
import { findingsFrom, openStaged, preparedFrom, type Staged, sealStaged } from "./staging.ts";
import { statementsOf } from "./statements.ts";
import {
  countExpiring,
  findJob,
  insertJob,
  type JobRow,
  listParts,
  markAbandoned,
  markExpired,
  markWriting,
  type Summary,
} from "./store.ts";

export type ImportRefusal =
  | { readonly reason: "sheet_unreadable"; readonly fault: SheetFault }
  | { readonly reason: "import_day"; readonly asOf: string }
  | { readonly reason: "unknown_import" }
  /** Written or given up already. */
  | { readonly reason: "import_over"; readonly stage: string }
  | { readonly reason: "import_has_errors"; readonly errors: number }
  /** The roll was changed after the differences were shown. */
  | { readonly reason: "roll_stale" }
  | { readonly reason: "unit_not_missing"; readonly unitId: string };

const idsFrom = (scene: Scene) => ({
  unit: () => newId<UnitId>(scene.random),
  party: () => newId<PartyId>(scene.random),
});

/**
 * Reads and checks a file and stages it for confirmation: nothing of the roll changes. `asOf` is the day from which the
 * file is true (at most today). Answers with the job's id; faults of rows stand on the job's page, a file that cannot be
 * read at all is a refusal.
 */
export async function stageImport(
  scene: StaffScene,
  file: { readonly name: string; readonly bytes: Uint8Array },
  asOf: Day,
): Promise<Result<{ jobId: string; summary: Summary }, ImportRefusal>> {
  const today = dayOf(scene.now);
  if (asOf > today) return err({ reason: "import_day", asOf });
  const read = await readRollFile(file.bytes, today);
  if (!read.ok) return err({ reason: "sheet_unreadable", fault: read.error });
  const { draft, findings, notes, rows } = read.value;
  const hashes = draft.people.map(({ facts }) => hashesOf(scene, facts));
  const before = beforeFrom(await scene.db.read(...beforeQueries(scene, asOf)));
  const staged: Staged = { draft, notes, hashes, findings: findings.inOrder().slice(0, MOST_FINDINGS) };
  const { differences } = compare(draft, preparedFrom(staged), before.current, findings, idsFrom(scene));
  const errors = findings.errors;
  const summary: Summary = {
    rows,
    units: draft.units.length,
    people: draft.people.length,
    errors,
    warnings: findings.all.length - errors,
    added: differences.added.length,
    changed: differences.changed.length + differences.people.length,
    missing: differences.missing.length,
    unchanged: differences.unchanged,
  };
  const jobId = newId<string>(scene.random);
  const job: JobRow = {
    jobId,
    stage: "checked",
    fileName: file.name.slice(0, 80),
    fileSha256: sha256Hex(file.bytes),
    asOf,
    summary: JSON.stringify(summary),
    madeBy: scene.actor.personId,
    parsedAt: scene.now,
    checkedAt: scene.now,
    writingAt: null,
    writtenAt: null,
    changeId: null,
  };
  const parts = await sealStaged(scene, jobId, staged);
  const written = await scene.db.write(insertJob(scene, job, parts));
  if (!written.ok) throw new Error(`staging an import was refused: ${written.error.code}`);
  return ok({ jobId, summary });
}

export interface ImportView {
  readonly job: JobRow;
  readonly summary: Summary;
  /** The rest only while the job is not over. */
  readonly preview: {
    readonly draft: Draft;
    readonly notes: readonly Bilingual[];
    readonly findings: readonly Finding[];
    readonly errors: number;
    readonly differences: Differences;
    /** What a confirmation must name. */
    readonly version: number;
  } | null;
}

/** A job with its differences against the roll as it is now; null when there is no such job. */
export async function viewImport(scene: Scene, jobId: string): Promise<ImportView | null> {
  const [jobs, parts] = await scene.db.read(findJob(scene, jobId), listParts(scene, jobId));
  const job = jobs[0];
  if (!job) return null;
  const summary = JSON.parse(job.summary) as Summary;
  if (job.stage === "written" || job.stage === "abandoned") return { job, summary, preview: null };
  const staged = await openStaged(scene, jobId, parts);
  const before = beforeFrom(await scene.db.read(...beforeQueries(scene, job.asOf)));
  const findings = findingsFrom(staged);
  const { differences } = compare(staged.draft, preparedFrom(staged), before.current, findings, idsFrom(scene));
  const { draft, notes } = staged;
  const errors = Math.max(findings.errors, summary.errors);
  return {
    job,
    summary,
    preview: { draft, notes, findings: findings.inOrder(), errors, differences, version: before.version },
  };
}

/**
 * Writes a checked import in one batch with its leaf: all of it or nothing. `version` is the roll's that the
 * differences were shown against; `retire` names units missing from the file that are taken out of the roll (never
 * deleted). A repeat after success answers the same and writes nothing.
 */
export async function confirmImport(
  scene: StaffScene,
  jobId: string,
  asked: { readonly version: number; readonly retire: readonly string[] },
): Promise<Result<{ jobId: string }, ImportRefusal>> {
  const [jobs, parts] = await scene.db.read(findJob(scene, jobId), listParts(scene, jobId));
  const job = jobs[0];
  if (!job) return err({ reason: "unknown_import" });
  if (job.stage === "written") return ok({ jobId });
  if (job.stage === "abandoned") return err({ reason: "import_over", stage: job.stage });
  const summary = JSON.parse(job.summary) as Summary;
  if (summary.errors > 0) return err({ reason: "import_has_errors", errors: summary.errors });

  const [staged, rows] = await Promise.all([
    openStaged(scene, jobId, parts),
    scene.db.read(...beforeQueries(scene, job.asOf)),
  ]);
  const before = beforeFrom(rows);
  if (before.version !== asked.version) return err({ reason: "roll_stale" });
  const findings = findingsFrom(staged);
  const { plan, differences } = compare(staged.draft, preparedFrom(staged), before.current, findings, idsFrom(scene));
  if (findings.errors > 0) return err({ reason: "import_has_errors", errors: findings.errors });
  const missing = new Set<string>(differences.missing.map(({ unitId }) => unitId));
  const stranger = asked.retire.find((unitId) => !missing.has(unitId));
  if (stranger !== undefined) return err({ reason: "unit_not_missing", unitId: stranger });

  const marked = await scene.db.write(markWriting(scene, jobId, scene.now));
  if (!marked.ok) return answerOver(scene, jobId);
  const statements = await statementsOf(scene, job, staged, before, plan, asked.retire as UnitId[], differences);
  const written = await scene.db.write(statements);
  if (written.ok) return ok({ jobId });
  // The same confirmation sent twice: one of the two wrote it.
  if (written.error.code === "import_over") return answerOver(scene, jobId);
  const over = await answerOver(scene, jobId);
  return over.ok ? over : err({ reason: "roll_stale" });
}

async function answerOver(scene: Scene, jobId: string): Promise<Result<{ jobId: string }, ImportRefusal>> {
  const [jobs] = await scene.db.read(findJob(scene, jobId));
  const stage = jobs[0]?.stage ?? "abandoned";
  return stage === "written" ? ok({ jobId }) : err({ reason: "import_over", stage });
}

export async function abandonImport(
  scene: StaffScene,
  jobId: string,
): Promise<Result<{ jobId: string }, ImportRefusal>> {
  const [jobs] = await scene.db.read(findJob(scene, jobId));
  const job = jobs[0];
  if (!job) return err({ reason: "unknown_import" });
  if (job.stage === "abandoned") return ok({ jobId });
  const written = await scene.db.write(markAbandoned(scene, jobId));
  return written.ok ? ok({ jobId }) : err({ reason: "import_over", stage: "written" });
}

/** How long a file may wait for its confirmation: it holds everybody's data a second time. */
export const STAGED_DAYS = 7;

/** For cron: gives up imports that waited too long and erases what was staged. Answers with how many. */
export async function expireImports(scene: Scene): Promise<number> {
  const readBefore = scene.now - STAGED_DAYS * DAY_MS;
  const [rows] = await scene.db.read(countExpiring(scene, readBefore));
  const waiting = rows[0]?.waiting ?? 0;
  if (waiting > 0) await scene.db.write(markExpired(scene, readBefore));
  return waiting;
}
