/** The SQL of works paid from the maintenance fund: reads, and statements for someone's batch. Decides nothing. */
import type { ItemScope } from "../../../assembly/agenda/rules.ts";
import type { Day, Instant } from "../../../kernel/day.ts";
import type { Fen } from "../../../kernel/money.ts";
import { type Query, type SQL, sql } from "../../../platform/db.ts";
import type { Scene } from "../../../platform/scene.ts";
import type { Period } from "../../books/rules.ts";
import type { Attachment } from "../../books/store.ts";
import type { Emergency, Path, StepKind } from "./rules.ts";

type Here = Pick<Scene, "db" | "community">;

export interface Step {
  readonly kind: StepKind;
  readonly onDay: Day;
  readonly words: string;
  readonly meeting: number | null;
  readonly item: number | null;
  readonly attachments: readonly Attachment[];
  readonly by: string;
  readonly at: Instant;
  readonly leafHash: string;
}
export interface ProjectRow {
  readonly projectId: string;
  readonly number: number;
  readonly path: Path;
  readonly title: string;
  readonly plan: string;
  readonly emergency: Emergency | null;
  readonly estimateFen: Fen;
  readonly scope: ItemScope;
  readonly attachments: readonly Attachment[];
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly leafHash: string;
  /** In the order in which they were recorded. */
  readonly steps: readonly Step[];
  /** The settlement that waits or stands; null while there is none. */
  readonly settlement: Settlement | null;
  /** Filed with the authority; null while it is not. */
  readonly filing: Filing | null;
}
export interface Filing {
  readonly onDay: Day;
  readonly words: string;
  readonly leafHash: string;
}
export interface Settlement {
  readonly movementId: string;
  readonly number: number;
  readonly amountFen: Fen;
  readonly areaDm2: number;
  readonly units: number;
  readonly overWhy: string | null;
  readonly onDay: Day;
  readonly state: "waiting" | "reviewed" | "posted";
  readonly voucherId: string;
  readonly period: Period;
  readonly voucherNumber: number | null;
}
type Stored = Omit<ProjectRow, "scope" | "attachments" | "steps" | "settlement" | "filing"> & {
  readonly scope: string;
  readonly attachments: string;
  readonly steps: string;
  readonly settlement: string | null;
  readonly filing: string | null;
};
export const projectFrom = (row: Stored): ProjectRow => ({
  ...row,
  scope: JSON.parse(row.scope) as ItemScope,
  attachments: JSON.parse(row.attachments) as Attachment[],
  steps: (JSON.parse(row.steps) as Step[]).toSorted((a, b) => a.at - b.at),
  settlement: row.settlement === null ? null : (JSON.parse(row.settlement) as Settlement),
  filing: row.filing === null ? null : (JSON.parse(row.filing) as Filing),
});

const projects = ({ community }: Pick<Here, "community">, where: SQL): SQL =>
  sql`SELECT p.project_id AS projectId, p.number, p.path, p.title, p.plan, p.emergency_case AS emergency, p.estimate_fen AS estimateFen, p.scope, p.attachments,
        p.proposed_by AS proposedBy, p.proposed_at AS proposedAt, p.leaf_hash AS leafHash,
        (SELECT json_group_array(json_object('kind', s.kind, 'onDay', s.on_day, 'words', s.facts ->> 'words', 'meeting', s.facts ->> 'meeting', 'item', s.facts ->> 'item',
           'attachments', json(s.attachments), 'by', s.step_by, 'at', s.step_at, 'leafHash', s.leaf_hash))
         FROM fund_step s WHERE s.community_id = p.community_id AND s.project_id = p.project_id) AS steps,
        (SELECT json_object('movementId', m.movement_id, 'number', m.number, 'amountFen', m.amount_fen, 'areaDm2', m.area_dm2, 'units', m.units, 'overWhy', m.over_why,
           'onDay', m.on_day, 'state', v.state, 'voucherId', v.voucher_id, 'period', v.period, 'voucherNumber', v.number)
         FROM fund_movement m JOIN ledger_voucher v ON v.community_id = m.community_id AND v.voucher_id = m.voucher_id
         WHERE m.community_id = p.community_id AND m.project_id = p.project_id AND v.state IN ('waiting', 'reviewed', 'posted')
           AND NOT EXISTS (SELECT 1 FROM ledger_voucher r WHERE r.community_id = v.community_id AND r.reverses_id = v.voucher_id AND r.state = 'posted')
         ORDER BY m.number DESC LIMIT 1) AS settlement,
        (SELECT json_object('onDay', f.on_day, 'words', f.words, 'leafHash', f.leaf_hash) FROM fund_filing f
         WHERE f.community_id = p.community_id AND f.project_id = p.project_id) AS filing
      FROM fund_project p WHERE p.community_id = ${community.id} AND ${where}`;

