/** The SQL of import jobs and their staged parts. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { assertThat, type Query, sql } from "../../platform/db.ts";
import { type Here, jsonChunks } from "../store.ts";

export type Stage = "checked" | "writing" | "written" | "abandoned";

/** Counts of a job for its page and its list; no personal data. */
export interface Summary {
  readonly rows: number;
  readonly units: number;
  readonly people: number;
  readonly errors: number;
  readonly warnings: number;
  readonly added: number;
  readonly changed: number;
  readonly missing: number;
  readonly unchanged: number;
}

export interface JobRow {
  readonly jobId: string;
  readonly stage: Stage;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly asOf: Day;
  /** JSON of a Summary. */
  readonly summary: string;
  readonly madeBy: string;
  readonly parsedAt: Instant;
  readonly checkedAt: Instant;
  readonly writingAt: Instant | null;
  readonly writtenAt: Instant | null;
  readonly changeId: string | null;
}

const JOB = sql`job_id AS jobId, stage, file_name AS fileName, file_sha256 AS fileSha256, as_of AS asOf, summary,
  made_by AS madeBy, parsed_at AS parsedAt, checked_at AS checkedAt, writing_at AS writingAt, written_at AS writtenAt,
  change_id AS changeId`;

export const findJob = ({ db, community }: Here, jobId: string): Query<JobRow[]> =>
  db.all(sql`SELECT ${JOB} FROM import_job WHERE community_id = ${community.id} AND job_id = ${jobId}`);

export const listJobs = ({ db, community }: Here, limit: number): Query<JobRow[]> =>
  db.all(
    sql`SELECT ${JOB} FROM import_job WHERE community_id = ${community.id} ORDER BY parsed_at DESC LIMIT ${limit}`,
  );

export const listParts = ({ db, community }: Here, jobId: string): Query<{ sealed: string }[]> =>
  db.all(
    sql`SELECT sealed FROM import_part WHERE community_id = ${community.id} AND job_id = ${jobId} ORDER BY part_no`,
  );

export const insertJob = ({ db, community }: Here, job: JobRow, parts: readonly string[]): Query[] => [
  db.run(
    sql`INSERT INTO import_job(community_id, job_id, stage, file_name, file_sha256, as_of, summary, made_by, parsed_at, checked_at)
        VALUES (${community.id}, ${job.jobId}, 'checked', ${job.fileName}, ${job.fileSha256}, ${job.asOf}, ${job.summary},
                ${job.madeBy}, ${job.parsedAt}, ${job.checkedAt})`,
  ),
  ...jsonChunks(parts.map((sealed, at) => [at, sealed])).map((json) =>
    db.run(
      sql`INSERT INTO import_part(community_id, job_id, part_no, sealed)
          SELECT ${community.id}, ${job.jobId}, value->>0, value->>1 FROM json_each(${json})`,
    ),
  ),
];

/** Marks a job as being written; a job that was cut off there may be taken up again. */
export const markWriting = ({ db, community }: Here, jobId: string, at: Instant): Query[] => [
  db.run(
    sql`UPDATE import_job SET stage = 'writing', writing_at = ${at}
        WHERE community_id = ${community.id} AND job_id = ${jobId} AND stage IN ('checked', 'writing')`,
  ),
  assertThat(db, "import_over", sql`changes() = 1`),
];

/** Ends a job inside the batch that writes the roll, and erases what was staged: a job is written once or not at all. */
export const markWritten = ({ db, community }: Here, jobId: string, changeId: string, at: Instant): Query[] => [
  db.run(
    sql`UPDATE import_job SET stage = 'written', written_at = ${at}, change_id = ${changeId}
        WHERE community_id = ${community.id} AND job_id = ${jobId} AND stage = 'writing'`,
  ),
  assertThat(db, "import_over", sql`changes() = 1`),
  db.run(sql`DELETE FROM import_part WHERE community_id = ${community.id} AND job_id = ${jobId}`),
];

export const markAbandoned = ({ db, community }: Here, jobId: string): Query[] => [
  db.run(
    sql`UPDATE import_job SET stage = 'abandoned'
        WHERE community_id = ${community.id} AND job_id = ${jobId} AND stage IN ('checked', 'writing')`,
  ),
  assertThat(db, "import_over", sql`changes() = 1`),
  db.run(sql`DELETE FROM import_part WHERE community_id = ${community.id} AND job_id = ${jobId}`),
];

/** Gives up jobs that nobody confirmed, read before an instant, and erases what was staged of them. */
export const markExpired = ({ db, community }: Here, readBefore: Instant): Query[] => [
  db.run(
    sql`UPDATE import_job SET stage = 'abandoned'
        WHERE community_id = ${community.id} AND parsed_at < ${readBefore} AND stage IN ('checked', 'writing')`,
  ),
  db.run(
    sql`DELETE FROM import_part WHERE community_id = ${community.id} AND job_id IN (
          SELECT job_id FROM import_job WHERE community_id = ${community.id} AND stage = 'abandoned')`,
  ),
];

/** Whether any job waits that was read before an instant: asked first, so that cron writes only when there is something to erase. */
export const countExpiring = ({ db, community }: Here, readBefore: Instant): Query<{ waiting: number }[]> =>
  db.all(
    sql`SELECT count(*) AS waiting FROM import_job
        WHERE community_id = ${community.id} AND parsed_at < ${readBefore} AND stage IN ('checked', 'writing')`,
  );
