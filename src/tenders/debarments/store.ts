/** The SQL of the list of the barred: reads, and statements for someone's batch. Decides nothing. */
import type { Day, Instant } from "../../kernel/day.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";
import type { Step, StepKind } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

export interface DebarmentRow {
  readonly debarmentId: string;
  readonly number: number;
  /** 18 characters. */
  readonly code: string;
  readonly name: string;
  readonly reason: string;
  readonly fileId: string;
  readonly fileHash: string;
  readonly beginsOn: Day;
  readonly endsOn: Day;
  readonly enteredBy: string;
  readonly byWords: string;
  readonly enteredAt: Instant;
  readonly leafHash: string;
  readonly liftedOn: Day | null;
  /** JSON of Step[], in their order. */
  readonly steps: string;
}
export const stepsOf = ({ steps }: Pick<DebarmentRow, "steps">): readonly Step[] => JSON.parse(steps) as Step[];

const DEBARMENT = sql`SELECT d.debarment_id AS debarmentId, d.number, d.code, d.name, d.reason, d.file_id AS fileId, d.file_hash AS fileHash,
    d.begins_on AS beginsOn, d.ends_on AS endsOn, d.entered_by AS enteredBy, d.by_words AS byWords, d.entered_at AS enteredAt, d.leaf_hash AS leafHash,
    (SELECT e.lifted_on FROM tender_debarment_lifted e WHERE e.community_id = d.community_id AND e.debarment_id = d.debarment_id) AS liftedOn,
    (SELECT json_group_array(json_object('kind', s.kind, 'words', s.words, 'by', s.done_by, 'byWords', s.by_words, 'at', s.done_at))
      FROM (SELECT * FROM tender_debarment_step o WHERE o.community_id = d.community_id AND o.debarment_id = d.debarment_id ORDER BY o.step_no) s) AS steps
  FROM tender_debarment d`;
const CONFIRMED: SQL = sql`EXISTS (SELECT 1 FROM tender_debarment_step f WHERE f.community_id = d.community_id AND f.debarment_id = d.debarment_id AND f.step_no = 1 AND f.kind = 'confirmed')`;

/** What everybody reads: bars that two people made, the newest first. */
export const listDebarments = (
  { db, community }: Here,
  page: { readonly limit: number; readonly offset: number },
): Query<DebarmentRow[]> =>
  db.all(
    sql`${DEBARMENT} WHERE d.community_id = ${community.id} AND ${CONFIRMED} ORDER BY d.number DESC LIMIT CAST(${page.limit} AS INTEGER) OFFSET CAST(${page.offset} AS INTEGER)`,
  );
export const countDebarments = ({ db, community }: Here): Query<{ total: number }[]> =>
  db.all(sql`SELECT count(*) AS total FROM tender_debarment d WHERE d.community_id = ${community.id} AND ${CONFIRMED}`);

/** What the desk has to do with: bars that run today or later, whether anybody confirmed them or not. */
export const listOpenDebarments = ({ db, community }: Here, today: Day): Query<DebarmentRow[]> =>
  db.all(
    sql`${DEBARMENT} WHERE d.community_id = ${community.id} AND d.ends_on >= ${today}
        AND coalesce((SELECT l.kind FROM tender_debarment_step l WHERE l.community_id = d.community_id AND l.debarment_id = d.debarment_id
                      ORDER BY l.step_no DESC LIMIT 1), '') NOT IN ('refused', 'lifted') ORDER BY d.number DESC LIMIT 200`,
  );

/** One entry, whether it is in force or not. */
export const findDebarment = ({ db, community }: Here, number: number): Query<DebarmentRow[]> =>
  db.all(sql`${DEBARMENT} WHERE d.community_id = ${community.id} AND d.number = CAST(${number} AS INTEGER)`);

export const findLastDebarment = ({ db, community }: Here): Query<{ last: number }[]> =>
  db.all(sql`SELECT coalesce(max(number), 0) AS last FROM tender_debarment WHERE community_id = ${community.id}`);

export const insertDebarment = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Omit<DebarmentRow, "enteredAt" | "liftedOn" | "steps">,
): Query =>
  db.run(
    sql`INSERT INTO tender_debarment(community_id, debarment_id, number, code, name, reason, file_id, file_hash, begins_on, ends_on, entered_by, by_words, entered_at, leaf_hash)
        VALUES (${community.id}, ${row.debarmentId}, CAST(${row.number} AS INTEGER), ${row.code}, ${row.name}, ${row.reason}, ${row.fileId}, ${row.fileHash},
                ${row.beginsOn}, ${row.endsOn}, ${row.enteredBy}, ${row.byWords}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  );

export const insertStep = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Omit<Step, "at" | "kind"> & {
    readonly kind: StepKind;
    readonly debarmentId: string;
    readonly stepNo: number;
    readonly leafHash: string;
  },
): Query =>
  db.run(
    sql`INSERT INTO tender_debarment_step(community_id, debarment_id, step_no, kind, words, done_by, by_words, done_at, leaf_hash)
        VALUES (${community.id}, ${row.debarmentId}, CAST(${row.stepNo} AS INTEGER), ${row.kind}, ${row.words}, ${row.by}, ${row.byWords},
                CAST(${now} AS INTEGER), ${row.leafHash})`,
  );

/** Holds no more from this day. */
export const insertLifted = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: Omit<Step, "at" | "kind"> & { readonly debarmentId: string; readonly on: Day; readonly leafHash: string },
): Query =>
  db.run(
    sql`INSERT INTO tender_debarment_lifted(community_id, debarment_id, lifted_on, reason, lifted_by, by_words, lifted_at, leaf_hash)
        VALUES (${community.id}, ${row.debarmentId}, ${row.on}, ${row.words}, ${row.by}, ${row.byWords}, CAST(${now} AS INTEGER), ${row.leafHash})`,
  );
