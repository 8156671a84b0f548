/** The SQL of tasks, who has taken them on and what was reported: statements with their leaves, and reads. Decides nothing. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Day, Instant } from "../../kernel/day.ts";
import type { PersonId } from "../../kernel/id.ts";
import { assertFrom, type Query, sql } from "../../platform/db.ts";
import type { StoredFile } from "../../platform/files.ts";
import type { Scene } from "../../platform/scene.ts";
import { commit, SALT_BYTES } from "../../record/rules.ts";
import { appendLeaf } from "../../record/store.ts";
import { titleNow } from "../bodies/posts/store.ts";
import { nameNow } from "../bodies/store.ts";
import { type Cadence, lookBackTo, type ReportKind, type Role, type TaskAsked } from "./rules.ts";
import { dutyAssignment, dutyReport, dutyTask } from "./schema.ts";

type Here = Pick<Scene, "db" | "community">;

// ——— Tasks ———

export interface TaskRow extends TaskAsked {
  readonly taskId: string;
  readonly version: number;
  readonly position: number;
  readonly ended: 0 | 1;
  readonly leafHash: string;
}

const TASK = sql.raw(
  "task_id AS taskId, version, position, title_zh AS titleZh, title_en AS titleEn, text_zh AS textZh, text_en AS textEn, ended, leaf_hash AS leafHash",
);

/** The tasks on the list, in its order. */
export const listTasks = ({ db, community }: Here): Query<TaskRow[]> =>
  db.all(
    sql`SELECT ${TASK} FROM duty_task_now WHERE community_id = ${community.id} AND ended = 0 ORDER BY position, task_id`,
  );

/** A task as it now is, also one that has ended. */
export const findTask = ({ db, community }: Here, taskId: string): Query<TaskRow[]> =>
  db.all(sql`SELECT ${TASK} FROM duty_task_now WHERE community_id = ${community.id} AND task_id = ${taskId}`);

/** The task a duty is about, as it now is. */
export const findTaskOf = ({ db, community }: Here, dutyId: string): Query<TaskRow[]> =>
  db.all(
    sql`SELECT ${TASK} FROM duty_task_now WHERE community_id = ${community.id} AND task_id = (
          SELECT task_id FROM duty_assignment WHERE community_id = ${community.id} AND assignment_id = ${dutyId} LIMIT 1)`,
  );

export interface TaskState extends TaskAsked {
  readonly taskId: string;
  readonly version: number;
  readonly position: number;
  readonly ended: boolean;
  readonly why: string;
}