/** The project of a number; `projectFrom` reads the row. */
export const findProject = (here: Here, number: number): Query<Stored[]> =>
  here.db.all(projects(here, sql`p.number = CAST(${number} AS INTEGER)`));
/** The newest first, a page. */
export const listProjects = (here: Here, page: { readonly limit: number; readonly before: number }): Query<Stored[]> =>
  here.db.all(
    sql`${projects(here, sql`p.number < CAST(${page.before} AS INTEGER)`)} ORDER BY p.number DESC LIMIT CAST(${page.limit} AS INTEGER)`,
  );

export type NewProject = Omit<ProjectRow, "number" | "steps" | "settlement" | "filing" | "proposedAt">;
/** The number is taken in the write. */
export const insertProject = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  row: NewProject,
): Query =>
  db.run(
    sql`INSERT INTO fund_project(community_id, project_id, number, path, title, plan, emergency_case, estimate_fen, scope, attachments, proposed_by, proposed_at, leaf_hash)
        SELECT ${community.id}, ${row.projectId}, coalesce(max(number), 0) + 1, ${row.path}, ${row.title}, ${row.plan}, ${row.emergency},
          CAST(${row.estimateFen} AS INTEGER), ${JSON.stringify(row.scope)}, ${JSON.stringify(row.attachments)}, ${row.proposedBy}, CAST(${now} AS INTEGER), ${row.leafHash}
        FROM fund_project WHERE community_id = ${community.id}`,
  );
/** The number of a project just made. */
export const findProjectNumber = ({ db, community }: Here, projectId: string): Query<{ number: number }[]> =>
  db.all(sql`SELECT number FROM fund_project WHERE community_id = ${community.id} AND project_id = ${projectId}`);

export const insertStep = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  projectId: string,
  step: Omit<Step, "at">,
): Query =>
  db.run(
    sql`INSERT INTO fund_step(community_id, project_id, kind, on_day, facts, attachments, step_by, step_at, leaf_hash)
        VALUES (${community.id}, ${projectId}, ${step.kind}, ${step.onDay},
          ${JSON.stringify({ words: step.words, meeting: step.meeting, item: step.item })}, ${JSON.stringify(step.attachments)}, ${step.by},
          CAST(${now} AS INTEGER), ${step.leafHash})`,
  );

export const insertFiling = (
  { db, community, now }: Pick<Scene, "db" | "community" | "now">,
  projectId: string,
  filing: Filing & { readonly attachments: readonly Attachment[]; readonly by: string },
): Query =>
  db.run(
    sql`INSERT INTO fund_filing(community_id, project_id, on_day, words, attachments, filed_by, filed_at, leaf_hash)
        VALUES (${community.id}, ${projectId}, ${filing.onDay}, ${filing.words}, ${JSON.stringify(filing.attachments)}, ${filing.by},
          CAST(${now} AS INTEGER), ${filing.leafHash})`,
  );
/** Works that may owe something: emergencies, and what was approved and is not filed; the newest first. */
export const listOwing = (here: Here, limit: number): Query<Stored[]> =>
  here.db.all(
    sql`${projects(here, sql`(p.path = 'emergency' OR EXISTS (SELECT 1 FROM fund_step s WHERE s.community_id = p.community_id AND s.project_id = p.project_id AND s.kind = 'approved'))`)}
        ORDER BY p.number DESC LIMIT CAST(${limit} AS INTEGER)`,
  );
