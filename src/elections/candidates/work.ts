/** What waits for somebody at the desk in elections under way: one row an election. SQL only; who may do it the desk knows. */
import type { Day } from "../../kernel/day.ts";
import { type Query, type SQL, sql } from "../../platform/db.ts";
import type { Scene } from "../../platform/scene.ts";

export interface WaitingWork {
  readonly number: number;
  readonly title: string;
  /** Said yes, described themselves and declared, and nobody has checked them. */
  readonly unchecked: number;
  /** Checked since they were last decided on. */
  readonly undecided: number;
  readonly appeals: number;
  readonly objections: number;
  readonly objectionsDue: Day | null;
}

export const listWaitingWork = ({ db, community }: Pick<Scene, "db" | "community">): Query<WaitingWork[]> => {
  const newest = (table: string, column: string): SQL =>
    sql`coalesce((SELECT max(n.${sql.raw(column)}) FROM ${sql.raw(table)} n WHERE n.community_id = a.community_id AND n.candidacy_id = a.candidacy_id), 0)`;
  // Of an election: those who accepted and have not withdrawn.
  const standing = sql`FROM candidacy_answer a WHERE a.community_id = e.community_id AND a.election_id = e.election_id AND a.answer = 'accepted'
    AND NOT EXISTS (SELECT 1 FROM candidacy_withdrawal w WHERE w.community_id = a.community_id AND w.candidacy_id = a.candidacy_id)`;
  return db.all(
    sql`SELECT e.number, e.title,
          (SELECT count(*) ${standing} AND e.state IN ('nominating', 'examining') AND ${newest("eligibility_sheet", "sheet_no")} = 0
            AND ${newest("candidacy_profile", "version")} > 0 AND ${newest("candidacy_declaration", "version")} > 0) AS unchecked,
          (SELECT count(*) ${standing} AND ${newest("eligibility_sheet", "sheet_no")} > ${newest("eligibility_decision", "sheet_no")}) AS undecided,
          (SELECT count(*) FROM eligibility_appeal p WHERE p.community_id = e.community_id AND p.election_id = e.election_id
            AND NOT EXISTS (SELECT 1 FROM eligibility_ruling r WHERE r.community_id = p.community_id AND r.candidacy_id = p.candidacy_id AND r.decision_no = p.decision_no)) AS appeals,
          (SELECT count(*) FROM candidate_objection o WHERE o.community_id = e.community_id AND o.election_id = e.election_id AND o.answered_at IS NULL) AS objections,
          (SELECT min(o.due_on) FROM candidate_objection o WHERE o.community_id = e.community_id AND o.election_id = e.election_id AND o.answered_at IS NULL) AS objectionsDue
        FROM election e WHERE e.community_id = ${community.id} AND e.state IN ('nominating', 'examining', 'standing', 'voting')`,
  );
};