/** The next version of a task, with its leaf. The database refuses one that is not the next, and an end while a body has it (`task_assigned`). */
export function insertTask(scene: Scene, task: TaskState, by: string): Query[] {
  const { db, community, now } = scene;
  const { taskId, version, position, titleZh, titleEn, textZh, textEn, ended, why } = task;
  const leaf = appendLeaf(
    scene,
    "duty.task_set",
    { task: taskId, version, title: titleZh, text: textZh, ended, why },
    taskId,
  );
  return [
    db.orm.insert(dutyTask).values({
      communityId: community.id,
      taskId,
      version,
      position,
      titleZh,
      titleEn,
      textZh,
      textEn,
      ended: ended ? 1 : 0,
      why,
      recordedBy: by,
      recordedAt: now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ];
}

// ——— Who has taken them on ———

export interface DutyRow {
  readonly dutyId: string;
  readonly version: number;
  readonly taskId: string;
  readonly bodyId: string;
  readonly role: Role;
  readonly postId: string | null;
  readonly cadence: Cadence;
  readonly beginsOn: Day;
  readonly dueOn: Day | null;
  readonly ended: 0 | 1;
  readonly why: string;
  readonly recordedAt: Instant;
  readonly leafHash: string;
}

const DUTY = sql.raw(
  "assignment_id AS dutyId, version, task_id AS taskId, body_id AS bodyId, role, post_id AS postId, cadence, begins_on AS beginsOn, due_on AS dueOn, ended, why, recorded_at AS recordedAt, leaf_hash AS leafHash",
);

/** Who leads and who helps with what, now. */
export const listDuties = ({ db, community }: Here): Query<DutyRow[]> =>
  db.all(
    sql`SELECT ${DUTY} FROM duty_assignment_now WHERE community_id = ${community.id} AND ended = 0 ORDER BY assignment_id`,
  );

/** A duty through all its versions, the oldest first. */
export const listVersionsOf = ({ db, community }: Here, dutyId: string): Query<DutyRow[]> =>
  db.all(
    sql`SELECT ${DUTY} FROM duty_assignment WHERE community_id = ${community.id} AND assignment_id = ${dutyId} ORDER BY version`,
  );

export interface DutyEntry {
  readonly dutyId: string;
  readonly version: number;
  readonly taskId: string;
  readonly bodyId: string;
  readonly role: Role;
  readonly postId: string | null;
  readonly cadence: Cadence;
  readonly beginsOn: Day;
  readonly dueOn: Day | null;
  readonly ended: boolean;
  readonly why: string;
}

/**
 * A duty's next version, with its leaf. The database refuses a body that has ended, a task that is not on the list, a second leader
 * (`lead_taken`), the same body twice (`assigned_already`), and anything after its end.
 */
export function insertDuty(scene: Scene, duty: DutyEntry, by: string): Query[] {
  const { db, community, now } = scene;
  const leaf = appendLeaf(
    scene,
    "duty.assigned",
    {
      duty: duty.dutyId,
      version: duty.version,
      task: duty.taskId,
      body: duty.bodyId,
      role: duty.role,
      post: duty.postId ?? "",
      cadence: duty.role === "lead" ? duty.cadence : "",
      begins: duty.beginsOn,
      due: duty.dueOn ?? "",
      ended: duty.ended,
      why: duty.why,
    },
    duty.dutyId,
  );
  return [
    db.orm.insert(dutyAssignment).values({
      communityId: community.id,
      assignmentId: duty.dutyId,
      version: duty.version,
      taskId: duty.taskId,
      bodyId: duty.bodyId,
      role: duty.role,
      postId: duty.postId,
      cadence: duty.cadence,
      beginsOn: duty.beginsOn,
      dueOn: duty.dueOn,
      ended: duty.ended ? 1 : 0,
      why: duty.why,
      recordedBy: by,
      recordedAt: now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ];
}

// ——— Reports ———

export interface NewestRow {
  readonly dutyId: string;
  readonly period: string;
  readonly kind: ReportKind;
}

/**
 * The newest report of every period that is still pursued: those that ended within a year of a day, and those of duties done once. Rows
 * read do not grow with what lies further back.
 */
export const listNewest = ({ db, community }: Here, day: Day): Query<NewestRow[]> =>
  db.all(
    sql`SELECT r.assignment_id AS dutyId, r.period, r.kind FROM duty_report r
        WHERE r.community_id = ${community.id} AND r.due_on >= ${lookBackTo(day)} AND r.period <> 'once' AND r.report_no = (
          SELECT max(n.report_no) FROM duty_report n
          WHERE n.community_id = r.community_id AND n.assignment_id = r.assignment_id AND n.period = r.period)
        UNION ALL
        SELECT r.assignment_id, r.period, r.kind FROM duty_assignment_now a
        JOIN duty_report r ON r.community_id = a.community_id AND r.assignment_id = a.assignment_id AND r.period = 'once' AND r.report_no = (
          SELECT max(n.report_no) FROM duty_report n
          WHERE n.community_id = a.community_id AND n.assignment_id = a.assignment_id AND n.period = 'once')
        WHERE a.community_id = ${community.id} AND a.ended = 0 AND a.cadence = 'once'`,
  );

/** The newest reports of one duty, whatever their age. */
export const listNewestOf = ({ db, community }: Here, dutyId: string): Query<(NewestRow & { reportNo: number })[]> =>
  db.all(
    sql`SELECT assignment_id AS dutyId, period, kind, max(report_no) AS reportNo FROM duty_report
        WHERE community_id = ${community.id} AND assignment_id = ${dutyId} GROUP BY period`,
  );

/** One report as it was made, with its attachment's description. */
export interface ReportRow {
  readonly period: string;
  readonly reportNo: number;
  readonly dueOn: Day;
  readonly kind: ReportKind;
  readonly text: string;
  readonly reportedAs: string;
  readonly reportedAt: Instant;
  readonly leafHash: string;
  readonly fileId: string | null;
  readonly fileName: string | null;
  readonly fileSha256: string | null;
  readonly filePublic: 0 | 1 | null;
}

/** The reports of a duty, the newest first. */
export const listReports = (
  { db, community }: Here,
  dutyId: string,
  page: { readonly limit: number; readonly offset: number },
): Query<ReportRow[]> =>
  db.all(
    sql`SELECT r.period, r.report_no AS reportNo, r.due_on AS dueOn, r.kind, r.text, r.reported_as AS reportedAs, r.reported_at AS reportedAt,
               r.leaf_hash AS leafHash, r.file_id AS fileId, f.name AS fileName, f.sha256 AS fileSha256, f.public AS filePublic
        FROM duty_report r LEFT JOIN file f ON f.community_id = r.community_id AND f.file_id = r.file_id
        WHERE r.community_id = ${community.id} AND r.assignment_id = ${dutyId}
        ORDER BY r.reported_at DESC, r.period DESC, r.report_no DESC
        LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );

export const countReports = ({ db, community }: Here, dutyId: string): Query<{ reports: number }[]> =>
  db.all(
    sql`SELECT count(*) AS reports FROM duty_report WHERE community_id = ${community.id} AND assignment_id = ${dutyId}`,
  );

/** Whether a file is evidence of a duty, and open to anyone. */
export const findEvidence = ({ db, community }: Here, fileId: string): Query<{ public: 0 | 1 }[]> =>
  db.all(
    sql`SELECT f.public FROM duty_report r JOIN file f ON f.community_id = r.community_id AND f.file_id = r.file_id
        WHERE r.community_id = ${community.id} AND r.file_id = ${fileId} LIMIT 1`,
  );

export interface NewReport {
  readonly dutyId: string;
  readonly period: string;
  readonly reportNo: number;
  readonly dueOn: Day;
  readonly kind: ReportKind;
  readonly text: string;
  /** The body and post the reporter spoke for. */
  readonly reportedAs: string;
  readonly file: StoredFile | null;
}

/** A report with its leaf, which carries the attachment's hash and commits to the words: they may name somebody. */
export function insertReport(scene: Scene, report: NewReport, by: PersonId): Query[] {
  const { db, community, now } = scene;
  const salt = scene.random(SALT_BYTES);
  const { dutyId, period, reportNo, dueOn, kind, text, reportedAs, file } = report;
  const leaf = appendLeaf(
    scene,
    "duty.reported",
    {
      duty: dutyId,
      period,
      no: reportNo,
      due: dueOn,
      kind,
      as: reportedAs,
      note: commit(salt, { duty: dutyId, no: reportNo, period, text }),
      file: file?.sha256 ?? "",
    },
    dutyId,
  );
  return [
    db.orm.insert(dutyReport).values({
      communityId: community.id,
      assignmentId: dutyId,
      period,
      reportNo,
      dueOn,
      kind,
      text,
      fileId: file?.fileId ?? null,
      salt: bytesToHex(salt),
      reportedBy: by,
      reportedAs,
      reportedAt: now,
      leafHash: leaf.leafHash,
    }),
    leaf.statement,
  ];
}

// ——— Who reports ———

/** The posts a person holds at this instant, with their bodies: what they may report on, and as what. */
export const listPostsHeld = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  personId: PersonId,
): Query<{ bodyId: string; titleZh: string; bodyZh: string }[]> =>
  db.all(
    sql`SELECT b.body_id AS bodyId, ${titleNow("title_zh")} AS titleZh, ${nameNow("name_zh")} AS bodyZh
        FROM office_span h
        JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        JOIN office_body b ON b.community_id = p.community_id AND b.body_id = p.body_id
        WHERE h.community_id = ${community.id} AND h.person_id = ${personId}
          AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER)
        ORDER BY p.position, p.post_id`,
  );

/** Asserts in the batch that the person holds a post of one of these bodies now: an office may end between reading and writing. */
export const assertMember = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  personId: PersonId,
  bodyIds: readonly string[],
): Query =>
  assertFrom(
    db,
    "not_your_body",
    sql`SELECT EXISTS (SELECT 1 FROM office_span h JOIN office_post p ON p.community_id = h.community_id AND p.post_id = h.post_id
        WHERE h.community_id = ${community.id} AND h.person_id = ${personId} AND p.body_id IN (SELECT value FROM json_each(${JSON.stringify(bodyIds)}))
          AND h.from_at <= CAST(${now} AS INTEGER) AND h.until_at > CAST(${now} AS INTEGER))`,
  );
